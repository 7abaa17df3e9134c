"""The smallest plan that has one of everything, as files; tests change it and look what happens."""

from __future__ import annotations

import copy
import io
import pickle
from functools import cache
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, dict[str, Any]] = {
    "plan.yaml": {
        "title": "A plan of action",
        "notice": "A working text.",
        "stage": "day-1",
        "stages": [
            {
                "id": "day-1",
                "date": "2017-12-04",
                "allows": {"brackets": True, "statuses": ["draft", "agreed"]},
            },
            {"id": "day-2", "date": "2017-12-05", "allows": {"statuses": ["agreed"]}},
        ],
        "front": [{"id": "F-01", "text": "This plan was drafted for a test."}],
        "introduction": [{"id": "P-01", "text": "Elections shall be genuine."}],
    },
    "sections/01-first.yaml": {
        "id": "first",
        "title": "First things",
        "chapeau": [{"id": "C-01", "text": "Who observes, reports."}],
        "actions": [
            {
                "id": "A-001",
                "text": "Observers should report to the treaty bodies.",
                "points": [{"id": "a", "text": "On the day."}, {"id": "b", "text": "And after it."}],
                "level": ["national"],
                "addressees": ["observers"],
                "recommendations": ["hres-2015-02-r1"],
                "why": "Makes the channel work.",
                "provisions": ["iccpr 25(b)"],
                "status": "draft",
            },
            {
                "id": "A-002",
                "text": "States should answer.",
                "addressees": ["states"],
                "recommendations": ["hres-2015-02-r2"],
                "provisions": ["iccpr 25(b)"],
                "status": "draft",
                "level": ["national"],
                "why": "Closes the circle.",
            },
        ],
    },
    "recommendations/hres-2015-02.yaml": {
        "consultation": {
            "id": "hres-2015-02",
            "title": "Inaugural conference",
            "dates": ["2015-02-11", "2015-02-12"],
        },
        "recommendations": [
            {"id": "hres-2015-02-r1", "text": "Tell States.", "origin": "illustrative"},
            {"id": "hres-2015-02-r2", "text": "Work together.", "origin": "illustrative"},
        ],
    },
    "recommendations/late.yaml": {
        "mechanism": {"id": "late-mechanism", "title": "A later mechanism"},
        "recommendations": [
            {
                "id": "late-recommendation",
                "text": "Made later.",
                "origin": "illustrative",
                "date": "2019",
                "not_taken_up": "Made after the conference.",
            }
        ],
    },
    "instruments/universal.yaml": {
        "instruments": [
            {
                "id": "udhr",
                "kind": "declaration",
                "unit": "article",
                "title": "Universal Declaration of Human Rights",
                "adopted": "1948-12-10",
                "provisions": [{"ref": "21(3)", "subject": "the will of the people", "verified": True}],
            },
            {
                "id": "iccpr",
                "kind": "treaty",
                "unit": "article",
                "title": "International Covenant on Civil and Political Rights",
                "adopted": "1966-12-16",
                "provisions": [
                    {
                        "ref": "25(b)",
                        "subject": "vote and be elected",
                        "verified": True,
                        "obligations": ["vote"],
                    },
                    {"ref": "2(3)", "subject": "effective remedy"},
                    {"ref": "19", "subject": "expression", "divisible": True, "verified": True},
                ],
                "in_force": "1976-03-23",
            },
            {
                "id": "late-resolution",
                "kind": "resolution",
                "unit": "paragraph",
                "title": "A resolution adopted after the conference",
                "adopted": "2017-12-19",
                "provisions": [{"ref": "1", "subject": "elections", "verified": True}],
            },
        ]
    },
    "actors.yaml": {
        "actors": [{"id": "observers", "title": "election observers"}, {"id": "states", "title": "States"}]
    },
    "participants.yaml": {"participants": [{"id": "tcc", "title": "The Carter Center", "role": "convenor"}]},
    "obligations.yaml": {"obligations": [{"id": "vote", "number": 2, "title": "Right to vote"}]},
}


def files() -> dict[str, Any]:
    """Give a fresh copy of the plan's files, as data."""
    return copy.deepcopy(FILES)


def action(data: dict[str, Any], index: int = 0) -> dict[str, Any]:
    """Give an action of the small plan, to be changed."""
    found: dict[str, Any] = data["sections/01-first.yaml"]["actions"][index]
    return found


def write(project: Path, data: dict[str, Any] | None = None) -> Path:
    """Write the plan's files below `project`; a value that is text goes in as it is."""
    for name, content in (data if data is not None else files()).items():
        path = project / name if name == "poa.yaml" else project / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            path.write_bytes(_printed(pickle.dumps(content)))
    return project


@cache
def _printed(content: bytes) -> bytes:
    """Print a file's data as YAML; most tests change one file, and the others are printed once."""
    stream = io.BytesIO()
    YAML().dump(pickle.loads(content), stream)  # noqa: S301 - our own
    return stream.getvalue()
