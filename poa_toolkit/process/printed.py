"""The texts that a document of the plan prints in its body, each by record and field."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.text.brackets import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model import Plan

Key: TypeAlias = tuple[str, str]
"""A record and its field: ``("A-007", "text")``, ``("A-007", "points.a")``."""


class Kind(StrEnum):
    """What a text of the body is."""

    FRONT = "front"
    INTRODUCTION = "introduction"
    TITLE = "title"
    CHAPEAU = "chapeau"
    ACTION = "action"
    POINT = "point"


class Printed(NamedTuple):
    """A text of the body."""

    text: str
    """As a reader sees it."""
    source: str
    """As the plan has it: ``\\[`` for a literal bracket."""
    kind: Kind
    section: str = ""
    """The section in which it stands."""


def texts(plan: Plan) -> dict[Key, Printed]:
    """Give every text that the body of a document prints, in its order."""
    return {
        key: Printed(_shown(source, kind), source, kind, section)
        for key, source, kind, section in _walk(plan)
    }


def _walk(plan: Plan) -> Iterator[tuple[Key, str, Kind, str]]:
    for each in plan.front:
        yield (each.id, "text"), _folded(each.text), Kind.FRONT, ""
    for each in plan.introduction:
        yield (each.id, "text"), _folded(each.text), Kind.INTRODUCTION, ""
    for section in plan.sections:
        yield (section.id, "title"), _folded(section.title), Kind.TITLE, section.id
        for each in section.chapeau:
            yield (each.id, "text"), _folded(each.text), Kind.CHAPEAU, section.id
        for action in section.actions:
            if action.status.printed:
                yield (action.id, "text"), _folded(action.text), Kind.ACTION, section.id
                for point in action.points:
                    yield (action.id, f"points.{point.id}"), _folded(point.text), Kind.POINT, section.id


def _folded(text: str) -> str:
    return " ".join(text.split("\n"))


def _shown(source: str, kind: Kind) -> str:
    return source if kind is Kind.TITLE else unescape(source)
