"""What a template holds, for people and for programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from poa_toolkit.write import diagnostics as diagnostics_writer
from poa_toolkit.write.as_json import as_json
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.diagnostic import Diagnostic

_WIDTH = 26
_Listed: TypeAlias = "tuple[str, str, str, str, int]"
"""A tag, its part, its place, the style of its paragraph, in how many runs it stands."""
_TAG = ("tag", "part", "place", "style", "runs")


def to_text(
    tags: Iterable[_Listed],
    unused: Sequence[str],
    diagnostics: Sequence[Diagnostic],
    *,
    colour: bool = False,
) -> str:
    """List the tags, part by part; then what is unused, then the findings."""
    lines = []
    for part, some in groupby(tags, key=lambda tag: tag[1]):
        lines.append(visible(part))
        lines += [
            f"  {visible(place):<{_WIDTH}}{visible(text)}{_split(runs)}" for text, _, place, _, runs in some
        ]
    if unused:
        lines.append(f"not used: {', '.join(unused)}")
    found = diagnostics_writer.to_text(diagnostics, colour=colour)
    ending = diagnostics_writer.summary(diagnostics) or "no fault found"
    return "".join(f"{line}\n" for line in lines) + found + f"{ending}\n"


def _split(runs: int) -> str:
    return f"  (split over {runs} runs)" if runs > 1 else ""


def to_json(
    path: str,
    tags: Iterable[_Listed],
    unused: Sequence[str],
    diagnostics: Sequence[Diagnostic],
) -> str:
    """Print the same as JSON, as schema/template.schema.json describes it."""
    listed = [dict(zip(_TAG, tag, strict=True)) for tag in tags]
    found = diagnostics_writer.data(diagnostics, label=path)
    return as_json({"template": path, "tags": listed, "unused": list(unused), **found})
