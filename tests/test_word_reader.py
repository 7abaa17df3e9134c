"""The one reader of Word files: no word of any story is lost, none is read twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from odd_documents import Document, documents

from poa_toolkit.word.reader.file import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.process.returned import Returned


def _everything(returned: Returned) -> Iterator[str]:
    for paragraph in returned.paragraphs:
        yield "".join(piece.text for piece in paragraph.pieces)
        yield from (thing.words for thing in paragraph.things)
    yield from (remark.text for remark in returned.remarks)


@given(documents())
def test_every_word_of_any_document_is_read_once(document: Document) -> None:
    found = Counter(re.findall(r"nonce\d+z", " ".join(_everything(read(document.file)))))
    assert found == Counter(document.words)


@given(documents())
def test_every_character_has_one_place_in_the_file(document: Document) -> None:
    returned = read(document.file)
    places: Counter[int] = Counter()
    for paragraph in returned.paragraphs:
        for piece in paragraph.pieces:
            places.update(range(piece.at, piece.at + len(piece.text)))
        for thing in paragraph.things:
            if thing.at >= 0:
                places.update(range(thing.at, thing.at + len(thing.words)))
    for remark in returned.remarks:
        places.update(range(remark.at, remark.at + len(remark.text)))
    assert set(places.values()) <= {1}
    assert max(places, default=-1) < returned.length
