"""Diagnostics as JUnit XML, which most services that run tests can show."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from poa_toolkit.diagnostic import Diagnostic, Severity
from poa_toolkit.write.diagnostics import to_text
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = "poa validate"


def to_junit(diagnostics: Iterable[Diagnostic], *, label: str) -> str:
    """Print a suite for each file, in it a case for each diagnostic.

    Errors and warnings are failures of that type; information passes, with its text as output.
    Where nothing was found one case passes, since services take an empty report for a broken run.
    Characters that XML cannot hold are shown as in every other format.
    """
    root = ET.Element("testsuites", name=_NAME)
    for path, group in groupby(diagnostics, key=lambda each: each.location.path):
        suite = ET.SubElement(root, "testsuite", name=visible(path))
        seen: Counter[str] = Counter()
        for each in group:
            _case(suite, each, seen)
        _count(suite)
    if not len(root):
        suite = ET.SubElement(root, "testsuite", name=_NAME)
        ET.SubElement(suite, "testcase", classname=_NAME, name=f"{visible(label)}: nothing found")
        _count(suite)
    _count(root)
    ET.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _case(suite: ET.Element, diagnostic: Diagnostic, seen: Counter[str]) -> None:
    """Add a case; its name has no line in it, so that a later run calls the same finding the same."""
    path, span = visible(diagnostic.location.path), diagnostic.location.span
    name = visible(f"{diagnostic.code} {diagnostic.message}")
    seen[name] += 1
    again = f" ({seen[name]})" if seen[name] > 1 else ""
    case = ET.SubElement(suite, "testcase", classname=path, name=name + again, file=path)
    if span is not None:
        case.set("line", str(span.line))
    if diagnostic.severity is Severity.INFORMATION:
        inside = ET.SubElement(case, "system-out")
    else:
        inside = ET.SubElement(
            case, "failure", type=diagnostic.severity.value, message=visible(diagnostic.message)
        )
    inside.text = to_text([diagnostic], colour=False)


def _count(element: ET.Element) -> None:
    """Write the totals that a suite, and all suites together, must name."""
    for name, tag in (("tests", "testcase"), ("failures", "failure")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")
