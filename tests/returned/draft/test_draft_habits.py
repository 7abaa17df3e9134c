"""Habits of people who write drafts without the styles of a word processor: covers, titles, leads, footers."""

# ruff: noqa: RUF001 - drafts in many scripts

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drafts import (
    Shape,
    asides,
    automatic,
    bold,
    cell,
    heading,
    read,
    section,
    shapes,
    text,
    title,
)

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.word_file import Form, Paragraph, ParagraphPlace, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.returned.draft.drafted_plan import DraftedPlan

BULLET = Form.BULLET


def centred(words: str) -> Paragraph:
    return bold(words)._replace(centred=True)


# --- covers and titles ---


def test_the_title_is_the_centred_line_that_stands_out_below_a_masthead() -> None:
    plan = read(
        "United Nations",
        "Distr.: Limited",
        centred("Draft plan of action on elections"),
        text("Submitted by the Chair", centred=True),
        bold("I. Voters"),
        "1. States should act.",
        bold("II. Ballots"),
        "2. States should print ballots.",
    )
    assert plan.title.text == "Draft plan of action on elections"
    assert [each.text for each in plan.front] == [
        "United Nations",
        "Distr.: Limited",
        "Submitted by the Chair",
    ]
    assert [each.title for each in shapes(plan)] == ["Voters", "Ballots"]


def test_a_title_of_several_centred_lines_leaves_none_of_them_as_a_heading() -> None:
    plan = read(
        centred("AFRICAN UNION"),
        centred("PLAN OF ACTION ON HUMAN RIGHTS IN ELECTIONS"),
        centred("2018"),
        heading("Voters"),
        "1. States should act.",
        heading("Ballots"),
        "2. States should print.",
    )
    assert plan.title.text == "PLAN OF ACTION ON HUMAN RIGHTS IN ELECTIONS"
    assert [each.text for each in plan.front] == ["AFRICAN UNION", "2018"]
    assert asides(plan) == []


def test_of_several_centred_lines_the_title_is_the_last_that_has_some_words() -> None:
    plan = read(
        centred("HOUSE OF ASSEMBLY"),
        centred("SELECT COMMITTEE ON HUMAN RIGHTS"),
        centred("Eleventh report: The rights of voters"),
        text("Ordered to be printed", centred=True),
        bold("I. Voters"),
        "1. States should act.",
        bold("II. Ballots"),
        "2. States should print ballots.",
    )
    assert plan.title.text == "Eleventh report: The rights of voters"
    assert [each.text for each in plan.front] == [
        "HOUSE OF ASSEMBLY",
        "SELECT COMMITTEE ON HUMAN RIGHTS",
        "Ordered to be printed",
    ]


def test_the_title_of_a_letter_stands_out_below_its_letterhead() -> None:
    plan = read(
        bold("Coalition for Open Ballots"),
        "12 Harbour Street",
        "To the Members of the Committee",
        bold("Submission: twelve steps towards elections"),
        "Dear Members,",
        "What we saw is set out in our report.",
        bold("I. Voters"),
        "1. States should act.",
        bold("II. Ballots"),
        "2. States should print ballots.",
    )
    assert plan.title.text == "Submission: twelve steps towards elections"
    assert [each.text for each in plan.front][-2:] == [
        "Dear Members,",
        "What we saw is set out in our report.",
    ]
    assert [each.title for each in shapes(plan)] == ["Voters", "Ballots"]


def test_above_headings_with_a_style_every_line_that_stands_out_may_be_the_title() -> None:
    plan = read(
        bold("Office of the Ombudsman"),
        bold("ROADMAP FOR INCLUSIVE ELECTIONS"),
        "The roll has not been cleaned since 2010.",
        heading("Voters"),
        "1. States should act.",
        heading("Ballots"),
        "2. States should print ballots.",
    )
    assert plan.title.text == "ROADMAP FOR INCLUSIVE ELECTIONS"
    assert [each.text for each in plan.front] == [
        "Office of the Ombudsman",
        "The roll has not been cleaned since 2010.",
    ]


def test_a_bold_line_above_a_text_or_another_is_no_title_below_a_plain_one() -> None:
    plan = read(
        "A draft",
        bold("The right to vote of everybody"),
        bold("Voters and their lists in towns"),
        "1. States should act.",
        bold("Ballots"),
        "2. States should print ballots.",
    )
    assert plan.title.text == "A draft"
    assert [each.title for each in shapes(plan)] == ["Voters and their lists in towns", "Ballots"]


