"""What a change of words weighs, and why: the rules of docs/reviewers/classes.md."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.diff import significance
from poa_toolkit.diff.change import Ground
from poa_toolkit.diff.significance import grounds
from poa_toolkit.diff.text_effects import reading
from poa_toolkit.diff.words import segments
from poa_toolkit.model import Action, Significance
from poa_toolkit.model.fields import fields
from poa_toolkit.text.spelling import canonical, is_slip


def weigh(old: str, new: str) -> Significance:
    return significance.of_text(fields(Action)["text"], (old, new), segments(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("organise", "organize"), ("organisations", "organizations"), ("analysed", "analyzed"),
        ("programme", "program"), ("labour", "labor"), ("behavioural", "behavioral"), ("centres", "centers"),
        ("travelled", "traveled"), ("counsellors", "counselors"), ("fulfil", "fulfill"), ("per cent", "percent"),
        ("30 %", "30%"), ("cooperate", "co-operate"), ("re-election", "reelection"), ("re-open", "reopen"),
        ("goverment", "government"), ("recieved", "received"), ("accomodation", "accommodation"),
        ("comittees", "committees"), ("recommendaitons", "recommendations"), ("STATES", "States"),
        ("the People", "the people"), ("say 'so'", "say “so”"), ("one, two", "one; two"), ("(now)", "now"),
    ],
)  # fmt: skip
def test_spelling_punctuation_and_case_alone_are_editorial(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert weigh(f"They say {before} here.", f"They say {after} here.") is Significance.EDITORIAL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("shall", "should"), ("may", "must"), ("may", "May"), ("now", "not"), ("now", "no"), ("agreed", "agree"),
        ("30", "31"), ("1,000", "10,00"), ("5", "-5"), ("25(b)", "25(c)"), ("State", "States"), ("who", "WHO"),
        ("us", "US"), ("complaint", "compliant"), ("form", "from"), ("trial", "trail"), ("casual", "causal"),
        ("casually", "causally"), ("affect", "effect"), ("ensure", "insure"), ("adopt", "adapt"),
        ("national", "rational"), ("required", "require"), ("elected", "elects"), ("resign", "re-sign"),
        ("recover", "re-cover"), ("immortality", "immorality"), ("adoption", "adaption"), ("election", "ejection"),
        ("prosecution", "persecution"), ("public", "publics"), ("lawful", "unlawful"), ("hour", "hor"),
        ("four", "for"), ("prise", "prize"), ("publico", "publicó"), ("ou", "où"), ("can", "can't"),
        ("A/HRC/26/16", "A/HRC/26/61"), ("2014-2017", "2014 2017"), ("2014-2017", "2014/2017"),
        ("interpretation2", "interpretatoin2"), ("and", "or"), ("选举", "选择"), ("应当", "可以"),
    ],
)  # fmt: skip
def test_another_word_is_substantive_in_doubt(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert weigh(f"They say {before} here.", f"They say {after} here.") is Significance.SUBSTANTIVE


@given(st.text(st.characters(min_codepoint=97, max_codepoint=122), max_size=12), st.text(max_size=12))
def test_a_slip_is_seen_from_both_sides_and_short_words_have_none(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    assert canonical(canonical(one)) == canonical(one)
    assert not is_slip(one[:7], other[:7])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("should go", "shall go", [Ground.MODAL]),
        ("States vote", "States can't vote", [Ground.NEGATION]),
        ("is lawful", "is not lawful", [Ground.NEGATION]),
        ("in six places", "in nine places", [Ground.NUMBER]),
        ("by 30%", "by 40%", [Ground.NUMBER]),
        ("in 2017", "in 2018", [Ground.DATE]),
        ("on 4 May 2017", "on 4 June 2017", [Ground.MODAL, Ground.DATE]),
        ("Dec. 4-5", "Dec. 5-6", [Ground.DATE]),
        ("it is done", "it is done within the month", [Ground.DEADLINE]),
        ("no later than noon", "at noon", [Ground.DEADLINE]),
        ("voters go", "voters and citizen observers go", [Ground.ADDRESSEE]),
        ("citizen observers go", "citizen observers stay", []),
        ("a cold day of rain", "a warm day of rain", []),
        ("on va", "on ne va pas", [Ground.NEGATION]),
        ("各国应当公布", "各国可以公布", [Ground.MODAL]),
        ("خلال عشرة أيام", "خلال خمسة أيام", [Ground.NUMBER]),
        ("", "an authority", []),
        ("as strict as law", "no stricter than law", []),
    ],
)
def test_grounds_name_what_a_reader_looks_for_first(old: str, new: str, expected: list[Ground]) -> None:
    found = grounds(segments(f"They say {old} here.", f"They say {new} here."), [("citizen", "observers")])
    assert list(found) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[A b|C d] go.", "A b go.", "resolved to its first alternative"),
        ("[A b|C d] go.", "C d go.", "resolved to its second alternative"),
        ("[A b|C d] go.", "E f go.", "resolved to other words"),
        ("[A b|C d] go on for ever and ever.", "Nobody was asked at all.", "resolved"),
        ("All [of us] go.", "All go.", "resolved, its words deleted"),
        ("All [of us] go.", "All of us go.", "resolved, its words kept"),
        ("All [of [us|them]|] go.", "All of [us|them] go.", "resolved to its first alternative"),
        ("All [of [us|them]] go.", "All of them go.", "resolved, its words kept"),
        ("All go.", "All [of us] go.", "opened"),
        ("All go.", "All [Tcc: of us] go.", "opened by Tcc"),
        ("All [of us] go.", "All [tcc: of us] go.", "holder tcc named"),
        ("All [tcc: of us] go.", "All [of us] go.", "holder tcc no longer named"),
        ("All [tcc: of us] go.", "All [ohchr: of us] go.", "holder changed from tcc to ohchr"),
        ("All [a|b] go.", "All [a|b|c|d] go.", "2 alternatives added"),
        ("All [a|b|c] go.", "All [a|c] go.", "an alternative dropped"),
        ("All [a|b] go [c].", "All a go.", "resolved to its first alternative; resolved, its words deleted"),
        ("All [a go.", "All a] go.", ""),
        ("All \\[a\\] go.", "All \\[b\\] go.", ""),
        ("One is for us all. Two is for none.", "Two is for none. One is for us all.", "1 sentence moved"),
        ("a b c d e f g h", "i j k l m n o p", "rewritten"),
        ("a b c", "i j k", ""),
    ],
)
def test_reading_tells_what_became_of_a_text(old: str, new: str, expected: str) -> None:
    assert reading(old, new, segments(old, new), frozenset(("tcc", "ohchr"))) == expected


BRACKETED = st.lists(st.sampled_from(["[", "]", "|", "a", "b c", "tcc: ", "\\["]), max_size=14).map(" ".join)


@given(BRACKETED, BRACKETED)
def test_reading_bears_any_brackets(old: str, new: str) -> None:
    assert isinstance(reading(old, new, segments(old, new), frozenset(("tcc",))), str)
