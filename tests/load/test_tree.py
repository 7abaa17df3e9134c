"""Bytes of one YAML file: data and places, or a problem with a place."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poa_toolkit.diagnostic import Span
from poa_toolkit.load import decode, yaml_tree

PLACED = """\
# comment
id: treaty-bodies
actions:
  - id: A-001 # here
    text: >-
      One sentence.
      Another.
    provisions: [iccpr 25(b), "ücedaw 7"]
  - id: A-002
"""


def test_data_and_places_in_one_pass() -> None:
    read = yaml_tree.read("f.yaml", PLACED.encode())
    assert read.problems == []
    assert read.value == {
        "id": "treaty-bodies",
        "actions": [
            {"id": "A-001", "text": "One sentence. Another.", "provisions": ["iccpr 25(b)", "ücedaw 7"]},
            {"id": "A-002"},
        ],
    }
    assert read.places.span(("id",)) == Span(2, 5, 2, 18)
    assert read.places.span(("id",), key=True) == Span(2, 1, 2, 3)
    assert read.places.span(("actions", 0, "provisions", 1)) == Span(8, 31, 8, 41)
    assert read.places.span(("actions", 1)) == Span(9, 5, 9, 7)
    assert read.places.span(("actions", 0, "provisions")) == Span(8, 5, 8, 15)
    assert read.places.span(("actions", 7, "x")) == Span(3, 1, 3, 8)
    assert read.line(2) == "id: treaty-bodies"
    assert read.line(99) == ""
    assert read.places.spelling(("id",)) == "treaty-bodies"
    assert read.places.spelling(("actions",)) is None
    assert read.places.spelling(("id", "x")) is None


@pytest.mark.parametrize(
    ("spelt", "value"),
    [
        ("2017", 2017),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("no", "no"),
        ("on", "on"),
        ("22:22", "22:22"),
        ("1_000", "1_000"),
        ("012", 12),
        ("2026-02-30", "2026-02-30"),
        ("9" * 30, 1e30),
        ("nothing", "nothing"),
        ("-", ["x"]),
        ("'2017'", "2017"),
        ('"true"', "true"),
    ],
)
def test_plain_scalars_follow_the_core_schema_of_yaml_1_2(spelt: str, value: object) -> None:
    content = "a:\n- x" if spelt == "-" else f"a: {spelt}"
    assert yaml_tree.read("f", content.encode()).value == {"a": value}


def test_not_a_number_is_a_number() -> None:
    assert math.isnan(yaml_tree.read("f", b"a: .nan").value["a"])


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfa: x", b"a: x\r\n", b"a: x\r", b"---\na: x\n...\n", b"%YAML 1.2\n---\na: x"]
)
def test_harmless_variety_is_accepted(content: bytes) -> None:
    read = yaml_tree.read("f", content)
    assert (read.value, read.problems) == ({"a": "x"}, [])


CRLF = b"a: x\r\nb: [y\r\n"


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        ("a: x".encode("utf-16"), "POA001", 1, 1),
        (b"a: x\nb: \xff", "POA001", 2, 4),
        (b"a: x\nb: \x00", "POA002", 2, 4),
        (b"a: \x1b[31m", "POA002", 1, 4),
        ("a: x\u2028y".encode(), "POA002", 1, 5),
        ("a: x\u0085y".encode(), "POA002", 1, 5),
        ("a: x\u202ey".encode(), "POA002", 1, 5),
        (b'a: "\\0"', "POA002", 1, 4),
        (b"\ta: x", "POA021", 1, 1),
        (b"a: b: c", "POA003", 1, 5),
        (b"a: 'x", "POA019", 1, 4),
        (b"a: @x", "POA022", 1, 4),
        (b'a: "\\ud800"', "POA003", 1, 7),
        (b'a: "\\U00110000"', "POA003", 1, 7),
        (b'a: "\\q"', "POA003", 1, 5),
        (b"%YAML 1.3\n---\na: 1", "POA003", 1, 1),
        (b"? [a]\n: b", "POA003", 1, 3),
        (b"a: x\nb\n", "POA003", 2, 1),
        (b"a: 1\nb: 2\na: 3", "POA004", 3, 1),
        (b"a: !!python/object/apply:os.system [x]", "POA005", 1, 4),
        (b"!x a: 1", "POA005", 1, 1),
        (b"a: &x 1", "POA006", 1, 4),
        (b"&x a: 1", "POA006", 1, 1),
        (b"a: &x {b: 1}", "POA006", 1, 4),
        (b"<<: {b: 1}", "POA007", 1, 1),
        (b"[" * 1_000_000, "POA008", 1, 65),
        (b"a: 1\n---\nb: 2", "POA009", 2, 1),
        (b"%YAML 1.1\n---\na: 1", "POA010", 1, 1),
        (b"%TAG ! tag:x,2000:\n---\na: 1", "POA010", 1, 1),
        (b"", "POA011", 1, 1),
        (b"# nothing\n", "POA011", 1, 1),
        (b"text: [A | B] x", "POA012", 1, 7),
        (b"a: 1\ntext: [A: b] x\nb: 2", "POA012", 2, 7),
        (b'text: "\\[a"', "POA012", 1, 7),
    ],
)
def test_what_cannot_be_read_has_a_code_and_a_place(
    content: bytes, code: str, line: int, column: int
) -> None:
    read = yaml_tree.read("f", content)
    problem = read.problems[0]
    assert (problem.code, problem.span.line, problem.span.column) == (code, line, column), problem.message
    assert problem.message


def test_an_alias_is_refused_beside_its_anchor() -> None:
    read = yaml_tree.read("f", b"a: &x 1\nb: *x")
    assert [problem.code for problem in read.problems] == ["POA006", "POA006"]


def test_a_repeated_key_names_the_first() -> None:
    (problem,) = yaml_tree.read("f", b"a: 1\na: 2").problems
    assert problem.related == Span(1, 1, 1, 2)


def test_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 10)
    monkeypatch.setattr(decode, "MAX_BYTES", 100)
    assert [problem.code for problem in yaml_tree.read("f", b"[1,2,3,4,5,6,7,8,9,10,11]").problems] == [
        "POA008"
    ]
    assert [problem.code for problem in yaml_tree.read("f", b"x" * 101).problems] == ["POA008"]


def test_a_file_that_is_one_scalar_has_a_place_too() -> None:
    read = yaml_tree.read("f", b"just text")
    assert read.value == "just text"
    assert read.places.span(("x",)) == Span(1, 1, 1, 10)
    assert yaml_tree.read("f", b"- {}").places.span((0,)) == Span(1, 3, 1, 4)


@given(st.binary(max_size=200))
@example(CRLF)
def test_any_bytes_give_data_or_problems(content: bytes) -> None:
    _read_or_refused(content)


@given(st.text(alphabet="ab:-[]{}'\"|>&*!%#?,@`~<\n \té中\u0301\u200b", max_size=120))
def test_any_yaml_like_text_gives_data_or_problems(content: str) -> None:
    _read_or_refused(content.encode())


def _read_or_refused(content: bytes) -> None:
    read = yaml_tree.read("f", content)
    if read.problems:
        last = len(decode.lines(read.text)) + 1
        assert all(1 <= problem.span.line <= last and problem.message for problem in read.problems)
    else:
        _every_place_is_known(read, read.value, ())


def _every_place_is_known(read: yaml_tree.Tree, value: Any, at: tuple[str | int, ...]) -> None:
    assert read.places.span(at).line >= 1
    if isinstance(value, dict):
        for key, each in value.items():
            _every_place_is_known(read, each, (*at, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            _every_place_is_known(read, each, (*at, index))
