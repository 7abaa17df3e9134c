"""The plan in git: the hooks of pre-commit, and the GitHub Action, run as far as they run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest
import small_plan
from conftest import ROOT
from ruamel.yaml import YAML

PROGRAMS = Path(sys.executable).parent
ACTION = ROOT / "action.yml"
NO_NETWORK = re.compile(r"No matching distribution|Connection|Temporary failure|getaddrinfo|Max retries")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout


def _commit(folder: Path) -> str:
    if not (folder / ".git").exists():
        _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "The plan")
    return _git(folder, "rev-parse", "HEAD").strip()


# --- pre-commit -----------------------------------------------------------------------------------


def _pre_commit(*arguments: str | Path, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    program = PROGRAMS / ("pre-commit.exe" if sys.platform == "win32" else "pre-commit")
    if not program.exists():
        pytest.skip("pre-commit is not installed")
    command = [str(program), *map(str, arguments)]
    env = {**os.environ, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)


def test_the_manifest_of_the_hooks_is_one(tmp_path: Path) -> None:
    done = _pre_commit("validate-manifest", ROOT / ".pre-commit-hooks.yaml", cwd=tmp_path, home=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("path", "concerned"),
    [
        ("plan/plan.yaml", True),
        ("plan/sections/01.yaml", True),
        ("poa.yaml", True),
        ("my-plan/x.yaml", False),
        ("src/poa.yaml", False),
        ("README.md", False),
    ],
)
def test_the_hooks_run_for_the_files_of_a_plan(path: str, *, concerned: bool) -> None:
    for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml"):
        assert bool(re.search(hook["files"], path)) is concerned


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Give a repository with what would be committed here, since hooks are taken from commits."""
    folder = tmp_path / "poa-toolkit"
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    _commit(folder)
    return folder


@pytest.mark.slow
def test_the_hooks_run_in_a_repository_with_a_plan(shipped: Path, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path / "project")
    _commit(project)

    def run(hook: str) -> subprocess.CompletedProcess[str]:
        home = tmp_path / "home"
        done = _pre_commit("try-repo", shipped, hook, "--all-files", "--verbose", cwd=project, home=home)
        if done.returncode == 3 and NO_NETWORK.search(done.stdout):
            pytest.skip("pre-commit cannot install the hook without a network")
        return done

    done = run("poa-validate")
    assert (done.returncode, "working tree: no errors, no warnings" in done.stdout) == (0, True), done.stdout
    run("poa-fmt")
    _commit(project)
    assert "0 files reformatted" in run("poa-fmt").stdout
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("iccpr 25(b)", "iccpr   52(b)"), "utf-8")
    done = run("poa-validate")
    assert done.returncode == 1
    assert re.search(r"^plan/sections/01-first\.yaml:\d+:\d+: error POA", done.stdout, re.MULTILINE)


# --- the GitHub Action ----------------------------------------------------------------------------


def _steps() -> dict[str, dict[str, Any]]:
    steps = YAML(typ="safe").load(ACTION)["runs"]["steps"]
    return {each.get("name", each.get("uses")): each for each in steps}


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-actions", [ACTION]),
        ("vendor.github-workflows", sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))),
    ],
)
def test_the_action_and_the_workflows_keep_the_schemas_of_github(schema: str, paths: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_action_of_others_is_pinned_by_its_commit() -> None:
    text = ACTION.read_text("utf-8")
    uses = re.findall(r"uses: (.*)", text)
    assert len(uses) == 4
    for each in uses:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each), each


def test_no_script_has_an_expression_in_it() -> None:
    """A value put into a script by GitHub could be code; through the environment it is text."""
    for step in _steps().values():
        assert "${{" not in step.get("run", "") + step.get("with", {}).get("script", "")


class RunStep(Protocol):
    def __call__(self, name: str, cwd: Path, **env: str) -> tuple[int, str, dict[str, str]]: ...


@pytest.fixture
def run_step(tmp_path: Path) -> RunStep:
    """Run the script of a step: its exit status, what it printed, its outputs."""
    bash = shutil.which("bash")
    if bash is None or sys.platform == "win32":
        pytest.skip("the scripts of the action want bash")

    def run(name: str, cwd: Path, **env: str) -> tuple[int, str, dict[str, str]]:
        outputs = tmp_path / "outputs"
        outputs.write_text("", "utf-8")
        files = {"GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
        workspace = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(cwd), "POA_PYTHON": sys.executable}
        command = [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", _steps()[name]["run"]]
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **files, **workspace, **env},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        given = dict(line.split("=", 1) for line in outputs.read_text("utf-8").splitlines())
        return done.returncode, done.stdout + done.stderr, given

    return run


@pytest.mark.parametrize(
    ("provision", "strict", "status"),
    [("iccpr 25(b)", "true", 0), ("iccpr 52(b)", "false", 1), ("iccpr 2(3)", "true", 0)],
)
def test_the_action_annotates_and_keeps_the_findings(
    run_step: RunStep,
    tmp_path: Path,
    provision: str,
    strict: str,
    status: int,
) -> None:
    data = small_plan.files()
    small_plan.action(data).update(provisions=[provision])
    small_plan.write(tmp_path / "repo/sub folder", data)
    sarif = tmp_path / "poa.sarif"
    given = {"FOLDER": "sub folder", "STRICT": strict, "SARIF": str(sarif)}
    code, printed, outputs = run_step("Validate", tmp_path / "repo", **given)
    assert (code, outputs) == (status, {"sarif": str(sarif)}), printed
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    assert len(results) == printed.count("::error ") + printed.count("::notice ")
    assert printed.count("file=sub folder/plan/") == len(results)
    assert "## Validation of the plan" in (tmp_path / "summary.md").read_text("utf-8")


