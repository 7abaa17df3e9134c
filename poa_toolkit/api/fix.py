"""Safe fixes of the working tree: what they mend, and findings that say so. All or nothing."""

from __future__ import annotations

from collections import Counter
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.api.plan_edit import PartialPlanEdit, PlanEdit
from poa_toolkit.api.validate import OF_WORKING_TREE, InvalidPlanError, Report, findings, placed, validate
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Severity, Span
from poa_toolkit.edit import changes, fixes
from poa_toolkit.edit.yaml_file import apply, value_at
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.source import folder
from poa_toolkit.source.versions import WORKING_TREE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from poa_toolkit.check.rule import Context
    from poa_toolkit.check.waivers import Found
    from poa_toolkit.diagnostic import Diagnostic, Pointer
    from poa_toolkit.source.base import Files

SAYS = "`poa validate --fix` mends it"
"""What the help of a finding says where that is so."""
_ALIASES = {"origins": "from"}
_ROUNDS = 10
"""How often a file is read again for what the mends before have laid open."""

_AGAIN = 4_000_000
"""How many characters are read again, in all, to find which edit of a file it is that cannot be made."""

_Key: TypeAlias = tuple[str, str, str]
"""A finding without its place in the file: code, path and message."""


class FixResult(NamedTuple):
    """What the safe fixes change."""

    diffs: dict[str, str]
    """By path inside the project, as unified differences."""
    fixed: int
    """How many findings they mend."""
    contents: Mapping[str, bytes] = MappingProxyType({})
    """By path, what the files that they change hold then."""


class _Spot(NamedTuple):
    """A finding that is chosen to be mended. A layout mend moves no character, so its place holds."""

    key: _Key
    span: Span | None


class _Wanted(NamedTuple):
    """The value that should stand at a pointer, and the findings that this mends."""

    value: Any
    spots: list[_Spot]


def fix(
    project: Path,
    *,
    only_show: bool = False,
    config: Config | None = None,
    today: date | None = None,
    files: Files | None = None,
) -> FixResult:
    """Apply every safe fix to the working tree, or only show what they would change.

    What `config` or a waiver silences is left alone; `files` as for `PlanEdit`. Raises
    EditRefusedError, nothing written, where a fix would bring a new error.
    """
    edit = PartialPlanEdit(project, files)
    mended = _mended(edit, config or Config(), today)
    try:
        if only_show:
            edit.check()
        else:
            edit.finish()
    except InvalidPlanError as error:
        first = error.report.diagnostics[0]
        raise EditRefusedError(f"nothing was mended: it would bring {first.code} {first.message}") from None
    return FixResult(edit.diffs(), len(mended), edit.changed())


class OneFix(NamedTuple):
    """The safe fix of one finding."""

    value: str | None
    """What comes in the place of the value; None where that goes."""
    contents: Mapping[str, bytes]
    """By path, what the files that it changes hold then."""


def one(project: Path, files: Files, diagnostic: Diagnostic) -> OneFix | None:
    """Return the safe fix of one finding of a rule; None where it has none. Nothing is written."""
    edit = PartialPlanEdit(project, files)
    found, context = findings(project, edit.loaded, codes={diagnostic.code})
    here = tuple(each for each in found if _is_of(edit, each, diagnostic))
    if context is None:
        return None
    value = None
    for path, wanted in _wanted(edit, here, _known(context)).items():
        values = {at: each.value for at, each in wanted.items()}
        _mend(edit, path, values)
        value = next((each for each in values.values() if isinstance(each, str)), None)
    return OneFix(value, edit.changed()) if edit.changed() else None


def _is_of(edit: PlanEdit, found: Found, diagnostic: Diagnostic) -> bool:
    return placed(edit.loaded, found, diagnostic.severity).location == diagnostic.location


def telling(
    project: Path,
    report: Report,
    *,
    stage: str | None = None,
    config: Config | None = None,
    today: date | None = None,
) -> Report:
    """Return a report of the working tree in which each finding that `fix` would mend says so.

    `report` is what `validate` gave for the same stage, config and day. The fixes are made in memory, and
    the result is validated once: what is gone then is what they mend.
    """
    edit = PartialPlanEdit(project, folder.read(project, WORKING_TREE))
    mended = _mended(edit, config or Config(), today)
    if not edit.changed():
        return report
    try:
        after, _ = edit.check()
    except InvalidPlanError:
        return report
    again = validate(project, version=after, stage=stage, config=config, today=today)
    gone = _gone(report.diagnostics, again.diagnostics, mended)
    told = (_told(each) if each in gone else each for each in report.diagnostics)
    return report._replace(diagnostics=tuple(told))


def _told(diagnostic: Diagnostic) -> Diagnostic:
    cure = diagnostic.help
    if cure:
        cure += " " if cure.endswith("?") else "; "
    return diagnostic._replace(help=f"{cure}{SAYS}")


