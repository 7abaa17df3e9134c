"""The id of a new record: one that nobody has used, nor will an editor beside us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.api.plan_edit import used_ids
from poa_toolkit.check import id_ranges
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import NO_SETTINGS
from poa_toolkit.source import git, git_branches
from poa_toolkit.source.base import SETTINGS_FILE
from poa_toolkit.text.valid_names import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.api.plan_edit import PlanEdit
    from poa_toolkit.model.settings import Editor

_ID = re.compile(rb"""id["']?[ \t]*:\s*["']?([A-Za-z0-9-]{1,28})(?![A-Za-z0-9-])""")
"""What may be an id in a file that need not be YAML; one too many does no harm."""
_BESIDE_LETTER = 2


def next_id(edit: PlanEdit, stem: str, *, width: int = 1) -> str:
    """Return an id for a new record: `stem` and a number of `width` digits or more, after all that were used.

    In the range that poa.yaml gives to who works here; otherwise after all of the working tree, of frozen
    versions and of every branch that git knows. Raises EditRefusedError where the range is used up, or
    poa.yaml gives the same to two.
    """
    editor = _editor(edit)
    used = {*used_ids(edit), *on_branches(edit)}
    if editor is not None and editor.letter is not None:
        # the letter is written as what stands before it
        letter = editor.letter.lower() if stem.rstrip("-")[-1:].islower() else editor.letter.upper()
        stem = f"{stem}{letter}"
        number = max(_numbers(used, stem), default=0) + 1
        return _within(stem, f"{number:0{min(width, _BESIDE_LETTER)}}")
    numbers = _numbers(used, stem)
    if editor is not None:
        number = max(numbers & set(editor.block), default=editor.block.start - 1) + 1
        if number not in editor.block:
            whose = f"the ids of {editor.who} from {stem}{editor.start} to {stem}{editor.to} are used up"
            raise EditRefusedError(f"{whose}; give them a longer block under `ids` in poa.yaml")
        return _within(stem, f"{number:0{width}}")
    return _within(stem, f"{_outside(edit, numbers):0{width}}")


def on_branches(edit: PlanEdit) -> frozenset[str]:
    """Return the ids, in lower case, that other branches use; read once for an edit.

    A word is said where not all of them are looked at.
    """
    if edit.elsewhere is None:
        found = git_branches.read(edit.project, edit.files.contents.values())
        if found.is_partial:
            edit.remark("git knows more branches, or more on them, than are looked at for ids in use")
        names = {match[1].decode("ascii").lower() for each in found.contents for match in _ID.finditer(each)}
        # a number of a million is no record's: nobody may push the ids of others there
        edit.elsewhere = frozenset(name for name in names if not re.search("[0-9]{7}", name))
    return edit.elsewhere


def _within(stem: str, number: str) -> str:
    if len(stem) + len(number) > LONGEST:
        raise EditRefusedError(
            f'"{stem}{number}" is too long for an id; give one of at most {LONGEST} letters'
        )
    return f"{stem}{number}"


def _numbers(used: Iterable[str], stem: str) -> set[int]:
    pattern = re.compile(rf"{re.escape(stem.lower())}([0-9]{{1,20}})")
    return {int(found[1]) for each in used if (found := pattern.fullmatch(each))}


def _outside(edit: PlanEdit, numbers: set[int]) -> int:
    """Return the number after the highest that is in no editor's block, and in none itself."""
    ids = edit.loaded.settings.ids
    blocks = sorted((each.block for each in ids.editors), key=lambda each: each.start) if ids else []
    number = max((each for each in numbers if not any(each in block for block in blocks)), default=0) + 1
    for block in blocks:
        number = block.stop if number in block else number
    return number


def _editor(edit: PlanEdit) -> Editor | None:
    """Return the editor who works here, as poa.yaml lists them; None where it lists nobody of that name."""
    settings = edit.loaded.settings
    if edit.loaded.of_settings and settings is NO_SETTINGS:
        edit.remark(f"{SETTINGS_FILE} cannot be read, so what it says of ids does not count")
    if settings.ids is None:
        return None
    fault = next(id_ranges.faults(settings.ids), None)
    if fault is not None:
        raise EditRefusedError(f"{SETTINGS_FILE}: {fault.message}; {fault.help}")
    author = git.author(edit.project)
    known = {each.who.casefold(): each for each in settings.ids.editors}
    found = known.get(author.email.casefold()) or known.get(author.name.casefold())
    if found is None:
        name = author.email or author.name
        whom = f'no editor "{name}"' if name else "no editor without a name: set git's user.email"
        edit.remark(f"{SETTINGS_FILE} lists {whom}; the id is the next one that no editor's range has")
    return found
