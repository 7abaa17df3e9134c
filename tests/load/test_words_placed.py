"""Where the words of a text stand in its file, whatever form of YAML spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from poa_toolkit.load import yaml_tree

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Span

_WORDS = st.lists(
    st.text(st.sampled_from("aé'\"\\#:-[]{}?!&*%@`|>~,.\u00a0\u4e2d\U0001f5f3x7"), min_size=1, max_size=6),
    min_size=1,
    max_size=8,
)
_GAPS = st.sampled_from((" ", " ", " ", "  ", "\n", "\n\n"))
_GAPS_OF_BLOCKS = st.one_of(_GAPS, st.sampled_from(("\n ", "\n\n  ")))
"""Lines that stand further in: of a folded block they are not joined."""
_ENDS = st.sampled_from(("\n", "\r\n", "\r"))


@st.composite
def _texts(draw: st.DrawFn, gaps: st.SearchStrategy[str]) -> str:
    words = draw(_WORDS)
    return "".join((*(word + draw(gaps) for word in words[:-1]), words[-1]))


def _escaped(draw: st.DrawFn, text: str, margin: str, end: str) -> str:
    """Spell a text for double quotes, some characters by escapes, lines broken inside words."""
    found = []
    for each in text:
        forms = [] if each in '"\\\n' else [each]
        forms += {'"': ['\\"'], "\\": ["\\\\"], "\n": ["\\n"], "\u00a0": ["\\_"], " ": ["\\ "]}.get(each, [])
        forms += [f"\\U{ord(each):08x}"]
        forms += [f"\\u{ord(each):04X}"] if ord(each) < 0x10000 else []
        forms += [f"\\x{ord(each):02x}"] if ord(each) < 0x100 else []
        form = draw(st.sampled_from(forms))
        is_broken = form != " " and draw(st.integers(0, 9)) == 0
        found.append(f"\\{end}{margin}{form}" if is_broken else form)
    return "".join(found)


def _folded(draw: st.DrawFn, text: str, margin: str, end: str) -> str:
    """Break some single spaces into lines, and spell line breaks by empty lines."""
    found = []
    for gap in re.split(r"(?<=[^ \n]) (?=[^ \n])|(\n+)", text):
        if gap is None:
            found.append(
                draw(st.sampled_from((" ", f"{end}{margin}", f" {end}{margin}", f"\t{end}{margin} ")))
            )
        elif gap.startswith("\n"):
            found.append(end + draw(st.sampled_from(("", margin))) + end * len(gap) + margin)
        else:
            found.append(gap)
    return "".join(found)


def _lines(text: str, margin: str, end: str) -> str:
    return end.join(margin + line if line else "" for line in text.split("\n"))


@st.composite
def _files(draw: st.DrawFn) -> tuple[str, str, str]:
    """Give a file that holds a text under `text`, the text, and the form it is spelt in."""
    form = draw(st.sampled_from(("plain", "'", '"', ">-", ">", ">+", "|-", "|", "|2-", ">2")))
    text, end = draw(_texts(_GAPS_OF_BLOCKS if form[0] in ">|" else _GAPS)), draw(_ENDS)
    text = draw(st.sampled_from(("", " "))) + text if "2" in form else text
    margin = " " * draw(st.integers(3, 6))
    tail = f"{end}  why: x{end}"
    if form == "'":
        spelt = "'" + _folded(draw, text.replace("'", "''"), margin, end) + "'"
    elif form == '"':
        spelt = '"' + _escaped(draw, text, margin, end) + '"'
    elif form == "plain":
        spelt = _folded(draw, text, margin, end)
    elif form[0] == ">":
        inside = margin if "2" not in form else "    "
        words = re.split(r"(?<=[^ \n]) (?=[^ \n])", text.replace("\n", "\n\n"))
        folds = [words[0], *(draw(st.sampled_from((" ", "\n"))) + each for each in words[1:])]
        spelt = f"{form} # c{end}" + _lines("".join(folds), inside, end)
    else:
        inside = margin if "2" not in form else "    "
        spelt = f"{form}{end}" + _lines(text, inside, end)
    return f"# é{end}actions:{end}- id: A{end}  text: {spelt}{tail}", text, form


def _cut(source: str, span: Span) -> str:
    """Give what stands at a place of a file, found by counting lines and columns anew."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source)
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first = lines[span.line - 1][span.column - 1 :]
    return "".join(
        (first, *lines[span.line : span.end_line - 1], lines[span.end_line - 1][: span.end_column - 1])
    )


def _said(cut: str, form: str) -> str:
    """Read a stretch of a file as a person would: by the other parser of ruamel, or line by line."""
    if form == '"':
        return str(YAML(typ="safe", pure=True).load(f'"{cut}"'))
    if form[0] == "|":
        return re.sub(r"(\r\n|\r|\n) *", "\n", cut)
    cut = re.sub(r"[ \t]*(\r\n|\r|\n)[ \t]*", "\n", cut)
    cut = re.sub(r"\n+", lambda match: " " if len(match.group()) == 1 else match.group()[1:], cut)
    return cut.replace("''", "'") if form == "'" else cut


@given(_files())
def test_the_characters_at_the_place_are_the_words(file: tuple[str, str, str]) -> None:
    source, _, form = file
    read = yaml_tree.read("x.yaml", source.encode())
    if read.problems:  # some words mean something else in some forms
        return
    value = read.value["actions"][0]["text"]
    if not isinstance(value, str):
        return
    words = [match.span() for match in re.finditer(r"\S+(?: \S+)?", value)]
    for first, last in words:
        span = read.places.span(("actions", 0, "text"), words=(first, last))
        assert _said(_cut(source, span), form) == value[first:last], (source, value, span)
