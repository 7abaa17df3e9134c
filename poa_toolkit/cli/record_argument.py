"""Arguments that name a record: by its id, or by the number that the document prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from poa_toolkit.cli.common import project_of
from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from pathlib import Path

    from poa_toolkit.document.record_names import Meant
    from poa_toolkit.load.plan import Loaded

    _Type = click.ParamType[str]
else:
    # older versions of click do not say of what
    _Type = click.ParamType

HOMES = ("front", "introduction")
"""Where paragraphs stand that are in no section: names as good as a section's."""


class RecordName(_Type):
    """A record of the working tree, named by its id in any case, or by its printed number.

    Gives the id as the plan spells it, and says on standard error what a number meant. A name that means
    nothing is refused, with the names that there are.
    """

    name = "record"

    def __init__(
        self,
        *,
        fields: bool = False,
        homes: bool = False,
        annexes: bool = False,
        gone: bool = False,
        reads: bool = False,
    ) -> None:
        """Take a record; with `fields` also one of its fields, ``A-007.points.b``, with `homes` also HOMES.

        With `annexes` also ``annex I``, which comes through as it is, for the command to find.
        With `gone` a name that means nothing in the plan of today comes through as it is: the command
        knows of records that went, and refuses what is none of them. A command that only `reads` puts
        nothing right that an interrupted edit left.
        """
        self.fields, self.homes, self.annexes, self.gone, self.reads = fields, homes, annexes, gone, reads

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the id, and the field after a full stop where there is one."""
        if ctx is None or ctx.resilient_parsing or not value or (self.homes and value in HOMES):
            return value
        from poa_toolkit.document.record_names import is_number, names_annex  # noqa: PLC0415 - help needs no plan

        if self.annexes and names_annex(value):
            return value
        try:
            found = meant(value, reads=self.reads)
        except UnknownRecordError:
            # what is only read is looked for in older versions, too; a number is that of today
            if self.gone and (self.reads or not is_number(value)):
                return value
            raise
        if found is None:
            return value
        if found.field and not self.fields:
            taker = f"{param.opts[0]} takes" if isinstance(param, click.Option) else "the command takes"
            raise UnknownRecordError(
                f"{found.said or f'{value} is a field of {found.record}'}; {taker} a whole record: "
                f"{found.record}"
            )
        tell(found)
        return found.name


def meant(name: str, *, reads: bool = False) -> Meant | None:
    """Return what a name means in the working tree; None where that cannot be read, for the command to say.

    What an interrupted edit left is put right first, unless the command only `reads`. Raises
    UnknownRecordError where the name means nothing.
    """
    from poa_toolkit.api import record_names  # noqa: PLC0415 - help needs no plan

    return record_names.meant(_working_tree(project_of(), reads=reads), name)


def tell(found: Meant) -> None:
    """Say on standard error what a number meant."""
    if found.said:
        click.echo(visible(found.said), err=True)


def _working_tree(project: Path, *, reads: bool) -> Loaded:
    """Read the working tree, once for all names of a command."""
    from poa_toolkit.api.validate import read  # noqa: PLC0415 - help needs no plan
    from poa_toolkit.files.transaction import recover  # noqa: PLC0415 - the same

    kept = click.get_current_context().find_root().meta
    if __name__ not in kept:
        if not reads:
            recover(project)
        kept[__name__] = read(project, None)
    loaded: Loaded = kept[__name__]
    return loaded


class PointName(RecordName):
    """What an addition goes behind: a record, or a point of the action that another argument names.

    It comes through as it is, for `behind` to read beside that argument.
    """

    def convert(self, value: str, _param: click.Parameter | None, _ctx: click.Context | None) -> str:
        """Return the words as they are."""
        return value


def behind(target: str, after: str | None) -> tuple[str, str | None]:
    """Return what something is added to, and behind what.

    `target` names an action, its points, or the point under which a sub-point is added: `after` is then the
    id of a point, or its printed letter, ``(b)`` or ``22(b)``, or ``text``. A point that is named without an
    action names it.
    """
    if not after or after in HOMES:
        return target, after
    action, _, _ = target.partition(".")
    if after == "text" or (action and _is_known(f"{action}.points.{after}")):
        return target, after
    letters = _LETTERS.fullmatch(after.lower())
    name = after
    if action and letters:
        of = target if target.startswith(f"{action}.points.") else action
        name = of + "".join(f"({each})" for each in letters.groups() if each)
    if action and not _is_known(name):
        # the command knows what it wanted, and says so
        return target, after
    found = meant(name)
    if found is None:
        return target, after
    is_point = found.field.startswith("points.")
    if action and found.field and not (is_point and found.record == action):
        raise UnknownRecordError(f'"{after}" is no point of {action}')
    tell(found)
    # a record goes behind another, a point behind one of its action
    if not is_point:
        return target, found.name
    return target or f"{found.record}.points", found.field.removeprefix("points.")


_LETTERS = re.compile(r"\(?\s*([a-z]{1,4})\s*\)?(?:\s*\(\s*([ivxlcdm]{1,9})\s*\))?")


def _is_known(name: str) -> bool:
    try:
        return meant(name) is not None
    except UnknownRecordError:
        return False
