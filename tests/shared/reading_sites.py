"""Read a site as a browser does: which pages there are, where its links lead, what stands on a page.

An oracle: it shares nothing with what makes the pages.
"""

from __future__ import annotations

from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_OUT = ("https", "http")


class PageReader(HTMLParser):
    """What a browser finds on one page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self.language = self.direction = ""
        self.inline: list[str] = []
        self._within: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names and where it leads."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action"):
            if name in given:
                self.links.append((tag, given[name]))
        if tag == "script":
            self.scripts.append(given.get("src", ""))
        if tag == "html":
            self.language, self.direction = given.get("lang", ""), given.get("dir", "")
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note the words that are shown."""
        if not {"style", "script", "title"} & set(self._within):
            self.words.append(data)

    @property
    def text(self) -> str:
        """All words of the page, on one line."""
        return " ".join(" ".join(self.words).split())


def pages(files: Mapping[str, bytes]) -> dict[str, PageReader]:
    """Read every page of a site."""
    return {path: PageReader(content) for path, content in files.items() if path.endswith(".html")}


def broken_links(files: Mapping[str, bytes]) -> Iterator[str]:
    """Return every link that leads to no file of the site, or to no place on its page."""
    found = pages(files)
    for path, page in found.items():
        for _, link in page.links:
            parts = urlsplit(link)
            if parts.scheme in _OUT:
                continue
            to = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            if parts.scheme or to not in files:
                yield f"{path}: {link} leads nowhere"
            elif parts.fragment and unquote(parts.fragment) not in found[to].ids:
                yield f"{path}: nothing on {to} is named {parts.fragment}"


def repeated(names: Iterable[str]) -> list[str]:
    """Return what stands twice."""
    every = list(names)
    return sorted({each for each in every if every.count(each) > 1})
