"""What each paragraph of a draft is taken for, by what its reader sees; no word of it is ever lost."""

# ruff: noqa: RUF001 - drafts in many scripts

from __future__ import annotations

import pytest
from drafts import (
    BODY,
    SOMEBODY,
    Shape,
    asides,
    automatic,
    bold,
    calling,
    cell,
    file,
    heading,
    note,
    read,
    section,
    shapes,
    text,
    title,
)
from hypothesis import given
from hypothesis import strategies as st

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.draft import choices
from poa_toolkit.returned.draft.choices import Choices
from poa_toolkit.returned.draft.drafted_plan import DraftedPlan
from poa_toolkit.returned.draft.read import drafted
from poa_toolkit.returned.word_file import Form, Graphic, Look, Paragraph, ParagraphPlace, Piece, WordComment
from poa_toolkit.text.numerals import letter, small_roman

LETTER, ROMAN, BULLET = Form.LOWER_LETTER, Form.LOWER_ROMAN, Form.BULLET

LISTS: dict[str, tuple[Paragraph | str, ...]] = {
    "letters in brackets, a list of their own": (
        automatic("States should publish:", "1.", indent=720),
        automatic("the list of voters;", "(a)", LETTER, series="2", indent=1080),
        automatic("the list of stations.", "(b)", LETTER, value=2, series="2", indent=1080),
        automatic("States should act.", "2.", value=2, indent=720),
    ),
    "letters of one list, a level below": (
        automatic("States should publish:", "1."),
        automatic("the list of voters;", "a.", LETTER, level=1),
        automatic("the list of stations.", "b.", LETTER, value=2, level=1),
        automatic("States should act.", "2.", value=2),
    ),
    "roman ones, no further in": (
        automatic("States should publish:", "1.", indent=720),
        automatic("the list of voters;", "i)", ROMAN, series="2", indent=720),
        automatic("the list of stations.", "ii)", ROMAN, value=2, series="2", indent=720),
        automatic("States should act.", "2.", value=2, indent=720),
    ),
    "numbers like those above, further in": (
        automatic("States should publish:", "1.", indent=360),
        automatic("the list of voters;", "1.", series="2", indent=720),
        automatic("the list of stations.", "2.", value=2, series="2", indent=720),
        automatic("States should act.", "2.", value=2, indent=360),
    ),
    "bullets": (
        automatic("States should publish:", "1.", indent=360),
        automatic("the list of voters;", "•", BULLET, series="2", indent=360),
        automatic("the list of stations.", "•", BULLET, series="2", indent=360),
        automatic("States should act.", "2.", value=2, indent=360),
    ),
    "typed": (
        "1. States should publish:",
        "(a) the list of voters;",
        "(b) the list of stations.",
        "2. States should act.",
    ),
    "typed behind line breaks": (
        "1. States should publish:\n(a) the list of voters;\n(b) the list of stations.",
        "2. States should act.",
    ),
    "typed, with tabs": (
        "1\tStates should publish:",
        "a)\tthe list of voters;",
        "b)\tthe list of stations.",
        "2\tStates should act.",
    ),
    "typed dashes": (
        "1) States should publish:",
        "– the list of voters;",
        "- the list of stations.",
        "2) States should act.",
    ),
    "typed outline": (
        "1. States should publish:",
        "1.1 the list of voters;",
        "1.2 the list of stations.",
        "2. States should act.",
    ),
    "typed and automatic": (
        "1. States should publish:",
        automatic("the list of voters;", "(a)", LETTER, indent=720),
        automatic("the list of stations.", "(b)", LETTER, value=2, indent=720),
        automatic("States should act.", "2.", series="9", value=2, indent=360),
    ),
    "no number above the points": (
        "States should publish:",
        automatic("the list of voters;", "•", BULLET),
        automatic("the list of stations.", "•", BULLET),
        "States should act.",
    ),
    "Arabic-Indic figures and letters": (
        "١. States should publish:",
        "(أ) the list of voters;",
        "(ب) the list of stations.",
        "٢. States should act.",
    ),
    "French": (
        "1°\u00a0States should publish:",
        "a)\u00a0the list of voters;",
        "b)\u00a0the list of stations.",
        "2°\u00a0States should act.",
    ),
    "numbers in square brackets": (
        "[1] States should publish:",
        "• the list of voters;",
        "• the list of stations.",
        "[2] States should act.",
    ),
    "numbers on lines of their own": (
        "1.",
        "States should publish:",
        "(a) the list of voters;",
        "(b) the list of stations.",
        "2.",
        "States should act.",
    ),
    "Arabic letters and dashes": (
        "١- States should publish:",
        "أ- the list of voters;",
        "ب- the list of stations.",
        "٢- States should act.",
    ),
    "full-width figures": (
        "１．States should publish:",
        "（1）the list of voters;",
        "（2）the list of stations.",
        "２．States should act.",
    ),
    "Korean": (
        "1. States should publish:",
        "가. the list of voters;",
        "나. the list of stations.",
        "2. States should act.",
    ),
    "Cyrillic": (
        "1. States should publish:",
        "а) the list of voters;",
        "б) the list of stations.",
        "2. States should act.",
    ),
    "Chinese": (
        "（一）States should publish:",
        "1. the list of voters;",
        "2. the list of stations.",
        "（二）States should act.",
    ),
}
POINTS = Shape(
    "Voters",
    (),
    (
        ("States should publish:", "the list of voters;", "the list of stations."),
        ("States should act.",),
    ),
)


