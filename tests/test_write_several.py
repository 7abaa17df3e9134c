"""Several files are written as one: all of them or none, also when the writer is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from poa_toolkit.errors import WriteError
from poa_toolkit.source.base import is_plan_file
from poa_toolkit.write import several
from poa_toolkit.write.several import JOURNAL, recover, write_all

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_new_file_may_be_among_them_and_links_are_followed(tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / "plan/linked.yaml").symlink_to("sections/00.yaml")
    write_all(project, {"plan/linked.yaml": NEW, "plan/a/new.yaml": NEW}, {"plan/linked.yaml": OLD})
    assert (project / "plan/linked.yaml").is_symlink()
    assert (
        (project / "plan/sections/00.yaml").read_bytes() == (project / "plan/a/new.yaml").read_bytes() == NEW
    )


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
        several._locked(project, 0),
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
    """Leave a project as a writer does that dies when it has replaced `done` files."""
    steps = several._put_aside(project, dict.fromkeys(NAMES, NEW), dict.fromkeys(NAMES, OLD))
    (project / JOURNAL).write_bytes(several._to_json(steps))
    for step in steps[:done]:
        (project / "plan/sections" / step.waiting).replace(project / step.path)


@pytest.mark.parametrize("done", [0, 5, len(NAMES)])
def test_what_was_interrupted_is_finished(tmp_path: Path, done: int) -> None:
    project = _project(tmp_path)
    _interrupted(project, done)
    recover(project)
    assert (_contents(project), _debris(project)) == ({NEW}, [])


def test_what_cannot_be_finished_is_undone(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    next((project / "plan/sections").glob(".poa-*.tmp")).unlink()
    recover(project)
    assert (_contents(project), _debris(project)) == ({OLD}, [])


def test_what_was_changed_since_is_not_touched(tmp_path: Path) -> None:
    project = _project(tmp_path)
    _interrupted(project, 5)
    (project / NAMES[0]).write_bytes(b"mine: 1\n")
    with pytest.raises(WriteError, match=r"git diff.*delete plan/\.poa-journal\.tmp"):
        recover(project)
    assert (project / NAMES[0]).read_bytes() == b"mine: 1\n"


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"[]",
        b'{"steps": [{"path": "../x.yaml", "waiting": ".poa-1.tmp", "old": null, "digest": ""}]}',
        b'{"steps": [{"path": "plan/x.yaml", "waiting": ".poa-/../1.tmp", "old": null, "digest": ""}]}',
        b'{"steps": [{"path": "plan/x.sh", "waiting": ".poa-1.tmp", "old": "eA==", "digest": ""}]}',
        b'{"steps": [{"path": "plan/x.yaml", "waiting": ".poa-1.tmp", "old": "?", "digest": ""}]}',
    ],
)
def test_a_journal_from_elsewhere_is_refused(tmp_path: Path, journal: bytes) -> None:
    project = _project(tmp_path)
    (project / JOURNAL).write_bytes(journal)
    with pytest.raises(WriteError):
        recover(project)
    assert _contents(project) == {OLD}


def test_the_journal_is_no_part_of_a_plan() -> None:
    assert not is_plan_file(JOURNAL)


_WRITER = """
import sys
from pathlib import Path
from poa_toolkit.write.several import write_all
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
        assert not (project / JOURNAL).exists()


def test_a_writer_that_is_killed_leaves_all_or_nothing(tmp_path: Path) -> None:
    _survives(tmp_path, 5)


@pytest.mark.slow
def test_many_writers_that_are_killed_leave_all_or_nothing(tmp_path: Path) -> None:
    _survives(tmp_path, 120)
