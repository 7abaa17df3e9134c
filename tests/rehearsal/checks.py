"""What the toolkit says of the plan, held against what the oracle knows: status, diff, report, log."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Any

from rehearsal.oracle import HOME, REMARK, Key, State, changed_words, edits

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearsal.room import Desk


def status(desk: Desk) -> None:
    """Hold the counts of `poa status` against the plan."""
    said, state = desk.json("status"), desk.wanted
    counted = Counter(str(state.values[each, "status"]) for each in state.actions(withdrawn=True))
    assert said["statuses"] == dict(counted), (said["statuses"], counted)
    assert said["stage"] == state.values["plan", "stage"]
    for section in said["sections"]:
        there = Counter(
            str(state.values[each, "status"])
            for each in state.order[section["id"]]
            if not each.startswith("P-")
        )
        assert section["statuses"] == dict(there), (section, there)
    waiting = {each["id"]: each["state"] for each in said["amendments"]["pending"]}
    wanted = {each: state.text(each, "state") for each in state.amendments("open", "deferred", "stale")}
    assert waiting == wanted, (waiting, wanted)
    decided = Counter(state.text(each, "state") for each in state.amendments() if each not in wanted)
    assert said["amendments"]["decided"] == dict(decided), (said["amendments"]["decided"], decided)


def numbers(desk: Desk) -> None:
    """Hold `poa show` of a printed number against what stands there."""
    state = desk.wanted
    homes = [
        "introduction",
        *sorted({str(state.values[each, HOME]) for each in state.actions()}, key=_by_file(desk)),
    ]
    printed = [
        each
        for home in homes
        for each in state.order[home]
        if state.values.get((each, "status")) != "withdrawn"
    ]
    at = desk.room.random.randrange(len(printed))
    [shown] = desk.json("show", str(at + 1))["shown"]
    texts = {(each["record"], each["field"]): each["text"] for each in shown["texts"]}
    wanted = {
        key: value
        for key, value in state.values.items()
        if key[0] == printed[at] and key[1].startswith(("text", "points."))
    }
    assert texts == wanted, (at + 1, texts, wanted)


def _by_file(desk: Desk) -> Callable[[str], str]:
    return lambda home: desk.file_of(home).name


# --- what changed ----------------------------------------------------------------------------------


def changes(desk: Desk, old: State, version: str, new: State, *other: str) -> None:
    """Hold `poa diff` and `poa amend report` between two versions against the two states."""
    said = desk.json("diff", version, *other)["changes"]
    told = {}
    for change in said:
        for key in _keys(change):
            assert key not in told, f"told twice: {key}"
            told[key] = change
    wanted = _changed(old, new)
    lost = [key for key in wanted if key not in told]
    noise = [key for key in told if key not in wanted]
    assert not lost, f"poa diff {version}: not told: {lost}"
    assert not noise, f"poa diff {version}: told and not so: {[told[key] for key in noise]}"
    _right_order({each["record"] for each in said if each["field"] == "order"}, old, new)
    for key in wanted:
        _right_words(told[key], key, old, new)
        _right_causes(desk, told[key], key, old, new)
    _report(desk, said, version, *other)


def _report(desk: Desk, said: list[dict[str, Any]], *versions: str) -> None:
    """Hold the outcome of amendments against the diff and what was decided."""
    report = desk.json("amend", "report", *versions)
    rows = [(each["record"], each["field"], each["kind"], each["amendments"]) for each in report["changes"]]
    same = [
        (each["record"], each["field"], each["kind"], each["amendments"])
        for each in said
        if each["kind"] != "renumbered"
    ]
    assert rows == same, (rows, same)
    if len(versions) == 1:
        states = {each["id"]: each["state"] for each in report["amendments"]}
        wanted = {each: desk.wanted.text(each, "state") for each in desk.wanted.amendments()}
        assert states == wanted, (states, wanted)


def _keys(change: dict[str, Any]) -> list[Key]:
    record, name, kind = change["record"], change["field"], change["kind"]
    old, new = change["old"], change["new"]
    if kind == "renumbered" or (
        isinstance(old, list) and isinstance(new, list) and sorted(old) == sorted(new)
    ):
        return []  # what follows from others, and the order of links, of which nothing is kept here
    if kind in ("added", "removed") and "point" not in change["record_kind"]:
        return [(record, HOME)]
    if kind == "moved":
        return [] if name == "order" else [(record, "moved")]
    return [(record, name)]


def _changed(old: State, new: State) -> set[Key]:
    """Give what a diff must tell: of a record that came or went that alone, of others each field."""
    before, after = _records(old), _records(new)
    keys = {(each, HOME) for each in before ^ after}
    for record, name in {*old.values, *new.values}:
        told = record in before & after and name != HOME and not name.startswith(REMARK)
        if told and old.values.get((record, name)) != new.values.get((record, name)):
            keys.add((record, name))
    return keys | {(each, "moved") for each in _moved(old, new)}


def _records(state: State) -> set[str]:
    amendments = set(state.amendments())
    return {"plan", *(record for record, name in state.values if name in (HOME, "title"))} - amendments


def _moved(old: State, new: State) -> set[str]:
    """Give the records that stand in another section."""
    both = _records(old) & _records(new)
    return {
        each
        for each in both
        if (each, HOME) in old.values and old.values[each, HOME] != new.values[each, HOME]
    }


def _right_order(told: set[str], old: State, new: State) -> None:
    """Raise unless those that are told to have moved in their section are the fewest that explain the new order."""
    fewest = 0
    for home, before in old.order.items():
        stayed = [each for each in before if each in new.order.get(home, [])]
        now = [each for each in new.order.get(home, []) if each in stayed]
        assert [each for each in stayed if each not in told] == [each for each in now if each not in told], (
            home
        )
        fewest += len(now) - _longest_run([stayed.index(each) for each in now])
    assert len(told) == fewest, (told, fewest)


def _longest_run(numbers: list[int]) -> int:
    """Give the length of the longest part of a list that rises."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def _right_words(change: dict[str, Any], key: Key, old: State, new: State) -> None:
    before, after = old.values.get(key), new.values.get(key)
    if not change["segments"]:
        return
    joined = {
        left_out: "".join(each["text"] for each in change["segments"] if each["edit"] != left_out)
        for left_out in ("inserted", "deleted")
    }
    assert (joined["inserted"], joined["deleted"]) == (before, after), (change, before, after)
    gone, come = changed_words(str(before), str(after))
    said = {
        edit: Counter(
            word.strip(".")
            for each in change["segments"]
            if each["edit"] == edit
            for word in each["text"].split()
        )
        for edit in ("deleted", "inserted")
    }
    assert said["deleted"] - said["inserted"] == _bare(gone) - _bare(come), (key, said, gone, come)
    assert said["inserted"] - said["deleted"] == _bare(come) - _bare(gone), (key, said, gone, come)


