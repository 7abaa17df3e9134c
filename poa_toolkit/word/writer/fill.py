"""docxtpl behind a wall: sandboxed, strict, and with runs made by us alone."""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache
from io import BytesIO
from itertools import count, islice
from math import inf
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile

import jinja2
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.errors import TemplateError
from poa_toolkit.word import package
from poa_toolkit.word.runs import Pen, Tag, Xml
from poa_toolkit.word.template import tags
from poa_toolkit.word.template.language import FILTERS
from poa_toolkit.word.writer import columns, redline
from poa_toolkit.word.writer.context import REVISION, for_heads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

    from poa_toolkit.document.blocks import Marks, Revision
    from poa_toolkit.word.runs import Anchor

_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:(?!<w:r[ >]).)*?</w:r>", re.DOTALL)
_PROPERTIES = re.compile(r"<w:rPr>(.*?)</w:rPr>", re.DOTALL)
_TAG = re.compile(r"\{\{([-+]?)(.*?)([-+]?)\}\}", re.DOTALL)
_LACKING = re.compile(r"\{[{%][^{}]*\blacking\b")
_RUN_TAG = re.compile(r"\{\{r\s+")
_EMPTY_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</?w:r[ >]).)*?</w:rPr>)?<w:t[^>]*></w:t></w:r>")
_WRITTEN = re.compile(r"\( (.*?) \)\|as_runs\(\d+\)")
_LINE_END = re.compile(r"\r\n|[\r\n]")
_MARKUP = re.compile(r"<[^>]+>")

