"""Versions from folders, git and baselines: the right bytes, or one line that says why not."""

from __future__ import annotations

import os
import threading
from itertools import count
from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.api import validate
from poa_toolkit.errors import NoPlanError, VersionError
from poa_toolkit.source import base, folder, git_process, versions
from poa_toolkit.source.base import Files, find_project

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Git, Poa


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """A repository with two versions of a plan; the second renames it."""
    data = small_plan.files()
    git("init", "-q")
    small_plan.write(tmp_path, data)
    git("add", ".")
    git("commit", "-qm", "one")
    git("tag", "first")
    data["plan.yaml"]["title"] = "Another title"
    small_plan.write(tmp_path, data)
    git("commit", "-qam", "two")
    return tmp_path


def _title(project: Path, version: str | None) -> str:
    plan = validate.validate(project, version=version).plan
    assert plan is not None
    return plan.title


@pytest.mark.parametrize("version", ["first", "HEAD~1", "HEAD^", "git:first"])
def test_a_revision_is_read_from_the_object_store(version: str, repository: Path) -> None:
    assert _title(repository, version) == "A plan of action"
    assert _title(repository, None) == "Another title"


def test_the_same_bytes_from_git_and_from_a_folder(repository: Path) -> None:
    from_git = versions.read(repository, "HEAD")
    from_folder = folder.read(repository, "x")
    assert isinstance(from_git, Files)
    assert from_git.contents == from_folder.contents


def test_a_plan_below_the_top_of_its_repository(repository: Path, git: Git) -> None:
    inner = repository / "deep" / "er"
    small_plan.write(inner)
    git("add", ".")
    git("commit", "-qm", "three")
    assert _title(inner, "HEAD") == "A plan of action"


@pytest.mark.parametrize(
    "version", ["nothing", "--output=x", "-x", "HEAD~99", "a..b", "git:none", "dir:none", "baseline:none", ""]
)
def test_an_unknown_version_says_what_there_is(version: str, repository: Path) -> None:
    with pytest.raises(VersionError, match=r"there is no baseline, git revision or folder .*baselines: none"):
        versions.read(repository, version)
    assert not (repository / "x").exists()


def test_an_ambiguous_name_asks_which(repository: Path) -> None:
    (repository / "plan/baselines").mkdir()
    (repository / "plan/baselines/first.json").write_text("{}", encoding="utf-8")
    with pytest.raises(VersionError, match="say baseline:first or git:first"):
        versions.read(repository, "first")


