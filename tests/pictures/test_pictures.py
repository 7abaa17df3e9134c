"""Pictures of counts: true to the figures, safe with any text, the same every time, and never needed."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx
import pytest
import small_plan
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_toolkit import pictures
from poa_toolkit.document.blocks import Column, Document, Panel, Part, PartKind, Picture, Table
from poa_toolkit.document.report_blocks import row
from poa_toolkit.word.writer.report import render
from poa_toolkit.write import html, markdown, terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Browser, Poa

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</svg><script>alert(1)</script>",
    "datum.x",
    "{{ 7*7 }} {signal: 'width'}",
    "http://127.0.0.1/x.png file:///etc/passwd",
    "\"'&<![CDATA[]]>",
    "a\u202eb",
    "اللجنة",
)


def picture(*labels: str, counts: tuple[int, ...] = (), title: str = "Counted") -> Picture:
    return Picture("What it shows.", labels, (Panel(title, counts or tuple(range(len(labels)))),))


def table(drawn: Picture) -> Table:
    columns = (Column("Label", 4), *(Column(each.title) for each in drawn.panels))
    rows = [
        row(label, *(str(each.counts[at]) for each in drawn.panels)) for at, label in enumerate(drawn.labels)
    ]
    return Table(columns, tuple(rows), "A title & <more>", picture=drawn)


def document(*tables: Table) -> Document:
    return Document("Counts", "", (), "", (Part(PartKind.REPORT, tables, wide=True),))


def texts(svg: str) -> list[str]:
    """Give the texts of a picture, the lines of each joined."""
    found = ET.fromstring(svg).iter(f"{SVG}text")  # noqa: S314 - our own
    return [" ".join(each.itertext()) for each in found]


def bars(svg: str) -> Iterator[float]:
    """Give the widths of the bars, in order."""
    for each in ET.fromstring(svg).iter(f"{SVG}path"):  # noqa: S314 - our own
        wide = re.fullmatch(r"M0,[\d.]+h([\d.]+)v[\d.]+h-?[\d.]+Z", each.get("d", ""))
        if wide and each.get("fill") == pictures.PAPER.bar:
            yield float(wide[1])


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=8))
def test_a_bar_is_as_long_as_its_count_on_one_scale_for_all_panels(counts: list[tuple[int, int]]) -> None:
    labels = tuple(f"label {at}" for at in range(len(counts)))
    panels = tuple(Panel(f"panel {at}", tuple(each[at] for each in counts)) for at in (0, 1))
    drawn = pictures.draw(Picture("", labels, panels), pictures.PAPER)
    every = [count for panel in panels for count in panel.counts]
    lengths = list(bars(drawn.svg))
    assert len(lengths) == len(every)
    unit = max(lengths) / max(1, *every)
    assert lengths == pytest.approx([count * unit for count in every], abs=0.01)
    numbers = [text for text in texts(drawn.svg) if text.isdecimal()]
    assert numbers == [str(count) for count in every]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_nothing_but_text_wherever_it_stands(text: str) -> None:
    drawn = pictures.draw(picture(text, "b", title=text), pictures.PAPER)
    assert " ".join(text.split()) in texts(drawn.svg)
    tags = {each.tag.removeprefix(SVG) for each in ET.fromstring(drawn.svg).iter()}  # noqa: S314 - our own
    assert tags <= {"svg", "g", "path", "text", "tspan", "line"}
    assert "href" not in drawn.svg.replace("xmlns:xlink", "")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_page_holds_pictures_that_are_named_and_no_word_of_them_is_markup() -> None:
    page = Tags(html.document(document(table(picture(*HOSTILE)), table(picture("a")))))
    drawn = [given for tag, given in page.found if tag == "svg"]
    assert [each["role"] for each in drawn] == ["img", "img"]
    ids = {given["id"] for _, given in page.found if given.get("id")}
    names = [name for each in drawn for name in str(each["aria-labelledby"]).split()]
    assert len(names) == len(set(names)) == 4
    assert set(names) <= ids
    assert "script" not in {tag for tag, _ in page.found}
    assert not any("style" in given for _, given in page.found)
    assert not any(name.startswith("on") for _, given in page.found for name in given)
    assert page.words.count("What it shows.") == 2
    assert sum("a\\u202eb" in each for each in page.words) == 2


def test_who_cannot_draw_prints_the_table() -> None:
    counted = document(table(picture("One", "Two", counts=(3, 4))))
    assert terminal.document(counted, colour=False).splitlines()[-2:] == ["One    3", "Two    4"]
    assert markdown.document(counted).endswith("| One | 3 |\n| Two | 4 |\n")


def test_what_is_too_long_is_cut_in_the_picture_and_whole_in_its_table() -> None:
    long = "A committee with a very long name " * 20
    drawn = pictures.draw(picture(long), pictures.PAPER)
    label = texts(drawn.svg)[0]
    assert label.endswith("…")
    assert len(label) < 100
    assert long.strip() in " ".join(Tags(html.document(document(table(picture(long))))).words)


def test_no_labels_and_no_counts_are_no_fault() -> None:
    assert pictures.draw(picture("a", counts=(0,)), pictures.PAPER).height > 0
    assert "svg" in pictures.draw(picture(""), pictures.PAPER).svg


# --- In Word --------------------------------------------------------------------------------------

WHEN = datetime(2017, 12, 5, tzinfo=UTC)


def parts(file: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_file_has_each_picture_as_svg_and_as_a_bitmap_with_words_for_who_sees_neither() -> None:
    file = render(document(table(picture(*HOSTILE)), table(picture("a", "b"))), when=WHEN)
    word = docx.Document(BytesIO(file))
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["What it shows."] * 2
    assert [shape._inline.docPr.get("name") for shape in word.inline_shapes] == ["A title & <more>"] * 2
    found = parts(file)
    for number in (1, 2):
        svg = found[f"word/media/picture{number}.svg"]
        assert ET.fromstring(svg).tag == f"{SVG}svg"  # noqa: S314 - our own
        png = found[f"word/media/picture{number}.png"]
        width, _ = struct.unpack(">II", png[16:24])
        assert (png[:8], width) == (b"\x89PNG\r\n\x1a\n", 2 * pictures.WIDTH)
    body = found["word/document.xml"].decode()
    related = found["word/_rels/document.xml.rels"].decode()
    for name in re.findall(r'r:embed="([^"]+)"', body):
        assert f'Id="{name}"' in related
    assert "var(" not in found["word/media/picture1.svg"].decode()


def test_a_picture_fits_the_page() -> None:
    for count in (1, 40):
        word = docx.Document(BytesIO(render(document(table(picture(*["label"] * count))), when=WHEN)))
        (shape,), (section,) = word.inline_shapes, word.sections
        width, *margins = (section.page_width, section.left_margin, section.right_margin)
        assert None not in (width, *margins, section.page_height)
        assert int(shape.width) <= int(width or 0) - sum(int(each or 0) for each in margins)
        assert int(shape.height) < int(section.page_height or 0) * 0.6


def test_the_same_counts_give_the_same_bytes() -> None:
    drawn = document(table(picture(*HOSTILE)))
    assert render(drawn, when=WHEN) == render(drawn, when=WHEN)
    assert html.document(drawn) == html.document(drawn)


@pytest.mark.tools
def test_microsofts_validator_finds_nothing(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    path = tmp_path / "pictures.docx"
    path.write_bytes(render(document(table(picture(*HOSTILE)), table(picture("a", "b"))), when=WHEN))
    assert ooxml_validator(path) == []


# --- In a browser ---------------------------------------------------------------------------------

SHOWN = """(() => {
  const bar = document.querySelector(".picture svg path[fill^='var']");
  const text = document.querySelector(".picture svg text");
  const box = document.querySelector(".picture svg").getBoundingClientRect();
  return {
    bar: getComputedStyle(bar).fill, text: getComputedStyle(text).fill, ink: getComputedStyle(document.body).color,
    width: document.documentElement.scrollWidth, drawn: [box.width, box.height],
  };
})()"""
WIDTH = "document.documentElement.scrollWidth"
VIEWS: dict[str, dict[str, Any]] = {
    "desk": {"axe": True},
    "dark": {"axe": True, "scheme": "dark"},
    "phone": {"axe": True, "width": 360, "height": 740},
    "paper": {"media": "print"},
    "no script": {"script": False},
}


@pytest.mark.tools
def test_the_matrix_and_the_themes_are_read_on_a_phone(browser: Browser, tmp_path: Path, poa: Poa) -> None:
    view = {"name": "phone", "axe": True, "width": 360, "height": 740, "ask": WIDTH}
    for words in ((), ("--heat-map",)):
        page = tmp_path / "page.html"
        assert poa("-C", ROOT, "matrix", *words, "--format", "html", "-o", page).status == 0
        seen = browser(page, view, {**view, "name": "dark", "scheme": "dark"})
        assert [(each["broken"], each["errors"]) for each in seen.values()] == [([], [])] * 2
        assert [each["answer"] for each in seen.values()] == [360, 360]


@pytest.mark.tools
def test_the_status_page_shows_them_in_every_light(browser: Browser, tmp_path: Path, poa: Poa) -> None:
    page = tmp_path / "status.html"
    assert poa("-C", ROOT, "status", "--format", "html", "-o", page).status == 0
    seen = browser(page, *({"name": name, "ask": SHOWN, **view} for name, view in VIEWS.items()))
    assert {name: (each["broken"], each["errors"], each["requests"]) for name, each in seen.items()} == (
        dict.fromkeys(VIEWS, ([], [], []))
    )
    shown = {name: each["answer"] for name, each in seen.items()}
    assert all(each["text"] == each["ink"] for each in shown.values())
    assert shown["desk"]["bar"] != shown["dark"]["bar"]
    assert shown["paper"]["bar"] == "rgb(0, 0, 0)"
    assert shown["phone"]["width"] <= 360
    assert all(min(each["drawn"]) > 200 for each in shown.values())


# --- Without the library --------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("status", "--format", "html"), ("matrix", "--format", "docx")])
def test_without_the_library_there_are_tables_and_a_line_that_says_what_to_install(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    project, file = small_plan.write(tmp_path), tmp_path / "made"
    without = "import sys; sys.modules['vl_convert'] = None; from poa_toolkit.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", without, "-C", str(project), *words, "-o", str(file)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        0,
        "poa: the pictures are left out, and their tables stand alone; to have them, run `pip install 'poa-toolkit[pictures]'`\n",
    )
    content = file.read_bytes()
    if words[0] == "matrix":
        assert not any(name.startswith("word/media/") for name in parts(content))
        content = parts(content)["word/document.xml"]
    assert b"Coverage by obligation" in content
    assert b"<svg" not in content