def test_one_heading_above_all_others_is_the_title() -> None:
    plan = read(
        heading("A plan"),
        "Draft of May, for comments",
        heading("Voters", 2),
        "1. States should act.",
        heading("Ballots", 2),
        "2. States should print.",
    )
    assert plan.title.text == "A plan"
    assert [each.text for each in plan.front] == ["Draft of May, for comments"]
    assert [each.title for each in shapes(plan)] == ["Voters", "Ballots"]


def test_a_first_heading_with_actions_below_it_is_a_section() -> None:
    lines: list[Paragraph | str] = [
        heading("Voters"),
        "1. States should act.",
        heading("Lists", 2),
        "2. States should publish.",
    ]
    plan = read(*lines, heading("Ballots", 2), "3. States should print.")
    assert [each.title for each in shapes(plan)] == ["Voters", "Lists", "Ballots"]


@pytest.mark.parametrize(
    "words",
    [
        "Summary",
        "Executive summary",
        "Preliminary remarks",
        "Purpose of this document",
        "Résumé",
        "Resumen ejecutivo",
        "摘要",
    ],
)
def test_a_summary_at_the_head_is_part_of_the_introduction(words: str) -> None:
    plan = read(
        title("A plan"),
        heading(words),
        "It sets out what States may do.",
        heading("I. Introduction"),
        "1. Elections are held.",
        heading("II. Voters"),
        "2. States should act.",
    )
    assert [each.text for each in plan.introduction] == [
        "It sets out what States may do.",
        "Elections are held.",
    ]
    assert [each.title for each in shapes(plan)] == ["Voters"]


def test_an_introduction_may_stand_behind_a_list_of_acronyms() -> None:
    plan = read(
        title("A plan"),
        heading("Acronyms"),
        "EMB: election management body",
        heading("Introduction"),
        "They met.",
        heading("Voters"),
        "1. States should act.",
        heading("Background"),
        "Voters are many.",
    )
    assert [each.text for each in plan.introduction] == ["They met."]
    assert [each.title for each in shapes(plan)] == ["Acronyms", "Voters", "Background"]


# --- bold lines between paragraphs ---


def test_a_bold_line_between_lists_is_a_heading_below_the_styled_ones() -> None:
    plan = read(
        title("A plan"),
        heading("What we ask"),
        bold("Treaty bodies"),
        "• Include elections in lists of issues.",
        bold("Special procedures"),
        "• Visit countries before elections.",
        heading("Follow-up"),
        "• Meet again.",
    )
    assert [each.title for each in shapes(plan)] == ["Treaty bodies", "Special procedures", "Follow-up"]
    assert [words for _, words in asides(plan)] == ["What we ask"]


@pytest.mark.parametrize("words", ["States should act.", "Note:", "Geneva, 5 May 2018;"])
def test_a_bold_sentence_or_lead_is_no_heading(words: str) -> None:
    plan = read(title("A plan"), heading("Voters"), "1. States should print.", bold(words), "2. They act.")
    assert [each.title for each in shapes(plan)] == ["Voters"]


def test_a_bold_line_at_the_end_is_no_heading() -> None:
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", bold("The Chair"))
    assert [each.title for each in shapes(plan)] == ["Voters"]
    assert [words for _, words in asides(plan)] == ["The Chair"]


# --- what asks, and what only tells ---


@pytest.mark.parametrize(
    "words",
    [
        "We met to agree on what should change.",
        "The report sets out how States should answer.",
        "They discussed whether observers may take part.",
        "Le rapport dit ce que les États devraient faire.",
        "El informe dice lo que los Estados deben hacer.",
    ],
)
def test_a_sentence_that_only_speaks_of_duties_asks_nothing(words: str) -> None:
    assert section(words) == Shape("Voters", (words,), ())


@pytest.mark.parametrize(
    "words",
    [
        "States should say what should change.",
        "Those who observe elections should report.",
        "Member organizations commit to reporting.",
        "Les États s’engagent à publier les listes.",
        "Los Estados se comprometen a publicar las listas.",
        "La Asociación publicará una lista cada año.",
    ],
)
def test_a_sentence_that_asks_or_promises_is_an_action_without_a_number(words: str) -> None:
    assert section(words).actions == ((words,),)


