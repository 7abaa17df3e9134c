"""The page on open formats: what it shows is read out of the files, and its questions get the answers it says."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from rdflib import Graph
from rdflib.query import ResultRow

from poa_toolkit.api.validate import read
from poa_toolkit.cli import main
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

PAGE = (ROOT / "docs/reviewers/open-formats.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall(PAGE)


def blocks(language: str) -> list[str]:
    return [block for name, block in BLOCKS if name == language]


def answered(language: str) -> list[tuple[str, str]]:
    """Give each block of a language with the block of text behind it."""
    behind = pairwise(BLOCKS)
    return [(block, text) for (name, block), (other, text) in behind if (name, other) == (language, "text")]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the files that the page makes."""
    folder = tmp_path_factory.mktemp("open")
    made: tuple[tuple[str, str, list[str]], ...] = (
        ("akn", "plan.xml", []),
        ("akn", "day-1.xml", ["baseline:day-1"]),
        ("jsonld", "plan.jsonld", []),
    )
    for form, name, version in made:
        assert main(["-C", str(ROOT), "export", *version, "--to", form, "-o", str(folder / name)]) == 0
    return folder


@pytest.fixture(scope="module")
def graph(files: Path) -> Graph:
    """Read the linked data once."""
    return Graph().parse(files / "plan.jsonld", format="json-ld")


def rows(graph: Graph, query: str) -> list[list[str]]:
    """Give what a question finds."""
    return [[*map(str, row)] for row in graph.query(query) if isinstance(row, ResultRow)]


def test_the_page_shows_all_that_is_looked_at_here() -> None:
    assert [len(blocks(each)) for each in ("xml", "json", "sparql", "python")] == [4, 1, 4, 1]


@pytest.mark.parametrize("snippet", [*blocks("xml"), *blocks("json")])
def test_a_snippet_stands_in_a_file(files: Path, snippet: str) -> None:
    parts = [re.sub(r"\s+", " ", each).strip() for each in snippet.split("[…]")]
    texts = [re.sub(r"\s+", " ", each.read_text(encoding="utf-8")) for each in sorted(files.iterdir())]
    pattern = ".*?".join(map(re.escape, filter(None, parts)))
    assert any(re.search(pattern, each) for each in texts)


@pytest.mark.parametrize(("query", "answer"), answered("sparql"))
def test_a_question_gets_its_answer(graph: Graph, query: str, answer: str) -> None:
    assert [" | ".join(row) for row in rows(graph, query)] == answer.splitlines()


def test_the_question_of_obligations_is_answered_as_the_index_of_links_does(graph: Graph) -> None:
    plan = read(ROOT, None).plan
    assert plan
    titles = {each.id: each.title for each in plan.obligations}
    known = {titles[name]: len(set(actions)) for name, actions in trace(plan).obligations().items()}
    query = blocks("sparql")[-1].replace("LIMIT 3", "")
    assert {title: int(count) for title, count in rows(graph, query)} == known


@pytest.mark.parametrize(("program", "answer"), answered("python"))
def test_a_program_of_the_page_prints_what_it_says(files: Path, program: str, answer: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=files, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == answer
