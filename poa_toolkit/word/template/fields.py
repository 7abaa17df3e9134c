"""The names that a template may use: what each holds, as types, and as one list for people.

`context.context` gives exactly these; the page docs/secretariat/template-fields.md is made from them.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    NamedTuple,
    TypedDict,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from poa_toolkit import model
from poa_toolkit.model.fields import Place, printed_in
from poa_toolkit.word.runs import Rich

if TYPE_CHECKING:
    from collections.abc import Iterator


class CoverLine(TypedDict):
    """A line of the cover."""

    label: Annotated[Rich, "what it says, such as “Place”"]
    value: Annotated[Rich, "the fact itself"]


class Entry(TypedDict):
    """A line of the contents."""

    number: Annotated[Rich, "the number of a section, such as “II.”; empty where it has none"]
    title: Annotated[Rich, "its title, a link to it; before that of an annex its number"]
    paragraphs: Annotated[Rich, "the paragraphs it covers, such as “4 to 12”"]
    page: Annotated[Rich, "the page on which it begins, a field"]


class Contents(TypedDict):
    """The contents."""

    sections: Annotated[list[Entry], "the introduction and the sections"]
    annexes: Annotated[list[Entry], "the annexes, and the pages for further reading"]


class Unnumbered(TypedDict):
    """A paragraph without a number."""

    text: Annotated[Rich, "its text"]


class Numbered(TypedDict):
    """A paragraph with a number."""

    text: Annotated[Rich, "its text"]
    number: Annotated[
        Rich, "its number, such as “12.” or “(a)”; Word counts it by the style of the paragraph"
    ]


class Action(TypedDict):
    """An action."""

    text: Annotated[Rich, "its text"]
    number: Annotated[Rich, "its number, such as “12.”; Word counts it by the style of the paragraph"]
    points: Annotated[list[Numbered], "its points"]
    settings: Annotated[Rich, "addressees, level, timeframe, and the status where not all have the same"]
    links: Annotated[Rich, "recommendations and provisions, with the footnotes that cite them"]


class Introduction(TypedDict):
    """The introduction."""

    title: Annotated[Rich, "its title"]
    number: Annotated[Rich, "its number; empty, for it has none"]
    paragraphs: Annotated[list[Numbered], "its paragraphs"]


class Section(TypedDict):
    """A section."""

    title: Annotated[Rich, "its title"]
    number: Annotated[Rich, "its number, such as “II.”; Word counts it by the style of the heading"]
    paragraphs: Annotated[list[Numbered], "the paragraphs before the actions"]
    actions: Annotated[list[Action], "its actions"]


class RecommendationCells(TypedDict):
    """The cells of a source recommendation."""

    id: Annotated[Rich, "its id"]
    source: Annotated[Rich, "where it stands, by whom and when"]
    text: Annotated[Rich, "its gist"]
    actions: Annotated[Rich, "the paragraphs that take it up, or why none does"]


class InstrumentCells(TypedDict):
    """The cells of an instrument."""

    title: Annotated[Rich, "its title and symbol"]
    adopted: Annotated[Rich, "when it was adopted, and entered into force"]
    provisions: Annotated[Rich, "its provisions that are cited"]
    actions: Annotated[Rich, "the paragraphs that cite it"]


class MatrixCells(TypedDict):
    """The cells of an action in the matrix."""

    action: Annotated[Rich, "the number of its paragraph"]
    recommendations: Annotated[Rich, "the recommendations it takes up"]
    provisions: Annotated[Rich, "the provisions it serves"]
    why: Annotated[Rich, "how it takes up its recommendations"]


class WithdrawnCells(TypedDict):
    """The cells of an action that is not in the text."""

    id: Annotated[Rich, "its id"]
    status: Annotated[Rich, "withdrawn or deferred"]
    text: Annotated[Rich, "its text, with its points"]
    reason: Annotated[Rich, "why it was taken out"]


class ParticipantCells(TypedDict):
    """The cells of a participant."""

    title: Annotated[Rich, "the organization"]
    role: Annotated[Rich, "convenor, participant or observer"]
    meetings: Annotated[Rich, "the meetings it took part in"]


class EndorsementCells(TypedDict):
    """The cells of an endorsement."""

    title: Annotated[Rich, "the organization"]
    capacity: Annotated[Rich, "in which capacity it endorses"]
    date: Annotated[Rich, "when"]
    reservation: Annotated[Rich, "what it excepts; may be empty"]


class CorrigendumCells(TypedDict):
    """The cells of a corrigendum."""

    paragraph: Annotated[Rich, "the paragraph that was put right"]
    was: Annotated[Rich, "the text that was endorsed"]
    now: Annotated[Rich, "the text that stands in its place"]
    date: Annotated[Rich, "when that was decided"]


class _Group(TypedDict):
    title: Annotated[Rich | None, "the heading over the table; none where there is one table"]


class RecommendationGroup(_Group):
    """A table of source recommendations: those of one source."""

    columns: Annotated[RecommendationCells, "the heads of the columns"]
    rows: Annotated[list[RecommendationCells], "the recommendations"]


class InstrumentGroup(_Group):
    """A table of instruments: those of one kind."""

    columns: Annotated[InstrumentCells, "the heads of the columns"]
    rows: Annotated[list[InstrumentCells], "the instruments"]


class MatrixGroup(_Group):
    """The table of the matrix."""

    columns: Annotated[MatrixCells, "the heads of the columns"]
    rows: Annotated[list[MatrixCells], "the actions"]


class WithdrawnGroup(_Group):
    """The table of actions that are not in the text."""

    columns: Annotated[WithdrawnCells, "the heads of the columns"]
    rows: Annotated[list[WithdrawnCells], "the actions"]


class ParticipantGroup(_Group):
    """The table of participants."""

    columns: Annotated[ParticipantCells, "the heads of the columns"]
    rows: Annotated[list[ParticipantCells], "the organizations"]


class EndorsementGroup(_Group):
    """The table of endorsements."""

    columns: Annotated[EndorsementCells, "the heads of the columns"]
    rows: Annotated[list[EndorsementCells], "the endorsements"]


class CorrigendumGroup(_Group):
    """The table of corrigenda."""

    columns: Annotated[CorrigendumCells, "the heads of the columns"]
    rows: Annotated[list[CorrigendumCells], "the corrigenda"]


class _Annex(TypedDict):
    title: Annotated[Rich, "its title, with its number before it"]
    lead: Annotated[list[Unnumbered], "what is said before the tables"]
    note: Annotated[Rich, "what is said after them; may be empty"]


class Recommendations(_Annex):
    """The annex of source recommendations."""

    groups: Annotated[list[RecommendationGroup], "its tables, one a source"]


class Instruments(_Annex):
    """The annex of instruments."""

    groups: Annotated[list[InstrumentGroup], "its tables, one a kind"]


class Matrix(_Annex):
    """The annex that traces actions to recommendations and provisions."""

    groups: Annotated[list[MatrixGroup], "its table"]


class Withdrawn(_Annex):
    """The annex of what is not in the text."""

    groups: Annotated[list[WithdrawnGroup], "its table"]


class Participants(_Annex):
    """The annex of participants."""

    groups: Annotated[list[ParticipantGroup], "its table"]


class Endorsements(_Annex):
    """The annex of endorsements."""

    groups: Annotated[list[EndorsementGroup], "its table"]


class Corrigenda(_Annex):
    """The annex of what was put right after the text was endorsed."""

    groups: Annotated[list[CorrigendumGroup], "its table"]


class Links(TypedDict):
    """The pages for further reading."""

    title: Annotated[Rich, "its title"]
    entries: Annotated[list[Unnumbered], "the pages, each a link"]


class Annexes(TypedDict):
    """The annexes, in printed order; one with nothing in it is none."""

    recommendations: Annotated[Recommendations | None, "source recommendations"]
    instruments: Annotated[Instruments | None, "instruments cited"]
    matrix: Annotated[Matrix | None, "the traceability matrix"]
    withdrawn: Annotated[Withdrawn | None, "withdrawn and deferred actions"]
    participants: Annotated[Participants | None, "participants"]
    endorsements: Annotated[Endorsements | None, "endorsements"]
    corrigenda: Annotated[Corrigenda | None, "what was put right since"]
    links: Annotated[Links | None, "further reading"]


class Fields(TypedDict):
    """Every name that a template may use."""

    title: Annotated[Rich, "the title of the plan"]
    text_title: Annotated[Rich, "the title as it stands over the text, where a redline marks its changes"]
    text_subtitle: Annotated[Rich, "the subtitle as it stands over the text; may be empty"]
    subtitle: Annotated[Rich, "its subtitle; may be empty"]
    notice: Annotated[Rich, "the notice of the cover; may be empty"]
    symbol: Annotated[Rich, "the symbol at the head of the cover; may be empty"]
    version: Annotated[
        Rich, "which version of the text it is; in heads and feet with `lacking`, where none of them has that"
    ]
    stage: Annotated[Rich, "the stage of the text, as the plan names it, such as “Draft”; may be empty"]
    lacking: Annotated[Rich, "what the text still lacks for its stage, in a line; may be empty"]
    author: Annotated[Rich, "who convenes"]
    cover: Annotated[list[CoverLine], "what the cover says, line by line"]
    contents: Annotated[Contents, "the table of contents"]
    front: Annotated[list[Unnumbered], "the front matter"]
    introduction: Annotated[Introduction | None, "the introduction"]
    sections: Annotated[list[Section], "the sections"]
    annexes: Annotated[Annexes, "the annexes"]


class Form(StrEnum):
    """What a name stands for."""

    TEXT = "text"
    LIST = "list"
    GROUP = "group"
    """It holds names of its own."""


class Field(NamedTuple):
    """One name, as a template asks for it."""

    path: str
    """The way to it; ``[]`` stands for each of a list: ``sections[].title``."""
    words: str
    """What it holds."""
    form: Form
    may_be_missing: bool
    """Whether it is nothing in some plans, so that a template has to ask for it first."""


ESSENTIAL = (
    "title",
    "front[].text",
    "introduction.paragraphs[].text",
    "sections[].title",
    "sections[].paragraphs[].text",
    "sections[].actions[].text",
    "sections[].actions[].points[].text",
)
"""The text that people agree on; a template that prints one of these nowhere hides part of it."""


@cache
def documented() -> tuple[Field, ...]:
    """Give every name in the order of the types; a name before those inside it."""
    return tuple(_fields(Fields, ""))


def _fields(kind: type, prefix: str) -> list[Field]:
    found: list[Field] = []
    for name, hint in get_type_hints(kind, include_extras=True).items():
        held, words = get_args(hint)
        inner, suffix = _inner(held)
        path = f"{prefix}{name}"
        below = _fields(inner, f"{path}{suffix}.") if is_typeddict(inner) else []
        form = Form.LIST if suffix else Form.GROUP if below else Form.TEXT
        found += [Field(path, words, form, may_be_missing=type(None) in get_args(held)), *below]
    return [*found, *_details(prefix)] if kind is Action else found


def _details(prefix: str) -> Iterator[Field]:
    """Give what the line of settings says of an action, each by its own name, as the model has them."""
    for each in printed_in(model.Action, Place.SETTINGS):
        name = each.name.replace("_", " ")
        yield Field(
            f"{prefix}{each.name}", f"its {name} alone; may be empty", Form.TEXT, may_be_missing=False
        )


def _inner(held: object) -> tuple[type, str]:
    """Give what a type is made of, and ``[]`` where it is a list of that."""
    if get_origin(held) is list:
        return get_args(held)[0], "[]"
    some = [each for each in get_args(held) if each is not type(None)]
    return (some[0] if some else held), ""  # type: ignore[return-value] # a type as the annotation names it
