"""Two versions as plain lines, and where these differ as a unified diff, for those who read patches."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Edit, Kind
from poa_toolkit.diff.records import entries, printed, values
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.text.sentences import sentences
from poa_toolkit.text.white_space import single_spaced
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.diff.records import Entry
    from poa_toolkit.model import Plan

    Key = tuple[str, str]
    Line = tuple[Edit, str]


@dataclass(frozen=True, slots=True)
class Hunk:
    """The lines of one record that differs, all of them."""

    record: str
    """Its id, and its number as one cites it."""
    old_line: int
    """The line of the old text at which it begins, from 1; the line before, where it has none there."""
    new_line: int
    lines: tuple[Line, ...]

    def count(self, other: Edit) -> int:
        """Count the lines of one side: those that are not of the `other`."""
        return sum(edit is not other for edit, _ in self.lines)


@dataclass(frozen=True, slots=True)
class Hunks:
    """All hunks, and what the two versions are called."""

    old: str
    new: str
    hunks: tuple[Hunk, ...]


def lines(plan: Plan) -> tuple[str, ...]:
    """Return a plan as lines: each record with its fields, a sentence or a member of a list a line."""
    return tuple(line for entry in entries(plan) for line in _lines(entry))


def hunks(comparison: Comparison, old: Plan, new: Plan) -> Hunks:
    """Return a hunk for each record that differs; applied to the lines of `old` they give those of `new`."""
    names = {
        (each.record_kind, str(each.old)): (each.record_kind, each.record)
        for each in comparison.changes
        if each.kind is Kind.ID_CHANGED and each.record_kind != "point"
    }
    return Hunks(comparison.old.label, comparison.new.label, tuple(_hunks(old, new, names)))


def _hunks(old: Plan, new: Plan, names: Mapping[Key, Key]) -> Iterator[Hunk]:
    before, after = tuple(entries(old)), tuple(entries(new))
    keys = [names.get((each.kind, each.name), (each.kind, each.name)) for each in before]
    now = [(each.kind, each.name) for each in after]
    old_numbers, new_numbers = cited_numbers(old), cited_numbers(new)
    at, to = 0, 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys, now, autojunk=False).get_opcodes():
        if tag == "equal":
            for was, entry in zip(before[i1:i2], after[j1:j2], strict=True):
                told = tuple(_told(_lines(was), _lines(entry)))
                hunk = _hunk(entry, new_numbers, at, to, told)
                if any(edit is not Edit.SAME for edit, _ in told):
                    yield hunk
                at, to = at + hunk.count(Edit.INSERTED), to + hunk.count(Edit.DELETED)
            continue
        for entry in before[i1:i2]:
            gone = tuple((Edit.DELETED, line) for line in _lines(entry))
            yield _hunk(entry, old_numbers, at, to, gone)
            at += len(gone)
        for entry in after[j1:j2]:
            came = tuple((Edit.INSERTED, line) for line in _lines(entry))
            yield _hunk(entry, new_numbers, at, to, came)
            to += len(came)


def _hunk(entry: Entry, numbers: Mapping[str, str], at: int, to: int, told: tuple[Line, ...]) -> Hunk:
    number = numbers.get(entry.id, "") if entry.kind != "section" else ""
    has_old, has_new = (any(edit is not other for edit, _ in told) for other in (Edit.INSERTED, Edit.DELETED))
    name = f"{entry.name} (para. {number})" if number else entry.name
    return Hunk(name, at + has_old, to + has_new, told)


def _told(old: list[str], new: list[str]) -> Iterator[Line]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((Edit.SAME, line) for line in old[i1:i2])
            continue
        yield from ((Edit.DELETED, line) for line in old[i1:i2])
        yield from ((Edit.INSERTED, line) for line in new[j1:j2])


def _lines(entry: Entry) -> list[str]:
    """Return a record as lines: what it is, then each field; a long one begins under its name."""
    written = [f"{entry.kind} {entry.name}"]
    if entry.under:
        written.append(f"  under: {entry.under}")
    for name, value in values(entry.record):
        shown = printed(value)
        if isinstance(shown, tuple):
            written += [f"  {name}:", *(f"    - {each}" for each in shown)]
            continue
        parts = sentences(single_spaced(shown or ""))
        if len(parts) > 1 or name == "text":
            written += [f"  {name}:", *(f"    {each}" for each in parts)]
        else:
            written.append(f"  {name}: {''.join(parts)}")
    return written


_SIGNS = {Edit.SAME: " ", Edit.DELETED: "-", Edit.INSERTED: "+"}
_OFF = "\x1b[0m"
_COLOURS = {Edit.SAME: "", Edit.DELETED: "\x1b[31m", Edit.INSERTED: "\x1b[32m"}
_HEAD, _PLACE = "\x1b[1m", "\x1b[36m"


def to_text(found: Hunks, *, colour: bool) -> str:
    """Print hunks as `diff -u` does; controls are shown as ``\\x1b``, and nothing is wrapped."""  # noqa: D301 - the backslash is printed
    return "".join(f"{line}\n" for line in _printed(found, colour=colour))


def _printed(found: Hunks, *, colour: bool) -> Iterator[str]:
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
