"""The names that a template may use, and what each holds, as one list for the check and for people.

`context.context` gives exactly these; the page docs/secretariat/template-fields.md is made from them.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit import model
from poa_toolkit.model.fields import Place, printed_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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


class _Held(NamedTuple):
    """What a name holds; a text is written as its words alone."""

    words: str
    names: Mapping[str, str | _Held]
    form: Form
    may_be_missing: bool = False


def _group(words: str, /, **names: str | _Held) -> _Held:
    return _Held(words, names, Form.GROUP)


def _list(words: str, /, **names: str | _Held) -> _Held:
    return _Held(words, names, Form.LIST)


def _maybe(words: str, /, **names: str | _Held) -> _Held:
    return _Held(words, names, Form.GROUP if names else Form.TEXT, may_be_missing=True)


def _annex(words: str, tables: str, rows: str, /, **cells: str) -> _Held:
    """Return an annex of tables: what it is, its tables, their rows, and the cells of a row."""
    return _maybe(
        words,
        title="its title, with its number before it",
        number="its number alone, such as “Annex I”",
        name="its title alone",
        lead=_list("what is said before the tables", text="its text"),
        note="what is said after them; may be empty",
        groups=_list(
            tables,
            title=_maybe("the heading over the table; none where there is one table"),
            columns=_group("the heads of the columns", **cells),
            rows=_list(rows, **cells),
        ),
    )


def _numbered(words: str, **more: _Held) -> _Held:
    return _list(
        words,
        text="its text",
        number="its number, such as “12.”, “(a)” or “(i)”; Word counts it by the style of the paragraph",
        **more,
    )


def _contents(words: str) -> _Held:
    return _list(
        words,
        number="the number of a section, such as “II.”; empty where it has none",
        title="its title, a link to it; before that of an annex its number",
        paragraphs="the paragraphs it covers, such as “4 to 12”",
        page="the page on which it begins, a field",
    )


_OF_ACTION = (*printed_in(model.Action, Place.SETTINGS), *printed_in(model.Action, Place.LINKS))
_DETAILS = {
    each.name: f"its {each.name.replace('_', ' ')} alone"
    + (", with the footnote on what is cited first there" if each.name == "provisions" else "")
    + "; may be empty"
    for each in _OF_ACTION
}
"""What the lines under an action say, each field by its own name, as the model has them."""
_EACH = {
    each.name: _list(f"its {each.name.replace('_', ' ')}, one by one", text="one of them")
    for each in _OF_ACTION
}

_ANNEXES = _group(
    "the annexes",
    recommendations=_annex(
        "source recommendations",
        "its tables, one a source",
        "the recommendations",
        id="its id",
        source="where it stands, by whom and when",
        text="its gist",
        actions="the paragraphs that take it up, or why none does",
    ),
    instruments=_annex(
        "instruments cited",
        "its tables, one a kind",
        "the instruments",
        title="its title and symbol",
        adopted="when it was adopted, and entered into force",
        provisions="its provisions that are cited",
        actions="the paragraphs that cite it",
    ),
    matrix=_annex(
        "the traceability matrix",
        "its table",
        "the actions",
        action="the number of its paragraph",
        recommendations="the recommendations it takes up",
        provisions="the provisions it serves",
        why="how it takes up its recommendations",
    ),
    withdrawn=_annex(
        "withdrawn and deferred actions",
        "its table",
        "the actions",
        id="its id",
        status="withdrawn or deferred",
        text="its text, with its points",
        reason="why it was taken out",
    ),
    participants=_annex(
        "participants",
        "its table",
        "the organizations",
        title="the organization",
        role="convenor, participant or observer",
        meetings="the meetings it took part in",
    ),
    endorsements=_annex(
        "endorsements",
        "its table",
        "the endorsements",
        title="the organization",
        capacity="in which capacity it endorses",
        date="when",
        reservation="what it excepts; may be empty",
    ),
    corrigenda=_annex(
        "what was put right since",
        "its table",
        "the corrigenda",
        paragraph="the paragraph that was put right",
        was="the text that was endorsed",
        now="the text that stands in its place",
        date="when that was decided",
    ),
    links=_maybe(
        "further reading",
        title="its title",
        entries=_list("the pages, each a link", text="its text"),
    ),
)

_PLAN = _group(
    "",
    title="the title of the plan",
    text_title="the title as it stands over the text, where a redline marks its changes",
    text_subtitle="the subtitle as it stands over the text; may be empty",
    subtitle="its subtitle; may be empty",
    notice="the notice of the cover; may be empty",
    symbol="the symbol at the head of the cover; may be empty",
    masthead=_group(
        "what else the head of the first page says; each may be empty",
        organization="whose document it is",
        distribution="to whom it goes, such as “Distr.: General”",
        date="the day of its stage",
        language="the language in which it was written, such as “Original: English”",
        meeting="the conference that agrees it",
        dates="its days",
        place="where it meets",
    ),
    version="which version of the text it is; in heads and feet with `lacking`, where none of them has that",
    stage="the stage of the text, as the plan names it, such as “Draft”; may be empty",
    lacking="what the text still lacks for its stage, in a line; may be empty",
    author="who convenes",
    cover=_list(
        "what the cover says, line by line",
        label="what it says, such as “Place”",
        value="the fact itself",
        in_masthead="whether the masthead says it too; to be asked for, not printed",
    ),
    contents=_group(
        "the table of contents",
        sections=_contents("the introduction and the sections"),
        annexes=_contents("the annexes, and the pages for further reading"),
    ),
    front=_list("the front matter", text="its text"),
    introduction=_maybe(
        "the introduction",
        title="its title",
        number="its number; empty, for it has none",
        paragraphs=_numbered("its paragraphs"),
    ),
    sections=_list(
        "the sections",
        title="its title",
        number="its number, such as “II.”; Word counts it by the style of the heading",
        paragraphs=_numbered("the paragraphs before the actions"),
        actions=_list(
            "its actions",
            text="its text",
            number="its number, such as “12.”; Word counts it by the style of the paragraph",
            points=_numbered("its points", points=_numbered("its sub-points")),
            settings="addressees, level, timeframe, and the status where not all have the same",
            links="recommendations and provisions, with the footnote on what is cited first there",
            **_DETAILS,
            each=_group("what the lines under it say, each field as a list", **_EACH),
            why="how it takes up its recommendations, the reason that the matrix gives; may be empty",
            holders=_list(
                "who holds a bracket of its text or its points, each once",
                title="the full name",
                id="as the plan has it",
            ),
        ),
    ),
    annexes=_ANNEXES,
)

SUB_POINTS = "sections[].actions[].points[].points[].text"
ESSENTIAL = (
    "title",
    "front[].text",
    "introduction.paragraphs[].text",
    "sections[].title",
    "sections[].paragraphs[].text",
    "sections[].actions[].text",
    "sections[].actions[].points[].text",
    SUB_POINTS,
)
"""The text that people agree on; a template that prints one of these nowhere hides part of it."""


ANNEXES = tuple(f"annexes.{name}" for name in _ANNEXES.names)
_ACTION = "sections[].actions[]"
IN_ANY_FORM = tuple(
    (f"{_ACTION}.{each.name}", f"{_ACTION}.{each.place}", f"{_ACTION}.each.{each.name}[].text")
    for each in _OF_ACTION
    if each.agreed
)
"""What people agree on of an action besides its text, and the fields that print it: one of each is enough."""


@cache
def documented() -> tuple[Field, ...]:
    """Return every name in the order of the page; a name before those inside it."""
    return tuple(_fields(_PLAN.names, ""))


def _fields(names: Mapping[str, str | _Held], prefix: str) -> Iterator[Field]:
    for name, each in names.items():
        held = _Held(each, {}, Form.TEXT) if isinstance(each, str) else each
        path = f"{prefix}{name}"
        yield Field(path, held.words, held.form, held.may_be_missing)
        yield from _fields(held.names, f"{path}[]." if held.form is Form.LIST else f"{path}.")
