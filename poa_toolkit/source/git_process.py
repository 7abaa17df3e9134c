"""Calls of git: in a stranger's repository none runs a program, waits for ever or is told what to print."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from poa_toolkit.errors import NoAnswerError
from poa_toolkit.source import programs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SILENCE = 10.0
"""Seconds for which git may say nothing, in all calls of a command together; then it is ended.

In them it walks a history of hundreds of thousands of commits, before it says a word of some of our
questions. What it says afterwards may take its time: silences of less than a tenth do not count.
"""
MAX_ANSWER = 96 * 1024 * 1024
"""Bytes beyond which it is not listened to, where a caller does not say."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of its own that it may take, where the system can bound them: a file of settings may never end."""
TOO_MUCH = 128
"""The status of a call whose answer was too large; git's own of what it cannot do."""
NO_GIT = 127

_SET_ASIDE = (
    # what begins programs
    ("core.fsmonitor", "", "asked which files changed whenever the index is read"),
    ("core.hooksPath", os.devnull, "post-index-change, when the index is written"),
    ("log.showSignature", "false", "gpg.program, for each commit"),
    ("diff.external", "", "a comparison by another program"),
    ("core.alternateRefsCommand", "", "asked for the refs of a repository that lends objects"),
    ("protocol.allow", "never", "helpers of remotes, ssh, credentials: nothing is fetched"),
    ("core.sshCommand", "", "the same"),
    ("core.gitProxy", "none", "the same"),
    ("core.askPass", "", "the same"),
    ("credential.helper", "", "the same"),
    # what reads other files, wherever they lie and whether or not they end
    ("diff.orderFile", os.devnull, "read before anything is compared"),
    ("log.mailmap", "false", "reads .mailmap, mailmap.file, mailmap.blob"),
    ("core.attributesFile", os.devnull, "may name a textconv or a filter"),
    ("core.excludesFile", os.devnull, "nothing untracked is asked for"),
    # what lies about history
    ("core.commitGraph", "false", "says anything about parents and dates, unproved"),
    ("core.multiPackIndex", "false", "says anything about where objects are, beside the index of each pack"),
    ("core.useReplaceRefs", "false", "other objects in the place of those that were asked for"),
    # what changes what git prints
    ("i18n.logOutputEncoding", "UTF-8", "names and subjects"),
    ("i18n.commitEncoding", "UTF-8", "the same, where the other one is not set"),
    ("color.ui", "false", "escapes between the bytes"),
    ("color.diff", "false", "the same, and it counts for more"),
    ("core.quotePath", "false", "paths"),
    ("log.decorate", "false", "names of refs behind commits"),
    ("log.follow", "false", "other files than were asked for"),
    ("log.diffMerges", "separate", "what -m means"),
    ("log.showRoot", "true", "the first commit"),
    ("diff.renames", "false", "one change in the place of two"),
    ("diff.relative", "false", "paths from another folder"),
    ("diff.ignoreSubmodules", "none", "entries left out"),
    # what is written beside what we write
    ("core.splitIndex", "false", "a shared index, in a file of its own"),
)
"""Settings of a repository, a user or a machine that count for no call: name, value, what it would do.

Every other one that git knows is read by no command that we call, or harmless, or wanted (`user.*`); a slow
test tries each. What -c cannot set aside (include.path, core.worktree, a file of .git that is a pipe) meets
the bounds above, and for what is written git_folder.
"""
_SAFE = ("--no-pager", *(part for name, value, _ in _SET_ASIDE for part in ("-c", f"{name}={value}")))
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # older git fetches what a partial clone lacks all the same: by no protocol at all
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # .git/info/grafts gives commits other parents
    "GIT_GRAFT_FILE": "",
}
_PART = 65536
_COMPLAINT = 65536
_A_MOMENT = 1.0
_IN_TIME = "within {:g} seconds"
_NO_MEMORY = b"ut of memory"
_waited: dict[str, float] = {}
"""Seconds of long silences, by the folder that git was asked in."""


