"""By what two amendments to one text collide: what the sentence says is so."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from poa_toolkit.amend.collisions import why_words
from poa_toolkit.diff.word_edits import clashes, edits_between
from poa_toolkit.model import TextEdit

TEXT = "Observers should report promptly to the treaty bodies."


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ("Observers shall report promptly to the treaty bodies.", "Observers may report promptly to the treaty bodies.", 'both change "should"'),
        ("Observers shall report promptly to the treaty bodies.", "Observers must send promptly to the treaty bodies.", 'both change "should"'),
        ("Observers should report to the bodies.", "Observers should report promptly to the treaty.", '"treaty" and "bodies" stand side by side'),
        ("Observers should report to the treaty bodies.", "Observers should report most promptly to the treaty bodies.", 'one changes "promptly", the other puts words beside it'),
        ("Observers should report publicly promptly to the treaty bodies.", "Observers should report early promptly to the treaty bodies.", "both insert at the same place"),
        ("Observers should go.", "Observers should report promptly and fully to the treaty bodies.", 'one changes "report promptly to the treaty bodies", the other puts words into it'),
        ("Observers may report promptly to the treaty bodies.", "Observers may report promptly to the mandate holders.", 'both change "should"'),
    ],
)  # fmt: skip
def test_the_sentence_names_what_both_do(one: str, two: str, why: str) -> None:
    mine, others = edits_between(TEXT, one), edits_between(TEXT, two)
    assert why_words(TEXT, mine, others) == why_words(TEXT, others, mine) == why


def test_a_sentence_typed_anew_is_not_said_to_change_the_words_it_keeps() -> None:
    new = "Observers should report promptly and fully to the mandate holders."
    anew = (TextEdit(offset=0, deleted=TEXT, inserted=new),)
    plural = edits_between(TEXT, "Observers should report at once to the treaty bodies.")
    assert why_words(TEXT, anew, plural) == 'one changes "promptly", the other puts words beside it'
    later = edits_between(TEXT, "All observers should report promptly to the treaty bodies.")
    assert why_words(TEXT, anew, later) == f'one rewrites "{TEXT}", the other rewrites "Observers"'


class _Proposal(NamedTuple):
    """What somebody does to a text of different words."""

    text: str
    changed: frozenset[int]
    """The words that are not in it any more, by their places."""
    inserted: frozenset[int]
    """The words before which others came that took no word's place."""


@st.composite
def _proposal(draw: st.DrawFn, number: int, sign: str) -> _Proposal:
    kept = st.lists(st.sampled_from("kkkkxr"), min_size=number, max_size=number)
    does, comes = draw(kept), draw(st.frozensets(st.integers(0, number), max_size=2))
    words: list[str] = []
    for at, each in enumerate(does):
        words += [f"{sign}in{at}"] if at in comes else []
        words += {"k": [f"word{at}"], "x": [], "r": [f"{sign}re{at}"]}[each]
    words += [f"{sign}in{number}"] if number in comes else []
    changed = frozenset(at for at, each in enumerate(does) if each != "k")
    return _Proposal(" ".join(words), changed, comes)


PAIRS = st.integers(1, 8).flatmap(
    lambda number: st.tuples(st.just(number), _proposal(number, "a"), _proposal(number, "b"))
)


@given(PAIRS)
@example((3, _Proposal("are0 are1 word2", frozenset((0, 1)), frozenset()), _Proposal("word0 bre1 bre2", frozenset((1, 2)), frozenset())))  # fmt: skip
def test_what_is_said_of_two_proposals_is_so(case: tuple[int, _Proposal, _Proposal]) -> None:
    number, one, two = case
    text = " ".join(f"word{at}" for at in range(number))
    mine, others = edits_between(text, one.text), edits_between(text, two.text)
    said = why_words(text, mine, others)
    assert bool(said) == any(clashes(text, mine, others))
    assume(said)
    named = [frozenset(map(int, re.findall(r"word(\d+)", each))) for each in re.findall('"([^"]*)"', said)]
    if said.startswith("both change"):
        assert named[0] <= one.changed & two.changed
    elif said.endswith("side by side"):
        first, second = named
        assert max(first) + 1 == min(second)
        assert any(first <= a.changed and second <= b.changed for a, b in ((one, two), (two, one)))
        assert not one.changed & two.changed & (first | second)
    elif said.startswith("one changes"):
        assert any(named[0] <= a.changed and b.inserted for a, b in ((one, two), (two, one)))
    elif said == "both insert at the same place":
        assert one.inserted
        assert two.inserted
    else:
        assert said.startswith("one rewrites")


@given(PAIRS)
def test_a_word_that_both_change_is_named(case: tuple[int, _Proposal, _Proposal]) -> None:
    number, one, two = case
    text = " ".join(f"word{at}" for at in range(number))
    said = why_words(text, edits_between(text, one.text), edits_between(text, two.text))
    assert said.startswith("both change") == bool(one.changed & two.changed)
