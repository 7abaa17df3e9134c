"""Give the files of a plan their canonical layout; their data and comments stay as they are."""

from __future__ import annotations

import codecs
import difflib
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Severity, Span
from poa_toolkit.edit import layout as canonical
from poa_toolkit.edit.layout_tree import UnsafeLayoutError
from poa_toolkit.errors import PoaError
from poa_toolkit.files.transaction import write_all
from poa_toolkit.load import decode, yaml_tree
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.source import folder
from poa_toolkit.source.base import Refusal
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


_END = "\n"
_NO_END = "\\ No newline at end of file\n"


class Formatted(NamedTuple):
    """One file, as it is and as it should be laid out."""

    path: str
    """Inside the project, with ``/``."""
    before: bytes
    after: bytes
    """The same bytes where nothing needs doing, and where the file cannot be laid out."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Why it cannot."""

    @property
    def differs(self) -> bool:
        """Return whether there is anything to do."""
        return self.before != self.after


def layout(path: str, content: bytes) -> Formatted:
    """Lay out the content of one file; the kind of record it holds follows from its path."""
    read = yaml_tree.read_closely(path, content)
    if read.problems:
        return Formatted(path, content, content, tuple(_of_reading(read)))
    kind = kind_of(path)
    try:
        text = canonical.laid_out(read, kind.root if kind else None)
    except UnsafeLayoutError as error:
        line, column = decode.place("\n".join(read.lines), error.offset)
        location = Location(path, Span(line, column, line, column + 1), read.line(line))
        message = f"the file is left as it is: {error}"
        help_text = "write it as `key: value`, or move the comment to a line of its own"
        diagnostic = Diagnostic("POA016", Severity.ERROR, message, location, help_text)
        return Formatted(path, content, content, (diagnostic,))
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return Formatted(path, content, mark + text.encode("utf-8"))


def laid_out(path: str, text: str) -> str:
    """Return the text of a file as it should be laid out."""
    return layout(path, text.encode("utf-8")).after.decode("utf-8")


def _of_reading(read: yaml_tree.Tree) -> Iterator[Diagnostic]:
    for each in read.problems:
        location = Location(read.path, each.span, read.line(each.span.line))
        yield Diagnostic(each.code, Severity.ERROR, each.message, location, each.help)


def layouts(project: Path, paths: Iterable[Path]) -> tuple[Formatted, ...]:
    """Lay out files of a plan: those at `paths`, files or folders, or without any all of them.

    Only what is part of a plan is laid out; other files are left out. Raises PoaError for a path that
    is not there, or that leads out of the project.
    """
    root = project.resolve()
    wanted = [_inside(root, path) for path in paths]
    files = folder.read(project, "working tree")
    found = [layout(name, content) for name, content in files.contents.items() if kind_of(name)]
    found += [_refused(each) for each in files.refusals]
    if wanted:
        found = [each for each in found if any(_is_below(each.path, name) for name in wanted)]
    return tuple(sorted(found, key=lambda each: each.path))


def save(project: Path, files: Iterable[Formatted]) -> None:
    """Write files as they should be laid out: all of them, or none.

    Raises WriteError where somebody has changed one since it was read, or the machine refuses.
    """
    changed = [each for each in files if each.differs]
    if changed:
        write_all(
            project,
            {each.path: each.after for each in changed},
            {each.path: each.before for each in changed},
        )


def difference(formatted: Formatted) -> str:
    """Return what would change as a unified diff, each line made safe for a terminal.

    A line that ends otherwise differs, too: a carriage return is shown, and that the last line has no end is
    said as git says it.
    """
    old, new = (_lines(content.decode("utf-8-sig")) for content in (formatted.before, formatted.after))
    name = visible(formatted.path)
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(
        f"{visible(line.removesuffix(_END))}\n{'' if line.endswith(_END) else _NO_END}" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Split a text into lines with their line feeds, and nowhere else."""
    *whole, last = text.split(_END)
    return [*(f"{line}{_END}" for line in whole), *([last] if last else [])]


def _inside(root: Path, path: Path) -> str:
    """Return a path as it lies inside the project; a link to a file of it stands for that file."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise PoaError(f"{path} cannot be found") from None
    if not real.is_relative_to(root):
        raise PoaError(f"{path} lies outside the project, whose folder is {root}")
    return real.relative_to(root).as_posix()


def _is_below(path: str, name: str) -> bool:
    return name in (path, ".") or path.startswith(f"{name}/")


def _refused(refusal: Refusal) -> Formatted:
    location = Location(refusal.path)
    diagnostic = Diagnostic("POA013", Severity.ERROR, refusal.message, location, refusal.help)
    return Formatted(refusal.path, b"", b"", (diagnostic,))
