"""A file for the room that prints holders by their titles: proposed, decided and read back by ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import room_samples as samples
import small_plan
from word_editing import Edited
from word_reading import W

from poa_toolkit.api import pull
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.api.validate import read
from poa_toolkit.model import AmendmentState

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "poa:A-001:text"
SOURCE = "Observers [states: should|tcc: may] report."
ROWS: dict[str, dict[str, Any]] = {
    "held by another": {"proposed": "Observers [observers: should|tcc: may] report."},
    "other words": {"proposed": "Observers [states: should|tcc: may] report in time."},
    "a bracket": {"proposed": "Observers [states: should|tcc: may] report [tcc: in time]."},
    "no bracket": {"proposed": "Observers should report."},
    "new": {
        "kind": "add",
        "section": "first",
        "after": "A-002",
        "proposed": "[tcc: All] of them.",
        "points": ["[states: or none];"],
    },
}
PRINTED = {
    "held by another": "Observers [election observers: should|tcc: may] report.",
    "other words": "Observers [States: should|tcc: may] report in time.",
    "a bracket": "Observers [States: should|tcc: may] report [The Carter Center: in time].",
    "no bracket": "Observers should report.",
    "new": "Observers [States: should|tcc: may] report.",
}


def written(project: Path, *names: str) -> Path:
    data = small_plan.files()
    data["plan.yaml"]["style"] = "carter"
    small_plan.action(data)["text"] = SOURCE
    rows = []
    for number, name in enumerate(names, 1):
        row = {"id": f"am-{number}", "proposer": f"Delegation {number}", "date": "2017-12-03", **ROWS[name]}
        if "kind" not in row:
            row |= {"record": "A-001", "field": "text", "original": SOURCE}
        rows.append(row)
    return small_plan.write(project, data | {"amendments/floor.yaml": {"amendments": rows}})


def decided(project: Path, *, accept: bool, typed: bool = False) -> bytes:
    there = Edited(samples.for_room(project).content)
    there.decide({f"Delegation {number}": accept for number in (1, 2)})
    if typed:
        there.replace(TEXT, "report", "tell", "Somebody Else")
    return there.save()


@pytest.mark.parametrize("name", ROWS)
def test_a_proposal_is_printed_with_titles_and_reads_so_when_accepted(tmp_path: Path, name: str) -> None:
    project = written(tmp_path / "project", name)
    assert Edited(decided(project, accept=True)).text(TEXT) == PRINTED[name]
    assert Edited(decided(project, accept=False)).text(TEXT) == PRINTED["new"]


def test_another_holder_takes_the_place_of_a_whole_title(tmp_path: Path) -> None:
    made = Edited(samples.for_room(written(tmp_path / "project", "held by another")).content)
    content = made.control(TEXT)
    went, came = (
        ["".join(each.itertext()) for each in content.iter(f"{W}{name}")] for name in ("del", "ins")
    )
    assert (went, came) == (["States: "], ["election observers: "])


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("accept", [True, False])
def test_a_decision_is_read_back_and_nobody_s_edit(tmp_path: Path, name: str, *, accept: bool) -> None:
    project = written(tmp_path / "project", name)
    untouched = samples.for_room(project).content
    choice = Choice(samples.CHAIR.day)
    assert pull.pull(project, [("room.docx", untouched)], choice).files[0].new == ()
    choice = choice._replace(decision=samples.CHAIR)
    found = pull.pull(project, [("room.docx", decided(project, accept=accept))], choice).files[0]
    assert (found.new, [each.outcome for each in found.decisions]) == (
        (),
        ["accepted" if accept else "rejected"],
    )
    loaded = read(project, None)
    wanted = AmendmentState.ACCEPTED if accept else AmendmentState.REJECTED
    assert [each.state for each in loaded.amendments] == [wanted]
    texts = {action.id: action.text for _, action in loaded.plan.walk_actions()}  # type: ignore[union-attr]  # it can be read
    is_here = accept and name != "new"
    assert texts["A-001"] == (ROWS[name]["proposed"] if is_here else SOURCE)


def test_words_beside_decisions_are_proposed_as_the_plan_spells_them(tmp_path: Path) -> None:
    project = written(tmp_path / "project", "a bracket", "new")
    choice = Choice(samples.CHAIR.day, decision=samples.CHAIR)
    file = decided(project, accept=True, typed=True)
    (one,) = pull.pull(project, [("room.docx", file)], choice).files[0].new
    assert one.proposed == "Observers [states: should|tcc: may] tell [tcc: in time]."
