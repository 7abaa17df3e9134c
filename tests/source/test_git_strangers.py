"""In a stranger's repository: no call of git hangs, runs a program, is lied to, or writes elsewhere."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
import small_plan

from poa_toolkit.errors import NoAnswerError, PoaError
from poa_toolkit.source import git_branches, git_history, git_merging, git_process, versions
from poa_toolkit.source.base import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Poa

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")

A_MINUTE = 60
READING = (
    ("validate",),
    ("validate", "--version", "HEAD~1"),
    ("diff", "HEAD~2"),
    ("diff", "first...main", "--format", "json"),
    ("log", "A-001"),
    ("show", "A-001"),
    ("status",),
    ("find", "treaty"),
    ("render", "first", "-o", "plan.docx", "--digest"),
)
WRITING = (
    ("new", "action", "--section", "first", "--text", "States should answer in time."),
    (
        *("amend", "propose", "A-001", "--by", "Delegation A", "--comment", "So agreed."),
        *("--date", "2017-12-04", "--text", "Observers shall report to the treaty bodies."),
    ),
)
SETTING_UP = (("git-setup",), ("git-setup", "--undo"))
QUICK = (("validate",), ("log", "A-001"), WRITING[0], ("git-setup",))
"""What is tried where each try waits for git."""
MERGING = (("merge", "check"), ("merge", "finish"), ("validate",), ("status",))


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout


def _commit(folder: Path, data: Mapping[str, object], message: str) -> None:
    small_plan.write(folder, data)  # type: ignore[arg-type]  # what it gives
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", message)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with some commits of a plan and a merge; the tag `first`, the branch `floor`."""
    folder = tmp_path_factory.mktemp("clean") / "p"
    folder.mkdir()
    data = small_plan.files()
    _git(folder, "init", "-q")
    _commit(folder, data, "one")
    _git(folder, "tag", "first")
    _git(folder, "checkout", "-qb", "floor")
    theirs = small_plan.files()
    small_plan.action(theirs, 1)["text"] = "States should answer soon."
    _commit(folder, theirs, "the floor")
    _git(folder, "checkout", "-q", "main")
    data["plan.yaml"]["title"] = "Another title"
    _commit(folder, data, "two")
    _git(folder, "merge", "-q", "--no-edit", "floor")
    small_plan.action(data, 1)["text"] = "States should answer soon."
    small_plan.action(data)["text"] = "Observers should report to all treaty bodies."
    _commit(folder, data, "three")
    return folder


@pytest.fixture(scope="module")
def merging(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same repository in a merge that git has stopped at a conflict."""
    folder = tmp_path_factory.mktemp("merging") / "p"
    shutil.copytree(clean, folder, symlinks=True)
    _git(folder, "checkout", "-q", "floor")
    data = small_plan.files()
    small_plan.action(data, 1)["text"] = "States should answer soon."
    small_plan.action(data)["text"] = "Observers must report to some treaty bodies."
    _commit(folder, data, "the floor again")
    _git(folder, "checkout", "-q", "main")
    with pytest.raises(subprocess.CalledProcessError):
        _git(folder, "merge", "-q", "--no-edit", "floor")
    return folder


class Copy(Protocol):
    def __call__(self, of: Path, name: str = "copy") -> Path: ...


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Copy a repository; each copy has the same path inside a folder of its own."""

    def made(of: Path, name: str = "copy") -> Path:
        (tmp_path / name).mkdir()
        return Path(shutil.copytree(of, tmp_path / name / "p", symlinks=True))

    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git be silent for a moment only."""
    monkeypatch.setattr(git_process, "SILENCE", 0.5)


def _canary(at: Path) -> Path:
    """Write a program that leaves a mark beside itself."""
    at.parent.mkdir(parents=True, exist_ok=True)
    at.write_text(f"#!/bin/sh\ntouch {at}.ran\n", encoding="utf-8")
    at.chmod(0o755)
    return at


def _ran(folder: Path) -> list[str]:
    return [each.name for each in folder.rglob("*.ran")]


def _tree(folder: Path) -> dict[str, bytes | str]:
    """Give what a folder holds, links as links; not the objects of git, which are named by what they hold."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not path.is_dir():
            found[name] = stat.filemode(path.stat().st_mode)
    return found


def _plan(folder: Path) -> dict[str, bytes | str]:
    return {name: each for name, each in _tree(folder).items() if not name.startswith(".git/")}


# --- settings -------------------------------------------------------------------------------------


def _hostile(folder: Path) -> None:
    """Put into a repository what would start programs, read pipes, change answers, lie about history."""
    program = _canary(folder.parent / "canary")
    pipe = folder.parent / "pipe"
    os.mkfifo(pipe)
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman", "reference-transaction"):
        _canary(folder / ".git/hooks" / hook)
    for place in (".mailmap", ".gitmodules"):
        os.mkfifo(folder / place)
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/attributes").write_text("* diff=x filter=x merge=x\n", encoding="utf-8")
    with (folder / ".git/config").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(program=program, pipe=pipe, hooks=folder / ".git/hooks"))


