"""A document as one HTML page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, assert_never

import jinja2
from markupsafe import Markup, escape

from poa_toolkit import pictures
from poa_toolkit.document.blocks import (
    Heading,
    Layout,
    Paragraph,
    Role,
    Table,
    anchors,
    counting,
    new_side,
    old_side,
)
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, Text, words_of
from poa_toolkit.text.scripts import leading
from poa_toolkit.write.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Document, Entry, Part, Row
    from poa_toolkit.document.runs import Run

_TAGS = {
    Mark.PLAIN: "{}",
    Mark.STRONG: "<strong>{}</strong>",
    Mark.EMPHASIS: "<em>{}</em>",
    Mark.CODE: "<code><bdi>{}</bdi></code>",
    Mark.BRACKET: '<b class="bracket">{}</b>',
    Mark.HOLDER: '<em class="holder">{}</em>',
    Mark.MUTED: '<span class="muted">{}</span>',
    Mark.FOUND: "<mark>{}</mark>",
}
_INSERTED = '<ins><span class="unseen">[inserted: </span>{}<span class="unseen">]</span></ins>'
_DELETED = '<del><span class="unseen">[deleted: </span>{}<span class="unseen">]</span></del>'
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+")
_DEEPEST = 6
_WEIGHTS = ("substantive", "editorial", "links", "process")


def document(document: Document) -> str:
    """Print a document as a page that reads without a script, with a keyboard, on paper, in the dark.

    Of a report of changes, a reader chooses the view, the classes, a section and an addressee: the
    style sheet does it, and an address that ends in the name of a change leads to it.
    """
    shown = printed(document, _LonePage(document))
    is_for_room = document.layout is Layout.ROOM
    style = style_of_pages() + (_read("room.css") if is_for_room else "") + filter_rules(shown["filters"])
    return template(_HERE / "page.html").render(
        **shown,
        style=Markup(style),  # noqa: S704 - all of it is ours
        digest=base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
    )


class Shown(TypedDict):
    """What a template needs to show a document."""

    document: Document
    parts: list[ShownPart]
    notes: list[Markup]
    filters: Filters
    versions: tuple[str, str]


def printed(document: Document, writer: Writer) -> Shown:
    """Return the parts of a document as HTML, with what a template shows around them."""
    return Shown(
        document=document,
        parts=[writer.part(part, number) for number, part in enumerate(document.parts)],
        notes=writer.notes,
        filters=filters_of(document),
        versions=_versions(document),
    )


def style_of_pages() -> str:
    """Return the style that every page has."""
    return _read("page.css")


_HERE = Path(__file__).parent


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


@cache
def template(path: Path) -> jinja2.Template:
    """Return a template, which may import those that stand beside it or here; every value is escaped."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FileSystemLoader([path.parent, _HERE]),
    )
    environment.filters["shown"] = one_line
    return environment.get_template(path.name)


def _versions(document: Document) -> tuple[str, str]:
    """Return what the old and the new version are called, over the columns of the view side by side."""
    labels = [value.partition(" (sha256:")[0] for _, value in document.cover[:2]]
    return (labels[0], labels[1]) if len(labels) > 1 else ("", "")


# --- Filters --------------------------------------------------------------------------------------


class Filters(NamedTuple):
    """What a reader may choose among; of sections and addressees the name and the key in the page."""

    weights: tuple[tuple[str, int], ...]
    sections: tuple[tuple[str, str], ...]
    addressees: tuple[tuple[str, str], ...]

    def keys(self, entry: Entry) -> str:
        """Return the keys of the addressees of an entry."""
        return " ".join(key for name, key in self.addressees if name in entry.addressees)


def filters_of(document: Document) -> Filters:
    """Return what a reader of a report of changes may choose among; nothing for any other document."""
    counts: Counter[str] = Counter()
    sections: list[tuple[str, str]] = []
    named: set[str] = set()
    for number, part in enumerate(document.parts):
        if part.entries:
            title = next(block for block in part.blocks if isinstance(block, Heading))
            sections.append((words_of(title.runs), f"_g{number}"))
        for entry in part.entries:
            counts[entry.weight] += len(entry.anchors)
            named.update(entry.addressees)
    ordered = sorted(named, key=lambda name: (name.casefold(), name))
    return Filters(
        tuple((weight, counts[weight]) for weight in _WEIGHTS if counts[weight]),
        tuple(sections),
        tuple((name, f"a{number}") for number, name in enumerate(ordered)),
    )


