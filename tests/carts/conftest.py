"""Lena's cart, which most stories are about."""

from collections.abc import Callable

import pytest

from placet.carts.actions import add_line, create_cart
from placet.carts.models import Cart, CartLine
from placet.carts.queries import get_cart
from placet.core.actor import Actor
from tests.cast import Cast

View = Callable[[Actor], Cart]


@pytest.fixture
def cart(db: None, cast: Cast) -> Cart:
    """An empty cart of Lena's, as she reads it."""
    return get_cart(cast.lena, create_cart("ICU-4 week 48", actor=cast.lena, now=cast.now).id)


@pytest.fixture
def line(cart: Cart, cast: Cast) -> CartLine:
    """Twelve boxes of gloves in Lena's cart."""
    return add_line(cart, sku="GLV-M", quantity=12, actor=cast.lena, now=cast.now)


@pytest.fixture
def seen_by(cart: Cart) -> View:
    """The cart as somebody else reads it."""
    return lambda actor: get_cart(actor, cart.id)
