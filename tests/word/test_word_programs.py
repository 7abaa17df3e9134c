"""The Word file in the programs of others: Microsoft's validator, LibreOffice, the PDF it makes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import word_samples
from word_reading import W, read

from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.model import Plan
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.text.brackets import unescape
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.child_process import ask
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.tools

WHEN = datetime(2017, 12, 5, tzinfo=UTC)


def with_sub_points() -> Plan:
    """Give the small plan, ten sub-points under its first point, some under others."""
    data = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for section in data["sections"]:
        for action in section["actions"]:
            for at, point in enumerate(action.get("points", ())):
                ids = [f"{point['id']}-{number}" for number in range(10 if at == 0 else 2)]
                point["points"] = [{"id": each, "text": f"of {action['id']} {each};"} for each in ids]
    return Plan.model_validate(data)


PLANS = {
    "small": word_samples.small(),
    "carter": word_samples.small(style="carter"),
    "bare": word_samples.small(sections=[], links=[], participants=[], notice=None),
    "large": word_samples.large(40),
    "sub-points": with_sub_points(),
}


def written(plan: Plan, folder: Path) -> Path:
    path = folder / "plan.docx"
    path.write_bytes(render(plan_document(plan), when=WHEN))
    return path


@pytest.mark.parametrize("name", PLANS)
def test_microsofts_validator_finds_nothing(
    name: str, tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    assert ooxml_validator(written(PLANS[name], tmp_path)) == []


def test_microsofts_validator_finds_nothing_in_the_template(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    path = tmp_path / "template.docx"
    path.write_bytes(packaged_template())
    assert ooxml_validator(path) == []


@pytest.mark.parametrize("name", ["small", "large", "sub-points"])
def test_word_numbering_prints_the_numbers_that_are_computed(
    name: str, tmp_path: Path, soffice: Callable[[Path], Path], pdf_text: Callable[[Path], str]
) -> None:
    plan = PLANS[name]
    text = pdf_text(soffice(written(plan, tmp_path)))
    starts = {section.id: section.title for section in plan.sections}
    starts |= {record.id: unescape(record.text) for at, record in plan.walk_texts() if "points" not in at}
    for _, action in plan.walk_actions():
        points = (each.record for each in action.walk_points())
        starts |= {f"{action.id}.{point.id}": unescape(point.text) for point in points}
    printed = printed_numbers(plan)
    assert printed
    after = text.index("Introduction\n", text.index("Further reading"))
    for key, number in printed.items():
        words = r"\s+".join(re.escape(word) for word in starts[key].split()[:5] if word != "[ohchr:")
        found = re.compile(rf"^\s*{re.escape(number)}\s+{words}", re.MULTILINE).search(text, after)
        assert found, f"{number} {starts[key][:40]}"
        after = found.end()


def test_the_contents_name_the_page_on_which_each_part_begins(
    tmp_path: Path, soffice: Callable[[Path], Path], pdf_text: Callable[[Path], str]
) -> None:
    pages = pdf_text(soffice(written(PLANS["large"], tmp_path))).split("\f")
    contents = dict(re.findall(r"^\s*(?:[IVX]+\.)?\s*(\S.*?)\.{3,}.*?(\d+)\s*$", pages[1], re.MULTILINE))
    assert len(contents) == 12
    for title, page in contents.items():
        printed = r"\s+".join(map(re.escape, re.sub(r"^(Annex [IVX]+)\.", r"\1", title).split()))
        assert re.search(rf"^\s*(?:[IVX]+\.\s+)?{printed}\s*$", pages[int(page) - 1], re.MULTILINE), title


def test_references_to_paragraphs_print_their_numbers(
    tmp_path: Path, soffice: Callable[[Path], Path], pdf_text: Callable[[Path], str]
) -> None:
    text = pdf_text(soffice(written(PLANS["small"], tmp_path)))
    _, matrix, _ = re.split(r"Annex III\s+Traceability matrix|Annex IV\s+With", text)
    assert re.findall(r"^\s*(\d+)\s+\S", matrix, re.MULTILINE)[:3] == ["4", "5", "6"]
    assert "Error" not in text


def test_a_template_that_libreoffice_saved_makes_the_same_text(
    tmp_path: Path, soffice: Callable[..., Path]
) -> None:
    template = tmp_path / "template.docx"
    template.write_bytes(packaged_template())
    saved = soffice(template, "docx").read_bytes()
    assert saved != packaged_template()
    answer = ask(saved, plan_document(PLANS["small"]), WHEN)
    assert answer.checked.faults == ()
    ours, theirs = read(render(plan_document(PLANS["small"]), when=WHEN)), read(answer.content)
    assert len(theirs.names) == len(set(theirs.names))
    assert [line.text for line in theirs.lines] == [line.text for line in ours.lines]
    assert theirs.notes == ours.notes
    styles = {each.get(f"{W}styleId") for each in theirs.tree("word/styles.xml").iter(f"{W}style")}
    assert {each.get(f"{W}val") for each in theirs.body.iter(f"{W}rStyle")} <= styles
