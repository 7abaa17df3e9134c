"""A file that an older toolkit made, with other notes and cells, asks for what people changed in it alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import small_plan
from carriers import lose
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from pulling_samples import edited, pull, rows
from word_reading import W, repacked

from poa_toolkit.document.former_lines import former
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.load.plan import load
from poa_toolkit.model import House
from poa_toolkit.source import folder
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from pathlib import Path

    from word_editing import Edited


def _older() -> bytes:
    """Give a template with the heads and feet of the one that there was for both houses."""
    made = packaged_template(House.CARTER)
    for number in "12":
        made = repacked(made, f"word/header{number}.xml", "{{ version }}", "{{ title }} {{ version }}")
        made = repacked(made, f"word/footer{number}.xml", "{{ title }}", "Page  of ")
    return made


OLDER = _older()


def made(project: Path, style: House = House.UN) -> bytes:
    """Give the document of a plan as an older toolkit made it."""
    plan = load(folder.read(project, "")).plan
    assert plan is not None
    plan = plan.model_copy(update={"style": style})
    document = former(plan_document(plan), plan)
    return render(document, template=OLDER, when=datetime(2017, 12, 5, tzinfo=UTC))


@pytest.mark.parametrize("style", House)
@pytest.mark.parametrize("losses", [(), ("record",), ("record", "controls")])
def test_it_asks_for_nothing_as_it_is(tmp_path: Path, losses: tuple[str, ...], style: House) -> None:
    project = small_plan.write(tmp_path)
    pulled = pull(project, lose(made(project, style), *losses))
    assert (rows(pulled), pulled.version) == ([], "the working tree")
    assert [each.code for each in pulled.diagnostics] == (["POA724"] if losses else [])


def test_a_change_of_a_note_that_is_printed_no_more_is_told(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        root = etree.fromstring(it.parts["word/footnotes.xml"])
        next(root.iter(f"{W}t")).text += " Read it."
        it.parts["word/footnotes.xml"] = etree.tostring(root)

    project = small_plan.write(tmp_path)
    (row,) = rows(pull(project, edited(change, made(project))))
    assert row["proposed"] == f"{row['original']} Read it."
    assert row["original"].startswith("Inaugural conference")
