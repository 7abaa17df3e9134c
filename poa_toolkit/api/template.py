"""The secretariat's own Word template: where it is, what is wrong with it, a document made with it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, FaultsError, Location, Severity
from poa_toolkit.errors import TemplateError
from poa_toolkit.model import House
from poa_toolkit.source import folder
from poa_toolkit.source.base import MAX_FILE, Refusal
from poa_toolkit.word.template.packaged import packaged_template

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.word.template.check import Checked, Listed

TEMPLATE = "plan/template.docx"
"""Where a project keeps its own template; `poa render` and `poa build` use it when it is there."""


class Template(NamedTuple):
    """A template that is not ours."""

    path: str
    """As a person would name it."""
    content: bytes


class Report(NamedTuple):
    """What a template holds."""

    path: str
    tags: tuple[Listed, ...]
    """In page order."""
    unused: tuple[str, ...]
    """The fields that it prints nowhere."""
    diagnostics: tuple[Diagnostic, ...]


class Filled(NamedTuple):
    """A document made with a template."""

    content: bytes
    warnings: tuple[Diagnostic, ...] = ()
    """What is odd about the template, though it can be used."""
    remarks: tuple[str, ...] = ()
    """What is to be known of the text, a line each: what it still lacks for its stage."""
    laid_out_by: str = ""
    """The program whose layout the pages of the contents are of; empty where they show none."""


class InvalidTemplateError(FaultsError):
    """A template cannot be used; `diagnostics` say why."""


def packaged(house: House = House.UN) -> bytes:
    """Return the template of a house style that comes with the toolkit, to begin with."""
    return packaged_template(house)


def of_project(project: Path) -> Template | None:
    """Return the template that a project keeps, or None.

    Raises InvalidTemplateError where it is no file of the project.
    """
    if not (project / TEMPLATE).is_symlink() and not (project / TEMPLATE).exists():
        return None
    found = folder.fetch(project, TEMPLATE)
    if isinstance(found, Refusal):
        wrong = Diagnostic("POA701", Severity.ERROR, found.message, Location(TEMPLATE), found.help)
        raise InvalidTemplateError((wrong,), f"{TEMPLATE}: ")
    return Template(TEMPLATE, found)


def read(path: Path) -> Template:
    """Read a template anywhere. Raises TemplateError where it is no file to read, or the machine refuses."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TemplateError(f"{path} is no regular file")
        if status.st_size > MAX_FILE:
            raise TemplateError(f"{path} holds {status.st_size // 1024 // 1024} MiB, too much for a template")
        return Template(path.as_posix(), path.read_bytes())
    except OSError as error:
        raise TemplateError(f"{path} cannot be read: {error.strerror}") from None


def check(template: Template) -> Report:
    """Find what is wrong with a template, and list its tags."""
    from poa_toolkit.word.writer.child_process import ask  # noqa: PLC0415 - only templates pay for it

    checked = ask(template.content).checked
    return Report(template.path, checked.tags, checked.unused, _diagnostics(template, checked))


def fill(template: Template, document: Document, when: datetime) -> Filled:
    """Make a document with a template that nobody has checked. Raises InvalidTemplateError."""
    from poa_toolkit.word.writer.child_process import ask  # noqa: PLC0415 - only templates pay for it

    answer = ask(template.content, document, when)
    found = _diagnostics(template, answer.checked)
    if not answer.content:
        raise InvalidTemplateError(_of(found, Severity.ERROR), f"{template.path}: ")
    return Filled(answer.content, tuple(_of(found, Severity.WARNING)))


def _of(found: Iterable[Diagnostic], severity: Severity) -> Iterable[Diagnostic]:
    return (each for each in found if each.severity is severity)


def _diagnostics(template: Template, checked: Checked) -> tuple[Diagnostic, ...]:
    where = Location(template.path)
    return tuple(
        Diagnostic(each.code, each.severity, each.message, where, each.help) for each in checked.faults
    )
