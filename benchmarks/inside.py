"""Measures inside one process, run by run.py: `python benchmarks/inside.py MEASURE ROUNDS FOLDER…`."""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
from collections import deque
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import generate
import history
from bare import bare
from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from measure import paired

from poa_toolkit.api import pull
from poa_toolkit.api import render as render_api
from poa_toolkit.api.returned_files import Choice
from poa_toolkit.archive.packing import unzipped
from poa_toolkit.check.rule import Context
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.diff.compare import compare
from poa_toolkit.diff.words import segments
from poa_toolkit.document.plan import plan as document
from poa_toolkit.document.redline import redline
from poa_toolkit.document.runs import Text
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.lsp.diagnostics import published
from poa_toolkit.lsp.open_plan import OpenPlan
from poa_toolkit.serve.live import Live
from poa_toolkit.source import folder as source
from poa_toolkit.source import git, versions
from poa_toolkit.trace import trace
from poa_toolkit.word.ooxml import Taken
from poa_toolkit.word.reader.file import read as read_file
from poa_toolkit.word.rich import Rich
from poa_toolkit.word.runs import MARK_STYLES, Pen
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer.anchors import anchors
from poa_toolkit.word.writer.context import context
from poa_toolkit.word.writer.render import render as render_word
from poa_toolkit.write import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from measure import Samples

    from poa_toolkit.model import Plan

_MANY = 20
"""How often a piece of work with processes of its own is done: their clock is coarse."""


def loading(rounds: int, *folders: Path) -> Samples:
    """Load each of several plans; the names of the folders name the samples."""
    read = {folder.name: source.read(folder, "plan") for folder in folders}
    works = {name: lambda files=files: load(files) for name, files in read.items()}
    return _timed(works, rounds)


def orjson(rounds: int, folder: Path) -> Samples:
    """Load a plan, and let orjson read the same content as JSON."""
    parse: Callable[[bytes], Any] = importlib.import_module("orjson").loads
    files = source.read(folder, "plan")
    content = _plan(folder).model_dump_json(by_alias=True, exclude_defaults=True).encode()
    return _timed({"load": lambda: load(files), "orjson": lambda: parse(content)}, rounds)


def rules(rounds: int, folder: Path) -> Samples:
    """Load a plan, and apply each rule of the book to it; what rules share is made by the first of them."""
    files = source.read(folder, "plan")
    taken: list[dict[str, float]] = []
    for _ in range(rounds + 1):
        gc.collect()
        took = {"load": _seconds(lambda: load(files))}
        plan = _plan(folder)
        looked_at = Context(plan=plan, trace=trace(plan), stage=plan.current_stage())
        for rule in RULES:
            start = process_time()
            deque(rule.run(looked_at), maxlen=0)
            took[f"{rule.code} {rule.name}"] = process_time() - start
        taken.append(took)
    return {name: [each[name] for each in taken[1:]] for name in taken[0]}


def keystroke(rounds: int, *folders: Path) -> Samples:
    """Change a letter of the largest file of each of several plans, as an editor does, and look at the plan.

    The times are those of a clock on the wall: that is what a person waits for.
    """
    taken: dict[str, list[float]] = {}
    for folder in folders:
        plan = OpenPlan(folder, date(2017, 12, 5), "utf-16")
        contents = plan.files().contents
        path = max((each for each in contents if "sections" in each), key=lambda each: len(contents[each]))
        for number in range(rounds + 1):
            gc.collect()
            plan.unsaved[path] = contents[path].replace(b".\n", b", %d.\n" % number, 1)
            start = perf_counter()
            published(plan.look(lambda: None))
            taken.setdefault(folder.name, []).append(perf_counter() - start)
    return {name: each[1:] for name, each in taken.items()}


