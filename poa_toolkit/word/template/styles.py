"""The styles and lists of the packaged template: everything that decides how a page looks."""

from __future__ import annotations

from dataclasses import dataclass

from poa_toolkit.word.ooxml import NAMESPACES

SERIF = "Times New Roman"
SANS = "Arial"
INK = "1F3864"
"""Dark blue of headings and lines; 11.6 : 1 on white."""
GREY = "595959"
"""Grey of secondary matter; 7 : 1 on white."""
RED = "9C1C1C"
"""Red of unagreed text; 8.3 : 1 on white."""

TEXT_WIDTH = 9070
"""Width between the margins of an upright A4 page, in twentieths of a point."""
WIDE_WIDTH = 13600
"""The same of a page on its side."""


@dataclass(frozen=True, slots=True)
class _Style:
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


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    half = int(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _spacing(before: float, after: float, line: float = 0) -> str:
    """Return space before and after in points, and the distance of lines as a multiple."""
    lines = f' w:line="{int(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{int(before * 20)}" w:after="{int(after * 20)}"{lines}/>'


_LISTS = {
    "POASectionHeading": (1, 0),
    "POAParagraph": (2, 0),
    "POAAction": (2, 0),
    "POAPoint": (2, 1),
    "POASubPoint": (2, 2),
    "POAItem": (3, 0),
}
"""The list and the level of each style that is numbered, or bears a dash."""


def listed(style: str) -> str:
    """Write the list of a style, for the style and for each paragraph that bears it; empty for one without.

    In the style, so that whoever goes on in Word gets the next number; in the paragraph, since some
    readers look for it nowhere else.
    """
    if style not in _LISTS:
        return ""
    number, level = _LISTS[style]
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _tabs(*stops: tuple[int, str, str]) -> str:
    written = "".join(
        f'<w:tab w:val="{kind}"{f" w:leader={chr(34)}{leader}{chr(34)}" if leader else ""} w:pos="{place}"/>'
        for place, kind, leader in stops
    )
    return f"<w:tabs>{written}</w:tabs>"


_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_UNCOUNTED = "<w:suppressLineNumbers/>"
"""No line numbers, in a document for the room: they count the text."""
_LEFT = '<w:jc w:val="left"/>'
_BOTH = '<w:jc w:val="both"/>'
_HANGING = '<w:ind w:left="567" w:hanging="567"/>'
_HIDDEN = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _rule(side: str, size: int, space: int) -> str:
    border = f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{INK}"/>'
    return f"<w:pBdr>{border}</w:pBdr>"


_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="8" w:color="{INK}"/>'
    for side in ("top", "left", "bottom", "right")
)

_BASE = (
    _Style("Normal", "Normal", run=f"{_font(SERIF)}{_size(11)}", paragraph=_spacing(0, 6, 1.1)),
    _Style(
        "DefaultParagraphFont", "Default Paragraph Font", "character",
        flags='<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>',
    ),
    _Style(
        "Title", "Title", based="Normal", follows="Subtitle",
        paragraph=f"{_KEEP}{_UNCOUNTED}{_rule('bottom', 12, 10)}{_spacing(120, 14, 1.0)}{_LEFT}",
        run=f"{_font(SANS)}{_BOLD}{_colour(INK)}{_size(28)}",
    ),
    _Style(
        "Subtitle", "Subtitle", based="Normal", follows="POACover",
        paragraph=f"{_UNCOUNTED}{_spacing(0, 30, 1.1)}{_LEFT}",
        run=f"{_font(SANS)}{_colour(GREY)}{_size(14)}",
    ),
    _Style(
        "Heading1", "heading 1", based="Normal", follows="POAParagraph",
        paragraph=f'{_KEEP}{_spacing(22, 8, 1.0)}<w:jc w:val="left"/><w:outlineLvl w:val="0"/>',
        run=f"{_font(SANS)}{_BOLD}{_colour(INK)}{_size(14)}",
    ),
    _Style(
        "Heading2", "heading 2", based="Normal", follows="POABody",
        paragraph=f'{_KEEP}{_spacing(14, 5, 1.0)}<w:jc w:val="left"/><w:outlineLvl w:val="1"/>',
        run=f"{_font(SANS)}{_BOLD}{_colour(INK)}{_size(10.5)}",
    ),
)  # fmt: skip

