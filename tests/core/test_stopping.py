"""A signal that comes while the process waits for it."""

from __future__ import annotations

import os
import signal
from threading import Thread

from placet.core.stopping import stop_on


def test_a_signal_within_the_wait_does_not_wait_for_itself() -> None:
    former = signal.getsignal(signal.SIGUSR1)
    try:
        stop = stop_on(signal.SIGUSR1)
        handler = signal.getsignal(signal.SIGUSR1)
        assert callable(handler)

        def wait() -> None:
            # ``Event.wait`` holds this lock each time that it begins and ends to wait.
            with stop._cond:  # type: ignore[attr-defined]
                handler(signal.SIGUSR1, None)

        waiting = Thread(target=wait, daemon=True)
        waiting.start()
        waiting.join(timeout=20)
        assert not waiting.is_alive()
        assert stop.wait(20)
        stop.clear()
        os.kill(os.getpid(), signal.SIGUSR1)
        assert stop.wait(20)
    finally:
        signal.signal(signal.SIGUSR1, former)