def serving(rounds: int, folder: Path) -> Samples:
    """Change a letter of the largest section on the disk, look at the plan, and make the page that is open.

    The times are those of a clock on the wall, for the table and for a section of the site.
    """
    sections = (folder / "plan" / "sections").glob("*.yaml")
    file = max(sections, key=lambda each: each.stat().st_size)
    text, live = file.read_text("utf-8"), Live(folder, date(2017, 12, 5))
    open_pages = {"table": "table/text/A-001.html", "site": "actions/A-001.html"}
    taken: dict[str, list[float]] = {name: [] for name in open_pages}
    for number in range(rounds + 1):
        for name, path in open_pages.items():
            gc.collect()
            file.write_text(text.replace(".\n", f", {name} {number}.\n", 1), "utf-8")
            start = perf_counter()
            live.pages = live.look()
            if live.pages.page(path) is None:
                raise LookupError(path)
            taken[name].append(perf_counter() - start)
    file.write_text(text, "utf-8")
    return {name: each[1:] for name, each in taken.items()}


def diff(rounds: int, folder: Path) -> Samples:
    """Compare a plan with itself, every tenth action reworded; and load it."""
    files = source.read(folder, "plan")
    old = _plan(folder)
    new = _reworded(_plan(folder))
    works = {
        "load": lambda: load(files),
        "diff": lambda: compare(old, new, old_label="old", new_label="new"),
    }
    return _timed(works, rounds)


def deepdiff(rounds: int, folder: Path) -> Samples:
    """Compare the same two plans, and let deepdiff compare the same data."""
    theirs: Callable[..., Any] = importlib.import_module("deepdiff").DeepDiff
    old, new = _plan(folder), _reworded(_plan(folder))
    before, after = (plan.model_dump(mode="json", exclude_defaults=True) for plan in (old, new))
    works = {
        "diff": lambda: compare(old, new, old_label="old", new_label="new"),
        "deepdiff": lambda: theirs(before, after),
    }
    return _timed(works, rounds)


def jsondiff(rounds: int, folder: Path) -> Samples:
    """Compare the same two plans, and let jsondiff compare the same data, its lists keyed by id."""
    theirs: Callable[..., Any] = importlib.import_module("jsondiff").diff
    old, new = _plan(folder), _reworded(_plan(folder))
    before, after = (_keyed(plan.model_dump(mode="json", exclude_defaults=True)) for plan in (old, new))
    works = {
        "diff": lambda: compare(old, new, old_label="old", new_label="new"),
        "jsondiff": lambda: theirs(before, after),
    }
    return _timed(works, rounds)


def linear(rounds: int, *folders: Path) -> Samples:
    """Compare each of several plans with itself reworded; the names of the folders name the samples.

    Without the collector of python, which `poa` turns off as well.
    """
    gc.disable()
    pairs = {folder.name: (_plan(folder), _reworded(_plan(folder))) for folder in folders}
    works = {
        name: lambda pair=pair: compare(*pair, old_label="old", new_label="new")
        for name, pair in pairs.items()
    }
    return _timed(works, rounds)


def rewritten(rounds: int, *_: Path) -> Samples:
    """Compare two texts of 2,500 and of 5,000 words that have only common words in common."""
    pairs = {}
    for size in (2500, 5000):
        random = Random(size)  # noqa: S311 - made-up words, not secrets
        pairs[f"{size:,}"] = [" ".join(generate.text(random, size).split()) for _ in "ab"]
    works = {name: lambda pair=pair: segments(*pair) for name, pair in pairs.items()}
    return _timed(works, rounds)


def alignment(rounds: int, *folders: Path) -> Samples:
    """Give precision and recall, not times, for histories with known edits of each of several plans."""
    found: dict[str, list[float]] = {}
    for folder in folders:
        plan = _plan(folder)
        for seed in range(rounds):
            both = history.precision_and_recall(plan, history.later(plan, seed))
            for name, value in zip(("precision", "recall"), both, strict=True):
                found.setdefault(f"{folder.name} {name}", []).append(value)
    return found


