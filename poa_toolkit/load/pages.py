"""The manual pages of what reading itself finds: faults of form, of poa.yaml and of profiles."""

from __future__ import annotations

from poa_toolkit.diagnostic import Severity
from poa_toolkit.load import pages_form, pages_reading, pages_settings, pages_slips
from poa_toolkit.manual import Page


def pages() -> tuple[Page, ...]:
    """Give the page of every code that is no rule's."""
    return (*_pages_of_form(), *pages_settings.pages())


def fixed_codes() -> frozenset[str]:
    """Give the codes whose weight no project can change: what cannot be read, and wrong settings."""
    own = (page for page in pages_settings.pages() if page.code in pages_settings.FIXED)
    return frozenset(page.code for page in (*_pages_of_form(), *own))


def _pages_of_form() -> tuple[Page, ...]:
    texts = (*pages_reading.TEXTS, *pages_slips.TEXTS, *pages_form.TEXTS)
    return tuple(Page.of(code, name, Severity.ERROR, text) for code, name, text in texts)
