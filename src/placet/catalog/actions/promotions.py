"""Promotions: what the merchant takes off, from when until when, for whom and for what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.keeping import (
    Found,
    Naming,
    checked_days,
    checked_name,
    find_named,
    refuse_key,
)
from placet.catalog.models import Promotion, PromotionEntry
from placet.companies.changing import update_row
from placet.companies.models import Company
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency

Kind = Promotion.Kind
MOST_PIECES = 1_000_000_000


class PromotionValues(NamedTuple):
    """A promotion as the merchant states it; which of the amounts count hangs on its kind."""

    name: str
    kind: str
    currency: str
    company: Company | None = None
    from_goods_minor: int = 0
    from_quantity: int = 1
    amount_minor: int = 0
    basis_points: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    naming: Naming = Naming()


@transaction
def create_promotion(
    key: str, *, values: PromotionValues, actor: Actor, now: datetime
) -> Promotion:
    """Take something off from now on, or on the days that are named.

    Raises ``Conflict`` for a key that is taken, ``InvalidInput`` for what takes nothing off.
    """
    require(actor, CATALOG_MANAGE)
    refuse_key(key)
    found = _checked(values)
    if Promotion.objects.filter(key=key).exists():
        raise Conflict(_("There is a promotion “%(key)s” already.") % {"key": key})
    made = Promotion.objects.create(created_at=now, key=key, **_columns(values))
    _name(made, found)
    _record("promotion.created", made, found, actor=actor, now=now)
    return made


@transaction
def change_promotion(
    promotion: Promotion,
    *,
    values: PromotionValues,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Promotion:
    """State a promotion anew, all but its key; what was submitted keeps what was taken off."""
    require(actor, CATALOG_MANAGE)
    _refuse_ended(promotion)
    found = _checked(values)
    update_row(promotion, version, **_columns(values))
    PromotionEntry.objects.filter(promotion=promotion).delete()
    _name(promotion, found)
    _record("promotion.changed", promotion, found, actor=actor, now=now)
    return promotion


@transaction
def end_promotion(promotion: Promotion, *, actor: Actor, now: datetime) -> Promotion:
    """Take nothing off any more; what was submitted before keeps it. Raises ``Conflict``."""
    require(actor, CATALOG_MANAGE)
    _refuse_ended(promotion)
    update_row(promotion, promotion.version, ended_at=now)
    _record("promotion.ended", promotion, Found(), actor=actor, now=now)
    return promotion


@transaction
def reopen_promotion(promotion: Promotion, *, actor: Actor, now: datetime) -> Promotion:
    """Let a promotion that was ended hold again on its days; raises ``Conflict`` for another."""
    require(actor, CATALOG_MANAGE)
    if promotion.ended_at is None:
        raise Conflict(_("This promotion has not ended."))
    update_row(promotion, promotion.version, ended_at=None)
    _record("promotion.reopened", promotion, Found(), actor=actor, now=now)
    return promotion


def _checked(values: PromotionValues) -> Found:
    if values.kind not in Kind.values:
        raise InvalidInput("kind", "choice", _("There is no such kind of promotion."))
    if not is_currency(values.currency):
        raise InvalidInput("currency", "currency", _("A currency is three letters, such as EUR."))
    if values.company is not None and values.company.currency != values.currency:
        raise InvalidInput("company", "currency", _("The company buys in another currency."))
    for path in ("from_goods_minor", "amount_minor"):
        if not 0 <= getattr(values, path) <= LARGEST_AMOUNT_MINOR:
            raise InvalidInput(path, "range", _("Amounts are zero or more."))
    if not 1 <= values.from_quantity <= MOST_PIECES:
        raise InvalidInput("from_quantity", "quantity", _("Quantities are one or more."))
    if not 0 <= values.basis_points <= 10_000:
        raise InvalidInput("basis_points", "range", _("A percentage is from 0 to 100."))
    _refuse_nothing(values)
    return find_named(values.naming)


def _refuse_nothing(values: PromotionValues) -> None:
    """A promotion takes something off, and names goods only where it is about lines."""
    is_percent = values.kind in (Kind.ORDER_PERCENT, Kind.LINE_PERCENT)
    if is_percent and not values.basis_points:
        raise InvalidInput("basis_points", "required", _("Say how many percent."))
    if values.kind == Kind.ORDER_AMOUNT and not values.amount_minor:
        raise InvalidInput("amount_minor", "required", _("Say how much."))
    if values.kind != Kind.LINE_PERCENT and any(values.naming):
        raise InvalidInput(
            "categories", "whole_order", _("Only a percentage off lines names what it is about.")
        )


def _columns(values: PromotionValues) -> dict[str, Any]:
    """Amounts that the kind does not read are written as nothing."""
    kind = values.kind
    is_percent = kind in (Kind.ORDER_PERCENT, Kind.LINE_PERCENT)
    return {
        "name": checked_name(values.name),
        "kind": kind,
        "currency": values.currency,
        "company": values.company,
        "from_goods_minor": 0 if kind == Kind.LINE_PERCENT else values.from_goods_minor,
        "from_quantity": values.from_quantity if kind == Kind.LINE_PERCENT else 1,
        "amount_minor": values.amount_minor if kind == Kind.ORDER_AMOUNT else 0,
        "basis_points": values.basis_points if is_percent else 0,
        **checked_days(values.valid_from, values.valid_until),
    }


def _name(promotion: Promotion, found: Found) -> None:
    PromotionEntry.objects.bulk_create(
        PromotionEntry(promotion=promotion, **one) for one in found.written()
    )


def _refuse_ended(promotion: Promotion) -> None:
    if promotion.ended_at is not None:
        raise Conflict(_("This promotion has ended."))


def _record(what: str, promotion: Promotion, found: Found, *, actor: Actor, now: datetime) -> None:
    record(
        what,
        promotion.pk,
        actor=actor,
        now=now,
        key=promotion.key,
        kind=promotion.kind,
        currency=promotion.currency,
        company=promotion.company_id or "",
        from_goods_minor=promotion.from_goods_minor,
        from_quantity=promotion.from_quantity,
        amount_minor=promotion.amount_minor,
        basis_points=promotion.basis_points,
        categories=[one.path for one in found.categories],
        products=len(found.products),
    )
