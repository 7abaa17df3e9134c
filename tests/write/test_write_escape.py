"""Text of others does nothing where it lands."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.write.escape import markdown, no_command, no_list, one_line, visible

ANY = st.text(st.characters(exclude_categories=[]), max_size=40)
LIKELY = st.lists(st.sampled_from([*"*_`[]()#@<>&|~$\\:!.-+=1a \n\x1b", "www.", "://", "&lt;", "GH-1"])).map(
    "".join
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\x00b\x7fc\x9bd", "a\\x00b\\x7fc\\x9bd"),
        ("a\nb\rc\td", "a\\x0ab\\x0dc\\x09d"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("a\u200bb\ufeff\u2028", "a\\u200bb\\ufeff\\u2028"),
        ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"),
        ("العربية\u200f नमस्ते\u200d", "العربية\u200f नमस्ते\u200d"),
        ("[-plain-] \\x1b * |", "[-plain-] \\x1b * |"),
    ],
)
def test_control_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY)
def test_nothing_invisible_is_left(text: str) -> None:
    left = {unicodedata.category(character) for character in visible(text)}
    assert not left & {"Cc", "Cs", "Zl", "Zp"}


def test_one_line_is_one_line() -> None:
    assert one_line("a\n  b\tc\x07") == "a b c\\x07"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("[a](b) ![c]", "\\[a\\](b) !\\[c\\]"),
        ("a | b ~~c~~", "a \\| b \\~\\~c\\~\\~"),
        ("@carter", "&#64;<!-- -->carter"),
        ("see #12", "see &#35;<!-- -->12"),
        ("GH-12", "GH<!-- -->-12"),
        ("https://x.org", "https:<!-- -->//x.org"),
        ("www.x.org", "www<!-- -->.x.org"),
        (":tada:", ":<!-- -->tada:"),
        ("$x$", "<span>$</span>x<span>$</span>"),
        ("1. first", "1\\. first"),
        ("2) second", "2\\) second"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("===", "\\==="),
        ("a\n\n# b", "a &#35;<!-- --> b"),
        ("25(b): 30% of States, 2014-2017", "25(b): 30% of States, 2014-2017"),
    ],
)
def test_markup_is_only_text(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


@given(st.one_of(ANY, LIKELY))
def test_escaped_markdown_reads_as_the_text(text: str) -> None:
    read = re.sub(r"<!-- -->|</?span>", "", markdown(text))
    read = html.unescape(re.sub(r"\\([\\`*_\[\]|~.)=+-])", r"\1", read).replace("&#35;", "#"))
    assert read == one_line(text)


@given(st.one_of(ANY, LIKELY))
def test_escaped_markdown_holds_no_markup(text: str) -> None:
    bare = re.sub(r"<!-- -->|<span>\$</span>|\\(?:[^\w\s]|_)|&(?:amp|lt|gt|#64|#35);", "\x00", markdown(text))
    assert not set("*_`[]|~@#<>&$\n") & set(bare)
    assert "://" not in bare
    assert "www." not in bare


@given(LIKELY)
def test_line_that_begins_no_list_stays(text: str) -> None:
    assert no_list(markdown(text)) == markdown(text)


@pytest.mark.parametrize("line", ["::error::x", "  ::set-output name=a::b", "##[error]x", "\t##[group]"])
def test_no_printed_line_is_a_command_to_a_runner(line: str) -> None:
    printed = no_command(line)
    assert not printed.lstrip().startswith(("::", "##["))
    assert printed.replace("\\x3a", ":", 1).replace("\\x23", "#", 1) == line


@pytest.mark.parametrize("line", ["a ::error::x", ": one", "# heading", "## two", "#1"])
def test_other_lines_are_printed_as_they_are(line: str) -> None:
    assert no_command(line) == line
