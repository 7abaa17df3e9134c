"""`poa amend`: proposals on the table, collisions, decisions that change exactly what was decided."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import docx
import pytest
import small_plan
from jsonschema import Draft202012Validator

from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.fmt import layouts, save
from poa_toolkit.api.schema import schemas
from poa_toolkit.cli.main import _run
from poa_toolkit.load import yaml_tree

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Golden

BY = ("--by", "The Chair", "--date", "2017-12-04")
SECTION = "plan/sections/01-first.yaml"
FLOOR = "plan/amendments/floor.yaml"
ANSWER = "States should answer."


class Finished(NamedTuple):
    """A command that has ended."""

    status: int
    stdout: str
    stderr: str


class Poa(Protocol):
    def __call__(self, *arguments: str | Path, stdin: str = "") -> Finished: ...


@pytest.fixture
def poa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Poa:
    """Run `poa` in this process: these tests call it some hundred times."""

    def run(*arguments: str | Path, stdin: str = "") -> Finished:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")), "utf-8"))
        capsys.readouterr()
        status = _run([str(each) for each in arguments])
        return Finished(status, *capsys.readouterr())

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small plan in the canonical layout, with a comment on each action."""
    small_plan.write(tmp_path)
    save(tmp_path, layouts(tmp_path, ()))
    path = tmp_path / SECTION
    text = path.read_text("utf-8").replace("  - id: A-00", "  # kept\n  - id: A-00")
    path.write_text(text.replace("status: draft", "status: draft # for now"), "utf-8")
    return tmp_path


def _propose(poa: Poa, project: Path, *words: str, by: str = "Delegation A") -> str:
    done = poa("-C", project, "amend", "propose", *words, "--by", by, "--date", "2017-12-04")
    assert done.status == 0, done.stderr
    return done.stdout.split()[1]


def _amend(poa: Poa, project: Path, *words: str) -> Finished:
    return poa("-C", project, "amend", *words, *BY)


