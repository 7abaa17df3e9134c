"""`poa amend reopen`: a decision is taken back, its words go out of the text, and nothing else changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poa_toolkit.api import amend as amend_api
from poa_toolkit.api import propose, reopen
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.fmt import layouts, save
from poa_toolkit.errors import AstrayError, EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentState, Turn
from poa_toolkit.model.proposals import Proposal, Reviser
from poa_toolkit.text.dates import parse_day

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Finished, Poa

BY = ("--by", "The Chair", "--date", "2017-12-04")
REOPEN = ("--reason", "Decided too soon.", "--by", "The Chair", "--date", "2017-12-05")
SECTION = "plan/sections/01-first.yaml"
FLOOR = "plan/amendments/floor.yaml"
DAY = parse_day("2017-12-04")
CHAIR = Decision("The Chair", DAY)
BACK = Decision("The Chair", parse_day("2017-12-05"), "Decided too soon.")


class Amend(Protocol):
    def __call__(self, *words: str, status: int = 0) -> Finished: ...


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small plan in the canonical layout, with a comment on each action."""
    return _write(tmp_path)


def _write(folder: Path) -> Path:
    small_plan.write(folder)
    save(folder, layouts(folder, ()))
    path = folder / SECTION
    text = path.read_text("utf-8").replace("  - id: A-00", "  # kept\n  - id: A-00")
    path.write_text(text.replace("status: draft", "status: draft # for now"), "utf-8")
    return folder


@pytest.fixture
def amend(project: Path, poa: Poa) -> Amend:
    """Run `poa amend` in the project, and say which status is expected."""

    def run(*words: str, status: int = 0) -> Finished:
        done = poa("amend", *words, cwd=project)
        assert done.status == status, done.stdout + done.stderr
        return done

    return run


def _propose(amend: Amend, *words: str, by: str = "Delegation A") -> None:
    amend("propose", *words, "--by", by, "--date", "2017-12-04")


def _texts(project: Path) -> dict[str, bytes]:
    paths = (path for path in (project / "plan").rglob("*.yaml") if "amendments" not in path.parts)
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def _states(project: Path) -> dict[str, str]:
    return {each.id: each.state.value for each in on_table(project).amendments}


KINDS = {
    "words": ("A-002", "--text", "All States shall answer at once."),
    "a point": ("A-001.points.b", "--text", "And the day after."),
    "a paragraph": ("P-01", "--text", "Elections must be genuine."),
    "a title": ("first", "--text", "What comes first"),
    "a field that is empty": ("A-002.timeframe", "--text", "2018"),
    "a set": ("A-001.addressees", "--text", "states, observers"),
    "a new action": ("--add", "--after", "A-001", "--text", "States should publish their replies."),
    "a new action at the end": ("--add", "--section", "first", "--text", "Meet."),
    "a new paragraph": ("--add", "--section", "introduction", "--text", "The vote is secret."),
    "a new point": ("A-001.points", "--add", "--after", "a", "--text", "Between the two."),
    "the first point": ("A-002.points", "--add", "--text", "Soon."),
    "an action": ("A-002", "--remove"),
    "a point that goes": ("A-001.points.a", "--remove"),
    "a paragraph that goes": ("P-01", "--remove"),
    "a paragraph of the front that goes": ("F-01", "--remove"),
    "the only paragraph of a chapeau that goes": ("C-01", "--remove"),
    "a paragraph behind a chapeau's": ("--add", "--after", "C-01", "--text", "Whoever reports, signs."),
    "a bracket": ("A-002", "--text", "States [shall | should] answer."),
    "a remark": ("A-002", "--comment", "Why?"),
}


@pytest.mark.parametrize("what", KINDS)
def test_reopened_the_text_is_to_the_byte_as_before(what: str, project: Path, amend: Amend) -> None:
    before = _texts(project)
    _propose(amend, *KINDS[what])
    table = (project / FLOOR).read_bytes()
    amend("accept", "floor-1", *BY)
    if what != "a remark":
        assert _texts(project) != before
    amend("reopen", "floor-1", *REOPEN)
    assert _texts(project) == before
    [one] = on_table(project).amendments
    assert one.state is AmendmentState.OPEN
    [former] = one.history
    assert (former.turn, former.state, former.decided_by) == (Turn.REOPENED, "accepted", "The Chair")
    assert (former.by, former.date.isoformat(), former.why) == (
        "The Chair",
        "2017-12-05",
        "Decided too soon.",
    )
    kept = (project / FLOOR).read_text("utf-8").partition("    history:")[0].encode("utf-8")
    assert table.startswith(kept.rstrip(b"\n")), "but for its history the amendment is as it was"
    assert amend("accept", "floor-1", *BY).stdout.startswith("floor-1 accepted")


