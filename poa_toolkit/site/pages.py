"""The pages of a site: which there are, where each thing stands, and what is on each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, partial
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document import amendments_report, matrix, matrix_rows
from poa_toolkit.document.blocks import Column, PartKind, Table
from poa_toolkit.document.citations import joined
from poa_toolkit.document.matrix_rows import Axis
from poa_toolkit.document.report_blocks import body, item, part, row
from poa_toolkit.document.runs import Link
from poa_toolkit.site import printing
from poa_toolkit.site.anchors import anchor_of, anchors
from poa_toolkit.site.paging import pages as cut
from poa_toolkit.site.printing import Around, Linked
from poa_toolkit.site.record_layouts import RecordLayouts
from poa_toolkit.site.search import search_index
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from poa_toolkit.document.blocks import Block, Document, Part
    from poa_toolkit.site.material import Material
    from poa_toolkit.site.printing import Served

    _Laid = tuple[str, str, Callable[[], Document]]
    """A record: its id, its title, and what lays out its page."""

STYLE = "assets/site.css"
SEARCH = "search.html"
_SCRIPTS = {"assets/minisearch.js": "minisearch.js", "assets/search.js": "search.js"}
_INDEX = "assets/index.js"
_CHANGES = "changes/"
_MENU = {
    "introduction": "Text",
    "recommendations": "Recommendations",
    "law": "Law",
    "themes": "Themes",
    "addressees": "Addressees",
    "matrix": "Matrix",
    "amendments": "Amendments",
    "changes": "Changes",
    "status": "Status",
    "progress": "Progress",
    "withdrawn": "Withdrawn",
    "participants": "Participants",
    "endorsements": "Endorsements",
    "corrigenda": "Corrigenda",
    "links": "Further reading",
}
"""The pages that every page leads to, where there are such, by their names."""
_REPORTS = {"status": "Where the text stands", "progress": "Progress since the adoption"}
"""What reports are called, where the version they are of goes without saying."""


class _Page(NamedTuple):
    """A page, laid out when it is asked for."""

    lay_out: Callable[[], Document]
    menu: str = ""
    """The page of the menu under which it stands."""
    series: tuple[str, ...] = ()
    """Pages of one kind, in order, of which this is one: a reader goes on to the next."""
    pieces: tuple[str, ...] = ()
    """The pages of its document, where that is too long for one."""
    style: str = ""
    places: Mapping[str, str] = MappingProxyType({})
    """Where the names of its own document stand."""


class Site:
    """The pages of a plan. Each is made when it is asked for; the same plan gives the same bytes."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._layouts = RecordLayouts(material)
        self._pages: dict[str, _Page] = {}
        self._late: dict[str, tuple[Callable[[], Document], Callable[[Document], object]]] = {}
        """What lays out a record, of which there are many, and adds its pages, by the path of the first."""
        self._files: dict[str, Callable[[], bytes]] = {
            STYLE: printing.style,
            **{path: partial(printing.script, name) for path, name in _SCRIPTS.items()},
            _INDEX: self._search_index,
        }
        self._targets: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._add_all()

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file, from the root of the site."""
        for path in tuple(self._late):
            self._add_late(path)
        return (*self._pages, *self._files)

    def page(self, path: str, served: Served | None = None) -> bytes:
        """Return the file at a path, with what else a served page has. Raises KeyError for none."""
        if path in self._files:
            return self._files[path]()
        self._add_late(path)
        found = self._pages[path]
        first = found.pieces[0] if found.pieces else path
        around = Around(
            site=self._material.plan.title,
            notice=self._material.document.notice,
            language=self._material.document.language,
            menu=tuple(
                Linked(f"{name}.html", words)
                for name, words in _MENU.items()
                if f"{name}.html" in self._pages
            ),
            at=found.menu,
            before=self._beside(first, found.series, -1),
            after=self._beside(first, found.series, 1),
            pieces=found.pieces,
            contents=self._contents(found.series),
            style=found.style,
            is_search=path == SEARCH,
            served=served,
        )
        # what has a page of its own is shown there, and every other name where its document has it
        targets = {**found.places, **self._targets} if found.places else self._targets
        return printing.page(path, found.lay_out(), targets, around, titles=self._titles)

    def _contents(self, series: tuple[str, ...]) -> tuple[Linked, ...]:
        """Return the pages of the text, where a series is that; other series are too long to list."""
        is_text = series[:1] == ("introduction.html",)
        return tuple(Linked(each, self._titles[each]) for each in series) if is_text else ()

    def _beside(self, path: str, series: tuple[str, ...], step: int) -> Linked | None:
        at = series.index(path) + step if path in series else -1
        if not 0 <= at < len(series):
            return None
        return Linked(series[at], self._titles[series[at]])

    # --- What pages there are ---------------------------------------------------------------------

    def _add_all(self) -> None:
        """Add every page; of two places of one name, the page of its own comes first."""
        self._records()
        self._named()
        self._text()
        self._annexes()
        self._lists()
        self._comparisons()
        self._reports()
        self._add(SEARCH, self._layouts.page("Search", ()))
        self._add("index.html", self._layouts.home())

    def _add(  # noqa: PLR0913 - one parameter a thing that is known of a page
        self,
        path: str,
        document: Document,
        *,
        title: str = "",
        menu: str = "",
        series: tuple[str, ...] = (),
        is_text: bool = False,
    ) -> dict[str, str]:
        """Add a document as one page or several, and return where the names on it stand.

        It stands under the page `menu` of the menu, if not in that itself. Other pages lead to the
        paragraphs and rows of what `is_text`.
        """
        pieces = cut(document)
        stem = path.removesuffix(".html")
        # no id has a dot
        paths = (path, *(f"{stem}.{number}.html" for number in range(2, len(pieces) + 1)))
        at = path if stem in _MENU else menu
        places: dict[str, str] = {}
        for each, piece in zip(paths, pieces, strict=True):
            several = paths if len(paths) > 1 else ()
            self._pages[each] = _Page(
                partial(_same, piece), at, series, several, self._style(each, piece), places
            )
            self._titles[each] = title or document.title
            for name in anchors(piece):
                places.setdefault(name, f"{each}#{name}")
        if is_text:
            self._targets = {**places, **self._targets}
        if stem in _MENU:
            self._targets[f"_{stem}"] = path
        return places

    def _style(self, path: str, document: Document) -> str:
        """Return the path of the style by which a report of changes is filtered; empty for any other page."""
        rules = printing.filter_rules(document) if path.startswith(_CHANGES) else ""
        if not rules:
            return ""
        style = f"{path.removesuffix('.html')}.css"
        self._files[style] = partial(rules.encode, "utf-8")
        return style

    def _each(self, folder: str, menu: str, records: Iterable[_Laid]) -> None:
        """Add a page for each record, laid out when somebody asks for it; a reader goes on to the next."""
        found = {f"{folder}/{name}.html": (name, title, lay_out) for name, title, lay_out in records}
        series = tuple(found)
        for path, (name, title, lay_out) in found.items():
            self._late[path] = lay_out, partial(self._add, path, title=title, menu=menu, series=series)
            self._titles[path] = title
            self._targets.setdefault(name, path)

    def _add_late(self, path: str) -> None:
        """Lay out the record that a path is of, where that has not been asked for yet."""
        first = f"{path.partition('.')[0]}.html"  # no id has a dot
        if first in self._late:
            lay_out, add = self._late[first]
            add(lay_out())
            del self._late[first]

    def _records(self) -> None:
        """Add the pages of actions and recommendations, of which there are many."""
        plan, layouts = self._material.plan, self._layouts
        actions = [action for _, action in plan.walk_actions()]
        actions.sort(key=lambda each: not each.status.printed)
        self._each(
            "actions",
            "introduction.html",
            ((each.id, layouts.called(each), partial(layouts.action, each)) for each in actions),
        )
        self._each(
            "recommendations",
            "recommendations.html",
            (
                (each.id, layouts.gist(each.text), partial(layouts.recommendation, each))
                for _, each in plan.walk_recommendations()
            ),
        )

    def _named(self) -> None:
        """Add the pages of what actions link to, each of which may be long."""
        plan, layouts = self._material.plan, self._layouts
        for source in plan.sources:
            if head := source.consultation or source.mechanism:
                self._add_record("sources", head.id, layouts.source(source), "recommendations.html")
        for theme in plan.obligations:
            page = layouts.theme(theme, self._serving.get(theme.id, ()))
            self._add_record("themes", theme.id, page, "themes.html")
        for actor in plan.actors:
            page = layouts.addressee(actor, self._called.get(actor.id, ()))
            self._add_record("addressees", actor.id, page, "addressees.html")
        for instrument in plan.instruments:
            places = self._add_record("law", instrument.id, layouts.instrument(instrument), "law.html")
            cited = (each for each in layouts.trace.served if each.instrument == instrument.id)
            for citation in (*instrument.cites(), *cited):
                self._targets[str(citation)] = places[anchor_of(citation)]

    def _add_record(self, folder: str, name: str, document: Document, menu: str) -> dict[str, str]:
        path = f"{folder}/{name}.html"
        self._targets[name] = path
        return self._add(path, document, menu=menu)

    @cached_property
    def _serving(self) -> dict[str, tuple[str, ...]]:
        """The printed actions that serve each obligation."""
        return self._layouts.trace.obligations()

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """The printed actions that are addressed to each actor."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for _, action in self._material.plan.walk_actions():
            for actor in action.addressees if action.status.printed else ():
                found[actor].append(action.id)
        return found

    def _text(self) -> None:
        """Add the text itself, a page a section, one after the other."""
        parts = self._material.document.parts
        opening = [each for each in parts if each.kind in (PartKind.FRONT, PartKind.INTRODUCTION)]
        sections = [each for each in parts if each.kind is PartKind.SECTION]
        paths = [f"sections/{section.id}.html" for section in self._material.plan.sections]
        series = ("introduction.html", *paths)
        opened = self._layouts.page(self._material.plan.title, opening, self._material.plan.subtitle or "")
        self._add("introduction.html", opened, title="Introduction", series=series, is_text=True)
        for path, section, shown in zip(paths, self._material.plan.sections, sections, strict=True):
            number = self._layouts.context.bare(section.id)
            title = f"{number}. {section.title}"
            self._targets[section.id] = path
            # its heading is that of the page
            page = self._layouts.page(title, (replace(shown, blocks=shown.blocks[1:]),))
            self._add(path, page, menu="introduction.html", series=series, is_text=True)

    def _annexes(self) -> None:
        for each in self._material.document.parts:
            name = "law" if each.name == "instruments" else each.name
            if each.kind is not PartKind.ANNEX:
                continue
            parts = (self._ways(), each) if each.name == "matrix" else (each,)
            self._add(f"{name}.html", self._layouts.page(_MENU[name], parts), is_text=True)

    def _ways(self) -> Part:
        """Add the matrix the other ways round, and return what leads to them: their gaps come first."""
        context, links = self._layouts.context, []
        for axis in (Axis.RECOMMENDATIONS, Axis.PROVISIONS):
            found = matrix_rows.matrix(context, axis, Axis.ACTIONS, {})
            title, path = matrix.title(found), f"matrix-{axis.value}.html"
            page = self._layouts.page(title, matrix.matrix(found, context))
            self._add(path, page, menu="matrix.html")
            links.append(item(Link(title, f"#_matrix-{axis.value}")))
            self._targets[f"_matrix-{axis.value}"] = path
        map_of_themes = item(Link("Themes by section", "#_themes"))
        return part(
            body("Below, each action with all it comes from and serves. The other way round:"),
            *links,
            map_of_themes,
        )

    def _lists(self) -> None:
        """Add the lists of what actions serve and address, and of what is proposed."""
        plan, table = self._material.plan, self._material.table
        self._add("themes.html", self._layouts.page("Themes", (matrix.themes(self._layouts.context),)))
        actors = ((each.id, each.title, self._called.get(each.id, ())) for each in plan.actors)
        self._add("addressees.html", self._counted("Addressees", "Addressee", actors))
        listed = amendments_report.listing(table, table.amendments)
        self._add("amendments.html", listed)
        # last of all that has an id: where an amendment has that of a record, this is what a text means
        self._each(
            "amendments",
            "amendments.html",
            ((each.id, each.id, partial(self._layouts.amendment, each)) for each in table.amendments),
        )

    def _counted(self, title: str, column: str, named: Iterable[tuple[str, str, Iterable[str]]]) -> Document:
        """Return a list of records with the actions that name each; a gap is said to be one."""
        columns = (Column(column, 4), Column("Actions"), Column("Paragraphs", 6))
        rows = []
        for name, words, actions in named:
            found = tuple(actions)
            links = tuple((self._layouts.context.link(each),) for each in dict.fromkeys(found))
            rows.append(row(words, str(len(links) or "gap"), joined(links, ", "), record=name))
        blocks: list[Block] = [Table(columns, tuple(rows))] if rows else [body("None is on record.")]
        return self._layouts.page(title, (part(*blocks),))

    def _comparisons(self) -> None:
        """Add the comparison of any two versions, and their list."""
        versions = self._material.versions
        columns = (Column("From", 5), Column("To", 5), Column("Changes", 3))
        rows = []
        for old, new in combinations(range(len(versions)), 2):
            before, after = versions[old], versions[new]
            # the version at hand has no name; no id has a dot, and a further page of a report has one
            name = f"{before.name}..{after.name}" if after.name else before.name
            path, title = f"{_CHANGES}{name}.html", f"Changes from {before.title} to {after.title}"
            # readers of a site know versions by their titles, and no working tree
            report = replace(self._material.difference(old, new).report, title=title, version=after.title)
            self._add(path, report, menu="changes.html")
            count = many(len(self._material.difference(old, new).comparison.changes), "change")
            rows.append(row(before.title, after.title, Link(count, f"#_{name}")))
            self._targets[f"_{name}"] = path
        shown: Block = (
            Table(columns, tuple(rows)) if rows else body("There is no earlier version to compare with.")
        )
        self._add(
            "changes.html", self._layouts.page("Changes", (part(*self._layouts.order_of_versions(), shown),))
        )

    def _reports(self) -> None:
        """Add where the text stands, which says little of each thing, and how far actions have come."""
        self._pages["status.html"] = _Page(
            partial(self._named_here, "status", self._material.status), "status.html"
        )
        self._targets["_status"] = "status.html"
        if self._material.progress:
            progress = self._material.progress
            self._add("progress.html", self._named_here("progress", lambda: progress))

    def _named_here(self, name: str, lay_out: Callable[[], Document]) -> Document:
        """Lay out a report under the name that readers of a site know it by."""
        return replace(lay_out(), title=_REPORTS[name], version=self._material.versions[-1].title)

    def _search_index(self) -> bytes:
        return search_index(self._material, self._targets)


def _same(document: Document) -> Document:
    return document