def _files(project: Path) -> dict[str, bytes]:
    paths = (path for path in (project / "plan").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def _states(project: Path) -> dict[str, str]:
    return {each.id: each.state.value for each in on_table(project).amendments}


def _lines(before: dict[str, bytes], after: dict[str, bytes], path: str) -> tuple[list[str], list[str]]:
    """Give the lines of a file that went and those that came."""
    old, new = (each[path].decode("utf-8").split("\n") for each in (before, after))
    return [line for line in old if line not in new], [line for line in new if line not in old]


# --- propose ----------------------------------------------------------------------------------


def test_a_proposal_is_put_on_record_as_fmt_lays_it_out(project: Path, poa: Poa) -> None:
    name = _propose(poa, project, "A-002", "--text", "States should answer. They should do so at once.")
    assert name == "floor-1"
    [row] = yaml_tree.read(FLOOR, (project / FLOOR).read_bytes()).value["amendments"]
    base = row.pop("base")
    assert base.startswith("sha256:")
    assert row == {
        "id": "floor-1",
        "record": "A-002",
        "field": "text",
        "section": "first",
        "original": ANSWER,
        "proposed": "States should answer. They should do so at once.",
        "edits": [{"offset": 21, "inserted": " They should do so at once."}],
        "proposer": "Delegation A",
        "date": "2017-12-04",
    }
    assert poa("-C", project, "fmt", "--check", project / FLOOR).status == 0
    assert poa("-C", project, "validate", "--select", "POA1,POA43").stdout.startswith("working tree: no ")


def test_a_text_may_come_from_a_file_or_the_input(project: Path, poa: Poa) -> None:
    words = ("amend", "propose", "A-002", "--text-file", "-", *BY)
    done = poa("-C", project, *words, stdin="States shall\nanswer.\n")
    assert done.status == 0
    assert on_table(project).amendments[0].proposed == "States shall answer."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("A-02", "--text", "x"), 'there is no record "A-02"; did you mean "A-002"?'),
        (("A-001.points.z", "--text", "x"), 'A-001 has no "points.z"'),
        (("A-002", "--text", "States  should answer."), "A-002 text says that already"),
        (("A-002",), "what is proposed"),
        (("--text", "x"), "say to which record"),
        (("A-002", "--remove", "--text", "x"), "--remove takes no text"),
        (("A-002", "--add", "--remove"), "exclude each other"),
        (("first", "--remove"), "an action, a paragraph or a point"),
        (("--add", "--text", "x"), "say in which section"),
        (("--add", "--section", "frist", "--text", "x"), 'no record "frist"; did you mean "first"?'),
        (("--add", "--section", "P-01", "--text", "x"), '"P-01" is no section'),
        (
            ("--add", "--section", "front", "--after", "A-001", "--text", "x"),
            "does not stand in section front",
        ),
        (("P-01.points", "--add", "--text", "x"), 'P-01 has no "points" (it has: text)'),
        (("A-002", "--text", "  "), "the text is empty"),
        (("A-002", "--text", "x", "--source", "../x"), "cannot name a file"),
    ],
)
def test_what_cannot_be_proposed_is_refused_in_a_line(
    words: tuple[str, ...], message: str, project: Path, poa: Poa
) -> None:
    before = _files(project)
    done = _amend(poa, project, "propose", *words)
    assert (done.status, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert _files(project) == before


def test_the_same_proposal_is_not_put_on_the_table_twice(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    again = poa(
        "-C", project, "amend", "propose", "A-002", "--text", "States shall answer.", "--by", "Delegation A"
    )
    assert again.status == 2
    assert "on the table already" in again.stderr
    assert _propose(poa, project, "A-002", "--text", "States shall answer.", by="Delegation B") == "floor-2"


def test_an_addition_that_was_accepted_is_known_when_it_comes_again(project: Path, poa: Poa) -> None:
    words = ("--add", "--after", "A-001", "--text", "States should publish their replies.")
    _propose(poa, project, *words)
    assert _amend(poa, project, "accept", "floor-1").status == 0
    again = poa("-C", project, "amend", "propose", *words, "--by", "Delegation A")
    assert again.status == 2
    assert "on the table already" in again.stderr


# --- collisions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (("A-002", "--text", "States shall answer."), ("A-002", "--text", "States may answer."), 'both change "should"'),
        (("A-002", "--text", "States shall answer."), ("A-002", "--text", "States shall answer."), "both propose the same"),
        (("A-002", "--text", "States should answer at once."), ("A-002", "--text", "States should answer soon."), "both insert at the same place"),
        (("A-002", "--remove"), ("A-002", "--text", "States shall answer."), "floor-1 removes what floor-2 changes"),
        (("A-001.points.a", "--remove"), ("A-001.points.a", "--text", "On the night."), "floor-1 removes what floor-2 changes"),
        (("A-001", "--remove"), ("A-001.points.a", "--text", "On the night."), "floor-1 removes what floor-2 changes"),
        (("A-001", "--remove"), ("A-001.points.a", "--remove"), "floor-1 removes the whole of which floor-2 removes a part"),
        (("A-001", "--remove"), ("A-001.points", "--add", "--text", "At night."), "floor-1 removes what floor-2 adds to"),
        (("--add", "--after", "A-001", "--text", "One."), ("--add", "--after", "A-001", "--text", "Two."), "both add at the same place"),
        (("A-002", "--remove"), ("A-002", "--remove"), "both remove the same"),
    ],
)  # fmt: skip
def test_amendments_that_touch_the_same_collide(
    one: tuple[str, ...], two: tuple[str, ...], why: str, project: Path, poa: Poa
) -> None:
    _propose(poa, project, *one)
    _propose(poa, project, *two, by="Delegation B")
    assert [tuple(each) for each in on_table(project).collisions] == [("floor-1", "floor-2", why)]


