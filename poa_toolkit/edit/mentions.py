"""Where the files of a plan name a record: its own id, links to it, references, holders of brackets."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.load.shape_errors import build
from poa_toolkit.text import ids_in_text
from poa_toolkit.text.cross_references import renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.file_kinds import FileKind


class Form(Enum):
    """How a value names a record."""

    ID = auto()
    """It is the id."""
    CITATION = auto()
    """It is the id of an instrument, a space and a reference."""
    LINK = auto()
    """It is either."""
    TEXT = auto()
    """It is a text with cross-references, in whose brackets the id may be that of a holder."""
    REFERRING = auto()
    """It is a text with cross-references."""


_EACH = "*"

PLACES: dict[str, tuple[tuple[str, Form], ...]] = {
    "plan": (
        ("stage", Form.ID),
        ("stages.*.id", Form.ID),
        ("front.*.id", Form.ID),
        ("front.*.text", Form.TEXT),
        ("introduction.*.id", Form.ID),
        ("introduction.*.text", Form.TEXT),
        ("conference.organisers.*", Form.ID),
    ),
    "section": (
        ("id", Form.ID),
        ("chapeau.*.id", Form.ID),
        ("chapeau.*.text", Form.TEXT),
        ("actions.*.id", Form.ID),
        ("actions.*.text", Form.TEXT),
        ("actions.*.points.*.text", Form.TEXT),
        ("actions.*.why", Form.REFERRING),
        ("actions.*.reason", Form.REFERRING),
        ("actions.*.points.*.points.*.text", Form.TEXT),
        ("actions.*.addressees.*", Form.ID),
        ("actions.*.recommendations.*", Form.ID),
        ("actions.*.provisions.*", Form.CITATION),
        ("actions.*.from.*", Form.ID),
        ("actions.*.indicators.*.id", Form.ID),
    ),
    "recommendations": (
        ("consultation.id", Form.ID),
        ("mechanism.id", Form.ID),
        ("recommendations.*.id", Form.ID),
        ("recommendations.*.text", Form.REFERRING),
        ("recommendations.*.not_taken_up", Form.REFERRING),
        ("recommendations.*.obligations.*", Form.ID),
    ),
    "instruments": (
        ("instruments.*.id", Form.ID),
        ("instruments.*.interprets", Form.ID),
        ("instruments.*.provisions.*.obligations.*", Form.ID),
    ),
    "actors": (("actors.*.id", Form.ID),),
    "participants": (("participants.*.id", Form.ID), ("participants.*.meetings.*", Form.ID)),
    "obligations": (
        ("obligations.*.id", Form.ID),
        ("obligations.*.anchor.*", Form.CITATION),
        ("parts.*.id", Form.ID),
    ),
    "amendments": (
        ("amendments.*.id", Form.ID),
        ("amendments.*.record", Form.ID),
        ("amendments.*.section", Form.ID),
        ("amendments.*.after", Form.ID),
        ("amendments.*.was.section", Form.ID),
        ("amendments.*.was.after", Form.ID),
        ("amendments.*.history.*.record", Form.ID),
    ),
    "reviews": (("reviews.*.record", Form.ID), ("reviews.*.links.*.to", Form.LINK)),
    "endorsements": (("endorsements.*.participant", Form.ID),),
    "progress": (("progress.*.action", Form.ID), ("progress.*.indicator", Form.ID)),
    "settings": (("waivers.*.record", Form.ID),),
}
"""By kind of file: every place that can name a record; `*` stands for each item of a list.

Points have ids of their action alone, names of baselines are frozen with them, and the words of an
amendment stay those of its proposer: none of these is here.
"""


LEADS_TO = {
    "stage": ("plan stages.*.id",),
    "conference.organisers.*": ("participants participants.*.id",),
    "actions.*.addressees.*": ("actors actors.*.id",),
    "actions.*.recommendations.*": ("recommendations recommendations.*.id",),
    "actions.*.provisions.*": ("instruments instruments.*.id",),
    "actions.*.from.*": ("section actions.*.id",),
    "recommendations.*.obligations.*": ("obligations obligations.*.id",),
    "instruments.*.interprets": ("instruments instruments.*.id",),
    "instruments.*.provisions.*.obligations.*": ("obligations obligations.*.id",),
    "participants.*.meetings.*": ("recommendations consultation.id",),
    "obligations.*.anchor.*": ("instruments instruments.*.id",),
    "reviews.*.record": ("section actions.*.id",),
    "reviews.*.links.*.to": ("recommendations recommendations.*.id", "instruments instruments.*.id"),
    "endorsements.*.participant": ("participants participants.*.id",),
    "progress.*.action": ("section actions.*.id",),
    "progress.*.indicator": ("section actions.*.indicators.*.id",),
}
"""By place: the kinds of record that alone can be meant there. Texts name holders of brackets."""
_HOLDERS = ("actors actors.*.id", "participants participants.*.id")
_REFERRED = (
    *("plan introduction.*.id", "section id", "section chapeau.*.id", "section actions.*.id"),
    "section actions.*.points.*.id",
)
"""What cross-references lead to."""


class Named(NamedTuple):
    """A value that names a record: its own id, a link, a citation, a holder."""

    at: Pointer
    after: str
    """What it is with the new id."""
    is_own: bool
    """Whether it is the id of a record itself."""
    leads_to: tuple[str, ...]
    """The kinds of record that can be meant, as an `Occurrence` has them; none: any."""


def namings(kind: str, value: Any, old: str, new: str, *, holders: AbstractSet[str]) -> Iterator[Named]:  # noqa: ANN401 - YAML's data
    """Return every place in a file's data that names `old`, and what it is with the id `new`."""
    yield from references(kind, value, {old: new})
    for pattern, form in PLACES.get(kind, ()):
        if form is Form.REFERRING or (form is Form.TEXT and old.lower() not in holders):
            continue
        leads_to = _HOLDERS if form is Form.TEXT else LEADS_TO.get(pattern, ())
        for at, each in values_at(value, pattern):
            after = _named(each, form, old, new)
            if after != each:
                yield Named(at, after, at[-1] == "id", leads_to)


