"""Amendments as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from poa_toolkit.check.amendment_places import PlaceState
from poa_toolkit.diff.change import Kind
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.model.digests import dump
from poa_toolkit.write.diff import Ascription, Changed, ascription
from poa_toolkit.write.findings import Findings, findings
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poa_toolkit import model
    from poa_toolkit.amend import collisions as colliding
    from poa_toolkit.amend.explanations import Explanation
    from poa_toolkit.check import amendment_places
    from poa_toolkit.document.preview import Preview


class Amendment(TypedDict):
    """The other keys are those of schema/amendments.schema.json."""

    id: str
    kind: AmendmentKind
    state: AmendmentState
    proposer: str
    date: str


class Collision(NamedTuple):
    """Amendments that cannot both be accepted as they are."""

    amendments: tuple[str, ...]
    why: str


class _Change(NamedTuple):
    record: str
    field: str
    kind: Kind
    ascription_: Ascription


class _Astray(NamedTuple):
    amendment: str
    fate: PlaceState
    what: str
    now: tuple[str, ...]
    cure: str


class Amendments(NamedTuple):
    """What `poa amend list`, `show` and `report` print with `--format json`."""

    amendments: tuple[Amendment, ...]
    collisions: tuple[Collision, ...]
    changes: tuple[_Change, ...]
    astray: tuple[_Astray, ...]


class _Refused(NamedTuple):
    amendment: str
    why: str


class _Other(NamedTuple):
    amendment: str
    becomes: str


class _Previewed(NamedTuple):
    changed_: Changed
    ascription_: Ascription


class Previewed(NamedTuple):
    """What `poa amend preview --format json` prints; `accepted` are as they lie on the table."""

    order: tuple[str, ...]
    by_consideration: bool
    accepted: tuple[Amendment, ...]
    refused: tuple[_Refused, ...]
    others: tuple[_Other, ...]
    collisions: tuple[Collision, ...]
    changes: tuple[_Previewed, ...]
    would_be_refused: bool
    findings_: Findings


def to_json(
    amendments: Iterable[model.Amendment],
    collisions: Iterable[colliding.Collision],
    explained: Iterable[Explanation] = (),
    astray: Mapping[str, amendment_places.StrayAmendment] | None = None,
) -> str:
    """Print amendments as schema/amend.schema.json describes it."""
    changes = (
        like(_Change, each.change, ascription_=Ascription(each.amendments, each.whole)) for each in explained
    )
    lost = (like(_Astray, each, what=each.said) for each in (astray or {}).values())
    found = tuple(map(amendment, amendments))
    return as_json(Amendments(found, tuple(map(collision, collisions)), tuple(changes), tuple(lost)))


def preview_to_json(found: Preview) -> str:
    """Print a preview as schema/preview.schema.json describes it."""
    changes = (
        _Previewed(like(Changed, each), ascription(each, found.adopted)) for each in found.comparison.changes
    )
    return as_json(
        like(
            Previewed,
            found,
            accepted=tuple(map(amendment, found.accepted)),
            refused=tuple(_Refused(*each) for each in found.refused),
            others=tuple(_Other(*each) for each in found.others),
            collisions=tuple(map(collision, found.collisions)),
            changes=tuple(changes),
            would_be_refused=found.is_refused,
            findings_=findings(found.findings, label=found.comparison.old.label),
        )
    )


def amendment(tabled: model.Amendment) -> Amendment:
    """Return an amendment as JSON has it."""
    return cast("Amendment", {**dump(tabled), "kind": tabled.kind, "state": tabled.state})


def collision(found: colliding.Collision) -> Collision:
    """Return a collision as JSON has it."""
    return Collision((found.first, found.second), found.why)
