"""Two versions of a made-up plan: one drawn by lot, the other what an editor might have made of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

import word_samples

from poa_toolkit.model import Plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_WORDS = [
    "States",
    "observers",
    "should",
    "publish",
    "&",
    "review",
    "each",
    "A/HRC/26/16",
    "report,",
    "before",
    "30%",
    "of",
    "the",
    "votes;",
    "parties",
    "may",
    "answer",
    "“freely”",
    "in",
    "Geneva.",
    "Courts",
    "hear",
    "article",
    "25(b)",
    "complaints:",
    "quickly",
    "[and",
    "|",
    "or]",
    "fairly",
    "—",
    "العربية",
    "中文",
    "results",
    "by",
    "polling-station",
    "on",
    "4-5",
    "December",
    "2017",
    "état",
    "<b>bold</b>",
    "{{",
    "7*7",
    "}}",
    "{A-004}",
    "{A-007(a)}",
    "{A-005|no}.",
    "({P-2}),",
    "{section:section-1}",
    "{annex:sources}",
    "{A-999}",
    r"\{A-004\}",
]
"""Words of texts; references lead somewhere in one plan, and nowhere in another."""
_ADDRESSEES = ("observers", "ohchr")
_PROVISIONS = ("iccpr 2(3)", "iccpr 25(b)", "gc-25 20")


class Pair(NamedTuple):
    """Two versions."""

    old: Plan
    new: Plan


def pair(random: Random, edits: int | None = None) -> Pair:
    """Draw a plan, then change it; `edits` times, by default some."""
    data = _plan(random)
    old = Plan.model_validate(data)
    changed = copy.deepcopy(data)
    for _ in range(random.randint(1, 8) if edits is None else edits):
        random.choice(EDITS)(random, changed)
    return Pair(old, Plan.model_validate(changed))


def _plan(random: Random) -> dict[str, Any]:
    base = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    count = iter(range(1, 1000))
    sections = [
        {
            "id": f"section-{number}",
            "title": f"Part {number} {_text(random, 3)}",
            "chapeau": _paragraphs(random, count, random.randint(0, 2)),
            "actions": [_action(random, count) for _ in range(random.randint(0, 4))],
        }
        for number in range(random.randint(1, 4))
    ]
    return {
        **base,
        "sections": sections,
        "front": _paragraphs(random, count, random.randint(0, 2)),
        "introduction": _paragraphs(random, count, random.randint(0, 3)),
    }


def _text(random: Random, words: int | None = None) -> str:
    return " ".join(random.choices(_WORDS, k=words or random.randint(4, 25))).replace("[and | or]", "")


def _paragraphs(random: Random, count: Any, number: int) -> list[dict[str, Any]]:
    return [{"id": f"P-{next(count)}", "text": _text(random)} for _ in range(number)]


def _action(random: Random, count: Any) -> dict[str, Any]:
    number = next(count)
    return {
        "id": f"A-{number:03}",
        "text": f"{_text(random)} [no{number} | yes]",
        "points": [_point(random, each) for each in "abc"[: random.randint(0, 3)]],
        "level": random.choice(([], ["national"])),
        "addressees": random.sample(_ADDRESSEES, random.randint(0, 2)),
        "recommendations": random.sample(("c-2015-r1", "upr-1"), random.randint(0, 2)),
        "provisions": random.sample(_PROVISIONS, random.randint(0, 3)),
        "status": random.choice(("refined", "agreed")),
        "why": _text(random, 5),
    }


def _point(random: Random, name: str) -> dict[str, Any]:
    below = (f"{name}-{each}" for each in ("i", "ii", "iii")[: random.choice((0, 0, 1, 3))])
    return {
        "id": name,
        "text": _text(random),
        "points": [{"id": each, "text": _text(random)} for each in below],
    }


# --- what an editor does ---------------------------------------------------------------------------


def _places(data: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Give every list of records that have a text, those of points too."""
    lists = [data["front"], data["introduction"]]
    for section in data["sections"]:
        lists += [section["chapeau"], section["actions"]]
        for action in section["actions"]:
            lists += [action["points"], *(each["points"] for each in action["points"])]
    return lists


