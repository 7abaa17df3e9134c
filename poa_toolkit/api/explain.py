"""The manual page of every code."""

from __future__ import annotations

from poa_toolkit import manual, messages
from poa_toolkit.check.rulebook import RULES


def pages() -> tuple[manual.Page, ...]:
    """Return the manual page of every code, in the order of the codes."""
    found = [*messages.pages(), *(rule.page() for rule in RULES)]
    return tuple(sorted(found, key=lambda page: page.code))


def page(name: str) -> manual.Page | None:
    """Return the page of a code or of its name, in capital or small letters; None where there is none."""
    wanted = name.upper()
    for rule in RULES:
        if wanted in (rule.code, rule.name.upper()):
            return rule.page()
    return next((each for each in messages.pages() if wanted in (each.code, each.name.upper())), None)
