"""`poa init`, `new`, `rename`, `move`, `withdraw`, `review`: surgical, all or nothing, refused in time."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest
import small_plan
from interrupted import interrupt

from poa_toolkit.api import edit_records, rename
from poa_toolkit.api import new as new_api
from poa_toolkit.api.new import NewAction
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.validate import InvalidPlanError, validate
from poa_toolkit.diagnostic import Severity
from poa_toolkit.errors import EditRefusedError, WriteError
from poa_toolkit.files import transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa

DAY = date(2026, 3, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a plan with two sections, comments and all."""
    new_api.init(tmp_path, DAY)
    new_api.new_section(tmp_path, "Follow-up", name="follow-up")
    return tmp_path


def _files(project: Path) -> dict[str, bytes]:
    paths = (path for path in (project / "plan").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def _text(project: Path, name: str) -> str:
    return (project / "plan" / name).read_text("utf-8")


def _ids(project: Path) -> list[list[str]]:
    plan = validate(project).plan
    assert plan is not None
    return [[action.id for action in section.actions] for section in plan.sections]


def _complete() -> NewAction:
    return NewAction(addressees=("observers",), recommendations=("examples-r1",), provisions=("iccpr 25(b)",))


# --- init -------------------------------------------------------------------------------------


def test_a_new_plan_is_valid_and_laid_out(tmp_path: Path, poa: Poa) -> None:
    finished = poa("init", "ours", "--date", "2026-03-01")
    assert (finished.status, finished.stderr) == (0, "")
    folder = tmp_path / "ours"
    assert sorted(finished.stdout.split()) == sorted(
        f"ours/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()
    )
    checked = poa("-C", "ours", "validate", "--strict")
    assert checked.status == 0, checked.stdout
    assert poa("-C", "ours", "fmt", "--check").status == 0
    assert poa("-C", "ours", "schema", "--check").status == 0
    assert "date: 2026-03-01" in _text(folder, "plan.yaml")


def test_a_new_plan_can_be_built(tmp_path: Path, poa: Poa) -> None:
    new_api.init(tmp_path, DAY)
    assert poa("build").status == 0


def test_settings_of_editors_are_written_with_it(tmp_path: Path) -> None:
    written = new_api.init(tmp_path, DAY)
    assert {
        ".editorconfig",
        ".gitattributes",
        ".github/workflows/plan.yml",
        ".pre-commit-config.yaml",
        ".vscode/extensions.json",
        ".vscode/plan.code-snippets",
        ".vscode/settings.json",
    } <= set(written)
    assert json.loads((tmp_path / ".vscode/extensions.json").read_text("utf-8"))
    for name in written:
        assert "{version}" not in (tmp_path / name).read_text("utf-8")


def test_a_folder_with_a_plan_is_refused_and_other_files_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".editorconfig").write_text("mine", "utf-8")
    assert ".editorconfig" not in new_api.init(tmp_path, DAY)
    assert (tmp_path / ".editorconfig").read_text("utf-8") == "mine"
    with pytest.raises(EditRefusedError, match="there is a plan"):
        new_api.init(tmp_path, DAY)


def test_every_yaml_file_of_a_new_plan_names_its_schema(tmp_path: Path) -> None:
    new_api.init(tmp_path, DAY)
    for path in (tmp_path / "plan").rglob("*.yaml"):
        schema = path.read_text("utf-8").partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve().is_file(), path


# --- new --------------------------------------------------------------------------------------


def test_a_new_action_has_the_next_id_that_was_never_used(project: Path, poa: Poa) -> None:
    name, written = new_api.new_action(project, _complete(), section="observation")
    assert (name, str(written.at)) == ("A-002", "plan/sections/01-observation.yaml:19:5")
    assert poa("baseline", "create", "draft", cwd=project).status == 0
    section = project / "plan/sections/01-observation.yaml"
    section.write_text(section.read_text("utf-8").partition("  - id: A-002")[0], "utf-8")
    assert new_api.new_action(project, _complete(), after="A-001")[0] == "A-003"
    assert _ids(project) == [["A-001", "A-003"], []]


