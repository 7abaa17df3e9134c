"""What is wrong with the ranges of ids that poa.yaml gives to editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.diagnostic import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model.settings import Editor, Ids


def faults(ids: Ids) -> Iterator[Finding]:
    """Return what keeps two editors from ids of their own, with pointers into poa.yaml."""
    whole: dict[int, Editor] = {}
    for index, editor in enumerate(ids.editors):
        at = ("settings", "ids", "editors", index)
        fault = _range(editor)
        if fault:
            yield Finding((*at, fault[0]), f"{editor.who} {fault[1]}", fault[2])
        for other, earlier in whole.items():
            key, message, cure = _shared(earlier, editor)
            if key:
                first = (("settings", "ids", "editors", other, key), "the other stands here")
                yield Finding((*at, key), message, cure, related=(first,))
        whole[index] = editor


def _range(editor: Editor) -> tuple[str, str, str] | None:
    """Return what is wrong with the range of one editor: key, message, cure."""
    if editor.letter is not None and (editor.start, editor.to) != (None, None):
        return "letter", "has a letter and a block", "keep one of them"
    if editor.letter is not None:
        return None
    if editor.start is None or editor.to is None:
        cure = "give a letter (`letter: K`), or a block (`from: 200`, `to: 299`)"
        return "who", "has no range of ids", cure
    if editor.start > editor.to:
        return "from", f"has an empty block: {editor.start} to {editor.to}", "give the lower number first"
    return None


def _shared(one: Editor, other: Editor) -> tuple[str, str, str]:
    """Return what two editors share: key, message, cure; nothing: no key."""
    both = f"{one.who} and {other.who}"
    if one.who.casefold() == other.who.casefold():
        return "who", f"{other.who} stands twice", "keep one of the two"
    if one.letter is not None and other.letter is not None:
        same = one.letter.casefold() == other.letter.casefold()
        cure = "give one of them another letter"
        return ("letter", f'{both} have the letter "{other.letter}"', cure) if same else ("", "", "")
    first, last = max(one.block.start, other.block.start), min(one.block.stop, other.block.stop) - 1
    if one.block and other.block and first <= last:
        cure = "give each a block of its own"
        return "from", f"the blocks of {both} overlap from {first} to {last}", cure
    return "", "", ""
