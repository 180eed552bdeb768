"""Everything that happens without a click, on one screen.

Each entry does a part of its work and says how much, so it is called until nothing is left. Lanes
run side by side: a mail server that hangs never delays a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from placet.budgets.opening import open_due_periods
from placet.companies.ending_keys import warn_ending_keys
from placet.core import clock
from placet.events.actions import place_events
from placet.imports import undo as import_undo
from placet.imports import work as import_work
from placet.imports.quick_order import work as quick_order
from placet.jobs.retention import forget_old_rows
from placet.notices.digests import write_digests
from placet.notices.outbox import read_outbox as read_notices
from placet.notices.sending import send_mails
from placet.notices.writing import write_notices
from placet.plans.back_test_run import run_back_test
from placet.quotes.actions import tend_quotes
from placet.requisitions.actions import (
    apply_due_decisions,
    expire_due_requisitions,
    reassign_due_steps,
    remind_due_steps,
    run_due_schedules,
)
from placet.runs.work import Runner, work_run
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.outbox import read_outbox as read_webhooks
from placet.webhooks.settling import warn_failing_endpoints

Lane = Literal["inside", "mail", "webhooks", "runs"]


def never() -> bool:
    """Nobody asked to stop."""
    return False


class Moment(NamedTuple):
    """Both clocks: ``now`` is what people in the product see, ``real_now`` is the machine's.

    ``is_stopped`` says that the worker is to end; long work asks for it between its slices.
    ``read_real`` reads the machine's clock again, where it is not made to stand still.
    """

    now: datetime
    real_now: datetime
    is_stopped: Callable[[], bool] = never
    read_real: Callable[[], datetime] | None = None


class Entry(NamedTuple):
    """One kind of work: its name, what does it, how often it looks when nobody rang, its lane."""

    name: str
    run: Callable[[Moment], int]
    every: timedelta
    lane: Lane


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

# What a run of each kind does; whatever is started has its row here.
RUNNERS: Mapping[str, Runner] = {
    "back_test": run_back_test,
    import_work.KIND: import_work.run_import,
    import_undo.KIND: import_undo.run_undo,
    quick_order.KIND: quick_order.run_quick_order,
}

TIMETABLE = (
    Entry("apply due decisions", lambda at: apply_due_decisions(now=at.now), SECOND, "inside"),
    Entry("open budget periods", lambda at: open_due_periods(now=at.now), MINUTE, "inside"),
    Entry("reassign steps", lambda at: reassign_due_steps(now=at.now), 5 * SECOND, "inside"),
    Entry("remind and escalate", lambda at: remind_due_steps(now=at.now), 5 * SECOND, "inside"),
    Entry("run schedules", lambda at: run_due_schedules(now=at.now), MINUTE, "inside"),
    Entry("expire purchases", lambda at: expire_due_requisitions(now=at.now), MINUTE, "inside"),
    Entry("end and reopen quotes", lambda at: tend_quotes(now=at.now), MINUTE, "inside"),
    Entry("place events", lambda _at: place_events(), 5 * SECOND, "inside"),
    Entry("tell people", lambda at: read_notices(now=at.real_now), 5 * SECOND, "inside"),
    Entry(
        "write daily mails",
        lambda at: write_digests(now=at.now, real_now=at.real_now),
        MINUTE,
        "inside",
    ),
    Entry("write notices", lambda _at: write_notices(), 5 * SECOND, "inside"),
    Entry("tell endpoints", lambda at: read_webhooks(now=at.real_now), 5 * SECOND, "inside"),
    Entry("send mails", lambda at: send_mails(now=at.real_now), 5 * SECOND, "mail"),
    Entry(
        "send webhooks",
        lambda at: send_webhooks(
            now=at.real_now,
            business_now=at.now,
            read_now=at.read_real,
            is_stopped=at.is_stopped,
        ),
        5 * SECOND,
        "webhooks",
    ),
    Entry(
        "warn of endpoints",
        lambda at: warn_failing_endpoints(now=at.real_now, business_now=at.now),
        MINUTE,
        "inside",
    ),
    Entry("warn of keys", lambda at: warn_ending_keys(now=at.now), MINUTE, "inside"),
    Entry(
        "work on runs",
        lambda at: work_run(
            RUNNERS, now=at.now, read_real=clock.real_now, is_stopped=at.is_stopped
        ),
        5 * SECOND,
        "runs",
    ),
    Entry("forget old rows", lambda at: forget_old_rows(now=at.real_now), HOUR, "inside"),
)
