"""What POA72x and POA73x mean: Word files that come back with edits, old drafts. Code, name, weight, page."""

from __future__ import annotations

from poa_toolkit.diagnostic import Severity
from poa_toolkit.manual import Page

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_TEXTS = (
    (
        "POA721",
        "returned-unreadable",
        _ERROR,
        """The Word file cannot be read, or is not safe to read.

        It is damaged or cut short, protected by a password, an old .doc, holds a part twice, a part that
        declares entities or is larger than what is read. The message names the part. Nothing of such a
        file is taken in, and nothing in it is ever unpacked to the disk or fetched from a server.

        Cure:
            Open it in Word or LibreOffice, save it as a Word document (.docx) without a password, and use
            the new file.
        """,
    ),
    (
        "POA722",
        "returned-part-ignored",
        _WARNING,
        """The Word file holds something that is not read: macros, embedded files, links to other files.

        Its text is read all the same. Whatever stands in such a part is not in the amendments.

        Cure:
            Ask the sender what it is for; text that belongs into the plan goes into the document itself.
        """,
    ),
    (
        "POA723",
        "returned-emptied",
        _ERROR,
        """The Word file says of no text which one it is, or most of its texts are gone.

        Each text of a rendered document stands in a content control with a bookmark. A file that was
        pasted into a new document has neither, and one that was emptied by accident would ask for the
        removal of everything. So `poa pull` asks first.

        Cure:
            Ask for the file with its tracked changes. If this is what the sender means, use `poa pull
            --force`: texts are then found by their words, and what is gone becomes proposals to remove it.
        """,
    ),
    (
        "POA724",
        "returned-record-differs",
        _WARNING,
        """What the Word file keeps of the text as it went out is missing, or is not what the plan says.

        A rendered document keeps each text as it was printed, so that edits made without tracking show.
        Where the version is known, the texts of that version are used instead, and the sender is told
        apart from the plan. A program that dropped the record is the usual cause.

        Cure:
            Read the amendments that were pulled; what looks like an edit of nobody may be a difference
            between two versions.
        """,
    ),
    (
        "POA725",
        "returned-control-strange",
        _WARNING,
        """A content control of the Word file stands there twice, names no text, or is missing.

        Copying a paragraph copies its control, and some programs drop controls and bookmarks. The first
        copy counts, the others are new paragraphs; a text without either is found by its words.

        Cure:
            Check what was pulled for the texts that the message names.
        """,
    ),
    (
        "POA726",
        "returned-unplaced",
        _WARNING,
        """Something in the Word file belongs to no text of the plan.

        A change of a footnote, an annex or the line under an action, a comment on the cover, a new
        heading. It is kept as an amendment with the state `unplaced` and the words around it, so that
        nothing a participant wrote is lost.

        Cure:
            Make the change by hand where it belongs, then reject the amendment with that as the reason.
        """,
    ),
    (
        "POA731",
        "draft-without-actions",
        _ERROR,
        """The Word draft has nothing that could be an action.

        `poa import` makes a section of each heading, and an action of each numbered paragraph below it; where
        a section has no numbers, of each paragraph that says what somebody should do. It found none.

        Cure:
            Give the sections of the draft heading styles, number its actions, and import it again.
        """,
    ),
    (
        "POA732",
        "draft-note-open",
        _WARNING,
        """A note of the Word draft could not be turned into citations.

        What the registry knows by title, short form, symbol or id becomes a citation, with the articles or
        paragraphs that stand beside the name and that it lists. All other words of the note are kept as a
        comment below their paragraph: another constitution, a case, a page, an abbreviation that may mean two
        instruments.

        Cure:
            Cite what the comment says, in `provisions` or `recommendations`; add to the registry what it
            lacks; then delete the comment.
        """,
    ),
    (
        "POA733",
        "draft-part-left-out",
        _WARNING,
        """Something in the Word draft was not taken in: a table, a text box, its comments.

        A plan is paragraphs, actions and points; annexes are made from its links.

        Cure:
            Look at the draft, and put into the plan what belongs there.
        """,
    ),
    (
        "POA734",
        "draft-action-guessed",
        _WARNING,
        """A paragraph of the Word draft without a number was taken for an action.

        It stands behind an action, or in a section without numbers and says what somebody should do.

        Cure:
            Leave it if it is one. Else move it to the chapeau, or join it to the action above.
        """,
    ),
)


def pages() -> tuple[Page, ...]:
    """Give the manual page of every code about returned files and old drafts."""
    return tuple(Page.of(*each) for each in _TEXTS)