SETTINGS = """
[core]
\tfsmonitor = {program}
\thooksPath = {hooks}
\tpager = {program}
\teditor = {program}
\taskPass = {program}
\tsshCommand = {program}
\tgitProxy = {program}
\talternateRefsCommand = {program}
\tattributesFile = {pipe}
\texcludesFile = {pipe}
\tuntrackedCache = true
\tsplitIndex = true
\tquotePath = true
\tabbrev = 4
\tbigFileThreshold = 1
\tpackedGitWindowSize = 1
[pager]
\tlog = {program}
\tls-tree = {program}
\tconfig = {program}
[alias]
\tlog = !{program}
\tcat-file = !{program}
\trev-parse = !{program}
[sequence]
\teditor = {program}
[diff]
\texternal = {program}
\torderFile = {pipe}
\trenames = copies
\tnoprefix = true
\trelative = true
\tignoreSubmodules = all
\talgorithm = patience
[diff "x"]
\ttextconv = {program}
\tcommand = {program}
[filter "x"]
\tclean = {program}
\tsmudge = {program}
\tprocess = {program}
\trequired = true
[merge "x"]
\tdriver = {program}
[merge]
\tconflictStyle = diff3
[gpg]
\tprogram = {program}
[gpg "ssh"]
\tprogram = {program}
[credential]
\thelper = !{program}
[remote "origin"]
\turl = ext::{program}
\tvcs = {program}
\tpromisor = true
\tpartialCloneFilter = blob:none
[protocol]
\tallow = always
[uploadpack]
\tpackObjectsHook = {program}
[mailmap]
\tfile = {pipe}
\tblob = HEAD:plan/plan.yaml
[blame]
\tignoreRevsFile = {pipe}
[log]
\tshowSignature = true
\tmailmap = true
\tdate = raw
\tdecorate = full
\tfollow = true
\tdiffMerges = off
\tshowRoot = false
\tabbrevCommit = true
[format]
\tpretty = raw
[notes]
\tdisplayRef = *
[i18n]
\tlogOutputEncoding = UTF-16
\tcommitEncoding = UTF-16
[color]
\tui = always
\tdiff = always
[column]
\tui = always
"""


def _same_as_clean(
    poa: Poa, words: tuple[str, ...], before: tuple[Path, Path], prepare: Callable[[Path], None]
) -> None:
    """Run a command in two copies, one of them prepared: both say the same, and write the same plan."""
    untouched, prepared = before
    prepare(prepared)
    wanted, found = (poa(*words, cwd=each) for each in before)
    assert wanted.status in (0, 1), wanted.stderr
    assert found == wanted
    assert _plan(prepared).items() >= _plan(untouched).items()
    assert _ran(prepared.parent) == []


@pytest.mark.parametrize(
    "words", [*READING, *WRITING, pytest.param(("build",), marks=pytest.mark.slow)], ids=" ".join
)
def test_hostile_settings_change_nothing(words: tuple[str, ...], clean: Path, copy: Copy, poa: Poa) -> None:
    _same_as_clean(poa, words, (copy(clean), copy(clean, "hostile")), _hostile)


@pytest.mark.parametrize("words", SETTING_UP, ids=" ".join)
def test_hostile_settings_change_nothing_of_what_is_set(
    words: tuple[str, ...], clean: Path, copy: Copy, poa: Poa
) -> None:
    def prepare(folder: Path) -> None:
        _hostile(folder)
        # hooks that are elsewhere stay there
        _git(folder, "config", "--unset", "core.hooksPath")

    before = copy(clean), copy(clean, "hostile")
    if "--undo" in words:
        for each in before:
            assert poa("git-setup", cwd=each).status == 0
    _same_as_clean(poa, words, before, prepare)


