"""Put on record what was decided in Word on the proposals that a file prints."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.collisions import collisions
from poa_toolkit.api.accept import Acceptance
from poa_toolkit.api.amendments_edit import AmendmentsEdit
from poa_toolkit.api.printed_lines import Layouts, Version
from poa_toolkit.check.plan_status import PENDING
from poa_toolkit.document.room_record import printed_proposal
from poa_toolkit.model import AmendmentKind, AmendmentState, cross_references
from poa_toolkit.returned import printed_texts, signature
from poa_toolkit.returned.decisions import Outcome
from poa_toolkit.returned.printed_proposals import amendment_of
from poa_toolkit.returned.pulled_file import ReadDecision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.api.amendments_edit import Decision
    from poa_toolkit.api.plan_edit import PlanEdit
    from poa_toolkit.api.source_version import SourceVersion
    from poa_toolkit.model import House
    from poa_toolkit.model.proposals import Proposal
    from poa_toolkit.returned.decisions import Decisions, Settled
    from poa_toolkit.returned.printed_proposals import PrintedProposal, Printing
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Returned

_UNTOLD = {
    Outcome.PARTLY: "some of its revisions were accepted or rejected, and others not",
    Outcome.UNCLEAR: "its words were changed otherwise, or went with another, so that it cannot be told",
}
_BY_HAND = "decide with `poa amend`"
_STATES = {
    Outcome.ACCEPTED: (AmendmentState.ACCEPTED, AmendmentState.MODIFIED),
    Outcome.REJECTED: (AmendmentState.REJECTED,),
}


class Taken(NamedTuple):
    """What the decisions of a file came to."""

    said: tuple[ReadDecision, ...]
    adopted: frozenset[str] = frozenset()
    """The amendments that were accepted by them."""
    tags: Mapping[str, str] = MappingProxyType({})
    """The names of the controls of their new paragraphs, and of the texts that these became."""
    words: Mapping[str, str] = MappingProxyType({})
    """By the same names, what these texts say now where another amendment reworded them."""
    records: tuple[str, ...] = ()
    """The records that they changed."""


class Room(NamedTuple):
    """A file, and the same without the proposals that it prints."""

    returned: Returned
    whole: Returned
    settled: Settled | None = None
    """How the proposals were taken out of it; None where it prints none."""
    origin: SourceVersion | None = None
    """The version that it is compared with, where that is known already."""
    taken: Taken = Taken(())

    def moved(self, proposal: Proposal) -> bool:
        """Return whether a proposal would move a text that a decision on another has put at its place."""
        name = signature.tag(proposal.record or "", proposal.field or "text")
        return proposal.kind is AmendmentKind.MOVE and name in self.taken.tags.values()

    def lacks(self, key: Key) -> bool:
        """Return whether a text went with a proposal that was accepted in it."""
        return self.settled is not None and self.settled.lacks(key)


def of_room(
    edit: PlanEdit, found: Decisions, decision: Decision, origin: SourceVersion, today: Version
) -> Room:
    """Decide as a file says, and return it without the proposals that were not adopted.

    What was written into words that were adopted is compared with the text as it is then, where the file
    was made from the text of `today`.
    """
    house = origin.version.references.house
    before = cross_references.of(edit.plan, house)
    taken, whole = take(edit, found, decision, house), found.returned
    if origin.known_by != "record" or origin.version.digest != today.digest:
        clean = found.settled(frozenset(), {}, {})
        return Room(clean.returned, whole, clean, origin, taken)
    settled = found.settled(taken.adopted, taken.tags, taken.words)
    # the numbers that the file prints are those of before
    after = Version("", edit.plan, before.before(cross_references.of(edit.plan, house)))
    details = Layouts(edit.project, settled.returned, edit.loaded).of(after).details
    origin = origin._replace(version=after, beside=origin.beside._replace(details=details))
    return Room(settled.returned, whole, settled, origin, taken)


def told(found: Decisions) -> Taken:
    """Return what a file says of its proposals; nothing is decided."""
    return Taken(
        tuple(
            ReadDecision(name, outcome.value, _UNTOLD.get(outcome, ""), is_written=False)
            for name, outcome in found.outcomes.items()
        )
    )


def take(edit: PlanEdit, found: Decisions, decision: Decision, house: House) -> Taken:
    """Decide on amendments as a file says, which is in the words of a house; nothing is written yet.

    What was accepted changes the plan as `poa amend accept` does, in the order of the amendments' files.
    What cannot be told for certain is left as it is.
    """
    return _Taking(edit, found, decision, house).run()


class _Taking:
    def __init__(self, edit: PlanEdit, found: Decisions, decision: Decision, house: House) -> None:
        self.edit = AmendmentsEdit(edit.project, edit)
        self.plan_edit = edit
        self.decision = decision
        self.found = found
        self.said: dict[str, ReadDecision] = {}
        self.printed = {each.id: each for each in found.printing.proposals}
        self.references = cross_references.of(edit.plan, house)

    def run(self) -> Taken:
        wanted = {
            name: outcome for name, outcome in self.found.outcomes.items() if self._may_be(name, outcome)
        }
        clashing = dict(self._clashing({name for name in wanted if wanted[name] is Outcome.ACCEPTED}))
        for name, why in clashing.items():
            self._leave(name, Outcome.ACCEPTED, why)
            del wanted[name]
        application = Acceptance(self.edit, self.decision)
        adopted: list[str] = []
        for name in (each for each, outcome in wanted.items() if outcome is Outcome.REJECTED):
            self.edit.decide(self.edit.index_of(name), AmendmentState.REJECTED, self.decision)
            self.said[name] = ReadDecision(name, Outcome.REJECTED.value, "", is_written=True)
        for name in (each for each, outcome in wanted.items() if outcome is Outcome.ACCEPTED):
            before = len(application.said)
            if why := application.attempt(name):
                self._leave(name, Outcome.ACCEPTED, why)
                continue
            adopted.append(name)
            said = "; ".join(each.removeprefix(f"{name} accepted: ") for each in application.said[before:])
            self.said[name] = ReadDecision(name, Outcome.ACCEPTED.value, said, is_written=True)
        self.edit.put_back()
        self.plan_edit.refresh()
        tags = dict(_tags(self.found.printing, self.edit, adopted))
        return Taken(
            tuple(self.said[name] for name in self.found.outcomes),
            frozenset(adopted),
            tags,
            dict(_words(self.found.printing, tags, self._texts())),
            tuple(application.records),
        )

    def _texts(self) -> Mapping[Key, Printed]:
        """Return the texts as they are now, with the numbers that the file prints."""
        plan = self.plan_edit.plan
        now = cross_references.of(plan, self.references.house)
        return printed_texts.texts(plan, self.references.before(now))

    def _leave(self, name: str, outcome: Outcome, why: str) -> None:
        self.said[name] = ReadDecision(name, outcome.value, why, is_written=False)

    def _may_be(self, name: str, outcome: Outcome) -> bool:
        """Return whether a decision can be put on record; say why not where it cannot."""
        why = self._obstacle(self.printed[name], outcome)
        if why is not None:
            self._leave(name, outcome, why)
        return why is None

    def _obstacle(self, printed: PrintedProposal, outcome: Outcome) -> str | None:
        """Return why what a file says is not put on record: empty where there is nothing to put there."""
        amendment = next((each for each in self.edit.amendments if each.id == printed.id), None)
        if amendment is None:
            return f"there is no amendment of this name in the plan; {_BY_HAND}"
        if outcome is Outcome.OPEN:
            return ""
        if outcome not in _STATES:
            return f"{_UNTOLD[outcome]}; {_BY_HAND}"
        if amendment.state in PENDING:
            is_same = printed_proposal(amendment) == printed._replace(at="")
            return None if is_same else f"it was revised or placed anew since the file was made; {_BY_HAND}"
        cure = f"on record it was {amendment.state.value}: `poa amend reopen {amendment.id}` takes that back"
        return "on record already" if amendment.state in _STATES[outcome] else cure

    def _clashing(self, accepted: set[str]) -> Iterator[tuple[str, str]]:
        """Return those that were accepted with another that collides, and why that cannot be."""
        for each in collisions(self.edit.amendments, self.plan_edit.plan):
            if {each.first, each.second} <= accepted:
                for name, other in ((each.first, each.second), (each.second, each.first)):
                    yield name, f"{other} was accepted too, and they collide ({each.why}); accept one by hand"
        amendments = [one for one in self.edit.amendments if one.id in accepted]
        moves = {
            one.record: one.id
            for one in amendments
            if one.kind is AmendmentKind.MOVE and (one.field or "text") == "text"
        }
        for one in amendments:
            mover = moves.get(one.record, one.id)
            if mover != one.id and not one.kind.rewords:
                # in the file what comes, goes and moves in an action is shown where the action stood
                yield one.id, f"{mover} was accepted too, and moves its action; {_BY_HAND}"


def _tags(printing: Printing, edit: AmendmentsEdit, adopted: list[str]) -> Iterator[tuple[str, str]]:
    """Return the names under which the new paragraphs of amendments stand in the file, and in the plan."""
    for text in printing.texts:
        record, field = signature.key(text.tag)
        if amendment_of(record) not in adopted:
            continue
        _, amendment = edit.find(amendment_of(record))
        if amendment.kind is AmendmentKind.MOVE:
            yield text.tag, signature.tag(amendment.record or "", field)
        elif field.startswith("points."):
            action = edit.plan_edit.trace.actions[amendment.record or ""]
            mine = action.below(amendment.field or "") or (each.field for each in action.walk_points())
            numbered = {f"points.{number}": each for number, each in enumerate(mine, 1)}
            # the record of a file is not to be trusted
            if field in numbered:
                yield text.tag, signature.tag(action.id, numbered[field])
        else:
            yield text.tag, signature.tag(amendment.record or "", amendment.field or "text")


def _words(
    printing: Printing, tags: Mapping[str, str], texts: Mapping[Key, Printed]
) -> Iterator[tuple[str, str]]:
    """Return what new paragraphs say now, where that is something else than what was printed."""
    for text in printing.texts:
        key = signature.key(tags.get(text.tag, ""))
        printed = "".join(each.words for each in text.stretches)
        if key in texts and texts[key].text != printed:
            yield text.tag, texts[key].text
