"""`poa merge finish` and the hooks: what git cannot merge file by file, in real repositories."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_plan

from poa_toolkit.api import git_setup
from poa_toolkit.edit.yaml_file import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Finished, Git, Poa

FIRST, SECOND = "plan/sections/01-first.yaml", "plan/sections/02-second.yaml"
ONE = """\
  # the first of all
  - id: A-001 # for ever
    text: >-
      Observers should report to the treaty bodies.
      They may ask for an answer.
    addressees:
      - observers
    status: draft
"""
TWO = """\
  - id: A-002
    text: >-
      States should answer within a year.
    addressees:
      - states
    status: draft
"""
THREE = """\
  - id: A-003
    text: >-
      States should publish the answer.
    addressees:
      - states
    status: draft
"""


def _section(name: str, *records: str) -> str:
    listed = "".join(("actions:\n", *records)) if records else "actions: []\n"
    return f"id: {name}\ntitle: The {name} things\n{listed}"


BASE = {FIRST: _section("first", ONE, TWO), SECOND: _section("second", THREE)}


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a repository with the drivers and one commit of the plan, to copy."""
    project = tmp_path_factory.mktemp("committed") / "project"
    files = {name: each for name, each in small_plan.files().items() if not name.startswith("sections/")}
    small_plan.write(project, {**files, **{path.removeprefix("plan/"): each for path, each in BASE.items()}})
    _git(project, "init", "-q")
    git_setup.install(project)
    _git(project, "add", "-A")
    _git(project, "commit", "-qm", "Base")
    return project


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "init.defaultBranch=main", *arguments], cwd=folder, check=True)


@pytest.fixture
def repository(tmp_path: Path, committed: Path) -> Path:
    return Path(shutil.copytree(committed, tmp_path / "project"))


@pytest.fixture
def merge(repository: Path, git: Git) -> Callable[[dict[str, str], dict[str, str]], str]:
    """Let two branches write some files, and merge the second into the first: what git said."""

    def run(ours: dict[str, str], theirs: dict[str, str]) -> str:
        for branch, files in (("theirs", theirs), ("ours", ours)):
            git("checkout", "-qb", branch, "main", cwd=repository)
            for path, text in files.items():
                (repository / path).parent.mkdir(exist_ok=True)
                (repository / path).write_text(text, encoding="utf-8")
            git("add", "-A", cwd=repository)
            git("commit", "-qm", branch, cwd=repository)
        return git("merge", "theirs", "-m", "Merged", cwd=repository, check=False)

    return run


def _text(repository: Path, path: str) -> str:
    return (repository / path).read_text(encoding="utf-8")


def _finish(poa: Poa, repository: Path, *more: str) -> Finished:
    return poa("-C", repository, "merge", "finish", *more)


LONGER = ONE.replace("the treaty bodies.", "all the treaty bodies.")
MOVED = {FIRST: _section("first", TWO), SECOND: _section("second", THREE, ONE)}
REWORDED = {FIRST: _section("first", LONGER, TWO)}


@pytest.mark.parametrize("sides", [(MOVED, REWORDED), (REWORDED, MOVED)], ids=["moved here", "moved there"])
def test_an_edit_follows_its_record_to_another_file(
    sides: tuple[dict[str, str], dict[str, str]],
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
    git: Git,
    poa: Poa,
) -> None:
    assert "poa merge finish" in merge(*sides)
    done = _finish(poa, repository)
    assert (done.status, done.stderr) == (0, "")
    assert (
        f"{SECOND}: A-001 was moved there on one side and changed on the other; it has both\n" in done.stdout
    )
    assert _text(repository, FIRST) == _section("first", TWO)
    assert _text(repository, SECOND) == _section("second", THREE, LONGER)
    git("add", "plan", cwd=repository)
    git("commit", "-qm", "Merged", cwd=repository)
    assert poa("-C", repository, "validate", "--select", "POA932").status == 0
    assert "nothing to finish" in _finish(poa, repository).stdout