@pytest.mark.parametrize("words", MERGING, ids=" ".join)
def test_hostile_settings_change_no_merge(
    words: tuple[str, ...], merging: Path, copy: Copy, poa: Poa
) -> None:
    _same_as_clean(poa, words, (copy(merging), copy(merging, "hostile")), _hostile)


def _every_setting() -> list[str]:
    """Give the name of every setting that git knows."""
    listed = subprocess.run(["git", "help", "-c"], capture_output=True, encoding="utf-8", check=True).stdout
    names = [each for each in listed.splitlines() if re.fullmatch(r"[\w.<>*-]+", each)]
    return [re.sub(r"<[^>]*>|\*", "x", each) for each in names]


def _as_settings(names: list[str], value: str) -> str:
    lines = []
    for name in names:
        section, _, rest = name.partition(".")
        within, _, key = rest.rpartition(".")
        lines.append(f'[{section} "{within}"]' if within else f"[{section}]")
        lines.append(f"\t{key} = {value}")
    return "\n".join(lines) + "\n"


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("value", ["{program}", "{pipe}", "true", "false"])
def test_no_setting_that_git_knows_changes_what_is_read(
    value: str, clean: Path, copy: Copy, tmp_path: Path
) -> None:
    folder = copy(clean)
    value = value.format(program=_canary(tmp_path / "canary"), pipe=tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe")
    wanted, plain = _said(folder), (folder / ".git/config").read_text("utf-8")
    names = [[each for each in _every_setting() if not each.startswith("user.")]]
    while names:
        some = names.pop()
        # under another name, since a folder in which git did not answer once is not asked again
        folder = folder.rename(folder.parent / f"{len(some)} {some[0]}")
        (folder / ".git/config").write_text(plain + _as_settings(some, value), "utf-8")
        found = _said(folder)
        assert _ran(tmp_path) == [], some
        if found != wanted and len(some) > 1:
            names += [some[: len(some) // 2], some[len(some) // 2 :]]
        elif found != wanted:
            # what is no value of it, or no repository of ours: said, and no answer made up
            assert re.fullmatch("not known: .*(fatal|error|does not answer).*", found), (some, found)


@pytest.mark.slow
@pytest.mark.parametrize("words", [*READING, *WRITING, ("git-setup",)], ids=" ".join)
def test_no_program_is_started_but_git(
    words: tuple[str, ...], clean: Path, copy: Copy, tmp_path: Path
) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    folder = copy(clean)
    _hostile(folder)
    command = (
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=execve",
        "-e",
        "signal=none",
        "-o",
        str(tmp_path / "trace"),
    )
    subprocess.run(
        [*command, sys.executable, "-m", "poa_toolkit", *words],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=2 * A_MINUTE,
    )
    started = re.findall(r'execve\("([^"]*)".* = 0$', (tmp_path / "trace").read_text("utf-8"), re.MULTILINE)
    git = os.path.realpath(shutil.which("git") or "")
    assert {os.path.realpath(each) for each in started} <= {git, os.path.realpath(sys.executable)}
    assert started


# --- history --------------------------------------------------------------------------------------


def _replace(folder: Path) -> None:
    _git(folder, "replace", "HEAD~1", "first")
    assert len(_git(folder, "log", "--oneline").splitlines()) == 2


def _graft(folder: Path) -> None:
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/grafts").write_text(_git(folder, "rev-parse", "HEAD"), encoding="utf-8")
    assert len(_git(folder, "log", "--oneline").splitlines()) == 1


def _forge_graph(folder: Path) -> None:
    """Let the commit-graph say that no commit has a parent."""
    _git(folder, "commit-graph", "write", "--reachable")
    path = folder / ".git/objects/info/commit-graph"
    path.chmod(0o644)
    graph = bytearray(path.read_bytes())
    chunks = {
        bytes(graph[at : at + 4]): int.from_bytes(graph[at + 4 : at + 12], "big") for at in range(8, 68, 12)
    }
    commits = len(_git(folder, "rev-list", "--all").splitlines())
    for number in range(commits):
        at = chunks[b"CDAT"] + number * 36 + 20
        graph[at : at + 8] = bytes.fromhex("70000000") * 2
    graph[-20:] = hashlib.sha1(graph[:-20], usedforsecurity=False).digest()
    path.write_bytes(graph)
    assert len(_git(folder, "log", "--oneline").splitlines()) == 1


@pytest.mark.parametrize("words", [("log", "A-001"), ("diff", "first...main")], ids=" ".join)
@pytest.mark.parametrize("lie", [_replace, _graft, _forge_graph])
def test_history_is_what_the_commits_say(
    lie: Callable[[Path], None], words: tuple[str, ...], clean: Path, copy: Copy, poa: Poa
) -> None:
    _same_as_clean(poa, words, (copy(clean), copy(clean, "hostile")), lie)


# --- what does not answer -------------------------------------------------------------------------

FILES = (
    *("config", "HEAD", "packed-refs", "index", "shallow", "commondir", "config.worktree", "MERGE_HEAD"),
    *(
        "refs/heads/main",
        "logs/HEAD",
        "info/attributes",
        "info/exclude",
        "info/grafts",
        "info/sparse-checkout",
    ),
    *("objects/info/alternates", "objects/info/commit-graph", "objects/pack/multi-pack-index"),
    *("objects/pack/pack-x.idx", "hooks/pre-commit"),
)


def _pipe(folder: Path, name: str) -> None:
    path = folder / ".git" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _said(folder: Path) -> str:
    """Give what git knows of a plan, or one line that says why not."""
    try:
        files = versions.read(folder, "first")
        assert isinstance(files, Files)
        known = (git_history.past(folder, most=9), git_merging.merge(folder), git_branches.read(folder, ()))
    except PoaError as error:
        return f"not known: {error}"
    return f"{files.contents} {known}"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "name", [*FILES[:5], *(pytest.param(each, marks=pytest.mark.slow) for each in FILES[5:])]
)
def test_a_pipe_in_the_place_of_a_file_of_git_is_waited_for_once(name: str, clean: Path, copy: Copy) -> None:
    folder = copy(clean)
    wanted = _said(folder)
    _pipe(folder, name)
    found = _said(folder)
    assert found == wanted or re.fullmatch(r"not known: git does not answer here within .*", found)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "words",
    [
        *(each for each in (*READING, *WRITING, *SETTING_UP) if each in QUICK),
        *(
            pytest.param(each, marks=pytest.mark.slow)
            for each in (*READING, *WRITING, *SETTING_UP)
            if each not in QUICK
        ),
    ],
    ids=" ".join,
)
def test_a_command_says_in_a_line_that_git_does_not_answer(
    words: tuple[str, ...], clean: Path, copy: Copy, poa: Poa, git_calls: list[str]
) -> None:
    folder, untouched = copy(clean), copy(clean, "untouched")
    _pipe(folder, "config")
    done = poa(*words, cwd=folder)
    if done != poa(*words, cwd=untouched):
        assert (done.status, done.stdout) == (2, "")
        assert re.fullmatch(r"poa: git does not answer here within [0-9.]+ seconds \(`git .*\n", done.stderr)
        assert _plan(folder) == _plan(clean)
        assert len(git_calls) >= 1


@pytest.mark.usefixtures("quick")
def test_what_does_not_answer_is_not_asked_again(
    clean: Path, copy: Copy, poa: Poa, git_calls: list[str]
) -> None:
    folder = copy(clean)
    _pipe(folder, "HEAD")
    assert "does not answer" in poa("diff", "HEAD~1", cwd=folder).stderr
    assert len(git_calls) == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("setting", ["include.path", "includeIf.gitdir:/.path"])
def test_settings_that_are_read_from_a_pipe_are_waited_for_once(
    setting: str, clean: Path, copy: Copy, tmp_path: Path
) -> None:
    folder = copy(clean)
    os.mkfifo(tmp_path / "pipe")
    _git(folder, "config", setting, str(tmp_path / "pipe"))
    with pytest.raises(NoAnswerError, match=r"git does not answer here .*rev-parse"):
        versions.read(folder, "HEAD")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "name", ["config", "HEAD", "packed-refs", "index", "shallow", "objects/info/alternates"]
)
def test_a_file_without_an_end_is_not_taken_in(name: str, clean: Path, copy: Copy) -> None:
    folder = copy(clean)
    wanted = _said(folder)
    path = folder / ".git" / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")
    found = _said(folder)
    assert found == wanted or re.fullmatch("not known: .*", found)


