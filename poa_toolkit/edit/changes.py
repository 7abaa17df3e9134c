"""Edits of one YAML file: its text and an intent in, the new text out, every other byte as it was.

Each function reads the new text again and proves that only what was asked for differs and that every
comment is still there; EditRefusedError otherwise.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from poa_toolkit.edit import list_items, yaml_text
from poa_toolkit.edit.layout_keys import Shape
from poa_toolkit.edit.yaml_file import Reading, apply, proved, value_at
from poa_toolkit.edit.yaml_text import patched, respelt
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.positions import Block, Replacement, start_of
from poa_toolkit.model.fields import record_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.base import Record


def set_scalars(text: str, values: Mapping[Pointer, str]) -> str:
    """Put each text at its pointer, in the style of the value that stands there.

    Only the words that differ are touched where the layout allows it; otherwise the whole value is
    written again, prose one sentence a line.
    """
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    for at, value in values.items():
        _parent(expected, at)[at[-1]] = value
    for way in (patched, respelt):
        try:
            edits = [each for at, value in values.items() for each in way(old, at, value)]
            return proved(old, apply(text, edits), expected).text
        except EditRefusedError:
            if way is respelt:
                raise
    return text


def set_text(text: str, at: Pointer, value: str, *, root: type[Record] | None = None) -> str:
    """Put a text at its pointer: under ``>`` only the words that differ, otherwise as `poa fmt` would."""
    if Reading(text).scalar(at).style != ">":
        try:
            return put_keys(text, {at[:-1]: {str(at[-1]): value}}, root=root)
        except EditRefusedError:
            pass
    return set_scalars(text, {at: value})


def insert_item(
    text: str,
    at: Pointer,
    index: int,
    value: Any,  # noqa: ANN401 - YAML's data
    *,
    root: type[Record] | None = None,
) -> str:
    """Put `value`, a text or a mapping, into the list at `at`, before the item that is `index` now.

    A missing list is made, one in brackets becomes a block with one item a line.
    """
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    owner = _parent(expected, at)
    filled = list(owner.get(at[-1]) or []) if isinstance(owner, dict) else list(owner[at[-1]])
    filled.insert(index, value)
    if isinstance(owner, dict) and at[-1] not in owner:
        return insert_key(text, at, filled, root=root)
    owner[at[-1]] = filled
    edits = list_items.insertion(
        old, at, index, lambda dash: yaml_text.items([value], dash, record_at(root, at))
    )
    return proved(old, apply(text, edits), expected).text


def remove_item(text: str, at: Pointer) -> str:
    """Take the item at `at` out of its list; refused where a comment stands at it."""
    return remove_items(text, [at])


def remove_items(text: str, every: Sequence[Pointer]) -> str:
    """Take items out of their lists, of one list the last first; refused where one of them is in the way."""
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    for at in every:
        del _parent(expected, at)[int(at[-1])]
    try:
        after = apply(text, list_items.removals(old, every))
    except ValueError:
        raise EditRefusedError("these items stand too close to be taken out at once") from None
    return proved(old, after, expected).text


def insert_key(
    text: str,
    at: Pointer,
    value: Any,  # noqa: ANN401 - YAML's data
    *,
    root: type[Record] | None = None,
) -> str:
    """Put a new key, the last step of `at`, into its mapping, where its model has it.

    `root` is the model of the file; without it the key goes to the end.
    """
    old = Reading(text)
    key = str(at[-1])
    block = old.block(at[:-1])
    expected = copy.deepcopy(old.value)
    owner = _parent(expected, at)
    if block.start.flow_style:
        before = _key_before(root, at, list(owner))
        _insert(owner, key, value, after=before)
        edits = [_flow_entry(old, block, before, f"{key}: {yaml_text.scalar(value, in_flow=True)}")]
    else:
        edits = list(_added(old, at[:-1], owner, {key: value}, root))
    return proved(old, apply(text, edits), expected).text


def put_keys(
    text: str, values: Mapping[Pointer, Mapping[str, Any]], *, root: type[Record] | None = None
) -> str:
    """Return each mapping of `values`, by its pointer, the keys it is to hold: new ones, or new values.

    A value is written whole as `poa fmt` would; a comment inside one that stands there is refused.
    """
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    edits: list[Replacement] = []
    for at, fields in values.items():
        block = old.block(at)
        if block.start.flow_style:
            raise EditRefusedError("a record in braces cannot be edited; run `poa fmt` first")
        owner = _parent(expected, (*at, ""))
        there = {key: each for key, each in fields.items() if key in owner}
        edits += _rewritten(old, block, there, record_at(root, at))
        owner.update({key: each for key, each in fields.items() if key in owner})
        edits += _added(old, at, owner, {key: each for key, each in fields.items() if key not in owner}, root)
    return proved(old, apply(text, edits), expected).text


def _rewritten(
    old: Reading, block: Block, fields: Mapping[str, Any], model: type[Record] | None
) -> Iterator[Replacement]:
    for key, value in fields.items():
        start = block.keys[key].start_mark
        lines = old.end_of_line.join(yaml_text.entry(key, value, start.column, model))
        yield Replacement(start.index, old.end(block.children[key]), lines[start.column :])


def _added(
    old: Reading, at: Pointer, owner: dict[str, Any], fields: Mapping[str, Any], root: type[Record] | None
) -> Iterator[Replacement]:
    """Put new keys where the model has them; `owner` is changed too."""
    block = old.block(at)
    column = block.keys[next(iter(block.keys))].start_mark.column
    lines: dict[str, list[str]] = {}
    order = order_of(root, at, list(fields))
    for key in (list(fields)[index] for index in order):
        before = _key_before(root, (*at, key), list(owner))
        _insert(owner, key, fields[key], after=before)
        anchor = before if before in block.children else next(name for name in lines if before in lines[name])
        lines.setdefault(anchor, []).append(key)
    for anchor, keys in lines.items():
        spelt = [
            line for key in keys for line in yaml_text.entry(key, fields[key], column, record_at(root, at))
        ]
        yield from list_items.below(old, block.children[anchor], spelt, column)


def remove_key(text: str, at: Pointer) -> str:
    """Take a key, the last step of `at`, out of its mapping, with its value and the comments at it."""
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    del _parent(expected, at)[at[-1]]
    block, key = old.block(at[:-1]), str(at[-1])
    first, last = block.keys[key].start_mark.line, old.last_line(block.children[key])
    line = old.lines[first]
    if block.start.flow_style or line.indent != block.keys[key].start_mark.column or not expected:
        raise EditRefusedError(f"`{key}` cannot be taken out alone; change this place by hand")
    lines = tuple(each.content for each in old.lines[first : last + 1])
    edit = Replacement(line.start, old.lines[last].stop, "")
    return proved(old, apply(text, [edit]), expected, lost=list_items.comments_of(lines)).text


def set_value(
    text: str,
    at: Pointer,
    value: Any,  # noqa: ANN401 - YAML's data
) -> str:
    """Put a value that is no text, or a list of such values, where a single value or a list stands."""
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    _parent(expected, at)[at[-1]] = value
    node = old.places.node(at)
    if node is None or (isinstance(node, Block) and not node.start.flow_style):
        raise EditRefusedError("this value cannot be replaced; change it by hand")
    if isinstance(value, list):
        spelt = f"[{', '.join(yaml_text.scalar(each, in_flow=True) for each in value)}]"
    else:
        spelt = yaml_text.scalar(value)
    edit = Replacement(start_of(node).start_mark.index, old.end(node), spelt)
    return proved(old, apply(text, [edit]), expected).text


def set_members(text: str, at: Pointer, wanted: Sequence[str], *, root: type[Record] | None = None) -> str:
    """Return the set at `at` other members: those that stay keep their lines and comments.

    A set that is not there is made, and one of which nothing is left goes, with its key.
    """
    owner = value_at(Reading(text).value, at[:-1])
    have = list(owner.get(at[-1]) or []) if isinstance(owner, dict) else []
    if not wanted:
        return remove_key(text, at) if have else text
    if not have:
        return put_keys(text, {at[:-1]: {str(at[-1]): list(wanted)}}, root=root)
    try:
        # a list in brackets stays in brackets
        return set_value(text, at, list(wanted))
    except EditRefusedError:
        pass
    if [each for each in have if each in wanted] != [each for each in wanted if each in have]:
        return put_keys(text, {at[:-1]: {str(at[-1]): list(wanted)}}, root=root)
    now = list(have)
    for index, each in enumerate(wanted):
        if each not in have:
            place = now.index(wanted[index - 1]) + 1 if index else 0
            text = insert_item(text, at, place, each, root=root)
            now.insert(place, each)
    for index in (index for index in reversed(range(len(now))) if now[index] not in wanted):
        text = remove_item(text, (*at, index))
    return text


def move_item(
    text: str, source: Pointer, target: Pointer, index: int, *, root: type[Record] | None = None
) -> str:
    """Move a record of a list, with its comments, into the list at `target` of the same file.

    `index` counts the items of the target list without the record; a list that is missing is made.
    """
    if source == (*target, index):
        return text
    without, taken, record = take_item(text, source)
    target = _without(source, target)
    if root is not None and target[-1] not in value_at(Reading(without).value, target[:-1]):
        without = insert_key(without, target, [], root=root)
    moved = put_item(without, target, index, taken, record)
    if Reading(moved).comments() != Reading(text).comments():
        raise EditRefusedError("a comment would be lost or changed; move the record by hand")
    return moved


def _without(source: Pointer, target: Pointer) -> Pointer:
    """Return a pointer as it is once the item at `source` has gone from its list."""
    step = len(source) - 1
    if target[:step] != source[:-1] or len(target) <= step or int(target[step]) < int(source[-1]):
        return target
    if target[step] == source[-1]:
        raise EditRefusedError("a record cannot be moved into itself")
    return (*target[:step], int(target[step]) - 1, *target[step + 1 :])


def take_item(text: str, at: Pointer) -> tuple[str, tuple[str, ...], Any]:
    """Take a record out of its list: the text without it, its lines (comments too), its data.

    The first character of the first line that is no comment is its dash.
    """
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    record = _parent(expected, at).pop(int(at[-1]))
    edits, lines = list_items.removal(old, at)
    own = list_items.comments_of(lines)
    return proved(old, apply(text, edits), expected, lost=own).text, lines, record


def put_item(text: str, at: Pointer, index: int, lines: tuple[str, ...], record: object) -> str:
    """Put the lines of a record, as `take_item` gave them, into the list at `at`."""
    old = Reading(text)
    expected = copy.deepcopy(old.value)
    owner = _parent(expected, at)
    filled = list(owner.get(at[-1]) or [])
    filled.insert(index, record)
    missing = at[-1] not in owner
    owner[at[-1]] = filled
    if missing:
        raise EditRefusedError(f"there is no list `{at[-1]}` in the target file; add `{at[-1]}: []`")
    edits = list_items.insertion(old, at, index, lambda dash: list_items.shifted(lines, dash))
    return proved(old, apply(text, edits), expected, gained=list_items.comments_of(lines)).text


def order_of(root: type[Record] | None, at: Pointer, keys: list[str]) -> list[int]:
    """Return the indexes of the keys of the mapping at `at` in the order of its model."""
    return Shape(record_at(root, at)).ordered(keys)


def _parent(value: Any, at: Pointer) -> Any:  # noqa: ANN401 - YAML's data
    for step in at[:-1]:
        value = value[step]
    return value


def _insert(owner: dict[str, Any], key: str, value: object, *, after: str) -> None:
    """Put a key into a mapping behind another."""
    if key in owner:
        raise EditRefusedError(f"`{key}` stands there already")
    pairs = list(owner.items())
    owner.clear()
    for name, each in pairs:
        owner[name] = each
        if name == after:
            owner[key] = value


def _key_before(root: type[Record] | None, at: Pointer, present: list[str]) -> str:
    """Return the key behind which a new one belongs; never none, so that the first key stays first."""
    if not present:
        raise EditRefusedError("the mapping is empty; write its first key by hand")
    key = str(at[-1])
    names = [*present, key]
    ordered = [names[each] for each in order_of(root, at[:-1], names)]
    place = ordered.index(key)
    return ordered[place - 1] if place else present[0]


def _flow_entry(old: Reading, block: Block, before: str, entry: str) -> Replacement:
    end = old.end(block.children[before])
    if re.search(r"[\r\n]", old.text[block.start.start_mark.index : block.end.end_mark.index]):
        raise EditRefusedError("braces that span lines cannot be edited; run `poa fmt` first")
    return Replacement(end, end, f", {entry}")
