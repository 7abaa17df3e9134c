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
from sheet_editing import exported, project, pull, rows, sheet, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

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
    for one in book:
        heads = [str(each.value) for each in one[1]]
        if one.title in ("poa", "links"):
            continue
        for row in range(2, one.max_row + 1):
            for column, heading in enumerate(heads, start=1):
                if heading not in ("id", "action", "instrument", "ref", "record", "participant"):
                    found.append(Place(one.title, row, column, heading))
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


def _sort_some(found: Worksheet, _row: int, column: int) -> None:
    """Turn the rows below the head upside down, in some of the columns alone."""
    below = list(range(2, found.max_row + 1))
    for each in range(column, found.max_column + 1):
        values = [found.cell(one, each).value for one in below]
        for one, value in zip(below, reversed(values), strict=True):
            found.cell(one, each).value = value


def _copy_row(found: Worksheet, row: int, _column: int) -> None:
    last = found.max_row + 1
    for each in range(1, found.max_column + 1):
        found.cell(last, each).value = found.cell(row, each).value


def _swap_case(found: Worksheet, row: int, _column: int) -> None:
    found.cell(row, 1).value = str(found.cell(row, 1).value).swapcase()


def _swap_heads(found: Worksheet, _row: int, column: int) -> None:
    one, other = found.cell(1, 1), found.cell(1, column)
    one.value, other.value = other.value, one.value


_DONE: dict[str, Callable[[Worksheet, int, int], None]] = {
    "nothing": lambda _found, _row, _column: None,
    "sorted in part": _sort_some,
    "a row copied": _copy_row,
    "an id in other letters": _swap_case,
    "heads swapped": _swap_heads,
    "a column inserted": lambda found, _row, column: found.insert_cols(column),
    "a row inserted": lambda found, row, _column: found.insert_rows(row),
    "renamed": lambda found, _row, _column: setattr(found, "title", "Ours"),
}
_SHEETS = st.sampled_from(["actions", "points", "sections", "paragraphs", "provisions", "links", "plan"])


@settings(max_examples=15)
@given(
    _SHEETS,
    st.sampled_from(sorted(_DONE)),
    st.integers(1, 4),
    st.integers(1, 9),
    st.sampled_from(["before", "after"]),
)
def test_whatever_is_done_to_a_sheet_no_word_that_was_typed_is_lost(
    name: str, done: str, row: int, column: int, typed: str
) -> None:
    book = openpyxl.load_workbook(BytesIO(exported()))
    found = sheet(book, name)
    words = ["Quillwort", "national Bogbean", "B2: A-001", "C2: Sundew"]
    if typed == "after":
        _DONE[done](found, row, column)
    found.cell(row, column).value = words[0]
    found.cell(row + 1, found.max_column + 1).value = words[1]
    if typed == "before":
        _DONE[done](found, row, column)
    mine = book.create_sheet("Mine")
    mine["B2"], mine["C2"] = "A-001", "Sundew"
    saved = BytesIO()
    book.save(saved)
    pulled = pull(project(), saved.getvalue(), only_show=True, force=True)
    said = " ".join((*map(str, rows(pulled)), *told(pulled))).casefold()
    assert [each for each in words if each.casefold() not in said] == []
    read, placed, remarked, generated = pulled.balance
    assert read == placed + remarked + generated
