"""What happens on the floor: proposals at several desks, decisions of the chair, and what each must do to the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rehearsal.editors import plain_words, reworded, texts
from rehearsal.oracle import ADOPTED, BY_HAND, HOME, Key, edits, merge_words, nearest
from rehearsal.plan_files import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearsal.oracle import State
    from rehearsal.room import Desk

DELEGATIONS = ("Delegation A", "Delegation B", "Delegation C")
WAITING = ("open", "deferred")


def propose(desk: Desk) -> None:
    """Propose other words for a text; often for one that others want changed too."""
    random, state = desk.room.random, desk.wanted
    wanted = [(state.text(each, "record"), state.text(each, "field")) for each in _rewordings(desk)]
    record, name = random.choice([each for each in wanted if each in texts(desk)] or texts(desk, agreed=True))
    if random.random() < 0.5:
        record, name = random.choice(texts(desk, agreed=True))
    tag, original = desk.room.words.word(), state.text(record, name)
    if len(plain_words(original)) < 2:
        return
    proposed, _ = reworded(desk, original, tag)
    target = record if name == "text" else f"{record}.{name}"
    _put(
        desk,
        [target, "--text", proposed],
        tag,
        record=record,
        field=name,
        original=original,
        proposed=proposed,
        section=_section(desk, record),
    )


def propose_addition(desk: Desk) -> None:
    """Propose a new action, behind another or at the end of a section."""
    random, tag = desk.room.random, desk.room.words.word()
    section, proposed = random.choice(SECTIONS), desk.room.words.sentence(5)
    after = random.choice(
        [None, *(each for each in desk.wanted.order[section] if each in desk.wanted.actions())]
    )
    desk.room.cause(proposed.split(), tag)
    where = ["--section", section, *(["--after", after] if after else [])]
    _put(
        desk,
        ["--add", *where, "--text", proposed],
        tag,
        kind="add",
        section=section,
        after=after,
        proposed=proposed,
    )


def propose_removal(desk: Desk) -> None:
    """Propose to withdraw an action."""
    record, tag = desk.room.random.choice(desk.wanted.actions()), desk.room.words.word()
    _put(
        desk,
        [record, "--remove"],
        tag,
        record=record,
        field="text",
        kind="remove",
        original=desk.wanted.text(record),
        section=_section(desk, record),
    )


def _put(desk: Desk, arguments: list[str], tag: str, **values: str | None) -> None:
    random, state = desk.room.random, desk.wanted
    by = random.choice(DELEGATIONS)
    source = ["--source", desk.name] if desk.room.own_files else []
    more = ["--comment", tag, "--by", by, "--date", desk.room.day, *source]
    done = desk.poa("amend", "propose", *arguments, *more)
    found = re.match(r"plan/amendments/(\S+): (\S+) proposed", done.stdout)
    assert found, done.stdout
    home, amendment = found.groups()
    assert (amendment, HOME) not in state.values, f"{amendment} was given twice"
    state.place(amendment, home)
    for name, value in {**values, "state": "open", "proposer": by, "comment": tag}.items():
        state.put(amendment, name, value)


def _section(desk: Desk, record: str) -> str:
    return str(desk.wanted.values[record, HOME])


def _rewordings(desk: Desk) -> list[str]:
    state = desk.wanted
    return [each for each in state.amendments(*WAITING) if (each, "kind") not in state.values]


# --- decisions -------------------------------------------------------------------------------------


def accept(desk: Desk) -> None:
    """Accept an amendment: the words of it come into the text, or nothing does."""
    amendment = _waiting(desk)
    if amendment:
        kind = desk.wanted.values.get((amendment, "kind"), "text")
        ACCEPTED[str(kind)](desk, amendment)


def _accept_words(desk: Desk, amendment: str) -> None:
    state = desk.wanted
    record, name = state.text(amendment, "record"), state.text(amendment, "field")
    original, proposed = state.text(amendment, "original"), state.text(amendment, "proposed")
    now = state.values.get((record, name))
    gap = -1
    if _open_place(desk, amendment) and isinstance(now, str):
        gap = nearest(edits(original, now), edits(original, proposed))
        if gap > 1 and merge_words(original, now, proposed) == now:
            gap = -1  # the text says so already
    told = desk.json("amend", "preview", amendment, status=None)
    desk.check("a preview")
    done = _decide(desk, "accept", amendment, status=0 if gap > 1 else 1 if gap < 0 else None)
    assert bool(done) is not bool(told["refused"] or told["would_be_refused"]), (told, done)
    if done:
        _adopt(desk, amendment, "accepted", merge_words(original, str(now), proposed))
        _as_foretold(desk, told, (record, name), str(now))


def _as_foretold(desk: Desk, told: dict[str, Any], key: Key, before: str) -> None:
    """Hold what a preview told against what the decision did."""
    changes = [(each["record"], each["field"], each["old"], each["new"]) for each in told["changes"]]
    assert changes == [(*key, before, desk.wanted.text(*key))], changes
    stale = {each["amendment"] for each in told["others"] if each["becomes"].startswith("stale")}
    now = {
        each for each in desk.wanted.amendments("stale") if desk.wanted.values.get((each, "record")) == key[0]
    }
    assert stale <= now, (stale, now)


def accept_modified(desk: Desk) -> None:
    """Adopt a text that the room found in place of the one proposed."""
    state = desk.wanted
    every = [each for each in _rewordings(desk) if _open_place(desk, each)]
    if not every:
        return
    amendment = desk.room.random.choice(every)
    record, name = state.text(amendment, "record"), state.text(amendment, "field")
    if len(plain_words(state.text(record, name))) < 2:
        return
    text, _ = reworded(desk, state.text(record, name), BY_HAND)  # words of the room, not of the proposer
    if _decide(desk, "accept", amendment, "--modified", text, status=0):
        _adopt(desk, amendment, "modified", text)


def _adopt(desk: Desk, amendment: str, outcome: str, text: str) -> None:
    """Put the words into the text; the other amendments to it are carried over, or are stale."""
    state = desk.wanted
    record, name = state.text(amendment, "record"), state.text(amendment, "field")
    before = state.text(record, name)
    state.put(record, name, text)
    state.put(amendment, "state", outcome)
    state.put(amendment, "modified", text if outcome == "modified" else None)
    desk.room.adopted[_decision(desk, amendment)] = before, text
    _carry_over(desk, (record, name), before)


def _tag(desk: Desk, amendment: str) -> str:
    return str(desk.wanted.values.get((amendment, "comment"), amendment))


def _decision(desk: Desk, amendment: str) -> tuple[str, str | None]:
    """Return what tells a decision from another on the same amendment: two desks may decide otherwise."""
    modified = desk.wanted.values.get((amendment, "modified"))
    return _tag(desk, amendment), None if modified is None else str(modified)


def _carry_over(desk: Desk, key: Key, before: str) -> None:
    """Let the others to a text follow its new words, or be stale where those they were about are gone."""
    (record, name), state = key, desk.wanted
    text, found = state.text(*key), desk.read()
    for other in _rewordings(desk):
        if (state.text(other, "record"), state.text(other, "field")) != (record, name) or text == before:
            continue
        original, proposed = state.text(other, "original"), state.text(other, "proposed")
        wanted = edits(original, proposed)
        # which of two words has moved can be told in two ways
        is_move = bool({word for each in wanted for word in each.words} & {*original.split()})
        gap = nearest(edits(original, text), wanted)
        is_said = merge_words(original, text, proposed) == text
        may_be = gap < 2 or is_move or is_said
        if (gap < 0 and not is_move) or (may_be and found.values[other, "state"] == "stale"):
            state.put(other, "state", "stale")


def _accept_addition(desk: Desk, amendment: str) -> None:
    state = desk.wanted
    section, after = state.text(amendment, "section"), state.values.get((amendment, "after"))
    fits = after is None or (after in state.actions() and state.values[str(after), HOME] == section)
    done = _decide(desk, "accept", amendment, status=0 if fits else 1)
    if done:
        found = re.search(rf"{amendment} accepted: (\S+) added", done)
        assert found, done
        record = found[1]
        assert (record, HOME) not in state.values, f"{record} was given twice"
        state.place(record, section, _behind(state, amendment, str(after)) if after else None)
        state.put(record, "text", state.text(amendment, "proposed"))
        state.put(record, "status", desk.read().values[record, "status"])
        state.put(amendment, "record", record)
        state.put(amendment, "field", "text")
        state.put(amendment, "state", "accepted")


def _behind(state: State, amendment: str, after: str) -> str:
    """Return behind which action an addition comes: after what amendments before it put there."""
    files = sorted(home for home in state.order if home.endswith(".yaml"))
    listed = [each for file in files for each in state.order[file]]
    earlier = {
        state.text(each, "record")
        for each in listed[: listed.index(amendment)]
        if state.values.get((each, "after")) == after and state.text(each, "state") in ADOPTED
    }
    there = state.order[str(state.values[after, HOME])]
    place = there.index(after)
    while place + 1 < len(there) and there[place + 1] in earlier:
        place += 1
    return there[place]


def _accept_removal(desk: Desk, amendment: str) -> None:
    state, reason = desk.wanted, desk.room.words.sentence(1)
    record = state.text(amendment, "record")
    unchanged = state.text(record) == state.text(amendment, "original")
    fits = _open_place(desk, amendment)
    status = None if fits and not unchanged else 0 if fits else 1
    if _decide(desk, "accept", amendment, "--reason", reason, status=status):
        state.put(record, "status", "withdrawn")
        state.put(record, "reason", reason)
        state.put(amendment, "state", "accepted")
        found = desk.read()
        for other in state.amendments(*WAITING):
            if state.values.get((other, "record")) == record and found.values[other, "state"] == "stale":
                state.put(other, "state", "stale")


def _take_note(desk: Desk, amendment: str) -> None:
    _decide(desk, "accept", amendment, status=0)
    desk.wanted.put(amendment, "state", "accepted")


ACCEPTED: dict[str, Callable[[Desk, str], None]] = {
    "text": _accept_words,
    "add": _accept_addition,
    "remove": _accept_removal,
    "comment": _take_note,
}


def _open_place(desk: Desk, amendment: str) -> bool:
    """Say whether the record of an amendment stands where it stood, and is not withdrawn."""
    state = desk.wanted
    record = state.text(amendment, "record")
    stands = record in state.actions() or state.values[record, HOME] == "introduction"
    return stands and state.values.get((amendment, "section")) == _section(desk, record)


def reopen(desk: Desk) -> None:
    """Take a decision back: the words go out of the text again, if they are still there."""
    state = desk.wanted
    every = [
        each
        for each in state.amendments("accepted", "modified")
        if _decision(desk, each) in desk.room.adopted and _open_place(desk, each)
    ]
    if not every:
        return
    amendment = desk.room.random.choice(every)
    key = state.text(amendment, "record"), state.text(amendment, "field")
    (before, after), now = desk.room.adopted[_decision(desk, amendment)], state.text(*key)
    gap = nearest(edits(after, now), edits(after, before))
    status = 0 if gap > 1 else 1 if gap < 0 else None
    if _decide(desk, "reopen", amendment, "--reason", desk.room.words.word(), status=status):
        state.put(*key, merge_words(after, now, before))
        _carry_over(desk, key, now)
        _fit_again(desk, key)
        # it is open as it was before the decision, though its words may not be those of the text
        state.put(amendment, "state", "open")
        state.put(amendment, "modified", None)
        desk.room.counts.add("reopened")


def _fit_again(desk: Desk, key: Key) -> None:
    """Let those be open again that were stale, where the words that they were about may be back."""
    state, found = desk.wanted, desk.read()
    for other in state.amendments("stale"):
        there = state.values.get((other, "record")), state.values.get((other, "field"))
        if there == key and found.values[other, "state"] == "open":
            original, proposed = state.text(other, "original"), state.text(other, "proposed")
            assert nearest(edits(original, state.text(*key)), edits(original, proposed)) >= 0, other
            state.put(other, "state", "open")


def revise(desk: Desk) -> None:
    """Let a proposer change an open proposal."""
    state = desk.wanted
    every = [
        each
        for each in _rewordings(desk)
        if _open_place(desk, each)
        and state.text(each, "original")
        == state.values.get((state.text(each, "record"), state.text(each, "field")))
        and len(plain_words(state.text(each, "proposed"))) > 3
    ]
    if every:
        amendment = desk.room.random.choice(every)
        text, _ = reworded(desk, state.text(amendment, "proposed"), _tag(desk, amendment))
        more = ("--by", state.text(amendment, "proposer"), "--date", desk.room.day)
        desk.poa("amend", "revise", amendment, "--text", text, *more)
        state.put(amendment, "proposed", text)


def speak(desk: Desk) -> None:
    """Put on record who supports or opposes an amendment, or what was said of it."""
    amendment = _waiting(desk)
    if amendment:
        random, said = desk.room.random, desk.room.words.word()
        by, stance = random.choice(DELEGATIONS), random.choice(("support", "oppose", "remark"))
        more = ("--by", by, "--comment", said, "--date", desk.room.day)
        desk.poa("amend", stance, amendment, *more)
        there = desk.wanted.values.get((amendment, "statements"), frozenset())
        assert isinstance(there, frozenset)
        desk.wanted.put(amendment, "statements", there | {f"{by} {stance}: {said}"})


def turn_down(desk: Desk) -> None:
    """Reject an amendment, put it off, or record that its proposer took it back."""
    amendment = _waiting(desk)
    if amendment:
        verb, outcome = desk.room.random.choice(
            [("reject", "rejected"), ("defer", "deferred"), ("withdraw", "withdrawn")]
        )
        _decide(desk, verb, amendment, status=0)
        desk.wanted.put(amendment, "state", outcome)


def _waiting(desk: Desk) -> str:
    """Choose what is to be decided; what comes and goes as a whole is decided at one desk."""
    every = desk.wanted.amendments(*WAITING)
    if desk.name != "chair":
        every = _rewordings(desk)
    return desk.room.random.choice(every) if every else ""


def _decide(desk: Desk, verb: str, amendment: str, *more: str, status: int | None) -> str:
    """Decide; what was said, or nothing where it was refused."""
    done = desk.poa("amend", verb, amendment, *more, "--by", "Chair", "--date", desk.room.day, status=None)
    refused = done.status in (1, 2)  # 2 says that the command was used wrongly, which is not so
    assert status in (None, done.status) or (status and refused), (
        verb,
        amendment,
        done.status,
        done.stdout,
        done.stderr,
    )
    if done.status:
        desk.room.counts.add("refused")
    else:
        desk.wanted.turns[amendment] += 1
    return "" if done.status else done.stdout


DEEDS: dict[Callable[[Desk], None], int] = {
    propose: 8,
    propose_addition: 2,
    propose_removal: 1,
    accept: 6,
    accept_modified: 1,
    turn_down: 2,
    reopen: 1,
    revise: 1,
    speak: 2,
}


def sit(desk: Desk, number: int) -> None:
    """Let the floor have so many proposals and decisions, and commit them."""
    for _ in range(number):
        deed = desk.room.random.choices([*DEEDS], [*DEEDS.values()])[0]
        deed(desk)
        desk.check(deed.__name__)
    desk.commit("the floor")
