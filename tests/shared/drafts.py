"""Drafts written down by hand as what a reader of Word files gives, and the plan that is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.draft.choices import NO_CHOICES
from poa_toolkit.returned.draft.read import drafted
from poa_toolkit.returned.word_file import (
    Call,
    Cell,
    Form,
    Graphic,
    Look,
    Number,
    Paragraph,
    ParagraphPlace,
    Piece,
    Returned,
    WordComment,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.returned.draft.choices import Choices
    from poa_toolkit.returned.draft.drafted_plan import DraftedPlan

SOMEBODY = Reviser("A", None, "")
BODY = ParagraphPlace(1, "")


def text(words: str, **given: object) -> Paragraph:
    """Give a paragraph of the running text; `given` are its other fields."""
    return Paragraph((Piece(words),), BODY, **given)  # type: ignore[arg-type] # fields of a paragraph


def title(words: str) -> Paragraph:
    return text(words, style="Title")


def heading(words: str, level: int = 1, **given: object) -> Paragraph:
    return text(words, style=f"Heading {level}", level=level, **given)


def automatic(  # noqa: PLR0913 - what a number says
    words: str,
    shown: str,
    form: Form = Form.DECIMAL,
    *,
    value: int = 1,
    series: str = "1",
    level: int = 0,
    indent: int = 0,
    style: str = "",
) -> Paragraph:
    """Give a paragraph that Word numbers."""
    return text(words, number=Number(series, level, form, value, shown), indent=indent, style=style)


def cell(words: str, row: int, column: int, table: int = 1) -> Paragraph:
    return Paragraph((Piece(words),), ParagraphPlace(1, "", "table", Cell(table, row, column)))


def bold(words: str) -> Paragraph:
    return Paragraph((Piece(words, looks=frozenset((Look.BOLD,))),), BODY)


def note(words: str, name: str = "footnote 1") -> Paragraph:
    return Paragraph((Piece(words),), ParagraphPlace(1, "", "note"), note=name)


def calling(paragraph: Paragraph, name: str = "footnote 1") -> Paragraph:
    return paragraph._replace(calls=(Call(name, len(paragraph.new)),))


def file(*given: Paragraph | str, remarks: Iterable[WordComment] = ()) -> Returned:
    """Put paragraphs, or words of plain ones, into a file; every character gets its place."""
    at = 0
    paragraphs: list[Paragraph] = []
    for each in given:
        paragraph = text(each) if isinstance(each, str) else each
        pieces: list[Piece] = []
        for piece in paragraph.pieces:
            pieces.append(piece._replace(at=at))
            at += len(piece.text)
        graphics: list[Graphic] = []
        for graphic in paragraph.graphics:
            graphics.append(graphic._replace(at=at))
            at += len(graphic.words)
        paragraphs.append(paragraph._replace(pieces=tuple(pieces), graphics=tuple(graphics)))
    placed: list[WordComment] = []
    for remark in remarks:
        placed.append(remark._replace(at=at))
        at += len(remark.text)
    return Returned(tuple(paragraphs), tuple(placed), length=at)


class Shape(NamedTuple):
    """A section of a plan to be: its heading, its chapeau, each action with its points."""

    title: str
    chapeau: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]


def shapes(plan: DraftedPlan) -> tuple[Shape, ...]:
    return tuple(
        Shape(
            section.title.text,
            tuple(each.text for each in section.chapeau),
            tuple((each.text, *(point.text for point in each.points)) for each in section.actions),
        )
        for section in plan.sections
    )


def read(*given: Paragraph | str, choices: Choices = NO_CHOICES) -> DraftedPlan:
    """Read a draft; its books must balance."""
    plan = drafted(file(*given), choices)
    balance = plan.ledger.balance()
    assert balance.read == balance.placed + balance.told + balance.generated, list(plan.ledger.entries())
    return plan


def section(*given: Paragraph | str, choices: Choices = NO_CHOICES) -> Shape:
    """Read the paragraphs of one section, below a title and a heading."""
    plan = read(title("A plan"), heading("Voters"), *given, choices=choices)
    (found,) = shapes(plan)
    return found


def asides(plan: DraftedPlan) -> list[tuple[str, str]]:
    """Give what is told of a draft: what it is, and its words."""
    return [
        (aside.what, aside.words) for record in plan.records() for aside in record.asides if not aside.is_kept
    ]
