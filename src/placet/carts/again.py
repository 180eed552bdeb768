"""What somebody wants to buy again, judged by what can be ordered today, at today's prices.

Lists, reorders and schedules ask here, so that a line means the same for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from placet.carts.quantities import LARGEST, nearest_quantity
from placet.catalog.assortments import Allowed, allowed_products
from placet.catalog.models import Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.core.actor import Actor
from placet.policy.totals import line_total

State = Literal["ok", "rounded", "short", "discontinued", "not_allowed", "not_for_sale"]
ORDERABLE: Final[frozenset[State]] = frozenset({"ok", "rounded"})


class Again(NamedTuple):
    """How many of a product are wanted once more; ``note`` goes to the line of the cart."""

    product: Product
    quantity: int
    note: str = ""


class AgainRow(NamedTuple):
    """What would become of it now.

    ``quantity`` can be ordered: the nearest to what was ``asked``. ``in_stock`` is how many there
    are; ``short`` means that it is not sold beyond that. ``substitute`` takes the place of what is
    discontinued, where it can be ordered itself.
    """

    product: Product
    asked: int
    quantity: int
    state: State
    unit_price_minor: int | None
    total_minor: int
    substitute: Product | None
    note: str = ""

    @property
    def is_orderable(self) -> bool:
        """Whether it can go into a cart as it is."""
        return self.state in ORDERABLE

    @property
    def in_stock(self) -> int:
        """How many there are."""
        return max(self.product.stock, 0)

    @property
    def comes_later(self) -> bool:
        """Whether a part of it has to be waited for."""
        return self.is_orderable and self.quantity > self.in_stock


def judge_again(
    wanted: Sequence[Again], *, company_id: str, currency: str, requester_id: str, now: datetime
) -> list[AgainRow]:
    """Each of them at the requester's prices and assortment of today, in a fixed count of queries.

    Products come with their substitute (``substitute`` selected).
    """
    ids = {one.product.pk for one in wanted}
    ids |= {one.product.substitute_id for one in wanted if one.product.substitute_id}
    prices = list_prices_for(company_id, currency, ids, now)
    allowed = allowed_products(company_id, requester_id)
    return [_judged(one, prices, allowed) for one in wanted]


def judge_for(actor: Actor, wanted: Sequence[Again], *, now: datetime) -> list[AgainRow]:
    """The same for somebody who would be the requester, in their company's currency."""
    return judge_again(
        wanted,
        company_id=actor.company_id,
        currency=actor.currency,
        requester_id=actor.member_id,
        now=now,
    )


def find_again(quantities: Mapping[str, int]) -> list[Again]:
    """The products of these ids in the order given, with how many of each; unknown ones are left.

    One query.
    """
    found = products_with_substitutes(quantities)
    return [
        Again(found[product_id], quantity)
        for product_id, quantity in quantities.items()
        if product_id in found and quantity > 0
    ]


def products_with_substitutes(ids: Collection[str]) -> Mapping[str, Product]:
    """Products by id with what judging reads."""
    rows = Product.objects.select_related("category", "substitute__category")
    return rows.in_bulk(list(ids))


def _judged(one: Again, prices: Mapping[str, PriceTiers], allowed: Allowed) -> AgainRow:
    product = one.product
    quantity = nearest_quantity(product, min(one.quantity, LARGEST))
    tiers = prices.get(product.pk)
    price = tiers.at(quantity) if tiers else None
    state = _state(product, tiers, allowed)
    if state == "ok" and quantity > product.stock and not product.sells_beyond_stock:
        state = "short"
    if state == "ok" and quantity != one.quantity:
        state = "rounded"
    return AgainRow(
        product=product,
        asked=one.quantity,
        quantity=quantity,
        state=state,
        unit_price_minor=price,
        total_minor=line_total(price, quantity, product.price_quantity) if price else 0,
        substitute=_substitute(product, prices, allowed),
        note=one.note,
    )


def _state(product: Product, tiers: PriceTiers | None, allowed: Allowed) -> State:
    if tiers is None or not allowed.merchant.permits(product):
        return "not_for_sale"
    if not allowed.company.permits(product):
        return "not_allowed"
    return "ok" if product.status == Product.Status.ACTIVE else "discontinued"


def _substitute(
    product: Product, prices: Mapping[str, PriceTiers], allowed: Allowed
) -> Product | None:
    """What can be ordered in its place, where it left the sale."""
    if product.status == Product.Status.ACTIVE or product.substitute is None:
        return None
    other: Product = product.substitute
    return other if _state(other, prices.get(other.pk), allowed) == "ok" else None
