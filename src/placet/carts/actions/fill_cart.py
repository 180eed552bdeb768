"""Putting many products into a cart at once: from a list, an earlier purchase, a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Max
from django.utils.translation import gettext as _

from placet.carts.again import Again, AgainRow, judge_again
from placet.carts.changing import add_author, begin_change
from placet.carts.models import Cart, CartLine
from placet.carts.parts import fit_allocations
from placet.carts.quantities import nearest_quantity
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

MOST_LINES = 500


@transaction
def fill_cart(
    cart: Cart, *, wanted: Sequence[Again], origin: str = "", actor: Actor, now: datetime
) -> list[AgainRow]:
    """Put what can be ordered into the cart, and say of each product what became of it.

    What is in the cart already gets that many more. ``origin`` is the id of the list, order or
    schedule that it comes from. Raises ``InvalidInput`` for more than 500 lines.
    """
    begin_change(cart, actor=actor, now=now)
    rows = judge_again(
        wanted,
        company_id=cart.company_id,
        currency=cart.currency,
        requester_id=cart.owner_id,
        now=now,
    )
    lines = _put(cart, [row for row in rows if row.is_orderable], actor, now)
    if lines:
        add_author(cart, actor)
    record(
        "cart.filled",
        cart.pk,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        origin=origin,
        lines=lines,
    )
    return rows


def _put(cart: Cart, rows: Sequence[AgainRow], actor: Actor, now: datetime) -> int:
    """Write the lines set-based; returns how many were touched."""
    there = {line.product_id: line for line in cart.lines.select_related("product")}
    position = cart.lines.aggregate(last=Max("position"))["last"] or 0
    fresh: dict[str, CartLine] = {}
    raised: dict[str, CartLine] = {}
    for row in rows:
        line = there.get(row.product.pk) or fresh.get(row.product.pk)
        if line is None:
            position += 1
            line = CartLine(
                created_at=now,
                cart=cart,
                product=row.product,
                position=position,
                quantity=0,
                added_by_id=actor.member_id or cart.owner_id,
                note=row.note,
            )
            fresh[row.product.pk] = line
        elif row.product.pk in there:
            raised[row.product.pk] = line
        line.quantity = nearest_quantity(row.product, line.quantity + row.quantity)
    if len(there) + len(fresh) > MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A cart has 500 lines at most."))
    CartLine.objects.bulk_create(fresh.values())
    for line in raised.values():
        CartLine.objects.filter(pk=line.pk).update(quantity=line.quantity, version=F("version") + 1)
        fit_allocations(line)
    return len(fresh) + len(raised)
