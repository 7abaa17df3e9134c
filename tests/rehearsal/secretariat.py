"""What the secretariat does: stages, freezes, statuses, what new actions still lack, endorsements, corrigenda."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehearsal import checks, word
from rehearsal.merging import block
from rehearsal.oracle import HOME
from rehearsal.plan_files import ACTORS, PARTICIPANTS, PROVISIONS, RECOMMENDATIONS

if TYPE_CHECKING:
    from rehearsal.oracle import State
    from rehearsal.room import Desk

DAYS = {"draft": "2017-12-03", "day-1": "2017-12-04", "day-2": "2017-12-05"}


def complete(desk: Desk) -> None:
    """Give each new action the links that it lacks."""
    random, state = desk.room.random, desk.wanted
    for record in state.actions():
        lacking = {
            "level": "national",
            "addressees": random.choice(ACTORS),
            "recommendations": random.choice(RECOMMENDATIONS),
            "provisions": random.choice(PROVISIONS),
        }
        missing = {name: value for name, value in lacking.items() if (record, name) not in state.values}
        if not missing and (record, "why") in state.values:
            continue
        for name, value in missing.items():
            state.put(record, name, frozenset({value}))
        if (record, "why") not in state.values:
            state.put(record, "why", desk.room.words.sentence(2))
        write_over(desk, record)
    desk.check("completing")
    desk.commit("links of new actions")


def set_statuses(desk: Desk, status: str) -> None:
    """Give every action that stands the same status."""
    for record in desk.wanted.actions():
        if desk.wanted.values[record, "status"] != status:
            desk.wanted.put(record, "status", status)
            write_over(desk, record)
    desk.check("statuses")
    desk.commit(f"statuses: {status}")


def write_over(desk: Desk, record: str) -> None:
    """Type an action anew at its place."""
    path = desk.file_of(str(desk.wanted.values[record, HOME]))
    pattern = rf"^(?:  #.*\n)*  - id: {record}\n(?:    .*\n)*"
    text, number = re.subn(
        pattern, lambda _: block(desk.wanted, record), path.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert number == 1, (record, number)
    path.write_text(text, encoding="utf-8", newline="\n")


def decide_the_rest(desk: Desk) -> None:
    """Reject what is still on the table."""
    for amendment in desk.wanted.amendments("open", "deferred", "stale"):
        desk.poa("amend", "reject", amendment, "--by", "Chair", "--date", desk.room.day)
        desk.wanted.put(amendment, "state", "rejected")
    desk.check("deciding the rest")
    desk.commit("the rest is decided")


def freeze(desk: Desk, name: str) -> State:
    """Freeze the text under the name of its stage, and name the baseline there."""
    desk.poa("validate")
    desk.poa("baseline", "create", name)
    frozen = desk.wanted.copy()
    path = desk.path / "plan/plan.yaml"
    text = path.read_text(encoding="utf-8").replace(
        f"  - id: {name}\n", f"  - id: {name}\n    baseline: {name}\n"
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    desk.wanted.put(name, "baseline", name)
    desk.check("freezing")
    desk.commit(f"freeze {name}")
    return frozen


def begin(desk: Desk, stage: str) -> None:
    """Let the text be at another stage."""
    path = desk.path / "plan/plan.yaml"
    text = re.sub(r"^stage: .*$", f"stage: {stage}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8", newline="\n")
    desk.wanted.put("plan", "stage", stage)
    desk.room.day = DAYS[stage]
    desk.check("the stage")
    desk.commit(f"stage {stage}")


def endorse(desk: Desk) -> None:
    """Endorse the text of day 2, edit it without a word, undo that, and put it right with a corrigendum."""
    today = ("--date", desk.room.day)
    for participant in PARTICIPANTS:
        who = ("--participant", participant, "--capacity", "participant")
        desk.poa("endorse", *who, "--text", "day-2", *today)
    desk.commit("endorsements")
    desk.poa("endorsements", "verify")
    desk.poa("validate")
    record = desk.room.random.choice(desk.wanted.actions())
    _edit_behind_their_backs(desk, record)
    text = desk.wanted.text(record)
    old = text.split()[-1]
    new = f"{desk.room.words.word()}."
    more = (
        "--corrigendum",
        "--comment",
        desk.room.words.word(),
        "--by",
        "Delegation A",
        "--date",
        desk.room.day,
    )
    done = desk.poa("amend", "propose", record, "--text", text.replace(old, new), *more)
    amendment = done.stdout.split()[1]
    desk.poa("endorsements", "verify")
    desk.poa("amend", "accept", amendment, "--by", "Chair", "--date", desk.room.day)
    done = desk.poa("endorsements", "verify")
    assert amendment in done.stdout or record in done.stdout, done.stdout
    desk.poa("validate")
    desk.wanted = desk.read()
    assert desk.wanted.text(record) == text.replace(old, new)
    desk.commit("a corrigendum")


def _edit_behind_their_backs(desk: Desk, record: str) -> None:
    path = desk.file_of(str(desk.wanted.values[record, HOME]))
    kept = path.read_text(encoding="utf-8")
    word = desk.wanted.text(record).split()[0]
    path.write_text(kept.replace(word, desk.room.words.word().capitalize()), encoding="utf-8", newline="\n")
    done = desk.poa("endorsements", "verify", status=1)
    assert record in done.stdout + done.stderr, done
    desk.poa("validate", status=1)
    path.write_text(kept, encoding="utf-8", newline="\n")


def look(desk: Desk, old: State, version: str) -> None:
    """Hold what the toolkit tells of the text against what is known."""
    checks.status(desk)
    checks.numbers(desk)
    checks.changes(desk, old, version, desk.wanted)
    word.redline(desk, old, version)
    for record in desk.room.random.sample(desk.wanted.actions(), 2):
        checks.past(desk, record)
