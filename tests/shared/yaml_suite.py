"""The public YAML test suite, run through the reader and through `poa fmt`'s layout."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from poa_toolkit.edit.layout import laid_out
from poa_toolkit.edit.layout_tree import UnsafeLayoutError
from poa_toolkit.load import yaml_tree
from poa_toolkit.write.escape import markdown

DATA = Path(__file__).parents[3] / "shared" / "data" / "yaml-test-suite.json"
HEAD = """\
<!-- Generated from the public YAML test suite by tests/load/test_yaml_suite.py; renew it with `make golden`. -->
# The YAML that a plan may hold

A plan is written in a strict subset of YAML 1.2 ([why](../decisions/0003-strict-yaml-subset.md)): what a person sees in a
file is what the plan holds. This page shows the subset from outside: the {total} cases of the
[YAML test suite](https://github.com/yaml/yaml-test-suite) (data of 2022-01-17), each read by the one reader of this project
and, where that accepts it, laid out by the function behind `poa fmt`. None of them ends in anything but a value or a diagnostic.

| | cases |
|---|---|
"""
WHY = {
    "POA002": "control characters and line separators are not seen in an editor, and are lost in Word",
    "POA003": "what libyaml does not read, such as tabs between tokens and `:` in brackets; and keys that are no words",
    "POA005": "tags say what a value is; the model says it already",
    "POA006": "anchors and aliases repeat what is not seen, and can be made to explode",
    "POA009": "a file is one document",
    "POA010": "a directive changes how the rest is read",
    "POA011": "an empty file is no part of a plan",
    "POA012": "a text that begins with a bracket reads like unagreed text, and is a list",
    "POA017": "a space that is none to YAML is not seen in an editor",
    "POA018": "what libyaml does not read, where lines stand some spaces off",
    "POA019": "what libyaml does not read, at a quotation mark",
    "POA020": "what libyaml does not read, at a mark that stands for `-`",
    "POA021": "what libyaml does not read, at a tab",
    "POA022": "what libyaml does not read, at a reserved character",
}


class Outcome(NamedTuple):
    """What became of one case."""

    id: str
    title: str
    must_fail: bool
    """Whether the suite says that a reader must refuse it."""
    json: str | None
    value: Any
    problem: yaml_tree.Problem | None
    """Why the reader refuses it, if it does."""
    laid_out: str | None
    """The case in the canonical layout; None where `poa fmt` leaves it alone."""


def cases() -> list[dict[str, Any]]:
    """Give the cases of the suite, or skip the test where they are not at hand."""
    if not DATA.is_file():
        pytest.skip("the YAML test suite is not at hand: ../shared/data/yaml-test-suite.json")
    found: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))
    return found


def run(case: dict[str, Any]) -> Outcome:
    """Read one case, and lay it out where the reader accepts it."""
    read = yaml_tree.read_closely("case.yaml", case["yaml"].encode("utf-8"))
    problem = read.problems[0] if read.problems else None
    result = None
    if problem is None:
        try:
            result = laid_out(read, None)
        except UnsafeLayoutError:
            result = None
    return Outcome(case["id"], case["title"], case["error"], case["json"], read.value, problem, result)


def page(outcomes: list[Outcome]) -> str:
    """Give the documentation page that lists what the subset refuses."""
    refused = [each for each in outcomes if each.problem and not each.must_fail]
    lenient = [each for each in outcomes if not each.problem and each.must_fail]
    otherwise = [each for each in outcomes if not each.problem and not each.must_fail and not agrees(each)]
    counts = {
        "read, as the suite says": sum(not each.problem and not each.must_fail for each in outcomes)
        - len(otherwise),
        "refused, as the suite says": sum(bool(each.problem) and each.must_fail for each in outcomes),
        "[refused, though the suite allows it](#refused-though-the-suite-allows-it)": len(refused),
        "[read, though the suite refuses it](#read-though-the-suite-refuses-it)": len(lenient),
        "[read as another value](#read-as-another-value)": len(otherwise),
    }
    codes = Counter(each.problem.code for each in refused if each.problem)
    why = [f"| [{code}](../rules/{code}.md) | {codes[code]} | {WHY[code]} |" for code in sorted(codes)]
    return "\n".join(
        [
            HEAD.format(total=len(outcomes)) + "\n".join(f"| {name} | {n} |" for name, n in counts.items()),
            "\n## Refused though the suite allows it\n",
            "On purpose, but for POA003, where libyaml itself gives up: by code, then case by case.\n",
            "| code | cases | why |\n|---|---|---|",
            *why,
            "\n| case | title | code | what is said |\n|---|---|---|---|",
            *(
                _row(each, each.problem.code, markdown(each.problem.message))
                for each in refused
                if each.problem
            ),
            "\n## Read though the suite refuses it\n",
            "libyaml is milder here; nothing of what is written is lost.\n",
            "| case | title |\n|---|---|",
            *(_row(each) for each in lenient),
            "\n## Read as another value\n",
            _OTHERWISE,
            "| case | title | the suite says | we read |\n|---|---|---|---|",
            *(_row(each, *(f"`{text}`" for text in _both(each))) for each in otherwise),
            "",
        ]
    )


_OTHERWISE = """\
libyaml's own faults, which we leave as they are: none can change what a plan says. A `?` that is glued to a word in
braces or square brackets makes a key of it: where a plan has no such key that is [POA102](../rules/POA102.md), and where
it wants a text [POA103](../rules/POA103.md). Spaces and line breaks at the end of a text under `|` are no part of what is
printed, and are reported by [POA305](../rules/POA305.md) and [POA313](../rules/POA313.md). `poa fmt` leaves a file alone
that it cannot read back as the same data.
"""


def agrees(outcome: Outcome) -> bool:
    """Say whether a case was read as the suite says, where it says anything."""
    return outcome.json is None or json.loads(outcome.json) == outcome.value


def _both(outcome: Outcome) -> tuple[str, str]:
    expected = json.dumps(json.loads(outcome.json or "null"), ensure_ascii=False)
    return expected, json.dumps(outcome.value, ensure_ascii=False)


def _row(outcome: Outcome, *more: str) -> str:
    return f"| {' | '.join((outcome.id, markdown(outcome.title), *more))} |"
