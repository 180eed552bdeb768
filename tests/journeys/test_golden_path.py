"""The golden path on the pages, from the pasted list to the evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from standardwebhooks.webhooks import Webhook

from placet.budgets.models import Budget, LedgerEntry
from placet.carts.models import CartLine
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from placet.webhooks.actions import add_endpoint
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day, link_in
from tests.journeys.road import (
    answers,
    begins_cart,
    describes,
    fills_cart,
    has_in_inbox,
    line_of,
    orders,
    pastes,
    submits,
)
from tests.webhooks.receiver import Receiver, listening

FOURTEEN_ROWS = (
    *("GLV-S 10", "GLV-M 20", "GLV-L 10", "GLV-OLD 5", "DRS-10 10", "DRS-15 10", "SWB-100 100"),
    *("INF-SET 5", "INF-PUMP 1", "INF-LINE 10", "PPR-A4 10", "PEN-B 20", "BOX-50 10", "SPN-1 3"),
)
TOTAL = "3,335.18"


@pytest.fixture
def erp() -> Iterator[Receiver]:
    """The merchant's own system, which listens for orders."""
    with listening() as receiver:
        yield receiver


def test_lena_pastes_fourteen_skus_and_sees_who_must_say_yes_before_she_submits(
    people: People, cast: Cast
) -> None:
    lena = people.lena
    cart_id = begins_cart(lena)
    pasted = pastes(lena, cart_id, *FOURTEEN_ROWS)
    assert "GLV-OLD" in pasted
    assert len(cart_lines(cart_id)) == 13
    assert line_of(cart_id, "GLV-M").quantity == 25
    shown = describes(lena, cast, cart_id)
    for words in (
        TOTAL,
        "Needs 2 approvals",
        "Rashid Haddad",
        "head of Intensive care",
        "500.00",
        "Biomedical engineering",
        "Anika Roth, Jonas Weber, Piotr Zając",
        "Not needed: Finance",
        "1,664.82 EUR away",
        "ICU consumables Q4",
        "21,664.82 left",
        "Delivery is free",
    ):
        assert words in shown, words


def test_lenas_order_needs_rashid_and_then_biomed_and_leaves_once(
    people: People, cast: Cast, day: Day, erp: Receiver
) -> None:
    endpoint = add_endpoint(erp.url, event_types=["order.created"], actor=cast.odd, now=day.now)
    cart_id = fills_cart(people.lena, cast, *FOURTEEN_ROWS)
    submits(people.lena, cart_id)
    requisition = Requisition.objects.get(cart_id=cart_id)
    assert "Waiting for Rashid Haddad" in people.lena.opens("requisition", requisition.number)
    budget = Budget.objects.get()
    assert (budget.reserved_minor, budget.committed_minor) == (333_518, 0)
    day.work()

    # The merchant sees it, and sees that it is no order.
    assert requisition.number in people.tomas.opens("awaiting")
    assert "ORD-1" not in people.tomas.opens("orders")

    # Rashid's mail has one button; the page behind it shows the facts, and one POST decides.
    (mail,) = day.mails_to("rashid")
    assert TOTAL in str(mail["Subject"]) + mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    link = link_in(mail)
    page = people.rashid.visits(link)
    assert "Lena Vogt" in page
    assert TOTAL in page
    assert not LedgerEntry.objects.filter(kind="commit").exists()
    thanks = people.rashid.presses(page, link, decision="approve")
    assert "Approved. Thank you." in thanks
    assert not Order.objects.exists()

    # Biomed: any one of three.
    assert all(has_in_inbox(who, requisition) for who in (people.anika, people.jonas, people.piotr))
    answers(people.jonas, requisition, "approve")
    day.work()
    assert not Order.objects.exists(), "an answer on a page can be undone first"
    day.undo_passes()
    assert not has_in_inbox(people.anika, requisition)

    # The order exists once, and what was awaiting is gone.
    order = Order.objects.get()
    assert order.number in people.tomas.opens("orders", query="?status=unprocessed")
    assert requisition.number not in people.tomas.opens("awaiting")
    budget.refresh_from_db()
    assert (budget.reserved_minor, budget.committed_minor) == (0, 333_518)

    # It goes out signed, once; the ERP acknowledges, and Lena sees its number.
    day.work()
    (received,) = erp.received
    told = Webhook(endpoint.secret).verify(received.body.decode(), received.headers)
    assert told["type"] == "order.created"
    assert order.pk in json.dumps(told)
    shown = people.tomas.opens("order", order.number)
    people.tomas.sends(shown, "order_acknowledge", order.number, erp_number="SO-4711")
    assert "SO-4711" in people.lena.opens("order", order.number)

    # One page holds the evidence.
    proof = people.lena.opens("evidence", requisition.number)
    for words in (
        "Every hash matches",
        "Same content as approved",
        "Rashid Haddad",
        "from the mail",
        "Jonas Weber",
        "rulebook version 1",
        order.content_hash,
    ):
        assert words in proof, words


