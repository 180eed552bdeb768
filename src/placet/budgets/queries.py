"""Which budgets there are, and which of them a purchase draws on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from placet.budgets.definition import running_period
from placet.budgets.models import Budget, LedgerEntry, PeriodCounter, Reservation
from placet.budgets.permissions import can_see_credit
from placet.budgets.sight import unit_ids_of, within_sight
from placet.companies.models import Company, Member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound
from placet.policy.periods import start_of_day

IS_BUDGET = Q(account=Budget.Account.BUDGET)
RECURS = ~Q(period=Budget.Period.ONCE)


def list_seen_budgets(actor: Actor) -> QuerySet[Budget]:
    """All budgets that the actor may see, past and closed ones too; never a credit account."""
    return (
        Budget.objects.filter(IS_BUDGET, within_sight(actor), company_id=actor.company_id)
        .select_related("responsible__user", "company")
        .order_by("name", "id")
    )


def list_budgets(actor: Actor, *, now: datetime) -> QuerySet[Budget]:
    """The running budgets that the actor may see, by name.

    Where the next period of a series was not used yet, the one before it still stands for it.
    """
    runs = Q(ends_at__gt=now) | RECURS & Q(is_latest=True)
    return list_seen_budgets(actor).filter(runs, closed_at=None, starts_at__lte=now)


def get_budget(actor: Actor, budget_id: str) -> Budget:
    """One budget that the actor may see, also one that is over; ``NotFound`` outside."""
    found = list_seen_budgets(actor).filter(pk=budget_id).first()
    if found is None:
        raise NotFound(_("There is no such budget."))
    return found


def list_periods(actor: Actor, budget: Budget) -> list[Budget]:
    """The periods of a series, the newest first; at most 60."""
    series = Q(pk=budget.first_id) | Q(series=budget.first_id)
    return list(list_seen_budgets(actor).filter(series).order_by("-number")[:60])


def get_credit(actor: Actor, company: Company) -> Budget | None:
    """A customer's credit account, for the merchant's people only."""
    refuse(can_see_credit(actor))
    return Budget.objects.filter(
        company=company, account=Budget.Account.CREDIT, closed_at=None
    ).first()


def find_credit(company_id: str, *, locked: bool = False) -> Budget | None:
    """The open credit account of a company; ``locked`` takes its row, after all budgets."""
    accounts = Budget.objects.select_for_update() if locked else Budget.objects.all()
    return accounts.filter(
        company_id=company_id, account=Budget.Account.CREDIT, closed_at=None
    ).first()


def list_ended_budgets(*, now: datetime) -> QuerySet[Budget]:
    """The newest periods of recurring budgets that are over: the next one has to follow."""
    return Budget.objects.filter(RECURS, is_latest=True, closed_at=None, ends_at__lte=now)


def list_entries(
    actor: Actor,
    budget: Budget,
    *,
    member_id: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[LedgerEntry]:
    """The postings of a budget, newest first: all, or one member's, or those of some days.

    Days are those of the actor's time zone; both are included.
    """
    if budget.company_id != actor.company_id:
        raise Forbidden(_("This budget belongs to another company."))
    entries = LedgerEntry.objects.filter(budget=budget)
    if member_id:
        entries = entries.filter(actor_member=member_id)
    zone = ZoneInfo(actor.time_zone)
    if since:
        entries = entries.filter(created_at__gte=start_of_day(since, zone))
    if until:
        entries = entries.filter(created_at__lt=start_of_day(until + timedelta(days=1), zone))
    return entries.order_by("-created_at", "-id")


def list_posting_members(budget: Budget) -> list[tuple[str, str]]:
    """Whose purchases and changes are in the ledger: id and name, by name."""
    posted = LedgerEntry.objects.filter(budget=budget).order_by().values("actor_member").distinct()
    members = Member.objects.filter(pk__in=posted, company_id=budget.company_id)
    return list(members.order_by("user__name", "pk").values_list("pk", "user__name"))


def list_waiting(
    budget_ids: Iterable[str], *, most: int, besides: str = ""
) -> QuerySet[Reservation, Any]:
    """The oldest open reservations of each of these budgets: what other purchases wait for.

    Each row says how many there are (``waiting``) and what they hold (``waiting_minor``);
    ``besides`` is a requisition that is of no account.
    """
    held = Reservation.objects.filter(
        budget_id__in=list(budget_ids), status=Reservation.Status.OPEN
    ).exclude(requisition_id=besides)
    held = held.annotate(
        waiting=Window(Count("pk"), partition_by=F("budget_id")),
        waiting_minor=Window(Sum("amount_minor"), partition_by=F("budget_id")),
        place=Window(RowNumber(), order_by=("created_at", "pk"), partition_by=F("budget_id")),
    )
    return held.filter(place__lte=most).order_by("created_at", "pk")


def list_budgets_drawn_on(
    company_id: str,
    *,
    unit_path: str,
    member_id: str,
    cost_center_ids: Sequence[str],
    category_paths: Sequence[str],
    now: datetime,
    locked: bool = False,
    locked_too: Sequence[str] = (),
) -> list[Budget]:
    """The running accounts that a purchase with these marks draws on, by id (the lock order).

    The company's credit with the merchant is among them. ``locked`` takes their rows for the
    running transaction, so that a plan which says that there is room, and the reservation that
    takes it, see the same balance; every period that is due must have been opened before
    (``open_periods``). ``locked_too`` are locked with them, in the same order: what the purchase
    holds already. Unlocked, a period that nobody opened yet is worked out.
    """
    accounts = Budget.objects.filter(
        _drawn_on(unit_path, member_id, cost_center_ids, category_paths),
        company_id=company_id,
        closed_at=None,
        starts_at__lte=now,
    ).order_by("id")
    if locked and locked_too:
        drawn = list(accounts.filter(ends_at__gt=now).values_list("pk", flat=True))
        both = Budget.objects.filter(pk__in={*drawn, *locked_too}, company_id=company_id)
        locked_rows = both.select_for_update().order_by("id")
        return [row for row in locked_rows if row.pk in drawn and row.closed_at is None]
    if locked:
        return list(accounts.select_for_update().filter(ends_at__gt=now))
    runs = Q(ends_at__gt=now) | RECURS & Q(is_latest=True)
    found = accounts.filter(runs).select_related("company")
    return sorted((running_period(row, now=now) for row in found), key=lambda row: row.pk)


def _drawn_on(
    unit_path: str,
    member_id: str,
    cost_center_ids: Sequence[str],
    category_paths: Sequence[str],
) -> Q:
    categories = {prefix for path in category_paths for prefix in _prefixes(path)}
    kinds = Budget.OwnerKind
    return (
        Q(owner_kind=kinds.COMPANY)
        | Q(owner_kind=kinds.UNIT, owner_ref__in=unit_ids_of(unit_path))
        | Q(owner_kind=kinds.MEMBER, owner_ref=member_id)
        | Q(owner_kind=kinds.COST_CENTER, owner_ref__in=list(cost_center_ids))
        | Q(owner_kind=kinds.CATEGORY, owner_path__in=sorted(categories))
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
