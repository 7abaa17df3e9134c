"""Files that somebody sent, as every command takes them in: read or refused, named, their books closed."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, FaultsError, Location, Severity
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.pulled_file import Stretch
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.text.valid_names import unreserved
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.api.amendments_edit import Decision
    from poa_toolkit.returned.ledger import Balance, Ledger
    from poa_toolkit.returned.word_file import Returned

MOST_PROPOSALS = 4000
"""How many changes one file may ask for."""
MEANT = "if this is meant, pull it again with --force; the plan itself stays as it is"
OTHER_FILE = "this is hardly a document of this plan; make sure that it is the right file"
_QUOTED = 200


class Choice(NamedTuple):
    """How to take files in."""

    day: date
    """When what bears no date was proposed."""
    by: str = ""
    """Whose the changes without tracking are; by default that of who saved the file last."""
    force: bool = False
    """Whether to take in a file most of whose texts are gone."""
    only_show: bool = False
    explain: bool = False
    """Whether to say what became of every stretch of a file."""
    decision: Decision | None = None
    """Who decided, where what was accepted and rejected in Word is to be put on record."""


class RefusedFileError(FaultsError):
    """A returned file that is not taken in; `diagnostics` say why. Nothing was written."""


def read_returned(name: str, content: bytes) -> Returned:
    """Read a Word file that somebody sent. Raises RefusedFileError for one that cannot be read."""
    from poa_toolkit.archive.untrusted import UnsafePartError  # noqa: PLC0415 - heavy: lxml
    from poa_toolkit.word.reader.file import read  # noqa: PLC0415 - heavy: lxml

    try:
        return read(content)
    except UnsafePartError as error:
        cure = error.cure or "open it in Word, save it as a Word document (.docx), and use the new file"
        wrong = Diagnostic("POA721", Severity.ERROR, str(error), Location(name), cure)
        raise RefusedFileError((wrong,)) from None


def saved_by(returned: Returned) -> str:
    """Return who saved a file last; empty where the toolkit made it, or it does not say."""
    name = returned.modified_by
    return "" if name == TOOLKIT else name


def stem_of(name: str) -> str:
    """Return the name of a file without folders and suffix."""
    return re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name


def slug(name: str) -> str:
    """Return the name of a file of amendments: that of the Word file, in letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", stem_of(name)).encode("ascii", "ignore").decode("ascii")
    return unreserved(re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].rstrip("-")) or "returned"


def balanced(name: str, ledger: Ledger) -> Balance:
    """Count what was read of a file. Raises RefusedFileError where some of it has no fate."""
    balance = ledger.balance()
    lost = balance.read - balance.placed - balance.told - balance.generated
    if not lost:
        return balance
    words = clean(next(each.words for each in ledger.entries() if each.fate is Fate.OPEN))[:_QUOTED]
    message = f"{lost} of {balance.read} characters were not placed, told or recognised: “{words}”"
    cure = "this is a fault of poa-toolkit: please report it, and propose by hand what the file asks for"
    raise RefusedFileError((Diagnostic("POA727", Severity.ERROR, message, Location(name), cure),))


def stretches(returned: Returned, ledger: Ledger) -> Iterator[Stretch]:
    """Return what became of every stretch of a file, with its place."""
    places = tuple(each.place for each in returned.paragraphs)
    remarks = {each.text for each in returned.remarks}
    for each in ledger.entries():
        page, heading, kind, _ = places[each.paragraph] if each.paragraph >= 0 else (0, "", "", None)
        kind = "comment" if each.words in remarks else kind
        yield Stretch(each.words, each.fate.said, each.why, page, clean(heading), kind)
