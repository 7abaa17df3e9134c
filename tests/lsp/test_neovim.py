"""A session in Neovim, with the settings that docs/editors/other-editors.md gives for that of Debian."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import small_plan
from conftest import ROOT, TESTS

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(shutil.which("nvim") is None, reason="wants Neovim (Debian: neovim)"),
]
PAGE = ROOT / "docs/editors/other-editors.md"


def _settings() -> str:
    """Give the settings that the page has for older versions."""
    found = re.search(r"\*\*Before that\*\*.*?```lua\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_open_mistype_see_jump_rename_format_undo(tmp_path: Path) -> None:
    root = small_plan.write(tmp_path / "plan of ours")
    subprocess.run([sys.executable, "-m", "poa_toolkit", "fmt"], cwd=root, check=True, capture_output=True)
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    settings, seen = tmp_path / "init.lua", tmp_path / "seen.json"
    settings.write_text(_settings(), "utf-8")
    subprocess.run(
        ["nvim", "--headless", "--clean", "-n", "-u", settings, "-S", TESTS / "tools/neovim.lua"],
        cwd=root,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "POA_SEEN": str(seen),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        timeout=120,
        check=True,
        capture_output=True,
    )
    found = json.loads(seen.read_text("utf-8"))
    assert found == {
        "mistyped": [
            {
                "code": "POA206",
                "line": found["mistyped"][0]["line"],
                "message": 'no actor "statse"\ndid you mean "states"?',
            }
        ],
        "jumped": ["actors.yaml", "  - id: states"],
        "hover": "**states** · States",
        "renamed": ["01-first.yaml", "actors.yaml"],
        "undone": True,
        "formatted": "    status: draft",
        "as_before": True,
        "modified": False,
    }
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before
