"""Serve an editor: which files of plans it opens and changes, and who answers what it asks."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types
from pygls import uris

from poa_toolkit.lsp import changing, commands, showing
from poa_toolkit.lsp.server import Answers, Server
from poa_toolkit.source.base import PLAN_FILE, stands

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def serve(today: date) -> None:
    """Serve the editor at the other end of standard input and output, until it goes."""
    # what goes wrong is told to the editor; its log is no place for traces of ours
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    server = Server(today)
    for method, answer, options in (*_ANSWERS, *showing.ANSWERS, *changing.ANSWERS):
        server.feature(method, options)(answer)
    for name, command in commands.COMMANDS.items():
        server.command(name)(command)
    with _output() as output:
        server.start_io(stdout=output)


def _output() -> BinaryIO:
    """Return standard output for the protocol alone: what else is printed goes where errors go."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output


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
    _look_at(ls, ls.workspace.folders or ([ls.workspace.root_uri] if ls.workspace.root_uri else []))


def _look_at(ls: Server, folders: Iterable[str]) -> None:
    """Look at the plans that folders hold."""
    for address in folders:
        folder = uris.to_fs_path(address)
        if folder and stands(Path(folder) / PLAN_FILE):
            ls.watch(Path(folder)).changed()


def _other_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    _look_at(ls, [each.uri for each in params.event.added])


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


_ANSWERS: Answers = (
    (types.INITIALIZED, _initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _changed_elsewhere, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _changed_elsewhere, None),
    (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, _other_folders, None),
    (types.SHUTDOWN, _shut_down, None),
)
