"""A document at any hour: what a stage still lacks is said, and stops freezing alone."""

from __future__ import annotations

import copy
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rule_examples
import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from word_reading import Reading, packed, read

from poa_toolkit.api import baseline, explain, render, validate
from poa_toolkit.check.rule import Demand
from poa_toolkit.check.rulebook import DEMANDS, RULES
from poa_toolkit.diagnostic import Severity
from poa_toolkit.model import Allows, House
from poa_toolkit.word.template.packaged import packaged_template

if TYPE_CHECKING:
    from conftest import Poa

PAGES = {page.code: page for page in explain.pages()}
LABEL = "Not yet agreed"
IN_FULL = "1 action (A-001); 2 open brackets"
IN_A_LINE = "Not yet agreed: 1 action; 2 open brackets"
COMMANDS = [
    ("render", "-o", "x.docx"),
    ("render", "-o", "x.docx", "--style", "carter"),
    ("render", "-o", "x.docx", "--for-room"),
    ("render", "-o", "x.docx", "--since", "day-1"),
    ("render", "-o", "x.docx", "--since", "day-1", "--marks", "bold-strike"),
    ("diff",),
    ("diff", "--tolerant"),
    ("diff", "--format", "docx", "-o", "x.docx"),
    ("build",),
    ("status",),
    ("amend", "sheet"),
]


def _at_day_2(data: dict[str, Any]) -> dict[str, Any]:
    """Let the plan be at its last stage, with one action not agreed and two brackets in the text."""
    data["plan.yaml"]["stages"][0]["baseline"] = "day-1"
    data["plan.yaml"]["stage"] = "day-2"
    small_plan.action(data, 1)["status"] = "agreed"
    data["plan.yaml"]["introduction"][0]["text"] = "Elections [shall | should] be [genuine]."
    return data


@pytest.fixture
def lacking(poa: Poa, tmp_path: Path) -> Path:
    small_plan.write(tmp_path)
    assert poa("baseline", "create", "day-1").status == 0
    return small_plan.write(tmp_path, _at_day_2(small_plan.files()))


def _heads(reading: Reading) -> str:
    heads = [each for name, each in reading.parts.items() if name.startswith("word/header")]
    return " ".join(re.sub(r"<[^>]+>", "", each.decode("utf-8")) for each in heads)


# --- printing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_reads_or_prints_is_stopped_by_what_is_lacking(
    poa: Poa, lacking: Path, command: tuple[str, ...]
) -> None:
    done = poa(*command)
    assert done.status == 0, done.stderr
    if command[0] in ("render", "build"):
        assert f"{LABEL}: {IN_FULL}" in done.stderr
    if (lacking / "x.docx").exists():
        made = read((lacking / "x.docx").read_bytes())
        assert f"{LABEL}\t{IN_FULL}" in (*made.of_style("POACover"), *made.of_style("POAReportCover"))
        said = IN_FULL if command[0] == "diff" else IN_A_LINE
        assert said in _heads(made)


def test_validate_reports_what_is_lacking_as_errors(poa: Poa, lacking: Path) -> None:
    done = poa("validate")
    assert done.status == 1
    assert "POA402" in done.stdout
    assert "POA403" in done.stdout
    assert validate.validate(lacking).faults == ()


def test_every_file_of_a_build_says_what_is_lacking(poa: Poa, lacking: Path) -> None:
    assert poa("build").status == 0
    build = lacking / "build"
    for name in ("changes.html", "changes.md", "changes.txt"):
        text = re.sub(r"<[^>]+>", "", (build / name).read_text("utf-8"))
        assert LABEL in text
        assert "1 action (A-001); 2 open brackets" in text, name
    for name in ("plan-of-action.docx", "redline.docx"):
        assert f"{LABEL}\t{IN_FULL}" in read((build / name).read_bytes()).of_style("POACover")
    found = json.loads((build / "validation.json").read_text("utf-8"))["diagnostics"]
    assert {each["code"] for each in found if each["severity"] == "error"} == {"POA402", "POA403"}


