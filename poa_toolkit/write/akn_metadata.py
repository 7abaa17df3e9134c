"""What an Akoma Ntoso file says of a plan besides its words: names, stages, amendments, what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind
from poa_toolkit.text import addresses
from poa_toolkit.write.akn_words import add, child
from poa_toolkit.write.work import NAMESPACE, Work, work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from xml.etree import ElementTree as ET

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.model import Amendment, Plan, Stage

_SOURCE = "poa_toolkit"
"""The id of what made the file; no record can have it."""
_LANGUAGES = {"en": "eng"}
"""The languages that documents are made in, and their names of three letters."""
_MODIFICATIONS = {
    AmendmentKind.TEXT: "substitution",
    AmendmentKind.CORRIGENDUM: "substitution",
    AmendmentKind.ADD: "insertion",
    AmendmentKind.REMOVE: "repeal",
    AmendmentKind.MOVE: "renumbering",
}
"""What the standard calls what an amendment did; a comment does nothing."""


class Version(NamedTuple):
    """A version of a plan, and how the naming convention of the standard calls it."""

    document: Document
    plan: Plan

    @property
    def of(self) -> Work:
        """Return the plan in all its versions."""
        return work(self.plan)

    @property
    def stage(self) -> Stage:
        """Return the stage that the text is at."""
        return self.plan.current_stage() or self.plan.stages[-1]

    @property
    def language(self) -> str:
        """Return the language it is written in: ``eng``."""
        return _LANGUAGES[self.document.language.partition("-")[0]]

    @property
    def work(self) -> str:
        """Return the address of the plan in all its versions."""
        return f"/akn/un/statement/deliberation/{self.of.path}"

    def expression(self, day: date) -> str:
        """Return the address of the version of the stage that ends on a day."""
        return f"{self.work}/{self.language}@{day.isoformat()}"

    def local(self, kind: str, name: str) -> str:
        """Return the address of a thing that has none but in this plan."""
        return f"/akn/ontology/{kind}/un/{self.of.number}/{name}"


def metadata(
    meta: ET.Element, version: Version, ids: Mapping[str, str], amendments: Sequence[Amendment]
) -> None:
    """Fill the head of the file; `ids` are those of its elements, by anchor of the document."""
    identification(meta, version, "main", version.plan.title)
    stages = tuple(_stages(version))
    _lifecycle(meta, version, stages)
    changing = (each for each in amendments if each.is_adopted and each.kind in _MODIFICATIONS)
    adopted = {each.id: each for each in changing}.values()
    analysis = child(meta, "analysis", source=f"#{_SOURCE}")
    if adopted:
        modifications = child(analysis, "passiveModifications")
        for each in adopted:
            _modification(modifications, each, ids)
    _taken_up(analysis, version.plan, ids)
    if not len(analysis):
        meta.remove(analysis)
    _references(meta, version, stages, adopted)


def identification(meta: ET.Element, version: Version, component: str, title: str) -> None:
    """Say what a text, or an annex of it, is at each level: a work, a version of it, a file of that."""
    element, day = child(meta, "identification", source=f"#{_SOURCE}"), version.stage.date
    expression = version.expression(day)
    of_work = child(element, "FRBRWork")
    _level(of_work, version.work, component)
    child(of_work, "FRBRalias", name="title", value=title)
    meeting = "conference" if version.plan.conference else "stage"
    child(of_work, "FRBRdate", date=version.of.day.isoformat(), name=meeting)
    _authors(of_work, version.plan)
    child(of_work, "FRBRcountry", value="un")
    child(of_work, "FRBRsubtype", value="deliberation")
    child(of_work, "FRBRnumber", value=version.plan.symbol or version.of.number)
    child(of_work, "FRBRname", value="planOfAction")
    child(of_work, "FRBRauthoritative", value="false")
    of_expression = child(element, "FRBRExpression")
    _level(of_expression, expression, component)
    child(of_expression, "FRBRdate", date=day.isoformat(), name="stage")
    _authors(of_expression, version.plan)
    child(of_expression, "FRBRversionNumber", value=version.stage.id)
    child(of_expression, "FRBRlanguage", language=version.language)
    manifestation = child(element, "FRBRManifestation")
    _level(manifestation, f"{expression}/.xml", component, this=f"{expression}/!{component}.xml")
    child(manifestation, "FRBRdate", date=day.isoformat(), name="stage")
    child(manifestation, "FRBRauthor", href=f"#{_SOURCE}")
    child(manifestation, "FRBRformat", value="application/akn+xml")


def _level(element: ET.Element, uri: str, component: str, *, this: str = "") -> None:
    child(element, "FRBRthis", value=this or f"{uri}/!{component}")
    child(element, "FRBRuri", value=uri)


def _authors(element: ET.Element, plan: Plan) -> None:
    """Name who convenes the meeting that agrees the text; where nobody is on record, nobody."""
    known = {each.id for each in plan.participants}
    organisers = [each for each in (plan.conference.organisers if plan.conference else ()) if each in known]
    for each in organisers:
        child(element, "FRBRauthor", href=f"#{each}")
    if not organisers:
        child(element, "FRBRauthor").set("href", "")


def _stages(version: Version) -> Iterator[Stage]:
    """Return the stages whose text was frozen before, and that of this version."""
    for stage in version.plan.stages:
        if stage is version.stage:
            yield stage
            return
        if stage.baseline:
            yield stage


def _lifecycle(meta: ET.Element, version: Version, stages: Iterable[Stage]) -> None:
    element = child(meta, "lifecycle", source=f"#{_SOURCE}")
    for number, stage in enumerate(stages, start=1):
        child(
            element,
            "eventRef",
            eId=f"eventRef_{number}",
            date=stage.date.isoformat(),
            type="generation" if number == 1 else "amendment",
            source=f"#stage_{stage.id}",
            refersTo=f"#stage_{stage.id}",
            href=version.expression(stage.date),
        )


def _modification(parent: ET.Element, amendment: Amendment, ids: Mapping[str, str]) -> None:
    """Say what an adopted amendment did: who proposed it, where, the words before and the words after."""
    kind = _MODIFICATIONS[amendment.kind]
    element = child(parent, "textualMod", eId=f"textualMod_{amendment.id}", type=kind)
    child(element, "source", href=f"#amendment_{amendment.id}")
    ways = (f"{amendment.record}.{amendment.field}", amendment.record, amendment.section, "")
    place = next(f"#{ids[way]}" for way in ways if way is not None and way in ids)
    child(element, "destination", href=place)
    before = amendment.was.text if amendment.was else amendment.wording.original
    for tag, words in (("old", before), ("new", amendment.adopted)):
        if words:
            # the standard has no words here, but leaves room for elements of others
            add(child(child(element, tag), "text", xmlns=NAMESPACE), words)


def _taken_up(analysis: ET.Element, plan: Plan, ids: Mapping[str, str]) -> None:
    """Say of each action in the text what it comes from, what it serves and to whom it is addressed."""
    titles = {each.id: each.title for each in plan.actors}
    known = {each.id for each in plan.instruments} | {each.id for _, each in plan.walk_recommendations()}
    links: list[tuple[str, str, str]] = []
    for action in (each for _, each in plan.walk_actions() if each.status.printed):
        links += [(action.id, each, each) for each in action.recommendations if each in known]
        cited = (each for each in action.provisions if each.instrument in known)
        links += [(action.id, each.instrument, str(each)) for each in cited]
        links += [(action.id, each, titles[each]) for each in action.addressees if each in titles]
    if links:
        group = child(analysis, "otherReferences", source=f"#{_SOURCE}")
        for action_id, other, shown in links:
            attributes = {"for": f"#{ids[action_id]}", "refersTo": f"#{other}", "showAs": shown}
            child(group, "implicitReference", **attributes)


def _references(
    meta: ET.Element, version: Version, stages: Iterable[Stage], amendments: Iterable[Amendment]
) -> None:
    """List what the file speaks of, each with an address: its own, that of its page, or one in this plan."""
    plan, element = version.plan, child(meta, "references", source=f"#{_SOURCE}")
    _entry(element, "TLCObject", _SOURCE, version.local("object", "poa-toolkit"), "poa-toolkit")
    for stage in stages:
        href, shown = version.local("event", stage.id), stage.title or stage.id
        _entry(element, "TLCEvent", f"stage_{stage.id}", href, shown)
    titles = {each.id: each.title for each in plan.actors}
    for name, title in (titles | {each.id: each.title for each in plan.participants}).items():
        _entry(element, "TLCOrganization", name, version.local("organization", name), title)
    for instrument in plan.instruments:
        href = _address(instrument.symbol, instrument.source) or version.local("instrument", instrument.id)
        entry = _entry(element, "TLCReference", instrument.id, href, instrument.title, name="instrument")
        if instrument.short:
            entry.set("shortForm", instrument.short)
    for _, each in plan.walk_recommendations():
        href = _address(each.symbol, each.source) or version.local("recommendation", each.id)
        shown = each.symbol or each.id
        _entry(element, "TLCReference", each.id, href, shown, name="recommendation")
    for amendment in amendments:
        name, shown = f"amendment_{amendment.id}", f"{amendment.id}, {amendment.proposer}"
        href = version.local("amendment", amendment.id)
        _entry(element, "TLCReference", name, href, shown, name="amendment")


def _entry(  # noqa: PLR0913 - what an entry says
    element: ET.Element, tag: str, eid: str, href: str, shown: str, *, name: str = ""
) -> ET.Element:
    return child(element, tag, eId=eid, name=name, href=href, showAs=shown)


def _address(symbol: str | None, source: str | None) -> str:
    """Return where a document is: by its symbol, else where it was read."""
    return addresses.of_document(symbol or "") or addresses.of_page(source or "")