def test_the_commands_keep_fmt_and_validate_content(project: Path, amend: Amend, poa: Poa) -> None:
    _propose(amend, *KINDS["words"])
    amend("accept", "floor-1", *BY)
    amend("reopen", "floor-1", *REOPEN)
    assert poa("fmt", "--check", cwd=project).status == 0
    assert "POA43" not in poa("validate", cwd=project).stdout


@pytest.mark.parametrize("decision", ["reject", "withdraw", "defer"])
def test_what_was_put_aside_is_open_again_and_who_did_is_kept(
    decision: str, project: Path, amend: Amend
) -> None:
    _propose(amend, *KINDS["words"])
    before = _texts(project)
    amend(decision, "floor-1", "--reason", "No time.", *BY)
    assert amend("reopen", "floor-1", *REOPEN).stdout == "floor-1 open again\n"
    assert (_texts(project), _states(project)) == (before, {"floor-1": "open"})
    shown = amend("show", "floor-1").stdout
    assert "by The Chair, 4 December 2017: No time. Reopened by The Chair, 5 December 2017:" in " ".join(
        shown.split()
    )
    assert "Decided too soon." in amend("report").stdout


def test_what_is_open_or_stale_has_no_decision_to_take_back(amend: Amend) -> None:
    _propose(amend, "A-002", "--text", "States shall answer.")
    _propose(amend, "A-002", "--text", "States may answer.", by="Delegation B")
    assert "there is no decision to take back" in amend("reopen", "floor-1", *REOPEN, status=2).stderr
    amend("accept", "floor-1", *BY)
    assert "floor-2 is stale" in amend("reopen", "floor-2", *REOPEN, status=2).stderr
    amend("reopen", "floor-1", *BY, status=2)


def test_later_words_stay_where_they_touch_others(project: Path, amend: Amend) -> None:
    _propose(amend, "A-002", "--text", "States shall answer.")
    _propose(amend, "A-002", "--text", "States should answer soon.", by="Delegation B")
    amend("accept", "floor-1", "floor-2", *BY)
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("States shall", "All States shall"), "utf-8")
    amend("reopen", "floor-1", *REOPEN)
    assert "All States should answer soon." in path.read_text("utf-8")


def test_what_is_in_the_way_is_named(project: Path, amend: Amend) -> None:
    _propose(amend, "A-002", "--text", "States shall answer.")
    amend("accept", "floor-1", *BY)
    _propose(amend, "A-002", "--text", "States must answer.", by="Delegation B")
    amend("accept", "floor-2", *BY)
    before = _texts(project), (project / FLOOR).read_bytes()
    refused = amend("reopen", "floor-1", *REOPEN, status=1)
    assert refused.stderr == (
        'poa: floor-1 cannot be reopened: the words "shall" became "must" since, by floor-2; reopen that first\n'
    )
    assert (_texts(project), (project / FLOOR).read_bytes()) == before
    amend("reopen", "floor-2", *REOPEN)
    amend("reopen", "floor-1", *REOPEN)
    assert "States should answer." in (project / SECTION).read_text("utf-8")
    path = project / SECTION
    amend("accept", "floor-1", *BY)
    path.write_text(path.read_text("utf-8").replace("States shall", "States will"), "utf-8")
    refused = amend("reopen", "floor-1", *REOPEN, status=1)
    assert 'the words "shall" became "will" since, by what is not on record' in refused.stderr


def test_words_that_an_editor_took_out_already_are_no_obstacle(project: Path, amend: Amend) -> None:
    before = _texts(project)
    _propose(amend, "A-002", "--text", "States shall answer.")
    amend("accept", "floor-1", *BY)
    (project / SECTION).write_bytes(before[SECTION])
    done = amend("reopen", "floor-1", *REOPEN)
    assert done.stdout == "floor-1 open again: its words were out of A-002 text already\n"
    assert _texts(project) == before


