"""The Word files that the documentation shows coming back: the shipped plan, edited as Word does it."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from word_editing import Edited

_A, _B = "Delegation A", "Delegation B"


def _first(it: Edited) -> None:
    it.replace("poa:A-008:text", "International and citizen observers", "Observers", _A)
    it.add(it.paragraph("poa:A-008:points.c"), "the date by which it should be done.", _A)
    it.comment("poa:A-001:text", "short guide", "How short is short?", _A)


def _second(it: Edited) -> None:
    it.replace("poa:A-008:text", "should send", "shall send", _B)
    it.retype("poa:A-006:text", "States should draw", "States should always draw")
    next(it.styled("POADetail")[0].iter(f"{it.root.tag[:-8]}t")).text += "all of "


def draft() -> bytes:
    """Give an old draft, such as `poa import` is for: headings, automatic and typed numbers."""
    document = docx.Document()
    document.add_heading("Draft plan of action", 0)
    document.add_paragraph("Prepared for the conference.")
    document.add_heading("Introduction", 1)
    document.add_paragraph("Genuine elections rest on human rights.", "List Number")
    document.add_heading("Observers and the treaty bodies", 1)
    document.add_paragraph("Treaty bodies read what they are sent.")
    document.add_paragraph("Observers should name in each report:", "List Number")
    document.add_paragraph("(a) the provision at stake;")
    document.add_paragraph("(b) what was observed, where and when.")
    document.add_paragraph("States should answer within a year.")
    document.add_table(1, 1).cell(0, 0).text = "Timetable"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


RETURNED: Mapping[str, Callable[[Edited], None]] = {"delegation-a.docx": _first, "delegation-b.docx": _second}
"""By the name of the file: what its sender did in Word."""


DRAFT = "draft.docx"


def returned(file: bytes, name: str) -> bytes:
    """Give a rendered file as the sender of `name` returns it; or the old draft."""
    if name == DRAFT:
        return draft()
    there = Edited(file)
    RETURNED[name](there)
    return there.save()
