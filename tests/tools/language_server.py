"""A small client of a language server: JSON-RPC over the server's standard input and output."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path


PATIENCE = 30  # seconds for one answer; the first includes the start of node
# what an editor would be asked for; nothing is fetched from the network
SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}


class LanguageServer:
    """One running server, used as a context; a file is opened as it is on disk, or with a given text."""

    def __init__(self, command: list[str], root: Path) -> None:
        self._command = command
        self._root = root
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._last_id = 0
        self._version = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._request(
            "initialize",
            {
                "processId": None,
                "rootUri": self._root.as_uri(),
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "hover": {"contentFormat": ["markdown"]},
                        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                    },
                },
            },
        )
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": SETTINGS})
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._request("shutdown", {})
            self._notify("exit", {})
            self._process.wait(timeout=PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def diagnostics(self, path: Path, text: str | None = None) -> list[tuple[int, str]]:
        """Open a file and give what the server finds: (line from 1, message), in order."""
        uri = self._open(path, text)
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found = message["params"]["diagnostics"]
                self._close(uri)
                return sorted((each["range"]["start"]["line"] + 1, each["message"]) for each in found)

    def complete(self, path: Path, text: str) -> list[str]:
        """Give the labels of what the server offers at the end of a text."""
        uri = self._open(path, text)
        answer = self._request("textDocument/completion", _position(uri, text))
        self._close(uri)
        items = answer if isinstance(answer, list) else answer["items"]
        return [item["label"] for item in items]

    def hover(self, path: Path, text: str, word: str) -> str:
        """Give what the server says of a word: its last occurrence in a text."""
        uri = self._open(path, text)
        answer = self._request("textDocument/hover", _position(uri, text[: text.rindex(word) + 1]))
        self._close(uri)
        return "" if answer is None else str(answer["contents"]["value"])

    def _open(self, path: Path, text: str | None) -> str:
        uri = path.as_uri()
        self._version += 1
        document = {
            "uri": uri,
            "languageId": "yaml",
            "version": self._version,
            "text": path.read_text("utf-8") if text is None else text,
        }
        self._notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def _close(self, uri: str) -> None:
        self._notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def _request(self, method: str, params: dict[str, Any]) -> Any:
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self._last_id and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _next(self) -> dict[str, Any]:
        """Give the next message, after answering what the server itself asks."""
        message = self._messages.get(timeout=PATIENCE)
        if "id" in message and "method" in message:
            self._send({"id": message["id"], "result": _answer(message)})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        stream.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            body = stream.read(length)
            if len(body) < length:
                return  # the server has gone
            self._messages.put(json.loads(body))


def _answer(question: dict[str, Any]) -> Any:
    if question["method"] != "workspace/configuration":
        return None
    return [SETTINGS.get(item.get("section", ""), {}) for item in question["params"]["items"]]


def _position(uri: str, text: str) -> dict[str, Any]:
    """Give the end of a text; columns are UTF-16 units, our texts are ASCII there."""
    *before, last = text.split("\n")
    return {"textDocument": {"uri": uri}, "position": {"line": len(before), "character": len(last)}}
