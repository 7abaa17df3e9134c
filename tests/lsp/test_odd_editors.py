"""Editors that are fast, odd or wrong, and plans that mean no good: what holds then all the same."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import small_plan
from conftest import ROOT
from lsp_editor import Editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from rule_examples import TODAY

from poa_toolkit.lsp import outline
from poa_toolkit.lsp.open_plan import OpenPlan
from poa_toolkit.lsp.protocol import document
from poa_toolkit.write.escape import plain_markdown

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


def _framed(message: dict[str, object]) -> bytes:
    content = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


def test_a_request_that_cannot_be_read_is_refused() -> None:
    file = {"uri": "file:///nowhere/plan/plan.yaml"}
    wrong = {"textDocument": file, "position": {"line": -1, "character": 0}}
    asked: tuple[dict[str, object], ...] = (
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"id": 2, "method": "textDocument/hover", "params": wrong},
        {"id": 3, "method": "shutdown"},
        {"method": "exit"},
    )
    done = subprocess.run(
        [sys.executable, "-m", "poa_toolkit", "lsp"],
        input=b"".join(map(_framed, asked)),
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert re.search(rb'\{[^\n]*"code": -32602[^\n]*"id": 2\b|"id": 2\b[^\n]*"code": -32602', done.stdout)
    assert done.stderr == b""


@pytest.mark.asyncio
async def test_what_was_never_offered_is_refused_without_a_trace(editor: Editor) -> None:
    await editor.open(SECTION)
    address = editor.uri(SECTION)
    for data in (5, "x", [1], [address, -1, 0, "quickfix", "x"], [None] * 5, {"a": 1}):
        action = types.CodeAction("x", data=data)
        with pytest.raises(JsonRpcException, match="not offered") as refused:
            await editor.client.code_action_resolve_async(action)
        assert refused.value.data is None
    for arguments in (None, [], [address], [address, "A-001", "why \ud800"]):
        command = types.ExecuteCommandParams("poa.withdraw", arguments)
        with pytest.raises(JsonRpcException) as refused:
            await editor.client.workspace_execute_command_async(command)
        assert refused.value.data is None


@pytest.mark.asyncio
async def test_a_change_of_a_file_that_was_never_opened_is_let_pass(editor: Editor) -> None:
    await editor.open("plan/actors.yaml")
    said = len(editor.client.messages)
    document = types.VersionedTextDocumentIdentifier(7, editor.uri(SECTION))
    change = types.TextDocumentContentChangeWholeDocument("a: [")
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(editor.id(SECTION)))
    await editor.settled("plan/actors.yaml")
    assert editor.codes(SECTION) == []
    assert len(editor.client.messages) == said


def _go_on() -> None:
    pass


def test_points_that_share_an_id_have_no_number(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["points"][1]["id"] = "a"
    snapshot = OpenPlan(small_plan.write(tmp_path, data), TODAY, "utf-16").look(_go_on)
    (section,) = outline.symbols(snapshot, SECTION)
    action = (section.children or [])[1]
    assert [each.name for each in (action, *(action.children or ()))] == ["3. A-001", "a", "a"]


def test_a_place_that_a_finding_names_beside_its_own_goes_with_its_lines(tmp_path: Path) -> None:
    data = small_plan.files()
    second = "id: second\ntitle: Two\nactions:\n- id: A-001\n  text: Later.\n  status: deferred\n"
    data["sections/02-second.yaml"] = second
    plan = OpenPlan(small_plan.write(tmp_path, data), TODAY, "utf-16")
    text = (plan.root / SECTION).read_text("utf-8")

    def lines() -> list[int]:
        found = next(each for each in plan.look(_go_on).diagnostics if each.code == "POA205")
        return [each.location.span.line for each in found.related if each.location.span]

    (before,) = lines()
    plan.unsaved[SECTION] = f"# one\n# more\n{text}".replace("chapeau:", "chapeau: ]").encode()
    assert lines() == [before + 2]
    plan.unsaved[SECTION] = text.replace("id: A-001", "id: [A-001").encode()
    assert lines() == []


@pytest.mark.parametrize("address", ["http://evil.example/x", "WWW.evil.example", "someone@evil.example"])
def test_no_address_in_a_text_becomes_a_link(address: str) -> None:
    shown = plain_markdown(f"see {address}")
    assert address not in shown
    assert shown.replace("\\", "") == f"see {address}"


@pytest.mark.asyncio
async def test_a_plan_whose_first_file_is_not_saved_yet_is_looked_at(
    client: LanguageClient, tmp_path: Path
) -> None:
    editor = Editor(client, small_plan.write(tmp_path))
    head = tmp_path / "plan/plan.yaml"
    text = head.read_text("utf-8")
    head.unlink()
    before = len(client.messages)
    await editor.open("plan/plan.yaml", text.replace("stage: day-1", "stage: day-9"))
    assert editor.codes("plan/plan.yaml") == ["POA207"]
    assert client.messages[before:] == []
    client.text_document_did_close(types.DidCloseTextDocumentParams(editor.id("plan/plan.yaml")))
    editor.begin("plan/actors.yaml")
    for _ in range(3):
        editor.send("plan/actors.yaml", editor.texts["plan/actors.yaml"] + "\n")
        await asyncio.sleep(0.2)
    assert [each.message for each in client.messages[before:]] == [
        f"there is no plan/plan.yaml in {tmp_path}"
    ]


@pytest.mark.asyncio
async def test_a_link_out_of_the_project_stays_refused_when_it_is_open(
    client: LanguageClient, tmp_path: Path
) -> None:
    editor = Editor(client, small_plan.write(tmp_path / "project"))
    outside = tmp_path / "outside.yaml"
    (editor.root / SECTION).rename(outside)
    (editor.root / SECTION).symlink_to(outside)
    await editor.open(SECTION)
    assert editor.codes(SECTION) == ["POA013"]


@pytest.mark.asyncio
async def test_a_record_beside_another_on_a_line_is_renamed(editor: Editor) -> None:
    path = "plan/actors.yaml"
    await editor.open(path, "actors: [{id: observers, title: observers}, {id: states, title: States}]\n")
    asked = types.RenameParams(editor.id(path), editor.at(path, "id: states", 5), "nations")
    made = await editor.make(await editor.client.text_document_rename_async(asked))
    assert "{id: nations, title: States}" in made[path]
    assert "- nations" in made[SECTION]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("poa.withdraw", None),
        ("poa.withdraw", [1, 2]),
        ("poa.changes", []),
        ("poa.preview", ["file:///nowhere"]),
        ("poa.preview", ["file:///nowhere", {"line": "x"}]),
        ("poa.showAmendments", [None, None, None]),
    ],
)
async def test_a_command_without_its_arguments_is_refused(
    client: LanguageClient, command: str, arguments: list[object] | None
) -> None:
    with pytest.raises(JsonRpcException) as refused:
        await client.workspace_execute_command_async(types.ExecuteCommandParams(command, arguments=arguments))
    assert refused.value.code == types.ErrorCodes.InvalidParams