def test_an_edit_follows_its_record_into_a_new_section(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    new = "plan/sections/03-third.yaml"
    merge({FIRST: _section("first", TWO), new: _section("third", ONE)}, REWORDED)
    assert _finish(poa, repository).status == 0
    assert _text(repository, new) == _section("third", LONGER)


def test_both_changed_the_words_of_a_record_that_one_moved(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    other = ONE.replace("the treaty bodies.", "no treaty body.")
    merge({FIRST: _section("first", TWO), SECOND: _section("second", THREE, other)}, REWORDED)
    done = _finish(poa, repository)
    assert done.status == 1
    assert f"{SECOND}: A-001 text: both sides changed the same words" in done.stderr
    assert "<<<<<<<" not in _text(repository, FIRST)
    assert _text(repository, SECOND) == _section(
        "second",
        THREE,
        ONE.replace(
            "      Observers should report to the treaty bodies.\n",
            "<<<<<<< ours\n      Observers should report to no treaty body.\n=======\n"
            "      Observers should report to all the treaty bodies.\n>>>>>>> theirs\n",
        ),
    )


def test_a_record_that_went_to_two_places_is_told_with_both(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    new = "plan/sections/03-third.yaml"
    merge(MOVED, {FIRST: _section("first", TWO), new: _section("third", LONGER)})
    done = _finish(poa, repository)
    assert done.status == 1
    assert f"A-001: was moved to {SECOND} on our side and to {new} on theirs: keep it in one" in done.stderr
    assert "all the treaty bodies" in _text(repository, new)


def test_what_one_side_moved_and_the_other_took_out_is_gone(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    merge(MOVED, {FIRST: _section("first", TWO)})
    _finish(poa, repository)
    assert "A-001" not in _text(repository, FIRST) + _text(repository, SECOND)


@pytest.mark.parametrize("way", ["ours", "theirs"])
def test_taking_the_file_of_one_side_whole_is_refused_where_words_would_go(
    way: str,
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
    git: Git,
    poa: Poa,
) -> None:
    merge(*((MOVED, REWORDED) if way == "ours" else (REWORDED, MOVED)))
    git("checkout", f"--{way}", FIRST, cwd=repository)
    git("add", "-A", cwd=repository)
    said = git("commit", "-qm", "Merged", cwd=repository, check=False)
    whose = "their" if way == "ours" else "our"
    told = f"the merge has dropped what {whose} side made of A-001 text: “Observers should report to all"
    assert told in said
    found = poa("-C", repository, "validate")
    assert found.status == 1
    assert f"{SECOND}:11:5: error POA932 {told}" in found.stdout
    # by force it can be committed; as long as nothing stands on it, it is told
    git("commit", "-qnm", "Merged", cwd=repository)
    assert told in poa("-C", repository, "validate").stdout
    done = _finish(poa, repository)
    assert done.status == 0
    assert "the merge itself is committed already" in done.stdout
    assert _text(repository, SECOND) == _section("second", THREE, LONGER)


def test_documents_are_made_while_a_merge_has_dropped_something(
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
    git: Git,
    poa: Poa,
) -> None:
    merge(MOVED, REWORDED)
    git("checkout", "--ours", FIRST, cwd=repository)
    git("add", "-A", cwd=repository)
    assert poa("-C", repository, "diff", "HEAD").status == 0
    git("commit", "-qnm", "Merged", cwd=repository)
    text = _text(repository, FIRST)
    (repository / FIRST).write_text(text.replace("a year", "two years"), encoding="utf-8")
    git("commit", "-qam", "Next", cwd=repository)
    assert "POA932" not in poa("-C", repository, "validate").stdout


NEW = "  - id: A-004\n    text: >-\n      {}\n    status: draft\n"


def test_two_new_records_under_one_id_in_two_files_get_two_ids(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa, git: Git
) -> None:
    heir = NEW.format("States should meet.").replace("    status", "    from:\n      - A-004\n    status")
    said = merge(
        {FIRST: _section("first", ONE, TWO, NEW.format("States should count."))},
        {
            SECOND: _section(
                "second", THREE, NEW.format("Observers should meet."), heir.replace("d: A-004", "d: A-005")
            )
        },
    )
    assert "A-004 of theirs is A-006 now; ours is another record of that id" in said
    assert "the merge is not committed yet: run `poa merge finish`" in said
    done = _finish(poa, repository)
    assert (done.status, done.stderr) == (0, "")
    actions = [each for path in (FIRST, SECOND) for each in Reading(_text(repository, path)).value["actions"]]
    assert [each["id"] for each in actions] == ["A-001", "A-002", "A-004", "A-003", "A-006", "A-005"]
    # what their side says of the record goes with it
    assert actions[-1]["from"] == ["A-006"]
    git("commit", "-qam", "Merged", cwd=repository)
    assert git("log", "-1", "--format=%p", cwd=repository).count(" ") == 1


def test_a_merge_is_not_finished_while_a_file_cannot_be_read(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    merge(MOVED, REWORDED)
    path = repository / "plan/actors.yaml"
    path.unlink()
    path.symlink_to("nothing")
    before = _text(repository, SECOND)
    done = _finish(poa, repository)
    assert (done.status, "plan/actors.yaml: the file cannot be read" in done.stderr) == (2, True), done.stderr
    assert _text(repository, SECOND) == before


def test_a_conflict_settled_by_taking_one_side_can_be_committed(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa, git: Git
) -> None:
    answers = [_section("second", THREE.replace("publish", verb)) for verb in ("print", "read out")]
    merge(
        {FIRST: _section("first", ONE, TWO, NEW.format("States should count.")), SECOND: answers[0]},
        {FIRST: _section("first", ONE, TWO, NEW.format("Observers should meet.")), SECOND: answers[1]},
    )
    assert _finish(poa, repository).status == 1
    (repository / SECOND).write_text(answers[0], encoding="utf-8")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "Merged", cwd=repository)


@pytest.mark.parametrize("kept", [pytest.param("ours", marks=pytest.mark.slow), "theirs"])
def test_a_conflict_that_finish_has_found_is_one_for_git_too(
    kept: str,
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
    poa: Poa,
    git: Git,
) -> None:
    moved_and_changed = LONGER.replace("all the", "all other")
    merge(REWORDED, {FIRST: _section("first", TWO), SECOND: _section("second", THREE, moved_and_changed)})
    assert _finish(poa, repository).status == 1
    assert f"UU {SECOND}" in git("status", "--porcelain", cwd=repository)
    git("merge", "--abort", cwd=repository)
    assert git("status", "--porcelain", cwd=repository) == ""
    git("merge", "theirs", cwd=repository, check=False)
    assert _finish(poa, repository).status == 1
    # a file that git alone would have merged: a person has settled it, as one side has it
    words = {"ours": "all the treaty bodies", "theirs": "all other treaty bodies"}[kept]
    text = re.sub(
        r"<{7}.*\n(?s:.*?)>{7}.*\n", f"      Observers should report to {words}.\n", _text(repository, SECOND)
    )
    (repository / SECOND).write_text(text, encoding="utf-8")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "Merged", cwd=repository)
    assert words in git("show", f"HEAD:{SECOND}", cwd=repository)


def test_ours_gives_way_where_theirs_is_published(
    repository: Path, tmp_path: Path, git: Git, poa: Poa
) -> None:
    server = tmp_path / "server.git"
    git("clone", "-q", "--bare", repository, server)
    for name, path, text in (
        ("one", FIRST, "States should count."),
        ("two", SECOND, "Observers should meet."),
    ):
        git("clone", "-q", server, tmp_path / name)
        poa("-C", tmp_path / name, "git-setup")
        before = BASE[path]
        (tmp_path / name / path).write_text(before + NEW.format(text), encoding="utf-8")
        git("commit", "-qam", name, cwd=tmp_path / name)
    git("push", "-q", cwd=tmp_path / "one")
    said = git("pull", "-q", "--no-rebase", cwd=tmp_path / "two", check=False)
    parted = "A-004 of ours is A-005 now; theirs is another record of that id"
    assert parted in said
    assert parted in _finish(poa, tmp_path / "two").stdout
    assert "id: A-004" in _text(tmp_path / "two", FIRST)
    assert "id: A-005" in _text(tmp_path / "two", SECOND)
    git("commit", "-qam", "Merged", cwd=tmp_path / "two")


AMENDMENT = """\
  - id: floor-1
    record: A-002
    field: text
    original: States should answer within a year.
    proposed: States should answer within {}.
    proposer: {}
    date: 2017-12-04
"""


OTHER_KINDS = ("title", "list", "added", "removed", "paragraph")


def _floor(*amendments: str) -> str:
    return "# yaml-language-server: x\namendments:\n" + "".join(amendments)


def test_amendments_of_two_desks_are_all_there(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str]
) -> None:
    path = "plan/amendments/floor.yaml"
    stale = AMENDMENT.format("a day", "Delegation C").replace("floor-1", "floor-2")
    stale += "    state: stale\n    reason: 'floor-1 was accepted: the words are gone'\n"
    said = merge(
        {path: _floor(AMENDMENT.format("two years", "Delegation A"))},
        {path: _floor(AMENDMENT.format("six months", "Delegation B"), stale)},
    )
    assert "Merge made by" in said
    assert f"{path}: floor-1 of theirs is floor-3 now; ours is another record of that id" in said
    found = Reading(_text(repository, path)).value["amendments"]
    assert [(each["id"], each["proposer"][-1]) for each in found] == [
        ("floor-1", "A"),
        ("floor-3", "B"),
        ("floor-2", "C"),
    ]
    assert found[2]["reason"] == "floor-3 was accepted: the words are gone"


@pytest.mark.parametrize("side", ["ours", pytest.param("theirs", marks=pytest.mark.slow), "neither"])
def test_of_a_decision_that_two_desks_took_one_can_be_committed(
    side: str,
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
    git: Git,
) -> None:
    path = "plan/amendments/floor.yaml"
    before = _floor(AMENDMENT.format("two years", "Delegation A"))
    decided = "    state: {}\n    decided_by: Chair\n    decided: 2017-12-05\n"
    modified = "    state: modified\n    modified: States should answer within three years.\n"
    (repository / path).parent.mkdir()
    (repository / path).write_text(before, encoding="utf-8")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "Floor", cwd=repository)
    sides = {
        "ours": before + decided.format("rejected"),
        "theirs": before + decided.replace("    state: {}\n", modified),
    }
    said = merge({path: sides["ours"]}, {path: sides["theirs"]})
    assert "floor-1: was decided on both sides, in two ways" in said
    (repository / path).write_text(sides.get(side, before), encoding="utf-8")
    git("add", "-A", cwd=repository)
    said = git("commit", "-qm", "Merged", cwd=repository, check=False)
    assert ("the merge has dropped" in said) is (side == "neither")


@pytest.mark.parametrize(
    "kind",
    ["text", *(pytest.param(each, marks=pytest.mark.slow) for each in ("renamed", *OTHER_KINDS))],
)
def test_what_one_desk_adopted_does_not_stay_where_the_merge_keeps_that_the_other_rejected_it(
    kind: str, repository: Path, git: Git, poa: Poa
) -> None:
    propose = {
        "text": ("A-002", "--text", "States should answer within two years."),
        "title": ("first", "--text", "The very first things"),
        "list": ("A-002.addressees", "--text", "states, observers"),
        "paragraph": ("P-01", "--remove"),
        "renamed": ("A-002", "--text", "States should answer within two years."),
        "added": ("--add", "--section", "first", "--text", "States should meet."),
        "removed": ("A-002", "--remove"),
    }[kind]
    by = ("--by", "Chair", "--date", "2017-12-05")

    def amend(*arguments: str) -> None:
        done = poa("-C", repository, "amend", *arguments, *by)
        assert done.status == 0, done
        git("add", "-A", cwd=repository)
        git("commit", "-qm", arguments[0], cwd=repository)

    amend("propose", *propose)
    git("checkout", "-qb", "theirs", cwd=repository)
    amend("accept", "floor-1", "--reason", "Agreed.")
    git("checkout", "-q", "main", cwd=repository)
    amend("reject", "floor-1", "--reason", "Not wanted.")
    if kind == "list":
        text = _text(repository, FIRST)
        more = TWO.replace("      - states\n", "      - states\n      - ohchr\n")
        (repository / FIRST).write_text(text.replace(TWO, more), encoding="utf-8")
        git("commit", "-qam", "More", cwd=repository)
    if kind == "renamed":
        assert poa("-C", repository, "rename", "A-002", "A-102").status == 0
        git("commit", "-qam", "Renamed", cwd=repository)
    git("merge", "theirs", cwd=repository, check=False)
    if kind == "renamed":
        _finish(poa, repository)
    git("checkout", "HEAD", "--", "plan/amendments", cwd=repository)
    said = git("commit", "-qam", "Merged", cwd=repository, check=False)
    assert "the merge keeps floor-1 as rejected, but" in said
    assert said.count("\n") == 1
    assert _finish(poa, repository).status == 1
    # either what it wrote is undone, or the adoption is kept and taken back afterwards
    git("checkout", "HEAD", "--", "plan", cwd=repository)
    git("commit", "-qam", "Merged", cwd=repository)
    git("reset", "-q", "--hard", "HEAD~1", cwd=repository)
    git("merge", "theirs", cwd=repository, check=False)
    if kind == "renamed":
        return  # the amendments of theirs name it as it was
    git("checkout", "theirs", "--", "plan/amendments", cwd=repository)
    git("commit", "-qam", "Merged", cwd=repository)
    assert "POA932" not in poa("-C", repository, "validate").stdout


def test_a_text_put_back_as_one_side_had_it_is_settled(repository: Path, git: Git, poa: Poa) -> None:
    by = ("--by", "Chair", "--date", "2017-12-05")

    def run(*arguments: str) -> None:
        assert poa("-C", repository, *arguments).status == 0
        git("add", "-A", cwd=repository)
        git("commit", "-qm", arguments[0], cwd=repository)

    run("amend", "propose", "A-002", "--text", "States should answer within a day.", *by)
    git("checkout", "-qb", "theirs", cwd=repository)
    (repository / SECOND).write_text(BASE[SECOND] + NEW.format("Observers should meet."), encoding="utf-8")
    run("amend", "accept", "floor-1", *by)
    git("checkout", "-q", "main", cwd=repository)
    third = "plan/sections/03-third.yaml"
    (repository / third).write_text(_section("third", NEW.format("States should count.")), encoding="utf-8")
    run("amend", "reject", "floor-1", *by)
    git("merge", "theirs", cwd=repository, check=False)
    assert "A-004 of theirs is A-005 now" in _finish(poa, repository).stdout
    path = "plan/amendments/floor.yaml"
    text = re.sub(r"(?s)<{7}[^\n]*\n(.*?)={7}\n.*?>{7}[^\n]*\n", r"\1", _text(repository, path))
    (repository / path).write_text(text, encoding="utf-8")
    git("checkout", "HEAD", "--", FIRST, cwd=repository)
    git("commit", "-qam", "Merged", cwd=repository)
    assert "within a year" in _text(repository, FIRST)
    assert "state: rejected" in _text(repository, path)


def test_an_addition_that_two_desks_accepted_does_not_stand_twice(
    repository: Path, git: Git, poa: Poa
) -> None:
    by = ("--by", "Chair", "--date", "2017-12-05")

    def run(*arguments: str) -> None:
        done = poa("-C", repository, *arguments)
        assert done.status == 0, done
        git("add", "-A", cwd=repository)
        git("commit", "-qm", arguments[0], cwd=repository)

    run("amend", "propose", "--add", "--section", "first", "--text", "States should meet.", *by)
    git("checkout", "-qb", "theirs", cwd=repository)
    run("new", "action", "--section", "second", "--text", "States should count.")
    run("amend", "accept", "floor-1", *by)
    git("checkout", "-q", "main", cwd=repository)
    run("amend", "accept", "floor-1", *by)
    said = git("merge", "theirs", cwd=repository, check=False)
    said += _finish(poa, repository).stderr
    git("checkout", "--ours", "--", "plan/amendments", cwd=repository)
    git("add", "-A", cwd=repository)
    said = git("commit", "-qm", "Merged", cwd=repository, check=False)
    assert "the merge keeps floor-1 as accepted, but A-005 is as their side's decision made it" in said
    text = re.sub(
        r"  - id: A-005\n    text: (>-\n      )?States should meet.*\n.*\n", "", _text(repository, FIRST)
    )
    (repository / FIRST).write_text(text, encoding="utf-8")
    git("commit", "-qam", "Merged", cwd=repository)
    assert text.count("States should meet") == 1


@pytest.mark.parametrize(
    ("path", "head", "entry"),
    [
        ("plan/reviews.yaml", "reviews", "  - record: A-00{}\n    by: Editor\n    date: 2017-12-04\n"),
        (
            "plan/endorsements.yaml",
            "endorsements",
            "  - participant: p{}\n    capacity: institutional\n    text: day-1\n    digest: sha256:"
            + "0" * 64
            + "\n    date: 2017-12-05\n",
        ),
    ],
)
def test_reviews_and_endorsements_of_two_desks_are_all_there(
    path: str,
    head: str,
    entry: str,
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
) -> None:
    said = merge({path: f"{head}:\n{entry.format(1)}"}, {path: f"{head}:\n{entry.format(2)}"})
    assert "Merge made by" in said
    assert _text(repository, path) == f"{head}:\n{entry.format(1)}{entry.format(2)}"


def test_an_edit_follows_its_record_to_another_id(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    merge({FIRST: _section("first", ONE.replace("A-001", "A-301"), TWO)}, REWORDED)
    done = _finish(poa, repository)
    assert (done.status, done.stderr) == (0, "")
    assert f"{FIRST}: A-001 is A-301 on one side, and so everywhere" in done.stdout
    assert _text(repository, FIRST) == _section("first", LONGER.replace("A-001", "A-301"), TWO)


@pytest.mark.parametrize("more", ["added", "moved"])
def test_a_file_that_one_side_renamed_is_followed(more: str, repository: Path, git: Git, poa: Poa) -> None:
    new = "plan/sections/01-renamed.yaml"
    git("checkout", "-qb", "renamed", cwd=repository)
    git("mv", FIRST, new, cwd=repository)
    git("commit", "-qm", "Renamed", cwd=repository)
    git("checkout", "-q", "main", cwd=repository)
    added = NEW.format("States should count.")
    files = {FIRST: _section("first", ONE, TWO, added)} if more == "added" else MOVED
    for path, text in files.items():
        (repository / path).write_text(text, encoding="utf-8")
    git("commit", "-qam", "Changed", cwd=repository)
    git("merge", "renamed", "-m", "Merged", cwd=repository, check=False)
    done = _finish(poa, repository)
    assert done.status == 0, done.stderr
    assert not (repository / FIRST).exists()
    expected = files[FIRST]
    assert _text(repository, new) == expected
    assert "A-001" in (_text(repository, new) if more == "added" else _text(repository, SECOND))


def test_what_names_one_of_two_records_goes_with_it_and_is_not_dropped(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], git: Git, poa: Poa
) -> None:
    review = "reviews:\n  - record: A-004\n    by: {}\n    date: 2017-12-04\n"
    path = "plan/reviews.yaml"
    merge(
        {FIRST: _section("first", ONE, TWO, NEW.format("Count.")), path: review.format("One")},
        {SECOND: _section("second", THREE, NEW.format("Meet.")), path: review.format("Two")},
    )
    done = _finish(poa, repository)
    assert (done.status, done.stderr) == (0, "")
    found = {each["by"]: each["record"] for each in Reading(_text(repository, path)).value["reviews"]}
    assert found == {"One": "A-004", "Two": "A-005"}
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "Merged", cwd=repository)
    assert "POA932" not in poa("-C", repository, "validate").stdout


