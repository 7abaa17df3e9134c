"""The rule book, one run of it, and what a text still lacks for its stage by what the run found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.rule import Context, Demand
from poa_toolkit.check.rules import (
    amendments,
    brackets,
    characters,
    coverage,
    cross_references,
    endorsements,
    frozen,
    house_style,
    ids_in_text,
    law,
    links,
    progress,
    punctuation,
    records,
    repeated_links,
    reviews,
    sentences,
    stages,
    stray_amendments,
)
from poa_toolkit.check.waivers import record_of
from poa_toolkit.model.settings import NO_SETTINGS, Settings, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.check.rule import Rule
    from poa_toolkit.check.waivers import Found
    from poa_toolkit.config import Config
    from poa_toolkit.diagnostic import Finding

RULES: tuple[Rule, ...] = (
    links.unknown_recommendation,
    links.unknown_instrument,
    links.unknown_provision,
    links.duplicate_id,
    links.unknown_addressee,
    links.unknown_stage,
    links.unknown_obligation,
    links.unknown_participant,
    links.unknown_origin,
    links.unknown_interpreted,
    links.repeated_provision,
    links.repeated_point,
    links.unknown_meeting,
    links.source_without_owner,
    repeated_links.repeated_addressee,
    repeated_links.repeated_recommendation,
    repeated_links.repeated_citation,
    repeated_links.citation_inside_another,
    repeated_links.origin_of_itself,
    repeated_links.repeated_obligation,
    records.repeated_number,
    records.number_out_of_range,
    records.unknown_anchor,
    frozen.id_used_again,
    frozen.action_vanished,
    records.days_out_of_order,
    records.verified_without_source,
    records.recorded_without_source,
    records.interprets_misplaced,
    repeated_links.origin_still_printed,
    records.repeated_symbol,
    cross_references.unknown_cross_reference,
    cross_references.cross_reference_without_number,
    cross_references.cross_reference_to_itself,
    cross_references.brace_without_reference,
    characters.invisible_character,
    characters.not_composed,
    brackets.unbalanced_bracket,
    characters.several_paragraphs,
    brackets.holder_unknown,
    brackets.brackets_too_deep,
    brackets.alternatives_equal,
    brackets.alternative_empty,
    sentences.same_text,
    sentences.sentence_too_long,
    punctuation.double_space,
    punctuation.space_at_edge,
    punctuation.space_before_punctuation,
    sentences.final_punctuation_missing,
    punctuation.mixed_quotation_marks,
    punctuation.straight_quotation_marks,
    punctuation.three_dots,
    punctuation.doubled_punctuation,
    punctuation.hyphen_in_range,
    records.title_full_stop,
    sentences.lead_in_without_points,
    sentences.lone_point,
    sentences.points_end_unlike,
    punctuation.stray_no_break_space,
    punctuation.number_not_bound,
    sentences.small_letter_first,
    sentences.doubled_word,
    sentences.typed_number,
    punctuation.parenthesis_unpaired,
    house_style.abbreviation_style,
    house_style.spelling_style,
    house_style.date_style,
    records.section_title_repeated,
    records.empty_section,
    punctuation.space_missing,
    punctuation.hyphen_for_dash,
    characters.pasted_number,
    characters.typed_points,
    characters.pasted_bullet,
    characters.pasted_markup,
    ids_in_text.unknown_id_in_text,
    ids_in_text.withdrawn_id_in_text,
    stages.bracket_left,
    stages.status_below_stage,
    stages.baseline_missing,
    stages.stages_out_of_order,
    stages.reason_missing,
    stages.reason_idle,
    stages.repeated_baseline,
    stages.last_stage_open,
    reviews.unknown_reviewed,
    reviews.suspect_link,
    reviews.reviewed_link_gone,
    reviews.link_not_reviewed,
    endorsements.unknown_endorser,
    endorsements.unknown_endorsed,
    endorsements.endorsed_text_changed,
    endorsements.endorsed_twice,
    endorsements.endorsed_too_early,
    frozen.frozen_stage_edited,
    endorsements.endorsed_by_nobody,
    brackets.agreed_in_brackets,
    stages.provisional_at_stage,
    endorsements.endorsed_provisional,
    endorsements.notice_of_no_stage,
    endorsements.notice_before_endorsement,
    amendments.amendment_incomplete,
    amendments.amendment_misses,
    amendments.repeated_amendment,
    amendments.unknown_amended,
    amendments.amendment_behind,
    stray_amendments.amended_withdrawn,
    stray_amendments.amended_part_gone,
    stray_amendments.amended_moved,
    frozen.endorsed_text_edited,
    coverage.recommendation_unanswered,
    coverage.action_without_provision,
    coverage.action_without_recommendation,
    coverage.reason_contradicted,
    coverage.action_without_addressee,
    coverage.obligation_unserved,
    coverage.only_illustrative,
    coverage.level_missing,
    coverage.why_missing,
    coverage.actor_unused,
    law.instrument_too_late,
    law.recommendation_too_late,
    law.citation_unverified,
    law.not_yet_in_force,
    law.force_unknown,
    law.treaty_not_cited,
    law.instrument_dates_out_of_order,
    progress.unknown_reported,
    progress.unknown_indicator,
    progress.value_without_indicator,
    progress.evidence_missing,
    progress.reports_contradict,
    progress.reported_too_early,
    progress.reported_ahead,
    progress.target_overdue,
    progress.nobody_reported,
)
"""Every rule, in the order of the codes."""


def chosen(config: Config, settings: Settings = NO_SETTINGS) -> tuple[Rule, ...]:
    """Return the rules that `config` wants and `settings` does not switch off."""
    return tuple(rule for rule in RULES if config.wants(rule.code) and _counts(rule, config, settings))


def _counts(rule: Rule, config: Config, settings: Settings) -> bool:
    weight = settings.weight(rule.code) or Weight(rule.severity)
    return weight is Weight.ERROR if config.errors_only else weight is not Weight.OFF


def run(context: Context, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Finding]]:
    """Apply rules; those on the whole plan wait while a record is broken."""
    for rule in rules:
        if not (rule.whole and (context.broken or context.lost)):
            for finding in rule.run(context):
                yield rule, finding


class Lacking(NamedTuple):
    """One kind of thing that a text lacks."""

    demand: Demand
    records: tuple[str, ...]
    """The records that lack it, by id, in printed order."""
    number: int
    """How many things that are: of brackets, one text may have several."""


DEMANDS = {rule.code: rule.demand for rule in RULES if rule.demand}
"""The code of each rule that tells what is lacking, and what that is."""


def lacking(context: Context, found: Iterable[Found]) -> tuple[Lacking, ...]:
    """Return what is lacking by the findings of a run, kind by kind; those of other rules tell nothing."""
    records: dict[Demand, dict[str, None]] = {}
    counts: dict[Demand, int] = {}
    for code, finding in found:
        demand = DEMANDS.get(code)
        if demand:
            records.setdefault(demand, {})[record_of(context, finding.at)] = None
            counts[demand] = counts.get(demand, 0) + finding.times
    return tuple(Lacking(each, tuple(records[each]), counts[each]) for each in Demand if each in records)
