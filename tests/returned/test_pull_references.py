"""Cross-references in Word and back: numbers that programs compute anew, and what people wrote round them."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
import room_samples as samples
import small_plan
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from pulling_samples import TEXT, edited, pull, rows
from word_editing import DATE, A, Edited
from word_reading import W, read

from poa_toolkit.api import baseline, render
from poa_toolkit.diff.word_edits import applied
from poa_toolkit.model import TextEdit
from poa_toolkit.model.cross_references import CrossReferences
from poa_toolkit.returned.spelling import Spelling
from poa_toolkit.text.cross_references import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


# --- what programs make of the numbers ---------------------------------------------------------------


class Field(NamedTuple):
    """The field of a reference: its three marks, and what stands between the last two."""

    begin: etree._Element
    separate: etree._Element
    result: list[etree._Element]
    end: etree._Element


def _fields(content: etree._Element) -> Iterator[Field]:
    for instruction in list(content.iter(f"{W}instrText", f"{W}delInstrText")):
        if REF.search(instruction.text or ""):
            runs = list(instruction.getparent().itersiblings())
            end = next(
                at
                for at, run in enumerate(runs)
                if run.find(f"{W}fldChar[@{W}fldCharType='end']") is not None
            )
            yield Field(instruction.getparent().getprevious(), runs[0], runs[1:end], runs[end])


def _without_result(field: Field) -> None:
    for each in field.result:
        each.getparent().remove(each)


def _put(field: Field, xml: str) -> None:
    """Let the result of a field be some runs."""
    _without_result(field)
    for each in etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>'):
        field.end.addprevious(each)


def _link_within(field: Field) -> None:
    """Let a field in the field say its number."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    instruction = '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
    _put(field, f"{begin}{instruction}{separate}{end}")
    for each in field.result:
        field.end.getprevious().addprevious(each)


def _without_separate(field: Field) -> None:
    _without_result(field)
    field.separate.getparent().remove(field.separate)


def _in_one_run(field: Field) -> None:
    _without_separate(field)
    instruction = field.begin.getnext()
    for run in (instruction, field.end):
        field.begin.extend(list(run))
        run.getparent().remove(run)


def _as_one_element(field: Field) -> None:
    _without_separate(field)
    instruction = field.begin.getnext()
    simple = etree.Element(f"{W}fldSimple", {f"{W}instr": "".join(instruction.itertext())})
    field.begin.addprevious(simple)
    for run in (field.begin, instruction, field.end):
        run.getparent().remove(run)


MADE_ANEW: dict[str, Callable[[Field], object]] = {
    "another number": lambda field: _put(field, "<w:r><w:t>15</w:t></w:r>"),
    "a run without words": lambda field: _put(field, "<w:r><w:rPr/></w:r>"),  # as LibreOffice writes it
    "no words in its run": lambda field: _put(field, "<w:r><w:t/></w:r>"),
    "no run": _without_result,
    "no result": _without_separate,
    "no result, in one run": _in_one_run,
    "an element without content": _as_one_element,
    "its number in a link in it": _link_within,
}
"""What a program may make of the field of a reference when it computes its number, or cannot."""


def _made_anew(how: str, file: bytes) -> bytes:
    def change(there: Edited) -> None:
        found = list(_fields(there.body))
        assert found
        for each in found:
            MADE_ANEW[how](each)

    return edited(change, file)


@pytest.mark.parametrize("how", MADE_ANEW)
def test_what_a_program_makes_of_a_number_is_nobodys_words(project: Path, how: str) -> None:
    assert rows(pull(project, _made_anew(how, render.render(project).content))) == []


@pytest.mark.parametrize("how", MADE_ANEW)
def test_what_a_program_makes_of_a_number_in_a_redline_is_nobodys_words(project: Path, how: str) -> None:
    assert rows(pull(project, _made_anew(how, _redline(project)))) == []


def _redline(project: Path) -> bytes:
    """Give a redline in which references stayed, with other numbers than before, went and came."""
    data = small_plan.files()
    small_plan.action(data)["text"] = SOURCE
    small_plan.action(data, 1)["text"] = "As {P-01} says."
    small_plan.write(project, data)
    _, text = baseline.freeze(project, "before")
    (project / "plan/baselines").mkdir()
    (project / "plan/baselines/before.json").write_text(text, "utf-8")
    second = small_plan.action(data, 1)
    third = {**copy.deepcopy(second), "id": "A-003", "text": "All should do as {A-002} and {A-001(b)} say."}
    data["sections/01-first.yaml"]["actions"].append(third)
    data["plan.yaml"]["introduction"].insert(0, {"id": "P-02", "text": "They should be held in time."})
    second["text"] = "As {A-001} says, and not {P-01}."
    small_plan.write(project, data)
    return render.render(project, looks=render.Looks(since="before")).content


