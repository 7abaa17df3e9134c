"""`poa import`: an old Word draft becomes the files of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa_toolkit.api import import_draft
from poa_toolkit.cli.common import (
    FOLDER,
    READ_FILE,
    deliver,
    form_option,
    read_given,
    refusing,
    spare,
    use_colour,
    warn,
)
from poa_toolkit.cli.edit_options import NOTHING, date_option, when
from poa_toolkit.diagnostic import Severity
from poa_toolkit.errors import NoPlanError
from poa_toolkit.returned.draft import choices, drafted_plan
from poa_toolkit.source.base import find_project
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from poa_toolkit.returned.draft.drafted_plan import Imported


class _Choice(click.ParamType[tuple[str, ...]]):
    """An option that a function reads."""

    def __init__(self, name: str, read: Callable[[str], tuple[str, ...]]) -> None:
        self.name = name
        self.read = read

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        try:
            return value if isinstance(value, tuple) else self.read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _list_option(name: str, read: Callable[[str], tuple[str, ...]], help_text: str) -> Callable[[Any], Any]:
    """Return an option that holds a list, which a function reads."""
    return click.option(name, type=_Choice("LIST", read), default=(), help=help_text)


@click.command("import")
@click.argument("draft", metavar="DRAFT.docx", type=READ_FILE)
@click.option(
    "-o",
    "--output",
    "target",
    default=Path(),
    metavar="DIR",
    type=FOLDER,
    help="The folder to write the plan into [default: here].",
)
@click.option("--dry-run", "only_show", is_flag=True, help="Show what each paragraph would become.")
@_list_option(
    "--sections-at",
    choices.sections_at,
    "What begins a section: levels of headings (1, 1-2), roman, letters, numbers, articles, parts, "
    'capitals, bold, "style NAME".',
)
@_list_option(
    "--actions-are",
    choices.actions_are,
    'What is an action: numbered, lettered, bulleted, plain, asking, "style NAME".',
)
@_list_option(
    "--points-are",
    choices.points_are,
    'What is a point of an action: numbered, lettered, bulleted, none, "style NAME".',
)
@_list_option(
    "--columns",
    choices.columns,
    "What the columns of tables are: number, action, addressees, timeframe, recommendations, level, -.",
)
@click.option(
    "--registry",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project whose instruments, recommendations and actors are cited [default: the one around].",
)
@click.option("--explain", is_flag=True, help="Say what became of every word of the draft, and why.")
@form_option("text", "json", "markdown")
@date_option
@refusing(NOTHING)
def command(  # noqa: PLR0913 - one parameter an option
    draft: Path,
    *,
    target: Path,
    sections_at: tuple[str, ...],
    actions_are: tuple[str, ...],
    points_are: tuple[str, ...],
    columns: tuple[str, ...],
    registry: Path | None,
    form: str,
    day: date | None,
    only_show: bool,
    explain: bool,
) -> int:
    """Make the files of a plan from a Word draft: sections, actions, points, citations.

    Citations in its notes are looked up in the registry of the project given with --registry or -C, or
    of the nearest upwards; what is cited is taken over. What was not understood is told with its place.
    Settings and schemas are written beside the plan, as by `poa init`; files that stand there are kept.
    """
    spare(target / "plan")
    content = read_given(draft)
    request = import_draft.Request(
        draft.as_posix(),
        when(day),
        registry or _registry(),
        choices.Choices(sections_at, actions_are, points_are, columns),
        only_show,
    )
    made = import_draft.import_draft(target, content, request)
    _tell(made, target, form, explain=explain)
    return int(any(each.severity is Severity.ERROR for each in made.diagnostics))


def _tell(made: Imported, target: Path, form: str, *, explain: bool) -> None:
    if form != "json":
        warn(made.diagnostics)
    if form != "text" or made.only_shown or explain:
        shown = import_draft.describe(made, form, explain=explain, colour=use_colour())
        deliver(shown, None)
        return
    for path in drafted_plan.of_the_plan(made):
        click.echo(visible(f"{target / path}"))
    if others := drafted_plan.beside(made):
        click.echo(others, err=True)
    click.echo(drafted_plan.described(made), err=True)
    click.echo(drafted_plan.balanced(made), err=True)


def _registry() -> Path | None:
    folder: str | None = click.get_current_context().find_root().obj
    if folder is not None:
        return Path(folder)
    try:
        return find_project(Path.cwd())
    except NoPlanError:
        return None