def _actions(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [action for section in data["sections"] for action in section["actions"]]


def _reword(random: Random, data: dict[str, Any]) -> None:
    records = [record for place in _places(data) for record in place]
    if records:
        record = random.choice(records)
        words = record["text"].split(" ")
        start = random.randrange(len(words))
        words[start : start + random.randint(0, 4)] = _text(random, random.randint(1, 4)).split(" ")
        record["text"] = " ".join(words)


def _add(random: Random, data: dict[str, Any]) -> None:
    place = random.choice(_places(data))
    used = {record["id"] for each in _places(data) for record in each}
    number = next(each for each in range(500, 2000) if not used & {f"A-{each}", f"P-{each}", f"x{each}"})
    count = iter((number,))
    if any(place is section["actions"] for section in data["sections"]):
        record = _action(random, count)
    elif any(place is action["points"] for action in _actions(data)):
        record = _point(random, f"x{number}")
    elif any(place is point["points"] for action in _actions(data) for point in action["points"]):
        record = {"id": f"x{number}", "text": _text(random)}
    else:
        record = _paragraphs(random, count, 1)[0]
    place.insert(random.randint(0, len(place)), record)


def _remove(random: Random, data: dict[str, Any]) -> None:
    place = random.choice(_places(data))
    if place:
        place.pop(random.randrange(len(place)))


def _reorder(random: Random, data: dict[str, Any]) -> None:
    random.shuffle(random.choice(_places(data)))


def _move(random: Random, data: dict[str, Any]) -> None:
    home, away = (
        (random.choice(data["sections"])["actions"] for _ in range(2)) if data["sections"] else ([], [])
    )
    if home:
        away.insert(random.randint(0, len(away)), home.pop(random.randrange(len(home))))


def _change_level(random: Random, data: dict[str, Any]) -> None:
    """Let a sub-point stand under another point, or become a point; or a point become a sub-point."""
    actions = [each for each in _actions(data) if each["points"]]
    if not actions:
        return
    points = random.choice(actions)["points"]
    place = random.choice([points, *(each["points"] for each in points)])
    if not place or (place is points and points[0]["points"]):
        return
    taken = place.pop(0)
    goals = [points, *(each["points"] for each in points)]
    goal = random.choice(goals)
    if goal is points:
        taken["points"] = []
    else:
        taken.pop("points", None)
    goal.insert(random.randint(0, len(goal)), taken)


def _set_aside(random: Random, data: dict[str, Any]) -> None:
    if actions := _actions(data):
        random.choice(actions)["status"] = random.choice(("withdrawn", "deferred", "agreed", "refined"))


def _relink(random: Random, data: dict[str, Any]) -> None:
    if actions := _actions(data):
        action = random.choice(actions)
        action["provisions"] = random.sample(_PROVISIONS, random.randint(0, 3))
        action["recommendations"] = random.sample(("c-2015-r1", "c-2015-r2", "upr-1"), random.randint(0, 3))
        action["addressees"] = random.sample(_ADDRESSEES, random.randint(0, 2))
        action["timeframe"] = random.choice((None, "by 2018", "each year"))


def _change_sections(random: Random, data: dict[str, Any]) -> None:
    sections = data["sections"]
    match random.randrange(4):
        case 0 if sections:
            random.choice(sections)["title"] = f"Other {_text(random, 3)}"
        case 1:
            count = iter(range(3000, 3010))
            made = {
                "id": f"new-{len(sections)}",
                "title": "New",
                "chapeau": [],
                "actions": [_action(random, count)],
            }
            if all(each["id"] != made["id"] and each["title"] != "New" for each in sections):
                sections.insert(random.randint(0, len(sections)), made)
        case 2 if sections:
            sections.pop(random.randrange(len(sections)))
        case _:
            random.shuffle(sections)


def _rename(random: Random, data: dict[str, Any]) -> None:
    records = [record for place in _places(data) for record in place] + data["sections"]
    if records:
        record = random.choice(records)
        record["id"] = f"{record['id'][:20]}-n"


def _change_registry(random: Random, data: dict[str, Any]) -> None:
    match random.randrange(5):
        case 0:
            random.choice(data["instruments"])["title"] = f"Renamed {_text(random, 2)}"
        case 1:
            random.shuffle(data["instruments"])
        case 2:
            data["participants"] = data["participants"][: random.randint(0, 2)]
        case 3:
            data["sources"][0]["recommendations"][0]["text"] = _text(random)
        case _:
            data["links"] = [{"title": _text(random, 2), "url": "https://example.org/other"}]


def _change_settings(random: Random, data: dict[str, Any]) -> None:
    match random.randrange(3):
        case 0:
            random.choice(data["actors"])["title"] = f"others {_text(random, 2)}"
        case 1 if actions := _actions(data):
            random.choice(actions)["level"] = random.sample(
                ("national", "international"), random.randint(0, 2)
            )
        case _ if actions := _actions(data):
            action = random.choice(actions)
            for name in ("addressees", "provisions", "recommendations"):
                random.shuffle(action[name])


def _change_head(random: Random, data: dict[str, Any]) -> None:
    data[random.choice(("title", "subtitle", "notice"))] = f"Another {_text(random, 3)}"


EDITS: tuple[Callable[[Random, dict[str, Any]], None], ...] = (
    *(_reword, _reword, _add, _remove, _reorder, _move, _set_aside, _relink, _change_level),
    *(_change_sections, _change_registry, _change_head, _change_settings, _rename),
)
