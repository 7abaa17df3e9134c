"""What every test can ask for: the command line, golden files, and programs from outside."""

from __future__ import annotations

import difflib
import gc
import io
import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from allowed_skips import SkipGuard
from hypothesis import HealthCheck, settings

from poa_toolkit.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

TESTS = Path(__file__).parent
ROOT = TESTS.parent
GOLDEN = TESTS / "golden"
MODULES = TESTS / "tools" / "node_modules"
A_MINUTE = 60

settings.register_profile("fast", max_examples=50, deadline=None)
settings.register_profile(
    "all", max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fast")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("poa-toolkit")
    group.addoption(
        "--update-golden", action="store_true", help="write tests/golden/ anew; runs these tests alone"
    )
    group.addoption(
        "--only-allowed-skips",
        action="store_true",
        default=os.environ.get("CI") == "true",
        help="fail on a skip that tests/allowed-skips.txt does not name [default where CI=true]",
    )


def pytest_configure(config: pytest.Config) -> None:
    _forget_the_machine()
    on_worker = hasattr(config, "workerinput")
    if config.getoption("--only-allowed-skips") and not on_worker:
        config.pluginmanager.register(SkipGuard(TESTS / "allowed-skips.txt"))


def _forget_the_machine() -> None:
    """Take away what the shell and the user's git settings would bring into a test."""
    wanted = ("GIT_", "GITHUB_", "POA_", "SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CLICOLOR")
    for name in [name for name in os.environ if name.startswith(wanted)]:
        del os.environ[name]
    os.environ.update(
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
        GIT_AUTHOR_NAME="A Tester",
        GIT_AUTHOR_EMAIL="tester@example.org",
        GIT_COMMITTER_NAME="A Tester",
        GIT_COMMITTER_EMAIL="tester@example.org",
        PYTHONUTF8="1",
        POA_PAGES="no",  # a layout takes seconds; the tests of pages ask for it
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run only the tests with golden files where these are renewed."""
    if config.getoption("--update-golden"):
        golden_ones = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in golden_ones])
        items[:] = golden_ones


# --- golden files -----------------------------------------------------------------------------


class Golden(Protocol):
    def __call__(self, name: str, content: str | bytes) -> None: ...


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare text or bytes with the file of that name under tests/golden/, or write it anew."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, content: str | bytes) -> None:
        path = GOLDEN / name
        actual = content.encode("utf-8") if isinstance(content, str) else content
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual)
            return
        renew = "look at it, and renew it with: make golden"
        if not path.exists():
            pytest.fail(f"tests/golden/{name} is not there; {renew}", pytrace=False)
        expected = path.read_bytes()
        if actual != expected:
            pytest.fail(
                f"tests/golden/{name} differs; {renew}\n{_difference(expected, actual)}", pytrace=False
            )

    return compare


def _difference(expected: bytes, actual: bytes) -> str:
    try:
        old, new = expected.decode("utf-8"), actual.decode("utf-8")
    except UnicodeDecodeError:
        shortest = min(len(expected), len(actual))
        first = next((at for at in range(shortest) if expected[at] != actual[at]), shortest)
        return f"{len(expected)} bytes expected, {len(actual)} found; the first difference is at byte {first}"
    lines = [*difflib.unified_diff(old.splitlines(), new.splitlines(), "expected", "found", lineterm="")]
    if not lines:
        return "the ends of the lines differ"
    return "\n".join([*lines[:120], f"… and {len(lines) - 120} lines more"] if len(lines) > 120 else lines)


# --- the command line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    status: int
    stdout: str
    stderr: str


class Poa(Protocol):
    def __call__(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
    ) -> Finished: ...


@pytest.fixture(scope="session", autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder where commands keep what is not done yet: none of the user's own."""
    folder = tmp_path_factory.mktemp("state")
    os.environ["XDG_STATE_HOME"] = str(folder)
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    return folder


@pytest.fixture
def poa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Poa:
    """Run `poa` in this process, with the streams that a shell would give; by default in the test's empty folder.

    `env` is added to the environment. What is printed must be UTF-8.
    """

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
    ) -> Finished:
        streams = {"stdin": _stream(stdin), "stdout": _stream(), "stderr": _stream()}
        with monkeypatch.context() as patch:
            patch.chdir(cwd or tmp_path)
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            try:
                status = main([*map(str, arguments)])
            finally:
                gc.enable()
                gc.unfreeze()
        return Finished(status, _written(streams["stdout"]), _written(streams["stderr"]))

    return run


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8", newline="")


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@pytest.fixture
def poa_process(tmp_path: Path) -> Poa:
    """Run `poa` in a process of its own, for what another process may differ in: seeds, zones, locales."""

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
    ) -> Finished:
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}
        finished = subprocess.run(
            [sys.executable, "-m", "poa_toolkit", *map(str, arguments)],
            cwd=cwd or tmp_path,
            env={**inherited, **(env or {})},
            input=stdin.encode("utf-8"),
            capture_output=True,
            timeout=5 * A_MINUTE,
            check=False,
        )
        stdout, stderr = (stream.decode("utf-8") for stream in (finished.stdout, finished.stderr))
        return Finished(finished.returncode, stdout, stderr)

    return run


