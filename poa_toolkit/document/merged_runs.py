"""Two versions in one: sequences that keep the order of both, and runs with what went and what came."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar, cast

from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.matching_blocks import stayed
from poa_toolkit.diff.words import segments
from poa_toolkit.document.runs import (
    Deleted,
    Inserted,
    Link,
    Mark,
    Note,
    Reference,
    RevisionState,
    Text,
    words_of,
)
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.document.runs import Run

    Token = tuple[Hashable, Run]
    """What a stretch of a line is known by, and the stretch."""

T = TypeVar("T")

_SPACES = re.compile(r"[ \t\r\n]+")
NO_REFERENCE = "\x02"
"""A brace that is a character, as one that no text has."""


def paired(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]
) -> Iterator[tuple[T | None, T | None]]:
    """Return what stands in both versions in pairs, what stands in one alone, in the order of both.

    What moved past others stands in no pair: once where it was, once where it is. What went comes
    before what came in its place.
    """
    if not old or not new:
        yield from ((each, None) for each in old)
        yield from ((None, each) for each in new)
        return
    places = {name: place for place, name in enumerate(_names(old, key))}
    names = list(_names(new, key))
    if names == list(places):
        yield from zip(old, new, strict=True)
        return
    kept = stayed([places[name] for name in names if name in places])
    gone = _gone(old, kept)
    yield from next(gone)
    for name, each in zip(names, new, strict=True):
        place = places.get(name)
        if place is None or place not in kept:
            yield None, each
        else:
            yield old[place], each
            yield from next(gone)


def _names(items: Iterable[T], key: Callable[[T], Hashable]) -> Iterator[Hashable]:
    """Name each item by itself, also where several have one key."""
    times: Counter[Hashable] = Counter()
    for each in items:
        name = key(each)
        yield name, times[name]
        times[name] += 1


def _gone(old: Sequence[T], kept: set[int]) -> Iterator[list[tuple[T, None]]]:
    """Return what is not kept: what stands before the first that is, then after each."""
    waiting: list[tuple[T, None]] = []
    for place, each in enumerate(old):
        if place in kept:
            yield waiting
            waiting = []
        else:
            waiting.append((each, None))
    yield waiting


def merged(
    old: tuple[Run, ...], new: tuple[Run, ...], moved: AbstractSet[str] = frozenset()
) -> tuple[Run, ...]:
    """Return the runs of both versions in one line; as in the new one where only white space differs.

    A link or a cross-reference to a paragraph is the same whatever number that has, and keeps the old one
    beside the new, unless, of a link, its record `moved`: it leads to one place. A note in both is one note,
    changed inside.
    """
    if old == new and not moved:
        return new
    if all(type(run) is Text for run in (*old, *new)):
        if _plain_text(old) == _plain_text(new):
            return tuple(_counted(old, new))
        return tuple(_read(_reworded(old, new)))
    before, after = list(keyed(old, moved, "old")), list(keyed(new, moved, "new"))
    if [key for key, _ in before] == [key for key, _ in after]:
        return _renumbered(old, new)
    return tuple(joined(_mixed(before, after)))


def changed(runs: Iterable[Run]) -> bool:
    """Return whether anything in a line came or went."""
    for run in runs:
        match run:
            case Inserted() | Deleted() | Link(standing=RevisionState.ADDED | RevisionState.REMOVED):
                return True
            case Link(was=was) | Text(reference=Reference(was=was)) if was:
                return True
            case Note(standing=RevisionState.ADDED | RevisionState.REMOVED):
                return True
            case Note(runs=inner) if changed(inner):
                return True
    return False


def _plain_text(runs: Iterable[Run]) -> str:
    """Return what a text is known by, with single spaces between the words."""
    return _SPACES.sub(" ", _known_by([run for run in runs if isinstance(run, Text)])).strip(" ")


def _known_by(runs: Sequence[Text]) -> str:
    """Return what runs are known by; a brace of the text is none of a reference."""
    return "".join([_token(run) if run.reference else run.text.replace("{", NO_REFERENCE) for run in runs])


def _token(run: Text) -> str:
    return run.reference.token if run.reference else run.text


def _renumbered(old: tuple[Run, ...], new: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return a line of the same links and notes; numbers and the words of notes may differ."""
    others = iter([run for run in old if not isinstance(run, Text)])
    return tuple(run if isinstance(run, Text) else _kept(next(others), run) for run in new)


def _kept(old: Run, new: Run) -> Run:
    """Return a run that both versions have, with the number and the words of the old one beside."""
    match old, new:
        case Link(), Link() if old.text != new.text:
            return replace(new, was=old.text)
        case Note(), Note() if old != new:
            return Note(merged(old.runs, new.runs))  # type: ignore[arg-type]  # no notes in notes
        case _:
            return new


def _reworded(old: Sequence[Run], new: Sequence[Run]) -> Iterator[Run]:
    """Return the words of two texts, each stretch with the mark that it has in its version."""
    before, after = _Stretches(old), _Stretches(new)
    for segment in segments(before.text, after.text):
        size = len(segment.text)
        match segment.edit:
            case Edit.DELETED:
                yield from (alone(run, RevisionState.REMOVED) for run in before.take(size))
            case Edit.INSERTED:
                yield from (alone(run, RevisionState.ADDED) for run in after.take(size))
            case Edit.SAME:
                yield from _counted(tuple(before.take(size)), tuple(after.take(size)))


