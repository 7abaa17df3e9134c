"""A document as the names a template uses, such as ``{{ title }}``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.document.blocks import Heading, Paragraph, PartKind, Role, Table, is_proposed, number_before
from poa_toolkit.document.generated_lines import IN_CELLS
from poa_toolkit.document.runs import (
    Deleted,
    Inserted,
    Link,
    Mark,
    Note,
    RevisionState,
    Text,
    known_by,
    words_of,
)
from poa_toolkit.model import Action
from poa_toolkit.model.fields import Place, Value, printed_in
from poa_toolkit.returned.signature import PLAN
from poa_toolkit.word.ooxml import Control
from poa_toolkit.word.rich import PageOf, Rich
from poa_toolkit.word.writer.anchors import ENTRIES, anchor_of, is_gone, typed_number
from poa_toolkit.word.writer.title_lines import in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from poa_toolkit.document.blocks import Block, Document, Item, Part, Revision, Row
    from poa_toolkit.document.runs import Run
    from poa_toolkit.word.rich import WordRun

Context: TypeAlias = dict[str, Any]

REVISION = "_revision"
"""The name under which a record of a redline says that it came or went; no template prints it."""
ANNEXES = (
    *("recommendations", "instruments", "matrix", "withdrawn"),
    *("participants", "endorsements", "corrigenda", "links"),
)
"""The annexes a template may ask for; one that the document has not is none."""


ASIDE = ("each", "holders")
"""What of an action is made only for a template that asks for it: few do, and it takes room."""


def context(document: Document, asked: AbstractSet[str] = frozenset(ASIDE)) -> Context:
    """Return every name a template may use, as plain data; of those of ASIDE only what is asked for.

    `title`, `text_title` and `text_subtitle` (those over the text, where a redline marks them),
    `subtitle`, `notice`, `symbol`, `masthead` (organization, distribution, date, language, meeting, dates,
    place), `version`, `stage`, `lacking`, `author`, `cover` (label, value, in_masthead),
    `contents` (sections and annexes: number, title, paragraphs, page), `front` (text), `introduction` (title,
    paragraphs), `sections` (title, paragraphs, actions: text, points, settings, links, their fields by name,
    `each` of what these say, why, holders), and `annexes` by name (title, number, name, lead, groups: title,
    columns, rows; note; entries).
    """
    of_kind = {kind: [part for part in document.parts if part.kind is kind] for kind in PartKind}
    annexes = {part.name: _annex(part) for part in of_kind[PartKind.ANNEX]}
    introductions = of_kind[PartKind.INTRODUCTION]
    stand = [part for part in document.parts if not is_gone(part.blocks[0])]
    beside = _Beside(dict(document.holders), dict(_whys(of_kind[PartKind.ANNEX], annexes)), asked)
    return {
        "title": _of_plan(document, "title"),
        "text_title": Rich(in_lines(document.heading or (Text(document.title),)), revision=document.revision),
        "text_subtitle": Rich(document.subheading or (Text(document.subtitle),), revision=document.revision),
        "subtitle": _of_plan(document, "subtitle"),
        "notice": _of_plan(document, "notice"),
        "symbol": Rich((Text(document.symbol),)),
        "masthead": {name: Rich((Text(said),)) for name, said in document.masthead._asdict().items()},
        "version": Rich((Text(document.version),)),
        "stage": Rich((Text(document.stage_title),)),
        "lacking": Rich((Text(document.lacking),)),
        "author": Rich((Text(document.author),)),
        "cover": [_line(document, *each) for each in document.cover],
        "contents": {
            "sections": [_entry(part) for part in stand if part.kind not in (PartKind.FRONT, PartKind.ANNEX)],
            "annexes": [_entry(part) for part in stand if part.kind is PartKind.ANNEX],
        },
        "front": [_paragraph(block) for part in of_kind[PartKind.FRONT] for block in _paragraphs(part)],
        "introduction": _section(introductions[0], beside) if introductions else None,
        "sections": [_section(part, beside) for part in of_kind[PartKind.SECTION]],
        "annexes": {name: annexes.get(name) for name in ANNEXES},
    }


def _of_plan(document: Document, field: str) -> Rich:
    """Return a text of the cover, in a control where it is the plan's own."""
    text: str = getattr(document, field)
    control = Control(PLAN, field, text) if text and field in document.own else None
    runs = (Text(text),)
    return Rich(in_lines(runs) if field == "title" else runs, field=control)


