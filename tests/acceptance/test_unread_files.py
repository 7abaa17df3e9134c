"""What cannot be read is never skipped by a command that gives, changes or moves an id."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import docx
import pytest
import small_plan
from word_reading import repacked

from poa_toolkit.api.plan_edit import PartialPlanEdit
from poa_toolkit.api.validate import InvalidPlanError
from poa_toolkit.cli.main import COMMANDS
from poa_toolkit.cli.main import poa as group
from poa_toolkit.source.base import MAX_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Finished, Poa

NOBODY = 65534
BY = ("--by", "Chair", "--date", "2017-12-05")
ENDORSING = ("--participant", "tcc", "--capacity", "convenor", "--text", "final", "--date", "2017-12-05")
INSTRUMENT = ("--kind", "treaty", "--title", "A treaty", "--unit", "article", "--adopted", "1990-01-01")

GUARDED: dict[str, tuple[str, ...]] = {
    "rename": ("observers", "watchers"),
    "move": ("A-001", "--after", "A-002"),
    "new action": ("--section", "first"),
    "new recommendation": ("--source", "hres-2015-02", "--text", "Tell all."),
    "new instrument": ("--id", "new-treaty", "--family", "universal", *INSTRUMENT),
    "new progress": ("A-001", "--state", "under-way", *BY),
    "new section": ("--id", "more", "--title", "More"),
    "amend propose": ("A-002", "--text", "States shall answer.", *BY),
    "amend accept": ("floor-1", *BY),
    "amend reject": ("floor-1", "--reason", "no", *BY),
    "amend defer": ("floor-1", *BY),
    "amend withdraw": ("floor-1", *BY),
    "amend support": ("floor-1", *BY),
    "amend oppose": ("floor-1", *BY),
    "amend remark": ("floor-1", "--comment", "Well.", *BY),
    "amend revise": ("floor-1", "--text", "Observers shall always report to the treaty bodies.", *BY),
    "amend place": ("floor-2", "--record", "A-002", "--field", "why"),
    "amend reopen": ("floor-3", "--reason", "Heard again.", *BY),
    "baseline create": ("later", "--provisional"),
    "endorse": ENDORSING,
    "pull": ("../returned.docx",),
    "import": ("../draft.docx", "-o", "../made"),
}
"""Each command that gives, changes or moves an id, or binds something to a text, with words that do it."""
UNGUARDED = {
    "withdraw": ("A-001", "--reason", "no"),
    "review": ("A-001", *BY),
    "validate --fix": (),
    "fmt": (),
}
"""Those that change the plan, but no id: they do their work in the files that they can read."""
OTHER = {
    *(
        "build",
        "validate",
        "explain",
        "diff",
        "show",
        "find",
        "log",
        "status",
        "progress",
        "render",
        "export",
        "schema",
        "init",
        "lsp",
        "matrix",
        "site",
        "serve",
    ),
    *("endorsements verify", "git-setup", "merge-driver", "merge check", "merge finish", "template init"),
    *("template check", "baseline list", "baseline verify", "amend list", "amend preview", "amend report"),
    *("amend sheet", "amend show", "template preview"),
}
"""Those that change nothing of the plan, begin one, or are git's; `merge finish` has a test of its own."""


