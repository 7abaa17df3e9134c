"""Holders of brackets that print as titles, and back: the plan keeps its ids, whatever stands in Word."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import pytest
import small_plan
from carriers import lose
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pulling_samples import POINT, SECOND, TEXT, edited, pull, rows
from word_accepting import accepted, body
from word_editing import Edited

from poa_toolkit.api import baseline, render
from poa_toolkit.api.render import Looks
from poa_toolkit.api.validate import read
from poa_toolkit.diff.compare import compare
from poa_toolkit.diff.word_edits import applied
from poa_toolkit.document.redline import redline
from poa_toolkit.document.runs import Deleted, Inserted
from poa_toolkit.model import House, Plan, TextEdit, digests
from poa_toolkit.model.cross_references import CrossReferences, Holder
from poa_toolkit.returned.spelling import Spelling

FEW = settings(max_examples=settings().max_examples // 10)
"""For laws of whole files, which take their time to make."""

HOLDERS = {
    "eu": "European Union",
    "au": "African Union",
    "g-77": "Group of 77: all [of | them] \\ {A-001}",
    "us": "eu",
    "un": "United Nations: Secretariat",
    "unit": "United Nations",
    "one": "Twins",
    "two": "Twins",
}
SOURCE = r"Observers [eu: delete|Au: keep [tcc: some] of it] \[eu: sic\] and [nobody: else] report."
PRINTED = "Observers [European Union: delete|Au: keep [The Carter Center: some] of it] [eu: sic] and [nobody: else] report."


def files(text: str = SOURCE, style: str = "carter", **texts: str) -> dict[str, Any]:
    """Give the files of the small plan in a house, with texts that have holders."""
    data = small_plan.files()
    data["plan.yaml"]["style"] = style
    data["actors.yaml"]["actors"] += [{"id": name, "title": title} for name, title in HOLDERS.items()]
    small_plan.action(data)["text"] = text
    small_plan.action(data, 1)["text"] = texts.get("second", small_plan.action(data, 1)["text"])
    small_plan.action(data)["points"][0]["text"] = texts.get("point", "On the day.")
    return data


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_plan.write(tmp_path, files())


def test_titles_stand_in_the_brackets_of_one_house_and_ids_in_those_of_the_other(project: Path) -> None:
    assert Edited(render.render(project).content).text(TEXT) == PRINTED
    un = render.render(project, looks=Looks(style=House.UN)).content
    assert Edited(un).text(TEXT) == SOURCE.replace("\\", "")


def test_a_file_that_nobody_changed_asks_for_nothing(project: Path) -> None:
    assert rows(pull(project, render.render(project).content)) == []


@pytest.mark.parametrize(
    ("old", "new", "proposed"),
    [
        ("delete", "remove", SOURCE.replace("delete", "remove")),
        (" delete", " do not delete", SOURCE.replace("delete", "do not delete")),
        ("some] of it", "some of it]", SOURCE.replace("some] of it]", "some of it]]")),
        ("European Union", "The Carter Center", SOURCE.replace("[eu: delete", "[tcc: delete")),
        ("European Union", "african union", SOURCE.replace("[eu: delete", "[au: delete")),
        ("European", "African", SOURCE.replace("[eu: delete", "[au: delete")),
        ("European Union", "unit", SOURCE.replace("[eu: delete", "[unit: delete")),
        ("European Union", "United Nations: Secretariat", SOURCE.replace("[eu: delete", "[un: delete")),
        ("European Union", "United Nations", SOURCE.replace("[eu: delete", "[unit: delete")),
        ("European Union", "Twins", SOURCE.replace("[eu: delete", "[Twins: delete")),
        ("European Union: ", "", SOURCE.replace("[eu: delete", "[delete")),
        ("European Union", "European Unions", SOURCE.replace("[eu: delete", "[European Unions: delete")),
        ("European Union: ", "European Union, ", SOURCE.replace("[eu: delete", "[European Union, delete")),
        ("[European", "[the European", SOURCE.replace("[eu: delete", "[the European Union: delete")),
        ("nobody", "African Union", SOURCE.replace("[nobody", "[au")),
        ("and", "[African Union: and]", SOURCE.replace("and", "[au: and]")),
    ],
)
@pytest.mark.parametrize("is_tracked", [True, False])
def test_what_is_changed_comes_back_as_the_plan_spells_it(
    project: Path, old: str, new: str, proposed: str, *, is_tracked: bool
) -> None:
    def change(there: Edited) -> None:
        (there.replace if is_tracked else there.retype)(TEXT, old, new)

    (row,) = rows(pull(project, edited(change, render.render(project).content)))
    assert (row["original"], row["proposed"]) == (SOURCE, proposed)
    edits = [TextEdit.model_validate(each) for each in row["edits"]]
    assert applied(SOURCE, edits) == proposed


def test_a_new_paragraph_has_the_ids_of_the_holders_whose_titles_were_typed(project: Path) -> None:
    def write(there: Edited) -> None:
        there.add(there.paragraph(SECOND), "States [African Union: should|nobody: may] agree.")

    (row,) = rows(pull(project, edited(write, render.render(project).content)))
    assert (row["kind"], row["proposed"]) == ("add", "States [au: should|nobody: may] agree.")


@pytest.mark.parametrize("lost", [(), ("record",), ("record", "controls")])
@pytest.mark.parametrize(("plan", "file"), [("un", "carter"), ("carter", "un"), ("carter", "carter")])
def test_a_file_of_either_house_is_read_as_what_it_is(
    tmp_path: Path, plan: str, file: str, lost: tuple[str, ...]
) -> None:
    project = small_plan.write(tmp_path, files(style=plan, second="See {annex:sources} [tcc: or not]."))
    made = render.render(project, looks=Looks(style=House(file))).content
    assert rows(pull(project, lose(made, *lost))) == []
    changed = edited(lambda there: there.replace(TEXT, "delete", "remove"), made)
    (row,) = rows(pull(project, lose(changed, *lost)))
    assert row["proposed"] == SOURCE.replace("delete", "remove")


def test_a_file_that_was_made_before_a_title_changed_asks_for_nothing(project: Path) -> None:
    made = render.render(project).content
    data = files()
    data["actors.yaml"]["actors"][2]["title"] = "The Union [of Europe]"
    small_plan.write(project, data)
    assert rows(pull(project, made)) == []
    (row,) = rows(pull(project, edited(lambda there: there.replace(TEXT, "delete", "remove"), made)))
    assert row["proposed"] == SOURCE.replace("delete", "remove")


# --- laws ---


class Sample(NamedTuple):
    """A text, as the plan spells it and as the style carter prints it."""

    source: str
    printed: str
    words: tuple[str, ...]
    """Words that stand in it once, in brackets and outside."""


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Draw a text with brackets that are held, nested, alternative, escaped."""
    words: list[str] = []

    def word() -> tuple[str, str]:
        words.append(f"word{len(words)}")
        return words[-1], words[-1]

    def bracket(depth: int) -> tuple[str, str]:
        holder = draw(st.sampled_from(["", "", "nobody", *HOLDERS, *map(str.upper, HOLDERS)]))
        title = HOLDERS.get(holder.lower(), holder)
        inner = [run(depth + 1) for _ in range(draw(st.integers(1, 3)))]
        opens = (f"[{holder}: ", f"[{title}: ") if holder else ("[", "[")
        return tuple(  # type: ignore[return-value]  # two
            start + "|".join(each[side] for each in inner) + "]" for side, start in enumerate(opens)
        )

    def run(depth: int) -> tuple[str, str]:
        found = [word()]
        for _ in range(draw(st.integers(0, 2))):
            kind = draw(st.sampled_from(["word", "bracket", "escaped", "brace", "title", "reference"]))
            if kind == "bracket" and depth < 3:
                found.append(bracket(depth))
            elif kind == "escaped":
                found.append((r"\[eu: sic\|", "[eu: sic|"))
            elif kind == "brace":
                found.append((r"\{eu\}", "{eu}"))
            elif kind == "title":
                found.append(("European Union: x", "European Union: x"))
            elif kind == "reference":
                found.append(("{A-002}", "paragraph 4"))
            else:
                found.append(word())
        return " ".join(one for one, _ in found), " ".join(two for _, two in found)

    source, printed = run(0)
    return Sample(f"{source}.", f"{printed}.", tuple(words))