def _line(document: Document, label: str, value: str) -> Context:
    """Return a line of the cover."""
    return {
        "label": Rich((Text(label),)),
        "value": Rich((Text(value),)),
        "in_masthead": label in document.in_masthead,
    }


def for_heads(names: Mapping[str, Any]) -> Context:
    """Return the names for heads of a template that asks for `lacking` in none: `version` says it there."""
    version, lacking = names.get("version"), names.get("lacking")
    if not (isinstance(version, Rich) and lacking):
        return dict(names)
    return {**names, "version": Rich((*version.runs, Text(f". {lacking}" if version else str(lacking))))}


class _Beside(NamedTuple):
    """What is said of an action elsewhere than in its own paragraphs."""

    holders: dict[str, str]
    whys: dict[str, Rich]
    """How each takes up its recommendations, as the matrix says it."""
    asked: AbstractSet[str]


def _whys(parts: Iterable[Part], annexes: Mapping[str, Context]) -> Iterator[tuple[str, Rich]]:
    """Return, by action, the reasons that the rows of the matrix give."""
    for part in parts:
        if part.name == "matrix":
            tables = (block for block in part.blocks if isinstance(block, Table))
            for table, group in zip(tables, annexes[part.name]["groups"], strict=True):
                pairs = zip(table.rows, group["rows"], strict=True)
                yield from ((row.record or "", cells["why"]) for row, cells in pairs)


def _section(part: Part, beside: _Beside) -> Context:
    """Return a numbered part: its title, the paragraphs before the actions, and the actions."""
    section: Context = {"title": Rich(()), "number": "", "paragraphs": [], "actions": []}
    for block in part.blocks:
        match block:
            case Heading():
                section["title"] = Rich(block.runs, block.anchor, _control(block), block.revision)
                section["number"] = block.number
                section |= _marker(block.revision)
            case Paragraph(role=Role.ACTION):
                section["actions"].append(_action(block, beside))
            case Paragraph(role=Role.POINT):
                action = section["actions"][-1]
                action["points"].append({**_paragraph(block), "number": block.number, "points": []})
                _add_holders(action, block, beside.holders)
            case Paragraph(role=Role.SUBPOINT):
                action = section["actions"][-1]
                point = action["points"][-1]
                point["points"].append({**_inside(point), **_paragraph(block), "number": block.number})
                _add_holders(action, block, beside.holders)
            case Paragraph(role=Role.DETAIL):
                action = section["actions"][-1]
                action.update(_details(block))
                for item in block.items if "each" in action else ():
                    action["each"][item.field].append(_item(item, block.revision))
            case Paragraph():
                section["paragraphs"].append({**_paragraph(block), "number": block.number})
            case Table():
                raise AssertionError("a section holds no table")
    return section


_AMENDED = tuple(
    each
    for place in (Place.SETTINGS, Place.LINKS)
    for each in printed_in(Action, place)
    if each.agreed and (each.value.is_words or each.value is Value.LINKS)
)
"""What is said under an action and can be amended there: words of the plan's own, and sets."""
_DETAILS = tuple(each.name for each in printed_in(Action, Place.SETTINGS))
_LINKS = tuple(each.name for each in printed_in(Action, Place.LINKS))
_CITED = "provisions"
"""The field on which there are notes."""
_NOTHING = Rich(())
_NO_DETAILS = dict.fromkeys((Place.SETTINGS.value, Place.LINKS.value, *_DETAILS, *_LINKS), _NOTHING)


def _action(block: Paragraph, beside: _Beside) -> Context:
    """Return an action as far as its paragraph goes, with what is said of it elsewhere."""
    action = {**_paragraph(block), "number": block.number, "points": [], **_NO_DETAILS}
    action["why"] = beside.whys.get(block.record or "", _NOTHING)
    if "each" in beside.asked:
        action["each"] = {name: [] for name in (*_DETAILS, *_LINKS)}
    if "holders" in beside.asked:
        action["holders"] = []
    _add_holders(action, block, beside.holders)
    return action


