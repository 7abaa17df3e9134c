"""POA411 to POA414: what people said of the links of actions, and what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import unknown_one
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.trace import in_force, links, meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model import Action, Review


@rule("POA411", "unknown-reviewed")
def unknown_reviewed(ctx: Context) -> Iterator[Finding]:
    """A review speaks of an action that is not in the plan.

    Bad:
        # reviews.yaml
        reviews:
          - record: A-999
            by: Editor
            date: 2017-12-04

    Good:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04

    Cure:
        Correct the id, or delete the review.
    """
    for index, review in enumerate(ctx.reviews):
        yield from unknown_one(ctx, ("reviews", index, "record"), review.record, "action", ctx.trace.actions)


@rule("POA412", "suspect-link", Severity.WARNING)
def suspect_link(ctx: Context) -> Iterator[Finding]:
    """What a link leads to has changed since a person reviewed it.

    The link may still be right, but nobody has looked. Only a change of meaning counts: what a
    recommendation says, or what a provision is about.

    Bad:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04
            links:
              - to: hres-2015-02-r1
                digest: sha256:0000000000000000000000000000000000000000000000000000000000000000

    Good:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04
            links:
              - to: hres-2015-02-r1
                digest: sha256:b692a98b3041fa77c7359957363a4b058c1d11db95b8ee6f692cf892231f6b0b

    Cure:
        Read both ends again; then `poa review A-001` says that the links are right.
    """
    for index, review, action in _in_force(ctx):
        linked = links(action)
        for number, link in enumerate(review.links):
            now = meaning(ctx.trace, link.to) if link.to in linked else link.digest
            if now is not None and now != link.digest:
                message = f"{link.to} has changed since {review.by} reviewed {action.id} on {review.date}"
                help_text = f"read both ends again, then run `poa review {action.id}`"
                yield Finding(("reviews", index, "links", number, "to"), message, help_text)


@rule("POA413", "reviewed-link-gone", Severity.INFORMATION)
def reviewed_link_gone(ctx: Context) -> Iterator[Finding]:
    """A link was reviewed, but the action does not have it any more.

    Bad:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04
            links:
              - to: hres-2015-02-r2
                digest: sha256:0000000000000000000000000000000000000000000000000000000000000000

    Good:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04

    Cure:
        Review the action again with `poa review`.
    """
    for index, review, action in _in_force(ctx):
        linked = links(action)
        for number, link in enumerate(review.links):
            if link.to not in linked:
                message = f"{review.by} reviewed the link of {action.id} to {link.to}, which is gone"
                at = ("reviews", index, "links", number, "to")
                yield Finding(at, message, f"run `poa review {action.id}`")


@rule("POA414", "link-not-reviewed", Severity.INFORMATION)
def link_not_reviewed(ctx: Context) -> Iterator[Finding]:
    """A link was added to an action after its links were reviewed.

    Actions that nobody reviewed are not looked at.

    Bad:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04

    Good:
        # reviews.yaml
        reviews:
          - record: A-001
            by: Editor
            date: 2017-12-04
            links:
              - to: hres-2015-02-r1
                digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
              - to: iccpr 25(b)
                digest: sha256:0000000000000000000000000000000000000000000000000000000000000000

    Cure:
        Review the action again with `poa review`.
    """
    for index, review, action in _in_force(ctx):
        reviewed = {link.to for link in review.links}
        missing = [link for link in links(action) if link not in reviewed]
        if missing:
            message = (
                f"since {action.id} was reviewed on {review.date}, it was linked to {', '.join(missing)}"
            )
            help_text = f"look at it, then run `poa review {action.id}`"
            yield Finding(("reviews", index, "record"), message, help_text)


def _in_force(ctx: Context) -> Iterator[tuple[int, Review, Action]]:
    """Return the latest review of each action."""
    for name, index in in_force(ctx.reviews).items():
        if name in ctx.trace.actions:
            yield index, ctx.reviews[index], ctx.trace.actions[name]
