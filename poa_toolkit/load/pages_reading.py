"""What POA0xx means: a file that cannot be read. Each entry is code, name and manual page."""

from __future__ import annotations

TEXTS = (
    (
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
    (
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
    (
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
    (
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
    (
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
    (
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
    (
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
    (
        "POA008",
        "too-large",
        """A file is too large, holds too many values, or nests too deep.

        Limits keep a hostile or broken file from tying up the machine: 32 MiB, half a million values,
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
    (
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
    (
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
    (
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
    (
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
    (
        "POA013",
        "unreadable-file",
        """A file of the plan cannot be read: a link out of the project, no regular file, no permission.

        A plan with a file missing would look complete, so nothing is skipped in silence.

        Cure:
            Put the file itself there, or give the right to read it.
        """,
    ),
    (
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
    (
        "POA015",
        "unportable-name",
        """A file has a name that not every system can have, or that some cannot tell from another's.

        Windows has no file called as a device (`con.yaml`, `aux.yaml`, `com1.yaml` …), and none with a
        colon, a question mark or a line break in its name. macOS and Windows take two names for one that
        differ only in capital letters, or in how an accent is stored. Who checks the plan out there gets
        an error, or one of the two files.

        Cure:
            Rename the file: letters, digits and hyphens will do everywhere.
        """,
    ),
    (
        "POA016",
        "layout-refused",
        """`poa fmt` left a file alone: a new layout might lose something of it.

        After formatting, the file is read again, and its values and comments are compared with those that
        were there. Where one would differ, or a key is written in a way that no plan needs (`? key`),
        nothing is changed.

        Cure:
            Write the key as `key: value`; where a value or a comment is named, write it more simply.
        """,
    ),
)
