"""Text in other scripts: its language on the run, its direction on run and paragraph, no letter moved."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import word_samples
from hypothesis import given
from hypothesis import strategies as st
from word_reading import W, read

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.word.writer.languages import spoken
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
ARABIC = "ينبغي للدول أن تنشر النتائج وفقا للمادة 25(b) من العهد (CCPR)."
MIXED = "Observers cite the Covenant in Arabic (العهد الدولي), Chinese (公民权利), Russian (пакт)."


def rendered(text: str, **changes: Any) -> bytes:
    plan = word_samples.small(introduction=[{"id": "P-01", "text": text}], **changes)
    return render(plan_document(plan), when=WHEN)


def paragraph(text: str) -> etree._Element:
    body = read(rendered(text)).body
    return next(each for each in body.iter(f"{W}p") if "".join(each.itertext(f"{W}t")) == text)


def runs(element: etree._Element) -> list[tuple[str, str, bool]]:
    """Give the text of each run, its language, and whether it runs from right to left."""
    found = []
    for each in element.iter(f"{W}r"):
        spoken_in = each.find(f"{W}rPr/{W}lang")
        code = "" if spoken_in is None else next(iter(spoken_in.attrib.values()))
        found.append(("".join(each.itertext(f"{W}t")), code, each.find(f"{W}rPr/{W}rtl") is not None))
    return found


def test_a_latin_text_is_left_as_it_is() -> None:
    part = "<w:p><w:r><w:t>Café “naïve” 30 % Łódź</w:t></w:r></w:p>".encode()
    assert spoken(part) is part


def test_an_arabic_paragraph_runs_from_right_to_left_and_what_clings_to_latin_letters_does_not() -> None:
    found = paragraph(ARABIC)
    assert found.find(f"{W}pPr/{W}bidi") is not None
    assert runs(found) == [
        ("ينبغي للدول أن تنشر النتائج وفقا للمادة ", "ar-SA", True),
        ("25(b)", "", False),
        (" من العهد ", "ar-SA", True),
        ("(CCPR)", "", False),
        (".", "ar-SA", True),
    ]


def test_words_of_other_languages_bear_them_in_a_paragraph_that_stays_as_it_is() -> None:
    found = paragraph(MIXED)
    assert found.find(f"{W}pPr/{W}bidi") is None
    assert [each for each in runs(found) if each[1]] == [
        ("العهد الدولي", "ar-SA", True),
        ("公民权利", "zh-CN", False),
        ("пакт", "ru-RU", False),
    ]


def test_a_bracket_in_arabic_keeps_its_style() -> None:
    reading = read(rendered("ينبغي [ohchr: للمراقبين | للدول] أن يقدموا تقاريرهم."))
    styled = [
        "".join(each.itertext(f"{W}t"))
        for each in reading.body.iter(f"{W}r")
        if each.find(f"{W}rPr/{W}rtl") is not None and each.find(f"{W}rPr/{W}rStyle") is not None
    ]
    assert "".join(styled) == "للمراقبين | للدول]"


def test_japanese_with_kana_is_not_chinese() -> None:
    ((_, code, _),) = runs(paragraph("国際人権規約の締約国"))
    assert code == "ja-JP"


def test_headings_notes_and_cells_are_marked_too() -> None:
    base = word_samples.small()
    instruments = [{**each.model_dump(mode="json"), "title": "العهد الدولي"} for each in base.instruments]
    parts = read(rendered("x", title="خطة العمل", instruments=instruments)).parts
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        assert b"<w:rtl/>" in parts[name], name


letters = st.text(
    st.sampled_from("aZ é9(.,\u061b \u200fab\u0627בת\u05e2Ж中のพह한-/\"'"),
    min_size=1,
    max_size=30,
)


@given(letters, letters)
def test_no_letter_is_lost_or_moved(one: str, two: str) -> None:
    def run(text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<w:r><w:rPr><w:rStyle w:val="X"/></w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'

    part = f"<w:p><w:pPr><w:jc/></w:pPr>{run(one)}<w:ins>{run(two)}</w:ins></w:p>".encode()
    made = bytes(spoken(part)).decode()
    assert "".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", made)) == one + two
    assert "".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", made.partition("<w:ins>")[2])) == two
    assert spoken(made.encode()) == made.encode() or "lang" in made


@pytest.mark.tools
def test_microsofts_validator_finds_nothing_in_text_of_other_scripts(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(rendered(ARABIC, title=MIXED, notice=ARABIC, front=[{"id": "F-01", "text": MIXED}]))
    assert ooxml_validator(path) == []
