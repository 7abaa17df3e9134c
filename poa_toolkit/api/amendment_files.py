"""The files of amendments: what lies in them, and what a returned file adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.check.amendment_places import home
from poa_toolkit.model import Amendment, AmendmentKind, Turn, digests
from poa_toolkit.model.digests import dump
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from poa_toolkit.api.plan_edit import PlanEdit
    from poa_toolkit.model import Plan

_FOLDER = "plan/amendments/"
_LONGEST_STEM, _LONGEST_NAME, _LONGEST_CONTEXT = 22, 200, 2000
_IDENTITY = ("record", "field", "section", "under", "after", "original", "proposed", "context", "comment")


class AmendmentFiles:
    """The amendments that lie in files already, and what is to be added to them."""

    def __init__(self, edit: PlanEdit, name: Callable[[str], str] | None = None) -> None:
        """Look at what lies there; `name` gives the id of what is new from what it begins with.

        Without it ids are counted in the files alone: a returned file has the same ones in every clone.
        """
        self._edit = edit
        self._name = name
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._ids: set[str] = set()
        self._numbers: dict[str, int] = {}
        for path, tree in edit.loaded.trees.items():
            if path.startswith(_FOLDER):
                found = tree.value.get("amendments") if isinstance(tree.value, dict) else None
                self._rows[path] = [each for each in found or () if isinstance(each, dict)]
                self._ids |= {str(each.get("id", "")).lower() for each in self._rows[path]}
        self._written = {path: len(rows) for path, rows in self._rows.items()}

    @property
    def amended(self) -> frozenset[tuple[str, str]]:
        """The texts that an amendment on file is to, by record and field."""
        return frozenset(
            (str(row.get("record")), str(row.get("field"))) for rows in self._rows.values() for row in rows
        )

    def add(
        self, path: str, given: Sequence[dict[str, Any]], *, unsigned: str = ""
    ) -> tuple[tuple[Amendment, ...], int]:
        """Return the amendments that the file does not hold yet, and how many of them it holds.

        `unsigned` is the proposer of what nobody signed; another time it may have been put under
        another name.
        """
        rows = self._rows.setdefault(path, [])
        # the same words from the same person twice in a file are two amendments
        there = [frozenset(map(_identity, _forms(each))) for each in rows]
        new: list[Amendment] = []
        for each in given:
            identity = _identity(each)
            signed = each["proposer"] != unsigned
            same = [
                forms
                for forms in there
                if identity in forms or (not signed and identity.words in {one.words for one in forms})
            ]
            if same:
                there.remove(next((forms for forms in same if identity in forms), same[0]))
            else:
                new.append(Amendment.model_validate({"id": self._next(path), **each}))
        rows += map(dump, new)
        return tuple(new), len(given) - len(new)

    def same(self, path: str, row: dict[str, Any]) -> str:
        """Return the id of the amendment in a file that is the one of `row`; empty for none."""
        wanted, rows = _identity(row), self._rows.get(path, ())
        return next((str(each.get("id")) for each in rows if wanted in map(_identity, _forms(each))), "")

    def _next(self, path: str) -> str:
        stem = path.removeprefix(_FOLDER).removesuffix(".yaml")[:_LONGEST_STEM].rstrip("-")
        if self._name is not None:
            return self._name(f"{stem}-")
        number = self._numbers.get(stem, 1)
        while f"{stem}-{number}".lower() in self._ids:
            number += 1
        self._numbers[stem] = number
        self._ids.add(f"{stem}-{number}".lower())
        return f"{stem}-{number}"

    def write(self, path: str, new: Sequence[Amendment]) -> None:
        """Put new amendments into the file, behind those that are there; every other byte stays."""
        edit, rows = self._edit, [dump(each) for each in new]
        if not rows:
            return
        number = self._written.get(path, 0)
        if path in edit.files.contents or path in edit.contents:
            for index, row in enumerate(rows, number):
                edit.insert(path, ("amendments",), index, row)
        else:
            edit.create(path, {"amendments": rows})
        self._written[path] = number + len(rows)


class _Identity(NamedTuple):
    """What makes an amendment the one that was pulled before."""

    words: tuple[object, ...]
    proposer: str


def _forms(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return an amendment as it stands, and as it stood before each revision."""
    yield row
    for former in row.get("history") or ():
        if isinstance(former, dict) and former.get("turn") == Turn.REVISED:
            yield {**row, **{key: former.get(key) for key in ("original", "proposed", "comment")}}


def _identity(row: Mapping[str, Any]) -> _Identity:
    """Return what makes an amendment the same as one pulled before, whatever became of that since."""
    answers = tuple((str(each.get("by")), str(each.get("text"))) for each in row.get("replies") or ())
    if row.get("kind") != "add":
        # the section of a record may have been noted, or not
        left_out: tuple[str, ...] = ("section",)
    elif row.get("section") and not str(row.get("field") or "").startswith("points"):
        # an addition that was accepted bears the id of what it became
        left_out = ("field", "record")
    else:
        left_out = ("field", "section")
    # files pulled before comments kept their lines have them on one
    values = (" ".join(str(row.get(name) or "").split()) for name in _IDENTITY if name not in left_out)
    return _Identity((row.get("kind") or "text", *values, answers), str(row.get("proposer") or ""))


def amendment(proposal: Proposal, plan: Plan | None, day: date) -> dict[str, Any]:
    """Return a proposal as the keys of an amendment that hold something.

    `plan` is the version it was written against, where that is known; `day` the date of what bears none.
    """
    record = proposal.record
    base = (
        digests.Content(plan).record(record)
        if plan and record and proposal.kind is not AmendmentKind.ADD
        else None
    )
    given: dict[str, Any] = {
        "kind": None if proposal.kind is AmendmentKind.TEXT else proposal.kind.value,
        "record": record,
        "field": proposal.field,
        "section": proposal.section or (home(plan, record) if plan and record else None),
        "under": proposal.under.removeprefix("points."),
        "after": proposal.after.removeprefix("points.") if record else proposal.after,
        "base": base,
        "original": proposal.original,
        "proposed": proposal.proposed,
        "points": [each.model_dump() for each in proposal.points],
        "edits": proposal.edits,
        "context": proposal.context[:_LONGEST_CONTEXT],
        "proposer": person(proposal.by.author),
        "date": (proposal.by.day or day).isoformat(),
        "comment": proposal.comment,
        "replies": [
            {"by": person(each.by.author), "date": (each.by.day or day).isoformat(), "text": each.text}
            for each in proposal.answers
        ],
        "resolved": proposal.resolved,
        "state": None if proposal.is_placed else "unplaced",
    }
    return {name: value for name, value in given.items() if value}


def person(name: str) -> str:
    """Return the name of an author as a plan may hold it."""
    return clean(name)[:_LONGEST_NAME] or "unnamed"
