"""The fixtures of rounds.py for the tests beside it."""

import sys

from rounds import case, cases, plan, stage

__all__ = ["case", "cases", "plan", "stage"]

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]  # there is no fork, and no signal that kills