def run(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    most: int | None = None,
    keep: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder`, whose own settings can start no program, fetch nothing and change no answer.

    An answer of more than `most` bytes, by default MAX_ANSWER, is a failure. Of git's own variables it
    sees those of `keep`. Without git, the status is 127. Raises NoAnswerError where git does not answer
    in time, and from then on at once, or dies of the question.
    """
    where = os.path.realpath(folder)
    patience = SILENCE - _waited.get(where, 0.0)
    if patience <= 0:
        raise _no_answer(arguments, _IN_TIME)
    program = programs.find("git")
    command = [program or "git", *_SAFE, "-C", os.fspath(folder), *arguments]
    if program is None:
        return subprocess.CompletedProcess(command, NO_GIT, b"", b"git is in no folder of PATH that counts")
    environment = {
        key: value for key, value in os.environ.items() if key in keep or not key.startswith("GIT_")
    }
    environment |= {**_ENVIRONMENT, "PATH": programs.search_path()}
    try:
        process = subprocess.Popen(  # noqa: S603 - a list, no shell
            command,
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        complaint = f"git cannot be run: {error.strerror}".encode()
        return subprocess.CompletedProcess(command, NO_GIT, b"", complaint)
    try:
        _bound_memory(process)
        done, waited = _heard(process, stdin, MAX_ANSWER if most is None else most, patience)
    except subprocess.TimeoutExpired:
        _waited[where] = SILENCE
        raise _no_answer(arguments, _IN_TIME) from None
    finally:
        programs.end(process)
    _waited[where] = SILENCE - patience + waited
    if done.returncode < 0 or (done.returncode and _NO_MEMORY in done.stderr):
        raise _no_answer(arguments, "and dies of the question")
    return done


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return git's own words about a failure, one line."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    faults = [each for each in lines if not each.startswith(("hint:", "warning:"))]
    return (faults or lines or ["it is missing or damaged"])[0]


class _Listener(threading.Thread):
    """Listens to a process until it has said all, or too much."""

    def __init__(self, stream: IO[bytes], most: int, *, to_end: bool = False) -> None:
        super().__init__(daemon=True)
        self.stream, self.most, self.to_end = stream, most, to_end
        self.words = bytearray()
        self.heard = time.monotonic()
        self.waited = 0.0
        self.start()

    def run(self) -> None:
        # whoever is interrupted closes the stream, and waits for no more words
        with suppress(OSError, ValueError):
            while part := os.read(self.stream.fileno(), _PART):
                self.hear()
                if len(self.words) <= self.most:
                    self.words += part
                elif not self.to_end:
                    return

    def hear(self) -> None:
        """Note that there was a sign of life, and how long the silence before it was."""
        now = time.monotonic()
        self.waited += now - self.heard if now - self.heard > SILENCE / 10 else 0
        self.heard = now

    def is_over(self, until: float) -> bool:
        """Wait for the end, at most `until` a time of the clock; say whether it has come."""
        self.join(max(0.0, until - time.monotonic()))
        return not self.is_alive()


def _heard(
    process: subprocess.Popen[bytes], stdin: bytes, most: int, patience: float
) -> tuple[subprocess.CompletedProcess[bytes], float]:
    """Listen to git; give the seconds of its long silences, too. Raises TimeoutExpired after one too long."""
    assert process.stdout is not None  # noqa: S101 - for mypy: both are pipes
    assert process.stderr is not None  # noqa: S101 - as above
    with process.stdout, process.stderr:
        answer = _Listener(process.stdout, most)
        errors = _Listener(process.stderr, _COMPLAINT, to_end=True)
        if process.stdin is not None:
            threading.Thread(target=_feed, args=(process.stdin, stdin), daemon=True).start()
        try:
            while not answer.is_over(answer.heard + patience):
                if time.monotonic() >= answer.heard + patience:
                    raise subprocess.TimeoutExpired(process.args, patience)
            if len(answer.words) > most:
                complaint = b"it holds too many files, or too large ones"
                return subprocess.CompletedProcess(process.args, TOO_MUCH, b"", complaint), answer.waited
            process.wait(patience)
            answer.hear()
        finally:
            programs.end(process)
            for each in (answer, errors):
                each.join(_A_MOMENT)
    words = bytes(answer.words), bytes(errors.words)
    return subprocess.CompletedProcess(process.args, process.returncode, *words), answer.waited


def _feed(stream: IO[bytes], given: bytes) -> None:
    # git may end before it has read all
    with suppress(OSError), stream:
        stream.write(given)


def _bound_memory(process: subprocess.Popen[bytes]) -> None:
    # packs are mapped, and do not count; where the system has no such bound, time is one
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.prlimit(process.pid, resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _no_answer(arguments: Sequence[str], how: str) -> NoAnswerError:
    return NoAnswerError(
        f"git does not answer here {how.format(SILENCE)} (`git {arguments[0]}`): "
        "something in the repository's .git keeps it, such as a pipe in the place of a file; "
        "clone it anew, or take .git away and work without it"
    )
