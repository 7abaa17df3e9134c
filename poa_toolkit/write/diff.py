"""A comparison as JSON, for other programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.attribution import ascribed
from poa_toolkit.diff.change import Effect, Ground, Kind, Segment, Version
from poa_toolkit.model import Significance
from poa_toolkit.write.findings import Place, place
from poa_toolkit.write.json_text import like, plainly_as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from poa_toolkit.diagnostic import Location, Pointer
    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.model import Amendment

    Locate = Callable[[Pointer], Location]


class Changed(NamedTuple):
    """A change without its places."""

    record: str
    record_kind: str
    kind: Kind
    field: str
    old: str | tuple[str, ...] | None
    new: str | tuple[str, ...] | None
    segments: tuple[Segment, ...]
    significance: Significance
    grounds: tuple[Ground, ...]


class Ascription(NamedTuple):
    """The amendments whose words a change shows, and whether all of them are theirs."""

    amendments: tuple[str, ...]
    explained: bool


class _Placed(NamedTuple):
    changed_: Changed
    old_at: Place | None
    new_at: Place | None
    evidence: str
    section: str
    number: str
    ascription_: Ascription


class _Summary(NamedTuple):
    changes: int
    by_kind: dict[str, int]
    by_significance: dict[str, int]
    by_section: dict[str, int]


class Compared(NamedTuple):
    """What `poa diff --format json` prints."""

    old: Version
    new: Version
    changes: tuple[_Placed, ...]
    effects: tuple[Effect, ...]
    left_out: tuple[str, ...]
    summary: _Summary


def to_json(
    comparison: Comparison,
    locate_old: Locate,
    locate_new: Locate,
    adopted: Sequence[Amendment] = (),
) -> str:
    """Print a comparison as schema/diff.schema.json describes it, places looked up in both versions.

    `adopted` are the amendments adopted between them.
    """
    found = comparison.changes
    changes = tuple(
        like(
            _Placed,
            each,
            changed_=like(Changed, each),
            old_at=place(locate_old(each.old_at)) if each.old_at is not None else None,
            new_at=place(locate_new(each.new_at)) if each.new_at is not None else None,
            ascription_=ascription(each, adopted),
        )
        for each in found
    )
    summary = _Summary(
        len(found),
        dict(Counter(each.kind for each in found)),
        dict(Counter(each.significance for each in found)),
        dict(Counter(each.section for each in found if each.section)),
    )
    return plainly_as_json(like(Compared, comparison, changes=changes, summary=summary))


def ascription(change: Change, adopted: Sequence[Amendment]) -> Ascription:
    """Name the amendments whose words a change shows, and say whether all of them are theirs."""
    found = ascribed(change, adopted)
    return Ascription(tuple(each.id for each in found.amendments), found.whole)
