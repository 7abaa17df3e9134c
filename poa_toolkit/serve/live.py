"""Keeps an eye on a plan: looks when one of its files changes, and tells the pages that are open."""

from __future__ import annotations

import asyncio
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import awatch

from poa_toolkit.api.site import material
from poa_toolkit.api.validate import InvalidPlanError
from poa_toolkit.errors import PoaError
from poa_toolkit.load.plan import load
from poa_toolkit.load.plan_file import Readings
from poa_toolkit.serve.pages import Pages
from poa_toolkit.source import folder
from poa_toolkit.source.base import PLAN_FOLDER, SETTINGS_FILE
from poa_toolkit.source.versions import WORKING_TREE

if TYPE_CHECKING:
    from datetime import date

    from watchfiles import Change

PAUSE = 20
"""Milliseconds without another change before a plan is looked at."""
_LONGEST_PAUSE = 400
"""Milliseconds after which it is looked at, whatever goes on changing."""
_NOW_AND_THEN = 1.0
"""Seconds between looks at what cannot be watched, and at whether folders are still those that are."""

_Folders = dict[Path, tuple[int, int] | None]
"""Folders, and by what the disk knows each; None for one that is not there."""


class Live:
    """A plan that is served: what its pages are by now, and who waits for them to change."""

    def __init__(self, root: Path, today: date) -> None:
        self.root, self.today = root, today
        self.pages = Pages(None)
        self._readings = Readings()
        self._profiles: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._started, self._looks = secrets.token_hex(4), 0
        self._news, self.is_over = asyncio.Event(), False

    # --- Looking ----------------------------------------------------------------------------------

    def look(self) -> Pages:
        """Return the pages of the plan as it is now; where it has faults, the last good ones with them."""
        before = self.pages
        try:
            files = folder.read(self.root, WORKING_TREE)
            loaded = load(files, self._readings)
            self._profiles = tuple(loaded.profiles)
            return Pages(material(self.root, loaded, today=self.today), before)
        except InvalidPlanError as error:
            return Pages(before.material, before, findings=error.diagnostics)
        except (PoaError, OSError) as error:
            return Pages(before.material, before, trouble=str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the server
            return Pages(before.material, before, trouble=f"this is a fault of poa itself: {error!r}")

    async def watch(self) -> None:
        """Look at the plan now, and again whenever one of its files changes; to be cancelled."""
        while True:
            folders = self._folders()
            # asked for its first change, it watches at once: what changes during the look below is seen
            changes = awatch(
                *folders,
                recursive=False,
                watch_filter=self._is_of_plan,
                debounce=_LONGEST_PAUSE,
                step=PAUSE,
                rust_timeout=int(1000 * _NOW_AND_THEN),
                yield_on_timeout=True,
            )
            look = asyncio.create_task(self._publish())
            with suppress(OSError, RuntimeError):  # and so watchfiles calls its own
                async for found in changes:
                    await look
                    if self._folders() != folders:
                        break
                    if not found:
                        continue
                    look = asyncio.create_task(self._publish())
                else:
                    return
                continue
            # a folder that cannot be watched, or is gone, is looked at now and then
            await look
            await asyncio.sleep(_NOW_AND_THEN)

    def _folders(self) -> _Folders:
        """Return the folders that hold files of the plan, and the one of the project.

        What is watched is a folder and no name: another one by the same name has to be watched anew.
        """
        inside = [here for here, _, _ in folder.walk(self.root / PLAN_FOLDER) if here.is_dir()]
        beside = [(self.root / each).parent for each in self._profiles]
        found = sorted({self.root, *inside, *(each for each in beside if each.is_dir())})
        return {each: _identity(each) for each in found}

    def _is_of_plan(self, _change: Change, path: str) -> bool:
        within = Path(path).relative_to(self.root)
        return PLAN_FOLDER in within.parts[:1] or within.as_posix() in (SETTINGS_FILE, *self._profiles)

    async def _publish(self) -> None:
        self._show(await asyncio.to_thread(self.look))

    # --- Telling ----------------------------------------------------------------------------------

    def _show(self, pages: Pages) -> None:
        self.pages = pages
        self._looks += 1
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def end(self) -> None:
        """Let those who wait for a change go."""
        self.is_over = True
        self._wake()

    @property
    def version(self) -> str:
        """What is served, as a word that is another after each look."""
        return f"{self._started}-{self._looks}"

    async def changed(self, since: str) -> str:
        """Return the version once it is another than `since`, or all is over."""
        while self.version == since and not self.is_over:
            await self._news.wait()
        return self.version

    async def page(self, path: str) -> bytes | None:
        """Return the file at a path, of what is served now; None where there is none."""
        return await asyncio.to_thread(self._made, self.pages, path)

    async def jump(self, wanted: str, at: str) -> str | bytes:
        """Return where a name leads, or the page that says why nowhere; as `Pages` has it."""
        return await asyncio.to_thread(self._found, self.pages, wanted, at)

    def _made(self, pages: Pages, path: str) -> bytes | None:
        with self._lock:
            return pages.page(path)

    def _found(self, pages: Pages, wanted: str, at: str) -> str | bytes:
        with self._lock:
            return pages.jump(wanted, at)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
