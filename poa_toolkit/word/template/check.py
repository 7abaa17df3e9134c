"""What is wrong with a template, before anything is filled: every finding with its tag and its place."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import nodes

from poa_toolkit.archive import untrusted
from poa_toolkit.diagnostic import Severity
from poa_toolkit.document.blocks import Paragraph, Role
from poa_toolkit.word.template import language
from poa_toolkit.word.template import parts as template_parts
from poa_toolkit.word.template.accessibility import barriers
from poa_toolkit.word.template.fields import ANNEXES, ESSENTIAL, IN_ANY_FORM, SUB_POINTS, Form, documented
from poa_toolkit.word.template.language import Scope, Wrong
from poa_toolkit.word.template.parts import Fault
from poa_toolkit.word.template.tags import Tag, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.word.template.accessibility import Barrier
    from poa_toolkit.word.template.tags import Stray

_CODES = {
    "syntax": ("POA703", Severity.ERROR),
    "pair": ("POA704", Severity.ERROR),
    "unknown": ("POA705", Severity.ERROR),
    "unsafe": ("POA706", Severity.ERROR),
    "lost": ("POA707", Severity.ERROR),
    "missing": ("POA710", Severity.WARNING),
}
"""The code of each kind of fault of a tag."""
_SAVE = "open it in Word or LibreOffice, and save it as a Word document (.docx)"
_LOOPS = 5
"""Loops inside each other; the text itself needs three."""


class Listed(NamedTuple):
    """A tag as the list of a template shows it."""

    text: str
    part: str
    place: str
    style: str
    runs: int
    """How many runs it stands in; with more than one, Word has split it."""
    story: str = ""
    """What the part is to a person; empty for the body."""


class Checked(NamedTuple):
    """What a template holds."""

    tags: tuple[Listed, ...] = ()
    unused: tuple[str, ...] = ()
    """Fields that it prints nowhere."""
    faults: tuple[Fault, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether it cannot be used."""
        return any(each.severity is Severity.ERROR for each in self.faults)


def check(template: bytes, document: Document | None = None) -> Checked:
    """Find what is wrong with a template, and list its tags in page order.

    With the `document` that it is to print, no sub-points are missing where that has none.
    """
    try:
        parts = template_parts.opened(template)
        trees = untrusted.trees(parts)
        template_parts.refuse_others(trees)
    except untrusted.UnsafePartError as error:
        return Checked(faults=(Fault("POA701", Severity.ERROR, str(error), error.cure or _SAVE),))
    tags, strays = scan(trees)
    reading = _Reading()
    by_part: dict[str, list[Tag]] = {}
    for tag in tags:
        by_part.setdefault(tag.place.part, []).append(tag)
    for some in by_part.values():
        reading.part(some)
    faults: list[Fault] = [
        *template_parts.faults(trees, parts),
        *(_stray(each) for each in strays),
        *reading.faults,
        *template_parts.missing_styles(trees),
        *(_barrier(each) for each in barriers(trees)),
    ]
    broken = any(each.severity is Severity.ERROR for each in faults)
    unused = tuple(
        each.path for each in documented() if each.form is Form.TEXT and each.path not in reading.used
    )
    if not broken:
        needless = {SUB_POINTS} if document is not None and not _has_sub_points(document) else set[str]()
        faults += _missing_text([path for path in ESSENTIAL if path not in needless], unused)
    listed = tuple(_listed(tag) for tag in tags)
    return Checked(listed, unused, tuple(faults))


def unreadable(checked: Checked, what: str) -> Checked:
    """Add that something in the template cannot be read at all."""
    fault = Fault("POA701", Severity.ERROR, f"the template cannot be read: {what}", _SAVE)
    return checked._replace(faults=(*checked.faults, fault))


