"""Reads Word files as LibreOffice does: `/usr/bin/python3 libreoffice.py PROFILE CHANGES FILE CHANGES FILE …`.

CHANGES is `accept` or `reject`: what is done with all tracked changes of that file. Prints, as JSON, one
list a file: each paragraph as text, each table as a list of rows, then each note. The Python that has
`uno` runs this, which need not be that of the tests. Comments are taken out first: a LibreOffice without
windows ends where it is to show one. A character that nobody sees takes the place of each anchor, for without it LibreOffice
makes one insertion of the words at the end of a paragraph and the new paragraph behind it. A paragraph that is taken out gets
none: it would not be empty, and stay as one that counts.

Where all is rejected, a number of another paragraph is printed as `⟦BOOKMARK|NUMBER⟧`, if it is the one that stands before
that paragraph.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import uno  # type: ignore[import-not-found]  # of another Python
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # of another Python
from com.sun.star.connection import (  # type: ignore[import-not-found]  # of another Python
    NoConnectException,
)
from com.sun.star.text.ReferenceFieldPart import (  # type: ignore[import-not-found]  # of another Python
    NUMBER_NO_CONTEXT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
PIPE = f"poa-{os.getpid()}"
SECONDS = 60
RANGES = re.compile(rb"<w:commentRange(?:Start|End) [^>]*/>")
ANCHORS = re.compile(rb"<w:commentReference [^>]*/>")
PARAGRAPHS = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
GOES = re.compile(rb"<w:p(?: [^>]*)?><w:pPr>(?:(?!</w:pPr>).)*<w:rPr><w:del ", re.DOTALL)
JOINER = "\u2060"


def main(profile: str, *asked: str) -> None:
    with office(profile) as (desktop, dispatcher):
        every = zip(asked[::2], asked[1::2], strict=True)
        found = [read(desktop, dispatcher, COMMANDS[changes], file) for changes, file in every]
        sys.stdout.write(json.dumps(found))


@contextmanager
def office(profile: str) -> Iterator[tuple[Any, Any]]:
    """Run LibreOffice, and give its desktop and what hands out its commands."""
    options = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo"]
    process = subprocess.Popen(
        ["soffice", *options, f"--accept=pipe,name={PIPE};urp;"], stderr=subprocess.DEVNULL
    )
    try:
        manager = connected().ServiceManager
        desktop = manager.createInstance("com.sun.star.frame.Desktop")
        yield desktop, manager.createInstance("com.sun.star.frame.DispatchHelper")
        desktop.terminate()
        process.wait(SECONDS)
    finally:
        process.kill()


def connected() -> Any:
    """Give the context of the office, once it has started."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    address = f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext"
    for _ in range(SECONDS * 10):
        try:
            return resolver.resolve(address)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not start")


def read(desktop: Any, dispatcher: Any, command: str, file: str) -> list[Any]:
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    with NamedTemporaryFile(suffix=".docx") as copy:
        without_comments(file, copy.name)
        document = desktop.loadComponentFromURL(Path(copy.name).as_uri(), "_blank", 0, (hidden,))
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    document.TextFields.refresh()  # the numbers of other paragraphs, as on F9
    if command == COMMANDS["reject"]:
        mark_references(document)
    found = [table(block) if hasattr(block, "Rows") else seen(block.String) for block in each(document.Text)]
    found += [seen(note.String) for note in document.Footnotes]
    document.close(True)  # noqa: FBT003 - it takes no keyword
    return found


def without_comments(file: str, copy: str) -> None:
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = PARAGRAPHS.sub(without_anchors, RANGES.sub(b"", content))
            target.writestr(name, content)


def without_anchors(paragraph: re.Match[bytes]) -> bytes:
    text = paragraph.group()
    return ANCHORS.sub(b"" if GOES.match(text) else f"<w:t>{JOINER}</w:t>".encode(), text)


def mark_references(document: Any) -> None:
    """Write what it is the number of into the place of each number of a paragraph that has it."""
    numbers: dict[str, str] = {}
    marked = []
    for field in each(document.TextFields):
        is_number = (
            field.supportsService("com.sun.star.text.TextField.GetReference")
            and field.ReferenceFieldPart == NUMBER_NO_CONTEXT
        )
        if is_number:
            name, shown = field.SourceName, field.getPresentation(False)  # noqa: FBT003 - it takes no keyword
            if name not in numbers:
                numbers[name] = number_of(document, name)
            if shown.strip(".") == numbers[name].strip("."):
                marked.append((field.Anchor, f"⟦{name}|{shown}⟧"))
    for anchor, text in marked:
        anchor.String = text


def number_of(document: Any, bookmark: str) -> str:
    """Give the number before the paragraph in which a bookmark begins; nothing where it is gone."""
    if not document.Bookmarks.hasByName(bookmark):
        return ""
    start = document.Bookmarks.getByName(bookmark).Anchor.Start
    return str(start.Text.createTextCursorByRange(start).ListLabelString)


def each(container: Any) -> Any:
    enumeration = container.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def table(block: Any) -> list[list[str]]:
    return [[seen(cell) for cell in row] for row in block.DataArray]


def seen(text: str) -> str:
    return text.replace(JOINER, "")


if __name__ == "__main__":
    main(*sys.argv[1:])
