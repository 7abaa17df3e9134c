"""What is shown of a name under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

if TYPE_CHECKING:
    from lsp_editor import Editor

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio
SECTION = "plan/sections/01-first.yaml"


async def _hover(editor: Editor, words: str, behind: int = 0, path: str = SECTION) -> str:
    asked = types.HoverParams(editor.id(path), editor.at(path, words, behind))
    found = await editor.client.text_document_hover_async(asked)
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def test_an_action(editor: Editor) -> None:
    await editor.open(SECTION)
    assert await _hover(editor, "id: A-001", 5) == (
        "**3** · A-001 · draft\n\n"
        "Observers should report to the treaty bodies.\n\n"
        "Comes from:\n- hres-2015-02-r1: Tell States.\n\n"
        "Serves:\n- iccpr 25(b): *vote and be elected*"
    )


async def test_a_recommendation(editor: Editor) -> None:
    await editor.open(SECTION)
    assert await _hover(editor, "hres-2015-02-r1", 2) == (
        "**hres-2015-02-r1** · illustrative\n\nTell States.\n\n"
        "Inaugural conference, 11\N{EN DASH}12 February 2015 (illustrative)\n\n"
        "Taken up by 3 (A-001)"
    )


@pytest.mark.parametrize(
    ("in_force", "said"),
    [
        ("1976-03-23", "in force since 1976-03-23, and so at stage day-1 (2017-12-04)"),
        ("2018-01-01", "in force since 2018-01-01, not yet at stage day-1 (2017-12-04)"),
        ("2017-12", "in force since 2017-12; nobody can tell whether at stage day-1 (2017-12-04)"),
        (None, "the registry does not say that it is in force"),
    ],
)
async def test_a_citation(editor: Editor, in_force: str | None, said: str) -> None:
    path = "plan/instruments/universal.yaml"
    await editor.open(SECTION)
    await editor.open(path)
    new = f"in_force: '{in_force}'" if in_force else "place: New York"
    await editor.replace(path, "in_force: '1976-03-23'", new)
    await editor.replace(path, "subject: vote", "source: https://example.org/iccpr_25\n    subject: vote")
    shown = await _hover(editor, "iccpr 25(b)", 7)
    assert shown.partition("\n\n---")[0] == (
        "**International Covenant on Civil and Political Rights, art.\N{NO-BREAK SPACE}25(b)**\n\n"
        "*vote and be elected*\n\n"
        "The provision: verified, see <https://example.org/iccpr_25>\n\n"
        f"Adopted on 1966-12-16; {said}\n\n"
        "The instrument: **not verified**"
    )


async def test_a_point_a_holder_and_an_actor(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes, reports.", "'See {A-001(b)}; [tcc: delete].'")
    assert await _hover(editor, "{A-001(b)}", 2) == "**3 (b)** · A-001, point b\n\nAnd after it."
    assert await _hover(editor, "[tcc", 2) == "**tcc** · The Carter Center"
    assert await _hover(editor, "- states", 3) == "**states** · States"


async def test_what_is_wrong_shows_the_page_of_its_code(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "- states", "- statse")
    said = await _hover(editor, "- statse", 4)
    assert said.startswith("# POA206: unknown-addressee")
    assert "```yaml" in said


async def test_nothing_is_said_of_nothing(editor: Editor) -> None:
    await editor.open(SECTION)
    assert await _hover(editor, "Observers should", 4) == ""


async def test_words_of_a_plan_are_no_markup(editor: Editor) -> None:
    await editor.open(SECTION)
    hostile = "<img src=x> [click](command:run) `x` **b** # no"
    escaped = hostile.replace("[", "\\[").replace("]", "\\]")
    await editor.replace(SECTION, "States should answer.", f"'{escaped}'")
    said = await _hover(editor, "id: A-002", 5)
    assert "<img" not in said
    assert "\\[click\\](command" in said
    assert "\\*\\*b\\*\\*" in said
