"""Work grows no faster than what it is given: every function on texts, every kind of fault."""

# ruff: noqa: RUF001 - the characters are what this is about

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import string
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import small_plan
from growth import MOST, TIMES, TRIES, cpu

import poa_toolkit
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.plan import load
from poa_toolkit.source.base import Files
from poa_toolkit.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.model import Plan

SIZE = 1_680
"""Characters of the smaller text; the larger is four times as long.

The middle of both falls on the same character of a piece, of any length up to eight.
"""
NOTHING = 0.03
"""CPU seconds that are nothing: what takes no longer on the larger text is not measured again."""

CHARACTERS = (*string.punctuation, *"01aAé漢אع“”‘’«…–—•§", *" \t\n\r\u00a0\u00ad\u200b\u0301\u202e")
PIECES = (
    *("( ", "[[", "[]", "a ", "1.", "1. ", "(a)", "\"'", "[a]", "[a][a] ", "see ", "a. ", "A. ", "art. "),
    *("article 1 ", "articles 1, ", "1, ", "1 and ", "(1", "a-", "a-1 ", "A-1-", "]a[", "[a: ", "[a|", "|"),
    *("\\[", "**a** ", "_a_ ", "__a ", "`a` ", "*a ", "# ", "~~a ", "](http", "<a ", "&amp;", "http://a"),
    *("“a” ", "a'", "iv. ", "IV)", "a\n", "- a\n", "a: b\n", "a  b ", "{act:", "{{", "{%", "no. 1 "),
    *("paras ", "§§ ", "1–2, ", "art. 1(a) and (b), ", "of the ", "the Covenant ", "General comment No. 1 "),
    *("a,b;c:", "e\u0301", "אa", "States should ", "U.N. ", "..", ". . .", "--", " -", "?!", "a/b/", "00"),
    *("0a", "l'", "Mr. ", "2017-01-01 ", "1)", "a) ", "(i) ", "x\u00a0", "\u0301 ", "A/RES/1/2 "),
)


