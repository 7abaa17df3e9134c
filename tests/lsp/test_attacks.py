"""Editors that are fast, odd or wrong, and plans that mean no good: what holds then all the same."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import small_plan
from conftest import ROOT
from lsp_editor import Editor
from lsprotocol import types

from poa_toolkit.lsp.protocol import document

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


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:",
        "file://[::1/plan/plan.yaml",
        "file:///%00/plan/plan.yaml",
        f"file:///tmp/{'long' * 100}/plan/plan.yaml/x",
        "file:///tmp/\ud800/plan/plan.yaml/x",
        "untitled:plan/plan.yaml",
        "http://localhost/plan/plan.yaml",
    ],
)
def test_an_address_that_can_be_no_file_is_none_of_a_plan(address: str) -> None:
    assert document(address) is None


def test_a_file_that_no_command_looks_at_is_none_of_a_plan(tmp_path: Path) -> None:
    root = small_plan.write(tmp_path)
    for path in ("plan/node_modules/some/file.yaml", "plan/.hidden/file.yaml", "plan/sections/.file.yaml"):
        assert document((root / path).as_uri()) is None
    assert document((root / "plan/sections/new.yaml").as_uri()) == (root, "plan/sections/new.yaml")


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
async def test_a_file_name_that_is_no_text_hides_no_findings(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, small_plan.write(tmp_path))
    (editor.root / "plan" / os.fsdecode(b"\xff.yaml")).write_bytes(b"")
    await editor.open(SECTION)
    await editor.replace(SECTION, "- states", "- statse")
    assert editor.codes(SECTION) == ["POA206"]
    assert [each.code for each in client.diagnostics[f"{editor.uri('plan')}/%FF.yaml"]] == ["POA014"]