def render(rounds: int, folder: Path) -> Samples:
    """Render a plan, and let docxtpl alone fill the same template with the same names.

    Once with the words alone, and once with their runs, as docxtpl knows them: either leaves out the
    notes, links, bookmarks and controls that our document has, and that it has not where it is bare.
    And once with all of these, which docxtpl is given as ready XML: it need not make them, as we do.
    """
    plan, template = _plan(folder), packaged_template()
    template_of_runs = _template_of_runs(template)
    of = document(plan)
    names = context(of)
    # what comes first has the control and the bookmark: names that the template prints nowhere are left out
    for action in (each for section in names["sections"] for each in section["actions"]):
        del action["why"]
    for name, annex in names["annexes"].items():
        if annex and name != "links":
            del annex["title"]
    when = datetime(2020, 1, 2, tzinfo=UTC)
    pen = Pen(anchors(of), Taken())
    ready, ours = _ready(names, pen), unzipped(render_word(of, when=when))
    beside = {f"beside/{name}": ours[name] for name in ("word/footnotes.xml", "customXml/item1.xml")}
    works = {
        "docxtpl": lambda: _filled(template, names),
        "docxtpl runs": lambda: _filled(template_of_runs, _runs(names)),
        "docxtpl ready": lambda: _filled(template_of_runs, ready, beside),
        "render": lambda: render_word(document(plan), when=when),
        "bare": lambda: render_word(bare(document(plan)), when=when),
    }
    _same_content(_filled(template_of_runs, ready, beside), ours["word/document.xml"])
    return _timed(works, rounds)


def _same_content(theirs: bytes, body: bytes) -> None:
    """Stop where docxtpl was spared a note, a control, a bookmark or a link of ours."""
    filled = unzipped(theirs)["word/document.xml"]
    for tag in (
        b"<w:sdt>",
        b"<w:footnoteReference ",
        b"<w:bookmarkStart ",
        b"<w:hyperlink ",
        b"<w:instrText ",
    ):
        if filled.count(tag) != body.count(tag):
            counted = f"{filled.count(tag)} {tag.decode()} by docxtpl, {body.count(tag)} by us"
            raise SystemExit(f"what is compared is not alike: {counted}")


def redlining(rounds: int, old: Path, new: Path) -> Samples:
    """Render a plan, and the redline of two that were compared before."""
    before, after = _plan(old), _plan(new)
    compared = compare(before, after, old_label="old", new_label="new")
    when = datetime(2020, 1, 2, tzinfo=UTC)
    works = {
        "render": lambda: render_word(document(after), when=when),
        "redline": lambda: render_word(redline(before, after, compared), when=when),
    }
    return _timed(works, rounds)


def pulling(rounds: int, folder: Path) -> Samples:
    """Pull the document of a plan that nobody edited, read it alone, load the plan, and parse with lxml.

    Without the collector of python, which `poa` turns off as well.
    """
    gc.disable()
    file = render_api.render(folder).content
    parts = [each for name, each in unzipped(file).items() if name.endswith((".xml", ".rels"))]
    choice = Choice(date(2020, 1, 2), only_show=True)
    works = {
        "parse": lambda: [etree.fromstring(each) for each in parts],
        "read": lambda: read_file(file),
        "pull": lambda: pull.pull(folder, [("returned.docx", file)], choice),
    }
    return _timed(works, rounds)


