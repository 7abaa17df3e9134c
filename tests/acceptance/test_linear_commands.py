"""Each command takes time as the texts of its plan are long, whatever they are made of."""

# ruff: noqa: RUF001 - the characters are what this is about

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from growth import MOST, TIMES, TRIES, assert_grows_no_more_than_its_input, cpu

from poa_toolkit.edit.changes import set_scalars

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

SIZE = 2_500
"""Characters of the smaller texts; the larger are four times as long."""

PIECES = (
    *string.punctuation,
    *("a", "a ", "漢", "א", "“", "”", "’", "–", "…", "•", " ", "\u00a0", "\u0301", "\u200d", "\U0001f600"),
    *(
        "[ ",
        "[a] ",
        "[a",
        "a]",
        "[]",
        "\\[",
        "1.",
        "1. ",
        "1, ",
        "(a) ",
        "() ",
        "a-",
        "a. ",
        "A. ",
        "a, ",
        ": ",
    ),
    *("A/RES/", "art. 1, ", "article 25 ", "ICCPR ", "iccpr 25(b), ", "see ", "States should ", "[a [b]] "),
    *("www.a ", "http://", "{{", "{% ", "report ", "A-001 "),
)


def _write(project: Path, text: str) -> Path:
    """Write a plan whose texts hold another, each in its place."""
    data: dict[str, Any] = small_plan.files()
    action, head = small_plan.action(data), data["plan.yaml"]
    source = data["recommendations/hres-2015-02.yaml"]
    law = data["instruments/universal.yaml"]["instruments"][1]
    for record, field in (
        *((head, "title"), (head, "notice"), (head["introduction"][0], "text"), (action, "text")),
        *((action, "why"), (action["points"][0], "text"), (data["sections/01-first.yaml"], "title")),
        *((source["recommendations"][0], "text"), (source["consultation"], "title"), (law, "title")),
        *((law["provisions"][0], "subject"), (data["actors.yaml"]["actors"][0], "title")),
        (data["participants.yaml"]["participants"][0], "title"),
    ):
        record[field] = f"Report {text} here."
    data["amendments/floor.yaml"] = {"amendments": [_amendment(text)]}
    lines = {name: json.dumps(each, ensure_ascii=False) + "\n" for name, each in data.items()}
    return small_plan.write(project, lines)


def _amendment(text: str) -> dict[str, Any]:
    return {
        "id": "floor-1",
        "record": "A-002",
        "field": "text",
        "original": "States should answer.",
        "proposed": f"States should {text} answer.",
        "proposer": "Delegation A",
        "date": "2017-12-04",
        "comment": f"Report {text} here.",
    }


def _text(piece: str, size: int) -> str:
    """Give a text of whole pieces: half a bracket would be another fault than many brackets are."""
    return piece * (size // len(piece))


COMMANDS = {
    "validate": ("validate",),
    "fmt": ("fmt", "--check"),
    "show": ("show", "A-001", "A-002"),
    "find": ("find", "report"),
    "status": ("status",),
    "amend list": ("amend", "list"),
    "diff": ("diff", "old", "new"),
    "diff as a page": ("diff", "old", "new", "--format", "html"),
    "diff from other words": ("diff", "other", "new"),
    "render": ("render", "-o", "plan.docx"),
    "redline": ("render", "--since", "old", "-o", "plan.docx"),
    "redline from other words": ("render", "--since", "other", "-o", "plan.docx"),
}


def _cpu(poa: Poa, folder: Path, text: str, words: tuple[str, ...], tries: int = 1) -> float:
    """Give the CPU time of a command in a plan of a text, beside one with a word more and one of other words."""
    half = len(text) // 2
    for name, each in (
        ("new", text),
        ("old", f"{text[:half]} anew {text[half:]}"),
        ("other", "word " * (len(text) // 5)),
    ):
        _write(folder / name, each)
    return cpu(lambda: poa("-C", folder / "new", *words, cwd=folder), tries)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_time_as_the_texts_are_long(name: str, tmp_path: Path, poa: Poa) -> None:
    words = COMMANDS[name]
    least = _cpu(poa, tmp_path, "a", words, TRIES)

    def is_slow(piece: str) -> bool:
        small, large = (_text(piece, size) for size in (SIZE, TIMES * SIZE))
        for tries in (1, TRIES):  # others may have had the machine: more often, before it is believed
            times = [_cpu(poa, tmp_path, text, words, tries) - least for text in (small, large)]
            if times[1] <= MOST * max(times[0], least):
                return False
        return True

    assert [piece for piece in PIECES if is_slow(piece)] == []


@pytest.mark.parametrize("words", [("article  25 ", "article 25 "), ("a b ", "a c ")])
def test_words_that_stand_often_are_changed_in_time(words: tuple[str, str]) -> None:
    def run(size: int) -> None:
        old, new = ((each * size).strip() for each in words)
        text = json.dumps({"text": old}) + "\n"
        assert json.loads(set_scalars(text, {("text",): new})) == {"text": new}

    assert_grows_no_more_than_its_input(run, 50)
