"""Decides in Word files as a person does in LibreOffice: `python3 libreoffice_deciding.py PROFILE NAME IN OUT …`.

Of each file every tracked change whose author is NAME, or one of several whose name is in it, is accepted, and
every other rejected; then it is saved as a Word file. With `-` as NAME it is only saved. The Python that has
`uno` runs this.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import uno  # type: ignore[import-not-found]  # noqa: F401 - lets Python find com.sun.star
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # of another Python
from libreoffice import each, office, without_comments

COMMANDS = {True: ".uno:AcceptTrackedChange", False: ".uno:RejectTrackedChange"}


def main(profile: str, *asked: str) -> None:
    with office(profile) as (desktop, dispatcher):
        for name, source, target in zip(asked[::3], asked[1::3], asked[2::3], strict=True):
            with NamedTemporaryFile(suffix=".docx") as copy:
                without_comments(source, copy.name)
                decide(desktop, dispatcher, name, (Path(copy.name).as_uri(), Path(target).as_uri()))


def given(**values: Any) -> tuple[Any, ...]:
    found = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


def decide(desktop: Any, dispatcher: Any, name: str, urls: tuple[str, str]) -> None:
    document = desktop.loadComponentFromURL(urls[0], "_blank", 0, given(Hidden=True))
    controller = document.CurrentController
    while name != "-":
        every = [*each(document.Redlines)]
        if not every:
            break
        last = every[-1]
        is_mine = name in last.RedlineAuthor.replace(" and ", ", ").split(", ")
        controller.ViewCursor.gotoRange(last.RedlineStart, False)  # noqa: FBT003 - it takes no keyword
        controller.ViewCursor.gotoRange(last.RedlineEnd, True)  # noqa: FBT003 - it takes no keyword
        dispatcher.executeDispatch(controller.Frame, COMMANDS[is_mine], "", 0, ())
        if len([*each(document.Redlines)]) >= len(every):
            raise SystemExit(f"LibreOffice did not decide on the change of {last.RedlineAuthor}")
    document.storeToURL(urls[1], given(FilterName="MS Word 2007 XML"))
    document.close(True)  # noqa: FBT003 - it takes no keyword


if __name__ == "__main__":
    main(*sys.argv[1:])
