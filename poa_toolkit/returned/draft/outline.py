"""What each paragraph of a draft is, by its looks and its neighbours: the draft read from top to bottom."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.blocks import part
from poa_toolkit.returned.draft.choices import NO_CHOICES, is_point
from poa_toolkit.returned.draft.front_matter import contents, cover
from poa_toolkit.returned.draft.headings import headings, is_clause, is_subtitle, is_title
from poa_toolkit.returned.draft.list_levels import Listed, placed
from poa_toolkit.returned.draft.list_marks import Kind, Mark, computed, has_neighbour
from poa_toolkit.returned.draft.words import (
    asks,
    ends_open,
    is_fragment,
    is_sentence,
    narrates,
    only_explains,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.choices import Choices
    from poa_toolkit.returned.draft.headings import Heading


class Form(StrEnum):
    """What a paragraph of a draft is by its looks."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    ITEM = "item"
    """Of a list, or numbered."""
    PLAIN = "plain"
    GENERATED = "generated"
    """A program makes it: contents."""
    NUMBER = "number"
    """The number of the next paragraph, on a line of its own."""
    LEFT = "left"
    """What has no place in a plan: a heading that begins no section, a number that has no paragraph."""
    EMPTY = "empty"
    """Without a word that stands; it may have had some."""


class Line(NamedTuple):
    """A paragraph of the draft, and what it is."""

    form: Form
    block: Block
    """Its words without the number."""
    why: str
    mark: Mark | None = None
    depth: int = 0
    """Of an item: 0 for the outermost list of its section."""
    level: int = 0
    """Of a heading."""
    typed: tuple[Block, ...] = ()
    """Its number, where that was typed: a block of those characters."""

    @property
    def text(self) -> str:
        """Return its words."""
        return self.block.text


def lines(blocks: Sequence[Block], choices: Choices) -> tuple[Line, ...]:
    """Read the blocks of a draft, in their order."""
    made = contents(blocks)
    own = [index for index in range(len(blocks)) if index not in made]
    written = [blocks[index] for index in own]
    front = cover(written, choices)
    found = headings(written, choices, start=front.end)
    by_index = {own[index]: heading for index, heading in found.items()}
    titles = {index for index in own if is_title(blocks[index])} | {own[each] for each in front.titles}
    read: dict[int, Line] = {index: Line(Form.GENERATED, blocks[index], "contents") for index in made}
    named = frozenset(mark.path for block in written for mark in block.readings if mark.is_worded)
    section: list[int] = []
    above: Mark | None = None
    for index in [*own, len(blocks)]:
        is_end = index == len(blocks)
        if is_end or index in by_index or index in titles:
            below = section_lines([blocks[each] for each in section], choices, above, named=named)
            read.update(zip(section, below, strict=True))
            section = []
        if is_end:
            break
        if index in by_index:
            above = by_index[index].mark
            read[index] = _heading(blocks[index], by_index[index])
        elif index in titles:
            why = "style of a title" if is_title(blocks[index]) else front.why
            read[index] = _bare(Form.TITLE, blocks[index], why)
        else:
            section.append(index)
    joined = list(_joined([read[index] for index in sorted(read)]))
    return tuple(joined if choices.actions_are else _telling(list(_explaining(list(_beside_named(joined))))))


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Take ``Chapter II`` above another heading for the number of that."""
    for number, line in enumerate(lines):
        below = next((each for each in lines[number + 1 : number + 3] if each.form is not Form.EMPTY), None)
        is_number = (
            line.form is Form.HEADING and line.mark is not None and not line.typed and line.mark.is_typed
        )
        is_named = below is not None and below.form is Form.HEADING and below.mark is None
        if is_number and is_named and below is not None and below.level == line.level:
            yield line._replace(form=Form.NUMBER)
        else:
            yield line


def _beside_named(lines: Sequence[Line]) -> Iterator[Line]:
    """Take numbers for those of paragraphs that tell, where ``Recommendation 3`` names what is asked."""
    marks = [line.mark for line in lines if line.form is Form.ITEM and line.mark]
    is_named = sum(mark.is_worded for mark in marks) >= _FEWEST_NAMED
    for line, below in zip_longest(lines, lines[1:]):
        is_counted = line.mark is not None and line.mark.kind is Kind.DECIMAL and not line.mark.is_worded
        has_list = below is not None and below.depth > line.depth
        is_telling = is_named and is_counted and not has_list and not asks(line.text)
        yield _told_how_things_are(line) if is_telling else line


_FEWEST_NAMED = 2


def _explaining(lines: Sequence[Line]) -> Iterator[Line]:
    """Take nothing for an action below the heading of definitions, of abbreviations, of references."""
    is_explaining = False
    for line in lines:
        if line.form is Form.HEADING:
            is_explaining = only_explains(line.text)
        yield _told_how_things_are(line, "its heading says that it explains") if is_explaining else line


def _telling(lines: Sequence[Line]) -> Iterator[Line]:
    """Take the numbers of a section that asks nothing and tells something for those of its paragraphs.

    So it is where the items of other sections nearly all ask: a report before what it recommends.
    """
    sections = list(_sections(lines))
    forms = (Form.ITEM, Form.PLAIN)
    is_asking = [any(line.form in forms and asks(line.text) for line in section) for section in sections]
    items = [line for each, asked in zip(sections, is_asking, strict=True) if asked for line in _items(each)]
    is_clear = sum(asks(line.text) for line in items) >= max(_FEWEST_ASKING, len(items) * _NEARLY_ALL)
    for section, asked in zip(sections, is_asking, strict=True):
        told = sum(narrates(line.text) for line in _items(section))
        is_told = is_clear and not asked and told >= len(_items(section)) * _SOME
        yield from ((_told_how_things_are(line) for line in section) if is_told else section)


_FEWEST_ASKING, _NEARLY_ALL, _SOME = 3, 0.8, 0.3


def _sections(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Divide lines above each heading."""
    starts = [0, *(at for at, line in enumerate(lines) if at and line.form is Form.HEADING), len(lines)]
    return (lines[start:end] for start, end in pairwise(starts))


