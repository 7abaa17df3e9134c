"""The same changes in every format, read back from each: with texts that mean something to a browser or to GitHub."""

from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

import hypothesis.strategies as st
from every_change import OLD, new_plan
from hypothesis import given
from markdown_it import MarkdownIt

from poa_toolkit.diagnostic import Location
from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.compare import compare
from poa_toolkit.document.changes_report import changes
from poa_toolkit.document.runs import Deleted, Inserted, Mark, Text
from poa_toolkit.model import Plan
from poa_toolkit.write import diff as as_json
from poa_toolkit.write import html, markdown, terminal, unified
from poa_toolkit.write.escape import one_line
from poa_toolkit.write.unified import hunks, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Document
    from poa_toolkit.document.runs import Run

    Words = list[tuple[str, str]]

PIECES = (
    *(
        "<script>alert(1)</script>",
        "</ins>",
        "</details>",
        "<!--",
        "-->",
        "<b onclick=x>",
        "&amp;",
        "&#60;",
        "]]>",
    ),
    *(
        "**bold**",
        "__x__",
        "~~gone~~",
        "`code`",
        "```",
        "[a](javascript:b)",
        "![i](http://x.org)",
        "[^1]",
        "| a |",
    ),
    *(
        "# h",
        "- item",
        "1. one",
        "> quote",
        "=== ",
        "---",
        "$x$",
        ":smile:",
        "@someone",
        "#12",
        "GH-12",
        "www.x.org",
    ),
    *(
        "https://x.org/?a=1&b=2",
        "a@b.org",
        "{{ 7*7 }}",
        "{% x %}",
        "[-old-]",
        "{+new+}",
        "\\",
        '"',
        "'",
        "\u00a0",
    ),
    *(
        "ينبغي",
        "应当",
        "e\u0301",
        "\U0001f600",
        " shall ",
        " should ",
        "30%",
        "A/HRC/26/16",
        "25(b)",
        ". ",
        ", ",
        " ",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(lambda each: f"x{''.join(each)}y")


def versions(texts: list[str]) -> tuple[Plan, Plan, Comparison]:
    """Give two versions of a plan with every kind of change, and such texts in their fields."""
    old, new = copy.deepcopy(OLD), new_plan()
    first, second, third, fourth, *_ = texts
    old["front"][0]["text"], new["front"][0]["text"] = first, second
    new["sections"][0]["title"] = third
    new["sections"][0]["actions"][0].update(text=fourth, why=first)
    new["sections"][1]["actions"][0]["text"] = second
    new["notice"] = third
    before, after = Plan.model_validate(old), Plan.model_validate(new)
    return before, after, compare(before, after, old_label="day-1", new_label="day-2")


class Said(NamedTuple):
    """A change as a reader meets it: the line over it, its class, and its words, side by side with their edit."""

    title: str
    weight: str
    words: list[Words]


def joined(pieces: Iterable[tuple[str, str]]) -> Words:
    """Put together what stands side by side and is of one kind; spaces as a page shows them."""
    found: Words = []
    for edit, text in pieces:
        if found and found[-1][0] == edit:
            found[-1] = (edit, found[-1][1] + text)
        elif text:
            found.append((edit, text))
    return [(edit, re.sub(r"[ \t\r\n]+", " ", text)) for edit, text in found]


def of_runs(runs: Iterable[Run]) -> Words:
    kinds: dict[type, str] = {Deleted: "del", Inserted: "ins"}
    return joined((kinds.get(type(run), ""), one_line(getattr(run, "text", ""))) for run in runs)


def expected(document: Document) -> list[Said]:
    return [
        Said(
            "".join(text for _, text in of_runs(entry.title))
            + (f" ({entry.evidence})" if entry.evidence else ""),
            entry.weight + (f": {', '.join(entry.grounds)}" if entry.grounds else ""),
            [of_runs(each) for each in entry.words],
        )
        for part in document.parts
        for entry in part.entries
    ]


class Articles(HTMLParser):
    """The changes of a page, by what a reader sees of them in the inline view."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Said] = []
        self.anchors: list[str] = []
        self.inside: list[str] = []
        self.pieces: Words = []
        self.title, self.weight = "", ""
        self.words: list[Words] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "input"):
            return
        given = dict(attrs)
        name = f"{tag}.{given.get('class') or ''}"
        self.inside.append(name)
        if name == "article.entry" or (tag == "span" and "id" in given):
            self.anchors.append(str(given["id"]))
        if name == "article.entry":
            self.words = []
        if tag in ("p", "h3"):
            self.pieces = []

    def handle_endtag(self, tag: str) -> None:
        name = self.inside.pop()
        assert name.startswith(f"{tag}."), (name, tag)
        if "article.entry" not in self.inside and name != "article.entry":
            return
        text = "".join(piece for _, piece in self.pieces)
        match name:
            case "h3.":
                self.title = text
            case "p.tags":
                self.weight = text.split("#")[0].strip()
            case "p." if "div.inline" in self.inside:
                self.words.append(joined(self.pieces))
            case "article.entry":
                self.found.append(Said(" ".join(self.title.split()), self.weight, self.words))
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if "span.unseen" not in self.inside:
            edit = "ins" if "ins." in self.inside else "del" if "del." in self.inside else ""
            self.pieces.append((edit, data))


def from_markdown(page: str) -> list[Said]:
    """Read the changes of a page as GitHub's parser does: paragraphs with a class at their end, quotations under them."""
    found: list[Said] = []
    depth = 0
    for token in MarkdownIt("commonmark", {"html": True}).enable("strikethrough").parse(page):
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type != "inline":
            continue
        pieces = joined(_inline(token.children or []))
        text = "".join(each for _, each in pieces)
        if depth and found:
            found[-1].words.append(pieces)
        elif " \N{EM DASH} " in text and re.search(
            r" \N{EM DASH} (substantive|editorial|links|process)(: [a-z, ]+)?$", text
        ):
            title, _, weight = text.rpartition(" \N{EM DASH} ")
            found.append(Said(title, weight, []))
    return found


def _inline(children: list[Any]) -> Iterable[tuple[str, str]]:
    edit = ""
    for child in children:
        match child.type:
            case "html_inline" if child.content in ("<ins>", "<del>"):
                edit = child.content[1:-1]
            case "html_inline" if child.content in ("</ins>", "</del>"):
                edit = ""
            case "html_inline":
                assert child.content in (
                    "<!-- -->",
                    "<code>",
                    "</code>",
                    "<strong>",
                    "</strong>",
                    "<span>",
                    "</span>",
                ) or (child.content.startswith("<a ") or child.content == "</a>")
            case "text" | "text_special" | "code_inline" | "entity":
                yield edit, child.content
            case "softbreak":
                yield edit, " "
            case other:
                raise AssertionError(f"{other} is live: {child.content}")


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_a_page_and_markdown_say_the_same_as_the_changes_themselves(texts: list[str]) -> None:
    old, new, comparison = versions(texts)
    report = changes(comparison, old, new)
    wanted = expected(report)
    entries = [entry for part in report.parts for entry in part.entries]
    page = Articles(html.document(report))
    assert page.found == wanted
    assert page.anchors == [name for entry in entries for name in entry.anchors]
    printed = from_markdown(markdown.document(report))
    assert len(printed) == len(wanted)
    for said, want, entry in zip(printed, wanted, entries, strict=True):
        words = want.words
        title = want.title
        if entry.inline:
            shown = "".join(text for _, text in words[0])
            evidence = f" ({entry.evidence})" if entry.evidence else ""
            title = f"{title.removesuffix(evidence)}: {shown}{evidence}"
            words = words[1:]
        assert (said.title, said.weight, said.words) == (title, want.weight, words)


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_json_holds_every_change_and_its_words(texts: list[str]) -> None:
    old, new, comparison = versions(texts)
    data = json.loads(as_json.to_json(comparison, lambda _: Location(""), lambda _: Location("")))
    entries = [entry for part in changes(comparison, old, new).parts for entry in part.entries]
    assert len(data["changes"]) == sum(len(entry.anchors) for entry in entries)
    by_name = {(entry.record, entry.field, entry.kind): entry for entry in entries if entry.record}
    alone = [each for each in data["changes"] if (each["record"], each["field"], each["kind"]) in by_name]
    assert len(alone) == len(by_name)
    kinds = {"same": Text, "deleted": Deleted, "inserted": Inserted}
    for change in alone:
        if change["segments"]:
            runs = by_name[change["record"], change["field"], change["kind"]].words[0]
            said = [
                (type(run), getattr(run, "text", ""))
                for run in runs
                if getattr(run, "mark", None) is not Mark.MUTED
            ]
            assert said == [(kinds[each["edit"]], each["text"]) for each in change["segments"]]


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_a_patch_turns_the_old_lines_into_the_new(texts: list[str]) -> None:
    old, new, comparison = versions(texts)
    found = hunks(comparison, old, new)
    before, after = lines(old), lines(new)
    made: list[str] = []
    at = 0
    for hunk in found.hunks:
        kept = [line for edit, line in hunk.lines if edit is not Edit.INSERTED]
        start = hunk.old_line - 1 if kept else hunk.old_line
        made += before[at:start]
        assert tuple(kept) == before[start : start + len(kept)]
        came = [line for edit, line in hunk.lines if edit is not Edit.DELETED]
        assert len(made) == (hunk.new_line - 1 if came else hunk.new_line)
        made += came
        at = start + len(kept)
    assert (*made, *before[at:]) == after
    assert "\x1b" not in unified.to_text(found, colour=False)


@given(st.lists(TEXTS, min_size=4, max_size=4))
def test_a_terminal_gets_no_control_from_a_plan(texts: list[str]) -> None:
    old, new, comparison = versions(texts)
    report = changes(comparison, old, new)
    plain = terminal.document(report, colour=False, width=80)
    assert set(re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain)) == set()
    coloured = terminal.document(report, colour=True, width=80)
    assert set(re.findall("\x1b" + r"\[[0-9;]*(.)", coloured)) == {"m"}


def test_nothing_changed_is_an_empty_patch() -> None:
    plan = Plan.model_validate(OLD)
    assert hunks(compare(plan, plan, old_label="a", new_label="b"), plan, plan).hunks == ()


def test_text_of_nothing_but_spaces_between_words_has_no_grounds() -> None:
    old, new, comparison = versions(["x<b>y", "x y", "x<b>y", "x y"])
    assert {each.record for each in comparison.changes} >= {"F-01", "A-001"}
    assert old != new