def _gone(
    before: Collection[Diagnostic], after: Iterable[Diagnostic], mended: Iterable[_Spot]
) -> set[Diagnostic]:
    """Return the findings of `before` that mending ends.

    A finding that was not chosen itself may end with another, as that of an actor without an action does.
    It counts where its code says nothing new: a message that quotes what was mended only changes.
    """
    was, now = (Counter(_key(each) for each in found) for found in (before, after))
    ended, new = was - now, {code for code, _, _ in now - was}
    spots = set(mended)
    chosen = Counter(spot.key for spot in spots)

    def ends(each: Diagnostic) -> bool:
        key = _key(each)
        if not ended[key] or each.code in OF_WORKING_TREE:
            return False
        if _Spot(key, each.location.span) in spots and chosen[key] <= ended[key]:
            return True
        return each.code not in new and not now[key]

    return {each for each in before if ends(each)}


def _key(diagnostic: Diagnostic) -> _Key:
    return diagnostic.code, diagnostic.location.path, diagnostic.message


def _mended(edit: PlanEdit, config: Config, today: date | None) -> list[_Spot]:
    """Make every safe fix, and return the findings that were mended."""
    mended = _mend_layout(edit, config)
    found, context = findings(edit.project, edit.loaded, codes=fixes.FIXES, config=config, today=today)
    if context is not None:
        for path, wanted in _wanted(edit, found, _known(context)).items():
            refused = _mend(edit, path, {at: each.value for at, each in wanted.items()})
            mended += [spot for at, each in wanted.items() if at not in refused for spot in each.spots]
    return mended


def _mend_layout(edit: PlanEdit, config: Config) -> list[_Spot]:
    """Mend what is wrong in the layout of files and is safe to mend; give those slips."""
    mended: list[_Spot] = []
    # what one mend lets be read may show the next: each round mends something, and few follow one another
    for _ in range(_ROUNDS):
        chosen = [
            (path, [each for each in mends if each.is_safe and config.wants(each.code)])
            for path, mends in edit.loaded.mends.items()
        ]
        if not any(slips for _, slips in chosen):
            break
        for path, slips in chosen:
            every = [mend for each in slips for mend in each.mends]
            edit.change(path, partial(apply, replacements=every))
            mended += [_Spot((each.code, path, each.message), each.span) for each in slips]
        edit.accept()
    return mended


def _wanted(
    edit: PlanEdit, found: tuple[Found, ...], known: fixes.Known
) -> dict[str, dict[Pointer, _Wanted]]:
    """Return, by file and pointer, the value that should stand there, and the findings that this mends."""
    by_path: dict[str, dict[Pointer, _Wanted]] = {}
    for each in found:
        path, at = edit.place(tuple(_ALIASES.get(str(step), step) for step in each.finding.at))
        stands = value_at(edit.loaded.trees[path].value, at)
        here = by_path.setdefault(path, {})
        before, spots = here.get(at) or (stands, [])
        after = fixes.fixed(each.code, before, known)
        # a second finding of one text may be mended with the first
        if after != before or (spots and fixes.fixed(each.code, stands, known) != stands):
            diagnostic = placed(edit.loaded, each, Severity.WARNING)
            here[at] = _Wanted(after, [*spots, _Spot(_key(diagnostic), diagnostic.location.span)])
    return by_path


def _mend(edit: PlanEdit, path: str, wanted: dict[Pointer, Any]) -> set[Pointer]:
    """Put new values into a file; give where that could not be done without touching more."""
    many = _Many(edit, path)

    def put(every: Sequence[Pointer]) -> Callable[[str], str]:
        return partial(changes.set_scalars, values={at: wanted[at] for at in every})

    def remove(every: Sequence[Pointer]) -> Callable[[str], str]:
        return partial(changes.remove_items, every=every)

    many.make([at for at, value in wanted.items() if value is not fixes.REMOVE], put)
    # the last item of a list first, so that those before it keep their places
    removed = [at for at, value in wanted.items() if value is fixes.REMOVE]
    many.make(sorted(removed, key=lambda each: int(each[-1]), reverse=True), remove)
    return many.refused


class _Many:
    """Edits of one file, made at once where they can be."""

    def __init__(self, edit: PlanEdit, path: str) -> None:
        self._edit, self._path = edit, path
        self._left = _AGAIN
        self.refused: set[Pointer] = set()
        """Where an edit could not be made."""

    def make(
        self, every: Sequence[Pointer], edit: Callable[[Sequence[Pointer]], Callable[[str], str]]
    ) -> None:
        """Make the edits at some pointers: all of them, or where that is refused each half of them."""
        if not every:
            return
        if self._done(edit(every)):
            return
        if len(every) == 1 or self._left < 0:
            self.refused.update(every)
            return
        half = len(every) // 2
        self.make(every[:half], edit)
        self.make(every[half:], edit)

    def _done(self, change: Callable[[str], str]) -> bool:
        try:
            self._edit.change(self._path, change)
        except EditRefusedError:
            self._left -= self._edit.size(self._path)
            return False
        return True


def _known(context: Context) -> fixes.Known:
    plan = context.plan
    meetings = (each.consultation for each in plan.sources)
    return fixes.Known(
        ids={
            "recommendation": frozenset(context.trace.recommendations),
            "instrument": frozenset(context.trace.instruments),
            "actor": frozenset(each.id for each in plan.actors),
            "participant": frozenset(each.id for each in plan.participants),
            "obligation": frozenset(each.id for each in plan.obligations),
            "consultation": frozenset(each.id for each in meetings if each),
        },
        is_citation=context.trace.knows,
    )
