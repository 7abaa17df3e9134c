"""The first page of a document in each house: what the plan gives for a masthead, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import small_plan
import word_samples
from carriers import lose
from pulling_samples import pull, rows
from word_reading import W, read

from poa_toolkit.api import render as render_api
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.model import House
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa
    from word_reading import Reading

GIVEN = {"organization": "Our Organization", "distribution": "General", "original_language": "English"}


def made(**changes: object) -> Reading:
    return read(render(plan_document(word_samples.small(**changes)), when=datetime(2017, 12, 5, tzinfo=UTC)))


def masthead(reading: Reading) -> list[tuple[str, str]]:
    styles = ("POAMasthead", "POADistribution", "POAMastheadEnd", "POAMeeting")
    return [(each.style, each.text) for each in reading.lines if each.style in styles]


def test_a_masthead_says_what_the_plan_gives_in_order() -> None:
    found = masthead(made(symbol="X/1", masthead=GIVEN))
    assert found[:4] == [
        ("POAMasthead", "Our Organization\tX/1"),
        ("POADistribution", "Distr.: General"),
        ("POADistribution", "5 December 2017"),
        ("POADistribution", "Original: English"),
    ]
    assert [style for style, _ in found[4:]] == ["POAMastheadEnd", "POAMeeting", "POAMeeting"]


def test_what_the_plan_does_not_give_leaves_no_trace() -> None:
    found = masthead(made(conference=None))
    assert found == [("POADistribution", "5 December 2017"), ("POAMastheadEnd", "")]


def test_what_the_masthead_says_the_lines_below_do_not_say_again() -> None:
    labels = [line.partition("\t")[0] for line in made().of_style("POACover")]
    assert not {"Conference", "Date", "Place"} & set(labels)
    carter = made(style=House.CARTER, masthead=GIVEN)
    labels = [line.partition("\t")[0] for line in carter.of_style("POACover")]
    assert {"Conference", "Date", "Place"} <= set(labels)
    assert masthead(carter) == []


@pytest.mark.parametrize("losses", [(), ("record",), ("record", "controls")])
def test_an_unedited_file_with_a_masthead_asks_for_nothing(tmp_path: Path, losses: tuple[str, ...]) -> None:
    data = small_plan.files()
    data["plan.yaml"] |= {"symbol": "X/1", "masthead": GIVEN}
    project = small_plan.write(tmp_path, data)
    pulled = pull(project, lose(render_api.render(project).content, *losses))
    assert rows(pulled) == []


def test_left_pages_mirror_right_ones_in_one_house() -> None:
    reading = made(symbol="X/1")
    assert reading.tree("word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    right, left = ("".join(reading.tree(f"word/header{number}.xml").itertext(f"{W}t")) for number in (1, 2))
    assert right.endswith("X/1")
    assert left.startswith("X/1")
    styles = [reading.tree(f"word/footer{number}.xml").find(f"{W}p/{W}pPr/{W}pStyle") for number in (1, 2)]
    assert [each.get(f"{W}val") for each in styles] == ["Footer", "POALeftFooter"]
    other = made(style=House.CARTER)
    assert other.tree("word/settings.xml").find(f"{W}evenAndOddHeaders") is None


@pytest.mark.parametrize("house", House)
def test_words_of_a_note_stand_behind_a_tab(house: House) -> None:
    notes = made(style=house).tree("word/footnotes.xml").findall(f"{W}footnote")
    for note in (each for each in notes if each.get(f"{W}type") is None):
        assert note.find(f"{W}p/{W}r/{W}tab") is not None


def test_a_template_is_begun_in_the_house_of_the_plan_or_another(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["style"] = "carter"
    project = small_plan.write(tmp_path, data)
    for options, house in (((), House.CARTER), (("--style", "un"), House.UN)):
        assert poa("template", "init", "--force", *options, cwd=project).status == 0
        assert (project / "plan/template.docx").read_bytes() == packaged_template(house)
