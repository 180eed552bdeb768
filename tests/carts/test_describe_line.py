"""The company's own fields of lines: asked, checked, frozen, and needed where it says so."""

from __future__ import annotations

import pytest

from placet.carts.actions import describe_cart, describe_line
from placet.carts.models import Cart, CartLine
from placet.companies.actions.reference_fields import FieldShape, add_reference_field
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.orders.content import read_content
from placet.orders.queries import find_order_of
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db


def ask_lines(cast: Cast, key: str = "room", **shape: object) -> None:
    """Meridian asks for one thing with every line."""
    company = Company.objects.get(pk=cast.company["meridian"])
    wanted = FieldShape(**{"name": "Room", "is_per_line": True, **shape})  # type: ignore[arg-type]
    add_reference_field(company, key=key, shape=wanted, actor=cast.ines, now=cast.now)


def the_line(cart: Cart) -> CartLine:
    return CartLine.objects.select_related("cart__company", "product").get(cart=cart)


def test_what_a_line_says_is_frozen_with_it(cast: Cast) -> None:
    ask_lines(cast, kind="pattern", pattern=r"R\d+", hint="R12", is_required=True)
    cart = fill_cart(cast, (GLOVES, 20))
    with pytest.raises(InvalidInput) as missing:
        submit(cart, actor=cast.lena, now=cast.now)
    assert missing.value.path == "lines/1/references/room"
    line = the_line(cart)
    at = {"actor": cast.lena, "now": cast.now}
    with pytest.raises(InvalidInput):
        describe_line(line, references={"room": "12"}, **at)  # type: ignore[arg-type]
    describe_line(line, references={"room": "R12", "nothing": "x"}, note="By the door", **at)  # type: ignore[arg-type]
    assert (line.references, line.note) == ({"room": "R12"}, "By the door")
    order = find_order_of(submit(cart, actor=cast.lena, now=cast.now).pk)
    assert order is not None
    (frozen,) = read_content(order.content).lines
    assert (dict(frozen.references), frozen.note) == ({"room": "R12"}, "By the door")


def test_fields_of_lines_are_not_asked_of_the_purchase(cast: Cast) -> None:
    ask_lines(cast, is_required=True)
    cart = Cart.objects.get(pk=fill_cart(cast, (GLOVES, 20)).pk)
    describe_cart(cart, references={"room": "12"}, actor=cast.lena, now=cast.now)
    assert cart.references == {}


@pytest.mark.parametrize(("who", "error"), [("pavel", Forbidden), ("ola", NotFound)])
def test_nobody_else_describes_it(cast: Cast, who: str, error: type[Exception]) -> None:
    ask_lines(cast)
    line = the_line(fill_cart(cast, (GLOVES, 20)))
    with pytest.raises(error):
        describe_line(line, references={"room": "1"}, actor=getattr(cast, who), now=cast.now)
    with pytest.raises(Conflict):
        describe_line(line, note="x", version=line.version + 1, actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput):
        describe_line(line, note="x" * 401, actor=cast.lena, now=cast.now)
