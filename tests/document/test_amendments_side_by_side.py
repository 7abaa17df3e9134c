"""`poa amend show --target`: every amendment to one text in columns beside the text of today."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.api.amendments import describe_beside, on_table
from poa_toolkit.api.fmt import layouts, save

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan, with amendments to one action, its points and its neighbour."""
    from poa_toolkit.cli.main import _run  # noqa: PLC0415 - once for the module

    folder = tmp_path_factory.mktemp("plan")
    small_plan.write(folder)
    save(folder, layouts(folder, ()))
    proposals = (
        ("propose", "A-001", "--text", "Observers shall report to the treaty bodies."),
        ("propose", "A-001", "--text", "Observers may report to the treaty bodies.", "--comment", "No duty."),
        ("propose", "A-001.points.a", "--text", "On the night."),
        ("propose", "A-001.points", "--add", "--after", "a", "--text", "In between."),
        ("propose", "--add", "--after", "A-001", "--text", "Observers should train."),
        ("propose", "A-001", "--remove"),
        ("propose", "A-002", "--text", "States shall answer."),
        ("reject", "floor-2", "--reason", "A duty was wanted."),
        ("support", "floor-1", "--comment", "A <b>duty</b>."),
    )
    for number, words in enumerate(proposals):
        by = ("--by", f"Delegation {'ABC'[number % 3]}", "--date", "2017-12-04")
        assert _run(["-C", str(folder), "amend", *words, *by]) == 0
    return folder


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_all_that_is_to_a_record_stands_beside_its_text(project: Path) -> None:
    said = describe_beside(on_table(project), "a-001", "text")
    lines = said.splitlines()
    headings = [line for line, rule in pairwise(lines) if rule == "-" * len(line)]
    assert {"A-001 (para. 3)", "A-001, point a (para. 3 (a))", "What would be new"} <= set(headings)
    for name in (
        "floor-1, Delegation A",
        "floor-3, Delegation C",
        "floor-4, Delegation A",
        "floor-5",
        "floor-6",
    ):
        assert name in said
    assert "floor-7" not in said
    plain = _plain(said)
    assert "Today" in plain
    for words in ("supported by Delegation C", "A duty was", "Rejected by", "new point of A-001"):
        assert words in plain
    assert "Collision. floor-1 and floor-6: floor-6 removes what floor-1 changes" in plain


def test_a_field_has_its_own_amendments_and_those_to_the_whole(project: Path) -> None:
    said = describe_beside(on_table(project), "A-001.points.a", "text")
    assert [name for name in (f"floor-{number}" for number in range(1, 8)) if name in said] == [
        "floor-3",
        "floor-6",
    ]


@pytest.mark.parametrize(("width", "beside"), [(30, 1), (49, 1), (50, 2), (80, 3), (100, 3), (200, 4)])
def test_as_many_columns_as_can_be_read_stand_side_by_side(width: int, beside: int, project: Path) -> None:
    said = describe_beside(on_table(project), "A-001", "text", width=width)
    lines = said.splitlines()
    assert max(len(line) for line in lines) <= width
    rules = [len(line.split("  ")) for line in lines if re.fullmatch(r"-+(  -+)*", line)]
    assert max(rules) == beside


def test_in_html_and_markdown_it_is_a_table_and_words_are_only_words(project: Path) -> None:
    table = on_table(project)
    html = describe_beside(table, "A-001", "html")
    first = html[html.index("<table") : html.index("</table>")]
    assert first.count('<th scope="col"') == 4
    assert "<b>duty</b>" not in html
    assert "| Today |" in _plain(describe_beside(table, "A-001", "markdown")) or "<table" in describe_beside(
        table, "A-001", "markdown"
    )
    rows = json.loads(describe_beside(table, "A-001", "json"))["amendments"]
    assert [each["id"] for each in rows] == ["floor-1", "floor-3", "floor-4", "floor-5", "floor-6", "floor-2"]


def test_the_command_asks_for_one_or_the_other(project: Path, poa: Poa) -> None:
    assert poa("amend", "show", cwd=project).status == 2
    assert poa("amend", "show", "floor-1", "--target", "A-001", cwd=project).status == 2
    unknown = poa("amend", "show", "--target", "A-0001", cwd=project)
    assert (unknown.status, unknown.stdout) == (2, "")
    assert 'did you mean "A-001"?' in unknown.stderr
    assert "No amendment." in poa("amend", "show", "--target", "P-01", cwd=project).stdout
    assert "Elections shall be genuine." in poa("amend", "show", "--target", "P-01", cwd=project).stdout


@pytest.mark.parametrize("name", ["A-001", "A-002", "first", "P-01"])
def test_all_that_the_list_has_of_a_record_stands_side_by_side(name: str, tmp_path: Path, poa: Poa) -> None:
    folder = small_plan.write(tmp_path / "x")
    for place in (("--section", "first"), ("--after", "A-001"), ("--section", "introduction")):
        words = ("amend", "propose", "--add", *place, "--text", "States should meet.", "--by", "Chair")
        assert poa("-C", folder, *words).status == 0
    asked = ("--target", name, "--format", "json")
    listed, shown = (poa("-C", folder, "amend", command, *asked) for command in ("list", "show"))
    ids = [each["id"] for each in json.loads(listed.stdout)["amendments"]]
    assert (ids == []) is (name in ("P-01", "A-002"))
    assert [each["id"] for each in json.loads(shown.stdout)["amendments"]] == ids
    said = poa("-C", folder, "amend", "show", "--target", name).stdout
    assert name != "first" or said.startswith("Amendments to first (section I), side by side")
