"""Records as people name them on a command line: which one a name means in the version at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.diagnostic import Severity
from poa_toolkit.document import record_names
from poa_toolkit.document.record_names import Meant
from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.model.file_kinds import kind_of

if TYPE_CHECKING:
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan

_NUMBERED = ("plan", "section")
"""The kinds of file whose records bear numbers."""


def meant(loaded: Loaded, name: str) -> Meant | None:
    """Return what a name means in a version; None where that cannot be read, for the command to say.

    Raises UnknownRecordError where it means nothing, or where it is a number, and a record that cannot
    be read may shift it.
    """
    if loaded.plan is None or name.strip().partition(".")[0].lower() in loaded.broken:
        return None
    try:
        found = record_names.meant(loaded.plan, name)
    except UnknownRecordError:
        if not (record_names.is_number(name) and _may_be_shifted(loaded)):
            raise
        raise _shifted(name) from None
    if found.by_number and _may_be_shifted(loaded):
        raise _shifted(name)
    return found


def sure(loaded: Loaded) -> Plan | None:
    """Return the plan of a version, without numbers where a record that cannot be read may shift them."""
    if loaded.plan is not None and _may_be_shifted(loaded):
        return loaded.plan.without_numbers()
    return loaded.plan


def _shifted(name: str) -> UnknownRecordError:
    return UnknownRecordError(
        f'"{name}" is not known: a record of the text cannot be read, and numbers behind it may be others; '
        "see `poa validate`, or name the record by its id"
    )


def _may_be_shifted(loaded: Loaded) -> bool:
    """Return whether a record that would bear a number is missing."""
    kinds = (kind_of(each.location.path) for each in loaded.diagnostics if each.severity is Severity.ERROR)
    return any(kind is not None and kind.name in _NUMBERED for kind in kinds)
