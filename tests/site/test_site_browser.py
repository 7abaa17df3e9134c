"""The site in Chromium, opened from the disk: read without a script, searched with one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

from poa_toolkit.api.site import site, write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Browser

pytestmark = pytest.mark.tools

PAGES = ("index", "sections/equal-participation", "actions/A-035", "recommendations")
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"axe": True},
    "dark": {"axe": True, "scheme": "dark"},
    "phone": {"axe": True, "width": 360, "height": 740},
    "no script": {"script": False},
    "paper": {"media": "print"},
}
ASK = """({
  wide: document.documentElement.scrollWidth > innerWidth,
  title: document.querySelector("h1").textContent,
  styled: getComputedStyle(document.querySelector("header.site")).display,
  menu: document.querySelector(".menu").checkVisibility(),
  notice: document.querySelector(".notice").checkVisibility(),
  focus: document.activeElement.textContent || document.activeElement.id,
})"""
FOUND = """({
  said: document.getElementById("_found").textContent,
  first: document.querySelector("#_hits a")?.textContent,
  leads: document.querySelector("#_hits a")?.getAttribute("href"),
  hits: document.querySelectorAll("#_hits > li").length,
  marked: [...document.querySelectorAll("#_hits li:first-child mark")].map((each) => each.textContent),
})"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the site of the shipped plan."""
    found = tmp_path_factory.mktemp("site")
    write(site(ROOT), found)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_anywhere(browser: Browser, folder: Path, name: str) -> None:
    views = [{"name": each, "ask": ASK, **look} for each, look in LOOKS.items()]
    for each, view in browser(folder / f"{name}.html", *views).items():
        answer = view["answer"]
        assert view["broken"] == [], each
        assert view["errors"] == [], each
        assert answer["styled"] == "flex", each
        assert not answer["wide"], each
        assert answer["notice"], each
        assert answer["menu"] is (each != "paper"), each
        assert all(request.startswith("file:") for request in view["requests"]), each


def test_the_words_of_a_question_lead_to_the_action(browser: Browser, folder: Path) -> None:
    views: list[dict[str, Any]] = [
        {
            "name": "all",
            "hash": "?q=ballots%20accessible%20persons%20with%20disabilities",
            "ask": FOUND,
            "axe": True,
        },
        {"name": "accents", "hash": "?q=B%C3%8BLIZE", "ask": FOUND},
        {"name": "some", "hash": "?q=who%20should%20make%20ballots%20accessible%20xylophone", "ask": FOUND},
        {"name": "none", "hash": "?q=xylophone", "ask": FOUND},
        {"name": "symbol", "hash": "?q=A%2FHRC%2F28%2F15", "ask": FOUND},
        {"name": "hostile", "hash": "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "ask": FOUND},
        {
            "name": "typed",
            "steps": [["press", "v"], ["press", "o"], ["press", "t"], ["press", "e"]],
            "ask": FOUND,
        },
        {"name": "no script", "script": False, "ask": "document.body.innerText"},
    ]
    seen = browser(folder / "search.html", *views)
    answers = {name: view["answer"] for name, view in seen.items()}
    assert answers["all"]["leads"] == "actions/A-035.html"
    assert {"ballots", "accessible", "disabilities"} <= set(answers["all"]["marked"])
    assert answers["accents"]["leads"] == "recommendations/upr-blz-2013-98-21.html"
    assert answers["some"]["leads"] == "actions/A-035.html"
    assert "no places with all of these words" in answers["some"]["said"]
    assert "with some of them" in answers["some"]["said"]
    assert answers["none"] == {
        **answers["none"],
        "hits": 0,
        "said": "“xylophone”: no places with this word.",
    }
    assert "A/HRC/28/15" in answers["symbol"]["first"]  # both stand in it
    assert answers["typed"]["hits"] > 20
    assert "it needs a script" in answers["no script"]
    for name, view in seen.items():
        assert view["errors"] == [], name
        assert view["broken"] == [], name
        assert all(request.startswith("file:") for request in view["requests"]), name


TYPED = """((sought) => sought.map((typed) => {
  const field = document.getElementById("_q");
  field.value = typed;
  field.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll("#_hits a")].slice(0, 5).map((each) => each.getAttribute("href"));
}))(%s)"""
ASKED = {
    "53": "actions/A-035.html",
    "para. 53": "actions/A-035.html",
    "A-035": "actions/A-035.html",
    "disabled voters": "actions/A-035.html",
    "register voters with disabilities": "actions/A-035.html",
    "what asks States to register voters with disabilities": "actions/A-035.html",
    "disabilty registraton": "actions/A-035.html",
    "CRPD 29": "actions/A-035.html",
    "ICCPR": "law/iccpr.html",
    "iccpr 25": "law/iccpr.html#25",
    "art. 25": "law/iccpr.html#25",
    "article 25(b)": "law/iccpr.html#25(b)",
    "25 (b)": "law/iccpr.html#25(b)",
    "upr-svn-2014-115-147": "recommendations/upr-svn-2014-115-147.html",
    "A/HRC/28/15": "recommendations/upr-svn-2014-115-147.html",
    "Slovenia Hungary": "recommendations/upr-svn-2014-115-147.html",
    "minority": "actions/A-038.html",
}
"""What people type, and what they then see among the first five."""
ODD = ("constructor", "__proto__", "!!!", "\N{PILE OF POO}", ")(*", "z" * 3000)
"""What nothing has, and what a script may trip over."""


def test_what_people_type_is_found(browser: Browser, folder: Path) -> None:
    view = {"name": "typed", "ask": TYPED % json.dumps([*ASKED, *ODD])}
    seen = browser(folder / "search.html", view)["typed"]
    assert seen["errors"] == []
    found = dict(zip((*ASKED, *ODD), seen["answer"], strict=True))
    assert {typed: found[typed] for typed, page in ASKED.items() if page not in found[typed]} == {}
    assert [found[odd] for odd in ODD] == [[]] * len(ODD)


def test_a_page_is_read_by_keyboard(browser: Browser, folder: Path) -> None:
    focus = "document.activeElement.textContent || document.activeElement.id"
    views: list[dict[str, Any]] = [
        {"name": "first", "steps": [["press", "Tab"]], "ask": focus},
        {
            "name": "skipped",
            "steps": [["press", "Tab"], ["press", "Enter"]],
            "ask": "document.activeElement.id",
        },
        {"name": "search", "steps": [*[["press", "Tab"]] * 3], "ask": "document.activeElement.id"},
    ]
    seen = {name: view["answer"] for name, view in browser(folder / "actions/A-035.html", *views).items()}
    assert seen == {"first": "Skip to the content", "skipped": "_content", "search": "_q"}


def test_a_permalink_leads_to_its_paragraph(browser: Browser, folder: Path) -> None:
    view = {"name": "there", "hash": "#A-035", "ask": "document.querySelector(':target').textContent"}
    found = browser(folder / "sections" / "equal-participation.html", view)["there"]["answer"]
    assert found.startswith("53. Electoral management bodies should make registration")
