"""Safe fixes mend what can mean one thing only, and touch nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import rule_examples
import small_plan

from poa_toolkit.api import explain, fix, validate
from poa_toolkit.config import Config
from poa_toolkit.edit import fixes
from poa_toolkit.errors import EditRefusedError

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
    result = fix.fix(tmp_path)
    after = path.read_bytes()
    expected = before.replace(b"treaty  bodies", b"treaty bodies").replace(b"- observer  ", b"- observers  ")
    expected = expected.replace("e\u0301".encode(), "\u00e9".encode())
    expected = expected.replace(b"  - hres-2015-02-r2\r\n" * 2, b"  - hres-2015-02-r2\r\n")
    assert after == expected
    assert result.fixed == 4
    assert list(result.diffs) == ["plan/sections/01-first.yaml"]
    assert fix.fix(tmp_path) == fix.FixResult({}, 0)


def test_what_is_only_shown_or_ignored_is_not_written(tmp_path: Path) -> None:
    path, before = _faulty(tmp_path)
    assert fix.fix(tmp_path, only_show=True).fixed == 4
    assert fix.fix(tmp_path, config=Config(ignore=("POA",))).fixed == 0
    assert path.read_bytes() == before
    assert fix.fix(tmp_path, only_show=True, config=Config(select=("POA302",))).fixed == 1


def test_a_link_that_stands_twice_keeps_its_comment(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    path = tmp_path / "plan/sections/01-first.yaml"
    text = path.read_text("utf-8").replace(
        "  - hres-2015-02-r2\n", "  - hres-2015-02-r2\n  - hres-2015-02-r2 # why\n"
    )
    path.write_text(text, "utf-8")
    assert fix.fix(tmp_path) == fix.FixResult({}, 0)
    assert path.read_text("utf-8") == text


def test_validate_fixes_and_shows(tmp_path: Path, poa: Poa) -> None:
    path, before = _faulty(tmp_path)
    shown = poa("validate", "--fix", "--diff")
    assert "+  - observers   # who?\n" in shown.stdout
    assert path.read_bytes() == before
    poa("validate", "--fix")
    assert path.read_bytes() != before
    assert "POA206" not in poa("validate").stdout


@pytest.mark.parametrize("code", [page.code for page in explain.pages() if page.bad])
def test_what_says_that_fix_mends_it_is_gone_with_fix_and_nothing_else(code: str, tmp_path: Path) -> None:
    page = next(each for each in explain.pages() if each.code == code)
    rule_examples.findings(tmp_path, code, page.bad)
    _says_what_fix_does(tmp_path)


def _says_what_fix_does(project: Path) -> list[str]:
    """Prove that exactly the findings that say so are gone after --fix; give their codes."""
    day = date(2017, 12, 4)
    report = validate.validate(project, today=day)
    before = fix.telling(project, report, today=day).diagnostics
    try:
        fix.fix(project, today=day)
    except EditRefusedError:
        assert report.diagnostics == before
    said = [each for each in before if fix.SAYS in each.help]
    left = Counter((each.code, each.location.path) for each in before)
    left.subtract((each.code, each.location.path) for each in said)
    # a message that quotes what was mended says it in other words afterwards
    after = Counter(
        (each.code, each.location.path) for each in validate.validate(project, today=day).diagnostics
    )
    assert left == after
    return [each.code for each in said]


def test_every_code_with_a_fix_is_said_for_what_it_mends(tmp_path: Path) -> None:
    _faulty(tmp_path)
    assert sorted(_says_what_fix_does(tmp_path)) == ["POA206", "POA217", "POA302", "POA312", "POA510"]


def test_what_fix_cannot_do_is_not_said(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["recommendations"] = ["hres-2015-02-r9"]
    small_plan.action(data, 1)["addressees"] = ["observer"]
    small_plan.write(tmp_path, data)
    assert _says_what_fix_does(tmp_path) == ["POA206"]


def test_a_fix_that_would_bring_an_error_is_not_said_nor_shown(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 25(b)", "late-resolutoin 1"]
    small_plan.write(tmp_path, data)
    assert _says_what_fix_does(tmp_path) == []
    said = poa("validate").stdout
    assert "late-resolutoin" in said
    assert "--fix" not in said
    shown = poa("validate", "--fix", "--diff")
    assert shown.stdout == ""
    assert "nothing was mended" in shown.stderr


def test_nothing_is_said_of_another_version(tmp_path: Path, poa: Poa) -> None:
    _faulty(tmp_path)
    assert "`poa validate --fix` mends it" in poa("validate").stdout
    assert "--fix" not in poa("validate", "--version", str(tmp_path)).stdout


def test_what_ends_with_a_mend_says_so_too(tmp_path: Path) -> None:
    data = small_plan.files()
    data["actors.yaml"]["actors"].append({"id": "parliaments", "title": "Parliaments"})
    small_plan.action(data)["addressees"] = ["observers", "parliament"]
    small_plan.write(tmp_path, data)
    assert sorted(_says_what_fix_does(tmp_path)) == ["POA206", "POA510"]
