"""Find words in a plan, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.printed import printed
from poa_toolkit.api.record_names import sure
from poa_toolkit.api.validate import InvalidPlanError, read, validate
from poa_toolkit.document.search_report import found as laid_out
from poa_toolkit.errors import PoaError
from poa_toolkit.search import find as looked_for
from poa_toolkit.text.search import wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poa_toolkit.diagnostic import Location
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan
    from poa_toolkit.search import Found


class Hits(NamedTuple):
    """What was found."""

    sought: str
    """The words, as they were typed."""
    loaded: Loaded
    plan: Plan
    hits: tuple[Found, ...]
    places: tuple[Location, ...]
    """The place of the first of the words in each."""
    apart: bool = False
    """Whether the words stand in these texts, but nowhere in sequence, as they were asked for."""


def find(project: Path, arguments: Sequence[str]) -> Hits:
    """Find words in the working tree; each argument is a word, or a phrase.

    Where no text has them in sequence, those are given that have all of them. Raises PoaError where no
    word is given, and InvalidPlanError where plan.yaml cannot be read.
    """
    sought = wanted(arguments)
    if not sought.phrases:
        raise PoaError("say which words to find: `poa find genuine elections`")
    loaded = read(project, None)
    plan = sure(loaded)
    if plan is None:
        raise InvalidPlanError(validate(project, version=loaded))
    hits = tuple(looked_for(plan, loaded.amendments, sought))
    apart = not hits and sought.apart != sought and not any('"' in each for each in arguments)
    if apart:
        hits = tuple(looked_for(plan, loaded.amendments, sought.apart))
    places = tuple(loaded.locate(each.at, words=each.spelt or each.places[0]) for each in hits)
    return Hits(" ".join(arguments), loaded, plan, hits, places, apart and bool(hits))


def describe(found: Hits, form: str, *, colour: bool = False, width: int = 100) -> str:
    """Print what was found as ``text``, ``markdown``, ``html`` or ``json``."""
    if form == "json":
        from poa_toolkit.write import find as as_json  # noqa: PLC0415 - only what is printed is imported

        return as_json.to_json(found.sought, found.hits, found.places)
    places = [str(each) for each in found.places]
    document = laid_out(found.sought, found.hits, places, found.plan, label=found.loaded.label)
    return printed(document, form, colour=colour, width=width)
