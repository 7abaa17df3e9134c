"""Several amendments to one set: each adds and takes out its own members, whatever happens to the others."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poa_toolkit.api import amend, propose, reopen
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.errors import AstrayError, EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.model.link_sets import members, spelt
from poa_toolkit.model.proposals import Proposal, Reviser
from poa_toolkit.text.dates import parse_day

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Finished, Poa

BY = ("--by", "Chair", "--date", "2017-12-04")
BACK = ("--reason", "Too soon.", "--by", "Chair", "--date", "2017-12-05")


NAMES = ("observers", "states", "media", "donors", "parties")
DAY = parse_day("2017-12-04")
CHAIR = Decision("Chair", DAY)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return _write(tmp_path / "project")


def _write(folder: Path) -> Path:
    data = small_plan.files()
    names = {"media": "the media", "donors": "donors", "parties": "parties"}
    data["actors.yaml"]["actors"] += [{"id": name, "title": title} for name, title in names.items()]
    small_plan.action(data)["addressees"] = ["observers", "states"]
    return small_plan.write(folder, data)


def _amend(poa: Poa, project: Path, *words: str, status: int = 0) -> Finished:
    done = poa("-C", project, "amend", *words)
    assert done.status == status, done.stdout + done.stderr
    return done


def _propose(poa: Poa, project: Path, *texts: str) -> None:
    for number, text in enumerate(texts):
        by = f"Delegation {chr(ord('A') + number)}"
        _amend(
            poa, project, "propose", "A-001.addressees", "--text", text, "--by", by, "--date", "2017-12-04"
        )


def _now(project: Path) -> tuple[str, ...]:
    return on_table(project).plan.sections[0].actions[0].addressees


def test_carried_over_and_back_a_proposal_is_as_it_was(poa: Poa, project: Path) -> None:
    _propose(poa, project, "observers", "media")
    asked = on_table(project).amendments[1]
    _amend(poa, project, "accept", "floor-1", *BY)
    assert members(on_table(project).amendments[1].wording.proposed or "") == ("media",)
    _amend(poa, project, "reopen", "floor-1", *BACK)
    assert on_table(project).amendments[1] == asked
    _amend(poa, project, "accept", "floor-2", *BY)
    assert _now(project) == ("media",)


def test_reopened_what_another_takes_out_too_stays_out(poa: Poa, project: Path) -> None:
    _propose(poa, project, "observers", "observers, media")
    _amend(poa, project, "accept", "floor-1", "floor-2", *BY)
    assert _now(project) == ("observers", "media")
    _amend(poa, project, "reopen", "floor-1", *BACK)
    assert _now(project) == ("observers", "media")
    _amend(poa, project, "reopen", "floor-2", *BACK)
    assert set(_now(project)) == {"observers", "states"}


RIVALS = "both put something else in the place of “states”"


def test_rivals_for_the_place_of_a_member_collide(poa: Poa, project: Path) -> None:
    _propose(poa, project, "observers, media", "observers, donors")
    before = _now(project)
    assert RIVALS in " ".join(_amend(poa, project, "list", "--collisions").stdout.split())
    assert RIVALS in " ".join(_amend(poa, project, "preview", "floor-1", "floor-2").stdout.split())
    refused = _amend(poa, project, "accept", "floor-1", "floor-2", *BY, status=1)
    assert "floor-1 was accepted: “states” became “media”" in refused.stderr
    assert _now(project) == before
    _amend(poa, project, "accept", "floor-1", *BY)
    assert [each.state for each in on_table(project).amendments] == ["accepted", "stale"]
    _amend(poa, project, "reopen", "floor-1", *BACK)
    assert [each.state for each in on_table(project).amendments] == ["open", "open"]


@pytest.mark.parametrize(
    "texts", [("observers", "observers, media"), ("observers, states, media", "observers, states, donors")]
)
def test_who_only_adds_or_only_takes_out_rivals_nobody(
    poa: Poa, project: Path, texts: tuple[str, ...]
) -> None:
    _propose(poa, project, *texts)
    assert "in the place of" not in _amend(poa, project, "list", "--collisions").stdout
    _amend(poa, project, "accept", "floor-1", "floor-2", *BY)


def test_a_redline_shows_members_whole_and_by_name(poa: Poa, project: Path) -> None:
    _propose(poa, project, "observers, media")
    links = ("A-001.provisions", "--text", "iccpr 2(3)", "--by", "A", "--date", "2017-12-04")
    _amend(poa, project, "propose", *links)
    shown = _amend(poa, project, "show", "floor-1", "floor-2").stdout
    assert "election observers, [-States-]{+the media+}" in shown
    assert "iccpr 2(3)+}" in shown
    assert "{+2(3)" not in shown


@pytest.mark.parametrize(
    ("target", "text", "near"),
    [
        ("addressees", "states, the moon", ""),
        ("addressees", "Electoral observers", "election observers"),
        ("level", "galactic", ""),
        ("provisions", "iccpr 99", ""),
    ],
)
def test_a_member_that_is_not_known_is_told(
    poa: Poa, project: Path, target: str, text: str, near: str
) -> None:
    proposal = ("propose", f"A-001.{target}", "--text", text, "--by", "A", "--date", "2017-12-04")
    told = _amend(poa, project, *proposal).stderr
    assert f"“{text.rpartition(', ')[2]}” is not known; it cannot be accepted" in told
    assert near in told


def test_names_as_a_document_prints_them_are_proposed_as_ids(poa: Poa, project: Path) -> None:
    _propose(poa, project, "Election observers, the media")
    assert on_table(project).amendments[0].proposed == "observers, media"


@pytest.mark.slow
@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reopened_the_set_is_what_the_others_make_of_it(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """The oracle: the members of before, less what the others take out, with what they add; in their order."""
    project = _write(tmp_path_factory.mktemp("sets"))
    base, chosen = ("observers", "states"), st.lists(st.sampled_from(NAMES), min_size=1, unique=True)
    accepted: list[str] = []
    for _ in range(data.draw(st.integers(2, 7))):
        table = on_table(project).amendments
        waiting = [each.id for each in table if each.state is AmendmentState.OPEN]
        steps = ["propose", *(["accept"] if waiting else []), *(["reopen"] if accepted else [])]
        match data.draw(st.sampled_from(steps)):
            case "propose":
                proposal = Proposal(
                    AmendmentKind.TEXT,
                    Reviser("A", DAY),
                    "A-001",
                    "addressees",
                    proposed=spelt(data.draw(chosen)),
                )
                with suppress(EditRefusedError):
                    propose.propose(project, proposal)
            case "accept":
                name = data.draw(st.sampled_from(waiting))
                amend.accept(project, [name], CHAIR)
                accepted.append(name)
            case _:
                name = data.draw(st.sampled_from(accepted))
                before = _now(project)
                try:
                    reopen.reopen(project, name, CHAIR._replace(reason="Too soon."))
                    accepted.remove(name)
                except AstrayError:
                    assert _now(project) == before
        wanted = set(base)
        by_name = {each.id: each for each in on_table(project).amendments}
        for one in (by_name[each] for each in accepted):
            old, new = (set(members(each or "")) for each in (one.original, one.proposed))
            wanted = (wanted - (old - new)) | (new - old)
        assert set(_now(project)) == wanted
