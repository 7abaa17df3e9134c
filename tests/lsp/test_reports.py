"""What an editor shows over and beside a file: amendments that wait, changes since the previous stage, a section."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types

from poa_toolkit.api import baseline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsp_editor import Editor

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio
SECTION = "plan/sections/01-first.yaml"
AMENDMENTS = "plan/amendments/floor.yaml"
_AMENDMENT = """\
amendments:
  - id: AM-001
    state: open
    kind: comment
    record: A-002
    field: text
    section: first
    proposer: tcc
    date: 2017-12-04
    comment: Who answers?
"""


@pytest.fixture
def frozen(editor: Editor) -> Iterator[Editor]:
    """The small plan at its second stage, the first frozen."""
    made, content = baseline.freeze(editor.root, "first")
    (editor.root / "plan/baselines").mkdir()
    (editor.root / f"plan/baselines/{made.name}.json").write_text(content, "utf-8")
    yield editor
    shutil.rmtree(editor.root / "plan/baselines")


async def _lenses(editor: Editor) -> list[tuple[str, str, list[Any]]]:
    found = await editor.client.text_document_code_lens_async(types.CodeLensParams(editor.id(SECTION)))
    commands = [each.command for each in found or ()]
    return [(each.title, each.command, [*(each.arguments or ())]) for each in commands if each]


async def _do(editor: Editor, command: str, *arguments: Any) -> Any:
    asked = types.ExecuteCommandParams(command, arguments=list(arguments))
    return await editor.client.workspace_execute_command_async(asked)


async def _second_stage(editor: Editor) -> None:
    text = (editor.root / "plan/plan.yaml").read_text("utf-8")
    at_second = text.replace("stage: day-1\n", "stage: day-2\n").replace(
        "- id: day-1\n", "- id: day-1\n  baseline: first\n"
    )
    await editor.open("plan/plan.yaml", at_second)


async def test_amendments_that_wait_are_told_over_their_action(editor: Editor) -> None:
    await editor.open(SECTION)
    assert await _lenses(editor) == []
    await editor.open(AMENDMENTS, _AMENDMENT)
    assert await _lenses(editor) == [("1 amendment", "poa.showAmendments", [editor.uri(SECTION), "A-002"])]
    await _do(editor, "poa.showAmendments", editor.uri(SECTION), "A-002")
    shown = editor.client.shown_documents[-1]
    assert (shown.uri, shown.selection and shown.selection.start.line) == (editor.uri(AMENDMENTS), 1)
    await editor.replace(AMENDMENTS, "state: open", "state: rejected")
    assert await _lenses(editor) == []


async def test_what_has_changed_since_the_previous_stage_is_told_over_its_action(frozen: Editor) -> None:
    await _second_stage(frozen)
    await frozen.open(SECTION)
    assert await _lenses(frozen) == []
    await frozen.replace(SECTION, "States should answer.", "States must answer.")
    said = ("text changed since first", "poa.showChanges", [frozen.uri(SECTION), "A-002"])
    assert await _lenses(frozen) == [said]
    await _do(frozen, "poa.showChanges", frozen.uri(SECTION), "A-002")
    assert frozen.client.messages[-1].message == "A-002: text changed since first"


async def test_a_departure_from_a_frozen_stage_is_told_over_its_action(frozen: Editor) -> None:
    text = (frozen.root / "plan/plan.yaml").read_text("utf-8")
    await frozen.open("plan/plan.yaml", text.replace("- id: day-1\n", "- id: day-1\n  baseline: first\n"))
    await frozen.open(SECTION)
    await frozen.replace(SECTION, "States should answer.", "States must answer.")
    assert [title for title, *_ in await _lenses(frozen)] == ["text changed since first"]


async def test_the_report_on_changes_knows_what_is_not_saved(frozen: Editor) -> None:
    await _second_stage(frozen)
    await frozen.open(SECTION)
    await frozen.replace(SECTION, "States should answer.", "States must answer <b>soon</b>.")
    page = await _do(frozen, "poa.changes", frozen.uri(SECTION))
    assert page["title"] == "Changes since first"
    assert "must" in page["html"]
    assert "<b>soon" not in page["html"]


async def test_without_an_earlier_stage_the_report_says_so(editor: Editor) -> None:
    await editor.open(SECTION)
    page = await _do(editor, "poa.changes", editor.uri(SECTION))
    assert page == {
        "message": "no earlier stage of plan.yaml names a baseline: there is nothing to compare with yet"
    }


async def test_a_section_is_shown_as_it_reads(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "States should answer.", "States [must | should] answer.")
    page = await _do(editor, "poa.preview", editor.uri(SECTION), {"line": 12, "character": 3})
    assert page["title"] == "first"
    assert "First things" in page["html"]
    assert "must" in page["html"]
    await editor.open("plan/plan.yaml")
    where = editor.at("plan/plan.yaml", "Elections shall")
    page = await _do(
        editor, "poa.preview", editor.uri("plan/plan.yaml"), {"line": where.line, "character": 9}
    )
    assert page["title"] == "P-01"
    page = await _do(editor, "poa.preview", editor.uri("plan/plan.yaml"), {"line": 0, "character": 0})
    assert page == {"message": "no section stands here, and no paragraph"}
    elsewhere = (editor.root / "notes.yaml").as_uri()
    assert await _do(editor, "poa.preview", elsewhere, {"line": 0, "character": 0}) == {
        "message": "this file is no part of a plan that can be read"
    }
