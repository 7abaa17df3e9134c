"""Both days, played by scripts; `REHEARSAL_SEEDS=7` or `100-199` plays other seeds than those of every day."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from rehearsal.days import rehearse
from rehearsal.oracle import Words
from rehearsal.room import Room

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa


def _play(poa: Poa, folder: Path, seed: int, *, sessions: int, uno: str = "") -> Room:
    random = Random(seed)  # noqa: S311 - the same days again for a seed
    room = Room(folder, poa, random, Words(random), uno=uno)
    try:
        rehearse(room, sessions=sessions)
    except AssertionError as wrong:
        told = "\n".join(room.journal[-40:])
        raise AssertionError(f"seed {seed}: {wrong}\n\nThe last deeds:\n{told}") from wrong
    return room


def test_a_small_rehearsal(poa: Poa, tmp_path: Path) -> None:
    room = _play(poa, tmp_path, 0, sessions=1)
    assert room.counts.numbers["merges"] > 2


def _seeds() -> range:
    first, _, last = os.environ.get("REHEARSAL_SEEDS", "1-8").partition("-")
    return range(int(first), int(last or first) + 1)


@pytest.mark.slow
@pytest.mark.tools
@pytest.mark.parametrize("seed", _seeds())
def test_a_rehearsal(poa: Poa, tmp_path: Path, python_of_libreoffice: str, seed: int) -> None:
    room = _play(poa, tmp_path, seed, sessions=3, uno=python_of_libreoffice)
    print(f"seed {seed}: {room.counts.numbers}")  # noqa: T201 - what a seed came to is read where it fails
