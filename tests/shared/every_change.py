"""Two versions of a plan between which every kind of change has happened."""

from __future__ import annotations

import copy
from typing import Any

from poa_toolkit.diff.change import Comparison
from poa_toolkit.diff.compare import compare
from poa_toolkit.model import Plan

OLD: dict[str, Any] = {
    "title": "A plan of action",
    "notice": "A working text.",
    "stage": "day-1",
    "stages": [{"id": "day-1", "date": "2017-12-04"}, {"id": "day-2", "date": "2017-12-05"}],
    "conference": {"title": "A conference", "dates": ["2017-12-04"], "place": "Atlanta"},
    "front": [{"id": "F-01", "text": "This text was drafted for a test."}],
    "introduction": [{"id": "P-01", "text": "Elections shall be genuine."}],
    "sections": [
        {
            "id": "national",
            "title": "At home",
            "actions": [
                {
                    "id": "A-001",
                    "text": "Observers should consider reporting to the treaty bodies by 2020.",
                    "points": [{"id": "a", "text": "On the day."}, {"id": "b", "text": "And after it."}],
                    "addressees": ["observers"],
                    "recommendations": ["r1"],
                    "provisions": ["iccpr 25(b)"],
                    "status": "draft",
                },
                {
                    "id": "A-002",
                    "text": "[International | National] observers should meet.",
                    "status": "draft",
                },
                {"id": "A-003", "text": "States should publish results and answer.", "status": "draft"},
                {"id": "A-004", "text": "Donors should pay.", "recommendations": ["r2"], "status": "draft"},
            ],
        },
        {
            "id": "geneva",
            "title": "In Geneva",
            "actions": [
                {"id": "A-005", "text": "States should invite rapporteurs.", "status": "draft"},
                {"id": "A-006", "text": "Missions should brief.", "status": "draft"},
                {"id": "A-007", "text": "Committees should ask.", "status": "draft"},
            ],
        },
        {
            "id": "last",
            "title": "The rest",
            "actions": [{"id": "A-008", "text": "Go on.", "status": "draft"}],
        },
    ],
    "sources": [
        {
            "consultation": {"id": "c1", "title": "A meeting", "dates": ["2015-02-11"]},
            "recommendations": [
                {"id": f"r{n}", "text": f"Advice number {n}.", "origin": "illustrative"} for n in (1, 2, 3)
            ],
        },
        {"mechanism": {"id": "m1", "title": "A mechanism"}},
    ],
    "instruments": [
        {
            "id": "iccpr",
            "kind": "treaty",
            "unit": "article",
            "title": "Covenant",
            "adopted": "1966-12-16",
            "provisions": [{"ref": "25(b)", "subject": "vote"}, {"ref": "19", "subject": "expression"}],
        }
    ],
    "actors": [{"id": "observers", "title": "observers"}, {"id": "states", "title": "States"}],
}


def new_plan() -> dict[str, Any]:
    """Give the next version of the plan: every kind of change is in it."""
    tree = copy.deepcopy(OLD)
    tree["stage"] = "day-2"
    tree["conference"]["dates"].append("2017-12-05")
    tree["front"][0]["text"] = "This text was written for a test."
    national, geneva, _ = (section["actions"] for section in tree["sections"])
    national[0]["text"] = "Observers should report to the treaty bodies by 2021."
    national[0]["points"] = [{"id": "b", "text": "And long after it."}, {"id": "c", "text": "In writing."}]
    national[0].update(
        addressees=["states"], provisions=["iccpr 19"], why="So that it helps.", status="agreed"
    )
    national[1]["text"] = "National observers should meet."
    national[2]["text"] = "States should publish results."
    national[3].update(status="withdrawn", reason="Nobody asked for it.")
    split = {"id": "A-009", "text": "States should answer.", "recommendations": ["r3"], "status": "draft"}
    merged = {"id": "A-010", "text": "All should brief and ask.", "status": "draft"}
    national.insert(3, {**split, "from": ["A-003"]})
    national.append(geneva.pop(0))
    geneva.reverse()
    geneva[1]["text"] = "Missions [should] brief."
    geneva.append({**merged, "from": ["A-006", "A-007"]})
    geneva.insert(0, {"id": "A-011", "text": "Begin.", "addressees": ["states"], "status": "draft"})
    tree["sections"].pop()
    tree["sources"][0]["recommendations"][0].update(text="Advice number one.", verified=True)
    tree["sources"][1]["recommendations"] = [tree["sources"][0]["recommendations"].pop(1)]
    tree["actors"][0]["id"] = "watchers"
    tree["instruments"][0].update(adopted="1966", title="The Covenant")
    return tree


def every_kind() -> tuple[Comparison, Plan, Plan]:
    old, new = Plan.model_validate(OLD), Plan.model_validate(new_plan())
    comparison = compare(old, new, old_label="day-1", new_label="day-2", digests=("sha256:0a", "sha256:0b"))
    return comparison, old, new