def test_lena_asks_pavel_about_line_8_and_he_answers(people: People, cast: Cast, day: Day) -> None:
    lena, pavel = people.lena, people.pavel
    cart_id = begins_cart(lena)
    pastes(lena, cart_id, "GLV-M 20", "INF-SET 5")
    line = line_of(cart_id, "INF-SET")
    screen = lena.opens("cart", cart_id)
    lena.sends(screen, "line_comment", cart_id, line.pk, text="@Pavel right connector?")
    day.work()
    assert len(day.mails_to("pavel")) == 1
    asked = pavel.opens("cart", cart_id)
    assert "right connector?" in asked
    pavel.sends(asked, "line_comment", cart_id, line.pk, text="Luer lock, yes.")
    answered = lena.opens("cart", cart_id)
    assert "Luer lock, yes." in answered
    resolved = lena.sends(answered, "line_resolve", cart_id, line.pk)
    assert "Resolved by Lena Vogt" in resolved
    assert not pavel.opens("cart", cart_id).forms_to(lena.address("cart_submit", cart_id))


def test_rashid_is_never_asked_twice_and_the_worker_may_sleep_for_an_hour(
    people: People, cast: Cast, day: Day
) -> None:
    """What is due is done by the next sweep, whenever it comes, and once."""
    requisition = orders(people.lena, cast, "DRS-15 50")
    day.work()
    answers(people.rashid, requisition, "approve")
    day.later(hours=1)
    day.work()
    day.work()
    assert Order.objects.filter(requisition_id=requisition.pk).count() == 1
    assert not has_in_inbox(people.rashid, requisition)
    assert len(day.mails_to("rashid")) == 1


def test_a_new_cart_with_the_same_content_is_a_new_purchase(
    people: People, cast: Cast, day: Day
) -> None:
    """Numbers have no gaps, and nothing of the first is counted for the second."""
    first = orders(people.lena, cast, "DRS-15 50")
    second = orders(people.lena, cast, "DRS-15 50")
    assert (first.number, second.number) == ("REQ-1", "REQ-2")
    answers(people.rashid, first, "approve")
    day.undo_passes()
    assert [order.requisition_id for order in Order.objects.all()] == [first.pk]
    assert Budget.objects.get().reserved_minor == 50 * 1990


def test_what_is_submitted_twice_leaves_once(people: People, cast: Cast) -> None:
    lena = people.lena
    cart_id = fills_cart(lena, cast, "GLV-M 20")
    address = lena.address("cart_submit", cart_id)
    (form,) = lena.opens("cart", cart_id).forms_to(address)
    assert lena.browser.post(address, dict(form.values)).status_code == 302
    again = lena.browser.post(address, dict(form.values))
    assert again.status_code == 409
    assert Order.objects.count() == 1


def cart_lines(cart_id: str) -> list[str]:
    """The SKUs of a cart."""
    return list(CartLine.objects.filter(cart_id=cart_id).values_list("product__sku", flat=True))
