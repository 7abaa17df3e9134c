"""`poa log`: every version of a record, who made it and when, across commits, baselines and amendments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import small_plan

from poa_toolkit.api import log
from poa_toolkit.api.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Git, Golden, Poa


class Project:
    """A plan in a repository, committed step by step at days that follow each other."""

    def __init__(self, folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.git, self.monkeypatch = folder, git, monkeypatch
        self.data = small_plan.files()
        self.day = 0
        folder.mkdir(parents=True)
        git("init", "-q", cwd=folder)

    def commit(self, subject: str, author: str = "An Editor", *more: str) -> None:
        self.day += 1
        moment = f"2017-11-{self.day:02}T12:30:00+01:00"
        self.monkeypatch.setenv("GIT_AUTHOR_NAME", author)
        self.monkeypatch.setenv("GIT_AUTHOR_DATE", moment)
        self.monkeypatch.setenv("GIT_COMMITTER_DATE", moment)
        small_plan.write(self.folder, self.data)
        self.git("add", "-A", cwd=self.folder)
        self.git("commit", "-qm", subject, *more, cwd=self.folder)

    def steps(self, name: str = "A-001", **more: Any) -> list[tuple[str, list[str]]]:
        """Give what each version says of itself, and the fields it changed."""
        found = log.history(self.folder, name, **more)
        return [
            (
                each.origin.subject or each.origin.name or each.origin.where.value,
                [change.field or change.kind.value for change in each.changes],
            )
            for each in found.steps
        ]


@pytest.fixture
def project(tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path / "project", git, monkeypatch)
    made.commit("Begin")
    return made


def _grown(project: Project, poa: Poa) -> None:
    """Change A-001 in several ways, freeze it once, and leave an amendment's words uncommitted."""
    action = small_plan.action(project.data)
    action["text"] = "Observers shall report to the treaty bodies."
    project.commit("Say shall", "Another Editor")
    small_plan.action(project.data, 1)["text"] = "States should answer in time."
    project.commit("Another action")
    action["provisions"] = ["iccpr 25(b)", "iccpr 19"]
    action["points"][0]["text"] = "On the very day."
    project.commit("Links and a point")
    assert poa("-C", project.folder, "baseline", "create", "day-1").status == 0
    project.commit("Freeze")
    action["text"] = "Observers shall report to the treaty bodies in time."
    project.data["amendments/floor.yaml"] = {
        "amendments": [
            {
                "id": "floor-1",
                "record": "A-001",
                "field": "text",
                "original": "Observers shall report to the treaty bodies.",
                "proposed": action["text"],
                "edits": [{"offset": 43, "inserted": " in time"}],
                "proposer": "A delegate",
                "date": "2017-12-04",
                "state": "accepted",
                "decided_by": "The chair",
                "decided": "2017-12-04",
            }
        ]
    }
    small_plan.write(project.folder, project.data)


def test_every_version_says_who_when_and_what(project: Project, poa: Poa, golden: Golden) -> None:
    _grown(project, poa)
    assert project.steps() == [
        ("Begin", ["added"]),
        ("Say shall", ["text"]),
        ("Links and a point", ["provisions", "points.a"]),
        ("day-1", []),
        ("working-tree", ["text"]),
    ]
    for form, ending in (("text", "txt"), ("markdown", "md"), ("json", "json")):
        done = poa("-C", project.folder, "log", "a-001", "--format", form)
        assert (done.status, done.stderr) == (0, "")
        golden(f"log/action.{ending}", done.stdout)
    data = json.loads(done.stdout)
    jsonschema.validate(data, json.loads(schemas()["log.schema.json"]))
    assert [(each["who"], each["when"]) for each in data["versions"]] == [
        ("An Editor", "2017-11-01T12:30:00+01:00"),
        ("Another Editor", "2017-11-02T12:30:00+01:00"),
        ("An Editor", "2017-11-04T12:30:00+01:00"),
        ("", "2017-12-04"),
        ("", ""),
    ]
    assert [each["amendments"] for each in data["versions"]] == [[], [], [], [], ["floor-1"]]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("A-002", [("Begin", ["added"]), ("Another action", ["text"]), ("day-1", [])]),
        ("first", [("Begin", ["added"]), ("day-1", [])]),
        ("iccpr", [("Begin", ["added"]), ("day-1", [])]),
        ("P-01", [("Begin", ["added"]), ("day-1", [])]),
        ("hres-2015-02-r1", [("Begin", ["added"]), ("day-1", [])]),
        ("observers", [("Begin", ["added"]), ("day-1", [])]),
    ],
)
def test_any_record_has_a_past(name: str, steps: list[Any], project: Project, poa: Poa) -> None:
    _grown(project, poa)
    assert project.steps(name) == steps


