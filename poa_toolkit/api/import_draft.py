"""An old Word draft becomes the files of a plan; what is left to look at is told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.amendment_files import person
from poa_toolkit.api.fmt import laid_out
from poa_toolkit.api.import_files import ImportedFiles
from poa_toolkit.api.import_links import ACTORS, Links
from poa_toolkit.api.new import begin, beginning
from poa_toolkit.api.plan_edit import spelt
from poa_toolkit.api.printed import printed
from poa_toolkit.api.returned_files import RefusedFileError, read_returned, slug
from poa_toolkit.api.validate import InvalidPlanError, Report
from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.errors import PoaError
from poa_toolkit.load.plan import load
from poa_toolkit.model import Amendment, digests
from poa_toolkit.returned.draft.choices import NO_CHOICES
from poa_toolkit.returned.draft.drafted_plan import Imported
from poa_toolkit.returned.draft.read import drafted
from poa_toolkit.source import folder
from poa_toolkit.source.base import Files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.returned.draft.choices import Choices
    from poa_toolkit.returned.draft.drafted_plan import Comment, DraftedPlan
    from poa_toolkit.returned.ledger import Balance
    from poa_toolkit.returned.word_file import Returned

_LONGEST_CONTEXT, _LONGEST_STEM = 2000, 22


class Request(NamedTuple):
    """What to import, and how."""

    name: str
    """The draft, as a person gave it."""
    day: date
    """That of the one stage, and of comments that bear none."""
    registry: Path | None = None
    """A project in which citations and names are looked up; what is cited or named is taken over."""
    choices: Choices = NO_CHOICES
    only_show: bool = False
    """Whether nothing is to be written."""


def import_draft(target: Path, content: bytes, request: Request) -> Imported:
    """Write a plan into `target`, made from a Word draft.

    Raises RefusedFileError, nothing written, for a file that cannot be read, or in which there is no
    action unless it is only to be shown; InvalidPlanError where a file of the registry cannot be read;
    EditRefusedError where there is a plan already; PoaError where one of `choices` fits nothing in the draft.
    """
    return import_returned(target, read_returned(request.name, content), request)


def import_returned(target: Path, returned: Returned, request: Request) -> Imported:
    """Write a plan into `target`, made from what a Word draft says; otherwise as `import_draft`."""
    name = request.name
    plan = drafted(returned, request.choices)
    if plan.unmet:
        raise PoaError(plan.unmet)
    balance = plan.ledger.balance()
    faults = tuple(_faults(plan, balance, name))
    if any(each.code == "POA727" or not request.only_show for each in faults):
        raise RefusedFileError(faults)
    links = Links(_registry(request.registry), plan)
    spelt = ImportedFiles(plan, links)
    files = {**spelt.files(name, request.day), **links.files()}
    amendments, path = _amendments(plan, files, request), f"plan/amendments/{slug(name)}.yaml"
    if amendments:
        files[path] = _spelt(path, amendments)
    if request.only_show:
        written = tuple(sorted(beginning(target, request.day, files)))
    else:
        written = begin(target, request.day, files)
    return Imported(
        name,
        written,
        plan,
        returned.paragraphs,
        balance,
        len(amendments),
        len(spelt.notes),
        sum(spelt.notes.values()),
        (
            *faults,
            *spelt.diagnostics,
            *_new_actors(links),
            *_remarks(plan, request, path if amendments else ""),
        ),
        request.only_show,
    )


def _registry(project: Path | None) -> Loaded | None:
    """Read the project whose registry is used. Raises InvalidPlanError where a file of it cannot be read."""
    if project is None:
        return None
    loaded = load(folder.read(project, "the registry"))
    if loaded.unread:
        raise InvalidPlanError(Report(loaded.label, None, loaded.unread, incomplete=True))
    return loaded


def _faults(plan: DraftedPlan, balance: Balance, name: str) -> Iterator[Diagnostic]:
    """Return why a draft cannot be imported."""
    if not any(section.actions for section in plan.sections):
        message = "no heading with paragraphs below it that could be actions was found"
        cure = (
            "see with --dry-run what each paragraph was taken for; --sections-at and --actions-are correct it"
        )
        yield Diagnostic("POA731", Severity.ERROR, message, Location(name), cure)
    if (off := unbalanced(balance, name)) is not None:
        yield off


def unbalanced(balance: Balance, name: str) -> Diagnostic | None:
    """Return a diagnostic where a character of a draft is neither placed nor told nor generated."""
    lost = balance.read - balance.placed - balance.told - balance.generated
    if not lost:
        return None
    message = f"of {balance.read} characters {lost} were neither placed nor told nor recognised"
    cure = "this is a fault of poa-toolkit: report it, with the draft if you can"
    return Diagnostic("POA727", Severity.ERROR, message, Location(name), cure)


def _new_actors(links: Links) -> Iterator[Diagnostic]:
    """Return whom the draft addresses that the registry does not know."""
    if links.new_actors:
        names = ", ".join(f"“{each}”" for each in links.new_actors.values())
        message = f"new in {ACTORS}, by the names that the draft gives them: {names}"
        cure = "where one is an actor under another name, give its id in `addressees`, and delete it here"
        yield Diagnostic("POA736", Severity.INFORMATION, message, Location(ACTORS), cure)


def _remarks(plan: DraftedPlan, request: Request, amendments: str) -> Iterator[Diagnostic]:
    """Return what is to be known of the draft as a whole."""
    name, named = request.name, len(request.choices.columns)
    for said in plan.tables:
        cure = 'correct it with --columns, such as --columns "number,action,addressees,-"'
        yield Diagnostic("POA736", Severity.INFORMATION, said, Location(name), cure)
    for number, columns in plan.misfits:
        message = f"table {number} has {columns} columns, and --columns names {named}: it is not read"
        cure = "name as many as a table has, - for one that fills nothing; import the tables one by one"
        yield Diagnostic("POA733", Severity.WARNING, message, Location(name), cure)
    if plan.is_tracked:
        kept = f"; who changed what is kept in {amendments}" if amendments else ""
        message = f"its tracked changes are taken as accepted{kept}"
        cure = "reject in Word what should not stand, and import the draft again"
        yield Diagnostic("POA733", Severity.WARNING, message, Location(name), cure)


# --- comments and tracked changes, as amendments ---


def _amendments(plan: DraftedPlan, files: Mapping[str, str], request: Request) -> list[dict[str, Any]]:
    if not plan.comments:
        return []
    known = load(Files("the new plan", {path: text.encode("utf-8") for path, text in files.items()})).plan
    bases = digests.Content(known).records() if known else {}
    keys = dict(_keys(plan))
    stem = slug(request.name)[:_LONGEST_STEM].rstrip("-")
    return [
        {
            "id": f"{stem}-{number}",
            **_amendment(each, keys.get(id(each.record), _NOWHERE), bases, request.day),
        }
        for number, each in enumerate(plan.comments, 1)
    ]


class _Home(NamedTuple):
    """What an amendment calls a text by."""

    record: str = ""
    field: str = ""
    section: str = ""


_NOWHERE = _Home()


def _keys(plan: DraftedPlan) -> Iterator[tuple[int, _Home]]:
    """Return the homes of the texts, by their identity."""
    for kind, records in (("front", plan.front), ("introduction", plan.introduction)):
        yield from ((id(each), _Home(each.id, "text", kind)) for each in records)
    for section in plan.sections:
        name = section.title.id
        yield id(section.title), _Home(name, "title")
        for each in (*section.chapeau, *section.actions):
            yield id(each), _Home(each.id, "text", name)
            yield from ((id(one), _Home(each.id, f"points.{one.id}", name)) for one, _ in each.walk_points())


def _amendment(comment: Comment, at: _Home, bases: Mapping[str, str], day: date) -> dict[str, Any]:
    kind = comment.record.kind.value if comment.record else ""
    where = "" if at.record else f"at the {kind} of the draft" if kind else "at no text of the plan"
    given: dict[str, Any] = {
        "kind": "comment",
        **at._asdict(),
        "base": bases.get(at.record),
        "context": ", ".join(filter(None, (comment.context, where)))[:_LONGEST_CONTEXT],
        "proposer": person(comment.by.author),
        "date": (comment.by.day or day).isoformat(),
        "comment": comment.text,
        "replies": [
            {"by": person(by.author), "date": (by.day or day).isoformat(), "text": text}
            for by, text in comment.replies
        ],
        "resolved": comment.resolved,
        "state": "" if at.record else "unplaced",
    }
    return {key: value for key, value in given.items() if value}


def _spelt(path: str, amendments: Sequence[dict[str, Any]]) -> str:
    rows = [digests.dump(Amendment.model_validate(each)) for each in amendments]
    return laid_out(path, spelt(path, {"amendments": rows}))


def describe(imported: Imported, form: str, *, explain: bool, colour: bool = False) -> str:
    """Print what was made as ``text``, ``markdown`` or ``json``.

    What each paragraph becomes is shown where nothing was written; with `explain` what became of all words.
    """
    from poa_toolkit.document.import_report import report  # noqa: PLC0415 - only what is printed is imported
    from poa_toolkit.write import import_draft as as_json  # noqa: PLC0415 - the same

    if form == "json":
        return as_json.to_json(imported, explain=explain)
    document = report(imported, explain=explain)
    return printed(document, form, colour=colour)
