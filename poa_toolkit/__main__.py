"""`python -m poa_toolkit` is `poa`."""

import gc
import signal
import sys

# a command is over before there is garbage worth collecting
gc.disable()
# before the commands listen, and when they have ended, Ctrl-C ends the process without a word
signal.signal(signal.SIGINT, signal.SIG_DFL)

from poa_toolkit.cli import main  # noqa: E402 - its import is what takes time

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
