"""Whatever a repository holds where a command writes: nothing outside changes, nothing is written through a link.

What a command writes is found by running it in a clean copy; in each of these places, and in each folder
on the way to them, something hostile is put in turn.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
import writers
from trees import leftovers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rounds import Ended, Stage

pytest_plugins = ["rounds"]  # a second conftest.py would take the name of the first

SOMEBODY = 12345


class Place(NamedTuple):
    """Somewhere that a command writes to."""

    command: writers.Writer
    path: str
    is_folder: bool


Hostile = "Callable[[Path, Path, bool], None]"


def _link(target: str) -> Callable[[Path, Path, bool], None]:
    def put(path: Path, outside: Path, _is_folder: bool) -> None:  # noqa: FBT001 - one of a kind
        path.symlink_to(outside / target)

    return put


def _other(path: Path, _outside: Path, is_folder: bool) -> None:  # noqa: FBT001 - one of a kind
    """Put a folder where a file should be, a file where a folder should be."""
    if is_folder:
        path.write_bytes(b"theirs")
    else:
        path.mkdir()
        (path / "theirs").write_bytes(b"theirs")


def _device(path: Path, _outside: Path, _is_folder: bool) -> None:  # noqa: FBT001 - one of a kind
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


def _socket(path: Path, _outside: Path, _is_folder: bool) -> None:  # noqa: FBT001 - one of a kind
    here = os.open(path.parent, os.O_RDONLY)
    before = os.open(".", os.O_RDONLY)
    os.fchdir(here)
    try:
        # a path of more than a hundred characters is none for a socket
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(before)
        os.close(before)
        os.close(here)


KINDS: dict[str, Callable[[Path, Path, bool], None]] = {
    "link to a file": _link("file"),
    "link to a folder": _link("folder"),
    "dangling link": _link("nothing"),
    "link to itself": lambda path, _outside, _is_folder: path.symlink_to(path.name),
    "named pipe": lambda path, _outside, _is_folder: os.mkfifo(path),
    "device": _device,
    "socket": _socket,
    "the other of file and folder": _other,
}


def _tree(folder: Path) -> dict[str, tuple[str, object]]:
    """Give all that is below a folder: what it is, and what it holds."""
    found: dict[str, tuple[str, object]] = {}
    for parent, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = folder.__class__(parent, name)
            status = path.lstat()
            kind = stat.filemode(status.st_mode)
            held: object = status.st_rdev
            if path.is_symlink():
                held = str(path.readlink())
            elif path.is_file():
                held = path.read_bytes()
            found[path.relative_to(folder).as_posix()] = (kind, held)
    return found


@pytest.fixture(scope="module")
def places(
    stage: Stage, plan: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[writers.Writer], list[Place]]:
    """Find what a command writes, and the folders on the way to it."""

    @cache
    def find(command: writers.Writer) -> list[Place]:
        project = writers.prepared(command, plan, tmp_path_factory.mktemp("clean") / "project")
        before = _tree(project)
        done = stage(project, *command.words)
        assert done.status == 0, done
        after = _tree(project)
        written = {path for path, each in after.items() if each != before.get(path)}
        on_the_way = {
            parent.as_posix()
            for path in written
            for parent in (project / path).relative_to(project).parents
            if parent.name
        }
        every = sorted({*written, *on_the_way} - {".git", ".git/config"})
        return [Place(command, path, (project / path).is_dir()) for path in every]

    return find


def _is_harmless(stage: Stage, plan: Path, folder: Path, place: Place, kind: str) -> Ended:
    """Put something hostile somewhere, run the command, and look at what has become of everything."""
    outside = folder / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "file").write_bytes(b"theirs")
    (outside / "folder/file").write_bytes(b"theirs")
    project = writers.prepared(place.command, plan, folder / "project")
    path = project / place.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    KINDS[kind](path, outside, place.is_folder)
    before, hostile = _tree(outside), _tree(path.parent)[path.name]
    done = stage(project, *place.command.words)
    assert done.status in (0, 1, 2), done
    assert "Traceback" not in done.stderr
    assert _tree(outside) == before, done
    assert _tree(path.parent)[path.name] == hostile, done
    assert leftovers(folder) == []
    return done


COMMANDS = (*writers.WRITERS, *writers.OTHERS)
SOME = COMMANDS[len(writers.WRITERS) - 2 :]
"""Those that write elsewhere than into a plan, and some that write there: these have one way in common."""


@pytest.mark.parametrize("command", SOME, ids=[" ".join(each.words[:4]) for each in SOME])
def test_nothing_outside_changes(
    stage: Stage,
    plan: Path,
    tmp_path: Path,
    places: Callable[[writers.Writer], list[Place]],
    command: writers.Writer,
) -> None:
    found = places(command)
    assert found
    for number, (place, kind) in enumerate(_some(found)):
        _is_harmless(stage, plan, tmp_path / str(number), place, kind)


def _some(found: list[Place]) -> Iterator[tuple[Place, str]]:
    """Give the outermost folder and the innermost file, each with a link that fits; the file as a pipe too."""
    folders = [each for each in found if each.is_folder]
    file = max((each for each in found if not each.is_folder), key=lambda each: each.path.count("/"))
    yield from ((each, "link to a folder") for each in folders[:1])
    yield file, "link to a file"
    yield file, "named pipe"


@pytest.mark.parametrize("command", SOME, ids=[" ".join(each.words[:4]) for each in SOME])
def test_no_name_of_a_folder_speaks_to_a_terminal_or_to_a_run(
    stage: Stage, plan: Path, tmp_path: Path, command: writers.Writer
) -> None:
    folder = tmp_path / "x\x1b]0;title\x07\n::error::y\u202e"
    folder.mkdir()
    project = writers.prepared(command, plan, folder / "z\x1b[2J")
    done = stage(project.parent, "-C", project.name, *command.words)
    said = done.stdout + done.stderr
    assert not set(said) & {"\x1b", "\x07", "\u202e"}, said
    assert "\n::error::" not in said
    assert "Traceback" not in said


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(each.words[:4]) for each in COMMANDS])
def test_nothing_outside_changes_whatever_stands_there(  # noqa: PLR0913, PLR0917 - fixtures
    stage: Stage,
    plan: Path,
    tmp_path: Path,
    places: Callable[[writers.Writer], list[Place]],
    command: writers.Writer,
    kind: str,
) -> None:
    for number, place in enumerate(places(command)):
        _is_harmless(stage, plan, tmp_path / str(number), place, kind)