def test_what_went_stale_by_it_is_open_where_it_fits_again(project: Path, amend: Amend) -> None:
    _propose(amend, "A-002", "--text", "States shall answer.")
    _propose(amend, "A-002", "--text", "States may answer.", by="Delegation B")
    _propose(amend, "A-002", "--text", "States should answer soon.", by="Delegation C")
    amend("accept", "floor-1", *BY)
    assert _states(project)["floor-2"] == "stale"
    done = amend("reopen", "floor-1", *REOPEN)
    assert done.stdout.splitlines() == [
        "floor-1 open again: A-002 text without its words",
        "floor-3 carried over to the new words",
        "floor-2 open again: it fits the text",
    ]
    assert set(_states(project).values()) == {"open"}
    assert amend("accept", "floor-2", "floor-3", *BY).status == 0
    assert "States may answer soon." in (project / SECTION).read_text("utf-8")


def test_what_was_written_on_the_words_that_come_back_stays_open(project: Path, amend: Amend) -> None:
    _propose(amend, "A-002", "--text", "States shall answer.")
    amend("accept", "floor-1", *BY)
    # a file that another desk had sent out before brings it
    _propose(amend, "A-002", "--text", "States must answer.")
    path = project / "plan/amendments/floor.yaml"
    at = path.read_text("utf-8").index("  - id: floor-2")
    late = path.read_text("utf-8")[at:].replace("shall", "should")
    path.write_text(path.read_text("utf-8")[:at] + late, encoding="utf-8")
    done = amend("reopen", "floor-1", *REOPEN)
    assert (done.status, done.stderr) == (0, "")
    assert _states(project) == {"floor-1": "open", "floor-2": "open"}
    assert amend("accept", "floor-2", *BY).status == 0
    assert "States must answer." in (project / SECTION).read_text("utf-8")


def test_what_waited_on_a_removed_record_is_open_again(project: Path, amend: Amend) -> None:
    _propose(amend, "A-001.points.a", "--remove")
    _propose(amend, "A-001.points.a", "--text", "On the night.", by="Delegation B")
    _propose(amend, "A-001.points", "--add", "--after", "a", "--text", "Then.", by="Delegation C")
    amend("accept", "floor-1", *BY)
    assert [_states(project)[each] for each in ("floor-2", "floor-3")] == ["stale", "stale"]
    amend("reopen", "floor-1", *REOPEN)
    assert set(_states(project).values()) == {"open"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Publish the replies.", "Publish all replies.", "its text"),
        ("status: draft\n", "addressees:\n      - states\n    status: draft\n", "its addressees"),
        ("status: draft\n", "status: agreed\n", "its status, agreed"),
    ],
)
def test_an_added_action_that_was_worked_on_stays(
    old: str, new: str, said: str, project: Path, amend: Amend
) -> None:
    _propose(amend, "--add", "--section", "first", "--text", "Publish the replies.")
    amend("accept", "floor-1", *BY)
    path = project / SECTION
    head, added, rest = path.read_text("utf-8").partition("  - id: A-003")
    path.write_text(head + added + rest.replace(old, new), "utf-8")
    before = _texts(project)
    refused = amend("reopen", "floor-1", *REOPEN, status=1)
    assert f"A-003, which it added, was changed since ({said})" in refused.stderr
    assert _texts(project) == before


def test_a_comment_that_came_to_an_added_record_is_not_lost(project: Path, amend: Amend) -> None:
    _propose(amend, *KINDS["a new paragraph"])
    amend("accept", "floor-1", *BY)
    path = project / "plan/plan.yaml"
    path.write_text(path.read_text("utf-8").replace("  - id: P-02", "  # ask B\n  - id: P-02"), "utf-8")
    before = _texts(project)
    amend("reopen", "floor-1", *REOPEN, status=2)
    assert _texts(project) == before


def test_an_id_that_an_addition_had_is_never_another_s(amend: Amend) -> None:
    for words in (KINDS["a new action"], KINDS["a new point"]):
        _propose(amend, *words)
    amend("accept", "floor-1", "floor-2", *BY)
    for name in ("floor-1", "floor-2"):
        amend("reopen", name, *REOPEN)
    done = amend("accept", "floor-1", "floor-2", *BY)
    assert done.stdout == "floor-1 accepted: A-004 added\nfloor-2 accepted: A-001 points.d added\n"


