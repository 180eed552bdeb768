#!/usr/bin/env python3
"""The same as the ``placet`` command, without an installation."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

from placet.project.command import main

if __name__ == "__main__":
    main()