def test_a_section_that_only_tells_is_a_chapeau_throughout() -> None:
    plan = read(
        title("A plan"),
        heading("Vision"),
        automatic("The vision of this plan is a vote for all.", "1.1"),
        automatic("The plan has two aims.", "1.2", value=2),
        heading("Voters"),
        automatic("States should act.", "2.1", series="2"),
    )
    assert shapes(plan)[0] == Shape(
        "Vision", ("The vision of this plan is a vote for all.", "The plan has two aims."), ()
    )
    assert all(each.guess for each in plan.sections[0].chapeau)


def test_the_list_below_a_colon_is_its_points_where_its_items_are_no_sentences() -> None:
    lines = ["As members, our duties are these:", "• base each report on law;", "• share our findings."]
    assert section(*lines).actions == (tuple(each.removeprefix("• ") for each in lines),)


def test_a_list_in_prose_that_asks_nothing_is_joined_to_the_chapeau() -> None:
    lines = [
        "The Office has seen elections.",
        "Three lessons stand out:",
        "• data come late;",
        "• work is slow.",
    ]
    assert section(*lines) == Shape("Voters", (lines[0], f"{lines[1]} data come late; work is slow."), ())


def test_an_action_that_asks_nothing_is_told() -> None:
    plan = read(title("A plan"), heading("Voters"), "As members, our duties are these:", "• to act;")
    assert plan.sections[0].actions[0].guess


def test_a_bullet_that_shows_nothing_is_none() -> None:
    """As pandoc marks the second paragraph of an item."""
    found = section(
        automatic("Results should be published.", "1.", indent=720),
        automatic("They should be in an open format.", " ", BULLET, series="2", indent=720),
        automatic("States should act.", "2.", value=2, indent=720),
    )
    assert found.actions == (
        ("Results should be published. They should be in an open format.",),
        ("States should act.",),
    )


# --- footers and tables ---


def _footer(*pieces: Piece) -> Paragraph:
    return Paragraph(pieces, ParagraphPlace(1, "", "header"))


@pytest.mark.parametrize("words", [("Page ", " of "), ("Seite ", ""), ("– ", " –"), ("第", "页 共")])
def test_a_line_that_only_counts_pages_is_generated(words: tuple[str, str]) -> None:
    before, between = words
    footer = _footer(Piece(before), Piece("2", computed=True), Piece(between), Piece("9", computed=True))
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", footer)
    assert asides(plan) == []


@pytest.mark.parametrize("words", ["Confidential ", "Draft 3, page ", "Embargoed until 5 May, page "])
def test_words_beside_a_page_number_are_told(words: str) -> None:
    footer = _footer(Piece(words), Piece("2", computed=True))
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", footer)
    assert asides(plan) == [("a header or footer", words.strip())]


def _cells(rows: Iterable[Sequence[str]]) -> list[Paragraph]:
    return [
        cell(words, row, column) for row, given in enumerate(rows, 1) for column, words in enumerate(given, 1)
    ]


def _of_table(*rows: list[str]) -> DraftedPlan:
    return read(title("A plan"), heading("Voters"), *_cells(rows))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Responsible entity", "addressees"),
        ("Responsible ministry or agency", "addressees"),
        ("Lead agency", "addressees"),
        ("Implementing partners", "addressees"),
        ("Structure responsable", "addressees"),
        ("Entidad responsable", "addressees"),
        ("Proposed time frame", "timeframe"),
        ("Completion date", "timeframe"),
        ("Délai d’exécution", "timeframe"),
        ("Source of the recommendation", "recommendations"),
        ("Treaty provisions", "recommendations"),
        ("Relevant international principle", "recommendations"),
    ],
)
def test_a_column_is_known_by_the_word_that_says_what_it_holds(name: str, field: str) -> None:
    plan = _of_table(["Activity", name], ["States should act.", "words of a cell"])
    assert plan.sections[0].actions[0].settings == {field: ["words of a cell"]}


