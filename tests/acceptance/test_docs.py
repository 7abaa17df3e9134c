"""The documentation: what is generated is up to date, links lead somewhere, quoted commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import renew
from conftest import ROOT

from poa_toolkit.cli.main import poa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

README = ROOT / "README.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"(?<!`)`(poa [^`]+)`(?!`)")
PROMPT = re.compile(r"^(?:\$ |\.venv\\Scripts\\|\.venv/bin/|[A-Z_]+=\S+(?: [^)]*\))? )?(poa( .*|$))")
SHELLS = {"console", "sh", "powershell"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _prose(path: Path) -> str:
    return FENCE.sub("", path.read_text("utf-8"))


def _anchors(path: Path) -> set[str]:
    """Give the anchors that GitHub makes of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", _prose(path), re.MULTILINE)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def _commands(path: Path) -> Iterator[str]:
    """Give every `poa` command that a page quotes, in a block or in a line."""
    for _, language, block in FENCE.findall(path.read_text("utf-8")):
        if language in SHELLS:
            yield from (found[1] for line in block.splitlines() if (found := PROMPT.match(line)))
    yield from (" ".join(found.split()) for found in INLINE.findall(_prose(path)))


def _faults(line: str) -> Iterator[str]:
    """Say what of a command line does not exist: its command, or its options."""
    command: click.Command = poa
    words = iter(shlex.split(line, comments=True)[1:])
    for word in words:
        if word.startswith("-"):
            name, equals, _ = word.partition("=")
            known = {option: each for each in command.params for option in each.opts}
            if name in known and not equals and not getattr(known[name], "is_flag", False):
                next(words, None)
            elif name not in known and name not in ("-h", "--help"):
                yield f"{line}: no option {name}"
        elif isinstance(command, click.Group) and word.replace("-", "").isalpha() and word.islower():
            found = command.get_command(click.Context(command), word)
            if found is None:
                yield f"{line}: no command {word}"
                return
            command = found


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make outputs at the moment at which those of the pages were made."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", renew.CONFERENCE)


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.parametrize("write", renew.WHOLE, ids=lambda write: write.__name__)
def test_what_is_generated_is_up_to_date(write: Callable[[], dict[Path, str]]) -> None:
    stale = [path for path, text in write().items() if not path.is_file() or path.read_text("utf-8") != text]
    assert stale == [], "run: make docs"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {*(ROOT / "docs" / "rules").glob("*.md")} == {*renew.rules()}


@pytest.mark.parametrize("mistake", renew.mistakes(), ids=lambda each: each["typed"].strip()[:40])
def test_what_is_found_of_a_mistake_is_up_to_date(mistake: re.Match[str], tmp_path: Path) -> None:
    assert mistake["found"] == renew.findings_of(mistake, tmp_path), "run: make docs"


def test_every_scenario_is_shown() -> None:
    assert {name for _, name, _ in renew.quoted()} == {*renew.SCENARIOS}


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.parametrize("first", [name for name, each in renew.SCENARIOS.items() if not each.after])
def test_pages_show_what_commands_print_today(first: str, tmp_path: Path) -> None:
    names = {first}
    for name, scenario in renew.SCENARIOS.items():
        if name == first or scenario.after in names:
            names.add(name)
            shown = {(page, text) for page, quoted, text in renew.quoted() if quoted == name}
            printed = renew.printed(scenario, tmp_path / name)
            assert shown == {(page, printed) for page, _ in shown}, f"{name}; run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_to_a_page_or_a_heading_that_exists(page: Path) -> None:
    broken = []
    for target in LINK.findall(_prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in _anchors(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_quoted_command_and_option_exists(page: Path) -> None:
    assert [fault for line in _commands(page) for fault in _faults(line)] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("poa diff --format json", None),
        ("poa -C plan validate --strict", None),
        ("poa baseline create NAME", None),
        ("poa diff draft day-1 # two baselines", None),
        ("poa fly", "poa fly: no command fly"),
        ("poa baseline melt", "poa baseline melt: no command melt"),
        ("poa render --ppt", "poa render --ppt: no option --ppt"),
    ],
)
def test_a_command_that_does_not_exist_is_found(line: str, fault: str | None) -> None:
    assert list(_faults(line)) == ([fault] if fault else [])


def test_the_pages_quote_commands() -> None:
    quoted = {line.split()[1] for page in PAGES for line in _commands(page) if " " in line}
    assert {"build", "validate", "explain", "diff", "render", "baseline", "schema"} <= quoted


def test_the_readme_names_the_two_commands_and_the_document() -> None:
    text = README.read_text("utf-8")
    for words in ("\nmake plan\n", "`make test`", "build/plan-of-action.docx", "pipx install ."):
        assert words in text


def test_the_steps_without_make_are_those_of_the_makefile() -> None:
    makefile, text = (ROOT / "Makefile").read_text("utf-8"), README.read_text("utf-8").replace("\\", "/")
    for words in ("--no-deps --require-hashes -r requirements/lock.txt", "--no-deps --no-build-isolation"):
        assert words in makefile
        assert words in text


def test_every_page_of_docs_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        found = LINK.findall(_prose(page))
        waiting += [
            (page.parent / target.partition("#")[0]).resolve() for target in found if ":" not in target
        ]
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} <= reached
