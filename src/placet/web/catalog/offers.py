"""Products as they are offered to somebody: prices, what the rules say, what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.permissions import can_edit_cart
from placet.carts.quantities import nearest_quantity
from placet.carts.queries import list_last_used
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.catalog.part_numbers import find_part_numbers
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.companies.permissions import PRICE_VIEW
from placet.core.actor import Actor
from placet.plans.chips import Chip, list_chips

MOST_CARTS = 50


class Offer(NamedTuple):
    """A product at the company's prices; ``price_minor`` is that of its smallest order.

    ``chip`` is what the rules say to one of it, ``None`` where nothing stands in the way;
    ``part_number`` what the company calls it.
    """

    product: Product
    price_minor: int | None
    list_minor: int | None
    tiers: PriceTiers | None
    chip: Chip | None = None
    part_number: str = ""

    @property
    def is_cheaper_by_quantity(self) -> bool:
        """Whether a larger order has a lower price."""
        return self.tiers is not None and len(self.tiers.tiers) > 1

    @property
    def smallest(self) -> int:
        """The smallest quantity that can be ordered."""
        return nearest_quantity(self.product, 1)


def list_offers(actor: Actor, products: Sequence[Product], *, now: datetime) -> list[Offer]:
    """The products at the company's prices; without ``price.view`` no prices are told.

    A fixed number of queries, however many products there are.
    """
    ids = [product.pk for product in products]
    prices: Mapping[str, PriceTiers] = {}
    if actor.holds_anywhere(PRICE_VIEW):
        prices = list_prices_for(actor.company_id, actor.currency, ids, now)
    allowed = allowed_products(actor.company_id, actor.member_id)
    on_sale = [one for one in products if one.status == Product.Status.ACTIVE]
    chips = list_chips(actor, on_sale, allowed=allowed, now=now)
    numbers = find_part_numbers(actor.company_id, ids)
    return [
        _offer(product, prices.get(product.pk), chips.get(product.pk), numbers.get(product.pk, ""))
        for product in products
    ]


def list_editable_carts(actor: Actor) -> list[Cart]:
    """The open carts into which the actor may put something, that which they used last first."""
    carts = list_last_used(actor, MOST_CARTS)
    return [cart for cart in carts if can_edit_cart(actor, cart) is None]


def _offer(product: Product, tiers: PriceTiers | None, chip: Chip | None, number: str) -> Offer:
    smallest = nearest_quantity(product, 1)
    return Offer(
        product,
        tiers.at(smallest) if tiers else None,
        tiers.list_at(smallest) if tiers else None,
        tiers,
        chip,
        number,
    )
