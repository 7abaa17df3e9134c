"""Words typed into a frozen text become a proposal, and the frozen words stand again."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING

import pytest
import rule_examples
import small_plan

from poa_toolkit.api.propose_instead import propose_instead, reworded
from poa_toolkit.load import yaml_tree
from poa_toolkit.load.plan import load
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.source import folder

if TYPE_CHECKING:
    from pathlib import Path

SECTION = "plan/sections/01-first.yaml"
BY = Reviser("A Tester", date(2017, 12, 5))


@pytest.mark.parametrize(
    ("endorsed", "kind"), [(None, None), ("before", "corrigendum"), ("another", None)], ids=str
)
def test_it_is_a_corrigendum_where_that_very_text_was_endorsed(
    tmp_path: Path, endorsed: str | None, kind: str | None
) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"]["actions"].append(copy.deepcopy(rule_examples.WITHDRAWN))
    rule_examples._freeze(tmp_path, data, on_the_way=False)
    data["plan.yaml"]["stages"][0]["baseline"] = "before"
    if endorsed:
        data |= copy.deepcopy(rule_examples.BESIDE["POA440"])
        data["endorsements.yaml"]["endorsements"][0]["text"] = endorsed
    small_plan.action(data, 1)["text"] = "States must answer."
    files = folder.read(small_plan.write(tmp_path, data), "")
    assert reworded(tmp_path, load(files), "A-002") == {"text": "States should answer."}

    made = propose_instead(tmp_path, "A-002", BY, files)

    assert yaml_tree.data(made[SECTION].decode())["actions"][1]["text"] == "States should answer."
    (amendment,) = yaml_tree.data(made["plan/amendments/floor.yaml"].decode())["amendments"]
    assert (amendment.get("kind"), amendment["proposed"]) == (kind, "States must answer.")
    assert folder.read(tmp_path, "").contents == files.contents
