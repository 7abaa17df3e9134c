"""Word edits of one text: which of them meet, and how one is carried over what another changed first."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poa_toolkit.diff.word_edits import applied, carried, clashes, edits_between, touched
from poa_toolkit.model import TextEdit

TEXT = "Observers should report promptly to the treaty bodies."


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Observers shall report promptly to the treaty bodies.", "Observers may report promptly to the treaty bodies."),
        ("Observers should report to the treaty bodies.", "Observers should report most promptly to the treaty bodies."),
        ("Observers should report publicly promptly to the treaty bodies.", "Observers should report early promptly to the treaty bodies."),
        ("Observers should report to the treaty bodies.", "Observers should report promptly and fully to the treaty bodies."),
        ("Observers should report the treaty bodies.", "Observers should report promptly treaty bodies."),
        ("Observers should report to the treaty bodies.", "Observers should publish promptly to the treaty bodies."),
        ("States should report promptly to the treaty bodies.", "Observers and States should report promptly to the treaty bodies."),
    ],
)  # fmt: skip
def test_edits_of_the_same_words_or_at_one_place_clash(one: str, two: str) -> None:
    assert list(clashes(TEXT, edits_between(TEXT, one), edits_between(TEXT, two)))


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        (
            "Observers shall report promptly to the treaty bodies.",
            "Observers should report promptly to the mandate holders.",
            "Observers shall report promptly to the mandate holders.",
        ),
        (
            "Citizen observers should report promptly to the treaty bodies.",
            "Observers should report to the treaty bodies.",
            "Citizen observers should report to the treaty bodies.",
        ),
        (
            "Observers shall report promptly to the treaty bodies.",
            "Observers should publish promptly to the treaty bodies.",
            "Observers shall publish promptly to the treaty bodies.",
        ),
        (
            "Observers should report at once to the treaty bodies.",
            "Observers should report at once to the treaty bodies. States should answer.",
            "Observers should report at once to the treaty bodies. States should answer.",
        ),
    ],
)
def test_edits_of_different_words_are_both_made(one: str, two: str, both: str) -> None:
    mine, others = edits_between(TEXT, one), edits_between(TEXT, two)
    assert applied(two, carried(TEXT, mine, others).edits) == both
    assert applied(one, carried(TEXT, others, mine).edits) == both


def test_letters_typed_inside_a_word_touch_the_whole_word() -> None:
    plural = (TextEdit(offset=len("Observer"), deleted="s"),)
    renamed = (TextEdit(offset=0, deleted="Observers", inserted="States"),)
    assert [TEXT[a:b] for a, b in touched(TEXT, plural)] == ["Observers"]
    assert carried(TEXT, plural, renamed).obstacle == renamed[0]


def test_what_both_do_is_done_once() -> None:
    mine = edits_between(TEXT, "Observers shall report promptly to the mandate holders.")
    others = edits_between(TEXT, "Observers shall report promptly to the treaty bodies.")
    left = carried(TEXT, mine, others)
    assert [each.inserted for each in left.edits] == ["mandate holders"]
    assert carried(TEXT, others, mine) == ((), None)


WORDS = st.lists(
    st.sampled_from(["a", "b", "should", "30%", "A/RES/66/163", "25(b)", "observers", ".", "\u4eba"]),
    max_size=12,
)


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, tuple[TextEdit, ...], tuple[TextEdit, ...]]:
    text = " ".join(draw(WORDS))
    one, two = (" ".join(draw(_changed_words(text.split(" ")))) for _ in range(2))
    return text, edits_between(text, one), edits_between(text, two)


def _changed_words(words: list[str]) -> st.SearchStrategy[list[str]]:
    change = st.sampled_from([[], ["new"], ["x", "y"]])
    return st.lists(st.one_of(st.none(), change), min_size=len(words), max_size=len(words)).map(
        lambda changes: [
            each
            for word, change in zip(words, changes, strict=True)
            for each in ([word] if change is None else change)
        ]
    )


@given(_edited())
def test_edits_that_do_not_clash_give_one_text_in_either_order(
    case: tuple[str, tuple[TextEdit, ...], tuple[TextEdit, ...]],
) -> None:
    text, one, two = case
    assume(not any(clashes(text, one, two)))
    first_one = applied(applied(text, one), carried(text, two, one).edits)
    first_two = applied(applied(text, two), carried(text, one, two).edits)
    assert first_one == first_two == applied(text, sorted({*one, *two}))


@given(_edited())
def test_whether_two_clash_does_not_depend_on_who_comes_first(
    case: tuple[str, tuple[TextEdit, ...], tuple[TextEdit, ...]],
) -> None:
    text, one, two = case
    forth, back = carried(text, one, two), carried(text, two, one)
    assert (forth.obstacle is None) == (back.obstacle is None)


NAMES = ["a", "should", "observers", "30%", "States", "A/RES/66/163", "publish", "bodies", "all"]


@given(st.lists(st.sampled_from(NAMES), min_size=2, unique=True), st.data())
def test_two_who_take_out_neighbouring_words_clash(words: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(words) - 1))
    start, end = data.draw(st.integers(0, cut - 1)), data.draw(st.integers(cut + 1, len(words)))
    text = " ".join(words)
    one = edits_between(text, " ".join(words[:start] + words[cut:]))
    two = edits_between(text, " ".join(words[:cut] + words[end:]))
    assert list(clashes(text, one, two))
    assert carried(text, one, two).obstacle is not None


def test_a_word_taken_out_with_either_space_is_taken_out_once() -> None:
    text = "States should answer promptly within a year."
    behind, before = TextEdit(offset=21, deleted="promptly "), TextEdit(offset=20, deleted=" promptly")
    year = TextEdit(offset=text.index("year"), deleted="year", inserted="month")
    found = carried(text, (behind, year), (before,))
    assert found.obstacle is None
    assert found.edits == (year.model_copy(update={"offset": year.offset - len(" promptly")}),)
