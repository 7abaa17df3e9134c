"""The manual pages of what reading itself refuses: POA0xx, POA1xx, and a few forms of text."""

from __future__ import annotations

from poa_toolkit.diagnostic import Severity
from poa_toolkit.manual import Page


def _page(code: str, name: str, text: str) -> Page:
    return Page.of(code, name, Severity.ERROR, text)


PAGES = (
    _page(
        "POA001",
        "not-utf-8",
        """The file is not in UTF-8.

        Every file of a plan is UTF-8, with or without a byte order mark, so that accents and other
        scripts read the same everywhere.

        Bad:
            # bytes of actors.yaml: latin-1
            actors:
              - id: etats
                title: États

        Good:
            # actors.yaml
            actors:
              - id: etats
                title: États

        Cure:
            Save the file again and choose UTF-8.
        """,
    ),
    _page(
        "POA002",
        "forbidden-character",
        r"""A control character, a line separator or a directional override stands in the file.

        Such characters are invisible in most editors, are lost or changed in Word, and can make a text
        read otherwise than it is.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: "States\u202e"

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Delete the character, or type the words again.
        """,
    ),
    _page(
        "POA003",
        "not-yaml",
        """The file cannot be read as YAML.

        Most often a text holds a colon and a space, a quotation mark is not closed, or a line is
        indented with a tab or too little.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: States: all of them

        Good:
            # actors.yaml
            actors:
              - id: states
                title: "States: all of them"

        Cure:
            Put the text in quotes or under `>-`, and indent with spaces.
        """,
    ),
    _page(
        "POA004",
        "repeated-key",
        """A key stands twice in one block.

        Only one of the two values could count, and nobody would see which.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: States
                title: All States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: All States

        Cure:
            Keep one of the two lines.
        """,
    ),
    _page(
        "POA005",
        "tag",
        """A value has a tag (`!…`).

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: !shout States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Delete the tag; put a text that begins with ! in quotes.
        """,
    ),
    _page(
        "POA006",
        "anchor-or-alias",
        """A value is named with `&` or repeated with `*`.

        A plan is read by people; what is not written out where it stands is easily overlooked.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: &name States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Write the value out at each place.
        """,
    ),
    _page(
        "POA007",
        "merge-key",
        """A block takes in another one with `<<`.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: States
                <<: {note: all of them}

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States
                note: all of them

        Cure:
            Write the keys out.
        """,
    ),
    _page(
        "POA008",
        "too-large",
        """A file is too large, holds too many values, or nests too deep.

        Limits keep a hostile or broken file from tying up the machine: 32 MiB, two million values,
        64 levels.

        Bad:
            # actors.yaml
            actors: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[

        Good:
            # actors.yaml
            actors: []

        Cure:
            Split the file, or flatten what nests.
        """,
    ),
    _page(
        "POA009",
        "second-document",
        """A second document begins in the file (`---`).

        Bad:
            # actors.yaml
            actors: []
            ---
            actors: []

        Good:
            # actors.yaml
            actors: []

        Cure:
            Keep one document a file.
        """,
    ),
    _page(
        "POA010",
        "directive",
        """The file begins with a YAML directive (`%…`).

        Bad:
            %YAML 1.1
            ---
            actors: []

        Good:
            # actors.yaml
            actors: []

        Cure:
            Delete the line.
        """,
    ),
    _page(
        "POA011",
        "empty-file",
        """The file holds nothing but comments.

        Bad:
            # actors.yaml

        Good:
            # actors.yaml
            actors: []

        Cure:
            Write its keys, or delete the file.
        """,
    ),
    _page(
        "POA012",
        "bracket-read-as-list",
        """A text that begins with a square bracket is read as a list.

        In YAML a value that begins with `[` is a list; in a plan it is mostly unagreed text.

        Bad:
            # action
            text: [International | National] observers should report.

        Good:
            # action
            text: >-
              [International | National] observers should report.

        Cure:
            Put the text on the next line, under `>-`.
        """,
    ),
    _page(
        "POA013",
        "unreadable-file",
        """A file of the plan cannot be read: a link out of the project, no regular file, no permission.

        A plan with a file missing would look complete, so nothing is skipped in silence.

        Cure:
            Put the file itself there, or give the right to read it.
        """,
    ),
    _page(
        "POA014",
        "unknown-file",
        """A YAML file stands in plan/ where no part of a plan is kept, or does not end in .yaml.

        It would not be read, and its author might not notice.

        Bad:
            # actors.yml
            actors: []

        Good:
            # actors.yaml
            actors: []

        Cure:
            Rename it, move it into the right folder, or move it out of plan/.
        """,
    ),
    _page(
        "POA100",
        "malformed",
        """A value does not have the form that its schema describes.

        Cure:
            Compare it with a record beside it, or let the editor show the schema.
        """,
    ),
    _page(
        "POA101",
        "missing-key",
        """A key that the record must have is missing.

        Bad:
            # actors.yaml
            actors:
              - id: states

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Add the key.
        """,
    ),
    _page(
        "POA102",
        "unknown-key",
        """A key stands where none of that name belongs.

        Bad:
            # actors.yaml
            actors:
              - id: states
                titel: States
                title: States

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Correct its spelling, or delete it.
        """,
    ),
    _page(
        "POA103",
        "not-text",
        """Something else stands where a text belongs.

        YAML reads a plain 2017 as a number and a plain true as a truth value.

        Bad:
            # actors.yaml
            actors:
              - id: states
                title: 2017

        Good:
            # actors.yaml
            actors:
              - id: states
                title: "2017"

        Cure:
            Put it in quotes.
        """,
    ),
    _page(
        "POA104",
        "not-a-list",
        """One value stands where a list belongs.

        Bad:
            # action
            addressees: states

        Good:
            # action
            addressees:
              - states

        Cure:
            Write one item a line, each after `- `.
        """,
    ),
    _page(
        "POA105",
        "not-a-block",
        """One value stands where a block of keys belongs.

        Bad:
            # actors.yaml
            actors:
              - states

        Good:
            # actors.yaml
            actors:
              - id: states
                title: States

        Cure:
            Write `key: value` lines.
        """,
    ),
    _page(
        "POA106",
        "not-a-choice",
        """A value is none of those that may stand here.

        Bad:
            # action
            status: agree

        Good:
            # action
            status: agreed

        Cure:
            Use one of the values that the message names.
        """,
    ),
    _page(
        "POA107",
        "not-true-or-false",
        """Something else stands where true or false belongs.

        Bad:
            # recommendation
            verified: yes

        Good:
            # recommendation
            verified: true

        Cure:
            Write true or false, unquoted.
        """,
    ),
    _page(
        "POA108",
        "not-a-date",
        """A date is not written as a date, or is no day of the calendar.

        Bad:
            # recommendation
            date: 2014-02-30

        Good:
            # recommendation
            date: 2014-02-28

        Cure:
            Write year, month and day: 2017-12-04; where less is known 2014-10, or "1988" in quotes.
        """,
    ),
    _page(
        "POA109",
        "id-form",
        """An id holds something else than letters, digits and hyphens, or more than 28 characters.

        Ids become names of bookmarks in Word and of anchors on pages.

        Bad:
            # actors.yaml
            actors:
              - id: the states
                title: States

        Good:
            # actors.yaml
            actors:
              - id: the-states
                title: States

        Cure:
            Use letters, digits and hyphens only.
        """,
    ),
    _page(
        "POA110",
        "value-form",
        """A value is not written in the one form it can have: an address, a digest.

        Bad:
            # plan.yaml
            links:
              - title: The programme
                url: www.example.org

        Good:
            # plan.yaml
            links:
              - title: The programme
                url: https://www.example.org

        Cure:
            Write it as the message says.
        """,
    ),
    _page(
        "POA111",
        "empty-list",
        """A list that needs at least one item has none.

        Bad:
            # plan.yaml
            stages: []

        Good:
            # plan.yaml
            stages:
              - id: day-1
                date: 2017-12-04

        Cure:
            Write an item.
        """,
    ),
    _page(
        "POA112",
        "not-a-number",
        """Something else stands where a whole number belongs.

        Bad:
            # recommendation
            session: first

        Good:
            # recommendation
            session: 1

        Cure:
            Write digits, without quotes.
        """,
    ),
    _page(
        "POA204",
        "citation-form",
        """A citation or a reference is not written in the one form it has.

        A citation is an instrument's id, one space and a reference: digits, a roman number or a letter,
        then points and brackets. No unit (the instrument knows whether it counts articles), no range.

        Bad:
            # action
            provisions:
              - iccpr art. 25(b)

        Good:
            # action
            provisions:
              - iccpr 25(b)

        Cure:
            Write it like `iccpr 25(b)`, one provision a line.
        """,
    ),
    _page(
        "POA304",
        "empty-text",
        """A text holds nothing but spaces.

        Bad:
            # action
            text: " "

        Good:
            # action
            text: Observers should report.

        Cure:
            Write the text, or delete the line.
        """,
    ),
    _page(
        "POA401",
        "baseline-altered",
        """A frozen version is not as it was frozen.

        Endorsements name a digest of the frozen text; if a baseline could change, they would mean nothing.

        Cure:
            Restore the file from git, or delete it and freeze the version again.
        """,
    ),
)
"""Every code that reading can report."""
