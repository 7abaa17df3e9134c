"""What the commands that edit a plan share: how they end, who, when and which words."""

from __future__ import annotations

import re
from datetime import date
from typing import IO, TYPE_CHECKING, Any

import click

from poa_toolkit.cli.common import refusing, remark, today, warn
from poa_toolkit.errors import PoaError
from poa_toolkit.source import git
from poa_toolkit.text.dates import parse_day
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from poa_toolkit.api.amendments_edit import Decided, Decision
    from poa_toolkit.api.plan_edit import Written

NOTHING = "nothing was written"

by_option = click.option("--by", metavar="NAME", help="Who [default: git's user.name].")


def day_of(_ctx: click.Context, _param: click.Parameter, text: str | None) -> date | None:
    """Return the day that an option names."""
    try:
        return parse_day(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


date_option = click.option(
    "--date", "day", metavar="DAY", callback=day_of, help="When [default: SOURCE_DATE_EPOCH, else today]."
)


def text_options(name: str, words: str) -> Callable[[Any], Any]:
    """Return the option that takes a text, and the one that takes it from a file."""
    help_text = "The same from a file; - reads the input."
    in_file = click.option(f"{name}-file", type=click.File(encoding="utf-8"), help=help_text)
    return lambda command: click.option(name, metavar="TEXT", help=words)(in_file(command))


def who(project: Path, by: str | None) -> str:
    """Return who acts: what --by says, or git's user.name; a usage error where neither says."""
    name = (by or git.user_name(project) or "").strip()
    if not name:
        raise click.UsageError("say who with --by NAME, or set git's user.name")
    return name


def when(day: date | None) -> date:
    """Return the day: what --date says, or SOURCE_DATE_EPOCH, or today."""
    return day or today()


@refusing(NOTHING)
def edit(work: Callable[[], Written], said: str) -> int:
    """Do an edit and say where; where it would bring a new error, say which; the exit status."""
    written = work()
    tell(written, said)
    return 0


def tell(written: Written, said: str) -> None:
    """Print the place of the edited record, for editors to open, and what is left to mend in it."""
    span = written.at.span
    line = f":{span.line}" if span else ""
    click.echo(f"{visible(written.at.path)}{line}: {visible(said)}")
    remark(written.remarks)
    if written.to_do:
        warn(written.to_do)


def one_line(text: str | None) -> str | None:
    """Return a text that a person typed as one paragraph: line breaks and runs of spaces are one space."""
    return re.sub(r"\s+", " ", text).strip() if text is not None else None


def words_of(text: str | None, file: IO[str] | None, option: str) -> str | None:
    """Return the text that an option or a file holds, as one paragraph; None for neither."""
    if text is not None and file is not None:
        raise click.UsageError(f"{option} and {option}-file exclude each other")
    try:
        given = file.read() if file is not None else text
    except UnicodeDecodeError:
        raise PoaError(f"{file.name if file else option} is not UTF-8; save it again as UTF-8") from None
    words = one_line(given)
    if given is not None and not words:
        raise click.UsageError("the text is empty")
    return words


def decision_of(project: Path, by: str | None, day: date | None, reason: str | None) -> Decision:
    """Return who decides, when and why, by the options of a command."""
    from poa_toolkit.api.amendments_edit import Decision  # noqa: PLC0415 - `poa amend --help` needs no plan

    return Decision(who(project, by), when(day), one_line(reason) or None)


@refusing(NOTHING)
def decide(work: Callable[[], Decided]) -> int:
    """Decide, and say what came of it; the exit status."""
    decided = work()
    for line in decided.said:
        click.echo(visible(line))
    remark(decided.written.remarks)
    if decided.written.to_do:
        warn(decided.written.to_do)
    return 0
