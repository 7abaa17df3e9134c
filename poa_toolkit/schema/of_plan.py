"""Schemas that know one plan: an editor offers its ids while one types, and marks one that is mistyped."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.text.citations import REFERENCE_PATTERN
from poa_toolkit.text.counting import shortened
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.model import Plan

_MARK = "The ids are those of the plan when this was written; `poa schema --write --ids` writes them anew: "
_DIGEST = re.compile(re.escape(_MARK) + "([0-9a-f]{64})")
HEAD = 4096
"""How many characters of a schema hold, if it has any, the digest of its ids."""
_LONGEST = 80
"""How many characters of a text stand beside its id."""


class Ids(NamedTuple):
    """What links of a plan may name, in the order of its files: id → a line that says what it is."""

    actors: Mapping[str, str]
    participants: Mapping[str, str]
    recommendations: Mapping[str, str]
    instruments: Mapping[str, str]
    citations: Mapping[str, str]
    obligations: Mapping[str, str]


_NO_CITATION = "Write an instrument of plan/instruments/, a space, and the place in it: iccpr 25(b)."
"""What an editor says of a link that is no citation; without it, it would print the pattern."""

_FIELDS = {
    ("Action", "addressees"): "actors",
    ("Action", "recommendations"): "recommendations",
    ("Action", "provisions"): "citations",
    ("Conference", "organisers"): "participants",
    ("Endorsement", "participant"): "participants",
    ("Instrument", "interprets"): "instruments",
    ("Obligation", "anchor"): "citations",
    ("Provision", "obligations"): "obligations",
    ("Recommendation", "obligations"): "obligations",
}
"""The links of each record, by model and key, and what they may name."""


def ids(plan: Plan) -> Ids:
    """Return what links of a plan may name."""
    return Ids(
        actors={each.id: _line(each.title) for each in plan.actors},
        participants={each.id: _line(each.title) for each in plan.participants},
        recommendations={each.id: _line(each.text) for _, each in plan.walk_recommendations()},
        instruments={each.id: _line(each.title) for each in plan.instruments},
        citations={
            f"{instrument.id} {provision.ref}": _line(provision.subject)
            for instrument in plan.instruments
            for provision in instrument.provisions
        },
        obligations={each.id: _line(each.title) for each in plan.obligations},
    )


def narrowed(schema: str, known: Ids) -> str:
    """Return a schema, as text, whose links name only what is known, and which says of which ids it knows.

    A schema without links of a plan is given back as it is.
    """
    data = json.loads(schema)
    found = list(_links(data))
    if not found:
        return schema
    for node, names in found:
        _narrow(node, names, known)
    head = {key: data.pop(key) for key in ("$schema", "$id", "title", "description")}
    marked = {**head, "$comment": _MARK + digest(known), **data}
    return json.dumps(marked, ensure_ascii=False, indent=2) + "\n"


def digest(known: Ids) -> str:
    """Return a digest of the ids, whatever is said of them."""
    names = {name: sorted(each) for name, each in known._asdict().items()}
    return hashlib.sha256(json.dumps(names).encode("ascii", "backslashreplace")).hexdigest()


def digest_in(schema: str) -> str | None:
    """Return the digest of the ids that a schema was written with; None where it knows none."""
    found = _DIGEST.search(schema)
    return found[1] if found else None


def _links(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Return each part of a schema that describes one link, and what the link may name."""
    for model, node in data.get("$defs", {}).items():
        for key, described in node.get("properties", {}).items():
            if (model, key) in _FIELDS:
                yield described.get("items", described), _FIELDS[model, key]


def _narrow(node: dict[str, Any], names: str, known: Ids) -> None:
    values: Mapping[str, str] = getattr(known, names)
    if not values:
        return
    if names == "citations":
        # a citation may also be of the whole of a listed provision, or of a part of it
        node["pattern"] = f"^(?:{'|'.join(known.instruments)}) {REFERENCE_PATTERN}$"
        node["patternErrorMessage"] = _NO_CITATION
        node["examples"] = list(values)
        return
    nothing = [None] if "null" in node.get("type", "") else []
    node["enum"] = [*values, *nothing]
    node["enumDescriptions"] = [*values.values(), *("none" for _ in nothing)]


def _line(text: str) -> str:
    return shortened(single_spaced(text), _LONGEST)
