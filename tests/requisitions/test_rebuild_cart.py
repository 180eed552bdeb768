"""Another try of what ended without an order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placet.carts.pricing import price_cart
from placet.catalog.models import Price
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden
from placet.jobs.verify import verify
from placet.requisitions.actions import rebuild_cart, withdraw_requisition
from placet.requisitions.earlier_try import earlier_rejection
from placet.requisitions.models import CarryOver, Requisition, Step
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, submit

pytestmark = pytest.mark.django_db


def at_once(actor: Actor) -> Actor:
    return replace(actor, channel="api")


def rejected(cast: Cast) -> Requisition:
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    answer(requisition, "reject", actor=at_once(cast.anika), reason="Wrong size.", now=cast.now)
    requisition.refresh_from_db()
    return requisition


def test_a_rejected_purchase_is_tried_again_with_no_approval_kept(cast: Cast) -> None:
    former = rejected(cast)
    cart = rebuild_cart(former, actor=cast.lena, now=cast.now)
    assert (cart.status, cart.po_number) == ("open", "PR-88121")
    again = submit(cart, actor=cast.lena, now=cast.now)
    assert again.rebuilt_from_id == former.pk
    states = again.steps.order_by("position").values_list("status", flat=True)
    assert list(states) == [Step.Status.PENDING, Step.Status.WAITING]
    assert not CarryOver.objects.exists()
    assert not verify()


def test_its_approvers_are_told_of_the_rejection_and_its_reason(cast: Cast) -> None:
    cart = rebuild_cart(rejected(cast), actor=cast.lena, now=cast.now)
    again = submit(cart, actor=cast.lena, now=cast.now)
    told = earlier_rejection(again)
    assert told is not None
    assert (told.requisition.number, told.person, told.reason) == (
        "REQ-1",
        cast.anika.name,
        "Wrong size.",
    )
    assert earlier_rejection(told.requisition) is None


def test_twice_gives_the_same_cart_and_prices_are_those_of_today(cast: Cast) -> None:
    former = rejected(cast)
    cart = rebuild_cart(former, actor=cast.lena, now=cast.now)
    assert rebuild_cart(former, actor=cast.lena, now=cast.now).pk == cart.pk
    Price.objects.filter(product__sku=INFUSION_SET).update(unit_price_minor=7_777)
    assert [one.unit_price_minor for one in price_cart(cart, now=cast.now).lines] == [7_777]


def test_only_the_requester_and_only_what_ended(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        rebuild_cart(requisition, actor=cast.lena, now=cast.now)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    for stranger in (cast.rashid, cast.ines, cast.ola, cast.tomas):
        with pytest.raises(Forbidden):
            rebuild_cart(requisition, actor=stranger, now=cast.now)
    assert rebuild_cart(requisition, actor=cast.lena, now=cast.now).pk != requisition.cart_id
