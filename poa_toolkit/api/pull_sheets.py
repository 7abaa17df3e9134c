"""Bring workbooks home that `poa export` made: what people changed in their cells becomes proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import targets
from poa_toolkit.api.amendment_files import amendment, person
from poa_toolkit.api.returned_files import (
    MEANT,
    MOST_PROPOSALS,
    OTHER_FILE,
    RefusedFileError,
    balanced,
    saved_by,
    slug,
    stem_of,
    stretches,
)
from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.document.sets_read_back import Registry
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned import exported_tables
from poa_toolkit.returned.exported_tables import BrokenRecordError, key_of
from poa_toolkit.returned.pulled_file import Pulled
from poa_toolkit.returned.sheet_proposals import Wanted, place
from poa_toolkit.text.counting import listed_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.api.amendment_files import AmendmentFiles
    from poa_toolkit.api.printed_lines import Version
    from poa_toolkit.api.returned_files import Choice
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.returned.exported_tables import ExportedRecord
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.sheet_file import ReturnedBook
    from poa_toolkit.returned.sheet_notes import Note
    from poa_toolkit.returned.sheet_proposals import SheetsPlaced

_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".csv")
_LISTED = 5
_SEVERITIES = {"POA746": Severity.INFORMATION}
"""Of the remarks that are no warnings."""


def is_sheets(name: str, content: bytes) -> bool:
    """Return whether a file is a workbook, or by its name means to be one."""
    from poa_toolkit.sheets.reader import is_workbook  # noqa: PLC0415 - heavy: lxml

    return name.lower().endswith(_SUFFIXES) or is_workbook(content)


def take(
    name: str, content: bytes, versions: Sequence[Version], table: AmendmentFiles, choice: Choice
) -> Pulled:
    """Read a workbook, and table what it asks for. Raises RefusedFileError."""
    if choice.decision is not None:
        cure = (
            "decisions are read back from the Word file of `poa render --amendments`; leave out --decisions"
        )
        raise _refused(name, "POA723", "a workbook prints no proposals, so that none was decided in it", cure)
    book = _read(name, content)
    record = _record(name, book)
    version, is_known = _made_from(record, versions)
    compared = _compared(record, version, is_known=is_known)
    registry = Registry(version.plan)

    def read_set(field: str, words: str) -> tuple[str, str]:
        found = registry.in_ids(field, words)
        return found, registry.unknown(field, found)

    untracked = Reviser(person(choice.by or saved_by(book.returned) or stem_of(name)))
    placed = place(book, record, Wanted(compared.texts, read_set), untracked)
    _refuse(name, placed, compared, force=choice.force)
    path = f"plan/amendments/{slug(name)}.yaml"
    plan = version.plan if is_known else None
    given = [amendment(each, plan, choice.day) for each in placed.proposals]
    new, old = table.add(path, given, unsigned=untracked.author)
    findings = tuple(_findings(name, book, placed.notes, compared.differing, version if is_known else None))
    return Pulled(
        name,
        path,
        version.label if is_known else "",
        new,
        old,
        0,
        balanced(name, placed.ledger),
        findings,
        tuple(stretches(book.returned, placed.ledger)) if choice.explain else (),
    )


def _read(name: str, content: bytes) -> ReturnedBook:
    from poa_toolkit.archive.untrusted import UnsafePartError  # noqa: PLC0415 - heavy: lxml
    from poa_toolkit.sheets.reader import read  # noqa: PLC0415 - heavy: lxml

    try:
        return read(content)
    except UnsafePartError as error:
        cure = (
            error.cure
            or "open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and use that"
        )
        raise _refused(name, "POA721", str(error), cure) from None


def _record(name: str, book: ReturnedBook) -> ExportedRecord:
    try:
        return exported_tables.read(book.record)
    except BrokenRecordError as error:
        cure = "edit a workbook that `poa export --to xlsx` made, and save it as .xlsx with all of its sheets"
        raise _refused(name, "POA745", str(error), cure) from None


def _refused(name: str, code: str, message: str, cure: str) -> RefusedFileError:
    return RefusedFileError((Diagnostic(code, Severity.ERROR, message, Location(name), cure),))


def _made_from(record: ExportedRecord, versions: Sequence[Version]) -> tuple[Version, bool]:
    """Return the version whose text a workbook names, and whether there is one; else the working tree.

    Versions of one text differ in what is not agreed to: the one is taken from which the workbook differs
    least.
    """
    known = [each for each in versions if each.is_named_by(record.digest)]
    if not known:
        return versions[0], False
    return min(known, key=lambda each: len(_compared(record, each, is_known=True).differing)), True


class _Compared(NamedTuple):
    """What a workbook keeps of how it went out, beside a version of the plan."""

    texts: dict[Key, PlanText]
    """The texts that can be amended, as edits are compared with them."""
    differing: tuple[Key, ...]
    """Of which of them the version says something else."""
    foreign: int
    """How many of these are the words of a paragraph, an action or a point."""


def _compared(record: ExportedRecord, version: Version, *, is_known: bool) -> _Compared:
    """Compare what a workbook keeps with a version.

    Of a version that is known, its own words count where people agree to them; else what the file keeps.
    """
    found, differing, foreign = dict(targets(version.plan)), [], 0
    for table in record.tables:
        for row in table.rows:
            for column, words in zip(table.columns, row, strict=True):
                key = key_of(table.name, row, column)
                text = found.get(key)
                if text is None or (text.text or "") == words:
                    continue
                differing.append(key)
                foreign += column == "text" and text.in_body
                if not (is_known and text.traits.agreed):
                    found[key] = text._replace(text=words or None)
    return _Compared(found, tuple(differing), foreign)


def _refuse(name: str, placed: SheetsPlaced, compared: _Compared, *, force: bool) -> None:
    """Refuse a workbook that asks for too much; of which most is gone, or of another plan, unless meant."""
    asked = len(placed.proposals)
    if asked > MOST_PROPOSALS:
        message = f"the file asks for {asked} changes; {MOST_PROPOSALS} are taken in"
        raise _refused(name, "POA723", message, OTHER_FILE)
    for count, said in ((placed.gone, "have no row in it"), (compared.foreign, "are others than it keeps")):
        if count * 2 > placed.texts and not force:
            message = f"{count} of {placed.texts} texts of the plan {said}"
            refusal = _refused(name, "POA723", message, MEANT)
            raise RefusedFileError((*refusal.diagnostics, *_told(name, placed.notes)))


def _findings(
    name: str,
    book: ReturnedBook,
    notes: Sequence[Note],
    differing: Sequence[Key],
    version: Version | None,
) -> Iterator[Diagnostic]:
    """Return what is to be told of a workbook that is taken in."""
    at = Location(name)
    for what in book.returned.ignored:
        yield Diagnostic("POA722", Severity.WARNING, f"the file holds {what}, which was not read", at)
    if version is None:
        message = "the version it was made from is not known: the working tree says something else"
        help_ = "its edits are compared with what it keeps of itself; freeze a text before it is sent"
        yield Diagnostic("POA726", Severity.WARNING, f"{message}, and so does every baseline", at, help_)
    elif differing:
        keys = listed_up_to(_LISTED, [".".join(each) for each in differing])
        message = f"what the file keeps as exported is not what {version.label} says: {keys}"
        help_ = "what people agree to is compared with that version, all else with what the file keeps"
        yield Diagnostic("POA724", Severity.WARNING, message, at, help_)
    yield from _told(name, notes)


def _told(name: str, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """Return the remarks on what was found in the sheets."""
    for each in notes:
        severity = _SEVERITIES.get(each.code, Severity.WARNING)
        yield Diagnostic(each.code, severity, each.message, Location(name), each.help)
