"""Workbooks that mean harm, or were harmed: a line that names file and part, never a traceback."""

from __future__ import annotations

import contextlib
import struct
import time
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sheet_editing import edited, exported, project, pull, rows, shared, sheet, told, with_part
from word_reading import packed, read

from poa_toolkit.api.returned_files import RefusedFileError
from poa_toolkit.returned import exported_tables
from poa_toolkit.text.numerals import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa
    from openpyxl import Workbook

BOOK, FIRST, STRINGS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MANY = b"".join(b'<row r="%d" spans="1:9" ht="15"/>' % each for each in range(100, 50_000))
LONG = "x" * 30_000
SECONDS = 10
"""Of the processor; a tenth is used."""


def _replaced(part: str, old: bytes, new: bytes) -> bytes:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return with_part(part, change)


def _entities() -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><sst'
    return with_part(STRINGS, lambda it: it.replace(b"<sst", bomb, 1), shared(exported()))


def _bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in read(shared(exported())).parts.items():
            archive.writestr(name, content + b" " * 30_000_000 * (name == STRINGS))
    return made.getvalue()


def _many_characters() -> bytes:
    """Give a workbook in which one long string stands in a thousand cells."""
    cells = b"".join(
        b'<row r="%d"><c r="Z%d" t="s"><v>0</v></c></row>' % (each, each) for each in range(100, 1100)
    )
    first = with_part(
        FIRST, lambda it: it.replace(b"</sheetData>", cells + b"</sheetData>"), shared(exported())
    )
    return with_part(STRINGS, lambda it: it.replace(b"<t>", b"<t>" + LONG.encode(), 1), first)


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "POA721", "is protected by a password, or is an old .xls"),
        (lambda: b"id,text\nA-001,So.", "POA721", "the file is damaged, or is no Excel workbook"),
        (lambda: exported()[:3000], "POA721", "the file is damaged, or is no Excel workbook"),
        (_entities, "POA721", "xl/sharedStrings.xml: the part declares entities"),
        (_bomb, "POA721", "the part grows more than 200-fold when it is opened"),
        (_many_characters, "POA721", "the cells hold more than 20000000 characters"),
        (lambda: _replaced(BOOK, b"<sheets", b"<sheet"), "POA721", "xl/workbook.xml: the part is not well-formed"),
        (lambda: _replaced(FIRST, b'r="A2"', b'r="A1"'), "POA721", "the cell A1 is there twice"),
        (lambda: _replaced(FIRST, b'r="A2"', b'r="2A"'), "POA721", "“2A” names no cell"),
        (lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "POA721", "this is no Excel workbook"),
        (lambda: packed({k: v for k, v in read(exported()).parts.items() if k != FIRST}), "POA721", "the sheet “actions” is not there"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_line(
    content: Callable[[], bytes], code: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, content())
    (finding,) = refused.value.diagnostics
    assert finding.code == code
    assert said in finding.message
    assert finding.help


def test_a_refusal_is_printed_with_status_one(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "back.xlsx").write_bytes(b"no workbook")
    finished = poa("pull", "back.xlsx")
    assert finished.status == 1
    assert finished.stderr.startswith("back.xlsx: error POA721 the file is damaged, or is no Excel workbook")


def test_macros_and_links_to_other_workbooks_are_told(tmp_path: Path) -> None:
    parts = dict(read(exported()).parts)
    links = parts["xl/_rels/workbook.xml.rels"]
    relation = b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = links.replace(b"</Relationships>", relation)
    parts["xl/vbaProject.bin"] = b"macros"
    pulled = pull(tmp_path, packed(parts), name="returned.xlsm")
    assert told(pulled) == [
        "POA722 the file holds macros, which was not read",
        "POA722 the file holds links to other workbooks, which was not read",
    ]


def test_pictures_and_charts_are_told(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: sheet(it, "actions").add_chart(BarChart(), "B5")))
    assert told(pulled) == ["POA722 the file holds pictures or charts, which was not read"]


def test_what_is_written_on_the_hidden_sheet_is_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["poa"]["A1"].comment = Comment("What is this for?", "A reader")

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["comment"], row["context"]) == ("What is this for?", "sheet “poa”, cell A1")


def test_two_sheets_that_keep_what_was_exported_are_not_chosen_from(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, edited(lambda it: it.copy_worksheet(it["poa"])))
    assert "a second sheet keeps what was exported" in refused.value.diagnostics[0].message


def test_a_day_beyond_the_calendar_is_a_number(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        found = book["actions"]["K2"]
        found.value, found.number_format = 2958464, "yyyy-mm-dd"

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["comment"] == "timeframe: 2958464 (a date) in place of “”"


@pytest.mark.parametrize(
    "index", [b"x", b"-1", b" 1", b"99999", b"9999999999", "\u0661\u0661\u0661".encode()]
)
def test_a_string_that_is_not_there_is_not_guessed(index: bytes, tmp_path: Path) -> None:
    broken = with_part(FIRST, lambda it: it.replace(b"<v>16</v>", b"<v>%s</v>" % index), shared(exported()))
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, broken)
    assert "holds the string" in refused.value.diagnostics[0].message


def test_many_empty_rows_are_nothing(tmp_path: Path) -> None:
    content = with_part(FIRST, lambda it: it.replace(b"</sheetData>", MANY + b"</sheetData>"))
    began = time.process_time()
    assert pull(tmp_path, content).new == ()
    assert time.process_time() - began < SECONDS


def test_the_other_names_of_the_format_are_read(tmp_path: Path) -> None:
    """Excel can save with the namespaces of the standard alone."""
    parts = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in read(exported()).parts.items()
    }
    assert pull(tmp_path, packed(parts)).new == ()


