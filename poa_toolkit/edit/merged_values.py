"""The lines of one key and its value, merged: with the comments of both sides, or as alternatives."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from poa_toolkit.edit import changes, yaml_text
from poa_toolkit.edit.file_parts import lines
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.positions import Block
from poa_toolkit.model.list_items import same

if TYPE_CHECKING:
    from collections.abc import Iterator


def alternatives(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    """Return the lines of a key as the two sides have them; of a text below ``>``, by the sentence."""
    laid = _a_sentence_a_line(ours), _a_sentence_a_line(theirs)
    if laid[0] is None or laid[1] is None:
        yield ours, theirs
        return
    one, other = (each.splitlines(keepends=True) for each in laid if each is not None)
    for kind, *(i, i_end, j, j_end) in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield "".join(one[i:i_end]), "".join(one[i:i_end] if kind == "equal" else other[j:j_end])


def _a_sentence_a_line(text: str) -> str | None:
    """Lay a text below ``>`` out one sentence a line, so that lines that differ are whole sentences."""
    reading = Reading(text)
    [(key, value)] = reading.value.items()
    event = reading.places.node((key,))
    if not isinstance(value, str) or isinstance(event, Block) or not yaml_text.can_fold(value):
        return None
    if event is None or event.style != ">":
        return None
    start, last = event.start_mark.line + 1, reading.last_line(event) + 1
    margin = next(line.indent for line in reading.lines[start:] if not line.blank)
    spelt = "".join(f"{line}\n" for line in yaml_text.folded(value, margin))
    return f"{lines(reading, 0, start)}{spelt}{lines(reading, last, len(reading.lines))}"


def with_value(text: str, value: Any) -> str:  # noqa: ANN401 - YAML's data
    """Return the lines of a key with another value, as far as can be in their layout."""
    if holds(text, value):
        return text
    reading = Reading(text)
    [key] = reading.value
    try:
        if isinstance(value, str):
            return changes.set_scalars(text, {(key,): value})
        if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
            return changes.set_members(text, (key,), value)
        return changes.set_value(text, (key,), value)
    except (EditRefusedError, TypeError, AttributeError):
        spelt = yaml_text.entry(key, value, reading.block(()).keys[key].start_mark.column, None)
        return "".join(f"{line}\n" for line in spelt)


def holds(text: str, value: Any) -> bool:  # noqa: ANN401 - YAML's data
    """Return whether the lines of a key can be read, as this value."""
    try:
        [held] = Reading(text).value.values()
    except (EditRefusedError, AttributeError, ValueError):
        return False
    return same(held, value)


def comments(text: str) -> Counter[str]:
    """Return the comments in the lines of a part, and how often each stands there."""
    try:
        return Reading(text).comments() if text.strip() else Counter()
    except EditRefusedError:
        return Counter(line.strip() for line in text.splitlines() if line.lstrip().startswith("#"))


def wanted_comments(base: str, ours: str, theirs: str) -> dict[str, range]:
    """Return how often each comment may stand in what is merged of some lines."""
    counts = [comments(each) for each in (base, ours, theirs)]
    found = {}
    for comment in {*counts[0], *counts[1], *counts[2]}:
        was, mine, yours = (each[comment] for each in counts)
        both = max(0, mine + yours - was)
        # the same comment may have come with one change that both sides made
        least = max(mine, yours) if mine > was and yours > was else both
        found[comment] = range(least, max(least, both) + 1)
    return found


def has_comments(text: str, wanted: dict[str, range]) -> bool:
    """Return whether some lines hold the comments that they are to hold, as often as they are to."""
    found = comments(text)
    return found.keys() <= wanted.keys() and all(found[each] in times for each, times in wanted.items())


def with_comments(text: str, wanted: dict[str, range]) -> str:
    """Return the lines of a key with the comments that they lack on lines of their own behind it."""
    missing = Counter({each: times.start for each, times in wanted.items()}) - comments(text)
    return text + comment_lines(missing, len(text) - len(text.lstrip(" ")))


def comment_lines(found: Counter[str], column: int) -> str:
    """Return comments as lines, in the order of the alphabet."""
    return "".join(f"{' ' * column}{each}\n" for each in sorted(found.elements()))
