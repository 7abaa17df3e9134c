"""Histories of two hands on one plan: a base and what each side made of it, from a seed; nothing of the package.

A history is files by their paths in three versions. Each side does one to six deeds, as editors do them:
words and clauses changed, lines wrapped anew, actions added, withdrawn, moved, taken out, links and
statuses changed, comments put in, points added, amendments, reviews and endorsements put on file.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FLOOR, REVIEWS, ENDORSEMENTS = "plan/amendments/floor.yaml", "plan/reviews.yaml", "plan/endorsements.yaml"
_NOUNS = [
    "States",
    "observers",
    "treaty",
    "bodies",
    "commissions",
    "courts",
    "parties",
    "media",
    "voters",
    "women",
    "monitors",
]
_VERBS = [
    "publish",
    "review",
    "compare",
    "explain",
    "record",
    "examine",
    "share",
    "collect",
    "answer",
    "support",
]
_REST = (
    "the findings of each mission before the next review",
    "complaints about counting within a year of the vote",
    "what was done about each recommendation, and by whom",
    "the rules on campaign funds; the sums are to be public",
    "access to polling stations for persons with disabilities",
    "the boundaries of constituencies, in time for an appeal",
    "the list of issues and the replies to it, in all languages",
)
_LINKS = [f"hres-2015-02-r{number}" for number in range(1, 9)]
_LAW = ["iccpr 25", "iccpr 25(b)", "iccpr 2(3)", "udhr 21(3)", "hrc-gc25 20", "crpd 29"]
_ACTORS = ["states", "observers", "ohchr", "nhri", "cso", "media"]
_STATUSES = ["draft", "refined", "agreed"]


@dataclass
class Node:
    """A record as an editor sees it: keys in order, how each is written, and comments."""

    values: dict[str, Any]
    styles: dict[str, str] = field(default_factory=dict)
    """By key: ``folded`` (a sentence a line), ``wrapped``, ``plain``, ``single``, ``double``."""
    above: list[str] = field(default_factory=list)
    """Comments over its dash."""
    beside: str = ""
    """A comment behind its first value."""
    inside: dict[str, list[str]] = field(default_factory=dict)
    """Comments over its keys."""

    @property
    def name(self) -> str:
        """Its id."""
        return str(self.values["id"])


@dataclass
class Doc:
    """A file: what stands on its top, and the lists below."""

    head: str
    top: dict[str, str]
    lists: dict[str, list[Node]]


class History(NamedTuple):
    """Three versions of the files of a plan."""

    seed: int
    base: dict[str, str]
    ours: dict[str, str]
    theirs: dict[str, str]
    deeds: tuple[str, ...]
    """What each side did, for a person who looks at a failure."""


def history(seed: int) -> History:
    """Give the history of a seed; the same one each time."""
    random = Random(seed)  # noqa: S311 - the same history again for a seed
    base = _plan(random)
    said: list[str] = []
    sides = []
    names = [node.name for doc in base.values() for node in doc.lists.get("actions", ())]
    hot = random.sample(names, random.choice([1, 1, 2]))
    for side in ("ours", "theirs"):
        plan = copy.deepcopy(base)
        hand = _Hand(random, plan, side, hot)
        said += [f"{side}: {hand.deed()}" for _ in range(random.randint(1, 6))]
        sides.append({path: spelt(doc) for path, doc in plan.items()})
    written = {path: spelt(doc) for path, doc in base.items()}
    return History(seed, written, sides[0], sides[1], tuple(said))


# --- the base ------------------------------------------------------------------------------------


def _plan(random: Random) -> dict[str, Doc]:
    plan: dict[str, Doc] = {}
    number = 1
    for at, name in enumerate(("informing-states", "expert-bodies", "follow-up"), 1):
        actions = []
        for _ in range(random.randint(3, 5)):
            actions.append(_action(random, f"A-{number:03}"))
            number += 1
        chapeau = [
            Node({"id": f"C-0{at}", "text": _sentence(random)}, {"text": random.choice(["folded", "plain"])})
        ]
        lists = {"chapeau": chapeau, "actions": actions}
        plan[f"plan/sections/0{at}-{name}.yaml"] = Doc(
            "section", {"id": name, "title": name.replace("-", " ").capitalize()}, lists
        )
    rows = [_amendment(random, f"floor-{at}", f"A-{at:03}", "Delegation A") for at in (1, 2)]
    plan[FLOOR] = Doc("amendments", {}, {"amendments": rows})
    plan[REVIEWS] = Doc(
        "reviews", {}, {"reviews": [_review("A-001", "An Editor", 4), _review("A-002", "An Editor", 5)]}
    )
    plan[ENDORSEMENTS] = Doc("endorsements", {}, {"endorsements": [_endorsement("tcc", 4)]})
    return plan


def _sentence(random: Random) -> str:
    return f"{random.choice(_NOUNS).capitalize()} should {random.choice(_VERBS)} {random.choice(_REST)}."


def _action(random: Random, name: str) -> Node:
    text = " ".join(_sentence(random) for _ in range(random.randint(1, 3)))
    values: dict[str, Any] = {"id": name, "text": text}
    if random.random() < 0.4:
        values["points"] = [
            Node({"id": letter, "text": _sentence(random)}, {"text": random.choice(["folded", "plain"])})
            for letter in "abc"[: random.randint(2, 3)]
        ]
    values["level"] = random.choice([["national"], ["international", "national"]])
    values["addressees"] = random.sample(_ACTORS, random.randint(1, 3))
    values["recommendations"] = random.sample(_LINKS, random.randint(1, 3))
    values["why"] = f"It {random.choice(_VERBS)}s {random.choice(_REST)}."
    values["provisions"] = random.sample(_LAW, random.randint(1, 3))
    values["status"] = random.choice(_STATUSES)
    if random.random() < 0.6:
        values["timeframe"] = random.choice(["by 2019", "once a year", "before each list of issues"])
    styles = {
        "text": random.choice(["folded", "folded", "wrapped"]),
        "why": random.choice(["folded", "plain"]),
    }
    node = Node(values, styles)
    if random.random() < 0.2:
        node.above.append(f"# {name} is from day 1")
    return node


def _amendment(random: Random, name: str, record: str, proposer: str) -> Node:
    values = {"id": name, "kind": "comment", "record": record, "proposer": proposer, "date": "2017-12-04"}
    return Node(values | {"comment": _sentence(random), "state": "open"})


def _review(record: str, by: str, day: int) -> Node:
    return Node({"record": record, "by": by, "date": f"2017-12-0{day}"})


def _endorsement(participant: str, day: int) -> Node:
    digest = "sha256:" + "0" * 64
    said = {"participant": participant, "capacity": "Observer", "text": "day-1", "digest": digest}
    return Node(said | {"date": f"2017-12-0{day}"})


# --- how it is written ---------------------------------------------------------------------------


def spelt(doc: Doc) -> str:
    """Write a file as an editor would."""
    depth = ".." if doc.head in ("reviews", "endorsements") else "../.."
    lines = [f"# yaml-language-server: $schema={depth}/schema/{doc.head}.schema.json"]
    lines += [f"{key}: {value}" for key, value in doc.top.items()]
    for key, nodes in doc.lists.items():
        lines.append(f"{key}:" if nodes else f"{key}: []")
        for node in nodes:
            lines += _node(node, 2)
    return "\n".join(lines) + "\n"


def _node(node: Node, column: int) -> Iterator[str]:
    pad = " " * column
    yield from (f"{pad}{each}" for each in node.above)
    for at, (key, value) in enumerate(node.values.items()):
        begin = f"{pad}- " if at == 0 else f"{pad}  "
        yield from (f"{pad}  {each}" for each in node.inside.get(key, ()))
        tail = f" {node.beside}" if at == 0 and node.beside else ""
        if isinstance(value, str):
            yield from _scalar(f"{begin}{key}:", value, node.styles.get(key, "plain"), column + 4, tail)
        elif value and isinstance(value[0], Node):
            yield f"{begin}{key}:"
            for each in value:
                yield from _node(each, column + 4)
        elif key == "level" or not value:
            yield f"{begin}{key}: [{', '.join(value)}]"
        else:
            yield f"{begin}{key}:"
            yield from (f"{pad}    - {each}" for each in value)


def _scalar(begin: str, value: str, style: str, column: int, tail: str) -> Iterator[str]:
    if style in ("plain", "single", "double") or not value:
        if style == "single" or (style == "plain" and (": " in value or " #" in value)):
            value = "'" + value.replace("'", "''") + "'"
        elif style == "double":
            value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        yield f"{begin} {value}{tail}"
        return
    yield f"{begin} >-{tail}"
    lines, pad = [""], " " * column
    for word in value.split():
        full = lines[-1].endswith((".", ";")) if style == "folded" else len(lines[-1]) > 60
        if full:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    yield from (f"{pad}{each}" for each in lines)


# --- what editors do -----------------------------------------------------------------------------


class _Hand:
    """One editor at a copy of the plan."""

    def __init__(self, random: Random, plan: dict[str, Doc], side: str, hot: list[str]) -> None:
        self.random, self.plan, self.side, self.hot = random, plan, side, hot
        self.sections = [path for path in plan if path.startswith("plan/sections/")]
        self.coined = self.added = 0
        self.deeds: tuple[tuple[int, Callable[[], str]], ...] = (
            (10, self.word),
            (4, self.clause),
            (2, self.reflow),
            (2, self.requote),
            (5, self.add),
            (2, self.move),
            (1, self.move_away),
            (2, self.reorder),
            (2, self.withdraw),
            (1, self.take_out),
            (3, self.status),
            (4, self.link),
            (3, self.comment),
            (2, self.point),
            (1, self.title),
            (4, self.amend),
            (2, self.on_file),
        )

    def deed(self) -> str:
        """Do one thing; what it was."""
        weights, deeds = zip(*self.deeds, strict=True)
        (chosen,) = self.random.choices(deeds, weights)
        return str(chosen())

    def coin(self) -> str:
        """Give a word: one of the language, or one that stands nowhere else."""
        self.coined += 1
        common = ["openly", "promptly", "jointly", "each", "all"]
        return f"{self.side}{self.coined}" if self.random.random() < 0.7 else self.random.choice(common)

    def actions(self) -> list[Node]:
        """Give the actions of a section that has some."""
        every = [self.plan[path].lists["actions"] for path in self.sections]
        return self.random.choice([each for each in every if each] or [[]])

    def some(self) -> Node:
        """Give an action; of those that are spoken of that day more often, so that hands meet."""
        every = [node for path in self.sections for node in self.plan[path].lists["actions"]]
        spoken_of = [node for node in every if node.name in self.hot]
        return self.random.choice(spoken_of if spoken_of and self.random.random() < 0.7 else every)

    def text(self) -> tuple[Node, str]:
        """Give a text: that of an action, of a point, of what stands under it."""
        node = self.some()
        keys = ["text", "text", "text", "why"] + (["timeframe"] if "timeframe" in node.values else [])
        points = node.values.get("points")
        if node.name in self.hot and self.random.random() < 0.6:
            return node, "text"
        if points and self.random.random() < 0.3:
            return self.random.choice(points), "text"
        return node, self.random.choice(keys)

    def near(self, size: int) -> int:
        """Give the place of a word; of the first ones more often, so that two hands come near each other."""
        return min(int(self.random.expovariate(0.25)), size - 1)

    # --- texts ---

    def word(self) -> str:
        """Change, insert or take out a word."""
        node, key = self.text()
        words = node.values[key].split()
        at = self.near(len(words))
        way = self.random.choice(["change", "insert", "take out"])
        if way == "change":
            end = words[at][-1] if words[at][-1] in ".;," else ""
            words[at] = self.coin() + end
        elif way == "insert":
            words.insert(at, self.coin())
        elif len(words) > 3:
            del words[at]
        node.values[key] = " ".join(words)
        return f"{way} word {at} of {node.name} {key}"

    def clause(self) -> str:
        """Change some words that stand beside each other, or put a clause in."""
        node, key = self.text()
        words = node.values[key].split()
        at = self.near(len(words))
        end = min(len(words), at + self.random.randint(0, 4))
        words[at:end] = [self.coin() for _ in range(self.random.randint(1, 5))]
        node.values[key] = " ".join(words)
        return f"put a clause at words {at} to {end} of {node.name} {key}"

    def reflow(self) -> str:
        """Break the lines of a text anew."""
        node, key = self.text()
        node.styles[key] = "wrapped" if node.styles.get(key) != "wrapped" else "folded"
        return f"break the lines of {node.name} {key} anew"

    def requote(self) -> str:
        """Write a value in quotes, or without."""
        node = self.some()
        key = self.random.choice(["why", "status"])
        node.styles[key] = self.random.choice(["plain", "single", "double"])
        return f"quote {node.name} {key} {node.styles[key]}"

    def title(self) -> str:
        """Rename a section."""
        doc = self.plan[self.random.choice(self.sections)]
        words = doc.top["title"].split()
        words[self.random.randrange(len(words))] = self.coin()
        doc.top["title"] = " ".join(words)
        return f"rename section {doc.top['id']}"

    # --- records ---

    def add(self) -> str:
        """Add an action: with the next free id, which the other side may take too, or one of its own."""
        actions = self.actions()
        every = [node.name for path in self.sections for node in self.plan[path].lists["actions"]]
        number = max((int(name[2:5]) for name in every if name[2:5].isdigit()), default=0) + 1
        self.added += 1
        own = f"A-{'K' if self.side == 'ours' else 'L'}{self.added:02}"
        name = f"A-{number:03}" if self.random.random() < 0.5 else own
        at = self.random.choice([len(actions), len(actions), self.random.randint(0, len(actions))])
        node = _action(self.random, name)
        node.values["text"] += f" {self.coin()} {self.coin()}."
        actions.insert(at, node)
        return f"add {name} at {at}"

    def move(self) -> str:
        """Move an action inside its file."""
        actions = self.actions()
        node = actions.pop(self.random.randrange(len(actions)))
        at = self.random.randint(0, len(actions))
        actions.insert(at, node)
        return f"move {node.name} to {at}"

    def move_away(self) -> str:
        """Move an action to another file."""
        actions, target = self.actions(), self.actions()
        if len(actions) < 2:
            return "nothing"
        node = actions.pop(self.random.randrange(len(actions)))
        target.append(node)
        return f"move {node.name} to the end of a file"

    def reorder(self) -> str:
        """Let two neighbours change places."""
        actions = self.actions()
        if len(actions) < 2:
            return "nothing"
        at = self.random.randrange(len(actions) - 1)
        actions[at], actions[at + 1] = actions[at + 1], actions[at]
        return f"swap {actions[at].name} and {actions[at + 1].name}"

    def withdraw(self) -> str:
        """Withdraw an action, with a reason."""
        node = self.some()
        node.values["status"] = "withdrawn"
        node.values["reason"] = f"It was {self.coin()} said."
        return f"withdraw {node.name}"

    def take_out(self) -> str:
        """Take an action out of its file."""
        actions = self.actions()
        if len(actions) < 2:
            return "nothing"
        return f"take out {actions.pop(self.random.randrange(len(actions))).name}"

    def point(self) -> str:
        """Add a point to an action."""
        node = self.some()
        points = node.values.get("points")
        if not points or len(points) > 5:
            return self.word()
        letter = self.random.choice([each for each in "defgh" if each not in [one.name for one in points]])
        points.append(Node({"id": letter, "text": f"{self.coin()} {_sentence(self.random)}"}))
        return f"add point {letter} to {node.name}"

    # --- fields, comments ---

    def status(self) -> str:
        """Give an action another status, or another time frame."""
        node = self.some()
        if self.random.random() < 0.6:
            node.values["status"] = self.random.choice(_STATUSES)
            return f"{node.name} is {node.values['status']}"
        node.values["timeframe"] = f"by {self.random.randint(2018, 2030)}"
        return f"{node.name} {node.values['timeframe']}"

    def link(self) -> str:
        """Add or take out a link."""
        node = self.some()
        key, every = self.random.choice(
            [("addressees", _ACTORS), ("recommendations", _LINKS), ("provisions", _LAW)]
        )
        links = node.values[key]
        if len(links) > 1 and self.random.random() < 0.4:
            return f"take {links.pop(self.random.randrange(len(links)))} out of {node.name}"
        new = self.random.choice([each for each in every if each not in links] or [links[0]])
        if new not in links:
            links.insert(self.random.choice([len(links), len(links), 0]), new)
        return f"link {node.name} to {new}"

    def comment(self) -> str:
        """Put a comment over a record, beside its id, or over one of its keys; or take one out."""
        node = self.some()
        text = f"# {self.coin()} {self.side}{self.coined} of the minutes"
        way = self.random.choice(["above", "beside", "inside", "gone"])
        if way == "above":
            node.above.append(text)
        elif way == "beside":
            node.beside = text
        elif way == "inside":
            node.inside.setdefault(self.random.choice([*node.values][1:]), []).append(text)
        elif node.above:
            node.above.pop()
        return f"comment {way} {node.name}"

    # --- process ---

    def amend(self) -> str:
        """Put an amendment on file, or decide one."""
        rows = self.plan[FLOOR].lists["amendments"]
        if self.random.random() < 0.3:
            row = self.random.choice(rows)
            row.values["state"] = self.random.choice(["accepted", "rejected"])
            row.values |= {"decided_by": "Chair", "decided": "2017-12-05"}
            return f"{row.name} {row.values['state']}"
        own = "k" if self.side == "ours" else "l"
        name = f"floor-{self.random.choice(['', own])}{len(rows) + 1}"
        proposer = f"Delegation {'B' if self.side == 'ours' else 'C'}"
        row = _amendment(self.random, name, self.some().name, proposer)
        row.values["comment"] += f" {self.coin()}"
        rows.append(row)
        return f"propose {name}"

    def on_file(self) -> str:
        """Put a review or an endorsement on file."""
        if self.random.random() < 0.6:
            by = self.random.choice(["An Editor", f"Editor {self.side}"])
            return self._once(REVIEWS, "reviews", _review(self.some().name, by, self.random.randint(6, 9)))
        who = self.random.choice(["tcc", f"{self.side}-observers"])
        return self._once(ENDORSEMENTS, "endorsements", _endorsement(who, self.random.randint(5, 9)))

    def _once(self, path: str, key: str, node: Node) -> str:
        rows = self.plan[path].lists[key]
        if node.values not in [each.values for each in rows]:
            rows.append(node)
        return f"add one of the {key}"
