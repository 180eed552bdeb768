"""Every kind of letter is written in English and in Polish, and names nobody of other companies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from django.core.mail import EmailMultiAlternatives

from placet.carts.actions import comment_on_cart, give_cart, share_cart
from placet.carts.actions.outsiders import invite_guest
from placet.carts.actions.share_links import create_share_link
from placet.carts.schedules.actions import create_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.catalog.models import Product
from placet.companies.models import Company, CompanyApplication, Member, User
from placet.core.actor import Actor
from placet.notices.actions import choose_notifications, try_letter
from placet.notices.digests import write_digests
from placet.notices.letters import WRITERS
from placet.notices.matrix import MATRIX
from placet.notices.models import Mail
from placet.notices.rendering import render_mail
from placet.notices.topics import Wanted
from placet.orders.actions.expect_lines import expect_lines
from placet.orders.actions.void_shipment import void_shipment
from placet.orders.models import Order, Shipment
from placet.plans.back_test import start_back_test
from placet.quotes.actions import decline_quote
from placet.quotes.models import OfferRelease, Quote
from placet.requisitions.actions import (
    apply_due_decisions,
    apply_for_company,
    ask_requester,
    comment_on_requisition,
    complete_order,
    decline_application,
    decline_suggestion,
    expire_due_requisitions,
    invite_again,
    nudge_requisition,
    remind_due_steps,
    run_due_schedules,
    suggest_line,
    withdraw_requisition,
)
from placet.requisitions.models import Requisition, Suggestion
from placet.runs.work import work_run
from tests.budgets.ground import make_budget, take
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.house.source import code
from tests.notices.conftest import PostOffice, html_of
from tests.notices.key_ways import KEY_WAYS
from tests.notices.order_ways import ORDER_WAYS
from tests.notices.test_keeping_letter import answered_keeping, asked_to_keep
from tests.notices.webhook_ways import WEBHOOK_WAYS
from tests.orders.shipped import TODAY, ship
from tests.orders.shipped import taken_over as shipped_order
from tests.plans.back_test_world import rules_of
from tests.quotes.desk import decide, rules_for_offers
from tests.quotes.talks import ask, prices, say
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, pending_step, submit
from tests.requisitions.schedules import standing, ward_list
from tests.requisitions.test_order_on_behalf import ordered as ordered_for_lena
from tests.requisitions.test_prepayment import pay, prepaid_order

pytestmark = pytest.mark.django_db

LANGUAGES: Final = ("en", "pl")
Written = Mapping[tuple[str, str], EmailMultiAlternatives]
HOUR = timedelta(hours=1)


def at_once(actor: Actor) -> Actor:
    return replace(actor, channel="mail")


def asked(cast: Cast) -> Requisition:
    """A purchase that waits for Rashid."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def asked_to_release(cast: Cast) -> OfferRelease:
    """Mira offers more than she may: Odd is asked."""
    rules_for_offers(cast)
    waiting = say(ask(cast, (GLOVES, 100)), cast.mira, prices((GLOVES, 100, 500)))
    assert isinstance(waiting, OfferRelease)
    return waiting


def declined_to_release(cast: Cast) -> None:
    decide(cast.odd, asked_to_release(cast), "decline", "Too cheap.")


def rejected(cast: Cast) -> None:
    actor = at_once(cast.rashid)
    answer(asked(cast), "reject", actor=actor, now=cast.now, reason="Stock is full.")


def returned(cast: Cast) -> None:
    actor = at_once(cast.rashid)
    answer(asked(cast), "request_changes", actor=actor, now=cast.now, reason="Half.")


def ordered(cast: Cast) -> Requisition:
    return submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)


def sent(cast: Cast) -> tuple[Order, Shipment]:
    order = shipped_order(cast)
    return order, ship(order, cast, GLV_M=15, tracking="JD 4711")


def taken_back(cast: Cast) -> None:
    _order, shipment = sent(cast)
    void_shipment(shipment, reason="Still here.", actor=cast.tomas, now=cast.now)


def late(cast: Cast) -> None:
    order, _shipment = sent(cast)
    expect_lines(order, days={1: TODAY}, actor=cast.tomas, now=cast.now)


def given_up(cast: Cast) -> None:
    order, _shipment = sent(cast)
    complete_order(order, reason="No longer made.", actor=cast.tomas, now=cast.now)


def to_be_paid(cast: Cast) -> Order:
    return prepaid_order(cast)


