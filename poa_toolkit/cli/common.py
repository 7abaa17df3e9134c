"""What several commands share: the project, output to a file or the terminal, failing plans."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial, wraps
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from poa_toolkit.cli.max_findings import as_text
from poa_toolkit.diagnostic import Diagnostic, FaultsError
from poa_toolkit.errors import AstrayError, PoaError, WriteError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator

    from poa_toolkit.api.pages import Wanted
    from poa_toolkit.files.transaction import Interrupted

_P = ParamSpec("_P")

WIDEST = 100
"""Lines that are longer tire the eye."""
FILE = click.Path(dir_okay=False, path_type=Path)
READ_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that is read, and so has to be there."""
FOLDER = click.Path(file_okay=False, path_type=Path)


def file_name(_ctx: click.Context, _param: click.Parameter, given: Path | None) -> Path | None:
    """Refuse what names no file; ``-`` is no name here."""
    if given is not None and given.name in ("", "-"):
        raise click.BadParameter("name a file")
    return given


def _printed_by_dash(ctx: click.Context, param: click.Parameter, given: Path | None) -> Path | None:
    """Let ``-`` stand for standard output, as other programs do."""
    return None if given == Path("-") else file_name(ctx, param, given)


output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=FILE,
    callback=_printed_by_dash,
    help="Write to FILE instead of the terminal.",
)


def style_option(help_text: str) -> Callable[[Any], Any]:
    """Return ``--style``: a house style by its name, which is written here since the model loads slowly."""
    return click.option("--style", type=click.Choice(("un", "carter")), help=help_text)


def form_option(*forms: str) -> Callable[[Any], Any]:
    """Return the option that chooses one of the formats; the first is the default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True)


def project_of() -> Path:
    """Return the project folder: what -C says, or the nearest one upwards."""
    from poa_toolkit.source.base import find_project  # noqa: PLC0415 - help needs no project

    root = click.get_current_context().find_root()
    # the way to it is the person's own, whatever links are on it
    project = Path(root.obj).resolve() if root.obj is not None else find_project(Path.cwd())
    if __name__ not in root.meta:
        from poa_toolkit.files.transaction import interrupted  # noqa: PLC0415 - help needs no project

        root.meta[__name__] = project
        if found := interrupted(project):
            root.call_on_close(partial(_tell_interrupted, project, found))
    return project


def _tell_interrupted(project: Path, found: Interrupted) -> None:
    """Say that an edit was interrupted, and what the command has made of it."""
    from poa_toolkit.files.transaction import Recovery, interrupted  # noqa: PLC0415 - help needs no project

    is_left = interrupted(project) is not None
    names = ", ".join("the folder of the project" if each == "." else each for each in found.paths)
    if found.fate is Recovery.UNKNOWN:
        cleared = "" if is_left else ", and was cleared"
        said = (
            f"a command was interrupted, and there is no record of what it was at: in {names} something "
            f"waits to be put in place{cleared}; see with `git diff` what was done"
        )
    elif is_left:
        said = (
            f"an edit of {len(found.paths)} files was interrupted, and they may not fit together "
            f"({names}): the next command that changes the plan, such as `poa fmt`, finishes it, takes it "
            "back, or says why it can do neither"
        )
    else:
        said = f"an edit of {len(found.paths)} files that was interrupted was {found.fate} first ({names})"
    remark([said])


def columns(output: Path | None, *, unknown: int = WIDEST) -> int:
    """Return how many columns a line may have: those of the terminal, or 100 where it is wider or none.

    A terminal that does not say how wide it is counts for `unknown`.
    """
    to_terminal = output is None and sys.stdout.isatty()
    return min(shutil.get_terminal_size((unknown, 0)).columns, WIDEST) if to_terminal else WIDEST


def shown(folder: Path) -> str:
    """Show a folder as a person would type it: below the current one where it is."""
    here, real = Path.cwd(), folder.resolve()
    return f"{real.relative_to(here) if real.is_relative_to(here) else real}/"


def use_colour(output: Path | None = None) -> bool:
    """Return whether to colour what is printed: no file, but a terminal, and no NO_COLOR."""
    return (
        output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


@contextmanager
def working(on: str) -> Iterator[None]:
    """Say on a terminal, beyond the first second, that work goes on, and for how long; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield
        return
    import threading  # noqa: PLC0415 - only a terminal pays for it

    ended = threading.Event()
    ticking = threading.Thread(target=_tick, args=(on, ended), daemon=True)
    ticking.start()
    try:
        yield
    finally:
        ended.set()
        ticking.join()


