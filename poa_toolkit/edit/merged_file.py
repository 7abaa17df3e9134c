"""A merged file as text: the lines and comments of both sides, what they disagree on between markers.

What to write is decided before (two values, equal but at the conflicts). Here each part comes from the side
that changed it; where both did, the parts inside it are looked at, down to a single value.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.edit.file_parts import Part, Parts, parts, whole, without_items
from poa_toolkit.edit.merged_values import (
    alternatives,
    comment_lines,
    comments,
    has_comments,
    holds,
    wanted_comments,
    with_comments,
    with_value,
)
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model.list_items import named, same

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from poa_toolkit.edit.yaml_file import Reading

    Lines: TypeAlias = Callable[[str, str, str], str | None]
    """From three versions of some lines to the merged ones; None where they are in conflict."""

Path: TypeAlias = tuple[str, ...]


class Piece(NamedTuple):
    """Some lines of a merged file, as each side has them: the same, but in a conflict."""

    ours: str
    theirs: str


class Side(NamedTuple):
    """A file as one side has it, once all is merged that can be."""

    reading: Reading
    value: Any


class Remark(NamedTuple):
    """A place at which comments or layout of both sides cannot be kept in one text."""

    at: Path
    message: str


_COMMENTS = "both sides can be merged, but not with the comments of both"
_COMMENTED = "was taken out on one side, and has a new comment on the other"

Three: TypeAlias = tuple[Part | None, Part | None, Part | None]
"""A part in the base, in ours, in theirs."""


def merged_pieces(
    base: Reading | None, ours: Side, theirs: Side, conflicts: Collection[Path], by_lines: Lines
) -> tuple[list[Piece], list[Remark]]:
    """Write what was merged: the pieces of the file in order, and further conflicts, of comments.

    The values of `ours` and `theirs` are the two results of the merge, equal but at the paths `conflicts`.
    Raises EditRefusedError where a side's layout cannot be followed.
    """
    writing = _Writing(frozenset(conflicts), by_lines)
    three = (whole(base) if base else None, whole(ours.reading), whole(theirs.reading))
    if () in writing.conflicts:
        return [Piece(ours.reading.text, theirs.reading.text)], []
    pieces = writing.body(three, (ours.value, theirs.value), ())
    return [each for each in pieces if each.ours or each.theirs], writing.remarks


class _Nothing:
    """What stands where a side has nothing."""


_NOTHING = _Nothing()
_Two: TypeAlias = tuple[Any, Any]
"""A value as ours and as theirs are to have it; _NOTHING where a side has none."""


class _Writing:
    """Writes parts, and keeps what cannot be written as one text."""

    def __init__(self, conflicts: frozenset[Path], by_lines: Lines) -> None:
        self.conflicts = conflicts
        self.by_lines = by_lines
        self.remarks: list[Remark] = []

    def part(self, three: Three, two: _Two, path: Path) -> list[Piece]:
        """Write one part, with what stands above it."""
        base, ours, theirs = three
        if _NOTHING in two:
            return self.gone(three, two, path)
        if ours is None or theirs is None:
            return [_both(_text(ours) or _text(theirs))]
        if ours.text == theirs.text or (base and base.text == theirs.text):
            return [_both(ours.text)]
        if base and base.text == ours.text:
            return [_both(theirs.text)]
        if path in self.conflicts and not _is_inside(two):
            return [Piece(ours.text, theirs.text)]
        return [_both(_above(three)), *self.body(three, two, path)]

    def gone(self, three: Three, two: _Two, path: Path) -> list[Piece]:
        """Write a part that a side is not to have: nothing, or a conflict."""
        base, ours, theirs = three
        if two[0] is not two[1]:
            texts = (
                _text(part) if value is not _NOTHING else ""
                for part, value in zip((ours, theirs), two, strict=True)
            )
            return [Piece(*texts)]
        kept = ours or theirs
        if kept is None or not comments(kept.text) - comments(_text(base)):
            return []
        self.remarks.append(Remark(path, _COMMENTED))
        return [Piece(_text(ours), _text(theirs))]

    def body(self, three: Three, two: _Two, path: Path) -> list[Piece]:
        """Write a part that both sides changed, without what stands above it."""
        _, ours, theirs = three
        if ours is None or theirs is None:
            raise EditRefusedError("a part that one side lacks was merged")
        if ours.body == theirs.body:
            return [_both(ours.body)]
        known, mine, yours = (_block_of(each) for each in three)
        mine, yours = mine or _emptied(ours, yours), yours or _emptied(theirs, mine)
        values = (*two, ours.value, theirs.value)
        if mine and yours and mine.is_list == yours.is_list and _is_block(values, is_list=mine.is_list):
            known = known if known and known.is_list == mine.is_list else None
            return self.block((known, mine, yours), two, path)
        if not same(*two):
            texts = with_value(ours.body, two[0]), with_value(theirs.body, two[1])
            return [Piece(*each) for each in alternatives(*texts)]
        return self.single(three, two[0], path)

    # --- blocks ---

    def block(self, three: tuple[Parts | None, Parts, Parts], two: _Two, path: Path) -> list[Piece]:
        """Write a mapping, or a list of records."""
        base, ours, theirs = three
        wanted = [named(value) if ours.is_list else dict(value) for value in two]
        order = [list(each) if ours.is_list else _order(ours, theirs, each) for each in wanted]
        written: dict[str, list[Piece]] = {}
        for name in dict.fromkeys((*order[0], *order[1], *ours.by_name, *theirs.by_name)):
            was, mine, yours = (_shifted(side, name, ours) for side in three)
            values = wanted[0].get(name, _NOTHING), wanted[1].get(name, _NOTHING)
            written[name] = self.part((was, mine, yours), values, (*path, name))
        left = [name for name in written if name not in order[0] and name not in order[1]]
        for name in left:
            # taken out, but for a new comment: where the side that has it has it
            follow = list(theirs.by_name if name in theirs.by_name else ours.by_name)
            for each in order:
                _put_behind(each, name, follow)
        pieces = list(_sequence(order[0], order[1], written))
        if ours.dash != theirs.dash or (base and base.dash != ours.dash):
            raise EditRefusedError("the two sides spell their records in different ways")
        if ours.dash is not None:
            pieces = _dashed(pieces, ours.dash)
        tail = _united(base.tail if base else "", ours.tail, theirs.tail)
        head = _both(_head(three))
        if ours.is_list:
            head = Piece(
                head.ours if any(each.ours for each in pieces) else _of_nothing(head.ours),
                head.theirs if any(each.theirs for each in pieces) else _of_nothing(head.theirs),
            )
        return [head, *pieces, _both(tail)]

    # --- single values ---

    def single(self, three: Three, value: Any, path: Path) -> list[Piece]:  # noqa: ANN401 - YAML's data
        """Write a value in which both sides' lines differ, with the comments of both."""
        base, ours, theirs = three
        if ours is None or theirs is None:
            raise EditRefusedError("a value that one side lacks was merged")
        was = base.body if base else ""
        wanted = wanted_comments(was, ours.body, theirs.body)
        in_ours, in_theirs = with_value(ours.body, value), with_value(theirs.body, value)
        for text in (self.by_lines(was, ours.body, theirs.body), in_ours, in_theirs):
            if text is not None and holds(text, value) and has_comments(text, wanted):
                return [_both(text)]
        text = with_comments(in_ours, wanted)
        if holds(text, value):
            return [_both(text)]
        self.remarks.append(Remark(path, _COMMENTS))
        return [Piece(in_ours, in_theirs)]


