"""What the tests of faults share: a stage on which commands run and fail, and plans that know their two states."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import writers
from trees import contents, leftovers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if sys.platform == "win32":
    pytest.skip("there is no fork, and no signal that kills", allow_module_level=True)

STAGE = Path(__file__).with_name("stage.py")


class Ended(NamedTuple):
    """A command that has ended, by itself or otherwise; a status below 0 is the signal that ended it."""

    status: int
    stdout: str
    stderr: str
    struck: bool
    """Whether the touch of the disk that was to fail, or to end it, came about."""
    seconds: float


class Stage:
    """A process that runs commands with faults."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def at_once(self, *runs: dict[str, Any]) -> list[Ended]:
        """Let several commands run at the same time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(runs) + "\n")
        self._process.stdin.flush()
        return [Ended(**each) for each in json.loads(self._process.stdout.readline())]

    def __call__(self, project: Path, *words: str, **fault: Any) -> Ended:
        """Run one command in a project, with a fault."""
        return self.at_once({"argv": words, "cwd": str(project), **fault})[0]


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small plan in the canonical layout, to be copied."""
    return writers.begin(tmp_path_factory.mktemp("plan") / "plan")


@pytest.fixture(scope="session")
def stage(plan: Path) -> Iterator[Stage]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with subprocess.Popen(
        [sys.executable, str(STAGE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{json.dumps(str(plan))}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        yield Stage(process)
        process.stdin.close()


class Case:
    """A command, the plan before it and after it, and copies of the former to spoil."""

    def __init__(self, writer: writers.Writer, stage: Stage, plan: Path, folder: Path) -> None:
        self.words = writer.words
        self._stage, self._folder, self._number = stage, folder, 0
        self._before = writers.prepared(writer, plan, folder / "before")
        for path in self._before.rglob("*.yaml"):
            path.chmod(0o640)
        self.old = contents(self._before)
        after = self.copy()
        done = stage(after, *self.words)
        assert done.status == 0, done.stderr
        self.seconds = done.seconds
        self.said = done.stderr
        self.new = contents(after)
        paths = {*self.old, *self.new}
        self.is_one_file = sum(self.old.get(path) != self.new.get(path) for path in paths) == 1
        self.replaces = any(self.new[path] != each for path, each in self.old.items())
        assert self.new != self.old
        assert leftovers(after) == []

    def copy(self) -> Path:
        """Give a fresh copy of the plan before the command."""
        self._number += 1
        return self.copy_to(self._folder / str(self._number))

    def copy_to(self, folder: Path) -> Path:
        """Copy the plan before the command to a folder that is not there yet."""
        return Path(shutil.copytree(self._before, folder))

    def run(self, project: Path, **fault: Any) -> Ended:
        """Run the command in a copy, with a fault."""
        return self._stage(project, *self.words, **fault)

    def holds_whole_files(self, project: Path) -> None:
        """Assert that each file is as it was before the command or as it is after it."""
        for path, found in contents(project).items():
            assert found in (self.old.get(path), self.new.get(path)), path

    def recovers(self, project: Path) -> bool:
        """Assert that the next command makes of it all or nothing, and leaves nothing; say whether all."""
        self.holds_whole_files(project)
        done = self._stage(project, *writers.NEXT)
        assert done.status == 0, done
        assert all(" interrupted" in line for line in done.stderr.splitlines()), done
        found = contents(project)
        assert found in (self.old, self.new)
        assert leftovers(project) == []
        return found == self.new


@pytest.fixture(scope="session")
def cases(
    stage: Stage, plan: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[writers.Writer], Case]:
    """Make the case of a command, once."""
    made: dict[str, Case] = {}

    def case(writer: writers.Writer) -> Case:
        if writer.name not in made:
            folder = tmp_path_factory.mktemp(writer.name.replace(" ", "-"))
            made[writer.name] = Case(writer, stage, plan, folder)
        return made[writer.name]

    return case


@pytest.fixture(params=writers.WRITERS, ids=[each.name for each in writers.WRITERS])
def case(request: pytest.FixtureRequest, cases: Callable[[writers.Writer], Case]) -> Case:
    """Each command that writes."""
    return cases(request.param)
