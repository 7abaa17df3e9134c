"""The characters of symbol fonts as Unicode: what a reader sees where the file has a number in a font."""

from __future__ import annotations

import re

_PRIVATE = 0xF000
"""Word adds this to the number of a character in a symbol font."""
_FIRST, _LAST = 0x20, 0xFF
_PRIVATE_SIGN = re.compile("[\uf020-\uf0ff]")

_ADOBE = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    0xE0: "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    0xF1: "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}
"""The encoding of Adobe's font Symbol, in runs that begin at a number."""
_DINGBATS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩",
    0x8B: "⓿❶❷❸❹❺❻❼❽❾❿",
    0x9E: "·•",
    0xA7: "▪◻",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←→↑↓",
    0xE8: "➔",
    0xEF: "⇦⇨⇧⇩",
    0xFB: "✗✓☒☑",
}
"""The characters of Wingdings that texts use: bullets, arrows, ticks, numbers in circles."""


def _table(runs: dict[int, str]) -> dict[int, str]:
    return {start + step: sign for start, signs in runs.items() for step, sign in enumerate(signs)}


_FONTS = {"symbol": _table(_ADOBE), "wingdings": _table(_DINGBATS)}
_OTHER_FONTS = ("wingdings 2", "wingdings 3", "webdings", "zapfdingbats", "marlett", "mt extra", "opensymbol")
"""Symbol fonts whose characters nobody here knows."""


def is_known(font: str) -> bool:
    """Return whether it is a font whose characters are symbols that are known."""
    return font.strip().lower() in _FONTS


def character(number: int, font: str) -> str | None:
    """Return the character with a number in a font; None where the font's characters are not known."""
    font = font.strip().lower()
    table = _FONTS.get(font)
    low = number - _PRIVATE if _PRIVATE + _FIRST <= number <= _PRIVATE + _LAST else number
    if table is not None and low <= _LAST:
        return table.get(low)
    is_private = 0xE000 <= number <= 0xF8FF or not 0 < number < 0x110000 or 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - Unicode's ranges
    return None if is_private or font in _OTHER_FONTS else chr(number)


def readable(text: str, font: str) -> str:
    """Return a text with the private characters of a symbol font as Unicode, those that are known."""
    return _PRIVATE_SIGN.sub(lambda found: character(ord(found[0]), font) or found[0], text)
