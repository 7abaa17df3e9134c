"""A version for spreadsheets, for programs that reckon, and in open formats of documents and linked data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.render import end_of_stage
from poa_toolkit.api.validate import InvalidPlanError, read, validate
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Diagnostic, FaultsError, Location, Severity
from poa_toolkit.document.record_tables import Column, Records, Table, tables
from poa_toolkit.model import digests
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.document.record_tables import Cell
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan

    Ids = Mapping[str, tuple[tuple[str, Pointer], ...]]


class Exported(NamedTuple):
    """A version of a plan that is exported."""

    project: Path
    plan: Plan
    loaded: Loaded
    tables: tuple[Table, ...]
    version: str
    """How a person knows it: ``baseline day-1``, ``working tree``."""
    digest: str
    """The digest of its text."""
    when: datetime
    """The date that files of it bear."""
    errors: int = 0
    """How many errors the version has; what they are about is exported as it stands."""
    asked: str = ""
    """How the version was asked for; empty for the working tree."""
    today: date | None = None
    base: str = ""
    """What stands before ids in linked data; empty for the urn of the plan."""


def read_version(
    project: Path, version: str | None = None, *, when: datetime | None = None, today: date | None = None
) -> Exported:
    """Read what is exported of a version, dated by `when` or else by its stage.

    `today` is the day by which waivers of poa.yaml end. Raises InvalidPlanError where a record cannot be
    read: a table without it would say that it is not there.
    """
    loaded = read(project, version)
    report = validate(project, version=loaded, config=Config(errors_only=True), today=today)
    plan = loaded.plan
    if plan is None or report.incomplete:
        raise InvalidPlanError(report)
    records = Records(plan, loaded.amendments, loaded.reviews, loaded.endorsements, loaded.progress)
    return Exported(
        project,
        plan,
        loaded,
        tables(records),
        loaded.label,
        digests.text(plan),
        when or end_of_stage(plan),
        report.count(Severity.ERROR),
        version or "",
        today,
    )


def _xlsx(exported: Exported) -> bytes:
    from poa_toolkit.sheets.record import sheets  # noqa: PLC0415 - only a workbook pays for it
    from poa_toolkit.sheets.workbook import workbook  # noqa: PLC0415 - heavy: openpyxl

    _refuse_long_cells(exported)
    made = sheets(exported.tables, digest=exported.digest, version=exported.version)
    return workbook(made, title=exported.plan.title, when=exported.when)


def _jsonl(exported: Exported) -> bytes:
    from poa_toolkit.write.json_text import as_json_line  # noqa: PLC0415 - only JSON pays for it

    return "".join(
        as_json_line({"table": table.name, **_filled(table.columns, row)})
        for table in _of_version(exported)
        for row in table.rows
    ).encode("utf-8")


def _akn(exported: Exported) -> bytes:
    """Print the document of a version. Raises InvalidPlanError where the plan is unsound."""
    from poa_toolkit.api.diff import adopted_at  # noqa: PLC0415 - only a document asks what was amended
    from poa_toolkit.api.render import clean  # noqa: PLC0415 - only a document is laid out
    from poa_toolkit.write.akn import to_akn  # noqa: PLC0415 - only Akoma Ntoso pays for it

    project, loaded = exported.project, exported.loaded
    document, plan = clean(project, loaded, version=exported.asked, today=exported.today)
    register = read(project, None) if loaded.baseline else loaded
    return to_akn(document, plan, adopted_at(loaded, register)).encode("utf-8")


def _jsonld(exported: Exported) -> bytes:
    from poa_toolkit.write.jsonld import to_jsonld  # noqa: PLC0415 - only linked data pays for it

    return to_jsonld(exported.plan, exported.base).encode("utf-8")


def _filled(columns: tuple[Column, ...], row: tuple[object, ...]) -> dict[str, object]:
    """Return what a row says, by column; what it does not say is left out."""
    return {
        column.name: _json(each)
        for column, each in zip(columns, row, strict=True)
        if each is not None and each not in ((), [])
    }


def _json(cell: object) -> object:
    if isinstance(cell, tuple):
        return [_json(each) for each in cell]
    return cell.isoformat() if isinstance(cell, date) else cell


def _csv(exported: Exported) -> dict[str, bytes]:
    from poa_toolkit.sheets.text_files import to_csv  # noqa: PLC0415 - only CSV pays for it

    return {f"{each.name}.csv": to_csv(each) for each in _of_version(exported)}


def _parquet(exported: Exported) -> dict[str, bytes]:
    from poa_toolkit.sheets.parquet import to_parquet  # noqa: PLC0415 - heavy: pyarrow

    return {f"{each.name}.parquet": to_parquet(each) for each in _of_version(exported)}


FILES: Mapping[str, Callable[[Exported], bytes]] = {
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "akn": _akn,
    "jsonld": _jsonld,
}
"""The formats that are one file each, and what makes it."""
FOLDERS: Mapping[str, Callable[[Exported], dict[str, bytes]]] = {"csv": _csv, "parquet": _parquet}
"""The formats of which each kind of record has a file, and what makes these, by their names."""
FORMATS = (*FILES, *FOLDERS)


def _of_version(exported: Exported) -> tuple[Table, ...]:
    """Return tables that say in each row of which version it is, so that those of many can be joined."""
    beside = (exported.digest, exported.version)
    columns = (Column("plan_digest"), Column("plan_version"))
    return tuple(
        each._replace(columns=(*each.columns, *columns), rows=tuple((*row, *beside) for row in each.rows))
        for each in exported.tables
    )


class LongCellError(FaultsError):
    """A text is longer than a cell of a spreadsheet can hold."""


def _refuse_long_cells(exported: Exported) -> None:
    from poa_toolkit.sheets.sheet import LONGEST_CELL, plain, stored  # noqa: PLC0415 - only a workbook pays for it

    ids = trace(exported.plan).ids
    long = [
        Diagnostic(
            "POA741",
            Severity.ERROR,
            f"{table.name} {' '.join(map(str, row[: table.keys]))}: {column.name} has {len(text)} "
            f"characters; a cell of a spreadsheet holds {LONGEST_CELL}",
            _place(exported, ids, row[: table.keys]),
            "export it with --to jsonl, csv or parquet, or shorten the text",
        )
        for table in exported.tables
        for row in table.rows
        for column, each in zip(table.columns, row, strict=True)
        if isinstance(text := plain(each), str) and len(stored(text)) > LONGEST_CELL
    ]
    if long:
        raise LongCellError(long)


def _place(exported: Exported, ids: Ids, keys: tuple[Cell, ...]) -> Location:
    """Return the place of a record in the files, as far as its first key is an id of the plan."""
    found = ids.get(str(keys[0]).lower()) if keys else None
    return exported.loaded.locate(found[0][1]) if found else Location(exported.loaded.path)
