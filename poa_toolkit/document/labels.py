"""The words the toolkit makes, one table a house style; the plan's own text is never touched."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from poa_toolkit.check.rule import Demand
from poa_toolkit.model import (
    House,
    InstrumentKind,
    Level,
    ParticipantRole,
    Position,
    SourceKind,
    Status,
    Unit,
)
from poa_toolkit.model.cross_references import NOUNS
from poa_toolkit.text.cross_references import Kind
from poa_toolkit.text.dates import MONTHS, SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

_Kind = TypeVar("_Kind", bound=StrEnum)


def _by_value(kinds: type[_Kind]) -> dict[_Kind, str]:
    """Return for each member of an enumeration the word that files have for it."""
    return {each: each.value for each in kinds}


class Labels(NamedTuple):
    """Labels, headings and conventions of one house."""

    language: str = "en-GB"
    months: tuple[str, ...] = MONTHS
    """Month names where a day is given."""
    day_first: bool = True
    """``4 December 2017`` rather than ``Dec. 4, 2017``."""
    annex: str = NOUNS[House.UN][Kind.ANNEX].capitalize()
    group_letters: bool = True
    """``A. Treaties`` over the second of several tables of an annex, rather than ``Treaties``."""
    masthead: bool = True
    """The symbol of the document and its meeting stand at the head of the cover, rather than in its list."""
    distribution: str = "Distr.: {words}"
    original: str = "Original: {words}"

    organisers: str = "Convened by"
    conference: str = "Conference"
    when: str = "Date"
    place: str = "Place"
    version: str = "Version"
    since: str = "Changes since"
    proposals: str = "Proposals"
    proposals_on: str = "{proposals} by {proposers}, on the text of {text}"
    stage: str = "Stage"
    endorsed_by: str = "Endorsed by"
    corrigenda: str = "Corrigenda"
    standing: str = "Status of the text"
    not_yet: str = "Not yet {status}"
    other_status: str = "Other status"
    incomplete: str = "Not yet complete"
    digest: str = "Digest of the text"
    symbol: str = "Symbol"
    introduction: str = "Introduction"
    links: str = "Further reading"

    addressees: str = "Addressed to"
    level: str = "Level"
    timeframe: str = "Timeframe"
    status: str = "Status"
    recommendations: str = "Recommendations"
    provisions: str = "Provisions"
    why: str = "Why"

    def label(self, field: str) -> str:
        """Return the label of a field in the line under an action."""
        return getattr(self, field, "") or field.replace("_", " ").capitalize()

    annex_recommendations: str = "Source recommendations"
    annex_instruments: str = "Instruments cited"
    annex_matrix: str = "Traceability matrix"
    annex_withdrawn: str = "Withdrawn and deferred actions"
    annex_participants: str = "Participants"
    annex_endorsements: str = "Endorsements"
    annex_corrigenda: str = "Corrigenda"

    recommendation: str = "Recommendation"
    source: str = "Source"
    gist: str = "Gist"
    taken_up: str = "Taken up in paragraph"
    not_taken_up: str = "Not taken up"
    taken_up_nowhere: str = "none"
    instrument: str = "Instrument"
    adopted: str = "Adopted"
    provisions_cited: str = "Provisions cited"
    paragraphs: str = "Paragraphs"
    paragraph: str = "Paragraph"
    action: str = "Action"
    text: str = "Text"
    reason: str = "Reason"
    organisation: str = "Organization"
    role: str = "Role"
    meetings: str = "Meetings"
    capacity: str = "Capacity"
    reservation: str = "Reservation"
    was: str = "Endorsed text"
    now: str = "Read instead"

    not_verified: str = "not verified"
    illustrative: str = "illustrative"
    recorded: str = "recorded"
    recommended_by: str = "recommended by"
    in_force: str = "in force"
    lead_recommendations: str = (
        "Recommendations are given as their gist, in other words than those of the source; the text of "
        "record is in the source named. The lines under the actions name them by the ids given here."
    )
    lead_instruments: str = "Only instruments that an action cites are listed."
    lead_matrix: str = (
        "How each action takes up its recommendations, and which provisions of human rights law it serves."
    )
    lead_withdrawn: str = "Actions that the text no longer contains, or not yet; they have no number."
    legend_withdrawn: str = "An action keeps its id for ever; that of a withdrawn one is never used again."
    lead_participants: str = "Organizations on record for the meetings that led to this text."
    lead_endorsements: str = (
        "An endorsement speaks of the text frozen as “{text}”, whose digest is {digest}, and of no other."
    )
    lead_corrigenda: str = "What was put right in the text after it was endorsed."
    legend: str = (
        "“Not verified”: the entry has not been read on a page of its publisher; check it before relying on "
        "it."
    )
    legend_matrix: str = "Recommendations and provisions are listed in {lists}."
    conjunction: str = "and"
    action_count: tuple[str, str] = ("action", "actions")
    organisation_count: tuple[str, str] = ("organization", "organizations")
    proposal_count: tuple[str, str] = ("proposal", "proposals")
    comment_count: tuple[str, str] = ("comment", "comments")
    proposer_count: tuple[str, str] = ("proposer", "proposers")
    bracket_count: tuple[str, str] = ("bracket open", "brackets open")
    no_brackets: str = "no brackets open"
    open_bracket_count: tuple[str, str] = ("open bracket", "open brackets")
    and_more: str = "and {count} more"
    without: Mapping[Demand, str] = {
        Demand.PROVISION: "without a provision",
        Demand.RECOMMENDATION: "without a recommendation",
        Demand.ADDRESSEE: "without an addressee",
    }
    """What an action may lack."""

    units: Mapping[Unit, tuple[str, str]] = {
        Unit.ARTICLE: ("art.", "arts."),
        Unit.PARAGRAPH: ("para.", "paras."),
        Unit.PRINCIPLE: ("principle", "principles"),
        Unit.SECTION: ("sect.", "sects."),
    }
    """What a reference counts, one and several."""
    levels: Mapping[Level, str] = _by_value(Level)
    statuses: Mapping[Status, str] = _by_value(Status)
    positions: Mapping[Position, str] = _by_value(Position)
    source_kinds: Mapping[SourceKind, str] = {
        SourceKind.RECOMMENDATION: "recommendation",
        SourceKind.THEME: "theme",
        SourceKind.FINDING: "finding",
        SourceKind.VIEWS: "Views",
    }
    roles: Mapping[ParticipantRole, str] = _by_value(ParticipantRole)
    kinds: Mapping[InstrumentKind, str] = {
        InstrumentKind.TREATY: "Treaties",
        InstrumentKind.REGIONAL_TREATY: "Regional treaties",
        InstrumentKind.DECLARATION: "Declarations",
        InstrumentKind.GENERAL_COMMENT: "General comments and recommendations",
        InstrumentKind.RESOLUTION: "Resolutions",
        InstrumentKind.POLITICAL_COMMITMENT: "Political commitments",
        InstrumentKind.SOFT_LAW: "Guidelines and principles",
        InstrumentKind.REPORT: "Reports",
    }


_UN = Labels()
_CARTER = _UN._replace(
    language="en-US",
    months=SHORT_MONTHS,
    day_first=False,
    annex=NOUNS[House.CARTER][Kind.ANNEX].capitalize(),
    group_letters=False,
    masthead=False,
    units={**_UN.units, Unit.SECTION: ("sec.", "secs.")},
)

LABELS: Mapping[House, Labels] = {House.UN: _UN, House.CARTER: _CARTER}
"""The words of each house."""
