"""The rules of Word's own checker of accessibility, held against every kind of Word file that is made.

Nothing here believes `word.template.accessibility`, which looks at templates, or asks how a file was made.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import plan_pairs
import pytest
import word_samples
from every_change import every_kind
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_reading import Reading, W, read

from poa_toolkit.diff.compare import compare
from poa_toolkit.document.blocks import Layout
from poa_toolkit.document.changes_report import changes
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline, visual
from poa_toolkit.word.writer import report
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SCRIPTS = {"LATIN": "en", "ARABIC": "ar", "HEBREW": "he", "CYRILLIC": "ru", "CJK": "zh"}
"""How Unicode begins the name of a letter, and the language that is heard."""


@cache
def files() -> dict[str, bytes]:
    made = {}
    for style in ("un", "carter"):
        plan = word_samples.small(
            style=style,
            symbol="X/1",
            introduction=[
                {"id": "P-01", "text": "تقرأ الهيئات ما يرسل إليها."},
                {"id": "P-02", "text": "Избирательные органы, 选举 and ההצבעה stand beside each other."},
            ],
        )
        made[style] = render(plan_document(plan), when=WHEN)
    document = plan_document(word_samples.small())
    made["room"] = render(replace(document, layout=Layout.ROOM), when=WHEN)
    for seed in (2, 4):
        pair = plan_pairs.pair(Random(seed))  # noqa: S311 - made-up plans, not secrets
        comparison = compare(*pair, old_label="old", new_label="new")
        made[f"redline {seed}"] = render(redline(*pair, comparison), when=WHEN)
        made[f"struck {seed}"] = render(visual(redline(*pair, comparison)), when=WHEN)
    made["comparison"] = report.render_comparison(changes(*every_kind()), when=WHEN)
    made["report"] = report.render(changes(*every_kind()), when=WHEN)
    return made


KINDS = ("un", "carter", "room", "redline 2", "redline 4", "struck 2", "struck 4", "comparison", "report")


@pytest.fixture(scope="module", params=KINDS)
def reading(request: pytest.FixtureRequest) -> Reading:
    return read(files()[request.param])


def stories(reading: Reading) -> Iterator[etree._Element]:
    """Give every part with text."""
    for name in reading.names:
        if re.fullmatch(r"word/(?:document|footnotes|comments|header[0-9]|footer[0-9])\.xml", name):
            yield reading.tree(name)


# --- tables, drawings, paragraphs, links -----------------------------------------------------------


def test_a_table_has_a_title_one_head_and_no_merged_or_split_cell(reading: Reading) -> None:
    for table in reading.body.iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").strip()
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert not [row for row in others if row.find(f"{W}trPr/{W}tblHeader") is not None]
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert {len(row.findall(f"{W}tc")) for row in (first, *others)} == {columns}
        assert all("".join(cell.itertext()).strip() for cell in first.findall(f"{W}tc"))
        assert not list(table.iter(f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"))
        assert len(list(table.iter(f"{W}tbl"))) == 1


def test_a_drawing_has_an_alternative_text_and_does_not_float(reading: Reading) -> None:
    for story in stories(reading):
        assert all(each.get("descr") or each.get("title") for each in story.iter(f"{DRAWN}docPr"))
        assert not list(story.iter(f"{DRAWN}anchor"))


WITH_LINES = ("Title", "POATextTitle", "POAAnnexHeading")


def test_space_is_never_made_of_empty_paragraphs_or_of_signs(reading: Reading) -> None:
    for paragraph in reading.body.findall(f"{W}p"):
        text = "".join(paragraph.itertext(f"{W}t", f"{W}delText"))
        if not text.strip():
            # two tables that touch are one, and behind the last of a file stands a paragraph
            is_behind_table = paragraph.getprevious().tag == f"{W}tbl"
            assert is_behind_table or paragraph.find(f"{W}pPr/{W}sectPr") is not None
        for line_end in paragraph.iter(f"{W}br"):
            # a title or a heading has lines; each of them says something
            assert paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in WITH_LINES
            assert line_end.getparent().getnext() is not None
            assert line_end.getparent().getnext().find(f"{W}br") is None
        assert "   " not in text


def test_a_link_says_where_it_leads(reading: Reading) -> None:
    for story in stories(reading):
        for link in story.iter(f"{W}hyperlink"):
            text = "".join(link.itertext(f"{W}t", f"{W}delText")).strip()
            assert text
            assert "://" not in text
    said = [each.text.strip() for each in reading.body.iter(f"{W}instrText")]
    addresses = [each.split('"')[1] for each in said if each.startswith('HYPERLINK "')]
    assert not [address for address in addresses if address in reading.text]


def test_the_file_says_its_title_and_can_be_read_by_programs(reading: Reading) -> None:
    assert reading.tree("docProps/core.xml").findtext(".//{*}title").strip()
    assert not list(reading.tree("word/settings.xml").iter(f"{W}documentProtection"))


# --- what styles say -------------------------------------------------------------------------------


class Styles:
    """Looks a property of a run or a paragraph up: its own, that of its styles, the default."""

    def __init__(self, reading: Reading) -> None:
        self.root = reading.tree("word/styles.xml")
        self.by_id = {each.get(f"{W}styleId"): each for each in self.root.iter(f"{W}style")}

    def of_style(self, name: str | None, way: str) -> Any:
        while name:
            found = self.by_id[name].find(way)
            if found is not None:
                return found
            based = self.by_id[name].find(f"{W}basedOn")
            name = None if based is None else based.get(f"{W}val")
        return None

    def of_run(self, run: Any, name: str) -> Any:
        way = f"{W}rPr/{W}{name}"
        default = self.root.find(f"{W}docDefaults/{W}rPrDefault/{way}")
        styles = (style_of(run, "r"), style_of(next(run.iterancestors(f"{W}p")), "p"))
        found = (run.find(way), *(self.of_style(each, way) for each in styles), default)
        return next((each for each in found if each is not None), None)

    def level(self, paragraph: Any) -> int | None:
        found = self.of_style(style_of(paragraph, "p"), f"{W}pPr/{W}outlineLvl")
        return None if found is None else int(found.get(f"{W}val"))

    def ground(self, run: Any) -> str:
        """Give the colour behind a run: of its paragraph, its cell, the head of its table, the page."""
        paragraph = next(run.iterancestors(f"{W}p"))
        shades = [paragraph.find(f"{W}pPr/{W}shd"), self.of_style(style_of(paragraph, "p"), f"{W}pPr/{W}shd")]
        for cell in run.iterancestors(f"{W}tc"):
            shades.append(cell.find(f"{W}tcPr/{W}shd"))
            row, table = cell.getparent(), next(cell.iterancestors(f"{W}tbl"))
            look = table.find(f"{W}tblPr/{W}tblLook")
            if row is table.find(f"{W}tr") and look.get(f"{W}firstRow") == "1":
                style = self.by_id[table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val")]
                head = next(
                    each for each in style.iter(f"{W}tblStylePr") if each.get(f"{W}type") == "firstRow"
                )
                shades.append(head.find(f"{W}tcPr/{W}shd"))
        return next((each.get(f"{W}fill") for each in shades if each is not None), "FFFFFF")


def style_of(element: Any, kind: str) -> str | None:
    found = element.find(f"{W}{kind}Pr/{W}{kind}Style")
    return None if found is None else str(found.get(f"{W}val"))


def test_headings_begin_at_the_first_level_and_skip_none(reading: Reading) -> None:
    styles = Styles(reading)
    levels = [level for each in reading.body.iter(f"{W}p") if (level := styles.level(each)) is not None]
    assert levels
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_run_says_its_language(reading: Reading) -> None:
    styles = Styles(reading)
    for run in runs(reading):
        text = "".join(run.itertext(f"{W}t", f"{W}delText"))
        own = run.find(f"{W}rPr/{W}lang")
        language = styles.of_run(run, "lang") if own is None else own
        # a run has one of its own where its letters are not those of the document
        spoken = next(iter(language.attrib.values()))
        for script in {unicodedata.name(each, "").split(" ")[0] for each in text if each.isalpha()}:
            assert spoken.startswith(SCRIPTS[script]), (text, spoken)


def test_letters_stand_out_from_what_is_behind_them(reading: Reading) -> None:
    styles = Styles(reading)
    for run in runs(reading):
        colour = styles.of_run(run, "color")
        value = "000000" if colour is None or colour.get(f"{W}val") == "auto" else colour.get(f"{W}val")
        one, other = sorted(map(luminance, (value, styles.ground(run))))
        assert (other + 0.05) / (one + 0.05) >= 4.5, (style_of(run, "r"), value)


def luminance(colour: str) -> float:
    """By WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def runs(reading: Reading) -> Iterator[Any]:
    for story in stories(reading):
        for run in story.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p"), None) is not None:
                yield run
