"""The manual page of a code: what it is, why, a bad and a good example, the cure."""

from __future__ import annotations

import inspect
import re
from typing import NamedTuple

from poa_toolkit.diagnostic import Severity

_PARTS = re.compile(r"^(Bad|Good|Cure):[ \t]*$", re.MULTILINE)


class Page(NamedTuple):
    """One code, explained. `poa explain`, docs/rules/ and the tests read the same page."""

    code: str
    name: str
    severity: Severity
    title: str
    """What is wrong, in a sentence."""
    why: str
    """Why it matters, one or more paragraphs."""
    bad: str
    """YAML that the code is reported for; its first line names the file it belongs in."""
    good: str
    """The same, mended."""
    cure: str
    """What to do."""
    fixed: bool = False
    """Whether it is an error in every project, whatever poa.yaml says."""

    @classmethod
    def of(cls, code: str, name: str, severity: Severity, text: str) -> Page:
        """Read a page from a docstring: a sentence, paragraphs, then Bad:, Good: and Cure: blocks."""
        head, *rest = _PARTS.split(inspect.cleandoc(text))
        title, _, why = head.partition("\n")
        parts = {
            label: inspect.cleandoc(body).strip() for label, body in zip(rest[::2], rest[1::2], strict=True)
        }
        return cls(
            code,
            name,
            severity,
            title.strip(),
            why.strip(),
            parts.get("Bad", ""),
            parts.get("Good", ""),
            " ".join(parts.get("Cure", "").split()),
        )
