"""What a template may say works the same behind the walls as before them; what it is told names no machine."""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import word_samples
from jinja2.sandbox import ImmutableSandboxedEnvironment
from word_reading import packed, read, repacked

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.errors import PoaError, TemplateError
from poa_toolkit.model import House
from poa_toolkit.word.template.check import Checked, check, with_fault
from poa_toolkit.word.template.language import FILTERS, LOOP, TESTS
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.child_process import Answer, ask
from poa_toolkit.word.writer.render import render_untrusted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

SANDBOX = ImmutableSandboxedEnvironment()
WHEN = datetime(2017, 12, 5, tzinfo=UTC)
DOCUMENT = plan_document(word_samples.small())
OF_A_MACHINE = re.compile(
    r"/usr|/opt|/home|/var|/tmp|site-packages|\.py\b|0x[0-9a-f]{4}|<_io|BytesIO|Errno|lxml|docx\.|jinja2| object at "
)


def outside(template: bytes) -> Answer:
    """Do what the child does, in this process."""
    checked = check(template)
    if checked.failed:
        return Answer(checked)
    try:
        return Answer(checked, render_untrusted(DOCUMENT, template, when=WHEN))
    except TemplateError as error:
        return Answer(with_fault(checked, str(error), error.near))


def inside(template: bytes) -> Answer:
    return ask(template, DOCUMENT, WHEN, at_least=30)


def sayings(checked: Checked) -> list[str]:
    """Give what is said of a template; all of it must be a line each, and of no machine."""
    said = [text for each in checked.faults for text in (each.message, each.help)]
    for each in said:
        assert "\n" not in each
        assert not OF_A_MACHINE.search(each), each
    return said


def with_tags(
    *tags: str, part: str = "word/document.xml", old: str = "{{ notice }}", house: House = House.UN
) -> bytes:
    runs = " ".join(tags).replace("&", "&amp;").replace("<", "&lt;")
    return repacked(packaged_template(house), part, old, runs)


# --- all that the language has ------------------------------------------------------------------

GIVEN = {"default": "('none')", "d": "('none', true)", "trim": "('x')"}
COMPARED = {"eq": " 'x'", "ne": " 'x'", "in": " ['x', 'y']", "divisibleby": " 2"}
FILTERED = [f"{{{{ title|{name}{GIVEN.get(name, '')} }}}}" for name in FILTERS]
TESTED = [
    f"{{% if {'2' if name in ('even', 'odd', 'divisibleby') else 'title'} is {name}{COMPARED.get(name, '')} %}}"
    "A{% endif %}"
    for name in TESTS
]
WRITTEN = [
    *(
        r"{{ 'a\u2022\x41\101\t\\\'b' }}",
        r"{{ '\N{BULLET}\N{LATIN SMALL LETTER E WITH ACUTE}' }}",
        r"{{ '\U0001F600' }}",
    ),
    *('{{ "straight" }}', "{{ 'Ελληνικά ' ~ 'العربية ' ~ '中文 ' ~ 'é' }}", "{{ ‘curly’ }}", "{{ “curly” }}"),
    *("{{ title|default(‘none’) }}", "{% if title == “x” %}A{% endif %}", "{{ '%s of %d' }}", "{{ '{0}' }}"),
    *(
        "{{ 1 + 2 - 3 }}",
        "{{ 1e400 }}",
        "{{ 0x10 }}",
        "{{ 1_000 }}",
        "{{ -1 }}",
        "{{ +1 }}",
        "{{ true }}",
        "{{ none }}",
    ),
    *(
        "{{ 'a' 'b' }}",
        "{{ 'a' if title else 'b' }}",
        "{{ 'a' if false }}",
        "{{ not title }}",
        "{{ 'a' in title }}",
    ),
    *(
        "{% if 'a' < 'b' <= 'c' and 1 != 2 or 3 >= 4 > 5 %}A{% endif %}",
        "{% set word = 'x' %}{{ word|upper }}",
    ),
    "{% for each in sections[0:1] %}"
    + " ".join(f"{{% if loop.{name} is defined %}}A{{% endif %}}" for name in LOOP)
    + "{% endfor %}",
]
SMALL = [*FILTERED, *TESTED[:4], *WRITTEN[:10]]
PARTS = {
    "the body": with_tags(*FILTERED, *TESTED, *WRITTEN),
    "a head": with_tags(*SMALL, part="word/header1.xml", old="{{ version }}"),
    "a foot": with_tags(*SMALL, part="word/footer1.xml", old="{{ title }}", house=House.CARTER),
    "a note": repacked(
        packaged_template(),
        "word/footnotes.xml",
        "</w:footnotes>",
        f'<w:footnote w:id="7"><w:p><w:r><w:t>{" ".join(SMALL[:-3]).replace("<", "&lt;")}</w:t></w:r></w:p></w:footnote></w:footnotes>',
    ),
}


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "part", [pytest.param(each, marks=() if each in ("the body", "a note") else SLOW) for each in PARTS]
)
def test_what_a_template_may_say_works_behind_the_walls(part: str) -> None:
    answer = inside(PARTS[part])
    assert not answer.checked.failed, sayings(answer.checked)
    assert answer.content
    assert answer == outside(PARTS[part])


