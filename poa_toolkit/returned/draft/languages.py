"""Words by which a draft is understood, in the languages in which plans are written."""

# ruff: noqa: RUF001 - words of many scripts are what this is about

from __future__ import annotations

import re
import unicodedata


def _listed(names: str) -> frozenset[str]:
    """Read names that stand apart by two spaces or on lines of their own."""
    return frozenset(each.strip() for each in re.split(r"\s{2,}|\n", names) if each.strip())


_ASKS = _listed(r"""
should  shall  must  (?<!the\s)will(?!\s+of\b)  (?-i:may)\s+wish  ought\s+to  needs?\s+to  (?:is|are)\s+to
urges?  we\s+(?:ask|demand|want(?!\s+to\b))  commits?\s+to  undertakes?\s+to  pledges?\s+to
calls?\s+(?:up)?on  encourages?  recommends?  invites?  requests?
(?:is|are|be)\s+(?:urged|called\s+(?:up)?on|encouraged|invited|requested|advised|recommended)
(?:est|sont)\s+à\s+\w+(?:er|ir|re)
devr(?:ait|aient|a|ont)  doi(?:t|vent)  convient  recommand(?:e(?:nt)?|ons|é\w*)  invite(?:nt)?  invit[ée]e?s?
encourage(?:nt)?
encourag[ée]e?s?  pri[ée]e?s?\s+de  exhorte(?:nt)?  appelle(?:nt)?  s[’']engage(?:nt)?\s+à
deber[íi]an?  deben?  deber[áa]n?  recomiendan?  instan?  exhortan?  invitan?  alientan?
se\s+compromete[n]?\s+a  hay\s+que  (?-i:[a-zñ]{2,}rán?)
devem?  deveriam?  dever[áã]o?  recomendam?
soll(?:en|te|ten)?  muss  müssen  empfiehlt  empfehlen
следует  должн[аоы]  должен  рекоменду\w+  призыва\w+  необходимо
(?:و|ف)?ينبغي  (?:و|ف)?يجب  (?:و|ف)?(?:ي|ت)وصي  يوصى  (?:و|ف)?(?:ي|ت)دعو  يتعين  (?:ي|ت)لتزم
(?:ي|ت)حث
""")
_ASKING = re.compile(rf"\b(?:{'|'.join(sorted(_ASKS))})\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:what|by\s+when|how(?!\s+to\b)|why|whether|ce\s+qu[ei’']|comment|pourquoi|lo\s+que|qué|cómo|si)\b[^.!?;:,]*$",
    re.IGNORECASE,
)
"""What stands before such a word in its clause where it only speaks of what is asked."""
_WINDOW = 120
_ASKING_ELSEWHERE = re.compile(
    "すべき|べきで|求める|해야|하여야|권고|촉구|应|須|须|必须|建议|建議|敦促|呼吁|鼓励|请各"
)


_ALLOWING = re.compile(r"\bmay\b")
"""What grants something, and so does more than narrate."""

_INTRODUCTIONS = _listed("""
presentation  about  purpose  preliminary  présentation  presentación  apresentação
introduction  introductory  summary  executive  preamble  background  context  general  overview  foreword
préambule  résumé  resumen  ejecutivo  sumario  contexte  généralités  avant-propos
introducción  preámbulo  antecedentes  contexto
introdução  preâmbulo  einleitung  präambel  hintergrund  введение  преамбула
مقدمة  المقدمة  ديباجة  الديباجة  تمهيد  خلفية  摘要  引言  导言  序言  前言  背景
""")
_JOINING = _listed(
    "and  the  a  of  this  document  plan  et  la  le  les  de  des  du  y  e  los  und  и  و  to  remarks"
)

_EXPLAINING = _listed("""
abbreviations  acronyms  acknowledgements  acknowledgments  bibliography  definitions  glossary  references
terms  abréviations  sigles  acronymes  remerciements  bibliographie  définitions  glossaire  références
abreviaturas  siglas  acrónimos  agradecimientos  bibliografía  definiciones  glosario  referencias
siglas  acrônimos  agradecimentos  bibliografia  definições  glossário  referências
abkürzungen  begriffe  glossar  literatur  сокращения  определения  глоссарий  литература
تعاريف  تعريفات  المختصرات  المراجع  定义  术语  缩略语  参考文献
""")