@pytest.mark.parametrize(
    "name", ["Expected result", "Indicator", "Budget", "Status", "Means of verification", "Risk"]
)
def test_a_column_that_fills_no_field_is_told(name: str) -> None:
    plan = _of_table(["Activity", name, "Who"], ["States should act.", "words of a cell", "States"])
    assert [words for _, words in asides(plan)] == ["words of a cell"]


# --- what further drafts taught ---


def test_a_title_goes_on_on_the_line_below_it() -> None:
    plan = read(
        centred("PLAN OF ACTION"),
        centred("ON HUMAN RIGHTS IN ELECTIONS"),
        centred("2018"),
        centred("PREAMBLE"),
        "They met.",
        bold("I. Voters"),
        "1. States should act.",
        bold("II. Ballots"),
        "2. States should print.",
    )
    assert plan.title.text == "PLAN OF ACTION ON HUMAN RIGHTS IN ELECTIONS"
    assert [each.text for each in plan.front] == ["2018"]
    assert [each.text for each in plan.introduction] == ["They met."]


def test_two_paragraphs_in_the_style_of_a_title_are_one() -> None:
    plan = read(title("A plan"), title("for fair polls"), heading("Voters"), "1. States should act.")
    assert plan.title.text == "A plan for fair polls"


@pytest.mark.parametrize("words", ["Fait à Genève, le 12 mars 2018.", "Adopted in Addis Ababa in May 2018."])
def test_the_line_that_says_where_it_was_adopted_is_told(words: str) -> None:
    plan = read(title("A plan"), heading("Voters"), "1. States should act.", words)
    assert shapes(plan)[0].actions == (("States should act.",),)
    assert asides(plan) == [("where it was adopted", words)]


@pytest.mark.parametrize(
    "words", ["Les recommandations ont été publiées.", "Voting may be restricted by law."]
)
def test_a_noun_or_a_licence_asks_nothing(words: str) -> None:
    assert section(words).actions == ()


def test_lines_that_fill_fields_make_an_action_of_what_asks_above_them() -> None:
    plan = read(
        title("A plan"),
        heading("Voters"),
        "Members are many.",
        "Each member should train observers.",
        automatic("Who: all members", "•", BULLET),
        automatic("When: 2018", "•", BULLET),
    )
    assert shapes(plan)[0] == Shape(
        "Voters", ("Members are many.",), (("Each member should train observers.",),)
    )
    assert plan.sections[0].actions[0].settings == {"addressees": ["all members"], "timeframe": ["2018"]}
    assert plan.sections[0].actions[0].guess


def test_a_list_goes_on_with_the_sentence_above_it() -> None:
    lines = ["The secretariat should publish a handbook which", "1. explains the law;", "2. gives examples."]
    assert section(*lines).actions == (
        ("The secretariat should publish a handbook which", "explains the law;", "gives examples."),
    )


def test_actions_of_two_words_are_read_where_the_other_columns_are_those_of_a_plan() -> None:
    plan = _of_table(
        ["What?", "Who?", "When?"], ["Publish lists", "States", "2018"], ["Train", "All", "2019"]
    )
    assert shapes(plan)[0].actions == (("Publish lists",), ("Train",))


def test_an_action_column_that_holds_codes_is_no_action() -> None:
    plan = _of_table(["Action", "Who", "When"], ["A-1", "States", "2018"], ["A-2", "All", "2019"])
    assert shapes(plan) == ()


# --- headings of actions ---


def test_a_heading_numbered_as_an_action_is_one_with_the_text_below_it() -> None:
    plan = read(
        title("A plan"),
        heading("Goal one"),
        heading("Action 1.1: Train observers", 2),
        "Observers know little law.",
        "Each member should train them.",
        "Who: all members",
        heading("Action 1.2: Publish a handbook", 2),
        "The secretariat should publish a handbook which",
        "• explains the law;",
        "• gives examples.",
        heading("Goal two"),
        heading("Action 2.1: Keep records", 2),
        heading("Follow-up"),
        "1. States should act.",
    )
    assert shapes(plan) == (
        Shape(
            "Goal one",
            (),
            (
                ("Observers know little law. Each member should train them.",),
                (
                    "The secretariat should publish a handbook which",
                    "explains the law;",
                    "gives examples.",
                ),
            ),
        ),
        Shape("Goal two", (), (("Keep records",),)),
        Shape("Follow-up", (), (("States should act.",),)),
    )
    assert plan.sections[0].actions[0].settings == {"addressees": ["all members"]}
    assert [(each.words, each.is_kept) for each in plan.sections[0].actions[0].asides] == [
        ("Train observers", True)
    ]
    assert asides(plan) == []


