"""`python -m poa_toolkit` is `poa`."""

import sys

from poa_toolkit.cli import main

sys.exit(main())
