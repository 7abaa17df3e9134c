"""The members of a set in a redline: whole, by the names that documents print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.diff.matching_blocks import blocks
from poa_toolkit.document.blocks import Deleted, Inserted, Text
from poa_toolkit.model.link_sets import members, spelt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.document.blocks import Run


def redlined_members(old: str, new: str, names: Mapping[str, str]) -> Iterator[Run]:
    """Give a set with the members that go and come, none of them torn; `names` are printed for ids."""
    before, after = members(old), members(new)
    for place, block in enumerate(blocks(before, after)):
        gone = spelt(names.get(each, each) for each in before[block.old : block.old_end])
        came = spelt(names.get(each, each) for each in after[block.new : block.new_end])
        if place:
            yield Text(", ")
        if block.equal:
            yield Text(gone)
            continue
        if gone:
            yield Deleted(gone)
        if came:
            yield Inserted(came)