def _items(section: Sequence[Line]) -> list[Line]:
    return [line for line in section if line.form is Form.ITEM and not line.depth]


def _bare(form: Form, block: Block, why: str) -> Line:
    return Line(form if block.pieces and block.text else Form.EMPTY, block, why)


def _heading(block: Block, heading: Heading) -> Line:
    mark = heading.mark
    if mark is None or not mark.is_typed or not block.without(mark.length).text:
        # a number on a line of its own is all the heading there is
        return Line(Form.HEADING, block, heading.why, mark, level=heading.level)
    return Line(
        Form.HEADING,
        block.without(mark.length),
        heading.why,
        mark,
        level=heading.level,
        typed=(_number(block, mark),),
    )


def _number(block: Block, mark: Mark) -> Block:
    return replace(block, pieces=part(block.pieces, 0, mark.length), asides=(), notes=(), history=())


def section_lines(
    blocks: Sequence[Block],
    choices: Choices = NO_CHOICES,
    heading: Mark | None = None,
    *,
    named: Collection[tuple[int, ...]] = (),
) -> list[Line]:
    """Read the paragraphs below one heading, whose number is given, or in one cell of a table.

    `named` holds the paths of all marks of the draft that name an item, ``R1.`` and ``Action 1``.
    """
    listed = [Listed(_readings(block, named), block.indent) if block.text else Listed(()) for block in blocks]
    numbered = [
        _line(block, place.mark if place else None, place.depth if place else 0)
        for block, place in zip(blocks, placed(listed, heading), strict=True)
    ]
    found = _below_colons(_without_lone_numbers(_outlined(numbered)))
    if choices.points_are:
        return [_as_chosen(each, choices) for each in found]
    return found if choices.actions_are else _with_chapeau(found)


def _readings(block: Block, named: Collection[tuple[int, ...]]) -> tuple[Mark, ...]:
    mark = computed(block.number) if block.number else None
    if mark is not None:
        return (mark,)
    return tuple(
        each._replace(is_weak=each.is_weak and not (each.is_worded and has_neighbour(each.path, named)))
        for each in block.readings
        if each.kind is not Kind.DIVISION
    )


def _line(block: Block, mark: Mark | None, depth: int) -> Line:
    if not block.text:
        return Line(Form.EMPTY, block, "no words")
    if is_subtitle(block):
        return Line(Form.SUBTITLE, block, "style of a subtitle")
    if block.level and not is_clause(block.text):
        return Line(Form.LEFT, block, "a heading that begins no section")
    return _item(block, mark, depth) if mark else Line(Form.PLAIN, block, "no number")


def _item(block: Block, mark: Mark, depth: int) -> Line:
    if not mark.is_typed:
        return Line(Form.ITEM, block, _why(mark), mark, depth)
    rest, typed = block.without(mark.length), (_number(block, mark),)
    form, words = (Form.ITEM, rest) if rest.text else (Form.NUMBER, block)
    return Line(form, words, _why(mark), mark, depth, typed=typed)


