"""Files that the toolkit made before decision 0066 are read by what it printed then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import word_samples

from poa_toolkit.document.blocks import Document, Paragraph, Role, Table
from poa_toolkit.document.former_lines import former
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.runs import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.document.runs import Run


def plain(runs: Iterable[Run]) -> str:
    return "".join(f"{{{plain(run.runs)}}}" if isinstance(run, Note) else run.text for run in runs)


def before() -> Document:
    plan = word_samples.small()
    return former(plan_document(plan), plan)


def lines(document: Document, field: str) -> list[str]:
    blocks = (block for part in document.parts for block in part.blocks)
    return [
        plain(each.runs)
        for each in blocks
        if isinstance(each, Paragraph) and each.role is Role.DETAIL and each.field == field
    ]


def test_each_line_had_a_note_for_its_recommendations_and_one_for_its_provisions() -> None:
    assert lines(before(), "links") == [
        (
            "Recommendations: c-2015-r1, upr-1{First consultation, Atlanta, 11\N{EN DASH}12 February 2015; "
            "Universal periodic review, A/HRC/26/16, para. 118.23 (Cambodia, recommended by Canada; not verified).} "
            "· Provisions: ICCPR, arts. 2(3) and 25(b); general comment 25, para. 20{International Covenant on Civil "
            "and Political Rights (“ICCPR”), arts. 2(3) and 25(b); Human Rights Committee, general comment No. 25 "
            "(CCPR/C/21/Rev.1/Add.7; “general comment 25”), para. 20 (not verified).}"
        ),
        (
            "Recommendations: upr-1{Universal periodic review, A/HRC/26/16, para. 118.23 (Cambodia, recommended by "
            "Canada; not verified).} · Provisions: ICCPR, art. 25(b){ICCPR, art. 25(b).}"
        ),
        (
            "Recommendations: c-2015-r1{First consultation.} · Provisions: general comment 25, para. 20{general "
            "comment 25, para. 20 (not verified).}"
        ),
    ]


def test_the_other_lines_had_plain_spaces() -> None:
    assert lines(before(), "settings")[0] == (
        "Addressed to: observer organizations, Office of the High Commissioner · "
        "Level: national, international · Timeframe: by the end of 2018 · Status: refined"
    )


def test_reasons_stood_in_the_column_of_paragraphs_and_doubts_of_provisions_nowhere() -> None:
    tables = [
        block
        for part in before().parts
        if part.name in ("recommendations", "instruments")
        for block in part.blocks
        if isinstance(block, Table)
    ]
    cells = [[plain(cell) for cell in row.cells] for table in tables for row in table.rows]
    assert ["c-2015-r2", "(illustrative)", "Meet again.", "Done meanwhile."] in cells
    assert [row[2] for row in cells[3:]] == ["arts. 2(3) and 25(b)", "para. 20"]