def _add_holders(action: Context, block: Paragraph, names: Mapping[str, str]) -> None:
    """Add who holds a bracket of a text, each once in an action, where that is asked for."""
    if "holders" not in action or is_gone(block):
        return
    found = action["holders"]
    for run in block.runs:
        if isinstance(run, Text | Inserted) and run.mark is Mark.HOLDER:
            said = known_by(run).partition(":")[0]
            name = Rich((Text(names.get(said.lower(), said)),))
            if all(each["title"] != name for each in found):
                found.append({"title": name, "id": Rich((Text(said),))})


def _item(item: Item, revision: Revision | None) -> Context:
    """Return one of the things that a field says; in a redline also one that came or went."""
    if revision and item.standing is not RevisionState.KEPT:
        revision = replace(revision, standing=item.standing, remarks=())
    return {"text": Rich(item.runs, revision=revision), **_marker(revision)}


def _details(block: Paragraph) -> Context:
    """Return a line under an action, and of that of the settings each field by its own name."""
    is_there = _stays(block) or (is_proposed(block) and not _is_new_block(block))
    details = {each.field: each for each in _controls(block)} if block.record and is_there else {}
    found = {block.field or "": Rich(block.runs, revision=block.revision, details=details)}
    by_field: dict[str, list[Run]] = {}
    notes = [run for run in block.runs if isinstance(run, Note)]
    for run in block.runs:
        by_field.setdefault(getattr(run, "field", ""), []).append(run)
    # they cite the provisions, wherever in the line they stand
    by_field.get(_CITED, []).extend(notes)
    for name in _DETAILS if block.field == Place.SETTINGS else _LINKS:
        if name in by_field:
            found[name] = Rich(by_field[name], revision=block.revision, details=details)
    return found


def _controls(block: Paragraph) -> Iterator[Control]:
    """Name the texts of the plan that stand in a line with others."""
    for field in _AMENDED:
        said = _new_words(run for run in block.runs if getattr(run, "field", "") == field.name)
        if said:
            yield Control(block.record or "", field.name, said)


def _paragraph(block: Paragraph) -> Context:
    return {
        "text": Rich(block.runs, anchor_of(block), _control(block), block.revision),
        **_marker(block.revision),
    }


def _is_new_block(block: Block | Row) -> bool:
    return block.revision is not None and block.revision.standing is RevisionState.ADDED


def _stays(block: Block | Row) -> bool:
    """Return whether it stands in both versions of a redline, or in a clean document.

    LibreOffice loses its count, and words elsewhere, over lines and rows that came with controls in them.
    """
    return block.revision is None or block.revision.standing is RevisionState.KEPT


def _marker(revision: Revision | None) -> Context:
    """Return what tells the loops of a template, in a redline, that a record came or went."""
    return {REVISION: revision} if revision and revision.standing is not RevisionState.KEPT else {}


def _inside(point: Context) -> Context:
    """Return what tells the loops that a sub-point stays, although the point above it came or went."""
    if REVISION not in point:
        return {}
    return {REVISION: replace(point[REVISION], standing=RevisionState.KEPT, remarks=())}


def _control(block: Paragraph | Heading) -> Control | None:
    """Name the text of the plan that a paragraph or a heading prints; None where it prints none."""
    if block.record is None or block.field is None or is_gone(block):
        return None
    source = block.source if isinstance(block, Paragraph) else ""
    return Control(block.record, block.field, _new_words(block.runs), source)


def _new_words(runs: Iterable[Run]) -> str:
    """Return the words of the new version alone; of a text with proposals, those that stand."""
    return "".join(
        run.text for run in runs if isinstance(run, Text | Inserted | Deleted | Link) and _is_new(run)
    )


def _is_new(run: Text | Inserted | Deleted | Link) -> bool:
    if isinstance(run, Text):
        return True
    is_proposed = run.by is not None and bool(run.by.amendments)
    if isinstance(run, Link):
        return run.standing is not (RevisionState.ADDED if is_proposed else RevisionState.REMOVED)
    return isinstance(run, Deleted) is is_proposed


