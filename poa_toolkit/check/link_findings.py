"""What rules about links share: a finding for each name that leads nowhere, or stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.diagnostic import PLACE, Finding, Pointer
from poa_toolkit.text.did_you_mean import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.check.rule import Context

FILES = {
    "recommendation": "recommendations",
    "consultation": "recommendations",
    "instrument": "instruments",
    "actor": "actors",
    "participant": "participants",
    "obligation": "obligations",
    "action": "section",
    "indicator": "section",
}
"""The kind of file in which each kind of record is kept."""


def unknown(
    ctx: Context, at: Pointer, names: Iterable[str], what: str, known: Iterable[str]
) -> Iterator[Finding]:
    """Report each of `names`, a list that stands at `at`, that is not among the `known` records."""
    for index, name in enumerate(names):
        yield from unknown_one(ctx, (*at, index), name, what, known)


def unknown_one(ctx: Context, at: Pointer, name: str, what: str, known: Iterable[str]) -> Iterator[Finding]:
    """Report `name`, which stands at `at`, unless it is known or its record could not be read."""
    if name in known or name.lower() in ctx.broken or FILES[what] in ctx.lost:
        return
    help_text = nearest(ctx, name, what, known) or f"correct the id, or add the {what} to the plan"
    yield Finding(at, f'no {what} "{name}"', help_text)


def nearest(ctx: Context, name: str, what: str, known: Iterable[str]) -> str:
    """Return a cure that names the one of all `known` records of a kind that was meant, or an empty text."""
    if what not in ctx.names:
        ctx.names[what] = Names(known, titles(ctx, what))
    return ctx.names[what].cure(name)


def titles(ctx: Context, what: str) -> dict[str, str]:
    """Return the id of each record of a kind that a title names: people write titles where ids belong."""
    if what == "actor":
        return {each.title: each.id for each in ctx.plan.actors}
    return {each.title: each.id for each in ctx.plan.participants} if what == "participant" else {}


def repeated(at: Pointer, names: list[str], key: str, what: str, *, of: str) -> Iterator[Finding]:
    """Report each of `names` that stands before it in the list at `at`; `key` is the field that holds it."""
    places = [(*at, index, key) for index in range(len(names))]
    yield from repeated_at(places, names, key, what, of=of)


def repeated_at(
    places: Sequence[Pointer], names: Sequence[str], key: str, what: str, *, of: str
) -> Iterator[Finding]:
    """Report each of `names` that stands before it; `places` says where each stands, under which `key`."""
    cure = "keep one of the two"
    if key == "id":
        cure += f", or give the newer an id of its own: `poa rename {PLACE} NEW`"
    for index, first in repetitions(names):
        related = ((places[first], "it first stands here"),)
        yield Finding(places[index], f'{of} has the {what} "{names[index]}" twice', cure, related)


def repeated_item(at: Pointer, items: Sequence[object], owner: str, what: str) -> Iterator[Finding]:
    """Report each of `items`, the list of plain values at `at`, that its `owner` names a second time."""
    for index, first in repetitions(items):
        related = (((*at, first), "it first stands here"),)
        message = f'{owner} names the {what} "{items[index]}" twice'
        yield Finding((*at, index), message, "delete one of the two", related)


def repetitions(keys: Iterable[object]) -> Iterator[tuple[int, int]]:
    """Return each place of a list whose key stood before, with the place where it first did.

    None is no key.
    """
    first: dict[object, int] = {}
    for index, key in enumerate(keys):
        earlier = first.setdefault(key, index) if key is not None else index
        if earlier != index:
            yield index, earlier
