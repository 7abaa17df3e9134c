"""What was moved or copied in Word: a move is one proposal, a copy is a new text, once."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulling_samples import DAY, SECOND, TEXT, edited, pull, rows
from word_editing import A, B, Edited
from word_reading import W

from poa_toolkit.api import accept_by_hand, amend, baseline, edit_records, render
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.propose import Destination
from poa_toolkit.check.changed_since_freeze import departures
from poa_toolkit.errors import AstrayError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

FIRST = "Observers should report to the treaty bodies."
DECISION = Decision("The chair", DAY)


def _block(it: Edited, tag: str, *others: str) -> list[Any]:
    """Give the paragraphs of a text and the lines under it, up to the next text that is none of `others`."""
    found = [it.paragraph(tag)]
    mine = [it.paragraph(each) for each in others]
    for each in found[0].itersiblings():
        controls = each.xpath(".//w:sdt", namespaces={"w": W[1:-1]})
        is_heading = each.tag != f"{W}p" or "Heading" in str(
            each.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces={"w": W[1:-1]})
        )
        if each.tag != f"{W}p" or is_heading or (controls and each not in mine):
            break
        found.append(each)
    return found


def _carry(paragraphs: list[Any], below: Any) -> None:
    """Cut paragraphs and put them in below another, without tracking."""
    for each in reversed(paragraphs):
        below.addnext(each)


def _swap_actions(it: Edited) -> None:
    _carry(_block(it, SECOND), it.paragraph("poa:C-01:text"))


def _swap_points(it: Edited) -> None:
    _carry([it.paragraph("poa:A-001:points.b")], it.paragraph(TEXT))


def _track_a_move(it: Edited) -> None:
    it.move_paragraph(SECOND, it.paragraph("poa:C-01:text"))


def _cut_and_paste(it: Edited) -> None:
    """As LibreOffice tracks it: the words are taken out and put in, and no control comes along."""
    for paragraph in reversed(_block(it, SECOND)):
        words = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        it.add(it.paragraph("poa:C-01:text"), words, style=style)
        it.strike_paragraph(paragraph)


MOVES: dict[str, tuple[Callable[[Edited], object], dict[str, str]]] = {
    "two actions swapped": (
        _swap_actions,
        {"record": "A-002", "field": "text", "after": "first", "original": "States should answer."},
    ),
    "two points swapped": (
        _swap_points,
        {"record": "A-001", "field": "points.b", "after": "text", "original": "And after it."},
    ),
    "a tracked move": (
        _track_a_move,
        {"record": "A-002", "field": "text", "after": "first", "original": "States should answer."},
    ),
    "cut and pasted with tracking": (
        _cut_and_paste,
        {"record": "A-002", "field": "text", "after": "first", "original": "States should answer."},
    ),
}


@pytest.mark.parametrize("how", MOVES)
def test_a_move_is_one_proposal_that_can_be_accepted(tmp_path: Path, how: str) -> None:
    change, expected = MOVES[how]
    pulled = pull(tmp_path, edited(change))
    (row,) = rows(pulled)
    assert row["kind"] == "move"
    assert row["section"] == "first"
    assert {name: row[name] for name in expected} == expected
    amend.accept(tmp_path, [row["id"]], DECISION)
    (section,) = PlanEdit(tmp_path).plan.sections
    actions = [each.id for each in section.actions]
    points = [each.id for each in section.actions[actions.index("A-001")].points]
    is_point = expected["field"] != "text"
    assert (actions, points) == (
        (["A-001", "A-002"], ["b", "a"]) if is_point else (["A-002", "A-001"], ["a", "b"])
    )


def test_a_move_is_by_whom_it_was_tracked_else_by_whoever_is_named(tmp_path: Path) -> None:
    assert rows(pull(tmp_path, edited(_track_a_move)))[0]["proposer"] == A
    assert rows(pull(tmp_path, edited(_swap_points), "other.docx", by=B))[0]["proposer"] == B


def test_what_was_reworded_while_it_was_moved_is_a_move_and_a_rewording(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        _track_a_move(it)
        moved = it.control(SECOND)
        next(moved.iter(f"{W}t")).text = "States shall answer."

    found = {row.get("kind", "text"): row for row in rows(pull(tmp_path, edited(change)))}
    assert set(found) == {"move", "text"}
    assert found["text"]["proposed"] == "States shall answer."
    assert found["text"]["proposer"] == A


def test_what_was_cut_and_put_back_changes_nothing(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.move_paragraph(SECOND, it.paragraph(SECOND))

    assert rows(pull(tmp_path, edited(change))) == []


def test_a_move_that_no_amendment_can_say_is_told_with_its_place(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.move_paragraph(SECOND, it.paragraph("poa:P-01:text"))

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["state"], row["original"]) == ("move", "unplaced", "States should answer.")
    assert "P-01" in row["context"]


# --- copies ----------------------------------------------------------------------------------------


def _copy(it: Edited, tag: str, beside: str, *, before: bool = False, author: str | None = None) -> Any:
    twin = copy.deepcopy(it.paragraph(tag))
    if author:
        for run in list(twin.iter(f"{W}r")):
            mark = it._mark("ins", author, "2017-12-04T10:30:00Z")
            run.addprevious(mark)
            mark.append(run)
        it._mark_end(twin, "ins", author)
    else:
        for each in twin.xpath(".//w:bookmarkStart | .//w:bookmarkEnd", namespaces={"w": W[1:-1]}):
            each.getparent().remove(each)
    place = it.paragraph(beside)
    place.addprevious(twin) if before else place.addnext(twin)
    return twin


@pytest.mark.parametrize("author", [A, None])
@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize("edit", ["none", "tracked", "typed"])
def test_a_copied_paragraph_is_a_new_text_once_and_the_original_stays_whose_it_is(
    tmp_path: Path, author: str | None, where: str, edit: str
) -> None:
    def change(it: Edited) -> None:
        if edit == "tracked":
            it.replace(SECOND, "should", "shall", B)
        elif edit == "typed":
            it.retype(SECOND, "should", "shall")
        _copy(it, SECOND, SECOND, before=where == "before", author=author)

    pulled = pull(tmp_path, edited(change))
    new = [row for row in rows(pulled) if row.get("kind") == "add"]
    other = [row for row in rows(pulled) if row.get("kind") != "add"]
    assert len(new) == 1
    assert new[0]["proposer"] == (author or "returned")
    assert [row["record"] for row in other] == ([] if edit == "none" else ["A-002"])
    assert [each.code for each in pulled.diagnostics] == ["POA725"]


def test_a_copy_of_the_words_of_before_does_not_take_the_place_of_the_edited_original(
    tmp_path: Path,
) -> None:
    def change(it: Edited) -> None:
        _copy(it, TEXT, SECOND)
        it.retype(TEXT, "should", "must")

    found = rows(pull(tmp_path, edited(change)))
    assert [(row.get("kind", "text"), row["proposed"]) for row in found] == [
        ("text", "Observers must report to the treaty bodies."),
        ("add", FIRST),
    ]


@pytest.mark.parametrize("where", ["before", "behind"])
def test_a_copy_without_the_control_is_a_new_text_too(tmp_path: Path, where: str) -> None:
    """LibreOffice keeps no controls, and leaves the bookmark with the original."""

    def change(it: Edited) -> None:
        twin = _copy(it, SECOND, SECOND, before=where == "before")
        control = twin.find(f"{W}sdt")
        for each in list(control.find(f"{W}sdtContent")):
            control.addprevious(each)
        twin.remove(control)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["proposed"]) == ("add", "States should answer.")


# --- the order of anything --------------------------------------------------------------------------


@given(st.permutations(["a", "b", "c", "d"]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_accepting_the_moves_of_points_gives_the_order_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    data = small_plan.files()
    small_plan.action(data)["points"] = [{"id": each, "text": f"Do {each * 6} then."} for each in "abcd"]
    project = small_plan.write(tmp_path_factory.mktemp("plan"), data)

    def change(it: Edited) -> None:
        paragraphs = [it.paragraph(f"poa:A-001:points.{each}") for each in order]
        _carry(paragraphs, it.paragraph(TEXT))

    found = rows(pull(project, edited(change, render.render(project).content)))
    assert {row["kind"] for row in found} <= {"move"}
    assert len(found) < len(order)
    for row in found:
        amend.accept(project, [row["id"]], DECISION)
    points = PlanEdit(project).plan.sections[0].actions[0].points
    assert [each.id for each in points] == order


@pytest.mark.parametrize("author", [A, None])
def test_an_action_that_leaves_its_points_behind_is_one_move(tmp_path: Path, author: str | None) -> None:
    def change(it: Edited) -> None:
        if author:
            it.move_paragraph(TEXT, it.paragraph(SECOND))
        else:
            it.paragraph(SECOND).addnext(it.paragraph(TEXT))

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"]) == ("move", "A-001")
    assert (row["after"], row["comment"]) == ("A-002", "its points stand where it stood")


def test_an_action_that_comes_among_the_points_of_another_is_one_move(tmp_path: Path) -> None:
    data = small_plan.files()
    third = {**copy.deepcopy(small_plan.action(data, 1)), "id": "A-003", "text": "All should listen."}
    data["sections/01-first.yaml"]["actions"].append(third)
    file = render.render(small_plan.write(tmp_path, data)).content

    def change(it: Edited) -> None:
        _carry(_lined(it, "A-003"), it.paragraph("poa:A-001:points.a"))

    (row,) = rows(pull(tmp_path, edited(change, file)))
    assert (row["kind"], row["record"], row["after"]) == ("move", "A-003", "A-001")
    assert row["comment"] == "it stands before A-001, point b"


def _lined(it: Edited, record: str) -> list[Any]:
    """Give the paragraph of an action without points, and the lines under it."""
    return _block(it, f"poa:{record}:text", f"poa:{record}:addressees", f"poa:{record}:recommendations")


@pytest.mark.parametrize("edit", ["none", "reworded"])
def test_the_lines_of_an_action_that_was_cut_and_pasted_without_its_controls_come_along(
    tmp_path: Path, edit: str
) -> None:
    def change(it: Edited) -> None:
        for paragraph in reversed(_lined(it, "A-002")):
            words = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
            if edit == "reworded":
                words = words.replace("Addressed to: States", "Addressed to: all States")
            style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
            it.add(it.paragraph("poa:C-01:text"), words, style=style)
            it.strike_paragraph(paragraph)

    move, *others = rows(pull(tmp_path, edited(change)))
    assert (move["kind"], move["record"]) == ("move", "A-002")
    assert [(each["original"], each["proposed"], each["proposer"]) for each in others] == [
        ("Addressed to: States\xa0· Level: national", "Addressed to: all States\xa0· Level: national", A)
    ] * (edit == "reworded")


def test_what_stands_below_a_point_that_came_from_another_action_is_not_of_that(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data, 1)["points"] = [{"id": "a", "text": "In time."}, {"id": "b", "text": "In full."}]
    file = render.render(small_plan.write(tmp_path, data)).content

    def change(it: Edited) -> None:
        _carry([it.paragraph("poa:A-001:points.b")], it.paragraph("poa:A-002:points.b"))
        line = it.paragraph("poa:A-002:addressees")
        line.getparent().remove(line)
        it.add(it.paragraph("poa:A-001:points.b"), "In public.", style="POAPoint")

    found = {row["kind"]: row for row in rows(pull(tmp_path, edited(change, file)))}
    assert (found["move"]["record"], found["move"]["field"]) == ("A-001", "points.b")
    assert (found["add"]["record"], found["add"]["after"]) == ("A-002", "b")
    assert "after A-002" in found["remove"]["context"]


def test_a_move_without_a_place_can_be_given_one(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: it.move_paragraph(SECOND, it.paragraph("poa:P-01:text")))))
    amend.place(tmp_path, row["id"], Destination("A-002", "first", "first"))
    amend.accept(tmp_path, [row["id"]], DECISION)
    assert [each.id for each in PlanEdit(tmp_path).plan.sections[0].actions] == ["A-002", "A-001"]


def test_a_move_that_was_made_by_hand_is_put_on_record_where_it_was(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(_swap_actions)))
    with pytest.raises(AstrayError, match="does not stand behind first"):
        accept_by_hand.take_in(tmp_path, [row["id"]], DECISION)
    edit_records.move(tmp_path, "A-002", section="first", after="first")
    taken = accept_by_hand.take_in(tmp_path, [row["id"]], DECISION)
    assert taken.said == (f"{row['id']} accepted, as taken in by hand: A-002 text",)


def test_a_move_is_shown_with_where_it_goes_and_no_words_of_it_change(tmp_path: Path, poa: Poa) -> None:
    (row,) = rows(pull(tmp_path, edited(_swap_actions)))
    shown = poa("amend", "show", row["id"], cwd=tmp_path).stdout
    assert "move, A-002 (para. 4), to the beginning of first" in shown
    assert "States should answer." in shown
    assert poa("validate", cwd=tmp_path).status == 0


def test_an_accepted_move_explains_the_change_it_made(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    third = {**copy.deepcopy(small_plan.action(data, 1)), "id": "A-003", "text": "All should listen."}
    data["sections/01-first.yaml"]["actions"].append(third)
    file = render.render(small_plan.write(tmp_path, data)).content
    to_the_head = edited(lambda it: _carry(_block(it, "poa:A-003:text"), it.paragraph("poa:C-01:text")), file)
    (row,) = rows(pull(tmp_path, to_the_head))
    frozen, text = baseline.freeze(tmp_path, "before")
    (tmp_path / "plan/baselines").mkdir()
    (tmp_path / "plan/baselines/before.json").write_text(text, "utf-8")
    poa("amend", "accept", row["id"], "--by", "The chair", "--date", "2017-12-04", cwd=tmp_path)
    printed = json.loads(poa("diff", "before", "--format", "json", cwd=tmp_path).stdout)
    moved = [each for each in printed["changes"] if each["kind"] == "moved"]
    assert [(each["amendments"], each["explained"]) for each in moved] == [([row["id"]], True)]
    now = PlanEdit(tmp_path)
    assert tuple(departures(frozen.plan, now.plan, now.loaded.amendments)) == ()
