"""What POA1xx means, and a few forms of text: a value that does not fit. Code, name and manual page."""

from __future__ import annotations

TEXTS = (
    (
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
    (
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
    (
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
    (
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
    (
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
    (
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
    (
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
    (
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
    (
        "POA109",
        "id-form",
        """An id holds something else than letters, digits and hyphens, begins with a hyphen, or is too long.

        Ids become names of bookmarks in Word, of anchors on pages, of files and of versions, and are
        typed in commands. So none has more than 28 characters, none looks like an option (`-x`), and none
        is what Windows calls a device (`CON`, `PRN`, `AUX`, `NUL`, `COM1`, `LPT9` …) or git a version
        (`HEAD`), in capital or small letters.

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
            Use letters, digits and hyphens only, and begin with a letter or a digit.
        """,
    ),
    (
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
    (
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
    (
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
    (
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
    (
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
    (
        "POA401",
        "baseline-altered",
        """A frozen version is not as it was frozen.

        Endorsements name a digest of the frozen text; if a baseline could change, they would mean nothing.

        Cure:
            Restore the file from git, or delete it and freeze the version again.
        """,
    ),
)
