"""Several amendments to one set: each adds and takes out its own members, whatever happens to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.api.amendments import on_table
from poa_toolkit.model.sets import members

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Finished, Poa

BY = ("--by", "Chair", "--date", "2017-12-04")
BACK = ("--reason", "Too soon.", "--by", "Chair", "--date", "2017-12-05")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = small_plan.files()
    names = {"media": "the media", "donors": "donors", "parties": "parties"}
    data["actors.yaml"]["actors"] += [{"id": name, "title": title} for name, title in names.items()]
    small_plan.action(data)["addressees"] = ["observers", "states"]
    return small_plan.write(tmp_path / "project", data)


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
