"""The plan with which a rehearsal begins, in words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rehearsal.oracle import Words

SECTIONS = ("observation", "mechanisms", "follow-up")
ACTORS = ("observers", "states", "parliaments", "embs")
PROVISIONS = ("iccpr 25(a)", "iccpr 25(b)", "iccpr 25(c)", "iccpr 2(3)")
RECOMMENDATIONS = ("made-r1", "made-r2", "made-r3", "made-r4")
PARTICIPANTS = ("org-a", "org-b")

_PLAN = """\
title: A plan of action
notice: >-
  A working text.
stage: draft
stages:
  - id: draft
    title: Draft
    date: 2017-12-03
    allows:
      brackets: true
      statuses: [draft]
  - id: day-1
    title: "Day 1: review"
    date: 2017-12-04
    allows:
      brackets: true
      statuses: [draft, refined]
  - id: day-2
    title: "Day 2: agreement"
    date: 2017-12-05
    allows:
      brackets: false
      statuses: [agreed, endorsed]
introduction:
"""
_FIXED = {
    "recommendations/made.yaml": "mechanism:\n  id: made\n  title: A mechanism\nrecommendations:\n"
    + "".join(
        f"  - id: {each}\n    text: >-\n      Do the {number} things.\n    origin: illustrative\n"
        for number, each in enumerate(RECOMMENDATIONS, 2)
    ),
    "instruments/universal.yaml": "instruments:\n  - id: iccpr\n    kind: treaty\n    unit: article\n"
    "    title: International Covenant on Civil and Political Rights\n    adopted: 1966-12-16\n"
    "    in_force: 1976-03-23\n    provisions:\n"
    + "".join(
        f"      - ref: {each.removeprefix('iccpr ')}\n        subject: subject of {each[6:]}\n        verified: true\n"
        for each in PROVISIONS
    ),
    "actors.yaml": "actors:\n" + "".join(f"  - id: {each}\n    title: the {each}\n" for each in ACTORS),
    "participants.yaml": "participants:\n"
    + "".join(
        f"  - id: {each}\n    title: Organization {each[-1].upper()}\n    role: convenor\n"
        for each in PARTICIPANTS
    ),
}


def write(project: Path, words: Words, *, actions: int = 4) -> None:
    """Write the files: three paragraphs, and sections with so many actions each."""
    files = dict(_FIXED)
    files["plan.yaml"] = _PLAN + "".join(
        f"  - id: P-0{number}\n    text: >-\n      {words.sentence()}\n      {words.sentence()}\n"
        for number in (1, 2, 3)
    )
    number = 0
    for at, section in enumerate(SECTIONS, 1):
        text = f"id: {section}\ntitle: Section {at}\nactions:\n"
        for _ in range(actions):
            number += 1
            text += _action(number, words)
        files[f"sections/0{at}-{section}.yaml"] = text
    for name, content in files.items():
        path = project / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def _action(number: int, words: Words) -> str:
    text = f"  - id: A-{number:03}\n    text: >-\n      {words.sentence(8)}\n      {words.sentence(5)}\n"
    if number % 2:
        points = "".join(
            f"      - id: {each}\n        text: >-\n          {words.sentence(4)}\n" for each in "ab"
        )
        text += f"    points:\n{points}"
    actor, provision = ACTORS[number % 4], PROVISIONS[number % 4]
    return (
        f"{text}    level: [national]\n    addressees:\n      - {actor}\n    recommendations:\n"
        f"      - {RECOMMENDATIONS[number % 4]}\n    why: >-\n      {words.sentence(3)}\n"
        f"    provisions:\n      - {provision}\n    status: draft\n"
    )
