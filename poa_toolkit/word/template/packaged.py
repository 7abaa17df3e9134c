"""The template that comes with the toolkit."""

from __future__ import annotations

from pathlib import Path


def packaged_template() -> bytes:
    """Return it as the bytes of a Word file."""
    return Path(__file__).with_name("template.docx").read_bytes()