def test_the_status_before_comes_back_and_what_is_not_known_is_said(project: Path, amend: Amend) -> None:
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("status: draft # for now", "status: agreed"), "utf-8")
    before = _texts(project)
    _propose(amend, "A-002", "--remove")
    amend("accept", "floor-1", *BY)
    assert amend("reopen", "floor-1", *REOPEN).stdout == (
        "floor-1 open again: A-002 taken up again, agreed, as before\n"
    )
    assert _texts(project) == before
    amend("accept", "floor-1", *BY)
    floor = project / FLOOR
    head, _, rest = floor.read_text("utf-8").partition("    was:\n      status: agreed\n")
    floor.write_text(head + rest, "utf-8")
    assert amend("reopen", "floor-1", *REOPEN).stdout == (
        "floor-1 open again: A-002 taken up again, draft, for its former status is not on record\n"
    )
    withdrawn = "status: withdrawn\n    reason: Another."
    path.write_text(path.read_text("utf-8").replace("status: draft", withdrawn), "utf-8")
    amend("accept", "floor-1", *BY, status=1)


def test_an_action_that_was_moved_goes_back(project: Path, amend: Amend) -> None:
    data = (
        "amendments:\n  - id: floor-1\n    kind: move\n    record: A-002\n    field: text\n    section: first\n"
        "    after: first\n    proposer: Delegation A\n    date: 2017-12-04\n"
    )
    (project / "plan/amendments").mkdir()
    (project / FLOOR).write_text(data, "utf-8")
    before = _texts(project)
    amend("accept", "floor-1", *BY)
    assert _texts(project) != before
    assert "A-002 moved back" in amend("reopen", "floor-1", *REOPEN).stdout
    assert _texts(project) == before
    amend("accept", "floor-1", *BY)
    _propose(amend, "--add", "--section", "first", "--after", "first", "--text", "One more.")
    amend("accept", "floor-2", *BY)
    moved = _texts(project)
    assert "does not stand where it was moved to" in amend("reopen", "floor-1", *REOPEN, status=1).stderr
    assert _texts(project) == moved


MOVE_AND_ADD = """\
amendments:
  - id: floor-1
    kind: add
    section: first
    after: A-001
    proposed: "Observers should train:"
    points: [each year;, together.]
    proposer: Delegation A
    date: 2017-12-04
  - id: floor-2
    kind: move
    record: A-001
    field: text
    section: second
    proposer: Delegation A
    date: 2017-12-04
  - id: floor-3
    kind: move
    record: A-001
    field: points.b
    section: first
    after: text
    proposer: Delegation A
    date: 2017-12-04
"""


@pytest.mark.parametrize("name", ["floor-1", "floor-2", "floor-3"])
def test_points_and_other_sections_are_as_before(name: str, project: Path, amend: Amend, poa: Poa) -> None:
    assert poa("new", "section", "--id", "second", "--title", "Second", cwd=project).status == 0
    (project / "plan/amendments").mkdir()
    (project / FLOOR).write_text(MOVE_AND_ADD, "utf-8")
    before = _texts(project)
    amend("accept", name, *BY)
    assert _texts(project) != before
    amend("reopen", name, *REOPEN)
    assert _texts(project) == before
    assert amend("accept", name, *BY).status == 0


def test_a_frozen_text_is_not_reopened(project: Path, amend: Amend, poa: Poa) -> None:
    _propose(amend, *KINDS["words"])
    amend("accept", "floor-1", *BY)
    head = project / "plan/plan.yaml"
    named = head.read_text("utf-8").replace("date: 2017-12-04\n", "date: 2017-12-04\n    baseline: day-1\n")
    head.write_text(named, "utf-8")
    done = poa("baseline", "create", "day-1", cwd=project)
    assert done.status == 0, done.stderr
    before = _texts(project)
    refused = amend("reopen", "floor-1", *REOPEN, status=1)
    assert "POA420" in refused.stderr
    assert _texts(project) == before


