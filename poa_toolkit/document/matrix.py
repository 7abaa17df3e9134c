"""The matrix of a plan for readers: gaps first, then what meets what; and the map of themes by section."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document.blocks import DARKEST, Column, Table
from poa_toolkit.document.citations import source_in_full
from poa_toolkit.document.matrix_rows import Axis, names, served_themes
from poa_toolkit.document.report_blocks import body, heading, item, muted, part, row, runs, strong
from poa_toolkit.model import Citation
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Part, Row
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.matrix_rows import Filter, Matrix, MatrixRow, ServedTheme
    from poa_toolkit.document.runs import Run

    Cells = tuple[tuple[Run, ...], ...]

MOST_COLUMNS, _MOST_ROWS = 20, 200
"""A grid with more is not read at a glance, and fits neither a page nor a terminal."""
_DOT, _GAP = "\N{BLACK CIRCLE}", "\N{EN DASH}"


class _Words(NamedTuple):
    """What a matrix says of its rows."""

    noun: str
    linked: str
    gap: str


_WORDS = {
    (Axis.RECOMMENDATIONS, Axis.ACTIONS): _Words("recommendation", "taken up", "not taken up"),
    (Axis.PROVISIONS, Axis.ACTIONS): _Words("provision", "served", "not served"),
    (Axis.ACTIONS, Axis.RECOMMENDATIONS): _Words(
        "action", "with a recommendation", "without a recommendation"
    ),
    (Axis.ACTIONS, Axis.PROVISIONS): _Words("action", "with a provision", "without a provision"),
}


def title(found: Matrix) -> str:
    """Return what a matrix is called: ``Matrix: recommendations by actions``."""
    return f"Matrix: {found.rows.value} by {found.by.value}"


def narrowed(found: Matrix, context: CitationContext) -> tuple[tuple[str, str], ...]:
    """Return what a matrix was narrowed to, by its titles, as lines of a cover."""

    def named(kind: Filter, ids: Sequence[str]) -> str:
        known = names(context, kind)
        return "; ".join((*known[each], each)[0] for each in ids)

    return tuple((kind.value.capitalize(), named(kind, ids)) for kind, ids in found.chosen.items())


def matrix(found: Matrix, context: CitationContext) -> tuple[Part, ...]:
    """Lay out a matrix: what it shows in a line, its gaps, a grid where that is small, and every row in full.

    What a row meets is a list of links, ``#A-012`` by the printed number; it is as long as there are links.
    """
    words = _WORDS[found.rows, found.by]
    parts = [part(body(_summary(found, words)), wide=True)]
    if found.gaps:
        parts.append(part(heading(words.gap.capitalize(), anchor="Matrix.gaps"), *_gaps(found, context)))
    if found.linked:
        if columns := _columns_of_grid(found, context):
            grid = _grid(found, columns, context)
            parts.append(part(heading("At a glance", anchor="Matrix.grid"), grid))
        parts.append(
            part(heading(words.linked.capitalize(), anchor="Matrix.links"), _in_full(found, context))
        )
    return tuple(parts)


def _summary(found: Matrix, words: _Words) -> str:
    rows = len(found.linked) + len(found.gaps)
    if not rows:
        return f"There is no {words.noun} to show."
    if not found.knows_gaps:
        return (
            f"{many(rows, words.noun)} {words.linked} by what was chosen. What is {words.gap} is not told "
            f"here, since only some {found.by.value} are looked at."
        )
    counted = f"{many(rows, words.noun)}: {len(found.linked)} {words.linked}, {len(found.gaps)} {words.gap}"
    if found.rows is not Axis.RECOMMENDATIONS or not found.gaps:
        return f"{counted}."
    reasons = sum(each.reason is not None for each in found.gaps)
    which = {0: "none", len(found.gaps): "each"}.get(reasons, f"{reasons} of them")
    return f"{counted}, {which} with a reason on record."


# --- What stands in cells -------------------------------------------------------------------------


def _names(axis: Axis, context: CitationContext) -> tuple[tuple[Column, ...], Callable[[str], Cells]]:
    """Return the columns that name a record of one side, and what fills them."""
    words = context.words
    match axis:
        case Axis.RECOMMENDATIONS:
            named = _Recommendations(context).named
            return (Column(words.recommendation, 6), Column(words.source, 6), Column(words.gist, 8)), named
        case Axis.PROVISIONS:
            return (Column("Provision", 5), Column("Subject", 7)), lambda name: (
                _cited((name,), axis, context),
                _subject(name, context),
            )
        case _:
            return (Column(words.paragraph, 2), Column(words.text, 10)), lambda name: (
                context.paragraphs((name,)),
                context.marked(context.trace.actions[name].text),
            )


class _Recommendations:
    """Names recommendations with the source of each."""

    def __init__(self, context: CitationContext) -> None:
        self.context = context
        self.sources = {one.id: each for each in context.plan.sources for one in each.recommendations}

    def named(self, name: str) -> Cells:
        """Return the id of a recommendation, its source in full, and its gist."""
        found = self.context.trace.recommendations[name]
        return (
            _cited((name,), Axis.RECOMMENDATIONS, self.context),
            runs(source_in_full(name, self.context, self.sources)),
            self.context.marked(found.text),
        )


def _subject(name: str, context: CitationContext) -> tuple[Run, ...]:
    listed = context.trace.listed(Citation.parse(name))
    return runs("; ".join(each.subject for each in listed)) if listed else (muted("not in the registry"),)


def _cited(records: tuple[str, ...], axis: Axis, context: CitationContext) -> tuple[Run, ...]:
    """Name what a row meets, in one line."""
    match axis:
        case Axis.RECOMMENDATIONS:
            return context.named(records, ()).recommendations
        case Axis.PROVISIONS:
            return context.named((), tuple(map(Citation.parse, records))).provisions
        case _:
            return context.paragraphs(records)


def _of_links(axis: Axis, words: Labels) -> Column:
    match axis:
        case Axis.RECOMMENDATIONS:
            return Column(words.recommendations, 5)
        case Axis.PROVISIONS:
            return Column(words.provisions, 7)
        case _:
            return Column(words.paragraphs, 4)


def _beside(found: Matrix) -> Axis:
    """Return what stands beside the links: of the three, that which is at neither side."""
    return next(each for each in Axis if each not in (found.rows, found.by))


# --- Tables ---------------------------------------------------------------------------------------


def _in_full(found: Matrix, context: CitationContext) -> Table:
    columns, named = _names(found.rows, context)
    beside = _beside(found)
    rows = (
        row(
            *named(each.record),
            _cited(each.links, found.by, context),
            _cited(each.beside, beside, context),
            record=each.record,
        )
        for each in found.linked
    )
    return Table(
        (*columns, _of_links(found.by, context.words), _of_links(beside, context.words)), tuple(rows)
    )


def _gaps(found: Matrix, context: CitationContext) -> Iterator[Block]:
    """Return what meets nothing, with the reason where a plan has a place for one."""
    columns, named = _names(found.rows, context)
    if found.rows is Axis.RECOMMENDATIONS:
        columns = (*columns, Column(context.words.reason, 7))
        rows = tuple(
            row(*named(each.record), _reason(each, context), record=each.record) for each in found.gaps
        )
    else:
        yield body(f"A plan records no reasons for {found.rows.value} {_WORDS[found.rows, found.by].gap}.")
        rows = tuple(row(*named(each.record), record=each.record) for each in found.gaps)
    yield Table(columns, rows)


def _reason(gap: MatrixRow, context: CitationContext) -> tuple[Run, ...]:
    return context.referring(gap.reason) if gap.reason else (muted("no reason recorded"),)


def _columns_of_grid(found: Matrix, context: CitationContext) -> tuple[str, ...]:
    """Return the actions of a grid in the order of the plan; none where it is not read at a glance.

    Only printed numbers are short enough to stand over a column.
    """
    if found.by is not Axis.ACTIONS or len(found.linked) > _MOST_ROWS:
        return ()
    place = {name: index for index, name in enumerate(context.trace.actions)}
    columns = {name for each in found.linked for name in each.links}
    return tuple(sorted(columns, key=place.__getitem__)) if len(columns) <= MOST_COLUMNS else ()


def _grid(found: Matrix, columns: Sequence[str], context: CitationContext) -> Table:
    """Return a table of dots: rows as they stand in full below, and the numbers of actions over columns."""
    first = _names(found.rows, context)[0][0]
    heads = (Column(context.bare(name), 2) for name in columns)
    rows = (
        row(
            _cited((each.record,), found.rows, context),
            *(_DOT if name in each.links else "" for name in columns),
            record=each.record,
        )
        for each in found.linked
    )
    return Table((Column(first.title, 8), *heads), tuple(rows))


# --- Themes by section ----------------------------------------------------------------------------


def themes(context: CitationContext) -> Part:
    """Lay out how many printed actions serve each obligation, by section; a dash is a gap.

    The numbers say all of it; how dark a cell is may be shown beside them.
    """
    plan, found = context.plan, served_themes(context)
    head = heading("Themes by section", anchor="Matrix.themes")
    if not found:
        return part(head, body("The plan names no obligation, so that there is nothing to count."))
    titles = {each.id: f"{each.number}. {each.title}" for each in plan.obligations}
    gaps = [titles[each.obligation] for each in found if not each.total]
    numbers = [context.bare(each.id) for each in plan.sections]
    columns = (Column("Obligation", 8), *(Column(each, 2) for each in numbers), Column("All", 2))
    highest = max(count for each in found for count in (0, *each.counts))
    return part(
        head,
        body(
            "How many printed actions serve each obligation by the provisions that they cite. "
            f"{_GAP} is a gap: no action of the section serves it."
        ),
        *([body(strong("Served by no action: "), f"{'; '.join(gaps)}.")] if gaps else []),
        Table(columns, tuple(_theme(each, titles[each.obligation], highest) for each in found)),
        *(
            item(strong(f"{number} "), each.title)
            for number, each in zip(numbers, plan.sections, strict=True)
        ),
        wide=True,
    )


def _theme(theme: ServedTheme, title: str, highest: int) -> Row:
    # from 1 to DARKEST in equal steps, so that the one with most is darkest
    shades = (-(-count * DARKEST // highest) if count else 0 for count in theme.counts)
    counts = (str(count) if count else _GAP for count in (*theme.counts, theme.total))
    return replace(row(title, *counts, record=theme.obligation), shades=(0, *shades, 0))
