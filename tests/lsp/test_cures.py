"""What is offered for a mistake puts right what was meant, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
import small_plan
from conftest import ROOT
from lsprotocol import types
from rule_examples import TODAY

from poa_toolkit.edit.mentions import PLACES, Form, values_at
from poa_toolkit.load import yaml_tree
from poa_toolkit.lsp import code_actions
from poa_toolkit.lsp.open_plan import OpenPlan
from poa_toolkit.model.file_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from poa_toolkit.lsp.open_plan import Snapshot

SECTION = "plan/sections/01-first.yaml"
_LINKS = (Form.ID, Form.CITATION, Form.LINK)


def _look(plan: OpenPlan, path: str, text: str) -> Snapshot:
    plan.unsaved[path] = text.encode("utf-8")
    return plan.look(lambda: None)


def _offers(snapshot: Snapshot, path: str, code: str) -> dict[str, str]:
    """Give what is offered for the first finding of a code: by title, what the file holds then."""
    found = next(each for each in snapshot.diagnostics if (each.location.path, each.code) == (path, code))
    here = snapshot.text(path).range(found.location.span)
    every = code_actions.offers(snapshot, path, types.Range(here.start, here.start), TODAY)
    made = {}
    for each in every:
        if each.mends == found:
            contents = code_actions.resolved(each)
            assert isinstance(contents, dict), contents
            made[each.title] = contents[path].decode("utf-8")
    return made


class Mistake(NamedTuple):
    """What somebody types in the place of what was there, and what is offered for it."""

    old: str
    new: str
    code: str
    title: str
    mended: str
    """What stands in the place of `old` then."""


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("Who observes, reports.", "See {A-0O1}.", "POA234", "Change to “{A-001}”", "See {A-001}."),
        Mistake(
            "Who observes, reports.", "See {A-0O1|no}.", "POA234", "Change to “{A-001|no}”", "See {A-001|no}."
        ),
        Mistake(
            "Who observes, reports.",
            "See {section:frist}.",
            "POA234",
            "Change to “{section:first}”",
            "See {section:first}.",
        ),
        Mistake("iccpr 25(b)", "iccpr 25(B)", "POA203", "Change to “iccpr 25(b)”", "iccpr 25(b)"),
        Mistake("iccpr 25(b)", "iccpr 25.b", "POA203", "Change to “iccpr 25(b)”", "iccpr 25(b)"),
        Mistake(
            "text: States should", "text: >- States should", "POA022", "Mend: ", "text: >-\n    States should"
        ),
        Mistake("status: draft", "status = draft", "POA003", "Mend: ", "status: draft"),
        Mistake("status: draft", "status; draft", "POA003", "Mend: ", "status: draft"),
        Mistake("id: A-002", "id: A-001", "POA205", "Change to “A-002”", "id: A-002"),
        Mistake("- id: b", "- id: a", "POA213", "Change to “b”", "- id: b"),
        Mistake(
            "text: States should", "text: 22. States should", "POA338", "Take it out: ", "text: States should"
        ),
        Mistake("Who observes", "Who ob\u200bserves", "POA301", "Take it out: ", "Who observes"),
        Mistake("status: draft", "status: draft\n  status: draft", "POA004", "Mend: ", "status: draft"),
        Mistake("why: Closes the circle.", "why: 2018", "POA103", 'Change to “"2018"”', 'why: "2018"'),
    ],
)
def test_a_mistake_in_a_section(tmp_path: Path, mistake: Mistake) -> None:
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    good = (tmp_path / SECTION).read_text("utf-8")
    made = _offers(_look(plan, SECTION, good.replace(mistake.old, mistake.new, 1)), SECTION, mistake.code)
    taken = next(text for each, text in made.items() if each.startswith(mistake.title))
    assert taken == good.replace(mistake.old, mistake.mended, 1)
    assert mistake.code not in {each.code for each in _look(plan, SECTION, taken).diagnostics}


def test_a_record_that_has_lost_its_dash_gets_it_back(tmp_path: Path) -> None:
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    good = (tmp_path / SECTION).read_text("utf-8")
    snapshot = _look(plan, SECTION, good.replace("- id: A-002", "  id: A-002"))
    (found,) = [each for each in snapshot.diagnostics if each.code == "POA004"]
    assert found.message == "`id` and 7 more keys stand twice here: a record begins, but its `- ` is missing"
    (made,) = _offers(snapshot, SECTION, "POA004").values()
    assert made == good


def test_a_record_that_has_lost_its_first_line_is_told_once(tmp_path: Path) -> None:
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    good = (tmp_path / SECTION).read_text("utf-8")
    snapshot = _look(plan, SECTION, good.replace("- id: A-002\n", ""))
    (found,) = snapshot.diagnostics
    assert found.message == "`text` and 6 more keys stand twice in this block"
    assert found.help.startswith("a record may begin here, and its line `- id: …` be missing above")


@pytest.mark.parametrize(
    ("path", "mistake"),
    [
        ("plan/plan.yaml", Mistake("'2017-12-05'", "2017-12-5", "POA108", "Change to “2017-12-05”", "")),
        (
            "plan/plan.yaml",
            Mistake("'2017-12-05'", "5 December 2017", "POA108", "Change to “2017-12-05”", ""),
        ),
        ("plan/plan.yaml", Mistake("brackets: true", "brackets: yes", "POA107", "Change to “true”", "")),
        (
            SECTION,
            Mistake("addressees:\n  - states", "addressees: states", "POA104", "Change to “[states]”", ""),
        ),
    ],
)
def test_a_value_of_another_form(tmp_path: Path, path: str, mistake: Mistake) -> None:
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    good = (tmp_path / path).read_text("utf-8")
    assert mistake.old in good
    made = _offers(_look(plan, path, good.replace(mistake.old, mistake.new, 1)), path, mistake.code)
    assert yaml_tree.data(made[mistake.title]) == yaml_tree.data(good)


@pytest.mark.parametrize("new", ["hres-2015-02-r1, hres-2015-02-r2", "iccpr 25(b), iccpr 19"])
def test_two_links_on_one_line_lose_none(tmp_path: Path, new: str) -> None:
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    good = (tmp_path / SECTION).read_text("utf-8")
    code = "POA204" if "iccpr" in new else "POA109"
    snapshot = _look(plan, SECTION, good.replace(new.partition(",")[0], new, 1))
    found = next(each for each in snapshot.diagnostics if each.code == code)
    assert found.help == "write each on a line of its own, after `- `"
    assert _offers(snapshot, SECTION, code) == {}


def test_settings_are_checked_while_they_are_typed(tmp_path: Path) -> None:
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    for text, line, code in (
        ("severities:\n  POA603: warning\n", 0, ""),
        ("severities:\n  POA603: of\n", 2, "POA106"),
        ("severities: [\n", 1, "POA003"),
        ("\nlimits:\n  sentence_wrds: 5\n", 3, "POA102"),
    ):
        found = [
            each for each in _look(plan, "poa.yaml", text).diagnostics if each.location.path == "poa.yaml"
        ]
        told = [(each.location.span.line, each.code) for each in found if each.location.span]
        assert told == ([(line, code)] if code else []), text
        plan.unsaved["poa.yaml"] = b"severities:\n  POA603: warning\n"
        plan.look(lambda: None)


def _mistyped() -> Iterator[tuple[str, str, str]]:
    """Give links of the shipped plan with two letters swapped: one of each place in each file."""
    for path in sorted((ROOT / "plan").rglob("*.yaml")):
        name = path.relative_to(ROOT).as_posix()
        kind = kind_of(name)
        tree = yaml_tree.read(name, path.read_bytes())
        for pattern, form in PLACES.get(kind.name if kind else "", ()):
            if form in _LINKS and not pattern.endswith("id"):
                for _, value in list(values_at(tree.value, pattern))[:1]:
                    letters = re.search(r"([a-z])(?!\1)[a-z]", value)
                    if letters:
                        first, last = letters.span()
                        wrong = value[:first] + value[first:last][::-1] + value[last:]
                        yield name, value, wrong


@pytest.mark.parametrize(("path", "right", "wrong"), [*dict.fromkeys(_mistyped())])
def test_a_mistyped_link_becomes_what_it_was_or_is_left(path: str, right: str, wrong: str) -> None:
    """Nothing that is offered for a link leaves a fault at its place, or another word of the file changed."""
    plan = OpenPlan(ROOT, TODAY, "utf-16")
    good = (ROOT / path).read_text("utf-8")
    before = {each for each in plan.look(lambda: None).diagnostics if each.location.path == path}
    snapshot = _look(plan, path, good.replace(right, wrong, 1))
    new = [each for each in snapshot.diagnostics if each.location.path == path and each not in before]
    for each in new:
        for made in _offers(snapshot, path, each.code).values():
            after = {found for found in _look(plan, path, made).diagnostics if found.location.path == path}
            assert made == good or {found.code for found in after} <= {found.code for found in before}
            _look(plan, path, good.replace(right, wrong, 1))
