"""The questions of docs/analysts/queries.md, and what they are asked of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conftest import ROOT

from poa_toolkit.api import export
from poa_toolkit.files.atomic import write_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

PAGE = ROOT / "docs" / "analysts" / "queries.md"
_BLOCK = re.compile(r"<!-- ([a-z-]+): (\w+) -->\n```\w+\n(.*?)```", re.DOTALL)
_VERSIONS = {"now": None, "draft": "draft", "day-1": "day-1"}
_INDEX = (
    "Text,Countries Concerned,Reccomending Body,Document Symbol,Type\n"
    '"A made-up row, one",- Exampleland,- CCPR,{symbol},- Recommendations\n'
    '"A made-up row, two\nover two lines",- Exampleland,- CCPR,{symbol} ,- Recommendations\n'
    "A made-up row of another kind,- Exampleland,- CCPR,{symbol},- Concerns/Observations\n"
    "A made-up row of another document,- Elsewhere,- CCPR,X/0/1,- Recommendations\n"
)


def blocks(kind: str) -> dict[str, str]:
    """Give the blocks of a kind on the page, by name."""
    return {name: text for each, name, text in _BLOCK.findall(PAGE.read_text("utf-8")) if each == kind}


def statements(kind: str, program: str) -> list[str]:
    """Give the statements that a program is told first."""
    return [each.strip() for each in blocks(kind)[program].split(";\n") if each.strip()]


def write_exports(folder: Path) -> None:
    """Export what the page exports, of the shipped plan, and write some rows in the form of the index."""
    for name, version in _VERSIONS.items():
        found = export.read_version(ROOT, version)
        write_into(folder / "exports" / name, export.FOLDERS["parquet"](found))
        if version is None:
            symbol = next(each.symbol for _, each in found.plan.walk_recommendations() if each.symbol)
            (folder / "uhri.csv").write_text(_INDEX.format(symbol=symbol), "utf-8")


def shown(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Print an answer as the page does."""
    lines = [heads, *rows]
    return "".join(" | ".join("" if each is None else str(each) for each in line) + "\n" for line in lines)
