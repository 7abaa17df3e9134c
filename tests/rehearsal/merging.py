"""Desks meet at the server: pull, judge what git and the driver made of it, resolve as a person would, push."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from rehearsal.oracle import HOME, REMARK, Key, Merged, State, difference, merge
from rehearsal.room import files, parse

if TYPE_CHECKING:
    from rehearsal.room import Desk

MARKERS = re.compile(
    r"^<<<<<<<.*\n(?P<ours>(?:.*\n)*?)=======\n(?P<theirs>(?:.*\n)*?)>>>>>>>.*\n", re.MULTILINE
)
MAIN = "origin/main"
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
        desk.git("commit", "-qm", "Give each of two records an id of its own")
    states[desk.head()] = desk.wanted.copy()


def _rebase(desk: Desk, base: str, own: list[str], onto: str) -> None:
    states = desk.room.states
    desk.note(f"rebases {len(own)} commits onto {onto[:9]}")
    before, there = states[base], states[onto]
    said = desk.git(
        "-c", f"sequence.editor={BREAK_AFTER_EACH}", "rebase", "-i", "--empty=drop", MAIN, check=False
    )
    for commit in own:
        judge(desk, before, there, states[commit], said)
        desk.git("add", "-A")
        if (desk.path / ".git/rebase-merge/message").exists() and desk.git("ls-files", "-u"):
            raise AssertionError("unmerged files are left")
        stopped = desk.git("rev-parse", "-q", "--verify", "REBASE_HEAD", check=False)
        if desk.git("status", "--porcelain") and not stopped:
            desk.git("commit", "-qm", "Give each of two records an id of its own")
        elif stopped:
            desk.git("rebase", "--continue", check=False)
        before, there = states[commit], desk.wanted
        states[desk.head()] = there.copy()
        said = desk.git("rebase", "--continue", check=False)
    assert not (desk.path / ".git/rebase-merge").exists(), said


# --- judging ---------------------------------------------------------------------------------------


def judge(desk: Desk, base: State, ours: State, theirs: State, said: str) -> None:
    """Hold what git made of two sides against what it must be; resolve what it left; the desk wants the outcome."""
    room = desk.room
    room.counts.add("merges")
    conflicts = desk.git("diff", "--name-only", "--diff-filter=U").splitlines()
    wanted = merge(base, ours, theirs)
    if wanted.twins:
        ours = _apart(desk, wanted, ours, theirs, conflicts)
        wanted = merge(base, ours, theirs)
    texts = files(desk.path)
    marked = [path for path, text in texts.items() if MARKERS.search(text)]
    asked = _asked(base, ours, theirs) | _felled(desk, ours, theirs, said)
    unasked = {key for key in wanted.must if key[1] != HOME} if not marked else set()
    assert not unasked, f"nobody was asked: {sorted(unasked)}\n{said}"
    if marked:
        room.counts.add("conflicts")
        room.counts.add("pieces", sum(len(MARKERS.findall(texts[path])) for path in marked))
        desk.note(f"conflict in {', '.join(marked)}")
    side = room.random.choice(SIDES)
    chosen = {path: resolved(text, side) for path, text in texts.items()}
    open_keys = wanted.must | wanted.may
    for each in SIDES:
        _nothing_else(texts, each, wanted, asked, {"ours": ours, "theirs": theirs}[each], open_keys, said)
    if marked and not open_keys and not asked and not _remarked(base, ours, theirs):
        raise AssertionError(f"a conflict that a person would not call one\n{said}\n{[MARKERS.findall(texts[p]) for p in marked]}")
    for path, text in chosen.items():
        (desk.path / path).write_text(text, encoding="utf-8", newline="\n")
    found, twice = parse(chosen)
    decided = _decided(wanted, found, {"ours": ours, "theirs": theirs}[side])
    for record in sorted(_to_retype(decided, found) | {record for record, _ in twice}):
        assert record in asked or (record, HOME) in wanted.must, (record, difference(decided, found), said)
        room.counts.add("records written anew after a merge")
        retype_record(desk, decided, record)
    found, twice = parse(files(desk.path))
    assert not twice, twice
    _in_order(base, ours, theirs, found, asked)
    decided.order = found.order
    desk.wanted = decided
    desk.check("the merge")


def _asked(base: State, ours: State, theirs: State) -> set[str]:
    """Give the records that one side moved to another file while the other touched them."""
    found = set()
    for record in base.records():
        for one, other in ((ours, theirs), (theirs, ours)):
            values = {name for each, name in {*base.values, *other.values} if each == record}
            touched = any(base.values.get((record, name)) != other.values.get((record, name)) for name in values)
            if one.values.get((record, HOME)) != base.values[record, HOME] and touched:
                found.add(record)
    for home in base.order:
        if _put_in_order(base, ours, home) and _put_in_order(base, theirs, home):
            found |= {each for each in (*ours.order[home], *theirs.order[home]) if each in base.records()}
    return found


def _felled(desk: Desk, ours: State, theirs: State, said: str) -> set[str]:
    """Give the records of files that were given up as a whole, for a comment or a line end in them."""
    found = set()
    for path in re.findall(r"^poa: (\S+): the file: both sides can be merged, but not without", said, re.MULTILINE):
        desk.room.counts.add("files given up")
        for home in {*ours.order, *theirs.order}:
            if desk.file_of(home).name == path.rpartition("/")[2]:
                found |= {*ours.order.get(home, []), *theirs.order.get(home, [])}
    return found


def _put_in_order(base: State, side: State, home: str) -> bool:
    """Say whether a side put what stands in a place into another order."""
    old = [each for each in base.order[home] if each in side.order.get(home, [])]
    return old != [each for each in side.order.get(home, []) if each in old]


def _nothing_else(
    texts: dict[str, str], side: str, wanted: Merged, asked: set[str], sided: State, open_keys: set[Key], said: str
) -> None:
    """Raise where a side of the conflicts differs in what no person would be asked for."""
    found, _ = parse({path: resolved(text, side) for path, text in texts.items()})
    for key in sorted({*found.values, *wanted.state.values}):
        if key[0] in asked or (key[0], HOME) in wanted.must:
            continue
        value, right = found.values.get(key), wanted.state.values.get(key)
        fit = {right, sided.values.get(key)} if key in open_keys else {right}
        if key in wanted.must:
            fit = {sided.values.get(key)}
        assert value in fit, f"{key} of {side}: wanted one of {fit}, found {value}\n{said}"


def _decided(wanted: Merged, found: State, side: State) -> State:
    """Give what a person decides: where asked, what the side says that was taken."""
    decided = wanted.state.copy()
    for key in wanted.must | wanted.may:
        decided.put(*key, found.values.get(key) if key in found.values and key[1] != HOME else side.values.get(key))
    return decided


def _to_retype(decided: State, found: State) -> set[str]:
    keys = {*decided.values, *found.values}
    return {key[0] for key in keys if decided.values.get(key) != found.values.get(key)}


def _in_order(base: State, ours: State, theirs: State, found: State, asked: set[str]) -> None:
    """Raise where two records change places whose order both sides left, or set, alike."""
    for home, records in found.order.items():
        for first, second in combinations([each for each in records if each not in asked], 2):
            orders = [_before(each, home, first, second) for each in (ours, theirs)]
            assert orders != [False, False], f"{second} stood before {first} on both sides"


def _before(state: State, home: str, first: str, second: str) -> bool | None:
    there = state.order.get(home, [])
    return there.index(first) < there.index(second) if first in there and second in there else None


def _remarked(base: State, ours: State, theirs: State) -> set[str]:
    """Give the records over which both sides wrote a comment."""
    new = [{record for record, name in each.values.keys() - base.values if name.startswith(REMARK)} for each in (ours, theirs)]
    return new[0] & new[1]


# --- resolving -------------------------------------------------------------------------------------


def resolved(text: str, side: str) -> str:
    """Take a side of every piece; of comments both."""

    def taken(piece: re.Match[str]) -> str:
        every = piece["ours"] + piece["theirs"]
        return every if all(line.lstrip().startswith("#") for line in every.splitlines()) else piece[side]

    return MARKERS.sub(taken, text)


def _apart(desk: Desk, wanted: Merged, ours: State, theirs: State, conflicts: list[str]) -> State:
    """Give our new records, whose ids the other side gave too, other ids: in the files, and in what we say."""
    renamed, again = ours.copy(), {}
    for old in sorted(wanted.twins):
        desk.room.counts.add("twin ids")
        home = str(ours.values[old, HOME])
        new = desk.room.fresh(old, taken={*ours.records(), *theirs.records(), *renamed.records()})
        path = desk.file_of(home)
        desk.note(f"{old} of ours becomes {new}")
        if str(path.relative_to(desk.path)) in conflicts:
            again.setdefault(str(path.relative_to(desk.path)), {})[old] = new
        else:
            text = _with_ids(path.read_text(encoding="utf-8"), {old: new})
            path.write_text(text, encoding="utf-8", newline="\n")
        renamed.order[home] = [new if each == old else each for each in renamed.order[home]]
        for key in [key for key in renamed.values if key[0] == old]:
            renamed.values[new, key[1]] = renamed.values.pop(key)
    for path, ids in again.items():
        _merge_again(desk, path, ids)
    return renamed


def _with_ids(text: str, ids: dict[str, str]) -> str:
    for old, new in ids.items():
        text, number = re.subn(rf"^  - id: {old}$", f"  - id: {new}", text, flags=re.MULTILINE)
        assert number == 1, (old, number)
    return text


def _merge_again(desk: Desk, path: str, ids: dict[str, str]) -> None:
    """Merge one file anew, our records under other ids: what a careful person does with two new records of one id."""
    stages = {}
    for number, name in ((1, "base"), (2, "ours"), (3, "theirs")):
        text = desk.git("show", f":{number}:{path}", check=name != "base")
        stages[name] = "" if text.startswith("fatal:") else text + "\n"
    stages["ours"] = _with_ids(stages["ours"], ids)
    if not stages["base"]:
        theirs = stages["theirs"].partition("amendments:\n")[2]
        (desk.path / path).write_text(stages["ours"] + theirs, encoding="utf-8", newline="\n")
        return
    folder = desk.path / ".git/poa-rehearsal"
    folder.mkdir(exist_ok=True)
    for name, text in stages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    desk.poa("merge-driver", folder / "base", folder / "ours", folder / "theirs", "7", path, status=None)
    (desk.path / path).write_text(
        (folder / "ours").read_text(encoding="utf-8"), encoding="utf-8", newline="\n"
    )


def retype_record(desk: Desk, state: State, record: str) -> None:
    """Take an action out wherever it stands, and write it as it must be at the end of its section."""
    for path in sorted((desk.path / "plan/sections").glob("*.yaml")):
        text = re.sub(
            rf"^(?:  #.*\n)*  - id: {record}\n(?:    .*\n)*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        path.write_text(text, encoding="utf-8", newline="\n")
    path = desk.file_of(str(state.values[record, HOME]))
    path.write_text(path.read_text(encoding="utf-8") + block(state, record), encoding="utf-8", newline="\n")


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
