"""What a document of the plan prints, texts and lines, as a returned file is compared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.model import cross_references
from poa_toolkit.model.cross_references import has_references
from poa_toolkit.model.texts import TextKind, printing_in
from poa_toolkit.model.texts import texts as texts_of
from poa_toolkit.returned.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poa_toolkit.model import Plan
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.model.texts import PlanText

Key: TypeAlias = tuple[str, str]
"""A record and its field: ``("A-007", "text")``, ``("A-007", "points.a")``."""


class Printed(NamedTuple):
    """A text of the body."""

    text: str
    """As a reader sees it."""
    source: str
    """As the plan has it: ``\\[`` for a literal bracket."""
    kind: TextKind
    section: str = ""
    """The section in which it stands."""
    number: str = ""
    """The number before it: ``14``, ``a``, ``II``; empty for none."""
    references: CrossReferences | None = None
    """What its cross-references and holders print; None where it can have none."""

    @property
    def spelling(self) -> Spelling:
        """Return how the plan spells it."""
        return Spelling(self.source, self.text, self.references)

    @property
    def is_detail(self) -> bool:
        """Return whether it is compared by itself: in a line with others under an action, or on the cover."""
        return self.kind in (TextKind.DETAIL, TextKind.HEAD)


GRAPHIC = "thing"
"""The kind of a printed line that names a picture, or its like."""


class Line(NamedTuple):
    """A line that a document prints beside the texts of the plan."""

    words: str
    kind: str = ""
    """Where it stands, as `Place.kind` says it."""
    under: Key | None = None
    """The text above it; of a note, the one that calls it, or under which it is called."""
    whole: str = ""
    """The line with the details that are compared by themselves, where it has any."""
    has_pages: bool = False
    """Whether Word puts the numbers of pages into it."""


def texts(plan: Plan, references: CrossReferences | None = None) -> dict[Key, Printed]:
    """Return every text that the body of a document prints, in its order; see `model.texts.texts`."""
    references = references or cross_references.of(plan)
    return of_body(texts_of(plan, references), references)


def of_body(every: Iterable[PlanText], references: CrossReferences) -> dict[Key, Printed]:
    """Return those of the texts of a plan that the body of a document prints, in their order."""
    return {
        (each.record, each.field): Printed(
            each.shown,
            " ".join((each.text or "").split("\n")),
            each.kind,
            each.section,
            _alone(each.number),
            printing_in(each.traits, references) if has_references(each.traits) else None,
        )
        for each in every
        if each.is_body
    }


def holders(texts: Mapping[Key, Printed]) -> dict[Key, Key]:
    """Return what each point stands under: its action's text, or the point whose sub-point it is."""
    found: dict[Key, Key] = {}
    points: dict[str, Key] = {}
    for key, printed in texts.items():
        if printed.kind is TextKind.POINT:
            points[key[0]] = key
            found[key] = (key[0], "text")
        elif printed.kind is TextKind.SUBPOINT and key[0] in points:
            found[key] = points[key[0]]
    return found


def id_of(key: Key) -> str:
    """Return the id of a point: ``a`` for ``("A-007", "points.a")``."""
    return key[1].removeprefix("points.")


def _alone(number: str) -> str:
    """Return the number that stands before a text: ``a`` for ``14 (a)``."""
    return number.rpartition(" ")[2].strip("()")
