"""A document as GitHub's Markdown."""

from __future__ import annotations

import pytest

from poa_toolkit.document.blocks import Column, Document, Heading, Paragraph, Part, PartKind, Role, Row, Table
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, Run, Text
from poa_toolkit.write import markdown


def printed(*blocks: Heading | Paragraph | Table) -> str:
    """Print blocks without the title over them."""
    document = Document("Title", "", (), "", (Part(PartKind.REPORT, blocks),))
    return markdown.document(document).removeprefix("# Title\n\n").rstrip("\n")


def body(*runs: Run, role: Role = Role.BODY, number: str = "") -> Paragraph:
    return Paragraph(role, runs, number=number)


def test_cover_comes_first() -> None:
    document = Document("A *plan*", "1. of action", (("Date", "2017"), ("Place", "x")), "A working text.", ())
    assert markdown.document(document) == (
        "# A \\*plan\\*\n\n1\\. of action\n\n- Date: 2017\n- Place: x\n\n> A working text.\n"
    )


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Text("a*b"), "a\\*b"),
        (Text("a*b", Mark.STRONG), "<strong>a\\*b</strong>"),
        (Text("note", Mark.EMPHASIS), "<em>note</em>"),
        (Text("`A-1`", Mark.CODE), "<code>\\`A-1\\`</code>"),
        (Text("quiet", Mark.MUTED), "quiet"),
        (Deleted("</del>|"), "<del>&lt;/del&gt;\\|</del>"),
        (Inserted("new @carter"), "<ins>new &#64;<!-- -->carter</ins>"),
        (Link("A-1", '#A-1"x'), "A-1"),
        (Link("page", "https://x.org/a_b"), "[page](https://x.org/a_b)"),
        (Link("page", "javascript:alert(1)"), "page"),
        (Link("page", "https://x.org/)[a](b"), "page"),
    ],
)
def test_run_is_escaped_for_where_it_stands(run: Run, expected: str) -> None:
    assert printed(body(run)) == expected


def test_a_link_leads_to_a_heading_of_the_page() -> None:
    heading = Heading(1, (Text("At home"),), anchor='A-1"x')
    assert printed(heading, body(Link("A-1", '#A-1"x'))).endswith('<a href="#A-1&quot;x">A-1</a>')


def test_paragraph_begins_no_list() -> None:
    assert printed(body(Text("text"), number="12.")) == "12\\. text"
    assert printed(body(Text(" "), Text("12"), Text(". text"))) == "12\\. text"


def test_items_and_lines_of_a_quotation_stay_together() -> None:
    blocks = [body(Text(text), role=role) for role in (Role.ITEM, Role.QUOTE, Role.BODY) for text in "ab"]
    assert printed(*blocks) == "- a\n- b\n\n> a\n>\n> b\n\na\n\nb"


def test_heading_has_its_anchor_and_number() -> None:
    heading = Heading(1, (Text("At # home"),), number="I.", anchor="national")
    assert printed(heading) == '## <a id="national"></a>I. At &#35;<!-- --> home'
    assert printed(Heading(9, (Text("deep"),))) == "###### deep"


def test_table_keeps_its_columns() -> None:
    table = Table(
        (Column("A|B"), Column("C")), (Row(((Text("x|y"),), ())), Row(((Deleted("a\nb"),), ()))), "T"
    )
    assert printed(table) == (
        "<strong>T</strong>\n\n| A\\|B | C |\n| --- | --- |\n| x\\|y |  |\n| <del>a b</del> |  |"
    )


def test_notes_stand_at_the_end() -> None:
    paragraph = body(Text("Text."), Note((Text("A [source]."),)))
    assert printed(paragraph, body(Text("More."))) == "Text.[^1]\n\nMore.\n\n[^1]: A \\[source\\]."
