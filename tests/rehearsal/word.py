"""Word files on their way: what participants do to them, as Word writes it, and how a redline reads."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_editing import Edited
from word_reading import W, read

from rehearsal.editors import plain_words
from rehearsal.oracle import Key, State, edits, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from rehearsal.room import Desk

PARTICIPANTS = ("Delegation A", "Delegation B", "Delegation C", "Delegation D")
ANSWERING = "Delegation Z"
WITH_LIBREOFFICE = "Delegation L"
STYLES = ("POAParagraph", "POAAction", "POAPoint")


# --- in somebody's Word ----------------------------------------------------------------------------


@dataclass(slots=True)
class Returned:
    """A file in the hands of a participant, and what must come home of it."""

    file: Edited
    by: str
    sent: State
    desk: Desk
    free: list[Key]
    """Texts that nobody has touched in this file."""
    texts: dict[tuple[Key, str], str] = field(default_factory=dict)
    """What a text says after the edits of one person."""
    comments: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    """What was said of a text."""
    added: dict[str, str] = field(default_factory=dict)
    """New actions: the words, and behind which action they were typed."""
    struck: list[str] = field(default_factory=list)
    """Actions that were struck as a whole."""

    def take(self) -> tuple[Key, str, str]:
        """Take a text that is free: the key, the tag of its control, the words."""
        key = self.free.pop(self.desk.room.random.randrange(len(self.free)))
        return key, f"poa:{key[0]}:{key[1]}", self.sent.text(*key)


def track_words(returned: Returned) -> None:
    """Replace, insert and delete words with tracking."""
    random, words = returned.desk.room.random, returned.desk.room.words
    key, tag, text = returned.take()
    for old in random.sample(plain_words(text), min(random.choice((1, 1, 2)), len(plain_words(text)))):
        new, kind = words.word(), random.choice(("replace", "insert", "delete"))
        if kind == "replace":
            returned.file.replace(tag, old, new, returned.by)
            text = re.sub(rf"\b{old}\b", new, text)
        elif kind == "insert":
            returned.file.insert(tag, old, f" {new}", returned.by)
            text = re.sub(rf"\b{old}\b", f"{old} {new}", text)
        else:
            returned.file.delete(tag, f"{old} ", returned.by)
            text = re.sub(rf"\b{old} ", "", text)
    returned.texts[key, returned.by] = text


def retype(returned: Returned) -> None:
    """Type over a word without tracking."""
    key, tag, text = returned.take()
    old, new = returned.desk.room.random.choice(plain_words(text)), returned.desk.room.words.word()
    returned.file.retype(tag, old, new)
    returned.texts[key, returned.by] = re.sub(rf"\b{old}\b", new, text)


def comment(returned: Returned) -> None:
    """Say something of a word, and be answered by another."""
    random, words = returned.desk.room.random, returned.desk.room.words
    key, tag, text = returned.take()
    said = [words.word(), words.word()][: random.choice((1, 2))]
    answers = [(ANSWERING, each) for each in said[1:]]
    returned.file.comment(tag, random.choice(plain_words(text)), said[0], returned.by, *answers)
    returned.comments[key] = tuple(said)


def add(returned: Returned) -> None:
    """Type a new action below another, with tracking."""
    actions = [each for each in returned.free if each[1] == "text" and each[0].startswith("A-")]
    if not actions:
        return
    key = returned.desk.room.random.choice(actions)
    returned.free = [each for each in returned.free if each[0] != key[0]]
    sentence = returned.desk.room.words.sentence(4)
    below = _block(returned.file, key[0])[-1]
    returned.file.add(below, sentence, returned.by, style="POAAction")
    returned.added[sentence] = key[0]


def move_words(returned: Returned) -> None:
    """Move a word behind another of its text, with tracking."""
    key, tag, text = returned.take()
    moved, behind = returned.desk.room.random.sample(plain_words(text), 2)
    without = re.sub(rf"\b{moved} ", "", text)
    moved_text = re.sub(rf"\b{behind}\b", f"{behind} {moved}", without)
    if moved_text != text:
        returned.file.move_words(tag, f"{moved} ", f"{behind} ", returned.by)
        returned.texts[key, returned.by] = moved_text


def strike(returned: Returned) -> None:
    """Strike out a whole action, with its points and lines, with tracking."""
    edited = {record for (record, _), _ in returned.texts} | {record for record, _ in returned.comments}
    texts = (record for record, name in returned.free if name == "text")
    actions = [each for each in texts if each.startswith("A-") and each not in edited]
    if actions:
        record = returned.desk.room.random.choice(actions)
        returned.free = [each for each in returned.free if each[0] != record]
        for paragraph in _block(returned.file, record):
            returned.file.strike_paragraph(paragraph, returned.by)
        returned.struck.append(record)


def _block(file: Edited, record: str) -> list[Any]:
    """Give the paragraphs of an action, with its points and lines."""
    tags = file.body.xpath(".//w:sdt/w:sdtPr/w:tag/@w:val", namespaces={"w": W[1:-1]})
    every = [file.paragraph(each) for each in tags if each.startswith(f"poa:{record}:")]
    return [each for each in dict.fromkeys(every) if each.getparent() is file.body]


DEEDS: dict[Callable[[Returned], None], int] = {
    track_words: 6,
    retype: 2,
    comment: 2,
    add: 1,
    move_words: 1,
    strike: 1,
}


def as_word_saves(file: Edited, random: Random) -> None:
    """Cut runs in pieces with revision ids, and mark spelling, as Word does whenever it saves."""
    for content in file.body.iter(f"{W}sdtContent"):
        length = sum(len(each.text or "") for each in content.iter(f"{W}t"))
        for _ in range(random.choice((0, 1, 2))):
            run = file._cut(content, random.randint(1, max(length - 1, 1)))
            if run is not None and run.getparent() is content:
                run.set(f"{W}rsidR", f"00{random.randrange(16**6):06X}")
                for kind in ("spellStart", "spellEnd"):
                    mark = etree.Element(f"{W}proofErr", {f"{W}type": kind})
                    (run.addprevious if kind == "spellStart" else run.addnext)(mark)


# --- out and home ----------------------------------------------------------------------------------


def send(desk: Desk) -> tuple[str, Path, State]:
    """Freeze the text as it is, and make the file that goes out."""
    name = f"sent-{desk.room.clock.minutes}"
    desk.poa("baseline", "create", name, "--provisional")
    file = desk.room.folder / f"{name}.docx"
    desk.poa("render", name, "-o", file)
    desk.commit(f"{name} goes out")
    return name, file, desk.wanted.copy()


def edited(desk: Desk, file: Path, sent: State, by: str, number: int) -> Returned:
    """Let a participant work on the file."""
    random = desk.room.random
    there = {*sent.actions(), *sent.order["introduction"]}
    free = sorted(key for key in sent.values if key[0] in there and key[1].startswith(("text", "points.")))
    free = [key for key in free if len(plain_words(sent.text(*key))) > 2]
    returned = Returned(Edited(file.read_bytes()), by, sent, desk, free)
    as_word_saves(returned.file, random)
    for _ in range(number):
        deed = random.choices([*DEEDS], [*DEEDS.values()])[0]
        deed(returned)
        desk.note(f"{by} in Word: {deed.__name__}")
    return returned


def edited_in_libreoffice(desk: Desk, file: Path, sent: State, by: str) -> Returned:
    """Let a participant type over words in LibreOffice, which tracks them and writes the file anew."""
    returned = edited(desk, file, sent, by, 0)
    random, words, typed = desk.room.random, desk.room.words, []
    for key in random.sample(returned.free, 2):
        old, new = random.choice(plain_words(sent.text(*key))), words.word()
        after = random.choice((f"{new} ", f"{old} {new} ", ""))
        typed.append((f"{old} ", after))
        returned.texts[key, by] = sent.text(*key).replace(f"{old} ", after)
    opened, saved = file.with_name(f"{file.stem}-opened.docx"), file.with_name(f"{file.stem}-saved.docx")
    opened.write_bytes(returned.file.save())
    script = Path(__file__).parent.parent / "tools/libreoffice_editing.py"
    profile = desk.room.folder / f"profile-{file.stem}"
    subprocess.run(
        [desk.room.uno, script, profile, by, opened, saved, json.dumps(typed)], check=True, timeout=600
    )
    returned.file = Edited(saved.read_bytes())
    desk.note(f"{by} in LibreOffice: {typed}")
    return returned


def come_home(desk: Desk, returned: Returned, name: str) -> None:
    """Pull a file, and hold the amendments that come of it against what was done in it."""
    path = desk.room.folder / f"{name}-{returned.by[-1].lower()}.docx"
    path.write_bytes(returned.file.save())
    arguments = ("pull", path, "--by", returned.by, "--date", desk.room.day)
    said = desk.json(*arguments)["files"][0]
    assert said["version"] == f"baseline {name}", (said["version"], name)
    counted = said["characters"]
    assert counted["read"] == counted["placed"] + counted["told"] + counted["generated"]
    left = [*said["amendments"]]
    for (key, by), text in returned.texts.items():
        found = _one(left, [each for each in left if _key(each) == key and "proposed" in each])
        assert (found["proposed"], found["proposer"]) == (text, by), (found, text, by)
        assert found["original"] == returned.sent.text(*key)
        tag = found["id"]
        for edit in edits(returned.sent.text(*key), text):
            desk.room.cause({*edit.words, *returned.sent.text(*key).split()[edit.start : edit.end]}, tag)
    for key, words in returned.comments.items():
        found = _one(left, [each for each in left if _key(each) == key and "proposed" not in each])
        replies = [(each["by"], each["text"]) for each in found.get("replies", [])]
        wanted = (words[0], returned.by, [(ANSWERING, each) for each in words[1:]])
        assert (found["comment"], found["proposer"], replies) == wanted, (found, wanted)
    for text, after in returned.added.items():
        found = _one(left, [each for each in left if each.get("proposed") == text])
        assert (found["kind"], found["proposer"], found.get("after")) == ("add", returned.by, after), found
        desk.room.cause(text.split(), found["id"])
    for record in returned.struck:
        found = _one(
            left, [each for each in left if (each.get("kind"), each["record"]) == ("remove", record)]
        )
        assert found["proposer"] == returned.by, found
    assert not left, f"nobody did this: {left}"
    _take_over(desk, said["amendments"], said["path"].rpartition("/")[2])
    again = desk.json(*arguments)["files"][0]
    assert not again["amendments"], "pulling twice adds something"


def _key(amendment: dict[str, Any]) -> Key:
    return amendment.get("record", ""), amendment.get("field", "")


def _one(left: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Take the one that was found out of those that are left."""
    assert len(found) == 1, (found, left)
    left.remove(found[0])
    return found[0]


