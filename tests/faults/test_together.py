"""Commands beside one another: each change whole, none lost without a word, and readers never see half a file."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from trees import contents, leftovers

if TYPE_CHECKING:
    from pathlib import Path

    from rounds import Case, Ended, Stage

pytest_plugins = ["rounds"]  # a second conftest.py would take the name of the first

REFUSED = 2
RENAME = ("rename", "iccpr", "covenant")
WITHDRAW = ("withdraw", "A-002", "--reason", "It is done elsewhere.")
NEW = ("new", "action", "--section", "observation", "--text", "States should answer.")
REVIEW = ("review", "A-001", "--by", "An Editor", "--date", "2017-12-04")
SECTION = ("new", "section", "--title", "More", "--id", "more")
FREEZE = ("baseline", "create", "frozen")
TOGETHER = (
    (RENAME, WITHDRAW),
    (WITHDRAW, NEW),
    (NEW, NEW),
    (REVIEW, RENAME, NEW),
    (SECTION, SECTION),
    (FREEZE, FREEZE, WITHDRAW),
)


def _run_together(stage: Stage, project: Path, commands: tuple[tuple[str, ...], ...]) -> list[Ended]:
    done = stage.at_once(*({"argv": words, "cwd": str(project)} for words in commands))
    for each in done:
        if each.status:
            # either it was too late for what it had read, or it saw what the other had done already
            assert each.status == REFUSED
            assert each.stderr.startswith("poa: ")
            assert each.stderr.count("\n") == 1
    return done


def _check(
    stage: Stage, plan: Path, folder: Path, commands: tuple[tuple[str, ...], ...], rounds: int
) -> None:
    @cache
    def one_after_another(order: tuple[int, ...]) -> dict[str, bytes]:
        project = shutil.copytree(plan, folder / f"order {order}")
        for index in order:
            assert stage(project, *commands[index]).status == 0
        return {path: each for path, (each, _) in contents(project).items()}

    for number in range(rounds):
        project = shutil.copytree(plan, folder / str(number))
        done = _run_together(stage, project, commands)
        winners = [index for index, each in enumerate(done) if each.status == 0]
        assert winners, done
        found = {path: each for path, (each, _) in contents(project).items()}
        assert any(found == one_after_another(order) for order in permutations(winners)), done
        assert leftovers(project) == []


@pytest.mark.parametrize("commands", TOGETHER, ids=[" ".join(c[0] for c in each) for each in TOGETHER])
def test_no_change_is_lost_without_a_word(
    stage: Stage, plan: Path, tmp_path: Path, commands: tuple[tuple[str, ...], ...]
) -> None:
    _check(stage, plan, tmp_path, commands, 2)


@pytest.mark.slow
@pytest.mark.parametrize("commands", TOGETHER, ids=[" ".join(c[0] for c in each) for each in TOGETHER])
def test_no_change_is_lost_in_many_rounds(
    stage: Stage, plan: Path, tmp_path: Path, commands: tuple[tuple[str, ...], ...]
) -> None:
    _check(stage, plan, tmp_path, commands, 40)


def _readers_see_whole_files(stage: Stage, case: Case, rounds: int) -> None:
    for _ in range(rounds):
        project = case.copy()
        reader = {"argv": ("validate", "--format", "json"), "cwd": str(project)}
        writer = {"argv": case.words, "cwd": str(project)}
        first, written, *others = stage.at_once(reader, writer, reader, reader)
        assert written.status == 0
        for each in (first, *others):
            assert each.stderr == ""
            codes = {found["code"] for found in json.loads(each.stdout)["diagnostics"]}
            assert not any(code.startswith(("POA0", "POA1")) for code in codes)


def test_who_reads_beside_a_writer_sees_whole_files(stage: Stage, case: Case) -> None:
    _readers_see_whole_files(stage, case, 1)


@pytest.mark.slow
def test_many_who_read_beside_a_writer_see_whole_files(stage: Stage, case: Case) -> None:
    _readers_see_whole_files(stage, case, 20)


def test_a_writer_waits_for_another_only_so_long(stage: Stage, plan: Path, tmp_path: Path) -> None:
    project = shutil.copytree(plan, tmp_path / "held")
    handle = os.open(project / "plan", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        done = stage(project, *WITHDRAW)
    finally:
        os.close(handle)
    assert (done.status, done.stderr) == (
        REFUSED,
        "poa: another poa command is changing this plan; try again when it has ended\n",
    )
    assert stage(project, *WITHDRAW).status == 0
