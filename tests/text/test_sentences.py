"""Where a text may be broken into lines: after a sentence, never after an abbreviation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ("One.", "Two.")),
        ("Why? Because! So… Then.", ("Why?", "Because!", "So…", "Then.")),
        ("“They report.” The others wait.", ("“They report.”", "The others wait.")),
        ("(They report.) [National | International] ones wait.", ("(They report.)", "[National | International] ones wait.")),
        ("In paragraph 5. The State", ("In paragraph 5.", "The State")),
        ("Élections libres. À la fin.", ("Élections libres.", "À la fin.")),
        ("يجب أن يراقبوا؟ نعم.", ("يجب أن يراقبوا؟", "نعم.")),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_ends_it(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One sentence only.",
        "See Art. 25 and art. XX, para. Two, No. Three.",
        "Observers (e.g. Citizens, i.e. Voters) and the U.N. Charter",
        "On 4 Dec. Monday, Dr. A. Smith and Prof. Jones et al. met",
        "Two.  Spaces",
        "No space.Here",
        "A no-break space.\u00a0Here",
        "It costs 5. 3 of them pay.",
        "so it ended. and went on",
    ],
)
def test_a_text_is_left_whole_where_the_end_of_a_sentence_is_in_doubt(text: str) -> None:
    assert sentences(text) == (text,)


@given(st.lists(st.sampled_from(["One.", "two?", "No.", " ", "  ", "“Three.”", "\n", "art.", "4.", "U.N."])))
def test_sentences_joined_by_one_space_give_the_text_again(parts: list[str]) -> None:
    text = " ".join(parts)
    assert " ".join(sentences(text)) == text
