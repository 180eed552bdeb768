"""What changed since somebody looked last: told until they say that they have seen it."""

from datetime import timedelta

import pytest

from placet.carts.actions import change_line
from placet.carts.models import Cart, CartLine, CartVisit
from placet.carts.pricing import price_cart
from placet.carts.visits import Visit, note_visit, read_visit, see_changes
from placet.catalog.models import Price, Product
from placet.core.actor import Actor
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def look(cart: Cart, actor: Actor, cast: Cast, minutes: int = 0) -> Visit:
    now = cast.now + timedelta(minutes=minutes)
    return note_visit(cart, price_cart(cart, now=now), actor=actor, now=now)


def told(visit: Visit) -> list[tuple[str, int, int]]:
    return [(one.change, one.before, one.after) for one in visit.changes]


def test_a_first_visit_tells_nothing(cart: Cart, line: CartLine, cast: Cast) -> None:
    visit = look(cart, cast.lena, cast)
    assert (visit.seen_at, visit.changes) == (None, ())
    assert told(look(cart, cast.lena, cast, 5)) == []


def test_another_price_is_told_until_it_was_seen(cart: Cart, line: CartLine, cast: Cast) -> None:
    look(cart, cast.lena, cast)
    before = price_cart(cart, now=cast.now).lines[0].unit_price_minor
    Price.objects.filter(product=line.product).update(unit_price_minor=before + 50)
    for minutes in (10, 20, 30):
        assert told(look(cart, cast.lena, cast, minutes)) == [("dearer", before, before + 50)]
    assert told(read_visit(cart, price_cart(cart, now=cast.now), actor=cast.lena)) == [
        ("dearer", before, before + 50)
    ]
    see_changes(cart, price_cart(cart, now=cast.now), actor=cast.lena, now=cast.now)
    assert told(look(cart, cast.lena, cast, 40)) == []
    assert CartVisit.objects.filter(cart=cart).count() == 1


def test_stock_and_the_end_of_a_product_are_told(cart: Cart, line: CartLine, cast: Cast) -> None:
    look(cart, cast.lena, cast)
    product = Product.objects.filter(pk=line.product_id)
    stock = line.product.stock
    product.update(stock=3)
    assert told(look(cart, cast.lena, cast, 1)) == [("scarce", stock, 3)]
    product.update(status=Product.Status.DISCONTINUED)
    assert [change for change, *_rest in told(look(cart, cast.lena, cast, 2))] == ["gone"]


def test_ones_own_change_of_quantity_is_no_news(cart: Cart, line: CartLine, cast: Cast) -> None:
    look(cart, cast.lena, cast)
    change_line(line, quantity=100, actor=cast.lena, now=cast.now)
    assert told(look(cart, cast.lena, cast, 1)) == []


def test_each_has_visits_of_their_own(cart: Cart, line: CartLine, cast: Cast) -> None:
    look(cart, cast.lena, cast)
    Price.objects.filter(product=line.product).update(unit_price_minor=1)
    assert told(look(cart, cast.pavel, cast, 1)) == []
    assert len(told(look(cart, cast.lena, cast, 1))) == 1