def _bare(words: Counter[str]) -> Counter[str]:
    bare: Counter[str] = Counter()
    for word, number in words.items():
        bare[word.strip(".")] += number
    return bare


def _right_causes(desk: Desk, change: dict[str, Any], key: Key, old: State, new: State) -> None:
    """Hold the amendments that a change is ascribed to against those whose words it has."""
    accepted: dict[str, str] = {}
    for each in desk.wanted.amendments("accepted", "modified"):
        accepted |= {each: each, str(desk.wanted.values.get((each, "comment"), each)): each}
    if key[1] == HOME:
        gone, come = (
            Counter[str](),
            Counter(new.text(key[0]).split()) if (key[0], "text") in new.values else Counter(),
        )
    elif key[1] in ("text", "why") or key[1].startswith("points."):
        gone, come = changed_words(str(old.values.get(key, "")), str(new.values.get(key, "")))
    else:
        return
    words = {*_bare(gone), *_bare(come)} & desk.room.causes.keys()
    known = [desk.room.causes[word] for word in words]
    needed = {accepted[tag] for tags in known for tag in tags if tag in accepted}
    # a word that moved neither came nor went
    moved = _places(str(old.values.get(key, "")), str(new.values.get(key, ""))) & desk.room.causes.keys()
    possible = needed | {accepted[tag] for word in moved for tag in desk.room.causes[word] if tag in accepted}
    assert {*change["amendments"]} <= possible, (change, possible)
    if known and all(not tags & accepted.keys() for tags in known):
        assert not change["explained"], (change, known)
    if known and all(len(tags) == 1 and tags <= accepted.keys() for tags in known):
        assert change["explained"], (change, known)
        assert needed <= {*change["amendments"]}, (change, needed)


def _places(before: str, after: str) -> set[str]:
    """Give the words at the places where two texts differ."""
    words = before.split()
    found = edits(before, after)
    return {each.strip(".") for edit in found for each in (*edit.words, *words[edit.start : edit.end])}


# --- the past --------------------------------------------------------------------------------------


def past(desk: Desk, record: str) -> None:
    """Hold `poa log` of a record against the states of all commits."""
    said = {each["name"]: each for each in desk.json("log", record)["versions"] if each["kind"] == "commit"}
    states = desk.room.states
    for line in desk.git("rev-list", "--parents", "HEAD").splitlines():
        commit, *parents = line.split()
        if len(parents) != 1 or commit not in states or parents[0] not in states:
            continue
        wanted = {key for key in _changed(states[parents[0]], states[commit]) if key[0] == record}
        told = {key for each in said.get(commit, {"changes": []})["changes"] for key in _keys(each)}
        assert {key for key in told if key[0] == record} == wanted, (
            commit,
            told,
            wanted,
            json.dumps(said.get(commit)),
        )
