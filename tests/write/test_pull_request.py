"""A report that fits a comment on GitHub: whole, folded, or cut and saying so."""

from __future__ import annotations

import re

import pytest

from poa_toolkit.document.blocks import Document, Entry, Heading, Paragraph, Part, PartKind, Role
from poa_toolkit.document.runs import Inserted, Mark, Text
from poa_toolkit.write import markdown
from poa_toolkit.write.pull_request import LIMIT, MOST, comment

MORE = "poa diff day-1 --format html -o changes.html"


def report(sections: int, entries: int, words: str) -> Document:
    summary = Part(PartKind.REPORT, (Paragraph(Role.BODY, (Text("Counts."),)),), name="summary")
    effects = Part(PartKind.REPORT, (Paragraph(Role.ITEM, (Text("An effect."),)),), name="effects")
    parts = [
        Part(
            PartKind.REPORT,
            (Heading(1, (Text(f"Section {number}"),), anchor=f"s{number}"),),
            name="changes",
            entries=tuple(
                Entry(
                    (Text(f"A-{number}-{index}", Mark.CODE), Text(" reworded")),
                    ((Inserted(words),),),
                    "substantive",
                    "reworded",
                    (f"A-{number}-{index}.text",),
                )
                for index in range(entries)
            ),
        )
        for number in range(sections)
    ]
    return Document("Changes", "", (), "", (summary, *parts, effects))


def size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_short_report_is_whole_and_unfolded() -> None:
    document = report(2, 3, "Some words.")
    assert comment(document, MORE) == markdown.document(document)


def test_long_report_folds_by_section_and_loses_nothing() -> None:
    page = comment(report(4, 40, "Some words that are a little longer than the others. " * 2), MORE)
    assert size(page) <= LIMIT < MOST
    assert len(re.findall(r"^A-|<code>A-", page, re.MULTILINE)) == 160
    assert "not shown" not in page
    assert page.count("<details>\n<summary>") == page.count("</details>") == 4
    assert "</a>Section 2</strong>: 40 substantive</summary>" in page
    assert page.index("An effect.") < page.index("<details>")


@pytest.mark.parametrize(
    ("words", "sections"),
    [("Some words. " * 20, 30), ("\U0001f600 " * 40, 30), ("<b>@x #1</b> " * 10, 30), ("x" * 70_000, 2)],
)
def test_report_that_is_too_long_is_cut_at_whole_changes_and_says_so(words: str, sections: int) -> None:
    page = comment(report(sections, 30, words), MORE)
    assert size(page) <= LIMIT
    shown = len(re.findall(r"<code>A-[0-9-]+</code>", page))
    assert f"**{sections * 30 - shown} of {sections * 30} changes are not shown here**" in page
    assert f"<code>{MORE}</code>" in page.replace("\\", "").replace("<!-- -->", "")
    assert page.count("<ins>") == page.count("</ins>") == shown
    assert page.count("<details>") == page.count("</details>")
    missing = [int(number) for number in re.findall(r"\*([0-9]+) more of this section not shown", page)]
    opened = page.count("<details>")
    assert sum(missing) + shown == 30 * opened


def test_front_matter_of_any_length_does_not_break_the_limit() -> None:
    document = report(1, 1, "Words.")
    page = comment(Document("t" * 80_000, "", (), "n" * 80_000, document.parts), MORE)
    assert size(page) <= LIMIT
    assert "not shown here" in page
