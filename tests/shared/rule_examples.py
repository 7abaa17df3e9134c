"""The examples of the rule book as plans: what a page shows, in the place where it belongs."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING, Any

import small_plan

from poa_toolkit.api import baseline as baseline_api
from poa_toolkit.api import fix, validate
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.load import yaml_tree

if TYPE_CHECKING:
    from pathlib import Path

    from poa_toolkit.diagnostic import Diagnostic

TODAY = date(2017, 12, 4)
"""The day of the examples."""
WANT_FROZEN = {rule.code for rule in RULES if rule.wants_frozen}
"""Their examples are looked at after the small plan was frozen as ``before``."""
_ENDORSED = {
    "endorsements.yaml": {
        "endorsements": [
            {
                "participant": "tcc",
                "capacity": "convenor",
                "text": "before",
                "digest": "sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2",
                "date": "2017-12-05",
            }
        ]
    }
}
_ADOPTED = {
    **_ENDORSED,
    "plan.yaml": {
        **small_plan.FILES["plan.yaml"],
        "stages": [{"id": "day-1", "date": "2016-11-04", "baseline": "before", "allows": {"brackets": True}}],
    },
}
"""A plan that was adopted a year and a month before the day of the examples."""
BESIDE: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("POA425", "POA426", "POA440"), _ENDORSED),
    **dict.fromkeys(("POA616", "POA618", "POA619"), _ADOPTED),
}
"""The files that the examples of a rule need beside their own."""
WITHDRAWN = {
    "id": "A-003",
    "text": "Monitors should meet every year to compare what they found.",
    "addressees": ["observers"],
    "status": "withdrawn",
    "reason": "Overtaken.",
}


def _merged(example: str, *, with_withdrawn: bool) -> dict[str, Any]:
    """Put an example into the small plan: its first line says where it belongs."""
    data = small_plan.files() | {"instruments/comments.yaml": COMMENTS}
    withdrawn = copy.deepcopy(WITHDRAWN)
    if with_withdrawn:
        data["sections/01-first.yaml"]["actions"].append(withdrawn)
    head, _, body = example.partition("\n")
    target = head.removeprefix("# ").strip()
    recommendations = data["recommendations/hres-2015-02.yaml"]["recommendations"]
    places: dict[str, Any] = {
        "action": small_plan.action(data),
        "second action": small_plan.action(data, 1),
        "withdrawn action": withdrawn,
        "section": data["sections/01-first.yaml"],
        "recommendation": recommendations[0],
        "second recommendation": recommendations[1],
        "instrument": data["instruments/universal.yaml"]["instruments"][1],
        "source": data["recommendations/hres-2015-02.yaml"],
        "plan.yaml": data["plan.yaml"],
    }
    if target.startswith("bytes of actors.yaml"):
        data["actors.yaml"] = body.encode("latin-1")
    elif target not in places:
        name = target if head.startswith("# ") else "actors.yaml"
        data[name] = body if head.startswith("# ") else example
    else:
        places[target].update(yaml_tree.read(target, body.encode()).value)
    return data


COMMENTS = {
    "instruments": [
        {
            "id": "hrc-gc25",
            "kind": "general-comment",
            "unit": "paragraph",
            "title": "General comment No. 25 (1996)",
            "adopted": "1996-07-12",
            "interprets": "iccpr",
            "provisions": [{"ref": "20", "subject": "independent electoral authority", "verified": True}],
        }
    ]
}
"""A general comment, for the example of the rule on those."""


def _freeze(project: Path, data: dict[str, Any], *, on_the_way: bool) -> None:
    """Freeze the small plan as ``before``, with a withdrawn action that `data` gets too.

    With `on_the_way` it is frozen provisionally as well, under that name.
    """
    small_plan.write(project, data)
    frozen = [baseline_api.freeze(project, "before")]
    if on_the_way:
        frozen.append(baseline_api.freeze_provisionally(project, "on-the-way"))
    (project / "plan/baselines").mkdir()
    for baseline, text in frozen:
        (project / f"plan/baselines/{baseline.name}.json").write_text(text, encoding="utf-8")


def findings(project: Path, code: str, example: str) -> tuple[Diagnostic, ...]:
    """Write the example of a code into a plan in `project`, and give all that is found there."""
    if code in WANT_FROZEN or "text: before" in example:
        small = small_plan.files()
        small["sections/01-first.yaml"]["actions"].append(copy.deepcopy(WITHDRAWN))
        _freeze(project, small, on_the_way="on-the-way" in example)
    if example.startswith("# action") and "text: [" in example:
        data = small_plan.files()
        data["sections/02-more.yaml"] = (
            "id: more\ntitle: More\nactions:\n  - id: A-009\n    status: draft\n"
            + (
                "    addressees:\n      - states\n    recommendations:\n      - hres-2015-02-r1\n"
                "    provisions:\n      - iccpr 25(b)\n"
                + "\n".join(f"    {line}" for line in example.splitlines()[1:])
            )
        )
    else:
        data = _merged(example, with_withdrawn=code in WANT_FROZEN) | BESIDE.get(code, {})
    report = validate.validate(small_plan.write(project, data), today=TODAY)
    return (
        fix.telling(project, report, today=TODAY).diagnostics if report.may_be_mended else report.diagnostics
    )
