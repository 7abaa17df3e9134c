"""A workbook of a small plan, edited by openpyxl as a person would, and what comes home from there."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import openpyxl
import small_plan
from word_reading import packed, read

from poa_toolkit.api import export
from poa_toolkit.api import pull as pull_api
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.model.digests import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from poa_toolkit.returned.pulled_file import Pulled

DAY = date(2017, 12, 4)


@cache
def exported() -> bytes:
    """Give the workbook of the small plan."""
    with TemporaryDirectory() as folder:
        return of_project(small_plan.write(Path(folder)))


@cache
def _home() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


@cache
def project() -> Path:
    """Give the folder of the small plan, once for all the examples of a law; nothing writes to it."""
    return small_plan.write(Path(_home().name))


def of_project(project: Path) -> bytes:
    """Give the workbook of a project."""
    return export.FILES["xlsx"](export.read_version(project))


def edited(change: Callable[[Workbook], object], file: bytes | None = None) -> bytes:
    """Open a workbook, by default that of the small plan, change it, save it."""
    book = openpyxl.load_workbook(BytesIO(exported() if file is None else file))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes], file: bytes | None = None) -> bytes:
    """Change the bytes of one part of a workbook."""
    parts = dict(read(file or exported()).parts)
    return packed({**parts, name: change(parts.get(name, b""))})


def shared(file: bytes) -> bytes:
    """Keep the strings of a workbook in a part of their own, each once, as Excel does."""
    parts = dict(read(file).parts)
    strings: dict[bytes, int] = {}

    def moved(found: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % strings.setdefault(found[1], len(strings))

    for name, content in list(parts.items()):
        if name.startswith("xl/worksheets/"):
            parts[name] = re.sub(rb't="inlineStr"><is>(.*?)</is>', moved, content, flags=re.DOTALL)
    items = b"".join(b"<si>%s</si>" % each for each in strings)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, items)
    relation = (
        b'<Relationship Id="rS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", relation)
    return packed(parts)


def sheet(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert hasattr(found, "cell")
    return found


def cell(book: Workbook, name: str, key: str, column: str) -> Cell:
    """Find a cell by the id of its row, in the first column (of points in the second), and the head."""
    found = sheet(book, name)
    heads = [each.value for each in found[1]]
    ids = heads.index("id") + 1
    row = next(row for row in range(2, found.max_row + 1) if found.cell(row, ids).value == key)
    made = found.cell(row, heads.index(column) + 1)
    assert hasattr(made, "number_format")
    return made  # type: ignore[return-value] # no cell of it is merged


def setting(name: str, key: str, column: str, value: Any) -> Callable[[Workbook], None]:
    """Give the edit that types something into a cell."""

    def change(book: Workbook) -> None:
        cell(book, name, key, column).value = value

    return change


def pull(project: Path, content: bytes, name: str = "returned.xlsx", **choice: Any) -> Pulled:
    """Pull one workbook into the small plan below `project`, written there unless it is there."""
    if not (project / "plan").exists():
        small_plan.write(project)
    return pull_api.pull(project, [(name, content)], Choice(DAY, **choice)).files[0]


def rows(pulled: Pulled) -> list[dict[str, Any]]:
    """Give the new amendments as their files hold them."""
    return [dump(each) for each in pulled.new]


def told(pulled: Pulled) -> list[str]:
    """Give the findings, each as its code and its message."""
    return [f"{each.code} {each.message}" for each in pulled.diagnostics]
