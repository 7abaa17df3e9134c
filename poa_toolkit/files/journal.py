"""What is on record of an edit of several files until it is done, so that an interrupted one can be finished.

The record lies in a folder of the user's own, where nothing that comes with a repository is: it is found
by machine, user and project, and names only files of that project's plan.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import platform
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import WriteError
from poa_toolkit.files import allowed_places
from poa_toolkit.files.batch import Step
from poa_toolkit.files.folder import Folder, is_waiting
from poa_toolkit.source.base import BASELINES, PLAN_FOLDER, SETTINGS_FILE, is_plan_file

if TYPE_CHECKING:
    from collections.abc import Iterable

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_ELSEWHERE = "set XDG_STATE_HOME to another folder"


class Journal:
    """The record of one project, for this user on this machine."""

    def __init__(self, project: Path) -> None:
        """Say where it would lie; nothing is read or made."""
        self._project = project.resolve()
        whose = "\0".join((_machine(), str(_user()), os.fspath(self._project)))
        self._name = f"{hashlib.sha256(whose.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json"
        self._folder = _state_folder() / "journals"

    @property
    def path(self) -> Path:
        """Where it lies, for a person who has to look at it."""
        return self._folder / self._name

    def write(self, steps: Iterable[Step]) -> None:
        """Put on record what is to be done. Raises WriteError where nobody could read or trust it."""
        try:
            with self._opened(make=True) as folder:
                if folder.made:
                    folder.path.chmod(0o700)
                _must_be_ours_alone(folder.path)
                folder.replace(folder.put_aside(self._name, self._to_json(steps), mode=0o600), self._name)
                folder.sync()
        except WriteError as error:
            raise WriteError(f"{error}; there an edit is on record until it is done: {_ELSEWHERE}") from None

    def read(self) -> tuple[Step, ...]:
        """Return what an interrupted edit was to do; nothing where none was interrupted.

        A record of another folder that lay at this path is none of this project, nor is one that somebody
        else may have written. Raises WriteError where it is damaged.
        """
        if not os.path.lexists(self.path) or self._is_committed():
            return ()
        with self._opened() as folder:
            about = folder.status(self._name)
            if about is None or not (_is_ours_alone(about) and _is_ours_alone(folder.path.stat())):
                return ()
            content = folder.read(self._name)
        import json  # noqa: PLC0415 - who only reads has mostly nothing to read here

        try:
            found = json.loads(content or b"")
            if found["folder"] != self._identity():
                return ()
            return tuple(_step(each) for each in found["steps"])
        except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
            raise WriteError(f"{self.path} cannot be read; look at `git diff`, then delete it") from None

    def remove(self) -> None:
        """Take it away: all is done."""
        if os.path.lexists(self.path):
            with self._opened() as folder:
                folder.remove(self._name)

    def _opened(self, *, make: bool = False) -> Folder:
        where = allowed_places.place(self._folder)
        return Folder(where.root, where.parts, make=make)

    def _is_committed(self) -> bool:
        """Return whether it came with the repository: one's home may be the project, as in some workflows."""
        folder = Path(os.path.realpath(self._folder))
        if not folder.is_relative_to(self._project):
            return False
        from poa_toolkit.source import git  # noqa: PLC0415 - heavy, and only such a home pays for it

        return git.is_tracked(self._project, folder / self._name)

    def _identity(self) -> int:
        """Return what tells a folder from another one at the same path."""
        return (self._project / PLAN_FOLDER).stat().st_ino

    def _to_json(self, steps: Iterable[Step]) -> bytes:
        import json  # noqa: PLC0415 - as above

        found = [{**each._asdict(), "old": _encoded(each.old)} for each in steps]
        record = {"project": os.fspath(self._project), "folder": self._identity(), "steps": found}
        return json.dumps(record, indent=1).encode("ascii") + b"\n"


def _encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def _step(data: dict[str, str | None]) -> Step:
    path, waiting, old, digest = (data[key] for key in ("path", "waiting", "old", "digest"))
    if path is None or waiting is None or digest is None or not (is_waiting(waiting) and may_name(path)):
        raise ValueError(path)
    return Step(path, waiting, None if old is None else base64.b64decode(old, validate=True), digest)


def may_name(path: str) -> bool:
    """Return whether a path inside a project is a file of its plan: of its text, settings or a baseline."""
    if path != os.path.normpath(path).replace(os.sep, "/") or path.startswith("../"):
        return False
    if os.name == "nt" and ":" in path:
        return False
    folder, _, name = path.rpartition("/")
    frozen = folder == BASELINES and name.endswith(".json") and not name.startswith(".")
    of_text = path.startswith(f"{PLAN_FOLDER}/") and is_plan_file(path)
    return path == SETTINGS_FILE or frozen or of_text


def _state_folder() -> Path:
    """Return the user's folder of state; where nobody knows it, one that is not there and cannot be made."""
    from platformdirs import user_state_path  # noqa: PLC0415 - help needs none

    try:
        found = user_state_path("poa-toolkit", appauthor=False)
    except RuntimeError:
        found = Path()
    # a relative one would be another in whatever folder one stands
    return found if found.is_absolute() else Path(os.devnull)


def _machine() -> str:
    """Return what a machine is known by, also when its name changes, as that of a laptop does."""
    try:
        return Path("/etc/machine-id").read_text("ascii").strip() or platform.node()
    except (OSError, ValueError):
        return platform.node()


def _user() -> int | str:
    """Return who works here; where the system has no numbers, the folder of state is each user's own."""
    return os.getuid() if hasattr(os, "getuid") else ""


def _must_be_ours_alone(folder: Path) -> None:
    if not _is_ours_alone(folder.stat()):
        raise WriteError(f"others may write in {folder}")


def _is_ours_alone(found: os.stat_result) -> bool:
    """Return whether nobody but us may have written something."""
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & _OTHERS_WRITE)
