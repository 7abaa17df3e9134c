"""Texts that a plan may hold and a format may stumble over, and plans that are full of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import word_samples
from hypothesis import strategies as st

if TYPE_CHECKING:
    from poa_toolkit.model import Plan

_PIECES = (
    *("words ", "[", "]", "|", "\\[", "\\]", "\\\\", "ohchr: ", "[ohchr: no]", "[a | [b | c]]", "[a][b]"),
    *(
        "{A-001}",
        "{A-001(a)}",
        "{A-002(a)|no}",
        "{section:practice}",
        "{annex:matrix}",
        "{A-999}",
        "\\{",
        "{",
    ),
    *("<b>", "</p>", "&amp;", "&", "]]>", "<!--", '"', "'", "#A-001", "https://example.org/ä?a=1&b=[2]"),
    *(
        "\x00",
        "\x1b",
        "\r",
        "\r\n",
        "\n",
        "\t",
        "  ",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufffe",
        "\u00a0",
        "\U0001f5f3",
    ),
    *("انتخابات", "выборы", "选举"),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
).filter(str.strip)
"""Any text that the model takes."""


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan with one of everything, every text of which is odd."""
    data = word_samples.small().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for key in ("title", "subtitle", "notice"):
        data[key] = draw(TEXTS)
    data["style"] = draw(st.sampled_from(("un", "carter")))
    data["symbol"] = draw(st.none() | TEXTS)
    data["masthead"] = {"organization": draw(TEXTS), "distribution": draw(TEXTS)}
    for each in (*data["front"], *data["introduction"], *_actions(data)):
        each["text"] = draw(TEXTS)
    for action in _actions(data):
        action["points"] = draw(_points())
        action |= {"why": draw(TEXTS), "timeframe": draw(TEXTS), "reason": draw(TEXTS)}
    for each in (
        *data["sections"],
        *data["actors"],
        *data["participants"],
        *data["links"],
        *data["instruments"],
    ):
        each["title"] = draw(TEXTS)
    for source in data["sources"]:
        for each in source["recommendations"]:
            each |= {"text": draw(TEXTS), "symbol": draw(TEXTS), "source": draw(TEXTS), "note": draw(TEXTS)}
    return type(word_samples.small()).model_validate(data)


def _actions(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [action for section in data["sections"] for action in section["actions"]]


def _points() -> st.SearchStrategy[list[dict[str, Any]]]:
    below = st.lists(TEXTS, max_size=2)
    return st.lists(st.tuples(TEXTS, below), max_size=3).map(
        lambda drawn: [
            {
                "id": "abc"[index],
                "text": text,
                "points": [{"id": f"{'abc'[index]}-{n}", "text": each} for n, each in enumerate(others)],
            }
            for index, (text, others) in enumerate(drawn)
        ]
    )
