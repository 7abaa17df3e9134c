"""What the models say about layout: in which order keys stand, which values are prose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from poa_toolkit.model import Amendment, Endorsement, Wording
from poa_toolkit.model.base import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAY_FLOW = frozenset({"level", "dates", "statuses"})
"""Lists whose items are words of a fixed set or days: they may stand in brackets on one line."""
_OF_AMENDMENT = frozenset({"original", "proposed", "modified", "comment", "reason"})
"""The keys of an amendment that hold prose."""


class Shape(NamedTuple):
    """What is known of the blocks at one place: their record, or nothing."""

    record: type[Record] | None

    def child(self, key: str) -> Shape:
        """Give the shape of what stands under `key`; the items of a list have the shape of the list."""
        return Shape(_fields(self.record).get(key) if self.record else None)

    def is_prose(self, key: str) -> bool:
        """Say whether the value of `key` is a paragraph, to be written under ``>-``, a sentence a line."""
        # the text of an endorsement is the name of a baseline
        if self.record in (Amendment, Wording):
            return key in _OF_AMENDMENT
        return key == "text" and self.record is not None and self.record is not Endorsement

    def may_flow(self, key: str) -> bool:
        """Say whether a list under `key` may stay in brackets."""
        return self.record is None or key in _MAY_FLOW

    def ordered(self, keys: Sequence[str]) -> list[int]:
        """Give the indexes of `keys` in the order of the model; an unknown key stays behind its neighbour."""
        if self.record is None:
            return list(range(len(keys)))
        places = {name: place for place, name in enumerate(_fields(self.record))}
        ranks, rank = [], -1
        for key in keys:
            rank = places.get(key, rank)
            ranks.append(rank)
        return sorted(range(len(keys)), key=ranks.__getitem__)


@cache
def _fields(record: type[Record]) -> dict[str, type[Record] | None]:
    """Give the keys of a record in order, each with the record that stands under it."""
    return {field.alias or name: _record_in(field.annotation) for name, field in record.model_fields.items()}


def _record_in(annotation: Any) -> type[Record] | None:  # noqa: ANN401 - a type, or a form of types
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(each) for each in get_args(annotation))
    return next((each for each in found if each is not None), None)
