"""Find what is wrong with a version of the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit import messages
from poa_toolkit.check import id_ranges, waivers
from poa_toolkit.check.amendment_places import WAITING, Places
from poa_toolkit.check.rule import Context, Rule
from poa_toolkit.check.rulebook import DEMANDS, RULES, Lacking, chosen
from poa_toolkit.check.rulebook import lacking as lacking_by
from poa_toolkit.check.rulebook import run as run_rules
from poa_toolkit.check.waivers import Found
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import PLACE, Diagnostic, FaultsError, Finding, Location, Related, Severity
from poa_toolkit.edit import fixes
from poa_toolkit.errors import VersionError
from poa_toolkit.load.plan import Loaded, load, load_settings
from poa_toolkit.model import Weight
from poa_toolkit.source import folder, git_merging, versions
from poa_toolkit.source.base import HERE, SECTION_SCHEMA, SETTINGS_FILE, Files, go_on
from poa_toolkit.trace import trace
from poa_toolkit.write.diagnostics import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from poa_toolkit.check.amendment_places import StrayAmendment
    from poa_toolkit.model import Amendment, Baseline, Plan, Stage, Waiver


DEPARTURES = ("POA420", "POA440")
"""The codes of a frozen or an endorsed text that was edited."""
OF_WORKING_TREE = ("POA931", "POA932")
"""The codes of what lies beside the plan: looked for in the working tree alone."""


class Report(NamedTuple):
    """What a validation found."""

    label: str
    plan: Plan | None
    """The plan, as far as it could be read."""
    diagnostics: tuple[Diagnostic, ...]
    """In the order of files and lines."""
    incomplete: bool = False
    """Whether some records could not be read, so that rules on the whole plan had to wait."""
    waived: int = 0
    """How many findings poa.yaml waives."""
    lacking: tuple[Lacking, ...] = ()
    """What the text still lacks for its stage; each is among the diagnostics, as an error."""
    may_be_mended: bool = False
    """Whether `--fix` is worth a try: a slip of layout has a safe mend, or the code of a finding has one."""

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The errors that make the text unsound, not those that only say what it lacks."""
        errors = (each for each in self.diagnostics if each.severity is Severity.ERROR)
        return tuple(each for each in errors if each.code not in DEMANDS)

    def count(self, severity: Severity) -> int:
        """Count the diagnostics of one severity."""
        return sum(1 for each in self.diagnostics if each.severity is severity)

    def failed(self, *, strict: bool = False) -> bool:
        """Return whether an error was found, or with `strict` a warning."""
        return bool(self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING)))


class InvalidPlanError(FaultsError):
    """A plan that a command needs has errors; they are in `report`."""

    def __init__(self, report: Report) -> None:
        errors = [each for each in report.diagnostics if each.severity is Severity.ERROR]
        super().__init__(errors, f"{report.label}: {summary(errors)}; ")
        self.report = report


def validate(  # noqa: PLR0913 - one parameter a choice
    project: Path,
    *,
    version: str | Loaded | None = None,
    stage: str | None = None,
    config: Config | None = None,
    today: date | None = None,
    is_working_tree: bool | None = None,
    pulse: Callable[[], None] = go_on,
) -> Report:
    """Find everything that is wrong with a version of the plan, in one run.

    `version` is its name, or the version itself where it has been read; `stage` checks for another
    stage than the plan names; `today` is the day by which waivers end (without it, none does).
    `is_working_tree` says of a version that has been read whether what lies beside the plan is its own.
    `pulse` is called before each rule: what it raises ends the run. Raises VersionError for an unknown
    version or stage, NoPlanError where there is no plan.
    """
    loaded = version if isinstance(version, Loaded) else read(project, version)
    run = _Run(
        config or Config(),
        loaded,
        today,
        is_other_stage=stage is not None,
        is_working_tree=version is None if is_working_tree is None else is_working_tree,
        pulse=pulse,
    )
    found, of_plan = run.of_form(), _OfPlan()
    if loaded.plan is not None:
        of_plan = run.of_plan(project, loaded.plan, _stage(loaded.plan, stage))
        found += of_plan.found
    if run.is_working_tree:
        found += run.of_merge(project)
    found.sort(key=Diagnostic.sort_key)
    return Report(
        loaded.label,
        loaded.plan,
        shown(loaded, found),
        run.incomplete,
        of_plan.waived,
        of_plan.lacking,
        may_be_mended=any(each.is_safe for mends in loaded.mends.values() for each in mends)
        or any(each.code in fixes.FIXES for each in found),
    )