@pytest.mark.parametrize("habit", LISTS)
def test_a_list_below_a_numbered_paragraph_is_its_points(habit: str) -> None:
    assert section(*LISTS[habit]) == POINTS


def test_a_point_may_begin_with_a_small_word() -> None:
    words = [
        "1. States are encouraged:",
        "(a) to publish lists;",
        "(b) or to read them out;",
        "(c) and to act.",
    ]
    assert section(*words).actions == (
        ("States are encouraged:", "to publish lists;", "or to read them out;", "and to act."),
    )


def test_a_list_in_a_text_without_points_is_joined_to_it() -> None:
    lines = ["1. Elections matter:", "(a) to voters;", "(b) to States."]
    plan = read(title("A plan"), heading("Preamble"), *lines, heading("Voters"), "2. States should act.")
    assert [each.text for each in plan.introduction] == ["Elections matter: (a) to voters; (b) to States."]
    assert plan.introduction[0].guess


def test_numbered_paragraphs_that_only_narrate_are_the_chapeau() -> None:
    lines = ["1. The reports are late.", "2. Publish the lists.", "3. States should act."]
    plan = read(title("A plan"), heading("Voters"), *lines)
    assert shapes(plan)[0] == Shape(
        "Voters", ("The reports are late.",), (("Publish the lists.",), ("States should act.",))
    )
    assert plan.sections[0].chapeau[0].guess
    # where nothing asks, a number says enough
    assert section("1. The reports are late.", "2. Publish the lists.").chapeau == ()
    given = Choices(actions_are=choices.actions_are("numbered"))
    assert len(section(*lines, choices=given).actions) == len(lines)


def test_lines_below_an_action_fill_its_fields() -> None:
    lines = [
        "1. States should act.",
        "Responsible: States · Level: national · When: 2018",
        "Source: ICCPR, art. 25",
    ]
    plan = read(title("A plan"), heading("Voters"), *lines, "Note: States should read this.")
    first, second = plan.sections[0].actions
    assert first.settings == {
        "addressees": ["States"],
        "level": ["national"],
        "timeframe": ["2018"],
        "recommendations": ["ICCPR, art. 25"],
    }
    assert (second.text, second.settings) == ("Note: States should read this.", {})


def test_a_sentence_of_its_own_below_a_colon_is_an_action() -> None:
    found = section(
        "They agreed to recommend the following:", "• States should act.", "• Observers should report."
    )
    assert found == Shape(
        "Voters",
        ("They agreed to recommend the following:",),
        (("States should act.",), ("Observers should report.",)),
    )


def test_a_paragraph_further_in_goes_on() -> None:
    lines = [
        automatic("States should act.", "1.", indent=720),
        text("They should do so soon.", indent=720),
        automatic("States should print.", "2.", value=2, indent=720),
    ]
    assert section(*lines).actions == (
        ("States should act. They should do so soon.",),
        ("States should print.",),
    )


def test_what_is_no_sentence_behind_an_action_is_told() -> None:
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", "Table 1. Turnout", "Signatures")
    assert [words for _, words in asides(plan)] == ["Table 1. Turnout", "Signatures"]


