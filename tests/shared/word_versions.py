"""What other programs read in a redline when all its changes are accepted, or all rejected.

pandoc reads paragraphs and notes, LibreOffice tables too; neither knows anything of this project.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERED_ANNEX = re.compile(r"\b(Annex|Appendix) [A-Z]+\b\.?")
_LETTERED_TABLE = re.compile(r"^[A-Z]\. ")


_COLUMNS_OF_NUMBERS = ("Taken up in paragraph", "Paragraphs", "Paragraph")
"""Cells under these hold numbers of paragraphs, which are fields: whoever lays out the pages counts them."""


def of_text(lines: list[str], title: str) -> list[str]:
    """Leave out cover and contents: begin at the title over the text, the last time it stands alone.

    The status of an action is that of now on both sides of a redline, and left out too.
    """
    at = len(lines) - 1 - lines[::-1].index(" ".join(title.split()))
    return [_STATUS.sub("", line) for line in lines[at:] if not _STATUS.fullmatch(line)]


def shown(lines: list[str]) -> list[str]:
    """Give lines of LibreOffice as a reader sees them, with the numbers of other paragraphs alone."""
    return [_REFERENCE.sub(lambda found: found["number"], line) for line in lines]


def as_counted_in(others: list[str], lines: list[str]) -> list[str]:
    """Give lines with those numbers that the same paragraphs have in others."""
    numbers = {found["name"]: found["number"] for line in others for found in _REFERENCE.finditer(line)}
    return [_REFERENCE.sub(lambda found: numbers.get(found["name"], found["number"]), line) for line in lines]


_REFERENCE = re.compile("⟦(?P<name>[^|⟧]*)\\|(?P<number>[^⟧]*)⟧")
_STATUS = re.compile(r"(?:\s· |^)Status: [a-z]+$")


def by_pandoc(docx: Path, changes: str) -> list[str]:
    """Give every paragraph outside tables, with its notes at their places; `changes` is accept or reject."""
    command = ["pandoc", "--from", "docx", "--to", "json", f"--track-changes={changes}", str(docx)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return [line for line in map(_unnumbered, _lines(json.loads(done.stdout)["blocks"])) if line]


def by_libreoffice(python: str, profile: Path, asked: list[tuple[str, Path]]) -> list[list[str]]:
    """Give of each file every paragraph and every row of a table, its cells parted by bars.

    Where all is rejected, numbers of other paragraphs stand there with their bookmarks: see `shown`.
    Asked is what to do, accept or reject, and with which file; `python` is one that has uno. All files
    are read by one LibreOffice, for it takes its time to start.
    """
    script = Path(__file__).parents[1] / "tools" / "libreoffice.py"
    arguments = [argument for changes, file in asked for argument in (changes, str(file))]
    command = [python, str(script), str(profile), *arguments]
    done = subprocess.run(command, capture_output=True, check=True, timeout=600)
    return [[line for block in file for line in _blocks(block)] for file in json.loads(done.stdout)]


def _blocks(block: str | list[list[str]]) -> list[str]:
    if isinstance(block, str):
        return [_unnumbered(block)]
    head = block[0] if block else []
    return [_unnumbered(" | ".join(map(_cell, row, head))) for row in block]


def _cell(text: str, head: str) -> str:
    return re.sub(r"[0-9]+", "#", text) if head in _COLUMNS_OF_NUMBERS else text


def _unnumbered(line: str) -> str:
    return " ".join(_NUMBERED_ANNEX.sub(r"\1", _LETTERED_TABLE.sub("", line)).split())


def _lines(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        content: Any = block.get("c")
        match block["t"]:
            case "Para" | "Plain":
                yield _words(content)
            case "Header":
                yield _words(content[2])
            case "BlockQuote":
                yield from _lines(content)
            case "OrderedList":
                yield from (line for item in content[1] for line in _lines(item))
            case "BulletList":
                yield from (line for item in content for line in _lines(item))
            case "Div":
                yield from _lines(content[1])


def _words(inlines: list[Any]) -> str:
    return " ".join("".join(_pieces(inlines)).split())


def _pieces(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _pieces(each)
    elif isinstance(node, dict):
        match node["t"]:
            case "Str":
                yield node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                yield " "
            case "Note":
                yield f" [note: {' '.join(_lines(node['c']))}] "
            case _:
                yield from _pieces(node.get("c", []))