def test_the_action_uploads_nothing_where_there_is_no_plan(
    run_step: RunStep,
    tmp_path: Path,
) -> None:
    given = {"FOLDER": ".", "STRICT": "false", "SARIF": str(tmp_path / "poa.sarif")}
    code, printed, outputs = run_step("Validate", tmp_path, **given)
    assert (code, outputs) == (2, {})
    assert "plan/plan.yaml" in printed


def test_the_action_compares_with_the_base(
    run_step: RunStep,
    tmp_path: Path,
) -> None:
    project = small_plan.write(tmp_path / "repo")
    base = _commit(project)
    data = small_plan.files()
    small_plan.action(data).update(text="Observers should tell the treaty bodies.")
    small_plan.write(project, data)
    report = tmp_path / "changes.md"
    given = {"FOLDER": ".", "BASE": base, "REPORT": str(report)}
    code, printed, outputs = run_step("Compare with the base of the pull request", project, **given)
    assert (code, outputs) == (0, {"report": str(report)}), printed
    assert "<ins>tell</ins>" in report.read_text("utf-8")
    given["BASE"] = "0" * 40
    code, printed, outputs = run_step("Compare with the base of the pull request", project, **given)
    assert (code, outputs) == (0, {})
    assert "::notice::The changes cannot be compared" in printed


def test_the_action_makes_the_site_and_says_where(run_step: RunStep, tmp_path: Path) -> None:
    small_plan.write(tmp_path / "repo/sub folder")
    site = tmp_path / "the site"
    given = {"FOLDER": "sub folder", "SITE": str(site)}
    code, printed, outputs = run_step("Make the site", tmp_path / "repo", **given)
    assert (code, outputs) == (0, {"site": str(site)}), printed
    assert "A plan of action" in (site / "index.html").read_text("utf-8")
    # what goes on GitHub Pages may hold no link, and must be files and folders alone
    assert not [each for each in site.rglob("*") if each.is_symlink()]


def test_the_action_keeps_no_site_that_was_not_made(run_step: RunStep, tmp_path: Path) -> None:
    given = {"FOLDER": ".", "SITE": str(tmp_path / "site")}
    code, _, outputs = run_step("Make the site", tmp_path, **given)
    assert code != 0
    assert outputs == {}
    assert _steps()["Keep the site for GitHub Pages"]["if"] == "steps.site.outputs.site != ''"


def test_no_pull_request_publishes_a_site() -> None:
    wanted = _steps()["Install what the pictures of a site ask for"]
    assert "!startsWith(github.event_name, 'pull_request')" in wanted["if"]
    assert f"steps.{wanted['id']}.outcome == 'success'" == _steps()["Make the site"]["if"]


def test_the_workflow_of_the_page_keeps_the_schema_of_github(tmp_path: Path) -> None:
    page = (ROOT / "docs/editors/in-git.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(on:.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    inputs = YAML(typ="safe").load(ACTION)["inputs"]
    for index, block in enumerate(blocks):
        (tmp_path / f"{index}.yml").write_text(block, "utf-8")
        steps = [step for job in YAML(typ="safe").load(block)["jobs"].values() for step in job["steps"]]
        given = [step.get("with", {}) for step in steps if step["uses"].startswith("OWNER/")]
        assert all(set(each) <= set(inputs) for each in given)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, *sorted(tmp_path.glob("*.yml"))], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


# stands for GitHub's client and prints what it was asked to do
COMMENTING = """
const done = []
const context = { repo: { owner: 'o', repo: 'r' }, issue: { number: 7 } }
const issues = {
  listComments: 'list',
  createComment: async each => done.push(['create', each]),
  updateComment: async each => done.push(['update', each]),
}
const github = { rest: { issues }, paginate: async () => JSON.parse(process.env.COMMENTS) }
const script = require('fs').readFileSync(0, 'utf8')
const run = Object.getPrototypeOf(async () => {}).constructor('github', 'context', 'require', script)
run(github, context, require).then(() => console.log(JSON.stringify(done)))
"""


@pytest.mark.tools
@pytest.mark.parametrize("length", [100, 100_000])
def test_the_comment_is_made_once_and_then_renewed(tmp_path: Path, length: int) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    report = tmp_path / "changes.md"
    report.write_text("# Changes\n\n" + "A change of the plan.\n\n" * (length // 20), "utf-8")
    script = _steps()["Comment on the pull request"]["with"]["script"]

    def run(comments: list[dict[str, Any]]) -> list[Any]:
        env = {**os.environ, "FOLDER": "a -->b", "REPORT": str(report), "COMMENTS": json.dumps(comments)}
        command = [node, "-e", COMMENTING]
        done = subprocess.run(
            command, env=env, input=script, capture_output=True, encoding="utf-8", check=True
        )
        asked: list[Any] = json.loads(done.stdout)
        return asked

    ((verb, made),) = run([{"id": 1, "user": {"type": "User"}, "body": "words"}])
    assert (verb, made["issue_number"]) == ("create", 7)
    assert len(made["body"]) <= 65_536
    assert ("does not fit" in made["body"]) == (length > 65_536)
    own = {"id": 2, "user": {"type": "Bot"}, "body": made["body"][:100]}
    forged = {"id": 1, "user": {"type": "User"}, "body": made["body"][:100]}
    ((verb, renewed),) = run([forged, own])
    assert (verb, renewed["comment_id"], renewed["body"]) == ("update", 2, made["body"])
