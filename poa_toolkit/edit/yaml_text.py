"""Values as YAML: plain where that is read as text, else quoted; prose under ``>-``, a sentence a line."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from poa_toolkit.edit.layout_scalars import ESCAPES, on_one_line
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.positions import Replacement
from poa_toolkit.model.fields import Value, fields
from poa_toolkit.text.sentences import sentences
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.load.positions import Letter
    from poa_toolkit.model.base import Record


_MORE_INDENTED = re.compile(r"^[ \t]|[ \t]$|[\r\n]")


def scalar(value: object, *, in_flow: bool = False) -> str:
    """Spell one value on one line; a text is plain where that is read as the same text."""
    if isinstance(value, str):
        return on_one_line(value, "'", "", in_flow=in_flow)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def can_fold(value: str) -> bool:
    """Return whether a text can stand under ``>-`` as it is: one paragraph, no space at its ends."""
    return bool(value) and not _MORE_INDENTED.search(value)


def record(value: Mapping[str, Any], indent: int, model: type[Record] | None) -> list[str]:
    """Spell a mapping as lines, each key at `indent` spaces; empty values are left out.

    `model` is the record that it holds; without one, no value is prose.
    """
    found: list[str] = []
    for key, each in value.items():
        found += entry(key, each, indent, model)
    return found


def entry(key: str, value: Any, indent: int, model: type[Record] | None) -> list[str]:  # noqa: ANN401 - YAML's data
    """Spell one key of a record and its value as lines."""
    margin = " " * indent
    field = fields(model).get(key) if model else None
    inside = field.record if field else None
    if isinstance(value, dict):
        return [f"{margin}{key}:", *record(value, indent + 2, inside)]
    if isinstance(value, list):
        if not value or (field and field.is_short):
            listed = ", ".join(scalar(each, in_flow=True) for each in value)
            return [f"{margin}{key}: [{listed}]"]
        return [f"{margin}{key}:", *items(value, indent + 2, inside)]
    if isinstance(value, str) and field and field.value in _UNDER_A_SIGN and can_fold(value):
        return [f"{margin}{key}: >-", *folded(value, indent + 2)]
    return [f"{margin}{key}: {scalar(value)}"]


_UNDER_A_SIGN = (Value.PROSE, Value.VERBATIM)
"""Whose values stand under ``>-``."""


def items(values: Sequence[Any], indent: int, model: type[Record] | None) -> list[str]:
    """Spell the items of a list as lines, each dash at `indent` spaces; `model` is what they hold."""
    found: list[str] = []
    margin = " " * indent
    for value in values:
        if isinstance(value, dict):
            first, *rest = record(value, indent + 2, model)
            found += [f"{margin}- {first[indent + 2 :]}", *rest]
        else:
            found.append(f"{margin}- {scalar(value)}")
    return found


def folded(value: str, indent: int) -> list[str]:
    """Spell a text as the lines below ``>-``, one sentence a line."""
    return [" " * indent + sentence for sentence in sentences(value)]


def double_quoted(value: str) -> str:
    """Spell a text in double quotes."""
    return '"' + "".join(ESCAPES.get(each, each) for each in value) + '"'


_BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"[|>][-+0-9]*")
_SENTENCE_ENDS = re.compile(r"[.!?…] \S")
_ALIKE = 0.6
"""How much of a text must stay for its lines to stay, from 0 to 1."""

_OWN_ESCAPES = {"'": "''", '"': "\\"}
"""By quotation mark, what stands in a value of which not each character is spelt by itself."""

_MOST_TOKENS = 2000
"""How many words and spaces of both texts are compared one by one."""

_MOST_PAIRS = 20_000
"""How many pairs of one word, here in the old text and there in the new, are looked at for each change."""


def patched(old: Reading, at: Pointer, value: str) -> list[Replacement]:
    """Replace only the words that differ. Raises EditRefusedError where the layout does not allow it."""
    event = old.scalar(at)
    if event.style == "|" or "\n" in event.value:
        raise EditRefusedError("the lines of this value mean something")
    letters = old.places.letters(event)
    escape = _OWN_ESCAPES.get(event.style)
    if len(letters) != len(event.value) or (
        escape and escape in old.text[event.start_mark.index + 1 : event.end_mark.index - 1]
    ):
        raise EditRefusedError("the value is spelt with escapes")
    before, after = tokens(event.value), tokens(value)
    starts = _starts(before)
    if len(before) + len(after) > _MOST_TOKENS or _pairs(before, after) > _MOST_PAIRS:
        # many equal words would take minutes to align
        raise EditRefusedError("the text is too long to be changed word by word")
    found: list[Replacement] = []
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        raise EditRefusedError("the words are new")
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            new = "".join(after[new_first:new_last])
            found.append(_stretch(letters, starts[first], starts[last], new, old.end(event)))
    return found


def _pairs(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    """Count the pairs of one word in both texts; spaces are aligned by the words beside them."""
    times = Counter(each for each in after if not each.isspace())
    return sum(times[each] for each in before)


def respelt(old: Reading, at: Pointer, value: str) -> list[Replacement]:
    """Replace a whole value, in its style where that can hold the new one, else in quotes."""
    event = old.scalar(at)
    if event.style in ("|", ">"):
        return list(_block(old, event, value))
    start, end = event.start_mark.index, event.end_mark.index
    in_flow = _in_flow(old, at)
    if start == end:
        space = "" if old.text[start - 1 : start].isspace() else " "
        return [Replacement(start, end, space + scalar(value, in_flow=in_flow))]
    return [Replacement(start, end, _in_style(event.style, value, in_flow=in_flow))]


def _starts(words: tuple[str, ...]) -> list[int]:
    found = [0]
    for word in words:
        found.append(found[-1] + len(word))
    return found


def _stretch(letters: list[Letter], first: int, last: int, new: str, end: int) -> Replacement:
    """Replace some letters of a value, those at its end that stay left alone: a line break above all."""
    while first < last and new and letters[last - 1].value == new[-1]:
        last, new = last - 1, new[:-1]
    while first < last and new and letters[first].value == new[0]:
        first, new = first + 1, new[1:]
    if _BREAK.search(new) or _SENTENCE_ENDS.search(new):
        raise EditRefusedError("the new words are more than one sentence")
    if first < last:
        return Replacement(letters[first].start, letters[last - 1].end, new)
    at = letters[first].start if first < len(letters) else letters[-1].end if letters else end
    return Replacement(at, at, new)


def _block(old: Reading, event: Any, value: str) -> Iterator[Replacement]:  # noqa: ANN401
    """Write a text below ``>-`` or ``|-``, in the indentation that stands there."""
    start = event.start_mark.index
    header = _HEADER.match(old.text, start)
    line = old.lines[event.start_mark.line]
    if header is None or not value.strip() or (event.style == ">" and not can_fold(value)):
        if header is not None and old.text[header.end() : line.end].strip():
            raise EditRefusedError("a comment stands before this text, which a block cannot hold")
        yield Replacement(start, max(old.end(event), line.end), scalar(value))
        return
    if value != value.strip():
        raise EditRefusedError("this text begins or ends with a space, which a block does not show")
    margin = _margin(old, event)
    body = folded(value, margin) if event.style == ">" else _lines(value, margin)
    yield Replacement(start, header.end(), f"{event.style}-")
    text = old.end_of_line.join(body)
    if old.end(event) > line.stop:
        yield Replacement(line.stop, old.end(event), text)
    else:
        yield Replacement(line.end, line.end, old.end_of_line + text)


def _lines(value: str, margin: int) -> list[str]:
    return [" " * margin + each if each else "" for each in value.split("\n")]


def _margin(old: Reading, event: Any) -> int:  # noqa: ANN401
    """Return the indentation of the lines of a block."""
    number = int(event.start_mark.line)
    for line in old.lines[number + 1 :]:
        if line.start >= old.end(event):
            break
        if not line.blank:
            return line.indent
    line = old.lines[number]
    return line.indent + (4 if line.content.lstrip().startswith("- ") else 2)


def _in_style(style: str | None, value: str, *, in_flow: bool) -> str:
    if style == "'" and not _BREAK.search(value):
        return "'" + value.replace("'", "''") + "'"
    if style == '"':
        return double_quoted(value)
    return scalar(value, in_flow=in_flow)


def _in_flow(old: Reading, at: Pointer) -> bool:
    return any(old.block(at[:length]).start.flow_style for length in range(len(at)))