def test_comments_of_today_are_read_with_their_answers_and_without_their_shadows(tmp_path: Path) -> None:
    parts = dict(read(exported()).parts)
    rels = "http://schemas.microsoft.com/office/2017/10/relationships"
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{head}<Relationship Id="r1" Type="{rels}/threadedComment" Target="../threadedComments/t1.xml"/>'
        '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
        ' Target="../comments1.xml"/></Relationships>'
    ).encode()
    parts["xl/threadedComments/t1.xml"] = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="D2" dT="2017-12-03T10:00:00.00" personId="{P}" id="{1}"><text>Is this so?</text></threadedComment>'
        b'<threadedComment ref="D2" dT="2017-12-04T10:00:00.00" personId="{Q}" id="{2}" parentId="{1}"><text>It is.</text></threadedComment>'
        b"</ThreadedComments>"
    )
    parts["xl/comments1.xml"] = (
        b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc={1}</author></authors>'
        b'<commentList><comment ref="D2" authorId="0"><text><t>[Threaded comment] Is this so?</t></text></comment></commentList></comments>'
    )
    parts["xl/persons/person.xml"] = (
        b'<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<person displayName="A reader" id="{P}"/><person displayName="Another" id="{Q}"/></personList>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rP" Type="{rels}/person" Target="persons/person.xml"/></Relationships>'.encode(),
    )
    (row,) = rows(pull(tmp_path, packed(parts)))
    assert (row["proposer"], row["date"], row["comment"]) == ("A reader", "2017-12-03", "Is this so?")
    assert row["replies"] == [{"by": "Another", "date": "2017-12-04", "text": "It is."}]


SHAPE = b"<x:sp><x:txBody><a:p><a:r><a:t>Not this one!</a:t></a:r></a:p></x:txBody></x:sp>"
TWO_FORMS = (
    b'<m:AlternateContent xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    b'<m:Choice Requires="a14">%s</m:Choice><m:Fallback>%s</m:Fallback></m:AlternateContent>'
)


@pytest.mark.parametrize("shapes", [SHAPE, TWO_FORMS % (SHAPE, SHAPE)])
def test_words_in_a_shape_are_kept(shapes: bytes, tmp_path: Path) -> None:
    parts = dict(read(exported()).parts)
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    parts["xl/drawings/drawing1.xml"] = b'<x:wsDr xmlns:x="x" xmlns:a="a">%s</x:wsDr>' % shapes
    (row,) = rows(pull(tmp_path, packed(parts)))
    assert (row["state"], row["comment"]) == ("unplaced", "Not this one!")


@settings(max_examples=40)
@given(st.sampled_from([BOOK, FIRST, STRINGS, "xl/styles.xml", "xl/_rels/workbook.xml.rels"]), st.data())
def test_whatever_is_damaged_there_is_no_traceback(part: str, data: st.DataObject) -> None:
    parts = dict(read(shared(exported())).parts)
    content = parts[part]
    start = data.draw(st.integers(0, len(content)))
    end = min(len(content), start + data.draw(st.integers(0, 80)))
    new = data.draw(
        st.sampled_from(
            [b"", b"<", b'"', b"\xff", b"</c>", b'r="ZZZ9999999"', struct.pack("<I", 7), b"999999999999"]
        )
    )

    with contextlib.suppress(RefusedFileError):
        pull(project(), packed({**parts, part: content[:start] + new + content[end:]}), only_show=True)


@pytest.mark.parametrize(
    "rows_of_record",
    [
        [("table",)],
        [("table", "actions", "x", "id")],
        [("table", "actions", "9", "id")],
        [("table", "points", "1", "id"), ("row", "a")],
        [
            ("row", "A-001"),
            ("table", "actions", "1", "id", "text"),
            ("row",),
            ("row", "A-001", "So.", "more"),
        ],
    ],
)
def test_a_record_that_somebody_made_up_is_refused_or_read(
    rows_of_record: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """Whoever makes one up can prove it too: nothing in it is trusted."""
    proof = exported_tables._proof("sha256:0", rows_of_record)

    def change(book: Workbook) -> None:
        book.remove(book["poa"])
        made = book.create_sheet("poa")
        for each in (("poa-toolkit 1", "sha256:0", "", proof), *rows_of_record):
            made.append(list(each))

    content = edited(change)
    with contextlib.suppress(RefusedFileError):
        pull(tmp_path, content, force=True)


def test_decisions_are_not_read_from_a_workbook(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "back.xlsx").write_bytes(exported())
    finished = poa("pull", "back.xlsx", "--decisions", "--decided-by", "Chair")
    assert finished.status == 1
    assert "a workbook prints no proposals" in finished.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'<row r="2"', b'<row r="%s"' % (b"9" * 5000)), (b"<cols>", b'<cols><col min="x" max="" hidden="1"/>')],
)
def test_numbers_that_are_none_are_no_traceback(old: bytes, new: bytes, tmp_path: Path) -> None:
    assert pull(tmp_path, _replaced(FIRST, old, new)).new == ()


def test_a_row_of_many_strange_cells_is_read_in_time(tmp_path: Path) -> None:
    cells = b"".join(
        b'<c r="%s90" t="inlineStr"><is><t>w%d</t></is></c>' % (column_letters(each).encode(), each)
        for each in range(1, 10_000)
    )
    content = with_part(
        FIRST, lambda it: it.replace(b"</sheetData>", b'<row r="90">%s</row></sheetData>' % cells)
    )
    began = time.process_time()
    (row,) = rows(pull(tmp_path, content))
    assert row["comment"].count("\n") > 9_000
    assert time.process_time() - began < SECONDS
