"""`poa render --since`, as a person types it."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest
import small_plan
from word_reading import W, read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa
    from word_reading import Reading


@pytest.fixture
def two_days(poa: Poa, tmp_path: Path) -> Path:
    """Write a plan with a frozen first stage, and a second in which a word and a status differ."""
    small_plan.write(tmp_path)
    assert poa("baseline", "create", "day-1").status == 0
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "day-1"
    data["plan.yaml"]["stage"] = "day-2"
    small_plan.action(data, 1)["text"] = "States must answer."
    for index in range(2):
        small_plan.action(data, index)["status"] = "agreed"
    return small_plan.write(tmp_path, data)


def revisions(reading: Reading) -> list[str]:
    return ["".join(each.itertext()) for each in reading.body.iter(f"{W}ins", f"{W}del")]


def test_a_redline_of_the_working_tree_and_of_a_baseline(poa: Poa, two_days: Path) -> None:
    done = poa("render", "--since", "day-1", "-o", "redline.docx")
    assert done.status == 0, done.stderr
    assert revisions(read((two_days / "redline.docx").read_bytes()))[:2] == ["should", "must"]
    assert poa("render", "day-1", "--since", "day-1", "-o", "none.docx").status == 0
    none = read((two_days / "none.docx").read_bytes())
    assert revisions(none) == []
    assert "Version\tday-1" in none.of_style("POACover")
    assert "Changes since\tday-1" in none.of_style("POACover")


def test_a_visual_redline_has_bold_and_struck_words(poa: Poa, two_days: Path) -> None:
    assert poa("render", "--since", "day-1", "--marks", "bold-strike", "-o", "seen.docx").status == 0
    reading = read((two_days / "seen.docx").read_bytes())
    assert revisions(reading) == []
    styles = {each.get(f"{W}val") for each in reading.body.iter(f"{W}rStyle")}
    assert {"POAInserted", "POADeleted"} <= styles


def test_a_redline_keeps_the_house_style_that_is_asked_for(poa: Poa, two_days: Path) -> None:
    assert poa("render", "--since", "day-1", "--style", "carter", "-o", "redline.docx").status == 0
    reading = read((two_days / "redline.docx").read_bytes())
    assert not [each for each in revisions(reading) if "Dec." in each or "Appendix" in each]


def test_a_build_makes_the_redline_which_is_clean_at_the_first_stage(poa: Poa, tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    assert poa("build").status == 0
    build = tmp_path / "build"
    assert (build / "redline.docx").read_bytes() == (build / "plan-of-action.docx").read_bytes()


def test_a_build_marks_what_changed_since_the_previous_stage(poa: Poa, two_days: Path) -> None:
    assert poa("build").status == 0
    reading = read((two_days / "build/redline.docx").read_bytes())
    assert revisions(reading)[:2] == ["should", "must"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "lunch"), "lunch"),
        (("--marks", "tracked"), "--since"),
        (("--since", "day-1", "--marks", "colour"), "bold-strike"),
    ],
)
@pytest.mark.usefixtures("two_days")
def test_wrong_usage_is_one_line_and_writes_nothing(
    poa: Poa, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = poa("render", *arguments, "-o", "out.docx")
    assert done.status == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.docx").exists()


def test_the_digest_is_that_of_the_parts_however_they_are_packed(poa: Poa, two_days: Path) -> None:
    done = poa("render", "-o", "plan.docx", "--digest")
    found = hashlib.sha256()
    with zipfile.ZipFile(two_days / "plan.docx") as archive:
        for name in sorted(archive.namelist()):
            for piece in (name.encode(), archive.read(name)):
                found.update(len(piece).to_bytes(8, "big") + piece)
    assert done.stdout.splitlines()[1] == f"sha256:{found.hexdigest()}"
