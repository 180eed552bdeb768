"""Limits of nothing, rules that are replaced on the way, and names that no page expects."""

from __future__ import annotations

from placet.catalog.models import Product
from placet.companies.models import Limit
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import (
    DRESSINGS,
    GLOVES,
    INFUSION_SETS,
    answers,
    fills_cart,
    orders,
    state_of,
    submits,
)

NASTY = 'O\'Brien "XL" <img src=x onerror=alert(1)> 50 %'
TURNED = f"{NASTY} \u202egnp.exe"


def test_a_limit_of_zero_is_no_permission_to_spend_without_limit(
    people: People, cast: Cast, day: Day
) -> None:
    Limit.objects.create(
        created_at=day.now,
        member_id=cast.member["lena"],
        use=Limit.Use.SPENDING,
        mode=Limit.Mode.HARD,
        currency="EUR",
        order_maximum_minor=0,
    )
    cart_id = fills_cart(people.lena, cast, "PEN-B 10")
    shown = people.lena.opens("cart", cart_id)
    assert "Cannot be ordered like this" in shown
    address = people.lena.address("cart_submit", cart_id)
    (form,) = [form for form in shown.forms if form.action == address]
    assert people.lena.browser.post(address, dict(form.values)).status_code == 409
    assert not Requisition.objects.exists()


def test_with_no_orders_allowed_even_the_first_needs_approval(
    people: People, cast: Cast, day: Day
) -> None:
    Limit.objects.create(
        created_at=day.now,
        member_id=cast.member["lena"],
        use=Limit.Use.SPENDING,
        mode=Limit.Mode.OVER,
        currency="EUR",
        period=Limit.Period.WEEK,
        period_orders=0,
    )
    cart_id = fills_cart(people.lena, cast, GLOVES)
    assert "Submit for approval" in people.lena.opens("cart", cart_id)
    submits(people.lena, cart_id)
    assert not Order.objects.exists()


def test_rules_that_are_published_meanwhile_do_not_change_what_is_running(
    people: People, cast: Cast, day: Day
) -> None:
    """Lena's order was submitted under version 1: Rashid and Biomed, and nobody else."""
    requisition = orders(people.lena, cast, INFUSION_SETS)
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"])
    nothing = {**MERIDIAN, "rules": []}
    publish_rulebook(rulebook, document=nothing, actor=cast.ines, now=day.now)
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "pending", "Biomed is still asked"
    answers(people.piotr, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    assert "rulebook version 1" in people.lena.opens("evidence", requisition.number)
    assert state_of(orders(people.lena, cast, INFUSION_SETS)) == "ordered"


def test_a_name_with_quotes_markup_and_turned_letters_is_only_a_name(
    people: People, cast: Cast, day: Day
) -> None:
    Product.objects.filter(sku="DRS-15").update(name=TURNED)
    requisition = orders(people.lena, cast, DRESSINGS, name=NASTY)
    day.work()
    pages = [
        people.lena.opens("cart", requisition.cart_id),
        people.lena.opens("requisition", requisition.number),
        people.rashid.opens("inbox"),
        people.tomas.opens("awaiting"),
    ]
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    order = Order.objects.get()
    pages += [
        people.lena.opens("order", order.number),
        people.tomas.opens("order", order.number),
        people.lena.opens("evidence", requisition.number),
        people.lena.opens("catalog", query="?q=O'Brien"),
    ]
    for page in pages:
        assert "<img src=x" not in page.html, page.url
    for mail in day.mails:
        html = mail.get_body(("html",))
        assert html is not None
        assert "<img src=x" not in html.get_content()