def _paragraphs(part: Part) -> Iterator[Paragraph]:
    return (block for block in part.blocks if isinstance(block, Paragraph))


def _annex(part: Part) -> Context:
    """Return an annex: title, what leads in, groups of rows, what closes it."""
    nothing = Rich(())
    annex: Context = dict.fromkeys(("title", "number", "name", "note"), nothing)
    annex |= {"lead": [], "groups": [], "entries": []}
    title: Rich | None = None
    for block in part.blocks:
        match block:
            case Heading(level=1):
                annex["title"] = Rich(_title(block), block.anchor, revision=block.revision)
                annex["number"] = Rich(_number(block), revision=block.revision)
                annex["name"] = Rich(block.runs, block.anchor, revision=block.revision)
            case Heading():
                title = Rich((*number_before(block), *block.runs), block.anchor, revision=block.revision)
            case Table():
                group = _table(block, linked=part.name in ENTRIES)
                annex["groups"].append({"title": title, **group, **_marker(block.revision)})
                title = None
            case Paragraph(role=Role.ITEM):
                annex["entries"].append(_paragraph(block))
            case Paragraph() if annex["groups"]:
                annex["note"] = Rich(block.runs, revision=block.revision)
            case Paragraph():
                annex["lead"].append(_paragraph(block))
    return annex


def _title(heading: Heading) -> tuple[WordRun, ...]:
    """Return the title of an annex behind its number."""
    number = _number(heading)
    return (*number, Text(". "), *heading.runs) if number else heading.runs


def _number(heading: Heading) -> tuple[WordRun, ...]:
    """Return the number of an annex without its stop; one that stands can be referred to by that."""
    if heading.renumbered:
        *changed, stop = heading.renumbered  # which both versions have
        return (*changed, Text(words_of((stop,)).removesuffix(". ")))
    if not heading.number or is_gone(heading):
        return (Text(heading.number.removesuffix(".")),) if heading.number else ()
    typed = typed_number(heading)
    return (Text(heading.number.removesuffix(f"{typed.text}.")), typed)


def _a_line_each(cell: tuple[Run, ...]) -> tuple[Run, ...]:
    """Let each of several ids begin a line of its cell: no line ends within one then, at its hyphen."""
    return tuple(
        replace(run, text=", \n") if isinstance(run, Text | Inserted | Deleted) and run.text == ", " else run
        for run in cell
    )


def _cell(row: Row, key: str, cell: tuple[Run, ...], anchor: str = "") -> Rich:
    """Return a cell; where it is a text of the row's action, in a control."""
    if key == "recommendations":
        cell = _a_line_each(cell)
    said = _new_words(cell)
    is_text = key in IN_CELLS and said and row.record and _stays(row)
    control = Control(row.record or "", key, said) if is_text else None
    return Rich(cell, anchor, control, row.revision)


def _table(table: Table, *, linked: bool) -> Context:
    keys = [column.key for column in table.columns]
    rows = []
    for row in table.rows:
        anchor = row.record or "" if linked and not is_gone(row) else ""
        names = (anchor, *([""] * (len(keys) - 1)))
        cells = [_cell(row, *each) for each in zip(keys, row.cells, names, strict=True)]
        rows.append({**dict(zip(keys, cells, strict=True)), **_marker(row.revision)})
    titles = {column.key: Rich((Text(column.title),)) for column in table.columns}
    return {"columns": titles, "rows": rows}


def _entry(part: Part) -> Context:
    """Return a line of the contents: number, title, the paragraphs it covers, its page."""
    heading = next(block for block in part.blocks if isinstance(block, Heading))
    numbers = [
        block.number.rstrip(".")
        for block in _paragraphs(part)
        if block.role in (Role.NUMBERED, Role.ACTION) and block.number and not is_gone(block)
    ]
    title = _new_words(heading.runs)
    label = f"{heading.number} {title}" if part.kind is PartKind.ANNEX and heading.number else title
    covered = "\N{EN DASH}".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ""
    return {
        "number": "" if part.kind is PartKind.ANNEX else heading.number,
        "title": Rich((Link(label, f"#{heading.anchor}"),)),
        "paragraphs": covered,
        "page": Rich((PageOf(heading.anchor),)),
    }
