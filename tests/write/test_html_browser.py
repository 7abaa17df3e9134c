"""The page of changes in Chromium: everything that a reader does with it, without a script of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import ROOT

from poa_toolkit.api import diff
from poa_toolkit.document.blocks import Document, Entry, Heading, Part, PartKind
from poa_toolkit.document.changes_report import changes
from poa_toolkit.document.runs import Inserted, Mark, Text
from poa_toolkit.write import html

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Browser

pytestmark = pytest.mark.tools

SHOWN = """(() => {
  const seen = (each) => each.checkVisibility();
  const ids = (name) => [...document.querySelectorAll(name)].filter(seen).map((each) => each.id);
  return {
    entries: ids(".entry"), groups: ids(".group"), width: document.documentElement.scrollWidth,
    inline: ids(".inline, .sides").length && [...document.querySelectorAll(".inline")].some(seen),
    sides: [...document.querySelectorAll(".sides")].some(seen),
    hiding: [...document.querySelectorAll(".hiding")].some(seen),
    filters: [...document.querySelectorAll(".filters")].some(seen),
    focus: document.activeElement.id || document.activeElement.className,
    top: location.hash ? Math.round(document.getElementById(location.hash.slice(1)).getBoundingClientRect().top) : null,
    columns: [...document.querySelectorAll(".sides")].filter(seen).map((each) => getComputedStyle(each).gridTemplateColumns)[0],
    paper: getComputedStyle(document.body).backgroundColor,
    marked: getComputedStyle(document.querySelector("ins")).textDecorationLine,
    struck: getComputedStyle(document.querySelector("del")).textDecorationLine,
    read: document.querySelector(".entry ins").textContent,
  };
})()"""
VIEWS: dict[str, dict[str, Any]] = {
    "desk": {"axe": True},
    "dark": {"axe": True, "scheme": "dark"},
    "phone": {"axe": True, "width": 360, "height": 740},
    "zoomed to 400 %": {"width": 320, "height": 256},
    "zoomed, side by side": {"width": 320, "height": 256, "steps": [["click", "#view-sides"]]},
    "side by side": {"axe": True, "steps": [["click", "#view-sides"]]},
    "no script": {"script": False},
    "paper": {"media": "print"},
    "substantive alone": {
        "steps": [["click", f"#weight-{name}"] for name in ("editorial", "links", "process")]
    },
    "one section": {"steps": [["choose", "#in", "V. Equal participation"]]},
    "one addressee": {"steps": [["choose", "#to", "political parties"]]},
    "all choices, no script": {
        "script": False,
        "steps": [["choose", "#in", "V. Equal participation"], ["choose", "#to", "political parties"]],
    },
    "shown again": {
        "steps": [["click", "#weight-process"], ["choose", "#to", "political parties"], ["click", "button"]]
    },
    "link to a change": {"hash": "#A-045.merged"},
    "link to a hidden change": {
        "hash": "#A-045.merged",
        "steps": [["choose", "#to", "political parties"], ["click", "#weight-substantive"]],
    },
    "first key": {"steps": [["press", "Tab"]]},
    "skipped": {"steps": [["press", "Tab"], ["press", "Enter"]]},
    "by keyboard": {"steps": [*[["press", "Tab"]] * 3, ["press", "Space"]]},
    "view by keyboard": {"steps": [["press", "Tab"], ["press", "Tab"], ["press", "ArrowDown"]]},
}


class Seen(NamedTuple):
    """The page in every view, and the entries that it holds."""

    views: dict[str, dict[str, Any]]
    entries: tuple[Entry, ...]

    def shown(self, view: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.views[view]["answer"]
        return answer

    def ids(self, *, weight: str = "", addressee: str = "") -> list[str]:
        """Give the names of the entries that a choice leaves."""
        return [
            entry.anchors[0]
            for entry in self.entries
            if weight in ("", entry.weight) and (not addressee or addressee in entry.addressees)
        ]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Seen:
    compared = diff.compare(ROOT, "draft", "day-1")
    assert compared is not None
    path = tmp_path_factory.mktemp("page") / "changes.html"
    path.write_text(diff.describe(compared, "html"), encoding="utf-8")
    views = browser(path, *({"name": name, "ask": SHOWN, **view} for name, view in VIEWS.items()))
    report = changes(compared.comparison, compared.old_plan, compared.plan)
    return Seen(views, tuple(entry for part in report.parts for entry in part.entries))


def test_nothing_is_asked_for_and_nothing_goes_wrong(seen: Seen) -> None:
    assert {name: (view["requests"], view["errors"]) for name, view in seen.views.items()} == dict.fromkeys(
        VIEWS, ([], [])
    )


@pytest.mark.parametrize("view", [name for name, view in VIEWS.items() if view.get("axe")])
def test_axe_finds_nothing(view: str, seen: Seen) -> None:
    assert seen.views[view]["broken"] == []


@pytest.mark.parametrize("view", ["desk", "phone", "zoomed to 400 %", "dark", "no script", "paper"])
def test_every_change_is_shown_at_first(view: str, seen: Seen) -> None:
    shown = seen.shown(view)
    assert shown["entries"] == seen.ids()
    assert shown["inline"]
    assert not shown["sides"]
    assert not shown["hiding"]


@pytest.mark.parametrize("view", ["phone", "zoomed to 400 %", "zoomed, side by side"])
def test_no_page_is_wider_than_its_window(view: str, seen: Seen) -> None:
    assert seen.shown(view)["width"] <= VIEWS[view]["width"]


def test_words_are_marked_without_colour_and_said_aloud(seen: Seen) -> None:
    shown = seen.shown("desk")
    assert (shown["marked"], shown["struck"]) == ("underline", "line-through")
    assert shown["read"].startswith("[inserted: ")


def test_dark_is_dark_and_paper_white(seen: Seen) -> None:
    assert seen.shown("desk")["paper"] == seen.shown("paper")["paper"] == "rgb(255, 255, 255)"
    assert seen.shown("dark")["paper"] == "rgb(20, 24, 31)"


def test_side_by_side_has_two_columns_and_one_where_there_is_no_room(seen: Seen) -> None:
    wide, narrow = seen.shown("side by side"), seen.shown("zoomed, side by side")
    assert wide["sides"]
    assert not wide["inline"]
    assert len(wide["columns"].split()) == 2
    assert len(narrow["columns"].split()) == 1


def test_class_is_chosen(seen: Seen) -> None:
    shown = seen.shown("substantive alone")
    assert shown["entries"] == seen.ids(weight="substantive") != seen.ids()
    assert shown["hiding"]
    assert "renumbered" not in shown["groups"]
    assert "introduction" in shown["groups"]


def test_section_is_chosen(seen: Seen) -> None:
    shown = seen.shown("one section")
    assert shown["groups"] == ["section-equal-participation"]
    assert shown["hiding"]


def test_addressee_is_chosen(seen: Seen) -> None:
    shown = seen.shown("one addressee")
    assert shown["entries"] == seen.ids(addressee="political parties")
    assert 0 < len(shown["entries"]) < len(seen.ids())
    assert "introduction" not in shown["groups"]


def test_choices_work_together_and_without_a_script(seen: Seen) -> None:
    shown = seen.shown("all choices, no script")
    assert shown["groups"] == ["section-equal-participation"]
    assert set(shown["entries"]) < set(seen.ids(addressee="political parties"))
    assert shown["entries"]


def test_one_button_shows_everything_again(seen: Seen) -> None:
    assert seen.shown("shown again")["entries"] == seen.ids()


def test_link_leads_to_its_change_even_where_it_is_hidden(seen: Seen) -> None:
    assert 0 <= seen.shown("link to a change")["top"] < 200
    assert "A-045.merged" in seen.shown("link to a hidden change")["entries"]


def test_everything_is_reached_by_the_keyboard(seen: Seen) -> None:
    assert seen.shown("first key")["focus"] == "skip"
    assert seen.shown("skipped")["focus"] == "_content"
    assert seen.shown("view by keyboard")["sides"]
    assert seen.shown("by keyboard")["entries"] == [
        entry.anchors[0] for entry in seen.entries if entry.weight != "substantive"
    ]


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "--></title><body onload=alert(1)>",
    "\u202ereversed\x1b[31m",
)


def test_no_text_of_a_plan_does_anything(tmp_path: Path, browser: Browser) -> None:
    entries = tuple(
        Entry((Text(text, Mark.CODE), Text(text)), ((Inserted(text),),), "substantive", "added", (f"a{number}.b",),
              addressees=(text,), effects=(text,), evidence=text)
        for number, text in enumerate(HOSTILE)
    )  # fmt: skip
    part = Part(PartKind.REPORT, (Heading(1, (Text(HOSTILE[1]),), anchor=HOSTILE[1]),), entries=entries)
    document = Document(HOSTILE[0], HOSTILE[1], ((HOSTILE[2], HOSTILE[2]),), HOSTILE[5], (part,))
    path = tmp_path / "page.html"
    path.write_text(html.document(document), encoding="utf-8")
    ask = """({
        live: document.querySelectorAll("script, img, svg, iframe, [onload], [onerror], a:not([href^='#'])").length,
        words: [...document.querySelectorAll(".inline ins")].map((each) => each.textContent),
    })"""
    view = browser(path, {"name": "page", "ask": ask})["page"]
    assert (view["errors"], view["requests"], view["answer"]["live"]) == ([], [], 0)
    shown = [text.replace("\u202e", "\\u202e").replace("\x1b", "\\x1b") for text in HOSTILE]
    assert view["answer"]["words"] == [f"[inserted: {text}]" for text in shown]


def test_right_to_left_text_reads_from_the_right(tmp_path: Path, browser: Browser) -> None:
    words = (Text("ينبغي للدول أن تنشر "), Inserted("النتائج"))
    entry = Entry(
        (Text("A-001", Mark.CODE), Text(" reworded")), (words,), "substantive", "reworded", ("A-001.text",)
    )
    part = Part(PartKind.REPORT, (Heading(1, (Text("I. States"),), anchor="s"),), entries=(entry,))
    path = tmp_path / "page.html"
    path.write_text(html.document(Document("Changes", "", (), "", (part,))), encoding="utf-8")
    ask = """['.inline p', 'h3'].map((each) => getComputedStyle(document.querySelector(each)).direction)"""
    assert browser(path, {"name": "page", "ask": ask})["page"]["answer"] == ["rtl", "ltr"]
