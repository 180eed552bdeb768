"""Putting a product into a cart, changing how many, taking it out."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.carts.changing import add_author, begin_change, claim_line
from placet.carts.for_sale import product_for_sale
from placet.carts.models import Cart, CartLine
from placet.carts.parts import fit_allocations
from placet.carts.quantities import MOST_LINES as MOST_LINES
from placet.carts.quantities import refuse_quantity
from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def add_line(cart: Cart, *, sku: str, quantity: int, actor: Actor, now: datetime) -> CartLine:
    """Put a product into the cart; one that is there already gets that many more.

    Raises ``InvalidInput`` for what is not for sale to the company or not in this quantity.
    """
    if quantity < 1:
        raise InvalidInput("quantity", "positive", _("A quantity is one or more."))
    begin_change(cart, actor=actor, now=now)
    product = product_for_sale(
        cart.company_id, cart.currency, sku, requester_id=cart.owner_id, now=now
    )
    line = cart.lines.filter(product=product).first()
    if line is None:
        line = _new_line(cart, product, quantity, actor, now)
    else:
        refuse_quantity(product, line.quantity + quantity)
        _set_quantity(line, line.quantity + quantity, actor)
    add_author(cart, actor)
    record(
        "cart.line_added",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        line=line.id,
        sku=product.sku,
        quantity=quantity,
    )
    return line


@transaction
def change_line(
    line: CartLine, *, quantity: int, actor: Actor, now: datetime, version: int | None = None
) -> CartLine:
    """Set how many of a product; ``version`` is the line's as the actor saw it.

    Of a split line the last parts take the difference. Raises ``Conflict`` with who was first.
    """
    cart = line.cart
    begin_change(cart, actor=actor, now=now)
    before = claim_line(line, version, actor)
    refuse_quantity(line.product, quantity)
    _set_quantity(line, quantity)
    if quantity > before:
        add_author(cart, actor)
    record(
        "cart.line_changed",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        line=line.id,
        sku=line.product.sku,
        quantity=quantity,
        before=before,
    )
    return line


@transaction
def remove_line(line: CartLine, *, actor: Actor, now: datetime, version: int | None = None) -> None:
    """Take a product out of the cart; its conversation stays. Raises ``Conflict`` like above."""
    cart = line.cart
    begin_change(cart, actor=actor, now=now)
    before = claim_line(line, version)
    line_id = line.id
    CartLine.objects.filter(pk=line_id).delete()
    record(
        "cart.line_removed",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        line=line_id,
        sku=line.product.sku,
        quantity=before,
    )


def _new_line(cart: Cart, product: Product, quantity: int, actor: Actor, now: datetime) -> CartLine:
    refuse_quantity(product, quantity)
    if cart.lines.count() >= MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A cart has 500 lines at most."))
    last = cart.lines.aggregate(last=Max("position"))["last"] or 0
    return CartLine.objects.create(
        created_at=now,
        cart=cart,
        product=product,
        position=last + 1,
        quantity=quantity,
        added_by_id=actor.member_id or cart.owner_id,
    )


def _set_quantity(line: CartLine, quantity: int, claimed_by: Actor | None = None) -> None:
    if claimed_by is not None:
        claim_line(line, None, claimed_by)
    CartLine.objects.filter(pk=line.pk).update(quantity=quantity)
    line.refresh_from_db(fields=["quantity", "version"])
    fit_allocations(line)
