"""Law is never invented: what a note cites is read from words that stand together, and from no others."""

from __future__ import annotations

import functools
import itertools
import re
from typing import Any

import pytest
from conftest import ROOT, TESTS
from growth import assert_grows_no_more_than_its_input
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from poa_toolkit.load.plan import load
from poa_toolkit.returned.citations.note_reader import NoteReader
from poa_toolkit.source import folder
from poa_toolkit.trace import Trace, trace

CORPUS = TESTS / "corpus/citations.yaml"
ENTRIES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(CORPUS.read_text("utf-8"))
EVERY = [
    pytest.param(each, id=f"{family}-{number}")
    for family, of in ENTRIES.items()
    for number, each in enumerate(of)
]


@functools.cache
def registry() -> Trace:
    plan = load(folder.read(ROOT, "")).plan
    assert plan is not None
    return trace(plan)


@functools.cache
def reader() -> NoteReader:
    return NoteReader(registry())


@pytest.mark.parametrize("entry", EVERY)
def test_a_note_cites_what_it_says_and_nothing_else(entry: dict[str, Any]) -> None:
    read = reader().read(entry["note"])
    assert set(read.provisions) <= set(entry.get("cites", ()))
    assert set(read.unknown) <= set(entry.get("unknown", ()))
    assert list(read.recommendations) == entry.get("recommendations", [])
    if not entry.get("missed"):
        assert list(read.provisions) == entry.get("cites", [])
        assert list(read.unknown) == entry.get("unknown", [])
    if entry.get("rest", []) != "any":
        assert list(read.rest) == entry.get("rest", [])


def test_recall_over_the_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    entries = list(itertools.chain.from_iterable(ENTRIES.values()))
    meant = [
        (each["note"], one) for each in entries for one in (*each.get("cites", ()), *each.get("unknown", ()))
    ]
    found = [
        (note, one)
        for note, one in meant
        if one in (*(read := reader().read(note)).provisions, *read.unknown)
    ]
    recall = len(found) / len(meant)
    with capsys.disabled():
        print(f"\ncitations of the corpus: {len(entries)} notes, {len(meant)} citations, recall {recall:.3f}")  # noqa: T201 - a figure for people
    assert len(entries) >= 120
    assert recall >= 0.97
    missed = {note for note, _ in set(meant) - set(found)}
    assert missed == {each["note"] for each in entries if each.get("missed")}


