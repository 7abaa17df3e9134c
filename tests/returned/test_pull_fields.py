"""What people change in the lines under an action, and on the cover, comes home to the field that says it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from carriers import lose
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulling_samples import DAY, edited, pull, rows
from word_editing import B, Edited

from poa_toolkit.api import amend, render
from poa_toolkit.api import pull as pull_api
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.api.validate import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.returned.pulled_file import Pulled

DECISION = Decision("the chair", DAY)
SECTION = "plan/sections/01-first.yaml"


def _data() -> dict[str, Any]:
    data = small_plan.files()
    data["plan.yaml"] |= {"subtitle": "Second reading"}
    data["actors.yaml"]["actors"] += [
        {"id": "judges", "title": "the bar, judges and prosecutors"},
        {"id": "media", "title": "the media"},
    ]
    data["recommendations/hres-2015-02.yaml"]["recommendations"].append(
        {"id": "hres-2015-02-r3", "text": "Meet again.", "origin": "illustrative"}
    )
    instruments = data["instruments/universal.yaml"]["instruments"]
    instruments[1] |= {"short": "ICCPR"}
    small_plan.action(data).update(
        addressees=["observers", "states"],
        recommendations=["hres-2015-02-r1", "hres-2015-02-r2"],
        timeframe="by 2019",
    )
    small_plan.action(data, 1).update(status="withdrawn", reason="Taken up elsewhere.")
    return data


@cache
def _rendered() -> bytes:
    with TemporaryDirectory() as folder:
        return render.render(small_plan.write(Path(folder), _data())).content


def _pull(project: Path, change: Callable[[Edited], object], *losses: str) -> Pulled:
    if not (project / "plan").exists():
        small_plan.write(project, _data())
    there = Edited(_rendered())
    change(there)
    return pull_api.pull(project, [("returned.docx", lose(there.save(), *losses))], Choice(DAY)).files[0]


def _typed(it: Edited, tag: str, words: str) -> None:
    """Let a control say other words, typed over without tracking."""
    runs = [each for each in it.control(tag).iter() if str(each.tag).endswith("}t")]
    for each in runs[1:]:
        each.text = ""
    runs[0].text = words


CHANGED: dict[str, tuple[str, str, str, str]] = {
    "one more": ("addressees", "election observers, States, the media", "observers, states, media", ""),
    "one less": ("addressees", "States", "states", ""),
    "another order": ("addressees", "States, election observers", "states, observers", ""),
    "an id": ("addressees", "observers, media", "observers, media", ""),
    "in other letters": ("addressees", "ELECTION OBSERVERS and The Media", "observers, media", ""),
    "a name with commas": (
        *("addressees", "States, the bar, judges and prosecutors, the media"),
        *("states, judges, media", "the bar, judges and prosecutors"),
    ),
    "levels": ("level", "national, regional", "national, regional", ""),
    "recommendations": ("recommendations", "hres-2015-02-r2", "hres-2015-02-r2", ""),
    "a recommendation that the action did not name": (
        *("recommendations", "hres-2015-02-r1, hres-2015-02-r3"),
        *("hres-2015-02-r1, hres-2015-02-r3", ""),
    ),
    "a short form and an article": (
        "provisions",
        "ICCPR, arts. 25(b) and 2(3)",
        "iccpr 25(b), iccpr 2(3)",
        "",
    ),
    "a title": (
        *("provisions", "International Covenant on Civil and Political Rights, article 19"),
        *("iccpr 19", ""),
    ),
    "two instruments": (
        *("provisions", "Universal Declaration of Human Rights, art. 21(3); ICCPR, art. 25(b)"),
        *("udhr 21(3), iccpr 25(b)", ""),
    ),
    "a citation": ("provisions", "iccpr 2(3)", "iccpr 2(3)", ""),
    "a part of a divisible provision": ("provisions", "ICCPR, art. 19(2)", "iccpr 19(2)", ""),
}
"""A field, the words typed there, and the set that they name."""


@pytest.mark.parametrize("what", CHANGED)
def test_other_names_in_a_list_are_an_amendment_to_its_field(tmp_path: Path, what: str) -> None:
    field, words, proposed, _ = CHANGED[what]
    pulled = _pull(tmp_path, lambda it: _typed(it, f"poa:A-001:{field}", words))
    (row,) = rows(pulled)
    assert (row["record"], row["field"], row["proposed"]) == ("A-001", field, proposed)
    assert row.get("state", "open") == "open"
    amend.accept(tmp_path, [row["id"]], DECISION)
    action = PlanEdit(tmp_path).plan.sections[0].actions[0]
    assert ", ".join(map(str, getattr(action, field))) == proposed


@pytest.mark.parametrize("what", sorted(CHANGED))
def test_other_names_come_home_from_a_program_that_drops_controls(tmp_path: Path, what: str) -> None:
    field, words, proposed, _ = CHANGED[what]
    pulled = _pull(tmp_path, lambda it: _typed(it, f"poa:A-001:{field}", words), "controls")
    (row,) = rows(pulled)
    assert (row["record"], row["field"], row["proposed"]) == ("A-001", field, proposed)


UNKNOWN = {
    "a name that nobody has": ("addressees", "election observers, the moon", "the moon"),
    "an article that is not listed": ("provisions", "ICCPR, arts. 25(b) and 99", "ICCPR, arts. 25(b) and 99"),
    "an instrument that is not there": ("provisions", "Constitution of Ruritania, art. 14", "Ruritania"),
    "a citation with more words": ("provisions", "ICCPR, art. 25(b) in fine", "in fine"),
    "a recommendation that is not there": ("recommendations", "hres-2015-02-r1, hres-9", "hres-9"),
    "half a name": ("addressees", "election observers, Stat", "Stat"),
    "a sentence": ("level", "nowhere but at home", "nowhere"),
}
"""A field, words that name something unknown, and what is said of them."""


@pytest.mark.parametrize("what", UNKNOWN)
def test_of_a_list_with_an_unknown_name_all_words_are_told_and_nothing_is_guessed(
    tmp_path: Path, what: str
) -> None:
    field, words, unknown = UNKNOWN[what]
    (row,) = rows(_pull(tmp_path, lambda it: _typed(it, f"poa:A-001:{field}", words)))
    assert (row["state"], row["proposed"], "record" in row) == ("unplaced", words, False)
    assert f"the {field} of A-001" in row["context"]
    assert unknown in row["context"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("addressees", "election observers and States"),
        ("addressees", "observers, states"),
        ("provisions", "International Covenant on Civil and Political Rights, article 25(b)."),
    ],
)
def test_the_same_set_in_other_words_is_no_amendment(tmp_path: Path, field: str, words: str) -> None:
    assert rows(_pull(tmp_path, lambda it: _typed(it, f"poa:A-001:{field}", words))) == []


def test_tracked_changes_of_a_list_are_those_of_who_made_them(tmp_path: Path) -> None:
    (row,) = rows(_pull(tmp_path, lambda it: it.insert("poa:A-001:addressees", "States", ", the media", B)))
    assert (row["proposer"], row["original"]) == (B, "observers, states")
    assert row["proposed"] == "observers, states, media"


@pytest.mark.parametrize(
    ("field", "words"),
    [("title", "A plan for all"), ("subtitle", "Third reading"), ("notice", "A text that is agreed.")],
)
def test_the_texts_of_the_cover_come_home(tmp_path: Path, field: str, words: str) -> None:
    pulled = _pull(tmp_path, lambda it: _typed(it, f"poa:plan:{field}", words))
    (row,) = rows(pulled)
    assert (row["record"], row["field"], row["proposed"]) == ("plan", field, words)
    amend.accept(tmp_path, [row["id"]], DECISION)
    assert getattr(PlanEdit(tmp_path).plan, field) == words


@pytest.mark.parametrize(("record", "field"), [("A-001", "why"), ("A-002", "reason")])
def test_what_a_cell_says_of_an_action_comes_home(tmp_path: Path, record: str, field: str) -> None:
    words = "It is said elsewhere, and better."
    (row,) = rows(_pull(tmp_path, lambda it: _typed(it, f"poa:{record}:{field}", words)))
    assert (row["record"], row["field"], row["proposed"]) == (record, field, words)
    amend.accept(tmp_path, [row["id"]], DECISION)
    actions = {action.id: action for _, action in PlanEdit(tmp_path).plan.walk_actions()}
    assert getattr(actions[record], field) == words


def test_a_set_keeps_its_lines_and_comments(tmp_path: Path) -> None:
    small_plan.write(tmp_path, _data())
    path = tmp_path / SECTION
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"- observers\n", "- observers  # from the first day on\n", text, count=1), "utf-8"
    )
    pulled = _pull(
        tmp_path, lambda it: _typed(it, "poa:A-001:addressees", "election observers, the media, States")
    )
    before = path.read_text("utf-8").splitlines()
    amend.accept(tmp_path, [each.id for each in pulled.new], DECISION)
    after = path.read_text("utf-8").splitlines()
    assert [each.strip() for each in after if each not in before] == ["- media"]
    assert [each for each in before if each not in after] == []


def test_two_people_may_each_add_to_a_set(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        it.insert("poa:A-001:addressees", "States", ", the media", "Delegation A")
        it.insert("poa:A-001:addressees", 0, "the bar, judges and prosecutors, ", B)

    pulled = _pull(tmp_path, change)
    amend.accept(tmp_path, [each.id for each in pulled.new], DECISION)
    action = PlanEdit(tmp_path).plan.sections[0].actions[0]
    assert set(action.addressees) == {"observers", "states", "media", "judges"}


REGISTRY = {
    "addressees": ("observers", "states", "judges", "media"),
    "level": ("national", "regional", "international"),
    "recommendations": ("hres-2015-02-r1", "hres-2015-02-r2", "hres-2015-02-r3"),
    "provisions": ("iccpr 25(b)", "iccpr 2(3)", "iccpr 19", "udhr 21(3)"),
}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_other_set_that_a_document_would_print_comes_home(data: st.DataObject) -> None:
    """The words that a document prints of another set name that set, and are printed again once accepted."""
    field = data.draw(st.sampled_from(sorted(REGISTRY)))
    wanted = data.draw(st.lists(st.sampled_from(REGISTRY[field]), min_size=1, unique=True))
    other = _data()
    small_plan.action(other)[field] = wanted
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        tag = f"poa:A-001:{field}"
        words = Edited(render.render(small_plan.write(Path(first), other)).content).text(tag)
        project = Path(second)
        found = _pull(project, lambda it: _typed(it, tag, words))
        amend.accept(project, [each.id for each in found.new], DECISION)
        plan = read(project, None).plan
        assert plan is not None
        action = plan.sections[0].actions[0]
        assert sorted(map(str, getattr(action, field))) == sorted(wanted)
        printed = Edited(render.render(project).content).text(tag)
        assert sorted(re.split(r"[,;] ", printed)) == sorted(re.split(r"[,;] ", words))


def test_words_typed_beside_a_field_are_told_with_the_line_and_add_no_paragraph(tmp_path: Path) -> None:
    def change(it: Edited) -> None:
        label = next(it.styled("POADetail")[0].iter(f"{it.root.tag[:-8]}t"))
        label.text = f"{label.text}all of "

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row.get("kind", "text"), row["state"]) == ("text", "unplaced")
    assert "all of" in row["proposed"]
    assert "all of" not in row["original"]
