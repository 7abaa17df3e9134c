"""What went and what came, as revisions of Word or in bold and struck words, and comments at their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document.blocks import Marks, Revision
from poa_toolkit.document.runs import RevisionState
from poa_toolkit.returned.signature import TOOLKIT, moment
from poa_toolkit.word.ooxml import escaped

if TYPE_CHECKING:
    from poa_toolkit.document.blocks import Remark
    from poa_toolkit.word.ooxml import Names

INSERTED, DELETED = "POAInserted", "POADeleted"
"""Character styles of what came and went, where revisions are not those of Word."""
TARGET = "poa"
"""The target of the processing instructions that say, until the redline is made, what they enclose."""
RUNS, RECORD, KEPT = "runs", "record", "kept"
"""What they say: with a number, that runs or a record begin that came or went, without one that these end."""

_TEXT = re.compile(r"<(/?)w:t([ >])")
_INSTRUCTION = re.compile(r"<(/?)w:instrText([ >])")
_STYLED = re.compile(r"<w:rPr>(?:<w:rStyle [^>]*/>)?|(?<=<w:r>)(?!<w:rPr>)")
_NOTE = "FootnoteReference"
_INITIALS = 9
"""Word takes no more."""


class Comment(NamedTuple):
    """What is said at a place of the text."""

    number: int
    text: str
    date: str
    author: str = TOOLKIT
    parent: int = -1
    """The number of the comment that it answers; -1 for none."""
    resolved: bool = False

    @property
    def initials(self) -> str:
        """Return what programs show of its author where there is little room."""
        words = re.findall(r"\w+", self.author)
        return "poa" if self.author == TOOLKIT else "".join(each[0] for each in words)[:_INITIALS]


class RevisionWriter:
    """Writes revisions, and remembers the comments."""

    def __init__(self, marks: Marks, names: Names, first_comment: int) -> None:
        """Take how changes are marked, whence numbers come, and the first number of a comment."""
        self.tracked = marks is Marks.TRACKED
        self.comments: list[Comment] = []
        self.known: list[Revision] = []
        self._names = names
        self._next_comment = first_comment
        self._numbers: dict[tuple[str, str, RevisionState], int] = {}

    def attributes(self, revision: Revision) -> dict[str, str]:
        """Return the attributes of one revision of Word: its number, who and when."""
        return {"id": str(self._names.mark()), "author": revision.author, "date": _date(revision)}

    def revised(self, runs: str, revision: Revision, standing: RevisionState) -> str:
        """Write runs that came or went."""
        if not runs:
            return ""
        if not self.tracked:
            return struck(runs, standing)
        if standing is RevisionState.REMOVED:
            return f"<w:del{self._written(revision)}>{as_deleted(runs)}</w:del>"
        return f"<w:ins{self._written(revision)}>{runs}</w:ins>"

    def enclosed(self, runs: str, revision: Revision | None, shares: bool) -> str:  # noqa: FBT001 - a fact
        """Say of runs that they came or went with their block, for `word.writer.redline`.

        Where they share a paragraph with others, it has to be said that they stayed, too.
        """
        if revision is None or revision.standing is RevisionState.KEPT:
            return f"<?{TARGET} {KEPT}?>{runs}" if shares else runs
        return f"<?{TARGET} {RUNS} {self.number(revision)}?>{runs}<?{TARGET} {RUNS}?>"

    def begins(self, revision: Revision) -> str:
        """Say that a record begins that came or went; for `word.writer.redline`."""
        return f"<?{TARGET} {RECORD} {self.number(revision)}?>"

    @staticmethod
    def ends() -> str:
        """Say that such a record ends."""
        return f"<?{TARGET} {RECORD}?>"

    def number(self, revision: Revision) -> int:
        """Return the number by which instructions name a revision in `known`."""
        key = revision.author, _date(revision), revision.standing
        if key not in self._numbers:
            self._numbers[key] = len(self.known)
            self.known.append(revision)
        return self._numbers[key]

    def commented(self, runs: str, revision: Revision) -> str:
        """Put the remarks of a revision at runs, as comments, and what people said with its answers."""
        for remark in revision.remarks:
            runs = self._comment(runs, Comment(self._next_comment, remark, _date(revision)))
        for each in revision.said:
            first = _said(each, self._next_comment)
            runs = self._comment(runs, first)
            for answer in each.answers:
                runs = self._comment(runs, _said(answer, self._next_comment)._replace(parent=first.number))
        return runs

    def _comment(self, runs: str, comment: Comment) -> str:
        self._next_comment += 1
        self.comments.append(comment)
        number = comment.number
        return (
            f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>'
            '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{number}"/></w:r>'
        )

    def new_control(self, control: str, revision: Revision) -> str:
        """Say of a control that it came, so that it goes too when its text is rejected."""
        if not self.tracked:
            return control
        around, within = (
            (
                f"<w:customXmlInsRangeStart{self._written(revision, number)}/>",
                f'<w:customXmlInsRangeEnd w:id="{number}"/>',
            )
            for number in (self._names.mark(), self._names.mark())
        )
        start, middle = control.split("<w:sdtContent>", 1)
        inner = middle.removesuffix("</w:sdtContent></w:sdt>")
        return (
            f"{around[0]}{start}<w:sdtContent>{around[1]}{inner}{within[0]}</w:sdtContent></w:sdt>{within[1]}"
        )

    def _written(self, revision: Revision, number: int | None = None) -> str:
        author = escaped(revision.author)
        given = self._names.mark() if number is None else number
        return f' w:id="{given}" w:author="{author}" w:date="{_date(revision)}"'


def as_deleted(runs: str) -> str:
    """Write the words of runs, and the instructions of fields in them, as deleted ones."""
    return _INSTRUCTION.sub(r"<\1w:delInstrText\2", _TEXT.sub(r"<\1w:delText\2", runs))


def struck(runs: str, standing: RevisionState) -> str:
    """Set the style of runs that came or went; the reference to a note keeps its own."""
    if _NOTE in runs:
        looks = '<w:b/><w:u w:val="single"/>' if standing is RevisionState.ADDED else "<w:strike/>"
        return runs.replace(f'<w:rStyle w:val="{_NOTE}"/>', f'<w:rStyle w:val="{_NOTE}"/>{looks}')
    style = f'<w:rPr><w:rStyle w:val="{INSERTED if standing is RevisionState.ADDED else DELETED}"/>'
    return _STYLED.sub(lambda found: style if found.group() else f"{style}</w:rPr>", runs)


def _said(remark: Remark, number: int) -> Comment:
    return Comment(number, remark.text, moment(remark.by.when), remark.by.name, resolved=remark.resolved)


def _date(revision: Revision) -> str:
    return moment(revision.when)
