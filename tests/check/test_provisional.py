"""Provisional baselines: a text frozen as it is, on the way to what its stage asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import small_plan
from word_reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

FILE = "plan/baselines/on-the-way.json"


@pytest.fixture
def frozen(poa: Poa, tmp_path: Path) -> Path:
    """The small plan at its last stage, where nothing is agreed yet, frozen as ``on-the-way``."""
    data = small_plan.files()
    data["plan.yaml"]["stage"] = "day-2"
    data["plan.yaml"]["stages"][1]["baseline"] = "final"
    small_plan.write(tmp_path, data)
    done = poa("baseline", "create", "on-the-way", "--provisional")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{FILE}: provisional, stage day-2, text sha256:")
    return tmp_path


def test_what_is_lacking_stops_the_freeze_of_a_stage(poa: Poa, frozen: Path) -> None:
    done = poa("baseline", "create", "final")
    assert (done.status, done.stdout) == (1, "")
    assert "POA403" in done.stderr
    assert "--provisional" in done.stderr
    assert not (frozen / "plan/baselines/final.json").exists()


def test_a_fault_stops_a_provisional_freeze_too(poa: Poa, frozen: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 26"]
    small_plan.write(frozen, data)
    done = poa("baseline", "create", "other", "--provisional")
    assert done.status == 1
    assert "POA203" in done.stderr
    assert "to freeze it as it is" not in done.stderr


@pytest.mark.parametrize("name", ["final", "FINAL", "on-the-way", "On-The-Way", "a b"])
def test_a_provisional_baseline_has_a_name_of_its_own(poa: Poa, frozen: Path, name: str) -> None:
    before = sorted((frozen / "plan/baselines").iterdir())
    done = poa("baseline", "create", name, "--provisional")
    assert (done.status, done.stdout) == (2, "")
    assert sorted((frozen / "plan/baselines").iterdir()) == before


def test_it_is_marked_listed_and_verified(poa: Poa, frozen: Path) -> None:
    assert json.loads((frozen / FILE).read_text("utf-8"))["provisional"] is True
    assert poa("baseline", "list").stdout.endswith("  provisional\n")
    assert poa("baseline", "verify").status == 0


def test_the_mark_cannot_be_taken_away_unseen(poa: Poa, frozen: Path) -> None:
    path = frozen / FILE
    path.write_text(path.read_text("utf-8").replace(' "provisional": true,\n', ""), "utf-8")
    done = poa("baseline", "verify")
    assert done.status == 1
    assert "POA401" in done.stdout


def test_a_baseline_that_is_not_provisional_does_not_hold_the_key(poa: Poa, tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    assert poa("baseline", "create", "day-1").status == 0
    assert "provisional" not in (tmp_path / "plan/baselines/day-1.json").read_text("utf-8")


def test_it_is_compared_with_and_printed_as_any_version(poa: Poa, frozen: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stage"] = "day-2"
    small_plan.action(data, 1)["text"] = "States must answer."
    small_plan.write(frozen, data)
    assert "[-should-]{+must+}" in poa("diff", "on-the-way").stdout
    assert poa("render", "--since", "on-the-way", "-o", "x.docx").status == 0
    assert "Changes since\ton-the-way" in read((frozen / "x.docx").read_bytes()).of_style("POACover")
    assert poa("render", "on-the-way", "-o", "y.docx").status == 0
    cover = read((frozen / "y.docx").read_bytes()).of_style("POACover")
    assert "Not yet agreed\t2 actions (A-001, A-002)" in cover


def test_nobody_can_endorse_it(poa: Poa, frozen: Path) -> None:
    arguments = ("--participant", "tcc", "--capacity", "convenor", "--text", "on-the-way")
    done = poa("endorse", *arguments, "--date", "2017-12-05")
    assert (done.status, done.stdout) == (2, "")
    assert "provisional" in done.stderr
    assert not (frozen / "plan/endorsements.yaml").exists()


def test_an_endorsement_or_a_stage_that_names_it_is_found(poa: Poa, frozen: Path) -> None:
    digest = json.loads((frozen / FILE).read_text("utf-8"))["text_digest"]
    given = {
        "participant": "tcc",
        "capacity": "convenor",
        "text": "on-the-way",
        "digest": digest,
        "date": "2017-12-05",
    }
    data = small_plan.files() | {"endorsements.yaml": {"endorsements": [given]}}
    data["plan.yaml"]["stages"][1]["baseline"] = "on-the-way"
    small_plan.write(frozen, data)
    found = poa("validate", "--select", "POA42").stdout
    assert "POA423 stage day-2 gives" in found
    assert "POA424 tcc endorses" in found
