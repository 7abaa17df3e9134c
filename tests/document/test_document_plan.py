"""The clean document of a plan, before any format: what stands where, and in which words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import word_samples

from poa_toolkit.document import dates
from poa_toolkit.document.blocks import Document, Heading, Paragraph, Part, PartKind, Role, Table
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.runs import Link, Mark, Note, Text
from poa_toolkit.model import House

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.document.runs import Run

UN, CARTER = LABELS[House.UN], LABELS[House.CARTER]


def plain(runs: Iterable[Run]) -> str:
    """Give the text of runs, a note as {what it says}."""
    return "".join(f"{{{plain(run.runs)}}}" if isinstance(run, Note) else run.text for run in runs)


def paragraphs(document: Document, role: Role) -> list[Paragraph]:
    return [
        block
        for part in document.parts
        for block in part.blocks
        if isinstance(block, Paragraph) and block.role is role
    ]


def annex(document: Document, name: str) -> Part:
    return next(part for part in document.parts if part.name == name)


def rows(document: Document, name: str) -> list[list[str]]:
    tables = [block for block in annex(document, name).blocks if isinstance(block, Table)]
    return [[plain(cell) for cell in row.cells] for table in tables for row in table.rows]


@pytest.fixture(scope="module")
def document() -> Document:
    return plan_document(word_samples.small(), version="Second text")


def test_the_cover_says_who_where_when_and_how_far(document: Document) -> None:
    assert document.title == "Plan of Action on Human Rights & Elections"
    assert document.notice.startswith("A working text")
    assert document.cover == (
        ("Convened by", "First Organization; Second & Third"),
        ("Conference", "Human Rights and Election Standards"),
        ("Date", "4\N{EN DASH}5 December 2017"),
        ("Place", "Geneva"),
        ("Version", "Second text"),
        ("Stage", "Day 2, 5 December 2017"),
        ("Status of the text", "3 actions (1 refined, 2 agreed); 2 brackets open"),
        ("Digest of the text", f"{document.digest[:23]}…"),
    )
    assert document.author == "First Organization; Second & Third"


def test_without_a_version_the_head_of_the_pages_names_the_stage() -> None:
    document = plan_document(word_samples.small())
    assert document.version == "Day 2, 5 December 2017"
    assert "Version" not in dict(document.cover)


def test_the_other_house_has_its_own_dates_annexes_and_language() -> None:
    document = plan_document(word_samples.small(style="carter"))
    assert dict(document.cover)["Date"] == "Dec. 4-5, 2017"
    headings = [part.blocks[0] for part in document.parts if part.kind is PartKind.ANNEX]
    numbers = [block.number for block in headings if isinstance(block, Heading)]
    assert numbers == ["Appendix A.", "Appendix B.", "Appendix C.", "Appendix D.", "Appendix E.", ""]
    assert document.language == "en-US"


@pytest.mark.parametrize(
    ("days", "un", "carter"),
    [
        (["2017-12-04"], "4 December 2017", "Dec. 4, 2017"),
        (["2017-12-04", "2017-12-05"], "4\N{EN DASH}5 December 2017", "Dec. 4-5, 2017"),
        (["2017-12-05", "2017-12-04"], "4\N{EN DASH}5 December 2017", "Dec. 4-5, 2017"),
        (["2017-11-30", "2017-12-01"], "30 November\N{EN DASH}1 December 2017", "Nov. 30-Dec. 1, 2017"),
        (
            ["2017-12-31", "2018-01-01"],
            "31 December 2017\N{EN DASH}1 January 2018",
            "Dec. 31, 2017-Jan. 1, 2018",
        ),
        (["2017-12-04", "2017-12-06"], "4 December 2017; 6 December 2017", "Dec. 4, 2017; Dec. 6, 2017"),
    ],
)
def test_days_are_printed_as_each_house_prints_them(days: list[str], un: str, carter: str) -> None:
    parsed = [date.fromisoformat(each) for each in days]
    assert dates.days(parsed, UN) == un
    assert dates.days(parsed, CARTER) == carter


@pytest.mark.parametrize(
    ("given", "printed"),
    [("1988", "1988"), ("2014-10", "October 2014"), ("2014-10-31", "31 October 2014")],
)
def test_a_date_is_printed_as_far_as_it_is_on_record(given: str, printed: str) -> None:
    assert dates.partial(given, UN) == printed


def test_numbers_run_through_introduction_chapeau_and_printed_actions(document: Document) -> None:
    numbered = [
        (block.record, block.number)
        for part in document.parts
        for block in part.blocks
        if isinstance(block, Paragraph) and block.number
    ]
    assert numbered == [
        *(("P-01", "1."), ("P-02", "2."), ("P-03", "3.")),
        *(("A-001", "4."), ("A-001", "(a)"), ("A-001", "(b)")),
        *(("A-002", "5."), ("A-003", "6."), ("A-003", "(a)")),
    ]


def test_brackets_and_holders_are_marked_and_escapes_undone(document: Document) -> None:
    assert paragraphs(document, Role.ACTION)[0].runs == (
        Text("[International | National]", Mark.BRACKET),
        Text(" observers should cite "),
        Text("[", Mark.BRACKET),
        Text("ohchr: ", Mark.HOLDER),
        Text("the relevant]", Mark.BRACKET),
        Text(" provisions [sic]."),
    )


def test_a_text_whose_brackets_do_not_pair_is_shown_as_typed() -> None:
    plan = word_samples.small(introduction=[{"id": "P-01", "text": "left [open"}])
    assert paragraphs(plan_document(plan), Role.NUMBERED)[0].runs == (Text("left [open"),)


def test_the_lines_under_an_action_say_who_where_when_and_on_what_ground(document: Document) -> None:
    settings, links = paragraphs(document, Role.DETAIL)[:2]
    assert plain(settings.runs) == (
        "Addressed to: observer organizations, Office of the High Commissioner\xa0· "
        "Level: national, international\xa0· Timeframe: by the end of 2018\xa0· Status: refined"
    )
    assert plain(links.runs) == (
        "Provisions{International Covenant on Civil and Political Rights (“ICCPR”), A/RES/2200A(XXI), adopted "
        "16 December 1966, in force 23 March 1976; Human Rights Committee, general comment No. 25 (“general "
        "comment 25”), CCPR/C/21/Rev.1/Add.7, adopted 12 July 1996 (not verified).}: ICCPR, arts.\xa02(3) and "
        "25(b); general comment 25, para.\xa020\xa0· Recommendations: c-2015-r1, upr-1"
    )


def notes(document: Document) -> list[str]:
    found = [run for each in paragraphs(document, Role.DETAIL) for run in each.runs if isinstance(run, Note)]
    return [plain(note.runs) for note in found]


def test_an_instrument_has_a_note_where_the_text_cites_it_first_and_no_other(document: Document) -> None:
    assert len(notes(document)) == 1
    sections = [section.model_dump(mode="json", by_alias=True) for section in word_samples.small().sections]
    sections[0]["actions"][0]["provisions"] = ["gc-25 20"]
    first, second = notes(plan_document(word_samples.small(sections=sections)))
    assert first.startswith("Human Rights Committee, general comment No. 25")
    assert second.startswith("International Covenant")
    sections[0]["actions"][0]["status"] = "withdrawn"
    assert len(notes(plan_document(word_samples.small(sections=sections)))) == 2


def test_a_note_names_an_instrument_as_the_line_does_where_it_has_no_other_name() -> None:
    base = [each.model_dump(mode="json") for each in word_samples.small().instruments]
    instruments = [{**each, "short": None, "symbol": None, "in_force": None} for each in base]
    instruments[1] |= {"title": "General comment No. 25", "body": "Human Rights Committee", "adopted": "1996"}
    assert notes(plan_document(word_samples.small(instruments=instruments))) == [
        (
            "International Covenant on Civil and Political Rights, adopted 16 December 1966; Human Rights "
            "Committee, General comment No. 25, adopted 1996 (not verified)."
        )
    ]


def test_dates_in_a_note_are_those_of_the_house() -> None:
    assert (
        "adopted Dec. 16, 1966, in force March 23, 1976"
        in notes(plan_document(word_samples.small(style="carter")))[0]
    )


def test_no_line_ends_between_a_unit_and_its_number_nor_before_a_dot(document: Document) -> None:
    said = [plain(each.runs) for each in paragraphs(document, Role.DETAIL)]
    said += [
        cell
        for name in ("recommendations", "instruments", "matrix")
        for row in rows(document, name)
        for cell in row
    ]
    for each in said:
        assert not re.search(r"(?:arts?|paras?|sects?)\. ", each)
        assert " ·" not in each


def test_a_symbol_stands_at_the_head_of_the_cover_or_in_its_list_and_is_never_invented() -> None:
    symbol = "A/CONF.000/L.1"
    un = plan_document(word_samples.small(symbol=symbol))
    carter = plan_document(word_samples.small(symbol=symbol, style="carter"))
    assert (un.symbol, carter.symbol) == (symbol, "")
    assert ("Symbol", symbol) in carter.cover
    assert "Symbol" not in dict(un.cover)
    without = plan_document(word_samples.small(style="carter"))
    assert (without.symbol, "Symbol" in dict(without.cover)) == ("", False)


@pytest.mark.parametrize(("style", "numbers"), [("un", ["A.", "B."]), ("carter", ["", ""])])
def test_tables_of_one_annex_bear_letters_in_one_house(style: str, numbers: list[str]) -> None:
    document = plan_document(word_samples.small(style=style))
    annex = next(part for part in document.parts if part.name == "instruments")
    headings = [block for block in annex.blocks if isinstance(block, Heading) and block.level > 1]
    assert [block.number for block in headings] == numbers


def test_a_style_changes_no_word_of_the_plan() -> None:
    """Every text is the same in both houses, but for titles of holders; labels, dates, annexes differ."""
    documents = [plan_document(word_samples.small(style=style)) for style in ("un", "carter")]
    texts = [
        [
            plain(block.runs)
            for part in each.parts
            for block in part.blocks
            if isinstance(block, Paragraph) and block.field not in (None, "settings", "links")
        ]
        for each in documents
    ]
    titled = [each.replace("[ohchr: ", "[Office of the High Commissioner: ") for each in texts[0]]
    assert titled == texts[1] != texts[0]
    assert texts[0]


def test_statuses_are_said_under_actions_only_where_they_differ() -> None:
    base = word_samples.small()
    action = {"id": "A-001", "text": "Do it.", "status": "agreed", "level": ["national"]}
    document = plan_document(
        base.model_copy(
            update={
                "sections": word_samples.small(
                    sections=[{"id": "s", "title": "S", "actions": [action]}]
                ).sections
            }
        )
    )
    assert [plain(each.runs) for each in paragraphs(document, Role.DETAIL)] == ["Level: national"]


def test_annexes_come_in_order_and_only_the_matrix_is_wide(document: Document) -> None:
    found = [(part.name, part.wide) for part in document.parts if part.kind is PartKind.ANNEX]
    assert found == [
        *(("recommendations", False), ("instruments", False), ("matrix", True)),
        *(("withdrawn", False), ("participants", False), ("links", False)),
    ]


def test_source_recommendations_say_where_they_stand_and_who_took_them_up(document: Document) -> None:
    assert rows(document, "recommendations") == [
        ["c-2015-r1", "recorded", "Cite the law in each report.", "4, 6"],
        ["c-2015-r2", "(illustrative)", "Meet again. Not taken up: Done meanwhile.", "none"],
        [
            "upr-1",
            (
                "A/HRC/26/16, para.\xa0118.23; Cambodia, recommended by Canada; 28 January 2014; "
                "supported (not verified)"
            ),
            "Publish results at once.",
            "4, 5",
        ],
    ]


def test_only_cited_instruments_are_listed_with_their_doubts(document: Document) -> None:
    assert rows(document, "instruments") == [
        [
            "International Covenant on Civil and Political Rights (ICCPR), A/RES/2200A(XXI)",
            "16 December 1966; in force 23 March 1976",
            "arts.\xa02(3) and 25(b)",
            "4, 5",
        ],
        [
            (
                "Human Rights Committee, general comment No. 25 (general comment 25), CCPR/C/21/Rev.1/Add.7 "
                "(not verified)"
            ),
            "12 July 1996",
            "para.\xa020",
            "4, 6",
        ],
    ]


def test_a_doubt_stands_at_the_provision_that_it_is_about() -> None:
    instruments = [each.model_dump(mode="json") for each in word_samples.small().instruments]
    instruments[0]["provisions"][0]["verified"] = False
    found = rows(plan_document(word_samples.small(instruments=instruments)), "instruments")
    assert [row[2] for row in found] == ["arts.\xa02(3) (not verified) and 25(b)", "para.\xa020"]


def test_a_reason_not_to_take_a_recommendation_up_is_muted_behind_its_gist(document: Document) -> None:
    table = next(block for block in annex(document, "recommendations").blocks if isinstance(block, Table))
    gist, taken = table.rows[1].cells[2:]
    assert gist[-2:] == (Text("Not taken up: ", Mark.MUTED), Text("Done meanwhile.", Mark.MUTED))
    assert taken == (Text("none", Mark.MUTED),)


def test_the_matrix_joins_each_action_with_its_sources_and_why(document: Document) -> None:
    assert rows(document, "matrix")[1] == [
        "5",
        "upr-1",
        "ICCPR, art.\xa025(b)",
        "Gives the mechanism what it asked for.",
    ]
    table = next(block for block in annex(document, "matrix").blocks if isinstance(block, Table))
    assert table.rows[1].cells[0] == (Link("5", "#A-002"),)


def test_withdrawn_actions_stand_in_an_annex_with_their_points(document: Document) -> None:
    assert rows(document, "withdrawn") == [
        [
            "A-004",
            "withdrawn",
            "A forum should meet every year. (a) in Geneva.",
            "Taken into the first action.",
        ]
    ]
    assert "A-004" not in [each.record for each in paragraphs(document, Role.ACTION)]


def test_participants_are_listed_with_their_meetings(document: Document) -> None:
    assert rows(document, "participants") == [
        ["First Organization", "convenor", ""],
        ["Second & Third (not verified)", "participant", "11\N{EN DASH}12 February 2015"],
    ]


def test_links_that_lead_nowhere_are_printed_as_they_stand() -> None:
    action = {
        "id": "A-001",
        "text": "Do it.",
        "status": "draft",
        "addressees": ["nobody"],
        "recommendations": ["missing"],
        "provisions": ["unknown 4", "iccpr 99"],
    }
    document = plan_document(word_samples.small(sections=[{"id": "s", "title": "S", "actions": [action]}]))
    settings, links = paragraphs(document, Role.DETAIL)
    assert plain(settings.runs) == "Addressed to: nobody"
    assert plain(links.runs) == (
        "Provisions{unknown; International Covenant on Civil and Political Rights (“ICCPR”), A/RES/2200A(XXI), "
        "adopted 16 December 1966, in force 23 March 1976.}: unknown 4; ICCPR, art.\xa099\xa0· "
        "Recommendations: missing"
    )


@pytest.mark.parametrize(
    ("reference", "listed", "doubt"),
    [
        ("25(b)", [("25(b)", True)], False),
        ("25(b)", [("25(b)", False)], True),
        ("25", [("25(a)", True), ("25(b)", True)], False),
        ("25", [("25(a)", True), ("25(b)", False)], True),
        ("25(d)", [("25", True)], False),
        ("25(d)", [("25", False)], True),
    ],
)
def test_a_citation_is_as_verified_as_the_entry_that_makes_it_known(
    reference: str, listed: list[tuple[str, bool]], *, doubt: bool
) -> None:
    instrument = word_samples.small().instruments[0].model_dump(mode="json")
    instrument["provisions"] = [{"ref": ref, "subject": "it", "verified": done} for ref, done in listed]
    action = {"id": "A-001", "text": "Do it.", "status": "draft", "provisions": [f"iccpr {reference}"]}
    plan = word_samples.small(
        sections=[{"id": "s", "title": "S", "actions": [action]}], instruments=[instrument]
    )
    document = plan_document(plan)
    assert ("not verified" in rows(document, "instruments")[0][2]) is doubt
    assert "not verified" not in plain(paragraphs(document, Role.DETAIL)[0].runs)


def test_the_preamble_and_an_annex_have_no_unit() -> None:
    action = {
        "id": "A-001",
        "text": "Do it.",
        "status": "draft",
        "provisions": ["iccpr preamble", "iccpr 2(3)"],
    }
    document = plan_document(word_samples.small(sections=[{"id": "s", "title": "S", "actions": [action]}]))
    assert plain(paragraphs(document, Role.DETAIL)[0].runs).endswith("}: ICCPR, preamble, art.\xa02(3)")


def test_every_value_has_its_word_in_each_house() -> None:
    for words in (UN, CARTER):
        for table in (words.units, words.levels, words.statuses, words.positions, words.roles, words.kinds):
            kinds = {type(key) for key in table}
            assert set(table) == {member for kind in kinds for member in kind}


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("General comment No. 25 (57): voting", "General comment No. 25 (1996): voting"),
        ("General comment No. 1 (2014): law", "General comment No. 1 (2014): law"),
        ("General comment No. 25: voting", "General comment No. 25: voting"),
    ],
)
def test_a_note_cites_a_general_comment_by_its_year_as_texts_do(title: str, printed: str) -> None:
    listed = [
        each.model_dump(mode="json", exclude_defaults=True) for each in word_samples.small().instruments
    ]
    comment = next(each for each in listed if each["kind"] == "general-comment")
    comment["title"] = title
    made = plan_document(word_samples.small(instruments=listed))
    assert any(printed in note for note in notes(made))
    # the annex has the title of record
    assert any(title in row[0] for row in rows(made, "instruments"))
