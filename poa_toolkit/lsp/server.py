"""The language server: the plans that an editor has open, and what it is told. It writes no file."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from poa_toolkit import __version__
from poa_toolkit.diagnostic import FaultsError
from poa_toolkit.errors import PoaError
from poa_toolkit.lsp import diagnostics
from poa_toolkit.lsp.edits import workspace_edit
from poa_toolkit.lsp.open_plan import OpenPlan
from poa_toolkit.lsp.protocol import Document, Text, document, uri
from poa_toolkit.lsp.watch import Stopped, Watch, pulse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path

    from poa_toolkit.lsp.names import Name
    from poa_toolkit.lsp.open_plan import Snapshot

_T = TypeVar("_T")
Answers: TypeAlias = "tuple[tuple[str, Callable[..., Any], Any], ...]"
"""By method of the protocol: who answers, and what the editor is told of that beforehand."""
FAILED = types.LSPErrorCodes.RequestFailed.value


class Place(NamedTuple):
    """A file of a plan, as a request names it."""

    snapshot: Snapshot
    path: str
    text: Text
    """What the editor has of it by now, which may be newer than the snapshot."""
    opened: Mapping[str, types.OptionalVersionedTextDocumentIdentifier]
    """By path, the files of the plan that were open when the snapshot was asked for, and their versions."""
    able: types.WorkspaceEditClientCapabilities | None
    """What the editor can do with edits."""

    def name(self, position: types.Position) -> Name | None:
        """Return the name at a position."""
        return self.snapshot.name(self.path, self.text, position)

    def edit(self, contents: Mapping[str, bytes]) -> types.WorkspaceEdit:
        """Return what the editor is to change so that files of the plan hold `contents`, by path."""
        return workspace_edit(self.snapshot, contents, self.opened, self.able)


class _Protocol(LanguageServerProtocol):
    """The protocol of pygls, which keeps a future of each change of a text for ever, and shows our code."""

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 - as pygls has it
        """Read a message; a request that cannot be read is answered, too."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _send_response(self, msg_id: Any, result: Any = None, error: Any = None) -> None:  # noqa: ANN401
        if error is not None:
            # a trace of ours, which says nothing to an editor
            error.data = None
        super()._send_response(msg_id, result, error)

    def _handle_notification(self, method_name: str, params: Any) -> None:  # noqa: ANN401
        is_change = method_name == types.TEXT_DOCUMENT_DID_CHANGE
        if is_change and unquote(params.text_document.uri) not in self.workspace.text_documents:
            # of a file that was never opened
            return
        super()._handle_notification(method_name, params)

    def _check_handler_result(self, future: Future[Any]) -> None:
        super()._check_handler_result(future)
        held = self._request_futures
        self._request_futures = {key: each for key, each in held.items() if each is not future}