def test_headings_of_actions_below_no_other_heading_are_in_one_section() -> None:
    plan = read(
        title("A plan"),
        heading("Recommendation 1"),
        "States should act.",
        heading("Recommendation 2"),
        "States should print.",
    )
    assert shapes(plan) == (Shape("A plan", (), (("States should act.",), ("States should print.",))),)


def test_headings_of_actions_beside_a_section_are_not_in_it() -> None:
    plan = read(
        title("A plan"),
        heading("Our network"),
        "It has many members.",
        heading("Action 1: Train"),
        "Members should train observers.",
        heading("Action 2: Report"),
        "Members should report.",
    )
    assert [(each.title, len(each.actions)) for each in shapes(plan)] == [("Our network", 0), ("A plan", 2)]


def test_headings_of_actions_are_in_the_empty_section_above_them() -> None:
    plan = read(title("A plan"), heading("Actions"), heading("Action 1: Train"), heading("Action 2: Report"))
    assert shapes(plan) == (Shape("Actions", (), (("Train",), ("Report",))),)


def test_headings_of_actions_are_all_sections_where_one_has_several_actions() -> None:
    plan = read(
        title("A plan"),
        heading("Recommendation 1"),
        "The law should be clear.",
        "(1) The Ministry shall draft it.",
        "(2) Parliament shall adopt it.",
        heading("Recommendation 2"),
        "The list should be public.",
        "(3) The Commission shall publish it.",
    )
    assert [each.title for each in shapes(plan)] == ["Recommendation 1", "Recommendation 2"]


def test_a_numbered_heading_with_several_actions_below_it_is_a_section() -> None:
    plan = read(
        title("A plan"),
        heading("Principle 1: Secrecy"),
        "1. States should act.",
        "2. States should print.",
        heading("Principle 2: Publicity"),
        "3. States should publish.",
        "4. States should report.",
    )
    assert [each.title for each in shapes(plan)] == ["Secrecy", "Publicity"]


def test_fields_below_the_heading_of_an_action_need_no_words_that_ask() -> None:
    plan = read(
        title("Plan de travail"),
        heading("Activité 1 : Base", 2),
        "Le secrétariat crée une base.",
        "Responsable : secrétariat",
        heading("Activité 2 : Formation", 2),
        "Les partenaires forment des juges.",
        "Échéance : 2019",
    )
    assert shapes(plan)[0].actions == (
        ("Le secrétariat crée une base.",),
        ("Les partenaires forment des juges.",),
    )
    assert [each.settings for each in plan.sections[0].actions] == [
        {"addressees": ["secrétariat"]},
        {"timeframe": ["2019"]},
    ]


# --- numbers and names of several kinds ---


def test_a_number_without_a_stop_is_taken_off_headings_that_count() -> None:
    plan = read(
        title("A plan"),
        heading("1 Introduction"),
        heading("1.1 Method", 2),
        "They met.",
        heading("2 Voters"),
        "2.1 States should act.",
        heading("3 Ballots"),
        "3.1 States should print.",
    )
    assert [each.text for each in plan.introduction] == ["They met."]
    assert [each.title for each in shapes(plan)] == ["Voters", "Ballots"]


def test_a_quantity_at_the_head_of_a_heading_stays() -> None:
    plan = read(title("A plan"), heading("10 steps to fair polls"), "1. States should act.")
    assert [each.title for each in shapes(plan)] == ["10 steps to fair polls"]


@pytest.mark.parametrize(
    ("words", "rest"), [("C.1 Voters", "Voters"), ("II.3. Voters", "Voters"), ("A.2.1\tVoters", "Voters")]
)
def test_a_letter_and_a_number_are_taken_off(words: str, rest: str) -> None:
    plan = read(title("A plan"), heading(words), "1. States should act.")
    assert [each.title for each in shapes(plan)] == [rest]


def test_numbers_with_the_letter_of_their_section_are_actions() -> None:
    plan = read(
        title("A plan"),
        heading("A. Voters"),
        "A.1 States should act:",
        "(a) now;",
        "A.2 States should print.",
    )
    assert shapes(plan)[0].actions == (("States should act:", "now;"), ("States should print.",))


