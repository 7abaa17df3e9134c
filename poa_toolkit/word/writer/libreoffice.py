"""LibreOffice, where it is there: run with a profile of its own, and ended with all that it has begun."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import PoaError
from poa_toolkit.source import programs

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 180
"""Seconds that LibreOffice may take."""
_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),  # never
)
"""What the profile begins with: no macro runs, and no link to elsewhere is followed."""
_SETTING = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{"".join(_SETTING.format(*each) for each in _SETTINGS)}
</oor:items>
"""


def program() -> str | None:
    """Return the path of LibreOffice; None where it is not there."""
    return programs.find(*_PROGRAMS)


def converted(files: Sequence[bytes], to: str, *, because: str, otherwise: str) -> tuple[bytes, ...]:
    """Return Word files as LibreOffice makes them anew: `to` is a suffix, and may name a filter after it.

    `because` and `otherwise` say, where it is not there, what is made by it and how to do without. Raises
    PoaError, one line, where it is not there, takes too long, or makes none.
    """
    found = program()
    if found is None:
        raise PoaError(f"{because} by LibreOffice, which is not installed: install it, or {otherwise}")
    suffix = to.partition(":")[0]
    with tempfile.TemporaryDirectory(prefix="poa-office-") as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(files))]
        for source, content in zip(sources, files, strict=True):
            source.write_bytes(content)
        said = _run(found, folder, to, sources)
        made = [folder / "made" / f"{source.stem}.{suffix}" for source in sources]
        if not all(each.is_file() for each in made):
            raise PoaError(f"LibreOffice made no {suffix.upper()}{said}")
        return tuple(each.read_bytes() for each in made)


def _run(found: str, folder: Path, to: str, sources: Sequence[Path]) -> str:
    """Run LibreOffice with a profile of its own; what it said, to be shown where it failed."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [found, profile, "--headless", "--norestore", "--convert-to", to]
    try:
        process = subprocess.Popen(  # noqa: S603 - a list, no shell
            [*command, "--outdir", os.fspath(folder / "made"), *map(os.fspath, sources)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise PoaError(f"LibreOffice cannot be run: {error.strerror}") from None
    try:
        _, complaint = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise PoaError(f"LibreOffice took more than {SECONDS} seconds, and was stopped") from None
    finally:
        programs.end(process)
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1]}" if lines else ""
