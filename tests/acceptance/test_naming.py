"""Records named as people name them: by id, or by the number that the document prints."""

from __future__ import annotations

import copy
import json
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import small_plan
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from interrupted import interrupt

from poa_toolkit.api.validate import read
from poa_toolkit.cli.main import poa as commands
from poa_toolkit.cli.record_argument import RecordName
from poa_toolkit.document.record_names import meant
from poa_toolkit.errors import UnknownRecordError
from poa_toolkit.model.numbering import printed_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Poa

    from poa_toolkit.model import Plan

THERE_ARE = "there are paragraphs 1 to 4, section I, annexes I to IV"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give the small plan, its points out of the order of their ids."""
    return _written(tmp_path / "project")


def _written(folder: Path) -> Path:
    data = small_plan.files()
    small_plan.action(data)["points"].reverse()
    return small_plan.write(folder, data)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Give that plan."""
    found = read(_written(tmp_path_factory.mktemp("naming") / "project"), None).plan
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shipped() -> Plan:
    """Give the shipped plan."""
    found = read(ROOT, None).plan
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "record"),
    [
        *((each, "A-001") for each in ("3", "3.", " 3 ", "para. 3", "para 3", "Paragraph 3", "paragraphs 3")),
        *((each, "A-001") for each in ("par. 3", "action 3", "\u00b6 3", "PARA.\u00a03", "a-001", "A-001")),
        *((each, "first") for each in ("I", "i", "I.", "section I", "Section 1", "sec. I", "FIRST")),
        *((each, "A-001.points.b") for each in ("3(a)", "3 (a)", "para. 3(a)", "3a", "3 ( a )", "3(A)")),
        *((each, "A-001.points.b") for each in ("A-001(a)", "a-001 (A)", "a-001.points.B", "3.points.b")),
        *((each, "A-001.level") for each in ("3.level", "para. 3.Level", "A-001.LEVEL")),
        ("A-001.points", "A-001.points"),
        ("I.title", "first.title"),
        ("1", "P-01"),
        ("2", "C-01"),
        ("observers", "observers"),
        ("ICCPR", "iccpr"),
        ("plan.title", "plan.title"),
    ],
)
def test_what_people_say(name: str, record: str, plan: Plan) -> None:
    assert meant(plan, name).name == record


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("para. 3", "para. 3 is A-001, \u201cObservers should report to the treaty bodies.\u201d"),
        ("3 (a)", "3 (a) is A-001.points.b, \u201cAnd after it.\u201d"),
        ("I", "I is first, \u201cFirst things\u201d"),
        ("A-001.points.b", ""),
        ("a-001", ""),
    ],
)
def test_what_was_meant_is_said(name: str, said: str, plan: Plan) -> None:
    assert meant(plan, name).said == said


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("5", f"there is no paragraph 5; {THERE_ARE}"),
        ("0", f"there is no paragraph 0; {THERE_ARE}"),
        ("33", f'there is no paragraph 33; {THERE_ARE}; did you mean "3"?'),
        ("II", f"there is no section II; {THERE_ARE}"),
        ("section 9", f"there is no section IX; {THERE_ARE}"),
        ("3(c)", "3 (A-001) has points (a) to (b), no (c)"),
        ("4(a)", "4 (A-002) has no points"),
        ("A-001(z)", "A-001 has points (a) to (b), no (z)"),
        ("1.points.a", 'P-01 has no "points.a" (it has: text)'),
        ("3.nofield", 'A-001 has no "nofield"'),
        ("A-01", 'there is no record "A-01"; did you mean "A-001"?'),
        ("First thing", 'there is no record "First thing"; did you mean "first"?'),
        ("IIII", f'there is no record "IIII"; name it by its id, or by its number: {THERE_ARE}'),
        ("3-4", 'there is no record "3-4"'),
        ("annex I", '"annex I" is no record; `poa show "annex I"` prints an annex'),
        ("", 'there is no record ""'),
    ],
)
def test_what_means_nothing_is_refused_with_what_there_is(name: str, message: str, plan: Plan) -> None:
    with pytest.raises(UnknownRecordError) as caught:
        meant(plan, name)
    assert str(caught.value).startswith(message)


