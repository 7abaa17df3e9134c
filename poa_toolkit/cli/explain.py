"""`poa explain`: the rule behind a code."""

from __future__ import annotations

import click

from poa_toolkit import messages
from poa_toolkit.write import manual_pages as writer


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a diagnostic: what it is, why it matters, an example, the cure. Without CODE, list them."""
    page = messages.page(code.upper()) if code else None
    if page is None:
        from poa_toolkit.api import explain  # noqa: PLC0415 - the rules, of which such a code needs none

        if code is None:
            for each in explain.pages():
                click.echo(f"{each.code}  {each.severity.value:<11}  {each.title}")
            return
        page = explain.page(code)
    if page is None:
        raise click.BadParameter(f'there is no code "{code}"; `poa explain` lists them', param_hint="CODE")
    click.echo(writer.to_text(page), nl=False)
