"""Words and marks that mean the same in every text, in the languages that plans are written in."""

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

NUMBERS = frozenset(
    (
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        *("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand"),
        *("half", "third", "quarter", "twice", "once", "double", "dozen"),
        *(
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "douze",
            "quinze",
            "vingt",
        ),
        *("trente", "quarante", "cinquante", "soixante", "cent", "mille", "moitié", "tiers"),
        *("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce", "quince"),
        *(
            "veinte",
            "treinta",
            "cuarenta",
            "cincuenta",
            "sesenta",
            "cien",
            "ciento",
            "mil",
            "mitad",
            "tercio",
        ),
        *("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "两", "半"),
        *("واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "عشرين"),
        *("ثلاثين", "نصف", "ثلث"),
    )
)
"""Numbers in words."""

MONTHS = frozenset(
    (
        *("january", "february", "march", "april", "june", "july", "august", "september", "october"),
        *("november", "december", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov"),
        *("dec",),
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
        *("novembre", "décembre"),
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre"),
        *("octubre", "noviembre", "diciembre"),
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر"),
        *("نوفمبر", "ديسمبر"),
    )
)
"""Names of months, and what they are shortened to; without ``may``, which is a modal more often."""

DEADLINES = frozenset(
    (
        *("within", "before", "until", "deadline", "deadlines", "later", "promptly", "immediately"),
        *("day", "days", "week", "weeks", "month", "months", "year", "years", "annually", "yearly"),
        *("jour", "jours", "semaine", "semaines", "mois", "ans", "année", "années", "avant", "délai"),
        *("día", "días", "semana", "semanas", "mes", "meses", "año", "años", "antes", "plazo"),
        *("يوم", "أيام", "أسبوع", "أسابيع", "شهر", "أشهر", "سنة", "سنوات", "قبل", "خلال"),
        *("天", "日", "月", "年", "前"),
    )
)
"""Words that say by when."""

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
