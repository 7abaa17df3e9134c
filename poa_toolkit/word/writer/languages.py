"""Text in another script: its language for whoever reads it aloud, its direction for whoever sets it.

A run bears ``w:lang``, and where it is read from right to left ``w:rtl``; a paragraph that is mostly such
text bears ``w:bidi``. The script tells the language as far as it can: Arabic, Chinese, Russian …
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from poa_toolkit.text.scripts import LATIN, RIGHT_TO_LEFT, language, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAYBE = re.compile(rb"[\xcd-\xdf\xe3-\xed]|\xe0|\xef[\xac-\xbc]")
"""The first bytes, in UTF-8, of all letters outside the Latin script that are told apart here."""

_NEVER = bytes(set(range(256)) - {*range(0xCD, 0xE1), *range(0xE3, 0xEE), 0xEF})
"""The bytes that none of these begins with: taking them all out is the quickest look there is."""

_EAST_ASIAN = ("zh-CN", "ja-JP", "ko-KR")
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>(?:(?!<w:p[ >]).)*?</w:p>", re.DOTALL)
_RUN = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr>(?P<properties>.*?)</w:rPr>)?(?P<inside>(?:(?!<w:r[ >]).)*?)</w:r>", re.DOTALL
)
_TEXT = re.compile(r"<w:(t|delText)(?: [^>]*)?>([^<]*)</w:\1>")
_ENTITY = re.compile(r"&[a-z]+;|.", re.DOTALL)
_OWN = re.compile(r"<w:(?:rtl|lang)\b[^>]*/>")
_AFTER_LANGUAGE = re.compile(r"<w:(?:eastAsianLayout|specVanish|oMath|rPrChange)\b")
_TIGHT = re.compile(r"\S+")
_PROPERTIES = re.compile(r"<w:pPr>(.*?)</w:pPr>|<w:pPr/>", re.DOTALL)
_AFTER_DIRECTION = re.compile(
    r"<w:(?:adjustRightInd|snapToGrid|spacing|ind|contextualSpacing|mirrorIndents|suppressOverlap|jc|"
    r"textDirection|textAlignment|textboxTightWrap|outlineLvl|divId|cnfStyle|rPr|sectPr|pPrChange)\b"
)


def spoken(part: bytes | bytearray) -> bytes | bytearray:
    """Say of every run of a part in which language it is, where that is not the document's own."""
    if not part.translate(None, _NEVER) or not _MAYBE.search(part):
        return part
    return _PARAGRAPH.sub(_paragraph, part.decode("utf-8")).encode("utf-8")


def _paragraph(found: re.Match[str]) -> str:
    paragraph = found.group()
    if not _MAYBE.search(paragraph.encode("utf-8")):
        return paragraph
    text = "".join(each for _, each in _TEXT.findall(paragraph))
    rightward = sum(character.isalpha() for character in text if language_of(character) not in RIGHT_TO_LEFT)
    leftward = sum(language_of(character) in RIGHT_TO_LEFT for character in text)
    mirrored = leftward > rightward
    marked = _RUN.sub(lambda run: _run(run, mirrored=mirrored), paragraph)
    return _mirrored(marked) if mirrored else marked


def _mirrored(paragraph: str) -> str:
    """Let a paragraph run from right to left."""
    given = _PROPERTIES.search(paragraph)
    if given is None:
        end = paragraph.index(">") + 1
        return f"{paragraph[:end]}<w:pPr><w:bidi/></w:pPr>{paragraph[end:]}"
    inside = given[1] or ""
    after = _AFTER_DIRECTION.search(inside)
    at = after.start() if after else len(inside)
    properties = f"<w:pPr>{inside[:at]}<w:bidi/>{inside[at:]}</w:pPr>"
    return paragraph[: given.start()] + properties + paragraph[given.end() :]


def _run(found: re.Match[str], *, mirrored: bool) -> str:
    """Split a run by the languages of its text, each with the properties the run had."""
    inside, properties = found["inside"], found["properties"] or ""
    texts = _TEXT.findall(inside)
    if not language("".join(text for _, text in texts)):
        return found.group()
    head = found.group()[: found.group().index(">") + 1]
    if len(texts) != 1 or _TEXT.fullmatch(inside) is None:
        spoken_in = language("".join(text for _, text in texts))
        return f"{head}{_with(properties, spoken_in)}{inside}</w:r>"
    ((name, text),) = texts
    return "".join(
        f'{head}{_with(properties, spoken_in)}<w:{name} xml:space="preserve">{piece}</w:{name}></w:r>'
        for spoken_in, piece in _pieces(text, mirrored=mirrored)
    )


def _pieces(text: str, *, mirrored: bool) -> Iterator[tuple[str, str]]:
    """Split text by language; what has none of its own goes with the side that the paragraph runs to.

    Japanese is written with Chinese characters too: with kana beside them they are Japanese.
    """
    units = _ENTITY.findall(text)
    known = [None if not _tells(unit) else language_of(unit) for unit in units]
    if "ja-JP" in known:
        known = ["ja-JP" if each == "zh-CN" else each for each in known]
    spoken_in = _filled(known, units, mirrored=mirrored)
    for name, group in groupby(zip(spoken_in, units, strict=True), key=lambda pair: pair[0]):
        yield name, "".join(unit for _, unit in group)


def _tells(unit: str) -> bool:
    return len(unit) == 1 and (unit.isalpha() or bool(language_of(unit)))


def _filled(known: list[str | None], units: list[str], *, mirrored: bool) -> list[str]:
    """Assign a language to every sign between letters: that of both sides, or of the side that leads.

    In a mirrored paragraph, what clings to Latin letters, such as the rest of ``25(b)``, goes with them.
    """
    main = next((each for each in known if each in RIGHT_TO_LEFT), None) if mirrored else LATIN
    base = main or LATIN
    found: list[str] = []
    for has_letters, group in groupby(range(len(known)), key=lambda at: known[at] is not None):
        places = list(group)
        if has_letters:
            found += [known[at] or LATIN for at in places]
            continue
        before = found[-1] if found else base
        after = known[places[-1] + 1] if places[-1] + 1 < len(known) else base
        mine = [before if before == after else base] * len(places)
        if mirrored:
            signs = "".join(units[at][0] for at in places)
            first, last = _clinging(signs, before=before == LATIN, after=after == LATIN)
            mine[:first] = [LATIN] * first
            mine[len(mine) - last :] = [LATIN] * last
        found += mine
    return found


def _clinging(signs: str, *, before: bool, after: bool) -> tuple[int, int]:
    """Count the signs that cling to Latin letters before them, and after them: no space is between."""
    ahead = _TIGHT.match(signs) if before else None
    behind = _TIGHT.match(signs[::-1]) if after else None
    first = len(ahead[0].rstrip(".,;:!?")) if ahead else 0
    return first, min(len(behind[0]) if behind else 0, len(signs) - first)


def _with(properties: str, spoken_in: str) -> str:
    """Return run properties that say the language, in the order that the schema wants."""
    if not spoken_in:
        return f"<w:rPr>{properties}</w:rPr>" if properties else ""
    kind = "bidi" if spoken_in in RIGHT_TO_LEFT else "eastAsia" if spoken_in in _EAST_ASIAN else "val"
    direction = "<w:rtl/>" if spoken_in in RIGHT_TO_LEFT else ""
    rest = _OWN.sub("", properties)
    after = _AFTER_LANGUAGE.search(rest)
    at = after.start() if after else len(rest)
    return f'<w:rPr>{rest[:at]}{direction}<w:lang w:{kind}="{spoken_in}"/>{rest[at:]}</w:rPr>'
