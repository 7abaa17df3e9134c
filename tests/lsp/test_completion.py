"""What may be typed next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

if TYPE_CHECKING:
    from lsp_editor import Editor

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio
SECTION = "plan/sections/01-first.yaml"


_ANNEXES = ("{annex:sources}", "{annex:instruments}", "{annex:matrix}", "{annex:participants}")


async def _typed(editor: Editor, path: str, old: str, new: str) -> list[types.CompletionItem]:
    """Type up to `‸` in the place of `old`, and give what is proposed there."""
    before, _, after = new.partition("‸")
    index = editor.texts[path].index(old) + len(before)
    editor.send(path, editor.texts[path].replace(old, before + after, 1))
    here = editor.at(path, editor.texts[path][:index], index) if index else types.Position(0, 0)
    asked = types.CompletionParams(editor.id(path), here)
    found = await editor.client.text_document_completion_async(asked)
    assert isinstance(found, types.CompletionList)
    return [*found.items]


async def _labels(editor: Editor, old: str, new: str, path: str = SECTION) -> list[tuple[str, str | None]]:
    return [(each.label, each.detail) for each in await _typed(editor, path, old, new)]


async def test_citations_by_what_they_are_about(editor: Editor) -> None:
    await editor.open(SECTION)
    whole = ("iccpr 25(b)", "International Covenant on Civil and Political Rights")
    assert await _labels(editor, "iccpr 25(b)", "vote‸") == [whole]
    assert await _labels(editor, "- vote", "- covenant elected‸") == [whole]
    assert await _labels(editor, "- covenant elected", "- iccpr 25‸") == [whole]
    item = (await _typed(editor, SECTION, "- iccpr 25", "- elected‸"))[0]
    assert isinstance(item.text_edit, types.TextEdit)
    assert item.text_edit.new_text == "iccpr 25(b)"
    assert item.label_details is not None
    assert item.label_details.detail == "  vote and be elected"
    start, end = item.text_edit.range.start, item.text_edit.range.end
    assert (end.character - start.character, (item.filter_text or "").startswith("elected")) == (7, True)


async def test_citations_that_the_plan_makes_most_come_first(editor: Editor) -> None:
    await editor.open(SECTION)
    found = [label for label, _ in await _labels(editor, "iccpr 25(b)", "‸")]
    assert found == ["iccpr 25(b)", "iccpr 2(3)", "iccpr 19", "udhr 21(3)", "late-resolution 1"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- observers", "- ‸", ["observers", "states"]),
        ("- hres-2015-02-r1", "- tell‸", ["hres-2015-02-r1"]),
        ("status: draft", "status: ‸", ["draft", "refined", "agreed", "endorsed", "deferred", "withdrawn"]),
        ("- national", "- re‸", ["regional"]),
        ("- national", "- ‸", ["national", "regional", "international"]),
        ("  status: draft", "  t‸", ["timeframe: "]),
        ("id: A-002", "id: ‸", ["A-002"]),
        ("- id: b", "- id: ‸", ["b", "c", "d"]),
        (
            "Who observes, reports.",
            "Who {‸",
            [
                *("{P-01}", "{C-01}", "{A-001}", "{A-002}", "{A-001(a)}", "{A-001(b)}", "{section:first}"),
                *_ANNEXES,
            ],
        ),
        ("Who observes, reports.", "Who {treaty‸", ["{C-01}", "{A-001}"]),
        ("Who observes, reports.", "Who [t‸", ["tcc: "]),
        ("Who observes, reports.", "Who [The Carter‸", ["tcc: "]),
        ("Who observes, reports.", "Who {And after‸", ["{C-01}", "{A-001(b)}"]),
        ("Who observes, reports.", "Who observes‸", []),
    ],
)
async def test_what_fits_a_place(editor: Editor, old: str, new: str, expected: list[str]) -> None:
    await editor.open(SECTION)
    assert [label for label, _ in await _labels(editor, old, new)] == expected


async def test_keys_say_what_they_mean_and_leave_out_those_that_are_there(editor: Editor) -> None:
    await editor.open(SECTION)
    found = await _typed(editor, SECTION, "  why: Closes the circle.", "  ‸")
    said = {each.label: each.documentation for each in found}
    assert set(said) == {"points:", "why: ", "timeframe: ", "from:", "reason: ", "indicators:"}
    assert said["why: "] == "How it takes up its recommendations, in a line."


async def test_a_whole_record_with_the_next_free_id(editor: Editor) -> None:
    await editor.open(SECTION)
    found = await _typed(editor, SECTION, "- id: A-001", "- ‸\n- id: A-001")
    record = found[0]
    assert (record.label, record.detail) == ("id: A-003", "a new record of actions")
    assert record.insert_text_format == types.InsertTextFormat.Snippet
    assert isinstance(record.text_edit, types.TextEdit)
    assert record.text_edit.new_text.splitlines()[0] == "id: ${1:A-003}"
    assert "  status: ${6|draft,refined,agreed,endorsed,deferred,withdrawn|}" in record.text_edit.new_text


async def test_other_files_too(editor: Editor) -> None:
    await editor.open("plan/plan.yaml")
    assert await _labels(editor, "stage: day-1", "stage: ‸", "plan/plan.yaml") == [
        ("day-1", ""),
        ("day-2", ""),
    ]
    await editor.open("plan/instruments/universal.yaml")
    old = "    verified: true"
    found = await _labels(editor, old, "    verified: ‸", "plan/instruments/universal.yaml")
    assert [label for label, _ in found] == ["true", "false"]