_PARAGRAPHS = (
    _Style(
        "POASectionHeading", "POA Section Heading", based="Heading1", follows="POAParagraph",
        paragraph=f'{listed("POASectionHeading")}{_tabs((567, "left", ""))}{_HANGING}',
    ),
    _Style("POAUnnumberedHeading", "POA Unnumbered Heading", based="Heading1", follows="POAParagraph"),
    _Style(
        "POAAnnexHeading", "POA Annex Heading", based="POAUnnumberedHeading", follows="POABody",
        paragraph=f"<w:pageBreakBefore/>{_UNCOUNTED}{_spacing(0, 8, 1.0)}",
    ),
    _Style("POAFront", "POA Front", based="Normal", paragraph=f'{_spacing(0, 8, 1.15)}<w:jc w:val="both"/>'),
    _Style(
        "POAParagraph", "POA Paragraph", based="Normal",
        paragraph=f"{listed('POAParagraph')}{_spacing(6, 5, 1.15)}{_HANGING}{_BOTH}",
    ),
    _Style(
        "POAAction", "POA Action", based="POAParagraph", paragraph="<w:keepNext/>",
    ),
    _Style(
        "POAPoint", "POA Point", based="Normal",
        paragraph=f'<w:keepNext/>{listed("POAPoint")}{_spacing(0, 4, 1.15)}'
        '<w:ind w:left="1134" w:hanging="567"/><w:jc w:val="both"/>',
    ),
    _Style(
        "POASubPoint", "POA Sub-point", based="POAPoint",
        paragraph=f'{listed("POASubPoint")}<w:ind w:left="1701" w:hanging="567"/>',
    ),
    _Style(
        "POADetail", "POA Detail", based="Normal", follows="POASources",
        paragraph=f'{_KEEP}{_UNCOUNTED}{_spacing(0, 2, 1.0)}<w:ind w:left="567"/><w:jc w:val="left"/>',
        run=f"{_font(SANS)}{_colour(GREY)}{_size(8.5)}",
    ),
    _Style(
        "POASources", "POA Sources", based="POADetail", follows="POAAction",
        paragraph=f'<w:keepNext w:val="0"/>{_spacing(0, 8, 1.0)}',
    ),
    _Style("POABody", "POA Body", based="Normal", paragraph=f"{_UNCOUNTED}{_spacing(0, 8, 1.1)}{_LEFT}"),
    _Style("POATableNote", "POA Table Note", based="Normal",
           paragraph=f"{_UNCOUNTED}{_spacing(6, 0, 1.0)}{_LEFT}",
           run=f"{_font(SANS)}{_colour(GREY)}{_size(8)}"),
    _Style(
        "POAItem", "POA Item", based="Normal",
        paragraph=f"{listed('POAItem')}{_UNCOUNTED}{_spacing(0, 4, 1.1)}{_HANGING}{_LEFT}",
    ),
    _Style(
        "POACover", "POA Cover", based="Normal",
        paragraph=f'{_UNCOUNTED}{_tabs((2552, "left", ""))}{_spacing(0, 6, 1.1)}'
        '<w:ind w:left="2552" w:hanging="2552"/><w:jc w:val="left"/>',
        run=_size(12),
    ),
    _Style(
        "POASymbol", "POA Symbol", based="Normal", follows="Title",
        paragraph=f'{_UNCOUNTED}{_rule("bottom", 8, 6)}{_spacing(0, 0, 1.0)}<w:jc w:val="right"/>',
        run=f"{_font(SANS)}{_BOLD}{_size(12)}",
    ),
    _Style(
        "POATextTitle", "POA Text Title", based="Normal", follows="POAFront",
        paragraph=f"{_KEEP}<w:pageBreakBefore/>{_UNCOUNTED}{_spacing(0, 14, 1.0)}{_LEFT}",
        run=f"{_font(SANS)}{_BOLD}{_colour(INK)}{_size(18)}",
    ),
    _Style(
        "POANotice", "POA Notice", based="Normal",
        paragraph=f'{_UNCOUNTED}<w:pBdr>{_BOX}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F2F5FA"/>'
        f'{_spacing(36, 0, 1.15)}<w:ind w:left="170" w:right="170"/><w:jc w:val="left"/>',
        run=f"{_font(SANS)}{_size(10)}",
    ),
    _Style(
        "TOCHeading", "TOC Heading", based="Normal", follows="TOC1",
        paragraph=f"{_KEEP}<w:pageBreakBefore/>{_UNCOUNTED}{_spacing(0, 14, 1.0)}{_LEFT}",
        run=f"{_font(SANS)}{_BOLD}{_colour(INK)}{_size(14)}",
    ),
    _Style(
        "POAContentsHead", "POA Contents Head", based="Normal",
        paragraph=f'{_KEEP}{_UNCOUNTED}{_tabs((8050, "right", ""), (TEXT_WIDTH, "right", ""))}'
        f"{_spacing(0, 6, 1.0)}{_LEFT}",
        run=f"{_font(SANS)}{_colour(GREY)}{_size(8.5)}",
    ),
    _Style(
        "TOC1", "toc 1", based="Normal", flags='<w:uiPriority w:val="39"/>',
        paragraph=f'{_UNCOUNTED}{_tabs((567, "left", ""), (8050, "right", "dot"), (TEXT_WIDTH, "right", ""))}'
        f'{_spacing(0, 7, 1.0)}{_HANGING}{_LEFT}',
    ),
    _Style(
        "TOC2", "toc 2", based="Normal", flags='<w:uiPriority w:val="39"/>',
        paragraph=f'{_UNCOUNTED}{_tabs((TEXT_WIDTH, "right", "dot"))}'
        f'{_spacing(0, 7, 1.0)}{_HANGING}{_LEFT}',
    ),
    _Style(
        "Header", "header", based="Normal", flags='<w:uiPriority w:val="99"/>',
        paragraph=f'{_rule("bottom", 4, 4)}{_tabs((TEXT_WIDTH, "right", ""))}{_spacing(0, 0, 1.0)}{_LEFT}',
        run=f"{_font(SANS)}{_colour(GREY)}{_size(8)}",
    ),
    _Style("POAWideHeader", "POA Wide Header", based="Header",
           paragraph=_tabs((TEXT_WIDTH, "clear", ""), (WIDE_WIDTH, "right", ""))),
    _Style(
        "Footer", "footer", based="Normal", flags='<w:uiPriority w:val="99"/>',
        paragraph=f'{_spacing(0, 0, 1.0)}<w:jc w:val="center"/>',
        run=f"{_font(SANS)}{_colour(GREY)}{_size(8)}",
    ),
    _Style(
        "FootnoteText", "footnote text", based="Normal", flags='<w:uiPriority w:val="99"/>',
        paragraph=f'{_UNCOUNTED}{_spacing(0, 2, 1.0)}<w:ind w:left="170" w:hanging="170"/>{_LEFT}',
        run=_size(9),
    ),
    _Style(
        "CommentText", "annotation text", based="Normal", flags='<w:uiPriority w:val="99"/>',
        paragraph=f"{_spacing(0, 0, 1.0)}{_LEFT}", run=_size(10),
    ),
    _Style("POACell", "POA Cell", based="Normal",
           paragraph=f"{_spacing(2, 2, 1.0)}{_LEFT}", run=f"{_font(SANS)}{_size(8.5)}"),
    _Style("POACellHead", "POA Cell Head", based="POACell",
           paragraph="<w:keepNext/>", run=f"{_BOLD}{_colour('FFFFFF')}"),
)  # fmt: skip

