"""Merging three versions of a file: both sides are in the result, or in a marked conflict. Never one alone."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from poa_toolkit.api.merge_file import MergedFile, merge_files
from poa_toolkit.edit import yaml_text
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.merge.values import merge
from poa_toolkit.merge.words import merge_words
from poa_toolkit.model import (
    Action,
    Actor,
    Amendment,
    AmendmentsFile,
    Consultation,
    Head,
    Instrument,
    Paragraph,
    Recommendation,
    Section,
)
from poa_toolkit.model.base import Record
from poa_toolkit.model.fields import fields
from poa_toolkit.model.list_items import same

PATH = "plan/sections/01.yaml"
BASE = """\
# yaml-language-server: $schema=../../schema/section.schema.json
id: first
title: First things
actions:
  # the first of all
  - id: A-001 # for ever
    text: >-
      Observers should report to the treaty bodies before each review of a State.
      They may ask for an answer.
    points:
      - id: a
        text: On the day.
      - id: b
        text: And after it.
    level: [national]
    addressees:
      - observers
    provisions:
      - iccpr 25
      - iccpr 2(3)
    status: draft
  - id: A-002
    text: States should answer within a year.
    addressees:
      - states
    status: draft
    timeframe: by 2019
"""


def _merged(ours: str, theirs: str, base: str = BASE, path: str = PATH) -> MergedFile:
    return merge_files(base.encode(), ours.encode(), theirs.encode(), path)


def _edited(*pairs: tuple[str, str], base: str = BASE) -> str:
    for old, new in pairs:
        assert base.count(old) == 1, old
        base = base.replace(old, new)
    return base


def _words(base: str, ours: str, theirs: str) -> str | None:
    """Give the words of both sides in one text; None where there is a doubt."""
    merged = merge_words(base, ours, theirs)
    assert (merged.ours == merged.theirs) == (not merged.reason)
    return None if merged.reason else merged.ours


def _sides(marked: str) -> tuple[str, str]:
    """Give a file with conflict markers as each of the two sides would resolve it."""
    pattern = re.compile(r"^<{7} [^\n]*\n(.*?)^={7}\n(.*?)^>{7} [^\n]*\n", re.MULTILINE | re.DOTALL)
    return pattern.sub(lambda match: match[1], marked), pattern.sub(lambda match: match[2], marked)


# --- clean merges -------------------------------------------------------------------------------

CLEAN = {
    "words of one sentence": (
        [("Observers should report", "Observers shall report")],
        [("each review of a State", "every review of a State")],
        ["shall report to the treaty bodies before every review of a State"],
    ),
    "the same change on both sides": (
        [("within a year", "within two years")],
        [("within a year", "within two years")],
        ["States should answer within two years."],
    ),
    "fields of one record": (
        [("    status: draft\n    timeframe: by 2019", "    status: agreed\n    timeframe: by 2019")],
        [("timeframe: by 2019", "timeframe: by 2020")],
        ["status: agreed", "timeframe: by 2020"],
    ),
    "links as sets": (
        [("      - iccpr 2(3)\n", "")],
        [("      - iccpr 2(3)\n", "      - iccpr 2(3)\n      - udhr 21\n")],
        ["      - iccpr 25\n      - udhr 21\n"],
    ),
    "links in brackets": (
        [("level: [national]", "level: [national, regional]")],
        [("level: [national]", "level: [international, national]")],
        ["level: [international, national, regional]"],
    ),
    "points by their ids": (
        [("        text: On the day.\n", "        text: On the very day.\n")],
        [("      - id: b\n        text: And after it.\n", "      - id: c\n        text: Also before it.\n")],
        ["On the very day.", "Also before it."],
    ),
    "an action at the end on both sides": (
        [("timeframe: by 2019\n", "timeframe: by 2019\n  # ours\n  - id: A-003\n    text: One.\n    status: draft\n")],
        [("timeframe: by 2019\n", "timeframe: by 2019\n  # theirs\n  - id: A-004\n    text: Two.\n    status: draft\n")],
        ["  # ours\n  - id: A-003\n    text: One.\n    status: draft\n  # theirs\n  - id: A-004\n"],
    ),
    "a comment beside an edit": (
        [("  - id: A-002\n", "  # to be asked\n  - id: A-002 # see the minutes\n")],
        [("within a year", "within two years")],
        ["  # to be asked\n  - id: A-002 # see the minutes\n    text: States should answer within two years."],
    ),
    "a withdrawn point and a changed status": (
        [("      - id: b\n        text: And after it.\n", "")],
        [("    status: draft\n  - id: A-002", "    status: agreed\n  - id: A-002")],
        ["        text: On the day.\n    level", "status: agreed\n  - id: A-002"],
    ),
    "a new key on each side": (
        [("timeframe: by 2019", "timeframe: by 2019\n    reason: One.")],
        [("    addressees:\n      - states\n", "    level: [national]\n    addressees:\n      - states\n")],
        ["reason: One.", "level: [national]\n    addressees:\n      - states"],
    ),
    "a paragraph wrapped anew": (
        [("      Observers should report to the treaty bodies before each review of a State.\n      They may", "      Observers should report to the treaty bodies\n      before each review of a State. They may")],
        [("They may ask", "They should ask")],
        ["They should ask for an answer."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_does_not_concern_each_other_is_merged(name: str) -> None:
    ours, theirs, found = CLEAN[name]
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = _merged(_edited(*one), _edited(*other))
        assert merged.conflicts == ()
        text = merged.content.decode()
        if (one, other) == (ours, theirs):
            assert [each for each in found if each not in text] == [], text
        assert "# the first of all" in text


def test_the_order_of_one_side_and_the_words_of_the_other() -> None:
    first, second = (
        BASE[BASE.index("  # the first") : BASE.index("  - id: A-002")],
        BASE[BASE.index("  - id: A-002") :],
    )
    ours = BASE.replace(first + second, second + first)
    merged = _merged(ours, _edited(("within a year", "within two years")))
    assert merged == MergedFile(ours.replace("within a year", "within two years").encode())


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_line_ends_and_byte_order_mark_of_our_side_stay(ending: str, mark: str) -> None:
    ours = mark + _edited(("should report", "shall report")).replace("\n", ending)
    merged = _merged(ours, _edited(("before each review", "before every review")))
    assert merged.conflicts == ()
    expected = ours.replace("before each review", "before every review")
    assert merged.content == expected.encode()


@pytest.mark.parametrize("changed", [BASE, "not: [yaml", "", "\x00\xff"])
def test_a_side_that_changed_nothing_gives_the_other_byte_for_byte(changed: str) -> None:
    assert _merged(changed, BASE) == MergedFile(changed.encode())
    assert _merged(BASE, changed) == MergedFile(changed.encode())
    assert _merged(changed, changed) == MergedFile(changed.encode())


# --- conflicts ----------------------------------------------------------------------------------

CONFLICTS = {
    "the same words": (
        [("within a year", "within two years")],
        [("within a year", "within six months")],
        ["A-002 text: both sides changed the same words, or words beside each other"],
    ),
    "words beside each other": (
        [("States should", "States shall")],
        [("should answer", "should reply")],
        ["A-002 text: both sides changed the same words, or words beside each other"],
    ),
    "a status": (
        [("    status: draft\n    timeframe", "    status: agreed\n    timeframe")],
        [("    status: draft\n    timeframe", "    status: deferred\n    timeframe")],
        ['A-002 status: one side has "agreed", the other "deferred"'],
    ),
    "taken out here and changed there": (
        [("      - id: b\n        text: And after it.\n", "")],
        [("And after it.", "And long after it.")],
        ["A-001 points.b: was taken out on one side and changed on the other"],
    ),
    "twin ids": (
        [("timeframe: by 2019\n", "timeframe: by 2019\n  - id: A-003\n    text: One.\n    status: draft\n")],
        [("actions:\n", "actions:\n  - id: A-003\n    text: Two.\n    status: draft\n")],
        ["A-003: was added on both sides, as two different records: one of them needs another id"],
    ),
    "twin ids but for their case": (
        [("timeframe: by 2019\n", "timeframe: by 2019\n  - id: A-003\n    text: One.\n    status: draft\n")],
        [("timeframe: by 2019\n", "timeframe: by 2019\n  - id: a-003\n    text: One.\n    status: draft\n")],
        ["a-003: A-003 and a-003 were added on the two sides: one of them needs another id"],
    ),
    "a twin point": (
        [("        text: And after it.\n", "        text: And after it.\n      - id: c\n        text: One.\n")],
        [("        text: And after it.\n", "        text: And after it.\n      - id: c\n        text: Two.\n")],
        ["A-001 points.c: was added on both sides, as two different records: one of them needs another id"],
    ),
    "a key taken out and changed": (
        [("    timeframe: by 2019\n", "")],
        [("timeframe: by 2019", "timeframe: by 2020")],
        ['A-002 timeframe: one side has nothing, the other "by 2020"'],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_doubt_is_a_marked_conflict_with_both_sides(name: str) -> None:
    ours, theirs, reasons = CONFLICTS[name]
    one, other = _edited(*ours), _edited(*theirs)
    merged = _merged(one, other)
    assert [f"{each.place}: {each.message}" for each in merged.conflicts] == reasons
    mine, yours = _sides(merged.content.decode())
    assert "<<<<<<<" not in mine + yours
    assert same(
        Reading(mine).value, merge(*(Reading(each).value for each in (BASE, one, other)), root=Section).ours
    )
    assert same(
        Reading(yours).value,
        merge(*(Reading(each).value for each in (BASE, one, other)), root=Section).theirs,
    )


def test_beside_a_conflict_the_rest_is_merged_on_both_sides() -> None:
    ours = _edited(("within a year", "within two years"), ("should report", "shall report"))
    theirs = _edited(("within a year", "within six months"), ("- iccpr 2(3)", "- udhr 21"))
    text = _merged(ours, theirs).content.decode()
    assert text.count("<<<<<<<") == 1
    for side in _sides(text):
        assert "shall report" in side
        assert "- udhr 21" in side


def test_a_block_scalar_edited_on_both_sides_keeps_both(golden: Any) -> None:
    """A merge of syntax trees was seen to keep one side of such a text, and to call it clean."""
    ours = _edited(("They may ask for an answer.", "They may ask for a public answer."))
    theirs = _edited(("They may ask for an answer.", "They may ask for an answer in writing."))
    merged = _merged(ours, theirs)
    text = merged.content.decode()
    assert "a public answer" in text
    assert "in writing" in text
    golden("merge/block-scalar.yaml", text)


@pytest.mark.parametrize("style", [">-", ">", "|-", "|"])
def test_a_literal_or_folded_block_is_never_halved(style: str) -> None:
    base = BASE.replace(">-", style)
    ours = _edited(("They may ask", "They can ask"), base=base)
    theirs = _edited(("for an answer.", "for an answer in time."), base=base)
    merged = _merged(ours, theirs, base)
    text = merged.content.decode()
    assert "can" in text
    assert "in time" in text


def test_a_comment_on_a_record_that_the_other_side_took_out_is_kept() -> None:
    theirs = _edited(("  - id: A-002\n", "  # ask the Bureau\n  - id: A-002\n"))
    for more in ([], [("id: first", "id: other")]):
        ours = _edited(*more)[: _edited(*more).index("  - id: A-002")]
        merged = _merged(ours, _edited(("id: first", "id: third"), base=theirs) if more else theirs)
        assert merged.conflicts
        assert "# ask the Bureau" in merged.content.decode()
        assert "<<<<<<<" in merged.content.decode()


def test_comments_on_both_sides_of_a_doubtful_layout_are_kept() -> None:
    ours = _edited(
        ("should report to", "shall report to"),
        ("    status: draft\n  - id", "    status: draft # ours\n  - id"),
    )
    theirs = _edited(("each review", "every review"), ("- iccpr 25\n", "- iccpr 25 # theirs\n"))
    text = _merged(ours, theirs).content.decode()
    for word in ("# ours", "# theirs", "shall", "every", "# the first of all", "# for ever"):
        assert word in text


@pytest.mark.parametrize("bad", ["id: first\ntitle: [\n", "a: &x 1\nb: *x\n", "\x00", ""])
def test_what_is_no_yaml_is_merged_as_git_does(bad: str) -> None:
    for sides in ((bad, BASE + "# x\n"), (BASE + "# x\n", bad)):
        merged = _merged(*sides)
        assert merged.conflicts
        text = merged.content.decode()
        assert "# x" in text
        assert all(line in text for line in bad.splitlines())


def test_markers_have_the_size_that_git_asks_for() -> None:
    ours, theirs = _edited(("within a year", "within two years")), _edited(("within a year", "at once"))
    merged = merge_files(BASE.encode(), ours.encode(), theirs.encode(), PATH, marker=11)
    assert re.findall(r"^[<=>]+", merged.content.decode(), re.MULTILINE) == ["<" * 11, "=" * 11, ">" * 11]


def test_values_that_fit_alone_and_not_together_are_a_conflict() -> None:
    base = "consultation:\n  id: c-1\n  title: One\n  dates: [2015-02-11]\nrecommendations: []\n"
    ours = base.replace("title: One", "title: One\n  place: Here")
    merged = _merged(ours, base.replace("title: One", "title: Two"), base, "plan/recommendations/c-1.yaml")
    assert merged.conflicts == ()
    head = "recommendations:\n  - id: r-1\n    text: One.\n    origin: illustrative\n"
    both = [head + each for each in ("    symbol: A/1\n", "    paragraph: 3\n")]
    assert not _merged(both[0], both[1], head, "plan/recommendations/x.yaml").conflicts


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("a b c d e", "A b c d e", "a b c d E", "A b c d E"),
        ("a b c d e", "x a b c d e", "a b c d e y", "x a b c d e y"),
        ("a b c d e", "b c d e", "a b c d", "b c d"),
        ("a b c", "a b c", "a B c", "a B c"),
        ("a b c", "A b c", "a B c", None),
        ("a b c", "a x b c", "a y b c", None),
        ("a, b", "A, b", "a, B", None),
        ("[a | b] should c", "b should c", "[a | b] should d", "b should d"),
        ("x [a b c | d e f] y", "x d e f y", "x [a b B c | d e f] y", None),
        ("x [a | b] y", "x a y", "x b y", None),
        ("x [a b c d] y", "x [a b] c d y", "x a b c d y", None),
        ("25(b) of x", "25(b) of y", "25(c) of x", "25(c) of y"),
        ("", "a", "b", None),
    ],
)
def test_words(base: str, ours: str, theirs: str, merged: str | None) -> None:
    assert _words(base, ours, theirs) == merged
    assert _words(base, theirs, ours) == merged


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (record, field.name)
        for record in (Action, Recommendation, Head, Paragraph, Section, Instrument, Actor)
        for field in fields(record).values()
        if field.value.is_words
    ],
)
def test_all_that_people_read_word_by_word_is_merged_by_words(record: type[Record], field: str) -> None:
    texts = (
        "within two years of the vote",
        "within three years of the vote",
        "within two years of the count",
    )
    merged = merge(*({field: text} for text in texts), root=record)
    assert (merged.ours, merged.conflicts) == ({field: "within three years of the count"}, [])


@pytest.mark.parametrize("field", ["original", "proposed", "modified"])
def test_words_that_stood_somewhere_are_never_mixed(field: str) -> None:
    texts = ("States should answer.", "States shall answer.", "States should reply.")
    assert merge(*({field: text} for text in texts), root=Amendment).conflicts


def _amended(**fields: object) -> dict[str, Any]:
    return {"id": "floor-1", "original": "a b c", "proposed": "a B c", "state": "open", **fields}


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        # two desks accepted others to the same text
        ({"rebased": {"original": "x a b c"}}, {"rebased": {"original": "a b c y"}}, {}),
        # one desk accepted another, at the other one it was revised
        ({"rebased": {"original": "x a b c"}}, {"proposed": "a BB c"}, {"proposed": "a BB c"}),
        # what was adopted stays on record
        (
            {"rebased": {"original": "x a b c"}, "state": "accepted"},
            {"rebased": {"original": "a b c y"}},
            {"rebased": {"original": "x a b c"}, "state": "accepted"},
        ),
        ({"state": "accepted"}, {"rebased": {"original": "a b c y"}}, {"state": "accepted"}),
        (
            {"rebased": {"original": "x"}},
            {"comment": "For it."},
            {"rebased": {"original": "x"}, "comment": "For it."},
        ),
    ],
)
def test_what_an_amendment_comes_to_today_is_reckoned_anew_where_two_desks_differ(
    ours: dict[str, Any], theirs: dict[str, Any], expected: dict[str, Any]
) -> None:
    for sides in ((ours, theirs), (theirs, ours)):
        merged = merge(_amended(), *(_amended(**each) for each in sides), root=Amendment)
        assert (merged.conflicts, merged.ours) == ([], _amended(**expected))


_STALE = {"state": "stale", "reason": "floor-2 was accepted: the words are gone"}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"state": "rejected", "decided_by": "Chair"}, {"state": "rejected", "decided_by": "Chair"}),
        ({"proposed": "a C c"}, {"proposed": "a C c"}),
        ({"history": [{"turn": "reopened"}]}, {"history": [{"turn": "reopened"}]}),
        ({"comment": "For it."}, {"comment": "For it.", **_STALE}),
        (_STALE, _STALE),
        ({"proposed": "a C c", **_STALE}, {"proposed": "a C c", **_STALE}),
        (
            {"history": [{"turn": "reopened"}], **_STALE},
            {"history": [{"turn": "reopened"}], **_STALE},
        ),
    ],
)
def test_that_an_amendment_is_stale_gives_way_to_what_a_person_did(
    other: dict[str, Any], expected: dict[str, Any]
) -> None:
    for sides in ((_STALE, other), (other, _STALE)):
        merged = merge(_amended(), *(_amended(**each) for each in sides), root=Amendment)
        assert (merged.conflicts, merged.ours) == ([], _amended(**expected))


def test_a_decision_in_conflict_stands_in_the_file_as_each_desk_wrote_it() -> None:
    kept = "    rebased:\n      original: {0} a b c\n      proposed: {0} a B c\n"
    stale = "    state: stale\n    reason: the words are gone\n"
    decided = "    state: accepted\n    decided_by: Chair\n    decided: 2017-12-05\n"
    amendment = (
        "amendments:\n  - id: floor-1\n    record: A-001\n    field: text\n    original: a b c\n"
        "    proposed: a B c\n{}    proposer: A\n    date: 2017-12-04\n{}"
    )
    sides = amendment.format(kept.format("x"), stale), amendment.format(kept.format("y"), decided)
    merged = _merged(*sides, amendment.format("", ""), "plan/amendments/floor.yaml")
    assert [each.place for each in merged.conflicts] == ["floor-1"]
    assert all(line in merged.content.decode().splitlines() for side in sides for line in side.splitlines())


def test_what_both_desks_found_stale_has_the_reasons_of_both() -> None:
    other = {"state": "stale", "reason": "floor-3 was accepted: other words are gone"}
    merged = merge(_amended(), _amended(**_STALE), _amended(**other), root=Amendment)
    both = "floor-2 was accepted: the words are gone; floor-3 was accepted: other words are gone"
    assert (merged.conflicts, merged.ours["reason"]) == ([], both)


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        (
            {"state": "accepted", "decided_by": "Chair"},
            _STALE,
            "was decided on both sides, in two ways",
        ),
        (
            {"state": "accepted", "decided_by": "Chair", "reason": "Agreed."},
            {"state": "rejected", "decided_by": "Bureau", "reason": "Not wanted."},
            "was decided on both sides, in two ways",
        ),
        (
            {"state": "accepted", "decided_by": "Chair"},
            {"proposed": "a C c"},
            "was decided on one side and revised on the other",
        ),
        (
            {"state": "accepted", "decided_by": "Chair"},
            {"history": [{"turn": "reopened", "state": "accepted"}]},
            "was decided on both sides, in two ways",
        ),
        ({"proposed": "a C c"}, {"proposed": "a D c"}, "was revised on both sides, in two ways"),
    ],
)
def test_a_decision_is_one_thing_and_on_certain_words(
    ours: dict[str, Any], theirs: dict[str, Any], why: str
) -> None:
    for sides in ((ours, theirs), (theirs, ours)):
        one, other = (_amended(**each) for each in sides)
        merged = merge(
            {"amendments": [_amended()]}, {"amendments": [one]}, {"amendments": [other]}, root=AmendmentsFile
        )
        assert [(each.place, each.message) for each in merged.conflicts] == [("floor-1", why)]
        assert (merged.ours, merged.theirs) == ({"amendments": [one]}, {"amendments": [other]})


def test_a_long_text_of_equal_words_is_merged_at_once() -> None:
    ours = _edited(("within a year", "within " + "word and " * 3000 + "a year"))
    merged = _merged(ours, _edited(("States should", "States shall")))
    assert merged.conflicts == ()
    assert "States shall answer within word and word" in merged.content.decode()


def test_a_list_of_dates_is_no_set() -> None:
    merged = merge({"dates": ["1", "2"]}, {"dates": ["1", "3"]}, {"dates": ["1", "4"]}, root=Consultation)
    assert [each.message for each in merged.conflicts] == ["both sides put something else there"]
    merged = merge(
        {"provisions": ["1", "2"]}, {"provisions": ["1", "3"]}, {"provisions": ["1", "4"]}, root=Action
    )
    assert (merged.ours, merged.conflicts) == ({"provisions": ["1", "3", "4"]}, [])


def test_sides_of_another_layout_are_merged_in_that_of_fmt() -> None:
    ours = _edited(("should report", "shall report"))
    theirs = "id: first\ntitle: First things\nactions:\n" + "".join(
        line.removeprefix("  ")
        for line in _edited(("each review", "every review")).splitlines(keepends=True)[4:]
    )
    assert Reading(theirs).value["actions"][1] == Reading(BASE).value["actions"][1]
    merged = _merged(ours, theirs)
    assert merged.conflicts == ()
    text = merged.content.decode()
    assert "      Observers shall report to the treaty bodies before every review of a State.\n" in text
    assert "  - id: A-001 # for ever\n" in text


# --- laws ---------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "observers",
        "States",
        "should",
        "may",
        "report",
        "answer",
        "25(b)",
        "A/RES/1",
        "30%",
        "by",
        "2019",
        "the",
        "of",
        "and",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: f"{' '.join(words)}.")
LINKS = st.lists(st.sampled_from(["iccpr 25", "iccpr 2", "udhr 21", "cerd 5"]), unique=True, max_size=4)


@st.composite
def drawn_point(draw: st.DrawFn, name: str) -> dict[str, Any]:
    below = draw(st.lists(st.sampled_from(("i", "ii")), unique=True))
    points = [{"id": f"{name}-{each}", "text": draw(SENTENCE)} for each in below]
    return {"id": name, "text": draw(SENTENCE), **({"points": points} if points else {})}


def change_level(draw: st.DrawFn, points: list[dict[str, Any]]) -> None:
    """Let a sub-point of the first point that has any become a point, or stand under another."""
    holder = next((each for each in points if each.get("points")), None)
    if holder is None:
        return
    taken = holder["points"].pop(0)
    if not holder["points"]:
        del holder["points"]
    goal = draw(st.sampled_from([None, *(each["id"] for each in points)]))
    other = next((each for each in points if each["id"] == goal), None)
    (points if other is None else other.setdefault("points", [])).append(taken)


@st.composite
def actions(draw: st.DrawFn, names: tuple[str, ...]) -> list[dict[str, Any]]:
    found = []
    for name in names:
        points = draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3))
        action: dict[str, Any] = {"id": name, "text": draw(SENTENCE)}
        if points:
            action["points"] = [draw(drawn_point(each)) for each in points]
        if provisions := draw(LINKS):
            action["provisions"] = provisions
        action["status"] = draw(st.sampled_from(["draft", "agreed"]))
        found.append(action)
    return found


@st.composite
def edits(draw: st.DrawFn, record: dict[str, Any]) -> dict[str, Any] | None:
    """Change a record in some way, or take it out."""
    new = copy.deepcopy(record)
    for what in draw(
        st.lists(st.sampled_from(["words", "status", "links", "points", "levels", "gone"]), max_size=3)
    ):
        if what == "gone":
            return None
        if what == "words":
            words = new["text"].split()
            at = draw(st.integers(0, len(words) - 1))
            words[at : at + draw(st.integers(0, 2))] = [draw(WORDS), "."]
            new["text"] = " ".join(words)
        elif what == "status":
            new["status"] = draw(st.sampled_from(["draft", "agreed", "deferred"]))
        elif what == "links":
            new["provisions"] = draw(LINKS)
        elif what == "points":
            new["points"] = [draw(drawn_point(each)) for each in draw(st.permutations("abcd"))]
        elif what == "levels" and new.get("points"):
            change_level(draw, new["points"])
    return new


def _text(records: list[dict[str, Any]], remarks: dict[str, str] | None = None) -> str:
    lines = ["id: first", "title: First things", f"actions:{'' if records else ' []'}"]
    for record in records:
        if remark := (remarks or {}).get(record["id"]):
            lines.append(f"  # {remark}")
        lines += yaml_text.items([record], 2, Action)
    return "\n".join(lines) + "\n"


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Making a failure small takes minutes here: each try asks git."""
NAMES = ("A-001", "A-002", "A-003", "A-004")


