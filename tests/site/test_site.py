"""The site of a plan: what stands on its pages, and that every link leads."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import followed_plan
import pytest
import room_samples
import small_plan
from conftest import ROOT
from reading_sites import broken_links, pages, repeated
from ruamel.yaml import YAML

from poa_toolkit.api.site import site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Poa

_YAML = YAML(typ="safe", pure=True)
"""Another reader than ours."""


def _files(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()
    }


@cache
def _shipped() -> dict[str, bytes]:
    made = site(ROOT)
    return {path: made.page(path) for path in made.paths()}


@pytest.fixture
def shipped() -> dict[str, bytes]:
    """Give the files of the site of the shipped plan."""
    return _shipped()


@cache
def _records(kind: str) -> tuple[dict[str, Any], ...]:
    """Give the files of the shipped plan as data."""
    return tuple(_YAML.load(path) for path in sorted((ROOT / "plan" / kind).glob("*.yaml")))


def _actions(*, printed: bool = True) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in _records("sections"):
        for action in section["actions"]:
            if not printed or action["status"] not in ("withdrawn", "deferred"):
                yield section["id"], action


def _plain(text: str) -> str:
    return " ".join(text.split())


def _unmarked(text: str) -> str:
    """Leave out what the words of a text are not compared by: references, and the marks around them."""
    return re.split(r"[{\[\\]", _plain(text))[0].strip()


@pytest.fixture
def everything(tmp_path: Path, poa: Poa) -> Path:
    """Give a plan with points, references, brackets, a baseline, amendments that wait and that were decided."""
    project = tmp_path / "project"
    data = room_samples.plan()
    small_plan.action(data)["text"] = "Observers [observers: should | may] report to {A-003}."
    small_plan.write(project, data)
    by = ("--by", "The Chair", "--date", "2017-12-04")
    for command in (
        ("baseline", "create", "before", "--provisional"),
        ("amend", "propose", "A-001", "--text", "Observers should report.", *by),
        ("amend", "propose", "A-002", "--remove", *by),
        ("amend", "propose", "A-001.points.a", "--text", "On that day.", *by),
        ("amend", "propose", "A-003", "--comment", "Who is meant?", *by),
        ("amend", "propose", "--add", "--section", "second", "--text", "States should listen.", *by),
        ("amend", "accept", "floor-3", *by),
        ("amend", "reject", "floor-4", "--reason", "It is clear.", *by),
    ):
        made = poa("-C", project, *command)
        assert made.status == 0, (command, made.stderr)
    return project


# --- Links ------------------------------------------------------------------------------------------------


def test_every_link_of_the_shipped_plan_leads_somewhere(shipped: dict[str, bytes]) -> None:
    assert list(broken_links(shipped)) == []


def test_no_name_stands_twice_on_a_page(shipped: dict[str, bytes]) -> None:
    assert {path: twice for path, page in pages(shipped).items() if (twice := repeated(page.ids))} == {}


def test_every_link_leads_somewhere_in_a_plan_with_one_of_everything(everything: Path, poa: Poa) -> None:
    made = poa("-C", everything, "site")
    assert made.status == 0, made.stderr
    found = _files(everything / "site")
    assert list(broken_links(found)) == []
    assert {path: twice for path, page in pages(found).items() if (twice := repeated(page.ids))} == {}


def test_every_action_is_linked_with_what_it_comes_from_and_serves_both_ways(
    shipped: dict[str, bytes],
) -> None:
    found = pages(shipped)
    for _, action in _actions():
        path = f"actions/{action['id']}.html"
        there = {link for _, link in found[path].links}
        for name in action["recommendations"]:
            assert f"../recommendations/{name}.html" in there, (path, name)
            assert f"../{path}" in {link for _, link in found[f"recommendations/{name}.html"].links}
        for cited in action["provisions"]:
            instrument, reference = cited.split(" ", 1)
            assert f"../law/{instrument}.html#{reference.replace(' ', '_')}" in there, (path, cited)
            assert f"../{path}" in {link for _, link in found[f"law/{instrument}.html"].links}
        for name in action["addressees"]:
            assert f"../addressees/{name}.html" in there, (path, name)
            assert f"../{path}" in {link for _, link in found[f"addressees/{name}.html"].links}


# --- Words ------------------------------------------------------------------------------------------------


def test_every_paragraph_has_a_permalink_that_stays(shipped: dict[str, bytes]) -> None:
    found = pages(shipped)
    for section, action in _actions():
        page = found[f"sections/{section}.html"]
        assert action["id"] in page.ids
        assert ("a", f"#{action['id']}") in page.links
        assert {f"{action['id']}.{point['id']}" for point in action.get("points", ())} <= set(page.ids)


def test_every_text_of_the_plan_stands_on_its_pages(shipped: dict[str, bytes]) -> None:
    found = pages(shipped)
    for section, action in _actions(printed=False):
        on = [found[f"actions/{action['id']}.html"].text]
        if action["status"] not in ("withdrawn", "deferred"):
            on.append(found[f"sections/{section}.html"].text)
        texts = [action["text"], *(point["text"] for point in action.get("points", ()))]
        for text in on:
            assert [_unmarked(each) for each in texts if _unmarked(each) not in text] == []
        about = [action[name] for name in ("why", "reason", "timeframe") if action.get(name)]
        assert [_unmarked(each) for each in about if _unmarked(each) not in on[0]] == []


def test_every_recommendation_and_provision_has_its_words_and_its_doubts(shipped: dict[str, bytes]) -> None:
    found = pages(shipped)
    for source in _records("recommendations"):
        for each in source["recommendations"]:
            text = found[f"recommendations/{each['id']}.html"].text
            assert _unmarked(each["text"]) in text
            assert f"Read on a published page: {'yes' if each.get('verified') else 'no'}" in text, each["id"]
            about = [each.get(name, "") for name in ("symbol", "paragraph", "state", "recommending_state")]
            assert [one for one in about if one not in text] == []
            if "response" in each:
                assert f"Answer of the State: {each['response']['position']}" in text
            if each.get("source"):
                assert each["source"] in text
    for family in _records("instruments"):
        for instrument in family["instruments"]:
            text = found[f"law/{instrument['id']}.html"].text
            for provision in instrument.get("provisions", ()):
                assert _plain(provision["subject"]) in text, provision


def test_what_an_action_comes_from_and_rests_on_is_named_in_words(shipped: dict[str, bytes]) -> None:
    page = pages(shipped)["actions/A-035.html"].text
    for words in (
        "Slovenia should review access to its elections",
        "(Slovenia, recommended by Hungary)",
        "Convention on the Rights of Persons with Disabilities, art. 29",
        "Right and Opportunity to Vote",
    ):
        assert words in page.replace("\N{NO-BREAK SPACE}", " "), words
    line = shipped["sections/equal-participation.html"].decode()
    assert 'title="Slovenia should review access to its elections and secure the vote' in line


def test_the_page_of_an_action_does_not_lead_to_itself(shipped: dict[str, bytes]) -> None:
    found = pages(shipped)
    actions = {path: page for path, page in found.items() if path.startswith("actions/")}
    assert [path for path, page in actions.items() if ("a", f"../{path}") in page.links] == []


def test_a_withdrawn_action_is_not_called_a_paragraph(shipped: dict[str, bytes]) -> None:
    found = pages(shipped)
    assert "Action A-009, withdrawn" in found["actions/A-009.html"].text
    assert "Paragraph A-" not in found["actions/A-010.html"].text
    assert '"title":"Action A-009, withdrawn"' in shipped["assets/index.js"].decode()


def test_the_sections_are_listed_beside_the_text(shipped: dict[str, bytes]) -> None:
    paths = {link for tag, link in pages(shipped)["introduction.html"].links if tag == "a"}
    assert {f"sections/{section['id']}.html" for section in _records("sections")} <= paths


def test_versions_are_called_by_their_titles(shipped: dict[str, bytes]) -> None:
    found = pages(shipped)
    assert [path for path, page in found.items() if "working tree" in page.text] == []
    assert "Changes from Draft, 3 December 2017 to Day 1: review" in found["changes/draft..day-1.html"].text


def test_gaps_are_shown_as_gaps_with_the_reason_on_record(shipped: dict[str, bytes]) -> None:
    taken = {name for _, action in _actions() for name in action["recommendations"]}
    gaps = [
        each
        for source in _records("recommendations")
        for each in source["recommendations"]
        if each["id"] not in taken
    ]
    found = pages(shipped)
    assert gaps
    for each in gaps:
        text = found[f"recommendations/{each['id']}.html"].text
        assert "No action takes it up." in text
        assert _unmarked(each["not_taken_up"]) in text
    served = {link for page in found.values() for _, link in page.links}
    themes = found["themes.html"].text
    assert "gap" not in themes or any(f"themes/{each}" for each in served)


def test_the_notice_stands_on_every_page(shipped: dict[str, bytes]) -> None:
    notice = _plain(_YAML.load(ROOT / "plan" / "plan.yaml")["notice"])
    assert [path for path, page in pages(shipped).items() if notice not in page.text] == []


def test_an_action_tells_what_each_day_changed_in_it(shipped: dict[str, bytes]) -> None:
    html = shipped["actions/A-035.html"].decode()
    day_2, day_1 = html.split("Day 2: agreement, 5 December 2017 (as it stands)</h2>")[1].split(
        "Day 1: review and refinement, 4 December 2017</h2>"
    )
    came = re.compile(r"<ins>.*?</span>(.*?)<span.*?</ins>")
    assert " A voter who needs assistance should be free" in " ".join(came.findall(day_1))
    assert "crpd-gbr-co1-61" in came.findall(day_2)


def test_no_two_reports_of_changes_have_one_page(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.write(tmp_path, data)
    for name in ("1", "2"):
        assert poa("-C", tmp_path, "baseline", "create", name, "--provisional").status == 0
    long = {**small_plan.action(data, 1), "text": "States should answer in good time and in full. " * 150}
    data["sections/01-first.yaml"]["actions"] += [{**long, "id": f"B-{each:03}"} for each in range(12)]
    made = site(small_plan.write(tmp_path, json.loads(json.dumps(data))))
    between, further = (made.page(f"changes/{name}.html").decode() for name in ("1..2", "1.2"))
    assert "B-0" in further
    assert "B-0" not in between


def test_what_stayed_as_it_was_is_said_to_have_stayed(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path / "project")
    assert poa("-C", project, "baseline", "create", "before", "--provisional").status == 0
    made = site(project)
    assert "Nothing changed since before, 4 December 2017." in made.page("actions/A-001.html").decode()
    assert "0 changes" in made.page("changes.html").decode()


def test_what_is_cited_as_a_whole_or_in_part_is_not_said_to_be_cited_by_nobody(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 19(2)", "iccpr 25"]
    small_plan.action(data, 1)["provisions"] = ["iccpr 19(2)"]
    page = site(small_plan.write(tmp_path, data)).page("law/iccpr.html")
    told = pages({"a.html": page})["a.html"].text
    assert "art. 25(b) vote and be elected. Themes: Right to vote . Cited as art. 25 ." in told
    assert "art. 19 expression. Cited as art. 19(2) ." in told
    assert "art. 2(3) effective remedy (not verified). No action cites it." in told


def test_a_provision_nobody_cites_says_that_what_holds_it_or_is_part_of_it_is_cited(tmp_path: Path) -> None:
    data = small_plan.files()
    listed = data["instruments/universal.yaml"]["instruments"][1]["provisions"]
    listed += [
        {"ref": each, "subject": "x", "verified": True} for each in ("25", "25(a)", "18", "18(1)", "181")
    ]
    small_plan.action(data)["provisions"] = ["iccpr 25"]
    small_plan.action(data, 1)["provisions"] = ["iccpr 18(1)"]
    page = site(small_plan.write(tmp_path, data)).page("law/iccpr.html")
    told = pages({"a.html": page})["a.html"].text
    assert "art. 25(a) x. No action cites it by itself; art. 25 is cited." in told
    assert "art. 18 x. No action cites it by itself; art. 18(1) is cited." in told
    assert "art. 181 x. No action cites it." in told


def test_several_paragraphs_are_told_as_several(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data, 1)["recommendations"] = ["hres-2015-02-r1"]
    made = site(small_plan.write(tmp_path, data))
    told = {path: page.text for path, page in pages({path: made.page(path) for path in made.paths()}).items()}
    assert "Cited in paragraphs 3 , 4 ." in told["law/iccpr.html"]
    assert "taken up in paragraphs 3 , 4" in told["sources/hres-2015-02.html"]


def test_what_stands_apart_in_the_plan_stands_apart_where_it_is_found(shipped: dict[str, bytes]) -> None:
    script = shipped["assets/index.js"].decode()
    found = json.loads(script.removeprefix("globalThis.poaEntries = ").rstrip(";\n"))
    (text,) = (each["text"] for each in found if each["name"] == "A-028")
    assert "for corrections. \N{MIDDLE DOT} All three recommendations" in text


def test_an_instrument_tells_what_changed_in_its_provisions(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path)
    assert poa("-C", project, "baseline", "create", "before", "--provisional").status == 0
    path = project / "plan/instruments/universal.yaml"
    path.write_text(path.read_text("utf-8").replace("vote and be elected", "stand and vote"), "utf-8")
    page = site(project).page("law/iccpr.html").decode()
    assert "iccpr 25(b)" in page
    assert "<ins>" in page
    assert "Nothing changed since" not in page


def test_an_action_is_followed_back_past_a_point_that_got_another_id(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path)
    path = project / "plan/sections/01-first.yaml"
    for name, old, new in (("b-1", "should report", "must report"), ("b-2", "id: a\n", "id: z\n")):
        assert poa("-C", project, "baseline", "create", name, "--provisional").status == 0
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    newest, older = pages({"a.html": site(project).page("actions/A-001.html")})["a.html"].text.split(
        "What changed since "
    )[1:]
    assert "a became z" in newest
    assert "should" in older


def test_versions_of_one_stage_stand_as_they_came_as_far_as_that_is_on_record(
    tmp_path: Path, poa: Poa
) -> None:
    project = small_plan.write(tmp_path)
    for name in (("morning", "--provisional"), ("day-1",)):
        assert poa("-C", project, "baseline", "create", *name).status == 0
    made = site(project)
    assert "changes/morning..day-1.html" in made.paths()
    assert "which came first" not in made.page("changes.html").decode()
    assert poa("-C", project, "baseline", "create", "evening", "--provisional").status == 0
    made = site(project)
    for page in ("changes.html", "actions/A-001.html"):
        assert "nothing on record says which came first" in made.page(page).decode()


def test_a_page_says_what_a_reader_sees_and_not_how_it_is_spelt(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data).update(text="Observers should see \\[this\\] report.", why="As in {A-002}.")
    made = site(small_plan.write(tmp_path, data))
    found = pages({path: made.page(path) for path in made.paths() if path.endswith(".html")})
    assert "Why: As in paragraph 4." in found["actions/A-001.html"].text
    taken_up = found["recommendations/hres-2015-02-r1.html"].text
    assert "(A-001): Observers should see [this] report." in taken_up
    assert {path for path, page in found.items() if "\\[" in page.text or "{A-002}" in page.text} == set()


def test_what_is_not_printed_is_called_by_its_id(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data, 1)["status"] = "withdrawn"
    made = site(small_plan.write(tmp_path, data))
    assert "<h1>Action A-002, withdrawn</h1>" in made.page("actions/A-002.html").decode().replace(
        ' dir="auto"', ""
    )
    beside = made.page("actions/A-001.html").decode().split('rel="next"')[1]
    assert "Action A-002" in beside
    assert "Paragraph A-002" not in beside


def test_a_plan_without_an_earlier_version_says_so(tmp_path: Path) -> None:
    made = site(small_plan.write(tmp_path / "project"))
    assert "no earlier version" in made.page("actions/A-001.html").decode()
    assert "no earlier version" in made.page("changes.html").decode()


def test_an_amendment_with_the_id_of_an_action_does_not_stand_in_its_place(tmp_path: Path) -> None:
    data = small_plan.files()
    given = {"kind": "comment", "comment": "So?", "proposer": "Somebody", "date": "2017-12-04"}
    ids = ("A-002", "P-01", "first")
    data["amendments/x.yaml"] = {"amendments": [{"id": each, "record": "A-001", **given} for each in ids]}
    made = site(small_plan.write(tmp_path, data))
    places = {"actions/A-002.html", "introduction.html#P-01", "sections/first.html"}
    listed = pages({"a.html": made.page("amendments.html")})["a.html"].links
    assert places <= {link for _, link in listed}
    assert not [link for _, link in listed if link.startswith("amendments/")]


def test_amendments_are_told_with_the_action_they_are_to(everything: Path) -> None:
    made = site(everything)
    text = pages({"a.html": made.page("actions/A-001.html")})["a.html"].text
    assert "floor-1: change, A-001" in text
    assert "floor-3: change, A-001, point a" in text
    assert "Proposed by The Chair, 4 December 2017. Accepted by The Chair" in text


def test_no_link_is_empty_or_stands_in_another(everything: Path) -> None:
    made = site(everything)
    odd = re.compile(r"<a [^>]*></a>|<a [^>]*>(?:(?!</a>).)*<a ", re.DOTALL)
    assert {path: found[0] for path in made.paths() if (found := odd.search(made.page(path).decode()))} == {}


def test_a_section_longer_than_a_page_goes_on_on_another(tmp_path: Path) -> None:
    data = small_plan.files()
    first = data["sections/01-first.yaml"]
    long = small_plan.action(data, 1)
    words = "States should answer in good time and in full. " * 12
    first["actions"] += [
        {**long, "id": f"B-{number:03}", "text": f"{words.strip()} Number {number}."} for number in range(300)
    ]
    alone = json.loads(json.dumps(data))  # no two of the lists are one
    made = site(small_plan.write(tmp_path / "project", alone))
    found = {path: made.page(path) for path in made.paths()}
    assert "sections/first.2.html" in found
    assert max(len(each) for path, each in found.items() if path.endswith(".html")) < 300_000
    assert list(broken_links(found)) == []


# --- What others cannot do --------------------------------------------------------------------------------

_HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)> \"'><b>&amp;"


LARGEST = 300_000
"""Bytes of a page, as the docs promise."""


def _with_much(project: Path, *, actions: int, amendments: int) -> Path:
    """Give a plan whose one recommendation many actions take up, and whose first paragraph many would change."""
    data = small_plan.files()
    first = small_plan.action(data)
    first["text"] = " ".join(f"word{each}" for each in range(60))
    rows = [
        {
            "id": f"floor-{number}",
            "proposer": f"Delegation {number}",
            "date": "2017-12-04",
            "record": first["id"],
            "field": "text",
            "original": first["text"],
            "proposed": first["text"].replace("word7 ", f"other{number} ").replace("word50", f"last{number}"),
        }
        for number in range(1, amendments + 1)
    ]
    why = "It makes the channel work. " * 20
    data["sections/01-first.yaml"]["actions"] += [
        {**first, "id": f"B-{number:03}", "text": f"Observers should report, {number}. " * 5, "why": why}
        for number in range(actions)
    ]
    alone = json.loads(json.dumps(data))  # no two of the lists are one
    return small_plan.write(project, alone | {"amendments/floor.yaml": {"amendments": rows}})


def test_no_page_of_a_record_is_larger_than_a_page_may_be(tmp_path: Path) -> None:
    project = _with_much(tmp_path, actions=400, amendments=60)
    made = site(project)
    files = {path: made.page(path) for path in made.paths()}
    further = [path for path in files if path.startswith("recommendations/hres-2015-02-r1.")][-1]
    assert site(project).page(further) == files[further], "whichever page is asked for first"
    sizes = {path: len(page) for path, page in files.items() if path.endswith(".html")}
    assert {path: size for path, size in sizes.items() if size > LARGEST} == {}
    assert list(broken_links(files)) == []
    found = pages(files)
    assert {path: twice for path, page in found.items() if (twice := repeated(page.ids))} == {}
    parts = {
        of: " ".join(page.text for path, page in found.items() if path.startswith(of))
        for of in ("actions/A-001.", "recommendations/hres-2015-02-r1.")
    }
    taken = parts["recommendations/hres-2015-02-r1."]
    assert [number for number in range(400) if f"Observers should report, {number}." not in taken] == []
    names = range(1, 61)
    told = parts["actions/A-001."]
    assert [number for number in names if f"Proposed by Delegation {number}," not in told] == []
    assert [number for number in names if f"last{number}" not in told] == []
    assert told.count("Collides with") == 60 * 59


def test_a_further_page_of_a_section_leads_on_to_the_next_section(tmp_path: Path) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"]["actions"] += [
        {**small_plan.action(data), "id": f"B-{each:03}", "text": "Observers report. " * 200}
        for each in range(60)
    ]
    data["sections/02-second.yaml"] = {"id": "second", "title": "Second things", "actions": []}
    made = site(small_plan.write(tmp_path, json.loads(json.dumps(data))))
    page = pages({"second.html": made.page("sections/first.2.html")})["second.html"]
    assert "Next II. Second things" in page.text


def test_nothing_of_a_text_is_read_as_html(tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"] |= {"title": f"A plan {_HOSTILE}", "notice": f"A notice {_HOSTILE}"}
    small_plan.action(data)["text"] = f"Observers should {_HOSTILE} report."
    small_plan.action(data)["why"] = f"Why {_HOSTILE}"
    data["actors.yaml"]["actors"][0]["title"] = f"observers {_HOSTILE}"
    universal = data["instruments/universal.yaml"]["instruments"][0]
    universal |= {"title": f"A title {_HOSTILE}", "source": "javascript:alert(1)"}
    project = small_plan.write(tmp_path / "project", data)
    made = site(project)
    for path, page in pages({path: made.page(path) for path in made.paths()}).items():
        assert page.inline == [], path
        scripts = ["minisearch.js", "index.js", "search.js"] if path == "search.html" else []
        assert page.scripts == [f"assets/{each}" for each in scripts], path
        assert not [link for _, link in page.links if link.startswith(("javascript:", "data:"))], path
    index = made.page("assets/index.js").decode()
    assert "<" not in index
    assert json.loads(index.partition(" = ")[2].rstrip(";\n"))


@pytest.mark.parametrize(
    ("title", "language", "direction"),
    [
        ("خطة عمل", "ar-SA", "rtl"),
        ("行动计划", "zh-CN", "ltr"),
        ("План действий", "ru-RU", "ltr"),
        ("Plan d’action", "en-GB", "ltr"),  # Latin letters do not tell the language
    ],
)
def test_a_page_runs_as_its_title_is_written(
    tmp_path: Path, title: str, language: str, direction: str
) -> None:
    data = small_plan.files()
    data["plan.yaml"]["title"] = title
    small_plan.action(data)["text"] = f"{title}."
    made = site(small_plan.write(tmp_path / "project", data))
    found = pages({path: made.page(path) for path in made.paths()})
    assert {(page.language, page.direction) for page in found.values()} == {(language, direction)}
    spoken = f' lang="{language}"' if language != "en-GB" else ""
    assert f'class="action"{spoken} dir="auto"' in made.page("actions/A-001.html").decode()


# --- Files ------------------------------------------------------------------------------------------------


def test_the_same_plan_gives_the_same_bytes_anywhere(poa_process: Poa, tmp_path: Path) -> None:
    made = []
    for name, environment in (
        ("one", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}),
        ("two", {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"}),
    ):
        folder = tmp_path / name
        finished = poa_process("-C", ROOT, "site", "-o", folder, env=environment)
        assert finished.status == 0, finished.stderr
        made.append(_files(folder))
    assert made[0] == made[1]


def test_a_page_that_is_no_more_is_taken_away_and_an_edited_one_stays(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path / "project")
    assert poa("-C", project, "site").status == 0
    (project / "site" / "actions" / "A-002.html").write_text("mine", "utf-8")
    data = small_plan.files()
    del data["sections/01-first.yaml"]["actions"][1]
    del data["actors.yaml"]["actors"][1]
    data["recommendations/hres-2015-02.yaml"]["recommendations"][1]["not_taken_up"] = "Too late."
    small_plan.write(project, data)
    made = poa("-C", project, "site")
    assert made.status == 0, made.stderr
    assert "actions/A-002.html is of an earlier site and was edited since; it stays" in made.stderr
    found = _files(project / "site")
    assert found["actions/A-002.html"] == b"mine"
    assert "addressees/states.html" not in found


@pytest.mark.parametrize(("name", "mine"), [("index.html", "mine"), ("assets/pages.json", '{"pages": 3}')])
def test_files_of_somebody_else_are_spared(tmp_path: Path, poa: Poa, name: str, mine: str) -> None:
    project = small_plan.write(tmp_path / "project")
    home = tmp_path / "home"
    path = home / name
    path.parent.mkdir(parents=True)
    path.write_text(mine, "utf-8")
    made = poa("-C", project, "site", "-o", home)
    assert made.status == 2
    assert f"{name} was made by somebody else; name another folder" in made.stderr
    assert _files(home) == {name: mine.encode()}


@pytest.mark.parametrize(
    "path", ["../../plan/plan.yaml", "/etc/passwd", "assets/../../notes.css", "plan.yaml"]
)
def test_a_list_of_pages_that_somebody_made_takes_away_nothing_else(
    tmp_path: Path, poa: Poa, path: str
) -> None:
    project = small_plan.write(tmp_path / "project")
    (project / "notes.css").write_text("mine", "utf-8")
    before = _files(project)
    assets = project / "site" / "assets"
    assets.mkdir(parents=True)
    known = sha256(before["plan/plan.yaml"]).hexdigest()
    (assets / "pages.json").write_text(json.dumps({path: known, "old.html": known}), "utf-8")
    assert poa("-C", project, "site").status == 0
    assert {
        name: content for name, content in _files(project).items() if not name.startswith("site/")
    } == before


@pytest.mark.parametrize("link", ["site", "site/actions", "site/index.html"])
def test_nothing_is_written_through_a_link(tmp_path: Path, poa: Poa, link: str) -> None:
    project = small_plan.write(tmp_path / "project")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("mine", "utf-8")
    where = project / link
    where.parent.mkdir(exist_ok=True)
    where.symlink_to(elsewhere / "file" if link.endswith(".html") else elsewhere)
    made = poa("-C", project, "site")
    assert made.status == 2
    assert _files(elsewhere) == {"file": b"mine"}


def test_a_plan_with_faults_leaves_the_earlier_site_as_it_was(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path / "project")
    assert poa("-C", project, "site").status == 0
    before = _files(project / "site")
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 99"]
    small_plan.write(project, data)
    made = poa("-C", project, "site")
    assert made.status == 1
    assert "POA" in made.stderr
    assert _files(project / "site") == before


def test_a_folder_of_the_plan_is_no_place_for_a_site(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path / "project")
    assert poa("-C", project, "site", "-o", project / "plan").status == 2
    there = {each.name for each in (project / "plan").iterdir()}
    assert there == {name.split("/")[0] for name in small_plan.FILES}


def test_the_library_of_search_is_the_one_that_is_published() -> None:
    published = ROOT / "tests" / "tools" / "node_modules" / "minisearch"
    if not published.is_dir():
        pytest.skip("minisearch is not installed: make tools")
    ours = (ROOT / "poa_toolkit" / "site" / "minisearch.js").read_text("utf-8")
    code = (published / "dist" / "umd" / "index.js").read_text("utf-8").partition("//# sourceMappingURL")[0]
    licence = (published / "LICENSE.txt").read_text("utf-8")
    version = json.loads((published / "package.json").read_text("utf-8"))["version"]
    head, _, rest = ours.partition("*/\n")
    assert head == f"/*! MiniSearch {version}, https://github.com/lucaong/minisearch\n\n{licence}"
    assert rest.rstrip() == code.rstrip()


def test_what_became_of_an_action_stands_on_its_page_and_on_that_of_progress(tmp_path: Path) -> None:
    project = followed_plan.write(tmp_path / "project")
    made = site(project, today=date(2019, 6, 1))
    files = {path: made.page(path) for path in made.paths()}
    found = pages(files)
    assert list(broken_links(files)) == []
    assert {path: twice for path, page in found.items() if (twice := repeated(page.ids))} == {}
    assert "progress.html" in {link for _, link in found["index.html"].links}
    for path in ("progress.html", "actions/A-001.html"):
        assert "IND-001" in found[path].text, path
    assert "progress.html" not in _shipped()
