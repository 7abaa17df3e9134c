"""Bounds on work that no machine's speed changes: how it grows with its input, how it compares with other work."""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 4
"""How much larger the second input is: linear work takes four times as long, quadratic sixteen times."""
MOST = 10
"""What is still taken for linear, on a machine that others use too."""
TRIES = 3


def cpu(run: Callable[[], object], tries: int = 1) -> float:
    """Give the least CPU time of some tries; what measures coverage stands still."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return min(_once(run) for _ in range(tries))
    finally:
        sys.settrace(tracer)


def _once(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def assert_grows_no_more_than_its_input(run: Callable[[int], object], size: int) -> None:
    """Hold work on an input of some size, and on one four times as large, to about four times the time."""
    for tries in (1, TRIES):  # others may have had the machine: more often, before it is believed
        small, large = (cpu(partial(run, n), tries) for n in (size, TIMES * size))
        if large <= MOST * small:
            return
    raise AssertionError(f"{large / small:.1f} times the time for {TIMES} times the input")
