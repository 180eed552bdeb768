"""The order by price: a column that says the same as looking at every tier would."""

from __future__ import annotations

import random

import pytest

from placet.catalog.actions import PriceValues, remove_prices, set_prices, upsert_products
from placet.catalog.listing import list_products
from placet.catalog.models import Price, PriceList, Product
from placet.catalog.prices import price_lists_of
from placet.catalog.product_values import values_of
from placet.catalog.wanted import Wanted
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def expected(cast: Cast) -> list[str]:
    """By the first list that has the product, the tier of the smallest order, a piece of it."""
    lists = [one for one in price_lists_of(cast.lena.company_id, "EUR", cast.now) if one]
    found = []
    for product in Product.objects.filter(status="active"):
        for price_list in lists:
            tiers = dict(
                Price.objects.filter(price_list=price_list, product=product).values_list(
                    "from_quantity", "unit_price_minor"
                )
            )
            if tiers:
                below = [one for one in tiers if one <= product.minimum_quantity]
                minor = tiers[max(below) if below else min(tiers)]
                found.append((minor / product.price_quantity, product.name, product.pk))
                break
    return [pk for _piece, _name, pk in sorted(found)]


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_looking_at_every_tier_says(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    lists = [PriceList.objects.get(key=key) for key in ("list-eur", "meridian")]
    at = {"actor": cast.mira, "now": cast.now}
    for _turn in range(6):
        products = list(Product.objects.select_related("category", "tax_class", "substitute"))
        some = chance.sample(products, 4)
        price_list = chance.choice(lists)
        if chance.random() < 0.3:
            remove_prices(lists[1], skus=[some[0].sku], **at)
        tiers = [
            PriceValues(one.sku, chance.randrange(1, 5_000), start)
            for one in some
            for start in chance.sample([1, 2, 5, 10, 50], chance.randrange(1, 4))
        ]
        set_prices(price_list, prices=tiers, **at)
        changed = chance.sample(products, 3)
        upsert_products(
            [
                values_of(one)._replace(
                    minimum_quantity=chance.choice([1, 3, 10]),
                    price_quantity=chance.choice([1, 10, 100]),
                )
                for one in changed
            ],
            **at,
        )
        shown = list_products(cast.lena, Wanted(order="price"), limit=100, now=cast.now)
        assert [one.pk for one in shown] == expected(cast)
    assert not Price.objects.filter(piece__isnull=False, product__prices=None).exists()
