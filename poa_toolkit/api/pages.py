"""The pages of the contents of Word files, where LibreOffice is there to lay them out; no file twice."""

from __future__ import annotations

import hashlib
import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import PoaError
from poa_toolkit.files.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from poa_toolkit.word.writer.pages import Pages


class Wanted(Enum):
    """Whether the contents are to show pages."""

    NEVER = "never"
    WHERE_FOUND = "where found"
    """Where LibreOffice is there and finds them soon; a layout that was made before will do."""
    ALWAYS = "always"
    """By a new layout; it is an error where none can be made."""


class WithPages(NamedTuple):
    """Word files, with pages where these were found."""

    files: tuple[bytes, ...]
    by: str = ""
    """The program that laid them out; empty where none did."""
    remarks: tuple[str, ...] = ()
    """Why there are none, where LibreOffice is there; a line each."""


def with_pages(files: Sequence[bytes], wanted: Wanted, when: datetime) -> WithPages:
    """Return Word files whose contents show pages, as far as these are wanted; `when` is the date they bear.

    Raises PoaError where they are wanted always and cannot be found.
    """
    plain = WithPages(tuple(files))
    if wanted is Wanted.NEVER:
        return plain
    from poa_toolkit.word.writer import libreoffice, pages  # noqa: PLC0415 - only a layout pays for it

    program = libreoffice.program()
    if program is None and wanted is Wanted.WHERE_FOUND:
        return plain
    if wanted is Wanted.WHERE_FOUND and any(map(pages.is_long, files)):
        why = "to lay out so long a document takes minutes, which --pages gives it"
        return plain._replace(remarks=(f"the contents show no pages: {why}",))
    differing = [each for each in dict.fromkeys(files) if pages.asked(each)]
    keys = [_key(each, program or "") for each in differing]
    try:
        found = _kept(differing, keys) if wanted is Wanted.WHERE_FOUND else None
        found = found or _found(differing, keys)
    except PoaError as error:
        if wanted is Wanted.ALWAYS:
            raise
        return plain._replace(remarks=(f"the contents show no pages: {error}",))
    of = dict(zip(differing, found, strict=True))
    filled = tuple(pages.with_pages(each, of[each], when) if each in of else each for each in files)
    return WithPages(filled, found[0].by if found else "")


def _key(file: bytes, program: str) -> str:
    """Return what a layout is kept by: the file, and the program as it is installed now."""
    real = Path(program).resolve()
    installed = [f"{each} {each.stat().st_mtime_ns}" for each in (real, real.parent) if each.exists()]
    return hashlib.sha256("\n".join(installed).encode() + b"\n" + file).hexdigest()


_CACHE = "pages"


def _kept(files: Sequence[bytes], keys: Sequence[str]) -> tuple[Pages, ...] | None:
    """Return what earlier layouts of these very files said, where all were made before."""
    from poa_toolkit.word.writer import pages  # noqa: PLC0415 - only a layout pays for it

    cache, found = Cache(_CACHE), []
    for file, key in zip(files, keys, strict=True):
        try:
            by, of = json.loads(cache.get(key) or b"")
            said = pages.Pages(str(by), {str(name): str(page) for name, page in of.items()})
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None
        if not pages.fits(said, file):
            return None
        found.append(said)
    return tuple(found)


def _found(files: Sequence[bytes], keys: Sequence[str]) -> tuple[Pages, ...]:
    """Return what a layout says, and keep it."""
    from poa_toolkit.word.writer import pages  # noqa: PLC0415 - only a layout pays for it

    found = pages.laid_out(files)
    cache = Cache(_CACHE)
    for key, each in zip(keys, found, strict=True):
        cache.put(key, json.dumps(each).encode())
    return found
