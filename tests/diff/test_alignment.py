"""Which record is which: by id, by `from`, by the likeness of their words, as the whole fits best."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from edited_plans import Data, data, move, put
from growth import assert_grows_no_more_than_its_input
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.diff.best_assignment import assign
from poa_toolkit.diff.change import Kind
from poa_toolkit.diff.compare import compare
from poa_toolkit.model import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.diff.change import Change

REPORT = "Observers should report what they see to the treaty bodies before the list of issues is adopted."
HEAR = "Parliaments should hold a public hearing on each recommendation within six months of its adoption."
PUBLISH = "Electoral management bodies should publish the results of every polling station on the same day."


def action(name: str, text: str, **more: Any) -> Data:
    return {"id": name, "text": text, "status": "draft", **more}


def changes(old: Data, new: Data) -> tuple[Change, ...]:
    one, other = Plan.model_validate(old), Plan.model_validate(new)
    return compare(one, other, old_label="old", new_label="new").changes


def brief(old: list[Data], new: list[Data]) -> list[str]:
    """Compare two lists of actions; print record, kind, old value and evidence of each change."""
    before, after = data(), data()
    before["sections"][0]["actions"], after["sections"][0]["actions"] = old, new
    found = []
    for each in changes(before, after):
        came_from = f" < {', '.join(each.old)}" if isinstance(each.old, tuple) else ""
        known = f" ({each.evidence})" if each.evidence else ""
        found.append(f"{each.record} {each.kind} {each.field or '-'}{came_from}{known}")
    return [line for line in found if "renumbered" not in line and "order" not in line]


def test_action_with_another_id_is_the_same_action_and_its_other_changes_are_shown() -> None:
    old = action("A-001", f"{REPORT} {HEAR}", addressees=["states"])
    new = action("A-031", f"{REPORT} {HEAR.replace('six', 'nine')}", addressees=["observers"])
    assert brief([old], [new]) == [
        "A-031 id-changed id (96 % of its words)",
        "A-031 reworded text",
        "A-031 relinked addressees < states",
    ]


def test_action_of_other_words_is_another_action() -> None:
    assert brief([action("A-1", REPORT)], [action("A-2", HEAR)]) == ["A-1 removed -", "A-2 added -"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("States should publish their laws.", "States should publish the results."),
        ("States should act.", "States shall act."),
        ("Observers should be free to speak to all.", "Parties should be free to campaign for all."),
    ],
)
def test_few_common_words_make_no_likeness(old: str, new: str) -> None:
    assert brief([action("A-1", old)], [action("A-2", new)]) == ["A-1 removed -", "A-2 added -"]


def test_action_split_in_two_is_told() -> None:
    old = [action("A-1", f"{REPORT} {HEAR}")]
    assert brief(old, [action("B-1", REPORT), action("B-2", HEAR)]) == [
        "A-1 removed - (split into B-1, B-2)",
        "B-1 split - < A-1 (all of its words)",
        "B-2 split - < A-1 (all of its words)",
    ]
    assert brief(old, [action("A-1", REPORT), action("B-2", HEAR)]) == [
        "A-1 reworded text",
        "B-2 split - < A-1 (all of its words)",
    ]


def test_actions_merged_into_one_are_told() -> None:
    old = [action("A-1", REPORT), action("A-2", HEAR)]
    merged = f"{REPORT} {HEAR}"
    assert brief(old, [action("B-1", merged)]) == [
        "A-1 removed - (merged into B-1)",
        "A-2 removed - (merged into B-1)",
        "B-1 merged - < A-1, A-2 (53 % and 46 % of its words)",
    ]
    assert brief(old, [action("A-1", merged)]) == [
        "A-1 reworded text",
        "A-2 removed - (merged into A-1, all of its words)",
    ]


def test_withdrawn_actions_give_their_words_too() -> None:
    old = [action("A-1", REPORT), action("A-2", HEAR)]
    new = [{**each, "status": "withdrawn"} for each in old]
    found = brief(old, [*new, action("B-1", f"{HEAR} {REPORT}")])
    assert found[-1] == "B-1 merged - < A-1, A-2 (53 % and 46 % of its words)"


def test_words_that_stay_where_they_were_make_no_split() -> None:
    old = [action("A-1", REPORT)]
    assert brief(old, [action("A-1", f"{REPORT} So be it."), action("B-2", REPORT)])[-1] == "B-2 added -"


def test_what_an_action_states_beats_likeness() -> None:
    old = [action("A-1", REPORT), action("A-2", HEAR)]
    new = [action("B-1", HEAR, **{"from": ["A-1"]}), action("B-2", REPORT)]
    assert brief(old, new) == [
        "A-1 removed - (split into B-1)",
        "A-2 removed -",
        "B-1 split - < A-1 (from)",
        "B-2 added -",
    ]


def test_what_was_stated_before_is_no_news() -> None:
    whole = action("A-1", PUBLISH, status="withdrawn")
    old = [whole, action("A-2", REPORT, **{"from": ["A-1"]})]
    new = [whole, action("B-2", REPORT, **{"from": ["A-1"]})]
    assert brief(old, new) == ["B-2 id-changed id (all of its words)"]


def test_pairs_fit_best_as_a_whole_and_not_the_best_pair_first() -> None:
    """The best pair is A-1 and B-1; but then A-2 and B-2 would be left, which have little in common."""
    a, b, c, d, e = (" ".join(f"{letter}{n}" for n in range(12)) for letter in "abcde")
    old = [action("A-1", f"{a} {b} {c}"), action("A-2", f"{a} {b} {d}")]
    new = [action("B-1", f"{a} {b} {c} z"), action("B-2", f"{b} {c} {e}")]
    first = [line for line in brief(old, new) if "id-changed" in line]
    assert [line.split(" (")[0] for line in first] == ["B-1 id-changed id", "B-2 id-changed id"]


@pytest.mark.parametrize(
    ("where", "name", "expected"),
    [
        ("stages.0.id", "e", "e id d process"),
        ("front.0.id", "F-9", "F-9 id F-01 process"),
        ("introduction.0.id", "P-09", "P-09 id P-01 process"),
        ("sections.0.chapeau.0.id", "C-9", "C-9 id C-01 process"),
        ("sections.0.id", "uno", "uno id one process"),
        ("sections.0.actions.0.points.1.id", "z", "A-001 points.z.id b process"),
        ("sources.0.consultation.id", "c9", "c9 id c1 process"),
        ("sources.1.mechanism.id", "m9", "m9 id m1 process"),
        ("sources.0.recommendations.1.id", "r9", "r9 id r2 process"),
        ("instruments.0.id", "cov", "cov id iccpr process"),
        ("instruments.0.provisions.1.ref", "19(2)", "iccpr 19(2) ref 19 links"),
        ("actors.0.id", "watchers", "watchers id observers process"),
        ("participants.0.id", "tc", "tc id tcc process"),
        ("obligations.0.id", "voting", "voting id vote process"),
        ("parts.0.id", "legal", "legal id law process"),
    ],
)
def test_record_of_any_kind_may_have_another_id(where: str, name: str, expected: str) -> None:
    new = data()
    put(where, name)(new)
    (change,) = changes(data(), new)
    assert f"{change.record} {change.field} {change.old} {change.significance}" == expected
    assert (change.kind, change.evidence) == (Kind.ID_CHANGED, "all of its words")


def test_action_may_move_to_another_section_and_have_another_id() -> None:
    new = data()
    move("sections.0.actions.0", "sections.1.actions.0")(new)
    put("sections.1.actions.0.id", "A-031")(new)
    found = [(each.record, each.kind) for each in changes(data(), new) if each.kind is not Kind.RENUMBERED]
    assert found == [("A-031", Kind.ID_CHANGED), ("A-031", Kind.MOVED)]


def test_points_are_matched_inside_an_action_that_has_another_id() -> None:
    points = [{"id": "a", "text": "On the day of the vote, at noon."}, {"id": "b", "text": "After it."}]
    old = action("A-1", REPORT, points=points)
    late = {"id": "z", "text": "On the day of the vote, at night."}
    new = action("B-1", REPORT, points=[points[1], late, {"id": "n", "text": "In writing."}])
    assert brief([old], [new]) == [
        "B-1 id-changed id (89 % of its words)",
        "B-1 id-changed points.z.id (87 % of its words)",
        "B-1 reworded points.z",
        "B-1 added points.n",
    ]


SCORES = st.lists(st.dictionaries(st.integers(0, 4), st.integers(1, 20)), max_size=5)


@given(SCORES)
def test_assignment_is_the_best_there_is(scores: list[dict[int, int]]) -> None:
    pairs = assign(scores)
    assert len(set(pairs.values())) == len(pairs)
    assert all(column in scores[row] for row, column in pairs.items())
    tried = permutations(range(5), len(scores))
    best = max(sum(scores[row].get(column, 0) for row, column in enumerate(each)) for each in tried)
    assert sum(scores[row][column] for row, column in pairs.items()) == best


@pytest.mark.parametrize(
    "text",
    [
        lambda n: f"{REPORT} Number {n} of many that are alike.",
        lambda n: " ".join(f"w{n}x{i}" for i in range(20)),
        lambda n: "x " * (n % 50 + 1),
    ],
)
def test_many_other_ids_are_matched_in_bounded_time(text: Callable[[int], str]) -> None:
    def compared(size: int) -> None:
        before, after = data(), data()
        before["sections"][1]["actions"] = [action(f"A-{n}", text(n)) for n in range(size)]
        after["sections"][1]["actions"] = [action(f"B-{n}", f"Now {text(n)}") for n in range(size)]
        one, other = Plan.model_validate(before), Plan.model_validate(after)
        compare(one, other, old_label="o", new_label="n")

    assert_grows_no_more_than_its_input(compared, 250)
