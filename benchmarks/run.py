"""Measure poa-toolkit against python itself and against other tools: `make bench`.

Prints ratios of CPU time, medians of rounds in which everything takes its turn, with the goal of each.
The exit status says nothing about the goals: a busy machine is no fault of the code.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import generate
import peers
from measure import INSIDE, Samples, paired, ratio, run, whole, within

from poa_toolkit.lsp.watch import PAUSE
from poa_toolkit.serve.live import PAUSE as SERVE_PAUSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

os.environ["POA_PAGES"] = "no"  # LibreOffice is none of ours
PASS = whole(sys.executable, "-c", "pass")
FLOOR = whole(sys.executable, "-c", "import click, poa_toolkit.model; from ruamel.yaml.cyaml import CParser")
_INSTALLED = shutil.which("poa", path=str(Path(sys.executable).parent))
KEYSTROKE = (60, 1_000)
"""The sizes of plans that are edited."""
COSTLY = 20
"""How many rules have a line of their own."""
BARE = Path(__file__).with_name("bare.py")
_BARE = ", no notes, no controls"
PACKAGE = Path(__file__).parents[1] / "poa_toolkit"
POA = (_INSTALLED,) if _INSTALLED else (sys.executable, "-m", "poa_toolkit")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    value: float | None
    """None where the other tool is not installed."""
    unit: str
    goal: float | None = None
    seconds: float | None = None
    """The CPU time of `what`: of this machine, in this hour."""
    more_is_better: bool = False
    """Whether the goal is to be reached, not to be kept below."""


@dataclass(frozen=True, slots=True)
class Bench:
    """How much to measure, and where the plans are written."""

    folder: Path
    rounds: int
    small: int
    large: int
    huge: tuple[int, ...]
    goals: bool
    """Whether the sizes are those for which the goals are set."""

    def plan(self, size: int) -> Path:
        """Give the folder of a plan of `size` actions."""
        folder = self.folder / f"{size:,}"
        if not folder.exists():
            generate.write(size, folder)
        return folder

    def reworded(self, size: int) -> Path:
        """Give the folder of the same plan, a tenth of its actions reworded."""
        folder = self.folder / f"{size:,} reworded"
        if not folder.exists():
            generate.reworded(size, folder)
        return folder

    def fresh(self, number: int) -> Path:
        """Give the folder of a small plan of its own, to be changed."""
        folder = self.folder / f"fresh-{number}"
        generate.write(self.small, folder)
        return folder


def start(bench: Bench) -> Iterator[Row]:
    """Measure what everybody waits for."""
    commands = {f"poa {option}": whole(*POA, option) for option in ("--version", "--help")}
    samples = paired({"pass": PASS, **commands}, rounds=bench.rounds)
    for name in commands:
        yield _row(samples, name, "pass", "python -c pass", 5)


def imports(bench: Bench) -> Iterator[Row]:
    """Measure what every reading command needs before its first line of work."""
    name = "import click, CParser, model"
    samples = paired({"pass": PASS, name: FLOOR}, rounds=bench.rounds)
    yield _row(samples, name, "pass", "python -c pass", 16)


def validate_small(bench: Bench) -> Iterator[Row]:
    """Measure a plan of the size that a conference adopts."""
    name = f"validate {bench.small:,}"
    ours = whole(*POA, "-C", bench.plan(bench.small), "validate")
    samples = paired({"floor": FLOOR, name: ours}, rounds=bench.rounds)
    yield _row(samples, name, "floor", "that import", 1.4)
    yield from _against_doorstop(bench, bench.small, median(samples[name]), 0.05)


def reading(bench: Bench) -> Iterator[Row]:
    """Measure every command that only reads against Python's own start, on the plan shipped with us."""
    commands = {
        "validate": ("validate",),
        "fmt --check": ("fmt", "--check"),
        "diff": ("diff", "draft"),
        "status": ("status",),
        "show": ("show", "22"),
        "log": ("log", "22"),
        "find": ("find", "vote"),
        "explain": ("explain", "POA204"),
    }
    ours = {name: whole(*POA, "-C", PACKAGE.parent, *words) for name, words in commands.items()}
    samples = paired({"pass": PASS, **ours}, rounds=bench.rounds)
    for name in commands:
        yield replace(_row(samples, name, "pass", "python -c pass"), what=f"{name}, shipped plan")
        if name != "validate":
            row = _row(samples, name, "validate", "validate", 1)
            yield replace(row, what=f"{name}, shipped plan")


