"""The plan of what is posted, before it is: nothing is written."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.companies.refusals import refuse
from placet.companies.shops import can_state_prices
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.orders.content import read_content
from placet.plans.planner import CannotBePlanned, CartPlan, plan_cart
from placet.requisitions.changing import find_changed, held_by_order
from placet.requisitions.differences import Difference, difference
from placet.requisitions.models import Requisition, Revision, RevisionOrigin
from placet.requisitions.next_revision import NextRevision, current_revision, plan_revision
from placet.requisitions.permissions import can_be_revised
from placet.requisitions.posting.acting import act_as
from placet.requisitions.posting.complete import checked_address, make_complete, require_all
from placet.requisitions.posting.making import Made, make_purchase
from placet.requisitions.posting.telling import (
    ShopOutlook,
    in_words_for,
    tell_own_matter,
    tell_shop,
)
from placet.requisitions.posting.values import PostedPurchase


class PostedPlan(NamedTuple):
    """What posting it now would mean: ``planned`` for its buyer, ``told`` for a shop.

    ``planned`` is none where it cannot even be planned, which a shop is not told the reason of.
    ``back`` is the address of the shop that the page of the plan leads back to.
    """

    made: Made
    planned: CartPlan | None
    told: ShopOutlook | None
    back: str = ""


class PostedRevision(NamedTuple):
    """What the next revision would mean: kept, reset and new, and what changes."""

    made: Made
    following: NextRevision
    changed: Difference
    told: ShopOutlook


def plan_posted(
    posted: PostedPurchase,
    *,
    member: Member,
    shop_url: str = "",
    return_url: str = "",
    actor: Actor,
    now: datetime,
) -> PostedPlan:
    """What submitting this now would need; its hash is what submitting names.

    ``return_url`` is where the page of the plan leads back to, ``shop_url`` where it is empty.
    Raises ``InvalidInput`` and, to others than a shop, ``CannotBePlanned``.
    """
    address = checked_address(shop_url, actor)
    back = checked_address(return_url, actor, path="return_url") or address
    with in_words_for(actor, member, now):
        made = make_complete(posted, member=member, actor=actor, now=now)
    acting = act_as(actor, member)
    try:
        planned = plan_cart(made.cart, made.priced, actor=acting, now=now)
    except CannotBePlanned:
        if not actor.is_merchant:
            raise
        return PostedPlan(made, None, tell_own_matter(), back)
    told = None
    if actor.is_merchant:
        told = tell_shop(planned.plan, planned.hash, member.company, actor=actor, now=now)
    return PostedPlan(made, planned, told, back)


def plan_posted_revision(
    requisition: Requisition, posted: PostedPurchase, *, actor: Actor, now: datetime
) -> PostedRevision:
    """What posting this as the next revision would mean, for the shop that it comes from.

    Raises ``Forbidden`` and ``NotFound`` for everybody else, ``Conflict`` once it has ended.
    """
    refuse_others(actor, requisition)
    refusal = can_be_revised(requisition)
    if refusal is not None:
        raise Conflict(refusal.sentence)
    member = requisition.requester
    with in_words_for(actor, member, now):
        made = make_next(requisition, posted, actor=actor, now=now)
        following = plan_revision(
            requisition,
            cart=made.cart,
            priced=made.priced,
            cause=RevisionOrigin.Cause.EDITED,
            actor=act_as(actor, member),
            now=now,
        )
    told = tell_shop(
        following.plan, following.planned.hash, requisition.company, actor=actor, now=now
    )
    before = read_content(current_revision(requisition).content)
    return PostedRevision(made, following, difference(before, following.content), told)


def refuse_others(actor: Actor, requisition: Requisition) -> None:
    """Only the shop that a purchase comes from posts its next revision."""
    if not requisition.is_from_shop:
        raise Conflict(_("%(number)s is edited here.") % {"number": requisition.number})
    refuse(can_state_prices(actor))
    act_as(actor, requisition.requester)


def make_next(
    requisition: Requisition, posted: PostedPurchase, *, actor: Actor, now: datetime
) -> Made:
    """The full new content, in the purchase's unit; conversations stay with their SKU."""
    made = make_purchase(
        posted,
        member=requisition.requester,
        unit=requisition.unit,
        is_from_shop=True,
        actor=act_as(actor, requisition.requester),
        now=now,
    )
    require_all(made.cart, made.priced, held=held_by_order(find_changed(requisition)))
    threads = _threads(current_revision(requisition))
    lines = tuple(
        line._replace(thread_id=threads.get(line.product.sku, "")) for line in made.priced.lines
    )
    return Made(made.cart, made.priced._replace(lines=lines))


def _threads(former: Revision) -> dict[str, str]:
    return dict(former.lines.exclude(thread=None).values_list("sku", "thread_id"))
