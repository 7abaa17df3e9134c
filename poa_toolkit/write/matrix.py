"""The matrix as JSON for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document.matrix_rows import Axis, MatrixRow, ServedTheme
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poa_toolkit.document.matrix_rows import Matrix


class _Section(NamedTuple):
    id: str
    number: str


class _Themes(NamedTuple):
    sections: tuple[_Section, ...]
    served: tuple[ServedTheme, ...]


class PlanMatrix(NamedTuple):
    """What `poa matrix --format json` prints.

    Gaps have no links. `numbers` are the printed ones of the actions that are named;
    `counts` of a theme stand in the order of `sections`.
    """

    version: str
    rows: Axis
    by: Axis
    knows_gaps: bool
    gaps: tuple[MatrixRow, ...]
    linked: tuple[MatrixRow, ...]
    numbers: dict[str, str]
    themes: _Themes


def to_json(
    found: Matrix,
    served: tuple[ServedTheme, ...],
    numbers: Mapping[str, str],
    *,
    label: str,
    sections: Sequence[str],
) -> str:
    """Print a matrix as schema/matrix.schema.json describes it; `numbers` are the printed ones, by record."""
    of_actions = {
        name: numbers.get(name, "")
        for each in (*found.gaps, *found.linked)
        for name in ((each.record,) if found.rows is Axis.ACTIONS else each.links)
    }
    themes = _Themes(tuple(_Section(each, numbers.get(each, "")) for each in sections), served)
    return as_json(like(PlanMatrix, found, version=label, numbers=of_actions, themes=themes))
