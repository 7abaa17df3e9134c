"""Lines that begin a few spaces too far to the left or right: texts, keys and items."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from poa_toolkit.load.positions import Replacement
from poa_toolkit.load.yaml_slips import Slip, also

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.load.lines_as_meant import Line, Lines

STEP = 2
"""How much further in a block stands than what it belongs to."""
_REACH = (1, 2, 3, 4)
"""How many spaces may be missing, or too many, before a line can no longer be known for what it is."""


def short_text(lines: Lines, line: Line) -> Iterator[Slip]:
    """Suspect a line of text that is indented less than its text."""
    if line.is_structure or line.inside or line.indent.strip(" "):
        return
    column = _column_of_text(lines, line)
    if column is None or column <= line.column:
        return
    message = f"this line of a text is indented by {_count(line.column)}, the text itself by {column}"
    following = lines.written[lines.written.index(line) + 1 :]
    run = tuple(takewhile(lambda each: _is_short(each, column), following))
    yield _moved(line, column, message)
    if run:
        slip = _moved(line, column, message)
        mends = (*slip.mends, *(_shift(each, column - each.column) for each in run))
        yield slip._replace(help=slip.help + also(run), mends=mends)


def _is_short(line: Line, column: int) -> bool:
    return not line.is_structure and not line.inside and line.column < column


def structure(lines: Lines, line: Line) -> Iterator[Slip]:
    """Suspect a key or an item that does not begin where those beside it do; nearest columns first."""
    if not line.is_structure or line.inside or line.indent.strip(" "):
        return
    name = f"`{line.key}:`" if line.key and not line.dashes else "this item"
    for distance in _REACH:
        for column in (line.column - distance, line.column + distance):
            if column >= 0:
                side = "right" if column < line.column else "left"
                what = f"{name} begins {_count(distance)} too far to the {side}"
                yield _moved(line, column, what)
                below = lines.below(line)
                if below:
                    yield _moved(line, column, f"{what}, with the lines below it", below)


def swallowed(lines: Lines, line: Line) -> Iterator[Slip]:
    """Suspect a key that stands so far in that it is read as text."""
    if not line.inside or not line.key or not line.is_structure:
        return
    owner = _owner(lines, line)
    if owner is None:
        return
    column = owner.column + len(owner.dashes)
    what = f"`{line.key}:` is read as part of the text above it, since it is indented like that text"
    if column < line.column:
        yield _moved(line, column, what)


def uneven(lines: Lines) -> Iterator[tuple[Line, Slip]]:
    """Return each line under `>-` that is indented otherwise than its text, which breaks the line there.

    With it comes the line of the key or item whose text it is.
    """
    for owner in lines.written:
        if owner.inside or not owner.opens_text or not owner.value.startswith(">"):
            continue
        text = tuple(takewhile(lambda each: each.inside, lines.every[owner.number + 1 :]))
        columns = Counter(_plain(each) for each in text if each.content.strip())
        if len(columns) < 2:  # noqa: PLR2004 - all alike
            continue
        wanted = max(columns, key=lambda each: (columns[each], each == owner.column + STEP))
        for each in text:
            column = _plain(each)
            if each.content.strip() and column != wanted:
                what = f"this line is indented by {_count(column)}, the other lines of its text by {wanted}"
                what += ": the text would be broken in two there"
                yield owner, _moved(each, wanted, what)


def odd(lines: Lines, slip: Slip) -> int:
    """Return how much rarer the column is that a line has than the one it would have: less is likelier."""
    at = next((line for line in lines.every if line.start <= slip.start <= line.end), None)
    if at is None or not slip.mends:
        return 0
    columns = Counter(line.column for line in lines.written if not line.inside)
    first = slip.mends[0]
    wanted = at.column + len(first.text) - (first.end - first.start)
    return columns[at.column] - columns[wanted]


def _plain(line: Line) -> int:
    return len(line.content) - len(line.content.lstrip(" "))


def _owner(lines: Lines, line: Line) -> Line | None:
    """Return the line whose text, under `>-`, `line` stands in."""
    before = reversed(lines.every[: line.number])
    return next((each for each in before if each.opens_text and not each.inside), None)


def _column_of_text(lines: Lines, line: Line) -> int | None:
    """Return the column of the text that `line` goes on with; None where it follows no text."""
    before = list(reversed([each for each in lines.written if each.number < line.number]))
    text = list(takewhile(lambda each: not each.is_structure, before))
    if len(text) == len(before):
        return None
    owner = before[len(text)]
    base = owner.column + (len(owner.dashes) if owner.key else 0)
    if not owner.value and not owner.dashes:
        return None
    after = takewhile(lambda each: not each.is_structure, lines.written[lines.written.index(line) + 1 :])
    columns = Counter(each.column for each in (*text, *after) if each.column > base)
    return max(columns, key=lambda each: (columns[each], each)) if columns else base + STEP


def _count(number: int) -> str:
    return f"{number} space{'' if number == 1 else 's'}"


def _moved(line: Line, column: int, message: str, below: tuple[Line, ...] = ()) -> Slip:
    """Make a slip of a line that should begin in `column`; the lines `below` go with it."""
    by = column - _plain(line)
    more = f"{abs(by)} more" if by > 0 else f"{abs(by)} fewer"
    cure = f"indent it by {_count(column)}, {more}" if column else "take away the spaces before it"
    mends = [_shift(each, by) for each in (line, *below)]
    at = line.start + _plain(line)
    return Slip("POA018", message, cure, at, at + 1, tuple(mends))


def _shift(line: Line, by: int) -> Replacement:
    if by > 0:
        return Replacement(line.start, line.start, " " * by)
    return Replacement(line.start, line.start + min(-by, _plain(line)), "")
