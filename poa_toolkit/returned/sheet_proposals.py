"""From a returned workbook to proposals: every changed cell is one, or is told by sheet and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.link_sets import members, set_fields
from poa_toolkit.model.proposals import Answer, Proposal
from poa_toolkit.returned.comments import threads
from poa_toolkit.returned.exported_tables import key_of
from poa_toolkit.returned.ledger import Fate, Ledger
from poa_toolkit.returned.new_rows import NewRows
from poa_toolkit.returned.sheet_file import Filled, cell_name
from poa_toolkit.returned.sheet_notes import Notes, Told
from poa_toolkit.returned.sheet_rows import beside, contents, named, rows_of
from poa_toolkit.text.white_space import clean, clean_lines, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.returned.exported_tables import ExportedRecord, ExportedTable
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.sheet_file import ReturnedBook, ReturnedSheet, SheetCell
    from poa_toolkit.returned.sheet_notes import Note
    from poa_toolkit.returned.sheet_rows import Beside, Row

_NO_WORDS = "(no words)"


class Wanted(NamedTuple):
    """What is known of the plan that a workbook was made from."""

    texts: Mapping[Key, PlanText]
    """Every text that can be amended, with the words that edits are compared with."""
    read_set: Callable[[str, str], tuple[str, str]]
    """From a field and what somebody typed there to its members as files spell them, and what is unknown."""


class SheetsPlaced(NamedTuple):
    """What a returned workbook comes to."""

    proposals: tuple[Proposal, ...]
    notes: tuple[Note, ...]
    ledger: Ledger
    texts: int
    """How many rows with a text of the plan went out."""
    gone: int
    """How many of them are not there."""


def place(book: ReturnedBook, record: ExportedRecord, wanted: Wanted, untracked: Reviser) -> SheetsPlaced:
    """Turn every changed cell and every comment of a workbook into a proposal, or a remark.

    What was changed is by `untracked`: cells do not say by whom. Every character has its fate by the end.
    """
    work = _Book(book, record, wanted, untracked)
    proposals = tuple(work.run())
    return SheetsPlaced(proposals, work.notes.all(), work.ledger, work.count, work.gone)


class _Book:
    def __init__(
        self, book: ReturnedBook, record: ExportedRecord, wanted: Wanted, untracked: Reviser
    ) -> None:
        self.book, self.record, self.wanted, self.by = book, record, wanted, untracked
        self.notes, self.ledger = Notes(), Ledger(book.returned)
        self.records = {name for name, _ in wanted.texts}
        self.exported = {contents(row) for table in record.tables for row in (table.columns, *table.rows)}
        self.count = self.gone = 0

    def run(self) -> Iterator[Proposal]:
        """Return every proposal, in the order of the sheets as they went out."""
        known = named(self.book.sheets, self.record.tables)
        for table in self.record.tables:
            sheet = known.get(table.name)
            texts = sum(self.is_text(table, row) for row in table.rows)
            self.count += texts
            if sheet is None:
                self.notes.add(Told.GONE_SHEET, table.name)
                self.gone += texts
                continue
            if sheet.name != table.name:
                self.notes.add(Told.RENAMED_SHEET, table.name, f"“{sheet.name}”")
            laid = beside(sheet, table)
            self.gone += sum(self.is_text(table, row) for row in laid.gone)
            yield from _Sheet(self, laid).run()
        there = {id(each) for each in known.values()}
        for sheet in self.book.sheets:
            if id(sheet) not in there:
                self.notes.add(Told.FOREIGN_SHEET, sheet.name)
                for row in rows_of(sheet):
                    yield from self.strange(sheet, row)
                yield from self.beside_cells(sheet, {})

    def is_text(self, table: ExportedTable, row: tuple[str, ...]) -> bool:
        """Return whether a row that went out holds a text that stands in the body; links only name one."""
        holds = row and "text" in table.columns
        found = self.wanted.texts.get(key_of(table.name, row, "text")) if holds else None
        return found is not None and found.in_body

    def strange(self, sheet: ReturnedSheet, row: Row) -> Iterator[Proposal]:
        """Keep a row of which nothing is known, unless it is one that went out, as it was."""
        cells = tuple(row.cells.values())
        is_old = contents(each.text for each in cells) in self.exported
        yield from self.kept(sheet, row, [each for each in cells if each.is_marked or not is_old])

    def kept(
        self, sheet: ReturnedSheet, row: Row, own: Sequence[SheetCell], why: str = ""
    ) -> Iterator[Proposal]:
        """Keep of a row what is its `own`, as it says it; the rest is as it was exported."""
        columns = {each.column for each in own}
        old = [each for each in row.cells.values() if each.column not in columns]
        self.ledger.enter((each.piece for each in old), Fate.GENERATED, "as it was exported")
        if own:
            said = "\n".join(f"{each.at}: {each.in_full}" for each in own)
            yield self.told(sheet, f"row {row.number}{why}", said, cells=own)

    def told(
        self,
        sheet: ReturnedSheet,
        where: str,
        said: str,
        *,
        key: Key = ("", ""),
        cells: Iterable[SheetCell] = (),
    ) -> Proposal:
        """Return a comment that says what was found somewhere, on its record where that has a text."""
        self.ledger.enter((each.piece for each in cells), Fate.TOLD, f"sheet {sheet.name}, {where}")
        is_placed = key[0] in self.records
        record, field = (key[0], key[1] if key in self.wanted.texts else "") if is_placed else ("", "")
        return Proposal(
            AmendmentKind.COMMENT,
            self.by,
            record,
            field,
            comment=clean_lines(said) or _NO_WORDS,
            context=clean(f"sheet “{sheet.name}”, {where}"),
            is_placed=is_placed,
        )

    def beside_cells(self, sheet: ReturnedSheet, keys: Mapping[tuple[int, int], Key]) -> Iterator[Proposal]:
        """Return what the comments of a sheet say, and the shapes over it."""
        where = {each.comment.id: (each.row, each.column) for each in sheet.comments}
        remarks = [each.comment for each in sheet.comments]
        self.ledger.enter(remarks, Fate.TOLD, "a comment")
        for first, *answers in threads(remarks):
            at = where[first.id]
            key = keys.get(at) or keys.get((at[0], 0), ("", ""))
            proposal = self.told(sheet, f"cell {cell_name(*at)}", first.text, key=key)
            replies = tuple(Answer(each.by, clean_lines(each.text) or _NO_WORDS) for each in answers)
            yield proposal._replace(by=first.by, answers=replies, resolved=first.resolved)
        for pieces, where_else in (
            (sheet.boxes, "in a shape over the cells"),
            (sheet.page_words, "in the head or the foot of its pages"),
        ):
            self.ledger.enter(pieces, Fate.TOLD, where_else)
            yield from (self.told(sheet, where_else, each.text) for each in pieces)


class _Sheet:
    """A sheet that went out, and what was done in it."""

    def __init__(self, book: _Book, laid: Beside) -> None:
        self.book, self.laid, self.sheet = book, laid, laid.sheet
        self.notes, self.texts = book.notes, book.wanted.texts
        self.name = laid.table.name
        self.amendable = frozenset(
            name
            for row in laid.table.rows
            for name in laid.columns
            if key_of(self.name, row, name) in self.texts
        )
        self.is_in_order, self.extra = laid.is_in_order, laid.extra
        self.astray, self.moved = laid.astray, laid.moved

    def run(self) -> Iterator[Proposal]:
        """Return every proposal of the sheet, row by row."""
        self._note_layout()
        head = self.laid.head.cells.values() if self.laid.head else ()
        self.book.ledger.enter((each.piece for each in head), Fate.GENERATED, "the head of a sheet")
        for row in self.laid.above:
            yield from self.book.strange(self.sheet, row)
        new = NewRows(self.laid, self.texts, self.book.by, is_in_order=self.is_in_order)
        strange = 0
        for row in self.laid.rows:
            if row.exported is not None:
                yield from self._astray(row) if row.number in self.astray else self._known(row)
                continue
            strange += 1
            proposal = new.proposal(row)
            if proposal is not None:
                pieces = (each.piece for each in row.cells.values())
                self.book.ledger.enter(pieces, Fate.PLACED, "a new text")
                yield proposal
            else:
                yield from self._strange(row)
        yield from self._removals(strange)
        yield from self.book.beside_cells(self.sheet, self._keys())

    def _note_layout(self) -> None:
        """Tell what was done to the sheet as a whole."""
        laid, sheet, name = self.laid, self.sheet, self.name
        if laid.head is None:
            self.notes.add(Told.NO_HEAD, name)
        places = [laid.columns[each] for each in laid.table.columns if each in laid.columns]
        states = (
            (Told.MOVED_COLUMN, places != sorted(places)),
            (Told.SORTED, not self.is_in_order),
            (Told.HIDDEN_SHEET, sheet.is_hidden),
        )
        names = (
            (Told.GONE_COLUMN, [each for each in laid.missing if laid.head and each not in laid.twice]),
            (Told.COLUMN_TWICE, sorted(laid.twice)),
            (Told.OTHER_COLUMN, [f"“{each}”" for each in laid.extra.values() if each not in laid.twice]),
            (Told.HIDDEN_ROW, [str(sheet.hidden_rows)] if sheet.hidden_rows else []),
            (Told.HIDDEN_COLUMN, sheet.hidden_columns),
            (Told.MERGED, [each.name for each in sheet.merged]),
        )
        for told in (each for each, is_so in states if is_so):
            self.notes.add(told, name)
        for told, what in names:
            for each in what:
                self.notes.add(told, name, each)

    # --- rows that went out ---

    def _known(self, row: Row) -> Iterator[Proposal]:
        keys = [each for each in self.laid.table.columns[: self.laid.table.keys] if each in self.laid.columns]
        if any(self.laid.words(row, each) != self.laid.old(row, each).strip() for each in keys):
            self.notes.add(Told.LOST_ID, self.name, f"row {row.number} ({self._record(row)})")
        for name in self.laid.columns:
            yield from self._cell(row, name)
        known = set(self.laid.columns.values())
        for column, cell in row.cells.items():
            if column not in known:
                yield from self._beside(row, cell)

    def _astray(self, row: Row) -> Iterator[Proposal]:
        """Keep of a row with the words of another what no row of the sheet had when it went out."""
        self.notes.add(Told.ASTRAY, self.name, f"row {row.number} ({self._record(row)})")
        known = {folded(each) for exported in self.laid.table.rows for each in exported}
        yield from self.book.kept(self.sheet, row, self._own(row, known))

    def _own(self, row: Row, known: Collection[str]) -> list[SheetCell]:
        """Return the cells of a row that say something else than is known, or stand in no known column."""
        columns = set(self.laid.columns.values())
        cells = row.cells.values()
        return [
            each
            for each in cells
            if each.is_marked or each.column not in columns or folded(each.text) not in known
        ]

    def _record(self, row: Row) -> str:
        return " ".join((row.exported or ())[: self.laid.table.keys])

    def _key(self, row: Row, name: str) -> Key:
        return key_of(self.name, row.exported or (), name)

    def _cell(self, row: Row, name: str) -> Iterator[Proposal]:
        """Return what became of a cell: nothing, a proposal, or a comment that tells it."""
        cell, old, key = self.laid.cell(row, name), self.laid.old(row, name), self._key(row, name)
        is_amendable = key in self.texts
        is_id = name in self.laid.table.columns[: self.laid.table.keys]
        if cell is None and (is_id or not old.strip() or self._is_merged(row.number, name)):
            return  # told for the whole row, for the merged cells, or nothing at all
        if cell is not None and not cell.formula and folded(cell.text) == folded(old):
            fate, why = (
                (Fate.PLACED, ".".join(key)) if is_amendable else (Fate.GENERATED, "as it was exported")
            )
            self.book.ledger.enter((cell.piece,), fate, why)
            if cell.text.strip() != old.strip():
                self.notes.add(Told.WHITE_SPACE, self.name, cell.at)
        elif cell is not None and (cell.formula or self._is_merged(row.number, name)):
            if cell.formula:
                self.notes.add(Told.FORMULA, self.name, cell.at)
            yield self._told(cell, key, f"{name}: {cell.shown}")
        elif not is_amendable:
            yield self._not_amended(row, name, cell)
        elif (row.number, self.laid.columns[name]) in self.moved:
            self.notes.add(Told.MOVED_CELL, self.name, cell_name(row.number, self.laid.columns[name]))
            pieces = (cell.piece,) if cell else ()
            self.book.ledger.enter(pieces, Fate.GENERATED, "as it was exported")
        elif cell is not None and cell.kind is not Filled.TEXT:
            self.notes.add(Told.NOT_TEXT, self.name, f"{cell.at} ({cell.kind})")
            yield self._told(cell, key, f"{name}: {cell.shown} in place of “{old}”")
        else:
            yield from self._changed(row, name, cell)
        if cell is not None and cell.struck:
            yield self._told(cell, key, f"struck through in the cell: “{cell.struck}”")

    def _not_amended(self, row: Row, name: str, cell: SheetCell | None) -> Proposal:
        """Tell a change that no amendment can make, or of a text that the plan has no more."""
        at = cell_name(row.number, self.laid.columns[name])
        if name in self.amendable:
            self.notes.add(Told.GONE_TEXT, self.name, f"{at} ({self._record(row)})")
        else:
            self.notes.add(Told.NOT_AMENDED, self.name, at, column=name)
        said = f"{name}: “{cell.shown if cell else ''}” in place of “{self.laid.old(row, name)}”"
        cells = [cell] if cell else ()
        return self.book.told(self.sheet, f"cell {at}", said, key=self._key(row, name), cells=cells)

    def _told(self, cell: SheetCell, key: Key, said: str) -> Proposal:
        return self.book.told(self.sheet, f"cell {cell.at}", said, key=key, cells=[cell])

    def _is_merged(self, row: int, name: str) -> bool:
        return any(each.holds(row, self.laid.columns[name]) for each in self.sheet.merged)

    def _changed(self, row: Row, name: str, cell: SheetCell | None) -> Iterator[Proposal]:
        """Return the proposal that a changed text, or set, comes to."""
        key, typed = self._key(row, name), cell.text if cell else ""
        text = self.texts[key]
        original, proposed, unknown = text.text or "", clean(typed), ""
        at = cell.at if cell else cell_name(row.number, self.laid.columns[name])
        if cell is not None:
            self.book.ledger.enter((cell.piece,), Fate.PLACED, ".".join(key))
        if name in set_fields():
            members_typed = ", ".join(filter(None, map(clean, typed.splitlines())))
            proposed, unknown = self.book.wanted.read_set(name, members_typed)
            if set(members(proposed)) == set(members(original)):
                self.notes.add(Told.ORDER, self.name, at)
                return
        elif typed.count("\n") > self.laid.old(row, name).count("\n"):
            self.notes.add(Told.BREAKS, self.name, at)
        if not proposed or unknown:
            why = f"“{unknown}” is not known" if unknown else f"the whole {name} is taken out"
            yield Proposal(
                AmendmentKind.TEXT if proposed else AmendmentKind.REMOVE,
                self.book.by,
                *(("", "") if unknown else key),
                original=original,
                proposed=proposed,
                context=clean(
                    f"sheet “{self.sheet.name}”, cell {at}: the {name} of {self._record(row)}: {why}"
                ),
                is_placed=False,
            )
        elif folded(proposed) == folded(original):
            self.notes.add(Told.SAYS_SO, self.name, at)
        else:
            edits = edits_between(original, proposed)
            kind = AmendmentKind.TEXT
            yield Proposal(kind, self.book.by, *key, original=original, proposed=proposed, edits=edits)

    def _beside(self, row: Row, cell: SheetCell) -> Iterator[Proposal]:
        """Keep what stands in a column that was not exported as a comment on the record of its row."""
        if not cell.is_marked and folded(cell.text) in {
            folded(self.laid.old(row, each)) for each in self.laid.missing
        }:
            self.book.ledger.enter((cell.piece,), Fate.GENERATED, "as it was exported")
            return
        heading = self.extra.get(cell.column, "")
        key = (self._key(row, "text")[0], "")
        yield self._told(cell, key, f"{heading}: {cell.in_full}" if heading else cell.in_full)

    # --- rows that did not, and those that are gone ---

    def _strange(self, row: Row) -> Iterator[Proposal]:
        if row.copies is not None:
            record = " ".join(row.copies[: self.laid.table.keys])
            self.notes.add(Told.COPIED_ROW, self.name, f"row {row.number} ({record})")
            own = self._own(row, {folded(each) for each in row.copies})
            yield from self.book.kept(self.sheet, row, own, f", which has the id of {record} once more")
            return
        self.notes.add(Told.STRANGE_ROW, self.name, f"row {row.number}")
        yield from self.book.strange(self.sheet, row)

    def _removals(self, strange: int) -> Iterator[Proposal]:
        """Propose what a deleted row asks for, where nothing else can have become of it."""
        gone = [each for each in self.laid.gone if each]
        is_proved = self.is_in_order and not strange and len(gone) * 2 <= len(self.laid.table.rows)
        is_proved = is_proved and not self.astray and not self.sheet.merged
        is_proved = is_proved and self.laid.head is not None and not self.laid.twice
        for each in gone:
            key = key_of(self.name, each, "text")
            if is_proved and self.book.is_text(self.laid.table, each):
                said = clean(f"its row was deleted from the sheet “{self.sheet.name}”")
                original = self.texts[key].text or ""
                kind = AmendmentKind.REMOVE
                yield Proposal(kind, self.book.by, *key, original=original, comment=said)
            else:
                self.notes.add(Told.GONE_ROW, self.name, " ".join(each[: self.laid.table.keys]))

    def _keys(self) -> dict[tuple[int, int], Key]:
        """Return the record and field of each cell of known rows; under column 0 the record alone."""
        sure = (row for row in self.laid.rows if row.number not in self.astray)
        known = [row for row in sure if row.exported is not None]
        rows = {(row.number, 0): (self._key(row, "text")[0], "") for row in known}
        columns = self.laid.columns.items()
        return rows | {(row.number, at): self._key(row, name) for row in known for name, at in columns}
