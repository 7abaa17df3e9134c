"""Rows that somebody added to a returned sheet: new actions, and new points of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned.sheet_file import Filled
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.sheet_rows import Beside, Row

_TEXT, _SECTION, _ACTION, _UNDER = "text", "section", "action", "under"
_PLACES = {"actions": (_TEXT, _SECTION), "points": (_TEXT, _ACTION, _UNDER)}
"""The sheets to which people may add rows, and what of a new row is its text or says where it would stand."""


class NewRows:
    """Says what the new rows of a sheet propose."""

    def __init__(
        self, laid: Beside, texts: Mapping[Key, PlanText], by: Reviser, *, is_in_order: bool
    ) -> None:
        self._laid, self._texts, self._by, self._is_in_order = laid, texts, by, is_in_order
        self._extra = laid.extra
        self._above: dict[int, Row] = {}
        self._holders: dict[int, str] = {}
        above, holder = None, ""
        column = _PLACES.get(laid.table.name, ("", ""))[1]
        is_known = column in laid.table.columns
        for row in laid.rows:
            was = laid.old(row, column) if is_known else ""
            holder = was or laid.words(row, column) or holder
            self._holders[row.number] = holder
            if row.exported is not None:
                above = row
            elif above is not None:
                self._above[row.number] = above

    def proposal(self, row: Row) -> Proposal | None:
        """Return the addition that a row proposes; None where it holds no text, or its place is not known."""
        cell = self._laid.cell(row, _TEXT)
        is_text = cell is not None and cell.kind is Filled.TEXT and bool(clean(cell.text))
        merged = any(
            each.holds(row.number, column) for each in self._laid.sheet.merged for column in row.cells
        )
        if self._laid.table.name not in _PLACES or not is_text or merged or row.copies is not None:
            return None
        place = self._of_action(row) if self._laid.table.name == "actions" else self._of_point(row)
        return place and place._replace(proposed=clean(cell.text if cell else ""), comment=self._rest(row))

    def _of_action(self, row: Row) -> Proposal | None:
        """Return where a new action would stand: behind the one above it, else where its section ends."""
        given, above = self._laid.words(row, _SECTION), self._above.get(row.number)
        behind = above.exported[0] if above is not None and above.exported else ""
        text = self._texts.get((behind, _TEXT))
        section = given or self._holders[row.number] or self._first_section()
        known = {each.section for each in self._texts.values() if each.section}
        if section not in known or not (given or self._is_in_order):
            return None
        proposal = Proposal(AmendmentKind.ADD, self._by, section=section)
        if above is None and self._is_in_order and section == self._first_section():
            return proposal._replace(after=section)
        is_there = text is not None and text.in_body and text.section == section and self._is_in_order
        return proposal._replace(after=behind) if is_there else proposal

    def _first_section(self) -> str:
        """Return the section of the first action of the sheet."""
        first = next((each.exported for each in self._laid.rows if each.exported is not None), None)
        text = self._texts.get((first[0], _TEXT)) if first else None
        return text.section if text else ""

    def _of_point(self, row: Row) -> Proposal | None:
        """Return where a new point would stand: behind the one above it, if that is of the same action."""
        above = self._above.get(row.number)
        exported = dict(zip(self._laid.table.columns, above.exported or (), strict=True)) if above else {}
        action = self._laid.words(row, _ACTION) or (self._holders[row.number] if self._is_in_order else "")
        text = self._texts.get((action, _TEXT))
        under = self._laid.words(row, _UNDER)
        holder = self._texts.get((action, f"points.{under}")) if under else None
        is_known = text is not None and text.kind is TextKind.ACTION and text.in_body
        if not is_known or (under and (holder is None or holder.kind is not TextKind.POINT)):
            return None
        is_behind = self._is_in_order and (exported.get(_ACTION), exported.get(_UNDER)) == (action, under)
        after = exported.get("id", "") if is_behind else ""
        return Proposal(AmendmentKind.ADD, self._by, action, "points", under=under, after=after)

    def _rest(self, row: Row) -> str:
        """Say what else stands in the row, which comes with no amendment: who is to act, and by when."""
        names = {column: name for name, column in self._laid.columns.items()}
        places = _PLACES[self._laid.table.name]
        said = []
        for column, each in sorted(row.cells.items()):
            name = names.get(column) or self._extra.get(column) or each.at
            words = "" if names.get(column) in places else f"{each.text} {each.formula}"
            said += [f"{name}: {one}" for one in (words, each.struck_words) if one]
        return "; ".join(map(clean, said))
