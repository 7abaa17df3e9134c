"""Templates that want more than a page: nothing is read, run, fetched or told; nothing hangs."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_plan
import word_samples
from growth import cpu
from hypothesis import given
from hypothesis import strategies as st
from word_reading import packed, read, repacked

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.word.template.check import check
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.child_process import Answer, ask
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Poa

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
OFTEN = 20
"""How many times the work that a sound template takes a hostile one may take."""


@cache
def of_a_sound_template() -> float:
    return cpu(lambda: check(packaged_template()), tries=2)


SMALL = plan_document(word_samples.small())
CANARY = "canary-5d2e"

INJECTIONS = (
    "{{ cycler.__init__.__globals__.os.popen('touch canary').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'].environ }}",
    "{{ joiner.__init__.__globals__.os.environ['CANARY'] }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ title|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ title['__class__'] }}",
    "{{ (title|string).format(title) }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{{ '%s'|format(title.__class__) }}",
    "{{ title.runs }}",
    "{{ title.encode() }}",
    "{{ request }}",
    "{{ config }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for }}",
    "{{ dict(a=1) }}",
    "{{ [].append(1) }}",
    "{{ ().__class__ }}",
    "{{ 1.__class__ }}",
    "{{ {}.__class__ }}",
    "{% set x = cycler %}{{ x }}",
    "{% for k, v in cover.items() %}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% include title %}",
    "{% extends '/etc/passwd' %}",
    "{% import '/etc/passwd' as x %}",
    "{% from '/etc/passwd' import x %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with x = cycler %}{{ x }}{% endwith %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "{% debug %}",
    "{% do cover.clear() %}",
    "{{ title|safe }}",
    "{{ title|map('upper')|list }}",
    "{{ cover|map(attribute='__class__')|list }}",
    "{{ sections|groupby('title') }}",
    "{{ 'a'*10**11 }}",
    "{{ 'a'.ljust(10**11) }}",
    "{{ title|center(10**9) }}",
    "{{ title|batch(10**9, 'x')|list }}",
    "{{ title|indent(10**9) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ lipsum(n=100000) }}",
    "{{ range(10**9)|list }}",
    "{{ 10**10**10 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{% for a in 'aaaaaaaaaaaaaaaaaaaa' %}{% endfor %}",
    "{% set t = title %}{% for a in sections %}{% set t = t ~ t %}{{ t }}{% endfor %}{{ t|replace('a', t) }}",
    "{% colspan cycler %}",
    "{% cellbg cycler.__init__ %}",
    "{% vm %}",
    "{{ " + "(" * 300 + "title" + ")" * 300 + " }}",
)


def with_tag(tag: str) -> bytes:
    escaped = tag.replace("&", "&amp;").replace("<", "&lt;")
    return repacked(packaged_template(), "word/document.xml", "{{ notice }}", escaped)


@pytest.mark.parametrize("tag", INJECTIONS)
def test_no_tag_reaches_beyond_the_words_of_the_plan(tag: str) -> None:
    template = with_tag(tag)
    assert cpu(lambda: check(template)) <= OFTEN * of_a_sound_template()
    checked = check(template)
    assert checked.failed
    assert all("\n" not in each.message for each in checked.faults)


def filled(template: bytes, *, at_least: int = 6) -> Answer:
    return ask(template, plan_document(word_samples.small()), WHEN, at_least=at_least)


def only(answer: Answer) -> str:
    assert answer.content == b""
    (fault,) = answer.checked.faults
    return f"{fault.code} {fault.message}"


# --- the file ---------------------------------------------------------------------------------


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def bomb() -> bytes:
    parts = read(packaged_template()).parts
    body = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b" " * (30 * 1024 * 1024))
    return zipped([*{**parts, "word/document.xml": body}.items()])


def many_bombs() -> bytes:
    parts = read(packaged_template()).parts
    noise = os.urandom(1024) * 100
    return zipped([*parts.items(), *((f"word/media/{each}.bin", noise * 30) for each in range(80))])


def with_doctype(entity: str) -> bytes:
    head = f"<!DOCTYPE x [{entity}]><w:document "
    return repacked(packaged_template(), "word/document.xml", "<w:document ", head)


def deep() -> bytes:
    nested = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    return repacked(packaged_template(), "word/document.xml", "</w:body>", f"{nested}</w:body>")


def twice() -> bytes:
    file = io.BytesIO(packaged_template())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    return file.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"not a zip", "POA701"),
    "a bomb": (bomb, "POA701 word/document.xml: the part grows"),
    "many bombs": (many_bombs, "POA701"),
    "an entity of a file": (
        lambda: with_doctype('<!ENTITY a SYSTEM "file:///etc/passwd">'),
        "POA701 word/document.xml: the part declares entities",
    ),
    "an entity of a server": (
        lambda: with_doctype('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;'),
        "POA701 word/document.xml",
    ),
    "a thousand laughs": (
        lambda: with_doctype("".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))),
        "POA701 word/document.xml",
    ),
    "deep": (deep, "POA701 word/document.xml: the part is not well-formed"),
    "a name that leads out": (
        lambda: packed({**read(packaged_template()).parts, "../../canary": b"x"}),
        "POA701 ../../canary: the name leads out of the file",
    ),
    "a part twice": (twice, "POA701 word/document.xml: the part is there twice"),
    "no body": (
        lambda: packed({k: v for k, v in read(packaged_template()).parts.items() if "document.xml" not in k}),
        "POA701 word/document.xml: the part is not there",
    ),
    "strict": (
        lambda: repacked(
            packaged_template(),
            "word/document.xml",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "POA701 word/document.xml: the part is not what its name says",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_one_line_that_names_the_part(name: str) -> None:
    make, said = FILES[name]
    template = make()
    assert cpu(lambda: check(template)) <= OFTEN * of_a_sound_template()
    (fault,) = check(template).faults
    assert f"{fault.code} {fault.message}".startswith(said)
    assert "\n" not in fault.message


def test_the_template_another_one_follows_is_left_behind() -> None:
    parts = read(packaged_template()).parts
    relationship = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
    )
    attached = b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
    settings = parts["word/settings.xml"].replace(b"<w:defaultTabStop", attached + b"<w:defaultTabStop")
    answer = filled(
        packed({**parts, "word/settings.xml": settings, "word/_rels/settings.xml.rels": relationship})
    )
    made = read(answer.content).parts
    assert not any(b"example.org/t.dotm" in content for content in made.values())
    assert b"attachedTemplate" not in made["word/settings.xml"]


# --- the walls --------------------------------------------------------------------------------


def test_a_template_gives_the_same_bytes_in_the_child_as_in_this_process() -> None:
    document = plan_document(word_samples.small())
    answer = ask(packaged_template(), document, WHEN)
    assert answer.content == render(document, when=WHEN)
    assert answer.checked == check(packaged_template())


def test_loops_that_take_too_long_are_stopped() -> None:
    loops = "".join(f"{{% for x{n} in annexes.recommendations.groups[1].rows %}}" for n in range(5))
    many = plan_document(word_samples.large(100))
    template = with_tag(f"{{% if annexes.recommendations %}}{loops}{'{% endfor %}' * 5}{{% endif %}}")
    before = time.monotonic()
    answer = ask(template, many, WHEN, at_least=1)
    assert only(answer) == "POA714 the template takes too long, and was stopped"
    assert time.monotonic() - before < 60


def test_a_document_without_end_is_stopped() -> None:
    loops = "".join(f"{{% for x{n} in annexes.recommendations.groups[1].rows %}}" for n in range(5))
    text = "{{ title }}" * 50
    many = plan_document(word_samples.large(100))
    template = with_tag(f"{{% if annexes.recommendations %}}{loops}{text}{'{% endfor %}' * 5}{{% endif %}}")
    assert only(ask(template, many, WHEN, at_least=1)).startswith("POA71")


WALLS = {
    "no file is opened": "open('/etc/passwd')",
    "nothing is written": "open('canary', 'w')",
    "no connection is made": "import socket; socket.socket()",
    "no command is run": "import os; os.posix_spawn('/bin/sh', ['sh', '-c', 'touch canary'], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 1, '/dev/null', 0, 0)])",
    "no memory without end is taken": "bytearray(2 << 30)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
@pytest.mark.parametrize("name", WALLS)
def test_behind_the_walls(name: str, tmp_path: Path) -> None:
    code = (
        "import socket, os\nfrom poa_toolkit.word.writer import child_process as child\nchild._limit(5)\nchild._open_nothing()\n"
        f"try:\n    {WALLS[name]}\nexcept (OSError, MemoryError):\n    os._exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 7, done.stderr
    assert not (tmp_path / "canary").exists()


def test_the_child_has_no_environment(poa: Poa, tmp_path: Path) -> None:
    """What a template could print of its surroundings, were it to get that far, is nothing."""
    code = (
        "import os, subprocess\nfrom poa_toolkit.word.writer import child_process as child\n"
        "child._BEGIN = 'import os, sys; sys.stdout.write(repr(dict(os.environ)))  # {path}'\n"
        "import tempfile\nwith tempfile.TemporaryFile() as a, tempfile.TemporaryFile() as b:\n"
        "    child._run(a, b, 60); b.seek(0); print(b.read().decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "CANARY": CANARY}, capture_output=True, check=True
    )
    assert CANARY.encode() not in done.stdout
    assert b"{" in done.stdout
    project = small_plan.write(tmp_path)
    (project / "ours.docx").write_bytes(with_tag("{{ cycler.__init__.__globals__.os.environ }}"))
    told = poa("render", "--template", "ours.docx", "-o", "plan.docx", cwd=project, env={"CANARY": CANARY})
    assert told.status == 1
    assert CANARY not in told.stdout + told.stderr
    assert not (project / "plan.docx").exists()


WORDS = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{%p",
        "{#",
        "#}",
        "title",
        "sections",
        "section.title",
        "cover",
        "notice",
        "annexes.matrix",
        "x",
        "loop.index",
        "for",
        "if",
        "else",
        "endif",
        "endfor",
        "set",
        "in",
        "not",
        "and",
        "==",
        "=",
        "~",
        "+",
        "*",
        "|",
        "upper",
        ".",
        "[0]",
        "(",
        ")",
        "'a'",
        "1",
        "x.y",
        "__class__",
        "include",
        "raw",
    ]
)
NAMES = st.sampled_from(
    [
        "title",
        "notice",
        "x",
        "x.title",
        "x.text",
        "x.label",
        "x.actions",
        "sections",
        "cover",
        "front",
        "sections[0]",
        "introduction",
        "introduction.title",
        "annexes.matrix",
        "annexes.links.title",
        "loop.last",
        "'a'",
        "none",
    ]
)
TAGS = st.one_of(
    NAMES.map(lambda name: f"{{{{ {name} }}}}"),
    NAMES.map(lambda name: f"{{% if {name} %}}"),
    NAMES.map(lambda name: f"{{% if not {name} or title == 'a' %}}"),
    NAMES.map(lambda name: f"{{% for x in {name} %}}"),
    NAMES.map(lambda name: f"{{% set x = {name} %}}"),
    NAMES.map(lambda name: f"{{{{ {name}|default('')|upper }}}}"),
    st.sampled_from(["{% endif %}", "{% endfor %}", "{% else %}", "{% elif x %}", "a word", "{# aside #}"]),
    WORDS,
)


@given(st.lists(TAGS, max_size=6))
def test_what_is_found_to_be_right_can_be_filled(tags: list[str]) -> None:
    """Whatever is typed into a template, it is refused with its place, or the document is made."""
    template = with_tag(" ".join(tags))
    if not check(template).failed:
        assert read(render(SMALL, template=template, when=WHEN)).names


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
@pytest.mark.parametrize("tag", INJECTIONS)
def test_the_sandbox_and_the_walls_hold_without_the_check_too(tag: str, tmp_path: Path) -> None:
    template = tmp_path / "template.docx"
    template.write_bytes(with_tag(tag))
    code = (
        "import pickle, sys\nfrom datetime import UTC, datetime\nfrom poa_toolkit.word.writer import child_process as child, render\n"
        "from poa_toolkit.errors import TemplateError\n"
        "document, template = pickle.load(sys.stdin.buffer)\n"
        "child._limit(5)\nchild._warm_up(child.Request(b'', 5, document))\nchild._open_nothing()\n"
        "try:\n    made = render.render_untrusted(document, template, when=datetime(2017, 12, 5, tzinfo=UTC))\n"
        "except TemplateError as error:\n    print(error)\nelse:\n    sys.stdout.buffer.write(made)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps((SMALL, with_tag(tag))),
        cwd=tmp_path,
        env={**os.environ, "CANARY": CANARY},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert not (tmp_path / "canary").exists()
    made = "".join(read(told.stdout).text) if told.stdout.startswith(b"PK") else told.stdout.decode()
    assert CANARY not in made
    assert "root:" not in made
    assert "<class" not in made
    assert b"Traceback" not in told.stderr, told.stderr.decode()