def test_a_draft_without_a_heading_is_one_section() -> None:
    plan = read(
        "A declaration", "We, who met,", "1. Call upon States to act;", "2. Encourage observers to report."
    )
    assert [each.text for each in plan.front] == ["We, who met,"]
    assert shapes(plan) == (
        Shape("A declaration", (), (("Call upon States to act;",), ("Encourage observers to report.",))),
    )
    assert plan.sections[0].title.guess


def test_a_part_above_a_chapter_is_not_its_number() -> None:
    lines: list[Paragraph | str] = [heading("Part I"), heading("Voters", 2), "1. States should act."]
    plan = read(title("A plan"), *lines)
    assert asides(plan) == [("a heading with nothing below it", "Part I")]


def test_the_number_of_a_heading_is_taken_off() -> None:
    lines: list[Paragraph | str] = []
    for words in (
        "I. Voters",
        "II. Ballots",
        "A. Counting",
        "3. Results",
        "Chapter 4: Appeals",
        "Section V – Money",
    ):
        lines += [heading(words), "1. States should act."]
    titles = [each.title for each in shapes(read(title("A plan"), *lines))]
    assert titles == ["Voters", "Ballots", "Counting", "Results", "Appeals", "Money"]


def test_a_letter_goes_on_where_the_count_says_so() -> None:
    words = [f"({letter}) item {letter};" for letter in "abcdefghij"]
    found = section("1. States should publish:", *words)
    assert [each[5:6] for each in found.actions[0][1:]] == list("abcdefghij")


def test_a_roman_one_begins_a_list_of_its_own() -> None:
    plan = read(
        title("A plan"),
        heading("Voters"),
        "1. States should publish:",
        "(a) lists, namely:",
        "(i) of voters;",
        "(ii) of stations;",
        "(b) results.",
    )
    assert shapes(plan)[0].actions == (("States should publish:", "lists, namely:", "results."),)
    assert points(plan) == [
        ("a", "lists, namely:"),
        ("a-i", "of voters;"),
        ("a-ii", "of stations;"),
        ("b", "results."),
    ]
    assert asides(plan) == []


def points(plan: DraftedPlan) -> list[tuple[str, str]]:
    """Give the points of all actions, each before its sub-points: id and words."""
    actions = (action for section in plan.sections for action in section.actions)
    return [(point.id, point.text) for action in actions for point, _ in action.walk_points()]


def test_what_stands_below_a_sub_point_is_told() -> None:
    plan = read(
        title("A plan"),
        heading("Voters"),
        "1. States should publish:",
        "(a) lists, namely:",
        "(i) of voters,",
        "a. at home;",
        "b. abroad;",
        "(ii) of stations.",
    )
    assert [name for name, _ in points(plan)] == ["a", "a-i", "a-ii"]
    assert asides(plan) == [
        ("a., a level below the sub-points of its action", "at home;"),
        ("b., a level below the sub-points of its action", "abroad;"),
    ]


@given(st.lists(st.sampled_from((0, 0, 2, 3, 4)), min_size=2, max_size=12))
def test_letters_and_numerals_are_told_apart_by_the_list_they_stand_in(below: list[int]) -> None:
    lines, wanted = [], []
    for at, count in enumerate(below, 1):
        lines.append(f"({letter(at)}) item {at}{':' if count else ';'}")
        wanted.append((letter(at), f"item {at}{':' if count else ';'}"))
        for one in range(1, count + 1):
            lines.append(f"({small_roman(one)}) item {at} {one};")
            wanted.append((f"{letter(at)}-{small_roman(one)}", f"item {at} {one};"))
    plan = read(title("A plan"), heading("Voters"), "1. States should publish:", *lines)
    assert points(plan) == wanted


@pytest.mark.parametrize(
    "numbers",
    [("1.", "2.", "3."), ("7.", "8.", "9."), ("1.", "3.", "7."), ("1.", "2.", "1."), ("1)", "(2)", "3.")],
    ids=["count", "run on", "skip", "begin anew", "differ"],
)
def test_numbers_may_run_on_skip_and_begin_anew(numbers: tuple[str, ...]) -> None:
    found = section(*(f"{each} States should act." for each in numbers))
    assert found.actions == (("States should act.",),) * 3


