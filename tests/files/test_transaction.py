"""Several files are written as one: all of them or none, also when the writer is killed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from interrupted import interrupt

from poa_toolkit.errors import WriteError
from poa_toolkit.files import journal, transaction
from poa_toolkit.files.batch import Batch
from poa_toolkit.files.journal import Journal
from poa_toolkit.files.transaction import Recovery, interrupted, recover, write_all

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Git

NAMES = [f"plan/sections/{number:02}.yaml" for number in range(12)]
OLD, NEW = b"old: 1\n", b"new: 2\n" * 2000


def _project(folder: Path) -> Path:
    (folder / "plan/sections").mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_bytes(OLD)
    return folder


def _contents(project: Path) -> set[bytes]:
    return {(project / name).read_bytes() for name in NAMES}


def _debris(project: Path) -> list[str]:
    return sorted(path.name for path in project.rglob(".poa-*"))


def test_every_file_is_written_and_nothing_is_left_behind(tmp_path: Path) -> None:
    project = _project(tmp_path)
    write_all(project, dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    assert (_contents(project), _debris(project)) == ({NEW}, [])


def test_a_new_file_may_be_among_them(tmp_path: Path) -> None:
    project = _project(tmp_path)
    write_all(project, {NAMES[0]: NEW, "plan/a/new.yaml": NEW}, {NAMES[0]: OLD})
    assert (project / NAMES[0]).read_bytes() == (project / "plan/a/new.yaml").read_bytes() == NEW


@pytest.mark.parametrize("target", ["sections/00.yaml", "../poa.yaml", "../../outside", "nowhere"])
def test_no_file_is_written_through_a_link(tmp_path: Path, target: str) -> None:
    project = _project(tmp_path / "project")
    (tmp_path / "outside").write_bytes(OLD)
    (project / "poa.yaml").write_bytes(OLD)
    (project / "plan/linked.yaml").symlink_to(target)
    expected = {NAMES[1]: OLD, **({} if target == "nowhere" else {"plan/linked.yaml": OLD})}
    with pytest.raises(WriteError, match=r"plan/linked\.yaml is a link"):
        write_all(project, {NAMES[1]: NEW, "plan/linked.yaml": NEW}, expected)
    assert (project / "plan/linked.yaml").is_symlink()
    assert {each.read_bytes() for each in (tmp_path / "outside", project / "poa.yaml")} == {OLD}
    assert (_contents(project), _debris(project)) == ({OLD}, [])


def test_no_folder_on_the_way_may_be_a_link(tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    (tmp_path / "outside").mkdir()
    (project / "plan/amendments").symlink_to(tmp_path / "outside")
    with pytest.raises(WriteError, match="amendments is a link"):
        write_all(project, {"plan/amendments/new.yaml": NEW}, {})
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    "path",
    ["../x.yaml", "plan/../x.yaml", "x.yaml", "/x.yaml", "plan/x.sh", ".git/config", "plan/.x.yaml", "plan"],
)
def test_only_files_of_a_plan_are_written(tmp_path: Path, path: str) -> None:
    with pytest.raises(WriteError, match="is no file of a plan"):
        write_all(_project(tmp_path), {path: NEW}, {})


def test_folders_that_were_made_go_with_what_was_undone(tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / "plan/z.yaml").mkdir()
    with pytest.raises(WriteError, match=r"z\.yaml is no regular file"):
        write_all(project, {"plan/a/b/new.yaml": NEW, "plan/z.yaml": NEW}, {})
    assert not (project / "plan/a").exists()


@pytest.mark.parametrize("found", [b"someone else's\n", None])
def test_a_file_that_has_changed_since_stops_all(tmp_path: Path, found: bytes | None) -> None:
    project = _project(tmp_path)
    last = project / NAMES[-1]
    last.unlink()
    if found is not None:
        last.write_bytes(found)
    with pytest.raises(WriteError, match=r"11\.yaml was changed by someone else"):
        write_all(project, dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    assert {(project / name).read_bytes() for name in NAMES[:-1]} == {OLD}
    assert _debris(project) == []


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    project = _project(tmp_path)
    with (
        transaction._locked(project, 0),
        pytest.raises(WriteError, match="another poa command is changing this plan"),
    ):
        write_all(project, {NAMES[0]: NEW}, {NAMES[0]: OLD}, patience=0.05)
    write_all(project, {NAMES[0]: NEW}, {NAMES[0]: OLD}, patience=0)


def test_a_file_that_cannot_be_written_stops_all(tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / NAMES[-1]).unlink()
    (project / NAMES[-1]).mkdir()
    with pytest.raises(WriteError):
        write_all(project, dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    assert {(project / name).read_bytes() for name in NAMES[:-1]} == {OLD}
    assert _debris(project) == []


def _interrupted(project: Path, done: int) -> None:
    interrupt(project, dict.fromkeys(NAMES, NEW), done=done)


@pytest.mark.parametrize("done", [0, 5, len(NAMES)])
def test_what_was_interrupted_is_finished(tmp_path: Path, done: int) -> None:
    project = _project(tmp_path)
    _interrupted(project, done)
    found = interrupted(project)
    assert found == (None if done == len(NAMES) else (tuple(NAMES), Recovery.FINISHED))
    recover(project)
    assert (_contents(project), _debris(project)) == ({NEW}, [])
    assert interrupted(project) is None


def test_what_cannot_be_finished_is_undone(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    for each in (project / "plan/sections").glob(".poa-*.tmp"):
        # as `git clean` does
        each.unlink()
    assert interrupted(project) == (tuple(NAMES), Recovery.TAKEN_BACK)
    recover(project)
    assert (_contents(project), _debris(project)) == ({OLD}, [])


def test_what_was_changed_since_is_not_touched(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    (project / NAMES[0]).write_bytes(b"mine: 1\n")
    assert interrupted(project) == (tuple(NAMES), Recovery.STUCK)
    with pytest.raises(WriteError, match=r"git diff.*delete .*\.json"):
        recover(project)
    assert (project / NAMES[0]).read_bytes() == b"mine: 1\n"


def test_a_live_writer_is_not_told_of(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    with transaction._locked(project, 0):
        assert interrupted(project) is None


# --- a journal is trusted by nobody -----------------------------------------------------------


def test_a_journal_lies_outside_the_project_for_its_user_alone(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    path = Journal(project).path
    assert not path.is_relative_to(project)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_copy_of_the_project_has_no_journal(tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    _interrupted(project, 5)
    copy = shutil.copytree(project, tmp_path / "copy")
    assert interrupted(copy) == (("plan/sections",), Recovery.UNKNOWN)
    recover(copy)
    # what has been replaced there stays, and what waited has no maker
    assert (_contents(copy), _debris(copy)) == ({OLD, NEW}, [])


def test_a_new_folder_at_the_same_path_has_no_journal(tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    _interrupted(project, 5)
    # kept, so that its number is not given to the new one
    project.rename(tmp_path / "away")
    _project(project)
    recover(project)
    assert _contents(project) == {OLD}


def test_another_machine_or_user_has_no_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    assert Journal(project).read() != ()
    monkeypatch.setattr(journal, "_machine", lambda: "another")
    assert Journal(project).read() == ()


@pytest.mark.parametrize("mode", [0o620, 0o602])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_journal_that_others_may_have_written_is_none(tmp_path: Path, mode: int, what: str) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    path = Journal(project).path
    path = path if what == "file" else path.parent
    before = path.stat().st_mode
    path.chmod(mode | 0o100)
    try:
        assert Journal(project).read() == ()
        if what == "folder":
            with pytest.raises(WriteError, match=r"others may write in .*XDG_STATE_HOME"):
                write_all(_project(tmp_path / "other"), dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    finally:
        path.chmod(before)


def test_where_ones_home_is_the_project_a_committed_journal_is_none(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = _project(tmp_path / "project")
    monkeypatch.setenv("XDG_STATE_HOME", str(project / ".local/state"))
    git("init", "-q", cwd=project)
    _interrupted(project, 5)
    assert interrupted(project) == (tuple(NAMES), Recovery.FINISHED)
    git("add", "-f", ".local", cwd=project)
    assert Journal(project).read() == ()


def test_no_journal_is_written_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(tmp_path / "project")
    (tmp_path / "outside").mkdir()
    (project / "plan/plan.yaml").write_bytes(OLD)
    (project / ".local").symlink_to(tmp_path / "outside")
    monkeypatch.setenv("HOME", str(project))
    monkeypatch.setenv("XDG_STATE_HOME", str(project / ".local/state"))
    with pytest.raises(WriteError, match=r"\.local is a link.*XDG_STATE_HOME"):
        write_all(project, dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    assert (_contents(project), _debris(project)) == ({OLD}, [])
    assert list((tmp_path / "outside").iterdir()) == []
    # one file is replaced at once, and needs none
    write_all(project, {NAMES[0]: NEW}, {NAMES[0]: OLD})
    assert (project / NAMES[0]).read_bytes() == NEW


def test_a_folder_of_state_that_cannot_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = _project(tmp_path / "project")
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(WriteError, match=r"file.* cannot be .*XDG_STATE_HOME"):
        write_all(project, dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    assert (_contents(project), _debris(project)) == ({OLD}, [])


_PATHS = ("../x.yaml", "plan/x.sh", ".git/config", "/etc/x.yaml", "plan/./x.yaml", "plan/baselines/../x.yaml")


@pytest.mark.parametrize(
    "change",
    [
        *({"path": each} for each in _PATHS),
        *({"waiting": each} for each in (".poa-/../1.tmp", "x.yaml", ".poa-1.tmp", None)),
        {"old": "?"},
        {"digest": None},
    ],
)
def test_a_journal_names_files_of_the_plan_alone(tmp_path: Path, change: dict[str, str | None]) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    record = json.loads(Journal(project).path.read_bytes())
    record["steps"][0] |= change
    Journal(project).path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(WriteError, match="cannot be read; look at `git diff`"):
        recover(project)
    assert _contents(project) == {OLD, NEW}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"[" * 100_000])
def test_a_damaged_journal_is_said(tmp_path: Path, content: bytes) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    Journal(project).path.write_bytes(content)
    with pytest.raises(WriteError, match="cannot be read; look at `git diff`"):
        recover(project)


def test_what_waits_may_not_be_a_link(tmp_path: Path) -> None:
    project = _project(tmp_path / "project")
    steps = interrupt(project, dict.fromkeys(NAMES, NEW))
    waiting = project / "plan/sections" / steps[0].waiting
    waiting.unlink()
    (tmp_path / "outside").write_bytes(NEW)
    waiting.symlink_to(tmp_path / "outside")
    assert interrupted(project) == (tuple(NAMES), Recovery.STUCK)
    with pytest.raises(WriteError, match="delete"):
        recover(project)
    assert not (project / NAMES[0]).is_symlink()
    assert _contents(project) == {OLD}


def test_what_waits_may_not_vanish(tmp_path: Path) -> None:
    project = _project(tmp_path)
    with Batch(project) as batch:
        steps = batch.put_aside(dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
        (project / "plan/sections" / steps[-1].waiting).unlink()
        with pytest.raises(WriteError, match=r"is gone; nothing was written"):
            batch.replace_or_undo(steps)
    assert (_contents(project), _debris(project)) == ({OLD}, [])


_WRITER = """
import sys
from pathlib import Path
from poa_toolkit.files.transaction import write_all
names, old, new = eval(sys.stdin.read())
print("go", flush=True)
write_all(Path(sys.argv[1]), dict.fromkeys(names, new), dict.fromkeys(names, old))
"""


def _kill_a_writer(project: Path, after: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(project)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdin
        assert writer.stdout
        writer.stdin.write(repr((NAMES, OLD, NEW)).encode())
        writer.stdin.close()
        assert writer.stdout.readline() == b"go\n"
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)


def _survives(folder: Path, rounds: int) -> None:
    chance = random.Random(3)  # noqa: S311 - moments, not secrets
    for number in range(rounds):
        project = _project(folder / str(number))
        _kill_a_writer(project, chance.uniform(0, 0.05))
        recover(project)
        assert _contents(project) in ({OLD}, {NEW}), number
        assert not Journal(project).path.exists()


def test_a_writer_that_is_killed_leaves_all_or_nothing(tmp_path: Path) -> None:
    _survives(tmp_path, 5)


@pytest.mark.slow
def test_many_writers_that_are_killed_leave_all_or_nothing(tmp_path: Path) -> None:
    _survives(tmp_path, 120)
