"""The redline: what is marked, by whom, with which remarks; nothing lost, nothing left over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import plan_pairs
import pytest
import word_samples
from hypothesis import given, settings
from hypothesis import strategies as st
from word_reading import Reading, W, read, repacked

from poa_toolkit.diff.compare import compare
from poa_toolkit.document.blocks import Heading, Paragraph, PartKind, Table, number_before
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline, visual
from poa_toolkit.document.runs import Deleted, Inserted, Link, Note, Reference, RevisionState, Text
from poa_toolkit.model import Amendment, House, digests
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from poa_toolkit.document.blocks import Document, Part
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
DAY_2 = {f"{W}author": "Day 2", f"{W}date": "2017-12-05T00:00:00Z"}
COMMENT = f"{W}commentReference"
REVISIONS = (f"{W}ins", f"{W}del")
RANDOM = st.randoms(use_true_random=False)
RENDERED = settings(max_examples=settings().max_examples // 4)
"""For laws of whole files, which take their time to make."""


def document(old: Plan, new: Plan, **given: Any) -> Document:
    return redline(old, new, compare(old, new, old_label="day-1", new_label="day-2"), **given)


def rendered(old: Plan, new: Plan, *, template: bytes | None = None, **given: Any) -> Reading:
    return read(render(document(old, new, **given), template=template, when=WHEN))


def changed(change: Callable[[dict[str, Any]], None]) -> tuple[Plan, Plan]:
    """Give the small plan, and what a change to its data makes of it."""
    old = word_samples.small()
    data = old.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    change(data)
    return old, type(old).model_validate(data)


def action(data: dict[str, Any], section: int = 0, index: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = data["sections"][section]["actions"][index]
    return found


def revised(reading: Reading, kind: str) -> list[str]:
    """Give the words of each insertion or deletion of the body, without marks of paragraphs."""
    found = ("".join(each.itertext()) for each in reading.body.iter(f"{W}{kind}"))
    return [text for text in found if text]


def remarks(reading: Reading) -> list[str]:
    return ["".join(each.itertext()) for each in reading.tree("word/comments.xml")]


# --- the two laws, on the document alone -----------------------------------------------------------


def side(parts: tuple[Part, ...], gone: RevisionState) -> Iterator[str]:
    """Give what a document says without what is `gone`; numbers that Word counts are no words of it."""
    for part in parts:
        for block in part.blocks:
            if block.revision and block.revision.standing is gone:
                continue
            if isinstance(block, Table):
                rows = [row for row in block.rows if not (row.revision and row.revision.standing is gone)]
                yield from ("|".join(said(cell, gone) for cell in row.cells) for row in rows)
            elif isinstance(block, Heading) and block.record is None:
                yield said((*number_before(block), *block.runs), gone)
            else:
                yield said(block.runs, gone)


def said(runs: tuple[Run, ...], gone: RevisionState) -> str:
    left_out = Deleted if gone is RevisionState.REMOVED else Inserted
    words = ""
    for run in runs:
        match run:
            # a number that only counts otherwise, or that nothing bears any more, is no change of the text
            case (
                Text(reference=Reference() as found)
                | Inserted(reference=Reference() as found)
                | Deleted(reference=Reference() as found)
            ) if not isinstance(run, left_out):
                words += f"{found.word}#"
            case Text(text) | Inserted(text) | Deleted(text) if not isinstance(run, left_out):
                words += text
            case Link(text, _, standing, _, was) if standing is not gone:
                words += was if was and gone is RevisionState.ADDED else text
            case Note(inner, standing) if standing is not gone:
                words += f" \N{LEFT WHITE SQUARE BRACKET}{said(inner, gone)}\N{RIGHT WHITE SQUARE BRACKET}"
    return " ".join(words.split())


@given(RANDOM)
def test_without_what_went_it_is_the_new_text_and_without_what_came_the_old_one(random: Random) -> None:
    old, new = plan_pairs.pair(random)
    made = document(old, new)
    # under its actions the body names law by one registry, the new one, and bears the statuses of now
    same = old.model_copy(update={"instruments": new.instruments, "sources": new.sources})
    for body, plan, gone in ((new, new, RevisionState.REMOVED), (same, old, RevisionState.ADDED)):
        clean = (
            *(each for each in parts(body) if each.kind is not PartKind.ANNEX),
            *(each for each in parts(plan) if each.kind is PartKind.ANNEX),
        )
        found, words = (without_status(side(each, gone)) for each in (made.parts, clean))
        assert [NOTE.sub("", line) for line in found] == [NOTE.sub("", line) for line in words]
        noted = without_status(side(parts(plan), gone))
        assert [NOTE.findall(line) for line in found] == [NOTE.findall(line) for line in noted]


NOTE = re.compile("\N{LEFT WHITE SQUARE BRACKET}.*?\N{RIGHT WHITE SQUARE BRACKET}")
STATUS = re.compile(r"(?:\s· |^)Status: (?:refined|agreed)$")


def without_status(lines: Iterator[str]) -> list[str]:
    """Leave out the statuses, and the lines that say nothing else."""
    return [STATUS.sub("", line) for line in lines if not STATUS.fullmatch(line)]


def parts(plan: Plan) -> tuple[Part, ...]:
    return plan_document(plan).parts


@given(RANDOM)
def test_the_body_has_a_revision_exactly_where_the_digests_of_the_texts_differ(random: Random) -> None:
    old, new = plan_pairs.pair(random, edits=random.randint(1, 3))
    assert is_revised_text(document(old, new)) is (digests.text(old) != digests.text(new))


def is_revised_text(made: Document) -> bool:
    """Say whether anything in the body came or went; what a note says of law is no part of it."""
    lines = [made.heading, made.subheading]
    for part in made.parts:
        for block in part.blocks if part.kind is not PartKind.ANNEX else ():
            if block.revision and block.revision.standing is not RevisionState.KEPT:
                return True
            lines += [] if isinstance(block, Table) else [block.runs]
    runs = [run for line in lines for run in line]
    return any(
        isinstance(run, Inserted | Deleted)
        or getattr(run, "standing", RevisionState.KEPT) is not RevisionState.KEPT
        for run in runs
    )


@given(RANDOM)
def test_no_change_gives_no_revision_and_the_clean_document_but_for_its_cover(random: Random) -> None:
    plan = plan_pairs.pair(random, edits=0).new
    made = document(plan, plan)
    clean = plan_document(plan)
    assert replace(made, cover=made.cover[:-1], heading=(), subheading=()) == clean
    assert made.cover[-1] == ("Changes since", "day-1")


@RENDERED
@given(RANDOM)
def test_a_change_never_gives_none(random: Random) -> None:
    old, new = plan_pairs.pair(random, edits=1)
    comparison = compare(old, new, old_label="", new_label="")
    reading = rendered(old, new)
    revisions = list(reading.body.iter(*REVISIONS))
    comments = list(reading.body.iter(f"{W}commentReference"))
    assert bool(comparison.changes) == bool(revisions or comments)


@RENDERED
@given(RANDOM)
def test_ids_are_unique_comments_have_their_places_and_no_marker_is_left(random: Random) -> None:
    reading = rendered(*plan_pairs.pair(random))
    for name, content in reading.parts.items():
        assert b"<?poa" not in content, name
        assert b"_revision" not in content, name
    marks = [
        each.get(f"{W}id")
        for each in reading.body.iter(*REVISIONS, f"{W}bookmarkStart", f"{W}customXmlInsRangeStart")
    ]
    marks += [each.get(f"{W}id") for each in reading.tree("word/footnotes.xml").iter(*REVISIONS)]
    assert len(set(marks)) == len(marks)
    names = [each.get(f"{W}name").lower() for each in reading.body.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    placed = [
        sorted(int(each.get(f"{W}id")) for each in reading.body.iter(f"{W}{name}"))
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    written = [int(each.get(f"{W}id")) for each in comments_of(reading)]
    assert placed == [written] * 3
    assert not [each for kind in REVISIONS for run in reading.body.iter(kind) for each in run.iter(COMMENT)]


def comments_of(reading: Reading) -> list[Any]:
    return list(reading.tree("word/comments.xml")) if "word/comments.xml" in reading.parts else []


# --- what is marked ----------------------------------------------------------------------------------


def test_a_changed_word_is_an_insertion_and_a_deletion_of_the_stage() -> None:
    old, new = changed(lambda data: action(data, 1).update(text="States must publish results by station."))
    reading = rendered(old, new)
    assert revised(reading, "del")[:2] == ["should", " polling"]
    assert revised(reading, "ins")[:1] == ["must"]
    first = next(reading.body.iter(f"{W}del"))
    assert DAY_2.items() <= dict(first.attrib).items()
    assert [child.tag for child in first.iter() if child.text] == [f"{W}delText"]


def test_an_added_action_is_marked_whole_with_its_paragraphs_its_note_and_its_row() -> None:
    extra = {
        **word_samples._SECOND,
        "id": "A-009",
        "text": "Everyone should read it.",
        "provisions": ["unused 1"],
    }
    old, new = changed(lambda data: data["sections"][0]["actions"].append(extra))
    reading = rendered(old, new)
    paragraphs = [each for each in reading.body.iter(f"{W}p") if is_whole(each, "ins")]
    outside = ["".join(each.itertext()) for each in paragraphs if each.getparent().tag != f"{W}tc"]
    assert outside[0].startswith("Everyone should read it.")
    assert outside[1].startswith("Addressed to: ")
    runs = [run for each in paragraphs for run in each.iter(f"{W}r")]
    # Word puts the mark of a comment beside what it stands at, and never tracks it
    assert [is_revised(run, "ins") for run in runs] == [run.find(COMMENT) is None for run in runs]
    references = [each for each in reading.body.iter(f"{W}footnoteReference") if is_revised(each, "ins")]
    assert len(references) == 1
    rows = [each for each in reading.body.iter(f"{W}tr") if each.find(f"{W}trPr/{W}ins") is not None]
    # its own in the matrix, and the table of the instrument that it brings
    assert len(rows) == 3
    assert rows[0].find(f"{W}trPr/{W}ins").getnext() is None


def is_whole(paragraph: Any, kind: str) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}{kind}") is not None


def is_revised(element: Any, kind: str) -> bool:
    return any(each.tag == f"{W}{kind}" for each in element.iterancestors())


def test_a_withdrawn_action_is_shown_deleted_and_keeps_its_list() -> None:
    old, new = changed(lambda data: action(data).update(status="withdrawn", reason="No time."))
    reading = rendered(old, new)
    gone = [each for each in reading.body.iter(f"{W}p") if is_whole(each, "del")]
    styles = [each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for each in gone]
    assert styles[:5] == ["POAAction", "POAPoint", "POAPoint", "POADetail", "POASources"]
    assert not [text for each in gone for text in each.iter(f"{W}t")]
    assert any(
        "A-001 (formerly para. 4): status refined, now withdrawn; substantive." in each
        for each in remarks(reading)
    )
    assert "poa:A-001:text" not in {control.tag for control in reading.controls}


def test_a_moved_action_goes_and_comes_with_comments_that_name_both_places() -> None:
    def move(data: dict[str, Any]) -> None:
        first, second = data["sections"]
        second["actions"].insert(1, first["actions"].pop(0))

    reading = rendered(*changed(move))
    said = "A-001 moved from here (section I, paragraph 4) to section II, paragraph 6."
    assert said in remarks(reading)
    assert "A-001 moved here (section II, paragraph 6) from section I, paragraph 4." in remarks(reading)
    texts = [control.text for control in reading.controls if control.tag == "poa:A-001:text"]
    assert len(texts) == 1


def test_a_moved_section_is_remarked_once_not_for_each_of_its_paragraphs() -> None:
    reading = rendered(*changed(lambda data: data["sections"].reverse()))
    moves = [each for each in remarks(reading) if "moved" in each]
    assert len(moves) == 2


def test_a_link_to_an_action_that_moved_is_never_left_without_its_place() -> None:
    def move(data: dict[str, Any]) -> None:
        first, second = data["sections"]
        second["actions"].insert(1, first["actions"].pop(0))

    reading = rendered(*changed(move))
    starts = {each.get(f"{W}name"): each for each in reading.body.iter(f"{W}bookmarkStart")}
    for field in reading.body.iter(f"{W}instrText"):
        name = re.search(r" REF (\S+)", field.text or "")
        if name and not is_revised(field, "ins"):
            place = next(starts[name[1]].iterancestors(f"{W}p"))
            assert not is_whole(place, "ins"), f"rejected, the field to {name[1]} leads nowhere"


def test_records_that_have_another_id_stay_what_they_were() -> None:
    def rename(data: dict[str, Any]) -> None:
        data["sections"][0]["id"] = "bodies"
        action(data, 0, 1)["id"] = "A-099"
        action(data, 1)["points"][0]["id"] = "y"

    reading = rendered(*changed(rename))
    assert list(reading.body.iter(*REVISIONS)) == []
    assert {"poa:A-099:text", "poa:A-003:points.y"} <= {each.tag for each in reading.controls}
    assert any(each.startswith("A-099 (para. 5): formerly A-002 (") for each in remarks(reading))


def test_a_changed_note_is_marked_inside_and_keeps_its_number() -> None:
    reading = rendered(*changed(lambda data: action(data).update(provisions=["iccpr 25(b)", "unused 1"])))
    first = reading.tree("word/footnotes.xml").findall(f"{W}footnote")[2]
    assert "".join(each.text for each in first.iter(f"{W}t") if not is_revised(each, "ins")).startswith(
        "International Covenant on Civil and Political Rights (“ICCPR”), A/RES/2200A(XXI), adopted 16 December"
    )
    assert "".join(each.text for each in first.iter(f"{W}delText")).startswith("Human Rights Committee")
    # what is cited first elsewhere now is said there, and nowhere else
    revised_calls = [each for each in reading.body.iter(f"{W}footnoteReference") if is_revised(each, "ins")]
    assert len(revised_calls) == 1
    assert not [each for each in reading.body.iter(f"{W}footnoteReference") if is_revised(each, "del")]


def test_what_a_registry_says_brings_no_note_and_takes_none() -> None:
    def say(data: dict[str, Any]) -> None:
        treaty = data["instruments"][0]
        treaty |= {"title": "Covenant", "short": None, "symbol": None, "verified": False, "in_force": None}
        data["instruments"][1] |= {"symbol": None, "adopted": "1997", "verified": True}

    old, new = changed(say)
    assert digests.text(old) == digests.text(new)
    made = document(old, new)
    assert not is_revised_text(made)
    calls = [
        run
        for part in made.parts
        for block in part.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
    ]
    found = [run for run in calls if isinstance(run, Note)]
    assert [said(each.runs, RevisionState.REMOVED) for each in found] == [
        (
            "Covenant, adopted 16 December 1966 (not verified); Human Rights Committee, general comment No. 25 "
            "(“general comment 25”), adopted 1997."
        )
    ]
    assert said(found[0].runs, RevisionState.ADDED).startswith(
        "International Covenant on Civil and Political"
    )


def test_a_renumbered_paragraph_is_changed_only_where_its_number_is_printed() -> None:
    reading = rendered(*changed(lambda data: data["introduction"].pop(0)))
    gone, *numbers = revised(reading, "del")
    assert gone == "Genuine elections rest on human rights."
    assert set(numbers) == {"4", "5", "6"}
    assert revised(reading, "ins") == [str(int(each) - 1) for each in numbers]
    fields = [each for each in reading.body.iter(f"{W}instrText") if " REF " in (each.text or "")]
    assert len(fields) == len(numbers)
    assert not [each for each in fields if is_revised(each, "ins") or is_revised(each, "del")]


def test_a_visual_redline_prints_the_new_number_alone() -> None:
    made = visual(document(*changed(lambda data: data["introduction"].pop(0))))
    rows = read(render(made, when=WHEN)).rows
    assert [row[0] for row in rows if row[0].isdecimal()] == ["3", "4", "5"]


def test_an_annex_that_is_called_otherwise_bears_both_numbers() -> None:
    reading = rendered(*changed(lambda data: data["sections"][1]["actions"].pop(1)))
    headings = (
        each
        for each in reading.body.iter(f"{W}p")
        if each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "POAAnnexHeading"
    )
    heading = next(each for each in headings if "Participants" in "".join(each.itertext()))
    for gone, said in (("del", "Annex IVParticipants"), ("ins", "Annex VParticipants")):
        runs = (each for each in heading.iter(f"{W}r") if not is_revised(each, gone))
        assert "".join("".join(each.itertext()) for each in runs) == said


def test_white_space_alone_is_no_change() -> None:
    reading = rendered(
        *changed(
            lambda data: action(data, 1).update(text="States  should publish results by\npolling station.")
        )
    )
    assert list(reading.body.iter(*REVISIONS)) == []


def test_the_title_is_marked_over_the_text_and_nowhere_else() -> None:
    reading = rendered(*changed(lambda data: data.update(title="Plan of Peace on Human Rights & Elections")))
    assert revised(reading, "del") == ["Action"]
    assert reading.of_style("Title") == ["Plan of Peace on Human \nRights & Elections"]
    assert not list(reading.tree("word/header1.xml").iter(*REVISIONS))


def test_what_the_text_does_not_show_is_told_in_a_comment_at_its_title() -> None:
    reading = rendered(*changed(lambda data: data["sources"][0]["consultation"].update(source="a page")))
    assert remarks(reading) == ["c-2015: source changed; process."]
    title = next(each for each in reading.body.iter(f"{W}p") if list(each.iter(f"{W}commentReference")))
    assert "".join(title.itertext()) == "Plan of Action on Human Rights & Elections"


def test_a_remark_names_record_class_amendment_and_sources() -> None:
    old, new = changed(lambda data: action(data).update(text="Observers must cite provisions."))
    adopted = Amendment(
        id="AM-1",
        record="A-001",
        field="text",
        original=old.sections[0].actions[0].text,
        proposed="Observers must cite provisions.",
        proposer="Second & Third",
        date="2017-12-05",
        state="accepted",
        decided="2017-12-05",
    )
    open_one = adopted.model_copy(update={"id": "AM-2", "state": "open"})
    reading = rendered(old, new, amendments=(adopted, open_one))
    (remark,) = remarks(reading)
    assert remark == (
        "A-001 (para. 4): bracket resolved; substantive (modal verb, bracket). Amendment AM-1 of Second & Third. "
        "Source recommendations: c-2015-r1, upr-1."
    )
    authors = {each.get(f"{W}author") for each in reading.body.iter(*REVISIONS)}
    assert authors == {"Second & Third"}
    (comment,) = reading.tree("word/comments.xml")
    assert comment.get(f"{W}author") == "poa-toolkit"


def test_the_part_for_returned_files_holds_the_new_text() -> None:
    old, new = changed(lambda data: action(data, 1).update(text="States must publish results."))
    texts = {each.get("tag"): each.text for each in rendered(old, new).tree("customXml/item1.xml")}
    assert texts["poa:A-003:text"] == "States must publish results."


def test_cover_and_contents_are_those_of_the_new_version() -> None:
    reading = rendered(*changed(lambda data: data["sections"].pop(0)))
    assert "Changes since\tday-1" in reading.of_style("POACover")
    assert reading.of_style("TOC1") == ["\tIntroduction\t1\N{EN DASH}2\t", "I.\tObservation in practice\t3\t"]
    around = [
        each
        for style in ("Title", "POACover", "TOC1", "TOC2")
        for each in reading.body.iter(f"{W}p")
        if each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == style
    ]
    assert not [mark for each in around for mark in each.iter(*REVISIONS)]


# --- templates of one's own --------------------------------------------------------------------------


def test_the_templates_own_words_of_a_record_are_marked_with_it() -> None:
    run = '<w:r><w:t xml:space="preserve">{{ action.text }}</w:t></w:r>'
    own = "<w:r><w:t>To do: </w:t></w:r>" + run + "</w:p><w:p><w:r><w:t>Please read on.</w:t></w:r>"
    template = repacked(packaged_template(), "word/document.xml", run, own)
    old, new = changed(lambda data: data["sections"][0]["actions"].pop(0))
    reading = rendered(old, new, template=template)
    gone = ["".join(each.itertext()) for each in reading.body.iter(f"{W}p") if is_whole(each, "del")]
    assert gone[0].startswith("To do: [International")
    assert gone[1] == "Please read on."
    assert [line.text for line in reading.lines].count("Please read on.") == 2
    stayed = [each for each in reading.body.iter(f"{W}t") if each.text == "Please read on."]
    assert len(stayed) == 2


@pytest.mark.parametrize("before", ["", "{{ notice }}"])
def test_records_that_share_a_paragraph_are_marked_by_their_runs(before: str) -> None:
    loop = before + "{% for section in sections %}; {{ section.title }}{% endfor %}."
    template = repacked(packaged_template(), "word/document.xml", "{{ notice }}", loop)
    reading = rendered(*changed(lambda data: data["sections"].pop(0)), template=template)
    shared = next(
        each
        for each in reading.body.iter(f"{W}p")
        if "; Observation in practice." in "".join(each.itertext())
    )
    assert not is_whole(shared, "del")
    gone = "".join("".join(each.itertext()) for each in shared.iter(f"{W}del"))
    assert gone == "Election evidence before the treaty bodies"


# --- the visual redline ------------------------------------------------------------------------------


@RENDERED
@given(RANDOM)
def test_a_visual_redline_has_styles_and_no_revision_and_asks_for_no_return(random: Random) -> None:
    made = document(*plan_pairs.pair(random))
    reading = read(render(visual(made), when=WHEN))
    assert not list(reading.body.iter(*REVISIONS))
    assert b"<?poa" not in reading.parts["word/document.xml"]
    if made.revision:
        assert reading.controls == []
        assert not [name for name in reading.names if name.startswith("customXml/")]


def test_a_visual_redline_shows_what_came_bold_and_what_went_struck() -> None:
    old, new = changed(lambda data: action(data, 1).update(text="States must publish results by station."))
    made = visual(document(old, new))
    reading = read(render(made, when=WHEN))
    styled = {
        name: [
            "".join(run.itertext())
            for run in reading.body.iter(f"{W}r")
            if (style := run.find(f"{W}rPr/{W}rStyle")) is not None and style.get(f"{W}val") == name
        ]
        for name in ("POAInserted", "POADeleted")
    }
    assert styled["POADeleted"][:2] == ["should", " polling"]
    assert styled["POAInserted"][:1] == ["must"]


def test_a_heading_of_the_document_names_what_changed_in_it() -> None:
    old, new = changed(lambda data: data["sections"][0].update(title="Evidence before the treaty bodies"))
    headings = [
        block for part in document(old, new).parts for block in part.blocks if isinstance(block, Heading)
    ]
    runs = next(each.runs for each in headings if each.record == "treaty-bodies")
    assert runs == (Deleted("Election evidence"), Inserted("Evidence"), Text(" before the treaty bodies"))


def test_a_paragraph_that_stays_is_the_very_one_of_the_new_version() -> None:
    old, new = changed(lambda data: action(data, 1).update(text="Other."))
    blocks = [
        block for part in document(old, new).parts for block in part.blocks if isinstance(block, Paragraph)
    ]
    assert [each.record for each in blocks if each.revision and each.field == "text"] == ["A-003"]


def test_a_reference_to_a_sub_point_that_became_a_point_is_printed_anew() -> None:
    def with_points(points: list[dict[str, Any]]) -> Callable[[dict[str, Any]], None]:
        def change(data: dict[str, Any]) -> None:
            action(data)["points"] = points
            action(data, index=1)["text"] = "As {A-001(low)} says."

        return change

    top, low = {"id": "top", "text": "Top."}, {"id": "low", "text": "Low."}
    _, old = changed(with_points([{**top, "points": [low]}]))
    _, new = changed(with_points([top, low]))
    made = rendered(old, new)
    assert [each for each in revised(made, "del") if "paragraph" in each] == ["paragraph 4 (a) (i)"]
    came = ("".join(text.text for text in each.iter(f"{W}t")) for each in made.body.iter(f"{W}ins"))
    assert [each for each in came if "paragraph" in each] == ["paragraph 4 (b)"]


def test_a_visual_redline_says_the_number_of_an_annex_that_went_once() -> None:
    old, new = changed(lambda data: data.update(participants=[]))
    for house in House:
        pair = (each.model_copy(update={"style": house}) for each in (old, new))
        reading = read(render(visual(document(*pair)), when=WHEN))
        went = [each for each in reading.of_style("POAAnnexHeading") if "Participants" in each]
        assert went == ["Annex V\nParticipants" if house is House.UN else "Appendix E. Participants"]
