"""Say which recommendations and provisions meet which actions, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.comparisons import consecutive
from poa_toolkit.api.printed import printed
from poa_toolkit.api.record_names import sure
from poa_toolkit.api.render import end_of_stage
from poa_toolkit.api.validate import InvalidPlanError, read, validate
from poa_toolkit.document import dates, pictures
from poa_toolkit.document import matrix as laid_out
from poa_toolkit.document.matrix_rows import Axis, Filter, Matrix, served_themes
from poa_toolkit.document.matrix_rows import matrix as rows_of
from poa_toolkit.document.plan import citation_context
from poa_toolkit.document.report_blocks import report
from poa_toolkit.errors import PoaError
from poa_toolkit.source.versions import WORKING_TREE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from poa_toolkit.document.blocks import Document, Part
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.load.plan import Loaded


class Found(NamedTuple):
    """The matrix of a version."""

    project: Path
    loaded: Loaded
    context: CitationContext
    matrix: Matrix


def matrix(
    project: Path,
    version: str | None = None,
    *,
    rows: Axis = Axis.RECOMMENDATIONS,
    by: Axis | None = None,
    chosen: Mapping[Filter, Sequence[str]] | None = None,
) -> Found:
    """Return the matrix of a version, of what was chosen by the names of ids, titles or printed numbers.

    Without `by` it is the actions, and of actions the recommendations. Raises VersionError for an unknown
    version, InvalidPlanError where plan.yaml cannot be read, PoaError for a name that the plan does not have.
    """
    loaded = read(project, version)
    plan = sure(loaded)
    if plan is None:
        raise InvalidPlanError(validate(project, version=loaded))
    context = citation_context(plan)
    other = Axis.RECOMMENDATIONS if rows is Axis.ACTIONS else Axis.ACTIONS
    return Found(project, loaded, context, rows_of(context, rows, by or other, chosen or {}))


def describe(
    found: Found, form: str, *, heat_map: bool = False, colour: bool = False, width: int = 100
) -> str:
    """Print a matrix as ``text``, ``markdown``, ``html`` or ``json``, or the map of themes by section.

    JSON has both.
    """
    if form == "json":
        from poa_toolkit.write import matrix as as_json  # noqa: PLC0415 - only what is printed is imported

        context = found.context
        sections = [each.id for each in context.plan.sections]
        served, numbers = served_themes(context), context.numbers
        return as_json.to_json(found.matrix, served, numbers, label=found.loaded.label, sections=sections)
    return printed(heat_map_of(found) if heat_map else document(found), form, colour=colour, width=width)


def document(found: Found) -> Document:
    """Lay out a matrix for a reader."""
    return _report(found, laid_out.title(found.matrix), laid_out.matrix(found.matrix, found.context))


def heat_map_of(found: Found) -> Document:
    """Lay out the map of themes by section for a reader."""
    return _report(found, "Matrix: themes by section", (laid_out.themes(found.context),))


def annex(found: Found, *, when: datetime | None = None) -> bytes:
    """Return a Word file: the matrix, the map of themes by section, and the pictures.

    It bears the date `when`, or else that of the stage of the version.
    """
    from poa_toolkit.word.writer.report import render  # noqa: PLC0415 - heavy: docx

    comparisons = consecutive(found.project, found.loaded)
    tables = pictures.every_table(found.context, comparisons, found.loaded.amendments)
    drawn = pictures.part_of(tables)
    parts = (
        *laid_out.matrix(found.matrix, found.context),
        laid_out.themes(found.context),
        *((drawn,) if drawn else ()),
    )
    document = _report(found, laid_out.title(found.matrix), parts)
    if found.loaded.label == WORKING_TREE:
        # who is sent a Word file knows no working tree
        document = replace(document, version=dates.as_it_stands(found.context.plan, found.context.words))
    return render(document, when=when or end_of_stage(found.context.plan))


def workbook(found: Found, *, when: datetime | None = None) -> bytes:
    """Return a workbook with the tables of the matrix and the map of themes; dated as the annex is."""
    from poa_toolkit.sheets import workbook as book  # noqa: PLC0415 - heavy: openpyxl
    from poa_toolkit.sheets.of_document import sheets  # noqa: PLC0415 - the same

    context = found.context
    parts = (*laid_out.matrix(found.matrix, context), laid_out.themes(context))
    made = tuple(sheets(_report(found, laid_out.title(found.matrix), parts)))
    if not made:
        raise PoaError("the plan has nothing of which a workbook could have a sheet")
    return book.workbook(made, title=context.plan.title, when=when or end_of_stage(context.plan))


def _report(found: Found, title: str, parts: Sequence[Part]) -> Document:
    context, cover = found.context, laid_out.narrowed(found.matrix, found.context)
    return report(
        title, parts, context.plan, references=context.references, version=found.loaded.label, cover=cover
    )
