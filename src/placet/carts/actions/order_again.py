"""Products that were bought before go into a cart once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.actions.create_cart import create_cart
from placet.carts.actions.fill_cart import fill_cart
from placet.carts.again import Again, AgainRow
from placet.carts.models import Cart
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction


@transaction
def order_again(
    wanted: Sequence[Again],
    *,
    name: str,
    origin: str = "",
    cart: Cart | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[Cart, list[AgainRow]]:
    """Put these into a cart, by default a new one of this name, at the prices of today.

    Returns the cart and what became of each product. Raises ``InvalidInput`` where nothing is
    chosen.
    """
    if not wanted:
        raise InvalidInput("lines", "empty", _("Choose what to order: nothing is chosen."))
    if cart is None:
        cart = create_cart(name[:120], is_as_last_time=True, actor=actor, now=now)
    return cart, fill_cart(cart, wanted=wanted, origin=origin, actor=actor, now=now)
