"""The oracle of merges itself: right merges pass, and each kind of wrong one is seen."""

from __future__ import annotations

from random import Random

import pytest
from merging_histories import history
from merging_oracle import Conflicted, demand, judge, merge_prose, version

PATH = "plan/sections/01.yaml"
BASE = """\
id: first
title: First things
actions:
  - id: A-001
    text: >-
      States should publish the findings of each mission in time.
    addressees:
      - states
      - observers
    status: draft
  # from day 1
  - id: A-002
    text: Observers should meet.
    status: draft
"""
TWINS = "  - id: A-003\n    text: {}\n    status: {}\n"


def _judged(ours: str, theirs: str, merged: str) -> list[str]:
    return judge(*({PATH: each} for each in (BASE, ours, theirs, merged)))


def _edited(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _marked(ours: str, theirs: str) -> str:
    return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


WORD, OTHER = ("should publish", "must publish"), ("each mission", "every mission")
NEXT = ("publish the", "print the")
COMMENT = ("  - id: A-002\n", "  # ask them\n  - id: A-002\n")
STATUS = ("meet.\n    status: draft", "meet.\n    status: agreed")
REFINED = ("meet.\n    status: draft", "meet.\n    status: refined")
GONE = ("  # from day 1\n  - id: A-002\n    text: Observers should meet.\n    status: draft\n", "")
SWAPPED = (
    BASE[BASE.index("  - id: A-001") :],
    BASE[BASE.index("  # from") :] + BASE[BASE.index("  - id: A-001") : BASE.index("  # from")],
)
ONE, TWO = TWINS.format("Ours.", "draft"), TWINS.format("Theirs.", "refined")

RIGHT = {
    "words apart": (_edited(WORD), _edited(OTHER), _edited(WORD, OTHER)),
    "a word and another record": (_edited(WORD), _edited(STATUS, COMMENT), _edited(WORD, STATUS, COMMENT)),
    "taken out": (_edited(GONE), _edited(WORD), _edited(WORD, GONE)),
    "moved and reworded": (_edited(SWAPPED), _edited(WORD), _edited(SWAPPED).replace(*WORD)),
    "sets": (
        _edited(("      - states\n", "")),
        _edited(("      - observers\n", "      - observers\n      - media\n")),
        _edited(("      - states\n", ""), ("      - observers\n", "      - observers\n      - media\n")),
    ),
    "a field in conflict": (
        _edited(STATUS),
        _edited(REFINED, WORD),
        _edited(WORD, ("meet.\n    status: draft\n", "meet.\n" + _marked("    status: agreed\n", "    status: refined\n"))),
    ),
    "twins between markers": (BASE + ONE, BASE + TWO, BASE + _marked(ONE, TWO)),
    "twins, both": (BASE + ONE, BASE + TWO, BASE + ONE + TWO),
    "neighbouring words in conflict": (
        _edited(WORD),
        _edited(NEXT),
        _edited(
            (
                "      States should publish the findings of each mission in time.\n",
                _marked(
                    "      States must publish the findings of each mission in time.\n",
                    "      States should print the findings of each mission in time.\n",
                ),
            )
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_merge_passes(name: str) -> None:
    assert _judged(*RIGHT[name]) == []


WEAVE = f"{BASE}  - id: A-003\n" + _marked("    text: Ours.\n", "    text: Theirs.\n") + _marked(
    "    status: draft\n", "    status: refined\n"
)  # fmt: skip
WRONG = {
    "a lost word": (_edited(WORD), _edited(OTHER), _edited(OTHER), "must"),
    "a lost status": (_edited(STATUS), _edited(WORD), _edited(WORD), "A-002 status"),
    "a lost comment": (_edited(COMMENT), _edited(WORD), _edited(WORD), "# ask them"),
    "a comment elsewhere": (
        _edited(COMMENT),
        _edited(WORD),
        _edited(WORD, ("  - id: A-001\n", "  # ask them\n  - id: A-001\n")),
        "# ask them",
    ),
    "what was taken out": (_edited(GONE), _edited(WORD), _edited(WORD), "A-002 was taken out"),
    "an order": (_edited(SWAPPED), _edited(STATUS), _edited(STATUS), "stands behind"),
    "a sentence nobody wrote": (_edited(WORD), _edited(NEXT), _edited(("should publish", "must print")), "needs a person"),
    "one of two twins": (BASE + ONE, BASE + TWO, BASE + ONE, "two records"),
    "half records": (BASE + ONE, BASE + TWO, WEAVE, "half of one record"),
    "a conflict about nothing": (_edited(WORD), _edited(STATUS), _edited(WORD, ("meet.\n    status: draft\n", "meet.\n" + _marked("    status: draft\n", "    status: agreed\n"))), "nothing to decide"),
    "what cannot be read": (_edited(WORD), _edited(STATUS), _edited(WORD, STATUS) + "  x: [\n", "cannot be read"),
    "a marker alone": (_edited(WORD), _edited(STATUS), _edited(WORD, STATUS) + "=======\n", "marker stands alone"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_merge_is_seen(name: str) -> None:
    *texts, said = WRONG[name]
    complaints = _judged(*texts)
    assert any(said in each for each in complaints), complaints


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "right"),
    [
        ("a b c d", "x b c d", "a b c y", ["x b c y"]),
        ("a b c d", "a x c d", "a b y d", []),
        ("a b c d", "a x b c d", "a y b c d", []),
        ("a b c d", "a x c d", "a x c d", ["a x c d"]),
        ("a, b. c", "a, x. c", "a, b. y", ["a , x . y"]),
        ("a, b", "x, b", "a, y", []),
    ],
)
def test_changes_with_an_unchanged_word_between_go_together(
    base: str, ours: str, theirs: str, right: list[str]
) -> None:
    assert list(merge_prose(base, ours, theirs).right) == right


@pytest.mark.parametrize("seed", range(40))
def test_no_line_of_a_history_can_go_unseen(seed: int) -> None:
    """What one side alone changed is its merge; with any line of that lost, or doubled, it is wrong."""
    given, random = history(seed), Random(seed)  # noqa: S311 - the same lines each time
    path = random.choice(
        [each for each in given.base if given.ours[each] != given.base[each]] or [*given.base]
    )
    base, ours = {path: given.base[path]}, {path: given.ours[path]}
    assert judge(base, ours, base, ours) == []
    lines = ours[path].splitlines(keepends=True)
    for _ in range(3):
        at = random.randrange(1, len(lines))
        worse = {path: "".join(lines[:at] + lines[at + 1 :])}
        try:
            as_before = version(worse) == version(ours)
        except Exception:  # noqa: BLE001 - whatever cannot be read is seen
            as_before = False
        assert as_before or judge(base, ours, base, worse), lines[at]


def test_histories_hold_what_they_are_to_try() -> None:
    """Some need a person, most do not, and each deed is done somewhere."""
    histories = [history(seed) for seed in range(60)]
    open_ = [demand(*map(version, (each.base, each.ours, each.theirs))) for each in histories]
    assert 10 < sum(not each.needs_nobody for each in open_) < 50, [each.must for each in open_]
    said = " ".join(deed for each in histories for deed in each.deeds)
    for word in (
        "change word",
        "clause",
        "anew",
        "quote",
        "add A-",
        "add A-K",
        "move",
        "end of a file",
        "swap",
    ):
        assert word in said
    for word in (
        "withdraw",
        "take out A-",
        "timeframe",
        "link",
        "comment above",
        "point",
        "rename",
        "propose",
    ):
        assert word in said
    assert history(7) == history(7)


def test_conflicts_are_settled_in_every_way() -> None:
    text = "a\n" + _marked("b\n", "") + "c\n" + _marked("d\n", "e\n")
    parted = Conflicted.of({PATH: text})
    assert parted.regions == 2
    assert [parted.settled(way)[PATH] for way in ((0, 0), (1, 1))] == ["a\nb\nc\nd\n", "a\nc\ne\n"]
