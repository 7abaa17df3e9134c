"""What POA9xx means: poa.yaml and profiles, a project's own rules about the rules."""

from __future__ import annotations

from poa_toolkit.diagnostic import Severity
from poa_toolkit.manual import Page

FIXED = ("POA913", "POA915", "POA916", "POA922")
"""Faults of the settings themselves: a project cannot switch them off."""

_TEXTS = (
    (
        "POA911",
        "waiver-unused",
        Severity.WARNING,
        """A waiver in poa.yaml waives nothing.

        What it waived was mended, or has moved to another record. Left in place, it would silence a
        new fault that nobody has looked at.

        Bad:
            # poa.yaml
            waivers:
              - code: POA603
                record: A-001
                reason: The page is being looked for.
                until: 2018-01-31

        Good:
            # poa.yaml
            waivers: []

        Cure:
            Delete the waiver.
        """,
    ),
    (
        "POA912",
        "waiver-expired",
        Severity.WARNING,
        """The last day of a waiver in poa.yaml is over, so what it waived is shown again.

        A waiver is a promise to come back to a fault by a day.

        Bad:
            # poa.yaml
            waivers:
              - code: POA603
                record: A-001
                reason: The page is being looked for.
                until: 2001-01-31

        Good:
            # poa.yaml
            waivers: []

        Cure:
            Mend what it waives and delete it, or agree on a later day.
        """,
    ),
    (
        "POA913",
        "setting-code-unknown",
        Severity.ERROR,
        """poa.yaml names a code that no finding has.

        Bad:
            # poa.yaml
            severities:
              POA999: warning

        Good:
            # poa.yaml
            severities:
              POA603: warning

        Cure:
            Correct it; `poa explain` lists the codes.
        """,
    ),
    (
        "POA914",
        "waiver-record-unknown",
        Severity.WARNING,
        """A waiver in poa.yaml names a record that the plan does not have.

        Bad:
            # poa.yaml
            waivers:
              - code: POA603
                record: A-999
                reason: The page is being looked for.
                until: 2018-01-31

        Good:
            # poa.yaml
            waivers: []

        Cure:
            Correct the id, or delete the waiver.
        """,
    ),
    (
        "POA915",
        "setting-code-fixed",
        Severity.ERROR,
        """poa.yaml lowers or waives a fault that stays an error everywhere.

        A file or a record that cannot be read is left out of the plan, of every document and of every
        comparison. A project cannot choose not to hear of it, nor of faults of poa.yaml itself.

        Bad:
            # poa.yaml
            severities:
              POA003: warning

        Good:
            # poa.yaml
            severities:
              POA501: information

        Cure:
            Delete the line, and mend the fault itself.
        """,
    ),
    (
        "POA916",
        "editors-share-ids",
        Severity.ERROR,
        """Under `ids` poa.yaml gives two editors the same ids, or an editor none.

        Each editor has a letter, or a block of numbers, that no other has. Two who share one take the
        same id for different records, and a merge has twins. Commands that find an id for a new record
        refuse until it is mended.

        Bad:
            # poa.yaml
            ids:
              per: editor
              editors:
                - who: one@example.org
                  from: 200
                  to: 299
                - who: two@example.org
                  from: 250
                  to: 349

        Good:
            # poa.yaml
            ids:
              per: editor
              editors:
                - who: one@example.org
                  letter: K
                - who: two@example.org
                  from: 200
                  to: 299

        Cure:
            Give each editor a letter, or a block of numbers, of their own.
        """,
    ),
    (
        "POA921",
        "profile-not-kept",
        Severity.ERROR,
        """The plan does not keep a profile of the secretariat.

        A profile is a JSON Schema that `profiles` in plan.yaml names. It asks for more than the model
        does: a key that must be there, a text that must be short.

        Cure:
            Change what the message names, as the profile asks.
        """,
    ),
    (
        "POA922",
        "profile-unusable",
        Severity.ERROR,
        """A profile that plan.yaml names cannot be used.

        It must be a file inside the project, of at most 1 MiB, that holds one JSON Schema (2020-12)
        and refers to nothing outside of itself.

        Bad:
            # plan.yaml
            profiles:
              - profiles/none.json

        Good:
            # plan.yaml
            profiles: []

        Cure:
            Correct the path or the file.
        """,
    ),
    (
        "POA931",
        "schemas-outdated",
        Severity.WARNING,
        """The schemas in `schema/` know other ids than the plan.

        `poa schema --write --ids` writes schemas with which an editor offers the actors, recommendations,
        instruments and obligations of this plan, and marks an id that is none. When one is added or
        renamed they do not know it: the editor marks what is right.

        Cure:
            Run `poa schema --write --ids`.
        """,
    ),
    (
        "POA932",
        "merge-dropped-a-change",
        Severity.ERROR,
        """A merge has dropped what one side changed.

        While git makes a merge, and as long as its commit is the last one, each value that a side changed
        is looked for in the plan. One that stands there as it was before the two sides parted is lost: an
        action that one side moved to another file and the other reworded, say, or a file of which one
        side's version was taken whole. Of what was marked as a conflict, one side's version may be gone.

        The other way round, what one side's decision on an amendment wrote into the text must not stay
        where the merge keeps the other side's decision.

        Cure:
            Run `poa merge finish`, or put the words in by hand. To drop them on purpose, finish the merge
            with them, and take them out in a commit of its own. An adoption that is not to hold is kept in
            the merge, and taken back afterwards with `poa amend reopen`.
        """,
    ),
)


def pages() -> tuple[Page, ...]:
    """Give the page of every code of poa.yaml and of profiles."""
    return tuple(Page.of(code, name, severity, text) for code, name, severity, text in _TEXTS)
