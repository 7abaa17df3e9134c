from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.text import brackets
from poa_toolkit.text.brackets import Bracket, Plain


def test_alternatives_and_holder() -> None:
    nodes = brackets.parse("[OHCHR: shall | should] report", {"ohchr"})
    bracket = nodes[0]
    assert isinstance(bracket, Bracket)
    assert bracket.holder == "OHCHR"
    assert bracket.alternatives == ((Plain("shall "),), (Plain(" should"),))
    assert (bracket.start, bracket.end) == (0, 23)
    assert nodes[1] == Plain(" report")


def test_a_word_before_a_colon_is_no_holder_unless_it_is_an_id() -> None:
    (bracket,) = brackets.parse("[note: later]")
    assert isinstance(bracket, Bracket)
    assert bracket.holder is None
    assert bracket.alternatives == ((Plain("note: later"),),)


def test_brackets_nest_and_are_walked_outer_first() -> None:
    nodes = brackets.parse("a [b [c|d] e] f [g]")
    assert [bracket.start for bracket in brackets.walk(nodes)] == [2, 5, 16]


def test_a_bar_outside_brackets_is_a_bar() -> None:
    assert brackets.parse("a | b [c]")[0] == Plain("a | b ")


def test_escaped_marks_are_the_characters_themselves() -> None:
    (node,) = brackets.parse(r"\[sic\] a \| b \\ c")
    assert isinstance(node, Plain)
    assert node.text == r"[sic] a | b \ c"


def test_text_without_brackets_is_one_stretch() -> None:
    assert brackets.parse("plain") == (Plain("plain"),)
    assert brackets.parse("") == ()


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("a [b", 2, "never closed"),
        ("a [b [c]", 2, "never closed"),
        ("a ] b", 2, "never opened"),
        ("[a]] b", 3, "never opened"),
        ("[" * 9 + "]" * 9, 8, "deeper than 8"),
    ],
)
def test_brackets_that_do_not_pair_are_refused_with_their_place(text: str, position: int, words: str) -> None:
    with pytest.raises(brackets.BracketError, match=words) as caught:
        brackets.parse(text)
    assert caught.value.position == position


@given(st.text(alphabet="ab [|]\\:-", max_size=60), st.sets(st.sampled_from(["a", "b", "ab"])))
def test_any_text_prints_back_or_is_refused_with_a_place(text: str, holders: set[str]) -> None:
    try:
        assert brackets.to_text(brackets.parse(text, holders)) == text
    except brackets.BracketError as error:
        place = error.position
    else:
        place = 0
    assert 0 <= place <= len(text)


def _nested(depth: int) -> st.SearchStrategy[str]:
    words = st.text(alphabet="abc é中", min_size=1, max_size=8)
    if depth == 0:
        return words
    inner = _nested(depth - 1)
    bracket = st.lists(inner, min_size=1, max_size=3).map(lambda each: f"[{'|'.join(each)}]")
    return st.lists(st.one_of(words, bracket), min_size=1, max_size=3).map("".join)


@given(_nested(4))
def test_balanced_text_is_always_read(text: str) -> None:
    assert brackets.to_text(brackets.parse(text)) == text
