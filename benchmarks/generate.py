"""Write a made-up plan of any size: `python benchmarks/generate.py N DIR`.

N actions of 60 to 120 words in sections of at most 250, N/2 recommendations in files of at most 500,
40 instruments of 30 provisions; each action has one to three links of each kind. The same N gives the
same bytes, and every plan is valid.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECTION = 250
"""The most actions a file."""
SOURCE = 500
"""The most recommendations a file."""
INSTRUMENTS, PROVISIONS, ACTORS, OBLIGATIONS = 40, 30, 12, 21

_DRAWN_FROM = (
    "States observers commissions courts parliaments monitors experts citizens parties media should may "
    "publish review report invite protect consider support answer follow measure translate explain compare "
    "elections rights law access registration ballots complaints remedies evidence findings boundaries "
    "candidates voters training calendars missions treaty article paragraph recommendation obligation "
    "equal genuine periodic public timely independent impartial accessible national regional effective "
    "before after during between within under without through every each their its all other such and or "
    "of in to for with from by on at the a an “free”"
)
_WORDS = _DRAWN_FROM.split()


def files(size: int) -> Iterator[tuple[str, str]]:
    """Give each file of a plan of `size` actions: its path below the project, and its text."""
    random = Random(size)  # noqa: S311 - made-up words, not secrets
    recommendations = max(1, size // 2)
    yield "plan/plan.yaml", _head(random)
    yield "plan/actors.yaml", _list("actors", map(_actor, range(ACTORS)))
    yield "plan/obligations.yaml", _list("obligations", map(_obligation, range(OBLIGATIONS)))
    yield "plan/instruments/made-up.yaml", _list("instruments", map(_instrument, range(INSTRUMENTS)))
    for number, first in enumerate(range(0, recommendations, SOURCE), 1):
        items = range(first, min(first + SOURCE, recommendations))
        head = f"mechanism:\n  id: source-{number}\n  title: Source {number}\n"
        body = _list("recommendations", (_recommendation(random, item) for item in items))
        yield f"plan/recommendations/{number:05}.yaml", head + body
    for number, first in enumerate(range(0, size, SECTION), 1):
        items = range(first, min(first + SECTION, size))
        head = f"id: section-{number}\ntitle: Section {number}\n"
        body = _list("actions", (_action(random, item, recommendations) for item in items))
        yield f"plan/sections/{number:05}.yaml", head + body


def write(size: int, folder: Path) -> None:
    """Write a plan of `size` actions below `folder`."""
    for name, text in files(size):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def reworded(size: int, folder: Path) -> None:
    """Write the same plan with five words of every tenth action changed."""
    write(size, folder)
    for path in (folder / "plan" / "sections").iterdir():
        changed = _TENTH.sub(r"\1other words were found here ", path.read_text(encoding="utf-8"))
        path.write_text(changed, encoding="utf-8", newline="\n")


_TENTH = re.compile(r"(  - id: A-\d*0\n    text: >-\n      (?:\S+ ){5})(?:\S+ ){5}")


def _head(random: Random) -> str:
    return (
        "title: A plan made to measure\n"
        "notice: The words of this plan are drawn by lot.\n"
        "stage: final\n"
        "stages:\n"
        "  - {id: first, date: 2020-01-01, allows: {brackets: true, statuses: [draft]}}\n"
        "  - {id: final, date: 2020-01-02, allows: {brackets: false, statuses: [agreed]}}\n"
    ) + _list("introduction", (f"  - id: P-{i:02}\n    text: >-\n{text(random, 40)}" for i in range(10)))


def _actor(number: int) -> str:
    return f"  - id: actor-{number}\n    title: actors {number}\n"


def _obligation(number: int) -> str:
    return f"  - id: obligation-{number}\n    number: {number + 1}\n    title: Obligation {number}\n"


def _instrument(number: int) -> str:
    provisions = "".join(
        f"      - ref: {article // 3 + 1}({'abc'[article % 3]})\n"
        f"        subject: subject {article} of instrument {number}\n"
        f"        obligations:\n          - obligation-{(7 * number + 2 * article) % OBLIGATIONS}\n"
        "        verified: true\n"
        for article in range(PROVISIONS)
    )
    return (
        f"  - id: instrument-{number}\n    kind: treaty\n    unit: article\n    title: Instrument {number}\n"
        f"    symbol: MADE/UP/{number}\n    adopted: {1960 + number}-12-16\n"
        f"    in_force: {1961 + number}-12-16\n    provisions:\n{provisions}"
        "    verified: true\n    source: made up\n"
    )


def _recommendation(random: Random, number: int) -> str:
    return (
        f"  - id: R-{number}\n    text: >-\n{text(random, 30)}    origin: illustrative\n"
        f"    obligations:\n      - obligation-{number % OBLIGATIONS}\n"
        "    verified: true\n    source: made up\n"
    )


def _action(random: Random, number: int, recommendations: int) -> str:
    links = [1 + int(random.random() * 3) for _ in range(3)]
    provisions = (
        f"instrument-{(number + link) % INSTRUMENTS} {(number + link) % 10 + 1}({'abc'[link]})"
        for link in range(links[2])
    )
    # the first link of all actions together takes up every recommendation
    taken_up = dict.fromkeys((number + link * 7) % recommendations for link in range(links[1]))
    return (
        f"  - id: A-{number:03}\n    text: >-\n{text(random, 60 + int(random.random() * 61))}"
        "    level: [national]\n    addressees:\n"
        + "".join(f"      - actor-{(number + link) % ACTORS}\n" for link in range(links[0]))
        + "    recommendations:\n"
        + "".join(f"      - R-{each}\n" for each in taken_up)
        + f"    why: >-\n{text(random, 12)}    provisions:\n"
        + "".join(f"      - {each}\n" for each in provisions)
        + "    status: agreed\n"
    )


def text(random: Random, words: int) -> str:
    """Write words under a key as a person does, one sentence of twenty words or so a line."""
    drawn = [word for word, _ in groupby(random.choices(_WORDS, k=words))]  # none twice in a row
    lines = (" ".join(drawn[start : start + 20]) for start in range(0, len(drawn), 20))
    return "".join(f"      {line[0].upper()}{line[1:]}.\n" for line in lines)


def _list(name: str, items: Iterable[str]) -> str:
    return f"{name}:\n{''.join(items)}"


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
