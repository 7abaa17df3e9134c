"""What stands in the repository: no machine's paths, no registries, locks with hashes, short code."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
# places of one machine, and addresses to download from: neither belongs to a project
FOREIGN = re.compile(
    r"""(?<![\w.-])/(?:root|home|Users|tmp|work|var/folders)/\w
      | \b[A-Z]:\\Users\\
      | \bpypi\.org/simple | \bfiles\.pythonhosted\b | \bregistry\.(?:npmjs|yarnpkg)\b
      | --(?:extra-)?index-url\b | --find-links\b
      """,
    re.VERBOSE,
)
# what may be said of them: options that keep them out, and this search
SAID_OF_THEM = {"requirements/lock.py", "tests/house/test_files.py"}
LOCKS = ("requirements/lock.txt", "requirements/extras.txt", "requirements/dev.txt")
BINARY = {".docx", ".png", ".pdf"}


def _committed() -> list[str]:
    """Give every file that git knows or would add, and that is there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return sorted(
        name for name in listed.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()
    )


@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("#    pip-compile --output-file=/tmp/x/lock.txt", True),
        ("see file:///home/me/plan", True),
        (r"C:\Users\me", True),
        ('"resolved": "https://registry.npmjs.org/ajv"', True),
        ("--extra-index-url https://example.org", True),
        ("a frame/work/ed example, build/tmp/x, A/HRC/27/29", False),
        ("https://pypi.org/project/poa-toolkit", False),
        ("--no-emit-index-url", False),
    ],
)
def test_the_search_knows_what_is_foreign(line: str, *, foreign: bool) -> None:
    assert bool(FOREIGN.search(line)) is foreign


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name}:{number}: {line.strip()}"
        for name in _committed()
        if name not in SAID_OF_THEM and Path(name).suffix not in BINARY
        for number, line in enumerate(
            (ROOT / name).read_text("utf-8", errors="replace").splitlines(), start=1
        )
        if FOREIGN.search(line)
    ]
    assert found == []


def test_every_requirement_of_a_lock_has_hashes() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        statements = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
        for statement in filter(str.strip, statements):
            assert re.match(r"[a-z0-9-]+==\S+ (?:; .+? )?\s*--hash=sha256:[0-9a-f]{64}", statement), statement


def test_the_locks_agree_where_several_name_a_package() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in re.findall(
            r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE
        ):
            versions.setdefault(name, set()).add(version)
    assert [name for name, found in versions.items() if len(found) > 1] == []


@pytest.mark.parametrize("folder", ["tests/tools", "editors/vscode"])
def test_the_lock_of_npm_names_hashes_and_no_places(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


def test_every_yaml_of_the_plan_names_its_schema_first() -> None:
    for path in sorted((ROOT / "plan").rglob("*.yaml")):
        first = path.read_text("utf-8").partition("\n")[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path.relative_to(ROOT)
        schema = (path.parent / match[1]).resolve()
        assert schema.parent == ROOT / "schema", path.relative_to(ROOT)
        assert schema.is_file(), path.relative_to(ROOT)


def _modules() -> list[Path]:
    return sorted((ROOT / "poa_toolkit").rglob("*.py"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _code_lines(node: ast.AST, lines: int) -> int:
    """Count lines of code: of `lines` in all, those inside strings are text, such as a manual page."""
    strings = (
        each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )
    return lines - sum((each.end_lineno or each.lineno) - each.lineno for each in strings)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.name}:{each.lineno} {each.name}"
        for path in _modules()
        for each in _functions(path)
        if _code_lines(each, (each.end_lineno or each.lineno) - each.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    texts = {path: path.read_text("utf-8") for path in _modules()}
    long = [
        path.name
        for path, text in texts.items()
        if _code_lines(ast.parse(text), len(text.splitlines())) > LONGEST_MODULE
    ]
    assert long == []
