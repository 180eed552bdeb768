"""The one way to open a transaction.

``@transaction`` owns the outermost transaction of an action, or joins the one that is open. At its
end it runs the finishers (the events are written there, as the last statements), then commits. A
deadlock, a serialization failure or a busy database starts the whole action again, three times at
most; an action is therefore free of effects outside the database. What must happen after the commit
goes through ``after_commit``.

Locking has four rules (docs/algorithms/locking.md): lock what you make scarcer; nothing to lock to
set free; once a transaction; late, but before the check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.db import transaction as django_transaction

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 4
RETRIED_STATES = {"40001", "40P01", "55P03"}  # serialization, deadlock, lock not available


@dataclass(slots=True)
class OpenTransaction:
    """What the owner of the running transaction will do before it commits."""

    finishers: dict[str, Callable[[], None]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)


_running: ContextVar[OpenTransaction | None] = ContextVar("running_transaction", default=None)


def running() -> OpenTransaction:
    """The open transaction; asking outside of one is a mistake in the code."""
    found = _running.get()
    if found is None:
        raise RuntimeError("this write must happen inside an action decorated with @transaction")
    return found


def is_running() -> bool:
    """Whether an action's transaction is open in this context."""
    return _running.get() is not None


def after_commit(callback: Callable[[], None]) -> None:
    """Call back once the transaction is durable; never when it is rolled back."""
    django_transaction.on_commit(callback)


@contextmanager
def undoable() -> Iterator[None]:
    """A part of the running transaction that can fail alone.

    What is raised inside takes the writes and the facts of this part back, and goes on to the
    caller; everything before it stays.
    """
    opened = running()
    notes = {
        key: list(note) if isinstance(note, list) else note for key, note in opened.notes.items()
    }
    finishers = dict(opened.finishers)
    try:
        with django_transaction.atomic():
            yield
    except BaseException:
        opened.notes, opened.finishers = notes, finishers
        raise


def transaction(action: Callable[P, T]) -> Callable[P, T]:
    """Run the action in one transaction: joins an open one, retries a lost race for locks."""

    @wraps(action)
    def owned(*args: P.args, **kwargs: P.kwargs) -> T:
        if is_running():
            return action(*args, **kwargs)
        for attempt in range(ATTEMPTS):
            try:
                return _run(action, *args, **kwargs)
            except OperationalError as error:
                last_try = attempt == ATTEMPTS - 1
                if last_try or connection.in_atomic_block or not _may_be_retried(error):
                    raise
        raise AssertionError("the last attempt returns or raises")

    return owned


def _run(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    opened = OpenTransaction()
    mark = _running.set(opened)
    try:
        with django_transaction.atomic():
            result = action(*args, **kwargs)
            for finish in opened.finishers.values():
                finish()
        return result
    finally:
        _running.reset(mark)


def _may_be_retried(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in RETRIED_STATES or "database is locked" in str(error)
