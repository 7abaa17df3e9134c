"""Why an amendment cannot be decided on, or have the place it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.errors import AstrayError, EditRefusedError
from poa_toolkit.model import AmendmentKind

if TYPE_CHECKING:
    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.model import Amendment


def closed(amendment: Amendment) -> AstrayError:
    """Return the refusal of an amendment that was decided already."""
    cure = f"`poa amend reopen {amendment.id}` takes that back"
    return AstrayError(f"{amendment.id} was {amendment.state.value} already; {cure}")


def check_removal(amendment: Amendment, target: Target) -> None:
    """Raise EditRefusedError where an amendment would take out what is no record by itself."""
    if amendment.kind is AmendmentKind.REMOVE and not target.field.startswith(("text", "points.")):
        raise EditRefusedError(
            f"{amendment.id} would take out the {target.field} of {target.record} alone; an action, a "
            "paragraph or a point can be removed, nothing else: move what stands below it, or reject it"
        )


def one_paragraph(amendment: Amendment) -> str:
    """Return the text that an amendment puts there. Raises EditRefusedError for several paragraphs."""
    text = amendment.adopted or ""
    if lines := text.strip().count("\n"):
        raise EditRefusedError(
            f"{amendment.id} cannot be accepted: it holds {lines + 1} paragraphs; adopt one with --modified, "
            "propose each of the others with `poa amend propose`, or put them into the files and reject it"
        )
    return text


def settled(amendment: Amendment) -> AstrayError:
    """Return the refusal of an amendment that has no words to be about any more."""
    why = amendment.reason or "the words it was about are gone"
    return AstrayError(
        f"{amendment.id} is {amendment.state.value} and cannot be accepted: {why}; "
        "propose it anew, on the text of today"
    )
