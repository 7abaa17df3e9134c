"""CPU time of whole processes and of parts of one, in rounds in which everything takes its turn.

CPU time and not time on the wall: other people's work on the machine counts little. Ratios and not
times: they carry over to other machines. Works where processes report their use (Linux, macOS).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Samples: TypeAlias = "Mapping[str, Sequence[float]]"
"""CPU seconds of each measured thing, one a round."""

INSIDE = Path(__file__).with_name("inside.py")
_UNITS_A_MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Used:
    """What a process and its children used, and what they printed."""

    seconds: float
    megabytes: float
    output: str


def run(command: Sequence[str | Path], *, folder: Path | None = None) -> Used:
    """Run a command to its end. Raises RuntimeError, with what it printed, where it fails."""
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(
            f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output[-2000:]}"
        )
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _UNITS_A_MEGABYTE, output)


def whole(*command: str | Path, folder: Path | None = None) -> Callable[[], float]:
    """Give what measures a whole process."""
    return lambda: run(command, folder=folder).seconds


def within(measure: str, *arguments: str | Path, rounds: int) -> Samples:
    """Measure in one fresh process, by a function of inside.py."""
    command = (sys.executable, INSIDE, measure, str(rounds), *arguments)
    samples: Samples = json.loads(run(command).output)
    return samples


def paired(measures: Mapping[str, Callable[[], float]], *, rounds: int, warm: bool = True) -> Samples:
    """Measure everything once a round, after a round that only warms the caches of the machine."""
    if warm:
        for measure in measures.values():
            measure()
    taken = [{name: measure() for name, measure in measures.items()} for _ in range(rounds)]
    return {name: [each[name] for each in taken] for name in measures}


def ratio(samples: Samples, name: str, to: str) -> float:
    """Give the median of the ratios of each round."""
    return median(one / other for one, other in zip(samples[name], samples[to], strict=True))
