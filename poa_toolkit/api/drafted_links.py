"""What a draft cites and whom it names, as ids of the registry; the part of the registry that it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api import formatting
from poa_toolkit.api.pulling import slug
from poa_toolkit.edit import spell
from poa_toolkit.model.files import kind_of
from poa_toolkit.process.citing_notes import NoteReader, Read
from poa_toolkit.process.drafting.blocks import shortened
from poa_toolkit.process.drafting.languages import folded
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.process.drafting.plan import Drafted

_BY_HAND = "write its citations by hand"
_LISTED = "list the provision in plan/instruments, then cite it"
_APART = re.compile(r"\s*[;\n/]\s*")
_CLOSELY_APART = re.compile(r"\s*(?:,|\band\b|\bet\b|\by\b|&)\s*")
_ARTICLE = re.compile(r"^(?:the|les?|la|los|las|el)\s+", re.IGNORECASE)
LONGEST_ID = 28
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
        """Give an id that begins as `stem` does, a number behind it where that is taken."""
        name, number = stem, self._numbers.get(stem, 1)
        while name in self._taken:
            number += 1
            name = f"{stem[: LONGEST_ID - len(str(number)) - 1]}-{number}"
        self._numbers[stem] = number
        self._taken.add(name)
        return name


class Links:
    """Knows the registry, and remembers what of it was cited."""

    def __init__(self, registry: Loaded | None) -> None:
        """Take the plan whose registry is used, or none."""
        self._loaded = registry
        plan = registry.plan if registry else None
        self._trace = trace(plan) if plan else None
        self._reader = NoteReader(self._trace) if self._trace else None
        self._actors = {
            _bare(name): each.id for each in (plan.actors if plan else ()) for name in (each.id, each.title)
        }
        self.ids = Ids(("draft", *(self._trace.ids if self._trace else ())))
        """Those that no section and no actor may have."""
        self.new_actors: dict[str, str] = {}
        """By id, those whom the registry does not know."""
        self.instruments: dict[str, None] = {}
        self.recommendations: dict[str, None] = {}
        self.actors: dict[str, None] = {}

    def of(self, action: Drafted, notes: Mapping[str, str]) -> Linked:
        """Read the notes of an action and of its points, and what a table says of it."""
        names = dict.fromkeys(note for each in (action, *action.points) for note in each.notes)
        read = {name: self._read(notes.get(name, "")) for name in names}
        cells = action.settings.get("recommendations", ())
        of_cells = [(cell, self._read(cell)) for cell in cells]
        every = [*read.values(), *(each for _, each in of_cells)]
        provisions = _unique(citation for each in every if each for citation in each.provisions)
        recommendations = _unique(name for each in every if each for name in each.recommendations)
        addressees = _unique(
            name for words in action.settings.get("addressees", ()) for name in self._named(words)
        )
        self.instruments |= dict.fromkeys(each.split(" ")[0] for each in provisions)
        self.recommendations |= dict.fromkeys(recommendations)
        self.actors |= dict.fromkeys(addressees)
        open_notes = {name: tuple(opened(name, notes.get(name, ""), each)) for name, each in read.items()}
        said = f"the source of {action.id}"
        open_cells = tuple(one for cell, each in of_cells for one in opened(said, cell, each))
        return Linked(provisions, recommendations, addressees, open_notes, open_cells)

    def cited(self, text: str) -> tuple[str, ...]:
        """Give the provisions and recommendations that a text names, and that the registry knows."""
        read = self._read(text)
        return (*read.provisions, *read.recommendations) if read else ()

    def _read(self, text: str) -> Read | None:
        return self._reader.read(text) if self._reader else None

    def _named(self, words: str) -> Iterator[str]:
        """Give the actors that a cell names; one that the registry lacks is new."""
        for part in filter(None, _APART.split(words)):
            known = self._actors.get(_bare(part))
            parts = [each for each in _CLOSELY_APART.split(part) if each]
            if known is None and len(parts) > 1 and all(_bare(each) in self._actors for each in parts):
                yield from (self._actors[_bare(each)] for each in parts)
            else:
                yield known or self._new(part)

    def _new(self, title: str) -> str:
        """Give an id to an actor whom the registry does not know."""
        plain = slug(title)
        name = self.ids.give(("actor" if plain == "returned" else plain)[:LONGEST_ID].strip("-"))
        self.new_actors[name] = title
        self._actors[_bare(title)] = name
        return name

    # --- the part of the registry that is needed ---

    def files(self) -> dict[str, str]:
        """Give the files of the registry with what was cited and named, and nothing else."""
        found: dict[str, str] = {}
        for path, tree in self._loaded.trees.items() if self._loaded else ():
            if isinstance(tree.value, dict):
                kept = self._kept(path, tree.value)
                if kept:
                    found[path] = _spelt(path, kept)
        if self.new_actors:
            known = self._known_actors()
            new = [{"id": name, "title": title} for name, title in self.new_actors.items()]
            found[ACTORS] = _spelt(ACTORS, {"actors": [*known, *new]})
        return found

    def _known_actors(self) -> list[dict[str, Any]]:
        tree = self._loaded.trees.get(ACTORS) if self._loaded else None
        return [
            each for each in _items(tree.value if tree else None, "actors") if each.get("id") in self.actors
        ]

    def _kept(self, path: str, value: dict[str, Any]) -> dict[str, Any]:
        if path.startswith("plan/instruments/"):
            wanted = self._wanted_instruments()
            return _only(value, "instruments", lambda each: each.get("id") in wanted)
        if path.startswith("plan/recommendations/"):
            return _only(value, "recommendations", lambda each: each.get("id") in self.recommendations)
        if path == ACTORS:
            return _only(value, "actors", lambda each: each.get("id") in self.actors)
        if path == "plan/obligations.yaml":
            return self._obligations(value)
        return {}

    def _wanted_instruments(self) -> set[str]:
        """Give the instruments that are cited, and those which general comments among them interpret."""
        known = self._trace.instruments if self._trace else {}
        found: set[str] = set()
        waiting = list(self.instruments)
        while waiting:
            name = waiting.pop()
            if name not in found and name in known:
                found.add(name)
                waiting += [known[name].interprets or ""]
        return found

    def _obligations(self, value: dict[str, Any]) -> dict[str, Any]:
        """Keep the obligations that what is taken over names, without anchors in what is not."""
        known, wanted = (self._trace.instruments if self._trace else {}), self._wanted_instruments()
        names = {
            each for name in wanted for provision in known[name].provisions for each in provision.obligations
        }
        if self._trace:
            names |= {
                one for each in self.recommendations for one in self._trace.recommendations[each].obligations
            }
        kept = _only(value, "obligations", lambda each: each.get("id") in names)
        for each in kept.get("obligations", ()):
            if anchor := [one for one in each.get("anchor") or () if str(one).split(" ")[0] in wanted]:
                each["anchor"] = anchor
            else:
                each.pop("anchor", None)
        return kept


def opened(name: str, text: str, read: Read | None) -> Iterator[Open]:
    """Say what of a note or a cell was not understood; its words are kept where some are left over."""
    whole = f"{name}: {text}"
    if read is None:
        yield Open(whole, f"{name} is not looked up, as there is no registry: “{shortened(text)}”", _BY_HAND)
        return
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


def _only(value: dict[str, Any], key: str, wanted: Any) -> dict[str, Any]:  # noqa: ANN401 - a test of a record
    """Give a file with only the wanted ones of its records; nothing where it has none."""
    kept = [each for each in _items(value, key) if wanted(each)]
    return {**value, key: kept} if kept else {}


def _spelt(path: str, value: dict[str, Any]) -> str:
    kind = kind_of(path)
    name, root = (kind.name, kind.root) if kind else ("", None)
    head = f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{name}.schema.json"
    text = "\n".join((head, *spell.record(value, 0, root))) + "\n"
    return formatting.layout(path, text.encode("utf-8")).after.decode("utf-8")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