def _assert_nothing_is_lost(base: str, ours: str, theirs: str) -> MergedFile:
    merged = _merged(ours, theirs, base)
    data = merge(*(Reading(each).value for each in (base, ours, theirs)), root=Section)
    text = merged.content.decode()
    if not merged.conflicts:
        assert not data.conflicts
        assert same(Reading(text).value, data.ours)
        assert not re.search(r"^(<<<<<<<|=======|>>>>>>>)", text, re.MULTILINE)
        return merged
    mine, yours = _sides(text)
    assert mine != yours
    # what was taken out, but for a comment that came on the other side, stands there still
    kept = {each.place for each in merged.conflicts if "new comment" in each.message}
    for marked, expected in ((mine, data.ours), (yours, data.theirs)):
        found = {**Reading(marked).value, "actions": None}
        assert same(found, {**expected, "actions": None})
        assert [each for each in Reading(marked).value["actions"] if each["id"] not in kept] == [
            each for each in expected["actions"] if each["id"] not in kept
        ]
    return merged


@given(data=st.data())
@settings(phases=QUICK)
def test_edits_of_different_records_are_all_there(data: st.DataObject) -> None:
    base = data.draw(actions(NAMES))
    ours: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    both: list[dict[str, Any]] = []
    for record in base:
        new = data.draw(edits(record))
        is_ours = data.draw(st.booleans())
        for side, changed in ((ours, is_ours), (theirs, not is_ours), (both, True)):
            kept = new if changed else record
            if kept is not None:
                side.append(kept)
    extra = data.draw(actions(("A-005",))), data.draw(actions(("A-006",)))
    merged = _merged(_text([*ours, *extra[0]]), _text([*theirs, *extra[1]]), _text(base))
    assert merged.conflicts == ()
    found = Reading(merged.content.decode()).value["actions"]
    assert same(found, Reading(_text([*both, *extra[0], *extra[1]])).value["actions"])


