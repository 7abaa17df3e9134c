"""Cross-references through every command that prints words or changes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

SOURCE = "As {A-002} and {section:first} say, [see {A-001(b)|no} | wait]."
SEEN = "As paragraph 4 and section I say, [see 3 (b) | wait]."
DAY = ("--date", "2017-12-04")


@pytest.fixture
def project(tmp_path: Path, poa: Poa) -> Path:
    data = small_plan.files()
    data["sections/01-first.yaml"]["chapeau"][0]["text"] = SOURCE
    data["sections/01-first.yaml"]["actions"][1]["why"] = "It ends what {A-001} begins."
    folder = small_plan.write(tmp_path / "project", data)
    assert poa("-C", folder, "baseline", "create", "before").status == 0
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("show", "C-01"),
        ("show", "C-01", "--format", "markdown"),
        ("find", "paragraph 4"),
        ("status",),
        ("amend", "show", "floor-1"),
        ("amend", "show", "floor-1", "--format", "markdown"),
        ("amend", "preview", "floor-1"),
        ("show", "annex III"),
    ],
)
def test_what_is_printed_has_numbers_and_no_braces(project: Path, poa: Poa, command: tuple[str, ...]) -> None:
    words = ("C-01", "--text", SOURCE.replace("say", "tell"), "--by", "Delegation A", *DAY)
    assert poa("-C", project, "amend", "propose", *words).status == 0
    done = poa("-C", project, *command)
    said = " ".join(done.stdout.split())
    assert done.status == 0
    assert not any(each in said for each in ("{A-", "{section")), done.stdout
    assert any(each in said.replace("*", "") for each in ("paragraph 4", "paragraph 3", "3 (b)")), done.stdout


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_diff_shows_what_references_print(project: Path, poa: Poa, form: str) -> None:
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("As {A-002}", "As {A-001}"), "utf-8")
    done = poa("-C", project, "diff", "before", "--format", form)
    assert done.status == 0
    assert "paragraph 3" in done.stdout
    assert "{A-00" not in done.stdout


def test_a_new_id_is_followed_by_every_reference(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "rename", "A-002", "A-902").status == 0
    assert poa("-C", project, "rename", "first", "one").status == 0
    path = project / "plan/sections/01-first.yaml"
    assert "As {A-902} and {section:one} say" in " ".join(path.read_text("utf-8").split())
    point = path.read_text("utf-8").split("\n").index("  - id: b") + 1
    assert poa("-C", project, "rename", f"plan/sections/01-first.yaml:{point}", "z").status == 0
    assert "{A-001(z)|no}" in path.read_text("utf-8")
    assert poa("-C", project, "validate").status == 0
    done = poa("-C", project, "diff", "before", "--format", "json")
    assert {each["kind"] for each in json.loads(done.stdout)["changes"]} == {"id-changed"}


def test_an_amendment_takes_its_references_into_the_text(project: Path, poa: Poa) -> None:
    words = ("A-002", "--text", "States should answer as {A-001} asks.", "--by", "Delegation A", *DAY)
    assert poa("-C", project, "amend", "propose", *words).status == 0
    assert poa("-C", project, "amend", "accept", "floor-1", "--by", "Chair", *DAY).status == 0
    assert "as {A-001} asks" in (project / "plan/sections/01-first.yaml").read_text("utf-8")
    lost = ("A-002", "--text", "States should answer as {A-999} asks.", "--by", "Delegation A", *DAY)
    assert poa("-C", project, "amend", "propose", *lost).status == 0
    done = poa("-C", project, "amend", "accept", "floor-2", "--by", "Chair", *DAY)
    assert (done.status, "POA234" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("paragraph 4 above", "{A-002}"),
        ("paragraph 3 (b) of this plan", "{A-001(b)}"),
        ("section I below", "{section:first}"),
        ("annex I of this document", "{annex:sources}"),
        ("paragraph 99 above", "by its id, as {A-012}"),
    ],
)
def test_a_typed_number_is_offered_as_a_reference(project: Path, poa: Poa, typed: str, offered: str) -> None:
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace(SOURCE, f"As {typed} says."), "utf-8")
    done = poa("-C", project, "validate")
    assert "POA329" in done.stdout
    assert offered in done.stdout


def test_frozen_texts_may_refer_by_id_instead_of_by_number(project: Path, poa: Poa) -> None:
    """The words that people agreed to are the same, and so are the digest and what guards say."""
    path = project / "plan/sections/01-first.yaml"
    before = path.read_text("utf-8")
    path.write_text(before.replace(SOURCE, SOURCE.replace("{A-002}", "paragraph 4")), "utf-8")
    done = poa("-C", project, "diff", "before", "--format", "json")
    assert json.loads(done.stdout)["changes"] == []
    assert "POA420" not in poa("-C", project, "validate").stdout


def test_words_are_found_as_they_are_printed_and_where_they_are_spelt(project: Path, poa: Poa) -> None:
    done = poa("-C", project, "find", "4 and", "--format", "json")
    (hit,) = json.loads(done.stdout)["found"]
    text = (project / "plan/sections/01-first.yaml").read_text("utf-8")
    line = text.split("\n")[hit["line"] - 1]
    assert line[hit["column"] - 1 :].startswith("{A-002} and")
