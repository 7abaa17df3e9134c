"""Edits of one file change what was asked for, and keep every other byte and comment."""

from __future__ import annotations

import copy
import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.edit import changes, mentions
from poa_toolkit.edit.yaml_file import Reading, apply, proved
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.positions import Replacement
from poa_toolkit.model import Section

SECTION = """\
# yaml-language-server: $schema=../../schema/section.schema.json
id: first # for ever
title: "First: things"

actions:
  # about one
  - id: A-001   # kept
    text: >-   # prose
      One  sentence here.
      Another, wrapped
      by hand.
    level: [national, regional] # both
    recommendations:
      - r-1 # see the minutes
      - 'r-2'
    status: draft
    # said of one, below it

  # about two
  - id: A-002
    text: plain words
    status: draft
# the end
"""


def _changed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


# --- spans ------------------------------------------------------------------------------------


def test_replacements_do_not_move_each_other() -> None:
    edits = [Replacement(4, 5, "E"), Replacement(0, 1, "long"), Replacement(2, 2, "-")]
    assert apply("abcde", edits) == "longb-cdE"


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(2, 1)], [(0, 9)], [(-1, 0)]])
def test_replacements_that_overlap_or_leave_the_text_are_refused(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply("abcde", [Replacement(start, end, "") for start, end in edits])


# --- single values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "value", "expected"),
    [
        (
            ("actions", 0, "text"),
            "One sentence here. Another, wrapped by hand.",
            ["-       One  sentence here.", "+       One sentence here."],
        ),
        (
            ("actions", 0, "text"),
            "All new. In two sentences.",
            [
                "-       One  sentence here.",
                "-       Another, wrapped",
                "-       by hand.",
                "+       All new.",
                "+       In two sentences.",
            ],
        ),
        (("actions", 1, "text"), "a: b", ["-     text: plain words", '+     text: "a: b"']),
        (("actions", 1, "text"), "plain text", ["-     text: plain words", "+     text: plain text"]),
        (("actions", 0, "recommendations", 1), "it's", ["-       - 'r-2'", "+       - 'it''s'"]),
        (("actions", 0, "recommendations", 0), "12", ["-       - r-1 # see the minutes", '+       - "12" # see the minutes']),
        (("actions", 0, "level", 0), "a, b", ["-     level: [national, regional] # both", '+     level: ["a, b", regional] # both']),
        (("title",), 'Say "so"', ['- title: "First: things"', '+ title: "Say \\"so\\""']),
    ],
)  # fmt: skip
def test_a_new_value_keeps_the_style_where_it_can(
    at: tuple[str | int, ...], value: str, expected: list[str]
) -> None:
    after = changes.set_scalars(SECTION, {at: value})
    assert sorted(_changed(SECTION, after)) == sorted(expected)


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("t: >-\n  a  b\n", "a b", "t: >-\n  a b\n"),
        ("t: >\n  a b\n", "a c", "t: >-\n  a c\n"),
        ("t: |\n  a b\n", "a c", "t: |-\n  a c\n"),
        ("t: 'a  b'\n", "a b", "t: 'a b'\n"),
        ("t: a\n  b\n", "a c", "t: a\n  c\n"),
        ('t: "a\\u0301"\n', "á", 't: "á"\n'),
        ("t:\n", "a", "t: a\n"),
        ("t: >-\n", "a b", "t: >-\n  a b\n"),
        ("t: >-", "a b", "t: >-\n  a b"),
        ("t: >-\r\n  a\r\n  b\r\n", "a c", "t: >-\r\n  a\r\n  c\r\n"),
        ("t: a", " a", 't: " a"'),
    ],
)  # fmt: skip
def test_a_value_in_an_odd_layout_is_replaced(before: str, value: str, after: str) -> None:
    assert changes.set_scalars(before, {("t",): value}) == after


def test_a_value_that_is_a_block_is_no_single_value() -> None:
    with pytest.raises(EditRefusedError, match=r"no single value at actions\.0"):
        changes.set_scalars(SECTION, {("actions", 0): "x"})


