"""Amendments to sub-points: what each does to the files, and that taking it back gives them back."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poa_toolkit.api import amend, propose, reopen
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.fmt import layouts, save
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.validate import read
from poa_toolkit.check.changed_since_freeze import departures
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal, Reviser
from poa_toolkit.text.dates import parse_day

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

DAY = parse_day("2017-12-04")
CHAIR = Decision("The Chair", DAY, "So decided.")
BY = Reviser("Somebody", DAY)
SECTION = "plan/sections/01-first.yaml"
POINTS = [
    {
        "id": "a",
        "text": "On the day:",
        "points": [{"id": "a-i", "text": "in public;"}, {"id": "a-ii", "text": "in full;"}],
    },
    {"id": "b", "text": "And after it:", "points": [{"id": "b-i", "text": "in writing;"}]},
    {"id": "c", "text": "And always."},
]


def written(folder: Path) -> Path:
    data = small_plan.files()
    small_plan.action(data, 0)["points"] = copy.deepcopy(POINTS)
    small_plan.write(folder, data)
    save(folder, layouts(folder, ()))
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


def of_plan(project: Path) -> list[tuple[int, str]]:
    action = PlanEdit(project).trace.actions["A-001"]
    return [(len(each.at) // 2, each.record.text) for each in action.walk_points()]


def add(project: Path, words: str, *, under: str = "", after: str = "") -> str:
    field = f"points.{under}" if under else "points"
    given = Proposal(AmendmentKind.ADD, BY, "A-001", field, after=after, proposed=words)
    return propose.propose(project, given)[0]


def other(project: Path, kind: AmendmentKind, point: str, words: str = "") -> str:
    return propose.propose(project, Proposal(kind, BY, "A-001", f"points.{point}", proposed=words))[0]


def test_a_sub_point_is_added_where_it_was_to_stand(project: Path) -> None:
    names = [
        add(project, "first;", under="a", after="text"),
        add(project, "between;", under="a", after="a-i"),
        add(project, "last;", under="b"),
        add(project, "only.", under="c"),
    ]
    amend.accept(project, names, CHAIR)
    assert of_plan(project) == [
        (1, "On the day:"),
        (2, "first;"),
        (2, "in public;"),
        (2, "between;"),
        (2, "in full;"),
        (1, "And after it:"),
        (2, "in writing;"),
        (2, "last;"),
        (1, "And always."),
        (2, "only."),
    ]
    assert not [each for each in read(project, None).diagnostics if each.code == "POA213"]


@pytest.mark.parametrize(
    ("under", "after", "said"),
    [
        ("a-i", "", "points have two levels"),
        ("x", "", 'has no point "x"'),
        ("a", "b-i", 'has no point "b-i" under a'),
    ],
)
def test_what_is_no_place_is_refused(under: str, after: str, said: str, project: Path) -> None:
    with pytest.raises(EditRefusedError, match=said):
        add(project, "New;", under=under, after=after)


def test_the_removal_of_a_point_takes_its_sub_points_and_gives_them_back(project: Path) -> None:
    before = (project / SECTION).read_bytes()
    removal = other(project, AmendmentKind.REMOVE, "a")
    rewording = other(project, AmendmentKind.TEXT, "a-ii", "in part;")
    addition = add(project, "in time;", under="a", after="a-i")
    collisions = {(each.first, each.second) for each in on_table(project).collisions}
    assert collisions == {(removal, rewording), (removal, addition)}
    amend.accept(project, [removal], CHAIR)
    assert of_plan(project) == [(1, "And after it:"), (2, "in writing;"), (1, "And always.")]
    states = {each.id: each.state.value for each in on_table(project).amendments}
    assert states == {removal: "accepted", rewording: "stale", addition: "stale"}
    reopen.reopen(project, removal, CHAIR)
    assert (project / SECTION).read_bytes() == before
    assert {each.state.value for each in on_table(project).amendments} == {"open"}


def test_a_removal_explains_that_the_sub_points_went_and_nothing_more(project: Path) -> None:
    frozen = PlanEdit(project).plan
    amend.accept(project, [other(project, AmendmentKind.REMOVE, "a")], CHAIR)
    adopted = on_table(project).amendments
    assert not list(departures(frozen, PlanEdit(project).plan, adopted))
    amend.accept(project, [add(project, "in time;", under="b")], CHAIR)
    (departure,) = departures(frozen, PlanEdit(project).plan, adopted)
    assert (departure.record, departure.new) == ("A-001", "in time;")
    assert not list(departures(frozen, PlanEdit(project).plan, on_table(project).amendments))


def test_sub_points_that_come_with_a_new_point_by_hand_are_told(project: Path) -> None:
    frozen = PlanEdit(project).plan
    amend.accept(project, [add(project, "In between:", after="a")], CHAIR)
    path = project / SECTION
    text = path.read_text("utf-8").replace(
        "In between:\n", "In between:\n        points:\n          - id: d-i\n            text: by hand.\n"
    )
    path.write_text(text, "utf-8")
    (departure,) = departures(frozen, PlanEdit(project).plan, on_table(project).amendments)
    assert departure.new == "by hand."


def test_the_history_of_a_diff_names_the_amendment_of_what_went_along(project: Path, poa: Poa) -> None:
    poa("baseline", "create", "before", cwd=project)
    amend.accept(project, [other(project, AmendmentKind.REMOVE, "a")], CHAIR)
    said = poa("diff", "before", "--format", "markdown", cwd=project).stdout
    assert said.count("amendment floor-1 of Somebody") == 3


OPERATIONS = ("add", "add under", "reword", "remove")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(st.data())
def test_what_was_accepted_can_be_taken_back_step_by_step(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    project = written(tmp_path_factory.mktemp("steps"))
    states: list[tuple[str, bytes]] = []
    for number in range(data.draw(st.integers(1, 4))):
        points = list(PlanEdit(project).trace.actions["A-001"].walk_points())
        point = data.draw(st.sampled_from(points))
        name = point.record.id
        match data.draw(st.sampled_from(OPERATIONS)):
            case "add":
                made = add(project, f"new {number};", under=point.above, after=name)
            case "add under" if not point.above:
                made = add(
                    project, f"new {number};", under=name, after=data.draw(st.sampled_from(("", "text")))
                )
            case "remove" if len(points) > 1:
                made = other(project, AmendmentKind.REMOVE, name)
            case _:
                made = other(project, AmendmentKind.TEXT, name, f"other {number};")
        states.append((made, (project / SECTION).read_bytes()))
        amend.accept(project, [made], CHAIR)
    for made, before in reversed(states):
        reopen.reopen(project, made, CHAIR)
        assert without_empty_lists((project / SECTION).read_bytes()) == without_empty_lists(before)


def without_empty_lists(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if not line.endswith(b"points: []")]


def test_a_rename_follows_a_sub_point_and_the_point_it_stands_under(project: Path, poa: Poa) -> None:
    add(project, "in time;", under="a", after="a-i")
    other(project, AmendmentKind.TEXT, "a-i", "openly;")
    lines = (project / SECTION).read_text("utf-8").splitlines()
    for old, new in (("a-i", "first"), ("a", "day")):
        line = next(at for at, each in enumerate(lines, 1) if each.strip() == f"- id: {old}")
        assert poa("rename", f"{SECTION}:{line}", new, cwd=project).status == 0
    rows: list[dict[str, Any]] = [
        each.model_dump(exclude_defaults=True) for each in on_table(project).amendments
    ]
    assert (rows[0]["under"], rows[0]["after"], rows[1]["field"]) == ("day", "first", "points.first")
