"""`poa baseline`: freeze a version, list and verify the frozen ones."""

from __future__ import annotations

import click

from poa_toolkit.api import baseline as baseline_api
from poa_toolkit.api import validate
from poa_toolkit.cli.common import project_of, refuse, today, use_colour
from poa_toolkit.cli.max_findings import as_text
from poa_toolkit.files.transaction import recover, write_all
from poa_toolkit.model import digests
from poa_toolkit.source.base import BASELINES


@click.group("baseline")
def command() -> None:
    """Freeze a version of the plan, list and verify the frozen ones."""


@command.command("create")
@click.argument("name")
@click.option("--provisional", is_flag=True, help="Freeze it as it is, whatever its stage still asks for.")
def create(name: str, *, provisional: bool) -> int:
    """Freeze the working tree as NAME; it is dated by the plan's stage.

    A text that lacks something for its stage is not frozen for it. With --provisional it is frozen under
    a name of its own, to compare with and to print; no stage may name it, and nobody can endorse it.
    """
    project = project_of()
    recover(project)
    freeze = baseline_api.freeze_provisionally if provisional else baseline_api.freeze
    try:
        baseline, text = freeze(project, name, today=today())
    except validate.InvalidPlanError as error:
        status = refuse(error, "nothing was frozen")
        if not error.report.faults:
            click.echo("to freeze it as it is, under a name of its own: --provisional", err=True)
        return status
    path = f"{BASELINES}/{name}.json"
    write_all(project, {path: text.encode("utf-8")}, {})
    kind = "provisional, stage" if baseline.provisional else "stage"
    click.echo(f"{path}: {kind} {baseline.stage}, text {baseline.text_digest}")
    return 0


@command.command("list")
def list_() -> int:
    """List the frozen versions: name, stage, date, text digest, and whether it is provisional."""
    rows = baseline_api.frozen(project_of())
    if not rows:
        click.echo("no baseline yet; `poa baseline create NAME` freezes one")
    for name, baseline, _ in rows:
        if baseline is None:
            click.echo(f"{name}: cannot be read; see `poa baseline verify`")
        else:
            kind = "  provisional" if baseline.provisional else ""
            click.echo(f"{name}  stage {baseline.stage}  {baseline.date}  {baseline.text_digest}{kind}")
    return 0


@command.command("verify")
def verify() -> int:
    """Prove that every frozen version is as it was frozen, and that the text of a frozen stage is too."""
    project = project_of()
    rows = baseline_api.frozen(project)
    altered = [each for _, _, found in rows for each in found]
    kept = None if altered else baseline_api.kept(project, today=today())
    found = [*altered, *(kept.found if kept else ())]
    click.echo(as_text(found, colour=use_colour()), nl=False)
    if not altered:
        click.echo(f"{len(rows)} of {len(rows)} baselines are as they were frozen{_by_older_rules(rows)}")
    if kept:
        click.echo(f"stage {kept.stage} is frozen as {kept.baseline}; {_said_now(kept)}")
    return 1 if found or (kept and not kept.whole) else 0


def _by_older_rules(rows: tuple[baseline_api.Frozen, ...]) -> str:
    """Name the baselines whose text digest was taken by an older rule, by which it was verified."""
    older = (name for name, each, _ in rows if each and each.text_digest_version != digests.TEXT_VERSION)
    names = ", ".join(older)
    return f" ({names}: text digest by an older rule)" if names else ""


def _said_now(kept: baseline_api.FrozenState) -> str:
    if not kept.whole:
        return "the working tree cannot be read whole, see `poa validate`"
    if kept.same:
        return "the working tree still says the same"
    if not kept.is_explained:
        return f"the working tree says something else, see `poa diff {kept.baseline}`"
    return "the working tree differs by adopted amendments alone"
