"""Merge three versions of a file: both sides are in the result, or in a marked conflict."""

from __future__ import annotations

import codecs
import copy
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.edit.layout import laid_out
from poa_toolkit.edit.layout_tree import UnsafeLayoutError
from poa_toolkit.edit.merged_file import Side, marked, merged_pieces
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load import shape_errors
from poa_toolkit.merge.values import Conflict, Merged, Path, merge
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.model.list_items import named, names, naming_key, same, spoken
from poa_toolkit.source import git

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.edit.merged_file import Piece, Remark
    from poa_toolkit.model.base import Record

MARKER = 7
"""How many signs a conflict marker has where git does not say."""

_UNREADABLE = "one of the three versions cannot be read as YAML; they were merged line by line"
_UNKNOWN = "the merge by record failed; they were merged line by line"
_LAYOUT = "the layouts of the two sides do not go together; they were merged line by line"


class MergedFile(NamedTuple):
    """What became of three versions of a file."""

    content: bytes
    conflicts: tuple[Conflict, ...] = ()
    """Why it holds conflict markers; empty where it is merged."""


class _Three(NamedTuple):
    """Three versions of a file, read; `base` is None where the file is new on both sides."""

    base: Reading | None
    ours: Reading
    theirs: Reading


def merge_files(
    base: bytes, ours: bytes, theirs: bytes, path: str = "", *, marker: int = MARKER
) -> MergedFile:
    """Merge what two sides made of a file; `path` says which of the plan's it is.

    The result holds the changes of both sides with their comments, byte for byte the other's where one
    side changed nothing; or it holds ordinary conflict markers, and the reasons are given. An empty
    `base` stands for a file that is new on both sides.
    """
    if theirs in (ours, base):
        return MergedFile(ours)
    if base == ours:
        return MergedFile(theirs)
    kind = kind_of(path)
    try:
        return _by_records((base, ours, theirs), kind.root if kind else None, marker)
    except (UnicodeDecodeError, EditRefusedError):
        return _by_lines(base, ours, theirs, marker, _UNREADABLE)
    except Exception:  # noqa: BLE001 - a driver that dies would leave one side alone in the file
        return _by_lines(base, ours, theirs, marker, _UNKNOWN)


def _by_records(versions: tuple[bytes, bytes, bytes], root: type[Record] | None, marker: int) -> MergedFile:
    """Merge by record, field and word. Raises EditRefusedError where a version cannot be read."""
    three = _read(versions)
    written = _written(three, root)
    if written is None:
        # each side has a layout of its own: that of `poa fmt` they can have in common
        written = _written(_laid_out(three, root), root)
    if written is None:
        return _by_lines(*versions, marker, _LAYOUT)
    return MergedFile(_encoded(written.pieces, versions[1], marker), written.conflicts)


class _Written(NamedTuple):
    """A merge as text."""

    pieces: list[Piece]
    conflicts: tuple[Conflict, ...]


def _written(three: _Three, root: type[Record] | None) -> _Written | None:
    """Write what three versions come to; None where the layouts of the two sides do not go together."""
    merged = _merged(three, root)
    sides = Side(three.ours, merged.ours), Side(three.theirs, merged.theirs)
    try:
        pieces, remarks = merged_pieces(three.base, *sides, [each.at for each in merged.conflicts], _lines)
    except EditRefusedError:
        return None
    if not _is_sound(three, pieces, merged, remarks):
        return None
    of_comments = (Conflict(_spoken(each.at), each.message, each.at) for each in remarks)
    return _Written(pieces, (*merged.conflicts, *of_comments))


def _laid_out(three: _Three, root: type[Record] | None) -> _Three:
    """Return the versions in the layout of `poa fmt`; as they are where that is not safe."""
    try:
        base, ours, theirs = (Reading(laid_out(each.tree, root)) if each else None for each in three)
    except UnsafeLayoutError:
        return three
    return _Three(base, ours or three.ours, theirs or three.theirs)


def _read(versions: tuple[bytes, bytes, bytes]) -> _Three:
    base, ours, theirs = (_laid(each.decode("utf-8-sig")) for each in versions)
    return _Three(Reading(base) if base.strip() else None, Reading(ours), Reading(theirs))