class Git(Protocol):
    def __call__(self, *arguments: str | Path, cwd: Path | None = None, check: bool = True) -> str: ...


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Run git, by default in the test's own folder; what it says, both streams, without the last line feed."""

    def run(*arguments: str | Path, cwd: Path | None = None, check: bool = True) -> str:
        done = subprocess.run(
            ["git", "-c", "init.defaultBranch=main", *map(str, arguments)],
            cwd=cwd or tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=A_MINUTE,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout
        return done.stdout.strip()

    return run


@pytest.fixture
def git_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the commands of git that the toolkit runs from here on, in their order."""
    calls: list[str] = []

    class Noting(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **more: Any) -> None:
            if "--no-pager" in command:
                calls.append(command[command.index("-C") + 2])
            super().__init__(command, **more)

    monkeypatch.setattr(subprocess, "Popen", Noting)
    return calls


# --- programs from outside --------------------------------------------------------------------


def _program(*names: str) -> str:
    """Give the path of the first program that is there, or skip the test."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{names[0]} is not installed")


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Turn a Word file into a PDF with LibreOffice, or save it again: its path in, the new one out."""
    program = _program("soffice", "libreoffice")
    # two LibreOffices cannot share a profile; each xdist worker has its own base folder
    profile = tmp_path_factory.mktemp("libreoffice-profile").as_uri()

    def convert(docx: Path, form: str = "pdf") -> Path:
        folder = tmp_path_factory.mktemp(form)
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        finished = subprocess.run(
            [*command, "--convert-to", form, "--outdir", str(folder), str(docx)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=3 * A_MINUTE,
            check=False,
        )
        made = folder / f"{docx.stem}.{form}"
        assert made.exists(), (
            f"LibreOffice did not open {docx.name}: {finished.stderr.decode(errors='replace')}"
        )
        return made

    return convert


@pytest.fixture(scope="session")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], dict[str, bytes]]:
    """Save all Word files of a folder in another form with LibreOffice, and from there as Word files again."""
    program = _program("soffice", "libreoffice")
    profile = tmp_path_factory.mktemp("libreoffice-profile").as_uri()

    def convert(files: Iterable[Path], form: str, folder: Path) -> list[Path]:
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to"]
        names = [str(each) for each in files]
        subprocess.run(
            [*command, form, "--outdir", str(folder), *names],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=3 * A_MINUTE,
            check=True,
        )
        return [folder / f"{Path(each).stem}.{form}" for each in names]

    def save(folder: Path, form: str) -> dict[str, bytes]:
        there = sorted(folder.glob("*.docx"))
        for step in (form, "docx") if form != "docx" else ("docx",):
            there = convert(there, step, tmp_path_factory.mktemp(step))
        return {each.stem: each.read_bytes() for each in there}

    return save


@pytest.fixture(scope="session")
def python_of_libreoffice() -> str:
    """Give a Python that can talk to LibreOffice, which is seldom the one that runs the tests."""
    _program("soffice", "libreoffice")
    for program in filter(None, (sys.executable, shutil.which("python3", path="/usr/bin"))):
        if subprocess.run([program, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return program
    pytest.skip("no Python has uno: install python3-uno")


@pytest.fixture(scope="session")
def pandoc() -> str:
    """Give the program pandoc."""
    return _program("pandoc")


@pytest.fixture(scope="session")
def pdf_text() -> Callable[[Path], str]:
    """Give the text of a PDF, laid out as on the page, a form feed between pages."""
    program = _program("pdftotext")

    def read(pdf: Path) -> str:
        command = [program, "-layout", "-enc", "UTF-8", str(pdf), "-"]
        return subprocess.run(command, capture_output=True, timeout=A_MINUTE, check=True).stdout.decode(
            "utf-8"
        )

    return read


@pytest.fixture(scope="session")
def ooxml_validator() -> Callable[[Path], list[dict[str, Any]]]:
    """Give what Microsoft's own validator finds wrong in a Word file: nothing, if it is sound."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), "arm64")
    folder = MODULES / "@xarsh" / f"ooxml-validator-{sys.platform}-{machine}"
    program = folder / ("ooxml-validator.exe" if sys.platform == "win32" else "ooxml-validator")
    if not program.exists():
        pytest.skip("the OOXML validator is not installed: make tools (Linux on x64 alone)")

    def errors(docx: Path) -> list[dict[str, Any]]:
        finished = subprocess.run([program, docx], capture_output=True, timeout=A_MINUTE, check=False)
        answer = json.loads(finished.stdout)
        found: list[dict[str, Any]] = answer["errors"]
        assert answer["ok"] is not bool(found), "the validator contradicts itself"
        return found

    return errors