def test_a_shallow_clone_says_how_to_deepen(repository: Path, git: Git, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git("clone", "-q", "--depth=1", f"file://{repository}", str(clone))
    with pytest.raises(VersionError, match="fetch-depth: 0"):
        versions.read(clone, "HEAD~1")


def test_a_revision_without_a_plan(repository: Path, git: Git) -> None:
    git("rm", "-rq", "plan")
    git("commit", "-qm", "gone")
    with pytest.raises(NoPlanError, match=r"HEAD holds no plan/plan\.yaml"):
        versions.read(repository, "HEAD")


def test_a_missing_object_is_an_error_never_a_removal(repository: Path, git: Git) -> None:
    blob = git("rev-parse", "HEAD:plan/actors.yaml")
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(VersionError, match="cannot read object"):
        versions.read(repository, "HEAD")


def test_a_link_committed_to_git_is_refused(repository: Path, git: Git) -> None:
    (repository / "plan/sections/02.yaml").symlink_to("/etc/passwd")
    git("add", ".")
    git("commit", "-qm", "link")
    found = [each.code for each in validate.validate(repository, version="HEAD").diagnostics]
    assert found == ["POA013"]


def test_no_git_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_plan.write(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VersionError, match="there is no baseline"):
        versions.read(tmp_path, "HEAD")


def test_hooks_and_filters_of_a_hostile_repository_do_not_run(repository: Path, git: Git) -> None:
    canary = repository / "canary"
    for key in ("core.fsmonitor", "core.sshCommand", "diff.external", "core.pager"):
        git("config", key, f"touch {canary}")
    (repository / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    git("config", "filter.x.smudge", f"touch {canary}")
    git("config", "diff.x.textconv", f"touch {canary}")
    versions.read(repository, "HEAD")
    assert not canary.exists()


def test_an_interruption_while_git_speaks_says_nothing(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[threading.ExceptHookArgs] = []
    start, calls = threading.Thread.start, count(1)

    def interrupted(thread: threading.Thread) -> None:
        if next(calls) % 2 == 0:  # git's answer is heard already, its complaints not yet
            raise KeyboardInterrupt
        start(thread)

    monkeypatch.setattr(threading, "excepthook", said.append)
    monkeypatch.setattr(threading.Thread, "start", interrupted)
    for _ in range(20):
        with pytest.raises(KeyboardInterrupt):
            git_process.run(repository, "help", "-a")
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(1)
    assert not said


def test_another_folder_is_a_version(tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["title"] = "Elsewhere"
    other = small_plan.write(tmp_path / "other", data)
    small_plan.write(tmp_path)
    assert _title(tmp_path, str(other)) == "Elsewhere"
    assert _title(tmp_path, f"dir:{other}") == "Elsewhere"


def test_links_and_special_files_are_refused_by_name(tmp_path: Path) -> None:
    small_plan.write(tmp_path / "p")
    sections = tmp_path / "p/plan/sections"
    outside = tmp_path / "outside.yaml"
    outside.write_text("id: x\ntitle: y\n", encoding="utf-8")
    (sections / "out.yaml").symlink_to(outside)
    (sections / "loop.yaml").symlink_to(sections / "loop.yaml")
    (sections / "dangling.yaml").symlink_to(sections / "none.yaml")
    (tmp_path / "p/plan/linked").symlink_to(tmp_path)
    os.mkfifo(sections / "pipe.yaml")
    found = {each.path: each.message for each in folder.read(tmp_path / "p", "x").refusals}
    assert found.pop("plan/sections/loop.yaml").startswith("the file cannot be read")
    assert found == {
        "plan/linked": "the folder is a link",
        "plan/sections/out.yaml": "the file is a link out of the project",
        "plan/sections/dangling.yaml": "the file cannot be read: No such file or directory",
        "plan/sections/pipe.yaml": "this is no regular file",
    }


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "shared.yaml").write_text("id: more\ntitle: More\n", encoding="utf-8")
    (tmp_path / "plan/sections/02.yaml").symlink_to(tmp_path / "shared.yaml")
    plan = validate.validate(tmp_path).plan
    assert plan is not None
    assert [section.id for section in plan.sections] == ["first", "more"]


def test_files_too_large_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_plan.write(tmp_path)
    monkeypatch.setattr(base, "MAX_FILE", 300)
    refusals = folder.read(tmp_path, "x").refusals
    too_large = {size for size in _sizes(tmp_path) if size > 300}
    assert {each.message for each in refusals} == {f"the file holds {size} bytes" for size in too_large}


def _sizes(project: Path) -> list[int]:
    return [each.stat().st_size for each in (project / "plan").rglob("*.yaml")]


def test_files_that_are_too_much_together_are_named(
    repository: Path, poa: Poa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_VERSION", sum(_sizes(repository)) - 1)
    (left_out,) = (each.path for each in folder.read(repository, "x").refusals)
    for version, before in (("HEAD", "HEAD:"), (f"dir:{repository}", f"{repository}/")):
        found = poa("-C", repository, "validate", "--version", version)
        assert found.status == 1
        assert f"{before}{left_out}: error POA013 the files of the plan hold more than" in found.stdout


def test_the_files_of_a_version_never_fill_more_than_their_room(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    for number in range(5):
        with (tmp_path / f"plan/sections/sparse-{number}.yaml").open("wb") as file:
            file.truncate(base.MAX_FILE)
    read = folder.read(tmp_path, "x")
    assert sum(map(len, read.contents.values())) <= base.MAX_VERSION
    assert {*read.contents} | {each.path for each in read.refusals} >= {
        f"plan/sections/sparse-{number}.yaml" for number in range(5)
    }


def test_one_blob_by_many_names_counts_each_time(
    repository: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        (repository / f"plan/sections/same-{number:02}.yaml").write_text("x" * 1000, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "three")
    monkeypatch.setattr(base, "MAX_VERSION", 10_000)
    read = versions.read(repository, "HEAD")
    assert isinstance(read, Files)
    assert sum(map(len, read.contents.values())) <= 10_000
    assert len(read.refusals) > 40


def test_the_project_is_the_nearest_folder_with_a_plan(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    assert find_project(tmp_path / "plan/sections") == tmp_path.resolve()


def test_without_a_plan_the_message_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(NoPlanError, match="poa init DIR"):
        find_project(tmp_path)
    with pytest.raises(NoPlanError, match=r"there is no plan/plan\.yaml"):
        folder.read(tmp_path, "x")
