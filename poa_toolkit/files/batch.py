"""Files below one root that are replaced as one: all that is new is on the disk before anything old goes."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Self

from poa_toolkit.errors import WriteError
from poa_toolkit.files.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path


class Step(NamedTuple):
    """One file to replace: where, the file that waits beside it, what stood there, what shall stand."""

    path: str
    """Below the root, with ``/``."""
    waiting: str
    old: bytes | None
    """None where there was no file."""
    digest: str


class State(NamedTuple):
    """How far a step has come: what stands in its place, and whether what is to stand there waits, whole."""

    is_old: bool
    is_new: bool
    waits: bool


class Batch:
    """The folders of some files below a root, each held open from the first look until the end.

    Use it in a ``with``: where an error ends that, folders that were made and are empty go. Every method
    raises WriteError as `Folder` does.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[str, Folder] = {}
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, stopped_by: type[BaseException] | None, *_: object) -> None:
        for folder in self._folders.values():
            folder.close()
        # those that hold something stay
        for made in reversed(self._made if stopped_by else ()):
            with suppress(OSError):
                made.rmdir()

    def folder(self, path: str, *, make: bool = False) -> Folder:
        """Return the folder of the file `path`; with `make` it is made where it is not there."""
        parents, _, _ = path.rpartition("/")
        if parents not in self._folders:
            found = Folder(self._root, PurePosixPath(parents).parts, make=make)
            self._made += found.made
            self._folders[parents] = found
        return self._folders[parents]

    def put_aside(
        self, files: Mapping[str, bytes], old: Mapping[str, bytes], *, mode: int | None = None
    ) -> tuple[Step, ...]:
        """Put every new content on the disk, so that no lack of room can stop us midway; all or none."""
        steps: list[Step] = []
        try:
            for path, content in files.items():
                folder = self.folder(path, make=True)
                waiting = folder.put_aside(_name(path), content, mode=mode)
                steps.append(Step(path, waiting, old.get(path), digest(content)))
        except BaseException:
            self.forget(steps)
            raise
        return tuple(steps)

    def replace(self, steps: Sequence[Step]) -> None:
        """Put in place what waits; what does so no more is in its place already."""
        for step in steps:
            folder = self.folder(step.path)
            if folder.status(step.waiting) is not None:
                folder.replace(step.waiting, _name(step.path))
            elif digest(folder.read(_name(step.path))) != step.digest:
                raise WriteError(f"{step.path} cannot be replaced: what was to stand there is gone")
        self._sync(steps)

    def replace_or_undo(self, steps: Sequence[Step], then: Callable[[], None] = lambda: None) -> None:
        """Put in place what waits; where the machine refuses one, put back what stood there.

        `then` is called when all is done, and when all is undone.
        """
        try:
            self.replace(steps)
            then()
        except WriteError as error:
            self.undo(steps)
            then()
            raise WriteError(f"{error}; nothing was written") from None
        except BaseException:
            # a person's Ctrl-C, or the system going down, comes too late to stop it
            self.replace(steps)
            then()
            raise

    def undo(self, steps: Sequence[Step]) -> None:
        """Put back what stood there, and take away what waits."""
        for step in steps:
            folder, name = self.folder(step.path), _name(step.path)
            if step.old is None:
                folder.remove(name)
            elif folder.read(name) != step.old:
                folder.replace(folder.put_aside(name, step.old), name)
        self._sync(steps)
        self.forget(steps)

    def _sync(self, steps: Iterable[Step]) -> None:
        """Put on the disk what was replaced, each folder once: of a thousand files, that is half the time."""
        for parents in dict.fromkeys(step.path.rpartition("/")[0] for step in steps):
            self._folders[parents].sync()

    def forget(self, steps: Iterable[Step]) -> None:
        """Take away what waits, as far as the machine lets us."""
        for step in steps:
            with suppress(WriteError):
                self.folder(step.path).forget(step.waiting)

    def state(self, step: Step) -> State:
        """Return how far a step has come."""
        folder = self.folder(step.path)
        now = folder.read(_name(step.path))
        waits = folder.status(step.waiting) is not None and digest(folder.read(step.waiting)) == step.digest
        return State(now == step.old, digest(now) == step.digest, waits)


def digest(content: bytes | None) -> str:
    """Return what a content is known by; empty for none."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _name(path: str) -> str:
    return path.rpartition("/")[2]
