"""Begin and end the server: one port of this machine, for its browsers alone."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from poa_toolkit.errors import PoaError
from poa_toolkit.serve.answers import MOST_STREAMS, Answers
from poa_toolkit.serve.live import Live

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

_HOST = "127.0.0.1"
_PATIENCE = 10.0
"""Seconds within which the whole head of a request has to be there."""
_LONGEST_HEAD = 16 * 1024
_MOST_CONNECTIONS = 2 * MOST_STREAMS


def serve(root: Path, port: int, today: date, *, ready: Callable[[str], None]) -> None:
    """Serve the plan of a project until this is interrupted; `ready` is given the address.

    `port` 0 takes a free one. Raises PoaError where it cannot be had.
    """
    # a server lives long enough for garbage to matter
    gc.enable()
    # what goes wrong is answered; uvicorn's log is none of a secretary's
    for name in ("uvicorn.error", "watchfiles.main"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    with _listening(port) as listener:
        asyncio.run(_serve(root, listener, today, ready))


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with suppress(OSError):
        # a port that was left a moment ago is free
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
    except OSError as error:
        listener.close()
        why = f"port {port} cannot be had: {error.strerror}"
        raise PoaError(f"{why}; leave --port out for a free one") from None
    return listener


async def _serve(root: Path, listener: socket.socket, today: date, ready: Callable[[str], None]) -> None:
    port = listener.getsockname()[1]
    live = Live(root, today)
    watching = asyncio.create_task(live.watch())
    await live.changed(live.version)
    config = uvicorn.Config(
        Answers(live, port),
        http=_Patient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, live, lambda: ready(f"http://{_HOST}:{port}/"))
    # what nobody watches is not shown as if somebody did
    watching.add_done_callback(lambda _: server.end())
    try:
        await server.serve([listener])
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


class _Server(uvicorn.Server):
    """A server that says when it listens, and lets waiting pages go before it ends."""

    def __init__(self, config: uvicorn.Config, live: Live, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._live, self._ready = live, ready

    def end(self) -> None:
        """End when what is under way is answered."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live.end()
        await super().shutdown(sockets)


class _Patient(H11Protocol):
    """A connection that is closed where the head of a request does not come in time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as uvicorn has it
        super().__init__(*args, **kwargs)
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._forget()
        self._timer = self.loop.call_later(_PATIENCE, self._give_up, self.cycle)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _give_up(self, last: object) -> None:
        # a request that has begun since is answered in its own time
        if self.cycle is last:
            self.transport.abort()
