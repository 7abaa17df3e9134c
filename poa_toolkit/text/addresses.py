"""Addresses on the web: which text is one, and which one the number of a document stands for.

Nothing is guessed: of a number there is an address only where its publisher says how one is formed from it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.?(?::[0-9]{1,5})?"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
_STEP = r"/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
_UNITED_NATIONS = re.compile(
    # an organ and its session or subsidiary body, or the series of a body for a treaty
    r"(?:[AES]/(?:[0-9]+|S-[0-9]+|RES|DEC|HRC|(?:AC|C|CN|CONF)\.[0-9]+)|[A-Z]{3,5}/C|HRI/(?:GEN|MC|CORE))"
    rf"(?:{_STEP})+"
)
_COUNCIL_OF_EUROPE = re.compile(r"C?ETS (?:No\. ?)?([0-9]{1,3})")


def of_page(source: str) -> str:
    """Return the address of a page, where a source is one and nothing else; empty for words about it."""
    found = quote(source, safe="%!#$&'()*+,/:;=?@~-._")
    return found if _ADDRESS.fullmatch(found) else ""


def of_document(symbol: str) -> str:
    """Return the address that a symbol or a number of a treaty series stands for; empty where it has none.

    The United Nations finds a document by its symbol, ``A/HRC/26/16``, the Council of Europe a treaty by its
    number, ``ETS 005``. Of several between semicolons the first counts that has an address.
    """
    for each in map(str.strip, symbol.split(";")):
        if _UNITED_NATIONS.fullmatch(each):
            return f"https://undocs.org/{each}"
        if treaty := _COUNCIL_OF_EUROPE.fullmatch(each):
            number = treaty[1].zfill(3)
            return f"https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum={number}"
    return ""
