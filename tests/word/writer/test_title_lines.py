"""Where the lines of a title end: no word of it stands alone, and no character of it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.document.runs import Deleted, Inserted, Text
from poa_toolkit.word.rich import LineBreak
from poa_toolkit.word.writer.title_lines import in_lines

WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=12), min_size=1, max_size=20)


def lines(title: str) -> list[str]:
    found = [""]
    for run in in_lines((Text(title),)):
        if isinstance(run, LineBreak):
            found.append("")
        else:
            found[-1] += getattr(run, "text", "")
    return found


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("A plan of action", ["A plan of action"]),
        (
            "Human Rights and Election Standards: A Plan of Action",
            ["Human Rights and Election ", "Standards: A Plan of Action"],
        ),
        (
            "Rights of all in elections: a plan of action",
            ["Rights of all in elections: ", "a plan of action"],
        ),
        ("Donaudampfschifffahrtsgesellschaftskapitän", ["Donaudampfschifffahrtsgesellschaftskapitän"]),
    ],
)
def test_a_title_is_parted_evenly_or_at_its_parts(title: str, wanted: list[str]) -> None:
    assert lines(title) == wanted


@given(WORDS)
def test_no_line_is_much_shorter_than_the_others_and_nothing_is_lost(words: list[str]) -> None:
    title = " ".join(words)
    found = lines(title)
    assert "".join(found) == title
    assert all(line.endswith(" ") for line in found[:-1])
    longest = max(map(len, words))
    assert all(len(line) <= 29 + longest for line in found)
    if len(found) > 1:
        # a line may only be short by the length of the words at its ends
        assert len(found[-1]) >= len(title) / len(found) - longest - 1


def test_a_title_that_changed_has_the_lines_of_the_new_one() -> None:
    runs = (Text("Plan of "), Deleted("Peace "), Inserted("Action "), Text("on Human Rights and Elections"))
    found = in_lines(runs)
    at = found.index(LineBreak())
    new = "".join(each.text for each in found[:at] if isinstance(each, Text | Inserted))
    assert new == "Plan of Action on Human "
    kept = [each for each in found if not isinstance(each, LineBreak)]
    assert "".join(getattr(each, "text", "") for each in kept) == "".join(run.text for run in runs)
