"""Another try: what ended without an order becomes a cart again, and is linked to it."""

from __future__ import annotations

from datetime import datetime

from placet.carts.filling import open_filled_cart
from placet.carts.models import Cart
from placet.companies.holding import hold_companies
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.content import read_content
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.next_revision import current_revision
from placet.requisitions.permissions import can_rebuild_cart
from placet.requisitions.reopening import header_of
from placet.requisitions.wanted_lines import list_wanted_lines


@transaction
def rebuild_cart(requisition: Requisition, *, actor: Actor, now: datetime) -> Cart:
    """A new cart with the last content, at the prices of today, for a new requisition.

    No approval is kept; whoever approves it sees the earlier rejection and its reason. As long as
    such a cart is open, the same one is given. Raises ``Forbidden``, and ``Conflict`` for what has
    not ended without an order.
    """
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_rebuild_cart(actor, locked)
    if refusal and refusal.code == "not_ended":
        raise Conflict(refusal.sentence)
    refuse(refusal)
    rebuilt = Cart.objects.filter(
        rebuilds=locked.pk, owner_id=locked.requester_id, status=Cart.Status.OPEN
    ).first()
    if rebuilt is not None:
        return rebuilt
    revision = current_revision(locked)
    wanted = [line._replace(held=None, thread_id="") for line in list_wanted_lines(revision)]
    cart = open_filled_cart(
        header_of(read_content(revision.content)),
        wanted,
        company_id=locked.company_id,
        unit_id=actor.unit_id,
        owner_id=locked.requester_id,
        rebuilds=locked.pk,
        now=now,
    )
    record(
        "requisition.rebuilt",
        locked.pk,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        requisition=locked.pk,
        number=locked.number,
        cart=cart.pk,
    )
    return cart