def with_fault(checked: Checked, message: str, near: str) -> Checked:
    """Add what went wrong when the template was filled; `near` is the paragraph in which it did."""
    inside = [_inner(each) for each in _TAG.findall(near)]
    words = set(re.findall(r"'(\w+)'", message))
    # the tag that names what the message names comes first, then whatever prints
    inside.sort(key=lambda inner: (not words & set(re.split(r"\W+", inner)), " " in inner))
    found = next((tag for inner in inside for tag in checked.tags if _inner(tag.text) == inner), None)
    if found:
        place = ", ".join(filter(None, (found.story, found.place)))
        message = f"{place}, {found.text}: {message}"
    fault = Fault("POA713", Severity.ERROR, message, "ask with {% if … %} for what not every plan has")
    return checked._replace(faults=(*checked.faults, fault))


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def _inner(tag: str) -> str:
    return re.sub(r"^\{[{%][-+]?(?:tr|tc|p|r)?\s+|[-+]?[}%]\}$", "", tag).strip().removeprefix("{{").strip()


def _listed(tag: Tag) -> Listed:
    place = tag.place
    return Listed(" ".join(tag.text.split()), place.part, place.words, tag.style, tag.runs, place.story)


def _stray(stray: Stray) -> Fault:
    help_text = "write the tag in the text of a paragraph, with both its ends"
    return Fault("POA703", Severity.ERROR, f"{stray.place}: {stray.why}, near “{stray.text}”", help_text)


def _barrier(barrier: Barrier) -> Fault:
    return Fault("POA715", Severity.WARNING, barrier.message, _CURES[barrier.kind])


_CURES = {
    "picture": "in Word: Edit Alt Text; say what the picture shows",
    "table": "in Word: Layout, Repeat Header Rows",
    "blank": "delete them, and give a style more space",
    "language": "in Word: Review, Language, Set Proofing Language, Set As Default",
    "contrast": "take a darker colour",
    "heading": "take the heading style of the level between",
}


def _has_sub_points(document: Document) -> bool:
    blocks = (block for part in document.parts for block in part.blocks)
    return any(isinstance(block, Paragraph) and block.role is Role.SUBPOINT for block in blocks)


def _missing_text(essential: Sequence[str], unused: Sequence[str]) -> Iterator[Fault]:
    """Return which of the essential fields of the text are printed nowhere; without any it is of no use.

    An annex that is printed nowhere is told too: none of what it lists is in the text.
    """
    cure = "print it where it belongs; poa template init shows how"
    hidden = [path for path in essential if path in unused]
    if set(essential) - {"title"} <= set(hidden):
        message = "no field of the text is printed anywhere, so a document would hold none of the plan"
        yield Fault("POA716", Severity.ERROR, message, cure.replace("it", "the text", 1))
        return
    for path in hidden:
        message = f"“{path}” is printed nowhere, so a part of the text would be missing"
        yield Fault("POA711", Severity.WARNING, message, cure)
    if any(path.startswith("sections[].actions[]") for path in hidden):
        return
    for alone, line, one_by_one in IN_ANY_FORM:
        if {alone, line, one_by_one} <= set(unused):
            message = f"“{alone}” is printed nowhere, nor in “{line}”, so a part of the text would be missing"
            yield Fault("POA711", Severity.WARNING, message, cure)
    for path in ANNEXES:
        if not any(used.startswith(f"{path}.") for used in _printed(unused)):
            message = f"the annex “{path}” is printed nowhere"
            yield Fault("POA711", Severity.INFORMATION, message, cure)


def _printed(unused: Sequence[str]) -> Iterator[str]:
    return (each.path for each in documented() if each.form is Form.TEXT and each.path not in unused)


@dataclass
class _Open:
    """A pair that is open: its first tag, the word it began with, and what names mean outside it."""

    tag: Tag
    word: str
    outer: Scope


