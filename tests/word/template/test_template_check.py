"""What `poa template check` says of a template: each tag with its place, each fault with its cure."""

from __future__ import annotations

import html
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import small_plan
import word_samples
from conftest import ROOT
from hypothesis import given, settings
from odd_documents import Document, documents
from word_reading import packed, read, repacked

from poa_toolkit.amend.endorsement_record import EndorsementRecord
from poa_toolkit.diagnostic import Severity
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.model import Amendment, Endorsement, House, Plan
from poa_toolkit.word.ooxml import WORD
from poa_toolkit.word.template import language
from poa_toolkit.word.template.check import check
from poa_toolkit.word.template.fields import Form, documented
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.context import context
from poa_toolkit.word.writer.render import render, render_untrusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Poa

    from poa_toolkit.word.template.parts import Fault

WHEN = datetime(2017, 12, 4, tzinfo=UTC)
NOTICE = '<w:r><w:t xml:space="preserve">{{ notice }}</w:t></w:r>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def with_runs(runs: str) -> bytes:
    """Give the packaged template with the run of the notice replaced by these."""
    return repacked(packaged_template(), "word/document.xml", NOTICE, runs)


def with_tag(tag: str) -> bytes:
    return with_runs(run(tag))


def faults(template: bytes, *severities: Severity) -> list[Fault]:
    wanted = severities or (Severity.ERROR, Severity.WARNING)
    return [each for each in check(template).faults if each.severity in wanted]


@pytest.mark.parametrize("house", House)
def test_nothing_is_wrong_with_a_packaged_template(house: House) -> None:
    checked = check(packaged_template(house))
    assert checked.faults == ()
    assert not checked.failed


def test_every_tag_is_listed_in_page_order_with_its_place() -> None:
    tags = [(tag.text, tag.part, tag.place) for tag in check(packaged_template(House.CARTER)).tags]
    assert tags[0] == ("{{ title }}", "body", "paragraph 1")
    assert ("{{ row.why }}", "body", "table 3, row 3, cell 4") in tags
    assert tags[-4:] == [
        ("{{ version }}", "header2.xml", "paragraph 1"),
        ("{%p if lacking %}", "header2.xml", "paragraph 2"),
        ("{{ lacking }}", "header2.xml", "paragraph 3"),
        ("{%p endif %}", "header2.xml", "paragraph 4"),
    ]


def test_fields_that_are_printed_nowhere_are_named() -> None:
    unused = check(packaged_template()).unused
    assert "author" in unused
    assert "sections[].actions[].text" not in unused


@pytest.mark.parametrize(
    ("tag", "code", "said"),
    [
        ("{{ titel }}", "POA705", "there is no field “titel”"),
        ("{{ section.title }}", "POA705", "there is no field “section”"),
        ("{{ title.text }}", "POA705", "“title” has no “text”"),
        ("{{ sections.title }}", "POA705", "“sections” has no “title”"),
        ("{{ sections }}", "POA705", "“sections” is a list, not a text"),
        ("{{ contents }}", "POA705", "“contents” is no text"),
        ("{{ sections[0] }}", "POA705", "is no text"),
        ("{{ loop.index }}", "POA705", "there is no field “loop”"),
        ("{% for x in title %}{% endfor %}", "POA705", "“title” is no list"),
        ("{{ title", "POA703", "a tag is opened and not closed"),
        ("title }}", "POA703", "a tag is closed and not opened"),
        ("{{ title + }}", "POA703", "the tag cannot be read"),
        ("{% fro x in sections %}", "POA703", "“fro” begins no tag"),
        ("{{ }}", "POA703", "cannot be read"),
        ("{% endfor %}", "POA704", "there is no {% for %} for this end"),
        ("{% else %}", "POA704", "there is no {% if %} for this else"),
        ("{% if title %}", "POA704", "the tag has no {% endif %}"),
        ("{% if title %}{% endfor %}", "POA704", "there is no {% for %} for this end"),
        ("{%p if title %}", "POA704", "the tag has no {% endif %}"),
        ("{{ title.__class__ }}", "POA706", "cannot reach “__class__”"),
        ("{{ cover.append(1) }}", "POA706", "cannot use a call"),
        ("{{ range(10**9) }}", "POA706", "cannot use a call"),
        ("{{ 'a'*10**11 }}", "POA706", "cannot use a multiplication"),
        ("{{ title|replace('', 'aaaa') }}", "POA706", "cannot use “replace”"),
        ("{{ title|attr('__class__') }}", "POA706", "cannot use “attr”"),
        ("{{ title[title] }}", "POA706", "cannot look a thing up"),
        ("{% include 'other' %}", "POA706", "cannot use “include”"),
        ("{% from 'x' import y %}", "POA706", "cannot use “from”"),
        ("{% macro m() %}{% endmacro %}", "POA706", "cannot use “macro”"),
        ("{% raw %}{{ x }}{% endraw %}", "POA706", "cannot use “raw”"),
        ("{% set a, b = title %}", "POA706", "one name at a time"),
        ("{% for x in sections recursive %}{% endfor %}", "POA706", "in a loop"),
        ("{% for a in sections %}" * 6 + "{% endfor %}" * 6, "POA706", "more than 5 loops inside each other"),
        ("{%p if title %} and this", "POA707", "the paragraph holds more than the tag"),
        ("{{ annexes.withdrawn.title }}", "POA710", "“annexes.withdrawn” is not in every plan"),
    ],
)
def test_a_mistaken_tag_is_found_with_its_place(tag: str, code: str, said: str) -> None:
    found = [each for each in faults(with_tag(tag)) if each.code == code and said in each.message]
    assert found, faults(with_tag(tag))
    assert re.match(r"paragraph (29|30)[,:] ", found[0].message)
    assert found[0].help