def _stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program into the place of git."""
    program = folder / "bin/git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


@pytest.mark.usefixtures("quick")
def test_patience_is_for_all_calls_of_a_command_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git_calls: list[str]
) -> None:
    _stand_in(tmp_path, monkeypatch, "sleep 0.3")
    (tmp_path / "p").mkdir()
    git_process.run(tmp_path / "p", "log")
    for _ in range(3):
        with pytest.raises(NoAnswerError):
            git_process.run(tmp_path / "p", "log")
    assert len(git_calls) == 2


@pytest.mark.parametrize(
    "end", ["kill -SEGV $$", "echo 'fatal: Out of memory, realloc failed' >&2; exit 128"]
)
def test_what_git_dies_of_is_no_answer(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, end)
    (tmp_path / "p").mkdir()
    with pytest.raises(NoAnswerError, match="git does not answer here and dies of the question"):
        git_process.run(tmp_path / "p", "log")


def test_an_answer_is_bounded(clean: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy(clean)
    monkeypatch.setattr(git_process, "MAX_ANSWER", 600)
    with pytest.raises(PoaError, match="it holds too many files, or too large ones"):
        versions.read(folder, "HEAD")


def test_git_may_take_its_time_while_it_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = "for each in 1 2 3 4 5 6; do echo $each; sleep 0.2; done"
    _stand_in(tmp_path, monkeypatch, slow)
    monkeypatch.setattr(git_process, "SILENCE", 0.9)
    (tmp_path / "p").mkdir()
    assert git_process.run(tmp_path / "p", "log").stdout == b"1\n2\n3\n4\n5\n6\n"


@pytest.mark.usefixtures("quick")
def test_what_git_has_begun_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, "sleep 600 & echo $! >&2\nsleep 600")
    (tmp_path / "p").mkdir()
    with pytest.raises(NoAnswerError):
        git_process.run(tmp_path / "p", "log")


# --- which program --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("diff", "HEAD~2"), ("render", "--pdf", "-o", "plan.docx")], ids=" ".join)
def test_no_program_of_the_repository_is_run(
    words: tuple[str, ...], clean: Path, poa: Poa, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(clean, tmp_path / "p"))
    for name in ("git", "soffice", "libreoffice"):
        for place in (folder, folder / "bin"):
            _canary(place / name)
    (tmp_path / "link").symlink_to(folder / "bin")
    search = f".::bin:./bin:{folder}:{folder}/bin:{tmp_path}/link"
    git = shutil.which("git")
    assert git is not None
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs/git").symlink_to(git)
    done = poa(*words, cwd=folder, env={"PATH": f"{search}:{tmp_path}/programs"})
    assert _ran(tmp_path) == []
    if words[0] == "diff":
        assert (done.status, done.stderr) == (0, "")
    else:
        assert (done.status, "LibreOffice, which is not installed" in done.stderr) == (2, True)


# --- what git writes for us -----------------------------------------------------------------------


def _linked(name: str) -> Callable[[Path, Path], None]:
    def prepare(folder: Path, victim: Path) -> None:
        path = folder / ".git" / name if name else folder / ".git"
        other = victim / ".git" / name if name else victim / ".git"
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(other)

    return prepare


def _piped(name: str) -> Callable[[Path, Path], None]:
    def prepare(folder: Path, victim: Path) -> None:
        del victim
        path = folder / ".git" / name
        if path.is_dir():
            shutil.rmtree(path)
        _pipe(folder, name)

    return prepare


def _common(folder: Path, victim: Path) -> None:
    (folder / ".git/commondir").write_text(f"{victim}/.git\n", encoding="utf-8")


def _led(folder: Path, victim: Path) -> None:
    shutil.rmtree(folder / ".git")
    (folder / ".git").write_text(f"gitdir: {victim}/.git\n", encoding="utf-8")


def _led_by_a_worktree(folder: Path, victim: Path) -> None:
    """Lay a worktree's folder into the plan, which leads to another repository."""
    own = folder / "inner/worktrees/w"
    shutil.move(folder / ".git", folder / "inner")
    own.mkdir(parents=True)
    shutil.copy(folder / "inner/HEAD", own)
    shutil.copy(folder / "inner/index", own)
    (own / "gitdir").write_text(f"{folder}/.git\n", encoding="utf-8")
    (own / "commondir").write_text(f"{victim}/.git\n", encoding="utf-8")
    (folder / ".git").write_text(f"gitdir: {own}\n", encoding="utf-8")


