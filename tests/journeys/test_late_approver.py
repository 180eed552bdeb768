"""Rashid does not answer: what he, Helena and Lena are told, and what becomes of the purchase."""

from __future__ import annotations

from email.message import EmailMessage

from placet.budgets.models import Budget
from placet.orders.models import Order
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day, link_in
from tests.journeys.road import DRESSINGS, answers, has_in_inbox, orders, state_of


def text_of(mail: EmailMessage) -> str:
    """The plain part, as a reader without any HTML sees it."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def subjects(day: Day, name: str) -> list[str]:
    return [str(mail["Subject"]) for mail in day.mails_to(name)]


def test_he_is_reminded_in_his_working_hours_and_then_helena_decides(
    people: People, cast: Cast, day: Day
) -> None:
    """Tuesday at ten: half of his time is over at two, all of it on Wednesday at ten."""
    requisition = orders(people.lena, cast, DRESSINGS)
    day.work()
    assert len(subjects(day, "rashid")) == 1

    day.later(hours=3, minutes=59).work()
    assert len(subjects(day, "rashid")) == 1
    day.later(minutes=1).work()
    assert subjects(day, "rashid")[-1].startswith("Your answer is still missing")
    day.later(hours=12).work()
    assert len(subjects(day, "rashid")) == 2
    day.later(hours=8).work()
    assert subjects(day, "rashid")[-1].startswith("Your answer is overdue")
    assert not has_in_inbox(people.helena, requisition)

    day.later(hours=4).work()
    (mail,) = day.mails_to("helena")
    assert "Rashid Haddad did not answer in time" in text_of(mail)
    assert has_in_inbox(people.helena, requisition)
    assert has_in_inbox(people.rashid, requisition)
    assert "ICU-4 week 48" in people.helena.visits(link_in(mail))

    answers(people.helena, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    history = people.lena.opens("requisition", requisition.number)
    assert "asked those above too" in history
    day.later(days=60).work()
    assert len(subjects(day, "rashid")) == 3


def test_lena_asks_again_on_the_page_and_is_told_when_she_may_the_next_time(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    day.work()
    shown = people.lena.opens("requisition", requisition.number)
    assert "Rashid Haddad gets a mail." in shown
    assert "Without a decision it expires" in shown
    address = people.lena.address("requisition_nudge", requisition.number)
    sent = people.lena.presses(shown, address, note="Surgery is on Friday.")
    assert "They were asked again." in sent
    day.work()
    assert "Surgery is on Friday." in text_of(day.mails_to("rashid")[-1])

    shown = people.lena.opens("requisition", requisition.number)
    assert "The next time is" in shown
    assert "Rashid Haddad gets a mail." not in shown
    assert "Ask again" not in people.rashid.opens("requisition", requisition.number)


def test_nobody_decides_at_all_and_nothing_is_approved_by_that(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    for _week in range(5):
        day.later(days=7).work()

    assert state_of(requisition) == "expired"
    assert not Order.objects.exists()
    assert Budget.objects.get().reserved_minor == 0
    assert subjects(day, "lena")[-1].startswith("Nobody decided in time")
    assert not has_in_inbox(people.rashid, requisition)
    assert not has_in_inbox(people.helena, requisition)
    cart = people.lena.opens("cart", requisition.cart_id)
    assert "Submit for approval" in cart
