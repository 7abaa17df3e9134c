"""The law of a workbook that comes back: every edit of a cell is one proposal or is told, and nothing else is."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import openpyxl.utils
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_editing import exported, project, pull

if TYPE_CHECKING:
    from poa_toolkit.returned.pulled_file import Pulled

WORDS = st.sampled_from(
    ["observers", "shall", "25(b)", "=1+1", "[open]", "7", "élections", "“so”", "A-002", "-", "a\u00a0b"]
)
TYPED = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
SETS = {"addressees", "recommendations", "provisions", "level"}
"""The columns that hold sets: what is typed there may be no member of any."""


class Place(NamedTuple):
    sheet: str
    row: int
    column: int
    heading: str


@cache
def places() -> tuple[Place, ...]:
    """Give every cell below a head that is no id, of sheets whose rows have one."""
    book = openpyxl.load_workbook(BytesIO(exported()))
    found = []
    for sheet in book:
        heads = [str(each.value) for each in sheet[1]]
        if sheet.title in ("poa", "links"):
            continue
        for row in range(2, sheet.max_row + 1):
            for column, heading in enumerate(heads, start=1):
                if heading not in ("id", "action", "instrument", "ref", "record", "participant"):
                    found.append(Place(sheet.title, row, column, heading))
    return tuple(found)


def _taken(pulled: Pulled, place: Place, typed: str) -> bool:
    """Say whether what was typed at a place is in a proposal, or its cell is named in one or in a finding."""
    at = f"{openpyxl.utils.get_column_letter(place.column)}{place.row}"
    kept = [
        each
        for each in pulled.new
        if re.search(rf"sheet “{place.sheet}”, cell {at}\b", each.context or "")
        or " ".join((each.proposed or "").split()) == " ".join(typed.split())
    ]
    named = [
        each for each in pulled.diagnostics if re.search(rf"sheet “{place.sheet}”.*\b{at}\b", each.message)
    ]
    return bool(kept or named)


@settings(max_examples=15)
@given(st.dictionaries(st.sampled_from(places()), TYPED, min_size=1, max_size=4))
def test_every_edit_is_a_proposal_or_told_and_nothing_else_is(edits: dict[Place, str]) -> None:
    book = openpyxl.load_workbook(BytesIO(exported()))
    changed = {}
    for place, typed in edits.items():
        cell = book[place.sheet].cell(place.row, place.column)
        if str(cell.value or "") == typed:
            continue
        cell.value = typed
        cell.data_type = "s"
        changed[place] = typed
    saved = BytesIO()
    book.save(saved)
    pulled = pull(project(), saved.getvalue(), only_show=True)
    assert [each for each, typed in changed.items() if not _taken(pulled, each, typed)] == []
    # of a set one edit may come to a proposal or to a remark that its order changed; never to two proposals
    assert len(pulled.new) <= len(changed)
    assert len(pulled.new) >= sum(each.heading not in SETS for each in changed)
    read, placed, told, generated = pulled.balance
    assert read == placed + told + generated
