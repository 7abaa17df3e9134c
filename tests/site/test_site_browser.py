"""The site in Chromium, opened from the disk: read without a script, searched with one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from conftest import ROOT

from poa_toolkit.api.site import site, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Browser

pytestmark = pytest.mark.tools

PAGES = (
    "index",
    "sections/equal-participation",
    "actions/A-035",
    "themes",
    "withdrawn",
    "recommendations",
    "arabic/actions/A-001",
)
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"axe": True},
    "dark": {"axe": True, "scheme": "dark"},
    "phone": {"axe": True, "width": 320, "height": 740},
    "no script": {"script": False},
    "paper": {"media": "print"},
}
ASK = """({
  torn: [...document.querySelectorAll("td")].flatMap((cell) => {
    const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    for (let at = words.nextNode(); at; at = words.nextNode()) {
      for (const { 0: word, index } of at.data.matchAll(/(?<!\\S)[A-Za-z0-9]{2,6}(?!\\S)/g)) {
        range.setStart(at, index);
        range.setEnd(at, index + word.length);
        if (range.getClientRects().length > 1) found.push(word);
      }
    }
    return found;
  }),
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


SEARCHES: dict[str, dict[str, Any]] = {
    "all": {"hash": "?q=ballots%20accessible%20persons%20with%20disabilities", "axe": True},
    "accents": {"hash": "?q=B%C3%8BLIZE"},
    "some": {"hash": "?q=who%20should%20make%20ballots%20accessible%20xylophone"},
    "none": {"hash": "?q=xylophone"},
    "symbol": {"hash": "?q=A%2FHRC%2F28%2F15"},
    "hostile": {"hash": "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"},
    "typed": {"steps": [["press", "v"], ["press", "o"], ["press", "t"], ["press", "e"]]},
}
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
FOCUS = "document.activeElement.textContent || document.activeElement.id"
KEYS: dict[str, dict[str, Any]] = {
    "first key": {"steps": [["press", "Tab"]]},
    "skipped": {"steps": [["press", "Tab"], ["press", "Enter"]]},
    "to search": {"steps": [["press", "Tab"]] * 3},
}


def _views() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every view with its page."""
    for name in PAGES:
        yield from ((name, {"name": f"{name}, {each}", "ask": ASK, **look}) for each, look in LOOKS.items())
    yield from (("search", {"name": each, "ask": FOUND, **view}) for each, view in SEARCHES.items())
    yield "search", {"name": "asked", "ask": TYPED % json.dumps([*ASKED, *ODD])}
    yield "search", {"name": "no script", "script": False, "ask": "document.body.innerText"}
    yield from (("actions/A-035", {"name": each, "ask": FOCUS, **view}) for each, view in KEYS.items())
    target = {"hash": "#A-035", "ask": "document.querySelector(':target').textContent"}
    yield "sections/equal-participation", {"name": "permalink", **target}


def _arabic(project: Path) -> Path:
    """Give a plan that runs from right to left, in whose lists some words run the other way."""
    data = small_plan.files()
    data["plan.yaml"]["title"] = "خطة عمل"
    small_plan.action(data)["text"] = "ينبغي للدول أن تضمن انتخابات حرة."
    return small_plan.write(project, data)


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Give the site of the shipped plan as Chromium shows it from the disk, view by view."""
    folder = tmp_path_factory.mktemp("site")
    write(site(ROOT), folder)
    write(site(_arabic(tmp_path_factory.mktemp("plan"))), folder / "arabic")
    views = ({**view, "page": (folder / f"{page}.html").as_uri()} for page, view in _views())
    return browser(folder / "index.html", *views)


def test_nothing_is_broken_in_any_view_and_nothing_is_fetched(seen: dict[str, dict[str, Any]]) -> None:
    for name, view in seen.items():
        assert view["broken"] == [], name
        assert view["errors"] == [], name
        assert all(request.startswith("file:") for request in view["requests"]), name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_anywhere(seen: dict[str, dict[str, Any]], name: str) -> None:
    for look in LOOKS:
        answer = seen[f"{name}, {look}"]["answer"]
        assert answer["styled"] == "flex", look
        assert not answer["wide"], look
        assert answer["torn"] == [], look
        assert answer["notice"], look
        assert answer["menu"] is (look != "paper"), look


def test_the_words_of_a_question_lead_to_the_action(seen: dict[str, dict[str, Any]]) -> None:
    answers = {name: seen[name]["answer"] for name in (*SEARCHES, "no script")}
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


def test_what_people_type_is_found(seen: dict[str, dict[str, Any]]) -> None:
    found = dict(zip((*ASKED, *ODD), seen["asked"]["answer"], strict=True))
    assert {typed: found[typed] for typed, page in ASKED.items() if page not in found[typed]} == {}
    assert [found[odd] for odd in ODD] == [[]] * len(ODD)


def test_a_page_is_read_by_keyboard(seen: dict[str, dict[str, Any]]) -> None:
    found = [seen[each]["answer"] for each in ("first key", "skipped", "to search")]
    assert found[:1] == ["Skip to the content"]
    assert found[2:] == ["_q"]
    assert "53. Electoral management bodies" in found[1]


def test_a_permalink_leads_to_its_paragraph(seen: dict[str, dict[str, Any]]) -> None:
    assert seen["permalink"]["answer"].startswith("53. Electoral management bodies should make registration")