def shown(loaded: Loaded, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings with the paths by which a person knows the files: of a revision with its name."""
    if loaded.root == HERE:
        return tuple(found)
    return tuple(each.moved(loaded.root.path) for each in found)


class _OfPlan(NamedTuple):
    """What a validation found in the plan, beyond the form of its files."""

    found: tuple[Diagnostic, ...] = ()
    waived: int = 0
    """How many findings are waived."""
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True)
class _Run:
    """One validation: what was chosen for it, and what is validated."""

    config: Config
    loaded: Loaded
    today: date | None
    is_other_stage: bool = False
    is_working_tree: bool = False
    pulse: Callable[[], None] = go_on

    @property
    def incomplete(self) -> bool:
        return bool(self.loaded.broken or self.loaded.lost)

    def of_form(self) -> list[Diagnostic]:
        """Return what reading found."""
        every = (*self.loaded.diagnostics, *self.loaded.of_settings)
        return [each for each in every if self.config.wants(each.code)]

    def of_plan(self, project: Path, plan: Plan, stage: Stage | None) -> _OfPlan:
        """Return what rules, profiles and settings find."""
        rules = chosen(self.config, self.loaded.settings)
        context, waived = self.of_rules(project, plan, stage, rules)
        every = [*waived.found, *self.of_settings(context, waived.unused)]
        severities = self.severities(rules, {each.code for each in every})
        shown = [each for each in every if each.code in severities]
        lacking = lacking_by(context, (e for e in shown if severities[e.code] is Severity.ERROR))
        found = tuple(placed(self.loaded, each, severities[each.code]) for each in shown)
        return _OfPlan(found, waived.silenced, lacking)

    def of_rules(
        self, project: Path, plan: Plan, stage: Stage | None, rules: tuple[Rule, ...]
    ) -> tuple[Context, waivers.Waived]:
        """Return what rules and profiles find, before anything is placed, and what is waived."""
        frozen = readable_baselines(project) if any(rule.wants_frozen for rule in rules) else {}
        context = replace(
            _context(self.loaded, plan, stage, self.today),
            baselines=versions.baseline_names(project),
            frozen=frozen,
        )
        found = [Found(rule.code, finding) for rule, finding in run_rules(context, self.beating(rules))]
        found += (each for each in self.of_profiles(plan) if self.config.wants(each.code))
        found += (each for each in self.of_schemas(project, plan) if self.config.wants(each.code))
        return context, waivers.apply(context, self.loaded.settings.waivers, found, today=self.today)

    def beating(self, rules: tuple[Rule, ...]) -> Iterator[Rule]:
        """Return rules one by one, the pulse before each."""
        for rule in rules:
            self.pulse()
            yield rule

    def of_profiles(self, plan: Plan) -> Iterator[Found]:
        """Return what does not keep the secretariat's profiles."""
        if self.loaded.profiles:
            from poa_toolkit.load import profiles  # noqa: PLC0415 - heavy: jsonschema

            found = profiles.findings(plan, self.loaded.profiles, whole=not self.incomplete)
            yield from (Found(*each) for each in found)

    def of_schemas(self, project: Path, plan: Plan) -> Iterator[Found]:
        """Return where the schemas of the working tree know other ids than its plan."""
        path = project / SECTION_SCHEMA
        if self.is_working_tree and not self.incomplete and path.is_file():
            from poa_toolkit.schema import of_plan  # noqa: PLC0415 - for those who have schemas with ids

            with path.open(encoding="utf-8", errors="replace") as file:
                digest = of_plan.digest_in(file.read(of_plan.HEAD))
            if digest not in (None, of_plan.digest(of_plan.ids(plan))):
                message = "the schemas in schema/ know other ids than the plan has now"
                yield Found("POA931", Finding((), message, "run `poa schema --write --ids`"))

    def of_merge(self, project: Path) -> Iterator[Diagnostic]:
        """Return what a merge under way, or just made, has dropped; documents are printed all the same."""
        if self.config.errors_only or not self.runs("POA932") or git_merging.merge(project) is None:
            return
        from poa_toolkit.api import merge_finish  # noqa: PLC0415 - merges are rare

        severity = self.severities((), {"POA932"})["POA932"]
        help_text = "`poa merge finish` brings it back; to drop it on purpose, do so in a commit of its own"
        for each in merge_finish.dropped(project):
            tree = self.loaded.trees.get(each.path)
            span = tree.places.span(each.at) if tree and not tree.problems else None
            where = Location(each.path, span, tree.line(span.line) if tree and span else "")
            yield Diagnostic("POA932", severity, each.message, where, help_text)

    def of_settings(self, context: Context, unused: frozenset[Waiver]) -> Iterator[Found]:
        """Return the faults of this version's own poa.yaml; a baseline has none."""
        settings = self.loaded.settings
        if SETTINGS_FILE not in self.loaded.trees:
            return
        if settings.ids is not None and self.config.wants("POA916"):
            yield from (Found("POA916", each) for each in id_ranges.faults(settings.ids))
        if not (settings.severities or settings.waivers):
            return
        can_tell = not (self.incomplete or self.is_other_stage)
        pages = [page for page in messages.pages() if not page.code.startswith(messages.OF_WORD_FILES)]
        known = {page.code for page in pages} | {rule.code for rule in RULES}
        codes = waivers.Codes(frozenset(known), frozenset(page.code for page in pages if page.fixed))
        idle = [each for each in unused if can_tell and self.runs(each.code)]
        yield from waivers.faults(context, settings, codes, idle, self.today)

    def runs(self, code: str) -> bool:
        """Return whether findings of `code` are looked for."""
        return self.config.wants(code) and self.loaded.settings.weight(code) is not Weight.OFF

    def severities(self, rules: tuple[Rule, ...], codes: set[str]) -> dict[str, Severity]:
        """Return the severity of each of `codes` that is reported, as this project weighs it."""
        own = {rule.code: rule.severity for rule in rules}
        pages = [page for page in map(messages.page, codes - own.keys()) if page]
        own |= {page.code: page.severity for page in pages}
        fixed = {page.code for page in pages if page.fixed}
        found = {}
        for code in codes:
            weight = None if code in fixed else self.loaded.settings.weight(code)
            if self.config.wants(code) and weight is not Weight.OFF:
                found[code] = Severity(weight.value) if weight else own[code]
        return found


def findings(
    project: Path,
    loaded: Loaded,
    *,
    codes: Collection[str],
    config: Config | None = None,
    today: date | None = None,
) -> tuple[tuple[Found, ...], Context | None]:
    """Return what the rules of `codes` find in a version, with pointers into its plan; nothing waived.

    The second value is what the rules looked at; None, and no finding, where there is no plan.
    """
    if loaded.plan is None:
        return (), None
    run = _Run(config or Config(), loaded, today)
    rules = tuple(rule for rule in chosen(run.config, loaded.settings) if rule.code in codes)
    context, waived = run.of_rules(project, loaded.plan, loaded.plan.current_stage(), rules)
    return tuple(each for each in waived.found if each.code in codes), context


def lacking(loaded: Loaded, *, today: date | None = None) -> tuple[Lacking, ...]:
    """Return what a version still lacks for its stage, as far as it can be read; nothing else is looked for.

    `today` is the day by which waivers of poa.yaml end.
    """
    plan = loaded.plan
    if plan is None:
        return ()
    wanted = chosen(Config(errors_only=True), loaded.settings)
    rules = tuple(rule for rule in wanted if rule.demand)
    context = _context(loaded, plan, plan.current_stage(), today)
    found = (Found(rule.code, finding) for rule, finding in run_rules(context, rules))
    return lacking_by(context, waivers.apply(context, loaded.settings.waivers, found, today=today).found)


def _context(loaded: Loaded, plan: Plan, stage: Stage | None, today: date | None) -> Context:
    return Context(
        plan=plan,
        trace=trace(plan),
        stage=stage,
        broken=loaded.broken,
        lost=loaded.lost,
        reviews=loaded.reviews,
        endorsements=loaded.endorsements,
        amendments=loaded.amendments,
        progress=loaded.progress,
        # a frozen version says how the text stood, and nothing of what was reported since
        today=None if loaded.baseline else today,
        limits=loaded.settings.limits,
    )


def read(project: Path, version: str | None) -> Loaded:
    """Load any version; a baseline comes without places, its alterations as diagnostics.

    A baseline holds no settings: those of the working tree count for it.
    """
    found = versions.read(project, version)
    if isinstance(found, Files):
        return load(found)
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON

    baseline, altered = baselines.read(found)
    settings = load_settings(folder.read_settings(project, found.label))
    plan = baseline.plan if baseline else None
    return Loaded(
        found.label, plan, diagnostics=altered, settings=settings, path=found.path, baseline=baseline
    )


def readable_baselines(project: Path) -> dict[str, Baseline]:
    """Read the frozen versions that can be read, by name."""
    if not versions.baseline_names(project):
        return {}
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON

    read_all = ((each.label, baselines.read(each)[0]) for each in versions.read_baselines(project))
    return {name: baseline for name, baseline in read_all if baseline is not None}


def astray(project: Path, plan: Plan, amendments: Iterable[Amendment]) -> dict[str, StrayAmendment]:
    """Return, by id, what became of the place of each waiting amendment whose place is not as it was."""
    waiting = [each for each in amendments if each.state in WAITING]
    if not waiting:
        return {}
    places = Places(plan, readable_baselines(project))
    found = ((each.id, next(places.astray(each), None)) for each in waiting)
    return {name: each for name, each in found if each is not None}


def _stage(plan: Plan, name: str | None) -> Stage | None:
    if name is None:
        return plan.current_stage()
    for stage in plan.stages:
        if stage.id == name:
            return stage
    known = ", ".join(stage.id for stage in plan.stages)
    raise VersionError(f'there is no stage "{name}" (there are: {known})')


def placed(loaded: Loaded, found: Found, severity: Severity) -> Diagnostic:
    """Turn a finding's pointers into places of files."""
    finding = found.finding
    at = loaded.locate(finding.at, key=finding.key, words=finding.words)
    return Diagnostic(
        found.code,
        severity,
        finding.message,
        at,
        finding.help.replace(PLACE, f"{at.path}:{at.span.line}") if at.span else finding.help,
        tuple(Related(loaded.locate(at), message) for at, message in finding.related),
    )


def printable(
    project: Path, version: str | Loaded | None = None, *, today: date | None = None
) -> tuple[Plan, tuple[Lacking, ...]]:
    """Return a plan in which nothing is unsound, and what it lacks for its stage.

    Raises InvalidPlanError with the faults where there are any; what is lacking is no fault.
    """
    report = validate(project, version=version, config=Config(errors_only=True), today=today)
    if report.faults or report.plan is None:
        raise InvalidPlanError(report._replace(diagnostics=report.faults))
    return report.plan, report.lacking


def valid_plan(project: Path, version: str | Loaded | None = None, *, today: date | None = None) -> Plan:
    """Return a version of the plan. Raises InvalidPlanError where it has errors."""
    report = validate(project, version=version, config=Config(errors_only=True), today=today)
    if report.failed() or report.plan is None:
        raise InvalidPlanError(report)
    return report.plan
