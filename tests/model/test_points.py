"""Points and sub-points: their numbers, their names, their places, and what a text says of them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import word_samples
from edited_plans import data
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.document.record_names import meant
from poa_toolkit.load.shape_errors import build
from poa_toolkit.model import Action, Plan, Section, digests
from poa_toolkit.model.numbering import cited_numbers, printed_numbers
from poa_toolkit.model.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
COUNTS = st.lists(st.integers(0, len(ROMANS)), max_size=len(LETTERS))
"""How many sub-points each point of an action has."""


def with_points(counts: list[int]) -> Plan:
    """Give a plan whose first action has so many points, each with so many sub-points."""
    tree = data()
    tree["sections"][0]["actions"][0]["points"] = [
        {
            "id": f"p{at}",
            "text": f"Point {at}:",
            "points": [{"id": f"p{at}-{one}", "text": f"Sub-point {at} {one};"} for one in range(count)],
        }
        for at, count in enumerate(counts)
    ]
    return Plan.model_validate(tree)


@given(COUNTS)
def test_points_are_counted_in_letters_and_what_stands_under_them_in_numerals(counts: list[int]) -> None:
    plan = with_points(counts)
    numbers, cited = printed_numbers(plan), cited_numbers(plan)
    for at, count in enumerate(counts):
        assert (numbers[f"A-001.p{at}"], cited[f"A-001.p{at}"]) == (f"({LETTERS[at]})", f"4 ({LETTERS[at]})")
        for one in range(count):
            number = f"({ROMANS[one]})"
            assert numbers[f"A-001.p{at}-{one}"] == number
            assert cited[f"A-001.p{at}-{one}"] == f"4 ({LETTERS[at]}) {number}"


@given(COUNTS.filter(bool), st.data())
def test_whatever_a_person_types_for_a_number_leads_to_the_point(
    counts: list[int], drawn: st.DataObject
) -> None:
    plan = with_points(counts)
    point = drawn.draw(st.sampled_from([each for each in texts(plan) if each.kind.is_point]))
    letters = point.number.partition(" ")[2]
    bare = letters.replace(") (", ".").strip("()")
    typed = (f"4{letters}", f"4 {letters}", f"para. 4 {letters}", f"A-001{letters.replace(' ', '')}")
    name = drawn.draw(st.sampled_from((*typed, f"A-001.{bare}", f"a-001{letters}", f"A-001.{point.field}")))
    assert meant(plan, name)[:2] == ("A-001", point.field)


def test_a_sub_point_that_is_not_there_is_refused_with_those_that_are() -> None:
    plan = with_points([2, 0])
    for name, said in {
        "4(a)(iii)": "4 (a) (A-001) has sub-points (i) to (ii), no (iii)",
        "4(b)(i)": "4 (b) (A-001) has no sub-points",
        "4(c)(i)": "4 (A-001) has points (a) to (b), no (c)",
    }.items():
        with pytest.raises(Exception, match=f"^{said.replace('(', '[(]').replace(')', '[)]')}$"):
            meant(plan, name)


@given(COUNTS, st.data())
def test_what_is_put_into_a_slot_stands_there(counts: list[int], drawn: st.DataObject) -> None:
    plan = with_points(counts)
    action = plan.sections[0].actions[0]
    points = list(action.walk_points())
    holders = [each.record.id for each in points if not each.above]
    under = drawn.draw(st.sampled_from([None, *holders]))
    beside = [each.record.id for each in points if each.above == (under or "")]
    after = drawn.draw(st.sampled_from([None, "text", *beside]))
    slot = action.slot(under, after)
    assert slot is not None
    tree = action.model_dump(mode="json", by_alias=True)
    here: Any = tree
    for step in slot[:-1]:
        here = here[step]
    here.insert(slot[-1], {"id": "new", "text": "New;"})
    found = next(each for each in Action.model_validate(tree).walk_points() if each.record.id == "new")
    assert found.above == (under or "")
    now = [each.record.id for each in Action.model_validate(tree).walk_points() if each.above == found.above]
    before = beside.index(after) + 1 if after in beside else 0 if after == "text" else len(beside)
    assert now == [*beside[:before], "new", *beside[before:]]


def test_there_is_no_slot_below_a_sub_point_nor_behind_what_stands_elsewhere() -> None:
    action = with_points([2, 1]).sections[0].actions[0]
    assert action.slot("p0-0", None) is None
    assert action.slot("p0", "p1-0") is None
    assert action.slot("nothing", None) is None
    assert action.slot(None, "p0-0") == ("points", 0, "points", 1)


CHANGES: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "a word": lambda points: points[0]["points"][0].update(text="Another;"),
    "the order": lambda points: points[0]["points"].reverse(),
    "one more": lambda points: points[0]["points"].append({"id": "x", "text": "More;"}),
    "one fewer": lambda points: points[0]["points"].pop(),
    "a sub-point made a point": lambda points: points.insert(1, points[0]["points"].pop()),
    "a sub-point under another point": lambda points: points[1]["points"].append(points[0]["points"].pop()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_text_digest_covers_sub_points_and_where_they_stand(name: str) -> None:
    plan = with_points([2, 1])
    tree = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    CHANGES[name](tree["sections"][0]["actions"][0]["points"])
    assert digests.text(Plan.model_validate(tree)) != digests.text(plan)


def test_other_ids_of_sub_points_change_no_text_digest() -> None:
    plan = with_points([2, 1])
    tree = copy.deepcopy(plan.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    tree["sections"][0]["actions"][0]["points"][0]["points"][0]["id"] = "other"
    assert digests.text(Plan.model_validate(tree)) == digests.text(plan)


def test_an_empty_list_of_sub_points_is_none() -> None:
    plan = word_samples.small()
    tree = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for action in tree["sections"][0]["actions"]:
        for point in action.get("points", ()):
            point["points"] = []
    assert digests.Content(Plan.model_validate(tree)).whole() == digests.Content(plan).whole()


def test_a_third_level_is_refused_with_what_there_is() -> None:
    deep = {
        "id": "a",
        "text": "A:",
        "points": [{"id": "b", "text": "B:", "points": [{"id": "c", "text": "C."}]}],
    }
    section = {
        "id": "one",
        "title": "One",
        "actions": [{"id": "A-001", "text": "All should:", "points": [deep], "status": "draft"}],
    }
    _, (misfit,) = build(Section, section)
    assert (misfit.code, misfit.key) == ("POA102", True)
    assert misfit.at == ("actions", 0, "points", 0, "points", 0, "points")
    assert misfit.message == "there is no key `points` here: points have two levels, (a) and (i)"
    assert misfit.help.startswith("make each of them a sub-point beside this one")