@pytest.mark.parametrize(
    "tag",
    [
        "{{ title }}",
        "{{r title }}",
        "{{- title -}}",
        "{{ title|upper }}",
        "{{ sections|length }}",
        "{{ sections[0].title }}",
        "{{ subtitle or title }}",
        "{% if title == 'A' and not subtitle %}{{ title }}{% elif notice %}x{% else %}y{% endif %}",
        "{% for section in sections %}{{ loop.index }} {{ section['title'] }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% set mine = annexes.matrix %}{% if mine %}{{ mine.title }}{% endif %}",
        "{# a word to the next secretary {{ no.tag }} #}",
        "a } b { c %",
    ],
)
def test_what_a_template_may_say_is_left_alone(tag: str) -> None:
    assert faults(with_tag(tag)) == [each for each in faults(with_tag(tag)) if each.code == "POA711"]


_GUIDE = (ROOT / "docs/secretariat/templates.md").read_text("utf-8")
_MAY = _GUIDE[_GUIDE.index("Between the braces") : _GUIDE.index("Nothing else works")]


def test_the_guide_says_all_that_a_template_may_say() -> None:
    for word in (*language.FILTERS, *language.TESTS, *language.LOOP):
        assert re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", _MAY), word


@pytest.mark.parametrize(
    "said",
    [
        *(
            "'new' if stage == 'Draft' else 'agreed'",
            "subtitle or title",
            "title ~ ', ' ~ stage",
            "1 + 1 - 2",
        ),
        *("sections[-1].title", "cover|count", "stage|d('none')", "not (1 < 2 <= 3 and 3 > 2 >= 1 != 2)"),
        *(
            "'a' in title",
            "'a' not in title",
            "sections[:3]|length",
            "title is defined",
            "4 is divisibleby(2)",
        ),
    ],
)
def test_what_the_guide_says_may_be_said(said: str) -> None:
    assert not faults(with_tag(f"{{{{ notice }}}}{{{{ {html.escape(said, quote=False)} }}}}"))


@pytest.mark.parametrize("said", ["title.upper()", "2 * 3", "4 / 2", "4 // 2", "2 ** 3", "7 % 2", "{'a': 1}"])
def test_what_the_guide_rules_out_is_refused(said: str) -> None:
    assert [each.code for each in faults(with_tag(f"{{{{ notice }}}}{{{{ {said} }}}}"))] == ["POA706"]


def test_a_cure_names_the_field_that_was_meant() -> None:
    (found,) = faults(with_tag("{{ titel }}"))
    assert found.help == 'did you mean "title"?'


