"""What people do in Word besides rewording: notes, looks, things, headers, new actions and sections, lines that go."""

from __future__ import annotations

import copy
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from pulling_samples import DAY, POINT, SECOND, TEXT, edited, pull, rendered, rows
from word_editing import A, B, Edited
from word_reading import W, packed, read

from poa_toolkit.api import amend, render, template
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.returned_files import RefusedFileError, balanced
from poa_toolkit.model import House
from poa_toolkit.returned.ledger import Ledger
from poa_toolkit.returned.word_file import Paragraph, ParagraphPlace, Piece, Returned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

NAMES = {"w": W[1:-1]}
DECISION = Decision("The chair", DAY)
FIRST = "Observers should report to the treaty bodies."


def _say(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (each.get("kind", "text"), each.get("record", ""), each["proposer"], each.get("comment", ""))
        for each in rows
    ]


# --- looks -----------------------------------------------------------------------------------------


def _look(it: Edited, tag: str, words: str, look: str) -> None:
    for run in it._runs_of(tag, words):
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = run.makeelement(f"{W}rPr", {})
            run.insert(0, properties)
        etree.SubElement(properties, f"{W}{look}")


def _type_beside(it: Edited, tag: str, words: str, new: str, look: str = "u") -> None:
    run = it._runs_of(tag, words)[-1]
    twin = run.makeelement(f"{W}r", {})
    etree.SubElement(etree.SubElement(twin, f"{W}rPr"), f"{W}{look}").set(f"{W}val", "single")
    etree.SubElement(twin, f"{W}t").text = new
    run.addnext(twin)


def test_words_struck_by_hand_are_a_proposal_to_take_them_out(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: _look(it, TEXT, " to the treaty bodies", "strike"))))
    assert (row["proposed"], row["proposer"]) == ("Observers should report.", "returned")
    assert row["comment"] == "struck through by hand, without tracking"


@pytest.mark.parametrize("look", ["u", "color", "highlight"])
def test_what_stands_beside_struck_words_replaces_them(tmp_path: Path, look: str) -> None:
    def change(it: Edited) -> None:
        _type_beside(it, TEXT, "should", "shall", look)
        _look(it, TEXT, "should", "strike")

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["proposed"] == "Observers shall report to the treaty bodies."
    assert [(each["deleted"], each["inserted"]) for each in row["edits"]] == [("should", "shall")]


def test_a_whole_action_struck_by_hand_is_a_removal(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: _look(it, SECOND, "States should answer.", "strike"))))
    assert (row["kind"], row["record"]) == ("remove", "A-002")
    assert row["comment"] == "struck through by hand, without tracking"


def test_what_one_put_in_and_another_struck_by_hand_is_remarked_on(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.insert(TEXT, "report", " in time", A)
        _look(it, TEXT, " in time", "strike")

    proposal, remark = rows(pull(tmp_path, edited(change)))
    assert proposal["proposed"] == "Observers should report in time to the treaty bodies."
    assert (remark["kind"], remark["proposer"], "in time" in remark["comment"]) == (
        "comment",
        "returned",
        True,
    )


def test_hidden_words_are_told_and_not_proposed(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        _type_beside(it, TEXT, "report", " secretly", "vanish")
        it.control(TEXT).xpath(".//w:vanish", namespaces=NAMES)[0].attrib.clear()

    (row,) = rows(pull(tmp_path, edited(change)))
    assert _say([row]) == [
        ("comment", "A-001", "returned", "Hidden text, which nobody sees in the file: “secretly”")
    ]


def test_words_of_the_text_that_were_hidden_are_told_and_not_proposed_to_go(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: _look(it, TEXT, "treaty bodies", "vanish"))))
    assert _say([row]) == [("comment", "A-001", "returned", "Made hidden in the file: “treaty bodies”")]


# --- notes -----------------------------------------------------------------------------------------


def _calls(it: Edited) -> list[Any]:
    return list(it.body.iter(f"{W}footnoteReference"))


