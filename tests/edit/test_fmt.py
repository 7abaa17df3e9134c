"""`poa fmt`: the canonical layout, which changes no data and loses no comment."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pytest
import small_plan
from conftest import MODULES, ROOT, TESTS, Golden, Poa
from hypothesis import given
from hypothesis import strategies as st
from odd_layouts import Writer

from poa_toolkit.api.fmt import Formatted, layout, layouts, save
from poa_toolkit.errors import WriteError
from poa_toolkit.load import yaml_tree

CASES = sorted((TESTS / "cases" / "fmt").glob("*.yaml"))
SECTION = "plan/sections/x.yaml"


def _laid_out(path: str, text: str) -> str:
    formatted = layout(path, text.encode("utf-8"))
    assert formatted.diagnostics == ()
    return formatted.after.decode("utf-8")


def _value(content: bytes) -> object:
    read = yaml_tree.read("x.yaml", content)
    assert read.problems == []
    return read.value


# --- cases read by eye ------------------------------------------------------------------------


def _path_of(case: Path) -> str:
    kind = case.name.partition(".")[0]
    return f"plan/{kind}/x.yaml" if kind in ("sections", "instruments") else f"plan/{kind}.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_file_as_people_leave_it_gets_the_canonical_layout(case: Path, golden: Golden) -> None:
    formatted = layout(_path_of(case), case.read_bytes())
    assert formatted.diagnostics == ()
    golden(f"fmt/{case.name}", formatted.after)
    assert not layout(_path_of(case), formatted.after).differs
    assert _value(formatted.after) == _value(formatted.before)


def test_the_example_of_the_manual_is_true() -> None:
    page = (ROOT / "docs" / "editors" / "formatting.md").read_text("utf-8")
    before, after = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert _laid_out(SECTION, before) == after


# --- one thing at a time ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nid: s\n", "id: s\ntitle: T\n"),
        ("id: s\nodd: 1\ntitle: T\n", "id: s\nodd: 1\ntitle: T\n"),
        ("# head\ntitle: T\n# of id\nid: s\n", "# head\n# of id\nid: s\ntitle: T\n"),
        ("title: T # t\nid: s\n", "id: s\ntitle: T # t\n"),
        ('id: "s"\ntitle: \'T: t\'\n', 'id: s\ntitle: "T: t"\n'),
        ("id: 'no'\ntitle: '2017'\n", 'id: "no"\ntitle: "2017"\n'),
        ("id: s\ntitle: 'Say \"yes\": no'\n", "id: s\ntitle: 'Say \"yes\": no'\n"),
        ('id: s\ntitle: "a\\u200bb"\n', 'id: s\ntitle: "a\\u200bb"\n'),
        ("id: s\ntitle: a\n  b\n", "id: s\ntitle: a b\n"),
        ("id:   s    # c  \n\n\n\ntitle: T  \n\n", "id: s # c\n\ntitle: T\n"),
        ("actions:\n- id: A\n  provisions: [a 1, b 2]\n", "actions:\n  - id: A\n    provisions:\n      - a 1\n      - b 2\n"),
        ("actions: [{id: A}]\n", "actions:\n  - id: A\n"),
        ("actions:\n- id: A\n  text: One. Two.\n", "actions:\n  - id: A\n    text: >-\n      One.\n      Two.\n"),
        ("actions:\n- id: A\n  why: One. Two.\n", "actions:\n  - id: A\n    why: One. Two.\n"),
        ("actions:\n- text: |\n   One.\n     Two.\n", "actions:\n  - text: |\n      One.\n        Two.\n"),
        ("actions:\n- text: >-\n    One. \n", 'actions:\n  - text: "One. "\n'),
        ("actions:\n- text: >\n    One.\n\n    Two.\n", "actions:\n  - text: >\n      One.\n\n      Two.\n"),
        ("actions:\n- text: >-\n    One.\n     deeper\n", "actions:\n  - text: >-\n      One.\n       deeper\n"),
        ("actions:\n- text: 5\n  id:\n", "actions:\n  - id:\n    text: 5\n"),
        ("actions:\n- level: [national,\n   regional]\n", "actions:\n  - level: [national, regional]\n"),
        ("actions:\n- level: [national, # c\n   regional]\n", "actions:\n  - level:\n      - national # c\n      - regional\n"),
        ("actions:\n-\n  # c\n  id: A\n", "actions:\n  - # c\n    id: A\n"),
        ("id:\n  # c\n  s\n", "# c\nid: s\n"),
    ],
)  # fmt: skip
def test_each_part_of_the_layout(before: str, after: str) -> None:
    assert _laid_out(SECTION, before) == after
    assert _laid_out(SECTION, after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{b: s, # c\n a: T}\n", "b: s # c\na: T\n"),
        ("[a, b]\n", "[a, b]\n"),
        ("{ # c\n}\n", "# c\n{}\n"),
        ("a: [\n  # c\n  ]\n", "# c\na: []\n"),
        ("--- {a: 1}\n", "---\na: 1\n"),
        ("a: [[1], {b: c}]\n", "a:\n  - [1]\n  - b: c\n"),
        (f"- [x, '{'z' * 80}']\n", f"- - x\n  - {'z' * 80}\n"),
        ('a: ["a:b", "c,d", "e"]\n', 'a: ["a:b", "c,d", e]\n'),
        ("a: 'x\n\n  y'\n", 'a: "x\\ny"\n'),
        ('a: "x\\u200b\n  y\\t\\U0001F4A9\\U000E0001"\n', 'a: "x\\u200b y\\t💩\\U000e0001"\n'),
        ("a: |\n\nb: |+\n\n\nc: 1\n", 'a: ""\n\nb: "\\n\\n"\n\nc: 1\n'),
        ("a: |1-\n   x\n\n\n", "a: |2-\n    x\n"),
        ("a: >2+\n    x\n\n\n", "a: >2+\n    x\n\n\n"),
        ("a:\n  - b: |\n      c\n    # d\n# e\n", "a:\n  - b: |\n      c\n    # d\n\n# e\n"),
        ("a:\n  - b # c\n\n  # d\n", "a:\n  - b # c\n  # d\n"),
        ("a: 1\n... # b\n# c\n", "a: 1\n# c\n... # b\n"),
        ("%YAML 1.2\n\n\n---\na: 1\n", "%YAML 1.2\n\n---\na: 1\n"),
        ("---\n\n\n# b\na: 1\n", "---\n# b\na: 1\n"),
        ("a: 'x\ty'\n", 'a: "x\\ty"\n'),
        ("just a text\n", "just a text\n"),
    ],
)
def test_yaml_that_is_no_plan_is_laid_out_too(before: str, after: str) -> None:
    assert _laid_out("-", before) == after
    assert _laid_out("-", after) == after


def test_the_text_of_an_endorsement_is_the_name_of_a_baseline_and_no_prose() -> None:
    text = "endorsements:\n  - participant: tcc\n    text: day-2\n"
    assert _laid_out("plan/endorsements.yaml", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "# yaml-language-server: $schema=x.json\n# a head\n\nid: s\ntitle: T\n",
        "id: s\n# end of file\n",
        "actions:\n  - id: A\n    # end of A\n\n  - id: B\n    # end of B\n  # end of actions\n",
        "actions:\n  - id: A\n    level: [national]\n  - id: B\n    level:\n      - national\n",
        "---\nid: s\n...\n",
        "--- # c\nid: s\n# e\n... # d\n",
        "id: s\ntitle: ~\nodd: TRUE\nodder: 0x1F\n",
        "id: s\ntitle: Äéß 選挙 الانتخابات\n",
        "id: s\ntitle: '\"a\" b'\n",
        'id: s\ntitle: "\\u00e9"\n',
    ],
)
def test_a_file_in_the_canonical_layout_keeps_every_byte(text: str) -> None:
    formatted = layout(SECTION, text.encode("utf-8"))
    assert formatted.after == formatted.before
    assert formatted.diagnostics == ()


# --- what other tools lose --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"level: [ a, # one\n  b ] # two\n", b"level: # two\n  - a # one\n  - b\n"),
        (b"id: s\r\ntitle: T\r\n", b"id: s\r\ntitle: T\r\n"),
        (b"title: T\r\nid: s\r\n", b"id: s\r\ntitle: T\r\n"),
        (b"\xef\xbb\xbfid: s\n", b"\xef\xbb\xbfid: s\n"),
        (b"---\nid: s\n...\n", b"---\nid: s\n...\n"),
        (b"id: s", b"id: s\n"),
        (b"a:   x\nb: ~\n", b"a: x\nb: ~\n"),
        (b'a: "\\u00e9"\n', b'a: "\\u00e9"\n'),
        (b"a:\n     b: 1\n     c:\n        - 1\n", b"a:\n  b: 1\n  c:\n    - 1\n"),
        (b"a: 0o14\nb: 1_000\nc: 1.10\n", b"a: 0o14\nb: 1_000\nc: 1.10\n"),
    ],
)  # fmt: skip
def test_nothing_is_lost_that_a_round_trip_through_data_loses(before: bytes, after: bytes) -> None:
    formatted = layout(SECTION, before)
    assert formatted.diagnostics == ()
    assert formatted.after == after


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"# only\n# comments\n", "POA011", "1:1"),
        ("title: a\u0085b\n".encode(), "POA002", "1:9"),
        (b'title: "a\\L"\n', "POA002", "1:8"),
        (b"id: s\r\n? long key\r\n: T\r\n", "POA016", "2:1"),
        (b"a: &x 1\nb: *x\n", "POA006", "1:4"),
        (b"a: 1\na: 2\n", "POA004", "2:1"),
        (b"{}\n# the only comment\n", "POA016", "1:1"),
        (b"\xff\xfe", "POA001", "1:1"),
    ],
)
def test_a_file_that_might_lose_something_is_refused_and_left_alone(
    content: bytes, code: str, place: str
) -> None:
    formatted = layout(SECTION, content)
    assert formatted.after == content
    assert formatted.diagnostics[0].code == code
    assert str(formatted.diagnostics[0].location) == f"{SECTION}:{place}"


# --- laws -------------------------------------------------------------------------------------


def _comments(content: bytes, writer: Writer) -> list[str]:
    """Find the numbered comments that a writer made, wherever they stand."""
    lines = content.decode("utf-8").split("\n")
    return [each for each in writer.comments for line in lines if line == each or line.endswith(f" {each}")]


@given(st.randoms(use_true_random=False))
def test_any_layout_keeps_data_and_comments_and_settles_at_once(random: Random) -> None:
    writer = Writer(random)
    before = writer.section().encode("utf-8")
    value = _value(before)
    formatted = layout(SECTION, before)
    assert formatted.diagnostics == ()
    assert _value(formatted.after) == value
    assert Counter(_comments(formatted.after, writer)) == Counter(writer.comments)
    assert layout(SECTION, formatted.after).after == formatted.after


@given(st.text(max_size=60), st.sampled_from(["title", "why", "text"]))
def test_any_text_in_any_quotes_comes_back_as_it_was(text: str, key: str) -> None:
    for quoted in (f'"{text}"', "'" + text.replace("'", "''") + "'", f">-\n    {text}", f"|+\n    {text}\n"):
        content = f"actions:\n- {key}: {quoted}\n  id: a # c\n".encode("utf-8", "replace")
        if yaml_tree.read("x.yaml", content).problems:
            continue
        formatted = layout(SECTION, content)
        assert _value(formatted.after) == _value(content)
        assert layout(SECTION, formatted.after).after == formatted.after


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_end_in_a_layout_or_in_a_diagnostic(content: bytes) -> None:
    formatted = layout(SECTION, content)
    assert bool(formatted.diagnostics) or _value(formatted.after) == _value(content)


# --- prettier ---------------------------------------------------------------------------------


def _prettier(folder: Path) -> str:
    """Give what prettier would change in a folder; nothing, if all is as it wants it."""
    node, program = shutil.which("node"), MODULES / "prettier" / "bin" / "prettier.cjs"
    if node is None or not program.is_file():
        pytest.skip("prettier is not installed: make tools")
    finished = subprocess.run(
        [node, program, "--no-config", "--no-editorconfig", "--ignore-path", "none", "--list-different", "."],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert finished.stderr == b""
    return finished.stdout.decode("utf-8")


@pytest.mark.tools
def test_what_is_laid_out_is_a_fixed_point_of_prettier(tmp_path: Path) -> None:
    for path in (ROOT / "plan").rglob("*.yaml"):
        shutil.copy(path, tmp_path / f"shipped-{path.parent.name}-{path.name}")
    for case in CASES:
        after = layout(_path_of(case), case.read_bytes()).after
        # prettier drops a byte order mark and writes LF
        (tmp_path / f"case-{case.name}").write_text(after.decode("utf-8-sig").replace("\r\n", "\n"), "utf-8")
    for seed in range(200):
        after = layout(SECTION, Writer(Random(seed)).section().encode("utf-8")).after  # noqa: S311 - a corpus
        # prettier adds a blank line to a block whose blank lines are kept, and so changes its text
        if not re.search(rb"[|>]2?\+( #.*)?\n", after):
            (tmp_path / f"odd-{seed}.yaml").write_bytes(after)
    assert len(list(tmp_path.iterdir())) > 80
    assert _prettier(tmp_path) == ""


# --- the command ------------------------------------------------------------------------------


def _project(tmp_path: Path) -> Path:
    """Write the small plan and lay it out, so that nothing needs doing."""
    project = small_plan.write(tmp_path / "project")
    save(project, layouts(project, []))
    return project


ACTORS = "plan/actors.yaml"
UNTIDY = "actors:\n- title: States\n  id: states # who\n- {id: observers, title: election observers}\n"
TIDY = "actors:\n  - id: states # who\n    title: States\n  - id: observers\n    title: election observers\n"


def test_every_file_is_laid_out_where_none_is_named(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / ACTORS).write_text(UNTIDY, "utf-8")
    finished = poa("fmt", cwd=project)
    assert (finished.status, finished.stdout, finished.stderr) == (
        0,
        "1 file reformatted, 7 left alone\n",
        "",
    )
    assert (project / ACTORS).read_text("utf-8") == TIDY
    again = poa("fmt", cwd=project)
    assert again.stdout == "0 files reformatted, 8 left alone\n"


def test_the_shipped_plan_is_in_the_canonical_layout(poa: Poa) -> None:
    finished = poa("fmt", "--check", cwd=ROOT)
    assert finished.status == 0, finished.stdout


def test_check_names_the_files_and_changes_none(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / ACTORS).write_text(UNTIDY, "utf-8")
    finished = poa("fmt", "--check", cwd=project)
    assert finished.status == 1
    assert finished.stdout == (
        f"{ACTORS} would be reformatted\n1 file would be reformatted, 7 would be left alone\n"
    )
    assert (project / ACTORS).read_text("utf-8") == UNTIDY


def test_diff_shows_what_would_change_and_changes_nothing(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / ACTORS).write_text("actors:\n- id: states\n  title: 'a\u2066'\n  note: '\u200f'\n", "utf-8")
    finished = poa("fmt", "--diff", cwd=project)
    assert finished.status == 0
    assert finished.stdout.startswith(f"--- a/{ACTORS}\n+++ b/{ACTORS}\n@@ ")
    assert "+    title: a\\u2066" in finished.stdout
    assert "\u2066" not in finished.stdout
    assert poa("fmt", "--diff", "--check", cwd=project).status == 1


def test_diff_shows_the_ends_of_lines(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    assert poa("fmt", cwd=project).status == 0
    tidy = (project / ACTORS).read_text("utf-8")
    first, second, *_, last = tidy.splitlines()
    (project / ACTORS).write_bytes(tidy.replace(f"{second}\n", f"{second}\r\n").encode())
    shown = poa("fmt", "--diff", cwd=project).stdout
    assert f"\n {first}\n-{second}\\x0d\n+{second}\n" in shown
    (project / ACTORS).write_bytes(tidy.removesuffix("\n").encode())
    shown = poa("fmt", "--diff", cwd=project).stdout
    assert shown.endswith(f"-{last}\n\\ No newline at end of file\n+{last}\n")


def test_files_and_folders_can_be_named(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    for name in (ACTORS, "plan/participants.yaml", "plan/sections/01-first.yaml"):
        path = project / name
        path.write_text(path.read_text("utf-8") + "\n\n\n", "utf-8")
    assert poa("fmt", "actors.yaml", cwd=project / "plan").stdout == "1 file reformatted, 0 left alone\n"
    assert poa("fmt", "plan/sections", cwd=project).stdout == "1 file reformatted, 0 left alone\n"
    assert poa("fmt", ".", cwd=project).stdout == "1 file reformatted, 7 left alone\n"


def test_a_file_that_is_no_part_of_a_plan_is_left_alone(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / "other.yaml").write_text("b:   1\n", "utf-8")
    finished = poa("fmt", "other.yaml", cwd=project)
    assert (finished.status, finished.stdout) == (0, "0 files reformatted, 0 left alone\n")
    assert (project / "other.yaml").read_text("utf-8") == "b:   1\n"


def test_a_path_outside_the_project_is_refused(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    outside = tmp_path / "outside.yaml"
    outside.write_text(UNTIDY, "utf-8")
    (project / "plan" / "recommendations" / "link.yaml").symlink_to(outside)
    for arguments in (("../outside.yaml",), ("plan/recommendations/link.yaml",), ("nowhere.yaml",)):
        finished = poa("fmt", *arguments, cwd=project)
        assert finished.status == 2
        assert finished.stderr.count("\n") == 1
    finished = poa("fmt", cwd=project)
    assert finished.status == 1
    assert (
        "plan/recommendations/link.yaml: error POA013 the file is a link out of the project"
        in finished.stderr
    )
    assert outside.read_text("utf-8") == UNTIDY


def test_a_refused_file_is_named_and_the_others_are_laid_out(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / ACTORS).write_text(UNTIDY, "utf-8")
    strange = "? participants\n: []\n"
    (project / "plan" / "participants.yaml").write_text(strange, "utf-8")
    finished = poa("fmt", cwd=project)
    assert finished.status == 1
    assert (
        "plan/participants.yaml:1:1: error POA016 the file is left as it is: a key is marked with `?`"
        in finished.stderr
    )
    assert finished.stdout == "1 file reformatted, 6 left alone, 1 refused\n"
    assert (project / "plan" / "participants.yaml").read_text("utf-8") == strange
    assert (project / ACTORS).read_text("utf-8") == TIDY


def test_a_file_that_somebody_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    project = _project(tmp_path)
    read = Formatted(ACTORS, b"what was read\n", b"what would be written\n")
    with pytest.raises(WriteError, match=r"plan/actors\.yaml was changed by someone else"):
        save(project, [read])


def test_a_link_inside_the_project_is_read_and_not_written_through(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    real = project / "plan" / "sections" / "02-more.yaml"
    real.write_text("title: More\nid: more\n", "utf-8")
    link = real.with_name("03-link.yaml")
    link.symlink_to(real.name)
    done = poa("fmt", "plan/sections", cwd=project)
    assert (done.status, "03-link.yaml is a link" in done.stderr) == (2, True)
    assert link.is_symlink()
    assert real.read_text("utf-8") == "title: More\nid: more\n"
    assert poa("fmt", "plan/sections/02-more.yaml", cwd=project).stdout.startswith("1 file reformatted")


def test_standard_input_is_laid_out_as_the_file_it_stands_for(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    before = (project / ACTORS).read_bytes()
    finished = poa("fmt", "-", "--stdin-filename", ACTORS, cwd=project, stdin=UNTIDY)
    assert (finished.status, finished.stdout, finished.stderr) == (0, TIDY, "")
    assert (project / ACTORS).read_bytes() == before
    # without a name its kind is not known, and the keys stay in their order
    assert poa("fmt", "-", stdin="b:   1\na: 2\n").stdout == "b: 1\na: 2\n"


def test_standard_input_can_be_checked_compared_and_refused(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    named = ("fmt", "-", "--stdin-filename", ACTORS)
    assert poa(*named, "--check", cwd=project, stdin=UNTIDY).status == 1
    assert poa(*named, "--check", cwd=project, stdin=TIDY).status == 0
    assert "+  - id: states # who" in poa(*named, "--diff", cwd=project, stdin=UNTIDY).stdout
    refused = poa(*named, cwd=project, stdin="actors: [\n")
    assert (refused.status, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"{ACTORS}:1:9: error POA003 ")
    assert poa("fmt", "-", "--stdin-filename", "../x.yaml", cwd=project, stdin=TIDY).status == 2
    assert poa("fmt", "-", ACTORS, cwd=project, stdin=TIDY).status == 2
    assert poa("fmt", "--stdin-filename", ACTORS, cwd=project).status == 2
