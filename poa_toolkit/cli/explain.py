"""`poa explain`: the rule behind a code."""

from __future__ import annotations

import click

from poa_toolkit.api import explain
from poa_toolkit.write import manual_pages as writer


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a diagnostic: what it is, why it matters, an example, the cure. Without CODE, list them."""
    pages = explain.pages()
    if code is None:
        for page in pages:
            click.echo(f"{page.code}  {page.severity.value:<11}  {page.title}")
        return
    for page in pages:
        if code.upper() in (page.code, page.name.upper()):
            click.echo(writer.to_text(page), nl=False)
            return
    raise click.BadParameter(f'there is no code "{code}"; `poa explain` lists them', param_hint="CODE")