# --- lists and keys ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "index", "value", "expected"),
    [
        (("actions", 0, "recommendations"), 1, "r-9", ["+       - r-9"]),
        (("actions", 0, "recommendations"), 2, "r-9", ["+       - r-9"]),
        (("actions", 1, "addressees"), 0, "states", ["+     addressees:", "+       - states"]),
        (
            ("actions", 0, "level"),
            2,
            "international",
            [
                "-     level: [national, regional] # both",
                "+     level: # both",
                "+       - national",
                "+       - regional",
                "+       - international",
            ],
        ),
    ],
)
def test_an_item_goes_into_its_list(
    at: tuple[str | int, ...], index: int, value: str, expected: list[str]
) -> None:
    after = changes.insert_item(SECTION, at, index, value, root=Section)
    assert sorted(_changed(SECTION, after)) == sorted(expected)


def test_a_new_key_stands_where_its_model_has_it() -> None:
    after = changes.insert_key(SECTION, ("actions", 0, "why"), "Because.", root=Section)
    assert list(Reading(after).value["actions"][0])[3:6] == ["recommendations", "why", "status"]
    assert _changed(SECTION, after) == ["+     why: >-", "+       Because."]


def test_an_item_with_a_comment_is_not_removed() -> None:
    with pytest.raises(EditRefusedError, match="comment"):
        changes.remove_item(SECTION, ("actions", 0, "recommendations", 0))
    after = changes.remove_item(SECTION, ("actions", 0, "recommendations", 1))
    assert _changed(SECTION, after) == ["-       - 'r-2'"]


@pytest.mark.parametrize(
    ("text", "at", "after"),
    [
        ("l: [a, b, c]\n", ("l", 1), "l: [a, c]\n"),
        ("l: [a, b]\n", ("l", 1), "l: [a]\n"),
        ("l: [a]\n", ("l", 0), "l: []\n"),
        ("l:\n  - a\nk: v\n", ("l", 0), "l: []\nk: v\n"),
        ("l: # c\n- a", ("l", 0), "l: [] # c"),
    ],
)
def test_an_item_is_removed_from_any_list(text: str, at: tuple[str | int, ...], after: str) -> None:
    assert changes.remove_item(text, at) == after


def test_a_record_moves_with_its_comments() -> None:
    after = changes.move_item(SECTION, ("actions", 0), ("actions",), 1)
    assert [each["id"] for each in Reading(after).value["actions"]] == ["A-002", "A-001"]
    lines = after.splitlines()
    assert lines[lines.index("  - id: A-001   # kept") - 1] == "  # about one"
    assert lines[-2:] == ["    # said of one, below it", "# the end"]
    assert changes.move_item(after, ("actions", 1), ("actions",), 0).split() == SECTION.split()


def test_a_record_moves_to_a_file_of_another_layout() -> None:
    without, lines, record = changes.take_item(SECTION, ("actions", 0))
    for target in ("actions: []", "actions:\r\n- id: B\r\n", "x: 1\nactions:   # none yet\n"):
        after = changes.put_item(target, ("actions",), 0, lines, record)
        assert Reading(after).value["actions"][0]["text"] == record["text"]
        assert Reading(after).comments() + Reading(without).comments() == (
            Reading(SECTION).comments() + Reading(target).comments()
        )
        assert ("\r\n" in target) == ("\r\n" in after)
        assert target.endswith("\n") == after.endswith("\n")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("l: [a,\n  b]\n", ("l",)),
        ("m: {l: [a]}\n", ("m", "l")),
        ("l:\n  - - a\n    - b\n", ("l", 0)),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text: str, at: tuple[str | int, ...]) -> None:
    with pytest.raises(EditRefusedError):
        changes.insert_item(text, at, 0, "x")


def test_a_lost_comment_or_another_value_is_refused() -> None:
    old = Reading("a: 1 # c\nb: 2\n")
    with pytest.raises(EditRefusedError, match="comment"):
        proved(old, "a: 1\nb: 2\n", {"a": 1, "b": 2})
    with pytest.raises(EditRefusedError, match="layout"):
        proved(old, "a: 1 # c\nb: 3\n", {"a": 1, "b": 2})
    with pytest.raises(EditRefusedError, match="read again"):
        proved(old, "a: 1 # c\nb: [\n", {"a": 1, "b": 2})


def test_comments_are_not_confused_with_text() -> None:
    text = "# a\nb: 'x # no' # c\nd: >- # e\n  # no\n  f#no\ng: [h] # i\n- # j\n".replace("- # j\n", "")
    assert list(Reading(text).comments()) == ["# a", "# c", "# e", "# i"]


# --- links ------------------------------------------------------------------------------------


