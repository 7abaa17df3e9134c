"""A plan at a git revision, read from the object store: no checkout, no hook, no filter runs."""

from __future__ import annotations

import os
import re
import tempfile
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import NoPlanError, VersionError
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.source import git_folder
from poa_toolkit.source.base import (
    PLAN_FILE,
    PLAN_FOLDER,
    SETTINGS_FILE,
    ByteBudget,
    Files,
    Refusal,
    Root,
    is_inside,
    is_plan_file,
)
from poa_toolkit.source.git_process import NO_GIT, run, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_LISTING = 32 * 1024 * 1024
"""Bytes of names beyond which git is not listened to: a tree may hold itself again and again."""

_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REGULAR = (b"100644", b"100755", b"100664")
_SHOWN = 5
_IDENTITY = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL")
_SIGNED = re.compile(r"(?P<name>.*) <(?P<email>.*)> [0-9]+ [+-][0-9]+\s*")


def resolve(project: Path, revision: str) -> str | None:
    """Return the commit that `revision` names, or None where it names none.

    The revision never reaches git as an option. Without git, no revision names anything.
    """
    return _named(project, f"{revision}^{{commit}}") if revision else None


def commits(project: Path, names: Sequence[str]) -> list[str | None]:
    """Return the commit that each of some names of git's own means, by one process; None for none.

    Nothing a person wrote may be among the names.
    """
    if not names:
        return []
    asked = "".join(f"{name}^{{commit}}\n" for name in names).encode("ascii")
    done = run(project, "cat-file", "--batch-check=%(objectname)", stdin=asked)
    answers = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or len(answers) != len(names):
        return [None] * len(names)
    return [each if _HASH.fullmatch(each) else None for each in answers]


def is_rebasing(project: Path) -> bool:
    """Return whether a rebase has stopped in this clone."""
    done = run(project, "rev-parse", "--git-path", "rebase-merge")
    path = done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
    return done.returncode == 0 and (project / path).is_dir()


def is_no_commit(project: Path, revision: str) -> bool:
    """Return whether git knows the name `revision`, of something that cannot be read as a commit."""
    found = _named(project, revision) if revision else None
    return found is not None and resolve(project, found) is None


def merge_bases(project: Path, one: str, other: str) -> tuple[str, ...]:
    """Return the last commits that two commits have in common; more than one where branches met crosswise."""
    done = run(project, "merge-base", "--all", "--end-of-options", one, other)
    found = done.stdout.decode("ascii", "replace").split()
    return tuple(filter(_HASH.fullmatch, found)) if done.returncode == 0 else ()


def trouble(project: Path) -> str:
    """Return why git can read no repository at `project`; empty where it can."""
    done = run(project, "rev-parse", "--git-dir")
    return "" if done.returncode == 0 else said(done)


def prefix(project: Path) -> str:
    """Return the way from the top of the repository to the project, ``a/b/``; empty where it is the top."""
    done = run(project, "rev-parse", "--show-prefix")
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n") if done.returncode == 0 else ""


def user_name(project: Path) -> str | None:
    """Return the name of the person who works here, as git knows it, or None."""
    done = run(project, "config", "--get", "user.name")
    return done.stdout.decode("utf-8", "replace").strip() or None


class Author(NamedTuple):
    """Who would sign a commit now; empty where git does not know."""

    name: str
    email: str


