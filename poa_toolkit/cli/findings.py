"""How many findings a command prints: every one that prints some for people asks here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.diagnostic import Diagnostic

_ASKED = "poa_toolkit.max"


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
    """Give the number of findings that a person asked for, 0 for all; None where nobody did."""
    found: int | None = click.get_current_context().meta.get(_ASKED)
    return found


def most() -> int:
    """Give how many findings are printed for a person."""
    from poa_toolkit.write.diagnostics import MOST  # noqa: PLC0415 - help prints none

    given = asked()
    return MOST if given is None else given


def all_by() -> str:
    """Give the command, without its other words, that prints all findings of the one that runs."""
    ctx = click.get_current_context()
    if any(each.name == "max" for each in ctx.command.params):
        return f"{ctx.command_path} --max 0"
    return f"poa --max 0 {ctx.command_path.removeprefix('poa ')}"


def as_text(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Print findings for a person, not more than were asked for."""
    from poa_toolkit.write.diagnostics import to_text  # noqa: PLC0415 - help prints none

    return to_text(diagnostics, colour=colour, most=most(), all_by=all_by())
