"""What is to be told of a returned workbook beside its proposals, each with sheet and cells."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import NamedTuple

from poa_toolkit.text.counting import listed_up_to, many

_LISTED = 8
"""How many are named of what is kept as comments too, each with its place; of all else every one is."""


class Told(Enum):
    """A kind of remark: its code, what happened, and how to do it instead."""

    GONE_SHEET = ("POA744", "the sheet is not there", "nothing is proposed of it; export it again to edit it")
    RENAMED_SHEET = ("POA744", "the sheet has another name now", "it was read; give it its name back")
    FOREIGN_SHEET = ("POA744", "the sheet was not exported", "what it says is kept as unplaced comments")
    NO_HEAD = ("POA744", "the row with the names of the columns is gone", "copy it from a new export")
    GONE_COLUMN = ("POA744", "columns are gone or have other names", "nothing is proposed of them")
    COLUMN_TWICE = ("POA744", "a name stands over two columns", "nothing is proposed of either")
    OTHER_COLUMN = (
        "POA744",
        "columns that were not exported",
        "what they say is kept as comments on the records of their rows",
    )
    GONE_ROW = ("POA744", "rows are gone", "")
    MERGED = ("POA744", "cells are merged, and one of them alone keeps words", "none of them is proposed")
    LOST_ID = ("POA744", "rows without the id they had, known all the same", "give them their ids back")
    ASTRAY = (
        "POA744",
        "rows hold the words of other rows, and nothing is proposed of them",
        "sort whole rows, with their ids, and delete whole rows, not single cells",
    )
    MOVED_CELL = (
        "POA744",
        "cells hold the words of other cells, which lost them, and nothing is proposed of them",
        "undo what moved them; `poa amend propose` puts on the table what is meant so",
    )
    COPIED_ROW = ("POA744", "rows with an id that another row has", "they are kept as unplaced comments")
    STRANGE_ROW = ("POA744", "rows that were not exported", "they are kept as unplaced comments")
    NOT_AMENDED = ("POA742", "cells were changed that no amendment can change", "")
    GONE_TEXT = (
        "POA742",
        "cells were changed whose text the plan has no more",
        "it was taken out, or has another id now; `poa amend propose` puts on the table what is still meant",
    )
    NOT_TEXT = (
        "POA743",
        "cells hold no text, and nothing is proposed of them",
        "type it as text: format the cell as Text first, or begin with an apostrophe",
    )
    FORMULA = ("POA743", "cells hold formulas, and what these show is not trusted", "type the words instead")
    HIDDEN_SHEET = ("POA746", "the sheet is hidden", "it was read all the same")
    HIDDEN_ROW = ("POA746", "rows are hidden", "they were read all the same")
    HIDDEN_COLUMN = ("POA746", "columns are hidden", "they were read all the same")
    MOVED_COLUMN = ("POA746", "columns stand in another order", "each was read by the name over it")
    SORTED = ("POA746", "rows stand in another order", "nothing is proposed of that; see `poa move`")
    WHITE_SPACE = ("POA746", "only white space was changed", "nothing is proposed of that")
    BREAKS = ("POA746", "line breaks were read as spaces", "a text is one paragraph; points have their sheet")
    ORDER = ("POA746", "only the order of a set was changed", "nothing is proposed of that")
    SAYS_SO = ("POA746", "the plan says already what was typed", "nothing is proposed of that")

    @property
    def code(self) -> str:
        """Return the code of the finding."""
        return self.value[0]


_KEPT = frozenset(
    (
        Told.OTHER_COLUMN,
        Told.COPIED_ROW,
        Told.STRANGE_ROW,
        Told.NOT_AMENDED,
        Told.NOT_TEXT,
        Told.FORMULA,
    )
)
"""What is kept as comments too."""
_LINKS = "links follow from the sets of records, each in the sheet of its record: change those"
_INSTEAD = {
    "number": "numbers follow from the order: `poa move` moves an action",
    "id": "`poa rename` gives a record another id",
    "status": "`poa withdraw` withdraws an action; another status is set in the file of its section",
    "section": "`poa move` moves an action",
    "to_id": _LINKS,
}
_PROPOSED = "`poa amend propose ID --remove` proposes a removal"
_TO_REMOVE = {
    **dict.fromkeys(("actions", "points", "paragraphs"), _PROPOSED),
    "links": _LINKS,
}
"""How a record is taken out, by the sheet of its row."""
_IN_FILE = "a record is taken out in the file of the plan"
_ELSEWHERE = "change it in the file of the plan; what was typed is kept as a comment"


class Note(NamedTuple):
    """A remark on a workbook."""

    code: str
    message: str
    help: str


class Notes:
    """Collects remarks; those of one kind in one sheet become one."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[Told, str, str], dict[str, None]] = defaultdict(dict)

    def add(self, told: Told, sheet: str, what: str = "", *, column: str = "") -> None:
        """Note what happened to `what`, a cell or a name; of a column where that counts."""
        found = self._found[told, sheet, column]
        if what:
            found[what] = None

    def all(self) -> tuple[Note, ...]:
        """Return every remark, in the order in which its kind was first met."""
        return tuple(_note(*key, tuple(what)) for key, what in self._found.items())


def _note(told: Told, sheet: str, column: str, what: tuple[str, ...]) -> Note:
    code, said, instead = told.value
    if told is Told.NOT_AMENDED:
        instead = _INSTEAD.get(column, _ELSEWHERE)
        said = f"no amendment can change the column {column}; {many(len(what), 'cell')} changed"
    if told is Told.GONE_ROW:
        instead = f"nothing is proposed of that; {_TO_REMOVE.get(sheet, _IN_FILE)}"
    named = listed_up_to(_LISTED if told in _KEPT else len(what), what)
    listed = f": {named}" if what else ""
    return Note(code, f"sheet “{sheet}”: {said}{listed}", instead)
