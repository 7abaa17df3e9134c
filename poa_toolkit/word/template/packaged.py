"""The templates that come with the toolkit."""

from __future__ import annotations

from pathlib import Path

from poa_toolkit.model import House


def packaged_template(house: House = House.UN) -> bytes:
    """Return that of a house style as the bytes of a Word file; by default of the style that plans have."""
    return Path(__file__).with_name(f"{house}.docx").read_bytes()
