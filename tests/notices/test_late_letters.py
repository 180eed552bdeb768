"""What people are told when nobody answers: reminders, escalation, requests to hurry, the end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives

from placet.requisitions.actions import (
    expire_due_requisitions,
    nudge_requisition,
    remind_due_steps,
)
from placet.requisitions.models import DecisionLink, Requisition
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of
from tests.requisitions.road import answer, fill_cart, submit

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(cast: Cast, post: PostOffice) -> Requisition:
    """Lena's dressings wait for Rashid since Tuesday at ten; he has got the first mail."""
    requisition = submit(fill_cart(cast, ("DRS-15", 50)), actor=cast.lena, now=cast.now)
    post.work()
    return requisition


def parts(message: EmailMultiAlternatives) -> list[str]:
    found = (message.body, html_of(message))
    return [part.replace("\u00a0", " ").replace("&nbsp;", " ") for part in found]


def test_the_first_reminder_says_until_when_and_has_the_same_button(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    first = post.sent[-1]
    remind_due_steps(now=cast.now + 4 * HOUR)
    (message,) = post.work()

    assert message.to == ["rashid@meridian.example"]
    assert message.subject.startswith("Your answer is still missing: ICU-4 week 48, ")
    assert links(message) == links(first)
    for part in parts(message):
        assert "is waiting for your answer" in part
        assert "Wed 25 Nov, 10:00" in part
        assert "Norden Supply" in part
        assert "overdue" not in part


def links(message: EmailMultiAlternatives) -> list[str]:
    return re.findall(r'href="([^"]+)"', html_of(message))


def test_an_overdue_answer_names_who_is_asked_next_and_when(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    remind_due_steps(now=cast.now + 24 * HOUR)
    (message,) = post.work()

    assert message.subject.startswith("Your answer is overdue: ")
    for part in parts(message):
        assert "which was due" in part
        assert "Please answer by" not in part
        assert "Helena Brandt" in part
        assert "Wed 25 Nov, 14:00" in part


def test_helena_is_asked_because_rashid_did_not_answer(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    for hours in (24, 28):
        remind_due_steps(now=cast.now + hours * HOUR)
    asked, reminded = sorted(post.work(), key=lambda message: message.to)

    assert reminded.to == ["rashid@meridian.example"]
    assert asked.to == ["helena@meridian.example"]
    assert asked.subject.startswith("Nobody answered in time, so you are asked: ")
    assert links(asked) != links(reminded)
    for part in parts(asked):
        assert "Rashid Haddad" in part
        assert "did not answer in time" in part
        assert "Thu 26 Nov, 14:00" in part


def test_whoever_answers_before_the_mail_leaves_gets_none(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    remind_due_steps(now=cast.now + 4 * HOUR)
    post.read()
    answer(waiting, "approve", actor=cast.rashid, now=cast.now + 4 * HOUR)

    assert [message.to for message in post.work()] == []


def test_a_nudge_carries_the_note_to_those_who_are_asked(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    note = "Surgery is on Friday.\nSubject: hello"
    nudge_requisition(waiting, note=note, actor=cast.lena, now=cast.now)
    (message,) = post.work()

    assert message.to == ["rashid@meridian.example"]
    assert message.subject.startswith("Lena Vogt asks you again: ICU-4 week 48")
    assert "> Surgery is on Friday.\n> Subject: hello" in message.body
    assert all("Surgery is on Friday." in part for part in parts(message))


def test_lena_is_told_that_it_expired_and_finds_her_cart(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    waiting.refresh_from_db()
    assert waiting.expires_at is not None
    expire_due_requisitions(now=waiting.expires_at)
    (message,) = post.work()

    assert message.to == ["lena@meridian.example"]
    assert message.subject.startswith("Nobody decided in time: ICU-4 week 48")
    assert f"/carts/{waiting.cart_id}/" in message.body
    for part in parts(message):
        assert "has expired" in part
        assert "budget is free again" in part


def test_a_reminder_gives_the_link_its_full_time_again(
    cast: Cast, waiting: Requisition, post: PostOffice
) -> None:
    (link,) = DecisionLink.objects.all()
    before = link.expires_at
    remind_due_steps(now=cast.now + timedelta(days=10))
    post.work()
    link.refresh_from_db()

    assert link.expires_at == before + timedelta(days=10)
