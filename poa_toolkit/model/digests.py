"""Digests: SHA-256 over canonical JSON, so that a version can be named and proved.

Canonical JSON: keys sorted, Unicode in NFC, UTF-8, no spaces between its parts and single ones inside
texts, fields that hold their default
left out, lists in document order. A field added to the model later, with a default, leaves
every digest as it was.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from poa_toolkit.model import agreed_text
from poa_toolkit.model.plan import Head, Plan
from poa_toolkit.text.white_space import folded

if TYPE_CHECKING:
    import json
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.model.base import Record

TEXT_VERSION = 2
"""The rule by which text digests are taken now."""
TEXT_VERSIONS = (2, 1)
"""The rules that are known, the newest first."""

_RECORDS_APART = {*(Plan.model_fields.keys() - Head.model_fields.keys()), "front", "introduction"}
"""Fields of a plan whose records have digests of their own."""


def canonical(data: Any) -> bytes:  # noqa: ANN401
    """Print JSON data in the one form that digests are taken of."""
    return _printed(_with_spaces_folded(data))


def _printed(folded: Any) -> bytes:  # noqa: ANN401 - JSON
    return unicodedata.normalize("NFC", _encoder().encode(folded)).encode("utf-8", "surrogatepass")


@cache
def _encoder() -> json.JSONEncoder:
    import json  # noqa: PLC0415 - a plan with nothing frozen or reviewed needs no digest

    return json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _with_spaces_folded(data: Any) -> Any:  # noqa: ANN401 - JSON
    """Make every run of white space in a text one space: it is no change, in a diff or in a digest."""
    if isinstance(data, str):
        return folded(data)
    if isinstance(data, dict):
        return {name: _with_spaces_folded(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_with_spaces_folded(value) for value in data]
    return data


def digest(data: Any) -> str:  # noqa: ANN401
    """Return ``sha256:`` and the hexadecimal digest of canonical JSON."""
    return _hashed(canonical(data))


def _hashed(content: bytes) -> str:
    import hashlib  # noqa: PLC0415 - a plan with nothing frozen or reviewed needs no digest

    return "sha256:" + hashlib.sha256(content).hexdigest()


def dump(record: Record) -> dict[str, Any]:
    """Return a record as JSON data, fields that hold their default left out."""
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


class Content:
    """A plan as JSON data, read once for all the digests that are taken of it."""

    def __init__(self, plan: Plan) -> None:
        """Take the data of `plan`."""
        self._data: dict[str, Any] = _with_spaces_folded(dump(plan))

    def whole(self, *, provisional: bool = False) -> str:
        """Return the digest that proves a baseline: of all that it holds, and of its being provisional."""
        return _hashed(_printed({"plan": self._data, "provisional": True} if provisional else self._data))

    def records(self) -> dict[str, str]:
        """Return the digest of every record by its id, the head's as ``plan``."""
        return {name: _hashed(_printed(data)) for name, data in _records(self._data)}

    def record(self, name: str) -> str | None:
        """Return the digest of one record, if it is there."""
        return next((_hashed(_printed(data)) for each, data in _records(self._data) if each == name), None)


def text(plan: Plan, version: int = TEXT_VERSION) -> str:
    """Return the digest of what a plan says, which endorsements name: all that people agree to.

    Title, subtitle, front matter, introduction; of each section its heading, its chapeau and its printed
    actions with text, points, level, addressees as printed, timeframe and links; and the order of it all.
    No id but those that links cite, no status, no stage, no registry. `version` is the rule it is taken
    by; raises ValueError for one that is not known.
    """
    if version == TEXT_VERSION:
        return digest({"version": version, **agreed_text.tree(plan)})
    if version == 1:
        from poa_toolkit.model import digests_v1  # noqa: PLC0415 - only what was frozen under it asks for it

        return digest(digests_v1.content(plan))
    raise ValueError(f"text digests of version {version} are not known")


def is_text(plan: Plan, given: str) -> bool:
    """Return whether a digest is that of what a plan says, by whichever rule it was taken."""
    return any(text(plan, version) == given for version in TEXT_VERSIONS)


def _records(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "plan", {name: value for name, value in data.items() if name not in _RECORDS_APART}
    for section in data.get("sections", ()):
        actions = section.get("actions", ())
        yield section["id"], {**section, "actions": [action["id"] for action in actions]}
        yield from _named(actions)
    for source in data.get("sources", ()):
        yield from _named(source[name] for name in ("consultation", "mechanism") if name in source)
        yield from _named(source.get("recommendations", ()))
    for field in ("front", "introduction", "instruments", "actors", "participants", "obligations", "parts"):
        yield from _named(data.get(field, ()))


def _named(records: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((record["id"], record) for record in records)
