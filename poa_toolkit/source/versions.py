"""From the name of a version to what is in it: a baseline, a git revision, a folder, in that order."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import VersionError
from poa_toolkit.source import folder
from poa_toolkit.source.base import BASELINES, PLAN_FILE, ByteBudget, Files, Frozen, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKING_TREE = "working tree"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,27}")
_KINDS = ("baseline", "git", "dir")
_RANGE = re.compile(r"(.*?)(\.\.\.?)([^.].*)?", re.DOTALL)
_ABBREVIATED = 12
"""How many digits of a commit's hash name it in what is printed."""
_SHALLOW = "this clone is shallow: fetch the whole history (in a workflow, `fetch-depth: 0`)"


class Ends(NamedTuple):
    """The two versions that a range names."""

    old: str
    new: str
    old_label: str = ""
    """What to call the old one where its name says little."""


def ends(project: Path, text: str) -> Ends | None:
    """Return the versions that ``A..B`` names, or for ``A...B`` where B left A, and B; None for no range.

    As in git, an end left out is HEAD. What is itself the name of a folder is none. Raises
    VersionError where ``A...B`` names no two revisions with a common past.
    """
    kind, _, name = text.partition(":")
    prefix, rest = (f"{kind}:", name) if kind in ("baseline", "git") and name else ("", text)
    match = _RANGE.fullmatch(rest)
    if match is None or kind == "dir" or ".." in Path(text).parts or _is_plan_folder(Path(text)):
        return None
    old, new = (f"{prefix}{each or 'HEAD'}" for each in (match[1], match[3]))
    return Ends(old, new) if match[2] == ".." else _since_parting(project, old, new)


def _since_parting(project: Path, old: str, new: str) -> Ends:
    from poa_toolkit.source import git  # noqa: PLC0415 - the working tree needs no subprocess

    names = [each.removeprefix("git:") for each in (old, new)]
    commits = [git.resolve(project, each) for each in names]
    for name, commit in zip(names, commits, strict=True):
        if commit is None:
            raise VersionError(_unknown(project, name, what="git revision"))
    bases = git.merge_bases(project, str(commits[0]), str(commits[1]))
    if not bases:
        why = f"; {_SHALLOW}" if git.is_shallow(project) else ""
        raise VersionError(f'"{names[0]}" and "{names[1]}" have no commit in common{why}')
    return Ends(f"git:{bases[0]}", f"git:{names[1]}", f"{names[0]}...{names[1]}")


def read(project: Path, version: str | None) -> Files | Frozen:
    """Read the version that `version` names; the working tree for None.

    ``baseline:``, ``git:`` and ``dir:`` say which is meant. Raises VersionError for a name that
    means nothing or two things, NoPlanError for a version without a plan.
    """
    if version is None:
        return folder.read(project, WORKING_TREE)
    kind, _, name = version.partition(":")
    if kind in _KINDS and name:
        found = _candidates(project, name, only=kind)
    else:
        found, name = _candidates(project, version), version
    if not found:
        raise VersionError(_unknown(project, name))
    if len(found) > 1:
        choices = " or ".join(f"{each}:{name}" for each in found)
        raise VersionError(f'"{name}" names more than one version; say {choices}')
    return _open(project, name, *found.popitem())


def baseline_names(project: Path) -> tuple[str, ...]:
    """Return the names of the baselines of a project, in alphabetical order, whether they can be read or not.

    Raises VersionError where nobody can tell: their folder is a link.
    """
    if (project / BASELINES).is_symlink():
        raise VersionError(f"{BASELINES} is a link; put the folder itself there")
    try:
        with os.scandir(project / BASELINES) as entries:
            # a folder can be no version; a link, or what is no file, may have been one
            names = [Path(each.name) for each in entries if not each.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return ()
    return tuple(
        sorted(name.stem for name in names if name.suffix == ".json" and is_baseline_name(name.stem))
    )


def is_baseline_name(name: str) -> bool:
    """Return whether `name` can name a baseline: letters, digits and hyphens, at most 28, no hyphen first."""
    return _NAME.fullmatch(name) is not None


def read_baseline(project: Path, name: str) -> Frozen:
    """Read the bytes of a baseline. Raises VersionError where there is none of that name."""
    if name not in baseline_names(project):
        known = ", ".join(baseline_names(project)) or "none yet"
        raise VersionError(f'there is no baseline "{name}" (there are: {known})')
    return _frozen(project, name, ByteBudget())


def read_baselines(project: Path) -> Iterator[Frozen]:
    """Read the bytes of every baseline, in alphabetical order of their names.

    Raises VersionError for one that is not read: it is no file, or all together are too large.
    """
    budget = ByteBudget()
    for name in baseline_names(project):
        yield _frozen(project, name, budget)


def _frozen(project: Path, name: str, budget: ByteBudget) -> Frozen:
    path = f"{BASELINES}/{name}.json"
    content = folder.fetch(project, path, budget)
    if isinstance(content, Refusal):
        raise VersionError(f"{path}: {content.message}; {content.help}")
    return Frozen(name, path, content)


def _candidates(project: Path, name: str, only: str | None = None) -> dict[str, str]:
    """Return each kind of version that `name` can mean, with what it resolves to."""
    from poa_toolkit.source import git  # noqa: PLC0415 - the working tree needs no subprocess

    found: dict[str, str] = {}
    if only in (None, "baseline") and name in baseline_names(project):
        found["baseline"] = name
    if only in (None, "git") and (commit := git.resolve(project, name)):
        found["git"] = commit
    if only in (None, "dir") and name and _is_plan_folder(Path(name)):
        found["dir"] = name
    return found


def _is_plan_folder(path: Path) -> bool:
    try:
        return (path / PLAN_FILE).is_file()
    except (OSError, ValueError):
        return False


def _open(project: Path, name: str, kind: str, resolved: str) -> Files | Frozen:
    if kind == "baseline":
        return read_baseline(project, name)
    if kind == "git":
        from poa_toolkit.source import git  # noqa: PLC0415 - the working tree needs no subprocess

        return git.read(project, resolved, name[:_ABBREVIATED] if name == resolved else name)
    return folder.read(Path(name), name)._replace(root=Root(f"{name.rstrip('/')}/"))


def _unknown(project: Path, name: str, what: str = "baseline, git revision or folder") -> str:
    from poa_toolkit.source import git  # noqa: PLC0415 - the working tree needs no subprocess

    known = ", ".join(baseline_names(project)) or "none"
    message = f'there is no {what} "{name}" (baselines: {known})'
    trouble = git.trouble(project)
    if trouble:
        message += f"; git says: {trouble}"
    elif git.is_no_commit(project, name):
        message += "; git knows the name, but it is no commit, or one that is missing or damaged"
    elif git.is_shallow(project):
        message += f"; {_SHALLOW}"
    return message
