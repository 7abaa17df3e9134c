"""The commands that write into a plan, each with a plan to write into. One more command is one more line."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from word_reading import repacked

from poa_toolkit.api import baseline, edit_records, new, propose, render
from poa_toolkit.api.fmt import layouts, save
from poa_toolkit.api.new import NewAction
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal, Reviser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2017, 12, 4)
DATE = ("--date", "2017-12-04")
BY = ("--by", "An Editor", *DATE)


class Writer(NamedTuple):
    """A command that writes: its words, and what has to be there first."""

    words: tuple[str, ...]
    prepare: Callable[[Path], None] | None = None

    @property
    def name(self) -> str:
        """What the command is called, without its arguments."""
        return " ".join(self.words[: 2 if self.words[0] in ("new", "baseline", "amend") else 1])


def _untidy(project: Path) -> None:
    """Spoil the layout of several files, and the spacing of several texts; plan.yaml stays tidy."""
    for path in sorted((project / "plan").rglob("*.yaml")):
        if path.name != "plan.yaml":
            text = path.read_text("utf-8").replace("  - id: ", "  - id:   ")
            path.write_text(text.replace(" the ", "  the "), "utf-8")


def _two_sections(project: Path) -> None:
    new.new_section(project, "Second things", name="second")


def _proposed(project: Path) -> None:
    """Put proposals on the table: two of them touch the same words, one adds, one removes."""
    given = (
        ("A-002", AmendmentKind.TEXT, "States should answer at once."),
        ("A-002", AmendmentKind.TEXT, "All States should answer."),
        ("A-002", AmendmentKind.TEXT, "States should answer soon."),
        ("P-01", AmendmentKind.TEXT, "Elections shall be free."),
        ("A-001", AmendmentKind.REMOVE, ""),
    )
    for target, kind, text in given:
        propose.propose(project, Proposal(kind, Reviser("A Delegation", DAY), target, proposed=text))


def _endorsable(project: Path) -> None:
    """Freeze the plan, with an organization that may endorse it."""
    path = project / "plan/participants.yaml"
    path.write_text(
        path.read_text("utf-8").replace("[]", "\n  - id: org\n    title: An organization"), "utf-8"
    )
    (project / "plan/baselines").mkdir(exist_ok=True)
    _, text = baseline.freeze(project, "frozen")
    (project / "plan/baselines/frozen.json").write_text(text, "utf-8")


def returned(project: Path) -> None:
    """Put a Word file beside the plan that somebody typed into."""
    made = render.render(project).content
    edited = repacked(made, "word/document.xml", "States should answer.", "States should reply.")
    (project / "returned.docx").write_bytes(edited)


WRITERS = (
    Writer(("fmt",), _untidy),
    Writer(("validate", "--fix"), _untidy),
    Writer(("rename", "iccpr", "covenant")),
    Writer(("move", "A-002", "--to", "second"), _two_sections),
    Writer(("withdraw", "A-002", "--reason", "It is done elsewhere.")),
    Writer(("review", "A-001", *BY)),
    Writer(("new", "action", "--section", "observation", "--text", "States should answer.")),
    Writer(("new", "section", "--title", "Third things", "--id", "third")),
    Writer(("new", "progress", "A-001", "--state", "under-way", *BY)),
    Writer(("baseline", "create", "frozen")),
    Writer(("amend", "propose", "A-002", "--text", "States shall answer.", *BY)),
    Writer(("amend", "accept", "floor-1", "floor-2", "floor-4", "floor-5", *BY), _proposed),
    Writer(("amend", "reject", "floor-1", "floor-3", *BY), _proposed),
    Writer(("pull", "returned.docx", *BY), returned),
    Writer(
        ("endorse", "--participant", "org", "--capacity", "convenor", "--text", "frozen", *DATE), _endorsable
    ),
)
"""Every command of `poa` that writes into a plan."""


def _with_git(project: Path) -> None:
    subprocess.run(["git", "init", "-q", str(project)], check=True)


def _set_up(project: Path) -> None:
    _with_git(project)
    subprocess.run(["git", "-C", str(project), "config", "diff.poa.wordRegex", "x"], check=True)
    (project / ".gitattributes").write_text("* text=auto\n", "utf-8")


def _three(project: Path) -> None:
    for name in ("base", "ours", "theirs"):
        shutil.copy(project / "plan/actors.yaml", project / name)
    with (project / "theirs").open("a", encoding="utf-8") as file:
        file.write("  - id: others\n    name: others\n")


def _merging(project: Path) -> None:
    """Begin a merge in which both sides add a line in one place, which git leaves in conflict."""

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=project, check=words[0] != "merge", capture_output=True)

    def add(name: str) -> None:
        with (project / "plan/actors.yaml").open("a", encoding="utf-8") as file:
            file.write(f"  - id: {name}\n    name: {name}\n")
        git("commit", "-qam", name)

    git("init", "-q", "-b", "main", ".")
    git("add", "-A")
    git("commit", "-qm", "begin")
    git("checkout", "-qb", "other")
    add("others")
    git("checkout", "-q", "main")
    add("some")
    git("merge", "-q", "other")


OTHERS = (
    Writer(("build",)),
    Writer(("build", "-o", "out/of/here")),
    Writer(("schema", "--write"), lambda project: shutil.rmtree(project / "schema")),
    Writer(("git-setup",), _set_up),
    Writer(("template", "init")),
    Writer(("template", "init", "-o", "own/template.docx")),
    Writer(("render", "-o", "plan.docx")),
    Writer(("validate", "-o", "report.txt")),
    Writer(("init", "new")),
    Writer(("import", "returned.docx", "-o", "new", *DATE), returned),
    Writer(("merge-driver", "base", "ours", "theirs"), _three),
    Writer(("merge", "finish"), _merging),
)
"""The commands that write elsewhere than into a plan."""

NEXT = ("fmt", "plan/plan.yaml")
"""A command that writes, but here has nothing to write: what it finds unfinished, it finishes or undoes."""


def begin(folder: Path) -> Path:
    """Write a small plan in the canonical layout."""
    new.init(folder, DAY)
    given = NewAction(
        text="States should answer.",
        level=("national",),
        addressees=("observers",),
        recommendations=("examples-r1",),
        why="It closes the circle.",
        provisions=("iccpr 25(b)",),
    )
    new.new_action(folder, given, section="observation")
    edit_records.review(folder, "A-002", by="An Editor", day=DAY)
    save(folder, layouts(folder, ()))
    return folder


def prepared(writer: Writer, plan: Path, folder: Path) -> Path:
    """Copy a plan to `folder`, and put there what the command wants."""
    shutil.copytree(plan, folder)
    if writer.prepare:
        writer.prepare(folder)
    return folder
