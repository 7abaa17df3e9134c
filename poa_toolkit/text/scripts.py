"""What the script of a text tells: its language, and whether it is read from right to left."""

from __future__ import annotations

RIGHT_TO_LEFT = ("ar-SA", "he-IL")
_SCRIPTS = (
    ("Ͱ", "Ͽ", "el-GR"),
    ("Ѐ", "ԯ", "ru-RU"),
    ("\u0590", "\u05ff", "he-IL"),
    ("\u0600", "\u06ff", "ar-SA"),
    ("\u0750", "\u077f", "ar-SA"),
    ("\u08a0", "\u08ff", "ar-SA"),
    ("\u0900", "\u097f", "hi-IN"),
    ("\u0e00", "\u0e7f", "th-TH"),
    ("\u3040", "\u30ff", "ja-JP"),
    ("\u3400", "\u4dbf", "zh-CN"),
    ("\u4e00", "\u9fff", "zh-CN"),
    ("\uac00", "\ud7a3", "ko-KR"),
    ("\uf900", "\ufaff", "zh-CN"),
    ("\ufb1d", "\ufb4f", "he-IL"),
    ("\ufb50", "\ufdff", "ar-SA"),
    ("\ufe70", "\ufeff", "ar-SA"),
)
"""The first and the last character of each stretch of a script, and its language."""
LATIN = ""


def language(text: str) -> str:
    """Return the language of the first letter that tells one; empty for Latin letters, or none."""
    if text.isascii():
        return LATIN
    return next((each for each in map(language_of, text) if each), LATIN)


def leading(text: str) -> str:
    """Return the language that the first letter of a text tells; empty for a Latin one, or none."""
    if text.isascii():
        return LATIN
    return next((language_of(each) for each in text if each.isalpha()), LATIN)


def language_of(character: str) -> str:
    """Return the language that the script of a character tells; empty for Latin letters and for no letter."""
    if character < _SCRIPTS[0][0]:
        return LATIN
    return next((name for first, last, name in _SCRIPTS if first <= character <= last), LATIN)
