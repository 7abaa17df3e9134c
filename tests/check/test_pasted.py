"""What comes along with pasted text, ids in texts, and provisions that are told once."""

# ruff: noqa: RUF001 - the marks are what these tests are about

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.api import fix, validate
from poa_toolkit.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

    from poa_toolkit.diagnostic import Diagnostic


def _of(project: Path, text: str, *codes: str) -> tuple[Diagnostic, ...]:
    """Validate the small plan with another text of its first action."""
    data = small_plan.files()
    small_plan.action(data)["text"] = text
    return validate.validate(small_plan.write(project, data), config=Config(select=codes)).diagnostics


def _named(found: Diagnostic) -> str:
    span = found.location.span
    assert span is not None
    return found.location.excerpt[span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("POA338", "22. Observers should report.", "22."),
        ("POA338", "22) Observers should report.", "22)"),
        ("POA338", "(22) Observers should report.", "(22)"),
        ("POA338", "22.Observers should report.", "22."),
        ("POA338", "3.1. Observers should report.", "3.1."),
        ("POA338", "3.1 Observers should report.", "3.1"),
        ("POA338", "(a) Observers should report.", "(a)"),
        ("POA338", "b) observers should report.", "b)"),
        ("POA338", "iv. Observers should report.", "iv."),
        ("POA338", "IV. Observers should report.", "IV."),
        ("POA339", "Observers should: (a) report; (b) publish.", "(a)"),
        ("POA339", "(a) Report at once; and (b) publish.", "(a)"),
        ("POA339", "Observers should (i) report and (ii) publish.", "(i)"),
        ("POA339", "Observers should 1) report and 2) publish.", "1)"),
        ("POA340", "• Observers should report.", "•"),
        ("POA340", "– Observers should report.", "–"),
        ("POA340", "- Observers should report.", "-"),
        ("POA340", "▪ Observers should report.", "▪"),
        ("POA340", "Observers should: • report; • publish.", "•"),
        ("POA341", "**Observers** should report.", "**Observers**"),
        ("POA341", "Observers __shall__ report.", "__shall__"),
        ("POA341", "Observers *shall* report.", "*shall*"),
        ("POA341", "# Observers should report.", "# "),
        ("POA341", "Observers should `report`.", "`report`"),
        ("POA341", "Observers should <b>report</b>.", "<b>"),
        ("POA341", "Observers&nbsp;should report.", "&nbsp;"),
        ("POA342", "Observers should report as in A-099.", "A-099"),
        ("POA342", "Observers (see A-7, A-2) should report.", "A-2"),
    ],
)
def test_catches(code: str, text: str, words: str, tmp_path: Path) -> None:
    (found,) = _of(tmp_path, text, "POA338", "POA339", "POA34")
    assert (found.code, _named(found)) == (code, words)


@pytest.mark.parametrize(
    "text",
    [
        "4 December 2017 is the day.",
        "4. Dezember 2017 ist der Tag.",
        "5.5 million voters were heard.",
        "5.5 Million voters were heard.",
        "10 per cent of voters were heard.",
        "2017 was the year.",
        "I. Ivanov should report.",
        "The rights of article 2 (a) and (b) stand.",
        "The rights of articles 2(a) and 3(b) stand.",
        "What paragraphs (a) and (b) say stands.",
        "Observers (a) of all kinds should report.",
        "States* and observers* should report.",
        "* As adopted; see the States* that agreed.",
        "Five * three * two make thirty.",
        "The notes (*) and (**) stand below.",
        "Well-being and long-term aims – of all – count.",
        "–5 degrees were measured.",
        "Item #1 of snake_case_words counts.",
        "States & observers where 3 < 4 report.",
        "The State of A/HRC/26/16 and COVID-19 counts on Day-1 for UN-30.",
        "Symbols such as X/A-099 and A-099/Rev.1 and A-099-B stand.",
        "From day-3 on, A-1000 and A-9 and a-099 are words.",
        "See A-001, C-01 and hres-2015-02-r1.",
        "See https://example.org/A-099 and mail@A-099.",
    ],
)
def test_leaves_alone(text: str, tmp_path: Path) -> None:
    assert _of(tmp_path, text, "POA338", "POA339", "POA34") == ()


def test_an_id_without_its_noughts_is_the_one_that_is_meant(tmp_path: Path) -> None:
    (found,) = _of(tmp_path, "See A-2.", "POA342")
    assert found.help == 'did you mean "A-002"?'


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("• Observers should report.", "Observers should report."),
        ("- Observers should report.", "Observers should report."),
        ("**Observers** should *report*.", "Observers should report."),
        ("# Observers `should` __report__.", "Observers should report."),
        ("22. Observers should report.", "22. Observers should report."),
        ("Observers should: (a) report; (b) publish.", "Observers should: (a) report; (b) publish."),
    ],
)
def test_a_fix_takes_away_marks_and_never_words(text: str, mended: str, tmp_path: Path) -> None:
    _of(tmp_path, text)
    fix.fix(tmp_path)
    plan = validate.validate(tmp_path).plan
    assert plan is not None
    assert plan.sections[0].actions[0].text == mended


def test_a_provision_is_told_once_with_its_places(tmp_path: Path) -> None:
    data = small_plan.files()
    for index in (0, 1):
        small_plan.action(data, index)["provisions"] = ["iccpr 25(b)", "iccpr 2(3)"]
    report = validate.validate(small_plan.write(tmp_path, data), config=Config(select=("POA603",)))
    (found,) = report.diagnostics
    assert found.location.excerpt.strip() == "- iccpr 2(3)"
    assert [each.message for each in found.related] == ["A-002 cites it too"]


def test_a_new_id_comes_into_the_texts_and_what_stays_is_told(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "Observers should report as in A-002; not A-0021, X/A-002 or A-002-B."
    small_plan.action(data)["why"] = "Of a-002."
    data["amendments/floor.yaml"] = (
        "# of A-002\namendments:\n  - id: floor-1\n    kind: remove\n    record: A-002\n"
        "    proposer: A delegation\n    date: 2017-12-04\n    comment: A-002 is too much.\n"
    )
    small_plan.write(tmp_path, data)
    done = poa("rename", "A-002", "A-200", cwd=tmp_path)
    assert done.status == 0, done.stderr
    assert "and 1 mention in texts" in done.stdout
    section = (tmp_path / "plan/sections/01-first.yaml").read_text("utf-8")
    assert "as in A-200; not A-0021, X/A-002 or A-002-B." in section.replace("\n   ", "")
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "plan/amendments/floor.yaml:1:6",
        "plan/amendments/floor.yaml:8:14",
        next(
            f"plan/sections/01-first.yaml:{number}:{line.index('a-002') + 1}"
            for number, line in enumerate(section.splitlines(), 1)
            if "a-002" in line
        ),
    ]
