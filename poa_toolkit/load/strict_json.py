"""JSON as its standard has it: a repeated key and ``NaN`` are refused."""

from __future__ import annotations

import json
from typing import Any


def parse(text: str) -> Any:  # noqa: ANN401 - JSON
    """Read JSON. Raises ValueError on anything else, and where it nests too deep."""
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("it nests too deep") from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice")
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
