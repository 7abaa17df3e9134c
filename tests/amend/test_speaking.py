"""`poa amend support`, `oppose`, `remark` and `revise`: who spoke, and earlier words, stay on record."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import docx
import pytest
import small_plan

from poa_toolkit.api.amendment_files import AmendmentFiles
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.fmt import layouts, save
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.load import yaml_tree
from poa_toolkit.merge.values import merge
from poa_toolkit.model import AmendmentsFile

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Finished, Poa

FLOOR = "plan/amendments/floor.yaml"
A = ("--by", "Delegation A", "--date", "2017-12-04")
B = ("--by", "Delegation B", "--date", "2017-12-04")
C = ("--by", "Delegation C", "--date", "2017-12-05")


class Amend(Protocol):
    def __call__(self, *words: str | Path, status: int = 0) -> Finished: ...


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small plan, in the canonical layout."""
    small_plan.write(tmp_path)
    save(tmp_path, layouts(tmp_path, ()))
    return tmp_path


@pytest.fixture
def amend(project: Path, poa: Poa) -> Amend:
    """Run `poa amend` in the project, with an amendment on the table, and say which status is expected."""

    def run(*words: str | Path, status: int = 0) -> Finished:
        done = poa("amend", *words, cwd=project)
        assert done.status == status, done.stdout + done.stderr
        return done

    run("propose", "A-002", "--text", "States shall answer.", "--comment", "A duty.", *A)
    return run


def _plain(text: str) -> str:
    return " ".join(text.split())


def _sections(project: Path) -> bytes:
    return (project / "plan/sections/01-first.yaml").read_bytes()


# --- who spoke --------------------------------------------------------------------------------


def test_who_spoke_is_printed_wherever_the_amendment_is(project: Path, amend: Amend, tmp_path: Path) -> None:
    before = _sections(project)
    assert amend("support", "floor-1", *B).stdout == "floor-1: supported by Delegation B\n"
    amend("oppose", "floor-1", "--comment", "Too strong.", *C)
    said = amend(
        "remark",
        "floor-1",
        "--comment",
        "To be read with A-001.",
        "--by",
        "The Chair",
        "--date",
        "2017-12-05",
    )
    assert said.stdout == "floor-1: remark of The Chair\n"
    assert _sections(project) == before
    for command in (("show", "floor-1"), ("sheet",)):
        text = _plain(amend(*command).stdout)
        assert "- Delegation B supports it (4 December 2017)" in text
        assert "- Delegation C opposes it (5 December 2017): Too strong." in text
        assert "- The Chair (5 December 2017): To be read with A-001." in text
    report = _plain(amend("report").stdout)
    assert "supported by Delegation B; opposed by Delegation C; Delegation C: Too strong." in report
    assert "The Chair: To be read with A-001." in report
    amend("sheet", "--format", "docx", "-o", tmp_path / "sheet.docx")
    words = " ".join(each.text for each in docx.Document(str(tmp_path / "sheet.docx")).paragraphs)
    assert "Delegation B supports it" in words
    rows = json.loads(amend("show", "floor-1", "--format", "json").stdout)["amendments"][0]["statements"]
    assert [(each["by"], each["stance"]) for each in rows] == [
        ("Delegation B", "support"), ("Delegation C", "oppose"), ("The Chair", "remark")
    ]  # fmt: skip


def test_what_is_written_is_as_fmt_and_validate_want_it(project: Path, amend: Amend, poa: Poa) -> None:
    amend("support", "floor-1", *B)
    amend("revise", "floor-1", "--text", "States must answer.", *A)
    assert poa("fmt", "--check", cwd=project).status == 0
    assert "POA43" not in poa("validate", cwd=project).stdout


def test_the_later_word_of_a_speaker_stands_and_the_earlier_is_kept(amend: Amend) -> None:
    amend("support", "floor-1", *B)
    done = amend("oppose", "floor-1", "--by", "delegation  b", "--date", "2017-12-05")
    assert done.stdout == (
        "floor-1: opposed by delegation b (had supported it on 2017-12-04, which stays on record)\n"
    )
    shown = _plain(amend("show", "floor-1").stdout)
    assert "opposes it (5 December 2017; supported it on 4 December 2017)" in shown
    assert "supports it" not in shown
    assert "on record already" in amend("support", "floor-1", *B, status=2).stderr


