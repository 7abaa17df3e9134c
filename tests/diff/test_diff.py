"""What differs between two versions: every change once, of its kind, with its weight."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from edited_plans import Data, add, at, data, drop, move, put
from hypothesis import example, given
from hypothesis import strategies as st
from replay import read as replay_read
from replay import replayed

from poa_toolkit.diff.change import Change, Comparison, Edit, Kind
from poa_toolkit.diff.compare import compare
from poa_toolkit.diff.effects import Carryover
from poa_toolkit.model import Amendment, Endorsement, Plan, Review, Significance, digests
from poa_toolkit.trace import meaning, trace

if TYPE_CHECKING:
    from collections.abc import Callable


def begin(*origins: str) -> Callable[[Data], None]:
    return add("sections.1.actions", {"id": "A-009", "text": "Act.", "status": "draft", "from": [*origins]})


def compared(*edits: Callable[[Data], None], start: tuple[Callable[[Data], None], ...] = ()) -> Comparison:
    old = data()
    for edit in start:
        edit(old)
    new = copy.deepcopy(old)
    for edit in edits:
        edit(new)
    return compare(Plan.model_validate(old), Plan.model_validate(new), old_label="old", new_label="new")


def brief(comparison: Comparison) -> list[str]:
    """Print each change as ``record field kind significance``."""
    return [
        f"{each.record} {each.field or '-'} {each.kind} {each.significance}" for each in comparison.changes
    ]


A1, A2 = "sections.0.actions.0", "sections.0.actions.1"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (put(f"{A1}.text", "Observers shall report to treaty bodies."), "A-001 text reworded substantive"),
        (put(f"{A1}.text", "Observers should report to the Treaty bodies!"), "A-001 text reworded editorial"),
        (put(f"{A1}.text", "Observers [should] report."), "A-001 text bracket-opened substantive"),
        (put(f"{A1}.addressees", ["observers"]), "A-001 addressees relinked substantive"),
        (put(f"{A1}.addressees", ["states", "observers"]), "A-001 addressees field editorial"),
        (put(f"{A1}.level", ["regional"]), "A-001 level relinked substantive"),
        (put(f"{A1}.recommendations", ["r2"]), "A-001 recommendations relinked links"),
        (put(f"{A1}.provisions", []), "A-001 provisions relinked links"),
        (put(f"{A1}.why", "It opens a channel."), "A-001 why reworded links"),
        (put(f"{A1}.why", "It opens the channel"), "A-001 why reworded editorial"),
        (drop(f"{A1}.why"), "A-001 why field links"),
        (put(f"{A1}.timeframe", "by 2021"), "A-001 timeframe reworded substantive"),
        (drop(f"{A1}.timeframe"), "A-001 timeframe field substantive"),
        (put(f"{A1}.status", "agreed"), "A-001 status status process"),
        (put(f"{A1}.points.0.text", "On that day."), "A-001 points.a reworded substantive"),
        (drop(f"{A1}.points.0"), "A-001 points.a removed substantive"),
        (add(f"{A1}.points", {"id": "c", "text": "Then."}), "A-001 points.c added substantive"),
        (move(f"{A1}.points.0", f"{A1}.points.1"), "A-001 points.b.order moved editorial"),
        (put("title", "The plan"), "plan title reworded substantive"),
        (put("notice", "A working text"), "plan notice reworded editorial"),
        (drop("notice"), "plan notice field substantive"),
        (put("style", "carter"), "plan style field editorial"),
        (put("links", []), "plan links field editorial"),
        (put("conference.dates", ["2017-12-05"]), "plan conference.dates field process"),
        (put("conference.place", "atlanta"), "plan conference.place field process"),
        (put("instruments.0.title", "international covenant"), "iccpr title reworded links"),
        (put("sources.0.consultation.title", "A meeting."), "c1 title reworded editorial"),
        (put("instruments.0.adopted", "1966-12"), "iccpr adopted field links"),
        (put("actors.0.note", "Who is meant."), "observers note field process"),
        (put("stages.0.date", "2017-12-05"), "d date field process"),
        (put("stages.0.allows.brackets", value=False), "d allows.brackets field process"),
        (drop("stages.0.allows"), "d allows.brackets field process"),
        (add("stages", {"id": "e", "date": "2017-12-06"}), "e - added process"),
        (put("front.0.text", "This is a front."), "F-01 text reworded substantive"),
        (move("front.0", "introduction.2"), "F-01 section moved substantive"),
        (put("sections.0.title", "A first section"), "one title reworded substantive"),
        (put("sections.0.chapeau.0.text", "Who observes reports."), "C-01 text reworded editorial"),
        (put("sources.0.consultation.place", "Atlanta"), "c1 place field links"),
        (put("sources.0.recommendations.0.text", "Tell all States."), "r1 text reworded links"),
        (put("sources.0.recommendations.0.verified", value=True), "r1 verified field process"),
        (put("sources.0.recommendations.0.response.position", "pending"), "r1 response.position field links"),
        (move("sources.0.recommendations.1", "sources.1.recommendations.0"), "r2 source moved links"),
        (drop("sources.0.recommendations.1"), "r2 - removed links"),
        (put("sources.1.mechanism.note", "Not a person."), "m1 note field process"),
        (move("instruments.0", "instruments.1"), "udhr order moved editorial"),
        (drop("instruments.0"), "iccpr - removed links"),
        (put("instruments.0.provisions.0.subject", "vote freely"), "iccpr 25(b) subject reworded links"),
        (put("instruments.0.provisions.0.obligations", ["vote"]), "iccpr 25(b) obligations relinked links"),
        (drop("instruments.0.provisions.1"), "iccpr 19 - removed links"),
        (put("actors.0.title", "citizen observers"), "observers title reworded substantive"),
        (add("actors", {"id": "media", "title": "media"}), "media - added links"),
        (put("participants.0.role", "observer"), "tcc role field links"),
        (put("obligations.0.anchor", []), "vote anchor relinked links"),
        (put("parts.0.number", 2), "law number field links"),
        (put("sections.1.actions.0.reason", "Merged."), "A-005 reason field process"),
        (put("sections.1.actions.0.status", "draft"), "A-005 status status substantive"),
        (begin(), "A-009 - added substantive"),
        (begin("A-001"), "A-009 - split substantive"),
        (begin("A-001", "A-002"), "A-009 - merged substantive"),
        (begin("A-404"), "A-009 - added substantive"),
        (put("sections.0.actions.3.status", "withdrawn"), "A-004 status withdrawn substantive"),
        (put("sections.0.actions.3.status", "deferred"), "A-004 status status substantive"),
        (drop("sections.0.actions.3"), "A-004 - removed substantive"),
        (move("sections.0.actions.3", "sections.1.actions.0"), "A-004 section moved substantive"),
        (move("sections.1", "sections.0"), "two order moved editorial"),
    ],
)  # fmt: skip
def test_one_edit_is_one_change(edit: Callable[[Data], None], expected: str) -> None:
    comparison = compared(edit)
    assert [line for line in brief(comparison) if "renumbered" not in line] == [expected]


@pytest.mark.parametrize(
    "edit",
    [
        put(f"{A1}.text", "Observers should\nreport to  the treaty bodies. "),
        put("conference.title", "A  conference"),
        put("stages.0.allows", {"brackets": True, "statuses": []}),
        put("style", "un"),
    ],
)
def test_reflow_and_spelt_out_defaults_are_no_change(edit: Callable[[Data], None]) -> None:
    comparison = compared(edit)
    assert (comparison.changes, comparison.effects) == ((), ())


def test_resolved_bracket_is_told_from_an_opened_and_from_a_reworded_one() -> None:
    start = (put(f"{A1}.text", "[All|Some] should [not] act."),)
    texts = [
        "All should [not] act.",
        "[All|Some|No] should [not] act.",
        "[All|Some] [can|should] [not] act.",
        "[[",
    ]
    kinds = [compared(put(f"{A1}.text", text), start=start).changes[0].kind for text in texts]
    assert kinds == [Kind.BRACKET_RESOLVED, Kind.REWORDED, Kind.BRACKET_OPENED, Kind.REWORDED]


def test_moved_action_is_one_change_and_its_neighbours_are_renumbered_at_most() -> None:
    comparison = compared(move("sections.0.actions.0", "sections.0.actions.3"))
    assert brief(comparison) == [
        "A-002 number renumbered process",
        "A-003 number renumbered process",
        "A-004 number renumbered process",
        "A-001 order moved editorial",
    ]
    moved = comparison.changes[-1]
    assert (moved.old, moved.new, moved.number) == (None, "A-004", "7")
    assert (comparison.changes[0].old, comparison.changes[0].new) == ("5", "4")


def test_change_says_where_it_stands() -> None:
    found = compared(
        put(f"{A1}.points.1.text", "And long after it."),
        drop("sections.0.actions.3"),
        put("introduction.0.text", "Elections shall be free."),
        put("conference.place", "Accra"),
    ).changes
    places = [(each.record, each.section, each.number, each.old_at, each.new_at) for each in found]
    action = ("sections", 0, "actions")
    assert places == [
        ("plan", "", "", ("conference", "place"), ("conference", "place")),
        ("P-01", "", "1", ("introduction", 0, "text"), ("introduction", 0, "text")),
        ("A-001", "one", "4 (b)", (*action, 0, "points", 1, "text"), (*action, 0, "points", 1, "text")),
        ("A-004", "one", "7", (*action, 3), None),
    ]


def test_record_that_came_brings_all_its_words() -> None:
    action = {"id": "A-009", "text": "Act.", "points": [{"id": "x", "text": "Now."}], "status": "draft"}
    instrument = {**data()["instruments"][0], "id": "new"}
    found = compared(add("sections.1.actions", action), add("instruments", instrument)).changes
    assert found[0].new == "Act.\n(a) Now."
    assert str(found[1].new).splitlines()[1:] == ["25(b): vote", "19: expression"]


def test_record_that_went_stands_after_its_old_neighbour() -> None:
    comparison = compared(
        drop("sections.0.actions.1"), put(f"{A1}.status", "agreed"), put("sections.1.title", "Second")
    )
    order = [each.record for each in comparison.changes if each.kind is not Kind.RENUMBERED]
    assert order == ["A-001", "A-002", "two"]


def test_split_action_names_its_origin() -> None:
    change = compared(begin("A-001")).changes[0]
    assert (change.old, change.new, change.evidence) == (("A-001",), "Act.", "from")
    assert change.old_at == ("sections", 0, "actions", 0)


def test_same_id_given_twice_is_compared_in_turn() -> None:
    twice = add("actors", {"id": "states", "title": "All States"})
    assert brief(compared(twice)) == ["states - added links"]
    assert brief(compared(put("actors.2.title", "Parties"), start=(twice,))) == [
        "states title reworded substantive"
    ]


def test_effects_tell_what_the_changes_mean_for_the_links() -> None:
    comparison = compared(
        put(f"{A1}.recommendations", ["r2"]),
        put(f"{A1}.provisions", ["iccpr 19"]),
        put(f"{A1}.text", "[A|[B]] should act."),
        put(f"{A1}.points.0.text", "[On|After] the day."),
        put(f"{A2}.text", "States [shall] act."),
    )
    assert [(each.kind, each.record, each.message) for each in comparison.effects] == [
        ("recommendation-lost", "r1", "recommendation r1 is no longer taken up; A-001 took it up"),
        ("recommendation-gained", "r2", "recommendation r2 is now taken up by A-001"),
        ("provision-lost", "iccpr 25(b)", "provision iccpr 25(b) is no longer cited; A-001 cited it"),
        ("brackets-open", "A-001", "A-001 has 3 open brackets"),
        ("brackets-open", "A-002", "A-002 has 1 open bracket"),
    ]


def told(comparison: Comparison, *kinds: str) -> list[str]:
    return [each.message for each in comparison.effects if each.kind in kinds]


def test_effects_name_who_holds_the_open_brackets() -> None:
    comparison = compared(
        put(f"{A1}.text", "[tcc: A|[B]] should [Tcc: not] act."), put(f"{A2}.text", "[states: All] act.")
    )
    assert told(comparison, "brackets-open", "brackets-held") == [
        "A-001 has 3 open brackets, held by tcc (2)",
        "A-002 has 1 open bracket, held by states",
        "tcc holds 2 open brackets: A-001",
        "states holds 1 open bracket: A-002",
    ]


def test_effects_name_the_obligations_that_no_action_serves_any_more() -> None:
    serves = put("instruments.0.provisions.0.obligations", ["vote"])
    comparison = compared(put(f"{A1}.provisions", ["iccpr 19"]), start=(serves,))
    assert told(comparison, "obligation-lost") == ["obligation vote is no longer served; A-001 served it"]


def test_another_id_has_no_effect_on_the_links_that_follow_it() -> None:
    comparison = compared(
        put("sources.0.recommendations.0.id", "r9"),
        put("instruments.0.id", "covenant"),
        put(f"{A1}.recommendations", ["r9"]),
        put(f"{A1}.provisions", ["covenant 25(b)"]),
    )
    assert comparison.effects == ()


def proceedings_of(**lists: Any) -> Carryover:
    return Carryover(**{name: tuple(each) for name, each in lists.items()})


def both(*edits: Callable[[Data], None]) -> tuple[Plan, Plan]:
    new = data()
    for edit in edits:
        edit(new)
    return Plan.model_validate(data()), Plan.model_validate(new)


def test_effects_name_the_links_that_became_suspect() -> None:
    old, new = both(put("sources.0.recommendations.0.text", "Tell nobody."), put("title", "The plan"))
    links = [{"to": name, "digest": meaning(trace(old), name)} for name in ("r1", "iccpr 25(b)")]
    review = {"record": "A-001", "by": "Editor", "date": "2017-12-04", "links": links}
    stale = {**review, "links": [{"to": "r1", "digest": f"sha256:{'0' * 64}"}], "date": "2017-12-01"}
    reviews = [Review.model_validate(each) for each in (review, stale)]
    found = compare(old, new, old_label="o", new_label="n", proceedings=proceedings_of(reviews=reviews))
    assert told(found, "link-suspect") == [
        "the link of A-001 to r1 is suspect: what it leads to has changed since Editor reviewed it on 2017-12-04"
    ]


@pytest.mark.parametrize(
    ("edit", "amended", "expected"),
    [
        (put(f"{A1}.text", "Observers shall report to the treaty bodies."), {}, "the words that it would change have changed"),
        (put(f"{A1}.text", "Observers should report to the mandate holders."), {}, None),
        (drop("sections.0.actions.0"), {}, "its text is gone"),
        (put(f"{A1}.text", "Observers shall report to the treaty bodies."), {"state": "rejected"}, None),
        (put(f"{A1}.text", "Observers shall report to the treaty bodies."), {"original": "Other words."}, None),
        (put("title", "The plan"), {}, None),
        (put(f"{A1}.points.0.text", "At night."), {"field": "points.a", "original": "On the day.", "proposed": "At noon."}, "the words that it would change have changed"),
        (put("sections.0.title", "First"), {"record": "one", "field": "title", "original": "The first section", "proposed": "The third section"}, "the words that it would change have changed"),
    ],
)  # fmt: skip
def test_effects_name_the_amendments_that_became_stale(
    edit: Callable[[Data], None], amended: Data, expected: str | None
) -> None:
    base = {"id": "am-1", "record": "A-001", "field": "text", "proposer": "Someone", "date": "2017-12-04"}
    words = {
        "original": "Observers should report to the treaty bodies.",
        "proposed": "Observers must report to the treaty bodies.",
    }
    amendment = Amendment.model_validate({**base, **words, **amended})
    old, new = both(edit)
    found = compare(
        old, new, old_label="o", new_label="n", proceedings=proceedings_of(amendments=[amendment])
    )
    record = amended.get("record", "A-001")
    wanted = [f"amendment am-1 to {record} is stale: {expected}"] if expected else []
    assert told(found, "amendment-stale") == wanted


@pytest.mark.parametrize("rule", digests.TEXT_VERSIONS)
def test_effects_name_the_endorsements_of_the_old_text(rule: int) -> None:
    old, new = both(put("title", "The plan"))
    known = digests.text(old), digests.text(new)
    given = {"participant": "tcc", "capacity": "convenor", "text": "day-2", "date": "2017-12-05"}
    of_old, of_new = (
        proceedings_of(
            endorsements=[Endorsement.model_validate({**given, "digest": digests.text(each, rule)})]
        )
        for each in (old, new)
    )
    for digests_of, beside, expected in ((known, of_old, 1), (known, of_new, 0), (("", ""), of_old, 0)):
        found = compare(old, new, old_label="o", new_label="n", digests=digests_of, proceedings=beside)
        assert len(told(found, "endorsement-unmatched")) == expected


def test_brackets_of_an_action_that_is_not_printed_are_not_open() -> None:
    comparison = compared(put(f"{A1}.text", "[A] should."), put(f"{A1}.status", "deferred"))
    assert "brackets-open" not in {each.kind for each in comparison.effects}


def test_versions_carry_label_and_digest() -> None:
    plan = Plan.model_validate(data())
    comparison = compare(plan, plan, old_label="a", new_label="b", digests=("sha256:1", "sha256:2"))
    assert (comparison.old.label, comparison.new.digest) == ("a", "sha256:2")


# --- laws -----------------------------------------------------------------------------------------

WAYS = [
    *(f"{A1}.{name}" for name in ("text", "why", "timeframe", "points.0.text", "points.1.text")),
    *("title", "notice", "front.0.text", "introduction.0.text", "sections.0.title", "sections.1.title"),
    *("sources.0.recommendations.0.text", "instruments.0.provisions.0.subject", "actors.1.title"),
    *("sections.0.chapeau.0.text", "conference.title", "obligations.0.title", "stages.0.title"),
]
LISTS = [
    "sections.0.actions",
    "sections.1.actions",
    "sections.0.chapeau",
    "front",
    "introduction",
    "instruments",
]
WORDS = st.lists(st.sampled_from(["shall", "not", "vote", "[", "]", ",", "2020"]), min_size=1, max_size=4)
REWORDINGS = st.dictionaries(st.sampled_from(WAYS), WORDS.map(" ".join), max_size=5)


@st.composite
def plans(draw: st.DrawFn) -> Data:
    """Give the small plan with some texts replaced and some lists in another order."""
    tree = data()
    for where, text in draw(REWORDINGS).items():
        put(where, text)(tree)
    for where in draw(st.sets(st.sampled_from(LISTS))):
        holder, key = at(where, tree)
        holder[key] = draw(st.permutations(holder[key]))[draw(st.integers(0, 1)) :]
    return tree


@given(plans(), plans())
def test_every_change_is_made_once_and_nothing_is_missed(old: Data, new: Data) -> None:
    before, after = Plan.model_validate(old), Plan.model_validate(new)
    found = compare(before, after, old_label="o", new_label="n").changes
    fields = [(each.record, each.field, each.record_kind) for each in found]
    assert len(fields) == len(set(fields))
    assert bool(found) == (before != after)
    for change in found:
        assert_honest(change, before, after)


@given(plans())
def test_plan_does_not_differ_from_itself(tree: Data) -> None:
    one, other = Plan.model_validate(tree), Plan.model_validate(copy.deepcopy(tree))
    comparison = compare(one, other, old_label="o", new_label="n")
    assert (comparison.changes, comparison.effects) == ((), ())


@given(REWORDINGS)
def test_every_reworded_text_is_in_exactly_one_change(rewordings: dict[str, str]) -> None:
    tree = data()
    edits = [put(where, text) for where, text in rewordings.items() if read(where, tree) != text]
    assert len(compared(*edits).changes) == len(edits)


VERBS = ("reword", "rename", "drop", "copy", "split", "merge", "move", "shuffle")
ORDERED = [
    *LISTS,
    "stages",
    "sections",
    "sources.0.recommendations",
    "actors",
    f"{A1}.points",
    f"{A1}.points.0.points",
]


@st.composite
def edited(draw: st.DrawFn) -> Data:
    """Give a plan after some edits, each of a kind that people make."""
    tree = draw(plans())
    for action in found_at("sections.0.actions", tree)[:1]:
        action.get("points", [{}])[0]["points"] = [
            {"id": "a-i", "text": "In each report."},
            {"id": "a-ii", "text": "In each submission to a committee."},
        ]
    for number, verb in enumerate(draw(st.lists(st.sampled_from(VERBS), max_size=6))):
        where = draw(st.sampled_from(ORDERED))
        records = found_at(where, tree)
        doubles = where == "sections" and verb in ("copy", "split")  # an id stands once in a plan
        if records and not doubles:
            edit_record(draw, verb, records, draw(st.integers(0, len(records) - 1)), f"N-{number}")
    for _ in range(draw(st.integers(0, 2))):
        change_level(draw, found_at(f"{A1}.points", tree))
    return tree


def found_at(where: str, tree: Data) -> list[Data]:
    try:
        holder, key = at(where, tree)
        return list[Data]() if key not in holder else holder[key]
    except (IndexError, KeyError):
        return []


def edit_record(draw: st.DrawFn, verb: str, records: list[Data], index: int, name: str) -> None:
    record = records[index]
    own = "ref" if "ref" in record else "id"
    text = next((each for each in ("text", "title") if each in record), "title")
    words = record.get(text, "Some words of its own").split()
    match verb:
        case "reword":
            record[text] = " ".join([*words[:-1], *draw(WORDS)])
        case "rename":
            record[own] = name
        case "drop" if len(records) > 1:
            records.pop(index)
        case "copy":
            records.insert(index, {**copied(record), own: name})
        case "split" if len(words) > 1:
            record[text] = " ".join(words[: len(words) // 2])
            records.append({**copied(record), own: name, text: " ".join(words[len(words) // 2 :])})
        case "merge" if len(records) > 1:
            other = records.pop(index - 1)
            record[text] = f"{record.get(text, '')} {other.get(text, '')}".strip() or "Nothing."
        case "move":
            records.insert(draw(st.integers(0, len(records) - 1)), records.pop(index))
        case "shuffle":
            records[:] = draw(st.permutations(records))


def copied(record: Data) -> Data:
    """Give a copy of a record; the ids of sub-points stand once in an action."""
    is_point = record.keys() == {"id", "text", "points"}
    return copy.deepcopy({key: each for key, each in record.items() if not (is_point and key == "points")})


def change_level(draw: st.DrawFn, points: list[Data]) -> None:
    """Let a point or a sub-point stand at any other place of its action."""
    every = [points, *(each["points"] for each in points if "points" in each)]
    movable = [(place, each) for place in every for each in place if not each.get("points")]
    if movable:
        place, point = draw(st.sampled_from(movable))
        place[:] = [each for each in place if each is not point]
        goals = [points, *(each["points"] for each in points if "points" in each)]
        goal = draw(st.sampled_from(goals))
        point.pop("points", None)
        goal.insert(draw(st.integers(0, len(goal))), point)


def renamed_without_its_point() -> Data:
    """Give the plan with an action that has another id and a point less: both are told of its new id."""
    tree = data()
    action, _ = at(f"{A1}.text", tree)
    action["id"] = "N-0"
    action["points"].pop(0)
    return tree


@example(data(), renamed_without_its_point())
@given(edited(), edited())
def test_changes_turn_the_old_version_into_the_new_and_back(old: Data, new: Data) -> None:
    before, after = Plan.model_validate(old), Plan.model_validate(new)
    found = compare(before, after, old_label="o", new_label="n")
    assert replayed(before, found, after) == replay_read(after)
    assert replayed(after, found, before, backwards=True) == replay_read(before)


def read(where: str, tree: Data) -> Any:
    holder, key = at(where, tree)
    return holder.get(key)


def assert_honest(change: Change, old: Plan, new: Plan) -> None:
    """A place leads to the value that a change says stands there; the edits turn old into new."""
    if change.segments:
        assert "".join(each.text for each in change.segments if each.edit is not Edit.INSERTED) == change.old
        assert "".join(each.text for each in change.segments if each.edit is not Edit.DELETED) == change.new
    if change.kind in (Kind.REWORDED, Kind.BRACKET_OPENED, Kind.BRACKET_RESOLVED):
        assert follow(old, change.old_at) == change.old
        assert follow(new, change.new_at) == change.new
    assert isinstance(change.significance, Significance)


def follow(plan: Plan, pointer: tuple[str | int, ...] | None) -> Any:
    value: Any = plan
    for step in pointer or ():
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value
