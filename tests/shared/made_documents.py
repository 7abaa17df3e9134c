"""Word files of several producers, each with words of its own everywhere that the producer can put words."""

from __future__ import annotations

import io
import re
import subprocess
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document

NONCE = re.compile(r"nonce\d+z")
_NPM_WORDS = 24
"""How many words tests/tools/document.mjs asks for."""


def nonces(text: str) -> list[str]:
    """Give the words that stand in a text, in order."""
    return NONCE.findall(text)


class Words:
    """Gives words, none twice."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self) -> str:
        self.given.append(f"nonce{len(self.given) + 1}z")
        return self.given[-1]


def python_docx(word: Words) -> bytes:
    """Make a file with python-docx."""
    made = docx.Document()
    section = made.sections[0]
    section.different_first_page_header_footer = True
    for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        part.paragraphs[0].text = word()
    made.add_heading(word(), 0)
    made.add_heading(word(), 1)
    for style in (
        "Normal",
        "List Number",
        "List Number 2",
        "List Bullet",
        "Quote",
        "Caption",
        "Intense Quote",
    ):
        made.add_paragraph(word(), style=style)
    _looks(made, word)
    table = made.add_table(2, 2)
    for row in table.rows:
        for cell in row.cells:
            cell.text = word()
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = word()
    commented = made.add_paragraph(word())
    remark = made.add_comment(commented.runs, text=word(), author="A", initials="A")
    remark.add_paragraph(word())
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _looks(made: Document, word: Words) -> None:
    paragraph = made.add_paragraph()
    paragraph.add_run(word()).font.strike = True
    paragraph.add_run(word()).font.hidden = True
    paragraph.add_run(word()).font.color.rgb = RGBColor(0xFF, 0, 0)
    broken = paragraph.add_run(word())
    broken.add_break()
    broken.add_tab()
    broken.add_text(word())
    style = made.styles.add_style("Struck", WD_STYLE_TYPE.CHARACTER)
    style.font.strike = True
    paragraph.add_run(word(), style="Struck")
    symbol = broken._r.makeelement(qn("w:sym"), {qn("w:font"): "Symbol", qn("w:char"): "F0B3"})
    broken._r.append(symbol)


def of_pandoc(pandoc: str, word: Words) -> bytes:
    """Make a file with pandoc: notes, lists in lists, definitions, tables, formulas, tracked changes."""
    text = f"""---
title: {word()}
subtitle: {word()}
author: {word()}
abstract: {word()}
---

# {word()}

{word()} ~~{word()}~~ ^[{word()} and {word()}] **{word()}**

1. {word()}

    a. {word()}

        i. {word()}

2. {word()}

(@) {word()}

{word()}
:   {word()}

> {word()}

| {word()} | {word()} |
|----------|----------|
| {word()} | {word()} |

: {word()}

``` {{.text}}
{word()}
```

[{word()}]{{.insertion author="A" date="2017-12-04T10:30:00Z"}} [{word()}]{{.deletion author="A" date="2017-12-04T10:30:00Z"}}
[{word()}]{{.comment-start id="1" author="A" date="2017-12-04T10:30:00Z"}}{word()}[]{{.comment-end id="1"}}

| {word()}
| {word()}
"""
    command = [pandoc, "--from", "markdown", "--to", "docx", "--toc", "--output", "-"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


HTML = """<html><head><title>{}</title></head><body>
<h1>{}</h1><p>{} <s>{}</s> <u>{}</u> <font color="#ff0000">{}</font></p>
<ol><li>{}<ol type="a"><li>{}</li></ol></li></ol><ul><li>{}</li></ul>
<table border="1"><caption>{}</caption><tr><th>{}</th><td>{}<table><tr><td>{}</td></tr></table></td></tr></table>
<p>{}<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>
<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>{}</p></div>
</body></html>"""


def of_libreoffice(soffice: Callable[..., Path], folder: Path, word: Words, form: str) -> bytes:
    """Make a file with LibreOffice, by way of another of its forms: ``odt``, ``doc``, ``rtf``."""
    count = HTML.count("{}")
    title, *others = (word() for _ in range(count))
    # the title of the page is a property, and stands on no page
    word.given.remove(title)
    page = folder / "page.html"
    page.write_text(HTML.format(title, *others), encoding="utf-8")
    first = soffice(page, "odt")
    if form != "odt":
        first = soffice(first, form)
    return soffice(first, "docx").read_bytes()


def of_npm(node_docx: Callable[..., None], folder: Path, word: Words) -> bytes:
    """Make a file with the library docx for JavaScript."""
    node_docx(folder / "npm.docx", *(word() for _ in range(_NPM_WORDS)))
    return (folder / "npm.docx").read_bytes()
