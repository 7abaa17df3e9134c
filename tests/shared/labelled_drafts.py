"""Drafts of which a person wrote down what each paragraph is, made by several programs in several habits.

The words stand in ``cases/drafts``, each line with what it is; a maker writes them as people do. What an
import makes of the file is then compared with what was written down.
"""

# ruff: noqa: RUF001 - drafts in many scripts

from __future__ import annotations

import subprocess
import tempfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx
import small_plan
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from ruamel.yaml import YAML

from poa_toolkit.api import import_draft
from poa_toolkit.api.import_draft import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docx.document import Document
    from docx.text.paragraph import Paragraph

TEXTS = Path(__file__).parents[1] / "cases" / "drafts"
DAY = date(2017, 11, 20)
KINDS = ("section", "action", "point", "citation")
GOAL = 0.97


class Line(NamedTuple):
    """A paragraph of a draft, or what is known of the one above."""

    kind: str
    words: str


def lines(name: str) -> tuple[Line, ...]:
    """Read a text."""
    found = (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(Line(*each.split("\t", 1)) for each in found)


def labels(text: Iterable[Line], *, citations: bool) -> Counter[tuple[str, ...]]:
    """Give what a person says that the draft holds: sections, actions, points, citations."""
    found: Counter[tuple[str, ...]] = Counter()
    section = action = ""
    for kind, words in text:
        if kind == "section":
            section = words
            found["section", _plain(words)] += 1
        elif kind == "action":
            action = words
            found["action", _plain(section), _plain(words)] += 1
        elif kind == "point":
            found["point", _plain(action), _plain(words)] += 1
        elif kind == "cites" and citations:
            found["citation", _plain(action), words] += 1
    return found


def _plain(words: str) -> str:
    """Give words as they compare: small letters, plain spaces."""
    return " ".join(words.casefold().split())


def imported(content: bytes) -> Counter[tuple[str, ...]]:
    """Give what an import makes of a draft, in the same terms."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = small_plan.write(folder / "known")
        import_draft.import_draft(folder / "new", content, Request("draft.docx", DAY, registry=known))
        return _made(folder / "new")


def _made(project: Path) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    yaml = YAML(typ="safe", pure=True)
    for path in sorted((project / "plan/sections").iterdir()):
        section = yaml.load(path)
        title = _plain(section["title"])
        found["section", title] += 1
        for each in section["actions"]:
            text = _plain(each["text"])
            found["action", title, text] += 1
            for point in each.get("points", ()):
                found["point", text, _plain(point["text"])] += 1
            for citation in (*each.get("provisions", ()), *each.get("recommendations", ())):
                found["citation", text, citation] += 1
    return found


class Score(NamedTuple):
    """How many things of one kind a person named, an import made, and how many of both are the same."""

    named: int
    made: int
    same: int

    @property
    def precision(self) -> float:
        """Give how much of what was made is right."""
        return self.same / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """Give how much of what should be made was."""
        return self.same / self.named if self.named else 1.0


def scores(habits: Iterable[str], folder: Path) -> dict[str, Score]:
    """Import the drafts of some habits, and count by kind; `folder` is for the programs that make them."""
    named: Counter[tuple[str, ...]] = Counter()
    made: Counter[tuple[str, ...]] = Counter()
    same: Counter[tuple[str, ...]] = Counter()
    for habit in habits:
        wanted, found = draft(habit, folder)
        named, made, same = named + wanted, made + found, same + (wanted & found)
    return {kind: Score(*(_count(each, kind) for each in (named, made, same))) for kind in KINDS}


def _count(counted: Counter[tuple[str, ...]], kind: str) -> int:
    return sum(number for name, number in counted.items() if name[0] == kind)


def draft(habit: str, folder: Path) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Give what one draft holds, and what the import makes of it."""
    found = HABITS[habit]
    text = lines(found.text)
    return labels(text, citations=found.has_citations), imported(found.make(text, folder))


# --- makers that need no other program ---


def _saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _list_styles(text: Iterable[Line], _folder: Path) -> bytes:
    """Write headings and lists in Word's own styles, below contents."""
    document = docx.Document()
    styles = {"title": "Title", "section": "Heading 1", "action": "List Number", "point": "List Number 2"}
    document.styles.add_style("toc 1", 1)
    numbered = False
    for kind, words in text:
        if kind in ("note", "cites"):
            continue
        if kind == "intro" and not numbered:
            numbered = True
            document.add_paragraph("Introduction", "Heading 1")
        document.add_paragraph(words, styles.get(kind, "Normal"))
        if kind == "title":
            for number, each in enumerate((each for each in text if each.kind == "section"), 2):
                document.add_paragraph(f"{each.words}\t{number}", "toc 1")
    return _saved(document)


class Habit(NamedTuple):
    """How a person types numbers: what stands before a section, an action, a point."""

    section: Callable[[int], str]
    action: Callable[[int], str]
    point: Callable[[int], str]
    in_capitals: bool = False
    is_bold: bool = False
    begins_anew: bool = False
    """Whether actions are counted in each section anew."""


_ROMAN = ("I", "II", "III", "IV", "V")
_IDEOGRAPHS = "一二三四五六七八九"
_ARABIC_LETTERS = "أبجده"
_ARABIC_FIRST = ("أولاً", "ثانياً", "ثالثاً")
_FIGURES = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

TABS = Habit(
    lambda n: f"{_ROMAN[n]}. ", lambda n: f"{n + 1}.\t", lambda n: f"({'abcdef'[n]})\t", in_capitals=True
)
FRENCH = Habit(
    lambda n: f"{_ROMAN[n]}. – ",
    lambda n: f"{n + 1}°\u00a0",
    lambda n: f"{'abcdef'[n]})\u00a0",
    is_bold=True,
)
ARABIC = Habit(
    lambda n: f"{_ARABIC_FIRST[n]}: ",
    lambda n: f"{n + 1}. ".translate(_FIGURES),
    lambda n: f"({_ARABIC_LETTERS[n]}) ",
)
CHINESE = Habit(
    lambda n: f"{_IDEOGRAPHS[n]}、",
    lambda n: f"（{_IDEOGRAPHS[n]}）",
    lambda n: f"{n + 1}. ",
    begins_anew=True,
)
OUTLINE = Habit(
    lambda n: f"{n + 1}. ",
    lambda n: f".{n + 1} ",
    lambda n: f"({('i', 'ii', 'iii', 'iv')[n]}) ",
    is_bold=True,
    begins_anew=True,
)


def _typed(habit: Habit) -> Callable[[Iterable[Line], Path], bytes]:
    """Make a maker that writes no styles, every number typed."""

    def make(text: Iterable[Line], _folder: Path) -> bytes:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "Not for circulation"
        for words, is_heading in _numbered(text, habit):
            paragraph = document.add_paragraph()
            paragraph.add_run(words).bold = True if is_heading and habit.is_bold else None
        return _saved(document)

    return make


def _numbered(text: Iterable[Line], habit: Habit) -> Iterator[tuple[str, bool]]:
    sections = actions = points = -1
    for kind, words in text:
        match kind:
            case "section":
                sections += 1
                actions = -1 if habit.begins_anew else actions
                shown = words.upper() if habit.in_capitals else words
                yield f"{habit.section(sections)}{shown}", True
            case "action":
                actions, points = actions + 1, -1
                number = habit.action(actions)
                yield f"{sections + 1 if number.startswith('.') else ''}{number}{words}", False
            case "point":
                points += 1
                yield f"{habit.point(points)}{words}", False
            case "title" | "front" | "intro" | "chapeau":
                yield words, False


def _articles(text: Iterable[Line], _folder: Path) -> bytes:
    """Write chapters and articles, each number on a line of its own, points behind line breaks."""
    document = docx.Document()
    chapters = articles = points = 0
    for kind, words in text:
        match kind:
            case "section":
                chapters += 1
                document.add_paragraph(f"CHAPTER {_ROMAN[chapters - 1]}")
                document.add_paragraph(words)
            case "action":
                articles, points = articles + 1, 0
                document.add_paragraph(f"Article {articles}")
                last = document.add_paragraph(words)
            case "point":
                last.add_run().add_break()
                last.add_run(f"({'abcdef'[points]}) {words}")
                points += 1
            case "title" | "front":
                document.add_paragraph(words)
    return _saved(document)


_LISTS = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="70"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/>
<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum {nsdecls("w")} w:abstractNumId="71">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/>
<w:pPr><w:ind w:left="1080" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>"""


def _own_lists(text: Iterable[Line], _folder: Path) -> bytes:
    """Write automatic numbers without styles, the points of each action in a list of their own."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    first = numbering.find(f"{{{numbering.nsmap['w']}}}num")
    for each in parse_xml(f"<w:x {nsdecls('w')}>{_LISTS}</w:x>"):
        first.addprevious(each)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
    points = 70
    last = ""
    for kind, words in text:
        paragraph = document.add_paragraph(words)
        if kind == "section":
            _number(paragraph, 70, 0)
        elif kind == "action":
            _number(paragraph, 70, 1)
        elif kind == "point":
            if last != "point":
                points += 1
                numbering.append(
                    parse_xml(
                        f'<w:num {nsdecls("w")} w:numId="{points}"><w:abstractNumId w:val="71"/>'
                        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                    )
                )
            _number(paragraph, points, 0)
        last = kind
    return _saved(document)


def _number(paragraph: Paragraph, number: int, level: int) -> None:
    numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(numbers))


