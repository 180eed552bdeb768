"""The moment of ordering: what has changed since the approval has a name, an owner, a way on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from placet.budgets.actions import set_credit
from placet.budgets.models import Budget, Reservation
from placet.catalog import actions as catalog
from placet.catalog.actions import PriceValues
from placet.catalog.models import PriceList, Product, StoreTerms
from placet.companies.models import Address, Company
from placet.core.errors import Conflict, InvalidInput
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.requisitions.actions import (
    apply_due_decisions,
    retry_placement,
    withdraw_requisition,
)
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Requisition,
    RevisionOrigin,
)
from placet.requisitions.placement import CODES
from tests.cast import Cast
from tests.cast_people import system_of
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)
AFTER_THE_HOLD = timedelta(days=16)


def approved_after(
    cast: Cast, change: Callable[[], object], *, wait: timedelta = LATER
) -> Requisition:
    """Lena's purchase of 50 dressings: submitted, then something changes, then Rashid approves."""
    requisition = submit(
        fill_cart(cast, (DRESSING, 50), (GLOVES, 10)), actor=cast.lena, now=cast.now
    )
    change()
    answer(requisition, "approve", actor=cast.rashid, now=cast.now + wait)
    apply_due_decisions(now=cast.now + wait + LATER)
    requisition.refresh_from_db()
    return requisition


def set_price(sku: str, minor: int, cast: Cast) -> None:
    prices = PriceList.objects.get(key="meridian")
    norden = Company.objects.get(slug="norden")
    catalog.set_prices(
        prices, prices=[PriceValues(sku, minor)], actor=system_of(norden), now=cast.now
    )


def set_stock(sku: str, stock: int) -> None:
    Product.objects.filter(sku=sku).update(stock=stock, sells_beyond_stock=False)


def discontinue() -> None:
    Product.objects.filter(sku=DRESSING).update(status=Product.Status.DISCONTINUED)


def run_short() -> None:
    set_stock(DRESSING, 49)


def close_the_dock() -> None:
    Address.objects.exclude(closed_at=None).update(closed_at=None)
    Address.objects.filter(kind=Address.Kind.SHIP_TO).update(closed_at="2026-11-24T09:00:00Z")


OPEN = {"not_for_sale": discontinue, "out_of_stock": run_short, "address_closed": close_the_dock}


def last_problem(requisition: Requisition) -> str:
    event = Event.objects.filter(
        subject=requisition.pk, type="requisition.placement_failed"
    ).latest("seq")
    return event.payload


@pytest.mark.parametrize("code", OPEN)
def test_a_problem_has_a_name_and_keeps_decision_and_budget(cast: Cast, code: str) -> None:
    requisition = approved_after(cast, OPEN[code])
    assert requisition.status == Requisition.Status.PLACEMENT_FAILED
    assert requisition.problem == code
    assert f'"problem":"{code}"' in last_problem(requisition)
    assert code in CODES
    assert DecisionOutcome.objects.get(decision__step__requisition=requisition).kind == "applied"
    held = Reservation.objects.filter(requisition_id=requisition.pk)
    assert {one.status for one in held} == {Reservation.Status.OPEN}
    assert not Order.objects.exists()
    assert verify() == []


@pytest.mark.parametrize("code", OPEN)
def test_it_can_be_withdrawn_and_the_budget_is_free(cast: Cast, code: str) -> None:
    requisition = approved_after(cast, OPEN[code])
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now + LATER)
    requisition.refresh_from_db()
    assert (requisition.status, requisition.problem) == ("withdrawn", "")
    held = Reservation.objects.filter(requisition_id=requisition.pk)
    assert {one.status for one in held} == {Reservation.Status.RELEASED}
    assert verify() == []


def test_once_there_is_stock_again_it_leaves_and_the_stock_is_less(cast: Cast) -> None:
    requisition = approved_after(cast, run_short)
    with pytest.raises(Conflict) as still:
        retry_placement(requisition, actor=cast.lena, now=cast.now + LATER)
    assert still.value.facts["problem"] == "out_of_stock"
    assert Product.objects.get(sku=DRESSING).stock == 49
    set_stock(DRESSING, 60)
    placed = retry_placement(requisition, actor=cast.ines, now=cast.now + LATER)
    assert (placed.status, placed.problem) == ("ordered", "")
    assert Product.objects.get(sku=DRESSING).stock == 10
    assert Product.objects.get(sku=GLOVES).stock == 500, (
        "what sells beyond its stock is not counted"
    )
    assert verify() == []


def test_what_sells_beyond_its_stock_is_ordered_all_the_same(cast: Cast) -> None:
    ordered = approved_after(cast, lambda: Product.objects.update(stock=0))
    assert ordered.status == Requisition.Status.ORDERED


def test_the_supplier_that_lowers_the_credit_is_not_named_as_the_reason(cast: Cast) -> None:
    meridian = Company.objects.get(pk=cast.company["meridian"])
    set_credit(meridian, limit_minor=10**9, mode="block", actor=cast.odd, now=cast.now)

    def lower() -> None:
        set_credit(meridian, limit_minor=100, mode="block", actor=cast.odd, now=cast.now)

    requisition = approved_after(cast, lower)
    assert requisition.problem == "supplier_declines"
    assert "credit" not in last_problem(requisition)
    set_credit(meridian, limit_minor=10**9, mode="block", actor=cast.odd, now=cast.now)
    retry_placement(requisition, actor=cast.lena, now=cast.now + LATER)
    assert Order.objects.count() == 1
    assert verify() == []


