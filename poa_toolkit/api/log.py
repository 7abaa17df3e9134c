"""Every version of one record, across commits and baselines: who made it, when, and what changed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.printed import printed
from poa_toolkit.api.validate import read, readable_baselines
from poa_toolkit.diff.record_history import Origin, Step, Where, only, step
from poa_toolkit.document.history_report import history as laid_out
from poa_toolkit.document.record_names import is_number, meant
from poa_toolkit.errors import UnknownRecordError, VersionError
from poa_toolkit.load.plan import load_part
from poa_toolkit.model.file_kinds import OF_PROCESS, kind_of
from poa_toolkit.source import git, git_history, versions
from poa_toolkit.source.base import BASELINES, Files
from poa_toolkit.text.did_you_mean import did_you_mean
from poa_toolkit.trace import trace
from poa_toolkit.write import log as writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Baseline, Plan
    from poa_toolkit.source.git_history import Commit, FileChange, Past

MOST = 1000
"""How many commits are looked at, where nobody asks for more."""
_AT_ONCE = 200
"""How many files git is asked for at once: their contents are looked through and let go."""


class History(NamedTuple):
    """The past of a record."""

    record: str
    """Its id, as the plan spells it; with the field whose past alone is told."""
    steps: tuple[Step, ...]
    """Its versions, the oldest first."""
    cut: str
    """Why older ones are missing; empty where none is."""


class Reading(NamedTuple):
    """A record as one version has it."""

    plan: Plan | None = None
    """None where it is not there, or cannot be read."""
    trouble: str = ""
    """Why it cannot be read."""


_ABSENT = Reading()


def history(project: Path, name: str, *, most: int = MOST) -> History:
    """Return every version of the record `name`, whatever its case; of a field, ``A-007.points.b``, alone.

    Looks at the last `most` commits that changed the plan, at the baselines and at the working tree.
    Raises UnknownRecordError where no version has such a record.
    """
    now = read(project, None)
    frozen = readable_baselines(project)
    record, dot, field = name.partition(".")
    name = f"{_spelt(record, now, frozen.values())}{dot}{field}"
    past = git_history.past(project, most=most)
    steps = tuple(_Telling(project, name, now, frozen).steps(past))
    if not steps or (field and not any(_has(name, plan) for each in steps for plan in (each.old, each.new))):
        raise _unknown(name, now, frozen)
    return History(name, steps, past.cut)


def describe(found: History, form: str, *, colour: bool = False) -> str:
    """Print the past of a record as ``text``, ``markdown`` or ``json``."""
    if form == "json":
        return writer.to_json(found.record, found.steps, cut=found.cut)
    report = laid_out(found.record, found.steps, cut=found.cut)
    return printed(report, form, colour=colour)


class _Telling:
    """Puts the versions of one record in their order."""

    def __init__(self, project: Path, name: str, now: Loaded, frozen: dict[str, Baseline]) -> None:
        self.project, self.now, self.wanted = project, now, name
        self.name, _, self.field = name.partition(".")
        self.frozen = dict(frozen)
        self.last: Plan | None = None
        self.first = ""
        """The oldest commit that is known."""
        self.left = list(now.amendments)
        """The amendments that no version so far carried out: each is carried out once."""

    def steps(self, past: Past) -> Iterator[Step]:
        """Return the commits with the baselines they brought, other baselines, the working tree."""
        for each in self._steps(past):
            self.left = [amendment for amendment in self.left if amendment.id not in each.amendments]
            yield each

    def _steps(self, past: Past) -> Iterator[Step]:
        contents = _contents(self.project, self.name, past)
        self.first = past.commits[0].id if past.commits else ""
        brought = {commit.id: _brought(commit) for commit in past.commits}
        for name in self._by_date(name for name in self.frozen if self._precedes(name, past, brought)):
            yield from self.baseline(name)
        for commit in past.commits:
            yield from self.commit(commit, contents)
            for name in self._by_date(self.frozen.keys() & brought[commit.id]):
                yield from self.baseline(name)
        for name in self._by_date(self.frozen):
            yield from self.baseline(name)
        yield from self.working_tree(has_commits=bool(past.commits))

    def _by_date(self, names: Iterable[str]) -> list[str]:
        return sorted(names, key=lambda each: (self.frozen[each].date, each))

    def _precedes(self, name: str, past: Past, brought: dict[str, frozenset[str]]) -> bool:
        """Return whether a baseline is of a text older than the first commit that is known.

        That commit brought it, so that it was frozen before; else its date says so, where a commit that is
        not known brought it, or one that has other words: the stage of a text that is frozen today may well
        lie years back.
        """
        if not past.commits:
            return False
        first = past.commits[0]
        if name in brought[first.id]:
            return True
        baseline = self.frozen[name]
        if baseline.date.isoformat() >= first.when[:10]:
            return False
        by = next((each for each, names in brought.items() if name in names), "")
        if not by:
            return bool(past.cut)
        there, frozen = self.committed(by), only(baseline.plan, self.name)
        origin = Origin(Where.BASELINE, name)
        return bool(step(self.wanted, origin, there, frozen, ()).changes)

    def commit(self, commit: Commit, contents: dict[str, bytes]) -> Iterator[Step]:
        """Return the version that a commit made; a merge only where it differs from all its parents."""
        origin = Origin(Where.COMMIT, commit.id, commit.author, commit.when, commit.subject)
        found: list[Step] = []
        for since in commit.since:
            was, now = (_reading(self.name, since, contents, new=new) for new in (False, True))
            if commit.id == self.first and was == _ABSENT:
                was = Reading(self.last)  # as the baselines before it have it
            if was == now and not now.trouble:
                return
            old = self.last if was.trouble else was.plan
            one = step(self.wanted, origin, old, now.plan, self.left)
            if now.trouble:
                one = one._replace(changes=(), amendments=(), trouble=now.trouble)
            elif not one.changes:
                # another field of its record is another's past, and what this one is compared with
                self.last = one.new if self.field else self.last
                return
            found.append(one)
        if found:
            yield found[0]
            if not found[0].trouble:
                self.last = found[0].new

    def baseline(self, name: str) -> Iterator[Step]:
        """Return the version that was frozen under `name`, once."""
        baseline = self.frozen.pop(name, None)
        new = only(baseline.plan, self.name) if baseline else None
        if baseline is not None and new is not None:
            origin = Origin(Where.BASELINE, name, when=baseline.date.isoformat())
            one = step(self.wanted, origin, self.last, new, self.left)
            if one.changes or not self.field or _has(self.wanted, new):
                yield one
            self.last = new

    def working_tree(self, *, has_commits: bool) -> Iterator[Step]:
        """Return what is not committed yet; without commits, what the baselines do not have."""
        origin = Origin(Where.WORKING_TREE, "")
        if self.name.lower() in self.now.broken:
            yield step(self.name, origin, None, None, ())._replace(
                trouble="its form is wrong; see `poa validate`"
            )
            return
        plan = only(self.now.plan, self.name) if self.now.plan is not None else None
        old = self.committed() if has_commits else self.last
        last = step(self.wanted, origin, old, plan, self.left)
        if last.changes:
            yield last

    def committed(self, commit: str = "HEAD") -> Plan | None:
        """Return the record as a commit, the last one, has it."""
        try:
            found = versions.read(self.project, f"git:{commit}")
        except VersionError:
            return None
        contents = found.contents.items() if isinstance(found, Files) else ()
        every = (_part(path, content, self.name) for path, content in contents)
        return next((each.plan for each in every if each.plan is not None), None)


def _brought(commit: Commit) -> frozenset[str]:
    """Return the names of the baselines that a commit brought."""
    return frozenset(
        change.path.removeprefix(f"{BASELINES}/").removesuffix(".json")
        for since in commit.since[:1]
        for change in since
        if change.path.startswith(f"{BASELINES}/") and not change.old
    )


def _contents(project: Path, name: str, past: Past) -> dict[str, bytes]:
    """Read every version of the files that may hold the record, by object id; those without its name go."""
    wanted = dict.fromkeys(
        oid
        for commit in past.commits
        for since in commit.since
        for change in since
        if _may_hold(change.path)
        for oid in (change.old, change.new)
        if oid
    )
    oids, word = [each.encode("ascii") for each in wanted], name.encode().lower()
    found: dict[str, bytes] = {}
    for start in range(0, len(oids), _AT_ONCE):
        some = oids[start : start + _AT_ONCE]
        for oid, content in zip(some, git.blobs(project, some, "the history of the plan"), strict=True):
            if word in content.lower():
                found[oid.decode("ascii")] = content
    return found


def _may_hold(path: str) -> bool:
    kind = kind_of(path)
    return kind is not None and kind.name not in OF_PROCESS


def _reading(name: str, files: Sequence[FileChange], contents: dict[str, bytes], *, new: bool) -> Reading:
    """Return the record as the files on one side of a commit have it."""
    trouble = ""
    for each in files:
        content = contents.get(each.new if new else each.old) if _may_hold(each.path) else None
        if content is None:
            continue
        found = _part(each.path, content, name)
        if found.plan is not None:
            return found
        trouble = trouble or found.trouble
    return Reading(trouble=trouble) if trouble else _ABSENT


@lru_cache(maxsize=64)  # what one commit leaves the next one finds
def _part(path: str, content: bytes, name: str) -> Reading:
    """Return the record as one file has it."""
    if name.lower().encode() not in content.lower():
        return _ABSENT
    loaded = load_part(path, content)
    plan = only(loaded.plan, name) if loaded.plan is not None else None
    if plan is None and (loaded.lost or name.lower() in loaded.broken):
        first = loaded.diagnostics[0]
        return Reading(trouble=f"{first.location}: {first.code} {first.message}")
    return Reading(plan)


def _has(name: str, plan: Plan) -> bool:
    """Return whether a plan has the field that ``A-007.points.b`` names, or a part of it."""
    try:
        return bool(meant(plan, name).record)
    except UnknownRecordError:
        return False


def _unknown(name: str, now: Loaded, frozen: dict[str, Baseline]) -> UnknownRecordError:
    """Say of a name that no version has what there is."""
    plans = [*([now.plan] if now.plan is not None else []), *(each.plan for each in frozen.values())]
    if now.plan is not None and (is_number(name) or "." in name):
        try:
            meant(now.plan, name)
        except UnknownRecordError as error:
            return error
    ids = [each for plan in plans for found in trace(plan).ids.values() for each, _ in found]
    near = did_you_mean(name, ids)
    return UnknownRecordError(f'no version of the plan has a record "{name}"{"; " + near if near else ""}')


def _spelt(name: str, now: Loaded, frozen: Iterable[Baseline]) -> str:
    """Return an id as the plan spells it, or the newest baseline that has it."""
    plans = [*([now.plan] if now.plan is not None else []), *(each.plan for each in frozen)]
    for plan in plans:
        if found := trace(plan).ids.get(name.lower()):
            return found[0][0]
    return name
