"""The road in a few words, for stories about what happens on it."""

from __future__ import annotations

from datetime import datetime

from placet.carts.actions import add_line, create_cart, describe_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.plans.planner import plan_cart
from placet.requisitions.actions import decide_step, submit_cart
from placet.requisitions.models import Decision, Requisition, Step, StepAssignment
from tests.cast import Cast

GLOVES, DRESSING, INFUSION_SET = "GLV-M", "DRS-15", "INF-SET"


def fill_cart(cast: Cast, *lines: tuple[str, int], name: str = "ICU-4 week 48") -> Cart:
    """A cart of Lena's on cost centre 4410, ready to submit."""
    lena, now = cast.lena, cast.now
    cart = create_cart(name, actor=lena, now=now)
    for sku, quantity in lines:
        add_line(cart, sku=sku, quantity=quantity, actor=lena, now=now)
    return describe_cart(
        cart,
        po_number="PR-88121",
        cost_center_id=cast.cost_center["meridian/4410"],
        ship_to_id=next(iter(cast.address.values())),
        actor=lena,
        now=now,
    )


def submit(cart: Cart, *, actor: Actor, now: datetime) -> Requisition:
    """Submit with the plan that is shown at this moment."""
    fresh = Cart.objects.get(pk=cart.pk)
    planned = plan_cart(fresh, price_cart(fresh, now=now), actor=actor, now=now)
    return submit_cart(fresh, plan_hash=planned.hash, actor=actor, now=now)


def pending_step(requisition: Requisition) -> Step:
    """The step that is asked now; fails when it is not exactly one."""
    return requisition.steps.get(status=Step.Status.PENDING)


def answer(
    requisition: Requisition, kind: str, *, actor: Actor, now: datetime, reason: str = ""
) -> Decision:
    """What ``actor`` says about the content as it stands."""
    requisition.refresh_from_db()
    assert requisition.revision is not None
    return decide_step(
        pending_step(requisition),
        kind=kind,
        content_hash=requisition.revision.content_hash,
        reason=reason,
        actor=actor,
        now=now,
    )


def member(cast: Cast, who: str) -> Member:
    """Somebody of the cast, by the first name."""
    return Member.objects.select_related("user", "unit", "company").get(pk=cast.member[who])


def asked(cast: Cast, requisition: Requisition) -> set[str]:
    """Who is asked now, by first name."""
    names = {pk: key for key, pk in cast.member.items()}
    rows = StepAssignment.objects.filter(requisition=requisition, is_open=True)
    return {names[row.member_id] for row in rows}
