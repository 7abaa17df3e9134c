"""What is reported on actions after the adoption: what is late, what is silent, and what nobody may say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import followed_plan
import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.api import baseline, validate
from poa_toolkit.check.follow_up import follow_up
from poa_toolkit.load.plan import load
from poa_toolkit.model import Endorsement, Plan, ProgressEntry
from poa_toolkit.source import folder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa


entry = followed_plan.entry
ADOPTED = date(2017, 12, 5)
OWN = {f"POA61{number}" for number in range(1, 10)}


def _found(project: Path, today: date | None = date(2018, 6, 1)) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in validate.validate(project, today=today).diagnostics:
        found.setdefault(each.code, []).append(each.message)
    return found


def test_what_is_in_order_is_not_told(tmp_path: Path) -> None:
    entries = (
        entry(),
        entry(state="done", date="2018-05-05"),
        entry(action="A-002", evidence="https://example.org/a", verified=True, text="Done [all] of it."),
        entry(indicator="IND-001", value="12 of 20", date="2018-05-04"),
    )
    assert _found(followed_plan.write(tmp_path, *entries)) == {}


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ({"action": "A-011"}, "POA611", 'no action "A-011"'),
        ({"indicator": "IND-003"}, "POA612", 'no indicator "IND-003"'),
        (
            {"action": "A-002", "indicator": "IND-001"},
            "POA612",
            "IND-001 is an indicator of A-001, but the entry is on A-002",
        ),
        ({"value": "12"}, "POA613", "the entry on A-001 has a value, but no indicator"),
        ({"verified": True}, "POA614", "the entry on A-001 is verified, but has no evidence"),
        (
            {"date": "2017-12-04"},
            "POA616",
            "The secretariat reports on A-001 for 2017-12-04; the plan was adopted on 2017-12-05",
        ),
        (
            {"date": "2018-06-02"},
            "POA617",
            "The secretariat reports on A-001 for 2018-06-02, which is still to come",
        ),
        (
            {"text": "A soft\u00adhyphen."},
            "POA301",
            'an invisible U+00AD (SOFT HYPHEN) stands in this text, after "…A soft"',
        ),
        ({"text": "e\u0301"}, "POA302", "a letter and its accent are two characters in this text"),
        ({"by": "One\nTwo"}, "POA305", "this text holds a line break, but it is one paragraph"),
    ],
)
def test_what_is_wrong_with_an_entry(tmp_path: Path, given: dict[str, Any], code: str, message: str) -> None:
    found = _found(followed_plan.write(tmp_path, entry(**given)))
    assert found == {code: [message]}


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({}, {"state": "done"}, 'A-001 is "done" here, but "under-way" in another entry of 2018-05-04'),
        (
            {"indicator": "IND-001", "value": "12"},
            {"indicator": "IND-001", "value": "13"},
            'IND-001 is "13" here, but "12" in another entry of 2018-05-04',
        ),
        ({}, {}, ""),
        ({}, {"state": "done", "date": "2018-05-05"}, ""),
        ({}, {"state": "done", "indicator": "IND-001"}, ""),
        ({}, {"state": "done", "action": "A-002"}, ""),
        ({"indicator": "IND-001", "value": "12"}, {"indicator": "IND-001"}, ""),
        ({"indicator": "IND-001", "value": "12"}, {"indicator": "IND-002", "value": "13"}, ""),
    ],
)
def test_entries_of_one_day_that_contradict(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any], message: str
) -> None:
    found = _found(followed_plan.write(tmp_path, entry(**first), entry(**second)))
    assert found.get("POA615", [""]) == [message]


def test_of_three_entries_of_one_day_the_contradiction_is_found_wherever_it_stands(tmp_path: Path) -> None:
    entries = (
        entry(indicator="IND-001"),
        entry(indicator="IND-001", value="12"),
        entry(indicator="IND-001", value="13"),
    )
    assert "POA615" in _found(followed_plan.write(tmp_path, *entries))


# --- Late and silent ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "entries", "late"),
    [
        (date(2019, 6, 30), (), False),
        (date(2019, 7, 1), (), True),
        (date(2019, 7, 1), ({"indicator": "IND-001", "state": "done"},), False),
        (date(2019, 7, 1), ({"state": "done"},), False),
        (date(2019, 7, 1), ({"indicator": "IND-001", "value": "19"},), True),
        (date(2019, 7, 1), ({"indicator": "IND-002", "state": "done"},), True),
        (date(2019, 7, 1), ({"action": "A-002", "state": "done"},), True),
        (date(2019, 7, 1), ({"state": "done"}, {"state": "stalled", "date": "2019-01-01"}), True),
        # what is reported for a day still to come counts for nothing
        (date(2019, 7, 1), ({"state": "done", "date": "2019-07-02"},), True),
        (None, (), False),
    ],
)
def test_a_target_is_overdue_when_its_last_day_is_past_and_nobody_says_it_is_done(
    tmp_path: Path, today: date | None, entries: tuple[dict[str, Any], ...], *, late: bool
) -> None:
    found = _found(followed_plan.write(tmp_path, *(entry(**each) for each in entries)), today)
    message = "the target of IND-001 was to be reached by 2019-06, and no entry says it is done"
    assert found.get("POA618", []) == ([message] if late else [])


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ({"stage": "day-1"}, "the plan is at stage day-1, which is not its last"),
        ({"endorsements.yaml": {"endorsements": []}}, 'no endorsement of its text, "final", is on record'),
        ({"baseline": None}, "the text of stage day-2 is not frozen"),
    ],
)
def test_before_the_adoption_nothing_is_late_and_reports_are_too_early(
    tmp_path: Path, change: dict[str, Any], doubt: str
) -> None:
    project = followed_plan.write(tmp_path, entry(date="2018-05-04"))
    data = followed_plan.files()
    if "stage" in change:
        data["plan.yaml"]["stage"] = change["stage"]
    elif "baseline" in change:
        del data["plan.yaml"]["stages"][1]["baseline"]
    small_plan.write(
        project, {**data, **{name: each for name, each in change.items() if name.endswith(".yaml")}}
    )
    found = _found(project, date(2025, 1, 1))
    assert found.keys() & OWN == {"POA616"}
    assert found["POA616"] == [
        f"The secretariat reports on A-001, but nothing shows that the plan is adopted: {doubt}"
    ]


def test_nothing_is_late_before_the_day_of_an_adoption_that_is_still_to_come(tmp_path: Path) -> None:
    assert _found(followed_plan.write(tmp_path), date(2017, 12, 4)) == {}


def test_a_plan_that_is_not_followed_up_is_not_reminded(tmp_path: Path) -> None:
    data = followed_plan.files(indicators=False)
    assert _found(followed_plan.write(tmp_path, data=data), date(2025, 1, 1)) == {}


def test_silence_is_counted_from_the_last_report_else_from_the_adoption(tmp_path: Path) -> None:
    project = followed_plan.write(tmp_path, entry())
    assert "POA619" not in _found(project, date(2018, 12, 5))
    assert _found(project, date(2018, 12, 6))["POA619"] == [
        "nobody has reported on A-002 since the plan was adopted on 2017-12-05"
    ]
    assert (
        "nobody has reported on A-001 since the last entry on 2018-05-04"
        in (_found(project, date(2019, 5, 5))["POA619"])
    )


def test_a_report_from_before_the_adoption_is_not_taken_for_one_of_that_day(tmp_path: Path, poa: Poa) -> None:
    project = followed_plan.write(tmp_path, entry(date="2017-01-15"))
    said = _found(project, date(2019, 1, 1))["POA619"]
    assert said[0] == "nobody has reported on A-001 since the plan was adopted on 2017-12-05"
    report = poa("-C", project, "progress", "--date", "2019-01-01").stdout
    assert "Paragraph 3 (A-001): last on 15 January 2017" in report


def test_what_is_not_in_the_text_needs_no_report(tmp_path: Path) -> None:
    data = followed_plan.files()
    small_plan.action(data).update(status="withdrawn", reason="Overtaken.")
    small_plan.action(data, 1)["indicators"] = [{"id": "IND-003", "text": "Answers"}]
    found = _found(followed_plan.write(tmp_path, data=data), date(2025, 1, 1))
    assert [message.split()[4] for message in found["POA619"]] == ["A-002"]
    assert "POA618" not in found


def test_where_an_entry_cannot_be_read_nobody_is_called_silent(tmp_path: Path) -> None:
    project = followed_plan.write(tmp_path, entry(action="A-002", state="on-hold"))
    found = _found(project, date(2025, 1, 1))
    assert found.keys() & OWN == set()
    assert found["POA106"] == ['`state` must be one of not-started, under-way, done, stalled, not "on-hold"']


def test_a_frozen_version_says_nothing_of_what_came_after(tmp_path: Path) -> None:
    project = followed_plan.write(tmp_path)
    _, text = baseline.freeze_provisionally(project, "on-the-way")
    (project / "plan/baselines/on-the-way.json").write_text(text, "utf-8")
    assert "POA618" in _found(project, date(2025, 1, 1))
    report = validate.validate(project, version="on-the-way", today=date(2025, 1, 1))
    assert not {each.code for each in report.diagnostics} & OWN


def test_a_finding_on_a_report_is_waived_by_the_action(tmp_path: Path) -> None:
    waivers = [
        {"code": code, "record": name, "reason": "Told by word of mouth.", "until": "2030-01-01"}
        for code, name in (("POA617", "A-001"), ("POA618", "A-001"), ("POA619", "A-002"))
    ]
    project = followed_plan.write(tmp_path, entry(date="2029-01-01"), data=followed_plan.files())
    small_plan.write(project, {"poa.yaml": {"waivers": waivers}})
    found = _found(project, date(2025, 1, 1))
    assert found.keys() == {"POA619"}
    assert len(found["POA619"]) == 1


# --- The law, against days counted one by one -----------------------------------------------------

_DAYS = st.dates(date(2016, 1, 1), date(2023, 12, 31))
_STATES = st.sampled_from(["not-started", "under-way", "done", "stalled"])
_ENTRIES = st.lists(st.tuples(_DAYS, _STATES, st.sampled_from([None, "IND-001"])), max_size=6)


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, tuple[Endorsement, ...]]:
    project = followed_plan.write(tmp_path_factory.mktemp("adopted"))
    loaded = load(folder.read(project, "the plan"))
    assert loaded.plan is not None
    return loaded.plan, loaded.endorsements


@given(entries=_ENTRIES, today=_DAYS)
def test_late_and_silent_are_as_a_calendar_tells(
    adopted: tuple[Plan, tuple[Endorsement, ...]], entries: list[tuple[date, str, str | None]], today: date
) -> None:
    plan, endorsements = adopted
    made = [
        ProgressEntry.model_validate(entry(date=day.isoformat(), state=state, indicator=name))
        for day, state, name in entries
    ]
    action = follow_up(plan, made, endorsements, today).actions[0]

    so_far = [each for each in entries if each[0] <= today]

    def last(name: str | None) -> str | None:
        # of one day the one further down, so looked for from the end
        of_it = [each for each in reversed(so_far) if each[2] == name]
        newest = max((day for day, _, _ in of_it), default=None)
        return next((state for day, state, _ in of_it if day == newest), None)

    running = today >= ADOPTED and last(None) != "done"
    assert (action.state.value if action.state else None) == last(None)
    assert bool(action.overdue) == (running and today > date(2019, 6, 30) and last("IND-001") != "done")
    # more than a year: the day itself, and each one back to the same day of the last year, has no entry
    days = {day for day, _, _ in so_far} | {ADOPTED}
    looked, seen = today, False
    while (looked.month, looked.day) != (today.month, today.day) or looked.year > today.year - 1:
        seen = seen or looked in days
        looked -= timedelta(days=1)
        if (today.month, today.day) == (2, 29) and looked == date(today.year - 1, 2, 28):
            break
    seen = seen or ((today.month, today.day) != (2, 29) and looked in days)
    assert bool(action.silent_since) == (running and not seen)