def test_words_taken_out_side_by_side_collide(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-001", "--text", "Observers should report to the bodies.")
    _propose(poa, project, "A-001", "--text", "Observers should report to the treaty.", by="Delegation B")
    [found] = on_table(project).collisions
    assert found.why == '"treaty" and "bodies" stand side by side'
    assert _amend(poa, project, "accept", "floor-1", "floor-2").status == 1
    assert "report to the treaty bodies." in (project / SECTION).read_text("utf-8")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("A-002", "--text", "States shall answer."), ("A-002", "--text", "All States should answer.")),
        (("A-001.points.a", "--remove"), ("A-001.points.b", "--remove")),
        (("A-001.points.a", "--remove"), ("A-001", "--text", "Observers may report to the treaty bodies.")),
        (("A-002", "--comment", "Why?"), ("A-002", "--text", "States shall answer.")),
        (("--add", "--after", "A-001", "--text", "One."), ("--add", "--after", "A-002", "--text", "Two.")),
    ],
)
def test_others_do_not(one: tuple[str, ...], two: tuple[str, ...], project: Path, poa: Poa) -> None:
    _propose(poa, project, *one)
    _propose(poa, project, *two, by="Delegation B")
    assert on_table(project).collisions == ()


# --- accept -----------------------------------------------------------------------------------


