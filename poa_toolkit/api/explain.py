"""What people and editors look up: the manual page of every code, the schema of every file."""

from __future__ import annotations

from poa_toolkit import manual, messages, outputs
from poa_toolkit.check.run import RULES
from poa_toolkit.diagnostic import Severity
from poa_toolkit.schema import of_model as schema


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
    printed = {
        "amend": outputs.AMEND,
        "preview": outputs.PREVIEW,
        "diagnostics": outputs.DIAGNOSTICS,
        "diff": outputs.DIFF,
        "find": outputs.FIND,
        "import": outputs.IMPORT,
        "log": outputs.LOG,
        "pull": outputs.PULL,
        "show": outputs.SHOW,
        "status": outputs.STATUS,
        "template": outputs.TEMPLATE,
    }
    return {
        **schema.schemas(required()),
        **{f"{name}.schema.json": schema.to_text(name, body) for name, body in printed.items()},
    }
