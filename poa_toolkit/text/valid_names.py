"""What an id may be, and the name of a baseline or a file: what every system takes for a name alone."""

from __future__ import annotations

import re

LONGEST = 28
"""How many characters an id may have."""
LONGEST_FILE = 80
"""How many the name of a file may have, without its ending."""
PATTERN = r"^[A-Za-z0-9-]+$"
"""Letters, digits and hyphens."""
RESERVED_PATTERN = (
    r"^(-.*|[Hh][Ee][Aa][Dd]|[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|"
    r"([Cc][Oo][Mm]|[Ll][Pp][Tt])[0-9])$"
)
"""Of these, what looks like an option, what git calls a version, and the devices of Windows."""

_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]|conin\$|conout\$) *(\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def fault(name: str, *, longest: int = LONGEST) -> str:
    """Return why a name can be none of a record, a baseline or a file; empty for one that can."""
    if not re.fullmatch(PATTERN, name) or name.endswith("\n") or len(name) > longest:
        return f"use letters, digits and hyphens, at most {longest}"
    return reserved(name)


def reserved(name: str) -> str:
    """Return who means something else by a name, in whichever letters; empty where nobody does."""
    if not re.fullmatch(RESERVED_PATTERN, name):
        return ""
    if name.startswith("-"):
        return "what begins with a hyphen is an option to a command"
    return "git calls a version so" if name.lower() == "head" else "Windows calls a device so"


def unreserved(stem: str) -> str:
    """Return `stem`, with a number behind it where it is reserved."""
    return f"{stem}-1" if reserved(stem) else stem


def unportable(name: str) -> str:
    """Return why Windows can have no file of this name; empty where it can."""
    if _NOT_ON_WINDOWS.search(name):
        return "one of its signs"
    if name.endswith((".", " ")):
        return "the full stop or space at its end"
    return "the device that it calls so" if _DEVICE.fullmatch(name) else ""