def paid(cast: Cast) -> None:
    order = to_be_paid(cast)
    pay(order, order.total_minor, cast.tomas, cast)


def stuck(cast: Cast) -> None:
    requisition = asked(cast)
    Product.objects.filter(sku=DRESSING).update(stock=1, sells_beyond_stock=False)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)


def lapsed(cast: Cast) -> None:
    requisition = asked(cast)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    apply_due_decisions(now=cast.now + HOUR)


def asked_for_a_quote(cast: Cast) -> Quote:
    return ask(cast, (GLOVES, 100))


def no_more_of_it(cast: Cast) -> None:
    quote = asked_for_a_quote(cast)
    say(quote, cast.mira, prices((GLOVES, 100, 700)))
    decline_quote(quote, reason="Too dear.", offer_number=2, actor=cast.lena, now=cast.now)


def nudged(cast: Cast) -> None:
    nudge_requisition(asked(cast), note="Surgery is on Friday.", actor=cast.lena, now=cast.now)


def reminded(cast: Cast) -> None:
    asked(cast)
    remind_due_steps(now=cast.now + 4 * HOUR)


def escalated(cast: Cast) -> None:
    asked(cast)
    for hours in (24, 28):
        remind_due_steps(now=cast.now + hours * HOUR)


def expired(cast: Cast) -> None:
    asked(cast)
    expire_due_requisitions(now=cast.now + timedelta(days=400))


def suggestion_of(cast: Cast) -> Suggestion:
    step = pending_step(asked(cast))
    return suggest_line(
        step,
        content_hash=step.revision.content_hash,
        line=1,
        quantity=60,
        actor=cast.rashid,
        now=cast.now,
    )


def not_taken(cast: Cast) -> None:
    decline_suggestion(suggestion_of(cast), reason="No room.", actor=cast.lena, now=cast.now)


def mentioned(cast: Cast) -> None:
    comment_on_cart(fill_cart(cast, (GLOVES, 1)), text="@Pavel?", actor=cast.lena, now=cast.now)


def shared(cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    cart = fill_cart(cast, (GLOVES, 1))
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)


def given(cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    give_cart(fill_cart(cast, (GLOVES, 1)), to=pavel, actor=cast.lena, now=cast.now)


def answered(cast: Cast) -> None:
    requisition = asked(cast)
    ask_requester(requisition, text="Right size?", actor=cast.rashid, now=cast.now)
    comment_on_requisition(requisition, text="Yes.", actor=cast.lena, now=cast.now)


def run_failed(cast: Cast) -> None:
    start_back_test(rules_of(cast), document=MERIDIAN, actor=cast.ines, now=cast.now)
    work_run({}, now=cast.now, read_real=lambda: cast.now)


def used_up(cast: Cast) -> None:
    take(cast, [make_budget(cast, name="ICU monthly", alert_percents=[80])], 85_00, "a")


def invited(cast: Cast) -> None:
    mei = Member.objects.get(pk=cast.member["mei"])
    user = User.objects.get(pk=mei.user_id)
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(password=user.password)
    Member.objects.filter(pk=mei.pk).update(invited_at=cast.now)
    invite_again(Member.objects.get(pk=mei.pk), actor=cast.ines, now=cast.now)


def applied(cast: Cast) -> None:
    apply_for_company(
        "Falk Dental",
        applicant_name="Nora Falk",
        email="nora@falk.example",
        message="Gloves.",
        language="pl",
        actor=cast.odd,
        now=cast.now,
    )


def declined(cast: Cast) -> None:
    applied(cast)
    decline_application(
        CompanyApplication.objects.get(), answer="No.", actor=cast.odd, now=cast.now
    )


def knocked(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 1))
    made = create_share_link(
        cart, expires_at=cast.now + HOUR, may_comment=True, actor=cast.lena, now=cast.now
    )
    invite_guest(
        made.link, name="Nora Falk", email="nora@falk.example", language="pl", now=cast.now
    )


def daily(cast: Cast) -> None:
    member = Member.objects.get(pk=cast.member["rashid"])
    wanted = {"asked": Wanted(mail=False, in_app=True, digest=True)}
    choose_notifications(member, wanted=wanted, actor=cast.rashid, now=cast.now)
    asked(cast)
    write_digests(now=cast.now + timedelta(days=1), real_now=cast.now)


def come_round(cast: Cast) -> None:
    values = ScheduleValues("reminder", "week", 1, cast.now.date())
    create_schedule(ward_list(cast), values=values, actor=cast.lena, now=cast.now)
    run_due_schedules(now=cast.now)


