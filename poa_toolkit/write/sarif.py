"""Diagnostics as SARIF 2.1.0, which code scanning of GitHub and many editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from poa_toolkit import __version__
from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.text.white_space import single_spaced
from poa_toolkit.write.escape import visible
from poa_toolkit.write.json_text import as_json
from poa_toolkit.write.manual_pages import to_markdown, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.manual import Page

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
_ROOT = "%SRCROOT%"
_FINGERPRINT = "poaFinding/v1"


def to_sarif(diagnostics: Iterable[Diagnostic], pages: Iterable[Page]) -> str:
    """Print diagnostics as one SARIF run; `pages` explain their codes.

    Paths are relative to the root of the sources, columns count characters. The fingerprint of a
    finding is made of code, path and message: it stays when lines move.
    """
    every = list(diagnostics)
    explained = {page.code: page for page in pages}
    codes = sorted({each.code for each in every})
    driver = {
        "name": "poa-toolkit",
        "version": __version__,
        "rules": [_rule(code, explained.get(code)) for code in codes],
    }
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "poa-validate/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that paths are relative to."}}},
        "results": [_result(each, codes.index(each.code), _fingerprint(each, seen)) for each in every],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, page: Page | None) -> dict[str, Any]:
    if page is None:
        return {"id": code}
    return {
        "id": code,
        "name": page.name.title().replace("-", ""),
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": _unwrapped(page.why or page.title)},
        # the first line of a page only says how the file of that page is made
        "help": {"text": to_text(page), "markdown": to_markdown(page)},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _unwrapped(text: str) -> str:
    return "\n\n".join(single_spaced(paragraph) for paragraph in text.split("\n\n"))


def _result(diagnostic: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": _text(_sentence(diagnostic)),
        "locations": [{"physicalLocation": _place(diagnostic.location)}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(each.location), "message": _text(each.message)}
            for number, each in enumerate(diagnostic.related, start=1)
        ]
    if diagnostic.fix and diagnostic.fix.location.span:
        place = _place(diagnostic.fix.location)
        mend = {"deletedRegion": place["region"], "insertedContent": {"text": diagnostic.fix.text}}
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": place["artifactLocation"], "replacements": [mend]}]}
        ]
    return result


def _sentence(diagnostic: Diagnostic) -> str:
    """Return what is wrong and how to mend it, with a stop at the end, as readers of SARIF expect."""
    said = "; ".join(part.removesuffix(".") for part in (diagnostic.message, diagnostic.help) if part)
    return said if said.endswith(("?", "!")) else f"{said}."


def _text(text: str) -> dict[str, str]:
    """Return a message; ``[words](place)`` would be read as a link."""
    return {"text": visible(text).replace("](", "\\](")}


def _place(location: Location) -> dict[str, Any]:
    uri = quote(location.path.encode("utf-8", "surrogateescape"))
    place: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}
    if location.span is not None:
        span = location.span
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return place


def _fingerprint(diagnostic: Diagnostic, seen: Counter[str]) -> str:
    """Name a finding by what it says; of those that say the same, by their order too."""
    said = f"{diagnostic.code}\n{diagnostic.location.path}\n{diagnostic.message}"
    name = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[name] += 1
    return f"{name}:{seen[name]}"
