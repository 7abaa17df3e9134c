"""The manual pages of what reading itself refuses: POA0xx, POA1xx, and a few forms of text."""

from __future__ import annotations

from poa_toolkit.diagnostic import Severity
from poa_toolkit.load import pages_form, pages_reading
from poa_toolkit.manual import Page


def pages() -> tuple[Page, ...]:
    """Give the page of every code that reading can report; all of them are errors."""
    texts = (*pages_reading.TEXTS, *pages_form.TEXTS)
    return tuple(Page.of(code, name, Severity.ERROR, text) for code, name, text in texts)