def _note(it: Edited, number: str) -> tuple[Any, Any]:
    root = etree.fromstring(it.parts["word/footnotes.xml"])
    return root, root.xpath(f'w:footnote[@w:id="{number}"]', namespaces=NAMES)[0]


def _save_notes(it: Edited, root: Any) -> None:
    it.parts["word/footnotes.xml"] = etree.tostring(root, encoding="UTF-8")


def _take_out_a_call(it: Edited) -> None:
    it.take_out_note(0)


def _take_out_a_note(it: Edited) -> None:
    call = _calls(it)[0]
    root, note = _note(it, call.get(f"{W}id"))
    root.remove(note)
    _save_notes(it, root)
    call.getparent().getparent().remove(call.getparent())


def _put_in_a_note(author: str | None) -> Callable[[Edited], None]:
    def change(it: Edited) -> None:
        root = etree.fromstring(it.parts["word/footnotes.xml"])
        note = etree.SubElement(root, f"{W}footnote", {f"{W}id": "77"})
        run = etree.SubElement(etree.SubElement(note, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = "See the handbook."
        _save_notes(it, root)
        call = etree.Element(f"{W}r")
        etree.SubElement(call, f"{W}footnoteReference", {f"{W}id": "77"})
        if author:
            mark = it._mark("ins", author, "2017-12-04T10:30:00Z")
            mark.append(call)
            call = mark
        it.control(TEXT).append(call)

    return change


def _change_a_note(it: Edited) -> None:
    root, note = _note(it, _calls(it)[0].get(f"{W}id"))
    list(note.iter(f"{W}t"))[-1].text += " Read it."
    _save_notes(it, root)


NOTES: dict[str, tuple[Callable[[Edited], None], str, str]] = {
    "a call taken out": (_take_out_a_call, A, "Takes out note 1: “International Covenant"),
    "a note taken out without tracking": (
        _take_out_a_note,
        "returned",
        "Takes out a note, without tracking: “",
    ),
    "a note put in": (_put_in_a_note(A), A, "Puts in note 1: “See the handbook.”"),
    "a note put in without tracking": (
        _put_in_a_note(None),
        "returned",
        "Puts in note 1: “See the handbook.”",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_a_note_that_comes_or_goes_is_told_where_it_is_called(tmp_path: Path, what: str) -> None:
    change, author, said = NOTES[what]
    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], row["proposer"]) == ("comment", "A-001", author)
    assert row["comment"].startswith(said)


@pytest.mark.parametrize("other", [A, B])
def test_both_authors_of_a_new_note_are_named(tmp_path: Path, other: str) -> None:
    def change(it: Edited) -> None:
        _put_in_a_note(A)(it)
        root, note = _note(it, "77")
        mark = it._mark("ins", other, "2017-12-04T10:30:00Z")
        etree.SubElement(etree.SubElement(mark, f"{W}r"), f"{W}t").text = " Read it."
        note[0].append(mark)
        _save_notes(it, root)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["proposer"] == A
    said = "Puts in note 1: “See the handbook. Read it.”"
    assert row["comment"] == said + "; “Read it.” is by Delegation B" * (other == B)


def test_a_changed_note_is_told_with_the_text_that_calls_it(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(_change_a_note)))
    assert (row["state"], row["proposed"]) == ("unplaced", f"{row['original']} Read it.")
    assert row["context"] == "in note 1, called in a line under A-001"


def test_the_notes_of_an_action_that_is_taken_out_go_with_it(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.strike_paragraph(it.paragraph(SECOND))
        for line in it.paragraph(SECOND).itersiblings():
            if line.tag != f"{W}p" or "Heading" in str(
                line.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NAMES)
            ):
                break
            it.strike_paragraph(line)

    assert [row["kind"] for row in rows(pull(tmp_path, edited(change)))] == ["remove"]


# --- things, headers, lines that go ------------------------------------------------------------------

_PICTURE = (
    '<w:r xmlns:w="{w}"><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="Picture 1" descr="A map of polling places"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.'
    'openxmlformats.org/drawingml/2006/picture"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def test_a_heading_typed_below_a_text_that_was_moved_keeps_its_lines_with_it(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        for tag in ("poa:A-002:recommendations", "poa:A-002:addressees", SECOND):
            it.move_paragraph(tag, it.paragraph("poa:C-01:text"))
        left = it.body.xpath('.//w:p[w:pPr/w:pStyle/@w:val="POAAction"][.//w:moveFrom]', namespaces=NAMES)
        it.add(left[0], "A new heading", None, style="Heading1")

    found = rows(pull(tmp_path, edited(change)))
    assert [(row["kind"], row.get("proposed", "")) for row in found] == [
        ("move", ""),
        ("add", "A new heading"),
    ]


@pytest.mark.parametrize("author", [A, None])
def test_a_picture_put_in_is_told_with_its_author_and_place(tmp_path: Path, author: str | None) -> None:
    def change(it: Edited) -> None:
        run = etree.fromstring(_PICTURE.format(w=W[1:-1]))
        if author:
            mark = it._mark("ins", author, "2017-12-04T10:30:00Z")
            mark.append(run)
            run = mark
        it.control(TEXT).append(run)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], row["proposer"]) == ("comment", "A-001", author or "returned")
    assert row["comment"] == "Puts in a picture: “A map of polling places”"


