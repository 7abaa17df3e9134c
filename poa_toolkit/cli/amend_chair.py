"""`poa amend`: what the chair asks for besides a decision: take it back, other words, who spoke."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import IO

import click

from poa_toolkit.cli.common import (
    columns,
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    today,
    use_colour,
)
from poa_toolkit.cli.edit_options import (
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


@click.command("preview")
@click.argument("names", metavar="ID…", nargs=-1, required=True)
@click.option(
    "--accept-order",
    is_flag=True,
    help="Take them in the order of consideration, as `poa amend sheet` has it [default: as given].",
)
@form_option("text", "markdown", "html", "json")
@output_option
@refusing("there is no preview")
def preview(*, names: tuple[str, ...], accept_order: bool, form: str, output: Path | None) -> int:
    """Show the text as it would read with amendments accepted together, and against the text of today.

    And what collides, what could not be accepted or would be stale, and what the checks would say. Nothing
    is decided, and nothing written.
    """
    from poa_toolkit.api import preview as preview_api  # noqa: PLC0415 - `poa amend --help` needs no plan

    found = preview_api.preview(project_of(), names, today(), by_consideration=accept_order)
    width = columns(output, unknown=80)
    colour = use_colour(output)
    deliver(preview_api.describe(found, form, colour=colour, width=width), output)
    return 0


@click.command("reopen")
@click.argument("name", metavar="ID")
@click.option("--reason", metavar="TEXT", required=True, help="Why the decision is taken back.")
@by_option
@date_option
def reopen(*, name: str, reason: str, by: str | None, day: date | None) -> int:
    """Take a decision back: the amendment is open again, and an accepted one goes out of the text.

    Other words stay as they are. Where its own were changed since, nothing is written, and the command
    says what is in the way. What had been decided, by whom and why, stays on record.
    """
    from poa_toolkit.api import reopen as reopen_api  # noqa: PLC0415 - `poa amend --help` needs no plan

    if not one_line(reason):
        raise click.UsageError("say with --reason why the decision is taken back")
    project = project_of()
    decision = decision_of(project, by, day, reason)
    return decide(lambda: reopen_api.reopen(project, name, decision))


@click.command("revise")
@click.argument("name", metavar="ID")
@text_options("--text", "The words that are proposed now, one paragraph.")
@click.option("--comment", metavar="TEXT", help="What is said for it now.")
@by_option
@date_option
def revise(  # noqa: PLR0913 - one parameter an option
    *,
    name: str,
    text: str | None,
    text_file: IO[str] | None,
    comment: str | None,
    by: str | None,
    day: date | None,
) -> int:
    """Give a proposal that waits other words; its earlier form is kept, and shown."""
    from poa_toolkit.api import amend  # noqa: PLC0415 - `poa amend --help` needs no plan

    words, remark = words_of(text, text_file, "--text"), one_line(comment) or None
    if words is None and remark is None:
        raise click.UsageError(
            "say with --text or --text-file what is proposed now, or with --comment what is said"
        )
    project = project_of()
    decision = decision_of(project, by, day, None)
    return decide(lambda: amend.revise(project, name, decision, text=words, comment=remark))


def _spoken(stance: str, help_text: str) -> click.Command:
    """Return the command that puts on record what somebody said of an amendment."""
    is_remark = stance == "remark"

    @click.command(stance, help=help_text)
    @click.argument("names", metavar="ID…", nargs=-1, required=True)
    @click.option("--by", metavar="NAME", required=True, help="Who spoke.")
    @click.option("--comment", metavar="TEXT", required=is_remark, help="What was said.")
    @date_option
    def speak(names: tuple[str, ...], by: str, comment: str | None, day: date | None) -> int:
        from poa_toolkit.api import amend  # noqa: PLC0415 - `poa amend --help` needs no plan
        from poa_toolkit.model import Stance, Statement  # noqa: PLC0415 - the same

        said = one_line(comment) or None
        if is_remark and said is None:
            raise click.UsageError("say with --comment what was said")
        if not one_line(by):
            raise click.UsageError("say with --by who spoke")
        project = project_of()
        statement = Statement(
            by=who(project, one_line(by)), date=when(day), stance=Stance(stance), comment=said
        )
        return decide(lambda: amend.speak(project, names, statement))

    return speak


COMMANDS = (
    preview,
    reopen,
    revise,
    _spoken("support", "Put on record that somebody supports amendments that wait for a decision."),
    _spoken("oppose", "Put on record that somebody opposes amendments that wait for a decision."),
    _spoken("remark", "Put on record what somebody said of amendments, neither for them nor against."),
)
