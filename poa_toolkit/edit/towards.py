"""A file brought to other data: only what differs is edited, new records come with their own lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from poa_toolkit.edit import changes
from poa_toolkit.edit.reading import Reading, value_at
from poa_toolkit.errors import EditRefusedError

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.base import Record

_NAMES = ("id", "ref")


def towards(text: str, target: Any, donor: str, *, root: type[Record] | None = None) -> str:  # noqa: ANN401
    """Give `text`, edited so that it holds `target`, the order of keys left out.

    A record that is new in a list is taken from `donor`, another version of the file, as it is spelt
    there, with its comments. Raises EditRefusedError where that cannot be done.
    """
    writing = _Writing(text, Reading(donor), root)
    writing.value((), target, ())
    return writing.text


class _Writing:
    """A file while it is edited, value by value."""

    def __init__(self, text: str, donor: Reading, root: type[Record] | None) -> None:
        self.text = text
        self.donor = donor
        self.root = root

    def value(self, at: Pointer, target: Any, there: Pointer | None) -> None:  # noqa: ANN401 - YAML's data
        """Bring the value at `at` to `target`; `there` is where the donor has it, None for nowhere."""
        have = value_at(Reading(self.text).value, at)
        if isinstance(have, dict) and isinstance(target, dict):
            self.mapping(at, have, target, there)
        elif isinstance(have, list) and isinstance(target, list):
            self.list(at, have, target, there)
        elif isinstance(have, dict | list) or isinstance(target, dict | list):
            raise EditRefusedError("a block and a single value cannot replace each other")
        elif type(have) is not type(target) or have != target:
            if isinstance(target, str):
                self.text = changes.set_scalars(self.text, {at: target})
            else:
                self.text = changes.set_value(self.text, at, target)

    def mapping(
        self, at: Pointer, have: dict[str, Any], target: dict[str, Any], there: Pointer | None
    ) -> None:
        """Bring a mapping to other keys and values."""
        for key in have:
            if key not in target:
                self.text = changes.remove_key(self.text, (*at, key))
        for key, value in target.items():
            if key in have:
                self.value((*at, key), value, _step(self.donor.value, there, key))
            else:
                self.text = changes.insert_key(self.text, (*at, key), value, root=self.root)

    def list(self, at: Pointer, have: list[Any], target: list[Any], there: Pointer | None) -> None:
        """Bring a list to other items, in their order."""
        other = value_at(self.donor.value, there) if there is not None else None
        donated = other if isinstance(other, list) else []
        name = _name_of([*have, *target, *donated])
        now, wanted = _keys(have, name), _keys(target, name)
        if now != wanted and _is_flow(self.text, at) and not any(isinstance(each, dict) for each in target):
            self.text = changes.set_value(self.text, at, target)
            return
        for index in reversed(range(len(now))):
            if now[index] not in wanted:
                self.text, *_ = changes.take_item(self.text, (*at, index))
                del now[index]
        sources = {key: (*(there or ()), index) for index, key in enumerate(_keys(donated, name))}
        for index, key in enumerate(wanted):
            if now[index : index + 1] != [key]:
                self.place(at, index, target[index], now.index(key) if key in now else None, sources.get(key))
                if key in now:
                    now.remove(key)
                now.insert(index, key)
            if isinstance(target[index], dict | list):
                self.value((*at, index), target[index], sources.get(key))

    def place(
        self,
        at: Pointer,
        index: int,
        value: Any,  # noqa: ANN401 - YAML's data
        source: int | None,
        there: Pointer | None,
    ) -> None:
        """Put an item at `index`: moved from `source` in this list, or else new, from the donor."""
        if source is not None and isinstance(value, dict):
            self.text = changes.move_item(self.text, (*at, source), at, index)
        elif source is not None:
            self.text, *_ = changes.take_item(self.text, (*at, source))
            self.text = changes.insert_item(self.text, at, index, value, root=self.root)
        elif there is None or not isinstance(value, dict):
            self.text = changes.insert_item(self.text, at, index, value, root=self.root)
        else:
            _, lines, record = changes.take_item(self.donor.text, there)
            if lines:
                self.text = changes.put_item(self.text, at, index, lines, record)
            else:
                self.text = changes.insert_item(self.text, at, index, value, root=self.root)


def _step(value: Any, at: Pointer | None, key: str) -> Pointer | None:  # noqa: ANN401 - YAML's data
    if at is None:
        return None
    inside = value_at(value, at)
    return (*at, key) if isinstance(inside, dict) and key in inside else None


def _is_flow(text: str, at: Pointer) -> bool:
    return bool(Reading(text).block(at).start.flow_style)


def _name_of(items: list[Any]) -> str:
    """Give the key by which items are known; empty where their content is."""
    for name in _NAMES:
        if items and all(isinstance(item, dict) and isinstance(item.get(name), str) for item in items):
            return name
    return ""


def _keys(items: list[Any], name: str) -> list[str]:
    found = [item[name] if name else json.dumps(item, sort_keys=True, default=str) for item in items]
    if len(set(found)) != len(found):
        raise EditRefusedError("an item stands twice in a list")
    return found