def test_a_record_that_nobody_knows(project: Project, poa: Poa) -> None:
    done = poa("-C", project.folder, "log", "A-999")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == 'poa: no version of the plan has a record "A-999"\n'


def test_without_git_baselines_are_the_past(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    folder = small_plan.write(tmp_path / "x", data)
    assert poa("-C", folder, "baseline", "create", "day-1").status == 0
    small_plan.action(data)["status"] = "agreed"
    small_plan.write(folder, data)
    found = log.history(folder, "A-001")
    assert [(each.origin.name, [change.field for change in each.changes]) for each in found.steps] == [
        ("day-1", [""]),
        ("", ["status"]),
    ]


@pytest.mark.parametrize("later", [False, True])
def test_baselines_older_than_git_stand_before_it(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch, poa: Poa, *, later: bool
) -> None:
    """A plan that was kept without git is committed as a whole, or its old baselines one commit later."""
    made = Project(tmp_path / "x", git, monkeypatch)
    action = small_plan.action(made.data)
    for name, text in (("z-first", "Observers may report."), ("day-1", "Observers can report.")):
        action["text"] = text
        small_plan.write(made.folder, made.data)
        assert poa("-C", made.folder, "baseline", "create", name).status == 0
        frozen = made.folder / f"plan/baselines/{name}.json"
        day = "2016-01-01" if name == "z-first" else "2016-01-02"
        frozen.write_text(_dated(frozen.read_text("utf-8"), day), "utf-8")
    action["text"] = "Observers must report."
    if later:
        (made.folder / "plan/baselines").rename(tmp_path / "aside")
    made.commit("Take in the plan")
    if later:
        (tmp_path / "aside").rename(made.folder / "plan/baselines")
        made.commit("Take in the baselines")
    begin = [("z-first", ["added"]), ("day-1", ["text"]), ("Take in the plan", ["text"])]
    assert made.steps() == begin
    action["text"] = "Observers shall report."
    made.commit("Say shall")
    assert made.steps() == [*begin, ("Say shall", ["text"])]
    told = poa("-C", made.folder, "log", "A-001").stdout
    assert "Observers [-may-]{+can+} report." in told
    assert "Observers [-can-]{+must+} report." in told
    assert made.steps("A-002")[0] == ("Take in the plan" if later else "z-first", ["added"])


def test_a_freeze_of_a_stage_long_past_stands_behind_what_it_froze(project: Project, poa: Poa) -> None:
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("Say shall")
    assert poa("-C", project.folder, "baseline", "create", "day-1").status == 0
    frozen = project.folder / "plan/baselines/day-1.json"
    frozen.write_text(_dated(frozen.read_text("utf-8"), "2016-01-01"), "utf-8")
    names = ["Begin", "Say shall", "day-1"]
    assert [name for name, _ in project.steps()] == names
    project.commit("Freeze")
    assert [name for name, _ in project.steps()] == names


def _dated(baseline: str, day: str) -> str:
    """Give a baseline with the day of another stage."""
    data = json.loads(baseline)
    data["date"] = day
    return json.dumps(data)


def test_an_action_that_moved_to_another_file_is_followed(project: Project) -> None:
    section = project.data["sections/01-first.yaml"]
    moved = section["actions"].pop(0)
    project.data["sections/02-second.yaml"] = {"id": "second", "title": "Second things", "actions": [moved]}
    project.commit("Move")
    assert project.steps() == [("Begin", ["added"]), ("Move", ["section"])]


def test_a_file_with_another_name_changes_nothing(project: Project) -> None:
    project.git("mv", "plan/sections/01-first.yaml", "plan/sections/07-first.yaml", cwd=project.folder)
    project.data["sections/07-first.yaml"] = project.data.pop("sections/01-first.yaml")
    project.commit("Rename the file")
    assert project.steps() == [("Begin", ["added"])]


def test_a_plan_that_lay_elsewhere_is_followed_there(project: Project) -> None:
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("Say shall")
    (project.folder / "docs").mkdir()
    project.git("mv", "plan", "docs/plan", cwd=project.folder)
    project.git("commit", "-qm", "Move away", cwd=project.folder)
    project.git("mv", "docs/plan", "plan", cwd=project.folder)
    project.git("commit", "-qm", "Move back", cwd=project.folder)
    small_plan.action(project.data)["text"] = "Observers shall report soon."
    project.commit("Say soon")
    names = [name for name, _ in project.steps()]
    assert [name for name in names if "Move" not in name] == ["Begin", "Say shall", "Say soon"]


def test_a_project_inside_its_repository(tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    top = Project(tmp_path / "top", git, monkeypatch)
    top.commit("The top")
    inner = Project(tmp_path / "top/a/b", git, monkeypatch)
    (tmp_path / "top/a/b/.git").rename(tmp_path / "elsewhere")
    inner.commit("The inner one")
    assert inner.steps() == [("The inner one", ["added"])]
    assert top.steps() == [("The top", ["added"])]


def test_a_version_that_cannot_be_read_says_so_and_the_next_goes_on(project: Project) -> None:
    good = project.data["sections/01-first.yaml"]
    project.data["sections/01-first.yaml"] = "id: first\ntitle: x\nactions:\n  - id: A-001\n    text: {x\n"
    project.commit("Break")
    project.data["sections/01-first.yaml"] = good
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("Mend")
    found = log.history(project.folder, "A-001").steps
    assert [(each.origin.subject, bool(each.trouble)) for each in found] == [
        ("Begin", False),
        ("Break", True),
        ("Mend", False),
    ]
    assert found[1].trouble.startswith("plan/sections/01-first.yaml:5:11: POA022 ")
    assert [each.field for each in found[2].changes] == ["text"]


def test_a_branch_is_told_by_its_own_commits_and_not_by_its_merge(project: Project) -> None:
    project.git("checkout", "-qb", "topic", cwd=project.folder)
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("On the branch", "A Delegate")
    project.git("checkout", "-q", "main", cwd=project.folder)
    project.data = small_plan.files()
    small_plan.action(project.data, 1)["text"] = "States shall answer."
    project.commit("On main")
    project.git("merge", "-q", "--no-ff", "topic", "-m", "Merge", cwd=project.folder)
    assert project.steps() == [("Begin", ["added"]), ("On the branch", ["text"])]


def test_a_merge_that_says_something_of_its_own_is_told(project: Project) -> None:
    for branch, text in (("one", "Observers may report."), ("other", "Observers can report.")):
        project.git("checkout", "-qb", branch, "main", cwd=project.folder)
        small_plan.action(project.data)["text"] = text
        project.commit(branch)
    project.git("merge", "one", "-m", "Merge", cwd=project.folder, check=False)
    small_plan.action(project.data)["text"] = "Observers must report."
    project.commit("Merge")
    names = [name for name, _ in project.steps()]
    assert (names[0], sorted(names[1:3]), names[3:]) == ("Begin", ["one", "other"], ["Merge"])


def test_how_far_back_is_bounded_and_said(project: Project, poa: Poa) -> None:
    for number in range(3):
        small_plan.action(project.data)["text"] = f"Observers should report {number}."
        project.commit(f"Change {number}")
    assert [name for name, _ in project.steps(most=2)] == ["Change 1", "Change 2"]
    done = poa("-C", project.folder, "log", "A-001", "--limit", "2")
    assert "only the last 2 commits that changed the plan were looked at" in done.stdout


def test_a_shallow_clone_says_so(project: Project, tmp_path: Path, poa: Poa) -> None:
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("Say shall")
    project.git("clone", "-q", "--depth=1", f"file://{project.folder}", tmp_path / "clone")
    assert "fetch-depth: 0" in poa("-C", tmp_path / "clone", "log", "A-001").stdout


def test_the_past_costs_few_processes(project: Project, git_calls: list[str]) -> None:
    for number in range(5):
        small_plan.action(project.data)["text"] = f"Observers should report {number}."
        project.commit(f"Change {number}")
    assert len(project.steps()) == 6
    assert git_calls.count("log") == 1
    assert git_calls.count("cat-file") == 2
    assert len(git_calls) <= 10


def test_names_of_commits_are_shown_and_never_obeyed(project: Project, poa: Poa) -> None:
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("\x1b[31mred <b>@all</b> commit", "Mallory \x1b]0;x\x07")
    for form in ("text", "markdown"):
        said = poa("-C", project.folder, "log", "A-001", "--format", form).stdout
        assert "\x1b" not in said
        assert form == "text" or "<b>" not in said


def test_a_damaged_history_is_an_error(project: Project, poa: Poa) -> None:
    oid = project.git("rev-parse", "HEAD:plan/sections/01-first.yaml", cwd=project.folder)
    small_plan.action(project.data)["text"] = "Observers shall report."
    project.commit("Say shall")
    (project.folder / ".git/objects" / oid[:2] / oid[2:]).unlink()
    done = poa("-C", project.folder, "log", "A-001")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith(f"poa: git cannot read object {oid} of the history of the plan")
