"""Starting and cancelling runs. What a run does, its kind says (``work``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.runs.models import Run
from placet.runs.queries import get_run

MOST_OPEN: Final = 5
"""So many runs of a company may wait or run; a soft bound, against a button that is hammered."""


class TooManyRuns(Conflict):
    """Enough runs of this company are under way; one has to end or be cancelled first."""

    code = "too_many_runs"


class RunEnded(Conflict):
    """The run is over: there is nothing to cancel any more."""

    code = "run_ended"


@transaction
def start_run(
    kind: str,
    *,
    subject: str = "",
    parameters: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Run:
    """Put a piece of work in the queue; a worker takes it up at once.

    The caller has checked that the actor may ask for it. Raises ``TooManyRuns``.
    """
    open_runs = Run.objects.filter(
        company_id=actor.company_id, status__in=[Run.Status.WAITING, Run.Status.RUNNING]
    )
    if open_runs.count() >= MOST_OPEN:
        raise TooManyRuns(
            _("%(count)d runs of your company are under way. Wait for one, or cancel it.")
            % {"count": MOST_OPEN}
        )
    run = Run.objects.create(
        created_at=now,
        company_id=actor.company_id,
        kind=kind,
        subject=subject,
        started_by=actor.member_id,
        person_user=actor.person_user_id,
        parameters=dict(parameters),
    )
    record("run.started", run.pk, actor=actor, now=now, run=run.pk, kind=kind, about=subject)
    return run


@transaction
def cancel_run(run: Run, *, actor: Actor, now: datetime) -> Run:
    """Stop a run that waits or works; nothing of it is kept. Whoever sees a run may cancel it.

    A worker notices at its next report. Raises ``NotFound`` outside reach, ``RunEnded``.
    """
    get_run(actor, run.pk)
    cancelled = Run.objects.filter(
        pk=run.pk, status__in=[Run.Status.WAITING, Run.Status.RUNNING]
    ).update(status=Run.Status.CANCELLED, ended_at=now, version=F("version") + 1)
    if not cancelled:
        raise RunEnded(_("This has ended already."))
    record(
        "run.cancelled", run.pk, actor=actor, now=now, run=run.pk, kind=run.kind, about=run.subject
    )
    return get_run(actor, run.pk)