@pytest.mark.parametrize(
    ("tag", "help_text"),
    [
        ("{{ plan.titel }}", 'did you mean "title"?'),
        ("{{ plan.zzzz }}", "the fields are title, text_title, "),
        ("{{ qqqq }}", "the fields are title, text_title, "),
    ],
)
def test_a_cure_never_sends_to_the_command_that_was_just_run(tag: str, help_text: str) -> None:
    (found,) = faults(with_tag(tag))
    assert found.help.startswith(help_text)
    assert "template check" not in found.help


@pytest.mark.parametrize(
    ("tag", "help_text"),
    [
        ("{% if stage = “Draft” %}x{% endif %}", 'write ==, as in {% if stage == "Draft" %}'),
        ("{%p if stage='a=b' and notice %}", "write ==, as in {% if stage=='a=b' and notice %}"),
        ("{{ 'x' if stage = 'a' else 'y' }}", "write ==, as in {{ 'x' if stage == 'a' else 'y' }}"),
    ],
)
def test_a_comparison_is_written_with_two_signs(tag: str, help_text: str) -> None:
    found = next(each for each in faults(with_tag(tag)) if each.code == "POA703")
    assert "“=” compares nothing" in found.message
    assert found.help == help_text


@pytest.mark.parametrize(
    "tags",
    [
        "{% if stage = 'a' %}x{% elif notice %}y{% else %}z{% endif %}",
        "{% if annexes.withdrawn = 1 %}{{ annexes.withdrawn.title }}{% endif %}",
        "{% for x in sections + %}{{ x.title }}{{ x['a'].b }}{{ loop.index }}{% endfor %}",
        "{% for x in titel %}{{ x.title }}{% for y in x.list %}{{ y.z }}{% endfor %}{% endfor %}",
        "{% fro x in sections %}{{ x.title }}{% endfor %}",
        "{% if notice %}{% endfi %}",
        "{% set x = %}{{ x }}{{ x.title }}",
        "{% set x = titel %}{{ x.title }}",
    ],
)
def test_one_mistake_is_told_once(tags: str) -> None:
    assert len(faults(with_tag(tags), Severity.ERROR, Severity.WARNING)) == 1, faults(with_tag(tags))


def test_what_a_name_is_made_of_itself_is_no_field() -> None:
    assert [each.code for each in faults(with_tag("{% set x = x.y %}"))] == ["POA705"]


def test_headers_and_footers_are_called_as_in_word(poa: Poa, project: Path) -> None:
    packaged = packaged_template(House.CARTER)
    template = repacked(packaged, "word/header2.xml", "{{ version }}", "{{ titel }}")
    (found,) = faults(template)
    assert found.message.startswith("header of section 5, paragraph 1, {{ titel }}: ")
    shared = repacked(packaged, "word/header1.xml", "{{ version }}", "{{ titel }}")
    assert faults(shared)[0].message.startswith("header of sections 3, 4, 6, paragraph 1, ")
    left = repacked(packaged_template(), "word/header2.xml", "{{ version }}", "{{ titel }}")
    assert faults(left)[0].message.startswith("header of even pages of sections 3, 4, 6, paragraph 1, ")
    body = read(packaged).parts["word/document.xml"].decode("utf-8")
    bare = re.sub(r"<w:sectPr\b.*?</w:sectPr>", "", body)
    first = '<w:sectPr><w:headerReference w:type="first" r:id="rId1"/></w:sectPr></w:body>'
    alone = repacked(template, "word/document.xml", body, bare.replace("</w:body>", first))
    assert faults(alone)[0].message.startswith("an unused header, paragraph 1, ")
    alone = repacked(alone, "word/header1.xml", "{{ version }}", "{{ titel }}")
    assert faults(alone)[0].message.startswith("header of the first page, paragraph 1, ")
    (project / "ours.docx").write_bytes(template)
    done = poa("template", "check", "ours.docx", "--all", cwd=project)
    assert "\nheader of section 5 (header2.xml)\n" in done.stdout


def test_every_fault_of_a_template_is_told_at_once() -> None:
    codes = [each.code for each in faults(with_tag("{{ titel }}{{ x.y }}{% endfor %}{{ title.__class__ }}"))]
    assert codes == ["POA705", "POA705", "POA704", "POA706"]


