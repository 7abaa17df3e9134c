"""What an attacker, a mistake or a bad day can bring: a located answer, in time, and nothing lost."""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import small_plan
import word_reading
from conftest import ROOT
from growth import assert_grows_no_more_than_its_input

from poa_toolkit.api import diff, render, validate
from poa_toolkit.api.template import InvalidTemplateError, Template
from poa_toolkit.errors import PoaError, WriteError
from poa_toolkit.files import atomic
from poa_toolkit.text import characters
from poa_toolkit.word.template.packaged import packaged_template

if TYPE_CHECKING:
    from conftest import Poa

SCHEMAS = ROOT / "schema"
POA = [sys.executable, "-m", "poa_toolkit"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_plan.write(tmp_path)


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Write the small plan with one change."""
    data = small_plan.files()
    change(data)
    return small_plan.write(folder, data)


def codes(project: Path) -> list[str]:
    return [each.code for each in validate.validate(project).diagnostics]


# --- time -------------------------------------------------------------------------------------

MANY = 1_250
ITEM = "  - id: a b\n    title: x\n"
SLOW: dict[str, Callable[[int], str]] = {
    "one key again and again": lambda many: "actors: 1\n" * many,
    "unknown keys": lambda many: "".join(f"k{number}: 1\n" for number in range(many)),
    "items that are no records": lambda many: f"actors:\n{ITEM * many}",
    "aliases": lambda many: "actors:\n" + "  - *x\n" * many,
    "a number without end": lambda many: "actors: " + "9" * 200 * many,
    "a key without end": lambda many: '? "' + "k" * 200 * many + '"\n: x\n',
    "depth": lambda many: "".join(" " * depth + "a:\n" for depth in range(many // 10)),
}


@pytest.mark.parametrize("content", SLOW.values(), ids=SLOW)
def test_a_file_of_many_faults_is_read_in_time(tmp_path: Path, content: Callable[[int], str]) -> None:
    def read(many: int) -> None:
        project = changed(tmp_path / str(many), lambda data: data.update({"actors.yaml": content(many)}))
        report = validate.validate(project)
        assert report.failed()
        assert all(each.location.path for each in report.diagnostics)

    assert_grows_no_more_than_its_input(read, MANY)


@pytest.mark.parametrize(
    "reference",
    [lambda n: ".".join("I" * n) + "!", lambda n: "1" + "(I)" * n + "!", lambda n: "1" + ".c" * n + "!"],
)
def test_a_reference_is_judged_in_time(tmp_path: Path, reference: Callable[[int], str]) -> None:
    def judged(length: int) -> None:
        given = [f"iccpr {reference(length)}"]
        changed(tmp_path, lambda data: small_plan.action(data).update(provisions=given))
        assert codes(tmp_path) == ["POA204"]

    assert_grows_no_more_than_its_input(judged, 7)


TEXTS: dict[str, Callable[[int], tuple[str, str]]] = {
    "words without end": lambda n: ("a b " * n, "b a " * n + "c"),
    "one long word": lambda n: ("x" * 4 * n, "x" * (4 * n - 1) + "y"),
    "round brackets": lambda n: ("(" * n + ")" * n, "()" * n),
    "references": lambda n: ("1.1.1/" * n + "!", "A-" * n + "!"),
    "square brackets": lambda n: ("[a | b] " * (n // 5), "[a | c] " * (n // 5)),
}


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_long_texts_are_compared_in_time_and_in_full(
    tmp_path: Path, texts: Callable[[int], tuple[str, str]]
) -> None:
    assert_grows_no_more_than_its_input(lambda size: compared_in_full(tmp_path, *texts(size)), 5_000)


def compared_in_full(tmp_path: Path, old: str, new: str) -> None:
    for name, text in (("old", old), ("new", new)):
        data = small_plan.files()
        small_plan.action(data)["text"] = text.strip()
        data["sections/01-first.yaml"] = json.dumps(data["sections/01-first.yaml"])
        small_plan.write(tmp_path / name, data)
    compared = diff.compare(tmp_path / "new", f"dir:{tmp_path / 'old'}")
    assert compared is not None
    (change,) = compared.comparison.changes
    kept = {
        side: "".join(segment.text for segment in change.segments if segment.edit.value != side)
        for side in ("inserted", "deleted")
    }
    assert kept == {"inserted": old.strip(), "deleted": new.strip()}


# --- names of files ---------------------------------------------------------------------------

NAMES = (
    *(b"a\nb", b"\x1b[31m", "\u202egnp".encode(), b"-x", b"a 'b\"", b"a" * 250, b"CON", b"x (1)", b"a:1:2"),
    *(b"a\tb", "\U0001f600".encode(), b"`x`", b"\xff\xfe"),
)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_name_of_a_file_does_harm(poa_process: Poa, project: Path, form: str) -> None:
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(project / "plan/sections") + b"/" + name + b".yaml")).write_bytes(
            b"a: ["
        )
    shown = poa_process("validate", "--format", form, cwd=project, env={"LC_ALL": "C"})
    written = poa_process("validate", "--format", form, "-o", "found", cwd=project)
    assert (shown.status, shown.stderr, written.status, written.stderr) == (1, "", 1, "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.stdout)
    assert (project / "found").read_bytes().decode("utf-8").count("POA003") >= len(NAMES)
    if form == "json":
        assert len(json.loads(shown.stdout)["diagnostics"]) >= len(NAMES)


# --- what is written, and where ---------------------------------------------------------------


def test_what_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="pipe"):
        atomic.write(tmp_path / "pipe", b"x")
    assert (tmp_path / "pipe").is_fifo()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_number_of_many_figures_is_a_word_like_others(poa: Poa, project: Path) -> None:
    path = project / "plan/sections/01-first.yaml"
    long = "9" * 5000  # more than Python makes a number of
    text = path.read_text("utf-8").replace("States should", f"By A-{long} and para. {long} States should")
    assert long in text
    path.write_text(text, "utf-8")
    assert poa("-C", project, "validate").status == 0
    assert poa("-C", project, "rename", "A-002", "A-900").status == 0


def test_links_that_lead_in_a_circle_are_said(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(WriteError, match="a is a link"):
        atomic.write(tmp_path / "a", b"x")


@pytest.mark.parametrize(
    "arguments",
    [("render", "-o"), ("diff", "dir:.", "-o"), ("validate", "-o")],
    ids=["render", "diff", "validate"],
)
@pytest.mark.parametrize("target", ["plan/plan.yaml", "plan/baselines/frozen.json"])
def test_an_output_never_replaces_the_plan(
    poa: Poa, project: Path, arguments: tuple[str, ...], target: str
) -> None:
    (project / "plan/baselines").mkdir()
    (project / "plan/baselines/frozen.json").write_bytes(b"{}")
    before = (project / target).read_bytes()
    assert poa(*arguments, target, cwd=project).status == 2
    assert (project / target).read_bytes() == before


def test_a_first_build_keeps_the_schema_of_its_changes(project: Path) -> None:
    schema = json.loads((SCHEMAS / "diff.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(render.build(project).files["changes.json"]))


@pytest.mark.parametrize("year", [1, 1979, 2108, 2200, 9999])
def test_a_document_of_any_year_can_be_made(project: Path, year: int) -> None:
    assert render.render(project, when=datetime(year, 6, 1, tzinfo=UTC)).content.startswith(b"PK")


# --- streams ----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("validate >&-", 0),
        ("diff dir:. >&-", 0),
        ("--help >&-", 0),
        ("validate 2>&-", 0),
        ("validate <&- >&- 2>&-", 0),
        ("nothing-such 2>&-", 2),
        ("nothing-such 2>/dev/full", 2),
        ("diff no-such-version 2>/dev/full", 2),
        ("explain >/dev/full", 2),
    ],
)
def test_a_stream_that_is_closed_or_full_changes_no_verdict(project: Path, line: str, status: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m poa_toolkit {line}', sys.executable],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
def test_a_reader_that_leaves_is_not_told_of_errors(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [*POA, "explain"], cwd=project, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [("nothing-such",), ("diff", "a", "b", "c"), ("render",)])
def test_wrong_usage_is_said_in_one_line(poa: Poa, project: Path, arguments: tuple[str, ...]) -> None:
    done = poa(*arguments, cwd=project)
    assert (done.status, done.stdout, done.stderr.count("\n")) == (2, "", 1)


# --- baselines --------------------------------------------------------------------------------


def test_debris_beside_the_baselines_is_not_one(poa: Poa, project: Path) -> None:
    poa("baseline", "create", "first", cwd=project)
    (project / "plan/baselines/._first.json").write_bytes(b"\0\5\x16\7")
    (project / "plan/baselines/folder.json").mkdir()
    done = poa("baseline", "verify", cwd=project)
    assert (done.status, done.stdout) == (0, "1 of 1 baselines are as they were frozen\n")


@pytest.mark.parametrize("name", ["FIRST", "-x", "..", "a/b", "a b", "\u0661", ""])
def test_a_name_that_could_be_mistaken_is_no_name_of_a_baseline(poa: Poa, project: Path, name: str) -> None:
    poa("baseline", "create", "first", cwd=project)
    assert poa("baseline", "create", "--", name, cwd=project).status == 2
    assert [each.name for each in (project / "plan/baselines").iterdir()] == ["first.json"]


AS_NOBODY = """
import os, sys
from poa_toolkit.api import baseline as freezing, diff, render, validate
from poa_toolkit.cli import baseline
from poa_toolkit.cli.main import main
from poa_toolkit.write import diagnostics, escape
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
sys.exit(main(["baseline", "verify"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_baselines_that_cannot_be_listed_are_not_called_sound(poa: Poa, project: Path) -> None:
    poa("baseline", "create", "first", cwd=project)
    for parent in project.parents:
        if "pytest-" in parent.name or "pytest-" in parent.parent.name:
            parent.chmod(0o755)
    (project / "plan/baselines").chmod(0)
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        cwd=project,
        env=unmeasured,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (project / "plan/baselines").chmod(0o755)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Permission denied" in done.stderr


FORGED = {
    "depth": b"[" * 100_000,
    "not a number": b'{"schema_version": NaN}',
    "a number without end": b'{"schema_version": ' + b"9" * 5_000 + b"}",
    "a key twice": b'{"name": "x", "name": "x"}',
    "another form": b'{"schema_version": 2}',
    "no object": b"[]",
    "nothing": b"",
    "no text": b"\xff\xfe\0",
    "half a pair": b'{"schema_version": 1, "name": "\\ud800"}',
}


@pytest.mark.parametrize("content", FORGED.values(), ids=FORGED)
def test_a_forged_baseline_is_one_located_error(project: Path, content: bytes) -> None:
    (project / "plan/baselines").mkdir()
    (project / "plan/baselines/x.json").write_bytes(content)
    (found,) = validate.validate(project, version="baseline:x").diagnostics
    assert (found.code, found.location.path) == ("POA401", "plan/baselines/x.json")


# --- git --------------------------------------------------------------------------------------


def git(project: Path, *arguments: str) -> str:
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(
        command, cwd=project, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


@pytest.fixture
def repository(project: Path) -> Path:
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "one")
    return project


@pytest.mark.parametrize("mode", ["120000", "160000"], ids=["link", "submodule"])
def test_a_folder_that_git_does_not_hold_is_never_a_removal(repository: Path, mode: str) -> None:
    target = git(
        repository, "hash-object", "-w", "plan/plan.yaml" if mode == "120000" else "plan/actors.yaml"
    )
    git(repository, "rm", "-rq", "--cached", "plan/sections")
    git(repository, "update-index", "--add", "--cacheinfo", f"{mode},{target},plan/sections")
    git(repository, "commit", "-qm", "two")
    report = validate.validate(repository, version="HEAD")
    assert [each.location.path for each in report.diagnostics if each.code == "POA013"] == [
        "HEAD:plan/sections"
    ]


@pytest.mark.parametrize(
    "revision",
    [
        "^HEAD",
        "HEAD^{tree}",
        "HEAD:plan",
        "HEAD..HEAD",
        ":/one",
        "--all",
        "--output=x",
        "HEAD --",
        "a\nb",
        "\x1b[31m",
    ],
)
def test_what_names_no_commit_is_said_in_one_line(repository: Path, revision: str) -> None:
    with pytest.raises(PoaError, match="there is no baseline, git revision or folder"):
        validate.validate(repository, version=revision)
    assert not (repository / "x").exists()


def test_a_damaged_repository_is_not_called_an_unknown_revision(repository: Path) -> None:
    with (repository / ".git/config").open("a", encoding="utf-8") as config:
        config.write("[broken\n")
    with pytest.raises(PoaError, match="bad config"):
        validate.validate(repository, version="HEAD")


def test_a_bare_repository_holds_versions_too(poa: Poa, repository: Path) -> None:
    git(repository, "clone", "-q", "--bare", ".", "bare.git")
    done = poa("-C", "bare.git", "validate", "--version", "HEAD", cwd=repository)
    assert (done.status, done.stdout) == (0, "HEAD: no errors, no warnings\n")
    assert poa("-C", "bare.git", "validate", cwd=repository).status == 2


# --- templates --------------------------------------------------------------------------------


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packaged_template())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def template(**replaced: bytes) -> bytes:
    """Give the packaged template with some parts replaced; ``__`` stands for ``/``, ``_xml`` for ``.xml``."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in replaced.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts() | named).items():
            archive.writestr(name, content)
    return packed.getvalue()


def damaged(at: int, content: bytes) -> bytes:
    whole = bytearray(packaged_template())
    whole[at : at + len(content)] = content
    return bytes(whole)


def entity(content: bytes) -> bytes:
    head, rest = content.split(b"?>", 1)
    return head + b'?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rest


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "compressed badly": lambda: damaged(80, b"\xff" * 40),
    "one part compressed badly": lambda: damaged(len(packaged_template()) // 3, b"\xff" * 40),
    "cut short": lambda: packaged_template()[:-30],
    "notes that are empty": lambda: template(word__footnotes_xml=b""),
    "notes that are no notes": lambda: template(word__footnotes_xml=b"<x/>"),
    "notes cut short": lambda: template(word__footnotes_xml=parts()["word/footnotes.xml"][:100]),
    "entities in the body": lambda: template(word__document_xml=entity(parts()["word/document.xml"])),
    "entities in the notes": lambda: template(word__footnotes_xml=entity(parts()["word/footnotes.xml"])),
    "a body of another kind": lambda: template(word__document_xml=b"<x/>"),
    "styles of another kind": lambda: template(word__styles_xml=b"\xff"),
}


@pytest.mark.parametrize("make", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_cannot_be_used_is_refused(project: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(InvalidTemplateError) as caught:
        render.render(project, looks=render.Looks(Template("ours.docx", make())))
    assert {each.code for each in caught.value.diagnostics} <= {"POA701", "POA713"}


@pytest.mark.slow
def test_whatever_byte_of_a_template_is_damaged_it_is_used_or_refused(project: Path) -> None:
    dice = random.Random(5)  # noqa: S311 - the same damage every time
    whole = packaged_template()
    for _ in range(12):
        broken = bytearray(whole)
        for _ in range(dice.choice((1, 20, 200))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            render.render(project, looks=render.Looks(Template("ours.docx", bytes(broken))))
        except InvalidTemplateError as error:
            assert error.diagnostics  # noqa: PT017 - most are refused, some are whole


# --- text -------------------------------------------------------------------------------------

ODD = (
    *(
        "&",
        "<",
        "]]>",
        "&amp;",
        "&#60;",
        "{{ 7*7 }}",
        "{_{",
        "{%p for %}",
        "{{r title }}",
        "<w:t>",
        "</w:t></w:r>",
    ),
    *(
        "<script>",
        "<!-- -->",
        "<![CDATA[x",
        "@user",
        "#1",
        "![x(http://evil)",
        "| a |",
        "$x$",
        "```",
        "%s {0}",
    ),
    *(
        "  two  spaces  ",
        "\u200f\u05e2\u05d1\u05e8\u05d9\u05ea",
        "हिन्दी",
        "\U0001f600",
        "\ufdd0",
        "\U0001fffe",
        "\ue000",
        "\ufffd",
    ),
)
POOL = [
    each
    for each in map(
        chr,
        (
            *range(0x20, 0x250),
            *range(0x300, 0x370),
            *range(0x590, 0x700),
            *range(0x2000, 0x2070),
            *range(0xD7F0, 0xD800),
            *range(0xFDD0, 0xFE10),
            *range(0xFFF0, 0xFFFE),
            *range(0x1F600, 0x1F610),
            *range(0xE0000, 0xE0080),
            0x10FFFF,
        ),
    )
    if not characters.FORBIDDEN.search(each)
]


def test_every_text_that_validation_accepts_is_in_the_word_file_as_typed(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 - the same texts every time
    made = (
        "".join(dice.choices([*POOL, *"<>&{}%#|\\\"'`*_@$" * 20], k=dice.randint(1, 12)))
        for _ in range(4_000)
    )
    texts = [*ODD, *(unicodedata.normalize("NFC", text) for text in made)]
    data = small_plan.files()
    literal = [re.sub(r"([][|\\{}])", r"\\\1", text) for text in texts]
    data["plan.yaml"]["introduction"] = [
        {"id": f"P-{number}", "text": f"Q{text}Z"} for number, text in enumerate(literal)
    ]
    data["plan.yaml"] = json.dumps(data["plan.yaml"], ensure_ascii=False)
    small_plan.write(tmp_path, data)
    shown = {line.text for line in word_reading.read(render.render(tmp_path).content).lines}
    assert [text for text in texts if f"Q{text}Z" not in shown] == []


# --- meaning ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        *((each, []) for each in ("iccpr 25", "iccpr 25(b)", "iccpr 19(2)(a) bis", "udhr 21")),
        ("iccpr 2", ["POA603"]),
        *(
            (each, ["POA203"])
            for each in ("iccpr 25(a)", "iccpr 25(B)", "iccpr 1", "iccpr 025", "iccpr preamble")
        ),
        ("ICCPR 25(b)", ["POA202"]),
        *(
            (f"iccpr {each}", ["POA204"])
            for each in (" 25", "25 ", "25(b)-(c)", "art. 25", "\uff12\uff15", "")
        ),
        ("late-resolution 1", ["POA601"]),
    ],
)
def test_a_citation_is_known_by_itself_its_parts_or_its_whole(
    tmp_path: Path, citation: str, expected: list[str]
) -> None:
    changed(tmp_path, lambda data: small_plan.action(data).update(provisions=[citation]))
    assert codes(tmp_path) == expected


IDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "actions": lambda data: small_plan.action(data, 1).update(id="a-001"),
    "a section and an action": lambda data: data["sections/01-first.yaml"].update(id="A-001"),
    "a stage and an action": lambda data: data["plan.yaml"]["stages"].append(
        {"id": "a-002", "date": "2017-12-06"}
    ),
    "an actor and an instrument": lambda data: data["actors.yaml"]["actors"].append(
        {"id": "ICCPR", "title": "x"}
    ),
    "a mechanism and a meeting": lambda data: data["recommendations/late.yaml"]["mechanism"].update(
        id="HRES-2015-02"
    ),
}


@pytest.mark.parametrize("change", IDS.values(), ids=IDS)
def test_one_id_names_one_record_whatever_its_kind_and_case(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    assert "POA205" in codes(changed(tmp_path, change))


@pytest.mark.parametrize(
    ("field", "member"),
    [
        ("addressees", "observers"),
        ("recommendations", "hres-2015-02-r1"),
        ("provisions", "iccpr 25(b)"),
        ("level", "national"),
        ("from", "A-001"),
    ],
)
def test_a_link_that_stands_twice_or_leads_to_itself_is_found(
    tmp_path: Path, field: str, member: str
) -> None:
    members = [member] if field == "from" else [member, member]
    assert codes(changed(tmp_path, lambda data: small_plan.action(data).update({field: members}))) != []


@pytest.mark.parametrize(
    "text", ["Observers  should report.", "Observers should report. ", "Observers should report."]
)
def test_no_difference_is_no_difference_of_digests(tmp_path: Path, text: str) -> None:
    for name, written in (("old", "Observers should report."), ("new", text)):
        data = small_plan.files()
        small_plan.action(data)["text"] = written
        data["sections/01-first.yaml"] = json.dumps(data["sections/01-first.yaml"])
        small_plan.write(tmp_path / name, data)
    compared = diff.compare(tmp_path / "new", f"dir:{tmp_path / 'old'}")
    assert compared is not None
    data = json.loads(diff.describe(compared, "json"))
    assert bool(data["changes"]) == (data["old"]["digest"] != data["new"]["digest"])


def test_an_action_that_moves_is_one_change(tmp_path: Path) -> None:
    data = small_plan.files()
    second = {"id": "second", "title": "Second things", "actions": []}
    small_plan.write(tmp_path / "old", {**data, "sections/02-second.yaml": second})
    moved = data["sections/01-first.yaml"]["actions"].pop(0)
    small_plan.write(tmp_path / "new", {**data, "sections/02-second.yaml": {**second, "actions": [moved]}})
    compared = diff.compare(tmp_path / "new", f"dir:{tmp_path / 'old'}")
    assert compared is not None
    moves = [(each.record, each.field) for each in compared.comparison.changes if each.kind.value == "moved"]
    assert moves == [("A-001", "section")]


def test_a_copy_of_a_file_is_a_repeated_id_that_names_both(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    shutil.copy(tmp_path / "plan/sections/01-first.yaml", tmp_path / "plan/sections/01-first (1).yaml")
    found = [each for each in validate.validate(tmp_path).diagnostics if each.code == "POA205"]
    assert {each.location.path for each in found} | {each.related[0].location.path for each in found} == {
        "plan/sections/01-first.yaml",
        "plan/sections/01-first (1).yaml",
    }


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of Unix")
@pytest.mark.parametrize("command", ["pull", "import"])
def test_what_never_ends_is_not_read(poa: Poa, project: Path, command: str) -> None:
    os.mkfifo(project / "pipe.docx")
    for name in ("pipe.docx", "/dev/zero"):
        done = poa(command, name, cwd=project)
        assert (done.status, done.stdout, done.stderr) == (2, "", f"poa: {name} is no regular file\n")
