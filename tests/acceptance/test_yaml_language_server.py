"""What an editor with the YAML language server says of a plan: nothing wrong, and real help.

Twice: with the server of today, and with the oldest that the schemas are made for.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MODULES, ROOT, TESTS
from language_server import LanguageServer

from poa_toolkit.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD = TESTS / "cases" / "bad-yaml"

pytestmark = pytest.mark.tools

# the line and the beginning of the one message that each bad file gets
EXPECTED = {
    "bad-citation": (9, 'String does not match the pattern of "^[A-Za-z0-9-]+ (?:preamble|annex|'),
    "bad-date": (6, "String is not a RFC3339 date."),
    "bad-id": (5, 'String does not match the pattern of "^[A-Za-z0-9-]+$".'),
    "duplicate-key": (8, "Map keys must be unique"),
    "missing-key": (5, 'Missing property "status".'),
    "number-for-text": (3, 'Incorrect type. Expected "string".'),
    "unknown-key": (8, "Property adressees is not allowed."),
    "wrong-value": (7, 'Value is not accepted. Valid values: "draft", "refined", "agreed",'),
}
ACTION = """\
# yaml-language-server: $schema=../../schema/section.schema.json
id: observation
title: Observation
actions:
  - id: A-001
    text: Observers should publish their findings.
"""
SECTION = ROOT / "plan" / "sections" / "99-observation.yaml"


@pytest.fixture(
    scope="module",
    params=["yaml-language-server", pytest.param("yaml-language-server-1-18", marks=pytest.mark.slow)],
)
def server(request: pytest.FixtureRequest) -> Iterator[LanguageServer]:
    node = shutil.which("node")
    program = MODULES / request.param / "bin" / "yaml-language-server"
    if node is None or not program.exists():
        pytest.skip("the YAML language server is not installed: make tools")
    with LanguageServer([node, str(program), "--stdio"], ROOT) as running:
        yield running


def test_no_shipped_file_has_a_diagnostic(server: LanguageServer) -> None:
    shipped = sorted((ROOT / "plan").rglob("*.yaml"))
    assert shipped
    found = {str(path.relative_to(ROOT)): server.diagnostics(path) for path in shipped}
    assert {path: messages for path, messages in found.items() if messages} == {}


def test_every_bad_file_is_in_the_table() -> None:
    assert sorted(path.stem for path in BAD.glob("*.yaml")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_gets_its_diagnostic(server: LanguageServer, name: str) -> None:
    line, beginning = EXPECTED[name]
    [(found_line, message)] = server.diagnostics(BAD / f"{name}.yaml")
    assert found_line == line
    assert message.startswith(beginning)


def test_keys_that_are_missing_are_offered(server: LanguageServer) -> None:
    offered = server.complete(SECTION, ACTION + "    ")
    assert {"status", "provisions", "recommendations", "why"} <= set(offered)
    assert {"id", "text"}.isdisjoint(offered)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("    status: ", ["draft", "refined", "agreed", "endorsed", "deferred", "withdrawn"]),
        ("    level:\n      - ", ["national", "regional", "international"]),
    ],
)
def test_the_values_of_an_enum_are_offered(server: LanguageServer, typed: str, values: list[str]) -> None:
    assert server.complete(SECTION, ACTION + typed) == values


def test_hovering_shows_the_description_of_a_field(server: LanguageServer) -> None:
    schema = json.loads((ROOT / "schema" / "section.schema.json").read_text("utf-8"))
    action = schema["$defs"]["Action"]["properties"]
    described = {
        "chapeau": schema["properties"]["chapeau"]["description"],
        "why": action["why"]["description"],
        "provisions": action["provisions"]["description"],
        "status": schema["$defs"]["Status"]["description"],  # a type of its own speaks for its field
    }
    text = (
        ACTION.replace("actions:", "chapeau: []\nactions:")
        + "    status: draft\n    why: It does.\n    provisions: []\n"
    )
    for field, description in described.items():
        assert _plain(description) in _plain(server.hover(SECTION, text, f"{field}:")), field


def _plain(markdown: str) -> str:
    """Drop what Markdown adds: escapes, spaces that do not break."""
    return markdown.replace("\\", "").replace("&nbsp;", " ").replace("&emsp;", " ")


# --- schemas that know the plan -----------------------------------------------------------------


@pytest.fixture(scope="module")
def with_ids(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped plan with schemas that know it."""
    project = tmp_path_factory.mktemp("with-ids")
    shutil.copytree(ROOT / "plan", project / "plan")
    assert main(["-C", str(project), "schema", "--write", "--ids"]) == 0
    return project


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        ("addressees", "citizen-observers"),
        ("recommendations", "hres-2015-02-r2"),
        ("provisions", "iccpr 25(b)"),
    ],
)
def test_the_ids_of_the_plan_are_offered(
    server: LanguageServer, with_ids: Path, key: str, offered: str
) -> None:
    section = with_ids / "plan/sections/99-offered.yaml"
    assert offered in server.complete(section, f"{ACTION}    {key}:\n      - ")


def test_what_an_id_means_is_shown(server: LanguageServer, with_ids: Path) -> None:
    text = f"{ACTION}    recommendations: [hres-2015-02-r2]\n"
    shown = server.hover(with_ids / "plan/sections/99-shown.yaml", text, "hres-2015-02-r2")
    assert "`hres-2015-02-r2`: " in _plain(shown)


def test_an_id_that_is_none_of_the_plan_is_marked(server: LanguageServer, with_ids: Path) -> None:
    rest = (
        "    status: draft\n    addressees: [observer]\n    provisions:\n      - icpr 25\n      - iccpr 25\n"
    )
    found = server.diagnostics(with_ids / "plan/sections/99-marked.yaml", ACTION + rest)
    (actor, citation) = found
    assert actor[0] == 8
    assert actor[1].startswith('Value is not accepted. Valid values: "states",')
    assert citation == (
        10,
        "Write an instrument of plan/instruments/, a space, and the place in it: iccpr 25(b).",
    )


def test_no_shipped_file_has_a_diagnostic_with_ids(server: LanguageServer, with_ids: Path) -> None:
    found = {path.name: server.diagnostics(path) for path in sorted((with_ids / "plan").rglob("*.yaml"))}
    assert {path: messages for path, messages in found.items() if messages} == {}