def test_branches_that_met_crosswise_are_merged_from_what_both_have(
    repository: Path, git: Git, poa: Poa
) -> None:
    """What one side took back after both had met is taken back, and the other side's part of it is no loss."""

    def commit(path: str, old: str, new: str) -> None:
        (repository / path).write_text(_text(repository, path).replace(old, new), encoding="utf-8")
        git("commit", "-qam", new, cwd=repository)

    git("checkout", "-qb", "theirs", cwd=repository)
    commit(SECOND, "publish", "print")
    git("checkout", "-q", "main", cwd=repository)
    commit(FIRST, "within a year", "within a month")
    git("branch", "crossing", cwd=repository)
    git("merge", "-q", "--no-edit", "theirs", cwd=repository)
    commit(FIRST, "the treaty bodies", "all treaty bodies")
    git("checkout", "-q", "theirs", cwd=repository)
    git("merge", "-q", "--no-edit", "crossing", cwd=repository)
    commit(FIRST, "within a month", "within a year")
    git("checkout", "-q", "main", cwd=repository)
    git("merge", "-q", "--no-edit", "theirs", cwd=repository)
    assert "within a year" in _text(repository, FIRST)
    assert "all treaty bodies" in _text(repository, FIRST)
    assert "POA932" not in poa("-C", repository, "validate").stdout
    assert _finish(poa, repository).stdout == "nothing to finish\n"


