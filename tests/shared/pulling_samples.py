"""A small plan, its document in somebody's Word, and what comes home from there."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import small_plan
from word_editing import Edited

from poa_toolkit.api import pull as pull_api
from poa_toolkit.api import render
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.model import House
from poa_toolkit.model.digests import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.returned.pulled_file import Pulled

DAY = date(2017, 12, 4)
TEXT = "poa:A-001:text"
POINT = "poa:A-001:points.a"
SECOND = "poa:A-002:text"


@cache
def rendered(style: House = House.UN) -> bytes:
    """Give the document of the small plan."""
    with TemporaryDirectory() as folder:
        return render.render(small_plan.write(Path(folder)), looks=render.Looks(style=style)).content


def edited(change: Callable[[Edited], object], file: bytes | None = None) -> bytes:
    """Open a file, by default that of the small plan, change it, save it."""
    there = Edited(rendered() if file is None else file)
    change(there)
    return there.save()


def pull(project: Path, content: bytes, name: str = "returned.docx", **choice: Any) -> Pulled:
    """Pull one file into the small plan below `project`, written there unless it is there."""
    if not (project / "plan").exists():
        small_plan.write(project)
    return pull_api.pull(project, [(name, content)], Choice(DAY, **choice)).files[0]


def rows(pulled: Pulled) -> list[dict[str, Any]]:
    """Give the new amendments as their files hold them."""
    return [dump(each) for each in pulled.new]