@pytest.fixture(scope="session")
def node_docx() -> Callable[..., None]:
    """Make a Word file with the library docx for JavaScript: its path, and words to put into it."""
    node = _program("node")
    if not (MODULES / "docx").is_dir():
        pytest.skip("the library docx is not installed: make tools")

    def make(file: Path, *words: str) -> None:
        program = TESTS / "tools" / "document.mjs"
        finished = subprocess.run([node, program, file, *words], capture_output=True, check=False)
        assert finished.returncode == 0, finished.stderr.decode(errors="replace")

    return make


@pytest.fixture(scope="session")
def docxodus() -> Callable[..., list[Any]]:
    """Read Word files with Docxodus: tests/tools/docxodus.mjs says what it gives of each, and saves beside it."""
    return _reader("docxodus", "docxodus.mjs")


@pytest.fixture(scope="session")
def docx_preview() -> Callable[..., list[Any]]:
    """Show Word files with docx-preview: tests/tools/docx_preview.mjs says what it gives of each, and saves."""
    return _reader("docx-preview", "docx_preview.mjs", _program("chromium", "chromium-browser"))


def _reader(library: str, script: str, *before: str) -> Callable[..., list[Any]]:
    node = _program("node")
    if not (MODULES / library).is_dir():
        pytest.skip(f"{library} is not installed: make tools")

    def read(*files: Path) -> list[Any]:
        command = [node, str(TESTS / "tools" / script), *before, *map(str, files)]
        finished = subprocess.run(command, capture_output=True, timeout=5 * A_MINUTE, check=False)
        assert finished.returncode == 0, finished.stderr.decode(errors="replace")
        found: list[Any] = json.loads(finished.stdout)
        return found

    return read


class Browser(Protocol):
    def __call__(self, page: Path | str, *views: Mapping[str, Any]) -> dict[str, dict[str, Any]]: ...


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Look at a page in Chromium in several ways: tests/tools/browser.mjs says what a view may ask."""
    program = _program("chromium", "chromium-browser")
    node = _program("node")
    if not (MODULES / "playwright-core").is_dir():
        pytest.skip("playwright-core is not installed: make tools")

    def look(page: Path | str, *views: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        address = page if isinstance(page, str) else page.as_uri()
        finished = subprocess.run(
            [node, str(TESTS / "tools" / "browser.mjs")],
            input=json.dumps({"program": program, "page": address, "views": views}).encode("utf-8"),
            capture_output=True,
            timeout=2 * A_MINUTE,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr.decode(errors="replace")
        seen: dict[str, dict[str, Any]] = json.loads(finished.stdout)
        return seen

    return look