def test_a_point_that_each_side_puts_elsewhere_is_a_conflict() -> None:
    def points(a: list[str], b: list[str], own: list[str]) -> str:
        record = {
            "id": "A-001",
            "text": "All should report:",
            "points": [
                {"id": "a", "text": "One:", "points": [{"id": each, "text": f"{each}."} for each in a]},
                {"id": "b", "text": "Two:", "points": [{"id": each, "text": f"{each}."} for each in b]},
                *({"id": each, "text": f"{each}."} for each in own),
            ],
            "status": "draft",
        }
        return _text([record])

    base = points(["a-i", "a-ii"], ["b-i"], [])
    ours, theirs = points(["a-ii"], ["b-i"], ["a-i"]), points(["a-ii"], ["b-i", "a-i"], [])
    merged = _assert_nothing_is_lost(base, ours, theirs)
    assert [(each.place, each.message) for each in merged.conflicts] == [
        ("A-001", "each side has point a-i at another place")
    ]
    one_moves = _merged(ours, base, base)
    assert (one_moves.conflicts, one_moves.content.decode()) == ((), ours)


@given(data=st.data())
@settings(phases=QUICK)
def test_whatever_two_sides_do_nothing_is_lost(data: st.DataObject) -> None:
    base = data.draw(actions(NAMES))
    sides = []
    for name in ("ours", "theirs"):
        changed = [new for record in base if (new := data.draw(edits(record))) is not None]
        if data.draw(st.booleans()):
            changed += data.draw(actions(data.draw(st.sampled_from([("A-005",), ("a-005",), ("A-006",)]))))
        if data.draw(st.booleans()):
            changed = data.draw(st.permutations(changed))
        remarks = {each["id"]: f"{name} {each['id']}" for each in changed if data.draw(st.booleans())}
        sides.append(_text(changed, remarks))
    merged = _assert_nothing_is_lost(_text(base), sides[0], sides[1])
    text = merged.content.decode()
    said = {each for side in sides for each in re.findall(r"#.*", side)}
    assert [each for each in said if each not in text] == []


