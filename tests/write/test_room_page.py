"""The pages of `poa show`, `find` and `amend preview` in Chromium: large type, no request, nothing that axe minds."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

from poa_toolkit.api import find, preview, propose, show
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal, Reviser

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Browser

DAY = date(2017, 12, 5)
pytestmark = [pytest.mark.tools, pytest.mark.slow]

ASK = """(() => {
  const size = (name) => parseFloat(getComputedStyle(document.querySelector(name)).fontSize);
  return {
    text: size("p.action, p.quote"), item: size("li"), body: size("body"),
    width: document.documentElement.scrollWidth,
    paper: getComputedStyle(document.body).backgroundColor,
    first: document.querySelector("main p").getBoundingClientRect().top,
  };
})()"""
VIEWS: dict[str, dict[str, Any]] = {
    "projector": {"width": 1920, "height": 1080, "axe": True},
    "small projector": {"width": 1024, "height": 768},
    "dark": {"width": 1920, "height": 1080, "axe": True, "scheme": "dark"},
    "phone": {"width": 360, "height": 740, "axe": True},
}


@pytest.fixture(
    scope="module",
    params=["show", "find", "annexes", "preview"],
)
def seen(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> dict[str, dict[str, Any]]:
    names = {"show": ("22", "V"), "annexes": ("22", "annex II", "annex III")}
    if request.param == "find":
        page = find.describe(find.find(ROOT, ["election observers"]), "html")
    elif request.param == "preview":
        page = _preview(tmp_path_factory.mktemp("project"))
    else:
        page = show.describe(show.show(ROOT, names[request.param]), "html")
    path: Path = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    path.write_text(page, encoding="utf-8")
    return browser(path, *({"name": name, "ask": ASK, **view} for name, view in VIEWS.items()))


def _preview(project: Path) -> str:
    shutil.copytree(ROOT / "plan", project / "plan")
    given = Proposal(
        AmendmentKind.TEXT, Reviser("Delegation A", DAY), "A-001", proposed="OHCHR should publish a guide."
    )
    propose.propose(project, given)
    return preview.describe(preview.preview(project, ["floor-1"], DAY), "html")


def test_it_is_read_from_the_back_of_a_room(seen: dict[str, dict[str, Any]]) -> None:
    """Of what is read aloud, twenty-eight lines would fill the picture, and forty of all else."""
    for name in ("projector", "small projector"):
        shown = seen[name]["answer"]
        assert min(shown["text"], shown["item"]) >= VIEWS[name]["height"] / 40
    assert seen["projector"]["answer"]["text"] >= 1080 / 28
    assert seen["projector"]["answer"]["first"] < 1080 * 0.6


def test_it_asks_for_nothing_and_axe_minds_nothing(seen: dict[str, dict[str, Any]]) -> None:
    assert {name: (each["requests"], each["errors"], each["broken"]) for name, each in seen.items()} == (
        dict.fromkeys(VIEWS, ([], [], []))
    )


def test_it_is_no_wider_than_the_window(seen: dict[str, dict[str, Any]]) -> None:
    for name in ("projector", "small projector", "phone"):
        assert seen[name]["answer"]["width"] <= VIEWS[name]["width"]


def test_dark_is_dark(seen: dict[str, dict[str, Any]]) -> None:
    assert seen["dark"]["answer"]["paper"] == "rgb(20, 24, 31)"