_SHOW = "{ display: block; }"


def filter_rules(filters: Filters) -> str:
    """Return the rules of the filters; in a browser that cannot follow them all is shown, and no filter.

    Entries are hidden by what is not chosen; a section is shown where one of its entries is.
    """
    return "".join(_rules(filters)) if filters.weights else ""


def _rules(filters: Filters) -> Iterator[str]:
    yield "@supports selector(:has(*)) {\n.filters { display: block; }\n.group { display: none; }\n"
    for weight, _ in filters.weights:
        entry = f'.entry[data-weight="{weight}"]'
        yield f"body:has(#weight-{weight}:not(:checked)) {entry} {{ display: none; }}\n"
        chosen = f"body:has(#weight-{weight}:checked)"
        yield f"{chosen}:has(#to-all:checked) .group:has({entry}) {_SHOW}\n"
        for _, key in filters.addressees:
            yield f'{chosen}:has(#to-{key}:checked) .group:has({entry}[data-to~="{key}"]) {_SHOW}\n'
    for _, key in filters.addressees:
        yield f'body:has(#to-{key}:checked) .entry:not([data-to~="{key}"]) {{ display: none; }}\n'
    for _, key in filters.sections:
        others = f'.group:not([data-group="{key}"])'
        yield f"body:has(#in-{key}:checked) {others} {{ display: none !important; }}\n"
    yield ".entry:target, .entry:has(:target), .group:has(:target) { display: block !important; }\n}\n"


# --- Blocks ---------------------------------------------------------------------------------------


class ShownPart(NamedTuple):
    """A part of the page: its heading, and runs of blocks of one kind."""

    key: str
    anchor: str
    heading: Markup
    is_group: bool
    blocks: tuple[tuple[str, tuple[dict[str, object], ...]], ...]
    entries: tuple[dict[str, object], ...]


