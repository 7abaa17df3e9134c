"""Run `poa` with documents that have no notes and no controls: `python benchmarks/bare.py render …`.

docxtpl makes neither, so this is what the whole command is measured by against docxtpl alone.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING

from poa_toolkit.cli.main import _without_plugins, main

if TYPE_CHECKING:
    from poa_toolkit.document.blocks import Block, Document


def bare(of: Document) -> Document:
    """Leave out what docxtpl does not make: notes, and controls round the texts of records.

    With no control, no record is kept of what was printed.
    """
    parts = tuple(replace(part, blocks=tuple(map(_plain, part.blocks))) for part in of.parts)
    return replace(of, parts=parts, own=frozenset())


def _plain(block: Block) -> Block:
    from poa_toolkit.document.blocks import Table  # noqa: PLC0415 - the same
    from poa_toolkit.document.generated_lines import IN_CELLS  # noqa: PLC0415 - the same
    from poa_toolkit.document.runs import Note  # noqa: PLC0415 - the same

    if isinstance(block, Table):
        has_texts = any(column.key in IN_CELLS for column in block.columns)
        rows = tuple(replace(row, record=None) for row in block.rows) if has_texts else block.rows
        return replace(block, rows=rows)
    if block.field in ("settings", "links"):
        return replace(block, record=None, runs=tuple(run for run in block.runs if not isinstance(run, Note)))
    return replace(block, record=None)


def _main() -> int:
    """Run the command, each document stripped as soon as it is laid out."""
    gc.disable()
    _without_plugins()  # both as `poa` does before it imports any of this
    from poa_toolkit.document import plan as laying_out  # noqa: PLC0415 - only now

    whole = laying_out.plan
    laying_out.plan = wraps(whole)(lambda *given, **named: bare(whole(*given, **named)))
    return main()


if __name__ == "__main__":
    sys.exit(_main())
