"""Cross-references in a diff: one that leads to the same place is no change, whatever number it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from edited_plans import Data, add, data, put

from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.compare import compare
from poa_toolkit.model import Plan, digests

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.diff.change import Change

FIRST = "sections.0.actions.0.text"


def changes(text: str, *edits: Callable[[Data], None], to: str | None = None) -> tuple[Change, ...]:
    """Give what differs after edits of a plan whose first action has a text, and then another."""
    before, after = data(), data()
    for tree in (before, after):
        put(FIRST, text)(tree)
    for edit in edits:
        edit(after)
    if to is not None:
        put(FIRST, to)(after)
    old, new = Plan.model_validate(before), Plan.model_validate(after)
    return compare(old, new, old_label="old", new_label="new").changes


def reworded(found: tuple[Change, ...]) -> list[list[tuple[Edit, str]]]:
    return [[(each.edit, each.text) for each in change.segments] for change in found if change.segments]


def test_a_renumbering_is_no_rewording() -> None:
    found = changes("As {A-003} says.", add("sections.0.chapeau", {"id": "C-02", "text": "New."}))
    assert {each.kind.value for each in found} == {"added", "renumbered"}


def test_a_record_that_has_another_id_is_referred_to_all_the_same() -> None:
    rename = put("sections.0.actions.2.id", "A-903")
    found = changes("As {A-003} says.", rename, to="As {A-903} says.")
    assert [each.kind.value for each in found] == ["id-changed"]


def test_another_target_is_shown_by_its_number() -> None:
    found = changes("As {A-003} says.", to="As {A-004} says.")
    assert reworded(found) == [
        [
            (Edit.SAME, "As "),
            (Edit.DELETED, "paragraph 6"),
            (Edit.INSERTED, "paragraph 7"),
            (Edit.SAME, " says."),
        ]
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("As paragraph 6 says.", "As {A-003} says."),
        ("As {A-003} says.", "As paragraph 6 says."),
        ("As paragraph 6, of section I, says.", "As paragraph {A-003|no}, of {section:one}, says."),
        ("See 4 (b).", "See {A-001(b)|no}."),
    ],
)
def test_a_reference_in_the_place_of_the_words_it_prints_is_no_change(old: str, new: str) -> None:
    assert changes(old, to=new) == ()
    trees = data(), data()
    for tree, text in zip(trees, (old, new), strict=True):
        put(FIRST, text)(tree)
    assert len({digests.text(Plan.model_validate(tree)) for tree in trees}) == 1


def test_words_round_a_reference_are_changed_alone() -> None:
    found = changes("As {A-003} says now.", to="As {A-003} says then.")
    assert reworded(found) == [
        [
            (Edit.SAME, "As paragraph 6 says "),
            (Edit.DELETED, "now"),
            (Edit.INSERTED, "then"),
            (Edit.SAME, "."),
        ]
    ]


def test_a_bar_and_a_number_in_a_reference_are_no_ground() -> None:
    (found,) = changes("It reports.", to="It reports, as {A-003|no} does.")
    assert "negation" not in [each.value for each in found.grounds]