def stood_still(cast: Cast) -> None:
    standing(cast, starts_on=cast.now.date())
    Product.objects.filter(sku=GLOVES).update(status=Product.Status.DISCONTINUED)
    run_due_schedules(now=cast.now)


def ordered_for(cast: Cast) -> None:
    ordered_for_lena(cast, (DRESSING, 50))


def tried(cast: Cast) -> None:
    try_letter("ordered", language="en", actor=cast.odd, now=cast.now)


WAYS: Final[Mapping[str, Callable[[Cast], object]]] = {
    "decide": asked,
    "reminder": reminded,
    "nudged": nudged,
    "escalated": escalated,
    "expired": expired,
    "lapsed": lapsed,
    "changes_requested": returned,
    "suggested": suggestion_of,
    "suggestion_answered": not_taken,
    "ordered": ordered,
    "ordered_for": ordered_for,
    "payment_due": to_be_paid,
    "paid": paid,
    **ORDER_WAYS,
    "rejected": rejected,
    "placement_failed": stuck,
    "shipped": sent,
    "shipment_voided": taken_back,
    "expected": late,
    "closed_short": given_up,
    "quote_said": asked_for_a_quote,
    "quote_over": no_more_of_it,
    "release_asked": asked_to_release,
    "release_decided": declined_to_release,
    "mentioned": mentioned,
    "answered": answered,
    "cart_shared": shared,
    "cart_given": given,
    "schedule_due": come_round,
    "schedule_paused": stood_still,
    "run_ended": run_failed,
    "invited": invited,
    "applied": applied,
    "declined": declined,
    "confirm_guest": knocked,
    "keeping_asked": asked_to_keep,
    "keeping_answered": answered_keeping,
    "budget_used": used_up,
    **WEBHOOK_WAYS,
    **KEY_WAYS,
    "digest": daily,
    "sample": tried,
}
"""How each kind of letter comes about."""
HAS_NO_MEMBER: Final = {"declined", "confirm_guest"}


def test_every_kind_has_its_way() -> None:
    assert set(WAYS) == set(WRITERS)


@pytest.mark.parametrize("kind", WAYS)
def test_it_is_written_in_both_languages_for_its_reader_alone(
    kind: str, cast: Cast, post: PostOffice
) -> None:
    WAYS[kind](cast)
    post.read()
    mail = Mail.objects.filter(kind=kind).latest("created_at", "id")
    written = {language: write(mail, language) for language in LANGUAGES}
    english, polish = written["en"], written["pl"]
    for language, message in written.items():
        html = html_of(message)
        if kind not in HAS_NO_MEMBER:
            assert f'<html lang="{language}">' in html
        assert "\n" not in message.subject
        assert message.subject
        assert "{{" not in html + str(message.body)
        assert "%(" not in html + str(message.body) + message.subject
        for stranger in strangers_of(mail):
            assert stranger not in f"{message.subject}{message.body}{html}", stranger
    if kind not in HAS_NO_MEMBER:
        assert english.subject != polish.subject
        assert english.body != polish.body


def write(mail: Mail, language: str) -> EmailMultiAlternatives:
    Member.objects.filter(pk=mail.member_id).update(language=language)
    if mail.kind == "sample":  # It is tried in the language that its row names, for any reader.
        mail.subject_ref = f"ordered/{language}"
    return render_mail(mail)


def strangers_of(mail: Mail) -> set[str]:
    """Names of people and companies that are none of the reader's business."""
    own = Member.objects.get(pk=mail.member_id).company_id if mail.member_id else ""
    merchant = Company.objects.get(kind="merchant")
    others = Company.objects.exclude(pk__in=(own, merchant.pk))
    if own == merchant.pk or not own:
        return set()
    people = Member.objects.filter(company__in=others).exclude(
        user__in=Member.objects.filter(company_id=own).values("user_id")
    )
    return {*others.values_list("name", flat=True), *people.values_list("user__name", flat=True)}


def test_every_event_of_the_matrix_is_recorded_somewhere() -> None:
    """A row about an event that nobody records would tell nobody."""
    texts = [file.text for file in code() if "/notices/" not in file.path]
    for event_type in MATRIX:
        noun, _dot, _verb = event_type.partition(".")
        spelled = (f'"{event_type}"', f'f"{noun}.{{')
        assert any(spelling in text for text in texts for spelling in spelled), event_type