class Writer:
    """Prints parts; keeps the footnotes for the end.

    A page that others link to has anchors, and links that lead to other pages: see `anchor` and `target`.
    """

    def __init__(self) -> None:
        self.notes: list[Markup] = []
        self.pictures = 0

    def part(self, part: Part, number: int) -> ShownPart:
        """Return a part; its first heading names it."""
        first, *rest = part.blocks or (None,)
        named = isinstance(first, Heading) and first.level == 1
        blocks = rest if named else list(part.blocks)
        kinds = groupby(blocks, key=_kind)
        return ShownPart(
            key=f"_g{number}",  # no id begins so
            anchor=first.anchor if isinstance(first, Heading) and named else part.name,
            heading=self.numbered(first) if isinstance(first, Heading) and named else Markup(),
            is_group=bool(part.entries),
            blocks=tuple((kind, tuple(self.block(block) for block in same)) for kind, same in kinds),
            entries=tuple(self.entry(entry) for entry in part.entries),
        )

    def block(self, block: Block) -> dict[str, object]:
        """Return what the page needs of a block."""
        match block:
            case Heading():
                return {
                    "level": min(block.level + 1, 6),
                    "anchor": block.anchor,
                    "words": self.numbered(block),
                    "language": leading(words_of(block.runs)),
                }
            case Paragraph():
                return {
                    "role": block.role.value,
                    "anchor": self.anchor(block),
                    "language": leading(words_of(block.runs)),
                    "words": self.numbered(block),
                }
            case Table():
                return self.table(block)
            case _:
                assert_never(block)

    def table(self, table: Table) -> dict[str, object]:
        """Return what the page needs of a table, and what is drawn of it."""
        counts = counting(table)
        return {
            "table": table,
            "has_words": not all(counts[1:]),
            "columns": list(zip(table.columns, counts, strict=True)),
            "rows": [self.row(row, counts) for row in table.rows],
            **self.picture(table),
        }

    def row(self, row: Row, counts: Sequence[bool]) -> dict[str, object]:
        """Return what the page needs of a row; `counts` says of each cell whether its column holds counts."""
        looks = [_look(*each) for each in zip(counts, _shades(row), strict=True)]
        rest = [(self.runs(cell), look) for cell, look in zip(row.cells[1:], looks[1:], strict=True)]
        return {"anchor": self.row_anchor(row), "head": self.row_head(row), "cells": rest}

    def row_head(self, row: Row) -> Markup:
        """Print the first cell of a row, which names it."""
        return self.runs(row.cells[0])

    def row_anchor(self, _row: Row) -> str:
        """Return the name by which others link to a row; empty where nobody does."""
        return ""

    def picture(self, table: Table) -> dict[str, object]:
        """Draw a table; nothing where it cannot be drawn, for it says all that a picture would."""
        if table.picture is None or not pictures.are_possible():
            return {"drawn": None}
        self.pictures += 1
        drawing = pictures.draw(table.picture, pictures.PAGE, one_line)
        # the library has escaped every text in it
        marks = Markup(drawing.marks)  # noqa: S704 - see above
        size = f"{pictures.WIDTH} {drawing.height}"
        return {"drawn": marks, "size": size, "says": table.picture.says, "key": f"_p{self.pictures}"}

    def entry(self, entry: Entry) -> dict[str, object]:
        """Return what the page needs of a change."""
        return {
            "entry": entry,
            "title": self.runs(entry.title),
            "words": [self.runs(each) for each in entry.words],
            "old": [self.runs(each) for each in old_side(entry)],
            "new": [self.runs(each) for each in new_side(entry)],
        }

    def numbered(self, block: Heading | Paragraph) -> Markup:
        """Print the number and the runs of a heading or a paragraph."""
        return (_tagged("{} ", block.number) if block.number else Markup()) + self.runs(block.runs)

    def runs(self, runs: Iterable[Run]) -> Markup:
        """Print runs."""
        return Markup("".join(self.run(run) for run in runs))  # noqa: S704 - each is escaped

    def run(self, run: Run) -> Markup:
        """Print one run; what nobody would see of its text is shown as a code."""
        match run:
            case Text():
                return _tagged(_TAGS[run.mark], run.text)
            case Inserted():
                return _tagged(_INSERTED, run.text)
            case Deleted():
                return _tagged(_DELETED, run.text)
            case Link():
                return self.link(run.target, run.text)
            case Note():
                self.notes.append(self.runs(run.runs))
                number = len(self.notes)
                return Markup('<sup><a id="_to-note-{0}" href="#_note-{0}">{0}</a></sup>').format(number)
            case _:
                assert_never(run)

    def link(self, target: str, words: str) -> Markup:
        """Print a link to a place of this page or to another; any other is its words."""
        text, address = escape(one_line(words)), self.target(target)
        if address.startswith("#"):
            return Markup(f'<a href="{escape(one_line(address))}">{text}</a>')  # noqa: S704 - all are escaped
        if _ADDRESS.fullmatch(address):
            return Markup(f'<a href="{escape(address)}" rel="noopener noreferrer">{text}</a>')  # noqa: S704
        return text

    def anchor(self, _paragraph: Paragraph) -> str:
        """Return the name by which others link to a paragraph; empty where nobody does."""
        return ""

    def target(self, target: str) -> str:
        """Return the address that a link to a place of the document leads to."""
        return target


class _LonePage(Writer):
    """Prints the parts of a page that has no others beside it: what is not on it is named, and no link."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.anchors = anchors(document)

    def target(self, target: str) -> str:
        return "" if target.startswith("#") and target[1:] not in self.anchors else target


def _shades(row: Row) -> Sequence[int]:
    """Return how dark each cell of a row is, 0 for not at all."""
    return row.shades or (0,) * len(row.cells)


def _look(is_count: bool, shade: int) -> str:  # noqa: FBT001 - of a cell, both from tables of the same order
    """Return the classes of a cell."""
    return " ".join((*(("count",) if is_count else ()), *((f"shade-{shade}",) if shade else ())))


def _tagged(tag: str, text: str) -> Markup:
    """Put a text where a tag of ours has its braces; `Markup.format` takes five times as long."""
    return Markup(tag.replace("{}", escape(one_line(text))))  # noqa: S704 - escaped, in tags of ours


def _kind(block: Block) -> str:
    return (
        "item" if isinstance(block, Paragraph) and block.role is Role.ITEM else type(block).__name__.lower()
    )
