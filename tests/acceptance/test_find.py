"""`poa find`: whole words, in every text, source and amendment, with their places."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import jsonschema
import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.api.schema import schemas
from poa_toolkit.text import search
from poa_toolkit.text.folding import fold, plain
from poa_toolkit.text.search import places, wanted

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Golden, Poa


def _found(text: str, *arguments: str) -> list[str]:
    return [text[start:end] for start, end in places(text, wanted(arguments))]


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("The state of the State's estate: States, statement.", ("state",), ["state", "State"]),
        ("A human-rights-based approach", ("rights",), ["rights"]),
        ("A human-rights-based approach", ("human rights",), ["human-rights"]),
        ("Human, rights", ("human rights",), ["Human, rights"]),
        ("rights of a human", ("human rights",), []),
        ("rights of a human", ("human", "rights"), ["rights", "human"]),
        ("rights of a human", ('"of a" rights',), ["rights", "of a"]),
        ("\u201cfree and fair\u201d", ("\u201cfree and\u201d",), ["free and"]),
        ("L\u2019\u00c9tat, l'etat, \u00c9TATS", ("etat",), ["\u00c9tat", "etat"]),
        ("Elections in the State", ("\u00c9lections",), ["Elections"]),
        ("article 25(b) and 25", ("25(b)",), ["25(b"]),
        ("article 25(b) and 25", ("25",), ["25", "25"]),
        ("A/HRC/26/16, para. 3", ("hrc/26",), ["HRC/26"]),
        ("30% of 1,000", ("30", "1,000"), ["30", "1,000"]),
        ("States [should | shall] act", ("should shall",), ["should | shall"]),
        ("\u56fd\u5bb6\u5e94\u5f53\u9009\u4e3e", ("\u5e94\u5f53",), ["\u5e94\u5f53"]),
        (
            "\u0627\u0644\u062f\u0648\u0644\u0629 \u062f\u0648\u0644\u0629",
            ("\u062f\u0648\u0644\u0629",),
            ["\u062f\u0648\u0644\u0629"],
        ),
        ("go go go", ("go go",), ["go go go"]),
        ("nothing", ("something",), []),
        ("", ("a",), []),
    ],
)
def test_words_are_found_and_letters_are_not(text: str, arguments: tuple[str, ...], words: list[str]) -> None:
    assert _found(text, *arguments) == words


WORDS = st.lists(
    st.sampled_from(["a", "State", "state", "25(b)", "re-do", "x/y", "It's", "estate", "1.5%", "_"])
)


@given(
    WORDS,
    st.sampled_from([" ", ", ", " [", "] ", "-"]),
    st.sampled_from(["state", "b", "25 b", "do a", "state a"]),
)
def test_a_text_of_ascii_has_the_words_that_any_text_has(words: list[str], between: str, phrase: str) -> None:
    text, sought = between.join(words), wanted((phrase,))
    assert places(text, sought) == places(f"{text} \u00e9", sought)


@given(st.text(max_size=20))
def test_a_text_is_folded_alone_as_with_its_places(text: str) -> None:
    alone, placed = ("".join(filter(str.isalnum, each)) for each in (plain(text), fold(text).text))
    assert alone == placed


@given(st.text(max_size=40), st.text(max_size=10))
def test_what_is_found_reads_as_what_was_asked(text: str, phrase: str) -> None:
    sought = wanted((phrase,))
    for start, end in places(text, sought) if sought.phrases else ():
        assert 0 <= start < end <= len(text)
        words = [word for each in sought.phrases for word in each]
        assert any(word in plain(text[start:end]) for word in words)


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, poa: Poa) -> Path:
    """Give the small plan, with an amendment."""
    data = small_plan.files()
    small_plan.action(data)["text"] = (
        "The States of an estate. Observers should [observers: report | tell] to the State's bodies. So."
    )
    folder = small_plan.write(tmp_path / "project", data)
    words = ("--text", "Each State should answer.", "--comment", "A State acts, States answer.")
    done = poa(
        "-C", folder, "amend", "propose", "A-002", *words, "--by", "Delegation A", "--date", "2017-12-04"
    )
    assert done.status == 0
    return folder


def test_what_is_found_stands_where_it_is_said_to(project: Path, poa: Poa) -> None:
    done = poa("-C", project, "find", "state", "--format", "json")
    assert (done.status, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    jsonschema.validate(data, json.loads(schemas()["find.schema.json"]))
    found = [(each["among"], each["record"], each["field"]) for each in data["found"]]
    assert found == [
        ("texts", "A-001", "text"),
        ("amendments", "floor-1", "proposed"),
        ("amendments", "floor-1", "comment"),
    ]
    for each in data["found"]:
        line = (project / each["path"]).read_text("utf-8").splitlines()[each["line"] - 1]
        assert re.match(r"State\b", line[each["column"] - 1 :])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("tell states",), [("sources", "hres-2015-02-r1", "text", ["A-001"])]),
        (("covenant",), [("sources", "iccpr", "title", ["A-001", "A-002"])]),
        (("remedy",), [("sources", "iccpr 2(3)", "subject", [])]),
        (("iccpr 25",), [("sources", "iccpr 25(b)", "ref", ["A-001", "A-002"])]),
        (("election observers",), [("sources", "observers", "title", ["A-001"])]),
        (("inaugural",), [("sources", "hres-2015-02", "title", [])]),
        (("genuine",), [("texts", "P-01", "text", [])]),
        (("first things",), [("texts", "first", "title", [])]),
        (("after it",), [("texts", "A-001", "points.b", [])]),
        (("circle",), [("texts", "A-002", "why", [])]),
        (("working text",), [("texts", "plan", "notice", [])]),
        (("observers",), [("texts", "A-001", "text", []), ("sources", "observers", "title", ["A-001"])]),
        (("Delegation",), [("amendments", "floor-1", "proposer", [])]),
    ],
)
def test_every_text_source_and_amendment_is_looked_through(
    words: tuple[str, ...], found: list[object], project: Path, poa: Poa
) -> None:
    data = json.loads(poa("-C", project, "find", *words, "--format", "json").stdout)
    assert [
        (each["among"], each["record"], each["field"], each["used_by"]) for each in data["found"]
    ] == found


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md")])
def test_the_words_are_marked_in_their_sentence(
    form: str, ending: str, project: Path, poa: Poa, golden: Golden
) -> None:
    done = poa("-C", project, "find", "state", "--format", form)
    assert done.status == 0
    golden(f"find/state.{ending}", done.stdout)


def test_on_a_page_they_are_marked_too_and_what_others_wrote_is_escaped(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "A <script>alert(1)</script> State."
    folder = small_plan.write(tmp_path / "x", data)
    page = poa("-C", folder, "find", "state", "--format", "html").stdout
    assert "<mark>State</mark>" in page
    assert "<script" not in page


def test_the_conference_and_pages_for_readers_are_texts_too(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    data["plan.yaml"]["conference"] = {"title": "A gathering", "dates": ["2017-12-04"], "place": "Atlanta"}
    data["plan.yaml"]["links"] = [{"title": "A page of records", "url": "https://example.org/atlanta"}]
    folder = small_plan.write(tmp_path / "x", data)
    for word, field in (("atlanta", "conference.place"), ("records", "links.title")):
        found = json.loads(poa("-C", folder, "find", word, "--format", "json").stdout)["found"]
        assert [(each["record"], each["field"]) for each in found] == [("plan", field)]


def test_what_is_set_aside_is_said_to_be(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "withdraw", "A-002", "--reason", "x").status == 0
    assert "A-002 (withdrawn) plan/sections" in poa("-C", project, "find", "answer").stdout


def test_nothing_found_is_said_with_status_1(project: Path, poa: Poa) -> None:
    done = poa("-C", project, "find", "zebra")
    assert (done.status, done.stdout) == (1, "")
    assert done.stderr == "nothing in the plan has \u201czebra\u201d\n"
    done = poa("-C", project, "find", "zebra", "--format", "json")
    assert (done.status, json.loads(done.stdout)["found"]) == (1, [])


def test_words_that_stand_apart_are_given_and_said_to_be(project: Path, poa: Poa) -> None:
    done = poa("-C", project, "find", "observers bodies")
    assert (done.status, "A-001" in done.stdout) == (0, True)
    assert (
        done.stderr == "nothing has \u201cobservers bodies\u201d in sequence; these have all of its words\n"
    )
    assert poa("-C", project, "find", '"observers bodies"').status == 1


@pytest.mark.parametrize("words", ["", " ", "\u2026", '""'])
def test_no_word_is_wrong_usage(words: str, project: Path, poa: Poa) -> None:
    done = poa("-C", project, "find", words)
    assert (done.status, "say which words" in done.stderr) == (2, True)


def test_what_cannot_be_read_is_not_silently_left_out(project: Path, poa: Poa) -> None:
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("id: A-002", "id: A-002\n  typo: x"), "utf-8")
    done = poa("-C", project, "find", "answer")
    assert "some records cannot be read and were not searched" in done.stderr


def test_the_longest_query_takes_no_longer_than_its_words() -> None:
    assert _found("a " * 2000, " ".join(["a"] * 500)) != []
    assert search.places("a-" * 5000, wanted(("a b",))) == ()
