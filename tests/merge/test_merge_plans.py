"""Merging whole plans: whatever two sides move, reword, take out and add, each word of both is there."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from ruamel.yaml import YAML

from poa_toolkit.api.merge_dropped import record_values
from poa_toolkit.api.merge_plan import merge_plans
from poa_toolkit.merge.losses import losses

if TYPE_CHECKING:
    from collections.abc import Mapping

HOMES = ("one", "two", "three")
SEEDS = 30


class Record(NamedTuple):
    """An action as a person thinks of it."""

    home: str
    words: tuple[str, ...]
    status: str = "draft"
    comment: str = ""


Plan = dict[str, Record]


def _spelt(plan: Plan) -> dict[str, bytes]:
    files = {}
    for home in HOMES:
        lines = [f"id: {home}", f"title: The {home} things", "actions:"]
        here = {name: each for name, each in plan.items() if each.home == home}
        for name, each in here.items():
            lines += [f"  # {each.comment}"] if each.comment else []
            lines += [
                f"  - id: {name}",
                "    text: >-",
                f"      {' '.join(each.words)}.",
                f"    status: {each.status}",
            ]
        lines[2] += "" if here else " []"
        files[f"plan/sections/{home}.yaml"] = ("\n".join(lines) + "\n").encode()
    return files


class Found(NamedTuple):
    """An action as it stands in a merged file."""

    name: str
    home: str
    words: tuple[str, ...]
    status: str


def _read(files: Mapping[str, bytes]) -> list[Found]:
    found = []
    for path, content in files.items():
        for each in YAML(typ="safe").load(content)["actions"]:
            words = tuple(each["text"].rstrip(".").split())
            found.append(Found(each["id"], path.rpartition("/")[2][:-5], words, each["status"]))
    return found


def _deeds(rng: random.Random, base: Plan, side: str) -> Plan:
    """Let a side do something to each record, or nothing: words of its own, another home, another status."""
    plan: Plan = {}
    for name, each in base.items():
        record = each
        for deed in rng.sample(["words", "home", "status", "comment", "gone"], rng.choice((0, 0, 1, 1, 2))):
            if deed == "gone":
                break
            if deed == "words":
                # the sides change words that stand apart
                at = rng.choice((1, 2) if side == "ours" else (5, 6))
                words = (*record.words[:at], f"{side}-{name}", *record.words[at + 1 :])
                record = record._replace(words=words)
            elif deed == "home":
                record = record._replace(home=rng.choice(HOMES))
            elif deed == "status":
                record = record._replace(status=rng.choice(("refined", "agreed")))
            else:
                record = record._replace(comment=f"{side} says of {name}")
        else:
            plan[name] = record
    if rng.random() < 0.5:
        plan["A-100"] = Record(rng.choice(HOMES), (side, "adds", "something", "new"))
    return plan


def _history(seed: int) -> tuple[Plan, Plan, Plan]:
    rng = random.Random(seed)  # noqa: S311 - a seed to replay, no secret
    base = {
        f"A-{number:03}": Record(rng.choice(HOMES), tuple(f"w{number}x{place}" for place in range(8)))
        for number in range(1, 6)
    }
    return base, _deeds(rng, base, "ours"), _deeds(rng, base, "theirs")


def _one_of(was: object, mine: object, yours: object) -> set[object]:
    """Give what a value may be where it is merged: that of the side that changed it."""
    return {each for each in (mine, yours) if each != was} or {was}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_word_of_both_sides_is_there_once(seed: int) -> None:
    base, ours, theirs = _history(seed)
    merged = merge_plans(_spelt(base), _spelt(ours), _spelt(theirs))
    doubtful = {conflict.place.split()[0] for _, conflict in merged.conflicts}
    text = b"".join(merged.files.values()).decode()
    for side in (ours, theirs):
        for name, each in side.items():
            new = {*each.words} - {*(base[name].words if name in base else ())}
            assert [word for word in new if word not in text] == [], (name, new)
            assert each.comment in text
    if re.search(r"^<{7}", text, re.MULTILINE):
        assert doubtful
        return
    found = {each.name: each for each in _read(merged.files)}
    for name, was in base.items():
        mine, yours = ours.get(name), theirs.get(name)
        if name in doubtful:
            continue
        if mine is None or yours is None:
            kept = mine or yours
            assert name not in found, name
            assert kept is None or (kept.words, kept.status) == (was.words, was.status)
            continue
        _, home, words, status = found[name]
        assert home in _one_of(was.home, mine.home, yours.home)
        assert status in _one_of(was.status, mine.status, yours.status)
        assert words == tuple(
            next(iter(_one_of(*three))) for three in zip(was.words, mine.words, yours.words, strict=True)
        )
    added = [one for one in _read(merged.files) if one.name not in base]
    adding = [side for side, plan in (("ours", ours), ("theirs", theirs)) if "A-100" in plan]
    assert sorted(one.words[0] for one in added) == adding
    assert len({one.name for one in added}) == len(added)


@pytest.mark.parametrize("seed", range(0, SEEDS, 3))
def test_nothing_is_dropped_by_a_merge_and_everything_by_taking_a_side(seed: int) -> None:
    base, ours, theirs = (_spelt(each) for each in _history(seed))
    was, mine, yours = (record_values(each) for each in (base, ours, theirs))
    merged = merge_plans(base, ours, theirs)
    if not merged.conflicts:
        assert [*losses(was, mine, yours, record_values(merged.files))] == []
    told = {(each.record[1], each.at) for each in losses(was, mine, yours, mine) if not each.is_ours}
    expected = set()
    plans = _history(seed)
    for name in plans[0].keys() & plans[1].keys() & plans[2].keys():
        for key in ("words", "status"):
            before, one, other = (getattr(plan[name], key) for plan in plans)
            if before == one != other:
                expected.add((name, ("text" if key == "words" else key,)))
    assert expected <= told
