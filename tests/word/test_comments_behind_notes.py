"""Where the marks of comments stand, so that LibreOffice keeps the words of notes."""

from __future__ import annotations

from poa_toolkit.word.comments_behind_notes import moved


def note(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def comment(number: int) -> str:
    properties = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    return f'<w:r>{properties}<w:commentReference w:id="{number}"/></w:r>'


def after(body: str) -> str:
    made = bytearray(body.encode())
    moved(made)
    return made.decode()


def test_marks_between_the_first_two_notes_stand_behind_the_second() -> None:
    given = (
        f"{comment(0)}{note(1)}<x>{comment(1)}</x>{comment(2)}<w:ins>{note(2)}</w:ins>{comment(3)}{note(3)}"
    )
    wanted = (
        f"{comment(0)}{note(1)}<x></x><w:ins>{note(2)}</w:ins>{comment(1)}{comment(2)}{comment(3)}{note(3)}"
    )
    assert after(given) == wanted


def test_without_two_notes_all_stays() -> None:
    for given in (comment(0), note(1) + comment(0), note(1) + note(2) + comment(0)):
        assert after(given) == given
