"""How redraftings are read: the words marked, what became of brackets, the weight and its grounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conftest import TESTS
from edited_plans import data

from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.compare import compare
from poa_toolkit.model import Plan

if TYPE_CHECKING:
    from conftest import Golden

    from poa_toolkit.diff.change import Change

CORPUS = TESTS / "cases" / "words" / "redraftings.txt"
MARKS = {Edit.SAME: "{}", Edit.DELETED: "[-{}-]", Edit.INSERTED: "{{+{}+}}"}
ACTORS = {
    "ohchr": "OHCHR",
    "states": "States",
    "citizen-observers": "citizen observers",
    "media": "the media",
}


def changed(old: str, new: str) -> Change:
    """Compare two versions of the text of an action."""
    plans = []
    for text in (old, new):
        tree = data()
        tree["actors"] = [{"id": name, "title": title} for name, title in ACTORS.items()]
        tree["sections"][1]["actions"][0].update(text=text, status="draft")
        plans.append(Plan.model_validate(tree))
    (change,) = compare(*plans, old_label="old", new_label="new").changes
    return change


def read(old: str, new: str) -> str:
    """Print a change: kind, weight, grounds, what became of the text, its words."""
    change = changed(old, new)
    grounds = f": {', '.join(change.grounds)}" if change.grounds else ""
    evidence = f" ({change.evidence})" if change.evidence else ""
    words = "".join(
        f"<{MARKS[each.edit].format(each.text)}>" if each.moved else MARKS[each.edit].format(each.text)
        for each in change.segments
    )
    return f"  {change.kind}{evidence} - {change.significance}{grounds}\n  {words}\n"


def test_redraftings_are_read_as_a_person_would_mark_them(golden: Golden) -> None:
    pairs = re.findall(r"^(.+)\n< (.+)\n> (.+)$", CORPUS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(pairs) >= 40
    golden("diff/redraftings.txt", "\n".join(f"{name}\n{read(old, new)}" for name, old, new in pairs))