def test_what_was_decided_is_neither_supported_nor_opposed_but_remarked_upon(amend: Amend) -> None:
    amend("reject", "floor-1", *C)
    refused = amend("support", "floor-1", *B, status=2)
    assert "floor-1 was rejected already; `poa amend remark floor-1`" in refused.stderr
    amend("remark", "floor-1", "--comment", "It will come again.", *B)
    amend("remark", "floor-1", *B, status=2)
    amend("remark", "floor-1", "--comment", " ", *B, status=2)


def test_a_remark_without_words_is_found(project: Path, amend: Amend, poa: Poa) -> None:
    amend("remark", "floor-1", "--comment", "Why?", *B)
    path = project / FLOOR
    head, _, _ = path.read_text("utf-8").rpartition("        comment:")
    path.write_text(head, "utf-8")
    assert (
        "the remark of Delegation B on the amendment floor-1 lacks `comment`"
        in poa("validate", cwd=project).stdout
    )


# --- other words ------------------------------------------------------------------------------


def test_a_revised_proposal_has_new_words_and_keeps_the_earlier(project: Path, amend: Amend) -> None:
    before = _sections(project)
    amend("support", "floor-1", *B)
    done = amend("revise", "floor-1", "--text", "All States shall\nanswer.", "--comment", "All of them.", *A)
    assert done.stdout.splitlines() == [
        "floor-1 revised; its earlier form stays on record",
        "floor-1: what was said of it so far was of the earlier form",
    ]
    assert _sections(project) == before
    shown = _plain(amend("show", "floor-1").stdout)
    assert "{+All +}States [-should-]{+shall+} answer." in shown
    assert (
        "Earlier form: Until revised by Delegation A, 4 December 2017. It was said for that: A duty." in shown
    )
    assert "States [-should-]{+shall+} answer." in shown.partition("Earlier form:")[2]
    assert "Delegation B supported it as it stood before it was revised" in shown
    assert "supported by Delegation B (before it was revised)" in _plain(amend("report").stdout)
    amend("support", "floor-1", *B)
    assert "Delegation B supports it (4 December 2017; supported it on" in _plain(
        amend("show", "floor-1").stdout
    )
    amend("accept", "floor-1", *C)
    assert b"All States shall answer." in _sections(project)


def test_one_who_did_not_propose_it_is_named(amend: Amend) -> None:
    said = amend("revise", "floor-1", "--text", "States must answer.", *B).stdout
    assert "floor-1 was proposed by Delegation A, and revised by Delegation B\n" in said
    assert "Until revised by Delegation B" in amend("show", "floor-1").stdout


def test_it_is_revised_on_the_text_of_today(project: Path, amend: Amend) -> None:
    amend("propose", "A-002", "--text", "All States should answer.", *B)
    amend("accept", "floor-2", *C)
    amend("revise", "floor-1", "--text", "All States must answer.", *A)
    one = on_table(project).amendments[0]
    assert (one.original, one.proposed, one.rebased) == (
        "All States should answer.", "All States must answer.", None
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "words", "said"),
    [
        ((), ("--text", "States shall answer."), "floor-1 says that already"),
        ((), ("--text", "States should answer."), "A-002 text says that already; withdraw floor-1 instead"),
        ((), (), "say with --text"),
        (("reject", "floor-1", *C), ("--text", "States must answer."), "floor-1 was rejected already"),
        (("accept", "floor-1", *C), ("--text", "States must answer."), "floor-1 was accepted already"),
    ],
)
def test_what_cannot_be_revised_says_why(
    first: tuple[str, ...], words: tuple[str, ...], said: str, project: Path, amend: Amend
) -> None:
    if first:
        amend(*first)
    before = (project / FLOOR).read_bytes()
    # what was decided is a state of the plan; all else is wrong use
    status = 1 if first else 2
    assert said in amend("revise", "floor-1", *words, *A, status=status).stderr
    assert (project / FLOOR).read_bytes() == before


def test_a_removal_has_no_words_but_may_have_another_comment(amend: Amend) -> None:
    amend("propose", "A-001", "--remove", *A)
    assert "has no words to revise" in amend("revise", "floor-2", "--text", "None.", *A, status=2).stderr
    amend("revise", "floor-2", "--comment", "It is said elsewhere.", *A)
    assert "It is said elsewhere." in amend("show", "floor-2").stdout