def test_every_command_has_its_place_in_these_tables() -> None:
    found = set()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        inside = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {each}" for each in inside} or {name}
    assert found == {*GUARDED, *UNGUARDED, *OTHER} - {"validate --fix"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with amendments and a frozen text, and Word files beside it."""
    from poa_toolkit.cli.main import main  # noqa: PLC0415 - as the fixture `poa` does, once for all

    folder = tmp_path_factory.mktemp("unread")
    project = folder / "p"
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "final"
    small_plan.write(project, data)

    def run(*words: str) -> None:
        assert main(["-C", str(project), *words]) == 0, words

    run("baseline", "create", "final")
    run("render", "-o", str(folder / "returned.docx"))
    text = ("--text", "Observers shall report to the treaty bodies.")
    run("amend", "propose", "A-001", *text, *BY)
    run("amend", "propose", "A-001.why", "--text", "Makes the channel sound.", *BY)
    run("amend", "propose", "A-002.why", "--text", "Closes a circle.", *BY)
    run("amend", "reject", "floor-3", "--reason", "no", *BY)
    document = docx.Document()
    document.add_heading("Voters", 1)
    document.add_paragraph("States should act.", "List Number")
    document.save(str(folder / "draft.docx"))
    returned = folder / "returned.docx"
    answered = repacked(returned.read_bytes(), "word/document.xml", "should answer", "should soon answer")
    returned.write_bytes(answered)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "c")
    return tmp_path / "c" / "p"


def files(folder: Path) -> dict[str, bytes | str]:
    """Give everything below a folder, without following links or opening what is no file."""
    found: dict[str, bytes | str] = {}
    for parent, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(parent, name)
            if path.is_symlink():
                found[str(path)] = str(path.readlink())
            elif path.is_file():
                found[str(path)] = path.read_bytes() if path.stat().st_size < MAX_FILE else ""
            else:
                found[str(path)] = "other"
    return found


# --- the ways in which a file cannot be read ----------------------------------------------------


def _replaced(path: Path, make: Callable[[Path], object]) -> str:
    path.unlink()
    make(path)
    return path.name


def _written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return path.name


def _no_more(path: Path) -> str:
    path.chmod(0)
    return path.name


def _elsewhere(path: Path) -> str:
    """Lead a file away to one outside."""
    shutil.move(path, path.parents[3] / "outside.yaml")
    path.symlink_to("../../../outside.yaml")
    return path.name


def _linked(folder: Path) -> str:
    shutil.move(folder, folder.parents[2] / "outside")
    folder.symlink_to("../../outside")
    return f"plan/{folder.name}"


def _linked_plan(project: Path) -> str:
    shutil.move(project / "plan", project / "elsewhere")
    (project / "plan").symlink_to("elsewhere")
    return "plan: "


def _large(path: Path) -> str:
    os.truncate(path, MAX_FILE + 1)
    return path.name


FILE = "plan/instruments/universal.yaml"
KINDS: dict[str, Callable[[Path], str]] = {
    "no permission": lambda p: _no_more(p / FILE),
    "a folder that cannot be listed": lambda p: _no_more((p / FILE).parent),
    "linked away": lambda p: _elsewhere(p / FILE),
    "a dangling link": lambda p: _replaced(p / FILE, lambda each: each.symlink_to("nothing")),
    "a link in a circle": lambda p: _replaced(p / FILE, lambda each: each.symlink_to(each.name)),
    "a link to a folder": lambda p: _replaced(p / FILE, lambda each: each.symlink_to("../sections")),
    "a folder": lambda p: _replaced(p / FILE, Path.mkdir),
    "a FIFO": lambda p: _replaced(p / FILE, os.mkfifo),
    "a device": lambda p: _replaced(p / FILE, lambda each: each.symlink_to("/dev/zero")),
    "a linked folder": lambda p: _linked((p / FILE).parent),
    "the linked plan": _linked_plan,
    "too large": lambda p: _large(p / FILE),
    "not UTF-8": lambda p: _written(p / FILE, "instruments: é".encode("latin-1")),
    "no YAML": lambda p: _written(p / FILE, b"instruments: [\n"),
    "a key twice": lambda p: _written(p / FILE, b"instruments: []\ninstruments: []\n"),
    "conflict markers": lambda p: _written(p / FILE, b"<<<<<<< ours\n=======\n>>>>>>> theirs\n"),
    "another ending": lambda p: _written(p / "plan/sections/02-more.yml", b"id: more\n"),
    "another place": lambda p: _written(p / "plan/more.yaml", b"id: more\n"),
    "a list": lambda p: _written(p / FILE, b"- id: more\n"),
    "the head": lambda p: _replaced(p / "plan/plan.yaml", lambda each: each.symlink_to("nothing")),
    "the settings": lambda p: _written(p / "poa.yaml", b"ids: [\n"),
}
BY_PERMISSION = {"no permission", "a folder that cannot be listed"}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and permissions of Unix")


@contextmanager
def as_nobody(project: Path) -> Iterator[None]:
    """Work as somebody for whom permissions count, which they do not for root."""
    if os.geteuid() != 0:
        yield
        return
    for path in (project.parent, *project.parent.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    for parent in project.parents:
        if "pytest-" in str(parent):
            parent.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def run(poa: Poa, project: Path, command: str, words: tuple[str, ...]) -> Finished:
    return poa(*command.split(), *words, cwd=project)


@pytest.mark.parametrize("command", GUARDED | UNGUARDED)
def test_each_command_does_its_work_in_a_plan_that_is_whole(command: str, project: Path, poa: Poa) -> None:
    before = files(project.parent)
    done = run(poa, project, command, (GUARDED | UNGUARDED)[command])
    assert done.status in (0, 1), done.stderr
    assert command in ("fmt", "validate --fix") or files(project.parent) != before, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_that_writes_ids_refuses_and_names_the_file(kind: str, project: Path, poa: Poa) -> None:
    name = KINDS[kind](project)
    before = files(project.parent)
    with as_nobody(project) if kind in BY_PERMISSION else nullcontext():
        every = {command: run(poa, project, command, words) for command, words in GUARDED.items()}
    for command, done in every.items():
        assert (done.status in (1, 2), done.stdout) == (True, ""), command
        assert name in done.stderr, command
        assert "Traceback" not in done.stderr, command
    assert files(project.parent) == before


@pytest.mark.parametrize("kind", ["linked away", "a FIFO", "too large", "no YAML"])
@pytest.mark.parametrize("command", UNGUARDED)
def test_an_edit_that_writes_no_id_goes_on_in_the_files_that_are_whole(
    command: str, kind: str, project: Path, poa: Poa
) -> None:
    KINDS[kind](project)
    broken = files(project / "plan/instruments")
    section = project / "plan/sections/01-first.yaml"
    before = section.read_bytes()
    done = run(poa, project, command, UNGUARDED[command])
    assert "Traceback" not in done.stderr
    assert files(project / "plan/instruments") == broken
    if command == "withdraw":
        assert (done.status, section.read_bytes() != before) == (0, True), done.stderr
    if command == "review":
        assert (done.status, (project / "plan/reviews.yaml").exists()) == (0, True), done.stderr


def test_such_an_edit_cannot_touch_an_id(project: Path) -> None:
    KINDS["no YAML"](project)
    draft = PartialPlanEdit(project)
    draft.change("plan/sections/01-first.yaml", lambda text: text.replace("id: A-002", "id: A-009"))
    with pytest.raises(InvalidPlanError) as refused:
        draft.finish()
    assert [each.location.path for each in refused.value.report.diagnostics] == [FILE]


# --- frozen versions ----------------------------------------------------------------------------

FROZEN = "plan/baselines/other.json"
FROZEN_KINDS: dict[str, Callable[[Path], object]] = {
    "no JSON": lambda path: path.write_bytes(b"{"),
    "a FIFO": os.mkfifo,
    "a dangling link": lambda path: path.symlink_to("nothing"),
    "a link out": lambda path: path.symlink_to("../../../draft.docx"),
    "too large": lambda path: path.write_bytes(bytes(MAX_FILE + 1)),
}


@pytest.mark.parametrize("kind", FROZEN_KINDS)
def test_no_id_is_given_while_a_frozen_version_cannot_be_read(kind: str, project: Path, poa: Poa) -> None:
    FROZEN_KINDS[kind](project / FROZEN)
    before = files(project.parent)
    for command in ("rename", "new action", "new section", "amend propose", "pull"):
        done = run(poa, project, command, GUARDED[command])
        assert (done.status in (1, 2), FROZEN in done.stderr) == (True, True), command
    assert files(project.parent) == before


def test_a_linked_folder_of_frozen_versions_is_told(project: Path, poa: Poa) -> None:
    (project / "plan/baselines").rename(project / "kept")
    (project / "plan/baselines").symlink_to("nothing")
    for command in ("rename", "new action", "baseline create"):
        done = run(poa, project, command, GUARDED[command])
        assert (done.status, "plan/baselines" in done.stderr) in ((1, True), (2, True))
    done = poa("baseline", "verify", cwd=project)
    assert (done.status, "plan/baselines is a link" in done.stderr) == (2, True)


# --- records that cannot be read in files that can ------------------------------------------------

BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "a list that is none": ({"recommendations": "hres-2015-02-r1"}, "hres-2015-02-r1"),
    "keys for a list": ({"recommendations": {"hres-2015-02-r1": "x"}}, "hres-2015-02-r1"),
    "an unknown key": ({"see": "A-001"}, "A-001"),
    "a list in a list": ({"recommendations": [["hres-2015-02-r1"]]}, "hres-2015-02-r1"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_no_link_stays_behind_in_a_record_that_is_broken(what: str, tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    broken, old = BROKEN[what]
    small_plan.action(data, 1).update(broken)
    project = small_plan.write(tmp_path, data)
    before = files(project)
    done = poa("rename", old, "zz-9", cwd=project)
    assert done.status in (1, 2), done.stdout
    assert f'"{old}" stands in it' in done.stderr
    assert files(project) == before


def test_a_link_of_the_right_form_follows_in_a_record_that_is_broken(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data, 1)["typo"] = "x"
    project = small_plan.write(tmp_path, data)
    done = poa("rename", "hres-2015-02-r2", "zz-9", cwd=project)
    assert done.status == 0, done.stderr
    assert "hres-2015-02-r2" not in (project / "plan/sections/01-first.yaml").read_text("utf-8")
