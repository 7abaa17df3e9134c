"""A file full of faults: told within bounds, and the rest counted."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest
import small_plan
from growth import assert_grows_no_more_than_its_input
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.api import validate
from poa_toolkit.diagnostic import Diagnostic, Location, Severity, Span
from poa_toolkit.text.did_you_mean import Names, did_you_mean
from poa_toolkit.write import diagnostics as writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

SECTION = "plan/sections/01-first.yaml"
ALIASES = 250


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A plan with 250 faults on one line."""
    small_plan.write(tmp_path)
    with (tmp_path / SECTION).open("a", encoding="utf-8") as file:
        file.write(f"zz: [{','.join(['*s'] * ALIASES)}]\n")
    return tmp_path


found = st.lists(st.sampled_from(list(Severity)), max_size=40).map(
    lambda weights: [
        Diagnostic("POA000", weight, str(index), Location("x", Span(index + 1, 1, index + 1, 2)))
        for index, weight in enumerate(weights)
    ]
)


@given(found, st.integers(0, 45))
def test_no_finding_is_left_out_for_a_lighter_one_and_the_order_stays(
    every: list[Diagnostic], most: int
) -> None:
    shown, left_out = writer.select(every, most=most)
    assert sorted((*shown, *left_out), key=Diagnostic.sort_key) == sorted(every, key=Diagnostic.sort_key)
    assert [each for each in every if each in shown] == list(shown)
    assert len(shown) == (min(most, len(every)) if most else len(every))
    weights = list(Severity)
    heaviest = min((weights.index(each.severity) for each in left_out), default=len(weights))
    assert all(weights.index(each.severity) <= heaviest for each in shown)


@pytest.mark.parametrize(
    ("form", "marks"), [("text", ": error POA006"), ("github", "::error file="), ("auto", ": error POA006")]
)
def test_a_hundred_are_printed_and_the_others_counted(form: str, marks: str, project: Path, poa: Poa) -> None:
    done = poa("-C", project, "validate", "--format", form)
    assert done.status == 1
    assert done.stdout.count(marks) == writer.MOST
    assert f"… {ALIASES - writer.MOST} more: {ALIASES - writer.MOST} errors; " in done.stdout
    assert _hint(done.stdout) == ["poa", "--max", "0", "-C", str(project), "validate", "--format", form]
    assert f"{ALIASES} errors" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("most", "printed"), [("3", 3), ("0", ALIASES), ("1000", ALIASES)])
def test_max_says_how_many(most: str, printed: int, project: Path, poa: Poa) -> None:
    for words in (("validate", "--max", most), ("--max", most, "validate")):
        done = poa("-C", project, *words)
        assert (done.status, done.stdout.count("error POA006")) == (1, printed)
        assert (" more: " in done.stdout) == (printed < ALIASES)


def test_formats_for_programs_are_whole_unless_max_is_given(project: Path, poa: Poa) -> None:
    for words, printed in (((), ALIASES), (("--max", "2"), 2)):
        data = json.loads(poa("-C", project, "validate", "--format", "json", *words).stdout)
        assert (len(data["diagnostics"]), data["summary"]["error"]) == (printed, ALIASES)
        sarif = json.loads(poa("-C", project, "validate", "--format", "sarif", *words).stdout)
        assert len(sarif["runs"][0]["results"]) == printed
        junit = poa("-C", project, "validate", "--format", "junit", *words).stdout
        assert junit.count("<testcase") == printed


def _hint(printed: str) -> list[str]:
    """Give the words of the command that is said to show all."""
    (line,) = (each for each in printed.splitlines() if each.endswith("` shows all"))
    return shlex.split(line.removesuffix("` shows all").rpartition("`")[2])


