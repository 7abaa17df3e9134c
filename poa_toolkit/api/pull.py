"""Bring Word files home: what participants changed in them becomes proposals on the table."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api import decisions, source_version
from poa_toolkit.api.amendment_files import AmendmentFiles, amendment, person
from poa_toolkit.api.decisions import Room
from poa_toolkit.api.new import TO_DO
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.printed import printed
from poa_toolkit.api.printed_lines import Layouts, in_its_house, past
from poa_toolkit.api.printed_lines import versions as versions_of
from poa_toolkit.diagnostic import Diagnostic, FaultsError, Location, Severity
from poa_toolkit.model import cross_references
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.decisions import Decisions
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.match_result import Known, TooMuchError
from poa_toolkit.returned.own_revisions import makers
from poa_toolkit.returned.pulled_file import Pulled, Stretch
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.returned.to_proposals import place, with_ids
from poa_toolkit.text.counting import listed_up_to
from poa_toolkit.text.valid_names import unreserved
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from poa_toolkit.api.amendments_edit import Decision
    from poa_toolkit.api.printed_lines import Version
    from poa_toolkit.api.source_version import SourceVersion
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.returned.ledger import Balance, Ledger
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


class RefusedFileError(FaultsError):
    """A returned file that is not taken in; `diagnostics` say why. Nothing was written."""


class Choice(NamedTuple):
    """How to take files in."""

    day: date
    """When what bears no date was proposed."""
    by: str = ""
    """Whose the changes without tracking are; by default that of who saved the file last."""
    force: bool = False
    """Whether to take in a file most of whose texts are gone."""
    only_show: bool = False
    explain: bool = False
    """Whether to say what became of every stretch of a file."""
    decision: Decision | None = None
    """Who decided, where what was accepted and rejected in Word is to be put on record."""


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
        untracked = Reviser(person(self.choice.by or _saved_by(returned) or stem_of(name)))
        try:
            placed = place(returned, known, untracked, room.settled)
        except TooMuchError as error:
            raise said.refused(str(error), _OTHER_FILE) from None
        if len(placed.proposals) > _MOST_PROPOSALS:
            message = f"the file asks for {len(placed.proposals)} changes; {_MOST_PROPOSALS} are taken in"
            raise said.refused(message, _OTHER_FILE)
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
        return pulled._replace(stretches=tuple(_stretches(room.whole, placed.ledger)))

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


def read_returned(name: str, content: bytes) -> Returned:
    """Read a Word file that somebody sent. Raises RefusedFileError for one that cannot be read."""
    from poa_toolkit.archive.untrusted import UnsafePartError  # noqa: PLC0415 - heavy: lxml
    from poa_toolkit.word.reader.file import read  # noqa: PLC0415 - heavy: lxml

    try:
        return read(content)
    except UnsafePartError as error:
        cure = error.cure or "open it in Word, save it as a Word document (.docx), and use the new file"
        wrong = Diagnostic("POA721", Severity.ERROR, str(error), Location(name), cure)
        raise RefusedFileError((wrong,)) from None


def _saved_by(returned: Returned) -> str:
    name = returned.modified_by
    return "" if name == TOOLKIT else name


def stem_of(name: str) -> str:
    """Return the name of a file without folders and suffix."""
    return re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name


def slug(name: str) -> str:
    """Return the name of a file of amendments: that of the Word file, in letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", stem_of(name)).encode("ascii", "ignore").decode("ascii")
    return unreserved(re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].rstrip("-")) or "returned"


def balanced(name: str, ledger: Ledger) -> Balance:
    """Count what was read of a file. Raises RefusedFileError where some of it has no fate."""
    balance = ledger.balance()
    lost = balance.read - balance.placed - balance.told - balance.generated
    if not lost:
        return balance
    words = clean(next(each.words for each in ledger.entries() if each.fate is Fate.OPEN))[:_QUOTED]
    message = f"{lost} of {balance.read} characters were not placed, told or recognised: “{words}”"
    cure = "this is a fault of poa-toolkit: please report it, and propose by hand what the file asks for"
    raise RefusedFileError((Diagnostic("POA727", Severity.ERROR, message, Location(name), cure),))


def _stretches(returned: Returned, ledger: Ledger) -> Iterator[Stretch]:
    """Return what became of every stretch of a file, with its place."""
    places = tuple(each.place for each in returned.paragraphs)
    remarks = {each.text for each in returned.remarks}
    for each in ledger.entries():
        page, heading, kind, _ = places[each.paragraph] if each.paragraph >= 0 else (0, "", "", None)
        kind = "comment" if each.words in remarks else kind
        yield Stretch(each.words, each.fate.said, each.why, page, clean(heading), kind)


_MEANT = "if this is meant, pull it again with --force; the plan itself stays as it is"
_NO_ROOM = "make it with `poa render --amendments open`; leave out --decisions to pull what was changed in it"
_OTHER_FILE = "this is hardly a document of this plan; make sure that it is the right file"
_MOST_PROPOSALS = 4000
_QUOTED = 200


class _Findings:
    """Finds what to warn of in a file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse_emptied(self, placed: Placed) -> None:
        """Refuse a file that names no text, or most of whose texts are gone, unless that is meant."""
        if not placed.anchored:
            raise self.refused("no content control or bookmark says which text of the plan is which", _MEANT)
        if placed.gone * 2 > placed.texts:
            message = f"{placed.gone} of {placed.texts} texts of the plan have no words left in it"
            raise self.refused(message, _MEANT)

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
