"""The manual pages of the codes that no rule has: faults of form and of poa.yaml, Word files.

Each is a file beside this one, named by its code. It begins ``# POA101 missing-key (error)``, or
``(always an error)`` where no project can change that; then it goes on as the docstring of a rule does.
"""

from __future__ import annotations

import re
from pathlib import Path

from poa_toolkit.diagnostic import Severity
from poa_toolkit.manual import Page

OF_WORD_FILES = "POA7"
"""How the codes begin that speak of templates, returned files and drafts, never of a plan."""

_FOLDER = Path(__file__).parent
_CODE = re.compile(r"POA[0-9]{3}")
_HEAD = re.compile(rf"# ({_CODE.pattern}) ([a-z0-9-]+) \((always an (?=error))?({'|'.join(Severity)})\)\n")


def pages() -> tuple[Page, ...]:
    """Return every page, in the order of the codes."""
    return tuple(_read(path) for path in sorted(_FOLDER.glob("POA*.md")))


def page(code: str) -> Page | None:
    """Return the page of a code, and read its file alone; None where a rule has the code, or nobody."""
    path = _FOLDER / f"{code}.md"
    return _read(path) if _CODE.fullmatch(code) and path.is_file() else None


def parse(code: str, text: str) -> Page:
    """Return the page that `text`, the content of the file of `code`, makes."""
    head = _HEAD.match(text)
    if head is None or head[1] != code:
        raise ValueError(f'{code}.md does not begin with a line such as "# {code} missing-key (error)"')
    found = Page.of(code, head[2], Severity(head[4]), text[head.end() :])
    return found._replace(fixed=bool(head[3]))


def _read(path: Path) -> Page:
    return parse(path.stem, path.read_text("utf-8"))
