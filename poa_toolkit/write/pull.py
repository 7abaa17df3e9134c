"""What was pulled from returned files as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias, TypedDict, cast

from poa_toolkit.model.digests import dump
from poa_toolkit.returned.ledger import Balance
from poa_toolkit.returned.pulled_file import ReadDecision, Stretch
from poa_toolkit.write.findings import Findings, findings
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.returned.pulled_file import Pulled

Stretches: TypeAlias = Annotated[
    tuple[Stretch, ...] | None,
    "description",
    "With --explain: what became of every stretch of the file, in its order; else null.",
]


class _Amendment(TypedDict):
    """The keys are those of schema/amendments.schema.json."""

    id: str
    proposer: str
    date: str


class _File(NamedTuple):
    file: str
    path: str
    version: str | None
    amendments: tuple[_Amendment, ...]
    pulled_before: int
    formatting: int
    characters: Balance
    stretches: Stretches
    decisions: tuple[ReadDecision, ...]


class PulledFiles(NamedTuple):
    """What `poa pull --format json` prints."""

    files: tuple[_File, ...]
    findings_: Findings


def to_json(files: Iterable[Pulled]) -> str:
    """Print what each file came to, as schema/pull.schema.json describes it."""
    every = tuple(files)
    found = findings([one for each in every for one in each.diagnostics], label="returned files")
    return as_json(PulledFiles(tuple(map(_file, every)), found))


def _file(pulled: Pulled) -> _File:
    return like(
        _File,
        pulled,
        version=pulled.version or None,
        amendments=tuple(cast("_Amendment", dump(each)) for each in pulled.new),
        pulled_before=pulled.known,
        characters=pulled.balance,
        stretches=pulled.stretches or None,
    )
