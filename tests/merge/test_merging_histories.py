"""Two hands on one plan, hundreds of times: nothing of either is lost, nothing comes from nowhere.

The oracle (merging_oracle) knows nothing of the package. A seed that failed is kept in KEPT for good.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest
import small_plan
from merging_histories import History, history
from merging_oracle import both_reordered, judge, version

from poa_toolkit.api.merge_file import merge_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from conftest import Git, Poa

KEPT = {
    12: "a conflict about nothing but lines broken anew, beside one about words",
    23: "two new amendments under one id, woven together",
    101: "conflicts about comments that one side alone put in, beside one about words",
    129: "one conflict about several keys of a record",
    501: "two new actions under one id, woven together, where git alone keeps both",
    756: "a conflict where nothing is to be decided",
}
"""Seeds that failed once, and what was wrong."""
PARTS = 8
FEW, MANY = range(32), range(2000)
ACROSS = (122, 428, 483, 649, 651, 725, 782, 799)
"""Seeds in which one side moves a record to another file, and the other changes it."""


_FIRST_MARKER = re.compile(r"(?<!theirs\n)^<{7} ", re.MULTILINE)
_RENAMED = re.compile(r"(\S+) of (ours|theirs) is (\S+) now;")
_NAME = re.compile(r"^  - id: (\S+)", re.MULTILINE)

# --- file by file, as git calls the driver ------------------------------------------------------


class Meeting(NamedTuple):
    """A file that both sides changed."""

    path: str
    base: str
    ours: str
    theirs: str

    def judged(self, result: str) -> list[str]:
        """Say what is wrong with a merge of it."""
        return judge(*({self.path: text} for text in (self.base, self.ours, self.theirs, result)))

    def by_us(self) -> str:
        """Merge it as the driver does."""
        base, ours, theirs = (each.encode() for each in (self.base, self.ours, self.theirs))
        return merge_files(base, ours, theirs, self.path).content.decode()

    def by_git(self, folder: Path) -> str:
        """Merge it as git does by itself."""
        for name in ("ours", "base", "theirs"):
            (folder / name).write_text(getattr(self, name), "utf-8")
        command = ["git", "merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs"]
        done = subprocess.run(
            [*command, "ours", "base", "theirs"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout

    def conflicts(self, result: str) -> int:
        """Count the conflicts in a merge of it; two with no line between them are one, as git has them."""
        return len(_FIRST_MARKER.findall(result))

    def is_more_than(self, result: str, plain: str) -> bool:
        """Say whether a merge has more conflicts than git alone, whose own is right: it has no twins."""
        if _has_twins(plain) or both_reordered(
            *(version({self.path: each}) for each in (self.base, self.ours, self.theirs))
        ):
            return False
        more = self.conflicts(result) > self.conflicts(plain)
        return more and (self.conflicts(plain) > 0 or not self.judged(plain))


def _has_twins(text: str) -> bool:
    names = _NAME.findall(text)
    return len(names) > len({*names})


def _meetings(given: History) -> Iterator[Meeting]:
    for path, base in given.base.items():
        ours, theirs = given.ours[path], given.theirs[path]
        if len({base, ours, theirs}) == 3:
            yield Meeting(path, base, ours, theirs)


def _complaints(seed: int, folder: Path) -> Iterator[str]:
    """Merge every file of a history that both sides changed, and say what is wrong."""
    for meeting in _meetings(history(seed)):
        result = meeting.by_us()
        complaints = meeting.judged(result)
        if meeting.conflicts(result) and meeting.is_more_than(result, meeting.by_git(folder)):
            complaints.append(f"{meeting.conflicts(result)} conflicts, more than git alone has")
        yield from (f"seed {seed} {meeting.path}: {each}" for each in complaints)


def _report(complaints: Iterable[str]) -> str:
    found = list(complaints)
    seeds = dict.fromkeys(each.split()[1] for each in found)
    return "\n".join([f"{len(seeds)} seeds: {', '.join(seeds)}", *found[:40]]) if found else ""


@pytest.mark.parametrize("seed", KEPT)
def test_a_history_that_failed_once_is_merged_right(seed: int, tmp_path: Path) -> None:
    report = _report(_complaints(seed, tmp_path))
    assert not report, f"{KEPT[seed]}\n{report}"


@pytest.mark.parametrize("part", range(PARTS))
def test_both_sides_of_every_history_are_in_its_merge(part: int, tmp_path: Path) -> None:
    report = _report(each for seed in FEW[part::PARTS] for each in _complaints(seed, tmp_path))
    assert not report, report


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_both_sides_of_many_histories_are_in_their_merge(part: int, tmp_path: Path) -> None:
    report = _report(each for seed in MANY[part::PARTS] for each in _complaints(seed, tmp_path))
    assert not report, report


def test_fewer_files_are_in_conflict_than_with_git_alone(tmp_path: Path) -> None:
    found = [(each, each.by_git(tmp_path)) for seed in FEW[:20] for each in _meetings(history(seed))]
    in_doubt = [(each, plain) for each, plain in found if each.conflicts(plain)]
    ours = sum(bool(each.conflicts(each.by_us())) for each, _ in in_doubt)
    assert 2 * ours < len(in_doubt), f"{ours} of {len(in_doubt)}"


# --- whole plans, merged by git -----------------------------------------------------------------


def _written(project: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")


@pytest.fixture
def repository(tmp_path: Path, git: Git, poa: Poa) -> Path:
    """Give a repository with a plan and the drivers, to which the files of a history are added."""
    data = {name: each for name, each in small_plan.files().items() if not name.startswith("sections/")}
    project = small_plan.write(tmp_path / "plan of two hands", data)
    git("init", "-q", cwd=project)
    assert poa("git-setup", cwd=project).status == 0
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "plan", cwd=project)
    return project


def _merged(project: Path, given: History, git: Git, poa: Poa) -> tuple[dict[str, str], str]:
    """Make the history of both sides, merge it with git, finish as an editor would; the files, and what was said."""
    git("checkout", "-q", "-B", "ours", "main", cwd=project)
    _written(project, given.base)
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "base", cwd=project)
    git("checkout", "-q", "-B", "theirs", cwd=project)
    for branch, files in (("theirs", given.theirs), ("ours", given.ours)):
        git("checkout", "-q", branch, cwd=project)
        _written(project, files)
        git("commit", "-q", "--allow-empty", "-a", "-m", branch, cwd=project)
    said = git("merge", "-q", "--no-edit", "theirs", cwd=project, check=False)
    said += poa("merge", "finish", cwd=project).stdout
    merged = {path: (project / path).read_text("utf-8") for path in given.base}
    git("merge", "--abort", cwd=project, check=False)
    git("reset", "-q", "--hard", cwd=project)
    return merged, said


def _with_new_ids(files: dict[str, str], side: str, said: str) -> dict[str, str]:
    """Give the files of a side with the ids that, it was said, its new records have now."""
    for old, whose, new in dict.fromkeys(_RENAMED.findall(said)):
        if whose == side:
            files = {path: re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text) for path, text in files.items()}
    return files


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(40), *ACROSS])
def test_a_whole_plan_is_merged_right(seed: int, repository: Path, git: Git, poa: Poa) -> None:
    """A record that moved to another file on one side and was edited on the other keeps both."""
    given = history(seed)
    merged, said = _merged(repository, given, git, poa)
    ours, theirs = (_with_new_ids(getattr(given, side), side, said) for side in ("ours", "theirs"))
    complaints = judge(given.base, ours, theirs, merged)
    assert not complaints, "\n".join([f"seed {seed}", *given.deeds, *complaints[:20]])
