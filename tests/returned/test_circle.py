"""The circle closed: rendered, edited as in Word, pulled, all accepted, rendered: the text is what was edited."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulling_samples import DAY, edited
from word_editing import A, B, Edited, accepted

from poa_toolkit.amend.endorsement_record import EndorsementRecord
from poa_toolkit.api import amend, pull
from poa_toolkit.api.amendments_edit import Decision
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.api.validate import lacking
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.model import AmendmentState
from poa_toolkit.source import folder
from poa_toolkit.word.writer.render import render as render_word

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = ("POAFront", "POAParagraph", "POAAction", "POAPoint", "POASubPoint", "POASectionHeading")
DECISION = Decision("The chair", DAY)

WORDS = (
    "States",
    "report",
    "every",
    "election",
    "freely",
    "A/HRC/26/16",
    "30%",
    "“vote”",
    "R&D",
    "<b>",
    "état",
    "中文",
)


def _sentence(words: list[str]) -> str:
    return " ".join(("The", *words, "end")) + "."


SENTENCES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(_sentence)
TEXTS = st.lists(SENTENCES, min_size=2, max_size=3).map(" ".join)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a small plan whose texts are two or three sentences each."""
    data = small_plan.files()
    first, second = small_plan.action(data), small_plan.action(data, 1)
    first["text"], second["text"] = draw(TEXTS), draw(TEXTS) + draw(st.sampled_from(("", r" \[sic\].")))
    first["points"] = [{"id": each, "text": draw(TEXTS)} for each in "abc"]
    data["plan.yaml"]["introduction"] = [{"id": f"P-0{each}", "text": draw(TEXTS)} for each in (1, 2)]
    return data


TAGS = (
    *("poa:P-01:text", "poa:P-02:text", "poa:A-001:text", "poa:A-002:text"),
    *(f"poa:A-001:points.{each}" for each in "abc"),
)
NEW = "Something new."


def _replace(it: Edited, tag: str, author: str) -> None:
    word = it.text(tag).split()[1]
    it.replace(tag, f"The {word}", f"All {word} else", author)


def _split(it: Edited, tag: str, author: str | None) -> None:
    it.split(tag, it.text(tag).partition(". ")[0] + ".", author)


def _point(it: Edited, tag: str, author: str) -> None:
    it.strike_paragraph(it.paragraph(tag), author)


EVERYWHERE: dict[str, Callable[[Edited, str], object]] = {
    "replaced": lambda it, tag: _replace(it, tag, A),
    "replaced by another": lambda it, tag: _replace(it, tag, B),
    "put in": lambda it, tag: it.insert(tag, it.text(tag).partition(" ")[0], " very", A),
    "put in at the end": lambda it, tag: it.insert(tag, len(it.text(tag)), " And so on.", B),
    "put in at the beginning": lambda it, tag: it.insert(tag, 0, "Indeed: ", A),
    "taken out": lambda it, tag: it.delete(tag, it.text(tag).partition(". ")[0] + ". ", A),
    "moved": lambda it, tag: it.move_words(tag, it.text(tag).partition(". ")[0] + ". ", len(it.text(tag)), A),
    "retyped": lambda it, tag: it.retype(tag, it.text(tag), it.text(tag).replace("end.", "close.")),
    "commented": lambda it, tag: it.comment(tag, "The", "Why so?", A, (B, "It is so.")),
    "left alone": lambda _it, _tag: None,
}
NOT_FIRST: dict[str, Callable[[Edited, str], object]] = {
    "split": lambda it, tag: _split(it, tag, A),
    "split without tracking": lambda it, tag: _split(it, tag, None),
    "paragraph behind": lambda it, tag: it.add(it.paragraph(tag), NEW),
}
"""For every text but that of an action with points: what comes behind it would stand before its points."""


@st.composite
def edits(draw: st.DrawFn) -> dict[str, str]:
    """Draw what happens to each text."""
    found = {}
    for tag in TAGS:
        choices = [*EVERYWHERE, *(NOT_FIRST if tag != "poa:A-001:text" and "A-002" not in tag else ())]
        found[tag] = draw(st.sampled_from(choices))
    if draw(st.booleans()):
        found["poa:A-001:points.a"] = draw(
            st.sampled_from(("joined", "joined without tracking", "taken out whole"))
        )
        found["poa:A-001:points.b"] = "left alone"
    return found


WHOLE: dict[str, Callable[[Edited, str], object]] = {
    **EVERYWHERE,
    **NOT_FIRST,
    "joined": lambda it, tag: it.join(tag, A),
    "joined without tracking": lambda it, tag: it.join(tag, None),
    "taken out whole": lambda it, tag: _point(it, tag, A),
}


