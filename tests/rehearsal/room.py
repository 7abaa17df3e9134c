"""The room: a bare repository as server, desks with clones, the toolkit run there, and the files as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from rehearsal.oracle import HOME, REMARK, State, Value, Words, difference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

    from conftest import Finished, Poa

FIELDS_OF_AMENDMENTS = (
    "record",
    "field",
    "section",
    "after",
    "original",
    "proposed",
    "modified",
    "proposer",
    "comment",
    "kind",
)
_YAML = YAML(typ="safe")
_COMMENTS = re.compile(r"^((?:  # asked: \w+\n)+)  - id: (\S+)$", re.MULTILINE)


# --- files -----------------------------------------------------------------------------------------


def read(project: Path) -> State:
    """Read the files of a plan as plain data."""
    state, twice = parse(files(project))
    assert not twice, f"twice: {twice}"
    return state


def files(project: Path) -> dict[str, str]:
    """Give the files of which the oracle speaks: their text by their path."""
    folder = project / "plan"
    paths = [
        folder / "plan.yaml",
        *sorted(folder.glob("sections/*.yaml")),
        *sorted(folder.glob("amendments/*.yaml")),
    ]
    return {str(path.relative_to(project)): path.read_text(encoding="utf-8") for path in paths}


def parse(texts: Mapping[str, str]) -> tuple[State, list[tuple[str, str]]]:
    """Give what files say, and the records that stand in a second place too, with that place."""
    state, twice = State(), []
    for path, raw in texts.items():
        data = _YAML.load(raw)
        if "amendments" in data:
            home, records = path.rpartition("/")[2], [_flat_amendment(each) for each in data["amendments"]]
        elif "actions" in data:
            home, records = data["id"], [_flat(each) for each in data["actions"]]
            state.put(home, "title", data["title"])
        else:
            home, records = "introduction", [_flat(each) for each in data["introduction"]]
            state.put("plan", "stage", data["stage"])
            for stage in data["stages"]:
                state.put(stage["id"], "title", stage["title"])
                state.put(stage["id"], "baseline", stage.get("baseline"))
        for record, values in records:
            if (record, HOME) in state.values:
                twice.append((record, home))
                continue
            state.place(record, home)
            for name, value in values.items():
                state.put(record, name, value)
        for comments, record in _COMMENTS.findall(raw):
            for word in re.findall(r"# asked: (\w+)", comments):
                state.put(record, f"{REMARK}{word}", "")
    return state, twice


def _flat(record: dict[str, Any]) -> tuple[str, dict[str, Value]]:
    values: dict[str, Value] = {}
    for key, value in record.items():
        if key == "points":
            values |= {f"points.{point['id']}": point["text"] for point in value}
        elif key != "id":
            values[key] = frozenset(map(str, value)) if isinstance(value, list) else str(value)
    return record["id"], values


def _flat_amendment(amendment: dict[str, Any]) -> tuple[str, dict[str, Value]]:
    kept: dict[str, Value] = {key: str(amendment[key]) for key in FIELDS_OF_AMENDMENTS if key in amendment}
    if "statements" in amendment:
        said = (f"{each['by']} {each['stance']}: {each['comment']}" for each in amendment["statements"])
        kept["statements"] = frozenset(said)
    return amendment["id"], {"state": amendment.get("state", "open"), **kept}


# --- desks -----------------------------------------------------------------------------------------


class Clock:
    """Gives git a new minute for each commit, so that a seed gives the same history, to the hash."""

    def __init__(self) -> None:
        self.minutes = 0

    def next(self) -> str:
        self.minutes += 1
        return f"{1_512_345_600 + 60 * self.minutes} +0000"


@dataclass(slots=True)
class Counts:
    """What a rehearsal came to."""

    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, number: int = 1) -> None:
        self.numbers[what] = self.numbers.get(what, 0) + number


@dataclass(slots=True)
class Room:
    """What all desks share."""

    folder: Path
    run: Poa
    random: Random
    words: Words
    clock: Clock = field(default_factory=Clock)
    states: dict[str, State] = field(default_factory=dict)
    """What the plan must say at each commit."""
    causes: dict[str, set[str]] = field(default_factory=dict)
    """By whom a word came or went: amendments, or by hand."""
    adopted: dict[tuple[str, str | None], tuple[str, str]] = field(default_factory=dict)
    """By the comment of an accepted amendment, and its modified words if any: what its text said before, and with it."""
    counts: Counts = field(default_factory=Counts)
    journal: list[str] = field(default_factory=list)
    """Every deed, in order, to be read where something went wrong."""
    day: str = "2017-12-04"

    uno: str = ""
    """A Python that can ask LibreOffice to edit a file; empty for a rehearsal without it."""
    own_ids: bool = False
    """Whether each editor takes ids of a range of their own, as poa.yaml says."""
    own_files: bool = False
    """Whether each desk keeps the proposals from the floor in a file of its own."""

    def cause(self, words: list[str] | set[str], by: str) -> None:
        for word in words:
            self.causes.setdefault(word.strip("."), set()).add(by)


class Desk:
    """A clone, the person at it, and what its files must say."""

    def __init__(self, room: Room, name: str) -> None:
        self.room, self.name, self.path = room, name, room.folder / name
        self.wanted = State()

    def git(self, *arguments: str | Path, check: bool = True) -> str:
        when = self.room.clock.next()
        who = {
            f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in self._who(when)
        }
        return git(*arguments, cwd=self.path, env=who, check=check)

    def _who(self, when: str) -> tuple[tuple[str, str], ...]:
        return ("NAME", self.name), ("EMAIL", f"{self.name}@example.org"), ("DATE", when)

    def poa(self, *arguments: str | Path, status: int | None = 0, stdin: str = "") -> Finished:
        self.room.journal.append(f"{self.name}$ poa {' '.join(map(str, arguments))}")
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("GIT_AUTHOR_EMAIL", f"{self.name}@example.org")
            done = self.room.run(*arguments, cwd=self.path, stdin=stdin)
        assert "Traceback" not in done.stderr, done.stderr
        assert status is None or done.status == status, (arguments, done.status, done.stdout, done.stderr)
        return done

    def json(self, *arguments: str | Path, status: int | None = 0) -> Any:
        return json.loads(self.poa(*arguments, "--format", "json", status=status).stdout)

    def note(self, deed: str) -> None:
        self.room.journal.append(f"{self.name}: {deed}")

    def read(self) -> State:
        return read(self.path)

    def check(self, deed: str) -> None:
        """Hold the files against what they must say."""
        wrong = difference(self.wanted, self.read())
        assert not wrong, "\n".join([f"after {deed} at the desk of {self.name}:", *wrong])

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        if self.git("status", "--porcelain"):
            self.git("commit", "-qm", message)
            self.note(f"committed {self.head()[:9]} {message}")
        self.room.states[self.head()] = self.wanted.copy()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def file_of(self, home: str) -> Path:
        """Give the file in which the records of a place stand."""
        if home.endswith(".yaml"):
            return self.path / "plan/amendments" / home
        if home == "introduction":
            return self.path / "plan/plan.yaml"
        return next((self.path / "plan/sections").glob(f"*-{home}.yaml"))


def git(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, check: bool = True) -> str:
    """Run git; give what it says on both streams."""
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "advice.diverging=false", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {}), "GIT_EDITOR": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0 or not check, (arguments, done.stdout)
    return done.stdout.strip()
