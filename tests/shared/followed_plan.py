"""The small plan, adopted on 5 December 2017, with indicators; tests report on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import small_plan

from poa_toolkit.api import baseline as baseline_api

if TYPE_CHECKING:
    from pathlib import Path

PATH = "plan/progress/2018.yaml"
INDICATORS = [
    {
        "id": "IND-001",
        "text": "States that answer the observers",
        "baseline": "3 of 20 States",
        "target": "20 of 20 States",
        "by": "2019-06",
        "source": "The annual survey",
    },
    {"id": "IND-002", "text": "Reports sent to the treaty bodies", "target": "12", "by": "2030"},
]


def files(*, indicators: bool = True) -> dict[str, Any]:
    """Give the plan's files, as data, at the stage whose text is frozen as ``final``."""
    data = small_plan.files()
    data["plan.yaml"]["stage"] = "day-2"
    data["plan.yaml"]["stages"][1]["baseline"] = "final"
    for index in (0, 1):
        small_plan.action(data, index)["status"] = "agreed"
    if indicators:
        small_plan.action(data)["indicators"] = [dict(each) for each in INDICATORS]
    return data


def entry(**given: Any) -> dict[str, Any]:
    """Give an entry, as data."""
    return {"action": "A-001", "date": "2018-05-04", "by": "The secretariat", "state": "under-way", **given}


def write(project: Path, *entries: dict[str, Any], data: dict[str, Any] | None = None) -> Path:
    """Write the plan as it was adopted without indicators, and then what was added to it since."""
    small_plan.write(project, files(indicators=False))
    (project / "plan/baselines").mkdir()
    baseline, text = baseline_api.freeze(project, "final")
    (project / f"plan/baselines/{baseline.name}.json").write_text(text, encoding="utf-8")
    data = data or files()
    # a notice of the stage is written once it is endorsed
    data["plan.yaml"]["stages"][1]["notice"] = "This text is endorsed as its annex says."
    small_plan.write(
        project,
        {
            **data,
            "endorsements.yaml": {
                "endorsements": [
                    {
                        "participant": "tcc",
                        "capacity": "convenor",
                        "text": "final",
                        "digest": baseline.text_digest,
                        "date": "2017-12-05",
                    }
                ]
            },
        },
    )
    return report(project, *entries)


def report(project: Path, *entries: dict[str, Any]) -> Path:
    """Write entries into the file of 2018, in place of those that are there."""
    if entries:
        small_plan.write(project, {"progress/2018.yaml": {"progress": list(entries)}})
    return project