@pytest.mark.parametrize(
    "words",
    [
        "5.5 million voters should be registered.",
        "12.5 per cent should be the limit.",
        "40 per cent of the seats should be kept.",
        "2018 should be the year of the reform.",
        "4. December 2017 should be the day.",
        "i.e. States should act.",
        "(a) and (b) of article 25 should be read together.",
        "A. Smith should be heard.",
        "E-voting should be tested.",
        "Article 25 of the Covenant should be cited.",
        "25(b) should be cited.",
        "a.m. should be avoided.",
        "1990s laws should be changed.",
        "3% should be enough.",
        "C. States should act.",
        "10,000 voters should be asked.",
        "50 – 60 voters should be asked.",
    ],
)
def test_what_begins_a_sentence_is_no_number(words: str) -> None:
    assert section(words).actions == ((words,),)
    assert section("1. States should publish the law.", words).actions[1] == (words,)


def test_a_quantity_is_no_number_even_where_it_would_be_the_next() -> None:
    words = ["5.4 States should act.", "5.5 million voters should be registered.", "5.5 States should print."]
    assert section(*words).actions[1] == (words[1],)
    # a figure may well begin the text of the next one
    assert section("5.4 States should act.", "5.5 3 voters should be asked.").actions[1] == (
        "3 voters should be asked.",
    )


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("3) 12.5 per cent should be the limit.", "12.5 per cent should be the limit."),
        ("1.States should act.", "States should act."),
        ("1 – States should act.", "States should act."),
        ("1.- States should act.", "States should act."),
        ("Recommendation 1: States should act.", "States should act."),
        ("Article premier – States should act.", "States should act."),
        ("Article 1. States should act.", "States should act."),
        ("第一条 States should act.", "States should act."),
        ("① States should act.", "States should act."),
        ("1、States should act.", "States should act."),
        ("2. - dash first should stay", "- dash first should stay"),
    ],
)
def test_a_number_alone_is_taken_off(typed: str, rest: str) -> None:
    assert section(typed).actions == ((rest,),)


# --- headings ---

BY_LOOK: dict[str, tuple[Paragraph | str, ...]] = {
    "roman": ("A plan", "I. Voters", "1. States should act.", "II. Ballots", "2. States should print."),
    "capitals": ("A plan", "VOTERS", "1. States should act.", "BALLOTS", "2. States should print."),
    "bold": ("A plan", bold("Voters"), "1. States should act.", bold("Ballots"), "2. States should print."),
    "chapters": (
        "A plan",
        "Chapter I",
        "Voters",
        "Article 1",
        "States should act.",
        "Chapter II",
        "Ballots",
        "Article 2",
        "States should print.",
    ),
    "articles with titles": (
        "A plan",
        "Article 1 – Voters",
        "1. States should act.",
        "Article 2 – Ballots",
        "1. States should print.",
    ),
    "articles above their titles": (
        "A plan",
        "Article 1",
        "Voters",
        "States should act.",
        "Article 2",
        "Ballots",
        "States should print.",
    ),
    "numbers": (
        "A plan",
        "1. Voters",
        "1.1 States should act.",
        "2. Ballots",
        "2.1 States should print.",
    ),
    "numbers without numbers below": (
        "A plan",
        "1. Voters",
        "States should act.",
        "2. Ballots",
        "States should print.",
    ),
    "letters": ("A plan", "A. Voters", "1. States should act.", "B. Ballots", "2. States should print."),
    "Chinese": ("A plan", "一、Voters", "1. States should act.", "二、Ballots", "2. States should print."),
    "Arabic": (
        "A plan",
        "أولاً: Voters",
        "1. States should act.",
        "ثانياً: Ballots",
        "2. States should print.",
    ),
}


@pytest.mark.parametrize("look", BY_LOOK)
def test_headings_without_a_style_are_known_by_their_look(look: str) -> None:
    plan = read(*BY_LOOK[look])
    found = [each._replace(title=each.title.capitalize()) for each in shapes(plan)]
    assert found == [
        Shape("Voters", (), (("States should act.",),)),
        Shape("Ballots", (), (("States should print.",),)),
    ]
    assert plan.title.text == "A plan"


def test_a_sentence_with_a_name_in_capitals_is_no_heading() -> None:
    plan = read("行动计划", "I. 选举法", "1. 各国应公布法律。", "各国应向UPR提交报告，并在一年内公布结果。")
    assert shapes(plan)[0].actions == (("各国应公布法律。",), ("各国应向UPR提交报告，并在一年内公布结果。",))


def test_a_clause_in_the_style_of_a_heading_is_a_paragraph() -> None:
    words = "The Agreement will be governed by the laws of the land."
    assert section(heading(words, 2)).actions == ((words,),)


