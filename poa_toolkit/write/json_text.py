"""Data as JSON that a person can read and a terminal can bear."""

from __future__ import annotations

from typing import Any, TypeVar

from poa_toolkit.write.escape import visible

_Shape = TypeVar("_Shape")


def as_json(data: object) -> str:
    """Print data as JSON, text in its own script.

    Controls and characters that nobody sees are escaped as JSON does it, so that it means the same.
    """
    lines = plainly_as_json(data).split("\n")[:-1]
    return "".join(f"{line if visible(line) == line else _escaped(line)}\n" for line in lines)


def as_json_line(data: object) -> str:
    """Print data as JSON on one line of its own, escaped as `as_json` does it."""
    import json  # noqa: PLC0415 - what prints text beside JSON needs none

    line = json.dumps(value(data), ensure_ascii=False)
    return f"{line if visible(line) == line else _escaped(line)}\n"


def plainly_as_json(data: object) -> str:
    """Print data as JSON, every character but those that JSON escapes as it is."""
    from poa_toolkit.text.indented_json import indented  # noqa: PLC0415 - what prints text beside JSON needs none

    return indented(value(data), "  ") + "\n"


def value(data: Any) -> Any:  # noqa: ANN401 - JSON
    """Return data as JSON has it: an instance of a NamedTuple or a dataclass is an object of its fields.

    A field whose name ends in ``_`` is no key of its own: what it holds stands among the keys of the whole.
    `schema.of_types` describes the same from the types.
    """
    if isinstance(data, dict):
        return {key: value(each) for key, each in data.items()}
    names = getattr(data, "__match_args__", None)
    if names is None:
        return [value(each) for each in data] if isinstance(data, tuple | list) else data
    found: dict[str, Any] = {}
    for name in names:
        each = value(getattr(data, name))
        found |= each if name.endswith("_") else {name: each}
    return found


def like(shape: type[_Shape], data: object, **others: object) -> _Shape:
    """Make an instance of a NamedTuple: fields of the same name from `data`, the others as given."""
    names: tuple[str, ...] = shape._fields  # type: ignore[attr-defined] # no type says "a NamedTuple"
    return shape(**{name: others[name] if name in others else getattr(data, name) for name in names})


def _escaped(line: str) -> str:
    return "".join(each if visible(each) == each else _code(each) for each in line)


def _code(character: str) -> str:
    r"""Return ``\u202e``, of a character beyond U+FFFF its two surrogates."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
