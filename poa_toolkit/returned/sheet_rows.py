"""A returned sheet laid beside what it was when it went out: which column is which, and which row."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.text.white_space import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.exported_tables import ExportedTable
    from poa_toolkit.returned.sheet_file import ReturnedSheet, SheetCell

_HEAD_WITHIN = 20
"""Among how many rows the head of a sheet is looked for."""
_RENAMED = 0.8
"""How much of the head of a sheet has to be there, that it is known under another name."""
_MOST_PAIRS = 100_000
"""How many rows of one id are compared; more are taken as they stand."""
_WORDS = ("text", "title", "subject")
"""The columns by whose words a record is known that has lost its id."""


class Row(NamedTuple):
    """A row of a returned sheet."""

    number: int
    cells: Mapping[int, SheetCell]
    """By their columns."""
    exported: tuple[str, ...] | None = None
    """What it was when it went out; None for a row that nothing was known of."""
    copies: tuple[str, ...] | None = None
    """Of a row that has the id of another: what that one was."""


class _Changed(NamedTuple):
    """A cell that says something else than it did."""

    at: tuple[int, int]
    """Its row and its column."""
    old: str
    new: str


class Beside(NamedTuple):
    """A sheet beside what it was."""

    sheet: ReturnedSheet
    table: ExportedTable
    head: Row | None
    """The row that holds the words over the columns; None where it is gone."""
    columns: Mapping[str, int]
    """The columns that were exported, by name."""
    twice: frozenset[str] = frozenset()
    """The names that stand over more than one column."""
    above: tuple[Row, ...] = ()
    """What stands above the head."""
    rows: tuple[Row, ...] = ()
    gone: tuple[tuple[str, ...], ...] = ()
    """The rows that were exported and are not there."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the columns that were exported and are not there."""
        return tuple(each for each in self.table.columns if each not in self.columns)

    @property
    def extra(self) -> dict[int, str]:
        """Return the other columns with a heading of their own, and what that says."""
        known = set(self.columns.values())
        head = self.head.cells if self.head else {}
        return {column: cell.text.strip() for column, cell in head.items() if column not in known}

    @property
    def astray(self) -> frozenset[int]:
        """Return the numbers of known rows whose words are those of another row, which lost them or is gone.

        That is what becomes of a sheet of which some columns alone are sorted, or of cells that move up
        where one of them is deleted: nobody has typed there what stands there.
        """
        column = words_column(self.columns)
        pairs = {
            row.number: (folded(self.words(row, column)), folded(self.old(row, column)))
            for row in self.rows
            if column and row.exported is not None
        }
        lost = {old for new, old in pairs.values() if new != old}
        if column:
            at = self.table.columns.index(column)
            lost.update(folded(each[at]) for each in self.gone)
        return frozenset(number for number, (new, old) in pairs.items() if new != old and new in lost)

    @property
    def moved(self) -> frozenset[tuple[int, int]]:
        """Return the row and column of cells that hold the words of other cells, which lost them.

        That is what becomes of the cells of a column that are sorted alone, or move up or down where one is
        deleted or put in; of those of a row that move aside; of columns whose names were exchanged. In a row
        one such cell shows it. In a column people may well give a record what they took from another: there
        it is shown by most of the cells that were filled anew, and by more than one.
        """
        changed = tuple(self._changed())
        found: set[tuple[int, int]] = set()
        for which, fewest, of_ten in ((0, 1, 0), (1, 2, 7)):
            lines: defaultdict[int, list[_Changed]] = defaultdict(list)
            for each in changed:
                lines[each.at[which]].append(each)
            for line in lines.values():
                found.update(_moved(line, fewest=fewest, of_ten=of_ten))
        return frozenset(found)

    def _changed(self) -> Iterator[_Changed]:
        """Return the cells of known rows that say something else than they did."""
        astray = self.astray
        for row in self.rows:
            if row.exported is None or row.number in astray:
                continue
            for name, column in self.columns.items():
                old, new = folded(self.old(row, name)), folded(self.words(row, name))
                if old != new:
                    yield _Changed((row.number, column), old, new)

    @property
    def is_in_order(self) -> bool:
        """Return whether the rows stand in the order in which they went out."""
        places = {each: index for index, each in reversed(list(enumerate(self.table.rows)))}
        there = [places[each.exported] for each in self.rows if each.exported is not None]
        return there == sorted(there)

    def old(self, row: Row, name: str) -> str:
        """Return what a cell of a known row was when it went out."""
        return row.exported[self.table.columns.index(name)] if row.exported else ""

    def cell(self, row: Row, name: str) -> SheetCell | None:
        """Return the cell of a row under the name of a column; None where that is empty, or gone."""
        return row.cells.get(self.columns.get(name, 0))

    def words(self, row: Row, name: str) -> str:
        """Return what such a cell shows."""
        found = self.cell(row, name)
        return found.text.strip() if found else ""


