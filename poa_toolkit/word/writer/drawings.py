"""Pictures in a Word file: SVG, a bitmap of the same for who cannot show it, and words for who sees none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit import pictures
from poa_toolkit.word.ooxml import escaped
from poa_toolkit.word.template.build import media_id

if TYPE_CHECKING:
    from poa_toolkit.document.blocks import Table

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_EMU = 635
"""English metric units in a twentieth of a point."""
_PIXEL = 15
"""Twentieths of a point in a pixel of a picture."""
_HIGHEST = 6600
"""How high a picture may be, in twentieths of a point: it has to fit a page that lies on its side."""
_PICTURE = (
    '<w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
    'distR="0">'
    '<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="{title}" descr="{says}"/>'
    '<a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture">'
    '<pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="{title}" descr="{says}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{png}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{svg}"/>'
    "</a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing>"
)


class Drawings:
    """The pictures of one file, numbered in order."""

    def __init__(self) -> None:
        self.media: dict[str, bytes] = {}
        """The files that are drawn, by their names under word/."""

    def run(self, table: Table, width: int) -> str:
        """Return a run that shows the picture of a table, at most so many twentieths of a point wide.

        Empty where the table has none, or nothing that could draw it is installed.
        """
        if table.picture is None or not pictures.are_possible():
            return ""
        number = len(self.media) // 2 + 1
        drawing = pictures.draw(table.picture, pictures.PAPER)
        png, svg = f"media/picture{number}.png", f"media/picture{number}.svg"
        self.media |= {png: pictures.png(drawing), svg: drawing.svg.encode("utf-8")}
        share = min(width / pictures.WIDTH, _HIGHEST / drawing.height, _PIXEL)
        written = _PICTURE.format(
            drawing=_DRAWING,
            cx=round(pictures.WIDTH * share) * _EMU,
            cy=round(drawing.height * share) * _EMU,
            number=number,
            title=escaped(table.title),
            says=escaped(table.picture.says),
            png=media_id(png),
            svg=media_id(svg),
        )
        return f"<w:r>{written}</w:r>"