def _counted(old: Iterable[Run], new: Iterable[Run]) -> Iterator[Run]:
    """Return runs that both versions have, each cross-reference with the numbers of the old one beside.

    One that prints more or fewer of them, as where a sub-point became a point, is printed anew.
    """
    before = iter([run for run in old if isinstance(run, Text) and run.reference])
    for run in new:
        if not isinstance(run, Text) or not run.reference:
            yield run
            continue
        mine = next(before)
        was, now = (
            tuple(each.text for each in cast("Reference", one.reference).numbers) for one in (mine, run)
        )
        if len(was) != len(now):
            yield alone(mine, RevisionState.REMOVED)
            yield alone(run, RevisionState.ADDED)
        else:
            yield replace(run, reference=run.reference._replace(was=was)) if was != now else run


def _read(runs: Iterable[Run]) -> Iterator[Run]:
    """Take a reference that prints the very words that were typed in its place for those words.

    Not so the title of a holder: people agreed to who that is.
    """
    for came, group in groupby(runs, key=lambda run: isinstance(run, Inserted | Deleted)):
        if not came:
            yield from group
            continue
        both = list(group)
        went = [run for run in both if isinstance(run, Deleted)]
        stays = [run for run in both if isinstance(run, Inserted)]
        is_one = any(run.reference for run in went) is not any(run.reference for run in stays)
        is_held = any(run.reference and run.reference.is_holder for run in (*went, *stays))
        if is_one and not is_held and words_of(went) == words_of(stays):
            yield from (Text(run.text, run.mark, run.field, run.reference) for run in stays)
        else:
            yield from both


class _Stretches:
    """The text of some runs, to be taken piece by piece with its marks."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = [run for run in runs if isinstance(run, Text)]
        self._place = self._offset = 0
        self.text = _known_by(self._runs)

    def take(self, size: int) -> Iterator[Text]:
        """Take this many characters of what they are known by, in stretches of one run."""
        while size:
            run = self._runs[self._place]
            if run.reference:
                size -= len(_token(run))
                self._place += 1
                yield run
                continue
            text = run.text[self._offset : self._offset + size]
            size -= len(text)
            self._offset += len(text)
            if self._offset == len(run.text):
                self._place, self._offset = self._place + 1, 0
            if text:
                yield Text(text, run.mark, run.field)


def _mixed(before: list[Token], after: list[Token]) -> Iterator[Run]:
    """Align two lines of words, links and notes."""
    keys = [key for key, _ in before], [key for key, _ in after]
    for tag, i, i_end, j, j_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            for (_, mine), (_, theirs) in zip(before[i:i_end], after[j:j_end], strict=True):
                yield _kept(mine, theirs)
        else:
            yield from (alone(run, RevisionState.REMOVED) for _, run in before[i:i_end])
            yield from (alone(run, RevisionState.ADDED) for _, run in after[j:j_end])


def keyed(runs: Iterable[Run], moved: AbstractSet[str] = frozenset(), side: str = "") -> Iterator[Token]:
    """Part a line into words, links and notes, with what each is known by: a note by its label."""
    label = ""
    for run in runs:
        match run:
            case Text(reference=Reference(token=token), field=field):
                yield (field, token, Reference), run
            case Text(text, mark, field):
                label = text if mark is Mark.EMPHASIS else label
                for word in tokens(text):
                    # the words of one field are never those of another
                    yield (field, word if word.strip(" \t\r\n") else " "), Text(word, mark, field)
            case Link(text, target):
                is_number = target.startswith("#") and text.isdecimal()
                yield (target, "" if is_number else text, side if target[1:] in moved else ""), run
            case Note():
                yield (Note, label), run
            case _:
                raise AssertionError("a version has no marks of change")


def alone(run: Run, standing: RevisionState) -> Run:
    """Return a run that one version alone has."""
    match run:
        case Text(text, mark, field, reference):
            kind = Inserted if standing is RevisionState.ADDED else Deleted
            return kind(text, mark, field, reference=reference)
        case Link() | Note():
            return replace(run, standing=standing)
        case _:
            return run


def joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Make one run of neighbours that differ in their text alone."""
    for _, group in groupby(runs, key=_kind_of_text):
        first, *others = group
        if others and isinstance(first, Text | Inserted | Deleted):
            text = words_of((first, *others))
            yield replace(first, text=text, reference=_whole(first.reference, text))
        else:
            yield from (first, *others)


def _whole(reference: Reference | None, text: str) -> Reference | None:
    """Return the reference whose words a text is; None where it is a part of them."""
    if reference is None:
        return None
    return reference if text == reference.word + " ".join(each.text for each in reference.numbers) else None


def _kind_of_text(run: Run) -> Hashable:
    if isinstance(run, Text | Inserted | Deleted):
        of_reference = id(run.reference) if run.reference else 0
        return type(run), run.mark, run.field, getattr(run, "by", None), of_reference
    return None
