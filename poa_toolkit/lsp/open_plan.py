"""A plan that an editor has open: the files on the disk, what is not saved yet over them, what is wrong."""

from __future__ import annotations

from collections import Counter
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from poa_toolkit.api.plan_edit import place as in_file
from poa_toolkit.api.validate import Report, validate
from poa_toolkit.diagnostic import Diagnostic
from poa_toolkit.errors import EditRefusedError, PoaError
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.load.plan_file import PlanFile, Readings
from poa_toolkit.lsp.lines import Lines
from poa_toolkit.lsp.names import Name, Names
from poa_toolkit.lsp.protocol import Text, uri
from poa_toolkit.model import cross_references
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.source import folder
from poa_toolkit.source.versions import WORKING_TREE
from poa_toolkit.trace import Trace, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Location, Pointer, Span, Words
    from poa_toolkit.load.positions import Spot
    from poa_toolkit.model import Plan
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.source.base import Files

_UNREADABLE = "meanwhile all else is checked against what this file held last"


class LastReadable(Readings):
    """Reads files, and keeps of one that cannot be read what it held when it could."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, PlanFile] = {}

    def read(self, path: str, content: bytes) -> PlanFile:
        """Read one file; of one that cannot be read what it held last, with what is wrong now."""
        now = super().read(path, content)
        if now.record is not None:
            self._last[path] = now
        last = self._last.get(path)
        if last is None or last is now:
            return now
        first, *others = now.diagnostics
        joint = " " if first.help.endswith("?") else "; "
        cure = f"{first.help}{joint}{_UNREADABLE}" if first.help else _UNREADABLE
        return last._replace(diagnostics=(first._replace(help=cure), *others), mends=now.mends, unclear={})

    def forget_others(self, paths: Any) -> None:  # noqa: ANN401 - as `Readings` has it
        """Let go of the files that are not among `paths`."""
        super().forget_others(paths)
        self._last = {path: each for path, each in self._last.items() if path in paths}


class Snapshot:
    """A plan at one moment: its files, what they say, and what is wrong in them."""

    def __init__(  # noqa: PLR0913 - what a look finds
        self,
        root: Path,
        files: Files,
        loaded: Loaded,
        report: Report,
        *,
        encoding: str,
        before: Snapshot | None,
    ) -> None:
        self.root, self.files, self.loaded, self.encoding = root, files, loaded, encoding
        self.plan: Plan | None = loaded.plan
        self._texts: dict[str, Text] = {}
        self._of_form = {*loaded.diagnostics, *loaded.of_settings}
        self.diagnostics = tuple(filter(None, (self._now(each) for each in report.diagnostics)))
        self.names: Names = Names(loaded.trees, before.names if before else None)
        """Everything that is named in the files, and where."""
        self.numbers = _numbers(loaded, before)
        """The numbers that a document prints, as one cites them: by id, of a point by ``A-012.b``."""

    def text(self, path: str) -> Text:
        """Return the text of a file as it is now, as far as it is text; empty where there is none."""
        if path not in self._texts:
            text = self.files.contents.get(path, b"").decode("utf-8-sig", "replace")
            self._texts[path] = Text(text, self.encoding)
        return self._texts[path]

    def spot(self, path: str, text: Text, position: types.Position) -> Spot | None:
        """Return what stands at a position of a file, whose text an editor has by now as `text`.

        None where the place is new, and no longer or not yet part of what could be read.
        """
        tree = self.loaded.trees.get(path)
        if tree is None or tree.problems:
            return None
        line, column = text.place(position)
        read = line if tree.text == text.text else Lines(tree.text, text.text).old(line)
        return tree.places.spot(tree.places.index(read, column)) if read else None

    def name(self, path: str, text: Text, position: types.Position) -> Name | None:
        """Return the name that stands at a position, as `spot`; None where none does."""
        spot = self.spot(path, text, position)
        return self.names.at(path, spot) if spot else None

    def place(self, path: str, at: Pointer, words: Words | None = None) -> types.Location | None:
        """Return where a value of a file stands now; None where that is not as it could be read."""
        span: Span | None = self.loaded.trees[path].places.span(at, words=words)
        if path in self.unlike and span:
            span = self.unlike[path].new(span)
        return types.Location(uri(self.root, path), self.text(path).range(span)) if span else None

    def place_of(self, at: Pointer, words: Words | None = None) -> types.Location | None:
        """Return where a value of the plan stands now, as `place`; None for a value of no file."""
        try:
            path, inside = in_file(self.loaded, at)
        except EditRefusedError:
            return None
        return self.place(path, inside, words)

    def with_pulse(self, pulse: Callable[[], None]) -> Snapshot:
        """Return the same for one request, which `pulse` may end."""
        found = copy(self)
        found.files = self.files._replace(pulse=pulse)
        return found

    @cached_property
    def unlike(self) -> Mapping[str, Lines]:
        """Of each file that cannot be read, which of its lines are those that could be read last."""
        texts = ((path, tree, self.text(path).text) for path, tree in self.loaded.trees.items())
        return {
            path: Lines(tree.text, text)
            for path, tree, text in texts
            if not tree.problems and tree.text != text
        }

    @cached_property
    def trace(self) -> Trace | None:
        """The links of the plan; None where plan.yaml was never read."""
        return trace(self.plan) if self.plan else None

    def number(self, name: str) -> str:
        """Return the number of what bears a name, in small letters as `Names` has it; empty for none."""
        return self._numbers.get(name, "")

    @cached_property
    def _numbers(self) -> dict[str, str]:
        return {name.lower(): number for name, number in self.numbers.items()}

    @cached_property
    def references(self) -> CrossReferences | None:
        """What cross-references and holders print."""
        return cross_references.of(self.plan) if self.plan else None

    def _now(self, found: Diagnostic) -> Diagnostic | None:
        """Return a finding at its place in the file as it is now; None where that is not as it was read."""
        places = (found.location, *(each.location for each in found.related))
        if self.unlike.keys().isdisjoint({each.path for each in places}) or found in self._of_form:
            return found
        here = self._moved(found.location)
        moved = ((each, self._moved(each.location)) for each in found.related)
        related = tuple(each._replace(location=now) for each, now in moved if now)
        return found._replace(location=here, related=related) if here else None

    def _moved(self, location: Location) -> Location | None:
        """Return a place as it was read at its place now; None where that is not as it was read."""
        lines = self.unlike.get(location.path)
        if lines is None or location.span is None:
            return location
        now = lines.new(location.span)
        return location._replace(span=now) if now else None


def _numbers(loaded: Loaded, before: Snapshot | None) -> dict[str, str]:
    """Return printed numbers; while a record cannot be read, as they were when all could be.

    Points of one action that bear the same id have none: nobody knows which is meant.
    """
    if loaded.broken or loaded.plan is None:
        return before.numbers if before else {}
    points = Counter(
        f"{action.id}.{each.record.id}"
        for _, action in loaded.plan.walk_actions()
        for each in action.walk_points()
    )
    return {name: each for name, each in cited_numbers(loaded.plan).items() if points[name] <= 1}


class OpenPlan:
    """A plan that an editor has open."""

    def __init__(self, root: Path, today: date, encoding: str) -> None:
        self.root, self.today, self.encoding = root, today, encoding
        self.unsaved: dict[str, bytes] = {}
        """By path inside the project, what an editor has in hand."""
        self._readings = LastReadable()
        self._last: Snapshot | None = None

    def look(self, pulse: Callable[[], None]) -> Snapshot:
        """Read what has changed since the last look, and apply the whole rule book.

        `pulse` is called between files and rules: what it raises ends the look. Raises PoaError where the
        folder of the plan is gone.
        """
        files = self.files()
        for path, content in files.contents.items():
            pulse()
            self._readings.read(path, content)
        loaded = load(files, self._readings)
        report = validate(self.root, version=loaded, today=self.today, is_working_tree=True, pulse=pulse)
        self._last = Snapshot(self.root, files, loaded, report, encoding=self.encoding, before=self._last)
        return self._last

    def files(self) -> Files:
        """Return the files of the plan as an editor has them."""
        try:
            return folder.read(self.root, WORKING_TREE, dict(self.unsaved))
        except OSError as error:
            raise PoaError(f"{self.root} cannot be read: {error.strerror}") from None