@pytest.mark.parametrize(
    "words",
    [
        *(("fmt", "--check"), ("build",), ("amend", "report"), ("baseline", "create", "one")),
        ("render", "-o", "the chair's plan.docx"),
    ],
)
def test_every_command_prints_as_many(words: tuple[str, ...], project: Path, poa: Poa) -> None:
    done = poa("-C", project, *words)
    assert done.status == 1
    assert done.stderr.count("error POA006") == writer.MOST
    hint = ["poa", "--max", "0", "-C", str(project), *words]
    assert _hint(done.stderr) == hint
    assert poa(*hint[1:]).stderr.count("error POA006") == ALIASES
    for most in (("--max", "2"), ("--max=2",)):
        fewer = poa("-C", project, *most, *words)
        assert fewer.stderr.count("error POA006") == 2
        assert _hint(fewer.stderr) == hint


def test_a_number_below_nought_is_wrong_usage(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "validate", "--max", "-1").status == 2


# --- linear in the faults ---------------------------------------------------------------------


def _action(fields: str, text: str = "Do it.") -> str:
    return f"- id: A-900\n  status: draft\n  text: {text}\n  {fields}\n"


FAULTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "aliases": ("POA006", lambda n: f"zz: [{','.join(['*s'] * n)}]\n"),
    "keys": ("POA004", lambda n: f"zz: {{{', '.join(['a: 1'] * n)}}}\n"),
    "links": ("POA201", lambda n: _action(f"recommendations: [{', '.join(f'r-{i}' for i in range(n))}]")),
    "citations": (
        "POA202",
        lambda n: _action(f"provisions: [{', '.join(f'icpr {i % 9999}' for i in range(n))}]"),
    ),
    "repeated": ("POA217", lambda n: _action(f"recommendations: [{', '.join(['hres-2015-02-r1'] * n)}]")),
    "repeated in lines": ("POA218", lambda n: _action("provisions:" + "\n  - iccpr 25(b)" * n)),
    "holders": ("POA306", lambda n: _action("why: It helps.", f"'{'[nobody: x] ' * n}.'")),
    "uneven": (
        "POA018",
        lambda n: "".join(f"- id: A-9{i:05}\n  text: >-\n    Do it.\n      Do more.\n" for i in range(n)),
    ),
    "spaces": ("POA004", lambda n: "".join(f"-\u00a0id: A-9{i:05}\n" for i in range(n))),
}


def test_words_far_in_are_found_in_one_pass(tmp_path: Path) -> None:
    def run(spaces: int) -> None:
        small_plan.write(tmp_path)
        with (tmp_path / SECTION).open("a", encoding="utf-8") as file:
            file.write(_action("why: It helps.", f">1-\n{' ' * spaces}Report report it."))
        (twice,) = (each for each in validate.validate(tmp_path).diagnostics if each.code == "POA328")
        assert twice.location.span is not None
        assert twice.location.span.column == spaces + 1

    assert_grows_no_more_than_its_input(run, 500)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAULTS)
def test_faults_cost_as_much_as_there_are(kind: str, tmp_path: Path) -> None:
    code, make = FAULTS[kind]

    def run(count: int) -> None:
        small_plan.write(tmp_path)
        with (tmp_path / SECTION).open("a", encoding="utf-8") as file:
            file.write(make(count))
        report = validate.validate(tmp_path)
        assert sum(each.code == code for each in report.diagnostics) >= count - 1
        writer.to_text(report.diagnostics, colour=False)

    assert_grows_no_more_than_its_input(run, 500)


def test_names_that_are_asked_often_say_the_same_until_their_bound() -> None:
    known = [f"treaty-body-{each}" for each in "abcdefgh"]
    words = ["treatybody-a", "Treaty-Body-B", "treety-body-c", "nothing", ""]
    names = Names(known)
    assert [names.cure(each) for each in words] == [did_you_mean(each, known) for each in words]


def test_what_needs_no_comparing_is_found_beyond_the_bound() -> None:
    names = Names(f"name-{each}" for each in range(1000))
    for each in range(500):
        names.cure(f"nmae-{each}x")
    assert names.cure("NAME 7") == 'did you mean "name-7"?'
