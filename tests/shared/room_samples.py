"""Plans drawn by lot with amendments that touch and collide, and what one file for the room makes of them."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import small_plan
from hypothesis import reject
from hypothesis import strategies as st
from word_accepting import body

from poa_toolkit.api import amend, render
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.room import Wish
from poa_toolkit.api.validate import InvalidPlanError, read
from poa_toolkit.errors import AstrayError, PoaError

if TYPE_CHECKING:
    from poa_toolkit.api.template import Filled
    from poa_toolkit.model import Plan

CHAIR = Decision("The Chair", date(2017, 12, 4))
_STATUS = re.compile(r"(?:\s· |^)Status: [a-z]+$")
WORDS = (
    "observers",
    "States",
    "should",
    "report",
    "in",
    "time",
    "the",
    "treaty",
    "bodies",
    "a",
    "25(b)",
    "30%",
)
ADDRESSEES = ("observers", "states")


def plan() -> dict[str, Any]:
    """Give the files of a small plan with more to amend."""
    data = small_plan.files()
    data["plan.yaml"]["introduction"].append({"id": "P-02", "text": "They should be held in time."})
    first = data["sections/01-first.yaml"]
    third = {
        **small_plan.action(data, 1),
        "id": "A-003",
        "text": "The treaty bodies should report on States.",
    }
    first["actions"].append({**third, "points": [{"id": "a", "text": "in time;"}]})
    small_plan.action(data)["points"][0]["points"] = [
        {"id": "a-i", "text": "in the treaty bodies;"},
        {"id": "a-ii", "text": "in the States, as {A-003} says;"},
    ]
    fourth = {
        **third,
        "id": "A-004",
        "text": "Observers should report in time, as {A-001(a-i)} and {P-02} say.",
    }
    data["sections/02-second.yaml"] = {"id": "second", "title": "Second things", "actions": [fourth]}
    copy: dict[str, Any] = json.loads(json.dumps(data))  # no two of the lists are one
    return copy


TEXTS = (
    *(("P-01", "text"), ("P-02", "text"), ("F-01", "text"), ("C-01", "text"), ("first", "title")),
    *(("A-001", "text"), ("A-001", "points.a"), ("A-001", "points.b"), ("A-003", "text"), ("A-004", "text")),
    *(("A-001", "points.a-i"), ("A-001", "points.a-ii")),
)
FEW = (("A-001", "text"), ("A-001", "points.a"), ("A-003", "text"))
"""Where amendments are many, so that they meet."""


def text_of(data: dict[str, Any], record: str, field: str) -> str:
    """Give the words of a text."""
    every = [
        *data["plan.yaml"]["front"],
        *data["plan.yaml"]["introduction"],
        *(one for name, each in data.items() if name.startswith("sections/") for one in _records(each)),
    ]
    found = next(each for each in every if each["id"] == record)
    if field.startswith("points."):
        points = [*found["points"], *(one for each in found["points"] for one in each.get("points", ()))]
        return str(next(each["text"] for each in points if each["id"] == field[len("points.") :]))
    return str(found[field])


def _records(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [section, *section.get("chapeau", ()), *section["actions"]]


@st.composite
def reworded(draw: st.DrawFn, text: str) -> str:
    """Draw another wording: some words go, others come."""
    words = text.split()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(words)))
        end = draw(st.integers(start, min(start + 3, len(words))))
        came = draw(st.lists(st.sampled_from(WORDS), max_size=3))
        words[start:end] = came
    return " ".join(words) or "report"


@st.composite
def amendment(draw: st.DrawFn, data: dict[str, Any], number: int) -> dict[str, Any]:
    """Draw an amendment; its proposer proposes nothing else."""
    row: dict[str, Any] = {"id": f"am-{number}", "proposer": f"Delegation {number}", "date": "2017-12-03"}
    kind = draw(st.sampled_from(("text", "text", "text", "text", "add", "point", "remove", "move", "set")))
    match kind:
        case "text":
            record, field = draw(st.sampled_from((*TEXTS, *FEW, *FEW)))
            old = text_of(data, record, field)
            return row | {
                "record": record,
                "field": field,
                "original": old,
                "proposed": draw(reworded(old).filter(lambda new: new != old)),
            }
        case "add":
            section, after = draw(
                st.sampled_from(
                    (
                        ("first", "A-001"),
                        ("first", "first"),
                        ("first", None),
                        ("second", "A-004"),
                        ("introduction", "P-01"),
                        ("first", "C-01"),
                    )
                )
            )
            proposed = draw(reworded("The States should report on it."))
            made = row | {"kind": "add", "section": section, "proposed": proposed}
            made |= {"after": after} if after else {}
            if section != "introduction" and after != "C-01" and draw(st.booleans()):
                made["points"] = [{"text": "in time:", "points": ["a report;", "as {A-003};"]}, "on the day."]
            return made
        case "point":
            under, after = draw(
                st.sampled_from(
                    (
                        *((None, "text"), (None, "a"), (None, "b"), (None, None)),
                        *(("a", "text"), ("a", "a-i"), ("a", "a-ii"), ("a", None), ("b", None)),
                    )
                )
            )
            made = row | {"kind": "add", "record": "A-001", "field": "points", "proposed": "in the treaty;"}
            if under is None and draw(st.booleans()):
                made["points"] = ["in time;"]
            return made | ({"under": under} if under else {}) | ({"after": after} if after else {})
        case "remove":
            record, field = draw(
                st.sampled_from(
                    (
                        ("A-001", "text"),
                        ("A-001", "points.a"),
                        ("A-001", "points.a-i"),
                        ("P-01", "text"),
                        ("A-003", "text"),
                        ("A-003", "points.a"),
                    )
                )
            )
            return row | {
                "kind": "remove",
                "record": record,
                "field": field,
                "original": text_of(data, record, field),
            }
        case "move":
            record, field, section, under, after = draw(
                st.sampled_from(
                    (
                        ("A-001", "text", "second", None, "A-004"),
                        ("A-003", "text", "first", None, "first"),
                        ("A-004", "text", "first", None, "A-001"),
                        ("A-001", "points.a", "first", None, "b"),
                        ("A-001", "points.a-i", "first", "a", "a-ii"),
                        ("A-001", "points.a-ii", "first", None, "b"),
                        ("A-001", "points.b", "first", "a", "a-i"),
                        ("P-01", "text", "introduction", None, "P-02"),
                    )
                )
            )
            old = text_of(data, record, field)
            return row | {
                "kind": "move",
                "record": record,
                "field": field,
                "section": section,
                **({"under": under} if under else {}),
                "after": after,
                "original": old,
            }
    new = draw(st.sampled_from(("observers, states", "states", "states, observers")))
    return row | {"record": "A-001", "field": "addressees", "original": "observers", "proposed": new}


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw up to six amendments, `am-1` of Delegation 1 and so on."""
    data = plan()
    return [draw(amendment(data, number)) for number in range(1, draw(st.integers(1, 6)) + 1)]


