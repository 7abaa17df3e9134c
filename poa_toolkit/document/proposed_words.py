"""Several amendments to one line: the words as they stand, each with who would take it out or put it in.

What two would take out is taken out once, by both together. So each of them alone, and each set of those
that do not collide, comes to the words that it proposes: this holds by construction.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple, cast

from poa_toolkit.document.merged_runs import NO_REFERENCE, alone, joined, keyed
from poa_toolkit.document.runs import Author, Deleted, Inserted, Link, Note, RevisionState, Text, words_of
from poa_toolkit.returned.printed_proposals import Stretch
from poa_toolkit.returned.signature import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Revision
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import TextEdit

_LONGEST_NAME = 200
"""Word takes no more than 255 characters for the name of who revised something."""


class WordChange(NamedTuple):
    """What an amendment changes at one place of a line."""

    start: int
    end: int
    """Of the units that go; equal where it only puts something in."""
    came: tuple[Run, ...]
    by: Author


def together(authors: Sequence[Author]) -> Author:
    """Return one author for what several propose; the date is the latest of theirs."""
    if len(authors) == 1:
        return authors[0]
    names = list(dict.fromkeys(each.name for each in authors))
    name = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    if len(name) > _LONGEST_NAME:
        name = f"{names[0][:_LONGEST_NAME]} and {len(names) - 1} others"
    when = max(each.when for each in authors)
    return Author(name, when, tuple(one for each in authors for one in each.amendments))


def characters(runs: Iterable[Run]) -> tuple[Text, ...]:
    """Divide the words of a text, for edits that count its characters; the title of a holder stays whole."""
    return tuple(
        one
        for run in runs
        if isinstance(run, Text)
        for one in ((run,) if _is_title(run) else (replace(run, text=each) for each in run.text))
    )


def compared(units: Iterable[Text]) -> str:
    """Return what the characters of a text are compared by: a title is one word, that no other words are."""
    return "".join(map(_compared, units))


def _compared(unit: Text) -> str:
    if unit.reference and _is_title(unit):
        return unit.reference.token
    return unit.text.replace("{", NO_REFERENCE)


def _is_title(run: Text) -> bool:
    return run.reference is not None and run.reference.is_holder


def edits_as_changes(
    edits: Iterable[TextEdit], old: Sequence[Text], new: Sequence[Text], by: Author
) -> Iterator[WordChange]:
    """Return edits of what a text is compared by; `old` and `new` are its characters before and after."""
    before, after = (
        {at: index for index, at in enumerate(accumulate((len(_compared(each)) for each in side), initial=0))}
        for side in (old, new)
    )
    moved = 0
    for each in edits:
        start, end = each.offset, each.offset + len(each.deleted)
        came = new[after[start + moved] : after[start + moved + len(each.inserted)]]
        yield WordChange(before[start], before[end], tuple(came), by)
        moved += len(each.inserted) - len(each.deleted)


def words(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Divide a line of words, links and notes."""
    return tuple(run for _, run in keyed(runs))


def differences(old: Sequence[Run], new: Sequence[Run], by: Author) -> Iterator[WordChange]:
    """Return by what a line of words, links and notes differs from another; notes stay as they are."""
    before, after = ([(key, run) for key, run in keyed(side)] for side in (old, new))
    keys = [key for key, _ in before], [key for key, _ in after]
    for tag, i, i_end, j, j_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag != "equal":
            yield WordChange(i, i_end, tuple(run for _, run in after[j:j_end]), by)


def layered(
    units: Sequence[Run], changes: Iterable[WordChange], whole: Sequence[Author] = ()
) -> tuple[Run, ...]:
    """Return a line with what amendments would take out and put in.

    `whole` are those who would take all of it out. What comes stands behind what goes in its place; at one
    place, in the order of `changes`.
    """
    gone: list[list[Author]] = [[] for _ in units]
    came: list[list[Run]] = [[] for _ in range(len(units) + 1)]
    for each in changes:
        for index in range(each.start, each.end):
            gone[index].append(each.by)
        came[each.end] += [_as(run, RevisionState.ADDED, each.by) for run in each.came]
    runs: list[Run] = []
    for unit, authors, new in zip(units, gone, came, strict=False):
        runs += new
        runs.append(_as(unit, RevisionState.REMOVED, together([*whole, *authors])) if authors else unit)
    return tuple(joined((*runs, *came[-1])))


def _as(run: Run, standing: RevisionState, by: Author) -> Run:
    """Return a run as one that somebody would put in or take out; a note stays."""
    return run if isinstance(run, Note) else replace(cast("Inserted", alone(run, standing)), by=by)


def stretches(runs: Iterable[Run], revision: Revision, field: str | None = None) -> tuple[Stretch, ...]:
    """Return the words of a line with the amendments that would take each out, or put it in.

    With `field`, of that field alone. `revision` is that of the line.
    """
    whole = Author(revision.author, revision.when, revision.amendments) if revision.amendments else None
    found = (
        (run, _fate(run, whole, revision.standing))
        for run in runs
        if not isinstance(run, Note) and (field is None or run.field == field)
    )
    return tuple(
        fate._replace(words=words_of(run for run, _ in group))
        for fate, group in groupby(found, key=lambda each: each[1])
    )


def _fate(run: Text | Inserted | Deleted | Link, whole: Author | None, standing: RevisionState) -> Stretch:
    """Return by whom a run would come or go: by itself, or else with the whole line."""
    by = whole if isinstance(run, Text) else run.by or whole
    if by is None or not by.amendments:
        return Stretch("")
    match run:
        case Inserted():
            standing = RevisionState.ADDED
        case Deleted():
            standing = RevisionState.REMOVED
        case Link(standing=RevisionState.ADDED | RevisionState.REMOVED):
            standing = run.standing
    if standing is RevisionState.ADDED:
        return Stretch("", (), by.amendments[0], by.name, moment(by.when))
    return Stretch("", by.amendments, "", by.name, moment(by.when))
