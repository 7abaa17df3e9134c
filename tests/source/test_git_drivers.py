"""`poa git-setup` and the merge that git then makes with us, in real repositories."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.edit.yaml_file import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Git, Poa

SECTION = "plan/sections/01-first.yaml"
KEYS = ("diff.poa.wordregex", "diff.poa.xfuncname", "merge.poa.driver", "merge.poa.name")
TEXT = """\
id: first
title: First things
actions:
  - id: A-001 # for ever
    text: >-
      Observers should report to the treaty bodies before each review of a State.
    addressees:
      - observers
    status: draft
  - id: A-002
    text: >-
      States should answer within a year.
    addressees:
      - states
    status: draft
"""


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    project = tmp_path / "a project"
    project.mkdir()
    git("init", "-q", cwd=project)
    small_plan.write(project, {**small_plan.files(), "sections/01-first.yaml": TEXT})
    git("add", "-A", cwd=project)
    git("commit", "-qm", "One", cwd=project)
    return project


@pytest.fixture
def branches(repository: Path, git: Git, poa: Poa) -> Callable[[str, str], str]:
    """Set the drivers up, let two branches change the section, merge them: what git said."""

    def merge(ours: str, theirs: str) -> str:
        assert poa("-C", repository, "git-setup").status == 0
        git("add", "-A", cwd=repository)
        git("commit", "-qm", "Drivers", cwd=repository)
        for branch, text in (("theirs", theirs), ("ours", ours)):
            git("checkout", "-qb", branch, "main", cwd=repository)
            (repository / SECTION).write_text(text, encoding="utf-8")
            git("commit", "-qam", branch, cwd=repository)
        return git("merge", "theirs", "-m", "Merged", cwd=repository, check=False)

    return merge


def _settings(git: Git, repository: Path) -> str:
    return git("config", "--local", "--list", cwd=repository)


def test_setting_up_is_local_and_idempotent(repository: Path, git: Git, poa: Poa) -> None:
    done = poa("-C", repository, "git-setup")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.count("set ") == 4
    assert "added a line to .gitattributes; commit it\n" in done.stdout
    assert done.stdout.count("wrote the hook pre-") == 2
    before = _settings(git, repository), (repository / ".gitattributes").read_bytes()
    assert all(f"{key}=" in before[0] for key in KEYS)
    assert (
        git("check-attr", "merge", "diff", "--", SECTION, "plan/plan.yaml", cwd=repository).count(": poa")
        == 4
    )
    assert (
        git("check-attr", "merge", "--", "poa.yaml", "plan/baselines/x.json", cwd=repository).count(": poa")
        == 0
    )
    assert poa("-C", repository, "git-setup").stdout == "all is set up already\n"
    assert (_settings(git, repository), (repository / ".gitattributes").read_bytes()) == before


@pytest.mark.parametrize("attributes", [None, b"", b"* text=auto\n", b"* text=auto\r\n*.docx binary\r\n"])
def test_undoing_gives_back_what_was_there(
    attributes: bytes | None, repository: Path, git: Git, poa: Poa
) -> None:
    path = repository / ".gitattributes"
    if attributes is not None:
        path.write_bytes(attributes)
    git("config", "merge.other.driver", "x", cwd=repository)
    before = _settings(git, repository)
    poa("-C", repository, "git-setup")
    done = poa("-C", repository, "git-setup", "--undo")
    assert done.status == 0
    assert done.stdout.count("removed ") == 6
    assert not any((repository / ".git/hooks").glob("*commit"))
    assert _settings(git, repository) == before
    assert (path.read_bytes() if path.exists() else None) == (attributes or None)
    assert poa("-C", repository, "git-setup", "--undo").stdout == "nothing to undo\n"


def test_an_old_setting_is_renewed(repository: Path, git: Git, poa: Poa) -> None:
    poa("-C", repository, "git-setup")
    git("config", "merge.poa.driver", "/gone/poa merge-driver %O %A %B", cwd=repository)
    assert poa("-C", repository, "git-setup").stdout == "set merge.poa.driver in this clone\n"
    assert sys.executable in git("config", "merge.poa.driver", cwd=repository)


def test_a_line_that_the_project_wrote_itself_stays(repository: Path, poa: Poa) -> None:
    own = b"plan/**/*.yaml   diff=poa merge=poa\n"
    (repository / ".gitattributes").write_bytes(own)
    assert ".gitattributes" not in poa("-C", repository, "git-setup").stdout
    poa("-C", repository, "git-setup", "--undo")
    assert (repository / ".gitattributes").read_bytes() == own


def test_without_a_repository_it_says_so(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path / "x")
    done = poa("-C", tmp_path / "x", "git-setup")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("poa: git has no settings here: ")
    assert not (tmp_path / "x/.gitattributes").exists()


def test_git_merges_two_edits_of_one_sentence(repository: Path, branches: Callable[[str, str], str]) -> None:
    said = branches(
        TEXT.replace("Observers should", "Observers shall"), TEXT.replace("each review", "every review")
    )
    assert "Merge made by" in said
    expected = TEXT.replace("Observers should", "Observers shall").replace("each review", "every review")
    assert (repository / SECTION).read_text(encoding="utf-8") == expected


def test_git_stops_at_a_doubt_and_marks_it(
    repository: Path, git: Git, branches: Callable[[str, str], str], poa: Poa
) -> None:
    said = branches(TEXT.replace("a year", "two years"), TEXT.replace("a year", "six months"))
    assert (
        f"poa: {SECTION}: A-002 text: both sides changed the same words, or words beside each other" in said
    )
    assert "Automatic merge failed" in said
    text = (repository / SECTION).read_text(encoding="utf-8")
    assert text == TEXT.replace(
        "      States should answer within a year.\n",
        "<<<<<<< ours\n      States should answer within two years.\n=======\n"
        "      States should answer within six months.\n>>>>>>> theirs\n",
    )
    assert git("status", "--porcelain", cwd=repository) == f"UU {SECTION}"
    found = poa("-C", repository, "validate")
    assert found.status == 1
    assert f"{SECTION}:12:1: error POA003 a merge has left its conflict marker here" in found.stdout


def test_twin_ids_of_two_branches_are_found_and_explained(
    repository: Path, branches: Callable[[str, str], str]
) -> None:
    new = "  - id: A-003\n    text: {}\n    status: draft\n"
    said = branches(TEXT + new.format("One."), TEXT.replace("actions:\n", "actions:\n" + new.format("Two.")))
    assert "A-003: was added on both sides, as two different records: one of them needs another id" in said
    text = (repository / SECTION).read_text(encoding="utf-8")
    assert "One." in text
    assert "Two." in text
    assert "<<<<<<< ours" in text


def test_without_the_toolkit_git_merges_by_itself(
    repository: Path, git: Git, branches: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("poa_toolkit.source.git_drivers.sys.executable", "/gone/python")
    branches(TEXT.replace("a year", "two years"), TEXT.replace("a year", "six months"))
    text = (repository / SECTION).read_text(encoding="utf-8")
    assert "two years" in text
    assert "six months" in text
    assert text.count("<<<<<<<") == 1
    assert git("status", "--porcelain", cwd=repository) == f"UU {SECTION}"


def test_code_that_lies_in_the_repository_is_not_run(
    repository: Path, branches: Callable[[str, str], str]
) -> None:
    for name in ("poa_toolkit.py", "click.py", "sitecustomize.py"):
        (repository / name).write_text(f"open({str(repository / 'canary')!r}, 'w')\n", encoding="utf-8")
    assert "Merge made by" in branches(TEXT.replace("should report", "shall report"), TEXT + "# x\n")
    assert not (repository / "canary").exists()


def test_a_hunk_is_headed_by_its_record(repository: Path, git: Git, poa: Poa) -> None:
    poa("-C", repository, "git-setup")
    text = TEXT.replace(
        "    status: draft\n  - id", "    points:\n      - id: a\n        text: x\n    status: draft\n  - id"
    )
    (repository / SECTION).write_text(text, encoding="utf-8")
    git("add", "-A", cwd=repository)
    (repository / SECTION).write_text(
        text.replace("status: draft\n  - id", "status: agreed\n  - id"), encoding="utf-8"
    )
    assert "@@ - id: A-001 # for ever\n" in git("diff", "-U0", cwd=repository)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("each", "every"),
        ("within", "25(b)"),
        ("within", "A/HRC/26/16"),
        ("within", "30%"),
        ("treaty", "treaty-based"),
        ("each", "été"),
    ],
)
def test_words_of_a_diff_are_those_of_the_field(
    old: str, new: str, repository: Path, git: Git, poa: Poa
) -> None:
    poa("-C", repository, "git-setup")
    (repository / SECTION).write_text(TEXT.replace(f" {old} ", f" {new} "), encoding="utf-8")
    said = git("diff", "--word-diff", cwd=repository)
    assert TEXT.count(f" {old} ") == said.count(f"[-{old}-]{{+{new}+}}")


def test_the_result_of_a_merge_can_be_read(repository: Path, branches: Callable[[str, str], str]) -> None:
    branches(
        TEXT.replace("    status: draft\n  - id", "    status: agreed\n  - id"),
        TEXT + "  - id: A-003\n    text: New.\n    status: draft\n",
    )
    found = Reading((repository / SECTION).read_text(encoding="utf-8")).value["actions"]
    assert [(each["id"], each["status"]) for each in found] == [
        ("A-001", "agreed"),
        ("A-002", "draft"),
        ("A-003", "draft"),
    ]
