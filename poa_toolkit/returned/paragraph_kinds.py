"""What kind of text a paragraph looks like: an action, a point, a heading of a section."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from poa_toolkit.model.texts import TextKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.returned.match_result import Match
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph, Returned

_Look: TypeAlias = tuple[object, ...]


class Kinds:
    """Knows how each kind of text is printed in a file: in which style, with which numbers."""

    def __init__(self, returned: Returned, match: Match, texts: Mapping[Key, Printed]) -> None:
        self._styles: dict[str, Counter[TextKind]] = defaultdict(Counter)
        self._looks: dict[_Look, Counter[TextKind]] = defaultdict(Counter)
        by_kind: dict[TextKind, Counter[str]] = defaultdict(Counter)
        for key, index in match.at.items():
            kind, paragraph = texts[key].kind, returned.paragraphs[index]
            if kind is not TextKind.DETAIL:
                self._styles[paragraph.style][kind] += 1
                self._looks[_look(paragraph)][kind] += 1
                by_kind[kind][paragraph.style] += 1
        self._usual = {
            # of two styles that are as frequent, the one that no other kind has
            kind: max(counts, key=lambda style: (counts[style], counts[style] - self._styles[style].total()))
            for kind, counts in by_kind.items()
        }

    def of(self, paragraph: Paragraph) -> TextKind | None:
        """Give the kind that a paragraph looks like: by style, else by its number; None for any other."""
        kinds = self._styles.get(paragraph.style)
        if not kinds:
            return None
        if len(kinds) > 1 and self._usual[kinds.most_common(1)[0][0]] in self._shared():
            kinds = self._looks.get(_look(paragraph)) or kinds
        return kinds.most_common(1)[0][0]

    def differs(self, paragraph: Paragraph, kind: TextKind) -> TextKind | None:
        """Give the kind that a text of another kind looks like now; None where it looks as it did."""
        usual = self._usual.get(kind)
        now = self.of(paragraph)
        return now if usual != paragraph.style and now is not kind else None

    def _shared(self) -> set[str]:
        """Give the styles in which more than one kind is usually printed."""
        counts = Counter(self._usual.values())
        return {style for style, count in counts.items() if count > 1}


def _look(paragraph: Paragraph) -> _Look:
    number = paragraph.number
    return paragraph.style, number and (number.form, number.level)
