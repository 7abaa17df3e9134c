"""What the packaged templates have in common: how a style is written, which there are, and the lists.

How each looks is in `un` and `carter`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.word.ooxml import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.model import House

SERIF = "Times New Roman"
SANS = "Arial"
GREY = "595959"
"""Grey of secondary matter; 7 : 1 on white."""
RED = "9C1C1C"
"""Red of unagreed text; 8.3 : 1 on white."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style; `paragraph` and `run` are the insides of its properties, in the order of the schema."""

    id: str
    name: str
    kind: str = "paragraph"
    based: str = ""
    follows: str = ""
    paragraph: str = ""
    run: str = ""
    flags: str = "<w:qFormat/>"

    def xml(self) -> str:
        """Write the style."""
        custom = ' w:customStyle="1"' if self.name.startswith("POA") else ""
        based = f'<w:basedOn w:val="{self.based}"/>' if self.based else ""
        follows = f'<w:next w:val="{self.follows}"/>' if self.follows else ""
        paragraph = f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else ""
        run = f"<w:rPr>{self.run}</w:rPr>" if self.run else ""
        default = ' w:default="1"' if self.id in ("Normal", "DefaultParagraphFont", "TableNormal") else ""
        return (
            f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/>{based}'
            f"{follows}{self.flags}{paragraph}{run}</w:style>"
        )


class Paper(NamedTuple):
    """The paper of a template, upright, in twentieths of a point."""

    width: int
    height: int
    side: int
    """The margin on either side."""
    wide_side: int
    """The same of a page on its side."""

    @property
    def text(self) -> int:
        """Return the width between the margins of an upright page."""
        return self.width - 2 * self.side

    @property
    def wide_text(self) -> int:
        """Return the same of a page on its side."""
        return self.height - 2 * self.wide_side


class Level(NamedTuple):
    """How far the text of a list is from the margin, in twentieths of a point."""

    left: int
    """Where its lines begin."""
    first: int
    """How far behind that its first line begins; below nought: before it, so that the number hangs."""
    tab: int
    """Where the words behind the number begin."""
    from_right: bool = False
    """Whether numbers end where they stand, in place of beginning there."""

    def indent(self, right: int = 0) -> str:
        """Write the indentation, with that of the right side."""
        first = f'w:hanging="{-self.first}"' if self.first < 0 else f'w:firstLine="{self.first}"'
        return f'<w:ind w:left="{self.left}" w:right="{right}" {first}/>'


class Design(NamedTuple):
    """How a packaged template looks."""

    house: House
    paper: Paper
    text_font: str
    head_font: str
    size: float
    """Points of the running text."""
    ink: str
    """Colour of links, and where it has any of headings and lines."""
    styles: tuple[Style, ...]
    """The styles of its paragraphs."""
    levels: Mapping[str, Level]
    """How the paragraphs of each numbered style are indented."""
    table: str
    """Borders of its tables, and what is behind the titles of their columns."""
    cover: str
    """The paragraphs of the first page, with the tags of what stands there."""
    annex: str
    """The runs of the heading of an annex."""
    heads: Mapping[str, tuple[str, ...]]
    """The paragraphs of the heads and feet of its pages, by the names of their parts."""
    mirrors: bool = False
    """Whether heads and feet of left pages mirror those of right ones."""


def font(name: str) -> str:
    """Write a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """Write how large letters are."""
    half = int(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def spacing(before: float, after: float, line: float = 0) -> str:
    """Write the space before and after in points, and the distance of lines as a multiple."""
    lines = f' w:line="{int(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{int(before * 20)}" w:after="{int(after * 20)}"{lines}/>'


def colour(value: str) -> str:
    """Write the colour of letters."""
    return f'<w:color w:val="{value}"/>'


def tabs(*stops: tuple[int, str, str]) -> str:
    """Write tab stops: where each is, its kind, and what leads to it."""
    written = "".join(
        f'<w:tab w:val="{kind}"{f" w:leader={chr(34)}{leader}{chr(34)}" if leader else ""} w:pos="{place}"/>'
        for place, kind, leader in stops
    )
    return f"<w:tabs>{written}</w:tabs>"


def line(side: str, eighths: int, space: int, ink: str) -> str:
    """Write a line at one side of a paragraph or a table, so many eighths of a point thick."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{ink}"/>'


def rule(side: str, eighths: int, space: int, ink: str) -> str:
    """Write that a paragraph has a line at one side alone."""
    return f"<w:pBdr>{line(side, eighths, space, ink)}</w:pBdr>"


def box(ink: str) -> str:
    """Write the lines round a paragraph."""
    return f"<w:pBdr>{''.join(line(side, 6, 8, ink) for side in ('top', 'left', 'bottom', 'right'))}</w:pBdr>"


BOLD = "<w:b/><w:bCs/>"
KEEP_NEXT = "<w:keepNext/>"
"""Alone where notes are called: LibreOffice parts what is to stay whole, too, before a note without room."""
KEEP = f"{KEEP_NEXT}<w:keepLines/>"
UNCOUNTED = "<w:suppressLineNumbers/>"
"""No line numbers, in a document for the room: they count the text."""
LEFT = '<w:jc w:val="left"/>'
BOTH = '<w:jc w:val="both"/>'
RARE = '<w:uiPriority w:val="99"/>'
_HIDDEN = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'

