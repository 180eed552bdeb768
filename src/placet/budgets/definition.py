"""What a budget may be: its values checked at one place, for making and for changing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.catalog.models import Category
from placet.companies.models import Company, CostCenter, Member, Unit
from placet.core.errors import InvalidInput
from placet.policy.facts import Period
from placet.policy.periods import Stretch, stretch_after, stretch_at

MOST_ALERTS = 8
HIGHEST_PERCENT = 500


class OwnerOf(NamedTuple):
    """Whose budget it is; ``path`` is the category's or the unit's path where there is one."""

    ref: str
    path: str


def checked_owner(company: Company, owner_kind: str, owner_ref: str) -> OwnerOf:
    """The owner within the company; raises ``InvalidInput`` for one that does not exist there."""
    kinds = Budget.OwnerKind
    path: str | None
    if owner_kind == kinds.COMPANY:
        return OwnerOf(company.pk, "")
    if owner_kind == kinds.UNIT:
        path = _first(Unit.objects.filter(pk=owner_ref, company=company, closed_at=None), "path")
    elif owner_kind == kinds.MEMBER:
        active = Member.objects.filter(pk=owner_ref, company=company, status=Member.Status.ACTIVE)
        path = "" if active.exists() else None
    elif owner_kind == kinds.COST_CENTER:
        centers = CostCenter.objects.filter(pk=owner_ref, company=company, closed_at=None)
        found = centers.select_related("unit").first()
        path = (found.unit.path if found.unit else "") if found else None
    elif owner_kind == kinds.CATEGORY:
        path = _first(Category.objects.filter(pk=owner_ref), "path")
    else:
        raise InvalidInput("owner_kind", "unknown", _("Choose what the budget is for."))
    if path is None:
        raise InvalidInput("owner", "unknown", _("Choose what the budget is for."))
    return OwnerOf(owner_ref, path)


def checked_responsible(company: Company, member_id: str | None) -> str | None:
    """Who answers for it: an active member of the company, or nobody."""
    if not member_id:
        return None
    active = Member.objects.filter(pk=member_id, company=company, status=Member.Status.ACTIVE)
    if not active.exists():
        raise InvalidInput("responsible", "unknown", _("Choose a member of your company."))
    return member_id


def checked_choice(value: str, choices: Sequence[str], path: str) -> str:
    """One of the choices; raises ``InvalidInput``."""
    if value not in choices:
        raise InvalidInput(path, "unknown", _("Choose one of the values."))
    return value


def checked_percents(percents: Sequence[int]) -> list[int]:
    """At which shares of the amount the responsible member is told, ascending, each once."""
    unique = sorted(set(percents))
    if len(unique) > MOST_ALERTS or any(not 1 <= percent <= HIGHEST_PERCENT for percent in unique):
        raise InvalidInput(
            "alert_percents",
            "range",
            _("At most %(most)d thresholds from 1 to %(highest)d percent.")
            % {"most": MOST_ALERTS, "highest": HIGHEST_PERCENT},
        )
    return unique


def checked_stretch(
    company: Company,
    period: str,
    starts_at: datetime | None,
    ends_at: datetime | None,
    now: datetime,
) -> Stretch:
    """The first period: as given for a budget of once, else the running one of the company."""
    if period != Budget.Period.ONCE and starts_at is None:
        zone = ZoneInfo(company.time_zone)
        return stretch_at(now, zone, company.fiscal_year_month, period_name(period))
    if starts_at is None:
        raise InvalidInput("starts_at", "required", _("Say when it begins."))
    if ends_at is None:
        raise InvalidInput("ends_at", "required", _("Say when it ends."))
    if ends_at <= starts_at:
        raise InvalidInput("ends_at", "too_early", _("A budget must end after it starts."))
    return Stretch(starts_at, ends_at)


def period_name(period: str) -> Period:
    """The engine's name of a recurring period."""
    names: dict[str, Period] = {
        Budget.Period.WEEK: "week",
        Budget.Period.MONTH: "month",
        Budget.Period.QUARTER: "quarter",
        Budget.Period.YEAR: "year",
    }
    return names[period]


def carried_minor(budget: Budget) -> int:
    """What goes over into the next period: nothing, what is left, or the overdraft too."""
    if budget.rollover == Budget.Rollover.NONE:
        return 0
    if budget.rollover == Budget.Rollover.LEFT:
        return max(budget.left_minor, 0)
    return budget.left_minor


def following_period(budget: Budget, company: Company) -> Budget:
    """The period after this one, not stored: its id, its stretch and what it begins with.

    The id follows from the series and the number, so that two who make it at once make the same.
    """
    number = budget.number + 1
    stretch = stretch_after(
        budget.ends_at,
        ZoneInfo(company.time_zone),
        company.fiscal_year_month,
        period_name(budget.period),
    )
    return Budget(
        id=f"{budget.first_id}_{number}",
        company=company,
        account=budget.account,
        name=budget.name,
        owner_kind=budget.owner_kind,
        owner_ref=budget.owner_ref,
        owner_path=budget.owner_path,
        responsible_id=budget.responsible_id,
        currency=budget.currency,
        mode=budget.mode,
        basis=budget.basis,
        period=budget.period,
        rollover=budget.rollover,
        series=budget.first_id,
        number=number,
        base_minor=budget.base_minor,
        alert_percents=budget.alert_percents,
        starts_at=stretch.starts_at,
        ends_at=stretch.ends_at,
        amount_minor=budget.base_minor + carried_minor(budget),
        external_id=budget.external_id,
        metadata=budget.metadata,
    )


def running_period(budget: Budget, *, now: datetime) -> Budget:
    """The period of the series that runs now, worked out without writing where it is not stored.

    A page may not write, and must show before the first purchase of a month what that purchase
    will meet.
    """
    while budget.ends_at <= now and budget.period != Budget.Period.ONCE:
        budget = following_period(budget, budget.company)
    return budget


def reached_percents(budget: Budget) -> list[int]:
    """The thresholds that the use has reached; a budget without use has reached none."""
    if budget.account == Budget.Account.CREDIT or budget.used_minor <= 0:
        return []
    return [
        percent
        for percent in budget.alert_percents
        if budget.used_minor * 100 >= budget.amount_minor * percent
    ]


def _first(rows: object, column: str) -> str | None:
    return rows.values_list(column, flat=True).first()  # type: ignore[attr-defined,no-any-return]