def test_a_new_action_stands_behind_another_and_prints_where(project: Path, poa: Poa) -> None:
    new_api.new_action(project, _complete(), section="observation")
    before = _files(project)
    finished = poa(
        "new", "action", "--after", "A-001", "--text", "Do it.\nThen: stop.", "--addressee", "observers",
        "--recommendation", "examples-r1", "--provision", "iccpr 25(b)", "--level", "national", cwd=project,
    )  # fmt: skip
    assert (finished.stdout, finished.stderr) == ("plan/sections/01-observation.yaml:19: A-003\n", "")
    assert _ids(project)[0] == ["A-001", "A-003", "A-002"]
    added = _text(project, "sections/01-observation.yaml")
    assert "    text: >-\n      Do it.\n      Then: stop.\n    level: [national]\n    addressees:\n" in added
    after = _files(project)
    assert [path for path in after if after[path] != before[path]] == ["plan/sections/01-observation.yaml"]
    assert poa("fmt", "--check", cwd=project).status == 0


def test_a_bare_new_action_says_what_it_lacks(project: Path, poa: Poa) -> None:
    finished = poa("new", "action", "--section", "follow-up", cwd=project)
    assert finished.status == 0
    assert "POA502" in finished.stderr
    assert "POA503" in finished.stderr
    assert _ids(project) == [["A-001"], ["A-002"]]


@pytest.mark.parametrize(
    ("allows", "status"),
    [
        (None, "draft"),
        ("[draft, refined, agreed]", "draft"),
        ("[refined, draft]", "draft"),
        ("[refined, agreed]", "refined"),
        ("[agreed, refined]", "refined"),
        ("[agreed]", "draft"),
        ("[endorsed, agreed]", "draft"),
        ("[endorsed]", "draft"),
    ],
)
def test_what_is_new_is_never_said_to_be_agreed(
    allows: str | None, status: str, tmp_path: Path, poa: Poa
) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["allows"] = {"brackets": True}
    if allows:
        data["plan.yaml"]["stages"][0]["allows"]["statuses"] = allows[1:-1].split(", ")
    small_plan.write(tmp_path, data)
    words = ("--section", "first", "--text", "Observers should train.")
    by = ("--by", "Delegation A", "--date", "2017-12-04")
    new = poa("new", "action", *words, cwd=tmp_path)
    assert poa("amend", "propose", "--add", *words, *by, cwd=tmp_path).status == 0
    accepted = poa("amend", "accept", "floor-1", *by, cwd=tmp_path)
    assert (new.status, accepted.status) == (0, 0), new.stderr + accepted.stderr
    assert [each.status for each in PlanEdit(tmp_path).plan.sections[0].actions[2:]] == [status] * 2
    asks = allows is not None and status not in allows
    for done in (new, accepted):
        assert ("POA403" in done.stdout + done.stderr) is asks
    text = poa("status", cwd=tmp_path).stdout
    assert ("A-004 is draft, but stage day-1 asks for" in text) is asks


