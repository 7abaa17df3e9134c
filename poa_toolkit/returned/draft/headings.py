"""Which paragraphs of a draft are headings: by their style, or where there are no styles by their looks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.choices import LOOKS, PLAIN_LOOKS, has_style
from poa_toolkit.returned.draft.list_marks import LISTS, Kind, bare, computed, has_neighbour
from poa_toolkit.returned.draft.words import STOPS, asks, ends_open, is_fragment, is_sentence
from poa_toolkit.returned.word_file import Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.choices import Choices
    from poa_toolkit.returned.draft.list_marks import Mark

LONGEST = 120
"""How long a heading without a style may be."""
_MANY_WORDS, _FEW_LETTERS = 12, 4
_TITLES = frozenset(("title", "titre", "título", "titel", "titolo"))
_SUBTITLES = frozenset(("subtitle", "sous-titre", "subtítulo", "untertitel"))


class Heading(NamedTuple):
    """That a block is a heading, by what, and its number."""

    why: str
    mark: Mark | None = None
    level: int = 1


def is_title(block: Block) -> bool:
    """Return whether a block has the style of a title."""
    return block.style in _TITLES


def is_subtitle(block: Block) -> bool:
    """Return whether a block has the style of a subtitle."""
    return block.style in _SUBTITLES


def headings(blocks: Sequence[Block], choices: Choices, *, start: int = 0) -> dict[int, Heading]:
    """Return the headings among blocks by their index: styled ones, or where there are none those by look.

    There are none before `start`, on the cover.
    """
    found = _headings(blocks, choices)
    below = {index: heading for index, heading in found.items() if index >= start}
    return below or ({} if choices.sections_at else dict(_between_numbers(blocks)))


def _headings(blocks: Sequence[Block], choices: Choices) -> dict[int, Heading]:
    styled = {index: heading for index, block in enumerate(blocks) if (heading := styled_heading(block))}
    styled |= dict(_bare_numbers(blocks, styled))
    if choices.sections_at:
        return _chosen(blocks, styled, choices.sections_at)
    if _hold_something(blocks, styled):
        return styled | dict(_between_styled(blocks, styled))
    return styled | {index: heading for index, heading in _by_look(blocks) if not is_title(blocks[index])}


def _bare_numbers(blocks: Sequence[Block], styled: dict[int, Heading]) -> Iterator[tuple[int, Heading]]:
    """Take the number off ``2 Voters`` and ``R2: Voters`` where the headings beside it count, too."""
    found = {
        index: mark
        for index, heading in styled.items()
        if heading.mark is None and (mark := _bare_number(blocks[index]))
    }
    paths = {mark.path for mark in found.values()}
    for index, mark in found.items():
        if has_neighbour(mark.path, paths):
            yield index, styled[index]._replace(mark=mark)


def _bare_number(block: Block) -> Mark | None:
    return bare(block.raw) or next((each for each in block.readings if each.is_worded), None)


def _hold_something(blocks: Sequence[Block], styled: dict[int, Heading]) -> bool:
    """Return whether the styled headings are more than a title at the top."""
    if not styled:
        return False
    first = next(index for index, block in enumerate(blocks) if block.pieces)
    has_title = any(is_title(block) for block in blocks)
    return has_title or len(styled) > 1 or first not in styled


def _between_styled(blocks: Sequence[Block], styled: dict[int, Heading]) -> Iterator[tuple[int, Heading]]:
    """Find lines that stand out directly above a text, below headings with a style."""
    above: Heading | None = None
    for index, block in enumerate(blocks):
        above = styled.get(index, above)
        may_be = block.pieces and (_is_short(block) or _leads(blocks, index))
        if above is None or index in styled or not may_be:
            continue
        if (why := stands_out(block)) and is_above_a_text(blocks, index, styled):
            yield index, Heading(why, _heading_mark(block), above.level + 1)


def is_above_a_text(blocks: Sequence[Block], index: int, styled: dict[int, Heading]) -> bool:
    """Return whether a list or a sentence follows directly, no table and no other line that stands out."""
    last = blocks[index]
    for at in range(index + 1, len(blocks)):
        below = blocks[at]
        if at in styled or below.first - last.indices[-1] > 1:
            return False
        if below.pieces:
            is_text = bool(marks(below)) or is_sentence(below.text) or asks(below.text)
            return is_text and not (_is_short(below) and stands_out(below))
        last = below
    return False


def _chosen(
    blocks: Sequence[Block], styled: dict[int, Heading], wanted: tuple[str, ...]
) -> dict[int, Heading]:
    found = {
        index: heading
        for index, heading in styled.items()
        if str(heading.level) in wanted or has_style(blocks[index], wanted)
    }
    kinds = {kind for each in wanted for kind in LOOKS.get(each, ())}
    plain = [each for each in wanted if each in PLAIN_LOOKS]
    for index, block in enumerate(blocks):
        if index in found or is_title(block) or not block.pieces:
            continue
        if has_style(block, wanted):
            found[index] = Heading(f"style “{block.style}”", _heading_mark(block))
        elif len(block.raw) > LONGEST:
            continue
        elif mark := next((each for each in marks(block) if each.kind in kinds), None):
            found[index] = Heading(f"numbered {mark.text}", mark)
        elif ("capitals" in plain and _is_capitals(block.text)) or (
            "bold" in plain and block.looks(Look.BOLD)
        ):
            found[index] = Heading(
                "in capitals" if _is_capitals(block.text) else "in bold", _heading_mark(block)
            )
    return found


def styled_heading(block: Block) -> Heading | None:
    """Return the heading that a block is by its style, if it is one."""
    if not block.level or not block.pieces or is_title(block) or is_clause(block.text):
        return None
    return Heading(f"heading of level {block.level}", _heading_mark(block), block.level)


def is_clause(text: str) -> bool:
    """Return whether what looks like a heading is a sentence that says what somebody is to do."""
    if not is_sentence(text):
        return False
    return asks(text) or len(text.split()) > _MANY_WORDS


def _heading_mark(block: Block) -> Mark | None:
    """Return the number of a heading; a lone letter may well be a word of it."""
    if block.number and (mark := computed(block.number)):
        return mark
    found = [each for each in block.readings if each.kind not in (Kind.BULLET, Kind.LETTER, Kind.LOWER_ROMAN)]
    return next((each for each in found if not each.is_weak or each.kind in _OF_HEADINGS), None)


_WORDED = (Kind.ARTICLE, Kind.DIVISION)
_OF_HEADINGS = (*_WORDED, Kind.UPPER_ROMAN, Kind.UPPER_LETTER)


def marks(block: Block) -> tuple[Mark, ...]:
    """Return what may be the number of a block: the one that Word computes, else what was typed."""
    mark = computed(block.number) if block.number else None
    return (mark,) if mark else block.readings


class _HeadingLook(NamedTuple):
    at: int
    block: Block
    marks: tuple[Mark, ...]
    is_short: bool
    """Whether it can be a heading at all."""

    def mark(self, *kinds: Kind) -> Mark | None:
        """Return the reading of its mark that is of one of these kinds."""
        return next((each for each in self.marks if each.kind in kinds), None)


def _by_look(blocks: Sequence[Block]) -> Iterator[tuple[int, Heading]]:
    looks = [
        _HeadingLook(index, block, marks(block), _is_short(block) or _leads(blocks, index))
        for index, block in enumerate(blocks)
        if block.pieces
    ]
    counted = {
        kind: _in_order([mark for each in looks if each.is_short and (mark := each.mark(kind))])
        for kind in (Kind.UPPER_ROMAN, Kind.UPPER_LETTER, Kind.IDEOGRAPH, Kind.BRACKETED_IDEOGRAPH)
    }
    decimals = _heading_decimals(looks)
    articles = _heading_articles(looks)
    for number, each in enumerate(looks):
        if not each.is_short:
            continue
        above = looks[number - 1] if number else None
        mark = each.mark(Kind.DIVISION) or (each.mark(Kind.ARTICLE) if each.at in articles else None)
        if mark is not None:
            yield each.at, Heading(f"numbered {mark.text}", mark)
        elif (
            above is not None
            and _is_bare(above)
            and (above.at in articles or above.mark(Kind.DIVISION))
            and _names(each)
        ):
            yield each.at, Heading("below its number")
        elif mark := next((mark for mark in each.marks if mark in counted.get(mark.kind, ())), None):
            yield each.at, Heading(f"numbered {mark.text}", mark)
        elif each.at in decimals:
            yield each.at, Heading("a number and a few words", each.mark(Kind.DECIMAL))
        elif number and (why := stands_out(each.block)):
            yield each.at, Heading(why, _heading_mark(each.block))


def _between_numbers(blocks: Sequence[Block]) -> Iterator[tuple[int, Heading]]:
    """Find the lines without any look directly above a number, below a text: where there are some of them."""
    written = [(index, block) for index, block in enumerate(blocks) if block.pieces]
    found: list[int] = []
    for (_, above), (index, block), (_, below) in zip(written, written[1:], written[2:], strict=False):
        text = block.text
        is_line = len(text) <= _LONGEST_LEAD and text[-1:] not in STOPS and not text[:1].islower()
        is_bare = is_line and not block.is_line and not marks(block) and not asks(text)
        is_below_text = is_sentence(above.text) or is_fragment(above.text) or bool(marks(above))
        if is_bare and is_below_text and any(each.kind is Kind.DECIMAL for each in marks(below)):
            found.append(index)
    if len(found) >= _FEWEST_LINES:
        yield from ((index, Heading("a line above a number")) for index in found)


_FEWEST_LINES = 2


def _is_short(block: Block) -> bool:
    text = block.text
    is_bare = any(each.kind in _WORDED and each.length >= len(block.raw.rstrip()) for each in block.readings)
    return len(text) <= LONGEST and (text[-1:] not in STOPS or is_bare) and not block.is_line


def _leads(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a short line with a colon at its end names those whom the list below it is for.

    ``To the Government:``; the items of its list are no parts of a sentence.
    """
    block = blocks[index]
    if not ends_open(block.text) or len(block.text) > _LONGEST_LEAD or block.is_line or marks(block):
        return False
    below = next((each for each in blocks[index + 1 : index + 3] if each.pieces), None)
    found = marks(below) if below else ()
    if below is None or not found or not (found[0].kind in LISTS or found[0].value == 1):
        return False
    return not below.without(found[0].length).text[:1].islower()