def references(kind: str, value: Any, ids: Mapping[str, str]) -> Iterator[Named]:  # noqa: ANN401 - YAML's data
    """Return every text of a file's data that refers to one of the records that have another id now.

    `ids` leads from an old id to the one now, of a point ``A-012.b``.
    """
    for pattern, form in PLACES.get(kind, ()):
        if form in (Form.TEXT, Form.REFERRING):
            for at, each in values_at(value, pattern):
                after = renamed(each, ids)
                if after != each:
                    yield Named(at, after, is_own=False, leads_to=_REFERRED)


class Mention(NamedTuple):
    """An id in the words of a file."""

    at: Pointer
    """The text."""
    words: tuple[int, int]
    is_sure: bool
    """Whether it can be nothing else, and stands where an edit may change it."""


_KEPT = {"amendments": ("amendments",), "endorsements": ("endorsements",)}
"""By kind of file, what stays as it was signed or proposed."""
_TWICE = ("edits", "rebased")
"""What of an amendment says again what its other fields say."""


def mentions(kind: str, value: Any, name: str) -> list[Mention]:  # noqa: ANN401 - YAML's data
    """Return every place at which the texts of a file's data write the id `name`, links left out."""
    linked = {
        at
        for pattern, form in PLACES.get(kind, ())
        if form not in (Form.TEXT, Form.REFERRING)
        for at, _ in values_at(value, pattern)
    }
    found: list[Mention] = []
    for at, text in _strings(value, ()):
        # a value that is nothing but the id is a name in its own right: a point's, a baseline's
        if at in linked or text == name or any(each in _TWICE for each in at):
            continue
        for match in ids_in_text.places(text, name):
            sure = match.group() == name and ids_in_text.is_distinct(name) and at[:1] != _KEPT.get(kind)
            if match.group() == name or ids_in_text.is_distinct(name):
                found.append(Mention(at, match.span(), sure))
    return found


def strays(kind: FileKind, value: Any, name: str) -> Iterator[Pointer]:  # noqa: ANN401 - YAML's data
    """Return every place in the broken records of a file that writes the id `name` and is no link or mention.

    Nobody can know what was meant there.
    """
    _, misfits = build(kind.root, value)
    broken = {each.at[:2] if len(each.at) > 1 and isinstance(each.at[1], int) else () for each in misfits}
    told = {each.at for each in mentions(kind.name, value, name)}
    for at, text in (*_strings(value, ()), *_keys(value, ())):
        is_of_point = at[-3:-2] == ("points",) and at[-1] == "id"
        if is_of_point or at in told or not any(at[: len(each)] == each for each in broken):
            continue
        if any(match.group() == name for match in ids_in_text.places(text, name)):
            yield at


def rewritten(value: Any, found: list[Mention], new: str) -> dict[Pointer, str]:  # noqa: ANN401 - YAML's data
    """Return the texts in which mentions that are sure name `new` instead, by pointer."""
    texts: dict[Pointer, str] = {}
    for each in sorted(found, key=lambda each: each.words, reverse=True):
        if each.is_sure:
            text = texts.get(each.at)
            if text is None:
                text = value
                for step in each.at:
                    text = text[step]
            start, end = each.words
            texts[each.at] = f"{text[:start]}{new}{text[end:]}"
    return texts


def _strings(value: Any, at: Pointer) -> Iterator[tuple[Pointer, str]]:  # noqa: ANN401 - YAML's data
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(each, (*at, step))


def _keys(value: Any, at: Pointer) -> Iterator[tuple[Pointer, str]]:  # noqa: ANN401 - YAML's data
    if isinstance(value, dict):
        yield from (((*at, key), key) for key in value)
    if isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _keys(each, (*at, step))


def _named(value: str, form: Form, old: str, new: str) -> str:
    if form is Form.TEXT:
        return _holder(value, old, new)
    if value == old and form is not Form.CITATION:
        return new
    if form is not Form.ID and value.startswith(f"{old} "):
        return new + value.removeprefix(old)
    return value


def _holder(text: str, old: str, new: str) -> str:
    """Rename the holder of brackets; an escaped bracket has none."""
    pattern = rf"(?P<literal>\\[\[\]|\\])|\[{re.escape(old)}(?=: )"
    return re.sub(pattern, lambda match: match["literal"] or f"[{new}", text, flags=re.IGNORECASE)


def values_at(value: Any, pattern: str) -> Iterator[tuple[Pointer, str]]:  # noqa: ANN401 - YAML's data
    """Return every text of a file's data that a pattern of `PLACES` leads to; other shapes are no text."""
    yield from _at(value, tuple(pattern.split(".")), ())


def _at(value: Any, steps: tuple[str, ...], at: Pointer) -> Iterator[tuple[Pointer, str]]:  # noqa: ANN401
    if not steps:
        if isinstance(value, str):
            yield at, value
    elif steps[0] == _EACH:
        for index, each in enumerate(value if isinstance(value, list) else ()):
            yield from _at(each, steps[1:], (*at, index))
    elif isinstance(value, dict) and steps[0] in value:
        yield from _at(value[steps[0]], steps[1:], (*at, steps[0]))
