"""Templates of others: what Word and LibreOffice do to them, and what must never work."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import word_samples
from word_reading import W, packed, read, repacked

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.errors import TemplateError
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
NOTICE = "{{ notice }}"


def with_template(template: bytes, **changes: object) -> bytes:
    return render(plan_document(word_samples.small(**changes)), template=template, when=WHEN)


def changed(old: str, new: str) -> bytes:
    """Give the template with one string of its body replaced."""
    return repacked(packaged_template(), "word/document.xml", old, new)


def with_tag(tag: str, **changes: object) -> bytes:
    """Render with the tag of the notice replaced by another."""
    return with_template(changed(NOTICE, tag), **changes)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ title.__class__.__mro__ }}",
        "{{ cover.append(1) }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{% include 'other' %}",
        "{% import 'other' as x %}",
        "{{ titel }}",
        "{{ 1 // 0 }}",
        "{{ range(10**9) }}",
        "{{ title.no_such }}",
        "{{ title",
        "{% endfor %}",
        "{%p if title %}",
        "{{ title|no_such_filter }}",
    ],
)
def test_a_hostile_or_mistaken_tag_stops_with_one_line(tag: str) -> None:
    with pytest.raises(TemplateError) as caught:
        with_tag(tag)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_name_of_a_mistyped_tag_is_said() -> None:
    with pytest.raises(TemplateError, match="'titel' is undefined"):
        with_tag("{{ titel }}")


def test_a_mistake_in_the_form_of_a_tag_is_quoted_with_its_paragraph() -> None:
    with pytest.raises(TemplateError, match=r"near .*The title: \{\{ title \+ \}\}"):
        with_tag("The title: {{ title + }}")


@pytest.mark.parametrize(
    "template", [b"", b"PK\x05\x06" + bytes(18), b"not a zip", packaged_template()[:2000]]
)
def test_a_file_that_is_no_word_file_is_refused(template: bytes) -> None:
    with pytest.raises(TemplateError, match="not a Word file"):
        with_template(template or b" ")


def test_tags_whose_loops_do_not_pair_with_paragraphs_are_refused_not_mended() -> None:
    broken = ("{%p for line in cover %}", "{% for line in cover %}")
    with pytest.raises(TemplateError):
        with_template(changed(*broken))


def test_text_around_a_tag_keeps_its_place_and_its_run_formatting() -> None:
    run = '<w:r><w:t xml:space="preserve">{{ notice }}</w:t></w:r>'
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Say: {{ notice }}; {{ title }}.</w:t></w:r>'
    reading = read(with_template(changed(run, bold), notice="so", title="T"))
    assert reading.of_style("POANotice") == ["Say: so; T."]
    notice = next(each for each in reading.body.iter(f"{W}p") if "".join(each.itertext()).startswith("Say"))
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in notice.iter(f"{W}r"))


BOLD = "<w:rPr><w:b/></w:rPr>"


def bold(part: str, tag: str, *, text: str = "") -> list[etree._Element]:
    """Make the run of a tag bold in the template; give the runs that print it, and what stands beside it."""
    run = f'<w:r><w:t xml:space="preserve">{tag}</w:t></w:r>'
    template = repacked(packaged_template(), part, run, run.replace("<w:r>", f"<w:r>{BOLD}"))
    root = read(with_template(template)).tree(part)
    every = [each for each in root.iter(f"{W}r") if each.find(f"{W}t") is not None]
    return [each for each in every if not text or "".join(each.itertext(f"{W}t")) in text]


@pytest.mark.parametrize(
    ("part", "tag", "text"),
    [
        ("word/document.xml", "{{ row.why }}", "Gives the mechanism what it asked for."),
        ("word/document.xml", "{{ row.provisions }}", "ICCPR"),
        ("word/document.xml", "{{ section.title }}", "Election evidence before the treaty bodies"),
        ("word/document.xml", "{{ annex.name }}", "Source recommendations"),
        ("word/document.xml", "{{ annex.number }}", "Annex I"),
        ("word/header1.xml", "{{ version }}", "Day 2, 5 December 2017"),
    ],
    ids=[
        "a cell",
        "a link in a cell",
        "a heading",
        "the heading of an annex",
        "a typed number",
        "beside a tab",
    ],
)
def test_what_is_filled_in_keeps_the_formatting_of_its_tag(part: str, tag: str, text: str) -> None:
    found = bold(part, tag, text=text)
    assert found
    assert any(each.find(f"{W}rPr/{W}b") is not None for each in found)


def test_a_bracket_in_a_bold_tag_is_bold_and_still_marked() -> None:
    run = '<w:r><w:t xml:space="preserve">{{ action.text }}</w:t></w:r>'
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{{ action.text }}</w:t></w:r>'
    reading = read(with_template(changed(run, bold)))
    bracket = next(
        each for each in reading.body.iter(f"{W}r") if "".join(each.itertext()).startswith("[Intern")
    )
    assert [child.tag for child in bracket[0]] == [f"{W}rStyle", f"{W}b"]


@pytest.mark.parametrize(
    "runs",
    [
        '<w:r><w:t>{{ no</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>tice }}</w:t></w:r>',
        "<w:r><w:t>{</w:t></w:r><w:r><w:t>{ notice }</w:t></w:r><w:r><w:t>}</w:t></w:r>",
        "<w:r><w:t>{{r notice }}</w:t></w:r>",
        "<w:r><w:t>{{notice}}</w:t></w:r>",
        "<w:r><w:t>{{- notice -}}</w:t></w:r>",
    ],
)
def test_a_tag_is_found_however_word_wrote_it(runs: str) -> None:
    run = '<w:r><w:t xml:space="preserve">{{ notice }}</w:t></w:r>'
    reading = read(with_template(changed(run, runs), notice="a & b"))
    assert reading.of_style("POANotice") == ["a & b"]


def test_a_template_that_libreoffice_saved_gives_no_part_twice() -> None:
    core = "metadata/core-properties"
    transitional = f"http://schemas.openxmlformats.org/package/2006/relationships/{core}"
    of_libreoffice = f"http://schemas.openxmlformats.org/officedocument/2006/relationships/{core}"
    saved = repacked(packaged_template(), "_rels/.rels", transitional, of_libreoffice)
    reading = read(with_template(saved))
    assert len(reading.names) == len(set(reading.names))
    assert [name for name in reading.names if "core" in name] == ["docProps/core.xml"]


def test_a_template_without_notes_gets_them() -> None:
    parts = read(packaged_template()).parts
    del parts["word/footnotes.xml"]
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        parts[name] = re.sub(rb"<\w+ [^>]*footnotes[^>]*/>", b"", parts[name])
    reading = read(with_template(packed(parts)))
    assert reading.notes


def test_notes_of_the_template_stay_and_those_of_the_plan_follow() -> None:
    own = '<w:footnote w:id="7"><w:p><w:r><w:t>Our own: {{ title }}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    template = repacked(packaged_template(), "word/footnotes.xml", "</w:footnotes>", own)
    reading = read(with_template(template, title="{{ 7*7 }}"))
    assert reading.notes[0] == "Our own: {{ 7*7 }}"
    assert [each.get(f"{W}id") for each in reading.body.iter(f"{W}footnoteReference")] == ["8"]


def test_a_note_cannot_stand_in_the_head_of_a_page() -> None:
    template = repacked(
        packaged_template(), "word/header1.xml", "{{ version }}", "{{ sections[0].actions[0].links }}"
    )
    with pytest.raises(TemplateError, match="notes need the body"):
        with_template(template)


def test_a_drawing_that_a_loop_repeats_has_a_number_of_its_own_each_time() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:docPr name="a mark, id=1" id="1"/></wp:inline></w:drawing></w:r>'
    )
    run = '<w:r><w:t xml:space="preserve">{{ action.text }}</w:t></w:r>'
    body = read(with_template(changed(run, run + drawing))).body
    found = [each.attrib for each in body.iter() if str(each.tag).endswith("}docPr")]
    assert {each["name"] for each in found} == {"a mark, id=1"}
    assert [each["id"] for each in found] == ["1001", "1002", "1003"]


def test_tags_that_part_a_paragraph_from_its_end_are_quoted_with_what_stands_there() -> None:
    with pytest.raises(TemplateError, match=r'do not pair: mismatched tag.* \(near "\S.*"\)'):
        with_template(changed("{%p for line in cover %}", "{% for line in cover %}"))
