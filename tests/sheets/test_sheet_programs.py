"""Workbooks as other programs save them: what LibreOffice Calc makes of one comes home as it went out."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from sheet_editing import cell, edited, of_project, pull, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def calc(soffice: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """Save a workbook again with LibreOffice."""
    folder = tmp_path_factory.mktemp("calc")
    (folder / "a.csv").write_text("a,b\n", "utf-8")
    try:
        soffice(folder / "a.csv", "xlsx")
    except (AssertionError, subprocess.SubprocessError):
        pytest.skip("this LibreOffice has no Calc")

    def save(content: bytes) -> bytes:
        (folder / "plan.xlsx").write_bytes(content)
        return soffice(folder / "plan.xlsx", "xlsx").read_bytes()

    return save


def test_an_unedited_workbook_that_calc_saved_asks_for_nothing(calc: Callable[[bytes], bytes]) -> None:
    pulled = pull(ROOT, calc(of_project(ROOT)), only_show=True)
    assert (pulled.new, pulled.diagnostics, pulled.version) == ((), (), "the working tree")


def test_an_edit_that_calc_saved_is_one_amendment(calc: Callable[[bytes], bytes], tmp_path: Path) -> None:
    typed = "= Observers, “always”,  report: 1-2, 007."

    def change(book: Workbook) -> None:
        there = cell(book, "actions", "A-001", "timeframe")
        there.value = typed
        there.data_type = "s"  # as a cell takes it that is formatted as text

    (row,) = rows(pull(tmp_path, calc(edited(change))))
    assert (row["record"], row["field"], row["proposed"]) == ("A-001", "timeframe", typed.replace("  ", " "))
