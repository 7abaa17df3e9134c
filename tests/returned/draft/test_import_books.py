"""Laws of an import: every visible character has one fate, and what is written is YAML as `poa fmt` writes it."""

from __future__ import annotations

import tempfile
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from drafts import file
from growth import assert_grows_no_more_than_its_input
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from poa_toolkit.api import fmt, import_draft, validate
from poa_toolkit.api.import_draft import Request
from poa_toolkit.api.returned_files import RefusedFileError
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.draft.read import drafted
from poa_toolkit.returned.ledger import Fate, visible
from poa_toolkit.returned.word_file import (
    Call,
    Cell,
    Form,
    Graphic,
    Look,
    Number,
    Paragraph,
    ParagraphPlace,
    Piece,
    WordComment,
)
from poa_toolkit.write.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.returned.word_file import Returned

DAY = date(2026, 1, 1)

MARKS = (
    "",
    "1. ",
    "2) ",
    "(a) ",
    "(i) ",
    "A. ",
    "I. ",
    "• ",
    "- ",
    "1\t",
    "Article 3\n",
    "一、",
    "5.1 ",
    "\u0661. ",
)
WORDS = st.one_of(
    st.sampled_from(("States should act.", "Voters", "BALLOTS", "Contents", "Who", "Action", "a\t3", "UPR")),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ("# x", "a: b", "- x", "'q'", '"q"', "x:", "{{ x }}", "\u202eabc", "🗳 x", "null", "[a", "\\[")
    ),
)
PEOPLE = st.sampled_from((None, None, None, Reviser("One", DAY), Reviser("Two", DAY)))


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    looks = frozenset(draw(st.lists(st.sampled_from(Look), max_size=1)))
    return Piece(draw(WORDS), draw(PEOPLE), draw(PEOPLE), looks=looks, computed=draw(st.booleans()))


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    kind = draw(st.sampled_from(("", "", "", "", "table", "note", "box", "header")))
    where = Cell(*(draw(st.integers(1, 3)) for _ in range(3))) if kind == "table" else None
    mark = Piece(draw(st.sampled_from(MARKS)))
    shown = draw(st.sampled_from(Form))
    number = Number(
        draw(st.sampled_from("ab")), draw(st.integers(0, 3)), shown, draw(st.integers(1, 4)), "(x)"
    )
    return Paragraph(
        (mark, *draw(st.lists(pieces(), min_size=1, max_size=3))),
        ParagraphPlace(1, "", kind, where),
        draw(st.sampled_from(("", "", "Title", "Subtitle", "toc 1", "List Continue"))),
        draw(st.sampled_from((0, 0, 0, 1, 2))),
        draw(st.sampled_from((None, number))),
        draw(st.integers(0, 3)) * 360,
        tuple(draw(st.lists(st.builds(Call, st.sampled_from(("n1", "n2")), st.just(0)), max_size=1))),
        tuple(draw(st.lists(st.builds(Graphic, st.just("picture"), WORDS, st.just(0)), max_size=1))),
        draw(st.sampled_from(("n1", "n2", "n3"))) if kind == "note" else "",
        draw(PEOPLE),
        draw(PEOPLE),
        draw(st.sampled_from(("", "", "", "contents"))),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Returned:
    found = draw(st.lists(paragraphs(), max_size=12))
    remarks = [
        WordComment(str(number), Reviser("One", DAY), draw(WORDS), draw(st.integers(-1, len(found) - 1)))
        for number in range(draw(st.integers(0, 2)))
    ]
    return file(*found, remarks=remarks)


@given(drafts())
@settings(max_examples=30)
def test_every_character_has_a_fate(draft: Returned) -> None:
    read, placed, told, generated = drafted(draft).ledger.balance()
    assert read == placed + told + generated
    items = [piece.text for each in draft.paragraphs for piece in each.pieces]
    items += [graphic.words for each in draft.paragraphs for graphic in each.graphics]
    assert read == sum(map(visible, (*items, *(each.text for each in draft.remarks))))


def _import(draft: Returned) -> dict[str, str] | None:
    """Import a draft; the files, and what was told as one more; None where it has no action."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            made = import_draft.import_returned(Path(folder) / "new", draft, Request("a draft.docx", DAY))
        except RefusedFileError:
            return None
        found = {path: (Path(folder) / "new" / path).read_text("utf-8") for path in made.paths}
        assert not any(each.code == "POA727" for each in made.diagnostics)
        report = validate.validate(Path(folder) / "new")
        assert report.plan is not None
        return found


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [one for each in value.values() for one in _texts(each)]
    if isinstance(value, list):
        return [one for each in value for one in _texts(each)]
    return [str(value)]


@given(drafts())
@settings(max_examples=20)
def test_what_is_placed_or_told_stands_in_the_files_as_fmt_writes_them(draft: Returned) -> None:
    found = _import(draft)
    if found is None:
        return
    said: list[str] = []
    for path, content in found.items():
        if path.startswith("plan/"):
            assert not fmt.layout(path, content.encode("utf-8")).differs, content
            said += _texts(YAML(typ="safe", pure=True).load(content))
            said += [line.strip() for line in content.splitlines() if line.lstrip().startswith("#")]
    whole = _squeezed(" ".join(said))
    for entry in drafted(draft).ledger.entries():
        if entry.fate in (Fate.PLACED, Fate.TOLD):
            for word in entry.words.split():
                assert _squeezed(word) in whole or _squeezed(one_line(word)) in whole, (word, entry)


def _squeezed(words: str) -> str:
    """Give words without what a plan cannot hold, for looking up."""
    kept = unicodedata.normalize("NFC", words)
    return "".join(each for each in kept if each.isalnum())


STRANGE = [
    "# x",
    "a: b",
    "- x",
    "'q",
    '"q"',
    "x:",
    "{{ x }}",
    "\u202eabc\u202c",
    "\N{BALLOT BOX WITH BALLOT} x",
    "null",
    "2018",
    "yes",
    "? x",
    "a #b",
    "[x]",
    "|",
    "%x",
    "@x",
    "`x`",
    "\\",
    "\\[x",
    "\u200bx",
    "x\u00a0y",
    "\u2067abc\u2069",
    "~",
    "*x",
    "!x",
]


def test_any_words_are_written_as_fmt_writes_them() -> None:
    lines: list[Paragraph] = []
    for words in STRANGE:
        lines.append(Paragraph((Piece(f"{words} x"),), ParagraphPlace(1, ""), "Heading 1", 1))
        lines.append(Paragraph((Piece(f"1. {words}"),), ParagraphPlace(1, "")))
        lines += [Paragraph((Piece(f"(a) {words}"),), ParagraphPlace(1, ""))] * 2
        lines.append(Paragraph((Piece(words),), ParagraphPlace(1, "", "header")))
    found = _import(file(*lines))
    assert found is not None
    for path, content in found.items():
        if path.startswith("plan/"):
            assert not fmt.layout(path, content.encode("utf-8")).differs, content


def _empty_headings(count: int) -> Returned:
    heading = Paragraph((Piece("Voters"),), ParagraphPlace(1, ""), "Heading 1", 1)
    return file(*[heading] * count, Paragraph((Piece("1. States should act."),), ParagraphPlace(1, "")))


def _soft_lines(count: int) -> Returned:
    return file(Paragraph((Piece("1. States should:" + "\n(a) act;" * count),), ParagraphPlace(1, "")))


def _deeper_lists(count: int) -> Returned:
    return file(
        *(
            Paragraph(
                (Piece("x"),),
                ParagraphPlace(1, ""),
                number=Number(str(at), 0, Form.DECIMAL, 1, "1."),
                indent=at * 101,
            )
            for at in range(count)
        )
    )


def _contents(count: int) -> Returned:
    return file(
        *(Paragraph((Piece(f"Voters {at}\t{at % 9}"),), ParagraphPlace(1, "")) for at in range(count))
    )


def _wide_table(count: int) -> Returned:
    return file(
        *(Paragraph((Piece("x"),), ParagraphPlace(1, "", "table", Cell(1, 1, at))) for at in range(1, count))
    )


def _headings_of_actions(count: int) -> Returned:
    return file(
        *(
            each
            for at in range(count)
            for each in (
                Paragraph((Piece(f"Action {at % 900}: Train"),), ParagraphPlace(1, ""), "Heading 2", 2),
                Paragraph((Piece("States should act."),), ParagraphPlace(1, "")),
            )
        )
    )


def _bold_lines(count: int) -> Returned:
    heading = Paragraph((Piece("Voters"),), ParagraphPlace(1, ""), "Heading 1", 1)
    bold = Paragraph((Piece("To States:", looks=frozenset((Look.BOLD,))),), ParagraphPlace(1, ""))
    return file(heading, heading, *[bold] * count, *[Paragraph((), ParagraphPlace(1, ""))] * count)


def _centred_lines(count: int) -> Returned:
    line = Paragraph((Piece("A PLAN", looks=frozenset((Look.BOLD,))),), ParagraphPlace(1, ""), centred=True)
    return file(*[line] * count)


def _words_about_duties(count: int) -> Returned:
    return file(Paragraph((Piece("1. " + "what should " * count + "."),), ParagraphPlace(1, "")))


HOSTILE = {
    "headings of actions": _headings_of_actions,
    "bold lines": _bold_lines,
    "lines in the middle": _centred_lines,
    "words about duties": _words_about_duties,
    "headings with nothing below": _empty_headings,
    "lines of one paragraph": _soft_lines,
    "lists one inside the other": _deeper_lists,
    "what looks like contents": _contents,
    "one row of many cells": _wide_table,
}


@pytest.mark.parametrize("draft", HOSTILE.values(), ids=HOSTILE)
def test_hostile_drafts_cost_no_more_than_their_length(draft: Callable[[int], Returned]) -> None:
    made = {count: draft(count) for count in (500, 2000)}
    assert_grows_no_more_than_its_input(lambda count: drafted(made[count]), 500)
