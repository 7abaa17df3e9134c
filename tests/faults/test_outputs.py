"""Commands that write elsewhere than into a plan: each file old or new whole, and a second run finishes."""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
import writers
from trees import contents, leftovers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rounds import Ended, Stage

pytest_plugins = ["rounds"]  # a second conftest.py would take the name of the first

KILLED = -9
REFUSED = 2
MOST = 200


class Output(NamedTuple):
    """A command, and the project before it and after it."""

    words: tuple[str, ...]
    before: Path
    old: dict[str, tuple[bytes, int]]
    new: dict[str, tuple[bytes, int]]


@pytest.fixture(scope="module")
def outputs(
    stage: Stage, plan: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[writers.Writer], Output]:
    """Run a command, once, to see what it does."""

    @cache
    def of(command: writers.Writer) -> Output:
        folder = tmp_path_factory.mktemp("output")
        before = writers.prepared(command, plan, folder / "before")
        after = shutil.copytree(before, folder / "after")
        done = stage(after, *command.words)
        assert done.status == 0, done
        return Output(command.words, before, contents(before), contents(after))

    return of


@pytest.fixture(params=writers.OTHERS, ids=[" ".join(each.words[:3]) for each in writers.OTHERS])
def output(request: pytest.FixtureRequest, outputs: Callable[[writers.Writer], Output]) -> Output:
    return outputs(request.param)


def _killed(stage: Stage, output: Output, project: Path, number: int) -> Ended:
    """Kill the command at its nth touch of the disk, look at what it left, and run it again."""
    shutil.copytree(output.before, project)
    done = stage(project, *output.words, at=number, what="SIGKILL")
    assert done.status == (KILLED if done.struck else 0)
    found = contents(project)
    for path, each in found.items():
        assert each in (output.old.get(path), output.new.get(path)), path
    again = stage(project, *output.words)
    # what is done already may be refused
    assert again.status == 0 or (again.status, found) == (REFUSED, output.new), again
    assert contents(project) == output.new
    # what waits beside a plan may be part of an edit: it is for a command that changes the plan
    assert stage(project, *writers.NEXT).status == 0
    assert contents(project) == output.new
    assert leftovers(project) == []
    return done


def _at_every_touch(strike: Callable[[int], bool]) -> None:
    """Let a fault strike at one touch of the disk after another, until there is none left."""
    assert not all(strike(number) for number in range(1, MOST)), "the command never ended by itself"


@pytest.mark.parametrize("number", [3])
def test_killed_it_leaves_whole_files_and_can_be_run_again(
    stage: Stage, output: Output, tmp_path: Path, number: int
) -> None:
    _killed(stage, output, tmp_path / "project", number)


@pytest.mark.slow
def test_killed_at_every_touch_of_the_disk(stage: Stage, output: Output, tmp_path: Path) -> None:
    _at_every_touch(lambda number: _killed(stage, output, tmp_path / str(number), number).struck)


def _refused(stage: Stage, output: Output, project: Path, number: int) -> bool:
    """Let the nth touch of the disk fail; say whether it did."""
    shutil.copytree(output.before, project)
    done = stage(project, *output.words, at=number, what="ENOSPC")
    if done.status:
        assert done.status == REFUSED
        assert done.stderr.splitlines()[-1].startswith("poa: ")
        assert os.strerror(28) in done.stderr
        # git keeps each of its settings by itself, and a second run finishes
        if output.words[0] not in ("git-setup", "merge"):
            assert contents(project) == output.old
    else:
        assert contents(project) == output.new
    assert leftovers(project) == []
    return done.struck


@pytest.mark.parametrize("number", [4])
def test_a_write_that_fails_is_said_and_undone(
    stage: Stage, output: Output, tmp_path: Path, number: int
) -> None:
    _refused(stage, output, tmp_path / "project", number)


@pytest.mark.slow
def test_every_write_may_fail(stage: Stage, output: Output, tmp_path: Path) -> None:
    _at_every_touch(lambda number: _refused(stage, output, tmp_path / str(number), number))
