"""A plan at a git revision, read from the object store: no checkout, no hook, no filter runs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import NoPlanError, VersionError
from poa_toolkit.source.base import (
    MAX_FILE,
    PLAN_FILE,
    PLAN_FOLDER,
    SETTINGS_FILE,
    Files,
    Refusal,
    is_inside,
    is_plan_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotepath=off")
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REGULAR = (b"100644", b"100755", b"100664")


def resolve(project: Path, revision: str) -> str | None:
    """Give the commit that `revision` names, or None where it names none.

    The revision never reaches git as an option. Without git, no revision names anything.
    """
    if not revision or "\0" in revision:
        return None
    spec = f"{revision}^{{commit}}"
    done = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", spec)
    found = done.stdout.decode("ascii", "replace").strip()
    return found if done.returncode == 0 and _HASH.fullmatch(found) else None


def trouble(project: Path) -> str:
    """Say why git can read no repository at `project`; empty where it can."""
    done = _git(project, "rev-parse", "--git-dir")
    return "" if done.returncode == 0 else _said(done)


def user_name(project: Path) -> str | None:
    """Give the name of the person who works here, as git knows it, or None."""
    done = _git(project, "config", "--get", "user.name")
    return done.stdout.decode("utf-8", "replace").strip() or None


def is_shallow(project: Path) -> bool:
    """Say whether the repository was cloned without its whole history."""
    return _git(project, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def read(project: Path, commit: str, label: str) -> Files:
    """Read ``poa.yaml`` and every YAML file below ``plan/`` as they stood at `commit`, in name order.

    Raises NoPlanError where the commit holds no plan, VersionError where objects are missing.
    """
    listed = _list(project, commit, label, PLAN_FOLDER, SETTINGS_FILE)
    entries = {name: each for name, each in listed.items() if is_plan_file(name) or each.mode not in _REGULAR}
    refusals = [*_refused(entries)]
    wanted = {name: each.oid for name, each in entries.items() if each.readable}
    if PLAN_FILE not in wanted:
        raise NoPlanError(f"{label} holds no {PLAN_FILE}")
    contents = dict(zip(wanted, _blobs(project, list(wanted.values()), label), strict=True))
    return Files(label, contents, tuple(refusals), lambda path: _fetch(project, commit, label, path))


def _fetch(project: Path, commit: str, label: str, name: str) -> bytes | Refusal:
    """Read one file of a commit by its path, as a person wrote it."""
    if not is_inside(name):
        return Refusal(name, "the path leads out of the project", "put the file into the project")
    entry = _list(project, commit, label, name).get(name)
    if entry is None or not entry.readable:
        return Refusal(name, f"{label} holds no such file", "correct the path, or commit the file")
    (content,) = _blobs(project, [entry.oid], label)
    return content


class _Entry(NamedTuple):
    """What a commit holds under one name."""

    mode: bytes
    oid: bytes
    size: int

    @property
    def readable(self) -> bool:
        """Whether it is a regular file of a size that is read."""
        return self.mode in _REGULAR and self.size <= MAX_FILE


def _refused(entries: dict[str, _Entry]) -> Iterator[Refusal]:
    for name, entry in entries.items():
        if entry.mode not in _REGULAR:
            yield Refusal(name, "this is no regular file in git", "commit the file itself")
        elif entry.size > MAX_FILE:
            yield Refusal(
                name, f"the file holds {entry.size // 1024 // 1024} MiB", "split it into several files"
            )


def _list(project: Path, commit: str, label: str, *paths: str) -> dict[str, _Entry]:
    done = _git(project, "ls-tree", "-r", "-l", "-z", commit, "--", *paths)
    if done.returncode:
        raise VersionError(f"git cannot list {label}: {_said(done)}")
    entries: dict[str, _Entry] = {}
    for entry in done.stdout.split(b"\0"):
        if entry:
            about, _, name = entry.partition(b"\t")
            mode, _, oid, size = about.split()
            path = name.decode("utf-8", "surrogateescape")
            entries[path] = _Entry(mode, oid, int(size) if size.isdigit() else 0)
    return entries


def _blobs(project: Path, oids: list[bytes], label: str) -> list[bytes]:
    done = _git(project, "cat-file", "--batch", stdin=b"".join(oid + b"\n" for oid in oids))
    answer, found, at = done.stdout, [], 0
    for oid in oids:
        end = answer.find(b"\n", at)
        header = answer[at:end].split(b" ")
        if end < 0 or len(header) != 3 or header[1] != b"blob":  # noqa: PLR2004 - oid, type, size
            raise VersionError(f"git cannot read object {oid.decode('ascii')} of {label}: {_said(done)}")
        size = int(header[2])
        found.append(answer[end + 1 : end + 1 + size])
        at = end + 2 + size
    return found


def _git(project: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
    }
    command = ["git", *_SAFE, "-C", os.fspath(project), *arguments]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)  # noqa: S603 - a list, no shell
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, b"", f"git cannot be run: {error.strerror}".encode())


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else "it is missing or damaged"
