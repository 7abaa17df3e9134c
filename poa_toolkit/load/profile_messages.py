"""What a JSON Schema asked for and did not find, said to a person who knows neither."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema.exceptions import ValidationError

    from poa_toolkit.diagnostic import Pointer

_LONGEST = 60


def said(error: ValidationError, at: Pointer) -> tuple[str, Pointer]:
    """Return the message of a violation, and the key below `at` to point at where it is one too many."""
    subject = f"`{_name(at)}`" if at else "the plan"
    keyword = str(error.validator)
    if keyword == "required":
        return f"`{_missing(error)}` is missing", ()
    if keyword == "additionalProperties" and (extra := _extra(error)):
        return f"`{extra}` may not be used here", (extra,)
    if error.validator is None or (keyword == "not" and error.validator_value == {}):
        return f"{subject} may not be used here", ()
    tell = _TELL.get(keyword, _otherwise)
    return f"{subject} {tell(error.validator_value, error)}", ()


def _name(at: Pointer) -> str:
    """Name the field that a pointer leads to: ``points`` for an item of a list of points."""
    return next(step for step in reversed(at) if isinstance(step, str))


def _missing(error: ValidationError) -> str:
    """Name the missing key: jsonschema reports each by its own error, which begins with its name."""
    names = (str(name) for name in error.validator_value if name not in error.instance)
    return next(name for name in names if error.message.startswith(repr(name)))


def _extra(error: ValidationError) -> str | None:
    """Name the first key that no property of the schema describes; None where patterns describe keys."""
    if error.validator_value is not False or "patternProperties" in error.schema:
        return None
    known = error.schema.get("properties", {})
    return next(str(key) for key in error.instance if key not in known)


def _quoted(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, dict | list):
        return "a block of keys" if isinstance(value, dict) else f"a list of {len(value)}"
    if not isinstance(value, str):
        return json.dumps(value)
    text = " ".join(value.split())
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def _const(wanted: Any, error: ValidationError) -> str:  # noqa: ANN401 - JSON
    return f"must be {_quoted(wanted)}, not {_quoted(error.instance)}"


def _enum(wanted: Any, error: ValidationError) -> str:  # noqa: ANN401 - JSON
    return f"must be one of {', '.join(_quoted(each) for each in wanted)}, not {_quoted(error.instance)}"


def _pattern(wanted: Any, error: ValidationError) -> str:  # noqa: ANN401 - JSON
    return f"must be of the form {wanted}, not {_quoted(error.instance)}"


def _otherwise(_wanted: Any, error: ValidationError) -> str:  # noqa: ANN401 - JSON
    return f"is not as `{error.validator}` asks"


_TELL: dict[str, Callable[[Any, ValidationError], str]] = {
    "const": _const,
    "enum": _enum,
    "pattern": _pattern,
    "maxLength": lambda most, error: f"has {len(error.instance)} characters; {most} are allowed",
    "minLength": lambda least, error: f"has {len(error.instance)} characters; {least} are needed",
    "maxItems": lambda most, error: f"has {len(error.instance)} items; {most} are allowed",
    "minItems": lambda least, error: f"has {len(error.instance)} items; {least} are needed",
    "maximum": lambda most, error: f"must be at most {most}, not {error.instance}",
    "minimum": lambda least, error: f"must be at least {least}, not {error.instance}",
    "uniqueItems": lambda _, __: "names something twice",
    "contains": lambda _, __: "lacks an item that must be there",
    "not": lambda _, error: f"may not be as it is: {_quoted(error.instance)}",
    "anyOf": lambda _, __: "has none of the forms that are allowed",
    "oneOf": lambda _, __: "has not exactly one of the forms that are allowed",
}
"""What is said of a value, by the keyword that it does not keep."""
