"""A template that is not to be trusted is checked and filled in a process of its own, with limits.

The child gets the document and the template through a file, has no environment, opens nothing once it
has begun, and gives back plain bytes: a line of JSON, then the Word file. It runs no code of the template
but that of the sandbox; what would get past the sandbox meets these walls.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Severity
from poa_toolkit.errors import PoaError, TemplateError

if TYPE_CHECKING:
    from datetime import datetime

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.word.template.check import Checked

SECONDS = 6
"""Seconds of work that a template may take, besides those that the size of the document adds."""
SECONDS_A_MEBIBYTE = 4
WALL = 5
"""How many times longer it may take by the clock, on a machine that is busy."""
MEMORY = 1024 * 1024 * 1024
OUTPUT = 192 * 1024 * 1024
"""Bytes of address space, and of what is written."""

_BEGIN = (
    "import sys; sys.path[:] = {path!r}; from poa_toolkit.word.writer.child_process import serve; serve()"
)
_KEPT = ("SYSTEMROOT",)
"""What Windows needs to begin a process at all."""


_LOADED_LATE = ("difflib", "encodings.cp437", "encodings.unicode_escape", "jinja2.debug", "unicodedata")
"""What a fault, a zip from elsewhere or a word in quotes makes Python load; behind the walls nothing can.

A test writes all that the language of templates has, and compares what comes of it inside and outside.
"""


class Request(NamedTuple):
    """What the child is asked: to check a template, and with a document to fill it."""

    template: bytes
    seconds: int
    document: Document | None = None
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it."""

    checked: Checked
    content: bytes = b""
    """The Word file; empty where there is none."""


def ask(
    template: bytes,
    document: Document | None = None,
    when: datetime | None = None,
    *,
    at_least: int = SECONDS,
) -> Answer:
    """Check a template; where there is a document and no error, fill it.

    `at_least` is how many seconds of work it may take, whatever the size of the document. Raises
    PoaError where no process can be begun.
    """
    told = pickle.dumps(document)
    seconds = at_least + SECONDS_A_MEBIBYTE * (len(told) + len(template)) // (1024 * 1024)
    with _nameless() as given, _nameless() as written:
        pickle.dump(Request(template, seconds, document, when), given)
        given.seek(0)
        status = _run(given, written, seconds * WALL)
        written.seek(0)
        return _answer(written, status)


def _nameless() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        why = error.strerror if error.filename else "none can be written to"
        raise PoaError(f"no folder for temporary files ({why}): let TMPDIR name one with room") from None


def _run(given: IO[bytes], written: IO[bytes], limit: float) -> int | None:
    """Run the child; its status, or None where it had to be ended."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    command = [sys.executable, "-I", "-c", _BEGIN.format(path=sys.path)]
    try:
        process = subprocess.Popen(  # noqa: S603 - this very Python, and our own code
            command,
            stdin=given,
            stdout=written,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=Path(sys.executable).anchor,
        )
    except OSError as error:
        raise PoaError(f"no process for the template could be begun: {error.strerror}") from None
    try:
        return process.wait(timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.kill()
        process.wait()


def _answer(written: IO[bytes], status: int | None) -> Answer:
    from poa_toolkit.word.template.check import Checked, Listed  # noqa: PLC0415 - with the answer
    from poa_toolkit.word.template.parts import Fault  # noqa: PLC0415 - with the answer

    line = written.readline(OUTPUT)
    content = written.read()
    try:
        found = json.loads(line)
        checked = Checked(
            tuple(Listed(*each) for each in found["tags"]),
            tuple(found["unused"]),
            tuple(Fault(code, Severity(severity), *said) for code, severity, *said in found["faults"]),
        )
        whole = status == 0 and len(content) == found["size"]
    except (ValueError, KeyError, TypeError):
        checked, whole = Checked(), False
    if whole:
        return Answer(checked, content)
    said = "takes too long" if status is None or status < 0 else "wants too much"
    message = f"the template {said}, and was stopped"
    cure = "take loops inside loops, and whatever repeats a text, out of it"
    return Answer(checked._replace(faults=(Fault("POA714", Severity.ERROR, message, cure),)))


def serve() -> None:
    """Run as the child process: read a request, answer, end. The parent calls nothing of this."""
    request: Request = pickle.load(sys.stdin.buffer)  # noqa: S301 - the parent wrote it
    _limit(request.seconds)
    checked, content = _served(request)
    _reply(checked, content)
    sys.stdout.buffer.flush()
    # nothing of what is left is worth an orderly end
    os._exit(0)


def _served(request: Request) -> tuple[Checked, bytes]:
    from poa_toolkit.word.template import check  # noqa: PLC0415 - after the limits are set

    _warm_up(request)
    _open_nothing()
    checked = check.Checked()
    try:
        checked = check.check(request.template, request.document)
        return checked, b"" if checked.failed else _filled(request)
    except TemplateError as error:
        return check.with_fault(checked, str(error), error.near), b""
    except MemoryError:
        raise
    except RecursionError:
        return check.unreadable(checked, "it nests too deeply"), b""
    except Exception:  # noqa: BLE001 - a stranger's file may raise anything, whose words are a program's
        return check.unreadable(checked, "it holds what Word would not write"), b""


def _filled(request: Request) -> bytes:
    from poa_toolkit.word.writer import render  # noqa: PLC0415 - after the limits are set

    if request.document is None or request.when is None:
        return b""
    return render.render_untrusted(request.document, request.template, when=request.when)


def _reply(checked: Checked, content: bytes) -> None:
    head = {
        "tags": [list(each) for each in checked.tags],
        "unused": list(checked.unused),
        "faults": [list(each) for each in checked.faults],
        "size": len(content),
    }
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + content)


def _warm_up(request: Request) -> None:
    """Load, with a template that can be trusted, what filling one loads only when it comes to it."""
    for name in _LOADED_LATE:
        importlib.import_module(name)
    from datetime import UTC, datetime  # noqa: PLC0415 - in the child alone

    from poa_toolkit.document.blocks import Document  # noqa: PLC0415 - after the limits are set
    from poa_toolkit.word.template import check, packaged  # noqa: PLC0415 - after the limits are set
    from poa_toolkit.word.writer import render  # noqa: PLC0415 - after the limits are set

    template = packaged.packaged_template()
    check.check(template)
    if request.document is not None:
        empty = Document("", "", (), "", ())
        render.render_untrusted(empty, template, when=datetime(2017, 12, 4, tzinfo=UTC))


def _limit(seconds: int) -> None:
    """Bound work, memory and output, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for which, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def _open_nothing() -> None:
    """Let this process open no file and no connection any more; those it has stay open."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
