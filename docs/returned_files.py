"""The files that the documentation shows coming back: the shipped plan, edited as Word or Excel does it."""

from __future__ import annotations

import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx
from openpyxl.comments import Comment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/shared"))
from sheet_editing import cell, edited, of_project
from word_editing import Edited

from poa_toolkit.api import render

_A, _B, _C = "Delegation A", "Delegation B", "Delegation C"


def _first(it: Edited) -> None:
    it.replace("poa:A-008:text", "International and citizen observers", "Observers", _A)
    it.add(it.paragraph("poa:A-008:points.c"), "the date by which it should be done.", _A)
    it.comment("poa:A-001:text", "short guide", "How short is short?", _A)


def _second(it: Edited) -> None:
    it.replace("poa:A-008:text", "should send", "shall send", _B)
    it.retype("poa:A-006:text", "States should draw", "States should always draw")
    next(it.styled("POADetail")[0].iter(f"{it.root.tag[:-8]}t")).text += "all of "


def _third(it: Edited) -> None:
    """Edit it as people do who know nothing of tracking, and move an action with it."""
    it.move_paragraph("poa:A-052:text", it.paragraph("poa:A-008:text").getprevious(), _C)
    it.strike_by_hand("poa:A-006:text", "should draw")
    last = it.styled("POASources")[-1]
    for style, words in (("POAPoint", "when they meet."), ("POAAction", "Observers should say in public:")):
        it.add(last, words, _C, style)
    it.take_out_note(0, _C)


def _day_one_a(it: Edited) -> None:
    it.replace("poa:A-001:text", "should send", "shall send", _A)
    it.insert("poa:A-002:text", "one year", " of receiving them", _A)


def _day_one_b(it: Edited) -> None:
    it.retype("poa:A-001:text", "should send", "are encouraged to send")
    it.insert("poa:A-001:points.a", "the provision", " of the Covenant", _B)


def _day_one_c(it: Edited) -> None:
    it.comment("poa:P-01:text", "everywhere", "In elections at all levels?", _C)
    it.add(
        it.styled("POASources")[1],
        "Observers should meet once a year to compare what they found.",
        _C,
        "POAAction",
    )


def _day_two(it: Edited) -> None:
    it.replace("poa:A-003:text", "once a year", "every year", _A)


def _in_the_room(it: Edited) -> None:
    """Decide on the proposals of Delegations A and B, leave that of C open, and go on typing."""
    it.decide({"Delegation A": True, "Delegation B": False})
    it.insert("poa:A-008:points.b", "the article", " or paragraph", "The secretariat")


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


class Sent(NamedTuple):
    """A file that somebody sends back."""

    change: Callable[[Edited], None]
    """What they did in Word."""
    made_from: str = ""
    """The file that they had; by default the document of the plan as it is."""


RETURNED: Mapping[str, Sent] = {
    "delegation-a.docx": Sent(_first),
    "delegation-b.docx": Sent(_second),
    "delegation-c.docx": Sent(_third),
    "from-a.docx": Sent(_day_one_a, "draft.docx"),
    "from-b.docx": Sent(_day_one_b, "draft.docx"),
    "from-c.docx": Sent(_day_one_c, "draft.docx"),
    "day-2-from-a.docx": Sent(_day_two, "redline.docx"),
    "decided.docx": Sent(_in_the_room, "room.docx"),
}
"""By the name of the file: who sends what."""
DRAFT = "draft-2016.docx"


def _in_cells(book: Workbook) -> None:
    cell(book, "actions", "A-008", "text").value = (
        "Observers should send the treaty body concerned a summary of their findings in time for its list of "
        "issues on a State. The summary should give, in no more than ten pages:"
    )
    cell(book, "actions", "A-001", "addressees").value = "ohchr, carter-center, academia, media"
    cell(book, "actions", "A-003", "status").value = "refined"
    cell(book, "actions", "A-002", "timeframe").value = date(2018, 6, 1)
    points = book["points"]
    points.insert_rows(5)
    points["A5"], points["E5"] = "A-008", "the date by which it should be done."
    cell(book, "actions", "A-005", "text").comment = Comment("Which tribunal?", _B)


SHEETS: Mapping[str, Callable[[Workbook], None]] = {"delegation-d.xlsx": _in_cells}
"""By the name of the file: who did what in a spreadsheet."""


def returned(project: Path, name: str) -> bytes:
    """Give the file that comes back under a name; or the old draft."""
    if name == DRAFT:
        return draft()
    if name in SHEETS:
        return edited(SHEETS[name], of_project(project))
    sent = RETURNED[name]
    content = (project / sent.made_from).read_bytes() if sent.made_from else render.render(project).content
    there = Edited(content)
    sent.change(there)
    return there.save()
