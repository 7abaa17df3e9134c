"""Accepting exactly the revisions of an amendment gives the text that accepting it by the command gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import room_samples as samples
from hypothesis import given, settings
from word_accepting import accepted, body

if TYPE_CHECKING:
    from word_accepting import Choose


def only(proposer: str) -> Choose:
    """Accept what one proposes, and reject the rest."""
    return lambda author, _: proposer in samples.proposers(author)


@settings(max_examples=settings().max_examples // 5)
@given(samples.tables())
def test_accepting_exactly_the_revisions_of_one_gives_what_the_command_gives(
    rows: list[dict[str, Any]],
) -> None:
    ids = [each["id"] for each in rows]
    with TemporaryDirectory() as folder:
        project, made = samples.in_room(folder, rows)
        left_out = " ".join(made.remarks)
        nothing = accepted(made.content, lambda *_: False)
        assert body(nothing) == samples.clean(project)
        for number, name in enumerate(ids, 1):
            mine = f"Delegation {number}"
            after = samples.after_accepting(project, Path(folder) / "copy", name)
            if f"{name} is not printed" in left_out or after is None:
                continue
            found = accepted(made.content, only(mine))
            assert samples.without_status(body(found)) == samples.without_status(samples.clean(after)), name
