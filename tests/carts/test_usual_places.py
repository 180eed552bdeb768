"""A cart that is made from an earlier purchase goes where the member's last one went."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from placet.carts.actions import create_cart
from placet.carts.models import Cart
from placet.companies.models import Address
from tests.cast import Cast


def _went(cart: Cart, cast: Cast, place: str) -> None:
    """The cart has this ship-to, and was changed last."""
    Cart.objects.filter(pk=cart.pk).update(
        ship_to=cast.address[place],
        cost_center=cast.cost_center["meridian/4410"],
        changed_at=cast.now + timedelta(hours=1),
    )


def test_what_is_ordered_again_goes_where_the_last_cart_went(cart: Cart, cast: Cast) -> None:
    _went(cart, cast, "ICU dock")
    again = create_cart("Again", is_as_last_time=True, actor=cast.lena, now=cast.now)
    assert again.ship_to_id == cast.address["ICU dock"]
    assert again.cost_center_id == cast.cost_center["meridian/4410"]


def test_a_new_cart_is_asked_where_it_goes(cart: Cart, cast: Cast) -> None:
    _went(cart, cast, "ICU dock")
    fresh = create_cart("Fresh", actor=cast.lena, now=cast.now)
    assert fresh.ship_to is None
    assert fresh.bill_to is not None, "there is only one"


def test_a_place_that_is_closed_meanwhile_is_not_taken(cart: Cart, cast: Cast) -> None:
    _went(cart, cast, "ICU dock")
    Address.objects.filter(pk=cast.address["ICU dock"]).update(closed_at=cast.now)
    again = create_cart("Again", is_as_last_time=True, actor=cast.lena, now=cast.now)
    assert again.ship_to_id != cast.address["ICU dock"]


def test_nobody_takes_the_places_of_anybody_elses_cart(cart: Cart, cast: Cast) -> None:
    _went(cart, cast, "ICU dock")
    of_another = replace(cast.lena, member_id=cast.pavel.member_id)
    assert (
        create_cart("Again", is_as_last_time=True, actor=of_another, now=cast.now).ship_to is None
    )