def test_the_pictures_of_a_template_are_not_told(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    parts = read(template.packaged()).parts
    name = min(each for each in parts if each.startswith("word/header"))
    root = etree.fromstring(parts[name])
    next(root.iter(f"{W}p")).append(etree.fromstring(_PICTURE.format(w=W[1:-1])))
    (project / "plan/template.docx").write_bytes(packed({**parts, name: etree.tostring(root)}))
    file = render.render(project).content
    assert b"A map of polling places" in b"".join(read(file).parts.values())
    pulled = pull(project, file)
    assert (rows(pulled), pulled.balance.told) == ([], 0)


def test_an_untracked_edit_of_the_headers_is_told_once(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        for name in [each for each in it.parts if each.startswith("word/header")]:
            root = etree.fromstring(it.parts[name])
            texts = [each for each in root.iter(f"{W}t") if (each.text or "").strip()]
            for each in texts[:1]:
                each.text += " (amended)"
            it.parts[name] = etree.tostring(root, encoding="UTF-8")

    # those of left pages mirror those of right ones
    for style, differing in ((House.UN, 2), (House.CARTER, 1)):
        found = rows(pull(tmp_path / style, edited(change, rendered(style))))
        assert len(found) == differing
        for row in found:
            assert (row["state"], row["context"]) == ("unplaced", "in a header or footer")
            assert "(amended)" in row["proposed"]


def test_an_edit_of_the_foot_of_every_page_is_told_once_whatever_its_number(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        for number, name in enumerate(sorted(each for each in it.parts if each.startswith("word/footer"))):
            root = etree.fromstring(it.parts[name])
            page = next(each for each in root.iter(f"{W}t") if (each.text or "").isdigit())
            page.text = str(7 + number)
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = " (amended)"
            mark = it._mark("ins", A, "2017-12-04T10:30:00Z")
            mark.append(run)
            next(root.iter(f"{W}p")).append(mark)
            it.parts[name] = etree.tostring(root, encoding="UTF-8")

    (row,) = rows(pull(tmp_path, edited(change, rendered(House.CARTER))))
    assert row["proposed"] == "A plan of action 7 (amended)"


def _drop_a_row(it: Edited) -> str:
    row = list(it.body.iter(f"{W}tr"))[1]
    words = " ".join("".join(each.itertext()) for each in row.iter(f"{W}t"))
    row.getparent().remove(row)
    return words.split()[0]


def test_a_row_of_an_annex_taken_out_without_tracking_is_told(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(_drop_a_row)))
    assert (row["kind"], row["state"]) == ("remove", "unplaced")
    assert "hres-2015-02-r1" in row["original"]
    assert row["context"] == "gone from a table, without tracking"


def test_a_cell_that_is_a_text_of_its_action_is_told_with_the_row_that_is_gone(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        row = next(
            each for each in it.body.iter(f"{W}tr") if "Closes the circle." in "".join(each.itertext())
        )
        row.getparent().remove(row)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["state"]) == ("remove", "unplaced")
    assert row["original"].endswith("Closes the circle.")


def test_a_row_of_an_annex_taken_out_with_tracking_is_told_once(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        for paragraph in list(it.body.iter(f"{W}tr"))[1].iter(f"{W}p"):
            it.strike_paragraph(paragraph, B)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["state"], row["proposer"]) == ("remove", "unplaced", B)
    assert row["original"].split("\n")[::2] == ["hres-2015-02-r1", "Tell States."]


def test_a_line_under_an_action_taken_out_without_tracking_is_told(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        line = it.paragraph(SECOND).getnext()
        line.getparent().remove(line)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["state"]) == ("remove", "unplaced")
    assert row["original"].startswith("Addressed to: States")
    assert "A-002.text" in row["context"]


def _three_actions() -> dict[str, Any]:
    data = small_plan.files()
    third = {**copy.deepcopy(small_plan.action(data, 1)), "id": "A-003", "text": "All should listen."}
    data["sections/01-first.yaml"]["actions"].append(third)
    return data


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_lines_that_say_the_same_the_one_that_went_is_told(tmp_path: Path, number: int) -> None:
    data = _three_actions()
    for index in range(3):
        small_plan.action(data, index)["addressees"] = ["observers"]
    file = render.render(small_plan.write(tmp_path, data)).content

    def change(it: Edited) -> None:
        line = it.paragraph(f"poa:A-00{number}:addressees")
        line.getparent().remove(line)

    (row,) = rows(pull(tmp_path, edited(change, file)))
    assert row["original"] == "Addressed to: election observers\xa0· Level: national"
    assert f"after A-00{number}." in row["context"]


def test_an_action_cut_out_with_its_lines_leaves_none_of_another_missing(tmp_path: Path) -> None:
    data = _three_actions()
    file = render.render(small_plan.write(tmp_path, data)).content

    def change(it: Edited) -> None:
        first = it.paragraph(SECOND)
        for each in (
            *itertools.takewhile(
                lambda each: each is not it.paragraph("poa:A-003:text"), first.itersiblings()
            ),
            first,
        ):
            each.getparent().remove(each)

    (row,) = rows(pull(tmp_path, edited(change, file)))
    assert (row["kind"], row["record"]) == ("remove", "A-002")


@pytest.mark.parametrize("place", ["footer", "cell"])
def test_a_short_line_that_was_added_to_is_changed_and_not_gone(tmp_path: Path, place: str) -> None:
    def change(it: Edited) -> None:
        feet = {name: etree.fromstring(it.parts[name]) for name in it.parts if name.startswith("word/footer")}
        for within in [next(it.root.iter(f"{W}tc"))] if place == "cell" else feet.values():
            run = etree.SubElement(next(within.iter(f"{W}p")), f"{W}r")
            etree.SubElement(run, f"{W}t").text = " (amended)"
        it.parts.update({name: etree.tostring(root, encoding="UTF-8") for name, root in feet.items()})

    (row,) = rows(pull(tmp_path, edited(change, rendered(House.CARTER))))
    assert row["proposed"].endswith("(amended)")
    assert row["original"].split()[0] == row["proposed"].split()[0]


# --- new texts -------------------------------------------------------------------------------------


def _last_line(it: Edited, tag: str) -> Any:
    found = it.paragraph(tag)
    for each in found.itersiblings():
        if each.tag != f"{W}p" or "Heading" in str(
            each.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NAMES)
        ):
            break
        found = each
    return found


def _type(it: Edited, below: Any, *texts: tuple[str, str], author: str | None = A) -> None:
    for style, words in reversed(texts):
        it.add(below, words, author, style=style)


@pytest.mark.parametrize("author", [A, None])
def test_the_points_of_a_new_action_are_its_points(tmp_path: Path, author: str | None) -> None:
    texts = (("POAAction", "States should:"), ("POAPoint", "listen;"), ("POAPoint", "answer."))
    content = edited(lambda it: _type(it, _last_line(it, SECOND), *texts, author=author))
    (row,) = rows(pull(tmp_path, content))
    assert (row["section"], row["after"], row["proposed"]) == ("first", "A-002", "States should:")
    assert row["points"] == ["listen;", "answer."]
    amend.accept(tmp_path, [row["id"]], DECISION)
    action = PlanEdit(tmp_path).plan.sections[0].actions[-1]
    assert (action.text, [each.text for each in action.points]) == ("States should:", ["listen;", "answer."])


def test_accepting_new_actions_at_the_head_of_a_section_keeps_their_order(tmp_path: Path) -> None:
    texts = (("POAAction", "One."), ("POAAction", "Two."))
    found = rows(pull(tmp_path, edited(lambda it: _type(it, it.paragraph("poa:C-01:text"), *texts))))
    assert [(row["section"], row["after"]) for row in found] == [("first", "first")] * 2
    amend.accept(tmp_path, [row["id"] for row in found], DECISION)
    actions = PlanEdit(tmp_path).plan.sections[0].actions
    assert [each.text for each in actions[:2]] == ["One.", "Two."]


def test_a_new_section_is_told_with_its_texts_in_order(tmp_path: Path) -> None:
    texts = (("Heading1", "New things"), ("POAAction", "States should:"), ("POAPoint", "listen."))
    (row,) = rows(pull(tmp_path, edited(lambda it: _type(it, _last_line(it, SECOND), *texts))))
    assert (row["state"], row["proposed"]) == ("unplaced", "New things\nStates should:\nlisten.")
    assert row["context"].startswith("a new section, ")


def test_both_authors_of_a_new_point_are_named(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        new = it.add(it.paragraph(POINT), "In between", A, style="POAPoint")
        mark = it._mark("ins", B, "2017-12-04T10:30:00Z")
        run = etree.SubElement(mark, f"{W}r")
        etree.SubElement(run, f"{W}t").text = " and after"
        new.append(mark)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["proposed"], row["proposer"]) == ("In between and after", A)
    assert row["comment"] == f"“and after” is by {B}"


def test_an_untracked_paragraph_with_a_tracked_space_is_a_new_text(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        new = it.add(_last_line(it, SECOND), "States should", None, style="POAAction")
        mark = it._mark("ins", A, "2017-12-04T10:30:00Z")
        run = etree.SubElement(mark, f"{W}r")
        etree.SubElement(run, f"{W}t").text = " "
        new.append(mark)
        run = etree.SubElement(new, f"{W}r")
        etree.SubElement(run, f"{W}t").text = "listen."

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["proposed"], row["proposer"]) == ("add", "States should listen.", "returned")


def test_a_new_text_that_only_resembles_a_printed_line_is_no_change_of_that(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        line = it.paragraph(SECOND).getnext()
        words = "".join(each.text or "" for each in line.iter(f"{W}t"))
        it.add(line, f"{words} and parliaments", None)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], "original" in row) == ("comment", "A-002", False)
    assert row["comment"].startswith(
        "Puts in a line: “Addressed to: States\xa0· Level: national and parliaments"
    )


