"""Cross-references as texts have them: what is one, what is a brace, and what becomes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.text import brackets, words
from poa_toolkit.text.cross_references import CrossReference, Kind, escaped, parse, pieces, printed, renamed

PARAGRAPH = CrossReference("{A-012}", Kind.PARAGRAPH, "A-012")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{A-012}", PARAGRAPH),
        ("{A-012|no}", PARAGRAPH._replace(source="{A-012|no}", is_alone=True)),
        ("{A-012(b)}", PARAGRAPH._replace(source="{A-012(b)}", points=("b",))),
        ("{A-012(b)(ii)}", PARAGRAPH._replace(source="{A-012(b)(ii)}", points=("b", "ii"))),
        ("{section:follow-up}", CrossReference("{section:follow-up}", Kind.SECTION, "follow-up")),
        ("{annex:sources|no}", CrossReference("{annex:sources|no}", Kind.ANNEX, "sources", is_alone=True)),
        *((each, None) for each in ("{}", "{A_1}", "{section:}", "{section:a(b)}", "{A-1()}", "{A-1|yes}")),
        *((each, None) for each in ("{page:3}", "{A-1(b}", "{A-1.b}", "{|no}")),
    ],
)
def test_what_is_a_reference(source: str, found: CrossReference | None) -> None:
    assert parse(source) == found


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("See {A-1}.", "See <A-1>."),
        (r"See \{A-1\}.", "See {A-1}."),
        (r"See \\{A-1}.", r"See \\<A-1>."),
        ("See {in full}.", "See {in full}."),
        ("{A-1}{A-2(b)}", "<A-1><A-2.b>"),
        ("a } and a {", "a } and a {"),
    ],
)
def test_what_a_text_prints(text: str, seen: str) -> None:
    assert printed(text, lambda found: f"<{found.record}>") == seen


@given(st.text(alphabet="{}\\[]|() aA-1:nosect", max_size=40))
def test_pieces_are_the_text_and_escaping_leaves_nothing_amiss(text: str) -> None:
    found = list(pieces(text))
    assert "".join(each.source for each in found) == text
    assert [text[each.start :][: len(each.source)] for each in found] == [each.source for each in found]
    again = escaped(text)
    assert not any(each.is_fault for each in pieces(again))
    assert escaped(again) == again
    # words and brackets part a text nowhere inside a reference
    starts = {each.start: each for each in found if each.found}
    at = 0
    for token in words.tokens(text):
        inside = [one for start, one in starts.items() if start < at < start + len(one.source)]
        assert not inside, token
        at += len(token)


def test_a_bar_inside_a_reference_parts_no_alternatives() -> None:
    (bracket,) = brackets.parse("[see {A-1|no} | wait]")
    assert isinstance(bracket, brackets.Bracket)
    assert [brackets.to_text(each) for each in bracket.alternatives] == ["see {A-1|no} ", " wait"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("{A-1}, {A-1(b)|no}, {A-10}", "{B-1}, {B-1(b)|no}, {A-10}"),
        ("{A-2(b)} and {A-2(c)}", "{A-2(x)} and {A-2(c)}"),
        ("{section:A-1} but {annex:A-1}", "{section:B-1} but {annex:A-1}"),
        (r"\{A-1\} A-1", r"\{A-1\} A-1"),
    ],
)
def test_references_follow_the_ids_of_records(text: str, after: str) -> None:
    assert renamed(text, {"A-1": "B-1", "A-2.b": "A-2.x"}) == after
