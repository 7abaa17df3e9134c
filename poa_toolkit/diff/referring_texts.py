"""Word edits of texts with cross-references: one that leads to the same place is no change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Edit, Segment
from poa_toolkit.diff.words import segments
from poa_toolkit.model import cross_references as printing
from poa_toolkit.text.cross_references import references, renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.model import Plan


class ReferringTexts:
    """What cross-references lead to and print in two versions of a plan."""

    def __init__(self, old: Plan, new: Plan, ids: Mapping[str, str]) -> None:
        """Take both versions; `ids` leads from an old id to the one now, of points ``A-012.b``."""
        self._old, self._new = printing.of(old), printing.of(new)
        self._ids = ids
        self._former = {now: was for was, now in ids.items()}

    def edits(self, old: str, new: str) -> tuple[Segment, ...]:
        """Return the word edits of a text, with what its references print in either version.

        Nothing changed where a reference leads to the same place, whatever number it prints, and where it
        took the place of the very words that it prints, or they its.
        """
        if "{" not in old and "{" not in new:
            return segments(old, new)
        found: list[Segment] = []
        went = None
        for edit in segments(renamed(old, self._ids), new):
            shown = replace(edit, text=self._shown(edit))
            came_for_it = went is not None and edit.edit is Edit.INSERTED and found[-1].text == shown.text
            if went is not None and came_for_it and _refers(went) is not _refers(edit):
                found[-1] = Segment(Edit.SAME, shown.text)
            else:
                found.append(shown)
            went = edit if edit.edit is Edit.DELETED else None
        return tuple(found)

    def _shown(self, edit: Segment) -> str:
        if edit.edit is Edit.DELETED:
            return self._old.shown(renamed(edit.text, self._former))
        return self._new.shown(edit.text)


def _refers(edit: Segment) -> bool:
    return next(references(edit.text), None) is not None
