"""The body of a redline is written over itself; an oracle joins the pieces in new room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.word.writer import redline


@given(
    st.lists(
        st.tuples(st.binary(max_size=40), st.booleans(), st.none() | st.binary(max_size=90)), max_size=30
    )
)
def test_pieces_longer_and_shorter_than_what_they_replace_lose_no_byte(
    parts: list[tuple[bytes, bool, bytes | None]],
) -> None:
    """Of each part: its bytes, whether a marker follows them, and what replaces both where something does."""
    body, expected = bytearray(), b""
    changed: list[tuple[tuple[int, int], bytes]] = []
    for content, has_marker, new in parts:
        plain = content.replace(b"<", b"")
        start = len(body)
        body += plain + (redline._KEPT if has_marker else b"")
        if new is None:
            expected += plain
        else:
            changed.append(((start, len(body)), new))
            expected += new

    redline._rewrite(body, redline._new_pieces(body, changed))
    assert bytes(body) == expected
