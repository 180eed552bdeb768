"""The button of a mail: it decides for one person, once, and only when they press it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from placet.companies.models import Company, Member
from placet.orders.models import Order
from placet.requisitions.models import Decision, DecisionLink, Requisition
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day, link_in
from tests.journeys.road import DRESSINGS, INFUSION_SETS, answers, orders, state_of

SCANS = 100


@pytest.fixture
def requisition(people: People, cast: Cast, day: Day) -> Requisition:
    """Fifty dressings, for which Rashid got his mail."""
    made = orders(people.lena, cast, DRESSINGS)
    day.work()
    return made


@pytest.fixture
def link(requisition: Requisition, day: Day) -> str:
    """What stands behind the button of Rashid's mail."""
    return link_in(day.mails_to("rashid")[-1])


def test_a_hundred_scans_by_a_mail_scanner_decide_nothing(link: str, people: People) -> None:
    """Scanners follow links without a session, with every method that reads, and press nothing."""
    for number in range(SCANS):
        scanner = Client(headers={"user-agent": f"scanner/{number}"})
        answer = scanner.head(link) if number % 2 else scanner.get(link)
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["Cache-Control"] == (
            "max-age=0, no-cache, no-store, must-revalidate, private"
        )
    assert not Decision.objects.exists()
    people.rashid.visits(link)
    assert not Decision.objects.exists()


def test_a_scanner_that_sends_the_form_as_well_is_nobody(
    link: str, requisition: Requisition
) -> None:
    """A business asks for a sign-in, so that even a POST of a scanner decides nothing."""
    for answer in ("approve", "reject"):
        assert Client().post(link, filled(requisition, answer)).status_code == 409
    assert not Decision.objects.exists()


def test_strangers_and_forwarded_mails_learn_nothing(
    link: str, people: People, requisition: Requisition
) -> None:
    for browser in (Client(), people.lena.browser, people.ola.browser, people.tomas.browser):
        shown = browser.get(link).content.decode()
        assert "Rashid Haddad" in shown
        for secret in ("Wound dressing", "995.00", requisition.number, "Lena Vogt asks"):
            assert secret not in shown
        assert browser.post(link, filled(requisition)).status_code == 409
    assert not Decision.objects.exists()


def test_a_link_works_once(link: str, people: People, requisition: Requisition) -> None:
    page = people.rashid.visits(link)
    people.rashid.presses(page, link, decision="approve")
    assert state_of(requisition) == "ordered"
    again = people.rashid.visits(link)
    assert "You have answered this" in again
    assert not again.forms_to(link)
    people.rashid.browser.post(link, filled(requisition, "reject"))
    assert state_of(requisition) == "ordered"
    assert (Decision.objects.count(), Order.objects.count()) == (1, 1)


def test_a_link_that_was_answered_in_the_inbox_says_so(
    link: str, people: People, requisition: Requisition, day: Day
) -> None:
    answers(people.rashid, requisition, "approve")
    assert "You have answered this" in people.rashid.visits(link)
    day.undo_passes()
    assert "You have answered this" in people.rashid.visits(link)
    assert Decision.objects.count() == 1


def test_an_expired_link_shows_nothing_and_decides_nothing(
    link: str, people: People, day: Day, requisition: Requisition
) -> None:
    day.later(days=15)
    expired = people.rashid.visits(link)
    assert "This link has expired" in expired
    assert "995.00" not in expired
    assert people.rashid.browser.post(link, filled(requisition)).status_code == 409
    assert not Decision.objects.exists()


def test_a_link_of_a_withdrawn_purchase_says_what_became_of_it(
    link: str, people: People, requisition: Requisition
) -> None:
    shown = people.lena.opens("requisition", requisition.number)
    people.lena.sends(shown, "requisition_withdraw", requisition.number)
    late = people.rashid.visits(link)
    assert not late.forms_to(link)
    assert people.rashid.browser.post(link, filled(requisition)).status_code == 409
    assert not Decision.objects.exists()


def test_a_token_of_another_link_or_a_changed_one_is_not_ours(link: str, people: People) -> None:
    token = link.strip("/").removeprefix("d/")
    row, _, signature = token.partition(".")
    forged = (
        f"{row}.{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{row}.",
        row,
        f"{row[:-1]}{'0' if row[-1] != '0' else '1'}.{signature}",
        f"{DecisionLink.objects.get().pk}.{'x' * 32}",
    )
    for wrong in forged:
        assert people.rashid.browser.get(f"/d/{wrong}/").status_code == 404, wrong


def test_where_the_company_allows_it_a_small_purchase_needs_no_sign_in(
    people: People, cast: Cast, day: Day
) -> None:
    """Up to 1,000.00 the link itself is enough; above it asks who is there."""
    Company.objects.filter(slug="meridian").update(
        mail_decisions=Company.MailDecisions.UP_TO, mail_decisions_up_to_minor=1_100_00
    )
    small = orders(people.lena, cast, DRESSINGS)
    large = orders(people.lena, cast, INFUSION_SETS)
    day.work()
    anybody = Client()
    by_total = {DecisionLink.objects.get(step__requisition=one).pk: one for one in (small, large)}
    for mail in day.mails_to("rashid"):
        link = link_in(mail)
        one = by_total[link.strip("/").removeprefix("d/").partition(".")[0]]
        answer = anybody.post(link, filled(one))
        assert answer.status_code == (200 if one == small else 409)
    assert state_of(small) == "ordered"
    assert state_of(large) == "pending"
    assert [decision.channel for decision in Decision.objects.all()] == ["mail_link"]


def test_the_link_of_somebody_who_left_decides_nothing(
    link: str, people: People, cast: Cast, requisition: Requisition
) -> None:
    Member.objects.filter(pk=cast.member["rashid"]).update(status=Member.Status.DEACTIVATED)
    assert "You are not asked any more" in people.rashid.visits(link)
    assert people.rashid.browser.post(link, filled(requisition)).status_code == 409
    assert not Decision.objects.exists()
    Member.objects.filter(pk=cast.member["rashid"]).update(status=Member.Status.ACTIVE)


def test_the_same_mail_sent_again_carries_the_same_link(link: str, cast: Cast, day: Day) -> None:
    row = DecisionLink.objects.get()
    assert row.expires_at - row.created_at == timedelta(days=14)
    assert link.strip("/").removeprefix("d/").startswith(f"{row.pk}.")


def filled(requisition: Requisition, decision: str = "approve") -> dict[str, str]:
    """The form as its page would send it, whoever sends it: only the person is wrong."""
    assert requisition.revision is not None
    content_hash = requisition.revision.content_hash
    return {"decision": decision, "reason": "Because.", "content_hash": content_hash}
