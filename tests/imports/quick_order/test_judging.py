"""What each row would become, and that judging, adding and taking back cost few statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.carts.actions import (
    AlreadyTakenBack,
    Sent,
    add_line,
    change_line,
    create_cart,
    take_back_lines,
)
from placet.carts.models import Cart, CartLine, LineImport
from placet.catalog.actions import AssortmentValues, Naming, create_assortment
from placet.catalog.actions.part_numbers import set_part_number
from placet.catalog.models import Assortment, Category, Price, PriceList, Product
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, NotFound
from placet.imports.quick_order.adding import Target, add_to_carts
from placet.imports.quick_order.judging import Judged, JudgedRow
from placet.imports.quick_order.reading import digest_of, table_of_text, wished_rows
from placet.imports.quick_order.work import judge_for
from placet.policy.totals import line_total
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db
PLACES = {"sku": 0, "quantity": 1, "note": 2}


def judge(cast: Cast, text: str, cart: Cart | None = None, actor: Actor | None = None) -> Judged:
    rows = wished_rows(PLACES, table_of_text(text).rows)
    target = Target(cart.pk) if cart else Target()
    return judge_for(rows, target, actor=actor or cast.lena, now=cast.now)


def the_row(cast: Cast, text: str, cart: Cart | None = None) -> JudgedRow:
    return judge(cast, text, cart).rows[0]


def add(
    cast: Cast, text: str, cart: Cart | None = None, taken: frozenset[int] = frozenset()
) -> list[LineImport]:
    rows = wished_rows(PLACES, table_of_text(text).rows)
    target = Target(cart.pk) if cart else Target(name="Ward")
    judged = judge_for(rows, target, actor=cast.lena, now=cast.now)
    sent = Sent("rows.csv", digest_of(rows))
    return add_to_carts(
        judged.lines(taken=taken), target=target, sent=sent, actor=cast.lena, now=cast.now
    )


def quantities(cart: Cart) -> dict[str, int]:
    return dict(CartLine.objects.filter(cart=cart).values_list("product__sku", "quantity"))


def test_what_can_be_ordered_is_ok_at_the_companys_price(cast: Cast) -> None:
    row = the_row(cast, "GLV-M 12")
    assert (row.status, row.code, row.quantity) == ("ok", "ok", 12)
    assert row.total_minor == line_total(750, 12, 1)


def test_a_quantity_between_steps_is_rounded_with_both_numbers(cast: Cast) -> None:
    row = the_row(cast, "BOX-50 12")
    assert (row.status, row.code, row.quantity) == ("warning", "rounded", 10)
    assert row.sentences[0].startswith("12 becomes 10")
    assert the_row(cast, "BOX-50 1").quantity == 10


def test_what_is_held_back_is_not_added_and_the_merchants_not_even_named(cast: Cast) -> None:
    meridian = Company.objects.get(pk=cast.lena.company_id)
    no_pens = AssortmentValues("No pens", "deny", Naming(products=["PEN-B"]))
    ours = create_assortment(meridian, values=no_pens, actor=cast.ines, now=cast.now)
    row = the_row(cast, "PEN-B 7")
    assert (row.status, row.code, row.is_good) == ("error", "not_allowed", False)
    assert "Ines" in row.sentences[0]
    Assortment.objects.filter(pk=ours.pk).update(side=Assortment.Side.MERCHANT)
    row = the_row(cast, "PEN-B 7")
    assert (row.status, row.code, row.product) == ("error", "unknown", None)
    assert not row.nearest


def test_rounding_counts_what_is_in_the_cart_and_never_adds_nothing(cast: Cast) -> None:
    cart = fill_cart(cast, ("BOX-50", 10))
    assert the_row(cast, "BOX-50 1", cart).quantity == 5
    assert the_row(cast, "BOX-50 5", cart).code == "ok"


def test_what_is_discontinued_names_its_substitute_and_waits_for_a_yes(cast: Cast) -> None:
    row = the_row(cast, "GLV-OLD 4")
    assert (row.status, row.code, row.is_good) == ("warning", "substitute", False)
    assert row.substitute is not None
    assert row.substitute.sku == "GLV-M"
    assert the_row(cast, "GONE-1 4").code == "discontinued"


def test_short_stock_and_another_price_are_told(cast: Cast) -> None:
    Product.objects.filter(sku="PEN-B").update(stock=3)
    assert the_row(cast, "PEN-B 5").sentences[0].startswith("3 in stock")
    Product.objects.filter(sku="PEN-B").update(sells_beyond_stock=False)
    assert "Only 3 in stock" in the_row(cast, "PEN-B 5").sentences[0]
    submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)
    Price.objects.filter(product__sku=GLOVES, price_list__key="meridian").update(
        unit_price_minor=810
    )
    row = the_row(cast, "GLV-M 20")
    assert (row.status, row.code) == ("warning", "price")
    assert "7.50" in row.sentences[0]
    assert "8.10" in row.sentences[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GLVM-X 1", "unknown"),
        ("GLV-M 0", "malformed"),
        ("GLV-M x", "malformed"),
        ("\t4", "malformed"),
    ],
)
def test_what_cannot_be_says_why(cast: Cast, text: str, code: str) -> None:
    row = the_row(cast, text)
    assert (row.status, row.code, row.is_good) == ("error", code, False)


def test_an_unknown_number_names_those_that_are_like_it(cast: Cast) -> None:
    assert "GLV-M" in the_row(cast, "GLV-MM 1").nearest


def test_the_companys_own_part_number_is_found_and_no_others(cast: Cast) -> None:
    product = Product.objects.get(sku="PEN-B")
    set_part_number(product, number="M 4711", actor=cast.ines, now=cast.now)
    row = the_row(cast, "m-4711\t3")
    assert row.product == product
    assert judge(cast, "m-4711\t3", actor=cast.ola).rows[0].code == "unknown"


def test_rows_of_one_product_are_one_wish(cast: Cast) -> None:
    judged = judge(cast, "GLV-M 3\nglv-m 4\nGLV-L 1")
    first, second, _third = judged.rows
    assert (first.quantity, second.quantity, second.code) == (7, 0, "joined")
    assert [line.quantity for line in judged.lines()] == [7, 1]


def test_somebody_elses_cart_is_not_there_and_a_closed_one_is_no_target(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 20))
    with pytest.raises(NotFound):
        judge(cast, "GLV-M 1", cart, actor=cast.ola)
    submit(cart, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        judge(cast, "GLV-M 1", cart)


def test_good_rows_are_added_and_exactly_these_are_taken_back(cast: Cast) -> None:
    cart = fill_cart(cast, ("GLV-M", 5))
    (found,) = add(cast, "GLV-M 10\nBOX-50 12\nGLV-OLD 2\nNO-SUCH 3\nPEN-B 7", cart)
    assert quantities(cart) == {"GLV-M": 15, "BOX-50": 10, "PEN-B": 7}
    line = CartLine.objects.select_related("cart", "product").get(cart=cart, product__sku="PEN-B")
    change_line(line, quantity=9, actor=cast.lena, now=cast.now)
    take_back_lines(found, actor=cast.lena, now=cast.now)
    assert quantities(cart) == {"GLV-M": 5, "PEN-B": 9}
    assert found.kept == ["PEN-B"]
    with pytest.raises(AlreadyTakenBack):
        take_back_lines(found, actor=cast.lena, now=cast.now)
    assert quantities(cart) == {"GLV-M": 5, "PEN-B": 9}


def test_substitutes_are_added_where_they_were_taken(cast: Cast) -> None:
    (found,) = add(cast, "PEN-B 1\nGLV-OLD 2", taken=frozenset({2}))
    assert quantities(found.cart) == {"PEN-B": 1, "GLV-M": 2}
    assert found.cart.lines.get(product__sku="GLV-M").replaces_sku == "GLV-OLD"
    assert found.cart.name == "Ward"


def test_nobody_else_takes_it_back_and_nobody_after_the_submission(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 20))
    (found,) = add(cast, "PEN-B 7", cart)
    for who, error in (("pavel", Forbidden), ("ola", NotFound)):
        with pytest.raises(error):
            take_back_lines(found, actor=getattr(cast, who), now=cast.now)
    submit(cart, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        take_back_lines(LineImport.objects.get(pk=found.pk), actor=cast.lena, now=cast.now)


def many_products(cast: Cast, count: int) -> list[str]:
    """So many products with a list price."""
    category = Category.objects.get(path="office/")
    listed = PriceList.objects.get(currency="EUR", is_default=True)
    products = Product.objects.bulk_create(
        Product(
            created_at=cast.now,
            sku=f"BULK-{number}",
            name=f"Bulk {number}",
            category=category,
            pack="piece",
            stock=100,
        )
        for number in range(count)
    )
    Price.objects.bulk_create(
        Price(price_list=listed, product=one, unit_price_minor=100) for one in products
    )
    return [one.sku for one in products]


def statements(cast: Cast, skus: list[str]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        add(cast, "\n".join(f"{sku} 2" for sku in skus))
    return len(counted)


def test_the_statements_do_not_grow_with_the_rows(cast: Cast) -> None:
    skus = many_products(cast, 400)
    few, many = statements(cast, skus[:5]), statements(cast, skus[5:400])
    assert many <= few + 10


def test_what_does_not_fit_into_one_cart_goes_on_in_the_next(cast: Cast) -> None:
    skus = many_products(cast, 620)
    cart = create_cart("Year", actor=cast.lena, now=cast.now)
    add_line(cart, sku="GLV-M", quantity=1, actor=cast.lena, now=cast.now)
    first, second = add(cast, "\n".join(f"{sku} 2" for sku in skus), cart)
    assert (first.cart_id, first.cart.lines.count()) == (cart.pk, 500)
    assert (second.cart.name, second.cart.lines.count()) == ("Year (2)", 121)
    assert second.created_at - first.created_at < timedelta(seconds=1)
