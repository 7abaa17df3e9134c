"""The comments in the margin of a returned file: each with its answers, at the text it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Answer, Proposal
from poa_toolkit.returned.anchors import is_action
from poa_toolkit.returned.signature import tag
from poa_toolkit.text.white_space import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.new_texts import Placing
    from poa_toolkit.returned.word_file import WordComment

_NO_WORDS = "(no words)"


def comment_proposals(placing: Placing) -> Iterator[tuple[int, Proposal]]:
    """Return a proposal for each comment that answers no other, with the paragraph it begins in."""
    for first, *answers in threads(placing.returned.remarks):
        yield max(first.paragraph, 0), _proposal(placing, first, answers)


def _proposal(placing: Placing, remark: WordComment, answers: Iterable[WordComment]) -> Proposal:
    key = _key_of(placing, remark)
    words, gone = clean(remark.words), clean(remark.gone)
    about = [f"on “{words}”"] if words else []
    about += [f"on “{gone}”, which is taken out"] if gone else []
    where = [] if key else [placing.context.of(remark.paragraph)]
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


def _key_of(placing: Placing, remark: WordComment) -> tuple[str, str] | None:
    """Return the text that a comment is about, or the action under whose text it stands."""
    keys = placing.match.keys.get(remark.paragraph)
    if not keys:
        above = placing.match.above.get(remark.paragraph)
        is_action_above = above and is_action(placing.texts[above])
        return (above[0], "") if above and is_action_above else None
    at = 0
    found = keys[0]
    tags = {tag(*key): key for key in keys}
    for piece in placing.returned.paragraphs[remark.paragraph].pieces if len(keys) > 1 else ():
        found = tags.get(piece.control, found)
        at += len(piece.text)
        if at > remark.start:
            break
    return found


def threads(remarks: Sequence[WordComment]) -> Iterator[tuple[WordComment, ...]]:
    """Return comments that answer no other, each followed by all that answer it, in the order of the file."""
    by_id = {each.id: each for each in remarks}
    roots: dict[str, str] = {}
    found: dict[str, list[WordComment]] = {}
    for each in remarks:
        found.setdefault(_root(each, by_id, roots), []).append(each)
    for root, thread in found.items():
        first = by_id[root]
        yield first, *(each for each in thread if each is not first)


def _root(remark: WordComment, remarks: Mapping[str, WordComment], known: dict[str, str]) -> str:
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
