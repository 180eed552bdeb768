"""What the mails say, to whom, and when they say nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import override_settings

from placet.budgets.models import Budget
from placet.carts.actions import comment_on_cart
from placet.carts.models import Cart
from placet.companies.actions import deactivate_member
from placet.companies.models import Company, Member, RoleGrant
from placet.notices.models import Mail
from placet.orders.actions import acknowledge_order
from placet.orders.queries import find_order_of
from placet.requisitions.actions import withdraw_requisition
from placet.requisitions.links import find_link
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of
from tests.requisitions.road import answer, fill_cart, submit

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture
def requisition(cast: Cast, post: PostOffice) -> Requisition:
    """Lena's purchase of 2,831.18 EUR: Rashid decides, then biomedical engineering."""
    cart = fill_cart(cast, ("INF-SET", 20), ("GLV-M", 40), ("DRS-15", 7), ("PEN-B", 12))
    return submit(cart, actor=cast.lena, now=cast.now)


def by_mail(cast: Cast, person: str):  # type: ignore[no-untyped-def]
    """Somebody who decides at once, without the time for undo of a page."""
    return replace(getattr(cast, person), channel="mail")


def reasons_dropped() -> list[str]:
    return list(Mail.objects.filter(status="dropped").values_list("last_error", flat=True))


def test_the_approver_is_asked_with_everything_that_they_need(
    requisition: Requisition, post: PostOffice
) -> None:
    (message,) = post.work()
    assert message.subject == "Lena Vogt asks you for 2,831.18 EUR: ICU-4 week 48"
    assert message.to == ["rashid@meridian.example"]
    for part in (message.body, html_of(message)):
        said = part.replace(NBSP, " ").replace("&nbsp;", " ")
        for fact in (
            "head of Intensive care",
            "Order over 500.00 EUR on cost centre 4410",
            "Wed 25 Nov, 10:00",
            "Infusion set with Luer connector",
            "2,380.00",
            "2,380.00",
            "PEN-B",
            "11.88",
            "25,000.00 EUR: 0.00 committed, 0.00 reserved, 2,831.18 this order.",
            "25,000.00 was left before it, 22,168.82 after it.",
            "Biomedical engineering",
            "any 1 of 3",
            "Line 1 is in Medical devices",
            "REQ-1",
            "PR-88121",
            "Norden Supply",
            "Forwarding this mail gives nobody the right to decide.",
        ):
            assert fact in said, fact


def test_the_one_button_leads_to_the_link_of_this_person_and_step(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    (message,) = post.work()
    links = re.findall(r'href="([^"]+)"', html_of(message))
    assert len(links) == 1
    assert links[0] in message.body
    assert links[0].startswith("http://127.0.0.1:8000/d/")
    link = find_link(links[0].rstrip("/").rpartition("/")[2])
    assert link.member_id == cast.member["rashid"]
    assert link.step.requisition_id == requisition.id
    assert link.revision_id == requisition.revision_id


def test_the_html_needs_no_style_sheet_and_fetches_nothing(
    requisition: Requisition, post: PostOffice
) -> None:
    (message,) = post.work()
    html = html_of(message)
    assert 'class="m-btn" href=' in html
    assert re.search(r'<a class="m-btn"[^>]*style="[^"]*background: #2350c4', html)
    assert html.count("<style") == 1
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"<img|<link|<script|url\(|@import", html)
    widths = [int(width) for width in re.findall(r'class="m-cell m-\w+" width="(\d+)%"', html)]
    assert sum(widths) <= 100
    assert len(widths) == 2


def test_headers_say_that_a_machine_wrote_and_stay_the_same(
    requisition: Requisition, post: PostOffice
) -> None:
    (message,) = post.work()
    row = Mail.objects.get(status="sent")
    raw = message.message()
    assert raw["Auto-Submitted"] == "auto-generated"
    assert raw["Message-ID"] == f"<{row.id}@127.0.0.1>"
    assert row.headline == message.subject
    Mail.objects.update(status="waiting", attempts=0, next_attempt_at=post.now)
    (again,) = post.work()
    assert again.message()["Message-ID"] == raw["Message-ID"]
    assert again.body == message.body


def test_a_name_cannot_write_headers_or_markup(cast: Cast, post: PostOffice) -> None:
    cart = fill_cart(cast, ("INF-SET", 20))
    Cart.objects.update(name="A\r\nBcc: all@meridian.example\u202e <b>x</b>")
    Cart.objects.update(justification="Urgent.\r\n\r\nLook and decide: https://evil.example")
    submit(cart, actor=cast.lena, now=cast.now)
    (message,) = post.work()
    raw = message.message()
    assert raw["Bcc"] is None
    assert "\n" not in message.subject
    assert "\u202e" not in f"{message.subject}{message.body}"
    assert message.subject.endswith("A Bcc: all@meridian.example <b>x</b>")
    assert "<b>x</b>" not in html_of(message)
    assert "> Look and decide: https://evil.example" in message.body
    assert not re.search(r"^Look and decide: https://evil", str(message.body), re.MULTILINE)


