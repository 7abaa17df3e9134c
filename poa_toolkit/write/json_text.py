"""Data as JSON that a person can read and a terminal can bear."""

from __future__ import annotations

from poa_toolkit.write.escape import visible


def as_json(data: object) -> str:
    """Print data as JSON, text in its own script.

    Controls and characters that nobody sees are escaped as JSON does it, so that it means the same.
    """
    import json  # noqa: PLC0415 - what prints text beside JSON needs none

    lines = json.dumps(data, ensure_ascii=False, indent=2).split("\n")
    return "".join(f"{line if visible(line) == line else _escaped(line)}\n" for line in lines)


def _escaped(line: str) -> str:
    return "".join(each if visible(each) == each else _code(each) for each in line)


def _code(character: str) -> str:
    r"""Give ``\u202e``, of a character beyond U+FFFF its two surrogates."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
