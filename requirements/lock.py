"""Write the locks: what the project needs to run and to be installed, its extras, what developers need.

Run by `make lock`, on the oldest Python that the project supports, so that every package of the
lock also works on the newer ones. `make lock UPGRADE=1` takes the newest versions; without it only
what pyproject.toml asks for changes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
RUNTIME = "requirements/lock.txt"
EXTRAS = "requirements/extras.txt"
DEVELOPER = "requirements/dev.txt"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
)
# pip-compile resolves for the machine it runs on; these are wanted on another alone.
MARKERS = {"colorama": 'sys_platform == "win32"'}


def main() -> None:
    """Write the locks, the runtime first: the others agree with it."""
    if sys.version_info[:2] != OLDEST:
        sys.exit("make lock: use Python {}.{}, the oldest that the project supports".format(*OLDEST))
    upgrade = ("--upgrade",) if os.environ.get("UPGRADE") else ()
    tools = "\n".join(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["dev"])
    # an editor has what it needs from the first command; the other extras are large
    _compile(RUNTIME, "pyproject.toml", "requirements/build.in", "--extra", "lsp", *upgrade)
    _compile(EXTRAS, "pyproject.toml", "--all-extras", "--constraint", RUNTIME, *upgrade)
    _compile(DEVELOPER, "-", "--constraint", EXTRAS, *upgrade, stdin=tools)


def _compile(target: str, *arguments: str, stdin: str = "") -> None:
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, "--output-file", target, *arguments]
    environment = {**os.environ, "CUSTOM_COMPILE_COMMAND": "make lock"}
    result = subprocess.run(  # noqa: S603 - our own words alone
        command, cwd=ROOT, env=environment, input=stdin, encoding="utf-8", check=False
    )
    if result.returncode:
        sys.exit(result.returncode)
    path = ROOT / target
    path.write_text(_marked(path.read_text("utf-8")), "utf-8", newline="\n")


def _marked(lock: str) -> str:
    """Give the lock with the markers of `MARKERS`; a package that has one already keeps it."""
    for name, marker in MARKERS.items():
        lock = re.sub(
            rf"^({name}==[^\s;]+)(?: ;[^\\\n]*)? \\$", rf"\1 ; {marker} \\", lock, flags=re.MULTILINE
        )
    return lock.replace("# via -r -\n", "# via the group dev of pyproject.toml\n").replace(
        "#   -r -\n", "#   the group dev of pyproject.toml\n"
    )


if __name__ == "__main__":
    main()
