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
        """Something in the Word file belongs to no text of the plan, or to no version that is at hand.

        A change of a footnote or of an annex, a comment on the cover, a new heading, words typed beside
        the fields in a line under an action: each is kept as an amendment with the state `unplaced` and
        the words around it, so that nothing a participant wrote is lost. A change of a field in such a
        line is an amendment to that field.

        A file keeps what was printed when it was made. Where neither the working tree nor a baseline
        prints that, the version it was made from is not known, and the message says so: the plan has
        moved on, and nothing was frozen. The edits are then compared with what the file keeps of itself,
        and what it alone says was printed is quoted, for nobody can vouch for that.

        Cure:
            Say with `poa amend place ID` which text an unplaced amendment is to; where it is to none, make
            the change by hand, then reject the amendment with that as the reason. Freeze a text before it
            is sent: `poa baseline create NAME`, then `poa render NAME`.
        """,
    ),
    (
        "POA727",
        "returned-unbalanced",
        _ERROR,
        """Some words of the Word file were neither placed, nor told, nor recognised as generated.

        `poa pull` and `poa import` keep books of every character that they read: it stands in a text of the
        plan or in a proposal, or it is quoted as something that has no place, or a program made it and
        makes it anew. Where the sum is off, words would be lost. So nothing is written.

        Cure:
            This is a fault of poa-toolkit: report it, with the line if not with the file. Until it is
            mended, propose by hand what the file asks for (`poa amend propose`), or type the draft in.
        """,
    ),
    (
        "POA728",
        "returned-taken-back",
        Severity.INFORMATION,
        """Somebody put words into the Word file with tracking, and took them out again.

        Word forgets such words; some other programs keep them. They are quoted, and nothing is proposed.

        Cure:
            None is needed. If the words were meant to stay, propose them with `poa amend propose`.
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
            See with --dry-run what each paragraph was taken for, and say with --sections-at, --actions-are
            or --columns what they are; or give the sections of the draft heading styles and number its
            actions.
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
        instruments. So are the notes of a title, a heading, an introduction or a chapeau, which have no field
        for what they cite.

        Cure:
            Where there was no registry to look in, import again with --registry DIR, the project that has
            one. Else cite what the comment says, in `provisions` or `recommendations`; add to the registry
            what it lacks; then delete the comment.
        """,
    ),
    (
        "POA733",
        "draft-part-left-out",
        _WARNING,
        """Something in the Word draft was not taken in as text: a row of a table, a header, struck words.

        A plan is paragraphs, actions and points; annexes are made from its links. Words that are no such
        text are kept as a comment where they stood: rows of tables whose columns are not known, headings
        with nothing below them, text boxes, headers and footers, pictures, hidden text, and words that
        were struck out by hand. Tracked changes are taken as accepted; who changed what is kept in
        plan/amendments, as are the comments of the draft.

        Cure:
            Look at the draft, put into the plan what belongs there, and delete the comment.
        """,
    ),
    (
        "POA734",
        "draft-action-guessed",
        _WARNING,
        """A paragraph of the Word draft without a number was taken for an action.

        It stands behind an action, or in a section without numbers and says what somebody should do, or
        asks nothing and has a list. A paragraph that has no points, such as one of an introduction, and to
        which the list below it was joined, is told under this code too, and so are a numbered one taken
        for the chapeau and a section for which the draft has no heading.

        Cure:
            Leave it if it is one. Else move it to the chapeau, or join it to the action above; --actions-are
            says for the whole draft which paragraphs are actions.
        """,
    ),
    (
        "POA735",
        "draft-third-level",
        _WARNING,
        """A paragraph of the Word draft stands one level below the points of an action.

        An action has points, and points have none. The words are kept as a comment below the action, with
        the number that the draft gave them.

        Cure:
            Write them into the point above them, or make them points; then delete the comment.
        """,
    ),
    (
        "POA736",
        "draft-table-read",
        Severity.INFORMATION,
        """What was read in the Word draft without a doubt, and may be wrong all the same: tables, new actors.

        A table is read as actions, a row each; the message says what each column fills. The columns are
        known by their headings in English, French, Spanish and a few other languages. What stands in a
        column that fills nothing is kept as a comment below its action. Whoever is addressed, in a table or
        a line such as *Addressed to: States*, and is not in the registry, is a new actor.

        Cure:
            Where a column fills the wrong field, say what they are: --columns "number,action,addressees,-".
            Where a new actor is a known one under another name, put the id of that in its place.
        """,
    ),
)


def pages() -> tuple[Page, ...]:
    """Give the manual page of every code about returned files and old drafts."""
    return tuple(Page.of(*each) for each in _TEXTS)
