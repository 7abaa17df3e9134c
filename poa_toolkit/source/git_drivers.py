"""The drivers by which git reads and merges the files of a plan: set in one clone, and taken away again."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import VersionError
from poa_toolkit.source import git, git_folder
from poa_toolkit.source.git_process import run, said

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTRIBUTES = ".gitattributes"
LINE = "plan/**/*.yaml diff=poa merge=poa"
"""Which files the drivers are for."""
_REMARK = "# `poa git-setup`: changes are shown under the id of their record, and merged by record and word"
_BLOCK = f"{_REMARK}\n{LINE}\n".encode()
_RECORD = r"^ {0,2}(- id: .*|id: .*)$"
"""The line that stands over a hunk: the id of a section, of an action, of a recommendation."""
_WORD = r"[^][[:space:](){}|,.;:]+([-.,:/'(][^][[:space:](){}|,.;:]+[)]?)*|[^[:space:]]"
"""What is one word in `git diff --word-diff`: symbols, citations and hyphenated words are."""


HOOKS = ("pre-merge-commit", "pre-commit")
"""The hooks that git runs before it commits a merge: one that was clean, one that was finished by hand."""
_HOOK = """\
#!/bin/sh
# `poa git-setup`: a merge that would lose what one side changed is not committed
case "$0" in
*pre-commit) test -e "$(git rev-parse --git-path MERGE_HEAD)" || exit 0 ;;
esac
if test -x {python}; then exec {python} -P -m poa_toolkit -C {inside} merge check; fi
"""


def settings() -> Mapping[str, str]:
    """Return the settings of the drivers, by their names."""
    return {
        "diff.poa.xfuncname": _RECORD,
        "diff.poa.wordRegex": _WORD,
        "merge.poa.name": "plan of action, by record, field and word",
        "merge.poa.driver": _driver(),
    }


def _driver() -> str:
    """Return the command that git runs; without the toolkit, git merges by itself and drops no side."""
    python = shlex.quote(Path(sys.executable).as_posix())
    ours = f"{python} -P -m poa_toolkit merge-driver %O %A %B %L %P"
    return f"if test -x {python}; then {ours}; else git merge-file --marker-size=%L %A %O %B; fi"


def install(project: Path) -> tuple[str, ...]:
    """Set the drivers for the clone that holds `project`; give the settings that were not so before.

    Raises VersionError where git has no repository here, or cannot write its settings; WriteError where
    its settings or hooks lie elsewhere.
    """
    changed = {name: value for name, value in settings().items() if _setting(project, name) != value}
    git_folder.refuse_unsafe(project, git_folder.SETTINGS, git_folder.HOOKS)
    for name, value in changed.items():
        _set(project, name, value)
    return tuple(changed)


def remove(project: Path) -> tuple[str, ...]:
    """Take the settings of the drivers away; give those that were there. Raises as `install` does."""
    found = tuple(name for name in settings() if _setting(project, name) is not None)
    git_folder.refuse_unsafe(project, git_folder.SETTINGS, git_folder.HOOKS)
    for name in found:
        _set(project, name, None)
    return found


def with_line(attributes: bytes) -> bytes:
    """Return the attributes of a project with the line that chooses the drivers."""
    if any(each.split() == LINE.encode().split() for each in attributes.splitlines()):
        return attributes
    gap = b"" if not attributes or attributes.endswith(b"\n") else b"\n"
    return attributes + gap + _BLOCK


def without_line(attributes: bytes) -> bytes:
    """Return the attributes of a project without the lines that `with_line` added."""
    return attributes.replace(_BLOCK, b"")


def hooks_folder(project: Path) -> Path | None:
    """Return the folder of the hooks of this clone; None where its settings name another one."""
    if _setting(project, "core.hooksPath") is not None:
        return None
    done = run(project, "rev-parse", "--git-common-dir")
    folder = done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
    return project / folder / "hooks" if done.returncode == 0 and folder else None


def hook(project: Path) -> bytes:
    """Return the hook that asks before a merge is committed; without the toolkit it lets everything pass."""
    python, inside = shlex.quote(Path(sys.executable).as_posix()), shlex.quote(git.prefix(project) or ".")
    return _HOOK.format(python=python, inside=inside).encode()


def _setting(project: Path, name: str) -> str | None:
    done = run(project, "config", "--local", "--null", "--get", name)
    if done.returncode > 1:
        raise VersionError(f"git has no settings here: {said(done)}")
    return done.stdout.decode("utf-8", "replace").rstrip("\0") if done.returncode == 0 else None


def _set(project: Path, name: str, value: str | None) -> None:
    asked = ("--unset-all", name) if value is None else ("--replace-all", name, value)
    done = run(project, "config", "--local", *asked)
    if done.returncode:
        raise VersionError(f"git cannot change its setting {name}: {said(done)}")