def validate_large(bench: Bench) -> Iterator[Row]:
    """Measure a plan larger than any that is known; check-jsonschema sees no link and no line."""
    name, project = f"validate {bench.large:,}", bench.plan(bench.large)
    ours = {name: whole(*POA, "-C", project, "validate")}
    check = peers.check_jsonschema(project)
    theirs = {"check": whole(*check)} if check else {}
    if program := peers.trestle():
        oscal = peers.write_oscal(bench.large, bench.folder / "oscal")
        theirs["trestle"] = whole(program, "validate", "-f", oscal, folder=bench.folder / "oscal")
    layout = f"fmt --check {bench.large:,}"
    ours[layout] = whole(*POA, "-C", project, "fmt", "--check")
    samples = paired({**ours, **theirs}, rounds=bench.rounds)
    yield _row(samples, layout, name, "validate", 1)
    for peer, unit, goal in (
        ("check", "check-jsonschema", 0.7),
        ("trestle", "trestle, the same as OSCAL in JSON", 0.4),
    ):
        if peer in samples:
            yield _row(samples, name, peer, unit, goal)
        else:
            yield Row(name, None, unit.partition(",")[0])
    yield from _against_doorstop(bench, bench.large, median(samples[name]), 0.03)


def rules(bench: Bench) -> Iterator[Row]:
    """Measure what each rule takes of all rules together, and these of what loading takes."""
    samples = within("rules", bench.plan(bench.large), rounds=bench.rounds)
    together = [
        sum(each) for each in zip(*(samples[name] for name in samples if name != "load"), strict=True)
    ]
    whole_book = {"load": samples["load"], "rules": together}
    row = _row(whole_book, "rules", "load", f"load {bench.large:,}")
    yield replace(row, what=f"all rules {bench.large:,}, in process")
    shares = {name: median(each) / median(together) for name, each in samples.items() if name != "load"}
    ranked = sorted(shares, key=lambda name: -shares[name])
    for name in ranked[:COSTLY]:
        yield Row(f"  {name}", 100 * shares[name], "% of all rules", None, median(samples[name]))
    rest = ranked[COSTLY:]
    seconds = sum(median(samples[name]) for name in rest)
    yield Row(
        f"  the other {len(rest)}", 100 * sum(shares[name] for name in rest), "% of all rules", None, seconds
    )


def keystroke(bench: Bench) -> Iterator[Row]:
    """Measure how long after a keystroke an editor knows what is wrong: the pause, and a look at the plan."""
    goals = dict(zip(KEYSTROKE, (150, 600), strict=True))
    samples = within("keystroke", *map(bench.plan, KEYSTROKE), rounds=bench.rounds)
    for size, goal in goals.items():
        looked = median(samples[f"{size:,}"])
        value = 1000 * (PAUSE + looked)
        yield Row(f"keystroke, {size:,} actions", value, "ms till it is known", goal, looked)


def serving(bench: Bench) -> Iterator[Row]:
    """Measure how long after an edit a page that is open is the new one: the pause, a look, and the page."""
    size = KEYSTROKE[0]
    samples = within("serving", _with_a_baseline(bench, size), rounds=bench.rounds)
    for name, seconds in samples.items():
        # a look begins once the pause has gone by without another change
        value = 2 * SERVE_PAUSE + 1000 * median(seconds)
        yield Row(f"edit, {size} actions, {name}", value, "ms till the new page", 300, median(seconds))


