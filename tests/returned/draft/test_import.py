"""An old Word draft, whoever's program made it, becomes a plan that loads and tells what is left to do."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
import pytest
import small_plan
from pulling_samples import DAY
from ruamel.yaml import YAML
from word_editing import Edited

from poa_toolkit.api import import_draft, validate
from poa_toolkit.api.import_draft import Request
from poa_toolkit.api.returned_files import RefusedFileError
from poa_toolkit.errors import EditRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

    from poa_toolkit.returned.draft.drafted_plan import Imported

MARKDOWN = """\
---
title: A draft plan
---

The participants met.

# Introduction

1. Elections rest on rights.

# Treaty bodies

Treaty bodies read what they are sent.

1. Observers should cite the relevant provisions.[^1]

    a. in each report;
    b. in each submission.

2. States should answer within a year.[^2]

# Follow-up

1. A guide should be published.[^3]

[^1]: International Covenant on Civil and Political Rights, articles 19 (2) and 25 (b) and 40.
[^2]: hres-2015-02-r1; Universal Declaration of Human Rights, art. 21(3).
[^3]: Some book, p. 12.
"""

SKELETON = {
    "front": ["The participants met."],
    "introduction": ["Elections rest on rights."],
    "Treaty bodies": {
        "chapeau": ["Treaty bodies read what they are sent."],
        "actions": {
            "Observers should cite the relevant provisions.": ["in each report;", "in each submission."],
            "States should answer within a year.": [],
        },
    },
    "Follow-up": {"chapeau": [], "actions": {"A guide should be published.": []}},
}


def _pandoc(folder: Path) -> bytes:
    return _converted(folder, "docx")


def _converted(folder: Path, form: str) -> bytes:
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed")
    (folder / "draft.md").write_text(MARKDOWN, "utf-8")
    subprocess.run(["pandoc", "draft.md", "-s", "-o", f"draft.{form}"], cwd=folder, check=True)
    return (folder / f"draft.{form}").read_bytes()


def _libreoffice(folder: Path) -> bytes:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    _converted(folder, "odt")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "draft.odt"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return (folder / "draft.docx").read_bytes()


def _python_docx(folder: Path) -> bytes:
    """Write it with headings and list styles, the numbers automatic."""
    document = docx.Document()
    document.add_heading("A draft plan", 0)
    document.add_paragraph("The participants met.")
    document.add_heading("Introduction", 1)
    document.add_paragraph("Elections rest on rights.", "List Number")
    document.add_heading("Treaty bodies", 1)
    document.add_paragraph("Treaty bodies read what they are sent.")
    document.add_paragraph("Observers should cite the relevant provisions.", "List Number")
    document.add_paragraph("in each report;", "List Bullet")
    document.add_paragraph("in each submission.", "List Bullet")
    document.add_paragraph("States should answer within a year.", "List Number")
    document.add_heading("Follow-up", 1)
    document.add_paragraph("A guide should be published.", "List Number")
    document.save(str(folder / "draft.docx"))
    return (folder / "draft.docx").read_bytes()


def _typed(folder: Path) -> bytes:
    """Write it without any style, every number typed."""
    document = docx.Document()
    for text in (
        "A draft plan",
        "The participants met.",
        "INTRODUCTION",
        "1. Elections rest on rights.",
        "I. Treaty bodies",
        "Treaty bodies read what they are sent.",
        "2. Observers should cite the relevant provisions.",
        "(a)\tin each report;",
        "(b)\tin each submission.",
        "3. States should answer within a year.",
        "II. Follow-up",
        "4. A guide should be published.",
    ):
        document.add_paragraph(text)
    document.save(str(folder / "draft.docx"))
    return (folder / "draft.docx").read_bytes()


PRODUCERS = {"pandoc": _pandoc, "LibreOffice": _libreoffice, "python-docx": _python_docx, "typed": _typed}


def _import(folder: Path, content: bytes, *, registry: bool = True) -> Imported:
    known = small_plan.write(folder / "known") if registry else None
    return import_draft.import_draft(folder / "new", content, Request("draft.docx", DAY, registry=known))


def _skeleton(project: Path) -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    head = yaml.load(project / "plan/plan.yaml")
    found: dict[str, Any] = {
        key: [each["text"] for each in head.get(key, ())] for key in ("front", "introduction")
    }
    for path in sorted((project / "plan/sections").iterdir()):
        section = yaml.load(path)
        found[section["title"]] = {
            "chapeau": [each["text"] for each in section.get("chapeau", ())],
            "actions": {
                each["text"]: [point["text"] for point in each.get("points", ())]
                for each in section["actions"]
            },
        }
    assert head["title"] == "A draft plan"
    return found


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_producer_gives_the_same_plan(tmp_path: Path, producer: str) -> None:
    made = _import(tmp_path, PRODUCERS[producer](tmp_path))
    assert _skeleton(tmp_path / "new") == SKELETON
    assert (made.sections, made.actions, made.points) == (2, 3, 2)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_what_was_imported_lacks_links_and_nothing_else(tmp_path: Path, producer: str, poa: Poa) -> None:
    _import(tmp_path, PRODUCERS[producer](tmp_path))
    report = validate.validate(tmp_path / "new")
    errors = {each.code for each in report.diagnostics if each.severity == "error"}
    assert errors <= {"POA502", "POA503", "POA505"}
    assert not report.incomplete
    assert poa("fmt", "--check", "plan/sections", cwd=tmp_path / "new").status == 0


def test_notes_become_citations_where_the_registry_knows_them(tmp_path: Path) -> None:
    made = _import(tmp_path, _pandoc(tmp_path))
    text = (tmp_path / "new/plan/sections/01-treaty-bodies.yaml").read_text("utf-8")
    assert "      - iccpr 19(2)\n      - iccpr 25(b)\n" in text
    assert "      - udhr 21(3)\n" in text
    assert "      - hres-2015-02-r1\n" in text
    assert "    # note 1: iccpr 40 is not in the registry\n" in text
    assert (made.notes, made.resolved) == (3, 1)


def test_what_is_left_open_is_told_with_its_place(tmp_path: Path) -> None:
    made = _import(tmp_path, _pandoc(tmp_path))
    told = [each for each in made.diagnostics if each.code == "POA732"]
    assert len(told) == 2
    for each in told:
        assert each.location.span is not None
        lines = (tmp_path / "new" / each.location.path).read_text("utf-8").splitlines()
        assert lines[each.location.span.line - 1] == each.location.excerpt
        assert each.location.excerpt.lstrip().startswith("# note")


def test_a_note_stands_under_the_heading_of_the_text_that_calls_it(tmp_path: Path) -> None:
    made = _import(tmp_path, _pandoc(tmp_path))
    shown = " ".join(import_draft.describe(made, "text", explain=True).split())
    assert "(note 1; note, under “Treaty bodies”): International Covenant" in shown
    assert "(note 3; note, under “Follow-up”): Some book" in shown


def test_without_a_registry_every_note_is_kept(tmp_path: Path) -> None:
    made = _import(tmp_path, _pandoc(tmp_path), registry=False)
    assert (made.notes, made.resolved) == (3, 0)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "new/plan/sections").iterdir())
    assert "# note 3: Some book" in text


def test_a_table_and_tracked_changes_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("First things", 1)
    document.add_paragraph("States should act.", "List Number")
    document.add_table(1, 1).cell(0, 0).text = "Some cell"
    document.save(str(tmp_path / "draft.docx"))
    there = Edited((tmp_path / "draft.docx").read_bytes())
    there.add(there.styled("ListNumber")[0], "States should act twice.")
    made = _import(tmp_path, there.save())
    assert made.actions == 2
    told = [each.message for each in made.diagnostics if each.code == "POA733"]
    assert any("Some cell" in each for each in told)
    assert any("tracked changes" in each for each in told)


def test_a_paragraph_without_a_number_is_an_action_by_its_words(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("First things", 1)
    document.add_paragraph("Much was said.")
    document.add_paragraph("States should act.")
    document.save(str(tmp_path / "draft.docx"))
    made = _import(tmp_path, (tmp_path / "draft.docx").read_bytes())
    assert made.actions == 1
    assert [each.code for each in made.diagnostics] == ["POA734"]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("[x](y): # - 'a' \"b\" {c} !!d &e *f", 1)
    document.add_paragraph("- &x *y !z: {{ 7*7 }} 'a' \"b\" # c [d] states should act", "List Number")
    document.save(str(tmp_path / "draft.docx"))
    _import(tmp_path, (tmp_path / "draft.docx").read_bytes())
    assert validate.validate(tmp_path / "new").plan is not None


def test_a_plan_is_never_written_over(tmp_path: Path) -> None:
    _import(tmp_path, _typed(tmp_path))
    with pytest.raises(EditRefusedError, match="there is a plan"):
        _import(tmp_path, _typed(tmp_path))


def _empty() -> bytes:
    file = BytesIO()
    docx.Document().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"), [(b"no", "POA721"), (_empty(), "POA731")], ids=["none", "empty"]
)
def test_what_cannot_be_imported_is_one_line(tmp_path: Path, content: bytes, code: str, poa: Poa) -> None:
    (tmp_path / "draft.docx").write_bytes(content)
    with pytest.raises(RefusedFileError):
        _import(tmp_path, content)
    done = poa("import", "draft.docx", "-o", "new", cwd=tmp_path)
    assert done.status == 1
    assert f"draft.docx: error {code}" in done.stderr
    assert not (tmp_path / "new").exists()


def test_the_command_takes_the_registry_of_the_project_around_it(tmp_path: Path, poa: Poa) -> None:
    content = _pandoc(tmp_path)
    small_plan.write(tmp_path)
    (tmp_path / "draft.docx").write_bytes(content)
    done = poa("import", "draft.docx", "-o", "new", "--date", "2017-11-20", cwd=tmp_path)
    assert done.status == 0
    assert "plan/sections/01-treaty-bodies.yaml" in done.stdout
    assert "2 sections, 3 actions, 2 points; 1 of 3 notes understood" in done.stderr
    assert (tmp_path / "new/plan/instruments/universal.yaml").is_file()
