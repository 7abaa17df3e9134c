"""Plans that the tests of the Word document render: one small and awkward, one of any size."""

from __future__ import annotations

from poa_toolkit.model import Plan

LONG = (
    "Observer organizations should include in each public report the relevant findings of treaty bodies, "
    "name the provision of the International Covenant on Civil and Political Rights at stake, and send the "
    "report to the Office of the High Commissioner for Human Rights within three months of election day."
)


def small(**changes: object) -> Plan:
    """Give a plan with one of everything; `changes` replace whole fields."""
    return Plan.model_validate(
        {
            "title": "Plan of Action on Human Rights & Elections",
            "subtitle": "Text for discussion",
            "notice": "A working text written for a test. It is not the published Plan of Action.",
            "style": "un",
            "stage": "day-2",
            "stages": [
                {"id": "draft", "date": "2017-11-20", "baseline": "draft"},
                {"id": "day-2", "title": "Day 2", "date": "2017-12-05"},
            ],
            "conference": {
                "title": "Human Rights and Election Standards",
                "dates": ["2017-12-04", "2017-12-05"],
                "place": "Geneva",
                "organisers": ["first-org", "second-org"],
            },
            "front": [{"id": "F-01", "text": "The participants met on two days & agreed a text."}],
            "introduction": [
                {"id": "P-01", "text": "Genuine elections rest on human rights."},
                {"id": "P-02", "text": "This text says who does what, and why."},
            ],
            "links": [{"title": "A page & its query", "url": "https://example.org/?a=1&b=2"}],
            "sections": [
                {
                    "id": "treaty-bodies",
                    "title": "Election evidence before the treaty bodies",
                    "chapeau": [{"id": "P-03", "text": "Treaty bodies read what they are sent."}],
                    "actions": [_FIRST, _SECOND],
                },
                {"id": "practice", "title": "Observation in practice", "actions": [_THIRD, _GONE]},
            ],
            "sources": [_CONSULTATION, _MECHANISM],
            "instruments": _INSTRUMENTS,
            "actors": [
                {"id": "observers", "title": "observer organizations"},
                {"id": "ohchr", "title": "Office of the High Commissioner"},
            ],
            "participants": [
                {"id": "first-org", "title": "First Organization", "role": "convenor", "verified": True},
                {"id": "second-org", "title": "Second & Third", "meetings": ["c-2015"]},
            ],
            **changes,
        }
    )


_FIRST = {
    "id": "A-001",
    "text": "[International | National] observers should cite [ohchr: the relevant] provisions \\[sic\\].",
    "points": [{"id": "a", "text": "in each report;"}, {"id": "b", "text": "and in each submission."}],
    "level": ["national", "international"],
    "addressees": ["observers", "ohchr"],
    "recommendations": ["c-2015-r1", "upr-1"],
    "why": "Turns the call for citations into a standing practice.",
    "provisions": ["iccpr 2(3)", "iccpr 25(b)", "gc-25 20"],
    "status": "refined",
    "timeframe": "by the end of 2018",
}
_SECOND = {
    "id": "A-002",
    "text": LONG,
    "addressees": ["observers"],
    "recommendations": ["upr-1"],
    "why": "Gives the mechanism what it asked for.",
    "provisions": ["iccpr 25(b)"],
    "status": "agreed",
}
_THIRD = {
    "id": "A-003",
    "text": "States should publish results by polling station.",
    "points": [{"id": "x", "text": "on the same day."}],
    "addressees": [],
    "recommendations": ["c-2015-r1"],
    "why": "Answers the demand for open results.",
    "provisions": ["gc-25 20"],
    "status": "agreed",
}
_GONE = {
    "id": "A-004",
    "text": "A forum should meet every year.",
    "points": [{"id": "a", "text": "in Geneva."}],
    "status": "withdrawn",
    "reason": "Taken into the first action.",
}
_CONSULTATION = {
    "consultation": {
        "id": "c-2015",
        "title": "First consultation",
        "dates": ["2015-02-11", "2015-02-12"],
        "place": "Atlanta",
        "verified": True,
    },
    "recommendations": [
        {"id": "c-2015-r1", "text": "Cite the law in each report.", "origin": "recorded", "verified": True},
        {
            "id": "c-2015-r2",
            "text": "Meet again.",
            "origin": "illustrative",
            "not_taken_up": "Done meanwhile.",
        },
    ],
}
_MECHANISM = {
    "mechanism": {"id": "upr", "title": "Universal periodic review"},
    "recommendations": [
        {
            "id": "upr-1",
            "text": "Publish results at once.",
            "origin": "recorded",
            "symbol": "A/HRC/26/16",
            "paragraph": "118.23",
            "state": "Cambodia",
            "recommending_state": "Canada",
            "date": "2014-01-28",
            "response": {"position": "supported", "verified": False},
        }
    ],
}
_INSTRUMENTS = [
    {
        "id": "iccpr",
        "kind": "treaty",
        "unit": "article",
        "title": "International Covenant on Civil and Political Rights",
        "short": "ICCPR",
        "symbol": "A/RES/2200A(XXI)",
        "adopted": "1966-12-16",
        "in_force": "1976-03-23",
        "provisions": [
            {"ref": "2(3)", "subject": "effective remedy", "verified": True},
            {"ref": "25(b)", "subject": "to vote and be elected", "verified": True},
        ],
        "verified": True,
    },
    {
        "id": "gc-25",
        "kind": "general-comment",
        "unit": "paragraph",
        "title": "Human Rights Committee, general comment No. 25",
        "short": "general comment 25",
        "symbol": "CCPR/C/21/Rev.1/Add.7",
        "adopted": "1996-07-12",
        "provisions": [{"ref": "20", "subject": "scrutiny of the count"}],
    },
    {
        "id": "unused",
        "kind": "declaration",
        "unit": "article",
        "title": "A declaration nobody cites",
        "adopted": "1988",
    },
]


def large(actions: int, sections: int = 6) -> Plan:
    """Give a plan of many actions, spread over sections and linked to a few sources."""
    base = small()
    recommendations = [
        {**_MECHANISM["recommendations"][0], "id": f"upr-{index}", "paragraph": f"118.{index}"}  # type: ignore[index]
        for index in range(1, max(actions // 2, 1) + 1)
    ]
    made = [
        {
            **_FIRST,
            "id": f"A-{index:04d}",
            "text": f"{LONG} [{index} | none]",
            "recommendations": [
                "c-2015-r1",
                f"upr-{index // 2 + 1 if index // 2 < len(recommendations) else 1}",
            ],
        }
        for index in range(1, actions + 1)
    ]
    step = -(-actions // sections)
    return small(
        sections=[
            {
                "id": f"section-{n}",
                "title": f"Section of actions, number {n}",
                "actions": made[n * step : (n + 1) * step],
            }
            for n in range(sections)
        ],
        sources=[_CONSULTATION, {**_MECHANISM, "recommendations": recommendations}],
        instruments=[each.model_dump(mode="json", exclude_defaults=True) for each in base.instruments],
    )