def test_a_tag_that_word_split_is_whole_and_one_with_two_formattings_is_told() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    spelling = '<w:rPr><w:lang w:val="fr-FR"/><w:noProof/></w:rPr>'
    same = with_runs(run("{{ no", bold) + '<w:proofErr w:type="spellStart"/>' + run("tice }}", bold))
    spelt = with_runs(run("{{ no") + run("tice }}", spelling))
    other = with_runs(run("{{ no", bold) + run("tice }}"))
    assert [faults(each, *Severity) for each in (same, spelt)] == [[], []]
    (found,) = faults(other, *Severity)
    assert (found.code, found.severity) == ("POA709", Severity.INFORMATION)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{%p for line in cover %}", "{% for line in cover %}"),
        ("{%tr for row in group.rows %}", "{%p for row in group.rows %}"),
    ],
)
def test_a_pair_of_two_forms_is_told(old: str, new: str) -> None:
    found = faults(repacked(packaged_template(), "word/document.xml", old, new))
    assert "POA704" in {each.code for each in found}


@pytest.mark.parametrize(
    "runs",
    [
        "<w:del><w:r><w:delText>{{ title }}</w:delText></w:r></w:del>",
        "<w:r><w:instrText>{{ title }}</w:instrText></w:r>",
        '<w:hyperlink w:tooltip="{{ title }}"/>',
    ],
)
def test_a_tag_outside_the_text_is_told(runs: str) -> None:
    assert "POA703" in {each.code for each in faults(with_runs(runs))}


def test_a_tag_that_word_split_is_listed_so(poa: Poa, project: Path) -> None:
    (project / "ours.docx").write_bytes(with_runs(run("{{ no") + run("ti") + run("ce }}")))
    done = poa("template", "check", "--all", "ours.docx", cwd=project)
    assert "{{ notice }}  (split over 3 runs)\n" in done.stdout


def test_a_style_that_is_missing_is_named() -> None:
    template = repacked(packaged_template(), "word/styles.xml", 'w:styleId="POABracket"', 'w:styleId="Other"')
    (found,) = faults(template)
    assert (found.code, found.severity) == ("POA708", Severity.WARNING)
    assert "“POABracket”" in found.message


def test_no_comment_of_the_xml_stands_in_a_tag_or_is_one() -> None:
    template = with_tag("{{ ti<!-- {{ nothing }} -->tle }}")
    assert [tag.text for tag in check(template).tags].count("{{ title }}") > 1
    made = read(render_untrusted(plan_document(word_samples.small()), template, when=WHEN))
    body = made.parts["word/document.xml"].decode()
    assert [each for each in (NOTICE, "{{", "nothing") if each in body] == []


def filled(template: bytes, **changes: object) -> bytes:
    return render(plan_document(word_samples.small(**changes)), template=template, when=WHEN)


def with_note(name: str, runs: str) -> bytes:
    """Give the packaged template with a note of its own, in `footnotes` or `endnotes`."""
    note = f'<w:{name[:-1]} w:id="7"><w:p>{runs}</w:p></w:{name[:-1]}>'
    if name == "footnotes":
        return repacked(packaged_template(), "word/footnotes.xml", "</w:footnotes>", f"{note}</w:footnotes>")
    parts = read(packaged_template()).parts
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"
    return packed(
        {
            **parts,
            "word/endnotes.xml": f'<w:endnotes xmlns:w="{WORD}">{note}</w:endnotes>'.encode(),
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                b"</Types>",
                f'<Override PartName="/word/endnotes.xml" ContentType="{kind}"/></Types>'.encode(),
            ),
            "word/_rels/document.xml.rels": parts["word/_rels/document.xml.rels"].replace(
                b"</Relationships>",
                f'<Relationship Id="rIdEnd" Type="{link}" Target="endnotes.xml"/></Relationships>'.encode(),
            ),
        }
    )


def test_styles_that_are_missing_are_one_warning() -> None:
    template = packaged_template()
    for style in ("POABracket", "POALink"):
        template = repacked(template, "word/styles.xml", f'w:styleId="{style}"', f'w:styleId="Not{style}"')
    (found,) = faults(template)
    assert found.message.startswith("there is no styles “POABracket”, “POALink”; ")


