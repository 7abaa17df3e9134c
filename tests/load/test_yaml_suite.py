"""The public YAML test suite: whatever is in it ends in a value or in a diagnostic."""

from __future__ import annotations

import pytest
import yaml_suite
from conftest import Golden
from yaml_suite import Outcome

from poa_toolkit.edit.layout import laid_out
from poa_toolkit.load import yaml_tree


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [yaml_suite.run(case) for case in yaml_suite.cases()]


def test_every_case_is_read_or_refused_with_a_place(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == 402
    for each in outcomes:
        assert each.problem is None or (
            each.problem.code.startswith("POA0") and each.problem.span.line > 0
        ), each


def test_what_is_read_is_what_the_suite_says_but_for_faults_of_libyaml(outcomes: list[Outcome]) -> None:
    read = [each for each in outcomes if each.problem is None and not each.must_fail]
    assert {each.id for each in read if not yaml_suite.agrees(each)} == {
        "652Z",
        "HM87/01",
        "JEF9/02",
        "L24T/01",
    }


def test_a_new_layout_keeps_the_value_of_every_case_and_settles_at_once(outcomes: list[Outcome]) -> None:
    laid = [each for each in outcomes if each.laid_out is not None]
    assert len(laid) > 160
    for each in laid:
        assert each.laid_out is not None
        again = yaml_tree.read_closely("case.yaml", each.laid_out.encode("utf-8"))
        assert again.problems == [], each
        assert again.value == each.value, each
        assert laid_out(again, None) == each.laid_out, each


def test_only_cases_with_explicit_keys_are_left_alone(outcomes: list[Outcome]) -> None:
    left = {each.id for each in outcomes if each.problem is None and each.laid_out is None}
    marked = {case["id"] for case in yaml_suite.cases() if "?" in case["yaml"]}
    assert left <= marked


def test_the_page_on_the_subset_is_up_to_date(outcomes: list[Outcome], golden: Golden) -> None:
    golden("../../docs/maintainers/yaml-subset.md", yaml_suite.page(outcomes))
