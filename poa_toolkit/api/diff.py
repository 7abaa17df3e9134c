"""Compare two versions of the plan, and print what differs."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from poa_toolkit.api.printed import printed
from poa_toolkit.api.validate import InvalidPlanError, Report, lacking, read, shown
from poa_toolkit.diagnostic import Diagnostic, Location
from poa_toolkit.diff.change import Comparison, Version
from poa_toolkit.diff.compare import compare as compare_plans
from poa_toolkit.diff.effects import Carryover
from poa_toolkit.document.blocks import Document, Paragraph, Part, PartKind, Role
from poa_toolkit.document.changes_report import changes
from poa_toolkit.document.lacking import lines
from poa_toolkit.document.runs import Text
from poa_toolkit.load.plan import Loaded
from poa_toolkit.model import AmendmentKind, Significance, Turn, before_reopening, digests
from poa_toolkit.model.file_kinds import FILE_KINDS, REGISTRY
from poa_toolkit.model.plan import HOMES
from poa_toolkit.source import versions
from poa_toolkit.source.base import PLAN_FILE
from poa_toolkit.text.counting import listed_up_to
from poa_toolkit.write import diff as as_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from poa_toolkit.model import Amendment, Plan


_SHOWN = 5


class ComparableVersions(NamedTuple):
    """What of two versions can be compared."""

    old: Plan
    new: Plan
    left_out: tuple[str, ...]
    """What cannot, a line each."""


def certain(old: Loaded, new: Loaded) -> ComparableVersions:
    """Leave out of both versions what one of them cannot tell, so that nothing seems added or removed.

    That is each record that cannot be read in one of the two, and where a whole file cannot be read,
    the records of its kind that only the other version shows. Raises InvalidPlanError where plan.yaml
    itself cannot be read.
    """
    for each in (old, new):
        if each.plan is None:
            raise InvalidPlanError(Report(each.label, None, shown(each, each.diagnostics)))
    broken = old.broken | new.broken
    lines = [line for each in (old, new) for line in _unread(each)]
    plans = [_without(each.plan, broken) for each in (old, new) if each.plan is not None]
    if any(_has_broken_links(each) for each in (old, new)):
        plans = [plan.model_copy(update={"links": ()}) for plan in plans]
    before, after = plans
    for lost, of, against in ((old.lost, old, after), (new.lost, new, before)):
        known = _ids(before if of is old else after)
        cut = _known_only(against, lost, known)
        gone = sorted(_ids(against) - _ids(cut))
        if gone:
            lines.append(_doubtful(gone, of))
        before, after = (before, cut) if of is old else (cut, after)
    if lines:
        lines.append("numbers of paragraphs do not count what is left out; effects are not told")
    return ComparableVersions(before, after, tuple(lines))


def _unread(loaded: Loaded) -> Iterator[str]:
    for each in shown(loaded, sorted(loaded.diagnostics, key=Diagnostic.sort_key)):
        yield f"{each.location}: {each.code} {each.message}"


def _doubtful(gone: list[str], of: Loaded) -> str:
    names = listed_up_to(_SHOWN, gone)
    return f"{names}: not compared, since they may stand in what cannot be read of {of.label}"


def _without(plan: Plan, broken: Collection[str]) -> Plan:
    """Leave out the records whose ids are among `broken`, in lower case."""
    if not broken:
        return plan
    return _kept(plan, lambda record: record.id.lower() not in broken)


def _known_only(plan: Plan, lost: Collection[str], known: Collection[str]) -> Plan:
    """Leave out the records of the kinds of file `lost` that are not `known`."""
    kinds = {name for kind in FILE_KINDS if kind.name in lost for name in kind.lists}
    return _kept(plan, lambda record: record.id in known, only=kinds) if kinds else plan


def _kept(plan: Plan, keep: Any, only: Collection[str] | None = None) -> Plan:  # noqa: ANN401 - a predicate
    """Keep the records that `keep` wants, of the lists `only` (without it, of all)."""

    def wanted(records: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(each for each in records if keep(each))

    update: dict[str, Any] = {}
    names = {*HOMES, *REGISTRY}
    for name in sorted(names if only is None else names & set(only)):
        update[name] = wanted(getattr(plan, name))
    if only is None or "sections" in only:
        update["sections"] = tuple(
            section.model_copy(
                update={"chapeau": wanted(section.chapeau), "actions": wanted(section.actions)}
            )
            for section in wanted(plan.sections)
        )
    if only is None or "sources" in only:
        update["sources"] = tuple(
            source.model_copy(update={"recommendations": wanted(source.recommendations)})
            for source in plan.sources
            if (head := source.consultation or source.mechanism) is None or keep(head)
        )
    return plan.model_copy(update=update)


def _ids(plan: Plan) -> set[str]:
    found = {section.id for section in plan.sections}
    found |= {record.id for at, record in plan.walk_texts() if "points" not in at}
    for source in plan.sources:
        heads = (source.consultation, source.mechanism)
        found |= {head.id for head in heads if head}
        found |= {each.id for each in source.recommendations}
    return found | {each.id for name in REGISTRY for each in getattr(plan, name)}


def _has_broken_links(loaded: Loaded) -> bool:
    """Return whether a page for further reading cannot be read: such a page has no id to be known by."""
    tree = loaded.trees.get(PLAN_FILE)
    if tree is None or loaded.plan is None or not isinstance(tree.value, dict):
        return False
    return len(tree.value.get("links") or ()) != len(loaded.plan.links)


class Compared(NamedTuple):
    """Two versions of a plan, and all that differs between them."""

    old: Loaded
    new: Loaded
    old_plan: Plan
    plan: Plan
    """The new version."""
    comparison: Comparison
    adopted: tuple[Amendment, ...] = ()
    """The amendments that were adopted between the two."""
    lacking: tuple[tuple[str, str], ...] = ()
    """What the new version still lacks for its stage, as lines of a cover."""


def compare(  # noqa: PLR0913 - one parameter a choice
    project: Path,
    old: str | Loaded | None = None,
    new: str | Loaded | None = None,
    *,
    tolerant: bool = False,
    today: date | None = None,
    register: Loaded | None = None,
) -> Compared | None:
    """Compare two versions; by default the previous stage's baseline with the working tree.

    A version is its name, or the version itself, where it has been read. `old` alone may be
    a range: ``A..B``, or ``A...B`` for what B changed since it left A. With `tolerant`, what cannot be
    read is left out on both sides and named in the comparison. `today` is the day by which waivers of
    poa.yaml end; `register` is the working tree, where the amendments are on record, if it has been read.
    None where no earlier stage has a baseline yet. Raises VersionError for an unknown version,
    InvalidPlanError where one of the two cannot be read.
    """
    ends = versions.ends(project, old) if isinstance(old, str) and new is None else None
    if ends is not None:
        old, new = ends.old, ends.new
    new_loaded = _loaded(project, new, tolerant=tolerant)
    new_plan = _plan(new_loaded)
    if old is None:
        previous = new_plan.previous_baseline()
        if previous is None:
            return None
        old = f"baseline:{previous}"
    old_loaded = _loaded(project, old, tolerant=tolerant)
    if ends is not None and ends.old_label:
        old_loaded = old_loaded._replace(label=ends.old_label)
    left_out: tuple[str, ...] = ()
    old_plan = _plan(old_loaded)
    if tolerant:
        old_plan, new_plan, left_out = certain(old_loaded, new_loaded)
    comparison = compare_plans(
        old_plan,
        new_plan,
        old_label=old_loaded.label,
        new_label=new_loaded.label,
        digests=(_digest(old_loaded), _digest(new_loaded)),
        proceedings=Carryover(new_loaded.reviews, new_loaded.amendments, new_loaded.endorsements),
    )
    if left_out:
        # what is not read may still take up a recommendation
        comparison = replace(comparison, left_out=left_out, effects=())
    adopted = tuple(_adopted_between(old_loaded, new_loaded, register or _register(project, new_loaded)))
    lacks = lines(lacking(new_loaded, today=today), _plan(new_loaded))
    return Compared(old_loaded, new_loaded, old_plan, new_plan, comparison, adopted, lacks)


def _register(project: Path, version: Loaded) -> Loaded:
    """Return where the amendments to a version are on record: those to a baseline are in the working tree."""
    return read(project, None) if version.baseline else version


def _adopted_between(old: Loaded, new: Loaded, register: Loaded) -> Iterator[Amendment]:
    """Return the amendments adopted between two versions; those of a baseline are on record in `register`.

    Where a version does not say what had been adopted, the day of the decision has to be between theirs.
    """
    before = _ids_adopted_at(old)
    for each in adopted_at(new, register):
        day = each.decided or each.date
        in_old = each.id in before if before is not None else old.baseline and day < old.baseline.date
        if not in_old:
            yield each


def adopted_at(version: Loaded, register: Loaded) -> Iterator[Amendment]:
    """Return the amendments that had been adopted at a version, comments left out, as they were decided then.

    Those of a baseline are on record in `register`; where it does not say which they were, the day of the
    decision tells.
    """
    known, frozen = _ids_adopted_at(version), version.baseline
    for each in (one for now in register.amendments for one in _decisions(now, version)):
        if each.is_adopted and each.kind is not AmendmentKind.COMMENT:
            day = each.decided or each.date
            if each.id in known if known is not None else frozen and day <= frozen.date:
                yield each


def _decisions(amendment: Amendment, version: Loaded) -> Iterator[Amendment]:
    """Return an amendment as it was last decided when a baseline was frozen; otherwise as it is today."""
    frozen = version.baseline
    past = amendment.history if frozen is not None and not amendment.is_adopted else ()
    back = [each for each in past if each.turn is Turn.REOPENED and frozen and each.date >= frozen.date]
    yield before_reopening(amendment, back[0]) if back else amendment


def _ids_adopted_at(version: Loaded) -> frozenset[str] | None:
    """Return the ids of the amendments that had been adopted at a version; None where it does not say."""
    if version.baseline is None:
        return frozenset(each.id for each in version.amendments if each.is_adopted)
    known = version.baseline.amendments
    return None if known is None else frozenset(known)


def since(project: Path, old: str, new: Loaded) -> Compared:
    """Compare a version with an older one. Raises as `compare`."""
    return cast("Compared", compare(project, old, new))


def _loaded(project: Path, version: str | Loaded | None, *, tolerant: bool) -> Loaded:
    """Return a version; unless `tolerant` one whose every record can be read, right or wrong."""
    loaded = version if isinstance(version, Loaded) else read(project, version)
    if loaded.diagnostics and not tolerant:
        raise InvalidPlanError(Report(loaded.label, loaded.plan, shown(loaded, loaded.diagnostics)))
    return loaded


def _digest(loaded: Loaded) -> str:
    """Return the text digest of a version; of one that cannot be read whole, none."""
    return digests.text(loaded.plan) if loaded.plan is not None and not loaded.diagnostics else ""


def _plan(loaded: Loaded) -> Plan:
    if loaded.plan is None:
        raise InvalidPlanError(Report(loaded.label, None, shown(loaded, loaded.diagnostics)))
    return loaded.plan


FORMATS = ("text", "markdown", "html", "json", "unified", "docx")
"""How a comparison can be printed; the last is a Word file, which no terminal shows."""
WIDTH, WIDEST = 80, 100
"""Columns of what is printed to a file, and the most that a terminal is given."""
CLASSES = tuple(each.value for each in Significance)


def of_classes(compared: Compared, classes: Collection[str]) -> str:
    """Count the changes of some classes, in words: ``44 substantive changes``; empty for none."""
    counts = Counter(change.significance.value for change in compared.comparison.changes)
    counted = [f"{counts[each]} {each}" for each in CLASSES if each in classes and counts[each]]
    total = sum(counts[each] for each in set(classes))
    return f"{' and '.join(counted)} change{'' if total == 1 else 's'}" if counted else ""


def describe(
    compared: Compared,
    form: str,
    *,
    colour: bool = False,
    width: int = WIDTH,
    laid_out: Document | None = None,
) -> str:
    """Print a comparison in one of FORMATS that is text; `colour` and `width` are for a terminal.

    `laid_out` is its report, where that has been laid out already.
    """
    if form == "json":
        return as_json.to_json(
            compared.comparison, compared.old.locate, compared.new.locate, compared.adopted
        )
    if form == "unified":
        from poa_toolkit.write import unified  # noqa: PLC0415 - only this format pays for it

        found = unified.hunks(compared.comparison, compared.old_plan, compared.plan)
        return unified.to_text(found, colour=colour)
    document = laid_out or report(compared)
    if form == "markdown":
        from poa_toolkit.write import pull_request  # noqa: PLC0415 - only Markdown pays for it

        return pull_request.comment(document, _command(compared))
    return printed(document, form, colour=colour, width=width)


def report(compared: Compared) -> Document:
    """Lay out a comparison for a reader."""
    return changes(
        compared.comparison,
        compared.old_plan,
        compared.plan,
        compared.adopted,
        lacking=compared.lacking,
    )


def _command(compared: Compared) -> str:
    """Return the command that shows everything, as one types it."""
    working = compared.new.label == versions.WORKING_TREE
    named = [compared.old.label] if working else [compared.old.label, compared.new.label]
    return shlex.join(["poa", "diff", *named, "--format", "html", "-o", "changes.html"])


def no_comparison(label: str, form: str, lacking: tuple[tuple[str, str], ...] = ()) -> str:
    """Print, in one of FORMATS that is text, that the version called `label` has nothing before it.

    `lacking` is what it still lacks for its stage, as lines of a cover.
    """
    if form == "json":
        empty = Comparison(old=Version("", ""), new=Version(label, ""), changes=(), effects=())
        return as_json.to_json(empty, lambda _: Location(""), lambda _: Location(""))
    if form == "html":
        from poa_toolkit.write import html  # noqa: PLC0415 - heavy: jinja2

        said = Part(PartKind.REPORT, (Paragraph(Role.BODY, (Text("Nothing to compare yet."),)),))
        return html.document(Document(f"Changes up to {label}", "", lacking, "", (said,)))
    found = "".join(f"\n{key}: {value}\n" for key, value in lacking)
    return f"nothing to compare yet\n{found}"
