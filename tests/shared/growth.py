"""Bounds on work that no machine's speed changes: how it grows with its input, how it compares with other work."""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 4
"""How much larger the second input is: linear work takes four times as long, quadratic sixteen times."""
MOST = 10
"""What is still taken for linear, on a machine that others use too."""
TRIES = 5
_OF_TEXTS = ("poa_toolkit.diff.", "poa_toolkit.text.")
"""Where functions of texts alone stand; some keep what they found."""


def cpu(run: Callable[[], object], tries: int = 1) -> float:
    """Give the least CPU time of some tries.

    What measures coverage stands still, and so does the collector of memory: what it has to look through is
    what all the tests before have left, and it comes by the oftener the longer a run is.
    """
    tracer, collects = sys.gettrace(), gc.isenabled()
    sys.settrace(None)
    gc.disable()
    try:
        return min(_once(run) for _ in range(tries))
    finally:
        sys.settrace(tracer)
        if collects:
            gc.enable()


def _once(run: Callable[[], object]) -> float:
    _forget()
    start = time.process_time()
    run()
    return time.process_time() - start


def _forget() -> None:
    """Let functions of texts find again what they found in an earlier try, or in the one that warms up."""
    for name, module in tuple(sys.modules.items()):
        for each in vars(module).values() if name.startswith(_OF_TEXTS) else ():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


def assert_grows_no_more_than_its_input(run: Callable[[int], object], size: int) -> None:
    """Hold work on an input of some size, and on one four times as large, to about four times the time.

    Others may have had the machine, in either of the two: they take turns, and the least of each counts.
    """
    run(size)  # what is made once only, such as an import, is no part of either
    small = large = float("inf")
    for _ in range(TRIES):
        small = min(small, cpu(lambda: run(size)))
        large = min(large, cpu(lambda: run(TIMES * size)))
        if large <= MOST * small:
            return
    raise AssertionError(f"{large / small:.1f} times the time for {TIMES} times the input")
