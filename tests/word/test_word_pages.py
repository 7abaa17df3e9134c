"""Pages of the shipped plan as LibreOffice lays them out: what a secretary would have mended by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from poa_toolkit.api import render
from poa_toolkit.api.validate import read as read_plan
from poa_toolkit.model import House

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
NUMBERED = re.compile(r"^ {0,30}\d+\. {2,}\S", re.MULTILINE)
ANNEX = {House.UN: r"^ *Annex I\s*$", House.CARTER: r"^ *Appendix A\. "}

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module", params=House)
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.param
    return found


@pytest.fixture(scope="module")
def pages(
    house: House,
    tmp_path_factory: pytest.TempPathFactory,
    soffice: Callable[[Path], Path],
    pdf_text: Callable[[Path], str],
) -> list[str]:
    path = tmp_path_factory.mktemp("pages") / "plan.docx"
    path.write_bytes(render.render(ROOT, looks=render.Looks(style=house)).content)
    return pdf_text(soffice(path)).split("\f")


def first_of_annexes(pages: list[str], house: House) -> int:
    return next(at for at, page in enumerate(pages) if at > 1 and re.search(ANNEX[house], page, re.MULTILINE))


def test_no_page_before_the_annexes_holds_one_paragraph_alone(pages: list[str], house: House) -> None:
    last = pages[first_of_annexes(pages, house) - 1]
    assert len(NUMBERED.findall(last)) >= 2, last


def test_pages_of_the_text_are_full_but_for_the_last(pages: list[str], house: House) -> None:
    """The longest action is no more than a third of a page, so no gap is larger."""
    for page in pages[3 : first_of_annexes(pages, house) - 1]:
        assert len([line for line in page.splitlines() if line.strip()]) >= 30, page


def test_no_line_under_an_action_begins_a_page(pages: list[str], house: House) -> None:
    for page in pages[3 : first_of_annexes(pages, house)]:
        first = [line.strip() for line in page.splitlines() if line.strip()][1]
        assert not re.match(r"(?:Addressed to|Provisions|Recommendations|Level|Timeframe)\d*:", first), page


def test_no_line_begins_with_what_parts_two_facts_or_is_a_number_alone(pages: list[str]) -> None:
    for page in pages:
        lines = [line.strip() for line in page.splitlines()]
        assert not [line for line in lines if line.startswith("\N{MIDDLE DOT}")]
        text = "\n".join(lines)
        assert not re.search(r"\b(?:arts?|paras?|sects?|secs?)\.\n", text), page


def test_no_id_is_broken_in_a_table(pages: list[str], house: House) -> None:
    plan = read_plan(ROOT, None).plan
    assert plan is not None
    annexes = "\n".join(pages[first_of_annexes(pages, house) :])
    for _, recommendation in plan.walk_recommendations():
        assert re.search(rf"(?<!\S){re.escape(recommendation.id)}(?!\S)", annexes), recommendation.id
    assert not re.search(r"(?:hres|ccpr|upr|crpd|cerd|sr)-[\w-]*-\s*$", annexes, re.MULTILINE)


def test_the_title_has_no_word_alone_in_a_line(pages: list[str]) -> None:
    lines = [" ".join(line.split()) for line in pages[0].splitlines()]
    assert "Human Rights and Election" in lines
    assert "Standards: A Plan of Action" in lines
