"""Edits a Word file in LibreOffice with tracked changes: `/usr/bin/python3 libreoffice_editing.py PROFILE BY FILE NEW EDITS`.

EDITS is a JSON list of pairs: words that stand once in the file, and what is typed over them. The Python
that has `uno` runs this, which need not be that of the tests.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # noqa: F401 - of another Python; it lets LibreOffice be imported
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # of another Python
from libreoffice import PIPE, SECONDS, connected

USER = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.UserProfile/Data">
<prop oor:name="givenname" oor:op="fuse"><value>{by}</value></prop></item></oor:items>
"""


def main(profile: str, by: str, file: str, new: str, edits: str) -> None:
    settings = Path(profile, "user/registrymodifications.xcu")
    settings.parent.mkdir(parents=True)
    settings.write_text(USER.format(by=by), encoding="utf-8")
    options = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo"]
    office = subprocess.Popen(
        ["soffice", *options, f"--accept=pipe,name={PIPE};urp;"], stderr=subprocess.DEVNULL
    )
    try:
        desktop = connected().ServiceManager.createInstance("com.sun.star.frame.Desktop")
        hidden = option("Hidden", value=True)
        document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (hidden,))
        document.RecordChanges = True
        for old, typed in json.loads(edits):
            type_over(document, old, typed)
        document.storeToURL(Path(new).as_uri(), (option("FilterName", value="MS Word 2007 XML"),))
        document.close(True)  # noqa: FBT003 - it takes no keyword
        desktop.terminate()
        office.wait(SECONDS)
    finally:
        office.kill()


def option(name: str, *, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def type_over(document: Any, old: str, typed: str) -> None:
    wanted = document.createSearchDescriptor()
    wanted.SearchString = old
    found = document.findFirst(wanted)
    if found is None:
        raise SystemExit(f"{old!r} is not in the file")
    found.String = typed


if __name__ == "__main__":
    main(*sys.argv[1:])
