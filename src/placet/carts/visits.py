"""What a member saw in a cart when they looked last, and what is otherwise by now.

A row of access, so no event. What has changed stays told until they say that they have seen it;
everything else that they see is what they saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from placet.carts.models import Cart, CartVisit
from placet.carts.pricing import PricedCart, PricedLine
from placet.core.actor import Actor
from placet.core.transaction import transaction

Seen = Mapping[str, list[int]]
Change = Literal["dearer", "cheaper", "gone", "scarce", "back"]
MINUTE = timedelta(minutes=1)


class ChangedSince(NamedTuple):
    """A line that is otherwise than when the member looked last.

    ``dearer`` and ``cheaper`` compare unit prices for the same quantity; ``scarce`` and ``back``
    say whether there is as much as is wanted; ``gone`` is no longer for sale.
    """

    line: PricedLine
    change: Change
    before: int
    after: int


class Visit(NamedTuple):
    """When the member looked last, and what changed since; nothing at a first visit."""

    seen_at: datetime | None
    changes: tuple[ChangedSince, ...]


def read_visit(cart: Cart, priced: PricedCart, *, actor: Actor) -> Visit:
    """What has changed since the actor looked last; one query."""
    row = CartVisit.objects.filter(cart=cart, member_id=actor.member_id).first()
    if row is None:
        return Visit(None, ())
    return Visit(row.seen_at, _changes(row.seen, priced))


def note_visit(cart: Cart, priced: PricedCart, *, actor: Actor, now: datetime) -> Visit:
    """Note that the actor looks, and answer with what has changed since they looked last.

    What is told stays noted as it was, so that looking twice tells it twice.
    """
    if not actor.member_id or actor.is_merchant:
        return Visit(None, ())
    row = CartVisit.objects.filter(cart=cart, member_id=actor.member_id).first()
    changes = _changes(row.seen, priced) if row else ()
    told = {change.line.product.pk for change in changes}
    kept = {key: values for key, values in row.seen.items() if key in told} if row else {}
    seen = {**_seen(priced), **kept}
    if row is None or row.seen != seen or now - row.seen_at >= MINUTE:
        _keep(cart, seen, actor=actor, now=now)
    return Visit(row.seen_at if row else None, changes)


def see_changes(cart: Cart, priced: PricedCart, *, actor: Actor, now: datetime) -> None:
    """The actor has seen what changed: from now on "since" means since this moment."""
    if actor.member_id and not actor.is_merchant:
        _keep(cart, _seen(priced), actor=actor, now=now)


@transaction
def _keep(cart: Cart, seen: Seen, *, actor: Actor, now: datetime) -> None:
    CartVisit.objects.bulk_create(
        [
            CartVisit(
                created_at=now, cart=cart, member_id=actor.member_id, seen_at=now, seen=dict(seen)
            )
        ],
        update_conflicts=True,
        unique_fields=["cart", "member"],
        update_fields=["seen_at", "seen"],
    )


def _seen(priced: PricedCart) -> dict[str, list[int]]:
    """By product: its unit price, what is in stock, how many are wanted, whether it is for sale."""
    return {
        line.product.pk: [
            line.unit_price_minor,
            line.product.stock,
            line.quantity,
            int(line.product.sku not in priced.unsellable),
        ]
        for line in priced.lines
    }


def _changes(seen: Seen, priced: PricedCart) -> tuple[ChangedSince, ...]:
    now_seen = _seen(priced)
    found = []
    for line in priced.lines:
        before = seen.get(line.product.pk)
        if before is not None and len(before) == len(now_seen[line.product.pk]):
            change = _change(before, now_seen[line.product.pk])
            if change:
                was, became = (1, 2) if change in ("scarce", "back") else (0, 0)
                values = now_seen[line.product.pk]
                found.append(
                    ChangedSince(line, change, before[was], values[1] if became else values[0])
                )
    return tuple(found)


def _change(before: list[int], after: list[int]) -> Change | None:
    price, stock, quantity, is_sold = after
    if before[3] and not is_sold:
        return "gone"
    if quantity != before[2]:
        return None  # Another quantity has another price, and somebody set it.
    if price != before[0]:
        return "dearer" if price > before[0] else "cheaper"
    if (stock < quantity) != (before[1] < quantity):
        return "scarce" if stock < quantity else "back"
    return None