def test_a_heading_with_nothing_below_it_is_told() -> None:
    plan = read(
        title("A plan"),
        heading("Part one"),
        heading("Voters", 2),
        "1. States should act.",
        heading("Part two"),
    )
    assert [each.title for each in shapes(plan)] == ["Voters"]
    assert [words for _, words in asides(plan)] == ["Part one", "Part two"]


@pytest.mark.parametrize("words", ["Introduction", "Preamble", "Background and context", "Préambule", "引言"])
def test_the_heading_of_an_introduction_is_kept_as_a_comment(words: str) -> None:
    plan = read(title("A plan"), heading(words), "They met.", heading("Voters"), "1. States should act.")
    assert [each.text for each in plan.introduction] == ["They met."]
    assert any(aside.words == words and aside.is_kept for aside in plan.title.asides)


def test_a_heading_that_says_more_than_introduction_is_a_section() -> None:
    words = "Background paper of the working group on ballots"
    plan = read(title("A plan"), heading(words), "It met in May.", heading("Voters"), "1. States should act.")
    assert shapes(plan)[0] == Shape(words, ("It met in May.",), ())


# --- contents ---

CONTENTS: dict[str, list[Paragraph | str]] = {
    "field": [text("Voters\t3", generated="contents"), text("Ballots\t4", generated="contents")],
    "style": [text("Voters\t3", style="toc 1"), text("Ballots\t4", style="TOC 2")],
    "LibreOffice": [text("Voters\t3", style="Contents 1"), text("Ballots\t4", style="Contents 1")],
    "look": ["Contents", "Voters\t3", "Ballots\t4"],
    "leaders": ["Voters ........ 3", "Ballots ........ 4"],
    "French": ["Table des matières", "Voters\t3", "Ballots\tiv"],
    "Arabic": ["المحتويات", "Voters\t٣", "Ballots\t٤"],
    "with numbers": ["1. Voters\t3", "2. Ballots\t4"],
}


@pytest.mark.parametrize("form", CONTENTS)
def test_contents_are_left_out_and_counted(form: str) -> None:
    plan = read(
        title("A plan"),
        *CONTENTS[form],
        heading("Voters"),
        "1. States should act.",
        heading("Ballots"),
        "2. States should print.",
    )
    assert [each.title for each in shapes(plan)] == ["Voters", "Ballots"]
    assert not plan.front
    assert not asides(plan)
    assert plan.ledger.balance().generated > len("Voters3Ballots4")


@pytest.mark.parametrize(
    "lines",
    [
        ("Region North\t12", "Region South\t15", "Region East\t17"),
        ("Table 1. Turnout in 2017", "Table 2. Turnout in 2018"),
        ("Dear colleagues,", "We met in 2017"),
    ],
)
def test_what_only_looks_like_contents_is_kept(lines: tuple[str, ...]) -> None:
    plan = read(title("A plan"), *lines, heading("Voters"), "1. States should act.")
    assert [each.text for each in plan.front] == [each.replace("\t", " ") for each in lines]


# --- what is told ---


