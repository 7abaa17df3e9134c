"""What a tag of a template may say: names of the plan, a few conditions, and nothing that acts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from poa_toolkit.text.did_you_mean import did_you_mean
from poa_toolkit.word.template.fields import Form, documented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.word.template.fields import Field

FILTERS = ("capitalize", "count", "d", "default", "first", "last", "length", "lower", "trim", "upper")
TESTS = ("defined", "undefined", "none", "even", "odd", "eq", "ne", "in", "divisibleby", "true", "false")
LOOP = (
    "index",
    "index0",
    "revindex",
    "revindex0",
    "first",
    "last",
    "length",
    "depth",
    "depth0",
    "previtem",
    "nextitem",
)
"""What a loop knows of itself."""

_FORBIDDEN_WORDS = frozenset(
    (
        *("autoescape", "block", "break", "call", "continue", "do", "extends", "filter", "from", "import"),
        *("include", "macro", "raw", "trans", "with", "endautoescape", "endblock", "endcall", "endfilter"),
        *("endmacro", "endraw", "endset", "endtrans", "endwith"),
    )
)
RULING = ("if", "elif", "else", "endif", "for", "endfor", "set")
"""The words with which ``{% … %}`` may begin."""
_COMPLETED = {
    "if": "{{% {} %}}{{% endif %}}",
    "elif": "{{% if true %}}{{% {} %}}{{% endif %}}",
    "for": "{{% for {} %}}{{% endfor %}}",
    "set": "{{% {} %}}",
}
_ALLOWED = (
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Const, nodes.List,
    nodes.Tuple, nodes.Add, nodes.Sub, nodes.Concat, nodes.Neg, nodes.Pos,
)  # fmt: skip
_NAMED: dict[type[nodes.Node], str] = {
    nodes.Call: "a call",
    nodes.Mul: "a multiplication",
    nodes.Pow: "a power",
    nodes.Mod: "the sign %",
    nodes.Dict: "a dictionary",
}


class Wrong(Exception):  # noqa: N818 - a finding on its way to the list, no error of the program
    """What is wrong with a tag: the kind of fault, a sentence, the cure."""

    def __init__(self, kind: str, message: str, help_text: str = "") -> None:
        super().__init__(message)
        self.kind, self.message, self.help = kind, message, help_text


@dataclass
class Scope:
    """What names mean where a tag stands, and what was asked before."""

    names: dict[str, str] = field(default_factory=dict)
    """A name the template made, and the path of what it stands for."""
    asked: set[str] = field(default_factory=set)
    """Paths that a condition found to be there."""
    loops: bool = False


LOOP_PATH = "loop"
UNKNOWN = ""
"""The path of what is no name of the plan, such as a text or a number of the template's own."""
ANYTHING = "*"
"""The path of a name whose tag is told to be wrong: nothing is said of what is asked of it."""

_SYNTAX = Environment(autoescape=True)


@cache
def known() -> dict[str, Field]:
    """Return every documented name by its path."""
    return {each.path: each for each in documented()}


@cache
def _inside(path: str) -> tuple[str, ...]:
    """Return the names inside a path, or at the top for an empty one."""
    prefix = f"{path}." if path else ""
    rest = (each[len(prefix) :] for each in known() if each.startswith(prefix))
    return tuple(each for each in rest if "." not in each)


def first_word(inner: str) -> str:
    """Return the word with which a tag begins."""
    return inner.split(maxsplit=1)[0] if inner else ""


def parse(inner: str, word: str) -> Any:  # noqa: ANN401 - the node that begins with this word
    """Parse what stands between the braces of a tag; `word` is empty for one that prints.

    Raises Wrong for what is no tag, or one that is never allowed.
    """
    if word in _FORBIDDEN_WORDS:
        raise Wrong("unsafe", f"a template cannot use “{word}”", f"use only {', '.join(RULING)}")
    if word and word not in RULING:
        raise Wrong(
            "syntax", f"“{word}” begins no tag", did_you_mean(word, RULING) or f"use {', '.join(RULING)}"
        )
    whole = _COMPLETED[word] if word else "{{{{ {} }}}}"
    try:
        tree = _SYNTAX.parse(whole.format(inner.removeprefix("for ") if word == "for" else inner))
    except TemplateSyntaxError as error:
        raise _unreadable(inner, word, error.message or "") from None
    except RecursionError:
        raise Wrong("syntax", "the tag cannot be read: it nests too deeply") from None
    except ValueError:
        raise Wrong("syntax", "the tag cannot be read: a number in it is too long") from None
    node: nodes.Node = tree.body[0]
    if word == "elif":
        return node.elif_[0]  # type: ignore[attr-defined] # an If
    if word:
        return node
    if isinstance(node, nodes.Output) and len(tree.body) == len(node.nodes) == 1:
        return node.nodes[0]
    raise Wrong("syntax", "the tag prints not one thing", "print one field a tag")


def _unreadable(inner: str, word: str, why: str) -> Wrong:
    """Return what is wrong with a tag that cannot be parsed."""
    compared = _LONE_EQUALS.sub(lambda found: found["words"] or "==", inner)
    if compared != inner and word != "set" and _is_readable(compared, word):
        tag = f"{{% {compared} %}}" if word else f"{{{{ {compared} }}}}"
        return Wrong("syntax", "“=” compares nothing", f"write ==, as in {tag}")
    cure = "a tag is {{ field }}, {% if field %} or {% for item in list %}; its words stand in quotes"
    return Wrong("syntax", f"the tag cannot be read: {why}", cure)


