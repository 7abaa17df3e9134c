"""The comments in the margin of a returned file: each with its answers, at the text it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned.proposal import Answer, Proposal
from poa_toolkit.returned.signature import tag
from poa_toolkit.text.white_space import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.match_result import Match
    from poa_toolkit.returned.place_in_words import PlaceInWords
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Remark, Returned

_NO_WORDS = "(no words)"


class Remarks:
    """Turns the comments of a file into proposals."""

    def __init__(
        self, returned: Returned, texts: Mapping[Key, Printed], match: Match, context: PlaceInWords
    ) -> None:
        self.returned = returned
        self.texts = texts
        self.match = match
        self.context = context

    def proposals(self) -> Iterator[tuple[int, Proposal]]:
        """Return a proposal for each comment that answers no other, with the paragraph it begins in."""
        for first, *answers in threads(self.returned.remarks):
            yield max(first.paragraph, 0), self._comment(first, answers)

    def _comment(self, remark: Remark, answers: Iterable[Remark]) -> Proposal:
        key = self._key_of(remark)
        words, gone = clean(remark.words), clean(remark.gone)
        about = [f"on “{words}”"] if words else []
        about += [f"on “{gone}”, which is taken out"] if gone else []
        where = [] if key else [self.context.of(remark.paragraph)]
        return Proposal(
            AmendmentKind.COMMENT,
            remark.by,
            *(key or ("", "")),
            comment=clean_lines(remark.text) or _NO_WORDS,
            answers=tuple(Answer(each.by, clean_lines(each.text) or _NO_WORDS) for each in answers),
            resolved=remark.resolved,
            context=", ".join((*about, *where)),
            is_placed=key is not None,
        )

    def _key_of(self, remark: Remark) -> tuple[str, str] | None:
        """Return the text that a comment is about, or the action under whose text it stands."""
        keys = self.match.keys.get(remark.paragraph)
        if keys:
            return keys[0] if len(keys) == 1 else self._key_at(remark, keys)
        return record_above(remark.paragraph, self.match, self.texts)

    def _key_at(self, remark: Remark, keys: Sequence[Key]) -> Key:
        at = 0
        found = keys[0]
        tags = {tag(*key): key for key in keys}
        for piece in self.returned.paragraphs[remark.paragraph].pieces:
            found = tags.get(piece.control, found)
            at += len(piece.text)
            if at > remark.start:
                break
        return found


def record_above(paragraph: int, match: Match, texts: Mapping[Key, Printed]) -> tuple[str, str] | None:
    """Return the action under whose text a paragraph stands, as a record without a field."""
    above = match.above.get(paragraph)
    if above and texts[above].kind in (TextKind.ACTION, TextKind.POINT):
        return above[0], ""
    return None


def threads(remarks: Sequence[Remark]) -> Iterator[tuple[Remark, ...]]:
    """Return comments that answer no other, each followed by all that answer it, in the order of the file."""
    by_id = {each.id: each for each in remarks}
    roots: dict[str, str] = {}
    found: dict[str, list[Remark]] = {}
    for each in remarks:
        found.setdefault(_root(each, by_id, roots), []).append(each)
    for root, thread in found.items():
        first = by_id[root]
        yield first, *(each for each in thread if each is not first)


def _root(remark: Remark, remarks: Mapping[str, Remark], known: dict[str, str]) -> str:
    """Return the comment that began a thread; of a thread that runs in a circle, the first of them.

    What is found is added to those `known`, so that no answer to an answer is followed twice.
    """
    seen = {remark.id}
    while remark.id not in known and remark.parent in remarks and remark.parent not in seen:
        remark = remarks[remark.parent]
        seen.add(remark.id)
    is_circle = remark.parent in seen
    root = known.get(remark.id) or (min(seen) if is_circle else remark.id)
    known.update(dict.fromkeys(seen, root))
    return root
