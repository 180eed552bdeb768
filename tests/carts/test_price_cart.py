"""What a cart costs: the company's own prices, shipping, tax, and always to the cent."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placet.carts.actions import (
    AllocationValues,
    add_line,
    allocate_line,
    create_cart,
    describe_cart,
)
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import PricedCart, price_cart
from placet.catalog.models import PriceList, Product, StoreTerms
from tests.cast import Cast

SKUS = ["GLV-S", "GLV-M", "DRS-10", "SWB-100", "INF-SET", "INF-LINE", "PPR-A4", "SPN-1"]


def assert_sums(priced: PricedCart) -> None:
    parts = [part for line in priced.lines for part in line.allocations]
    assert priced.goods_minor == sum(line.total_minor for line in priced.lines)
    assert priced.goods_minor == sum(part.goods_minor for part in parts)
    assert priced.tax_minor == sum(line.tax_minor for line in priced.lines)
    assert priced.tax_minor == sum(part.tax_minor for part in parts)
    assert priced.shipping_minor == sum(part.shipping_minor for part in parts)
    assert priced.total_minor == priced.goods_minor + priced.shipping_minor + priced.tax_minor


def test_a_cart_at_contract_prices(cart: Cart, cast: Cast) -> None:
    for sku, quantity in (("GLV-M", 12), ("DRS-10", 2), ("SWB-100", 250)):
        add_line(cart, sku=sku, quantity=quantity, actor=cast.lena, now=cast.now)
    priced = price_cart(cart, now=cast.now)
    gloves, dressing, swabs = priced.lines
    assert (gloves.number, gloves.unit_price_minor, gloves.list_price_minor) == (1, 750, 890)
    assert (gloves.total_minor, dressing.total_minor) == (9000, 2500)
    assert swabs.total_minor == 4998, "49.975 for 250 at 19.99 a hundred"
    assert (priced.goods_minor, priced.shipping_minor) == (16498, 990)
    # 19 % of 90.00 + 49.98 + 9.90 shipping, and 7 % of 25.00
    assert priced.tax_minor == 2848 + 175
    assert priced.minimum_order_minor == 5000
    assert_sums(priced)


def test_shipping_is_free_from_its_amount_on(cart: Cart, cast: Cast) -> None:
    add_line(cart, sku="INF-PUMP", quantity=1, actor=cast.lena, now=cast.now)
    for free_from, fee in ((189_000, 0), (189_001, 990), (None, 990)):
        StoreTerms.objects.filter(currency="EUR").update(free_shipping_from_minor=free_from)
        priced = price_cart(cart, now=cast.now)
        assert (priced.shipping_minor, priced.free_shipping_from_minor) == (fee, free_from)


def test_an_empty_cart_costs_nothing(cart: Cart, cast: Cast) -> None:
    assert price_cart(cart, now=cast.now)[1:6] == ((), 0, 0, 0, 0)


def test_another_company_pays_its_own_prices_in_its_currency(cart: Cart, cast: Cast) -> None:
    theirs = create_cart("Warsztat", actor=cast.ola, now=cast.now)
    for buyer, their_cart in ((cast.lena, cart), (cast.ola, theirs)):
        add_line(their_cart, sku="GLV-M", quantity=1, actor=buyer, now=cast.now)
    mine, others = price_cart(cart, now=cast.now), price_cart(theirs, now=cast.now)
    assert (mine.currency, mine.lines[0].unit_price_minor) == ("EUR", 800)
    assert (others.currency, others.lines[0].unit_price_minor) == ("PLN", 3900)


def test_a_contract_counts_while_it_is_valid(cart: Cart, line: CartLine, cast: Cast) -> None:
    today = cast.now.date()
    PriceList.objects.filter(key="meridian").update(valid_from=today, valid_until=today)
    assert price_cart(cart, now=cast.now).lines[0].unit_price_minor == 750
    for days in (-1, 1):
        priced = price_cart(cart, now=cast.now + timedelta(days=days))
        assert priced.lines[0].unit_price_minor == 890


def test_what_is_no_longer_for_sale_is_named(cart: Cart, line: CartLine, cast: Cast) -> None:
    assert price_cart(cart, now=cast.now).unsellable == ()
    Product.objects.filter(sku="GLV-M").update(status=Product.Status.DISCONTINUED)
    assert price_cart(cart, now=cast.now).unsellable == ("GLV-M",)
    Product.objects.filter(sku="GLV-M").update(status=Product.Status.ACTIVE)
    line.product.prices.all().delete()
    priced = price_cart(cart, now=cast.now)
    assert (priced.unsellable, priced.goods_minor) == (("GLV-M",), 0)
    assert_sums(priced)


def test_a_part_goes_where_it_says_and_else_where_the_cart_says(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    dock, store = cast.address["ICU dock"], cast.address["Main store"]
    center = cast.cost_center["meridian/4410"]
    describe_cart(cart, ship_to_id=dock, cost_center_id=center, actor=cast.lena, now=cast.now)
    whole = price_cart(cart, now=cast.now).lines[0].allocations
    assert [(p.quantity, p.ship_to_id, p.cost_center_id) for p in whole] == [(12, dock, center)]
    parts = [AllocationValues(5), AllocationValues(7, ship_to_id=store)]
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    priced = price_cart(cart, now=cast.now)
    assert [(p.quantity, p.ship_to_id, p.goods_minor) for p in priced.lines[0].allocations] == [
        (5, dock, 3750),
        (7, store, 5250),
    ]
    assert_sums(priced)


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.dictionaries(st.sampled_from(SKUS), st.integers(1, 999), min_size=1),
    cuts=st.lists(st.integers(1, 998), max_size=3),
    fee=st.integers(0, 5000),
)
def test_lines_shipping_and_tax_always_sum_to_the_total(
    cast: Cast, chosen: dict[str, int], cuts: list[int], fee: int
) -> None:
    StoreTerms.objects.filter(currency="EUR").update(shipping_fee_minor=fee)
    cart = create_cart("Any", actor=cast.lena, now=cast.now)
    for sku, quantity in chosen.items():
        line = add_line(cart, sku=sku, quantity=quantity, actor=cast.lena, now=cast.now)
        edges = [0, *sorted({cut for cut in cuts if cut < quantity}), quantity]
        parts = [AllocationValues(high - low) for low, high in pairwise(edges)]
        allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    assert_sums(price_cart(cart, now=cast.now))


@pytest.mark.parametrize("count", [5, 50, 200])
def test_the_queries_do_not_grow_with_the_lines(
    cart: Cart, cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    fill(cart, cast, count)
    with django_assert_num_queries(7):
        priced = price_cart(cart, now=cast.now)
    assert len(priced.lines) == count
    assert_sums(priced)


def fill(cart: Cart, cast: Cast, count: int) -> None:
    """Put ``count`` products into a cart, which are made for this."""
    glove = Product.objects.get(sku="GLV-M")
    default = PriceList.objects.get(key="list-eur")
    for number in range(count):
        fresh = Product.objects.create(
            created_at=cast.now,
            sku=f"X-{number}",
            name=f"Product {number}",
            category=glove.category,
            pack="box",
            tax_basis_points=1900 if number % 3 else 700,
        )
        fresh.prices.create(price_list=default, unit_price_minor=333 + number)
        CartLine.objects.create(
            created_at=cast.now,
            cart=cart,
            product=fresh,
            position=number,
            quantity=7,
            added_by_id=cast.lena.member_id,
        )
