"""When what is ordered arrives, against when it is needed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from placet.carts.models import Cart
from placet.carts.pricing import PricedLine
from placet.web.carts.panel import Panel


def arrival_day(cart: Cart, panel: Panel, *, now: datetime) -> date:
    """The day, in the company's calendar, on which the supplier would have the order.

    That is when the last approval is due, if all are on time; today where nobody has to approve.
    """
    ready_at = panel.plan.ready_at if panel.plan and panel.plan.ready_at else now
    return max(ready_at, now).astimezone(ZoneInfo(cart.company.time_zone)).date()


def days_late(cart: Cart, line: PricedLine, ready_on: date) -> int:
    """How many days after its first part is needed a line arrives; 0 where it comes in time."""
    wanted = [part.need_by_on or cart.requested_on for part in line.allocations]
    first = min((day for day in wanted if day is not None), default=None)
    if first is None:
        return 0
    arrives_on = ready_on + timedelta(days=line.product.lead_time_days)
    return max((arrives_on - first).days, 0)
