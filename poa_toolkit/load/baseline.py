"""Frozen versions: canonical JSON whose digests give any later change away."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from poa_toolkit.diagnostic import Diagnostic, Location, Severity, Span
from poa_toolkit.load import strict_json
from poa_toolkit.model import SCHEMA_VERSION, Baseline
from poa_toolkit.model import digests as fingerprints
from poa_toolkit.model.base import FROZEN
from poa_toolkit.text.indented_json import indented

if TYPE_CHECKING:
    from poa_toolkit.source.base import Frozen

_HELP = "restore the file from git (`git checkout -- FILE`), or delete it and freeze the version again"


def to_text(baseline: Baseline) -> str:
    """Print a baseline as its file holds it: sorted keys, one space a level, one final line feed."""
    data = baseline.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["schema_version"] = baseline.schema_version
    return indented(data, " ", sort_keys=True) + "\n"


@lru_cache(maxsize=8)  # a command that edits asks before and after, and each digest takes its time
def read(frozen: Frozen) -> tuple[Baseline | None, tuple[Diagnostic, ...]]:
    """Read a baseline and check every digest in it.

    Gives the baseline, or None where it is not one, and a diagnostic for each record that was
    altered after the freeze.
    """
    try:
        text = frozen.content.decode("utf-8")
        data = strict_json.parse(text)
        if isinstance(data, dict) and data.get("schema_version") != SCHEMA_VERSION:
            return None, (_altered(frozen, f"its form {data.get('schema_version')!r} is not known"),)
        baseline = Baseline.model_validate(data, context=FROZEN)
    except (ValueError, RecursionError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        return None, (_altered(frozen, f"it cannot be read: {reason}"),)
    return baseline, tuple(_check(frozen, baseline, text))


def _check(frozen: Frozen, baseline: Baseline, text: str) -> list[Diagnostic]:
    content = fingerprints.Content(baseline.plan)
    now = content.records()
    was = baseline.digests
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    if names:
        return [
            _altered(frozen, f"{name} was altered after the freeze", text, text.find(f'"id": "{name}"'))
            for name in sorted(names)
        ]
    if baseline.text_digest_version not in fingerprints.TEXT_VERSIONS:
        return [_altered(frozen, f"text digests of version {baseline.text_digest_version} are not known")]
    if (
        content.whole(provisional=baseline.provisional) != baseline.digest
        or fingerprints.text(baseline.plan, baseline.text_digest_version) != baseline.text_digest
    ):
        return [_altered(frozen, "its digests do not belong to its plan")]
    expected = to_text(baseline)
    if expected != text:
        return [_altered(frozen, "its bytes are not those that were frozen", text, _differs(text, expected))]
    if baseline.name != frozen.label:
        return [_altered(frozen, f'it was frozen as "{baseline.name}"; its file has another name')]
    return []


def _differs(text: str, expected: str) -> int:
    """Return the place of the first character that is not as it was."""
    pairs = enumerate(zip(text, expected, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(text), len(expected)))


def _altered(frozen: Frozen, what: str, text: str = "", at: int = -1) -> Diagnostic:
    """Return what was altered, at the character `at` of the file where that is known."""
    message = f'baseline "{frozen.label}": {what}'
    location = Location(frozen.path)
    if at >= 0:
        start = text.rfind("\n", 0, at) + 1
        line, column = text.count("\n", 0, at) + 1, at - start + 1
        excerpt = text[start:].partition("\n")[0]
        location = Location(frozen.path, Span(line, column, line, column + 1), excerpt)
    return Diagnostic("POA401", Severity.ERROR, message, location, _HELP)
