"""Every word that anybody puts anywhere into a file is proposed or told, once; the books balance."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from pulling_samples import DAY, rendered
from word_editing import A, B, Edited
from word_reading import W

from poa_toolkit.api import pull as pull_api
from poa_toolkit.api.returned_files import Choice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NAMES = {
    "w": W[1:-1],
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "x": "urn:example:unheard-of",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_DECLARED = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES.items())


def _xml(text: str) -> etree._Element:
    return etree.fromstring(f"<w:r {_DECLARED}>{text}</w:r>")[0]


def _run(words: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve"> {words} </w:t></w:r>'


def _mark(kind: str, author: str, inner: str) -> str:
    return f'<w:{kind} w:id="9" w:author="{author}" w:date="2017-12-04T10:30:00Z">{inner}</w:{kind}>'


def _gone(words: str) -> str:
    return f'<w:r><w:delText xml:space="preserve"> {words} </w:delText></w:r>'


def _box(words: str) -> str:
    return f"<w:txbxContent><w:p>{_run(words)}</w:p></w:txbxContent>"


RUNS: dict[str, Callable[[str], str]] = {
    "typed": _run,
    "tracked": lambda words: _mark("ins", A, _run(words)),
    "tracked by another": lambda words: _mark("ins", B, _run(words)),
    "put in and taken out": lambda words: _mark("ins", A, _mark("del", B, _gone(words))),
    "put in and taken back": lambda words: _mark("ins", A, _mark("del", A, _gone(words))),
    "moved here": lambda words: _mark("moveTo", A, _run(words)),
    "struck by hand": lambda words: _run(words, "<w:strike/>"),
    "struck twice": lambda words: _run(words, "<w:dstrike/>"),
    "hidden": lambda words: _run(words, "<w:vanish/>"),
    "hidden and tracked": lambda words: _mark("ins", A, _run(words, "<w:vanish/>")),
    "a link": lambda words: f'<w:hyperlink w:anchor="x">{_run(words)}</w:hyperlink>',
    "a smart tag": lambda words: f'<w:smartTag w:element="x">{_run(words)}</w:smartTag>',
    "custom XML": lambda words: f'<w:customXml w:element="x">{_run(words)}</w:customXml>',
    "a control": lambda words: (
        f'<w:sdt><w:sdtPr><w:tag w:val="other"/></w:sdtPr><w:sdtContent>{_run(words)}</w:sdtContent></w:sdt>'
    ),
    "a direction": lambda words: f'<w:dir w:val="rtl">{_run(words)}</w:dir>',
    "a field": lambda words: f'<w:fldSimple w:instr=" MERGEFIELD name ">{_run(words)}</w:fldSimple>',
    "ruby": lambda words: (
        "<w:r><w:ruby><w:rt><w:r><w:t>ab</w:t></w:r></w:rt>"
        f"<w:rubyBase>{_run(words)}</w:rubyBase></w:ruby></w:r>"
    ),
    "mathematics": lambda words: f"<m:oMath><m:r><m:t>{words}</m:t></m:r></m:oMath>",
    "an unknown element": lambda words: f"<x:odd>{_run(words)}</x:odd>",
    "an unknown element in a run": lambda words: f"<w:r><x:odd><x:more>{words}</x:more></x:odd></w:r>",
    "a text box": lambda words: (
        f"<w:r><w:pict><v:shape><v:textbox>{_box(words)}</v:textbox></v:shape></w:pict></w:r>"
    ),
    "text art": lambda words: (
        f'<w:r><w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict></w:r>'
    ),
    "alternatives": lambda words: (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{_box(words)}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{_box(words)}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ),
}
"""What can be put into a paragraph, as Word and other programs write it."""


def _paragraphs(root: etree._Element) -> list[etree._Element]:
    """Give the paragraphs that people read, but the cover and the contents, which programs write."""
    found = []
    for each in root.iter(f"{W}p"):
        if next(each.iterancestors(f"{W}txbxContent"), None) is not None:
            continue  # of two alternatives only one is read
        style = str(each.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=_NAMES))
        if (
            not style.lower().startswith(("toc", "poacontents", "poacover"))
            and each.find(f".//{W}instrText") is None
        ):
            found.append(each)
    return found


def _into_body(it: Edited, at: int, inner: str) -> None:
    every = _paragraphs(it.root)
    every[at % len(every)].append(_xml(inner))


def _into_a_text(it: Edited, at: int, inner: str) -> None:
    controls = it.body.xpath(
        './/w:sdt[starts-with(w:sdtPr/w:tag/@w:val, "poa:")]/w:sdtContent', namespaces=_NAMES
    )
    controls = [each for each in controls if each.find(f"{W}r") is not None]
    runs = controls[at % len(controls)].findall(f"{W}r")
    runs[at % len(runs)].addnext(_xml(inner))


def _paragraph(inner: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{inner}</w:p>"


def _as_paragraph(style: str) -> Callable[[Edited, int, str], None]:
    def into(it: Edited, at: int, inner: str) -> None:
        every = [each for each in _paragraphs(it.root) if each.getparent().tag == f"{W}body"]
        every[at % len(every)].addnext(_xml(_paragraph(inner, style)))

    return into


def _into_a_new_table(it: Edited, at: int, inner: str) -> None:
    cell = f"<w:tc>{_paragraph(inner)}</w:tc>"
    nested = f"<w:tc><w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p/></w:tc>" if at % 2 else cell
    every = [each for each in _paragraphs(it.root) if each.getparent().tag == f"{W}body"]
    every[at % len(every)].addnext(_xml(f"<w:tbl><w:tr>{nested}</w:tr></w:tbl>"))


def _into_part(kind: str) -> Callable[[Edited, int, str], None]:
    def into(it: Edited, at: int, inner: str) -> None:
        names = sorted(name for name in it.parts if name.startswith(f"word/{kind}") and name.endswith(".xml"))
        name = names[at % len(names)]
        root = etree.fromstring(it.parts[name])
        every = [each for each in _paragraphs(root) if each.getparent().get(f"{W}type") is None]
        every[at % len(every)].append(_xml(inner))
        it.parts[name] = etree.tostring(root, encoding="UTF-8")

    return into


PLACES: dict[str, Callable[[Edited, int, str], None]] = {
    "any paragraph": _into_body,
    "a text of the plan": _into_a_text,
    "a new paragraph": _as_paragraph(""),
    "a new action": _as_paragraph("POAAction"),
    "a new point": _as_paragraph("POAPoint"),
    "a new heading": _as_paragraph("Heading1"),
    "a new table": _into_a_new_table,
    "a note": _into_part("footnotes"),
    "a header": _into_part("header"),
    "a footer": _into_part("footer"),
}


def _pulled(project: Path, content: bytes) -> pull_api.Pull:
    if not (project / "plan").exists():
        small_plan.write(project)
    return pull_api.pull(project, [("returned.docx", content)], Choice(DAY, only_show=True))


def _asked(pull: pull_api.Pull) -> list[str]:
    """Give what is asked for and said, each as text, without the words below which it stands."""
    printed = json.loads(pull_api.describe(pull, "json"))
    amendments = [each for file in printed["files"] for each in file["amendments"]]
    every = (json.dumps(each, ensure_ascii=False) for each in (*amendments, *printed["diagnostics"]))
    return [re.sub("below “[^”]*”", "", each) for each in every]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_plan.write(tmp_path_factory.mktemp("plan"))


def _check(project: Path, puts: list[tuple[str, str, int]]) -> None:
    it = Edited(rendered())
    words = [f"nonce{index}q" for index in range(len(puts))]
    for (place, run, at), word in zip(puts, words, strict=True):
        PLACES[place](it, at, RUNS[run](word))
    pull = _pulled(project, it.save())
    asked = _asked(pull)
    found = {word: [each for each in asked if word in each] for word in words}
    wrong = [
        (put, found[word])
        for put, word in zip(puts, words, strict=True)
        # one proposes it, another remarks on that
        if len(found[word]) != 1 and not (put[1] == "put in and taken out" and len(found[word]) == 2)
    ]
    assert wrong == []
    read, placed, told, generated = pull.files[0].balance
    assert read == placed + told + generated
    assert read > 0


@pytest.mark.parametrize("place", PLACES)
def test_each_way_of_writing_is_proposed_or_told_once_in_each_place(project: Path, place: str) -> None:
    _check(project, [(place, run, index * 7 + 3) for index, run in enumerate(RUNS)])


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(RUNS)), st.integers(0, 500)),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_word_put_anywhere_is_proposed_or_told_once(
    project: Path, puts: list[tuple[str, str, int]]
) -> None:
    _check(project, puts)


def test_a_file_that_nobody_edited_has_placed_and_generated_words_alone(project: Path) -> None:
    pull = _pulled(project, rendered())
    read, placed, told, generated = pull.files[0].balance
    assert (told, _asked(pull)) == (0, [])
    assert read == placed + generated
