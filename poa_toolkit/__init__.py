"""The Plan of Action as data: validate it, compare its versions, render it to Word."""

__version__ = "0.1.0"
