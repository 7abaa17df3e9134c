"""The rule book, and one run of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rules import coverage, law, references, registry, stages, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.check.rule import Context, Rule
    from poa_toolkit.config import Config
    from poa_toolkit.diagnostic import Finding

RULES: tuple[Rule, ...] = (
    references.unknown_recommendation,
    references.unknown_instrument,
    references.unknown_provision,
    references.duplicate_id,
    references.unknown_addressee,
    references.unknown_stage,
    references.unknown_obligation,
    references.unknown_participant,
    references.unknown_origin,
    registry.unknown_interpreted,
    registry.repeated_provision,
    registry.repeated_point,
    registry.unknown_meeting,
    registry.source_without_owner,
    wording.invisible_character,
    wording.not_composed,
    wording.unbalanced_bracket,
    wording.several_paragraphs,
    stages.bracket_left,
    stages.status_below_stage,
    stages.baseline_missing,
    stages.stages_out_of_order,
    coverage.recommendation_unanswered,
    coverage.action_without_provision,
    coverage.action_without_recommendation,
    coverage.reason_contradicted,
    law.instrument_too_late,
    law.recommendation_too_late,
    law.citation_unverified,
)
"""Every rule, in the order of the codes."""


def chosen(config: Config) -> tuple[Rule, ...]:
    """Give the rules that `config` wants."""
    return tuple(rule for rule in RULES if config.wants(rule.code))


def run(context: Context, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Finding]]:
    """Apply rules; those on the whole plan wait while a record is broken."""
    for rule in rules:
        if not (rule.whole and (context.broken or context.lost)):
            for finding in rule.run(context):
                yield rule, finding