def _why(mark: Mark) -> str:
    if mark.kind is Kind.BULLET:
        return "a bullet"
    return f"{'typed' if mark.is_typed else 'automatic'} number {mark.text}"


def _outlined(lines: Sequence[Line]) -> list[Line]:
    """Take 5.1 for the next action, not for a point of 5, where it says by itself who is to do what.

    What stands below it goes up with it.
    """
    found: list[Line] = []
    up = 0
    for line in lines:
        if line.form is Form.ITEM and line.depth <= 1:
            is_outline = line.depth == 1 and line.mark is not None and len(line.mark.path) > 1
            up = int(is_outline and _is_own_clause(line.text))
        found.append(line._replace(depth=line.depth - up) if line.depth else line)
    return found


def _is_own_clause(text: str) -> bool:
    """Return whether a text is a whole sentence that says who is to do what, or the head of a list."""
    return (is_sentence(text) or ends_open(text)) and asks(text) and not text[:1].islower()


def _without_lone_numbers(lines: Sequence[Line]) -> list[Line]:
    """Move the number on a line of its own to the paragraph behind it."""
    found: list[Line] = []
    number: Line | None = None
    at = 0
    """Where the number stands among those found."""
    up = -1
    """The depth of a number whose paragraphs have numbers of their own: they stand in its place."""
    for each in lines:
        line = each
        if line.form is Form.NUMBER:
            number, at, up = line, len(found), -1
        elif number is not None and line.form is Form.PLAIN:
            line = line._replace(form=Form.ITEM, mark=number.mark, depth=number.depth, why=number.why)
            number = None
        elif number is not None and line.form is Form.ITEM:
            found[at] = number._replace(form=Form.LEFT, why="a number of paragraphs that have their own")
            up, number = number.depth, None
        if line.form is Form.ITEM and 0 <= up < line.depth:
            line = line._replace(depth=line.depth - 1)
        found.append(line)
    return found


def _with_chapeau(lines: list[Line]) -> list[Line]:
    """Take numbered paragraphs that only narrate, above the first that asks something, for the chapeau."""
    items = [each for each in lines if each.form is Form.ITEM and not each.depth]
    asking = (index for index, each in enumerate(lines) if each.form is Form.ITEM and asks(each.text))
    if all(narrates(each.text) for each in items):
        # there is nothing in the section that could be an action
        return [_told_how_things_are(each) for each in lines]
    for index in range(next(asking, 0)):
        line, below = lines[index], lines[index + 1]
        if line.form is not Form.ITEM:
            continue
        if line.depth or below.depth or not narrates(line.text):
            break
        lines[index] = _told_how_things_are(line)
    return lines


def _told_how_things_are(line: Line, why: str = "it is numbered, and only says how things are") -> Line:
    if line.form is not Form.ITEM or line.depth:
        return line
    return line._replace(form=Form.PLAIN, why=why)


def _below_colons(lines: Sequence[Line]) -> list[Line]:
    """Take a paragraph that ends with a colon for the head of the list behind it, where it asks something.

    It does so too where the items are no sentences, unless it only says how things are.
    """
    found: list[Line] = []
    is_below = has_items = is_prose = False
    for number, line in enumerate(lines):
        if line.form is Form.PLAIN:
            is_telling = narrates(line.text) or (is_prose and not asks(line.text))
            is_prose = not has_items and is_sentence(line.text) and not asks(line.text)
            is_below = _opens_list(lines, number) and not (is_telling and has_items)
            why = "its points stand below it"
            found.append(line._replace(form=Form.ITEM, why=why) if is_below and not is_telling else line)
        elif is_below and line.form is Form.ITEM:
            found.append(line._replace(depth=line.depth + 1))
        else:
            found.append(line)
        has_items = has_items or found[-1].form is Form.ITEM
    return found


def _opens_list(lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    below = next((each for each in lines[number + 1 : number + 3] if each.form is not Form.EMPTY), None)
    if below is None or below.form is not Form.ITEM or below.depth:
        return False
    if not ends_open(line.text):
        return asks(line.text) and not is_sentence(line.text) and below.text[:1].islower()
    return (asks(line.text) or is_fragment(below.text)) and not _is_own_clause(below.text)


def _as_chosen(line: Line, choices: Choices) -> Line:
    """Apply what a person decided of points."""
    wanted = choices.points_are
    if line.form not in (Form.ITEM, Form.PLAIN):
        return line
    if is_point(line.block, line.mark, wanted):
        return line._replace(
            form=Form.ITEM, depth=max(1, line.depth), why=f"{line.why}; as --points-are says"
        )
    return line._replace(depth=max(0, line.depth - 1))
