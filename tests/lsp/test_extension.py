"""The extension for VS Code: which files it takes, what its snippets write, what its matchers read."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from conftest import ROOT

import poa_toolkit
from poa_toolkit.api.validate import validate
from poa_toolkit.load.plan import load_part
from poa_toolkit.model.file_kinds import FILE_KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

EXTENSION = ROOT / "editors" / "vscode"
PACKAGE: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
CONTRIBUTES: dict[str, Any] = PACKAGE["contributes"]
SNIPPETS = json.loads((ROOT / "poa_toolkit/scaffold/dot-vscode/plan.code-snippets").read_text("utf-8"))
"""What `poa init` writes for YAML, and the extension copies for its own language."""


def test_every_kind_of_file_is_of_the_language_and_has_its_schema() -> None:
    (language,) = CONTRIBUTES["languages"]
    assert language["filenamePatterns"] == [f"**/{kind.pattern}" for kind in FILE_KINDS]
    assert CONTRIBUTES["yamlValidation"] == [
        {"fileMatch": f"**/{kind.pattern}", "url": f"./schema/{kind.name}.schema.json"} for kind in FILE_KINDS
    ]


def test_what_the_extension_names_is_there_or_copied() -> None:
    (language,), (grammar,) = CONTRIBUTES["languages"], CONTRIBUTES["grammars"]
    for name in (PACKAGE["main"], language["configuration"], grammar["path"]):
        assert (EXTENSION / name).is_file(), name
    for each in CONTRIBUTES["yamlValidation"]:
        assert (ROOT / each["url"]).is_file(), each["url"]
    copied = (EXTENSION / ".gitignore").read_text("utf-8").splitlines()
    assert {"LICENSE", "schema/", "snippets/"} <= {*copied}


def test_every_command_is_carried_out_and_offered_where_a_plan_is_open() -> None:
    named = [each["command"] for each in CONTRIBUTES["commands"]]
    script = (EXTENSION / "extension.js").read_text("utf-8")
    assert re.findall(r"registerCommand\('([^']+)'", script) == named
    offered = {each["command"]: each["when"] for each in CONTRIBUTES["menus"]["commandPalette"]}
    assert offered == dict.fromkeys(named, "poa-plan.isOpen")


def test_no_command_bears_a_name_that_the_server_may_use() -> None:
    # the client registers the commands of the server, which begin with `poa.`, and a second of a name stops it
    assert [each["command"] for each in CONTRIBUTES["commands"] if each["command"].startswith("poa.")] == []


def test_the_extension_has_the_version_of_the_toolkit() -> None:
    assert PACKAGE["version"] == poa_toolkit.__version__


# --- what the matchers read ------------------------------------------------------------------------


def _matched(output: str) -> list[tuple[Any, ...]]:
    """Give what the matchers make of what is printed: path, line, column, severity, code, message."""
    found = []
    for line in output.splitlines():
        for pattern in (matcher["pattern"] for matcher in CONTRIBUTES["problemMatchers"]):
            if match := re.search(pattern["regexp"], line):
                place = [int(match[pattern[name]]) if name in pattern else 0 for name in ("line", "column")]
                words = [match[pattern[name]] for name in ("severity", "code", "message")]
                found.append((match[pattern["file"]], *place, *words))
    return found


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Give the shipped plan with a fault of each weight, and a file that is none of a plan."""
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    section = tmp_path / "plan/sections/02-expert-bodies.yaml"
    text = section.read_text("utf-8").replace("      - iccpr 25\n", "      - icpr 25\n", 1)
    section.write_text(text.replace("more than ten", "more than [ten | twelve]", 1), "utf-8")
    (tmp_path / "plan/notes.yaml").write_text("note: to self\n", "utf-8")
    return tmp_path


def _expected(broken: Path) -> list[tuple[Any, ...]]:
    found = []
    for each in validate(broken).diagnostics:
        place = each.location.span[:2] if each.location.span else (0, 0)
        severity = "info" if each.severity == "information" else each.severity.value
        found.append((each.location.path, *place, severity, each.code, each.message))
    return sorted(found)


def test_the_matchers_read_every_finding_once(broken: Path, poa: Poa) -> None:
    expected = _expected(broken)
    assert {severity for _, _, _, severity, _, _ in expected} == {"error", "warning", "info"}
    assert ("plan/notes.yaml", 0, 0) in {each[:3] for each in expected}
    assert sorted(_matched(poa("validate", cwd=broken).stdout)) == expected


