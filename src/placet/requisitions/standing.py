"""One occurrence of a standing requisition: a cart of its own, planned and submitted for its owner.

Whatever keeps it from being bought is a fault with a code, and nothing of the cart stays then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from placet.carts.actions import create_cart, describe_cart
from placet.carts.actions.fill_cart import fill_cart
from placet.carts.again import Again
from placet.carts.lists.lines import ListedLine
from placet.carts.lists.permissions import can_view_list
from placet.carts.models import Cart, Schedule
from placet.carts.pricing import price_cart
from placet.carts.queries import get_cart
from placet.carts.schedules.confirming import Fault, find_fault, listed_for
from placet.companies.permissions import ORDER_SUBMIT, can_do
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.plans.planner import CannotBePlanned, plan_cart
from placet.policy.plan import Plan, Warned
from placet.requisitions.actions.submit_cart import submit_cart
from placet.requisitions.envelopes import envelope_of
from placet.requisitions.errors import PlanChanged, PurchaseBlocked
from placet.requisitions.models import Requisition


class Stopped(Exception):
    """An occurrence cannot be bought as things are; the schedule waits for its owner."""

    def __init__(self, code: str, about: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.fault = Fault(code, tuple(about))


def submit_occurrence(schedule: Schedule, *, owner: Actor, now: datetime) -> Requisition:
    """Fill a cart from the list as it is today, and submit it as its owner would.

    Part of a transaction that takes everything back when this raises ``Stopped``. A plan that
    changed between the two looks at it raises ``PlanChanged``: then it is tried again later.
    """
    listed = _checked_lines(schedule, owner, now)
    try:
        cart = _filled_cart(schedule, listed, owner, now)
        planned = plan_cart(cart, price_cart(cart, now=now), actor=owner, now=now)
        _check_plan(schedule, planned.plan)
        return submit_cart(
            cart,
            plan_hash=planned.hash,
            warnings_read=True,
            envelope=envelope_of(schedule, now=now),
            actor=owner,
            now=now,
        )
    except PlanChanged:
        raise
    except PlacetError as error:
        raise _stopped_by(error) from error


def unread_warnings(schedule: Schedule, plan: Plan) -> list[Warned]:
    """What the plan warns the buyer of that the schedule's owner has not read."""
    return [
        one
        for one in plan.warnings
        if one.reason.side == "buyer" and warning_key(one) not in schedule.warnings_read
    ]


def warning_key(warned: Warned) -> str:
    """Which warning it is: the rule that warns, in the version that was read."""
    reason = warned.reason
    return f"{reason.rulebook}:{reason.version}:{reason.rule}:{reason.code}"


def occurrence_cart(schedule: Schedule, *, now: datetime) -> Cart:
    """What an occurrence says above its lines, as a cart that is never saved."""
    return Cart(
        created_at=now,
        changed_at=now,
        company=schedule.company,
        unit=schedule.owner.unit,
        owner=schedule.owner,
        name=schedule.purchase_list.name,
        currency=schedule.company.currency,
        po_number=schedule.po_number,
        references=schedule.references,
        justification=schedule.justification,
        cost_center=schedule.cost_center,
        ship_to=schedule.ship_to,
        bill_to=schedule.bill_to,
    )


def _checked_lines(schedule: Schedule, owner: Actor, now: datetime) -> list[ListedLine]:
    if can_do(owner, ORDER_SUBMIT, owner.unit_path) is not None:
        raise Stopped("right_lost")
    if can_view_list(owner, schedule.purchase_list) is not None:
        raise Stopped("list_gone")
    listed = listed_for(schedule, now=now)
    fault = find_fault(listed, schedule.confirmed, schedule.envelope_price_basis_points)
    if fault is not None:
        raise Stopped(*fault)
    return listed


def _filled_cart(
    schedule: Schedule, listed: Sequence[ListedLine], owner: Actor, now: datetime
) -> Cart:
    cart = create_cart(schedule.purchase_list.name, actor=owner, now=now)
    stated = {
        "po_number": schedule.po_number,
        "references": schedule.references,
        "justification": schedule.justification,
        "ship_to_id": schedule.ship_to_id,
        "bill_to_id": schedule.bill_to_id,
        "cost_center_id": schedule.cost_center_id,
    }
    # What the schedule leaves open is what a new cart chooses by itself.
    describe_cart(
        cart, actor=owner, now=now, **{name: value for name, value in stated.items() if value}
    )
    wanted = [Again(one.row.product, one.row.quantity, one.line.note) for one in listed]
    fill_cart(cart, wanted=wanted, origin=schedule.pk, actor=owner, now=now)
    return get_cart(owner, cart.pk)


def _check_plan(schedule: Schedule, plan: Plan) -> None:
    if plan.outcome == "blocked":
        codes = {one.reason.code for one in plan.blocked}
        raise Stopped("budget" if "budget" in codes else "blocked")
    if unread_warnings(schedule, plan):
        raise Stopped("warnings")


def _stopped_by(error: PlacetError) -> Stopped:
    """The fault that a refusal of an action is, for the page that says why."""
    if isinstance(error, InvalidInput):
        field = error.path.partition("/")[0]
        return Stopped(_OF_FIELD.get(field, "refused"), [error.detail])
    for kind, code in _OF_KIND:
        if isinstance(error, kind):
            return Stopped(code)
    return Stopped("refused", [error.detail])


_OF_FIELD: Final[Mapping[str, str]] = {
    "po_number": "references",
    "references": "references",
    "justification": "justification",
    "ship_to": "place",
    "lines": "lines",
}
_OF_KIND: Final[tuple[tuple[type[PlacetError], str], ...]] = (
    (PurchaseBlocked, "blocked"),
    (CannotBePlanned, "plan"),
    (NotFound, "place"),
    (Forbidden, "right_lost"),
    (Conflict, "budget"),
)