def test_a_demand_of_the_stage_keeps_nobody_from_adding(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["allows"] = {"statuses": ["agreed"]}
    small_plan.write(tmp_path, data)
    by = ("--by", "Delegation A", "--date", "2017-12-04")
    for words in (("--add", "--after", "A-002"), ("A-001",), ("--add", "--section", "introduction")):
        text = ("--text", "Observers [should | shall] train.")
        assert poa("amend", "propose", *words, *text, *by, cwd=tmp_path).status == 0
    done = poa("amend", "accept", "floor-1", "floor-2", "floor-3", *by, cwd=tmp_path)
    assert done.status == 0, done.stderr
    assert [done.stderr.count(code) for code in ("POA402", "POA403")] == [3, 1]
    assert poa("render", "-o", tmp_path / "plan.docx", cwd=tmp_path).status == 0
    assert poa("baseline", "create", "too-early", cwd=tmp_path).status == 1


def test_a_new_action_that_links_to_nothing_is_refused(project: Path, poa: Poa) -> None:
    before = _files(project)
    finished = poa("new", "action", "--section", "follow-up", "--provision", "iccpr 99", cwd=project)
    assert (finished.status, finished.stdout) == (1, "")
    assert "POA203" in finished.stderr
    assert "nothing was written" in finished.stderr
    assert _files(project) == before


def test_new_recommendations_instruments_and_sections(project: Path, poa: Poa) -> None:
    assert new_api.new_recommendation(project, "Say: so.", source="examples")[0] == "examples-r2"
    new_api.new_recommendation(project, "Say.", source="examples", name="r-9", page="https://example.org/")
    fields = {"kind": "declaration", "unit": "article", "title": "Universal Declaration", "adopted": "1948"}
    new_api.new_instrument(project, "universal", {"id": "udhr", **fields})
    new_api.new_instrument(project, "new-family", {"id": "udhr-2", **fields})
    plan = validate(project).plan
    assert plan is not None
    assert [(each.id, each.origin.value) for _, each in plan.walk_recommendations()] == [
        ("examples-r1", "illustrative"), ("examples-r2", "illustrative"), ("r-9", "recorded"),
    ]  # fmt: skip
    assert [each.id for each in plan.instruments] == ["udhr-2", "iccpr", "udhr"]
    assert [each.id for each in plan.sections] == ["observation", "follow-up"]
    assert poa("fmt", "--check", cwd=project).status == 0


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda p: new_api.new_section(p, "T", name="OBSERVERS"), "is or was an id of the plan"),
        (lambda p: new_api.new_section(p, "T", name="a b"), "cannot be an id"),
        (lambda p: new_api.new_recommendation(p, "T", source="nobody"), "not in the plan"),
        (lambda p: new_api.new_recommendation(p, "T", source="observers"), "neither"),
        (lambda p: new_api.new_instrument(p, "../x", {"id": "y"}), "cannot name a file"),
        (lambda p: new_api.new_action(p, NewAction(), section="observers"), "is no section"),
        (
            lambda p: new_api.new_action(p, NewAction(), section="follow-up", after="A-001"),
            "does not stand",
        ),
        (lambda p: new_api.new_action(p, NewAction(), after="P-01"), "is no action"),
        (lambda p: rename.rename(p, "A-001", "p-01"), "is or was an id"),
        (lambda p: rename.rename(p, "a-001", "A-9"), 'did you mean "A-001"'),
        (lambda p: rename.rename(p, "A-001", "A 9"), "cannot be an id"),
        (lambda p: edit_records.move(p, "A-001", after="A-001"), "behind itself"),
        (lambda p: edit_records.withdraw(p, "A-404", "x"), "is not in the plan"),
    ],
)
def test_what_cannot_be_done_is_said(project: Path, work: Callable[[Path], object], said: str) -> None:
    before = _files(project)
    with pytest.raises(EditRefusedError, match=said):
        work(project)
    assert _files(project) == before


# --- rename -----------------------------------------------------------------------------------


def test_every_link_follows_a_new_id(project: Path, poa: Poa) -> None:
    edit_records.review(project, "A-001", by="Editor", day=DAY)
    before, codes = _files(project), {each.code for each in validate(project).diagnostics}
    renamed = rename.rename(project, "iccpr", "zz-pact")
    changed = [path for path, content in _files(project).items() if content != before[path]]
    assert sorted(changed) == list(renamed.written.paths)
    assert renamed.links == 3
    for path, content in _files(project).items():
        assert content.replace(b"zz-pact", b"iccpr") == before[path], path
    # an editor does not know the new id yet
    assert {each.code for each in validate(project).diagnostics} == codes | {"POA931"}
    finished = poa("rename", "observers", "watchers", cwd=project)
    assert finished.stdout == "plan/actors.yaml:4: observers is now watchers; 1 link changed in 2 files\n"


