"""Waking the worker: a hint without a payload. The rows are the truth, a sweep alone suffices."""

from __future__ import annotations

from collections.abc import Callable

_waker: Callable[[], None] | None = None


def wake() -> None:
    """Tell the worker that there may be something to do; losing this costs seconds only."""
    if _waker is not None:
        _waker()


def set_waker(waker: Callable[[], None] | None) -> None:
    """The jobs package registers the queue here, since nothing calls back up."""
    global _waker
    _waker = waker