def test_every_way_to_name_a_record_is_renamed() -> None:
    value = {
        "id": "x",
        "actions": [
            {
                "id": "obs",
                "text": r"[obs: a | b] \[obs: c\] [OBS: d] [observers: e]",
                "addressees": ["obs", "observers"],
                "provisions": ["obs 2", "observers 2"],
                "points": [{"id": "obs", "text": "none"}],
            }
        ],
    }
    named = mentions.namings("section", value, "obs", "new", holders={"obs"})
    found = {each.at: each.after for each in named}
    assert found == {
        ("actions", 0, "id"): "new",
        ("actions", 0, "text"): r"[new: a | b] \[obs: c\] [new: d] [observers: e]",
        ("actions", 0, "addressees", 0): "new",
        ("actions", 0, "provisions", 0): "new 2",
    }


# --- laws -------------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"), exclude_characters="\ufeff"),
    min_size=1, max_size=12,
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
STYLES = (
    "{v}",
    "'{q}'",
    '"{d}"',
    ">-\n{m}{v}",
    "|-\n{m}{v}",
    ">-  # prose\n{m}{v}",
)


@st.composite
def _files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Make a section in an odd layout: the text, and the ids of its actions."""
    margin = draw(st.sampled_from(["", "  ", "    "]))
    pad = draw(st.sampled_from([" ", "   "]))
    lines = ["# head", "id: s", "actions:" + draw(st.sampled_from(["", "  # all"]))]
    ids = [f"A-{number:03}" for number in range(draw(st.integers(1, 4)))]
    inner = margin + " " * (1 + len(pad))
    for name in ids:
        lines += draw(st.sampled_from([[], [margin + "# about " + name], [""]]))
        style = draw(st.sampled_from(STYLES)).format(
            v="some  words", q="some  words", d="some  words", m=inner + "  "
        )
        lines.append(f"{margin}-{pad}id: {name}" + draw(st.sampled_from(["", " # id"])))
        lines.append(f"{inner}text: {style}")
        if draw(st.booleans()):
            lines += [f"{inner}level: [a,  b]"]
        if draw(st.booleans()):
            lines += [f"{inner}recommendations:", f"{inner}- r-1", f"{inner}- r-2 # why"]
        lines += [f"{inner}status:   draft", *draw(st.sampled_from([[], [inner + "# below"]]))]
    lines += draw(st.sampled_from([[], ["title: T"], ["# end"]]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join("\n".join(lines).split("\n")) + draw(st.sampled_from(["", end])), ids


@given(_files(), TEXTS, st.data())
def test_a_random_new_text_changes_nothing_else(
    file: tuple[str, list[str]], value: str, data: st.DataObject
) -> None:
    text, ids = file
    index = data.draw(st.integers(0, len(ids) - 1))
    at = ("actions", index, "text")
    before = Reading(text)
    try:
        after = changes.set_scalars(text, {at: value})
    except EditRefusedError:
        return
    expected: Any = copy.deepcopy(before.value)
    expected["actions"][index]["text"] = value
    assert Reading(after).value == expected
    event = before.places.node(at)
    assert after.startswith(text[: event.start_mark.index])  # type: ignore[union-attr]
    assert after.endswith(text[before.end(event) :])


@given(_files(), st.data())
def test_a_random_move_keeps_every_line(file: tuple[str, list[str]], data: st.DataObject) -> None:
    text, ids = file
    source = data.draw(st.integers(0, len(ids) - 1))
    target = data.draw(st.integers(0, len(ids) - 1))
    after = changes.move_item(text, ("actions", source), ("actions",), target)
    ids.insert(target, ids.pop(source))
    assert [each["id"] for each in Reading(after).value["actions"]] == ids
    assert sorted(filter(str.strip, after.replace(" []", "").splitlines())) == sorted(
        filter(str.strip, text.splitlines())
    )


@given(_files(), st.data())
def test_a_random_insertion_and_its_removal_give_the_file_back(
    file: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, ids = file
    index = data.draw(st.integers(0, len(ids)))
    new = {"id": "A-999", "text": "New words.", "status": "draft"}
    after = changes.insert_item(text, ("actions",), index, new)
    assert changes.remove_item(after, ("actions", index)) == text


@given(_files(), st.data())
def test_a_random_new_key_is_one_insertion(file: tuple[str, list[str]], data: st.DataObject) -> None:
    text, ids = file
    at = ("actions", data.draw(st.integers(0, len(ids) - 1)), "reason")
    after = changes.insert_key(text, at, "Because. So.", root=Section)
    gone = [line for line in difflib.ndiff(text.splitlines(), after.splitlines()) if line[0] == "-"]
    assert gone == []
