"""Endorsements: put on record who endorses which frozen text, and prove that it is still that text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.endorsement_record import on_record
from poa_toolkit.api.baseline import frozen
from poa_toolkit.api.plan_edit import PlanEdit, Written
from poa_toolkit.api.validate import InvalidPlanError, Report, read, validate
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Diagnostic, Location
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.model import Amendment, Baseline, Endorsement

ENDORSEMENTS = "plan/endorsements.yaml"
_CODES = ("POA415", "POA416", "POA417", "POA418", "POA419", "POA440")
"""What can be wrong with an endorsement."""


class Verified(NamedTuple):
    """What a look at every endorsement found."""

    endorsements: tuple[Endorsement, ...]
    corrigenda: tuple[Amendment, ...]
    """Those adopted to the endorsed text of the plan's stage."""
    report: Report
    """What is wrong with them, and with the frozen texts they speak of."""


def endorse(  # noqa: PLR0913 - one parameter a field of the record
    project: Path, participant: str, *, capacity: str, text: str, day: date, reservation: str | None = None
) -> Written:
    """Put an endorsement on record, bound to the digest of the frozen text `text`.

    Raises EditRefusedError where there is no such baseline, where it was altered, or where the
    participant endorses it already; InvalidPlanError where the participant is not known.
    """
    edit = PlanEdit(project)
    baseline = _baseline(project, text)
    if any((each.participant, each.text) == (participant, text) for each in edit.loaded.endorsements):
        raise EditRefusedError(f'{participant} endorses "{text}" already; change that entry by hand')
    record = {
        "participant": participant,
        "capacity": capacity,
        "text": text,
        "digest": baseline.text_digest,
        "date": day.isoformat(),
        **({"reservation": reservation} if reservation else {}),
    }
    edit.append(ENDORSEMENTS, "endorsements", record)
    return edit.finish()._replace(at=Location(ENDORSEMENTS))


def _baseline(project: Path, name: str) -> Baseline:
    """Return a frozen version that is as it was frozen."""
    known = {each: (baseline, altered) for each, baseline, altered in frozen(project)}
    if name not in known:
        near = did_you_mean(name, known) or "freeze the text first with `poa baseline create`"
        raise EditRefusedError(f'there is no baseline "{name}"; {near}')
    baseline, altered = known[name]
    if baseline is None or altered:
        raise EditRefusedError(
            f'the baseline "{name}" was altered after the freeze; `poa baseline verify` says where'
        )
    if baseline.provisional:
        raise EditRefusedError(
            f'the baseline "{name}" is provisional, and nobody can endorse it; freeze the text for its stage '
            "with `poa baseline create`"
        )
    return baseline


def verify(project: Path, *, today: date | None = None) -> Verified:
    """Compute every digest anew, and hold the endorsements of the working tree against them.

    `today` is the day by which waivers of poa.yaml end. Raises InvalidPlanError where plan.yaml or a
    record that an endorsement may speak of cannot be read.
    """
    loaded = read(project, None)
    report = validate(project, version=loaded, config=Config(select=_CODES), today=today)
    if loaded.plan is None or report.incomplete:
        raise InvalidPlanError(validate(project, version=loaded, today=today))
    endorsed = {each.text for each in loaded.endorsements}
    altered = [each for name, _, found in frozen(project) if name in endorsed for each in found]
    diagnostics = tuple(sorted((*report.diagnostics, *altered), key=Diagnostic.sort_key))
    record = on_record(loaded.plan, loaded.endorsements, loaded.amendments)
    return Verified(loaded.endorsements, record.corrigenda, report._replace(diagnostics=diagnostics))
