"""The end of a cart's life, for whoever owns its requisition."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from placet.carts.changing import cart_conflict
from placet.carts.models import Cart
from placet.core.transaction import running


def close_cart(cart_id: str, *, now: datetime) -> None:
    """Mark an open cart as submitted, once; part of the submission's transaction.

    Raises ``Conflict`` when it is not open any more. The submission records the event.
    """
    _move(cart_id, Cart.Status.OPEN, Cart.Status.SUBMITTED, now)


def reopen_cart(cart_id: str, *, now: datetime) -> None:
    """Give a submitted cart back to its owner, when its requisition was withdrawn."""
    _move(cart_id, Cart.Status.SUBMITTED, Cart.Status.OPEN, now)


def _move(cart_id: str, source: Cart.Status, target: Cart.Status, now: datetime) -> None:
    running()
    moved = Cart.objects.filter(pk=cart_id, status=source).update(
        status=target, version=F("version") + 1, changed_at=now
    )
    if not moved:
        raise cart_conflict(Cart.objects.get(pk=cart_id))