def test_a_build_with_nothing_to_compare_says_it_too(poa: Poa, tmp_path: Path) -> None:
    data = _at_day_2(small_plan.files())
    del data["plan.yaml"]["stages"][0]["baseline"]
    small_plan.write(tmp_path, data)
    assert poa("build").status == 0
    for name in ("changes.html", "changes.md", "changes.txt"):
        assert IN_FULL in (tmp_path / "build" / name).read_text("utf-8")


def test_a_text_that_lacks_nothing_says_nothing_of_it(poa: Poa, tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    done = poa("render", "-o", "x.docx")
    assert (done.status, done.stderr) == (0, "")
    made = read((tmp_path / "x.docx").read_bytes())
    assert not [each for each in made.of_style("POACover") if each.startswith("Not yet")]
    assert made.parts["word/header1.xml"].count(b"<w:p>") == 1
    assert "Not yet" not in _heads(made)


def test_a_fault_stops_a_document_and_is_told_alone(poa: Poa, lacking: Path) -> None:
    data = _at_day_2(small_plan.files())
    small_plan.action(data)["provisions"] = ["iccpr 26"]
    small_plan.write(lacking, data)
    for command in (("render", "-o", "x.docx"), ("build",)):
        done = poa(*command)
        assert done.status == 1
        assert "POA203" in done.stderr
        assert "POA40" not in done.stderr
    assert not (lacking / "x.docx").exists()


def test_an_action_without_links_is_printed_and_told(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data).update(provisions=[], addressees=[])
    small_plan.action(data, 1).update(provisions=[])
    small_plan.write(tmp_path, data)
    assert poa("render", "-o", "x.docx").status == 0
    made = read((tmp_path / "x.docx").read_bytes())
    said = "2 actions without a provision (A-001, A-002); 1 action without an addressee (A-001)"
    assert f"Not yet complete\t{said}" in made.of_style("POACover")
    assert poa("baseline", "create", "day-1").status == 1


def test_a_status_beyond_the_stage_is_not_called_not_yet_agreed(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["allows"]["statuses"] = ["draft"]
    small_plan.action(data)["status"] = "agreed"
    small_plan.write(tmp_path, data)
    assert "Other status: 1 action (A-001)" in poa("render", "-o", "x.docx").stderr


def test_the_first_status_that_the_stage_allows_is_the_one_not_reached(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["allows"]["statuses"] = ["agreed", "refined"]
    small_plan.write(tmp_path, data)
    assert "Not yet refined: 2 actions (A-001, A-002)" in poa("render", "-o", "x.docx").stderr


def test_what_a_project_waives_or_takes_lightly_is_not_lacking(lacking: Path) -> None:
    waiver = {"code": "POA402", "record": "P-01", "reason": "It is open.", "until": "2017-12-31"}
    settings_of = {"waivers": [waiver], "severities": {"POA403": "warning"}}
    small_plan.write(lacking, {"poa.yaml": settings_of})
    assert validate.validate(lacking).lacking == ()
    assert baseline.freeze(lacking, "day-2")[0].provisional is False


@pytest.mark.parametrize("style", ["un", "carter"])
def test_a_template_of_before_says_it_behind_the_version(poa: Poa, lacking: Path, style: str) -> None:
    parts = read(packaged_template(House.CARTER)).parts
    for name in [each for each in parts if each.startswith("word/header")]:
        first = parts[name].split(b"</w:p>")[0]
        parts[name] = first + b"</w:p></w:hdr>"
    (lacking / "own.docx").write_bytes(packed(parts))
    done = poa("render", "-o", "x.docx", "--template", "own.docx", "--style", style)
    assert done.status == 0, done.stderr
    made = read((lacking / "x.docx").read_bytes())
    assert f"2017. {IN_A_LINE}" in _heads(made)
    assert f"{LABEL}\t{IN_FULL}" in made.of_style("POACover")


@pytest.mark.usefixtures("lacking")
def test_a_document_that_says_what_is_lacking_comes_back_without_news(poa: Poa) -> None:
    assert poa("render", "-o", "x.docx").status == 0
    done = poa("pull", "--dry-run", "x.docx", "--date", "2017-12-05")
    assert done.status == 0, done.stderr
    assert "Nothing new" in done.stdout


# --- which rules ask for what is lacking --------------------------------------------------------

OF_STAGE = (Demand.STATUS, Demand.BRACKETS)


def test_a_rule_that_asks_for_what_is_lacking_is_an_error() -> None:
    assert {rule.demand for rule in RULES if rule.demand} == set(Demand)
    assert all(rule.severity is Severity.ERROR for rule in RULES if rule.demand)
    assert set(DEMANDS) == {"POA402", "POA403", "POA502", "POA503", "POA505"}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.severity is Severity.ERROR])
def test_what_a_stage_allows_decides_on_demands_alone(rule: Any, tmp_path: Path) -> None:
    """A stage that allows everything silences the rules that ask for status and brackets, and no other."""
    rule_examples.findings(tmp_path, rule.code, PAGES[rule.code].bad)
    found = _codes_where_all_is_allowed(tmp_path)
    assert (rule.code not in found) == (rule.demand in OF_STAGE)


def _codes_where_all_is_allowed(project: Path) -> set[str]:
    loaded = validate.read(project, None)
    assert loaded.plan is not None
    everything = Allows(brackets=True, statuses=())
    stages = tuple(each.model_copy(update={"allows": everything}) for each in loaded.plan.stages)
    plan = loaded.plan.model_copy(update={"stages": stages})
    return {each.code for each in validate.validate(project, version=loaded._replace(plan=plan)).diagnostics}


STATUSES = ["draft", "refined", "agreed", "endorsed", "deferred", "withdrawn"]
TEXTS = {
    "States should answer.": 0,
    "States [should | shall] answer.": 1,
    "[States [all] should] [answer].": 3,
}


@given(
    st.lists(st.tuples(st.sampled_from(STATUSES), st.sampled_from(list(TEXTS))), min_size=1, max_size=9),
    st.sets(st.sampled_from(STATUSES[:4])),
    st.booleans(),
)
@settings(max_examples=15)
def test_whatever_is_lacking_is_counted_and_printed(
    actions: list[tuple[str, str]],
    allowed: set[str],
    brackets: bool,  # noqa: FBT001 - drawn
) -> None:
    data = small_plan.files()
    template = small_plan.action(data, 1)
    data["plan.yaml"]["stages"][0]["allows"] = {"brackets": brackets, "statuses": sorted(allowed)}
    data["sections/01-first.yaml"]["actions"] = [
        {**copy.deepcopy(template), "id": f"A-{number:03}", "status": status, "text": text}
        for number, (status, text) in enumerate(actions, 1)
    ]
    printed = [each for each in actions if each[0] in STATUSES[:4]]
    expected = {
        Demand.STATUS: sum(status not in allowed for status, _ in printed) if allowed else 0,
        Demand.BRACKETS: 0 if brackets else sum(TEXTS[text] for _, text in printed),
    }
    with tempfile.TemporaryDirectory() as folder:
        project = small_plan.write(Path(folder), data)
        _, lacking = validate.printable(project)
        assert {each.demand: each.number for each in lacking} == {k: n for k, n in expected.items() if n}
        cover = read(render.render(project).content).of_style("POACover")
        assert any("open bracket" in line and not line.startswith("Status") for line in cover) == bool(
            expected[Demand.BRACKETS]
        )


def test_an_untouched_file_that_names_an_id_of_an_editor_as_lacking_asks_for_nothing(
    poa: Poa, lacking: Path
) -> None:
    assert poa("-C", lacking, "rename", "A-001", "A-K01").status == 0
    assert poa("-C", lacking, "baseline", "create", "sent", "--provisional").status == 0
    assert poa("-C", lacking, "render", "sent", "-o", lacking / "x.docx").status == 0
    said = poa("-C", lacking, "pull", "--dry-run", lacking / "x.docx", "--date", "2017-12-05").stdout
    assert "Nothing new." in said
    assert " 0 told " in said
