"""No word of a draft is lost on its way into a plan, whoever made the file and whatever is in it."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from made_documents import Words, nonces, of_libreoffice, of_npm, of_pandoc, python_docx
from odd_documents import Document, documents

from poa_toolkit.api.import_draft import Request, import_draft
from poa_toolkit.returned.ledger import Fate

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.returned.draft.drafted_plan import Imported

DAY = date(2026, 1, 1)
BEFORE = (
    '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Voters</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>1. States should act.</w:t></w:r></w:p>"
)


def _said(content: bytes) -> tuple[Imported, str]:
    """Import a draft; give what came of it, and all that its files and its messages say."""
    with tempfile.TemporaryDirectory() as folder:
        imported = import_draft(Path(folder), content, Request("draft.docx", DAY))
        files = [(Path(folder) / each).read_text("utf-8") for each in imported.paths]
    return imported, "\n".join([*files, *(each.message for each in imported.diagnostics)])


def _assert_nothing_is_lost(content: bytes, words: list[str] | tuple[str, ...]) -> None:
    imported, said = _said(content)
    assert imported.balance.read == sum(imported.balance[1:])
    made_anew = [each.words for each in imported.plan.ledger.entries() if each.fate is Fate.GENERATED]
    known = {*nonces(said), *nonces(" ".join(made_anew))}
    assert sorted(set(words) - known) == []


@given(documents(before=BEFORE))
@settings(max_examples=12)
def test_no_word_of_any_document_is_lost(document: Document) -> None:
    _assert_nothing_is_lost(document.file, document.words)


def test_no_word_of_python_docx_is_lost() -> None:
    words = Words()
    _assert_nothing_is_lost(python_docx(words), words.given)


@pytest.mark.tools
def test_no_word_of_pandoc_is_lost(pandoc: str) -> None:
    words = Words()
    _assert_nothing_is_lost(of_pandoc(pandoc, words), words.given)


@pytest.mark.tools
def test_no_word_of_a_library_of_javascript_is_lost(node_docx: Callable[..., None], tmp_path: Path) -> None:
    words = Words()
    _assert_nothing_is_lost(of_npm(node_docx, tmp_path, words), words.given)


@pytest.mark.slow
@pytest.mark.tools
def test_no_word_of_libreoffice_is_lost(soffice: Callable[..., Path], tmp_path: Path) -> None:
    words = Words()
    _assert_nothing_is_lost(of_libreoffice(soffice, tmp_path, words, "odt"), words.given)
