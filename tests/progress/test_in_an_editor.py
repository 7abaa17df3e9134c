"""Reports in an editor: what may be typed, where names lead, what is underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import followed_plan
import pytest
from lsprotocol import types

if TYPE_CHECKING:
    from lsp_editor import Editor

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio
SECTION, PATH = "plan/sections/01-first.yaml", followed_plan.PATH
TEXT = """\
progress:
  - action: A-001
    indicator: IND-001
    date: 2018-05-04
    by: The secretariat
    state: under-way
"""


async def _open(editor: Editor, text: str) -> None:
    """Type indicators into a section, and open a file of reports that is not on the disk yet."""
    lines = (f"  - id: {each['id']}\n    text: {each['text']}\n" for each in followed_plan.INDICATORS)
    await editor.open(SECTION)
    await editor.replace(SECTION, "  status: draft\n", f"  status: draft\n  indicators:\n{''.join(lines)}")
    await editor.open(PATH, text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  - action: ", ["A-001", "A-002"]),
        ("  - action: answer", ["A-002"]),
        ("  - action: A-001\n    indicator: ", ["IND-001", "IND-002"]),
        ("  - action: A-001\n    indicator: treaty", ["IND-002"]),
        ("  - action: A-001\n    state: ", ["not-started", "under-way", "done", "stalled"]),
        ("  - action: A-001\n    ev", ["evidence: "]),
    ],
)
async def test_what_may_be_typed(editor: Editor, typed: str, expected: list[str]) -> None:
    text = f"progress:\n{typed}"
    await _open(editor, text)
    line, column = text.count("\n"), len(text.rpartition("\n")[2])
    asked = types.CompletionParams(editor.id(PATH), types.Position(line, column))
    found = await editor.client.text_document_completion_async(asked)
    assert isinstance(found, types.CompletionList)
    assert [each.label for each in found.items] == expected


async def test_names_lead_to_what_they_name_and_say_what_it_is(editor: Editor) -> None:
    await _open(editor, TEXT)
    for words, target in (("A-001", "id: A-001"), ("IND-001", "id: IND-001")):
        here = editor.at(PATH, words, 1)
        found = await editor.client.text_document_definition_async(
            types.DefinitionParams(editor.id(PATH), here)
        )
        assert isinstance(found, list)
        assert [each.range.start.line for each in found if isinstance(each, types.Location)] == [
            editor.at(SECTION, target).line
        ]
    hover = await editor.client.text_document_hover_async(
        types.HoverParams(editor.id(PATH), editor.at(PATH, "IND-001", 1))
    )
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "States that answer the observers" in hover.contents.value


async def test_what_is_wrong_is_underlined(editor: Editor) -> None:
    await _open(editor, TEXT.replace("IND-001", "IND-009").replace("under-way", "finished"))
    assert [each.code for each in editor.shown(PATH)] == ["POA106"]
    await editor.replace(PATH, "finished", "done")
    assert {each.code for each in editor.shown(PATH)} >= {"POA612"}
