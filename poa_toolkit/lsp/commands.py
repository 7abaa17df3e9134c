"""The commands of the server: what no question of the protocol asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from poa_toolkit.api import edit_records
from poa_toolkit.lsp import between_lines, code_actions, reports
from poa_toolkit.lsp.server import Server, in_thread

if TYPE_CHECKING:
    from collections.abc import Callable


async def _withdraw(ls: Server, address: str, name: str, reason: Any = None) -> None:  # noqa: ANN401 - or null
    """Withdraw an action; without a reason with words that say so."""
    place = await ls.place(address, fresh=True)
    if place is None:
        return
    snapshot, why = place.snapshot, reason or code_actions.UNGIVEN
    written = await in_thread(
        lambda pulse: edit_records.withdraw(
            snapshot.root, name, why, files=snapshot.files._replace(pulse=pulse)
        )
    )
    edit = place.edit(written.contents)
    await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, f"Withdraw {name}"))


async def _changes(ls: Server, address: str) -> dict[str, str]:
    """Return the report on what has changed since the previous stage, as a page."""
    place = await ls.place(address, fresh=True)
    if place is None:
        return {"message": reports.NO_PLAN}
    return await in_thread(lambda _: reports.changes(place.snapshot, ls.today))


async def _preview(ls: Server, address: str, position: types.Position) -> dict[str, str]:
    """Return the section, or the paragraph, in which a position lies, as a page."""
    place = await ls.place(address, fresh=True)
    if place is None:
        return {"message": reports.NO_PLAN}
    return await in_thread(lambda _: reports.preview(place.snapshot, place.path, position))


async def _show_amendments(ls: Server, address: str, name: str) -> None:
    """Show where the amendments stand that wait on an action."""
    place = await ls.place(address)
    found = reports.amendments(place.snapshot, name) if place else []
    able = ls.client_capabilities.window
    if found and able and able.show_document and able.show_document.support:
        shown = types.ShowDocumentParams(found[0].uri, take_focus=True, selection=found[0].range)
        await ls.window_show_document_async(shown)
    elif found:
        ls.say(f"{len(found)} wait on {name}; the first: {found[0].uri}")


async def _show_changes(ls: Server, address: str, name: str) -> None:
    """Say what has changed in an action since the previous stage, to editors that cannot show the report."""
    place = await ls.place(address, fresh=True)
    if place is not None:
        ls.say(await in_thread(lambda _: reports.changes_of(place.snapshot, name, ls.today)))


COMMANDS: dict[str, Callable[..., Any]] = {
    code_actions.WITHDRAW: _withdraw,
    "poa.changes": _changes,
    "poa.preview": _preview,
    between_lines.SHOW_AMENDMENTS: _show_amendments,
    between_lines.SHOW_CHANGES: _show_changes,
}
