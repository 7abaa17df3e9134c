"""Slips of the hand that YAML cannot read, or reads otherwise than they are meant: what to suspect.

A suspicion is only told where its mend is proved: `load.proved_mends` reads the file again with it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.load.lines_as_meant import SPACE, UNUSUAL, known_keys
from poa_toolkit.load.positions import Replacement
from poa_toolkit.load.yaml_scalars import QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.load.lines_as_meant import Line, Lines


class Slip(NamedTuple):
    """One thing that may be wrong, and what would put it right."""

    code: str
    message: str
    help: str
    start: int
    """What to point at, in characters of the file."""
    end: int
    mends: tuple[Replacement, ...]
    is_safe: bool = False
    """Whether `poa validate --fix` may mend it."""


UNDER = "put the text on the next line, under `>-`"

_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_BULLETS = (
    "\u2022\u2023\u2043\u204c\u204d\u00b7\u2219\u22c5\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1*+\uf0b7"
)
_MARK = re.compile(rf"([{_DASHES}{_BULLETS}])[ \t{UNUSUAL}]+(?=\S)")
_CLOSE_DASH = re.compile(r"-(?=[^\s-])")
_TABS = re.compile(r"[ \t]*\t[ \t]*")
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"
_NO_GAP = re.compile(r"([A-Za-z_][A-Za-z_0-9-]*):(?=[^\s:/])")
_NO_COLON = re.compile(r"([A-Za-z_][A-Za-z_0-9-]*)(?= +[^\s:]|$)")
_OTHER_SIGN = re.compile(r"([A-Za-z_][A-Za-z_0-9-]*)( *[=;\uff1a] *)(?=\S)")
_HEADED = re.compile(r"([|>][-+][0-9]?)[ \t]+(?=[^\s#])")

_FIRST = {
    "*": ("POA006", "a value that begins with `*` is read as a reference to another value"),
    "&": ("POA006", "a value that begins with `&` is read as the name of a value"),
    "!": ("POA005", "a value that begins with `!` is read as a tag"),
    "[": ("POA012", "a text that begins with a square bracket is read as a list"),
    "{": ("POA022", "a text that begins with a brace is read as a block of keys"),
    "|": ("POA022", "a value that begins with `|` is read as the head of a text on the next line"),
    ">": ("POA022", "a value that begins with `>` is read as the head of a text on the next line"),
    "-": ("POA022", "a value that begins with `- ` is read as an item of a list"),
    "?": ("POA022", "a value that begins with `? ` is read as a key"),
    **{
        each: ("POA022", f"no text can begin with {each} unless it is quoted")
        for each in ("@", "%", "`", "]", "}", ",")
    },
}
"""The first characters of a value that mean something to YAML."""
_READ_OTHERWISE = re.compile(r"[*&!|>@%`\]},]|[\[{](?=\s*\S)|[-?](?=\s)")


def mended(text: str, mends: Iterable[Replacement]) -> str:
    """Return `text` with every mend made; they do not overlap."""
    for each in sorted(mends, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def spaces(lines: Lines) -> tuple[Slip, ...]:
    """Suspect every unusual space that stands where YAML wants a plain one: one slip a line."""
    if not SPACE.search(lines.text):
        return ()
    return tuple(slip for line in lines.every if not line.inside for slip in _spaces_of(line))


def _spaces_of(line: Line) -> Iterator[Slip]:
    """Look at the indentation, behind `-`, and on both sides of the colon of a key."""
    head = len(line.indent) + len(line.dashes)
    places = list(range(head))
    if line.is_structure and line.key:
        behind = line.value_at - line.start
        colon = behind - len(line.gap) - 1
        places += [*range(colon - len(line.pad), colon), *range(colon + 1, behind)]
    found = [at for at in places if SPACE.match(line.content, at)]
    if found:
        where = "in the indentation"
        if found[0] >= head:
            where = f"beside the colon of `{line.key}`"
        elif found[0] >= len(line.indent):
            where = "behind `-`"
        yield unusual(line.start, line.content, found, where)


def unusual(start: int, content: str, found: list[int], where: str) -> Slip:
    """Make a slip of the unusual spaces that stand at the places `found` of `content`."""
    kinds = dict.fromkeys(content[at] for at in found)
    what = " and ".join(spoken(each, several=len(found) > len(kinds)) for each in kinds)
    what += " stand" if len(found) > 1 else " stands"
    shown = shown_spaces(content.strip(" \t"))
    shown = f"{shown[:60]}…" if len(shown) > 60 else shown  # noqa: PLR2004 - fits a line
    return Slip(
        "POA017",
        f'{what} {where}, shown here as ·: "{shown}"',
        "type a plain space in its place" if len(found) == 1 else "type plain spaces in their place",
        start + found[0],
        start + found[-1] + 1,
        tuple(Replacement(start + at, start + at + 1, " ") for at in found),
        is_safe=True,
    )


def spoken(character: str, *, several: bool = False) -> str:
    """Name an unusual space."""
    known = "no-break space" if character in "\u00a0\u202f" else unicodedata.name(character).lower()
    if several:
        return f"{known}s" if known.endswith("space") else f"spaces ({known})"
    return f"{'an' if known[0] in 'aeiou' else 'a'} {known}"


def shown_spaces(text: str) -> str:
    """Show unusual spaces as ``·``."""
    return SPACE.sub("\u00b7", text)


def tabs(lines: Lines, line: Line, columns: Iterable[int]) -> Iterator[Slip]:
    """Suspect tabs in the indentation: each of `columns` is one that the line may be meant to begin in."""
    match = _TABS.match(line.content)
    if not match or line.inside:
        return
    alike = [each for each in lines.written if _TABS.match(each.content) and not each.inside]
    if len(alike) > 1 and alike[0] == line:
        for width in (2, 4, 8):
            yield _tab(line, match, tuple(_untabbed(each, width) for each in alike), alike[1:])
    for column in columns:
        yield _tab(line, match, (Replacement(line.start, line.start + match.end(), " " * column),), ())


def _untabbed(line: Line, width: int) -> Replacement:
    match = _TABS.match(line.content)
    end = match.end() if match else 0
    return Replacement(
        line.start,
        line.start + end,
        " " * (line.content[:end].count("\t") * width + line.content[:end].count(" ")),
    )


def _tab(line: Line, match: re.Match[str], mends: tuple[Replacement, ...], others: Iterable[Line]) -> Slip:
    column = len(mends[0].text)
    cure = f"indent it with {column} space{'' if column == 1 else 's'}" if column else "delete the tab"
    return Slip(
        "POA021",
        "this line is indented with a tab, where YAML knows only spaces",
        cure + also(others),
        line.start,
        line.start + match.end(),
        mends,
    )


def also(lines: Iterable[Line]) -> str:
    """Name further lines that have the same fault."""
    numbers = [str(each.number + 1) for each in lines]
    shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")  # noqa: PLR2004 - fits a line
    return f"; so in line{'s' if len(numbers) > 1 else ''} {shown}" if numbers else ""


def marks(lines: Lines, line: Line) -> Iterator[Slip]:
    """Suspect a dash or bullet of a word processor, or a `-` without a space, that begins an item."""
    for pattern in (_MARK, _CLOSE_DASH):
        match = pattern.match(line.content, line.column)
        if not match:
            continue
        alike = _items_like(lines, line, pattern)
        groups = [alike] if line.number == alike[0].number else []
        for group in (*groups, (line,)):
            yield _mark(line, match, group, pattern)


def _items_like(lines: Lines, line: Line, pattern: re.Pattern[str]) -> tuple[Line, ...]:
    """Return the lines of one list that begin with such a mark."""

    def belongs(each: Line) -> bool:
        return each.column >= line.column

    at = lines.written.index(line)
    before = takewhile(belongs, reversed(lines.written[:at]))
    after = takewhile(belongs, lines.written[at + 1 :])
    every = (*reversed(list(before)), line, *after)
    return tuple(
        each for each in every if each.column == line.column and pattern.match(each.content, each.column)
    )


def _mark(line: Line, match: re.Match[str], group: tuple[Line, ...], pattern: re.Pattern[str]) -> Slip:
    mends = []
    for each in group:
        found = pattern.match(each.content, each.column)
        if found:
            mends.append(Replacement(each.start + found.start(), each.start + found.end(), "- "))
    others = [each for each in group if each.number != line.number]
    if pattern is _CLOSE_DASH:
        message, cure = "a space is missing behind the `-` that begins this item", "write `- `, then the item"
    else:
        message = f"this item begins with {match[1]}{_bracketed(match[1])}, not with `-`"
        cure = "type `- ` in its place"
    return Slip("POA020", message, cure + also(others), line.at, line.at + 1, tuple(mends))


def _bracketed(character: str) -> str:
    known = unicodedata.name(character, "")
    return f" ({known.lower()})" if known else ""


def values(lines: Lines, line: Line) -> Iterator[Slip]:
    """Suspect the value of a line: how it begins, and the quotation marks it stands in."""
    if line.inside or not line.value.strip() or not (line.key or line.dashes):
        return
    yield from quoted_by_hand(line)
    if line.value[0] in "'\"":
        yield from _quotes(lines, line)
    end = _end_of_value(lines, line)
    first = _READ_OTHERWISE.match(line.value)
    headed = _HEADED.match(line.value)
    if headed and not line.opens_text:
        yield _under(line, headed)
    elif first and not line.opens_text:
        code, message = _FIRST[first[0][0]]
        cure = UNDER if first[0] in "[{" else QUOTES
        yield Slip(code, message, cure, line.value_at, line.value_at + 1, _quoted(lines, line.value_at, end))
    if line.value.startswith('"\\[') or line.value.startswith('"\\]'):
        # a backslash before a bracket is ours, and nothing to YAML: the text is sound without quotes
        code, message = "POA012", "a backslash before a bracket means nothing inside double quotes"
        yield Slip(code, message, UNDER, line.value_at, line.value_at + 1, _bare(lines, line.value_at, end))
    if line.value[0] == "[" and "]" not in line.value:
        at = line.end
        message, cure = "this list in square brackets is not closed", "close it with `]`"
        yield Slip("POA003", message, cure, line.value_at, line.value_at + 1, (Replacement(at, at, "]"),))


def _under(line: Line, headed: re.Match[str]) -> Slip:
    """Suspect words behind `>-`, which belong on the next line."""
    margin = "\n" + " " * (line.column + len(line.dashes) + 2)
    at = line.value_at
    message = f"words stand behind `{headed[1]}`, which begins a text on the next line"
    mend = Replacement(at + headed.end(1), at + headed.end(), margin)
    return Slip("POA022", message, "put them on the next line, indented by 2 more", at, at + 1, (mend,))


def colons(line: Line) -> Iterator[Slip]:
    """Suspect a key whose colon is missing, or has no space behind it."""
    if line.inside:
        return
    at = line.column + len(line.dashes)
    match = _NO_GAP.match(line.content, at)
    if match and match[1] in known_keys():
        start = line.start + match.end()
        message = f"a space is missing behind `{match[1]}:`"
        cure = "type a space behind the colon"
        yield Slip("POA003", message, cure, start - 1, start, (Replacement(start, start, " "),))
    match = _OTHER_SIGN.match(line.content, at)
    if match and match[1] in known_keys():
        start, end = line.start + match.start(2), line.start + match.end()
        message = f"`{match[2].strip()}` stands behind `{match[1]}`, where a colon belongs"
        yield Slip("POA003", message, f"write `{match[1]}: `", start, end, (Replacement(start, end, ": "),))
        return
    match = _NO_COLON.match(line.content, at)
    if match and match[1] in known_keys():
        start, end = line.start + at, line.start + match.end()
        message = f"the colon is missing behind `{match[1]}`"
        yield Slip("POA003", message, f"write `{match[1]}:`", start, end, (Replacement(end, end, ":"),))


def quoted_by_hand(line: Line) -> Iterator[Slip]:
    """Suspect curly quotation marks round a value, where straight ones are meant."""
    value = line.value.rstrip()
    if len(value) < 2 or value[0] not in _CURLY or value[-1] not in _CURLY:  # noqa: PLR2004 - a pair
        return
    start, end = line.value_at, line.value_at + len(value)
    inner = value[1:-1]
    yield from (
        Slip(
            "POA019",
            f"{value[0]} and {value[-1]} are part of the value: YAML knows only straight quotation marks",
            "put the text under `>-`; round an id or a citation delete them, or type straight ones",
            start,
            start + 1,
            (Replacement(start, end, text),),
        )
        for text in (inner, "'" + inner.replace("'", "''") + "'")
    )


def _quotes(lines: Lines, line: Line) -> Iterator[Slip]:
    """Suspect a quotation mark that is never closed, and one inside the text that closes it too early."""
    mark, at = line.value[0], line.value_at
    end = _end_of_value(lines, line)
    region = lines.text[at:end]
    # what follows an early closing mark is text; it may itself end with a quotation mark
    inner = _inner(region, mark)
    if inner is not None:
        cure = "write it twice" if mark == "'" else 'write \\" in its place'
        yield Slip(
            "POA019",
            f"this {_named(mark)} ends the quoted text, and more follows it",
            f"{cure}, or put the text without the outer quotes under `>-`",
            at + inner,
            at + inner + 1,
            _requoted(at, region, mark),
        )
    for stop in dict.fromkeys((line.end, end)):
        yield Slip(
            "POA019",
            f"this {_named(mark)} opens a quoted text that is never closed",
            f"close it with {mark} at the end of the text, or put the text under `>-`",
            at,
            at + 1,
            (Replacement(stop, stop, mark),),
        )


def _named(mark: str) -> str:
    return "single quotation mark" if mark == "'" else "double quotation mark"


def _inner(region: str, mark: str) -> int | None:
    """Return the place of the mark that closes a quoted text before its end; None where none does."""
    closing = re.compile(r"'(?:[^']|'')*'(?!')" if mark == "'" else r'"(?:[^"\\]|\\.)*"', re.DOTALL)
    match = closing.match(region)
    if not match or not region[match.end() :].strip() or re.match(r"\s+#", region[match.end() :]):
        return None
    return match.end() - 1


def _requoted(at: int, region: str, mark: str) -> tuple[Replacement, ...]:
    """Escape every mark inside a quoted text; where it does not end with one, quote it whole."""
    closed = region[-1] == mark
    places = [at + each.start() for each in re.finditer(re.escape(mark), region)]
    escaped = "''" if mark == "'" else '\\"'
    inner = places[1:-1] if closed else places
    mends = [Replacement(each, each + 1, escaped) for each in inner]
    if not closed:
        mends[:1] = [Replacement(at, at + 1, mark + escaped)]
        mends.append(Replacement(at + len(region), at + len(region), mark))
    return tuple(mends)


def _end_of_value(lines: Lines, line: Line) -> int:
    """Return the place where the value that begins on `line` was meant to end: before the next structure."""
    end = line.end
    for each in lines.every[line.number + 1 :]:
        if not each.content.strip():
            continue
        if each.is_structure or each.column <= line.column:
            break
        end = each.end
    return end


def _quoted(lines: Lines, at: int, end: int) -> tuple[Replacement, ...]:
    """Put what stands from `at` to `end` in single quotes."""
    inner = [at + each.start() for each in re.finditer("'", lines.text[at:end])]
    return (
        Replacement(at, at, "'"),
        *(Replacement(each, each, "'") for each in inner),
        Replacement(end, end, "'"),
    )


def _bare(lines: Lines, at: int, end: int) -> tuple[Replacement, ...]:
    """Put a text in double quotes into single ones."""
    inner = lines.text[at + 1 : end].removesuffix('"')
    return (Replacement(at, end, "'" + inner.replace("'", "''") + "'"),)
