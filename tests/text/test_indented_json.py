"""Our JSON in lines against that of the standard library, on any data."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.text.indented_json import indented

_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_DATA, st.integers(0, 4))
def test_data_in_lines_is_what_the_standard_library_prints(data: object, spaces: int) -> None:
    for sort in (False, True):
        expected = json.dumps(data, ensure_ascii=False, indent=spaces, sort_keys=sort)
        assert indented(data, " " * spaces, sort_keys=sort) == expected