def test_inside_the_hold_the_frozen_price_leaves(cast: Cast) -> None:
    requisition = approved_after(cast, lambda: set_price(DRESSING, 9_900, cast))
    order = Order.objects.get(requisition_id=requisition.pk)
    assert requisition.revisions.count() == 1
    assert {line.unit_price_minor for line in order.lines.filter(sku=DRESSING)} == {1990}


def test_after_the_hold_a_lower_price_is_the_buyers_and_nobody_is_asked_again(cast: Cast) -> None:
    requisition = approved_after(
        cast, lambda: set_price(DRESSING, 1_500, cast), wait=AFTER_THE_HOLD
    )
    assert requisition.status == Requisition.Status.ORDERED
    assert requisition.revision is not None
    assert requisition.revision.number == 2
    assert requisition.revision.origin.cause == RevisionOrigin.Cause.MOVED
    assert CarryOver.objects.get().decision.member_id == cast.member["rashid"]
    order = Order.objects.get()
    assert order.content_hash == requisition.revision.content_hash
    assert order.lines.get(sku=DRESSING).unit_price_minor == 1_500
    assert order.lines.get(sku=GLOVES).unit_price_minor == 750
    assert requisition.total_minor == order.goods_minor + order.shipping_minor
    assert verify() == []


def test_after_the_hold_a_dearer_purchase_is_asked_for_again(cast: Cast) -> None:
    requisition = approved_after(
        cast, lambda: set_price(DRESSING, 2_500, cast), wait=AFTER_THE_HOLD
    )
    now = cast.now + AFTER_THE_HOLD + LATER
    assert requisition.status == Requisition.Status.PENDING
    assert requisition.revision is not None
    assert requisition.revision.number == 2
    assert cast.user["rashid"] not in requisition.revision.authors
    assert not Order.objects.exists()
    assert not CarryOver.objects.exists()
    assert verify() == []
    answer(requisition, "approve", actor=cast.rashid, now=now)
    apply_due_decisions(now=now + LATER)
    order = Order.objects.get()
    assert order.lines.get(sku=DRESSING).unit_price_minor == 2_500
    assert Decision.objects.filter(step__requisition=requisition).count() == 2
    assert verify() == []


def test_within_the_tolerance_the_approved_price_leaves(cast: Cast) -> None:
    def rise() -> None:
        set_price(DRESSING, 2_029, cast)
        StoreTerms.objects.filter(currency="EUR").update(price_tolerance_basis_points=200)

    requisition = approved_after(cast, rise, wait=AFTER_THE_HOLD)
    assert requisition.status == Requisition.Status.ORDERED
    assert requisition.revisions.count() == 1
    assert Order.objects.get().lines.get(sku=DRESSING).unit_price_minor == 1_990


def test_beyond_the_tolerance_only_what_moved_so_far_is_priced_anew(cast: Cast) -> None:
    def rise() -> None:
        set_price(DRESSING, 2_500, cast)
        set_price(GLOVES, 755, cast)
        StoreTerms.objects.filter(currency="EUR").update(price_tolerance_basis_points=200)

    requisition = approved_after(cast, rise, wait=AFTER_THE_HOLD)
    assert requisition.revision is not None
    read = read_content(requisition.revision.content)
    assert {line.sku: line.unit_price_minor for line in read.lines} == {
        DRESSING: 2_500,
        GLOVES: 750,
    }


def test_a_price_for_another_number_of_pieces_is_the_same_price(cast: Cast) -> None:
    """The 19.90 that were approved are for one piece, whatever a price is for by then."""

    def sell_by_the_hundred() -> None:
        Product.objects.filter(sku=DRESSING).update(price_quantity=100)
        set_price(DRESSING, 199_000, cast)

    requisition = approved_after(cast, sell_by_the_hundred, wait=AFTER_THE_HOLD)
    assert requisition.status == Requisition.Status.ORDERED
    assert requisition.revisions.count() == 1
    assert Order.objects.get().lines.get(sku=DRESSING).total_minor == 50 * 1_990


def test_a_price_that_the_budget_cannot_take_leaves_everything_as_it_was(cast: Cast) -> None:
    def rise() -> None:
        set_price(DRESSING, 900_000, cast)
        Budget.objects.exclude(account=Budget.Account.CREDIT).update(mode=Budget.Mode.BLOCK)

    requisition = approved_after(cast, rise, wait=AFTER_THE_HOLD)
    assert requisition.status == Requisition.Status.PLACEMENT_FAILED
    assert requisition.problem == "price_moved"
    assert requisition.revisions.count() == 1
    assert verify() == []


def test_a_tolerance_is_a_share(cast: Cast) -> None:
    norden = system_of(Company.objects.get(slug="norden"))
    for wrong in (-1, 10_001):
        with pytest.raises(InvalidInput):
            catalog.set_store_terms(
                "EUR", price_tolerance_basis_points=wrong, actor=norden, now=cast.now
            )


def test_two_steps_and_a_moved_price_ask_only_those_whose_reason_got_worse(cast: Cast) -> None:
    """Rashid answers for the sum, Biomedical engineering for the device: the device got cheaper."""
    requisition = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)
    now = cast.now + AFTER_THE_HOLD
    set_price(INFUSION_SET, 11_000, cast)
    answer(requisition, "approve", actor=cast.rashid, now=now)
    apply_due_decisions(now=now + LATER)
    answer(requisition, "approve", actor=cast.anika, now=now)
    apply_due_decisions(now=now + LATER)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert CarryOver.objects.count() == 2
    assert verify() == []