def _laid(text: str) -> str:
    """Return a text with line feeds alone, one at its end."""
    text = text.replace("\r\n", "\n")
    return text if not text or text.endswith("\n") else f"{text}\n"


def _merged(three: _Three, root: type[Record] | None) -> Merged:
    """Merge the data; a record whose merged values do not fit together is a conflict as a whole."""
    values = ({} if three.base is None else three.base.value, three.ours.value, three.theirs.value)
    merged = merge(*values, root=root)
    if root is None or any(shape_errors.build(root, each)[1] for each in values[1:]):
        return merged
    apart: set[Path] = set()
    for side, problems in (
        (each, shape_errors.build(root, each)[1]) for each in (merged.ours, merged.theirs)
    ):
        apart |= {_record(each.at, side) for each in problems}
    return merge(*values, root=root, apart=apart) if apart else merged


def _record(at: Pointer, value: Any) -> Path:  # noqa: ANN401 - YAML's data
    """Return the way to the record that a pointer leads into, or to the key at the top of the file."""
    found: list[str] = []
    for step in at:
        if isinstance(step, str):
            if not isinstance(value, dict) or step not in value:
                break
            found.append(step)
        else:
            found.append(names(value, naming_key([value]))[step])
            break
        value = value[step]
    return tuple(found if len(found) > 1 and isinstance(at[len(found) - 1], int) else found[:1])


def _lines(base: str, ours: str, theirs: str) -> str | None:
    """Merge some lines as git does; None where they are in conflict."""
    merged = git.merge_lines(*(each.encode("utf-8") for each in (base, ours, theirs)), marker=MARKER)
    return None if merged is None or merged.conflicts else merged.content.decode("utf-8")


def _is_sound(three: _Three, pieces: Sequence[Piece], merged: Merged, remarks: Sequence[Remark]) -> bool:
    """Return whether each side as written can be read, holds what was merged, and all new comments."""
    ours, theirs = ("".join(getattr(each, side) for each in pieces) for side in ("ours", "theirs"))
    try:
        read = Reading(ours), Reading(theirs)
    except EditRefusedError:
        return False
    for reading, wanted in zip(read, (merged.ours, merged.theirs), strict=True):
        held, expected = copy.deepcopy(reading.value), copy.deepcopy(wanted)
        for each in remarks:
            held, expected = _without(held, each.at), _without(expected, each.at)
        if not same(held, expected):
            return False
    was = three.base.comments() if three.base else Counter()
    mine, yours, found = (
        three.ours.comments(),
        three.theirs.comments(),
        read[0].comments() | read[1].comments(),
    )
    return all(each <= found for each in (mine - was, yours - was, was & mine & yours))


def _without(value: Any, at: Path) -> Any:  # noqa: ANN401 - YAML's data
    """Return data without what stands at a path; changes it."""
    if not at:
        return None
    owner = value
    for step in at[:-1]:
        owner = _inside(owner, step)
    if isinstance(owner, dict):
        owner.pop(at[-1], None)
    elif isinstance(owner, list):
        owner[:] = [each for name, each in named(owner).items() if name != at[-1]]
    return value


def _inside(owner: Any, step: str) -> Any:  # noqa: ANN401 - YAML's data
    if isinstance(owner, dict):
        return owner.get(step)
    return named(owner).get(step) if isinstance(owner, list) else None


def _spoken(at: Path) -> str:
    """Return a path as a person names it: the record, and the field in it."""
    return " ".join(map(spoken, at[1:])) or "".join(at) or "the file"


def _encoded(pieces: Sequence[Piece], ours: bytes, marker: int) -> bytes:
    """Return the bytes of a merged file, with the byte order mark and the ends of lines of our side."""
    text = marked(pieces, marker)
    if b"\r\n" in ours:
        text = text.replace("\n", "\r\n")
    elif ours and not ours.endswith(b"\n") and all(each.ours == each.theirs for each in pieces[-1:]):
        text = text.removesuffix("\n")
    return (codecs.BOM_UTF8 if ours.startswith(codecs.BOM_UTF8) else b"") + text.encode("utf-8")


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
