"""What else people say on the road: no, never mind, not needed, not any more."""

from __future__ import annotations

from placet.budgets.models import Budget
from placet.carts.models import Cart
from placet.orders.models import Order
from placet.requisitions.models import Decision, Requisition
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
    asked_step,
    fills_cart,
    has_in_inbox,
    orders,
    state_of,
    submits,
)


def test_gloves_need_nobody_so_the_button_says_place_order(people: People, cast: Cast) -> None:
    cart_id = fills_cart(people.lena, cast, GLOVES)
    shown = people.lena.opens("cart", cart_id)
    assert "Place order" in shown
    assert "Nobody has to approve this" in shown
    assert "Submit for approval" not in shown
    ordered = submits(people.lena, cart_id)
    assert "REQ-1 is ordered." in ordered
    assert "Nothing had to be approved." in ordered
    assert "ORD-1" in people.tomas.opens("orders")
    assert "REQ-1" not in people.tomas.opens("awaiting")


def test_rashid_rejects_with_a_reason_and_the_budget_is_free(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, INFUSION_SETS)
    silent = answers(people.rashid, requisition, "reject", status=422)
    assert "Say why: the buyer needs it to go on." in silent
    assert not Decision.objects.exists()
    answers(people.rashid, requisition, "reject", reason="Twelve would expire in January.")
    day.undo_passes()
    assert state_of(requisition) == "rejected"
    assert Budget.objects.get().reserved_minor == 0
    shown = people.lena.opens("requisition", requisition.number)
    assert "Twelve would expire in January." in shown
    assert any("Twelve would expire" in m.as_string() for m in day.mails_to("lena"))
    assert not has_in_inbox(people.jonas, requisition)
    assert not Order.objects.exists()


def test_rashid_takes_his_answer_back_before_anybody_is_told(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    answers(people.rashid, requisition, "approve")
    decision = Decision.objects.get()
    held = people.rashid.opens("decision", asked_step(requisition).pk)
    asked_again = people.rashid.sends(held, "undo_decision", decision.pk)
    assert "Taken back" in asked_again
    day.undo_passes()
    assert state_of(requisition) == "pending"
    assert not Order.objects.exists()
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"


def test_it_is_too_late_to_take_back_what_was_applied(people: People, cast: Cast, day: Day) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    answers(people.rashid, requisition, "approve")
    held = people.rashid.opens("inbox")
    day.undo_passes()
    late = people.rashid.sends(held, "undo_decision", Decision.objects.get().pk)
    assert "too late" in late
    assert state_of(requisition) == "ordered"


def test_lena_withdraws_and_rashids_answer_leads_to_nothing(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    answers(people.rashid, requisition, "approve")
    shown = people.lena.opens("requisition", requisition.number)
    people.lena.sends(shown, "requisition_withdraw", requisition.number)
    day.undo_passes()
    assert state_of(requisition) == "withdrawn"
    assert not Order.objects.exists()
    assert Budget.objects.get().reserved_minor == 0
    assert requisition.number not in people.tomas.opens("awaiting")
    again = submits(people.lena, requisition.cart_id)
    assert "REQ-2 is submitted." in again


def test_nobody_withdraws_for_lena(people: People, cast: Cast) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    for other in (people.rashid, people.ines, people.aron, people.tomas):
        address = other.address("requisition_withdraw", requisition.pk)
        assert not other.opens("requisition", requisition.pk).forms_to(address)
        other.browser.post(address)
    assert state_of(requisition) == "pending"


def test_the_plan_changes_between_looking_and_submitting_and_lena_sees_the_new_one(
    people: People, cast: Cast
) -> None:
    """Rules that were published meanwhile are shown first; nothing is submitted unseen."""
    lena = people.lena
    cart_id = fills_cart(lena, cast, GLOVES)
    shown = lena.opens("cart", cart_id)
    assert "Place order" in shown
    everything = {**MERIDIAN, "rules": [{**MERIDIAN["rules"][1], "when": ALWAYS}]}
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"])
    publish_rulebook(rulebook, document=everything, actor=cast.ines, now=cast.now)

    refused = lena.sends(shown, "cart_submit", cart_id, status=409)
    assert "What it needs has changed." in refused
    assert "Biomedical engineering" in refused
    assert not Requisition.objects.exists()
    assert Cart.objects.get(pk=cart_id).status == "open"
    assert "is submitted." in lena.sends(refused, "cart_submit", cart_id)


def test_another_content_than_the_one_that_was_seen_is_refused_and_shown(
    people: People, cast: Cast
) -> None:
    """An answer names what the human saw; about anything else it is not recorded."""
    requisition = orders(people.lena, cast, DRESSINGS)
    step = asked_step(requisition)
    address = people.rashid.address("decision", step.pk)
    page = people.rashid.visits(address)
    refused = people.rashid.presses(
        page, address, status=409, decision="approve", content_hash="f" * 64
    )
    assert "The content has changed since you looked." in refused
    assert not Decision.objects.exists()
    people.rashid.presses(refused, address, decision="approve")
    assert Decision.objects.get().content_hash == page_hash(requisition)


def test_approving_in_bulk_says_for_each_row_what_became_of_it(
    people: People, cast: Cast, day: Day
) -> None:
    """One of three was withdrawn meanwhile: two are approved, the third says why not."""
    rashid = people.rashid
    wanted = {"Ward 1": DRESSINGS, "Ward 2": "DRS-10 60", "Ward 3": "GLV-L 80"}
    made = [orders(people.lena, cast, row, name=name) for name, row in wanted.items()]
    inbox = rashid.opens("inbox")
    rows = [row for row in inbox.form(rashid.address("inbox_bulk")).offered["row"] if ":" in row]
    assert len(rows) == 3
    shown = people.lena.opens("requisition", made[1].number)
    people.lena.sends(shown, "requisition_withdraw", made[1].number)
    answer = rashid.browser.post(rashid.address("inbox_bulk"), {"row": rows}, follow=True)
    refused = answer.content.decode().partition("Not approved")[2].partition("</table>")[0]
    assert [name for name in wanted if name in refused] == ["Ward 2"]
    day.undo_passes()
    assert [state_of(one) for one in made] == ["ordered", "withdrawn", "ordered"]
    assert Order.objects.count() == 2


def page_hash(requisition: Requisition) -> str:
    """The hash of the content as it stands."""
    assert requisition.revision is not None
    return requisition.revision.content_hash


ALWAYS = {"field": "purchase.amount", "op": ">=", "value": {"amount_minor": 0, "currency": "EUR"}}
