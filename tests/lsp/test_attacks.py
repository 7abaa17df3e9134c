"""Editors that are fast, odd or wrong, and plans that mean no good: what holds then all the same."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import small_plan
from conftest import ROOT
from lsp_editor import Editor
from lsprotocol import types

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_lsp import LanguageClient

pytest_plugins = ["lsp_fixtures"]
SECTION = "plan/sections/01-first.yaml"


@pytest.mark.asyncio
async def test_an_edit_is_of_the_version_that_was_read(client: LanguageClient, tmp_path: Path) -> None:
    """What is typed while an edit is reckoned makes it one of an older version, which no editor applies."""
    root = tmp_path / "large"
    command = [sys.executable, str(ROOT / "benchmarks/generate.py"), "600", str(root)]
    subprocess.run(command, check=True)  # noqa: ASYNC221 - the plan must be there first
    editor, path = Editor(client, root), "plan/actors.yaml"
    await editor.open(path)
    where = types.RenameParams(editor.id(path), editor.at(path, "- id: ", 6), "another-name")
    asked = asyncio.ensure_future(client.text_document_rename_async(where))
    await asyncio.sleep(0.1)
    editor.send(path, f"# a line more\n{editor.texts[path]}")
    edit = await asked
    assert edit is not None
    found = [each for each in edit.document_changes or () if isinstance(each, types.TextDocumentEdit)]
    assert {each.text_document.version for each in found if each.text_document.uri == editor.uri(path)} == {1}


@pytest.mark.asyncio
async def test_an_open_file_is_called_as_its_editor_spells_it(client: LanguageClient, tmp_path: Path) -> None:
    """Not every editor escapes the same characters of an address."""
    root = small_plan.write(tmp_path / "a plan (1)")
    editor = Editor(client, root)
    editor.uri = lambda path: f"file://{root / path}".replace(" ", "%20")  # type: ignore[method-assign]
    await editor.open(SECTION)
    await editor.replace(SECTION, "- states", "- statse")
    assert editor.codes(SECTION) == ["POA206"]
    await editor.replace(SECTION, "- statse", "- states")
    assert editor.codes(SECTION) == []
    where = types.RenameParams(editor.id(SECTION), editor.at(SECTION, "- states", 3), "nations")
    edit = await client.text_document_rename_async(where)
    assert edit is not None
    found = [each for each in edit.document_changes or () if isinstance(each, types.TextDocumentEdit)]
    versions = {each.text_document.uri: each.text_document.version for each in found}
    assert versions[editor.uri(SECTION)] == 3
