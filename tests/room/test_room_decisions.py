"""What was accepted and rejected in Word is read back as decisions; nothing is guessed, nothing is lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
import room_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from word_editing import Edited

from poa_toolkit.amend.collisions import collisions
from poa_toolkit.api import amend, pull
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.api.validate import InvalidPlanError, read
from poa_toolkit.model import AmendmentState, digests
from poa_toolkit.returned.decided_words import Steps, decided
from poa_toolkit.returned.printed_proposals import MarkedText, Stretch
from poa_toolkit.returned.word_file import Piece

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.returned.pulled_file import Pulled

FEW = settings(max_examples=settings().max_examples // 5)


def pulled(project: Path, content: bytes, *, decide: bool = True) -> Pulled:
    """Bring a file home, its decisions too."""
    choice = Choice(samples.CHAIR.day, decision=samples.CHAIR if decide else None)
    return pull.pull(project, [("room.docx", content)], choice).files[0]


def decided_on(project: Path, content: bytes) -> Pulled | None:
    """Bring a file home; None where the text could not be as it was decided, and nothing was written."""
    before = _files(project)
    try:
        return pulled(project, content)
    except InvalidPlanError:
        assert _files(project) == before
        return None


def _files(project: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in project.rglob("*.yaml")}


def decided_in_word(content: bytes, fates: Mapping[str, bool | None]) -> bytes:
    """Accept the revisions of some, reject those of others; what two would take out goes if one is accepted."""

    there = Edited(content)
    there.decide({name: fate for name, fate in fates.items() if fate is not None})
    return there.save()


def states(project: Path) -> dict[str, AmendmentState]:
    return {each.id: each.state for each in read(project, None).amendments}


@FEW
@given(samples.tables(), st.data())
def test_one_accepted_and_all_others_rejected_is_read_so(
    rows: list[dict[str, Any]], draw: st.DataObject
) -> None:
    ids = [each["id"] for each in rows]
    with TemporaryDirectory() as folder:
        project, made = samples.in_room(folder, rows)
        shown = [name for name in ids if f"{name} is not printed" not in " ".join(made.remarks)]
        chosen = draw.draw(st.sampled_from(shown))
        after = samples.after_accepting(project, Path(folder) / "copy", chosen)
        fates = {f"Delegation {number}": name == chosen for number, name in enumerate(ids, 1)}
        found = decided_on(project, decided_in_word(made.content, fates))
        if found is None:
            assert after is None
            return
        said = {each.amendment: each for each in found.decisions}
        assert found.new == (), [each.comment or each.proposed for each in found.new]
        if after is None:
            assert not said[chosen].is_written
            return
        assert said[chosen].outcome in ("accepted", "unclear")
        for name in shown:
            if name != chosen:
                assert said[name].outcome in ("rejected", "unclear"), name
        if said[chosen].is_written:
            assert digests.text(samples.plan_of(project)) == digests.text(samples.plan_of(after))


@FEW
@given(samples.tables(), st.data())
def test_whatever_was_decided_nothing_is_guessed(rows: list[dict[str, Any]], draw: st.DataObject) -> None:
    ids = [each["id"] for each in rows]
    with TemporaryDirectory() as folder:
        project, made = samples.in_room(folder, rows)
        fates = {name: draw.draw(st.sampled_from((True, False, None))) for name in ids}
        by_person = {f"Delegation {number}": fates[name] for number, name in enumerate(ids, 1)}
        plain = samples.copied(project, Path(folder) / "plain")
        before = read(project, None)
        unchanged = digests.text(samples.plan_of(project))
        content = decided_in_word(made.content, by_person)
        found = decided_on(project, content)
        if found is None:
            return
        words = {True: "accepted", False: "rejected", None: "open"}
        pairs = [{each.first, each.second} for each in collisions(before.amendments, samples.plan_of(plain))]
        for each in found.decisions:
            mine = words[fates[each.amendment]]
            met = {name for pair in pairs if each.amendment in pair for name in pair}
            record = next(one.get("record") for one in rows if one["id"] == each.amendment)
            # what stands in an action or a point that is taken out goes with it
            met |= {
                one["id"]
                for one in rows
                if record
                and one.get("record") == record
                and one.get("kind") in ("remove", "move")
                and fates[one["id"]]
            }
            allowed = {mine, "unclear", "partly"} if met else {mine}
            assert each.outcome in allowed, (each, fates)
        # without --decisions the plan stays as it is, and nothing that was printed is proposed again
        alone = pulled(plain, content, decide=False)
        assert digests.text(samples.plan_of(plain)) == unchanged
        assert set(states(plain).values()) == {AmendmentState.OPEN}
        assert alone.new == (), [each.comment or each.proposed for each in alone.new]


def test_decided_by_hand_it_is_the_same(tmp_path: Path) -> None:
    data = samples.plan()
    original = samples.text_of(data, "A-001", "text")
    rows = [
        {
            "id": f"am-{number}",
            "proposer": f"Delegation {number}",
            "date": "2017-12-03",
            "record": "A-001",
            "field": "text",
            "original": original,
            "proposed": words,
        }
        for number, words in enumerate(
            ("Observers shall report to the treaty bodies.", "Observers must report to the treaty bodies."), 1
        )
    ]
    project = samples.written(tmp_path / "project", rows)
    by_hand = samples.copied(project, tmp_path / "by-hand")
    content = decided_in_word(
        samples.for_room(project).content, {"Delegation 1": False, "Delegation 2": True}
    )
    pulled(project, content)
    amend.put_aside(by_hand, ["am-1"], AmendmentState.REJECTED, samples.CHAIR)
    amend.accept(by_hand, ["am-2"], samples.CHAIR)
    for name in ("sections/01-first.yaml", "amendments/floor.yaml"):
        assert (project / "plan" / name).read_bytes() == (by_hand / "plan" / name).read_bytes()


@pytest.mark.slow
def test_a_record_made_to_be_searched_for_ever_is_given_up() -> None:
    stretches = tuple(
        Stretch("a", (f"x-{each}", f"y-{each}"), "", "A and B", "2017-12-03T00:00:00Z") for each in range(40)
    )
    text = MarkedText("poa:A-001:text", stretches)
    began = process_time()
    assert decided(text, [Piece("aaa")], Steps()) is None
    assert process_time() - began < 60


@FEW
@given(samples.tables(), st.data())
def test_several_accepted_that_do_not_collide_come_to_what_the_command_makes_of_them(
    rows: list[dict[str, Any]], draw: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        project, made = samples.in_room(folder, rows)
        found = collisions(read(project, None).amendments, samples.plan_of(project))
        colliding = {name for each in found for name in (each.first, each.second)}
        fates = {each["proposer"]: each["id"] not in colliding and draw.draw(st.booleans()) for each in rows}
        copy = samples.copied(project, Path(folder) / "copy")
        back = decided_on(project, decided_in_word(made.content, fates))
        if back is None:
            return
        assert back.new == (), [each.comment or each.proposed for each in back.new]
        adopted = [
            each.amendment for each in back.decisions if each.is_written and each.outcome == "accepted"
        ]
        if adopted:
            amend.accept(copy, adopted, samples.CHAIR)
        assert digests.text(samples.plan_of(project)) == digests.text(samples.plan_of(copy))
