"""The commands of the server: what no question of the protocol asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.exceptions import JsonRpcInvalidParams

from poa_toolkit.api import edit_records
from poa_toolkit.lsp import between_lines, code_actions, reports
from poa_toolkit.lsp.server import Server, in_thread

if TYPE_CHECKING:
    from collections.abc import Callable


def _texts(arguments: tuple[Any, ...], count: int) -> tuple[str, ...]:
    """Return the texts that a command is given. Raises JsonRpcInvalidParams where it is given others."""
    given = arguments[:count]
    if len(given) < count or not all(isinstance(each, str) for each in given):
        raise JsonRpcInvalidParams(f"{count} texts are wanted: the address of a file, and an id")
    return given


async def _withdraw(ls: Server, *arguments: Any) -> None:  # noqa: ANN401 - whatever an editor sends
    """Withdraw an action; without a reason with words that say so."""
    address, name = _texts(arguments, 2)
    reason = next((each for each in arguments[2:] if isinstance(each, str)), "")
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


async def _changes(ls: Server, *arguments: Any) -> dict[str, str]:  # noqa: ANN401 - the same
    """Return the report on what has changed since the previous stage, as a page."""
    (address,) = _texts(arguments, 1)
    place = await ls.place(address, fresh=True)
    if place is None:
        return {"message": reports.NO_PLAN}
    return await in_thread(lambda _: reports.changes(place.snapshot, ls.today))


async def _preview(ls: Server, *arguments: Any) -> dict[str, str]:  # noqa: ANN401 - the same
    """Return the section, or the paragraph, in which a position lies, as a page."""
    (address,) = _texts(arguments, 1)
    try:
        position = get_converter().structure(arguments[1], types.Position)
    except Exception:  # noqa: BLE001 - whatever the library raises of what is no position
        raise JsonRpcInvalidParams("a position is wanted behind the address") from None
    place = await ls.place(address, fresh=True)
    if place is None:
        return {"message": reports.NO_PLAN}
    return await in_thread(lambda _: reports.preview(place.snapshot, place.path, position))


async def _show_amendments(ls: Server, *arguments: Any) -> None:  # noqa: ANN401 - the same
    """Show where the amendments stand that wait on an action."""
    address, name = _texts(arguments, 2)
    place = await ls.place(address)
    found = reports.amendments(place.snapshot, name) if place else []
    able = ls.client_capabilities.window
    if found and able and able.show_document and able.show_document.support:
        shown = types.ShowDocumentParams(found[0].uri, take_focus=True, selection=found[0].range)
        await ls.window_show_document_async(shown)
    elif found:
        ls.say(f"{len(found)} wait on {name}; the first: {found[0].uri}")


async def _show_changes(ls: Server, *arguments: Any) -> None:  # noqa: ANN401 - the same
    """Say what has changed in an action since the previous stage, to editors that cannot show the report."""
    address, name = _texts(arguments, 2)
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