def test_lines_that_git_ends_otherwise_are_no_difference(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa, git: Git
) -> None:
    git("config", "core.autocrlf", "true", cwd=repository)
    git("rm", "-rq", "--cached", ".", cwd=repository)
    git("reset", "-q", "--hard", cwd=repository)
    assert b"\r\n" in (repository / FIRST).read_bytes()
    merge(MOVED, REWORDED)
    (repository / SECOND).write_bytes((repository / SECOND).read_bytes().replace(b"\n", b"\r\n"))
    done = _finish(poa, repository)
    assert (done.status, done.stdout.count("wrote ")) == (0, 2)
    for path in (SECOND, "plan/plan.yaml"):
        content = (repository / path).read_bytes()
        assert content.count(b"\r\n") == content.count(b"\n")


def test_what_is_finished_but_not_added_is_not_committed_without_it(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa, git: Git
) -> None:
    merge(
        {FIRST: _section("first", ONE, TWO, NEW.format("States should count."))},
        {SECOND: _section("second", THREE, NEW.format("Observers should meet."))},
    )
    assert _finish(poa, repository).status == 0
    said = git("commit", "-qm", "Merged", cwd=repository, check=False)
    assert "the merge is not committed yet: run `poa merge finish`, look, `git add plan`, and commit" in said
    git("commit", "-qm", "Merged", "-a", cwd=repository)
    assert "id: A-005" in git("show", f"HEAD:{SECOND}", cwd=repository)


