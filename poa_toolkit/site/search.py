"""What the search of a site looks through, as a script that any browser runs, from a disk too."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.texts import TextKind, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.model import Plan
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.site.material import Material


class Entry(NamedTuple):
    """One thing that can be found."""

    name: str
    """What it is linked to by."""
    kind: str
    title: str
    text: str


_HEADLESS = (TextKind.HEAD, TextKind.RECOMMENDATION)


def search_index(material: Material, targets: Mapping[str, str]) -> bytes:
    """Return the things that can be found, each with the page that shows it, in the order of the plan.

    A script and no JSON: a page that is opened from a disk may not read other files.
    """
    found = [
        {"id": number, "kind": each.kind, "title": each.title, "text": each.text, "page": targets[each.name]}
        for number, each in enumerate(_entries(material))
        if each.name in targets
    ]
    # `<` would end the script that a page holds, were it ever put into one
    data = json.dumps(found, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.poaEntries = {data};\n".encode("ascii")


def _entries(material: Material) -> Iterator[Entry]:
    plan = material.plan
    yield from _texts(plan)
    yield from _sources(plan)
    yield from _law(plan)
    for kind, records in (
        ("theme", plan.obligations),
        ("addressee", plan.actors),
        ("participant", plan.participants),
    ):
        yield from (Entry(each.id, kind, each.title, "") for each in records)
    for each in material.table.amendments:
        words = (each.proposer, each.proposed, each.original, each.comment)
        yield Entry(each.id, "amendment", each.id, " ".join(filter(None, words)))


def _sources(plan: Plan) -> Iterator[Entry]:
    for source in plan.sources:
        head = source.consultation or source.mechanism
        if head:
            yield Entry(head.id, "source", head.title, "")
        made = head.title if head else None
        for each in source.recommendations:
            facts = (each.symbol, each.mechanism, each.state, each.recommending_state, made)
            yield Entry(each.id, "recommendation", each.id, " ".join(filter(None, (each.text, *facts))))


def _law(plan: Plan) -> Iterator[Entry]:
    for instrument in plan.instruments:
        names = (instrument.short, instrument.symbol, instrument.body)
        yield Entry(instrument.id, "instrument", instrument.title, " ".join(filter(None, names)))
        for provision, citation in zip(instrument.provisions, instrument.cites(), strict=True):
            title = f"{instrument.short or instrument.title} {provision.ref}"
            yield Entry(str(citation), "provision", title, provision.subject)


def _texts(plan: Plan) -> Iterator[Entry]:
    """Return the records of the text, each with all its words."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    heads: dict[str, PlanText] = {}
    for each in texts(plan):
        if each.kind not in _HEADLESS and each.text:
            heads.setdefault(each.record, each)
            words[each.record].append(each.shown)
    for record, head in heads.items():
        kind = "section" if head.kind is TextKind.TITLE else "paragraph"
        title = f"{kind.capitalize()} {head.number} ({record})" if head.number else record
        yield Entry(record, kind, title, " ".join(words[record]))
