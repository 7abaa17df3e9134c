"""Amendments to what is gone or elsewhere: told at once, never written to the wrong place, placed anew."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_amendments import BY, FLOOR, Poa, _amend, _files, _propose, _states, poa

from poa_toolkit.api import amend, propose, validate
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.schema import schemas
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load import yaml_tree
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal, Reviser

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["poa"]

TOLD = {"POA433", "POA435", "POA436", "POA437"}
DAY = date(2017, 12, 4)
Data = dict[str, Any]


def _plan() -> Data:
    """The small plan with a second section of two actions."""
    data = small_plan.files()
    first = data["sections/01-first.yaml"]
    actions = []
    for name, text in (("A-011", "States should publish their replies."), ("A-012", "Courts should act.")):
        actions.append(copy.deepcopy(first["actions"][1]) | {"id": name, "text": text})
    data["sections/02-second.yaml"] = {"id": "second", "title": "Second things", "actions": actions}
    first["actions"].append(
        copy.deepcopy(first["actions"][1]) | {"id": "A-003", "text": "Parties should open their books."}
    )
    return data


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_plan.write(tmp_path, _plan())


def _again(project: Path, data: Data) -> None:
    """Write the plan as it was edited; the amendments stay."""
    small_plan.write(project, data)


def _action(data: Data, name: str) -> Data:
    return next(each for _, each in _all(data) if each["id"] == name)


def _all(data: Data) -> list[tuple[str, Data]]:
    return [
        (path, each)
        for path in ("sections/01-first.yaml", "sections/02-second.yaml")
        for each in data[path]["actions"]
    ]


def _take(data: Data, name: str) -> Data:
    action = _action(data, name)
    for path in ("sections/01-first.yaml", "sections/02-second.yaml"):
        data[path]["actions"] = [each for each in data[path]["actions"] if each is not action]
    return action


def withdraw(data: Data, name: str) -> None:
    _action(data, name).update(status="withdrawn", reason="Not wanted.")


def defer(data: Data, name: str) -> None:
    _action(data, name).update(status="deferred", reason="Later.")


def move(data: Data, name: str) -> None:
    path = next(path for path, each in _all(data) if each["id"] == name)
    other = "sections/02-second.yaml" if "first" in path else "sections/01-first.yaml"
    action = _take(data, name)
    data[other]["actions"].append(action)


def remove(data: Data, name: str) -> None:
    _take(data, name)


def split(data: Data, name: str) -> None:
    old = _action(data, name)
    withdraw(data, name)
    for letter in "12":
        new = {
            **copy.deepcopy(old),
            "id": f"{name}{letter}",
            "text": f"Half {letter} of {name}.",
            "from": [name],
        }
        del new["reason"]
        data["sections/02-second.yaml"]["actions"].append({**new, "status": "draft"})


def merge(data: Data, name: str) -> None:
    new = {**copy.deepcopy(_action(data, name)), "id": f"{name}m", "text": f"What {name} became."}
    new |= {"from": [name, "A-012"], "status": "draft"}
    remove(data, name)
    data["sections/02-second.yaml"]["actions"].append(new)


def drop_point(data: Data, name: str) -> None:
    points = _action(data, name).get("points", [])
    del points[-1:]


EVENTS = {each.__name__: each for each in (withdraw, defer, move, remove, split, merge, drop_point)}


def _told(project: Path) -> dict[str, str]:
    """Give the findings on places, by amendment."""
    report = validate.validate(project, today=DAY)
    found = [each for each in report.diagnostics if each.code in TOLD]
    return {each.message.split()[2]: f"{each.code} {each.message} ({each.help})" for each in found}


# --- each fate is told, with the cure; accept asks ----------------------------------------------

REWORD = ("A-001", "--text", "Observers shall report to the treaty bodies.")
POINT = ("A-001.points.b", "--text", "And long after it.")
BEHIND = ("--add", "--section", "first", "--after", "A-001", "--text", "Courts should publish.")
NEW_POINT = ("A-001.points", "--add", "--after", "b", "--text", "And before it.")
FATES = [
    (REWORD, withdraw, "POA435", "A-001 is withdrawn; the reason: Not wanted.", "poa amend place floor-1"),
    (REWORD, defer, "POA435", "A-001 is deferred", "when the action comes back"),
    (REWORD, remove, "POA433", '"A-001", which is not in the plan', "poa amend place floor-1"),
    (REWORD, split, "POA435", "it was split into A-0011 and A-0012", "--record A-0011 --field text"),
    (REWORD, merge, "POA433", "it was merged into A-001m", "--record A-001m"),
    (
        REWORD,
        move,
        "POA437",
        "A-001 stands in section second (II), not in section first (I)",
        "--record A-001",
    ),
    (POINT, drop_point, "POA436", 'A-001 has no point "b"', "poa amend place floor-1 --record"),
    (NEW_POINT, drop_point, "POA436", 'A-001 has no point "b"', "poa amend place floor-1 --record"),
    (NEW_POINT, move, "POA437", "A-001 stands in section second", "--record A-001 --after b"),
    (BEHIND, withdraw, "POA435", "A-001 is withdrawn", "poa amend place floor-1 --section"),
    (BEHIND, remove, "POA433", '"A-001", which is not in the plan', "poa amend place floor-1 --section"),
    (BEHIND, move, "POA437", "A-001 stands in section second", "--section second --after A-001"),
]


@pytest.mark.parametrize(("words", "event", "code", "what", "cure"), FATES)
def test_what_became_of_the_place_is_told_everywhere_and_accept_asks(  # noqa: PLR0913 - the columns
    words: tuple[str, ...], event: Any, code: str, what: str, cure: str, *, project: Path, poa: Poa
) -> None:
    _propose(poa, project, *words)
    assert _told(project) == {}
    data = _plan()
    event(data, "A-001")
    _again(project, data)
    told = _told(project)["floor-1"]
    assert told.startswith(code)
    assert what in told
    assert cure in told
    became = "A-001 is not in the plan" if code == "POA433" else what
    for command in (("amend", "list"), ("amend", "show", "floor-1"), ("status",)):
        printed = " ".join(poa("-C", project, *command).stdout.split())
        assert became in printed
    before = _files(project)
    done = _amend(poa, project, "accept", "floor-1")
    if event is defer:
        assert done.status == 0
    else:
        assert (done.status, _files(project)) == (1, before)
        assert "poa amend place floor-1" in done.stderr


def test_the_same_words_elsewhere_are_found(project: Path, poa: Poa) -> None:
    _propose(poa, project, *POINT)
    data = _plan()
    point = _action(data, "A-001")["points"].pop()
    _action(data, "A-011")["points"] = [{"id": "a", "text": "First."}, {**point, "id": "c"}]
    _again(project, data)
    assert "the same words stand in A-011 points.c" in _told(project)["floor-1"]


def test_a_move_is_known_from_the_frozen_version_where_the_amendment_names_no_section(
    project: Path, poa: Poa
) -> None:
    assert poa("-C", project, "baseline", "create", "before").status == 0
    row = {"id": "floor-1", "record": "A-001", "field": "text", "proposed": "Observers shall report."}
    row |= {
        "original": "Observers should report to the treaty bodies.",
        "proposer": "A",
        "date": "2017-12-04",
    }
    data = _plan() | {"amendments/floor.yaml": {"amendments": [row]}}
    _again(project, data)
    assert _told(project) == {}
    move(data, "A-001")
    _again(project, data)
    assert "POA437" in _told(project)["floor-1"]
    assert _amend(poa, project, "accept", "floor-1").status == 1


def test_json_says_what_became_of_the_place(project: Path, poa: Poa) -> None:
    _propose(poa, project, *REWORD)
    data = _plan()
    split(data, "A-001")
    _again(project, data)
    listed = json.loads(poa("-C", project, "amend", "list", "--format", "json").stdout)
    Draft202012Validator(json.loads(schemas()["amend.schema.json"])).validate(listed)
    [astray] = listed["astray"]
    assert (astray["fate"], astray["now"]) == ("withdrawn", ["A-0011", "A-0012"])
    stands = json.loads(poa("-C", project, "status", "--format", "json").stdout)
    Draft202012Validator(json.loads(schemas()["status.schema.json"])).validate(stands)
    assert stands["amendments"]["pending"][0]["astray"] == astray["what"]


def test_an_addition_behind_what_is_removed_becomes_stale_with_it(project: Path, poa: Poa) -> None:
    _propose(poa, project, "C-01", "--remove")
    _propose(poa, project, "A-001.points.b", "--remove")
    _propose(poa, project, "--add", "--after", "F-01", "--text", "It was long.")
    _propose(poa, project, *NEW_POINT)
    _propose(poa, project, "F-01", "--remove")
    assert _amend(poa, project, "accept", "floor-1", "floor-2", "floor-5").status == 0
    assert [_states(project)[name] for name in ("floor-3", "floor-4")] == ["stale", "stale"]
    assert _told(project) == {}


# --- place --------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [withdraw, remove])
def test_an_amendment_whose_target_is_gone_is_placed_and_carried_by_its_words(
    event: Any, project: Path, poa: Poa
) -> None:
    _propose(poa, project, *REWORD)
    data = _plan()
    event(data, "A-001")
    _action(data, "A-011")["text"] = "Observers should report to the treaty bodies at once."
    _again(project, data)
    assert poa("-C", project, "amend", "place", "floor-1", "--record", "A-011").status == 0
    assert _told(project) == {}
    assert _amend(poa, project, "accept", "floor-1").status == 0
    text = (project / "plan/sections/02-second.yaml").read_text("utf-8")
    assert "Observers shall report to the treaty bodies at once." in text


def test_what_moved_may_be_confirmed_or_kept_in_its_section(project: Path, poa: Poa) -> None:
    _propose(poa, project, *REWORD)
    _propose(poa, project, *BEHIND)
    _propose(poa, project, *BEHIND, by="Delegation B")
    data = _plan()
    move(data, "A-001")
    _again(project, data)
    for words in (
        ("floor-1", "--record", "A-001", "--field", "text"),
        ("floor-2", "--section", "second", "--after", "A-001"),
        ("floor-3", "--section", "first"),
    ):
        assert poa("-C", project, "amend", "place", *words).status == 0
    assert _told(project) == {}
    assert _amend(poa, project, "accept", "floor-1", "floor-2", "floor-3").status == 0
    for name in ("01-first", "02-second"):
        text = (project / f"plan/sections/{name}.yaml").read_text("utf-8")
        assert text.count("Courts should publish.") == 1


UNPLACED: Data = {
    "id": "floor-1",
    "original": "States should answer.",
    "proposed": "States shall answer.",
    "context": "in a footnote",
    "proposer": "A delegation",
    "date": "2017-12-04",
    "state": "unplaced",
}


def _unplaced(project: Path, **fields: Any) -> None:
    row = {name: value for name, value in (UNPLACED | fields).items() if value is not None}
    _again(project, _plan() | {"amendments/floor.yaml": {"amendments": [row]}})


def test_an_unplaced_amendment_is_placed_and_accepted(project: Path, poa: Poa) -> None:
    _unplaced(project)
    done = _amend(poa, project, "accept", "floor-1")
    assert done.status == 1
    assert "poa amend place floor-1" in done.stderr
    placed = poa("-C", project, "amend", "place", "floor-1", "--record", "A-002", "--field", "text")
    assert (placed.status, placed.stdout) == (0, "floor-1 placed: A-002 text\n")
    assert _states(project) == {"floor-1": "open"}
    assert _amend(poa, project, "accept", "floor-1").status == 0
    assert "States shall answer." in (project / "plan/sections/01-first.yaml").read_text("utf-8")


def test_an_unplaced_paragraph_is_placed_as_an_addition(project: Path, poa: Poa) -> None:
    _unplaced(project, original=None, proposed="Courts should publish.")
    assert (
        poa("-C", project, "amend", "place", "floor-1", "--after", "A-002", "--section", "first").status == 0
    )
    assert _amend(poa, project, "accept", "floor-1").status == 0
    assert "Courts should publish." in (project / "plan/sections/01-first.yaml").read_text("utf-8")


def test_words_that_do_not_fit_the_place_are_not_forced_into_it(project: Path, poa: Poa) -> None:
    _unplaced(project)
    placed = poa("-C", project, "amend", "place", "floor-1", "--record", "P-01")
    assert placed.status == 0
    assert "does not fit" in placed.stdout
    before = _files(project)
    assert _amend(poa, project, "accept", "floor-1").status == 1
    assert _files(project) == before
    assert _amend(poa, project, "accept", "floor-1", "--modified", "The States should act.").status == 0


@pytest.mark.parametrize("decision", ["reject", "withdraw", "defer"])
@pytest.mark.parametrize("kind", [None, "add", "remove", "corrigendum"])
def test_an_unplaced_amendment_is_put_aside(decision: str, kind: str | None, project: Path, poa: Poa) -> None:
    _unplaced(project, kind=kind)
    assert _amend(poa, project, decision, "floor-1").status == 0
    assert _amend(poa, project, "accept", "floor-1").status == 1
    where = ("--section", "first") if kind == "add" else ("--record", "A-001")
    again = poa("-C", project, "amend", "place", "floor-1", *where)
    assert again.status == (0 if decision == "defer" else 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--record", "A-099"), "no record"),
        (("--record", "A-002", "--field", "points.z"), 'no "points.z"'),
        (("--record", "A-003"), "withdrawn"),
        (("--section", "first"), "--record"),
    ],
)
def test_what_is_no_place_is_refused(words: tuple[str, ...], said: str, project: Path, poa: Poa) -> None:
    data = _plan() | {"amendments/floor.yaml": {"amendments": [UNPLACED]}}
    withdraw(data, "A-003")
    _again(project, data)
    before = _files(project)
    done = poa("-C", project, "amend", "place", "floor-1", *words)
    assert (done.status, _files(project)) == (2, before)
    assert said in done.stderr


def test_a_move_is_placed_by_its_record_and_the_section_it_goes_to(project: Path, poa: Poa) -> None:
    move_ = {key: UNPLACED[key] for key in ("id", "proposer", "date", "state")} | {"kind": "move"}
    _again(project, _plan() | {"amendments/floor.yaml": {"amendments": [move_]}})
    where = ("--record", "A-001", "--section", "second")
    placed = poa("-C", project, "amend", "place", "floor-1", *where)
    assert placed.status == 0, placed.stderr
    assert _amend(poa, project, "accept", "floor-1").status == 0
    sections = project / "plan/sections"
    assert ["A-001" in path.read_text("utf-8") for path in sorted(sections.iterdir())] == [False, True]


def test_what_is_no_move_goes_to_a_record_or_to_a_section(project: Path, poa: Poa) -> None:
    _again(project, _plan() | {"amendments/floor.yaml": {"amendments": [UNPLACED]}})
    before = _files(project)
    where = ("--record", "A-001", "--section", "second")
    done = poa("-C", project, "amend", "place", "floor-1", *where)
    assert (done.status, _files(project)) == (2, before)
    assert "floor-1 is no move, and --record and --section exclude each other" in done.stderr


# --- taken in by hand ---------------------------------------------------------------------------


def _texts(data: Data, **texts: str) -> Data:
    for name, text in texts.items():
        _action(data, name.replace("_", "-"))["text"] = text
    return data


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        ("Observers shall report to the treaty bodies.", ""),
        ("Observers shall report to the treaty bodies at once.", ""),
        ("Observers should report to the treaty bodies at once.", "shall"),
    ],
)
def test_a_rewording_made_by_hand_is_recorded_where_its_words_are_found(
    now: str, missing: str, project: Path, poa: Poa
) -> None:
    _propose(poa, project, *REWORD)
    _again(project, _texts(_plan(), A_001=now))
    before = _files(project)
    done = _amend(poa, project, "accept", "floor-1", "--by-hand")
    changed = {path for path, each in _files(project).items() if before[path] != each}
    assert (done.status, changed) == ((1, set()) if missing else (0, {FLOOR}))
    assert missing in done.stderr
    assert _states(project)["floor-1"] == ("open" if missing else "accepted")


def test_additions_and_removals_made_by_hand(project: Path, poa: Poa) -> None:
    _propose(poa, project, *BEHIND)
    _propose(poa, project, *NEW_POINT)
    _propose(poa, project, "A-012", "--remove")
    _propose(poa, project, "A-011", "--remove")
    names = ("floor-1", "floor-2", "floor-3", "floor-4")
    for name in names:
        assert _amend(poa, project, "accept", name, "--by-hand").status == 1
    data = _plan()
    new = copy.deepcopy(_action(data, "A-002")) | {"id": "A-031", "text": "Courts should publish."}
    data["sections/01-first.yaml"]["actions"].append(new)
    _action(data, "A-001")["points"].append({"id": "k", "text": "And before it."})
    withdraw(data, "A-012")
    remove(data, "A-011")
    _again(project, data)
    assert _amend(poa, project, "accept", *names, "--by-hand").status == 0
    rows = yaml_tree.read(FLOOR, (project / FLOOR).read_bytes()).value["amendments"]
    assert [(each["record"], each.get("field")) for each in rows[:2]] == [
        ("A-031", "text"),
        ("A-001", "points.k"),
    ]


def test_an_addition_made_by_hand_in_another_section_is_not_taken_for_it(project: Path, poa: Poa) -> None:
    _propose(poa, project, *BEHIND)
    _again(project, _texts(_plan(), A_011="Courts should publish."))
    done = _amend(poa, project, "accept", "floor-1", "--by-hand")
    assert done.status == 1
    assert "A-011 text, in second" in done.stderr


# --- over generated histories -------------------------------------------------------------------

PROPOSALS = {
    "reword": (AmendmentKind.TEXT, "", {}),
    "point": (AmendmentKind.TEXT, ".points.b", {}),
    "remove": (AmendmentKind.REMOVE, "", {}),
    "behind": (AmendmentKind.ADD, None, {}),
    "new point": (AmendmentKind.ADD, ".points", {"after": "b"}),
}


def _offer(project: Path, kind: str, record: str) -> str:
    wish, field, more = PROPOSALS[kind]
    text = "" if wish is AmendmentKind.REMOVE else f"Other words of the {kind} kind."
    target, _, part = f"{record}{field}".partition(".") if field is not None else ("", "", "")
    given: Data = more if field is not None else {"after": record}
    proposal = Proposal(wish, Reviser("A delegation", DAY), target, part, proposed=text, **given)
    return propose.propose(project, proposal)[0]


def _where(data: Data, name: str) -> tuple[str, Data] | None:
    return next(((path, each) for path, each in _all(data) if each["id"] == name), None)


def _is_as_it_was(before: Data, after: Data, kind: str, record: str) -> bool:
    old, new = _where(before, record), _where(after, record)
    assert old is not None
    if new is None or new[0] != old[0] or new[1]["status"] in ("withdrawn", "deferred"):
        return False
    points = [each["id"] for each in new[1].get("points", [])]
    return "b" in points or "point" not in kind


def _two_points(data: Data) -> Data:
    for _, action in _all(data):
        action["points"] = [{"id": "a", "text": "At first."}, {"id": "b", "text": "And then."}]
    return data


_RECORDS = st.sampled_from(["A-001", "A-002", "A-011"])
_OFFERS = st.lists(
    st.tuples(st.sampled_from(sorted(PROPOSALS)), _RECORDS), min_size=1, max_size=4, unique=True
)
_HISTORY = st.dictionaries(_RECORDS, st.sampled_from(sorted(EVENTS)), max_size=3)


@settings(max_examples=15)
@given(_OFFERS, _HISTORY)
def test_exactly_what_is_not_where_it_was_is_told_and_never_written_to(
    tmp_path_factory: pytest.TempPathFactory, offers: list[tuple[str, str]], history: dict[str, str]
) -> None:
    before = _two_points(_plan())
    project = small_plan.write(tmp_path_factory.mktemp("history"), before)
    names = {_offer(project, kind, record): (kind, record) for kind, record in offers}
    after = copy.deepcopy(before)
    for record, event in history.items():
        EVENTS[event](after, record)
    for path in ("sections/01-first.yaml", "sections/02-second.yaml"):
        small_plan.write(project, {path: after[path]})
    astray = {name for name, each in names.items() if not _is_as_it_was(before, after, *each)}
    assert set(_told(project)) == astray
    for name in sorted(astray):
        record = names[name][1]
        kept, now = _files(project), _where(after, record)
        if now is not None and now[1]["status"] == "deferred":
            continue
        with pytest.raises(EditRefusedError, match=f"poa amend place {name}"):
            amend.accept(project, [name], Decision(BY[1], DAY))
        assert _files(project) == kept