def test_an_id_wins_over_a_number_and_that_is_said(tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["introduction"] = [
        {"id": "4", "text": "An odd id."},
        {"id": "I", "text": "Another one."},
        {"id": "1", "text": "One."},
    ]
    plan = read(small_plan.write(tmp_path / "x", data), None).plan
    assert plan is not None
    four, one, section = (meant(plan, each) for each in ("4", "1", "I"))
    assert (four.record, one.record, section.record) == ("4", "1", "I")
    assert four.said == "4 is the record 4, \u201cAn odd id.\u201d; paragraph 4 is C-01"
    assert one.said == "1 is the record 1, \u201cOne.\u201d; paragraph 1 is 4"
    assert section.said == "I is the record I, \u201cAnother one.\u201d; section I is first"
    assert meant(plan, "para. 4").record == "C-01"
    assert meant(plan, "section I").record == "first"


def test_what_is_withdrawn_has_no_number(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data).update(status="withdrawn", reason="Said elsewhere.")
    plan = read(small_plan.write(tmp_path / "x", data), None).plan
    assert plan is not None
    assert meant(plan, "3").record == "A-002"
    with pytest.raises(UnknownRecordError, match="there is no paragraph 4; there are paragraphs 1 to 3"):
        meant(plan, "4")
    assert meant(plan, "A-001").record == "A-001"


@pytest.mark.parametrize("name", ["3", "4", "9", "I", "3(a)"])
def test_no_number_is_known_while_a_record_of_the_text_cannot_be_read(
    name: str, project: Path, poa: Poa
) -> None:
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("id: C-01", "id: C-01\n  typo: x"), "utf-8")
    done = poa("-C", project, "withdraw", name, "--reason", "x")
    assert (done.status, done.stdout) == (2, "")
    assert "cannot be read, and numbers behind it may be others" in done.stderr


def test_two_records_of_one_id_are_not_told_apart_by_number(tmp_path: Path) -> None:
    data = small_plan.files()
    actions = data["sections/01-first.yaml"]["actions"]
    actions.append(copy.deepcopy(actions[1]) | {"text": "Its twin."})
    plan = read(small_plan.write(tmp_path / "x", data), None).plan
    assert plan is not None
    for name in ("4", "5"):
        with pytest.raises(UnknownRecordError, match=r"a record whose id another one has.*poa rename"):
            meant(plan, name)


def _typed(data: st.DataObject, name: str) -> str:
    """Give a name as it is, in capital or in small letters."""
    return data.draw(st.sampled_from((name, name.upper(), name.lower())))


SPELLINGS = ("{}", "para. {}", "Paragraph {}", " {} ", "{}.")


@given(st.data())
def test_each_printed_number_leads_to_its_record(shipped: Plan, data: st.DataObject) -> None:
    record, number = data.draw(st.sampled_from(sorted(printed_numbers(shipped).items())))
    owner, _, point = record.partition(".")
    if point:
        printed = (
            f"{printed_numbers(shipped)[owner].rstrip('.')}{data.draw(st.sampled_from(['', ' ']))}{number}"
        )
    else:
        printed = number.rstrip(".")
    spelling = data.draw(
        st.sampled_from(SPELLINGS if printed[0].isdecimal() else ("{}", "section {}", "{}."))
    )
    found = meant(shipped, _typed(data, spelling.format(printed)))
    assert found.name == (f"{owner}.points.{point}" if point else record)


@given(st.data())
def test_each_id_leads_to_itself_in_any_case(shipped: Plan, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(sorted(printed_numbers(shipped))))
    name = record.partition(".")[0]
    found = meant(shipped, _typed(data, name))
    assert (found.name, found.said) == (name, "")


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_record_or_refused(plan: Plan, name: str) -> None:
    with suppress(UnknownRecordError):
        assert meant(plan, name).record


# --- every command that takes a record ----------------------------------------------------------


NEW = {("new instrument", "name"), ("new recommendation", "name"), ("new section", "name"), ("rename", "new")}
"""The parameters that give a record an id."""
NAMES_A_RECORD = re.compile(r"\b(ID|SECTION|RECORD|OLD|NEW)\b")


def _parameters(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Parameter]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _parameters(found, f"{path} {name}".strip())
    else:
        yield from ((path, each) for each in command.params)


def test_whatever_takes_a_record_takes_it_by_number() -> None:
    takers = {
        (path, each.name): each.type
        for path, each in _parameters(commands)
        if NAMES_A_RECORD.search(each.metavar or "")
    }
    others = {
        key
        for key, kind in takers.items()
        if not isinstance(kind, RecordName)
        and key not in NEW
        # of these it is an amendment's
        and not (key[0].startswith("amend ") and key[1] in ("name", "names"))
    }
    assert not others
    assert ("move", "after") in takers
    assert ("show", "names") in takers