NAMED: Final = CrossReferences(
    {}, {}, {}, {}, {name: Holder(name, HOLDERS[name]) for name in ("eu", "au", "g-77", "un")}, House.CARTER
)


def _printed(source: str) -> str | None:
    """Print a text by hand, as the style carter does; None where brackets do not pair."""
    found, at, depth = "", 0, 0
    while at < len(source):
        if re.match(r"\\[][|\\{}]", source[at:]):
            found, at = found + source[at + 1], at + 2
            continue
        depth += (source[at] == "[") - (source[at] == "]")
        if depth < 0:
            return None
        held = re.match(r"\[([a-z0-9-]+)(?=: )", source[at:])
        if held and held[1] in NAMED.holders:
            found, at = f"{found}[{HOLDERS[held[1]]}", at + held.end()
        else:
            found, at = found + source[at], at + 1
    return found if depth == 0 else None


def _paired(pieces: list[str]) -> str:
    """Put pieces together, without the brackets that close none, and with those that close the others."""
    found, depth = "", 0
    for piece in pieces:
        step = piece.startswith("[") - (piece == "]")
        if depth + step >= 0:
            found, depth = found + piece, depth + step
    return found + "]" * depth


@given(st.data())
def test_edits_of_titles_fit_what_the_plan_spells(data: st.DataObject) -> None:
    """Printed again, the spelling with the edits is what the reader made of the text."""
    pieces = ("[eu: ", "[g-77: ", "[", "]", "a b", r"\[", "|", "European Union: ", "[x: ")
    source = _paired(data.draw(st.lists(st.sampled_from(pieces), max_size=8)))
    printed = _printed(source)
    assert printed is not None
    spelling = Spelling(source, references=NAMED)
    assert spelling.printed == printed
    start = data.draw(st.integers(0, len(printed)))
    end = data.draw(st.integers(start, len(printed)))
    inserted = data.draw(
        st.sampled_from(["", "new", "[", "]", ": ", "|", "\\", "African Union", "[African Union: ", "[un: "])
    )
    edits, spelt = spelling.edited([TextEdit(offset=start, deleted=printed[start:end], inserted=inserted)])
    assert applied(source, edits) == spelt
    again = _printed(spelt)
    assume(again is not None)
    typed = printed[:start] + inserted + printed[end:]
    assert again == typed.replace("[un: ", f"[{HOLDERS['un']}: ")


