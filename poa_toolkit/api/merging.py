"""Merge three versions of a file: both sides are in the result, or in a marked conflict."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.edit.reading import Reading
from poa_toolkit.edit.towards import towards
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load import shape
from poa_toolkit.model.files import kind_of
from poa_toolkit.process.merge import Conflict, Merged, merge, same
from poa_toolkit.source import git

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model.base import Record

MARKER = 7
"""How many signs a conflict marker has where git does not say."""

_UNREADABLE = "one of the three versions cannot be read as YAML; they were merged line by line"
_UNKNOWN = "the merge by record failed; they were merged line by line"
_LAYOUT = "both sides can be merged, but not without touching comments or layout"
_MISFIT = "each side is right by itself, but their merged values do not fit together"


class MergedFile(NamedTuple):
    """What became of three versions of a file."""

    content: bytes
    conflicts: tuple[Conflict, ...] = ()
    """Why it holds conflict markers; empty where it is merged."""


class _Texts(NamedTuple):
    base: str
    ours: str
    theirs: str


def merge_files(
    base: bytes, ours: bytes, theirs: bytes, path: str = "", *, marker: int = MARKER
) -> MergedFile:
    """Merge what two sides made of a file; `path` says which of the plan's it is.

    The result holds the changes of both sides with their comments, byte for byte the other's where one
    side changed nothing; or it holds ordinary conflict markers, and the reasons are given.
    """
    if theirs in (ours, base):
        return MergedFile(ours)
    if base == ours:
        return MergedFile(theirs)
    kind = kind_of(path)
    try:
        return _by_records(base, ours, theirs, kind.root if kind else None, marker)
    except (UnicodeDecodeError, EditRefusedError):
        return _by_lines(base, ours, theirs, marker, _UNREADABLE)
    except Exception:  # noqa: BLE001 - a driver that dies would leave one side alone in the file
        return _by_lines(base, ours, theirs, marker, _UNKNOWN)


def _by_records(
    base: bytes, ours: bytes, theirs: bytes, root: type[Record] | None, marker: int
) -> MergedFile:
    """Merge by record, field and word. Raises EditRefusedError where a version cannot be read."""
    texts = _Texts(*(each.decode("utf-8-sig") for each in (base, ours, theirs)))
    readings = [Reading(each) for each in texts]
    merged = merge(*(each.value for each in readings), root=root)
    if not merged.conflicts and _fits(readings, merged.ours, root):
        text = _clean(texts, readings, merged.ours, root)
        if text is not None:
            return MergedFile(_encoded(text, ours))
        merged.conflicts.append(Conflict("the file", _LAYOUT))
    elif not merged.conflicts:
        merged.conflicts.append(Conflict("the file", _MISFIT))
    return MergedFile(_encoded(_marked(texts, readings, merged, root, marker), ours), tuple(merged.conflicts))


def _fits(readings: list[Reading], value: Any, root: type[Record] | None) -> bool:  # noqa: ANN401
    """Say whether merged data keeps its form, or was broken before."""
    if root is None or any(shape.build(root, each.value)[1] for each in readings[1:]):
        return True
    return not shape.build(root, value)[1]


def _clean(
    texts: _Texts,
    readings: list[Reading],
    value: Any,  # noqa: ANN401 - YAML's data
    root: type[Record] | None,
) -> str | None:
    """Give a text that holds the merged data and the comments of both sides; None where there is none."""
    wanted = _comments(*(each.comments() for each in readings))
    for text in _candidates(texts, value, root):
        try:
            read = Reading(text)
        except EditRefusedError:
            continue
        if same(read.value, value) and _has(read.comments(), wanted):
            return text
    return None


def _candidates(texts: _Texts, value: Any, root: type[Record] | None) -> Iterator[str]:  # noqa: ANN401
    """Give ways to write merged data: the lines merged, their changes put into ours, ours into theirs."""
    by_lines = git.merge_lines(*(each.encode("utf-8") for each in texts), marker=MARKER)
    if by_lines is not None and not by_lines.conflicts:
        yield by_lines.content.decode("utf-8")
    for text, donor in ((texts.ours, texts.theirs), (texts.theirs, texts.ours)):
        try:
            yield towards(text, value, donor, root=root)
        except EditRefusedError:
            continue


def _comments(base: Counter[str], ours: Counter[str], theirs: Counter[str]) -> dict[str, range]:
    """Give how often each comment may stand in the merged file."""
    found = {}
    for comment in {*base, *ours, *theirs}:
        was, mine, yours = base[comment], ours[comment], theirs[comment]
        both = max(0, mine + yours - was)
        # the same comment may have come with one change that both sides made
        least = max(mine, yours) if mine > was and yours > was else both
        found[comment] = range(least, max(least, both) + 1)
    return found


def _has(comments: Counter[str], wanted: dict[str, range]) -> bool:
    return comments.keys() <= wanted.keys() and all(comments[each] in times for each, times in wanted.items())


# --- conflicts ----------------------------------------------------------------------------------


def _marked(
    texts: _Texts, readings: list[Reading], merged: Merged, root: type[Record] | None, marker: int
) -> str:
    """Mark what cannot be merged; the rest merged, where that can be written and no comment goes with it."""
    if same(merged.ours, merged.theirs):
        by_lines = git.merge_lines(*(each.encode("utf-8") for each in texts), marker=marker)
        if by_lines is not None and by_lines.conflicts:
            return by_lines.content.decode("utf-8")
        return _with_markers(texts.ours, texts.theirs, marker)
    base, mine, yours = (each.comments() for each in readings)
    try:
        ours = towards(texts.ours, merged.ours, texts.theirs, root=root)
        theirs = towards(texts.theirs, merged.theirs, texts.ours, root=root)
        if not (mine - base <= Reading(ours).comments() and yours - base <= Reading(theirs).comments()):
            ours, theirs = texts.ours, texts.theirs
    except EditRefusedError:
        ours, theirs = texts.ours, texts.theirs
    return _with_markers(ours, theirs, marker)


def _with_markers(ours: str, theirs: str, marker: int) -> str:
    """Put every stretch of lines in which two texts differ between conflict markers."""
    ending = "\r\n" if "\r\n" in ours else "\n"
    mine, yours = (re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", each) for each in (ours, theirs))
    found: list[str] = []
    for kind, *(i, i_end, j, j_end) in SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        if kind == "equal":
            found += mine[i:i_end]
            continue
        found += (f"{'<' * marker} ours{ending}", *_ended(mine[i:i_end], ending))
        found += (f"{'=' * marker}{ending}", *_ended(yours[j:j_end], ending))
        found.append(f"{'>' * marker} theirs{ending}")
    return "".join(found)


def _ended(lines: list[str], ending: str) -> list[str]:
    """Give lines of which the last has an end, so that a marker can follow."""
    if lines and not lines[-1].endswith(("\r", "\n")):
        return [*lines[:-1], lines[-1] + ending]
    return lines


def _by_lines(base: bytes, ours: bytes, theirs: bytes, marker: int, why: str) -> MergedFile:
    """Merge as git does without us."""
    merged = git.merge_lines(base, ours, theirs, marker=marker)
    if merged is not None:
        return MergedFile(merged.content, (Conflict("the file", why),) if merged.conflicts else ())
    signs = (b"<" * marker + b" ours\n", b"=" * marker + b"\n", b">" * marker + b" theirs\n")
    content = b"".join((signs[0], _line_ended(ours), signs[1], _line_ended(theirs), signs[2]))
    return MergedFile(content, (Conflict("the file", why),))


def _line_ended(content: bytes) -> bytes:
    return content if not content or content.endswith(b"\n") else content + b"\n"


def _encoded(text: str, ours: bytes) -> bytes:
    mark = codecs.BOM_UTF8 if ours.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode("utf-8")