@dataclass
class _Reading:
    """Reads tags in order; keeps what they use and what is wrong with them."""

    used: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)
    pairs: list[_Open] = field(default_factory=list)

    def part(self, tags: list[Tag]) -> None:
        """Read the tags of one part of the file; pairs end where it ends."""
        self.scope, self.pairs = Scope(), []
        for tag in tags:
            try:
                self._alone(tag)
                if not tag.comments:
                    (self._rules if tag.rules else self._prints)(tag)
            except Wrong as wrong:
                self._say(tag, wrong)
        for each in self.pairs:
            self._say(each.tag, Wrong("pair", f"the tag has no {{% end{each.word} %}}", "add it"))

    def _say(self, tag: Tag, wrong: Wrong) -> None:
        code, severity = _CODES[wrong.kind]
        text = " ".join(tag.text.split())[:100]
        self.faults.append(Fault(code, severity, f"{tag.place}, {text}: {wrong.message}", wrong.help))

    def _alone(self, tag: Tag) -> None:
        """Say what stands beside a tag that takes its whole paragraph, row or cell away."""
        if tag.lost:
            what = {"p": "paragraph", "tr": "row", "tc": "cell"}[tag.scope]
            self._say(
                tag,
                Wrong(
                    "lost",
                    f"the {what} holds more than the tag, and would be left out: “{tag.lost}”",
                    f"give the tag a {what} of its own",
                ),
            )
        if tag.formats > 1:
            text = " ".join(tag.text.split())
            message = f"{tag.place}, {text}: the tag bears {tag.formats} formattings; the first one counts"
            self.faults.append(
                Fault("POA709", Severity.INFORMATION, message, "format the whole tag, braces included, alike")
            )

    def _prints(self, tag: Tag) -> None:
        used: list[str] = []
        try:
            path = language.resolve(language.parse(tag.inner, ""), self.scope, used)
        finally:
            self.used.update(used)
        form = language.known()[path].form if path in language.known() else Form.TEXT
        if path.endswith("[]"):
            form = Form.GROUP
        if form is Form.LIST:
            cure = f"go through it: {{% for item in {path} %}} … {{% endfor %}}"
            raise Wrong("unknown", f"“{path}” is a list, not a text", cure)
        if form is Form.GROUP:
            raise Wrong("unknown", f"“{path}” is no text; it holds others", "print one of those it holds")

    def _rules(self, tag: Tag) -> None:
        word = language.first_word(tag.inner)
        if word in ("endif", "endfor"):
            self._close(tag, word.removeprefix("end"))
        elif word in ("else", "elif"):
            self._turn(tag, word)
        else:
            try:
                node = language.parse(tag.inner, word)
            except Wrong:
                self._go_on(tag, language.meant(word))
                raise
            self._begin(tag, word, node)

    def _go_on(self, tag: Tag, word: str) -> None:
        """Take a tag that cannot be read for what it was meant to be, so that others are not wrong for it."""
        names = dict.fromkeys(language.given(tag.inner, word), language.ANYTHING)
        outer = self.scope
        if word == "set":
            outer.names.update(names)
        elif word in ("if", "for"):
            self.pairs.append(_Open(tag, word, outer))
            asked = {*outer.asked, *(language.known() if word == "if" else ())}
            self.scope = Scope({**outer.names, **names}, asked, outer.loops or word == "for")
        elif word in ("endif", "endfor"):
            with contextlib.suppress(Wrong):
                self._close(tag, word.removeprefix("end"))

    def _begin(self, tag: Tag, word: str, node: Any) -> None:  # noqa: ANN401 - what begins with this word
        if word == "if":
            self._ask(tag, node)
        elif word == "for":
            self._loop(tag, node)
        else:
            self._set(node)

    def _ask(self, tag: Tag, node: nodes.If) -> None:
        inner = Scope(self.scope.names, set(self.scope.asked), self.scope.loops)
        self.pairs.append(_Open(tag, "if", self.scope))
        outer, self.scope = self.scope, inner
        self._condition(node.test, outer, inner)

    def _condition(self, test: nodes.Node, outer: Scope, inner: Scope) -> None:
        # what a condition asks for may be missing: that is why it asks
        probe = Scope(outer.names, {*outer.asked, *language.known()}, outer.loops)
        used: list[str] = []
        language.resolve(test, probe, used)
        inner.asked.update(language.tested(test, probe))

    def _loop(self, tag: Tag, node: nodes.For) -> None:
        inner = Scope(dict(self.scope.names), set(self.scope.asked), loops=True)
        self.pairs.append(_Open(tag, "for", self.scope))
        outer, self.scope = self.scope, inner
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        names = [each.name for each in targets if isinstance(each, nodes.Name)]
        # where the list is told to be wrong, what is asked of its items is not told again
        inner.names.update(dict.fromkeys(names, language.ANYTHING))
        if sum(each.word == "for" for each in self.pairs) > _LOOPS:
            raise Wrong("unsafe", f"more than {_LOOPS} loops inside each other", "take some of them out")
        if node.recursive or node.test:
            raise Wrong(
                "unsafe", "a template cannot choose or repeat itself in a loop", "use {% if … %} inside"
            )
        path = language.resolve(node.iter, outer, [])
        if path == language.ANYTHING and len(names) == 1:
            return
        listed = path in language.known() and language.known()[path].form is Form.LIST
        if not listed or len(names) != 1:
            said = f"“{path}” is no list to go through" if path else "this is no list to go through"
            raise Wrong("unknown", said, "the page of fields says which are lists")
        inner.names[names[0]] = f"{path}[]"

    def _set(self, node: nodes.Assign) -> None:
        name = getattr(node.target, "name", "")
        if not name or not hasattr(node, "node"):
            raise Wrong("unsafe", "a template can give one name at a time", "write {% set name = field %}")
        self.scope.names[name] = language.UNKNOWN
        try:
            self.scope.names[name] = language.resolve(node.node, self.scope, [])
        except Wrong:
            self.scope.names[name] = language.ANYTHING
            raise

    def _turn(self, tag: Tag, word: str) -> None:
        opened = self.pairs[-1] if self.pairs else None
        if opened is None or not _fit(tag, opened) or (opened.word != "if" and word == "elif"):
            raise Wrong("pair", f"there is no {{% if %}} for this {word}", "delete it, or add the beginning")
        inner = Scope(opened.outer.names, set(opened.outer.asked), opened.outer.loops)
        self.scope = inner
        if word == "elif":
            node = language.parse(tag.inner, word)
            self._condition(node.test, opened.outer, inner)

    def _close(self, tag: Tag, word: str) -> None:
        """End the nearest pair of this word and form; what was begun in it and not ended is told."""
        at = next((at for at in reversed(range(len(self.pairs))) if self._ends(tag, word, at)), None)
        if at is None:
            raise self._no_beginning(tag, word)
        for each in self.pairs[at + 1 :]:
            self._say(each.tag, Wrong("pair", f"the tag has no {{% end{each.word} %}}", "add it"))
        self.scope = self.pairs[at].outer
        del self.pairs[at:]

    def _ends(self, tag: Tag, word: str, at: int) -> bool:
        return self.pairs[at].word == word and _fit(tag, self.pairs[at])

    def _no_beginning(self, tag: Tag, word: str) -> Wrong:
        opened = next((each for each in reversed(self.pairs) if each.word == word), None)
        if opened is None:
            return Wrong(
                "pair", f"there is no {{% {word} %}} for this end", "delete it, or add the beginning"
            )
        self.pairs.remove(opened)
        self.scope = opened.outer
        if tag.scope != opened.tag.scope:
            first, second = (f"{{%{each.scope} … %}}" for each in (opened.tag, tag))
            said = f"the pair begins with {first} ({opened.tag.place}) and ends with {second}"
            return Wrong("pair", said, "use one form for both")
        return Wrong("pair", f"the pair begins elsewhere ({opened.tag.place})", "put both beside each other")


def _fit(tag: Tag, opened: _Open) -> bool:
    """Return whether two tags can be a pair: of one form, and in the same cell or outside any."""
    return tag.scope == opened.tag.scope and tag.holder == opened.tag.holder
