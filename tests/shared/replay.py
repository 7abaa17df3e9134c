"""A comparison put to use: the old version and its changes give the new one; turned round, the old one.

Written without the code that compares. A version is what its records say, where they stand, in which order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from poa_toolkit.diff.change import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.model import Plan

Name = tuple[str, str]
"""Kind and id; of a point or a provision the id of what holds it, a space, and its own."""
Fields = dict[str, str | tuple[str, ...]]

_CAME = (Kind.ADDED, Kind.SPLIT, Kind.MERGED)
_WHOLE = (*_CAME, Kind.REMOVED, Kind.MOVED, Kind.RENUMBERED, Kind.ID_CHANGED)
_LISTS = {
    "stages": "stage", "front": "paragraph", "introduction": "paragraph", "sections": "section",
    "instruments": "instrument", "actors": "actor", "participants": "participant",
    "obligations": "obligation", "parts": "part",
}  # fmt: skip
_INSIDE = {
    "section": {"chapeau": "paragraph", "actions": "action"},
    "action": {"points": "point"},
    "point": {"points": "point"},
    "instrument": {"provisions": "provision"},
}
_HOLDERS = {"point": "action", "provision": "instrument"}
_HOMES = {"paragraph": ("section",), "action": ("section",), "recommendation": ("consultation", "mechanism")}


class Version:
    """What a plan says, without its code."""

    def __init__(self) -> None:
        self.fields: dict[Name, Fields] = {}
        self.homes: dict[Name, str] = {}
        self.orders: dict[tuple[str, str], list[str]] = {}
        """Kind and home → ids in order."""

    def __eq__(self, other: object) -> bool:
        orders = [{key: ids for key, ids in each.orders.items() if ids} for each in (self, other)]  # type: ignore[attr-defined]
        return (self.fields, self.homes, orders[0]) == (other.fields, other.homes, orders[1])  # type: ignore[attr-defined]

    __hash__ = None  # type: ignore[assignment]


def read(plan: Plan) -> Version:
    """Take a plan apart."""
    version = Version()
    tree = plan.model_dump(mode="json", by_alias=True)
    own = {name: tree.pop(name) for name in (*_LISTS, "sources")}
    version.fields["plan", "plan"] = dict(_fields(tree))
    for name, kind in _LISTS.items():
        home = name if kind == "paragraph" else ""
        _take(version, own[name], kind, home)
    for source in own["sources"]:
        head = [(kind, source[kind]) for kind in ("consultation", "mechanism") if source[kind]]
        _take(version, source["recommendations"], "recommendation", head[0][1]["id"] if head else "")
        for kind, record in head:
            _take(version, [record], kind, "")
    return version


def _take(version: Version, records: list[Any], kind: str, home: str) -> None:
    for record in records:
        inside = {name: record.pop(name, []) for name in _INSIDE.get(kind, {})}
        own = record.pop("id", None) or record.pop("ref")
        # a sub-point stands in a point, and is named by its action all the same
        name = f"{home.split(' ', maxsplit=1)[0]} {own}" if kind in _HOLDERS else own
        version.fields[kind, name] = dict(_fields(record))
        version.homes[kind, name] = home
        version.orders.setdefault((kind, home), []).append(own)
        for field, part in _INSIDE.get(kind, {}).items():
            _take(version, inside[field], part, name)


def _fields(tree: dict[str, Any], before: str = "") -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for name, value in tree.items():
        match value:
            case None | []:
                pass
            case dict():
                yield from _fields(value, f"{before}{name}.")
            case list():
                yield before + name, tuple(_printed(each) for each in value)
            case _:
                yield before + name, _printed(value)


def _printed(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['title']} <{value['url']}>"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def replayed(plan: Plan, comparison: Comparison, target: Plan, *, backwards: bool = False) -> Version:
    """Apply every change of a comparison to its old version, or turned round to its new one.

    What came is read in `target`, where the change says it stands; all else is in the changes. Between
    renaming forwards and renaming backwards, records go by their new ids.
    """
    now, wanted = read(plan), read(target)
    each_way = [_Turned(each, backwards=backwards) for each in comparison.changes]
    changes = sorted(each_way, key=lambda each: each.name[0] in _HOLDERS)
    renamed = [each for each in changes if each.change.kind is Kind.ID_CHANGED]
    # a point that went is named by the id that its action has now, which it bears only afterwards
    formerly = {} if backwards else {each.name: each.before[1] for each in renamed}
    for each in [each for each in changes if each.went]:
        _remove(now, _formerly(each.name, formerly))
    if not backwards:
        for each in renamed:
            _rename(now, each.before, each.name)
    for each in [each for each in changes if each.change.kind not in _WHOLE]:
        _set(now, each)
    holders = ("section", "consultation", "mechanism", "action", "point", "instrument")
    homes = {each.before[1]: each.name[1] for each in renamed if backwards and each.name[0] in holders}
    before = {each.name: each.before[1] for each in renamed if backwards}
    placed = [each for each in changes if each.came or each.change.kind is Kind.MOVED]
    for each in [each for each in placed if not each.came]:
        now.orders[each.name[0], now.homes[each.name]].remove(_own(each.name))
    for each in sorted(placed, key=lambda each: _place_in(each, wanted)):
        _place(now, each, wanted, homes, before)
    if backwards:
        for each in reversed(renamed):
            _rename(now, each.name, each.before)
    return now


class _Turned:
    """A change, in the direction it is applied in."""

    def __init__(self, change: Change, *, backwards: bool) -> None:
        self.change = change
        self.old, self.new = (change.new, change.old) if backwards else (change.old, change.new)
        self.came = change.kind is Kind.REMOVED if backwards else change.kind in _CAME
        self.went = change.kind in _CAME if backwards else change.kind is Kind.REMOVED
        at = change.old_at if backwards else change.new_at
        self.at: Pointer = at or ()
        self.backwards = backwards
        point = change.field.split(".")[1] if change.record_kind == "point" else ""
        self.name: Name = (change.record_kind, f"{change.record} {point}" if point else change.record)
        self.field = ".".join(change.field.split(".")[2:]) or "text" if point else change.field

    @property
    def before(self) -> Name:
        """The old name of a record that has another id."""
        kind, name = self.name
        old = str(self.change.old)
        return kind, f"{name.split(' ', 1)[0]} {old}" if kind in _HOLDERS else old


def _own(name: Name) -> str:
    return name[1].split(" ", 1)[1] if name[0] in _HOLDERS else name[1]


def _inside(version: Version, name: Name) -> list[Name]:
    """Give what stands in a record: its points or provisions, or of a section or source all it holds.

    What stands in a point is in its action, too.
    """
    return [
        key
        for key, home in version.homes.items()
        if name[1] in (home, home.split(" ")[0]) and _holds(name[0], key[0])
    ]


def _formerly(name: Name, before: dict[Name, str]) -> Name:
    """Give the name of a point or provision under the id that what holds it had; others keep theirs."""
    if name[0] not in _HOLDERS:
        return name
    holder, own = name[1].split(" ", 1)
    return name[0], f"{before.get((_HOLDERS[name[0]], holder), holder)} {own}"


def _holds(holder: str, kind: str) -> bool:
    if kind in _HOLDERS:
        return holder in (_HOLDERS[kind], kind)
    return holder in _HOMES.get(kind, ())


def _remove(now: Version, name: Name) -> None:
    """Take a record out; what else than its own parts stands in it has changes of its own."""
    parts = (part for part in _inside(now, name) if part[0] in _HOLDERS and name[0] != "point")
    for each in [name, *parts]:
        del now.fields[each]
        now.orders[each[0], now.homes.pop(each)].remove(_own(each))


def _rename(now: Version, old: Name, new: Name) -> None:
    for part in _inside(now, old):
        now.homes[part] = _under(now.homes[part], old[1], new[1])
        if part[0] in _HOLDERS and old[0] != "point":
            renamed = (part[0], f"{new[1]} {_own(part)}")
            now.fields[renamed], now.homes[renamed] = now.fields.pop(part), now.homes.pop(part)
    for kind, home in list(now.orders):
        if old[1] in (home, home.split(" ")[0]) and _holds(old[0], kind):
            now.orders[kind, _under(home, old[1], new[1])] = now.orders.pop((kind, home))
    now.fields[new], now.homes[new] = now.fields.pop(old), now.homes.pop(old)
    order = now.orders[new[0], now.homes[new]]
    order[order.index(_own(old))] = _own(new)


def _under(home: str, old: str, new: str) -> str:
    """Give the place that was ``old`` or stood in it, under its new name."""
    return new if home == old else new + home.removeprefix(old)


def _set(now: Version, each: _Turned) -> None:
    fields = now.fields[each.name]
    old, new = (_folded(value) for value in (each.old, each.new))
    assert fields.pop(each.field, None) == old, (each.name, each.field)
    if new is not None:
        fields[each.field] = new


def _folded(value: Any) -> Any:
    return _printed(value) if isinstance(value, str) else value or None


def _place_in(each: _Turned, wanted: Version) -> tuple[bool, int]:
    if isinstance(each.at[-1], int):
        return each.name[0] in _HOLDERS, each.at[-1]
    return False, wanted.orders[each.name[0], ""].index(each.name[1])


def _place(
    now: Version, each: _Turned, wanted: Version, homes: dict[str, str], before: dict[Name, str]
) -> None:
    """Put what came or moved where the change says it stands."""
    kind, name = each.name
    if each.came:
        there = _formerly(each.name, before)
        now.fields[each.name] = dict(wanted.fields[there])
        home = wanted.homes[there]
        for part in [part for part in _inside(wanted, each.name) if part[0] in _HOLDERS and kind != "point"]:
            now.fields[part], now.homes[part] = dict(wanted.fields[part]), wanted.homes[part]
        parts = {
            key: list(ids)
            for key, ids in wanted.orders.items()
            if name in (key[1], key[1].split(" ")[0]) and key[0] in _HOLDERS and kind != "point"
        }
        now.orders.update(parts)
    elif each.change.field.endswith(".under"):
        home = f"{name.split(' ')[0]} {each.new or ''}".rstrip()
    else:
        home = now.homes[each.name] if each.change.field.endswith("order") else str(each.new)
    holder, space, point = home.partition(" ")
    home = f"{homes.get(holder, holder)}{space}{point}"
    home = homes.get(home, home)
    now.homes[each.name] = home
    now.orders.setdefault((kind, home), []).insert(_place_in(each, wanted)[1], _own(each.name))
