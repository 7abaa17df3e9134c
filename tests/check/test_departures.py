"""What a frozen text did not say: found wherever digests differ, explained by adopted amendments alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import plan_pairs
import pytest
import word_samples
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.check.changed_since_freeze import departures
from poa_toolkit.model import Amendment, Plan, digests

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Data = dict[str, Any]


@given(st.randoms(use_true_random=False))
def test_wherever_digests_differ_a_departure_is_named(random: Random) -> None:
    old, new = plan_pairs.pair(random, edits=random.randint(1, 3))
    found = list(departures(old, new, ()))
    assert found or digests.text(old) == digests.text(new)
    assert all(each.old.split() != each.new.split() for each in found)
    assert not list(departures(old, old, ()))


def both(change: Callable[[Data], object]) -> tuple[Plan, Plan]:
    old = word_samples.small()
    data = old.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    change(data)
    return old, Plan.model_validate(data)


def action(data: Data) -> Data:
    found: Data = data["sections"][0]["actions"][0]
    return found


def move(data: Data) -> None:
    data["sections"][1]["actions"].insert(0, data["sections"][0]["actions"].pop(0))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: action(data).update(level=["international"]), ("A-001", "level")),
        (lambda data: action(data)["points"].reverse(), ("A-001 points", "order")),
        (lambda data: action(data)["addressees"].reverse(), ("A-001", "addressees")),
        (lambda data: data["sections"].reverse(), ("sections", "order")),
        (lambda data: data["actors"][0].update(title="other observers"), (None, "title")),
        (lambda data: action(data).update(timeframe="by 2030"), ("A-001", "timeframe")),
        (lambda data: action(data).update(status="withdrawn"), ("A-001", "")),
        (lambda data: action(data)["points"].pop(), ("A-001", "points.b")),
        (lambda data: data.update(subtitle="Another subtitle"), ("plan", "subtitle")),
        (move, ("A-001", "place")),
    ],
)
def test_every_kind_of_change_is_named(change: Callable[[Data], object], expected: tuple[str, str]) -> None:
    old, new = both(change)
    [found] = departures(old, new, ())
    record = expected[0] or old.actors[0].id
    assert (found.record, found.field) == (record, expected[1])
    assert found.words


def corrigendum(old: Plan, proposed: str, **changes: Any) -> Amendment:
    given = {"id": "c-1", "kind": "corrigendum", "record": "A-001", "field": "text", "proposer": "TCC"}
    original = old.sections[0].actions[0].text
    decided = {"date": "2018-01-10", "state": "accepted", "decided_by": "TCC", "decided": "2018-01-10"}
    return Amendment.model_validate(
        {**given, **decided, "original": original, "proposed": proposed, **changes}
    )


def test_an_adopted_corrigendum_explains_exactly_its_words() -> None:
    words = "Observers must cite provisions."
    old, new = both(lambda data: action(data).update(text=words))
    assert not list(departures(old, new, [corrigendum(old, words)]))
    assert list(departures(old, new, [corrigendum(old, f"{words[:-1]} at once.")]))
    assert list(departures(old, new, [corrigendum(old, words, state="open")]))
    assert list(departures(old, new, [corrigendum(old, words, record="A-002")]))


def test_a_corrigendum_does_not_explain_what_changed_beside_it() -> None:
    words = "Observers must cite provisions."
    old, new = both(lambda data: action(data).update(text=words, level=["international"]))
    [found] = departures(old, new, [corrigendum(old, words)])
    assert found.field == "level"


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2028"])
def test_a_space_of_another_kind_is_a_difference(space: str) -> None:
    text = word_samples.small().sections[0].actions[0].text
    old, new = both(lambda data: action(data).update(text=text.replace(" ", space, 1)))
    assert digests.text(old) != digests.text(new)
    assert [each.record for each in departures(old, new, ())] == ["A-001"]


def rename(data: Data) -> None:
    action(data)["id"] = "A-100"
    action(data)["points"][0]["id"] = "z"
    data["sections"][1]["id"] = "other"


def test_another_id_is_no_departure_beside_a_corrigendum() -> None:
    words = "Observers must cite provisions."

    def change(data: Data) -> None:
        action(data)["points"][0]["id"] = "z"
        data["sections"][1]["id"] = "other"
        action(data).update(text=words)

    old, new = both(change)
    assert not list(departures(old, new, [corrigendum(old, words)]))
    assert not list(departures(*both(rename), ()))
    assert digests.text(both(rename)[0]) == digests.text(both(rename)[1])


def test_what_stands_beside_the_text_of_an_addition_is_not_explained_by_it() -> None:
    extra = {**word_samples._SECOND, "id": "A-009", "text": "Everyone should read it.", "points": []}
    extra["timeframe"] = "by 2099"
    old, new = both(lambda data: data["sections"][0]["actions"].append(extra))
    added = {"kind": "add", "record": "A-009", "original": None, "field": None}
    found = departures(old, new, [corrigendum(old, "Everyone should read it.", **added)])
    assert "timeframe" in {each.field for each in found}


def test_a_reference_that_leads_nowhere_since_is_named() -> None:
    data = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    first, other = (section["actions"] for section in data["sections"][:2])
    other[0]["text"] = f"{other[0]['text']} See {{{first[0]['id']}}}."
    old = Plan.model_validate(data)
    first[0]["id"] = "B-001"
    (found,) = departures(old, Plan.model_validate(data), ())
    assert (found.record, found.field) == (other[0]["id"], "text")
    assert "{A-001}" in found.new
    other[0]["text"] = other[0]["text"].replace("{A-001}", "{B-001}")
    assert not list(departures(old, Plan.model_validate(data), ()))
