"""Desks meet at the server: pull, judge what git and the driver made of it, resolve as a person would, push."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from rehearsal.oracle import ADOPTED, HOME, REMARK, TEXTS, Key, Merged, State, merge
from rehearsal.room import files, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearsal.room import Desk

MARKERS = re.compile(
    r"^<<<<<<<.*\n(?P<ours>(?:.*\n)*?)=======\n(?P<theirs>(?:.*\n)*?)>>>>>>>.*\n", re.MULTILINE
)
MAIN = "origin/main"
RENAMED = re.compile(r"(\S+) of (ours|theirs) is (\S+) now")
SIDES = ("ours", "theirs")
BREAK_AFTER_EACH = "sed -i 's/^pick .*/&\\nbreak/'"


def sync(desk: Desk) -> None:
    """Bring the desk and the server together: fetch, merge or rebase, push."""
    desk.git("fetch", "-q")
    ours, theirs = desk.head(), desk.git("rev-parse", MAIN)
    base = desk.git("merge-base", ours, theirs)
    if base == theirs:
        pass
    elif base == ours:
        desk.git("merge", "-q", "--ff-only", MAIN)
        desk.wanted = desk.room.states[theirs].copy()
        desk.check("fast-forward")
    else:
        own = desk.git("rev-list", "--reverse", f"{base}..{ours}").split()
        plain = not desk.git("rev-list", "--merges", f"{base}..{ours}")
        states = desk.room.states
        # an id that changed hands half way through a rebase is nobody's record any more
        apart = not merge(states[base], states[ours], states[theirs]).twins
        if plain and apart and desk.room.random.random() < 0.25:
            _rebase(desk, base, own, theirs)
        else:
            _merge(desk, base, ours, theirs)
    desk.git("push", "-q", "origin", "HEAD:main")


def _merge(desk: Desk, base: str, ours: str, theirs: str) -> None:
    states = desk.room.states
    desk.note(f"merges {theirs[:9]} into {ours[:9]}")
    said = desk.git("merge", "--no-edit", MAIN, check=False)
    judge(desk, states[base], states[ours], states[theirs], said)
    desk.git("add", "-A")
    if desk.git("rev-parse", "-q", "--verify", "MERGE_HEAD", check=False):
        desk.git("commit", "-q", "--no-edit")
    elif desk.git("status", "--porcelain"):
        desk.git("commit", "-qm", "Finish the merge")
    states[desk.head()] = desk.wanted.copy()


def _rebase(desk: Desk, base: str, own: list[str], onto: str) -> None:
    states = desk.room.states
    desk.note(f"rebases {len(own)} commits onto {onto[:9]}")
    before, there = states[base], states[onto]
    said = desk.git(
        "-c",
        f"sequence.editor={BREAK_AFTER_EACH}",
        "rebase",
        "-i",
        "--reapply-cherry-picks",
        "--empty=drop",
        MAIN,
        check=False,
    )
    for commit in own:
        judge(desk, before, there, states[commit], said)
        desk.git("add", "-A")
        if desk.git("rev-parse", "-q", "--verify", "REBASE_HEAD", check=False):
            desk.git("rebase", "--continue", check=False)
        assert not desk.git("status", "--porcelain"), "a rebase leaves files behind"
        before, there = states[commit], desk.wanted
        states[desk.head()] = there.copy()
        said = desk.git("rebase", "--continue", check=False)
    assert not (desk.path / ".git/rebase-merge").exists(), said


# --- judging ---------------------------------------------------------------------------------------


def judge(desk: Desk, base: State, ours: State, theirs: State, said: str) -> None:
    """Hold what git made of two sides against what it must be; resolve what it left; the desk wants the outcome."""
    room = desk.room
    room.counts.add("merges")
    if "poa: " in said or desk.git("ls-files", "-u"):
        done = desk.poa("merge", "finish", status=None)
        said = f"{said}\n{done.stdout}\n{done.stderr}"
    sides = _apart(desk, merge(base, ours, theirs).twins, {"ours": ours, "theirs": theirs}, said)
    wanted = merge(base, *sides.values())
    texts = files(desk.path)
    marked = [path for path, text in texts.items() if MARKERS.search(text)]
    orders = {home for home in base.order if _contradict(base, sides["ours"], sides["theirs"], home)}
    if marked:
        room.counts.add("conflicts")
        room.counts.add("pieces", sum(len(MARKERS.findall(texts[path])) for path in marked))
        desk.note(f"conflict in {', '.join(marked)}")
        called = wanted.must or wanted.may or orders or _remarked(base, *sides.values())
        assert called, f"a conflict that a person would not call one\n{said}\n{_pieces(texts)}"
    seen = {side: parse({path: resolved(text, side) for path, text in texts.items()})[0] for side in SIDES}
    wrong = [
        *(each for side in SIDES for each in _wrong(base, sides[side], wanted, seen[side])),
        *_unasked(wanted, *seen.values()),
    ]
    assert not wrong, "\n".join([*wrong, said, _pieces(texts)])
    side = room.random.choice(SIDES)
    for path in marked:
        (desk.path / path).write_text(resolved(texts[path], side), encoding="utf-8", newline="\n")
    for amendment in sorted(wanted.decisions):
        if any(each.values[amendment, "state"] in ADOPTED for each in (base, *sides.values())):
            wanted.must |= _take_text_along(desk, amendment, sides[side])
    found, twice = parse(files(desk.path))
    for record, home in twice:
        assert (record, HOME) in wanted.must, f"{record} stands twice\n{said}"
        _take_out(desk, record, home)
    found, _ = parse(files(desk.path))
    _in_order(sides["ours"], sides["theirs"], found, orders)
    decided = wanted.state
    for key in wanted.must | wanted.may:
        decided.put(*key, found.values.get(key))
    decided.order = found.order
    desk.wanted = decided
    desk.check("the merge")


def _pieces(texts: dict[str, str]) -> str:
    return "\n".join(piece[0] for text in texts.values() for piece in MARKERS.finditer(text))


def _wrong(base: State, side: State, wanted: Merged, seen: State) -> Iterator[str]:
    """Say where a side of the conflicts reads otherwise than merged, or where a person is asked, than that side."""
    for key in sorted({*seen.values, *wanted.state.values}):
        value, right, own = (each.values.get(key) for each in (seen, wanted.state, side))
        if key not in wanted.must:
            fits = value == right or (key in wanted.may and value == own)
        elif key[1].startswith(TEXTS):
            fits = value == own or _says(str(base.values.get(key, "")), str(own), str(value))
        else:
            fits = value == own or key[1] == HOME
        if not fits:
            yield f"{key}: wanted {right}, or where asked {own}; found {value}"


def _says(base: str, own: str, value: str) -> bool:
    """Say whether a text has every word that a side put in, and none that it took out."""
    old, mine, there = ({*text.replace(".", "").split()} for text in (base, own, value))
    return mine - old <= there and not (old - mine) & there


def _unasked(wanted: Merged, ours: State, theirs: State) -> Iterator[str]:
    """Say where nobody was asked although nobody but a person can know."""
    for key in sorted(wanted.must):
        if key[1] != HOME and ours.values.get(key) == theirs.values.get(key):
            yield f"{key}: nobody was asked, and it says {ours.values.get(key)}"


def _contradict(base: State, ours: State, theirs: State, home: str) -> bool:
    """Say whether both sides put what stands in a place into another order, or something new at one place."""
    return all(_put_in_order(base, side, home) for side in (ours, theirs))


def _put_in_order(base: State, side: State, home: str) -> bool:
    old = [each for each in base.order[home] if each in side.order.get(home, [])]
    return old != [each for each in side.order.get(home, []) if each in old]


def _in_order(ours: State, theirs: State, found: State, orders: set[str]) -> None:
    """Raise where two records change places whose order both sides left, or set, alike."""
    for home, records in found.order.items():
        for first, second in combinations(records, 2) if home not in orders else ():
            there = [_before(each, home, first, second) for each in (ours, theirs)]
            assert there != [False, False], f"{second} stood before {first} on both sides"


def _before(state: State, home: str, first: str, second: str) -> bool | None:
    there = state.order.get(home, [])
    return there.index(first) < there.index(second) if first in there and second in there else None


def _remarked(base: State, ours: State, theirs: State) -> set[str]:
    """Give the records over which both sides wrote a comment."""
    new = [
        {record for record, name in each.values.keys() - base.values if name.startswith(REMARK)}
        for each in (ours, theirs)
    ]
    return new[0] & new[1]


# --- resolving -------------------------------------------------------------------------------------


def resolved(text: str, side: str) -> str:
    """Take a side of every piece; of comments both."""

    def taken(piece: re.Match[str]) -> str:
        every = piece["ours"] + piece["theirs"]
        return every if all(line.lstrip().startswith("#") for line in every.splitlines()) else piece[side]

    return MARKERS.sub(taken, text)


def _take_text_along(desk: Desk, amendment: str, kept: State) -> set[Key]:
    """Give a text the words of the side whose decision was kept; the text it is."""
    record, name = kept.text(amendment, "record"), kept.text(amendment, "field")
    retext(desk, record, name, kept.text(record, name))
    return {(record, name)}


def retext(desk: Desk, record: str, name: str, text: str) -> None:
    """Type a text anew."""
    path = desk.file_of(next(home for home, there in desk.read().order.items() if record in there))
    deep = "    " * name.startswith("points.")
    point = rf"(?:    .*\n)*?      - id: {name[7:]}\n" if deep else ""
    pattern = rf"^(  - id: {record}\n{point}(?:{deep}    .*\n)*?{deep}    text: >-\n)(?:{deep}      .*\n)+"
    new, number = re.subn(
        pattern,
        lambda found: f"{found[1]}{deep}      {text}\n",
        path.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert number == 1, (path, record, name)
    path.write_text(new, encoding="utf-8", newline="\n")


def _apart(desk: Desk, twins: set[str], sides: dict[str, State], said: str) -> dict[str, State]:
    """Give both sides with the ids that the toolkit gave to one of two records of one id."""
    actions = {each for each in twins if each.startswith("A-")}
    assert not (desk.room.own_ids and actions), f"each editor has ids of their own, and yet: {actions}"
    sides = {side: state.copy() for side, state in sides.items()}
    for old, side, new in dict.fromkeys(RENAMED.findall(said)):
        assert old in twins, f"{old} is no twin, and {new} now"
        twins.discard(old)
        state = sides[side]
        desk.room.counts.add("twin ids")
        desk.note(f"{old} of {side} is {new} now")
        assert all((new, HOME) not in each.values for each in sides.values()), f"{new} was taken"
        home = str(state.values[old, HOME])
        state.order[home] = [new if each == old else each for each in state.order[home]]
        state.turns[new] = state.turns.pop(old, 0)
        for record, name in [*state.values]:
            if name in ("record", "after") and state.values[record, name] == old:
                state.values[record, name] = new
            if record == old:
                state.values[new, name] = state.values.pop((old, name))
    assert not twins, f"two records, one id, and nobody says so: {twins}\n{said}"
    return sides


def _take_out(desk: Desk, record: str, home: str) -> None:
    """Take an action out of a place: it was moved to two, and stays in the other."""
    path = desk.file_of(home)
    pattern = rf"^(?:  #.*\n)*  - id: {record}\n(?:    .*\n)*"
    text, number = re.subn(pattern, "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert number == 1, (path, record, number)
    path.write_text(text, encoding="utf-8", newline="\n")


def block(state: State, record: str) -> str:
    """Give an action as its file has it."""
    values = {name: value for (each, name), value in state.values.items() if each == record}
    lines = [f"  # asked: {name[2:]}" for name in values if name.startswith(REMARK)]
    lines += [f"  - id: {record}", "    text: >-", f"      {values['text']}"]
    points = sorted(name for name in values if name.startswith("points."))
    lines += ["    points:"] if points else []
    for name in points:
        lines += [f"      - id: {name[7:]}", "        text: >-", f"          {values[name]}"]
    for name in ("level", "addressees", "recommendations", "why", "provisions", "status", "reason"):
        value = values.get(name)
        if isinstance(value, frozenset):
            lines += [f"    {name}:", *(f"      - {each}" for each in sorted(value))]
        elif value is not None:
            lines.append(f"    {name}: {value}")
    return "\n".join(lines) + "\n"
