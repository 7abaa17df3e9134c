"""A file that lost on its way what tells where it comes from gives what people changed in it, and no more."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
import small_plan
from carriers import lose
from conftest import ROOT
from pulling_samples import DAY, TEXT
from word_editing import Edited

from poa_toolkit.api import baseline, render
from poa_toolkit.api import pull as pull_api
from poa_toolkit.api.render import Looks
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.document.blocks import Layout, Marks
from poa_toolkit.model import House
from poa_toolkit.model.digests import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from poa_toolkit.returned.pulled_file import Pulled

KINDS: dict[str, Looks] = {
    "clean": Looks(),
    "redline": Looks(since="day-1"),
    "struck": Looks(since="day-1", marks=Marks.STRUCK),
    "room": Looks(layout=Layout.ROOM),
}


@pytest.fixture(scope="module")
def small() -> Iterator[Path]:
    """Give a small plan that has changed since its baseline in every way."""
    with TemporaryDirectory() as name:
        data = small_plan.files()
        project = small_plan.write(Path(name), data)
        _, text = baseline.freeze_provisionally(project, "day-1")
        (project / "plan/baselines").mkdir()
        (project / "plan/baselines/day-1.json").write_text(text, encoding="utf-8")
        _change(data)
        yield small_plan.write(project, data)


def _change(data: dict[str, object]) -> None:
    first, second = small_plan.action(data), small_plan.action(data, 1)
    first |= {"text": "Observers should each report to all treaty bodies.", "timeframe": "by 2019"}
    first["points"] = [{"id": "a", "text": "On the day."}, {"id": "c", "text": "And every year after it."}]
    second |= {"status": "withdrawn", "reason": "Taken up elsewhere."}
    third = {
        **{name: second[name] for name in ("why",)},
        **{name: list(second[name]) for name in ("addressees", "recommendations", "level")},
        "id": "A-003",
        "text": "States should answer in writing.",
        "status": "draft",
        "provisions": ["iccpr 2(3)"],
    }
    data["sections/01-first.yaml"]["actions"].append(third)  # type: ignore[index]
    data["plan.yaml"]["introduction"][0]["text"] = "Elections shall be genuine and periodic."  # type: ignore[index]


@cache
def rendered(project: Path, kind: str, style: House = House.UN) -> bytes:
    return render.render(project, looks=KINDS[kind]._replace(style=style)).content


def pull(project: Path, *files: bytes) -> tuple[Pulled, ...]:
    """Pull files, each for itself, and write nothing."""
    given = [(f"{number}.docx", file) for number, file in enumerate(files)]
    return pull_api.pull(project, given, Choice(DAY, "The secretariat", only_show=True)).files


def said(pulled: Pulled) -> list[dict[str, object]]:
    return [
        {
            name: value
            for name, value in dump(each).items()
            if name in ("kind", "record", "field", "proposed", "context")
        }
        for each in pulled.new
    ]


LOSSES = ("record", "controls", "bookmarks", "fields", "numbers")
ALL = (*LOSSES, "dates")
EVERY_LOSS = [
    ("record", *some)
    for some in chain.from_iterable(combinations(LOSSES[1:], size) for size in range(len(LOSSES)))
]


@pytest.mark.parametrize("style", House)
@pytest.mark.parametrize("kind", KINDS)
def test_a_bare_file_gives_nothing_whatever_it_lost(small: Path, kind: str, style: House) -> None:
    file = rendered(small, kind, style)
    # the house changes the words, not what is lost
    every = EVERY_LOSS if style is House.UN else EVERY_LOSS[:: len(EVERY_LOSS) - 1]
    found = pull(small, *(lose(file, *losses) for losses in every))
    assert {losses: said(each) for losses, each in zip(every, found, strict=True) if each.new} == {}
    assert {each.version for each in found} == {"the working tree"}


@pytest.mark.parametrize("author", ["Delegation A", None])
def test_numbers_that_were_written_out_after_an_edit_are_no_edits(small: Path, author: str | None) -> None:
    it = Edited(rendered(small, "clean"))
    it.add(it.paragraph("poa:C-01:text"), "Parties should report.", author, style="POAAction")
    (found,) = pull(small, lose(it.save(), *LOSSES))
    (row,) = found.new
    assert (row.proposed, row.proposer) == ("Parties should report.", author or "The secretariat")
    assert (row.section, row.after) == ("first", "first")


@pytest.mark.parametrize("typed", ["Yes. ", "No. ", "12. "])
def test_what_looks_like_a_number_and_was_typed_is_an_edit(small: Path, typed: str) -> None:
    it = Edited(rendered(small, "clean"))
    words = it.text("poa:A-001:points.a")
    it.retype("poa:A-001:points.a", words, typed + words)
    it.add(it.paragraph("poa:A-001:points.c"), f"{typed}Then.", None, style="POAPoint")
    files = (it.save(), lose(it.save(), *LOSSES)) if typed != "12. " else (it.save(),)
    for found in pull(small, *files):
        assert [each.proposed for each in found.new] == [typed + words, f"{typed}Then."]


def test_a_tracked_copy_above_the_text_is_the_copy_though_no_anchor_is_left(small: Path) -> None:
    it = Edited(rendered(small, "clean"))
    it.add(it.paragraph("poa:P-01:text"), it.text(TEXT), style="POAAction")
    (found,) = pull(small, lose(it.save(), "record", "controls", "bookmarks"))
    assert [each["kind"] for each in said(found)] == ["add"]


def test_a_redline_of_a_version_that_is_lost_gives_what_it_changed(small: Path, tmp_path: Path) -> None:
    """The older version is at hand: what the redline shows as changed is on record nowhere else."""
    there = shutil.copytree(small, tmp_path / "there")
    path = there / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("in writing.", "in public."), "utf-8")
    lost = render.render(there, looks=Looks(since=f"dir:{small}")).content
    (found,) = pull(small, lost)
    assert [each.proposed for each in found.new] == ["States should answer in public."]
    assert found.version == "the working tree"


@pytest.mark.parametrize("dates", ["dates", "all dates"])
@pytest.mark.parametrize("kind", ["redline", "struck"])
def test_dates_that_were_moved_or_lost_make_no_edits(small: Path, kind: str, dates: str) -> None:
    every = (("record", dates), (*LOSSES, dates))
    found = pull(small, *(lose(rendered(small, kind), *losses) for losses in every))
    assert [said(each) for each in found] == [[], []]


def _tracked(it: Edited) -> None:
    it.insert(TEXT, "bodies", " in time")


def _typed(it: Edited) -> None:
    it.retype(TEXT, "bodies.", "bodies in time.")


EDITS: dict[str, Callable[[Edited], None]] = {"tracked": _tracked, "typed": _typed}
ONE_EDIT = {
    "record": "A-001",
    "field": "text",
    "proposed": "Observers should each report to all treaty bodies in time.",
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("kind", ["clean", "redline", "room"])
def test_one_edited_sentence_is_one_edit_whatever_was_lost(small: Path, kind: str, edit: str) -> None:
    there = Edited(rendered(small, kind))
    EDITS[edit](there)
    every = ((), ("record",), ("record", "controls"), LOSSES, ALL)
    found = pull(small, *(lose(there.save(), *losses) for losses in every))
    assert [said(each) for each in found] == [[ONE_EDIT]] * len(every)


@pytest.mark.parametrize(
    "kind", ["redline", *(pytest.param(each, marks=pytest.mark.slow) for each in ("clean", "struck", "room"))]
)
def test_the_shipped_plan_gives_nothing_back(kind: str) -> None:
    files = [rendered(ROOT, kind, style) for style in House]
    found = pull(ROOT, *files, lose(files[0], "record"), lose(files[1], *ALL))
    assert [said(each) for each in found] == [[]] * 4
    assert {each.version for each in found} == {"the working tree"}


# --- real programs -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.tools
@pytest.mark.parametrize("form", ["odt", "doc", "rtf", "docx"])
def test_what_libreoffice_saves_again_gives_nothing_back(
    tmp_path: Path, resaved: Callable[[Path, str], dict[str, bytes]], form: str
) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind}.docx").write_bytes(rendered(ROOT, kind))
    there = Edited(rendered(ROOT, "redline"))
    there.insert("poa:A-001:text", 0, "Indeed: ")
    (tmp_path / "edited.docx").write_bytes(there.save())
    saved = resaved(tmp_path, form)
    found = dict(zip(saved, pull(ROOT, *saved.values()), strict=True))
    assert {name: said(each) for name, each in found.items() if each.new and name != "edited"} == {}
    assert [(each.record, (each.proposed or "")[:8]) for each in found["edited"].new] == [
        ("A-001", "Indeed: ")
    ]


@pytest.mark.slow
@pytest.mark.tools
def test_what_pandoc_writes_again_gives_nothing_back(tmp_path: Path, pandoc: str) -> None:
    saved = []
    for kind in KINDS:
        (tmp_path / f"{kind}.docx").write_bytes(rendered(ROOT, kind))
        command = [pandoc, "--track-changes=all", "-o", "again.docx", f"{kind}.docx"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        saved.append((tmp_path / "again.docx").read_bytes())
    assert {kind: said(each) for kind, each in zip(KINDS, pull(ROOT, *saved), strict=True) if each.new} == {}
