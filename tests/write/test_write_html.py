"""A document as one HTML page: what it holds, what it lets through."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from every_change import every_kind

from poa_toolkit.document.blocks import Column, Document, Heading, Paragraph, Part, PartKind, Role, Row, Table
from poa_toolkit.document.changes_report import changes
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, Run, Text
from poa_toolkit.model import Plan
from poa_toolkit.write import html


class Page(HTMLParser):
    """The tags of a page, with what they are given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def body(*runs: Run, role: Role = Role.BODY, number: str = "") -> Paragraph:
    return Paragraph(role, runs, number=number)


def printed(*blocks: Heading | Paragraph | Table) -> str:
    return html.document(Document("Title", "", (), "", (Part(PartKind.REPORT, blocks),)))


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Text("a<b>&"), '<p class="body" dir="auto">a&lt;b&gt;&amp;</p>'),
        (Text("A-1", Mark.CODE), "<code><bdi>A-1</bdi></code>"),
        (Text("x", Mark.STRONG), "<strong>x</strong>"),
        (Deleted("</del>"), '[deleted: </span>&lt;/del&gt;<span class="unseen">]</span></del>'),
        (Inserted("{0}"), '[inserted: </span>{0}<span class="unseen">]</span></ins>'),
        (Text("{{ 7*7 }}{% x %}"), ">{{ 7*7 }}{% x %}</p>"),
        (Text("a\u202eb\x1b"), "a\\u202eb\\x1b"),
        (Link("A-1", '#A-1"x'), '<a href="#A-1&#34;x">A-1</a>'),
        (Link("elsewhere", "#A-2"), '<p class="body" dir="auto">elsewhere</p>'),
        (
            Link("page", "https://x.org/a_b?c&d"),
            '<a href="https://x.org/a_b?c&amp;d" rel="noopener noreferrer">',
        ),
        (Link("page", "javascript:alert(1)"), '<p class="body" dir="auto">page</p>'),
        (Link("page", "https://x.org/'><script>"), '<p class="body" dir="auto">page</p>'),
    ],
)
def test_run_is_escaped_for_where_it_stands(run: Run, expected: str) -> None:
    named = Heading(2, (Text("Named"),), anchor='A-1"x')
    assert expected in printed(named, body(run))


def test_any_document_is_printed_with_its_lists_tables_and_notes() -> None:
    page = printed(
        Heading(1, (Text("Part"),), number="I.", anchor="part"),
        body(Text("An action."), Note((Text("A source."),)), role=Role.ACTION, number="1."),
        *(body(Text(text), role=Role.ITEM) for text in "ab"),
        Table((Column("Id"), Column("Text")), (Row(((Text("r1"),), (Text("Words"),))),), "Sources"),
        Heading(2, (Text("Below"),)),
    )
    assert '<section id="part" class="part"' in page
    assert '1. An action.<sup><a id="_to-note-1" href="#_note-1">1</a></sup>' in page
    assert '<li id="_note-1" dir="auto">A source.' in page
    assert re.search(r"<ul>\s*<li[^>]*>a</li>\s*<li[^>]*>b</li>\s*</ul>", page)
    assert '<caption dir="auto">Sources</caption>' in page
    assert '<th scope="row" dir="auto">r1</th>' in page
    assert '<h3 dir="auto">Below</h3>' in page
    assert "<form" not in page


def test_page_runs_nothing_and_loads_nothing() -> None:
    page = html.document(changes(*every_kind()))
    found = Page(page).tags
    assert {tag for tag, _ in found} & {"script", "img", "link", "iframe", "object", "base"} == set()
    assert not [name for _, given in found for name in given if name.startswith("on") or name == "style"]
    (policy,) = [str(given["content"]) for _, given in found if "http-equiv" in given]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_every_name_in_the_page_is_there_once_and_every_link_leads_to_one() -> None:
    found = Page(html.document(changes(*every_kind()))).tags
    names = [given["id"] for _, given in found if "id" in given]
    assert len(names) == len(set(names))
    targets = [str(given["href"]) for tag, given in found if tag == "a"]
    assert {each.removeprefix("#") for each in targets} <= set(names)
    referred = [given[key] for _, given in found for key in ("aria-labelledby", "for") if key in given]
    assert set(referred) <= set(names)


def test_filters_offer_what_is_there() -> None:
    page = html.document(changes(*every_kind()))
    found = Page(page).tags
    assert [given["id"] for tag, given in found if tag == "input" and given["type"] == "checkbox"] == [
        *("weight-substantive", "weight-editorial", "weight-links", "weight-process"),
    ]
    addressees = re.findall(r'<option id="to-a[0-9]+">(.*?)</option>', page)
    assert addressees == ["observers", "States"]
    entry = next(given for tag, given in found if given.get("id") == "A-001.addressees")
    assert entry["data-to"] == "a0 a1"


def test_a_plan_whose_title_is_code_stays_a_title() -> None:
    comparison, old, new = every_kind()
    evil = "</title><script>alert(1)</script>"
    page = html.document(
        changes(comparison, old, Plan.model_validate({**new.model_dump(by_alias=True), "title": evil}))
    )
    assert "script" not in {tag for tag, _ in Page(page).tags}
    document = replace(changes(comparison, old, new), title=evil)
    assert "script" not in {tag for tag, _ in Page(html.document(document)).tags}