def _both(text: str) -> Piece:
    return Piece(text, text)


def _text(part: Part | None) -> str:
    return part.text if part else ""


def _block_of(part: Part | None) -> Parts | None:
    return parts(part) if part else None


def _emptied(part: Part, other: Parts | None) -> Parts | None:
    """Return a list that a side left empty as the other side spells it."""
    return without_items(other) if part.value == [] and other and other.is_list else None


def _of_nothing(head: str) -> str:
    """Return the line of the key of a list of which nothing is left."""
    key, colon, rest = head.partition(":")
    return f"{key}{colon} []{rest}"


def _dashed(pieces: list[Piece], column: int) -> list[Piece]:
    """Put the dash of an item before its first key, whichever that is now."""
    pieces = [each for each in pieces if each.ours or each.theirs]
    ours = theirs = False
    found = []
    for piece in pieces:
        one, other = (
            f"{text[:column]}-{text[column + 1 :]}" if text and not done else text
            for text, done in ((piece.ours, ours), (piece.theirs, theirs))
        )
        ours, theirs = ours or bool(one), theirs or bool(other)
        found.append(Piece(one, other))
    return found


def _is_block(values: tuple[Any, ...], *, is_list: bool) -> bool:
    """Return whether all values are mappings, or lists of mappings."""
    if not is_list:
        return all(isinstance(each, dict) for each in values)
    return all(isinstance(each, list) for each in values) and all(
        isinstance(item, dict) for each in values for item in each
    )


