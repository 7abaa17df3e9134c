"""Other tools on equivalent content, where they are installed (requirements.txt names them)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from generate import INSTRUMENTS, PROVISIONS, SECTION, text

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMAS = Path(__file__).parents[1] / "schema"
_CHECK = """
import sys
from check_jsonschema import main
for call in sys.argv[1:]:
    arguments = ["--quiet", "--regex-variant", "python", "--schemafile", *call.split("|")]
    if main(arguments, standalone_mode=False):
        sys.exit(1)
"""
_KINDS = ("plan", "section", "recommendations", "instruments", "actors", "obligations")


def check_jsonschema(project: Path) -> tuple[str, ...] | None:
    """Give the command that checks every file of a plan against its schema, or None.

    Six calls, one a schema, in one process: the tool's start-up is counted once. Of its
    engines for patterns the fastest.
    """
    if find_spec("check_jsonschema") is None:
        return None
    calls = []
    for kind in _KINDS:
        several = project / "plan" / f"{kind}s"
        folder = several if several.is_dir() else project / "plan" / kind
        files = sorted(folder.glob("*.yaml")) or [project / "plan" / f"{kind}.yaml"]
        calls.append("|".join(map(str, (SCHEMAS / f"{kind}.schema.json", *files))))
    return (sys.executable, "-c", _CHECK, *calls)


_REDLINE = """
import sys
from python_redlines.engines import DocxodusEngine
old, new = (open(name, "rb").read() for name in sys.argv[1:3])
made = DocxodusEngine().run_redline("somebody", old, new)
open(sys.argv[3], "wb").write(made[0])
"""


def python_redlines(old: Path, new: Path, made: Path) -> tuple[str | Path, ...] | None:
    """Give the command that compares two Word files and writes a redline, or None."""
    if find_spec("python_redlines") is None or find_spec("python_redlines_docxodus") is None:
        return None
    return (sys.executable, "-c", _REDLINE, old, new, made)


def pandoc(markdown: Path, made: Path) -> tuple[str | Path, ...] | None:
    """Give the command that makes a Word file of Markdown, or None."""
    found = shutil.which("pandoc")
    return (found, "--from", "gfm", markdown, "-o", made) if found else None


def doorstop() -> str | None:
    """Give the program doorstop, or None."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("doorstop", path=beside) or shutil.which("doorstop")


def write_doorstop(size: int, folder: Path) -> Path:
    """Write what a plan of `size` actions holds as items that are linked like its records.

    One document for what actions rest on, provisions and recommendations, and one for the actions.
    """
    random = Random(size)  # noqa: S311 - made-up words, not secrets
    provisions, recommendations = INSTRUMENTS * PROVISIONS, max(1, size // 2)
    grounds = [text(random, 5) for _ in range(provisions)]
    grounds += [text(random, 30) for _ in range(recommendations)]
    actions = []
    for number in range(size):
        places = (number % provisions, (number + 7) % provisions, provisions + number % recommendations)
        links = "".join(f"\n- GRO{place + 1:06}: null" for place in places)
        actions.append((text(random, 60 + int(random.random() * 61)), links))
    _write(folder / "gro", "prefix: GRO", [(words, " []") for words in grounds])
    _write(folder / "act", "parent: GRO\n  prefix: ACT", actions)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


def _write(folder: Path, settings: str, items: Iterable[tuple[str, str]]) -> None:
    folder.mkdir(parents=True)
    head = f"settings:\n  digits: 6\n  itemformat: yaml\n  {settings}\n  sep: ''\n"
    (folder / ".doorstop.yml").write_text(head, encoding="utf-8")
    for number, (words, links) in enumerate(items):
        level = f"1.{number // SECTION + 1}.{number % SECTION + 1}"
        item = (
            f"active: true\nderived: false\nheader: ''\nlevel: {level}\nlinks:{links}\n"
            f"normative: true\nref: ''\nreviewed: null\ntext: |\n{words}"
        )
        (folder / f"{folder.name.upper()}{number + 1:06}.yml").write_text(item, encoding="utf-8")


def trestle() -> str | None:
    """Give the program of compliance-trestle, or None."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("trestle", path=beside) or shutil.which("trestle")


def write_oscal(size: int, folder: Path) -> Path:
    """Write what a plan of `size` actions holds as an OSCAL plan of action and milestones, in JSON.

    An item for each action, an observation for each recommendation, a resource for each provision,
    linked like the records of the plan. Gives the file.
    """
    random = Random(size)  # noqa: S311 - made-up words, not secrets
    observations = [_observation(random, number) for number in range(max(1, size // 2))]
    resources = [
        {"uuid": _uuid(2, number), "title": _line(random, 5)} for number in range(INSTRUMENTS * PROVISIONS)
    ]
    items = []
    for number in range(size):
        links = [{"href": f"#{resources[(number + link) % len(resources)]['uuid']}"} for link in (0, 7)]
        observed = {"observation-uuid": observations[number % len(observations)]["uuid"]}
        item = {
            "uuid": _uuid(3, number),
            "title": f"A-{number:03}",
            "description": _line(random, 60 + int(random.random() * 61)),
            "props": [{"name": "status", "value": "agreed"}],
            "links": links,
            "related-observations": [observed],
        }
        items.append(item)
    metadata = {
        "title": "A plan made to measure",
        "last-modified": "2020-01-02T00:00:00+00:00",
        "version": "1",
        "oscal-version": "1.1.3",
    }
    plan = {
        "uuid": _uuid(4, 0),
        "metadata": metadata,
        "system-id": {"id": "plan"},
        "observations": observations,
        "poam-items": items,
        "back-matter": {"resources": resources},
    }
    return _write_oscal(plan, folder)


def _line(random: Random, words: int) -> str:
    return " ".join(text(random, words).split())


def _observation(random: Random, number: int) -> dict[str, Any]:
    return {
        "uuid": _uuid(1, number),
        "description": _line(random, 30),
        "methods": ["EXAMINE"],
        "collected": "2020-01-01T00:00:00+00:00",
    }


def _write_oscal(plan: dict[str, Any], folder: Path) -> Path:
    (folder / ".trestle").mkdir(parents=True)
    (folder / ".trestle" / "config.ini").write_text("", encoding="utf-8")
    path = folder / "plan-of-action-and-milestones" / "plan" / "plan-of-action-and-milestones.json"
    path.parent.mkdir(parents=True)
    content = json.dumps({"plan-of-action-and-milestones": plan}, indent=2)
    path.write_text(content, encoding="utf-8")
    return path


def _uuid(kind: int, number: int) -> str:
    return str(UUID(int=kind << 96 | number, version=4))