_CHARACTERS = (
    _Style("Strong", "Strong", "character", run=_BOLD),
    _Style("Emphasis", "Emphasis", "character", run="<w:i/><w:iCs/>"),
    _Style("POACode", "POA Code", "character", run=f"{_font(SANS)}{_size(9)}"),
    _Style("POABracket", "POA Bracket", "character", run=_colour(RED)),
    _Style("POAHolder", "POA Holder", "character", run=f"{_BOLD}<w:smallCaps/>{_colour(RED)}"),
    _Style("POAMuted", "POA Muted", "character", run=_colour(GREY)),
    _Style("POALink", "POA Link", "character", run=_colour(INK)),
    _Style("POAInserted", "POA Inserted", "character", run=f'{_BOLD}<w:u w:val="single"/>'),
    _Style("POADeleted", "POA Deleted", "character", run="<w:strike/>"),
    _Style("POACoverLabel", "POA Cover Label", "character", run=f"{_font(SANS)}{_colour(GREY)}{_size(9.5)}"),
    _Style("Hyperlink", "Hyperlink", "character", run=f'{_colour("0B5394")}<w:u w:val="single"/>',
           flags='<w:uiPriority w:val="99"/><w:unhideWhenUsed/>'),
    _Style("CommentReference", "annotation reference", "character", run=_size(8),
           flags='<w:uiPriority w:val="99"/>'),
    _Style("FootnoteReference", "footnote reference", "character", run='<w:vertAlign w:val="superscript"/>',
           flags='<w:uiPriority w:val="99"/>'),
)  # fmt: skip

_CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f'{_HIDDEN}<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_CELL_MARGINS}</w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="POATable"><w:name w:val="POA Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFC7D5"/></w:tblBorders>'
    f"{_CELL_MARGINS}</w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{INK}"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)


def styles() -> str:
    """Write the styles part: defaults, then every style."""
    every = "".join(style.xml() for style in (*_BASE, *_PARAGRAPHS, *_CHARACTERS))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_font(SERIF)}{_size(11)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>{every}{_TABLES}</w:styles>"
    )


_FIRST_NAME = 0x504F4100
"""By its ``nsid`` Word knows a list again where paragraphs are pasted; any number that no other list has."""


def _level(level: int, style: str, form: str, text: str, indent: int) -> str:
    paragraph_style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{paragraph_style}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="567"/></w:pPr></w:lvl>'
    )


def numbering() -> str:
    """Write the lists: sections, then paragraphs with their points and sub-points, then plain items.

    Sections have a list of their own. In one list with the paragraphs, their series would have to
    go on across sections (``w:lvlRestart``), which LibreOffice 7.4 does not do, and the introduction,
    which stands before the first section, would make that section ``II.`` there.
    """
    lists = (
        _level(0, "POASectionHeading", "upperRoman", "%1.", 567),
        _level(0, "POAParagraph", "decimal", "%1.", 567)
        + _level(1, "POAPoint", "lowerLetter", "(%2)", 1134)
        + _level(2, "POASubPoint", "lowerRoman", "(%3)", 1701),
        _level(0, "POAItem", "bullet", "\N{EN DASH}", 567),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{_FIRST_NAME + number:08X}"/>'
        '<w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
        for number, levels in enumerate(lists, start=1)
    )
    bound = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, len(lists) + 1)
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{bound}</w:numbering>"
