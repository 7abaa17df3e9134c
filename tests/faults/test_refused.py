"""Where the machine refuses, a command says so in one line, and the plan is as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from trees import contents, leftovers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rounds import Case, Ended, Stage

pytest_plugins = ["rounds"]  # a second conftest.py would take the name of the first

ERRORS = ("ENOSPC", "EIO", "EACCES")
MOST = 200
REFUSED = 2
READERS = (
    ("validate",),
    ("diff",),
    ("fmt", "--check"),
    ("baseline", "list"),
    ("validate", "--fix", "--diff", "--select", "POA310"),
)


def _is_refusal(done: Ended, *reasons: str) -> None:
    """Assert that a command ended with 2 and one line, which gives one of the reasons."""
    assert (done.status, done.stdout) == (REFUSED, ""), done
    assert done.stderr.startswith("poa: ")
    assert done.stderr.count("\n") == 1
    assert any(reason in done.stderr for reason in reasons), done.stderr


def _is_untouched(case: Case, project: Path) -> None:
    assert contents(project) == case.old
    assert leftovers(project) == []


# --- at a touch of the disk -------------------------------------------------------------------


def _refused(case: Case, error: str, number: int) -> Ended:
    """Let the nth touch of the disk fail: either it is said and nothing is done, or all is done."""
    project = case.copy()
    done = case.run(project, at=number, what=error)
    if done.status == 0:
        # it struck where the command was tidying up, after all was done, or not at all
        assert case.recovers(project)
    else:
        _is_refusal(done, os.strerror(getattr(errno, error)))
        _is_untouched(case, project)
    return done


@pytest.mark.parametrize("number", [2])
def test_a_write_that_fails_is_said_and_undone(case: Case, number: int) -> None:
    assert _refused(case, "ENOSPC", number).status == REFUSED


@pytest.mark.slow
@pytest.mark.parametrize("error", ERRORS)
def test_every_write_may_fail(case: Case, error: str) -> None:
    found: list[int] = []
    while (done := _refused(case, error, len(found) + 1)).struck:
        found.append(done.status)
        assert len(found) < MOST
    # a file alone is written and put in its place; several have a record besides
    assert found.count(REFUSED) >= (2 if case.is_one_file else 4)


# --- no room ----------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [pytest.param(0, marks=pytest.mark.slow), 60])
def test_a_file_that_may_not_grow_is_left_as_it_was(case: Case, most: int) -> None:
    project = case.copy()
    _is_refusal(case.run(project, most=most), "File too large")
    _is_untouched(case, project)


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 100, 200, 400, 800, 1600, 3200, 6400])
def test_wherever_room_ends_it_is_all_or_nothing(case: Case, most: int) -> None:
    project = case.copy()
    done = case.run(project, most=most)
    if done.status:
        _is_refusal(done, "File too large")
        _is_untouched(case, project)
    else:
        assert contents(project) == case.new


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KiB in memory, where this machine lets one be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_changes_nothing(case: Case, small_disk: Path) -> None:
    project = case.copy_to(small_disk / "project")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 1024):
                pass
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017 - the loop ends here
    _is_refusal(case.run(project), "No space left on device")
    _is_untouched(case, project)
    filler.unlink()
    assert case.run(project).status == 0
    assert contents(project) == case.new


# --- no permission ----------------------------------------------------------------------------

AS_NOBODY = pytest.mark.skipif(sys.platform != "linux", reason="root's rights are given up as Linux does it")


def _closed(project: Path, mode: int, *, files: bool) -> None:
    for path in (project / "plan").rglob("*"):
        if path.is_file() is files:
            path.chmod(mode)
    if not files:
        (project / "plan").chmod(mode)


@AS_NOBODY
def test_a_folder_that_may_not_be_written_is_said(case: Case) -> None:
    project = case.copy()
    _closed(project, 0o555, files=False)
    _is_refusal(case.run(project, nobody=True), "Permission denied")
    _is_untouched(case, project)


@AS_NOBODY
def test_a_file_that_may_not_be_written_is_not_replaced(case: Case) -> None:
    project = case.copy()
    _closed(project, 0o444, files=True)
    before = contents(project)
    done = case.run(project, nobody=True)
    if case.replaces:
        _is_refusal(done, "write-protected")
        assert contents(project) == before
    assert leftovers(project) == []


@AS_NOBODY
def test_who_only_reads_needs_no_permission_to_write(stage: Stage, plan: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(plan, tmp_path / "plan-of-others"))
    before = contents(project)
    open_to_all = {words: stage(project, *words).stderr for words in READERS}
    _closed(project, 0o444, files=True)
    _closed(project, 0o555, files=False)
    project.chmod(0o555)
    for words in READERS:
        done = stage(project, *words, nobody=True)
        assert (done.status, done.stderr) == (0, open_to_all[words]), done
    project.chmod(0o755)
    assert {path: each[0] for path, each in contents(project).items()} == {
        path: each[0] for path, each in before.items()
    }