def _do(what: dict[str, str]) -> Callable[[Edited], None]:
    def change(it: Edited) -> None:
        # from the last to the first, so that paragraphs are found where they were
        for tag in reversed(TAGS):
            WHOLE[what[tag]](it, tag)

    return change


def _render(project: Path) -> bytes:
    plan = load(folder.read(project, "")).plan
    assert plan is not None
    record = EndorsementRecord(lacking=lacking(Loaded("", plan)))
    stage = plan.current_stage()
    assert stage is not None
    return render_word(plan_document(plan, record=record), when=datetime.combine(stage.date, time(), UTC))


def _around(project: Path, file: bytes) -> list[str]:
    """Pull a file, accept all that can be accepted, and give the text of the document after that."""
    pulled = pull.pull(project, [("returned.docx", file)], Choice(DAY, "The secretariat"))
    (one,) = pulled.files
    assert [each for each in one.new if each.state is AmendmentState.UNPLACED] == []
    names = [each.id for each in one.new]
    if names:
        amend.accept(project, names, DECISION)
    return accepted(_render(project), BODY)


def _go_round(data: dict[str, Any], what: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        project = small_plan.write(Path(name), data)
        file = edited(_do(what), _render(project))
        assert _around(project, file) == accepted(file, BODY)
        again = pull.pull(project, [("returned.docx", file)], Choice(DAY, "The secretariat"))
        assert again.files[0].new == ()


FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(plans(), edits())
def test_accepting_everything_gives_the_text_that_was_edited(
    data: dict[str, Any], what: dict[str, str]
) -> None:
    _go_round(data, what)


@pytest.mark.slow
@MANY
@given(plans(), edits())
def test_accepting_everything_gives_it_for_many_plans_and_edits(
    data: dict[str, Any], what: dict[str, str]
) -> None:
    _go_round(data, what)


@FEW
@given(plans(), edits())
def test_rejecting_everything_leaves_the_plan_as_it_was(data: dict[str, Any], what: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        project = small_plan.write(Path(name), data)
        before = {path: path.read_bytes() for path in project.rglob("*.yaml")}
        file = edited(_do(what), _render(project))
        pulled = pull.pull(project, [("returned.docx", file)], Choice(DAY, "The secretariat"))
        names = [each.id for each in pulled.files[0].new]
        if names:
            amend.put_aside(project, names, AmendmentState.REJECTED, DECISION)
        assert {path: path.read_bytes() for path in before} == before


ROUNDS = 12


@pytest.mark.slow
@pytest.mark.tools
def test_the_circle_closes_through_libreoffice(tmp_path: Path) -> None:
    """Edit every text in another way each round, let LibreOffice save all files, and go round."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    ways = [each for each in WHOLE if "without tracking" not in each]
    expected: dict[int, list[str]] = {}
    projects: dict[int, Path] = {}
    for number in range(ROUNDS):
        data = small_plan.files()
        first, second = small_plan.action(data), small_plan.action(data, 1)
        first["text"] = "The States report end. The R&D <b> end."
        second["text"] = "The 30% of “votes” end. The état end."
        first["points"] = [{"id": each, "text": f"The point {each} end. The rest end."} for each in "abc"]
        paragraphs = [{"id": f"P-0{each}", "text": f"The {each} end. The last end."} for each in (1, 2)]
        data["plan.yaml"]["introduction"] = paragraphs
        projects[number] = small_plan.write(tmp_path / f"project-{number}", data)
        what = {}
        for place, tag in enumerate(TAGS):
            way = ways[(number + 3 * place) % len(ways)]
            is_first = tag in ("poa:A-001:text", "poa:A-002:text")
            only_points = way in ("joined", "taken out whole") and tag != "poa:A-001:points.a"
            what[tag] = "replaced" if (is_first and way in NOT_FIRST) or only_points else way
            if is_first and way in ("joined", "taken out whole"):
                what[tag] = "replaced"
        if what["poa:A-001:points.a"] in ("joined", "taken out whole"):
            what["poa:A-001:points.b"] = "left alone"
        file = edited(_do(what), _render(projects[number]))
        expected[number] = accepted(file, BODY)
        (tmp_path / f"{number}.docx").write_bytes(file)
    (tmp_path / "saved").mkdir()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "docx", "--outdir", "saved"),
            *(f"{number}.docx" for number in range(ROUNDS)),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    for number, project in projects.items():
        saved = (tmp_path / "saved" / f"{number}.docx").read_bytes()
        assert _around(project, saved) == expected[number], number
