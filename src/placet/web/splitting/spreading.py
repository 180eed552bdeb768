"""What is sent from the page of lines by places, done."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.carts.actions import allocate_cart, describe_cart
from placet.carts.models import Cart
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.web.splitting.dividing import lines_to_one_place, wanted_lines
from placet.web.splitting.forms import TypedMatrix


@transaction
def change_matrix(
    cart: Cart, typed: TypedMatrix, posted: QueryDict, *, actor: Actor, now: datetime
) -> int:
    """Divide the lines as typed or evenly, or send everything to one place; returns how many."""
    wish = posted.get("do", "")
    if wish != "one":
        lines = wanted_lines(cart, typed, wish)
        return allocate_cart(cart, lines=lines, versions=typed.versions, actor=actor, now=now)
    place = posted.get("place", "")
    if not place:
        raise InvalidInput("place", "missing", _("Choose a place first."))
    lines = lines_to_one_place(cart)
    describe_cart(cart, ship_to_id=place, actor=actor, now=now)
    allocate_cart(cart, lines=lines, versions={}, actor=actor, now=now)
    return max(len(lines), 1)
