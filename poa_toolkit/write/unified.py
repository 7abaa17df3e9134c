"""Hunks as a unified diff, for those who read patches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Edit
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.document.unified_hunks import Hunk, Hunks

_SIGNS = {Edit.SAME: " ", Edit.DELETED: "-", Edit.INSERTED: "+"}
_OFF = "\x1b[0m"
_COLOURS = {Edit.SAME: "", Edit.DELETED: "\x1b[31m", Edit.INSERTED: "\x1b[32m"}
_HEAD, _PLACE = "\x1b[1m", "\x1b[36m"


def to_text(found: Hunks, *, colour: bool) -> str:
    """Print hunks as `diff -u` does; controls are shown as ``\\x1b``, and nothing is wrapped."""  # noqa: D301 - the backslash is printed
    return "".join(f"{line}\n" for line in _lines(found, colour=colour))


def _lines(found: Hunks, *, colour: bool) -> Iterator[str]:
    if found.hunks:
        yield _painted(f"--- {visible(found.old)}", _HEAD if colour else "")
        yield _painted(f"+++ {visible(found.new)}", _HEAD if colour else "")
    for hunk in found.hunks:
        yield _painted(_place(hunk), _PLACE if colour else "") + f" {visible(hunk.record)}"
        for edit, line in hunk.lines:
            yield _painted(f"{_SIGNS[edit]}{visible(line)}", _COLOURS[edit] if colour else "")


def _place(hunk: Hunk) -> str:
    old, new = hunk.count(Edit.INSERTED), hunk.count(Edit.DELETED)
    return f"@@ -{hunk.old_line},{old} +{hunk.new_line},{new} @@"


def _painted(text: str, colour: str) -> str:
    return f"{colour}{text}{_OFF}" if colour else text
