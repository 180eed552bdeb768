"""What promotions take off, and what is missing to the next one."""

from __future__ import annotations

import pytest

from placet.policy.promotions import (
    Goods,
    NextLinePromotion,
    NextPromotion,
    Promotion,
    free_shipping,
    free_shipping_from,
    next_line_promotion,
    next_promotion,
    reduce_goods,
)

GLOVES = Goods("GLV-M", "consumables/gloves", 12, 9_000)
PUMP = Goods("PMP-1", "medical-devices/infusion", 1, 100_000)
GLOVES_10 = Promotion(
    "gloves", "line_percent", from_quantity=10, basis_points=1_000,
    categories=frozenset({"consumables"}),
)  # fmt: skip
SPRING = Promotion("spring", "order_amount", from_goods_minor=50_000, amount_minor=5_000)
FIVE = Promotion("five", "order_percent", from_goods_minor=100_000, basis_points=500)
FREE = Promotion("free", "free_shipping", from_goods_minor=20_000)


def taken(*lines, promotions):
    reduced = reduce_goods(lines, promotions)
    return reduced.nets, [(one.promotion.key, one.amount_minor) for one in reduced.taken]


def test_a_line_takes_a_promotion_of_its_category_from_its_quantity_on():
    few = GLOVES._replace(quantity=9)
    assert taken(GLOVES, PUMP, promotions=[GLOVES_10]) == ((8_100, 100_000), [("gloves", 900)])
    assert taken(few, promotions=[GLOVES_10]) == ((9_000,), [])


@pytest.mark.parametrize(
    ("category", "is_named"),
    [
        ("consumables", True),
        ("consumables/gloves", True),
        ("consumables-2", False),
        ("consumable", False),
    ],
)
def test_a_category_is_named_with_everything_below_it(category, is_named):
    assert GLOVES_10.names(GLOVES._replace(category=category)) is is_named


def test_a_product_is_named_by_itself_and_without_names_every_line_is_meant():
    one = GLOVES_10._replace(categories=frozenset(), products=frozenset({"PMP-1"}))
    assert (one.names(PUMP), one.names(GLOVES)) == (True, False)
    assert Promotion("all", "line_percent").names(GLOVES)


def test_of_several_the_best_for_the_line_counts_and_only_that():
    better = GLOVES_10._replace(key="zz", basis_points=1_500)
    assert taken(GLOVES, promotions=[GLOVES_10, better]) == ((7_650,), [("zz", 1_350)])


def test_of_equals_the_smallest_key_counts_however_they_are_told():
    twin = GLOVES_10._replace(key="a-twin")
    for promotions in ([GLOVES_10, twin], [twin, GLOVES_10]):
        assert taken(GLOVES, promotions=promotions)[1] == [("a-twin", 900)]


def test_the_order_takes_one_promotion_read_at_what_lines_leave():
    lines = (GLOVES, PUMP._replace(amount_minor=91_500))
    assert taken(*lines, promotions=[GLOVES_10, FIVE, SPRING])[1] == [
        ("gloves", 900),
        ("spring", 5_000),
    ]
    assert taken(GLOVES, PUMP, promotions=[GLOVES_10, FIVE, SPRING])[1] == [
        ("gloves", 900),
        ("five", 5_405),
    ]


def test_an_amount_takes_no_more_than_there_is():
    gift = SPRING._replace(from_goods_minor=0, amount_minor=10_000)
    assert taken(GLOVES, promotions=[gift]) == ((0,), [("spring", 9_000)])


def test_the_share_of_a_line_does_not_hang_on_where_it_stands():
    third = Promotion("third", "order_amount", amount_minor=100)
    lines = [Goods(sku, "a", 1, 1_000) for sku in ("A", "B", "C")]
    there, back = reduce_goods(lines, [third]), reduce_goods(lines[::-1], [third])
    assert there.nets == (967, 967, 966)
    assert back.nets == (966, 967, 967)


def test_shipping_is_free_from_the_promotion_on_or_the_terms():
    assert free_shipping(20_000, [FREE, SPRING]) == FREE
    assert free_shipping(19_999, [FREE]) is None
    assert free_shipping_from(30_000, [FREE]) == 20_000
    assert free_shipping_from(10_000, [FREE]) == 10_000
    assert free_shipping_from(None, [SPRING]) is None


def test_the_next_promotion_is_the_nearest_that_takes_more_than_what_holds_there():
    assert next_promotion(45_000, [SPRING, FIVE]) == NextPromotion(SPRING, 5_000)
    # At 100,000 five per cent are as much as the amount of 5,000; of equals "five" counts.
    assert next_promotion(60_000, [SPRING, FIVE]) == NextPromotion(FIVE, 40_000)
    small = FIVE._replace(basis_points=400)
    assert next_promotion(60_000, [SPRING, small]) is None
    assert next_promotion(100_000, [SPRING, FIVE]) is None


def test_a_line_is_told_how_many_pieces_are_missing():
    few = GLOVES._replace(quantity=7)
    assert next_line_promotion(few, [GLOVES_10]) == NextLinePromotion(GLOVES_10, 3)
    assert next_line_promotion(GLOVES, [GLOVES_10]) is None
    assert next_line_promotion(PUMP, [GLOVES_10]) is None


def test_a_line_promotion_can_bring_the_order_below_the_threshold_of_a_better_one():
    """Promotions are applied in a stated order; nobody looks for the cheapest combination."""
    goods = Goods("A", "a", 1, 50_000)
    one_percent = Promotion("one", "line_percent", basis_points=100)
    assert taken(goods, promotions=[SPRING])[0] == (45_000,)
    assert taken(goods, promotions=[SPRING, one_percent])[0] == (49_500,)
