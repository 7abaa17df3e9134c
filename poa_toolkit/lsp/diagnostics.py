"""What is wrong with a plan, as an editor underlines it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls import uris

from poa_toolkit.api import explain
from poa_toolkit.diagnostic import Diagnostic, Related, Severity
from poa_toolkit.lsp.protocol import uri
from poa_toolkit.write import manual_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.lsp.open_plan import Snapshot

SOURCE = "poa"
_SAME_ID, _AGAIN = "POA205", "it stands here too"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFORMATION: types.DiagnosticSeverity.Information,
}


def published(snapshot: Snapshot) -> dict[str, list[types.Diagnostic]]:
    """Return what is wrong, by path, as it is shown in each file."""
    found: dict[str, list[types.Diagnostic]] = {}
    for each in _everywhere(snapshot):
        found.setdefault(each.location.path, []).append(shown(snapshot, each))
    return found


def _everywhere(snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Return every finding at each place of the file that it is about."""
    for each in snapshot.diagnostics:
        yield each
        for other in each.related if each.code == _SAME_ID else ():
            # which of the two is the newer nobody knows
            yield each._replace(location=other.location, related=(Related(each.location, _AGAIN),))


def touching(snapshot: Snapshot, path: str, here: types.Range) -> list[Diagnostic]:
    """Return what is wrong at a range of a file."""
    return [
        each
        for each in _everywhere(snapshot)
        if each.location.path == path and _meet(range_of(snapshot, each), here)
    ]


def pages(found: Iterable[Diagnostic]) -> str:
    """Return the manual pages of findings, as Markdown."""
    known = map(explain.page, dict.fromkeys(each.code for each in found))
    return "\n---\n\n".join(manual_pages.to_markdown(page) for page in known if page)


def shown(snapshot: Snapshot, found: Diagnostic) -> types.Diagnostic:
    """Return a finding as an editor shows it."""
    where = range_of(snapshot, found)
    cure = f"\n{found.help}" if found.help else ""
    address = _address(found.code)
    return types.Diagnostic(
        where,
        f"{found.message}{cure}",
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=types.CodeDescription(address) if address else None,
        source=SOURCE,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(
                    uri(snapshot.root, each.location.path),
                    snapshot.text(each.location.path).range(each.location.span),
                ),
                each.message,
            )
            for each in found.related
        ],
    )


def range_of(snapshot: Snapshot, found: Diagnostic) -> types.Range:
    """Return the range that is underlined: where nothing stands, the line, so that a person sees it."""
    text, span = snapshot.text(found.location.path), found.location.span
    if span is None or span[:2] != span[2:] or not text.line(span.line).strip():
        return text.range(span)
    line = text.line(span.line)
    first = len(line) - len(line.lstrip()) + 1
    return text.range(span._replace(column=first, end_column=len(line.rstrip()) + 1))


def _meet(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


@cache
def _address(code: str) -> str | None:
    """Return where the page of a code lies: in the package, or in a clone of the project."""
    package = Path(str(resources.files("poa_toolkit")))
    for folder in (package / "pages", package.parent / "docs" / "rules"):
        page = folder / f"{code}.md"
        if page.is_file():
            return str(uris.from_fs_path(str(page)))
    return None