ADD = ("--text", "States should publish it.")
BY = ("--by", "Chair", "--date", "2017-12-04")
SAME = [
    (("log", "{}"), "A-002", "4"),
    (("log", "{}"), "A-001.points.a", "3(b)"),
    (("log", "{}"), "first", "I"),
    (("move", "{}", "--to", "first"), "A-001", "3"),
    (("move", "A-001", "--to", "{}"), "first", "section I"),
    (("move", "A-001", "--after", "{}"), "A-002", "para. 4"),
    (("withdraw", "{}", "--reason", "No."), "A-002", "4"),
    (("review", "{}", *BY), "A-002", "a-002"),
    (("review", "{}", *BY), "A-002", "4"),
    (("rename", "{}", "A-900"), "A-002", "4"),
    (("rename", "{}", "A-900"), "A-002", "a-002"),
    (("new", "action", "--section", "{}", *ADD), "first", "I"),
    (("new", "action", "--after", "{}", *ADD), "A-001", "3"),
    (("new", "action", "--section", "first", "--from", "{}", *ADD), "A-001", "3"),
    (("new", "action", "--section", "first", "--addressee", "{}", *ADD), "states", "STATES"),
    (
        ("new", "action", "--section", "first", "--recommendation", "{}", *ADD),
        "hres-2015-02-r1",
        "HRES-2015-02-r1",
    ),
    (("new", "recommendation", "--source", "{}", *ADD), "hres-2015-02", "Hres-2015-02"),
    (("amend", "list", "--target", "{}"), "A-001", "3"),
    (("amend", "list", "--target", "{}"), "A-001.points.a", "3(b)"),
    (("amend", "propose", "{}", *ADD, *BY), "A-002", "4"),
    (("amend", "propose", "{}", *ADD, *BY), "A-001.points.a", "3 (b)"),
    (("amend", "propose", "{}", *ADD, *BY), "A-002.timeframe", "4.timeframe"),
    (("amend", "propose", "--add", "--after", "{}", *ADD, *BY), "A-001", "3"),
    (("amend", "propose", "--add", "--section", "{}", *ADD, *BY), "first", "I"),
    (("amend", "propose", "A-001.points", "--add", "--after", "{}", *ADD, *BY), "a", "(b)"),
    (("amend", "propose", "3.points", "--add", "--after", "{}", *ADD, *BY), "a", "3(b)"),
    (("amend", "place", "floor-1", "--record", "{}"), "A-001", "3"),
    (("amend", "place", "floor-1", "--section", "{}"), "first", "I"),
    (("amend", "place", "floor-1", "--after", "{}"), "A-001", "3"),
]


@pytest.mark.parametrize(("words", "by_id", "by_number"), SAME)
def test_a_number_does_what_the_id_does(
    words: tuple[str, ...], by_id: str, by_number: str, project: Path, poa: Poa
) -> None:
    assert (
        poa("-C", project, "amend", "propose", "--add", "--section", "first", "--text", "Meet.", *BY).status
        == 0
    )
    other = project.with_name("other")
    shutil.copytree(project, other)
    one = poa("-C", project, *(each.format(by_id) for each in words))
    two = poa("-C", other, *(each.format(by_number) for each in words))
    assert (one.status, two.status, two.stdout) == (0, 0, one.stdout)
    said = two.stderr.removesuffix(one.stderr)
    is_number = by_number.lower() != by_id.lower()
    meanings = [line for line in said.splitlines() if not line.startswith("poa: floor-")]
    assert len(meanings) == is_number + ("3.points" in words)
    assert not is_number or f"{by_number} is " in said or f"({by_number.strip('()')}) is " in said
    assert _files(project) == _files(other)