def test_what_had_been_put_off_is_not_the_reason_of_its_acceptance(amend: Amend) -> None:
    _propose(amend, *KINDS["words"])
    amend("defer", "floor-1", "--reason", "No time.", *BY)
    amend("accept", "floor-1", *BY)
    [row] = json.loads(amend("show", "floor-1", "--format", "json").stdout)["amendments"]
    assert "reason" not in row
    assert row["history"] == [
        {
            "turn": "taken-up", "by": "The Chair", "date": "2017-12-04", "state": "deferred",
            "decided_by": "The Chair", "decided": "2017-12-04", "reason": "No time.",
        }
    ]  # fmt: skip


def test_what_was_frozen_before_is_still_explained_by_the_decision(
    project: Path, amend: Amend, poa: Poa
) -> None:
    for name in ("before", "after"):
        if name == "after":
            _propose(amend, *KINDS["words"])
            _propose(amend, *KINDS["a new action"])
            amend("accept", "floor-1", "floor-2", *BY)
        assert poa("baseline", "create", name, "--provisional", cwd=project).status == 0
    explained = json.loads(poa("diff", "before", "after", "--format", "json", cwd=project).stdout)["changes"]
    assert [each["amendments"] for each in explained] == [["floor-2"], [], ["floor-1"]]
    amend("reopen", "floor-1", *REOPEN)
    amend("reopen", "floor-2", *REOPEN)
    again = json.loads(poa("diff", "before", "after", "--format", "json", cwd=project).stdout)["changes"]
    assert again == explained
    assert json.loads(poa("diff", "before", "--format", "json", cwd=project).stdout)["changes"] == []


def test_an_action_by_another_id_is_followed_where_it_had_stood(
    project: Path, amend: Amend, poa: Poa
) -> None:
    _propose(amend, "C-01", "--text", "Whoever observes reports.")
    _propose(amend, "A-001.points.a", "--remove")
    amend("accept", "floor-1", "floor-2", *BY)
    assert poa("rename", "first", "one", cwd=project).status == 0
    assert "section: one" in (project / FLOOR).read_text("utf-8").partition("was:")[2]
    assert amend("reopen", "floor-2", *REOPEN).stdout == "floor-2 open again: A-001 points.a put back\n"


def test_what_was_taken_in_by_hand_goes_out_again(project: Path, amend: Amend) -> None:
    before = _texts(project)
    _propose(amend, "A-002", "--text", "States shall answer.")
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("States should", "States shall"), "utf-8")
    amend("accept", "floor-1", "--by-hand", *BY)
    amend("reopen", "floor-1", *REOPEN)
    assert _texts(project) == before


@pytest.mark.slow
@given(st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_decision_taken_back_is_as_if_never_made(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """The oracle: the text without it is what the others alone make of the first text; or it is refused."""
    project = _write(tmp_path_factory.mktemp("plan"))
    words = ["States", "should", "answer", "soon", "and", "fully", "now"]
    names = []
    for number in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(words) - 1))
        other = data.draw(st.sampled_from([[], [f"new{number}"], [f"new{number}", words[at]]]))
        text = " ".join([*words[:at], *other, *words[at + 1 :]])
        names.append((number, text))
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("States should answer.", " ".join(words)), "utf-8")
    for _, text in names:
        given = Proposal(AmendmentKind.TEXT, Reviser("Delegation A", DAY), "A-002", proposed=text)
        try:
            propose.propose(project, given)
        except EditRefusedError:
            continue
    accepted = []
    for each in on_table(project).amendments:
        try:
            amend_api.accept(project, [each.id], CHAIR)
            accepted.append(each)
        except (EditRefusedError, AstrayError):
            continue
    if not accepted:
        return
    chosen = data.draw(st.sampled_from(accepted))
    before = _texts(project)
    try:
        reopen.reopen(project, chosen.id, BACK)
    except AstrayError:
        assert _texts(project) == before
        return
    left = on_table(project)
    text = left.plan.sections[0].actions[1].text
    others = [each for each in accepted if each is not chosen]
    came = {word for each in others for word in (each.proposed or "").split() if word.startswith("new")}
    assert {word for word in text.split() if word.startswith("new")} == came
    gone = [set(words) - set((each.proposed or "").split()) for each in others]
    assert set(words) - set(text.split()) == set().union(*gone)
