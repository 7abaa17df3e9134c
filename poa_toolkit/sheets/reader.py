"""A workbook of others as data: what its cells show, who commented on them, and what was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.archive.parts import LinkedParts
from poa_toolkit.archive.untrusted import EXCEL, UnsafePartError, elements, tree
from poa_toolkit.returned.exported_tables import is_record
from poa_toolkit.returned.sheet_file import CellComment, ReturnedBook, ReturnedSheet, SheetCell
from poa_toolkit.returned.word_file import Cell, Paragraph, ParagraphPlace, Piece, Returned
from poa_toolkit.sheets import cells, margin
from poa_toolkit.text.characters import INVISIBLE
from poa_toolkit.text.numerals import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.archive.parts import Link
    from poa_toolkit.archive.untrusted import Element

_MOST_CELLS, _MOST_CHARACTERS, _MOST_STRINGS = 400_000, 20_000_000, 1_000_000
_MOST_COLUMNS, _MOST_MERGED = 256, 500
"""Columns of the sheet that keeps what was exported; merged areas of any other."""
_READ = ("{*}row", "{*}mergeCell", "{*}col", "{*}headerFooter")
"""What is read of a sheet."""
_BOOK = "xl/workbook.xml"
_OTHER_KINDS = {
    "chartsheet": "a chart sheet",
    "dialogsheet": "a dialog sheet",
    "xlMacrosheet": "a macro sheet",
}


def is_workbook(file: bytes) -> bool:
    """Return whether a file is a workbook by what it holds, in whatever state its parts are."""
    try:
        return _BOOK in LinkedParts(file, EXCEL).package.names
    except UnsafePartError:
        return False


def read(file: bytes) -> ReturnedBook:
    """Read every sheet of a workbook.

    Raises UnsafePartError, which names the part, for a file that cannot be read or is not safe to read.
    """
    return _Reader(file).book()


class _Reader:
    def __init__(self, file: bytes) -> None:
        self.parts = LinkedParts(file, EXCEL)
        self.name = next((each.target for each in self.parts.links_of("") if _is_book(each)), _BOOK)
        self.root = self._tree(self.name)
        if self.root is None or cells.local(self.root) != "workbook":
            raise UnsafePartError(f"{self.name}: the part is not there; this is no Excel workbook")
        self.links = tuple(self.parts.links_of(self.name))
        properties = cells.child(self.root, "workbookPr")
        is_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        self.styles = cells.styles(self._linked("styles"), is_1904=is_1904)
        self.strings = tuple(self._strings())
        self.people = margin.people(self._linked("person"))
        self.ignored: list[str] = list(self.parts.beside(self.links))
        self.paragraphs: list[Paragraph] = []
        self.record: tuple[tuple[str, ...], ...] = ()
        self.length = self.count = 0

    def book(self) -> ReturnedBook:
        """Return the whole workbook."""
        targets = {each.id: each for each in self.links}
        sheets = []
        for number, each in enumerate(cells.children(cells.child(self.root, "sheets"), "sheet"), start=1):
            link = targets.get(next((value for key, value in each.items() if key.endswith("}id")), ""))
            if link is not None and link.kind == "worksheet":
                found = self._sheet(number, each.get("name", ""), link.target, each.get("state", "visible"))
                sheets += [found] if found else []
            elif link is not None:
                self.ignored.append(_OTHER_KINDS.get(link.kind, "a sheet of another kind"))
        if any(each.kind == "externalLink" for each in self.links):
            self.ignored.append("links to other workbooks")
        remarks = tuple(each.comment for sheet in sheets for each in sheet.comments)
        returned = Returned(
            tuple(self.paragraphs),
            remarks,
            modified_by=self.parts.modified_by,
            ignored=tuple(dict.fromkeys(self.ignored)),
            length=self.length,
        )
        return ReturnedBook(tuple(sheets), self.record, returned)

    def _tree(self, name: str) -> Element | None:
        content = self.parts.package.part(name)
        return None if content is None else tree(name, content)

    def _linked(self, kind: str) -> Element | None:
        names = (each.target for each in self.links if each.kind == kind and not each.is_external)
        return self._tree(next(names, ""))

    def _strings(self) -> Iterator[cells.Words]:
        for link in self.links:
            content = self.parts.package.part(link.target) if link.kind == "sharedStrings" else None
            found = elements(link.target, content, "{*}si") if content else ()
            for number, each in enumerate(found):
                if number > _MOST_STRINGS:
                    raise UnsafePartError(f"{link.target}: the part has more than {_MOST_STRINGS} strings")
                yield cells.words(each)
                _forget(each)

    def _sheet(self, number: int, name: str, part: str, state: str) -> ReturnedSheet | None:
        """Read a sheet; None for the one that keeps what was exported, unless somebody wrote on it."""
        content = self.parts.package.part(part)
        if content is None:
            raise UnsafePartError(f"{part}: the sheet “{name}” is not there")
        found = _Found(self, number, name, part)
        for element in elements(part, content, *_READ):
            found.take(element)
            _forget(element)
        if found.is_record and self.record:
            cure = "take the sheets out of it that come from the other workbook, its hidden one too"
            raise UnsafePartError(f"{part}: a second sheet keeps what was exported", cure)
        if found.is_record:
            self.record = tuple(map(tuple, found.rows))
        links = tuple(self.parts.links_of(part))
        self.ignored += self.parts.beside(links)
        comments: list[CellComment] = []
        boxes: list[Piece] = []
        for link in links:
            root = self._tree(link.target) if link.kind in margin.KINDS and not link.is_external else None
            if root is not None and link.kind == "drawing":
                self.ignored += ["pictures or charts"] if any(self.parts.links_of(link.target)) else []
                boxes += [self.piece(text, name) for text in margin.boxes(root)]
            elif root is not None:
                comments += margin.comments(root, link.target, self.people)
        if found.is_record and not (found.cells or comments or boxes or found.page_words):
            return None
        return ReturnedSheet(
            name,
            tuple(found.cells),
            tuple(self._counted(comments, found)),
            tuple(map(cells.area, found.merged)),
            found.hidden_rows,
            tuple(found.hidden_columns),
            state != "visible",
            tuple(boxes),
            tuple(self.piece(text, name) for text in found.page_words),
        )

    def _counted(self, comments: Iterable[CellComment], found: _Found) -> Iterator[CellComment]:
        """Return comments with the words of their cells, and where theirs begin among all characters."""
        at = {(each.row, each.column): each for each in found.cells}
        for each in margin.without_shadows(comments):
            cell = at.get((each.row, each.column))
            begin, self.length = self.length, self.length + len(each.comment.text)
            self._bound()
            words = cell.text if cell else ""
            yield each._replace(comment=each.comment._replace(at=begin, words=words))

    def piece(self, text: str, sheet: str, place: Cell | None = None) -> Piece:
        """Enter words of the file as a paragraph of their own."""
        made = Piece(text, at=self.length)
        self.length += len(text)
        self._bound()
        kind = "table" if place else "box"
        self.paragraphs.append(Paragraph((made,), ParagraphPlace(0, sheet, kind, place)))
        return made

    def bound_cells(self) -> None:
        """Count a cell. Raises UnsafePartError beyond what is read."""
        self.count += 1
        if self.count > _MOST_CELLS:
            raise UnsafePartError(f"the file has more than {_MOST_CELLS} cells that are filled")

    def _bound(self) -> None:
        if self.length > _MOST_CHARACTERS:
            raise UnsafePartError(f"the cells hold more than {_MOST_CHARACTERS} characters")


class _Found:
    """What is found in one sheet."""

    def __init__(self, reader: _Reader, number: int, name: str, part: str) -> None:
        self._reader, self._number, self._name, self._part = reader, number, name, part
        self._row = 0
        self._seen: set[tuple[int, int]] = set()
        self.cells: list[SheetCell] = []
        self.rows: list[list[str]] = []
        """Of the sheet that keeps what was exported: its rows."""
        self.is_record = False
        self.merged: list[str] = []
        self.hidden_rows = 0
        self.hidden_columns: list[str] = []
        self.page_words: list[str] = []

    def take(self, element: Element) -> None:
        """Read a row, or what the sheet says of merged cells, of columns and of its pages."""
        kind = cells.local(element)
        if kind == "mergeCell":
            self.merged.append(element.get("ref", ""))
            if len(self.merged) > _MOST_MERGED:
                raise UnsafePartError(f"{self._part}: more than {_MOST_MERGED} times cells are merged")
        elif kind == "col" and _is_on(element, "hidden"):
            first, last = (column_letters(cells.number(element.get(each)) or 1) for each in ("min", "max"))
            self.hidden_columns.append(first if first == last else f"{first}:{last}")
        elif kind == "headerFooter":
            self.page_words += margin.page_words(element)
        elif kind == "row":
            self._take_row(element)

    def _take_row(self, element: Element) -> None:
        self._row = cells.number(element.get("r")) or self._row + 1
        self.hidden_rows += _is_on(element, "hidden")
        column = 0
        kept: list[str] = []
        for each in cells.children(element, "c"):
            row, column = cells.place(each.get("r")) if each.get("r") else (self._row, column + 1)
            found = cells.content(each, self._reader.strings, self._reader.styles)
            if found is None:
                continue
            self._reader.bound_cells()
            if (row, column) in self._seen:
                raise UnsafePartError(f"{self._part}: the cell {each.get('r')} is there twice")
            self._seen.add((row, column))
            self.is_record = self.is_record or (row == column == 1 and is_record(found.text))
            if self.is_record and column <= _MOST_COLUMNS:
                kept += [""] * (column - len(kept) - 1) + [found.text] if column > len(kept) else []
                continue
            if not found.formula and not INVISIBLE.sub("", found.text).strip():
                continue  # nobody sees that it is not empty
            place = Cell(self._number, row, column)
            piece = self._reader.piece(found.text, self._name, place)
            self.cells.append(SheetCell(row, column, piece, found.kind, found.formula, found.struck))
        if kept:
            self.rows.append(kept)


def _is_book(link: Link) -> bool:
    return link.kind == "officeDocument" and not link.is_external


def _is_on(element: Element, name: str) -> bool:
    return element.get(name, "0") in ("1", "true")


def _forget(element: Element) -> None:
    """Let go of what was read, and of what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
