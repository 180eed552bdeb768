"""What staff who order for a customer are told of the plan: one verdict, and their own reasons.

Never who approves, which rule asks, what is left of a budget, or how far a limit is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.pricing import PricedCart, price_cart
from placet.carts.stock import list_refused
from placet.companies.on_behalf import act_on_behalf
from placet.core.actor import Actor
from placet.plans.describe import describe_plan
from placet.plans.planner import CannotBePlanned
from placet.policy.plan import Plan
from placet.requisitions.errors import NobodyLeft
from placet.requisitions.own_matters import sentence_own_matter
from placet.requisitions.planning import plan_purchase

Verdict = Literal["empty", "incomplete", "blocked", "approval", "checked", "free"]


class Outlook(NamedTuple):
    """What ordering the cart now would mean; ``plan_hash`` is what ordering names.

    ``reasons`` are the supplier's own rules that stand in the way. ``incomplete`` says what is
    missing, ``checked`` that only the supplier's people look at it first.
    """

    priced: PricedCart
    verdict: Verdict
    sentence: str
    plan_hash: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def amount_minor(self) -> int:
        """Goods and delivery, in the minor units of the customer's currency."""
        return self.priced.goods_minor + self.priced.shipping_minor

    @property
    def may_order(self) -> bool:
        """Whether the button does something."""
        return self.verdict in ("approval", "checked", "free")


def read_outlook(cart: Cart, *, actor: Actor, now: datetime) -> Outlook:
    """Price and plan a cart that the actor fills for a member, and tell what is theirs to know.

    The queries do not depend on the number of lines.
    """
    acting = act_on_behalf(actor, cart.owner)
    priced = price_cart(cart, now=now)
    if not priced.lines:
        return Outlook(priced, "empty", _("Add what they want to order."))
    missing = _missing(cart, priced)
    if missing:
        return Outlook(priced, "incomplete", missing)
    if priced.not_allowed:
        return Outlook(priced, "blocked", sentence_own_matter())
    try:
        shown = plan_purchase(cart, priced, actor=acting, now=now)
    except (CannotBePlanned, NobodyLeft):
        return Outlook(priced, "blocked", sentence_own_matter())
    return _told(cart, priced, shown.plan, shown.planned.hash, actor=actor, now=now)


def _told(
    cart: Cart, priced: PricedCart, plan: Plan, plan_hash: str, *, actor: Actor, now: datetime
) -> Outlook:
    customer = {"company": cart.company.name}
    if plan.outcome == "blocked":
        own = _own_reasons(cart, plan, actor=actor, now=now)
        is_ours = all(block.reason.side == "merchant" for block in plan.blocked)
        sentence = _("Our own rules do not let it through.") if is_ours else sentence_own_matter()
        return Outlook(priced, "blocked", sentence, reasons=own)
    if any(step.side == "buyer" for step in plan.steps):
        sentence = _("It needs the approval of %(company)s before it is an order.") % customer
        return Outlook(priced, "approval", sentence, plan_hash)
    if plan.steps:
        sentence = _("%(company)s needs no approval; our own people check it first.") % customer
        return Outlook(priced, "checked", sentence, plan_hash)
    sentence = _("It can be placed: %(company)s needs no approval for it.") % customer
    return Outlook(priced, "free", sentence, plan_hash)


def _own_reasons(cart: Cart, plan: Plan, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Why the supplier's own rules forbid it, in words."""
    ours = tuple(block for block in plan.blocked if block.reason.side == "merchant")
    if not ours:
        return ()
    told = describe_plan(
        plan._replace(blocked=ours),
        company_id=cart.company_id,
        reader_is_merchant=True,
        language=actor.language,
        time_zone=cart.company.time_zone,
        now=now,
    )
    return tuple(block.sentence for block in told.blocked)


def _missing(cart: Cart, priced: PricedCart) -> str:
    """What staff can do about it themselves."""
    if priced.unsellable:
        said = _("No longer for sale: %(skus)s. Remove or replace it.")
        return said % {"skus": ", ".join(priced.unsellable)}
    short = list_refused(priced)
    if short:
        said = _("Not enough in stock: %(skus)s. Order fewer, or something else.")
        return said % {"skus": ", ".join(short)}
    if cart.ship_to is None:
        return _("Say where it should be delivered.")
    return ""
