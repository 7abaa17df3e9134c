"""The pages of the contents: found by LibreOffice, written into the fields, said in the record; no file twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.archive.packing import unzipped
from poa_toolkit.word.writer import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Poa

ROOT = Path(__file__).parents[3]
RESULT = re.compile(
    rb'PAGEREF (\w+) \\h </w:instrText></w:r><w:r>[^/]*<w:fldChar w:fldCharType="separate"/></w:r>'
    rb"<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t>([^<]*)</w:t></w:r>"
)
ENTRY = re.compile(r'<w:hyperlink w:anchor="(\w+)".*?<w:t[^>]*>(.*?)</w:t>')


def shown(file: bytes) -> dict[str, str]:
    """The pages that a file shows in its contents, read without the code that writes them."""
    body = unzipped(file)["word/document.xml"]
    return {name.decode(): page.decode() for name, page in RESULT.findall(body)}


def program_in(folder: Path, script: str) -> dict[str, str]:
    """Put a program called soffice into a folder; the environment in which nothing else is found."""
    folder.mkdir(exist_ok=True)
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return {"PATH": str(folder), "POA_PAGES": ""}


@pytest.mark.tools
@pytest.mark.slow
def test_the_pages_are_those_on_which_the_headings_stand(
    poa: Poa, tmp_path: Path, soffice: Callable[..., Path]
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = poa("-C", ROOT, "render", "--pages", "-o", "plan.docx")
    assert done.status == 0, done.stderr
    assert "pages as LibreOffice " in done.stdout
    file = (tmp_path / "plan.docx").read_bytes()
    found, parts = shown(file), unzipped(file)
    assert found.keys() == pages.asked(file)
    assert b"updateFields" not in parts["word/settings.xml"]
    assert b' pages="LibreOffice ' in parts["customXml/item1.xml"]
    pdf = soffice(tmp_path / "plan.docx")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    sheets = [" ".join(sheet.split()) for sheet in text.split("\f")]
    for name, title in ENTRY.findall(parts["word/document.xml"].decode()):
        if name in found:
            # the contents themselves are on the second sheet
            on = [number for number, sheet in enumerate(sheets, 1) if number > 2 and title in sheet]
            assert int(found[name]) in on, (name, title, on)
    assert pages.laid_out([file])[0].of == found, "the digits moved what they count"


@pytest.mark.tools
def test_the_same_text_is_laid_out_once_and_gives_the_same_bytes(poa: Poa, tmp_path: Path) -> None:
    real = shutil.which("soffice") or shutil.which("libreoffice")
    if not real:
        pytest.skip("soffice is not installed")
    project = small_plan.write(tmp_path / "project")
    calls = tmp_path / "calls"
    script = f'echo x >> "{calls}"\nPATH="{os.environ["PATH"]}" exec "{real}" "$@"'
    env = program_in(tmp_path / "bin", script) | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    made = []
    for name in ("one.docx", "two.docx"):
        done = poa("render", "-o", name, cwd=project, env=env)
        assert (done.status, done.stderr) == (0, "")
        made.append((project / name).read_bytes())
    assert made[0] == made[1]
    assert all(shown(made[0]).values())
    assert calls.read_text(encoding="utf-8").count("x") == 1
    # who asks for a layout gets a new one
    assert poa("render", "--pages", "-o", "two.docx", cwd=project, env=env).status == 0
    assert calls.read_text(encoding="utf-8").count("x") == 2
    assert (project / "two.docx").read_bytes() == made[0]
    # what is kept is believed only where it fits
    for each in (tmp_path / "cache/poa-toolkit/pages").iterdir():
        by, of = json.loads(each.read_bytes())
        each.write_text(json.dumps([by, {**of, "poa_Else": "1"}]), encoding="utf-8")
    assert poa("render", "-o", "two.docx", cwd=project, env=env).status == 0
    assert calls.read_text(encoding="utf-8").count("x") == 3
    assert (project / "two.docx").read_bytes() == made[0]


@pytest.mark.tools
@pytest.mark.usefixtures("soffice")
def test_a_build_shows_pages_in_both_documents_and_says_by_whom(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path / "project")
    done = poa("build", "--pages", cwd=project)
    assert done.status == 0, done.stderr
    assert "as LibreOffice " in done.stdout
    for name in ("plan-of-action.docx", "redline.docx"):
        file = (project / "build" / name).read_bytes()
        assert shown(file).keys() == pages.asked(file) != frozenset()


@pytest.mark.tools
@pytest.mark.usefixtures("soffice")
def test_the_digest_knows_nothing_of_pages(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path / "project")
    said = [
        poa("render", "--digest", choice, "-o", "plan.docx", cwd=project).stdout.splitlines()[-1]
        for choice in ("--pages", "--no-pages")
    ]
    assert said[0] == said[1]


def test_without_libreoffice_the_fields_stand_empty_and_nothing_is_said(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path / "project")
    env = {"PATH": str(tmp_path), "POA_PAGES": ""}
    done = poa("render", "-o", "plan.docx", cwd=project, env=env)
    assert (done.status, done.stderr) == (0, "")
    file = (project / "plan.docx").read_bytes()
    assert pages.asked(file)
    assert shown(file) == {}
    asked = poa("render", "--pages", "-o", "other.docx", cwd=project, env=env)
    assert asked.status == 2
    assert asked.stderr.startswith(
        "poa: the pages of the contents are found by LibreOffice, which is not installed: install it, "
        "or leave out --pages\n"
    )
    assert not (project / "other.docx").exists()


def test_a_libreoffice_that_makes_nothing_is_told_and_the_document_is_written(
    poa: Poa, tmp_path: Path
) -> None:
    project = small_plan.write(tmp_path / "project")
    env = program_in(tmp_path / "bin", "echo no >&2; exit 1")
    done = poa("build", cwd=project, env=env)
    assert done.status == 0
    assert "poa: the contents show no pages: LibreOffice made no DOCX: no\n" in done.stderr
    assert shown((project / "build/plan-of-action.docx").read_bytes()) == {}
    assert poa("build", "--pages", cwd=project, env=env).status == 2


def test_a_long_document_is_laid_out_only_for_whoever_asks(
    poa: Poa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LONGEST", 1000)
    project = small_plan.write(tmp_path / "project")
    env = program_in(tmp_path / "bin", f': > "{tmp_path}/called"; exit 1')
    done = poa("render", "-o", "plan.docx", cwd=project, env=env)
    assert (done.status, done.stderr.count("which --pages gives it")) == (0, 1)
    assert not (tmp_path / "called").exists()
    assert poa("render", "--pages", "-o", "plan.docx", cwd=project, env=env).status == 2
    assert (tmp_path / "called").exists()
