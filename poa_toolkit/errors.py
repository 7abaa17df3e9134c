"""What stops a command: one line for the person, an exit status for the shell."""

from __future__ import annotations


class PoaError(Exception):
    """We cannot go on, and the message says why and how to mend it in one line.

    Exit status 2: wrong usage, nothing to read, or the machine refused.
    A fault *inside* a plan is never an exception: it is a `Diagnostic`.
    """


class NoPlanError(PoaError):
    """There is no plan where one was looked for."""


class VersionError(PoaError):
    """A version (baseline, git revision or folder) cannot be named or read."""


class NoAnswerError(PoaError):
    """git was asked, and did not answer in time; what it knows stays unknown."""


class WriteError(PoaError):
    """A file could not be written; the old one, if any, is untouched."""


class TemplateError(PoaError):
    """A Word template cannot be read or rendered."""

    def __init__(self, message: str, near: str = "") -> None:
        """Say why; `near` is the text of the paragraph, with its tags, in which the fault stands."""
        super().__init__(message)
        self.near = near


class EditRefusedError(PoaError):
    """An edit cannot be made without touching more than it may; nothing was changed."""


class AstrayError(EditRefusedError):
    """The plan is not as an amendment needs it: its place or words are gone, or it was decided already.

    No wrong use of the command, but a state of the plan that somebody has to look at: status 1.
    """


class UnknownRecordError(PoaError):
    """A name means no record of the plan; the message says which names there are."""
