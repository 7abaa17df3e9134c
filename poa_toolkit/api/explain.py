"""What people and editors look up: the manual page of every code, the schema of every file."""

from __future__ import annotations

from poa_toolkit import manual, messages
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.diagnostic import Severity
from poa_toolkit.schema import of_model as schema
from poa_toolkit.schema import of_types
from poa_toolkit.write.amendments import Amendments, Previewed
from poa_toolkit.write.comparison import Compared
from poa_toolkit.write.findings import Findings
from poa_toolkit.write.found import FoundWords
from poa_toolkit.write.history import History
from poa_toolkit.write.imported import ImportMade
from poa_toolkit.write.pulled import PulledFiles
from poa_toolkit.write.record import ShownRecords
from poa_toolkit.write.status import Standing
from poa_toolkit.write.template import Checked

_PRINTED = {
    "amend": Amendments,
    "preview": Previewed,
    "diagnostics": Findings,
    "diff": Compared,
    "find": FoundWords,
    "import": ImportMade,
    "log": History,
    "pull": PulledFiles,
    "show": ShownRecords,
    "status": Standing,
    "template": Checked,
}
"""What the toolkit prints for other programs; its keys are API."""


def pages() -> tuple[manual.Page, ...]:
    """Give the manual page of every code, in the order of the codes."""
    found = [*messages.pages(), *(rule.page() for rule in RULES)]
    return tuple(sorted(found, key=lambda page: page.code))


def page(name: str) -> manual.Page | None:
    """Return the page of a code or of its name, in capital or small letters; None where there is none."""
    wanted = name.upper()
    for rule in RULES:
        if wanted in (rule.code, rule.name.upper()):
            return rule.page()
    return next((each for each in messages.pages() if wanted in (each.code, each.name.upper())), None)


def required() -> dict[tuple[str, str], str]:
    """Say of each key that a rule misses where it is not there, by type of record, when it is required."""
    return {
        (each.record, each.key): " ".join(
            part for part in ("Required", each.where, each.unless, f"({rule.code})") if part
        )
        for rule in RULES
        if rule.severity is Severity.ERROR
        for each in rule.requires
    }


def schemas() -> dict[str, str]:
    """Give every JSON Schema of the project: file name → text."""
    printed = {name: schema.to_text(name, of_types.schema(output)) for name, output in _PRINTED.items()}
    return {
        **schema.schemas(required()),
        **{f"{name}.schema.json": text for name, text in printed.items()},
    }
