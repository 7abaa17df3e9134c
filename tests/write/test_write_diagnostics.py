"""A finding in a terminal: its place, its line, the carets, whatever the script."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from poa_toolkit.diagnostic import Diagnostic, Location, Related, Severity, Span
from poa_toolkit.write import diagnostics as writer
from poa_toolkit.write import findings
from poa_toolkit.write.diagnostics import COLUMNS, excerpt

LRM = "\u200e"


def place(line: str, marked: str, *, at: int = 0) -> Location:
    """Give the place of `marked` in a line."""
    start = line.index(marked, at)
    return Location("plan/plan.yaml", Span(7, start + 1, 7, start + len(marked) + 1), line)


def shown(location: Location) -> tuple[str, str]:
    """Give the line and the carets as shown, without the number before them."""
    line, carets = excerpt(location)
    assert line.startswith("  7 | ")
    assert carets.startswith("    | ")
    return line[6:], carets[6:]


def columns_of_carets(carets: str) -> tuple[int, int]:
    return len(carets) - len(carets.lstrip()), len(carets)


@pytest.mark.parametrize(
    ("line", "marked", "before", "carets"),
    [
        ("title: States", "States", 7, 6),
        ("title: 各国の選挙", "選挙", 7 + 6, 4),
        ("title: 各国 and States", "States", 7 + 9, 6),
        ("title: 선거 감시", "감시", 7 + 5, 4),
        ("title: \uff21\uff22\uff23 x", "x", 7 + 7, 1),
        ("title: e\u0301lections nationales", "nationales", 7 + 10, 10),
        ("title: Viê\u0323t Nam", "Nam", 7 + 5, 3),
        ("title: จำเลือกตั้ง ok", "ok", None, 2),
        ("title: चुनाव ok", "ok", 7 + 5, 2),
        ("title: \U0001f5f3\ufe0f vote", "vote", 7 + 3, 4),
        ("title: \U0001f468\u200d\U0001f469\u200d\U0001f467 vote", "vote", 7 + 3, 4),
        ("title: \U0001f44d\U0001f3fd vote", "vote", 7 + 3, 4),
        ("title: \U0001f389\U0001f389", "\U0001f389", 7, 2),
        ("title:\tStates", "States", 7, 6),
        ("title: soft\u00adhyphen x", "x", 7 + 12, 1),
        ("title: nothing\u200bseen x", "x", 7 + 18, 1),
        ("title: zero\u202ewidth x", "x", 7 + 16, 1),
    ],
)
def test_the_carets_stand_under_the_place(line: str, marked: str, before: int | None, carets: int) -> None:
    text, under = shown(place(line, marked))
    start, end = columns_of_carets(under)
    assert end - start == carets
    if before is None:  # what the second witness says
        before = cell_len(text[: text.index(marked)])
    assert start == before


@pytest.mark.parametrize(
    "line",
    [
        "title: 各国の選挙 X",
        "e\u0301 X",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 X",
        "\uff21\uff22 X",
        "ok… — “X”",
    ],
)
def test_another_program_counts_the_same_columns(line: str) -> None:
    text, under = shown(place(line, "X"))
    assert columns_of_carets(under)[0] == cell_len(text[: text.index("X")])


@pytest.mark.parametrize(
    ("line", "marked", "covered"),
    [
        # one direction only: exactly the place
        ("text: observers مراقبون", "observers", "observers"),
        ("text: مراقبون observers", "observers", "observers"),
        # within right-to-left text: all of it, since a terminal may have turned it round
        ("text: المراقبون الدوليون", "الدوليون", "المراقبون الدوليون"),
        ("text: משקיפים בחירות and States", "בחירות", "משקיפים בחירות"),
        # figures and signs inside it belong to it
        ("text: المادة 25 (ب) of iccpr", "25", "المادة 25 (ب)"),
        # from one direction into the other
        ("text: States و مراقبون end", "States و", "States و مراقبون"),
    ],
)
def test_of_right_to_left_text_the_whole_stretch_is_covered(line: str, marked: str, covered: str) -> None:
    text, under = shown(place(line, marked))
    assert text == LRM + line  # as it is stored, and never turned round as a whole
    start, end = columns_of_carets(under)
    assert line[start:end] == covered


def test_a_line_of_one_direction_has_no_mark_in_it() -> None:
    assert LRM not in "".join(excerpt(place("title: 各国 é States", "States")))


LONG = " ".join(f"word{number:03}" for number in range(100))


@pytest.mark.parametrize(
    ("marked", "left", "right"), [("word001", "", "…"), ("word050", "…", "…"), ("word099", "…", "")]
)
def test_a_long_line_is_cut_around_the_place(marked: str, left: str, right: str) -> None:
    text, under = shown(place(LONG, marked))
    start, end = columns_of_carets(under)
    assert text[start:end] == marked
    assert text.removeprefix(left).removesuffix(right) in LONG
    assert (text.startswith("…"), text.endswith("…")) == (bool(left), bool(right))
    assert len(text.strip("…")) == COLUMNS


def test_a_long_place_begins_in_sight() -> None:
    text, under = shown(place(LONG, LONG[300:700]))
    start, end = columns_of_carets(under)
    assert (start, end) == (21, len(text) - 1)
    assert LONG[300:].startswith(text[start:end])


def test_wide_text_is_cut_by_columns_and_never_through_an_accent() -> None:
    line = "選挙" * 100 + "x\u0301y" + "監視" * 100
    text, under = shown(place(line, "x\u0301"))
    assert cell_len(text) <= COLUMNS + 2
    assert columns_of_carets(under)[0] == cell_len(text[: text.index("x")])
    assert "x\u0301y" in text


def test_a_place_far_into_a_very_long_line_is_found_and_bounded() -> None:
    line = "a" * 1_000_000 + " here " + "\u0301" * 1_000_000
    text, under = shown(place(line, "here"))
    assert text[slice(*columns_of_carets(under))] == "here"
    assert len(text) < 5_000


def test_a_place_over_several_lines_is_shown_by_its_first() -> None:
    text, under = shown(Location("plan.yaml", Span(7, 7, 9, 3), "text: one long sentence   "))
    assert text == "text: one long sentence"
    assert text[slice(*columns_of_carets(under))] == "one long sentence"


def test_a_place_behind_the_end_of_its_line_has_one_caret() -> None:
    _, under = shown(Location("plan.yaml", Span(7, 7, 7, 7), "text:"))
    assert under == "     ^"


@pytest.mark.parametrize("location", [Location("a.json"), Location("a.yaml", Span(1, 1, 1, 1), "  ")])
def test_without_a_line_there_is_no_excerpt(location: Location) -> None:
    assert excerpt(location) == []


def test_no_control_character_of_a_file_reaches_the_terminal() -> None:
    line = "title: \x1b]0;x\x07 \x9b31m \u202e end"
    found = Diagnostic(
        "POA001",
        Severity.ERROR,
        "found \x1b[2J",
        Location("plan/\x1b.yaml", Span(7, 8, 7, 9), line),
        "help \x7f",
        (Related(Location("b\x00"), "see \u2066"),),
    )
    for printed in (writer.to_text([found], colour=False), findings.to_json([found], label="\x9b")):
        assert not [each for each in printed if each != "\n" and unicodedata.category(each) in ("Cc", "Cf")]
    data = json.loads(findings.to_json([found], label="\x9b"))
    assert data["diagnostics"][0]["message"] == "found \x1b[2J"
    assert data["summary"]["version"] == "\x9b"


LINES = st.text(
    st.one_of(st.sampled_from("ab 1[選é\u0301\u200d\U0001f468ب\u05d0\t"), st.characters()), max_size=300
)


@given(LINES.filter(lambda line: "\n" not in line), st.integers(0, 310), st.integers(0, 310))
def test_the_carets_never_leave_the_line(line: str, start: int, length: int) -> None:
    lines = excerpt(Location("a", Span(7, start + 1, 7, start + length + 1), line))
    if lines:
        text, under = lines[0][6:].removeprefix(LRM), lines[1][6:]
        assert set(under.strip()) == {"^"}
        assert len(under) <= 2 * len(text) + 1
        assert len(under) <= COLUMNS + 3
