"""What a draft cites and whom it names, as ids of the registry; the part of the registry that it needs."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.fmt import laid_out
from poa_toolkit.api.plan_edit import ids_in, spelt
from poa_toolkit.api.returned_files import slug
from poa_toolkit.model import Citation
from poa_toolkit.returned.citations.note_reader import NoteReader, Read
from poa_toolkit.returned.draft.blocks import shortened
from poa_toolkit.returned.draft.drafted_plan import Becomes
from poa_toolkit.returned.draft.words import folded
from poa_toolkit.text.valid_names import LONGEST
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.returned.draft.drafted_plan import Drafted, DraftedPlan

_BY_HAND = "write its citations by hand"
_NO_REGISTRY = (
    "there is no registry",
    "name a project that lists what it cites, with --registry DIR; else write its citations by hand",
)
_UNREADABLE = (
    "the plan of the registry cannot be read",
    "mend there what `poa validate` finds, and import the draft again",
)
"""Why nothing is looked up, and the cure."""
_LISTED = "list the provision in plan/instruments, then cite it"
_APART = re.compile(r"\s*[;\n/]\s*")
_CLOSELY_APART = re.compile(r"\s*(?:,|\band\b|\bet\b|\by\b|&)\s*")
_ARTICLE = re.compile(r"^(?:the|les?|la|los|las|el)\s+", re.IGNORECASE)
ACTORS = "plan/actors.yaml"


class Open(NamedTuple):
    """What of a note or a cell was not understood: the comment to keep, and what to say of it."""

    comment: str
    message: str
    cure: str


class Linked(NamedTuple):
    """What an action cites and whom it is addressed to, and what of it was not understood."""

    provisions: tuple[str, ...]
    recommendations: tuple[str, ...]
    addressees: tuple[str, ...]
    notes: Mapping[str, tuple[Open, ...]]
    """By note, what of it is to be looked at."""
    cells: tuple[Open, ...]
    """What of the cells of a table is."""


class Ids:
    """Gives ids that are not taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Take those that are, in lower case."""
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def give(self, stem: str) -> str:
        """Return an id that begins as `stem` does, a number behind it where that is taken."""
        name, number = stem, self._numbers.get(stem, 1)
        while name in self._taken:
            number += 1
            name = f"{stem[: LONGEST - len(str(number)) - 1]}-{number}"
        self._numbers[stem] = number
        self._taken.add(name)
        return name


class Links:
    """Knows the registry, and what of it a draft cites."""

    def __init__(self, registry: Loaded | None, draft: DraftedPlan) -> None:
        """Take the plan whose registry is used, or none, and read what the actions of a draft cite."""
        self._loaded = registry
        self._notes = draft.notes
        plan = registry.plan if registry else None
        self._trace = trace(plan) if plan else None
        self._reader = NoteReader(self._trace) if self._trace else None
        self._reads: dict[str, Read] = {}
        """By note or cell, what was read in it."""
        self._actors = {
            _bare(name): each.id for each in (plan.actors if plan else ()) for name in (each.id, each.title)
        }
        self.new_actors: dict[str, str] = {}
        """By id, those whom the registry does not know."""
        self._provisions: dict[str, None] = {}
        self._recommendations: dict[str, None] = {}
        self._addressees: dict[int, tuple[str, ...]] = {}
        """By the identity of an action, the names of those to whom it is addressed."""
        self._read_all(draft)
        known = (self._actors.get(_bare(name)) for names in self._addressees.values() for name in names)
        self._taken_actors = {each for each in known if each}
        # points are their action's own
        texts = (
            each.id.lower() for each in draft.records() if each.kind not in (Becomes.POINT, Becomes.SUBPOINT)
        )
        taken_over = (name for _, kept in self._files() for name in ids_in(kept, points=True))
        self.ids = Ids(("draft", *texts, *taken_over))
        """Those that no section and no actor may have."""

    def _read_all(self, draft: DraftedPlan) -> None:
        named = set(self._actors)
        for action in (each for section in draft.sections for each in section.actions):
            for text in (*map(self._note, _notes_of(action)), *action.settings.get("recommendations", ())):
                if read := self._read(text):
                    self._provisions |= dict.fromkeys(read.provisions)
                    self._recommendations |= dict.fromkeys(read.recommendations)
            cells = action.settings.get("addressees", ())
            self._addressees[id(action)] = tuple(name for each in cells for name in _named(each, named))

    def _files(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Return what is taken over, by file."""
        for path, tree in self._loaded.trees.items() if self._loaded else ():
            if isinstance(tree.value, dict) and (kept := self._kept(path, tree.value)):
                yield path, kept

    def of(self, action: Drafted) -> Linked:
        """Return what the notes of an action and of its points cite, and what a table says of it."""
        read = {name: self._read(self._note(name)) for name in _notes_of(action)}
        cells = action.settings.get("recommendations", ())
        of_cells = [(cell, self._read(cell)) for cell in cells]
        every = [each for each in (*read.values(), *(each for _, each in of_cells)) if each]
        said = f"the source of {action.id}"
        names = self._addressees.get(id(action), ())
        return Linked(
            _unique(citation for each in every for citation in each.provisions),
            _unique(name for each in every for name in each.recommendations),
            _unique(self._actors.get(_bare(name)) or self._new(name) for name in names),
            {name: self._open(name, self._note(name), each) for name, each in read.items()},
            tuple(one for cell, each in of_cells for one in self._open(said, cell, each)),
        )

    def _open(self, name: str, text: str, read: Read | None) -> tuple[Open, ...]:
        if read is not None:
            return tuple(_opened(name, text, read))
        why, cure = _UNREADABLE if self._loaded else _NO_REGISTRY
        return (Open(f"{name}: {text}", f"{name} is not looked up, as {why}: “{shortened(text)}”", cure),)

    def _note(self, name: str) -> str:
        return self._notes.get(name, "")

    def cited(self, text: str) -> tuple[str, ...]:
        """Return the provisions and recommendations that a text names, and that the registry knows."""
        read = self._read(text)
        return (*read.provisions, *read.recommendations) if read else ()

    def _read(self, text: str) -> Read | None:
        if self._reader is None:
            return None
        if text not in self._reads:
            self._reads[text] = self._reader.read(text)
        return self._reads[text]

    def _new(self, title: str) -> str:
        """Return an id to an actor whom the registry does not know."""
        plain = slug(title)
        name = self.ids.give(("actor" if plain == "returned" else plain)[:LONGEST].strip("-"))
        self.new_actors[name] = title
        self._actors[_bare(title)] = name
        return name

    # --- the part of the registry that is needed ---

    def files(self) -> dict[str, str]:
        """Return the files of the registry with what was cited and named, and what that rests on."""
        found = {path: laid_out(path, spelt(path, kept)) for path, kept in self._files()}
        if self.new_actors:
            tree = self._loaded.trees.get(ACTORS) if self._loaded else None
            actors = _items(tree.value if tree else None, "actors")
            known = [each for each in actors if each.get("id") in self._taken_actors]
            new = [{"id": name, "title": title} for name, title in self.new_actors.items()]
            found[ACTORS] = laid_out(ACTORS, spelt(ACTORS, {"actors": [*known, *new]}))
        return found

    def _kept(self, path: str, value: dict[str, Any]) -> dict[str, Any]:
        """Return what is taken over of a file; nothing where it has none of it."""
        if path.startswith("plan/instruments/"):
            wanted = self._instruments
            kept = _only(value, "instruments", lambda each: each.get("id") in wanted)
            for each in kept.get("instruments", ()):
                if provisions := _items(each, "provisions"):
                    each["provisions"] = [self._bearing(one) for one in provisions]
            return kept
        if path.startswith("plan/recommendations/"):
            kept = _only(value, "recommendations", lambda each: each.get("id") in self._recommendations)
            if kept:
                kept["recommendations"] = [self._bearing(each) for each in kept["recommendations"]]
            return kept
        if path == ACTORS:
            return _only(value, "actors", lambda each: each.get("id") in self._taken_actors)
        if path == "plan/obligations.yaml":
            return self._kept_obligations(value)
        return {}

    @cached_property
    def _instruments(self) -> frozenset[str]:
        """Return the instruments that are cited, and those which general comments among them interpret."""
        known = self._trace.instruments if self._trace else {}
        found: set[str] = set()
        waiting = [each.split(" ")[0] for each in self._provisions]
        while waiting:
            name = waiting.pop()
            if name not in found and name in known:
                found.add(name)
                waiting += [known[name].interprets or ""]
        return frozenset(found)

    @cached_property
    def _obligations(self) -> frozenset[str]:
        """Return the obligations that a cited provision grounds: no other has an action that serves it."""
        if self._trace is None:
            return frozenset()
        listed = (each for one in self._provisions for each in self._trace.listed(Citation.parse(one)))
        return frozenset(name for each in listed for name in each.obligations)

    def _bearing(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return a provision or a recommendation with those of its obligations that are taken over."""
        return _narrowed(record, "obligations", lambda each: each in self._obligations)

    def _kept_obligations(self, value: dict[str, Any]) -> dict[str, Any]:
        """Keep the obligations that are taken over, without anchors in instruments that are not."""
        kept = [
            _narrowed(each, "anchor", lambda one: str(one).split(" ")[0] in self._instruments)
            for each in _items(value, "obligations")
            if each.get("id") in self._obligations
        ]
        return {"obligations": kept} if kept else {}


def _notes_of(action: Drafted) -> tuple[str, ...]:
    """Name the notes of an action and of its points."""
    points = (point for point, _ in action.walk_points())
    return _unique(note for each in (action, *points) for note in each.notes)


def _named(words: str, known: set[str]) -> Iterator[str]:
    """Return the names of the actors in a cell; `known` holds those of all known ones, and is added to."""
    for part in filter(None, _APART.split(words)):
        parts = [each for each in _CLOSELY_APART.split(part) if each]
        if _bare(part) not in known and len(parts) > 1 and all(_bare(each) in known for each in parts):
            yield from parts
        else:
            known.add(_bare(part))
            yield part


def _opened(name: str, text: str, read: Read) -> Iterator[Open]:
    """Return what of a note or a cell was not understood; its words are kept where some are left over."""
    whole = f"{name}: {text}"
    if read.is_empty:
        yield Open(whole, f"{name} cites nothing that the registry knows: “{shortened(text)}”", _BY_HAND)
    elif read.rest:
        left = "”, “".join(map(shortened, read.rest))
        yield Open(whole, f"{name} says more than was understood: “{left}”", _BY_HAND)
    for citation in read.unknown:
        message = f"{name} cites {citation}, a provision that the registry does not list"
        yield Open(f"{name}: {citation} is not in the registry", message, _LISTED)


def _bare(name: str) -> str:
    return folded(_ARTICLE.sub("", name.strip()))


def _items(value: object, key: str) -> list[dict[str, Any]]:
    found = value.get(key) if isinstance(value, dict) else None
    return [dict(each) for each in found or () if isinstance(each, dict)]


def _only(value: dict[str, Any], key: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return a file with only the wanted ones of its records; nothing where it has none."""
    kept = [each for each in _items(value, key) if wanted(each)]
    return {**value, key: kept} if kept else {}


def _narrowed(record: dict[str, Any], key: str, wanted: Callable[[object], bool]) -> dict[str, Any]:
    """Return a record with only the wanted items of a list of it; without the list where none is."""
    if key not in record:
        return record
    kept = [each for each in record[key] or () if wanted(each)]
    return {name: kept if name == key else each for name, each in record.items() if name != key or kept}


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
