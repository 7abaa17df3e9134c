"""JSON Schemas, generated from the types they describe, for editors and for other tools.

Dialect 2020-12, with only those keywords that draft-07 tools honour too.
"""

from __future__ import annotations

import ast
import inspect
import json
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter

from poa_toolkit import model
from poa_toolkit.model.file_kinds import FILE_KINDS, FileKind

if TYPE_CHECKING:
    from collections.abc import Mapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(required: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return every schema of the project: file name → text, each ending in a line feed.

    `required` says, by the type of a record and a key, when rules want that key though the type does not.
    """
    found = {f"{kind.name}.schema.json": _of_file(kind, required) for kind in FILE_KINDS}
    found["baseline.schema.json"] = _of_model(
        model.Baseline, "baseline", "A frozen version of a plan: plan/baselines/*.json", {}
    )
    return {name: _print(schema) for name, schema in found.items()}


def to_text(name: str, body: dict[str, Any]) -> str:
    """Print a schema, with the head that every schema of the project has."""
    return _print({**_head(name), **body})


def _head(name: str) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": f"urn:poa-toolkit:schema:{name}:{model.SCHEMA_VERSION}", "title": name}


def _of_file(kind: FileKind, required: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    schema = _of_model(kind.root, kind.name, f"{_summary(kind.root)} File: {kind.pattern}", required)
    if kind.name in _EXAMPLES:
        schema["examples"] = [_EXAMPLES[kind.name]]
    return schema


def _of_model(
    root: type[BaseModel], name: str, description: str, required: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    schema = TypeAdapter(root).json_schema(by_alias=True, mode="validation")
    schema = _tidy(schema)
    _describe(schema, root, required)
    head = {**_head(name), "description": description}
    return {**head, **{key: value for key, value in schema.items() if key not in head}}


def _print(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any) -> Any:  # noqa: ANN401
    """Leave out generated titles and null defaults, and fold ``anyOf [X, null]`` into one type."""
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    options = node.get("anyOf", ())
    if len(options) == 2 and options[1] == {"type": "null"}:  # noqa: PLR2004 - X or null
        rest = {key: value for key, value in node.items() if key not in ("anyOf", "default", "title")}
        option = _tidy(options[0])
        if "type" in option:
            return {**option, **rest, "type": [option["type"], "null"]}
        return {**rest, "anyOf": [option, {"type": "null"}]}
    return {
        key: _properties(value) if key in ("properties", "$defs") else _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value in (None, []))
    }


def _properties(node: dict[str, Any]) -> dict[str, Any]:
    return {name: _tidy(each) for name, each in node.items()}


def _describe(schema: dict[str, Any], root: type[BaseModel], required: Mapping[tuple[str, str], str]) -> None:
    """Put the docstrings of classes and fields into a schema, as descriptions that say what is required."""
    described = {"": schema, **schema.get("$defs", {})}
    for name, node in described.items():
        owner: Any = getattr(model, name, None) if name else root
        if not inspect.isclass(owner):
            continue
        if name:
            node["title"] = name
            node["description"] = _summary(owner)
        if not issubclass(owner, BaseModel):
            continue
        words = {key: text for cls in reversed(owner.__mro__) for key, text in _fields(cls).items()}
        for key, field in owner.model_fields.items():
            spelt = field.alias or key
            if spelt in node.get("properties", {}) and key in words:
                always = "Required" if spelt in node.get("required", ()) else ""
                when = required.get((owner.__name__, spelt), always)
                _put(node["properties"], spelt, f"{words[key]} {when}." if when else words[key])


def _put(properties: dict[str, Any], name: str, description: str) -> None:
    """Describe one property; a lone ``$ref`` is wrapped, since draft-07 ignores its neighbours."""
    node = properties[name]
    if "$ref" in node:
        node = {"allOf": [{"$ref": node["$ref"]}], **{k: v for k, v in node.items() if k != "$ref"}}
    properties[name] = {"description": description, **node}


def _summary(owner: type) -> str:
    return (inspect.getdoc(owner) or "").partition("\n")[0]


@cache
def _fields(owner: type) -> dict[str, str]:
    """Read the docstrings that stand below the fields of a class in its source."""
    if not owner.__module__.startswith("poa_toolkit."):
        return {}
    tree = ast.parse(inspect.getsource(owner)).body[0]
    found: dict[str, str] = {}
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    for statement, after in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            found[statement.target.id] = " ".join(inspect.cleandoc(str(after.value.value)).split())
    return found


_EXAMPLES: dict[str, Any] = {
    "section": {
        "id": "treaty-bodies",
        "title": "Election evidence before the treaty bodies",
        "actions": [
            {
                "id": "A-007",
                "text": "Observers should send their findings to the treaty bodies.",
                "level": ["national", "international"],
                "addressees": ["intl-observers"],
                "recommendations": ["hres-2015-02-r3"],
                "why": "Turns the mapping of mechanisms into a working channel.",
                "provisions": ["iccpr 25(b)", "hrc-gc25 20"],
                "status": "draft",
            }
        ],
    },
    "instruments": {
        "instruments": [
            {
                "id": "iccpr",
                "kind": "treaty",
                "unit": "article",
                "title": "International Covenant on Civil and Political Rights",
                "adopted": "1966-12-16",
                "provisions": [{"ref": "25(b)", "subject": "vote and be elected", "verified": True}],
            }
        ]
    },
    "recommendations": {
        "consultation": {"id": "hres-2015-02", "title": "Inaugural conference", "dates": ["2015-02-11"]},
        "recommendations": [
            {"id": "hres-2015-02-r1", "text": "Tell States more about their duties.", "origin": "recorded"}
        ],
    },
    "actors": {"actors": [{"id": "states", "title": "States"}]},
    "plan": {
        "title": "A plan of action",
        "stage": "draft",
        "stages": [{"id": "draft", "date": "2017-12-03", "allows": {"brackets": True}}],
    },
}
