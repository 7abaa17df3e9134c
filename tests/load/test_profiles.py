"""Profiles: a secretariat's own JSON Schemas, applied to the plan, their violations located and said in words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import small_plan

from poa_toolkit.api import validate
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Severity

if TYPE_CHECKING:
    from conftest import Poa

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _files() -> dict[str, Any]:
    """Give the small plan; its second action says neither why nor where."""
    data = small_plan.files()
    for key in ("why", "level"):
        small_plan.action(data, 1).pop(key, None)
    return data


def _project(project: Path, profile: object, data: dict[str, Any] | None = None) -> Path:
    """Write the small plan and its one profile; a profile that is text goes in as it is."""
    data = data or _files()
    data["plan.yaml"]["profiles"] = ["house.json"]
    small_plan.write(project, data)
    text = profile if isinstance(profile, str) else json.dumps(profile)
    (project / "house.json").write_text(text, "utf-8")
    return project


def _found(project: Path, **options: Any) -> list[tuple[str, str, str]]:
    report = validate.validate(project, config=Config(select=("POA9",)), **options)
    return [(each.code, str(each.location), each.message) for each in report.diagnostics]


def _of_actions(schema: object) -> dict[str, Any]:
    """Give a profile that asks something of every action."""
    actions = {"properties": {"actions": {"items": schema}}}
    return {"title": "House rules", "properties": {"sections": {"items": actions}}}


def _of_action(**properties: object) -> dict[str, Any]:
    return _of_actions({"properties": properties})


def test_a_plan_that_keeps_its_profile_is_clean(tmp_path: Path) -> None:
    assert _found(_project(tmp_path, _of_actions({"required": ["addressees"]}))) == []


def test_a_violation_is_an_error_at_the_record(tmp_path: Path) -> None:
    project = _project(tmp_path, _of_actions({"required": ["why", "timeframe"]}))
    assert _found(project) == [
        ("POA921", "plan/sections/01-first.yaml:7:3", "`timeframe` is missing (House rules)"),
        ("POA921", "plan/sections/01-first.yaml:24:3", "`timeframe` is missing (House rules)"),
        ("POA921", "plan/sections/01-first.yaml:24:3", "`why` is missing (House rules)"),
    ]
    assert validate.validate(project).failed()


@pytest.mark.parametrize(
    ("asked", "place", "message"),
    [
        ({"status": {"const": "agreed"}}, "23:11", '`status` must be "agreed", not "draft"'),
        (
            {"status": {"enum": ["agreed", "refined"]}},
            "23:11",
            '`status` must be one of "agreed", "refined", not "draft"',
        ),
        (
            {"why": {"pattern": "^Because"}},
            "20:8",
            '`why` must be of the form ^Because, not "Makes the channel work."',
        ),
        ({"why": {"maxLength": 5}}, "20:8", "`why` has 23 characters; 5 are allowed"),
        ({"why": {"minLength": 99}}, "20:8", "`why` has 23 characters; 99 are needed"),
        ({"points": {"maxItems": 1}}, "9:3", "`points` has 2 items; 1 are allowed"),
        ({"points": {"minItems": 3}}, "9:3", "`points` has 2 items; 3 are needed"),
        ({"points": False}, "9:3", "`points` may not be used here"),
        (
            {"points": {"items": {"properties": {"id": {"const": True}}}}},
            "10:9",
            '`id` must be true, not "a"',
        ),
        (
            {"points": {"items": {"additionalProperties": False, "properties": {"id": True}}}},
            "11:5",
            "`text` may not be used here",
        ),
        (
            {"points": {"items": {"additionalProperties": False, "patternProperties": {"i": True}}}},
            "10:5",
            "`points` is not as `additionalProperties` asks",
        ),
        (
            {"points": {"items": {"additionalProperties": {"type": "integer"}, "properties": {"id": True}}}},
            "11:11",
            "`text` is not as `type` asks",
        ),
        ({"level": {"contains": {"const": "regional"}}}, "14:3", "`level` lacks an item that must be there"),
        (
            {"why": {"not": {"type": "string"}}},
            "20:8",
            '`why` may not be as it is: "Makes the channel work."',
        ),
        ({"level": {"not": {"minItems": 1}}}, "14:3", "`level` may not be as it is: a list of 1"),
        (
            {"points": {"items": {"not": {"required": ["id"]}}}},
            "10:5",
            "`points` may not be as it is: a block of keys",
        ),
        ({"why": {"anyOf": [False, False]}}, "20:8", "`why` has none of the forms that are allowed"),
        (
            {"why": {"oneOf": [True, True]}},
            "20:8",
            "`why` has not exactly one of the forms that are allowed",
        ),
        ({"why": {"type": "integer"}}, "20:8", "`why` is not as `type` asks"),
    ],
)
def test_what_a_profile_asks_is_said_in_words(
    asked: dict[str, Any], place: str, message: str, tmp_path: Path
) -> None:
    first = _found(_project(tmp_path, _of_action(**asked)))[0]
    assert first == ("POA921", f"plan/sections/01-first.yaml:{place}", f"{message} (House rules)")


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ({"minimum": 3}, "`number` must be at least 3, not 2"),
        ({"maximum": 1}, "`number` must be at most 1, not 2"),
        ({"const": 3}, "`number` must be 3, not 2"),
    ],
)
def test_numbers(number: dict[str, Any], message: str, tmp_path: Path) -> None:
    profile = {"properties": {"obligations": {"items": {"properties": {"number": number}}}}}
    assert _found(_project(tmp_path, profile)) == [
        ("POA921", "plan/obligations.yaml:3:11", f"{message} (house.json)")
    ]


def test_a_repeated_item(tmp_path: Path) -> None:
    data = _files()
    small_plan.action(data)["level"] = ["national", "national"]
    (found,) = _found(_project(tmp_path, _of_action(level={"uniqueItems": True}), data))
    assert found[2] == "`level` names something twice (House rules)"


def test_the_plan_as_a_whole(tmp_path: Path) -> None:
    assert _found(_project(tmp_path, {"required": ["conference"]})) == [
        ("POA921", "plan/plan.yaml:1:1", "`conference` is missing (house.json)")
    ]
    assert _found(_project(tmp_path, {"type": "array"})) == [
        ("POA921", "plan/plan.yaml:1:1", "the plan is not as `type` asks (house.json)")
    ]
    assert _found(_project(tmp_path, "false")) == [
        ("POA921", "plan/plan.yaml:1:1", "the plan may not be used here (house.json)")
    ]


def test_the_description_of_what_is_asked_is_its_cure(tmp_path: Path) -> None:
    asked = {"why": {"pattern": "^Because", "description": "begin it with Because"}}
    project = _project(tmp_path, _of_action(**asked))
    report = validate.validate(project, config=Config(select=("POA9",)))
    assert [each.help for each in report.diagnostics] == ["begin it with Because"]


def test_long_values_are_cut(tmp_path: Path) -> None:
    data = _files()
    small_plan.action(data)["why"] = "x" * 100
    (found,) = _found(_project(tmp_path, _of_action(why={"const": "y"}), data))
    assert found[2] == f'`why` must be "y", not "{"x" * 60}…" (House rules)'


def test_a_default_is_there_and_what_is_empty_is_not(tmp_path: Path) -> None:
    profile = {
        "properties": {
            "style": {"const": "carter"},
            "instruments": {
                "items": {"required": ["provisions"], "properties": {"verified": {"const": True}}}
            },
        }
    }
    data = _files()
    record = {"kind": "treaty", "unit": "article", "title": "x", "adopted": "2001", "source": "y"}
    provision = {"ref": "1", "subject": "elections"}
    data["instruments/universal.yaml"]["instruments"] = [
        {"id": "full", **record, "provisions": [provision], "verified": True},
        {"id": "empty", **record, "provisions": []},
    ]
    assert [(place, message) for _, place, message in _found(_project(tmp_path, profile, data))] == [
        ("plan/instruments/universal.yaml:12:3", "`provisions` is missing (house.json)"),
        ("plan/instruments/universal.yaml:12:3", "`verified` must be true, not false (house.json)"),
        ("plan/plan.yaml:1:1", '`style` must be "carter", not "un" (house.json)'),
    ]


def test_references_inside_a_profile_are_followed(tmp_path: Path) -> None:
    profile = {
        **_of_action(why={"$ref": "#/$defs/short"}),
        "$schema": DIALECT,
        "$id": "https://example.org/house",
        "$defs": {"short": {"maxLength": 5, "enum": ["$ref"], "default": {"$ref": "https://example.org/x"}}},
    }
    assert [code for code, _, _ in _found(_project(tmp_path, profile))] == ["POA921", "POA921"]


def test_a_violation_can_be_weighed_and_waived(tmp_path: Path) -> None:
    data = _files()
    waiver = {"code": "POA921", "record": "A-001", "reason": "Agreed.", "until": "2030-01-01"}
    data["poa.yaml"] = {"severities": {"POA921": "warning"}, "waivers": [waiver]}
    project = _project(tmp_path, _of_actions({"required": ["timeframe"]}), data)
    report = validate.validate(project, config=Config(select=("POA9",)))
    assert [(each.code, each.severity) for each in report.diagnostics] == [("POA921", Severity.WARNING)]
    assert report.waived == 1
    assert validate.validate(tmp_path, config=Config(ignore=("POA921",))).waived == 0


def test_a_plan_that_cannot_be_read_whole_is_not_measured(tmp_path: Path) -> None:
    data = _files()
    small_plan.action(data)["status"] = "agree"
    project = _project(tmp_path, {"required": ["conference"]}, data)
    assert _found(project) == []
    (project / "house.json").unlink()
    assert [code for code, _, _ in _found(project)] == ["POA922"]


# --- profiles that cannot be used --------------------------------------------------------------


def _nested(depth: int) -> str:
    return '{"not":' * depth + "true" + "}" * depth


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("{", "house.json: the profile is no JSON: Expecting property name enclosed in double quotes: "),
        ("title: House", "house.json: the profile is no JSON: Expecting value: line 1 column 1 (char 0)"),
        ('{"title": "a", "title": "b"}', "house.json: the profile is no JSON: a key stands twice"),
        ('{"maxLength": NaN}', "house.json: the profile is no JSON: NaN is not JSON"),
        ('{"title": "\\ud800"}', "house.json: the profile is no JSON: it holds U+D800"),
        ('{"title": "\\u202e"}', "house.json: the profile is no JSON: it holds U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        (_nested(100_000), "house.json: the profile is no JSON: it nests too deep"),
        (_nested(400), "house.json: the profile is no JSON: it nests too deep"),
        ("[]", "house.json: the profile is no JSON Schema: see its root"),
        ({"properties": {"title": {"type": "txt"}}}, "house.json: the profile is no JSON Schema: see properties/title/type"),
        ({"pattern": "("}, "house.json: the profile is no JSON Schema: see pattern"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "house.json: the profile is in another dialect"),
        (
            {"allOf": [{"$ref": "https://example.org/x"}]},
            'house.json: "https://example.org/x" lies outside of the profile',
        ),
        ({"$ref": "other.json"}, 'house.json: "other.json" lies outside of the profile'),
        ({"$ref": "file:///etc/passwd"}, 'house.json: "file:///etc/passwd" lies outside of the profile'),
        ({"$dynamicRef": "x#y"}, 'house.json: "x#y" lies outside of the profile'),
        ({"$ref": "#/$defs/none"}, 'house.json: the profile has no "#/$defs/none"'),
        ({"$ref": "#"}, "house.json: the profile refers to itself without end"),
        ({"title": "x" * 1024 * 1024}, "house.json: the profile holds more than 1 MiB"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_used_is_an_error_where_it_is_named(
    profile: object, message: str, tmp_path: Path
) -> None:
    ((code, place, said),) = _found(_project(tmp_path, profile))
    assert (code, place) == ("POA922", "plan/plan.yaml:24:3")
    assert said.startswith(message)


def test_a_profile_must_be_in_utf_8(tmp_path: Path) -> None:
    project = _project(tmp_path, {})
    (project / "house.json").write_bytes('{"title": "é"}'.encode("latin-1"))
    ((code, _, message),) = _found(project)
    assert code == "POA922"
    assert message.startswith("house.json: the profile is no JSON: 'utf-8' codec can't decode byte 0xe9")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none.json", "there is no such file"),
        ("../outside.json", "the path leads out of the project"),
        ("/etc/passwd", "the path leads out of the project"),
        ("a\\b.json", "the path leads out of the project"),
        ("C:/house.json", "the path leads out of the project"),
        (".", "the path leads out of the project"),
        ("link.json", "the file is a link out of the project"),
        ("plan", "this is no regular file"),
    ],
)
def test_a_profile_lies_inside_the_project(path: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text("{}", "utf-8")
    project = _project(tmp_path / "project", {})
    (project / "link.json").symlink_to(tmp_path / "outside.json")
    data = _files()
    data["plan.yaml"]["profiles"] = [path]
    small_plan.write(project, data)
    assert _found(project) == [("POA922", "plan/plan.yaml:24:3", f"{path}: {message}")]


# --- other versions ---------------------------------------------------------------------------


def test_a_revision_is_measured_by_its_own_profile(tmp_path: Path) -> None:
    project = _project(tmp_path, _of_actions({"required": ["timeframe"]}))
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    (project / "house.json").write_text("{}", "utf-8")
    assert _found(project) == []
    assert [code for code, _, _ in _found(project, version="HEAD")] == ["POA921", "POA921"]


@pytest.mark.parametrize(
    ("path", "message"),
    [("house.json", "HEAD holds no such file"), ("../x.json", "the path leads out of the project")],
)
def test_a_profile_that_a_revision_lacks(path: str, message: str, tmp_path: Path) -> None:
    project = _project(tmp_path, {})
    (project / "plan/plan.yaml").write_text(
        (project / "plan/plan.yaml").read_text("utf-8").replace("house.json", path), "utf-8"
    )
    for arguments in (("init", "-q"), ("add", "plan"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    assert _found(project, version="HEAD") == [("POA922", "HEAD:plan/plan.yaml:24:3", f"{path}: {message}")]


def test_a_baseline_is_not_measured_again(tmp_path: Path, poa: Poa) -> None:
    project = _project(tmp_path, {})
    assert poa("baseline", "create", "day-1").status == 0
    (project / "house.json").write_text("false", "utf-8")
    assert _found(project, version="baseline:day-1") == []


def test_jsonschema_is_loaded_only_where_a_profile_is_named(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    program = (
        "import sys; from pathlib import Path; from poa_toolkit.api import validate;"
        "validate.validate(Path(sys.argv[1])); print('jsonschema' in sys.modules)"
    )

    def loads(project: Path) -> str:
        command = [sys.executable, "-c", program, str(project)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip()

    assert loads(tmp_path) == "False"
    assert loads(_project(tmp_path, {})) == "True"
