"""What editors do to the files: each deed by hand or by a command, and what the plan must say then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehearsal.oracle import BY_HAND, HOME, REMARK, SMALL_WORDS, Key
from rehearsal.plan_files import ACTORS, PROVISIONS, RECOMMENDATIONS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearsal.room import Desk


def texts(desk: Desk, *, agreed: bool = False) -> list[Key]:
    """Give the texts that can be reworded; with `agreed` only those that amendments speak of."""
    state, standing = desk.wanted, {*desk.wanted.actions(), *desk.wanted.order["introduction"]}
    names = ("text", "points.") if agreed else ("text", "points.", "why")
    return sorted(key for key in state.values if key[0] in standing and key[1].startswith(names))


def plain_words(text: str) -> list[str]:
    """Give the words of a text that can be changed one by one: in the middle of a sentence, and not small."""
    words = text.split()
    inner = [each for each, before in zip(words[1:], words, strict=False) if before[-1] != "."]
    return [
        each for each in inner if each.isalpha() and each.islower() and each not in (*SMALL_WORDS, "should")
    ]


def reworded(desk: Desk, text: str, cause: str) -> tuple[str, list[tuple[str, str]]]:
    """Change a word or three of a text: what it says then, and the replacements, each of a word that stands once."""
    random, words, swaps = desk.room.random, desk.room.words, []
    picked = random.sample(plain_words(text), min(random.choice((1, 1, 2, 3)), len(plain_words(text))))
    for old in picked:
        new = words.word()
        kind = random.choice(("replace", "replace", "insert", "delete"))
        if kind == "delete" and len(plain_words(text)) > 5:
            swaps.append((f"{old} ", ""))
        elif kind == "insert":
            swaps.append((old, f"{old} {new}"))
        else:
            swaps.append((old, new))
        desk.room.cause([new] if kind == "insert" else [old, new], cause)
    for old, new in swaps:
        text = re.sub(rf"\b{old}", new, text)
    return text, swaps


def reword(desk: Desk) -> None:
    """Type other words into the YAML."""
    record, name = desk.room.random.choice(texts(desk))
    text, swaps = reworded(desk, desk.wanted.text(record, name), BY_HAND)
    for old, new in swaps:
        retype(desk, record, rf"\b{old}", new)
    desk.wanted.put(record, name, text)
    desk.note(f"reworded {record} {name}: {swaps}")


def add_sentence(desk: Desk) -> None:
    """Add a sentence to a text, on a line of its own."""
    record, name = desk.room.random.choice(texts(desk, agreed=True))
    text, sentence = desk.wanted.text(record, name), desk.room.words.sentence(3)
    last = text.split()[-1]
    retype(desk, record, rf"^( *)(.*\b{re.escape(last)})$", rf"\1\2\n\1{sentence}")
    desk.room.cause(sentence.split(), BY_HAND)
    desk.wanted.put(record, name, f"{text} {sentence}")
    desk.note(f"added a sentence to {record} {name}: {sentence}")


def retype(desk: Desk, record: str, pattern: str, new: str) -> None:
    """Replace what stands once in the file of a record."""
    home = desk.wanted.values[record, HOME]
    path = desk.file_of(str(home))
    text, number = re.subn(pattern, new, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert number == 1, (path, pattern, number)
    path.write_text(text, encoding="utf-8", newline="\n")


def new_action(desk: Desk) -> None:
    """Add an action, behind another or at the end of a section."""
    random, state = desk.room.random, desk.wanted
    section = random.choice(SECTIONS)
    after = random.choice([None, *state.order[section]])
    text, why = desk.room.words.sentence(5), desk.room.words.sentence(2)
    links = {
        "addressee": random.choice(ACTORS),
        "recommendation": random.choice(RECOMMENDATIONS),
        "provision": random.choice(PROVISIONS),
    }
    where = ("--after", after) if after else ("--section", section)
    flags = [item for name, value in links.items() for item in (f"--{name}", value)]
    done = desk.poa("new", "action", *where, "--text", text, "--why", why, "--level", "national", *flags)
    found = re.search(r"\bA-\w+", done.stdout)
    assert found, done.stdout
    record = found[0]
    assert (record, HOME) not in state.values, f"{record} was given twice"
    desk.room.cause([*text.split(), *why.split()], BY_HAND)
    state.place(record, section, after)
    state.put(record, "text", text)
    state.put(record, "why", why)
    state.put(record, "level", frozenset({"national"}))
    for name, value in links.items():
        state.put(record, f"{name}s", frozenset({value}))
    # which status is right for the hour is the toolkit's to say; that it is not agreed is ours
    status = desk.read().values[record, "status"]
    state.put(record, "status", status)


def move(desk: Desk) -> None:
    """Move an action behind another, or to the end of a section."""
    random, state = desk.room.random, desk.wanted
    record, section = random.choice(state.actions()), random.choice(SECTIONS)
    after = random.choice([None, *(each for each in state.order[section] if each != record)])
    where = ("--after", after) if after else ("--to", section)
    desk.poa("move", record, *where, status=None)
    state.place(record, section, after)


def withdraw(desk: Desk) -> None:
    """Withdraw an action, while enough are left."""
    state = desk.wanted
    if len(state.actions()) < 8:
        return
    record, reason = desk.room.random.choice(state.actions()), desk.room.words.sentence(1)
    desk.poa("withdraw", record, "--reason", reason)
    state.put(record, "status", "withdrawn")
    state.put(record, "reason", reason)


def comment(desk: Desk) -> None:
    """Write a YAML comment over an action."""
    record, word = desk.room.random.choice(desk.wanted.actions()), desk.room.words.word()
    retype(desk, record, rf"^  - id: {record}$", rf"  # asked: {word}\n  - id: {record}")
    desk.wanted.put(record, f"{REMARK}{word}", "")
    desk.note(f"commented {record}: {word}")


def link(desk: Desk) -> None:
    """Give an action one more addressee, recommendation or provision, at the top of the list."""
    random, state = desk.room.random, desk.wanted
    record = random.choice(state.actions())
    name, every = random.choice(
        [("addressees", ACTORS), ("recommendations", RECOMMENDATIONS), ("provisions", PROVISIONS)]
    )
    there = state.values.get((record, name), frozenset())
    assert isinstance(there, frozenset)
    free = [each for each in every if each not in there]
    if not there or not free:
        return
    new = random.choice(free)
    block = rf"^(  - id: {record}\n(?:    .*\n| +#.*\n)*?    {name}:\n)"
    retype(desk, record, block, rf"\1      - {new}\n")
    state.put(record, name, there | {new})
    desk.note(f"linked {record} {name}: {new}")


def tidy(desk: Desk) -> None:
    """Give the files their layout, which changes nothing that anybody reads."""
    desk.poa("fmt")


DEEDS: dict[Callable[[Desk], None], int] = {
    reword: 8,
    add_sentence: 2,
    new_action: 2,
    move: 2,
    withdraw: 1,
    comment: 2,
    link: 2,
    tidy: 1,
}
"""What an editor does, and how often beside the others."""


def work(desk: Desk, number: int) -> None:
    """Do some deeds and commit each, or all together."""
    random = desk.room.random
    for _ in range(number):
        deed = random.choices([*DEEDS], [*DEEDS.values()])[0]
        deed(desk)
        desk.check(deed.__name__)
        if random.random() < 0.7:
            desk.commit(deed.__name__)
    desk.commit("the rest")
