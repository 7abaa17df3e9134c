"""Cross-references in Word and back: numbers that programs compute anew, and what people wrote round them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st
from pulling_samples import TEXT, edited, pull, rows
from word_editing import Edited
from word_reading import W, read

from poa_toolkit.api import render
from poa_toolkit.diff.word_edits import applied
from poa_toolkit.model import TextEdit
from poa_toolkit.model.cross_references import CrossReferences
from poa_toolkit.returned.spelling import Spelling
from poa_toolkit.text.cross_references import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCE = r"As {A-002}, {A-001(b)|no} and {section:first} say \{sic\}, see {annex:sources}."
PRINTED = "As paragraph 4, 3 (b) and section I say {sic}, see annex I."
REF = re.compile(r"REF poa_([A-Za-z0-9_]+)")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = small_plan.files()
    small_plan.action(data)["text"] = SOURCE
    return small_plan.write(tmp_path, data)


def test_numbers_are_fields_on_what_they_name(project: Path) -> None:
    there = Edited(render.render(project).content)
    assert there.text(TEXT) == PRINTED
    fields = "".join(each.text for each in there.control(TEXT).iter(f"{W}instrText"))
    assert REF.findall(fields) == [
        "A_002_text",
        "A_001_text",
        "A_001_points_b",
        "first_title",
        "Annex_recommendations_number",
    ]
    names = [each.get(f"{W}name") for each in there.body.iter(f"{W}bookmarkStart")]
    assert {f"poa_{name}" for name in REF.findall(fields)} <= set(names)
    # nothing asks for an update when the file is opened
    assert b"updateFields" not in read(there.save()).parts["word/settings.xml"]


def test_numbers_that_a_program_computed_anew_are_nobodys_words(project: Path) -> None:
    def recount(there: Edited) -> None:
        for each in there.control(TEXT).iter(f"{W}t"):
            each.text = {"4": "15", "(b)": "(k)", "I": "VIII"}.get(each.text, each.text)

    assert rows(pull(project, edited(recount, render.render(project).content))) == []


@pytest.mark.parametrize(
    ("old", "new", "proposed"),
    [
        ("say", "tell", SOURCE.replace("say", "tell")),
        ("As", "Just as", SOURCE.replace("As", "Just as")),
        ("paragraph ", "para. ", SOURCE.replace("{A-002}", "para. {A-002|no}")),
        ("section ", "sections ", SOURCE.replace("{section:first}", "sections {section:first|no}")),
        (
            " say",
            " say, as {A-001} does, and {so on}",
            SOURCE.replace(" say", r" say, as {A-001} does, and \{so on}"),
        ),
    ],
)
def test_words_round_a_number_are_changed_and_the_reference_stays(
    project: Path, old: str, new: str, proposed: str
) -> None:
    change = edited(lambda it: it.replace(TEXT, old, new), render.render(project).content)
    (row,) = rows(pull(project, change))
    assert (row["original"], row["proposed"]) == (SOURCE, proposed)
    edits = [TextEdit.model_validate(each) for each in row["edits"]]
    assert applied(SOURCE, edits) == proposed


def test_a_number_that_somebody_typed_over_with_tracking_is_told(project: Path) -> None:
    def overwrite(there: Edited) -> None:
        there.replace(TEXT, "4", "7")

    (row,) = rows(pull(project, edited(overwrite, render.render(project).content)))
    assert row["proposed"] == SOURCE.replace("{A-002}", "paragraph 7")


def test_a_paragraph_put_in_by_hand_counts(
    project: Path, tmp_path: Path, soffice: Callable[..., Path], pdf_text: Callable[[Path], str]
) -> None:
    """LibreOffice computes numbers anew when it lays a page out; Word does on F9."""

    def put_in(there: Edited) -> None:
        target = there.paragraph("poa:A-002:text")
        new = type(there)(there.save()).paragraph("poa:A-002:text")
        for control in list(new.iter(f"{W}sdt")):
            new.remove(control)
        run = target.makeelement(f"{W}r")
        run.append(target.makeelement(f"{W}t"))
        run[0].text = "Put in by hand."
        new.append(run)
        target.addprevious(new)

    path = tmp_path / "by-hand.docx"
    path.write_bytes(edited(put_in, render.render(project).content))
    text = " ".join(pdf_text(soffice(path)).split())
    assert "As paragraph 5, 3 (b) and section I say {sic}, see annex I." in text


NUMBERS = CrossReferences(
    {"A-1": "1", "A-2": "2", "A-2.b": "(b)"}, {}, {each: each.value for each in Kind}, {}
)


@given(st.data())
def test_edits_of_what_is_printed_fit_what_the_plan_spells(data: st.DataObject) -> None:
    """Printed again, the spelling with the edits is what the reader made of the text."""
    pieces = data.draw(
        st.lists(st.sampled_from(["{A-1}", "{A-2(b)|no}", " and ", "(", r"\{x\}", r"\[", "a b"]))
    )
    source = "".join(pieces)
    words = {"{A-1}": "paragraph 1", "{A-1|no}": "1", "{A-2(b)|no}": "2 (b)"}

    def shown(text: str) -> str:
        return re.sub(r"\\([][|\\{}])|\{[^}]*\}", lambda one: one[1] or words[one[0]], text)

    printed = shown(source)
    start = data.draw(st.integers(0, len(printed)))
    end = data.draw(st.integers(start, len(printed)))
    inserted = data.draw(st.sampled_from(["", "new", "{", r"\ x", "1"]))
    edit = TextEdit(offset=start, deleted=printed[start:end], inserted=inserted)
    spelling = Spelling(source, references=NUMBERS)
    assert spelling.printed == printed
    edits, spelt = spelling.edited([edit])
    assert applied(source, edits) == spelt
    assert shown(spelt) == printed[:start] + inserted + printed[end:]
