"""Bring Word files home: what participants changed in them becomes proposals on the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api import decisions, pull_sheets, source_version
from poa_toolkit.api.amendment_files import AmendmentFiles, amendment, person
from poa_toolkit.api.decisions import Room
from poa_toolkit.api.new import TO_DO
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.printed import printed
from poa_toolkit.api.printed_lines import Layouts, in_its_house, past
from poa_toolkit.api.printed_lines import versions as versions_of
from poa_toolkit.api.returned_files import (
    MEANT,
    MOST_PROPOSALS,
    OTHER_FILE,
    Choice,
    RefusedFileError,
    balanced,
    read_returned,
    saved_by,
    slug,
    stem_of,
    stretches,
)
from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.model import cross_references
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.decisions import Decisions
from poa_toolkit.returned.match_result import Known, TooMuchError
from poa_toolkit.returned.own_revisions import makers
from poa_toolkit.returned.pulled_file import Pulled
from poa_toolkit.returned.to_proposals import place, with_ids
from poa_toolkit.text.counting import listed_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from poa_toolkit.api.printed_lines import Version
    from poa_toolkit.api.source_version import SourceVersion
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.pulled_file import Placed
    from poa_toolkit.returned.word_file import Returned


class Pull(NamedTuple):
    """What a pull did."""

    files: tuple[Pulled, ...]
    paths: tuple[str, ...]
    """The files that were written, inside the project."""
    references: CrossReferences
    """What cross-references print in the working tree."""
    to_do: tuple[Diagnostic, ...] = ()
    """The errors that are left to mend in records that came with a decision."""


def pull(project: Path, files: Sequence[tuple[str, bytes]], choice: Choice) -> Pull:
    """Turn the changes and comments of returned Word files, by name, into amendments of the plan.

    Nothing of the plan itself changes, unless decisions are to be read back; what was pulled before is not
    added again. Raises RefusedFileError, nothing written, where a file cannot be read or asks for a
    decision; InvalidPlanError where the plan would have a new error.
    """
    edit = PlanEdit(project)
    table = AmendmentFiles(edit)
    pulling_in = _Pulling(edit, tuple(versions_of(edit)), table, choice)
    refused: list[Diagnostic] = []
    pulled: list[Pulled] = []
    for name, content in files:
        try:
            pulled.append(pulling_in.take(name, content))
        except RefusedFileError as error:
            refused += error.diagnostics
    if refused:
        raise RefusedFileError(refused)
    for each in pulled:
        table.write(each.path, each.new)
    records = dict.fromkeys(pulling_in.records)
    references = cross_references.of(edit.plan)
    if choice.only_show:
        if choice.decision is not None:
            edit.check(*records, left_to_do=TO_DO)
        return Pull(tuple(pulled), (), references)
    written = edit.finish(*records, left_to_do=TO_DO)
    return Pull(tuple(pulled), written.paths, references, written.to_do)


def describe(pulled: Pull, form: str, *, colour: bool = False, only_shown: bool = False) -> str:
    """Print what was pulled as ``text``, ``markdown`` or ``json``."""
    from poa_toolkit.document.pull_report import report  # noqa: PLC0415 - only what is printed is imported
    from poa_toolkit.write import pull as as_json  # noqa: PLC0415 - the same

    if form == "json":
        return as_json.to_json(pulled.files)
    document = report(pulled.files, pulled.references, only_shown=only_shown)
    return printed(document, form, colour=colour)


@dataclass
class _Pulling:
    """Takes in one file after the other."""

    edit: PlanEdit
    versions: tuple[Version, ...]
    table: AmendmentFiles
    choice: Choice

    def __post_init__(self) -> None:
        self.records: list[str] = []
        """The records that decisions have changed."""
        self.makers = makers((each.plan for each in self.versions), self.edit.loaded.amendments)

    def take(self, name: str, content: bytes) -> Pulled:
        """Read a file, and table what it asks for. Raises RefusedFileError."""
        from poa_toolkit.document.sets_read_back import in_members  # noqa: PLC0415 - only what is pulled pays

        if pull_sheets.is_sheets(name, content):
            return pull_sheets.take(name, content, self.versions, self.table, self.choice)
        said = _Findings(name)
        room = self._without_proposals(read_returned(name, content), said)
        returned = room.returned
        versions = self._versions(returned)
        origin = room.origin or self._origin(returned, versions)
        version, exact = origin.version, bool(origin.known_by)
        texts, differing = source_version.texts(returned, origin, versions)
        known = Known(
            {key: each for key, each in (texts or version.texts).items() if not room.lacks(key)},
            origin.beside.lines,
            self.makers,
            past(returned, version, versions),
            is_exact=exact or bool(returned.record and returned.record.beside),
        )
        untracked = Reviser(person(self.choice.by or saved_by(returned) or stem_of(name)))
        try:
            placed = place(returned, known, untracked, room.settled)
        except TooMuchError as error:
            raise said.refused(str(error), OTHER_FILE) from None
        if len(placed.proposals) > MOST_PROPOSALS:
            message = f"the file asks for {len(placed.proposals)} changes; {MOST_PROPOSALS} are taken in"
            raise said.refused(message, OTHER_FILE)
        if not self.choice.force:
            said.refuse_emptied(placed)
        balance = balanced(name, placed.ledger)
        path = f"plan/amendments/{slug(name)}.yaml"
        plan = version.plan if exact else None
        # where a text stands that a decision has just put there, the decision says
        asked = (with_ids(each, version.references) for each in placed.proposals if not room.moved(each))
        proposals = in_members(tuple(asked), known.texts, self.edit.plan)
        given = [amendment(each, plan, self.choice.day) for each in proposals]
        new, old = self.table.add(path, given, unsigned=untracked.author)
        placed = placed._replace(proposals=proposals)
        findings = (*said.of_decisions(room), *said.findings(returned, placed, differing, origin))
        if not exact:
            alone = (*(known.texts[each].text for each in differing), *origin.apart)
            findings = (said.not_known(alone, is_kept=known.is_exact), *findings)
        label = version.label if exact else ""
        pulled = Pulled(
            name, path, label, new, old, returned.formatting, balance, findings, decisions=room.taken.said
        )
        if not self.choice.explain:
            return pulled
        return pulled._replace(stretches=tuple(stretches(room.whole, placed.ledger)))

    def _without_proposals(self, returned: Returned, said: _Findings) -> Room:
        """Take the proposals out of a file that prints them, but for those that its decisions adopt."""
        if returned.record is None or returned.record.proposals is None:
            if self.choice.decision is not None:
                raise said.refused("the file prints no proposals, so that none was decided in it", _NO_ROOM)
            return Room(returned, returned)
        found = Decisions(returned, returned.record.proposals)
        clean = found.settled(frozenset(), {}, {})
        if self.choice.decision is None:
            return Room(clean.returned, returned, clean, taken=decisions.told(found))
        versions = self._versions(clean.returned)
        origin = self._origin(clean.returned, versions)
        room = decisions.of_room(self.edit, found, self.choice.decision, origin, versions[0])
        self.records += room.taken.records
        return room

    def _versions(self, returned: Returned) -> tuple[Version, ...]:
        """Return the versions that a file may have been made from, as its house prints them."""
        return tuple(in_its_house(each, returned) for each in self.versions)

    def _origin(self, returned: Returned, versions: Sequence[Version]) -> SourceVersion:
        layouts = Layouts(self.edit.project, returned, self.edit.loaded)
        return source_version.made_from(returned, versions, self.makers, layouts)


_NO_ROOM = "make it with `poa render --amendments open`; leave out --decisions to pull what was changed in it"
_QUOTED = 200


class _Findings:
    """Finds what to warn of in a file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse_emptied(self, placed: Placed) -> None:
        """Refuse a file that names no text, or most of whose texts are gone, unless that is meant."""
        if not placed.anchored:
            raise self.refused("no content control or bookmark says which text of the plan is which", MEANT)
        if placed.gone * 2 > placed.texts:
            message = f"{placed.gone} of {placed.texts} texts of the plan have no words left in it"
            raise self.refused(message, MEANT)

    def refused(self, message: str, cure: str) -> RefusedFileError:
        """Return what says that the file is not taken in as it is."""
        return RefusedFileError((self._of("POA723", Severity.ERROR, message, cure),))

    def of_decisions(self, room: Room) -> Iterator[Diagnostic]:
        """Tell what a file says of its proposals that is not put on record."""
        left = [each for each in room.taken.said if not each.is_written and each.outcome != "open"]
        if room.settled is not None and room.origin is None:
            # nobody has asked for decisions
            counts = Counter(each.outcome for each in left)
            if left:
                said = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
                message = f"the file prints proposals, and of these were decided in it: {said}"
                cure = "`poa pull --decisions` puts that on record; nothing of it was"
                yield self._of("POA730", Severity.INFORMATION, message, cure)
            return
        for each in left:
            message = f"{each.amendment} {each.outcome} in the file, and not put on record: {each.said}"
            yield self._of("POA729", Severity.WARNING, message)

    def findings(
        self, returned: Returned, placed: Placed, differing: Sequence[Key], origin: SourceVersion
    ) -> Iterator[Diagnostic]:
        """Return the warnings about a file that is taken in."""
        label = origin.version.label
        for what in dict.fromkeys(returned.ignored):
            yield self._of("POA722", Severity.WARNING, f"the file holds {what}, which was not read")
        if differing and origin.known_by:
            message = f"what the file keeps as printed is not what {label} says: {_listed(differing)}"
            yield self._of(
                "POA724", Severity.WARNING, message, f"its edits are compared with the text of {label}"
            )
        if returned.record is None:
            message = "the file keeps no record of what was printed"
            help_ = f"its edits are compared with {label}, {_KNOWN_BY[origin.known_by]}"
            yield self._of("POA724", Severity.WARNING, message, help_)
        if placed.copies:
            message = f"the file has the control of a text twice: {_listed(placed.copies)}"
            yield self._of("POA725", Severity.WARNING, message, "the second is taken as a new paragraph")
        if placed.unknown:
            tags = [(tag, "") for tag in placed.unknown]
            yield self._of("POA725", Severity.WARNING, f"controls of no text of the plan: {_listed(tags)}")
        if placed.by_likeness:
            found = [(*key, f"{share:.0%} of its words") for key, share in placed.by_likeness.items()]
            message = f"found by its words alone: {_listed(found)}"
            yield self._of("POA725", Severity.WARNING, message, "check what was pulled for it")
        if placed.unlike:
            lines = ", ".join(f"“{each}”" for each in dict.fromkeys(placed.unlike))
            message = f"{label} prints these lines in other words: {lines}"
            help_ = "look whether somebody changed them, or the version did; none of them is proposed"
            yield self._of("POA724", Severity.WARNING, message, help_)
        for each in placed.taken_back:
            where = ".".join(filter(None, (each.record, each.field))) or each.context
            message = f"{each.by.author or 'somebody'} put words in and took them out again, in {where}"
            said = each.comment.partition(": ")[2]
            yield self._of("POA728", Severity.INFORMATION, f"{message}: {said}", "nothing is proposed for it")
        unplaced = sum(not each.is_placed for each in placed.proposals)
        if unplaced:
            words = "1 text belongs" if unplaced == 1 else f"{unplaced} texts belong"
            message = f"{words} to no text of the plan; kept as unplaced"
            yield self._of("POA726", Severity.WARNING, message, "place each by hand, or reject it")

    def not_known(self, alone: Sequence[str], *, is_kept: bool) -> Diagnostic:
        """Say that no version at hand is the one that a file was made from.

        What the file `alone` says was printed is quoted, for nothing else says so; `is_kept` says
        whether it keeps all that was.
        """
        message = "the version it was made from is not known: the working tree prints something else"
        message += ", and so does every baseline"
        if alone:
            message += f"; the file alone says that this was printed: {_quoted(alone)}"
        compared = (
            "what it keeps of itself"
            if is_kept
            else "the version most like it; what differs in a line beside the texts may be nobody's edit"
        )
        help_ = (
            f"its edits are compared with {compared}. Freeze a text before it is sent (poa baseline create "
            "NAME, then poa render NAME), so that it is known when it comes back"
        )
        return self._of("POA726", Severity.WARNING, message, help_)

    def _of(self, code: str, severity: Severity, message: str, cure: str = "") -> Diagnostic:
        return Diagnostic(code, severity, message, Location(self.name), cure)


_KNOWN_BY = {
    "cover": "which the digest on its cover names",
    "words": "every text of which stands in it",
    "": "which is most like it",
}
"""How the version is known of a file that does not say it itself."""
_LISTED = 5
_LONGEST_NAME = 80


def _listed(texts: Sequence[tuple[str, ...]]) -> str:
    """Name some texts by record, field and what else is said of them, and how many more there are."""
    names = [
        _cut(".".join(filter(None, each[:2]))) + "".join(f" ({words})" for words in each[2:])
        for each in texts
    ]
    return listed_up_to(_LISTED, names)


def _quoted(words: Sequence[str]) -> str:
    """Quote the first of some lines, and say how many more there are."""
    return listed_up_to(_LISTED, [f"“{_cut(each, _QUOTED)}”" for each in words])


def _cut(name: str, length: int = _LONGEST_NAME) -> str:
    """Cut a name that a file made up, and that may be as long as it likes."""
    return name if len(name) <= length else f"{name[:length]}…"
