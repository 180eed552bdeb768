"""From a list to a cart: all of it, some of it, or what is missing to the par levels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.carts.actions.create_cart import create_cart
from placet.carts.actions.fill_cart import fill_cart
from placet.carts.again import AgainRow
from placet.carts.lists.lines import wanted_of
from placet.carts.lists.permissions import can_view_list
from placet.carts.models import Cart, PurchaseList
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction


class Ordered(NamedTuple):
    """The cart that holds it now, and what became of each product."""

    cart: Cart
    rows: list[AgainRow]


@transaction
def order_list(
    wanted: PurchaseList,
    *,
    quantities: Mapping[str, int] | None = None,
    cart: Cart | None = None,
    actor: Actor,
    now: datetime,
) -> Ordered:
    """Put lines of the list into a cart, by default every line into a new one.

    ``quantities`` says how many by the lines' ids; a line without a quantity stays behind. Raises
    ``InvalidInput`` where nothing is chosen.
    """
    refuse_foreign(actor, wanted.company_id)
    hold_actor(actor)
    refuse(can_view_list(actor, wanted))
    lines = {
        line.pk: line
        for line in wanted.lines.select_related(
            "product__category", "product__substitute__category"
        ).order_by("position", "id")
    }
    if quantities is None:
        quantities = {line_id: line.quantity for line_id, line in lines.items()}
    chosen = wanted_of(lines, quantities)
    if not chosen:
        raise InvalidInput("lines", "empty", _("Choose what to order: nothing is chosen."))
    if cart is None:
        cart = create_cart(wanted.name, is_as_last_time=True, actor=actor, now=now)
    rows = fill_cart(cart, wanted=chosen, origin=wanted.pk, actor=actor, now=now)
    return Ordered(cart, rows)
