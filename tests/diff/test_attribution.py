"""Whose words a change shows: told from histories in which every word is written once, by one known hand."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from itertools import combinations, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest
import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_toolkit.api import amend, baseline, diff, propose
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.diff.attribution import ascribed
from poa_toolkit.document.blocks import Paragraph
from poa_toolkit.document.redline import redline
from poa_toolkit.document.runs import Deleted, Inserted, Text
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal, Reviser

if TYPE_CHECKING:
    from random import Random

    from conftest import Git, Poa

DAY = date(2017, 12, 4)
SECTION = "plan/sections/01-first.yaml"
RECORD = "A-002"
TREE = "the working tree"


class Version(NamedTuple):
    """The words of the text at one time, and all that had been done by then."""

    words: tuple[str, ...]
    made: dict[str, str | None]
    """Who put each word in: a delegation, or None."""
    gone: dict[str, str | None]
    """Who took each word out."""


class History:
    """A project whose one text is rewritten by amendments and by hand, and what is known of it."""

    def __init__(self, project: Path, random: Random) -> None:
        self.project, self.random = project, random
        self.new_word = (f"word{number}" for number in count(1))
        data = small_plan.files()
        self.words = ["States", *(next(self.new_word) for _ in range(8)), "answer."]
        small_plan.action(data, 1)["text"] = " ".join(self.words)
        small_plan.write(project, data)
        self.made: dict[str, str | None] = dict.fromkeys(self.words)
        self.gone: dict[str, str | None] = {}
        self.versions: dict[str, Version] = {}
        self.delegations = (f"Delegation {number}" for number in count(1))

    def edited(self, words: list[str]) -> list[str]:
        """Give the words with one of them changed, taken out or put in; the first and the last stay."""
        place = self.random.randrange(1, len(words) - 1)
        taken = self.random.randint(0, min(2, len(words) - 1 - place))
        put = self.random.randint(0 if taken else 1, 2)
        return [*words[:place], *(next(self.new_word) for _ in range(put)), *words[place + taken :]]

    def became(self, words: list[str], by: str | None) -> None:
        """Write down who made the words what they are now."""
        self.made |= {word: by for word in words if word not in self.words}
        self.gone |= {word: by for word in self.words if word not in words}
        self.words = words

    def by_hand(self) -> None:
        words = self.edited(self.words)
        path = self.project / SECTION
        text = path.read_text("utf-8")
        lines = re.search(r"(id: A-002\n +text: )(?:>-\n +)?[^\n]+(?:\n {8,}[^\n]+)*", text)
        assert lines is not None
        path.write_text(text.replace(lines.group(), lines.group(1) + " ".join(words)), "utf-8")
        self.became(words, None)

    def by_amendment(self, *, modified: bool = False) -> None:
        proposer, proposed = next(self.delegations), self.edited(self.words)
        given = Proposal(AmendmentKind.TEXT, Reviser(proposer, DAY), RECORD, proposed=" ".join(proposed))
        name, _ = propose.propose(self.project, given)
        adopted = self.edited(proposed) if modified else proposed
        amend.accept(
            self.project,
            [name],
            Decision("Chair", DAY),
            modified=" ".join(adopted) if modified else None,
        )
        self.became(proposed, proposer)
        self.became(adopted, None)

    def freeze(self) -> None:
        name = f"version-{len(self.versions)}"
        _, text = baseline.freeze(self.project, name)
        path = self.project / f"plan/baselines/{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        self.versions[name] = self.version()

    def version(self) -> Version:
        return Version(tuple(self.words), dict(self.made), dict(self.gone))

    def whose(self, old: Version, new: Version) -> dict[str, str | None]:
        """Give whoever is behind each word that differs between two versions."""
        came = {word: new.made[word] for word in new.words if word not in old.words}
        return came | {word: new.gone[word] for word in old.words if word not in new.words}


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_only_the_words_of_an_amendment_are_ascribed_and_only_where_it_was_decided(random: Random) -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder), random)
        history.freeze()
        for _ in range(random.randint(2, 6)):
            match random.randrange(4):
                case 0:
                    history.by_hand()
                case 1:
                    history.by_amendment(modified=True)
                case _:
                    history.by_amendment()
            if random.random() < 0.5:
                history.freeze()
        versions = {**history.versions, TREE: history.version()}
        for old, new in combinations(versions, 2):
            check(history, (old, versions[old]), (new, versions[new]))


def check(history: History, old: tuple[str, Version], new: tuple[str, Version]) -> None:
    known = history.whose(old[1], new[1])
    ends = [None if name == TREE else f"baseline:{name}" for name, _ in (old, new)]
    compared = diff.compare(history.project, *ends)
    assert compared is not None
    changes = [each for each in compared.comparison.changes if each.record == RECORD and each.field == "text"]
    assert bool(changes) is bool(known)
    expected = {by for by in known.values() if by}
    proposers = {each.id: each.proposer for each in compared.adopted}
    for change in changes:
        found = ascribed(change, compared.adopted)
        assert {each.proposer for each in found.amendments} == expected
        assert found.whole is (bool(expected) and None not in known.values())
    for form in ("text", "markdown", "html"):
        printed = " ".join(diff.describe(compared, form).split())
        assert set(re.findall(r"Delegation [0-9]+", printed)) == expected, form
    for each in json.loads(diff.describe(compared, "json"))["changes"]:
        if (each["record"], each["field"]) == (RECORD, "text"):
            assert {proposers[name] for name in each["amendments"]} == expected
            assert each["explained"] is (bool(expected) and None not in known.values())
    made = redline(compared.old_plan, compared.plan, compared.comparison, amendments=compared.adopted)
    for part in made.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph) and (block.record, block.field) == (RECORD, "text"):
                for run in block.runs:
                    if isinstance(run, Inserted | Deleted) and run.by:
                        whose = {known.get(word, run.by.name) for word in run.text.split()}
                        assert whose == {run.by.name}


# --- by the command line ---------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = small_plan.files()
    small_plan.action(data, 1)["text"] = "States should answer within ten days."
    return small_plan.write(tmp_path / "project", data)


def _adopt(poa: Poa, project: Path, text: str, *, by: str = "Delegation A") -> None:
    said = ("-C", project, "amend", "propose", RECORD, "--text", text, "--by", by, "--date", "2017-12-04")
    assert poa(*said).status == 0
    number = len(re.findall("- id: floor-", (project / "plan/amendments/floor.yaml").read_text("utf-8")))
    done = poa("-C", project, "amend", "accept", f"floor-{number}", "--by", "Chair", "--date", "2017-12-04")
    assert done.status == 0, done.stderr


@pytest.mark.parametrize(
    ("adopted", "whose"),
    [
        ("States must reply within a month.", set()),
        ("States must reply promptly within ten days.", {"floor-1"}),
    ],
)
def test_of_a_text_adopted_in_place_of_words_that_had_gone_only_what_was_asked_for_is_theirs(
    adopted: str, whose: set[str], poa: Poa, project: Path
) -> None:
    said = ("--by", "Delegation A", "--date", "2017-12-04")
    wanted = "States should answer promptly within ten days."
    assert poa("-C", project, "amend", "propose", RECORD, "--text", wanted, *said).status == 0
    _by_hand(project, "should answer within", "shall reply within")
    assert poa("-C", project, "baseline", "create", "one").status == 0
    by = ("--by", "Chair", "--date", "2017-12-04")
    assert poa("-C", project, "amend", "accept", "floor-1", "--modified", adopted, *by).status == 0
    [change] = json.loads(poa("-C", project, "diff", "one", "--format", "json").stdout)["changes"]
    assert ({*change["amendments"]}, change["explained"]) == (whose, False)


@pytest.mark.parametrize(
    ("texts", "modified"),
    [
        (
            ("All States should answer within ten days.", "States should answer within ten days at most."),
            None,
        ),
        pytest.param(
            ("States should within ten days.", "States should answer within days."),
            None,
            marks=pytest.mark.slow,
        ),
        pytest.param(
            ("States shall answer within ten days.", "States should answer within nine days."),
            None,
            marks=pytest.mark.slow,
        ),
        (
            ("All States should answer within ten days.", "States should answer within nine days."),
            "States should answer within nine working days.",
        ),
    ],
)
def test_what_two_desks_adopted_on_one_text_is_theirs_after_the_merge(
    texts: tuple[str, str], modified: str | None, poa: Poa, project: Path, git: Git
) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    said = ("--date", "2017-12-04")
    for text in texts:
        assert poa("-C", project, "amend", "propose", RECORD, "--text", text, "--by", "A", *said).status == 0
    git("init", "-q", cwd=project)
    poa("-C", project, "git-setup")
    git("add", "-A", cwd=project)
    git("commit", "-qm", "Proposed", cwd=project)
    for branch, name in (("theirs", "floor-2"), ("ours", "floor-1")):
        git("checkout", "-qb", branch, "main", cwd=project)
        how = ("--modified", modified) if modified and branch == "theirs" else ()
        assert poa("-C", project, "amend", "accept", name, *how, "--by", "Chair", *said).status == 0
        git("commit", "-qam", name, cwd=project)
    git("merge", "-q", "--no-edit", "theirs", cwd=project)
    [change] = json.loads(poa("-C", project, "diff", "one", "--format", "json").stdout)["changes"]
    assert change["amendments"] == ["floor-1", "floor-2"]
    assert change["explained"] is (modified is None)


def _by_hand(project: Path, old: str, new: str) -> None:
    path = project / SECTION
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_words_changed_by_hand_after_a_freeze_are_nobodys(poa: Poa, project: Path) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _adopt(poa, project, "States shall answer within ten days.")
    assert poa("-C", project, "baseline", "create", "two").status == 0
    _by_hand(project, "within ten days", "within forty days")
    assert "Delegation A" not in poa("-C", project, "diff", "two").stdout
    assert "amendment floor-1 of Delegation A" in poa("-C", project, "diff", "one", "two").stdout
    both = " ".join(poa("-C", project, "diff", "one").stdout.split())
    assert "amendment floor-1 of Delegation A; the other words by no amendment" in both
    report = json.loads(poa("-C", project, "amend", "report", "two", "--format", "json").stdout)
    assert [each["amendments"] for each in report["changes"]] == [[]]


def test_words_put_back_by_hand_are_not_those_of_an_earlier_decision(poa: Poa, project: Path) -> None:
    _adopt(poa, project, "States shall answer within ten days.")
    _by_hand(project, "shall", "should")
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _by_hand(project, "should", "shall")
    assert "Delegation A" not in poa("-C", project, "diff", "one").stdout


def test_between_two_revisions_of_git_the_same_is_said(poa: Poa, project: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=One", "-c", "user.email=one@example.org")
        subprocess.run(["git", *who, *words], cwd=project, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "one")
    _adopt(poa, project, "States shall answer within ten days.")
    git("add", "-A")
    git("commit", "-qm", "two")
    _by_hand(project, "within ten days", "within forty days")
    git("commit", "-qam", "three")
    assert "of Delegation A)" in poa("-C", project, "diff", "git:main~2", "git:main~1").stdout
    assert "Delegation A" not in poa("-C", project, "diff", "git:main~1", "git:main").stdout
    both = " ".join(poa("-C", project, "diff", "git:main~2").stdout.split())
    assert "amendment floor-1 of Delegation A; the other words by no amendment" in both
    steps = json.loads(poa("-C", project, "log", RECORD, "--format", "json").stdout)["versions"]
    assert [each["amendments"] for each in steps] == [[], ["floor-1"], []]


def test_in_word_each_word_has_its_own_author(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    _adopt(poa, project, "States shall answer within ten days.")
    _adopt(poa, project, "States shall answer within six days.", by="Delegation B")
    _by_hand(project, "answer", "reply")
    compared = diff.compare(project, "baseline:one")
    assert compared is not None
    made = redline(compared.old_plan, compared.plan, compared.comparison, amendments=compared.adopted)
    runs = [
        run
        for part in made.parts
        for block in part.blocks
        if isinstance(block, Paragraph) and (block.record, block.field) == (RECORD, "text")
        for run in block.runs
        if not isinstance(run, Text)
    ]
    authors = {
        run.text.strip(): run.by.name if run.by else None
        for run in runs
        if isinstance(run, Inserted | Deleted)
    }
    assert authors == {
        "should": "Delegation A",
        "shall": "Delegation A",
        "answer": None,
        "reply": None,
        "ten": "Delegation B",
        "six": "Delegation B",
    }


def test_the_reason_of_a_removal_is_ascribed_with_it_wherever_changes_are_told(
    project: Path, poa: Poa
) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    who = ("--by", "Chair", "--date", "2017-12-04")
    assert poa("-C", project, "amend", "propose", RECORD, "--remove", *who).status == 0
    assert poa("-C", project, "amend", "accept", "floor-1", "--reason", "Not wanted.", *who).status == 0
    for words in (("diff", "one"), ("amend", "report", "one")):
        changes = json.loads(poa("-C", project, *words, "--format", "json").stdout)["changes"]
        assert {each["field"]: (each["amendments"], each["explained"]) for each in changes} == {
            "status": (["floor-1"], True),
            "reason": (["floor-1"], True),
        }


def test_in_word_a_move_is_of_who_proposed_it(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "baseline", "create", "one").status == 0
    move = {"id": "back-1", "kind": "move", "record": RECORD, "field": "text", "section": "first"}
    who = {"after": "first", "proposer": "Delegation A", "date": "2017-12-04"}
    small_plan.write(project, {"amendments/back.yaml": {"amendments": [move | who]}})
    done = poa("-C", project, "amend", "accept", "back-1", "--by", "Chair", "--date", "2017-12-04")
    assert done.status == 0, done.stderr
    compared = diff.compare(project, "baseline:one")
    assert compared is not None
    made = redline(compared.old_plan, compared.plan, compared.comparison, amendments=compared.adopted)
    moved = [
        block.revision
        for part in made.parts
        for block in part.blocks
        if isinstance(block, Paragraph) and (block.record, block.field) == (RECORD, "text") and block.revision
    ]
    assert [each.author for each in moved] == ["Delegation A"] * 2
    assert all("Amendment back-1 of Delegation A." in " ".join(each.remarks) for each in moved)