def _files(project: Path) -> dict[str, bytes]:
    paths = (path for path in project.rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def test_a_point_that_is_named_by_its_number_names_its_action(project: Path, poa: Poa) -> None:
    done = poa("-C", project, "amend", "propose", "--add", "--after", "3(a)", *ADD, *BY)
    assert done.status == 0
    assert "floor-1: new point of A-001, behind 3 (a), id b\n" in done.stderr
    again = poa("-C", project, "amend", "propose", "--add", "--after", "3(a)", *ADD, *BY)
    assert "is on the table already: floor-1\n" in again.stderr
    table = poa("-C", project, "amend", "list").stdout
    assert "new point of A-001, behind 3 (a)" in table
    placed = poa("-C", project, "amend", "place", "floor-1", "--record", "3(b)", "--field", "points.a")
    assert (placed.status, "leave out --field" in placed.stderr) == (2, True)


MOVED = {
    "id": "moved-1",
    "kind": "move",
    "original": "States should answer.",
    "proposer": "Delegation A",
    "date": "2017-12-04",
    "state": "unplaced",
}


@pytest.mark.parametrize(
    ("words", "placed"),
    [
        (("--record", "4", "--after", "3"), {"record": "A-002", "after": "A-001"}),
        (("--record", "4", "--after", "a-001"), {"record": "A-002", "after": "A-001"}),
        (("--record", "3(b)", "--after", "text"), {"record": "A-001", "field": "points.a", "after": "text"}),
        (("--record", "3(a)", "--after", "3(b)"), {"record": "A-001", "field": "points.b", "after": "a"}),
    ],
)
def test_a_move_is_placed_by_numbers(
    words: tuple[str, ...], placed: dict[str, str], project: Path, poa: Poa
) -> None:
    data = small_plan.files() | {"amendments/other.yaml": {"amendments": [MOVED]}}
    small_plan.action(data)["points"].reverse()
    small_plan.write(project, data)
    done = poa("-C", project, "amend", "place", "moved-1", *words)
    assert (done.status, done.stdout.startswith("moved-1 placed")) == (0, True)
    found = json.loads(poa("-C", project, "amend", "list", "--format", "json").stdout)["amendments"][0]
    assert placed.items() <= found.items()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("A-001.points", "--after", "z"), 'A-001 has no point "z"'),
        (("A-001.points", "--after", "(z)"), 'A-001 has no point "(z)"'),
        (("A-001.points", "--after", "4"), 'A-001 has no point "A-002"'),
        (("A-002.points", "--after", "3(a)"), '"3(a)" is no point of A-002'),
    ],
)
def test_what_is_no_point_of_an_action_is_nothing_to_go_behind(
    words: tuple[str, ...], message: str, project: Path, poa: Poa
) -> None:
    done = poa("-C", project, "amend", "propose", "--add", *ADD, *BY, *words)
    assert (done.status, message in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("withdraw", "3(a)", "--reason", "x"),
        ("move", "A-001.points.a", "--to", "first"),
        ("new", "action", "--after", "3(b)", *ADD),
    ],
)
def test_a_point_is_no_whole_record(words: tuple[str, ...], project: Path, poa: Poa) -> None:
    before = _files(project)
    done = poa("-C", project, *words)
    assert (done.status, done.stdout, _files(project)) == (2, "", before)
    assert done.stderr.endswith("takes a whole record: A-001\n")


def test_every_field_that_is_shown_of_a_record_can_be_named(project: Path, poa: Poa) -> None:
    for record in ("A-001", "iccpr", "hres-2015-02-r1", "observers"):
        said = poa("-C", project, "show", record, "--format", "json").stdout
        for each in json.loads(said)["shown"][0]["settings"]:
            name = f"{record}.{each['field']}"
            one = poa("-C", project, "show", name, "--format", "json")
            assert (one.status, one.stderr) == (0, ""), name
            assert json.loads(one.stdout)["shown"][0]["settings"] == [each]
    data = small_plan.files()
    assert poa("-C", project, "baseline", "create", "day-1").status == 0
    small_plan.action(data)["status"] = "agreed"
    small_plan.action(data)["points"].reverse()
    small_plan.write(project, data)
    told = poa("-C", project, "log", "3.status")
    assert (told.status, "A-001 status changed: [-draft-] {+agreed+}" in told.stdout) == (0, True)
    refused = poa("-C", project, "show", "3.nothing").stderr
    assert refused.startswith('poa: A-001 has no "nothing" (it has: text, points.b (a), points.a (b), ')
    assert "status" in refused


@pytest.mark.parametrize("name", ["99", "3(z)", "annex IX", "VII"])
def test_every_command_refuses_a_number_that_is_none_in_the_same_words(
    name: str, plan: Plan, project: Path, poa: Poa
) -> None:
    with pytest.raises(UnknownRecordError) as refusal:
        meant(plan, name)
    for words in dict.fromkeys(words for words, by_id, _ in SAME if "." not in by_id and by_id != "a"):
        done = poa("-C", project, *(each.format(name) for each in words))
        assert (done.status, done.stdout, done.stderr) == (2, "", f"poa: {refusal.value}\n"), words
    done = poa("-C", project, "amend", "show", "--target", name)
    assert (done.status, done.stdout, done.stderr) == (2, "", f"poa: {refusal.value}\n")


