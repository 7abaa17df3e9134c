"""`poa lsp`: the plan in an editor."""

from __future__ import annotations

import click

from poa_toolkit.cli.common import today, want_extra


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does anyway.")
def command(*, stdio: bool) -> int:  # noqa: ARG001 - many editors say so whatever the server
    """Serve an editor: it starts this, and speaks the Language Server Protocol with it.

    Findings while one types, go to and find, hover, completion, rename, quick fixes. It writes no file.
    """
    want_extra("pygls", "lsp", "the language server")
    from poa_toolkit.lsp.serve import serve  # noqa: PLC0415 - an extra: who does not ask for it pays nothing

    serve(today())
    return 0
