"""The rule book: each page's bad example is reported, its good one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import rule_examples
import small_plan

from poa_toolkit.api import explain, validate
from poa_toolkit.diagnostic import Severity

if TYPE_CHECKING:
    from pathlib import Path


PAGES = {page.code: page for page in explain.pages()}
WITH_EXAMPLE = [code for code, page in PAGES.items() if page.bad]
OF_WORD = {
    page.code
    for page in explain.pages()
    if page.name.startswith(("template-", "returned-", "draft-", "sheet-"))
}
WITHOUT_EXAMPLE = {"POA013", "POA015", "POA016", "POA021", "POA401", "POA921", "POA931", "POA932"} | OF_WORD
"""Faults of a file system, of layout, of a frozen file, of a secretariat's own, of schemas, of Word files and workbooks: each has tests
of its own."""


def _codes(project: Path, code: str, example: str) -> list[str]:
    return [each.code for each in rule_examples.findings(project, code, example)]


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_bad_example_is_reported(code: str, tmp_path: Path) -> None:
    assert code in _codes(tmp_path, code, PAGES[code].bad)


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_good_example_is_not(code: str, tmp_path: Path) -> None:
    assert code not in _codes(tmp_path, code, PAGES[code].good)


def test_every_code_has_a_page_that_says_all() -> None:
    for page in PAGES.values():
        assert page.title.endswith("."), page.code
        assert page.cure, page.code
        assert bool(page.bad) == bool(page.good) == (page.code not in WITHOUT_EXAMPLE), page.code


def test_codes_and_names_are_used_once() -> None:
    pages = explain.pages()
    assert len({page.code for page in pages}) == len({page.name for page in pages}) == len(pages)


def test_the_small_plan_is_clean(tmp_path: Path) -> None:
    assert validate.validate(small_plan.write(tmp_path)).diagnostics == ()


def _only(project: Path, data: dict[str, Any], code: str, **options: Any) -> Any:
    found = [
        each
        for each in validate.validate(small_plan.write(project, data), **options).diagnostics
        if each.code == code
    ]
    assert len(found) == 1, found
    return found[0]


def test_a_message_says_where_what_and_how_to_mend_it(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["addressees"] = ["observer"]
    found = _only(tmp_path, data, "POA206")
    assert str(found.location) == "plan/sections/01-first.yaml:17:5"
    assert found.location.excerpt == "  - observer"
    assert (found.message, found.help) == ('no actor "observer"', 'did you mean "observers"?')


def test_a_repeated_id_names_both_places(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data, 1)["id"] = "a-001"
    found = _only(tmp_path, data, "POA205")
    assert found.message == 'the id "a-001" is used twice'
    assert [each.location.span.line for each in found.related if each.location.span] == [7]


@pytest.mark.parametrize(
    ("citation", "known"),
    [
        ("iccpr 25(b)", True),
        ("iccpr 25", True),
        ("iccpr 19", True),
        ("iccpr 19(2)", True),
        ("iccpr 19(2)(a)", True),
        ("iccpr 25(c)", False),
        ("iccpr 2", True),
        ("iccpr 2(1)", False),
        ("iccpr 26", False),
        ("udhr 21", True),
    ],
)
def test_a_provision_is_known_through_its_parts_and_its_divisible_whole(
    citation: str, *, known: bool, tmp_path: Path
) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = [citation]
    found = [each.code for each in validate.validate(small_plan.write(tmp_path, data)).diagnostics]
    assert ("POA203" not in found) is known


def test_a_later_stage_asks_for_more(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "Observers [should | may] report."
    small_plan.write(tmp_path, data)
    assert validate.validate(tmp_path).diagnostics == ()
    found = [each.code for each in validate.validate(tmp_path, stage="day-2").diagnostics]
    assert sorted(found) == ["POA402", "POA403", "POA403"]


def test_what_is_withdrawn_need_not_meet_the_stage_and_answers_nothing(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data).update(status="withdrawn", reason="Overtaken.", text="Observers [may] report.")
    small_plan.action(data, 1)["status"] = "agreed"
    small_plan.write(tmp_path, data)
    assert [each.code for each in validate.validate(tmp_path, stage="day-2").diagnostics] == ["POA501"]


def test_escaped_brackets_are_no_brackets(tmp_path: Path) -> None:
    data = small_plan.files()
    for index in (0, 1):
        small_plan.action(data, index).update(status="agreed", text=r"Observers \[sic\] report.")
    small_plan.write(tmp_path, data)
    assert validate.validate(tmp_path, stage="day-2").diagnostics == ()


def test_citing_what_did_not_exist_is_refused(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"].append("late-resolution 1")
    small_plan.action(data)["recommendations"].append("late-recommendation")
    small_plan.write(tmp_path, data)
    found = {each.code: each.message for each in validate.validate(tmp_path).diagnostics}
    assert found["POA601"] == "late-resolution was adopted on 2017-12-19, after stage day-1 (2017-12-04)"
    assert found["POA602"] == "late-recommendation was made in 2019, after stage day-1 (2017-12-04)"


def test_all_faults_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data).update(status="agree", addressees=["nobody"])
    small_plan.action(data, 1)["provisions"] = ["iccpr 99"]
    data["actors.yaml"]["actors"][0]["titel"] = "x"
    data["obligations.yaml"] = "obligations: [&x a]"
    report = validate.validate(small_plan.write(tmp_path, data))
    assert [each.code for each in report.diagnostics] == ["POA102", "POA006", "POA106", "POA203"]
    assert report.incomplete


def test_links_to_what_could_not_be_read_are_silent(tmp_path: Path) -> None:
    data = small_plan.files()
    data["actors.yaml"]["actors"][0]["titel"] = "x"
    data["recommendations/hres-2015-02.yaml"]["recommendations"][0]["origin"] = "x"
    data["instruments/universal.yaml"]["instruments"][1]["kind"] = "x"
    found = [each.code for each in validate.validate(small_plan.write(tmp_path, data)).diagnostics]
    assert sorted(found) == ["POA102", "POA106", "POA106"]


def test_severities(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 2(3)"]
    found = _only(tmp_path, data, "POA603")
    assert found.severity is Severity.INFORMATION


def test_a_citation_is_verified_only_where_every_entry_behind_it_is(tmp_path: Path) -> None:
    data = small_plan.files()
    provisions = data["instruments/universal.yaml"]["instruments"][1]["provisions"]
    provisions.append({"ref": "25(c)", "subject": "public service"})
    small_plan.action(data)["provisions"] = ["iccpr 25"]
    assert _only(tmp_path, data, "POA603").message == '"iccpr 25" is not verified'