def _moved(line: Sequence[_Changed], *, fewest: int, of_ten: int) -> Iterator[tuple[int, int]]:
    """Return which changed cells of a row or column only moved, and which they left empty.

    None did unless `fewest` did, and `of_ten` in ten of those that were not emptied.
    """
    lost, filled = {each.old for each in line}, [each for each in line if each.new]
    moved = [each for each in filled if each.new in lost]
    if len(moved) < fewest or len(moved) * 10 < len(filled) * of_ten:
        return
    there = {each.new for each in moved}
    yield from (each.at for each in moved)
    yield from (each.at for each in line if not each.new and each.old in there)


def words_column(columns: Iterable[str]) -> str:
    """Return the column by whose words a record is known; empty where there is none."""
    return next((each for each in _WORDS if each in columns), "")


def named(sheets: Sequence[ReturnedSheet], tables: Sequence[ExportedTable]) -> dict[str, ReturnedSheet]:
    """Return the sheet of each table that is there, under its own name or known by its head."""
    found = {each.name: each for each in sheets}
    known = {table.name: found[table.name] for table in tables if table.name in found}
    others = [each for each in sheets if each.name not in known]
    for table in tables:
        if table.name not in known:
            like = next((each for each in others if _likeness(each, table) >= _RENAMED), None)
            if like is not None:
                known[table.name] = like
                others.remove(like)
    return known


def rows_of(sheet: ReturnedSheet) -> tuple[Row, ...]:
    """Return the rows of a sheet that hold anything, in its order."""
    found: defaultdict[int, dict[int, SheetCell]] = defaultdict(dict)
    for each in sheet.cells:
        found[each.row][each.column] = each
    return tuple(Row(number, found[number]) for number in sorted(found))


def contents(cells: Iterable[str]) -> tuple[str, ...]:
    """Return what stands in the cells of a row, wherever its columns are."""
    return tuple(sorted(filter(None, map(folded, cells))))


def _likeness(sheet: ReturnedSheet, table: ExportedTable) -> float:
    """Return how much of the head of a table a sheet has; 0 where what names its records is not there."""
    heads = (each for each in rows_of(sheet)[:_HEAD_WITHIN] if _has_keys(each, table))
    return max((_share(each, table) for each in heads), default=0)


def _has_keys(row: Row, table: ExportedTable) -> bool:
    """Return whether a row has the names of all columns that name a record."""
    return set(map(_heading, row.cells.values())).issuperset(table.columns[: table.keys])


def _share(row: Row, table: ExportedTable) -> float:
    """Return how many of the names of the columns stand in a row."""
    there = set(map(_heading, row.cells.values()))
    return sum(each in there for each in table.columns) / len(table.columns)


def _heading(cell: SheetCell) -> str:
    """Return the name of a column as it is known by: no two differ in their case alone."""
    return folded(cell.text).casefold()


def _head(rows: Sequence[Row], table: ExportedTable) -> Row | None:
    """Return the row with the names of columns; None where most are gone, and those of the ids."""
    found = max(rows[:_HEAD_WITHIN], key=lambda each: _share(each, table), default=None)
    if found is None or not (share := _share(found, table)):
        return None
    return found if share * 2 >= 1 or _has_keys(found, table) else None


def beside(sheet: ReturnedSheet, table: ExportedTable) -> Beside:
    """Lay a sheet beside what it was. Rows are known by their ids, else by their words, in any order."""
    every = rows_of(sheet)
    head = _head(every, table)
    if head is None:
        return Beside(sheet, table, None, {}, above=every, gone=table.rows)
    names = {column: _heading(cell) for column, cell in head.cells.items()}
    times = Counter(names.values())
    known = {name: column for column, name in names.items() if name in table.columns and times[name] == 1}
    twice = frozenset(name for name in table.columns if times[name] > 1)
    above = tuple(each for each in every if each.number < head.number)
    laid = Beside(sheet, table, head, known, twice, above)
    below = _known(laid, [each for each in every if each.number > head.number])
    there = Counter(each.exported for each in below if each.exported is not None)
    gone = tuple(each for each, times in (Counter(table.rows) - there).items() for _ in range(times))
    return laid._replace(rows=tuple(below), gone=gone)


