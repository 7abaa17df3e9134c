"""From a name to what it means, and back; a file and a plan at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

if TYPE_CHECKING:
    from lsp_editor import Editor

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio
SECTION = "plan/sections/01-first.yaml"
RECOMMENDATIONS = "plan/recommendations/hres-2015-02.yaml"
INSTRUMENTS = "plan/instruments/universal.yaml"


async def _definition(editor: Editor, path: str, where: types.Position) -> list[str]:
    found = await editor.client.text_document_definition_async(types.DefinitionParams(editor.id(path), where))
    assert isinstance(found, list | tuple)
    places = [each for each in found if isinstance(each, types.Location)]
    return [
        f"{each.uri.rpartition('/')[2]}:{each.range.start.line + 1} {editor.words(each)}" for each in places
    ]


async def _references(editor: Editor, path: str, where: types.Position, *, own: bool = False) -> list[str]:
    asked = types.ReferenceParams(types.ReferenceContext(own), editor.id(path), where)
    found = await editor.client.text_document_references_async(asked) or ()
    return [f"{each.uri.rpartition('/')[2]} {editor.words(each)}" for each in found]


@pytest.mark.parametrize(
    ("words", "behind", "expected"),
    [
        ("hres-2015-02-r1", 3, "hres-2015-02.yaml:8 hres-2015-02-r1"),
        ("iccpr 25(b)", 2, "universal.yaml:11 iccpr"),
        ("iccpr 25(b)", 7, "universal.yaml:17 25(b)"),
        ("- observers", 4, "actors.yaml:2 observers"),
    ],
)
async def test_a_link_leads_to_what_it_names(editor: Editor, words: str, behind: int, expected: str) -> None:
    await editor.open(SECTION)
    assert await _definition(editor, SECTION, editor.at(SECTION, words, behind)) == [expected]


async def test_what_is_cited_within_a_listed_provision_leads_to_that(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "iccpr 25(b)", "iccpr 19(2)")
    found = await _definition(editor, SECTION, editor.at(SECTION, "iccpr 19(2)", 8))
    assert [each.partition(" ")[2] for each in found] == ["'19'"]


async def test_words_of_a_text_lead_to_what_they_name(editor: Editor) -> None:
    await editor.open(SECTION)
    text = "'See {A-002}, {A-001(b)} and A-002; [observers: delete | keep].'"
    await editor.replace(SECTION, "Who observes, reports.", text)
    for words, behind, expected in (
        ("{A-002}", 3, "01-first.yaml:24 A-002"),
        ("{A-001(b)}", 3, "01-first.yaml:12 b"),
        ("and A-002", 6, "01-first.yaml:24 A-002"),
        ("[observers", 4, "actors.yaml:2 observers"),
    ):
        assert await _definition(editor, SECTION, editor.at(SECTION, words, behind)) == [expected], words


async def test_from_a_record_to_all_that_names_it(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes, reports.", "See {A-002} and A-002.")
    await editor.open("plan/actors.yaml")
    await editor.open(INSTRUMENTS)
    found = await _references(editor, SECTION, editor.at(SECTION, "id: A-002", 5))
    assert found == ["01-first.yaml {A-002}", "01-first.yaml A-002"]
    found = await _references(
        editor, "plan/actors.yaml", editor.at("plan/actors.yaml", "states", 2), own=True
    )
    assert found == ["actors.yaml states", "01-first.yaml states"]
    found = await _references(editor, INSTRUMENTS, editor.at(INSTRUMENTS, "25(b)", 1))
    assert found == ["01-first.yaml 25(b)", "01-first.yaml 25(b)"]


async def test_where_nothing_is_named_nothing_is_found(editor: Editor) -> None:
    await editor.open(SECTION)
    assert await _definition(editor, SECTION, editor.at(SECTION, "report to", 2)) == []
    assert await _definition(editor, SECTION, editor.at(SECTION, "status:", 2)) == []
    assert await _definition(editor, SECTION, types.Position(5000, 90)) == []


async def test_while_a_file_cannot_be_read_its_other_lines_still_lead_on(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "chapeau:", "# new\nchapeau: ]")
    found = await _definition(editor, SECTION, editor.at(SECTION, "hres-2015-02-r1", 3))
    assert found == ["hres-2015-02.yaml:8 hres-2015-02-r1"]


async def test_the_records_of_a_file_with_the_numbers_that_are_printed(editor: Editor) -> None:
    await editor.open(SECTION)
    asked = types.DocumentSymbolParams(editor.id(SECTION))
    (section,) = await editor.client.text_document_document_symbol_async(asked) or ()
    assert isinstance(section, types.DocumentSymbol)
    assert section.name == "I. first"
    assert section.children is not None
    below = [(each.name, [inner.name for inner in each.children or ()]) for each in section.children]
    assert below == [("2. C-01", []), ("3. A-001", ["3 (a) a", "3 (b) b"]), ("4. A-002", [])]
    text = editor.texts[SECTION].splitlines()
    ends = [text[each.range.end.line].strip() for each in section.children]
    assert ends[1:] == ["status: draft", "why: Closes the circle."]


async def test_the_whole_plan_is_searched_by_id_number_and_words(editor: Editor) -> None:
    await editor.open(SECTION)

    async def found(query: str) -> list[str]:
        asked = types.WorkspaceSymbolParams(query)
        here = [*(await editor.client.workspace_symbol_async(asked) or ())]
        return [each.name for each in here if str(editor.root.as_uri()) in each.location.uri]

    assert await found("treaty bodies") == ["3 A-001 Observers should report to the treaty bodies."]
    assert await found("a-002") == ["4 A-002 States should answer."]
    assert await found("covenant") == ["iccpr International Covenant on Civil and Political Rights"]
    assert await found("no such thing") == []


async def test_records_fold(editor: Editor) -> None:
    await editor.open(SECTION)
    asked = types.FoldingRangeParams(editor.id(SECTION))
    found = await editor.client.text_document_folding_range_async(asked) or ()
    lines = editor.texts[SECTION].splitlines()
    folded = {lines[each.start_line].strip(): lines[each.end_line].strip() for each in found}
    assert folded["- id: A-001"] == "status: draft"
    assert folded["actions:"] == "why: Closes the circle."


async def test_sources_are_links(editor: Editor) -> None:
    await editor.open(INSTRUMENTS)
    address = "https://example.org/a_(b)"
    await editor.replace(
        INSTRUMENTS, "  adopted: '1966-12-16'", f"  source: {address}\n  adopted: '1966-12-16'"
    )
    asked = types.DocumentLinkParams(editor.id(INSTRUMENTS))
    found = await editor.client.text_document_document_link_async(asked) or ()
    assert [(each.target, each.range.start.line) for each in found] == [(address, 14)]


async def test_numbers_stand_behind_ids_and_what_references_print(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes, reports.", "See {A-001(b)}.")
    everywhere = types.Range(types.Position(0, 0), types.Position(99, 0))
    asked = types.InlayHintParams(editor.id(SECTION), everywhere)
    found = await editor.client.text_document_inlay_hint_async(asked) or ()
    assert [each.label for each in found] == ["I", "2", "paragraph 3 (b)", "3", "3 (a)", "3 (b)", "4"]
    await editor.replace(SECTION, "- states", "- states\n  - half typed")
    assert "POA109" in editor.codes(SECTION)
    again = await editor.client.text_document_inlay_hint_async(asked) or ()
    assert [each.label for each in again] == [each.label for each in found]
    top = types.Range(types.Position(0, 0), types.Position(0, 99))
    asked = types.InlayHintParams(editor.id(SECTION), top)
    assert len(await editor.client.text_document_inlay_hint_async(asked) or ()) == 1
