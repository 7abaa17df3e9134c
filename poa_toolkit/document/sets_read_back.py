"""A set read back from the words that a document prints of it: only where every name in it is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.matching_blocks import blocks
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.plan import names as printed_names
from poa_toolkit.document.runs import Deleted, Inserted, Text
from poa_toolkit.model import AmendmentKind, Citation, Unit
from poa_toolkit.model.link_sets import members, set_fields, spelt
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.text.citations import UNNUMBERED
from poa_toolkit.text.white_space import clean
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan
    from poa_toolkit.returned.printed_texts import Key, Printed


_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and\s+)?|\s+and\s+|&\s*)\s*")
_CITATIONS = re.compile(r"\s*;\s*")
_REFERENCES = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+)\s*")
_END = re.compile(r"[\s.;,]*$")
_UNITS = "|".join(
    sorted(
        {
            *(
                re.escape(form)
                for words in LABELS.values()
                for forms in words.units.values()
                for form in forms
            ),
            *(rf"{unit.value}s?" for unit in Unit),
        },
        key=len,
        reverse=True,
    )
)
_UNIT = re.compile(rf"(?:{_UNITS})\s+", re.IGNORECASE)
_MOST_WAYS = 3


class Read(NamedTuple):
    """What the words of a set come to."""

    members: tuple[str, ...]
    """As files spell them; none where something in the words is not known."""
    unknown: str = ""
    """The first words that name nothing that is known, or more than one thing."""


def in_members(
    proposals: Iterable[Proposal], texts: Mapping[Key, Printed], plan: Plan
) -> tuple[Proposal, ...]:
    """Return proposals in which the words of a set are its members, as files spell them.

    Where something in the words is not known the proposal is kept with its words, unplaced; where they
    name the members that are there, there is none. `plan` says what is known.
    """
    registry = Registry(plan)
    return tuple(each for one in proposals for each in _in_members(one, texts, registry))


def _in_members(proposal: Proposal, texts: Mapping[Key, Printed], registry: Registry) -> Iterator[Proposal]:
    key = (proposal.record, proposal.field)
    if proposal.kind is not AmendmentKind.TEXT or key not in texts or proposal.field not in set_fields():
        yield proposal
        return
    printed = texts[key]
    old, new = registry.read(proposal.field, printed.text), registry.read(proposal.field, proposal.proposed)
    source = spelt(old.members) if printed.source == printed.text else printed.source
    if new.members and source:
        proposed = spelt(new.members)
        if proposed != source:
            edits = edits_between(source, proposed)
            yield proposal._replace(original=source, proposed=proposed, edits=edits)
        return
    context = (
        f"the {proposal.field} of {proposal.record}: “{new.unknown}” is not known, or not one thing alone"
    )
    yield Proposal(
        AmendmentKind.TEXT,
        proposal.by,
        original=printed.text,
        proposed=proposal.proposed,
        comment=proposal.comment,
        context=context,
        is_placed=False,
    )


class Registry:
    """The names by which a document prints the members of sets, and the ids and citations for them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._trace = trace(plan)
        self._names: dict[str, dict[str, str]] = {}
        self._instruments = {
            _comparable(name): each.id
            for each in plan.instruments
            for name in (each.id, each.title, each.short)
            if name
        }

    def read(self, field: str, words: str) -> Read:
        """Read the words that stand for a set: its members in their order, or what is not known of them."""
        text = _END.sub("", clean(words))
        if not text:
            return Read(())
        return self._citations(text) if field in self._cited else self._listed(field, text)

    def known(self, field: str) -> tuple[str, ...]:
        """Return the names that can stand in a set: its values, and what documents print for them."""
        return (*self._values(field), *(name for _, name in self._printed(field)))

    def in_ids(self, field: str, text: str) -> str:
        """Return the words for a set as files spell it; what is not known stays as it is."""
        whole = self.read(field, text).members
        by_name = {each: self.read(field, each).members for each in members(text)}
        return spelt(whole or (one for each, read in by_name.items() for one in read or (each,)))

    def unknown(self, field: str, text: str) -> str:
        """Return the first name in the words for a set that the plan does not know; empty for none."""
        return next(
            (
                each
                for each in members(text)
                if not self.read(field, each).members
                and each.lower() not in self._trace.ids
                and not self._trace.knows(each)
            ),
            "",
        )

    @property
    def _cited(self) -> frozenset[str]:
        """The fields that hold citations: those whose values in the plan are."""
        actions = [action for _, action in self._plan.walk_actions()]
        return frozenset(
            name
            for name, field in set_fields().items()
            if any(isinstance(each, Citation) for one in actions for each in getattr(one, field.attribute))
        )

    # --- lists of names ---

    def _listed(self, field: str, text: str) -> Read:
        names, folded = self._names_of(field), _comparable(text)
        ways: dict[int, list[tuple[str, ...]]] = {0: [()]}
        furthest = 0
        for at in range(len(folded)):
            for name, value in names.items() if at in ways else ():
                end = at + len(name)
                if not folded.startswith(name, at):
                    continue
                between = _BETWEEN.match(folded, end)
                if end < len(folded) and between is None:
                    continue
                following = len(folded) if end == len(folded) else between.end() if between else end
                found = ways.setdefault(following, [])
                found += ((*way, value) for way in ways[at][:_MOST_WAYS])
                furthest = max(furthest, following)
        read = dict.fromkeys(tuple(dict.fromkeys(way)) for way in ways.get(len(folded), ()))
        if len(read) == 1:
            return Read(next(iter(read)))
        return Read((), text if read else text[furthest:])

    def _names_of(self, field: str) -> dict[str, str]:
        """Return the names of a field's values, and the values themselves, folded, the longest first."""
        if field not in self._names:
            found: dict[str, str] = {}
            for value in self._values(field):
                found.setdefault(_comparable(value), value)
            for value, name in self._printed(field):
                # two values of one name cannot be told apart by it
                found[_comparable(name)] = value if found.get(_comparable(name), value) == value else ""
            kept = {name: value for name, value in found.items() if name and value}
            self._names[field] = dict(sorted(kept.items(), key=lambda each: -len(each[0])))
        return self._names[field]

    def _values(self, field: str) -> Iterator[str]:
        """Return the values that a field can have: those in use, and the ids of records of their kinds."""
        traits = set_fields()[field]
        actions = (action for _, action in self._plan.walk_actions())
        used = {str(each) for action in actions for each in getattr(action, traits.attribute)}
        yield from sorted(used)
        kinds = {
            _kind(at) for each in used for name, at in self._trace.ids.get(each.lower(), ()) if name == each
        }
        for found in self._trace.ids.values():
            yield from (name for name, at in found if _kind(at) in kinds)

    def _printed(self, field: str) -> Iterator[tuple[str, str]]:
        for words in LABELS.values():
            names: Mapping[object, str] = printed_names(self._plan, words).get(field, {})
            for value, name in names.items():
                yield str(value), name
                yield str(value), str(value)

    # --- citations ---

    def _citations(self, text: str) -> Read:
        found: dict[str, None] = {}
        for part in filter(None, _CITATIONS.split(text)):
            cited = self._citation(part)
            if not cited:
                return Read((), part)
            found |= dict.fromkeys(cited)
        return Read(tuple(found))

    def _citation(self, part: str) -> tuple[str, ...]:
        """Read what stands between two semicolons: an instrument and references in it; nothing else."""
        folded = _comparable(part)
        name = max((each for each in self._instruments if _opens(folded, each)), key=len, default="")
        if not name:
            return ()
        rest = part[len(name) :].lstrip(" ,")
        references = [
            _UNIT.sub("", each, count=1) if _UNIT.match(each) else each
            for each in filter(None, _REFERENCES.split(rest))
        ]
        cited = tuple(f"{self._instruments[name]} {self._spelt(each)}" for each in references)
        return cited if cited and all(map(self._trace.knows, cited)) else ()

    @staticmethod
    def _spelt(reference: str) -> str:
        plain = reference.strip()
        return next((each for each in UNNUMBERED if each.casefold() == plain.casefold()), plain)


def _kind(at: Pointer) -> tuple[str, ...]:
    """Name a kind of record by the lists in which it stands."""
    return tuple(each for each in at if isinstance(each, str))


def _opens(text: str, name: str) -> bool:
    """Return whether a text opens with a name, and not with a longer word."""
    return text.startswith(name) and (len(text) == len(name) or text[len(name)] in " ,")


def _comparable(text: str) -> str:
    """Return a text to compare by: in one case, every white space a space. It is as long as it was."""
    return "".join(
        " " if each.isspace() else each.lower() if len(each.lower()) == 1 else each for each in text
    )


def redlined_members(old: str, new: str, names: Mapping[str, str]) -> Iterator[Run]:
    """Return a set with the members that go and come, none of them torn; `names` are printed for ids."""
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
