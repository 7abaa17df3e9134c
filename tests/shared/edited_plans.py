"""A plan with one of everything, as data, and edits that are made to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Data = dict[str, Any]


def data() -> Data:
    """Give a small plan with one of everything, as data."""
    return {
        "title": "A plan",
        "notice": "A working text.",
        "stage": "d",
        "stages": [{"id": "d", "date": "2017-12-04", "allows": {"brackets": True}}],
        "conference": {"title": "A conference", "dates": ["2017-12-04"], "place": "Atlanta"},
        "front": [{"id": "F-01", "text": "This is the front."}],
        "introduction": [
            {"id": "P-01", "text": "Elections shall be genuine."},
            {"id": "P-02", "text": "So be it."},
        ],
        "links": [{"title": "A page", "url": "https://example.org/"}],
        "sections": [
            {
                "id": "one",
                "title": "The first section",
                "chapeau": [{"id": "C-01", "text": "Who observes, reports."}],
                "actions": [
                    {
                        "id": "A-001",
                        "text": "Observers should report to the treaty bodies.",
                        "points": [{"id": "a", "text": "On the day."}, {"id": "b", "text": "And after it."}],
                        "level": ["national"],
                        "addressees": ["observers", "states"],
                        "recommendations": ["r1"],
                        "why": "It opens the channel.",
                        "provisions": ["iccpr 25(b)"],
                        "status": "draft",
                        "timeframe": "by 2020",
                    },
                    *(
                        {"id": f"A-00{n}", "text": f"States should act {n}.", "status": "draft"}
                        for n in (2, 3, 4)
                    ),
                ],
            },
            {
                "id": "two",
                "title": "The second section",
                "actions": [{"id": "A-005", "text": "All should report.", "status": "withdrawn"}],
            },
        ],
        "sources": [
            {
                "consultation": {"id": "c1", "title": "A meeting", "dates": ["2015-02-11"]},
                "recommendations": [
                    {
                        "id": "r1",
                        "text": "Tell States.",
                        "origin": "recorded",
                        "response": {"position": "noted"},
                    },
                    {"id": "r2", "text": "Work together.", "origin": "recorded"},
                ],
            },
            {"mechanism": {"id": "m1", "title": "A mechanism"}, "recommendations": []},
        ],
        "instruments": [
            {
                "id": "iccpr",
                "kind": "treaty",
                "unit": "article",
                "title": "International Covenant on Civil and Political Rights",
                "adopted": "1966-12-16",
                "provisions": [{"ref": "25(b)", "subject": "vote"}, {"ref": "19", "subject": "expression"}],
            },
            {
                "id": "udhr",
                "kind": "declaration",
                "unit": "article",
                "title": "Declaration",
                "adopted": "1948",
            },
        ],
        "actors": [{"id": "observers", "title": "observers"}, {"id": "states", "title": "States"}],
        "participants": [{"id": "tcc", "title": "The Carter Center", "role": "convenor"}],
        "obligations": [{"id": "vote", "number": 2, "title": "Right to vote", "anchor": ["iccpr 25(b)"]}],
        "parts": [{"id": "law", "number": 1, "title": "Legal framework"}],
    }


def at(where: str, tree: Data) -> tuple[Any, Any]:
    """Give what holds a value, and its key there, for a way such as ``sections.0.actions.1.text``."""
    *steps, last = (int(step) if step.isdigit() else step for step in where.split("."))
    holder: Any = tree
    for step in steps:
        holder = holder[step]
    return holder, last


def put(where: str, value: Any) -> Callable[[Data], None]:
    def edit(tree: Data) -> None:
        holder, key = at(where, tree)
        holder[key] = value

    return edit


def drop(where: str) -> Callable[[Data], None]:
    def edit(tree: Data) -> None:
        holder, key = at(where, tree)
        del holder[key]

    return edit


def add(where: str, value: Any) -> Callable[[Data], None]:
    def edit(tree: Data) -> None:
        holder, key = at(where, tree)
        holder.setdefault(key, []) if isinstance(holder, dict) else None
        holder[key].append(value)

    return edit


def move(source: str, target: str) -> Callable[[Data], None]:
    def edit(tree: Data) -> None:
        holder, key = at(source, tree)
        record = holder.pop(key)
        holder, key = at(target, tree)
        holder.insert(key, record)

    return edit