def _take_over(desk: Desk, amendments: list[dict[str, Any]], home: str) -> None:
    """Know of the new amendments what their file says beside the words that were looked at."""
    state, found = desk.wanted, desk.read()
    for each in amendments:
        name = each["id"]
        state.place(name, home)
        for key in [key for key in found.values if key[0] == name]:
            state.put(*key, found.values[key])
        if "proposed" in each and each.get("kind", "text") == "text":
            now = state.values.get(_key(each))
            gap = nearest(edits(each["original"], str(now)), edits(each["original"], each["proposed"]))
            fit = {"open"} if gap > 1 else {"open", "stale"}
            assert state.values[name, "state"] in fit, (each, now)
    desk.check("pulling")
    desk.commit("a file came home")


# --- redlines --------------------------------------------------------------------------------------


def redline(desk: Desk, old: State, version: str) -> None:
    """Render a redline: accepted it is the new text, rejected the old one."""
    file = desk.room.folder / "redline.docx"
    desk.poa("render", "--since", version, "-o", file)
    body = read(file.read_bytes()).body
    assert _lines(body, reject=False) == _texts(desk.wanted), "accepted"
    assert _lines(body, reject=True) == _texts(old), "rejected"


def _texts(state: State) -> list[str]:
    """Give the texts of a plan in the order of the page."""
    homes = ["introduction", *(each for each in state.order if (each, "title") in state.values)]
    found = []
    for home in homes:
        for record in state.order[home]:
            if state.values.get((record, "status")) != "withdrawn":
                points = sorted(
                    name for each, name in state.values if each == record and name.startswith("points.")
                )
                found += [state.text(record, name) for name in ("text", *points)]
    return found


def _lines(body: etree._Element, *, reject: bool) -> list[str]:
    return [line for line in _sided(body, reject=reject) if line]


def _sided(body: etree._Element, *, reject: bool) -> Iterator[str]:
    """Give the paragraphs of the text with every change accepted, or rejected."""
    gone, there = (
        ({f"{W}ins", f"{W}moveTo"}, f"{W}delText") if reject else ({f"{W}del", f"{W}moveFrom"}, f"{W}t")
    )
    open_line = ""
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") not in STYLES:
            continue
        for text in paragraph.iter(f"{W}t", there):
            if not gone & {each.tag for each in text.iterancestors()}:
                open_line += text.text or ""
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is None or not gone & {each.tag for each in mark}:
            yield " ".join(open_line.split())
            open_line = ""
