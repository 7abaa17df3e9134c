"""The programme of both days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearsal import editors, floor, plan_files
from rehearsal.merging import sync
from rehearsal.room import Desk, git, read

if TYPE_CHECKING:
    from rehearsal.room import Room

EDITORS = ("editor-1", "editor-2", "editor-3")
FLOOR = ("chair", "rapporteur")


def rehearse(room: Room, *, sessions: int) -> None:
    """Play both days."""
    desks = opened(room)
    room.own_files = room.random.random() < 0.5
    for _ in range(sessions):
        session(room, desks)


def opened(room: Room) -> list[Desk]:
    """Set up the server, and desks with clones of the plan."""
    git("init", "-q", "--bare", "-b", "main", room.folder / "server.git", cwd=room.folder)
    first = Desk(room, "secretariat")
    git("clone", "-q", "server.git", "secretariat", cwd=room.folder)
    plan_files.write(first.path, room.words)
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


def session(room: Room, desks: list[Desk]) -> None:
    """Let every editor work, and all come together."""
    for desk in desks:
        if desk.name in EDITORS:
            editors.work(desk, room.random.randint(1, 4))
        elif desk.name in FLOOR:
            floor.sit(desk, room.random.randint(2, 6))
    for desk in room.random.sample(desks, len(desks)):
        sync(desk)