def test_the_matchers_read_why_nothing_was_built(broken: Path, poa: Poa) -> None:
    printed = poa("build", cwd=broken)
    matched = _matched(printed.stdout + printed.stderr)
    assert {"POA014", "POA202"} <= {code for *_, code, _ in matched}
    assert {*matched} <= {*_expected(broken)}


# --- what the snippets write --------------------------------------------------------------------------

TEXT = """\
id: a-section
title: A section
chapeau:
  - id: C-01
    text: >-
      @
"""
INSTRUMENT = """\
instruments:
  - id: iccpr
    kind: treaty
    unit: article
    title: A covenant
    adopted: 1966-12-16
    provisions:
      @
"""
PLACES = {
    "action": ("plan/sections/01-first.yaml", "id: first\ntitle: First\nactions:\n  @\n"),
    "section": ("plan/sections/01-first.yaml", "@\n"),
    "point": (
        "plan/sections/01-first.yaml",
        "id: first\ntitle: First\nactions:\n  - id: A-001\n    text: >-\n      Send:\n    points:\n      @\n    status: draft\n",
    ),
    "paragraph": (
        "plan/plan.yaml",
        "title: T\nstage: s\nstages:\n  - id: s\n    date: 2017-12-04\nfront:\n  @\n",
    ),
    "bracket": ("plan/sections/01-first.yaml", TEXT),
    "holder": ("plan/sections/01-first.yaml", TEXT),
    "reference": ("plan/sections/01-first.yaml", TEXT),
    "recommendation": (
        "plan/recommendations/examples.yaml",
        "consultation:\n  id: examples\n  title: T\n  dates: [2017-01-31]\nrecommendations:\n  @\n",
    ),
    "recommendation-un": (
        "plan/recommendations/upr.yaml",
        "mechanism:\n  id: upr\n  title: T\nrecommendations:\n  @\n",
    ),
    "instrument": ("plan/instruments/universal.yaml", "instruments:\n  @\n"),
    "provision": (
        "plan/instruments/universal.yaml",
        INSTRUMENT,
    ),
    "amendment": ("plan/amendments/proposals.yaml", "amendments:\n  @\n"),
    "actor": ("plan/actors.yaml", "actors:\n  @\n"),
    "participant": ("plan/participants.yaml", "participants:\n  @\n"),
    "obligation": ("plan/obligations.yaml", "obligations:\n  @\n"),
    "waiver": ("poa.yaml", "waivers:\n  @\n"),
}
"""Where each snippet is typed: the file, and at the sign the place in it."""


def _typed(body: list[str]) -> str:
    """Give what VS Code writes for a snippet when nothing is typed into it."""
    text = "\n".join(body)
    text = re.sub(r"\$\{[0-9]+\|([^,|]*)[^}]*\|\}", r"\1", text)
    text = re.sub(r"\$\{[0-9]+:([^}]*)\}", r"\1", text)
    for name, value in (("YEAR", "2017"), ("MONTH", "12"), ("DATE", "04")):
        text = text.replace(f"$CURRENT_{name}", value)
    text = text.replace("$0", "")
    assert not re.search(r"(?<!\\)\$", text)
    return re.sub(r"\\([$}])", r"\1", text).rstrip("\n")


@pytest.mark.parametrize("snippet", SNIPPETS.values(), ids=SNIPPETS)
def test_a_snippet_is_valid_and_laid_out_in_its_place(
    snippet: dict[str, Any], tmp_path: Path, poa: Poa
) -> None:
    assert snippet["scope"] == "yaml"
    small_plan.write(tmp_path)
    path, around = PLACES[snippet["prefix"]]
    indent = re.search(r"^( *)@$", around, re.MULTILINE)
    assert indent
    text = around.replace("@", _typed(snippet["body"]).replace("\n", f"\n{indent[1]}"))
    assert load_part(path, text.encode("utf-8")).diagnostics == ()
    assert poa("fmt", "--stdin-filename", path, "-", stdin=text).stdout == text


def test_every_prefix_is_one_snippet() -> None:
    assert sorted(each["prefix"] for each in SNIPPETS.values()) == sorted(PLACES)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("bracket", "[one wording | another]"),
        ("holder", "[states: their words]"),
        ("reference", "{A-001}"),
    ],
)
def test_a_snippet_inside_a_text_writes(prefix: str, words: str) -> None:
    (snippet,) = (each for each in SNIPPETS.values() if each["prefix"] == prefix)
    assert _typed(snippet["body"]) == words