_PAGES = _listed("""
page  pages  p  pp  of  de  du  d  sur  seite  seiten  von  página  páginas  pagina  pág  di  strana  str  стр
страница  из
صفحة  من  第  页  頁  共  pagina  sida  av  side  af  strona  z
""")
_WORD = re.compile(r"[第页頁共]|[^\W\d_]+")

_ADOPTED = re.compile(
    r"[^\W\d_]+ed (?:at|in|by|on)\b.*\b(?:19|20)\d\d\W*|"
    r"(?:(?:done|adopted|signed) (?:at|in|by|on|this)|fait (?:à|le)|"
    r"adopté\w* (?:à|par|le)|hecho en|dado en|adoptad\w+ (?:en|por|el)|feito em|"
    r"geschehen (?:zu|in|am)|совершено в|حرر في)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""How the last line of a text begins: where and when it was adopted."""
_PLANS = _listed("""
plan  workplan  programme  program  agenda  roadmap  strategy  framework  declaration  stratégie
feuille  estrategia  programa  hoja  plano  estratégia  aktionsplan  strategie  programm  план  программа
خطة  برنامج
""")
_GOING_ON = _listed("""
on  of  for  to  in  and  with  at  by  towards  against  pour  sur  de  du  des  et  à  dans  d'  en  por
para  sobre  del  y  zur  zum  für  und  von  über  по  о  и
""")

_CONTENTS = _listed("""
contents  table of contents  list of contents  sommaire  table des matières  contenu  índice  indice
contenido
tabla de contenido  sumário  inhalt  inhaltsverzeichnis  содержание  оглавление  المحتويات
جدول المحتويات  فهرس
الفهرس  目录  目錄  目次  inhoud  inhoudsopgave  innehåll  spis treści  obsah  i̇çindekiler
içindekiler
list of tables  list of figures  liste des tableaux  liste des figures
""")

_DIVISIONS = _listed("""
section  part  chapter  title  theme  topic  priority  pillar  cluster  area  priority area
chapitre  partie  titre  thème  priorité  axe  volet
sección  capítulo  título  parte  tema  prioridad  eje  seção  eixo
abschnitt  kapitel  teil  titel  глава  раздел  часть
""")
_ARTICLES = _listed("""
article  art.  artikel  artículo  articulo  artigo  articolo  статья  المادة  مادة
""")
_ITEMS = _listed("""
recommendation  action  activity  task  action point
measure  commitment  step  paragraph  para.  rule  principle
recommandation  activité  tâche  mesure  engagement  actividad  tarea  atividade
recomendación  acción  medida  compromiso  recomendação  ação
empfehlung  maßnahme  рекомендация  التوصية  توصية  建议
""")


def _any(words: frozenset[str]) -> str:
    return "|".join(
        re.escape(each).replace(r"\ ", r"\s+") for each in sorted(words, key=lambda each: (-len(each), each))
    )


DIVISIONS, ARTICLES, ITEMS = _any(_DIVISIONS), _any(_ARTICLES), _any(_ITEMS)
"""Words before the number of a part, of an article, of an item, as alternatives of a regular expression."""

_NUMBERS = (
    "one un uno um premier première primero primera primeiro primeira",
    "two deux dos dois deuxième second segundo segunda",
    "three trois tres três troisième tercero tercera terceiro terceira",
    "four quatre cuatro quatro quatrième cuarto cuarta quarto quarta",
    "five cinq cinco cinquième quinto quinta",
    "six seis sixième sexto sexta",
    "seven sept siete sete septième séptimo séptima sétimo sétima",
    "eight huit ocho oito huitième octavo octava oitavo oitava",
    "nine neuf nueve nove neuvième noveno novena nono nona",
    "ten dix diez dez dixième décimo décima",
)
NUMBERS = {word: value for value, words in enumerate(_NUMBERS, 1) for word in words.split()}
"""The numbers that are written as words behind *Chapter* and its like, on a line of their own."""

_NARRATING = re.compile(
    r"(?:the|this|these|those|an?|many|most|some|it|they|we|there|"
    r"les?|la|l[’']|cet?|cette|ces|une?|des|ils?|elles?|el|los|las|est[aeo]s?|un|una)(?:\b|(?<=[’'])).*?"
    r"\b(?:is|are|was|were|has|have|had|met|noted|agreed|est|sont|était|étaient|ont|es|son|fue|fueron|han|está|están)\b",
    re.IGNORECASE | re.DOTALL,
)
"""``The law is spread over treaties``: no imperative begins so, and something is said to be."""

STOPS = ".!?;:,…。！？；：，؛؟،۔।"
"""What ends a sentence or a part of one; no heading ends so."""
_FINAL = ".!?…。！？؟۔।"
_ASKED = ("?", "？", "؟")
_CLOSING = "\"'”’»)]）】」 \u00a0"

FIELDS = {
    "number": _listed("""
no  no.  nr  nr.  n°  nº  #  №  number  ref  ref.  id  item  num  num.  numéro  número  序号  编号
الرقم  رقم  s/n
action no  action no.
"""),
    "action": _listed("""
action  actions  activity  activities  recommendation  recommendations  measure  measures
commitment  commitments
task  tasks  text  what  proposed action  what is to be done  action point  action points
mesure  mesures  activité  activités  recommandation  recommandations  engagement  engagements  quoi
acción  acciones  actividad  actividades  medida  medidas  recomendación  recomendaciones
compromiso  compromisos
qué  ação  ações  行动  建议  措施  活动  الإجراء  الإجراءات  التوصية  التوصيات  النشاط
"""),
    "addressees": _listed("""
who  addressee  addressees  responsible  responsibility  actor  actors  lead  by whom
who is responsible
responsible party  responsible parties  responsible body  responsible actor  responsible actors
lead actor
addressed to  qui  responsable  responsables  destinataire  destinataires  acteur  acteurs  par qui
mise en œuvre par  quién  quien  a quién  destinatario  destinatarios  actores  ator  atores  wer
负责方  责任方  الجهة  الجهة المسؤولة  المسؤول  المسؤولية
"""),
    "timeframe": _listed("""
when  timeframe  time frame  time-frame  timeline  deadline  date  schedule  period  timing  by when
due date
target date  quand  échéance  échéances  délai  délais  calendrier  cuándo  cuando  plazo  plazos
calendario
fecha límite  prazo  frist  wann  时限  时间  الموعد  الأجل  الإطار الزمني
"""),
    "recommendations": _listed("""
source  sources  basis  reference  references  provisions  provision  law  origin  legal basis
legal source
source of recommendation  source recommendation  recommendation source  linked recommendations
related recommendations  fondement  référence  références  base juridique  base légale  base
base legal  fuente
fuentes  fundamento  referencia  referencias  fonte  quelle  来源  依据  المصدر  المرجع  المراجع
الأساس القانوني
"""),
    "level": _listed("level  niveau  nivel  nível  ebene  级别  المستوى"),
}
"""What the heading of a column of a table may be, by the field that the column fills."""

LEVELS = {
    "national": ("national", "nationale", "nacional", "国家", "وطني"),
    "regional": ("regional", "régional", "régionale", "区域", "إقليمي"),
    "international": ("international", "internationale", "internacional", "global", "国际", "دولي"),
}
"""What a cell may call the level of an action."""


SETTINGS = ("addressees", "timeframe", "recommendations", "level")
"""The fields beside its text that a draft may say of an action."""


def level_of(words: str) -> str:
    """Give the level that words name; empty where they name none."""
    return next((name for name, known in LEVELS.items() if folded(words) in known), "")


def folded(text: str) -> str:
    """Give a text for looking up: composed, small letters, single spaces, no full stop at its end."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .:：")


def asks(text: str) -> bool:
    """Say whether a text says that somebody should do something; a question does not."""
    if text.rstrip(_CLOSING)[-1:] in _ASKED:
        return False
    return any(
        not _ABOUT.search(text, max(0, each.start() - _WINDOW), each.start())
        for each in _ASKING.finditer(text)
    ) or bool(_ASKING_ELSEWHERE.search(text))


def narrates(text: str) -> bool:
    """Say whether a sentence only says how things are; where that is not certain, it does not."""
    asking = asks(text) or _ALLOWING.search(text)
    return (is_sentence(text) or ends_open(text)) and not asking and bool(_NARRATING.match(text))


def is_introduction(heading: str) -> bool:
    """Say whether a heading is that of an introduction, and says nothing else."""
    words = [each for each in folded(heading).split() if each not in _JOINING]
    return bool(words) and all(each in _INTRODUCTIONS for each in words) and words[0] != "general"


def only_explains(heading: str) -> bool:
    """Say whether a heading is that of definitions, abbreviations, references: nothing below it is asked."""
    words = [each for each in _WORD.findall(folded(heading)) if each not in _JOINING]
    return bool(words) and all(each in _EXPLAINING for each in words)


def is_page_line(text: str) -> bool:
    """Say whether the words beside the number of a page, ``Page of``, are those of its count alone."""
    words = _WORD.findall(folded(text))
    return not any(each.isdigit() for each in text) and all(each in _PAGES for each in words)


def is_page_count(text: str) -> bool:
    """Say whether the words of a header or footer count pages, the numbers typed: ``Page 2 of 9``, ``- 3 -``.

    A year, a version or a date beside them is none.
    """
    words, numbers = _WORD.findall(folded(text)), _NUMBER.findall(text)
    left = _WORD.sub("", _NUMBER.sub("", text))
    if not all(each in _PAGES for each in words) or left.strip(_BESIDE_PAGES) or _DECIMAL.search(text):
        return False
    counts = [int(each) for each in numbers if len(each) <= _LONGEST_COUNT]
    return len(counts) == len(numbers) in (1, 2) and counts == sorted(counts)


_NUMBER, _DECIMAL = re.compile(r"\d+"), re.compile(r"\d[.,]\d")
_LONGEST_COUNT = 3
_BESIDE_PAGES = " \t\n\u00a0.:|/()[]-–—·•~"
"""What may stand beside and between the numbers of pages."""


def is_contents(heading: str) -> bool:
    """Say whether a heading is that of a table of contents."""
    return folded(heading) in _CONTENTS


def is_sentence(text: str) -> bool:
    """Say whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING)[-1:] in _FINAL if text.strip() else False


