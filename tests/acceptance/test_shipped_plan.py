"""The plan that ships with the toolkit: what it holds, what it shows, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import word_reading
from conftest import ROOT

from poa_toolkit.api import baseline, diff, render, validate
from poa_toolkit.diagnostic import Severity
from poa_toolkit.diff.change import Kind
from poa_toolkit.model import Origin, Plan
from poa_toolkit.text import dates

DAY_2 = dates.parse_day("2017-12-05")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return validate.valid_plan(ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    return tmp_path


def test_it_is_valid_without_a_warning() -> None:
    report = validate.validate(ROOT)
    assert [str(each) for each in report.diagnostics if each.severity is not Severity.INFORMATION] == []


def test_its_frozen_versions_are_as_they_were_frozen() -> None:
    assert [(name, altered) for name, _, altered in baseline.frozen(ROOT)] == [("day-1", ()), ("draft", ())]


def test_it_says_what_it_is(plan: Plan) -> None:
    assert plan.notice is not None
    assert "working text" in plan.notice
    assert "not the published Plan of Action" in plan.notice
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "working text" in readme
    assert "not the published Plan of Action" in readme


def test_its_size(plan: Plan) -> None:
    assert 5 <= len(plan.sections) <= 7
    assert len([action for _, action in plan.walk_actions() if action.status.printed]) >= 28
    assert len(plan.instruments) >= 60
    assert (len(plan.obligations), len(plan.parts)) == (21, 10)
    assert len([source for source in plan.sources if source.consultation]) == 5
    assert len(list(plan.walk_recommendations())) >= 50


def test_every_action_answers_both_questions(plan: Plan) -> None:
    for _, action in plan.walk_actions():
        assert 1 <= len(action.recommendations) <= 5, action.id
        assert action.provisions, action.id
        assert action.addressees, action.id
        assert action.level, action.id
        assert action.why, action.id


def test_every_entry_says_where_it_was_read(plan: Plan) -> None:
    unsourced = [each.id for each in plan.instruments if each.verified and not each.source]
    unsourced += [
        each.id
        for _, each in plan.walk_recommendations()
        if each.origin is Origin.RECORDED and not each.source
    ]
    assert unsourced == []


LATER_INSTRUMENTS = ["ga-72-164", "ga-74-158", "hrc-39-11", "ahrc-39-28", "crpd-gc7", "hrc-gc37"]


@pytest.mark.parametrize("name", LATER_INSTRUMENTS)
def test_an_instrument_of_after_the_conference_is_known_and_citing_it_refused(
    name: str, plan: Plan, copy: Path
) -> None:
    (instrument,) = [each for each in plan.instruments if each.id == name]
    assert dates.earliest(instrument.adopted) > DAY_2
    section = copy / "plan/sections/01-states.yaml"
    text = section.read_text(encoding="utf-8")
    section.write_text(
        text.replace("    provisions:\n", f"    provisions:\n      - {name} 1\n", 1), encoding="utf-8"
    )
    assert "POA601" in [each.code for each in validate.validate(copy).diagnostics]


def test_a_recommendation_of_after_the_conference_is_known_and_taking_it_up_refused(
    plan: Plan, copy: Path
) -> None:
    later = [
        each.id for _, each in plan.walk_recommendations() if each.date and dates.earliest(each.date) > DAY_2
    ]
    assert len(later) >= 4
    section = copy / "plan/sections/01-states.yaml"
    text = section.read_text(encoding="utf-8")
    links = "".join(f"      - {name}\n" for name in later)
    section.write_text(
        text.replace("    recommendations:\n", f"    recommendations:\n{links}", 1), encoding="utf-8"
    )
    assert [each.code for each in validate.validate(copy).diagnostics].count("POA602") == len(later)


def test_its_three_versions_show_every_kind_of_change() -> None:
    kinds: set[Kind] = set()
    records: set[str] = set()
    for old, new in (("draft", "day-1"), ("day-1", None)):
        compared = diff.compare(ROOT, old, new)
        assert compared is not None
        kinds |= {change.kind for change in compared.comparison.changes}
        records |= {change.record_kind for change in compared.comparison.changes}
    assert kinds == set(Kind)
    assert {"action", "point", "section", "paragraph", "recommendation", "instrument", "plan"} <= records


def test_every_cover_prints_the_notice(plan: Plan) -> None:
    for version in (None, "day-1", "draft"):
        document = render.render(ROOT, version=version).content
        assert plan.notice is not None
        assert plan.notice.split(".")[0] in word_reading.read(document).text
