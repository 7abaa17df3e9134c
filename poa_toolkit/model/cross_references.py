"""What cross-references lead to and print: the numbers of a plan, in the words of its house.

A holder of a bracket is printed by the same means: known by its id, by its title where the house says so.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from poa_toolkit.model.fields import Place, Value
from poa_toolkit.model.numbering import annex_numbers, cited_numbers, printed_numbers
from poa_toolkit.model.plan import House
from poa_toolkit.text import brackets, cross_references
from poa_toolkit.text.cross_references import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.model.fields import Field
    from poa_toolkit.model.plan import Plan
    from poa_toolkit.text.cross_references import CrossReference, Piece

_NOUNS = {kind: kind.value for kind in Kind}
NOUNS: Final[Mapping[House, Mapping[Kind, str]]] = {
    House.UN: _NOUNS,
    House.CARTER: {**_NOUNS, Kind.ANNEX: "appendix"},
}
"""What each house calls what a reference leads to, in running text."""

PRINTS_TITLES: Final[Mapping[House, bool]] = {House.UN: False, House.CARTER: True}
"""Whether each house prints who holds a bracket by their title, ``[European Union: delete]``.

Where not, the id stands as it is typed, which is a short name in the papers of the United Nations.
"""

ANNEX_NAMES: Final[Mapping[str, str]] = {
    "sources": "recommendations",
    "instruments": "instruments",
    "matrix": "matrix",
    "withdrawn": "withdrawn",
    "participants": "participants",
}
"""How texts name the annexes that a plan fills, and their names in a document."""


class Number(NamedTuple):
    """A part of what a reference prints that is the number of one thing."""

    text: str
    """``14``, ``(b)``."""
    target: str
    """The anchor in the document of what has that number: ``A-012``, ``A-012.b``, ``Annex.matrix``."""


class Holder(NamedTuple):
    """Who may hold a bracket."""

    id: str
    title: str


class CrossReferences(NamedTuple):
    """What references print in one version of a plan, and holders of brackets."""

    numbers: Mapping[str, str]
    """Record → number as one cites it, ``14``; of a point its letter alone, ``(b)``, by ``A-012.b``."""
    annexes: Mapping[str, str]
    """Annex → number."""
    nouns: Mapping[Kind, str]
    """What stands before a number."""
    above: Mapping[str, str]
    """Of a sub-point, ``A-012.x``, the point under which it stands, ``A-012.b``."""
    holders: Mapping[str, Holder] = MappingProxyType({})
    """Who may hold a bracket, by id in lower case."""
    house: House = House.UN
    """In whose words."""

    @property
    def prints_titles(self) -> bool:
        """Return whether holders are printed by their titles."""
        return PRINTS_TITLES[self.house]

    def parts(self, reference: CrossReference) -> tuple[Number, ...]:
        """Return the numbers that a reference prints; none where what it names has none."""
        if reference.kind is Kind.ANNEX:
            annex = ANNEX_NAMES.get(reference.name, "")
            steps = [(f"Annex.{annex}", self.annexes.get(annex, ""))]
        else:
            record = reference.record
            ways = dict.fromkeys((reference.name, self.above.get(record, record), record))
            steps = [(way, self.numbers.get(way, "")) for way in ways]
        # paragraphs count in figures, sections in roman numerals: one is never taken for the other
        is_paragraph = steps[0][1].isdecimal()
        if not all(number for _, number in steps) or is_paragraph is not (reference.kind is Kind.PARAGRAPH):
            return ()
        return tuple(Number(number, way) for way, number in steps)

    def word(self, reference: CrossReference) -> str:
        """Return what stands before the number, with its space: ``paragraph ``; nothing before one alone."""
        return "" if reference.is_alone else f"{self.nouns[reference.kind]} "

    def printed(self, reference: CrossReference) -> str:
        """Return what a reference prints: ``paragraph 14 (b)``.

        One that leads nowhere stands as it is typed; where the numbers of a plan are not known, an id does.
        """
        numbers = [each.text for each in self.parts(reference)]
        if not numbers and self.numbers.get(reference.name) == "":
            numbers = [reference.record]
        return self.word(reference) + " ".join(numbers) if numbers else reference.source

    def held_by(self, holder: str) -> str:
        """Return what is printed for the holder of a bracket, whose id a text has: ``European Union``."""
        known = self.holders.get(holder.lower())
        return known.title if known and self.prints_titles else holder

    def before(self, now: CrossReferences) -> CrossReferences:
        """Return what references print where these numbers hold still; `now` adds those of what is new."""
        return now._replace(
            numbers={**now.numbers, **self.numbers},
            annexes={**now.annexes, **self.annexes},
            above={**now.above, **self.above},
            holders={**now.holders, **self.holders},
        )

    def parted(self, text: str) -> Iterator[tuple[Piece, str]]:
        """Part a whole text, each piece with what is printed for it; the marks in a title are escaped."""
        for each in brackets.pieces(text, self.holders):
            if each.is_holder:
                printed = self.held_by(each.source)
                yield each, brackets.escaped(printed) if printed != each.source else printed
            else:
                yield each, self.printed(each.found) if each.found else each.text

    def shown(self, text: str) -> str:
        """Return a text, or a part of one, with what its references print; holders stand as typed."""
        return cross_references.printed(text, self.printed)


def of(plan: Plan, house: House | None = None) -> CrossReferences:
    """Return what references and holders print in a plan, in the words of its house, or of another."""
    house = house or plan.style
    above = {
        f"{action.id}.{each.record.id}": f"{action.id}.{each.above}"
        for _, action in plan.walk_actions()
        for each in action.walk_points()
        if each.above
    }
    numbers = {name: number.rstrip(".") for name, number in printed_numbers(plan).items()}
    return CrossReferences(numbers, annex_numbers(plan, house), NOUNS[house], above, holders_of(plan), house)


def in_titles_of(plan: Plan, references: CrossReferences) -> CrossReferences:
    """Return what an older version prints beside a plan, by whose titles it names the holders of brackets."""
    return references._replace(holders={**references.holders, **holders_of(plan)})


def holders_of(plan: Plan) -> dict[str, Holder]:
    """Return who may hold a bracket, actors and participants, by id in lower case."""
    actors = {each.id.lower(): Holder(each.id, each.title) for each in plan.actors}
    return actors | {each.id.lower(): Holder(each.id, each.title) for each in plan.participants}


def naming(plan: Plan, noun: str, number: str) -> str:
    """Return the reference that prints what was typed, ``paragraph`` and ``14 (b)``; empty for none."""
    if noun in ("annex", "appendix"):
        names = {each: name for name, each in annex_numbers(plan, plan.style).items()}
        texts = {name: text for text, name in ANNEX_NAMES.items()}
        return f"{{annex:{texts[names[number]]}}}" if number in names else ""
    record = next((name for name, each in cited_numbers(plan).items() if each == number), "")
    if not record or (noun == "section") is number[0].isdecimal():
        return ""
    name, _, point = record.partition(".")
    return f"{{section:{name}}}" if noun == "section" else f"{{{name}{f'({point})' * bool(point)}}}"


def has_references(field: Field) -> bool:
    """Return whether a field may have cross-references: sentences of a paragraph, or of a row of an annex."""
    return field.value is Value.PROSE and field.place in (Place.TEXT, Place.ROW)
