"""Profiles: JSON Schemas of the secretariat's own that ask more of a plan than the model does.

A profile sees the plan as one value: the keys of plan.yaml, and `sections`, `sources`, `instruments`,
`actors`, `participants`, `obligations` and `parts`, each a list. Every key that was left out has its
default; keys that hold nothing, and empty lists, are not there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry
from referencing.exceptions import Unresolvable

from poa_toolkit.diagnostic import Finding, Pointer
from poa_toolkit.load import strict_json
from poa_toolkit.source.base import Refusal
from poa_toolkit.text import characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError

    from poa_toolkit.model import Plan

MAX_BYTES = 1024 * 1024
"""The size beyond which a profile is refused."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCES = ("$ref", "$dynamicRef")
_VALUES = ("const", "enum", "default", "examples")
"""The keywords of JSON Schema below which there are values, and no schemas."""


class _UnusableError(Exception):
    """Why a profile cannot be used, and how to mend it."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


class _Profile(NamedTuple):
    title: str
    schema: Any


def findings(
    plan: Plan, contents: Mapping[str, bytes | Refusal], *, whole: bool
) -> Iterator[tuple[str, Finding]]:
    """Return what is wrong with each profile (POA922), and what does not keep it (POA921).

    `contents` is what stands at the path of each profile. A plan that is not `whole`, since some
    records could not be read, is not measured: what it lacks is not known.
    """
    data = _data(plan) if whole else None
    for index, path in enumerate(plan.profiles):
        try:
            profile = _read(path, contents[path])
            for finding in _apply(profile, data) if whole else ():
                yield "POA921", finding
        except _UnusableError as error:
            yield "POA922", Finding(("profiles", index), f"{path}: {error}", error.cure)


def _data(plan: Plan) -> Any:  # noqa: ANN401 - JSON
    return _filled(plan.model_dump(mode="json", by_alias=True))


def _filled(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items() if each is not None and each != []}
    return [_filled(each) for each in value] if isinstance(value, list) else value


def _read(path: str, content: bytes | Refusal) -> _Profile:
    if isinstance(content, Refusal):
        raise _UnusableError(content.message, content.help)
    if len(content) > MAX_BYTES:
        raise _UnusableError(
            "the profile holds more than 1 MiB", "keep what narrows the plan, delete the rest"
        )
    try:
        schema = _parse(content.decode("utf-8-sig"))
        _check(schema)
    except (ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if isinstance(error, ValueError) else "it nests too deep"
        raise _UnusableError(f"the profile is no JSON: {reason}", "save it as JSON, in UTF-8") from None
    title = schema.get("title") if isinstance(schema, dict) else None
    return _Profile(title if isinstance(title, str) and title.strip() else path, schema)


def _parse(text: str) -> Any:  # noqa: ANN401 - JSON
    schema = strict_json.parse(text)
    if match := characters.FORBIDDEN.search(json.dumps(schema, ensure_ascii=False)):
        raise ValueError(f"it holds {characters.name(match.group())}")
    return schema


def _check(schema: Any) -> None:  # noqa: ANN401 - JSON
    """Refuse what is no schema of the one dialect, and whatever leads out of the file."""
    if isinstance(schema, dict) and schema.get("$schema", _DIALECT) != _DIALECT:
        raise _UnusableError("the profile is in another dialect", f'write "$schema": "{_DIALECT}"')
    for reference in _references(schema):
        if not reference.startswith("#"):
            cure = "copy what it refers to under $defs, and refer to it as #/$defs/…"
            raise _UnusableError(f'"{reference}" lies outside of the profile', cure)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        place = "/".join(str(step) for step in error.absolute_path) or "its root"
        raise _UnusableError(f"the profile is no JSON Schema: see {place}", "correct it there") from None


def _references(schema: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(schema, list):
        for each in schema:
            yield from _references(each)
    elif isinstance(schema, dict):
        for key, each in schema.items():
            if key in _REFERENCES and isinstance(each, str):
                yield each
            elif key not in _VALUES:
                yield from _references(each)


def _with_places(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Write `false` out where it stands for a property: jsonschema gives the short form no place."""
    if isinstance(schema, list):
        return [_with_places(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: each if key in _VALUES else _of_keyword(key, each) for key, each in schema.items()}


def _of_keyword(keyword: str, value: Any) -> Any:  # noqa: ANN401 - JSON
    if keyword == "properties" and isinstance(value, dict):
        return {name: {"not": {}} if each is False else _with_places(each) for name, each in value.items()}
    return _with_places(value)


def _apply(profile: _Profile, data: Any) -> Iterator[Finding]:  # noqa: ANN401 - JSON
    validator = Draft202012Validator(_with_places(profile.schema), registry=Registry())
    try:
        for error in validator.iter_errors(data):
            at: Pointer = tuple(error.absolute_path)
            message, key = said(error, at)
            asked = error.schema.get("description") if isinstance(error.schema, dict) else None
            cure = asked if isinstance(asked, str) else ""
            yield Finding((*at, *key), f"{message} ({profile.title})", cure, key=bool(key))
    except Unresolvable as error:
        lost = f"#{error.ref}" if str(error.ref).startswith("/") else error.ref
        raise _UnusableError(f'the profile has no "{lost}"', "correct the reference") from None
    except RecursionError:
        raise _UnusableError("the profile refers to itself without end", "correct the reference") from None


# --- what a schema asked for and did not find, said to a person who knows neither ------------------

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
