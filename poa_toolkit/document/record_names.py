"""Records as people name them: by id, or by the number that the document prints."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document.blocks import Heading, PartKind
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.plan import plan as laid_out
from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.model import Paragraph, Plan, Section
from poa_toolkit.model.fields import Value, fields
from poa_toolkit.model.link_sets import sets
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.model.texts import texts
from poa_toolkit.text.did_you_mean import did_you_mean
from poa_toolkit.text.folding import fold
from poa_toolkit.text.numerals import from_roman, roman
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.document.blocks import Part
    from poa_toolkit.model import Action
    from poa_toolkit.model.base import Record

_LETTERS = r"(?P<letters>\(\s*[a-z]{1,4}\s*\)(?:\s*\(\s*[ivxlcdm]{1,9}\s*\))?)"
_LETTER = rf"(?:{_LETTERS}|(?P<bare>(?P<one>[a-z])(?P=one)?))"
_FIELD = r"(?:\.(?P<field>[a-z][\w.-]*)|\.?)"
_PARAGRAPH = re.compile(
    rf"(?P<word>(?:paragraph|para|par|action|point|sub-?paragraph)s?\.?\s*|\u00b6\s*)?"
    rf"(?P<number>[0-9]{{1,9}})\.?\s*(?:{_LETTER})?{_FIELD}"
)
_SECTION = re.compile(rf"(?P<word>sect?(?:ion)?\.?\s*)?(?P<number>[ivxlcdm]+|(?<=\W)[0-9]{{1,4}}){_FIELD}")
_ANNEX = re.compile(r"(?:annex|appendix)\.?\s*([a-z]{1,6}|[0-9]{1,4})\.?")
_POINT_OF_ID = re.compile(rf"(?P<id>[A-Za-z0-9-]+?)\s*{_LETTERS}", re.IGNORECASE)
_DOTTED = re.compile(r"(?P<first>[a-z]{1,4})(?:\.(?P<second>[ivxlcdm]{1,9}))?")
_BELOW = re.compile(r"(?P<field>points\.[a-z0-9-]+)\s*\(\s*(?P<second>[ivxlcdm]{1,9})\s*\)")
_SEVERAL = {"annex": "annexes", "appendix": "appendices"}
_SHOWN = 60
_OF_TEXT = (Plan, Section, Paragraph)
"""Records that are nothing but words and other records."""
_HEAD = "plan"
"""What the words of plan.yaml are of, where no record is called so."""


class Meant(NamedTuple):
    """What a person meant by a name."""

    record: str
    """The id, as the plan spells it."""
    field: str = ""
    """The field, as amendments name it, such as ``points.b``; empty for the record as a whole."""
    said: str = ""
    """What was meant, as a sentence without a full stop; empty where nothing but an id can be."""
    by_number: bool = False
    """Whether it was named by the number that the document prints."""

    @property
    def name(self) -> str:
        """Return the name as commands take it: ``A-007``, ``A-007.points.b``."""
        return f"{self.record}.{self.field}" if self.field else self.record


def meant(plan: Plan, name: str) -> Meant:
    """Return the record, or the field of one, that `name` names in `plan`.

    That is an id in any case, ``A-007``, or a field of it, ``A-007.points.b``; else a number as the
    document prints it: ``22``, ``22(b)``, ``para. 22 (b) (ii)``, ``22.timeframe``, ``V``, ``section V``,
    and of a point also behind an id: ``A-007(b)(ii)``, ``A-007.b.ii``. An id is never taken for a number.
    Raises UnknownRecordError, which says what there is.
    """
    return _Names(plan).meant(name)


def is_number(name: str) -> bool:
    """Return whether a name may be a printed number, which only the whole text can tell."""
    words = fold(name).text.strip()
    return any(each.fullmatch(words) for each in (_PARAGRAPH, _SECTION, _ANNEX)) or "(" in name


def names_annex(name: str) -> bool:
    """Return whether a name is written like the number of an annex."""
    return _ANNEX.fullmatch(fold(name).text.strip()) is not None


def annex(plan: Plan, name: str) -> Part | None:
    """Return the annex that ``annex I`` names, as the document prints it; None where `name` names none.

    Raises UnknownRecordError where it is written like the number of an annex, and there is none.
    """
    found = _ANNEX.fullmatch(fold(name).text.strip())
    if found is None:
        return None
    annexes, wanted = _annexes(plan), found[1]
    for number, part in annexes.items():
        if wanted in (number.lower(), str(list(annexes).index(number) + 1)):
            return part
    raise UnknownRecordError(f'there is no "{name.strip()}"; {_Names(plan).there_are()}')


def _annexes(plan: Plan) -> dict[str, Part]:
    """Return the annexes that bear a number, by it: ``I``."""
    found = {}
    for part in laid_out(plan).parts:
        first = part.blocks[0] if part.blocks else None
        if part.kind is PartKind.ANNEX and isinstance(first, Heading) and first.number:
            found[first.number.rstrip(".").rpartition(" ")[2]] = part
    return found


def excerpt(text: str) -> str:
    """Return the beginning of a text, in quotes."""
    words = text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


class _Names:
    """The ids and the numbers of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.trace = trace(plan)
        self.ids = {_HEAD: ((_HEAD, ()),), **self.trace.ids}
        self.numbers = {number: record for record, number in cited_numbers(plan).items() if number}
        """By number, as printed without its full stop: the records; those of points say nothing."""

    @cached_property
    def fields(self) -> dict[str, dict[str, str]]:
        """Return by record the fields that have words or may have some, and the words."""
        found: dict[str, dict[str, str]] = {}
        for each in (*texts(self.plan), *sets(self.plan)):
            found.setdefault(each.record, {})[each.field] = each.shown
        return found

    def meant(self, name: str) -> Meant:
        """Return what a name means; see the function of that name."""
        bare = name.strip()
        head, _, field = bare.partition(".")
        words = fold(bare).text.strip()
        if head.lower() in self.ids:
            return self._by_id(head, field, words)
        point = _POINT_OF_ID.fullmatch(bare)
        if point is not None and point["id"].lower() in self.ids:
            record = self._spelt(point["id"])
            return self._told(bare, record, self._point(record, point["letters"], record))
        if _ANNEX.fullmatch(words):
            raise UnknownRecordError(f'"{bare}" is no record; `poa show "{bare}"` prints an annex')
        numbered = _PARAGRAPH.fullmatch(words)
        if numbered is not None:
            return self._paragraph(bare, numbered)
        numbered = _SECTION.fullmatch(words)
        if numbered is not None and (value := _value(numbered["number"])):
            return self._numbered(bare, roman(value), "section", numbered["field"] or "")
        raise UnknownRecordError(self._unknown(bare))

    def _spelt(self, name: str) -> str:
        """Return an id as the plan spells it; of two that differ in case alone, the one that is asked for."""
        found = [each for each, _ in self.ids[name.lower()]]
        return name if name in found else found[0]

    def _by_id(self, head: str, field: str, words: str) -> Meant:
        record = self._spelt(head)
        said = ""
        other = self.numbers.get(roman(from_roman(words)) if from_roman(words) else words, record)
        if other != record:
            what = "section" if from_roman(words) else "paragraph"
            said = f"{head} is the record {self._shown(record)}; {what} {head} is {other}"
        return Meant(record, self._field(record, field), said)

    def _paragraph(self, name: str, found: re.Match[str]) -> Meant:
        number, letter = str(int(found["number"])), found["letters"] or found["bare"]
        of = self._numbered(name, number, "paragraph", "" if letter else found["field"] or "")
        if not letter:
            return of
        rest = f".{found['field']}" if found["field"] else ""
        return self._told(name, of.record, self._point(of.record, letter, number) + rest)

    def _numbered(self, name: str, number: str, what: str, field: str) -> Meant:
        record = self.numbers.get(number)
        if record is None or len(self.ids[record.lower()]) > 1:
            raise UnknownRecordError(self._no_number(name, number, what))
        return self._told(name, record, field)

    def _told(self, name: str, record: str, field: str) -> Meant:
        field = self._field(record, field)
        return Meant(record, field, f"{name} is {self._shown(record, field)}", by_number=True)

    def _shown(self, record: str, field: str = "") -> str:
        of_record = self.fields.get(record, {})
        words = of_record.get(field or next((each for each in ("text", "title") if each in of_record), ""))
        named = f"{record}.{field}" if field else record
        return f"{named}, {excerpt(words)}" if words else named

    def _point(self, record: str, letters: str, number: str) -> str:
        """Return the field of the point that is printed with these letters: ``(a)``, ``(a)(i)``."""
        points = self._points(record)
        names = re.findall(r"[a-z]+", letters.lower())
        cited = " ".join(f"({each})" for each in names)
        if cited in points:
            return points[cited]
        beside = [f"({names[0]})"] * (len(names) - 1)
        if beside and beside[0] not in points:
            return self._point(record, names[0], number)
        there = [each for each in points if each.split(" ")[:-1] == beside]
        kind = "sub-points" if beside else "points"
        first, last = (each.rpartition(" ")[2] for each in (there[0], there[-1])) if there else ("", "")
        named = " ".join((number, *beside)) + (f" ({record})" if number != record else "")
        if not there:
            raise UnknownRecordError(f"{named} has no {kind}")
        raise UnknownRecordError(f"{named} has {kind} {first} to {last}, no ({names[-1]})")

    def _points(self, record: str) -> dict[str, str]:
        """Return the fields of the points of an action by what they are cited as: ``(a)``, ``(a) (i)``."""
        action: Action | None = self.trace.actions.get(record)
        is_numbered = bool(action) and bool(cited_numbers(self.plan).get(record))
        return {each.cited: each.field for each in action.walk_points()} if action and is_numbered else {}

    def _field(self, record: str, field: str) -> str:
        """Return a field as the plan spells it. Raises UnknownRecordError where the record has none such."""
        if not field:
            return ""
        known = dict.fromkeys((*self.fields.get(record, {}), *self._others(record)))
        spelt = {each.lower(): each for each in known}
        if record in self.trace.actions:
            spelt["points"] = "points"
        if field.lower() in spelt:
            return spelt[field.lower()]
        points = self._points(record)
        letters = {name: f" {cited}" for cited, name in points.items()}
        dotted, below = (each.fullmatch(field.lower()) for each in (_DOTTED, _BELOW))
        if dotted is not None:
            named_so = " ".join(f"({each})" for each in dotted.groups() if each)
        else:
            above = letters.get(spelt.get(below["field"], ""), "") if below else ""
            named_so = f"{above} ({below['second']})" if below else ""
        if (point := points.get(named_so.strip())) is not None:
            return point
        named = ", ".join(f"{each}{letters.get(each, '')}" for each in known)
        there = f" (it has: {named})" if known else ""
        raise UnknownRecordError(f'{record} has no "{field}"{there}')

    def _others(self, record: str) -> Iterator[str]:
        """Return the fields of a record that say something of it and are no words of the text."""
        at = next((at for spelt, at in self.ids[record.lower()] if spelt == record), ())
        of_record = self.plan.record_at(at)
        if not isinstance(of_record, _OF_TEXT):
            kind: type[Record] = type(of_record)
            every = fields(kind).values()
            yield from (each.name for each in every if each.name != "id" and each.value is not Value.RECORD)

    # --- What there is not ---

    def _unknown(self, name: str) -> str:
        titles = {each.title.casefold(): each.id for each in self.plan.sections}
        names = [each for found in self.ids.values() for each, _ in found]
        near = did_you_mean(name.partition(".")[0], names, titles)
        near = near or f"name it by its id, or by its number: {self.there_are()}"
        return f'there is no record "{name}"; {near}'

    def _no_number(self, name: str, number: str, what: str) -> str:
        numbers = self._series(what)
        if numbers and 0 < _value(number) <= _value(numbers[-1]):
            return (
                f'"{name}" is a record whose id another one has, too; `poa validate` says where they stand, '
                "and `poa rename` gives one of them another id"
            )
        # a key pressed twice; of another number of as many figures nobody knows what was meant
        is_longer = what == "paragraph" and bool(numbers) and len(number) > len(numbers[-1])
        near = did_you_mean(number, numbers) if is_longer else ""
        return f"there is no {what} {number}; {self.there_are()}{f'; {near}' if near else ''}"

    def _series(self, what: str) -> list[str]:
        whole = (each for each in self.numbers if "(" not in each)
        return [each for each in whole if each.isdecimal() == (what == "paragraph")]

    def there_are(self) -> str:
        """Return which numbers the document prints."""
        annex = LABELS[self.plan.style].annex.lower()
        every = {
            ("paragraph", "paragraphs"): self._series("paragraph"),
            ("section", "sections"): self._series("section"),
            (annex, _SEVERAL[annex]): list(_annexes(self.plan)),
        }
        parts = [_span(what, numbers) for what, numbers in every.items() if numbers]
        return f"there are {', '.join(parts)}" if parts else "the document prints no number"


def _value(number: str) -> int:
    """Return the value of a number, roman or not; 0 where it is none."""
    return int(number) if number.isdecimal() else from_roman(number)


def _span(what: tuple[str, str], numbers: list[str]) -> str:
    one, several = what
    return f"{one} {numbers[0]}" if len(numbers) == 1 else f"{several} {numbers[0]} to {numbers[-1]}"
