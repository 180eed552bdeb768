"""Backorders: the day on which what is still open is expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.models import Order, OrderLine
from placet.orders.shipping import can_ship_order
from placet.orders.shipping_rows import (
    enter_order,
    line_of,
    refuse_state,
)

FURTHEST: Final = timedelta(days=730)


@transaction
def expect_lines(
    order: Order, *, days: Mapping[int, date | None], actor: Actor, now: datetime
) -> Order:
    """Say when what is open of some lines is expected; ``None`` takes a day back.

    A day is not past, in the merchant's calendar, and within two years. Raises as ``ship_order``.
    """
    _check_expected(days, now)
    locked = enter_order(order, actor)
    refuse_state(can_ship_order(actor, locked))
    changed = {}
    for number, day in sorted(days.items()):
        line = line_of(locked, number)
        if line.shipped_quantity >= line.quantity and day is not None:
            raise InvalidInput(f"lines/{number}", "shipped", _("All of this line has left."))
        if line.expected_on != day:
            OrderLine.objects.filter(pk=line.pk).update(expected_on=day)
            changed[number] = day
    if changed:
        Order.objects.filter(pk=locked.pk).update(version=F("version") + 1)
        _record_expected(locked, changed, actor=actor, now=now)
    order.refresh_from_db()
    return order


def _record_expected(
    order: Order, days: Mapping[int, date | None], *, actor: Actor, now: datetime
) -> None:
    lines: list[dict[str, Any]] = [
        {"number": number, "expected_on": day.isoformat() if day else ""}
        for number, day in sorted(days.items())
    ]
    record(
        "order.lines_expected",
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        lines=lines,
    )


def _check_expected(days: Mapping[int, date | None], now: datetime) -> None:
    today = get_merchant_day(now)
    for number, day in days.items():
        if day is not None and not today <= day <= today + FURTHEST:
            raise InvalidInput(
                f"lines/{number}",
                "range",
                _("What is open is expected today or within two years."),
            )
