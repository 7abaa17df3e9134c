"""Printed numbers, computed: roman for sections, one arabic series for paragraphs, (a) and (i) for points."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from poa_toolkit.text.numerals import letter, roman

if TYPE_CHECKING:
    from poa_toolkit.model.plan import House, Plan


def printed_numbers(plan: Plan) -> dict[str, str]:
    """Return the printed number of every numbered record, as the document shows it.

    Keys are record ids, and ``A-001.a`` for the point ``a`` of ``A-001``, at whichever level it stands.
    Sections count ``I.``, ``II.``; one series ``1.``, ``2.`` runs through introduction, chapeaux and printed
    actions; points count ``(a)``, ``(b)`` in their action, ``(i)``, ``(ii)`` in a point. Front matter and
    deferred or withdrawn actions have no number. Where the numbers of a plan are not known, each is empty.
    """
    series = count(1)
    numbers = {each.id: f"{next(series)}." for each in plan.introduction}
    for index, section in enumerate(plan.sections, start=1):
        numbers[section.id] = f"{roman(index)}."
        numbers.update((each.id, f"{next(series)}.") for each in section.chapeau)
        for action in section.actions:
            if not action.status.printed:
                continue
            numbers[action.id] = f"{next(series)}."
            numbers.update((f"{action.id}.{each.record.id}", each.number) for each in action.walk_points())
    return numbers if plan.is_numbered else dict.fromkeys(numbers, "")


def annex_number(count: int, house: House) -> str:
    """Return the number of an annex, from 1: ``I``, or ``A``."""
    return letter(count).upper() if house.letters_annexes else roman(count)


def annex_numbers(plan: Plan, house: House) -> dict[str, str]:
    """Return the number of each annex that the plan itself fills, by its name, as a house counts them.

    They come in printed order. Those of the record of its endorsement stand behind them.
    """
    statuses = {action.status.printed for _, action in plan.walk_actions()}
    cited = {
        each.instrument
        for _, action in plan.walk_actions()
        if action.status.printed
        for each in action.provisions
    }
    filled = {
        "recommendations": any(source.recommendations for source in plan.sources),
        "instruments": any(each.id in cited for each in plan.instruments),
        "matrix": True in statuses,
        "withdrawn": False in statuses,
        "participants": bool(plan.participants),
    }
    names = (name for name, is_filled in filled.items() if is_filled)
    return {name: annex_number(count, house) for count, name in enumerate(names, start=1)}


def cited_numbers(plan: Plan) -> dict[str, str]:
    """Return the same numbers as one cites them: ``14``, ``14 (a)``, ``14 (a) (i)``, ``II``."""
    numbers = {name: number.rstrip(".") for name, number in printed_numbers(plan).items()}
    for _, action in plan.walk_actions():
        if numbers.get(action.id):
            of_action = numbers[action.id]
            cited = ((each.record.id, each.cited) for each in action.walk_points())
            numbers.update((f"{action.id}.{name}", f"{of_action} {number}") for name, number in cited)
    return numbers
