from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.model import Citation
from poa_toolkit.text import citations

FORMS = [
    "25",
    "25(b)",
    "2(3)",
    "9(1)(a)",
    "XX",
    "7.3",
    "I.6",
    "II.67",
    "17(1)",
    "4.B",
    "G.1",
    "12 bis",
    "12 ter",
]


@pytest.mark.parametrize("reference", [*FORMS, "preamble", "annex", "5(c)", "iv", "10.3(a)(ii)"])
def test_every_form_of_reference_is_read_and_printed_back(reference: str) -> None:
    assert citations.is_reference(reference)
    assert str(Citation.parse(f"iccpr {reference}")) == f"iccpr {reference}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "iccpr",
        "iccpr ",
        " 25",
        "iccpr  25",
        "iccpr art. 25",
        "iccpr 25-27",
        "iccpr 25 (b)",
        "iccpr 25(b",
        "ic cpr 25",
        "iccpr 25\n",
        "iccpr ²5",
        "iccpr 25 quater",
        "iccpr 25()",
        "iccpr .25",
    ],
)
def test_anything_else_is_no_citation(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Citation.parse(text)


@pytest.mark.parametrize(
    ("reference", "ancestors"),
    [
        ("25", ()),
        ("25(b)", ("25",)),
        ("9(1)(a)", ("9(1)", "9")),
        ("II.67", ("II",)),
        ("12 bis", ("12",)),
        ("preamble", ()),
    ],
)
def test_ancestors_of_a_reference_nearest_first(reference: str, ancestors: tuple[str, ...]) -> None:
    assert citations.ancestors(reference) == ancestors


_NUM = st.one_of(
    st.integers(1, 9999).map(str), st.text("IVXLCDM", min_size=1, max_size=8), st.sampled_from("abcxyzABC")
)


@given(
    st.builds(
        lambda head, dots, parens, tail: (
            head + "".join(f".{x}" for x in dots) + "".join(f"({x})" for x in parens) + tail
        ),
        _NUM,
        st.lists(_NUM, max_size=3),
        st.lists(_NUM, max_size=3),
        st.sampled_from(["", " bis", " ter"]),
    )
)
def test_any_reference_of_the_grammar_parses_and_its_ancestors_do_too(reference: str) -> None:
    assert Citation.parse(f"x-1 {reference}") == Citation("x-1", reference)
    found = citations.ancestors(reference)
    assert all(citations.is_reference(each) and reference.startswith(each) for each in found)
    assert len(set(found)) == len(found)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        citation = Citation.parse(text)
    except ValueError:
        return
    assert str(citation) == text