def test_a_template_that_prints_nothing_of_the_text_is_an_error(poa: Poa, project: Path) -> None:
    body = f"<w:p>{run('{{ title }}')}</w:p><w:p>{run('{{ version }}')}</w:p>"
    parts = read(packaged_template()).parts
    document = re.sub(
        rb"<w:body>.*(?=<w:sectPr)", f"<w:body>{body}".encode(), parts["word/document.xml"], flags=re.DOTALL
    )
    (project / "cover.docx").write_bytes(packed({**parts, "word/document.xml": document}))
    done = poa("template", "check", "cover.docx", cwd=project)
    assert done.status == 1
    assert "error POA716 no field of the text is printed anywhere" in done.stdout
    assert "POA711" not in done.stdout
    refused = poa("render", "--template", "cover.docx", "-o", "made.docx", cwd=project)
    assert refused.status == 1
    assert not (project / "made.docx").exists()


def test_errors_come_first_and_the_rest_is_counted(poa: Poa, project: Path) -> None:
    template = with_runs(run("{{ titel }}") + run("{{ sub", "<w:rPr><w:b/></w:rPr>") + run("title }}"))
    template = repacked(template, "word/styles.xml", 'w:styleId="POALink"', 'w:styleId="Other"')
    (project / "ours.docx").write_bytes(template)
    done = poa("template", "check", "ours.docx", cwd=project)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("  ")]
    assert [line.split(" ", 2)[1] for line in lines[:2]] == ["error", "warning"]
    assert lines[2:] == ["305 tags, 35 fields not used, 1 note; --all lists them", "1 error, 1 warning"]
    assert "information POA709" in poa("template", "check", "--all", "ours.docx", cwd=project).stdout


@pytest.mark.parametrize(
    "tag",
    [
        "{{ symbol|default(‘none’, true) }}",
        "{{ symbol|default(“none”, true) }}",
        "{% if title == “x” %}A{% else %}none{% endif %}",
        "{% if title == „x“ %}A{% else %}none{% endif %}",
        "{% if title == ‘x’ or subtitle == ‘y’ %}A{% else %}none{% endif %}",
        '{% if title == “x" %}A{% else %}none{% endif %}',
    ],
)
def test_curly_quotes_in_a_tag_are_straight_ones(tag: str) -> None:
    assert [each for each in faults(with_tag(tag)) if each.code != "POA711"] == []
    assert "none" in read(filled(with_tag(tag))).text


def test_an_apostrophe_in_a_word_of_a_tag_stays() -> None:
    tag = "{% if subtitle == “People’s plan” %}the people’s{% endif %}"
    assert "the people’s" in read(filled(with_tag(tag), subtitle="People’s plan")).text
    assert "the people’s" not in read(filled(with_tag(tag), subtitle="People's plan")).text


def test_curly_quotes_of_a_split_tag_and_outside_of_tags() -> None:
    runs = run("“so” {% if title == “") + run("x") + run("” %}A{% else %}‘none’{% endif %}")
    assert "“so” ‘none’" in read(filled(with_runs(runs))).text


@pytest.mark.parametrize("name", ["footnotes", "endnotes"])
def test_tags_in_notes_are_filled_and_listed(name: str) -> None:
    template = with_note(name, run("the ti") + run("tle: {{ ti") + run("tle }}"))
    assert faults(template) == []
    assert [tag.text for tag in check(template).tags if tag.part == f"{name}.xml"] == ["{{ title }}"]
    made = read(filled(template, title="Ours & theirs")).parts[f"word/{name}.xml"].decode()
    assert "the title: Ours &amp; theirs" in re.sub("<[^>]+>", "", made)


def test_an_unknown_field_in_a_note_is_an_error() -> None:
    (found,) = faults(with_note("endnotes", run("{{ titel }}")))
    assert (found.code, found.severity) == ("POA705", Severity.ERROR)
    assert found.message.startswith("an end note, paragraph 1, ")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (
            "docProps/core.xml",
            "</cp:coreProperties>",
            "<cp:keywords>{{ symbol }}</cp:keywords></cp:coreProperties>",
        ),
        (
            "word/settings.xml",
            "</w:settings>",
            '<w:docVars><w:docVar w:name="a" w:val="{{ x }}"/></w:docVars></w:settings>',
        ),
    ],
)
def test_a_tag_where_none_is_filled_is_an_error(part: str, old: str, new: str) -> None:
    (found,) = faults(repacked(packaged_template(), part, old, new))
    assert (found.code, found.severity) == ("POA703", Severity.ERROR)
    assert found.message.startswith(f"{part}: no tag of this part is filled, near “{{{{")