@pytest.mark.parametrize("name", ["nonsense", "A-001.nofield", "99", "VII", "3(z)", "A-01"])
@pytest.mark.parametrize(
    "words",
    [
        ("amend", "list", "--target"),
        ("amend", "show", "--target"),
        ("log",),
        ("amend", "propose", "--text", "x", *BY),
        ("withdraw", "--reason", "x"),
        ("show",),
    ],
)
def test_a_name_that_means_nothing_is_no_empty_answer(
    words: tuple[str, ...], name: str, project: Path, poa: Poa
) -> None:
    done = poa("-C", project, *words, name)
    assert (done.status, done.stdout) == (2, "")
    assert re.search(r"record \"|has no|there is no|no \(z\)", done.stderr)


def test_what_only_an_amendment_still_names_means_something(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "amend", "propose", "A-002", *ADD, *BY).status == 0
    path = project / "plan/sections/01-first.yaml"
    head, _, _ = path.read_text("utf-8").partition("- id: A-002")
    path.write_text(head, "utf-8")
    done = poa("-C", project, "amend", "list", "--target", "a-002")
    assert (done.status, "floor-1" in done.stdout) == (0, True)
    assert poa("-C", project, "amend", "list", "--target", "A-002.level").status == 2
    assert poa("-C", project, "log", "A-003").status == 2


def test_a_record_that_cannot_be_read_is_not_said_to_be_missing(project: Path, poa: Poa) -> None:
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("id: A-002", "id: A-002\n  typo: x"), "utf-8")
    done = poa("-C", project, "withdraw", "A-002", "--reason", "x")
    assert (done.status, "cannot be read" in done.stderr) == (2, True)
    assert "no record" not in poa("-C", project, "amend", "list", "--target", "A-002").stderr


def test_a_number_is_read_once_an_interrupted_edit_is_finished(project: Path, poa: Poa) -> None:
    path = "plan/plan.yaml"
    old = (project / path).read_bytes()
    one = b"- id: P-01"
    new = old.replace(one, b"- id: P-00\n  text: Before all.\n" + one)
    interrupt(project, {path: new})
    before = _files(project)
    assert poa("-C", project, "show", "4", "--format", "json").status == 0
    assert _files(project) == before
    done = poa("-C", project, "withdraw", "4", "--reason", "x")
    assert (done.status, done.stderr.startswith("4 is A-001")) == (0, True)


@pytest.mark.parametrize(
    "command",
    [
        ("show", "A-002"),
        ("show", "first"),
        ("show", "annex I"),
        ("find", "states"),
        ("amend", "list"),
        ("amend", "show", "floor-1"),
        ("amend", "show", "--target", "A-002"),
        ("amend", "sheet"),
        ("amend", "preview", "floor-1"),
    ],
)
def test_nothing_is_printed_with_a_number_that_may_be_another(
    command: tuple[str, ...], tmp_path: Path, poa: Poa
) -> None:
    data = small_plan.files()
    folder = small_plan.write(tmp_path / "x", data)
    proposed = poa("-C", folder, "amend", "propose", "A-002", "--text", "Observers agree.", "--by", "Chair")
    assert proposed.status == 0
    section = folder / "plan/sections/01-first.yaml"
    section.write_text(section.read_text("utf-8").replace("id: A-001", "idd: A-001", 1), "utf-8")
    done = poa("-C", folder, *command, "--format", "markdown")
    said = done.stdout.replace("\\", "")
    assert "No number is printed here: a record of the text cannot be read" in said
    assert not re.search(r"(?i)para\. |paragraph [0-9]|section [IVX]|^[0-9]+\. |\b[0-9] \(A-", said)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("A-08", "A-008"),
        ("A-8", "A-008"),
        ("A-0088", "A-008"),
        ("A-999", ""),
        ("22-24", ""),
        ("iccrp", "iccpr"),
    ],
)
def test_only_what_is_near_is_offered(typed: str, near: str, shipped: Plan) -> None:
    with pytest.raises(UnknownRecordError) as refusal:
        meant(shipped, typed)
    offered = re.search(r'did you mean "(.+)"', str(refusal.value))
    assert (offered[1] if offered else "") == near


def test_what_is_withdrawn_says_so_in_its_heading(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "withdraw", "A-002", "--reason", "Merged.").status == 0
    assert poa("-C", project, "show", "A-002").stdout.startswith("Action A-002 (withdrawn)\n")
