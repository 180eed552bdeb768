"""A cart begins, is renamed, put away, submitted and given back."""

import pytest

from placet.carts.actions import archive_cart, create_cart, rename_cart
from placet.carts.closing import close_cart, reopen_cart
from placet.carts.models import Cart
from placet.carts.queries import get_cart, get_cart_line, list_carts
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.models import Event
from tests.cast import Cast
from tests.ground import Failed, Ground, race


def test_a_cart_is_its_owners_in_their_unit(cart: Cart, cast: Cast) -> None:
    assert (cart.owner_id, cart.unit_id, cart.currency) == (
        *(cast.lena.member_id, cast.lena.unit_id, "EUR"),
    )
    assert cart.ship_to is None, "she has two to choose from"
    assert cart.bill_to is not None, "there is only one"
    event = Event.objects.get(type="cart.created", subject=cart.id)
    assert "ICU-4 week 48" not in event.payload


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b"])
def test_a_name_is_needed(cart: Cart, cast: Cast, name: str) -> None:
    with pytest.raises(InvalidInput):
        create_cart(name, actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput):
        rename_cart(cart, name=name, actor=cast.lena, now=cast.now)


def test_a_cart_is_renamed_by_those_who_may(cart: Cart, cast: Cast) -> None:
    rename_cart(cart, name=" Week  49 ", actor=cast.lena, now=cast.now)
    assert Cart.objects.get(pk=cart.pk).name == "Week 49"
    with pytest.raises(NotFound):
        rename_cart(cart, name="Mine", actor=cast.ola, now=cast.now)
    with pytest.raises(Forbidden):
        rename_cart(cart, name="Mine", actor=cast.pavel, now=cast.now)


@pytest.mark.django_db
def test_the_merchants_staff_have_no_carts(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        create_cart("Mine", actor=cast.tomas, now=cast.now)


def test_an_archived_cart_is_out_of_the_way(cart: Cart, cast: Cast) -> None:
    with pytest.raises(NotFound):
        archive_cart(cart, actor=cast.ola, now=cast.now)
    archive_cart(cart, actor=cast.lena, now=cast.now)
    assert not list_carts(cast.lena)
    assert list_carts(cast.lena, status=Cart.Status.ARCHIVED)
    with pytest.raises(Conflict):
        archive_cart(cart, actor=cast.lena, now=cast.now)


def test_a_cart_is_submitted_once_and_comes_back(cart: Cart, cast: Cast) -> None:
    transaction(close_cart)(cart.id, now=cast.now)
    with pytest.raises(Conflict):
        transaction(close_cart)(cart.id, now=cast.now)
    transaction(reopen_cart)(cart.id, now=cast.now)
    with pytest.raises(Conflict):
        transaction(reopen_cart)(cart.id, now=cast.now)
    assert get_cart(cast.lena, cart.id).status == Cart.Status.OPEN


def test_of_many_who_submit_at_once_one_does(committed_db: Ground, cast: Cast) -> None:
    cart = create_cart("ICU-4 week 48", actor=cast.lena, now=cast.now)
    results = race([lambda: transaction(close_cart)(cart.id, now=cast.now)] * 8)
    assert results.count(None) == 1
    assert {r.code for r in results if isinstance(r, Failed)} == {"conflict"}


def test_an_outsider_finds_no_cart(cart: Cart, cast: Cast) -> None:
    for outsider in (cast.ola, cast.tomas, cast.pavel):
        with pytest.raises(NotFound):
            get_cart(outsider, cart.id)
        with pytest.raises(NotFound):
            get_cart_line(outsider, cart.id, "lin_nothing")
    with pytest.raises(NotFound):
        get_cart_line(cast.lena, cart.id, "lin_nothing")