_UNREADABLE = (
    BadZipFile,
    OpcError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    AttributeError,
    etree.XMLSyntaxError,
    struct.error,
    zlib.error,
)
_UNRENDERABLE = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What reading a hostile file, or evaluating a hostile expression, was seen to raise."""

_TOLD: dict[type[Exception], str] = {
    etree.XMLSyntaxError: "",
    jinja2.TemplateError: "",
    AttributeError: "something stands where Word has something else",
    MemoryError: "it wants too much memory",
    RecursionError: "it nests too deeply",
    SyntaxError: "it nests too deeply",
    ValueError: "a number in it is none, or too long",
    struct.error: "it is cut off or damaged",
    zlib.error: "it is cut off or damaged",
}
"""What is said of errors whose own words are those of a program; the first two speak of the template."""

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = re.compile(rb'(<wp:docPr (?:[\w:]+="[^"]*" )*?id=")[^"]*')
_NAMED = re.compile(rb'<w:bookmark(?:Start|End) [^>]*/>|<w:id w:val="[^"]*"/>')
_INSTRUCTION = re.compile(r"<\?(?!xml ).*?\?>", re.DOTALL)
_FIRST_DRAWING = 1001
_QUOTED = 80
_PIECES_AT_ONCE = 1000
"""How many pieces of the filled body are encoded together."""
_PARTS_KEPT = 16
"""Of how many parts of templates the code is kept, for a build fills the same ones twice."""
_IS_REDLINE = "_is_redline"
"""The name by which loops ask whether records are to be marked; no template may ask for it."""


def render(
    template: bytes,
    context: Mapping[str, Any],
    anchors: Mapping[str, Anchor],
    marks: Marks | None = None,
) -> Filled:
    """Fill a template; notes and properties are still to be added.

    `anchors` is what links in the context can lead to; `marks` how a redline marks what changed.

    Raises TemplateError, one line, when the template cannot be read or does not fit the context.
    """
    try:
        filled = Filled(BytesIO(package.mended(template)), anchors, marks)
    except _UNREADABLE as error:
        raise TemplateError(f"the template is not a Word file that can be read: {_line(error)}") from None
    try:
        filled.fill(context, _environment(filled))
    except (etree.XMLSyntaxError, ExpatError) as error:
        raise _error("the tags of the template do not pair", error) from None
    except _UNRENDERABLE as error:
        raise _error("the template cannot be filled", error) from None
    return filled


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox of jinja2, which finds at once what our own plain data hold."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Return what a name after a dot stands for."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _environment(filled: Filled | type[Filled]) -> ImmutableSandboxedEnvironment:
    """Return where templates are filled; with the class alone, where they are compiled for any document."""
    environment = _Sandbox(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        optimized=False,  # a template that is filled once does not earn it back
    )
    environment.globals = {}
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters |= {"as_runs": filled.as_runs, "begins": filled.begins, "ends": filled.ends}
    environment.filters["widths"] = columns.widths
    return environment


def _line(error: Exception) -> str:
    """Return what an error says, where that speaks of the template and not of the program that reads it."""
    told = next((said for kind, said in _TOLD.items() if isinstance(error, kind)), "")
    words = error.args[0] if isinstance(error, KeyError) and error.args else error
    return told or " ".join(str(words).split()) or "it is not what Word writes"


def _error(said: str, error: Exception) -> TemplateError:
    """Return what went wrong, and quote the paragraph in which it did, where it is known."""
    near = getattr(error, "near", "")
    place = f' (near "{near[:_QUOTED]}")' if near else ""
    return TemplateError(f"{said}: {_line(error)}{place}", near)


class Filled(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl, without its repairs that lose text.

    A tag ``{{ title }}`` becomes runs of its own that carry the run formatting of the tag, so
    values are never touched again: no listing, no ``{_{``, no recovering parser.
    """

    def __init__(self, file: BytesIO, anchors: Mapping[str, Anchor], marks: Marks | None) -> None:
        super().__init__(file)
        self.init_docx()
        self.taken = package.taken(self.docx)
        self.pen = Pen(anchors, self.taken, marks)
        self.tags: tuple[Tag, ...] = ()
        """The tags of the part that is being filled."""
        self.body = bytearray(_DECLARATION)

    def as_runs(self, value: object, form: int) -> str:
        """Write a value as runs; `form` says which run of the template its tag stood in."""
        if value is None:  # what a plan has not is printed as nothing
            return ""
        return self.pen.write(value, self.tags[form])

    def begins(self, record: object) -> str:
        """Mark where a record of a loop begins that came or went."""
        return self._marker(record, self.pen.reviser.begins)

    def ends(self, record: object) -> str:
        """Mark where such a record ends."""
        return self._marker(record, lambda _: self.pen.reviser.ends())

    def _marker(self, record: object, write: Callable[[Revision], str]) -> str:
        revision = record.get(REVISION) if isinstance(record, dict) and self.pen.in_body else None
        return Xml(write(revision) if revision else "")

    def patch_xml(self, src_xml: str) -> str:
        """Clean the tags of a part, and part each run at its tags; that part is filled next."""
        lines, self.tags = _parted(src_xml)
        return lines

    def fill(self, context: Mapping[str, Any], environment: jinja2.Environment) -> None:
        """Fill the body, which goes to `body`, the template's own notes, and the heads and feet of the pages.

        The properties are written whole after this.
        """
        self.render_init()
        self.pen.in_body = True
        self._fill_body(context, environment)
        self.pen.in_body = False
        around = context if self._heads_say_what_is_lacking() else for_heads(context)
        for kind in (self.HEADER_URI, self.FOOTER_URI):
            for name, xml in self.build_headers_footers_xml(around, kind, environment):
                self.map_headers_footers_xml(name, xml)
        for part in package.notes(self.docx):
            lines = self.patch_xml(self.get_part_xml(part))
            part._blob = self.render_xml_part(lines, part, around, environment).encode("utf-8")  # noqa: SLF001 - docxtpl's way

    def _heads_say_what_is_lacking(self) -> bool:
        """Return whether a head or a foot has a tag for that; templates of before it was there have none."""
        parts = (
            part for kind in (self.HEADER_URI, self.FOOTER_URI) for _, part in self.get_headers_footers(kind)
        )
        return any(_LACKING.search(self.patch_xml(self.get_part_xml(part))) for part in parts)

    def _fill_body(self, context: Mapping[str, Any], environment: jinja2.Environment) -> None:
        """Write word/document.xml; what is not well-formed is refused, never mended."""
        source = self.patch_xml(self.xml_to_string(self.docx.element))
        lines = _in_lines(_INSTRUCTION.sub("", source) if self.pen.is_redline else source)
        pieces = _compiled(lines, environment).generate({**context, _IS_REDLINE: self.pen.is_redline})
        try:
            while some := list(islice(pieces, _PIECES_AT_ONCE)):
                self.body += "".join(some).encode("utf-8")
        except _UNRENDERABLE as error:
            _say_where_it_ran(error, lines)
            raise
        try:
            ParserCreate().Parse(self.body, True)  # noqa: FBT003 - it takes no keyword
        except ExpatError as error:
            _say_where(error, self.body.decode("utf-8"))
            raise
        if self.pen.is_redline:
            redline.mark(self.body, self.pen.reviser, self.docx.styles.element)
        _number_drawings(self.body)
        if self.taken.bookmarks or self.taken.controls:
            _leave_one_each(self.body)

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, Any], jinja_env: jinja2.Environment
    ) -> str:
        """Fill a head, a foot or the notes; what the values hold is left as it is."""
        del part
        lines = _in_lines(src_xml)
        template = _compiled(lines, jinja_env)
        try:
            return template.render({**context, _IS_REDLINE: False})
        except _UNRENDERABLE as error:
            _say_where_it_ran(error, lines)
            raise


