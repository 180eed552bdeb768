"""What the next occurrence of a schedule would need if it came now; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Schedule
from placet.carts.pricing import PricedCart, Split, WantedLine, price_lines
from placet.carts.schedules.confirming import Fault, find_fault, listed_for
from placet.catalog.assortments import allowed_products
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.plans.planner import CartPlan, plan_cart
from placet.requisitions.standing import occurrence_cart, unread_warnings, warning_key


class StandingPreview(NamedTuple):
    """The purchase at the prices of now, and its plan; ``fault`` is what would pause it.

    ``planned`` is none where nothing can be planned. ``unread`` names the warnings that the
    schedule's owner has not read.
    """

    fault: Fault | None
    priced: PricedCart
    planned: CartPlan | None
    unread: tuple[str, ...]


def preview_occurrence(schedule: Schedule, *, actor: Actor, now: datetime) -> StandingPreview:
    """Plan the next occurrence as its owner would be asked; ``actor`` is its owner."""
    listed = listed_for(schedule, now=now)
    fault = find_fault(listed, schedule.confirmed, schedule.envelope_price_basis_points)
    split = (schedule.ship_to_id or "", schedule.cost_center_id or "", None)
    wanted = [
        WantedLine(
            one.row.product, one.row.quantity, (Split(one.row.quantity, *split),), schedule.owner_id
        )
        for one in listed
        if one.row.is_orderable
    ]
    priced = price_lines(
        schedule.company_id,
        schedule.company.currency,
        wanted,
        allowed=allowed_products(schedule.company_id, schedule.owner_id),
        now=now,
    )
    planned = _planned(schedule, priced, actor, now) if wanted else None
    unread = unread_warnings(schedule, planned.plan) if planned else []
    return StandingPreview(fault, priced, planned, tuple(warning_key(one) for one in unread))


def _planned(
    schedule: Schedule, priced: PricedCart, actor: Actor, now: datetime
) -> CartPlan | None:
    cart = occurrence_cart(schedule, now=now)
    try:
        return plan_cart(cart, priced, actor=replace(actor, channel="schedule"), now=now)
    except Conflict:
        return None