def ends_open(text: str) -> bool:
    """Say whether a text ends as one does that is followed by its points."""
    return text.rstrip(" \u00a0")[-1:] in (":", "：")


def closes(text: str) -> bool:
    """Say whether a text says where and when the whole was adopted, and asks nothing."""
    return bool(_ADOPTED.fullmatch(text)) and not asks(text)


def names_a_plan(text: str) -> bool:
    """Say whether a title says that it is that of a plan."""
    return any(each in _PLANS for each in _WORD.findall(folded(text))) or "计划" in text


def goes_on(text: str) -> bool:
    """Say whether a line goes on with the title above it: ``on human rights``."""
    return folded(text).partition(" ")[0] in _GOING_ON


def is_fragment(text: str) -> bool:
    """Say whether a text goes on with a sentence that began above it."""
    return text[:1].islower() or text.rstrip(" \u00a0")[-1:] in (";", ",", "؛", "；")


def field_of(heading: str) -> str:
    """Give the field that bears this name, as a label or a heading; empty where that is not known."""
    words = folded(heading).strip("?¿ ")
    return next((name for name, known in FIELDS.items() if words in known), "")


_SAYING = {
    "addressees": r"responsib\w+|respons[aá]ve[li]s?|responsab\w+|lead|partners?|implementing|destinat\w+|"
    r"partenaires?",
    "timeframe": r"time-?\s?frames?|timelines?|deadlines?|dates?|échéances?|délais?|plazos?|fechas?|prazos?",
    "recommendations": r"sources?|provisions?|legal basis|fuentes?|fondements?|fundamentos?|treat(?:y|ies)|"
    r"principles?|standards?|instruments?|obligations?",
    "action": r"(?:[\w-]+ ){1,2}(?:actions?|activit(?:y|ies)|measures?|recommendations?|commitments?|tasks?)|"
    r"(?:actions?|activit[ée]s?|mesures?|acci(?:ón|ones)|actividad(?:es)?|medidas?) "
    r"(?:required|needed|proposed|planned|to be taken|prévues?|proposées?|à prendre|propuestas?|previstas?)",
}
"""By which words of a heading a column is known, where the heading says more than the name of its field."""
_COLUMNS = {
    name: re.compile(rf"(?:{words})" if name == "action" else rf".*\b(?:{words})\b.*")
    for name, words in _SAYING.items()
}
_OF = re.compile(r"\b(?:of|de|des|du|del|status|progress)\b")
_FEW_WORDS = 6


def column_of(heading: str) -> str:
    """Give the field that a column with this heading fills; empty where that is not known, or two may be."""
    words = folded(heading)
    if (name := field_of(heading)) or len(words.split()) > _FEW_WORDS:
        return name
    found = [name for name, known in _COLUMNS.items() if known.fullmatch(words)]
    return found[0] if len(found) == 1 and not (found == ["action"] and _OF.search(words)) else ""
