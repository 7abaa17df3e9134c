"""An editor that says of nothing that it can do it is served, too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
import small_plan
from lsp_editor import SERVER, Editor, applied
from lsprotocol import types
from pytest_lsp import LanguageClient

pytestmark = pytest.mark.asyncio
SECTION = "plan/sections/01-first.yaml"


async def _plain(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    data = small_plan.files()
    small_plan.action(data, 1)["addressees"] = ["statse"]
    small_plan.write(tmp_path, data)
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=tmp_path.as_uri())
    )
    yield
    await lsp_client.shutdown_session()


plain = pytest_lsp.fixture(config=SERVER)(_plain)


async def _in_bytes(lsp_client: LanguageClient) -> AsyncIterator[None]:
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8])
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=types.ClientCapabilities(general=general))
    )
    yield
    await lsp_client.shutdown_session()


in_bytes = pytest_lsp.fixture(config=SERVER)(_in_bytes)


async def test_an_editor_that_counts_bytes_is_answered_in_bytes(
    in_bytes: LanguageClient, tmp_path: Path
) -> None:
    editor = Editor(in_bytes, small_plan.write(tmp_path))
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes, reports.", "Wér 🗳️  reports.")
    (shown,) = editor.shown(SECTION)
    line = editor.texts[SECTION].split("\n")[shown.range.start.line].encode()
    assert line[shown.range.start.character : shown.range.end.character] == b"  "
    where = types.Position(shown.range.start.line, len(line))
    hovered = await in_bytes.text_document_hover_async(types.HoverParams(editor.id(SECTION), where))
    assert hovered is None


async def test_the_plan_of_its_folder_is_looked_at_before_a_file_is_open(
    plain: LanguageClient, tmp_path: Path
) -> None:
    uri = (tmp_path / SECTION).as_uri()
    while uri not in plain.diagnostics:
        await plain.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert [each.code for each in plain.diagnostics[uri]] == ["POA206"]


async def test_edits_come_as_edits_alone_and_with_what_they_change(
    plain: LanguageClient, tmp_path: Path
) -> None:
    editor = Editor(plain, tmp_path)
    await editor.open(SECTION)
    shown = editor.shown(SECTION)[0]
    (action,) = await editor.actions(SECTION, shown.range, only=["quickfix"])
    assert action.edit.document_changes is None
    text = applied(editor.texts[SECTION], action.edit.changes[editor.uri(SECTION)])
    assert text == editor.texts[SECTION].replace("statse", "states")


async def test_what_completes_is_plain_text(plain: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(plain, tmp_path)
    await editor.open(
        SECTION, (tmp_path / SECTION).read_text("utf-8").replace("- id: A-001", "- \n- id: A-001")
    )
    where = editor.at(SECTION, "- \n", 2)
    found = await plain.text_document_completion_async(types.CompletionParams(editor.id(SECTION), where))
    assert isinstance(found, types.CompletionList)
    first = found.items[0]
    assert first.insert_text_format == types.InsertTextFormat.PlainText
    assert isinstance(first.text_edit, types.TextEdit)
    assert first.text_edit.new_text == "id: A-003"
