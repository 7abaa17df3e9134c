"""A plan as linked data: JSON-LD with the meaning of each key in the file itself.

The data have the shape of the plan: a record is a node, what is in it is under it. Keys mean what schema.org,
ELI, SKOS and Dublin Core say where these have a word for it, and else what the model of the plan says.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from poa_toolkit.model import (
    Action,
    Actor,
    Citation,
    Consultation,
    ElectionPart,
    Hyperlink,
    Instrument,
    Obligation,
    Paragraph,
    Participant,
    Plan,
    Point,
    Provision,
    Recommendation,
    Section,
    Source,
    SubPoint,
    digests,
)
from poa_toolkit.model.base import Record
from poa_toolkit.model.fields import fields
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.model.plan import Conference
from poa_toolkit.model.recommendations import Response
from poa_toolkit.model.texts import texts
from poa_toolkit.text import addresses
from poa_toolkit.trace import Known, trace
from poa_toolkit.write.json_text import as_json
from poa_toolkit.write.work import NAMESPACE, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.fields import Field

_REFERENCE = {"@type": "@id"}
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": NAMESPACE,
    "schema": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "name": "schema:name",
    "text": "schema:text",
    "abstract": "schema:abstract",
    "identifier": "schema:identifier",
    "position": "schema:position",
    "url": {"@id": "schema:url", **_REFERENCE},
    "hasPart": "schema:hasPart",
    "isPartOf": {"@id": "schema:isPartOf", **_REFERENCE},
    "audience": {"@id": "schema:audience", **_REFERENCE},
    "organizer": {"@id": "schema:organizer", **_REFERENCE},
    "location": "schema:location",
    "startDate": {"@id": "schema:startDate", "@type": "xsd:date"},
    "endDate": {"@id": "schema:endDate", "@type": "xsd:date"},
    "prefLabel": "skos:prefLabel",
    "notation": "skos:notation",
    "inScheme": {"@id": "skos:inScheme", **_REFERENCE},
    "eliNumber": "eli:number",
    "eliPartOf": {"@id": "eli:is_part_of", **_REFERENCE},
    "eliHasPart": "eli:has_part",
    "page": {"@id": "dcterms:source", **_REFERENCE},
    "stage": _REFERENCE,
    "takesUp": _REFERENCE,
    "serves": _REFERENCE,
    "wouldTakeUp": _REFERENCE,
    "wouldServe": _REFERENCE,
    "bearsOn": _REFERENCE,
    "grounds": _REFERENCE,
    "restsOn": _REFERENCE,
    "interprets": _REFERENCE,
    "attended": _REFERENCE,
    "origins": _REFERENCE,
    "listedAs": _REFERENCE,
}
"""What each key means; what is not here has the name of its field, in the vocabulary of plans."""

_TYPES: dict[type[Record], list[str]] = {
    Plan: ["Plan", "schema:CreativeWork"],
    Section: ["Section", "schema:CreativeWork"],
    Paragraph: ["Paragraph", "schema:CreativeWork"],
    Point: ["Point", "schema:CreativeWork"],
    SubPoint: ["SubPoint", "schema:CreativeWork"],
    Action: ["Action", "schema:CreativeWork"],
    Recommendation: ["Recommendation", "schema:CreativeWork"],
    Consultation: ["Consultation", "schema:Event"],
    Conference: ["Conference", "schema:Event"],
    Provision: ["Provision", "eli:LegalResourceSubdivision"],
    Actor: ["Actor", "schema:Audience"],
    Participant: ["Participant", "schema:Organization"],
    Obligation: ["Obligation", "skos:Concept"],
    ElectionPart: ["ElectionPart", "skos:Concept"],
    Hyperlink: ["schema:WebPage"],
}
"""What a record is; one that is not here is what its model is called."""

_NAMED = {"title": "name", "symbol": "identifier"}
_TERMS: dict[type[Record], dict[str, str]] = {
    Plan: {"sections": "hasPart"},
    Section: {"actions": "hasPart"},
    Action: {
        "addressees": "audience",
        "recommendations": "takesUp",
        "provisions": "serves",
        "from": "origins",
    },
    Recommendation: {"text": "abstract", "obligations": "bearsOn"},
    Instrument: {"provisions": "eliHasPart"},
    Provision: {"ref": "eliNumber", "obligations": "grounds"},
    Obligation: {"title": "prefLabel", "number": "notation", "anchor": "restsOn"},
    ElectionPart: {"title": "prefLabel", "number": "notation"},
    Participant: {"meetings": "attended"},
    Conference: {"organisers": "organizer", "place": "location"},
    Consultation: {"place": "location"},
    Response: {"position": "answer"},
}
"""The key for a field where it is not the name of the field; `_NAMED` has those of all records."""

_NOT_IN_TEXT = {"takesUp": "wouldTakeUp", "serves": "wouldServe"}
"""The links of an action that is withdrawn or deferred: it takes up and serves nothing in the text."""
_SCHEMES = {Obligation: "obligations", ElectionPart: "parts"}
_PARTIAL_DATES = ("adopted", "date", "document_date", "in_force", "opened")
"""The fields that hold a day, a month or a year, as far as it is on record."""
_PRECISIONS = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""What a date is, by how many characters it has."""


