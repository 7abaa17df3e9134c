"""A key that is mistyped is told as that, with the one that was meant, and nothing else is blamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from poa_toolkit.load import plan_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEY = re.compile(r"^( *(?:- )?)([a-z_]{4,})(:)", re.MULTILINE)
PLAN = ROOT / "plan"


def _first_of_each(path: Path) -> Iterator[tuple[str, re.Match[str]]]:
    """Give each key of a file where it first stands at its depth."""
    seen = set()
    text = path.read_text("utf-8")
    for match in _KEY.finditer(text):
        if (match[1], match[2]) not in seen:
            seen.add((match[1], match[2]))
            yield text, match


@pytest.mark.parametrize("path", sorted(PLAN.rglob("*.yaml")), ids=lambda path: path.stem)
def test_a_mistyped_key_is_told_with_the_one_that_was_meant(path: Path) -> None:
    inside = f"plan/{path.relative_to(PLAN).as_posix()}"
    for text, match in _first_of_each(path):
        key = match[2]
        wrong = f"{key[:-2]}{key[-1]}{key[-2]}" if key[-1] != key[-2] else f"{key}x"
        mistyped = f"{text[: match.start(2)]}{wrong}{text[match.end(2) :]}"
        told = plan_file.read(inside, mistyped.encode("utf-8")).diagnostics
        line = text.count("\n", 0, match.start()) + 1
        assert [each.code for each in told if each.code not in ("POA101", "POA102")] == [], wrong
        named = [each for each in told if each.code == "POA102" and f"`{wrong}`" in each.message]
        assert [each.location.span.line for each in named if each.location.span] == [line], wrong
        assert f'did you mean "{key}"?' in named[0].help, wrong
