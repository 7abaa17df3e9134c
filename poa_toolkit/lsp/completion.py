"""What may be typed next: ids by what they stand for, keys by what they mean, whole records."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from poa_toolkit.api.new_ids import next_id
from poa_toolkit.api.plan_edit import PartialPlanEdit
from poa_toolkit.edit.mentions import LEADS_TO, PLACES, Form, values_at
from poa_toolkit.edit.yaml_text import scalar
from poa_toolkit.errors import PoaError
from poa_toolkit.lsp import vocabulary
from poa_toolkit.lsp.yaml_cursor import Cursor, cursor
from poa_toolkit.model import Citation, InstrumentKind
from poa_toolkit.model.actions import point_ids
from poa_toolkit.model.cross_references import ANNEX_NAMES
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.text.counting import shortened
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from poa_toolkit.diagnostic import Span
    from poa_toolkit.lsp.open_plan import Snapshot
    from poa_toolkit.lsp.protocol import Text
    from poa_toolkit.model import Instrument, Plan, Provision
    from poa_toolkit.trace import Trace

_MOST = 200
"""How many proposals are made at once: who types on narrows them."""
_LONGEST = 100
_REFERENCE = re.compile(r"(?<!\\)\{[^{}\[\]]*$")
_HOLDER = re.compile(r"(?<!\\)\[(?P<typed>[^{}\[\]|:]*)$")
_OF_POINT = "points.*.id"
_NUMBERED = re.compile(r"(.*?)([0-9]+)")


class Proposal(NamedTuple):
    """Something that may be typed."""

    text: str
    about: str
    """What it stands for, in words."""
    source: str = ""
    """What that is a part of: the title of an instrument."""
    kind: types.CompletionItemKind = types.CompletionItemKind.Reference
    documentation: str = ""
    snippet: str = ""
    """What is put in with places to fill in, where the editor has such."""


def complete(
    snapshot: Snapshot, path: str, text: Text, position: types.Position, *, snippets: bool
) -> types.CompletionList:
    """Return what may be typed at a position of a file, whose text an editor has by now as `text`."""
    kind = kind_of(path)
    line, column = text.place(position)
    if kind is None:
        return types.CompletionList(is_incomplete=False, items=[])
    here = cursor(text.lines, line - 1, column - 1)
    typed, found = _proposals(snapshot, kind.name, path, here)
    fitting = sorted((each for each in found if _fits(each, typed)), key=partial(_rank, typed=typed))
    start = text.position(line, column - len(typed))
    items = [
        _item(each, order, typed, types.Range(start, position), snippets=snippets)
        for order, each in enumerate(fitting[:_MOST])
    ]
    return types.CompletionList(is_incomplete=True, items=items)


def next_id_at(snapshot: Snapshot, path: str, text: Text, span: Span) -> str | None:
    """Return the next free id for the record whose id stands at a place; None where none are counted."""
    kind = kind_of(path)
    here = cursor(text.lines, span.line - 1, span.column - 1)
    every = _new_ids(snapshot, kind.name if kind else "", path, here, here.pattern)
    return next((each.text for each in every), None)


def _fits(proposal: Proposal, typed: str) -> bool:
    """Return whether all words that were typed begin words of a proposal, or of what it stands for."""
    about = "" if proposal.kind is types.CompletionItemKind.Property else proposal.about
    said = f"{proposal.text} {about} {proposal.source}".casefold()
    return all(re.search(rf"(?<!\w){re.escape(word)}", said) for word in typed.lstrip("{").casefold().split())


def _rank(proposal: Proposal, typed: str) -> bool:
    """Put what begins as was typed before what only means it."""
    return not proposal.text.casefold().startswith(typed.casefold())


def _item(
    proposal: Proposal, order: int, typed: str, where: types.Range, *, snippets: bool
) -> types.CompletionItem:
    """Return a proposal as an editor shows it.

    Editors leave out what does not begin as what was typed; the words of a title count here, too.
    """
    is_snippet = bool(proposal.snippet and snippets)
    begins = proposal.text.casefold().startswith(typed.casefold())
    return types.CompletionItem(
        label=proposal.text,
        kind=proposal.kind,
        label_details=types.CompletionItemLabelDetails(detail=f"  {proposal.about}"),
        detail=proposal.source or proposal.about,
        documentation=proposal.documentation or None,
        filter_text=proposal.text if begins else f"{typed} {proposal.text}",
        sort_text=f"{order:04}",
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(where, proposal.snippet if is_snippet else proposal.text),
    )


def _proposals(snapshot: Snapshot, kind: str, path: str, here: Cursor) -> tuple[str, Iterable[Proposal]]:
    """Return what stands there of what is being typed, and what it may become."""
    plan, form = snapshot.plan, dict(PLACES.get(kind, ())).get(here.pattern)
    if form in (Form.TEXT, Form.REFERRING):
        return _in_text(snapshot, here.typed, has_holders=form is Form.TEXT)
    is_id = here.pattern.endswith("id") and form is not None
    if is_id or here.pattern.endswith(_OF_POINT):
        return here.typed, _new_ids(snapshot, kind, path, here, here.pattern)
    if plan is not None and form is not None:
        return here.typed, _linked(snapshot, plan, here.pattern, form)
    at = vocabulary.node(kind, here.pattern)
    if at is None:
        return "", ()
    if here.is_key and "properties" in at:
        return here.typed, [*_records(snapshot, kind, path, here), *_keys(at, here)]
    of_value = types.CompletionItemKind.EnumMember
    return here.typed, [Proposal(each, "", "", of_value) for each in vocabulary.values(at)]


def _in_text(snapshot: Snapshot, typed: str, *, has_holders: bool) -> tuple[str, Iterable[Proposal]]:
    """Return what stands there of a reference or of a holder, and what it may become."""
    plan = snapshot.plan
    if plan is None:
        return "", ()
    if found := _REFERENCE.search(typed):
        return found.group(), _cross_references(snapshot, plan)
    held = _HOLDER.search(typed) if has_holders else None
    return (held["typed"], _holders(plan)) if held else ("", ())


def _keys(record: dict[str, dict[str, dict[str, str]]], here: Cursor) -> Iterator[Proposal]:
    """Return the keys that a record may have and has not."""
    for key, said in record.get("properties", {}).items():
        if key not in here.siblings:
            holds_block = "array" in str(said.get("type", "")) or "properties" in said
            typed = f"{key}:\n  - $0" if holds_block else f"{key}: $0"
            about = shortened(said.get("description", ""), _LONGEST)
            documentation = said.get("description", "")
            kind = types.CompletionItemKind.Property
            yield Proposal(f"{key}:" if holds_block else f"{key}: ", about, "", kind, documentation, typed)


def _records(snapshot: Snapshot, kind: str, path: str, here: Cursor) -> Iterator[Proposal]:
    """Return a whole record, with the keys that it wants, where one begins."""
    keys = vocabulary.wanted(kind, here.pattern)
    record = vocabulary.node(kind, here.pattern) or {}
    if not (here.in_list and keys and here.pattern.endswith(".*")) or here.siblings:
        return
    name = here.pattern.split(".")[-2]
    said = record.get("description", "")
    new_id = next((each.text for each in _new_ids(snapshot, kind, path, here, f"{here.pattern}.id")), "")
    lines = [
        _line(number, key, vocabulary.node(kind, f"{here.pattern}.{key}") or {}, new_id)
        for number, key in enumerate(keys, start=1)
    ]
    yield Proposal(
        f"{keys[0]}: {new_id}".strip(),
        f"a new record of {name}",
        "",
        types.CompletionItemKind.Snippet,
        said,
        "\n".join((lines[0], *(f"  {each}" for each in lines[1:]))),
    )


def _line(number: int, key: str, said: dict[str, object], new_id: str) -> str:
    """Return a key of a new record with a place to fill in."""
    choice = vocabulary.values(said)
    if key == "id" and new_id:
        return f"id: ${{{number}:{new_id}}}"
    if choice:
        return f"{key}: ${{{number}|{','.join(choice)}|}}"
    if "array" in str(said.get("type", "")):
        return f"{key}:\n    - ${{{number}}}"
    return f"{key}: ${{{number}}}"


def _kind(path: str) -> str:
    kind = kind_of(path)
    return kind.name if kind else ""


def _linked(snapshot: Snapshot, plan: Plan, pattern: str, form: Form) -> Iterator[Proposal]:
    """Return what a link may lead to, with what that is called."""
    for to in LEADS_TO.get(pattern, ()) or tuple(_RECORDS):
        if to == _INSTRUMENTS and form in (Form.CITATION, Form.LINK):
            yield from _citations(plan, snapshot.trace)
        else:
            for name, about in _RECORDS[to](plan):
                yield Proposal(scalar(name), shortened(single_spaced(about), _LONGEST))


def _citations(plan: Plan, trace: Trace | None) -> list[Proposal]:
    """Return the provisions of the registry: those first that the plan cites most, then treaties."""
    served, kinds = trace.served if trace else {}, [*InstrumentKind]

    def rank(pair: tuple[Instrument, Provision]) -> tuple[int, int]:
        instrument, provision = pair
        cited = served.get(Citation(instrument.id, provision.ref), ())
        return -len(cited), kinds.index(instrument.kind)

    every = ((instrument, each) for instrument in plan.instruments for each in instrument.provisions)
    return [
        Proposal(scalar(f"{instrument.id} {each.ref}"), each.subject, instrument.title)
        for instrument, each in sorted(every, key=rank)
    ]


_INSTRUMENTS = "instruments instruments.*.id"
_RECORDS: dict[str, Callable[[Plan], Iterable[tuple[str, str]]]] = {
    "plan stages.*.id": lambda plan: ((each.id, each.title or "") for each in plan.stages),
    "section id": lambda plan: ((each.id, each.title) for each in plan.sections),
    "section actions.*.id": lambda plan: ((each.id, each.text) for _, each in plan.walk_actions()),
    "section actions.*.indicators.*.id": lambda plan: (
        (each.id, each.text) for _, action in plan.walk_actions() for each in action.indicators
    ),
    "recommendations recommendations.*.id": lambda plan: (
        (each.id, each.text) for _, each in plan.walk_recommendations()
    ),
    "recommendations consultation.id": lambda plan: (
        (each.consultation.id, each.consultation.title) for each in plan.sources if each.consultation
    ),
    _INSTRUMENTS: lambda plan: ((each.id, each.title) for each in plan.instruments),
    "actors actors.*.id": lambda plan: ((each.id, each.title) for each in plan.actors),
    "participants participants.*.id": lambda plan: ((each.id, each.title) for each in plan.participants),
    "obligations obligations.*.id": lambda plan: ((each.id, each.title) for each in plan.obligations),
}
"""By kind of record, as links name it: the ids of a plan, and what each is called."""


def _cross_references(snapshot: Snapshot, plan: Plan) -> Iterator[Proposal]:
    """Return the references that a text may have to numbered records, with the words that they print."""
    for _, record in plan.walk_texts():
        if number := snapshot.numbers.get(record.id):
            yield Proposal(f"{{{record.id}}}", f"paragraph {number}: {shortened(record.text, _LONGEST)}")
    for _, action in plan.walk_actions():
        for each in action.walk_points():
            if number := snapshot.numbers.get(f"{action.id}.{each.record.id}"):
                words = shortened(each.record.text, _LONGEST)
                yield Proposal(f"{{{action.id}({each.record.id})}}", f"paragraph {number}: {words}")
    for section in plan.sections:
        number = snapshot.numbers.get(section.id, "")
        yield Proposal(f"{{section:{section.id}}}", f"section {number}: {section.title}")
    filled = snapshot.references.annexes if snapshot.references else {}
    for name, annex in ANNEX_NAMES.items():
        if number := filled.get(annex):
            yield Proposal(f"{{annex:{name}}}", f"annex {number}")


def _holders(plan: Plan) -> Iterator[Proposal]:
    """Return who may hold a bracket."""
    for holders in (plan.participants, plan.actors):
        yield from (Proposal(f"{each.id}: ", each.title) for each in holders)


def _new_ids(snapshot: Snapshot, kind: str, path: str, here: Cursor, pattern: str) -> Iterator[Proposal]:
    """Return the next free id after those of records alike; none where these are not counted."""
    if pattern.endswith(_OF_POINT):
        free = (each for each in point_ids() if each not in here.taken)
        yield from (Proposal(each, "an id of a point that is free") for each in islice(free, 3))
        return
    trees = snapshot.loaded.trees
    of_kind = [each for each in trees if each == path or kind == "section" == _kind(each)]
    # those of the file itself last: its own family goes on
    data = [trees[each].value for each in sorted(of_kind, key=path.__eq__)]
    alike = [value for each in data for _, value in values_at(each, pattern)]
    numbered = [match for match in map(_NUMBERED.fullmatch, alike) if match]
    if not numbered:
        return
    stem, figures = numbered[-1].groups()
    if 2 * sum(match[1] == stem for match in numbered) < len(alike):
        return
    width = len(figures) if figures.startswith("0") or kind == "section" else 1
    try:
        found = next_id(PartialPlanEdit(snapshot.root, snapshot.files), stem, width=width)
    except PoaError:
        return
    yield Proposal(found, "the next id that is free", "", types.CompletionItemKind.Value)
