"""The Word files that the documentation shows coming back: the shipped plan, edited as Word does it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from word_editing import Edited

_A, _B = "Delegation A", "Delegation B"


def _first(it: Edited) -> None:
    it.replace("poa:A-008:text", "International and citizen observers", "Observers", _A)
    it.add(it.paragraph("poa:A-008:points.c"), "the date by which it should be done.", _A)
    it.comment("poa:A-001:text", "short guide", "How short is short?", _A)


def _second(it: Edited) -> None:
    it.replace("poa:A-008:text", "should send", "shall send", _B)
    it.retype("poa:A-006:text", "States should draw", "States should always draw")
    next(it.styled("POADetail")[0].iter(f"{it.root.tag[:-8]}t")).text += "all of "


RETURNED: Mapping[str, Callable[[Edited], None]] = {"delegation-a.docx": _first, "delegation-b.docx": _second}
"""By the name of the file: what its sender did in Word."""


def returned(file: bytes, name: str) -> bytes:
    """Give a rendered file as the sender of `name` returns it."""
    there = Edited(file)
    RETURNED[name](there)
    return there.save()
