"""A process that is told to end by a signal."""

from __future__ import annotations

import _thread
import signal
from threading import Event
from types import FrameType


def stop_on(*numbers: signal.Signals) -> Event:
    """What is set once one of these signals has come; for the main thread alone.

    A signal's handler runs in the main thread, wherever that is: also within ``Event.wait``, while
    it holds the very lock that ``Event.set`` needs. Another thread sets it, so nothing waits for
    itself.
    """
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        _thread.start_new_thread(stop.set, ())

    for number in numbers:
        signal.signal(number, end)
    return stop