@pytest.mark.parametrize("author", [A, None])
def test_a_line_typed_under_an_action_is_no_action(tmp_path: Path, author: str | None) -> None:
    line = "Level: international, as agreed"

    def change(it: Edited) -> None:
        _type(it, it.paragraph(SECOND), ("", line), author=author)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], row["proposer"]) == ("comment", "A-002", author or "returned")
    assert row["comment"] == f"Puts in a line: “{line}”"


@pytest.mark.parametrize("author", [A, None])
def test_the_lines_below_a_new_action_are_told_with_it(tmp_path: Path, author: str | None) -> None:
    def change(it: Edited) -> None:
        new = (
            ("POAAction", "Parties should report."),
            ("POADetail", "Addressed to: parties"),
            ("POAPoint", "on money;"),
        )
        _type(it, _last_line(it, SECOND), *new, author=author)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["proposed"], row["points"]) == ("add", "Parties should report.", ["on money;"])
    assert row["comment"] == "a line below it: “Addressed to: parties”"


@pytest.mark.parametrize("author", [A, None])
def test_what_is_typed_behind_the_title_of_the_cover_is_of_the_title(
    tmp_path: Path, author: str | None
) -> None:
    def change(it: Edited) -> None:
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = ", revised"
        mark = it._mark("ins", author, "2017-12-04T10:30:00Z") if author else None
        if mark is not None:
            mark.append(run)
        it.paragraph("poa:plan:title").append(run if mark is None else mark)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["record"], row["field"], row["proposer"]) == ("plan", "title", author or "returned")
    assert row["proposed"] == "A plan of action, revised"


