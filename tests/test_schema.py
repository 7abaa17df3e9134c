"""The committed schemas are those of the model, and both say the same of the same data."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import small_plan

from poa_toolkit.api import reference
from poa_toolkit.load import tree
from poa_toolkit.model.files import FILE_KINDS, kind_of

ROOT = Path(__file__).parent.parent
SCHEMAS = {name: json.loads(text) for name, text in reference.schemas().items()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_that_of_the_model(name: str) -> None:
    assert (ROOT / "schema" / name).read_text(encoding="utf-8") == reference.schemas()[name], (
        "run: make schema"
    )


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
    jsonschema.validate(tree.read(name, path.read_bytes()).value, SCHEMAS[f"{kind.name}.schema.json"])


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
