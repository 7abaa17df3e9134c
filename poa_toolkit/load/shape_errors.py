"""Data to records: what pydantic refuses, said to a person, one table from its types to our codes."""

from __future__ import annotations

from functools import cache, reduce
from operator import getitem
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from poa_toolkit.model.actions import SubPoint
from poa_toolkit.model.fields import record_at
from poa_toolkit.text import dates, valid_names
from poa_toolkit.text.citations import REFERENCE_PATTERN
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.base import Record


class Misfit(NamedTuple):
    """One place where data does not have the shape its model asks for."""

    code: str
    at: Pointer
    message: str
    help: str
    key: bool = False
    """Whether to point at the key rather than at the value."""


LINK_LISTS = ("addressees", "recommendations", "provisions", "obligations", "from", "organisers", "anchor")
"""The fields that hold several links."""
QUOTE = "put it in quotes"
"""The cure of a value that is meant as text."""
ONE_A_LINE = "write one item a line, each after `- `"
"""The cure of a value that is meant as a list."""


def build(root: type[Record], value: Any) -> tuple[Record | None, tuple[Misfit, ...]]:  # noqa: ANN401
    """Validate `value` as `root`; the record, or None and every misfit, in pydantic's order."""
    try:
        return root.model_validate(value, by_alias=True, by_name=False), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return None, tuple(_misfit(root, value, detail) for detail in details if not _follows(detail))


def _follows(detail: Mapping[str, Any]) -> bool:
    """Return whether a list is called too short only because its items could not be read."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _misfit(root: type[Record], value: Any, detail: Mapping[str, Any]) -> Misfit:  # noqa: ANN401
    at: Pointer = detail["loc"]
    is_key = detail["type"] == "string_pattern_mismatch" and at[-1:] == ("[key]",)
    at = at[:-1] if is_key else at
    field = _name(at)
    code, message, help_text = _told(field, detail)
    if detail["type"] == "extra_forbidden":
        if at[-1] == "points" and record_at(root, at[:-1]) is SubPoint:
            return Misfit(code, at, f"{message}: points have two levels, (a) and (i)", _TOO_DEEP, key=True)
        known, there = _known_keys(root, at[:-1]), reduce(getitem, at[:-1], value)
        missing = [each for each in known if each not in there]
        # a key that stands there already is hardly the one that was meant
        help_text = did_you_mean(str(at[-1]), missing) or did_you_mean(str(at[-1]), known)
        return Misfit(code, at, message, help_text or _no_key(str(at[-1])), key=True)
    if detail["type"] == "missing":
        return Misfit(code, at[:-1], message, help_text)
    return Misfit(code, at, message, help_text, key=is_key)


def _no_key(key: str) -> str:
    """Say what to do with a key that is none: words in its place are mostly those of a text."""
    if " " in key.strip():
        return "if it is part of the text above, indent it as the lines of that text; else delete it"
    return "delete it, or see the schema for the keys"


def _told(field: str, detail: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the code of an error, what is said of it, and its cure."""
    tell = _TELL.get(detail["type"], _form)
    if callable(tell):
        return tell(field, detail)
    subject = f"`{field}`" if field else "the file"
    given = {**detail, **detail.get("ctx", {}), "quoted": _quoted(detail["input"]), "subject": subject}
    code, message, cure = (each.format(**given, field=field) for each in tell)
    return code, message, cure


def _name(at: Pointer) -> str:
    """Name the field that a pointer leads to: ``points`` for an item of a list of points."""
    return next((step for step in reversed(at) if isinstance(step, str)), "")


def _known_keys(root: type[Record], at: Pointer) -> tuple[str, ...]:
    """Return the keys that the record at `at` may have."""
    schema: Any = _schema(root)
    definitions = schema.get("$defs", {})
    for step in at:
        schema = _follow(schema, definitions)
        schema = (
            schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
        )
    return tuple(_follow(schema, definitions).get("properties", {}))


@cache
def _schema(root: type[Record]) -> dict[str, Any]:
    return root.model_json_schema()


def _follow(schema: Any, definitions: Any) -> Any:  # noqa: ANN401
    for option in schema.get("anyOf", ()):
        if "$ref" in option or option.get("type") in ("object", "array"):
            schema = option
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _text(field: str, detail: Mapping[str, Any]) -> tuple[str, str, str]:
    value = detail["input"]
    if value is None:
        return "POA103", f"`{field}` is empty", "write its text, or delete the line"
    if isinstance(value, list):
        return (
            "POA012",
            f"`{field}` must be one text, but a list stands here",
            "put a text that begins with a square bracket on the next line, under `>-`",
        )
    if isinstance(value, dict) and len(value) == 1 and field in LINK_LISTS:
        (key, inner), *_ = value.items()
        return (
            "POA103",
            f"`{field}` must be one text, but a key stands here",
            f"delete the colon: `{key} {inner}`",
        )
    if isinstance(value, dict):
        return (
            "POA103",
            f"`{field}` must be one text, but keys stand here",
            "put the text in quotes or under `>-`",
        )
    kind = "true or false" if isinstance(value, bool) else "a number"
    return "POA103", f"`{field}` must be text, but this is read as {kind}", QUOTE


