"""The answers beside yes: fewer, changes, a suggestion, a question, somebody else. On pages."""

from __future__ import annotations

from placet.budgets.models import Budget
from placet.carts.models import Cart
from placet.orders.content import read_content
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
    answers,
    asked_step,
    has_in_inbox,
    orders,
    state_of,
    submits,
)


def quantities(requisition: Requisition) -> dict[str, int]:
    requisition.refresh_from_db()
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    return {line.sku: line.quantity for line in content.lines}


def test_rashid_takes_the_gloves_out_and_lena_orders_them_in_another_cart(
    people: People, cast: Cast, day: Day
) -> None:
    """One line rejected, one lowered: what is left leaves, the rest is another purchase."""
    requisition = orders(people.lena, cast, DRESSINGS, GLOVES)
    step = asked_step(requisition).pk
    page = people.rashid.opens("decision", step)
    sent = {"line-1": "40", "line-2": "0", "reason": "The gloves are in the store room."}
    look = people.rashid.sends(page, "lower_lines", step, answer="look", **sent)
    assert "796.00 EUR instead of 1,145.00 EUR." in look
    assert "You approve what is left with this." in look
    people.rashid.sends(look, "lower_lines", step, answer="approve", **sent)
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    assert quantities(requisition) == {"DRS-15": 40}
    assert Order.objects.get().goods_minor == 40 * 1990
    assert Budget.objects.get().committed_minor == 40 * 1990
    rest = Cart.objects.get(status=Cart.Status.OPEN)
    shown = people.lena.opens("cart", rest.pk)
    assert "ICU-4 week 48: not approved" in shown
    assert "The gloves are in the store room." in shown
    submits(people.lena, rest.pk)
    assert Requisition.objects.count() == 2


def test_a_rule_that_fires_for_the_rest_is_told_at_once(
    people: People, cast: Cast, day: Day
) -> None:
    """Below the minimum order nothing can be ordered: it is said before, and refused."""
    minimum = {
        "id": "minimum",
        "name": {"en": "Minimum order"},
        "when": {
            "field": "purchase.goods",
            "op": "<",
            "value": {"amount_minor": 500_00, "currency": "EUR"},
        },
        "then": {"effect": "block"},
        "message": {"en": "We order from 500.00 EUR on."},
    }
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"], unit=None)
    document = {**MERIDIAN, "rules": [*MERIDIAN["rules"], minimum]}
    publish_rulebook(rulebook, document=document, actor=cast.ines, now=cast.now)
    requisition = orders(people.lena, cast, DRESSINGS)
    step = asked_step(requisition).pk
    sent = {"line-1": "10", "reason": "Ten are enough."}
    page = people.rashid.opens("decision", step)
    look = people.rashid.sends(page, "lower_lines", step, answer="look", **sent)
    assert "We order from 500.00 EUR on." in look
    people.rashid.sends(look, "lower_lines", step, answer="approve", status=409, **sent)
    assert state_of(requisition) == "pending"
    assert quantities(requisition) == {"DRS-15": 50}
    assert has_in_inbox(people.rashid, requisition)


def test_changes_are_requested_and_the_suggestion_is_accepted_with_one_click(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    step = asked_step(requisition).pk
    page = people.rashid.opens("decision", step)
    people.rashid.sends(
        page,
        "suggest_line",
        step,
        line="1",
        quantity="30",
        note="Thirty until Friday.",
        answer="changes",
    )
    day.undo_passes()
    assert state_of(requisition) == "changes_requested"
    assert Budget.objects.get().reserved_minor == 50 * 1990
    assert not has_in_inbox(people.rashid, requisition)
    assert any("Thirty until Friday." in mail.as_string() for mail in day.mails_to("lena"))
    shown = people.lena.opens("requisition", requisition.number)
    assert "30 instead of 50 of Wound dressing, 15 × 15 cm" in shown
    people.lena.sends(shown, "accept_suggestions", requisition.number)
    assert quantities(requisition) == {"DRS-15": 30}
    assert state_of(requisition) == "pending"
    assert Budget.objects.get().reserved_minor == 30 * 1990
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"


def test_a_question_is_answered_before_anything_is_decided(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    step = asked_step(requisition).pk
    page = people.rashid.opens("decision", step)
    people.rashid.sends(page, "ask_requester", step, line="1", text="Sterile ones?")
    day.work()
    assert any("Sterile ones?" in mail.as_string() for mail in day.mails_to("lena"))
    hers = people.lena.opens("requisition", requisition.number)
    forms = hers.forms_to(people.lena.address("requisition_comment", requisition.pk))
    about_line = next(one for one in forms if ("line", "1") in one.values)
    people.lena.browser.post(about_line.action, about_line.filled(text="@Rashid yes, sterile."))
    assert "yes, sterile" in people.rashid.opens("decision", step)
    assert state_of(requisition) == "pending"


def test_rashid_forwards_and_asks_for_one_more_approval(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    step = asked_step(requisition).pk
    page = people.rashid.opens("decision", step)
    people.rashid.sends(
        page, "add_approver", step, member=cast.member["helena"], note="A large one."
    )
    page = people.rashid.opens("decision", step)
    people.rashid.sends(page, "forward_step", step, member=cast.member["mei"], note="Your ward.")
    day.work()
    assert not has_in_inbox(people.rashid, requisition)
    assert "Your ward." in people.mei.opens("decision", step)
    answers(people.mei, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "pending"
    answers(people.helena, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