def test_waivers_and_holders_of_brackets_follow_too(project: Path) -> None:
    section = project / "plan/sections/01-observation.yaml"
    text = section.read_text("utf-8").replace(
        "Election observers should", r"[observers: All] \[observers: x\] should"
    )
    section.write_text(text, "utf-8")
    waiver = "waivers:\n  - {code: POA603, record: observers, reason: why, until: 2026-12-01} # c\n"
    (project / "poa.yaml").write_text(waiver, "utf-8")
    rename.rename(project, "observers", "watchers")
    assert (project / "poa.yaml").read_text("utf-8") == waiver.replace("observers", "watchers")
    assert r"[watchers: All] \[observers: x\] should" in section.read_text("utf-8")


def test_an_id_of_a_frozen_version_is_not_used_again(project: Path, poa: Poa) -> None:
    assert poa("baseline", "create", "draft", cwd=project).status == 0
    finished = poa("rename", "examples-r1", "examples-r7", cwd=project)
    assert finished.status == 0
    assert finished.stderr.startswith("draft: frozen with examples-r1")
    with pytest.raises(EditRefusedError, match="it is or was an id of baseline draft"):
        rename.rename(project, "observers", "examples-r1")


def test_a_rename_reads_every_file_or_changes_none(project: Path) -> None:
    (project / "plan/sections/09-broken.yaml").write_text("id: [", "utf-8")
    before = _files(project)
    with pytest.raises(InvalidPlanError) as refused:
        rename.rename(project, "iccpr", "zz-pact")
    (told,) = refused.value.report.diagnostics
    assert told.location.path == "plan/sections/09-broken.yaml"
    assert _files(project) == before


# --- move, withdraw, review -------------------------------------------------------------------


def test_an_action_moves_with_its_comments(project: Path, poa: Poa) -> None:
    first, second = project / "plan/sections/01-observation.yaml", project / "plan/sections/02-follow-up.yaml"
    first.write_text(
        first.read_text("utf-8").replace("  - id: A-001", "  # mine\n  - id: A-001 # too"), "utf-8"
    )
    before = first.read_text("utf-8")
    finished = poa("move", "A-001", "--to", "follow-up", cwd=project)
    assert finished.stdout == "plan/sections/02-follow-up.yaml:6: A-001 moved here\n"
    assert _ids(project) == [[], ["A-001"]]
    assert second.read_text("utf-8").endswith(before[before.index("  # mine") :])
    edit_records.move(project, "A-001", section="observation")
    assert first.read_text("utf-8") == before
    assert second.read_text("utf-8").endswith("actions: []\n")


def test_an_action_moves_within_its_section(project: Path) -> None:
    for _ in range(2):
        new_api.new_action(project, _complete(), section="observation")
    before = _text(project, "sections/01-observation.yaml")
    edit_records.move(project, "A-001", after="A-002")
    assert _ids(project)[0] == ["A-002", "A-001", "A-003"]
    edit_records.move(project, "A-001", section="observation")
    assert _ids(project)[0] == ["A-002", "A-003", "A-001"]
    edit_records.move(project, "A-001", after="A-002")
    edit_records.move(project, "A-002", after="A-001")
    assert _text(project, "sections/01-observation.yaml") == before


def test_a_withdrawn_action_keeps_all_else(project: Path, poa: Poa) -> None:
    before = _text(project, "sections/01-observation.yaml")
    assert poa("withdraw", "A-001", "--reason", " It is done.\nElsewhere. ", cwd=project).status == 0
    reason = "    reason: >-\n      It is done.\n      Elsewhere.\n"
    expected = before.replace("status: draft\n", f"status: withdrawn\n{reason}")
    assert _text(project, "sections/01-observation.yaml") == expected
    again = poa("withdraw", "A-001", "--reason", "x", cwd=project)
    assert (again.status, again.stderr) == (2, "poa: A-001 is withdrawn already\n")
    assert poa("withdraw", "A-001", "--reason", " ", cwd=project).status == 2