@given(data=st.data())
def test_one_side_unchanged_gives_the_other(data: st.DataObject) -> None:
    base = data.draw(actions(NAMES))
    changed = [new for record in base if (new := data.draw(edits(record))) is not None]
    values = [Reading(_text(each)).value for each in (base, changed)]
    for sides in ((values[0], values[1]), (values[1], values[0])):
        merged = merge(values[0], *sides, root=Section)
        assert not merged.conflicts
        assert same(merged.ours, values[1])
    assert _merged(_text(changed), _text(base), _text(base)) == MergedFile(_text(changed).encode())


@given(words=st.lists(WORDS, min_size=3, max_size=30), data=st.data())
@settings(max_examples=200)
def test_changes_of_words_apart_are_both_there(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 3))
    second = data.draw(st.integers(first + 2, len(words) - 1))
    mine, yours, both = (list(words) for _ in range(3))
    mine[first] = both[first] = "ONE"
    yours[second] = both[second] = "OTHER"
    merged = _words(" ".join(words), " ".join(mine), " ".join(yours))
    assert merged in (" ".join(both), None)
    is_crumb = all(each in ("of", "and", "the", "by") for each in words[first + 1 : second])
    if not is_crumb:
        assert merged == " ".join(both)


def test_a_merge_that_fails_leaves_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("poa_toolkit.api.merge_file.merge", broken)
    ours, theirs = _edited(("within a year", "within two years")), _edited(("within a year", "at once"))
    merged = _merged(ours, theirs)
    assert [each.message for each in merged.conflicts] == [
        "the merge by record failed; they were merged line by line"
    ]
    assert b"two years" in merged.content
    assert b"at once" in merged.content
