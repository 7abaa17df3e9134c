"""What `poa` imports before it knows what is wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.api import render

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("pydantic", "docxtpl", "docx", "lxml", "jinja2", "ruamel", "jsonschema")
LOADED = f"""
import sys
sys.argv = ["poa", *sys.argv[1:]]
from poa_toolkit.cli import main
try:
    main()
finally:
    packages = {{name.partition(".")[0] for name in sys.modules}}
    print("loaded:", *sorted(packages & set({HEAVY!r})), file=sys.stderr)
"""


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(argument: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", LOADED, argument], capture_output=True, encoding="utf-8", check=True
    )
    assert finished.stdout
    assert finished.stderr.strip() == "loaded:"


@pytest.mark.parametrize("command", ["build", "validate", "explain", "diff", "render", "baseline", "schema"])
def test_the_help_of_a_command_loads_no_word(command: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", LOADED, command, "--help"], capture_output=True, encoding="utf-8", check=True
    )
    loaded = finished.stderr.partition("loaded:")[2].split()
    assert set(loaded).isdisjoint({"docxtpl", "docx", "jinja2", "jsonschema"})


def test_what_comes_home_loads_nothing_that_makes_documents(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    (tmp_path / "returned.docx").write_bytes(render.render(project).content)
    finished = subprocess.run(
        [sys.executable, "-c", LOADED, "-C", project, "pull", tmp_path / "returned.docx"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = finished.stderr.partition("loaded:")[2].split()
    assert set(loaded).isdisjoint({"docxtpl", "docx", "jinja2", "jsonschema"}), finished.stderr


VALIDATED = """
import sys
from poa_toolkit.cli import main
status = main(["validate"])
print("loaded:", *sorted({"importlib.metadata", "json"} & set(sys.modules)), status)
"""


def test_a_validation_loads_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    finished = subprocess.run(
        [sys.executable, "-c", VALIDATED],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = finished.stdout.partition("loaded:")[2].split()
    # importlib.metadata is what pydantic looks for plugins with; we tell it that there are none
    assert loaded == ["0"], finished.stdout
