"""Absences and delegations that begin or end while nobody clicks: each moves steps once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from django.db.models import F, Q

from placet.companies.holding import change_company_alone
from placet.companies.models import Absence, Company, Delegation, Member
from placet.core.actor import system_actor
from placet.core.transaction import transaction
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import list_moved_by

log = structlog.get_logger("placet.requisitions")


class Turn(NamedTuple):
    """One begin or end that is due: whose it is, and the column that says that it was seen."""

    table: type[Absence] | type[Delegation]
    row_id: str
    company_id: str
    member: Member
    column: str
    cause: str


def reassign_due_steps(*, now: datetime, limit: int = 200) -> int:
    """Move the steps of absences and delegations that began or ended; returns how many did.

    Each is a transaction of its own and happens once, however long nobody looked.
    """
    return sum(_taken(turn, now) for turn in list(_due(now))[:limit])


def _due(now: datetime) -> Iterator[Turn]:
    for absence in (
        Absence.objects.filter(_due_rows(now)).select_related("member__company").order_by("id")
    ):
        column = "over_at" if absence.ends_at <= now else "began_at"
        cause = "absence_ended" if column == "over_at" else "absence_began"
        company_id = absence.member.company_id
        yield Turn(Absence, absence.pk, company_id, absence.member, column, cause)
    rows = Delegation.objects.filter(_due_rows(now), revoked_at=None)
    for delegation in rows.select_related("principal__company").order_by("id"):
        column = "over_at" if delegation.ends_at <= now else "began_at"
        cause = "delegation_ended" if column == "over_at" else "delegation_began"
        principal = delegation.principal
        yield Turn(Delegation, delegation.pk, delegation.company_id, principal, column, cause)


def _due_rows(now: datetime) -> Q:
    return Q(began_at=None, starts_at__lte=now, ends_at__gt=now) | Q(over_at=None, ends_at__lte=now)


def _taken(turn: Turn, now: datetime) -> bool:
    try:
        return _take(turn, now=now)
    except Exception as error:
        log.error("steps.not_reassigned", subject=turn.row_id, error=type(error).__name__)
        return False


@transaction
def _take(turn: Turn, *, now: datetime) -> bool:
    """Whoever writes the column first moves the steps."""
    company = Company.objects.get(pk=turn.company_id)
    actor = system_actor(company.id, company.slug, company.kind, company.currency)
    change_company_alone(company.id, actor=actor)
    rows: Any = turn.table.objects
    mine = rows.filter(pk=turn.row_id, **{turn.column: None})
    if not mine.update(**{turn.column: now}, version=F("version") + 1):
        return False
    open_ones = list_moved_by(turn.member, now=now)
    reassign_all(open_ones, cause=turn.cause, actor=actor, now=now, is_refused=False)
    return True
