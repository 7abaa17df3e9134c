"""Word files of plans drawn by lot: every text is there once, as it was typed, and other programs keep it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

import plan_pairs
import printed_references
import pytest
import word_samples
from hypothesis import given, settings
from hypothesis import strategies as st
from word_reading import W, packed, read

from poa_toolkit.diff.compare import compare
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.redline import redline
from poa_toolkit.word.writer.render import digest, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from word_reading import Reading

    from poa_toolkit.model import Plan

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
BODY = ("POAFront", "POAParagraph", "POAAction", "POAPoint", "POASubPoint", "POASectionHeading")
RENDERED = settings(max_examples=settings().max_examples // 5)
PIECES = (
    *("&", "<", ">", "]]>", "&amp;", "</w:t>", "<w:p/>", "<?poa runs 0?>", "<!--", "-->", '"', "'"),
    *("{{ 7*7 }}", "{{", "}}", "{%p if x %}", "{% endif %}", "{#", "#}", "{_{", "}_}", "{%tr", "|as_runs(0)"),
    *("[", "]", "|", " ", "  ", "\t", "\n", "\N{NO-BREAK SPACE}", "\N{NEXT LINE}", "\N{LINE SEPARATOR}"),
    *("\N{PARAGRAPH SEPARATOR}", "\N{ZERO WIDTH JOINER}", "\N{RIGHT-TO-LEFT MARK}", "\N{WORD JOINER}"),
    *(
        "e\N{COMBINING ACUTE ACCENT}",
        "\N{BALLOT BOX WITH BALLOT}\ufe0f",
        "\U0001f5f3",
        "\U0010fffd",
        "\ufffd",
    ),
    *(
        "العربية",
        "עברית",
        "中文",
        "ไทย",
        "क्षि",
        "ﬁ",
        "№",
        "…",
        "“a”",
        "30%",
        "A/HRC/26/16",
        "25(b)",
        "word",
        "No.",
    ),
)


def awkward(random: Random) -> str:
    """Give a text that breaks what can be broken; it begins and ends with a letter, as texts do."""
    return f"x{''.join(random.choices(PIECES, k=random.randint(1, 12)))}{random.randrange(10**6)}z"


def rendered(plan: Plan) -> Reading:
    return read(render(plan_document(plan), when=WHEN))


def body(plan: Plan) -> Iterator[str]:
    """Give every text that the body of a document has to print."""
    hidden = {action.id for _, action in plan.walk_actions() if not action.status.printed}
    yield from (section.title for section in plan.sections)
    skipping = False
    for at, record in plan.walk_texts():
        skipping = skipping if "points" in at else record.id in hidden
        if not skipping:
            yield printed_references.printed(plan, record.text)


@RENDERED
@given(st.randoms(use_true_random=False))
def test_every_text_of_the_plan_stands_in_the_body_once_and_all_else_is_printed(random: Random) -> None:
    plan = plan_pairs.pair(random).new
    reading = rendered(plan)
    assert Counter(line.text for line in reading.lines if line.style in BODY) == Counter(body(plan))
    whys = [each.why for _, each in plan.walk_actions() if each.status.printed and each.why]
    printed = [printed_references.printed(plan, each) for each in whys]
    printed += [each.timeframe for _, each in plan.walk_actions() if each.status.printed and each.timeframe]
    printed += [each.title for each in plan.participants]
    printed += [each.title for each in plan.links]
    printed += [printed_references.printed(plan, each.text) for _, each in plan.walk_recommendations()]
    for text in (*printed, plan.title, plan.subtitle or "", plan.notice or ""):
        assert text in reading.text


def texts(count: int) -> list[str]:
    random = Random(count)  # noqa: S311 - made-up words, not secrets
    return [awkward(random) for _ in range(count)]


def in_body(reading: Reading, style: str, gone: tuple[str, ...]) -> list[str]:
    """Give the paragraphs of a style, read without the elements that are `gone`."""
    found = []
    for paragraph in reading.body.iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == style:
            for each in [each for name in gone for each in paragraph.iter(f"{W}{name}")]:
                each.clear()
            found.append("".join(_pieces(paragraph)))
    return [text for text in found if text]


def _pieces(paragraph: Any) -> Iterator[str]:
    for each in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab", f"{W}br"):
        yield {f"{W}tab": "\t", f"{W}br": "\n"}.get(each.tag) or each.text or ""


def check(found: list[str]) -> None:
    """Print texts in paragraphs, titles and points, clean and as what came or went, and read them back."""
    half = len(found) // 2
    numbered = [{"id": f"P-{at}", "text": text} for at, text in enumerate(found)]
    points = [{"id": f"p{at}", "text": text} for at, text in enumerate(found[:50])]
    base = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sections = [
        {"id": f"s-{at}", "title": text, "actions": [{**_ACTION, "id": f"A-{at}", "points": points}]}
        for at, text in enumerate(found[:20])
    ]
    new = word_samples.small(**{**base, "introduction": numbered, "sections": sections})
    clean = rendered(new)
    assert clean.of_style("POAParagraph") == found
    assert clean.of_style("POASectionHeading") == found[:20]
    assert clean.of_style("POAPoint") == found[:50] * 20
    old = new.model_copy(update={"introduction": new.introduction[half:] + new.introduction[:half:2]})
    marked = render(redline(old, new, compare(old, new, old_label="", new_label="")), when=WHEN)
    assert in_body(read(marked), "POAParagraph", ("del",)) == found
    assert in_body(read(marked), "POAParagraph", ("ins",)) == found[half:] + found[:half:2]


_ACTION = {"text": "Somebody should act.", "status": "agreed", "addressees": []}


def test_awkward_texts_come_out_as_they_were_typed() -> None:
    check(texts(300))


@pytest.mark.slow
def test_ten_thousand_awkward_texts_come_out_as_they_were_typed() -> None:
    check(texts(10_000))


def test_the_digest_of_the_content_is_the_same_however_it_is_packed() -> None:
    file = render(plan_document(word_samples.small()), when=WHEN)
    again = packed(dict(reversed(read(file).parts.items())))
    assert again != file
    assert digest(again) == digest(file)
    assert digest(file) != digest(render(plan_document(word_samples.small(title="Other")), when=WHEN))


@pytest.mark.slow
@pytest.mark.tools
def test_documents_and_redlines_survive_being_saved_again(
    tmp_path: Path, soffice: Callable[..., Path]
) -> None:
    for seed in range(10):
        pair = plan_pairs.pair(Random(seed))  # noqa: S311 - made-up plans, not secrets
        path = tmp_path / f"{seed}.docx"
        path.write_bytes(render(plan_document(pair.new), when=WHEN))
        saved = read(soffice(path, "docx").read_bytes())
        words = {_folded(line.text) for line in saved.lines}
        assert {_folded(text) for text in body(pair.new)} <= words
        path.write_bytes(render(redline(*pair, compare(*pair, old_label="old", new_label="new")), when=WHEN))
        again = read(soffice(path, "docx").read_bytes())
        assert revised(read(path.read_bytes()).body) == revised(again.body)


def revised(body: Any) -> set[str]:
    """Give the kinds of revisions of a text; what stands in the result of a field, LibreOffice makes anew."""
    found, depth = set(), 0
    for each in body.iter(f"{W}fldChar", f"{W}ins", f"{W}del"):
        kind = each.get(f"{W}fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if kind is None and depth == 0:
            found.add(each.tag)
    return found


def _folded(text: str) -> str:
    return " ".join(text.split())
