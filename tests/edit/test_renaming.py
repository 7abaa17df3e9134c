"""`poa rename` where two records bear one id: exactly the one that is meant, and no link on a guess."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.api import rename
from poa_toolkit.api.validate import validate
from poa_toolkit.edit.occurrences import at_line, occurrences
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.yaml_tree import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Git, Poa

FIRST, SECOND = "plan/sections/01-first.yaml", "plan/sections/02-second.yaml"
FLOOR, RECOMMENDED = "plan/amendments/floor.yaml", "plan/recommendations/hres-2015-02.yaml"


def _action(name: str, text: str) -> dict[str, Any]:
    return {**small_plan.action(small_plan.files()), "id": name, "text": text, "points": []}


def _amendment(name: str, record: str, **more: str) -> dict[str, Any]:
    said = {"kind": "comment", "proposer": "Delegation A", "date": "2017-12-04", "comment": "Why?"}
    return {"id": name, **said, "record": record, **more}


def _twins() -> dict[str, Any]:
    """Give a plan with two actions A-003 in two files, and links to them."""
    data = small_plan.files()
    data["sections/01-first.yaml"]["actions"].append(_action("A-003", "States should count openly."))
    data["sections/02-second.yaml"] = {
        "id": "second",
        "title": "Second things",
        "actions": [_action("A-003", "Observers should meet each year."), _action("A-004", "They report.")],
    }
    data["sections/02-second.yaml"]["actions"][1]["from"] = ["A-003"]
    data["amendments/floor.yaml"] = {"amendments": [_amendment("floor-1", "A-003")]}
    return data


def _line(project: Path, path: str, text: str, number: int = 0) -> int:
    lines = (project / path).read_text("utf-8").splitlines()
    return [index for index, line in enumerate(lines, 1) if text in line][number]


def _changed(before: dict[str, bytes], project: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Give the lines that differ, by path: before and after."""
    found = {}
    for path, old in before.items():
        lines = [each.decode().splitlines() for each in (old, (project / path).read_bytes())]
        pairs = [(one, other) for one, other in zip(*lines, strict=True) if one != other]
        if pairs:
            found[path] = ([one for one, _ in pairs], [other for _, other in pairs])
    return found


def _files(project: Path) -> dict[str, bytes]:
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*.yaml")}


@pytest.mark.parametrize("how", ["line", "line and column", "in", "absolute"])
def test_one_of_two_records_is_renamed(how: str, tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path, _twins())
    before, line = _files(project), _line(tmp_path, SECOND, "id: A-003")
    arguments = {
        "line": [f"{SECOND}:{line}", "A-901"],
        "line and column": [f"{SECOND}:{line}:5", "A-901"],
        "in": ["A-003", "A-901", "--in", SECOND],
        "absolute": [f"{tmp_path / SECOND}:{line}", "A-901"],
    }[how]
    done = poa("rename", *arguments, cwd=project)
    assert (done.status, done.stdout) == (
        0, f"{SECOND}:{line}: A-003 is now A-901; 0 links changed in 1 file\n"
    )  # fmt: skip
    assert _changed(before, project) == {SECOND: (["- id: A-003"], ["- id: A-901"])}
    # whom a link means is not known: each is told with its place, and stays
    own = _line(tmp_path, FIRST, "id: A-003")
    assert f"{FIRST}:{own}: still A-003" in done.stderr
    for path, text in ((SECOND, "- A-003"), (FLOOR, "record: A-003")):
        assert re.search(rf'{path}:{_line(tmp_path, path, text)}:\d+: which "A-003" this means', done.stderr)
    assert "POA205" not in {each.code for each in validate(project).diagnostics}


def test_an_id_of_two_records_names_none(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path, _twins())
    before = _files(project)
    done = poa("rename", "A-003", "A-901", cwd=project)
    assert done.status == 2
    ways = re.findall(r"`poa (rename plan/\S+:\d+ A-901)`", done.stderr)
    assert len(ways) == 2
    assert not _changed(before, project)
    assert poa(*ways[1].split(), cwd=project).status == 0


def test_the_diagnostic_of_twins_names_the_cure(tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path, _twins())
    (help_text,) = [each.help for each in validate(project).diagnostics if each.code == "POA205"]
    cure = re.search(r"`poa (rename \S+ NEW)`", help_text)
    assert cure
    assert poa(*cure[1].replace("NEW", "A-901").split(), cwd=project).status == 0
    assert "POA205" not in {each.code for each in validate(project).diagnostics}


