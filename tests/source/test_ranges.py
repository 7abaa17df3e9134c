"""Versions in git as a person compares them: ranges, bare repositories, moved folders, broken and hostile ones."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import small_plan

from poa_toolkit.api import diff
from poa_toolkit.api.schema import schemas
from poa_toolkit.errors import NoPlanError, VersionError
from poa_toolkit.source import git as source
from poa_toolkit.source import versions
from poa_toolkit.source.base import Files

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Git, Poa

BROKEN = "id: first\ntitle: First things\nactions:\n  - id: A-001\n    text: {States should\n"


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """A repository in which `main` and `topic` parted after `first`, each with a title of its own."""
    project = tmp_path / "project"
    project.mkdir()
    data = small_plan.files()
    git("init", "-q", cwd=project)
    _commit(git, project, data, "One")
    git("tag", "first", cwd=project)
    git("checkout", "-qb", "topic", cwd=project)
    small_plan.action(data)["text"] = "Observers shall report to the treaty bodies."
    _commit(git, project, data, "Topic")
    git("checkout", "-q", "main", cwd=project)
    data = small_plan.files()
    data["plan.yaml"]["title"] = "Another title"
    _commit(git, project, data, "Two")
    return project


def _commit(git: Git, project: Path, data: dict[str, Any], message: str) -> None:
    small_plan.write(project, data)
    git("add", "-A", cwd=project)
    git("commit", "-qm", message, cwd=project)


def _changed(project: Path, old: str, new: str | None = None) -> list[tuple[str, str]]:
    compared = diff.compare(project, old, new)
    assert compared is not None
    return [(each.record, each.field) for each in compared.comparison.changes]


@pytest.mark.parametrize(
    ("named", "changed"),
    [
        ("first..main", [("plan", "title")]),
        ("main..topic", [("plan", "title"), ("A-001", "text")]),
        ("main...topic", [("A-001", "text")]),
        ("topic...main", [("plan", "title")]),
        ("first..", [("plan", "title")]),
        ("..first", [("plan", "title")]),
        ("git:first..main", [("plan", "title")]),
        ("...topic", [("A-001", "text")]),
        ("main..main", []),
    ],
)
def test_a_range_names_both_versions(named: str, changed: list[tuple[str, str]], repository: Path) -> None:
    assert _changed(repository, named) == changed


def test_a_range_may_name_baselines(repository: Path, poa: Poa) -> None:
    assert poa("-C", repository, "baseline", "create", "frozen").status == 0
    assert _changed(repository, "first..frozen") == [("plan", "title")]


def test_a_range_since_parting_says_so(repository: Path, poa: Poa) -> None:
    done = poa("-C", repository, "diff", "main...topic")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.startswith("Changes from main...topic to topic\n")


def test_a_folder_above_is_no_range(repository: Path, tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path / "other")
    done = poa("diff", "../other", "--exit-code", cwd=repository)
    assert (done.status, done.stderr) == (1, "")
    assert "Changes from ../other to working tree" in done.stdout


@pytest.mark.parametrize(
    "named", ["none..main", "main..none", "none...main", "main...none", "a..b..c", "a....b"]
)
def test_an_unknown_end_is_named(named: str, repository: Path, poa: Poa) -> None:
    done = poa("-C", repository, "diff", named)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("poa: there is no ")
    assert done.stderr.count("\n") == 1


def test_versions_without_a_common_past(repository: Path, git: Git, poa: Poa) -> None:
    git("checkout", "-q", "--orphan", "alone", cwd=repository)
    git("commit", "-qm", "Alone", cwd=repository)
    done = poa("-C", repository, "diff", "main...alone")
    assert (done.status, done.stderr) == (2, 'poa: "main" and "alone" have no commit in common\n')


def test_a_shallow_clone_says_how_to_deepen(repository: Path, git: Git, tmp_path: Path, poa: Poa) -> None:
    clone = tmp_path / "clone"
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repository}", clone)
    for named in ("origin/main...origin/topic", "first~1..main"):
        done = poa("-C", clone, "diff", named)
        assert done.status == 2, named
        assert (
            "this clone is shallow: fetch the whole history (in a workflow, `fetch-depth: 0`)" in done.stderr
        )


def test_a_bare_repository_is_a_project(repository: Path, git: Git, tmp_path: Path, poa: Poa) -> None:
    git("clone", "-q", "--bare", repository, tmp_path / "bare.git")
    done = poa("-C", tmp_path / "bare.git", "diff", "first..main", "--format", "json")
    assert (done.status, done.stderr) == (0, "")
    assert [each["field"] for each in json.loads(done.stdout)["changes"]] == ["title"]
    without = poa("-C", tmp_path / "bare.git", "diff", "first")
    assert without.status == 2
    assert "bare" in without.stderr


def test_a_linked_worktree_knows_every_revision(repository: Path, git: Git, tmp_path: Path) -> None:
    git("worktree", "add", "-q", tmp_path / "linked", "topic", cwd=repository)
    assert _changed(tmp_path / "linked", "main...topic") == [("A-001", "text")]
    assert _changed(tmp_path / "linked", "first") == [("A-001", "text")]


def test_a_tag_with_a_message_and_one_of_a_tree(repository: Path, git: Git, poa: Poa) -> None:
    git("tag", "-am", "The first", "signed", "first", cwd=repository)
    assert _changed(repository, "signed") == [("plan", "title")]
    git("tag", "tree", "HEAD^{tree}", cwd=repository)
    done = poa("-C", repository, "diff", "tree")
    assert (done.status, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert 'there is no baseline, git revision or folder "tree"' in done.stderr
    assert "git knows the name, but it is no commit, or one that is missing or damaged" in done.stderr


@pytest.mark.parametrize("before", ["docs/plan", "text", "a/b/plan"])
def test_a_plan_that_lay_elsewhere_is_found(before: str, repository: Path, git: Git) -> None:
    (repository / before).parent.mkdir(parents=True, exist_ok=True)
    git("mv", "plan", before, cwd=repository)
    git("commit", "-qm", "Moved", cwd=repository)
    git("tag", "elsewhere", cwd=repository)
    git("mv", before, "plan", cwd=repository)
    git("commit", "-qm", "Back", cwd=repository)
    assert _changed(repository, "elsewhere..HEAD") == []
    assert _changed(repository, "first..elsewhere") == [("plan", "title")]
    found = versions.read(repository, "elsewhere")
    assert isinstance(found, Files)
    assert found.root.path("plan/sections/01.yaml") == f"elsewhere:{before}/sections/01.yaml"


def test_a_plan_that_filled_the_whole_repository(repository: Path, git: Git) -> None:
    for each in sorted((repository / "plan").iterdir()):
        git("mv", f"plan/{each.name}", each.name, cwd=repository)
    git("commit", "-qm", "At the top", cwd=repository)
    git("tag", "top", cwd=repository)
    assert _changed(repository, "first..top") == [("plan", "title")]


def test_a_project_inside_a_repository_that_moved(repository: Path, git: Git) -> None:
    (repository / "conference").mkdir()
    git("mv", "plan", "conference/plan", cwd=repository)
    git("commit", "-qm", "Moved", cwd=repository)
    assert _changed(repository / "conference", "first") == [("plan", "title")]


def test_the_plan_of_another_project_is_not_ours(repository: Path, git: Git) -> None:
    small_plan.write(repository / "inner")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "Another project", cwd=repository)
    with pytest.raises(NoPlanError, match=r"first holds no plan/plan\.yaml"):
        versions.read(repository / "inner", "first")


def test_two_plans_elsewhere_are_no_answer(repository: Path, git: Git) -> None:
    for name in ("one", "two"):
        small_plan.write(repository / name)
    git("rm", "-rq", "plan", cwd=repository)
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "Two plans", cwd=repository)
    with pytest.raises(
        NoPlanError, match=r"more than one elsewhere \(one/plan/plan.yaml, two/plan/plan.yaml\)"
    ):
        versions.read(repository, "HEAD")


# --- what cannot be read ------------------------------------------------------------------------


@pytest.fixture
def broken(repository: Path, git: Git) -> Path:
    """The same repository, with a tag whose section is no YAML, and one with a broken record."""
    data = small_plan.files()
    data["sections/01-first.yaml"] = BROKEN
    _commit(git, repository, data, "Broken")
    git("tag", "broken", cwd=repository)
    data = small_plan.files()
    small_plan.action(data)["status"] = "agre"
    _commit(git, repository, data, "One record")
    git("tag", "record", cwd=repository)
    _commit(git, repository, small_plan.files(), "Mended")
    return repository


def test_a_broken_revision_is_named_with_its_place(broken: Path, poa: Poa) -> None:
    done = poa("-C", broken, "diff", "broken")
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr.startswith("broken:plan/sections/01-first.yaml:5:11: error POA022 ")
    assert done.stderr.endswith("broken: 1 error; nothing was compared\n")


def test_a_broken_folder_is_named_with_its_place(broken: Path, tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"] = BROKEN
    small_plan.write(tmp_path / "other", data)
    done = poa("diff", "../other", cwd=broken)
    assert done.stderr.startswith("../other/plan/sections/01-first.yaml:5:11: error POA022 ")


@pytest.mark.parametrize("named", ["broken..HEAD", "HEAD..broken"])
def test_tolerance_never_calls_the_unread_added_or_removed(named: str, broken: Path, poa: Poa) -> None:
    done = poa("-C", broken, "diff", named, "--tolerant", "--format", "json")
    assert done.status == 0
    data = json.loads(done.stdout)
    jsonschema.validate(data, json.loads(schemas()["diff.schema.json"]))
    assert [each["record"] for each in data["changes"] if each["kind"] in ("added", "removed")] == []
    assert data["left_out"][0].startswith("broken:plan/sections/01-first.yaml:5:11: POA022 ")
    assert data["left_out"][1] == (
        "A-001, A-002, C-01, first: not compared, since they may stand in what cannot be read of broken"
    )
    assert [f"poa: {line}" for line in data["left_out"]] == done.stderr.splitlines()


def test_tolerance_compares_the_rest(broken: Path, poa: Poa) -> None:
    done = poa("-C", broken, "diff", "main~3..broken", "--tolerant")
    assert done.status == 0
    assert "Not compared" in done.stdout
    assert "POA022" in done.stdout
    assert "Another title" in done.stdout


def test_tolerance_leaves_out_one_record_on_both_sides(broken: Path, poa: Poa) -> None:
    done = poa("-C", broken, "diff", "record", "--tolerant", "--format", "json")
    data = json.loads(done.stdout)
    assert data["changes"] == []
    assert [each.split(": ")[0] for each in data["left_out"]] == [
        "record:plan/sections/01-first.yaml:23:11",
        "numbers of paragraphs do not count what is left out; effects are not told",
    ]
    assert data["effects"] == []
    assert (data["old"]["digest"], data["new"]["digest"][:7]) == ("", "sha256:")


def test_a_folder_that_cannot_be_read_is_no_removal(repository: Path, poa: Poa) -> None:
    (repository / "plan/sections").rename(repository / "elsewhere")
    (repository / "plan/sections").symlink_to(repository / "elsewhere")
    done = poa("-C", repository, "diff", "first", "--tolerant", "--format", "json")
    data = json.loads(done.stdout)
    assert [each["record"] for each in data["changes"]] == ["plan"]
    assert data["left_out"][1].startswith("A-001, A-002, C-01, first: not compared")


def test_tolerance_wants_a_plan_at_least(repository: Path, git: Git, poa: Poa) -> None:
    _commit(git, repository, {**small_plan.files(), "plan.yaml": "title: [\n"}, "No plan")
    done = poa("-C", repository, "diff", "first", "--tolerant")
    assert (done.status, done.stdout) == (1, "")
    assert "plan/plan.yaml:1:8: error POA0" in done.stderr


def test_tolerance_of_what_is_sound_changes_nothing(repository: Path, poa: Poa) -> None:
    one, other = (poa("-C", repository, "diff", "first", *more) for more in ((), ("--tolerant",)))
    assert one == other


# --- hostile repositories -----------------------------------------------------------------------


@pytest.fixture
def hostile(repository: Path, git: Git, tmp_path: Path) -> Path:
    """The repository with every setting and hook that could start a program; each would leave a canary."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/canary\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "core.gitProxy",
        "diff.external",
        "pager.log",
        "pager.config",
        "gpg.program",
        "credential.helper",
        "diff.x.textconv",
        "diff.x.command",
        "merge.x.driver",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "sequence.editor",
        "uploadpack.packObjectsHook",
    ]:
        git("config", key, program, cwd=repository)
    git("config", "log.showSignature", "true", cwd=repository)
    git("config", "alias.ls-tree", f"!{program}", cwd=repository)
    git("config", "alias.cat-file", f"!{program}", cwd=repository)
    for name in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        hook = repository / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.hardlink_to(program)
    (repository / ".gitattributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    return repository


def test_nothing_of_a_hostile_repository_runs(hostile: Path, tmp_path: Path, poa: Poa) -> None:
    for arguments in (("diff", "first..topic"), ("diff", "first...topic"), ("diff", "HEAD"), ("validate",)):
        assert poa("-C", hostile, *arguments).status == 0, arguments
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("url", ["ssh://host/x", "ext::sh -c %", "file:///nowhere", "git://host/x", "x::y"])
def test_a_missing_object_is_never_fetched(
    url: str, hostile: Path, git: Git, tmp_path: Path, poa: Poa
) -> None:
    blob = git("rev-parse", "first:plan/sections/01-first.yaml", cwd=hostile)
    (hostile / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for key, value in {
        "remote.origin.url": url.replace("%", str(tmp_path / "program")),
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
        "remote.origin.uploadpack": str(tmp_path / "program"),
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
        "protocol.allow": "always",
        "protocol.ext.allow": "always",
        "protocol.ssh.allow": "always",
    }.items():
        git("config", key, value, cwd=hostile)
    done = poa("-C", hostile, "diff", "first..main")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith(f"poa: git cannot read object {blob} of ")
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize(
    "name", ["--output=canary", "-O", "--help", "--upload-pack=touch canary", "@{-1}x", ":/x"]
)
def test_a_revision_is_never_an_option(name: str, repository: Path, poa: Poa) -> None:
    for arguments in (("--", name), ("--", f"{name}..main"), ("--", f"main...{name}"), ("--", f"git:{name}")):
        done = poa("-C", repository, "diff", *arguments, cwd=repository)
        assert (done.status, done.stdout) == (2, ""), arguments
    assert not (repository / "canary").exists()


@pytest.mark.parametrize(
    "what", ["first:plan/sections/01-first.yaml", "first:plan/sections", "first:plan", "first^{tree}"]
)
def test_a_damaged_object_is_an_error_never_a_removal(
    what: str, repository: Path, git: Git, poa: Poa
) -> None:
    oid = git("rev-parse", what, cwd=repository)
    path = repository / ".git/objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    content = path.read_bytes()
    for bad in (b"", content[: len(content) // 2], b"\0" * len(content)):
        path.write_bytes(bad)
        for more in ((), ("--tolerant",)):
            done = poa("-C", repository, "diff", "first..main", *more)
            assert (done.status, done.stdout) == (2, ""), bad[:9]
            assert done.stderr.startswith("poa: git cannot ")
            assert done.stderr.count("\n") == 1
    path.unlink()
    assert poa("-C", repository, "diff", "first..main").status == 2


def test_a_missing_commit_is_an_error(repository: Path, git: Git, poa: Poa) -> None:
    oid = git("rev-parse", "first", cwd=repository)
    (repository / ".git/objects" / oid[:2] / oid[2:]).unlink()
    done = poa("-C", repository, "diff", "first")
    assert (done.status, done.stdout) == (2, "")
    assert "missing or damaged" in done.stderr


def test_a_tree_that_holds_itself_too_often_is_not_listed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_LISTING", 300)
    with pytest.raises(VersionError, match="git cannot list first: it holds too many files"):
        versions.read(repository, "first")


def test_files_of_a_revision_are_read_by_one_process(
    repository: Path, git: Git, git_calls: list[str]
) -> None:
    commit = git("rev-parse", "first", cwd=repository)
    source.read(repository, commit, "first")
    assert git_calls == ["ls-tree", "cat-file"]
