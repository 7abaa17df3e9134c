"""Which text is an address, and which number of a document stands for one."""

from __future__ import annotations

import odd_texts
import pytest
from hypothesis import given
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.text import addresses


@pytest.mark.parametrize(
    ("symbol", "address"),
    [
        ("A/HRC/26/16", "https://undocs.org/A/HRC/26/16"),
        ("A/RES/70/168", "https://undocs.org/A/RES/70/168"),
        ("A/43/38", "https://undocs.org/A/43/38"),
        ("CCPR/C/21/Rev.1/Add.7", "https://undocs.org/CCPR/C/21/Rev.1/Add.7"),
        ("A/CONF.157/23", "https://undocs.org/A/CONF.157/23"),
        ("1 UNTS 2; A/RES/34/180", "https://undocs.org/A/RES/34/180"),
        (
            "ETS 009; 213 UNTS 262",
            "https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum=009",
        ),
    ],
)
def test_a_number_stands_for_an_address_where_its_publisher_says_how(symbol: str, address: str) -> None:
    assert addresses.of_document(symbol) == address


@pytest.mark.parametrize(
    "symbol",
    [
        "A/SP1/12/01",  # of another organization, which begins its symbols alike
        "A/RES/2200A (XXI)",
        "A/59/38 (Part I), annex I",
        "CDL-AD(2002)023 rev2-cor",
        "999 UNTS 171, No. 14668",
        "O.A.S. Res. XXX",
        "B-58",
        "",
    ],
)
def test_no_address_is_made_up(symbol: str) -> None:
    assert addresses.of_document(symbol) == ""


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ("example.org/page", ""),
        ("Report A/HRC/24/36", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
    ],
)
def test_a_page_is_its_address_and_nothing_else(source: str, address: str) -> None:
    assert addresses.of_page(source) == address


@given(odd_texts.TEXTS)
def test_an_address_is_one_to_a_program_that_is_not_ours(text: str) -> None:
    schema = etree.XMLSchema(
        etree.XML(
            '<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"><x:element name="a" type="x:anyURI"/></x:schema>'
        )
    )
    element = etree.Element("a")
    element.text = addresses.of_page(f"https://example.org/{text}")
    assert schema.validate(element)
