"""Lena's list of what the ward always needs, which most stories are about."""

from collections.abc import Callable

import pytest

from placet.carts.lists.actions import add_list_line, create_list
from placet.carts.lists.queries import get_list
from placet.carts.models import PurchaseList
from placet.core.actor import Actor
from tests.cast import Cast

View = Callable[[Actor], PurchaseList]


@pytest.fixture
def ward(db: None, cast: Cast) -> PurchaseList:
    """A personal list of Lena's with gloves and dressings, as she reads it."""
    made = create_list("Ward needs", actor=cast.lena, now=cast.now)
    for sku, quantity, par in (("GLV-M", 12, 20), ("DRS-10", 5, None)):
        add_list_line(
            made, sku=sku, quantity=quantity, par_quantity=par, actor=cast.lena, now=cast.now
        )
    return get_list(cast.lena, made.pk)


@pytest.fixture
def seen_by(ward: PurchaseList) -> View:
    """The list as somebody else reads it."""
    return lambda actor: get_list(actor, ward.pk)