@pytest.mark.parametrize("accepted", [None, "am-1", "am-2"])
@pytest.mark.parametrize("how", MADE_ANEW)
def test_what_a_program_makes_of_a_number_in_a_file_for_the_room_is_nobodys_words(
    tmp_path: Path, how: str, accepted: str | None
) -> None:
    every = [
        {"record": "A-001", "field": "points.a-ii", "proposed": "in the States, as {A-003} and {A-002} say;"},
        {
            "kind": "add",
            "section": "first",
            "after": "A-001",
            "proposed": "States should do as {A-003} says.",
        },
    ]
    every[0]["original"] = samples.text_of(samples.plan(), "A-001", "points.a-ii")
    for number, each in enumerate(every, 1):
        each |= {"id": f"am-{number}", "proposer": f"Delegation {number}", "date": "2017-12-03"}
    project = samples.written(tmp_path, every)
    there = Edited(samples.for_room(project).content)
    if accepted:
        there.decide({each["proposer"]: each["id"] == accepted for each in every})
    pulled = pull(project, _made_anew(how, there.save()), decision=samples.CHAIR)
    assert rows(pulled) == []
    outcome = {each["id"]: "rejected" if accepted else "open" for each in every}
    assert {each.amendment: each.outcome for each in pulled.decisions} == (
        outcome | ({accepted: "accepted"} if accepted else {})
    )


@pytest.mark.parametrize("how", MADE_ANEW)
def test_words_round_a_number_are_changed_whatever_a_program_made_of_it(project: Path, how: str) -> None:
    change = edited(lambda it: it.replace(TEXT, "say", "tell"), render.render(project).content)
    (row,) = rows(pull(project, _made_anew(how, change)))
    assert (row["proposed"], row["proposer"]) == (SOURCE.replace("say", "tell"), A)


def _struck(words: str) -> str:
    return f'<w:del w:id="99" w:author="{A}" w:date="{DATE}"><w:r>{words}</w:r></w:del>'


def _strike_whole(field: Field) -> None:
    mark = field.begin.makeelement(f"{W}del", {f"{W}id": "99", f"{W}author": A, f"{W}date": DATE})
    runs = [field.begin, field.begin.getnext(), field.separate, field.end]
    _without_result(field)
    field.begin.addprevious(mark)
    mark.extend(runs)


def _put_in(words: str) -> str:
    return f'<w:ins w:id="98" w:author="{A}" w:date="{DATE}"><w:r><w:t>{words}</w:t></w:r></w:ins>'


@pytest.mark.parametrize(
    ("change", "proposed"),
    [
        (lambda field: _put(field, _struck("<w:delText>4</w:delText>")), "paragraph "),
        (lambda field: _put(field, _struck("<w:delText/>")), "paragraph "),
        (lambda field: _put(field, _struck("")), "paragraph "),
        (_strike_whole, "paragraph "),
        (lambda field: _put(field, _struck("<w:delText>4</w:delText>") + _put_in("7")), "paragraph 7"),
    ],
)
def test_a_number_that_somebody_took_out_with_tracking_is_told(
    project: Path, change: Callable[[Field], object], proposed: str
) -> None:
    file = edited(lambda there: change(next(_fields(there.control(TEXT)))), render.render(project).content)
    (row,) = rows(pull(project, file))
    assert (row["proposed"], row["proposer"]) == (SOURCE.replace("{A-002}", proposed), A)


def test_what_somebody_put_in_the_place_of_a_number_is_told(project: Path) -> None:
    def change(there: Edited) -> None:
        _put(next(_fields(there.control(TEXT))), _put_in("7"))

    went, came = rows(pull(project, edited(change, render.render(project).content)))
    assert went["proposed"] == SOURCE.replace("{A-002}", "paragraph ")
    assert (came["proposed"], came["proposer"]) == (SOURCE.replace("{A-002}", "paragraph 7{A-002|no}"), A)


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
