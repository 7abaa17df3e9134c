"""The programme of both days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearsal import checks, editors, floor, plan_files, secretariat, word
from rehearsal.merging import sync
from rehearsal.room import Desk, git, read

if TYPE_CHECKING:
    from rehearsal.room import Room

SECRETARIAT = "secretariat"
EDITORS = ("editor-1", "editor-2", "editor-3")
FLOOR = ("chair", "rapporteur")
IDS = """\
ids:
  per: editor
  editors:
    - who: editor-1@example.org
      letter: K
    - who: editor-2@example.org
      letter: L
    - who: editor-3@example.org
      from: 200
      to: 299
"""


def rehearse(room: Room, *, sessions: int) -> None:
    """Play both days, each of so many sessions."""
    room.own_files, room.own_ids = (room.random.random() < 0.5 for _ in range(2))
    desks = opened(room)
    first = desks[0]
    draft = secretariat.freeze(first, "draft")
    secretariat.begin(first, "day-1")
    gather(room, desks)
    for _ in range(sessions):
        session(room, desks)
        secretariat.look(first, draft, "draft")
    secretariat.complete(first)
    day_1 = secretariat.freeze(first, "day-1")
    secretariat.look(first, draft, "draft")
    secretariat.begin(first, "day-2")
    gather(room, desks)
    for _ in range(sessions):
        session(room, desks)
        secretariat.look(first, day_1, "day-1")
    secretariat.decide_the_rest(first)
    secretariat.complete(first)
    secretariat.set_statuses(first, "agreed")
    day_2 = secretariat.freeze(first, "day-2")
    secretariat.look(first, day_1, "day-1")
    checks.changes(first, draft, "draft", day_2, "day-2")
    secretariat.endorse(first)
    gather(room, desks)


def opened(room: Room) -> list[Desk]:
    """Set up the server, and desks with clones of the plan."""
    git("init", "-q", "--bare", "-b", "main", room.folder / "server.git", cwd=room.folder)
    first = Desk(room, SECRETARIAT)
    git("clone", "-q", "server.git", SECRETARIAT, cwd=room.folder)
    plan_files.write(first.path, room.words)
    if room.own_ids:
        (first.path / "poa.yaml").write_text(IDS, encoding="utf-8", newline="\n")
    first.poa("git-setup")
    first.wanted = read(first.path)
    first.git("checkout", "-q", "-b", "main")
    first.commit("start")
    first.git("push", "-q", "-u", "origin", "main")
    return [first, *(_joined(room, first, name) for name in (*EDITORS, *FLOOR))]


def _joined(room: Room, first: Desk, name: str) -> Desk:
    git("clone", "-q", "server.git", name, cwd=room.folder)
    desk = Desk(room, name)
    desk.poa("git-setup")
    desk.wanted = first.wanted.copy()
    return desk


def gather(room: Room, desks: list[Desk]) -> None:
    """Let all desks come together at the server, in any order, the secretariat first and last."""
    for desk in [desks[0], *room.random.sample(desks[1:], len(desks) - 1), desks[0]]:
        sync(desk)


def session(room: Room, desks: list[Desk]) -> None:
    """Let everybody work, and all come together."""
    first = desks[0]
    name, file, sent = word.send(first)
    participants = room.random.sample(word.PARTICIPANTS, room.random.randint(1, 3))
    returned = [word.edited(first, file, sent, by, room.random.randint(1, 4)) for by in participants]
    if room.uno:
        returned.append(word.edited_in_libreoffice(first, file, sent, word.WITH_LIBREOFFICE))
    for desk in desks:
        if desk.name in EDITORS:
            editors.work(desk, room.random.randint(1, 4))
        elif desk.name in FLOOR:
            floor.sit(desk, room.random.randint(2, 6))
    gather(room, desks)
    for each in returned:
        word.come_home(first, each, name)
