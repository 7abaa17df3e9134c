"""The table: which texts it shows in which order, and that no amendment that waits is left out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import room_samples
import small_plan
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from reading_sites import PageReader

from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.site import material
from poa_toolkit.api.validate import InvalidPlanError
from poa_toolkit.document.chair_sheet import consideration
from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.serve.pages import Pages
from poa_toolkit.serve.room import START

if TYPE_CHECKING:
    from conftest import Poa

    from poa_toolkit.serve.room import Room

BY = ("--by", "The Chair", "--date", "2017-12-04")


PROPOSED: tuple[dict[str, Any], ...] = (
    {"record": "A-004", "field": "text", "proposed": "Observers should report at once."},
    {
        "record": "A-001",
        "field": "text",
        "proposed": "Observers should report to all treaty bodies.",
        "statements": [
            {"by": "Delegation 9", "date": "2017-12-04", "stance": "support", "comment": "It is complete."}
        ],
    },
    {"record": "A-001", "field": "text", "proposed": "Observers should report to the bodies."},
    {"record": "A-001", "field": "text", "kind": "remove"},
    {"record": "A-001", "field": "points.a", "proposed": "On that day."},
    {"section": "second", "kind": "add", "proposed": "States should listen."},
    {"record": "A-003", "field": "text", "kind": "comment", "comment": "Who is meant?"},
    {"record": "A-003", "field": "addressees", "original": "states", "proposed": "observers, states"},
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a plan with brackets, points and sub-points, and amendments of every kind."""
    data = room_samples.plan()
    small_plan.action(data, 1)["text"] = "Observers [observers: should | may] report to {A-003}."
    rows = []
    for number, each in enumerate(PROPOSED, 1):
        row = {"id": f"floor-{number}", "proposer": f"Delegation {number}", "date": "2017-12-04", **each}
        if "record" in each:
            row.setdefault("original", room_samples.text_of(data, each["record"], each["field"]))
        rows.append(row)
    return small_plan.write(tmp_path / "project", data | {"amendments/floor.yaml": {"amendments": rows}})


def _pages(project: Path, earlier: Pages | None = None) -> Pages:
    return Pages(material(project), earlier)


def _room(pages: Pages) -> Room:
    assert pages.room is not None
    return pages.room


def _words(pages: Pages, path: str) -> str:
    page = pages.page(path)
    assert page is not None, path
    return PageReader(page).text


def test_arrows_go_through_the_order_of_the_chair_s_sheet(project: Path) -> None:
    pages = _pages(project)
    room = _room(pages)
    path, seen = START, list[str]()
    while (after := room.ways(path).after) is not None:
        seen += after.amendments
        path = after.path
        assert room.under_consideration[room.ways(path).place - 1].path == path
    sheet = list(consideration(on_table(project)))
    assert sorted(seen) == sorted(sheet)
    places = [sheet.index(each.amendments[0]) for each in room.under_consideration]
    assert places == sorted(places)
    first = room.under_consideration[0]
    while (before := room.ways(path).before) is not None:
        path = before.path
    assert path == first.path


def test_page_keys_go_through_the_whole_text_as_it_is_printed(project: Path) -> None:
    room = _room(_pages(project))
    path, seen = START, list[str]()
    while (below := room.ways(path).below) is not None:
        path = below.path
        seen.append(path.removeprefix("table/text/").removesuffix(".html"))
    assert seen == [
        "F-01", "P-01", "P-02", "first", "C-01", "A-001", "A-001.points.a", "A-001.points.a-i", "A-001.points.a-ii",
        "A-001.points.b", "A-002", "A-003", "A-003.points.a", "A-003.addressees", "second", "A-004",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("4", "A-001"),
        (" 4 (a) ", "A-001.points.a"),
        ("4(a)(ii)", "A-001.points.a-ii"),
        ("a-001", "A-001"),
        ("A-001.timeframe", "A-001.timeframe"),
        ("II", "second"),
        ("floor-5", "A-001.points.a"),
        ("FLOOR-1", "A-004"),
    ],
)
def test_a_name_that_people_say_leads_to_its_text(project: Path, said: str, leads: str) -> None:
    assert _room(_pages(project)).find(said) == f"table/text/{leads}.html"


