"""Words and marks that mean the same in every text, in the languages that plans are written in.

A language is a file in ``phrases/``; ``en.toml`` says what its keys are for.
"""

from __future__ import annotations

from poa_toolkit.text.language_files import read_words

_WORDS = read_words(__file__.removesuffix(".py"))

MODALS = _WORDS["modals"]
"""Words that say how binding a sentence is."""
NEGATIONS = _WORDS["negations"]
"""Words that turn a sentence into its opposite."""
NUMBERS = _WORDS["numbers"]
"""Numbers in words."""
MONTHS = _WORDS["months"]
"""Names of months, and what they are shortened to; without ``may``, which is a modal more often."""
DEADLINES = _WORDS["deadlines"]
"""Words that say by when."""
SMALL = _WORDS["small"]
"""Words that stand in any text, and say little by themselves."""
JOINS = _WORDS["joins"]
"""Words with which a further member of a list begins."""

ENDS = frozenset(".!?\u2026\u061f\u06d4\u3002\uff01\uff1f")
"""What ends a sentence, in Latin, Arabic, Urdu and Chinese."""

STOPS = frozenset(",;:)]\u2013\u2014\u060c\u061b\uff0c\uff1b\uff1a\u3001")
"""What ends a part of a sentence, in the same scripts."""
