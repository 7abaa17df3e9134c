"""Frozen versions: what is in them, what proves it, and what gives a change away."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import small_plan

from poa_toolkit.api import baseline as baseline_api
from poa_toolkit.api import diff, validate
from poa_toolkit.errors import VersionError
from poa_toolkit.load import baseline as baselines
from poa_toolkit.model import Plan, digests
from poa_toolkit.source import base
from poa_toolkit.source.base import Frozen

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

TEXT_DIGEST = "sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2"
"""The text digest of the small plan, pinned for ever: endorsements rely on it."""
FIRST_RULE = "sha256:91241d69f0cb4b2301622d506ef60aa860805097dba87bf42911c3a3ecdb9c71"
"""The same by the first rule, which some texts were endorsed under."""


def _plan(project: Path, data: dict[str, Any] | None = None) -> Plan:
    return validate.valid_plan(small_plan.write(project, data))


def _freeze(project: Path) -> Path:
    _, text = baseline_api.freeze(small_plan.write(project), "day-1")
    path = project / "plan/baselines/day-1.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_baseline_holds_the_plan_and_its_digests(tmp_path: Path) -> None:
    baseline, text = baseline_api.freeze(small_plan.write(tmp_path), "day-1")
    assert (baseline.name, baseline.stage, baseline.date) == ("day-1", "day-1", date(2017, 12, 4))
    assert set(json.loads(text)) == {
        "schema_version",
        "name",
        "stage",
        "date",
        "digest",
        "text_digest",
        "text_digest_version",
        "amendments",
        "digests",
        "plan",
    }
    read, altered = baselines.read(Frozen("day-1", "x", text.encode()))
    assert (read, altered) == (baseline, ())
    assert {"plan", "A-001", "iccpr", "hres-2015-02", "first"} <= set(baseline.digests)


def test_one_text_digest_is_pinned_for_ever(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    assert digests.text(plan) == TEXT_DIGEST
    assert digests.text(plan, 1) == FIRST_RULE
    assert [digests.is_text(plan, each) for each in (TEXT_DIGEST, FIRST_RULE, f"sha256:{'0' * 64}")] == [
        True,
        True,
        False,
    ]


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    *steps, last = path.split("/")
    target: Any = data
    for step in steps:
        target = target[int(step) if step.isdigit() else step.replace(":", "/")]
    target[int(last) if last.isdigit() else last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("plan.yaml/title", "Another"),
        ("plan.yaml/introduction/0/text", "x"),
        ("plan.yaml/front/0/text", "x"),
        ("sections:01-first.yaml/title", "x"),
        ("sections:01-first.yaml/chapeau/0/text", "x"),
        ("sections:01-first.yaml/actions/0/text", "x"),
        ("sections:01-first.yaml/actions/0/points/0/text", "x"),
        ("sections:01-first.yaml/actions/0/addressees", ["states"]),
        ("sections:01-first.yaml/actions/0/provisions", ["iccpr 19"]),
        ("sections:01-first.yaml/actions/0/recommendations", ["hres-2015-02-r2"]),
        ("sections:01-first.yaml/actions/0/timeframe", "2019"),
        ("sections:01-first.yaml/actions/0/level", ["international"]),
        ("sections:01-first.yaml/actions/0/points/1", {"id": "c", "text": "On the day."}),
        ("actors.yaml/actors/0/title", "other observers"),
        ("plan.yaml/subtitle", "A second line"),
        ("sections:01-first.yaml/actions/0/status", "withdrawn"),
    ],
)
def test_what_the_text_says_is_in_its_digest(path: str, value: object, tmp_path: Path) -> None:
    data = small_plan.files()
    _set(data, path, value)
    plan = validate.validate(small_plan.write(tmp_path, data)).plan
    assert plan is not None
    assert digests.text(plan) != TEXT_DIGEST


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("plan.yaml/stage", "day-1"),
        ("plan.yaml/notice", "Other."),
        ("sections:01-first.yaml/actions/0/status", "agreed"),
        ("sections:01-first.yaml/actions/0/why", "x"),
        ("instruments:universal.yaml/instruments/0/adopted", "1948"),
        ("instruments:universal.yaml/instruments/0/verified", True),
        ("instruments:universal.yaml/instruments/1/title", "Another name of the same covenant"),
        ("sections:01-first.yaml/actions/0/id", "A-100"),
        ("sections:01-first.yaml/actions/0/points/0/id", "z"),
        ("recommendations:hres-2015-02.yaml/recommendations/0/verified", True),
    ],
)
def test_what_stands_beside_the_text_is_not(path: str, value: object, tmp_path: Path) -> None:
    data = small_plan.files()
    _set(data, path, value)
    assert digests.text(_plan(tmp_path, data)) == TEXT_DIGEST


def test_endorsing_changes_no_digest(tmp_path: Path) -> None:
    _freeze(tmp_path)
    before = _plan(tmp_path)
    data = small_plan.files()
    data["endorsements.yaml"] = {
        "endorsements": [
            {
                "participant": "tcc",
                "capacity": "x",
                "text": "day-1",
                "digest": digests.text(before),
                "date": "2017-12-05",
            }
        ]
    }
    after = _plan(tmp_path, data)
    assert (digests.text(after), digests.Content(after).whole()) == (
        digests.text(before),
        digests.Content(before).whole(),
    )


def test_a_new_field_with_a_default_changes_no_digest(tmp_path: Path) -> None:
    class Wider(Plan):
        motto: str = ""
        mottoes: tuple[str, ...] = ()

    plan = _plan(tmp_path)
    wider = Wider.model_validate(digests.dump(plan))
    assert digests.Content(wider).whole() == digests.Content(plan).whole()
    assert digests.text(wider) == digests.text(plan)


def test_canonical_form_knows_no_order_of_keys_and_no_way_of_composing() -> None:
    assert digests.canonical({"b": 1, "a": "e\u0301"}) == '{"a":"é","b":1}'.encode()


def test_an_altered_record_is_named(tmp_path: Path) -> None:
    path = _freeze(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("States should answer.", "States may answer."),
        encoding="utf-8",
    )
    ((_, _, altered),) = baseline_api.frozen(tmp_path)
    assert [(each.code, each.message) for each in altered] == [
        ("POA401", 'baseline "day-1": A-002 was altered after the freeze')
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"schema_version": 1', '"schema_version": 2', "its form 2 is not known"),
        ('"name": "day-1"', '"name": "day-9"', 'it was frozen as "day-9"; its file has another name'),
        ('"stage": "day-1"', '"stage": "day-2"', "plan was altered"),
        ("{", "{\n", "not those that were frozen"),
        ("{", "", "cannot be read"),
        ('"front"', '"title": "x", "front"', "a key stands twice"),
        ("sha256:", "sha256:0", "cannot be read"),
        ('"2017-12-04"', "NaN", "NaN is not JSON"),
    ],
)
def test_any_altered_byte_is_noticed(old: str, new: str, words: str, tmp_path: Path) -> None:
    path = _freeze(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    ((_, _, altered),) = baseline_api.frozen(tmp_path)
    assert any(each.code == "POA401" and words in each.message for each in altered), altered


DEEP = ("[" * 100_000, '{"a":' * 100_000, f'{{"schema_version": 1, "plan": {"[" * 5_000}{"]" * 5_000}}}')


@pytest.mark.parametrize("content", DEEP, ids=["arrays", "objects", "a whole one"])
def test_a_baseline_that_nests_too_deep_is_told_by_every_command_that_reads_it(
    content: str, tmp_path: Path, poa: Poa
) -> None:
    _freeze(tmp_path).write_text(content, encoding="utf-8")
    for words in (
        "baseline verify",
        "diff day-1",
        "render day-1 -o x.docx",
        "render --since day-1 -o x.docx",
    ):
        done = poa("-C", tmp_path, *words.split())
        assert done.status == 1
        assert 'POA401 baseline "day-1": it cannot be read: it nests too deep' in done.stdout + done.stderr
    listed = poa("-C", tmp_path, "baseline", "list")
    assert "day-1: cannot be read" in listed.stdout + listed.stderr


def test_baselines_that_are_too_large_together_are_not_read(
    tmp_path: Path, poa: Poa, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _freeze(tmp_path)
    monkeypatch.setattr(base, "MAX_VERSION", 3 * path.stat().st_size)
    for number in range(3):
        path.with_name(f"later-{number}.json").write_bytes(path.read_bytes())
    for words in ("baseline verify", "baseline list", "log A-001", "validate", "endorsements verify"):
        done = poa("-C", tmp_path, *words.split())
        assert done.status == 2, words
        assert "plan/baselines/later-2.json: the files of the plan hold more than" in done.stderr
    assert poa("-C", tmp_path, "diff", "later-2").status != 2


def test_every_single_byte_counts(tmp_path: Path) -> None:
    path = _freeze(tmp_path)
    content = path.read_bytes()
    for index in range(0, len(content), 97):
        path.write_bytes(content[:index] + bytes([content[index] ^ 1]) + content[index + 1 :])
        ((_, _, altered),) = baseline_api.frozen(tmp_path)
        assert altered, index


def test_digests_that_belong_to_another_plan_are_noticed(tmp_path: Path) -> None:
    path = _freeze(tmp_path)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["text_digest"] = data["digest"]
    path.write_text(json.dumps(data), encoding="utf-8")
    ((_, _, altered),) = baseline_api.frozen(tmp_path)
    assert [each.message for each in altered] == ['baseline "day-1": its digests do not belong to its plan']


def test_a_frozen_version_is_never_overwritten(tmp_path: Path) -> None:
    _freeze(tmp_path)
    with pytest.raises(VersionError, match="never overwritten"):
        baseline_api.freeze(tmp_path, "day-1")
    with pytest.raises(VersionError, match="letters, digits and hyphens"):
        baseline_api.freeze(tmp_path, "../x")


def test_a_plan_with_errors_is_not_frozen(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["provisions"] = []
    with pytest.raises(validate.InvalidPlanError):
        baseline_api.freeze(small_plan.write(tmp_path, data), "day-1")


def test_an_altered_baseline_is_not_compared_with(tmp_path: Path) -> None:
    path = _freeze(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("States should answer.", "States may answer."),
        encoding="utf-8",
    )
    with pytest.raises(validate.InvalidPlanError):
        diff.compare(tmp_path, "day-1")


@pytest.mark.parametrize(
    ("old", "new", "place", "line"),
    [
        ("States should answer.", "States may answer.", 1, '    "id": "A-002",'),
        ("\n}\n", "\n }\n", 1, " }"),
        ('"name": "day-1"', '"name":  "day-1"', 9, ' "name":  "day-1",'),
    ],
)
def test_the_place_of_an_altered_byte_is_named(
    old: str, new: str, place: int, line: str, tmp_path: Path
) -> None:
    path = _freeze(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    ((_, _, (altered,)),) = baseline_api.frozen(tmp_path)
    assert altered.location.excerpt.strip() == line.strip()
    assert altered.location.span is not None
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[altered.location.span.line - 1].strip() == line.strip()
    assert altered.location.span.column >= place


@pytest.fixture
def frozen_stage(tmp_path: Path) -> Path:
    """A project whose stage is frozen as ``day-1``."""
    _freeze(tmp_path)
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "day-1"
    return small_plan.write(tmp_path, data)


def _edit(project: Path, data: dict[str, Any]) -> None:
    data["plan.yaml"]["stages"][0]["baseline"] = "day-1"
    small_plan.write(project, data)


def test_verify_says_whether_the_text_of_a_frozen_stage_is_kept(frozen_stage: Path, poa: Poa) -> None:
    done = poa("-C", frozen_stage, "baseline", "verify")
    assert (done.status, done.stdout.splitlines()) == (
        0,
        [
            "1 of 1 baselines are as they were frozen",
            "stage day-1 is frozen as day-1; the working tree still says the same",
        ],
    )


def test_an_edit_of_a_frozen_text_without_an_amendment_is_an_error(frozen_stage: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "Observers shall report to the treaty bodies."
    _edit(frozen_stage, data)
    for command in (("baseline", "verify"), ("validate",)):
        done = poa("-C", frozen_stage, *command)
        assert done.status == 1, command
        assert "error POA420 stage day-1 is frozen, but A-001 changed since" in done.stdout
    assert (
        "the working tree says something else, see `poa diff day-1`"
        in poa("-C", frozen_stage, "baseline", "verify").stdout
    )


def test_what_is_no_text_may_change_at_a_frozen_stage(frozen_stage: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data).update(status="agreed", why="Another reason.")
    _edit(frozen_stage, data)
    assert poa("-C", frozen_stage, "baseline", "verify").status == 0


def test_an_adopted_amendment_explains_an_edit(frozen_stage: Path, poa: Poa) -> None:
    data = small_plan.files()
    text = "Observers should report to the treaty bodies."
    small_plan.action(data)["text"] = "Observers shall report to the treaty bodies."
    data["amendments/floor.yaml"] = {
        "amendments": [
            {
                "id": "floor-1",
                "record": "A-001",
                "field": "text",
                "original": text,
                "proposed": text.replace("should", "shall"),
                "edits": [{"offset": 10, "deleted": "should", "inserted": "shall"}],
                "proposer": "A delegate",
                "date": "2017-12-04",
                "state": "accepted",
                "decided_by": "The chair",
                "decided": "2017-12-04",
            }
        ]
    }
    _edit(frozen_stage, data)
    done = poa("-C", frozen_stage, "baseline", "verify")
    assert (done.status, done.stdout.splitlines()[-1]) == (
        0,
        "stage day-1 is frozen as day-1; the working tree differs by adopted amendments alone",
    )


def test_verify_cannot_tell_of_a_plan_that_cannot_be_read_whole(frozen_stage: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["status"] = "agre"
    _edit(frozen_stage, data)
    done = poa("-C", frozen_stage, "baseline", "verify")
    assert (done.status, done.stdout.splitlines()[-1]) == (
        1,
        "stage day-1 is frozen as day-1; the working tree cannot be read whole, see `poa validate`",
    )
