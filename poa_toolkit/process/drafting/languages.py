"""Words by which a draft is understood, in the languages in which plans are written."""

# ruff: noqa: RUF001 - words of many scripts are what this is about

from __future__ import annotations

import re
import unicodedata

_ASKS = (
    # English
    r"should", r"shall", r"must", r"will", r"may", r"ought\s+to", r"needs?\s+to", r"(?:is|are)\s+to",
    r"urges?", r"urged", r"calls?\s+(?:up)?on", r"called\s+(?:up)?on", r"encourages?", r"encouraged",
    r"recommends?", r"recommended", r"invites?", r"invited", r"requests?", r"requested",
    # French
    r"devr(?:ait|aient|a|ont)", r"doi(?:t|vent)", r"convient", r"recommand\w+", r"invite(?:nt)?", r"invit[ée]e?s?",
    r"encourage(?:nt)?", r"encourag[ée]e?s?", r"pri[ée]e?s?\s+de", r"exhorte(?:nt)?", r"appelle(?:nt)?",
    # Spanish, Portuguese
    r"deber[íi]an?", r"deben?", r"deber[áa]n?", r"recomiendan?", r"instan?", r"exhortan?", r"invitan?", r"alientan?",
    r"devem?", r"deveria[m]?", r"dever[áã]o?", r"recomendam?",
    # German
    r"soll(?:en|te|ten)?", r"muss", r"müssen", r"empfiehlt", r"empfehlen",
    # Russian
    r"следует", r"должн?[аоы]?", r"должен", r"рекоменду\w+", r"призыва\w+", r"необходимо",
    # Arabic
    r"(?:و|ف)?ينبغي", r"(?:و|ف)?يجب", r"(?:و|ف)?(?:ي|ت)وصي", r"يوصى", r"(?:و|ف)?(?:ي|ت)دعو", r"يتعين", r"(?:ي|ت)لتزم",
    r"(?:ي|ت)حث",
)  # fmt: skip
_ASKING = re.compile(rf"\b(?:{'|'.join(_ASKS)})\b", re.IGNORECASE)
_ASKING_CHINESE = re.compile("应|須|须|必须|建议|建議|敦促|呼吁|鼓励|请各")

_INTRODUCTIONS = frozenset(
    """
    introduction introductory preamble background context general overview foreword
    préambule contexte généralités avant-propos introducción preámbulo antecedentes contexto
    introdução preâmbulo einleitung präambel hintergrund введение преамбула
    مقدمة المقدمة ديباجة الديباجة تمهيد خلفية 引言 导言 序言 前言 背景
    """.split()
)
_JOINING = frozenset("and the a of et la le les de des du y e los und и و to remarks".split())

_CONTENTS = frozenset(
    (
        "contents", "table of contents", "list of contents", "sommaire", "table des matières", "contenu",
        "índice", "indice", "contenido", "tabla de contenido", "sumário", "inhalt", "inhaltsverzeichnis",
        "содержание", "оглавление", "المحتويات", "جدول المحتويات", "فهرس", "الفهرس", "目录", "目錄", "目次",
        "inhoud", "inhoudsopgave", "innehåll", "spis treści", "obsah", "i̇çindekiler", "içindekiler",
        "list of tables", "list of figures", "liste des tableaux", "liste des figures",
    )
)  # fmt: skip

_DIVISIONS = (
    "section", "part", "chapter", "title", "theme", "topic", "priority", "pillar", "cluster", "area", "priority area",
    "chapitre", "partie", "titre", "thème", "priorité", "axe", "volet",
    "sección", "capítulo", "título", "parte", "tema", "prioridad", "eje", "seção", "eixo",
    "abschnitt", "kapitel", "teil", "titel", "глава", "раздел", "часть",
)  # fmt: skip
_ARTICLES = (
    "article", "art.", "artikel", "artículo", "articulo", "artigo", "articolo", "статья", "المادة", "مادة",
)  # fmt: skip
_ITEMS = (
    "recommendation", "action", "action point", "measure", "commitment", "step", "paragraph", "para.", "rule", "principle",
    "recommandation", "mesure", "engagement", "recomendación", "acción", "medida", "compromiso", "recomendação",
    "ação", "empfehlung", "maßnahme", "рекомендация", "التوصية", "توصية", "建议",
)  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(words, key=len, reverse=True))


