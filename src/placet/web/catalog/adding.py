"""Products of the catalog into a cart: one, or several variants at once; all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.carts.actions import add_line, create_cart
from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction

PREFIX: Final = "quantity:"
LARGEST: Final = 1_000_000
MOST_TYPED: Final = 100


class NothingToAdd(InvalidInput):
    """Some quantities cannot be ordered, or none was typed; ``faults`` says what, by SKU."""

    def __init__(self, faults: Mapping[str, str], sentence: str) -> None:
        super().__init__("quantity", "quantity", sentence)
        self.faults = faults


def read_quantities(sent: QueryDict, sku: str) -> dict[str, str]:
    """What was typed, by SKU: ``quantity`` is of this product, ``quantity:SKU`` of another one."""
    typed = {
        name.removeprefix(PREFIX): str(value).strip()
        for name, value in list(sent.items())[:MOST_TYPED]
        if name.startswith(PREFIX)
    }
    if "quantity" in sent:
        typed[sku] = str(sent["quantity"]).strip()
    return typed


@transaction
def add_quantities(
    typed: Mapping[str, str], *, sku: str, cart_id: str, actor: Actor, now: datetime
) -> Cart:
    """Put everything that was typed into the cart, or into a new one; returns the cart.

    An empty field is of no account, except where there is only one. Raises ``NothingToAdd`` with
    every fault, so that the page can tell all of them.
    """
    wanted, faults = _wanted(typed)
    if not wanted and not faults:
        empty = dict.fromkeys(typed, _("How many?")) if len(typed) == 1 else {}
        raise NothingToAdd(empty, _("Type how many of at least one."))
    cart = get_cart(actor, cart_id) if cart_id else None
    if not faults:
        cart = cart or create_cart(_("New cart"), is_as_last_time=True, actor=actor, now=now)
        for one, quantity in wanted.items():
            try:
                add_line(cart, sku=one, quantity=quantity, actor=actor, now=now)
            except InvalidInput as error:
                faults[one] = error.detail
    if faults or cart is None:
        raise NothingToAdd(faults, _("Nothing was added: one quantity cannot be ordered."))
    return cart


def _wanted(typed: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """The quantities above zero, and what is wrong with the others."""
    wanted: dict[str, int] = {}
    faults: dict[str, str] = {}
    for sku, text in typed.items():
        if not text or (text == "0" and len(typed) > 1):
            continue
        if text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= LARGEST:
            wanted[sku] = int(text)
        else:
            faults[sku] = _("A whole number from 1 to a million.")
    return wanted, faults
