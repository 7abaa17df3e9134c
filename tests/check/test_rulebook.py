"""The rule book as a whole: what it leaves alone, how it counts, and how its messages read."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from conftest import ROOT

from poa_toolkit.api import explain, validate
from poa_toolkit.check.rule import Context, Rule
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.model import Baseline, Review, ReviewedLink, digests
from poa_toolkit.trace import meaning, trace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model import Plan

SIZES = (250, 500, 1000)
"""Numbers of actions; the generator keeps 250 to a section, so that sections grow alike."""


def _found(project: Path, data: dict[str, Any]) -> list[Diagnostic]:
    return list(validate.validate(small_plan.write(project, data), today=date(2017, 12, 4)).diagnostics)


def _of_text(project: Path, text: str, *, style: str = "un") -> list[str]:
    data = small_plan.files()
    data["plan.yaml"]["style"] = style
    small_plan.action(data)["text"] = text
    return [f"{each.code} {each.message}" for each in _found(project, data)]


def test_the_book_has_at_least_eighty_five_codes() -> None:
    assert len(explain.pages()) >= 85


def test_rules_stand_in_the_order_of_their_codes() -> None:
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize(
    "text",
    [
        "Observers should report [, where they can,] in time.",
        "See A/HRC/26/16, A/RES/70-168 and the address 2017-12-04.",
        "The years 1,000,000 and 2.5 and 9(1)(a), and the hour 22:22.",
        "Observers (citizens among them) should report (in time).",
        "That that is so had had no effect.",
        "Observers [International | National] should report.",
        "Observers [should | shall [promptly]] report.",
        "They asked: “What is to be done?”",
        "The Organisation internationale de la Francophonie should report.",
        "Observers should exercise and advise, and so promise to supervise.",
        "Observers should report by 4 December 2017 to the UN.",
        "Observers should report (see art.\u00a025).",
        r"Observers \[sic\] should report.",
        "[Observers should report.]",
        "Observers should report, in the words of the Committee, … without delay.",
        "选举观察员应当报告。",
        "يجب على المراقبين تقديم التقارير؟",
    ],
)
def test_what_is_well_written_is_left_alone(text: str, tmp_path: Path) -> None:
    assert _of_text(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "style", "said"),
    [
        ("Observers  report.", "un", 'POA312 more than one space stands in "Observers  report."'),
        ("Observers report .", "un", 'POA314 a space stands before "." in "Observers report ."'),
        ("Report of 12-14 May.", "un", 'POA320 "12-14" is a range, but has a hyphen'),
        (
            "Observers report,, soon.",
            "un",
            'POA319 ",," stands in "Observers report,, soon.", where one mark belongs',
        ),
        (
            "Observers observers report.",
            "un",
            'POA328 "Observers" stands twice in "Observers observers report."',
        ),
        ("Courts utilise it.", "un", 'POA332 "utilise" is not the spelling of the style un'),
        ("By Dec. 4, 2017.", "un", 'POA333 "Dec. 4, 2017" is not how the style un writes a date'),
        (
            "By 4 December 2017.",
            "carter",
            'POA333 "4 December 2017" is not how the style carter writes a date',
        ),
        (
            "The UN reports.",
            "carter",
            'POA331 "UN" has no full stops in "The UN reports."; the style carter writes them',
        ),
        (
            "Report [obsrvers: soon].",
            "un",
            'POA306 "obsrvers" is no actor and no participant, so nobody holds the bracket "[obsrvers: soon]"',
        ),
        ("Report [soon | soon].", "un", 'POA308 "soon" stands twice in "[soon | soon]"'),
        ("Report [].", "un", 'POA309 the bracket holds nothing in "[]"'),
    ],
)
def test_a_message_quotes_the_words_at_fault(text: str, style: str, said: str, tmp_path: Path) -> None:
    assert _of_text(tmp_path, text, style=style) == [said]


def test_a_house_style_says_what_to_write(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "By Dec. 4, 2017, organise the U.N. programme."
    helps = {each.code: each.help for each in _found(tmp_path, data)}
    assert helps == {
        "POA331": 'write "UN"',
        "POA332": 'write "organize"',
        "POA333": 'write "4 December 2017"',
    }


def test_the_limit_of_a_sentence_is_set_in_poa_yaml(tmp_path: Path) -> None:
    data = small_plan.files() | {"poa.yaml": {"limits": {"sentence_words": 6}}}
    assert [each.message for each in _found(tmp_path, data)] == [
        'the sentence that begins "This plan was drafted for …" has 7 words; the limit is 6',
        'the sentence that begins "Observers should report to the …" has 7 words; the limit is 6',
    ]


def test_a_plan_with_straight_quotation_marks_throughout_is_left_alone(tmp_path: Path) -> None:
    assert _of_text(tmp_path, 'The State\'s courts should hear "both" sides.') == []


def _review(data: dict[str, Any], project: Path, on: str = "2017-12-04") -> dict[str, Any]:
    """Give the review that a person would record now of the first action."""
    plan = validate.valid_plan(small_plan.write(project, data))
    known, action = trace(plan), small_plan.action(data)
    links = [*action["recommendations"], *action["provisions"]]
    reviewed = [{"to": link, "digest": meaning(known, link)} for link in links]
    return {"record": "A-001", "by": "An editor", "date": on, "links": reviewed}


def test_a_link_is_suspect_when_the_meaning_at_its_other_end_changes(tmp_path: Path) -> None:
    data = small_plan.files()
    data["reviews.yaml"] = {"reviews": [_review(data, tmp_path)]}
    assert _found(tmp_path, data) == []
    recommendation = data["recommendations/hres-2015-02.yaml"]["recommendations"][0]
    provision = data["instruments/universal.yaml"]["instruments"][1]["provisions"][0]
    recommendation.update(symbol="A/HRC/26/16", source="a page", note="Checked.", verified=True)
    provision.update(verified=False, source="a page")
    assert [each.code for each in _found(tmp_path, data)] == ["POA603"]
    provision.update(verified=True, subject="equal suffrage")
    recommendation["text"] = "Tell observers."
    assert [each.message for each in _found(tmp_path, data)] == [
        "hres-2015-02-r1 has changed since An editor reviewed A-001 on 2017-12-04",
        "iccpr 25(b) has changed since An editor reviewed A-001 on 2017-12-04",
    ]


def test_the_latest_review_counts(tmp_path: Path) -> None:
    data = small_plan.files()
    older = _review(data, tmp_path, "2017-12-03")
    data["recommendations/hres-2015-02.yaml"]["recommendations"][0]["text"] = "Tell observers."
    data["reviews.yaml"] = {"reviews": [_review(data, tmp_path), older]}
    assert _found(tmp_path, data) == []


def test_meaning_is_known_only_of_what_there_is(tmp_path: Path) -> None:
    known = trace(validate.valid_plan(small_plan.write(tmp_path)))
    assert meaning(known, "iccpr 19(2)") not in (None, meaning(known, "iccpr 19"))
    assert [meaning(known, link) for link in ("no-such", "iccpr 26", "icpcr 25(b)", "")] == [None] * 4


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> list[Context]:
    """Give plans of growing size, each frozen and reviewed as it is."""
    contexts = []
    for size in SIZES:
        folder = tmp_path_factory.mktemp(f"plan-{size}")
        subprocess.run([sys.executable, ROOT / "benchmarks/generate.py", str(size), folder], check=True)
        plan = validate.valid_plan(folder)
        contexts.append(_context(plan))
    return contexts


def _context(plan: Plan) -> Context:
    known, stage = trace(plan), plan.current_stage()
    assert stage is not None
    digest = digests.text(plan)
    frozen = Baseline(
        name="before",
        stage=stage.id,
        date=stage.date,
        digest=digest,
        text_digest=digest,
        digests={},
        plan=plan,
    )
    links = {
        action.id: (*action.recommendations, *map(str, action.provisions))
        for _, action in plan.walk_actions()
    }
    reviews = tuple(
        Review(
            record=name,
            by="An editor",
            date=stage.date,
            links=tuple(ReviewedLink(to=link, digest=meaning(known, link) or "") for link in each),
        )
        for name, each in links.items()
    )
    frozen_stage = stage.model_copy(update={"baseline": "before"})
    return Context(
        plan, known, frozen_stage, baselines=("before",), frozen={"before": frozen}, reviews=reviews
    )


A_FEW = 200
"""Instructions by which a run may differ from the next: what the interpreter warms up or finds cached."""


def _operations(rule: Rule, context: Context) -> int:
    """Count the instructions of Python that a rule takes."""
    count = 0

    def step(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return step

    before = sys.gettrace()
    findings: Iterator[object] = rule.run(context)
    sys.settrace(step)
    try:
        for _ in findings:
            pass
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_is_more_than_linear_in_the_size_of_the_plan(rule: Rule, growing: list[Context]) -> None:
    for context in growing:
        _ = context.prose, context.unusual_strings
    _operations(rule, growing[0])  # what is done once, whatever the size, is done before counting
    small, middle, large = (_operations(rule, context) for context in growing)
    assert large <= 2.3 * middle + A_FEW
    grown, grown_again = middle - small, large - middle
    assert grown_again <= 2.3 * grown + 0.05 * middle + A_FEW, "what does not grow is taken off"