def test_struck_and_hidden_words_are_told_and_not_taken() -> None:
    struck = Piece("secret ", looks=frozenset((Look.STRUCK,)))
    hidden = Piece("soon ", looks=frozenset((Look.HIDDEN,)))
    words = Paragraph((Piece("1. States should "), hidden, Piece("publish "), struck, Piece("lists.")), BODY)
    plan = read(title("A plan"), heading("Voters"), words)
    assert shapes(plan)[0].actions == (("States should publish lists.",),)
    assert asides(plan) == [("words struck out by hand", "secret"), ("hidden text", "soon")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = text("1. States should publish ")._replace(deleted=SOMEBODY)
    plan = read(title("A plan"), heading("Voters"), first, text("their lists."))
    assert shapes(plan)[0].actions == (("States should publish their lists.",),)
    assert plan.is_tracked
    assert "joined two paragraphs" in plan.comments[0].text


def test_headers_boxes_and_pictures_are_told_once() -> None:
    header = Paragraph((Piece("Embargoed"), Piece("3", computed=True)), ParagraphPlace(1, "", "header"))
    box = Paragraph((Piece("Read me"),), ParagraphPlace(1, "", "box"))
    picture = text("", graphics=(Graphic("picture", "a seal", 0),))
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", picture, box, header, header)
    told = asides(plan)
    assert ("a picture", "a seal") in told
    assert ("a text box", "Read me") in told
    assert told.count(("a header or footer", "Embargoed")) == 1


def test_each_row_of_a_table_is_told() -> None:
    rows = [cell("Region", 1, 1), cell("Turnout", 1, 2), cell("North", 2, 1), cell("40", 2, 2)]
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", *rows, cell("Other", 1, 1, 2))
    assert asides(plan) == [
        ("row 1 of table 1", "Region | Turnout"),
        ("row 2 of table 1", "North | 40"),
        ("row 1 of table 2", "Other"),
    ]


@pytest.mark.parametrize("where", ["title", "heading", "first", "chapeau"])
def test_a_note_hangs_on_the_text_that_calls_it(where: str) -> None:
    lines = {
        "title": title("A plan"),
        "first": text("They met."),
        "heading": heading("Voters"),
        "chapeau": text("Voters count."),
    }
    lines[where] = calling(lines[where])
    plan = read(*lines.values(), "1. States should act.", note("See there."))
    assert plan.notes == {"note 1": "See there."}
    assert [each.notes for each in plan.records() if each.notes] == [["note 1"]]


def test_a_note_that_nothing_calls_is_told() -> None:
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", note("See there."))
    assert ("a note that nothing calls", "See there.") in asides(plan)


# --- comments and tracked changes ---


def test_who_changed_what_is_kept() -> None:
    one, two = Reviser("One"), Reviser("Two")
    words = Paragraph(
        (
            Piece("1. States should "),
            Piece("hide", deleted=one),
            Piece("publish", inserted=one),
            Piece(" all", inserted=two),
            Piece(" lists"),
            Piece(" soon", deleted=two),
            Piece("."),
        ),
        BODY,
    )
    plan = read(title("A plan"), heading("Voters"), words)
    assert shapes(plan)[0].actions == (("States should publish all lists.",),)
    said = {each.by.author: each.text.partition(": ")[2] for each in plan.comments}
    assert said == {"One": "“hide” became “publish”.", "Two": "put in “all”; took out “soon”."}
    assert {each.context for each in plan.comments} == {
        "the text before the changes: “1. States should hide lists soon.”"
    }


def test_a_paragraph_that_went_is_kept_as_a_comment() -> None:
    gone = Paragraph((Piece("2. States should hide.", deleted=SOMEBODY),), BODY, deleted=SOMEBODY)
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", gone, "3. States should print.")
    assert shapes(plan)[0].actions == (("States should act.",), ("States should print.",))
    assert "2. States should hide." in plan.comments[0].text


def test_comments_are_kept_with_answers() -> None:
    remarks = [
        WordComment("1", Reviser("One"), "Why?\nTell.", 2, words="act"),
        WordComment("2", Reviser("Two"), "Because.", 2, parent="1"),
        WordComment("3", Reviser("Two"), "Nowhere.", -1),
    ]
    plan = drafted(file(title("A plan"), heading("Voters"), "1. States should act.", remarks=remarks))
    first, second = plan.comments
    assert first.record is plan.sections[0].actions[0]
    assert (first.text, first.replies) == ("Why?\nTell.", ((Reviser("Two"), "Because."),))
    assert second.record is None
    balance = plan.ledger.balance()
    assert balance.read == balance.placed + balance.told + balance.generated


# --- tables ---

TABLE = [
    ["No.", "Action", "Who", "When", "Legal basis", "Status"],
    ["1", "States should publish the law.", "States; observers", "2018", "ICCPR, art. 19", "new"],
    ["Priority two"] * 6,
    ["2", "Observers should report:", "Observers", "", "", ""],
]


def _table(rows: list[list[str]]) -> list[Paragraph]:
    return [
        cell(words, row, column)
        for row, cells in enumerate(rows, 1)
        for column, words in enumerate(cells, 1)
        if words
    ]


def test_a_table_with_known_headings_gives_actions() -> None:
    plan = read(title("A plan"), heading("Voters"), *_table(TABLE))
    assert shapes(plan) == (
        Shape("Voters", (), (("States should publish the law.",),)),
        Shape("Priority two", (), (("Observers should report:",),)),
    )
    assert plan.sections[0].actions[0].settings == {
        "addressees": ["States; observers"],
        "timeframe": ["2018"],
        "recommendations": ["ICCPR, art. 19"],
    }
    assert asides(plan) == [("“Status” in row 2 of table 1", "new")]
    assert "“Who” → addressees" in plan.tables[0]


@pytest.mark.parametrize(
    "header", [("N°", "Mesure", "Responsable", "Échéance"), ("Núm.", "Acción", "Quién", "Plazo")]
)
def test_headings_of_tables_are_known_in_other_languages(header: tuple[str, ...]) -> None:
    rows = [list(header), ["1", "States should act.", "States", "2018"]]
    plan = read(title("A plan"), heading("Voters"), *_table(rows))
    assert shapes(plan)[0].actions == (("States should act.",),)
    assert plan.sections[0].actions[0].settings == {"addressees": ["States"], "timeframe": ["2018"]}


def test_columns_can_be_said() -> None:
    rows = [["X", "Y", "Z"], ["States should act.", "States", "soon"]]
    given = Choices(columns=choices.columns("action,addressees,-"))
    plan = read(title("A plan"), heading("Voters"), *_table(rows), choices=given)
    assert shapes(plan)[0].actions == (("States should act.",),)
    assert asides(plan) == [("“Z” in row 2 of table 1", "soon")]


def test_a_table_of_one_column_that_asks_is_read() -> None:
    rows = [
        cell("Recommendations", 1, 1),
        cell("States should act.", 2, 1),
        cell("States should print.", 3, 1),
    ]
    assert section(*rows).actions == (("States should act.",), ("States should print.",))


def test_a_list_in_a_cell_is_points() -> None:
    rows = [cell("Action", 1, 1), cell("Who", 1, 2), cell("States should publish:", 2, 1)]
    rows += [cell("• lists;", 2, 1), cell("• results.", 2, 1), cell("States", 2, 2)]
    plan = read(title("A plan"), heading("Voters"), *rows)
    assert shapes(plan)[0].actions == (("States should publish:", "lists;", "results."),)


# --- what a person says ---


def test_sections_can_begin_at_one_level() -> None:
    lines: list[Paragraph | str] = [heading("Part one"), heading("Voters", 2), "1. States should act."]
    lines += [heading("Part two")]
    given = Choices(sections_at=choices.sections_at("1"))
    plan = read(title("A plan"), *lines, "2. States should print.", choices=given)
    assert [each.title for each in shapes(plan)] == ["Part one", "Part two"]
    assert ("a heading that begins no section", "Voters") in asides(plan)


def test_sections_can_begin_at_a_style() -> None:
    lines: list[Paragraph | str] = [text("Voters", style="Theme"), "1. States should act."]
    plan = read(title("A plan"), *lines, choices=Choices(sections_at=choices.sections_at("style Theme")))
    assert [each.title for each in shapes(plan)] == ["Voters"]


@pytest.mark.parametrize(
    ("wanted", "actions"),
    [
        ("numbered", (("Much was said.", "States should act;"),)),
        ("lettered", (("States should act;",),)),
        ("asking", (("States should act;",), ("States should print.",))),
        ("plain", (("They met.",), ("States should print.",))),
    ],
)
def test_actions_can_be_said(wanted: str, actions: tuple[tuple[str, ...], ...]) -> None:
    lines = ["They met.", "1. Much was said.", "(a) States should act;", "States should print."]
    given = Choices(actions_are=choices.actions_are(wanted))
    found = section(*lines, choices=given)
    if wanted == "plain":
        assert [each[0] for each in found.actions] == [each[0] for each in actions]
    else:
        assert found.actions == actions


def test_points_can_be_said() -> None:
    lines = ["1. States should:", "(a) act;", "2. States should:", "- print."]
    assert section(*lines, choices=Choices(points_are=choices.points_are("bulleted"))).actions == (
        ("States should:",),
        ("act;",),
        ("States should:", "print."),
    )
    assert len(section(*lines, choices=Choices(points_are=("none",))).actions) == 4


@pytest.mark.parametrize(
    ("read_option", "given"),
    [
        (choices.sections_at, "0"),
        (choices.sections_at, "everything"),
        (choices.actions_are, ""),
        (choices.points_are, "plain"),
        (choices.columns, "action,colour"),
        (choices.columns, "number,-"),
    ],
)
def test_what_cannot_be_chosen_is_said(read_option: object, given: str) -> None:
    with pytest.raises(ValueError, match=r"use|must"):
        read_option(given)  # type: ignore[operator] # one of the functions above
