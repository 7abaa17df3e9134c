"""Edits through the editor leave what the commands leave that write files, to the byte."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st
from lsp_editor import applied, offset, position
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from poa_toolkit.api import baseline, edit_records, fix, fmt
from poa_toolkit.api.rename import rename
from poa_toolkit.api.validate import validate
from poa_toolkit.load import yaml_tree
from poa_toolkit.lsp.edits import text_edits
from poa_toolkit.lsp.lines import Lines
from poa_toolkit.lsp.protocol import Text
from poa_toolkit.source import folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lsp_editor import Editor

pytest_plugins = ["lsp_fixtures"]
SECTION = "plan/sections/01-first.yaml"
A_001 = types.Range(types.Position(7, 8), types.Position(7, 8))


def _beside(editor: Editor, tmp_path: Path, act: Callable[[Path], Any]) -> dict[str, str]:
    """Give what files hold that a command has changed, in a copy of what the editor has."""
    copy = tmp_path / "beside"
    shutil.copytree(editor.root, copy)
    for path, text in editor.texts.items():
        (copy / path).write_text(text, "utf-8", newline="")
    before = folder.read(copy, "").contents
    act(copy)
    after = folder.read(copy, "").contents
    return {path: each.decode("utf-8") for path, each in after.items() if before.get(path) != each}


async def _rename(editor: Editor, path: str, where: types.Position, new: str) -> dict[str, str]:
    return await editor.make(
        await editor.client.text_document_rename_async(types.RenameParams(editor.id(path), where, new))
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_rename_is_that_of_the_command(editor: Editor, tmp_path: Path, end: str) -> None:
    text = (
        (editor.root / SECTION).read_text("utf-8").replace("Who observes, reports.", "Änderung 🗳️ see A-002.")
    )
    await editor.open(SECTION, text.replace("\n", end))
    expected = _beside(editor, tmp_path, lambda copy: rename(copy, "states", "nations"))
    assert await _rename(editor, SECTION, editor.at(SECTION, "- states", 3), "nations") == expected
    assert set(expected) == {SECTION, "plan/actors.yaml"}
    await editor.settled(SECTION)
    assert editor.codes(SECTION) == []


@pytest.mark.asyncio
async def test_a_point_is_renamed_where_it_stands(editor: Editor, tmp_path: Path) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes, reports.", "See {A-001(b)}.")
    line = editor.at(SECTION, "- id: b").line + 1
    expected = _beside(editor, tmp_path, lambda copy: rename(copy, f"{SECTION}:{line}", "later"))
    assert "{A-001(later)}" in expected[SECTION]
    assert await _rename(editor, SECTION, editor.at(SECTION, "- id: b", 6), "later") == expected


@pytest.mark.asyncio
async def test_before_a_rename_its_place_and_the_id_are_shown(editor: Editor) -> None:
    await editor.open(SECTION)
    asked = types.PrepareRenameParams(editor.id(SECTION), editor.at(SECTION, "- states", 4))
    found = await editor.client.text_document_prepare_rename_async(asked)
    assert isinstance(found, types.PrepareRenamePlaceholder)
    assert found.placeholder == "states"
    nowhere = types.PrepareRenameParams(editor.id(SECTION), editor.at(SECTION, "iccpr 25(b)", 7))
    assert await editor.client.text_document_prepare_rename_async(nowhere) is None


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("observers", '"observers" cannot be used: it is or was an id of the plan'),
        ("no id", "cannot be an id"),
    ],
)
async def test_a_rename_is_refused_with_its_reason(editor: Editor, new: str, why: str) -> None:
    await editor.open(SECTION)
    with pytest.raises(JsonRpcException, match=why.replace("(", r"\(")):
        await _rename(editor, SECTION, editor.at(SECTION, "- states", 3), new)


@pytest.mark.asyncio
async def test_format_is_that_of_the_command(editor: Editor, tmp_path: Path) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "status: draft", "status:    draft   # keep 🗳️")
    asked = types.DocumentFormattingParams(
        editor.id(SECTION), types.FormattingOptions(4, insert_spaces=False)
    )
    edits = await editor.client.text_document_formatting_async(asked) or ()
    expected = _beside(editor, tmp_path, lambda copy: fmt.save(copy, fmt.layouts(copy, [copy / SECTION])))
    assert {SECTION: applied(editor.texts[SECTION], edits)} == expected
    assert "# keep 🗳️" in expected[SECTION]


@pytest.mark.asyncio
async def test_a_file_that_cannot_be_laid_out_is_left_alone_and_said(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "actions:", "actions: [")
    asked = types.DocumentFormattingParams(editor.id(SECTION), types.FormattingOptions(2, insert_spaces=True))
    assert not await editor.client.text_document_formatting_async(asked)
    assert editor.client.messages[-1].message.endswith("nothing was laid out")


@pytest.mark.asyncio
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_move_and_take_up_are_those_of_the_commands(editor: Editor, tmp_path: Path, end: str) -> None:
    second = "id: second\ntitle: Second things\nactions:\n- id: A-009\n  text: Later.\n  status: deferred\n"
    await editor.open("plan/sections/02-second.yaml", second.replace("\n", end).rstrip())
    text = (editor.root / SECTION).read_text("utf-8").replace("- hres-2015-02-r2", "- hres-2015-02-r1")
    await editor.open(SECTION, text.replace("\n", end))
    here = types.Range(editor.at(SECTION, "Observers should"), editor.at(SECTION, "Observers should", 9))
    titles = [each.title for each in await editor.actions(SECTION, here)]
    assert titles == [
        "Withdraw A-001, with the reason",
        "Move A-001 to section II: Second things",
        "Take up hres-2015-02-r2: Work together.",
    ]
    expected = _beside(
        editor, tmp_path / "1", lambda copy: edit_records.take_up(copy, "A-001", "hres-2015-02-r2")
    )
    assert await editor.do(SECTION, here, "Take up") == expected
    await editor.settled(SECTION)
    expected = _beside(
        editor, tmp_path / "2", lambda copy: edit_records.move(copy, "A-001", section="second")
    )
    assert await editor.do(SECTION, here, "Move A-001 to section II") == expected


@pytest.mark.asyncio
async def test_withdraw_says_why(editor: Editor) -> None:
    asked: list[types.ApplyWorkspaceEditParams] = []

    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        asked.append(params)
        return types.ApplyWorkspaceEditResult(applied=True)

    editor.client.protocol.fm.features[types.WORKSPACE_APPLY_EDIT] = apply
    await editor.open(SECTION)
    for reason in ("Overtaken.", None):
        arguments = [editor.uri(SECTION), "A-001", reason]
        command = types.ExecuteCommandParams("poa.withdraw", arguments=arguments)
        await editor.client.workspace_execute_command_async(command)
    for each, reason in zip(asked, ("Overtaken.", "The reason is still to be given."), strict=True):
        (change,) = each.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        edits = [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
        action = yaml_tree.data(applied(editor.texts[SECTION], edits))["actions"][0]
        assert (action["status"], action["reason"]) == ("withdrawn", reason)


@pytest.mark.asyncio
async def test_a_frozen_text_is_proposed_instead(editor: Editor) -> None:
    plan = (editor.root / "plan/plan.yaml").read_text("utf-8")
    frozen, content = baseline.freeze(editor.root, "frozen")
    (editor.root / "plan/baselines").mkdir()
    (editor.root / f"plan/baselines/{frozen.name}.json").write_text(content, "utf-8")
    try:
        await editor.open(
            "plan/plan.yaml", plan.replace("- id: day-1\n", "- id: day-1\n  baseline: frozen\n")
        )
        await editor.open(SECTION)
        here = types.Range(editor.at(SECTION, "should answer"), editor.at(SECTION, "should answer"))
        assert not [each for each in await editor.actions(SECTION, here) if each.title.startswith("Propose")]
        await editor.replace(SECTION, "States should answer.", "States must answer.")
        assert "POA420" in editor.codes("plan/plan.yaml")
        made = await editor.do(SECTION, here, "Propose the words of A-002")
    finally:
        shutil.rmtree(editor.root / "plan/baselines")
    assert "text: States should answer." in made[SECTION]
    (amendment,) = yaml_tree.data(made["plan/amendments/floor.yaml"])["amendments"]
    assert (amendment["record"], amendment["proposed"]) == ("A-002", "States must answer.")
    assert amendment["original"] == "States should answer."


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("old", "new", "code", "title"),
    [
        ("- states", "- statse", "POA206", "Change to “states”"),
        ("States should answer.", "States  should answer.", "POA312", "Change to “States should answer.”"),
        ("- iccpr 25(b)", "- icpcr 25(b)", "POA202", "Change to “iccpr 25(b)”"),
        ("- iccpr 25(b)", "- iccpr 25b", "POA204", "Change to “iccpr 25(b)”"),
        ("status: draft", "status: drafft", "POA106", "Change to “draft”"),
        ("status: draft", "statsu: draft", "POA102", "Change to “status”"),
        ("- national", "-national", "POA", "Mend: "),
    ],
)
async def test_every_cure_mends(editor: Editor, old: str, new: str, code: str, title: str) -> None:
    await editor.open(SECTION)
    good = editor.texts[SECTION]
    await editor.replace(SECTION, old, new)
    shown = [each for each in editor.shown(SECTION) if str(each.code).startswith(code)]
    await editor.do(SECTION, shown[0].range, title, only=["quickfix"])
    await editor.settled(SECTION)
    assert editor.codes(SECTION) == []
    assert validate(editor.root).diagnostics == ()
    assert yaml_tree.data(editor.texts[SECTION]) == yaml_tree.data(good)


@pytest.mark.asyncio
async def test_all_that_is_safe_is_mended_as_the_command_does(editor: Editor, tmp_path: Path) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "States should answer.", "States  should answer .")
    await editor.replace(SECTION, "- states", "- statse")
    expected = _beside(editor, tmp_path, fix.fix)
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    assert await editor.do(SECTION, start, "Mend all", only=["source.fixAll"]) == expected


@pytest.mark.asyncio
async def test_an_edit_of_a_text_that_changed_meanwhile_is_not_made(editor: Editor) -> None:
    """What is offered names the version that it was reckoned for."""
    await editor.open(SECTION)
    await editor.replace(SECTION, "- states", "- statse")
    shown = next(each for each in editor.shown(SECTION) if each.code == "POA206")
    offered = (await editor.actions(SECTION, shown.range, only=["quickfix"]))[0]
    editor.send(SECTION, "# a line\n" + editor.texts[SECTION])
    with pytest.raises(JsonRpcException, match="the text has changed since"):
        await editor.client.code_action_resolve_async(offered)
    await asyncio.sleep(0)


# --- laws -----------------------------------------------------------------------------------------

_LINES = st.lists(
    st.text(st.sampled_from("ab \u2028\x85\x0b\u00e4🗳\U0010ffff"), max_size=4).flatmap(
        lambda line: st.sampled_from([f"{line}{end}" for end in ("\n", "\r\n", "\r", "")])
    ),
    max_size=12,
).map("".join)


@given(_LINES, _LINES)
def test_edits_make_one_text_of_another(before: str, after: str) -> None:
    assert applied(before, text_edits(Text(before, "utf-16"), after)) == after


@given(_LINES, st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_positions_lead_back(text: str, encoding: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    if text[index - 1 : index + 1] == "\r\n":
        return
    known = Text(text, encoding)
    there = known.at(index)
    line, column = known.place(there)
    assert text[:index] == "".join(known.lines_with_ends[: line - 1]) + known.line(line)[: column - 1]
    if encoding == "utf-16":
        assert (there, offset(text, there)) == (position(text, index), index)


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_lines_are_followed_only_to_lines_that_say_the_same(old: list[str], new: list[str]) -> None:
    lines = Lines("\n".join(old), "\n".join(new))
    olds, news = old or [""], new or [""]
    for line in range(1, len(news) + 1):
        before = lines.old(line)
        assert before is None or olds[before - 1] == news[line - 1]
    assert small_plan.FILES
