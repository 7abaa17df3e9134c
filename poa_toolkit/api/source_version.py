"""Which version a returned file was made from, and with which texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.printed_lines import COVER, PrintedLines, there
from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import House
from poa_toolkit.model.link_sets import sets
from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned.lost_controls import words_as_made
from poa_toolkit.returned.printed_texts import Printed
from poa_toolkit.returned.signature import PLAN, key, tag
from poa_toolkit.returned.word_file import is_detail, line
from poa_toolkit.text.white_space import squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poa_toolkit.api.printed_lines import Layouts, Version
    from poa_toolkit.returned.own_revisions import Makers
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Record, RecordedText, Returned


class SourceVersion(NamedTuple):
    """The version that a file was made from."""

    version: Version
    known_by: str
    """What says so: ``record``, ``cover``, ``words``; empty where it is no more than the one most like it."""
    beside: PrintedLines
    """What is printed beside the texts: by the version, or where that is not known, as the file keeps it."""
    apart: tuple[str, ...] = ()
    """The lines that the file alone says were printed."""


def made_from(
    returned: Returned, versions: Sequence[Version], makers: Makers, layouts: Layouts
) -> SourceVersion:
    """Return the version that a file names and that prints what it keeps as printed.

    Of a file that keeps nothing it is the one that its cover names, else that whose every text it holds.
    Where there is none, the version is not known: the one most like it is given.
    """
    record = returned.record
    if record is None or not record.digest:
        likely, known_by = _by_words(returned, versions, makers)
        every = [SourceVersion(version, known_by, layouts.of(version)) for version in likely]
        # versions of one text differ in what is not agreed to
        return min(every, key=lambda each: layouts.differing(each.beside)) if len(every) > 1 else every[0]
    named = [each for each in versions if each.is_named_by(record.digest)]
    # versions of one text differ in their names, on the cover, and in what is not agreed to
    named.sort(key=lambda each: (each.name != record.version, each.plan.stage != record.stage))
    likest: SourceVersion | None = None
    for version in named:
        found = SourceVersion(version, "record", layouts.of(version))
        if not record.beside or (found.beside.says(record.beside) and _has_details(found, record)):
            return found
        likest = likest or found
    if likest is None:
        tree = versions[0]
        if _Sides(returned, makers).show_changes_of(tree):
            # what it changes is on record nowhere else
            return SourceVersion(tree, "words", layouts.of(tree))
        (version, *_), _ = _by_words(returned, versions, makers)
        likest = SourceVersion(version, "", layouts.of(version))
    if not record.beside:
        return likest
    return SourceVersion(
        likest.version, "", layouts.of_file(likest.version), likest.beside.lacks(record.beside)
    )


def _has_details(origin: SourceVersion, record: Record) -> bool:
    """Return whether the texts that people do not agree to, and the sets, are those that a file keeps."""
    texts = _whole(origin)
    kept = (each for each in record.texts if is_detail(tag(each.record, each.field)))
    return all(_says(texts, (each.record, each.field), each.text) for each in kept)


def _whole(origin: SourceVersion) -> dict[Key, Printed]:
    """Return every text that a document of a version prints."""
    return {**origin.version.texts, **_of_details(origin.version, origin.beside.details)}


def _by_words(
    returned: Returned, versions: Sequence[Version], makers: Makers
) -> tuple[Sequence[Version], str]:
    """Return the versions that the cover names, or else whose texts are there, and what says so.

    A redline holds two versions. It was made from the newer one, whose texts stand there with the
    revisions of `makers` accepted and all others rejected; only where no version says that, the older one
    is looked for, with all revisions rejected. Without any it is the one most like the file.
    """
    sides = _Sides(returned, makers)
    new, old = sides.new, sides.old
    wanted = list(map(_squeezed_texts, versions))
    covers = _on_cover(returned)
    held = [len(each & new) for each in wanted]
    best = max(held)
    likely = [
        version
        for version, count in zip(versions, held, strict=True)
        if _LIKE_COVER * count >= best and covers and version.digest.startswith(covers)
    ]
    if likely:
        # a version is called by its name where it has one
        return sorted(likely, key=lambda each: not _is_on_cover(each.name, returned)), "cover"
    for found in (new, old):
        whole = [each for each, texts in zip(versions, wanted, strict=True) if texts <= found]
        if whole:
            # of versions that both are there whole, one is a part of the other
            most = max(len(_squeezed_texts(each)) for each in whole)
            return [each for each in whole if len(_squeezed_texts(each)) == most], "" if covers else "words"
    worth = [len(each & (new | old)) + 2 * len(each & new) for each in wanted]
    return [versions[worth.index(max(worth))]], ""


_LIKE_COVER = 2
"""A cover is believed where its version has one text there for so many of the version most like it."""
_NUMBER = re.compile(r"\A[(\[]?(?:[0-9]{1,6}|[a-z]{1,2}|[IVXLC]{1,9})[.)\]]{0,2}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{16,64}")


def _squeezed_texts(version: Version) -> set[str]:
    """Return the texts of a version that have a paragraph to themselves, squeezed."""
    return {squeezed(each.text) for each in version.texts.values() if not each.is_detail}


def _on_cover(returned: Returned) -> tuple[str, ...]:
    """Return the digests that the cover shows; their end is left out there."""
    front = (each.old for each in returned.paragraphs[:COVER])
    return tuple(found[0] for found in map(_DIGEST.search, front) if found)


def _is_on_cover(name: str, returned: Returned) -> bool:
    """Return whether the cover calls the version so, in the words of any house."""
    front = {line(each) for each in returned.paragraphs[:COVER]}
    return bool(name) and any(f"{LABELS[house].version} {name}" in front for house in House)


def texts(
    returned: Returned, origin: SourceVersion, versions: Sequence[Version]
) -> tuple[dict[Key, Printed], tuple[Key, ...]]:
    """Return the texts a file was made with, and those of which its own record says something else.

    Where the version is not known the record is believed; a text that no version has any more must
    stand in the file too.
    """
    kept = {(each.record, each.field): each for each in returned.record.texts} if returned.record else {}
    if origin.known_by:
        # files made before these lines had controls say nothing of them
        found_there = there(returned)
        whole = _whole(origin)
        texts = {key: each for key, each in whole.items() if key in found_there or not each.is_detail}
        texts |= {key: _as_kept(texts[key], each) for key, each in kept.items() if key in texts}
        return texts, tuple(key for key in kept if key not in texts or kept[key].text != texts[key].text)
    found: dict[Key, Printed] = {}
    every = [{**each.texts, **_of_details(each, {})} for each in versions]
    kinds = _Kinds(returned, every)
    for name, each in kept.items():
        like = next((texts[name] for texts in every if name in texts), None) or kinds.printed(name)
        if like is not None:
            found[name] = like._replace(text=each.text, source=each.source or each.text)
    # what stands of details in a line, or in a cell, is told with that
    own = (name for name in found if name[0] == PLAN or not is_detail(tag(*name)))
    return found, tuple(
        name for name in own if not any(_says(texts, name, found[name].source) for texts in every)
    )


def _as_kept(printed: Printed, kept: RecordedText) -> Printed:
    """Return a text as a file keeps it, where the plan has it so and only what holders print differs."""
    if not kept.source or kept.source != printed.source or kept.text == printed.text:
        return printed
    believed = printed._replace(text=kept.text)
    return believed if believed.spelling.printed == kept.text else printed


def _says(texts: Mapping[Key, Printed], name: Key, words: str) -> bool:
    return name in texts and words in (texts[name].source, texts[name].text)


class _Kinds:
    """Knows what kind of text it is that no version has, by the style of the paragraph in which it stands."""

    def __init__(self, returned: Returned, every: Sequence[Mapping[Key, Printed]]) -> None:
        self.styles: dict[Key, str] = {}
        for paragraph in returned.paragraphs:
            controls = filter(None, (piece.control for piece in paragraph.pieces))
            self.styles.update((key(control), paragraph.style) for control in controls)
        self.kinds: dict[str, Counter[TextKind]] = defaultdict(Counter)
        for name, style in self.styles.items():
            kind = next((texts[name].kind for texts in every if name in texts), None)
            if kind is not None:
                self.kinds[style][kind] += 1

    def printed(self, name: Key) -> Printed | None:
        """Return an empty text of its kind; None where its control is not in the file."""
        style = self.styles.get(name)
        if style is None:
            return None
        if is_detail(tag(*name)):
            return Printed("", "", TextKind.HEAD if name[0] == PLAN else TextKind.DETAIL)
        kinds = self.kinds.get(style)
        usual = kinds.most_common(1)[0][0] if kinds else TextKind.INTRODUCTION
        is_point = name[1].startswith("points.")
        return Printed("", "", TextKind.POINT if is_point and not usual.is_point else usual)


def _of_details(version: Version, details: Mapping[Key, str]) -> dict[Key, Printed]:
    """Return the sets under actions and the texts of the cover as they are printed, where that is known."""
    others = (each for each in version.every if each.kind is TextKind.HEAD or each.is_cell)
    found: dict[Key, Printed] = {}
    for each in (*sets(version.plan), *others):
        key, source = (each.record, each.field), each.text or ""
        if each.is_amendable and source and (key in details or not details):
            found[key] = Printed(details.get(key, source), source, each.kind, each.section)
    return found


class _Sides:
    """What a file says on both sides of the revisions it was made with, squeezed."""

    def __init__(self, returned: Returned, makers: Makers) -> None:
        self.new = _without_numbers({words_as_made(each, makers) for each in returned.paragraphs})
        self.old = _without_numbers({squeezed(each.old) for each in returned.paragraphs})

    def show_changes_of(self, version: Version) -> bool:
        """Return whether it is a redline whose older version this is: with other texts than the newer one."""
        wanted = _squeezed_texts(version)
        return wanted <= self.old and not wanted <= self.new


def _without_numbers(lines: set[str]) -> set[str]:
    """Return lines also as they are without a number that may stand there as text."""
    return lines | {_NUMBER.sub("", each, count=1) for each in lines}
