"""What was edited in Word comes home as amendments; nothing a participant wrote is lost."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from jsonschema import Draft202012Validator
from pulling_samples import POINT, SECOND, TEXT, edited, pull, rendered, rows
from word_editing import A, B, Edited
from word_reading import W, packed, read

from poa_toolkit.api import baseline as baseline_api
from poa_toolkit.api import render
from poa_toolkit.api.returned_files import RefusedFileError
from poa_toolkit.api.schema import schemas
from poa_toolkit.diff.word_edits import applied
from poa_toolkit.model import TextEdit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

FIRST = "Observers should report to the treaty bodies."
HOSTILE = "\x9b31m<b>]]>&amp; `@team` #1 \u202e[x](http://example.org) {{ 7*7 }}"


def _below_details(there: Edited, tag: str) -> Any:
    """Give the last paragraph that belongs to an action: the lines under it."""
    lines = ("POADetail", "POASources")
    found = there.paragraph(tag)
    while (following := found.getnext()) is not None:
        if following.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces={"w": W[1:-1]}) not in lines:
            break
        found = following
    return found


# --- words ---------------------------------------------------------------------------------------


REWORDED: dict[str, tuple[Callable[[Edited], object], str, str]] = {
    "put in": (
        lambda it: it.insert(TEXT, "report", " in time"),
        A,
        "Observers should report in time to the treaty bodies.",
    ),
    "taken out": (lambda it: it.delete(TEXT, " to the treaty bodies"), A, "Observers should report."),
    "replaced": (
        lambda it: it.replace(TEXT, "should", "shall"),
        A,
        "Observers shall report to the treaty bodies.",
    ),
    "put in at the end": (lambda it: it.insert(TEXT, len(FIRST), " And soon."), A, FIRST + " And soon."),
    "put in at the beginning": (lambda it: it.insert(TEXT, 0, "All "), A, "All " + FIRST),
    "moved": (
        lambda it: it.move_words(TEXT, "Observers ", "to the "),
        A,
        "should report to the Observers treaty bodies.",
    ),
    "retyped without tracking": (
        lambda it: it.retype(TEXT, "should", "must"),
        "returned",
        "Observers must report to the treaty bodies.",
    ),
    "bracketed": (
        lambda it: it.replace(TEXT, "should", "[should | shall]"),
        A,
        "Observers [should | shall] report to the treaty bodies.",
    ),
    "with two spaces left": (
        lambda it: it.delete(TEXT, "report"),
        A,
        "Observers should to the treaty bodies.",
    ),
}


@pytest.mark.parametrize("how", REWORDED)
def test_edited_words_are_one_amendment(tmp_path: Path, how: str) -> None:
    change, proposer, proposed = REWORDED[how]
    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["record"], row["field"], row["original"]) == ("A-001", "text", FIRST)
    assert (row["proposer"], row["proposed"], row.get("state")) == (proposer, proposed, None)
    edits = [TextEdit.model_validate(each) for each in row["edits"]]
    assert applied(FIRST, edits) == proposed


def test_an_amendment_bears_the_date_of_its_revision_and_the_digest_it_was_written_against(
    tmp_path: Path,
) -> None:
    project = small_plan.write(tmp_path)
    baseline, _ = baseline_api.freeze(project, "day-1")
    content = edited(lambda it: it.insert(TEXT, "report", " in time", date="2017-11-30T09:00:00Z"))
    (row,) = rows(pull(project, content))
    assert row["date"] == "2017-11-30"
    assert row["base"] == baseline.digests["A-001"]


def test_each_person_has_an_amendment_of_their_own(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.replace(TEXT, "should", "shall", A)
        it.insert(TEXT, "treaty bodies", " in Geneva", B)
        it.retype(TEXT, "Observers", "All observers")

    found = {
        row["proposer"]: row["proposed"] for row in rows(pull(tmp_path, edited(change), by="The secretariat"))
    }
    assert found == {
        A: "Observers shall report to the treaty bodies.",
        B: "Observers should report to the treaty bodies in Geneva.",
        "The secretariat": "All observers should report to the treaty bodies.",
    }


def test_words_that_one_put_in_and_another_took_out_are_kept_with_both_names(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.insert(TEXT, "report", " in time", A)
        run = next(each for each in it.control(TEXT).iter(f"{W}r") if "".join(each.itertext()) == " in time")
        it._strike(run, "del", B, "2017-12-04T11:00:00Z")

    proposal, remark = rows(pull(tmp_path, edited(change)))
    assert (proposal["proposer"], proposal["proposed"]) == (
        A,
        "Observers should report in time to the treaty bodies.",
    )
    assert (remark["proposer"], remark["kind"]) == (B, "comment")
    assert "in time" in remark["comment"]
    assert A in remark["comment"]


def test_literal_brackets_keep_the_spelling_of_the_plan(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = r"Observers \[sic\] should report to [tcc: all | the] treaty bodies."
    project = small_plan.write(tmp_path, data)
    file = render.render(project).content
    content = edited(lambda it: it.replace(TEXT, "should", "shall"), file)
    (row,) = rows(pull(project, content))
    assert row["original"] == r"Observers \[sic\] should report to [tcc: all | the] treaty bodies."
    assert row["proposed"] == r"Observers \[sic\] shall report to [tcc: all | the] treaty bodies."


def test_changes_of_looks_are_counted_and_passed_over(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        run = next(it.control(TEXT).iter(f"{W}r"))
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = run.makeelement(f"{W}rPr", {})
            run.insert(0, properties)
        properties.append(it._mark("rPrChange", A, "2017-12-04T10:00:00Z"))

    pulled = pull(tmp_path, edited(change))
    assert (rows(pulled), pulled.formatting) == ([], 1)


def test_a_file_nobody_edited_brings_nothing(tmp_path: Path) -> None:
    pulled = pull(tmp_path, rendered())
    assert (pulled.new, pulled.known, pulled.diagnostics) == ((), 0, ())
    assert not (tmp_path / "plan/amendments").exists()


def _with_a_timeframe(project: Path) -> bytes:
    data = small_plan.files()
    small_plan.action(data)["timeframe"] = "within two years"
    return render.render(small_plan.write(project, data)).content


def _older(file: bytes) -> bytes:
    """Give a file as it was made before a detail had a control of its own, and by the first rule of digests."""
    parts = read(file).parts
    body = parts["word/document.xml"].decode()
    control = re.search(r'<w:sdt><w:sdtPr><w:alias w:val="A-001 timeframe"/>.*?</w:sdt>', body)
    assert control is not None
    inner = re.sub(r"</?w:sdt[^>]*>|<w:sdtPr>.*?</w:sdtPr>|<w:bookmark[^>]*>", "", control.group())
    parts["word/document.xml"] = body.replace(control.group(), inner).encode()
    kept = parts["customXml/item1.xml"].decode()
    parts["customXml/item1.xml"] = re.sub(r'<text tag="poa:A-001:timeframe".*?</text>', "", kept).encode()
    return packed(parts)


def test_a_file_from_before_details_had_controls_brings_nothing_and_its_edits_are_told(
    tmp_path: Path,
) -> None:
    old = _older(_with_a_timeframe(tmp_path))
    pulled = pull(tmp_path, old)
    assert (pulled.new, pulled.diagnostics) == ((), ())
    parts = read(old).parts
    body = parts["word/document.xml"].replace(b"within two years", b"within three years")
    pulled = pull(tmp_path, packed({**parts, "word/document.xml": body}))
    [row] = rows(pulled)
    assert (row["state"], "within three years" in row["proposed"]) == ("unplaced", True)


def test_an_edit_of_a_timeframe_is_told_from_an_edit_beside_it(tmp_path: Path) -> None:
    file = _with_a_timeframe(tmp_path)
    parts = read(file).parts
    body = parts["word/document.xml"]
    of_it = packed({**parts, "word/document.xml": body.replace(b"within two years", b"within three years")})
    [row] = rows(pull(tmp_path, of_it))
    assert (row["record"], row["field"], row["proposed"]) == ("A-001", "timeframe", "within three years")
    beside = packed({**parts, "word/document.xml": body.replace(b"election observers", b"all observers")})
    [row] = rows(pull(tmp_path, beside, "beside.docx"))
    assert (row["state"], "record" in row) == ("unplaced", False)


# --- paragraphs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("author", [A, None])
def test_a_split_is_a_shorter_text_and_a_new_action(tmp_path: Path, author: str | None) -> None:
    first, new = rows(pull(tmp_path, edited(lambda it: it.split(TEXT, "report", author))))
    who = author or "returned"
    assert (first["proposed"], first["proposer"]) == ("Observers should report", who)
    assert (new["kind"], new["section"], new["after"]) == ("add", "first", "A-001")
    assert (new["proposed"], new["proposer"]) == ("to the treaty bodies.", who)


@pytest.mark.parametrize("author", [A, None])
def test_a_split_point_is_a_shorter_point_and_a_new_one(tmp_path: Path, author: str | None) -> None:
    first, new = rows(pull(tmp_path, edited(lambda it: it.split(POINT, "On ", author))))
    assert (first["field"], first["proposed"]) == ("points.a", "On")
    assert (new["record"], new["field"], new["after"], new["proposed"]) == (
        "A-001",
        "points.c",
        "a",
        "the day.",
    )


@pytest.mark.parametrize("author", [A, None])
def test_a_join_is_a_longer_text_and_a_removal(tmp_path: Path, author: str | None) -> None:
    longer, gone = rows(pull(tmp_path, edited(lambda it: it.join(POINT, author))))
    assert (longer["field"], longer["proposed"]) == ("points.a", "On the day. And after it.")
    assert (gone["kind"], gone["field"], gone["original"]) == ("remove", "points.b", "And after it.")
    assert longer["proposer"] == gone["proposer"] == (author or "returned")


@pytest.mark.parametrize("author", [A, None])
def test_a_paragraph_between_actions_is_a_new_action(tmp_path: Path, author: str | None) -> None:
    content = edited(
        lambda it: it.add(_below_details(it, "poa:A-001:points.b"), "States should listen.", author)
    )
    (row,) = rows(pull(tmp_path, content))
    assert (row["kind"], row["section"], row["after"]) == ("add", "first", "A-001")
    assert (row["proposed"], row["proposer"]) == ("States should listen.", author or "returned")


def test_a_paragraph_among_the_points_is_a_new_point(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: it.add(it.paragraph(POINT), "In between."))))
    assert (row["kind"], row["record"], row["field"], row["after"]) == ("add", "A-001", "points.c", "a")


def test_a_paragraph_right_below_the_text_of_an_action_is_its_first_point(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: it.add(it.paragraph(TEXT), "First.", style="POAPoint"))))
    assert (row["record"], row["field"], row["after"]) == ("A-001", "points.c", "text")


@pytest.mark.parametrize(
    ("below", "section", "after"),
    [
        ("poa:F-01:text", "front", "F-01"),
        ("poa:P-01:text", "introduction", "P-01"),
        ("poa:C-01:text", "first", "C-01"),
    ],
)
def test_a_paragraph_that_is_no_action_goes_behind_the_one_above(
    tmp_path: Path, below: str, section: str, after: str
) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: it.add(it.paragraph(below), "One more."))))
    assert (row["kind"], row["section"], row["after"]) == ("add", section, after)


def test_an_action_before_the_first_of_its_section_goes_to_the_head_of_it(tmp_path: Path) -> None:
    content = edited(lambda it: it.add(it.paragraph("poa:C-01:text"), "First of all.", style="POAAction"))
    (row,) = rows(pull(tmp_path, content))
    assert (row["kind"], row["section"], row["after"]) == ("add", "first", "first")


def test_an_action_taken_out_with_its_points_is_one_removal(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.strike_paragraph(it.paragraph(SECOND))
        for line in it.paragraph(SECOND).itersiblings():
            if line.xpath(".//w:sdt", namespaces={"w": W[1:-1]}) or not line.findall(f"{W}r"):
                break
            it.strike_paragraph(line)

    found = rows(pull(tmp_path, edited(change)))
    assert [(row["kind"], row["record"], row["field"]) for row in found if "state" not in row] == [
        ("remove", "A-002", "text")
    ]


def test_a_paragraph_that_is_gone_with_its_control_is_a_removal(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: it.remove(SECOND))))
    assert (row["kind"], row["record"], row["original"]) == ("remove", "A-002", "States should answer.")


def test_an_action_whose_points_stay_is_not_removed_by_itself(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: it.strike_paragraph(it.paragraph(TEXT)))))
    assert (row["kind"], row["state"]) == ("remove", "unplaced")
    assert "its points stay" in row["context"]


# --- how a text is found --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "tracked", "codes"),
    [("control", True, []), ("control and bookmark", True, []), ("control and bookmark", False, ["POA725"])],
)
def test_a_text_without_its_control_is_found_by_its_bookmark_or_its_words(
    tmp_path: Path, gone: str, codes: list[str], *, tracked: bool
) -> None:
    def change(it: Edited) -> None:
        if tracked:
            it.replace(TEXT, "should", "shall")
        else:
            it.retype(TEXT, "should", "shall")
        it.unwrap(TEXT, bookmark=gone != "control")

    pulled = pull(tmp_path, edited(change))
    assert [row["proposed"] for row in rows(pulled)] == ["Observers shall report to the treaty bodies."]
    assert [each.code for each in pulled.diagnostics] == codes


def test_what_stands_beside_a_text_is_of_that_text_where_no_template_has_it(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.paragraph(SECOND).append(it.add(it.paragraph(SECOND), "x", None)[-1])
        it.paragraph(SECOND)[-1].find(f"{W}t").text = " And soon."
        following = it.paragraph(SECOND).getnext()
        following.getparent().remove(following)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["proposed"] == "States should answer. And soon."


def test_a_file_made_from_a_frozen_version_is_compared_with_that(tmp_path: Path) -> None:
    data = small_plan.files()
    project = small_plan.write(tmp_path, data)
    _, text = baseline_api.freeze(project, "day-1")
    (project / "plan/baselines").mkdir()
    (project / "plan/baselines/day-1.json").write_text(text, "utf-8")
    small_plan.action(data)["text"] = "Observers should write to the treaty bodies."
    small_plan.write(tmp_path, data)
    pulled = pull(project, edited(lambda it: it.replace(TEXT, "treaty bodies", "Committee")))
    assert pulled.version == "baseline day-1"
    assert [row["original"] for row in rows(pulled)] == [FIRST]


def test_of_two_versions_with_one_text_the_file_is_of_the_one_with_its_stage(tmp_path: Path) -> None:
    data = small_plan.files()
    project = small_plan.write(tmp_path, data)
    _, text = baseline_api.freeze(project, "day-1")
    (project / "plan/baselines").mkdir()
    (project / "plan/baselines/day-1.json").write_text(text, "utf-8")
    data["plan.yaml"]["stage"] = "day-2"
    pulled = pull(small_plan.write(tmp_path, data), rendered())
    assert (pulled.version, rows(pulled)) == ("baseline day-1", [])


def test_what_the_file_says_it_was_is_not_believed_where_the_version_is_known(tmp_path: Path) -> None:
    parts = read(rendered()).parts
    name = next(each for each in parts if b"poa-toolkit.example/texts" in parts[each])
    forged = parts[name].replace(b"Observers should report", b"Observers shall never report")
    pulled = pull(tmp_path, packed({**parts, name: forged}))
    assert rows(pulled) == []
    assert [each.code for each in pulled.diagnostics] == ["POA724"]
    assert "A-001.text" in pulled.diagnostics[0].message


def test_a_file_of_a_version_that_is_not_known_is_compared_with_what_it_keeps(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "Observers should write letters."
    pulled = pull(small_plan.write(tmp_path, data), edited(lambda it: it.retype(TEXT, "should", "must")))
    assert pulled.version == ""
    assert [row["original"] for row in rows(pulled)] == [FIRST]


def _redline(project: Path) -> bytes:
    """Freeze the small plan, change it here and there, and give what changed as tracked changes."""
    data = small_plan.files()
    small_plan.write(project, data)
    _, text = baseline_api.freeze(project, "before")
    (project / "plan/baselines").mkdir()
    (project / "plan/baselines/before.json").write_text(text, "utf-8")
    first, second = small_plan.action(data), small_plan.action(data, 1)
    first["text"] = "Observers shall write to the treaty bodies and to States."
    first["points"] = [{"id": "c", "text": "At once."}, *first["points"][1:]]
    first["addressees"] = ["states"]
    second["provisions"] = ["iccpr 2(3)"]
    third = {**copy.deepcopy(second), "id": "A-003", "text": "All should listen."}
    data["sections/01-first.yaml"]["actions"].append(third)
    small_plan.write(project, data)
    return render.render(project, looks=render.Looks(since="before")).content


def test_a_redline_that_comes_back_untouched_brings_nothing(tmp_path: Path) -> None:
    pulled = pull(tmp_path, _redline(tmp_path))
    assert (rows(pulled), pulled.diagnostics, pulled.version) == ([], (), "the working tree")


def test_what_was_changed_in_a_redline_is_told_from_what_it_went_out_with(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.replace("poa:A-003:text", "listen", "answer")
        it.retype("poa:A-001:points.c", "At once", "At the latest")

    found = rows(pull(tmp_path, edited(change, _redline(tmp_path))))
    assert [(row["field"], row["original"], row["proposed"], row["proposer"]) for row in found] == [
        ("points.c", "At once.", "At the latest.", "returned"),
        ("text", "All should listen.", "All should answer.", A),
    ]


# --- comments -------------------------------------------------------------------------------------


def test_a_comment_keeps_its_words_its_answers_and_whether_it_is_resolved(tmp_path: Path) -> None:
    content = edited(
        lambda it: it.comment(TEXT, "treaty bodies", "Which?", A, (B, "All of them."), done=True)
    )
    (row,) = rows(pull(tmp_path, content))
    assert (row["kind"], row["record"], row["field"]) == ("comment", "A-001", "text")
    assert (row["comment"], row["proposer"], row["resolved"]) == ("Which?", A, True)
    assert row["replies"] == [{"by": B, "date": "2017-12-04", "text": "All of them."}]
    assert "“treaty bodies”" in row["context"]


# --- what has no place ----------------------------------------------------------------------------


def _in_a_note(it: Edited) -> None:
    notes = it.parts["word/footnotes.xml"].decode("utf-8")
    mark = f'<w:ins w:id="77" w:author="{A}" w:date="2017-12-04T10:00:00Z"><w:r><w:t>Lost words.</w:t></w:r></w:ins>'
    it.parts["word/footnotes.xml"] = notes.replace(
        "</w:p></w:footnote></w:footnotes>", f"{mark}</w:p></w:footnote></w:footnotes>"
    ).encode("utf-8")


def _in_a_cell(it: Edited) -> None:
    cell = next(it.body.iter(f"{W}tc"))
    it.add(next(cell.iter(f"{W}p")), "Lost words.", None)


def _under_an_action(it: Edited) -> None:
    it.add(_below_details(it, SECOND), "Lost words.", style="Heading2")


def _in_a_box(it: Edited) -> None:
    box = it.root.makeelement(f"{W}r", {})
    inner = box.makeelement(f"{W}p", {})
    inner.append(it.add(it.paragraph(TEXT), "Lost words.", None)[-1])
    following = it.paragraph(TEXT).getnext()
    following.getparent().remove(following)
    holder = box.makeelement(f"{W}txbxContent", {})
    holder.append(inner)
    picture = box.makeelement(f"{W}pict", {})
    picture.append(holder)
    box.append(picture)
    it.paragraph(TEXT).append(box)


def _on_the_cover(it: Edited) -> None:
    it.add(it.styled("Title")[0], "Lost words.")


@pytest.mark.parametrize("where", [_in_a_note, _in_a_cell, _in_a_box, _on_the_cover])
def test_no_word_is_lost_wherever_it_was_written(tmp_path: Path, where: Callable[[Edited], None]) -> None:
    pulled = pull(tmp_path, edited(where))
    (row,) = rows(pulled)
    assert row["state"] == "unplaced"
    assert "Lost words." in row["proposed"]
    assert row["context"]
    assert [each.code for each in pulled.diagnostics] == ["POA726"]


def test_a_changed_line_under_an_action_is_kept_with_what_it_was(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        line = it.paragraph(SECOND).getnext()
        list(line.iter(f"{W}t"))[-1].text += " and parliaments"

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["state"] == "unplaced"
    assert row["proposed"] == f"{row['original']} and parliaments"
    assert "A-002" in row["context"]


# --- the file of amendments -----------------------------------------------------------------------


def _everything(it: Edited) -> None:
    it.replace(TEXT, "should", "shall")
    it.comment(SECOND, "answer", HOSTILE.replace("\x9b", ""), "<script>@everyone")
    it.add(it.paragraph(POINT), "In between.")
    it.retype(SECOND, "States", "All States")


def test_pulling_twice_adds_nothing_and_leaves_every_byte(tmp_path: Path) -> None:
    first = pull(tmp_path, edited(_everything))
    before = (tmp_path / first.path).read_bytes()
    again = pull(tmp_path, edited(_everything))
    assert (len(first.new), again.new, again.known) == (4, (), 4)
    assert (tmp_path / first.path).read_bytes() == before


def test_what_nobody_signed_is_known_again_under_another_name(tmp_path: Path) -> None:
    first = pull(tmp_path, edited(_everything), by="Delegation C")
    again = pull(tmp_path, edited(_everything))
    assert (again.new, again.known) == ((), len(first.new))


def test_the_same_words_signed_by_another_are_an_amendment_of_theirs(tmp_path: Path) -> None:
    pull(tmp_path, edited(lambda it: it.replace(TEXT, "should", "shall", A)))
    again = pull(tmp_path, edited(lambda it: it.replace(TEXT, "should", "shall", B)))
    assert [each.proposer for each in again.new] == [B]


def test_what_was_decided_is_not_proposed_again(tmp_path: Path) -> None:
    path = tmp_path / pull(tmp_path, edited(_everything)).path
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(f"proposer: {A}\n", f"proposer: {A} # who\n", 1) + "    state: rejected\n", "utf-8"
    )
    assert pull(tmp_path, edited(_everything)).new == ()


def test_a_second_round_is_added_behind_the_first(tmp_path: Path) -> None:
    path = tmp_path / pull(tmp_path, edited(_everything)).path
    before = path.read_text("utf-8")

    def more(it: Edited) -> None:
        _everything(it)
        it.insert("poa:P-01:text", 0, "Surely: ")

    (row,) = rows(pull(tmp_path, edited(more)))
    assert row["id"] == "returned-5"
    assert path.read_text("utf-8").startswith(before)


def test_the_file_is_in_canonical_layout_and_the_plan_as_good_as_before(tmp_path: Path, poa: Poa) -> None:
    pull(tmp_path, edited(_everything), "Answer of Delegation Ä (2).docx")
    assert poa("fmt", "--check", "plan/amendments/answer-of-delegation-a-2.yaml", cwd=tmp_path).status == 0
    assert poa("validate", "--strict", cwd=tmp_path).status == 0


def test_only_the_file_of_amendments_is_written(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    before = {each: each.read_bytes() for each in project.rglob("*.yaml")}
    pull(project, edited(_everything))
    assert {each: each.read_bytes() for each in before} == before
    assert {each for each in project.rglob("*") if each.is_file()} - set(before) == {
        project / "plan/amendments/returned.yaml"
    }


# --- asks rather than empties ----------------------------------------------------------------------


def _without_anchors(it: Edited) -> None:
    for control in list(it.body.iter(f"{W}sdt")):
        it.unwrap(control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"), bookmark=True)


def _all_struck(it: Edited) -> None:
    for paragraph in list(it.body.iter(f"{W}p")):
        it.strike_paragraph(paragraph)


@pytest.mark.parametrize("change", [_all_struck, lambda it: it.body.clear()])
def test_an_emptied_file_asks(tmp_path: Path, change: Callable[[Edited], None]) -> None:
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, edited(change))
    assert [each.code for each in refused.value.diagnostics] == ["POA723"]
    assert "--force" in refused.value.diagnostics[0].help
    assert not (tmp_path / "plan/amendments").exists()


def test_a_file_without_anchors_is_read_by_its_words(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.replace(TEXT, "should", "shall")
        _without_anchors(it)

    found = rows(pull(tmp_path, edited(change)))
    assert [(row["record"], row["proposed"]) for row in found] == [
        ("A-001", "Observers shall report to the treaty bodies.")
    ]


# --- the command -----------------------------------------------------------------------------------


def test_the_command_says_what_it_pulled(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "a.docx").write_bytes(edited(_everything))
    (tmp_path / "b.docx").write_bytes(edited(lambda it: it.insert(TEXT, "report", " soon", B)))
    dry = poa("pull", "a.docx", "b.docx", "--dry-run", "--date", "2017-12-04", cwd=tmp_path)
    assert dry.status == 0
    assert not (tmp_path / "plan/amendments").exists()
    done = poa("pull", "a.docx", "b.docx", "--date", "2017-12-04", cwd=tmp_path)
    assert "[-should-]{+shall+}" in done.stdout
    assert done.stderr == "plan/amendments/a.yaml: written\nplan/amendments/b.yaml: written\n"


def test_json_follows_its_schema(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "a.docx").write_bytes(edited(_everything))
    printed = json.loads(poa("pull", "a.docx", "--format", "json", cwd=tmp_path).stdout)
    by_name = schemas()
    Draft202012Validator(json.loads(by_name["pull.schema.json"])).validate(printed)
    amendments = {"amendments": printed["files"][0]["amendments"]}
    Draft202012Validator(json.loads(by_name["amendments.schema.json"])).validate(amendments)


def test_no_name_or_comment_acts_where_it_is_shown(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "a.docx").write_bytes(edited(_everything))
    text = poa("pull", "a.docx", "--dry-run", cwd=tmp_path).stdout
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "\u202e" not in text
    markdown = poa("pull", "a.docx", "--dry-run", "--format", "markdown", cwd=tmp_path).stdout
    assert "<script>" not in markdown
    assert "<b>" not in markdown
    assert "@everyone" not in markdown
    assert "@team" not in markdown
    assert "[x]" not in markdown


def test_a_file_that_is_none_is_one_line(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "a.docx").write_bytes(b"%PDF-1.4")
    done = poa("pull", "a.docx", cwd=tmp_path)
    assert done.status == 1
    assert done.stderr.startswith("a.docx: error POA721 the file is damaged, or is no Word file")
    assert poa("pull", "none.docx", cwd=tmp_path).status == 2


def test_one_bad_file_among_several_keeps_all_out(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "a.docx").write_bytes(edited(_everything))
    (tmp_path / "b.docx").write_bytes(b"PK")
    done = poa("pull", "a.docx", "b.docx", cwd=tmp_path)
    assert (done.status, "b.docx: error POA721" in done.stderr) == (1, True)
    assert not (tmp_path / "plan/amendments").exists()
