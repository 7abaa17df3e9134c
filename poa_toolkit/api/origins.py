"""Which version a returned file was made from, and what its document prints beside the texts of the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.freezing import frozen
from poa_toolkit.document.words import WORDS
from poa_toolkit.model import House, digests
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.model.sets import sets
from poa_toolkit.model.texts import TextKind
from poa_toolkit.model.texts import texts as texts_of
from poa_toolkit.process import printed
from poa_toolkit.process.anchors import Line, Lines, squeezed
from poa_toolkit.process.endorsement import on_record
from poa_toolkit.process.lines import THING, is_detail, line
from poa_toolkit.process.printed import Printed
from poa_toolkit.process.restoring import said
from poa_toolkit.process.revisions import clean
from poa_toolkit.process.signature import key, tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from poa_toolkit.api.draft import Draft
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.process.printed import Key
    from poa_toolkit.process.returned import Record, Returned
    from poa_toolkit.process.settling import Makers
    from poa_toolkit.word.own_words import OwnWords


@dataclass(frozen=True)
class Version:
    """A version of the plan that a file may have been made from."""

    name: str
    """The name of the baseline; empty for the working tree."""
    plan: Plan

    @property
    def label(self) -> str:
        """Name it for a person."""
        return f"baseline {self.name}" if self.name else "the working tree"

    @cached_property
    def digest(self) -> str:
        """Give the digest of what it says."""
        return digests.text(self.plan)

    @cached_property
    def every(self) -> tuple[PlanText, ...]:
        """Give every text of the plan."""
        return texts_of(self.plan)

    @cached_property
    def texts(self) -> dict[Key, Printed]:
        """Give every text that the body of its documents prints."""
        return printed.of_body(self.every)

    def is_named_by(self, digest: str) -> bool:
        """Say whether a digest is that of what it says, by whichever rule that was taken."""
        return digest == self.digest or digests.is_text(self.plan, digest)


def versions(draft: Draft) -> Iterator[Version]:
    """Give every version that a file may have been made from: the working tree, then the frozen ones."""
    yield Version("", draft.plan)
    for name, baseline, _ in reversed(frozen(draft.project)):
        if baseline is not None:
            yield Version(name, baseline.plan)


class MadeFrom(NamedTuple):
    """The version that a file was made from."""

    version: Version
    known_by: str = ""
    """What says so: ``record``, ``cover``, ``words``; empty where it is no more than the one most like it."""


def made_from(returned: Returned, versions: Sequence[Version], makers: Makers) -> MadeFrom:
    """Give the version that a file names; else that whose every text it holds; else the one most like it.

    A redline holds two versions. It was made from the newer one, whose texts stand there with the
    revisions of `makers` accepted and all others rejected; only where no version says that, the older one
    is looked for, with all revisions rejected.
    """
    record = returned.record
    named = [each for each in versions if record and each.is_named_by(record.digest)]
    if record and named:
        # two versions with one text differ on the cover, by the stage
        return MadeFrom(next((each for each in named if each.plan.stage == record.stage), named[0]), "record")
    sides = _Sides(returned, makers)
    # a number may stand there as text
    new, old = (
        found | {_NUMBER.sub("", each, count=1) for each in found} for found in (sides.new, sides.old)
    )
    texts = [_own(each.texts) for each in versions]
    wanted = [{squeezed(text.text) for text in each.values()} for each in texts]
    covers = _on_cover(returned)
    held = [len(each & new) for each in wanted]
    best = max(held)
    for version, count in zip(versions, held, strict=True):
        if _LIKE_COVER * count >= best and covers and version.digest.startswith(covers):
            return MadeFrom(version, "cover")
    kept = _kept_own(record) if record else None
    for found in (new, old):
        whole = [
            (len(each), version)
            for each, keys, version in zip(wanted, texts, versions, strict=True)
            if each <= found and (kept is None or keys.keys() == kept)
        ]
        if whole:
            # of versions that both are there whole, one is a part of the other
            return MadeFrom(max(whole, key=lambda each: each[0])[1], "words")
    worth = [len(each & (new | old)) + 2 * len(each & new) for each in wanted]
    return MadeFrom(versions[worth.index(max(worth))])


_LIKE_COVER = 2
"""A cover is believed where its version has one text there for so many of the version most like it."""
_NUMBER = re.compile(r"\A[(\[]?(?:[0-9]{1,6}|[a-z]{1,2}|[IVXLC]{1,9})[.)\]]{0,2}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{16,64}")


def _kept_own(record: Record) -> set[Key]:
    keys = ((each.record, each.field) for each in record.texts)
    return {each for each in keys if not is_detail(tag(*each))}


def _own(texts: Mapping[Key, Printed]) -> dict[Key, Printed]:
    """Give the texts that have a paragraph to themselves."""
    return {key: each for key, each in texts.items() if not each.is_detail}


def _on_cover(returned: Returned) -> tuple[str, ...]:
    """Give the digests that the cover shows; their end is left out there."""
    front = (each.old for each in returned.paragraphs[:_COVER])
    return tuple(found[0] for found in map(_DIGEST.search, front) if found)


def texts(
    returned: Returned,
    origin: MadeFrom,
    versions: Sequence[Version],
    table: OnTable,
    details: Mapping[Key, str],
) -> tuple[dict[Key, Printed], tuple[Key, ...]]:
    """Give the texts a file was made with, and those of which its own record says something else.

    A record that no version has any more is believed where an amendment names it, as `table` says.
    `details` is what the version prints of sets under an action, and of the cover.
    """
    kept = {(each.record, each.field): each for each in returned.record.texts} if returned.record else {}
    if origin.known_by:
        # files made before these lines had controls say nothing of them
        there = _there(returned)
        whole = {**origin.version.texts, **_of_details(origin.version, details)}
        texts = {key: each for key, each in whole.items() if key in there or not each.is_detail}
        return texts, tuple(key for key in kept if key not in texts or kept[key].text != texts[key].text)
    found: dict[Key, Printed] = {}
    every = [{**each.texts, **_of_details(each, {})} for each in versions]
    sides = _Sides(returned, table.makers)
    for name, each in kept.items():
        like = next((texts[name] for texts in every if name in texts), None)
        if like is None and name in table.amended:
            like = Printed("", "", TextKind.POINT if name[1].startswith("points.") else TextKind.INTRODUCTION)
        if like is not None and not sides.is_revised(like.text, each.text):
            found[name] = like._replace(text=each.text, source=each.source or each.text)
        elif like is not None:
            # what a redline says was printed, and no version has, is an edit of what it shows struck out
            found[name] = like
    return found, ()


def _of_details(version: Version, details: Mapping[Key, str]) -> dict[Key, Printed]:
    """Give the sets under actions and the texts of the cover as they are printed, where that is known."""
    others = (each for each in version.every if each.kind is TextKind.HEAD or each.is_cell)
    found: dict[Key, Printed] = {}
    for each in (*sets(version.plan), *others):
        key, source = (each.record, each.field), each.text or ""
        if each.is_amendable and source and (key in details or not details):
            found[key] = Printed(details.get(key, source), source, each.kind, each.section)
    return found


def _there(returned: Returned) -> set[Key]:
    """Give the texts for which a file has a control, or had one as its record says."""
    kept = {(each.record, each.field) for each in returned.record.texts} if returned.record else set()
    tags = {piece.control for each in returned.paragraphs for piece in each.pieces if piece.control}
    return kept | set(map(key, tags))


class OnTable(NamedTuple):
    """What lies in the project that bears on what a file was made with."""

    makers: Makers
    amended: Collection[Key] = ()
    """The texts that an amendment on file is to."""


class _Sides:
    """What a file says on both sides of the revisions it was made with, squeezed."""

    def __init__(self, returned: Returned, makers: Makers) -> None:
        self.new = {said(each, makers) for each in returned.paragraphs}
        self.old = {squeezed(each.old) for each in returned.paragraphs}

    def is_revised(self, old: str, new: str) -> bool:
        """Say whether revisions that it was made with turn one text into another."""
        before, after = squeezed(old), squeezed(new)
        return before != after and before in self.old and after in self.new and after not in self.old


class Beside(NamedTuple):
    """What a document prints besides the texts of the plan that have a paragraph to themselves."""

    lines: Lines
    details: dict[Key, str]
    """What it prints of the sets under actions, and of the texts on the cover."""


def beside(project: Path, version: Version, returned: Returned, loaded: Loaded) -> Beside:
    """Give the lines that a document of a version prints beside the texts of the plan.

    It is laid out, not rendered. `loaded` is what lies in the project: the endorsements and amendments
    that a cover counts. Of the houses the one is taken whose words the file has.
    """
    # annexes and notes hold nothing else, and the words of the house stand in them
    kinds = ("table", "note")
    file = {line(each, with_details=True) for each in returned.paragraphs if each.place.kind in kinds}
    layout = _Layout(version, returned, _own_words(project), loaded)
    best, most = Beside(Lines(), {}), -1
    for house in sorted(House, key=lambda each: each is not version.plan.style):
        found = layout.of_house(house)
        count = sum(words in found.lines for words in file)
        if count > most:
            best, most = found, count
        if count == len(file):
            break
    return best


def past(returned: Returned, version: Version, versions: Iterable[Version]) -> frozenset[str]:
    """Give what the older version said of which a redline names the name, squeezed; nothing for others."""
    from poa_toolkit.document.lines import said as said_in  # noqa: PLC0415 - only what is pulled pays for it
    from poa_toolkit.document.plan import both  # noqa: PLC0415 - the same

    named = since(returned, version.plan)
    old = next((each.plan for each in versions if each.name and named in (each.name, each.label)), None)
    if old is None:
        return frozenset()
    texts = (each.text for each in printed.texts(old).values())
    found: set[str] = set()
    for house in House:
        before, after = both(*(each.model_copy(update={"style": house}) for each in (old, version.plan)))
        found |= said_in(replace(after, parts=before), printed_numbers(old), ()).others
    return frozenset(map(squeezed, (*texts, *found)))


def since(returned: Returned, plan: Plan) -> str:
    """Give the older version that the cover of a redline names; empty for a clean document."""
    opening = WORDS[plan.style].since
    front = (line(each) for each in returned.paragraphs[:_COVER])
    return next((each.removeprefix(opening).strip(" :") for each in front if each.startswith(opening)), "")


class _Layout:
    """What a version prints beside its texts, in each house, as a file was made with it."""

    def __init__(self, version: Version, returned: Returned, own: _Own, loaded: Loaded) -> None:
        from poa_toolkit.document.citing import Notes  # noqa: PLC0415 - only what is pulled pays for it

        self.version = version
        self.paragraphs = returned.paragraphs
        self.own = own
        self.record = on_record(version.plan, loaded.endorsements, loaded.amendments)
        # those of a redline always cite in full
        self.notes = Notes.IN_FULL if since(returned, version.plan) else Notes.FIRST_IN_FULL
        self.apart = frozenset(field for record, field in _there(returned) if is_detail(tag(record, field)))

    def of_house(self, house: House) -> Beside:
        """Give the lines in the words of a house."""
        from poa_toolkit.document.lines import openings  # noqa: PLC0415 - only what is pulled pays for it
        from poa_toolkit.document.lines import said as said_in  # noqa: PLC0415 - the same
        from poa_toolkit.document.plan import plan as plan_document  # noqa: PLC0415 - the same

        name, plan = self.version.name, self.version.plan
        if house is not plan.style:
            plan = plan.model_copy(update={"style": house})
        opening = WORDS[house].version
        shown = name if any(line(each) == f"{opening} {name}" for each in self.paragraphs[:_COVER]) else ""
        # the words of a house are none that people agree to
        document = plan_document(
            plan, version=shown, notes=self.notes, record=self.record, digest=self.version.digest
        )
        found = said_in(document, printed_numbers(plan), self.apart)
        names = [self.version.name, *(each.title or each.id for each in plan.stages)]
        own = [Line(each.words, each.kind, has_pages=each.has_pages) for each in self.own.words.lines]
        own += [Line(each, THING) for each in self.own.words.things]
        has_heads = any(each.place.kind == "header" for each in self.paragraphs)
        # some programs let all heads go
        lines = (_clean(each) for each in (*own, *found.lines) if has_heads or each.kind != "header")
        made = Lines(
            lines,
            known=found.others,
            parts=self.own.words.parts | found.parts,
            openings=openings(house, (*names, *(action.id for _, action in plan.walk_actions()))),
            is_whole=self.own.is_packaged,
        )
        return Beside(made, found.details)


def _clean(line: Line) -> Line:
    words = clean(line.words)
    whole = words if line.whole == line.words else clean(line.whole)
    same = words == line.words and whole == line.whole
    return line if same else line._replace(words=words, whole=whole)


class _Own(NamedTuple):
    """The words of a template."""

    words: OwnWords
    is_packaged: bool
    """Whether it is the one that comes with the toolkit, which prints everything."""


def _own_words(project: Path) -> _Own:
    """Give the words of the project's own template, else those of the one that comes with the toolkit."""
    from poa_toolkit.api import templates  # noqa: PLC0415 - with the template
    from poa_toolkit.word.own_words import own_words  # noqa: PLC0415 - heavy: lxml
    from poa_toolkit.word.untrusted import UnsafePartError  # noqa: PLC0415 - heavy: lxml

    packaged = own_words(templates.packaged())
    try:
        mine = templates.of_project(project)
        own = own_words(mine.content) if mine else None
    except (templates.InvalidTemplateError, UnsafePartError):
        own = None
    if own is None:
        return _Own(packaged, is_packaged=True)
    return _Own(own._replace(parts=own.parts | packaged.parts), is_packaged=False)


_COVER = 50
"""The paragraphs among which the cover stands."""