def test_a_merge_with_markers_in_it_is_not_committed(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], git: Git
) -> None:
    merge(
        {FIRST: _section("first", LONGER, TWO)}, {FIRST: _section("first", LONGER.replace("all", "no"), TWO)}
    )
    git("add", "-A", cwd=repository)
    assert f"{FIRST}: a conflict marker stands in it" in git(
        "commit", "-qm", "x", cwd=repository, check=False
    )


def test_what_was_edited_by_hand_stays_unless_asked(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], poa: Poa
) -> None:
    merge(MOVED, REWORDED)
    mine = _section("first", TWO.replace("a year", "two years"))
    (repository / FIRST).write_text(mine, encoding="utf-8")
    done = _finish(poa, repository)
    assert f"{FIRST}: was edited since git merged it, and stays; --again begins anew" in done.stderr
    assert _text(repository, FIRST) == mine
    assert "all the treaty bodies" in _text(repository, SECOND)
    _finish(poa, repository, "--again")
    assert _text(repository, FIRST) == _section("first", TWO)


def test_a_rebase_and_a_cherry_pick_are_finished_too(
    repository: Path, merge: Callable[[dict[str, str], dict[str, str]], str], git: Git, poa: Poa
) -> None:
    merge(MOVED, REWORDED)
    git("merge", "--abort", cwd=repository)
    for command in (("cherry-pick", "theirs"), ("rebase", "theirs")):
        git(*command, cwd=repository, check=False)
        assert _finish(poa, repository).status == 0
        assert _text(repository, SECOND) == _section("second", THREE, LONGER)
        git("reset", "-q", "--hard", cwd=repository)
        git(command[0], "--abort", cwd=repository, check=False)


