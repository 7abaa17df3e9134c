"""The one reader of Word files: no word of any story is lost, none is read twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from made_documents import Words, nonces, of_libreoffice, of_npm, of_pandoc, python_docx
from odd_documents import Document, documents, packed, part

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.signature import TOOLKIT, UNDATED
from poa_toolkit.returned.word_file import Cell, Form, Graphic, Look
from poa_toolkit.word.reader import stories
from poa_toolkit.word.reader.file import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from poa_toolkit.returned.word_file import Returned


def _everything(returned: Returned) -> Iterator[str]:
    for paragraph in returned.paragraphs:
        yield "".join(piece.text for piece in paragraph.pieces)
        yield from (graphic.words for graphic in paragraph.graphics)
    yield from (remark.text for remark in returned.remarks)


@given(documents())
def test_every_word_of_any_document_is_read_once(document: Document) -> None:
    found = Counter(nonces(" ".join(_everything(read(document.file)))))
    assert found == Counter(document.words)


@given(documents())
def test_a_part_that_is_forgotten_while_it_is_read_says_the_same(document: Document) -> None:
    whole = read(document.file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "SMALL", 0)
        forgotten = read(document.file)
    assert Counter(nonces(" ".join(_everything(forgotten)))) == Counter(document.words)
    assert list(_places(forgotten)) == list(_places(whole))


def _places(returned: Returned) -> Iterator[tuple[object, ...]]:
    """Give where each paragraph stands that has text, and under which looks, controls and revisions."""
    for each in returned.paragraphs:
        if each.pieces:
            yield each.place, each.note, each.generated, tuple(one._replace(at=0) for one in each.pieces)


@given(documents())
def test_every_character_has_one_place_in_the_file(document: Document) -> None:
    returned = read(document.file)
    places: Counter[int] = Counter()
    for paragraph in returned.paragraphs:
        for piece in paragraph.pieces:
            places.update(range(piece.at, piece.at + len(piece.text)))
        for graphic in paragraph.graphics:
            if graphic.at >= 0:
                places.update(range(graphic.at, graphic.at + len(graphic.words)))
    for remark in returned.remarks:
        places.update(range(remark.at, remark.at + len(remark.text)))
    assert set(places.values()) <= {1}
    assert max(places, default=-1) < returned.length


# --- what carries meaning ---------------------------------------------------------------------


def _read(body: str, **parts: str) -> Returned:
    """Read a file with this body and these parts, by their names."""
    every = {"document": f"<w:body>{body}</w:body>", **parts}
    return read(packed({f"word/{name}.xml": part(_ROOTS[name], inner) for name, inner in every.items()}))


_ROOTS = {
    **{name: name for name in ("document", "footnotes", "comments", "styles", "numbering")},
    "header1": "hdr",
}


def _p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("properties", "looks"),
    [
        ("<w:strike/>", {Look.STRUCK}),
        ("<w:dstrike/>", {Look.STRUCK}),
        ('<w:strike w:val="0"/>', set()),
        ("<w:vanish/>", {Look.HIDDEN}),
        ('<w:u w:val="single"/>', {Look.UNDERLINED}),
        ('<w:u w:val="none"/>', set()),
        ('<w:highlight w:val="yellow"/>', {Look.HIGHLIGHTED}),
        ('<w:color w:val="FF0000"/>', {Look.COLOURED}),
        ('<w:color w:val="auto"/>', set()),
        ('<w:rStyle w:val="Gone"/>', {Look.STRUCK, Look.BOLD}),
        ('<w:rStyle w:val="Gone"/><w:strike w:val="false"/>', {Look.BOLD}),
    ],
)
def test_looks_of_runs_and_of_their_styles_are_read(properties: str, looks: set[Look]) -> None:
    base = '<w:style w:styleId="Base"><w:rPr><w:strike/></w:rPr></w:style>'
    gone = f'{base}<w:style w:styleId="Gone"><w:basedOn w:val="Base"/><w:rPr><w:b/></w:rPr></w:style>'
    (paragraph,) = _read(_p(_r("words", properties)), styles=gone).paragraphs
    assert [piece.looks for piece in paragraph.pieces] == [looks]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Times New Roman" w:char="2265"/>', "≥"),
        ("<w:tab/>", "\t"),
        ("<w:br/>", "\n"),
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:softHyphen/>", "\u00ad"),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t>', "≤"),
    ],
)
def test_characters_that_are_elements_are_text(xml: str, text: str) -> None:
    (paragraph,) = _read(_p(f"<w:r>{xml}</w:r>")).paragraphs
    assert paragraph.new == text


def test_a_symbol_of_a_font_nobody_knows_is_told_with_font_and_number() -> None:
    (paragraph,) = _read(_p('<w:r><w:sym w:font="Webdings" w:char="F06A"/></w:r>')).paragraphs
    assert paragraph.graphics == (Graphic("symbol", "character F06A of the font Webdings", 0, at=0),)


def test_words_moved_bear_one_name_at_both_ends() -> None:
    by = 'w:author="A" w:date="2017-12-04T10:30:00Z"'
    gone = f'<w:moveFromRangeStart w:id="1" w:name="move7"/><w:moveFrom w:id="2" {by}>{_r("text")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
    come = f'<w:moveToRangeStart w:id="3" w:name="move7"/><w:moveTo w:id="4" {by}>{_r("text")}</w:moveTo><w:moveToRangeEnd w:id="3"/>'
    first, second = _read(_p(gone) + _p(come)).paragraphs
    assert [(each.moved, bool(each.deleted)) for each in first.pieces] == [("move7", True)]
    assert [(each.moved, bool(each.inserted)) for each in second.pieces] == [("move7", True)]


def test_a_note_is_known_where_it_is_called_and_by_whom_the_call_came() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    new = f'<w:ins w:id="1" w:author="A" w:date="2017-12-04T10:30:00Z">{call.replace("2", "3", 1)}</w:ins>'
    notes = "".join(f'<w:footnote w:id="{each}">{_p(_r("A note."))}</w:footnote>' for each in (2, 3))
    paragraph, *said = _read(_p(_r("Words") + call + _r(" more") + new), footnotes=notes).paragraphs
    assert [(each.note, each.offset, bool(each.inserted)) for each in paragraph.calls] == [
        ("footnote 2", 5, False),
        ("footnote 3", 10, True),
    ]
    assert [(each.note, each.new, each.place.kind) for each in said] == [
        ("footnote 2", "A note.", "note"),
        ("footnote 3", "A note.", "note"),
    ]


def test_cells_are_counted_by_the_grid_and_tables_inside_by_themselves() -> None:
    def cell(inner: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(_p(_r('inside')))}</w:tr></w:tbl>"
    wide = cell(_p(_r("wide")), '<w:gridSpan w:val="2"/>')
    rows = f"<w:tr>{wide}{cell(_p(_r('third')))}</w:tr><w:tr>{cell(_p(_r('before')) + inner + _p(_r('after')))}</w:tr>"
    found = {each.new: each.place.cell for each in _read(f"<w:tbl>{rows}</w:tbl>" + _p("")).paragraphs}
    assert found == {
        "wide": Cell(1, 1, 1),
        "third": Cell(1, 1, 3),
        "before": Cell(1, 2, 1),
        "inside": Cell(2, 1, 1, 2),
        "after": Cell(1, 2, 1),
        "": None,
    }


GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:sdt><w:sdtPr>{GALLERY}</w:sdtPr><w:sdtContent>{_p(_r('Sommaire'))}</w:sdtContent></w:sdt>",
        _p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_r("Inhalt 3")}'
        )
        + _p(_r("Mehr 4") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        _p(_r("Sumario 3"), '<w:pStyle w:val="Verzeichnis1"/>'),
    ],
)
def test_contents_are_known_in_every_language_of_word(xml: str) -> None:
    style = '<w:style w:styleId="Verzeichnis1" w:type="paragraph"><w:name w:val="toc 1"/></w:style>'
    *contents, text = _read(xml + _p(_r("States should act.")), styles=style).paragraphs
    assert {each.generated for each in contents} == {"contents"}
    assert text.generated == ""


def test_a_paragraph_in_which_contents_end_is_text() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    first, second = _read(_p(field + _r("One 1")) + _p(end + _r("States should act."))).paragraphs
    assert (first.generated, second.generated) == ("contents", "")


def test_comments_of_xml_and_instructions_do_not_part_a_text() -> None:
    (paragraph,) = _read(_p(_r("States <!-- not --><?now do?>should act."))).paragraphs
    assert [each.text for each in paragraph.pieces] == ["States should act."]


def test_a_form_field_inside_another_field_closes_no_more_than_itself() -> None:
    def mark(kind: str, inner: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'

    def begin(code: str, inner: str = "") -> str:
        instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        return mark("begin", inner) + instruction + mark("separate")

    form = begin("FORMTEXT", "<w:ffData><w:enabled/></w:ffData>") + _r("Name") + mark("end")
    text = begin("REF x") + form + _r(" 12") + mark("end") + _r(" typed")
    (paragraph,) = _read(_p(text)).paragraphs
    assert [(each.text, each.computed) for each in paragraph.pieces] == [("Name 12", True), (" typed", False)]


def test_a_comment_keeps_its_paragraphs_and_the_words_that_were_taken_out() -> None:
    by = 'w:author="A" w:date="2017-12-04T10:30:00Z"'
    words = _r("kept ") + f'<w:del w:id="1" {by}><w:r><w:delText>gone</w:delText></w:r></w:del>'
    body = _p(f'<w:commentRangeStart w:id="5"/>{words}<w:commentRangeEnd w:id="5"/>')
    comment = f'<w:comment w:id="5" {by}>{_p(_r("First."))}{_p(_r("Second."))}</w:comment>'
    (remark,) = _read(body, comments=comment).remarks
    assert (remark.text, remark.words, remark.gone) == ("First.\nSecond.", "kept", "gone")


def test_our_own_struck_and_bold_words_are_revisions_of_ours() -> None:
    body = _p(_r("old", '<w:rStyle w:val="POADeleted"/>') + _r("new", '<w:rStyle w:val="POAInserted"/>'))
    old, new = _read(body).paragraphs[0].pieces
    assert (old.deleted, new.inserted) == (Reviser(TOOLKIT, None, UNDATED), Reviser(TOOLKIT, None, UNDATED))


# --- lists ------------------------------------------------------------------------------------


def _level(at: int, form: str, text: str, more: str = "") -> str:
    start = "" if "<w:start " in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{form}"/>{more}<w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'


LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'
    for name, levels in {
        "1": [_level(0, "decimal", "%1."), _level(1, "lowerLetter", "(%2)"), _level(2, "lowerRoman", "%3)")],
        "2": [
            _level(0, "upperRoman", "%1."),
            _level(1, "decimal", "%1.%2"),
            _level(2, "decimalZero", "%3."),
        ],
        "3": [
            _level(0, "lowerLetter", "%1)", '<w:start w:val="25"/>'),
            _level(1, "upperLetter", "%2."),
            _level(2, "ordinal", "%3"),
        ],
        "4": [
            _level(0, "chineseCounting", "%1、"),
            _level(1, "decimalEnclosedCircle", "%2"),
            _level(2, "none", ""),
        ],
    }.items()
) + "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
    for number, abstract, override in [
        *((str(each), str(each), "") for each in range(1, 5)),
        ("5", "1", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        ("6", "1", ""),
    ]
)
COUNTED = [
    *(
        ("1", 0, "1."),
        ("1", 0, "2."),
        ("1", 1, "(a)"),
        ("1", 1, "(b)"),
        ("1", 2, "i)"),
        ("1", 0, "3."),
        ("1", 1, "(a)"),
    ),
    *(
        ("2", 0, "I."),
        ("2", 1, "I.1"),
        ("2", 1, "I.2"),
        ("2", 2, "01."),
        ("2", 1, "I.3"),
        ("2", 2, "01."),
        ("2", 0, "II."),
        ("2", 2, "01."),
    ),
    *(("3", 0, "y)"), ("3", 0, "z)"), ("3", 0, "aa)"), ("3", 1, "A."), ("3", 2, "1st"), ("3", 2, "2nd")),
    *(("4", 0, "一、"), ("4", 1, "①"), ("4", 2, ""), ("4", 0, "二、")),
    # a list of the same kind goes on; one that is told to begins anew
    *(
        ("6", 0, "4."),
        ("5", 0, "1."),
        ("5", 0, "2."),
        ("5", 1, "(a)"),
        ("1", 0, "3."),
        ("6", 1, "(a)"),
        ("1", 2, "i)"),
    ),
]


def _counted() -> bytes:
    body = "".join(
        _p(_r("item"), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        for number, level, _ in COUNTED
    )
    return packed(
        {
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/numbering.xml": part("numbering", LISTS),
        }
    )


def test_lists_are_counted_as_word_counts_them() -> None:
    found = [each.number.text for each in read(_counted()).paragraphs if each.number]
    assert found == [text for _, _, text in COUNTED]


@pytest.mark.tools
def test_lists_are_counted_as_libreoffice_counts_them(soffice: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "lists.docx").write_bytes(_counted())
    shown = soffice(tmp_path / "lists.docx", "txt").read_text("utf-8-sig").splitlines()
    assert [line.removesuffix("item").strip() for line in shown] == [text for _, _, text in COUNTED]


def test_a_style_bound_to_a_level_gives_its_paragraphs_that_level() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pStyle w:val="One"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:pStyle w:val="Two"/>'
        '<w:lvlText w:val="(%2)"/><w:pPr><w:ind w:left="1134"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{each}"><w:name w:val="Clause {each}"/>'
        '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
        for each in ("One", "Two")
    )
    body = "".join(_p(_r("x"), f'<w:pStyle w:val="{each}"/>') for each in ("One", "Two", "Two", "One"))
    found = _read(body, styles=styles, numbering=lists).paragraphs
    assert [each.number and each.number.text for each in found] == ["1.", "(a)", "(b)", "2."]
    assert [each.indent for each in found] == [0, 1134, 1134, 0]
    assert {each.number.form for each in found if each.number and each.number.level} == {Form.LOWER_LETTER}


def test_a_paragraph_taken_out_of_its_list_has_no_number() -> None:
    style = '<w:style w:type="paragraph" w:styleId="One"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    lists = LISTS
    none = '<w:pStyle w:val="One"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    first, second = _read(
        _p(_r("x"), none) + _p(_r("y"), '<w:pStyle w:val="One"/>'), styles=style, numbering=lists
    ).paragraphs
    assert first.number is None
    assert second.number is not None
    assert second.number.text == "1."


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        # what LibreOffice does not know: numbers in digits as in laws, and numbers that run on
        ("<w:isLgl/>", ["I.", "1.1", "1.2", "II.", "2.1"]),
        ('<w:lvlRestart w:val="0"/>', ["I.", "I.1", "I.2", "II.", "II.3"]),
    ],
)
def test_numbers_in_digits_and_numbers_that_run_on(more: str, numbers: list[str]) -> None:
    levels = _level(0, "upperRoman", "%1.") + _level(1, "decimal", "%1.%2", more)
    lists = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    body = "".join(
        _p(_r("x"), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')
        for level in (0, 1, 1, 0, 1)
    )
    assert [each.number and each.number.text for each in _read(body, numbering=lists).paragraphs] == numbers


# --- the files of other programs --------------------------------------------------------------


def test_every_word_that_python_docx_writes_is_read_once() -> None:
    words = Words()
    said = " ".join(_everything(read(python_docx(words))))
    assert Counter(nonces(said)) == Counter(words.given)


@pytest.mark.tools
def test_every_word_that_pandoc_writes_is_read_once(pandoc: str) -> None:
    words = Words()
    said = " ".join(_everything(read(of_pandoc(pandoc, words))))
    assert Counter(nonces(said)) == Counter(words.given)


@pytest.mark.tools
def test_every_word_that_a_library_of_javascript_writes_is_read_once(
    node_docx: Callable[..., None], tmp_path: Path
) -> None:
    words = Words()
    said = " ".join(_everything(read(of_npm(node_docx, tmp_path, words))))
    assert Counter(nonces(said)) == Counter(words.given)


@pytest.mark.tools
@pytest.mark.parametrize(
    "form", ["odt", *(pytest.param(each, marks=pytest.mark.slow) for each in ("doc", "rtf"))]
)
def test_every_word_that_libreoffice_writes_is_read_once(
    soffice: Callable[..., Path], tmp_path: Path, form: str
) -> None:
    words = Words()
    said = " ".join(_everything(read(of_libreoffice(soffice, tmp_path, words, form))))
    assert Counter(nonces(said)) == Counter(words.given)