def test_a_review_records_what_the_links_led_to(project: Path, poa: Poa) -> None:
    finished = poa("review", "A-001", "--by", "An Editor", "--date", "2026-03-02", cwd=project)
    assert finished.status == 0, finished.stderr
    edit_records.review(project, "A-001", by="Another", day=DAY)
    text = _text(project, "reviews.yaml")
    assert text.startswith(
        "# yaml-language-server: $schema=../schema/reviews.schema.json\nreviews:\n  - record: A-001\n"
    )
    assert text.count("- to: examples-r1") == text.count("- to: iccpr 25(b)") == 2
    assert "POA412" not in {each.code for each in validate(project).diagnostics}
    source = project / "plan/recommendations/examples.yaml"
    source.write_text(source.read_text("utf-8").replace("what they saw", "what they heard"), "utf-8")
    assert "POA412" in {each.code for each in validate(project).diagnostics}


def test_who_reviews_is_asked_of_git_or_refused(project: Path, poa: Poa) -> None:
    nobody = {"HOME": str(project), "XDG_CONFIG_HOME": str(project), "SOURCE_DATE_EPOCH": "1488326400"}
    finished = poa("review", "A-001", cwd=project, env=nobody)
    assert finished.status == 2
    assert "--by NAME" in finished.stderr
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    subprocess.run(["git", "config", "user.name", "A Tester"], cwd=project, check=True)
    assert "reviewed by A Tester on 2017-03-01" in poa("review", "A-001", cwd=project, env=nobody).stdout
    assert poa("review", "A-001", "--by", "x", "--date", "yesterday", cwd=project).status == 2


# --- all or nothing ---------------------------------------------------------------------------


def test_old_errors_do_not_stop_an_edit_and_new_ones_do(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["addressees"] = ["nobody"]
    project = small_plan.write(tmp_path, data)
    assert validate(project).count(Severity.ERROR)
    edit_records.withdraw(project, "A-002", "Because.")
    before = _files(project)
    with pytest.raises(InvalidPlanError) as refused:
        new_api.new_action(project, NewAction(addressees=("nobody",)), section="first")
    assert {each.code for each in refused.value.report.diagnostics} == {"POA206"}
    assert _files(project) == before


def test_an_interrupted_edit_is_finished_by_the_next(project: Path) -> None:
    path = "plan/actors.yaml"
    old = (project / path).read_bytes()
    new = old.replace(b"election observers", b"observers of elections")
    interrupt(project, {path: new})
    edit_records.withdraw(project, "A-001", "Because.")
    assert (project / path).read_bytes() == new
    assert not list(project.rglob(".poa-*"))


def test_who_only_reads_is_told_of_an_interrupted_edit(project: Path, poa: Poa) -> None:
    paths = ("plan/actors.yaml", "plan/plan.yaml")
    interrupt(project, {path: (project / path).read_bytes() + b"# more\n" for path in paths}, done=1)
    for words in (("validate",), ("status",), ("show", "A-001"), ("fmt", "--check")):
        assert poa("-C", project, *words).stderr.endswith(
            "poa: an edit of 2 files was interrupted, and they may not fit together (plan/actors.yaml, "
            "plan/plan.yaml): the next command that changes the plan, such as `poa fmt`, finishes it, takes "
            "it back, or says why it can do neither\n"
        )
    assert poa("-C", project, "fmt").stderr.endswith(
        "poa: an edit of 2 files that was interrupted was finished first (plan/actors.yaml, plan/plan.yaml)\n"
    )
    assert {(project / path).read_bytes()[-7:] for path in paths} == {b"# more\n"}
    assert "interrupted" not in poa("-C", project, "validate").stderr


def test_a_plan_that_cannot_be_begun_leaves_nothing(tmp_path: Path, poa: Poa) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/schema").symlink_to(tmp_path)
    done = poa("init", "new", cwd=tmp_path)
    assert (done.status, "schema is a link" in done.stderr) == (2, True)
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["schema"]


def test_two_edits_at_once_do_not_mix(project: Path) -> None:
    with transaction._locked(project, 0), pytest.raises(WriteError, match="another poa command"):
        edit_records.withdraw(project, "A-001", "Because.")


def test_what_no_change_is_writes_nothing(project: Path) -> None:
    before = _files(project)
    assert edit_records.move(project, "A-001", section="observation").paths == ()
    assert _files(project) == before