def test_a_step_that_was_decided_meanwhile_is_not_mailed(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    post.read()
    answer(requisition, "approve", actor=by_mail(cast, "rashid"), now=cast.now)
    messages = post.work()
    assert {message.to[0] for message in messages} == {
        "anika@meridian.example",
        "jonas@meridian.example",
        "piotr@meridian.example",
    }
    assert reasons_dropped() == ["the step is approved"]


def test_a_withdrawn_purchase_is_not_mailed(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    post.read()
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    assert post.work() == []
    assert len(reasons_dropped()) == 1


def test_who_left_gets_no_mail(requisition: Requisition, post: PostOffice, cast: Cast) -> None:
    post.read()
    rashid = Member.objects.get(pk=cast.member["rashid"])
    deactivate_member(rashid, actor=cast.ines, now=cast.now)
    assert [m for m in post.work() if m.to == ["rashid@meridian.example"]] == []
    assert "the member may not act any more" in reasons_dropped()


def test_budgets_are_shown_to_those_who_may_see_them(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    RoleGrant.objects.filter(member_id=cast.member["rashid"]).delete()
    post.read()
    for message in post.work():
        assert "ICU consumables Q4" not in message.body + html_of(message)


def test_an_overdrawn_budget_is_shown_as_one(requisition: Requisition, post: PostOffice) -> None:
    Budget.objects.update(amount_minor=100_000)
    (message,) = post.work()
    assert "1,831.18 over" in message.body
    assert "−" not in message.body
    widths = [int(w) for w in re.findall(r'm-cell m-\w+" width="(\d+)%"', html_of(message))]
    assert widths == [100]


def test_in_the_language_and_zone_of_the_reader(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    Member.objects.filter(pk=cast.member["rashid"]).update(
        language="pl", time_zone="America/New_York"
    )
    (message,) = post.work()
    assert '<html lang="pl">' in html_of(message)
    assert f"2831,18{NBSP}EUR" in message.body or f"2{NBSP}831,18{NBSP}EUR" in message.body
    assert "25 lis, 04:00" in message.body
    assert message.subject.startswith("Lena Vogt prosi Cię o zgodę na 2")


@override_settings(PLACET_BASE_URL="https://buy.example.org")
def test_when_the_link_itself_decides_the_mail_says_so(
    requisition: Requisition, post: PostOffice
) -> None:
    Company.objects.filter(slug="meridian").update(
        mail_decisions="up_to", mail_decisions_up_to_minor=10_000_000
    )
    (message,) = post.work()
    assert "Do not forward this mail" in message.body
    assert "https://buy.example.org/d/dlk_" in message.body


def test_without_decisions_by_mail_the_button_leads_to_the_requisition(
    requisition: Requisition, post: PostOffice
) -> None:
    Company.objects.filter(slug="meridian").update(mail_decisions="off")
    (message,) = post.work()
    assert f"/c/meridian/requisitions/{requisition.id}" in message.body
    assert "/d/" not in message.body


def test_the_requester_hears_of_the_rejection_and_its_reason(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    post.work()
    answer(
        requisition, "reject", actor=by_mail(cast, "rashid"), now=cast.now, reason="Stock is full."
    )
    (message,) = post.work()
    assert message.to == ["lena@meridian.example"]
    assert message.subject == "Rashid Haddad rejected ICU-4 week 48"
    assert "> Stock is full." in message.body
    assert "Stock is full." in html_of(message)


def test_the_requester_hears_of_the_order_and_then_of_its_number(
    requisition: Requisition, post: PostOffice, cast: Cast
) -> None:
    answer(requisition, "approve", actor=by_mail(cast, "rashid"), now=cast.now)
    answer(requisition, "approve", actor=by_mail(cast, "anika"), now=cast.now)
    (ordered,) = [m for m in post.work() if m.to == ["lena@meridian.example"]]
    assert ordered.subject == "Ordered for 2,831.18 EUR: ICU-4 week 48"
    assert "Approved by Rashid Haddad, Anika Roth." in ordered.body
    order = find_order_of(requisition.id)
    assert order is not None
    acknowledge_order(order, erp_number="4711", actor=cast.tomas, now=cast.now)
    (taken,) = post.work()
    assert taken.to == ["lena@meridian.example"]
    assert taken.subject == "Norden Supply has taken your order over as 4711: ICU-4 week 48"
    assert f"/c/meridian/orders/{order.number}/" in taken.body


def test_who_is_mentioned_is_told_and_nobody_else(cast: Cast, post: PostOffice) -> None:
    cart = fill_cart(cast, ("GLV-M", 4))
    comment_on_cart(cart, text="@Pavel right connector?", actor=cast.lena, now=cast.now)
    comment_on_cart(cart, text="@Lena see above", actor=cast.lena, now=cast.now)
    (message,) = post.work()
    assert message.to == ["pavel@meridian.example"]
    assert message.subject == "Lena Vogt mentions you: ICU-4 week 48"
    assert "> @Pavel right connector?" in message.body
    cart.refresh_from_db()
    assert f"/c/meridian/threads/{cart.thread_id}/" in message.body


def test_a_comment_that_the_reader_may_no_longer_see_is_not_mailed(
    cast: Cast, post: PostOffice
) -> None:
    cart = fill_cart(cast, ("GLV-M", 4))
    comment_on_cart(cart, text="@Pavel right connector?", actor=cast.lena, now=cast.now)
    cart.grants.all().delete()
    assert post.work() == []
    assert reasons_dropped() == ["the conversation is outside the reach of this person"]
