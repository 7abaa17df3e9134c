"""`poa amend`: amendments to the plan, from the proposal to the outcome."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from poa_toolkit.cli import amend_chair
from poa_toolkit.cli.common import (
    columns,
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    remark,
    source_date,
    use_colour,
)
from poa_toolkit.cli.edit_options import (
    NOTHING,
    by_option,
    date_option,
    decide,
    decision_of,
    one_line,
    text_options,
    when,
    who,
    words_of,
)
from poa_toolkit.cli.record_argument import PointName, RecordName, behind
from poa_toolkit.model import AmendmentKind, AmendmentState

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMATS = ("text", "markdown", "html", "json")


@click.group("amend")
def command() -> None:
    """Amendments: propose them, see which collide, decide them, and say what came of them.

    They lie in plan/amendments/; `poa pull` puts there what comes back in Word files. Only `accept`
    changes the text of the plan.
    """


def _target_option(help_text: str) -> Callable[[Any], Any]:
    """Return the option that names what amendments are to."""
    target = RecordName(fields=True, homes=True, gone=True, reads=True)
    return click.option("--target", metavar="ID[.FIELD]", type=target, default="", help=help_text)


@command.command("list")
@_target_option("Only those to this record or field.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([each.value for each in AmendmentState]),
    help="Only those in this state; may be repeated.",
)
@click.option("--proposer", metavar="NAME", default="", help="Only those of proposers whose name holds this.")
@click.option("--collisions", "colliding", is_flag=True, help="Only those that collide with another.")
@form_option(*_FORMATS)
@output_option
@refusing("no amendment can be listed")
def list_(  # noqa: PLR0913 - one parameter an option
    target: str, states: tuple[str, ...], proposer: str, form: str, *, colliding: bool, output: Path | None
) -> int:
    """List amendments, and which of them collide."""
    from poa_toolkit.api import amendments  # noqa: PLC0415 - `poa amend --help` needs no plan

    table = amendments.on_table(project_of())
    shown = amendments.wanted(table, amendments.Wanted(target, states, proposer, colliding))
    colour = use_colour(output)
    deliver(amendments.describe_list(table, shown, form, colour=colour), output)
    return 0


@command.command("show")
@click.argument("names", metavar="[ID…]", nargs=-1)
@_target_option("All to this record or field, beside the text of today.")
@form_option(*_FORMATS)
@output_option
@refusing("no amendment can be shown")
def show(*, names: tuple[str, ...], target: str, form: str, output: Path | None) -> int:
    """Show amendments in full: the words that go and come, and beside them what they collide with.

    With --target, all that are to one record, side by side: to its text, its points and what would stand
    behind it, each with who is for it and who against.
    """
    from poa_toolkit.api import amendments  # noqa: PLC0415 - `poa amend --help` needs no plan

    if bool(names) == bool(target):
        raise click.UsageError("name amendments, or with --target the record that they are to")
    colour = use_colour(output)
    table = amendments.on_table(project_of())
    if target:
        width = columns(output, unknown=80)
        deliver(amendments.describe_beside(table, target, form, colour=colour, width=width), output)
    else:
        deliver(amendments.describe(table, amendments.named(table, names), form, colour=colour), output)
    return 0


def _place_options(when: str) -> Callable[[Any], Any]:
    """Return the options that say where an addition goes."""
    after = click.option(
        "--after", metavar="ID", type=PointName(), help=f"{when}: what it goes behind [default: the end]."
    )
    words = f"{when}: the section, or front or introduction."
    section = click.option("--section", metavar="ID", type=RecordName(homes=True), help=words)
    return lambda command: section(after(command))


class _Kinds(NamedTuple):
    """Which of the flags was given that say what a proposal does."""

    add: bool
    remove: bool
    corrigendum: bool

    def kind(self, text: str | None) -> AmendmentKind:
        """Return the kind of amendment. Raises UsageError where the flags contradict each other."""
        if sum(self) > 1:
            raise click.UsageError("--add, --remove and --corrigendum exclude each other")
        if self.remove and text is not None:
            raise click.UsageError("--remove takes no text")
        if text is None and (self.add or self.corrigendum):
            raise click.UsageError("say with --text or --text-file what is proposed")
        chosen = {
            AmendmentKind.ADD: self.add,
            AmendmentKind.REMOVE: self.remove,
            AmendmentKind.CORRIGENDUM: self.corrigendum,
        }
        named = next((kind for kind, given in chosen.items() if given), None)
        return named or (AmendmentKind.COMMENT if text is None else AmendmentKind.TEXT)


@command.command("propose")
@click.argument("target", metavar="[ID[.FIELD]]", type=RecordName(fields=True), required=False, default="")
@text_options("--text", "The text that is proposed, one paragraph.")
@click.option("--comment", metavar="TEXT", help="What is said for it; without a text, the whole of it.")
@click.option(
    "--add",
    is_flag=True,
    help="Add an action or a paragraph; with ID.points a point of an action, with 22(b) a sub-point.",
)
@_place_options("With --add")
@click.option("--remove", is_flag=True, help="Withdraw the action, or delete the paragraph or point.")
@click.option("--corrigendum", is_flag=True, help="Correct a text that is endorsed already.")
@click.option("--source", metavar="NAME", default="floor", show_default=True, help="The file it goes to.")
@by_option
@date_option
@refusing(NOTHING)
def propose(  # noqa: PLR0913 - one parameter an option
    *,
    target: str,
    text: str | None,
    text_file: IO[str] | None,
    comment: str | None,
    section: str | None,
    after: str | None,
    source: str,
    by: str | None,
    day: date | None,
    add: bool,
    remove: bool,
    corrigendum: bool,
) -> int:
    """Put a proposal on the table: other words for ID, or for a field of it such as A-007.points.b.

    ID may be a number as the document prints it, too: 22, 22(b), 22.timeframe, V.
    """
    from poa_toolkit.api import propose as proposing  # noqa: PLC0415 - `poa amend --help` needs no plan
    from poa_toolkit.model.proposals import Proposal, Reviser  # noqa: PLC0415 - the same

    words = words_of(text, text_file, "--text")
    kind = _Kinds(add, remove, corrigendum).kind(words)
    heard = one_line(comment) or None
    if not target and not add:
        raise click.UsageError("say to which record: `poa amend propose A-007 --text …`")
    if (section or after) and not add:
        raise click.UsageError("--section and --after go with --add")
    if kind is AmendmentKind.COMMENT and heard is None:
        raise click.UsageError(
            "say with --text or --text-file what is proposed, or with --comment what is said"
        )
    project = project_of()
    target, after = behind(target, after)
    record, _, field = target.partition(".")
    proposer, place = Reviser(who(project, by), when(day)), (record, field, section or "", after or "")
    given = Proposal(kind, proposer, *place, proposed=words or "", comment=heard or "")
    name, written = proposing.propose(project, given, source=source)
    click.echo(f"{written.paths[0]}: {name} proposed")
    if unknown := proposing.not_known(project, given):
        click.echo(f"poa: {name}: {unknown}", err=True)
    remark(written.remarks)
    return 0


reason_option = click.option("--reason", metavar="TEXT", help="Why it was decided so.")


@command.command("accept")
@click.argument("names", metavar="ID…", nargs=-1, required=True)
@text_options("--modified", "The text that was adopted in place of the one proposed.")
@click.option(
    "--by-hand", is_flag=True, help="The words are in the text already: record that, once they are found."
)
@reason_option
@by_option
@date_option
def accept(  # noqa: PLR0913 - one parameter an option
    *,
    names: tuple[str, ...],
    modified: str | None,
    modified_file: IO[str] | None,
    by_hand: bool,
    reason: str | None,
    by: str | None,
    day: date | None,
) -> int:
    """Accept amendments, in the order given: all of them or none. The plan's text changes by exactly that.

    Others to the same text are carried over to its new words, or marked as stale with the reason. What is
    to an action that is withdrawn, gone or in another section is refused: see `poa amend place`.
    """
    from poa_toolkit.api import accept_by_hand as taking  # noqa: PLC0415 - `poa amend --help` needs no plan
    from poa_toolkit.api import amend  # noqa: PLC0415 - the same

    text = words_of(modified, modified_file, "--modified")
    if text is not None and len(names) > 1:
        raise click.UsageError("--modified goes with one amendment")
    if text is not None and by_hand:
        raise click.UsageError("--modified and --by-hand exclude each other")
    project = project_of()
    decision = decision_of(project, by, day, reason)
    if by_hand:
        return decide(lambda: taking.take_in(project, names, decision))
    return decide(lambda: amend.accept(project, names, decision, modified=text))


@command.command("place")
@click.argument("name", metavar="ID")
@click.option(
    "--record",
    metavar="ID",
    type=RecordName(fields=True),
    help="The record it is to; of a new point, its action.",
)
@click.option("--field", metavar="FIELD", help="Its field, such as points.b [default: its text].")
@_place_options("Of an addition or a move")
@click.option(
    "--under",
    metavar="ID",
    type=PointName(),
    help="Of what becomes a sub-point: the point it goes under, such as 22(b).",
)
def place(  # noqa: PLR0913 - one parameter an option
    *,
    name: str,
    record: str | None,
    field: str | None,
    section: str | None,
    after: str | None,
    under: str | None,
) -> int:
    """Say what an amendment is to: one without a place, or whose place is gone.

    It is open then. A rewording is carried over to the words that stand there, where it fits them.
    """
    from poa_toolkit.api import amend  # noqa: PLC0415 - `poa amend --help` needs no plan
    from poa_toolkit.api.propose import Destination  # noqa: PLC0415 - the same

    if not (record or section or after):
        raise click.UsageError("say where: --record ID, or for an addition --section ID or --after ID")
    if field and not record:
        raise click.UsageError("--field goes with --record")
    if under and not record:
        raise click.UsageError("--under goes with --record")
    project = project_of()
    named, after = behind(record or "", after)
    _, under = behind(named.partition(".")[0], under)
    record, _, of_record = named.partition(".")
    if field and of_record:
        raise click.UsageError(f"--record names {named} already; leave out --field")
    target = ".".join(filter(None, (record, field or of_record)))
    where = Destination(target, section or "", after or "", under or "")
    return decide(lambda: amend.place(project, name, where))


def _aside(state: AmendmentState, name: str, help_text: str) -> None:
    """Add the command that leaves the text as it is."""

    @command.command(name, help=help_text)
    @click.argument("names", metavar="ID…", nargs=-1, required=True)
    @reason_option
    @by_option
    @date_option
    def put_aside(names: tuple[str, ...], reason: str | None, by: str | None, day: date | None) -> int:
        from poa_toolkit.api import amend  # noqa: PLC0415 - `poa amend --help` needs no plan

        project = project_of()
        decision = decision_of(project, by, day, reason)
        return decide(lambda: amend.put_aside(project, names, state, decision))


_aside(AmendmentState.REJECTED, "reject", "Reject amendments; the plan's text stays as it is.")
_aside(AmendmentState.WITHDRAWN, "withdraw", "Put on record that the proposers withdrew amendments.")
_aside(AmendmentState.DEFERRED, "defer", "Put amendments off; they can still be decided later.")


@command.command("sheet")
@form_option("text", "markdown", "html", "docx")
@output_option
@refusing("there is no sheet")
def sheet(form: str, output: Path | None) -> int:
    """Print the order of consideration: by paragraph, collisions together, the widest first."""
    from poa_toolkit.api import amendments  # noqa: PLC0415 - `poa amend --help` needs no plan

    if form == "docx" and output is None:
        raise click.UsageError("a Word file needs a name: -o sheet.docx")
    table = amendments.on_table(project_of())
    if form == "docx":
        deliver(amendments.sheet_in_word(table, source_date()), output)
    else:
        deliver(amendments.describe_sheet(table, form, colour=use_colour(output)), output)
    return 0


@command.command("report")
@click.argument("old", required=False)
@click.argument("new", required=False)
@form_option(*_FORMATS)
@output_option
@refusing("there is no report")
def report(old: str | None, new: str | None, form: str, output: Path | None) -> int:
    """Say what became of the amendments, and which of them explains each change from OLD to NEW.

    By default OLD is the baseline of the previous stage and NEW the working tree.
    """
    from poa_toolkit.api import amendments  # noqa: PLC0415 - `poa amend --help` needs no plan

    found = amendments.outcomes(project_of(), old, new)
    deliver(amendments.describe_outcome(found, form, colour=use_colour(output)), output)
    return 0


for each in amend_chair.COMMANDS:
    command.add_command(each)
