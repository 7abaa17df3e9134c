"""A file that nobody touched asks for nothing, whatever became of the plan since it was made."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulling_samples import SECOND, TEXT, edited, pull, rows
from word_reading import packed, read

from poa_toolkit.api import baseline, render
from poa_toolkit.document.blocks import Marks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from poa_toolkit.returned.pulled_file import Pulled

Data = dict[str, Any]
FIRST = "sections/01-first.yaml"
TREATIES = "instruments/universal.yaml"
HARVEST = "recommendations/hres-2015-02.yaml"


def _actions(data: Data) -> list[Data]:
    found: list[Data] = data[FIRST]["actions"]
    return found


def _treaty(data: Data) -> Data:
    found: Data = data[TREATIES]["instruments"][1]
    return found


def _split(data: Data) -> None:
    first = small_plan.action(data)
    half = {**copy.deepcopy(small_plan.action(data, 1)), "id": "A-003", "text": "And so should all others."}
    first["text"], first["points"] = "Observers should report.", first["points"][:1]
    _actions(data).insert(1, half)


LATER: dict[str, Callable[[Data], object]] = {
    "text": lambda data: small_plan.action(data).update(text="Observers should write letters."),
    "point": lambda data: small_plan.action(data)["points"].pop(),
    "why": lambda data: small_plan.action(data).update(why="It really does."),
    "no why": lambda data: small_plan.action(data).pop("why"),
    "addressees": lambda data: small_plan.action(data)["addressees"].append("states"),
    "level": lambda data: small_plan.action(data).update(level=["global"]),
    "timeframe": lambda data: small_plan.action(data).update(timeframe="by 2020"),
    "provisions": lambda data: small_plan.action(data, 1)["provisions"].append("udhr 21(3)"),
    "other provisions": lambda data: small_plan.action(data).update(provisions=["iccpr 2(3)"]),
    "no recommendation": lambda data: small_plan.action(data).update(recommendations=[]),
    "status": lambda data: small_plan.action(data, 1).update(status="agreed"),
    "deferred": lambda data: small_plan.action(data, 1).update(status="deferred", reason="Not yet."),
    "taken out": lambda data: _actions(data).pop(),
    "order": lambda data: _actions(data).reverse(),
    "new action": lambda data: _actions(data).append(
        {**copy.deepcopy(small_plan.action(data, 1)), "id": "A-003", "text": "All should listen."}
    ),
    "split": _split,
    "heading": lambda data: data[FIRST].update(title="Things that come first"),
    "chapeau": lambda data: data[FIRST]["chapeau"].clear(),
    "introduction": lambda data: data["plan.yaml"].pop("introduction"),
    "title": lambda data: data["plan.yaml"].update(title="The plan"),
    "notice": lambda data: data["plan.yaml"].update(notice="No working text."),
    "stage": lambda data: data["plan.yaml"].update(stage="day-2"),
    "title of a treaty": lambda data: _treaty(data).update(title="The Covenant"),
    "subject": lambda data: _treaty(data)["provisions"][0].update(subject="vote"),
    "actor": lambda data: data["actors.yaml"]["actors"][0].update(title="observers of elections"),
    "gist": lambda data: data[HARVEST]["recommendations"][0].update(text="Tell all States."),
    "consultation": lambda data: data[HARVEST]["consultation"].update(title="The first conference"),
    "obligation": lambda data: data["obligations.yaml"]["obligations"][0].update(title="The right to vote"),
    "participant": lambda data: data["participants.yaml"]["participants"].clear(),
}
"""What may become of a plan after a file was made of it."""


def _freeze(project: Path, name: str) -> None:
    _, text = baseline.freeze(project, name)
    folder = project / "plan/baselines"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(text, "utf-8")


def _says_nothing(pulled: Pulled) -> None:
    """Nothing is proposed, and nothing is told but that the version is not known."""
    assert rows(pulled) == []
    assert not [each for each in pulled.diagnostics if each.code != "POA726"]


class Sent(NamedTuple):
    """A project, and the files that were made of it."""

    project: Path
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Give a plan that changed after its first version was frozen, clean and as a redline."""
    project = small_plan.write(tmp_path_factory.mktemp("sent"))
    _freeze(project, "before")
    data = _begun()
    small_plan.write(project, data)
    looks = {
        "clean": render.Looks(),
        "redline": render.Looks(since="before"),
        "struck": render.Looks(since="before", marks=Marks.STRUCK),
    }
    files = {
        f"{name} of the tree": render.render(project, looks=each).content for name, each in looks.items()
    }
    _freeze(project, "sent")
    for name, each in looks.items():
        files[f"{name} of sent"] = render.render(project, version="sent", looks=each).content
    return Sent(project, files)


def _begun() -> Data:
    data = small_plan.files()
    first, second = small_plan.action(data), small_plan.action(data, 1)
    first["text"] = "Observers should report to the treaty bodies and to States."
    first["points"].append({"id": "c", "text": "And again."})
    second["provisions"] = ["iccpr 25(b)", "iccpr 19"]
    second["addressees"] = ["states", "observers"]
    return data