def test_a_text_that_is_printed_nowhere_is_a_warning() -> None:
    template = repacked(packaged_template(), "word/document.xml", "{{ point.text }}", "a point")
    (found,) = faults(template)
    assert (found.code, found.severity) == ("POA711", Severity.WARNING)
    assert "sections[].actions[].points[].text" in found.message


def _with_part(name: str, content: bytes = b"x") -> Callable[[], bytes]:
    return lambda: packed({**read(packaged_template()).parts, name: content})


def _outside(kind: str) -> Callable[[], bytes]:
    relationship = (
        f'<Relationship Id="r_out" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        'Target="http://example.org/x" TargetMode="External"/></Relationships>'
    )
    return lambda: repacked(
        packaged_template(), "word/_rels/document.xml.rels", "</Relationships>", relationship
    )


@pytest.mark.parametrize(
    "make",
    [
        _with_part("word/vbaProject.bin"),
        _with_part("word/embeddings/oleObject1.bin"),
        _with_part("word/activeX/activeX1.xml", b"<x/>"),
        _outside("image"),
        _outside("oleObject"),
        _outside("frame"),
        lambda: repacked(packaged_template(), "word/document.xml", "</w:body>", "<w:altChunk/></w:body>"),
    ],
)
def test_what_can_act_or_lies_outside_is_refused(make: Callable[[], bytes]) -> None:
    assert {each.code for each in faults(make())} == {"POA702"}


def test_a_link_to_click_is_fine_and_an_attached_template_is_a_note() -> None:
    assert faults(_outside("hyperlink")()) == []
    assert [each.code for each in faults(_outside("attachedTemplate")(), *Severity)] == ["POA712"]


def test_a_template_for_word_and_one_with_macros_are_to_be_saved_as_documents() -> None:
    kind = "wordprocessingml.document.main"
    for other in ("wordprocessingml.template.main", "ms-word.document.macroEnabled.main"):
        template = repacked(packaged_template(), "[Content_Types].xml", kind, other)
        (found,) = faults(template)
        assert found.code == "POA701"
        assert "save it as a Word document (.docx)" in found.message


ON_RECORD = EndorsementRecord(
    endorsements=(
        Endorsement.model_validate(
            {
                "participant": "first-org",
                "capacity": "convenor",
                "text": "draft",
                "digest": f"sha256:{'0' * 64}",
                "date": "2017-12-05",
            }
        ),
    ),
    corrigenda=(
        Amendment.model_validate(
            {
                "id": "C-1",
                "kind": "corrigendum",
                "record": "A-001",
                "field": "text",
                "original": "one",
                "proposed": "two",
                "proposer": "First Organization",
                "date": "2017-12-06",
                "state": "accepted",
            }
        ),
    ),
)


