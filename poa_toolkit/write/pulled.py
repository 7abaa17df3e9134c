"""What was pulled from returned files as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.model.digests import dump
from poa_toolkit.write import diagnostics as diagnostics_writer
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.returned.pull_result import Pulled


def to_json(files: Iterable[Pulled]) -> str:
    """Print what each file came to, as schema/pull.schema.json describes it."""
    every = tuple(files)
    found = diagnostics_writer.data(
        [one for each in every for one in each.diagnostics], label="returned files"
    )
    return as_json({"files": [_file(each) for each in every], **found})


def _file(pulled: Pulled) -> dict[str, Any]:
    return {
        "file": pulled.file,
        "path": pulled.path,
        "version": pulled.version or None,
        "amendments": [dump(each) for each in pulled.new],
        "pulled_before": pulled.known,
        "formatting": pulled.formatting,
        "characters": pulled.balance._asdict(),
        "stretches": [each._asdict() for each in pulled.stretches] or None,
    }
