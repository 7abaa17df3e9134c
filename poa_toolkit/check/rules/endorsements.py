"""POA415 to POA419, POA421, POA424 to POA426: endorsements, and the frozen texts they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import repetitions, unknown_one
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Status
from poa_toolkit.text.did_you_mean import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model import Stage


@rule("POA415", "unknown-endorser")
def unknown_endorser(ctx: Context) -> Iterator[Finding]:
    """An endorsement is by an organisation that participants.yaml does not list.

    Bad:
        # endorsements.yaml
        endorsements:
          - participant: nobody-known
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Good:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Cure:
        Correct the id, or add the organisation to plan/participants.yaml.
    """
    known = {participant.id for participant in ctx.plan.participants}
    for index, each in enumerate(ctx.endorsements):
        at = ("endorsements", index, "participant")
        yield from unknown_one(ctx, at, each.participant, "participant", known)


@rule("POA416", "unknown-endorsed")
def unknown_endorsed(ctx: Context) -> Iterator[Finding]:
    """An endorsement names a frozen version that is not there.

    Bad:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: lost
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Good:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Cure:
        Correct the name, or put the baseline back from git.
    """
    names = Names(ctx.baselines)
    for index, each in enumerate(ctx.endorsements):
        if each.text not in ctx.baselines:
            message = f'{each.participant} endorses "{each.text}", and there is no baseline of that name'
            help_text = names.cure(each.text) or "correct the name, or put the baseline back"
            yield Finding(("endorsements", index, "text"), message, help_text)


@rule("POA417", "endorsed-text-changed", wants_frozen=True)
def endorsed_text_changed(ctx: Context) -> Iterator[Finding]:
    """The text that was endorsed is not the text of the frozen version.

    An endorsement names the digest of the very words it speaks of; it cannot be carried over to others.

    Bad:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
            date: 2017-12-05

    Good:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Cure:
        Put the baseline back from git; where the organisation agrees to the other text, let it endorse that.
    """
    for index, each in enumerate(ctx.endorsements):
        baseline = ctx.frozen.get(each.text)
        if baseline and baseline.text_digest != each.digest:
            message = f'what {each.participant} endorsed is not the text of the baseline "{each.text}"'
            help_text = "put the baseline back from git, or ask for an endorsement of this text"
            yield Finding(("endorsements", index, "digest"), message, help_text)


@rule("POA418", "endorsed-twice")
def endorsed_twice(ctx: Context) -> Iterator[Finding]:
    """An organisation endorses one text twice.

    Bad:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05
          - participant: tcc
            capacity: observer
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Good:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Cure:
        Keep the one that holds.
    """
    for index, first in repetitions((each.participant, each.text) for each in ctx.endorsements):
        related = ((("endorsements", first, "participant"), "it first stands here"),)
        twice = ctx.endorsements[index]
        message = f'{twice.participant} endorses the baseline "{twice.text}" twice'
        yield Finding(("endorsements", index, "participant"), message, "keep the one that holds", related)


@rule("POA419", "endorsed-too-early", Severity.WARNING, wants_frozen=True)
def endorsed_too_early(ctx: Context) -> Iterator[Finding]:
    """An endorsement is older than the text it speaks of.

    Bad:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2016-12-05

    Good:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Cure:
        Correct the date of the endorsement.
    """
    for index, each in enumerate(ctx.endorsements):
        baseline = ctx.frozen.get(each.text)
        if baseline and each.date < baseline.date:
            message = f'{each.participant} endorsed "{each.text}" on {each.date}, a text of {baseline.date}'
            yield Finding(("endorsements", index, "date"), message, "correct the date")


@rule("POA421", "endorsed-by-nobody", Severity.WARNING)
def endorsed_by_nobody(ctx: Context) -> Iterator[Finding]:
    """An action has the status endorsed, but no endorsement is on record.

    Bad:
        # action
        status: endorsed

    Good:
        # action
        status: agreed

    Cure:
        Record the endorsements in plan/endorsements.yaml, or set the status to agreed.
    """
    if ctx.endorsements or "endorsements" in ctx.lost:
        return
    for at, action in ctx.plan.walk_actions():
        if action.status is Status.ENDORSED:
            message = f"{action.id} is endorsed, but no endorsement is on record"
            yield Finding((*at, "status"), message, "record the endorsements, or set it to agreed")


@rule("POA424", "endorsed-provisional", wants_frozen=True)
def endorsed_provisional(ctx: Context) -> Iterator[Finding]:
    """An endorsement names a provisional baseline.

    Such a baseline froze a text on the way to agreement. What is endorsed is a text frozen for its stage,
    which lacks nothing.

    Bad:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: on-the-way
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Good:
        # endorsements.yaml
        endorsements:
          - participant: tcc
            capacity: convenor
            text: before
            digest: sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2
            date: 2017-12-05

    Cure:
        Name the baseline that was frozen for the stage; where the organisation endorsed other words, ask
        again.
    """
    for index, each in enumerate(ctx.endorsements):
        baseline = ctx.frozen.get(each.text)
        if baseline and baseline.provisional:
            message = f'{each.participant} endorses the baseline "{each.text}", which is provisional'
            help_text = "name the baseline that was frozen for the stage"
            yield Finding(("endorsements", index, "text"), message, help_text)


@rule("POA425", "notice-of-no-stage", Severity.WARNING)
def notice_of_no_stage(ctx: Context) -> Iterator[Finding]:
    """The text of a stage was endorsed, but the stage has no notice of its own.

    The notice of the plan speaks of no stage and was written before anybody endorsed anything; it may say
    that nobody did. No program can tell whether its sentences are still true, so the cover of an endorsed
    text leaves it out, until somebody has written what is to stand there.

    Bad:
        # plan.yaml
        notice: Nobody has endorsed this text.
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before

    Good:
        # plan.yaml
        notice: Nobody has endorsed this text.
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before
            notice: This text was endorsed by those whom the annex names.

    Cure:
        Give the stage a `notice:` that holds for the endorsed text.
    """
    for index, stage in _endorsed(ctx):
        if ctx.plan.notice and not stage.notice:
            message = f"the text of stage {stage.id} was endorsed, but the stage has no notice of its own"
            help_text = (
                "covers of that text leave the plan's out; give the stage a `notice:` that holds for it"
            )
            yield Finding(("stages", index, "id"), message, help_text)


@rule("POA426", "notice-before-endorsement", Severity.INFORMATION, wants_frozen=True)
def notice_before_endorsement(ctx: Context) -> Iterator[Finding]:
    """The notice of an endorsed text is the one that it was frozen with.

    When it was frozen nobody had endorsed it; perhaps the notice still says so.

    Bad:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before
            notice: A working text.

    Good:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before
            notice: This text was endorsed by those whom the annex names.

    Cure:
        Read it again, and write what holds now.
    """
    for index, stage in _endorsed(ctx):
        baseline = ctx.frozen.get(stage.baseline or "")
        if baseline and stage.notice and stage.notice == baseline.plan.printed_notice():
            message = f"the notice of stage {stage.id} is the one of before anybody endorsed its text"
            yield Finding(("stages", index, "notice"), message, "read it again, and write what holds now")


def _endorsed(ctx: Context) -> Iterator[tuple[int, Stage]]:
    """Return the stages whose frozen text somebody endorsed, with their places."""
    texts = {each.text for each in ctx.endorsements}
    return ((at, stage) for at, stage in enumerate(ctx.plan.stages) if stage.baseline in texts)
