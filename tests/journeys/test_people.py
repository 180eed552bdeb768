"""People who are away, who left, who belong to two companies, and families."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.companies.actions import (
    add_member,
    deactivate_member,
    grant_role,
    resume_company,
    suspend_company,
)
from placet.companies.models import Company, Member, Role, Unit
from placet.orders.models import Order
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from placet.rulebooks.actions import create_rulebook, publish_rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.journeys.conftest import People
from tests.journeys.people import Day, Person
from tests.journeys.road import (
    DRESSINGS,
    INFUSION_SETS,
    answers,
    asked_step,
    begins_cart,
    fills_cart,
    has_in_inbox,
    orders,
    pastes,
    state_of,
    submits,
)


def test_rashid_is_away_so_mei_decides_for_him_and_the_plan_said_so(
    people: People, cast: Cast, day: Day
) -> None:
    settings = people.rashid.opens("settings")
    people.rashid.sends(
        settings,
        "settings",
        from_on=day.now.date().isoformat(),
        until_on=(day.now + timedelta(days=7)).date().isoformat(),
        delegate=cast.member["mei"],
    )
    day.later(minutes=1)
    cart_id = fills_cart(people.lena, cast, DRESSINGS)
    assert "Mei Tanaka" in people.lena.opens("cart", cart_id)
    submits(people.lena, cart_id)
    requisition = Requisition.objects.get()
    page = people.mei.visits(people.mei.address("decision", asked_step(requisition).pk))
    assert "You decide for Rashid Haddad." in page
    answers(people.mei, requisition, "approve")
    day.undo_passes()
    decision = Decision.objects.get()
    assert (decision.member_id, decision.principal_id) == (
        cast.member["mei"],
        cast.member["rashid"],
    )
    assert "for Rashid Haddad" in people.lena.opens("evidence", requisition.number)
    assert state_of(requisition) == "ordered"


def test_lena_never_approves_her_own_order_through_a_delegation(
    people: People, cast: Cast, day: Day
) -> None:
    """Rashid names Lena as his delegate: somebody else is asked about what she submitted."""
    settings = people.rashid.opens("settings")
    people.rashid.sends(
        settings,
        "settings",
        from_on=day.now.date().isoformat(),
        until_on=(day.now + timedelta(days=7)).date().isoformat(),
        delegate=cast.member["lena"],
    )
    day.later(minutes=1)
    requisition = orders(people.lena, cast, DRESSINGS)
    step = asked_step(requisition)
    asked = set(step.assignments.filter(is_open=True).values_list("member_id", flat=True))
    assert asked
    assert cast.member["lena"] not in asked
    assert not has_in_inbox(people.lena, requisition)
    address = people.lena.address("decision", step.pk)
    form = {"decision": "approve", "content_hash": requisition.revision.content_hash}  # type: ignore[union-attr]
    assert people.lena.browser.post(address, form).status_code == 403


def test_yunas_parent_decides_and_nobody_else(people: People, cast: Cast, day: Day) -> None:
    yuna, minjun = people.yuna, people.minjun
    cart_id = begins_cart(yuna, "Felt pens")
    pastes(yuna, cart_id, "PEN-B 60")
    details = yuna.opens("cart", cart_id)
    shown = yuna.sends(details, "cart_details", cart_id, ship_to=cast.address["Park home"])
    assert "Min-jun Park decides." in shown
    submits(yuna, cart_id)
    requisition = Requisition.objects.get()
    day.work()
    answers(minjun, requisition, "approve")
    day.undo_passes()
    assert "ORD-1" in yuna.opens("orders")


def test_a_parent_who_orders_alone_is_asked_nothing(people: People, cast: Cast) -> None:
    minjun = people.minjun
    cart_id = begins_cart(minjun, "Paper")
    pastes(minjun, cart_id, "PPR-A4 20")
    details = minjun.opens("cart", cart_id)
    shown = minjun.sends(details, "cart_details", cart_id, ship_to=cast.address["Park home"])
    assert "Place order" in shown
    submits(minjun, cart_id)
    assert Order.objects.count() == 1
    assert not Decision.objects.exists()


@pytest.fixture
def minimum_order(day: Day, cast: Cast) -> None:
    """The store manager releases orders of less than 100.00 EUR of goods."""
    rules = create_rulebook(name="Norden's rules", side="merchant", actor=cast.odd, now=cast.now)
    publish_rulebook(
        rules,
        document={
            "format": 1,
            "side": "merchant",
            "default": "free",
            "rules": [
                {
                    "id": "minimum-order",
                    "name": {"en": "Minimum order"},
                    "when": {
                        "field": "purchase.goods",
                        "op": "<",
                        "value": {"amount_minor": 100_00, "currency": "EUR"},
                    },
                    "then": {
                        "effect": "require",
                        "steps": [
                            {
                                "approvers": [{"select": "merchant_role", "role": "store_manager"}],
                                "rank": 10,
                            }
                        ],
                    },
                }
            ],
        },
        actor=cast.odd,
        now=cast.now,
    )


def test_an_order_below_the_minimum_is_released_by_the_store_manager(
    people: People, cast: Cast, day: Day, minimum_order: None
) -> None:
    cart_id = fills_cart(people.lena, cast, "PEN-B 60")
    shown = people.lena.opens("cart", cart_id)
    assert "Minimum order" not in shown, "the supplier's rules are the supplier's own"
    assert "Mira Dahl" not in shown
    assert "The supplier" in shown
    submits(people.lena, cart_id)
    requisition = Requisition.objects.get()
    day.work()
    assert len(day.mails_to("mira")) == 1
    assert not has_in_inbox(people.rashid, requisition)
    answers(people.mira, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    assert "ORD-1" in people.lena.opens("orders")


def test_the_answer_of_somebody_who_left_meanwhile_lapses_and_the_next_decides(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, INFUSION_SETS)
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    answers(people.anika, requisition, "approve")
    anika = Member.objects.get(pk=cast.member["anika"])
    deactivate_member(anika, actor=cast.ines, now=day.now)
    day.undo_passes()
    assert not Order.objects.exists()
    lapsed = DecisionOutcome.objects.get(decision__member=anika)
    assert (lapsed.kind, lapsed.reason) == ("lapsed", "member_deactivated")
    assert people.anika.is_refused("inbox") == 404
    answers(people.jonas, requisition, "approve")
    day.undo_passes()
    assert Order.objects.count() == 1
    assert "Does not count:" in people.lena.opens("evidence", requisition.number)


def test_a_suspended_company_neither_submits_nor_decides_until_that_ends(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    cart_id = fills_cart(people.lena, cast, DRESSINGS)
    page = people.lena.opens("cart", cart_id)
    step = people.rashid.opens("decision", asked_step(requisition).pk)
    meridian = Company.objects.get(slug="meridian")
    suspend_company(meridian, actor=cast.odd, now=day.now)
    people.lena.sends(page, "cart_submit", cart_id, status=403)
    people.rashid.sends(
        step, "decision", asked_step(requisition).pk, status=403, decision="approve"
    )
    assert people.lena.is_refused("home") == 403
    assert not Decision.objects.exists()
    assert Requisition.objects.count() == 1
    resume_company(meridian, actor=cast.odd, now=day.now)
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"


def test_an_answer_that_waits_does_not_make_an_order_for_a_suspended_company(
    people: People, cast: Cast, day: Day
) -> None:
    requisition = orders(people.lena, cast, DRESSINGS)
    answers(people.rashid, requisition, "approve")
    suspend_company(Company.objects.get(slug="meridian"), actor=cast.odd, now=day.now)
    day.undo_passes()
    assert state_of(requisition) == "pending", "he is asked again once they are back"
    assert not Order.objects.exists()


def test_lena_belongs_to_two_companies_and_each_keeps_its_own(
    people: People, cast: Cast, day: Day
) -> None:
    """The address says which company it is; nothing of the one is seen in the other."""
    requisition = orders(people.lena, cast, DRESSINGS)
    park = Company.objects.get(slug="park")
    home = Unit.objects.get(company=park, code="park-home")
    member = add_member(
        park, email="lena@meridian.example", name="Lena Vogt", unit=home, actor=system_of(park),
        now=day.now,
    )  # fmt: skip
    parent = Role.objects.get(company=park, key="parent")
    grant_role(member, role=parent, actor=system_of(park), now=day.now)
    assert member.user_id == cast.user["lena"]

    at_home = Person(cast.user["lena"], "park")
    both = at_home.visits("/")
    assert "Meridian Health Group" in both
    assert "The Park family" in both
    for name in ("requisitions", "carts", "inbox", "budgets"):
        assert requisition.number not in at_home.opens(name)
    assert at_home.is_refused("requisition", requisition.pk) == 404
    assert at_home.is_refused("cart", requisition.cart_id) == 404
    cart_id = begins_cart(at_home, "For the children")
    assert people.lena.is_refused("cart", cart_id) == 404
    assert "For the children" not in people.lena.opens("carts")
