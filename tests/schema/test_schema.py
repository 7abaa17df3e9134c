"""The committed schemas are those of the model, and both say the same of the same data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import small_plan
from conftest import ROOT

from poa_toolkit.api import validate
from poa_toolkit.api.schema import schemas
from poa_toolkit.diagnostic import Severity
from poa_toolkit.load import yaml_tree
from poa_toolkit.model.file_kinds import FILE_KINDS, kind_of

SCHEMAS = {name: json.loads(text) for name, text in schemas().items()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_that_of_the_model(name: str) -> None:
    assert (ROOT / "schema" / name).read_text(encoding="utf-8") == schemas()[name], "run: make schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"$schema", "$id", "title", "description"} <= set(schema)
    assert len({each["$id"] for each in SCHEMAS.values()}) == len(SCHEMAS)


def test_there_is_no_other_file_in_the_folder() -> None:
    assert {path.name for path in (ROOT / "schema").iterdir()} == set(SCHEMAS)


def _properties(schema: object, path: str = "") -> list[tuple[str, dict[str, object]]]:
    if isinstance(schema, list):
        return [found for each in schema for found in _properties(each, path)]
    if not isinstance(schema, dict):
        return []
    found = [(f"{path}/{name}", each) for name, each in schema.get("properties", {}).items()]
    return found + [each for name, value in schema.items() for each in _properties(value, f"{path}/{name}")]


@pytest.mark.parametrize("kind", [kind.name for kind in FILE_KINDS])
def test_every_field_is_described(kind: str) -> None:
    bare = [path for path, each in _properties(SCHEMAS[f"{kind}.schema.json"]) if not each.get("description")]
    assert bare == []


@pytest.mark.parametrize("kind", [kind.name for kind in FILE_KINDS])
def test_only_keywords_that_older_tools_know(kind: str) -> None:
    text = json.dumps(SCHEMAS[f"{kind}.schema.json"])
    assert not any(
        f'"{word}"' in text for word in ("prefixItems", "unevaluatedProperties", "dependentRequired")
    )


@pytest.mark.parametrize("path", sorted((ROOT / "plan").rglob("*.yaml")), ids=lambda path: path.name)
def test_the_shipped_plan_keeps_the_schemas(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    kind = kind_of(name)
    assert kind is not None
    jsonschema.validate(yaml_tree.read(name, path.read_bytes()).value, SCHEMAS[f"{kind.name}.schema.json"])


@pytest.mark.parametrize("path", sorted((ROOT / "plan/baselines").glob("*.json")), ids=lambda path: path.name)
def test_the_shipped_baselines_keep_theirs(path: Path) -> None:
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), SCHEMAS["baseline.schema.json"])


@pytest.mark.parametrize("name", sorted(small_plan.FILES))
def test_examples_and_small_files_keep_the_schemas(name: str) -> None:
    kind = kind_of(f"plan/{name}")
    assert kind is not None
    schema = SCHEMAS[f"{kind.name}.schema.json"]
    for data in (small_plan.FILES[name], *schema.get("examples", ())):
        jsonschema.validate(data, schema)


# --- what is required ---------------------------------------------------------------------------

FULL: dict[str, dict[str, Any]] = {
    "text": {"record": "A-002", "field": "text", "proposed": "States shall answer."},
    "add": {"section": "first", "proposed": "Monitors should report."},
    "remove": {"record": "A-002"},
    "comment": {"record": "A-002", "field": "text", "comment": "Who pays?"},
    "corrigendum": {"record": "A-002", "field": "text", "proposed": "States shall answer."},
}
DECIDED = {"state": "modified", "modified": "States must answer.", "decided_by": "The chair"}


def _said(schema: str, record: str, key: str) -> str:
    data = SCHEMAS[f"{schema}.schema.json"]
    node = data if record in ("Section", "Source") else data["$defs"][record]
    return str(node["properties"][key]["description"])


def _errors(project: Path, data: dict[str, Any]) -> set[str]:
    found = validate.validate(small_plan.write(project, data)).diagnostics
    return {each.code for each in found if each.severity is Severity.ERROR}


@pytest.mark.parametrize("key", list(small_plan.FILES["sections/01-first.yaml"]["actions"][0]))
def test_a_key_of_an_action_is_called_required_where_its_absence_is_an_error(
    key: str, tmp_path: Path
) -> None:
    data = small_plan.files()
    del small_plan.action(data)[key]
    assert bool(_errors(tmp_path, data)) == ("Required" in _said("section", "Action", key))


@pytest.mark.parametrize("key", ["consultation", "recommendations"])
def test_a_key_of_a_file_of_recommendations_is_too(key: str, tmp_path: Path) -> None:
    data = small_plan.files()
    for action in data["sections/01-first.yaml"]["actions"]:
        action["recommendations"] = ["late-recommendation"]
    data["recommendations/late.yaml"]["recommendations"][0].update(date="2016", not_taken_up=None)
    assert _errors(tmp_path, data) == set()
    del data["recommendations/hres-2015-02.yaml"][key]
    assert bool(_errors(tmp_path, data)) == ("Required" in _said("recommendations", "Source", key))


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, keys in FULL.items() for key in keys])
def test_what_one_kind_of_amendment_needs_is_called_required_where_it_is_that(
    kind: str, key: str, tmp_path: Path
) -> None:
    amendment = {"id": "f-1", "kind": kind, **FULL[kind], "proposer": "A", "date": "2017-12-04"}
    data = small_plan.files() | {"amendments/floor.yaml": {"amendments": [amendment]}}
    assert _errors(tmp_path, data) == set()
    del amendment[key]
    words = _said("amendments", "Amendment", key)
    is_said = bool(re.search(rf"Required where `kind` is [a-z ]*\b{kind}\b", words))
    assert bool(_errors(tmp_path, data)) == is_said


@pytest.mark.parametrize("key", ["modified", "decided_by", "decided"])
def test_what_a_decided_amendment_needs_is_called_required(key: str, tmp_path: Path) -> None:
    decided = {**DECIDED, "decided": "2017-12-05"}
    amendment = {"id": "f-1", **FULL["text"], "proposer": "A", "date": "2017-12-04", **decided}
    del amendment[key]
    assert "POA430" in _errors(
        tmp_path, small_plan.files() | {"amendments/f.yaml": {"amendments": [amendment]}}
    )
    assert "Required where `state` is " in _said("amendments", "Amendment", key)


def test_the_reference_shows_what_is_required() -> None:
    page = (ROOT / "docs/editors/reference.md").read_text("utf-8")
    for key in ("provisions", "recommendations", "addressees", "status", "text"):
        assert f"| **`{key}`** |" in page.partition("### Action")[2].partition("###")[0]
    assert "| `timeframe` |" in page
    assert "| `decided_by` | text |" in page
