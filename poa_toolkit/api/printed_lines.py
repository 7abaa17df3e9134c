"""What the documents of a version print beside the texts of the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.endorsement_record import on_record
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import House, cross_references, digests
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.model.texts import texts as texts_of
from poa_toolkit.returned import printed_texts
from poa_toolkit.returned.anchors import Lines
from poa_toolkit.returned.printed_texts import GRAPHIC, Line
from poa_toolkit.returned.signature import key, tag
from poa_toolkit.returned.word_file import is_detail, line
from poa_toolkit.text.white_space import clean, squeezed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from poa_toolkit.api.plan_edit import PlanEdit
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Returned
    from poa_toolkit.word.reader.own_words import OwnWords


@dataclass(frozen=True)
class Version:
    """A version of the plan that a file may have been made from."""

    name: str
    """The name of the baseline; empty for the working tree."""
    plan: Plan
    printing: CrossReferences | None = None
    """What cross-references and holders print, where that is not what they print in the plan."""

    @property
    def label(self) -> str:
        """Name it for a person."""
        return f"baseline {self.name}" if self.name else "the working tree"

    @cached_property
    def digest(self) -> str:
        """Return the digest of what it says."""
        return digests.text(self.plan)

    @cached_property
    def references(self) -> CrossReferences:
        """Return what cross-references and holders print."""
        return self.printing or cross_references.of(self.plan)

    @cached_property
    def every(self) -> tuple[PlanText, ...]:
        """Return every text of the plan."""
        return texts_of(self.plan, self.references)

    @cached_property
    def texts(self) -> dict[Key, Printed]:
        """Return every text that the body of its documents prints."""
        return printed_texts.of_body(self.every, self.references)

    def is_named_by(self, digest: str) -> bool:
        """Return whether a digest is that of what it says, by whichever rule that was taken."""
        return digest == self.digest or digests.is_text(self.plan, digest)


def versions(edit: PlanEdit) -> Iterator[Version]:
    """Return every version that a file may have been made from: the working tree, then the frozen ones."""
    yield Version("", edit.plan)
    for name, baseline in reversed(tuple(edit.frozen())):
        yield Version(name, baseline.plan)


def in_its_house(version: Version, returned: Returned) -> Version:
    """Return a version as the house prints its texts that a file was made by: that of the plan, or another.

    They differ in what cross-references and holders print, and of these the file has one or the other.
    """
    by_id = {key: each for key, each in version.texts.items() if "{" in each.source or "[" in each.source}
    texts = {key: each.text for key, each in by_id.items()}
    if not texts:
        return version
    file = squeezed("".join(each.text for each in returned.record.texts) if returned.record else "")
    file = file or "".join(squeezed(f"{each.old}\n{each.new}") for each in returned.paragraphs)
    best, most = version, 0
    for house in House:
        if house is version.plan.style:
            continue
        other = replace(version, printing=cross_references.of(version.plan, house))
        differing = [
            edit
            for key, mine in texts.items()
            if other.texts[key].text != mine
            for edit in _in_context(mine, other.texts[key].text)
        ]
        more = sum((theirs in file) - (mine in file) for mine, theirs in differing)
        if more > most:
            best, most = other, more
    return best


def _in_context(one: str, two: str) -> Iterator[tuple[str, str]]:
    """Return where two printings of one text differ, each with a character round it, squeezed."""
    moved = 0
    for each in edits_between(one, two):
        start, end = each.offset, each.offset + len(each.deleted)
        stop = start + moved + len(each.inserted)
        before = one[max(start - 1, 0) : start]
        yield squeezed(before + one[start : end + 1]), squeezed(before + two[start + moved : stop + 1])
        moved += len(each.inserted) - len(each.deleted)


def there(returned: Returned) -> set[Key]:
    """Return the texts for which a file has a control, or had one as its record says."""
    kept = {(each.record, each.field) for each in returned.record.texts} if returned.record else set()
    tags = {piece.control for each in returned.paragraphs for piece in each.pieces if piece.control}
    return kept | set(map(key, tags))


class PrintedLines(NamedTuple):
    """What a document prints besides the texts of the plan that have a paragraph to themselves."""

    lines: Lines
    details: dict[Key, str]
    """What it prints of the sets under actions, and of the texts on the cover."""
    printed: tuple[Line, ...] = ()
    """Its own lines alone, without those of a template."""

    def says(self, kept: Iterable[Line]) -> bool:
        """Return whether it prints what a file keeps as printed: all but what varies in one version."""
        return _lasting(self.printed) == _lasting(map(_clean, kept))

    def lacks(self, kept: Iterable[Line]) -> tuple[str, ...]:
        """Return what a file keeps as printed and this does not print."""
        there = {words for words, _, _ in _lasting(self.printed)}
        return tuple(
            dict.fromkeys(words for words, _, _ in _lasting(map(_clean, kept)) if words not in there)
        )


class Layouts:
    """Lays out what the documents of versions print beside the texts, as a file was made with it.

    Nothing is rendered. `loaded` is what lies in the project: the endorsements and amendments that a
    cover counts.
    """

    def __init__(self, project: Path, returned: Returned, loaded: Loaded) -> None:
        """Look how the file was made."""
        self.returned = returned
        self.paragraphs = returned.paragraphs
        self.loaded = loaded
        self.own = cache(partial(_own_words, project))
        self.apart = frozenset(field for record, field in there(returned) if is_detail(tag(record, field)))
        self.kept = returned.record.beside if returned.record else ()
        # some programs let all heads go
        self.has_heads = any(each.place.kind == "header" for each in self.paragraphs)

    def of(self, version: Version) -> PrintedLines:
        """Return what a version prints, in that of the houses whose words the file has."""
        # annexes and notes hold nothing else, and the words of the house stand in them
        kinds = ("table", "note")
        file = {line(each, with_details=True) for each in self.paragraphs if each.place.kind in kinds}
        best, most = PrintedLines(Lines(), {}), -1
        houses = sorted(House, key=lambda each: each is not version.plan.style)
        for is_former, house in product((False, True), houses):
            found = self._of_house(version, house, is_former=is_former)
            if self.kept and found.says(self.kept):
                return found
            count = sum(words in found.lines for words in file)
            if count > most:
                best, most = found, count
            if count == len(file) and not self.kept:
                break
        return best

    def of_file(self, version: Version) -> PrintedLines:
        """Return what a file keeps as printed itself, where it does; `version` is the one most like it."""
        return PrintedLines(self._lines(version, tuple(map(_clean, self.kept)), (), frozenset()), {})

    def differing(self, beside: PrintedLines) -> int:
        """Count the lines that a version prints or the file has, and not both."""
        there = {squeezed(line(each, with_details=True)) for each in self.paragraphs}
        return len(there ^ {squeezed(words) for words, _, _ in _lasting(beside.printed)})

    def _of_house(self, version: Version, house: House, *, is_former: bool) -> PrintedLines:
        """Return the lines in the words of a house; the former ones, where an older toolkit made the file."""
        from poa_toolkit.document.former_lines import former  # noqa: PLC0415 - only what is pulled pays for it
        from poa_toolkit.document.generated_lines import said as said_in  # noqa: PLC0415 - only what is pulled pays
        from poa_toolkit.document.plan import plan as plan_document  # noqa: PLC0415 - the same

        plan = version.plan
        if house is not plan.style:
            plan = plan.model_copy(update={"style": house})
        # the words of a house are none that people agree to
        document = plan_document(
            plan,
            version=self._shown(version, house),
            record=on_record(version.plan, self.loaded.endorsements, self.loaded.amendments),
            digest=version.digest,
            references=version.printing,
        )
        shown = former(document, plan) if is_former else document
        found = said_in(shown, printed_numbers(plan), self.apart)
        lines = tuple(map(_clean, found.lines))
        made = self._lines(version, lines, found.others, found.parts, house)
        return PrintedLines(made, found.details, tuple(each for each in lines if each.words or each.whole))

    def _shown(self, version: Version, house: House) -> str:
        """Return the name by which a file calls its version on the cover; empty for none."""
        record, opening = self.returned.record, LABELS[house].version
        names = dict.fromkeys(filter(None, (version.name, record.version if record else "")))
        cover = {line(each) for each in self.paragraphs[:COVER]}
        return next((name for name in names if f"{opening} {name}" in cover), "")

    def _lines(
        self,
        version: Version,
        lines: tuple[Line, ...],
        others: Collection[str],
        parts: frozenset[str],
        house: House | None = None,
    ) -> Lines:
        """Return lines with the words of the template, and with what may vary in them."""
        from poa_toolkit.document.generated_lines import openings  # noqa: PLC0415 - only what is pulled pays for it

        plan = version.plan
        names = [version.name, *(each.title or each.id for each in plan.stages)]
        ours = self.own(house or plan.style)
        own = [Line(each.words, each.kind, has_pages=each.has_pages) for each in ours.words.lines]
        own += [Line(each, GRAPHIC) for each in ours.words.graphics]
        every = (*map(_clean, own), *lines)
        return Lines(
            (each for each in every if self.has_heads or each.kind != "header"),
            known=others,
            parts=ours.words.parts | parts,
            openings=openings(
                house or plan.style, (*names, *(action.id for _, action in plan.walk_actions()))
            ),
            is_whole=ours.is_packaged,
        )


def _lasting(lines: Iterable[Line]) -> tuple[tuple[str, str, Key | None], ...]:
    """Return the lines by which a version is known.

    Its name and what is on record of it vary while it stays: on the cover, and on the head of each page.
    """
    from poa_toolkit.document.generated_lines import varies  # noqa: PLC0415 - only what is pulled pays for it

    return tuple((each.whole or each.words, each.kind, each.under) for each in lines if not varies(each))


def past(returned: Returned, version: Version, versions: Iterable[Version]) -> frozenset[str]:
    """Return what the older version said of which a redline names the name, squeezed; nothing for others."""
    from poa_toolkit.document.former_lines import former  # noqa: PLC0415 - only what is pulled pays for it
    from poa_toolkit.document.generated_lines import said as said_in  # noqa: PLC0415 - the same
    from poa_toolkit.document.plan import both  # noqa: PLC0415 - the same

    named = since(returned)
    old = next((each.plan for each in versions if each.name and named in (each.name, each.label)), None)
    if old is None:
        return frozenset()
    found: set[str] = set()
    for house in House:
        plans = [each.model_copy(update={"style": house}) for each in (old, version.plan)]
        before, after = both(*plans)
        older = replace(after, parts=before)
        for each in (older, former(older, plans[0])):
            found |= said_in(each, printed_numbers(old), ()).others
        printing = cross_references.in_titles_of(version.plan, cross_references.of(old, house))
        found |= {each.text for each in printed_texts.texts(old, printing).values()}
    return frozenset(map(squeezed, found))


def since(returned: Returned) -> str:
    """Return the older version that the cover of a redline names; empty for a clean document."""
    openings = tuple(LABELS[house].since for house in House)
    front = (line(each) for each in returned.paragraphs[:COVER])
    found = ((opening, each) for each in front for opening in openings if each.startswith(opening))
    return next((each.removeprefix(opening).strip(" :") for opening, each in found), "")


def _clean(line: Line) -> Line:
    words = clean(line.words)
    whole = words if line.whole == line.words else clean(line.whole)
    same = words == line.words and whole == line.whole
    return line if same else line._replace(words=words, whole=whole)


class _Own(NamedTuple):
    """The words of a template."""

    words: OwnWords
    is_packaged: bool
    """Whether it is one that comes with the toolkit, which prints everything."""


def _own_words(project: Path, house: House) -> _Own:
    """Return the words of the project's own template, else those of the one of the house."""
    from poa_toolkit.api import template  # noqa: PLC0415 - with the template
    from poa_toolkit.archive.untrusted import UnsafePartError  # noqa: PLC0415 - heavy: lxml
    from poa_toolkit.word.reader.own_words import own_words  # noqa: PLC0415 - heavy: lxml

    packaged = own_words(template.packaged(house))
    try:
        mine = template.of_project(project)
        own = own_words(mine.content) if mine else None
    except (template.InvalidTemplateError, UnsafePartError):
        own = None
    if own is None:
        return _Own(packaged, is_packaged=True)
    return _Own(own._replace(parts=own.parts | packaged.parts), is_packaged=False)


COVER = 50
"""The paragraphs among which the cover stands."""
