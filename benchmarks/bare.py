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
    """Leave out what docxtpl does not make: notes, and controls round the texts of records."""
    return replace(
        of, parts=tuple(replace(part, blocks=tuple(map(_plain, part.blocks))) for part in of.parts)
    )


def _plain(block: Block) -> Block:
    from poa_toolkit.document.blocks import Note, Table  # noqa: PLC0415 - pydantic is kept from plugins first

    if isinstance(block, Table) or block.field in (None, "settings"):
        return block
    if block.field == "links":
        return replace(block, runs=tuple(run for run in block.runs if not isinstance(run, Note)))
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
