"""Safe fixes mend what can mean one thing only, and touch nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import small_plan

from poa_toolkit.api import editing
from poa_toolkit.config import Config
from poa_toolkit.edit import fixes

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

KNOWN = fixes.Known(
    ids={
        "recommendation": frozenset({"hres-2015-02-r1", "workshop-special"}),
        "instrument": frozenset({"iccpr", "icescr"}),
        "actor": frozenset({"observers", "states"}),
    },
    is_citation=lambda text: text == "iccpr 25(b)",
)


@pytest.mark.parametrize(
    ("code", "value", "mended"),
    [
        ("POA201", "workshop-specail", "workshop-special"),
        ("POA202", "icpcr 25(b)", "iccpr 25(b)"),
        ("POA206", "observer", "observers"),
        ("POA302", "e\u0301quitable", "\u00e9quitable"),
        ("POA312", "a  b   c", "a b c"),
        ("POA313", " a ", "a"),
        ("POA314", "reports , and answers .", "reports, and answers."),
        ("POA316", "the State's \u201clist\u201d", "the State\u2019s \u201clist\u201d"),
        ("POA317", 'a "list" of (all) "issues".', "a \u201clist\u201d of (all) \u201cissues\u201d."),
        ("POA218", "iccpr 25(b)", fixes.REMOVE),
    ],
)
def test_a_fix_mends(code: str, value: str, mended: object) -> None:
    assert fixes.fixed(code, value, KNOWN) == mended


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("POA201", "hres-2015-02-r9"),  # a figure is no slip of the pen
        ("POA201", "something-else"),
        ("POA202", "icpcr 52(b)"),
        ("POA202", "icpcr"),
        ("POA316", "the 'so called' \u201clist\u201d"),
        ("POA317", 'an odd " mark'),
        ("POA303", "[open"),
        ("POA302", 7),
    ],
)
def test_a_fix_leaves_alone_what_could_mean_something_else(code: str, value: Any) -> None:
    assert fixes.fixed(code, value, KNOWN) == value


def test_two_candidates_are_none() -> None:
    assert fixes.likeliest("observer", ["observers", "observed"]) is None
    assert fixes.likeliest("observer", ["observers", "states"]) == "observers"


def _faulty(project: Path) -> tuple[Path, bytes]:
    """Write a plan with faults in odd places: the file, and its bytes."""
    small_plan.write(project)
    path = project / "plan/sections/01-first.yaml"
    text = path.read_text("utf-8")
    text = text.replace("treaty bodies.", "treaty  bodies.").replace("- observers", "- observer   # who?")
    text = text.replace("  - hres-2015-02-r2\n", "  - hres-2015-02-r2\n  - hres-2015-02-r2\n")
    text = text.replace("States should answer.", "States should e\u0301tudier.") + "# the end"
    content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    path.write_bytes(content)
    return path, content


def test_only_the_bytes_concerned_change(tmp_path: Path) -> None:
    path, before = _faulty(tmp_path)
    result = editing.fix(tmp_path)
    after = path.read_bytes()
    expected = before.replace(b"treaty  bodies", b"treaty bodies").replace(b"- observer  ", b"- observers  ")
    expected = expected.replace("e\u0301".encode(), "\u00e9".encode())
    expected = expected.replace(b"  - hres-2015-02-r2\r\n" * 2, b"  - hres-2015-02-r2\r\n")
    assert after == expected
    assert result.fixed == 4
    assert list(result.diffs) == ["plan/sections/01-first.yaml"]
    assert editing.fix(tmp_path) == editing.FixResult({}, 0)


def test_what_is_only_shown_or_ignored_is_not_written(tmp_path: Path) -> None:
    path, before = _faulty(tmp_path)
    assert editing.fix(tmp_path, only_show=True).fixed == 4
    assert editing.fix(tmp_path, config=Config(ignore=("POA",))).fixed == 0
    assert path.read_bytes() == before
    assert editing.fix(tmp_path, only_show=True, config=Config(select=("POA302",))).fixed == 1


def test_a_link_that_stands_twice_keeps_its_comment(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    path = tmp_path / "plan/sections/01-first.yaml"
    text = path.read_text("utf-8").replace(
        "  - hres-2015-02-r2\n", "  - hres-2015-02-r2\n  - hres-2015-02-r2 # why\n"
    )
    path.write_text(text, "utf-8")
    assert editing.fix(tmp_path) == editing.FixResult({}, 0)
    assert path.read_text("utf-8") == text


def test_validate_fixes_and_shows(tmp_path: Path, poa: Poa) -> None:
    path, before = _faulty(tmp_path)
    shown = poa("validate", "--fix", "--diff")
    assert "+  - observers   # who?\n" in shown.stdout
    assert path.read_bytes() == before
    poa("validate", "--fix")
    assert path.read_bytes() != before
    assert "POA206" not in poa("validate").stdout
