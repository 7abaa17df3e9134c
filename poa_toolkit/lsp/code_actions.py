"""What an editor offers to do at a place: mend what is wrong there, withdraw, move, take up, propose."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from poa_toolkit.api import edit_records, fix, propose_instead
from poa_toolkit.diagnostic import FaultsError
from poa_toolkit.edit.fixes import FIXES
from poa_toolkit.edit.yaml_file import apply
from poa_toolkit.errors import EditRefusedError, PoaError
from poa_toolkit.load import decode
from poa_toolkit.load.positions import Replacement
from poa_toolkit.load.shape_errors import ONE_A_LINE, QUOTE
from poa_toolkit.lsp import completion, diagnostics
from poa_toolkit.model import Status
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.source import git
from poa_toolkit.text.counting import shortened
from poa_toolkit.text.did_you_mean import meant_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.lsp.open_plan import Snapshot
    from poa_toolkit.model import Action, Plan

    Contents = Mapping[str, bytes]

WITHDRAW = "poa.withdraw"
KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.Refactor, types.CodeActionKind.SourceFixAll]
UNGIVEN = "The reason is still to be given."
"""The reason of a withdrawal for which none was given."""
_REWRITE = types.CodeActionKind.RefactorRewrite
_MOVE = "refactor.move"
ALL = "source.fixAll.poa"
_DELETE = ("delete it", "delete it, or type the words again")
"""The cures of what has no place in a text."""
_SAME_ID = ("POA205", "POA213")
"""The codes of a record that bears the id of another."""
_LONGEST = 60
_MOST = 20
"""How many recommendations, or sections, are offered; who types in the file is proposed all of them."""


class Offer(NamedTuple):
    """Something that an editor may do."""

    title: str
    kind: str
    contents: Callable[[], Contents]
    """Reckons what files hold then; raises PoaError or FaultsError where it cannot be done."""
    mends: Diagnostic | None = None
    command: types.Command | None = None
    """What is asked of the server instead."""


def offers(snapshot: Snapshot, path: str, here: types.Range, today: date) -> Iterator[Offer]:
    """Return what can be done at a range of a file."""
    for each in diagnostics.touching(snapshot, path, here):
        yield from _cures(snapshot, each)
    yield Offer(
        "Mend all that is safe to mend",
        ALL,
        lambda: fix.fix(snapshot.root, files=snapshot.files, today=today).contents,
    )
    action = _action(snapshot, path, here.start)
    if action is not None and snapshot.plan is not None:
        yield from _of_action(snapshot, snapshot.plan, action, today)


def _cures(snapshot: Snapshot, found: Diagnostic) -> Iterator[Offer]:
    """Return the ways to mend what is wrong: the safe one first, then what was probably meant."""
    path, quick = found.location.path, types.CodeActionKind.QuickFix
    for problem in snapshot.loaded.mends.get(path, ()):
        if (problem.code, problem.span) == (found.code, found.location.span):
            mends = problem.mends
            yield Offer(f"Mend: {found.message}", quick, partial(_replaced, snapshot, path, *mends), found)
    if found.code in FIXES:
        mend = fix.one(snapshot.root, snapshot.files, found)
        if mend:
            yield Offer(_title(found, mend), quick, lambda: mend.contents, found)
            return
    if change := _by_help(snapshot, found) or _new_id(snapshot, found):
        title = f"Change to “{change.text}”" if change.text else f"Take it out: {found.message}"
        yield Offer(title, quick, lambda: _replaced(snapshot, path, change), found)


def _by_help(snapshot: Snapshot, found: Diagnostic) -> Replacement | None:
    """Return what the help of a finding says, as a change of the words that it is of; or None."""
    span, text = found.location.span, snapshot.text(found.location.path)
    if span is None or span.line != span.end_line or span.line > len(text.lines):
        return None
    start = decode.starts(text.text)[span.line - 1]
    first, last = start + span.column - 1, start + span.end_column - 1
    now, meant = text.text[first:last], meant_by(found.help)
    if meant is not None:
        quotes = now[0] if now[:1] in ("'", '"') and len(now) > 1 else ""
        return Replacement(first, last, f"{quotes}{meant}{quotes}")
    if found.help == QUOTE and '"' not in now and "\\" not in now:
        return Replacement(first, last, f'"{now}"')
    if found.help in _DELETE and now:
        behind = len(text.text) - len(text.text[last:].lstrip(" "))
        return Replacement(first, behind if text.text[first - 1 : first].isspace() else last, "")
    is_one = found.help == ONE_A_LINE and now and not set(now) & set("[]{},#:")
    return Replacement(first, last, f"[{now}]") if is_one else None


def _new_id(snapshot: Snapshot, found: Diagnostic) -> Replacement | None:
    """Return another id for a record that bears one of another; None where none is known that is free."""
    span, text = found.location.span, snapshot.text(found.location.path)
    if span is None or found.code not in _SAME_ID:
        return None
    free = completion.next_id_at(snapshot, found.location.path, text, span)
    start = decode.starts(text.text)[span.line - 1]
    return Replacement(start + span.column - 1, start + span.end_column - 1, free) if free else None


def _title(found: Diagnostic, mend: fix.OneFix) -> str:
    """Say what a fix does: with a short value in full, else by what is wrong."""
    if mend.value is None:
        return f"Take it out: {found.message}"
    return f"Change to “{mend.value}”" if len(mend.value) <= _LONGEST else f"Mend: {found.message}"


def _replaced(snapshot: Snapshot, path: str, *replacements: Replacement) -> Contents:
    return {path: apply(snapshot.text(path).text, replacements).encode("utf-8")}


def _action(snapshot: Snapshot, path: str, position: types.Position) -> Action | None:
    """Return the action in which a position lies; None for one that lies in none, or in a new one."""
    spot = snapshot.spot(path, snapshot.text(path), position)
    if spot is None or spot.at[:1] != ("actions",) or len(spot.at) < 2 or snapshot.trace is None:  # noqa: PLR2004 - an item
        return None
    name = snapshot.loaded.trees[path].value["actions"][spot.at[1]].get("id")
    return snapshot.trace.actions.get(name) if isinstance(name, str) else None


def _of_action(snapshot: Snapshot, plan: Plan, action: Action, today: date) -> Iterator[Offer]:
    root, files, name = snapshot.root, snapshot.files, action.id
    if action.status is not Status.WITHDRAWN:
        address = snapshot.place_of(snapshot.trace.ids[name.lower()][0][1]) if snapshot.trace else None
        if address:
            ask = types.Command("Withdraw", WITHDRAW, arguments=[address.uri, name, None])
            yield Offer(f"Withdraw {name}, with the reason", _REWRITE, dict, command=ask)
    for section in islice((each for each in plan.sections if action not in each.actions), _MOST):
        number = snapshot.numbers.get(section.id, "")
        title = shortened(f"Move {name} to section {number}: {section.title}", _LONGEST)
        yield Offer(title, _MOVE, partial(_moved, snapshot, name, section.id))
    taken = snapshot.trace.taken_up if snapshot.trace else {}
    left = (each for _, each in plan.walk_recommendations() if each.id not in taken and not each.not_taken_up)
    for each in islice(left, _MOST):
        title = f"Take up {each.id}: {shortened(each.text, _LONGEST)}"
        yield Offer(title, _REWRITE, partial(_taken_up, snapshot, name, each.id))
    if propose_instead.reworded(root, snapshot.loaded, name):
        yield Offer(
            f"Propose the words of {name} as an amendment instead",
            _REWRITE,
            lambda: propose_instead.propose_instead(root, name, _proposer(root, today), files),
        )


def _moved(snapshot: Snapshot, name: str, section: str) -> Contents:
    return edit_records.move(snapshot.root, name, section=section, files=snapshot.files).contents


def _taken_up(snapshot: Snapshot, name: str, recommendation: str) -> Contents:
    return edit_records.take_up(snapshot.root, name, recommendation, files=snapshot.files).contents


def _proposer(root: Path, today: date) -> Reviser:
    """Return who proposes. Raises EditRefusedError where git does not know who works here."""
    name = git.user_name(root)
    if name is None:
        raise EditRefusedError("nobody is known who could propose: set git's user.name")
    return Reviser(name, today)


def resolved(offer: Offer) -> Contents | str:
    """Return what files hold when an offer is taken, or why it cannot be."""
    try:
        return offer.contents()
    except FaultsError as error:
        first = error.diagnostics[0]
        return f"{first.location}: {first.code} {first.message}"
    except PoaError as error:
        return str(error)
