"""Which version a returned file was made from, and what its document prints beside the texts of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.checking import InvalidPlanError
from poa_toolkit.api.freezing import frozen
from poa_toolkit.document import lacking
from poa_toolkit.document.words import WORDS
from poa_toolkit.errors import VersionError
from poa_toolkit.model import digests
from poa_toolkit.model.texts import TextKind
from poa_toolkit.process import printed
from poa_toolkit.process.anchors import Anchors, Line, Lines
from poa_toolkit.process.lines import THING, is_detail, line, thing_line
from poa_toolkit.process.printed import Printed
from poa_toolkit.process.revisions import clean
from poa_toolkit.process.settling import settled
from poa_toolkit.process.signature import TOOLKIT, key, tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from poa_toolkit.api.draft import Draft
    from poa_toolkit.model import Plan
    from poa_toolkit.process.printed import Key
    from poa_toolkit.process.returned import Record, Returned


class Version(NamedTuple):
    """A version of the plan that a file may have been made from."""

    name: str
    """The name of the baseline; empty for the working tree."""
    plan: Plan

    @property
    def label(self) -> str:
        """Name it for a person."""
        return f"baseline {self.name}" if self.name else "the working tree"


def versions(draft: Draft) -> Iterator[Version]:
    """Give every version that a file may have been made from: the working tree, then the frozen ones."""
    yield Version("", draft.plan)
    for name, baseline, _ in reversed(frozen(draft.project)):
        if baseline is not None:
            yield Version(name, baseline.plan)


def made_from(returned: Returned, versions: Sequence[Version]) -> tuple[Version, bool]:
    """Give the version with the digest that a file names; else the one most of whose texts it holds."""
    record = returned.record
    named = [each for each in versions if record and digests.is_text(each.plan, record.digest)]
    if record and named:
        # two versions with one text differ on the cover, by the stage
        return next((each for each in named if each.plan.stage == record.stage), named[0]), True
    lines = {line(paragraph) for paragraph in returned.paragraphs}

    def held(version: Version) -> int:
        return sum(clean(each.text) in lines for each in printed.texts(version.plan).values())

    return max(versions, key=held), False


def texts(
    record: Record | None, version: Version | None, versions: Sequence[Version], amended: Collection[Key]
) -> tuple[dict[Key, Printed], tuple[Key, ...]]:
    """Give the texts a file was made with, and those of which its own record says something else.

    A record that no version has any more is believed where an amendment names it, as `amended` does.
    """
    kept = {(each.record, each.field): each for each in record.texts} if record else {}
    if version is not None:
        whole = printed.texts(version.plan)
        # files made before these lines had controls say nothing of them
        texts = {key: each for key, each in whole.items() if key in kept or not each.is_detail}
        return texts, tuple(key for key in kept if key not in texts or kept[key].text != texts[key].text)
    found: dict[Key, Printed] = {}
    every = [printed.texts(each.plan) for each in versions]
    for name, each in kept.items():
        like = next((texts[name] for texts in every if name in texts), None)
        if like is None and name in amended:
            like = Printed("", "", TextKind.POINT if name[1].startswith("points.") else TextKind.INTRODUCTION)
        if like is not None:
            found[name] = like._replace(text=each.text, source=each.source or each.text)
    return found, ()


def since(returned: Returned, plan: Plan) -> str:
    """Give the older version that the cover of a redline names; empty for a clean document."""
    opening = WORDS[plan.style].since
    found = (line(paragraph) for paragraph in returned.paragraphs[:_COVER])
    return next((each.removeprefix(opening).strip(" :") for each in found if each.startswith(opening)), "")


_COVER = 50
"""The paragraphs among which that line stands."""


def lines(project: Path, version: Version, since: str) -> Lines | None:
    """Give the lines that a document of a version prints beside the texts of the plan."""
    from poa_toolkit.api.documents import Looks, lay_out, render  # noqa: PLC0415 - heavy: docxtpl
    from poa_toolkit.api.templates import InvalidTemplateError  # noqa: PLC0415 - with the template
    from poa_toolkit.word.reader.file import read  # noqa: PLC0415 - heavy: lxml

    words = WORDS[version.plan.style]
    try:
        if since:
            made = render(project, version=version.name or None, looks=Looks(since=since))
        else:
            made = lay_out(version.plan, project)
    except (InvalidPlanError, InvalidTemplateError, VersionError):
        return None
    printed_anew, texts = read(made.content), printed.texts(version.plan)
    clean_one = settled(printed_anew, texts, Anchors(texts, printed_anew.record), makers(version.plan))
    return Lines(
        _printed_lines(clean_one, texts),
        # the cover may name any version
        tuple(
            f"{label} "
            for label in (
                words.since,
                words.version,
                words.stage,
                words.standing,
                words.digest,
                *lacking.labels(words),
            )
        ),
    )


def _printed_lines(made: Returned, texts: Collection[Key]) -> Iterator[Line]:
    """Give the lines of a document just made, each with the text of the plan it stands under."""
    above: Key | None = None
    under: dict[int, Key | None] = {}
    calling: dict[str, int] = {}
    for index, paragraph in enumerate(made.paragraphs):
        keys = [key(each.control) for each in paragraph.pieces]
        own = [each for each in keys if each in texts and not is_detail(tag(*each))]
        if own:
            above = own[-1]
        elif paragraph.level:
            above = None
        under[index] = above
        calling |= {call.note: index for call in paragraph.calls}
        kind = paragraph.place.kind
        at = calling.get(paragraph.note, -1) if kind == "note" else -1 if kind == "header" else index
        if not own:
            # files made before details had controls of their own have the line as a whole
            yield Line(line(paragraph), kind, under.get(at), line(paragraph, with_details=True))
        yield from (Line(thing_line(each), THING, under.get(at)) for each in paragraph.things)


def makers(plan: Plan) -> frozenset[str]:
    """Give the names under which the toolkit revises a text and remarks on it: its own, and the stages'."""
    return frozenset((TOOLKIT, *(name for each in plan.stages for name in (each.id, each.title) if name)))
