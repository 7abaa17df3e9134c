"""What docs/maintainers/architecture.md says of the house is so."""

from __future__ import annotations

import ast
import re

import pytest
from conftest import ROOT

PAGE = ROOT / "docs" / "maintainers" / "architecture.md"
PACKAGE = ROOT / "poa_toolkit"
LINK = re.compile(r"\]\(\.\./\.\./(poa_toolkit/[^)]+)\)")
NAME = re.compile(r"`(\w+)`")
MODULE = re.compile(r"`((?:[a-z_]+\.)+[a-z_]+)`")


def _rows() -> list[tuple[str, str, str]]:
    """Return the lines of the map: what to change, the files, what it is called there."""
    section = PAGE.read_text("utf-8").partition("## Where do I change …")[2].partition("\n## ")[0]
    lines = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [(each[0].strip(), each[1], each[2]) for each in lines[2:]]


def _defined(path: str) -> set[str]:
    """Return the names that a module defines, those of the fields of its classes among them."""
    if not path.endswith(".py"):
        return set()
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@pytest.mark.parametrize(("change", "files", "names"), _rows(), ids=[row[0] for row in _rows()])
def test_the_map_leads_to_what_is_there(change: str, files: str, names: str) -> None:
    paths = LINK.findall(files)
    assert paths, change
    assert [path for path in paths if not (ROOT / path).is_file()] == []
    defined = {name for path in paths for name in _defined(path)}
    assert set(NAME.findall(names)) <= defined


def test_the_map_answers_what_newcomers_ask() -> None:
    assert len(_rows()) >= 15


def test_every_floor_is_on_the_page() -> None:
    floors = {
        each.stem for each in PACKAGE.iterdir() if each.suffix == ".py" or (each / "__init__.py").exists()
    }
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {name for row in rows for name in NAME.findall(row)}
    assert floors - {"__init__", "__main__"} <= told


def test_modules_that_the_page_names_are_there() -> None:
    named = {*MODULE.findall(PAGE.read_text("utf-8"))} - {"poa.yaml"}
    for name in sorted(named):
        path = PACKAGE.joinpath(*name.split("."))
        of_module = path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
        owner = path.parent.with_suffix(".py")
        assert of_module or (owner.is_file() and path.name in _defined(owner.relative_to(ROOT).as_posix())), (
            name
        )