def _tick(on: str, ended: threading.Event) -> None:
    shown = ""
    for seconds in count(1):
        if ended.wait(1):
            break
        shown = f"{on}: {seconds} s"
        click.echo(f"\r{shown}", err=True, nl=False)
    if shown:
        click.echo(f"\r{' ' * len(shown)}\r", err=True, nl=False)


def deliver(text: str | bytes, output: Path | None) -> None:
    """Print to the terminal, or write whole to a file."""
    if output is None:
        click.echo(text, nl=False)
    else:
        from poa_toolkit.files.atomic import write  # noqa: PLC0415 - only files pay for it

        # the name of a file need not be text; it is shown as well as it can be
        write(output, text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text)


def spare(output: Path, *inputs: Path) -> None:
    """Refuse, before any work is done, to write over a plan, what git keeps, or what was read."""
    from poa_toolkit.files import allowed_places  # noqa: PLC0415 - only files pay for it

    allowed_places.spare(output)
    if any(each.exists() and output.exists() and each.samefile(output) for each in inputs):
        raise WriteError(f"{output} is the file that was read; write to another")


def read_given(path: Path) -> bytes:
    """Read a file that was named on the command line: a pipe or a device would never end.

    Raises PoaError where it is no regular file, or the machine refuses.
    """
    try:
        if not path.is_file():
            raise PoaError(f"{path} is no regular file")
        return path.read_bytes()
    except OSError as error:
        raise PoaError(f"{path} cannot be read: {error.strerror}") from None


def refusing(consequence: str) -> Callable[[Callable[_P, int]], Callable[_P, int]]:
    """Return what makes a command refuse a plan or a file with errors, and say what was not done."""

    def decorate(work: Callable[_P, int]) -> Callable[_P, int]:
        @wraps(work)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> int:
            try:
                return work(*args, **kwargs)
            except FaultsError as error:
                return refuse(error, consequence)
            except AstrayError as error:
                # no wrong use of the command, but a state of the plan that somebody has to look at
                remark((str(error),))
                return 1

        return guarded

    return decorate


def refuse(error: FaultsError, consequence: str) -> int:
    """Return why what has errors goes no further, and what was not done; the exit status."""
    warn(error.diagnostics)
    click.echo(f"{error.beginning}{consequence}", err=True)
    return 1


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    """Show findings beside what a command prints."""
    click.echo(as_text(diagnostics), err=True, nl=False)


def remark(remarks: Iterable[str]) -> None:
    """Say beside what a command prints what is to be known of the text."""
    from poa_toolkit.write.escape import visible  # noqa: PLC0415 - only a text that lacks something pays for it

    for each in remarks:
        click.echo(f"poa: {visible(each)}", err=True)


def tell_without_pictures() -> None:
    """Say that pictures are left out, where the library that draws them is not installed."""
    from poa_toolkit import pictures  # noqa: PLC0415 - only what has pictures pays for it

    if not pictures.are_possible():
        remark([f"the pictures are left out, and their tables stand alone; to have them, {pictures.INSTALL}"])


word_file_option = click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=FILE,
    callback=file_name,
    help="The Word file to write.",
)


def _wanted(_ctx: click.Context, _param: click.Parameter, *, given: bool | None) -> Wanted:
    from poa_toolkit.api.pages import Wanted  # noqa: PLC0415 - only what is printed in Word pays for it

    return {None: Wanted.WHERE_FOUND, True: Wanted.ALWAYS, False: Wanted.NEVER}[given]


pages_option = click.option(
    "--pages/--no-pages",
    "pages",
    default=None,
    envvar="POA_PAGES",
    show_envvar=True,
    callback=lambda ctx, param, given: _wanted(ctx, param, given=given),
    help="Let LibreOffice find the pages of the contents [default: where it is there, and once for a text].",
)


def today() -> date:
    """Return the day it is: what SOURCE_DATE_EPOCH says, or else the clock. The only look at the clock."""
    return (source_date() or datetime.now().astimezone()).date()


def want_extra(library: str, extra: str, what: str) -> None:
    """Raise PoaError, with how to install it, where the library of an extra is not there."""
    if find_spec(library) is None:
        raise PoaError(f"{what} is not installed; run `pip install 'poa-toolkit[{extra}]'`")


def source_date() -> datetime | None:
    """Return the moment that SOURCE_DATE_EPOCH names, or None; never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise PoaError(f'SOURCE_DATE_EPOCH must be a number of seconds, not "{epoch}"') from None