def test_an_outline_below_a_recommendation_brings_its_points_along() -> None:
    found = section(
        "Recommendation 2: The rules should be clear.",
        "2.1 The Commission will propose rules, which will cover:",
        "a) who may ask;",
        "b) by when.",
        "2.2 The Commission will publish them.",
    )
    assert found.actions == (
        ("The rules should be clear.",),
        ("The Commission will propose rules, which will cover:", "who may ask;", "by when."),
        ("The Commission will publish them.",),
    )


def test_the_title_is_the_line_that_names_a_plan() -> None:
    plan = read(
        centred("ORGANIZATION OF AMERICAN STATES"),
        centred("ACTION PLAN"),
        bold("I. Voters"),
        "1. States should act.",
        bold("II. Ballots"),
        "2. States should print.",
    )
    assert plan.title.text == "ACTION PLAN"


def test_the_one_unknown_column_beside_who_and_when_is_the_action() -> None:
    plan = _of_table(["Milestone", "Responsible", "Deadline"], ["Report to the Council", "States", "2019"])
    assert shapes(plan)[0].actions == (("Report to the Council",),)


def test_paragraphs_that_ask_above_a_list_without_a_number_are_actions_too() -> None:
    lines = ["The police must not use force.", "We ask States to:", "- publish the rules;", "- investigate."]
    assert section(*lines).actions == (
        ("The police must not use force.",),
        ("We ask States to:", "publish the rules;", "investigate."),
    )


def test_measures_to_be_taken_are_the_head_of_their_list() -> None:
    lines = ["Les mesures suivantes sont à prendre :", "- publier les listes ;", "- former les juges."]
    assert section(*lines).actions == (
        ("Les mesures suivantes sont à prendre :", "publier les listes ;", "former les juges."),
    )


def test_a_row_that_tracked_changes_take_out_is_kept_as_a_comment() -> None:
    rows = [["Action", "Who"], ["States should act.", "States"]]
    gone = cell("States should vanish.", 3, 1)
    gone = gone._replace(pieces=tuple(piece._replace(deleted=Reviser("Ana")) for piece in gone.pieces))
    plan = read(title("A plan"), heading("Voters"), *_cells(rows), gone)
    assert shapes(plan)[0].actions == (("States should act.",),)
    assert asides(plan) == []
    (comment,) = plan.comments
    assert (comment.by.author, comment.record) == ("Ana", plan.sections[0].actions[0])
    assert "States should vanish." in comment.text


def test_a_bold_line_that_names_those_whom_a_list_is_for_is_a_heading() -> None:
    plan = read(
        title("A plan"),
        heading("Recommendations"),
        "The mission recommends the following:",
        bold("To the Government:"),
        "• Ratify the treaties;",
        "• Fund the commission.",
        bold("To civil society:"),
        "• Strengthen voter education.",
    )
    assert shapes(plan) == (
        Shape("Recommendations", ("The mission recommends the following:",), ()),
        Shape("To the Government:", (), (("Ratify the treaties;",), ("Fund the commission.",))),
        Shape("To civil society:", (), (("Strengthen voter education.",),)),
    )


# --- what the whole draft tells of one paragraph ---


def _report() -> DraftedPlan:
    return read(
        heading("Registration"),
        "3. One in eight is not on the register.",
        "4. The Commission told us so.",
        "Recommendation 1: States should register everybody.",
        "5. Witnesses saw that in towns.",
        "Recommendation 2: States should keep the lists open to:",
        "(a) voters;",
        "(b) parties.",
        heading("Oversight"),
        "6. Nobody oversees it:",
        "(a) no court;",
        "(b) no ombudsman.",
        "7. States should take note.",
        "Recommendation 3: States should report.",
    )


def test_numbers_beside_named_recommendations_count_the_text_of_a_report() -> None:
    plan = _report()
    registration, oversight = plan.sections
    assert [each.text for each in registration.chapeau] == [
        "One in eight is not on the register.",
        "The Commission told us so.",
    ]
    assert [(each.text, len(each.points)) for each in registration.actions] == [
        ("States should register everybody.", 0),
        ("States should keep the lists open to:", 2),
    ]
    assert [each.text for each in oversight.actions][-2:] == [
        "States should take note.",
        "States should report.",
    ]
    assert ("it is numbered, and only says how things are", "Witnesses saw that in towns.") in asides(plan)


