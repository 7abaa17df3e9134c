"""`poa new`: a record that is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from poa_toolkit.api import new
from poa_toolkit.cli.common import project_of, refusing
from poa_toolkit.cli.edit_options import NOTHING, by_option, date_option, edit, one_line, tell, when, who
from poa_toolkit.cli.record_argument import RecordName
from poa_toolkit.model import InstrumentKind, Level, ProgressState, Unit

if TYPE_CHECKING:
    from datetime import date

    from poa_toolkit.api.plan_edit import Written


@click.group("new")
def command() -> None:
    """Add an action, a recommendation, an instrument, a section or a report, and print where it stands."""


@refusing(NOTHING)
def _add(work: Callable[[], tuple[str, Written]]) -> int:
    """Add a record, and say where it stands; the exit status."""
    name, written = work()
    tell(written, name)
    return 0


def _several(*names: str, help_text: str) -> Callable[[Any], Any]:
    """Return the option that names records, and that may be given more than once."""
    return click.option(*names, multiple=True, metavar="ID", type=RecordName(gone=True), help=help_text)


@command.command("action")
@click.option(
    "--section", metavar="ID", type=RecordName(), help="The section it goes to [default: that of --after]."
)
@click.option(
    "--after",
    metavar="ID",
    type=RecordName(),
    help="The action it goes behind [default: the end of the section].",
)
@click.option("--text", default=new.UNWRITTEN, help="What is to be done, one paragraph.")
@click.option("--level", multiple=True, type=click.Choice([each.value for each in Level]))
@_several("--addressee", help_text="Who is to act; may be given more than once.")
@_several("--recommendation", help_text="What it takes up; also more than once.")
@click.option("--why", metavar="TEXT", help="How it takes them up, in a line.")
@click.option(
    "--provision", multiple=True, metavar="CITATION", help='Such as "iccpr 25(b)"; also more than once.'
)
@click.option("--timeframe", metavar="TEXT", help="By when.")
@_several("--from", "origins", help_text="The action it was split or merged from.")
def action(  # noqa: PLR0913 - one parameter an option
    *,
    section: str | None,
    after: str | None,
    text: str,
    level: tuple[str, ...],
    addressee: tuple[str, ...],
    recommendation: tuple[str, ...],
    why: str | None,
    provision: tuple[str, ...],
    timeframe: str | None,
    origins: tuple[str, ...],
) -> int:
    """Add an action with the next free id; what it still lacks is printed.

    Each ID may be a number as the document prints it, too: 22, V.
    """
    if section is None and after is None:
        raise click.UsageError("say where: --section ID, --after ID, or both")
    given = new.NewAction(
        one_line(text) or "",
        level,
        addressee,
        recommendation,
        one_line(why),
        provision,
        one_line(timeframe),
        origins,
    )
    project = project_of()
    return _add(lambda: new.new_action(project, given, section=section, after=after))


@command.command("recommendation")
@click.option(
    "--source",
    required=True,
    metavar="ID",
    type=RecordName(gone=True),
    help="The consultation or mechanism that made it.",
)
@click.option("--text", required=True, help="Its gist, one paragraph.")
@click.option("--id", "name", metavar="ID", help="Its id [default: that of the source, and the next -rN].")
@click.option("--page", help="Where it was read: it is then recorded, otherwise illustrative.")
def recommendation(*, source: str, text: str, name: str | None, page: str | None) -> int:
    """Add a recommendation to the file of its consultation or mechanism."""
    project, gist = project_of(), one_line(text) or ""
    return _add(lambda: new.new_recommendation(project, gist, source=source, name=name, page=page))


@command.command("instrument")
@click.option("--id", "name", required=True, metavar="ID", help="Its id, as actions cite it.")
@click.option("--family", required=True, metavar="FILE", help="Its file in plan/instruments/, without .yaml.")
@click.option("--kind", required=True, type=click.Choice([each.value for each in InstrumentKind]))
@click.option("--unit", required=True, type=click.Choice([each.value for each in Unit]))
@click.option("--title", required=True, help="Its official title.")
@click.option("--adopted", required=True, metavar="DATE", help="A day, a month or a year.")
@click.option("--symbol", help="Its document symbol or treaty series.")
def instrument(*, name: str, family: str, **given: str | None) -> int:
    """Add an instrument to the registry; write its provisions below it."""
    fields = {"id": name, **{key: line for key, each in given.items() if (line := one_line(each))}}
    project = project_of()
    return _add(lambda: new.new_instrument(project, family, fields))


@command.command("section")
@click.option("--id", "name", required=True, metavar="ID")
@click.option("--title", required=True, help="Its heading.")
def section(*, name: str, title: str) -> int:
    """Add a section behind the others, in a file of its own."""
    project = project_of()
    return _add(lambda: new.new_section(project, one_line(title) or "", name=name))


@command.command("progress")
@click.argument("name", metavar="ID", type=RecordName())
@click.option(
    "--state",
    required=True,
    type=click.Choice([each.value for each in ProgressState]),
    help="How far it has come: the action, or the indicator where one is named.",
)
@click.option(
    "--indicator", metavar="ID", type=RecordName(), help="The indicator of the action that this is on."
)
@click.option("--value", help="What was measured of it.")
@click.option("--text", help="What was done, or why nothing was, one paragraph.")
@click.option("--evidence", metavar="ADDRESS", help="The page that shows it: https://...")
@by_option
@date_option
def progress(name: str, *, by: str | None, day: date | None, **given: str | None) -> int:
    """Put on record how far an action has come, in plan/progress/, the file of its year.

    ID is its id, or its number as the document prints it: 22. It is for after the adoption; the text of
    the plan stays as it is.
    """
    project = project_of()
    person, date_ = who(project, by), when(day)
    fields = {key: line for key, each in given.items() if (line := one_line(each))}
    said = (
        f"{fields.get('indicator', name)} is {fields['state']}, reported by {person} for {date_.isoformat()}"
    )
    return edit(lambda: new.new_progress(project, name, fields, by=person, day=date_), said)