def _is_inside(two: _Two) -> bool:
    """Return whether a conflict may be in a part of a value, a sentence or the order of a list."""
    return any(all(isinstance(each, kind) for each in two) for kind in (str, list))


# --- order ----------------------------------------------------------------------------------------


def _order(ours: Parts, theirs: Parts, wanted: Collection[str]) -> list[str]:
    """Return the keys that a side is to have in our order, theirs behind those they follow there."""
    found = [key for key in ours.by_name if key in wanted]
    for key in theirs.by_name:
        if key in wanted:
            _put_behind(found, key, list(theirs.by_name))
    return found


def _put_behind(order: list[str], name: str, follow: list[str]) -> None:
    """Put a name into an order behind the nearest before it in `follow`."""
    if name in order:
        return
    before = next((each for each in reversed(follow[: follow.index(name)]) if each in order), None)
    order.insert(order.index(before) + 1 if before is not None else 0, name)


def _sequence(ours: list[str], theirs: list[str], written: dict[str, list[Piece]]) -> Iterator[Piece]:
    """Return the pieces of parts in their order; where the two orders differ, each side's are one piece."""
    shared = {*ours} & {*theirs}
    if [each for each in ours if each in shared] == [each for each in theirs if each in shared]:
        for name in _interleaved(ours, theirs):
            yield from written[name]
        return
    start = next(at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other)
    end = 0
    while ours[len(ours) - 1 - end] == theirs[len(theirs) - 1 - end]:
        end += 1
    for name in ours[:start]:
        yield from written[name]
    yield Piece(
        "".join(piece.ours for name in ours[start : len(ours) - end] for piece in written[name]),
        "".join(piece.theirs for name in theirs[start : len(theirs) - end] for piece in written[name]),
    )
    for name in ours[len(ours) - end :]:
        yield from written[name]


def _interleaved(ours: list[str], theirs: list[str]) -> list[str]:
    """Return all names of two orders that agree on what they share."""
    found = list(ours)
    for name in theirs:
        _put_behind(found, name, theirs)
    return found


def _shifted(side: Parts | None, name: str, ours: Parts) -> Part | None:
    """Return a part of a side, indented as ours are. Raises EditRefusedError for another indentation."""
    part = side.by_name.get(name) if side else None
    if part is not None and side is not None and side.column != ours.column:
        raise EditRefusedError("the two sides are indented in different ways")
    return part


# --- what stands above, behind and beside -----------------------------------------------------------------


def _head(three: tuple[Parts | None, Parts, Parts]) -> str:
    """Return the line of the key of a block; where both sides changed its comment, theirs follows below."""
    base, ours, theirs = (each.head if each else "" for each in three)
    if theirs in (ours, base):
        return ours
    return (
        theirs if ours == base else ours + comment_lines(comments(theirs) - comments(ours), three[1].column)
    )


def _above(three: Three) -> str:
    base, ours, theirs = (part.lead if part else None for part in three)
    return _united(base or "", ours or "", theirs or "")


def _united(base: str, ours: str, theirs: str) -> str:
    """Return the comments and empty lines that either side has, without those that either took out."""
    if ours in (base, theirs) or base == theirs:
        return theirs if ours == base else ours
    was, mine, yours = (each.splitlines(keepends=True) for each in (base, ours, theirs))
    gone = Counter(was) - Counter(yours)
    kept = []
    for line in mine:
        if gone[line] > 0 and line.strip():
            gone[line] -= 1
        else:
            kept.append(line)
    came = Counter(yours) - Counter(was) - (Counter(mine) - Counter(was))
    new = []
    for line in yours:
        if came[line] > 0 and line.strip():
            came[line] -= 1
            new.append(line)
    return "".join((*kept, *new))


def marked(pieces: Iterable[Piece], marker: int) -> str:
    """Return the text of a merged file: what differs between conflict markers of `marker` signs."""
    found: list[str] = []
    for piece in pieces:
        if piece.ours == piece.theirs:
            found.append(piece.ours)
            continue
        found += (f"{'<' * marker} ours\n", piece.ours, f"{'=' * marker}\n", piece.theirs)
        found.append(f"{'>' * marker} theirs\n")
    return "".join(found)