def test_a_clone_without_the_base_of_its_last_merge_is_told_of_no_loss(
    repository: Path,
    merge: Callable[[dict[str, str], dict[str, str]], str],
    git: Git,
    poa: Poa,
    tmp_path: Path,
) -> None:
    merge(
        {FIRST: _section("first", ONE, TWO.replace("a year", "two years"))},
        {FIRST: _section("first", LONGER, TWO)},
    )
    git("clone", "-q", "--depth", "2", repository.as_uri(), tmp_path / "shallow")
    # as servers fetch what a pull request comes to: the merge and its two parents, not where they parted
    shallow = tmp_path / "shallow"
    (shallow / ".git/shallow").write_text(
        git("rev-parse", "HEAD^1", "HEAD^2", cwd=repository) + "\n", encoding="utf-8"
    )
    assert git("merge-base", "HEAD^1", "HEAD^2", cwd=shallow, check=False) == ""
    assert "POA932" not in poa("-C", shallow, "validate").stdout
    assert _finish(poa, shallow).status == 2


def test_without_a_merge_there_is_nothing_to_finish(repository: Path, poa: Poa, tmp_path: Path) -> None:
    done = _finish(poa, repository)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "poa: there is no merge to finish: git is making none, and HEAD is none\n"
    small_plan.write(tmp_path / "bare")
    assert _finish(poa, tmp_path / "bare").status == 2


