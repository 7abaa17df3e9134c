"""Drafts of many producers and habits are read as the person who labelled them would."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from labelled_drafts import GOAL, HABITS, scores

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("habit", HABITS)
def test_a_labelled_draft_is_read_as_a_person_reads_it(habit: str, tmp_path: Path) -> None:
    for program in HABITS[habit].programs:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    for kind, score in scores([habit], tmp_path).items():
        assert score.precision >= GOAL, (kind, score)
        assert score.recall >= GOAL, (kind, score)
