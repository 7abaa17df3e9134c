"""What a person chose for a run: a value, passed down."""

from __future__ import annotations

from typing import NamedTuple


class Config(NamedTuple):
    """Which codes count. A prefix such as ``POA2`` stands for a whole family."""

    select: tuple[str, ...] = ()
    """Only these, where any are named."""
    ignore: tuple[str, ...] = ()
    """None of these."""
    errors_only: bool = False
    """Only rules that find errors: enough for a command that asks whether a plan may be used."""

    def wants(self, code: str) -> bool:
        """Return whether diagnostics of `code` are reported."""
        return (not self.select or code.startswith(self.select)) and not code.startswith(self.ignore or "-")