NEVER = [
    *(f"{{{{ title|{name} }}}}" for name in sorted(SANDBOX.filters) if name not in FILTERS),
    *(f"{{{{ title is {name} }}}}" for name in sorted(SANDBOX.tests) if name.isalpha() and name not in TESTS),
    *(f"{{{{ {name} }}}}" for name in sorted(SANDBOX.globals)),
    *(
        "{{ title.upper() }}",
        "{{ '%s' % title }}",
        "{{ 'a' * 3 }}",
        "{{ title[0:2] }}",
        "{{ namespace(a=1).a }}",
    ),
    *(
        "{% macro m(a) %}{{ a }}{% endmacro %}",
        "{{ cycler('a', 'b').next() }}",
        "{{ joiner(', ')() }}",
        "{{ lipsum() }}",
    ),
    *(
        r"{{ '\N{NO SUCH SIGN}' }}",
        r"{{ '\uZZZZ' }}",
        r"{{ '\' }}",
        "{{ 'open }}",
        "{{ `x` }}",
        "{{ ¬ }}",
        "{{ }}",
    ),
    *(
        "{{ " + "9" * 5000 + " }}",
        "{{ " + "(" * 500 + "title" + ")" * 500 + " }}",
        "{{ title." + "a" * 5000 + " }}",
    ),
]


def test_what_it_may_not_say_is_refused_behind_the_walls_in_the_same_words() -> None:
    template = with_tags(*NEVER)
    answer = inside(template)
    assert answer == outside(template)
    assert answer.content == b""
    assert len([each for each in answer.checked.faults if each.code.startswith("POA70")]) >= len(NEVER)
    sayings(answer.checked)


FAILING = (
    *(
        "{{ 1 is divisibleby 0 }}",
        "{{ 'a' < 1 }}",
        "{{ -'a' }}",
        "{{ 1 + 'a' }}",
        "{{ 5|length }}",
        "{{ 'x' is in 5 }}",
    ),
    *(
        "{{ 'a' is even }}",
        r"{{ '\ud800' }}",
        r"{{ '\x00' }}",
        "{{ sections|count(1) }}",
        "{{ title|upper(1) }}",
    ),
    "{{ title|default(sections[99999].title) ~ sections[99999].title }}",
    "{{ " + "9" * 4300 + " + " + "9" * 4300 + " }}",
)


@pytest.mark.parametrize("tag", FAILING)
def test_what_fails_while_it_is_filled_is_told_in_words_of_the_template(tag: str) -> None:
    answer = outside(with_tags(tag))
    assert answer.checked.failed
    sayings(answer.checked)


