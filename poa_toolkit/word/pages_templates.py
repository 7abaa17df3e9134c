"""What POA70x and POA71x mean: a Word template of the secretariat's own. Code, name and manual page."""

from __future__ import annotations

from poa_toolkit.diagnostic import Severity
from poa_toolkit.manual import Page

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

_TEXTS = (
    (
        "POA701",
        "template-unreadable",
        _ERROR,
        """The template is no Word file that can be opened.

        It is damaged, larger than what is read, of another kind (a .dotx, a file with macros, Strict
        Open XML), declares entities, or holds a part twice.

        Cure:
            Save it in Word or LibreOffice as a Word document (.docx).
        """,
    ),
    (
        "POA702",
        "template-part-unsafe",
        _ERROR,
        """The template holds something that can act, or brings in what lies outside the file.

        Macros, controls that run, embedded files, pictures that are fetched from a server: whoever opens
        the document would run or fetch them. A link that a reader clicks is fine.

        Cure:
            Take it out; put a picture into the file itself.
        """,
    ),
    (
        "POA703",
        "template-tag-unreadable",
        _ERROR,
        """A tag of the template cannot be read.

        A tag is {{ a field }}, or {% if … %}, {% for … %}, {% set … %} with their ends, in the text of one
        paragraph.

        Cure:
            Correct the tag where the message says; `poa template init` writes a template that is right.
        """,
    ),
    (
        "POA704",
        "template-pair-broken",
        _ERROR,
        """A tag that begins something has no end, or an end no beginning.

        Each {% for … %} needs its {% endfor %}, each {% if … %} its {% endif %}. Both are of one form:
        {%p … %} with {%p … %}, in the same cell or outside any; {%tr … %} with {%tr … %}, in the same
        table. Pairs lie inside each other and do not cross.

        Cure:
            Add the end that is missing, or delete the one that is too many.
        """,
    ),
    (
        "POA705",
        "template-field-unknown",
        _ERROR,
        """A tag names what the plan does not give.

        It is misspelt, or stands outside the loop that would give it its meaning, or names a list where a
        text belongs.

        Cure:
            Correct the name; docs/secretariat/template-fields.md lists all of them.
        """,
    ),
    (
        "POA706",
        "template-tag-unsafe",
        _ERROR,
        """A tag asks for more than a template may do.

        A template prints fields, goes through lists and leaves parts out. It calls nothing, loads no other
        file, and reaches nothing but the words of the plan.

        Cure:
            Print a field as it is, or ask with {% if … %} whether it is there.
        """,
    ),
    (
        "POA707",
        "template-text-lost",
        _ERROR,
        """Text stands beside a tag that takes its whole paragraph, row or cell away.

        {%p … %} takes its paragraph, {%tr … %} its row, {%tc … %} its cell. What else stands there would
        not be printed.

        Cure:
            Give the tag a paragraph, row or cell of its own.
        """,
    ),
    (
        "POA708",
        "template-style-missing",
        _WARNING,
        """A style is used that the template has not.

        Brackets, their holders, links and notes are marked by styles alone. Without them they look like the
        text around them.

        Cure:
            Copy the style from the template of `poa template init`, and change how it looks there.
        """,
    ),
    (
        "POA716",
        "template-without-text",
        _ERROR,
        """The template prints no field of the text.

        What was made with it would be a document without the plan: no front matter, section or action.

        Cure:
            Print the text where it belongs, or begin with the template of `poa template init`.
        """,
    ),
    (
        "POA709",
        "template-tag-split",
        _NOTE,
        """One tag bears several formattings.

        What is filled in gets the formatting of the tag's first letter.

        Cure:
            Mark the whole tag, with its braces, and format it once.
        """,
    ),
    (
        "POA710",
        "template-field-unasked",
        _WARNING,
        """A tag uses what not every plan has, and the template does not ask whether it is there.

        A plan without withdrawn actions has no annex of them. The document of such a plan could not be made.

        Cure:
            Put {% if … %} before it and {% endif %} after it, as the message shows.
        """,
    ),
    (
        "POA711",
        "template-text-hidden",
        _WARNING,
        """The template prints a part of the text nowhere.

        The title, the front matter, the introduction, the sections, the actions and their points are what
        people agree on. A document that leaves one out misleads them.

        Cure:
            Print it where it belongs.
        """,
    ),
    (
        "POA712",
        "template-follows-another",
        _NOTE,
        """The template is itself attached to another template, somewhere else.

        Word would look for that file whenever the document is opened. The documents made here are not
        attached to it.

        Cure:
            Nothing, or detach it: Developer, Document Template.
        """,
    ),
    (
        "POA713",
        "template-not-filled",
        _ERROR,
        """The template is well made, but this plan could not be filled in.

        Most often it uses an annex that this plan has not, or prints notes in the head or foot of a page,
        where Word can have none.

        Cure:
            Ask with {% if … %} for what not every plan has; move what has notes into the body.
        """,
    ),
    (
        "POA714",
        "template-stopped",
        _ERROR,
        """The template wanted more time, memory or room than a document can need.

        A template of other people is filled in a process of its own, with limits. This one went past them.

        Cure:
            Take loops inside loops out of it, and whatever repeats a text many times.
        """,
    ),
    (
        "POA715",
        "template-barrier",
        _WARNING,
        """Somebody could not read a document made with this template.

        A picture without alternative text, a table whose head is not marked, a heading that skips a level,
        pale letters, empty paragraphs for space, no language: a screen reader, or weak eyes, get lost.

        Cure:
            Mend it in Word as the message says.
        """,
    ),
)


def pages() -> tuple[Page, ...]:
    """Give the page of every code that a template can be reported for."""
    return tuple(Page.of(code, name, severity, text) for code, name, severity, text in _TEXTS)