def test_what_a_template_is_given_is_what_is_documented() -> None:
    """Every documented field is there, of the documented form, and nothing else is."""
    data = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["sections"][0]["actions"][0]["points"][0]["points"] = [{"id": "a-i", "text": "in each of them;"}]
    given = context(plan_document(Plan.model_validate(data), record=ON_RECORD))
    forms: dict[str, Form] = {}

    def walk(value: object, path: str) -> None:
        if isinstance(value, dict):
            if path and not path.endswith("[]"):
                forms.setdefault(path, Form.GROUP)
            for name, inner in value.items():
                walk(inner, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            forms[path] = Form.LIST
            for each in value:
                walk(each, f"{path}[]")
        else:
            forms.setdefault(path, Form.TEXT)

    walk(given, "")
    told = {each.path: each.form for each in documented()}
    undocumented = {path for path in forms.keys() - told.keys() if not _filler(path)}
    assert undocumented == set()
    assert {path: told[path] for path in forms.keys() & told.keys()} == {
        path: form for path, form in forms.items() if path in told
    }
    assert told.keys() == forms.keys() & told.keys()


def _filler(path: str) -> bool:
    """Say whether a name is there only because one function makes what is alike."""
    return path in (
        "introduction.actions",
        "annexes.links.lead",
        "annexes.links.number",
        "annexes.links.name",
        "annexes.links.groups",
        "annexes.links.note",
    ) or (bool(re.fullmatch(r"annexes\.(?!links)\w+\.entries", path)))


OLDER = repacked(
    packaged_template(),
    "word/document.xml",
    re.search(
        r"<w:p>(?:(?!</w:p>).)*for subpoint in.*?endfor(?:(?!</w:p>).)*</w:p>",
        read(packaged_template()).parts["word/document.xml"].decode("utf-8"),
        re.DOTALL,
    )[0],  # type: ignore[index]  # the packaged template has it
    "",
)
"""A template of before there were sub-points."""


def test_a_template_without_sub_points_hides_those_that_there_are() -> None:
    said = [each.code for each in check(OLDER).faults]
    assert said == ["POA711"]
    small = word_samples.small()
    assert check(OLDER, plan_document(small)).faults == ()
    data = small.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["sections"][0]["actions"][0]["points"][0]["points"] = [{"id": "a-i", "text": "in each of them;"}]
    (fault,) = check(OLDER, plan_document(Plan.model_validate(data))).faults
    assert "points[].points[].text” is printed nowhere" in fault.message


# --- the command ------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_plan.write(tmp_path)


def test_a_template_is_begun_checked_and_used(poa: Poa, project: Path) -> None:
    begun = poa("template", "init", cwd=project)
    assert (begun.status, begun.stderr) == (0, "")
    assert (project / "plan/template.docx").read_bytes() == packaged_template()
    again = poa("template", "init", cwd=project)
    assert (again.status, again.stderr) == (
        2,
        f"poa: {project / 'plan/template.docx'} is there already; --force writes over it\n",
    )
    assert poa("template", "init", "--force", cwd=project).status == 0
    checked = poa("template", "check", "--preview", "preview.docx", cwd=project)
    assert checked.status == 0
    assert checked.stdout == "304 tags, 34 fields not used; --all lists them\nno fault found\n"
    listed = poa("template", "check", "--all", cwd=project).stdout
    assert listed.startswith("body\n  paragraph 1 ")
    assert "\nnot used: stage, author" in listed
    assert "preview.docx" in checked.stderr
    assert poa("render", "-o", "plan.docx", cwd=project).status == 0
    assert (project / "preview.docx").read_bytes() == (project / "plan.docx").read_bytes()


def test_the_template_of_the_project_is_used_by_render_and_build(poa: Poa, project: Path) -> None:
    (project / "plan/template.docx").write_bytes(with_tag("ours: {{ title }}"))
    assert poa("render", "-o", "plan.docx", cwd=project).status == 0
    assert poa("build", cwd=project).status == 0
    for made in ("plan.docx", "build/plan-of-action.docx"):
        assert "ours: " in read((project / made).read_bytes()).text or "POANotice" not in str(made)


def test_a_faulty_template_of_the_project_stops_a_build_and_leaves_the_earlier_one(
    poa: Poa, project: Path
) -> None:
    assert poa("build", cwd=project).status == 0
    before = (project / "build/plan-of-action.docx").read_bytes()
    (project / "plan/template.docx").write_bytes(with_tag("{{ titel }}"))
    done = poa("build", cwd=project)
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr == (
        "plan/template.docx: error POA705 paragraph 30, {{ titel }}: there is no field “titel”\n"
        '  help: did you mean "title"?\n'
        "plan/template.docx: nothing was built, and the earlier build is as it was\n"
    )
    assert (project / "build/plan-of-action.docx").read_bytes() == before


def test_an_error_at_rendering_names_the_tag_and_the_paragraph_and_writes_nothing(
    poa: Poa, project: Path
) -> None:
    tag = "{% if annexes.withdrawn %}{% endif %}{{ annexes.withdrawn.title }}"
    (project / "ours.docx").write_bytes(with_tag(tag))
    data = small_plan.files()
    data["plan.yaml"]["notice"] = "A notice."
    small_plan.write(project, data)
    done = poa("render", "--template", "ours.docx", "-o", "plan.docx", cwd=project)
    assert done.status == 1
    assert "ours.docx: error POA713 paragraph 30, {{ annexes.withdrawn.title }}: " in done.stderr
    assert not (project / "plan.docx").exists()


def test_the_list_as_json_keeps_its_schema(poa: Poa, project: Path) -> None:
    (project / "ours.docx").write_bytes(with_tag("{{ titel }}"))
    done = poa("template", "check", "ours.docx", "--format", "json", cwd=project)
    assert done.status == 1
    found = json.loads(done.stdout)
    schema = json.loads((ROOT / "schema/template.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    assert [each["code"] for each in found["diagnostics"]] == ["POA705"]
    assert {
        "tag": "{{ title }}",
        "part": "body",
        "place": "paragraph 20",
        "style": "Title",
        "runs": 1,
    } in found["tags"]


def test_warnings_fail_a_strict_check_alone(poa: Poa, project: Path) -> None:
    template = repacked(packaged_template(), "word/document.xml", "{{ point.text }}", "a point")
    (project / "ours.docx").write_bytes(template)
    assert poa("template", "check", "ours.docx", cwd=project).status == 0
    assert poa("template", "check", "ours.docx", "--strict", cwd=project).status == 1
    done = poa("render", "--template", "ours.docx", "-o", "plan.docx", cwd=project)
    assert done.status == 0
    assert "ours.docx: warning POA711 " in done.stderr


def test_what_is_odd_about_the_template_of_the_project_is_told_by_a_build(poa: Poa, project: Path) -> None:
    template = repacked(packaged_template(), "word/document.xml", "{{ point.text }}", "a point")
    (project / "plan/template.docx").write_bytes(template)
    done = poa("build", cwd=project)
    assert done.status == 0
    assert done.stderr.startswith("plan/template.docx: warning POA711 ")


def test_without_a_template_there_is_nothing_to_check(poa: Poa, project: Path) -> None:
    done = poa("template", "check", cwd=project)
    assert (done.status, done.stdout) == (2, "")
    assert "begin with `poa template init`" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files on Windows")
def test_what_is_no_regular_file_is_refused_at_once(poa: Poa, project: Path) -> None:
    os.mkfifo(project / "pipe.docx")
    for path in ("pipe.docx", "/dev/zero"):
        done = poa("template", "check", path, cwd=project)
        assert (done.status, done.stdout) == (2, "")
        assert done.stderr == f"poa: {path} is no regular file\n"


def test_a_template_that_is_a_link_out_of_the_project_is_refused(poa: Poa, tmp_path: Path) -> None:
    (tmp_path / "outside.docx").write_bytes(packaged_template())
    project = small_plan.write(tmp_path / "project")
    (project / "plan/template.docx").symlink_to(tmp_path / "outside.docx")
    done = poa("render", "-o", "plan.docx", cwd=project)
    assert done.status == 1
    assert "plan/template.docx: error POA701 the file is a link out of the project" in done.stderr


def test_a_template_that_names_styles_as_libreoffice_does_marks_notes_and_links_all_the_same() -> None:
    template = packaged_template()
    for old, new in (("Hyperlink", "InternetLink"), ("FootnoteReference", "FootnoteAnchor")):
        template = repacked(template, "word/styles.xml", f'w:styleId="{old}"', f'w:styleId="{new}"')
    assert faults(template) == []


@given(documents(form="{{{{ {} }}}}"))
@settings(max_examples=20)
def test_no_tag_anywhere_in_a_file_is_passed_over(document: Document) -> None:
    checked = check(document.file)
    said = " ".join([*(tag.text for tag in checked.tags), *(fault.message for fault in checked.faults)])
    assert [word for word in document.words if word not in said] == []


_BOX = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'


_AROUND = (
    "{}",
    _BOX,
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:smartTag w:element="x">{}</w:smartTag>',
    '<w:ins w:id="9" w:author="A" w:date="2017-12-04T10:30:00Z">{}</w:ins>',
)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/header1.xml", "word/footer2.xml", "word/footnotes.xml"]
)
def test_a_tag_is_filled_wherever_it_may_stand(part: str) -> None:
    tag = run("{{ ti") + run("tle }}")
    paragraphs = "".join(f"<w:p>{around.format(tag)}</w:p>" for around in _AROUND)
    parts = read(packaged_template()).parts
    before, end, after = parts[part].decode().rpartition("</w:p>")
    template = packed({**parts, part: f"{before}{end}{paragraphs}{after}".encode()})
    assert [each for each in faults(template) if each.severity is Severity.ERROR] == []
    made = read(filled(template, title="A title of ours")).parts[part].decode()
    assert "{{" not in made
    assert re.sub("<[^>]+>", "", made).count("A title of ours") >= len(_AROUND)