def test_a_point_made_to_look_like_an_action_is_told(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.paragraph(POINT).find(f"{W}pPr/{W}pStyle").set(f"{W}val", "POAAction")

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], row["field"]) == ("comment", "A-001", "points.a")
    assert "like an action now" in row["comment"]


# --- comments --------------------------------------------------------------------------------------


def test_a_comment_keeps_its_lines_and_the_words_that_are_taken_out(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.comment(TEXT, "treaty bodies", "Which?", A, (B, "All of them."))
        paragraph = it.comments[0].find(f"{W}p")
        second = etree.fromstring(etree.tostring(paragraph))
        second.find(f".//{W}t").text = "Say so."
        paragraph.addprevious(second)
        it.delete(TEXT, "bodies")

    found = rows(pull(tmp_path, edited(change)))
    (remark,) = [row for row in found if row.get("kind") == "comment"]
    assert remark["comment"] == "Say so.\nWhich?"
    assert "“bodies”, which is taken out" in remark["context"]
    assert [each["text"] for each in remark["replies"]] == ["All of them."]


# --- the books ---------------------------------------------------------------------------------------


def test_what_one_put_in_and_took_out_again_is_told_and_not_proposed(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.insert(TEXT, "report", " in time", A)
        run = next(each for each in it.control(TEXT).iter(f"{W}r") if "".join(each.itertext()) == " in time")
        it._strike(run, "del", A, "2017-12-04T11:00:00Z")

    pulled = pull(tmp_path, edited(change))
    (found,) = pulled.diagnostics
    assert (rows(pulled), found.code) == ([], "POA728")
    assert found.message == f"{A} put words in and took them out again, in A-001.text: “in time”"


def test_a_file_whose_books_do_not_balance_is_refused() -> None:
    returned = Returned((Paragraph((Piece("Lost words.", at=0),), ParagraphPlace(0, "")),), length=11)
    with pytest.raises(RefusedFileError) as refused:
        balanced("a.docx", Ledger(returned))
    (found,) = refused.value.diagnostics
    assert (found.code, found.location.path) == ("POA727", "a.docx")
    assert found.message == "10 of 10 characters were not placed, told or recognised: “Lost words.”"


def test_explain_says_what_became_of_every_word(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "a.docx").write_bytes(edited(lambda it: it.replace(TEXT, "should", "shall")))
    printed = json.loads(poa("pull", "a.docx", "--explain", "--format", "json", cwd=tmp_path).stdout)
    (file,) = printed["files"]
    fates = {each["words"].strip(): (each["fate"], each["why"]) for each in file["stretches"]}
    assert fates["shall"] == ("placed", "A-001.text")
    assert fates["Contents"][0] == "generated"
    assert file["characters"]["read"] == sum(
        len("".join(each["words"].split())) for each in file["stretches"]
    )
    text = poa("pull", "a.docx", "--explain", cwd=tmp_path).stdout
    assert "placed (A-001.text; under “First things”): shall" in text