def test_one_named_recommendation_makes_no_text_of_other_numbers() -> None:
    shape = section(
        "1. Publish the register.", "Recommendation 2: States should report.", "3. Train the staff."
    )
    assert len(shape.actions) == 3


def test_a_style_that_only_those_have_that_ask_is_that_of_the_actions() -> None:
    lines: list[Paragraph | str] = [text("The following is offered to States.")]
    for name in ("Voters", "Ballots", "Courts", "Media"):
        lines += [heading(name), text(f"States should act on {name.lower()}.", style="List Paragraph")]
    lines += [
        heading("Parties"),
        text("Parties could bring women into leading posts.", style="List Paragraph"),
    ]
    lines += [heading("Money"), text("Money was spent on banners.")]
    plan = read(title("A plan"), *lines)
    assert [len(each.actions) for each in plan.sections] == [1, 1, 1, 1, 1, 0]


def test_the_style_of_the_text_above_the_sections_tells_nothing() -> None:
    lines: list[Paragraph | str] = [text("The following is offered to States.")]
    for name in ("Voters", "Ballots", "Courts", "Media"):
        lines += [heading(name), text(f"States should act on {name.lower()}.")]
    plan = read(title("A plan"), *lines, heading("Money"), text("Money was spent on banners."))
    assert [len(each.actions) for each in plan.sections] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    "words", ["Done at Streslau, 4 April 2017", "Endorsed by the committee on 9 May 2020."]
)
def test_who_signed_stands_below_the_line_of_adoption_up_to_the_next_heading(words: str) -> None:
    plan = read(
        heading("Voters"),
        "States should act.",
        words,
        "For the parties:",
        "For civil society, the Coalition.",
        heading("Annex"),
        "States should report.",
        "They meet in May.",
    )
    voters, annex = plan.sections
    assert [each.text for each in (*voters.chapeau, *voters.actions)] == ["States should act."]
    assert len(annex.chapeau) + len(annex.actions) == 2
    assert asides(plan) == [
        ("where it was adopted", words),
        ("below where it was adopted", "For the parties:"),
        ("below where it was adopted", "For civil society, the Coalition."),
    ]


def test_a_resolution_begins_with_its_first_numbered_part_of_a_sentence() -> None:
    plan = read(
        "A resolution",
        "The Commission,",
        "Recalling its mandate;",
        "1. Condemns all violence;",
        "2. Calls upon States to investigate it.",
    )
    assert [each.text for each in plan.front] == ["The Commission,", "Recalling its mandate;"]
    assert [[each.text for each in one.actions] for one in plan.sections] == [
        ["Condemns all violence;", "Calls upon States to investigate it."]
    ]


# --- codes, numbers in words, what explains, questions ---


def test_recommendations_are_known_by_a_code_that_counts_through_the_draft() -> None:
    plan = read(
        heading("Candidates"),
        "Two hundred stood.",
        "R1. States should act.",
        "R2. States should print:",
        "(i) lists;",
        "(ii) ballots.",
        heading("Work"),
        "R3: States should appoint women.",
    )
    assert [each.actions for each in shapes(plan)] == [
        (("States should act.",), ("States should print:", "lists;", "ballots.")),
        (("States should appoint women.",),),
    ]


def test_a_code_that_counts_nothing_is_text() -> None:
    shape = section("1. States should act.", "2. G20. That group should act.")
    assert [each for each, *_ in shape.actions] == ["States should act.", "G20. That group should act."]


def test_the_codes_of_headings_are_taken_off() -> None:
    plan = read(
        title("A plan"),
        heading("R1: Voters"),
        "1. States should act.",
        "2. States should print.",
        heading("R2: Ballots"),
        "3. States should act.",
    )
    assert [each.title for each in shapes(plan)] == ["Voters", "Ballots"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CHAPTER ONE", "CHAPTER TWO"),
        ("TITRE PREMIER", "TITRE DEUX"),
        ("Capítulo primero", "Capítulo segundo"),
    ],
)
def test_chapters_count_in_words_too(one: str, two: str) -> None:
    plan = read(
        centred("GOVERNMENT PLAN ON THE RIGHTS OF VOTERS"),
        centred(one),
        centred("VOTERS"),
        "1. States should act.",
        centred(two),
        centred("BALLOTS"),
        "2. States should print.",
    )
    assert plan.title.text == "GOVERNMENT PLAN ON THE RIGHTS OF VOTERS"
    assert [each.title for each in shapes(plan)] == ["VOTERS", "BALLOTS"]


