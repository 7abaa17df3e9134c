"""The small words and marks that phrases are made with, in the languages that plans are written in."""

from __future__ import annotations

MODALS = frozenset(
    (
        *("shall", "should", "must", "may", "might", "can", "could", "will", "would", "ought", "cannot"),
        *("doit", "doivent", "devra", "devront", "devrait", "devraient", "peut", "peuvent", "pourra"),
        *("pourront", "pourrait", "pourraient"),
        *("debe", "deben", "deberá", "deberán", "debería", "deberían", "puede", "pueden", "podrá"),
        *("podrán", "podría", "podrían"),
        *("يجب", "ينبغي", "يجوز", "يمكن", "يتعين"),
        *("应", "须", "必", "可", "宜"),
    )
)
"""Words that say how binding a sentence is: English, French, Spanish, Arabic, Chinese."""

NEGATIONS = frozenset(
    (
        *("not", "no", "never", "none", "nor", "neither", "without", "nobody", "nothing", "cannot"),
        *("ne", "n'", "pas", "jamais", "sans", "ni", "aucun", "aucune"),
        *("nunca", "sin", "ningún", "ninguna", "ninguno"),
        *("لا", "لم", "لن", "ليس", "ليست", "غير", "دون", "عدم"),
        *("不", "无", "未", "非", "勿"),
    )
)
"""Words that turn a sentence into its opposite."""

SMALL = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "be",
            "by",
            "for",
            "from",
            "in",
            "into",
            "is",
            "it",
            "its",
            "of",
            "on",
        ),
        *("or", "that", "the", "their", "to", "with", "which", "are", "this"),
        *(
            "au",
            "aux",
            "d",
            "de",
            "des",
            "du",
            "en",
            "et",
            "l",
            "la",
            "le",
            "les",
            "ou",
            "par",
            "pour",
            "que",
        ),
        *("qui", "sur", "un", "une"),
        *("al", "con", "del", "el", "los", "las", "o", "para", "por", "se", "su", "sus", "y"),
        *("في", "من", "على", "إلى", "أن", "عن", "مع", "أو", "و", "التي", "الذي"),
        *("的", "了", "和", "与", "及", "或", "在", "以", "对", "于", "为", "并", "是", "其", "之"),
    )
)
"""Words that stand in any text, and say little by themselves."""

JOINS = frozenset(
    ("and", "or", "but", "nor", "et", "ou", "y", "o", "e", "و", "أو", "和", "与", "及", "或", "并")
)
"""Words with which a further member of a list begins."""

ENDS = frozenset(".!?\u2026\u061f\u06d4\u3002\uff01\uff1f")
"""What ends a sentence, in Latin, Arabic, Urdu and Chinese."""

STOPS = frozenset(",;:)]\u2013\u2014\u060c\u061b\uff0c\uff1b\uff1a\u3001")
"""What ends a part of a sentence, in the same scripts."""
