"""How one value is spelt: plain, in quotes, or in a block below its key. Its data never change."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from poa_toolkit.load.yaml_scalars import resolve
from poa_toolkit.text import characters
from poa_toolkit.text.sentences import sentences


class Spelling(NamedTuple):
    """A value as it is written: what follows the key, and the lines below it, not yet indented."""

    header: str
    body: tuple[str, ...] = ()


def spell(value: str, style: str, source: str, *, column: int, prose: bool) -> Spelling:
    """Return the canonical spelling of a scalar.

    `source` is its spelling in the file, `column` that of its key or dash; with `prose` it is to stand
    under ``>-`` where that can hold it.
    """
    if style == "|":
        return _reindented(value, source, column)
    if style == ">":
        return _folded_block(value) or _unfolded(value, source, column)
    if prose and (style or isinstance(resolve(value), str)) and not _escapes(style, source):
        folded = _folded_block(value)
        if folded:
            return folded
    return Spelling(on_one_line(value, style, source))


def on_one_line(value: str, style: str, source: str, *, in_flow: bool = False) -> str:
    """Return the spelling of a scalar that is to stand on the line of its key, or in a list in brackets."""
    if (not style or _escapes(style, source)) and "\n" not in source:
        return source
    if _is_safe_plain(value, in_flow=in_flow):
        return value
    return _escaped(value) if _escapes(style, source) or "\n" in value else _quoted(value)


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_IN_FLOW = frozenset(",[]{}:")
_READ_OTHERWISE = re.compile(r"(?i:y|n|yes|no|on|off)|[-+]?[0-9][0-9_:]*(?:\.[0-9_]*)?|[-+]?0[bB][01_]+|=|<<")
"""What a reader of YAML 1.1 takes for something else than text: whoever put it in quotes meant to."""


def _escapes(style: str, source: str) -> bool:
    """Return whether a spelling in double quotes shows a character that would not be seen otherwise."""
    return style == '"' and any(match[1] not in '"\\/\n' for match in _ESCAPE.finditer(source))


def _is_safe_plain(value: str, *, in_flow: bool) -> bool:
    return not (
        value != value.strip()
        or value[:1] in _INDICATORS
        or value.startswith("...")
        or value.endswith(":")
        or any(part in value for part in (": ", " #", "\n", "\t", "\r"))
        or (in_flow and not _IN_FLOW.isdisjoint(value))
        or characters.INVISIBLE.search(value)
        or _READ_OTHERWISE.fullmatch(value)
        or not isinstance(resolve(value), str)
    )


def _quoted(value: str) -> str:
    """Put a text in double quotes; in single ones, as prettier does, where it holds double quotes."""
    if any(unicodedata.category(each) == "Cc" for each in value):
        return _escaped(value)
    if '"' in value:
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\") + '"'


ESCAPES = {"\n": r"\n", "\t": r"\t", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def _escaped(value: str) -> str:
    """Put a text in double quotes, with an escape for all that nobody would see."""
    return '"' + "".join(map(_escape, value)) + '"'


def _escape(each: str) -> str:
    if each in ESCAPES:
        return ESCAPES[each]
    if each == " " or unicodedata.category(each) not in ("Cc", "Cf", "Co", "Cn", "Zs"):
        return each
    number = ord(each)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - four digits


_FOLDABLE = re.compile(r"[^\s](?:[^\n\r\t]*[^\s])?(?:\n+[^\s](?:[^\n\r\t]*[^\s])?)*(?P<end>\n*)")


def _folded_block(value: str) -> Spelling | None:
    """Write a text under ``>-``, one sentence a line; None where a block would not give it back.

    A block cannot hold, visibly, a blank at the end of a line, nor fold a line that begins with one.
    """
    match = _FOLDABLE.fullmatch(value)
    if match is None or characters.INVISIBLE.search(value) or len(match["end"]) > 1:
        return None
    body: list[str] = []
    for part in re.split(r"(\n+)", value.rstrip("\n")):
        body += [""] * len(part) if part.startswith("\n") else sentences(part)
    return Spelling(">" if match["end"] else ">-", tuple(body))


def _unfolded(value: str, source: str, column: int) -> Spelling:
    """Keep a block whose lines mean something; a lone blank at its end is shown in quotes instead."""
    if value and "\n" not in value:
        return Spelling(_quoted(value))
    return _reindented(value, source, column)


_HEADER = re.compile(r"(?P<style>[|>])(?:(?P<digit>[1-9])|[-+])*")


def _reindented(value: str, source: str, column: int) -> Spelling:
    """Keep a block as it is, its lines without the indentation they had."""
    header, _, below = source.partition("\n")
    match = _HEADER.match(header)
    lines = below.split("\n")
    if match is None or not value.strip("\n"):
        return Spelling(_escaped(value) if value else '""')
    if match["digit"]:
        indent = column + int(match["digit"])
    else:
        indent = next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" "))
    body = [line[indent:] for line in lines]
    while body and not body[-1]:
        body.pop()
    # `+` only where it keeps something: a blank line below it would become part of the text
    ends = len(value) - len(value.rstrip("\n"))
    body += [""] * (ends - 1)
    chomp = ("-", "", "+")[min(ends, 2)]
    return Spelling(match["style"] + ("2" if match["digit"] else "") + chomp, tuple(body))
