"""Ids of new records: none that a branch has, and with `ids:` in poa.yaml none that another editor takes."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.api.validate import validate
from poa_toolkit.check import id_ranges
from poa_toolkit.model.settings import Editor, Ids, Per
from poa_toolkit.source import git_branches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import Git, Poa

SECTION = "plan/sections/01-first.yaml"
ONE = {"GIT_AUTHOR_NAME": "One", "GIT_AUTHOR_EMAIL": "one@example.org"}
TWO = {"GIT_AUTHOR_NAME": "Two", "GIT_AUTHOR_EMAIL": "two@example.org"}
THREE = {"GIT_AUTHOR_NAME": "Three", "GIT_AUTHOR_EMAIL": "three@example.org"}
LACKS = ("--recommendation", "hres-2015-02-r1", "--provision", "iccpr 25(b)", "--addressee", "states")


def _ids(*listed: dict[str, Any]) -> dict[str, Any]:
    return {"ids": {"per": "editor", "editors": list(listed)}}


LETTER = {"who": "one@example.org", "letter": "K"}
BLOCK = {"who": "Two", "from": 200, "to": 201}


def _new_action(poa: Poa, project: Path, env: dict[str, str] | None = None) -> tuple[str, str]:
    """Add an action: its id, and what is said beside it; a refusal has no id."""
    done = poa("new", "action", "--section", "first", *LACKS, cwd=project, env=env)
    found = re.search(r": (\S+)\n", done.stdout)
    return found[1] if found else "", done.stderr


def _propose(poa: Poa, project: Path, text: str, env: dict[str, str] | None = None) -> str:
    by = ("--by", "Delegation A", "--date", "2017-12-04")
    done = poa("amend", "propose", "A-002", "--text", text, *by, cwd=project, env=env)
    assert done.status == 0, done.stderr
    return done.stdout.split()[1]


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """Give a plan in a repository of its own, inside a folder of it."""
    project = small_plan.write(tmp_path / "docs" / "of the plan")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "base")
    return project


# --- all branches -------------------------------------------------------------------------------


def _on_branch(git: Git, name: str, work: Iterable[tuple[Path, str, str]], *, fetched: bool = False) -> None:
    """Make a branch in which texts stand in the place of others, and leave it."""
    git("checkout", "-q", "-b", name)
    for path, old, new in work:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    git("commit", "-q", "-a", "-m", name)
    git("checkout", "-q", "main")
    if fetched:
        git("update-ref", f"refs/remotes/origin/{name}", name)
        git("branch", "-q", "-D", name)


@pytest.mark.parametrize("fetched", [True, False])
def test_an_id_on_any_branch_is_taken(*, fetched: bool, repository: Path, poa: Poa, git: Git) -> None:
    recommended = repository / "plan/recommendations/hres-2015-02.yaml"
    work = [
        (repository / SECTION, "A-002", "A-017"),
        (repository / "plan/plan.yaml", "P-01", "P-07"),
        (recommended, "hres-2015-02-r2", "hres-2015-02-r8"),
    ]
    _on_branch(git, "other", work, fetched=fetched)
    assert _new_action(poa, repository)[0] == "A-018"
    done = poa("new", "recommendation", "--source", "hres-2015-02", "--text", "More.", cwd=repository)
    assert "hres-2015-02-r9" in done.stdout, done.stderr


def test_amendments_of_two_desks_have_ids_of_their_own(repository: Path, poa: Poa, git: Git) -> None:
    git("checkout", "-q", "-b", "other")
    assert _propose(poa, repository, "States should answer soon.") == "floor-1"
    git("add", ".")
    git("commit", "-q", "-m", "floor")
    git("checkout", "-q", "main")
    assert _propose(poa, repository, "States should answer in writing.") == "floor-2"
    by = ("--by", "Chair", "--date", "2017-12-04")
    added = ("--add", "--section", "introduction", "--text", "It shall be free.")
    assert poa("amend", "propose", *added, *by, cwd=repository).stdout.split()[1] == "floor-3"
    assert poa("amend", "accept", "floor-3", *by, cwd=repository).stdout.startswith("floor-3 accepted: P-02")


@pytest.mark.parametrize(
    "hostile",
    [
        "id: [A-011\n  - {id: 'A-012', !!python/object:os.system x\n\x00\xff",
        "- id: A-99999999999999999999\n- id: A-012\n",
        "<<<<<<<\n  - id: A-011\n=======\n  - id: A-012\n>>>>>>>\n",
    ],
)
def test_what_stands_on_branches_is_never_trusted(hostile: str, repository: Path, poa: Poa, git: Git) -> None:
    git("checkout", "-q", "-b", "broken")
    (repository / SECTION).write_text(hostile, "latin-1")
    (repository / "plan/plan.yaml").unlink()
    (repository / "plan/plan.yaml").symlink_to("/etc/passwd")
    git("add", ".")
    git("commit", "-q", "-m", "broken")
    git("checkout", "-q", "main")
    git("checkout", "-q", "--orphan", "empty")
    git("rm", "-r", "-q", "-f", ".")
    git("commit", "-q", "--allow-empty", "-m", "empty")
    git("checkout", "-q", "main")
    assert _new_action(poa, repository) == ("A-013", "")


def test_outside_git_the_working_tree_counts(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path)
    assert _new_action(poa, project) == ("A-003", "")


def test_more_branches_than_are_read_are_told(repository: Path, poa: Poa, git: Git, tmp_path: Path) -> None:
    base = git("rev-parse", "HEAD")
    many = git_branches.MAX_BRANCHES + 1
    stream = "".join(
        f"commit refs/heads/other-{number}\ncommitter A <a@example.org> {2**30 + number} +0000\n"
        f"data 0\nfrom {base}\nM 100644 inline docs/of the plan/plan/actors.yaml\n"
        f"data <<END\nid: A-{number}\nEND\n\n"
        for number in range(many)
    )
    (tmp_path / "stream").write_text(stream, "utf-8")
    with (tmp_path / "stream").open("rb") as given_stream:
        subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, stdin=given_stream, check=True)
    name, said = _new_action(poa, repository)
    # of the others, those committed last are read
    assert name == f"A-{many}"
    assert "git knows more branches" in said


# --- ranges of editors --------------------------------------------------------------------------


def test_each_editor_takes_ids_of_their_own(repository: Path, poa: Poa) -> None:
    small_plan.write(repository, {"poa.yaml": _ids(LETTER, BLOCK)})
    assert _new_action(poa, repository, ONE) == ("A-K01", "")
    assert _new_action(poa, repository, TWO) == ("A-200", "")
    assert _new_action(poa, repository, ONE) == ("A-K02", "")
    assert _propose(poa, repository, "States should answer.  Soon.", ONE) == "floor-k1"
    assert _propose(poa, repository, "States should answer late.", TWO) == "floor-200"
    assert _propose(poa, repository, "States should answer early.", ONE) == "floor-k2"
    new = ("new", "recommendation", "--source", "hres-2015-02", "--text", "More.")
    assert "hres-2015-02-rk1" in poa(*new, cwd=repository, env=ONE).stdout
    by = ("--by", "Chair", "--date", "2017-12-04")
    added = ("--add", "--section", "first", "--text", "They shall be free.")
    assert poa("amend", "propose", *added, *by, cwd=repository, env=ONE).status == 0
    assert "A-K03 added" in poa("amend", "accept", "floor-k3", *by, cwd=repository, env=ONE).stdout
    # who is not listed takes an id that is in nobody's block
    name, said = _new_action(poa, repository, THREE)
    assert name == "A-003"
    assert 'poa.yaml lists no editor "three@example.org"' in said
    assert _new_action(poa, repository, TWO)[0] == "A-201"
    before = (repository / SECTION).read_bytes()
    name, said = _new_action(poa, repository, TWO)
    assert (name, (repository / SECTION).read_bytes()) == ("", before)
    assert "the ids of Two from A-200 to A-201 are used up; give them a longer block" in said
    assert [each for each in validate(repository).diagnostics if each.code in ("POA205", "POA432")] == []


def test_the_editor_is_whom_git_would_name(repository: Path, poa: Poa, git: Git) -> None:
    small_plan.write(repository, {"poa.yaml": _ids(LETTER, BLOCK)})
    git("config", "user.email", "ONE@example.org")
    git("config", "user.name", "Somebody")
    nobody = {"GIT_AUTHOR_NAME": "", "GIT_AUTHOR_EMAIL": ""}
    assert _new_action(poa, repository, nobody)[0] == "A-K01"
    assert _new_action(poa, repository, TWO)[0] == "A-200"


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ([BLOCK, {"who": "one@example.org", "from": 201, "to": 300}], "overlap from 201 to 201"),
        ([LETTER, {"who": "Two", "letter": "k"}], 'have the letter "k"'),
        ([LETTER, {"who": "One@example.org", "letter": "L"}], "One@example.org stands twice"),
        ([{**LETTER, "from": 1, "to": 9}], "has a letter and a block"),
        ([{"who": "one@example.org", "from": 9, "to": 8}], "has an empty block: 9 to 8"),
        ([{"who": "one@example.org", "from": 9}], "has no range of ids"),
        ([{"who": "one@example.org"}], "has no range of ids"),
    ],
)
def test_ranges_that_cannot_hold_are_told_and_refused(
    listed: list[dict[str, Any]], said: str, tmp_path: Path, poa: Poa
) -> None:
    project = small_plan.write(tmp_path, small_plan.files() | {"poa.yaml": _ids(*listed)})
    (found,) = [each for each in validate(project).diagnostics if each.code == "POA916"]
    assert said in found.message
    assert found.location.path == "poa.yaml"
    name, refused = _new_action(poa, project, ONE)
    assert name == ""
    assert said in refused
    assert found.help in refused


def test_settings_that_cannot_be_read_are_told(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path, small_plan.files() | {"poa.yaml": _ids({"letter": "K"})})
    name, said = _new_action(poa, project, ONE)
    assert name == "A-003"
    assert "poa.yaml cannot be read" in said


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=5))
def test_ranges_without_a_fault_share_no_number(blocks: list[tuple[int, int]]) -> None:
    """Faults are told exactly where a block is empty or two blocks share a number."""
    listed = tuple(Editor(who=f"editor {at}", start=each[0], to=each[1]) for at, each in enumerate(blocks))
    numbers = [number for each in listed for number in each.block]
    sound = all(each.block for each in listed) and len(numbers) == len(set(numbers))
    assert sound == (not list(id_ranges.faults(Ids(per=Per.EDITOR, editors=listed))))