def _later(sent: Sent, changes: list[str], *, frozen: bool) -> Path:
    """Write the plan as it is after some changes, with the version that was sent frozen or not."""
    project, data = sent.project, _begun()
    for each in changes:
        LATER[each](data)
    small_plan.write(project, data)
    kept, away = project / "plan/baselines/sent.json", project / "sent.json"
    there, gone = (kept, away) if frozen else (away, kept)
    if gone.exists():
        gone.rename(there)
    return project


KINDS = ("clean of the tree", "redline of the tree", "clean of sent", "redline of sent")
FOR_THE_EYE = ("struck of the tree", "struck of sent")
"""Redlines that ask for no return: such a file keeps no record."""


@pytest.mark.parametrize("what", ["why", "no why", "participant", "split", "title of a treaty"])
@pytest.mark.parametrize("kind", FOR_THE_EYE)
def test_a_file_without_a_record_is_of_the_frozen_version_whose_lines_it_has(
    sent: Sent, kind: str, what: str
) -> None:
    pulled = pull(_later(sent, [what], frozen=True), sent.files[kind])
    assert (pulled.version, rows(pulled)) == ("baseline sent", [])


@pytest.mark.parametrize("what", ["text", "provisions"])
def test_a_file_without_a_record_is_of_no_version_whose_digest_its_cover_does_not_bear(
    sent: Sent, what: str
) -> None:
    pulled = pull(_later(sent, [what], frozen=False), sent.files["struck of the tree"])
    assert pulled.version == ""
    assert "POA726" in [each.code for each in pulled.diagnostics]


@pytest.mark.parametrize("frozen", ["frozen", ""])
@pytest.mark.parametrize("what", ["why", "provisions", "split"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_nobody_touched_asks_for_nothing_after_a_change(
    sent: Sent, kind: str, what: str, *, frozen: bool
) -> None:
    pulled = pull(_later(sent, [what], frozen=bool(frozen)), sent.files[kind])
    _says_nothing(pulled)
    assert pulled.version == ("baseline sent" if frozen else "")
    assert [each.code for each in pulled.diagnostics] == ([] if frozen else ["POA726"])


@given(
    kind=st.sampled_from(KINDS),
    changes=st.lists(st.sampled_from(sorted(LATER)), min_size=1, max_size=3, unique=True),
    frozen=st.sampled_from(("frozen", "")),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_nobody_touched_asks_for_nothing_whatever_changed(
    sent: Sent, kind: str, changes: list[str], *, frozen: bool
) -> None:
    try:
        project = _later(sent, changes, frozen=bool(frozen))
    except (IndexError, KeyError):
        return  # what one change needs another took away
    pulled = pull(project, sent.files[kind])
    _says_nothing(pulled)
    assert pulled.version in (("baseline sent",) if frozen else ("", "the working tree"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_of_the_version_whose_name_it_bears_though_the_tree_says_the_same(
    sent: Sent, kind: str
) -> None:
    pulled = pull(_later(sent, [], frozen=True), sent.files[kind])
    _says_nothing(pulled)
    name = "baseline sent" if kind.endswith("sent") else "the working tree"
    assert (pulled.version, pulled.diagnostics) == (name, ())


def test_what_was_edited_comes_home_though_the_version_is_not_known(sent: Sent) -> None:
    project = _later(sent, ["provisions", "split", "why"], frozen=False)

    def change(it: Any) -> None:
        it.retype(TEXT, "States", "parties")
        it.replace(SECOND, "answer", "reply")

    pulled = pull(project, edited(change, sent.files["clean of the tree"]))
    assert pulled.version == ""
    assert sorted(row["proposed"] for row in rows(pulled)) == [
        "Observers should report to the treaty bodies and to parties.",
        "States should reply.",
    ]
    (warning,) = pulled.diagnostics
    assert warning.code == "POA726"
    assert "not known" in warning.message
    assert "poa baseline create" in warning.help


def test_of_what_a_file_alone_says_was_printed_only_that_is_told(sent: Sent) -> None:
    pulled = pull(_later(sent, ["why"], frozen=False), sent.files["clean of the tree"])
    (warning,) = pulled.diagnostics
    assert re.findall("“(.*?)”", warning.message) == ["Makes the channel work."]


def test_what_a_file_alone_says_was_printed_is_told_with_its_words(sent: Sent) -> None:
    """A record may be forged, and an edit with it: it is not taken for one, and it is not lost."""
    parts = read(sent.files["clean of the tree"]).parts
    name = next(each for each in parts if b"poa-toolkit.example/texts" in parts[each])
    forged = {
        each: content.replace(b"Closes the circle.", b"Squares the circle.")
        for each, content in parts.items()
    }
    assert forged[name] != parts[name]
    pulled = pull(_later(sent, [], frozen=True), packed(forged))
    assert pulled.version == ""
    assert any("Squares the circle." in each.message for each in pulled.diagnostics)
