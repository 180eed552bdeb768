"""What a line says more: typed on its page, shown with it in the cart and on the order."""

from __future__ import annotations

import pytest

from placet.carts.models import CartLine
from placet.orders.queries import find_order_of
from tests.carts.test_describe_line import ask_lines
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_for_supplier", [True, False])
def test_a_field_of_lines_goes_along_to_those_who_may_read_it(
    cast: Cast, is_for_supplier: bool
) -> None:
    ask_lines(cast, kind="pattern", pattern=r"R\d+", is_for_supplier=is_for_supplier)
    cart = fill_cart(cast, (GLOVES, 20))
    line = CartLine.objects.get(cart=cart)
    address = f"/c/meridian/carts/{cart.pk}/lines/{line.pk}/details/"
    lena = as_actor(cast.lena)
    assert "Room" in lena.get(address).content.decode()
    said = {"version": line.version, "reference-room": "12", "note": "By the door"}
    refused = lena.post(address, said)
    assert refused.status_code == 422
    assert "By the door" in refused.content.decode()
    kept = lena.post(address, {**said, "reference-room": "R12"}, follow=True).content.decode()
    assert "R12" in kept
    assert lena.post(address, said).status_code == 422
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    order = find_order_of(requisition.pk)
    assert order is not None
    for path in (f"requisitions/{requisition.number}/", f"orders/{order.number}/"):
        shown = page(cast.lena, path)
        assert "Room: R12" in shown
        assert "By the door" in shown
    told = page(cast.tomas, f"orders/{order.number}/")
    assert ("Room: R12" in told) is is_for_supplier
    assert "By the door" not in told