DIVISIONS, ARTICLES, ITEMS = _any(_DIVISIONS), _any(_ARTICLES), _any(_ITEMS)
"""Words before the number of a part, of an article, of an item, as alternatives of a regular expression."""

STOPS = ".!?;:,…。！？；：，؛؟،۔।"
"""What ends a sentence or a part of one; no heading ends so."""
_FINAL = ".!?…。！？؟۔।"
_CLOSING = "\"'”’»)]）】」 \u00a0"

FIELDS = {
    "number": "no no. nr nr. n° nº # № number ref ref. id item num num. numéro número 序号 编号 الرقم رقم".split()
    + ["s/n", "action no", "action no."],
    "action": "action actions activity activities recommendation recommendations measure measures commitment commitments "
    "task tasks mesure mesures activité activités recommandation recommandations engagement engagements acción acciones "
    "actividad actividades medida medidas recomendación recomendaciones compromiso compromisos ação ações text "
    "行动 建议 措施 活动 الإجراء الإجراءات التوصية التوصيات النشاط".split()
    + ["what", "quoi", "qué", "proposed action", "what is to be done", "action point", "action points"],
    "addressees": "who addressee addressees responsible responsibility actor actors lead qui responsable responsables "
    "destinataire destinataires acteur acteurs quién quien destinatario destinatarios actores ator atores wer "
    "负责方 责任方 الجهة المسؤول المسؤولية".split()
    + ["by whom", "who is responsible", "responsible party", "responsible parties", "responsible body", "addressed to",
       "responsible actor", "responsible actors", "lead actor", "par qui", "mise en œuvre par", "a quién",
       "الجهة المسؤولة"],
    "timeframe": "when timeframe timeline deadline date schedule period timing quand échéance échéances délai délais "
    "calendrier cuándo cuando plazo plazos calendario prazo frist wann 时限 时间 الموعد الأجل".split()
    + ["time frame", "time-frame", "by when", "due date", "target date", "الإطار الزمني", "fecha límite"],
    "recommendations": "source sources basis reference references provisions provision law origin fondement références "
    "référence base fuente fuentes fundamento referencias referencia fonte quelle 来源 依据 المصدر المرجع المراجع".split()
    + ["legal basis", "source of recommendation", "source recommendation", "recommendation source", "base juridique",
       "base légale", "base legal", "linked recommendations", "related recommendations", "legal source", "الأساس القانوني"],
    "level": "level niveau nivel nível ebene 级别 المستوى".split(),
}  # fmt: skip
"""What the heading of a column of a table may be, by the field that the column fills."""

LEVELS = {
    "national": ("national", "nationale", "nacional", "国家", "وطني"),
    "regional": ("regional", "régional", "régionale", "区域", "إقليمي"),
    "international": ("international", "internationale", "internacional", "global", "国际", "دولي"),
}
"""What a cell may call the level of an action."""


def folded(text: str) -> str:
    """Give a text for looking up: composed, small letters, single spaces, no colon or full stop at its end."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .:：")


def asks(text: str) -> bool:
    """Say whether a text says that somebody should do something."""
    return bool(_ASKING.search(text) or _ASKING_CHINESE.search(text))


def is_introduction(heading: str) -> bool:
    """Say whether a heading is that of an introduction, and says nothing else."""
    words = [each for each in folded(heading).split() if each not in _JOINING]
    return bool(words) and all(each in _INTRODUCTIONS for each in words) and words[0] != "general"


def is_contents(heading: str) -> bool:
    """Say whether a heading is that of a table of contents."""
    return folded(heading) in _CONTENTS


def is_sentence(text: str) -> bool:
    """Say whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING)[-1:] in _FINAL if text.strip() else False


def ends_open(text: str) -> bool:
    """Say whether a text ends as one does that is followed by its points."""
    return text.rstrip(" \u00a0")[-1:] in (":", "：")


def field_of(heading: str) -> str:
    """Give the field that a column with this heading fills; empty where that is not known."""
    words = folded(heading).strip("?¿ ")
    return next((name for name, known in FIELDS.items() if words in known), "")
