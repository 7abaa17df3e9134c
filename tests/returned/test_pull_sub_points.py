"""Sub-points in a returned file: what was done to them in Word is what the plan says once it is accepted."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulling_samples import DAY, edited, pull, rows
from word_editing import Edited, unlisted
from word_reading import W

from poa_toolkit.api import amend, render, reopen
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.plan_edit import PlanEdit

if TYPE_CHECKING:
    from pathlib import Path

A1, SUB_1, SUB_2, B1 = (f"poa:A-001:points.{each}" for each in ("a", "a-i", "a-ii", "b"))
DEPTHS = {"POAPoint": 1, "POASubPoint": 2}
POINTS = [
    {
        "id": "a",
        "text": "On the day:",
        "points": [{"id": "a-i", "text": "in public;"}, {"id": "a-ii", "text": "in every language;"}],
    },
    {"id": "b", "text": "And after it."},
]


def sent(project: Path, points: list[dict[str, Any]] | None = None) -> bytes:
    """Give the document of a plan whose first action has these points."""
    data = small_plan.files()
    small_plan.action(data, 0)["points"] = copy.deepcopy(POINTS if points is None else points)
    return render.render(small_plan.write(project, data)).content


def style(it: Edited, tag: str, name: str) -> None:
    properties = it.paragraph(tag).find(f"{W}pPr")
    properties.find(f"{W}pStyle").set(f"{W}val", name)
    unlisted(properties)


def level(it: Edited, tag: str, number: int) -> None:
    """Change the level in the list alone, as LibreOffice does."""
    properties = it.paragraph(tag).find(f"{W}pPr")
    unlisted(properties)
    listed = properties.makeelement(f"{W}numPr", {})
    properties.insert(1, listed)
    for name, value in (("ilvl", number), ("numId", 2)):
        listed.append(listed.makeelement(f"{W}{name}", {f"{W}val": str(value)}))


def put_below(it: Edited, tag: str, target: str) -> None:
    it.paragraph(target).addnext(it.paragraph(tag))


def strike(it: Edited, *tags: str) -> None:
    for tag in tags:
        it.strike_paragraph(it.paragraph(tag))


def _new_point_with_its_own(it: Edited) -> None:
    below = it.add(it.paragraph(SUB_2), "Before it:", style="POAPoint")
    below = it.add(below, "in writing;", style="POASubPoint")
    it.add(below, "and in person;", style="POASubPoint")


EDITS: dict[str, tuple[Any, list[dict[str, Any]]]] = {
    "reworded": (
        lambda it: it.replace(SUB_1, "public", "the open"),
        [{"field": "points.a-i", "proposed": "in the open;"}],
    ),
    "a new sub-point between two": (
        lambda it: it.add(it.paragraph(SUB_1), "on paper;", style="POASubPoint"),
        [{"kind": "add", "field": "points.a-iii", "under": "a", "after": "a-i", "proposed": "on paper;"}],
    ),
    "a new sub-point before the first": (
        lambda it: it.add(it.paragraph(A1), "on paper;", style="POASubPoint"),
        [{"kind": "add", "under": "a", "after": "text", "proposed": "on paper;"}],
    ),
    "the first sub-point of a point": (
        lambda it: it.add(it.paragraph(B1), "on paper;", style="POASubPoint"),
        [{"kind": "add", "field": "points.b-i", "under": "b", "after": "text", "proposed": "on paper;"}],
    ),
    "two new sub-points": (
        lambda it: it.add(
            it.add(it.paragraph(SUB_1), "one;", style="POASubPoint"), "two;", style="POASubPoint"
        ),
        [
            {"kind": "add", "field": "points.a-iii", "after": "a-i", "proposed": "one;"},
            {"kind": "add", "field": "points.a-iv", "after": "a-iii", "proposed": "two;"},
        ],
    ),
    "a new point behind one that has sub-points": (
        lambda it: it.add(it.paragraph(SUB_2), "Before it.", style="POAPoint"),
        [{"kind": "add", "field": "points.c", "after": "a", "proposed": "Before it."}],
    ),
    "a new point with sub-points": (
        _new_point_with_its_own,
        [
            {
                "kind": "add",
                "after": "a",
                "proposed": "Before it:",
                "points": ["in writing;", "and in person;"],
            }
        ],
    ),
    "a sub-point taken out": (
        lambda it: strike(it, SUB_1),
        [{"kind": "remove", "field": "points.a-i", "original": "in public;"}],
    ),
    "a point taken out with its sub-points": (
        lambda it: strike(it, A1, SUB_1, SUB_2),
        [{"kind": "remove", "field": "points.a", "original": "On the day:"}],
    ),
    "sub-points in another order": (
        lambda it: put_below(it, SUB_2, A1),
        [{"kind": "move", "field": "points.a-ii", "under": "a", "after": "text"}],
    ),
    "a sub-point made a point": (
        lambda it: style(it, SUB_2, "POAPoint"),
        [{"kind": "move", "field": "points.a-ii", "after": "a"}],
    ),
    "a point made a sub-point": (
        lambda it: style(it, B1, "POASubPoint"),
        [{"kind": "move", "field": "points.b", "under": "a", "after": "a-ii"}],
    ),
    "a point made a sub-point by its level alone": (
        lambda it: level(it, B1, 2),
        [{"kind": "move", "field": "points.b", "under": "a", "after": "a-ii"}],
    ),
    "a sub-point put under another point": (
        lambda it: put_below(it, SUB_2, B1),
        [{"kind": "move", "field": "points.a-ii", "under": "b", "after": "text"}],
    ),
}


def outline(it: Edited) -> list[tuple[int, str]]:
    """Give the points of a file as it would be with all changes accepted: how deep each stands, its words."""
    found = []
    for each in it.body.iter(f"{W}p"):
        name = each.find(f"{W}pPr/{W}pStyle")
        depth = DEPTHS.get(name.get(f"{W}val") if name is not None else "", 0)
        listed = each.find(f"{W}pPr/{W}numPr/{W}ilvl")
        depth = int(listed.get(f"{W}val")) if listed is not None and depth else depth
        words = "".join(text.text or "" for text in each.iter(f"{W}t"))
        if depth and words:
            found.append((depth, words))
    return found


def of_plan(project: Path) -> list[tuple[int, str]]:
    action = PlanEdit(project).trace.actions["A-001"]
    return [(len(each.at) // 2, each.record.text) for each in action.walk_points()]


def accept_all(project: Path, every: list[dict[str, Any]]) -> None:
    amend.accept(project, [each["id"] for each in every], Decision("The chair", DAY))


@pytest.mark.parametrize("name", EDITS)
def test_what_was_done_to_a_sub_point_comes_back(name: str, tmp_path: Path) -> None:
    change, wanted = EDITS[name]
    file = edited(change, sent(tmp_path))
    found = rows(pull(tmp_path, file))
    assert [{key: row.get(key) for key in each} for row, each in zip(found, wanted, strict=True)] == wanted
    before = of_plan(tmp_path)
    accept_all(tmp_path, found)
    assert of_plan(tmp_path) == outline(Edited(file))
    for each in reversed(found):
        reopen.reopen(tmp_path, each["id"], Decision("The chair", DAY, "So decided."))
    assert of_plan(tmp_path) == before


def test_a_point_that_leaves_its_sub_points_is_not_taken_out_with_them(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: strike(it, A1), sent(tmp_path))))
    assert (row["kind"], row["state"]) == ("remove", "unplaced")
    assert row["context"] == "all of its text is taken out, and its sub-points stay"


def test_a_new_action_has_its_points_and_their_sub_points(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        below = it.styled("POASources")[-1]
        for name, words in (
            ("POAAction", "All should listen:"),
            ("POAPoint", "in time:"),
            ("POASubPoint", "on the day;"),
            ("POAPoint", "in full."),
        ):
            below = it.add(below, words, style=name)

    (row,) = rows(pull(tmp_path, edited(change, sent(tmp_path))))
    assert row["points"] == [{"text": "in time:", "points": ["on the day;"]}, "in full."]
    accept_all(tmp_path, [row])
    added = next(
        each for name, each in PlanEdit(tmp_path).trace.actions.items() if name not in ("A-001", "A-002")
    )
    assert [(each.record.id, each.record.text) for each in added.walk_points()] == [
        ("a", "in time:"),
        ("a-i", "on the day;"),
        ("b", "in full."),
    ]


def test_the_first_sub_point_of_a_document_is_known_by_its_level(tmp_path: Path) -> None:
    file = sent(tmp_path, [{"id": "a", "text": "On the day:"}, {"id": "b", "text": "And after it."}])
    change = edited(lambda it: it.add(it.paragraph(A1), "in public;", style="POASubPoint"), file)
    (row,) = rows(pull(tmp_path, change))
    assert (row["kind"], row["under"], row["after"]) == ("add", "a", "text")


def test_a_third_level_is_told_and_no_word_of_it_is_lost(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        level(it, SUB_2, 3)
        new = it.add(it.paragraph(SUB_2), "by post;", style="POASubPoint")
        listed = copy.deepcopy(it.paragraph(SUB_2).find(f"{W}pPr/{W}numPr"))
        unlisted(new.find(f"{W}pPr"))
        new.find(f"{W}pPr").insert(1, listed)

    told, new = rows(pull(tmp_path, edited(change, sent(tmp_path))))
    said = "stands a level below sub-points, where nothing can stand"
    assert (told["kind"], told["field"], told["comment"]) == ("comment", "points.a-ii", f"It {said}")
    assert (new["under"], new["after"], new["proposed"]) == ("a", "a-ii", "by post;")
    assert new["comment"] == f"“by post;” {said}"


LEVELS = st.sampled_from(("POAPoint", "POASubPoint"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(
    st.tuples(LEVELS, LEVELS, LEVELS), st.sets(st.sampled_from((A1, SUB_1, SUB_2, B1))), st.none() | LEVELS
)
def test_levels_words_and_new_points_come_back_together(
    tmp_path_factory: pytest.TempPathFactory, levels: tuple[str, ...], reworded: set[str], new: str | None
) -> None:
    project = tmp_path_factory.mktemp("levels")

    def change(it: Edited) -> None:
        for tag, name in zip((SUB_1, SUB_2, B1), levels, strict=True):
            style(it, tag, name)
        for tag in sorted(reworded):
            it.replace(tag, it.text(tag), f"other {tag[-1]};")
        if new:
            it.add(it.paragraph(B1), "new;", style=new)

    file = edited(change, sent(project))
    accept_all(project, rows(pull(project, file)))
    assert of_plan(project) == outline(Edited(file))
