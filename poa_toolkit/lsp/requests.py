"""What an editor asks of a plan, and the answers."""

from __future__ import annotations

import logging
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException

from poa_toolkit.api import edit_records, fmt
from poa_toolkit.api.rename import rename
from poa_toolkit.lsp import between_lines, code_actions, completion, diagnostics, outline, reports
from poa_toolkit.lsp.edits import text_edits, workspace_edit
from poa_toolkit.lsp.hover import hover
from poa_toolkit.lsp.server import FAILED, Place, Server, in_thread
from poa_toolkit.source.base import PLAN_FILE, stands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from poa_toolkit.lsp.names import Name
    from poa_toolkit.lsp.open_plan import Snapshot


def serve(today: date) -> None:
    """Serve the editor at the other end of standard input and output, until it goes."""
    # what goes wrong is told to the editor; its log is no place for traces of ours
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    server = Server(today)
    for method, answer, options in _ANSWERS:
        server.feature(method, options)(answer)
    for name, command in _COMMANDS.items():
        server.command(name)(command)
    with _output() as output:
        server.start_io(stdout=output)


def _output() -> BinaryIO:
    """Return standard output for the protocol alone: what else is printed goes where errors go."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output


# --- files come, change and go -------------------------------------------------------------------


def _initialized(ls: Server, _params: types.InitializedParams) -> None:
    """Look at the plans of the open folders, and ask to be told of files that others change."""
    able = ls.client_capabilities.workspace
    watched = able.did_change_watched_files if able else None
    if watched and watched.dynamic_registration:
        globs = [types.FileSystemWatcher(each) for each in ("**/plan/**", "**/poa.yaml", "**/schema/*.json")]
        options = types.DidChangeWatchedFilesRegistrationOptions(globs)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        ls.client_register_capability(
            types.RegistrationParams([types.Registration("files", method, options)])
        )
    for address in ls.workspace.folders or ([ls.workspace.root_uri] if ls.workspace.root_uri else []):
        folder = uris.to_fs_path(address)
        if folder and stands(Path(folder) / PLAN_FILE):
            ls.watch(Path(folder)).changed()


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.opened(params.text_document.uri, params.text_document.text, params.text_document.version)


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    if params.content_changes:
        document = params.text_document
        ls.opened(document.uri, params.content_changes[-1].text, document.version)


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.closed(params.text_document.uri)


def _changed_elsewhere(ls: Server, _params: Any) -> None:  # noqa: ANN401 - files or a save
    for watch in ls.watches.values():
        watch.changed()


def _shut_down(ls: Server, _params: None) -> None:
    for watch in ls.watches.values():
        watch.stop()


# --- go to, find, show ----------------------------------------------------------------------------


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    place = await ls.place(params.text_document.uri)
    if place is None:
        return None
    here = types.Range(params.position, params.position)
    name = place.name(params.position)
    said = hover(place.snapshot, name) if name else None
    pages = diagnostics.pages(diagnostics.touching(place.snapshot, place.path, here))
    parts = [part for part in (said.value if said else "", pages) if part]
    if not parts:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)))


async def _definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
    place, name = await _named(ls, params)
    if place is None or name is None:
        return []
    names = place.snapshot.names
    own = [each for each in names.of(name.of) if each.is_own] or names.cited(name.of)
    return _places(place.snapshot, own)


async def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
    place, name = await _named(ls, params)
    if place is None or name is None:
        return []
    found = place.snapshot.names.of(name.of)
    wanted = (each for each in found if params.context.include_declaration or not each.is_own)
    return _places(place.snapshot, wanted)


async def _highlight(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    place, name = await _named(ls, params)
    if place is None or name is None:
        return []
    here = [each for each in place.snapshot.names.of(name.of) if each.path == place.path]
    return [types.DocumentHighlight(each.range) for each in _places(place.snapshot, here)]


async def _named(
    ls: Server,
    params: types.TextDocumentPositionParams | Any,  # noqa: ANN401 - each request has its own
) -> tuple[Place | None, Name | None]:
    place = await ls.place(params.text_document.uri)
    return place, place.name(params.position) if place else None


def _places(snapshot: Snapshot, names: Iterable[Name]) -> list[types.Location]:
    places = (snapshot.place(each.path, each.at, each.words) for each in names)
    return [each for each in places if each is not None]


async def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    place = await ls.place(params.text_document.uri)
    return outline.symbols(place.snapshot, place.path) if place else []


async def _everywhere(ls: Server, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    snapshots = [await watch.recent() for watch in ls.watches.values()]
    return [found for each in snapshots if each for found in outline.everywhere(each, params.query)]


async def _links(ls: Server, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    place = await ls.place(params.text_document.uri)
    return outline.links(place.text) if place else []


async def _folds(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    place = await ls.place(params.text_document.uri)
    return outline.folds(place.snapshot, place.path) if place else None


async def _hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    place = await ls.place(params.text_document.uri)
    return between_lines.hints(place.snapshot, place.path, params.range) if place else []


async def _lenses(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    place = await ls.place(params.text_document.uri)
    if place is None:
        return []
    return await in_thread(lambda _: between_lines.lenses(place.snapshot, place.path))


# --- type and change ------------------------------------------------------------------------------


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
    place, name = await _named(ls, params)
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
    if meant is not None:
        line = snapshot.loaded.trees[meant.path].places.span(meant.at).line
        old = f"{meant.path}:{line}"
    renamed = await in_thread(
        lambda pulse: rename(snapshot.root, old, params.new_name, files=snapshot.files._replace(pulse=pulse))
    )
    if renamed.left:
        shown = ", ".join(str(each) for each in renamed.left[:5])
        ls.say(f"{renamed.old} still stands in texts, change it there if it is meant: {shown}")
    return _edit(ls, snapshot, renamed.written.contents)


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
        action = types.CodeAction(offer.title, offer.kind, command=offer.command)
        if offer.mends:
            mends = diagnostics.shown(snapshot, offer.mends)
            action.diagnostics, action.is_preferred = [shown.get(mends.message, mends)], True
        if offer.command is None and is_later:
            asked = [place.path, params.range.start.line, params.range.start.character]
            action.data = [params.text_document.uri, *asked[1:], offer.kind, offer.title]
        elif offer.command is None:
            contents = code_actions.resolved(offer)
            if isinstance(contents, str):
                action.disabled = types.CodeActionDisabled(contents)
            else:
                action.edit = _edit(ls, snapshot, contents)
        found.append(action)
    return found


async def _resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    """Reckon what an action changes that was offered before."""
    asked: list[Any] = action.data or []
    address, line, character, kind, title = asked
    place = await ls.place(address, fresh=True)
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
    action.edit = _edit(ls, place.snapshot, contents)
    return action


def _edit(ls: Server, snapshot: Snapshot, contents: Mapping[str, bytes]) -> types.WorkspaceEdit:
    return workspace_edit(snapshot, contents, ls.versions_of(snapshot))


# --- commands -------------------------------------------------------------------------------------


async def _withdraw(ls: Server, address: str, name: str, reason: Any = None) -> None:  # noqa: ANN401 - or null
    """Withdraw an action; without a reason with words that say so."""
    place = await ls.place(address, fresh=True)
    if place is None:
        return
    snapshot, why = place.snapshot, reason or code_actions.UNGIVEN
    written = await in_thread(
        lambda pulse: edit_records.withdraw(
            snapshot.root, name, why, files=snapshot.files._replace(pulse=pulse)
        )
    )
    edit = _edit(ls, snapshot, written.contents)
    await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, f"Withdraw {name}"))


async def _changes(ls: Server, address: str) -> dict[str, str]:
    """Return the report on what has changed since the previous stage, as a page."""
    place = await ls.place(address, fresh=True)
    if place is None:
        return {"message": reports.NO_PLAN}
    return await in_thread(lambda _: reports.changes(place.snapshot, ls.today))


async def _preview(ls: Server, address: str, position: types.Position) -> dict[str, str]:
    """Return the section, or the paragraph, in which a position lies, as a page."""
    place = await ls.place(address, fresh=True)
    if place is None:
        return {"message": reports.NO_PLAN}
    return await in_thread(lambda _: reports.preview(place.snapshot, place.path, position))


async def _show_amendments(ls: Server, address: str, name: str) -> None:
    """Show where the amendments stand that wait on an action."""
    place = await ls.place(address)
    found = reports.amendments(place.snapshot, name) if place else []
    able = ls.client_capabilities.window
    if found and able and able.show_document and able.show_document.support:
        shown = types.ShowDocumentParams(found[0].uri, take_focus=True, selection=found[0].range)
        await ls.window_show_document_async(shown)
    elif found:
        ls.say(f"{len(found)} wait on {name}; the first: {found[0].uri}")


async def _show_changes(ls: Server, address: str, name: str) -> None:
    """Say what has changed in an action since the previous stage, to editors that cannot show the report."""
    place = await ls.place(address, fresh=True)
    if place is not None:
        ls.say(await in_thread(lambda _: reports.changes_of(place.snapshot, name, ls.today)))


_ANSWERS: tuple[tuple[str, Callable[..., Any], Any], ...] = (
    (types.INITIALIZED, _initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _changed_elsewhere, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _changed_elsewhere, None),
    (types.SHUTDOWN, _shut_down, None),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlight, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
    (types.WORKSPACE_SYMBOL, _everywhere, None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, _links, None),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, _folds, None),
    (types.TEXT_DOCUMENT_INLAY_HINT, _hints, None),
    (types.TEXT_DOCUMENT_CODE_LENS, _lenses, None),
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
_COMMANDS: dict[str, Callable[..., Any]] = {
    code_actions.WITHDRAW: _withdraw,
    "poa.changes": _changes,
    "poa.preview": _preview,
    between_lines.SHOW_AMENDMENTS: _show_amendments,
    between_lines.SHOW_CHANGES: _show_changes,
}
