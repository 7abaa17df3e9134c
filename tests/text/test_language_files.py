"""Words of languages: a file for each, whose keys are those that the English one explains."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import poa_toolkit
from poa_toolkit.text.language_files import read_words

PACKAGE = Path(poa_toolkit.__file__).parent
FOLDERS = (PACKAGE / "text/phrases", PACKAGE / "returned/draft/words")
UNSPACED = {"asks_anywhere", "plans_anywhere"}
"""What only languages have that put no space between words."""


def _keys(folder: Path) -> dict[str, set[str]]:
    """Return the keys of each file by the name of its language."""
    found: dict[str, set[str]] = {}
    for file in folder.glob("*.toml"):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        found[file.stem] = {
            *(key for key, value in table.items() if not isinstance(value, dict)),
            *(f"{key}.{name}" for key, value in table.items() if isinstance(value, dict) for name in value),
        }
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_no_language_has_a_key_that_the_english_file_does_not_explain(folder: Path) -> None:
    keys = _keys(folder)

    strange = {name: sorted(each - keys["en"] - UNSPACED) for name, each in keys.items()}

    assert not {name: each for name, each in strange.items() if each}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_words_are_written_in_small_letters(folder: Path) -> None:
    found = {
        word
        for each in read_words(str(folder)).values()
        for word in each
        if word != word.strip() or ("\\" not in word and word != word.lower())
    }

    assert not found


def test_a_language_is_added_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('small = ["a"]\n[levels]\nnational = ["national"]\n', encoding="utf-8")
    (tmp_path / "sw.toml").write_text('small = ["ya"]\n[levels]\nnational = ["taifa"]\n', encoding="utf-8")

    assert read_words(str(tmp_path)) == {
        "small": frozenset({"a", "ya"}),
        "levels.national": frozenset({"national", "taifa"}),
    }


def test_words_that_are_no_list_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sw.toml").write_text('small = "ya"\n', encoding="utf-8")

    with pytest.raises(TypeError, match="small is no list of words"):
        read_words(str(tmp_path))
