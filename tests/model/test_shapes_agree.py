"""The model and the schemas accept and refuse the same files, but for the differences that are listed here.

What a schema cannot say, so that only `poa validate` finds it:

- a date of the right form that is no day of the calendar (2017-02-30, 2014-13, 0000-01-01);
- a whole number written with a point (1.0), which JSON Schema takes for the number 1.

Schemas are read here with the regular expressions of their standard, where ``$`` is the end of the text;
Python's also stands before a last line feed.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import small_plan
from hypothesis import example, given
from hypothesis import strategies as st

from poa_toolkit.api.schema import schemas
from poa_toolkit.load import shape_errors
from poa_toolkit.model.file_kinds import FILE_KINDS, kind_of
from poa_toolkit.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer

_DIGEST = "sha256:" + "0" * 64
_MORE: dict[str, Any] = {
    "amendments/floor.yaml": {
        "amendments": [
            {
                "id": "AM-1",
                "record": "A-001",
                "field": "text",
                "base": _DIGEST,
                "original": "Observers should report.",
                "proposed": "Observers may report.",
                "edits": [{"offset": 10, "deleted": "should", "inserted": "may"}],
                "proposer": "tcc",
                "date": "2017-12-04",
                "state": "open",
                "decided": "2017-12-05",
            },
            {
                "id": "AM-2",
                "kind": "comment",
                "section": "first",
                "after": "A-001",
                "context": "under First things",
                "proposer": "tcc",
                "date": "2017-12-04",
                "comment": "To whom?",
                "replies": [{"by": "tcc", "date": "2017-12-04", "text": "To the treaty bodies."}],
                "resolved": True,
                "state": "modified",
                "modified": "Observers can report.",
                "decided_by": "The chair",
                "reason": "Agreed.",
            },
        ]
    },
    "reviews.yaml": {
        "reviews": [
            {
                "record": "A-001",
                "by": "An editor",
                "date": "2017-12-04",
                "links": [{"to": "iccpr 25(b)", "digest": _DIGEST}],
            }
        ]
    },
    "endorsements.yaml": {
        "endorsements": [
            {
                "participant": "tcc",
                "capacity": "convenor",
                "text": "day-2",
                "digest": _DIGEST,
                "date": "2017-12-05",
            }
        ]
    },
    "progress/2018.yaml": {
        "progress": [
            {
                "action": "A-001",
                "indicator": "IND-001",
                "date": "2018-12-05",
                "by": "The secretariat",
                "state": "under-way",
                "value": "12 of 20",
                "text": "Twelve States answered.",
                "evidence": "https://example.org/report",
                "verified": True,
            }
        ]
    },
    "poa.yaml": {
        "severities": {"POA603": "off", "POA5": "warning"},
        "limits": {"sentence_words": 40},
        "waivers": [{"code": "POA601", "record": "A-001", "reason": "Agreed.", "until": "2017-12-05"}],
    },
}
_PLAN_MORE: dict[str, Any] = {
    "conference": {
        "title": "A conference",
        "dates": ["2017-12-04"],
        "place": "Atlanta",
        "organisers": ["tcc"],
    },
    "links": [{"title": "A page", "url": "https://example.org/a"}],
    "profiles": ["house.json"],
}
FILES = {**small_plan.files(), **_MORE}
FILES["plan.yaml"] |= _PLAN_MORE
FILES["sections/01-first.yaml"]["actions"][1] |= {"from": ["A-001"], "timeframe": "2018", "reason": "Split."}
small_plan.action(FILES)["indicators"] = [
    {
        "id": "IND-001",
        "text": "States that answer",
        "baseline": "3 of 20",
        "target": "20 of 20",
        "by": "2019-12",
        "source": "The annual survey",
    }
]
FILES["obligations.yaml"] |= {"parts": [{"id": "law", "number": 1, "title": "The law"}]}
FILES["obligations.yaml"]["obligations"][0] |= {"anchor": ["iccpr 25(b)"], "verified": True}
FILES["recommendations/late.yaml"]["recommendations"][0] |= {
    "session": 26,
    "response": {"position": "noted"},
    "obligations": ["vote"],
}

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    1.0,
    10**30,
    "",
    " ",
    "\u00a0",
    "x",
    "x y",
    "x\n",
    "é",
    "A" * 28,
    "A" * 29,
    "draft",
    "agree",
    "error",
    "off",
    "POA301",
    "POA",
    "poa301",
    "iccpr 25(b)",
    "iccpr 25(b)\n",
    "iccpr 25-26",
    "25(b)",
    "art. 25",
    "2017",
    "2017-12",
    "2017-12-04",
    "2017-12-04\n",
    "2017-02-30",
    "2017-13",
    "2017-1-1",
    "0000-01-01",
    "https://example.org",
    "https://example.org/a b",
    "ftp://example.org",
    _DIGEST,
    _DIGEST.upper(),
    [],
    {},
    ["x"],
    [None],
    [[]],
    {"id": "x"},
    {"id": "x", "title": "y"},
    {"id": "x", "text": "y"},
)
KEYS = (
    *("id", "title", "text", "status", "from", "origins", "verified", "source", "note", "dates", "date"),
    *("number", "url", "code", "until", "colour", "[key]", ""),
)


def _ends(_validator: object, pattern: str, instance: object, _schema: object) -> Iterator[Any]:
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _ends})
VALIDATORS = {kind.name: _Validator(json.loads(schemas()[f"{kind.name}.schema.json"])) for kind in FILE_KINDS}


def _pointers(value: object, at: Pointer = ()) -> Iterator[Pointer]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in items:
        yield from _pointers(each, (*at, step))


def _at(data: Any, at: Pointer) -> Any:
    for step in at:
        data = data[step]
    return data


POINTERS = {name: tuple(_pointers(data)) for name, data in FILES.items()}


@st.composite
def _changed(draw: st.DrawFn) -> tuple[str, Any]:
    """Give a file of a plan, one or two of its values changed for odd ones, deleted or added to."""
    name = draw(st.sampled_from(sorted(FILES)))
    data: Any = copy.deepcopy(FILES[name])
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.sampled_from([each for each in _pointers(data) if each] or [()]))
        if not at:
            break
        block, step = _at(data, at[:-1]), at[-1]
        match draw(st.sampled_from(("change", "delete", "add"))):
            case "change":
                block[step] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "delete":
                del block[step]
            case _ if isinstance(block, dict):
                block[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case _:
                block.append(copy.deepcopy(draw(st.sampled_from(ODD))))
    return name, data


def _path(name: str) -> str:
    return name if name == "poa.yaml" else f"plan/{name}"


def _verdicts(name: str, data: object) -> tuple[bool, bool]:
    """Say whether the model accepts the data of a file, and whether its schema does."""
    kind = kind_of(_path(name))
    assert kind is not None
    record, _ = shape_errors.build(kind.root, data)
    return record is not None, VALIDATORS[kind.name].is_valid(data)


def _only_listed(name: str, data: object) -> bool:
    """Say whether all that the model refuses is one of the differences listed above."""
    kind = kind_of(_path(name))
    assert kind is not None
    _, misfits = shape_errors.build(kind.root, data)
    return all(_is_listed(each.code, _at(data, each.at)) for each in misfits)


def _is_listed(code: str, value: object) -> bool:
    if code == "POA112":
        return isinstance(value, float) and value.is_integer()
    if code != "POA108" or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", str(value)):
        return False
    with pytest.raises(ValueError, match="calendar"):
        dates.earliest(str(value))
    return True


@given(_changed())
@example(("sections/01-first.yaml", {"id": "x", "title": "y\n"}))
def test_model_and_schema_agree(changed: tuple[str, Any]) -> None:
    model, schema = _verdicts(*changed)
    assert model == schema or (schema and _only_listed(*changed)), changed


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_single_odd_value_is_judged_alike(name: str) -> None:
    differing = []
    for at in POINTERS[name]:
        for odd in ODD if at else ():
            data = copy.deepcopy(FILES[name])
            _at(data, at[:-1])[at[-1]] = copy.deepcopy(odd)
            model, schema = _verdicts(name, data)
            if model != schema and not (schema and _only_listed(name, data)):
                differing.append((at, odd, model, schema))
    assert differing == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_key_too_many_or_too_few_is_judged_alike(name: str) -> None:
    differing = []
    for at in POINTERS[name]:
        block = _at(FILES[name], at)
        for key in {*KEYS, *block} if isinstance(block, dict) else ():
            data = copy.deepcopy(FILES[name])
            changed = _at(data, at)
            if key in changed:
                del changed[key]
            else:
                changed[key] = ["x"] if key in ("from", "origins") else "x"
            model, schema = _verdicts(name, data)
            if model != schema:
                differing.append((at, key, model, schema))
    assert differing == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_files_themselves_are_accepted(name: str) -> None:
    assert _verdicts(name, FILES[name]) == (True, True)


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [
        ("plan.yaml", ("stages", 0, "date"), "2017-02-30"),
        ("instruments/universal.yaml", ("instruments", 0, "adopted"), "2014-13"),
        ("obligations.yaml", ("obligations", 0, "number"), 1.0),
    ],
)
def test_the_differences_that_are_left(name: str, at: Pointer, value: object) -> None:
    data = copy.deepcopy(FILES[name])
    _at(data, at[:-1])[at[-1]] = value
    assert _verdicts(name, data) == (False, True)


def test_every_kind_of_file_is_in_the_corpus() -> None:
    assert {kind_of(_path(name)) for name in FILES} == set(FILE_KINDS)
