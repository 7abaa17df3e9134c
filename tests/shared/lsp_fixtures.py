"""One language server for the tests of a process, and a plan of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio
import pytest_lsp
import small_plan
from conftest import ROOT
from lsp_editor import CAPABILITIES, SERVER, Editor
from lsprotocol import types
from pytest_lsp import LanguageClient

if TYPE_CHECKING:
    from pathlib import Path


async def _client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    for asked in (
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
    ):
        lsp_client.feature(asked)(lambda _: None)
    await lsp_client.initialize_session(types.InitializeParams(capabilities=CAPABILITIES))
    yield
    await lsp_client.shutdown_session()


client = pytest_lsp.fixture(config=SERVER, scope="session")(_client)


@pytest_asyncio.fixture
async def editor(client: LanguageClient, tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor with the small plan open; the server must have written nothing when the test ends."""
    root = small_plan.write(tmp_path / "Ünser plan")
    before = _files(root)
    yield Editor(client, root)
    assert _files(root) == before


@pytest_asyncio.fixture
async def shipped(client: LanguageClient, tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor with the shipped plan open."""
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    before = _files(tmp_path)
    yield Editor(client, tmp_path)
    assert _files(tmp_path) == before


def _files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