def _choice(field: str, detail: Mapping[str, Any]) -> tuple[str, str, str]:
    choices = tuple(detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", "))
    value = detail["input"]
    message = f"`{field}` must be one of {', '.join(choices)}, not {_quoted(value)}"
    return "POA106", message, did_you_mean(str(value), choices)


def _flag(field: str, detail: Mapping[str, Any]) -> tuple[str, str, str]:
    given = str(detail["input"])
    said = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(given.lower())
    cure = f'did you mean "{said}"?' if said else did_you_mean(given, ("true", "false"))
    message = f"`{field}` must be true or false, not {_quoted(detail['input'])}"
    return "POA107", message, cure or "write true or false"


def _date(field: str, detail: Mapping[str, Any]) -> tuple[str, str, str]:
    meant = dates.meant(str(detail["input"]))
    # where a day is wanted, a month is none
    is_whole = meant is not None and (detail["type"] == "partial_date" or len(meant) == len("2017-12-04"))
    cure = f'did you mean "{meant}"?' if is_whole else "write year, month and day: 2017-12-04"
    return "POA108", f"`{field}`: {detail['msg']}", cure


def _form(field: str, detail: Mapping[str, Any]) -> tuple[str, str, str]:
    pattern = detail.get("ctx", {}).get("pattern", "")
    code, form = _FORMS.get(pattern, ("POA110", "of the form its schema describes"))
    return code, f"`{field}` must be {form}, not {_quoted(detail['input'])}", "write it in this form"


def _quoted(value: object) -> str:
    if value is None:
        return "nothing"
    text = " ".join(str(value).lower().split() if isinstance(value, bool) else str(value).split())
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'  # noqa: PLR2004 - fits a line


_FORMS = {
    r"^POA[0-9]{3}$": ("POA110", "a code such as POA603"),
    r"^POA[0-9]{0,3}$": ("POA110", "a code such as POA603, or the beginning of one such as POA6"),
    valid_names.PATTERN: ("POA109", "made of letters, digits and hyphens"),
    r"^sha256:[0-9a-f]{64}$": ("POA110", "`sha256:` and 64 hexadecimal digits"),
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$": ("POA108", 'a date such as 2014-10-31, 2014-10 or "2014"'),
    rf"^{REFERENCE_PATTERN}$": ("POA204", "a reference such as 25, 25(b), 9(1)(a), 7.3, XX or preamble"),
    r'^https?://[^\s<>"]+$': ("POA110", "an address that begins with http:// or https://"),
    r'^https://[^\s<>"]+$': ("POA110", "an address that begins with https://"),
}

_TOO_DEEP = "make each of them a sub-point beside this one, or put their words into its text"
_BLOCK = ("POA105", "{subject} must be a block of keys", "write `key: value` lines, indented below it")
_CITATION = "write it like `iccpr 25(b)`: no unit, no range, one provision a line"
_TELL: dict[str, tuple[str, str, str] | Callable[[str, Mapping[str, Any]], tuple[str, str, str]]] = {
    "missing": ("POA101", "`{field}` is missing", "add a line `{field}: …`"),
    "extra_forbidden": ("POA102", "there is no key `{field}` here", ""),
    "string_type": _text,
    "tuple_type": ("POA104", "`{field}` must be a list", ONE_A_LINE),
    "model_type": _BLOCK,
    "dict_type": _BLOCK,
    "enum": _choice,
    "bool_type": _flag,
    "int_type": ("POA112", "`{field}` must be a whole number, not {quoted}", "write digits"),
    "plain_date": _date,
    "partial_date": _date,
    "string_too_long": ("POA109", "{quoted} is longer than {max_length} characters", "choose a shorter id"),
    "reserved_id": ("POA109", "{quoted} can be no id: {msg}", "choose another id"),
    "too_short": ("POA111", "`{field}` is an empty list", "write at least one item"),
    "greater_than_equal": (
        "POA112",
        "`{field}` must be at least {ge}, not {input}",
        "write a greater number",
    ),
    "citation_form": ("POA204", "{quoted}: {msg}", _CITATION),
    "blank_text": ("POA304", "`{field}` is empty", "write its text, or delete the line"),
}
"""By pydantic's type of an error: our code, and the forms of the message and the cure, or what makes them."""
