"""Word files that nobody's program makes: any element inside any other, each text a word of its own."""

from __future__ import annotations

import io
import zipfile
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:example:nobody-knows" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_BY = 'w:id="9" w:author="A" w:date="2017-12-04T10:30:00Z"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Document(NamedTuple):
    """A file, and each word that a reader of it sees."""

    file: bytes
    words: tuple[str, ...]

    def __repr__(self) -> str:
        with zipfile.ZipFile(io.BytesIO(self.file)) as archive:
            parts = {each: archive.read(each).decode() for each in archive.namelist() if "/_rels" not in each}
        shown = {name: part.replace(_SPACES, "") for name, part in parts.items() if name.startswith("word/")}
        return "\n".join(f"{name}: {part}" for name, part in shown.items())


class _Pen:
    """Writes XML; remembers every word it wrote that a reader sees."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int], form: str) -> None:
        self.draw = draw
        self.form = form
        self.words: list[str] = []
        self._numbers = count(1)

    def word(self) -> str:
        self.words.append(f"nonce{next(self._numbers)}z")
        return self.form.format(self.words[-1])

    def text(self) -> str:
        """Write a word, perhaps with something inside it that is no text of a part."""
        inside = ["", "", "<!-- said -->", "<?any thing?>", "<![CDATA[]]>"]
        word = self.word()
        return f"{word[:3]}{inside[self.draw(st.integers(0, len(inside) - 1))]}{word[3:]}"

    def one(self, choices: list[Callable[[int], str]], depth: int) -> str:
        return choices[self.draw(st.integers(0, len(choices) - 1))](depth)

    def several(self, make: Callable[[int], str], depth: int) -> str:
        return "".join(make(depth) for _ in range(self.draw(st.integers(1, 3))))

    # --- inside a paragraph ---

    def inline(self, depth: int) -> str:
        leaves: list[Callable[[int], str]] = [
            self.run,
            self.symbol_run,
            self.note,
            self.raw,
            self.art,
            self.drawing_text,
        ]
        around = [self.wrapped, self.alternatives, self.box, self.field, self.deep_run, self.ruby]
        return self.one([*leaves, *around, *around] if depth > 0 else leaves, depth - 1)

    def run(self, _: int) -> str:
        looks = [
            "",
            "<w:strike/>",
            "<w:vanish/>",
            '<w:u w:val="single"/>',
            "<w:dstrike/>",
            '<w:color w:val="FF0000"/>',
        ]
        properties = looks[self.draw(st.integers(0, len(looks) - 1))]
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{self.text()}</w:t></w:r>"

    def deep_run(self, depth: int) -> str:
        return f"<w:r>{self.inline(depth)}<w:t>{self.word()}</w:t><w:tab/><w:br/></w:r>"

    def symbol_run(self, _: int) -> str:
        return f'<w:r><w:t>{self.word()}</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:softHyphen/></w:r>'

    def note(self, _: int) -> str:
        return '<w:r><w:footnoteReference w:id="2"/></w:r>'

    def raw(self, _: int) -> str:
        return f"<x:said>{self.text()}<x:inner/>{self.word()}</x:said>"

    def art(self, _: int) -> str:
        return f'<w:r><w:pict><v:shape><v:textpath string="{self.word()}"/></v:shape></w:pict></w:r>'

    def drawing_text(self, _: int) -> str:
        return f"<w:r><w:drawing><wp:inline><a:t>{self.word()}</a:t></wp:inline></w:drawing></w:r>"

    def wrapped(self, depth: int) -> str:
        inner = self.several(self.inline, depth)
        wrappers = [
            "<w:ins {by}>{inner}</w:ins>",
            "<w:moveTo {by}>{inner}</w:moveTo>",
            "<w:hyperlink>{inner}</w:hyperlink>",
            '<w:smartTag w:element="date">{inner}</w:smartTag>',
            '<w:customXml w:element="any">{inner}</w:customXml>',
            "<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>",
            '<w:bdo w:val="rtl">{inner}</w:bdo>',
            "<w:dir>{inner}</w:dir>",
            "<x:unheard>{inner}</x:unheard>",
            "<m:oMath><m:r>{inner}</m:r></m:oMath>",
            "<w:fldSimple w:instr='HYPERLINK \"x\"'>{inner}</w:fldSimple>",
            "<w:del {by}>{inner}</w:del>",
        ]
        return wrappers[self.draw(st.integers(0, len(wrappers) - 1))].format(by=_BY, inner=inner)

    def alternatives(self, depth: int) -> str:
        """Write the same words twice, of which a program shows one."""
        words = self.several(self.inline, depth)
        box = f"<wps:wsp><wps:txbx><w:txbxContent><w:p>{words}</w:p></w:txbxContent></wps:txbx></wps:wsp>"
        again = f"<w:pict><v:textbox><w:txbxContent><w:p>{words}</w:p></w:txbxContent></v:textbox></w:pict>"
        choice = f'<mc:Choice Requires="wps"><w:drawing><wp:inline>{box}</wp:inline></w:drawing></mc:Choice>'
        return f"<w:r><mc:AlternateContent>{choice}<mc:Fallback>{again}</mc:Fallback></mc:AlternateContent></w:r>"

    def box(self, depth: int) -> str:
        return f"<w:r><w:pict><v:textbox><w:txbxContent>{self.blocks(depth)}</w:txbxContent></v:textbox></w:pict></w:r>"

    def field(self, depth: int) -> str:
        names = ["REF x", "PAGE", "HYPERLINK x", "TOC", "FORMTEXT", "DATE"]
        name = names[self.draw(st.integers(0, len(names) - 1))]
        begin = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {name} </w:instrText></w:r>'
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        return f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{self.inline(depth)}{end}'

    def ruby(self, _: int) -> str:
        base, above = (f"<w:r><w:t>{self.word()}</w:t></w:r>" for _ in range(2))
        return f"<w:r><w:ruby><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"

    # --- blocks ---

    def blocks(self, depth: int) -> str:
        return self.several(self.block, depth) + self.paragraph(0)

    def block(self, depth: int) -> str:
        around = [self.table, self.control, self.unheard, self.inserted, self.contents, self.forms]
        return self.one(
            [self.paragraph] if depth <= 0 else [self.paragraph, self.paragraph, *around], depth - 1
        )

    def paragraph(self, depth: int) -> str:
        marks = [
            "",
            "<w:rPr><w:ins {by}/></w:rPr>",
            "<w:rPr><w:del {by}/></w:rPr>",
            '<w:pStyle w:val="Heading1"/>',
        ]
        properties = marks[self.draw(st.integers(0, len(marks) - 1))].format(by=_BY)
        return f"<w:p><w:pPr>{properties}</w:pPr>{self.several(self.inline, depth)}</w:p>"

    def table(self, depth: int) -> str:
        cells = "".join(f"<w:tc><w:tcPr/>{self.blocks(depth)}</w:tc>" for _ in range(2))
        row = f"<w:trPr><w:ins {_BY}/></w:trPr>" if self.draw(st.integers(0, 1)) else ""
        return f"<w:tbl><w:tr>{row}{cells}</w:tr></w:tbl>"

    def control(self, depth: int) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{self.blocks(depth)}</w:sdtContent></w:sdt>"

    def contents(self, depth: int) -> str:
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{self.blocks(depth)}</w:sdtContent></w:sdt>"

    def unheard(self, depth: int) -> str:
        return f"<x:block>{self.word()}{self.blocks(depth)}</x:block>"

    def forms(self, depth: int) -> str:
        words = self.blocks(depth)
        forms = f'<mc:Choice Requires="x">{words}</mc:Choice><mc:Fallback>{words}</mc:Fallback>'
        return f"<mc:AlternateContent>{forms}</mc:AlternateContent>"

    def inserted(self, depth: int) -> str:
        return f"<w:ins {_BY}>{self.paragraph(depth)}</w:ins>"


@st.composite
def documents(draw: Callable[..., int], form: str = "{}", before: str = "") -> Document:
    """Draw a file with a body, a note, a comment, a header and a footer; each word is written in `form`.

    `before` stands at the beginning of the body.
    """
    pen = _Pen(draw, form)
    body = before + pen.blocks(3)
    # the note is called in any case, so that it belongs to the text
    body += '<w:p><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="3"/></w:r></w:p>'
    parts = {
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{pen.blocks(1)}</w:footnote>'),
        "word/endnotes.xml": part("endnotes", f'<w:endnote w:id="4">{pen.blocks(1)}</w:endnote>'),
        "word/comments.xml": part(
            "comments", f'<w:comment w:id="3" w:author="A">{pen.blocks(1)}</w:comment>'
        ),
        "word/header1.xml": part("hdr", pen.blocks(1)),
        "word/footer1.xml": part("ftr", pen.blocks(1)),
    }
    return Document(packed(parts), tuple(pen.words))


def part(name: str, inner: str) -> str:
    """Write a part with this root element."""
    return f"<w:{name} {_SPACES}>{inner}</w:{name}>"


def packed(parts: dict[str, str]) -> bytes:
    """Make a Word file of its parts; the links between them are made from their names."""
    kinds = {
        name: _KINDS[name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")] for name in parts
    }
    links = "".join(
        f'<Relationship Id="r{number}" Type="{_LINK}/{kind}" Target="{name.removeprefix("word/")}"/>'
        for number, (name, kind) in enumerate(kinds.items())
        if kind
    )
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind or "document.main"}+xml"/>'
        for name, kind in kinds.items()
    )
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    main = f'<Relationship Id="r" Type="{_LINK}/officeDocument" Target="word/document.xml"/>'
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    every = {
        "[Content_Types].xml": (
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{default}{types}</Types>'
        ),
        "_rels/.rels": f"<Relationships {relations}>{main}</Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships {relations}>{links}</Relationships>",
        **parts,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return file.getvalue()


_KINDS = {
    "document": "",
    **{
        name: name
        for name in ("footnotes", "endnotes", "comments", "header", "footer", "styles", "numbering")
    },
}
