"""An old draft read whole: what each of its words becomes in a plan, and what is told instead."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.actions import point_ids
from poa_toolkit.returned.draft.blocks import Aside, asides, blocks
from poa_toolkit.returned.draft.choices import (
    ACTIONS,
    NO_CHOICES,
    POINTS,
    SECTIONS,
    STYLE,
    Choices,
    is_action,
    is_point,
)
from poa_toolkit.returned.draft.draft_comments import comments
from poa_toolkit.returned.draft.drafted_plan import DraftedPlan
from poa_toolkit.returned.draft.finish import finish
from poa_toolkit.returned.draft.front_matter import contents
from poa_toolkit.returned.draft.headings import headings
from poa_toolkit.returned.draft.outline import Form, lines
from poa_toolkit.returned.draft.plan_builder import PlanBuilder
from poa_toolkit.returned.draft.tables import tables, take_table
from poa_toolkit.returned.draft.words import folded, is_page_count, is_page_line
from poa_toolkit.returned.ledger import Fate, Ledger
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.outline import Line
    from poa_toolkit.returned.word_file import Paragraph, Returned


_MANY = 12
"""How many styles or tables are named in a message."""


class _Option(NamedTuple):
    name: str
    wanted: tuple[str, ...]
    known: tuple[str, ...]
    """What may be said there, beside styles."""
    fits: Callable[[tuple[str, ...]], bool]
    """Whether what is named fits any paragraph."""


def unmet(body: Sequence[Block], found: Sequence[Line], choices: Choices, *, styles: Iterable[str]) -> str:
    """Return which choice fits no paragraph of the running text, and what would; empty where all fit.

    `body` is the running text and `found` what it was read as; `styles` are the names of its styles as Word
    shows them. A style must be there; of levels, looks and lists one of those that are named.
    """
    if not any((choices.sections_at, choices.actions_are, choices.points_are)):
        return ""
    for option in _options(body, found, choices):
        strange = [each for each in option.wanted if each.startswith(STYLE) and not option.fits((each,))]
        if not strange and option.wanted and not option.fits(option.wanted):
            strange = list(option.wanted)
        if strange:
            named = ", ".join(f'"{each}"' for each in strange)
            return f"{option.name}: no paragraph of the draft fits {named}; {_fitting(option, styles)}"
    return ""


def _options(body: Sequence[Block], found: Sequence[Line], choices: Choices) -> tuple[_Option, ...]:
    made = contents(body)
    written = [each for index, each in enumerate(body) if index not in made and each.text]
    texts = [each for each in found if each.form in (Form.ITEM, Form.PLAIN)]
    return (
        _Option(
            "--sections-at",
            choices.sections_at,
            SECTIONS,
            lambda wanted: bool(headings(written, Choices(sections_at=wanted))),
        ),
        _Option(
            "--actions-are",
            choices.actions_are,
            ACTIONS,
            lambda wanted: any(is_action(each.block, each.mark, wanted) for each in texts),
        ),
        _Option(
            "--points-are",
            choices.points_are,
            POINTS,
            lambda wanted: "none" in wanted or any(is_point(each.block, each.mark, wanted) for each in texts),
        ),
    )


def _fitting(option: _Option, styles: Iterable[str]) -> str:
    """Return what would fit: levels and looks, then the styles of the draft."""
    looks = [each for each in option.known if option.fits((each,))]
    named = {folded(each): each for each in styles if each}
    quoted = [f'"style {name}"' for key, name in named.items() if option.fits((STYLE + key,))]
    more = ["…"] if len(quoted) > _MANY else []
    fitting = [*looks, *quoted[:_MANY], *more]
    return f"these would: {', '.join(fitting)}" if fitting else "nothing would"


def unread(chosen: Sequence[str], tables: Sequence[tuple[int, int]]) -> str:
    """Say that --columns fits no table; `tables` are the number of each and of its columns."""
    counted = [f"table {number} has {columns}" for number, columns in tables]
    more = ["…"] if len(counted) > _MANY else []
    has = ", ".join([*counted[:_MANY], *more]) or "the draft has no table"
    return f"--columns names {len(chosen)} columns, and {has}"


def drafted(returned: Returned, choices: Choices = NO_CHOICES) -> DraftedPlan:
    """Read an old draft: tracked changes are taken as accepted, numbers are left out.

    Every visible character is in the ledger of the plan that is given: placed, told or generated.
    """
    paragraphs = returned.paragraphs
    plan = DraftedPlan(Ledger(returned))
    names = _note_names(paragraphs)
    plan.notes = _notes(paragraphs, names)
    writer = PlanBuilder(plan, choices)
    _take_text(writer, paragraphs)
    for record in (*plan.records(),):
        record.notes = [names[note] for note in dict.fromkeys(record.notes)]
    finish(plan, choices, writer.decided_late)
    _take_notes(plan, paragraphs, names)
    plan.title.asides += _other_stories(plan.ledger, paragraphs)
    plan.is_tracked = any(_is_tracked(each) for each in paragraphs)
    plan.comments = comments(returned, plan)
    _tell(plan.ledger, (aside for record in plan.records() for aside in record.asides))
    rest = tuple(_rest(plan.ledger, returned))
    _tell(plan.ledger, rest)
    plan.title.asides += rest
    _name(plan)
    return plan


def _take_text(writer: PlanBuilder, paragraphs: Sequence[Paragraph]) -> None:
    """Take the running text and the tables in it, in their order."""
    body = blocks([(index, each) for index, each in enumerate(paragraphs) if not each.place.kind])
    waiting = list(tables(paragraphs))[::-1]
    found = lines(body, writer.choices)
    writer.is_headless = not any(each.form is Form.HEADING for each in found)
    for line in found:
        while waiting and waiting[-1].first < line.block.first:
            take_table(writer, waiting.pop())
        writer.take(line)
    while waiting:
        take_table(writer, waiting.pop())
    styles = (paragraphs[each.first].style for each in body if each.text)
    writer.plan.unmet = unmet(body, found, writer.choices, styles=styles)
    if writer.choices.columns and not writer.plan.tables:
        writer.plan.unmet = unread(writer.choices.columns, writer.plan.misfits)


def _note_names(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Return the notes that are called, each with the number that a reader sees: ``note 3``."""
    called = dict.fromkeys(call.note for each in paragraphs for call in each.calls)
    return {note: f"note {number}" for number, note in enumerate(called, 1)}


