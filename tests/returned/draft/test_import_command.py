"""`poa import` as a conversation: it shows what it would make, is corrected, and keeps what people said."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
import small_plan
from conftest import ROOT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from jsonschema import Draft202012Validator
from labelled_drafts import DAY, HABITS, lines
from ruamel.yaml import YAML

from poa_toolkit.api import import_draft, validate
from poa_toolkit.api.import_draft import Request
from poa_toolkit.load.plan import load
from poa_toolkit.returned.ledger import Balance
from poa_toolkit.source import folder as source_folder

if TYPE_CHECKING:
    from conftest import Poa

LEFT_TO_DO = {"POA502", "POA503", "POA505"}
"""What an imported plan may lack: links, and nothing else."""


def _saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(folder: Path, habit: str) -> None:
    small_plan.write(folder)
    found = HABITS[habit]
    (folder / "draft.docx").write_bytes(found.make(lines(found.text), folder))


def _yaml(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path)


def test_a_dry_run_shows_what_each_paragraph_becomes_and_writes_nothing(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "articles of law")
    done = poa("import", "draft.docx", "-o", "new", "--dry-run", cwd=tmp_path)
    assert done.status == 0
    assert not (tmp_path / "new").exists()
    shown = done.stdout.splitlines()
    assert any(line.startswith("Article 1  action A-001") for line in shown)
    assert any(line.startswith("(a)        point A-002 (a)") for line in shown), done.stdout
    assert "characters read = " in done.stdout


def test_a_draft_without_actions_is_shown_all_the_same(tmp_path: Path, poa: Poa) -> None:
    document = docx.Document()
    document.add_paragraph("A plan")
    document.add_paragraph("They met in May.")
    (tmp_path / "draft.docx").write_bytes(_saved(document))
    done = poa("import", "draft.docx", "-o", "new", "--dry-run", cwd=tmp_path)
    assert done.status == 1
    assert "POA731" in done.stderr
    assert "They met in May." in done.stdout


def test_each_kind_of_decision_can_be_corrected(tmp_path: Path, poa: Poa) -> None:
    document = docx.Document()
    for words in ("A plan", "Voters", "They met.", "(a) States should act.", "(b) States should print."):
        document.add_paragraph(words)
    document.paragraphs[1].style = document.styles["Quote"]
    (tmp_path / "draft.docx").write_bytes(_saved(document))
    asked = ("--sections-at", "style Quote", "--actions-are", "plain", "--points-are", "lettered")
    done = poa("import", "draft.docx", "-o", "new", *asked, cwd=tmp_path)
    assert done.status == 0, done.stderr
    section = _yaml(tmp_path / "new/plan/sections/01-voters.yaml")
    assert [each["text"] for each in section["actions"]] == ["They met."]
    assert [each["text"] for each in section["actions"][0]["points"]] == [
        "States should act.",
        "States should print.",
    ]


def test_what_cannot_be_chosen_is_said_with_what_can(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "table")
    done = poa("import", "draft.docx", "-o", "new", "--columns", "action,colour", cwd=tmp_path)
    assert done.status == 2
    assert '"colour" is no column; use number, action, addressees' in done.stderr


def _chosen(folder: Path, poa: Poa, *asked: str) -> Any:
    document = docx.Document()
    document.add_heading("Voters", 1)
    for words, style in (
        ("States should act.", "List Number"),
        ("soon;", "List Bullet"),
        ("States should print.", "List Number"),
    ):
        document.add_paragraph(words, style)
    document.add_table(1, 2).cell(0, 0).text = "Cell"
    document.add_table(1, 3).cell(0, 0).text = "Other"
    (folder / "draft.docx").write_bytes(_saved(document))
    return poa("import", "draft.docx", "-o", "new", *asked, cwd=folder)


_STYLES = '"style List Number", "style List Bullet"'


@pytest.mark.parametrize(
    ("option", "chosen", "said"),
    [
        (
            "--sections-at",
            "style Nope",
            f'fits "style nope"; these would: 1, numbers, bold, "style heading 1", {_STYLES}',
        ),
        ("--sections-at", "1, style Nope", 'no paragraph of the draft fits "style nope"; these would: 1,'),
        ("--sections-at", "2, roman", 'no paragraph of the draft fits "2", "roman"; these would: 1,'),
        (
            "--actions-are",
            "style Nope",
            f'fits "style nope"; these would: numbered, bulleted, asking, {_STYLES}',
        ),
        (
            "--points-are",
            "numbered, style Nope",
            f'fits "style nope"; these would: numbered, bulleted, none, {_STYLES}',
        ),
        ("--columns", "number,action,-,-", "--columns names 4 columns, and table 1 has 2, table 2 has 3"),
    ],
)
def test_a_choice_that_fits_nothing_is_said_with_what_would(
    tmp_path: Path, poa: Poa, option: str, chosen: str, said: str
) -> None:
    done = _chosen(tmp_path, poa, option, chosen)
    assert (done.status, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "new").exists()
    assert _chosen(tmp_path, poa, option, chosen, "--dry-run").status == 2


@pytest.mark.parametrize(
    ("option", "chosen"),
    [
        ("--sections-at", "1-3"),
        ("--sections-at", "style heading 1, roman"),
        ("--actions-are", "lettered, style List Number"),
        ("--points-are", "none"),
    ],
)
def test_a_choice_of_which_something_fits_is_taken(
    tmp_path: Path, poa: Poa, option: str, chosen: str
) -> None:
    assert _chosen(tmp_path, poa, option, chosen).status == 0


def test_each_table_that_the_columns_do_not_fit_is_told(tmp_path: Path, poa: Poa) -> None:
    done = _chosen(tmp_path, poa, "--columns", "action,-")
    assert done.status == 0
    said = "warning POA733 table 2 has 3 columns, and --columns names 2: it is not read"
    assert said in done.stderr
    assert "table 1 has" not in done.stderr


def test_columns_can_be_said_on_the_command_line(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "table")
    asked = ("--columns", "number,action,-,timeframe,-")
    done = poa("import", "draft.docx", "-o", "new", *asked, cwd=tmp_path)
    assert done.status == 0
    section = _yaml(tmp_path / "new/plan/sections/01-access-of-observers.yaml")
    assert section["actions"][0]["timeframe"] == "Before the next election"
    assert "addressees" not in section["actions"][0]
    assert "not taken in: “Who” in row 3 of table 1: “States”" in done.stderr


@pytest.mark.parametrize("explain", [False, True])
def test_json_says_it_all(tmp_path: Path, poa: Poa, *, explain: bool) -> None:
    _write(tmp_path, "typed numbers")
    options = ("--explain",) if explain else ()
    done = poa("import", "draft.docx", "-o", "new", "--format", "json", *options, cwd=tmp_path)
    said = json.loads(done.stdout)
    schema = json.loads((tmp_path / "new/schema/import.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(said)
    read, placed, told, generated = said["characters"].values()
    assert read == placed + told + generated
    assert told == len("Notforcirculation")
    assert {"number": "1.", "becomes": "action", "record": "A-001"}.items() <= said["outline"][6].items()
    if explain:
        assert sum(len("".join(each["words"].split())) for each in said["stretches"]) == read
    else:
        assert said["stretches"] is None


def test_explain_says_what_became_of_every_word(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "typed numbers")
    done = poa("import", "draft.docx", "-o", "new", "--explain", cwd=tmp_path)
    assert "told (a header or footer): Not for circulation" in " ".join(done.stdout.split())


def _with_footer(words: str) -> bytes:
    document = docx.Document()
    document.add_heading("Voters", 1)
    document.add_paragraph("States should act.", "List Number")
    document.sections[0].footer.paragraphs[0].text = words
    document.sections[0].header.paragraphs[0].text = words
    return _saved(document)


@pytest.mark.parametrize(
    "words",
    [
        "Page 1 of 4",
        "page 2/9",
        "- 3 -",
        "12",
        "Seite 2 von 9",
        "p. 4",
        "第2页 共9页",
        "صفحة ٢ من ٩",
        "1 de 20",
    ],
)
def test_pages_counted_by_hand_are_nothing(tmp_path: Path, words: str) -> None:
    made = import_draft.import_draft(tmp_path / "new", _with_footer(words), Request("draft.docx", DAY))
    assert not made.diagnostics
    assert "#" not in (tmp_path / "new/plan/plan.yaml").read_text("utf-8").replace("# yaml", "")


@pytest.mark.parametrize(
    "words", ["2017", "Page 1 of 4, draft", "1.5", "9/2", "3 May", "§ 3", "1/2/17", "Art. 3"]
)
def test_what_stands_beside_the_pages_is_told(tmp_path: Path, words: str) -> None:
    made = import_draft.import_draft(tmp_path / "new", _with_footer(words), Request("draft.docx", DAY))
    assert [each.message for each in made.diagnostics] == [f"not taken in: a header or footer: “{words}”"]


def test_only_what_is_cited_or_named_is_taken_over(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "table")
    known = tmp_path / "registry"
    (tmp_path / "plan").rename(tmp_path / "moved")
    known.mkdir()
    (tmp_path / "moved").rename(known / "plan")
    done = poa("import", "draft.docx", "-o", "new", "--registry", "registry", cwd=tmp_path)
    assert done.status == 0
    new = tmp_path / "new/plan"
    assert [each["id"] for each in _yaml(new / "instruments/universal.yaml")["instruments"]] == [
        "udhr",
        "iccpr",
    ]
    (source,) = (new / "recommendations").iterdir()
    assert [each["id"] for each in _yaml(source)["recommendations"]] == ["hres-2015-02-r1"]
    assert [each["id"] for each in _yaml(new / "actors.yaml")["actors"]] == ["observers", "states"]
    errors = {
        each.code for each in validate.validate(tmp_path / "new").diagnostics if each.severity == "error"
    }
    assert errors <= LEFT_TO_DO


def _with_links(folder: Path) -> Path:
    """Write the plan that the repository ships, and a draft that cites a little of it: the draft."""
    document = docx.Document()
    document.add_heading("Follow-up", 1)
    for words, source, actors in (
        ("States should act.", "ICCPR, art. 25(b); HRC GC 25, para. 10", "States; A new body"),
        ("Observers should report.", "hres-2015-02-r1", "States and Election management bodies"),
    ):
        document.add_paragraph(words, "List Number")
        document.add_paragraph(f"Source: {source}")
        document.add_paragraph(f"Addressed to: {actors}")
    (folder / "draft.docx").write_bytes(_saved(document))
    return folder / "draft.docx"


def test_what_is_taken_over_hangs_together_and_nothing_else_is(tmp_path: Path) -> None:
    draft = _with_links(tmp_path)
    import_draft.import_draft(tmp_path / "new", draft.read_bytes(), Request("draft.docx", DAY, registry=ROOT))
    report = validate.validate(tmp_path / "new")
    assert {each.code for each in report.diagnostics if each.severity != "information"} <= LEFT_TO_DO
    # what the cut left without ground would be one of these
    assert not {each.code for each in report.diagnostics} & {"POA501", "POA506", "POA510"}
    new = report.plan
    assert new is not None
    known = load(source_folder.read(ROOT, "")).plan
    assert known is not None
    cited = {"iccpr 25(b)", "hrc-gc25 10"}
    grounds = {
        each
        for one in known.instruments
        for provision in one.provisions
        if f"{one.id} {provision.ref}" in cited
        for each in provision.obligations
    }
    assert {each.id for each in new.obligations} == grounds
    assert 0 < len(grounds) < len(known.obligations)
    assert not new.parts
    assert [each.id for each in new.instruments] == ["hrc-gc25", "iccpr"]
    # of the instruments themselves nothing is cut: more of them can be cited
    whole = {each.id: len(each.provisions) for each in known.instruments}
    assert {each.id: len(each.provisions) for each in new.instruments} == {
        each.id: whole[each.id] for each in new.instruments
    }
    assert {each.id for each in new.actors} == {"states", "embs", "a-new-body"}


def test_ids_avoid_what_is_in_the_new_plan_alone(tmp_path: Path, poa: Poa) -> None:
    """The plan in the registry has a section follow-up; that of the draft is another."""
    _with_links(tmp_path)
    done = poa("import", "draft.docx", "-o", "new", "--registry", ROOT.as_posix(), cwd=tmp_path)
    assert done.status == 0
    assert _yaml(tmp_path / "new/plan/sections/01-follow-up.yaml")["id"] == "follow-up"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("States", "states-2"),
        ("iccpr", "iccpr-2"),
        ("udhr", "udhr"),
        ("A-001", "a-001-2"),
        ("vote", "vote-2"),
    ],
)
def test_a_section_has_no_id_of_what_was_taken_over(tmp_path: Path, heading: str, name: str) -> None:
    document = docx.Document(str(_with_links(tmp_path)))
    document.add_heading(heading, 1)
    document.add_paragraph("States should publish.", "List Number")
    import_draft.import_draft(tmp_path / "new", _saved(document), Request("draft.docx", DAY, registry=ROOT))
    report = validate.validate(tmp_path / "new")
    assert report.plan is not None
    assert report.plan.sections[1].id == name
    assert {each.code for each in report.diagnostics if each.severity == "error"} <= LEFT_TO_DO


def test_without_a_registry_a_note_says_how_to_name_one(tmp_path: Path, poa: Poa) -> None:
    document = docx.Document()
    document.add_heading("Voters", 1)
    document.add_paragraph("States should act.", "List Number")
    document.add_paragraph("Source: ICCPR, art. 25(b)")
    (tmp_path / "draft.docx").write_bytes(_saved(document))
    done = poa("import", "draft.docx", "-o", "new", cwd=tmp_path)
    assert "the source of A-001 is not looked up, as there is no registry: “ICCPR" in done.stderr
    assert "help: name a project that lists what it cites, with --registry DIR; else" in done.stderr
    (tmp_path / "broken/plan").mkdir(parents=True)
    (tmp_path / "broken/plan/plan.yaml").write_text("title: [", "utf-8")
    done = poa("import", "draft.docx", "-o", "other", "--registry", "broken", cwd=tmp_path)
    assert (done.status, "plan/plan.yaml:1" in done.stderr) == (1, True)
    assert "the registry: 1 error; nothing was written" in done.stderr


def test_without_a_registry_the_actors_of_a_table_are_new(tmp_path: Path, poa: Poa) -> None:
    found = HABITS["table"]
    (tmp_path / "draft.docx").write_bytes(found.make(lines(found.text), tmp_path))
    done = poa("import", "draft.docx", "-o", "new", cwd=tmp_path)
    actors = _yaml(tmp_path / "new/plan/actors.yaml")["actors"]
    assert {each["id"]: each["title"] for each in actors} == {
        "states": "States",
        "election-observers": "Election observers",
    }
    assert "new in plan/actors.yaml, by the names that the draft gives them: “States”" in done.stderr


def test_actors_of_a_line_below_an_action_are_told_without_a_table(tmp_path: Path, poa: Poa) -> None:
    document = docx.Document()
    document.add_heading("Voters", 1)
    document.add_paragraph("States should act.", "List Number")
    document.add_paragraph("Addressed to: States")
    (tmp_path / "draft.docx").write_bytes(_saved(document))
    done = poa("import", "draft.docx", "-o", "new", cwd=tmp_path)
    (told,) = (line for line in done.stderr.splitlines() if "POA736" in line)
    assert told.endswith("new in plan/actors.yaml, by the names that the draft gives them: “States”")


def test_what_is_no_word_file_is_told_alike_whatever_was_asked(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "mk.py").write_text("x = 1\n", "utf-8")
    for command in (("import", "mk.py", "-o", "new"), ("pull", "mk.py")):
        done = poa(*command, cwd=tmp_path)
        assert (done.status, "POA721" in done.stderr) == (1, True)
        assert (
            "help: open it in Word, save it as a Word document (.docx), and use the new file" in done.stderr
        )


def test_the_outline_in_markdown_is_markdown(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "table")
    done = poa("import", "draft.docx", "-o", "new", "--dry-run", "--format", "markdown", cwd=tmp_path)
    assert "\n### Outline\n\n| Draft |" in done.stdout
    assert "<strong>" not in done.stdout


def test_every_file_that_is_written_is_told(tmp_path: Path, poa: Poa) -> None:
    _write(tmp_path, "table")
    new = tmp_path / "new"
    new.mkdir()
    (new / ".gitignore").write_text("mine\n", "utf-8")
    planned = json.loads(
        poa("import", "draft.docx", "-o", "new", "--dry-run", "--format", "json", cwd=tmp_path).stdout
    )
    assert sorted(new.iterdir()) == [new / ".gitignore"]
    done = poa("import", "draft.docx", "-o", "new", cwd=tmp_path)
    there = {each.relative_to(new).as_posix() for each in new.rglob("*") if each.is_file()} - {".gitignore"}
    assert set(planned["paths"]) == there
    shown = done.stdout.splitlines()
    assert {f"new/{each}" for each in there if each.startswith("plan/")} == set(shown)
    (said,) = (each for each in done.stderr.splitlines() if "that every plan has" in each)
    assert said.startswith(f"and {len(there) - len(shown)} files that every plan has, as of `poa init`: ")
    assert ".github" in said
    assert "schema" in said
    assert ".gitignore" not in said


def test_tracked_changes_are_kept_as_comments_of_who_made_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("First things", 1)
    paragraph = document.add_paragraph("States should ", "List Number")
    for tag, text, words in (("del", "delText", "act"), ("ins", "t", "publish the law")):
        run = f"<w:r><w:{text}>{words}</w:{text}></w:r>"
        mark = (
            f'<w:{tag} {nsdecls("w")} w:id="1" w:author="One" w:date="2017-11-01T10:00:00Z">{run}</w:{tag}>'
        )
        paragraph._p.append(parse_xml(mark))
    paragraph.add_run(".")
    made = import_draft.import_draft(tmp_path / "new", _saved(document), Request("draft.docx", DAY))
    assert made.amendments == 1
    (row,) = _yaml(tmp_path / "new/plan/amendments/draft.yaml")["amendments"]
    assert (row["kind"], row["record"], row["field"]) == ("comment", "A-001", "text")
    assert row["context"] == "the text before the changes: “States should act.”"
    assert row["comment"].endswith("“act” became “publish the law”.")
    assert row["base"].startswith("sha256:")
    report = validate.validate(tmp_path / "new")
    assert {each.code for each in report.diagnostics if each.severity == "error"} <= LEFT_TO_DO
    assert not [each for each in report.diagnostics if each.code.startswith("POA43")]


def test_comments_in_the_margin_are_kept_with_author_and_day(tmp_path: Path) -> None:
    document = docx.Document()
    heading = document.add_heading("First things", 1)
    action = document.add_paragraph("States should act.", "List Number")
    document.add_comment(action.runs, "Why?", author="One")
    document.add_comment(heading.runs, "Which?", author="Two")
    made = import_draft.import_draft(tmp_path / "new", _saved(document), Request("draft.docx", DAY))
    assert made.amendments == 2
    rows = _yaml(tmp_path / "new/plan/amendments/draft.yaml")["amendments"]
    said = {(row["record"], row["field"], row["proposer"], row["comment"], row["context"]) for row in rows}
    assert said == {
        ("A-001", "text", "One", "Why?", "on “States should act.”"),
        ("first-things", "title", "Two", "Which?", "on “First things”"),
    }
    assert not [each for each in validate.validate(tmp_path / "new").diagnostics if "POA43" in each.code]


def test_books_that_are_off_are_an_error() -> None:
    assert import_draft.unbalanced(Balance(3, 1, 1, 1), "draft.docx") is None
    off = import_draft.unbalanced(Balance(3, 1, 1, 0), "draft.docx")
    assert off is not None
    assert (off.code, off.severity) == ("POA727", "error")
