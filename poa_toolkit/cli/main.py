"""`poa`: the group of commands, each imported only when it is called."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import click

from poa_toolkit import __version__
from poa_toolkit.cli.max_findings import keep_typed, max_option
from poa_toolkit.errors import PoaError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

COMMANDS = {
    "build": "Validate, compare with the previous stage, render: everything into one folder.",
    "validate": "Find everything that is wrong with the plan.",
    "fmt": "Give the files of the plan their canonical layout.",
    "explain": "Explain a diagnostic: why it matters, an example, the cure.",
    "diff": "Show what changed between two versions of the plan.",
    "show": "Show a paragraph, or any record, in full: for the lectern and the room.",
    "find": "Find words in texts, sources and amendments, and say where they stand.",
    "log": "Tell the past of one record: who changed what, when, by which amendment.",
    "status": "Say where the text stands, and what still blocks it.",
    "matrix": "Show which recommendations and provisions actions meet, and what none does.",
    "progress": "Report how far each action has come since the plan was adopted.",
    "render": "Make the Word document of a version.",
    "export": "Give the records of a version to spreadsheets and other programs.",
    "site": "Make a site of the plan: pages that open by double click and on any host.",
    "serve": "Show the site while you edit, and the table for the screen in the room.",
    "template": "Begin a Word template of your own; find what is wrong with it.",
    "baseline": "Freeze a version of the plan, list and verify the frozen ones.",
    "git-setup": "Let git show and merge changes of the plan by record and word.",
    "merge": "Finish a merge that git began: across files, and with nothing dropped.",
    "merge-driver": "Merge a file of the plan; git calls it.",
    "lsp": "Serve an editor: findings while one types, go to, complete, rename.",
    "schema": "Write or check the JSON Schemas that editors use.",
    "init": "Begin a plan: a small valid one, with settings for editors, git and GitHub.",
    "new": "Add an action, a recommendation, an instrument, a section or a report of progress.",
    "rename": "Give a record another id, in every file.",
    "move": "Move an action to another place.",
    "withdraw": "Withdraw an action, with the reason.",
    "amend": "List, propose and decide amendments; the chair's sheet and the outcome.",
    "review": "Put on record that the links of an action are right.",
    "import": "Make the files of a plan from an old Word draft.",
    "pull": "Bring edited Word files and workbooks home: changes and comments become amendments.",
    "endorse": "Put on record that an organization endorses a frozen text.",
    "endorsements": "Prove that every endorsement speaks of the text that was endorsed.",
}
"""Every command and its line of help; the module of the same name holds the rest as `command`."""
_NO_ARGUMENTS: type[click.UsageError] | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""Raised with the help of a group that is called alone; before version 8.2 click printed it itself."""


class _Commands(click.Group):
    """A group that knows its commands by name and loads one only to run it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        keep_typed(ctx, args)
        return super().parse_args(ctx, args)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        _without_plugins()
        # no module can be called as a word of Python is
        module = "import_draft" if name == "import" else name.replace("-", "_")
        return importlib.import_module(f"poa_toolkit.cli.{module}").command  # type: ignore[no-any-return] # by convention

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="The project folder [default: the nearest upwards with plan/plan.yaml].",
)
@max_option
@click.version_option(__version__, prog_name="poa")
@click.pass_context
def poa(ctx: click.Context, folder: str | None) -> None:
    """Keep a Plan of Action as data: validate it, compare its versions, render it to Word."""
    ctx.obj = folder


def main(arguments: list[str] | None = None) -> int:
    """Run `poa`; the exit status: 0 fine, 1 errors found, 2 wrong usage or the machine refused."""
    _speak_utf8()
    try:
        return _guarded(lambda: _run(arguments))
    finally:
        # what is left goes with the process; walking it once more at exit would cost a tenth of a run
        gc.freeze()


def _without_plugins() -> None:
    """Keep pydantic from what else is installed beside us: a checker must not depend on it.

    To learn that it may use none, pydantic would load importlib.metadata, a fifteenth of a run.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    loader = ModuleType("pydantic.plugin._loader")
    vars(loader)["get_plugins"] = tuple
    sys.modules.setdefault(loader.__name__, loader)


def _run(arguments: list[str] | None) -> int:
    try:
        status = poa.main(arguments, prog_name="poa", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        # click says so of a Ctrl-C
        raise KeyboardInterrupt from None
    except _NO_ARGUMENTS as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        _complain(_one_line(error))
        return 2
    except SystemExit as ended:
        # click itself exits with 1, and only then, when the reader of its output has gone
        return 141 if ended.code == 1 else int(ended.code or 0)
    except PoaError as error:
        _complain(str(error))
        return 2
    except UnicodeEncodeError:
        if not any(map(_is_broken, sys.argv if arguments is None else arguments)):
            raise
        _complain("an argument holds bytes that are not UTF-8; type it again")
        return 2
    return status if isinstance(status, int) else 0


def _is_broken(argument: str) -> bool:
    """Return whether an argument came as bytes that are no text; the name of a file may be such."""
    return any("\ud800" <= each <= "\udfff" for each in argument)


class _Asked:
    """A person's Ctrl-C, or the system's wish that we end: what a shell calls it, once it has come."""

    def __init__(self) -> None:
        self.status = 0
        self.is_over = False
        """Whether the command has ended, so that there is nothing left to stop."""

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if not self.is_over:
            self.status = 128 + number
            raise KeyboardInterrupt


def _guarded(run: Callable[[], int]) -> int:
    """Turn what the machine and the shell do to us into an exit status, never a traceback."""
    asked, unraisable = _Asked(), sys.unraisablehook
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in before:
            signal.signal(number, asked)
        # an extension cannot raise that we were asked to stop; that is no news
        sys.unraisablehook = lambda caught: None if asked.status else unraisable(caught)
        return run()
    except BrokenPipeError:
        # the reader has gone; what is left in the buffer must not complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(f"{where}{error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except BaseException:
        # pydantic calls it a fault of a schema when it is interrupted: what counts is that we were asked
        if asked.status:
            return asked.status
        raise
    finally:
        asked.is_over = True
        sys.unraisablehook = unraisable
        for number, handler in before.items():
            signal.signal(number, handler)


def _complain(message: str) -> None:
    from poa_toolkit.write.escape import visible  # noqa: PLC0415 - only failures pay for it

    with contextlib.suppress(OSError):
        click.echo(f"poa: {visible(message)}", err=True)


def _one_line(error: click.ClickException) -> str:
    """Return what was wrong with the words of a command, and where to look them up."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "poa"
    # click lists the choices that there are on lines of their own
    said = error.format_message().replace("\n\t", " ")
    return f"{said} (see `{path} --help`)"


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale says, and something readable where a console cannot."""
    # a stream that was closed before we began is none at all
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the process's life
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the process's life
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8" if not stream.isatty() else None, errors="backslashreplace")
