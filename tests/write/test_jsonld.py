"""A plan as linked data, read by a program that is not ours: links, origins, and every text as it stands."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import hypothesis.strategies as st
import odd_texts
import plan_pairs
import pytest
import small_plan
import word_samples
from conftest import ROOT
from hypothesis import given, settings
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

from poa_toolkit.api.validate import read
from poa_toolkit.model import Plan
from poa_toolkit.model.fields import fields
from poa_toolkit.trace import trace
from poa_toolkit.write.jsonld import _NAMED, _TERMS, CONTEXT, _camel, to_jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Golden, Poa

    from poa_toolkit.model.base import Record

# rdflib's reader of JSON-LD uses what rdflib itself has deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

POA = Namespace("urn:poa:vocabulary:")
SCHEMA = Namespace("https://schema.org/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
BASE = "https://example.org/plan/"


def graph_of(plan: Plan) -> Graph:
    return Graph().parse(data=to_jsonld(plan, BASE), format="json-ld")


@cache
def shipped_graph() -> Graph:
    return graph_of(shipped())


def shipped() -> Plan:
    plan = read(ROOT, None).plan
    assert plan
    return plan


def pairs(graph: Graph, predicate: URIRef) -> set[tuple[str, str]]:
    return {
        (str(one).removeprefix(BASE), str(other).removeprefix(BASE))
        for one, other in graph.subject_objects(predicate)
    }


def hold_links(plan: Plan) -> None:
    """Hold that the graph has the links of the actions in the text, as the index of links has them."""
    graph, known = graph_of(plan), trace(plan)
    taken_up = {(action, name) for name, actions in known.taken_up.items() for action in actions}
    served = {
        (action, f"{citation.instrument}_{citation.reference}".replace(" ", "%20"))
        for citation, actions in known.served.items()
        for action in actions
    }
    assert pairs(graph, POA.takesUp) == taken_up
    assert pairs(graph, POA.serves) == served


def test_the_graph_has_every_link_of_the_shipped_plan() -> None:
    plan = shipped()
    assert trace(plan).taken_up
    hold_links(plan)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_graph_has_every_link_of_any_plan(seed: int) -> None:
    hold_links(plan_pairs.pair(Random(seed)).new)  # noqa: S311 - no secret


@settings(max_examples=25)
@given(odd_texts.plans())
def test_any_text_survives_as_it_is_spelt(plan: Plan) -> None:
    graph = graph_of(plan)
    spelt = {str(each) for each in graph.objects() if isinstance(each, Literal)}
    wanted = {plan.title, plan.subtitle, plan.notice, plan.symbol}
    for _, record in plan.walk_texts():
        wanted.add(record.text)
    for _, action in plan.walk_actions():
        wanted |= {action.why, action.reason, action.timeframe}
    for _, each in plan.walk_recommendations():
        wanted |= {each.text, each.symbol, each.note}
    wanted |= {each.title for each in plan.sections} | {each.title for each in plan.instruments}
    wanted |= {each.title for each in plan.actors} | {each.title for each in plan.participants}
    assert wanted - {None} <= spelt
    pages = {str(each) for each in graph.objects(None, DCTERMS.source)}
    assert {each.source for _, each in plan.walk_recommendations()} - {None} <= spelt | pages


def test_whatever_a_field_of_a_record_says_is_in_the_file() -> None:
    plan = shipped()
    data = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    found = {str(each) for each in leaves(json.loads(to_jsonld(plan)))}
    names = {each.removeprefix("plan:") for each in found if each.startswith("plan:")}
    # a provision and a point have the name of what they are in before their own
    own = {step for each in names for step in (each.replace("_", " "), each.rpartition("_")[2])}
    assert {str(each) for each in leaves(data)} <= found | names | own


def test_no_field_has_a_key_that_means_something_else() -> None:
    given_ = {key for terms in (_NAMED, *_TERMS.values()) for key in terms.values()}
    made = {"number", "made", "textDigest", "registered", "inScheme"}
    named = {
        _camel(field.name)
        for record in records_in(Plan)
        for field in fields(record).values()
        if field.name not in {**_NAMED, **_TERMS.get(record, {})}
    }
    # these mean what their keys say
    assert named & ({*CONTEXT} | given_ | made) == {"text", "stage", "interprets", "url"}


def records_in(record: type[Record]) -> set[type[Record]]:
    """Give a record, and all that it can hold."""
    held = {each.record for each in fields(record).values() if each.record}
    return {record}.union(*map(records_in, held))


def leaves(data: object) -> Iterator[object]:
    """Give every value in data that has no values in it."""
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from leaves(each)
    else:
        yield data


def test_the_text_of_an_action_is_what_a_reader_sees_and_what_the_plan_has() -> None:
    plan = word_samples.small(front=[{"id": "F-01", "text": "See {A-001}; [no]; \\[sic\\]."}])
    graph = graph_of(plan)
    front = URIRef(f"{BASE}F-01")
    assert graph.value(front, SCHEMA.text) == Literal("See paragraph 4; [no]; [sic].")
    assert graph.value(front, POA.textAsSpelt) == Literal("See {A-001}; [no]; \\[sic\\].")


def test_it_says_what_is_illustrative_and_what_nobody_has_verified() -> None:
    plan = shipped()
    graph = shipped_graph()
    for _, each in plan.walk_recommendations():
        node = URIRef(BASE + each.id)
        assert graph.value(node, POA.origin) == Literal(each.origin.value)
        assert graph.value(node, POA.verified) == Literal(each.verified)
    for instrument in plan.instruments:
        node = URIRef(BASE + instrument.id)
        assert graph.value(node, POA.verified) == Literal(instrument.verified)
        is_law = (node, RDF.type, ELI.LegalResource) in graph
        assert is_law is instrument.kind.is_treaty
        parts = {*graph.objects(node, ELI.has_part)}
        assert len(parts) == len(instrument.provisions)
        assert parts <= {*graph.subjects(ELI.is_part_of, node)}


def test_dates_are_as_precise_as_they_are_on_record() -> None:
    plan = shipped()
    graph = shipped_graph()
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    for instrument in plan.instruments:
        adopted = graph.value(URIRef(BASE + instrument.id), POA.adopted)
        assert adopted == Literal(instrument.adopted, datatype=kinds[len(instrument.adopted)])


def test_obligations_are_concepts_of_one_scheme() -> None:
    plan = shipped()
    graph = shipped_graph()
    of_scheme = {*graph.subjects(SKOS.inScheme, URIRef(f"{BASE}_obligations"))}
    assert of_scheme == {URIRef(BASE + each.id) for each in plan.obligations}
    assert {str(graph.value(each, SKOS.prefLabel)) for each in of_scheme} == {
        each.title for each in plan.obligations
    }


def test_what_is_withdrawn_takes_up_and_serves_nothing() -> None:
    plan = shipped()
    graph = shipped_graph()
    gone = [each for _, each in plan.walk_actions() if not each.status.printed]
    assert gone
    for action in gone:
        node = URIRef(BASE + action.id)
        assert not [*graph.objects(node, POA.takesUp), *graph.objects(node, POA.serves)]
        assert len([*graph.objects(node, POA.wouldTakeUp)]) == len(action.recommendations)


def test_a_provision_without_an_entry_leads_to_the_entries_that_are_meant() -> None:
    provisions = [{"ref": "2(1)", "subject": "a part"}, {"ref": "9", "subject": "a whole", "divisible": True}]
    law = {"id": "law", "kind": "treaty", "unit": "article", "title": "A law", "adopted": "1990"}
    action = {"id": "A-9", "text": "Act.", "status": "agreed", "provisions": ["law 2", "law 9(b)", "law 9"]}
    plan = word_samples.small(
        sections=[{"id": "only", "title": "Only", "actions": [action]}],
        instruments=[{**law, "provisions": provisions}],
    )
    graph = graph_of(plan)
    assert pairs(graph, POA.serves) == {("A-9", "law_2"), ("A-9", "law_9(b)"), ("A-9", "law_9")}
    assert pairs(graph, POA.listedAs) == {("law_2", "law_2(1)"), ("law_9(b)", "law_9")}
    assert pairs(graph, POA.registered) == {("law_2", "parent"), ("law_9(b)", "part")}


def test_without_a_base_ids_are_those_of_the_plan_in_all_its_versions(poa: Poa, tmp_path: Path) -> None:
    names = []
    for version in ([], ["baseline:draft"]):
        made = tmp_path / "plan.jsonld"
        assert poa("-C", ROOT, "export", *version, "--to", "jsonld", "-o", made).status == 0
        graph = Graph().parse(made, format="json-ld")
        names.append({*graph.subjects(RDF.type, POA.Action)})
        assert URIRef("urn:poa:plan-of-action:2017-12-05") in {*graph.subjects(RDF.type, POA.Plan)}
    first = URIRef("urn:poa:plan-of-action:2017-12-05:A-001")
    assert first in names[0] & names[1]


def test_what_is_read_by_people(poa: Poa, tmp_path: Path, golden: Golden) -> None:
    project = small_plan.write(tmp_path / "project")
    made = tmp_path / "plan.jsonld"
    assert poa("-C", project, "export", "--to", "jsonld", "--base", BASE, "-o", made).status == 0
    golden("export/small.jsonld", made.read_bytes())
    # nothing has to be fetched to read it
    assert isinstance(json.loads(made.read_bytes())["@context"], dict)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "jsonld", "--base", "plan"),
        ("--to", "jsonld", "--base", "https://example.org/plan"),
        ("--to", "jsonld", "--base", "javascript:x/"),
        ("--to", "jsonld", "--base", "https://example.org/a b/"),
        ("--to", "akn", "--base", BASE),
    ],
)
def test_a_base_that_ids_cannot_stand_behind_is_wrong_usage(
    poa: Poa, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    project = small_plan.write(tmp_path / "project")
    done = poa("-C", project, "export", *arguments, "-o", tmp_path / "made")
    assert done.status == 2
    assert "--base" in done.stderr
    assert not (tmp_path / "made").exists()
