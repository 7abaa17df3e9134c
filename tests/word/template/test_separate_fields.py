"""What stands under an action field by field, alone and as lists; blocks moved; a preview of every kind of page."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import plan_pairs
import pytest
import small_plan
import word_samples
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_reading import W, packed, read, repacked

from poa_toolkit.api import render as render_api
from poa_toolkit.api.validate import read as read_version
from poa_toolkit.api.validate import validate
from poa_toolkit.diagnostic import Severity
from poa_toolkit.diff.compare import compare
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline
from poa_toolkit.model import Action, House, Plan
from poa_toolkit.model.fields import Place, printed_in
from poa_toolkit.word.template.check import check
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from conftest import Poa

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
BODY = "word/document.xml"
PARTS = read(packaged_template()).parts
ALONE = [each.name for place in (Place.SETTINGS, Place.LINKS) for each in printed_in(Action, place)]


def template(body: str) -> bytes:
    return packed({**PARTS, BODY: body.encode("utf-8")})


def in_place_of_lines(*tags: str) -> bytes:
    """The packaged template, with paragraphs of other tags where the lines under an action stand."""
    body = PARTS[BODY].decode("utf-8")
    start, stop = (body.index(f"{{%p if action.{name} %}}") for name in ("settings", "links"))
    start, end = body.rindex("<w:p>", 0, start), body.rindex("<w:p>", 0, body.index("{%p endfor %}", stop))
    style = '<w:pPr><w:pStyle w:val="POADetail"/></w:pPr>'
    lines = "".join(f"<w:p>{style}<w:r><w:t>{tag}</w:t></w:r></w:p>" for tag in tags)
    return template(body[:start] + lines + body[end:])


def one_by_one(*names: str) -> bytes:
    return in_place_of_lines(
        *(
            tag
            for name in names
            for tag in (
                f"{{%p for item in action.each.{name} %}}",
                f"{name} {{{{ item.text }}}}",
                "{%p endfor %}",
            )
        )
    )


def details(file: bytes) -> list[str]:
    return [line.text for line in read(file).lines if line.style == "POADetail"]


def expected(plan: Plan) -> list[str]:
    """What the lists say, from the plan alone."""
    titles = {each.id: each.title for each in plan.actors}
    found = []
    for _, action in plan.walk_actions():
        if action.status.printed:
            found += [f"addressees {titles.get(each, each)}" for each in action.addressees]
            found += [f"recommendations {each}" for each in action.recommendations]
    return found


def test_each_field_of_an_action_stands_alone() -> None:
    plan = word_samples.small()
    tags = (f"{name}={{{{ action.{name} }}}}" for name in ALONE)
    found = details(render(plan_document(plan), template=in_place_of_lines(*tags), when=WHEN))
    actions = [action for _, action in plan.walk_actions() if action.status.printed]
    titles = {each.id: each.title for each in plan.actors}
    for number, action in enumerate(actions):
        said = dict(line.split("=", 1) for line in found[number * len(ALONE) : (number + 1) * len(ALONE)])
        assert said["addressees"] == ", ".join(titles.get(each, each) for each in action.addressees)
        assert said["recommendations"] == ", ".join(action.recommendations)
        assert said["timeframe"] == (action.timeframe or "")
        assert bool(said["provisions"]) == bool(action.provisions)


def test_the_note_of_a_field_stands_with_it() -> None:
    file = render(
        plan_document(word_samples.small()),
        template=in_place_of_lines("{{ action.recommendations }}", "{{ action.provisions }}"),
        when=WHEN,
    )
    body = etree.fromstring(read(file).parts[BODY])
    calls = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "POADetail" and "".join(paragraph.itertext()):
            calls.append(len(list(paragraph.iter(f"{W}footnoteReference"))))
    # the first action cites both instruments first
    assert calls == [0, 1, 0, 0, 0, 0]


def test_lists_say_each_thing_once_and_in_order() -> None:
    plan = word_samples.small()
    file = render(plan_document(plan), template=one_by_one("addressees", "recommendations"), when=WHEN)
    assert details(file) == expected(plan)


def side(file: bytes, gone: str) -> list[str]:
    """The lines under actions with all changes accepted (gone is ``del``) or rejected (``ins``)."""
    found = []
    for paragraph in etree.fromstring(read(file).parts[BODY]).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") != "POADetail":
            continue
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            continue
        texts = (
            each.text or ""
            for each in paragraph.iter(f"{W}t", f"{W}delText")
            if not any(around.tag == f"{W}{gone}" for around in each.iterancestors())
        )
        found.append("".join(texts))
    return found


@settings(max_examples=settings().max_examples // 4)
@given(st.randoms(use_true_random=False))
def test_in_a_redline_lists_accept_to_the_new_version_and_reject_to_the_old(random: Random) -> None:
    old, new = plan_pairs.pair(random)
    compared = compare(old, new, old_label="old", new_label="new")
    lists = one_by_one("addressees", "recommendations")
    file = render(redline(old, new, compared), template=lists, when=WHEN)
    assert side(file, "del") == expected(new)
    assert side(file, "ins") == expected(old)


@pytest.mark.parametrize("house", House)
def test_who_holds_brackets_stands_by_the_full_name(house: House) -> None:
    plan = read_version(render_api.SPECIMEN, None).plan
    assert plan is not None
    plan = plan.model_copy(update={"style": house})
    tags = in_place_of_lines(
        "{%p for each in action.holders %}", "{{ each.id }}={{ each.title }}", "{%p endfor %}"
    )
    assert details(render(plan_document(plan), template=tags, when=WHEN)) == [
        "specimen-observers=specimen observers, of any kind"
    ]


def test_the_reason_stands_with_its_action() -> None:
    plan = word_samples.small()
    file = render(plan_document(plan), template=in_place_of_lines("{{ action.why }}"), when=WHEN)
    actions = [action for _, action in plan.walk_actions() if action.status.printed]
    assert details(file) == [action.why or "" for action in actions]


@pytest.mark.parametrize("name", ["addressees", "level", "timeframe", "recommendations", "provisions"])
def test_what_is_agreed_and_printed_in_no_form_is_told(name: str) -> None:
    others = [each for each in ALONE if each != name]
    told = [
        each.message
        for each in check(in_place_of_lines(*(f"{{{{ action.{each} }}}}" for each in others))).faults
        if each.code == "POA711" and each.severity is Severity.WARNING
    ]
    assert len(told) == 1
    assert f"sections[].actions[].{name}”" in told[0]
    every = check(one_by_one(*ALONE)).faults
    assert [each for each in every if each.code == "POA711"] == []


def blocks() -> list[str]:
    """The blocks of the packaged template between the contents and its end, as one cuts and pastes them."""
    root = etree.fromstring(PARTS[BODY])
    found: list[list[str]] = [[]]
    depth = 0
    for each in root.find(f"{W}body"):
        text = "".join(each.itertext())
        if re.match(r"\s*\{%p (if|for) ", text):
            depth += 1
        found[-1].append(etree.tostring(each, encoding="unicode"))
        if re.match(r"\s*\{%p end", text):
            depth -= 1
        if depth == 0:
            found.append([])
    return ["".join(each) for each in found if each]


@settings(max_examples=settings().max_examples // 4)
@given(st.randoms(use_true_random=False))
def test_blocks_can_stand_in_any_order_and_lose_no_word(random: Random) -> None:
    *moved, last = blocks()
    random.shuffle(moved)
    head, _, _ = PARTS[BODY].decode("utf-8").partition("<w:body>")
    made = template(f"{head}<w:body>{''.join(moved)}{last}</w:body></w:document>")
    assert [each for each in check(made).faults if each.severity is not Severity.INFORMATION] == []
    plan = word_samples.small()
    usual, other = (
        sorted(
            line.text
            for line in read(render(plan_document(plan), template=each, when=WHEN)).lines
            if line.text
        )
        for each in (packaged_template(), made)
    )
    assert other == usual


def test_an_annex_that_is_printed_nowhere_is_noted() -> None:
    without = "".join(each for each in blocks() if "annexes.matrix %}" not in each)
    head, _, _ = PARTS[BODY].decode("utf-8").partition("<w:body>")
    faults = check(template(f"{head}<w:body>{without}</w:body></w:document>")).faults
    told = [each.message for each in faults if each.code == "POA711"]
    assert told == ["the annex “annexes.matrix” is printed nowhere"]


# --- the preview ------------------------------------------------------------------------------


def kinds(file: bytes) -> Iterator[str]:
    """What of every kind a preview shows."""
    reading = read(file)
    body = reading.parts[BODY].decode("utf-8")
    for kind, mark in {
        "cover": "SPECIMEN. Every word here is made up",
        "contents": "PAGEREF ",
        "bracket": "POABracket",
        "holder": "POAHolder",
        "point": "POAPoint",
        "note": "footnoteReference",
        "table": "POATable",
        "insertion": "<w:ins ",
        "deletion": "<w:del ",
        "comment": "commentReference",
        "wide page": 'w:orient="landscape"',
        "withdrawn": "A specimen of why an action was taken out.",
    }.items():
        if mark in body:
            yield kind
    if "word/comments.xml" in reading.parts:
        yield "comments"


def test_a_preview_has_a_page_of_each_kind_without_a_project(poa: Poa, tmp_path: Path) -> None:
    done = poa("template", "preview", "-o", "preview.docx")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == "preview.docx: a specimen of every kind of page, in the template of the style un\n"
    assert len(list(kinds((tmp_path / "preview.docx").read_bytes()))) == 13


def test_a_preview_takes_the_template_that_is_named_else_that_of_the_project(
    poa: Poa, tmp_path: Path
) -> None:
    project = small_plan.write(tmp_path / "project")
    (project / "plan/template.docx").write_bytes(one_by_one("addressees"))
    (project / "other.docx").write_bytes(in_place_of_lines("{{ action.why }}"))
    told = poa("template", "preview", "-o", "one.docx", cwd=project)
    assert told.status == 0
    assert "POA711" in told.stderr
    assert "addressees specimen States" in details((project / "one.docx").read_bytes())
    assert poa("template", "preview", "other.docx", "-o", "two.docx", cwd=project).status == 0
    found = details((project / "two.docx").read_bytes())
    assert "A specimen of how an action takes up its recommendations." in found
    assert poa("template", "preview", "--plan", "-o", "three.docx", cwd=project).status == 0
    assert details((project / "three.docx").read_bytes()) == [
        "addressees election observers",
        "addressees States",
    ]
    refused = poa("template", "preview", "other.docx", "-o", "other.docx", cwd=project)
    assert refused.status == 2


def test_the_specimen_is_sound_and_says_that_it_is_made_up() -> None:
    report = validate(render_api.SPECIMEN)
    assert [each for each in report.diagnostics if each.severity is not Severity.INFORMATION] == []
    assert report.plan is not None
    plan = report.plan
    titles = [each.title for each in plan.instruments] + [each.title for each in plan.participants]
    for title in (plan.title, *titles, *(each.title for each in plan.actors)):
        assert "specimen" in title.lower()


# --- what comes home --------------------------------------------------------------------------

FORMS = {
    "lists": one_by_one(*ALONE),
    "alone": in_place_of_lines(*(f"Our own words: {{{{ action.{name} }}}}" for name in (*ALONE, "why"))),
    "holders": in_place_of_lines(
        "{%p for each in action.holders %}",
        "{{ each.title }}",
        "{%p endfor %}",
        "{{ action.settings }}",
        "{{ action.links }}",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_nobody_edited_asks_for_nothing(form: str, poa: Poa, tmp_path: Path) -> None:
    project = specimen(tmp_path, FORMS[form])
    for name, since in (("clean.docx", ()), ("redline.docx", ("--since", "first-draft"))):
        assert poa("render", *since, "-o", name, cwd=project).status == 0
        done = poa("pull", name, "--dry-run", "--by", "x", cwd=project)
        assert "Nothing new." in done.stdout, done.stdout
        assert " 0 told " in done.stdout


def test_an_edit_of_an_item_of_a_list_is_told(poa: Poa, tmp_path: Path) -> None:
    project = specimen(tmp_path, FORMS["lists"])
    assert poa("render", "-o", "sent.docx", cwd=project).status == 0
    back = repacked(
        (project / "sent.docx").read_bytes(), BODY, "specimen States</w:t>", "specimen Empires</w:t>"
    )
    (project / "back.docx").write_bytes(back)
    assert "Empires" in poa("pull", "back.docx", "--dry-run", "--by", "x", cwd=project).stdout


def specimen(folder: Path, template: bytes) -> Path:
    """The specimen as a project, with a template of its own."""
    project = folder / "project"
    shutil.copytree(render_api.SPECIMEN, project)
    (project / "plan/template.docx").write_bytes(template)
    return project
