"""Where a command may not write: into a plan, by whatever way, over what it read, into git's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

SECTION = "plan/sections/01-first.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    small_plan.write(tmp_path)
    (tmp_path / "to-a-file").symlink_to("plan/plan.yaml")
    (tmp_path / "to-a-file.pdf").symlink_to("plan/plan.yaml")
    (tmp_path / "to-a-folder").symlink_to("plan/sections")
    (tmp_path / ".git").mkdir()
    return tmp_path


def _files(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


@pytest.mark.parametrize(
    "words",
    [
        ("status", "-o", "to-a-file"),
        ("status", "-o", "to-a-folder/x.yaml"),
        ("status", "-o", "plan/x.md"),
        ("status", "-o", ".git/config"),
        ("render", "-o", "to-a-file"),
        ("render", "-o", "to-a-file.docx", "--pdf"),
        ("build", "-o", "plan"),
        ("build", "-o", "plan/new"),
        ("build", "-o", "to-a-folder"),
        ("build", "-o", ".git"),
        ("template", "check", "--preview", "to-a-file", "{template}"),
        ("import", "{draft}", "-o", "plan"),
        ("render", "-o", "-"),
        ("render", "-o", ""),
        ("status", "-o", ""),
    ],
)
def test_what_must_not_be_written_over_is_spared(
    project: Path, poa: Poa, tmp_path_factory: pytest.TempPathFactory, words: tuple[str, ...]
) -> None:
    beside = tmp_path_factory.mktemp("beside")
    template, draft = beside / "template.docx", beside / "draft.docx"
    assert poa("template", "init", "-o", template, cwd=project).status == 0
    assert poa("render", "-o", draft, cwd=project).status == 0
    before = _files(project)
    done = poa(*(each.format(template=template, draft=draft) for each in words), cwd=project)
    assert (done.status, done.stderr.count("\n")) == (2, 1), done.stderr
    assert _files(project) == before


@pytest.mark.parametrize(
    "words",
    [
        ("render", "--template", "own.docx", "-o", "own.docx"),
        ("template", "check", "own.docx", "-o", "own.docx"),
        ("template", "check", "own.docx", "--preview", "own.docx"),
        ("pull", "own.docx", "--force", "-o", "own.docx"),
    ],
)
def test_a_file_that_was_read_is_not_written_over(project: Path, poa: Poa, words: tuple[str, ...]) -> None:
    assert poa("template", "init", "-o", "own.docx", cwd=project).status == 0
    before = _files(project)
    done = poa(*words, cwd=project)
    assert (done.status, "is the file that was read" in done.stderr) == (2, True)
    assert _files(project) == before


# --- whose links are followed on the way to what a person names ------------------------------


def _linked(link: Path, target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)
    return target


def test_what_came_beside_the_project_is_not_followed(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path / "unpacked/sub")
    outside = _linked(tmp_path / "unpacked/out", tmp_path / "outside")
    for output in ("../out", tmp_path / "unpacked/out/deeper"):
        done = poa("build", "-o", output, cwd=tmp_path / "unpacked/sub")
        assert (done.status, "out is a link" in done.stderr) == (2, True)
    assert list(outside.iterdir()) == []


def test_ones_own_links_are_followed(tmp_path: Path, poa: Poa, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    small_plan.write(home / "work/project")
    # a home may be a repository of its own
    (home / ".git").mkdir()
    documents = _linked(home / "Documents", tmp_path / "another-disk")
    assert poa("-C", "work/project", "status", "-o", "Documents/x.txt", cwd=home).status == 0
    assert poa("status", "-o", home / "Documents/y.txt", cwd=home / "work/project").status == 0
    assert poa("init", "Documents/new", cwd=home).status == 0
    assert {each.name for each in documents.iterdir()} == {"x.txt", "y.txt", "new"}


def test_the_way_to_the_project_is_ones_own(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path / "here/project")
    (tmp_path / "here/link").symlink_to("project")
    for words in (("build",), ("schema", "--write"), ("template", "init"), ("fmt",)):
        assert poa("-C", "link", *words, cwd=tmp_path / "here").status == 0


def test_a_home_that_is_the_project_has_no_links_of_ones_own(
    project: Path, poa: Poa, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("HOME", str(project))
    outside = _linked(project / "build", tmp_path_factory.mktemp("outside"))
    assert poa("build", cwd=project).status == 2
    assert list(outside.iterdir()) == []


def test_a_plan_is_not_begun_in_another_or_in_what_git_keeps(project: Path, poa: Poa) -> None:
    before = _files(project)
    for folder in ("plan/new", ".git/new"):
        assert poa("init", folder, cwd=project).status == 2
    assert _files(project) == before


def test_folders_may_lie_deeper_than_calls_may(project: Path, poa: Poa) -> None:
    here = os.open(project / "plan", os.O_RDONLY)
    # a path of all of them would be too long to be made at once
    for _ in range(1300):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    try:
        for words in (("validate",), ("fmt",), ("status", "-o", "x.txt")):
            assert poa(*words, cwd=project).status in (0, 1)
    finally:
        # who clears up after the tests goes no deeper than calls may
        subprocess.run(["rm", "-rf", str(project / "plan/d")], check=True)


def test_a_dash_is_standard_output(project: Path, poa: Poa) -> None:
    assert poa("status", "-o", "-", cwd=project).stdout == poa("status", cwd=project).stdout
    assert not (project / "-").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
@pytest.mark.parametrize(
    "words",
    [
        ("log", "\udcff"),
        ("amend", "propose", "A-001", "--text", "a\udcff", "--by", "x"),
        ("withdraw", "A-002", "--reason", "a\udcff"),
        ("review", "A-001", "--by", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_told_in_one_line(project: Path, poa: Poa, words: tuple[str, ...]) -> None:
    before = _files(project)
    done = poa(*words, cwd=project)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "poa: an argument holds bytes that are not UTF-8; type it again\n"
    assert _files(project) == before