def _against_doorstop(bench: Bench, size: int, ours: float, goal: float) -> Iterator[Row]:
    """Measure doorstop once: it takes its time, and a second round would tell little."""
    name, program = f"validate {size:,}", peers.doorstop()
    if program is None:
        yield Row(name, None, "doorstop")
        return
    folder = peers.write_doorstop(size, bench.folder / f"doorstop-{size}")
    run((program, "--quiet"), folder=folder)  # the first run stamps every item
    for option, goal_of_option in (("--quiet", goal), ("--no-reformat", None)):
        theirs = run((program, option), folder=folder).seconds
        unit = "doorstop" if goal_of_option else "doorstop, where it writes no file"
        yield Row(name, ours / theirs, f"times {unit}", goal_of_option, ours)


def load(bench: Bench) -> Iterator[Row]:
    """Measure whether the cost of an action stays the same in larger plans."""
    for size in bench.huge:
        rounds = bench.rounds if size < 100_000 else 1
        small, large = bench.plan(bench.large), bench.plan(size)
        samples = within("load", small, large, rounds=rounds)
        value = ratio(samples, large.name, small.name) * bench.large / size
        unit = f"times load {bench.large:,}, an action"
        yield Row(f"load {size:,}, an action", value, unit, 1.2, median(samples[large.name]) / size)
    if find_spec("orjson") is None:
        yield Row(f"load {bench.huge[0]:,}", None, "orjson")
    else:
        samples = within("orjson", bench.plan(bench.huge[0]), rounds=bench.rounds)
        row = _row(samples, "load", "orjson", "orjson, the same content as JSON", 25)
        yield replace(row, what=f"load {bench.huge[0]:,}")


def render(bench: Bench) -> Iterator[Row]:
    """Measure the Word document: with notes and controls in ours and in docxtpl's, or in neither."""
    project, size = bench.plan(bench.large), f"{bench.large:,}"
    samples = within("render", project, rounds=bench.rounds)
    alone, same = "docxtpl in process, words alone", "docxtpl in process, given the same as XML"
    rows = (
        ("bare", "docxtpl", alone, 1.4),
        ("render", "docxtpl ready", same, 1.4),
        ("render", "docxtpl", alone, None),
        ("render", "docxtpl runs", "docxtpl in process, words in runs", None),
    )
    for name, to, unit, goal in rows:
        what = f"render {size}{_BARE if name == 'bare' else ''}"
        yield replace(_row(samples, name, to, unit, goal), what=what)
    name = f"poa render {size}"
    markdown = bench.folder / "plan.md"
    markdown.write_text(run((sys.executable, INSIDE, "markdown", "1", project)).output, encoding="utf-8")
    command = peers.pandoc(markdown, bench.folder / "pandoc.docx")
    ours = ("-C", project, "render", "-o", bench.folder / "plan.docx")
    measures = {
        name: whole(*POA, *ours),
        "bare": whole(sys.executable, BARE, *ours),
        "docxtpl": lambda: within("render", project, rounds=2)["docxtpl"][-1],
        **({"pandoc": whole(*command)} if command else {}),
    }
    samples = {**paired(measures, rounds=bench.rounds), "docxtpl ready": samples["docxtpl ready"]}
    yield replace(_row(samples, "bare", "docxtpl", alone, 2.2), what=f"{name}{_BARE}")
    yield _row(samples, name, "docxtpl ready", same, 2.2)
    yield _row(samples, name, "docxtpl", alone)
    unit = "pandoc, from Markdown of the same"
    yield _row(samples, name, "pandoc", unit, 0.4) if command else Row(name, None, "pandoc")


