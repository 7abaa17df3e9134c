"""Print the documents of a site as pages that link to each other."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from poa_toolkit.document.blocks import Paragraph
from poa_toolkit.document.runs import Mark, Text
from poa_toolkit.site.anchors import paragraph_anchor
from poa_toolkit.text.scripts import RIGHT_TO_LEFT, leading
from poa_toolkit.write import html
from poa_toolkit.write.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.document.blocks import Document, Heading, Row
    from poa_toolkit.document.runs import Run

_HERE = Path(__file__).parent


class Linked(NamedTuple):
    """A page that another leads to."""

    path: str
    title: str


class Served(NamedTuple):
    """What pages have besides while they are served from a plan that is being edited."""

    style: str
    script: str
    table: str
    """The paths of a style sheet, of the script that renews a page, and of the table for the room."""
    findings: tuple[Diagnostic, ...] = ()
    """What is wrong with the plan by now, or the first of it."""
    more: str = ""
    """How much more is wrong; empty where that is all."""
    trouble: str = ""
    """Why it cannot be read at all; empty where it can."""


class Around(NamedTuple):
    """What stands around the words of a page."""

    site: str
    """The title of the plan."""
    notice: str
    language: str
    menu: tuple[Linked, ...]
    """The pages that every page leads to."""
    at: str = ""
    """The path of the page of the menu under which this one stands."""
    before: Linked | None = None
    after: Linked | None = None
    pieces: tuple[str, ...] = ()
    """The paths of the pages of a document that is too long for one, this one among them."""
    contents: tuple[Linked, ...] = ()
    """The pages of the text, where this is one of them."""
    style: str = ""
    """The path of a style sheet of its own."""
    is_search: bool = False
    served: Served | None = None


def page(
    path: str, document: Document, targets: Mapping[str, str], around: Around, *, titles: Mapping[str, str]
) -> bytes:
    """Print a document as the page at `path`.

    `targets` says by name where links lead, from the root, and `titles` what the pages there are called.
    """
    writer = _SiteWriter(path, targets, titles)
    shown = html.printed(document, writer)
    template = html.template(_HERE / "shell.html")
    language = leading(around.site)
    return template.render(
        **shown,
        around=around,
        path=path,
        root=up(path),
        menu=_menu(around.menu, up(path), around.at, is_here=path == around.at),
        language=language or around.language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
    ).encode("utf-8")


@lru_cache
def _menu(pages: tuple[Linked, ...], root: str, at: str, *, is_here: bool) -> Markup:
    """Print the pages that every page leads to, once for all of which one and the same is true."""
    template = html.template(_HERE / "menu.html")
    return Markup(template.render(pages=pages, root=root, at=at, is_here=is_here))  # noqa: S704 - escaped there


def up(path: str) -> str:
    """Return the way from a page to the root of the site."""
    return "../" * path.count("/")


def filter_rules(document: Document) -> str:
    """Return the style by which a report of changes is filtered; empty for any other document."""
    return html.filter_rules(html.filters_of(document))


@cache
def style() -> bytes:
    """Return the style sheet of every page."""
    return (html.style_of_pages() + (_HERE / "site.css").read_text("utf-8")).encode("utf-8")


@cache
def script(name: str) -> bytes:
    """Return a script of the site; only the page of search runs any."""
    return (_HERE / name).read_bytes()


class _SiteWriter(html.Writer):
    """Prints parts with anchors, and links that lead to other pages of the site."""

    def __init__(self, path: str, targets: Mapping[str, str], titles: Mapping[str, str]) -> None:
        super().__init__()
        self._path, self._targets, self._titles, self._root = path, targets, titles, up(path)

    def address(self, name: str) -> str:
        """Return the way to what a name means, from this page; empty where no page shows it."""
        found = self._targets.get(name, "")
        file, mark, anchor = found.partition("#")
        return f"#{anchor}" if file == self._path and mark else f"{self._root}{found}" if found else ""

    def link(self, target: str, words: str) -> Markup:
        """Print a link to a page of the site, or to elsewhere; one that leads nowhere is its words."""
        if not target.startswith("#"):
            return super().link(target, words)
        return self._to(target[1:], escape(one_line(words)))

    def _to(self, name: str, words: Markup) -> Markup:
        address = self.address(name)
        # nothing leads to the page that is read
        if not address or self._targets[name] == self._path:
            return words
        # an id alone tells nobody what it is of
        title = self._titles.get(self._targets[name], "") if words == escape(name) else ""
        told = f' title="{escape(one_line(title))}"' if title else ""
        return Markup(f'<a href="{escape(address)}"{told}>{words}</a>')  # noqa: S704 - all are escaped

    def run(self, run: Run) -> Markup:
        """Print a run; an id leads to what it means, and a cross-reference to what bears the number."""
        words = super().run(run)
        if not isinstance(run, Text):
            return words
        if run.reference and run.reference.numbers:
            return self._to(run.reference.numbers[-1].target, words)
        return self._to(run.text, words) if run.mark is Mark.CODE else words

    def anchor(self, paragraph: Paragraph) -> str:
        """Return the name by which others link to a paragraph of the text."""
        return paragraph_anchor(paragraph)

    def row_anchor(self, row: Row) -> str:
        """Return the name of the record that a row is of, where it is shown here."""
        found = self._targets.get(row.record or "", "")
        return row.record or "" if found == f"{self._path}#{row.record}" else ""

    def row_head(self, row: Row) -> Markup:
        """Print the first cell of a row; it leads to the page of its record, where it leads nowhere yet."""
        words = super().row_head(row)
        # an id has become a link already, and no link stands in another
        is_text = all(isinstance(run, Text) for run in row.cells[0]) and "<a " not in words
        return self._to(row.record, words) if is_text and row.record and not self.row_anchor(row) else words

    def numbered(self, block: Heading | Paragraph) -> Markup:
        """Print a heading or a paragraph; a number of the text leads to all there is to know of it."""
        name = paragraph_anchor(block) if isinstance(block, Paragraph) else ""
        if not name:
            return super().numbered(block)
        bare = escape(one_line(block.number))
        number = self._to(block.record or "", bare) + " " if bare else bare
        named = escape(name)
        mark = (
            f'\N{NO-BREAK SPACE}<a class="permalink" href="#{named}"><span aria-hidden="true">#</span>'
            f'<span class="unseen">link to {named}</span></a>'
        )
        return Markup(f"{number}{self.runs(block.runs)}{mark}")  # noqa: S704 - all are escaped
