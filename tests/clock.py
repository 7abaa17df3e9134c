"""A bound on the time that hostile input may take."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Hold what is done to so many seconds of CPU, of its own: what measures coverage stands still."""
    tracer = sys.gettrace()
    sys.settrace(None)
    start = time.process_time()
    try:
        yield
        taken = time.process_time() - start
    finally:
        sys.settrace(tracer)
    assert taken < seconds