class Server(LanguageServer):
    """A server for the plans that one editor has open."""

    def __init__(self, today: date) -> None:
        # pygls counts lines of a text in ways that the protocol does not have: whole texts are asked for
        kind = types.TextDocumentSyncKind.Full
        super().__init__("poa", __version__, text_document_sync_kind=kind, protocol_cls=_Protocol)
        self.today = today
        self.watches: dict[Path, Watch] = {}
        self.texts: dict[str, str] = {}
        """By address, what the editor has of each open file."""
        self.documents: dict[str, Document] = {}
        """By address, which file of which plan each open file is: the folder may go meanwhile."""
        self.versions: dict[str, int] = {}
        self._trouble: dict[Path, str] = {}
        """By project, why its plan could not be looked at last; empty where it could."""
        self._told: dict[Path, dict[str, list[types.Diagnostic]]] = {}

    def watch(self, root: Path) -> Watch:
        """Return the watch over the plan of a project."""
        if root not in self.watches:
            encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
            plan = OpenPlan(root, self.today, encoding)
            self.watches[root] = Watch(plan, partial(self.tell, root))
        return self.watches[root]

    def opened(self, address: str, text: str, version: int) -> None:
        """Take in what the editor has of a file."""
        found = self.document(address)
        self.texts[address], self.versions[address] = text, version
        if found is not None:
            self.documents[address] = found
            watch = self.watch(found.root)
            watch.plan.unsaved[found.path] = text.encode("utf-8", "surrogatepass")
            watch.changed()

    def closed(self, address: str) -> None:
        """Let go of a file: what lies on the disk counts again."""
        self.texts.pop(address, None)
        self.versions.pop(address, None)
        found = self.documents.pop(address, None)
        if found is not None:
            watch = self.watch(found.root)
            watch.plan.unsaved.pop(found.path, None)
            watch.changed()

    def document(self, address: str) -> Document | None:
        """Return which file of which plan an address names; None where it is none of a plan."""
        return self.documents.get(address) or document(address)

    def tell(self, root: Path, snapshot: Snapshot | None, trouble: str) -> None:
        """Tell the editor what is wrong in each file, where that is not what it knows."""
        if trouble and trouble != self._trouble.get(root):
            self.say(trouble)
        self._trouble[root] = trouble
        by_path = diagnostics.published(snapshot) if snapshot else {}
        opened = self._opened(root)
        found = {
            opened[path].uri if path in opened else uri(root, path): each for path, each in by_path.items()
        }
        before = self._told.get(root, {})
        self._told[root] = found
        for address in {**before, **found}:
            now = found.get(address, [])
            if now != before.get(address):
                self.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(address, now, self.versions.get(address))
                )
        if snapshot and before != found:
            self._renew()

    def _renew(self) -> None:
        """Ask for what stands between the lines to be renewed, where the editor can be asked."""
        able = self.client_capabilities.workspace
        if able and able.code_lens and able.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        if able and able.inlay_hint and able.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def say(self, message: str) -> None:
        """Show a message."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    async def place(self, address: str, *, fresh: bool = False) -> Place | None:
        """Return the file of a plan that an address names, and the plan; None where it is none of a plan.

        With `fresh` the plan is as the editor has it now, however long that takes.
        """
        found = self.document(address)
        if found is None:
            return None
        watch = self.watch(found.root)
        snapshot = await (watch.fresh() if fresh else watch.recent())
        if snapshot is None:
            return None
        text = self.texts.get(address)
        here = snapshot.text(found.path) if text is None else Text(text, snapshot.encoding)
        able = self.client_capabilities.workspace
        edits = able.workspace_edit if able else None
        return Place(snapshot, found.path, here, self._opened(found.root), edits)

    def _opened(self, root: Path) -> dict[str, types.OptionalVersionedTextDocumentIdentifier]:
        """Return the open files of a plan by path, as the editor spells their addresses."""
        return {
            found.path: types.OptionalVersionedTextDocumentIdentifier(address, self.versions.get(address))
            for address, found in self.documents.items()
            if found.root == root
        }


async def named(
    ls: Server,
    params: types.TextDocumentPositionParams | Any,  # noqa: ANN401 - each request has its own
) -> tuple[Place | None, Name | None]:
    """Return the file of a plan that a request names, and the name at its position."""
    place = await ls.place(params.text_document.uri)
    return place, place.name(params.position) if place else None


async def in_thread(work: Callable[[Callable[[], None]], _T]) -> _T:
    """Do long work beside the server; it is given a pulse that ends it once its request is cancelled.

    Raises JsonRpcException, which says why, where it is refused.
    """
    stop = threading.Event()
    try:
        return await asyncio.to_thread(work, partial(pulse, stop))
    except asyncio.CancelledError:
        stop.set()
        raise
    except Stopped:
        raise asyncio.CancelledError from None
    except FaultsError as error:
        first = error.diagnostics[0]
        raise JsonRpcException(f"{first.location}: {first.code} {first.message}", FAILED) from None
    except PoaError as error:
        raise JsonRpcException(str(error), FAILED) from None
