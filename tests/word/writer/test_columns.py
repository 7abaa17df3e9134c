"""How wide the columns of a table become: as what stands in them asks for, where the template wants that."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import word_samples
from hypothesis import given
from hypothesis import strategies as st
from word_reading import W, read, repacked

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.model import House
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.columns import widths
from poa_toolkit.word.writer.render import render

BODY = "word/document.xml"
WHEN = datetime(2017, 12, 5, tzinfo=UTC)
WORDS = st.lists(st.text("abc-", min_size=1, max_size=30), max_size=8).map(" ".join)


def tables(file: bytes) -> list[tuple[list[str], list[int], list[list[int]]]]:
    """Give of each table the words of its first column, its grid, and the widths of the cells of each row."""
    found = []
    for table in read(file).body.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
        cells = [[_width(cell) for cell in row.findall(f"{W}tc")] for row in rows]
        first = ["".join(row.find(f"{W}tc").itertext()) for row in rows]
        found.append((first, grid, cells))
    return found


def _width(cell: Any) -> int:
    width = cell.find(f"{W}tcPr/{W}tcW")
    assert width.get(f"{W}type") == "dxa"
    return int(width.get(f"{W}w"))


@given(
    st.lists(st.fixed_dictionaries({"one": WORDS, "two": WORDS, "three": WORDS}), max_size=6),
    st.integers(3000, 15000),
)
def test_columns_fill_the_table_and_hold_their_longest_word_where_it_fits(
    rows: list[dict[str, str]], total: int
) -> None:
    keys = ("one", "two", "three")
    found = widths(rows, total, keys, keys)
    assert sum(found) == total
    assert all(width > 0 for width in found)
    longest = [
        max(len(word) for text in (key, *(row[key] for row in rows)) for word in text.split(" "))
        for key in keys
    ]
    # a letter of nine points takes at most five points and a half of the narrow ones that ids are of
    wanted = [110 * letters + 170 for letters in longest]
    if sum(wanted) <= total * 0.95 and max(wanted) <= total * 0.4:
        assert all(width >= want for width, want in zip(found, wanted, strict=True))


def test_every_table_has_one_width_a_column_and_no_id_of_it_is_broken() -> None:
    for house in House:
        found = tables(render(plan_document(word_samples.small(style=house)), when=WHEN))
        assert found
        for _, grid, cells in found:
            assert all(row == grid for row in cells)
        words, grid, _ = found[0]
        assert grid[0] >= 100 * max(map(len, words))


def test_the_widths_of_a_template_of_ones_own_stay() -> None:
    body = read(packaged_template()).parts[BODY].decode("utf-8")
    cell = '<w:tcW w:w="0" w:type="auto"/>'
    fixed = repacked(
        packaged_template(),
        BODY,
        body,
        body.replace(cell, cell.replace('"0"', '"1234"').replace("auto", "dxa")),
    )
    made = render(plan_document(word_samples.small()), template=fixed, when=WHEN)
    assert {width for _, _, cells in tables(made) for row in cells for width in row} == {1234}
    grids = re.findall(r'<w:gridCol w:w="(\d+)"', body)
    assert {str(width) for _, grid, _ in tables(made) for width in grid} <= set(grids)
