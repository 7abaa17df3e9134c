"""A document in a terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.document.blocks import Column, Document, Heading, Paragraph, Part, PartKind, Role, Row, Table
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, Run, Text
from poa_toolkit.write import terminal


def page(*blocks: Heading | Paragraph | Table, title: str = "Title") -> Document:
    return Document(title, "", (), "", (Part(PartKind.REPORT, blocks),))


def printed(*blocks: Heading | Paragraph | Table, colour: bool = False, width: int = 40) -> str:
    """Print blocks without the title over them."""
    return (
        terminal.document(page(*blocks), colour=colour, width=width).split("\n", 2 - colour)[-1].strip("\n")
    )


def body(*runs: Run, role: Role = Role.BODY, number: str = "") -> Paragraph:
    return Paragraph(role, runs, number=number)


def test_cover_comes_first() -> None:
    document = Document("A plan", "of action", (("Date", "4 December 2017"),), "A working text.", ())
    assert terminal.document(document, colour=False) == (
        "A plan\n======\nof action\n\nDate: 4 December 2017\n\nA working text.\n"
    )


@pytest.mark.parametrize(
    ("role", "number", "expected"),
    [
        (Role.BODY, "", "one two three four\nfive six"),
        (Role.NUMBERED, "12.", "12. one two three\n    four five six"),
        (Role.ITEM, "", "  - one two three\n    four five six"),
        (Role.POINT, "(a)", "    (a) one two\n        three four\n        five six"),
        (Role.QUOTE, "", "    one two three\n    four five six"),
    ],
)
def test_lines_hang_under_their_beginning(role: Role, number: str, expected: str) -> None:
    paragraph = body(Text("one two three four five six"), role=role, number=number)
    assert printed(paragraph, width=20) == expected.strip("\n")


def test_a_space_that_no_line_ends_at_is_printed_as_one_to_search_for() -> None:
    assert printed(body(Text("see art.\xa025 (b)")), width=20) == "see art. 25 (b)"
    assert printed(body(Text("one two three see art.\xa025")), width=20) == "one two three see\nart. 25"


def test_headings_are_underlined_without_colour() -> None:
    first, second = Heading(1, (Text("First"),), number="I."), Heading(2, (Text("Second"),))
    assert printed(first, body(Text("text")), second) == "I. First\n--------\n\ntext\n\nSecond"


def test_changes_stand_in_marks_or_in_colour() -> None:
    paragraph = body(Text("States "), Deleted("should"), Inserted("shall"), Text(" act."))
    assert printed(paragraph) == "States [-should-]{+shall+} act."
    assert printed(paragraph, colour=True) == "States \x1b[31;9mshould\x1b[0m\x1b[32;4mshall\x1b[0m act."


def test_colour_ends_with_its_line() -> None:
    lines = printed(body(Inserted("one two three four five six")), colour=True, width=20).split("\n")
    assert lines == ["\x1b[32;4mone two three four\x1b[0m", "\x1b[32;4mfive six\x1b[0m"]


@pytest.mark.parametrize("mark", list(Mark))
def test_marks_change_no_word(mark: Mark) -> None:
    # what was looked for could not be seen without colour
    assert printed(body(Text("word", mark))) == ("*word*" if mark is Mark.FOUND else "word")
    assert re.sub(r"\x1b\[[0-9;]*m", "", printed(body(Text("word", mark)), colour=True)) == "word"


def test_notes_stand_at_the_end() -> None:
    paragraph = body(Text("Text."), Note((Text("A source."),)), Note((Link("here", "https://x.org"),)))
    assert printed(paragraph, body(Text("More."))) == (
        "Text.[1][2]\n\nMore.\n\n[1] A source.\n[2] here <https://x.org>"
    )


def test_link_inside_the_document_is_its_text() -> None:
    assert printed(body(Link("A-007", "#A-007"))) == "A-007"


def test_table_wraps_its_wide_cells() -> None:
    rows = (
        Row(((Text("a"),), (Text("one two three four five six seven"),))),
        Row(((), (Text("short"),))),
    )
    table = Table((Column("Id"), Column("Words", 3)), rows, "Names")
    assert printed(table, width=25) == (
        "Names\nId  Words\n--  ---------------------\na   one two three four\n    five six seven\n    short"
    )


def test_table_that_is_too_wide_shares_by_weight() -> None:
    words = (Text("one two three four five six seven eight"),)
    lines = printed(Table((Column("A"), Column("B", 2)), (Row((words, words)),)), width=32).split("\n")
    assert lines[1] == "-" * 10 + "  " + "-" * 20


def test_word_longer_than_a_line_is_cut() -> None:
    assert printed(body(Text("a " + "b" * 45)), width=20) == "\n".join(["a", "b" * 20, "b" * 20, "b" * 5])


def test_wide_characters_take_two_columns() -> None:
    assert printed(body(Text("选" * 15)), width=20) == "选" * 10 + "\n" + "选" * 5
    assert terminal.columns("e\u0301选") == 3


def test_space_between_styles_is_kept() -> None:
    assert printed(body(Text("a "), Deleted(" b"), Text("c"))) == "a [- b-]c"
    assert printed(body(Text("a "), Text(" b"))) == "a  b"


@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=30), max_size=5))
def test_hostile_text_controls_nothing(texts: list[str]) -> None:
    document = Document(
        "".join(texts),
        "x".join(texts),
        tuple((text, text) for text in texts),
        " ".join(texts),
        (
            Part(
                PartKind.REPORT,
                (
                    Heading(1, tuple(Text(text) for text in texts), number="".join(texts)),
                    body(*(Deleted(text) for text in texts), *(Link(text, text) for text in texts)),
                    Table((Column("".join(texts)),), tuple(Row(((Inserted(text),),)) for text in texts)),
                ),
            ),
        ),
    )
    shown = terminal.document(document, colour=False, width=30)
    left = {unicodedata.category(each) for each in shown.replace("\n", "")}
    assert not left & {"Cc", "Cs", "Zl", "Zp"}
