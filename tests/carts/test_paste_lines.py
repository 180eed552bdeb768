"""Quick order: fourteen pasted, thirteen found, one discontinued with a substitute."""

from typing import Any

import pytest

from placet.carts.actions import (
    AllocationValues,
    allocate_line,
    create_cart,
    paste_lines,
)
from placet.carts.closing import close_cart
from placet.carts.models import Cart, CartAuthor, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Product
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.core.transaction import transaction
from tests.cast import Cast

FOURTEEN = """GLV-S 4
GLV-M 20
GLV-L 4
DRS-10 6
DRS-15 6
SWB-100 300
INF-SET 5
INF-PUMP 1
INF-LINE 40
PPR-A4 10
PEN-B 50
BOX-50 10
SPN-1 2
GLV-OLD 6"""


def test_fourteen_rows_make_thirteen_lines_and_a_substitution(cart: Cart, cast: Cast) -> None:
    report = paste_lines(cart, text=FOURTEEN, actor=cast.lena, now=cast.now)
    assert (len(report.rows), report.found, report.substituted, report.failed) == (14, 13, 1, ())
    last = report.rows[-1]
    assert (last.outcome, last.sku, last.product and last.product.sku) == (
        *("substituted", "GLV-OLD", "GLV-M"),
    )
    assert "replaced by GLV-M" in last.detail
    gloves = cart.lines.get(product__sku="GLV-M")
    assert (gloves.quantity, gloves.replaces_sku) == (26, "GLV-OLD")
    assert [line.product.sku for line in price_cart(cart, now=cast.now).lines] == [
        row.split()[0] for row in FOURTEEN.splitlines()[:13]
    ]
    assert CartAuthor.objects.get(cart=cart).member_id == cast.lena.member_id


def test_a_substitute_that_was_not_pasted_makes_a_line_that_says_so(cart: Cart, cast: Cast) -> None:
    paste_lines(cart, text="GLV-OLD 6", actor=cast.lena, now=cast.now)
    line = cart.lines.get()
    assert (line.product.sku, line.quantity, line.replaces_sku) == ("GLV-M", 6, "GLV-OLD")


def test_every_row_is_judged_and_only_good_ones_are_added(cart: Cart, cast: Cast) -> None:
    text = "GLV-S 2\nNOPE 1\nGONE-1 1\nGLV-S zwei\nBOX-50 7\nglv-l 3"
    report = paste_lines(cart, text=text, actor=cast.lena, now=cast.now)
    assert [row.outcome for row in report.rows] == [
        *("ok", "unknown", "discontinued", "malformed", "quantity", "ok"),
    ]
    assert "nearest is 10" in report.rows[4].detail
    assert [row.number for row in report.failed] == [2, 3, 4, 5]
    assert dict(cart.lines.values_list("product__sku", "quantity")) == {"GLV-S": 2, "GLV-L": 3}


def test_a_substitute_off_sale_is_none(cart: Cart, cast: Cast) -> None:
    Product.objects.get(sku="GLV-M").prices.all().delete()
    report = paste_lines(cart, text="GLV-OLD 6", actor=cast.lena, now=cast.now)
    assert report.rows[0].outcome == "discontinued"
    assert not cart.lines.exists()


def test_what_another_company_buys_has_no_price_here(cast: Cast, db: None) -> None:
    theirs = create_cart("Warsztat", actor=cast.ola, now=cast.now)
    report = paste_lines(theirs, text="INF-SET 1\nPPR-A4 2", actor=cast.ola, now=cast.now)
    assert [row.outcome for row in report.rows] == ["not_for_sale", "ok"]


def test_rows_of_one_product_add_up_with_what_was_there(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    parts = [AllocationValues(6), AllocationValues(6)]
    allocate_line(line, allocations=parts, actor=cast.lena, now=cast.now)
    paste_lines(cart, text="GLV-M 1\nGLV-M 2\nBOX-50 10\nBOX-50 5", actor=cast.lena, now=cast.now)
    assert dict(cart.lines.values_list("product__sku", "quantity")) == {"GLV-M": 15, "BOX-50": 15}
    parts_now = line.allocations.order_by("position").values_list("quantity", flat=True)
    assert list(parts_now) == [6, 9]


def test_sums_stay_within_what_can_be_ordered(cart: Cart, cast: Cast) -> None:
    text = "PEN-B 1000000\nPEN-B 1\nGLV-M 9999999"
    report = paste_lines(cart, text=text, actor=cast.lena, now=cast.now)
    assert [row.outcome for row in report.rows] == ["ok", "quantity", "quantity"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "A 1\n" * 501])
def test_an_empty_or_endless_text_is_refused(cart: Cart, cast: Cast, text: str) -> None:
    with pytest.raises(InvalidInput):
        paste_lines(cart, text=text, actor=cast.lena, now=cast.now)


def test_the_statements_do_not_grow_with_the_rows(
    cast: Cast, db: None, django_assert_num_queries: Any
) -> None:
    counts = []
    for rows in (2, 13):
        cart = create_cart("Any", actor=cast.lena, now=cast.now)
        text = "\n".join(FOURTEEN.splitlines()[:rows])
        with django_assert_num_queries(10**9, exact=False) as queries:
            paste_lines(cart, text=text, actor=cast.lena, now=cast.now)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_outsider_pastes_nothing_and_nobody_into_a_submitted_cart(
    cart: Cart, cast: Cast
) -> None:
    with pytest.raises(NotFound):
        paste_lines(cart, text="GLV-M 1", actor=cast.ola, now=cast.now)
    transaction(close_cart)(cart.id, now=cast.now)
    with pytest.raises(Conflict):
        paste_lines(cart, text="GLV-M 1", actor=cast.lena, now=cast.now)
    assert not cart.lines.exists()
