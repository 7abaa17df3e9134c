"""Edits of a plan that an editor is to make: nothing here writes a file."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from lsprotocol import types

from poa_toolkit.lsp.protocol import Text, uri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.lsp.open_plan import Snapshot

_MOST = 3000
"""Lines beyond which what differs of a file is put in its place as one stretch."""


def workspace_edit(
    snapshot: Snapshot,
    contents: Mapping[str, bytes],
    opened: Mapping[str, types.OptionalVersionedTextDocumentIdentifier],
    able: types.WorkspaceEditClientCapabilities | None,
) -> types.WorkspaceEdit:
    """Return what an editor is to change so that files hold `contents`, by path inside the project.

    `opened` gives of each file that an editor has open its address, and which of its versions was read: it
    makes no edit of another. An editor that is not `able` to tell versions apart gets the edits alone.
    """
    if not (able and able.document_changes):
        edits = {
            opened[path].uri if path in opened else uri(snapshot.root, path): _edits(snapshot, path, each)
            for path, each in contents.items()
        }
        return types.WorkspaceEdit(changes=edits)
    creates = types.ResourceOperationKind.Create in (able.resource_operations or ())
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for path, content in contents.items():
        address = uri(snapshot.root, path)
        if path not in snapshot.files.contents and creates:
            changes.append(types.CreateFile(address))
        document = opened.get(path) or types.OptionalVersionedTextDocumentIdentifier(address)
        changes.append(types.TextDocumentEdit(document, [*_edits(snapshot, path, content)]))
    return types.WorkspaceEdit(document_changes=changes)


def _edits(snapshot: Snapshot, path: str, content: bytes) -> list[types.TextEdit]:
    return text_edits(snapshot.text(path), content.decode("utf-8-sig"))


def text_edits(before: Text, after: str) -> list[types.TextEdit]:
    """Return what makes one text of another: whole lines, so that a cursor in the others stays."""
    return list(_stretches(before, _lines(before.text), _lines(after)))


def _stretches(text: Text, old: list[str], new: list[str]) -> Iterator[types.TextEdit]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    whole = ((0, len(was), 0, len(now)),)
    parts = _differing(was, now) if max(len(was), len(now)) <= _MOST else whole
    for first, last, start, end in parts:
        if was[first:last] or now[start:end]:
            where = types.Range(text.position(head + first + 1, 1), text.position(head + last + 1, 1))
            if head + last >= len(old):
                where = types.Range(where.start, text.end)
            yield types.TextEdit(where, "".join(now[start:end]))


def _differing(was: list[str], now: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Return the stretches in which two lists of lines differ, of the one and of the other."""
    for kind, *stretch in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind != "equal":
            first, last, start, end = stretch
            yield first, last, start, end


def _lines(text: str) -> list[str]:
    """Split a text into lines with their ends, as the protocol counts them."""
    return [each for each in Text(text, None).lines_with_ends if each]