def _table(text: Iterable[Line], _folder: Path) -> bytes:
    """Write a plan as a table: a row an action, a row of one cell above each section."""
    document = docx.Document()
    table = document.add_table(1, 5)
    for cell, words in zip(table.rows[0].cells, ("No.", "Action", "Who", "When", "Source"), strict=True):
        cell.text = words
    number = 0
    columns = {"who": 2, "when": 3, "source": 4}
    for kind, words in text:
        if kind == "title":
            table._tbl.addprevious(document.add_paragraph(words, "Title")._p)
        elif kind == "section":
            cells = table.add_row().cells
            cells[0].merge(cells[4]).text = words
        elif kind == "action":
            number += 1
            cells = table.add_row().cells
            cells[0].text, cells[1].text = str(number), words
        elif kind == "point":
            cells[1].add_paragraph(words, "List Bullet")
        elif kind in columns:
            cells[columns[kind]].text = words
    return _saved(document)


# --- makers that run another program ---


def _markdown(text: Iterable[Line]) -> str:
    found, notes = [], []
    actions = points = 0
    for kind, words in text:
        match kind:
            case "title":
                found.append(f"---\ntitle: {words}\n---")
            case "section":
                found.append(f"# {words}")
            case "action":
                actions, points = actions + 1, 0
                found.append(f"{actions}. {words}")
            case "point":
                found.append(f"    {'abcdef'[points]}. {words}")
                points += 1
            case "note":
                notes.append(words)
                found[-1] += f"[^{len(notes)}]"
            case "front" | "intro" | "chapeau":
                found.append(words)
    found += [f"[^{number}]: {words}" for number, words in enumerate(notes, 1)]
    return "\n\n".join(found) + "\n"