def _elsewhere(folder: Path, victim: Path) -> None:
    _git(folder, "config", "core.worktree", str(victim))


ASTRAY: dict[str, Callable[[Path, Path], None]] = {
    ".git a link": _linked(""),
    "config a link": _linked("config"),
    "hooks a link": _linked("hooks"),
    "hooks a pipe": _piped("hooks"),
    "a common folder elsewhere": _common,
    ".git leads to another": _led,
    ".git leads to a worktree of another": _led_by_a_worktree,
    "core.worktree elsewhere": _elsewhere,
}


@pytest.mark.parametrize(
    "words", [("git-setup",), pytest.param(("git-setup", "--undo"), marks=pytest.mark.slow)], ids=" ".join
)
@pytest.mark.parametrize("name", ASTRAY)
def test_setting_up_git_writes_into_no_other_repository(
    name: str, words: tuple[str, ...], clean: Path, copy: Copy, poa: Poa
) -> None:
    folder, victim = copy(clean), copy(clean, "victim")
    if "--undo" in words:
        for each in (folder, victim):
            assert poa("git-setup", cwd=each).status == 0
    ASTRAY[name](folder, victim)
    before = _tree(folder), _tree(victim)
    done = poa(*words, cwd=folder)
    assert (done.status, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert (_tree(folder), _tree(victim)) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "prepare",
    [
        *(_linked(name) for name in ("", "index", "objects", "objects/pack")),
        *(_piped(name) for name in ("index", "config")),
        *(_common, _led, _led_by_a_worktree, _elsewhere),
    ],
)
def test_finishing_a_merge_writes_into_no_other_repository(
    prepare: Callable[[Path, Path], None], merging: Path, copy: Copy, poa: Poa
) -> None:
    folder, victim = copy(merging), copy(merging, "victim")
    prepare(folder, victim)
    before = _tree(folder), _tree(victim)
    done = poa("merge", "finish", "--again", cwd=folder)
    assert (done.status, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert (_tree(folder), _tree(victim)) == before
    assert poa("merge", "check", cwd=folder).status in (0, 1, 2)
    assert (_tree(folder), _tree(victim)) == before


def test_a_merge_that_git_cannot_mark_is_not_written(merging: Path, copy: Copy, poa: Poa) -> None:
    folder = copy(merging)
    (folder / ".git/index.lock").touch()
    path = folder / "plan/sections/01-first.yaml"
    path.write_text("id: first\n", encoding="utf-8")
    before = _plan(folder)
    done = poa("merge", "finish", "--again", cwd=folder)
    assert (done.status, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert "index.lock" in done.stderr
    assert _plan(folder) == before


def test_a_worktree_and_a_submodule_lead_back(clean: Path, copy: Copy, poa: Poa, tmp_path: Path) -> None:
    folder = copy(clean)
    _git(folder, "worktree", "add", "-q", str(tmp_path / "tree"), "floor")
    _git(tmp_path, "init", "-q", "above")
    _git(tmp_path / "above", "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(folder), "sub")
    for each in (tmp_path / "tree", tmp_path / "above/sub"):
        done = poa("git-setup", cwd=each)
        assert (done.status, done.stderr) == (0, "")
        assert "merge.poa.driver" in _git(each, "config", "--local", "--list")


def test_a_repository_kept_apart_is_written_to_once_it_leads_back(
    clean: Path, copy: Copy, poa: Poa, tmp_path: Path
) -> None:
    folder = copy(clean)
    _git(folder, "init", "-q", "--separate-git-dir", str(tmp_path / "apart"))
    done = poa("git-setup", cwd=folder)
    assert done.status == 2
    mend = re.search(r"`git (config .*)`", done.stderr)
    assert mend, done.stderr
    _git(folder, *mend[1].split())
    assert poa("git-setup", cwd=folder).status == 0
