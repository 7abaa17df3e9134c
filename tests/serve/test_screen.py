"""What is served in Chromium: the table by keyboard, in the dark, on a projector; pages that renew themselves."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
import room_samples
import small_plan
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Browser
    from serving import Served

pytestmark = pytest.mark.tools

LONG = (
    "International and citizen observers should send the treaty body concerned a summary of their findings in time "
    "for its list of issues on a State. "
)
PARAGRAPH = "/table/text/A-001.html"
ASK = """({
  at: location.pathname.split("/").pop(),
  title: document.querySelector("h1").textContent,
  wide: document.documentElement.scrollWidth > innerWidth,
  words: parseFloat(getComputedStyle(document.querySelector("#_words p, #_words li, .stops li")).fontSize),
  smallest: Math.min(...[...document.querySelectorAll("main p, main li")].map((each) => parseFloat(getComputedStyle(each).fontSize))),
  narrowest: Math.min(...[...document.querySelectorAll("article p")].map((each) => each.clientWidth / parseFloat(getComputedStyle(each).fontSize))),
  clipped: [...document.querySelectorAll("main *")].filter((each) => !each.classList.contains("unseen") && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible").length,
  covered: [...document.querySelectorAll("body *")].filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position)).length,
  theme: document.documentElement.dataset.theme,
  paper: getComputedStyle(document.body).backgroundColor,
  direction: getComputedStyle(document.querySelector("#_words p, .stops li")).direction,
  focus: document.activeElement.id || document.activeElement.localName,
})"""
SCREENS: dict[str, dict[str, Any]] = {
    "hall": {"width": 1920, "height": 1080},
    "room": {"width": 1280, "height": 720},
    "old projector": {"width": 1024, "height": 768},
    "dark hall": {"width": 1920, "height": 1080, "scheme": "dark"},
}


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Give five amendments to one long paragraph, one to a point and one to another paragraph."""
    text = room_samples.text_of(data, "A-001", "text")
    to_paragraph = [text.replace("should", verb) for verb in ("may", "must", "shall", "will")]
    said = [
        *({"record": "A-001", "field": "text", "original": text, "proposed": each} for each in to_paragraph),
        {"record": "A-001", "field": "text", "original": text, "kind": "remove"},
        {"record": "A-001", "field": "points.a", "original": "On the day.", "proposed": "On that day."},
        {
            "record": "A-004",
            "field": "text",
            "original": "Who observes, reports.",
            "kind": "comment",
            "comment": "Why?",
        },
    ]
    names = {"id": "floor-{}", "proposer": "A delegation with a rather long name, the {}th"}
    return [
        {**{key: form.format(number) for key, form in names.items()}, "date": "2017-12-04", **each}
        for number, each in enumerate(said, 1)
    ]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a plan with a long paragraph that five amendments are to."""
    data = room_samples.plan()
    small_plan.action(data)["text"] = 4 * LONG + "It should be short."
    small_plan.action(data, 1)["text"] = "لكل مواطن الحق في أن [observers: ينتخب | يصوت] وأن يُنتخب."
    project = tmp_path_factory.mktemp("screen") / "project"
    return small_plan.write(project, data | {"amendments/floor.yaml": {"amendments": _rows(data)}})


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    with serving(project) as found:
        yield found


def _own(view: dict[str, Any], served: Served) -> None:
    """See that a page asked nobody else for anything, and had nothing to complain of."""
    assert view["errors"] == []
    assert all(each.startswith(f"{served.address}/") for each in view["requests"])


def test_a_long_paragraph_with_five_amendments_is_read_on_every_screen(
    browser: Browser, served: Served
) -> None:
    views = [{"name": name, "ask": ASK, "axe": True, **screen} for name, screen in SCREENS.items()]
    for name, view in browser(served.address + PARAGRAPH, *views).items():
        found = view["answer"]
        _own(view, served)
        assert view["broken"] == [], name
        assert (found["wide"], found["clipped"], found["covered"]) == (False, 0, 0), name
        assert found["words"] >= 24, name
        assert found["smallest"] >= 16, name
        assert found["narrowest"] >= 15, name  # a column of fewer letters is no text
        assert found["theme"] == ("dark" if "dark" in name else "light"), name
    looked = browser(f"{served.address}/table/text/A-002.html", {"name": "arabic", "ask": ASK, "axe": True})[
        "arabic"
    ]
    assert (looked["answer"]["direction"], looked["broken"], looked["errors"]) == ("rtl", [], [])


@pytest.mark.slow
def test_the_other_pages_are_read_by_everybody_too(browser: Browser, served: Served) -> None:
    for path, schemes in (("/table/go?to=nobody", ("light", "dark")), ("/actions/A-001.html", ("light",))):
        views = [{"name": name, "axe": True, "scheme": name} for name in schemes]
        for name, view in browser(served.address + path, *views).items():
            _own(view, served)
            assert view["broken"] == [], (path, name)


def test_the_table_works_by_keyboard_alone(browser: Browser, served: Served) -> None:
    wrong = [
        ["type", "99"],
        ["press", "Enter"],
        ["at", "to=99&at=table%2Ftext%2FA-001.html"],
        ["shows", "#_said"],
    ]
    jump = [["type", "4(a)"], ["press", "Enter"], ["at", "A-001.points.a.html"]]
    walk = (
        *(("ArrowRight", "A-001.points.a.html"), ("ArrowLeft", "A-001.html"), ("PageDown", "points.a.html")),
        *(("PageDown", "points.a-i.html"), ("ArrowLeft", "points.a.html"), ("PageUp", "A-001.html")),
        *(("PageUp", "C-01.html"), ("Home", "/table/index.html"), ("ArrowRight", "A-001.html")),
    )
    steps: dict[str, list[list[str]]] = {
        "walked": [step for key, to in walk for step in (["press", key], ["at", to])],
        "wrong": wrong,
        "typed over": [*wrong, *jump],
        "left the field": [
            ["type", "4"],
            ["press", "Escape"],
            ["press", "ArrowRight"],
            ["at", "points.a.html"],
        ],
        "keys": [["press", "?"], ["shows", "#_keys[open]"]],
        "turned": [["press", "*"], ["press", "ArrowRight"], ["at", "A-001.points.a.html"]],
        "tabbed": [*[["press", "Tab"]] * 3, ["press", "Enter"], ["at", "points.a.html"]],
        "skipped": [["press", "Tab"], ["press", "Enter"]],
    }
    views = [{"name": name, "steps": each, "ask": ASK} for name, each in steps.items()]
    seen = browser(served.address + PARAGRAPH, *views)
    for view in seen.values():
        _own(view, served)
    found = {name: view["answer"] for name, view in seen.items()}
    assert found["wrong"]["focus"] == "_to"
    assert found["left the field"]["title"] == found["typed over"]["title"] == "Paragraph 4 (a)"
    assert found["keys"]["focus"] == "summary"
    assert (found["turned"]["theme"], found["turned"]["paper"]) == ("dark", "rgb(11, 13, 17)")
    assert found["skipped"]["focus"] == "_content"


def test_the_table_is_read_and_gone_through_without_a_script(browser: Browser, served: Served) -> None:
    asked = "document.querySelector('h1').textContent"
    steps: dict[str, list[list[str]]] = {
        "next": [["click", "a[rel=next]"], ["at", "A-001.points.a.html"]],
        "jump": [["focus", "#_to"], ["type", "4 (a)"], ["press", "Enter"], ["at", "A-001.points.a.html"]],
    }
    views = [{"name": name, "script": False, "steps": each, "ask": asked} for name, each in steps.items()]
    for view in browser(served.address + PARAGRAPH, *views).values():
        assert view["answer"] == "Paragraph 4 (a)"


def test_the_table_follows_a_decision_in_another_window_and_stays_where_it_is(
    browser: Browser, project: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "project"
    shutil.copytree(project, copy)
    decided = ["run", sys.executable, "-m", "poa_toolkit", "-C", str(copy), "amend", "accept", "floor-2",
               "--by", "The Chair", "--date", "2017-12-04"]  # fmt: skip
    ask = """({words: document.querySelector("#_words").textContent, decided: document.querySelector("#_decided").textContent,
      focus: document.activeElement.id, typed: document.getElementById("_to").value, down: scrollY, at: location.hash,
      theme: document.documentElement.dataset.theme, said: document.getElementById("_served").textContent})"""
    steps = [["press", "*"], ["type", "22"], ["scroll", 120], decided, ["shows", "#_decided"]]
    with serving(copy) as served:
        view = {"name": "followed", "steps": steps, "ask": ask, "height": 500}
        seen = browser(f"{served.address}{PARAGRAPH}#_proposed", view)["followed"]
    found = seen["answer"]
    assert seen["errors"] == []
    assert "observers must send" in found["words"]
    assert "floor-2, A delegation with a rather long name, the 2th: Accepted by The Chair" in found["decided"]
    kept = ("_to", "22", "dark", "#_proposed", "The page has changed.")
    assert (found["focus"], found["typed"], found["theme"], found["at"], found["said"]) == kept
    assert found["down"] > 0


def test_a_page_of_the_site_shows_what_is_wrong_until_it_is_mended(
    browser: Browser, project: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "project"
    shutil.copytree(project, copy)
    section = copy / "plan/sections/01-first.yaml"
    text = section.read_text("utf-8")
    broken = text.replace("status: draft", "status: <img src=x onerror=alert(1)>", 1)
    steps: dict[str, list[list[str]]] = {
        "broken": [["write", str(section), broken], ["shows", ".alarm"]],
        "mended": [["write", str(section), text], ["shows", ".alarm", "detached"]],
        "reworded": [
            ["write", str(section), text.replace("It should be short.", "It should be long.")],
            ["shows", "text=It should be long."],
        ],
    }
    ask = "({alarm: document.querySelector('.alarm')?.textContent, down: scrollY, image: document.images.length})"
    views = [{"name": name, "steps": each, "ask": ask} for name, each in steps.items()]
    with serving(copy) as served:
        seen = browser(f"{served.address}/actions/A-001.html", *views)
    for name, view in seen.items():
        assert (view["errors"], view["answer"]["image"]) == ([], 0), name
    assert "<img src=x" in seen["broken"]["answer"]["alarm"]
    assert "plan/sections/01-first.yaml:" in seen["broken"]["answer"]["alarm"]
    assert seen["mended"]["answer"].get("alarm") is None


def test_a_page_whose_server_has_ended_says_so(browser: Browser, project: Path) -> None:
    with serving(project) as served:
        end = ["run", "kill", "-INT", str(served.process.pid)]
        view = {
            "name": "left",
            "steps": [end, ["shows", "#_served:not(:empty)"]],
            "ask": "document.getElementById('_served').textContent",
        }
        seen = browser(served.address + PARAGRAPH, view)["left"]
    assert seen["answer"] == "poa serve does not answer; what you see may have changed since."
