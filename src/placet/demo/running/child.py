"""Starts a program that ends when its parent does: python -m placet.demo.running.child COMMAND…"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def main(command: list[str]) -> None:
    """Become the command. On Linux the kernel ends it when the demo is killed the hard way."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    os.execv(command[0], command)  # noqa: S606  the demo's own command


if __name__ == "__main__":
    main(sys.argv[1:])
