"""An editor that has a plan open: a client of the language server that is not ours, and how it makes edits."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse

from lsprotocol import types
from pytest_lsp import ClientServerConfig
from rule_examples import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_lsp import LanguageClient

SERVER = ClientServerConfig(
    server_command=[sys.executable, "-m", "poa_toolkit", "lsp"],
    server_env={
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(datetime.combine(TODAY, time(12), UTC).timestamp())),
    },
)
"""The server, on the day of the examples of the rule book."""
CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
        inlay_hint=types.InlayHintWorkspaceClientCapabilities(refresh_support=True),
    ),
    text_document=types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(snippet_support=True)
        ),
        code_action=types.CodeActionClientCapabilities(
            resolve_support=types.ClientCodeActionResolveOptions(properties=["edit"])
        ),
    ),
    window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True)),
)
"""What an editor such as VS Code says that it can do."""
_BREAK = re.compile(r"\r\n|\r|\n")


def path_of(uri: str) -> Path:
    return Path(unquote(urlparse(uri).path))


def offset(text: str, position: types.Position) -> int:
    """Give the index of a position that counts in UTF-16, as the protocol has it."""
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]
    if position.line >= len(starts):
        return len(text)
    start = starts[position.line]
    line = _BREAK.split(text)[position.line].encode("utf-16-le", "surrogatepass")
    return start + len(line[: 2 * position.character].decode("utf-16-le", "surrogatepass"))


def position(text: str, index: int) -> types.Position:
    """Give the position of an index, in UTF-16."""
    before = _BREAK.split(text[:index])
    return types.Position(len(before) - 1, len(before[-1].encode("utf-16-le", "surrogatepass")) // 2)


def applied(text: str, edits: Iterable[types.TextEdit]) -> str:
    """Make edits as an editor does: all of one text, none over another."""
    ordered = sorted(edits, key=lambda each: (offset(text, each.range.start), offset(text, each.range.end)))
    parts, at = [], 0
    for each in ordered:
        start, end = offset(text, each.range.start), offset(text, each.range.end)
        assert at <= start <= end, "edits overlap"
        parts += [text[at:start], each.new_text]
        at = end
    return "".join((*parts, text[at:]))


class Editor:
    """An editor; what it has of files is in `texts`, by path inside the project."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def id(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    async def open(self, path: str, text: str | None = None) -> None:
        """Open a file as it is on the disk, or with another text that is not saved, and wait."""
        self.begin(path, text)
        await self.settled(path)

    def begin(self, path: str, text: str | None = None) -> None:
        """Open a file; nothing is waited for."""
        self.texts[path] = (self.root / path).read_bytes().decode("utf-8-sig") if text is None else text
        self._versions[path] = 1
        item = types.TextDocumentItem(self.uri(path), "poa-plan", 1, self.texts[path])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def send(self, path: str, text: str) -> None:
        """Type: a file has another text, which is not saved; nothing is waited for."""
        self.texts[path] = text
        self._versions[path] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[path], self.uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def type(self, path: str, text: str) -> None:
        """Type, and wait until the server has looked."""
        self.send(path, text)
        await self.settled(path)

    async def replace(self, path: str, old: str, new: str) -> None:
        """Type `new` in the place of `old`, and wait."""
        assert old in self.texts[path]
        await self.type(path, self.texts[path].replace(old, new, 1))

    async def settled(self, path: str) -> None:
        """Wait until the server knows what the editor has: what it offers rests on that."""
        nothing = types.CodeActionContext([], only=["nothing"])
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        asked = types.CodeActionParams(self.id(path), start, nothing)
        await self.client.text_document_code_action_async(asked)

    def at(self, path: str, words: str, behind: int = 0, *, nth: int = 0) -> types.Position:
        """Give the position of words in a file, or of a character behind their beginning."""
        index = -1
        for _ in range(nth + 1):
            index = self.texts[path].index(words, index + 1)
        return position(self.texts[path], index + behind)

    def shown(self, path: str) -> list[types.Diagnostic]:
        """Give what is underlined in a file."""
        return [*self.client.diagnostics.get(self.uri(path), ())]

    def codes(self, path: str) -> list[str]:
        return [str(each.code) for each in self.shown(path)]

    def underlined(self, path: str, code: str) -> list[str]:
        """Give the words under which a code stands."""
        text = self.texts[path]
        found = [each.range for each in self.shown(path) if each.code == code]
        return [text[offset(text, each.start) : offset(text, each.end)] for each in found]

    def words(self, location: types.Location) -> str:
        """Give the words of a place."""
        path = path_of(location.uri)
        name = path.relative_to(self.root).as_posix()
        text = self.texts.get(name) or path.read_bytes().decode("utf-8-sig")
        return text[offset(text, location.range.start) : offset(text, location.range.end)]

    async def make(self, edit: types.WorkspaceEdit | None) -> dict[str, str]:
        """Make an edit as an editor does, unsaved; give what files hold then, by path."""
        assert edit is not None
        made: dict[str, str] = {}
        for each in edit.document_changes or ():
            if isinstance(each, types.CreateFile):
                made[self._name(each.uri)] = ""
                continue
            assert isinstance(each, types.TextDocumentEdit)
            path = self._name(each.text_document.uri)
            assert each.text_document.version in (None, self._versions.get(path)), (
                "an edit of another version"
            )
            before = made.get(path, self.texts.get(path))
            text = (self.root / path).read_bytes().decode("utf-8-sig") if before is None else before
            made[path] = applied(text, [part for part in each.edits if isinstance(part, types.TextEdit)])
        for path, text in made.items():
            if path in self.texts:
                self.send(path, text)
            else:
                await self.open(path, text)
        return made

    def _name(self, uri: str) -> str:
        return path_of(uri).relative_to(self.root).as_posix()

    async def actions(self, path: str, here: types.Range, *, only: list[str] | None = None) -> list[Any]:
        """Give what is offered at a range: of a command this client knows nothing but its title."""
        shown = [each for each in self.shown(path) if each.range == here]
        asked = types.CodeActionParams(self.id(path), here, types.CodeActionContext(shown, only=only))
        return [*(await self.client.text_document_code_action_async(asked) or ())]

    async def do(
        self, path: str, here: types.Range, title: str, *, only: list[str] | None = None
    ) -> dict[str, str]:
        """Take what is offered under a title that begins so; give what files hold then."""
        offered = await self.actions(path, here, only=only)
        found = [each for each in offered if each.title.startswith(title)]
        assert found, [each.title for each in offered]
        resolved = await self.client.code_action_resolve_async(found[0])
        return await self.make(resolved.edit)
