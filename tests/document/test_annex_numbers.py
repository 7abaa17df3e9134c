"""The annexes that the model numbers are those that a document prints, so that a reference names the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plan_pairs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.document.plan import plan as laid_out
from poa_toolkit.model import House
from poa_toolkit.model.cross_references import ANNEX_NAMES, NOUNS
from poa_toolkit.model.numbering import annex_numbers
from poa_toolkit.text.cross_references import Kind

if TYPE_CHECKING:
    from random import Random


@pytest.mark.parametrize("house", list(House))
@given(random=st.randoms(use_true_random=False))
def test_model_and_document_number_the_same_annexes(house: House, random: Random) -> None:
    plan = plan_pairs.pair(random).new.model_copy(update={"style": house})
    headings = {
        part.name: getattr(part.blocks[0], "number", "").rstrip(".")
        for part in laid_out(plan).parts
        if part.name and part.name != "links"
    }
    noun = NOUNS[house][Kind.ANNEX].capitalize()
    assert headings == {name: f"{noun} {number}" for name, number in annex_numbers(plan, house).items()}
    assert set(headings) <= set(ANNEX_NAMES.values())