@pytest.mark.parametrize("words", ["Definitions", "References", "Acronyms and abbreviations", "Siglas"])
def test_nothing_is_an_action_that_stands_below_a_heading_of_what_explains(words: str) -> None:
    plan = read(
        title("A plan"),
        heading("Voters"),
        "1. States should act.",
        heading(words),
        "In this plan:",
        "(a) “voter” means a person;",
        "• EMB, the body that holds elections",
        heading("Ballots"),
        "2. States should print.",
    )
    assert [len(each.actions) for each in plan.sections] == [1, 0, 1]


def test_a_question_asks_nobody_to_do_anything() -> None:
    plan = read(
        title("A plan"), heading("Open"), "Should States act?", heading("Voters"), "1. States should."
    )
    assert [len(each.actions) for each in plan.sections] == [0, 1]


# --- lines without any look ---


def test_plain_lines_between_numbers_are_headings_where_there_are_no_others() -> None:
    plan = read(
        "A plan",
        "They say what each State will do, and by when it will have done it.",
        "Equality",
        "1. States should collect data.",
        "2. States should publish it:",
        "- on voters;",
        "- on candidates.",
        "Digital space",
        "3. States should keep networks open.",
        "Signed copies are in the archive",
    )
    assert [each.title for each in shapes(plan)] == ["Equality", "Digital space"]
    assert asides(plan) == [("a line that is no sentence", "Signed copies are in the archive")]


@pytest.mark.parametrize("first", [heading("Voters"), bold("Voters")])
def test_a_plain_line_beside_headings_is_none(first: Paragraph) -> None:
    lines: list[Paragraph | str] = ["1. States should act.", "Equality", "2. States should print."]
    plan = read("A plan", "They met.", first, *lines, "Money", "3. States should pay.")
    assert [each.title for each in shapes(plan)] == ["Voters"]


def test_one_plain_line_between_numbers_is_no_heading() -> None:
    plan = read("A plan", "They met.", "1. States should act.", "Equality", "2. States should print.")
    assert len(plan.sections) == 1


def test_the_title_of_a_memorandum_names_a_plan_below_a_line_that_stands_out() -> None:
    plan = read(
        bold("MEMORANDUM"),
        "To: Heads of delegation",
        bold("Draft elements for a plan of action"),
        "Below is what found support.",
        "1. States should act.",
    )
    assert plan.title.text == "Draft elements for a plan of action"
    assert "MEMORANDUM" in [each.text for each in plan.front]


def test_a_bold_line_above_a_text_is_the_title_where_headings_have_numbers() -> None:
    plan = read(
        "Ministry of Justice",
        "Note to the Minister",
        bold("Subject: human rights in the elections"),
        "This draft follows the reports of the missions.",
        bold("A. Laws"),
        "1) States should act.",
        bold("B. Training"),
        "2) States should train judges.",
    )
    assert plan.title.text == "Subject: human rights in the elections"
    assert [each.title for each in shapes(plan)] == ["Laws", "Training"]


def _ombudsman(*found: str) -> DraftedPlan:
    return read(
        title("A report"),
        heading("What we found"),
        *found,
        heading("What should change"),
        "4. The register should be checked.",
        "5. A voter should be told.",
        "6. Prisons should:",
        "(a) list voters;",
        "(b) report.",
    )


def test_a_report_is_no_action_where_what_it_recommends_says_who_should_act() -> None:
    plan = _ombudsman(
        "1. Most complaints were about the register.",
        "2. Officials told us of four prisons:",
        "(a) one without a box;",
        "3. In four prisons nobody voted.",
    )
    assert [len(each.actions) for each in plan.sections] == [0, 3]


def test_orders_are_actions_beside_what_says_who_should_act() -> None:
    plan = _ombudsman("1. Publish the register.", "2. Train the staff.", "3. Open the prisons.")
    assert len(plan.sections[0].actions) == 3
