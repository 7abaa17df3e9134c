"""Two more readers of Word files, of other descent than LibreOffice and pandoc: all show what we show.

Docxodus knows styles, lists, notes and tracked changes as Word does; docx-preview lays out pages in a browser.
What they show is held against the document before any format, never against each other.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import plan_pairs
import pytest
import word_samples
from lxml import html  # type: ignore[import-untyped]  # lxml has no types
from word_reading import W, read

from poa_toolkit.diff.compare import compare
from poa_toolkit.document.blocks import Heading, Paragraph, PartKind, Role, Table
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline
from poa_toolkit.document.runs import Note, words_of
from poa_toolkit.model import House
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from poa_toolkit.document.blocks import Block, Document

    Reader = Callable[..., list[Any]]

pytestmark = pytest.mark.tools

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
PLANS = {
    "small": word_samples.small(),
    "carter": word_samples.small(style="carter"),
    "large": word_samples.large(40),
}


class Made(NamedTuple):
    """Documents and one redline, before they are files, and the files."""

    documents: dict[str, Document]
    files: dict[str, Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    pair = plan_pairs.pair(Random(4))  # noqa: S311 - made-up plans, not secrets
    documents = {name: plan_document(plan) for name, plan in PLANS.items()}
    documents["redline"] = redline(*pair, compare(*pair, old_label="old", new_label="new"))
    folder = tmp_path_factory.mktemp("readers")
    files = {name: folder / f"{name}.docx" for name in documents}
    for name, document in documents.items():
        files[name].write_bytes(render(document, when=WHEN))
    return Made(documents, files)


@pytest.fixture(scope="module")
def by_docxodus(made: Made, docxodus: Reader) -> dict[str, str]:
    return dict(zip(PLANS, docxodus(*(made.files[name] for name in PLANS)), strict=True))


@pytest.fixture(scope="module")
def by_docx_preview(made: Made, docx_preview: Reader) -> dict[str, dict[str, Any]]:
    return dict(zip(made.files, docx_preview(*made.files.values()), strict=True))


def folded(text: str) -> str:
    # one of the programs puts a mark of direction where a line ends
    return " ".join(text.replace("\u200e", " ").split())


def lines(document: Document) -> Iterator[tuple[str, str]]:
    """Give the number and the words of each heading and paragraph; those of annexes are words of the line."""
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Heading) and part.kind is PartKind.ANNEX:
                yield "", folded(f"{number_of_annex(document, block)} {words_of(block.runs)}")
            elif isinstance(block, Heading | Paragraph):
                yield number_of(block), folded(words_of(block.runs))


def number_of_annex(document: Document, block: Heading) -> str:
    """Give the number of an annex as its house prints it; that of a table in it stays."""
    is_alone = block.level == 1 and document.house is House.UN
    return block.number.removesuffix(".") if is_alone else block.number


def number_of(block: Heading | Paragraph) -> str:
    return "\N{EN DASH}" if isinstance(block, Paragraph) and block.role is Role.ITEM else block.number


def rows(document: Document) -> list[list[str]]:
    blocks = [block for part in document.parts for block in part.blocks]
    return [row for block in blocks if isinstance(block, Table) for row in table(block)]


def table(block: Table) -> Iterator[list[str]]:
    yield [column.title for column in block.columns]
    yield from ([folded(words_of(cell)) for cell in row.cells] for row in block.rows)


def notes(document: Document) -> list[str]:
    runs = [run for part in document.parts for block in part.blocks for run in runs_of(block)]
    return [folded(words_of(run.runs)) for run in runs if isinstance(run, Note)]


def runs_of(block: Block) -> tuple[Any, ...]:
    return () if isinstance(block, Table) else block.runs


@pytest.mark.parametrize("name", PLANS)
def test_docxodus_shows_our_numbers_headings_texts_cells_and_notes(
    name: str, made: Made, by_docxodus: dict[str, str]
) -> None:
    page = html.document_fromstring(by_docxodus[name])
    (below,) = page.find_class("footnotes")
    document = made.documents[name]
    assert [folded(shown(each)) for each in below.iter("li")] == notes(document)
    below.drop_tree()
    assert [[folded(shown(cell)) for cell in row.iter("td")] for row in page.iter("tr")] == rows(document)
    found = [
        (marker(each), folded(shown(each)))
        for each in page.iter("p", "h1", "h2", "h3")
        if next(each.iterancestors("td"), None) is None
    ]
    wanted = list(lines(document))
    start = found.index(wanted[0])
    assert [each for each in found[start:] if each[1]] == wanted


@pytest.mark.parametrize("name", PLANS)
def test_pandoc_sees_our_headings_at_their_levels(name: str, made: Made, pandoc: str) -> None:
    command = [pandoc, "--from", "docx", "--to", "html", str(made.files[name])]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
    page = html.document_fromstring(done.stdout)
    found = [(int(each.tag[1]), folded(each.text_content())) for each in page.iter("h1", "h2", "h3")]
    assert found == list(headings(made.documents[name]))


def headings(document: Document) -> Iterator[tuple[int, str]]:
    """Give the levels and the words of the headings; the number of a section is a list's in Word."""
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Heading):
                number = "" if block.record else number_of_annex(document, block)
                yield block.level, folded(f"{number} {words_of(block.runs)}")


def marker(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter("span") if is_marker(each))


def is_marker(element: Any) -> bool:
    return bool(element.get("data-list-marker") == "true")


def shown(element: Any) -> str:
    """Give the words, without the number of the paragraph, references to notes, and the way back from one."""
    if is_marker(element) or element.tag == "sup" or "fn-backref" in element.get("class", ""):
        return ""
    inside = "".join(shown(each) + (each.tail or "") for each in element)
    return f"{element.text or ''}{inside}"


@pytest.mark.parametrize("name", PLANS)
def test_docx_preview_shows_our_numbers_before_our_texts(
    name: str, made: Made, by_docx_preview: dict[str, Any], pdf_text: Callable[[Path], str]
) -> None:
    assert by_docx_preview[name] == {"ins": [], "del": []}
    file = made.files[name]
    text = folded(pdf_text(file.with_name(f"{file.name}.pdf")))
    after = text.index("Further reading")  # the end of the contents
    for number, words in lines(made.documents[name]):
        # the number of a note clings to the word before it
        beginning = re.escape(" ".join(words.split()[: 5 if number else 2])).replace(":", r"\d*:")
        found = re.compile(rf"(\S*) ?{beginning}").search(text, after)
        assert found, words
        # the last word of the line before stands there where it has no number
        assert not number or found[1] == number, words
        assert number or not re.fullmatch(r"[IVX]+\.", found[1]), words
        after = found.end()


def test_docx_preview_shows_the_words_that_come_and_go(made: Made, by_docx_preview: dict[str, Any]) -> None:
    reading = read(made.files["redline"].read_bytes())
    marked = {
        kind: Counter(
            words
            for part in ("word/document.xml", "word/footnotes.xml")
            for each in reading.tree(part).iter(f"{W}{kind}")
            if (words := folded("".join(each.itertext(f"{W}t", f"{W}delText"))))
        )
        for kind in ("ins", "del")
    }
    assert all(marked.values())
    for kind, wanted in marked.items():
        assert Counter(filter(None, map(folded, by_docx_preview["redline"][kind]))) == wanted
