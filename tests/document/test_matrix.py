"""The matrix: what meets what, what meets nothing, and what a person may narrow it to."""

# ruff: noqa: RUF001 - a dash is what a gap is shown by

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.document import matrix as laid_out
from poa_toolkit.document.blocks import DARKEST, Table
from poa_toolkit.document.matrix_rows import Axis, Filter, matrix, served_themes
from poa_toolkit.document.plan import citation_context
from poa_toolkit.document.runs import Link, words_of
from poa_toolkit.errors import PoaError
from poa_toolkit.load.plan import load
from poa_toolkit.source.base import Files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.document.blocks import Part
    from poa_toolkit.document.citations import CitationContext

R, P, A = Axis.RECOMMENDATIONS, Axis.PROVISIONS, Axis.ACTIONS
RECOMMENDATIONS = [f"r-{number}" for number in range(6)]
PROVISIONS = ["iccpr 25(b)", "iccpr 2(3)", "iccpr 19", "iccpr 19(2)", "udhr 21(3)"]
LISTED = {"iccpr 25(b)", "iccpr 2(3)", "iccpr 19", "udhr 21(3)", "late-resolution 1"}
MECHANISMS = ["First test body", "Second test body", ""]
STATES = ["Testland", "Sampleland"]


def context(data: dict[str, Any]) -> CitationContext:
    contents = {f"plan/{name}": json.dumps(each).encode() for name, each in data.items()}
    plan = load(Files("x", contents)).plan
    assert plan is not None
    return citation_context(plan)


