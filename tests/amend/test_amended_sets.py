"""Amendments to addressees, levels and links: ascribed and counted as those to words are; placed by hand, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import small_plan

from poa_toolkit.api import diff
from poa_toolkit.document.blocks import Paragraph
from poa_toolkit.document.redline import redline
from poa_toolkit.document.runs import Deleted, Inserted

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Finished, Poa

SECTION = "plan/sections/01-first.yaml"
BY = ("--by", "Chair", "--date", "2017-12-04")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "one"
    data["actors.yaml"]["actors"].append({"id": "media", "title": "the media"})
    small_plan.action(data)["addressees"] = ["observers", "states"]
    return small_plan.write(tmp_path / "project", data)


def _amend(poa: Poa, project: Path, *words: str) -> Finished:
    return poa("-C", project, "amend", *words)


def _adopt(poa: Poa, project: Path, target: str, text: str, *more: str) -> None:
    proposal = ("propose", target, "--text", text, "--by", "Delegation A", "--date", "2017-12-04")
    assert _amend(poa, project, *proposal).status == 0
    done = _amend(poa, project, "accept", "floor-1", *BY, *more)
    assert done.status == 0, done.stderr


SETS = [("addressees", "observers, media"), ("level", "regional"), ("provisions", "iccpr 2(3)")]


@pytest.mark.parametrize(("field", "text"), SETS)
def test_what_an_amendment_made_of_a_set_is_its_own(poa: Poa, project: Path, field: str, text: str) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _adopt(poa, project, f"A-001.{field}", text)
    report = json.loads(_amend(poa, project, "report", "one", "--format", "json").stdout)
    assert [each["amendments"] for each in report["changes"]] == [["floor-1"]]
    said = " ".join(poa("-C", project, "diff", "one").stdout.split())
    assert "(amendment floor-1 of Delegation A)" in said
    assert "POA420" not in poa("-C", project, "validate").stdout


def test_in_word_its_author_is_who_proposed_it(poa: Poa, project: Path) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _adopt(poa, project, "A-001.addressees", "states, media")
    compared = diff.compare(project, "baseline:one")
    assert compared is not None
    made = redline(compared.old_plan, compared.plan, compared.comparison, amendments=compared.adopted)
    authors = {
        run.by.name if run.by else None
        for part in made.parts
        for block in part.blocks
        if isinstance(block, Paragraph) and block.record == "A-001"
        for run in block.runs
        if isinstance(run, Inserted | Deleted)
    }
    assert authors == {"Delegation A"}


def test_a_member_that_no_amendment_named_is_nobodys(poa: Poa, project: Path) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _adopt(poa, project, "A-001.addressees", "observers, states, media")
    path = project / SECTION
    text = path.read_text("utf-8")
    path.write_text(text.replace("  - observers\n", "", 1), "utf-8")
    assert path.read_text("utf-8") != text
    both = " ".join(poa("-C", project, "diff", "one").stdout.split())
    assert "amendment floor-1 of Delegation A; the other words by no amendment" in both
    assert "POA420" in poa("-C", project, "validate").stdout


def test_what_was_adopted_in_its_place_is_no_proposers(poa: Poa, project: Path) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _adopt(poa, project, "A-001.addressees", "observers", "--modified", "States and the media")
    assert "- media\n" in (project / SECTION).read_text("utf-8")
    both = " ".join(poa("-C", project, "diff", "one").stdout.split())
    assert "Delegation A" not in both
    assert "POA420" not in poa("-C", project, "validate").stdout


# --- placed by hand --------------------------------------------------------------------------------


def _unplaced(project: Path, **fields: Any) -> None:
    one = {"id": "back-1", **fields, "proposer": "Maria", "date": "2017-12-04", "state": "unplaced"}
    small_plan.write(project, {"amendments/back.yaml": {"amendments": [one]}})


def test_a_set_placed_by_hand_keeps_what_it_takes_out(poa: Poa, project: Path) -> None:
    _unplaced(project, original="election observers, States", proposed="election observers, The Moon")
    placed = _amend(poa, project, "place", "back-1", "--record", "A-001", "--field", "addressees")
    assert placed.status == 0, placed.stderr
    shown = _amend(poa, project, "show", "back-1").stdout
    assert "election observers, [-States-]{+The Moon+}" in shown.replace("] {", "]{")
    refused = _amend(poa, project, "accept", "back-1", *BY)
    assert refused.status == 1
    assert "“The Moon” is not known" in refused.stderr
    assert _amend(poa, project, "accept", "back-1", *BY, "--modified", "The Media").status == 0
    text = (project / SECTION).read_text("utf-8")
    assert "- media\n" in text
    assert "- states\n" not in text.partition("A-002")[0]


def test_a_heading_taken_out_alone_is_refused_in_words(poa: Poa, project: Path) -> None:
    _unplaced(project, kind="remove", record="first", field="title", original="First things")
    for words in (("accept", "back-1", *BY), ("place", "back-1", "--record", "first", "--field", "title")):
        refused = _amend(poa, project, *words)
        assert refused.status == 2
        assert "would take out the title of first alone" in refused.stderr


def test_several_paragraphs_in_one_amendment_are_refused_in_words(poa: Poa, project: Path) -> None:
    _unplaced(project, kind="add", proposed="Money\nDonors should pay.\nDonors should say so.")
    assert _amend(poa, project, "place", "back-1", "--section", "first").status == 0
    refused = _amend(poa, project, "accept", "back-1", *BY)
    assert refused.status == 2
    assert "it holds 3 paragraphs; adopt one with --modified" in refused.stderr
    assert _amend(poa, project, "accept", "back-1", *BY, "--modified", "Donors should pay.").status == 0
