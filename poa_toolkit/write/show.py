"""Records in full as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from poa_toolkit.check.plan_status import OpenBracket
from poa_toolkit.diff.record_history import Where
from poa_toolkit.document.record_card import Cause, Ground, Setting
from poa_toolkit.document.record_in_full import title
from poa_toolkit.write.amendments import Amendment, Collision, amendment, collision
from poa_toolkit.write.findings import Place, place
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.amend import collisions as colliding
    from poa_toolkit.diagnostic import Location
    from poa_toolkit.document.record_in_full import Past, Shown


class _Text(NamedTuple):
    record: str
    field: str
    number: str
    text: str


class _User(NamedTuple):
    id: str
    number: str


class _Version(NamedTuple):
    name: str
    who: str
    when: str
    subject: str
    kind: Where
    fields: tuple[str, ...]
    amendments: tuple[str, ...]
    trouble: str


class _Record(NamedTuple):
    title: str
    record: str
    field: str
    kind: str
    number: str
    section: str
    place: Place
    texts: tuple[_Text, ...]
    settings: tuple[Setting, ...]
    brackets: tuple[OpenBracket, ...]
    recommendations: tuple[Cause, ...]
    provisions: tuple[Ground, ...]
    used_by: tuple[_User, ...]
    amendments: tuple[Amendment, ...]
    collisions: tuple[Collision, ...]
    decided: int
    history: tuple[_Version, ...]
    unknown: str


class _Annex(NamedTuple):
    title: str


class ShownRecords(NamedTuple):
    """What `poa show --format json` prints; `unknown` says why the oldest history is not known."""

    shown: tuple[Annotated[_Record | _Annex, "description", "A record; an annex has a title alone."], ...]


def to_json(
    shown: Sequence[Shown], places: Sequence[Location | None], collisions: Iterable[colliding.Collision]
) -> str:
    """Print records as schema/show.schema.json describes it; an annex by its title alone."""
    every, pairs = tuple(collisions), zip(shown, places, strict=True)
    return as_json(ShownRecords(tuple(_shown(each, at, every) for each, at in pairs)))


def _shown(shown: Shown, at: Location | None, collisions: Sequence[colliding.Collision]) -> _Record | _Annex:
    card = shown.card
    if not card or not at:
        return _Annex(title(shown))
    names = {each.id for each in card.amendments}
    return like(
        _Record,
        card,
        title=title(shown),
        place=place(at),
        texts=tuple(like(_Text, each) for each in card.texts),
        used_by=tuple(_User(*each) for each in card.used_by),
        amendments=tuple(map(amendment, card.amendments)),
        collisions=tuple(collision(each) for each in collisions if {each.first, each.second} & names),
        history=tuple(_history(shown.past)),
        unknown=shown.past.unknown,
    )


def _history(past: Past) -> Iterable[_Version]:
    for step in past.steps:
        fields = tuple(dict.fromkeys(each.field or each.kind.value for each in step.changes))
        origin = step.origin
        yield like(
            _Version,
            origin,
            kind=origin.where,
            fields=fields,
            amendments=step.amendments,
            trouble=step.trouble,
        )