@pytest.mark.parametrize("tag", [FAILING[3], pytest.param(FAILING[11], marks=SLOW)])
def test_it_is_told_in_the_same_words_behind_the_walls(tag: str) -> None:
    template = with_tags(tag)
    assert inside(template).checked == outside(template).checked


# --- files that are none of Word's ------------------------------------------------------------------

BASE = read(packaged_template()).parts


@SLOW
@pytest.mark.parametrize("name", BASE)
def test_a_part_that_is_missing_or_another_is_told_in_words_of_the_file(name: str) -> None:
    rest = {each: content for each, content in BASE.items() if each != name}
    content = BASE[name]
    for parts in (
        rest,
        {**rest, name: b""},
        {**rest, name: b"<a/>"},
        {**rest, name: content[: len(content) // 2]},
        {**rest, name: content.replace(b"http://schemas.openxmlformats.org", b"http://example.org")},
        {**rest, name: re.sub(rb'="\d+"', b'="x"', content)},
        {**rest, name: re.sub(rb'Target="[^"]*"', b'Target="../../../etc/passwd"', content)},
    ):
        sayings(outside(packed(parts)).checked)


def test_a_number_that_is_none_is_told() -> None:
    note = f'<w:footnote w:id="{"9" * 5000}"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote></w:footnotes>'
    answer = outside(repacked(packaged_template(), "word/footnotes.xml", "</w:footnotes>", note))
    assert "a number in it is none, or too long" in sayings(answer.checked)[0]


def nested() -> bytes:
    """Three thousand styles, each based on the next."""
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
    styles = "".join(style.format(at, at + 1) for at in range(3000))
    template = repacked(packaged_template(), "word/styles.xml", "</w:styles>", f"{styles}</w:styles>")
    first = '<w:body><w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>'
    return repacked(template, "word/document.xml", "<w:body>", first)


def untyped() -> bytes:
    """Styles that are none by the list of contents."""
    types = re.sub(rb"<Override [^>]*styles[^>]*/>", b"", BASE["[Content_Types].xml"])
    return packed({**BASE, "[Content_Types].xml": types})


@pytest.mark.parametrize(
    ("make", "said"), [(nested, "nests too deeply"), (untyped, "what Word would not write")]
)
def test_whatever_reading_a_template_raises_there_is_an_answer(make: Callable[[], bytes], said: str) -> None:
    answer = inside(make())
    assert answer.content == b""
    (fault,) = answer.checked.faults
    assert (fault.code, said in fault.message) == ("POA701", True), fault.message


def test_a_tag_in_the_properties_is_told_in_the_same_words() -> None:
    title = "<dc:title>{{ 'é'|upper }}</dc:title>"
    template = repacked(packaged_template(), "docProps/core.xml", "<dc:title></dc:title>", title)
    assert inside(template) == outside(template)


def test_no_command_shows_a_path_of_the_machine(tmp_path: Path, poa: Poa) -> None:
    assert poa("init", "p", cwd=tmp_path).status == 0
    hostile = {
        "no zip": b"hello",
        "a part": packed({each: content for each, content in BASE.items() if each != "word/styles.xml"}),
    }
    for name, content in hostile.items():
        (tmp_path / "t.docx").write_bytes(content)
        for words in (
            ("template", "check", "../t.docx"),
            ("render", "--template", "../t.docx", "-o", "../o.docx"),
        ):
            done = poa(*words, cwd=tmp_path / "p")
            assert done.status == 1 or words[1] == "check", name
            assert not OF_A_MACHINE.search((done.stdout + done.stderr).replace("t.docx", "")), name
    assert not (tmp_path / "o.docx").exists()


def test_a_machine_without_room_for_temporary_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(PoaError, match="TMPDIR") as told:
        ask(packaged_template())
    assert str(tmp_path) not in str(told.value)
    assert sys.executable not in str(told.value)
