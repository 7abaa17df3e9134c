"""Words of many languages, read from TOML: a folder holds one file for each language, ``fr.toml``.

All languages are read together, since a text may mix them. Whoever translates adds a file, or a key to
one; no code changes.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_words(folder: str) -> dict[str, frozenset[str]]:
    """Return the words of all languages by their key; a key within a table has a dot: ``levels.national``.

    They are part of the package: `folder` lies beside the module that asks.
    """
    words: dict[str, frozenset[str]] = {}
    for file in Path(folder).glob("*.toml"):
        for name, each in _lists(tomllib.loads(file.read_text(encoding="utf-8"))):
            words[name] = words.get(name, frozenset()).union(each)
    return words


def read_spellings(folder: str) -> dict[str, dict[str, str]]:
    """Return the tables of ``en.toml``: a spelling → the one by which all of the word are known."""
    return tomllib.loads(Path(folder, "en.toml").read_text(encoding="utf-8"))


def _lists(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield before + name, value
        else:
            message = f"{before}{name} is no list of words"
            raise TypeError(message)
