"""Staff of the merchant order for a customer's member, and never decide about it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.mail import EmailMultiAlternatives

from placet.carts.actions import create_cart
from placet.carts.actions.staff_carts import (
    begin_cart_for,
    change_line_for,
    describe_cart_for,
    drop_cart_for,
    paste_lines_for,
)
from placet.carts.models import Cart
from placet.carts.on_behalf import get_staff_cart, list_orderers, list_staff_carts
from placet.carts.queries import get_cart, list_carts
from placet.companies.actions import (
    change_company,
    deactivate_member,
    revoke_role,
    suspend_company,
)
from placet.companies.actions.give_customers import give_customers
from placet.companies.models import Company, Member, Role
from placet.companies.on_behalf import act_on_behalf
from placet.companies.organisation.limits import Bounds
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.actions import place_events
from placet.events.models import Event, EventPrivate
from placet.notices.models import Mail
from placet.notices.outbox import read_outbox
from placet.notices.rendering import render_mail
from placet.orders.models import Order
from placet.requisitions.actions import set_limit
from placet.requisitions.actions.order_on_behalf import (
    LookedDifferent,
    NotForStaff,
    order_on_behalf,
)
from placet.requisitions.models import Requisition, StepAssignment
from placet.requisitions.staff_outlook import Outlook, read_outlook
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, answer, pending_step

pytestmark = pytest.mark.django_db
WHY = "Phoned: the portal is down on the ward."


def member(cast: Cast, name: str) -> Member:
    return Member.objects.select_related("user", "company", "unit").get(pk=cast.member[name])


def cart_for(cast: Cast, *rows: tuple[str, int], name: str = "lena", by: str = "tomas") -> Cart:
    staff = cast.actors[by]
    cart = begin_cart_for(member(cast, name), reason=WHY, actor=staff, now=cast.now)
    if rows:
        text = "\n".join(f"{sku} {quantity}" for sku, quantity in rows)
        assert not paste_lines_for(cart, text=text, actor=staff, now=cast.now).failed
    Cart.objects.filter(pk=cart.pk).update(
        ship_to=cast.address["ICU dock"], cost_center=cast.cost_center["meridian/4410"]
    )
    return get_staff_cart(staff, cart.company_id, cart.pk)


def outlook(cast: Cast, cart: Cart, by: str = "tomas") -> Outlook:
    return read_outlook(cart, actor=cast.actors[by], now=cast.now)


def ordered(cast: Cast, *rows: tuple[str, int]) -> Requisition:
    cart = cart_for(cast, *rows)
    plan_hash = outlook(cast, cart).plan_hash
    made = order_on_behalf(cart, plan_hash=plan_hash, actor=cast.tomas, now=cast.now)
    made.refresh_from_db()
    return made


def test_what_needs_no_approval_is_ordered_and_the_member_is_named_beside_the_staff(
    cast: Cast,
) -> None:
    made = ordered(cast, (GLOVES, 20))
    order = Order.objects.get(requisition_id=made.pk)
    assert made.status == "ordered"
    assert made.source == "on_behalf"
    assert (made.requester_id, made.staff_id) == (cast.member["lena"], cast.member["tomas"])
    assert made.staff_reason == WHY
    assert order.buyer_id == cast.member["lena"]
    assert {cast.user["lena"], cast.user["tomas"]} <= set(made.revision.authors)


def test_what_needs_an_approval_goes_to_the_customers_own_people(cast: Cast) -> None:
    cart = cart_for(cast, (DRESSING, 50))
    seen = outlook(cast, cart)
    assert seen.verdict == "approval"
    made = order_on_behalf(cart, plan_hash=seen.plan_hash, actor=cast.tomas, now=cast.now)
    made.refresh_from_db()
    assert made.status == "pending"
    asked = StepAssignment.objects.filter(requisition=made).values_list("member_id", flat=True)
    assert cast.member["rashid"] in asked
    assert cast.member["tomas"] not in asked
    answer(made, "approve", actor=replace(cast.rashid, channel="mail"), now=cast.now)
    assert Order.objects.filter(requisition_id=made.pk).exists()


def test_both_chains_say_who_ordered_for_whom_and_why(cast: Cast) -> None:
    made = ordered(cast, (GLOVES, 20))
    theirs = Event.objects.get(type="requisition.ordered_for", company_id=made.company_id)
    ours = Event.objects.get(type="customer.ordered_for", company_id=cast.company["norden"])
    assert (theirs.actor_member, theirs.person_user) == (cast.member["lena"], cast.user["tomas"])
    assert json.loads(theirs.payload)["staff"] == cast.member["tomas"]
    assert ours.actor_member == cast.member["tomas"]
    for event in (theirs, ours):
        assert json.loads(EventPrivate.objects.get(event=event).payload)["reason"] == WHY
    submitted = Event.objects.get(type="requisition.submitted", subject=made.pk)
    assert submitted.person_user == cast.user["tomas"]


def test_the_member_neither_has_nor_finds_the_cart(cast: Cast) -> None:
    mine = create_cart("Mine", actor=cast.lena, now=cast.now)
    cart = cart_for(cast, (GLOVES, 20))
    assert list(list_carts(cast.lena)) == [mine]
    for name in ("lena", "pavel", "ines"):
        with pytest.raises(NotFound):
            get_cart(cast.actors[name], cart.pk)
    acting = act_on_behalf(cast.tomas, member(cast, "lena"))
    assert [one.pk for one in list_carts(acting)] == [cart.pk]
    with pytest.raises(NotFound):
        get_cart(acting, mine.pk)
    for name in ("mira", "odd"):
        assert not list_staff_carts(cast.actors[name], cart.company).exists()
        with pytest.raises(NotFound):
            get_staff_cart(cast.actors[name], cart.company_id, cart.pk)


def test_after_it_was_ordered_the_cart_is_the_members_and_the_staff_have_none(cast: Cast) -> None:
    made = ordered(cast, (DRESSING, 50))
    cart = Cart.objects.get(pk=made.cart_id)
    assert (cart.staff_id, cart.owner_id, cart.status) == (None, cast.member["lena"], "submitted")
    with pytest.raises(NotFound):
        get_staff_cart(cast.tomas, made.company_id, cart.pk)


def test_staff_have_of_the_members_rights_what_is_lent_and_no_more(cast: Cast) -> None:
    acting = act_on_behalf(cast.tomas, member(cast, "rashid"))
    assert {grant.permission for grant in acting.grants} == {"order.submit", "price.view"}
    assert (acting.user_id, acting.person_user_id) == (cast.user["rashid"], cast.user["tomas"])


def test_staff_decide_nothing_about_it_on_either_side(cast: Cast) -> None:
    made = ordered(cast, (DRESSING, 50))
    step = pending_step(made)
    StepAssignment.objects.create(step=step, requisition=made, member_id=cast.member["tomas"])
    StepAssignment.objects.filter(step=step).update(is_open=True)
    with pytest.raises(Forbidden):
        answer(made, "approve", actor=cast.tomas, now=cast.now)
    acting = act_on_behalf(cast.tomas, member(cast, "rashid"))
    with pytest.raises(Forbidden):
        answer(made, "approve", actor=acting, now=cast.now)


def test_a_hard_limit_holds_and_nothing_of_it_is_told(cast: Cast) -> None:
    bounds = Bounds("EUR", mode="hard", order_maximum_minor=12_34)
    set_limit(member(cast, "lena"), use="spending", bounds=bounds, actor=cast.ines, now=cast.now)
    cart = cart_for(cast, (GLOVES, 100))
    seen = outlook(cast, cart)
    assert (seen.verdict, seen.plan_hash, seen.reasons) == ("blocked", "", ())
    assert "12.34" not in seen.sentence
    with pytest.raises((NotForStaff, LookedDifferent)) as refused:
        order_on_behalf(cart, plan_hash="x", actor=cast.tomas, now=cast.now)
    assert not refused.value.facts
    assert not Requisition.objects.exists()


def test_a_plan_that_changed_is_a_conflict_without_the_plan(cast: Cast) -> None:
    cart = cart_for(cast, (DRESSING, 50))
    with pytest.raises(LookedDifferent) as refused:
        order_on_behalf(cart, plan_hash="another", actor=cast.tomas, now=cast.now)
    assert not refused.value.facts


def test_it_takes_a_reason(cast: Cast) -> None:
    for reason in ("", "   ", "x" * 401):
        with pytest.raises(InvalidInput):
            begin_cart_for(member(cast, "lena"), reason=reason, actor=cast.tomas, now=cast.now)


def test_only_members_who_submit_purchases_are_ordered_for(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    offered = {one.pk for one in list_orderers(company)}
    assert cast.member["lena"] in offered
    assert not offered & {cast.member[name] for name in ("aron", "mei", "gone")}
    with pytest.raises(InvalidInput):
        begin_cart_for(member(cast, "aron"), reason=WHY, actor=cast.tomas, now=cast.now)
    with pytest.raises(NotFound):
        begin_cart_for(member(cast, "gone"), reason=WHY, actor=cast.tomas, now=cast.now)


def test_buyers_order_for_nobody(cast: Cast) -> None:
    for name in ("rashid", "ines", "ola"):
        with pytest.raises(NotFound):
            begin_cart_for(member(cast, "lena"), reason=WHY, actor=cast.actors[name], now=cast.now)


def switch_off(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    change_company(company, allows_on_behalf=False, actor=cast.ines, now=cast.now)


def stop_company(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    suspend_company(company, actor=cast.odd, now=cast.now)


def end_member(cast: Cast) -> None:
    deactivate_member(member(cast, "lena"), actor=cast.ines, now=cast.now)


def end_staff(cast: Cast) -> None:
    deactivate_member(member(cast, "tomas"), actor=cast.odd, now=cast.now)


def take_right(cast: Cast) -> None:
    role = Role.objects.get(pk=cast.role["norden/merchant_orders"])
    revoke_role(member(cast, "tomas"), role=role, actor=cast.odd, now=cast.now)


def take_customer(cast: Cast) -> None:
    give_customers(
        member(cast, "tomas"), sees_all=False, company_ids=[], actor=cast.odd, now=cast.now
    )


@pytest.mark.parametrize(
    "happens", [switch_off, stop_company, end_member, end_staff, take_right, take_customer]
)
def test_whatever_ends_meanwhile_ends_it_though_the_page_was_open(
    happens: object, cast: Cast
) -> None:
    """The actor was read before: the same value acts on."""
    cart = cart_for(cast, (GLOVES, 20))
    plan_hash = outlook(cast, cart).plan_hash
    line = cart.lines.select_related("product").get()
    line.cart = cart
    happens(cast)  # type: ignore[operator]
    cart = Cart.objects.select_related("owner__user", "owner__company", "company").get(pk=cart.pk)
    line.cart = cart
    with pytest.raises((Forbidden, NotFound)):
        order_on_behalf(cart, plan_hash=plan_hash, actor=cast.tomas, now=cast.now)
    with pytest.raises((Forbidden, NotFound)):
        change_line_for(line, quantity=30, actor=cast.tomas, now=cast.now)
    with pytest.raises((Forbidden, NotFound)):
        begin_cart_for(member(cast, "lena"), reason=WHY, actor=cast.tomas, now=cast.now)
    assert not Requisition.objects.exists()


def test_the_supplier_does_not_allow_itself_what_the_customer_forbids(cast: Cast) -> None:
    switch_off(cast)
    company = Company.objects.get(pk=cast.company["meridian"])
    with pytest.raises(Forbidden):
        change_company(company, allows_on_behalf=True, actor=cast.odd, now=cast.now)


def test_what_was_let_go_of_is_nobodys(cast: Cast) -> None:
    cart = cart_for(cast, (GLOVES, 20))
    drop_cart_for(cart, actor=cast.tomas, now=cast.now)
    assert not list_carts(cast.lena, status="archived").exists()
    assert not list_staff_carts(cast.tomas, cart.company).exists()


def test_the_member_is_told_by_mail(cast: Cast) -> None:
    ordered(cast, (DRESSING, 50))
    place_events()
    read_outbox(now=cast.now)
    mail = Mail.objects.get(kind="ordered_for")
    assert mail.member_id == cast.member["lena"]
    written: EmailMultiAlternatives = render_mail(mail)
    assert "Tomas Berg of Norden Supply ordered for you" in written.subject
    assert WHY in str(written.body)


def test_what_was_changed_since_it_was_read_is_not_changed_over(cast: Cast) -> None:
    cart = cart_for(cast, (GLOVES, 20))
    line = cart.lines.select_related("product").get()
    line.cart = cart
    seen, seen_line = cart.version, line.version
    change_line_for(line, quantity=30, version=seen_line, actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict):
        change_line_for(line, quantity=10, version=seen_line, actor=cast.tomas, now=cast.now)
    with pytest.raises(Conflict):
        describe_cart_for(cart, po_number="", version=seen, actor=cast.tomas, now=cast.now)
    assert cart.lines.get().quantity == 30