def _double(data: dict[str, Any], name: str, key: str) -> None:
    items = data[name][key]
    other = copy.deepcopy(items[0])
    items.append(other | ({"title": "Another"} if "title" in other else {"text": "Another."}))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("sections/01-first.yaml", "actions"),
        ("sections/01-first.yaml", "chapeau"),
        ("recommendations/hres-2015-02.yaml", "recommendations"),
        ("instruments/universal.yaml", "instruments"),
        ("actors.yaml", "actors"),
        ("participants.yaml", "participants"),
        ("obligations.yaml", "obligations"),
        ("plan.yaml", "front"),
        ("plan.yaml", "introduction"),
        ("plan.yaml", "stages"),
        ("amendments/floor.yaml", "amendments"),
    ],
)
def test_any_record_with_an_id_can_be_told_apart(name: str, key: str, tmp_path: Path, poa: Poa) -> None:
    data = _twins()
    del data["sections/02-second.yaml"]["actions"][0], data["amendments/floor.yaml"]["amendments"][0]
    data["sections/02-second.yaml"]["actions"][0]["from"] = ["A-002"]
    data["amendments/floor.yaml"]["amendments"] = [_amendment("floor-1", "A-001")]
    _double(data, name, key)
    project = small_plan.write(tmp_path, data)
    shared = str(data[name][key][0]["id"])
    before, line = _files(project), _line(project, f"plan/{name}", f"id: {shared}", -1)
    done = poa("rename", f"plan/{name}:{line}", "new-9", cwd=project)
    assert done.status == 0, done.stderr
    ((path, (old, new)),) = _changed(before, project).items()
    assert (path, [each.strip() for each in old]) == (f"plan/{name}", [f"- id: {shared}"])
    assert [each.strip() for each in new] == ["- id: new-9"]
    assert done.stdout.startswith(f"plan/{name}:{line}: {shared} is now new-9")


def test_twin_sections_are_told_apart_by_their_files(tmp_path: Path, poa: Poa) -> None:
    data = _twins()
    data["sections/02-second.yaml"]["id"] = "first"
    project = small_plan.write(tmp_path, data)
    assert poa("rename", "first", "second", "--in", SECOND, cwd=project).status == 0
    assert f"{SECOND}:1" not in poa("validate", cwd=project).stdout


