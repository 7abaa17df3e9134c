"""The records of a version of a plan, by kind and id: what they hold, where they stand; its files edited."""

from __future__ import annotations

import codecs
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.load import yaml_tree
from poa_toolkit.merge.losses import HEAD, RECORD
from poa_toolkit.model.file_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.merge.losses import Name

AMENDMENTS = "amendments"
"""The kind of an amendment, as against a record of the text."""


class Place(NamedTuple):
    """Where a record stands."""

    path: str
    at: Pointer

    @property
    def home(self) -> tuple[str, str]:
        """The list it stands in: its file and key."""
        return self.path, str(self.at[0])


class Version:
    """One version of a plan, to be edited."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = {path: each for path, each in contents.items() if kind_of(path)}
        self._values: dict[bytes, Any] = {}
        self._records: dict[Name, Place] | None = None

    def value(self, path: str) -> Any:  # noqa: ANN401 - YAML's data
        """Return the data of a file; None for one that is not there or cannot be read."""
        content = self.contents.get(path)
        if content is None:
            return None
        if content not in self._values:
            read = yaml_tree.read(path, content)
            self._values[content] = None if read.problems else read.value
        return self._values[content]

    def records(self) -> dict[Name, Place]:
        """Return where each record stands that has an id; of those with one id, the first."""
        if self._records is None:
            self._records = {}
            for path in sorted(self.contents):
                for name, at in records_of(path, self.value(path)):
                    self._records.setdefault(name, Place(path, at))
        return self._records

    def at(self, place: Place) -> Any:  # noqa: ANN401 - YAML's data
        """Return what stands at a place."""
        value = self.value(place.path)
        for step in place.at:
            value = value[step]
        return value

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        """Change the text of a file."""
        self.put(path, edited(self.contents[path], change))

    def put(self, path: str, content: bytes) -> None:
        """Put other bytes at a path."""
        self.contents[path] = content
        self._records = None


def edited(content: bytes, change: Callable[[str], str]) -> bytes:
    """Return the bytes of a file whose text was changed; a byte order mark stays."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + change(content.decode("utf-8-sig")).encode("utf-8")


def record_values(contents: Mapping[str, bytes]) -> dict[Name, Any]:
    """Return the data of every record of a version by kind and id, and of the heads of its files by path."""
    version = Version(contents)
    found: dict[Name, Any] = {}
    times: Counter[Name] = Counter()
    for path in sorted(version.contents):
        value = version.value(path)
        for (kind, name), at in records_of(path, value):
            times[kind, name] += 1
            again = f"\0{times[kind, name]}" if times[kind, name] > 1 else ""
            found[kind, name + again] = version.at(Place(path, at))
        if isinstance(value, dict):
            lists = {str(at[0]) for _, at in records_of(path, value)}
            found[HEAD, path] = {key: each for key, each in value.items() if key not in lists and each != []}
    return found


def places_of(contents: Mapping[str, bytes]) -> dict[Name, tuple[str, Pointer]]:
    """Return the file of every record of a version, and the way to it; of a head, its file."""
    version = Version(contents)
    heads: dict[Name, tuple[str, Pointer]] = {(HEAD, path): (path, ()) for path in version.contents}
    return heads | {name: (each.path, each.at) for name, each in version.records().items()}


def records_of(path: str, value: Any) -> Iterator[tuple[Name, Pointer]]:  # noqa: ANN401 - YAML's data
    """Return the records of a file: items of its lists that have an id."""
    kind = AMENDMENTS if path.startswith("plan/amendments/") else RECORD
    for key, items in value.items() if isinstance(value, dict) else ():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield (kind, item["id"]), (key, index)