def _pandoc(*options: str) -> Callable[[Iterable[Line], Path], bytes]:
    def make(text: Iterable[Line], folder: Path) -> bytes:
        (folder / "draft.md").write_text(_markdown(text), "utf-8")
        subprocess.run(["pandoc", "draft.md", "-s", *options, "-o", "draft.docx"], cwd=folder, check=True)
        return (folder / "draft.docx").read_bytes()

    return make


def _libreoffice(text: Iterable[Line], folder: Path) -> bytes:
    (folder / "draft.md").write_text(_markdown(text), "utf-8")
    subprocess.run(["pandoc", "draft.md", "-s", "--toc", "-o", "draft.odt"], cwd=folder, check=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "draft.odt"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "draft.docx").read_bytes()


class Made(NamedTuple):
    """A draft: which text, in which habit, by which programs."""

    text: str
    make: Callable[[Iterable[Line], Path], bytes]
    programs: tuple[str, ...] = ()
    has_citations: bool = False


HABITS = {
    "styles of Word": Made("observers", _list_styles),
    "typed numbers": Made("observers", _typed(TABS)),
    "articles of law": Made("law", _articles),
    "typed outline": Made("law", _typed(OUTLINE)),
    "lists of their own": Made("law", _own_lists),
    "French": Made("francais", _typed(FRENCH)),
    "Arabic": Made("arabic", _typed(ARABIC)),
    "Chinese": Made("chinese", _typed(CHINESE)),
    "table": Made("bodies", _table, has_citations=True),
    "pandoc": Made("observers", _pandoc("--toc"), ("pandoc",), has_citations=True),
    "pandoc, Spanish": Made("espanol", _pandoc(), ("pandoc",), has_citations=True),
    "LibreOffice": Made("francais", _libreoffice, ("pandoc", "soffice")),
}
