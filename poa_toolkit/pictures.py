"""Pictures of tables of counts, drawn by vl-convert: the one place that knows it.

What is drawn is data: no text of a plan is ever an expression, an address or markup, and nothing is loaded.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.errors import PoaError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from poa_toolkit.document.blocks import Panel, Picture

WIDTH = 760
"""Width of every picture, in pixels."""
INSTALL = "run `pip install 'poa-toolkit[pictures]'`"
_LABELS = 260
"""Width of the column of labels."""
_GAP = 16
_NUMBER = 34
"""Room for the number behind the longest bar."""
_HEAD = 38
_FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
_SIZE, _LINE = 12, 14
_CHARACTER = 6.4
"""Width of a character, about; who has wider ones is cut by what they measure."""
_LINES = 2
"""How many lines a label or a title may have; the table has it whole."""
_CUT = " \N{HORIZONTAL ELLIPSIS}"
_SCHEMA = "https://vega.github.io/schema/vega/v5.json"
"""The name of the language that the library is given; nothing is fetched from there."""
_KEPT = 32
"""How many drawings are kept: a site that is made again mostly shows the same."""
_SHARPNESS = 2
"""Pixels of a bitmap for each of the picture."""


class Palette(NamedTuple):
    """What a picture is drawn with, as SVG names it. One colour of bars: no colour tells anything."""

    ink: str
    bar: str
    line: str


PAGE = Palette("currentColor", "var(--link)", "var(--quiet)")
"""For a page with the variables of its style sheet: they follow the light, and paper."""
PAPER = Palette("#000000", "#2f5d8a", "#7f7f7f")
"""For a file that has no style sheet; dark enough to be copied in black and white."""


class Drawing(NamedTuple):
    """A picture that is drawn."""

    height: int
    """In pixels; its width is WIDTH."""
    svg: str
    """All of it, as a file of its own."""

    @property
    def marks(self) -> str:
        """Return what stands inside the outermost element."""
        return self.svg.partition(">")[2].removesuffix("</svg>")


def are_possible() -> bool:
    """Return whether the library that draws is installed."""
    return find_spec("vl_convert") is not None


@lru_cache(maxsize=_KEPT)
def draw(picture: Picture, palette: Palette, shown: Callable[[str], str] = str) -> Drawing:
    """Draw a picture; `shown` makes a text of others fit to be seen. Always the same marks.

    Raises PoaError where the library is not installed.
    """
    vega = _library()
    rows = [_row(index, shown(each)) for index, each in enumerate(picture.labels)]
    step = _LINE * max(len(each["lines"]) for each in rows) + 8
    height = _HEAD + step * len(rows)
    specification = _specification(picture, palette, rows, height=height, shown=shown)
    svg = vega.vega_to_svg(specification, allowed_base_urls=[])
    return Drawing(height, svg)


def png(drawing: Drawing) -> bytes:
    """Return a drawing as a bitmap, for who cannot show SVG. Raises PoaError without the library."""
    return bytes(_library().svg_to_png(drawing.svg, scale=_SHARPNESS))


def _library() -> Any:  # noqa: ANN401 - a module, where it is installed
    if not are_possible():
        raise PoaError(f"the library that draws pictures is not installed; {INSTALL}")
    import vl_convert  # noqa: PLC0415 - an extra, and it takes half a second

    return vl_convert


def _lines(text: str, width: float) -> list[str]:
    """Break a text into the lines that fit into so many pixels; what is too long is cut."""
    most = max(int(width / _CHARACTER), len(_CUT) + 1)
    # no more is looked at than shows that it is too long
    return wrap(text[: most * (_LINES + 1)], most, max_lines=_LINES, placeholder=_CUT) or [""]


def _row(index: int, label: str) -> dict[str, Any]:
    lines = _lines(label, _LABELS)
    return {"row": index, "lines": lines, "raised": (1 - len(lines)) * _LINE / 2}


def _specification(
    picture: Picture,
    palette: Palette,
    rows: Sequence[dict[str, Any]],
    *,
    height: int,
    shown: Callable[[str], str],
) -> dict[str, Any]:
    """Return the picture in the language of Vega: labels at the left, and a group of bars for each panel."""
    each = (WIDTH - _LABELS) / max(1, len(picture.panels))
    label: dict[str, Mapping[str, object]] = {
        "x": {"value": _LABELS},
        "y": _MIDDLE,
        "dy": {"field": "raised"},
        "text": {"field": "lines"},
        "limit": {"value": _LABELS},
        "align": {"value": "right"},
    }
    places = [
        _Place(at, _LABELS + at * each + _GAP, each - _GAP, height) for at in range(len(picture.panels))
    ]
    return {
        "$schema": _SCHEMA,
        "width": WIDTH,
        "height": height,
        "padding": 0,
        # nothing depends on how wide a letter is here
        "autosize": "none",
        "data": [
            {"name": "labels", "values": list(rows)},
            *({"name": f"panel-{at}", "values": _counts(one)} for at, one in enumerate(picture.panels)),
        ],
        "scales": _scales(picture, height, each - _GAP - _NUMBER),
        "marks": [
            _text("labels", palette, **label),
            *(
                _panel(shown(one.title), place, palette)
                for one, place in zip(picture.panels, places, strict=True)
            ),
        ],
    }


class _Place(NamedTuple):
    """Where a panel stands, in pixels."""

    number: int
    left: float
    width: float
    bottom: int


_MIDDLE = {"scale": "row", "field": "row", "band": 0.5}
"""The middle of a row."""


def _scales(picture: Picture, height: int, longest: float) -> list[dict[str, Any]]:
    """Return where rows stand, and how long a bar is: one scale for all panels, so that they compare."""
    highest = max((count for panel in picture.panels for count in panel.counts), default=0)
    rows = list(range(len(picture.labels)))
    band = {"type": "band", "domain": rows, "range": [_HEAD, height], "paddingInner": 0.36}
    return [
        {"name": "row", **band, "paddingOuter": 0.18},
        {"name": "count", "domain": [0, max(1, highest)], "range": [0, longest]},
    ]


def _counts(panel: Panel) -> list[dict[str, Any]]:
    return [{"row": at, "count": count, "number": str(count)} for at, count in enumerate(panel.counts)]


def _panel(title: str, place: _Place, palette: Palette) -> dict[str, Any]:
    """Return the bars of a panel under its title, each with its number behind it."""
    data, lines = f"panel-{place.number}", _lines(title, place.width)
    end = {"scale": "count", "field": "count"}
    head: dict[str, Mapping[str, object]] = {
        "text": {"value": lines},
        "y": {"value": _LINE * (3 - len(lines)) - 4},
        "limit": {"value": place.width},
    }
    bar = {
        "x": {"value": 0},
        "x2": end,
        "y": {"scale": "row", "field": "row"},
        "height": {"scale": "row", "band": 1},
        "fill": {"value": palette.bar},
    }
    axis = {"x": 0, "y": _HEAD, "y2": place.bottom, "stroke": palette.line}
    return {
        "type": "group",
        "aria": False,
        "encode": {"enter": {"x": {"value": place.left}}},
        "marks": [
            _text("", palette, **head),
            {"type": "rect", "aria": False, "from": {"data": data}, "encode": {"enter": bar}},
            {"type": "rule", "aria": False, "encode": {"enter": _fixed(axis)}},
            _text(data, palette, x={**end, "offset": 5}, y=_MIDDLE, text={"field": "number"}),
        ],
    }


def _fixed(values: Mapping[str, object]) -> dict[str, dict[str, object]]:
    return {name: {"value": value} for name, value in values.items()}


def _text(data: str, palette: Palette, **encoding: Mapping[str, object]) -> dict[str, Any]:
    looks = {"baseline": "middle", "fill": palette.ink, "font": _FONTS, "fontSize": _SIZE}
    enter = {**_fixed({**looks, "lineHeight": _LINE}), **encoding}
    source = {"from": {"data": data}} if data else {}
    return {"type": "text", "aria": False, **source, "encode": {"enter": enter}}