def test_a_plan_deeper_in_the_repository_is_merged_by_words(tmp_path: Path, git: Git, poa: Poa) -> None:
    project = tmp_path / "repository/texts/one"
    project.mkdir(parents=True)
    git("init", "-q", cwd=tmp_path / "repository")
    files = {**small_plan.files(), "sections/01-first.yaml": BASE[FIRST]}
    small_plan.write(project, files)
    poa("-C", project, "git-setup")
    for branch, words in (("main", ""), ("theirs", "quickly"), ("ours", "all")):
        if words:
            git("checkout", "-qb", branch, "main", cwd=project)
        text = BASE[FIRST].replace("They may ask", "They may soon ask") if words == "quickly" else BASE[FIRST]
        text = (
            text.replace("the treaty", "all the treaty").replace("for an", "for no")
            if words == "all"
            else text
        )
        (project / FIRST).write_text(text, encoding="utf-8")
        git("add", "-A", cwd=project)
        git("commit", "-qm", branch, cwd=project)
    assert "Merge made by" in git("merge", "theirs", "-m", "Merged", cwd=project)
    assert "They may soon ask for no answer." in _text(project, FIRST)


def test_hooks_of_others_stay(repository: Path, git: Git, poa: Poa) -> None:
    hooks = repository / ".git/hooks"
    assert (hooks / "pre-commit").read_text(encoding="utf-8").count("poa_toolkit") == 1
    (hooks / "pre-commit").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    done = poa("-C", repository, "git-setup")
    assert done.stdout == "the hook pre-commit is not ours and stays; add the line `poa merge check` to it\n"
    assert (
        "removed the hook pre-merge-commit of this clone"
        in poa("-C", repository, "git-setup", "--undo").stdout
    )
    assert (hooks / "pre-commit").read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
    git("config", "core.hooksPath", "elsewhere", cwd=repository)
    assert poa("-C", repository, "git-setup").stdout.count("is not ours and stays") == 2
    assert not (repository / "elsewhere").exists()


def test_a_commit_that_is_no_merge_is_not_looked_at(repository: Path, git: Git) -> None:
    (repository / FIRST).write_text("broken: [", encoding="utf-8")
    git("commit", "-qam", "Broken", cwd=repository)
