"""`poa render`: the Word document of a version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import render
from poa_toolkit.api import template as template_api
from poa_toolkit.api.room import Wish
from poa_toolkit.cli.common import (
    READ_FILE,
    pages_option,
    project_of,
    refusing,
    remark,
    source_date,
    spare,
    style_option,
    today,
    warn,
    word_file_option,
    working,
)
from poa_toolkit.document.blocks import Layout, Marks
from poa_toolkit.files.atomic import write
from poa_toolkit.model import House
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from poa_toolkit.api.pages import Wanted


@click.command("render")
@click.argument("version", required=False)
@word_file_option
@click.option("--template", metavar="FILE", type=READ_FILE, help="A Word template of your own.")
@style_option("Another house style than the plan names: its template, and the words that the toolkit makes.")
@click.option("--since", metavar="VERSION", help="Mark what changed since an older version.")
@click.option(
    "--marks",
    type=click.Choice(("tracked", "bold-strike")),
    help="How --since marks it: as tracked changes, which is the default, or to be read in a PDF.",
)
@click.option(
    "--amendments",
    "amendments",
    metavar="WHICH",
    multiple=True,
    help='Print proposals as tracked changes of their proposers: open, ids, or "by NAME"; repeatable.',
)
@click.option("--decided", is_flag=True, help="With --amendments: tell of decided ones too, in comments.")
@click.option("--for-room", is_flag=True, help="Number the lines, and leave room between them.")
@pages_option
@click.option("--pdf", is_flag=True, help="Make a PDF beside it too, by LibreOffice.")
@click.option("--digest", is_flag=True, help="Print the digest of the content, the same on every machine.")
@refusing("nothing was rendered")
def command(  # noqa: PLR0913 - one parameter an option
    version: str | None,
    *,
    output: Path,
    template: Path | None,
    style: str | None,
    since: str | None,
    marks: str | None,
    amendments: tuple[str, ...],
    decided: bool,
    for_room: bool,
    pages: Wanted,
    pdf: bool,
    digest: bool,
) -> int:
    """Make the Word document of VERSION: a baseline, git revision or folder; by default the working tree.

    With --since it is a redline: every change as a tracked change of Word, with a comment at each
    substantive one. With --amendments it holds every proposal, to be accepted or rejected in Word;
    `poa pull --decisions` reads that back. Without --template it is made with plan/template.docx, where
    there is one.
    """
    _go_together(version, since, marks, amendments, decided=decided)
    for path in _outputs(output, pdf=pdf):
        spare(path, *([template] if template else []))
    looks = render.Looks(
        template_api.read(template) if template else None,
        House(style) if style else None,
        since,
        Marks(marks) if marks else None,
        Layout.ROOM if for_room else None,
        Wish(amendments, decided) if amendments else None,
        pages,
    )
    with working("making the document"):
        made = render.render(project_of(), version=version, looks=looks, when=source_date(), today=today())
    warn(made.warnings)
    remark(made.remarks)
    write(output, made.content)
    pages_by = f", pages as {made.laid_out_by} lays it out" if made.laid_out_by else ""
    click.echo(f"{visible(str(output))}: {len(made.content) // 1024} KiB{pages_by}")
    if digest:
        click.echo(render.digest(made.content))
    return _pdf(made.content, output.with_suffix(".pdf")) if pdf else 0


def _go_together(
    version: str | None, since: str | None, marks: str | None, amendments: tuple[str, ...], *, decided: bool
) -> None:
    """Raise UsageError where an option is given that says nothing beside the others."""
    if amendments and (since is not None or version is not None):
        raise click.UsageError("--amendments prints into the text of today; leave out VERSION and --since")
    if decided and not amendments:
        raise click.UsageError("--decided goes with --amendments")
    if marks and since is None:
        raise click.UsageError("--marks says how --since marks changes; name a VERSION with --since")


def _outputs(output: Path, *, pdf: bool) -> tuple[Path, ...]:
    """Return the files that are written. Raises UsageError where both would go by one name."""
    if pdf and output.suffix.lower() == ".pdf":
        raise click.UsageError("-o names the Word file; the PDF is written beside it")
    return (output, output.with_suffix(".pdf")) if pdf else (output,)


def _pdf(docx: bytes, output: Path) -> int:
    """Write the PDF, and say what keeps it from being read aloud."""
    with working("making the PDF"):
        content, findings = render.pdf(docx)
    write(output, content)
    standing = "with tags, title and language"
    click.echo(f"{visible(str(output))}: {len(content) // 1024} KiB" + ("" if findings else f", {standing}"))
    for each in findings:
        click.echo(visible(f"{output}: {each}"), err=True)
    return 0
