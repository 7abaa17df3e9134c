"""New paragraphs: where each would stand in the plan, and which belong together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.model import AmendmentKind, ProposedPoint
from poa_toolkit.model.actions import point_ids
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned.anchors import is_action
from poa_toolkit.returned.lost_controls import unnumbered
from poa_toolkit.returned.match_result import Origin
from poa_toolkit.returned.moves import Stand, before_point
from poa_toolkit.returned.printed_texts import holders
from poa_toolkit.returned.revisions import NewText, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.match_result import Loose, Match
    from poa_toolkit.returned.place_in_words import PlaceInWords
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph, Returned


class Placing(NamedTuple):
    """What new texts are placed by."""

    returned: Returned
    texts: Mapping[Key, Printed]
    match: Match
    kinds: Kinds
    standing: Mapping[Key, Stand]
    """The texts that have a place, in the order of the file."""
    context: PlaceInWords
    untracked: Reviser
    labels: frozenset[str]
    """With what the lines under an action begin, up to the colon, in lower case."""


class Group(NamedTuple):
    """New paragraphs that are one proposal."""

    proposal: Proposal
    paragraphs: tuple[Loose, ...]


class _New(NamedTuple):
    """A new paragraph with who wrote it."""

    loose: Loose
    paragraph: Paragraph
    written: NewText
    kind: TextKind | None
    is_line: bool
    """Whether it begins as the lines under an action do."""

    @property
    def is_heading(self) -> bool:
        return self.paragraph.level > 0 or self.kind is TextKind.TITLE


def new_texts(placing: Placing) -> Iterator[Group]:
    """Return a proposal for each new action, paragraph or point, and one for all of a new section.

    The points that stand right below a new action are its points. What has no place is kept together
    where it stands together.
    """
    yield from _NewTexts(placing).run()


class _NewTexts:
    def __init__(self, placing: Placing) -> None:
        self.placing = placing
        self.taken: dict[str, set[str]] = {}
        """By action, the fields of its points, those of new ones too."""
        self.below: dict[tuple[Key | None, str], str] = {}
        """The last new point below each text, at each level."""
        self.holders = holders(placing.texts)
        self.owned = sorted(placing.match.keys)
        at = [index for key, index in placing.match.at.items() if placing.texts[key].number]
        numbered = sum(placing.returned.paragraphs[index].number is not None for index in at)
        self.are_numbers_typed = numbered * 2 < len(at)
        """Whether a program wrote the numbers of the texts out: then a new text has one as well."""
        self.filled = {each.section for each in placing.texts.values() if each.kind is TextKind.ACTION}

    def run(self) -> Iterator[Group]:
        """Return the proposals in the order of the file."""
        every = [self._new(each) for each in self.placing.match.loose if each.origin is Origin.NEW]
        for run in self._runs(every):
            yield from self._of_run(run)

    def _new(self, loose: Loose) -> _New:
        paragraph = self.placing.returned.paragraphs[loose.paragraph]
        by_whom = written(loose.pieces, self.placing.untracked, loose.by)
        if self.are_numbers_typed and not paragraph.level:
            by_whom = by_whom._replace(words=unnumbered(by_whom.words))
        kind = None if paragraph.place.kind else self.placing.kinds.of(paragraph)
        label, colon, _ = by_whom.words.partition(":")
        is_line = bool(colon) and label.strip().lower() in self.placing.labels
        return _New(loose, paragraph, by_whom, kind, is_line and not paragraph.place.kind)

    def _runs(self, every: Sequence[_New]) -> Iterator[list[_New]]:
        """Part the new paragraphs where something that was there stands between them."""
        run: list[_New] = []
        for new in every:
            if run and not self._is_next(run[-1], new):
                yield run
                run = []
            run.append(new)
        if run:
            yield run

    def _is_next(self, one: _New, two: _New) -> bool:
        between = self.placing.returned.paragraphs[one.loose.paragraph + 1 : two.loose.paragraph]
        same = one.paragraph.place.kind == two.paragraph.place.kind
        return same and not any(each.old.strip() or each.new.strip() for each in between)

    def _of_run(self, run: list[_New]) -> Iterator[Group]:
        """Return the proposals for new paragraphs that follow one another."""
        at = 0
        while at < len(run):
            new = run[at]
            slot = None if new.is_heading else self._slot(new)
            record = self._record_above(new)
            if new.is_line and record:
                yield self._line(new, record)
                at += 1
                continue
            end = at + 1
            if slot is None:
                # below a new heading, all is of the new section
                while end < len(run) and (new.is_heading or self._has_no_place(run[end])):
                    end += 1
                yield self._unplaced(run[at:end])
            elif slot.record:
                is_point = not slot.under
                while is_point and end < len(run) and run[end].kind is TextKind.SUBPOINT:
                    end += 1
                yield self._placed(self._point(slot, new.loose.after), run[at:end])
            else:
                is_action = not (new.kind and new.kind.is_point)
                while is_action and end < len(run) and self._is_its_own(new, run[end]):
                    end += 1
                yield self._placed(slot, run[at:end])
            at = end

    def _is_its_own(self, action: _New, below: _New) -> bool:
        is_point = bool(below.kind and below.kind.is_point) and action.kind is TextKind.ACTION
        return (is_point and not below.is_heading) or below.is_line

    def _record_above(self, new: _New) -> str:
        """Return the action under which a new paragraph stands; empty where it stands under none."""
        above = self.placing.texts.get(new.loose.after) if new.loose.after else None
        return new.loose.after[0] if new.loose.after and above and is_action(above) else ""

    def _line(self, new: _New, record: str) -> Group:
        """Tell a line that was put in under an action."""
        said = "; ".join(filter(None, (f"Puts in a line: “{new.written.words}”", new.written.said)))
        context = f"a line under {record}"
        return Group(
            Proposal(AmendmentKind.COMMENT, new.written.by, record, comment=said, context=context),
            (new.loose,),
        )

    def _has_no_place(self, new: _New) -> bool:
        return not new.is_heading and self._slot(new) is None

    def _placed(self, slot: Proposal, group: Sequence[_New]) -> Group:
        first = group[0].written
        is_new_action = not slot.record
        points: list[ProposedPoint] = []
        for each in group[1:]:
            words = each.written.words
            if words and not each.is_line and is_new_action and each.kind is TextKind.SUBPOINT and points:
                points[-1] = ProposedPoint(text=points[-1].text, points=(*points[-1].points, words))
            elif words and not each.is_line:
                points.append(ProposedPoint(text=words))
        proposal = slot._replace(
            by=first.by, proposed=first.words, points=tuple(points), comment=self._remarks(group, slot)
        )
        return Group(proposal, tuple(each.loose for each in group))

    def _unplaced(self, group: Sequence[_New]) -> Group:
        words = "\n".join(each.written.words for each in group if each.written.words)
        context = self.placing.context.of(group[0].loose.paragraph)
        if group[0].is_heading and len(group) > 1:
            context = f"a new section, {context}"
        proposal = Proposal(
            AmendmentKind.ADD,
            group[0].written.by,
            proposed=words,
            comment=self._remarks(group, None),
            context=context,
            is_placed=False,
        )
        return Group(proposal, tuple(each.loose for each in group))

    def _remarks(self, group: Sequence[_New], slot: Proposal | None) -> str:
        """Name the others who wrote it, and say what stands below it that was another's."""
        first = group[0].written.by
        said = [f"a line below it: “{each.written.words}”" for each in group[1:] if each.is_line and slot]
        said += [each.written.said for each in group if each.written.said]
        deep = (each.written.words for each in group if self.placing.kinds.is_too_deep(each.paragraph))
        said += [f"“{words}” {TOO_DEEP}" for words in deep]
        said += [
            f"“{each.written.words}” is by {each.written.by.author}"
            for each in group[1:]
            if each.written.by.author != first.author and each.written.words
        ]
        is_holder = group[0].kind in (TextKind.ACTION, TextKind.POINT)
        if slot is not None and is_holder and not slot.under:
            said += self._taken_over(group[-1], slot)
        return "; ".join(said)

    def _taken_over(self, last: _New, slot: Proposal) -> Iterator[str]:
        """Return which point of the action or the point above stands below the new one."""
        following = bisect_right(self.owned, last.loose.paragraph)
        below = self.placing.match.keys[self.owned[following]][0] if following < len(self.owned) else None
        above = last.loose.after
        taken = {TextKind.SUBPOINT} if slot.record else {TextKind.POINT, TextKind.SUBPOINT}
        if below and above and below[0] == above[0] and self._stand(below).kind in taken:
            yield before_point(below)

    # --- places ---

    def _slot(self, new: _New) -> Proposal | None:
        """Return where a new paragraph goes: behind which text; None where that cannot be said."""
        after = new.loose.after
        above = self.placing.texts.get(after) if after else None
        if after is None or above is None or new.paragraph.place.kind or new.is_heading:
            return None
        if after in self.placing.match.joined:
            return None
        is_point = new.kind is not None and new.kind.is_point
        is_half_a_point = above.kind.is_point and new.loose.by is not None
        if is_action(above) and (is_point or is_half_a_point):
            kind = new.kind if is_point else self._stand(after).kind
            return self._slot_of_point(after, is_below=kind is TextKind.SUBPOINT)
        is_first = new.kind is TextKind.ACTION and above.kind is TextKind.CHAPEAU
        if above.kind is TextKind.TITLE or is_first:
            return self._at_the_head(new, above.section)
        return Proposal(
            AmendmentKind.ADD, new.written.by, section=above.section or above.kind.value, after=after[0]
        )

    def _at_the_head(self, new: _New, section: str) -> Proposal | None:
        """Return the place of a new action before the first of a section; of other texts, in an empty one."""
        if section not in self.filled:
            return Proposal(AmendmentKind.ADD, new.written.by, section=section)
        if new.kind is not TextKind.ACTION:
            return None
        return Proposal(AmendmentKind.ADD, new.written.by, section=section, after=section)

    def _stand(self, key: Key) -> Stand:
        """Return where a text stands; as it was printed, where it has no place any more."""
        return self.placing.standing.get(key) or Stand(
            key, self.placing.texts[key].kind, self.holders.get(key)
        )

    def _slot_of_point(self, above: Key, *, is_below: bool) -> Proposal:
        """Return the place of a new point behind a text, or of a sub-point, where it `is_below` a point."""
        proposal = Proposal(AmendmentKind.ADD, self.placing.untracked, above[0], "points")
        stand = self._stand(above)
        holder = stand.home or above
        if is_below and stand.kind.is_point:
            is_first = stand.kind is TextKind.POINT
            under, behind = (above, "text") if is_first else (holder, above[1])
            return proposal._replace(under=under[1], after=behind)
        return proposal._replace(after=holder[1] if stand.kind is TextKind.SUBPOINT else above[1])

    def _point(self, slot: Proposal, above: Key | None) -> Proposal:
        """Return a new point at a place, and behind the new points that stand there already."""
        place = (above, slot.under)
        behind = self.below.get(place, slot.after).removeprefix("points.")
        under = slot.under.removeprefix("points.")
        field = self._new_point(slot.record, under or None)
        self.below[place] = field
        return slot._replace(field=field, under=under, after=behind)

    def _new_point(self, record: str, under: str | None) -> str:
        """Return a field for a new point of an action, with an id that none of its points has."""
        taken = self.taken.setdefault(
            record, {field.lower() for name, field in self.placing.texts if name == record}
        )
        fields = (f"points.{each}" for each in point_ids(under))
        found = next(each for each in fields if each.lower() not in taken)
        taken.add(found.lower())
        return found


