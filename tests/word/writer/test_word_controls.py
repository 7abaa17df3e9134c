"""What a returned Word file is matched by: a control and a bookmark round each text, and its text in a part."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import word_samples
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_reading import W, packed, read, repacked

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.model import Citation, digests
from poa_toolkit.text.brackets import unescape
from poa_toolkit.word.ooxml import TEXTS, Names, Taken
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from word_reading import Reading

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
ITEM = "customXml/item1.xml"


def rendered(template: bytes | None = None, **changes: Any) -> Reading:
    plan = word_samples.small(**changes)
    return read(render(plan_document(plan), template=template, when=WHEN))


CITED = {
    tuple(map(Citation.parse, cited)): words
    for cited, words in (
        (
            ("iccpr 2(3)", "iccpr 25(b)", "gc-25 20"),
            "ICCPR, arts.\xa02(3) and 25(b); general comment 25, para.\xa020",
        ),
        (("iccpr 25(b)",), "ICCPR, art.\xa025(b)"),
        (("gc-25 20",), "general comment 25, para.\xa020"),
    )
}
"""How the provisions are named that the actions of the sample cite."""


def expected(**changes: Any) -> dict[str, str]:
    """Give what the plan says, by the tag that its control must have."""
    plan = word_samples.small(**changes)
    gone = {action.id for _, action in plan.walk_actions() if not action.status.printed}
    texts = {f"poa:{each.id}:title": each.title for each in plan.sections}
    texts |= {f"poa:plan:{name}": getattr(plan, name) or "" for name in ("title", "subtitle", "notice")}
    actors = {each.id: each.title for each in plan.actors}
    for _, action in plan.walk_actions():
        texts |= {f"poa:{action.id}:points.{point.id}": unescape(point.text) for point in action.points}
        texts |= {
            f"poa:{action.id}:timeframe": action.timeframe or "",
            f"poa:{action.id}:addressees": ", ".join(actors[each] for each in action.addressees),
            f"poa:{action.id}:level": ", ".join(action.level),
            f"poa:{action.id}:recommendations": ", ".join(action.recommendations),
            f"poa:{action.id}:provisions": CITED.get(action.provisions, ""),
            f"poa:{action.id}:why": action.why or "",
        }
    texts |= {
        f"poa:{record.id}:text": unescape(record.text)
        for at, record in plan.walk_texts()
        if "points" not in at
    }
    texts = {tag: text for tag, text in texts.items() if text and tag.split(":")[1] not in gone}
    reasons = {action.id: action.reason for _, action in plan.walk_actions() if action.id in gone}
    return texts | {f"poa:{name}:reason": reason for name, reason in reasons.items() if reason}


def items(reading: Reading, part: str = ITEM) -> list[etree._Element]:
    return list(reading.tree(part).iterchildren(f"{{{TEXTS}}}text"))


def test_each_text_of_the_plan_stands_in_one_control_of_its_own() -> None:
    controls = rendered().controls
    assert {each.tag: each.text for each in controls} == expected()
    assert len(controls) == len(expected())


def test_a_bookmark_of_the_same_name_stands_in_each_control() -> None:
    for control in rendered().controls:
        assert control.bookmarks == (re.sub(r"\W", "_", control.tag),)


def test_ids_of_controls_are_positive_and_the_same_in_every_document_of_the_plan() -> None:
    ids = {each.tag: each.id for each in rendered().controls}
    assert len(set(ids.values())) == len(ids)
    assert all(0 < number < 2**31 for number in ids.values())
    other = {each.tag: each.id for each in rendered(introduction=[], title="Other").controls}
    assert other.items() < ids.items()


def test_two_tags_never_share_an_id_or_a_bookmark() -> None:
    names = Names(Taken())
    first = names.control("poa:A-001:text")
    again = Names(Taken(controls=frozenset({first, first + 1})))
    assert again.control("poa:A-001:text") == first + 2
    long = "A" * 28
    bookmarks = [names.bookmark(long, f"points.section-{count}") for count in range(12)]
    bookmarks += [names.bookmark(long.lower(), "points.section-0"), names.bookmark("x-1", "text")]
    assert len({each.lower() for each in bookmarks}) == len(bookmarks)
    assert max(map(len, bookmarks)) <= 40
    assert bookmarks[-1] == "poa_x_1_text"


def test_the_part_holds_the_text_of_every_control_and_which_text_it_is() -> None:
    reading = rendered()
    root = reading.tree(ITEM)
    assert etree.QName(root) == etree.QName(TEXTS, "texts")
    assert dict(root.attrib) == {
        "digest": digests.text(word_samples.small()),
        "version": "Day 2, 5 December 2017",
        "stage": "day-2",
    }
    assert [(each.get("tag"), each.get("bookmark"), each.text) for each in items(reading)] == [
        (control.tag, *control.bookmarks, control.text) for control in reading.controls
    ]
    assert {f"poa:{each.get('record')}:{each.get('field')}" for each in items(reading)} == {*expected()}


def test_the_part_holds_the_lines_beside_the_texts_and_under_which_text_they_stand() -> None:
    lines = rendered().tree(ITEM).iterchildren(f"{{{TEXTS}}}beside")
    said = {(each.get("whole") or each.text, each.get("under")) for each in lines}
    assert ("Provisions: ICCPR, art.\xa025(b)\xa0· Recommendations: upr-1", "poa:A-002:text") in said


def test_the_part_tells_how_the_plan_spells_what_is_printed_otherwise() -> None:
    sources = {each.get("tag"): each.get("source") for each in items(rendered()) if each.get("source")}
    spelt = "[International | National] observers should cite [ohchr: the relevant] provisions \\[sic\\]."
    assert sources == {"poa:A-001:text": spelt}


@pytest.mark.parametrize(
    "awkward", ["a\tb\nc  d\re", "& < > \" ]]> '", "a\N{NEXT LINE}b\N{LINE SEPARATOR}c", " x "]
)
def test_awkward_text_is_in_the_part_as_it_is(awkward: str) -> None:
    every = items(rendered(front=[{"id": "F-01", "text": awkward}]))
    assert [each.text for each in every if each.get("record") == "F-01"] == [awkward]


def test_a_text_printed_twice_has_its_control_where_it_stands_first() -> None:
    run = '<w:r><w:t xml:space="preserve">{{ action.text }}</w:t></w:r>'
    template = repacked(packaged_template(), "word/document.xml", run, run + run)
    reading = rendered(template)
    assert sorted(each.tag for each in reading.controls) == sorted(expected())
    assert reading.text.count(expected()["poa:A-002:text"]) == 2


def test_marks_and_controls_of_a_template_are_not_repeated_by_its_loops_nor_by_ours() -> None:
    run = '<w:r><w:t xml:space="preserve">{{ action.text }}</w:t></w:r>'
    own = (
        '<w:bookmarkStart w:id="7" w:name="poa_A_002_text"/><w:bookmarkEnd w:id="7"/>'
        '<w:sdt><w:sdtPr><w:tag w:val="own"/><w:id w:val="5"/></w:sdtPr><w:sdtContent>'
        "<w:r><w:t>own</w:t></w:r></w:sdtContent></w:sdt>"
    )
    template = repacked(packaged_template(), "word/document.xml", run, own + run)
    reading = rendered(template)
    starts = list(reading.body.iter(f"{W}bookmarkStart"))
    ends = [each.get(f"{W}id") for each in reading.body.iter(f"{W}bookmarkEnd")]
    for attribute in ("id", "name"):
        found = [each.get(f"{W}{attribute}") for each in starts]
        assert len(set(found)) == len(found)
    assert sorted(ends) == sorted(each.get(f"{W}id") for each in starts)
    ids = [each.get(f"{W}val") for each in reading.body.iter(f"{W}id")]
    assert len(set(ids)) == len(ids)
    assert {each.get("bookmark") for each in items(reading)} > {"poa_A_002_text_2", "poa_A_001_text"}


def test_a_part_of_the_template_of_the_same_name_stays() -> None:
    parts = read(packaged_template()).parts
    parts[ITEM] = b"<own/>"
    relation = (
        b'<Relationship Id="r_own" Target="../customXml/item1.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/customXml"/></Relationships>'
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation)
    reading = rendered(packed(parts))
    assert reading.parts[ITEM] == b"<own/>"
    assert len(items(reading, "customXml/item2.xml")) == len(expected())


@pytest.mark.tools
def test_bookmarks_and_the_part_survive_libreoffice(tmp_path: Path, soffice: Callable[..., Path]) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(render(plan_document(word_samples.small()), when=WHEN))
    saved = read(soffice(path, "docx").read_bytes())
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for each in saved.body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if each.tag == f"{W}bookmarkStart":
            names[each.get(f"{W}id")] = each.get(f"{W}name")
        elif each.tag == f"{W}bookmarkEnd":
            names.pop(each.get(f"{W}id"), None)
        else:
            found |= {name: found.get(name, "") + (each.text or "") for name in names.values()}
    for tag, text in expected().items():
        if tag.endswith((":provisions", ":recommendations")):
            # LibreOffice ends a bookmark before the last character where a link stands in it
            assert text.startswith(found[re.sub(r"\W", "_", tag)][:-1])
            continue
        assert found[re.sub(r"\W", "_", tag)] == text
    part = next(
        content
        for name, content in saved.parts.items()
        if name.startswith("customXml/") and TEXTS.encode() in content and b"<texts" in content
    )
    assert len(etree.fromstring(part).findall(f"{{{TEXTS}}}text")) == len(expected())
