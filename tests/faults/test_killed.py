"""A command that is killed, or asked to stop, leaves every file whole, and all of its change or none."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rounds import Case, Ended

pytest_plugins = ["rounds"]  # a second conftest.py would take the name of the first

KILLED = -9
ASKED = {"SIGINT": 130, "SIGTERM": 143}
MOST = 200
"""Touches of the disk that no command here makes."""
SLOW = pytest.mark.slow


def _struck(case: Case, signal: str, number: int) -> tuple[Ended, bool]:
    """Run the command until its nth touch of the disk; how it ended, and whether all of it was done."""
    project = case.copy()
    return case.run(project, at=number, what=signal), case.recovers(project)


def _every(case: Case, signal: str) -> Iterator[tuple[Ended, bool]]:
    for number in range(1, MOST):
        done, is_all = _struck(case, signal, number)
        if not done.struck:
            return
        yield done, is_all
    pytest.fail("the command never ended by itself")


def _at_moments(case: Case, signal: str, rounds: int) -> Iterator[Ended]:
    """Send a signal at random moments of the command's life, the same ones in every run of the tests."""
    chance = random.Random(f"{case.words} {signal}")  # noqa: S311 - moments, not secrets
    for _ in range(rounds):
        project = case.copy()
        done = case.run(project, after=chance.uniform(0, case.seconds * 1.2), signal=signal)
        case.recovers(project)
        yield done


@pytest.mark.parametrize("number", [2])
def test_killed_where_it_touches_the_disk(case: Case, number: int) -> None:
    done, _ = _struck(case, "SIGKILL", number)
    assert done.status == KILLED


@pytest.mark.parametrize("signal", ["SIGINT", pytest.param("SIGTERM", marks=SLOW)])
def test_asked_to_stop_it_says_no_more(case: Case, signal: str) -> None:
    done, _ = _struck(case, signal, 2)
    # click ends the line of a ^C
    assert (done.status, done.stderr.strip()) == (ASKED[signal], "")


@SLOW
def test_killed_at_every_touch_of_the_disk(case: Case) -> None:
    found = [is_all for _, is_all in _every(case, "SIGKILL")]
    # nothing of it is done until the change is on record, and all of it from then on; a file alone needs
    # no record, and is in its place with the last touch
    assert found == sorted(found)
    assert set(found) == ({False} if case.is_one_file else {False, True})


@SLOW
@pytest.mark.parametrize("signal", ASKED)
def test_asked_to_stop_at_every_touch_of_the_disk(case: Case, signal: str) -> None:
    for done, _ in _every(case, signal):
        assert (done.status, done.stderr.strip()) == (ASKED[signal], "")


@SLOW
def test_killed_at_any_moment(case: Case) -> None:
    assert {done.status for done in _at_moments(case, "SIGKILL", 40)} <= {KILLED, 0}


@SLOW
@pytest.mark.parametrize("signal", ASKED)
def test_asked_to_stop_at_any_moment(case: Case, signal: str) -> None:
    for done in _at_moments(case, signal, 20):
        # before it listens, and when it has ended, the signal itself ends it: to a shell that is the same
        assert done.status in (ASKED[signal], 128 - ASKED[signal], 0)
        assert done.stderr.strip() in ("", case.said.strip())
