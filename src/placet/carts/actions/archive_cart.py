"""A cart is put away, brought back, or thrown away when nothing was ever in it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from placet.carts.changing import cart_conflict
from placet.carts.models import Cart
from placet.carts.permissions import can_manage_cart, can_restore_cart
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction, undoable
from placet.events.models import Event
from placet.events.record import record


@transaction
def archive_cart(cart: Cart, *, actor: Actor, now: datetime) -> Cart:
    """Put an open cart away; raises ``Conflict`` when it is not open any more."""
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_manage_cart(actor, cart))
    _move(cart, Cart.Status.OPEN, Cart.Status.ARCHIVED, now)
    record("cart.archived", cart.id, actor=actor, now=now, company_id=cart.company_id)
    return cart


@transaction
def restore_cart(cart: Cart, *, actor: Actor, now: datetime) -> Cart:
    """Bring back a cart that was put away, with all that was in it."""
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_restore_cart(actor, cart))
    _move(cart, Cart.Status.ARCHIVED, Cart.Status.OPEN, now)
    record("cart.restored", cart.id, actor=actor, now=now, company_id=cart.company_id)
    return cart


@transaction
def delete_cart(cart: Cart, *, actor: Actor, now: datetime) -> None:
    """Throw away a draft in which nothing was ever: no line, conversation, link or purchase.

    Everything else is put away, from where it can be brought back: ``Conflict``.
    """
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_manage_cart(actor, cart))
    # The claim orders this with whoever puts something in at the same moment.
    if not Cart.objects.filter(pk=cart.pk, version=cart.version).update(version=F("version") + 1):
        raise cart_conflict(cart)
    kept = Conflict(_("This cart was used: put it away instead, and nothing of it is lost."))
    if cart.revises or cart.rebuilds or cart.thread_id or _was_filled(cart):
        raise kept
    try:
        with undoable():
            Cart.objects.get(pk=cart.pk).delete()
    except ProtectedError:
        raise kept from None
    record("cart.deleted", cart.pk, actor=actor, now=now, company_id=cart.company_id)


def _was_filled(cart: Cart) -> bool:
    """Whether anything lies in it, or was put in and taken out again, or it was submitted."""
    used = ("cart.line", "cart.merged", "cart.replaced", "cart.taken")
    kinds = Event.objects.filter(subject=cart.pk).values_list("type", flat=True)
    return cart.lines.exists() or any(kind.startswith(used) for kind in kinds)


def _move(cart: Cart, source: Cart.Status, target: Cart.Status, now: datetime) -> None:
    moved = Cart.objects.filter(pk=cart.pk, status=source).update(
        status=target, version=F("version") + 1, changed_at=now
    )
    if not moved:
        raise cart_conflict(cart)
    cart.refresh_from_db(fields=["status", "version", "changed_at"])
