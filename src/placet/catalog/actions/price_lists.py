"""Price lists, and which of them are agreed with a company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.catalog.keeping import checked_days, checked_name, refuse_key
from placet.catalog.models import CompanyPriceList, PriceList
from placet.companies.changing import update_row
from placet.companies.models import Company
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import is_currency

MOST_LISTS: Final = 20


@transaction
def create_price_list(
    key: str,
    *,
    name: str,
    currency: str,
    actor: Actor,
    now: datetime,
    is_default: bool = False,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> PriceList:
    """Open a price list in one currency; raises ``Conflict`` for a second default of a currency."""
    require(actor, CATALOG_MANAGE)
    refuse_key(key)
    if not is_currency(currency):
        raise InvalidInput("currency", "currency", _("A currency is three letters, such as EUR."))
    days = checked_days(valid_from, valid_until)
    _refuse_bounds(days, is_default=is_default)
    if is_default and PriceList.objects.filter(currency=currency, is_default=True).exists():
        raise Conflict(_("There is a default price list in %s already.") % currency)
    if PriceList.objects.filter(key=key).exists():
        raise Conflict(_("There is a price list “%s” already.") % key)
    price_list = PriceList.objects.create(
        created_at=now,
        key=key,
        name=checked_name(name),
        currency=currency,
        is_default=is_default,
        **days,
    )
    record("price_list.created", price_list.id, actor=actor, now=now, key=key, currency=currency)
    return price_list


@transaction
def change_price_list(
    price_list: PriceList,
    *,
    name: str,
    valid_from: date | None,
    valid_until: date | None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> PriceList:
    """Rename a list and say on which days it holds, both included; no day is no bound.

    The default list has to hold always: without it nothing would be for sale.
    """
    require(actor, CATALOG_MANAGE)
    days = checked_days(valid_from, valid_until)
    _refuse_bounds(days, is_default=price_list.is_default)
    update_row(price_list, version, name=checked_name(name), **days)
    record(
        "price_list.changed",
        price_list.id,
        actor=actor,
        now=now,
        valid_from=valid_from.isoformat() if valid_from else "",
        valid_until=valid_until.isoformat() if valid_until else "",
    )
    return price_list


@transaction
def assign_price_list(
    company: Company, *, price_list: PriceList, actor: Actor, now: datetime
) -> CompanyPriceList:
    """Agree one more price list with a company, behind those that it has."""
    require(actor, CATALOG_MANAGE)
    there = CompanyPriceList.objects.filter(company=company).select_related("price_list")
    known = sorted(there, key=lambda one: (one.position, one.pk))
    if price_list.pk not in {one.price_list_id for one in known}:
        lists = [*(one.price_list for one in known), price_list]
        agree_price_lists(company, price_lists=lists, actor=actor, now=now)
    return CompanyPriceList.objects.get(company=company, price_list=price_list)


@transaction
def agree_price_lists(
    company: Company, *, price_lists: Sequence[PriceList], actor: Actor, now: datetime
) -> None:
    """Let a company pay by these lists, in this order, instead of by those that it had.

    Of those that hold on a day the first that has a product says its price; what none has costs
    what the default list says. Raises ``InvalidInput`` for a list of another currency.
    """
    require(actor, CATALOG_MANAGE)
    wanted = [one.pk for one in price_lists]
    if len(set(wanted)) != len(wanted) or len(wanted) > MOST_LISTS:
        raise InvalidInput("price_lists", "twice", _("Name each list once, twenty at most."))
    if any(one.currency != company.currency for one in price_lists):
        raise InvalidInput("price_list", "currency", _("The company buys in another currency."))
    Company.objects.select_for_update().get(pk=company.pk)
    rows = CompanyPriceList.objects.filter(company=company)
    before = list(rows.order_by("position", "id").values_list("price_list_id", flat=True))
    if before == wanted:
        return
    rows.exclude(price_list_id__in=wanted).delete()
    for position, price_list in enumerate(price_lists):
        CompanyPriceList.objects.update_or_create(
            company=company,
            price_list=price_list,
            defaults={"position": position},
            create_defaults={"position": position, "created_at": now},
        )
    for price_list in price_lists:
        if price_list.pk not in before:
            record("price_list.assigned", price_list.pk, actor=actor, now=now, company=company.pk)
    for removed in (one for one in before if one not in wanted):
        record("price_list.withdrawn", removed, actor=actor, now=now, company=company.pk)
    if set(before) == set(wanted):
        record("price_list.reordered", wanted[0], actor=actor, now=now, company=company.pk)


def _refuse_bounds(days: dict[str, date | None], *, is_default: bool) -> None:
    if is_default and any(days.values()):
        raise InvalidInput("valid_from", "default", _("The default list holds always."))