def to_jsonld(plan: Plan, base: str = "") -> str:
    """Print a plan as JSON-LD; `base` stands before the id of each record, a urn that resolves to nothing."""
    return as_json(_Graph(plan, base or f"{work(plan).name}:").document())


class _Graph:
    """Makes the nodes of a plan."""

    def __init__(self, plan: Plan, base: str) -> None:
        self.plan = plan
        self.base = base
        self.trace = trace(plan)
        self.numbers = cited_numbers(plan)
        self.shown = {each.at: each.shown for each in texts(plan) if each.text}

    def document(self) -> dict[str, Any]:
        """Return the whole file: the context, the plan, and what is cited but not listed."""
        context = {**CONTEXT, "plan": {"@id": self.base, "@prefix": True}}
        digest = {"textDigest": digests.text(self.plan)}
        whole = {"@id": self.base.rstrip("/#:"), **self.node(self.plan, ()), **digest}
        schemes = [
            {"@id": _named(f"_{each}"), "@type": "skos:ConceptScheme", "isPartOf": whole["@id"]}
            for each in _SCHEMES.values()
        ]
        return {"@context": context, "@graph": [whole, *schemes, *self.unlisted()]}

    def node(self, record: Record, at: Pointer, above: str = "") -> dict[str, Any]:
        """Return a record with all that is in it; `at` is its place, `above` the id it is under."""
        kind, name = type(record), getattr(record, "id", "")
        if isinstance(record, Source):
            return self.source(record, at)
        found: dict[str, Any] = {**_identity(record, above), "@type": _types(record)}
        if at and isinstance(at[-1], int):
            found["position"] = at[-1] + 1
        is_point = isinstance(record, Point | SubPoint)
        if number := self.numbers.get(f"{above}.{name}" if is_point else name):
            found["number"] = number
        if kind in _SCHEMES:
            found["inScheme"] = _named(f"_{_SCHEMES[kind]}")
        inside = above if is_point else name
        for field in fields(kind).values():
            value = getattr(record, field.attribute)
            if field.name not in ("id", "profiles") and value not in (None, ()):
                key = _key(record, field)
                if field.record:
                    found[key] = self.within(value, (*at, field.name), inside)
                else:
                    found |= self.member(field, key, value, (*at, field.name))
        return found

    def source(self, record: Source, at: Pointer) -> dict[str, Any]:
        """Return the consultation or the mechanism of a file, with the recommendations that it made."""
        by = record.consultation or record.mechanism
        name = "consultation" if record.consultation else "mechanism"
        found = self.node(by, (*at, name)) if by else {}
        return {**found, "made": self.within(record.recommendations, (*at, "recommendations"), "")}

    def within(self, value: Any, at: Pointer, above: str) -> Any:  # noqa: ANN401 - a record, or a list
        """Return the nodes of the records that a field holds."""
        if isinstance(value, Record):
            return self.node(value, at, above)
        return [self.node(each, (*at, index), above) for index, each in enumerate(value)]

    def member(self, field: Field, key: str, value: Any, at: Pointer) -> dict[str, Any]:  # noqa: ANN401
        """Return what a field says: a value, names of other nodes, a date, an address."""
        if field.name in ("source", "url"):
            return _address("page" if field.name == "source" else key, field.name, value)
        if key == "identifier" and (address := addresses.of_document(value)):
            return {key: value, "url": address}
        if field.name == "dates":
            return {"startDate": str(value[0]), "endDate": str(value[-1]), key: [*map(_plain, value)]}
        if field.name in _PARTIAL_DATES:
            return {key: {"@value": str(value), "@type": _PRECISIONS[len(str(value))]}}
        if isinstance(CONTEXT.get(key), dict):
            return {key: [*map(_link, value)] if isinstance(value, tuple) else _link(value)}
        shown = self.shown.get(at, value)
        spelt = {} if shown == value else {f"{key}AsSpelt": value}
        return {key: [*map(_plain, value)] if isinstance(value, tuple) else _plain(shown), **spelt}

    def unlisted(self) -> Iterator[dict[str, Any]]:
        """Return the provisions that are cited and have no entry of their own, with the entries meant."""
        actions = (each for _, action in self.plan.walk_actions() for each in action.provisions)
        anchors = (each for obligation in self.plan.obligations for each in obligation.anchor)
        for citation in dict.fromkeys((*actions, *anchors)):
            known = self.trace.resolve(citation)
            if known in (Known.PARENT, Known.PART):
                yield {
                    "@id": _provision(citation),
                    "@type": _TYPES[Provision],
                    "eliNumber": citation.reference,
                    "eliPartOf": _named(citation.instrument),
                    "registered": known.value,
                    "listedAs": [
                        _provision(Citation(citation.instrument, each.ref))
                        for each in self.trace.listed(citation)
                    ],
                }


