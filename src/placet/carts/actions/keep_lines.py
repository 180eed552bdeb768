"""A cart that nobody filled by hand: lines that were taken out of a purchase are kept in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from placet.carts.models import Cart, CartAllocation, CartAuthor, CartLine
from placet.carts.pricing import Split, WantedLine
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def keep_lines(
    cart: Cart,
    *,
    lines: Sequence[WantedLine],
    authors: Collection[str],
    requisition_id: str,
    actor: Actor,
    now: datetime,
) -> Cart:
    """Save a new cart with these lines; it belongs to its owner, whoever acts.

    ``authors`` are members who shaped the lines before: they cannot approve what the cart becomes.
    ``requisition_id`` is the purchase that they came from.
    """
    cart.created_at = cart.changed_at = now
    cart.save(force_insert=True)
    for position, line in enumerate(lines, start=1):
        _keep_line(cart, line, position, now)
    CartAuthor.objects.bulk_create(
        CartAuthor(created_at=now, cart=cart, member_id=member_id) for member_id in authors
    )
    record(
        "cart.created",
        cart.pk,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        requisition=requisition_id,
        private={"name": cart.name},
    )
    return cart


def _keep_line(cart: Cart, line: WantedLine, position: int, now: datetime) -> None:
    row = CartLine.objects.create(
        created_at=now,
        cart=cart,
        product=line.product,
        position=position,
        quantity=line.quantity,
        added_by_id=line.added_by_id,
        note=line.note,
    )
    if _is_split(cart, line.splits):
        CartAllocation.objects.bulk_create(
            CartAllocation(
                created_at=now,
                line=row,
                position=place,
                quantity=part.quantity,
                ship_to_id=part.ship_to_id or None,
                cost_center_id=part.cost_center_id or None,
                need_by_on=part.need_by_on,
            )
            for place, part in enumerate(line.splits, start=1)
        )


def _is_split(cart: Cart, splits: Sequence[Split]) -> bool:
    """Whether a line goes elsewhere than the cart, or to several places."""
    whole = (cart.ship_to_id or "", cart.cost_center_id or "", None)
    return [(part.ship_to_id, part.cost_center_id, part.need_by_on) for part in splits] != [whole]
