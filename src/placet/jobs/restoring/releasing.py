"""Ending the hold: the installation catches up first, then what waits is dropped or sent."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

import structlog

from placet.core.transaction import transaction
from placet.jobs.restoring.pulse import let_go
from placet.jobs.sweep import entries_of, sweep
from placet.notices.models import Mail
from placet.webhooks.causes import Cause
from placet.webhooks.models import Delivery

log = structlog.get_logger("placet.jobs")

Fate = Literal["drop", "send"]
BECAUSE = "Dropped after a restore: it may have left before."


class Released(NamedTuple):
    """How much happened while catching up, and how much was dropped."""

    caught_up: int
    mails: int
    webhooks: int


def release_hold(*, mails: Fate, webhooks: Fate, now: datetime) -> Released:
    """Catch up without sending, drop what is to be dropped, and let the workers go on.

    What was due meanwhile (reminders, schedules, decisions) happens first, so that its letters
    share the fate of those that wait. Lines below the bell are kept whatever becomes of the mails.
    """
    caught_up = sweep(now=now, entries=entries_of("inside"))
    dropped = _drop(drops_mails=mails == "drop", drops_webhooks=webhooks == "drop")
    log.warning(
        "restore.released",
        mails=mails,
        webhooks=webhooks,
        mails_dropped=dropped[0],
        webhooks_dropped=dropped[1],
    )
    return Released(caught_up, *dropped)


@transaction
def _drop(*, drops_mails: bool, drops_webhooks: bool) -> tuple[int, int]:
    mails = webhooks = 0
    if drops_mails:
        mails = Mail.objects.filter(status=Mail.Status.WAITING).update(
            status=Mail.Status.DROPPED, last_error=BECAUSE
        )
    if drops_webhooks:
        webhooks = Delivery.objects.filter(status=Delivery.Status.WAITING).update(
            status=Delivery.Status.FAILED, last_error=Cause.DROPPED.value
        )
    let_go()
    return mails, webhooks
