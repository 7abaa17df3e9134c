"""What three versions of a plan's files demand of their merge, and what is wrong with one; nothing of the package.

Versions and results are files by their paths: one file, or a whole plan, in which a record keeps its
name when it moves to another file. A place is a record and a field of it; `None` is the record itself.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

Key = tuple[str, ...]
Place = tuple[Key, str | None]
Files = Mapping[str, str]

PROSE = {"text", "title", "why", "timeframe", "reason", "comment"}
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
_REGION = re.compile(
    r"^<{7}(?: [^\n]*)?\n(?P<ours>(?:(?![<=>|]{7})[^\n]*\n)*)"
    r"(?:^\|{7}(?: [^\n]*)?\n(?:(?![<=>|]{7})[^\n]*\n)*)?"
    r"^={7}\n(?P<theirs>(?:(?![<=>|]{7})[^\n]*\n)*)^>{7}(?: [^\n]*)?\n",
    re.MULTILINE,
)
_DASH = re.compile(r" *- (?:id|record|participant): (\S+)")
_MOST = 32
"""How many ways to settle the conflicts of one merge are tried."""


# --- reading -------------------------------------------------------------------------------------


@dataclass
class Version:
    """What the files of one version say: by record and field, the order of each list, the comments."""

    records: dict[Key, list[dict[str, Any]]] = field(default_factory=dict)
    orders: dict[Key, list[str]] = field(default_factory=dict)
    comments: Counter[str] = field(default_factory=Counter)
    owners: dict[str, set[str]] = field(default_factory=dict)
    """By comment: the records it stands at."""

    def one(self, key: Key) -> dict[str, Any] | None:
        """Give the only record of a name; None where there is none."""
        found = self.records.get(key)
        return found[0] if found else None

    def comments_at(self, key: Key) -> set[str]:
        """Give the comments at a record, and at what stands in it."""
        names = (key[-1], f"{key[-1]}.")
        return {
            comment
            for comment, owners in self.owners.items()
            if any(each == names[0] or each.startswith(names[1]) for each in owners)
        }

    def whole(self, key: Key) -> dict[Key, list[dict[str, Any]]]:
        """Give a record with all that stands in it."""
        return {each: found for each, found in self.records.items() if each[: len(key)] == key}


def version(files: Files) -> Version:
    """Read files. Raises YAMLError where one cannot be read."""
    found = Version()
    for path, text in files.items():
        data = _loaded(text)
        top = {name: value for name, value in data.items() if not _is_list(value)}
        found.records.setdefault(("file", path), []).append(
            {name: _plain(each) for name, each in top.items()}
        )
        for name, items in data.items():
            if _is_list(items):
                _take(found, (name,), items, path)
        for comment, owner in _comments(text):
            found.comments[comment] += 1
            found.owners.setdefault(comment, set()).add(owner)
    return found


@lru_cache(256)
def _loaded(text: str) -> dict[str, Any]:
    data = YAML(typ="safe").load(text) or {}
    if not isinstance(data, dict):
        raise YAMLError("it is no mapping")
    return data


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _take(found: Version, at: Key, items: list[dict[str, Any]], home: str) -> None:
    order = found.orders.setdefault((*at, home), [])
    for item in items:
        name = item["id"] if "id" in item else json.dumps(item, sort_keys=True, default=str)
        key = (*at, name)
        order.append(name)
        values = {each: _plain(value) for each, value in item.items() if not _is_list(value) or not value}
        found.records.setdefault(key, []).append(values | {"home": home})
        for each, value in item.items():
            if _is_list(value) and value:
                _take(found, (*key, each), value, home)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return frozenset(map(str, value))
    return " ".join(str(value).split())


def _comments(text: str) -> Iterator[tuple[str, str]]:
    """Give each comment and the record it stands at: that below it, where it stands over its dash."""
    lines = text.splitlines()
    around: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        match = _COMMENT.search(line)
        is_whole = match is not None and line.strip().startswith("#")
        meant = (
            next((each for each in lines[at:] if not each.strip().startswith("#")), "") if is_whole else line
        )
        dash = _DASH.match(meant)
        column = len(meant) - len(meant.lstrip()) if dash else len(line) - len(line.lstrip())
        inside = [each for each in around if each[0] < column]
        if dash and not is_whole:
            around = [*inside, (column, dash[1])]
        if match:
            yield match[0], ".".join(name for _, name in [*inside, *([(column, dash[1])] if dash else [])])


# --- what is demanded ----------------------------------------------------------------------------


@dataclass
class Demand:
    """What a merge must hold, and where it may or must stop."""

    fields: dict[tuple[Key, str], list[Any]] = field(default_factory=dict)
    """By place: the values that are right; ABSENT among them where it may be gone."""
    gone: set[Key] = field(default_factory=set)
    twins: set[Key] = field(default_factory=set)
    """Records that came on both sides as two: a conflict, or both."""
    must: set[Place] = field(default_factory=set)
    may: set[Place] = field(default_factory=set)

    def is_open(self, place: Place) -> bool:
        """Say whether a person has to, or may be asked to, decide about a place, or about all around it."""
        key, _ = place
        around = {(key[:length], None) for length in range(len(key) + 1)}
        return bool(({place} | around) & (self.must | self.may)) or any(
            key[:length] in self.twins for length in range(len(key) + 1)
        )

    @property
    def needs_nobody(self) -> bool:
        """Whether nothing is left to a person."""
        return not (self.must or self.may or self.twins)


ABSENT = None


def demand(base: Version, ours: Version, theirs: Version) -> Demand:
    """Say what the merge of three versions must hold."""
    found = Demand()
    for key in sorted({**base.records, **ours.records, **theirs.records}):
        if any(found.is_open((key[:length], None)) for length in range(1, len(key))):
            continue
        was, mine, yours = (each.one(key) for each in (base, ours, theirs))
        if was is not None and (mine is None or yours is None):
            kept = ours if yours is None else theirs
            if (mine or yours) and kept.whole(key) != base.whole(key):
                found.must.add((key, None))
            elif (mine or yours) and kept.comments_at(key) != base.comments_at(key):
                # somebody has a word to say of what another takes out
                found.may.add((key, None))
            else:
                found.gone.add(key)
        elif was is None and mine is not None and yours is not None:
            if ours.whole(key) != theirs.whole(key):
                found.twins.add(key)
            else:
                _settle(found, key, mine, mine, mine)
        else:
            one = mine or yours or {}
            _settle(found, key, one if was is None else was, mine or one, yours or one)
    return found


def _settle(
    found: Demand, key: Key, was: dict[str, Any], mine: dict[str, Any], yours: dict[str, Any]
) -> None:
    for name in {**was, **mine, **yours}:
        b, o, t = (each.get(name, ABSENT) for each in (was, mine, yours))
        place = (key, name)
        if t in (o, b):
            found.fields[place] = [o]
        elif o == b:
            found.fields[place] = [t]
        elif isinstance(b, frozenset) and isinstance(o, frozenset) and isinstance(t, frozenset):
            found.fields[place] = [(b | o | t) - (b - o) - (b - t)]
            # both put another in the place of one
            found.may |= {place} if (b - o) & (b - t) and o - b and t - b and o - b != t - b else set()
        elif name in PROSE and isinstance(b, str) and isinstance(o, str) and isinstance(t, str):
            merged = merge_prose(b, o, t)
            found.fields[place] = list(merged.right)
            (found.must if not merged.right else found.may if merged.is_doubtful else set()).add(place)
        else:
            found.must.add(place)


class Prose(NamedTuple):
    """How two changes of one text go together."""

    right: tuple[str, ...]
    """The texts that hold both; none where the changes meet."""
    is_doubtful: bool = False
    """Whether a person might be asked all the same."""


def merge_prose(base: str, ours: str, theirs: str) -> Prose:
    """Merge three texts by words: changes with an unchanged word between them go together.

    Changes can be read in more than one way; where one way has them meet, a person may be asked.
    """
    was = _TOKEN.findall(base)
    ways = itertools.product(_hunks(was, _TOKEN.findall(ours)), _hunks(was, _TOKEN.findall(theirs)))
    merged = [_woven(was, mine, yours) for mine, yours in ways]
    right = tuple(dict.fromkeys(" ".join(each.tokens) for each in merged if each is not None))
    doubtful = len(right) > 1 or any(each is None or each.across for each in merged)
    return Prose(right, doubtful)


class _Woven(NamedTuple):
    tokens: list[str]
    across: bool
    """Whether changes meet at the end of a sentence: no words of one sentence."""


_Hunk = tuple[int, int, tuple[str, ...]]


def _hunks(was: list[str], now: list[str]) -> list[list[_Hunk]]:
    """Give the changes of a text, read from its beginning and from its end."""
    forward = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    backward = SequenceMatcher(None, was[::-1], now[::-1], autojunk=False).get_opcodes()
    size, length = len(was), len(now)
    return [
        [(i, j, tuple(now[k:m])) for tag, i, j, k, m in forward if tag != "equal"],
        [
            (size - j, size - i, tuple(now[length - m : length - k]))
            for tag, i, j, k, m in reversed(backward)
            if tag != "equal"
        ],
    ]


def _woven(was: list[str], mine: list[_Hunk], yours: list[_Hunk]) -> _Woven | None:
    every = sorted({*mine, *yours})
    across = False
    for one, other in itertools.pairwise(every):
        if (one in mine and other in mine) or (one in yours and other in yours):
            continue
        between = was[one[1] : other[0]]
        if one[1] > other[0] or not any(map(_WORD.fullmatch, between)):
            if one[1] > other[0] or "." not in (*between, *was[one[0] : one[1]][-1:]):
                return None
            across = True
    tokens, at = [], 0
    for start, end, new in every:
        tokens += [*was[at:start], *new]
        at = end
    return _Woven(tokens + was[at:], across)


def as_tokens(text: object) -> object:
    """Give a text so that only its words and signs count."""
    return " ".join(_TOKEN.findall(text)) if isinstance(text, str) else text


# --- what is wrong -------------------------------------------------------------------------------


class Conflicted(NamedTuple):
    """Files with conflict markers, in parts: text, or what each side has there."""

    parts: dict[str, list[str | tuple[str, str]]]

    @classmethod
    def of(cls, files: Files) -> Conflicted:
        """Part files at their conflict markers."""
        return cls({path: list(_parts(text)) for path, text in files.items()})

    @property
    def regions(self) -> int:
        """How many conflicts there are."""
        return sum(not isinstance(part, str) for parts in self.parts.values() for part in parts)

    def settled(self, choice: Sequence[int]) -> dict[str, str]:
        """Give the files with each conflict settled: 0 for ours, 1 for theirs."""
        ways = iter(choice)
        return {
            path: "".join(part if isinstance(part, str) else part[next(ways)] for part in parts)
            for path, parts in self.parts.items()
        }


def _parts(text: str) -> Iterator[str | tuple[str, str]]:
    at = 0
    for match in _REGION.finditer(text):
        yield text[at : match.start()]
        yield match["ours"], match["theirs"]
        at = match.end()
    yield text[at:]


def judge(base: Files, ours: Files, theirs: Files, merged: Files) -> list[str]:
    """Say what is wrong with a merge, with or without conflict markers; nothing where it is right."""
    versions = [version(each) for each in (base, ours, theirs)]
    demanded = demand(*versions)
    complaints = [*_lost_words(base, ours, theirs, merged)]
    conflicted = Conflicted.of(merged)
    if any(re.search(r"^[<=>|]{7}", part, re.MULTILINE) for part in _text_of(conflicted)):
        return [*complaints, "a conflict marker stands alone"]
    try:
        if not conflicted.regions:
            result = version(merged)
            return [
                *complaints,
                *_of_values(demanded, versions, result, None),
                *_of_rest(versions, result),
            ]
        return [*complaints, *_of_regions(demanded, versions, conflicted)]
    except YAMLError as error:
        return [*complaints, f"cannot be read: {' '.join(str(error).split())[:200]}"]


def _text_of(conflicted: Conflicted) -> Iterator[str]:
    for parts in conflicted.parts.values():
        yield from (part for part in parts if isinstance(part, str))


def _lost_words(base: Files, ours: Files, theirs: Files, merged: Files) -> Iterator[str]:
    """Find words that a side put in and that are nowhere, markers and comments included."""
    was, mine, yours, now = (
        Counter(word for text in files.values() for word in _WORD.findall(text))
        for files in (base, ours, theirs, merged)
    )
    # a word that the base has may have gone elsewhere; its fields tell
    for side, words in (("ours", mine), ("theirs", yours)):
        yield from (
            f'"{word}" of {side} is lost' for word in words if not was[word] and now[word] < words[word]
        )


def _of_values(demanded: Demand, versions: list[Version], result: Version, side: int | None) -> Iterator[str]:
    """Compare records and fields with what is demanded; `side` is that to which conflicts are settled."""
    yield from _of_records(demanded, versions, result, side)
    number: dict[Key, int] = {}
    for (key, name), right in sorted(demanded.fields.items(), key=str):
        if demanded.is_open((key, name)) and (side is not None or not right):
            continue
        found = result.records.get(key, [])
        if len(found) != 1:
            number[key] = len(found)
        elif not _is_right(found[0].get(name, ABSENT), right, name):
            yield f"{_said(key)} {name} is {found[0].get(name)!r}, not {right}"
    yield from (f"{_said(key)} stands {times} times" for key, times in number.items())
    if side is None:
        yield from (
            f"{_said(key)} {name or ''} needs a person" for key, name in sorted(demanded.must, key=str)
        )


def _of_records(
    demanded: Demand, versions: list[Version], result: Version, side: int | None
) -> Iterator[str]:
    """Find records that should be gone, that are made of two, or that nobody has."""
    for key in sorted(demanded.gone):
        if key in result.records and not demanded.is_open((key, None)):
            yield f"{_said(key)} was taken out and stands there"
    for key in sorted(demanded.twins):
        found, wanted = result.records.get(key, []), [versions[1].one(key), versions[2].one(key)]
        if side is None and sorted(map(str, found)) != sorted(map(str, wanted)):
            yield f"{_said(key)} was added on both sides as two records, and is {len(found)}"
        if side is not None and (not found or any(each not in wanted for each in found)):
            yield f"{_said(key)} is half of one record and half of another"
    for key in result.records:
        if all(key not in each.records for each in versions):
            yield f"{_said(key)} comes from nowhere"


def _is_right(value: object, right: list[Any], name: str) -> bool:
    if name not in PROSE:
        return value in right
    # the same words in another place: another way to read the changes
    return as_tokens(value) in map(as_tokens, right) or (
        len(right) > 0 and Counter(str(as_tokens(value)).split()) == Counter(str(as_tokens(right[0])).split())
    )


def _of_rest(versions: list[Version], result: Version) -> Iterator[str]:
    """Compare the order of lists, and the comments."""
    was, mine, yours = versions
    for at, names in result.orders.items():
        if at[0] not in ("reviews", "endorsements") and len(set(names)) == len(names):
            yield from (
                f"{each} in {at[-1]}" for each in _of_order([v.orders.get(at, []) for v in versions], names)
            )
    for comment in {*was.comments, *mine.comments, *yours.comments, *result.comments}:
        b, o, t = (each.comments[comment] for each in versions)
        both = max(0, o + t - b)
        least = min(both, max(o, t)) if o > b and t > b else both
        if not least <= result.comments[comment] <= max(both, o, t):
            yield f'"{comment}" stands {result.comments[comment]} times, not {least}'
        elif b == 0 and (o == 0 or t == 0) and o + t == 1 and result.comments[comment] == 1:
            owner = (mine if o else yours).owners[comment]
            if result.owners[comment] != owner:
                yield f'"{comment}" stands at {result.owners[comment]}, not at {owner}'


def _of_order(orders: list[list[str]], names: list[str]) -> Iterator[str]:
    """Compare the order of a list: records as the side has them that moved one, new ones between their neighbours."""
    place = {name: number for number, name in enumerate(names)}
    shared = [name for name in names if all(name in each for each in orders)]
    pairs = list(_pairs(orders, shared))
    if not _can_be(pairs):
        return
    yield from (f"{x} stands behind {y}" for x, y in pairs if place[x] > place[y])
    for side in orders[1:]:
        for at, name in enumerate(side):
            if name not in place or any(name in each for each in orders if each is not side):
                continue
            before = next((place[each] for each in reversed(side[:at]) if each in shared), -1)
            behind = next((place[each] for each in side[at:] if each in shared), len(names))
            if before < behind and not before < place[name] < behind:
                yield f"{name} does not stand between its neighbours"


def _pairs(orders: list[list[str]], names: list[str]) -> Iterator[tuple[str, str]]:
    """Give what must stand before what: as the side has it that changed it, or as both have it."""
    places = [{name: number for number, name in enumerate(each)} for each in orders]
    for x, y in itertools.combinations(names, 2):
        was, mine, yours = (each[x] < each[y] for each in places)
        yield (x, y) if (mine if mine == yours else not was) else (y, x)


def _can_be(pairs: list[tuple[str, str]]) -> bool:
    """Say whether an order exists that has all pairs."""
    left, behind = list(pairs), {y for _, y in pairs}
    while left:
        free = {x for x, _ in left} - behind
        if not free:
            return False
        left = [(x, y) for x, y in left if x not in free]
        behind = {y for _, y in left}
    return True


# --- conflicts -----------------------------------------------------------------------------------


def _of_regions(demanded: Demand, versions: list[Version], conflicted: Conflicted) -> Iterator[str]:
    """Settle the conflicts in every way: each must be read, and hold whole records of one side or the other."""
    number = conflicted.regions
    about_order = both_reordered(*versions)
    mine, yours = (each.comments - versions[0].comments for each in versions[1:])
    if demanded.needs_nobody and not about_order and not (mine and yours):
        yield f"{number} conflicts, and nothing to decide"
    ways = list(itertools.islice(itertools.product((0, 1), repeat=number), _MOST))
    random = Random(number)  # noqa: S311 - the same ways each time
    ways += [tuple(random.choices((0, 1), k=number)) for _ in range(_MOST)] if 2**number > _MOST else []
    read = {way: version(conflicted.settled(way)) for way in {*ways, (0,) * number, (1,) * number}}
    told: set[str] = set()
    for way, result in sorted(read.items()):
        side = way[0] if len(set(way)) == 1 else 2
        if side == 2 and about_order:
            # a record that both moved stands at two places: it takes one side for both
            continue
        wrong = [*_of_values(demanded, versions, result, side)]
        wrong += _of_side(demanded, versions, result, side) if side in (0, 1) else ()
        yield from (f"settled {way}: {each}" for each in wrong if each not in told)
        told.update(wrong)
    for at in range(number):
        flipped = (0,) * at + (1,) + (0,) * (number - at - 1)
        other = read[flipped] if flipped in read else version(conflicted.settled(flipped))
        yield from (f"conflict {at + 1}: {each}" for each in _of_one(demanded, read[(0,) * number], other))


def both_reordered(was: Version, mine: Version, yours: Version) -> bool:
    """Say whether the sides put the same list in two new orders."""
    for at in was.orders:
        b, o, t = (each.orders.get(at, []) for each in (was, mine, yours))
        shared = set(b) & set(o) & set(t)
        b, o, t = ([name for name in each if name in shared] for each in (b, o, t))
        if b not in (o, t) and o != t:
            return True
    return False


def _of_side(demanded: Demand, versions: list[Version], result: Version, side: int) -> Iterator[str]:
    """Look whether conflicts settled to one side have what that side put there."""
    wanted, was = versions[1 + side], versions[0]
    for key, name in sorted(demanded.must, key=str):
        mine, found = wanted.one(key), result.one(key)
        if name is None:
            if (mine is None) != (found is None) or (mine and mine != found):
                yield f"{_said(key)} is not as that side has it"
        elif name in PROSE and mine and found:
            before = Counter(_WORD.findall((was.one(key) or {}).get(name) or ""))
            new = Counter(_WORD.findall(mine.get(name) or "")) - before
            if new - Counter(_WORD.findall(found.get(name) or "")):
                yield f"{_said(key)} {name} lacks words of that side"
        elif (mine or {}).get(name) != (found or {}).get(name):
            yield f"{_said(key)} {name} is not as that side has it"
    new_comments = wanted.comments - was.comments
    lost = new_comments - result.comments
    yield from (f'"{comment}" of that side is lost' for comment in lost)


def _of_one(demanded: Demand, ours: Version, theirs: Version) -> Iterator[str]:
    """Look at one conflict: it is about one key of one record, or about whole records."""
    fields: set[Place] = set()
    whole: set[Key] = set()
    for key in {*ours.records, *theirs.records}:
        one, other = ours.records.get(key, []), theirs.records.get(key, [])
        around = next((key[:n] for n in range(1, len(key) + 1) if key[:n] in demanded.twins), None)
        if around or len(one) != len(other):
            whole |= {around or key} if one != other else set()
        else:
            pairs = zip(one, other, strict=True)
            fields |= {(key, name) for a, b in pairs for name in {*a, *b} if a.get(name) != b.get(name)}
    if len(fields) > 1 or (fields and whole):
        names = ", ".join(sorted(f"{_said(key)} {name}" for key, name in fields))
        yield f"is about several things: {names} {' '.join(map(_said, sorted(whole)))}".strip()
    if not fields and not whole and ours.orders == theirs.orders:
        mine, yours = ours.comments - theirs.comments, theirs.comments - ours.comments
        # one line has room for one comment beside it
        if not (mine and yours):
            yield f"is about {'a comment of one side' if mine or yours else 'nothing but layout'}"


def _said(key: Key) -> str:
    return ".".join(key[-1:] if len(key) < 3 else (key[1], *key[3:]))
