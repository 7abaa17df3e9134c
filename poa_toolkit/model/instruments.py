"""The registry of human rights instruments, and citations of their provisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from poa_toolkit.model.base import Flag, Id, Line, Number, PartialDate, Record, Significance
from poa_toolkit.model.fields import Place, Printed, Value
from poa_toolkit.text import citations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

Reference = Annotated[str, StringConstraints(pattern=rf"^{citations.REFERENCE_PATTERN}$")]
"""The place of a provision in its instrument, without its unit: ``25(b)``, ``XX``, ``II.67``."""


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """What an action cites: an instrument of the registry and a reference in it."""

    instrument: str
    reference: str

    @staticmethod
    @lru_cache(maxsize=4096)
    def parse(text: str) -> Citation:
        """Read ``iccpr 25(b)``; ValueError, worded for the person, on anything else."""
        return Citation(*citations.split(text))

    def __str__(self) -> str:
        """Print the citation as it stands in a file."""
        return f"{self.instrument} {self.reference}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: type, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate from text, serialise to text."""
        return core_schema.no_info_plain_validator_function(
            _citation, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the text form for editors."""
        return {"type": "string", "pattern": rf"^{citations.CITATION_PATTERN}$"}


def _citation(value: object) -> Citation:
    if isinstance(value, Citation):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Input should be a valid string")
    try:
        return Citation.parse(value)
    except ValueError as error:
        raise PydanticCustomError("citation_form", str(error)) from None


class InstrumentKind(StrEnum):
    """What an instrument is in law, from binding treaty to report."""

    TREATY = "treaty"
    REGIONAL_TREATY = "regional-treaty"
    DECLARATION = "declaration"
    GENERAL_COMMENT = "general-comment"
    RESOLUTION = "resolution"
    POLITICAL_COMMITMENT = "political-commitment"
    SOFT_LAW = "soft-law"
    REPORT = "report"

    @property
    def is_treaty(self) -> bool:
        """Return whether it binds the States that are party to it."""
        return self in (InstrumentKind.TREATY, InstrumentKind.REGIONAL_TREATY)


class Unit(StrEnum):
    """What the references of an instrument count."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    PRINCIPLE = "principle"
    SECTION = "section"


class Provision(Record):
    """An entry of the registry: one article or paragraph of an instrument that bears on elections."""

    ref: Reference
    """The place in the instrument, without its unit: ``25(b)``, ``9(1)(a)``, ``XX``, ``preamble``."""
    subject: Annotated[Line, Value.NAME]
    """What the provision is about, in our own words."""
    obligations: Annotated[tuple[Id, ...], Value.LINKS] = ()
    """The election obligations it grounds, by their ids in obligations.yaml."""
    divisible: Flag = False
    """Whether a sub-provision that is not listed here may be cited too (``25`` → ``25(d)``)."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether number and subject were read on a published page."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """The page on which they were read, where it is not the instrument's own source."""


class Instrument(Record):
    """A text of international law, or about it, that actions may cite."""

    id: Id
    """Stable id, used in citations: ``iccpr`` in ``iccpr 25(b)``."""
    kind: InstrumentKind
    """What it is in law."""
    unit: Unit
    """What its references count; never written in a reference."""
    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """Its official title."""
    short: Line | None = None
    """The short form by which a text cites it; a note says the title where it comes first."""
    symbol: Line | None = None
    """Its document symbol or treaty series, as its publisher writes it."""
    adopted: PartialDate
    """When it was adopted (not the date of the document, nor the opening for signature)."""
    adopted_by: Line | None = None
    """The organ or conference that adopted it."""
    place: Line | None = None
    """Where it was adopted."""
    document_date: PartialDate | None = None
    """The date on the document, where it differs from the adoption."""
    opened: PartialDate | None = None
    """When it was opened for signature, where that differs from the adoption."""
    in_force: PartialDate | None = None
    """When it entered into force; left out where it has not, or cannot."""
    body: Line | None = None
    """The body that supervises or interprets it."""
    interprets: Id | None = None
    """For a general comment: the instrument it interprets."""
    provisions: tuple[Provision, ...] = Field(default=())
    """Its articles or paragraphs that bear on elections."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether title, dates and symbol as given here were read on a published page."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """The page on which they were read."""
    note: Annotated[Line | None, Value.PROSE, Significance.PROCESS] = None
    """What a reader should know: a doubt, a disagreement between sources."""

    def cites(self) -> Iterator[Citation]:
        """Return the citation of each listed provision, in file order."""
        for provision in self.provisions:
            yield Citation(self.id, provision.ref)


class Obligation(Record):
    """One of the 21 election obligations of the Election Obligations and Standards database."""

    id: Id
    """Stable id, used by provisions."""
    number: Number
    """Its place in the published list, 1 to 21."""
    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """Its published name."""
    group: Line | None = None
    """How the assessment manual groups it: overarching, foundational, process, individual."""
    anchor: Annotated[tuple[Citation, ...], Value.LINKS] = ()
    """Provisions on which it usually rests."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether the name and number were read on a published page."""


class ElectionPart(Record):
    """One of the 10 parts of an election under which obligations are assessed."""

    id: Id
    """Stable id."""
    number: Number
    """Its place in the published list, 1 to 10."""
    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """Its published name."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether the name and number were read on a published page."""