def test_accepting_changes_the_words_and_the_decision_and_nothing_else(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    before = _files(project)
    done = _amend(poa, project, "accept", "floor-1", "--reason", "Agreed without a vote.")
    assert (done.status, done.stdout) == (0, "floor-1 accepted: A-002 text\n")
    after = _files(project)
    assert {path for path in after if after[path] != before[path]} == {SECTION, FLOOR}
    assert _lines(before, after, SECTION) == (["      States should answer."], ["      States shall answer."])
    gone, came = _lines(before, after, FLOOR)
    assert gone == []
    assert came == [
        "    state: accepted",
        "    decided_by: The Chair",
        "    decided: 2017-12-04",
        "    reason: >-",
        "      Agreed without a vote.",
    ]


def test_the_words_that_were_adopted_may_be_others(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    done = _amend(poa, project, "accept", "floor-1", "--modified", "States must answer.")
    assert done.stdout == "floor-1 modified: A-002 text\n"
    assert "States must answer." in (project / SECTION).read_text("utf-8")
    [amendment] = on_table(project).amendments
    assert (amendment.state, amendment.modified, amendment.proposed) == (
        "modified",
        "States must answer.",
        "States shall answer.",
    )


def test_others_on_the_text_are_carried_over_or_become_stale(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    _propose(poa, project, "A-002", "--text", "All States should answer.", by="B")
    _propose(poa, project, "A-002", "--text", "States may answer.", by="C")
    done = _amend(poa, project, "accept", "floor-1")
    assert done.stdout.splitlines() == [
        "floor-1 accepted: A-002 text",
        "floor-2 carried over to the new words",
        'floor-3 stale: the words "should" became "shall"',
    ]
    _, second, third = on_table(project).amendments
    assert second.proposed == "All States should answer."
    assert second.wording.proposed == "All States shall answer."
    assert (third.state, third.reason) == ("stale", 'floor-1 was accepted: the words "should" became "shall"')
    assert _amend(poa, project, "accept", "floor-2").status == 0
    assert "All States shall answer." in (project / SECTION).read_text("utf-8")
    refused = _amend(poa, project, "accept", "floor-3")
    assert refused.status == 1
    assert "floor-3 is stale and cannot be accepted" in refused.stderr
    assert _amend(poa, project, "withdraw", "floor-3").status == 0
    assert poa("-C", project, "fmt", "--check").status == 0


def test_an_amendment_to_words_that_an_editor_changed_is_never_misapplied(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    _propose(poa, project, "A-002", "--text", "All States should answer.", by="B")
    path = project / SECTION
    path.write_text(
        path.read_text("utf-8").replace("States should answer.", "States ought to answer soon."), "utf-8"
    )
    before = _files(project)
    refused = _amend(poa, project, "accept", "floor-1")
    assert refused.status == 1
    assert "floor-1 cannot be accepted" in refused.stderr
    assert _files(project) == before
    assert "POA434" in poa("-C", project, "validate").stdout
    assert _amend(poa, project, "accept", "floor-2").status == 0
    assert "All States ought to answer soon." in path.read_text("utf-8")


def test_several_are_accepted_all_or_none(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    _propose(poa, project, "A-001.points.a", "--text", "On the night.")
    _propose(poa, project, "A-002", "--text", "States may answer.", by="B")
    before = _files(project)
    refused = _amend(poa, project, "accept", "floor-1", "floor-2", "floor-3")
    assert refused.status == 1
    assert 'floor-1 was accepted: the words "should" became "shall"' in refused.stderr
    assert _files(project) == before
    assert _amend(poa, project, "accept", "floor-1", "floor-2").status == 0
    assert _states(project) == {"floor-1": "accepted", "floor-2": "accepted", "floor-3": "stale"}


def test_an_error_in_the_result_refuses_it(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States [should answer.")
    before = _files(project)
    refused = _amend(poa, project, "accept", "floor-1")
    assert refused.status == 1
    assert "POA3" in refused.stderr
    assert "nothing was written" in refused.stderr
    assert _files(project) == before


def test_an_addition_becomes_a_record_with_the_next_free_id(project: Path, poa: Poa) -> None:
    _propose(poa, project, "--add", "--after", "A-001", "--text", "States should publish their replies.")
    _propose(poa, project, "--add", "--section", "introduction", "--text", "The vote is secret.")
    _propose(poa, project, "A-001.points", "--add", "--after", "a", "--text", "Between the two.")
    done = _amend(poa, project, "accept", "floor-1", "floor-2", "floor-3")
    assert done.status == 0
    assert done.stdout.splitlines() == [
        "floor-1 accepted: A-003 added",
        "floor-2 accepted: P-02 added",
        "floor-3 accepted: A-001 points.c added",
    ]
    assert "POA502" in done.stderr, "what the new action still lacks is told"
    plan = on_table(project).plan
    assert [each.id for each in plan.sections[0].actions] == ["A-001", "A-003", "A-002"]
    assert [each.id for each in plan.sections[0].actions[0].points] == ["a", "c", "b"]
    assert plan.introduction[-1].text == "The vote is secret."
    records = [(each.record, each.field) for each in on_table(project).amendments]
    assert records == [("A-003", "text"), ("P-02", "text"), ("A-001", "points.c")]
    assert (project / SECTION).read_text("utf-8").count("# kept") == 2


@pytest.mark.parametrize("order", [("floor-1", "floor-2", "floor-3"), ("floor-3", "floor-1", "floor-2")])
def test_additions_behind_one_action_stand_in_the_order_of_their_proposals(
    project: Path, poa: Poa, order: tuple[str, ...]
) -> None:
    for text in ("One is first.", "Two is second.", "Three is third."):
        _propose(poa, project, "--add", "--after", "A-001", "--text", text)
    for name in order:
        assert _amend(poa, project, "accept", name).status == 0
    texts = [each.text for each in on_table(project).plan.sections[0].actions]
    assert texts[1:4] == ["One is first.", "Two is second.", "Three is third."]


def test_a_removal_withdraws_an_action_and_deletes_a_point_or_a_paragraph(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--remove", "--comment", "It is done elsewhere.")
    _propose(poa, project, "A-001.points.a", "--remove")
    _propose(poa, project, "F-01", "--remove")
    done = _amend(poa, project, "accept", "floor-1", "floor-2", "floor-3")
    assert done.stdout.splitlines() == [
        "floor-1 accepted: A-002 withdrawn",
        "floor-2 accepted: A-001 points.a removed",
        "floor-3 accepted: F-01 removed",
    ]
    plan = on_table(project).plan
    first, second = plan.sections[0].actions
    assert (second.status, second.reason) == ("withdrawn", "It is done elsewhere.")
    assert [each.id for each in first.points] == ["b"]
    assert plan.front == ()
    assert "status: withdrawn # for now" in (project / SECTION).read_text("utf-8")


def test_what_waits_on_a_removed_record_becomes_stale(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--remove")
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    _propose(poa, project, "A-002", "--comment", "Why?")
    assert _amend(poa, project, "accept", "floor-1").status == 0
    assert _states(project) == {"floor-1": "accepted", "floor-2": "stale", "floor-3": "open"}


def test_a_comment_in_the_amendments_file_stays(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    path = project / FLOOR
    path.write_text(
        path.read_text("utf-8").replace("    record: A-002", "    # said aloud\n    record: A-002 # so"),
        "utf-8",
    )
    assert _amend(poa, project, "accept", "floor-1").status == 0
    assert "    # said aloud\n    record: A-002 # so\n" in path.read_text("utf-8")


# --- the other decisions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "state"), [("reject", "rejected"), ("withdraw", "withdrawn"), ("defer", "deferred")]
)
def test_all_other_decisions_leave_the_text_to_the_byte(
    word: str, state: str, project: Path, poa: Poa
) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    _propose(poa, project, "A-001", "--remove")
    before = _files(project)
    done = _amend(poa, project, word, "floor-1", "floor-2", "--reason", "Not today.")
    assert done.stdout.splitlines() == [f"floor-1 {state}", f"floor-2 {state}"]
    after = _files(project)
    assert {path for path in after if after[path] != before[path]} == {FLOOR}
    assert {each.reason for each in on_table(project).amendments} == {"Not today."}


def test_what_is_decided_cannot_be_decided_again_but_what_was_put_off_can(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    assert _amend(poa, project, "defer", "floor-1").status == 0
    assert _amend(poa, project, "accept", "floor-1").status == 0
    for word in ("accept", "reject", "withdraw", "defer"):
        refused = _amend(poa, project, word, "floor-1")
        assert refused.status == 1
        assert (
            refused.stderr
            == "poa: floor-1 was accepted already; `poa amend reopen floor-1` takes that back\n"
        )


def test_an_unknown_amendment_is_a_usage_error(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    for word in ("accept", "reject", "show"):
        by = () if word == "show" else BY
        refused = poa("-C", project, "amend", word, "flor-1", *by)
        assert refused.status == 2
        assert 'there is no amendment "flor-1"; did you mean "floor-1"?' in refused.stderr


# --- what is printed --------------------------------------------------------------------------


@pytest.fixture
def busy(project: Path, poa: Poa) -> Path:
    """A table with a collision, an addition, a removal, a comment; one is decided."""
    assert poa("-C", project, "baseline", "create", "before").status == 0
    _propose(poa, project, "A-002", "--text", "States shall answer.", "--comment", "Stronger <b>words</b>.")
    _propose(poa, project, "A-002", "--text", "States may answer, in writing.", by="Delegation B")
    _propose(poa, project, "--add", "--after", "A-001", "--text", "States should publish replies.", by="C")
    _propose(poa, project, "A-001.points.a", "--remove", by="D")
    _propose(poa, project, "P-01", "--comment", "Is that so?", by="E")
    _propose(poa, project, "F-01", "--text", "This plan was made for a test.", by="F")
    assert _amend(poa, project, "accept", "floor-6").status == 0
    return project


def test_the_list_the_redline_the_sheet_and_the_outcome(busy: Path, poa: Poa, golden: Golden) -> None:
    for name, words in {
        "list.txt": ("list",),
        "show.txt": ("show", "floor-1", "floor-3"),
        "show.md": ("show", "floor-1", "--format", "markdown"),
        "sheet.md": ("sheet", "--format", "markdown"),
        "report.txt": ("report", "before"),
    }.items():
        done = poa("-C", busy, "amend", *words)
        assert (done.status, done.stderr) == (0, "")
        golden(f"amend/{name}", done.stdout)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--target", "A-002"), ["floor-1", "floor-2"]),
        (("--target", "A-001.points.a"), ["floor-4"]),
        (("--state", "accepted"), ["floor-6"]),
        (("--proposer", "delegation b"), ["floor-2"]),
        (("--collisions",), ["floor-1", "floor-2"]),
    ],
)
def test_the_list_can_be_narrowed(words: tuple[str, ...], names: list[str], busy: Path, poa: Poa) -> None:
    printed = json.loads(poa("-C", busy, "amend", "list", *words, "--format", "json").stdout)
    assert [each["id"] for each in printed["amendments"]] == names


def test_json_is_what_its_schema_says(busy: Path, poa: Poa) -> None:
    schema: dict[str, Any] = json.loads(schemas()["amend.schema.json"])
    for words in (("list",), ("show", "floor-1"), ("report",)):
        done = poa("-C", busy, "amend", *words, "--format", "json")
        Draft202012Validator(schema).validate(json.loads(done.stdout))


def test_hostile_words_are_only_words(busy: Path, poa: Poa) -> None:
    page = poa("-C", busy, "amend", "show", "floor-1", "--format", "html").stdout
    assert "Stronger &lt;b&gt;words&lt;/b&gt;." in page
    assert "<b>words" not in poa("-C", busy, "amend", "sheet", "--format", "markdown").stdout


# --- what explains a change -------------------------------------------------------------------


def test_every_change_is_explained_by_the_amendments_that_made_it(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "baseline", "create", "before").status == 0
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    _propose(poa, project, "A-002", "--text", "All States should answer.", by="B")
    _propose(poa, project, "A-001.points.a", "--remove")
    _propose(poa, project, "--add", "--section", "introduction", "--text", "The vote is secret.")
    assert _amend(poa, project, "accept", "floor-1", "floor-2", "floor-3", "floor-4").status == 0
    report = json.loads(poa("-C", project, "amend", "report", "before", "--format", "json").stdout)
    found = {(each["record"], each["field"]): each["amendments"] for each in report["changes"]}
    assert found == {
        ("A-002", "text"): ["floor-1", "floor-2"],
        ("A-001", "points.a"): ["floor-3"],
        ("P-02", ""): ["floor-4"],
    }
    assert all(each["explained"] for each in report["changes"])


@pytest.mark.parametrize("slips", [False, True])
def test_words_that_slip_in_beside_an_amendment_are_found(project: Path, poa: Poa, *, slips: bool) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "before"
    small_plan.write(project, data)
    assert poa("-C", project, "baseline", "create", "before").status == 0
    _propose(poa, project, "A-002", "--text", "States shall answer.")
    if slips:
        path = project / SECTION
        path.write_text(
            path.read_text("utf-8").replace("States should answer.", "States should answer soon."), "utf-8"
        )
    assert _amend(poa, project, "accept", "floor-1").status == 0
    [change] = json.loads(poa("-C", project, "amend", "report", "before", "--format", "json").stdout)[
        "changes"
    ]
    assert (change["amendments"], change["explained"]) == (["floor-1"], not slips)
    assert ("POA420" in poa("-C", project, "validate").stdout) is slips


def test_a_sheet_in_word_holds_every_proposal(busy: Path, poa: Poa, tmp_path: Path) -> None:
    words = ("-C", busy, "amend", "sheet", "--format", "docx", "-o")
    assert poa(*words, tmp_path / "a.docx").status == 0
    assert poa(*words, tmp_path / "b.docx").status == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    for words_ in (
        "Order of consideration",
        "floor-1",
        "floor-5",
        "States should publish replies.",
        "Stronger <b>words</b>.",
    ):
        assert words_ in text
    assert poa("-C", busy, "amend", "sheet", "--format", "docx").status == 2


def test_a_sheet_in_word_is_sound(busy: Path, poa: Poa, tmp_path: Path, ooxml_validator: Any) -> None:
    assert poa("-C", busy, "amend", "sheet", "--format", "docx", "-o", tmp_path / "a.docx").status == 0
    assert ooxml_validator(tmp_path / "a.docx") == []


def test_an_empty_table_says_so(project: Path, poa: Poa) -> None:
    assert "No amendment." in poa("-C", project, "amend", "list").stdout
    assert "0 amendments to consider" in poa("-C", project, "amend", "sheet").stdout


def test_side_by_side_an_amendment_says_why_it_no_longer_fits(project: Path, poa: Poa) -> None:
    _propose(poa, project, "A-002", "--text", "States should answer promptly.")
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("States should answer.", "All may reply."), "utf-8")
    shown = " ".join(poa("-C", project, "amend", "show", "--target", "A-002").stdout.split())
    assert "It does not fit the text of today: " in shown
