"""The plans that the benchmarks measure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from conftest import Poa

GENERATE = ROOT / "benchmarks" / "generate.py"


def test_a_made_up_plan_is_valid_and_the_same_every_time(tmp_path: Path, poa: Poa) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        subprocess.run([sys.executable, GENERATE, "20", folder], check=True)

    finished = poa("-C", first, "validate", "--strict")

    assert (finished.status, finished.stdout) == (0, "working tree: no errors, no warnings\n")
    assert _content(first) == _content(second)


def _content(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}
