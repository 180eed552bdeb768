"""References, places and cost centre of a cart; the PO number in the company's form."""

from datetime import date

import pytest

from placet.carts.actions import KEEP, change_line, describe_cart, share_cart
from placet.carts.models import Cart, CartAuthor, CartLine
from placet.companies.models import Member
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.events.models import Event
from tests.carts.conftest import View
from tests.cast import Cast


def test_values_are_set_kept_and_taken_away(cart: Cart, cast: Cast) -> None:
    describe_cart(
        cart,
        po_number=" PR-88121 ",
        cost_center_id=cast.cost_center["meridian/4410"],
        ship_to_id=cast.address["ICU dock"],
        bill_to_id=cast.address["Accounts payable"],
        justification="Week 48",
        requested_on=date(2026, 12, 1),
        version=cart.version,
        actor=cast.lena,
        now=cast.now,
    )
    describe_cart(
        cart, cost_center_id="", requested_on=None, po_number=KEEP, actor=cast.lena, now=cast.now
    )
    stored = Cart.objects.select_related("ship_to", "bill_to").get(pk=cart.pk)
    assert (stored.po_number, stored.justification) == ("PR-88121", "Week 48")
    assert stored.ship_to is not None
    assert stored.bill_to is not None
    assert stored.cost_center is None
    assert stored.requested_on is None
    assert stored.version == cart.version == 3
    event = Event.objects.filter(type="cart.described").latest("seq")
    assert '"changed":["cost_center","requested_on"]' in event.payload
    assert "Week 48" not in event.payload


@pytest.mark.parametrize("wrong", ["88121", "PR-8812", "PR-881210", "pr-88121", "PR-88121;x"])
def test_a_po_number_has_the_form_of_the_company(cart: Cart, cast: Cast, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        describe_cart(cart, po_number=wrong, actor=cast.lena, now=cast.now)
    assert (refusal.value.path, refusal.value.code) == ("po_number", "po_format")
    assert "PR- and five digits" in refusal.value.detail
    assert Cart.objects.get(pk=cart.pk).po_number == ""


def test_a_form_that_cannot_be_read_blocks_nobody_for_long(cart: Cart, cast: Cast) -> None:
    cart.company.po_pattern = "(a+)+$"
    with pytest.raises(InvalidInput) as refusal:
        describe_cart(cart, po_number="a" * 60, actor=cast.lena, now=cast.now)
    assert refusal.value.code == "po_pattern"


def test_without_a_form_any_short_line_will_do(cart: Cart, cast: Cast) -> None:
    cart.company.po_pattern = ""
    describe_cart(cart, po_number="anything", actor=cast.lena, now=cast.now)
    for wrong in ("x" * 61, "two\nlines"):
        with pytest.raises(InvalidInput):
            describe_cart(cart, po_number=wrong, actor=cast.lena, now=cast.now)


def test_a_place_out_of_reach_is_not_found_and_nothing_is_written(cart: Cart, cast: Cast) -> None:
    for wrong in (cast.address["Magazyn"], cast.address["Biomed workshop"], "adr_nothing"):
        with pytest.raises(NotFound):
            describe_cart(
                cart, ship_to_id=wrong, po_number="PR-11111", actor=cast.lena, now=cast.now
            )
    with pytest.raises(NotFound):
        describe_cart(
            cart,
            cost_center_id=cast.cost_center["kowalski/4410"],
            actor=cast.lena,
            now=cast.now,
        )
    stored = Cart.objects.get(pk=cart.pk)
    assert (stored.po_number, stored.ship_to, stored.version) == ("", None, 1)


def test_the_second_to_describe_is_told_who_was_first(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    seen = cart.version
    theirs = seen_by(cast.pavel)
    change_line(theirs.lines.get(), quantity=3, actor=cast.pavel, now=cast.now)
    with pytest.raises(Conflict) as refusal:
        describe_cart(cart, justification="x", version=seen, actor=cast.lena, now=cast.now)
    assert "Pavel Novák changed this cart" in refusal.value.detail
    assert refusal.value.facts["version"] == seen + 1


def test_who_redirects_a_cart_shaped_it(
    cart: Cart, line: CartLine, cast: Cast, seen_by: View
) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    authors = CartAuthor.objects.filter(cart=cart, member=pavel)
    describe_cart(seen_by(cast.pavel), justification="Urgent", actor=cast.pavel, now=cast.now)
    assert not authors.exists()
    describe_cart(
        seen_by(cast.pavel),
        ship_to_id=cast.address["Main store"],
        actor=cast.pavel,
        now=cast.now,
    )
    assert authors.exists()


def test_an_outsider_describes_nothing(cart: Cart, cast: Cast) -> None:
    with pytest.raises(NotFound):
        describe_cart(cart, justification="x", actor=cast.ola, now=cast.now)