def author(project: Path) -> Author:
    """Return who works here, as git would sign: its environment (``GIT_AUTHOR_EMAIL``), then its settings."""
    done = run(project, "var", "GIT_AUTHOR_IDENT", keep=_IDENTITY)
    found = _SIGNED.match(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else None
    if found:
        return Author(found["name"], found["email"])
    email = run(project, "config", "--get", "user.email").stdout.decode("utf-8", "replace").strip()
    return Author(user_name(project) or "", email)


def is_shallow(project: Path) -> bool:
    """Return whether the repository was cloned without its whole history."""
    return run(project, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def read(project: Path, commit: str, label: str) -> Files:
    """Read ``poa.yaml`` and every YAML file of the plan as they stood at `commit`, in name order.

    Where the commit has no ``plan/`` in the project, the one plan that it holds elsewhere counts.
    Raises NoPlanError where the commit holds no plan, VersionError where objects are missing.
    """
    listed, root = _list(project, commit, label, PLAN_FOLDER, SETTINGS_FILE), Root(f"{label}:")
    if PLAN_FILE not in listed:
        listed, root = _elsewhere(project, commit, label)
    entries = {name: each for name, each in listed.items() if is_plan_file(name) or each.mode not in _REGULAR}
    budget = ByteBudget()
    refusals = {name: refusal for name, each in entries.items() if (refusal := _refusal(name, each, budget))}
    wanted = {name: each.oid for name, each in entries.items() if name not in refusals}
    if PLAN_FILE not in entries:
        raise NoPlanError(f"{label} holds no {PLAN_FILE}")
    contents = dict(zip(wanted, blobs(project, list(wanted.values()), label), strict=True))
    fetch = partial(_fetch, project, commit, label, budget)
    return Files(label, contents, tuple(refusals.values()), fetch, root)


def staged(project: Path) -> str | None:
    """Return the tree that a commit would have now; None while files are unmerged, or git cannot tell.

    git writes it among its objects, and on record in its index: raises WriteError where these lie elsewhere.
    """
    git_folder.refuse_unsafe(project, git_folder.OBJECTS, git_folder.INDEX)
    done = run(project, "write-tree", keep=("GIT_INDEX_FILE",))
    return done.stdout.decode("ascii").strip() if done.returncode == 0 else None


def is_tracked(project: Path, path: Path) -> bool:
    """Return whether a file is one that git keeps, or would with the next commit."""
    done = run(project, "ls-files", "--error-unmatch", "--", f":(literal){path}")
    return done.returncode == 0


def plan_folders(project: Path, commit: str) -> list[str]:
    """Return the folders of all plans that a commit holds, from the top of the repository."""
    return _plan_folders(_list(project, commit, commit))


def _elsewhere(project: Path, commit: str, label: str) -> tuple[dict[str, _Entry], Root]:
    """Find the plan of a commit that has none in the project: its files, by the paths of a project."""
    everything = _list(project, commit, label)
    folders = _plan_folders(everything)
    now = plan_folders(project, "HEAD") if folders and resolve(project, "HEAD") else []
    if prefix(project) + PLAN_FOLDER in now:
        # what lies beside ours today is the plan of another project
        folders = [each for each in folders if each not in now]
    if not folders:
        raise NoPlanError(f"{label} holds no {PLAN_FILE}")
    if len(folders) > 1:
        names = ", ".join(f"{each}/plan.yaml" if each else "plan.yaml" for each in folders[:_SHOWN])
        raise NoPlanError(
            f"{label} holds no {PLAN_FILE} here, and more than one elsewhere ({names}): "
            "name the folder of one project with -C"
        )
    folder = folders[0]
    before = folder.rpartition("/")[0]
    home = f"{before}/" if before else ""
    inside = f"{folder}/" if folder else ""
    named = {
        f"{PLAN_FOLDER}/{name.removeprefix(inside)}": each
        for name, each in everything.items()
        if name.startswith(inside)
    }
    # at the top of a repository stands more than a plan
    found = named if folder else {name: each for name, each in named.items() if kind_of(name)}
    if settings := everything.get(f"{home}{SETTINGS_FILE}"):
        found[SETTINGS_FILE] = settings
    return found, Root(f"{label}:{home}", PurePosixPath(folder).name)


def _plan_folders(listed: dict[str, _Entry]) -> list[str]:
    return sorted(name.rpartition("/")[0] for name in listed if PurePosixPath(name).name == "plan.yaml")


def _fetch(project: Path, commit: str, label: str, budget: ByteBudget, name: str) -> bytes | Refusal:
    """Read one file of a commit by its path, as a person wrote it."""
    if not is_inside(name):
        return Refusal(name, "the path leads out of the project", "put the file into the project")
    entry = _list(project, commit, label, name).get(name)
    if entry is None or entry.mode not in _REGULAR:
        return Refusal(name, f"{label} holds no such file", "correct the path, or commit the file")
    if refusal := budget.refuse(name, entry.size):
        return refusal
    (content,) = blobs(project, [entry.oid], label)
    return content


class _Entry(NamedTuple):
    """What a commit holds under one name."""

    mode: bytes
    oid: bytes
    size: int


def _refusal(name: str, entry: _Entry, budget: ByteBudget) -> Refusal | None:
    if entry.mode not in _REGULAR:
        return Refusal(name, "this is no regular file in git", "commit the file itself")
    return budget.refuse(name, entry.size)


def _list(project: Path, commit: str, label: str, *paths: str) -> dict[str, _Entry]:
    """List what a commit holds below `paths` of the project; without paths, the whole repository."""
    scope = ("--", *(f":(literal){each}" for each in paths)) if paths else ("--full-tree",)
    before, after = ((), scope) if paths else (scope, ())
    done = run(project, "ls-tree", "-r", "-l", "-z", *before, commit, *after, most=MAX_LISTING)
    if done.returncode:
        raise VersionError(f"git cannot list {label}: {said(done)}")
    entries: dict[str, _Entry] = {}
    for entry in done.stdout.split(b"\0"):
        if entry:
            about, _, name = entry.partition(b"\t")
            mode, _, oid, size = about.split()
            path = name.decode("utf-8", "surrogateescape")
            entries[path] = _Entry(mode, oid, int(size) if size.isdigit() else 0)
    return entries


def blobs(project: Path, oids: Iterable[bytes], label: str, *, kind: bytes = b"blob") -> list[bytes]:
    """Read files, or other objects of one kind, by their ids, all by one process.

    Raises VersionError where one is missing.
    """
    wanted = list(oids)
    if not wanted:
        return []
    done = run(project, "cat-file", "--batch", "--buffer", stdin=b"".join(oid + b"\n" for oid in wanted))
    answer, found, at = done.stdout, [], 0
    for oid in wanted:
        end = answer.find(b"\n", at)
        header = answer[at:end].split(b" ")
        is_blob = end >= 0 and len(header) == 3 and header[1] == kind  # noqa: PLR2004 - oid, type, size
        size = int(header[2]) if is_blob else 0
        content = answer[end + 1 : end + 1 + size]
        if not is_blob or len(content) != size:
            raise VersionError(f"git cannot read object {oid.decode('ascii')} of {label}: {said(done)}")
        found.append(content)
        at = end + 2 + size
    return found


def _named(project: Path, name: str) -> str | None:
    if "\0" in name:
        return None
    done = run(project, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    found = done.stdout.decode("ascii", "replace").strip()
    return found if done.returncode == 0 and _HASH.fullmatch(found) else None


class Lines(NamedTuple):
    """Three versions of a file, merged line by line."""

    content: bytes
    conflicts: int


def merge_lines(base: bytes, ours: bytes, theirs: bytes, *, marker: int) -> Lines | None:
    """Merge three versions of a file as git does by itself; None where git cannot (they are no text)."""
    with tempfile.TemporaryDirectory(prefix="poa-merge-") as name:
        folder = Path(name)
        for each, content in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / each).write_bytes(content)
        # of no repository, even where one holds the folder of temporary files
        asked = ("--git-dir", os.devnull, "merge-file", "-p", f"--marker-size={marker}")
        done = run(folder, *asked, "ours", "base", "theirs")
    return Lines(done.stdout, done.returncode) if 0 <= done.returncode < NO_GIT else None