_LONGEST_LEAD = 60


def _in_order(marks: Sequence[Mark]) -> frozenset[Mark]:
    """Keep those of marks of one kind that count: one with a neighbour, or the first."""
    values = {each.value for each in marks}
    return frozenset(
        each
        for each in marks
        if each.value - 1 in values
        or each.value + 1 in values
        or (each.value == 1 and each.kind is not Kind.UPPER_LETTER)
    )


def stands_out(block: Block) -> str:
    """Return why a paragraph without a number looks like a heading; empty where it does not."""
    if any(mark.kind in LISTS for mark in marks(block)):
        return ""
    if _is_capitals(block.text):
        return "in capitals"
    if asks(block.text):
        return ""
    return "in bold" if block.looks(Look.BOLD) else "underlined" if block.looks(Look.UNDERLINED) else ""


def _is_capitals(text: str) -> bool:
    """Return whether a text is written in capitals, in a script that has them."""
    letters = [each for each in text if each.isalpha()]
    cased = [each for each in letters if each.islower() or each.isupper()]
    return (
        len(cased) >= _FEW_LETTERS and len(cased) * 2 > len(letters) and all(each.isupper() for each in cased)
    )


def _heading_decimals(looks: Sequence[_HeadingLook]) -> frozenset[int]:
    """Find numbers that are headings: each of a few words that ask nothing, other paragraphs below each."""
    found: list[tuple[int, int]] = []
    for number, each in enumerate(looks):
        mark = each.mark(Kind.DECIMAL)
        if mark is None or len(mark.path) > 1:
            continue
        text = each.block.without(mark.length).text if mark.is_typed else each.block.text
        if not each.is_short or asks(text) or not text:
            return frozenset()
        found.append((number, mark.value))
    if len(found) < 2 or len({value for _, value in found}) < len(found):  # noqa: PLR2004 - one alone is no count
        return frozenset()
    numbers = [number for number, _ in found]
    followed = all(
        after - before > 1 for before, after in zip(numbers, [*numbers[1:], len(looks)], strict=True)
    )
    below = (looks[number + 1] for number in numbers if number + 1 < len(looks))
    is_list = any(each.mark(Kind.LETTER, Kind.LOWER_ROMAN, Kind.BULLET) for each in below)
    return frozenset(looks[number].at for number in numbers) if followed and not is_list else frozenset()


def _is_bare(look: _HeadingLook) -> bool:
    """Return whether a paragraph is the number of a part or an article, and nothing else."""
    mark = look.mark(*_WORDED)
    return mark is not None and mark.is_typed and look.is_short and not look.block.without(mark.length).text


def _names(look: _HeadingLook | None) -> bool:
    """Return whether a paragraph below a bare number is its title."""
    return look is not None and look.is_short and not look.marks and not asks(look.block.text)


def _heading_articles(looks: Sequence[_HeadingLook]) -> frozenset[int]:
    """Find articles that are headings: those with a title, or where no chapter stands above them, alone.

    Below a chapter, the bare number of an article is that of the paragraph behind it.
    """
    short = (each for each in looks if each.mark(Kind.ARTICLE) and each.is_short)
    articles = [each for each in short if not asks(each.block.text)]
    chapters = any(each.mark(Kind.DIVISION) and each.is_short for each in looks)
    below = {one.at: two for one, two in pairwise(looks)}
    named = [each for each in articles if not _is_bare(each) or _names(below.get(each.at))]
    return frozenset(each.at for each in (named if chapters else articles))
