"""Promotions, several ship-tos and taxes by country, in a cart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from placet.carts.actions import AllocationValues, add_line, allocate_line, describe_cart
from placet.carts.models import Cart
from placet.carts.pricing import LineStep, NextTier, PricedCart, price_cart
from placet.catalog.models import Price, StoreTerms
from placet.companies.models import Address, Company
from tests.carts.promotions import promote, tax_by_country
from tests.cast import Cast


def bought(cart: Cart, cast: Cast, **pieces: int) -> PricedCart:
    """The cart with these, priced; a SKU is written with an underscore."""
    for sku, quantity in pieces.items():
        add_line(cart, sku=sku.replace("_", "-"), quantity=quantity, actor=cast.lena, now=cast.now)
    return price_cart(cart, now=cast.now)


def discounts(priced: PricedCart) -> list[tuple[str, int]]:
    return [(one.promotion, one.amount_minor) for one in priced.discounts]


def test_a_line_promotion_lowers_its_line_and_goods_are_net_of_it(cart: Cart, cast: Cast) -> None:
    promote(cast, "gloves", "line_percent", categories=("consumables/gloves/",), basis_points=1000)
    priced = bought(cart, cast, GLV_M=12, DRS_15=3)
    gloves, dressings = priced.lines
    assert (gloves.gross_minor, gloves.discount_minor, gloves.total_minor) == (9_000, 900, 8_100)
    assert (gloves.promotion, dressings.promotion, dressings.discount_minor) == ("Gloves", "", 0)
    assert (priced.goods_minor, priced.discount_minor) == (8_100 + 5_970, 900)
    assert priced.gross_goods_minor == 14_970
    assert discounts(priced) == [("gloves", 900)]


def test_an_order_promotion_is_shared_by_the_lines(cart: Cart, cast: Cast) -> None:
    promote(cast, "ten", "order_amount", from_goods_minor=10_000, amount_minor=1_000)
    priced = bought(cart, cast, GLV_M=12, DRS_15=3)
    assert [line.discount_minor for line in priced.lines] == [602, 398]
    assert priced.goods_minor == sum(line.total_minor for line in priced.lines) == 13_970


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({}, True),
        ({"valid_from": date(2026, 11, 24), "valid_until": date(2026, 11, 24)}, True),
        ({"valid_from": date(2026, 11, 25)}, False),
        ({"valid_until": date(2026, 11, 23)}, False),
        ({"currency": "PLN"}, False),
        ({"ended_at": "2026-11-23T08:00:00Z"}, False),
    ],
)
def test_a_promotion_holds_on_its_days_in_its_currency(
    cart: Cart, cast: Cast, values: dict[str, Any], holds: bool
) -> None:
    promote(cast, "all", "line_percent", basis_points=1000, **values)
    assert bool(bought(cart, cast, GLV_M=12).discounts) is holds


def test_days_are_those_of_the_merchants_calendar(cart: Cart, cast: Cast) -> None:
    promote(cast, "all", "line_percent", basis_points=1000, valid_until=date(2026, 11, 24))
    bought(cart, cast, GLV_M=12)
    midnight = cast.now.replace(hour=23, minute=30)
    Company.objects.filter(slug="norden").update(time_zone="Pacific/Auckland")
    assert not price_cart(cart, now=midnight).discounts
    Company.objects.filter(slug="norden").update(time_zone="America/New_York")
    assert price_cart(cart, now=midnight + timedelta(hours=3)).discounts


def test_a_companys_own_promotion_is_for_nobody_else(cart: Cart, cast: Cast) -> None:
    mine = promote(cast, "own", "line_percent", basis_points=500, company_id=cast.company["park"])
    priced = bought(cart, cast, GLV_M=12)
    assert not priced.discounts
    mine.company_id = cast.company["meridian"]
    mine.save()
    assert discounts(price_cart(cart, now=cast.now)) == [("own", 450)]


def test_what_is_missing_to_the_next_step_is_told(cart: Cart, cast: Cast) -> None:
    promote(cast, "ten", "order_amount", from_goods_minor=10_000, amount_minor=1_000)
    promote(cast, "free", "free_shipping", from_goods_minor=20_000)
    promote(cast, "bulk", "line_percent", from_quantity=20, basis_points=1500, skus=("GLV-M",))
    priced = bought(cart, cast, GLV_M=8)
    line = priced.lines[0]
    assert (line.unit_price_minor, line.next_tier) == (800, NextTier(2, 750))
    assert line.next_promotion == LineStep(12, "Bulk", 1500)
    assert priced.next_promotion is not None
    assert (priced.next_promotion.promotion.name, priced.next_promotion.gap_minor) == ("Ten", 3_600)
    assert priced.free_shipping_from_minor == 20_000


def test_a_step_is_told_in_pieces_that_can_be_ordered(cart: Cart, cast: Cast) -> None:
    listed = Price.objects.get(product__sku="BOX-50")
    listed.pk, listed.from_quantity, listed.unit_price_minor = None, 22, 199
    listed.save()
    line = bought(cart, cast, BOX_50=15).lines[0]
    assert line.next_tier == NextTier(10, 199), "boxes are sold in fives"


def test_each_ship_to_pays_its_own_shipping_until_it_is_free_for_all(
    cart: Cart, cast: Cast
) -> None:
    dock, store = cast.address["ICU dock"], cast.address["Main store"]
    describe_cart(cart, ship_to_id=dock, actor=cast.lena, now=cast.now)
    line = add_line(cart, sku="GLV-M", quantity=12, actor=cast.lena, now=cast.now)
    parts = [AllocationValues(8), AllocationValues(4, ship_to_id=store)]
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    priced = price_cart(cart, now=cast.now)
    assert [(one.ship_to, one.goods_minor, one.shipping_minor) for one in priced.shipments] == [
        (dock, 6_000, 990),
        (store, 3_000, 990),
    ]
    assert priced.shipping_minor == 1_980
    StoreTerms.objects.filter(currency="EUR").update(free_shipping_from_minor=9_000)
    assert price_cart(cart, now=cast.now).shipping_minor == 0


def test_goods_are_taxed_at_the_rate_of_the_country_they_go_to(cart: Cart, cast: Cast) -> None:
    dock, store = cast.address["ICU dock"], cast.address["Main store"]
    tax_by_country(cast, "GLV-M", DE=1900, elsewhere=2300)
    Address.objects.filter(pk=store).update(country="PL")
    describe_cart(cart, ship_to_id=dock, actor=cast.lena, now=cast.now)
    line = add_line(cart, sku="GLV-M", quantity=12, actor=cast.lena, now=cast.now)
    parts = [AllocationValues(8), AllocationValues(4, ship_to_id=store)]
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    priced = price_cart(cart, now=cast.now)
    rates = [(one.basis_points, one.net_minor, one.tax_minor) for one in priced.taxes]
    assert rates == [(1900, 6_000 + 1_980, 1_516), (2300, 3_000, 690)]
    assert [part.tax_basis_points for part in priced.lines[0].allocations] == [1900, 2300]
    assert priced.tax_minor == 1_516 + 690


def test_without_a_rate_for_the_country_a_product_keeps_its_own(cart: Cart, cast: Cast) -> None:
    tax_by_country(cast, "GLV-M", PL=2300)
    assert bought(cart, cast, GLV_M=12).taxes[0].basis_points == 1900


def test_promotions_taxes_and_places_take_the_same_queries_for_any_cart(
    cart: Cart, cast: Cast, django_assert_num_queries: Any
) -> None:
    tax_by_country(cast, "GLV-M", "DRS-10", DE=1900)
    for key in ("a", "b", "c"):
        promote(cast, key, "line_percent", categories=("consumables/",), basis_points=100)
    bought(cart, cast, GLV_M=12)
    with django_assert_num_queries(9):
        price_cart(cart, now=cast.now)
    bought(cart, cast, DRS_10=2, DRS_15=2, PPR_A4=3)
    with django_assert_num_queries(9):
        price_cart(cart, now=cast.now)
