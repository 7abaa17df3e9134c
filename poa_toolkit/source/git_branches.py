"""The files of the plan on all branches that git knows, local and fetched: only those that differ."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import VersionError
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.source import git
from poa_toolkit.source.base import MAX_FILE, PLAN_FOLDER
from poa_toolkit.source.git_process import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_BRANCHES = 200
"""How many branches are looked at, the latest first."""
MAX_BYTES = 64 * 1024 * 1024
"""How many bytes of their files are read."""
_SHA1 = 40
_FOLDER = b"40000"


class Branches(NamedTuple):
    """What stands on other branches."""

    contents: tuple[bytes, ...] = ()
    """The files of the plan that are not among those known, each once."""
    is_partial: bool = False
    """Whether there are more branches, or files, than are looked at."""


def read(project: Path, known: Iterable[bytes]) -> Branches:
    """Read the files of the plan at the tip of every branch, but for those that are among `known`.

    Nothing is found where git has no repository. What is missing or is no plan is passed over.
    """
    listed = run(
        project,
        "for-each-ref",
        "--sort=-committerdate",
        f"--count={MAX_BRANCHES + 1}",
        "--format=%(objectname)",
        "refs/heads",
        "refs/remotes",
    )
    tips = list(dict.fromkeys(listed.stdout.split())) if listed.returncode == 0 else []
    folder = os.fsencode(git.prefix(project) + PLAN_FOLDER)
    if not tips or b"\n" in folder:
        return Branches()
    is_partial = len(tips) > MAX_BRANCHES
    names = [tip + b":" + folder for tip in (b"HEAD", *tips[:MAX_BRANCHES])]
    blobs: dict[bytes, None] = {}
    below: dict[bytes, str] = {}
    for plan in _objects(project, names, b"tree").values():
        for mode, name, oid in _entries(plan, len(tips[0]) // 2):
            if mode == _FOLDER:
                below[oid] = f"{PLAN_FOLDER}/{name}"
            elif kind_of(f"{PLAN_FOLDER}/{name}"):
                blobs[oid] = None
    for oid, tree in _objects(project, list(below), b"tree").items():
        found = _entries(tree, len(tips[0]) // 2)
        blobs |= dict.fromkeys(each for _, name, each in found if kind_of(f"{below[oid]}/{name}"))
    wanted = blobs.keys() - {_oid(each, len(tips[0])) for each in known}
    contents = _objects(project, sorted(wanted), b"blob")
    return Branches(tuple(contents.values()), is_partial or len(contents) < len(wanted))


def _objects(project: Path, names: list[bytes], kind: bytes) -> dict[bytes, bytes]:
    """Read the objects of one kind among `names`: object id to content; those too large are left out."""
    if not names:
        return {}
    asked = b"".join(name + b"\n" for name in names)
    listed = run(project, "cat-file", "--batch-check", "--buffer", stdin=asked)
    oids: dict[bytes, None] = {}
    size = 0
    for line in listed.stdout.splitlines():
        oid, _, rest = line.partition(b" ")
        if rest.startswith(kind + b" ") and oid not in oids:
            length = int(rest.rpartition(b" ")[2])
            if length <= MAX_FILE and size + length <= MAX_BYTES:
                oids[oid], size = None, size + length
    try:
        return dict(zip(oids, git.blobs(project, oids, "", kind=kind), strict=True))
    except VersionError:
        return {}


def _entries(tree: bytes, width: int) -> Iterator[tuple[bytes, str, bytes]]:
    """Return mode, name and object id of what a folder holds; an id takes `width` bytes."""
    at = 0
    while (end := tree.find(b"\0", at)) >= 0:
        mode, _, name = tree[at:end].partition(b" ")
        at = end + 1 + width
        yield mode, os.fsdecode(name), tree[end + 1 : at].hex().encode("ascii")


def _oid(content: bytes, digits: int) -> bytes:
    """Return the object id that git has for a file."""
    digest = hashlib.sha1 if digits == _SHA1 else hashlib.sha256
    named = digest(b"blob %d\0%b" % (len(content), content), usedforsecurity=False)
    return named.hexdigest().encode("ascii")
