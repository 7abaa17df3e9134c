"""docxtpl behind a wall: sandboxed, strict, and with runs made by us alone."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import jinja2
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.errors import TemplateError
from poa_toolkit.word import package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.word.runs import Pen

_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:(?!<w:r[ >]).)*?</w:r>", re.DOTALL)
_PROPERTIES = re.compile(r"<w:rPr>(.*?)</w:rPr>", re.DOTALL)
_TAG = re.compile(r"\{\{([-+]?)(.*?)([-+]?)\}\}", re.DOTALL)
_RUN_TAG = re.compile(r"\{\{r\s+")
_EMPTY_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</?w:r[ >]).)*?</w:rPr>)?<w:t[^>]*></w:t></w:r>")
_WRITTEN = re.compile(r"\( (.*?) \)\|as_runs\(\d+\)")
_MARKUP = re.compile(r"<[^>]+>")

_UNREADABLE = (BadZipFile, OpcError, KeyError, ValueError, RuntimeError, AttributeError, etree.XMLSyntaxError)
_UNRENDERABLE = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading a hostile file, or evaluating a hostile expression, was seen to raise."""

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY = "the body"
_SAFE_GLOBALS = ("namespace", "range")


def render(template: bytes, context: Mapping[str, Any], pen: Pen) -> Filled:
    """Fill a template; notes and properties are still to be added.

    Raises TemplateError, one line, when the template cannot be read or does not fit the context.
    """
    try:
        filled = Filled(BytesIO(package.mended(template)), pen)
        filled.init_docx()
        pen.last_note = package.last_note(filled.docx)
    except _UNREADABLE as error:
        raise TemplateError(f"the template is not a Word file that can be read: {_line(error)}") from None
    try:
        filled.render(context, jinja_env=_environment(filled))
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"the tags of the template do not pair: {_line(error)}") from None
    except _UNRENDERABLE as error:
        raise TemplateError(f"the template cannot be filled: {_line(error)}{_place(error)}") from None
    return filled


def _environment(filled: Filled) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.globals = {name: environment.globals[name] for name in _SAFE_GLOBALS}
    environment.filters["as_runs"] = filled.as_runs
    return environment


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _place(error: Exception) -> str:
    """Quote the paragraph of the template in which the syntax error stands, where it is known."""
    near = getattr(error, "near", "")
    return f' (near "{near}")' if near else ""


class Filled(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl, without its repairs that lose text.

    A tag ``{{ title }}`` becomes runs of its own that carry the run formatting of the tag, so
    values are never touched again: no listing, no ``{_{``, no recovering parser.
    """

    def __init__(self, file: BytesIO, pen: Pen) -> None:
        super().__init__(file)
        self.pen = pen
        self.formats: list[str] = []
        self.filled_body: etree._Element | None = None

    def as_runs(self, value: object, form: int) -> str:
        """Write a value as runs; `form` says which run of the template its tag stood in."""
        return self.pen.write(value, self.formats[form])

    def patch_xml(self, src_xml: str) -> str:
        """Clean the tags, as docxtpl does, then part each run at its tags."""
        clean = super().patch_xml(_RUN_TAG.sub("{{ ", src_xml))
        return _RUN.sub(self._parted, clean)

    def _parted(self, match: re.Match[str]) -> str:
        run = match.group()
        if "{{" not in run:
            return run
        found = _PROPERTIES.search(run)
        inner = found.group(1) if found else ""
        self.formats.append(inner)
        form = len(self.formats) - 1
        again = f"<w:r><w:rPr>{inner}</w:rPr>" if inner else "<w:r>"
        parted = _TAG.sub(
            lambda tag: (
                f"</w:t></w:r>{{{{{tag[1]} ( {tag[2].strip()} )|as_runs({form}) {tag[3]}}}}}"
                f'{again}<w:t xml:space="preserve">'
            ),
            run,
        )
        return _EMPTY_RUN.sub("", parted)

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, Any], jinja_env: jinja2.Environment
    ) -> str:
        """Fill one part; what the values hold is left as it is."""
        self.pen.in_body = part is self.docx.part
        lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        try:
            return jinja_env.from_string(lines).render(context)
        except jinja2.TemplateSyntaxError as error:
            around = lines.splitlines()[max(error.lineno - 1, 0)]
            near = _WRITTEN.sub(r"\1", _MARKUP.sub("", around)).strip()
            error.near = near[:80]  # type: ignore[attr-defined]  # for _place
            raise

    def fix_tables(self, xml: str) -> etree._Element:
        """Parse the filled body, strictly: what is not well-formed is refused, never mended."""
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))

    def map_tree(self, tree: etree._Element) -> None:
        """Keep the filled body beside the document: moving a large tree into another is slow."""
        self.filled_body = tree

    def body_part(self) -> bytes:
        """Give word/document.xml: the root of the template's, and in it the filled body."""
        root = self.docx.element
        shell = etree.Element(root.tag, root.attrib, root.nsmap)
        shell.text = _BODY
        whole, body = etree.tostring(shell, encoding="unicode"), etree.tostring(self.filled_body)
        start, end = whole.split(_BODY)
        return b"".join((_HEAD, start.encode("utf-8"), body, end.encode("utf-8")))

    def render_properties(self, context: object, jinja_env: object = None) -> None:
        """Leave the properties: they are written whole after rendering."""

    def render_footnotes(self, context: object, jinja_env: object = None) -> None:
        """Leave the template's own notes as they stand: docxtpl would fill them once a section."""
