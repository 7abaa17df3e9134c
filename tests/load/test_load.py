"""The files of a version to one plan: what is kept, what is lost, and where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.errors import NoPlanError
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.source import folder
from poa_toolkit.source.base import Files

if TYPE_CHECKING:
    from pathlib import Path


def _load(project: Path, data: dict[str, Any]) -> Loaded:
    return load(folder.read(small_plan.write(project, data), "working tree"))


def _faults(loaded: Loaded) -> list[tuple[str, str, str]]:
    return [(each.code, str(each.location), each.message) for each in loaded.diagnostics]


def test_a_whole_plan(tmp_path: Path) -> None:
    loaded = _load(tmp_path, small_plan.files())
    assert loaded.diagnostics == ()
    assert loaded.plan is not None
    assert [action.id for _, action in loaded.plan.walk_actions()] == ["A-001", "A-002"]
    assert [each.id for each in loaded.plan.instruments] == ["udhr", "iccpr", "late-resolution"]


def test_places_of_records_in_their_files(tmp_path: Path) -> None:
    loaded = _load(tmp_path, small_plan.files())
    places = {
        ("title",): "plan/plan.yaml:1:8",
        ("sections", 0, "title"): "plan/sections/01-first.yaml:2:8",
        ("sections", 0, "actions", 1, "status"): "plan/sections/01-first.yaml:32:11",
        ("sources", 1, "mechanism"): "plan/recommendations/late.yaml:2:3",
        ("instruments", 1, "provisions", 2, "ref"): "plan/instruments/universal.yaml:24:10",
        ("actors", 1, "title"): "plan/actors.yaml:5:10",
    }
    assert {at: str(loaded.locate(at)) for at in places} == places


def test_a_broken_record_is_left_out_and_the_others_keep_their_places(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["status"] = "agree"
    data["instruments/universal.yaml"]["instruments"][0]["adopted"] = "long ago"
    loaded = _load(tmp_path, data)
    assert loaded.plan is not None
    assert [action.id for _, action in loaded.plan.walk_actions()] == ["A-002"]
    assert str(loaded.locate(("sections", 0, "actions", 0, "id"))) == "plan/sections/01-first.yaml:24:7"
    assert str(loaded.locate(("instruments", 0, "id"))) == "plan/instruments/universal.yaml:11:7"
    assert loaded.broken == {"a-001", "a", "b", "udhr"}


def test_a_broken_heading_loses_the_whole_file(tmp_path: Path) -> None:
    data = small_plan.files()
    del data["sections/01-first.yaml"]["title"]
    loaded = _load(tmp_path, data)
    assert loaded.plan is not None
    assert loaded.plan.sections == ()
    assert {"first", "a-001", "a-002", "c-01"} <= loaded.broken
    assert _faults(loaded) == [("POA101", "plan/sections/01-first.yaml:1:1", "`title` is missing")]


def test_without_a_readable_head_there_is_no_plan(tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"] = "title: [a | b] plan"
    assert _load(tmp_path, data).plan is None


def test_a_version_without_plan_yaml_is_none() -> None:
    with pytest.raises(NoPlanError, match=r"git:x holds no plan/plan\.yaml"):
        load(Files("git:x", {}))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"status": "agree"},
            (
                "POA106",
                '`status` must be one of draft, refined, agreed, endorsed, deferred, withdrawn, not "agree"',
            ),
        ),
        ({"text": 2017}, ("POA103", '`text` must be text, but "2017" is read as a number')),
        ({"text": True}, ("POA103", '`text` must be text, but "true" is read as true or false')),
        ({"text": None}, ("POA103", "`text` is empty")),
        ({"text": ["a"]}, ("POA012", "`text` must be one text, but a list stands here")),
        ({"text": {"a": "b"}}, ("POA103", "`text` must be one text, but keys stand here")),
        ({"text": " "}, ("POA304", "`text` is empty")),
        ({"addressees": "states"}, ("POA104", "`addressees` must be a list")),
        ({"points": ["a"]}, ("POA105", "`points` must be a block of keys")),
        ({"colour": "red"}, ("POA102", "there is no key `colour` here")),
        ({"id": "A 1"}, ("POA109", '`id` must be made of letters, digits and hyphens, not "A 1"')),
        ({"id": "A" * 29}, ("POA109", f'"{"A" * 29}" is longer than 28 characters')),
        (
            {"provisions": ["iccpr art. 25"]},
            (
                "POA204",
                '"iccpr art. 25": "art. 25" is not a reference such as 25, 25(b), 9(1)(a), 7.3, XX or preamble',
            ),
        ),
        (
            {"provisions": ["iccpr"]},
            ("POA204", '"iccpr": a citation is an instrument\'s id, one space and a reference'),
        ),
        ({"provisions": [25]}, ("POA103", '`provisions` must be text, but "25" is read as a number')),
    ],
)
def test_faults_of_shape_are_said_to_a_person(
    change: dict[str, Any], fault: tuple[str, str], tmp_path: Path
) -> None:
    data = small_plan.files()
    small_plan.action(data).update(change)
    (found,) = _load(tmp_path, data).diagnostics
    assert (found.code, found.message) == fault
    assert found.location.span is not None


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("plan.yaml", {"stages": []}, ("POA111", "`stages` is an empty list")),
        (
            "plan.yaml",
            {"stages": [{"id": "x", "date": "2017-02-30"}]},
            ("POA108", '`date`: "2017-02-30" is not a day of the calendar'),
        ),
        (
            "plan.yaml",
            {"stages": [{"id": "x", "date": 2017}]},
            ("POA108", "`date`: a date is written like 2017-12-04"),
        ),
        (
            "plan.yaml",
            {"stages": [{"id": "x", "date": "4 Dec"}]},
            ("POA108", '`date`: a date is written like 2017-12-04, not "4 Dec"'),
        ),
        (
            "plan.yaml",
            {"links": [{"title": "x", "url": "ftp:x"}]},
            ("POA110", '`url` must be an address that begins with http:// or https://, not "ftp:x"'),
        ),
        (
            "obligations.yaml",
            {"obligations": [{"id": "x", "number": "2", "title": "y"}]},
            ("POA112", '`number` must be a whole number, not "2"'),
        ),
        (
            "actors.yaml",
            {"actors": [{"id": "x", "title": "y", "verified": "yes"}]},
            ("POA107", '`verified` must be true or false, not "yes"'),
        ),
        (
            "obligations.yaml",
            {"obligations": [{"id": "x", "number": True, "title": "y"}]},
            ("POA112", '`number` must be a whole number, not "true"'),
        ),
        (
            "actors.yaml",
            {"actors": [{"id": "x", "title": "y", "verified": None}]},
            ("POA107", "`verified` must be true or false, not nothing"),
        ),
    ],
)
def test_faults_in_other_files(
    name: str, change: dict[str, Any], fault: tuple[str, str], tmp_path: Path
) -> None:
    data = small_plan.files()
    data[name] = data[name] | change
    (found,) = _load(tmp_path, data).diagnostics
    assert (found.code, found.message) == fault


@pytest.mark.parametrize(("adopted", "code"), [("1988-13", "POA108"), ("x", "POA108"), (1988, "POA103")])
def test_dates_may_be_partial_but_must_be_dates(adopted: object, code: str, tmp_path: Path) -> None:
    data = small_plan.files()
    data["instruments/universal.yaml"]["instruments"][0]["adopted"] = adopted
    assert [each.code for each in _load(tmp_path, data).diagnostics] == [code]


@pytest.mark.parametrize("reference", ["art. 1", "1-2", ""])
def test_a_provision_needs_a_reference(reference: str, tmp_path: Path) -> None:
    data = small_plan.files()
    data["instruments/universal.yaml"]["instruments"][0]["provisions"][0]["ref"] = reference
    assert [each.code for each in _load(tmp_path, data).diagnostics] == ["POA204"]


@pytest.mark.parametrize(
    ("key", "cure"),
    [("titel", 'did you mean "title"?'), ("zzz", "delete it, or see the schema for the keys")],
)
def test_an_unknown_key_names_the_nearest(key: str, cure: str, tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0][key] = "x"
    (found,) = _load(tmp_path, data).diagnostics
    assert found.help == cure


def test_an_unknown_key_in_a_nested_block_knows_its_neighbours(tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["allows"] = {"bracket": True}
    (found,) = _load(tmp_path, data).diagnostics
    assert found.help == 'did you mean "brackets"?'


def test_long_values_are_cut_in_messages(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["status"] = "x" * 100
    (found,) = _load(tmp_path, data).diagnostics
    assert found.message.endswith(f'not "{"x" * 60}…"')


def test_a_file_that_is_not_a_block(tmp_path: Path) -> None:
    data = small_plan.files()
    data["actors.yaml"] = "- id: states\n"
    assert _faults(_load(tmp_path, data)) == [
        ("POA105", "plan/actors.yaml:1:1", "the file must be a block of keys")
    ]


def test_files_that_belong_to_no_plan_are_reported_and_debris_is_not(tmp_path: Path) -> None:
    data = small_plan.files()
    for name in ("sections/02.yml", "notes.yaml", "sections/deep/x.yaml"):
        data[name] = "a: b"
    for name in (
        ".x.yaml.swp",
        "sections/x.yaml~",
        "sections/.#x.yaml",
        "#x.yaml#",
        "x.yaml.bak",
        "read.txt",
    ):
        data[name] = "debris"
    loaded = _load(tmp_path, data)
    assert sorted((each.code, each.location.path) for each in loaded.diagnostics) == [
        ("POA014", "plan/notes.yaml"),
        ("POA014", "plan/sections/02.yml"),
        ("POA014", "plan/sections/deep/x.yaml"),
    ]


def test_process_files_are_read_beside_the_plan(tmp_path: Path) -> None:
    data = small_plan.files()
    digest = "sha256:" + "0" * 64
    data["reviews.yaml"] = {
        "reviews": [
            {
                "record": "A-001",
                "by": "tcc",
                "date": "2017-12-04",
                "links": [{"to": "iccpr 25(b)", "digest": digest}],
            }
        ]
    }
    data["endorsements.yaml"] = {
        "endorsements": [
            {
                "participant": "tcc",
                "capacity": "convenor",
                "text": "day-2",
                "digest": digest,
                "date": "2017-12-05",
            }
        ]
    }
    data["amendments/floor.yaml"] = {
        "amendments": [
            {
                "id": "AM-1",
                "record": "A-001",
                "field": "text",
                "proposed": "x",
                "proposer": "tcc",
                "date": "2017-12-04",
            },
            {"id": "AM-2", "proposer": "tcc", "date": "2017-12-04", "state": "opened"},
        ]
    }
    loaded = _load(tmp_path, data)
    assert [each.record for each in loaded.reviews] == ["A-001"]
    assert [each.participant for each in loaded.endorsements] == ["tcc"]
    assert [each.id for each in loaded.amendments] == ["AM-1"]
    assert [each.code for each in loaded.diagnostics] == ["POA106"]


@given(
    st.dictionaries(
        st.sampled_from(
            ["plan/plan.yaml", "plan/actors.yaml", "plan/sections/1.yaml", "plan/recommendations/1.yaml"]
        ),
        st.one_of(
            st.binary(max_size=60),
            st.sampled_from(
                [b"title: x\nstage: a\nstages: [{id: a, date: 2017-12-04}]", b"actors: [{id: a}]"]
            ),
            st.recursive(
                st.one_of(st.none(), st.booleans(), st.integers(), st.text(alphabet="ab1:", max_size=5)),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(["id", "title", "actors", "actions", "text", "status"]),
                        inner,
                        max_size=4,
                    )
                ),
                max_leaves=12,
            ).map(lambda data: str(data).encode()),
        ),
        min_size=1,
    )
)
def test_any_files_give_a_plan_or_diagnostics(contents: dict[str, bytes]) -> None:
    contents.setdefault("plan/plan.yaml", b"")
    loaded = load(Files("x", contents))
    assert loaded.plan is not None or loaded.diagnostics
