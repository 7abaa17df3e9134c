"""The versions of a plan that a returned file may have been made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from poa_toolkit.model import digests
from poa_toolkit.model.texts import texts as texts_of
from poa_toolkit.returned import printed_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.api.plan_edit import PlanEdit
    from poa_toolkit.model import Plan
    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.returned.printed_texts import Key, Printed


@dataclass(frozen=True)
class Version:
    """A version of the plan that a file may have been made from."""

    name: str
    """The name of the baseline; empty for the working tree."""
    plan: Plan

    @property
    def label(self) -> str:
        """Name it for a person."""
        return f"baseline {self.name}" if self.name else "the working tree"

    @cached_property
    def digest(self) -> str:
        """Return the digest of what it says."""
        return digests.text(self.plan)

    @cached_property
    def every(self) -> tuple[PlanText, ...]:
        """Return every text of the plan."""
        return texts_of(self.plan)

    @cached_property
    def texts(self) -> dict[Key, Printed]:
        """Return every text that the body of its documents prints."""
        return printed_texts.of_body(self.every)

    def is_named_by(self, digest: str) -> bool:
        """Say whether a digest is that of what it says, by whichever rule that was taken."""
        return digest == self.digest or digests.is_text(self.plan, digest)


def versions(edit: PlanEdit) -> Iterator[Version]:
    """Return every version that a file may have been made from: the working tree, then the frozen ones."""
    yield Version("", edit.plan)
    for name, baseline in reversed(tuple(edit.frozen())):
        yield Version(name, baseline.plan)
