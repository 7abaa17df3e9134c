"""Endorsements: bound to the words of one frozen text, proved again, and what a later edit needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from word_reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Finished, Poa

DIGEST = "sha256:2ffe9f015a62cce2794cf8513c54671f4ca66840d3faba7d4f479c82f6b8f4b2"
SECTION = "plan/sections/01-first.yaml"
ENDORSEMENTS = "plan/endorsements.yaml"
CORRIGENDUM = {
    "id": "corr-1",
    "kind": "corrigendum",
    "record": "A-002",
    "field": "text",
    "original": "States should answer.",
    "proposed": "States should reply.",
    "proposer": "The drafters",
    "date": "2017-12-06",
    "state": "accepted",
    "decided_by": "The chair",
    "decided": "2017-12-06",
}


@pytest.fixture
def agreed(tmp_path: Path, poa: Poa) -> Path:
    """The small plan, frozen as ``final`` at its stage."""
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "final"
    small_plan.write(tmp_path, data)
    assert poa("-C", tmp_path, "baseline", "create", "final").status == 0
    return tmp_path


def _endorse(poa: Poa, project: Path, *more: str, participant: str = "tcc", text: str = "final") -> Finished:
    required = ("--participant", participant, "--capacity", "convenor", "--text", text)
    return poa("-C", project, "endorse", *required, "--date", "2017-12-05", *more)


def _change(project: Path, amendment: dict[str, Any] | None = None) -> None:
    """Change a word of the endorsed text, and put an amendment on record."""
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("should answer", "should reply"), "utf-8")
    if amendment:
        small_plan.write(project, {"amendments/corrigenda.yaml": {"amendments": [amendment]}})


def test_an_endorsement_names_the_text_by_its_digest(poa: Poa, agreed: Path) -> None:
    done = _endorse(poa, agreed, "--reservation", "Paragraph 2\n is read with article 19.")
    assert done.status == 0
    assert done.stderr == (
        "poa: the cover leaves out the notice of plan.yaml now; "
        "give stage day-1 a `notice:` that holds for an endorsed text\n"
    )
    assert done.stdout == f"{ENDORSEMENTS}: tcc endorses final, 2017-12-05\n"
    assert (agreed / ENDORSEMENTS).read_text("utf-8") == (
        "# yaml-language-server: $schema=../schema/endorsements.schema.json\n"
        "endorsements:\n"
        "  - participant: tcc\n"
        "    capacity: convenor\n"
        "    text: final\n"
        f"    digest: {DIGEST}\n"
        "    date: 2017-12-05\n"
        "    reservation: >-\n"
        "      Paragraph 2 is read with article 19.\n"
    )
    assert poa("-C", agreed, "validate").status == 0
    assert poa("-C", agreed, "fmt", "--check", ENDORSEMENTS).status == 0


def test_comments_of_the_file_stay(poa: Poa, agreed: Path) -> None:
    assert _endorse(poa, agreed).status == 0
    path = agreed / ENDORSEMENTS
    path.write_text(path.read_text("utf-8") + "# by letter\n", "utf-8")
    data = (agreed / "plan/participants.yaml").read_text("utf-8")
    (agreed / "plan/participants.yaml").write_text(data + "- id: second\n  title: A second body\n", "utf-8")
    assert _endorse(poa, agreed, participant="second").status == 0
    assert "# by letter" in path.read_text("utf-8")
    assert path.read_text("utf-8").count("digest:") == 2


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ({"text": "finl"}, 2, 'poa: there is no baseline "finl"; did you mean "final"?\n'),
        ({"participant": "nobody"}, 1, 'POA415 no participant "nobody"'),
        ({"text": "--upload-pack=x"}, 2, "poa: "),
    ],
)
def test_what_cannot_be_endorsed_is_refused_and_nothing_written(
    poa: Poa, agreed: Path, options: dict[str, str], status: int, said: str
) -> None:
    done = _endorse(poa, agreed, **options)
    assert done.status == status
    assert said in done.stderr
    assert not (agreed / ENDORSEMENTS).exists()


def test_an_altered_text_cannot_be_endorsed(poa: Poa, agreed: Path) -> None:
    path = agreed / "plan/baselines/final.json"
    path.write_text(path.read_text("utf-8").replace("should answer", "must answer"), "utf-8")
    done = _endorse(poa, agreed)
    assert done.status == 2
    assert "was altered after the freeze" in done.stderr


def test_nobody_endorses_a_text_twice(poa: Poa, agreed: Path) -> None:
    assert _endorse(poa, agreed).status == 0
    before = (agreed / ENDORSEMENTS).read_bytes()
    done = _endorse(poa, agreed)
    assert (done.status, done.stdout) == (2, "")
    assert 'endorses "final" already' in done.stderr
    assert (agreed / ENDORSEMENTS).read_bytes() == before


def test_endorsements_that_hold_are_listed(poa: Poa, agreed: Path) -> None:
    assert poa("-C", agreed, "endorsements", "verify").stdout == "no endorsement is on record\n"
    _endorse(poa, agreed)
    done = poa("-C", agreed, "endorsements", "verify")
    assert done.status == 0
    assert done.stdout == (
        f"tcc  final  2017-12-05  {DIGEST}\n1 of 1 endorsements speak of the text that was endorsed\n"
    )


def test_an_endorsed_text_that_was_altered_is_named(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    path = agreed / "plan/baselines/final.json"
    path.write_text(path.read_text("utf-8").replace("should answer", "must answer"), "utf-8")
    done = poa("-C", agreed, "endorsements", "verify")
    assert done.status == 1
    assert re.search(r"POA401 .*A-002 was altered", done.stdout)


def test_a_digest_of_another_text_is_found(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    path = agreed / ENDORSEMENTS
    path.write_text(path.read_text("utf-8").replace("sha256:2", "sha256:8"), "utf-8")
    done = poa("-C", agreed, "endorsements", "verify")
    assert done.status == 1
    assert "POA417" in done.stdout


def test_a_later_edit_needs_a_corrigendum(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    _change(agreed)
    done = poa("-C", agreed, "endorsements", "verify")
    assert done.status == 1
    assert f"{SECTION}:" in done.stdout
    assert 'POA440 A-002 was changed since "final" was endorsed by tcc' in done.stdout
    assert "POA440" in poa("-C", agreed, "validate").stdout


def test_a_stage_that_no_longer_names_its_baseline_is_guarded_all_the_same(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    _change(agreed)
    path = agreed / "plan/plan.yaml"
    path.write_text(re.sub(" *baseline: final\n", "", path.read_text("utf-8")), "utf-8")
    for command in (("validate",), ("endorsements", "verify"), ("baseline", "verify")):
        done = poa("-C", agreed, *command)
        assert (done.status, "POA440" in done.stdout) == (1, True), command


def test_a_corrigendum_answers_for_a_later_edit(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    _change(agreed, CORRIGENDUM)
    done = poa("-C", agreed, "endorsements", "verify")
    assert "corrigendum corr-1  A-002  2017-12-06" in done.stdout
    assert done.status == 0


@pytest.mark.parametrize("other", [{"kind": "text"}, {"state": "open"}, {"record": "A-001"}])
def test_no_other_amendment_does(poa: Poa, agreed: Path, other: dict[str, str]) -> None:
    _endorse(poa, agreed)
    _change(agreed, {**CORRIGENDUM, **other})
    assert poa("-C", agreed, "endorsements", "verify").status == 1


def test_a_verified_date_in_the_registry_needs_none(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    path = agreed / "plan/instruments/universal.yaml"
    path.write_text(path.read_text("utf-8").replace("effective remedy", "an effective remedy"), "utf-8")
    assert poa("-C", agreed, "endorsements", "verify").status == 0


def _printed(poa: Poa, project: Path, *arguments: str) -> Reading:
    done = poa("-C", project, "render", *arguments, "-o", project / "plan.docx")
    assert done.status == 0, done.stderr
    return read((project / "plan.docx").read_bytes())


def test_the_document_lists_endorsements_and_corrigenda(
    poa: Poa, agreed: Path, ooxml_validator: Callable[[Path], list[dict[str, Any]]]
) -> None:
    _endorse(poa, agreed, "--reservation", "Paragraph 2 & [its] points.")
    _change(agreed, CORRIGENDUM)
    for version in ((), ("final",), ("--since", "final")):
        found = _printed(poa, agreed, *version)
        rows = found.rows
        assert ["The Carter Center", "convenor", "5 December 2017", "Paragraph 2 & [its] points."] in rows
        assert ["para.\xa04", "States should answer.", "States should reply.", "6 December 2017"] in rows
        assert "Corrigenda\tpara.\xa04 (6 December 2017)" in found.of_style("POACover")
        assert ooxml_validator(agreed / "plan.docx") == []


def test_a_text_nobody_endorsed_says_nothing_of_it(poa: Poa, agreed: Path) -> None:
    assert "ndorse" not in _printed(poa, agreed).text


# --- the notice on the cover --------------------------------------------------------------------


def _stage_notice(
    project: Path, notice: str | None, *, of_plan: str | None = "Nobody has endorsed it."
) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "final"
    del data["plan.yaml"]["notice"]
    if of_plan:
        data["plan.yaml"]["notice"] = of_plan
    if notice:
        data["plan.yaml"]["stages"][0]["notice"] = notice
    small_plan.write(project, {"plan.yaml": data["plan.yaml"]})


def test_a_stage_prints_its_own_notice_in_place_of_the_plans(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["notice"] = "Of the first day."
    small_plan.write(tmp_path, data)
    assert _printed(poa, tmp_path).of_style("POANotice") == ["Of the first day."]
    for command in (("status",), ("amend", "list")):
        assert "Of the first day." in poa(*command).stdout
    data["plan.yaml"]["stage"] = "day-2"
    small_plan.write(tmp_path, data)
    assert _printed(poa, tmp_path).of_style("POANotice") == ["A working text."]


@pytest.mark.parametrize("version", [(), ("final",), ("--since", "final")])
def test_an_endorsed_cover_prints_no_notice_that_speaks_of_no_stage(
    poa: Poa, agreed: Path, version: tuple[str, ...]
) -> None:
    assert _printed(poa, agreed, *version).of_style("POANotice") == ["A working text."]
    _endorse(poa, agreed)
    made = _printed(poa, agreed, *version)
    assert "Endorsed by\t1 organization" in made.of_style("POACover")
    assert made.of_style("POANotice") == []
    _stage_notice(agreed, "Endorsed by those named in the annex.")
    made = _printed(poa, agreed, *version)
    assert made.of_style("POANotice") == ["Endorsed by those named in the annex."]


def test_the_missing_notice_of_an_endorsed_stage_is_a_finding(poa: Poa, agreed: Path) -> None:
    assert "POA425" not in poa("-C", agreed, "validate").stdout
    _endorse(poa, agreed)
    found = poa("-C", agreed, "validate")
    assert found.status == 0
    assert "warning POA425 the text of stage day-1 was endorsed" in found.stdout
    assert "leaves out the notice" in poa("-C", agreed, "render", "-o", agreed / "x.docx").stderr
    for notice, of_plan in (("Endorsed.", "Nobody has."), (None, None)):
        _stage_notice(agreed, notice, of_plan=of_plan)
        assert "POA425" not in poa("-C", agreed, "validate").stdout
        assert poa("-C", agreed, "render", "-o", agreed / "x.docx").stderr == ""


def test_a_notice_of_before_the_endorsement_is_to_be_read_again(poa: Poa, agreed: Path) -> None:
    _endorse(poa, agreed)
    _stage_notice(agreed, "A working text.")
    assert "POA426" in poa("-C", agreed, "validate", "--select", "POA42").stdout
    _stage_notice(agreed, "Endorsed by those named in the annex.")
    assert "POA42" not in poa("-C", agreed, "validate", "--select", "POA42").stdout


@pytest.mark.parametrize(
    ("notice", "of_plan", "said"),
    [
        ("Agreed.", "Nobody has.", 'see whether the notice of stage day-1 still holds: "Agreed."'),
        (None, "Nobody has.", "the cover leaves out the notice of plan.yaml now"),
        (None, None, "stage day-1 has no notice"),
    ],
)
def test_endorsing_says_which_notice_to_look_at(
    poa: Poa, agreed: Path, notice: str | None, of_plan: str | None, said: str
) -> None:
    _stage_notice(agreed, notice, of_plan=of_plan)
    assert said in _endorse(poa, agreed).stderr