def redline(bench: Bench) -> Iterator[Row]:
    """Measure the redline, a tenth of the actions reworded; python-redlines compares two Word files."""
    old, new, size = bench.plan(bench.large), bench.reworded(bench.large), f"{bench.large:,}"
    samples = within("redline", old, new, rounds=bench.rounds)
    unit = "render clean, in process"
    yield replace(_row(samples, "redline", "render", unit, 1.5), what=f"redline {size}, compared before")
    files = [bench.folder / f"{name}.docx" for name in ("old", "new", "redlines")]
    for project, file in zip((old, new), files, strict=False):
        run((*POA, "-C", project, "render", "-o", file))
    name = f"poa render --since {size}"
    command = peers.python_redlines(*files)
    if command is None:
        yield Row(name, None, "python-redlines")
        return
    ours = whole(*POA, "-C", new, "render", "--since", f"dir:{old}", "-o", bench.folder / "redline.docx")
    samples = paired({name: ours, "theirs": whole(*command)}, rounds=max(bench.rounds // 3, 1))
    yield _row(samples, name, "theirs", "python-redlines, both rendered before", 0.1)


def pull(bench: Bench) -> Iterator[Row]:
    """Measure what comes home unedited against the work of lxml alone on the same parts."""
    samples = within("pull", bench.plan(bench.large), rounds=bench.rounds)
    unit, size = "its parts parsed with lxml", f"{bench.large:,}"
    yield replace(_row(samples, "read", "parse", unit), what=f"a file of {size} read")
    yield replace(_row(samples, "pull", "parse", unit, 2.5), what=f"pull of {size} unedited")


def diff(bench: Bench) -> Iterator[Row]:
    """Measure a comparison in which a tenth of the actions are reworded."""
    project, size = bench.plan(bench.large), f"{bench.large:,}"
    samples = within("diff", project, rounds=bench.rounds)
    yield replace(_row(samples, "diff", "load", f"load {size}"), what=f"diff {size}, in process")
    for peer, unit, goal in (("deepdiff", "deepdiff", 0.02), ("jsondiff", "jsondiff, keyed by id", 0.5)):
        if find_spec(peer) is None:
            yield Row(f"diff {size}, in process", None, peer)
            continue
        samples = within(peer, project, rounds=min(bench.rounds, 3))
        yield replace(_row(samples, "diff", peer, unit, goal), what=f"diff {size}, in process")
    for huge in bench.huge:
        large = bench.plan(huge)
        samples = within("linear", project, large, rounds=bench.rounds if huge < 100_000 else 1)
        value = ratio(samples, large.name, project.name) * bench.large / huge
        seconds = median(samples[large.name]) / huge
        yield Row(f"diff {huge:,}, an action", value, f"times diff {size}, an action", 1.2, seconds)
    samples = within("rewritten", rounds=bench.rounds)
    yield replace(_row(samples, "5,000", "2,500", "2,500 words", 3), what="rewritten text, 5,000 words")


def alignment(bench: Bench) -> Iterator[Row]:
    """Count what is found of known renames, splits, merges and moves, and what is found besides."""
    shipped = Path(__file__).parents[1]
    for project, name in (
        (bench.plan(bench.large), f"made-up plan, {bench.large:,}"),
        (shipped, "shipped plan"),
    ):
        samples = within("alignment", project, rounds=bench.rounds)
        for share in ("precision", "recall"):
            value = sum(samples[f"{project.name} {share}"]) / bench.rounds
            yield Row(f"alignment, {name}", value, share, 0.98, more_is_better=True)


def drafts(bench: Bench) -> Iterator[Row]:
    """Count what an import reads right of drafts that a person labelled, made in twelve habits."""
    sys.path.append(str(PACKAGE.parent / "tests/shared"))
    import labelled_drafts  # noqa: PLC0415 - the drafts of the tests

    missing = {
        program
        for habit in labelled_drafts.HABITS.values()
        for program in habit.programs
        if not shutil.which(program)
    }
    yield from (Row("import of a draft", None, program) for program in sorted(missing))
    habits = [
        name for name, each in labelled_drafts.HABITS.items() if not missing.intersection(each.programs)
    ]
    folder = bench.folder / "drafts"
    folder.mkdir()
    for kind, score in labelled_drafts.scores(habits, folder).items():
        for share, value in (("precision", score.precision), ("recall", score.recall)):
            what = f"import of {len(habits)} drafts, {kind}s"
            yield Row(what, value, share, labelled_drafts.GOAL, more_is_better=True)


def revision(bench: Bench) -> Iterator[Row]:
    """Measure the files of a revision in git against the same files in a folder."""
    if shutil.which("git") is None:
        yield Row("read a revision", None, "git")
        return
    for count in (40, 500):
        samples = within("revision", bench.fresh(count), str(count), rounds=bench.rounds)
        goal = 3 if count >= 500 else None  # of few files, the start of two programs is all
        for name, unit in (("git", "packed"), ("named", "packed, by a name"), ("loose", "not packed yet")):
            row = _row(samples, name, "folder", f"from a folder ({unit})", goal if name == "git" else None)
            yield replace(row, what=f"read {count} files from git")


def site(bench: Bench) -> Iterator[Row]:
    """Measure a site, with the comparison of a frozen version in it: every page, written."""
    size = bench.large
    project, name = _with_a_baseline(bench, size), f"site {size:,}"
    ours = whole(*POA, "-C", project, "site", "-o", bench.folder / "site")
    samples = paired({"validate": whole(*POA, "-C", project, "validate"), name: ours}, rounds=bench.rounds)
    yield _row(samples, name, "validate", "validate")
    seconds = median(samples[name])
    yield Row(name, seconds, "s", 5, seconds)


def _with_a_baseline(bench: Bench, size: int) -> Path:
    """Write a plan of which a tenth was reworded since a version of it was frozen."""
    project = bench.folder / f"{size:,} with a baseline"
    generate.write(size, project)
    run((*POA, "-C", project, "baseline", "create", "earlier", "--provisional"))
    generate.reworded(size, project)
    return project


def memory(bench: Bench) -> Iterator[Row]:
    """Measure the peak of memory of whole commands."""
    size = bench.huge[0]
    project, output = bench.reworded(size), ("-o", bench.folder / "plan.docx")
    since = ("render", "--since", f"dir:{bench.plan(size)}", *output)
    rows = (("validate", ("validate",), 200), ("render", ("render", *output), 350), ("redline", since, 350))
    for name, arguments, goal in rows:
        used = run((*POA, "-C", project, *arguments))
        yield Row(f"{name} {size:,}, memory", used.megabytes, "MB", goal, used.seconds)


BENCHMARKS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "start": start,
    "import": imports,
    "validate-small": validate_small,
    "reading": reading,
    "validate-large": validate_large,
    "rules": rules,
    "keystroke": keystroke,
    "serving": serving,
    "load": load,
    "render": render,
    "redline": redline,
    "pull": pull,
    "diff": diff,
    "alignment": alignment,
    "drafts": drafts,
    "revision": revision,
    "site": site,
    "memory": memory,
}


def _row(samples: Samples, name: str, to: str, unit: str, goal: float | None = None) -> Row:
    return Row(name, ratio(samples, name, to), f"times {unit}", goal, median(samples[name]))


def _line(row: Row, *, goals: bool) -> str:
    if row.value is None:
        return f"{row.what:<34} {'':>10} {'':>8} {row.unit} is not installed"
    cost = "" if row.seconds is None else _time(row.seconds)
    met = ""
    if row.goal is not None and goals:
        sign, reached = ("≥", row.value >= row.goal) if row.more_is_better else ("≤", row.value <= row.goal)
        met = f"goal {sign} {row.goal:g}: {'met' if reached else 'MISSED'}"
    return f"{row.what:<34} {cost:>10} {row.value:>8.3g} {row.unit:<41} {met}".rstrip()


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.0f} µs"


def main() -> None:
    """Measure what the command line asks for, and print each line as it is known."""
    parser = argparse.ArgumentParser(description="Measure poa-toolkit against python and other tools.")
    parser.add_argument(
        "--quick", action="store_true", help="small plans, few rounds; the goals do not count"
    )
    parser.add_argument("--full", action="store_true", help="load 100,000 actions too (takes memory)")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="this one alone; may be repeated")
    chosen = parser.parse_args()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"{machine}; CPU time, medians; the ratios are what counts")
    # as pip does when it installs a package; a clone has no bytecode before its first run
    compileall.compile_dir(PACKAGE, quiet=1)
    with TemporaryDirectory(prefix="poa-bench-") as name:
        folder = Path(name)
        bench = Bench(folder, 9, 40, 1000, (10_000, 100_000) if chosen.full else (10_000,), goals=True)
        if chosen.quick:
            bench = Bench(folder, 3, 20, 100, (500,), goals=False)
        for each in chosen.only or BENCHMARKS:
            for row in BENCHMARKS[each](bench):
                print(_line(row, goals=bench.goals), flush=True)


if __name__ == "__main__":
    main()
