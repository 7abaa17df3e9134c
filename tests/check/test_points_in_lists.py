"""What the rules say of the lists of points, at both levels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import small_plan
from conftest import Poa

TABLE: dict[str, tuple[list[Any], list[str]]] = {
    "sentences at both levels": (["One:", ["In time.", "In full."], "Two."], []),
    "semicolons up to the last of all": (["One:", ["in time;", "in full;"], "two:", ["a;", "and b."]], []),
    "a last sub-point as if another followed": (
        ["One.", "Two:", ["in time;", "in full;"]],
        ["POA324 the last point of A-001 ends with a semicolon, as if another followed"],
    ),
    "sub-points that end unlike": (
        ["One:", ["a;", "b.", "c;"], "two."],
        ['POA324 sub-points of A-001 (a) end with ";", but this one with "."'],
    ),
    "points that end unlike, one of them in its sub-points": (
        ["one;", "Two:", ["a;", "b."], "three;", "four."],
        ['POA324 points of A-001 end with ";", but this one with "."'],
    ),
    "a lone sub-point": (["One:", ["in time."], "Two."], ["POA323 A-001 (a) has a single sub-point"]),
    "a colon and nothing below": (
        ["One:", "Two."],
        ['POA322 A-001 (a) ends with a colon ("… One:"), but no points follow'],
    ),
    "a sub-point without an end": (
        ["One:", ["in time", "In full."], "Two."],
        ["POA315 no mark closes this text"],
    ),
    "a doubled word": (["One:", ["in in time;", "in full."], "Two."], ['POA328 "in" stands twice']),
    "brackets that do not pair": (["One:", ["[in time;", "in full."], "Two."], ["POA30"]),
}


def points(given: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in given:
        if isinstance(each, list):
            below = [{"id": f"{found[-1]['id']}-{at}", "text": text} for at, text in enumerate(each)]
            found[-1]["points"] = below
        else:
            found.append({"id": "abcdef"[len(found)], "text": each})
    return found


@pytest.mark.parametrize("name", TABLE)
def test_rules_hold_for_the_second_level_too(name: str, tmp_path: Path, poa: Poa) -> None:
    given, wanted = TABLE[name]
    data = small_plan.files()
    small_plan.action(data, 0).update(text="Observers should report:", points=points(given))
    small_plan.write(tmp_path, data)
    said = poa("validate", "--format", "text", cwd=tmp_path).stdout
    found = [line for line in said.splitlines() if "01-first.yaml" in line and " POA" in line]
    assert len(found) == len(wanted), said
    assert [line for line, each in zip(found, wanted, strict=True) if each not in line] == []


def test_one_id_at_both_levels_is_one_id_twice(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    given = points(["One:", ["In time.", "In full."], "Two."])
    given[0]["points"][1]["id"] = "b"
    small_plan.action(data, 0).update(text="Observers should report:", points=given)
    small_plan.write(tmp_path, data)
    said = poa("validate", cwd=tmp_path).stdout
    assert 'POA213 A-001 has the point "b" twice' in said
