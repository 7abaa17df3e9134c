"""POA321, POA334 and POA335: sections and their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import repetitions
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer


@rule("POA321", "title-full-stop", Severity.WARNING)
def title_full_stop(ctx: Context) -> Iterator[Finding]:
    """A title ends with a full stop, a comma or a colon.

    A heading is no sentence.

    Bad:
        # section
        title: First things.

    Good:
        # section
        title: First things

    Cure:
        Delete the mark.
    """
    titles: list[tuple[Pointer, str]] = [
        (("title",), ctx.plan.title),
        (("subtitle",), ctx.plan.subtitle or ""),
    ]
    titles += [(("sections", index, "title"), each.title) for index, each in enumerate(ctx.plan.sections)]
    for at, title in titles:
        mark = title.rstrip()[-1:]
        if mark and mark in ".,:;":
            end = len(title.rstrip())
            message = f'the title "{title}" ends with "{mark}"'
            yield Finding(at, message, "delete the mark", words=(end - 1, end))


@rule("POA334", "section-title-repeated", Severity.WARNING)
def section_title_repeated(ctx: Context) -> Iterator[Finding]:
    """Two sections have the same title.

    A reader of the contents cannot tell them apart.

    Bad:
        # sections/02-more.yaml
        id: more
        title: First things
        chapeau:
          - id: C-02
            text: More follows.

    Good:
        # sections/02-more.yaml
        id: more
        title: Further things
        chapeau:
          - id: C-02
            text: More follows.

    Cure:
        Say in one of the titles what is different.
    """
    sections = ctx.plan.sections
    for index, first in repetitions(section.title.casefold().strip() for section in sections):
        message = f'"{sections[index].title}" is also the title of section {sections[first].id}'
        related = ((("sections", first, "title"), "it is first used here"),)
        yield Finding(("sections", index, "title"), message, "say what is different", related)


@rule("POA335", "empty-section", Severity.WARNING, whole=True)
def empty_section(ctx: Context) -> Iterator[Finding]:
    """A section holds nothing that is printed.

    Its heading would stand over nothing, and still take a number.

    Bad:
        # sections/02-more.yaml
        id: more
        title: Further things

    Good:
        # sections/02-more.yaml
        id: more
        title: Further things
        chapeau:
          - id: C-02
            text: More follows.

    Cure:
        Add a paragraph or an action, or delete the file.
    """
    for index, section in enumerate(ctx.plan.sections):
        if not section.chapeau and not any(action.status.printed for action in section.actions):
            message = f'section {section.id} ("{section.title}") holds nothing that is printed'
            yield Finding(("sections", index, "title"), message, "add a paragraph or an action, or delete it")