_LISTS = {
    "POASectionHeading": (1, 0),
    "POAParagraph": (2, 0),
    "POAAction": (2, 0),
    "POAPoint": (2, 1),
    "POASubPoint": (2, 2),
    "POAItem": (3, 0),
}
"""The list and the level of each style that is numbered, or bears a dash."""
_FORMS = {
    "POASectionHeading": ("upperRoman", "%1."),
    "POAParagraph": ("decimal", "%1."),
    "POAPoint": ("lowerLetter", "(%2)"),
    "POASubPoint": ("lowerRoman", "(%3)"),
    "POAItem": ("bullet", "\N{EN DASH}"),
}
"""The numbers of each style that has some of its own."""


def listed(style: str) -> str:
    """Write the list of a style, for the style and for each paragraph that bears it; empty for one without.

    In the style, so that whoever goes on in Word gets the next number; in the paragraph, since some
    readers look for it nowhere else.
    """
    if style not in _LISTS:
        return ""
    number, level = _LISTS[style]
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def numbered(style: str, level: Level, looks: str = "", *, right: int = 0) -> str:
    """Write the list of a style, where its numbers and lines stand; `looks` is what comes between."""
    return f"{listed(style)}{tabs((level.tab, 'left', ''))}{looks}{level.indent(right)}"


def _characters(design: Design) -> tuple[Style, ...]:
    head = font(design.head_font)
    return (
        Style("Strong", "Strong", "character", run=BOLD),
        Style("Emphasis", "Emphasis", "character", run="<w:i/><w:iCs/>"),
        Style("POACode", "POA Code", "character", run=f"{font(SANS)}{size(design.size - 2)}"),
        Style("POABracket", "POA Bracket", "character", run=colour(RED)),
        Style("POAHolder", "POA Holder", "character", run=f"{BOLD}<w:smallCaps/>{colour(RED)}"),
        Style("POAMuted", "POA Muted", "character", run=colour(GREY)),
        Style("POALink", "POA Link", "character", run=colour(design.ink)),
        Style("POAInserted", "POA Inserted", "character", run=f'{BOLD}<w:u w:val="single"/>'),
        Style("POADeleted", "POA Deleted", "character", run="<w:strike/>"),
        Style("POACoverLabel", "POA Cover Label", "character",
              run=f"{head}{colour(GREY)}{size(design.size - 1.5)}"),
        Style("Hyperlink", "Hyperlink", "character", run=f'{colour("0B5394")}<w:u w:val="single"/>',
              flags='<w:uiPriority w:val="99"/><w:unhideWhenUsed/>'),
        Style("CommentReference", "annotation reference", "character", run=size(8), flags=RARE),
        Style("FootnoteReference", "footnote reference", "character",
              run='<w:vertAlign w:val="superscript"/>', flags=RARE),
    )  # fmt: skip


_CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)


def _tables(design: Design) -> str:
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'{_HIDDEN}<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_CELL_MARGINS}</w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="POATable"><w:name w:val="POA Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/>{design.table}</w:style>'
    )


def table_look(borders: str, head: str) -> str:
    """Write the looks of a table: its lines, and the insides of the properties of the cells of its head."""
    return (
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{_CELL_MARGINS}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{head}</w:tcPr></w:tblStylePr>'
    )


def styles(design: Design) -> str:
    """Write the styles part: defaults, then every style."""
    plain = Style(
        "DefaultParagraphFont", "Default Paragraph Font", "character",
        flags='<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>',
    )  # fmt: skip
    every = "".join(each.xml() for each in (plain, *design.styles, *_characters(design)))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f"{font(design.text_font)}{size(design.size)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        f"{every}{_tables(design)}</w:styles>"
    )


_FIRST_NAME = 0x504F4100
"""By its ``nsid`` Word knows a list again where paragraphs are pasted; any number that no other list has."""


def numbering(design: Design) -> str:
    """Write the lists: sections, then paragraphs with their points and sub-points, then plain items.

    Sections have a list of their own. In one list with the paragraphs, their series would have to
    go on across sections (``w:lvlRestart``), which LibreOffice 7.4 does not do, and the introduction,
    which stands before the first section, would make that section ``II.`` there.
    """
    lists: dict[int, str] = {}
    for style in _FORMS:
        number, level = _LISTS[style]
        lists[number] = lists.get(number, "") + _level(level, style, design.levels[style])
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{_FIRST_NAME + number:08X}"/>'
        '<w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
        for number, levels in lists.items()
    )
    bound = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in lists
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{bound}</w:numbering>"


def _level(number: int, style: str, level: Level) -> str:
    form, text = _FORMS[style]
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="{"right" if level.from_right else "left"}"/>'
        f"<w:pPr>{tabs((level.tab, 'num', ''))}{level.indent()}</w:pPr></w:lvl>"
    )
