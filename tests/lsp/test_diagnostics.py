"""What is underlined while one types is what `poa validate` says once it is saved."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rule_examples
import small_plan
from lsp_editor import Editor
from lsprotocol import types

from poa_toolkit.api import explain
from poa_toolkit.api.validate import validate
from poa_toolkit.diagnostic import Span

if TYPE_CHECKING:
    from pytest_lsp import LanguageClient

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.manual import Page

pytest_plugins = ["lsp_fixtures"]
pytestmark = pytest.mark.asyncio
SECTION = "plan/sections/01-first.yaml"
_NO_FILES = ("POA7", "POA92", "POA93")
"""The codes of what is no file of a plan: Word files, templates, what lies beside the plan."""
_NOWHERE = Span(1, 1, 1, 1)
_SEVERITIES = {"error": 1, "warning": 2, "information": 3}


async def test_a_mistyped_id_is_underlined_before_it_is_saved(editor: Editor) -> None:
    await editor.open(SECTION)
    assert editor.codes(SECTION) == []
    await editor.replace(SECTION, "observers", "observors")
    assert editor.underlined(SECTION, "POA206") == ["observors"]
    shown = next(each for each in editor.shown(SECTION) if each.code == "POA206")
    assert shown.message == 'no actor "observors"\ndid you mean "observers"?'
    assert (shown.severity, shown.source) == (types.DiagnosticSeverity.Error, "poa")
    assert shown.code_description is not None
    assert Path(shown.code_description.href).name == "POA206.md"
    await editor.replace(SECTION, "observors", "observers")
    assert editor.codes(SECTION) == []


async def test_files_that_nobody_opened_are_told_of_too(editor: Editor) -> None:
    await editor.open("plan/actors.yaml")
    await editor.replace("plan/actors.yaml", "observers", "watchers")
    assert editor.codes(SECTION) == ["POA206"]


async def test_what_is_closed_without_saving_counts_no_more(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.open("plan/actors.yaml")
    await editor.replace("plan/actors.yaml", "observers", "watchers")
    closed = types.DidCloseTextDocumentParams(editor.id("plan/actors.yaml"))
    editor.client.text_document_did_close(closed)
    await editor.settled(SECTION)
    assert editor.codes(SECTION) == []


async def test_a_repeated_id_leads_to_the_other(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "id: A-002", "id: A-001")
    shown = next(each for each in editor.shown(SECTION) if each.code == "POA205")
    assert shown.related_information is not None
    places = [each.location for each in shown.related_information]
    assert [(each.uri, editor.words(each)) for each in places] == [(editor.uri(SECTION), "A-001")]
    assert editor.underlined(SECTION, "POA205") == ["A-001", "A-001"]


async def test_severities_waivers_and_profiles_count(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "States should answer.", "States  should answer.")
    assert [each.severity for each in editor.shown(SECTION)] == [types.DiagnosticSeverity.Warning]
    await editor.open("poa.yaml", "severities:\n  POA312: error\n")
    assert [each.severity for each in editor.shown(SECTION)] == [types.DiagnosticSeverity.Error]
    waived = (
        "waivers:\n  - code: POA312\n    record: A-002\n    reason: It is wanted so.\n    until: 2017-12-31\n"
    )
    await editor.type("poa.yaml", waived)
    assert editor.codes(SECTION) == []
    profile = editor.root / "short.json"
    profile.write_text('{"properties": {"title": {"maxLength": 3}}}', "utf-8")
    try:
        await editor.open("plan/plan.yaml")
        text = editor.texts["plan/plan.yaml"]
        await editor.type("plan/plan.yaml", f"{text}profiles: [short.json]\n")
        assert editor.underlined("plan/plan.yaml", "POA921") == ["A plan of action"]
    finally:
        profile.unlink()


async def test_the_place_is_right_behind_characters_of_two_units(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes, reports.", "Who 🗳️ observes,  reports.")
    assert editor.underlined(SECTION, "POA312") == ["  "]


async def test_half_typed_yaml_keeps_the_last_good_state_and_says_so(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.open("plan/actors.yaml")
    await editor.replace("plan/actors.yaml", "- id: states", "- id: [states")
    assert editor.codes(SECTION) == []
    first = editor.shown("plan/actors.yaml")[0]
    assert first.message.endswith("meanwhile all else is checked against what this file held last")
    await editor.replace(SECTION, "- states", "- statse")
    assert editor.underlined(SECTION, "POA206") == ["statse"]


async def test_findings_of_a_half_typed_file_stay_where_their_lines_went(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "- states", "- statse")
    await editor.type(SECTION, "# a line more\n" + editor.texts[SECTION].replace("chapeau:", "chapeau: ]", 1))
    assert editor.underlined(SECTION, "POA206") == ["statse"]


async def test_bytes_that_are_no_text_are_told_of(editor: Editor) -> None:
    await editor.open(SECTION)
    await editor.replace(SECTION, "Who observes", "Who \ud800 observes")
    assert "POA001" in editor.codes(SECTION)
    await editor.replace(SECTION, "Who \ud800 observes", "Who observes")
    assert editor.codes(SECTION) == []


_PAGES = [page for page in explain.pages() if page.bad and not page.code.startswith(_NO_FILES)]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.code)
async def test_every_rule_is_underlined_while_one_types(
    client: LanguageClient, tmp_path: Path, page: Page
) -> None:
    """The bad example of each code, typed over a good plan, shows what `poa validate` says of it."""
    bad = tmp_path / "bad"
    rule_examples.findings(bad, page.code, page.bad)
    editor = Editor(client, small_plan.write(tmp_path / "good"))
    for each in bad.rglob("*.*"):
        there = editor.root / each.relative_to(bad)
        if each.is_file() and each.suffix != ".yaml":
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(each, there)
    paths = [each.relative_to(bad).as_posix() for each in sorted(bad.rglob("*.y*ml"))]
    for path in paths:
        editor.begin(path, (bad / path).read_bytes().decode("utf-8", "surrogateescape"))
    await editor.settled("plan/plan.yaml")
    found = validate(bad, today=rule_examples.TODAY).diagnostics
    expected = [_told(each) for each in found]
    assert page.code in {code for code, *_ in expected}
    shown = [
        (str(each.code), path, each.range.start.line, int(each.severity or 0))
        for path in paths
        for each in editor.shown(path)
    ]
    # both records that bear one id are underlined
    twins = [
        (each.code, other.location.path, (other.location.span or _NOWHERE).line - 1, 1)
        for each in found
        for other in (each.related if each.code == "POA205" else ())
    ]
    assert sorted(shown) == sorted([*expected, *twins])


def _told(each: Diagnostic) -> tuple[str, str, int, int]:
    line = each.location.span.line - 1 if each.location.span else 0
    return each.code, each.location.path, line, _SEVERITIES[each.severity.value]


async def test_the_folder_goes_and_comes_back(editor: Editor) -> None:
    await editor.open(SECTION)
    away = editor.root.with_name("away")
    editor.root.rename(away)
    try:
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(editor.id(SECTION)))
        await editor.settled(SECTION)
        assert any("plan.yaml" in each.message for each in editor.client.messages)
    finally:
        away.rename(editor.root)
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(editor.id(SECTION)))
    await editor.replace(SECTION, "- states", "- statse")
    assert editor.underlined(SECTION, "POA206") == ["statse"]


async def test_a_plan_without_a_schema_folder_is_no_matter(editor: Editor) -> None:
    assert not (editor.root / "schema").exists()
    await editor.open("plan/plan.yaml")
    assert editor.codes("plan/plan.yaml") == []
    assert small_plan.FILES
