"""Where one types, told by the layout of lines alone, is where the reader of YAML finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from poa_toolkit.load import yaml_tree
from poa_toolkit.load.yaml_events import ScalarEvent
from poa_toolkit.lsp.yaml_cursor import cursor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer


def _scalars(value: object, at: Pointer) -> Iterator[Pointer]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in items:
        if isinstance(each, dict | list):
            yield from _scalars(each, (*at, step))
        else:
            yield (*at, step)


@pytest.mark.parametrize("path", sorted((ROOT / "plan").rglob("*.yaml")), ids=lambda path: path.name)
def test_the_cursor_knows_where_it_is_as_the_reader_of_yaml_does(path: Path) -> None:
    """At the end of each value of the shipped plan, by layout alone, the way to it is that of its data."""
    tree = yaml_tree.read("plan/x.yaml", path.read_bytes())
    for at in _scalars(tree.value, ()):
        event = tree.places.node(at)
        if not isinstance(event, ScalarEvent) or event.style in ("'", '"') or not event.value:
            continue
        span = tree.places.span(at)
        found = cursor(tree.lines, span.end_line - 1, span.end_column - 1)
        expected = ".".join("*" if isinstance(step, int) else step for step in at)
        assert found.pattern == expected, tree.lines[span.end_line - 1]