def _filled(template: bytes, names: Mapping[str, Any], beside: Mapping[str, bytes] | None = None) -> bytes:
    """Let docxtpl fill a template, and pack the parts that stand beside its own."""
    file = DocxTemplate(BytesIO(template))
    file.render(names, jinja_env=ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    saved = BytesIO()
    file.save(saved)
    with ZipFile(saved, "a", ZIP_DEFLATED) as parts:
        for name, content in (beside or {}).items():
            parts.writestr(name, content)
    return saved.getvalue()


def _template_of_runs(template: bytes) -> bytes:
    """Write ``{{r title }}`` where the template has ``{{ title }}``."""
    written = BytesIO()
    with ZipFile(BytesIO(template)) as source_parts, ZipFile(written, "w") as parts:
        for name in source_parts.namelist():
            parts.writestr(name, source_parts.read(name).replace(b"{{ ", b"{{r "))
    return written.getvalue()


def _runs(value: Any) -> Any:  # noqa: ANN401 - a tree of whatever a template may name
    """Turn the runs in a context into docxtpl's own, with their styles."""
    if isinstance(value, Rich):
        rich = RichText()
        for run in value.runs:
            style = MARK_STYLES[run.mark] if isinstance(run, Text) else ""
            rich.add(getattr(run, "text", ""), style=style or None)
        return rich if value.runs else ""
    if isinstance(value, dict):
        return {name: _runs(each) for name, each in value.items()}
    return [_runs(each) for each in value] if isinstance(value, list) else value


def _ready(value: Any, pen: Pen) -> Any:  # noqa: ANN401 - a tree of whatever a template may name
    """Turn the texts in a context into the XML that our own document has for them."""
    if isinstance(value, Rich):
        return pen.write(value)
    if isinstance(value, dict):
        return {name: _ready(each, pen) for name, each in value.items()}
    return [_ready(each, pen) for each in value] if isinstance(value, list) else value


def _plan(folder: Path) -> Plan:
    loaded: Loaded = load(source.read(folder, "plan"))
    if loaded.plan is None or loaded.diagnostics:
        raise SystemExit(f"{folder} holds no valid plan")
    return loaded.plan


def _keyed(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Turn each list of records into records by their ids."""
    if isinstance(value, dict):
        return {name: _keyed(each) for name, each in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {str(each.get("id", each.get("ref", place))): _keyed(each) for place, each in enumerate(value)}
    return value


def _reworded(plan: Plan) -> Plan:
    """Change five words in the middle of every tenth action."""
    sections = []
    for section in plan.sections:
        actions = list(section.actions)
        for index in range(0, len(actions), 10):
            words = actions[index].text.split()
            words[20:25] = ["other", "words", "were", "found", "here"]
            actions[index] = actions[index].model_copy(update={"text": " ".join(words)})
        sections.append(section.model_copy(update={"actions": tuple(actions)}))
    return plan.model_copy(update={"sections": tuple(sections)})


def _timed(works: Mapping[str, Callable[[], object]], rounds: int) -> Samples:
    measures = {name: lambda work=work: _seconds(work) for name, work in works.items()}
    return paired(measures, rounds=rounds, warm=rounds > 1)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def revision(rounds: int, folder: Path, count: str) -> Samples:
    """Read `count` files of a plan from their folder and from git, whose programs are counted in."""
    sections = sorted((folder / "plan" / "sections").iterdir())
    for number in range(int(str(count)) - len(sections)):
        copy = folder / "plan" / "sections" / f"copy-{number:04}.yaml"
        copy.write_bytes(sections[number % len(sections)].read_bytes())
    commit = _committed(folder)
    works = {
        "folder": _with_children(lambda: source.read(folder, "plan")),
        "git": _with_children(lambda: git.read(folder, commit, "plan")),
        "named": _with_children(lambda: versions.read(folder, "git:HEAD")),
    }
    loose = paired({"loose": works["git"]}, rounds=rounds)
    subprocess.run(("git", "-C", str(folder), "gc", "-q"), check=True)
    return {**loose, **paired(works, rounds=rounds)}


def _committed(folder: Path) -> str:
    """Put a plan into a repository of its own; the commit."""
    name = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")
    for arguments in (("init", "-q"), ("add", "plan"), (*name, "commit", "-qm", "The plan")):
        subprocess.run(("git", "-C", str(folder), *arguments), check=True)
    return git.resolve(folder, "HEAD") or ""


def _with_children(work: Callable[[], object]) -> Callable[[], float]:
    """Measure the CPU time of a piece of work, its processes too, done often: their clock is coarse."""

    def measure() -> float:
        before = sum(os.times()[:4])
        for _ in range(_MANY):
            work()
        return (sum(os.times()[:4]) - before) / _MANY

    return measure


MEASURES: Mapping[str, Callable[..., Samples]] = {
    "load": loading,
    "orjson": orjson,
    "rules": rules,
    "keystroke": keystroke,
    "serving": serving,
    "diff": diff,
    "deepdiff": deepdiff,
    "jsondiff": jsondiff,
    "linear": linear,
    "rewritten": rewritten,
    "alignment": alignment,
    "revision": revision,
    "render": render,
    "redline": redlining,
    "pull": pulling,
}

if __name__ == "__main__":
    name, rounds, *folders = sys.argv[1:]
    if name == "markdown":
        sys.stdout.write(markdown.document(document(_plan(Path(*folders)))))
    else:
        print(json.dumps(MEASURES[name](int(rounds), *map(Path, folders))))
