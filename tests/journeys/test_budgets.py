"""More than is left: the budget's mode decides whether somebody is asked or it cannot leave."""

from __future__ import annotations

import pytest

from placet.budgets.actions import adjust_budget
from placet.budgets.models import Budget, Reservation
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import (
    DRESSINGS,
    GLOVES,
    answers,
    fills_cart,
    orders,
    state_of,
    submits,
)


@pytest.fixture
def budget(day: Day, cast: Cast) -> Budget:
    """100.00 EUR for cost centre 4410; Ines answers for it."""
    found = Budget.objects.get(company_id=cast.company["meridian"])
    adjust_budget(
        found.pk, change_minor=100_00 - 25_000_00, reason="cut", actor=cast.ines, now=cast.now
    )
    Budget.objects.filter(pk=found.pk).update(responsible=cast.member["helena"])
    found.refresh_from_db()
    return found


def test_over_budget_adds_helena_who_answers_for_it_with_the_amount_over(
    people: People, cast: Cast, day: Day, budget: Budget
) -> None:
    cart_id = fills_cart(people.lena, cast, DRESSINGS)
    shown = people.lena.opens("cart", cart_id)
    for words in ("Needs 2 approvals", "Rashid Haddad", "Helena Brandt", "895.00 over"):
        assert words in shown, words
    submits(people.lena, cart_id)
    requisition = Requisition.objects.get()
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert not Order.objects.exists()
    answers(people.helena, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    budget.refresh_from_db()
    assert (budget.committed_minor, budget.left_minor) == (995_00, -895_00)


def test_a_budget_that_blocks_says_so_and_offers_ways_out(
    people: People, cast: Cast, budget: Budget
) -> None:
    Budget.objects.filter(pk=budget.pk).update(mode=Budget.Mode.BLOCK)
    lena = people.lena
    cart_id = fills_cart(lena, cast, DRESSINGS)
    shown = lena.opens("cart", cart_id)
    assert "Cannot be ordered like this" in shown
    assert "Ways out" in shown
    address = lena.address("cart_submit", cart_id)
    assert not shown.forms_to(address), "the button is offered"
    plan_hash = next(
        dict(form.values)["plan_hash"] for form in shown.forms if form.action == address
    )
    assert lena.browser.post(address, {"plan_hash": plan_hash}).status_code == 409
    assert not Requisition.objects.exists()
    assert not Reservation.objects.exists()


def test_what_waits_is_reserved_so_the_second_purchase_finds_less(
    people: People, cast: Cast, day: Day, budget: Budget
) -> None:
    """Two purchases of 150.00 do not both fit, whoever is asked first."""
    adjust_budget(
        budget.pk, change_minor=100_00, reason="a little more", actor=cast.ines, now=cast.now
    )
    first = orders(people.lena, cast, "GLV-M 20")
    assert state_of(first) == "ordered"
    second = fills_cart(people.lena, cast, GLOVES)
    shown = people.lena.opens("cart", second)
    assert "100.00 over" in shown
    assert "Helena Brandt" in shown