_LONE_EQUALS = re.compile(r"""(?P<words>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<![=!<>])=(?!=)""")


def _is_readable(inner: str, word: str) -> bool:
    try:
        parse(inner, word)
    except Wrong:
        return False
    return True


def meant(word: str) -> str:
    """Return the word with which a tag was meant to begin: the nearest; empty where none is near."""
    cure = did_you_mean(word, RULING)
    return next((each for each in RULING if cure == did_you_mean(each, RULING)), "") if cure else ""


def given(inner: str, word: str) -> tuple[str, ...]:
    """Return the names that a tag which cannot be read would have made."""
    found = re.match(r"\w+\s+(\w+(?:\s*,\s*\w+)*)", inner) if word in ("for", "set") else None
    return tuple(re.split(r"\s*,\s*", found[1])) if found else ()


def resolve(expression: nodes.Node, scope: Scope, used: list[str]) -> str:
    """Check an expression; note the paths it uses in `used`; give its own, empty where it has none.

    Raises Wrong for what is not allowed.
    """
    match expression:
        case nodes.Name():
            return _noted(_root(expression.name, scope), scope, used)
        case nodes.Getattr(node=nodes.Name(name=name)) if _is_strange(name, scope):
            mine = (*_inside(""), *scope.names)
            raise Wrong("unknown", f"there is no field “{name}”", _nearest(name, expression.attr, mine))
        case nodes.Getattr():
            return _noted(_member(resolve(expression.node, scope, used), expression.attr), scope, used)
        case nodes.Getitem():
            return _item(expression, scope, used)
        case nodes.Filter() | nodes.Test():
            allowed = FILTERS if isinstance(expression, nodes.Filter) else TESTS
            if expression.name not in allowed:
                raise Wrong(
                    "unsafe", f"a template cannot use “{expression.name}”", f"use {', '.join(allowed)}"
                )
    if not isinstance(expression, (*_ALLOWED, nodes.Filter, nodes.Test, nodes.Keyword)):
        named = _NAMED.get(type(expression), f"“{type(expression).__name__.lower()}”")
        raise Wrong("unsafe", f"a template cannot use {named}", "print a field, or ask whether one is there")
    for child in expression.iter_child_nodes():
        resolve(child, scope, used)
    return UNKNOWN


def tested(condition: nodes.Node, scope: Scope) -> Iterator[str]:
    """Return the paths that are there where a condition holds."""
    match condition:
        case nodes.And():
            yield from tested(condition.left, scope)
            yield from tested(condition.right, scope)
        case nodes.Name() | nodes.Getattr() | nodes.Getitem():
            yield resolve(condition, scope, [])


def _noted(path: str, scope: Scope, used: list[str]) -> str:
    """Note a path that is used; raise Wrong where what holds it may be missing and nobody asked."""
    if path in known():
        used.append(path)
    above = path.rpartition(".")[0]
    if above in known() and known()[above].may_be_missing and above not in scope.asked:
        raise Wrong(
            "missing",
            f"“{above}” is not in every plan, and the template does not ask whether it is there",
            f"put {{% if {above} %}} before it and {{% endif %}} after it",
        )
    return path


def _root(name: str, scope: Scope) -> str:
    if name in scope.names:
        return scope.names[name]
    if name == "loop" and scope.loops:
        return LOOP_PATH
    if name in known():
        return name
    mine = (*_inside(""), *scope.names)
    kind = "unsafe" if name.startswith("_") else "unknown"
    raise Wrong(kind, f"there is no field “{name}”", _nearest(name, "", mine))


def _is_strange(name: str, scope: Scope) -> bool:
    is_known = name in scope.names or name in known() or (name == "loop" and scope.loops)
    return not is_known and not name.startswith("_")


def _nearest(name: str, inside: str, names: Iterable[str]) -> str:
    """Return a cure for a name that is not there: the nearest to it or to what is asked inside it, or all."""
    listed = tuple(dict.fromkeys(names))
    near = did_you_mean(name, listed) or (did_you_mean(inside, listed) if inside else "")
    return near or f"the fields are {', '.join(listed)}"


def _member(path: str, name: str) -> str:
    if name.startswith("_"):
        raise Wrong("unsafe", f"a template cannot reach “{name}”", "print a field of the list")
    if path == ANYTHING:
        return ANYTHING
    if path == LOOP_PATH:
        if name in LOOP:
            return UNKNOWN
        raise Wrong("unknown", f"a loop knows no “{name}”", did_you_mean(name, LOOP))
    inside = _inside(path) if path else ()
    if path and name in inside:
        return f"{path}.{name}"
    said = f"“{path}” has no “{name}”" if path else f"nothing here has a “{name}”"
    if path in known() and known()[path].form is Form.LIST:
        cure = f"go through it: {{% for item in {path} %}} … {{% endfor %}}"
    else:
        cure = did_you_mean(name, inside) or "the page of fields lists what there is"
    raise Wrong("unknown", said, cure)


def _item(node: nodes.Getitem, scope: Scope, used: list[str]) -> str:
    path = resolve(node.node, scope, used)
    if path == ANYTHING:
        return ANYTHING
    match node.arg:
        case nodes.Const(value=str(name)):
            return _noted(_member(path, name), scope, used)
        case nodes.Const(value=int()) | nodes.Neg(node=nodes.Const(value=int())) if path in known():
            if known()[path].form is Form.LIST:
                return f"{path}[]"
        case nodes.Slice() if path in known() and known()[path].form is Form.LIST:
            return path
    raise Wrong("unsafe", "a template cannot look a thing up like that", "use a name, or a number for a list")