def of_each_kind() -> list[dict[str, Any]]:
    """Give an amendment of each kind, and some that collide, each by a delegation of its own."""
    said: list[dict[str, Any]] = [
        {"record": "A-001", "field": "text", "proposed": "Observers shall report to the treaty bodies."},
        {"record": "A-001", "field": "text", "proposed": "Observers must report to the bodies in time."},
        {"record": "A-001", "field": "points.a", "proposed": "On the day, and in time."},
        {"record": "A-001", "field": "points.b", "kind": "remove"},
        {"record": "A-002", "field": "text", "kind": "remove"},
        {"record": "A-002", "field": "text", "proposed": "The treaty bodies should answer."},
        {"record": "A-004", "field": "text", "kind": "move", "section": "first", "after": "A-001"},
        {
            "kind": "add",
            "section": "first",
            "after": "A-001",
            "proposed": "States should do so too.",
            "points": ["in time;"],
        },
        {"kind": "add", "record": "A-001", "field": "points", "after": "a", "proposed": "In between."},
        {"kind": "add", "section": "introduction", "after": "P-01", "proposed": "All of them."},
        {"record": "A-002", "field": "addressees", "original": "states", "proposed": "observers, states"},
        {"record": "first", "field": "title", "proposed": "The first things"},
    ]
    for number, each in enumerate(said, 1):
        each |= {"id": f"am-{number}", "proposer": f"Delegation {number}", "date": "2017-12-03"}
        if each.get("kind") != "add":
            each.setdefault("original", text_of(plan(), each["record"], each["field"]))
    return said


def written(project: Path, rows: list[dict[str, Any]]) -> Path:
    """Write the plan with amendments."""
    return small_plan.write(project, plan() | {"amendments/floor.yaml": {"amendments": rows}})


def in_room(folder: str, rows: list[dict[str, Any]]) -> tuple[Path, Filled]:
    """Write the plan with amendments below a folder, and print them; what prints none is no sample."""
    project = written(Path(folder) / "project", rows)
    try:
        return project, for_room(project)
    except AstrayError:
        return reject()


def for_room(project: Path, *named: str) -> Filled:
    """Give one file with the amendments."""
    return render.render(project, looks=render.Looks(amendments=Wish(named or ("open",))))


def plan_of(project: Path) -> Plan:
    """Read the plan of a project."""
    found = read(project, None).plan
    assert found is not None
    return found


def clean(project: Path) -> list[str]:
    """Give the words of the text as it stands in a project."""
    return body(render.render(project).content)


def copied(project: Path, to: Path) -> Path:
    """Copy a project, so that something can be tried with it."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(project, to)
    return to


def after_accepting(project: Path, folder: Path, *amendments: str) -> Path | None:
    """Give a copy in which amendments are accepted by the command; None where that is refused."""
    copy = copied(project, folder)
    try:
        amend.accept(copy, amendments, CHAIR)
    except (PoaError, InvalidPlanError):
        return None
    return copy


def without_status(lines: list[str]) -> list[str]:
    """Leave out how far an action has come: a decision changes that in all lines under actions at once."""
    return [said for each in lines if (said := _STATUS.sub("", each))]


def proposers(author: str) -> set[str]:
    """Give whose a revision is: of what several would take out, all of them."""
    return set(author.replace(" and ", ", ").split(", "))
