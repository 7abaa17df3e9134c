"""The table: each text of the plan as the room sees it, with the amendments that wait for a decision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.document.amendments_report import AmendmentView, listing, pair, report, state
from poa_toolkit.document.amendments_side_by_side import in_columns, to_record
from poa_toolkit.document.chair_sheet import consideration
from poa_toolkit.document.record_in_full import RecordWriter, Shown, title
from poa_toolkit.document.record_names import Meant, excerpt, meant
from poa_toolkit.document.report_blocks import body, code, heading, item, part, strong
from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.model.texts import TextKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.document.blocks import Block, Document, Part
    from poa_toolkit.document.record_card import Card
    from poa_toolkit.model import Amendment
    from poa_toolkit.site.material import Material

    _Key = tuple[str, str]
    """A text: its record and its field."""

FOLDER = "table/"
START = "table/index.html"
_LENGTHS = ((160, "short"), (450, "medium"), (900, "long"))
"""Up to how many characters a text is printed how large."""


class Stop(NamedTuple):
    """A text of which there is a page."""

    path: str
    title: str
    """What it is cited as: ``Paragraph 22 (b)``."""
    begins: str
    """Its first words, in quotes."""
    amendments: tuple[str, ...]
    """The ids of those that wait for a decision, in the order of consideration."""


class Ways(NamedTuple):
    """Where one goes from a text; None where there is nothing further."""

    before: Stop | None = None
    after: Stop | None = None
    """By the order of consideration."""
    above: Stop | None = None
    below: Stop | None = None
    """By the order of the text."""
    place: int = 0
    """Which of those under consideration it is, counted from 1; 0 where it is none."""


class Room:
    """The texts of one plan, each laid out when somebody looks at it."""

    def __init__(self, material: Material, earlier: Room | None = None) -> None:
        """Take a plan; of `earlier`, what was there a moment ago is remembered."""
        self.table = material.table
        self._cards = material.cards
        self._view = AmendmentView(self.table)
        self._writer = RecordWriter(self.table)
        self._places = {key: place for place, key in enumerate(self._view.texts)}
        first: dict[str, _Key] = {}
        for key in self._view.texts:
            first.setdefault(key[0], key)
        self._first = first
        self._keys = {self._path(key): key for key in self._view.texts}
        before: dict[str, int] = {}
        if earlier is not None:
            before = {**earlier.gone, **{path: earlier.place(path) for path in earlier.paths()}}
        self.gone: dict[str, int] = {path: place for path, place in before.items() if path not in self._keys}
        """What was a text of the plan since this began, and is none now: where it stood."""

    def paths(self) -> tuple[str, ...]:
        """Return the path of the page of every text, in printed order."""
        return tuple(self._keys)

    def has(self, path: str) -> bool:
        """Return whether there is a page at a path."""
        return path == START or path in self._keys or path in self.gone

    def place(self, path: str) -> int:
        """Return the place of a text in printed order."""
        return self._places[self._keys[path]] if path in self._keys else self.gone[path]

    def _path(self, key: _Key) -> str:
        record, field = key
        return f"table/text/{record}{'' if self._first[record] == key else f'.{field}'}.html"

    # --- Orders -----------------------------------------------------------------------------------

    @cached_property
    def _waiting(self) -> dict[_Key, tuple[Amendment, ...]]:
        """What waits for a decision, by the text that it is to or stands behind, as it is considered."""
        by_id = {each.id: each for each in self.table.amendments}
        found: defaultdict[_Key, list[Amendment]] = defaultdict(list)
        for name in consideration(self.table):
            key = self._key(by_id[name])
            if key is not None:
                found[key].append(by_id[name])
        return {key: tuple(each) for key, each in found.items()}

    def _key(self, amendment: Amendment) -> _Key | None:
        """Return the text on whose page an amendment stands; None where it has no place in the text."""
        target = self._view.target(amendment)
        if target is None:
            return None
        # a new paragraph stands behind the whole of the one before it
        is_whole = amendment.kind is AmendmentKind.ADD and amendment.record is None
        return self._first[target.record] if is_whole else (target.record, target.field)

    @cached_property
    def under_consideration(self) -> tuple[Stop, ...]:
        """The texts to decide on, in the order of the chair's sheet."""
        return tuple(map(self._stop, self._waiting))

    @cached_property
    def _in_text(self) -> tuple[_Key, ...]:
        """Every paragraph of the text in printed order, and what else is under consideration."""
        return tuple(
            key
            for key, each in self._view.texts.items()
            if key in self._waiting or (each.is_body and each.kind is not TextKind.DETAIL)
        )

    def _stop(self, key: _Key) -> Stop:
        text = self._view.texts[key]
        about = tuple(each.id for each in self._waiting.get(key, ()))
        named = title(Shown(self._card(key), ""))
        return Stop(self._path(key), named, excerpt(text.shown) if text.text else "", about)

    def stop(self, path: str) -> Stop:
        """Return what there is at a path; of a text that is no more, its path."""
        return self._stop(self._keys[path]) if path in self._keys else Stop(path, _name(path), "", ())

    def ways(self, path: str) -> Ways:
        """Return where one goes from a text, wherever that stands: what is decided is left out."""
        order, at = list(self._waiting), self._keys.get(path)
        here = self.place(path) if path != START else -1
        if at in self._waiting:
            place = order.index(at)
            before, after = order[:place], order[place + 1 :]
        else:
            place = -1
            before = [key for key in order if self._places[key] < here]
            after = [key for key in order if self._places[key] >= here]
        above = [key for key in self._in_text if self._places[key] < here]
        below = [key for key in self._in_text if self._places[key] >= here and key != at]
        return Ways(
            before=self._stop(before[-1]) if before else None,
            after=self._stop(after[0]) if after else None,
            above=self._stop(above[-1]) if above else None,
            below=self._stop(below[0]) if below else None,
            place=place + 1,
        )

    def find(self, name: str) -> str:
        """Return the path of what a person means by `name`: a number, an id, an amendment.

        Raises UnknownRecordError, which says what there is.
        """
        for each in self.table.amendments:
            place = self._key(each) if each.id.lower() == name.strip().lower() else None
            if place is not None:
                return self._path(place)
        found = meant(self.table.plan, name)
        key = (found.record, found.field) if found.field else self._first.get(found.record)
        if key is None or key not in self._view.texts:
            raise UnknownRecordError(f"{found.name} is no text that can be amended")
        return self._path(key)

    # --- Pages ------------------------------------------------------------------------------------

    def size(self, path: str) -> str:
        """Return how large the words of a text can be, by how many there are."""
        words = self._view.texts[self._keys[path]].shown if path in self._keys else ""
        return next((name for most, name in _LENGTHS if len(words) <= most), "longest")

    def document(self, path: str) -> Document:
        """Lay out the page at a path: a text, one that is gone, or what is under consideration."""
        if path == START:
            return self._report("Under consideration", "", self._unplaced())
        if path not in self._keys:
            gone = body("This text is no longer in the plan.")
            return self._report(_name(path), "", (part(gone), self._decided(path)))
        key = self._keys[path]
        text, card = self._view.texts[key], self._card(key)
        section = self._writer.sections.get(text.section, "") if text.kind is not TextKind.TITLE else ""
        here = tuple(each for each in card.brackets if each.field == text.field)
        found = (
            *self._words(text, card),
            part(*self._writer.brackets(card._replace(brackets=here))),
            *self._proposed(self._waiting.get(key, ())),
            self._decided(path),
            self._points(text),
        )
        return self._report(title(Shown(card, "")), section, found)

    def _report(self, named: str, under: str, parts: Iterable[Part]) -> Document:
        return replace(report(self.table, named, (each for each in parts if each.blocks)), subtitle=under)

    def _card(self, key: _Key) -> Card:
        record, field = key
        return self._cards.of(Meant(record, "" if self._first[record] == key else field))

    def _words(self, text: Target, card: Card) -> Iterator[Part]:
        """Return the text under what it stands under; of a field that is no text, what it says."""
        above = (each for each in self._of_action(text) if _is_inside(text, each))
        yield replace(part(*map(self._writer.text, above)), name="_above")
        said: list[Block] = [
            item(strong(f"{each.label}: "), ", ".join(one.name for one in each.values))
            for each in card.settings
            if each.field == text.field
        ]
        yield replace(part(*said or [self._writer.text(text)]), name="_words")

    def _points(self, text: Target) -> Part:
        """Return what stands under a text."""
        below = [each for each in self._of_action(text) if _is_inside(each, text)]
        return part(heading("Below it", anchor="_below"), *map(self._writer.text, below)) if below else part()

    def _of_action(self, text: Target) -> Iterator[Target]:
        """Return the text and the points of an action."""
        kinds = (TextKind.ACTION, TextKind.POINT, TextKind.SUBPOINT)
        return (
            each for each in self._view.texts.values() if each.record == text.record and each.kind in kinds
        )

    def _proposed(self, waiting: tuple[Amendment, ...]) -> Iterator[Part]:
        """Return what waits for a decision side by side, and what of it collides."""
        if not waiting:
            yield replace(part(body("No amendment waits for a decision.")), name="_proposed")
            return
        yield part(heading("Amendments", anchor="_proposed"), in_columns(self._view, waiting))
        names = {each.id for each in waiting}
        meet = [each for each in self.table.collisions if names & {each.first, each.second}]
        if meet:
            yield part(heading("Collisions", anchor="_collisions"), *map(pair, meet))

    def _decided(self, path: str) -> Part:
        """Return what became of the amendments to a text that were decided, a line each."""
        record, _, field = _name(path).partition(".")
        field = self._keys[path][1] if path in self._keys else field
        found = to_record(self.table, record, field)
        lines = (
            item(code(each.id), f", {each.proposer}: ", *state(each, self._view))
            for each in found
            if each.state not in WAITING
        )
        return replace(part(*lines), name="_decided")

    def _unplaced(self) -> Iterator[Part]:
        """Return what waits and has no place in the text, as the chair's sheet has it at its end."""
        homeless = [each for each in self.table.amendments if each.state is AmendmentState.UNPLACED]
        if not self._waiting:
            yield part(body("No amendment waits for a decision."))
        if homeless:
            listed = (block for each in listing(self.table, homeless).parts for block in each.blocks)
            yield part(heading("Without a place in the text", anchor="_unplaced"), *listed)


def _name(path: str) -> str:
    return path.removeprefix("table/text/").removesuffix(".html")


def _is_inside(inner: Target, outer: Target) -> bool:
    """Return whether a text stands under another."""
    here, above = inner.at[:-1], outer.at[:-1]
    is_under = len(here) > len(above) and here[: len(above)] == above
    return is_under and TextKind.DETAIL not in (inner.kind, outer.kind)
