"""Which budgets there are, and which of them a purchase draws on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from placet.budgets.models import Budget, LedgerEntry, PeriodCounter, Reservation
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound


def list_budgets(actor: Actor, *, now: datetime) -> QuerySet[Budget]:
    """The running budgets that the actor may see: with ``budget.view``, or as responsible."""
    running = Budget.objects.filter(
        company_id=actor.company_id, closed_at=None, starts_at__lte=now, ends_at__gt=now
    ).select_related("responsible__user")
    if actor.holds("budget.view"):
        return running.order_by("name", "id")
    reach = Q(responsible_id=actor.member_id)
    for path in actor.paths_of("budget.view"):
        reach |= Q(owner_kind=Budget.OwnerKind.UNIT, owner_path__startswith=path)
        reach |= Q(owner_kind=Budget.OwnerKind.COST_CENTER, owner_path__startswith=path)
    return running.filter(reach).order_by("name", "id")


def get_budget(actor: Actor, budget_id: str, *, now: datetime) -> Budget:
    """One budget that the actor may see; ``NotFound`` outside their reach."""
    found = list_budgets(actor, now=now).filter(pk=budget_id).first()
    if found is None:
        raise NotFound("There is no such budget.")
    return found


def list_entries(actor: Actor, budget: Budget) -> QuerySet[LedgerEntry]:
    """The postings of a budget, newest first."""
    if budget.company_id != actor.company_id:
        raise Forbidden("This budget belongs to another company.")
    return LedgerEntry.objects.filter(budget=budget).order_by("-created_at", "-id")


def list_waiting(budget_ids: Iterable[str]) -> QuerySet[Reservation]:
    """The open reservations of these budgets: what other purchases wait for."""
    return Reservation.objects.filter(
        budget_id__in=list(budget_ids), status=Reservation.Status.OPEN
    ).order_by("created_at")


def list_budgets_drawn_on(
    company_id: str,
    *,
    unit_path: str,
    member_id: str,
    cost_center_ids: Sequence[str],
    category_paths: Sequence[str],
    now: datetime,
    locked: bool = False,
) -> list[Budget]:
    """The running budgets that a purchase with these marks draws on, by id (the lock order).

    ``locked`` takes their rows for the running transaction, so that a plan which says that there
    is room, and the reservation that takes it, see the same balance.
    """
    budgets = Budget.objects.select_for_update() if locked else Budget.objects.all()
    unit_paths = _prefixes(unit_path)
    categories = {prefix for path in category_paths for prefix in _prefixes(path)}
    return list(
        budgets.filter(
            Q(owner_kind=Budget.OwnerKind.COMPANY)
            | Q(owner_kind=Budget.OwnerKind.UNIT, owner_path__in=unit_paths)
            | Q(owner_kind=Budget.OwnerKind.MEMBER, owner_ref=member_id)
            | Q(owner_kind=Budget.OwnerKind.COST_CENTER, owner_ref__in=list(cost_center_ids))
            | Q(owner_kind=Budget.OwnerKind.CATEGORY, owner_path__in=sorted(categories)),
            company_id=company_id,
            closed_at=None,
            starts_at__lte=now,
            ends_at__gt=now,
        ).order_by("id")
    )


def list_counters(member_id: str, currency: str, starts: dict[str, object]) -> list[PeriodCounter]:
    """The member's counters of the running periods: ``starts`` maps a period to its first day."""
    wanted = Q(pk=None)
    for period, first_day in starts.items():
        wanted |= Q(period=period, starts_on=first_day)
    return list(PeriodCounter.objects.filter(wanted, member_id=member_id, currency=currency))


def _prefixes(path: str) -> list[str]:
    """Every path from the root down to this one: ``a/b/`` gives ``a/`` and ``a/b/``."""
    parts = path.strip("/").split("/")
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
