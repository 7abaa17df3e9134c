"""Who reads with the ears, or with weak eyes: what a file says to them, what keeps them out, the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import plan_pairs
import pytest
import small_plan
import word_samples
from word_reading import W, read, repacked

from poa_toolkit.archive.untrusted import trees
from poa_toolkit.diff.compare import compare
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline
from poa_toolkit.errors import PoaError
from poa_toolkit.word.template.accessibility import barriers, contrast
from poa_toolkit.word.template.check import check
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer import pdf
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from conftest import Poa

    from poa_toolkit.model import Plan

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
PLANS = {
    "small": word_samples.small(),
    "carter": word_samples.small(style="carter", symbol="X/1"),
    "bare": word_samples.small(sections=[], links=[], participants=[], notice=None),
    "arabic": word_samples.small(introduction=[{"id": "P-01", "text": "تقرأ الهيئات ما يرسل إليها."}]),
}


def rendered(plan: Plan) -> bytes:
    return render(plan_document(plan), when=WHEN)


@pytest.mark.parametrize("name", PLANS)
def test_nothing_keeps_anybody_out_of_what_is_made(name: str) -> None:
    file = rendered(PLANS[name])
    assert list(barriers(trees(read(file).parts))) == []


def test_title_and_language_are_said_once_and_for_the_whole() -> None:
    reading = read(rendered(PLANS["carter"]))
    assert "Plan of Action on Human Rights" in reading.tree("docProps/core.xml").findtext(".//{*}title")
    assert reading.tree("docProps/core.xml").findtext(".//{*}language") == "en-US"
    assert reading.tree("word/styles.xml").find(f".//{W}lang").get(f"{W}val") == "en-US"


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="Logo" {alternative}/></wp:inline></w:drawing></w:r>'
)
BODY = "word/document.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (
            BODY,
            "{{ notice }}</w:t></w:r>",
            "{{ notice }}</w:t></w:r>" + PICTURE.format(alternative=""),
            "“Logo” has no",
        ),
        (BODY, "<w:cantSplit/><w:tblHeader/>", "<w:cantSplit/>", "table 1 does not say that its first row"),
        (BODY, "<w:body>", "<w:body><w:p/><w:p/>", "empty paragraphs stand for space"),
        (BODY, 'w:val="POASectionHeading"', 'w:val="Heading2"', "of level 2 follows one of level"),
        ("word/styles.xml", "9C1C1C", "B0B0FF", "is pale: 2.0 to 1 on white"),
        (
            "word/styles.xml",
            '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/>',
            "",
            "do not say the language",
        ),
    ],
)
def test_a_barrier_of_a_template_is_told(part: str, old: str, new: str, said: str) -> None:
    template = repacked(packaged_template(), part, old, new)
    if said.startswith("of level"):
        template = repacked(template, BODY, 'w:val="POAUnnumberedHeading"', 'w:val="Heading2"')
    found = [each for each in check(template).faults if each.code == "POA715"]
    assert any(said in each.message for each in found), found
    assert all(each.help for each in found)


def test_a_picture_with_its_text_and_one_empty_paragraph_are_fine() -> None:
    picture = PICTURE.format(alternative='descr="The mark of the house"')
    template = repacked(
        packaged_template(), BODY, "{{ notice }}</w:t></w:r>", "{{ notice }}</w:t></w:r>" + picture
    )
    assert check(repacked(template, BODY, "<w:body>", "<w:body><w:p/>")).faults == ()


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


# --- for the room -----------------------------------------------------------------------------


def test_for_the_room_lines_are_numbered_and_the_text_is_double_spaced(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    assert poa("render", "-o", "plan.docx", cwd=project).status == 0
    assert poa("render", "--for-room", "-o", "room.docx", cwd=project).status == 0
    plain, room = (read((project / name).read_bytes()) for name in ("plan.docx", "room.docx"))
    assert plain.text == room.text
    assert b"lnNumType" not in plain.parts[BODY]
    sections = list(room.body.iter(f"{W}sectPr"))
    assert sections
    assert all(each.find(f"{W}lnNumType").get(f"{W}restart") == "newPage" for each in sections)
    spacing = {
        style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}spacing").get(f"{W}line")
        for style in room.tree("word/styles.xml").iter(f"{W}style")
        if style.get(f"{W}styleId") in ("POAParagraph", "POAPoint", "POASubPoint", "POAFront", "POASources")
    }
    assert spacing == {
        "POAFront": "480",
        "POAParagraph": "480",
        "POAPoint": "480",
        "POASubPoint": "480",
        "POASources": "240",
    }


def test_a_template_of_ones_own_is_numbered_for_the_room_too(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    assert poa("template", "init", cwd=project).status == 0
    assert poa("render", "--for-room", "-o", "room.docx", cwd=project).status == 0
    assert b"lnNumType" in read((project / "room.docx").read_bytes()).parts[BODY]


@pytest.mark.tools
@pytest.mark.parametrize("name", ["small", "carter", "arabic"])
def test_microsofts_validator_finds_nothing_in_a_document_for_the_room(
    name: str, tmp_path: Path, ooxml_validator: object
) -> None:
    from dataclasses import replace  # noqa: PLC0415 - for this test alone

    from poa_toolkit.document.blocks import Layout  # noqa: PLC0415 - for this test alone

    path = tmp_path / "plan.docx"
    path.write_bytes(render(replace(plan_document(PLANS[name]), layout=Layout.ROOM), when=WHEN))
    assert ooxml_validator(path) == []  # type: ignore[operator] # the fixture is a function


# --- the PDF ----------------------------------------------------------------------------------


def test_without_libreoffice_a_pdf_is_refused_in_one_line(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    done = poa("render", "--pdf", "-o", "plan.docx", cwd=project, env={"PATH": str(tmp_path)})
    assert done.status == 2
    assert done.stderr == (
        "poa: a PDF is made by LibreOffice, which is not installed: install it, or leave out --pdf\n"
    )


def test_the_name_of_the_pdf_is_that_of_the_word_file(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    done = poa("render", "--pdf", "-o", "plan.pdf", cwd=project)
    assert (done.status, done.stdout) == (2, "")
    assert "-o names the Word file" in done.stderr


def test_what_keeps_a_pdf_from_being_read_aloud_is_said() -> None:
    said = "\n".join(pdf.findings(b"%PDF-1.6\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"))
    for word in ("tags", "language", "title"):
        assert word in said


@pytest.mark.tools
def test_a_program_that_makes_nothing_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho 'it is not my day' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(PoaError, match="LibreOffice made no PDF: it is not my day"):
        pdf.to_pdf(b"PK")


@pytest.mark.tools
def test_the_pdf_is_tagged_and_tells_its_title_language_and_heads_of_tables(poa: Poa, tmp_path: Path) -> None:
    if not shutil.which("soffice") or not shutil.which("pdfinfo"):
        pytest.skip("soffice is not installed")
    project = small_plan.write(tmp_path)
    done = poa("render", "--pdf", "-o", "plan.docx", cwd=project)
    assert (done.status, done.stderr) == (0, "")
    assert re.search(r"^plan\.pdf: \d+ KiB, with tags, title and language$", done.stdout, re.MULTILINE)
    about = subprocess.run(
        ["pdfinfo", project / "plan.pdf"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert re.search(r"^Tagged: +yes$", about, re.MULTILINE)
    assert re.search(r"^Title: +\S", about, re.MULTILINE)
    told = subprocess.run(
        ["pdfinfo", "-struct-text", project / "plan.pdf"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    kinds = re.findall(r"^ +(H\d|TH|TD|L|Link|Note|Table)\b", told, re.MULTILINE)
    assert {"H1", "TH", "TD", "Table", "Link", "Note"} <= set(kinds)
    levels = [int(kind[1]) for kind in kinds if kind.startswith("H")]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@pytest.mark.tools
def test_the_pdf_of_a_redline_holds_no_comment_and_claims_nothing_that_is_not_so() -> None:
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    old, new = plan_pairs.pair(Random(4))  # noqa: S311 - made-up plans, not secrets
    docx = render(redline(old, new, compare(old, new, old_label="old", new_label="new")), when=WHEN)
    assert "word/comments.xml" in read(docx).names
    made = pdf.to_pdf(docx)
    assert list(pdf.findings(made)) == []
    subtypes = set(re.findall(rb"/Type/Annot/Subtype/(\w+)", made))
    assert subtypes == {b"Link"}, "LibreOffice writes annotations in another way"
    assert b"pdfuaid" not in made, "links and notes stand outside the tags"
