"""What a template holds, for people and for programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.diagnostic import Severity
from poa_toolkit.text.counting import many
from poa_toolkit.write import diagnostics as diagnostics_writer
from poa_toolkit.write.escape import visible
from poa_toolkit.write.findings import Findings, findings
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from poa_toolkit.diagnostic import Diagnostic

_WIDTH = 26
_Listed: TypeAlias = "tuple[str, str, str, str, int, str]"
"""A tag, its part, its place, the style of its paragraph, in how many runs it stands, its part in words."""


class _Tag(NamedTuple):
    tag: str
    part: str
    place: str
    style: str
    runs: int


class Checked(NamedTuple):
    """What `poa template check --format json` prints. Tags stand in page order."""

    template: str
    tags: tuple[_Tag, ...]
    unused: tuple[str, ...]
    findings_: Findings


def to_text(
    tags: Sequence[_Listed],
    unused: Sequence[str],
    diagnostics: Sequence[Diagnostic],
    *,
    findings: Callable[[Sequence[Diagnostic]], str],
    whole: bool = False,
) -> str:
    """Print the errors, then the warnings, then how many tags, unused fields and notes there are.

    With `whole` these are listed too: the tags part by part, the fields, the notes. `findings`
    prints diagnostics.
    """
    found = sorted(diagnostics, key=lambda each: _ORDER.index(each.severity))
    urgent = [each for each in found if whole or each.severity is not Severity.INFORMATION]
    notes = sum(each.severity is Severity.INFORMATION for each in found)
    counts = [many(len(tags), "tag"), many(len(unused), "field") + " not used"]
    counts += [many(notes, "note")] if notes else []
    lines = _listed(tags, unused) if whole else [f"{', '.join(counts)}; --all lists them"]
    ending = diagnostics_writer.summary(urgent) or "no fault found"
    listed = "".join(f"{line}\n" for line in lines)
    return f"{findings(urgent)}{listed}{ending}\n"


_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


def _listed(tags: Iterable[_Listed], unused: Sequence[str]) -> list[str]:
    lines = []
    for (part, story), some in groupby(tags, key=lambda tag: (tag[1], tag[5])):
        lines.append(visible(f"{story} ({part})" if story else part))
        lines += [
            f"  {visible(place):<{_WIDTH}}{visible(text)}{_split(runs)}"
            for text, _, place, _, runs, _ in some
        ]
    return [*lines, f"not used: {', '.join(unused)}"] if unused else lines


def _split(runs: int) -> str:
    return f"  (split over {runs} runs)" if runs > 1 else ""


def to_json(
    path: str,
    tags: Iterable[_Listed],
    unused: Sequence[str],
    diagnostics: Sequence[Diagnostic],
) -> str:
    """Print the same as JSON, as schema/template.schema.json describes it."""
    listed = tuple(_Tag(*tag[:5]) for tag in tags)
    return as_json(Checked(path, listed, tuple(unused), findings(diagnostics, label=path)))
