"""Returned files that mean harm, or were harmed: a line that names file and part, or a warning and the right answer."""

from __future__ import annotations

import copy
import io
import os
import socket
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st
from pulling_samples import POINT, SECOND, TEXT, edited, pull, rendered, rows
from word_editing import W15, A, B, Edited
from word_reading import W, packed, read

from poa_toolkit.api.returned_files import RefusedFileError
from poa_toolkit.archive.untrusted import UnsafePartError
from poa_toolkit.word.reader.file import read as read_returned

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = "word/document.xml"
LINKS = "word/_rels/document.xml.rels"
SECONDS = 20
"""Of the processor; what takes longer is killed. A tenth is used."""
MEBIBYTES = 300
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PROPOSED = "Observers shall report to the treaty bodies."


def _parts(file: bytes | None = None) -> dict[str, bytes]:
    return dict(read(file or _edited()).parts)


def _edited() -> bytes:
    return edited(lambda it: it.replace(TEXT, "should", "shall"))


def _with(part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = _parts()
    return packed({**parts, part: change(parts[part])})


def _replaced(part: str, old: bytes, new: bytes) -> bytes:
    parts = _parts()
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new, 1)})


def _zip(
    entries: list[tuple[str | zipfile.ZipInfo, bytes]], compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def _entries() -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    return [*_parts().items()]


def _doctype(declared: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        head, end, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        return head + end + declared + rest

    return change


def _patched(file: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """Change bytes of every local or central header."""
    changed = bytearray(file)
    at = changed.find(signature)
    while at >= 0:
        changed[at + offset : at + offset + len(value)] = value
        at = changed.find(signature, at + 4)
    return bytes(changed)


BOMB = b'<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'

UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no Word file"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "no Word file"),
    "an old or protected file": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
        "protected by a password",
    ),
    "half a file": (lambda: _edited()[: len(_edited()) // 2], "no Word file"),
    "a file without its last byte": (lambda: _edited()[:-1], "no Word file"),
    "an empty zip": (lambda: _zip([]), "no parts"),
    "an encrypted part": (lambda: _patched(_edited(), b"PK\x01\x02", 8, b"\x01\x00"), "is encrypted"),
    "a part twice": (lambda: _twice(BODY), f"{BODY}: the part is there twice"),
    "a part twice in other letters": (
        lambda: _zip([*_entries(), ("word/DOCUMENT.xml", b"<x/>")]),
        "is there twice",
    ),
    "a name that leads out": (
        lambda: _zip([*_entries(), ("../../evil.xml", b"<x/>")]),
        "../../evil.xml: the name leads",
    ),
    "a name from the root": (lambda: _zip([*_entries(), ("/etc/passwd", b"x")]), "the name leads out"),
    "a name with a drive": (lambda: _zip([*_entries(), ("C:evil.xml", b"x")]), "the name leads out"),
    "a name with backslashes": (lambda: _zip([*_entries(), ("..\\evil.xml", b"x")]), "the name leads out"),
    "five thousand parts": (
        lambda: _zip([*_entries(), *((f"x/{n}", b"") for n in range(5000))]),
        "parts; 2000 are read",
    ),
    "a part packed by bzip2": (
        lambda: _zip(_entries(), zipfile.ZIP_BZIP2),
        "packed in a way that Word does not know",
    ),
    "a part that is damaged": (lambda: _damaged(b"Observers"), ".xml: the part is damaged"),
    "a bomb of spaces": (
        lambda: _zip([*_entries(), ("word/x.xml", b" " * (40 << 20))]),
        "word/x.xml: the part",
    ),
    "a bomb that grows": (lambda: _zip([*_entries(), ("word/x.bin", bytes(30 << 20))]), "grows more than"),
    "entities in the text": (lambda: _with(BODY, _doctype(BOMB)), f"{BODY}: the part declares entities"),
    "entities in the styles": (
        lambda: _with("word/styles.xml", _doctype(BOMB)),
        "word/styles.xml: the part declares",
    ),
    "entities in the links": (lambda: _with(LINKS, _doctype(BOMB)), f"{LINKS}: the part declares entities"),
    "entities in the properties": (
        lambda: _with("docProps/core.xml", _doctype(BOMB)),
        "docProps/core.xml: the part declares",
    ),
    "entities in the record": (lambda: _with(_record(), _doctype(BOMB)), ".xml: the part declares entities"),
    "a file as an entity": (
        lambda: _with(BODY, _doctype(b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        f"{BODY}: the part declares entities",
    ),
    "a document type from a server": (
        lambda: _with(BODY, _doctype(b'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">')),
        f"{BODY}: the part declares entities",
    ),
    "entities in UTF-16": (lambda: _with(BODY, lambda it: _utf16(_doctype(BOMB)(it))), "declares entities"),
    "text that is not XML": (lambda: _with(BODY, lambda _: b"hello"), f"{BODY}: the part is not well-formed"),
    "text cut short": (
        lambda: _with(BODY, lambda it: it[: len(it) // 2]),
        f"{BODY}: the part is not well-formed",
    ),
    "empty text": (lambda: _with(BODY, lambda _: b""), f"{BODY}: the part is not well-formed"),
    "two roots": (lambda: _with(BODY, lambda it: it + b"<x/>"), f"{BODY}: the part is not well-formed"),
    "the styles as text": (
        lambda: _with(BODY, lambda _: _parts()["word/styles.xml"]),
        "not what its name says",
    ),
    "no text": (
        lambda: packed({n: c for n, c in _parts().items() if n != BODY}),
        f"{BODY}: the part is not there",
    ),
    "text somewhere else": (
        lambda: _replaced(
            "_rels/.rels",
            b'Target="word/document.xml"',
            b'Target="http://127.0.0.1:9/x.xml" TargetMode="External"',
        ),
        "_rels/.rels: the text is said to lie outside",
    ),
    "text that is a picture": (
        lambda: _replaced("_rels/.rels", b'Target="word/document.xml"', b'Target="word/media/x.png"'),
        "word/media/x.png: this is no text",
    ),
    "elements that nest": (lambda: _nested(b"w:sdt", 150), "nest in a paragraph"),
    "elements that nest without end": (
        lambda: _nested(b"w:ins", 100_000),
        f"{BODY}: the part is not well-formed",
    ),
}


def _twice(name: str) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return _zip([*_entries(), (name, b"<x/>")])


def _damaged(words: bytes) -> bytes:
    file = bytearray(_zip(_entries(), zipfile.ZIP_STORED))
    at = file.find(words)
    file[at : at + 4] = b"XXXX"
    return bytes(file)


def _record() -> str:
    return next(name for name, content in _parts().items() if b"poa-toolkit.example/texts" in content)


def _utf16(content: bytes) -> bytes:
    return content.decode("utf-8").replace("UTF-8", "UTF-16", 1).encode("utf-16")


def _nested(tag: bytes, depth: int) -> bytes:
    inner = b"<" + tag + b">"
    return _replaced(BODY, b"</w:p>", inner * depth + (b"</" + tag + b">") * depth + b"</w:p>")


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_one_line_that_names_file_and_part(tmp_path: Path, what: str) -> None:
    make, message = UNREADABLE[what]
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, make(), "bad.docx")
    (found,) = refused.value.diagnostics
    assert (found.code, found.location.path) == ("POA721", "bad.docx")
    assert message in found.message
    assert "\n" not in found.message
    assert found.help
    assert [each.name for each in tmp_path.iterdir()] == ["plan"]


# --- warnings and the right answer ----------------------------------------------------------------


def _linked(kind: str, target: str, mode: str = "External") -> bytes:
    link = f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return _replaced(LINKS, b"</Relationships>", link.encode("utf-8"))


def _inside_first_paragraph(xml: str) -> bytes:
    return _replaced(BODY, b"</w:p>", xml.encode("utf-8") + b"</w:p>")


ODD: dict[str, tuple[Callable[[], bytes], str]] = {
    "strict namespaces": (lambda: _with(BODY, lambda it: it.replace(W[1:-1].encode(), STRICT.encode())), ""),
    "UTF-16": (lambda: _with(BODY, _utf16), ""),
    "a mark of byte order": (lambda: _with(BODY, lambda it: b"\xef\xbb\xbf" + it), ""),
    "comments and instructions": (
        lambda: _with(BODY, lambda it: it.replace(b"<w:t", b"<!-- x --><?y z?><w:t")),
        "",
    ),
    "no styles": (lambda: packed({n: c for n, c in _parts().items() if n != "word/styles.xml"}), ""),
    "no content types": (
        lambda: packed({n: c for n, c in _parts().items() if n != "[Content_Types].xml"}),
        "",
    ),
    "no links of the package": (
        lambda: packed({n: c for n, c in _parts().items() if n != "_rels/.rels"}),
        "",
    ),
    "links out of the package": (lambda: _linked("comments", "../../../../etc/passwd", "Internal"), ""),
    "macros": (lambda: _zip([*_entries(), ("word/vbaProject.bin", b"x")]), "macros"),
    "an embedded file": (
        lambda: _zip([*_entries(), ("word/embeddings/oleObject1.bin", b"x")]),
        "embedded files",
    ),
    "an ActiveX control": (lambda: _zip([*_entries(), ("word/activeX/activeX1.bin", b"x")]), "ActiveX"),
    "an embedded object": (lambda: _inside_first_paragraph("<w:r><w:object/></w:r>"), "an embedded object"),
    "another file merged in": (
        lambda: _replaced(BODY, b"<w:body>", b"<w:body><w:altChunk/>"),
        "another kind",
    ),
    "a template on a server": (
        lambda: _linked("attachedTemplate", "http://127.0.0.1:9/x.dotm"),
        "attachedTemplate",
    ),
    "a picture on a server": (lambda: _linked("image", "\\\\127.0.0.1\\x.png"), "image"),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_is_read_all_the_same(tmp_path: Path, what: str) -> None:
    make, message = ODD[what]
    pulled = pull(tmp_path, make())
    assert [row["proposed"] for row in rows(pulled)] == [PROPOSED]
    found = [each for each in pulled.diagnostics if each.code == "POA722"]
    assert len(found) == bool(message)
    assert all(message in each.message for each in found)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        for kind in (
            "attachedTemplate",
            "image",
            "oleObject",
            "comments",
            "styles",
            "settings",
            "customXml",
            "footnotes",
        ):
            assert len(pull(tmp_path / kind, _linked(kind, address)).new) == 1
        declared = f'<!DOCTYPE w SYSTEM "{address}" [<!ENTITY % x SYSTEM "{address}">%x;]>'.encode()
        with pytest.raises(RefusedFileError):
            pull(tmp_path / "dtd", _with(BODY, _doctype(declared)))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_link_to_a_page_is_no_warning(tmp_path: Path) -> None:
    assert pull(tmp_path, _linked("hyperlink", "http://example.org/")).diagnostics == ()


# --- revisions, controls and comments gone wrong -----------------------------------------------------


def _ins(inner: str, author: str = A) -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="2017-12-04T10:00:00Z">{inner}</w:ins>'


def _del(inner: str, author: str = A) -> str:
    return f'<w:del w:id="1" w:author="{author}" w:date="2017-12-04T10:00:00Z">{inner}</w:del>'


def _run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def _second(xml: str) -> bytes:
    """Put XML in the place of the run "States should answer."."""
    parts = _parts(rendered())
    body = parts[BODY].decode("utf-8")
    run = '<w:r><w:t xml:space="preserve">States should answer.</w:t></w:r>'
    assert run in body
    return packed({**parts, BODY: body.replace(run, xml).encode("utf-8")})


KEPT = _run("States should answer.")
REVISED: dict[str, tuple[str, list[str]]] = {
    "no author, no date": (f"<w:ins>{_run('All ')}</w:ins>{KEPT}", ["All States should answer."]),
    "a date that is none": (
        f'<w:ins w:author="{A}" w:date="yesterday">{_run("All ")}</w:ins>{KEPT}',
        ["All States should answer."],
    ),
    "an insertion in an insertion": (_ins(_ins(_run("All "), B)) + KEPT, ["All States should answer."]),
    "a deletion in a deletion": (
        _run("States should") + _del(_del(_run(" answer", "delText"), B)) + _run("."),
        ["States should."],
    ),
    "its own insertion taken back": (_ins(_del(_run("All ", "delText"))) + KEPT, []),
    "deleted text in no deletion": (
        _run("States should") + _run(" answer", "delText") + _run("."),
        ["States should."],
    ),
    "text in a deletion": (_run("States should") + _del(_run(" answer")) + _run("."), ["States should."]),
    "an end of a move without its beginning": (
        f'<w:moveTo w:id="9" w:author="{A}">{_run("All ")}</w:moveTo>{KEPT}',
        ["All States should answer."],
    ),
    "a range that never ends": (
        f'<w:commentRangeStart w:id="5"/><w:bookmarkStart w:id="6" w:name="poa_x"/>{KEPT}',
        [],
    ),
    "an empty revision": (f"{_ins('')}{_del('')}{KEPT}", []),
    "runs in runs": (f"<w:r>{_run('States should ')}{_run('answer.')}</w:r>", []),
    "an unknown element": (f'<w:smartTag><q:x xmlns:q="urn:q">{KEPT}</q:x></w:smartTag>', []),
    "two forms of the same words": (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{KEPT}</mc:Choice><mc:Fallback>{KEPT}</mc:Fallback></mc:AlternateContent>',
        [],
    ),
    "a line break for a space": ("<w:r><w:t>States</w:t><w:br/><w:t>should answer.</w:t></w:r>", []),
}


@pytest.mark.parametrize("what", REVISED)
def test_malformed_revisions_are_read_for_what_they_mean(tmp_path: Path, what: str) -> None:
    xml, proposed = REVISED[what]
    assert [row.get("proposed") for row in rows(pull(tmp_path, _second(xml)))] == proposed


def test_controls_that_stand_twice_or_name_no_text_are_told(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.replace(TEXT, "should", "shall")
        it.body.append(copy.deepcopy(it.paragraph(TEXT)))
        it.retype(SECOND, "answer", "reply")
        it.unwrap(SECOND, bookmark=True)
        it.control(POINT).getparent().find(f"{W}sdtPr/{W}tag").set(f"{W}val", "poa:A-999:text")

    pulled = pull(tmp_path, edited(change))
    said = [each.message for each in pulled.diagnostics if each.code == "POA725"]
    assert "A-001.text" in said[0]
    assert "poa:A-999:text" in said[1]
    assert "A-002.text" in said[2]
    assert PROPOSED in [row.get("proposed") for row in rows(pulled)]


def test_a_record_of_texts_that_were_never_there_adds_none(tmp_path: Path) -> None:
    forged = (
        b'<texts xmlns="https://poa-toolkit.example/texts/1" digest="sha256:0" version="x" stage="y">'
        b'<text tag="poa:EVIL:text" record="EVIL" field="text">x</text><text/><other/></texts>'
    )
    pulled = pull(tmp_path, _with(_record(), lambda _: forged))
    assert [row["proposed"] for row in rows(pulled)] == [PROPOSED]


def test_names_that_a_file_makes_up_are_cut_and_not_all_listed(tmp_path: Path) -> None:
    texts = "".join(f'<text record="r{number}" field="text">x</text>' for number in range(3000))

    def change(it: Edited) -> None:
        it.control(POINT).getparent().find(f"{W}sdtPr/{W}tag").set(f"{W}val", f"poa:{'A' * 5000}:text")

    parts = _parts(edited(change))
    parts[_record()] = parts[_record()].replace(b"</texts>", f"{texts}</texts>".encode())
    pulled = pull(tmp_path, packed(parts))
    assert {each.code for each in pulled.diagnostics} >= {"POA724", "POA725"}
    assert all(len(each.message) < 600 for each in pulled.diagnostics)


def test_comments_that_answer_each_other_in_a_circle_are_kept(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.comment(TEXT, "treaty bodies", "First.", A, (B, "Second."))
        it.threads[0].set(f"{W15}paraIdParent", it.threads[1].get(f"{W15}paraId"))

    found = rows(pull(tmp_path, edited(change)))
    assert {"First.", "Second."} <= {
        words
        for row in found
        for words in (row.get("comment"), *(each["text"] for each in row.get("replies", ())))
    }


def test_a_comment_without_a_place_is_kept(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.comment(TEXT, "treaty bodies", "Lost words.", "")
        for each in it.body.xpath(".//*[contains(local-name(), 'comment')]"):
            each.getparent().remove(each)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["comment"], row["state"], row["proposer"]) == ("Lost words.", "unplaced", "unnamed")


# --- bounded ------------------------------------------------------------------------------------------


def _paragraphs(count: int, xml: str) -> bytes:
    return _replaced(BODY, b"</w:body>", (f"<w:p>{xml}</w:p>" * count).encode("utf-8") + b"</w:body>")


def _many_words() -> bytes:
    words = " ".join(f"word{number % 977}" for number in range(900_000))
    return _second(_run(words))


def _one_control() -> bytes:
    """Let one text reach over many paragraphs."""
    parts = _parts()
    body = parts[BODY].decode("utf-8")
    inside = "<w:p><w:r><w:t>some more words of it</w:t></w:r></w:p>" * 60_000
    block = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{SECOND}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    )
    return packed({**parts, BODY: body.replace("</w:body>", f"{block}</w:body>").encode("utf-8")})


def _comments(count: int) -> bytes:
    def change(it: Edited) -> None:
        it.comment(TEXT, "treaty bodies", "Which?")
        for number in range(1, count):
            it._comment("Which?", A)
            it.body.insert(0, it.root.makeelement(f"{W}commentRangeStart", {f"{W}id": str(number)}))
            it.body.append(it.root.makeelement(f"{W}commentRangeEnd", {f"{W}id": str(number)}))

    return edited(change)


def _boxes(depth: int) -> bytes:
    start = "<w:p><w:r><w:pict><w:txbxContent>"
    return _replaced(
        BODY,
        b"</w:body>",
        (start * depth + "</w:txbxContent></w:pict></w:r></w:p>" * depth).encode("utf-8") + b"</w:body>",
    )


def _incompressible() -> bytes:
    """Give a file of ten megabytes, most of it pictures."""
    return _zip([*_entries(), ("word/media/image1.png", os.urandom(10 << 20))], zipfile.ZIP_STORED)


def _lying() -> bytes:
    """Let the list of parts say that a large part is small."""
    file = _zip([*_entries(), ("word/footer9.xml", b" " * (30 << 20))])
    at = file.rindex(b"PK\x01\x02")
    changed = bytearray(file)
    changed[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(changed)


HEAVY: dict[str, Callable[[], bytes]] = {
    "sixty thousand paragraphs": lambda: _paragraphs(60_000, "<w:r><w:t>Some words.</w:t></w:r>"),
    "sixty thousand inserted paragraphs": lambda: _paragraphs(60_000, _ins(_run("Some words."))),
    "sixty thousand paragraphs of no words": lambda: _paragraphs(60_000, "<w:r/>"),
    "a million words in one text": _many_words,
    "one text over sixty thousand paragraphs": _one_control,
    "two thousand comments on everything": lambda: _comments(2000),
    "a hundred thousand bookmarks": lambda: _inside_first_paragraph(
        "".join(
            f'<w:bookmarkStart w:id="{n}" w:name="poa_{n}"/><w:r><w:t>x</w:t></w:r>' for n in range(100_000)
        )
    ),
    "boxes in boxes": lambda: _boxes(60),
    "ten megabytes of pictures": _incompressible,
    "a part larger than it says": _lying,
    "fields that never end": lambda: _inside_first_paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 50_000
    ),
    "half a million spaces": lambda: _inside_first_paragraph(_run(" " * 500_000)),
}

QUICK = ("a million words in one text",)

# the peak that the kernel reports to a parent is never below that of the parent itself
_CHILD = """
import pathlib, re, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from poa_toolkit.cli import main
status = main(["-C", sys.argv[1], "pull", sys.argv[2], "--date", "2017-12-04", "-o", sys.argv[3]])
peak = int(re.search("VmHWM:[^0-9]*([0-9]+)", pathlib.Path("/proc/self/status").read_text("utf-8"))[1]) // 1024
print(status, peak)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process as Linux has them")
@pytest.mark.parametrize(
    "what", [each if each in QUICK else pytest.param(each, marks=pytest.mark.slow) for each in HEAVY]
)
def test_large_files_are_bounded_in_time_and_memory(tmp_path: Path, what: str) -> None:
    project = small_plan.write(tmp_path / "project")
    file = tmp_path / "large.docx"
    file.write_bytes(HEAVY[what]())
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format(seconds=SECONDS), project, file, tmp_path / "out.txt"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "Traceback" not in done.stderr
    status, peak = map(int, done.stdout.split()[-2:])
    assert status in (0, 1)
    assert peak < MEBIBYTES
    assert status == 0 or "error POA72" in done.stderr


# --- whatever else ------------------------------------------------------------------------------------


@given(st.data())
def test_a_file_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    file = bytearray(_edited())
    for _ in range(data.draw(st.integers(1, 20))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnsafePartError):
        read_returned(bytes(file))


_TAGS = (
    "p",
    "r",
    "t",
    "ins",
    "del",
    "moveTo",
    "moveFrom",
    "sdt",
    "sdtPr",
    "sdtContent",
    "tag",
    "pPr",
    "rPr",
    "delText",
)
_XML = st.recursive(
    st.sampled_from(
        ("", "words", "<w:br/>", '<w:tag w:val="poa:A-001:text"/>', '<w:commentRangeStart w:id="1"/>')
    ),
    lambda inner: st.builds(
        lambda tag, parts: f'<w:{tag} w:id="1" w:author="x">{"".join(parts)}</w:{tag}>',
        st.sampled_from(_TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@given(_XML)
def test_any_elements_in_any_order_are_read(xml: str) -> None:
    body = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{xml}</w:body></w:document>'
    read_returned(packed({**_parts(rendered()), BODY: body.encode("utf-8")}))


def test_authors_and_texts_are_clean_where_they_are_kept(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.insert(POINT, 0, "\u202eAll\u2028 of\x85it ", "\u202eevil\u0085\u200b name" + "x" * 500)

    pulled = pull(tmp_path, edited(change))
    (row,) = rows(pulled)
    assert row["proposed"] == "All of it On the day."
    assert len(row["proposer"]) <= 200
    assert "\u202e" not in (tmp_path / pulled.path).read_text("utf-8")
