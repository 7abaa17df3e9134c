"""A comparison as a Word table: old words, new words, what and why."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from every_change import every_kind

from poa_toolkit.document.blocks import new_side, old_side
from poa_toolkit.document.changes_report import changes
from poa_toolkit.word.writer.report import render_comparison

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

    from poa_toolkit.document.runs import Run

WHEN = datetime(2017, 12, 5, tzinfo=UTC)


def plain(words: tuple[tuple[Run, ...], ...]) -> str:
    return "\n".join("".join(getattr(run, "text", "") for run in each) for each in words)


def test_every_change_has_a_row_with_both_sides_and_what_happened() -> None:
    report = changes(*every_kind())
    word = docx.Document(BytesIO(render_comparison(report, when=WHEN)))
    tables = [table for table in word.tables if len(table.columns) == 3]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    entries = [entry for part in report.parts for entry in part.entries]
    assert [row[:2] for row in rows] == [[plain(old_side(each)), plain(new_side(each))] for each in entries]
    for row, entry in zip(rows, entries, strict=True):
        title, weight, *rest = row[2].split("\n")
        assert title == "".join(getattr(run, "text", "") for run in entry.title)
        assert weight.startswith(entry.weight)
        assert rest == [line for line in (entry.evidence, *entry.effects) if line]
    assert [cell.text for cell in tables[0].rows[0].cells] == ["day-1", "day-2", "What and why"]


def test_paper_is_wide_and_head_rows_repeat() -> None:
    word = docx.Document(BytesIO(render_comparison(changes(*every_kind()), when=WHEN)))
    assert word.sections[0].orientation == WD_ORIENT.LANDSCAPE
    for table in word.tables:
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in rest if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    deleted = [run for table in word.tables for row in table.rows for run in row._tr.iter(qn("w:rStyle"))]
    assert {run.get(qn("w:val")) for run in deleted} >= {"POADeleted", "POAInserted"}


def test_same_comparison_gives_the_same_bytes_and_says_what_it_is() -> None:
    first, second = (render_comparison(changes(*every_kind()), when=WHEN) for _ in range(2))
    assert first == second
    properties = docx.Document(BytesIO(first)).core_properties
    assert (properties.title, properties.language) == ("Changes from day-1 to day-2", "en-GB")


def test_terminal_never_gets_a_word_file(poa: Poa, tmp_path: Path) -> None:
    done = poa("diff", "--format", "docx")
    assert (done.status, done.stdout) == (2, "")
    assert "name it with -o FILE" in done.stderr
    del tmp_path


@pytest.mark.tools
def test_microsofts_validator_finds_nothing(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(render_comparison(changes(*every_kind()), when=WHEN))
    assert ooxml_validator(path) == []


@pytest.mark.tools
def test_libreoffice_opens_it(
    tmp_path: Path, soffice: Callable[[Path], Path], pdf_text: Callable[[Path], str]
) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(render_comparison(changes(*every_kind()), when=WHEN))
    text = pdf_text(soffice(path))
    assert "What and why" in text
    assert "Page 1 of" in text