def _named(name: str) -> str:
    """Return the name of a node: ``plan:A-012``; of what is no record, with an underline, as no id has."""
    return f"plan:{name}"


def _provision(citation: Citation) -> str:
    """Return the name of a provision: ``plan:iccpr_25(b)``."""
    return _named(f"{citation.instrument}_{quote(citation.reference, safe='()')}")


def _link(value: str | Citation) -> str:
    return _provision(value) if isinstance(value, Citation) else _named(value)


def _identity(record: Record, above: str) -> dict[str, str]:
    """Return the name of a record; none of what the plan gives no id."""
    if isinstance(record, Provision):
        return {"@id": _provision(Citation(above, record.ref)), "eliPartOf": _named(above)}
    name = getattr(record, "id", "")
    if isinstance(record, Point | SubPoint):
        return {"@id": _named(f"{above}_{name}")}
    return {"@id": _named(name)} if name else {}


def _types(record: Record) -> list[str]:
    if isinstance(record, Instrument):
        return ["Instrument", "eli:LegalResource" if record.kind.is_treaty else "schema:CreativeWork"]
    return _TYPES.get(type(record), [type(record).__name__])


def _key(record: Record, field: Field) -> str:
    """Return the key for a field of a record."""
    key = _TERMS.get(type(record), {}).get(field.name) or _NAMED.get(field.name) or _camel(field.name)
    is_out = isinstance(record, Action) and not record.status.printed
    return _NOT_IN_TEXT.get(key, key) if is_out else key


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of the model
    """Return a value as JSON has it; a day says that it is one."""
    if isinstance(value, date):
        return {"@value": value.isoformat(), "@type": "xsd:date"}
    return value.value if isinstance(value, Enum) else value


def _address(key: str, name: str, source: str) -> dict[str, str]:
    """Return a page by its address, and the words for it where these are no address, or another spelling."""
    address = addresses.of_page(source)
    spelt = {} if address == source else {f"{name}AsSpelt": source}
    return {key: address, **spelt} if address else spelt