@FEW
@given(samples(), samples(), st.data())
def test_what_is_printed_comes_back_as_it_is_spelt(text: Sample, point: Sample, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        project = small_plan.write(Path(folder), files(text.source, point=point.source))
        made = render.render(project).content
        there = Edited(made)
        assert (there.text(TEXT), there.text(POINT)) == (text.printed, point.printed)
        assert rows(pull(project, made)) == []
        word = data.draw(st.sampled_from(text.words))
        new = data.draw(st.sampled_from(["", "other", "other [au: words]", "[European Union: other]"]))
        is_tracked = data.draw(st.booleans())
        (there.replace if is_tracked else there.retype)(TEXT, word, new)
        proposed = text.source.replace(word, new.replace("European Union", "eu"))
        (row,) = rows(pull(project, there.save()))
        assert row["proposed"].split() == proposed.split()


def _plans(*texts: str) -> dict[str, Plan]:
    """Give plans whose first action has a text, in either house and with its title of today."""
    with TemporaryDirectory() as folder:
        found: dict[str, Plan] = {}
        for style in ("un", "carter"):
            for text in texts:
                project = Path(folder) / f"{style}{len(found)}"
                plan = read(small_plan.write(project, files(text, style)), None).plan
                assert plan is not None
                found[f"{style} {text}"] = plan
        return found


@FEW
@given(samples(), samples())
def test_a_house_changes_neither_digest_nor_diff(one: Sample, two: Sample) -> None:
    plans = _plans(one.source, two.source)
    un, carter = ([plans[f"{style} {each.source}"] for each in (one, two)] for style in ("un", "carter"))
    assert list(map(digests.text, un)) == list(map(digests.text, carter))
    found = [compare(*both, old_label="a", new_label="b") for both in (un, carter)]
    assert found[0].changes == found[1].changes
    restyled = compare(un[0], carter[0], old_label="a", new_label="b")
    assert [(each.record, each.field) for each in restyled.changes] == [("plan", "style")]
    document = redline(un[0], carter[0], restyled)
    revised = [
        run
        for part in document.parts
        for block in part.blocks
        for run in getattr(block, "runs", ())
        if isinstance(run, Inserted | Deleted) and getattr(block, "record", None)
    ]
    assert revised == []


@FEW
@given(samples(), samples())
def test_a_redline_is_the_old_text_or_the_new_and_comes_back_as_neither_s_edit(
    old: Sample, new: Sample
) -> None:
    with TemporaryDirectory() as folder:
        project = small_plan.write(Path(folder), files(old.source))
        _, frozen = baseline.freeze_provisionally(project, "day-1")
        (project / "plan/baselines").mkdir()
        (project / "plan/baselines/day-1.json").write_text(frozen, encoding="utf-8")
        small_plan.write(project, files(new.source))
        made = render.render(project, looks=Looks(since="baseline:day-1")).content
        assert rows(pull(project, made)) == []
        sides = [body(accepted(made, lambda *_, side=side: side)) for side in (False, True)]
        for side, sample in zip(sides, (old, new), strict=True):
            assert sample.printed in [each.replace("paragraph #", "paragraph 4") for each in side]
