"""What a browser is answered: known pages, the stream of changes, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from poa_toolkit.serve import room
from poa_toolkit.serve.pages import HOME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from poa_toolkit.serve.live import Live

MOST_STREAMS = 48
"""How many pages may wait for changes at a time."""
_EVENTS = "live/events"
_JUMP = "table/go"
_STARTS = {"": HOME, "table/": room.START}
_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",  # or a page of others could load our scripts
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Answers:
    """Answers requests of browsers on this machine, from what is in memory; nothing is written."""

    def __init__(self, live: Live, port: int) -> None:
        self._live = live
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._streams = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = self._refused(request) or await self._answer(request)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the server
            response = PlainTextResponse(f"This is a fault of poa itself: {error!r}\n", 500)
        response.headers.update(_HEADERS)
        await response(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        """Return why a request is not answered; None where it is.

        Another site's page in the same browser may ask, under a name of its own that leads here, too.
        """
        if request.headers.getlist("host") not in [[each] for each in self._hosts]:
            return PlainTextResponse("This is served to 127.0.0.1 and localhost alone.\n", 421)
        asks = request.headers
        is_foreign = any(each not in self._origins for each in asks.getlist("origin"))
        is_embedded = asks.get("sec-fetch-site") in ("cross-site", "same-site")
        if is_foreign or (is_embedded and asks.get("sec-fetch-mode") != "navigate"):
            return PlainTextResponse("This is served to its own pages alone.\n", 403)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("Nothing is changed from here.\n", 405, {"Allow": "GET, HEAD"})
        return None

    @property
    def _origins(self) -> tuple[str, ...]:
        return tuple(f"http://{each}" for each in self._hosts)

    async def _answer(self, request: Request) -> Response:
        path = str(request.scope["path"]).removeprefix("/")
        if path == "table":
            return RedirectResponse("/table/", 308)
        if path == "favicon.ico":
            return Response(status_code=204)
        if path == _EVENTS:
            return self._events(request)
        if path == _JUMP:
            return await self._jump(request)
        path = _STARTS.get(path, path)
        content = await self._live.page(path)
        if content is None:
            return PlainTextResponse("There is no such page.\n", 404)
        return _file(path, content)

    async def _jump(self, request: Request) -> Response:
        wanted, at = (request.query_params.get(name, "") for name in ("to", "at"))
        found = await self._live.jump(wanted, at)
        return RedirectResponse(f"/{found}", 303) if isinstance(found, str) else _file(room.START, found)

    def _events(self, request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        if self._streams >= MOST_STREAMS:
            return PlainTextResponse("Too many pages are open.\n", 503, {"Retry-After": "5"})
        return StreamingResponse(self._changes(), media_type="text/event-stream")

    async def _changes(self) -> AsyncIterator[str]:
        """Yield the version that is served, and each one after it, until all is over."""
        self._streams += 1
        try:
            version = ""
            yield "retry: 500\n\n"
            while not self._live.is_over:
                seen, version = version, await self._live.changed(version)
                if version != seen:
                    yield f"data: {version}\n\n"
        finally:
            self._streams -= 1


def _file(path: str, content: bytes) -> Response:
    kind = _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Response(content, headers={"Content-Type": f"{kind}{charset}"})