TOO_DEEP = "stands a level below sub-points, where nothing can stand"
_DEEPEST = 2
"""How far below an action its sub-points stand in the list."""
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
        actions = (index for key, index in match.at.items() if texts[key].kind is TextKind.ACTION)
        numbers = (returned.paragraphs[index].number for index in actions)
        lists = Counter((each.series, each.level) for each in numbers if each is not None)
        self._list = lists.most_common(1)[0][0] if lists else None
        """The list in which actions are counted, and how deep in it they stand."""

    def of(self, paragraph: Paragraph) -> TextKind | None:
        """Return the kind that a paragraph looks like: by style, else by its number; None for any other.

        How deep it stands in the list of the actions says whether it is a point or a sub-point.
        """
        by_style, number = self._by_style(paragraph), paragraph.number
        if number is None or self._list is None or not (by_style is None or by_style.is_point):
            return by_style
        series, level = self._list
        if number.series != series or number.level <= level:
            return by_style
        return TextKind.POINT if number.level == level + 1 else TextKind.SUBPOINT

    def is_too_deep(self, paragraph: Paragraph) -> bool:
        """Return whether a paragraph stands below a sub-point, where a plan has nothing."""
        number = paragraph.number
        if number is None or self._list is None or number.series != self._list[0]:
            return False
        return number.level > self._list[1] + _DEEPEST

    def _by_style(self, paragraph: Paragraph) -> TextKind | None:
        kinds = self._styles.get(paragraph.style)
        if not kinds:
            return None
        if len(kinds) > 1 and self._usual[kinds.most_common(1)[0][0]] in self._shared():
            kinds = self._looks.get(_look(paragraph)) or kinds
        return kinds.most_common(1)[0][0]

    def differs(self, paragraph: Paragraph, kind: TextKind) -> TextKind | None:
        """Return the kind that a text of another kind looks like now; None where it looks as it did."""
        usual = self._usual.get(kind)
        now = self.of(paragraph)
        is_deeper = kind.is_point and now is not None and now.is_point
        return now if now is not kind and (is_deeper or usual != paragraph.style) else None

    def now(self, returned: Returned, match: Match, texts: Mapping[Key, Printed]) -> dict[Key, TextKind]:
        """Return the kind of each text that has a place; a point may look like a sub-point now."""
        found = {}
        for key, index in match.at.items():
            kind = texts[key].kind
            now = self.differs(returned.paragraphs[index], kind) if kind.is_point else None
            found[key] = now if now is not None and now.is_point else kind
        return found

    def _shared(self) -> set[str]:
        """Return the styles in which more than one kind is usually printed."""
        counts = Counter(self._usual.values())
        return {style for style, count in counts.items() if count > 1}


def _look(paragraph: Paragraph) -> _Look:
    number = paragraph.number
    return paragraph.style, number and (number.form, number.level)