@lru_cache(maxsize=_PARTS_KEPT)
def _parted(xml: str) -> tuple[str, tuple[Tag, ...]]:
    """Clean the tags of a part, as docxtpl does, then part each run at its tags; and return those."""
    found: list[Tag] = []
    clean = DocxTemplate("").patch_xml(tags.hidden(_RUN_TAG.sub("{{ ", xml)))
    asking = columns.by_content(tags.shown(clean))
    return _RUN.sub(lambda run: _parted_run(run, found), asking), tuple(found)


def _parted_run(match: re.Match[str], found: list[Tag]) -> str:
    run = match.group()
    if "{{" not in run:
        return run
    properties = _PROPERTIES.search(run)
    inner = properties.group(1) if properties else ""
    found.append(Tag(inner, _shares_paragraph(match)))
    form = len(found) - 1
    again = f"<w:r><w:rPr>{inner}</w:rPr>" if inner else "<w:r>"
    parted = _TAG.sub(
        lambda tag: (
            f"</w:t></w:r>{{{{{tag[1]} ( {tag[2].strip()} )|as_runs({form}) {tag[3]}}}}}"
            f'{again}<w:t xml:space="preserve">'
        ),
        run,
    )
    return _EMPTY_RUN.sub("", parted)


def _shares_paragraph(run: re.Match[str]) -> bool:
    """Return whether more than one value may come to stand in the paragraph of a run."""
    xml = run.string
    start = max(xml.rfind(tag, 0, run.start()) for tag in ("<w:p>", "<w:p "))
    end = xml.find("</w:p>", run.end())
    paragraph = xml[max(start, 0) : end if end >= 0 else len(xml)]
    return "{%" in paragraph or paragraph.count("{{") > 1


def _in_lines(xml: str) -> str:
    """Put each paragraph on a line of its own."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _compiled(lines: str, environment: jinja2.Environment) -> jinja2.Template:
    """Return a part as a template of this environment."""
    return jinja2.Template.from_code(environment, _code(lines), {})


@lru_cache(maxsize=_PARTS_KEPT)
def _code(lines: str) -> CodeType:
    """Compile a part as a template, whose loops mark in a redline what came or went."""
    environment = _environment(Filled)
    try:
        tree = environment.parse(lines)
        for loop in tree.find_all(nodes.For):
            if isinstance(loop.target, nodes.Name):
                loop.body = [_marking(loop, "begins"), *loop.body, _marking(loop, "ends")]
        for number in tree.find_all(nodes.Const):
            if number.value == inf:
                number.value = _Infinity(inf)
        return environment.compile(tree)
    except jinja2.TemplateSyntaxError as error:
        _say_where(error, lines)
        raise


class _Infinity(float):
    """A number too large for a float, as the code of a template has to spell it."""

    def __str__(self) -> str:
        return "1e999"


def _marking(loop: nodes.For, name: str) -> nodes.If:
    """Write ``{% if _is_redline %}{{ action|begins }}{% endif %}`` for the loop of an action."""
    record = nodes.Name(loop.target.name, "load")  # type: ignore[attr-defined]  # a name, as asked
    written = nodes.Output([nodes.Filter(record, name, [], [], None, None)])
    asked = nodes.If(nodes.Name(_IS_REDLINE, "load"), [written], [], [])
    asked.set_lineno(loop.lineno, override=True)
    return asked


def _number_drawings(body: bytearray) -> None:
    """Set a number of its own for each drawing, also where a loop repeats one."""
    if b"<wp:docPr " in body:
        numbers = count(_FIRST_DRAWING)
        body[:] = _DRAWING.sub(lambda drawing: drawing[1] + str(next(numbers)).encode("ascii"), body)


def _leave_one_each(body: bytearray) -> None:
    """Let no loop of the template repeat its bookmarks, or the ids of its controls."""
    seen: set[bytes] = set()

    def first(match: re.Match[bytes]) -> bytes:
        known = match.group() in seen
        seen.add(match.group())
        return b"" if known else match.group()

    body[:] = _NAMED.sub(first, body)


def _say_where(error: jinja2.TemplateSyntaxError | ExpatError, lines: str) -> None:
    """Let an error bear the text of the line in which it stands, as a person would read it."""
    error.near = _near(lines, error.lineno)  # type: ignore[union-attr]  # for _error


def _say_where_it_ran(error: Exception, lines: str) -> None:
    """Let an error bear the text of the line of the template that was being filled."""
    numbers = [
        line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"
    ]
    if numbers and not hasattr(error, "near"):
        error.near = _near(lines, numbers[-1])  # type: ignore[attr-defined]  # for _error


def _near(lines: str, number: int) -> str:
    around = _LINE_END.split(lines)[max(number - 1, 0)]
    near = _WRITTEN.sub(r"\1", _MARKUP.sub("", around))
    return " ".join(near.split())