def test_a_line_of_a_point_means_the_point(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["points"][1]["id"] = "a"
    data["amendments/floor.yaml"] = {"amendments": [_amendment("floor-1", "A-001", field="points.a")]}
    project = small_plan.write(tmp_path, data)
    (found,) = [each for each in validate(project).diagnostics if each.code == "POA213"]
    cure = re.search(r"`poa (rename \S+ NEW)`", found.help)
    assert cure
    done = poa(*cure[1].replace("NEW", "c").split(), cwd=project)
    assert done.status == 0, done.stderr
    assert 'which "a" this means is not known' in done.stderr
    line = _line(project, FIRST, "id: c")
    # the words of a point are its lines, too; an amendment to the only point of its letter follows
    done = poa("rename", f"{FIRST}:{_line(project, FIRST, 'On the day.')}", "d", cwd=project)
    assert (done.status, done.stdout) == (0, f"{FIRST}:{line - 2}: a is now d; 1 link changed in 2 files\n")
    assert "field: points.d" in (project / FLOOR).read_text("utf-8")
    assert poa("rename", f"{FIRST}:{line}", "d", cwd=project).status == 2


def test_an_amendment_alone_in_its_id_is_renamed_too(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    rows = [_amendment("floor-1", "A-001"), _amendment("floor-2", "A-002", comment="As in floor-1.")]
    data["amendments/floor.yaml"] = {"amendments": rows}
    project = small_plan.write(tmp_path, data)
    done = poa("rename", "floor-1", "floor-7", cwd=project)
    assert done.status == 0
    assert 'floor.yaml:12:18: "floor-1" stands here' in done.stderr, done.stderr
    assert poa("rename", "floor-7", "floor-2", cwd=project).status == 2


def test_a_link_that_can_mean_one_kind_alone_follows(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"]["id"] = "states"
    project = small_plan.write(tmp_path, data)
    done = poa("rename", "states", "countries", "--in", "plan/actors.yaml", cwd=project)
    assert done.status == 0, done.stderr
    assert "1 link changed in 2 files" in done.stdout
    done = poa("rename", "plan/sections/01-first.yaml:1", "opening", cwd=project)
    assert "0 links changed in 1 file" in done.stdout


@pytest.mark.parametrize("how", ["commit", "no-commit"])
def test_links_follow_where_git_knows_with_which_side_they_came(
    how: str, tmp_path: Path, poa: Poa, git: Git
) -> None:
    data = _twins()
    rows = data["sections/02-second.yaml"]["actions"]
    ours = {**_action("A-003", "States should count openly.")}
    data["sections/01-first.yaml"]["actions"].pop()
    theirs, later = rows
    data["sections/02-second.yaml"]["actions"] = [_action("A-009", "They meet.")]
    data["amendments/floor.yaml"]["amendments"] = [_amendment("floor-9", "A-001")]
    project = small_plan.write(tmp_path, data)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "base")
    git("checkout", "-q", "-b", "other")
    data["sections/02-second.yaml"]["actions"] += [theirs, later]
    small_plan.write(tmp_path, data)
    git("commit", "-q", "-a", "-m", "theirs")
    git("checkout", "-q", "main")
    data["sections/02-second.yaml"]["actions"] = data["sections/02-second.yaml"]["actions"][:1]
    data["sections/01-first.yaml"]["actions"].append(ours)
    data["amendments/floor.yaml"]["amendments"].append(_amendment("floor-1", "A-003"))
    small_plan.write(tmp_path, data)
    git("commit", "-q", "-a", "-m", "ours")
    git("merge", "-q", "--no-edit", f"--{how}", "other")
    done = poa("rename", "A-003", "A-901", "--in", SECOND, cwd=project)
    assert (done.status, "1 link changed in 1 file" in done.stdout) == (0, True), done.stderr
    assert "- A-901" in (project / SECOND).read_text("utf-8")
    assert "record: A-003" in (project / FLOOR).read_text("utf-8")
    assert "is not known" not in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "within", "said"),
    [
        (f"{FIRST}:900", "A-9", None, "no record stands at"),
        ("plan/sections/09.yaml:1", "A-9", None, "is no file of the plan"),
        ("A-003", "A-9", "plan/plan.yaml", f"but at {FIRST}:"),
        ("A-003", "a-003", SECOND, "is or was an id"),
        ("A-003", "A-001", SECOND, "is or was an id"),
        ("a-003", "A-9", None, 'did you mean "A-003"'),
    ],
)
def test_what_cannot_be_meant_is_refused(
    old: str, new: str, within: str | None, said: str, tmp_path: Path
) -> None:
    project = small_plan.write(tmp_path, _twins())
    before = _files(project)
    with pytest.raises(EditRefusedError, match=re.escape(said)):
        rename.rename(project, old, new, within=within)
    assert _files(project) == before


def test_another_file_that_cannot_be_read_keeps_a_twin(tmp_path: Path, poa: Poa) -> None:
    data = _twins() | {"actors.yaml": "actors: [\n"}
    project = small_plan.write(tmp_path, data)
    done = poa("rename", "A-003", "A-901", "--in", SECOND, cwd=project)
    assert (done.status, "plan/actors.yaml:1" in done.stderr) == (1, True), done.stderr


FILE = """\
# of the file
id: first
title: First things
actions:
  # above
  - id: A-001
    text: >-
      Some words
      on two lines.
    points:
      - id: a
        text: One.
      - {id: b, text: Two.}

  - id: A-002 # beside
    text: More.
      # below
# at the end
"""
MEANT = [None, "first", "first", None, "A-001", "A-001", "A-001", "A-001", "A-001", "A-001", "a", "a", "b"]
MEANT += [None, "A-002", "A-002", "A-002", None]


@given(st.integers(1, len(MEANT)))
def test_each_line_means_the_record_that_it_belongs_to(line: int) -> None:
    every = occurrences({FIRST: read(FIRST, FILE.encode())})
    wanted = MEANT[line - 1]
    if wanted is None:
        with pytest.raises(EditRefusedError, match="no record stands"):
            at_line(every, FIRST, line, FILE)
    else:
        assert at_line(every, FIRST, line, FILE).name == wanted