def test_a_revised_proposal_that_comes_again_is_known(project: Path, amend: Amend) -> None:
    row = _rows(project)[0]
    came = {key: value for key, value in row.items() if key != "id"}
    amend("revise", "floor-1", "--text", "States must answer.", "--comment", "Once more.", *A)
    amend("revise", "floor-1", "--text", "States ought to answer.", *A)
    table = AmendmentFiles(PlanEdit(project))
    assert table.add(FLOOR, [came]) == ((), 1)
    new, known = table.add(FLOOR, [came, came])
    assert (len(new), known) == (1, 1), "the same words twice in a file are two amendments"


# --- two desks --------------------------------------------------------------------------------


def _rows(project: Path) -> list[dict[str, Any]]:
    return list(yaml_tree.read(FLOOR, (project / FLOOR).read_bytes()).value["amendments"])


def _both(project: Path, amend: Amend, mine: tuple[str, ...], yours: tuple[str, ...]) -> dict[str, Any]:
    """Give the amendment as two desks leave it after a merge."""
    base = (project / FLOOR).read_bytes()
    sides = []
    for words in (mine, yours):
        (project / FLOOR).write_bytes(base)
        amend(*words)
        sides.append(yaml_tree.read(FLOOR, (project / FLOOR).read_bytes()).value)
    merged = merge(yaml_tree.read(FLOOR, base).value, *sides, root=AmendmentsFile)
    assert not merged.conflicts
    found = AmendmentsFile.model_validate(merged.ours).amendments[0]
    return {
        "statements": found.statements,
        "history": found.history,
        "form": found.form,
        "now": found.proposed,
    }


@pytest.mark.parametrize("first", [(), ("support", "floor-1", "--by", "The Chair", "--date", "2017-12-03")])
def test_what_is_said_at_two_desks_is_all_on_record(
    first: tuple[str, ...], project: Path, amend: Amend
) -> None:
    if first:
        amend(*first)
    base = (project / FLOOR).read_bytes()
    found = _both(project, amend, ("support", "floor-1", *B), ("oppose", "floor-1", *C))
    speakers = {(each.by, each.stance) for each in found["statements"]}
    assert {("Delegation B", "support"), ("Delegation C", "oppose")} <= speakers
    assert len(speakers) == 2 + bool(first)
    (project / FLOOR).write_bytes(base)
    same = _both(project, amend, ("support", "floor-1", *B), ("support", "floor-1", *B))
    assert len(same["statements"]) == 1 + bool(first)


def test_what_is_said_at_one_desk_while_the_other_revises_is_of_the_earlier_form(
    project: Path, amend: Amend
) -> None:
    amend("support", "floor-1", *B)
    revised = ("revise", "floor-1", "--text", "States must answer.", *A)
    found = _both(project, amend, revised, ("oppose", "floor-1", *C))
    assert (found["form"], found["now"]) == (2, "States must answer.")
    assert [(each.by, each.form) for each in found["statements"]] == [
        ("Delegation B", 1),
        ("Delegation C", 1),
    ]


def test_a_proposal_revised_at_one_desk_and_carried_over_at_the_other_is_reckoned_anew(
    project: Path, amend: Amend, poa: Poa
) -> None:
    amend("propose", "A-002", "--text", "All States should answer.", *B)
    base = (project / FLOOR).read_bytes()
    amend("accept", "floor-2", *C)
    theirs = yaml_tree.read(FLOOR, (project / FLOOR).read_bytes()).value
    (project / FLOOR).write_bytes(base)
    section = project / "plan/sections/01-first.yaml"
    section.write_bytes(section.read_bytes().replace(b"All States should", b"States should"))
    amend("revise", "floor-1", "--text", "States must answer.", *A)
    ours = yaml_tree.read(FLOOR, (project / FLOOR).read_bytes()).value
    merged = merge(yaml_tree.read(FLOOR, base).value, ours, theirs, root=AmendmentsFile)
    (project / FLOOR).write_text(json.dumps(merged.ours, default=date.isoformat), "utf-8")
    assert "POA431" not in poa("validate", cwd=project).stdout
    assert "rebased" not in merged.ours["amendments"][0]
