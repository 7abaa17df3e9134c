"""The server never stands in the way: whatever is typed, asked or taken away, it answers and goes on."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_plan
from conftest import ROOT
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lsp_editor import Editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from rule_examples import TODAY

from poa_toolkit.lsp import between_lines, code_actions, completion, diagnostics, outline, reports
from poa_toolkit.lsp.hover import hover
from poa_toolkit.lsp.open_plan import OpenPlan
from poa_toolkit.lsp.protocol import Text
from poa_toolkit.lsp.watch import Stopped

if TYPE_CHECKING:
    from pytest_lsp import LanguageClient

pytest_plugins = ["lsp_fixtures"]
SECTION = "plan/sections/01-first.yaml"


def _memory(pid: int) -> int:
    """Give how many KiB a process holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1])


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
async def test_memory_stays_flat_over_ten_thousand_edits(client: LanguageClient, tmp_path: Path) -> None:
    editor = Editor(client, small_plan.write(tmp_path))
    await editor.open(SECTION)
    good, held = editor.texts[SECTION], []
    assert client._server is not None
    for number in range(10_000):
        broken = " [" if number % 7 == 3 else ""
        editor.send(SECTION, good.replace("States should answer.", f"States {number} should answer.{broken}"))
        if number % 100 == 99:
            await editor.settled(SECTION)
        if number % 2_500 == 2_499:
            held.append(_memory(client._server.pid))
    assert held[-1] - held[0] < 4_000, held
    await editor.type(SECTION, good)
    assert editor.codes(SECTION) == []


@pytest.mark.asyncio
async def test_a_cancelled_request_is_answered_at_once_and_stops(
    client: LanguageClient, tmp_path: Path
) -> None:
    root = tmp_path / "large"
    command = [sys.executable, str(ROOT / "benchmarks/generate.py"), "3000", str(root)]
    subprocess.run(command, check=True)  # noqa: ASYNC221 - the plan must be there first
    editor = Editor(client, root)
    path = "plan/actors.yaml"
    await editor.open(path)
    name = re.findall(r"- id: (\S+)", editor.texts[path])[0]
    params = types.RenameParams(editor.id(path), editor.at(path, f"id: {name}", 5), "another")
    asked = client.protocol.send_request("textDocument/rename", params, msg_id="to be cancelled")
    await asyncio.sleep(0.2)
    begun = time.monotonic()
    client.cancel_request(types.CancelParams("to be cancelled"))
    with pytest.raises(JsonRpcException) as refused:
        await asyncio.wrap_future(asked)
    assert refused.value.code == types.LSPErrorCodes.RequestCancelled
    hovered = types.HoverParams(editor.id(path), editor.at(path, f"id: {name}", 5))
    assert await client.text_document_hover_async(hovered) is not None
    assert time.monotonic() - begun < 60


def test_work_stops_at_the_next_step(tmp_path: Path) -> None:
    """Between files and rules of a look, and between the steps of an edit."""
    plan = OpenPlan(small_plan.write(tmp_path), TODAY, "utf-16")
    snapshot = plan.look(lambda: None)
    for allowed in range(0, 200, 20):
        left = iter(range(allowed))

        def pulse(left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise Stopped

        try:
            plan.look(pulse)
        except Stopped:
            continue
        break
    else:
        pytest.fail("a look has more than 200 steps")
    assert allowed > 0

    def at_once() -> None:
        raise Stopped

    for offer in code_actions.offers(
        snapshot.with_pulse(at_once), SECTION, types.Range(types.Position(9, 9), types.Position(9, 9)), TODAY
    ):
        if offer.command is None and offer.kind != code_actions.ALL:
            with pytest.raises(Stopped):
                code_actions.resolved(offer)


_MARKS = st.sampled_from(
    [
        *"[]{}:-|>#&*!%@`'\",",
        "\t",
        "\r",
        "\n",
        "  ",
        "\x00",
        "\u2028",
        "\ufeff",
        "🗳",
        "\ud800",
        "- ",
        ": ",
        "? ",
    ]
)


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])  # each example is a few looks
@given(st.data())
def test_whatever_is_typed_every_question_has_an_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.getbasetemp() / "typed"
    if not root.exists():
        small_plan.write(root)
    plan = OpenPlan(root, TODAY, "utf-16")
    plan.look(lambda: None)
    text = (root / SECTION).read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 0, 1, 5, 40])))
        text = text[:start] + data.draw(_MARKS) + text[end:]
        plan.unsaved[SECTION] = text.encode("utf-8", "surrogatepass")
        snapshot = plan.look(lambda: None)
    known = Text(text, "utf-16")
    line = data.draw(st.integers(0, len(known.lines) + 1))
    where = types.Position(line, data.draw(st.integers(0, 60)))
    here = types.Range(where, where)
    diagnostics.published(snapshot)
    diagnostics.pages(diagnostics.touching(snapshot, SECTION, here))
    name = snapshot.name(SECTION, known, where)
    if name:
        hover(snapshot, name)
    outline.symbols(snapshot, SECTION)
    outline.folds(snapshot, SECTION)
    outline.links(known)
    outline.everywhere(snapshot, "a")
    between_lines.hints(snapshot, SECTION, types.Range(types.Position(0, 0), types.Position(99, 0)))
    between_lines.lenses(snapshot, SECTION)
    completion.complete(snapshot, SECTION, known, where, snippets=True)
    reports.preview(snapshot, SECTION, where)
    for offer in code_actions.offers(snapshot, SECTION, here, TODAY):
        code_actions.resolved(offer)


@pytest.mark.asyncio
async def test_what_is_no_file_of_a_plan_is_left_alone(client: LanguageClient, tmp_path: Path) -> None:
    small_plan.write(tmp_path / "here")
    editor = Editor(client, tmp_path)
    for path in ("notes.yaml", "here/other.yaml", "here/plan/baselines/x.yaml"):
        editor.begin(path, "a: [")
        asked = types.HoverParams(editor.id(path), types.Position(0, 0))
        assert await client.text_document_hover_async(asked) is None
        assert editor.shown(path) == []


def test_it_ends_with_its_editor_and_prints_nothing_else(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "poa_toolkit", "lsp"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=tmp_path,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_without_its_library_it_says_what_to_install(tmp_path: Path) -> None:
    without = "import sys; sys.modules['pygls'] = None; from poa_toolkit.cli.main import main; sys.argv = ['poa', 'lsp']; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", without], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    assert done.returncode != 0
    assert "pip install 'poa-toolkit[lsp]'" in done.stderr
    assert "Traceback" not in done.stderr
