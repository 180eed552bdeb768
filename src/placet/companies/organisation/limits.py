"""Limits: what a member may spend, and how much of others' purchases they may release.

A member without a row for *spending* is unrestricted: the company's rules alone decide. A member
without a row for *authority* releases whatever a rule asks them about by name, role or post, and
covers nothing where a management chain looks for somebody whose authority is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Address, Company, Limit, Member
from placet.companies.permissions import LIMIT_MANAGE, can_favour, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency

MOST_ENTRIES: Final = 500
LARGEST_SHARE: Final = 10_000


class Bounds(NamedTuple):
    """The bounds of a limit, in minor units of its currency; ``None`` sets no bound.

    ``categories`` are category paths, ``ship_tos`` ids of addresses. ``is_unlimited`` is for
    authority alone: what is not set is covered then. ``discount_basis_points`` (the most) and
    ``margin_basis_points`` (the least) are the merchant's staff's, for what they offer customers.
    """

    currency: str
    mode: str = Limit.Mode.OVER
    is_unlimited: bool = False
    order_minimum_minor: int | None = None
    order_maximum_minor: int | None = None
    period: str = Limit.Period.MONTH
    period_spend_minor: int | None = None
    period_orders: int | None = None
    categories: Sequence[str] | None = None
    ship_tos: Sequence[str] | None = None
    discount_basis_points: int | None = None
    margin_basis_points: int | None = None


@transaction
def set_limit(
    member: Member,
    *,
    use: str,
    bounds: Bounds,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Limit:
    """Set what a member may spend (``spending``) or release (``authority``), as a whole.

    Nobody sets their own. ``version`` is that of the limit that was seen, 0 where there was none.
    Raises ``InvalidInput`` with the bound that cannot be, ``ChangedMeanwhile``.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_favour(actor, member))
    require(actor, LIMIT_MANAGE, member.unit.path)
    _check(member, use, bounds)
    columns: dict[str, Any] = {
        **bounds._asdict(),
        "categories": _listed(bounds.categories),
        "ship_tos": _listed(bounds.ship_tos),
    }
    before = Limit.objects.select_for_update().filter(member=member, use=use).first()
    _require_seen(before, version)
    if before is None:
        limit = Limit.objects.create(created_at=now, member=member, use=use, **columns)
    else:
        limit = before
        Limit.objects.filter(pk=before.pk).update(**columns, version=before.version + 1)
        limit.refresh_from_db()
    record(
        "limit.set",
        limit.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        member=member.id,
        use=use,
        **columns,
    )
    return limit


@transaction
def clear_limit(member: Member, *, use: str, actor: Actor, now: datetime) -> None:
    """Take a member's limit away: unrestricted in spending, without authority in releasing.

    Raises ``Conflict`` where there is none.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_favour(actor, member))
    require(actor, LIMIT_MANAGE, member.unit.path)
    found = Limit.objects.filter(member=member, use=use).first()
    if found is None:
        raise Conflict(_("There is no such limit."))
    limit_id = found.pk
    found.delete()
    record(
        "limit.cleared",
        limit_id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        member=member.id,
        use=use,
    )


def _require_seen(before: Limit | None, seen: int | None) -> None:
    current = before.version if before else 0
    if seen is not None and seen != current:
        raise ChangedMeanwhile(_("Somebody changed this limit meanwhile."), current=current)


def _listed(values: Sequence[str] | None) -> list[str] | None:
    return None if values is None else sorted(set(values))


def _check(member: Member, use: str, bounds: Bounds) -> None:
    if use not in Limit.Use.values:
        raise InvalidInput("use", "use", _("A limit is for spending or for authority."))
    if bounds.mode not in Limit.Mode.values:
        raise InvalidInput("mode", "mode", _("There are four modes."))
    if bounds.period not in Limit.Period.values:
        raise InvalidInput("period", "period", _("A period is a day, week, month, quarter, year."))
    if not is_currency(bounds.currency):
        raise InvalidInput("currency", "currency", _("A currency is three letters, such as EUR."))
    if bounds.is_unlimited and use != Limit.Use.AUTHORITY:
        raise InvalidInput("is_unlimited", "use", _("Spending without a bound is a mode."))
    for name in ("order_minimum_minor", "order_maximum_minor", "period_spend_minor"):
        _check_amount(name, getattr(bounds, name))
    if bounds.period_orders is not None and not 0 <= bounds.period_orders <= 1_000_000:
        raise InvalidInput("period_orders", "range", _("Between none and a million orders."))
    lowest, highest = bounds.order_minimum_minor, bounds.order_maximum_minor
    if lowest is not None and highest is not None and lowest > highest:
        raise InvalidInput("order_maximum_minor", "order", _("The most is less than the least."))
    _check_lists(member, bounds)
    _check_offers(member, use, bounds)


def _check_offers(member: Member, use: str, bounds: Bounds) -> None:
    """How far an offer may go is the authority of somebody who makes offers."""
    for name, lowest in (("discount_basis_points", 0), ("margin_basis_points", -LARGEST_SHARE)):
        share = getattr(bounds, name)
        if share is None:
            continue
        if use != Limit.Use.AUTHORITY or member.company.kind != Company.Kind.MERCHANT:
            raise InvalidInput(name, "use", _("Only the supplier's people make offers."))
        if not lowest <= share <= LARGEST_SHARE:
            raise InvalidInput(name, "range", _("A share is at most 100 percent."))


def _check_amount(name: str, amount: int | None) -> None:
    if amount is not None and not 0 <= amount <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput(name, "range", _("An amount is zero or more, and not so large."))


def _check_lists(member: Member, bounds: Bounds) -> None:
    for name, values in (("categories", bounds.categories), ("ship_tos", bounds.ship_tos)):
        if values is not None and len(values) > MOST_ENTRIES:
            raise InvalidInput(name, "too_many", _("At most 500 can be listed."))
    wanted = set(bounds.ship_tos or ())
    there = Address.objects.filter(company_id=member.company_id, pk__in=sorted(wanted)).count()
    if there != len(wanted):
        raise InvalidInput("ship_tos", "foreign", _("One of these addresses is not there."))
