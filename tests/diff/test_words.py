"""What is one word, and which words of a text went and came."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from growth import assert_grows_no_more_than_its_input
from hypothesis import example, given
from hypothesis import strategies as st

from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.words import segments
from poa_toolkit.text.words import spaced, tokens

MARKS = {Edit.SAME: "{}", Edit.DELETED: "[-{}-]", Edit.INSERTED: "{{+{}+}}"}
LIKELY = st.sampled_from(
    [
        *("shall", "should", "the", "of", "and", " ", "  ", "\n", "\u00a0", ",", ".", "[", "]", "|", "\\["),
        *("30%", "25(b)", "A/HRC/26/16", "well-known", "\u2019s", "选举", "น้ำ", "a", "(", "e\u0301"),
    ]
)
TEXTS = st.lists(st.one_of(LIKELY, st.text(max_size=3)), max_size=25).map("".join)


def marked(old: str, new: str) -> str:
    """Print the edits; a sentence that moved stands in double marks."""
    marks = [(MARKS[each.edit].format(each.text), each.moved) for each in segments(old, new)]
    return "".join(f"<{text}>" if moved else text for text, moved in marks)


@pytest.mark.parametrize(
    "token",
    [
        *("30%", "30٪", "1,000.5", "7.3", "5\N{EN DASH}10", "2014-2017", "2017-12-04", "12:30"),
        *("A/HRC/26/16", "CCPR/C/21/Rev.1/Add.7", "E/CN.4/2005/1", "and/or", "II.67"),
        *("25(b)", "9(1)(a)", "State(s)", "well-known", "don't", "don\N{RIGHT SINGLE QUOTATION MARK}t"),
        *(
            "U.N.",
            "e.g.",
            "Dec. 4-5",
            "Sept. 9",
            "Dec.\u00a04",
            "हिन्दी",
            "العَرَبِيَّة",
            "e\u0301tat",
            "\\[",
            "\\]",
            "\\|",
            "\\\\",
            " \n\t ",
        ),
    ],
)
def test_token_is_whole(token: str) -> None:
    assert tokens(token) == (token,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[International | National]", ["[", "International", " ", "|", " ", "National", "]"]),
        ("end.Next", ["end", ".", "Next"]),
        ("Dec. 4-5, Decem. 4", ["Dec. 4-5", ",", " ", "Decem", ".", " ", "4"]),
        ("(see 25)", ["(", "see", " ", "25", ")"]),
        ("observers\u2019 right", ["observers", "\u2019", " ", "right"]),
        ("word—word", ["word", "—", "word"]),
        ("选举 观察", ["选", "举", " ", "观", "察"]),
        ("カナ", ["カ", "ナ"]),
        ("น้ำ", ["น้", "ำ"]),
        ("2017.", ["2017", "."]),
        ("", []),
    ],
)
def test_text_splits(text: str, expected: list[str]) -> None:
    assert list(tokens(text)) == expected


@given(TEXTS)
def test_tokens_joined_give_the_text_back(text: str) -> None:
    assert "".join(tokens(text)) == text
    pairs = spaced(text)
    assert [part for pair in pairs for part in pair if part] == list(tokens(text))


@pytest.mark.parametrize(
    "unit", ["a", "a-", "1.", "a.", "(", "a(", "25(1)", "\\", "-1,", "中", "\u0301", "a(1)(2"]
)
def test_long_hostile_text_is_split_in_linear_time(unit: str) -> None:
    assert_grows_no_more_than_its_input(lambda size: tokens(unit * size), 25_000)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a c", "a[- b-] c"),
        ("a c", "x a c", "{+x +}a c"),
        ("a c", "a c x", "a c{+ x+}"),
        ("States should act.", "States shall act.", "States [-should-]{+shall+} act."),
        ("by 30% or more", "by 40% or more", "by [-30%-]{+40%+} or more"),
        ("see A/HRC/26/16.", "see A/HRC/26/17.", "see [-A/HRC/26/16-]{+A/HRC/26/17+}."),
        ("art. 25(b)", "art. 25(c)", "art. [-25(b)-]{+25(c)+}"),
        ("well", "well-known", "[-well-]{+well-known+}"),
        ("选举观察", "选举国际观察", "选举{+国际+}观察"),
        ("a\nb", "a b", "a[-\n-]{+ +}b"),
        ("a  b", "a  c", "a  [-b-]{+c+}"),
        ("\u00a0a", " a", "[-\u00a0-]{+ +}a"),
        ("", "x", "{+x+}"),
        ("x", "", "[-x-]"),
        ("x", "x", "x"),
        ("", "", ""),
        ("[A | B] votes", "A votes", "[-[-]A[- | B]-] votes"),
    ],
)
def test_edits_are_words_in_reading_order(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("red of sun x", "blue of moon x", "[-red of sun-]{+blue of moon+} x"),
        ("red sun x", "blue moon x", "[-red sun-]{+blue moon+} x"),
        ("red votes sun x", "blue votes moon x", "[-red-]{+blue+} votes [-sun-]{+moon+} x"),
        ("red, sun x", "blue, moon x", "[-red-]{+blue+}, [-sun-]{+moon+} x"),
        ("x of y", "x p of q y", "x{+ p+} of{+ q+} y"),
        ("x p of q y", "x of y", "x[- p-] of[- q-] y"),
    ],
)
def test_crumb_between_two_changes_joins_them(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


@given(TEXTS, TEXTS)
@example("x a ", "x ")
@example("a c", "a b c")
def test_segments_give_both_texts_back(old: str, new: str) -> None:
    found = segments(old, new)
    assert "".join(each.text for each in found if each.edit is not Edit.INSERTED) == old
    assert "".join(each.text for each in found if each.edit is not Edit.DELETED) == new
    assert all(each.text for each in found)
    pairs = set(pairwise(each.edit for each in found))
    assert not pairs & {(edit, edit) for edit in Edit} or any(each.moved for each in found)
    assert (Edit.INSERTED, Edit.DELETED) not in pairs


@given(TEXTS)
def test_equal_texts_have_no_edit(text: str) -> None:
    assert all(each.edit is Edit.SAME for each in segments(text, text))


SENTENCES = st.lists(
    st.sampled_from(
        ["The list is public now.", "States act on it.", "So be it.", "选民名单应当公开。", "A b c d", " "]
    ),
    max_size=6,
).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_moved_sentences_give_both_texts_back(old: str, new: str) -> None:
    found = segments(old, new)
    assert "".join(each.text for each in found if each.edit is not Edit.INSERTED) == old
    assert "".join(each.text for each in found if each.edit is not Edit.DELETED) == new
    went, came = (
        sorted(each.text.strip() for each in found if each.moved and each.edit is edit)
        for edit in (Edit.DELETED, Edit.INSERTED)
    )
    assert went == came


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("One is for all of us. Two is for none of us. Three.", "Two is for none of us. One is for all of us. Three.", 2),
        ("One is for all of us. Two is for none.", "Two is for none. One is for each of us.", 0),
        ("Be brief. Two is for none of us.", "Two is for none of us. Be brief.", 2),
        ("Be brief. Be just. Be free.", "Be just. Be brief. Be free.", 0),
        ("选民名单应当公开。议会应当举行听证会。", "议会应当举行听证会。选民名单应当公开。", 2),
    ],
)  # fmt: skip
def test_sentence_that_moved_is_told_from_one_that_went(old: str, new: str, moved: int) -> None:
    assert sum(each.moved for each in segments(old, new)) == moved


def test_long_text_is_cut_at_the_words_it_has_once() -> None:
    old = " ".join(f"word{n} of the" for n in range(3000))
    new = old.replace("word1500 of", "word1500 and of").replace("word9 of", "word9 for")
    found = [each for each in segments(old, new) if each.edit is not Edit.SAME]
    assert [each.text.strip() for each in found] == ["of", "for", "and"]


def test_passage_without_a_common_word_is_one_replacement() -> None:
    old, new = (" ".join(f"{name}{i}" for i in range(2000)) for name in "ab")
    found = segments(f"first {old} last", f"first {new} last")
    assert [each.edit for each in found] == [Edit.SAME, Edit.DELETED, Edit.INSERTED, Edit.SAME]


@pytest.mark.parametrize("kept", [0, 3, 10])
def test_long_text_that_is_rewritten_is_compared_in_bounded_time(kept: int) -> None:
    random = Random(kept)  # noqa: S311 - made-up words, not secrets
    common = [f"w{n}" for n in range(300)]

    def compared(words: int) -> None:
        old, new = (
            " ".join(
                random.choice(common) if random.randrange(10) < 9 else f"{side}{n}" for n in range(words)
            )
            for side in "ab"
        )
        new = " ".join([*new.split(), *old.split()[: words // 100 * kept]])
        found = segments(old, new)
        assert "".join(each.text for each in found if each.edit is not Edit.INSERTED) == old

    assert_grows_no_more_than_its_input(compared, 1250)


@pytest.mark.parametrize("unit", ["x ", "x", "a b ", "x[", "选", "A b c d. "])
def test_hostile_texts_are_compared_in_bounded_time(unit: str) -> None:
    for size in (4_000, 50):
        assert_grows_no_more_than_its_input(
            lambda n: segments("a " + unit * n + "c", "d " + unit * (n - 1) + "e"), size
        )
