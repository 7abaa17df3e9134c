"""Paragraphs of the packaged templates as XML, with the tags that rule them."""

from __future__ import annotations

from poa_toolkit.word.template.styles import listed

TAB = "<w:r><w:tab/></w:r>"
BREAK = "<w:r><w:br/></w:r>"


def run(text: str, style: str = "") -> str:
    """Write a run of text, which may hold tags."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(style: str, *content: str, ends: str = "", kept: bool = False) -> str:
    """Write a paragraph; what is not XML yet is text.

    `ends` is the section it ends; `kept`: it stays on the page of the next one, whatever its style says.
    """
    runs = "".join(each if each.startswith("<") else run(each) for each in content)
    keep = "<w:keepNext/>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{listed(style)}{ends}</w:pPr>{runs}</w:p>'


def field(instruction: str) -> str:
    """Write a number that Word computes."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def tag(words: str) -> str:
    """Write a tag that rules paragraphs, alone in its own."""
    return paragraph("POABody", f"{{%p {words} %}}")


def each(loop: str, *content: str) -> str:
    """Write what is printed once for each of a list: ``line in cover``."""
    return tag(f"for {loop}") + "".join(content) + tag("endfor")


def where(condition: str, *content: str) -> str:
    """Write what is printed where a condition holds."""
    return tag(f"if {condition}") + "".join(content) + tag("endif")


def either(condition: str, first: str, second: str) -> str:
    """Write what is printed where a condition holds, and what is printed elsewhere."""
    return tag(f"if {condition}") + first + tag("else") + second + tag("endif")
