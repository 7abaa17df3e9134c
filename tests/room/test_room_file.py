"""What one file for the room holds, and what a person types to get it and to bring it home."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import room_samples as samples
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_accepting import accepted, body
from word_editing import DATE, Edited
from word_reading import W, read, repacked

from poa_toolkit.api import render, template
from poa_toolkit.api.room import Wish

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

FIRST = "Observers should report to the treaty bodies."
TAG = "poa:A-001:text"


def row(number: int, **fields: object) -> dict[str, Any]:
    """Give an amendment, by default one to the words of A-001."""
    given = {"id": f"am-{number}", "proposer": f"Delegation {number}", "date": f"2017-12-0{number}", **fields}
    if given.get("kind") == "add":
        return given
    return {"record": "A-001", "field": "text", "original": FIRST} | given


SHALL = row(1, proposed="Observers shall report to the treaty bodies.")
MUST = row(2, proposed="Observers must report to the treaty bodies.")
IN_TIME = row(3, proposed="Observers should report to the treaty bodies in time.")


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    return samples.written(folder / "project", list(rows))


def revisions(file: bytes) -> list[tuple[str, str, str, str]]:
    """Give kind, author, date and words of each revision of words."""
    found = read(file).body.iter(f"{W}ins", f"{W}del")
    return [
        (
            each.tag.removeprefix(W),
            each.get(f"{W}author"),
            each.get(f"{W}date"),
            "".join(one.text or "" for one in each.iter(f"{W}t", f"{W}delText")),
        )
        for each in found
        if each.getparent().tag != f"{W}rPr"
    ]


def comments(file: bytes) -> list[tuple[str, str]]:
    """Give author and words of each comment."""
    return [
        (each.get(f"{W}author"), "".join(one.text or "" for one in each.iter(f"{W}t")))
        for each in read(file).tree("word/comments.xml")
    ]


# --- what it holds ---------------------------------------------------------------------------------


def test_a_revision_bears_the_name_and_the_day_of_its_proposal(tmp_path: Path) -> None:
    made = samples.for_room(written(tmp_path, IN_TIME))
    assert revisions(made.content) == [("ins", "Delegation 3", "2017-12-03T00:00:00Z", " in time")]


def test_what_two_would_take_out_is_taken_out_by_both(tmp_path: Path) -> None:
    made = samples.for_room(written(tmp_path, SHALL, MUST))
    assert revisions(made.content) == [
        ("del", "Delegation 1 and Delegation 2", "2017-12-02T00:00:00Z", "should"),
        ("ins", "Delegation 1", "2017-12-01T00:00:00Z", "shall"),
        ("ins", "Delegation 2", "2017-12-02T00:00:00Z", "must"),
    ]


def test_two_of_one_proposer_and_day_are_a_minute_apart(tmp_path: Path) -> None:
    again = row(4, proposer="Delegation 1", date="2017-12-01", proposed=MUST["proposed"])
    made = samples.for_room(written(tmp_path, SHALL, again))
    moments = {each[2] for each in revisions(made.content) if each[0] == "ins"}
    assert moments == {"2017-12-01T00:00:00Z", "2017-12-01T00:01:00Z"}


def test_comments_say_which_is_which_what_collides_and_what_was_answered(tmp_path: Path) -> None:
    argued = SHALL | {
        "comment": "It is law.",
        "replies": [{"by": "Delegation 2", "date": "2017-12-02", "text": "Not yet."}],
        "statements": [{"by": "Delegation 9", "date": "2017-12-02", "stance": "support"}],
    }
    asked = row(5, kind="comment", comment="Who reports?")
    del asked["original"]
    made = samples.for_room(written(tmp_path, argued, MUST, asked))
    assert comments(made.content) == [
        (
            "poa-toolkit",
            (
                "am-1 of Delegation 1, 1 December 2017: change, A-001 (para. 4). Supported by Delegation 9. "
                'Collides with am-2 of Delegation 2: both change "should".'
            ),
        ),
        (
            "poa-toolkit",
            (
                "am-2 of Delegation 2, 2 December 2017: change, A-001 (para. 4). "
                'Collides with am-1 of Delegation 1: both change "should".'
            ),
        ),
        ("Delegation 1", "It is law."),
        ("Delegation 2", "Not yet."),
        ("Delegation 5", "Who reports?"),
    ]
    threads = read(made.content).tree("word/commentsExtended.xml")
    parents = [
        each.get("{http://schemas.microsoft.com/office/word/2012/wordml}paraIdParent") for each in threads
    ]
    assert parents == [None, None, None, "0A000002", None]


def test_the_cover_counts_proposals_and_names_who_proposes_what(tmp_path: Path) -> None:
    asked = row(5, proposer="Delegation 1", kind="comment", comment="Who reports?")
    del asked["original"]
    made = samples.for_room(written(tmp_path, SHALL, MUST, asked))
    cover = [each.text for each in read(made.content).lines if each.style == "POACover"]
    assert cover[-3:] == [
        "Proposals\t2 proposals and 1 comment by 2 proposers, on the text of day-1, 4 December 2017",
        "Delegation 1\t1 proposal and 1 comment: am-1, am-5",
        "Delegation 2\t1 proposal: am-2",
    ]


def test_what_is_only_proposed_has_no_number(tmp_path: Path) -> None:
    added = row(
        1, kind="add", section="first", after="A-001", proposed="States should too.", points=["in time;"]
    )
    made = samples.for_room(written(tmp_path, added))
    for paragraph in read(made.content).body.iter(f"{W}p"):
        words = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        is_without = number is not None and number.get(f"{W}val") == "0"
        assert is_without is (
            words in ("States should too.", "in time;") and bool(paragraph.findall(f".//{W}ins"))
        )


def test_decided_ones_are_told_on_request_and_change_nothing(tmp_path: Path) -> None:
    rejected = MUST | {
        "state": "rejected",
        "decided_by": "The Chair",
        "decided": "2017-12-04",
        "reason": "Too hard.",
    }
    project = written(tmp_path, SHALL, rejected)
    assert all("am-2" not in said for _, said in comments(samples.for_room(project).content))
    looks = render.Looks(amendments=Wish(("open",), decided=True))
    made = render.render(project, looks=looks).content
    assert {each[1] for each in revisions(made)} == {"Delegation 1"}
    assert (
        "poa-toolkit",
        (
            "am-2 of Delegation 2: rejected by The Chair, 4 December 2017: Too hard. Proposed was: "
            "“Observers must report to the treaty bodies.”"
        ),
    ) in comments(made)


def test_what_cannot_be_shown_is_told_with_the_reason(tmp_path: Path) -> None:
    gone = row(2, original="Observers might report.", proposed="Observers may report.")
    title = row(4, record="plan", field="title", original="A plan of action", proposed="A plan")
    unknown = row(5, field="addressees", original="observers", proposed="observers, martians")
    made = samples.for_room(written(tmp_path, SHALL, gone, title, unknown))
    assert made.remarks == (
        'am-2 is not printed: it does not fit the text of today: the words "might" became "should"',
        "am-4 is not printed: its text is not printed in the body",
        "am-5 is not printed: “martians” is not known",
    )


def test_a_template_of_ones_own_prints_them_too(tmp_path: Path) -> None:
    project = written(tmp_path, SHALL, MUST)
    own = tmp_path / "own.docx"
    own.write_bytes(template.packaged())
    looks = render.Looks(template=template.read(own), amendments=Wish(("open",)))
    made = render.render(project, looks=looks)
    assert revisions(made.content) == revisions(samples.for_room(project).content)


def test_what_a_template_has_no_place_for_is_told(tmp_path: Path) -> None:
    point = row(2, field="points.a", original="On the day.", proposed="In the night.")
    project = written(tmp_path, SHALL, point)
    own = tmp_path / "own.docx"
    own.write_bytes(
        repacked(template.packaged(), "word/document.xml", "{{ point.text }}", "{{ point.number }}")
    )
    made = render.render(project, looks=render.Looks(template=template.read(own), amendments=Wish(("open",))))
    assert made.remarks == ("am-2 is not printed whole: the template has no place for its words",)


# --- the command line ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "there"),
    [
        (["--amendments", "open"], {1, 2, 3}),
        (["--amendments", "am-1,AM-3"], {1, 3}),
        (["--amendments", "am-1", "--amendments", "am-2"], {1, 2}),
        (["--amendments", "by delegation 2"], {2}),
        (["--amendments", "by Delegation 2", "--amendments", "am-3"], {2, 3}),
    ],
)
def test_they_are_named_as_people_name_them(
    poa: Poa, tmp_path: Path, which: list[str], there: set[int]
) -> None:
    project = written(tmp_path, SHALL, MUST, IN_TIME)
    done = poa("render", *which, "-o", "room.docx", cwd=project)
    assert done.status == 0, done.stderr
    found = revisions((project / "room.docx").read_bytes())
    names = {name for each in found for name in samples.proposers(each[1])}
    assert names == {f"Delegation {number}" for number in there}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--amendments", "am-9"], 'there is no amendment "am-9"'),
        (["--amendments", "by Nobody"], 'nobody of the name "Nobody" proposes anything'),
        (["--amendments", "open", "--since", "day-1"], "leave out VERSION and --since"),
        (["day-1", "--amendments", "open"], "leave out VERSION and --since"),
        (["--decided"], "--decided goes with --amendments"),
    ],
)
def test_wrong_usage_is_told(poa: Poa, tmp_path: Path, arguments: list[str], said: str) -> None:
    project = written(tmp_path, SHALL)
    done = poa("render", *arguments, "-o", "room.docx", cwd=project)
    assert (done.status, said in done.stderr) == (2, True), done.stderr
    assert not (project / "room.docx").exists()


def test_with_nothing_to_print_there_is_no_file(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL | {"state": "withdrawn", "decided_by": "D", "decided": "2017-12-04"})
    done = poa("render", "--amendments", "open", "-o", "room.docx", cwd=project)
    assert (done.status, done.stderr) == (
        1,
        "poa: there is nothing to print into the text: no amendment is open\n",
    )
    assert not (project / "room.docx").exists()


# --- and home again --------------------------------------------------------------------------------


def decide(file: bytes, *names: str) -> bytes:
    """Accept what some propose, reject the rest."""

    return accepted(file, lambda author, _: bool(samples.proposers(author) & set(names)))


def pulled(poa: Poa, project: Path, content: bytes, *options: str) -> dict[str, Any]:
    (project / "back.docx").write_bytes(content)
    done = poa(
        "pull",
        "back.docx",
        "--format",
        "json",
        "--by",
        "Secretary",
        "--date",
        "2017-12-05",
        *options,
        cwd=project,
    )
    assert done.status == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


DECISIONS = ("--decisions", "--decided-by", "The Chair")


def test_what_is_written_into_adopted_words_is_a_proposal_on_the_new_text(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL, MUST)
    there = Edited(decide(samples.for_room(project).content, "Delegation 1"))
    there.insert(TAG, "shall", " always")
    found = pulled(poa, project, there.save(), *DECISIONS)
    (new,) = found["files"][0]["amendments"]
    assert (new["original"], new["proposed"]) == (
        "Observers shall report to the treaty bodies.",
        "Observers shall always report to the treaty bodies.",
    )
    done = poa("amend", "accept", new["id"], "--by", "The Chair", "--date", "2017-12-05", cwd=project)
    assert done.status == 0, done.stderr
    assert "Observers shall always report to the treaty bodies." in samples.clean(project)


@pytest.mark.parametrize("options", [(), DECISIONS])
def test_what_is_written_beside_open_proposals_is_a_proposal_on_the_text(
    poa: Poa, tmp_path: Path, options: tuple[str, ...]
) -> None:
    project = written(tmp_path, SHALL, MUST, IN_TIME)
    there = Edited(samples.for_room(project).content)
    there.insert(TAG, "report", " at once", "Delegation 8")
    there.delete(TAG, "treaty ", "Delegation 9")
    found = pulled(poa, project, there.save(), *options)
    assert {each["proposer"]: each["proposed"] for each in found["files"][0]["amendments"]} == {
        "Delegation 8": "Observers should report at once to the treaty bodies.",
        "Delegation 9": "Observers should report to the bodies.",
    }
    assert {each["outcome"] for each in found["files"][0]["decisions"]} == {"open"}


def test_without_being_asked_for_decisions_stay_in_the_file(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL, MUST)
    before = samples.clean(project)
    found = pulled(poa, project, decide(samples.for_room(project).content, "Delegation 1"))
    assert [each["code"] for each in found["diagnostics"]] == ["POA730"]
    assert found["files"][0]["amendments"] == []
    assert samples.clean(project) == before


def test_what_is_written_into_words_that_are_open_is_told(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, IN_TIME)
    there = Edited(samples.for_room(project).content)
    run = next(each for each in there.control(TAG).iter(f"{W}ins"))
    mark = etree.Element(f"{W}ins", {f"{W}id": "900001", f"{W}author": "Delegation 8", f"{W}date": DATE})
    run.addnext(mark)
    etree.SubElement(etree.SubElement(mark, f"{W}r"), f"{W}t").text = " always"
    found = pulled(poa, project, there.save(), *DECISIONS)
    (new,) = found["files"][0]["amendments"]
    assert (new["kind"], new["proposer"], new["record"]) == ("comment", "Delegation 8", "A-001")
    assert new["comment"] == "In what am-3 proposes (“in time”), puts in “always”"
    assert found["files"][0]["decisions"][0]["outcome"] == "open"


def test_half_accepted_is_told_and_decides_nothing(poa: Poa, tmp_path: Path) -> None:
    both = row(1, proposed="All observers should report to the treaty bodies in time.")
    project = written(tmp_path, both)
    there = Edited(samples.for_room(project).content)
    first = next(each for each in there.control(TAG).iter(f"{W}ins"))
    for each in list(first):
        first.addprevious(each)
    first.getparent().remove(first)
    found = pulled(poa, project, there.save(), *DECISIONS)
    assert found["files"][0]["decisions"][0]["outcome"] == "partly"
    assert [each["code"] for each in found["diagnostics"]] == ["POA729"]
    assert found["files"][0]["amendments"] == []


def test_two_that_collide_both_accepted_are_told(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL, MUST)
    found = pulled(
        poa, project, decide(samples.for_room(project).content, "Delegation 1", "Delegation 2"), *DECISIONS
    )
    assert [each["is_written"] for each in found["files"][0]["decisions"]] == [False, False]
    assert "am-2 was accepted too, and they collide" in found["diagnostics"][0]["message"]
    assert FIRST in samples.clean(project)


def test_what_was_revised_since_is_told(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL)
    content = decide(samples.for_room(project).content, "Delegation 1")
    other = (
        "--text",
        "Observers will report to the treaty bodies.",
        "--by",
        "Delegation 1",
        "--date",
        "2017-12-04",
    )
    assert poa("amend", "revise", "am-1", *other, cwd=project).status == 0
    found = pulled(poa, project, content, *DECISIONS)
    assert "it was revised or placed anew since the file was made" in found["diagnostics"][0]["message"]
    assert FIRST in samples.clean(project)


def test_words_typed_without_tracking_make_it_unclear_and_are_kept(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, IN_TIME)
    there = Edited(decide(samples.for_room(project).content, "Delegation 3"))
    there.retype(TAG, "Observers", "All observers")
    found = pulled(poa, project, there.save(), *DECISIONS)
    assert found["files"][0]["decisions"][0]["outcome"] == "unclear"
    (new,) = found["files"][0]["amendments"]
    assert new["proposed"] == "All observers should report to the treaty bodies in time."


def test_pulled_twice_a_file_decides_nothing_again(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL, MUST)
    content = decide(samples.for_room(project).content, "Delegation 1")
    pulled(poa, project, content, *DECISIONS)
    before = samples.clean(project)
    found = pulled(poa, project, content, *DECISIONS)
    assert [each["said"] for each in found["files"][0]["decisions"]] == ["on record already"] * 2
    assert samples.clean(project) == before
    assert found["files"][0]["amendments"] == []


def test_what_was_said_when_it_was_printed_is_not_said_again(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL | {"comment": "It is law."})
    there = Edited(samples.for_room(project).content)
    assert pulled(poa, project, there.save(), *DECISIONS)["files"][0]["amendments"] == []


def test_decisions_are_asked_of_one_file_that_prints_proposals(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL)
    (project / "clean.docx").write_bytes(render.render(project).content)
    done = poa("pull", "clean.docx", *DECISIONS, cwd=project)
    assert (done.status, "the file prints no proposals" in done.stderr) == (1, True), done.stderr
    done = poa("pull", "clean.docx", "clean.docx", *DECISIONS, cwd=project)
    assert (done.status, "--decisions takes one file" in done.stderr) == (2, True), done.stderr
    done = poa("pull", "clean.docx", "--decided-by", "The Chair", cwd=project)
    assert (done.status, "go with --decisions" in done.stderr) == (2, True), done.stderr


def test_a_dry_run_decides_nothing(poa: Poa, tmp_path: Path) -> None:
    project = written(tmp_path, SHALL)
    content = decide(samples.for_room(project).content, "Delegation 1")
    found = pulled(poa, project, content, *DECISIONS, "--dry-run")
    assert found["files"][0]["decisions"][0]["is_written"]
    assert body(render.render(project).content) == samples.clean(project)
    assert FIRST in samples.clean(project)
