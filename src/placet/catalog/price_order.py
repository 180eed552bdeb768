"""What one piece costs in the smallest order: a column to sort the catalog by, beside the prices.

Of the tiers of a product on a list that of the smallest order counts: the highest one that begins
at or below ``minimum_quantity``, or the lowest one where all begin above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from placet.catalog.models import Price, Product

AT_ONCE: Final = 2_000


def mark_pieces(prices: Iterable[Price]) -> list[Price]:
    """Say on these prices which are those of the smallest order, and what one piece costs there.

    All tiers of each product on its list have to be among them, their products loaded.
    """
    tiers: dict[tuple[str, str], list[Price]] = defaultdict(list)
    for price in prices:
        price.piece = None
        tiers[price.price_list_id, price.product_id].append(price)
    for among in tiers.values():
        product = among[0].product
        first = min(among, key=lambda one: _distance(one.from_quantity, product.minimum_quantity))
        first.piece = float(first.unit_price_minor) / float(product.price_quantity)
    return [price for among in tiers.values() for price in among]


def refresh_pieces(product_ids: Sequence[str]) -> None:
    """Mark the prices of these products anew, whose smallest order or price quantity changed."""
    for start in range(0, len(product_ids), AT_ONCE):
        part = product_ids[start : start + AT_ONCE]
        prices = Price.objects.filter(product_id__in=part).select_related("product")
        Price.objects.bulk_update(mark_pieces(prices), ["piece"], batch_size=500)


def with_a_price(rows: QuerySet[Product], price_lists: Sequence[str]) -> QuerySet[Product]:
    """The products joined with the price of a piece, of the first of these lists that has them.

    A join and no subquery, so that the database may walk the prices in their order.
    """
    wanted = Q(pk__in=())
    for place, price_list in enumerate(price_lists):
        one = Q(prices__price_list_id=price_list)
        if place:
            better = Price.objects.filter(
                product=OuterRef("pk"), price_list_id__in=price_lists[:place]
            )
            one = Q(one, ~Exists(better))
        wanted |= one
    return rows.filter(wanted, prices__piece__isnull=False)


def _distance(start: int, smallest: int) -> int:
    return -start if start <= smallest else start
