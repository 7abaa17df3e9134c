"""What POA017 to POA022 mean: slips of the hand in the layout of a file. Code, name and manual page."""

from __future__ import annotations

TEXTS = (
    (
        "POA017",
        "unusual-space",
        r"""A space that YAML does not take for one stands in the layout, an id or a citation.

        No-break spaces come in with text copied from Word or a web page, and look like any other space.
        Inside prose they may be right; in the indentation, behind `-` or a colon, and in a value of a fixed
        form they are not. In the message each is shown as `·`.

        Bad:
            # action
            provisions:
              - "iccpr\u00a025(b)"

        Good:
            # action
            provisions:
              - iccpr 25(b)

        Cure:
            Type a plain space in its place; `poa validate --fix` does.
        """,
    ),
    (
        "POA018",
        "indentation",
        """A line begins too far to the left or to the right.

        The lines of a text stand below one another, and so do the keys of a block and the items of a list.

        Bad:
            # actors.yaml
            actors:
              - id: states
                 title: States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Indent the line as the message says.
        """,
    ),
    (
        "POA019",
        "quotation-mark",
        """A quotation mark round a value is never closed, closes too early, or is a curly one.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: 'the court's duty'

        Good:
            # actors.yaml
            actors:
              - id: states
                title: "the court's duty"

        Cure:
            Put the text on the next line, under `>-`, where quotation marks need nothing.
        """,
    ),
    (
        "POA020",
        "item-mark",
        """An item of a list begins with a dash or a bullet of a word processor, or with `-` and no space.

        Bad:
            # actors.yaml
            actors:
              \u2013 id: states
                title: States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Begin each item with `- `, a hyphen and a space.
        """,
    ),
    (
        "POA021",
        "tab",
        """A line is indented with a tab.

        Programs show a tab as two, four or eight spaces, so YAML takes none.

        Cure:
            Indent with spaces; most editors can be told to type them for a tab.
        """,
    ),
    (
        "POA022",
        "reserved-character",
        """A text begins with a character that means something to YAML: @ % ` { } ] , | > or `- `.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: @ all States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: "@ all States"

        Cure:
            Put the text in quotes, or on the next line under `>-`.
        """,
    ),
)
