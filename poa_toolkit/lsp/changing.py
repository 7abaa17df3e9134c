"""What an editor asks in order to change a plan: complete, rename, lay out, mend, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from poa_toolkit.api import fmt
from poa_toolkit.api.rename import rename
from poa_toolkit.lsp import code_actions, completion, diagnostics
from poa_toolkit.lsp.edits import text_edits
from poa_toolkit.lsp.server import FAILED, Answers, Place, Server, in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poa_toolkit.lsp.names import Name
    from poa_toolkit.lsp.open_plan import Snapshot


async def _complete(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    place = await ls.place(params.text_document.uri)
    if place is None:
        return None
    able = ls.client_capabilities.text_document
    items = able.completion.completion_item if able and able.completion else None
    snippets = bool(items and items.snippet_support)
    return await in_thread(
        lambda pulse: completion.complete(
            place.snapshot.with_pulse(pulse), place.path, place.text, params.position, snippets=snippets
        )
    )


async def _before_rename(
    ls: Server, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    place = await ls.place(params.text_document.uri, fresh=True)
    name = place.name(params.position) if place else None
    where = place.snapshot.place(name.path, name.at, name.words) if place and name else None
    if place is None or name is None or where is None or " " in name.of:
        return None
    return types.PrepareRenamePlaceholder(where.range, _spelt(place.snapshot, name))


async def _rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    place = await ls.place(params.text_document.uri, fresh=True)
    name = place.name(params.position) if place else None
    if place is None or name is None:
        return None
    if " " in name.of:
        raise JsonRpcException("a provision has no id; its reference is that of the instrument", FAILED)
    snapshot = place.snapshot
    own = [each for each in snapshot.names.of(name.of) if each.is_own]
    meant = name if name.is_own else own[0] if len(own) == 1 else None
    old = _spelt(snapshot, name)
    if meant is not None and ("." in name.of or len(own) > 1):
        # of a point, and of one of several that bear an id, the place says which is meant
        line = snapshot.loaded.trees[meant.path].places.span(meant.at).line
        old = f"{meant.path}:{line}"
    renamed = await in_thread(
        lambda pulse: rename(snapshot.root, old, params.new_name, files=snapshot.files._replace(pulse=pulse))
    )
    if renamed.baselines:
        ls.say(f"{', '.join(renamed.baselines)}: frozen with {renamed.old}; a diff will show the new id")
    if renamed.left:
        shown = ", ".join(str(each) for each in renamed.left[:5])
        ls.say(f"{renamed.old} still stands in texts, change it there if it is meant: {shown}")
    return place.edit(renamed.written.contents)


def _spelt(snapshot: Snapshot, name: Name) -> str:
    """Return the id that a name names, as the plan spells it; of a point its own."""
    own = next((each for each in snapshot.names.of(name.of) if each.is_own), name)
    return snapshot.loaded.trees[own.path].places.spelling(own.at) or name.of


async def _format(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    place = await ls.place(params.text_document.uri)
    if place is None:
        return []
    laid_out = fmt.layout(place.path, place.text.text.encode("utf-8", "surrogatepass"))
    if laid_out.diagnostics:
        first = laid_out.diagnostics[0]
        ls.say(f"{first.location}: {first.code} {first.message}; nothing was laid out")
        return []
    return text_edits(place.text, laid_out.after.decode("utf-8"))


async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    place = await ls.place(params.text_document.uri, fresh=True)
    if place is None:
        return []
    return await in_thread(lambda pulse: _offered(ls, place, params, pulse))


def _offered(
    ls: Server, place: Place, params: types.CodeActionParams, pulse: Callable[[], None]
) -> list[types.CodeAction]:
    """Return what can be done at a place; what that changes is reckoned now only where nobody asks later."""
    snapshot, wanted = place.snapshot.with_pulse(pulse), params.context.only
    able = ls.client_capabilities.text_document
    support = able.code_action.resolve_support if able and able.code_action else None
    is_later = bool(support and "edit" in support.properties)
    shown = {each.message: each for each in params.context.diagnostics}
    found = []
    for offer in code_actions.offers(snapshot, place.path, params.range, ls.today):
        is_wanted = offer.kind.startswith(tuple(wanted)) if wanted else offer.kind != code_actions.ALL
        if not is_wanted:
            continue
        is_done = offer.command is None and (not is_later or offer.kind == code_actions.ALL)
        contents = code_actions.resolved(offer) if is_done else None
        if contents == {}:
            # nothing is to be mended
            continue
        action = types.CodeAction(offer.title, offer.kind, command=offer.command)
        if offer.mends:
            mends = diagnostics.shown(snapshot, offer.mends)
            action.diagnostics, action.is_preferred = [shown.get(mends.message, mends)], True
        if isinstance(contents, str):
            action.disabled = types.CodeActionDisabled(contents)
        elif contents is not None:
            action.edit = place.edit(contents)
        elif offer.command is None:
            start = params.range.start
            action.data = [params.text_document.uri, start.line, start.character, offer.kind, offer.title]
        found.append(action)
    return found


async def _resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    """Reckon what an action changes that was offered before."""
    if not action.data:
        return action
    match action.data:
        case [str(address), int(line), int(character), str(kind), str(title)] if min(line, character) >= 0:
            place = await ls.place(address, fresh=True)
        case _:
            raise JsonRpcException("this was not offered here", FAILED)
    if place is None:
        return action
    here = types.Range(types.Position(line, character), types.Position(line, character))
    if action.diagnostics:
        here = action.diagnostics[0].range

    def reckon(pulse: Callable[[], None]) -> Mapping[str, bytes] | str:
        every = code_actions.offers(place.snapshot.with_pulse(pulse), place.path, here, ls.today)
        offer = next((each for each in every if (each.kind, each.title) == (kind, title)), None)
        return code_actions.resolved(offer) if offer else "the text has changed since; ask again"

    contents = await in_thread(reckon)
    if isinstance(contents, str):
        raise JsonRpcException(contents, FAILED)
    action.edit = place.edit(contents)
    return action


ANSWERS: Answers = (
    (
        types.TEXT_DOCUMENT_COMPLETION,
        _complete,
        types.CompletionOptions(trigger_characters=["{", "[", "-", " "]),
    ),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _before_rename, None),
    (types.TEXT_DOCUMENT_RENAME, _rename, types.RenameOptions(prepare_provider=True)),
    (types.TEXT_DOCUMENT_FORMATTING, _format, None),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        _actions,
        types.CodeActionOptions(code_action_kinds=code_actions.KINDS, resolve_provider=True),
    ),
    (types.CODE_ACTION_RESOLVE, _resolve, None),
)
