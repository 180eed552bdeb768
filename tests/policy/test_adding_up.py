"""Everything adds up: lines, discounts, shipments and tax, with 0, 2 and 3 decimals alike."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from placet.policy.adding_up import Delivery, Item, Portion, add_up
from placet.policy.money import round_half_up
from placet.policy.promotions import Promotion
from placet.policy.totals import line_total

RATES = (0, 500, 800, 1_900, 2_300)
PLACES = ("dock", "store", "home", "")
CATEGORIES = ("a", "a/b", "c")
# Minor units are whole in every currency, so large and small ones stand for 0, 2 and 3 decimals.
PRICES = st.one_of(st.integers(0, 20), st.integers(0, 10**6), st.integers(0, 10**11))

PORTIONS = st.lists(
    st.builds(Portion, st.integers(1, 500), st.sampled_from(PLACES), st.sampled_from(RATES)),
    min_size=1,
    max_size=4,
)


@st.composite
def items(draw, size=8):
    found = []
    for number in range(draw(st.integers(0, size))):
        portions = tuple(draw(PORTIONS))
        quantity = sum(portion.quantity for portion in portions)
        goods = line_total(draw(PRICES), quantity, draw(st.sampled_from((1, 10, 100))))
        found.append(Item(f"S{number}", draw(st.sampled_from(CATEGORIES)), goods, portions))
    return found


DELIVERIES = st.builds(
    Delivery,
    st.integers(0, 5_000),
    st.none() | st.integers(0, 10**7),
    st.sampled_from(RATES),
)
PROMOTIONS = st.lists(
    st.builds(
        Promotion,
        key=st.sampled_from("abcdef"),
        kind=st.sampled_from(("order_amount", "order_percent", "line_percent", "free_shipping")),
        from_goods_minor=st.integers(0, 10**6),
        from_quantity=st.integers(1, 300),
        amount_minor=st.integers(0, 10**6),
        basis_points=st.integers(0, 10_000),
        categories=st.frozensets(st.sampled_from(CATEGORIES), max_size=1),
        products=st.frozensets(st.sampled_from(("S0", "S1")), max_size=1),
    ),
    max_size=5,
    unique_by=lambda one: one.key,
)


@given(items(), DELIVERIES, PROMOTIONS)
def test_items_shipments_and_rates_each_add_up_to_the_whole(bought, delivery, promotions):
    sums = add_up(bought, delivery, promotions)
    portions = [portion for item in sums.items for portion in item.portions]
    for goods in (sums.items, sums.shipments, portions):
        assert sum(one.goods_minor for one in goods) == sums.goods_minor
        assert sum(one.tax_minor for one in goods) == sums.tax_minor
    assert sum(one.shipping_minor for one in portions) == sums.shipping_minor
    assert sum(one.net_minor for one in sums.taxes) == sums.goods_minor + sums.shipping_minor
    assert sums.total_minor == sums.goods_minor + sums.shipping_minor + sums.tax_minor


@given(items(), DELIVERIES, PROMOTIONS)
def test_what_is_taken_off_is_what_promotions_took(bought, delivery, promotions):
    sums = add_up(bought, delivery, promotions)
    assert sums.goods_minor + sums.discount_minor == sum(item.goods_minor for item in bought)
    off_goods = [one for one in sums.taken if one.promotion.kind != "free_shipping"]
    assert sum(one.amount_minor for one in off_goods) == sums.discount_minor
    assert len({one.promotion.key for one in sums.taken}) == len(sums.taken)


@given(items(), DELIVERIES, PROMOTIONS)
def test_nothing_is_ever_negative(bought, delivery, promotions):
    sums = add_up(bought, delivery, promotions)
    for one in (*sums.items, *sums.shipments, *sums.taxes):
        assert min(value for value in one if isinstance(value, int)) >= 0
    assert all(min(portion) >= 0 for item in sums.items for portion in item.portions)


@given(items(), DELIVERIES, PROMOTIONS)
def test_tax_is_rounded_once_a_rate_on_what_is_sent_at_that_rate(bought, delivery, promotions):
    sums = add_up(bought, delivery, promotions)
    nets = dict.fromkeys([one.basis_points for one in sums.taxes], 0)
    for item, found in zip(bought, sums.items, strict=True):
        for portion, share in zip(item.portions, found.portions, strict=True):
            nets[portion.tax_basis_points] += share.goods_minor
    if sums.shipping_minor:
        nets[delivery.tax_basis_points] += sums.shipping_minor
    for one in sums.taxes:
        assert one.net_minor == nets[one.basis_points]
        assert one.tax_minor == round_half_up(Fraction(one.net_minor * one.basis_points, 10_000))


@given(items(size=4), DELIVERIES, PROMOTIONS)
def test_the_order_of_lines_changes_neither_totals_nor_any_line(bought, delivery, promotions):
    first = add_up(bought, delivery, promotions)
    nets = {item.sku: one.goods_minor for item, one in zip(bought, first.items, strict=True)}
    for others in permutations(bought):
        sums = add_up(others, delivery, promotions)
        assert (sums.total_minor, sums.tax_minor) == (first.total_minor, first.tax_minor)
        assert sums.taxes == first.taxes
        assert nets == {
            item.sku: one.goods_minor for item, one in zip(others, sums.items, strict=True)
        }


@given(items(), DELIVERIES, PROMOTIONS)
def test_each_place_pays_its_own_shipping_or_none_does(bought, delivery, promotions):
    sums = add_up(bought, delivery, promotions)
    places = {portion.ship_to for item in bought for portion in item.portions}
    assert {one.ship_to for one in sums.shipments} == places
    fees = {one.shipping_minor for one in sums.shipments}
    assert fees <= {delivery.fee_minor} or fees == {0}
    freed = [one for one in sums.taken if one.promotion.kind == "free_shipping"]
    asked = delivery.fee_minor * len(places)
    assert [one.amount_minor for one in freed] in ([], [asked])


@given(items(), DELIVERIES, PROMOTIONS, st.integers(0, 7), st.integers(1, 400))
def test_a_split_of_a_line_changes_no_goods(bought, delivery, promotions, place, cut):
    """Only shipping, and tax where the rates differ, may change by sending a part elsewhere."""
    if place >= len(bought) or cut >= bought[place].portions[0].quantity:
        return
    item = bought[place]
    first, *rest = item.portions
    parts = (
        first._replace(quantity=cut),
        first._replace(quantity=first.quantity - cut, ship_to="elsewhere"),
        *rest,
    )
    after = [*bought[:place], item._replace(portions=parts), *bought[place + 1 :]]
    before, then = add_up(bought, delivery, promotions), add_up(after, delivery, promotions)
    assert then.goods_minor == before.goods_minor
    assert then.shipping_minor >= before.shipping_minor


@given(PRICES, st.integers(1, 500), st.integers(1, 500), st.sampled_from((1, 10, 100)))
def test_within_a_price_tier_more_pieces_never_cost_less(price, fewer, more, price_quantity):
    """Across tiers they may: that is what a tier is. After discounts they may: see a threshold."""
    less, greater = sorted((fewer, more))
    assert line_total(price, less, price_quantity) <= line_total(price, greater, price_quantity)


def test_two_places_in_two_countries_pay_two_shippings_and_two_rates():
    gloves = Item("GLV", "a", 10_000, (Portion(6, "berlin", 1_900), Portion(4, "krakow", 2_300)))
    sums = add_up([gloves], Delivery(990, None, 1_900))
    assert [tuple(one) for one in sums.shipments] == [
        ("berlin", 6_000, 990, 1_327),
        ("krakow", 4_000, 990, 1_109),
    ]
    assert [tuple(one) for one in sums.taxes] == [(1_900, 7_980, 1_516), (2_300, 4_000, 920)]
    assert sums.total_minor == 10_000 + 1_980 + 2_436


def test_shipping_that_a_promotion_takes_away_is_stated_with_its_amount():
    free = Promotion("free", "free_shipping", from_goods_minor=9_000)
    item = Item("GLV", "a", 10_000, (Portion(6, "x", 0), Portion(4, "y", 0)))
    off = Promotion("off", "order_amount", amount_minor=1_001)
    assert add_up([item], Delivery(990, None, 0), [free]).taken[0].amount_minor == 1_980
    # What is left after discounts is what the threshold reads.
    assert add_up([item], Delivery(990, None, 0), [free, off]).shipping_minor == 1_980
    # The merchant's terms made it free already: nothing is left to take away.
    assert add_up([item], Delivery(990, 5_000, 0), [free]).taken == ()
