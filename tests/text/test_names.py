"""Names that mean something else to a command, to git or to Windows: no id, no baseline, no file bears one."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
import small_plan
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from poa_toolkit.api.returned_files import slug
from poa_toolkit.api.validate import validate
from poa_toolkit.model.file_kinds import FILE_KINDS
from poa_toolkit.text import valid_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Poa

RESERVED = (
    "-x",
    "--",
    "-",
    "CON",
    "con",
    "nul",
    "PRN",
    "AUX",
    "COM1",
    "com0",
    "LPT9",
    "HEAD",
    "head",
    "Head",
)
UNFIT = (
    *RESERVED,
    *("con.yaml", "CONIN$", "CONOUT$", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "@", "a.", "a ", " a"),
    *("", ".", "..", "a/b", "a\\b", "a\nb", "a\n", "\x1b[1m", "COM¹", "é", "x" * 29),
)
FIT = ("a", "A-001", "0", "console", "con-1", "aux2", "com10", "lpt", "heading", "x-", "null", "x" * 28)


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_no_name_says_why(name: str) -> None:
    assert valid_names.fault(name)


@pytest.mark.parametrize("name", FIT)
def test_what_is_a_name_is_left_alone(name: str) -> None:
    assert valid_names.fault(name) == ""
    assert valid_names.unreserved(name) == name


WAYS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "rename": lambda name: ("rename", "--", "observers", name),
    "a point": lambda name: ("rename", "--", "plan/sections/01-first.yaml:10", name),
    "new section": lambda name: ("new", "section", f"--id={name}", "--title", "More"),
    "new instrument": lambda name: (
        *("new", "instrument", f"--id={name}", "--family", "more", "--kind", "treaty"),
        *("--unit", "article", "--title", "A treaty", "--adopted", "1990"),
    ),
    "a family": lambda name: (
        *("new", "instrument", "--id", "more", f"--family={name}", "--kind", "treaty"),
        *("--unit", "article", "--title", "A treaty", "--adopted", "1990"),
    ),
    "new recommendation": lambda name: (
        *("new", "recommendation", "--source", "hres-2015-02", "--text", "Tell.", f"--id={name}"),
    ),
    "baseline create": lambda name: ("baseline", "create", "--", name),
    "a provisional baseline": lambda name: ("baseline", "create", "--provisional", "--", name),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_command_gives_such_a_name(way: str, tmp_path: Path, poa: Poa) -> None:
    project = small_plan.write(tmp_path)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    names = [name for name in UNFIT if way != "a family" or len(name) < valid_names.LONGEST]
    for name in names:
        if name == "" and way == "new recommendation":
            continue  # as if --id were not there
        done = poa(*WAYS[way](name), cwd=project)
        assert done.status == 2, name
        assert done.stderr.count("\n") == 1, name
        assert "cannot" in done.stderr, name
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def _renamed(data: object, old: str, new: str) -> object:
    if isinstance(data, dict):
        return {key: _renamed(each, old, new) for key, each in data.items()}
    if isinstance(data, list):
        return [_renamed(each, old, new) for each in data]
    return new if data == old else data


RECORDS = ("day-1", "F-01", "first", "C-01", "A-002", "b", "hres-2015-02", "hres-2015-02-r2", "iccpr", "tcc")


@pytest.mark.parametrize("old", [*RECORDS, "observers", "vote"])
def test_no_record_of_a_file_bears_such_a_name(old: str, tmp_path: Path) -> None:
    for name in ("-x", "CON", "lpt9", "Head"):
        data = {path: _renamed(each, old, name) for path, each in small_plan.files().items()}
        found = [each.code for each in validate(small_plan.write(tmp_path, data)).diagnostics]
        assert "POA109" in found, name


def test_the_fault_is_told_where_it_stands(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"]["id"] = "con"
    done = poa("validate", cwd=small_plan.write(tmp_path, data))
    said = 'plan/sections/01-first.yaml:1:5: error POA109 "con" can be no id: Windows calls a device so'
    assert (done.status, said in done.stdout) == (1, True), done.stdout


@given(st.text(st.sampled_from("ACMNOPRULXacdehlmnoprtux-0123"), min_size=1, max_size=6))
@example("CON")
@example("-x")
def test_schemas_of_editors_refuse_what_the_toolkit_refuses(name: str) -> None:
    schema = json.loads(SCHEMA)
    form = schema["$defs"]["Stage"]["properties"]["id"]
    refused = not re.search(form["pattern"], name) or bool(re.search(form["not"]["pattern"], name))
    assert refused == bool(valid_names.fault(name))


SCHEMA = (ROOT / "schema/plan.schema.json").read_text("utf-8")


def test_every_field_that_holds_an_id_refuses_them() -> None:
    """A field that is called `id` is an `Id`, whichever the record."""
    for kind in FILE_KINDS:
        schema = kind.root.model_json_schema()
        for each in (schema, *schema.get("$defs", {}).values()):
            form = each.get("properties", {}).get("id")
            assert form is None or form["not"] == {
                "type": "string",
                "pattern": valid_names.RESERVED_PATTERN,
            }, (
                kind.name,
                each["title"],
            )


def test_a_frozen_version_keeps_the_ids_that_it_has(tmp_path: Path, poa: Poa) -> None:
    """Nobody can mend it: what was frozen before such names were refused can still be read."""
    project = small_plan.write(tmp_path)
    assert poa("baseline", "create", "day", cwd=project).status == 0
    frozen = project / "plan/baselines/day.json"
    frozen.write_text(frozen.read_text("utf-8").replace('"id": "observers"', '"id": "aux"'), "utf-8")
    done = poa("baseline", "verify", cwd=project)
    assert "cannot be read" not in done.stdout + done.stderr


# --- names that are made --------------------------------------------------------------------------


@given(st.one_of(st.sampled_from([*RESERVED, "con.docx", "Aux.docx", "HEAD"]), st.text(max_size=70)))
def test_a_name_made_of_another_is_one(name: str) -> None:
    assert valid_names.fault(slug(name), longest=valid_names.LONGEST_FILE) == ""


HEADINGS = ("Con", "Aux", "Head", "-", "NUL", "Com1", "Prn.")


def test_ids_made_of_headings_are_ids(tmp_path: Path, poa: Poa) -> None:
    document = docx.Document()
    for heading in HEADINGS:
        document.add_heading(heading, 1)
        document.add_paragraph(f"States should act on {heading}.", "List Number")
    document.save(str(tmp_path / "con.docx"))
    assert poa("import", "con.docx", "-o", "new", cwd=tmp_path).status in (0, 1)
    found = validate(tmp_path / "new")
    assert not {"POA015", "POA109"} & {each.code for each in found.diagnostics}
    assert found.plan is not None
    assert len(found.plan.sections) >= len(HEADINGS) - 1


# --- names of files ---------------------------------------------------------------------------------

NFC, NFD = (unicodedata.normalize(form, "é") for form in ("NFC", "NFD"))
FILES = {
    ("con.yaml",): "the device that it calls so",
    ("AUX.yaml",): "the device that it calls so",
    ("com1.old.yaml",): "the device that it calls so",
    ("conin$.yaml",): "the device that it calls so",
    ("a\nb.yaml",): "one of its signs",
    ("a\x1b[1m.yaml",): "one of its signs",
    ("a:b.yaml",): "one of its signs",
    ("x.yaml", "X.yaml"): "cannot tell its name from that of",
    (f"{NFC}.yaml", f"{NFD}.yaml"): "cannot tell its name from that of",
}


@pytest.mark.parametrize("names", FILES)
def test_a_file_that_another_system_cannot_have_is_told(names: tuple[str, ...], tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    for at, name in enumerate(names):
        text = f"id: more-{at}\ntitle: More\nactions: []\n"
        (project / "plan/sections" / name).write_text(text, "utf-8")
    (found,) = [each for each in validate(project).diagnostics if each.code == "POA015"]
    assert FILES[names] in found.message
    assert found.location.path.endswith(names)
    assert found.help


@pytest.mark.parametrize(
    "name", ["console.yaml", "con-1.yaml", "x.yaml", "é.yaml", "02-aux.yaml", "com10.yaml"]
)
def test_a_file_that_every_system_can_have_is_left_alone(name: str, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    (project / "plan/sections" / name).write_text("id: more\ntitle: More\nactions: []\n", "utf-8")
    assert [each.code for each in validate(project).diagnostics if each.code == "POA015"] == []
