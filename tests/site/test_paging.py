"""A document cut into pages: nothing is lost, nothing changes its order, and no page is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.document.blocks import (
    Column,
    Document,
    Entry,
    Heading,
    Paragraph,
    Part,
    PartKind,
    Role,
    Row,
    Table,
)
from poa_toolkit.document.runs import Text, words_of
from poa_toolkit.site.paging import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = st.text("abc ", min_size=1, max_size=400)
RUNS = st.lists(WORDS.map(Text), min_size=1, max_size=3).map(tuple)
ROWS = st.lists(st.tuples(RUNS, RUNS).map(Row), max_size=12).map(tuple)
BLOCKS = st.one_of(
    RUNS.map(lambda runs: Paragraph(Role.BODY, runs)),
    RUNS.map(lambda runs: Heading(2, runs)),
    ROWS.map(lambda rows: Table((Column("One"), Column("Two")), rows)),
)
ENTRIES = st.builds(
    Entry,
    title=RUNS,
    words=st.lists(RUNS, max_size=2).map(tuple),
    weight=st.just("substantive"),
    kind=st.just("reworded"),
    anchors=st.just(("a",)),
)
HEADINGS = st.lists(RUNS.map(lambda runs: Heading(1, runs)), max_size=1)
PARTS = st.builds(
    lambda head, blocks, entries: Part(PartKind.REPORT, (*head, *blocks), entries=tuple(entries)),
    HEADINGS,
    st.lists(BLOCKS, max_size=8),
    st.lists(ENTRIES, max_size=6),
)
MOST = 3_000


def _things(parts: tuple[Part, ...]) -> Iterator[str]:
    """Give all that a reader reads, but for the headings of parts, which stand over each piece of them."""
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Table):
                yield from (" ".join(map(words_of, row.cells)) for row in block.rows)
            elif not isinstance(block, Heading) or block.level > 1:
                yield words_of(block.runs)
        yield from (words_of(entry.title) for entry in part.entries)


def _headings(parts: tuple[Part, ...]) -> list[str]:
    return [
        words_of(block.runs)
        for part in parts
        for block in part.blocks[:1]
        if isinstance(block, Heading) and block.level == 1
    ]


@given(st.lists(PARTS, max_size=5).map(tuple))
def test_the_pages_hold_what_the_document_holds_in_its_order(parts: tuple[Part, ...]) -> None:
    found = pages(Document("A title", "", (), "", parts), MOST)
    assert [each for page in found for each in _things(page.parts)] == list(_things(parts))
    assert set(_headings(parts)) <= {each for page in found for each in _headings(page.parts)}


@given(st.lists(PARTS, max_size=5).map(tuple))
def test_a_page_is_too_long_only_where_it_holds_one_thing(parts: tuple[Part, ...]) -> None:
    for page in pages(Document("A title", "", (), "", parts), MOST):
        words = sum(map(len, _things(page.parts)))
        assert words <= MOST or len(list(_things(page.parts))) == 1


def test_a_short_document_is_one_page() -> None:
    document = Document(
        "A title", "", (), "", (Part(PartKind.REPORT, (Paragraph(Role.BODY, (Text("a"),)),)),)
    )
    assert pages(document) == (document,)


def test_an_empty_document_is_one_page() -> None:
    document = Document("A title", "", (), "", ())
    assert pages(document) == (document,)
