"""The command line: arguments in, exit status out. Nothing is decided here."""

from poa_toolkit.cli.main import main

__all__ = ["main"]
