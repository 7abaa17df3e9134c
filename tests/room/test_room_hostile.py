"""What a file says of the proposals in it is not to be trusted: a made-up record is read, or refused in words."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import room_samples as samples
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_editing import Edited
from word_reading import packed, read

from poa_toolkit.api import pull
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.diagnostic import FaultsError
from poa_toolkit.errors import PoaError

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("", " ", "x", "\N{WORD JOINER}", "Observers", "In between.", "A" * 500)
NAMES = (
    *("", "am-1", "am-99", "am-1 am-2 am-2", "move", "remove", "9999-99-99T", "Delegation 1"),
    *(
        "poa:A-001:text",
        "poa:amendment am-8:points.77",
        "poa:amendment am-8:points.x",
        "poa:amendment am-1:text",
    ),
)


def _made_up(record: bytes, lot: Random) -> bytes:
    """Change a record in a few places by lot."""
    root = etree.fromstring(record)
    for _ in range(lot.randint(1, 6)):
        every = list(root.iter())[1:]
        one, other = lot.choice(every), lot.choice(every)
        match lot.randint(0, 4):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1:
                one.text = lot.choice(WORDS)
            case 2 if one.attrib:
                one.set(lot.choice(list(one.attrib)), lot.choice(NAMES))
            case 3:
                one.addnext(etree.fromstring(etree.tostring(other)))
            case _:
                one.text, other.text = other.text, one.text
    made: bytes = etree.tostring(root)
    return made


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], str]:
    """Give a project, its file for the room with some decisions in it, and the name of the record."""
    project = samples.written(tmp_path_factory.mktemp("room") / "project", samples.of_each_kind())
    there = Edited(samples.for_room(project).content)
    there.decide({f"Delegation {number}": number % 3 == 0 for number in range(1, 10)})
    parts: dict[str, Any] = read(there.save()).parts
    name = next(each for each in parts if each.startswith("customXml/item") and b"<proposal" in parts[each])
    return project, parts, name


@pytest.mark.parametrize("seed", range(12))
def test_a_made_up_record_is_read_or_refused(
    tmp_path: Path, room: tuple[Path, dict[str, bytes], str], seed: int
) -> None:
    project, parts, name = room
    lot = Random(seed)  # noqa: S311 - made-up records, not secrets
    content = packed({**parts, name: _made_up(parts[name], lot)})
    decision = samples.CHAIR if seed % 2 else None
    choice = Choice(samples.CHAIR.day, decision=decision)
    try:
        found = pull.pull(samples.copied(project, tmp_path / "copy"), [("room.docx", content)], choice).files[
            0
        ]
    except (PoaError, FaultsError):
        return  # refused in words; anything else would be a traceback
    balance = found.balance
    assert balance.read == balance.placed + balance.told + balance.generated
