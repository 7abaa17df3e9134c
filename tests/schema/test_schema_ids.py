"""Schemas that know one plan."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import small_plan
from conftest import ROOT

from poa_toolkit.api import new
from poa_toolkit.api.schema import schemas
from poa_toolkit.api.validate import validate
from poa_toolkit.load import yaml_tree
from poa_toolkit.model.file_kinds import kind_of

if TYPE_CHECKING:
    from conftest import Poa

WRITE = ("schema", "--write", "--ids")


@pytest.fixture
def project(tmp_path: Path, poa: Poa) -> Path:
    """The small plan, with schemas that know it."""
    small_plan.write(tmp_path)
    assert poa(*WRITE, cwd=tmp_path).status == 0
    return tmp_path


def _schema(project: Path, kind: str) -> Any:
    return json.loads((project / "schema" / f"{kind}.schema.json").read_text("utf-8"))


def _codes(project: Path) -> list[str]:
    return [each.code for each in validate(project).diagnostics if each.code == "POA931"]


def test_links_may_name_what_the_plan_has_and_nothing_else(project: Path) -> None:
    action = _schema(project, "section")["$defs"]["Action"]["properties"]
    assert action["addressees"]["items"]["enum"] == ["observers", "states"]
    assert action["addressees"]["items"]["enumDescriptions"] == ["election observers", "States"]
    assert "hres-2015-02-r2" in action["recommendations"]["items"]["enum"]
    assert "iccpr 25(b)" in action["provisions"]["items"]["examples"]
    valid, bad = small_plan.files()["sections/01-first.yaml"], small_plan.files()["sections/01-first.yaml"]
    bad["actions"][0]["provisions"] = ["icpr 25"]
    jsonschema.validate(valid, _schema(project, "section"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, _schema(project, "section"))


def test_a_whole_or_a_part_of_a_listed_provision_may_be_cited(project: Path) -> None:
    section = small_plan.files()["sections/01-first.yaml"]
    section["actions"][0]["provisions"] = ["iccpr 25", "iccpr 19(2)"]
    jsonschema.validate(section, _schema(project, "section"))


def test_the_shipped_plan_keeps_its_own_schemas(tmp_path: Path, poa: Poa) -> None:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    assert poa(*WRITE, cwd=tmp_path).status == 0
    for path in sorted((tmp_path / "plan").rglob("*.yaml")):
        name = path.relative_to(tmp_path).as_posix()
        kind = kind_of(name)
        assert kind is not None
        schema = _schema(tmp_path, kind.name)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(yaml_tree.read(name, path.read_bytes()).value, schema)


def test_schemas_that_know_another_plan_are_a_finding(project: Path, poa: Poa) -> None:
    assert _codes(project) == []
    assert poa("rename", "observers", "watchers", cwd=project).status == 0
    assert _codes(project) == ["POA931"]
    stale = poa("schema", "--check", cwd=project)
    assert stale.status == 1
    assert "schema/section.schema.json is not up to date" in stale.stderr
    # what lies there knows ids, so what is written anew does too
    assert poa("schema", "--write", cwd=project).status == 0
    assert _codes(project) == []
    assert poa("schema", "--check", cwd=project).status == 0


def test_a_new_action_makes_no_schema_old(project: Path, poa: Poa) -> None:
    added = poa("new", "action", "--section", "first", "--text", "States should answer.", cwd=project)
    assert added.status == 0, added.stderr
    assert _codes(project) == []


def test_schemas_without_ids_are_no_finding(project: Path, poa: Poa) -> None:
    assert poa("schema", "--write", "--no-ids", cwd=project).status == 0
    assert {path.name: path.read_text("utf-8") for path in (project / "schema").iterdir()} == schemas()
    assert poa("rename", "observers", "watchers", cwd=project).status == 0
    assert _codes(project) == []


def test_ids_that_cannot_be_read_write_nothing(project: Path, poa: Poa) -> None:
    (project / "plan/actors.yaml").write_text("actors: [", "utf-8")
    before = _schema(project, "section")
    done = poa(*WRITE, cwd=project)
    assert done.status == 1
    assert re.match("plan/actors.yaml:[12]:[0-9]: error POA003", done.stderr)
    assert _schema(project, "section") == before


def test_a_folder_without_a_plan_has_no_ids(tmp_path: Path, poa: Poa) -> None:
    done = poa(*WRITE, cwd=tmp_path)
    assert (done.status, done.stdout) == (2, "")
    assert not (tmp_path / "schema").exists()


def test_a_new_plan_has_schemas_that_know_it(tmp_path: Path, poa: Poa) -> None:
    new.init(tmp_path, date(2017, 12, 4))
    assert "examples-r1" in json.dumps(_schema(tmp_path, "section"))
    assert poa("schema", "--check", cwd=tmp_path).status == 0
    assert _codes(tmp_path) == []
