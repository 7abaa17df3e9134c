"""`poa review`: that the links of an action are right."""

from __future__ import annotations

from datetime import date

import click

from poa_toolkit.api import edit_records
from poa_toolkit.cli.common import project_of
from poa_toolkit.cli.edit_options import by_option, date_option, edit, when, who
from poa_toolkit.cli.record_argument import RecordName


@click.command("review")
@click.argument("name", metavar="ID", type=RecordName())
@by_option
@date_option
def command(name: str, by: str | None, day: date | None) -> int:
    """Put on record, in plan/reviews.yaml, that the links of an action were found right.

    ID is its id, or its number as the document prints it: 22.

    It keeps a fingerprint of every recommendation and provision the action links to: when one of them
    changes in meaning, `poa validate` says that the link needs another look.
    """
    project = project_of()
    person, date_ = who(project, by), when(day)
    said = f"{name} reviewed by {person} on {date_.isoformat()}"
    return edit(lambda: edit_records.review(project, name, by=person, day=date_), said)
