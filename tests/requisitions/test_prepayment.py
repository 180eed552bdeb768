"""Paid after the approval and before anybody processes it: states, receipts, ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from placet.budgets.actions import set_credit
from placet.budgets.models import Budget, PeriodCount, Reservation
from placet.carts.actions import describe_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.catalog.models import Product
from placet.companies.actions import change_company
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions import AlreadyEntered, acknowledge_order, fail_order, receive_payment
from placet.orders.content import read_content
from placet.orders.models import Order, Payment
from placet.orders.payments import read_paid
from placet.orders.queries import find_order_of
from placet.plans.models import PurchasedLine
from placet.plans.planner import plan_cart
from placet.requisitions.actions import cancel_order
from tests.budgets.ground import make_budget
from tests.cast import Cast
from tests.requisitions.orders import change_to
from tests.requisitions.road import GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def offer(cast: Cast, *codes: str) -> None:
    """The supplier lets Meridian choose these terms."""
    company = Company.objects.get(pk=cast.company["meridian"])
    change_company(company, offered_terms=list(codes), actor=cast.odd, now=cast.now)


def prepaid_cart(cast: Cast, quantity: int = 20) -> Cart:
    offer(cast, "prepayment", "net_60")
    cart = Cart.objects.get(pk=fill_cart(cast, (GLOVES, quantity)).pk)
    return describe_cart(cart, terms="prepayment", actor=cast.lena, now=cast.now)


def prepaid_order(cast: Cast, quantity: int = 20) -> Order:
    requisition = submit(prepaid_cart(cast, quantity), actor=cast.lena, now=cast.now)
    order = find_order_of(requisition.pk)
    assert order is not None
    return order


def pay(order: Order, amount: int, actor: Actor, cast: Cast, reference: str = "A-1") -> Payment:
    return receive_payment(
        order,
        amount_minor=amount,
        currency=order.currency,
        received_on=TODAY,
        reference=reference,
        actor=actor,
        now=cast.now,
    )


def test_the_order_waits_for_its_money_and_is_processed_once_all_is_there(cast: Cast) -> None:
    order = prepaid_order(cast)
    assert (order.status, order.terms) == ("awaiting_payment", "prepayment")
    assert read_content(order.content).terms == "prepayment"
    for act in (
        lambda: acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now),
        lambda: fail_order(order, reason="No.", actor=cast.tomas, now=cast.now),
    ):
        with pytest.raises(Conflict):
            act()
    third = order.total_minor // 3
    pay(order, third, cast.tomas, cast)
    assert order.status == "awaiting_payment"
    assert read_paid(order).left_minor == order.total_minor - third
    pay(order, order.total_minor - third, cast.tomas, cast, "A-2")
    assert order.status == "unprocessed"
    told = Event.objects.filter(subject=order.pk).order_by("seq").values_list("type", flat=True)
    assert list(told) == [
        "order.created",
        "order.payment_received",
        "order.payment_received",
        "order.paid",
    ]
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    assert verify() == []


def test_what_comes_in_beyond_is_entered_and_shown(cast: Cast) -> None:
    order = prepaid_order(cast)
    pay(order, order.total_minor + 250, cast.tomas, cast)
    assert (order.status, read_paid(order).over_minor) == ("unprocessed", 250)
    pay(order, 100, cast.tomas, cast, "late")
    assert read_paid(order).over_minor == 350
    assert Event.objects.filter(subject=order.pk, type="order.paid").count() == 1


@pytest.mark.parametrize("who", ["lena", "ines", "rashid", "ola", "odd"])
def test_only_the_suppliers_staff_who_process_orders_enter_receipts(cast: Cast, who: str) -> None:
    order = prepaid_order(cast)
    actor = getattr(cast, who)
    if actor.is_merchant and actor.holds("order.process"):
        pay(order, 1, actor, cast)
        return
    with pytest.raises(Forbidden):
        pay(order, order.total_minor, actor, cast)
    assert not order.payments.exists()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"amount_minor": 0}, "amount"),
        ({"amount_minor": -5}, "amount"),
        ({"amount_minor": 10**18}, "amount"),
        ({"currency": "PLN"}, "currency"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"received_on": TODAY - timedelta(days=400)}, "received_on"),
        ({"reference": "  "}, "reference"),
        ({"reference": "x" * 121}, "reference"),
        ({"reference": "a\x00b"}, "reference"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(
    cast: Cast, change: dict[str, object], path: str
) -> None:
    order = prepaid_order(cast)
    values: dict[str, object] = {
        "amount_minor": 100,
        "currency": "EUR",
        "received_on": TODAY,
        "reference": "A-1",
    }
    with pytest.raises(InvalidInput) as refused:
        receive_payment(order, actor=cast.tomas, now=cast.now, **{**values, **change})  # type: ignore[arg-type]
    assert refused.value.path == path
    assert not order.payments.exists()


def test_the_same_receipt_is_entered_once(cast: Cast) -> None:
    order = prepaid_order(cast)
    pay(order, 100, cast.tomas, cast)
    with pytest.raises(AlreadyEntered):
        pay(order, 100, cast.tomas, cast)
    pay(order, 100, cast.tomas, cast, "A-2")
    assert read_paid(order).received_minor == 200


def test_nothing_is_entered_for_an_order_on_account(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)
    order = find_order_of(requisition.pk)
    assert order is not None
    assert (order.status, order.terms) == ("unprocessed", "net_30")
    with pytest.raises(Conflict):
        pay(order, 100, cast.tomas, cast)


def test_terms_that_are_not_offered_cannot_be_chosen(cast: Cast) -> None:
    cart = Cart.objects.get(pk=fill_cart(cast, (GLOVES, 20)).pk)
    with pytest.raises(InvalidInput) as refused:
        describe_cart(cart, terms="prepayment", actor=cast.lena, now=cast.now)
    assert refused.value.path == "terms"
    company = Company.objects.get(pk=cast.company["meridian"])
    with pytest.raises(Forbidden):
        change_company(company, offered_terms=["net_90"], actor=cast.ines, now=cast.now)


def test_an_offer_that_was_taken_back_is_another_plan(cast: Cast) -> None:
    cart = prepaid_cart(cast)
    shown = plan_cart(cart, price_cart(cart, now=cast.now), actor=cast.lena, now=cast.now)
    offer(cast)
    fresh = Cart.objects.get(pk=cart.pk)
    current = plan_cart(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)
    assert (shown.facts.purchase.terms, current.facts.purchase.terms) == ("prepayment", "net_30")
    assert shown.hash != current.hash


def test_prepayment_draws_on_no_credit(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    set_credit(company, limit_minor=1, mode="block", actor=cast.odd, now=cast.now)
    blocked = fill_cart(cast, (GLOVES, 20))
    fresh = Cart.objects.get(pk=blocked.pk)
    priced = price_cart(fresh, now=cast.now)
    assert plan_cart(fresh, priced, actor=cast.lena, now=cast.now).plan.outcome == "blocked"
    order = prepaid_order(cast)
    account = Budget.objects.get(company=company, account=Budget.Account.CREDIT)
    assert (order.status, account.used_minor) == ("awaiting_payment", 0)


def room(cast: Cast, order: Order) -> dict[str, object]:
    """Everything that an order takes."""
    return {
        "stock": Product.objects.get(sku=GLOVES).stock,
        "history": PurchasedLine.objects.filter(order_id=order.pk).count(),
        "counted": PeriodCount.objects.filter(requisition_id=order.requisition_id).count(),
        "held": {
            one.status for one in Reservation.objects.filter(requisition_id=order.requisition_id)
        },
    }


def test_the_buyer_cancels_before_it_is_paid_and_everything_is_free_again(cast: Cast) -> None:
    make_budget(cast, amount_minor=10_000_00)
    Product.objects.filter(sku=GLOVES).update(stock=100, sells_beyond_stock=False)
    order = prepaid_order(cast)
    assert room(cast, order) == {"stock": 80, "history": 1, "counted": 5, "held": {"committed"}}
    cancel_order(order, reason="Found some.", actor=cast.lena, now=cast.now)
    assert order.status == "cancelled"
    assert room(cast, order) == {"stock": 100, "history": 0, "counted": 0, "held": {"refunded"}}
    with pytest.raises(Conflict):
        cancel_order(order, reason="Again.", actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        pay(order, order.total_minor, cast.tomas, cast)
    assert verify() == []


@pytest.mark.parametrize(
    ("who", "may"),
    [("lena", True), ("ines", True), ("tomas", True), ("rashid", False), ("ola", False)],
)
def test_who_may_cancel(cast: Cast, who: str, may: bool) -> None:
    order = prepaid_order(cast)
    actor = getattr(cast, who)
    if may:
        assert cancel_order(order, reason="No.", actor=actor, now=cast.now).status == "cancelled"
        return
    with pytest.raises(Forbidden):
        cancel_order(order, reason="No.", actor=actor, now=cast.now)


def test_once_a_part_is_paid_only_the_supplier_cancels(cast: Cast) -> None:
    order = prepaid_order(cast)
    pay(order, 100, cast.tomas, cast)
    with pytest.raises(Forbidden, match="ask the supplier"):
        cancel_order(order, reason="No.", actor=cast.lena, now=cast.now)
    cancel_order(order, reason="Not to be had.", actor=cast.tomas, now=cast.now)
    assert (order.status, read_paid(order).received_minor) == ("cancelled", 100)


def test_what_is_paid_is_cancelled_by_the_supplier_alone(cast: Cast) -> None:
    order = prepaid_order(cast)
    pay(order, order.total_minor, cast.tomas, cast)
    with pytest.raises(Forbidden, match="ask the supplier"):
        cancel_order(order, reason="Late.", actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput):
        cancel_order(order, reason=" ", actor=cast.tomas, now=cast.now)
    cancel_order(order, reason="Not to be had.", actor=cast.tomas, now=cast.now)
    assert (order.status, read_paid(order).received_minor) == ("cancelled", order.total_minor)
    assert verify() == []


def test_a_change_waits_for_what_it_costs_more(cast: Cast) -> None:
    order = prepaid_order(cast)
    with pytest.raises(Conflict, match="awaiting payment"):
        change_to(order, cast, GLV_M=21)
    first = order.total_minor
    pay(order, first, cast.tomas, cast)
    change_to(order, cast, GLV_M=19)
    assert (order.status, read_paid(order).over_minor) == ("unprocessed", first - order.total_minor)
    change_to(order, cast, GLV_M=25)
    assert (order.status, read_paid(order).left_minor) == (
        "awaiting_payment",
        order.total_minor - first,
    )
    assert verify() == []
    pay(order, order.total_minor - first, cast.tomas, cast, "A-2")
    assert order.status == "unprocessed"
    assert verify() == []


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (
            lambda order: Order.objects.filter(pk=order.pk).update(status="unprocessed"),
            "order_unpaid",
        ),
        (lambda order: Order.objects.filter(pk=order.pk).update(terms="net_30"), "terms_differ"),
    ],
)
def test_verify_finds_what_left_unpaid(
    cast: Cast, tamper: Callable[[Order], object], code: str
) -> None:
    order = prepaid_order(cast)
    assert verify() == []
    tamper(order)
    assert [finding.code for finding in verify()] == [code]