def _known(laid: Beside, rows: Sequence[Row]) -> list[Row]:
    """Say of each row which one of those that went out it is."""
    table = laid.table
    if not set(table.columns[: table.keys]) <= laid.columns.keys():
        return list(_by_words(laid, rows, table.rows))
    exported: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for each in table.rows:
        exported[_name(each[: table.keys])].append(each)
    named_so: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        named_so[_name(laid.words(row, name) for name in table.columns[: table.keys])].append(row)
    found: dict[int, Row] = {}
    for key, those in named_so.items():
        for row, which in _paired(laid, those, exported.get(key, [])):
            found[row.number] = row._replace(exported=which)
        for row in those:
            if row.number not in found and key in exported:
                found[row.number] = row._replace(copies=exported[key][0])
    taken = Counter(each.exported for each in found.values())
    left = [each for each in table.rows if taken[each] < 1]
    return list(_by_words(laid, [found.get(each.number, each) for each in rows], left))


def _name(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the name of a record as one is known by: no two ids differ in their case alone."""
    return tuple(folded(each).casefold() for each in keys)


def _paired(
    laid: Beside, rows: Sequence[Row], those: Sequence[tuple[str, ...]]
) -> Iterable[tuple[Row, tuple[str, ...]]]:
    """Pair rows with those that went out under the same id: where there are several, the likest first."""
    if len(rows) == len(those) == 1 or len(rows) * len(those) > _MOST_PAIRS:
        return zip(rows, those, strict=False)
    likeness = sorted(
        ((_same(laid, row, which), -row.number, -at) for row in rows for at, which in enumerate(those)),
        reverse=True,
    )
    by_number = {each.number: each for each in rows}
    paired: dict[int, int] = {}
    for _, number, at in likeness:
        if -number not in paired and -at not in paired.values():
            paired[-number] = -at
    return tuple((by_number[number], those[at]) for number, at in paired.items())


def _same(laid: Beside, row: Row, which: tuple[str, ...]) -> int:
    cells = zip(laid.table.columns, which, strict=True)
    return sum(folded(laid.words(row, name)) == folded(words) for name, words in cells)


def _by_words(laid: Beside, rows: Sequence[Row], left: Sequence[tuple[str, ...]]) -> Iterator[Row]:
    """Know a row whose id is gone, or another, by the words of a missing one, else by most of its cells."""
    column = words_column(laid.columns)
    at = laid.table.columns.index(column) if column else 0
    by_words = {folded(each[at]): each for each in left if column and each[at].strip()}
    found: dict[int, tuple[str, ...]] = {}
    unknown = [each for each in rows if each.exported is None and each.copies is None] if column else []
    for row in unknown:
        which = by_words.pop(folded(laid.words(row, column)), None)
        if which is not None:
            found[row.number] = which
    others = [each for each in unknown if each.number not in found]
    if len(others) * len(by_words) <= _MOST_PAIRS:
        found |= _by_cells(laid, others, list(by_words.values()))
    return (row._replace(exported=found.get(row.number, row.exported)) for row in rows)


def _by_cells(
    laid: Beside, rows: Sequence[Row], left: Sequence[tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """Return, by the number of a row, the one that has half of its cells or more.

    Neither of the two is as like any other.
    """
    likeness = {
        (row.number, at): _agreeing(laid, row, which) for row in rows for at, which in enumerate(left)
    }
    of_row: defaultdict[int, list[int]] = defaultdict(list)
    of_left: defaultdict[int, list[int]] = defaultdict(list)
    for (number, at), count in likeness.items():
        of_row[number].append(count)
        of_left[at].append(count)
    filled = [sum(bool(each.strip()) for each in which[laid.table.keys :]) for which in left]
    return {
        number: left[at]
        for (number, at), count in likeness.items()
        if count * 2 >= max(filled[at], 1)
        and _is_best(count, of_row[number])
        and _is_best(count, of_left[at])
    }


def _is_best(count: int, counts: Sequence[int]) -> bool:
    """Return whether a count is above all others."""
    return count == max(counts) and counts.count(count) == 1


def _agreeing(laid: Beside, row: Row, which: tuple[str, ...]) -> int:
    """Return how many filled cells of a row say what one that went out said; what names it does not count."""
    cells = list(zip(laid.table.columns, which, strict=True))[laid.table.keys :]
    return sum(
        bool(words.strip()) and folded(laid.words(row, name)) == folded(words) for name, words in cells
    )
