"""Slips of the hand in a YAML file: each is told where it stands, and mending it as told mends the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.load.plan import load_part
from poa_toolkit.text import citations

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

PATH = "plan/sections/01-first.yaml"
TEXT = """\
id: first
title: First things
chapeau:
  - id: C-01
    text: >-
      Who observes, reports.
      And does so in time.
actions:
  - id: A-001
    text: >-
      Observers should report
      to the treaty bodies
      on the day.
    points:
      - id: a
        text: On the day.
      - id: b
        text: After it.
    level: [national]
    addressees:
      - observers
      - states
    recommendations:
      - hres-2015-02-r1
      - hres-2015-02-r2
    why: Makes the channel work.
    provisions:
      - iccpr 25(b)
      - udhr 21(3)
    status: draft
  - id: A-002
    text: States should answer.
    addressees: [states]
    status: draft
"""
LINES = TEXT.split("\n")[:-1]
LATER = [7, 12, 13]
"""The lines, from 1, that go on with a text under `>-`."""
ITEMS = [21, 22, 24, 25, 28, 29]


def _first(text: str) -> tuple[str, int, str, str]:
    """Give code, line, message and cure of the first thing said of a section file."""
    found = sorted(load_part(PATH, text.encode()).diagnostics, key=lambda each: each.sort_key())
    assert found, text
    span = found[0].location.span
    assert span is not None
    assert span.line <= text.count("\n")
    return found[0].code, span.line, found[0].message, found[0].help


def _with(number: int, line: str) -> str:
    return "\n".join([*LINES[: number - 1], line, *LINES[number:], ""])


def test_the_file_itself_is_sound() -> None:
    assert load_part(PATH, TEXT.encode()).diagnostics == ()


@given(st.sampled_from(LATER), st.integers(1, 3))
def test_a_line_of_text_that_is_short_is_told_with_the_spaces_it_wants(number: int, by: int) -> None:
    code, line, _, cure = _first(_with(number, LINES[number - 1][by:]))
    assert (code, line) == ("POA018", number)
    assert cure == f"indent it by 6 spaces, {by} more"


@given(st.sampled_from([2, 3, 8, 10, 14, 16, 18, 19, 20, 23, 26, 27, 30, 32, 33, 34]), st.booleans())
def test_a_key_one_space_off_is_told(number: int, is_deep: bool) -> None:  # noqa: FBT001 - drawn
    line = LINES[number - 1]
    if not is_deep and not line.startswith(" "):
        return
    code, at, message, cure = _first(_with(number, f" {line}" if is_deep else line[1:]))
    assert (code, at) == ("POA018", number), message
    wanted = len(line) - len(line.lstrip())
    assert str(wanted) in cure or (wanted == 0 and "take away" in cure)


@given(st.sampled_from(range(1, len(LINES) + 1)), st.sampled_from("\u00a0\u202f\u2007\u3000"), st.data())
def test_unusual_spaces_in_the_layout_are_told_and_mended(
    number: int, space: str, data: st.DataObject
) -> None:
    line = LINES[number - 1]
    head = re.match(r" *(?:- )?(?:[a-z]+: )?", line)
    places = [each.start() for each in re.finditer(" ", head.group() if head else "")]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    text = _with(number, line[:at] + space + line[at + 1 :])
    loaded = load_part(PATH, text.encode())
    if not loaded.diagnostics:
        return  # inside a text, where such a space is the writer's
    code, where, message, cure = _first(text)
    if number in (6, 11):
        return  # the first line of a text says itself how far it is indented
    assert (code, where) == ("POA017", number), message
    assert "·" in message
    assert loaded.mends, cure


@given(st.sampled_from([16, 18, 26, 32]), st.sampled_from("'\""))
def test_an_unclosed_quote_is_told_where_it_opens(number: int, mark: str) -> None:
    key, _, value = LINES[number - 1].partition(": ")
    code, line, message, _ = _first(_with(number, f"{key}: {mark}{value}"))
    assert (code, line) == ("POA019", number)
    assert "never closed" in message


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("*important", "POA006"),
        ("*important words", "POA006"),
        ("**bold** words", "POA006"),
        ("&x", "POA006"),
        ("!tag", "POA005"),
        ("!tag words", "POA005"),
        ("%x", "POA022"),
        ("@x", "POA022"),
        ("`x` y", "POA022"),
        ("'the court's duty'", "POA019"),
        ('"the "court" duty"', "POA019"),
        ("“On: the day.”", "POA019"),
        ("> 5 per cent", "POA022"),
    ],
)
def test_what_begins_or_quotes_a_text_wrongly_is_told_at_the_value(value: str, code: str) -> None:
    found = _first(_with(26, f"    why: {value}"))
    assert found[:2] == (code, 26)
    assert "quote" in found[3] or "`>-`" in found[3]


@given(st.sampled_from("\u2013\u2014\u2011\u2022\u00b7*"), st.sampled_from([9, 15, 22, 25, 29, 31]))
def test_a_dash_or_bullet_of_a_word_processor_is_told(mark: str, number: int) -> None:
    code, line, _, cure = _first(_with(number, LINES[number - 1].replace("- ", f"{mark} ", 1)))
    assert (code, line) == ("POA020", number)
    assert "`- `" in cure


@given(st.sampled_from(ITEMS))
def test_a_tab_is_told(number: int) -> None:
    code, line, _, _ = _first(_with(number, "\t" + LINES[number - 1].lstrip()))
    assert (code, line) == ("POA021", number)


def test_fix_mends_unusual_spaces_in_layout_and_citations_and_leaves_prose_alone(
    tmp_path: Path, poa: Poa
) -> None:
    small_plan.write(tmp_path)
    path = tmp_path / PATH
    before = path.read_text("utf-8").replace("States should", "States\u00a0should")
    path.write_text(
        before.replace("iccpr 25(b)", "iccpr\u00a025(b)", 1).replace("- id: A-002", "-\u00a0id: A-002"),
        "utf-8",
    )
    said = poa("validate").stdout
    assert said.count("POA017") == said.count("`poa validate --fix` mends it") == 1
    poa("validate", "--fix")
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("provisions", "ICCPR 25(b)", "iccpr 25(b)"),
        ("provisions", "iccpr art. 25(b)", "iccpr 25(b)"),
        ("provisions", "iccpr, article 25 (b)", "iccpr 25(b)"),
        ("provisions", "iccpr  25(b)", "iccpr 25(b)"),
        ("provisions", "iccpr25(b)", "iccpr 25(b)"),
        ("provisions", "iccpr25b", "iccpr 25(b)"),
        ("provisions", "ICCPR-25", "iccpr 25"),
        ("provisions", "ICCPR-25(B)", "iccpr 25(b)"),
        ("provisions", "art. 25 iccpr", "iccpr 25"),
        ("provisions", "Article 25, para. (b) of the ICCPR", "iccpr 25(b)"),
        ("provisions", "iccpr art 25", "iccpr 25"),
        ("provisions", "iccpr art.25", "iccpr 25"),
        ("provisions", "ICCPR Article 25(b)", "iccpr 25(b)"),
        ("provisions", "ICCPR art. 25", "iccpr 25"),
        ("provisions", "International Covenant on Civil and Political Rights, art. 25", "iccpr 25"),
        ("provisions", "ICCPR 25", "iccpr 25"),
        ("addressees", "Election observer groups", "observers"),
        ("addressees", "ELECTION OBSERVERS", "observers"),
        ("addressees", "States", "states"),
        ("addressees", "state", "states"),
        ("addressees", "Election-Observer", "observers"),
        ("recommendations", "HRES-2015-02-R1", "hres-2015-02-r1"),
    ],
)
def test_the_id_that_was_meant_is_named(tmp_path: Path, poa: Poa, key: str, written: str, meant: str) -> None:
    data = small_plan.files()
    small_plan.action(data)[key] = [written]
    small_plan.write(tmp_path, data)
    assert f'help: did you mean "{meant}"?' in poa("validate").stdout


@pytest.mark.parametrize(
    "written",
    ["iccpr26", "ICCPR 99", "art. 99 iccpr", "ICCPR-25-26", "nowhere art. 25", "icc pr 25 26", "art. 25"],
)
def test_no_citation_is_named_that_the_registry_does_not_know(tmp_path: Path, poa: Poa, written: str) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = [written]
    small_plan.write(tmp_path, data)
    said = poa("validate").stdout
    assert "POA20" in said
    assert not re.search('did you mean "[^"]* ', said)


@given(st.text(alphabet="iccpr ICCPR25b().,-art\u00a7\u2013", max_size=30))
def test_what_loose_words_may_mean_has_the_form_of_a_citation(words: str) -> None:
    for each in citations.readings(words, {"iccpr": "iccpr", "ICCPR": "iccpr"}):
        assert citations.split(each)[0] == "iccpr"


@given(
    st.sampled_from(["iccpr", "ICCPR", "Iccpr"]),
    st.sampled_from([" ", "", "-", " art. ", ", Article ", " art ", "  para. "]),
    st.sampled_from(["25", "25(b)", "25 (b)", "9(1)(a)", "XX", "II.67"]),
)
def test_an_instrument_and_a_reference_however_joined_are_read(name: str, joint: str, reference: str) -> None:
    if not (joint or reference[0].isdigit()):
        return
    meant = f"iccpr {reference.replace(' ', '')}"
    assert meant in citations.readings(f"{name}{joint}{reference}", {"iccpr": "iccpr"})
