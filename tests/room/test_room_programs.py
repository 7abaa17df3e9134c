"""One file for the room in the programs of others: LibreOffice decides in it, Microsoft's validator reads it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import room_samples as samples
from word_accepting import body
from word_reading import packed, read

from poa_toolkit.api import pull
from poa_toolkit.api.returned_files import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.tools, pytest.mark.slow]

JOINER = "\u2060".encode()


def decided_in_libreoffice(python: str, folder: Path, file: Path, names: list[str]) -> dict[str, bytes]:
    """Give for each name the file in which what it proposes was accepted, and the rest rejected."""
    script = Path(__file__).parents[1] / "tools" / "libreoffice_deciding.py"
    targets = {name: folder / f"decided-{number}.docx" for number, name in enumerate(names)}
    asked = [argument for name, target in targets.items() for argument in (name, str(file), str(target))]
    command = [python, str(script), str(folder / "profile"), *asked]
    subprocess.run(command, capture_output=True, check=True, timeout=600)
    return {name: _without_joiners(target.read_bytes()) for name, target in targets.items()}


def _without_joiners(file: bytes) -> bytes:
    """Leave out the characters that stood for comments, without which LibreOffice has no window for them."""
    return packed({name: content.replace(JOINER, b"") for name, content in read(file).parts.items()})


def test_libreoffice_accepts_what_the_command_accepts_and_its_file_is_read_so(
    tmp_path: Path, python_of_libreoffice: str
) -> None:
    every = samples.of_each_kind()
    project = samples.written(tmp_path / "project", every)
    made = samples.for_room(project)
    assert made.remarks == ()
    file = tmp_path / "room.docx"
    file.write_bytes(made.content)
    names = [each["proposer"] for each in every]
    found = decided_in_libreoffice(python_of_libreoffice, tmp_path, file, names)
    for each in every:
        content = found[each["proposer"]]
        after = samples.after_accepting(project, tmp_path / "after", each["id"])
        assert after is not None, each["id"]
        wanted = samples.without_status(samples.clean(after))
        # LibreOffice lets what follows a paragraph that goes have its style, the heading of an annex too
        there = [one for one in samples.without_status(body(content)) if one and not one.startswith("Annex ")]
        assert there == wanted, each["id"]
        copy = samples.copied(project, tmp_path / "copy")
        choice = Choice(samples.CHAIR.day, decision=samples.CHAIR)
        pulled = pull.pull(copy, [("room.docx", content)], choice).files[0]
        outcomes = {one.amendment: one.outcome for one in pulled.decisions}
        assert outcomes.pop(each["id"]) == "accepted"
        for one in (one for one in every if one is not each):
            # what is to a text that is taken out goes with it
            goes = each.get("kind") == "remove" and one.get("record") == each["record"]
            assert outcomes[one["id"]] in (("rejected", "unclear") if goes else ("rejected",)), one["id"]
        assert pulled.new == (), each["id"]


def test_microsofts_validator_finds_nothing(
    tmp_path: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    every = samples.of_each_kind()
    every[0] |= {
        "comment": "So be it.",
        "replies": [{"by": "Delegation 2", "date": "2017-12-04", "text": "No."}],
    }
    project = samples.written(tmp_path / "project", every)
    file = tmp_path / "room.docx"
    file.write_bytes(samples.for_room(project).content)
    assert ooxml_validator(file) == []
