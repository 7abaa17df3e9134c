"""The pages of codes that no rule has: one each, for what is emitted, found without reading another."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from poa_toolkit import messages
from poa_toolkit.api import explain
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Poa

PACKAGE = Path(messages.__file__).parent.parent
OF_RULES = {rule.code for rule in RULES}
PAGES = {page.code: page for page in messages.pages()}

EXPLAINED = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
from poa_toolkit.cli import main
main(["explain", sys.argv[1]])
read = sorted(each[-9:-3] for each in opened if each.endswith(".md"))
print("read:", *read, "rules" if "poa_toolkit.check.rulebook" in sys.modules else "")
"""


def _codes_in_source() -> Iterator[str]:
    """Give every code that the source names, but for those that it only compares with."""
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        compared = {
            id(part) for each in ast.walk(tree) if isinstance(each, ast.Compare) for part in ast.walk(each)
        }
        yield from (
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Constant)
            and isinstance(each.value, str)
            and id(each) not in compared
            and re.fullmatch("POA[0-9]{3}", each.value)
        )


def test_each_code_without_a_rule_has_a_page_and_each_page_a_code() -> None:
    assert set(_codes_in_source()) - OF_RULES == PAGES.keys()


def test_no_file_explains_what_the_docstring_of_a_rule_does() -> None:
    assert OF_RULES.isdisjoint(PAGES)
    assert [path.stem for path in sorted(PACKAGE.glob("messages/*.md"))] == list(PAGES)


@pytest.mark.parametrize(
    ("code", "read"), [("POA101", "read: POA101"), ("poa726", "read: POA726"), ("POA201", "read: rules")]
)
def test_explaining_a_code_reads_its_page_alone(code: str, read: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", EXPLAINED, code], capture_output=True, encoding="utf-8", check=True
    )
    assert finished.stdout.startswith(code.upper())
    assert finished.stdout.splitlines()[-1].strip() == read


@pytest.mark.parametrize("code", ["POA101", "POA201", "POA701"])
def test_a_name_explains_as_its_code_does(code: str, poa: Poa) -> None:
    (name,) = (page.name for page in explain.pages() if page.code == code)
    assert poa("explain", name.upper()).stdout == poa("explain", code.lower()).stdout


@pytest.mark.parametrize("code", ["", "POA999", "../messages/POA101", "POA101.md", "POA1", "POA١٠١"])  # noqa: RUF001 - digits, but not ours
def test_what_is_no_code_has_no_page(code: str) -> None:
    assert messages.page(code) is None


def test_a_page_is_read_as_an_editor_writes_it() -> None:
    text = """# POA998 late-list (always an error)

A list comes too late.

Nobody reads it.

Bad:

    # actors.yaml
    actors: []

Good:

    # actors.yaml
    actors:
      - id: states

Cure:

Send it
sooner.
"""
    page = messages.parse("POA998", text)
    assert (page.name, page.severity, page.fixed) == ("late-list", Severity.ERROR, True)
    assert (page.title, page.why, page.cure) == (
        "A list comes too late.",
        "Nobody reads it.",
        "Send it sooner.",
    )
    assert page.bad == "# actors.yaml\nactors: []"
    assert page.good == "# actors.yaml\nactors:\n  - id: states"


@pytest.mark.parametrize(
    "head",
    [
        "# POA997 late-list (error)",
        "POA998 late-list (error)",
        "# POA998 late-list",
        "# POA998 late-list (fatal)",
        "# POA998 late-list (always an information)",
    ],
)
def test_a_page_with_another_head_is_refused(head: str) -> None:
    with pytest.raises(ValueError, match=r"POA998\.md does not begin with a line such as"):
        messages.parse("POA998", f"{head}\n\nA list comes too late.\n")