def _notes(paragraphs: Iterable[Paragraph], names: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in paragraphs:
        if each.note in names:
            words = clean("".join(piece.text for piece in each.pieces if piece.is_text))
            found.setdefault(names[each.note], []).append(words)
    return {name: " ".join(filter(None, texts)) for name, texts in found.items()}


def _is_tracked(paragraph: Paragraph) -> bool:
    marks = paragraph.inserted or paragraph.deleted
    return bool(marks) or any(piece.inserted or piece.deleted for piece in paragraph.pieces)


def _take_notes(plan: DraftedPlan, paragraphs: Sequence[Paragraph], names: Mapping[str, str]) -> None:
    """Enter the notes that hang on a text; those that do not are told."""
    used = {note for record in plan.records() for note in record.notes}
    for index, each in enumerate(paragraphs):
        if not each.note:
            continue
        name = names.get(each.note, "a note that nothing calls")
        words = tuple(piece for piece in each.pieces if piece.is_text)
        if name in used:
            plan.ledger.enter(words, Fate.PLACED, name)
        elif clean("".join(piece.text for piece in words)):
            what = f"{name}, called in nothing that stands" if each.note in names else name
            plan.title.asides.append(Aside(what, clean("".join(piece.text for piece in words)), index, words))
        plan.title.asides += [
            aside._replace(what=f"{aside.what}, in {name}") for aside in asides(index, each)
        ]
        plan.title.asides += _gone(index, each, name)


def _gone(index: int, paragraph: Paragraph, where: str) -> Iterator[Aside]:
    """Return the words that tracked changes took out of a story for which there are no comments."""
    gone = tuple(piece for piece in paragraph.pieces if piece.deleted)
    words = clean("".join(piece.text for piece in gone))
    if words:
        yield Aside(f"words that tracked changes take out of {where}", words, index, gone)


_STORIES = {"header": "a header or footer", "box": "a text box"}


def _other_stories(ledger: Ledger, paragraphs: Sequence[Paragraph]) -> Iterator[Aside]:
    """Return headers, footers and text boxes; what is printed on each page is told once."""
    told: set[tuple[str, str]] = set()
    for kind, group in groupby(enumerate(paragraphs), key=lambda each: each[1].place.kind):
        if kind in ("", "table", "note"):
            continue
        what = _STORIES.get(kind, f"a {kind}")
        for index, each in group:
            ledger.enter((piece for piece in each.pieces if piece.computed), Fate.GENERATED, "a page number")
            words = tuple(piece for piece in each.pieces if piece.is_text and not piece.computed)
            text = clean("".join(piece.text for piece in words))
            if is_page_line(text) or (kind == "header" and is_page_count(text)):
                ledger.enter(words, Fate.GENERATED, "the count of the pages")
            elif (kind, text) in told:
                ledger.enter(words, Fate.GENERATED, f"{what} that was told already")
            elif text:
                told.add((kind, text))
                yield Aside(what, text, index, words)
            yield from (aside._replace(what=f"{aside.what}, in {what}") for aside in asides(index, each))
            yield from _gone(index, each, what)


def _rest(ledger: Ledger, returned: Returned) -> Iterator[Aside]:
    """Return what nothing has spoken of: the law is that it is told."""
    for index, paragraph in enumerate(returned.paragraphs):
        pieces = tuple(each for each in paragraph.pieces if each.at >= 0 and ledger.is_open(each))
        graphics = tuple(each for each in paragraph.graphics if each.at >= 0 and ledger.is_open(each))
        words = clean(" ".join(("".join(each.text for each in pieces), *(each.words for each in graphics))))
        if words:
            yield Aside("words whose place is not known", words, index, (*pieces, *graphics))
        else:
            ledger.enter((*pieces, *graphics), Fate.GENERATED, "characters that nobody sees")
    for what in returned.ignored:
        yield Aside(what, "", -1)


def _tell(ledger: Ledger, told: Iterable[Aside]) -> None:
    """Enter what is told."""
    for aside in told:
        ledger.enter(aside.items, Fate.PLACED if aside.is_kept else Fate.TOLD, aside.what)


def _name(plan: DraftedPlan) -> None:
    """Assign the records their ids."""
    for letter, records in (("F", plan.front), ("P", plan.introduction)):
        for number, each in enumerate(records, 1):
            each.id = f"{letter}-{number:02}"
    chapeau = (each for section in plan.sections for each in section.chapeau)
    for number, each in enumerate(chapeau, 1):
        each.id = f"C-{number:02}"
    actions = (each for section in plan.sections for each in section.actions)
    for number, each in enumerate(actions, 1):
        each.id = f"A-{number:03}"
        for name, point in zip(point_ids(), each.points, strict=False):
            point.id = name
            for below, sub_point in zip(point_ids(name), point.points, strict=False):
                sub_point.id = below