@pytest.mark.parametrize(
    "said", ["", "999", "hres-2015-02-r1", "<script>", "nobody", "annex I", "A-001.nothing"]
)
def test_a_name_that_leads_nowhere_is_told_where_one_stands(project: Path, said: str) -> None:
    pages = _pages(project)
    with pytest.raises(UnknownRecordError):
        _room(pages).find(said)
    page = pages.jump(said, "table/text/A-001.html")
    assert isinstance(page, bytes)
    assert "Observers should report to the treaty bodies." in PageReader(page).text
    assert b'role="alert"' in page
    assert b"<script>" not in page.replace(b'<script src="', b"").replace(b"<script defer", b"")


def test_a_page_shows_all_there_is_to_decide_on(project: Path) -> None:
    words = _words(_pages(project), "table/text/A-001.html")
    for each in (
        "Paragraph 4",
        "floor-2, Delegation 2",
        "[inserted: all ]",
        "supported by Delegation 9; Delegation 9: It is complete.",
        "floor-4, Delegation 4",
        "Observers should report to the treaty bodies.",
        "floor-2 and floor-4",
        "(i) in the treaty bodies;",
    ):
        assert each in words, each


def test_a_bracket_is_shown_with_its_holder_and_a_set_by_its_names(project: Path) -> None:
    pages = _pages(project)
    page = pages.page("table/text/A-002.html")
    assert page is not None
    assert b'<em class="holder">observers:' in page
    assert "Not agreed: 1 bracket" in PageReader(page).text
    assert "Addressed to: " in _words(pages, "table/text/A-003.addressees.html")


def test_what_is_decided_goes_and_is_told_where_one_is(project: Path, poa: Poa) -> None:
    before = _pages(project)
    assert "floor-5, Delegation 5" in _words(before, "table/text/A-001.points.a.html")
    assert poa("-C", project, "amend", "accept", "floor-5", *BY).status == 0
    pages = _pages(project, before)
    path = "table/text/A-001.points.a.html"
    words = _words(pages, path)
    assert "On that day." in words
    assert "No amendment waits for a decision." in words
    assert "floor-5 , Delegation 5: Accepted by The Chair, 4 December 2017 ." in words
    ways = _room(pages).ways(path)
    assert ways.place == 0
    assert ways.after is not None
    assert _room(pages).place(ways.after.path) > _room(pages).place(path)


def test_a_text_that_was_taken_out_is_told_to_be_gone_and_leads_on(project: Path, poa: Poa) -> None:
    before = _pages(project)
    path = "table/text/A-001.points.b.html"
    assert before.page(path)
    assert poa("-C", project, "amend", "propose", "A-001.points.b", "--remove", *BY).status == 0
    accepted = poa("-C", project, "amend", "accept", "floor-9", *BY)
    assert accepted.status == 0, accepted.stderr
    pages = _pages(project, before)
    words = _words(pages, path)
    assert "This text is no longer in the plan." in words
    assert "floor-9 , The Chair: Accepted by The Chair" in words
    ways = _room(pages).ways(path)
    assert (ways.above, ways.below) != (None, None)
    # who begins later has never seen it
    assert _pages(project).page(path) is None


def test_where_nothing_waits_that_is_said(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    assert "No amendment waits for a decision." in _words(_pages(tmp_path), START)


@settings(max_examples=10)
@given(rows=st.one_of(st.just(room_samples.of_each_kind()), room_samples.tables()))
def test_every_amendment_that_waits_is_on_one_page_and_under_consideration(
    rows: list[dict[str, Any]],
) -> None:
    with TemporaryDirectory() as folder:
        project = room_samples.written(Path(folder) / "project", rows)
        try:
            pages = _pages(project)
        except InvalidPlanError:
            reject()
        room = _room(pages)
        shown = {path: _words(pages, path) for path in room.paths()}
    listed = [name for each in room.under_consideration for name in each.amendments]
    for row in rows:
        titles = [path for path, words in shown.items() if f"{row['id']}, {row['proposer']}" in words]
        assert len(titles) == 1, row
        assert listed.count(row["id"]) == 1, row
