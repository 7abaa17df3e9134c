"""The Word file of a plan: nothing lost, nothing altered, nothing left over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import word_samples
from word_reading import Reading, W, read, repacked

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.errors import TemplateError
from poa_toolkit.text.brackets import unescape
from poa_toolkit.word.template import build as template_builder
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from poa_toolkit.model import Plan
    from poa_toolkit.word.template.styles import Design

WHEN = datetime(2017, 12, 5, tzinfo=UTC)

AWKWARD = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# a comment #}",
    "{_{ 7*7 }_} and {_% if %_}",
    "a & b <w:p> \"q\" 'r' ]]> </w:t>",
    "“smart” \N{LEFT SINGLE QUOTATION MARK}quotes\N{RIGHT SINGLE QUOTATION MARK} \N{EN DASH} and dashes",
    "العربية with עברית and 中文",
    "an emoji \U0001f5f3 and A/HRC/26/16",
    "two  spaces, \N{NO-BREAK SPACE} and one at the end ",
)


def rendered(plan: Plan, *, template: bytes | None = None) -> bytes:
    return render(plan_document(plan), template=template, when=WHEN)


@pytest.fixture(scope="module")
def small() -> Reading:
    return read(rendered(word_samples.small()))


def test_every_text_of_the_plan_is_there(small: Reading) -> None:
    plan = word_samples.small()
    texts = [plan.title, plan.subtitle, plan.notice, *(each.title for each in plan.sections)]
    texts += [unescape(record.text) for _, record in plan.walk_texts()]
    texts += [unescape(record.text) for _, record in plan.walk_recommendations()]
    texts += [action.why for _, action in plan.walk_actions()]
    texts += [action.timeframe for _, action in plan.walk_actions()]
    texts += [each.title for each in plan.actors]
    texts += [each.title for each in plan.participants]
    texts += [each.title for each in plan.links]
    texts += [each.title for each in plan.instruments if each.id != "unused"]
    for text in filter(None, texts):
        assert text in small.text


@pytest.mark.parametrize("awkward", AWKWARD)
def test_awkward_text_comes_out_as_typed_wherever_it_stands(awkward: str) -> None:
    base = word_samples.small()
    instruments = [{**each.model_dump(mode="json"), "title": awkward} for each in base.instruments]
    reading = read(
        rendered(
            word_samples.small(
                title=awkward,
                notice=awkward,
                introduction=[{"id": "P-01", "text": awkward}, {"id": "P-02", "text": "after it"}],
                instruments=instruments,
            )
        )
    )
    assert "".join(reading.of_style("Title")).replace("\n", "") == awkward
    assert reading.of_style("POANotice") == [awkward]
    assert reading.of_style("POAParagraph")[:2] == [awkward, "after it"]
    assert any(note.startswith(f"{awkward} (“ICCPR”), A/RES/2200A(XXI), adopted") for note in reading.notes)
    assert any(awkward in row[0] for row in reading.rows)
    assert awkward in reading.tree("word/header1.xml").xpath("string()")
    assert "A forum should meet every year." in reading.text


def test_line_breaks_and_tabs_become_elements_of_their_own() -> None:
    reading = read(rendered(word_samples.small(introduction=[{"id": "P-01", "text": "one\ntwo\tthree"}])))
    assert reading.of_style("POAParagraph")[0] == "one\ntwo\tthree"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\a", "U+0007"),
        ("\f", "U+000C"),
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),
        ("\ufffe", "U+FFFE"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_character_that_no_xml_can_hold_is_refused(character: str, name: str) -> None:
    plan = word_samples.small()
    broken = plan.model_copy(update={"title": f"Before{character}after"})
    with pytest.raises(TemplateError, match=re.escape(name)):
        rendered(broken)


def test_numbered_paragraphs_points_and_details_follow_their_action(small: Reading) -> None:
    wanted = (
        "POASectionHeading",
        "POAUnnumberedHeading",
        "POAParagraph",
        "POAAction",
        "POAPoint",
        "POADetail",
        "POASources",
    )
    styles = [line.style for line in small.lines if line.style in wanted]
    assert styles == [
        *("POAUnnumberedHeading", "POAParagraph", "POAParagraph"),
        *("POASectionHeading", "POAParagraph"),
        *("POAAction", "POAPoint", "POAPoint", "POADetail", "POASources"),
        *("POAAction", "POADetail", "POASources"),
        *("POASectionHeading", "POAAction", "POAPoint", "POADetail", "POASources"),
        "POAUnnumberedHeading",
    ]


def test_brackets_and_holders_bear_their_styles_and_escapes_do_not(small: Reading) -> None:
    runs = [
        (run.find(f"{W}rPr/{W}rStyle"), "".join(run.itertext()))
        for run in small.body.iter(f"{W}r")
        if run.find(f"{W}t") is not None
    ]
    styled = [(style.get(f"{W}val"), text) for style, text in runs if style is not None]
    assert ("POABracket", "[International | National]") in styled
    assert ("POAHolder", "ohchr: ") in styled
    assert (None, " provisions [sic].") in [(style, text) for style, text in runs]


def test_the_contents_are_filled_in_with_what_paragraphs_they_cover(small: Reading) -> None:
    assert small.of_style("TOC1") == [
        "\tIntroduction\t1\N{EN DASH}2\t",
        "I.\tElection evidence before the treaty bodies\t3\N{EN DASH}5\t",
        "II.\tObservation in practice\t6\t",
    ]
    assert small.of_style("TOC2")[0] == "Annex I. Source recommendations\t"


def test_every_link_and_field_leads_to_a_bookmark_and_bookmarks_are_unique(small: Reading) -> None:
    starts = list(small.body.iter(f"{W}bookmarkStart"))
    names = [each.get(f"{W}name") for each in starts]
    ids = [each.get(f"{W}id") for each in starts]
    assert len({name.lower() for name in names}) == len(names) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)
    anchors = {each.get(f"{W}anchor") for each in small.body.iter(f"{W}hyperlink")}
    fields = "".join(each.text for each in small.body.iter(f"{W}instrText"))
    anchors |= set(re.findall(r"(?:PAGEREF|REF) (\S+)", fields))
    assert anchors <= set(names)
    assert "REF poa_A_001" in fields


def test_notes_are_numbered_in_the_order_of_the_text(small: Reading) -> None:
    references = [each.get(f"{W}id") for each in small.body.iter(f"{W}footnoteReference")]
    written = [
        each.get(f"{W}id") for each in small.tree("word/footnotes.xml") if each.get(f"{W}type") is None
    ]
    assert references == written == [str(number) for number in range(1, len(written) + 1)]


def test_looks_come_from_styles_alone(small: Reading) -> None:
    styles = {each.get(f"{W}styleId") for each in small.tree("word/styles.xml").iter(f"{W}style")}
    used = {each.get(f"{W}val") for each in small.body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= styles
    assert {child.tag for each in small.body.iter(f"{W}rPr") for child in each} == {f"{W}rStyle"}
    properties = {child.tag for each in small.body.iter(f"{W}pPr") for child in each}
    # that a paragraph stays with the next one is no look
    assert properties == {f"{W}pStyle", f"{W}sectPr", f"{W}numPr", f"{W}keepNext"}


def test_a_list_is_named_by_the_style_and_by_each_of_its_paragraphs_alike(small: Reading) -> None:
    """Some readers look for it in the paragraphs alone; Word numbers on by the style."""
    styles = {each.get(f"{W}styleId"): each for each in small.tree("word/styles.xml").iter(f"{W}style")}

    def listed(element: Any) -> tuple[str, ...]:
        found = element.find(f"{W}pPr/{W}numPr")
        return () if found is None else tuple(each.get(f"{W}val") for each in found)

    def by_style(name: str) -> tuple[str, ...]:
        style = styles[name]
        based = style.find(f"{W}basedOn")
        return listed(style) or (() if based is None else by_style(based.get(f"{W}val")))

    paragraphs = [
        (each.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), listed(each)) for each in small.body.iter(f"{W}p")
    ]
    assert {name: by_style(name) for name, _ in paragraphs} == dict(paragraphs)
    assert "0" not in {number for style in styles.values() for number in listed(style)[1:]}


def test_a_list_and_a_table_have_names_of_their_own_and_looks_said_twice_alike(small: Reading) -> None:
    names = [each.get(f"{W}val") for each in small.tree("word/numbering.xml").iter(f"{W}nsid")]
    assert len(set(names)) == len(list(small.tree("word/numbering.xml").iter(f"{W}abstractNum")))
    bits = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")
    tables = list(small.body.iter(f"{W}tbl"))
    for table in tables:
        look = table.find(f"{W}tblPr/{W}tblLook")
        said = sum(32 << at for at, name in enumerate(bits) if look.get(f"{W}{name}") == "1")
        assert int(look.get(f"{W}val"), 16) == said
    annexes = [text for text in small.of_style("POAAnnexHeading") if text != "Further reading"]
    called = [each.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for each in tables]
    assert list(dict.fromkeys(called)) == [text.partition("\n")[2] for text in annexes]


def test_every_part_declares_both_names_and_links_by_numbers(small: Reading) -> None:
    """Of two readers one asks every part for the namespace of links, the other knows ids of this form alone."""
    for name in (each for each in small.names if each.startswith("word/") and each.endswith(".xml")):
        assert {"w", "r"} <= set(small.tree(name).nsmap), name
    ids = [
        each.get("Id") for name in small.names if name.endswith(".rels") for each in small.tree(name).iter()
    ]
    assert all(re.fullmatch(r"rId[0-9]+", each) for each in ids if each is not None)


def test_no_paragraph_is_empty(small: Reading) -> None:
    in_cell = f"{W}tc"
    outside = [each for each in small.body.iter(f"{W}p") if each.getparent().tag != in_cell]
    empty = [each for each in outside if not "".join(each.itertext())]
    assert empty == []


def test_each_table_repeats_its_head_and_no_row_breaks(small: Reading) -> None:
    tables = list(small.body.iter(f"{W}tbl"))
    assert len(tables) == 7
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_the_language_of_the_house_is_that_of_the_file() -> None:
    for style, language in (("un", "en-GB"), ("carter", "en-US")):
        reading = read(rendered(word_samples.small(style=style)))
        lang = reading.tree("word/styles.xml").find(f"{W}docDefaults//{W}lang")
        assert lang.get(f"{W}val") == language
        assert f"<dc:language>{language}<".encode() in reading.parts["docProps/core.xml"]


def test_core_properties_are_those_of_the_plan_escaped_once() -> None:
    title = "Rights & <Elections> " + "and so on " * 40
    core = read(rendered(word_samples.small(title=title))).tree("docProps/core.xml")
    found = {each.tag.rpartition("}")[2]: each.text for each in core}
    assert found == {
        "title": title,
        "creator": "poa-toolkit",
        "description": "A working text written for a test. It is not the published Plan of Action.",
        "language": "en-GB",
        "lastModifiedBy": "poa-toolkit",
        "revision": "1",
        "created": "2017-12-05T00:00:00Z",
        "modified": "2017-12-05T00:00:00Z",
    }


def test_only_the_parts_it_needs_are_in_the_file(small: Reading) -> None:
    assert small.names == (
        "[Content_Types].xml",
        "_rels/.rels",
        "customXml/_rels/item1.xml.rels",
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/footer3.xml",
        "word/footer4.xml",
        "word/footnotes.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/header3.xml",
        "word/header4.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    )
    assert b"python-docx" not in b"".join(small.parts.values())


def test_the_archive_bears_the_given_date_and_nothing_of_the_machine() -> None:
    file = render(plan_document(word_samples.small()), when=WHEN.astimezone(timezone(timedelta(hours=14))))
    with zipfile.ZipFile(BytesIO(file)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2017, 12, 5, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {(3, 0o644 << 16)}
    before_zip = render(plan_document(word_samples.small()), when=datetime(1970, 1, 1, tzinfo=UTC))
    with zipfile.ZipFile(BytesIO(before_zip)) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_the_same_bytes_come_out_under_another_hash_seed_zone_and_folder(tmp_path: Path) -> None:
    program = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "import test_word_render as t\n"
        "print(hashlib.sha256(t.rendered(t.word_samples.small())).hexdigest())"
    )
    digests = set()
    for seed, zone in (("1", "UTC"), ("77", "Pacific/Kiritimati")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [
            sys.executable,
            "-c",
            program,
            *(str(Path(each).parent) for each in (__file__, word_samples.__file__)),
        ]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_matrix_stands_on_its_side_and_the_rest_upright(small: Reading) -> None:
    pages = [each.get(f"{W}orient") for each in small.body.iter(f"{W}pgSz")]
    assert pages == [None, None, "landscape", None]


def test_no_empty_page_is_left_where_the_last_annexes_are_not_there() -> None:
    plan = word_samples.small(participants=[], links=[], sections=[])
    assert read(rendered(plan)).of_style("POAAnnexHeading") == ["Annex I\nSource recommendations"]
    full = word_samples.small()
    kept = [
        section.model_dump(mode="json", by_alias=True, exclude_defaults=True) for section in full.sections
    ]
    kept[1]["actions"].pop()
    reading = read(rendered(word_samples.small(participants=[], links=[], sections=kept)))
    pages = [each.get(f"{W}orient") for each in reading.body.iter(f"{W}pgSz")]
    assert pages == [None, None, "landscape"]
    assert reading.body[-1].find(f"{W}pgSz").get(f"{W}orient") == "landscape"


def test_a_plan_of_nothing_but_a_title_renders() -> None:
    lists = ("front", "introduction", "sections", "sources", "instruments", "links", "actors", "participants")
    nothing = {"subtitle": None, "notice": None, "conference": None}
    plan = word_samples.small(**dict.fromkeys(lists, ()), **nothing)
    reading = read(rendered(plan))
    assert "".join(reading.of_style("Title")).replace("\n", "") == plan.title
    assert Counter(line.style for line in reading.lines)["TOC1"] == 0


@pytest.mark.parametrize("design", template_builder.DESIGNS, ids=lambda design: design.house)
def test_a_committed_template_is_what_its_script_builds(design: Design) -> None:
    committed, built = read(packaged_template(design.house)), read(template_builder.build(design))
    assert committed.names == built.names
    assert committed.parts == built.parts


@pytest.mark.parametrize("design", template_builder.DESIGNS, ids=lambda design: design.house)
def test_a_template_is_built_the_same_every_time(design: Design) -> None:
    assert template_builder.build(design) == template_builder.build(design)


def test_the_template_holds_tags_a_person_can_read() -> None:
    text = read(packaged_template()).text
    assert "{{ title }}" in text
    assert "{%p for section in sections %}" in text
    assert "{{ section.title }}" in text
    assert "{%tr for row in group.rows %}" in text
    assert "{{r" not in text


def test_a_template_with_a_changed_title_style_keeps_it() -> None:
    template = repacked(packaged_template(), "word/styles.xml", 'w:val="34"', 'w:val="80"')
    assert b'w:val="80"' in read(rendered(word_samples.small(), template=template)).parts["word/styles.xml"]