def hostile(size: int) -> Iterator[tuple[str, str]]:
    """Give texts of some size by name: runs of a character, alternations of pieces, nests, unclosed runs."""
    for each in (*CHARACTERS, *PIECES):
        yield each, (each * (size // len(each) + 1))[:size]
    for opening, closing in ("[]", "()"):
        yield f"{opening * 3}{closing * 3}", opening * (size // 2) + closing * (size // 2)
    for each in "_ *[0a(“-'`":
        yield f"{each * 3}x", f"{each * size}x"
        yield f"x{each * 3}", f"x{each * size}"
        yield f"x {each * 3} x", f"States {each * size} should."


def _other(text: str) -> str:
    """Give a text that differs from another in one word in the middle."""
    return f"{text[: len(text) // 2]}x{text[len(text) // 2 :]}"


@cache
def _plan() -> Plan:
    contents = {f"plan/{name}": json.dumps(data).encode() for name, data in small_plan.files().items()}
    plan = load(Files("x", contents)).plan
    assert plan is not None
    return plan


@cache
def _document() -> Document:
    return plan_document(_plan())


def _file(text: str) -> str:
    """Give a file that holds a text, for those who change a place of one."""
    return json.dumps({"text": text}) + "\n"


def _reading(text: str) -> Reading:
    try:
        return Reading(_file(text))
    except EditRefusedError:
        return Reading(_file("a"))


MADE: dict[str, Callable[[str], Any]] = {
    "str": lambda text: text,
    "str | None": lambda text: text,
    "bytes": lambda text: text.encode("utf-8", "surrogatepass"),
    "Folded": fold,
    "int": lambda text: len(text) // 2,
    "bool": lambda _: True,
    "AbstractSet[str]": lambda _: frozenset({"a", "states"}),
    "Container[int]": lambda _: {0, 5},
    "Iterable[str]": lambda text: [text, _other(text)],
    "Sequence[str]": lambda text: [text, _other(text)],
    "list[str]": lambda text: [text, _other(text)],
    "Collection[str]": lambda text: [text, _other(text)],
    "tuple[str, ...]": lambda text: (text, _other(text)),
    "tuple[str, str]": lambda text: (text, _other(text)),
    "Mapping[str, str]": lambda text: {"ICCPR": "iccpr", "a": text[:20]},
    "type[Record] | None": lambda _: None,
    "Misfits": lambda _: lambda _: None,
    "Pointer": lambda _: ("text",),
    "Any": lambda text: text,
    "object": lambda text: text,
    "Plan": lambda _: _plan(),
    "Plan | None": lambda _: None,
    "re.Pattern[str]": lambda _: re.compile(r"[()\[\]]"),
    "Reading": _reading,
    "CrossReferences": lambda _: importlib.import_module("poa_toolkit.model.cross_references").of(_plan()),
    "Callable[[CrossReference], str]": lambda _: lambda found: found.source,
    "Labels": lambda _: importlib.import_module("poa_toolkit.document.labels").Labels(),
    "ET.Element": lambda _: ET.Element("p"),
    "Version": lambda _: importlib.import_module("poa_toolkit.write.akn_metadata").Version(
        _document(), _plan()
    ),
    "Wanted": lambda _: importlib.import_module("poa_toolkit.text.search").wanted(["a states"]),
}
"""By the type of a parameter, what it is given."""

NONE: dict[str, Callable[[], Any]] = {
    **dict.fromkeys(("Iterable", "Sequence", "Collection", "tuple", "list"), tuple),
    **dict.fromkeys(("Mapping", "dict"), dict),
}
"""Of collections of anything else, those that hold nothing."""

OF_TEXTS = {"str", "bytes", "Folded", "Iterable[str]", "Sequence[str]", "tuple[str, ...]", "list[str]"}

COMPILED = ("poa_toolkit.text.search.wanted", "poa_toolkit.text.ids_in_text.places")
"""Functions of `text` that make more of a text than the others, and take longer."""

FLOORS = (
    "text",
    "load",
    "diff",
    "amend",
    "merge",
    "returned",
    "edit",
    "document",
    "write",
    "files",
    "check",
    "model",
)
COMMANDS = "takes what a command has read; tests/acceptance/test_linear_commands.py feeds the commands"
APART = {
    "takes one character": ("text.characters.name", "load.yaml_slips.spoken"),
    "takes the lines of one key": ("edit.merged_values.alternatives",),
    "takes the forms of a noun": ("text.counting.counted",),
    "takes what `tree.read` has found in order: no deep nesting": (
        *("edit.layout_tree.parse", "edit.layout.laid_out"),
    ),
    "works on files": tuple(
        f"files.atomic.{name}" for name in ("write", "write_new", "remove", "read", "append")
    ),
    "takes a place in the types, or an error, of the program": (
        "model.fields.field",
        "load.yaml_errors.words",
    ),
    COMMANDS: (
        *(
            "check.link_findings.unknown",
            "check.link_findings.unknown_one",
            "check.link_findings.nearest",
            "check.link_findings.titles",
        ),
        *(
            "diff.significance.of_move",
            "document.amendments_report.report",
            "document.amendments_side_by_side.to_record",
        ),
        *(
            f"document.citations.{name}"
            for name in ("references", "counting", "first_cited", "source_in_full")
        ),
        *(
            "document.generated_lines.openings",
            "document.status_report.status",
        ),
        *(
            "edit.fixes.fixed",
            "edit.list_items.below",
            "edit.mentions.strays",
            "load.positions.letters",
        ),
        *(
            "load.proved_mends.in_original",
            "returned.citations.appositions.apposed",
            "diff.record_history.step",
        ),
        *("amend.reopened_sets.without", "write.pull_request.comment", "write.status.to_json"),
        *("write.matrix.to_json",),
        *("write.template.to_text",),
        *("returned.manual_marks.untangled", "returned.revisions.by_person"),
        *("returned.settled_words.settled_text",),
        *(f"returned.draft.choices.{name}" for name in ("has_style", "is_listed", "is_action", "is_point")),
        *("returned.draft.tables.columns", "returned.draft.read.unmet"),
    ),
}
"""Functions that are no functions on any text, and why."""


def functions() -> Iterator[Callable[..., object]]:
    """Walk over the public functions of the floors below `api` that take a text."""
    for module in pkgutil.walk_packages(poa_toolkit.__path__, "poa_toolkit."):
        if module.name.split(".")[1] in FLOORS:
            found = importlib.import_module(module.name)
            for name, each in vars(found).items():
                is_own = inspect.isroutine(each) and getattr(each, "__module__", "") == module.name
                if is_own and not name.startswith("_") and _takes_a_text(each):
                    yield each


def _parameters(function: Callable[..., object]) -> list[inspect.Parameter]:
    every = inspect.signature(function).parameters.values()
    return [each for each in every if each.default is each.empty]


def _takes_a_text(function: Callable[..., object]) -> bool:
    return any(str(each.annotation) in OF_TEXTS for each in _parameters(function)) and not _is_apart(function)


def _is_apart(function: Callable[..., object]) -> bool:
    return any(_name(function).removeprefix("poa_toolkit.") in names for names in APART.values())


def _made(parameter: inspect.Parameter, text: str) -> Any:
    kind = str(parameter.annotation)
    if kind in MADE:
        return MADE[kind](text)
    return NONE[kind.partition("[")[0]]()


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__name__}"


def fed(function: Callable[..., object], text: str) -> Callable[[], object]:
    """Give a call of a function with a text; of two texts that it takes, the second differs in a word."""
    given: list[Any] = []
    named: dict[str, Any] = {}
    parameters = _parameters(function)
    if any(str(each.annotation) == "Pointer" for each in parameters) and parameters[0].annotation == "str":
        given.append(_file(text))
        parameters = parameters[1:]
    for index, each in enumerate(parameters):
        value = _made(each, _other(text) if index or given else text)
        if each.kind is each.KEYWORD_ONLY:
            named[each.name] = value
        else:
            given.append(value)
    return partial(_whole, function, given, named)


def _whole(function: Callable[..., object], given: list[Any], named: dict[str, Any]) -> None:
    """Call a function, and take all that it yields; that it refuses such a text is fine."""
    try:
        result = function(*given, **named)
        if inspect.isgenerator(result):
            for _ in result:
                pass
    except (AssertionError, AttributeError, NameError, MemoryError):
        raise
    except Exception:  # noqa: BLE001, S110 - how a text is refused is another test's business
        pass


FUNCTIONS = {_name(each): each for each in functions()}


def test_every_function_on_texts_is_among_them() -> None:
    text = {name for name in FUNCTIONS if name.startswith("poa_toolkit.text.")}
    assert len(text) > 40
    assert len(FUNCTIONS) > 150


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_can_be_fed(name: str) -> None:
    """A function that takes what is not known here belongs into MADE, or into APART with the reason."""
    kinds = {str(each.annotation) for each in _parameters(FUNCTIONS[name])}
    assert {each for each in kinds if each not in MADE and each.partition("[")[0] not in NONE} == set()


def test_what_stands_apart_is_there() -> None:
    for name in (each for names in APART.values() for each in names):
        module, _, function = f"poa_toolkit.{name}".rpartition(".")
        assert hasattr(importlib.import_module(module), function), name


QUICK = [name for name in FUNCTIONS if name.startswith("poa_toolkit.text.") and name not in COMPILED]
EVERY = 4
"""The quick tests take one text in four, each function another fourth of them."""


@pytest.mark.parametrize("name", QUICK)
def test_a_function_of_text_takes_time_as_its_text_is_long(name: str) -> None:
    _assert_none_is_slow(name, islice(_pairs(), QUICK.index(name) % EVERY, None, EVERY))


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_takes_time_as_its_text_is_long(name: str) -> None:
    _assert_none_is_slow(name, _pairs())


def _assert_none_is_slow(name: str, pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> None:
    slow = [label for (label, small), (_, large) in pairs if _is_slow(FUNCTIONS[name], small, large)]
    assert slow == []


def _pairs() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    return zip(hostile(SIZE), hostile(TIMES * SIZE), strict=True)


def _is_slow(function: Callable[..., object], small: str, large: str) -> bool:
    if cpu(fed(function, large)) <= NOTHING:
        return False
    # others may have had the machine: more often, before it is believed
    times = [cpu(fed(function, text), TRIES) for text in (small, large)]
    return times[1] > NOTHING and times[1] > MOST * times[0]