def plan_of(actions: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Give a plan of two sections with these actions, taken in turn."""
    data = small_plan.files()
    del data["recommendations/hres-2015-02.yaml"], data["sections/01-first.yaml"]
    data["recommendations/late.yaml"]["recommendations"] = [
        {
            "id": name,
            "text": f"The gist of {name}.",
            "origin": "illustrative",
            "state": STATES[number % 2],
            "obligations": ["vote"] if number % 3 == 0 else [],
            **({"mechanism": MECHANISMS[number % 3]} if MECHANISMS[number % 3] else {}),
            **({"not_taken_up": "Left for later."} if number % 2 else {}),
        }
        for number, name in enumerate(RECOMMENDATIONS)
    ]
    made = [
        {"id": f"A-{number:03}", "text": f"Text {number}.", "status": "draft", **each}
        for number, each in enumerate(actions, start=1)
    ]
    for at, name in enumerate(("first", "second")):
        section = {"id": name, "title": f"The {name} things", "actions": made[at::2]}
        data[f"sections/0{at + 1}-{name}.yaml"] = section
    return data


ACTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(["draft", "draft", "agreed", "deferred", "withdrawn"]),
            "recommendations": st.lists(
                st.sampled_from([*RECOMMENDATIONS, "r-unknown"]), unique=True, max_size=4
            ),
            "provisions": st.lists(st.sampled_from(PROVISIONS), unique=True, max_size=4),
            "addressees": st.lists(st.sampled_from(["states", "observers"]), unique=True),
        }
    ),
    max_size=7,
)


def actions_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the printed actions in printed order."""
    sections = [data["sections/01-first.yaml"], data["sections/02-second.yaml"]]
    every = [action | {"section": each["id"]} for each in sections for action in each["actions"]]
    return [each for each in every if each["status"] not in ("deferred", "withdrawn")]


@given(ACTIONS)
def test_rows_are_the_links_of_the_files_and_the_other_way_round_they_are_the_same(
    actions: list[dict[str, Any]],
) -> None:
    data = plan_of(actions)
    known, printed = context(data), actions_of(data)
    for side, field in ((R, "recommendations"), (P, "provisions")):
        one, other = matrix(known, side, A, {}), matrix(known, A, side, {})
        expected = {(name, each["id"]) for each in printed for name in each[field]}
        there = {(row.record, name) for row in one.linked for name in row.links}
        back = {(name, row.record) for row in other.linked for name in row.links}
        assert there | {each for each in back if each[0] == "r-unknown"} == back == expected
        order = [each["id"] for each in printed]
        assert all(list(row.links) == [name for name in order if name in row.links] for row in one.linked)
        assert [row.record for row in other.gaps] == [each["id"] for each in printed if not each[field]]
        cited = {name for each in printed for name in each[field]}
        if side is R:
            assert {row.record for row in one.gaps} == {*RECOMMENDATIONS} - cited
        else:
            # what is cited below a divisible provision reaches it
            reached = cited | ({"iccpr 19"} if "iccpr 19(2)" in cited else set())
            assert {row.record for row in one.gaps} == LISTED - reached


@given(
    ACTIONS,
    st.sampled_from(STATES),
    st.sampled_from(["first", "second"]),
    st.sampled_from(["states", "observers"]),
)
def test_every_filter_holds_and_gaps_are_told_only_where_all_of_the_other_side_is_looked_at(
    actions: list[dict[str, Any]], state: str, section: str, addressee: str
) -> None:
    data = plan_of(actions)
    known, printed = context(data), actions_of(data)
    of_state = {name for number, name in enumerate(RECOMMENDATIONS) if STATES[number % 2] == state}
    wanted = [each for each in printed if each["section"] == section and addressee in each["addressees"]]
    rows = matrix(
        known, R, A, {Filter.STATE: [state], Filter.SECTION: [section], Filter.ADDRESSEE: [addressee]}
    )
    there = {(row.record, name) for row in rows.linked for name in row.links}
    expected = {(name, each["id"]) for each in wanted for name in each["recommendations"] if name in of_state}
    assert (there, rows.gaps, rows.knows_gaps) == (expected, (), False)
    alone = matrix(known, R, A, {Filter.STATE: [state]})
    taken_up = {name for each in printed for name in each["recommendations"]}
    assert {row.record for row in alone.gaps} == of_state - taken_up
    of_actions = matrix(known, A, R, {Filter.SECTION: [section], Filter.ADDRESSEE: [addressee]})
    assert [row.record for row in of_actions.gaps] == [
        each["id"] for each in wanted if not each["recommendations"]
    ]
    by_provision = matrix(known, P, A, {Filter.STATE: [state]})
    of_those = [each for each in printed if of_state.intersection(each["recommendations"])]
    assert {(row.record, name) for row in by_provision.linked for name in row.links} == {
        (name, each["id"]) for each in of_those for name in each["provisions"]
    }


@given(ACTIONS)
def test_a_theme_is_counted_once_an_action_in_its_section(actions: list[dict[str, Any]]) -> None:
    data = plan_of(actions)
    serving = [each for each in actions_of(data) if "iccpr 25(b)" in each["provisions"]]
    counts = tuple(sum(each["section"] == name for each in serving) for name in ("first", "second"))
    assert served_themes(context(data)) == (("vote", counts, len(serving)),)
    themed = matrix(context(data), A, P, {Filter.THEME: ["Right to vote"]})
    assert [row.record for row in themed.linked] == [each["id"] for each in serving]


SOME = [
    {"recommendations": ["r-0", "r-1"], "provisions": ["iccpr 25(b)"], "addressees": ["states"]},
    {"recommendations": ["r-1", "r-4"], "provisions": ["iccpr 19(2)"], "addressees": ["observers"]},
]


@pytest.mark.parametrize(
    ("chosen", "linked", "gaps"),
    [
        ({}, ["r-0", "r-1", "r-4"], ["r-2", "r-3", "r-5"]),
        ({Filter.MECHANISM: ["second TEST body"]}, ["r-1", "r-4"], []),
        ({Filter.MECHANISM: ["late-mechanism"]}, ["r-0", "r-1", "r-4"], ["r-2", "r-3", "r-5"]),
        ({Filter.MECHANISM: ["A later mechanism"], Filter.STATE: ["testland"]}, ["r-0", "r-4"], ["r-2"]),
        ({Filter.STATE: ["Testland", "Sampleland"]}, ["r-0", "r-1", "r-4"], ["r-2", "r-3", "r-5"]),
        ({Filter.THEME: ["2"]}, ["r-0"], ["r-3"]),
        ({Filter.SECTION: ["II"]}, ["r-1", "r-4"], []),
        ({Filter.SECTION: ["the first things"]}, ["r-0", "r-1"], []),
        ({Filter.ADDRESSEE: ["Election observers"]}, ["r-1", "r-4"], []),
    ],
)
def test_a_filter_takes_ids_titles_and_numbers(
    chosen: dict[Filter, list[str]], linked: list[str], gaps: list[str]
) -> None:
    found = matrix(context(plan_of(SOME)), R, A, chosen)
    assert [row.record for row in found.linked] == linked
    assert [row.record for row in found.gaps] == gaps


@pytest.mark.parametrize(
    ("rows", "by", "chosen", "message"),
    [
        (R, A, {Filter.THEME: ["votee"]}, 'no theme "votee"; did you mean "vote"?'),
        (R, A, {Filter.STATE: ["Nowhere"]}, 'no state "Nowhere"; there are Testland, Sampleland'),
        (R, A, {Filter.SECTION: ["III"]}, 'no section "III"; there are first, second'),
        (R, A, {Filter.MECHANISM: ["A later mechanisms"]}, 'no mechanism "A later mechanisms"; did you mean "late-mechanism"?'),
        (R, P, {}, "recommendations meet provisions only through actions; choose actions for one side: the other is named beside"),
        (A, A, {}, "both sides are actions; choose something else for one of them"),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_have_is_refused(
    rows: Axis, by: Axis, chosen: dict[Filter, list[str]], message: str
) -> None:
    with pytest.raises(PoaError) as refused:
        matrix(context(plan_of(SOME)), rows, by, chosen)
    assert str(refused.value) == message


def tables(parts: Iterable[Part]) -> list[Table]:
    return [block for part in parts for block in part.blocks if isinstance(block, Table)]


def test_gaps_stand_first_with_the_reason_or_that_there_is_none() -> None:
    known = context(plan_of(SOME))
    parts = laid_out.matrix(matrix(known, R, A, {}), known)
    said = [words_of(block.runs) for part in parts for block in part.blocks if not isinstance(block, Table)]
    assert said == [
        "6 recommendations: 3 taken up, 3 not taken up, 2 of them with a reason on record.",
        *("Not taken up", "At a glance", "Taken up"),
    ]
    gaps = tables(parts)[0]
    assert [(row.record, words_of(row.cells[-1])) for row in gaps.rows] == [
        ("r-2", "no reason recorded"),
        ("r-3", "Left for later."),
        ("r-5", "Left for later."),
    ]


def test_paragraphs_are_links_by_printed_numbers_and_a_grid_shows_them_as_dots() -> None:
    known = context(plan_of(SOME))
    _, grid, full = tables(laid_out.matrix(matrix(known, R, A, {}), known))
    assert [column.title for column in grid.columns] == ["Recommendation", "2", "3"]
    assert [[words_of(cell) for cell in row.cells] for row in grid.rows] == [
        ["r-0", "●", ""],
        ["r-1", "●", "●"],
        ["r-4", "", "●"],
    ]
    assert [run for run in full.rows[1].cells[3] if isinstance(run, Link)] == [
        Link("2", "#A-001"),
        Link("3", "#A-002"),
    ]
    assert words_of(full.rows[0].cells[4]).endswith("art.\u00a025(b)")


def test_a_large_matrix_is_as_long_as_its_links_and_no_grid() -> None:
    large = plan_of([{"recommendations": ["r-0"], "provisions": ["iccpr 25(b)"]}] * 300)
    known = context(large)
    found = tables(laid_out.matrix(matrix(known, R, A, {}), known))
    cells = [cell for table in found for row in table.rows for cell in row.cells]
    assert len(found) == 2
    assert len(cells) == 5 * 4 + 5
    assert (
        sum(isinstance(run, Link) and run.target.startswith("#A-") for cell in cells for run in cell) == 300
    )


def test_a_gap_among_themes_is_a_dash_and_never_shaded() -> None:
    data = plan_of([SOME[0]])
    data["obligations.yaml"]["obligations"].append({"id": "assembly", "number": 6, "title": "Assembly"})
    part = laid_out.themes(context(data))
    (table,) = tables([part])
    assert [[words_of(cell) for cell in row.cells] for row in table.rows] == [
        ["2. Right to vote", "1", "–", "1"],
        ["6. Assembly", "–", "–", "–"],
    ]
    assert [row.shades for row in table.rows] == [(0, DARKEST, 0, 0), (0, 0, 0, 0)]
    said = [words_of(block.runs) for block in part.blocks if not isinstance(block, Table)]
    assert "Served by no action: 6. Assembly." in said
