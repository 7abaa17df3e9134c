"""How many findings a command prints: every one that prints some for people asks here."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.diagnostic import Diagnostic

_ASKED = "poa_toolkit.max"
_TYPED = "poa_toolkit.typed"


def _keep(ctx: click.Context, _param: click.Parameter, given: int | None) -> None:
    if given is not None:
        ctx.meta[_ASKED] = given


max_option = click.option(
    "--max",
    metavar="N",
    type=click.IntRange(min=0),
    callback=_keep,
    expose_value=False,
    help="Print at most N findings, errors first chosen, and count the others; 0 for all.",
)


def asked() -> int | None:
    """Return the number of findings that a person asked for, 0 for all; None where nobody did."""
    found: int | None = click.get_current_context().meta.get(_ASKED)
    return found


def most() -> int:
    """Return how many findings are printed for a person."""
    from poa_toolkit.write.diagnostics import MOST  # noqa: PLC0415 - help prints none

    given = asked()
    return MOST if given is None else given


def keep_typed(ctx: click.Context, words: Sequence[str]) -> None:
    """Keep the words behind `poa`, as they were typed."""
    ctx.meta[_TYPED] = tuple(words)


def all_by() -> str:
    """Return the command that prints all findings of the one that runs, to be typed as it stands."""
    from poa_toolkit.write.escape import visible  # noqa: PLC0415 - help prints none

    typed = click.get_current_context().meta[_TYPED]
    return visible(shlex.join(["poa", "--max", "0", *_without_max(typed)]))


def _without_max(words: Sequence[str]) -> Iterator[str]:
    """Return the words of a command but for those that say how many findings are printed."""
    rest = iter(words)
    for word in rest:
        if word == "--":
            yield from (word, *rest)
        elif word == "--max":
            next(rest, None)
        elif not word.startswith("--max="):
            yield word


def as_text(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Print findings for a person, not more than were asked for."""
    from poa_toolkit.write.diagnostics import to_text  # noqa: PLC0415 - help prints none

    return to_text(diagnostics, colour=colour, most=most(), all_by=all_by())
