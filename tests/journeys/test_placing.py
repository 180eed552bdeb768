"""The moment after the last approval, when the world is not what it was: prices, stock, retries."""

from __future__ import annotations

from placet.budgets.models import Budget
from placet.catalog.actions import PriceValues, set_prices
from placet.catalog.models import PriceList, Product, StoreTerms
from placet.companies.models import Company
from placet.orders.models import Order
from tests.api.caller import own_key_of
from tests.cast import NOW, Cast
from tests.cast_people import system_of
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import DRESSINGS, answers, orders, state_of

DRESSING = "DRS-15"


def changes_price(minor: int) -> None:
    norden = Company.objects.get(slug="norden")
    set_prices(
        PriceList.objects.get(key="meridian"),
        prices=[PriceValues(DRESSING, minor)],
        actor=system_of(norden),
        now=NOW,
    )


def test_the_order_out_of_stock_has_an_owner_and_leaves_once_there_is_stock(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    Product.objects.filter(sku=DRESSING).update(stock=0, sells_beyond_stock=False)
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "placement_failed"
    reserved = Budget.objects.get().reserved_minor
    assert reserved > 0
    shown = people.lena.opens("requisition", requisition.number)
    assert "There is not enough in stock." in shown
    assert "It is with Lena Vogt" in shown
    assert requisition.number in people.ines.opens("health")
    assert any("could not be ordered" in mail.as_string() for mail in day.mails_to("lena"))
    assert not Order.objects.exists()
    Product.objects.filter(sku=DRESSING).update(stock=1_000)
    shown = people.lena.opens("requisition", requisition.number)
    assert "is ordered" in people.lena.sends(shown, "requisition_retry", requisition.number)
    assert Order.objects.count() == 1
    assert Budget.objects.get().reserved_minor == 0


def test_a_dearer_purchase_is_asked_for_again_and_a_cheaper_one_leaves(
    people: People, cast: Cast, day: Day
) -> None:
    StoreTerms.objects.update(price_hold_days=0)
    requisition = orders(people.lena, cast, DRESSINGS)
    changes_price(2_500)
    day.later(days=1)
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "pending"
    assert not Order.objects.exists()
    requisition.refresh_from_db()
    answers(people.rashid, requisition, "approve")
    changes_price(2_400)
    day.undo_passes()
    order = Order.objects.get()
    assert order.lines.get().unit_price_minor == 2_500, "held on the day of the second revision"
    evidence = people.lena.opens("evidence", requisition.number)
    assert "Prices had moved when it was to be ordered." in evidence
    assert "Every hash matches" in evidence


def test_approve_pressed_many_times_is_one_order_also_by_the_interface(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    step = requisition.steps.get()
    assert requisition.revision is not None
    rashid = own_key_of(cast.rashid)
    body = {"decision": "approve", "revision_hash": requisition.revision.content_hash}
    pressed = [rashid.post(f"/steps/{step.pk}/decisions", body).status for _ in range(5)]
    assert pressed[0] == 201
    assert set(pressed[1:]) <= {409, 403}
    day.undo_passes()
    lena = own_key_of(cast.lena)
    again = [lena.post(f"/requisitions/{requisition.pk}/placements").status for _ in range(3)]
    assert set(again) == {409}
    assert Order.objects.count() == 1