NAMES = {
    "iccpr": (
        "ICCPR",
        "International Covenant on Civil and Political Rights",
        "the International Covenant on Civil and Political Rights (1966)",
    ),
    "udhr": (
        "UDHR",
        "Universal Declaration of Human Rights",
        "Universal Declaration of Human Rights (A/RES/217 A (III))",
    ),
    "achpr": ("ACHPR", "African Charter on Human and Peoples\u2019 Rights"),
    "iccpr-op1": (
        "Optional Protocol to the ICCPR",
        "Optional Protocol to the International Covenant on Civil and Political Rights",
    ),
    "echr-p1": ("Protocol No. 1 to the ECHR",),
    "crpd": ("CRPD", "UN Convention on the Rights of Persons with Disabilities", "A/RES/61/106"),
}
REFERENCES = {
    "iccpr": {"19": "19", "25 (b)": "25(b)", "2, para. 3": "2(3)", "40": "40"},
    "udhr": {"21(3)": "21(3)", "20": "20", "30": "30"},
    "achpr": {"13(1)": "13(1)", "9": "9"},
    "iccpr-op1": {"5": "5", "1": "1"},
    "echr-p1": {"3": "3"},
    "crpd": {"29": "29", "9": "9"},
}
JUNK = (
    "Constitution of Ruritania, art. 14",
    "Constitution of Ruritania, arts. 5 and 25",
    "Election law of Ruritania (2016), section 12, para. 4",
    "Second Optional Protocol to the ICCPR, art. 1",
    "Protocol No. 7 to the ECHR, art. 3",
    "Commentary on the ICCPR, art. 25",
    "Matyus v. Slovakia, para. 9",
    "CCPR/C/75/D/923/2000, para. 9",
    "Communication No. 1410/2005",
    "Application no. 12/345, § 25",
    "16 December 1966",
    "p. 14",
    "pp. 3-5",
    "No. 12/345",
    "ibid., para. 4",
    "see note 12 above",
    "A/RES/66/163, para. 7",
    "Vol. II, Rev.1",
    "57th session, 1996",
    "the Covenant, art. 25",
    "African Charter, art. 13",
    "CESCR, general comment No. 25, para. 11",
    "Rur. Const. art. 8",
    "art. 7 of the Constitution",
    "Law No. 12 of 1998",
    "Constitution",
)
KNOWN = st.sampled_from(
    [
        (form.format(name=name, reference=reference), f"{instrument} {each}")
        for instrument, names in NAMES.items()
        for name in names
        for reference, each in REFERENCES[instrument].items()
        for form in (
            "{name}, art. {reference}",
            "article {reference} of the {name}",
            "Art. {reference} {name}",
            "{name}, Article {reference}",
            "{name} (art. {reference})",
            "{name}: art. {reference}",
            "Art. {reference}, {name}",
        )
        if not (form.endswith("{name}") and "(" in name)
        if not ("the {name}" in form and name.startswith(("the ", "A/", "Protocol No.")))
    ]
)
PARTS = st.lists(st.one_of(KNOWN, st.sampled_from([(junk, "") for junk in JUNK])), min_size=1, max_size=6)
SEPARATORS = (
    "; ",
    ". ",
    ", ",
    " and ",
    ", and ",
    " \u2013 ",
    " ",
    " (",
    ") ",
    "; see also ",
    ", see ",
    ": ",
    "/",
)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(PARTS, st.data())
@settings(max_examples=200)
def test_no_splice_of_notes_invents_a_citation(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    note = parts[0][0]
    for words, _ in parts[1:]:
        note += data.draw(st.sampled_from(SEPARATORS)) + words
    read = reader().read(note)
    assert {*read.provisions, *read.unknown} <= {citation for _, citation in parts if citation}, note


@given(PARTS)
def test_what_stands_between_semicolons_is_read_whole_or_given_back(parts: list[tuple[str, str]]) -> None:
    read = reader().read("; ".join(words for words, _ in parts))
    assert {*read.provisions, *read.unknown} == {citation for _, citation in parts if citation}
    left = _words(" ".join(read.rest))
    expected = [word for words, citation in parts if not citation for word in _words(words)]
    assert [word for word in left if word not in POINTERS] == [
        word for word in expected if word not in POINTERS
    ]


POINTERS = {"see", "and", "the", "also"}


@given(PARTS, st.sampled_from(SEPARATORS), st.data())
def test_the_kind_of_white_space_changes_nothing(
    parts: list[tuple[str, str]], separator: str, data: st.DataObject
) -> None:
    note = separator.join(words for words, _ in parts)
    spaces = st.sampled_from(["\u00a0", "\u202f", "\u2009", "\t", "\n", "  ", " \u00a0", "\u2003", " \u200b"])
    spaced = "".join(data.draw(spaces) if each == " " and data.draw(st.booleans()) else each for each in note)
    plain, other = reader().read(note), reader().read(spaced)
    assert plain[:3] == other[:3]
    assert _words(" ".join(plain.rest)) == _words(" ".join(other.rest))


@given(PARTS, st.sampled_from(SEPARATORS), st.data())
def test_the_words_that_are_left_are_the_notes_own(
    parts: list[tuple[str, str]], separator: str, data: st.DataObject
) -> None:
    note = separator.join(words for words, _ in parts)
    at = data.draw(st.integers(0, len(note)))
    note = f"{note[:at]}{data.draw(st.text(max_size=8))}{note[at:]}"
    end = 0
    for stretch in reader().read(note).rest:
        end = note.index(stretch, end) + len(stretch)
        assert stretch.strip()


@given(
    st.permutations(
        ["ICCPR, art. 25", "UDHR, arts. 20 and 21(3)", "hres-2015-02-r1", "p. 14", "CRPD, art. 29"]
    )
)
def test_the_order_of_what_a_note_cites_changes_nothing(parts: list[str]) -> None:
    read = reader().read("; ".join(parts))
    assert sorted(read.provisions) == ["crpd 29", "iccpr 25", "udhr 20", "udhr 21(3)"]
    assert (read.recommendations, read.unknown, read.rest) == (("hres-2015-02-r1",), (), ("p. 14",))


@given(
    st.lists(
        st.sampled_from(
            [
                "ICCPR",
                "ECHR",
                ",",
                " ",
                ";",
                "art.",
                "arts. ",
                "of the ",
                "25",
                "(b)",
                "\u2013",
                "and",
                "(",
                ")",
                "No. 1",
                "to the ",
                "Protocol ",
                "respectively",
                "§ ",
                "general comment ",
                "GC",
                "\u00b2",
                "25b",
                "XX",
                "1996",
                "HRC ",
            ]
        ),
        max_size=30,
    )
)
def test_any_words_are_read_in_peace(pieces: list[str]) -> None:
    note = "".join(pieces)
    read = reader().read(note)
    for citation in (*read.provisions, *read.unknown):
        number = re.search(r"[0-9]+", citation.partition(" ")[2])
        assert number is None or number[0] in note or "\u2013" in note or "XX" in note


@pytest.mark.parametrize(
    "hostile",
    [
        "art. 1, ",
        "ICCPR, art. 1, ",
        "ICCPR (",
        "(",
        "ICCPR ",
        "1.1.1",
        "(1)",
        "arts. 1 and 2 of ",
        "general comment 25 ",
        "HRC, ",
        "Convention on the ",
        "; respectively",
        "1-2, ",
        "art. 25 ICCPR ",
        "A/RES/",
        "ICCPR 16 December 1966, ",
        "UN the ",
        "Human Rights Committee ",
    ],
)
def test_work_grows_no_more_than_the_note(hostile: str) -> None:
    read = reader().read
    assert_grows_no_more_than_its_input(lambda size: read(hostile * (size // len(hostile))), 12_500)
