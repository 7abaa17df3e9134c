"""What the models say about layout: in which order keys stand, which values are prose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import Amendment, Wording
from poa_toolkit.model.base import Record
from poa_toolkit.model.fields import Value, fields, record_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_AMENDMENT = (Amendment, Wording)
"""Records in which whatever people wrote stands as a paragraph."""


@cache
def _places(record: type[Record]) -> dict[str, int]:
    """Return the place of each key in the order of the model."""
    return {name: place for place, name in enumerate(fields(record))}


class Shape(NamedTuple):
    """What is known of the blocks at one place: their record, or nothing."""

    record: type[Record] | None

    def child(self, key: str) -> Shape:
        """Return the shape of what stands under `key`; the items of a list have the shape of the list."""
        return Shape(record_at(self.record, (key,)) if self.record else None)

    def is_prose(self, key: str) -> bool:
        """Return whether the value of `key` is a paragraph, to be written under ``>-``, a sentence a line."""
        if self.record is None or not (key == "text" or self.record in _OF_AMENDMENT):
            return False
        field = fields(self.record).get(key)
        return field is not None and field.value in (Value.PROSE, Value.VERBATIM)

    def may_flow(self, key: str) -> bool:
        """Return whether a list under `key` may stay in brackets: days, or words of a fixed set."""
        field = fields(self.record).get(key) if self.record else None
        return self.record is None or (field is not None and field.is_short)

    def ordered(self, keys: Sequence[str]) -> list[int]:
        """Return the indexes of `keys` in the order of the model; unknown keys follow their neighbour."""
        if self.record is None:
            return list(range(len(keys)))
        places, ranks, rank = _places(self.record), [], -1
        for key in keys:
            rank = places.get(key, rank)
            ranks.append(rank)
        return sorted(range(len(keys)), key=ranks.__getitem__)
