from __future__ import annotations

import pytest

from poa_toolkit.text import characters, dates


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("plain", None),
        ("a \u2066b\u2069 c", None),
        ("a \u2066b \u2067c\u2069\u2069", None),
        ("a \u2068b", 2),
        ("a \u2066b \u2067c\u2069", 2),
        ("a \u2066b\u2069 \u2066c", 6),
        ("a\u2069 b", 1),
    ],
)
def test_an_isolate_must_be_closed(text: str, place: int | None) -> None:
    assert characters.unpaired_isolate(text) == place


def test_characters_are_named() -> None:
    assert characters.name("\u200b") == "U+200B (ZERO WIDTH SPACE)"
    assert characters.name("\x00") == "U+0000"


def test_a_partial_date_counts_from_its_first_day() -> None:
    assert [dates.earliest(text).isoformat() for text in ("1988", "2014-10", "2014-10-31")] == [
        "1988-01-01",
        "2014-10-01",
        "2014-10-31",
    ]


@pytest.mark.parametrize("text", ["88", "2014-13", "2014-02-30", "2014-1", "4 Dec 2017", ""])
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"a date is written|is not a day"):
        dates.earliest(text)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2014", "2014-12-31"),
        ("2016-02", "2016-02-29"),
        ("2014-12", "2014-12-31"),
        ("2014-03-05", "2014-03-05"),
    ],
)
def test_the_last_day_that_a_date_can_mean(text: str, last: str) -> None:
    assert dates.latest(text).isoformat() == last
