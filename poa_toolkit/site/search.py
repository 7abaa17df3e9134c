"""What the search of a site looks through, as a script that any browser runs, from a disk too."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document.citations import cited_in_full, full_name, source_in_full
from poa_toolkit.model.texts import TextKind, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.model import Plan
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.site.material import Material


class Entry(NamedTuple):
    """One thing that can be found."""

    name: str
    """What it is linked to by, and is found by too."""
    kind: str
    title: str
    text: str
    links: tuple[str, ...] = ()
    """The names of what it comes from and rests on: it is found by the words of those too."""


_APART = " \N{MIDDLE DOT} "
"""What parts texts that stand apart in the plan, so that nobody reads them as one sentence."""
_HEADLESS = (TextKind.HEAD, TextKind.RECOMMENDATION)


def search_index(material: Material, targets: Mapping[str, str]) -> bytes:
    """Return the things that can be found, each with the page that shows it, in the order of the plan.

    A script and no JSON: a page that is opened from a disk may not read other files.
    """
    entries = [each for each in _entries(material) if each.name in targets]
    places = {each.name: number for number, each in enumerate(entries)}
    found = [
        {
            "id": number,
            "kind": each.kind,
            "name": each.name,
            "title": each.title,
            "text": each.text,
            "page": targets[each.name],
            "links": [places[name] for name in each.links if name in places],
        }
        for number, each in enumerate(entries)
    ]
    # `<` would end the script that a page holds, were it ever put into one
    data = json.dumps(found, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.poaEntries = {data};\n".encode("ascii")


def _entries(material: Material) -> Iterator[Entry]:
    plan = material.plan
    yield from _texts(plan)
    yield from _sources(material)
    yield from _law(material)
    for kind, records in (
        ("theme", plan.obligations),
        ("addressee", plan.actors),
        ("participant", plan.participants),
    ):
        yield from (Entry(each.id, kind, each.title, "") for each in records)
    for each in material.table.amendments:
        words = (each.proposer, each.proposed, each.original, each.comment)
        yield Entry(each.id, "amendment", each.id, _APART.join(filter(None, words)))


def _sources(material: Material) -> Iterator[Entry]:
    cards = material.cards
    for source in material.plan.sources:
        head = source.consultation or source.mechanism
        if head:
            yield Entry(head.id, "source", head.title, "")
        for each in source.recommendations:
            title = source_in_full(each.id, cards.context, cards.sources)
            yield Entry(each.id, "recommendation", title, each.text)


def _law(material: Material) -> Iterator[Entry]:
    """Return instruments, and the provisions that are listed or cited."""
    cards = material.cards
    for instrument in material.plan.instruments:
        names = (instrument.short, instrument.symbol, instrument.body)
        yield Entry(instrument.id, "instrument", full_name(instrument), _APART.join(filter(None, names)))
        cited = (each for each in cards.trace.served if each.instrument == instrument.id)
        for citation in dict.fromkeys((*instrument.cites(), *cited)):
            subjects = dict.fromkeys(one.subject for one in cards.trace.listed(citation))
            title = cited_in_full(citation, cards.context)
            yield Entry(str(citation), "provision", title, "; ".join(subjects))


def _texts(plan: Plan) -> Iterator[Entry]:
    """Return the records of the text, each with all its words."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    heads: dict[str, PlanText] = {}
    for each in texts(plan):
        if each.kind not in _HEADLESS and each.text:
            heads.setdefault(each.record, each)
            words[each.record].append(each.shown)
    actions = {action.id: action for _, action in plan.walk_actions()}
    for record, head in heads.items():
        kind = "section" if head.kind is TextKind.TITLE else "paragraph"
        title = f"{kind.capitalize()} {head.number}" if head.number else "Opening words"
        action = actions.get(record)
        if action and not action.status.printed:
            kind, title = f"{action.status} action", f"Action {record}, {action.status}"
        links = (*action.recommendations, *map(str, action.provisions)) if action else ()
        yield Entry(record, kind, title, _APART.join(words[record]), links)
