"""A redline in the programs of others: all accepted it is the new text, all rejected the old one."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import plan_pairs
import pytest
import word_samples
from word_reading import W, read
from word_versions import as_counted_in, by_libreoffice, by_pandoc, of_text, shown

from poa_toolkit.api import diff
from poa_toolkit.diff.compare import compare
from poa_toolkit.document.blocks import PartKind, Table
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline, visual
from poa_toolkit.document.runs import Note
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from poa_toolkit.document.blocks import Document, Part


pytestmark = pytest.mark.tools

WHEN = datetime(2017, 12, 5, tzinfo=UTC)


class Files(NamedTuple):
    """Two versions and their redline, rendered."""

    pair: plan_pairs.Pair
    old: Path
    new: Path
    redline: Path


def written(pair: plan_pairs.Pair, folder: Path, name: str) -> Files:
    comparison = compare(*pair, old_label="old", new_label="new")
    # under its actions the body of a redline names law by the registry of the new version
    same = pair.old.model_copy(update={"instruments": pair.new.instruments, "sources": pair.new.sources})
    body, whole = plan_document(same), plan_document(pair.old)
    old = (
        *with_notes_of(whole, (each for each in body.parts if each.kind is not PartKind.ANNEX)),
        *(each for each in whole.parts if each.kind is PartKind.ANNEX),
    )
    documents = {
        "old": replace(whole, parts=old),
        "new": plan_document(pair.new),
        "redline": redline(*pair, comparison),
    }
    paths = {which: folder / f"{name}-{which}.docx" for which in documents}
    for which, document in documents.items():
        paths[which].write_bytes(render(document, when=WHEN))
    return Files(pair, **paths)


def with_notes_of(document: Document, parts: Iterable[Part]) -> Iterator[Part]:
    """Give parts with the notes of another document in the place of theirs."""
    blocks = (block for part in document.parts for block in part.blocks if not isinstance(block, Table))
    notes = iter([run for block in blocks for run in block.runs if isinstance(run, Note)])
    for part in parts:
        yield replace(
            part,
            blocks=tuple(
                block
                if isinstance(block, Table)
                else replace(
                    block, runs=tuple(next(notes) if isinstance(run, Note) else run for run in block.runs)
                )
                for block in part.blocks
            ),
        )


def drawn(seeds: Iterable[int], folder: Path) -> list[Files]:
    lots = ((seed, Random(seed)) for seed in seeds)  # noqa: S311 - made-up plans, not secrets
    return [written(plan_pairs.pair(lot), folder, str(seed)) for seed, lot in lots]


def agree_in_pandoc(files: Files) -> None:
    for changes, side, plan in (("accept", files.new, files.pair.new), ("reject", files.old, files.pair.old)):
        found = of_text(by_pandoc(files.redline, changes), plan.title)
        assert found == of_text(by_pandoc(side, "accept"), plan.title), (changes, files.redline.name)


def agree_in_libreoffice(every: list[Files], python: str, profile: Path) -> None:
    """Compare paragraphs and rows; LibreOffice itself leaves some paragraphs empty that went as a whole.

    When all is rejected it counts paragraphs in other ways than the old version: one that comes back takes
    the style of what stood before it, and a bookmark goes with the place to which its text moved. So each
    number is compared by what it is the number of; what the file itself says there Docxodus reads below.
    """
    asked, titles = [], []
    for each in every:
        asked += [
            ("accept", each.redline),
            ("accept", each.new),
            ("reject", each.redline),
            ("reject", each.old),
        ]
        titles += [each.pair.new.title] * 2 + [each.pair.old.title] * 2
    lines = zip(by_libreoffice(python, profile, asked), titles, strict=True)
    read = [of_text(found, title) for found, title in lines]
    for (changes, path), redlined, clean in zip(asked[::2], read[::2], read[1::2], strict=True):
        wanted, found = shown(clean), as_counted_in(clean, redlined)
        assert list(filter(None, found)) == list(filter(None, wanted)), (changes, path.name)
        if path.name.startswith("plain"):
            assert found == wanted, (changes, "a paragraph was left empty")


def shipped(root: Path, folder: Path) -> Files:
    """Give the plan of this project since its previous stage."""
    compared = diff.compare(root)
    assert compared is not None
    return written(plan_pairs.Pair(compared.old_plan, compared.plan), folder, "shipped")


def plain() -> plan_pairs.Pair:
    """Give a pair in which paragraphs and points go and come between others that stay."""
    old = word_samples.small()
    data = old.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["introduction"].pop(0)
    first, second = data["sections"]
    first["actions"][0]["points"].insert(1, {"id": "n", "text": "in between;"})
    second["actions"].insert(0, {**first["actions"][1], "id": "A-009", "text": "Everyone should read it."})
    return plan_pairs.Pair(old, type(old).model_validate(data))


def levels() -> list[plan_pairs.Pair]:
    """Give pairs in which sub-points stay when their point goes or comes, and points change their level."""
    small = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    x, y = ({"id": each, "text": f"sub-point {each};"} for each in "xy")

    def version(*points: dict[str, Any]) -> Any:
        data = copy.deepcopy(small)
        data["sections"][0]["actions"][0]["points"] = [
            {"text": f"point {each['id']}:", **each} for each in points
        ]
        return type(word_samples.small()).model_validate(data)

    first, second = {"id": "a", "points": [x]}, {"id": "b", "points": [y]}
    versions = (
        version(first, second),
        version({"id": "a", "points": [x, y]}),
        version(first, {"id": "n"}, y, {"id": "b"}),
        version({"id": "b", "points": [x, y]}),
    )
    return [plan_pairs.Pair(*each) for each in permutations(versions, 2)]


@pytest.mark.usefixtures("pandoc")
def test_a_sub_point_that_stays_is_no_part_of_what_came_or_went(tmp_path: Path) -> None:
    for number, pair in enumerate(levels()):
        agree_in_pandoc(written(pair, tmp_path, f"levels-{number}"))


@pytest.mark.usefixtures("pandoc")
def test_pandoc_accepts_all_to_the_new_text_and_rejects_all_to_the_old_one(tmp_path: Path) -> None:
    for files in drawn(range(8), tmp_path):
        agree_in_pandoc(files)


@pytest.mark.slow
@pytest.mark.usefixtures("pandoc")
def test_pandoc_does_so_with_many_plans(tmp_path: Path) -> None:
    for files in drawn(range(8, 208), tmp_path):
        agree_in_pandoc(files)


def test_docxodus_does_so_with_every_note_cell_and_number_word_for_word(
    tmp_path: Path, docxodus: Callable[..., list[Any]]
) -> None:
    agree_in_docxodus(drawn((2, 4, 5), tmp_path), docxodus)


@pytest.mark.slow
def test_docxodus_does_so_with_the_shipped_plan_and_many_others(
    tmp_path: Path, docxodus: Callable[..., list[Any]], pytestconfig: pytest.Config
) -> None:
    agree_in_docxodus([shipped(pytestconfig.rootpath, tmp_path), *drawn(range(10, 30), tmp_path)], docxodus)


def agree_in_docxodus(every: list[Files], docxodus: Callable[..., list[Any]]) -> None:
    docxodus(*(each.redline for each in every))
    for files in every:
        for changes, side, plan in (
            ("accept", files.new, files.pair.new),
            ("reject", files.old, files.pair.old),
        ):
            found, wanted = (
                whole_text(each.read_bytes(), plan.title)
                for each in (files.redline.with_name(f"{files.redline.name}.{changes}"), side)
            )
            assert found == wanted, (changes, files.redline.name)


def whole_text(file: bytes, title: str) -> list[str]:
    """Give every paragraph from the title over the text on, cells too, with its notes; nothing is left out."""
    reading = read(file)
    notes = {
        each.get(f"{W}id"): " ".join("".join(each.itertext(f"{W}t")).split())
        for each in reading.tree("word/footnotes.xml")
    }
    lines = []
    for paragraph in reading.body.iter(f"{W}p"):
        called = [notes[each.get(f"{W}id")] for each in paragraph.iter(f"{W}footnoteReference")]
        lines += [" ".join("".join(paragraph.itertext(f"{W}t")).split()), *called]
    return of_text([line for line in lines if line], title)


@pytest.mark.slow
def test_libreoffice_does_so_with_tables_too_and_both_with_the_shipped_plan(
    tmp_path: Path, python_of_libreoffice: str, pandoc: str, pytestconfig: pytest.Config
) -> None:
    del pandoc  # by_pandoc runs it
    ours = shipped(pytestconfig.rootpath, tmp_path)
    agree_in_pandoc(ours)
    every = [ours, written(plain(), tmp_path, "plain"), *drawn((2, 4), tmp_path)]
    agree_in_libreoffice(every, python_of_libreoffice, tmp_path / "profile")


@pytest.mark.slow
def test_libreoffice_does_so_with_many_plans(tmp_path: Path, python_of_libreoffice: str) -> None:
    agree_in_libreoffice(drawn(range(10, 60), tmp_path), python_of_libreoffice, tmp_path / "profile")


@pytest.mark.slow
def test_microsofts_validator_finds_nothing_in_redlines(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    for files in drawn((2, 4, 9), tmp_path):
        assert ooxml_validator(files.redline) == []


@pytest.mark.slow
def test_microsofts_validator_finds_nothing_in_many_redlines(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    for files in drawn(range(8, 108), tmp_path):
        assert ooxml_validator(files.redline) == []
        assert ooxml_validator(files.new) == []


def test_numbers_of_a_visual_redline_are_those_of_the_new_text(
    tmp_path: Path, soffice: Callable[..., Path], pdf_text: Callable[[Path], str]
) -> None:
    old = word_samples.small()
    new = word_samples.small(introduction=[{"id": "P-02", "text": "This text says who does what, and why."}])
    document = redline(old, new, compare(old, new, old_label="old", new_label="new"))
    path = tmp_path / "struck.docx"
    path.write_bytes(render(visual(document), when=WHEN))
    text = pdf_text(soffice(path))
    assert "1. This text says who does what" in " ".join(text.split())
    assert "Genuine elections rest on human rights." in text
