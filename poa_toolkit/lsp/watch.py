"""Keeps an eye on a plan that is edited: looks when typing pauses, once for all who ask meanwhile."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from poa_toolkit.errors import PoaError

if TYPE_CHECKING:
    from collections.abc import Callable

    from poa_toolkit.lsp.open_plan import OpenPlan, Snapshot

PAUSE = 0.05
"""Seconds without a keystroke before a plan is looked at."""
PATIENCE = 0.5
"""Seconds for which a question waits for a look that is under way; then the one before must do."""


class Stopped(Exception):  # noqa: N818 - a signal, not an error
    """What was under way is not wanted any more."""


def pulse(stop: threading.Event) -> None:
    """Raise Stopped once `stop` is set."""
    if stop.is_set():
        raise Stopped


class Watch:
    """A plan, and the last look at it."""

    def __init__(self, plan: OpenPlan, tell: Callable[[Snapshot | None, str], None]) -> None:
        """Take a plan; `tell` is called with each new look, or with None and why there is none."""
        self.plan, self._tell = plan, tell
        self._snapshot: Snapshot | None = None
        self._changes, self._seen = 0, -1
        self._stop = threading.Event()
        self._task: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """Look again when typing pauses; a look that is under way would be of no use."""
        self._changes += 1
        self._stop.set()
        self._begin()

    def stop(self) -> None:
        """End a look that is under way, for good."""
        self._seen = self._changes
        self._stop.set()

    async def fresh(self) -> Snapshot | None:
        """Return what the plan is now; None where it cannot be read."""
        while self._seen != self._changes:
            await asyncio.shield(self._begin())
        return self._snapshot

    async def recent(self) -> Snapshot | None:
        """Return what the plan is now, or where that takes long what it was at the last look."""
        if self._snapshot is None:
            return await self.fresh()
        try:
            return await asyncio.wait_for(self.fresh(), PATIENCE)
        except TimeoutError:
            return self._snapshot

    def _begin(self) -> asyncio.Task[None]:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())
        return self._task

    async def _look(self) -> None:
        while self._seen != self._changes:
            await asyncio.sleep(PAUSE)
            changes, self._stop = self._changes, threading.Event()
            try:
                found = await asyncio.to_thread(self.plan.look, partial(pulse, self._stop))
            except Stopped:
                continue
            except PoaError as error:
                self._say(changes, None, str(error))
            except Exception as error:  # noqa: BLE001 - a fault of ours must not end the server
                self._say(changes, self._snapshot, f"this is a fault of poa itself: {error!r}")
            else:
                self._say(changes, found, "")

    def _say(self, changes: int, found: Snapshot | None, trouble: str) -> None:
        self._seen, self._snapshot = changes, found
        self._tell(found, trouble)
