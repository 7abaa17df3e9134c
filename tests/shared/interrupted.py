"""Edits of several files that stop midway, as when the writer is killed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from poa_toolkit.files.batch import Batch
from poa_toolkit.files.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poa_toolkit.files.batch import Step


def interrupt(project: Path, files: Mapping[str, bytes], *, done: int = 0) -> tuple[Step, ...]:
    """Leave a project as a writer of `files` does that dies when it has replaced `done` of them."""
    old = {path: (project / path).read_bytes() for path in files}
    with Batch(project) as batch:
        steps = batch.put_aside(files, old)
        Journal(project).write(steps)
        batch.replace(tuple(islice(steps, done)))
    return steps
