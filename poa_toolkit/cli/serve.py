"""`poa serve`: the site while the plan is edited, and the table for the room."""

from __future__ import annotations

from importlib.util import find_spec

import click

from poa_toolkit.cli.common import project_of, today
from poa_toolkit.errors import PoaError


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(1024, 65535), help="The port of this machine [default: a free one]."
)
@click.option("--no-open", is_flag=True, help="Open no browser.")
def command(*, port: int | None, no_open: bool) -> int:
    """Show the site of the plan in a browser of this machine, renewed whenever a file changes.

    With the table for the screen in the room: the paragraph under discussion, its amendments side by side.
    Nothing is written, and nobody but this machine is answered. Ctrl-C ends it.
    """
    if any(find_spec(name) is None for name in ("starlette", "uvicorn", "watchfiles")):
        raise PoaError("the server is not installed; run `pip install 'poa-toolkit[serve]'`")
    from poa_toolkit.serve.server import serve  # noqa: PLC0415 - an extra: who does not ask pays nothing

    def ready(address: str) -> None:
        click.echo(f"{address} (the table: {address}table/); Ctrl-C ends it")
        if not no_open:
            click.launch(address)

    serve(project_of(), port or 0, today(), ready=ready)
    return 0
