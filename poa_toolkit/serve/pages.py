"""What is served after a look at the plan: the site, the table, a script, and what is wrong."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.serve import room
from poa_toolkit.serve.room import Room
from poa_toolkit.site.pages import Site
from poa_toolkit.site.printing import Served, up
from poa_toolkit.text.scripts import RIGHT_TO_LEFT, leading
from poa_toolkit.write import html
from poa_toolkit.write.diagnostics import MOST, more, select

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.site.material import Material

_HERE = Path(__file__).parent
HOME = "index.html"
_LIVE = Served(style="live/live.css", script="live/renew.js", table=room.START)
_FILES = {
    "live/renew.js": ("renew.js",),
    "live/live.css": ("live.css",),
    "live/table.js": ("table.js",),
    "live/table.css": ("table.css", "live.css"),
}
_LONGEST = 200
"""How many characters a name may have that somebody asks for."""


class Pages:
    """The pages of a plan as it could be read last, each made once, when somebody looks at it."""

    def __init__(
        self,
        material: Material | None,
        earlier: Pages | None = None,
        *,
        findings: tuple[Diagnostic, ...] = (),
        trouble: str = "",
    ) -> None:
        """Take what the pages are made of, None where there is nothing yet, and what is wrong by now."""
        self.material = material
        selected = select(findings, most=MOST)
        more_of_it = more(selected.left_out, all_by="poa validate")
        self._served = _LIVE._replace(findings=selected.shown, more=more_of_it, trouble=trouble)
        self._made: dict[str, bytes] = {}
        self._earlier = earlier.made_room if earlier else None
        if earlier and material is earlier.material and "site" in vars(earlier):
            self.site = earlier.site

    @cached_property
    def site(self) -> Site | None:
        """The site, once somebody looks at a page of it: the table does not wait for it."""
        return Site(self.material) if self.material else None

    @cached_property
    def room(self) -> Room | None:
        """The table, once somebody looks at it."""
        return Room(self.material, self._earlier) if self.material else None

    @property
    def made_room(self) -> Room | None:
        """The table as somebody has looked at it last; nobody misses what nobody has seen."""
        return vars(self).get("room") or self._earlier

    def page(self, path: str) -> bytes | None:
        """Return the file at a path; None where there is none. Nothing is looked up on the disk."""
        if path not in self._made:
            made = self._make(path)
            if made is None:
                return None
            self._made[path] = made
        return self._made[path]

    def _make(self, path: str) -> bytes | None:
        if path in _FILES:
            read = [(_HERE / name).read_text("utf-8") for name in _FILES[path]]
            return "".join((html.style_of_pages() if len(read) > 1 else "", *read)).encode("utf-8")
        if self.material is None:
            return self._alone(path) if path in (HOME, room.START) else None
        if path.startswith(room.FOLDER):
            return self._on_screen(self.room, path) if self.room and self.room.has(path) else None
        try:
            return self.site.page(path, self._served) if self.site else None
        except KeyError:
            return None

    def jump(self, wanted: str, at: str) -> str | bytes:
        """Return the path of the text that is meant; where none is, the page at `at`, which says so."""
        if self.room is None:
            return room.START
        if at not in self.room.paths():
            at = room.START
        wanted = wanted[:_LONGEST]
        try:
            return self.room.find(wanted)
        except UnknownRecordError as error:
            return self._on_screen(self.room, at, wanted=wanted, said=f"{error}.", shown_at="table/go")

    def _on_screen(
        self, of: Room, path: str, *, wanted: str = "", said: str = "", shown_at: str = ""
    ) -> bytes:
        document = of.document(path)
        plan = of.table.plan
        shown = html.printed(document, html.Writer())
        language = leading(plan.title)
        return (
            html.template(_HERE / "table.html")
            .render(
                **shown,
                served=self._served,
                root=up(shown_at or path),
                path=path,
                start=room.START,
                is_start=path == room.START,
                stops=of.under_consideration,
                ways=of.ways(path),
                size=of.size(path),
                wanted=wanted,
                said=said,
                site=plan.title,
                notice=plan.printed_notice(),
                language=language or self.material.document.language if self.material else "en",
                direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
            )
            .encode("utf-8")
        )

    def _alone(self, path: str) -> bytes:
        """Return what is wrong with a plan of which there is no page yet."""
        page = html.template(_HERE / "alone.html")
        return page.render(served=self._served, root=up(path)).encode("utf-8")
