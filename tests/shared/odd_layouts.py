"""Small section files written as nobody would: any quotes, brackets, indents, comments and blank lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_TEXT = (
    "Observers should report. States, too; “when asked”. See art. 5 and No. 25 (e.g. the U.N.). Élections "
    '選挙の監視。 [National | International] It\'s "said". # not: a comment | \\ * & ! % @ ` ? 2017 true - '
    "ends.  Twice  spaced. \u00a0 الانتخابات {x} ,"
)
WORDS = _TEXT.split(" ")
IDS = (
    "A-001",
    "a",
    "no",
    "2017",
    "true",
    "observers",
    "iccpr 25(b)",
    "1.5",
    "~",
    "null",
    "012",
    "2017-12-04",
)


class Writer:
    """Writes a section in a layout drawn from `random`; every comment it writes is in `comments`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.comments: list[str] = []

    def section(self) -> str:
        data: dict[str, Any] = {
            "id": self.random.choice(IDS),
            "title": self.text(4),
            "chapeau": [{"id": "C-01", "text": self.text(30)} for _ in range(self.random.randrange(2))],
            "actions": [self.action() for _ in range(self.random.randrange(1, 4))],
        }
        lines = ["# yaml-language-server: $schema=../../schema/section.schema.json"]
        self.comments.append(lines[0])
        lines += self.mapping(data, 0)
        self.rest(lines, 0)
        return "\n".join(lines) + "\n" * self.random.randrange(3)

    def action(self) -> dict[str, Any]:
        """Make an action with whatever it may hold, and a key of nobody's."""
        found = {
            "id": self.random.choice(IDS),
            "text": self.text(40),
            "points": [self.point() for _ in range(self.random.randrange(3))],
            "level": ["national", "regional"][: self.random.randrange(3)],
            "addressees": self.random.sample(IDS, self.random.randrange(5)),
            "why": self.text(12),
            "provisions": self.random.sample(IDS, self.random.randrange(3)),
            "status": "draft",
            "odd": self.random.choice([None, 1, True, 1.5, {"b": 1, "a": ["x"]}, [[1, "y"], []]]),
        }
        keep = self.random.randrange(1, len(found) + 1)
        return dict(self.random.sample(list(found.items()), keep))

    def point(self) -> dict[str, Any]:
        below = [{"id": "a-i", "text": self.text(9)} for _ in range(self.random.randrange(3))]
        return {"id": "a", "text": self.text(9), **({"points": below} if self.random.randrange(2) else {})}

    def text(self, longest: int) -> str:
        words = " ".join(self.random.choice(WORDS) for _ in range(self.random.randrange(1, longest)))
        return words.strip() or "x"

    def mapping(self, data: dict[str, Any], indent: int) -> list[str]:
        lines: list[str] = []
        for key, value in self.random.sample(list(data.items()), len(data)):
            self.rest(lines, indent)
            spelt = self.random.choice([key, key, f'"{key}"', f"'{key}'"])
            lines += self.value(f"{' ' * indent}{spelt}:", value, indent)
        return lines

    def value(self, start: str, value: Any, indent: int) -> list[str]:
        """Write a value behind its key or dash."""
        if isinstance(value, str):
            return self.string(start, value, indent)
        if not isinstance(value, dict | list):
            return [f"{start} {json.dumps(value)}{self.trailing()}"]
        if not value or self.random.random() < 0.3:
            return self.flow(start, value)
        step = self.random.choice([2, 2, 3, 4]) if isinstance(value, dict) else self.random.choice([0, 2, 4])
        if start.endswith("-"):
            step = max(step, 2)
        below = indent + step
        if isinstance(value, dict):
            return [start + self.trailing(), *self.mapping(value, below)]
        lines = [start + self.trailing()]
        for item in value:
            self.rest(lines, below)
            lines += self.item(item, below)
        return lines

    def item(self, item: Any, indent: int) -> list[str]:
        """Write an item of a list, a mapping sometimes beside its dash."""
        dash = f"{' ' * indent}-"
        if isinstance(item, dict) and self.random.random() < 0.7:
            first, *rest = self.mapping(item, indent + 2)
            if first.strip() and not first.lstrip().startswith("#"):
                return [f"{dash} {first.lstrip()}", *rest]
            return [dash, first, *rest]
        return self.value(dash, item, indent)

    def flow(self, start: str, value: dict[str, Any] | list[Any]) -> list[str]:
        """Write a list or mapping in brackets, on one line or on several with comments."""
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        items = [json.dumps(each, ensure_ascii=False) for each in value]
        if isinstance(value, dict):
            items = [f'"{key}": {json.dumps(each, ensure_ascii=False)}' for key, each in value.items()]
        if self.random.random() < 0.5:
            return [f"{start} {opened}{', '.join(items)}{closed}{self.trailing()}"]
        deep = " " * (len(start) + 8)
        inside = [deep + item + "," + self.trailing() for item in items]
        self.rest(inside, len(deep))
        return [f"{start} {opened}{self.trailing()}", *inside, f"{deep}{closed}{self.trailing()}"]

    def string(self, start: str, value: str, indent: int) -> list[str]:
        """Write a text in one of YAML's five styles."""
        below = " " * (indent + self.random.choice([2, 3, 4]))
        match self.random.randrange(6):
            case 0 if value.replace("-", "").isalnum() and value not in IDS:
                return [f"{start} {value}{self.trailing()}"]
            case 1:
                quoted = value.replace("'", "''")
                return [f"{start} '{quoted}'{self.trailing()}"]
            case 2 if "  " not in value:
                half = value.find(" ", len(value) // 2)
                body = [value[:half], value[half + 1 :]] if half > 0 else [value]
                return [f"{start} >-{self.trailing()}", *(below + line for line in body)]
            case 3:
                return [f"{start} |{self.trailing()}", *(below + value for _ in range(2))]
            case 4:
                return [f"{start} >+", below + value, "", below + "  deeper", "", ""]
            case _:
                ascii_only = self.random.random() < 0.2
                return [f"{start} {json.dumps(value, ensure_ascii=ascii_only)}{self.trailing()}"]

    def trailing(self) -> str:
        """Sometimes give a comment for the end of a line."""
        return f"{' ' * self.random.randrange(1, 9)}{self.comment()}" if self.random.random() < 0.15 else ""

    def rest(self, lines: list[str], indent: int) -> None:
        """Sometimes add blank lines, and comments at any column."""
        lines += [" " * self.random.choice([0, 0, 3])] * self.random.choice([0, 0, 0, 1, 3])
        if lines and lines[-1].strip() and self.random.random() < 0.8:
            return
        column = self.random.choice([indent, indent, indent, 0, indent + 1])
        if self.random.random() < 0.3:
            lines.append(" " * column + self.comment())

    def comment(self) -> str:
        found = f"# {len(self.comments)}: {self.text(4)}"
        self.comments.append(found.rstrip())
        return found
